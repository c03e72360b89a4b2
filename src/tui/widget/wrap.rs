//! A longer text broken into lines.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::edit;
use crate::tui::paint;

/// The lines of a text at a width, broken as the notes field breaks them.
pub fn lines(text: &str, width: u16) -> Vec<&str> {
    edit::wrap(text, usize::from(width.max(1)))
        .into_iter()
        .map(|row| text[row.start..row.end].trim_end_matches(['\n', ' ']))
        .collect()
}

/// Writes a text into an area from line `skip` on; returns how many lines it has in all.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, skip: usize, style: Style) -> usize {
    let lines = lines(text, area.width);
    for (line, y) in lines.iter().skip(skip).zip(area.top()..area.bottom()) {
        paint::put(buf, area, area.x, y, line, style);
    }
    lines.len()
}
