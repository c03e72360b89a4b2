//! A longer text to read: lines made for the width, scrolled by the line and by the page.

use crate::tui::command::Command;
use crate::tui::paint;
use crate::tui::widget::{list::ListState, wrap};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};
use std::cell::Cell;

/// A line as it will be drawn: pieces, each at its column.
pub(super) type Line = Vec<(u16, String, Style)>;

/// A text of one style broken into lines, at a column.
pub(super) fn paragraph(lines: &mut Vec<Line>, x: u16, width: u16, text: &str, style: Style) {
    let room = width.saturating_sub(x).max(1);
    lines.extend(wrap::lines(text, room).into_iter().map(|line| vec![(x, line.to_owned(), style)]));
}

/// How far the reader has scrolled.
#[derive(Debug, Default)]
pub(super) struct Scroll {
    /// The first line in view, as a selection: moves are those of a list.
    first: ListState,
    /// Lines that can be the first; known to drawing alone.
    most: Cell<usize>,
    height: Cell<u16>,
}

impl Scroll {
    pub(super) fn run(&mut self, command: Command) -> bool {
        let len = self.most.get() + 1;
        // A page is what was seen; the list learns that from its view.
        self.first.view(len, self.height.get());
        self.first.run(command, len)
    }

    /// Draws the lines in view and, where there are more, how far one has read.
    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, lines: &[Line], dim: Style) -> Option<Position> {
        let whole = area;
        let fits = lines.len() <= usize::from(area.height);
        // What says how far one is has a line of its own.
        let area = Rect { height: area.height.saturating_sub(u16::from(!fits)), ..area };
        self.height.set(area.height);
        self.most.set(lines.len().saturating_sub(usize::from(area.height)));
        let first = self.first.selected(self.most.get() + 1).unwrap_or(0);
        for (line, y) in lines.iter().skip(first).zip(area.y..area.bottom()) {
            for (x, text, style) in line {
                paint::put_shortened(buf, area, area.x + x, y, text, *style);
            }
        }
        if self.most.get() > 0 {
            let percent = format!("{}%", first * 100 / self.most.get());
            paint::put_right(buf, whole, area.bottom(), &percent, dim);
        }
        Some(Position::new(area.x, area.y))
    }
}
