//! A selection in rows that scroll.

use std::cell::Cell;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::tui::command::Command;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// The sign before the selected row, so that it is not told by reverse video alone.
pub const MARK: &str = ">";

/// Cells before a row's text: the mark and a blank.
pub const MARGIN: u16 = 2;

/// Which row is selected, and which rows are in view.
#[derive(Clone, Debug, Default)]
pub struct ListState {
    selected: usize,
    /// First row in view, and how many fitted; both are set by drawing, which alone knows the height.
    first: Cell<usize>,
    height: Cell<usize>,
}

impl ListState {
    /// The selected row of `len`; `None` if there are no rows.
    pub fn selected(&self, len: usize) -> Option<usize> {
        (len > 0).then(|| self.selected.min(len - 1))
    }

    pub fn select(&mut self, row: usize) {
        self.selected = row;
    }

    /// Moves the selection; `false` if the command is not a move in a list.
    pub fn run(&mut self, command: Command, len: usize) -> bool {
        let page = self.height.get().max(2) - 1;
        let at = self.selected(len).unwrap_or(0);
        self.selected = match command {
            Command::Up => at.saturating_sub(1),
            Command::Down => at + 1,
            Command::PageUp => at.saturating_sub(page),
            Command::PageDown => at + page,
            Command::First => 0,
            Command::Last => len,
            _ => return false,
        }
        .min(len.saturating_sub(1));
        true
    }

    /// Whether all rows were in view when the list was drawn.
    pub fn fits(&self, len: usize) -> bool {
        len <= self.height.get()
    }

    /// Which row is selected, of how many: `3/12`.
    pub fn place(&self, len: usize) -> String {
        self.selected(len).map_or("0".to_owned(), |at| format!("{}/{len}", at + 1))
    }

    /// The rows in view in `height` lines, scrolled as little as needed to show the selected one.
    pub fn view(&self, len: usize, height: u16) -> Range<usize> {
        let height = usize::from(height);
        self.height.set(height);
        let mut first = self.first.get().min(len.saturating_sub(height));
        if let Some(selected) = self.selected(len) {
            first = first.min(selected).max((selected + 1).saturating_sub(height));
        }
        self.first.set(first);
        first..len.min(first + height)
    }

    /// Draws the rows in view: `row` draws one, behind its mark, its first `lead` cells in the style given. Returns the place
    /// of the selected one.
    ///
    /// Only the lead of the selected row has its style: a bar over the whole row hides the row's own colours, and a move
    /// would send both rows again.
    pub fn draw(
        &self,
        buf: &mut Buffer,
        area: Rect,
        theme: &Theme,
        len: usize,
        lead: u16,
        mut row: impl FnMut(&mut Buffer, Rect, usize, Style),
    ) -> Option<Position> {
        let selected = self.selected(len);
        let mut cursor = None;
        for (index, y) in self.view(len, area.height).zip(area.y..) {
            let line = Rect { y, height: 1, ..area };
            let style = if selected == Some(index) { theme.selected } else { theme.normal };
            paint::clear(buf, line, theme.normal);
            if selected == Some(index) {
                let lead = MARGIN.saturating_add(lead).min(line.width);
                paint::clear(buf, Rect { width: lead, ..line }, style);
                paint::put(buf, line, area.x, y, MARK, style);
                cursor = Some(Position { x: area.x, y });
            }
            let text =
                Rect { x: area.x + MARGIN.min(area.width), width: area.width.saturating_sub(MARGIN), ..line };
            row(buf, text, index, style);
        }
        cursor
    }
}
