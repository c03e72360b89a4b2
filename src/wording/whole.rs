//! A record with all its fields in words, for paper.

use super::{Staff, field_label, label_of, plain, rule_text};
use crate::domain::forms::{child, follow_up};
use crate::domain::{FieldId, FieldKind, FieldSpec, FormSpec, Record, RecordKind, Value};
use crate::i18n::Catalogue;
use crate::office::OwnRule;

/// A field that has a value.
pub struct Told<'a> {
    pub label: String,
    pub text: String,
    pub value: &'a Value,
    pub id: &'a FieldId,
    /// None: it is not on the form, but acts on the record have written it, or it once was.
    pub spec: Option<&'a FieldSpec>,
}

/// The fields of a record: those of its form in their order, then the others.
pub fn told<'a>(
    cat: &Catalogue,
    form: Option<&'a FormSpec>,
    record: &'a Record,
    rules: &[OwnRule],
    staff: Staff,
) -> Vec<Told<'a>> {
    let kind = record.at.kind;
    let one = |id: &'a FieldId, value: &'a Value, spec: Option<&'a FieldSpec>| {
        let choices = match spec.map(|spec| &spec.kind) {
            Some(FieldKind::One(choices) | FieldKind::Many(choices)) => Some(choices),
            _ => None,
        };
        let mut text = plain(cat, choices, value, staff);
        if kind == RecordKind::FollowUp && *id == follow_up::RULE {
            text = rule_text(cat, rules, &text).unwrap_or(text);
        }
        let label = match (form, spec) {
            (Some(form), Some(spec)) => field_label(cat, &form.id, spec),
            _ => label_of(cat, kind.form().unwrap_or_default(), id),
        };
        Told { label, text, value, id, spec }
    };
    let known = form.into_iter().flat_map(|form| &form.fields);
    let mut all: Vec<Told> =
        known.filter_map(|spec| Some(one(&spec.id, record.fields.get(&spec.id)?, Some(spec)))).collect();
    let others = record.fields.0.iter().filter(|(id, _)| form.is_none_or(|form| form.field(id).is_none()));
    // Which household it is, is told by the household's own part.
    let others = others.filter(|(id, _)| kind != RecordKind::Child || **id != child::HOUSEHOLD);
    all.extend(others.map(|(id, value)| one(id, value, None)));
    all
}
