//! The household, the parents and carers with their circumstances, brothers and sisters on file.

use super::entry::{Entry, Reel, Target};
use super::{chosen, overview, spec, value};
use crate::domain::forms::{MEMBER_ROLES, member};
use crate::domain::{FieldId, Record, Value};
use crate::office::CaseFile;
use crate::tui::command::Command;
use crate::tui::screen::Cx;
use crate::tui::widget::wrap;
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
    let mut members: Vec<&Record> = file.members.iter().collect();
    // Parents first, whatever order they were written down in.
    let role =
        |record: &&Record| MEMBER_ROLES.iter().position(|role| *role == record.fields.text(&member::ROLE));
    members.sort_by_key(|record| role(record).unwrap_or(MEMBER_ROLES.len()));
    entries.extend(members.into_iter().map(|record| one(cx, record, reel, width)));
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
    let facts = facts(cx, "member", record, &in_head, width);
    let whole = reel.open.contains(&record.at.id);
    if facts.is_empty() { entry } else { entry.text(cx, &facts, width, whole) }
}

/// The filled fields in one text, a short fact after another, longer ones on lines of their own. A short one stands whole
/// on a line.
pub(super) fn facts(cx: &Cx, form: &str, record: &Record, without: &[FieldId], width: u16) -> String {
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
        let is_long =
            matches!(record.fields.get(&field.id), Some(Value::Text(text)) if text.chars().count() > 24);
        // A fact that ends in a full stop would have two stops before the next.
        let text = if is_long { &text } else { text.trim_end_matches('。') };
        let said = format!("{label}{}{text}", cx.cat.t("value-colon"));
        if is_long { long.push(said) } else { short.push(said) }
    }
    let short = wrap::fill(&short, &cx.cat.t("value-stop"), Entry::room(width));
    [short].into_iter().chain(long).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn household(cx: &Cx, file: &CaseFile, width: u16) -> Entry {
    let record = file.household.as_ref();
    let facts = record.map(|record| facts(cx, "household", record, &[], width)).unwrap_or_default();
    if facts.is_empty() {
        return Entry::new(Target::Household, cx.cat.t("file-no-household").into_owned(), cx.theme.dim);
    }
    let first = wrap::lines(&facts, Entry::room(width)).first().map_or(0, |line| line.len());
    let (first, rest) = facts.split_at(first);
    let entry = Entry::new(Target::Household, first, cx.theme.normal);
    let rest = rest.trim_start();
    if rest.is_empty() { entry } else { entry.text(cx, rest, width, true) }
}
