//! How often a year there was supervision, training, an inspection.

use crate::domain::forms::{organisation::SUPERVISIONS, supervision};
use crate::office::RegisterLine;
use crate::tui::screen::Cx;
use crate::wording;
use chrono::Datelike;
use std::collections::BTreeMap;

/// What was agreed on and is not done, though its day is over.
pub(super) fn late(cx: &Cx, line: &RegisterLine) -> Option<String> {
    let fields = &line.record.fields;
    let due = fields.date(&supervision::DUE).filter(|_| line.overdue.contains(&supervision::DUE))?;
    let parts = [
        ("due", cx.cat.date(due).into()),
        ("who", cx.name(fields.text(&supervision::WHO)).into()),
        ("what", cx.written(fields.text(&supervision::AGREED)).into()),
    ];
    Some(cx.cat.tn("supervision-late", &parts).into_owned())
}

/// A line for each year, the latest first; kinds of which there was none are left out.
pub(super) fn years<'a>(cx: &Cx, lines: impl Iterator<Item = &'a RegisterLine>) -> Vec<String> {
    let mut years: BTreeMap<i32, BTreeMap<usize, u32>> = BTreeMap::new();
    for line in lines {
        let fields = &line.record.fields;
        let kind = SUPERVISIONS.iter().position(|kind| *kind == fields.text(&supervision::KIND));
        if let Some((on, kind)) = fields.date(&supervision::ON).zip(kind) {
            *years.entry(on.year()).or_default().entry(kind).or_default() += 1;
        }
    }
    let count = |(kind, n): (&usize, &u32)| {
        let kind = wording::core_choice(cx.cat, "supervision", SUPERVISIONS[*kind]);
        cx.cat.tn("supervision-count", &[("kind", kind.into()), ("n", (*n).into())]).into_owned()
    };
    let line = |(year, counts): (&i32, &BTreeMap<usize, u32>)| {
        let counts: Vec<String> = counts.iter().map(count).collect();
        let parts =
            [("year", year.to_string().into()), ("counts", counts.join(&cx.cat.t("value-and")).into())];
        cx.cat.tn("supervision-year", &parts).into_owned()
    };
    years.iter().rev().map(line).collect()
}
