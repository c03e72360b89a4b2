//! What is due, soonest first, and what was done about earlier ones.

use super::entry::{Entry, Target};
use super::{chosen, header};
use crate::domain::FollowUp;
use crate::domain::forms::follow_up;
use crate::office::CaseFile;
use crate::tui::command::Command;
use crate::tui::screen::Cx;
use crate::tui::screens::rows;
use crate::wording;

pub(super) fn entries(cx: &Cx, file: &CaseFile, width: u16) -> Vec<Entry> {
    let all: Vec<FollowUp> = file.follow_ups.iter().filter_map(FollowUp::of).collect();
    let (mut open, mut done): (Vec<_>, Vec<_>) = all.into_iter().partition(FollowUp::is_open);
    open.sort_by_key(|follow_up| follow_up.due);
    done.sort_by_key(|follow_up| std::cmp::Reverse(follow_up.done));
    let mut entries = vec![Entry::heading(cx, "file-due")];
    if open.is_empty() {
        entries.push(Entry::new(
            Target::None,
            cx.cat.t1("file-nothing-due-hint", "key", super::key(cx, Command::NewFollowUp)),
            cx.theme.dim,
        ));
    }
    entries.extend(open.iter().map(|follow_up| entry(cx, file, follow_up, width)));
    if !done.is_empty() {
        entries.push(Entry::heading(cx, "file-done"));
        entries.extend(done.iter().map(|follow_up| entry(cx, file, follow_up, width)));
    }
    entries
}

pub(super) fn entry(cx: &Cx, file: &CaseFile, one: &FollowUp, width: u16) -> Entry {
    let empty = Default::default();
    let record = file.follow_ups.iter().find(|record| record.at == one.at);
    let fields = record.map_or(&empty, |record| &record.fields);
    let kind = wording::core_choice(cx.cat, "follow-up-kind", &one.kind);
    let worker = one.worker.and_then(|worker| cx.station.worker(worker)).unwrap_or_default();
    let entry = match one.done {
        Some(on) => Entry::new(Target::Record(one.at), cx.cat.date(on), cx.theme.dim)
            .piece(kind, cx.theme.normal)
            .piece(cx.cat.t("file-is-done").into_owned(), cx.theme.good),
        None => Entry::new(Target::Record(one.at), cx.cat.day_seen_from(cx.today, one.due), cx.theme.dim)
            .piece(kind, cx.theme.heading)
            .piece(cx.cat.due(one.due, cx.today), header::due_style(cx, one.due)),
    }
    .piece(chosen(cx, "follow-up", fields, &follow_up::REPEAT), cx.theme.dim)
    .right(worker);
    let mut said = vec![match one.is_open() {
        true => rows::reason(cx, &one.reason, &one.rule),
        false => match (fields.text(&follow_up::OUTCOME), fields.text(&follow_up::END)) {
            ("", why) if !why.is_empty() => wording::core_choice(cx.cat, "follow-up-end", why),
            (outcome, _) => cx.written(outcome),
        },
    }];
    if one.is_open() {
        if one.attempts > 0 {
            said.push(cx.cat.t1("file-attempts", "n", i64::from(one.attempts)).into_owned());
        }
        if one.first_due != one.due {
            let why = cx.written(fields.text(&follow_up::MOVED_WHY));
            let args = [("on", cx.cat.date(one.first_due).into()), ("why", why.into())];
            said.push(cx.cat.tn("file-moved", &args).into_owned());
        }
        let handed = cx.written(fields.text(&follow_up::HANDED_WHY));
        if !handed.is_empty() {
            said.push(cx.cat.t1("file-handed", "why", handed).into_owned());
        }
    }
    said.retain(|text| !text.trim().is_empty());
    if said.is_empty() { entry } else { entry.text(cx, &said.join(&cx.cat.t("value-stop")), width, true) }
}
