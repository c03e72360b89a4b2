//! The list of pages: by part, or those that have the words typed, each with the line where they stand.

use crate::manual::{Manual, Page, Part};
use crate::office::OwnFault;
use crate::search::sentences::Sentence;
use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::widget::{
    list::{ListState, MARGIN},
    table::{Entry, put_found},
    wrap,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::sync::Arc;

pub(super) struct List {
    words: TextBuffer,
    list: ListState,
}

enum Row<'a> {
    /// Catalogue key.
    Head(String),
    Page(&'a Arc<Page>),
    /// Where the words stand in the page above.
    Line(Sentence),
}

impl Row<'_> {
    fn is_page(&self) -> bool {
        matches!(self, Row::Page(_))
    }
}

fn by_part<'a>(manual: &'a Manual, steps: &[&str]) -> Vec<Row<'a>> {
    let mut rows = vec![];
    let mut group = |key: String, pages: Vec<&'a Arc<Page>>| {
        if !pages.is_empty() {
            rows.push(Row::Head(key));
            rows.extend(pages.into_iter().map(Row::Page));
        }
    };
    group("manual-step-pages".to_owned(), manual.of_steps(steps));
    for part in Part::ALL {
        let pages = manual.all().iter().filter(|page| page.part == part).collect();
        group(format!("manual-part-{}", part.code()), pages);
    }
    rows
}

impl List {
    pub(super) fn new(manual: &Manual, steps: &[&str]) -> Self {
        let mut list = Self { words: TextBuffer::line(Limit::Characters(60)), list: ListState::default() };
        list.settle(manual, steps);
        list
    }

    fn rows<'a>(&self, cx: &Cx, manual: &'a Manual, steps: &[&str]) -> Vec<Row<'a>> {
        if self.words.text().trim().is_empty() {
            return by_part(manual, steps);
        }
        let hits = manual.find(cx.cat.lang(), self.words.text());
        let rows = hits.into_iter().flat_map(|hit| [Some(Row::Page(hit.page)), hit.line.map(Row::Line)]);
        rows.flatten().collect()
    }

    /// Selects a page again where the rows have become others.
    pub(super) fn settle(&mut self, manual: &Manual, steps: &[&str]) {
        if self.words.text().trim().is_empty() {
            let rows = by_part(manual, steps);
            let here = self.list.selected(rows.len()).unwrap_or(0);
            let page = (here..rows.len()).find(|at| rows[*at].is_page());
            self.list.select(page.unwrap_or(0));
        } else {
            self.list.select(0);
        }
    }

    pub(super) fn chosen<'a>(&self, cx: &Cx, manual: &'a Manual, steps: &[&str]) -> Option<&'a Arc<Page>> {
        let rows = self.rows(cx, manual, steps);
        match rows.get(self.list.selected(rows.len())?) {
            Some(Row::Page(page)) => Some(page),
            _ => None,
        }
    }

    pub(super) fn insert(&mut self, cx: &Cx, manual: &Manual, steps: &[&str], text: &str) {
        self.words.insert_str(text);
        self.narrowed(cx, manual, steps);
    }

    pub(super) fn run(&mut self, cx: &Cx, manual: &Manual, steps: &[&str], command: Command) {
        let rows = self.rows(cx, manual, steps);
        if self.list.run(command, rows.len()) {
            let here = self.list.selected(rows.len()).unwrap_or(0);
            let up = matches!(command, Command::Up | Command::PageUp | Command::First);
            let mut above = (0..=here).rev().filter(|at| rows.get(*at).is_some_and(Row::is_page));
            let mut below = (here..rows.len()).filter(|at| rows[*at].is_page());
            let page = if up { above.next().or(below.next()) } else { below.next().or(above.next()) };
            self.list.select(page.unwrap_or(0));
            return;
        }
        let before = self.words.text().to_owned();
        self.words.run(command);
        if self.words.text() != before {
            self.narrowed(cx, manual, steps);
        }
    }

    fn narrowed(&mut self, cx: &Cx, manual: &Manual, steps: &[&str]) {
        let rows = self.rows(cx, manual, steps);
        self.list.select(rows.iter().position(Row::is_page).unwrap_or(0));
    }

    pub(super) fn draw(
        &self,
        cx: &Cx,
        buf: &mut Buffer,
        area: Rect,
        (manual, steps): (&Manual, &[&'static str]),
        faults: &[OwnFault],
    ) -> Option<Position> {
        let prompt = cx.cat.t("manual-prompt");
        let x = paint::put_shortened(buf, area, area.x, area.y, &prompt, cx.theme.label);
        let strip = self.words.strip(area.right().saturating_sub(x));
        paint::put(buf, area, x, area.y, &strip.text, cx.theme.field);
        let mut y = area.y + 1;
        for fault in faults.iter().take(3) {
            let line = Rect { y, height: 2, ..area };
            y += wrap::draw(buf, line, &wording::own_fault(cx.cat, fault), 0, cx.theme.error).min(2) as u16;
        }
        let body = Rect { y, height: area.bottom().saturating_sub(y), ..area };
        let rows = self.rows(cx, manual, steps);
        if rows.is_empty() {
            paint::put_shortened(buf, body, body.x + MARGIN, body.y, &cx.cat.t("manual-none"), cx.theme.dim);
        }
        self.list.draw(buf, body, cx.theme, rows.len(), body.width, |buf, line, at, style| match &rows[at] {
            Row::Head(key) => {
                let line = Rect { x: line.x - MARGIN, width: line.width + MARGIN, ..line };
                paint::put_shortened(buf, line, line.x, line.y, &cx.cat.t(key), cx.theme.heading);
            }
            Row::Page(page) => {
                let mut title = page.text(cx.cat.lang()).title.clone();
                if page.own {
                    title.push_str(&cx.cat.t("manual-own-mark"));
                }
                paint::put_shortened(buf, line, line.x, line.y, &title, style);
            }
            Row::Line(sentence) => {
                let indented = Rect { x: line.x + 2, width: line.width.saturating_sub(2), ..line };
                put_found(buf, indented, &marked(sentence), cx.theme.dim, cx.theme.highlight);
            }
        });
        Some(Position { x: (x + strip.caret).min(area.right().saturating_sub(1)), y: area.y })
    }
}

fn marked(sentence: &Sentence) -> Entry {
    let starts: Vec<usize> =
        sentence.text.char_indices().map(|(at, _)| at).chain([sentence.text.len()]).collect();
    let marks = sentence.marks.iter().filter(|at| **at + 1 < starts.len());
    Entry::from(sentence.text.clone()).found(marks.map(|at| starts[*at]..starts[*at + 1]).collect())
}
