//! What happened, newest first: contacts, notes, steps of the case. Long texts are short until one opens them.

use super::entry::{Entry, Reel, Target};
use super::{chosen, value};
use crate::domain::forms::{case, contact, note};
use crate::domain::{FieldId, Record, WorkerId};
use crate::office::CaseFile;
use crate::tui::command::Command;
use crate::tui::screen::Cx;
use chrono::NaiveDate;

/// The dated steps of a case, what they are called, and the text that belongs to each.
const STEPS: [(FieldId, &str, Option<FieldId>); 7] = [
    (case::OPENED, "step-opened", Some(case::REASON)),
    (case::ASSESSED, "step-assessed", Some(case::ASSESSMENT)),
    (case::PLANNED, "step-planned", Some(case::PLAN)),
    (case::SERVED, "step-served", None),
    (case::REVIEWED, "step-reviewed", Some(case::REVIEW)),
    (case::CLOSED, "step-closed", Some(case::ARRANGEMENT)),
    (case::REOPENED, "step-reopened", Some(case::REOPEN_REASON)),
];

pub(super) fn entries(cx: &Cx, file: &CaseFile, reel: &Reel, width: u16) -> Vec<Entry> {
    let mut dated: Vec<(Option<NaiveDate>, Entry)> = Vec::new();
    for record in &file.contacts {
        let whole = reel.open.contains(&record.at.id);
        dated.push((record.fields.date(&contact::ON), of_contact(cx, record, width, whole)));
    }
    for record in &file.notes {
        let whole = reel.open.contains(&record.at.id);
        dated.push((record.fields.date(&note::ON), of_note(cx, record, width, whole)));
    }
    for record in &file.cases {
        let whole = reel.open.contains(&record.at.id);
        for (on, name, text) in &STEPS {
            let Some(date) = record.fields.date(on) else { continue };
            let mut entry = Entry::new(Target::Record(record.at), day(cx, Some(date)), cx.theme.dim)
                .piece(cx.cat.t(name).into_owned(), cx.theme.heading);
            if *on == case::CLOSED {
                entry = entry.piece(chosen(cx, "case", &record.fields, &case::CLOSE_REASON), cx.theme.normal);
            }
            let text = text.as_ref().map(|text| record.fields.text(text)).unwrap_or_default();
            dated.push((Some(date), with_text(cx, entry, text, width, whole)));
        }
    }
    if dated.is_empty() {
        let keys = [
            ("visit", super::key(cx, Command::NewVisit).into()),
            ("note", super::key(cx, Command::NewNote).into()),
        ];
        return vec![
            Entry::new(Target::None, cx.cat.t("file-no-timeline").into_owned(), cx.theme.dim),
            Entry::new(Target::None, cx.cat.tn("file-no-timeline-hint", &keys), cx.theme.dim),
        ];
    }
    // Stable: what happened on one day stays in the order of writing, newest first.
    dated.sort_by_key(|(date, _)| std::cmp::Reverse(*date));
    dated.into_iter().map(|(_, entry)| entry).collect()
}

/// The last time that somebody was reached or tried to be.
pub(super) fn last_contact(cx: &Cx, file: &CaseFile, reel: &Reel, width: u16) -> Option<Entry> {
    let last = file.contacts.iter().max_by_key(|record| record.fields.date(&contact::ON))?;
    Some(of_contact(cx, last, width, reel.open.contains(&last.at.id)))
}

fn day(cx: &Cx, date: Option<NaiveDate>) -> String {
    date.map(|date| format!("{} {}", cx.cat.date(date), cx.cat.weekday(chrono::Datelike::weekday(&date))))
        .unwrap_or_default()
}

fn with_text(cx: &Cx, entry: Entry, text: &str, width: u16, whole: bool) -> Entry {
    if text.trim().is_empty() { entry } else { entry.text(cx, &cx.written(text), width, whole) }
}

fn of_contact(cx: &Cx, record: &Record, width: u16, whole: bool) -> Entry {
    let fields = &record.fields;
    let worker = fields.link(&contact::WORKER).and_then(|id| cx.station.worker(WorkerId(id)));
    let mut entry = Entry::new(Target::Record(record.at), day(cx, fields.date(&contact::ON)), cx.theme.dim)
        .piece(chosen(cx, "contact", fields, &contact::KIND), cx.theme.heading)
        .piece(chosen(cx, "contact", fields, &contact::MET), cx.theme.normal)
        .right(worker.unwrap_or_default());
    if fields.yes(&contact::CONCERN) == Some(true) && !cx.discreet {
        entry = entry.piece(cx.cat.t("file-concern").into_owned(), cx.theme.error);
    }
    let colon = cx.cat.t("value-colon");
    let mut texts = Vec::new();
    for (field, key) in [
        (contact::REASON, None),
        (contact::SEEN, None),
        (contact::CONCERN_TEXT, Some("file-concern")),
        (contact::AGREED, Some("file-agreed")),
    ] {
        let text = fields.text(&field);
        match key {
            _ if text.trim().is_empty() => {}
            None => texts.push(text.to_owned()),
            Some(key) => texts.push(format!("{}{colon}{text}", cx.cat.t(key))),
        }
    }
    if let Some(next) = value(cx, "contact", fields, &contact::NEXT) {
        texts.push(format!("{}{colon}{next}", cx.cat.t("file-next")));
    }
    with_text(cx, entry, &texts.join("\n"), width, whole)
}

fn of_note(cx: &Cx, record: &Record, width: u16, whole: bool) -> Entry {
    let fields = &record.fields;
    let entry = Entry::new(Target::Record(record.at), day(cx, fields.date(&note::ON)), cx.theme.dim)
        .piece(cx.cat.t("form-note").into_owned(), cx.theme.heading)
        .piece(cx.written(fields.text(&note::TITLE)), cx.theme.normal);
    with_text(cx, entry, fields.text(&note::TEXT), width, whole)
}
