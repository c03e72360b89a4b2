//! What is done for the child: how it lives, findings, goals, consents, referrals, conferences, placements, contact with
//! its family, sessions. One heading a kind, the newest first.

use super::entry::{Entry, Reel, Target};
use super::{family, header, spec, standing};
use crate::domain::form::FieldKind;
use crate::domain::forms::follow_up;
use crate::domain::{FieldId, Fields, FollowUp, FormSpec, Record, RecordKind, RecordRef};
use crate::office::{CaseFile, FormJob};
use crate::tui::command::Command;
use crate::tui::screen::{Choose, Cx, Effect, FormPlace, Place, Ticket};
use crate::wording;
use ratatui::style::Style;
use uuid::Uuid;

pub(super) fn entries(cx: &Cx, file: &CaseFile, reel: &Reel, width: u16) -> Vec<Entry> {
    let mut entries = Vec::new();
    for kind in RecordKind::SERVICES {
        let all = file.services.iter().filter(|record| record.at.kind == kind);
        let mut all = all.peekable();
        if all.peek().is_none() {
            continue;
        }
        let title = kind.form().and_then(|id| spec(cx, id)).map(|form| wording::form_title(cx.cat, form));
        entries.push(Entry::new(Target::None, cx.delicate(&title.unwrap_or_default()), cx.theme.heading));
        match kind {
            RecordKind::Score => entries.extend(super::scores::entries(cx, file, reel, width)),
            _ => entries.extend(all.map(|record| one(cx, file, record, reel, width))),
        }
    }
    if !file.aid.is_empty() {
        let all = file.aid.iter().map(|(item, count)| wording::quantity(cx.cat, item, *count));
        let all = all.collect::<Vec<_>>().join(&cx.cat.t("value-and"));
        let head = cx.delicate(&cx.cat.t("file-aid"));
        entries
            .push(Entry::new(Target::None, head, cx.theme.heading).piece(cx.delicate(&all), cx.theme.normal));
    }
    if entries.is_empty() {
        let hint = cx.cat.t1("file-no-services", "key", super::key(cx, Command::NewService));
        entries.push(Entry::new(Target::None, hint, cx.theme.dim));
    }
    entries
}

/// Its day and its first choice or line are the head; the rest is beneath.
fn one(cx: &Cx, file: &CaseFile, record: &Record, reel: &Reel, width: u16) -> Entry {
    let Some(form) = record.at.kind.form().and_then(|id| spec(cx, id)) else {
        return Entry::new(Target::Record(record.at), "", cx.theme.normal);
    };
    let head = head_of(form, &record.fields);
    let mut pieces = head.iter().filter_map(|field| super::value(cx, &form.id, &record.fields, field));
    let first = pieces.next().unwrap_or_default();
    let mut entry = Entry::new(Target::Record(record.at), first, cx.theme.label);
    for piece in pieces {
        entry = entry.piece(piece, cx.theme.normal);
    }
    if let Some((said, style)) = standing::of(cx, record) {
        entry = entry.piece(said, style);
    }
    if let Some((said, style)) = standing::withdrawn(cx, file, record) {
        entry = entry.line(said, style);
    }
    let told: Vec<FieldId> = head.into_iter().chain(standing::said(record.at.kind)).collect();
    let facts = family::facts(cx, &form.id, record, &told, width);
    let whole = record.at.kind == RecordKind::Situation || reel.open.contains(&record.at.id);
    if !facts.is_empty() {
        entry = entry.text(cx, &facts, width, whole);
    }
    for (said, style) in decisions(cx, file, record) {
        entry = entry.line(said, style);
    }
    entry
}

/// What a conference decided, and what became of it.
fn decisions(cx: &Cx, file: &CaseFile, record: &Record) -> Vec<(String, Style)> {
    if record.at.kind != RecordKind::Conference {
        return vec![];
    }
    // What was taken out of the decisions again is none.
    let stands = |one: &&Record| one.fields.text(&follow_up::END) != "no-longer";
    let all = file.follow_ups.iter().filter(stands).filter_map(FollowUp::of);
    let mine = all.filter(|one| one.about == Some(record.at.id) && !one.reason.is_empty());
    let mut mine: Vec<FollowUp> = mine.collect();
    mine.sort_by_key(|one| one.due);
    let said = mine.iter().map(|one| {
        let what = cx.written(&one.reason);
        match one.done {
            Some(on) => {
                let args = [("on", cx.cat.date(on).into()), ("what", what.into())];
                (cx.cat.tn("file-decision-done", &args).into_owned(), cx.theme.good)
            }
            None => {
                let args = [("due", cx.cat.due(one.due, cx.today).into()), ("what", what.into())];
                (cx.cat.tn("file-decision-open", &args).into_owned(), header::due_style(cx, one.due))
            }
        }
    });
    said.collect()
}

/// What names it at a glance; else the first filled date, and the first filled choice or line.
fn head_of(form: &FormSpec, fields: &Fields) -> Vec<FieldId> {
    let first = |of: fn(&FieldKind) -> bool| {
        let mut shown = form.shown(fields);
        shown.find(|field| of(&field.kind) && fields.get(&field.id).is_some()).map(|field| field.id.clone())
    };
    if form.kind == RecordKind::Situation {
        return first(|kind| matches!(kind, FieldKind::One(_))).into_iter().collect();
    }
    if let Some(named) = standing::names(form.kind) {
        return named.into_iter().filter(|field| fields.get(field).is_some()).collect();
    }
    let date = first(|kind| matches!(kind, FieldKind::Date(_)));
    let word = first(|kind| matches!(kind, FieldKind::One(_) | FieldKind::Line(_)));
    date.into_iter().chain(word).collect()
}

/// Which of them is to be written down?
pub(super) fn choose(cx: &Cx, ticket: Ticket) -> Effect {
    // A rule is overruled where it speaks; who came to an activity is written down there.
    let elsewhere = [RecordKind::Overrule, RecordKind::Attendance];
    let kinds = RecordKind::SERVICES.into_iter().filter(|kind| !elsewhere.contains(kind));
    let choices = kinds.filter_map(|kind| {
        let id = kind.form()?;
        Some((id.to_owned(), wording::form_title(cx.cat, spec(cx, id)?)))
    });
    let title = cx.cat.t("file-new-service").into_owned();
    Effect::Open(
        ticket,
        Place::Choose(Choose { title, choices: choices.collect(), chosen: vec![], many: false }),
    )
}

/// The form of a new one, with today as its day; of how the child lives there is only one.
pub(super) fn new(cx: &Cx, file: &CaseFile, form: &str) -> Option<FormPlace> {
    let child = file.row.child;
    let kind = RecordKind::SERVICES.into_iter().find(|kind| kind.form() == Some(form))?;
    let known = file.services.iter().find(|record| record.at.kind == kind);
    let (at, base) = match kind {
        RecordKind::Situation => {
            (RecordRef::of(kind, child.0, child.0), known.map(|record| record.fields.clone()))
        }
        _ => (RecordRef::of(kind, child.0, Uuid::now_v7()), None),
    };
    let mut fields = base.clone().unwrap_or_default();
    let spec = spec(cx, form)?;
    if base.is_none()
        && let Some(first) = spec.fields.iter().find(|field| field.is_required())
        && matches!(first.kind, FieldKind::Date(_))
    {
        fields.set(first.id.clone(), Some(cx.today.into()));
    }
    let job = FormJob { form: form.to_owned(), at, child: Some(child) };
    Some(FormPlace { job, base, fields, draft: None, focus: None })
}
