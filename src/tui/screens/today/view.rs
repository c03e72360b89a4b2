//! How the agenda is drawn.

use super::{Line, Section, Today, WIDE};
use crate::office::{AgendaLine, BackupWord, ChildLine, Grade, Scope};
use crate::tui::paint;
use crate::tui::screen::{ConcernList, Cx};
use crate::tui::screens::{file::flag_style, rows};
use crate::tui::widget::{
    calendar::{self, Load},
    list, popup,
    table::{self, Column},
    tabs, wrap,
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

/// Two of the columns.
const AGE: usize = 1;
const REASON: usize = 5;

/// Lines beneath the list that tell more of the selected one.
const FOOT: u16 = 3;

pub(super) fn draw(today: &Today, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    paint::clear(buf, area, cx.theme.normal);
    let top = Rect { height: 1, ..area };
    let names = [cx.cat.t("today-mine"), cx.cat.t("today-station")];
    let titles: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    tabs::draw(
        buf,
        Rect { x: area.x + 1, width: area.width - 1, ..top },
        cx.theme,
        &titles,
        usize::from(today.scope == Scope::Station),
    );
    counts(today, cx, buf, top);
    let mut body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if let Some(word) = today.agenda.as_ref().and_then(|agenda| agenda.backup) {
        let text = match word {
            BackupWord::Never => cx.cat.t("today-backup-never"),
            BackupWord::Old(days) => cx.cat.t1("today-backup-old", "days", days),
            BackupWord::NotMade(why) => cx.cat.t(why),
            BackupWord::BadPlan => cx.cat.t("today-backup-bad-plan"),
        };
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(2), height: 1, ..body };
        paint::put_shortened(buf, line, line.x, line.y, &text, cx.theme.warning);
        body = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    }
    let wide = area.width >= WIDE;
    let mut place = body;
    if wide {
        place.width = body.width - calendar::WIDTH - 3;
        let side = Rect {
            x: place.right() + 2,
            width: calendar::WIDTH,
            height: calendar::HEIGHT.min(body.height),
            ..body
        };
        let cursor = month(today, cx, buf, side);
        if today.in_calendar {
            lines(today, cx, buf, place);
            return cursor;
        }
    }
    let cursor = lines(today, cx, buf, place);
    if today.in_calendar && !wide {
        let inner = popup::open(
            buf,
            area,
            calendar::WIDTH + 4,
            calendar::HEIGHT + 2,
            &cx.cat.t("today-calendar"),
            cx.theme,
        );
        return month(today, cx, buf, inner);
    }
    cursor
}

/// Totals, at the right of the first line.
fn counts(today: &Today, cx: &Cx, buf: &mut Buffer, top: Rect) {
    let Some(agenda) = &today.agenda else { return };
    let mut x = top.right().saturating_sub(1);
    let mut put = |text: String, style: Style, buf: &mut Buffer| {
        x = x.saturating_sub(paint::width(&text) as u16);
        paint::put(buf, top, x, top.y, &text, style);
        x = x.saturating_sub(2);
    };
    if agenda.drafts > 0 {
        put(cx.cat.t1("today-drafts", "n", agenda.drafts).into_owned(), cx.theme.warning, buf);
    }
    if agenda.pending {
        put(cx.cat.t("queue-pending").into_owned(), cx.theme.dim, buf);
    }
    for section in [Section::Rules, Section::Week, Section::Today, Section::Overdue] {
        let total = section.total(agenda);
        let style = match section {
            Section::Overdue if total > 0 => cx.theme.overdue,
            Section::Today if total > 0 => cx.theme.due,
            _ => cx.theme.dim,
        };
        put(format!("{} {total}", cx.cat.t(section.key())), style, buf);
    }
}

fn month(today: &Today, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    today.calendar.draw(buf, area, cx.theme, cx.cat, cx.today, |day| {
        let count = today.month.iter().find(|(on, _)| *on == day).map_or(0, |(_, count)| *count);
        Load { count: count as usize, overdue: day < cx.today && count > 0 }
    })
}

