//! How things stand: what is missing, what is due, where the case is, what is known.

use super::entry::{Entry, Reel, Target};
use super::{flags, follow_ups, spec, timeline, value};
use crate::domain::forms::{case, child};
use crate::domain::{Fields, FollowUp};
use crate::office::CaseFile;
use crate::tui::command::Command;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::screens::form::words;
use crate::tui::widget::wrap;
use crate::wording;

pub(super) fn entries(cx: &Cx, file: &CaseFile, reel: &Reel, width: u16) -> Vec<Entry> {
    let mut entries = Vec::new();
    entries.extend(flags::entries(cx, file, width));
    missing(cx, file, width, &mut entries);
    due(cx, file, width, &mut entries);
    steps(cx, file, width, &mut entries);
    if let Some(last) = timeline::last_contact(cx, file, reel, width) {
        entries.push(Entry::heading(cx, "file-last-contact"));
        entries.push(last);
    }
    siblings(cx, file, &mut entries);
    facts(cx, file, width, &mut entries);
    entries
}

/// What the form expects and nobody has filled in yet, with the way to do it.
fn missing(cx: &Cx, file: &CaseFile, width: u16, entries: &mut Vec<Entry>) {
    let Some(form) = spec(cx, "child") else { return };
    let fields: Vec<_> = file.missing.iter().filter_map(|id| form.field(id)).collect();
    let Some(first) = fields.first() else { return };
    let names: Vec<String> =
        fields.iter().map(|field| wording::field_label(cx.cat, "child", field)).collect();
    let head = cx.cat.t1("file-missing", "n", names.len()).into_owned();
    let names = names.join(&cx.cat.t("value-and"));
    let entry = Entry::new(Target::Field(first.id.clone()), head, cx.theme.warning);
    entries.push(entry.text(cx, &names, width, true));
}

fn due(cx: &Cx, file: &CaseFile, width: u16, entries: &mut Vec<Entry>) {
    entries.push(Entry::heading(cx, "file-due"));
    let open: Vec<FollowUp> =
        file.follow_ups.iter().filter_map(FollowUp::of).filter(FollowUp::is_open).collect();
    if open.is_empty() {
        entries.push(Entry::new(
            Target::None,
            cx.cat.t1("file-nothing-due-hint", "key", super::key(cx, Command::NewFollowUp)),
            cx.theme.dim,
        ));
    }
    for follow_up in open.iter().take(3) {
        entries.push(follow_ups::entry(cx, file, follow_up, width));
    }
}

/// Where the case stands, and which steps led there.
fn steps(cx: &Cx, file: &CaseFile, width: u16, entries: &mut Vec<Entry>) {
    entries.push(Entry::heading(cx, "file-case"));
    let Some(newest) = file.cases.first() else {
        entries.push(Entry::new(
            Target::None,
            cx.cat.t1("file-no-case", "key", super::key(cx, Command::CaseSteps)),
            cx.theme.dim,
        ));
        return;
    };
    let status = wording::status(cx.cat, file.row.status);
    let entry = Entry::new(Target::Record(newest.at), status, cx.theme.heading);
    let entry = entry.text(cx, &steps_of(cx, &newest.fields, Entry::room(width)), width, true);
    entries.push(match newest.fields.text(&case::SENT_BACK_WHY) {
        "" => entry,
        why => {
            let said = cx.cat.t1("file-sent-back", "why", cx.written(why)).into_owned();
            entry.text(cx, &said, width, true)
        }
    });
}

/// The dates of a case, in the order of its life, in lines of so many cells.
pub(super) fn steps_of(cx: &Cx, fields: &Fields, room: u16) -> String {
    let steps = [
        (case::OPENED, "step-opened"),
        (case::ASSESSED, "step-assessed"),
        (case::PLANNED, "step-planned"),
        (case::SERVED, "step-served"),
        (case::REVIEWED, "step-reviewed"),
        (case::CLOSED, "step-closed"),
        (case::REOPENED, "step-reopened"),
    ];
    let mut done: Vec<(chrono::NaiveDate, &str)> =
        steps.iter().filter_map(|(field, key)| Some((fields.date(field)?, *key))).collect();
    done.sort_by_key(|(date, _)| *date);
    let said: Vec<String> =
        done.into_iter().map(|(date, key)| format!("{} {}", cx.cat.t(key), cx.cat.date(date))).collect();
    wrap::fill(&said, " > ", room)
}

fn siblings(cx: &Cx, file: &CaseFile, entries: &mut Vec<Entry>) {
    if file.siblings.is_empty() {
        return;
    }
    entries.push(Entry::heading(cx, "file-siblings"));
    entries.extend(sibling_entries(cx, file));
}

pub(super) fn sibling_entries(cx: &Cx, file: &CaseFile) -> Vec<Entry> {
    let entry = |row: &crate::domain::Row| {
        let sex =
            if row.sex.is_empty() { String::new() } else { wording::core_choice(cx.cat, "sex", &row.sex) };
        Entry::new(Target::Sibling(row.child), words::person(cx, row), cx.theme.normal)
            .piece(sex, cx.theme.normal)
            .piece(cx.delicate(&wording::risk(cx.cat, &row.risk)), super::header::risk_style(cx, &row.risk))
    };
    file.siblings.iter().map(entry).collect()
}

/// Every field that is filled in, a line each: choosing one opens the form there.
fn facts(cx: &Cx, file: &CaseFile, width: u16, entries: &mut Vec<Entry>) {
    let Some(form) = spec(cx, "child") else { return };
    let fields = &file.child.fields;
    let shown: Vec<_> = form.shown(fields).filter(|field| fields.get(&field.id).is_some()).collect();
    let widest = shown.iter().map(|field| paint::width(&wording::field_label(cx.cat, "child", field))).max();
    let widest = widest.unwrap_or(0).min(usize::from(width) / 3);
    let mut section = None;
    for field in shown {
        if section != Some(&field.section) {
            section = Some(&field.section);
            let title = wording::section_title(cx.cat, &field.section);
            entries.push(Entry::new(Target::None, title, cx.theme.heading));
        }
        let label = paint::pad(&wording::field_label(cx.cat, "child", field), widest);
        let mut text = value(cx, "child", fields, &field.id).unwrap_or_default();
        if field.id == child::BIRTH
            && let Some(age) = fields.date(&child::BIRTH).and_then(|birth| cx.cat.age(birth, cx.today))
        {
            text = format!("{text} {age}");
        }
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        let entry = Entry::new(Target::Field(field.id.clone()), label, cx.theme.label);
        let room = usize::from(width).saturating_sub(widest + 5);
        let entry = if lines.next().is_none() && paint::width(&first) <= room {
            entry.piece(first, cx.theme.normal)
        } else {
            entry.text(cx, &text, width, true)
        };
        entries.push(entry);
    }
}
