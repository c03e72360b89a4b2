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
        RecordKind::Volunteer => &[("hours", 4, 6, 0), ("children", 4, 6, 0)],
        RecordKind::Base => &[("times", 4, 6, 0), ("people", 4, 6, 0)],
        RecordKind::Activity => &[("came", 6, 10, 0)],
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
        RecordKind::Activity => vec![Entry::from(came(line))],
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

/// Those who are named and the others: `7+33`.
fn came(line: &RegisterLine) -> String {
    let all = heads(line.record.fields.number(&activity::ATTENDED), line.done.people);
    if all == 0 { "-".to_owned() } else { format!("{}+{}", line.done.people, all - line.done.people) }
}

/// Of all activities of the year, the commonest kinds first; of a base, what happened there.
pub(super) fn told(cx: &Cx, lines: &[RegisterLine], selected: &RegisterLine) -> Option<String> {
    let (times, people, minutes) = match selected.record.at.kind {
        RecordKind::Base => (selected.done.times, selected.done.people, selected.done.minutes),
        RecordKind::Volunteer if selected.done.unsure > 0 => {
            return Some(cx.cat.t1("register-unsure", "n", selected.done.unsure).into_owned());
        }
        RecordKind::Activity => return Some(year(cx, lines)),
        _ => return None,
    };
    let parts = [
        ("times", times.to_string().into()),
        ("people", people.to_string().into()),
        ("hours", hours(minutes).into()),
    ];
    Some(cx.cat.tn("register-base-year", &parts).into_owned())
}

fn year(cx: &Cx, lines: &[RegisterLine]) -> String {
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
    let people =
        |line: &&RegisterLine| heads(line.record.fields.number(&activity::ATTENDED), line.done.people);
    let minutes = held.iter().filter_map(|line| line.record.fields.number(&activity::MINUTES)).sum();
    let parts = [
        ("times", held.len().to_string().into()),
        ("people", held.iter().map(people).sum::<usize>().to_string().into()),
        ("hours", hours(minutes).into()),
        ("kinds", kinds.collect::<Vec<_>>().join(&cx.cat.t("value-and")).into()),
    ];
    cx.cat.tn("register-activities-year", &parts).into_owned()
}