fn lines(today: &Today, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let lines = today.lines();
    if lines.is_empty() {
        let text = match (&today.refused, &today.agenda) {
            (Some(refused), _) => refused.clone(),
            (None, None) => String::new(),
            (None, Some(_)) if cx.station.children == 0 => cx.cat.t("today-no-children").into_owned(),
            (None, Some(_)) => cx.cat.t("today-nothing").into_owned(),
        };
        let inner = Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(1),
        };
        wrap::draw(buf, inner, &text, 0, cx.theme.normal);
        return Some(Position::new(inner.x, inner.y));
    }
    let foot = Rect { y: area.bottom().saturating_sub(FOOT), height: FOOT, ..area };
    let area = Rect { height: area.height.saturating_sub(FOOT), ..area };
    let columns = columns(cx);
    let village = rows::room(&columns, area, 6);
    let places = table::fit(&columns, area.width.saturating_sub(list::MARGIN));
    detail(today, cx, buf, foot, &places);
    let lead = places.iter().flatten().next().map_or(0, |(_, cells)| *cells);
    today.list.draw(buf, area, cx.theme, lines.len(), lead, |buf, line, at, style| match &lines[at] {
        Line::Heading(section, total) => {
            let style = if *section == Section::Overdue { cx.theme.overdue } else { cx.theme.heading };
            let text = format!("{} {total}", cx.cat.t(section.key()));
            let line = Rect { x: line.x.saturating_sub(1), width: line.width + 1, ..line };
            paint::put_shortened(buf, line, line.x, line.y, &text, style);
        }
        Line::List(list, count) => {
            let text = match (list, count) {
                (ConcernList::WithoutContact, Some(n)) => cx.cat.t1("today-without-contact", "n", *n),
                (ConcernList::WithoutContact, None) => cx.cat.t("today-without-contact-uncounted"),
                (ConcernList::GivingUp, Some(n)) => cx.cat.t1("today-giving-up", "n", *n),
                (ConcernList::GivingUp, None) => cx.cat.t("today-giving-up-uncounted"),
            };
            let style = if style == cx.theme.selected { style } else { cx.theme.warning };
            // Why a child is on file is nobody's who looks over a shoulder.
            paint::put_shortened(buf, line, line.x, line.y, &cx.delicate(&text), style);
        }
        Line::Item(..) | Line::Child(_) => {
            let selected = style == cx.theme.selected;
            let cells = match &lines[at] {
                Line::Child(child) => child_cells(cx, child, village),
                Line::Item(section, item) => cells(cx, *section, item, village),
                Line::Heading(..) | Line::List(..) => vec![],
            };
            for ((text, own), place) in cells.iter().zip(&places) {
                if let Some((x, width)) = *place {
                    let cell = Rect { x: line.x + x, width, ..line };
                    let style = if selected && x < lead { style } else { cx.theme.normal.patch(*own) };
                    paint::put_shortened(buf, cell, cell.x, cell.y, text, style);
                }
            }
        }
    })
}

fn columns(cx: &Cx) -> Vec<Column> {
    let english = cx.cat.lang() == crate::i18n::Lang::En;
    vec![
        Column::new("", 8..12, 0),
        Column::new("", 5..7, 5),
        Column::new("", if english { 13..14 } else { 10..11 }, 0),
        Column::new("", if english { 14..15 } else { 8..10 }, 0),
        Column::new("", if english { 6..7 } else { 2..4 }, 2),
        Column::new("", 20..34, 1),
        Column::new("", 8..16, 4),
        Column::new("", 6..10, 6),
    ]
}

