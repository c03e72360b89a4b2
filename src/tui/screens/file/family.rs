//! The household, the parents and carers with their circumstances, brothers and sisters on file.

use super::entry::{Entry, Reel, Target};
use super::{chosen, overview, spec, value};
use crate::domain::forms::member;
use crate::domain::{FieldId, Record, Value};
use crate::office::CaseFile;
use crate::tui::command::Command;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::wording;

pub(super) fn entries(cx: &Cx, file: &CaseFile, reel: &Reel, width: u16) -> Vec<Entry> {
    let mut entries = vec![Entry::heading(cx, "file-members")];
    if file.members.is_empty() {
        entries.push(Entry::new(
            Target::None,
            cx.cat.t1("file-no-members", "key", super::key(cx, Command::NewMember)),
            cx.theme.dim,
        ));
    }
    entries.extend(file.members.iter().map(|record| one(cx, record, reel, width)));
    if !file.siblings.is_empty() {
        entries.push(Entry::heading(cx, "file-siblings"));
        entries.extend(overview::sibling_entries(cx, file));
    }
    entries.push(Entry::heading(cx, "file-household"));
    entries.push(household(cx, file, width));
    entries
}

/// Circumstances under which a parent cannot care: these stand out.
const AWAY: [&str; 10] = [
    "severe-disability",
    "grave-illness",
    "prison",
    "detoxification",
    "custody",
    "out-of-contact",
    "revoked",
    "deported",
    "dead",
    "missing",
];

fn one(cx: &Cx, record: &Record, reel: &Reel, width: u16) -> Entry {
    let fields = &record.fields;
    let circumstance = chosen(cx, "member", fields, &member::CIRCUMSTANCE);
    let style = if AWAY.contains(&fields.text(&member::CIRCUMSTANCE)) && !cx.discreet {
        cx.theme.warning
    } else {
        cx.theme.normal
    };
    let mut entry =
        Entry::new(Target::Record(record.at), chosen(cx, "member", fields, &member::ROLE), cx.theme.heading)
            .piece(cx.name(fields.text(&member::NAME)), cx.theme.normal)
            .piece(circumstance, style);
    if let Some(since) = fields.date(&member::SINCE) {
        entry = entry.piece(cx.cat.t1("file-since", "on", cx.cat.date(since)).into_owned(), cx.theme.dim);
    }
    let in_head = [member::ROLE, member::NAME, member::CIRCUMSTANCE, member::SINCE];
    let facts = facts(cx, "member", record, &in_head);
    let whole = reel.open.contains(&record.at.id);
    if facts.is_empty() { entry } else { entry.text(cx, &facts, width, whole) }
}

/// The filled fields in one text, a short fact after another, longer ones on lines of their own.
pub(super) fn facts(cx: &Cx, form: &str, record: &Record, without: &[FieldId]) -> String {
    let Some(form) = spec(cx, form) else { return String::new() };
    let mut short = Vec::new();
    let mut long = Vec::new();
    for field in form.shown(&record.fields).filter(|field| !without.contains(&field.id)) {
        if cx.discreet && field.is_delicate() {
            // The label alone tells of a sentence being served.
            continue;
        }
        let Some(text) = value(cx, &form.id, &record.fields, &field.id) else { continue };
        let label = wording::field_label(cx.cat, &form.id, field);
        let said = format!("{label}{}{text}", cx.cat.t("value-colon"));
        let is_long =
            matches!(record.fields.get(&field.id), Some(Value::Text(text)) if text.chars().count() > 24);
        if is_long { long.push(said) } else { short.push(said) }
    }
    let short = short.join(&cx.cat.t("value-stop"));
    [short].into_iter().chain(long).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn household(cx: &Cx, file: &CaseFile, width: u16) -> Entry {
    let facts = file.household.as_ref().map(|record| facts(cx, "household", record, &[])).unwrap_or_default();
    if facts.is_empty() {
        return Entry::new(Target::Household, cx.cat.t("file-no-household").into_owned(), cx.theme.dim);
    }
    let (first, rest) = facts.split_once('\n').unwrap_or((&facts, ""));
    if paint::width(first) + 4 > usize::from(width) {
        let head = cx.cat.t("form-household").into_owned();
        return Entry::new(Target::Household, head, cx.theme.label).text(cx, &facts, width, true);
    }
    let entry = Entry::new(Target::Household, first, cx.theme.normal);
    if rest.is_empty() { entry } else { entry.text(cx, rest, width, true) }
}
