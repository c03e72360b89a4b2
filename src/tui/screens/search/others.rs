//! How what is no child is drawn: an entry of a register, a page of the manual, each with its kind.

use crate::domain::RecordKind;
use crate::office::{Field, FoundEntry, Other, OtherLine};
use crate::tui::screen::Cx;
use crate::tui::screens::rows;
use crate::tui::widget::table::Entry;
use crate::wording;
use ratatui::{buffer::Buffer, layout::Rect};
use std::ops::Range;

/// In the columns of children: its name runs over those that only a child has.
pub(super) fn cells(cx: &Cx, line: &OtherLine) -> Vec<Entry> {
    let kind = Entry::from(wording::other_kind(cx.cat, &cx.station.forms, &line.other)).style(cx.theme.dim);
    let blank = Entry::default;
    match &line.other {
        Other::Entry(entry) => {
            let name = Entry::from(name(cx, entry)).found(marks(cx, line, &entry.name, is_name)).over(2);
            let name = if entry.ended { name.style(cx.theme.dim) } else { name };
            let place = match entry.on {
                Some(on) => Entry::from(cx.cat.date(on)),
                None => Entry::from(entry.place.as_str())
                    .found(found(line, &entry.place, |f| f == Field::Village)),
            };
            vec![name, blank(), blank(), place.over(1), blank(), kind]
        }
        Other::Page { .. } => {
            let (title, marks) = title(cx, line);
            let name = Entry::from(title).found(marks).over(4);
            vec![name, blank(), blank(), blank(), blank(), kind]
        }
    }
}

/// More of the selected one.
pub(super) fn detail(cx: &Cx, buf: &mut Buffer, area: Rect, line: &OtherLine) {
    let kind = Entry::from(wording::other_kind(cx.cat, &cx.station.forms, &line.other));
    let why = Entry::from(wording::other_reasons(cx.cat, line));
    let facts = match &line.other {
        Other::Entry(entry) => {
            let ended = if entry.ended { cx.cat.t("found-ended").into_owned() } else { String::new() };
            let on = entry.on.map(|on| cx.cat.date(on)).unwrap_or_default();
            vec![
                vec![("", kind), ("", name(cx, entry).into()), ("", on.into()), ("", ended.into())],
                vec![
                    ("found-place", entry.place.as_str().into()),
                    ("found-person", cx.name(&entry.person).into()),
                    ("found-phone", cx.personal(&entry.phone).into()),
                ],
                vec![("col-found", why)],
            ]
        }
        Other::Page { .. } => {
            vec![vec![("", kind), ("", title(cx, line).0.into())], vec![("col-found", why)]]
        }
    };
    for (line, y) in facts.iter().zip(area.y + 1..area.bottom()) {
        rows::facts(cx, buf, Rect { y, height: 1, ..area }, line);
    }
}

fn is_name(field: Field) -> bool {
    matches!(field, Field::Name | Field::School)
}

/// Somebody's name is masked, what a house is called is not.
fn name(cx: &Cx, entry: &FoundEntry) -> String {
    if is_somebody(entry) { cx.name(&entry.name) } else { entry.name.clone() }
}

fn is_somebody(entry: &FoundEntry) -> bool {
    matches!(entry.at.kind, RecordKind::Volunteer | RecordKind::FosterFamily | RecordKind::Donor)
}

fn found(line: &OtherLine, text: &str, of: impl Fn(Field) -> bool) -> Vec<Range<usize>> {
    let reasons = line.reasons.iter().filter(|reason| of(reason.field));
    reasons.flat_map(|reason| rows::marked(text, &reason.marks, 0)).collect()
}

fn marks(cx: &Cx, line: &OtherLine, text: &str, of: impl Fn(Field) -> bool) -> Vec<Range<usize>> {
    match &line.other {
        Other::Entry(entry) if cx.masked && is_somebody(entry) => vec![],
        _ => found(line, text, of),
    }
}

/// The title in the language of the screen; what was found in the other language is not marked in it.
fn title(cx: &Cx, line: &OtherLine) -> (String, Vec<Range<usize>>) {
    let Other::Page { zh, en, .. } = &line.other else { return Default::default() };
    match cx.cat.lang() {
        crate::i18n::Lang::Zh => (zh.clone(), found(line, zh, is_name)),
        crate::i18n::Lang::En if en == zh => (zh.clone(), found(line, zh, is_name)),
        crate::i18n::Lang::En => (en.clone(), found(line, en, |field| field == Field::Village)),
    }
}