/// The same columns: how pressing the rules are in the place of what is due, and what comes next in that of the reason.
fn child_cells(cx: &Cx, line: &ChildLine, village: u16) -> Vec<(String, Style)> {
    let age = line.birth.and_then(|birth| rows::short_age(cx, birth)).unwrap_or_default();
    let worker = line.worker.and_then(|worker| cx.station.worker(worker)).unwrap_or_default();
    let count = |grade, count| match count {
        0 => (String::new(), Style::new()),
        count => (cx.delicate(&crate::wording::pressing(cx.cat, grade, count)), flag_style(cx, grade)),
    };
    let mut said = vec![count(Grade::Urgent, line.pressing.urgent), count(Grade::Act, line.pressing.act)];
    said.sort_by_key(|(text, _)| text.is_empty());
    let next = line.due.as_ref().map(|(kind, on)| rows::due(cx, kind, *on)).unwrap_or_default();
    let mut cells = vec![(cx.name(&line.name), Style::new()), (age, cx.theme.dim)];
    cells.extend(said);
    cells.extend([
        (rows::risk(cx, &line.risk), rows::risk_style(cx, &line.risk)),
        (next, cx.theme.dim),
        (rows::village(&line.village, vec![], village).text, cx.theme.dim),
        (worker.to_owned(), cx.theme.dim),
    ]);
    cells
}

/// What the selected line has no column for or had to shorten, and what its sign means. What it says in full is not said
/// again: on a slow line each move would send it.
fn detail(today: &Today, cx: &Cx, buf: &mut Buffer, area: Rect, places: &[Option<(u16, u16)>]) {
    let (birth, guardian, village, worker) = match today.selected_line() {
        Some(Line::Item(_, item)) => (item.birth, &item.guardian, &item.village, item.worker),
        Some(Line::Child(line)) => (line.birth, &line.guardian, &line.village, line.worker),
        Some(Line::Heading(..) | Line::List(..)) | None => return,
    };
    paint::rule(buf, area, area.y, cx.theme.borders.glyphs().horizontal, cx.theme.border);
    let line = |n| Rect { x: area.x + 2, y: area.y + n, width: area.width.saturating_sub(3), height: 1 };
    let (first, second) = (line(1), line(2));
    let age = match places.get(AGE) {
        Some(Some(_)) => String::new(),
        _ => crate::wording::age(cx.cat, birth, cx.today),
    };
    let worker = worker.and_then(|worker| cx.station.worker(worker)).unwrap_or_default();
    let facts = [
        ("", age.into()),
        ("col-guardian", cx.name(guardian).into()),
        ("", village.as_str().into()),
        ("col-worker", worker.into()),
    ];
    rows::facts(cx, buf, first, &facts);
    let Some(item) = today.selected() else { return };
    let mut x = second.x;
    if item.risen {
        x = paint::put_shortened(buf, second, x, second.y, &cx.cat.t("today-risen"), cx.theme.warning) + 2;
    }
    let why = rows::reason(cx, &item.reason, &item.rule);
    let room = places.get(REASON).copied().flatten().map_or(0, |(_, cells)| cells);
    if paint::width(&why) > usize::from(room) {
        paint::put_shortened(buf, second, x, second.y, &why, cx.theme.normal);
    }
}

/// Name, age, how late, what, risk, why, village, worker.
fn cells(cx: &Cx, section: Section, item: &AgendaLine, village: u16) -> Vec<(String, Style)> {
    let when = crate::wording::when(cx.cat, item.due, cx.today);
    let when_style = match section {
        Section::Overdue => cx.theme.overdue,
        Section::Today => cx.theme.due,
        Section::Week | Section::Later | Section::Rules => cx.theme.normal,
    };
    let when = if item.risen { format!("!{when}") } else { when };
    let age = item.birth.and_then(|birth| rows::short_age(cx, birth)).unwrap_or_default();
    let worker = item.worker.and_then(|worker| cx.station.worker(worker)).unwrap_or_default();
    vec![
        (cx.name(&item.name), Style::new()),
        (age, cx.theme.dim),
        (when, when_style),
        (crate::wording::core_choice(cx.cat, "follow-up-kind", &item.kind), Style::new()),
        (rows::risk(cx, &item.risk), rows::risk_style(cx, &item.risk)),
        (rows::reason(cx, &item.reason, &item.rule), cx.theme.dim),
        (rows::village(&item.village, vec![], village).text, cx.theme.dim),
        (worker.to_owned(), cx.theme.dim),
    ]
}
