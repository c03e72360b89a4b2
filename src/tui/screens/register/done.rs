//! What was done this year: by a volunteer, at a base, at all activities.

use crate::domain::RecordKind;
use crate::domain::company::heads;
use crate::domain::forms::activity;
use crate::office::RegisterLine;
use crate::tui::screen::Cx;
use crate::tui::widget::table::Entry;
use crate::wording;
use chrono::Datelike;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A column that is no field: its name, cells and rank.
type Shown = (&'static str, u16, u16, u8);

pub(super) fn shown(kind: RecordKind) -> &'static [Shown] {
    match kind {
        RecordKind::Volunteer => &[("hours", 5, 6, 0), ("children", 8, 8, 0)],
        RecordKind::Base => &[("times", 4, 6, 0), ("people", 4, 6, 0)],
        RecordKind::Activity => &[("came", 4, 6, 0)],
        _ => &[],
    }
}

pub(super) fn cells(line: &RegisterLine) -> Vec<Entry> {
    let done = line.done;
    let number = |count: usize| Entry::from(if count == 0 { "-".to_owned() } else { count.to_string() });
    match line.record.at.kind {
        RecordKind::Volunteer => {
            let hours = if done.minutes == 0 { "-".to_owned() } else { hours(done.minutes) };
            vec![Entry::from(hours), number(done.people)]
        }
        RecordKind::Base => vec![number(done.times), number(done.people)],
        RecordKind::Activity => vec![number(came(line))],
        _ => vec![],
    }
}

/// `1.5`
fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60 / 6) {
        (whole, 0) => whole.to_string(),
        (whole, tenths) => format!("{whole}.{tenths}"),
    }
}

fn came(line: &RegisterLine) -> usize {
    heads(line.record.fields.number(&activity::ATTENDED), line.done.people)
}

/// What happened at a base this year; how many of those who came to an activity are named.
pub(super) fn told(cx: &Cx, selected: &RegisterLine) -> Option<String> {
    let done = selected.done;
    match selected.record.at.kind {
        RecordKind::Base if done.times == 0 => Some(cx.cat.t("register-base-none").into_owned()),
        RecordKind::Base => {
            let parts = [
                ("times", done.times.into()),
                ("people", done.people.into()),
                ("hours", in_all(cx, done.minutes).into()),
            ];
            Some(cx.cat.tn("register-base-year", &parts).into_owned())
        }
        RecordKind::Activity if done.people > 0 => {
            let parts = [("came", came(selected).into()), ("named", done.people.into())];
            Some(cx.cat.tn("register-came-named", &parts).into_owned())
        }
        RecordKind::Volunteer if done.unsure > 0 => {
            Some(cx.cat.t1("register-unsure", "n", done.unsure).into_owned())
        }
        _ => None,
    }
}

/// The hours behind a count; nothing where nobody wrote down how long it was.
fn in_all(cx: &Cx, minutes: i64) -> String {
    if minutes == 0 {
        return String::new();
    }
    cx.cat.t1("register-hours", "hours", hours(minutes)).into_owned()
}

/// All activities of the year, the commonest kinds first.
pub(super) fn year(cx: &Cx, lines: &[RegisterLine]) -> String {
    let of_year = |line: &&RegisterLine| {
        let on = line.record.fields.date(&activity::ON);
        on.is_some_and(|on| on.year() == cx.today.year() && on <= cx.today)
    };
    let held: Vec<&RegisterLine> = lines.iter().filter(of_year).collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &held {
        *kinds.entry(line.record.fields.text(&activity::KIND)).or_default() += 1;
    }
    let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, count)| Reverse(*count));
    let kinds =
        kinds.iter().map(|(kind, n)| format!("{} {n}", wording::core_choice(cx.cat, "activity", kind)));
    let minutes = held.iter().filter_map(|line| line.record.fields.number(&activity::MINUTES)).sum();
    let parts = [
        ("times", held.len().into()),
        ("people", held.iter().map(|line| came(line)).sum::<usize>().into()),
        ("hours", in_all(cx, minutes).into()),
        ("kinds", kinds.collect::<Vec<_>>().join(&cx.cat.t("value-and")).into()),
    ];
    cx.cat.tn("register-activities-year", &parts).into_owned()
}
