//! How the roster is drawn.

use super::Roster;
use crate::domain::Row;
use crate::i18n::Lang;
use crate::office::{Filter, NOBODY, Pressing, Sort};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::screens::rows;
use crate::tui::widget::table::{self, Column, Entry};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

pub(super) fn draw(roster: &Roster, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    paint::clear(buf, area, cx.theme.normal);
    head(roster, cx, buf, Rect { height: 1, ..area });
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if let Some(refused) = &roster.refused {
        return rows::note(cx, buf, body, refused);
    }
    if roster.total == 0 {
        let key = match (roster.loaded, roster.filter == Filter::default()) {
            (false, _) => return rows::note(cx, buf, body, ""),
            (true, true) => "today-no-children",
            (true, false) => "cases-none",
        };
        return rows::note(cx, buf, body, &cx.cat.t(key));
    }
    let columns = columns(cx);
    let [due, village] = [DUE, DUE + 1].map(|column| rows::room(&columns, body, column));
    table::draw(buf, body, cx.theme, &columns, &roster.list, roster.total, |at| match roster.at(at) {
        Some(row) => cells(cx, row, roster.pressing_at(at), due, village),
        None => vec![Entry::from("...").style(cx.theme.dim)],
    })
}

/// Where one is and of how many, in which order, and what narrows the list.
fn head(roster: &Roster, cx: &Cx, buf: &mut Buffer, line: Rect) {
    let line = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
    let known = roster.total > 0 || roster.loaded;
    let place = if known { roster.list.place(roster.total) } else { String::new() };
    paint::put_right(buf, line, line.y, &place, cx.theme.dim);
    let line = Rect { width: line.width.saturating_sub(paint::width(&place) as u16 + 2), ..line };
    let order = cx.cat.t1("cases-order", "order", cx.cat.t(sort_key(roster.sort)).into_owned()).into_owned();
    let mut x = paint::put_shortened(buf, line, line.x, line.y, &order, cx.theme.dim) + 2;
    if roster.filter == Filter::default() {
        return;
    }
    let key = rows::key(cx, &[Layer::Global], Command::Back);
    let clear = if roster.filter == roster.begun { "".into() } else { cx.cat.t1("cases-clear", "key", key) };
    let room = line.right().saturating_sub(x + paint::width(&clear) as u16 + 1);
    let words =
        cx.cat.t1("cases-only", "what", filter_words(cx, &roster.filter).join(&cx.cat.t("value-and")));
    x = paint::put_shortened(buf, Rect { width: x - line.x + room, ..line }, x, line.y, &words, cx.theme.due);
    paint::put_shortened(buf, line, x + 1, line.y, &clear, cx.theme.dim);
}

pub(super) fn sort_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Due => "sort-due",
        Sort::Name => "sort-name",
        Sort::Risk => "sort-risk",
        Sort::Pressing => "sort-rules",
        Sort::Age => "sort-age",
        Sort::Village => "sort-village",
        Sort::LastContact => "sort-last-contact",
    }
}

/// A word for each condition.
fn filter_words(cx: &Cx, filter: &Filter) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(filter.overdue.then(|| cx.cat.t("filter-overdue").into_owned()));
    words.extend(filter.risk.as_ref().map(|code| cx.delicate(&wording::risk(cx.cat, code))));
    words.extend(
        filter.category.as_ref().map(|code| cx.delicate(&wording::core_choice(cx.cat, "category", code))),
    );
    words.extend(filter.pressing.map(|grade| cx.delicate(&rows::filter_word(cx, grade))));
    words.extend(filter.status.map(|status| wording::status(cx.cat, status)));
    words.extend(filter.open.then(|| cx.cat.t("filter-open").into_owned()));
    words.extend(filter.worker.map(|worker| match worker {
        NOBODY => cx.cat.t("filter-nobody").into_owned(),
        worker => cx.station.worker(worker).unwrap_or("?").to_owned(),
    }));
    words.extend(filter.village.clone());
    words.extend(filter.whole_village.as_ref().map(|village| match village.as_str() {
        "" => cx.cat.t("export-no-village").into_owned(),
        village => village.to_owned(),
    }));
    words
}

/// Its place among the columns; the village is the next.
const DUE: usize = 4;

fn columns(cx: &Cx) -> Vec<Column> {
    let english = cx.cat.lang() == Lang::En;
    let wide = |zh, en| if english { en } else { zh };
    let title = |key: &str| cx.cat.t(key).into_owned();
    vec![
        Column::new(title("col-name"), 8..14, 0),
        Column::new(title("col-sex-age"), 7..8, 0),
        Column::new(title("col-risk"), wide(4..4, 6..6), 0),
        Column::new(title("col-rules"), wide(7..8, 9..10), 1),
        Column::new(title("col-due"), wide(10..22, 12..26), 0),
        Column::new(title("col-village"), 8..14, 3),
        Column::new(title("col-guardian"), 8..12, 2),
        Column::new(title("col-categories"), 10..24, 4),
        Column::new(title("col-status"), wide(6..6, 10..10), 5),
        Column::new(title("col-worker"), 6..10, 6),
        Column::new(title("col-last-contact"), 10..10, 7),
        Column::new(title("col-case-no"), 13..16, 8),
    ]
}

fn cells(cx: &Cx, row: &Row, pressing: Option<Pressing>, due: u16, village: u16) -> Vec<Entry> {
    let dim = |text: String| Entry::from(text).style(cx.theme.dim);
    let worker = row.worker.and_then(|worker| cx.station.worker(worker)).unwrap_or("-");
    vec![
        Entry::from(cx.name(&row.name)),
        Entry::from(rows::sex_age(cx, row)),
        Entry::from(rows::risk(cx, &row.risk)).style(rows::risk_style(cx, &row.risk)),
        rows::pressing(cx, pressing.unwrap_or_default()),
        rows::next_due(cx, row, due),
        rows::village(&row.village, vec![], village),
        Entry::from(cx.name(&row.guardian)),
        Entry::from(rows::categories(cx, row)),
        dim(wording::status(cx.cat, row.status)),
        dim(worker.to_owned()),
        dim(row.last_contact.map_or_else(|| "-".to_owned(), |on| cx.cat.date(on))),
        dim(row.case_no.clone()),
    ]
}
