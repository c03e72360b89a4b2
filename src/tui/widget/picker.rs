//! Choosing one of many by typing a part of it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::list::ListState;
use super::table::{Entry, put_found};
use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::paint;
use crate::tui::theme::Theme;

/// What is typed and what is selected. Which rows match is not known here: they are given, the best first.
#[derive(Debug)]
pub struct Picker {
    filter: TextBuffer,
    list: ListState,
}

/// A row: the thing itself, and a word on it at the right edge.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub entry: Entry,
    pub note: String,
}

impl Default for Picker {
    fn default() -> Self {
        Self { filter: TextBuffer::line(Limit::Characters(60)), list: ListState::default() }
    }
}

impl Picker {
    pub fn query(&self) -> &str {
        self.filter.text()
    }

    /// The selected one of `len` rows.
    pub fn selected(&self, len: usize) -> Option<usize> {
        self.list.selected(len)
    }

    pub fn select(&mut self, row: usize) {
        self.list.select(row);
    }

    /// Takes typed or pasted text. The rows change with it, so the best one is selected again.
    pub fn insert(&mut self, text: &str) {
        self.filter.insert_str(text);
        self.list.select(0);
    }

    /// Moves the selection or edits what is typed; `false` if the command is neither.
    pub fn run(&mut self, command: Command, len: usize) -> bool {
        if self.list.run(command, len) {
            return true;
        }
        let before = self.filter.text().len();
        let known = self.filter.run(command);
        if self.filter.text().len() != before {
            self.list.select(0);
        }
        known
    }

    /// Draws what is typed behind `prompt`, and the rows below it. The cursor stands where one types.
    pub fn draw(
        &self,
        buf: &mut Buffer,
        area: Rect,
        theme: &Theme,
        prompt: &str,
        rows: &[Choice],
    ) -> Option<Position> {
        let x = paint::put_shortened(buf, area, area.x, area.y, prompt, theme.label);
        let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let mut end = area.right();
        if rows.len() > usize::from(below.height) {
            let place = self.list.place(rows.len());
            paint::put_right(buf, area, area.y, &place, theme.dim);
            end = end.saturating_sub(paint::width(&place) as u16 + 1);
        }
        let strip = self.filter.strip(end.saturating_sub(x));
        paint::put(buf, area, x, area.y, &strip.text, theme.field);
        self.list.draw(buf, below, theme, rows.len(), below.width, |buf, line, index, style| {
            let choice = &rows[index];
            let note = paint::width(&choice.note) as u16;
            // The note gives way to the thing itself on a narrow screen.
            let room = line.width.saturating_sub(note + 2);
            let text = if usize::from(room) < paint::width(&choice.entry.text).min(12) {
                line
            } else {
                paint::put_right(buf, line, line.y, &choice.note, style);
                Rect { width: room, ..line }
            };
            put_found(buf, text, &choice.entry, style.patch(choice.entry.style), theme.highlight);
        });
        (area.height > 0)
            .then_some(Position { x: (x + strip.caret).min(area.right().saturating_sub(1)), y: area.y })
    }
}
