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

/// Pieces one after another with a separator between, as a text for [`lines`]: a piece that fits on a line stands on one,
/// and longer ones are broken as any text.
pub fn fill(pieces: &[String], separator: &str, width: u16) -> String {
    let stop = separator.trim_end();
    let (gap, stop_cells) = (paint::width(separator), paint::width(stop));
    let width = usize::from(width.max(1));
    let mut text = String::new();
    let mut used = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let own = paint::width(piece);
        let needs = if at + 1 == pieces.len() { own } else { own + stop_cells };
        if at > 0 && used + gap + needs > width {
            text.push_str(stop);
            text.push('\n');
            used = 0;
        } else if at > 0 {
            text.push_str(separator);
            used += gap;
        }
        text.push_str(piece);
        // Behind one that is broken nobody knows how much of its last line is left.
        used = if own > width { width } else { used + own };
    }
    text
}

/// Writes a text into an area from line `skip` on; returns how many lines it has in all.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, skip: usize, style: Style) -> usize {
    let lines = lines(text, area.width);
    for (line, y) in lines.iter().skip(skip).zip(area.top()..area.bottom()) {
        paint::put(buf, area, area.x, y, line, style);
    }
    lines.len()
}
