//! Words and colours that lists of children and follow-ups share.

use super::file::flag_style;
use crate::domain::Row;
use crate::office::{Grade, Pressing, Saved};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{ActKind, Cx};
use crate::tui::widget::{
    list::{self, ListState},
    table::{self, Column, Entry},
    wrap,
};
use crate::wording;
use chrono::NaiveDate;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};
use std::ops::Range;

/// The act a command asks for on the selected follow-up.
pub(super) fn act_of(command: Command) -> Option<ActKind> {
    match command {
        Command::Done => Some(ActKind::Done),
        Command::Move => Some(ActKind::Move),
        Command::HandOver => Some(ActKind::HandOver),
        Command::Attempt => Some(ActKind::Attempt),
        Command::Refusal => Some(ActKind::Refusal),
        _ => None,
    }
}

/// The age in whole years or, below one, in months: for a narrow column.
pub(super) fn short_age(cx: &Cx, birth: NaiveDate) -> Option<String> {
    let years = cx.today.years_since(birth)?;
    match years {
        0 => cx.cat.age(birth, cx.today),
        years => Some(cx.cat.t1("age-years", "n", years).into_owned()),
    }
}

pub(super) fn risk(cx: &Cx, code: &str) -> String {
    let known = || wording::core_choice(cx.cat, "risk", code);
    // Hidden, what is not known looks like all others.
    cx.delicate(&if code.is_empty() { "-".to_owned() } else { known() })
}

pub(super) fn risk_style(cx: &Cx, code: &str) -> Style {
    match code {
        _ if cx.discreet => cx.theme.dim,
        "high" => cx.theme.high,
        "medium" => cx.theme.medium,
        "low" => cx.theme.low,
        _ => cx.theme.dim,
    }
}

/// How many urgent flags the rules raise for a child or, where there are none, how many to act on.
pub(super) fn pressing(cx: &Cx, pressing: Pressing) -> Entry {
    let (grade, count) = match pressing.urgent {
        0 => (Grade::Act, pressing.act),
        urgent => (Grade::Urgent, urgent),
    };
    let text = if count > 0 { wording::pressing(cx.cat, grade, count) } else { "-".to_owned() };
    let style = if count > 0 { flag_style(cx, grade) } else { cx.theme.dim };
    // Hidden, a child whom no rule calls for looks like all others.
    Entry::from(cx.delicate(&text)).style(style)
}

/// A filter by what the rules say, in words.
pub(super) fn filter_word(cx: &Cx, grade: Grade) -> String {
    cx.cat.t(if grade == Grade::Urgent { "filter-urgent" } else { "filter-act" }).into_owned()
}

/// Why something is due: what somebody wrote, else what its rule says.
pub(super) fn reason(cx: &Cx, written: &str, rule: &str) -> String {
    match written {
        "" => cx.delicate(&wording::rule_text(cx.cat, &cx.station.rules, rule).unwrap_or_default()),
        written => cx.written(written),
    }
}

/// What a save did: that it is safe, and which follow-ups it opened.
pub(super) fn saved(cx: &Cx, saved: &Saved) -> String {
    let opened: Vec<String> = saved
        .opened
        .iter()
        .map(|(kind, on)| {
            format!(
                "{} {}",
                wording::core_choice(cx.cat, "follow-up-kind", kind),
                cx.cat.day_seen_from(cx.today, *on)
            )
        })
        .collect();
    if opened.is_empty() {
        cx.cat.t("toast-saved").into_owned()
    } else {
        cx.cat.t1("toast-saved-opened", "opened", opened.join(", ")).into_owned()
    }
}

/// Sex and age in one narrow cell: `女 9岁`, `F 9 y`.
pub(super) fn sex_age(cx: &Cx, row: &Row) -> String {
    let sex = match row.sex.as_str() {
        "m" => cx.cat.t("sex-short-m"),
        "f" => cx.cat.t("sex-short-f"),
        _ => "-".into(),
    };
    let age = row.birth.and_then(|birth| short_age(cx, birth));
    format!("{sex} {}", age.as_deref().unwrap_or("?"))
}

/// When something is next due for the child and, if there is room, what: `逾期3天 走访`.
pub(super) fn next_due(cx: &Cx, row: &Row, room: u16) -> Entry {
    let Some(due) = row.due.first() else { return Entry::from("-").style(cx.theme.dim) };
    let style = match due.on.cmp(&cx.today) {
        std::cmp::Ordering::Less => cx.theme.overdue,
        std::cmp::Ordering::Equal => cx.theme.due,
        std::cmp::Ordering::Greater => Style::new(),
    };
    let both = self::due(cx, &due.kind, due.on);
    let fits = paint::width(&both) <= usize::from(room);
    Entry::from(if fits { both } else { wording::when(cx.cat, due.on, cx.today) }).style(style)
}

