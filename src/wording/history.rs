//! What a change did, for the history of a file.

use super::{Staff, core_choice, form_title, label_of, plain, word, word_or};
use crate::domain::forms::{contact, follow_up, session};
use crate::domain::{Edit, FieldId, FieldKind, FormSpec, Part, RecordKind, Value};
use crate::i18n::Catalogue;
use crate::office::HistoryLine;
use std::borrow::Cow;

/// A line tells at most this much of one value.
const LONGEST: usize = 40;

/// Who made a change; of work that a day alone asked for, the rule.
pub fn author<'a>(cat: &'a Catalogue, line: &'a HistoryLine) -> Cow<'a, str> {
    let by_rule =
        |part: &Part| part.made && part.at.kind == RecordKind::FollowUp && filled(part, &follow_up::RULE);
    match line.change.by.0.is_nil() && line.change.parts.iter().all(by_rule) {
        true => cat.t("by-rule"),
        false => Cow::Borrowed(&line.by),
    }
}

/// One line: `登记了儿童`, `改了 儿童：风险等级：中 -> 高`.
pub fn part(cat: &Catalogue, part: &Part, forms: &[FormSpec], staff: Staff) -> String {
    let form = forms.iter().find(|form| form.kind == part.at.kind);
    if part.dropped {
        return cat.t1("dropped-record", "form", title(cat, part.at.kind, form)).into_owned();
    }
    if part.made {
        return made(cat, part);
    }
    if part.at.kind == RecordKind::FollowUp && filled(part, &follow_up::DONE) {
        return word(cat, "done-follow-up");
    }
    let head = cat.t1("changed-record", "form", title(cat, part.at.kind, form)).into_owned();
    let edits = edits(cat, part, forms, staff);
    if edits.is_empty() {
        head
    } else {
        format!("{head}{}{}", cat.t("value-colon"), edits.join(&cat.t("value-stop")))
    }
}

/// Each edit of a part in a line of its own.
pub fn edits(cat: &Catalogue, part: &Part, forms: &[FormSpec], staff: Staff) -> Vec<String> {
    let form = forms.iter().find(|form| form.kind == part.at.kind);
    // Which record a follow-up waits for and which volunteer it was are ids that say nothing.
    let hidden = match part.at.kind {
        RecordKind::FollowUp => Some(follow_up::ABOUT),
        RecordKind::Session => Some(session::BY),
        _ => None,
    };
    let said = part.edits.iter().filter(|one| Some(&one.field) != hidden.as_ref());
    said.map(|one| edit(cat, part.at.kind, form, one, staff)).collect()
}

fn edit(cat: &Catalogue, kind: RecordKind, form: Option<&FormSpec>, edit: &Edit, staff: Staff) -> String {
    let spec = form.and_then(|form| form.field(&edit.field));
    let label = match (form, spec) {
        (Some(form), Some(spec)) => super::field_label(cat, &form.id, spec),
        _ => label_of(cat, form_id(kind), &edit.field),
    };
    let choices = match spec.map(|spec| &spec.kind) {
        Some(FieldKind::One(choices) | FieldKind::Many(choices)) => Some(choices),
        // Two long texts side by side tell nothing; the reader opens them.
        Some(FieldKind::Notes(_)) if edit.old.is_some() && edit.new.is_some() => {
            return cat.t1("rewrote", "field", label).into_owned();
        }
        _ => None,
    };
    let say = |value: &Option<Value>| match value {
        Some(Value::Choice(why)) if edit.field == follow_up::END => core_choice(cat, "follow-up-end", why),
        Some(value) => short(&plain(cat, choices, value, staff)),
        None => word(cat, "value-empty"),
    };
    cat.tn(
        "edited",
        &[("field", label.into()), ("old", say(&edit.old).into()), ("new", say(&edit.new).into())],
    )
    .into_owned()
}

fn made(cat: &Catalogue, part: &Part) -> String {
    let kind_of = |field: &FieldId, list: &str| {
        let edit = part.edits.iter().find(|edit| edit.field == *field)?;
        match &edit.new {
            Some(Value::Choice(code)) => Some(core_choice(cat, list, code)),
            _ => None,
        }
    };
    let form = form_id(part.at.kind);
    let kind = match part.at.kind {
        RecordKind::Contact => kind_of(&contact::KIND, "contact-kind"),
        RecordKind::FollowUp => kind_of(&follow_up::KIND, "follow-up-kind"),
        _ => None,
    };
    let kind = kind.unwrap_or_else(|| word_or(cat, &format!("form-{form}"), form));
    let key = format!("made-{form}");
    let key = if cat.has(&key) { key.as_str() } else { "made-record" };
    cat.t1(key, "kind", kind).into_owned()
}

fn filled(part: &Part, field: &FieldId) -> bool {
    part.edits.iter().any(|edit| edit.field == *field && edit.old.is_none() && edit.new.is_some())
}

fn title(cat: &Catalogue, kind: RecordKind, form: Option<&FormSpec>) -> String {
    match form {
        Some(form) => form_title(cat, form),
        None => word_or(cat, &format!("form-{}", form_id(kind)), form_id(kind)),
    }
}

/// The middle of the catalogue keys of a kind of record, whether or not it has a form.
fn form_id(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Station => "station",
        RecordKind::Staff => "staff",
        _ => kind.form().unwrap_or("record"),
    }
}

/// The first line of a text, cut between characters.
fn short(text: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let line = text.lines().next().unwrap_or_default();
    let mut head: String = line.graphemes(true).take(LONGEST).collect();
    if head.len() < text.len() {
        head.push_str("...");
    }
    head
}