/// A follow-up in words: when, then what.
pub(super) fn due(cx: &Cx, kind: &str, on: NaiveDate) -> String {
    let kind = wording::core_choice(cx.cat, "follow-up-kind", kind);
    format!("{} {kind}", wording::when(cx.cat, on, cx.today))
}

/// Categories in a word each.
pub(super) fn categories(cx: &Cx, row: &Row) -> String {
    let words: Vec<String> =
        row.category_codes().map(|code| cx.cat.t(&format!("category-short-{code}")).into_owned()).collect();
    cx.delicate(&if words.is_empty() { "-".to_owned() } else { words.join(&cx.cat.t("value-and")) })
}

/// Ranges of characters as ranges of bytes, moved on by `offset` bytes.
pub(super) fn marked(text: &str, marks: &[Range<u16>], offset: usize) -> Vec<Range<usize>> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |char: u16| starts.get(usize::from(char)).copied().unwrap_or(text.len());
    marks.iter().map(|mark| byte(mark.start) + offset..byte(mark.end) + offset).collect()
}

/// The key that means a command on these layers, as a person names it.
pub(super) fn key(cx: &Cx, layers: &[Layer], command: Command) -> String {
    cx.keymap.first_key(layers, command).map(|chord| chord.label(cx.cat)).unwrap_or_default()
}

/// How many bytes at the beginning of a text must give way for its characters up to `last` to be in view.
pub(super) fn hidden(text: &str, last: usize, room: usize) -> usize {
    let end = text.char_indices().nth(last).map_or(text.len(), |(at, _)| at);
    let more = usize::from(end < text.len());
    if paint::width(text) <= room || paint::width(&text[..end]) + more <= room {
        return 0;
    }
    let mut starts = text[..end].char_indices().map(|(at, _)| at);
    starts.find(|at| paint::width(&text[*at..end]) + 1 + more <= room).unwrap_or(end)
}

/// A village in a column of so many cells. Those of one town begin alike, so its beginning gives way.
pub(super) fn village(name: &str, found: Vec<Range<usize>>, room: u16) -> Entry {
    let from = hidden(name, name.chars().count(), usize::from(room));
    if from == 0 {
        return Entry::from(name).found(found);
    }
    let moved = |at: usize| at - from + paint::CUT.len();
    let found = found.into_iter().filter(|part| part.start >= from);
    Entry::from(format!("{}{}", paint::CUT, &name[from..]))
        .found(found.map(|part| moved(part.start)..moved(part.end)).collect())
}

/// Labelled values in one line: those that are empty are left out, those behind the first only come whole.
pub(super) fn facts(cx: &Cx, buf: &mut Buffer, line: Rect, facts: &[(&str, Entry)]) {
    let mut x = line.x;
    for (key, value) in facts.iter().filter(|(_, value)| !value.text.is_empty()) {
        let label = if key.is_empty() { 0 } else { paint::width(&cx.cat.t(key)) + 1 };
        let needs = (label + paint::width(&value.text)) as u16;
        if x > line.x && x.saturating_add(needs) > line.right() {
            continue;
        }
        if !key.is_empty() {
            x = paint::put_shortened(buf, line, x, line.y, &cx.cat.t(key), cx.theme.dim) + 1;
        }
        let slot = Rect { x, width: line.right().saturating_sub(x), ..line };
        table::put_found(buf, slot, value, cx.theme.normal, cx.theme.highlight);
        x = x.saturating_add(paint::width(&value.text) as u16 + 2);
        if x >= line.right() {
            break;
        }
    }
}

/// The cells of a column of a table that is drawn in `area`; none if it is dropped.
pub(super) fn room(columns: &[Column], area: Rect, column: usize) -> u16 {
    let places = table::fit(columns, area.width.saturating_sub(list::MARGIN));
    places.get(column).copied().flatten().map_or(0, |(_, cells)| cells)
}

/// At the right end of a line near a list that is drawn already: which row is selected, of how many, where not all fit.
pub(super) fn place(cx: &Cx, buf: &mut Buffer, line: Rect, list: &ListState, len: usize) {
    if !list.fits(len) {
        paint::put_right(buf, line, line.y, &list.place(len), cx.theme.dim);
    }
}

/// A blank or a text within a margin, where a list has no rows. The cursor stands at its beginning.
pub(super) fn note(cx: &Cx, buf: &mut Buffer, area: Rect, text: &str) -> Option<Position> {
    let inner = Rect {
        x: area.x + 2.min(area.width),
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(1),
    };
    wrap::draw(buf, inner, text, 0, cx.theme.normal);
    Some(Position::new(inner.x, inner.y))
}
