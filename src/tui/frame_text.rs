//! A frame as text, for tests and for looking at a screen in a log: one line per row, no hidden halves of characters.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Position;

use super::theme::Theme;

/// The rows of a buffer, without the blanks at their ends.
pub fn rows(buf: &Buffer) -> Vec<String> {
    frame_text(buf, None).lines().map(str::to_owned).collect()
}

/// A line for each row; the caret is shown as `▮` before the character it stands on.
pub fn frame_text(buf: &Buffer, caret: Option<Position>) -> String {
    walk(buf, |line, x, y, symbol| {
        if caret == Some(Position { x, y }) {
            line.push('▮');
        }
        line.push_str(symbol);
    })
}

/// As [`frame_text`], with each run of a named style as `«selected:text»`, so that a change of colour alone is seen.
pub fn frame_styles(buf: &Buffer, theme: &Theme) -> String {
    let mut open: Option<&str> = None;
    let mut row = buf.area.top();
    let mut text = walk(buf, |line, x, y, symbol| {
        if y != row {
            open = None;
            row = y;
        }
        let name = theme.name_of(buf[(x, y)].style()).filter(|name| *name != "normal");
        if name != open {
            if open.is_some() {
                line.push('»');
            }
            if let Some(name) = name {
                let _ = write!(line, "«{name}:");
            }
            open = name;
        }
        line.push_str(symbol);
    });
    // A run that reaches the right edge is closed by the end of its line.
    text = text
        .lines()
        .map(|line| {
            let unclosed = line.matches('«').count() > line.matches('»').count();
            if unclosed { format!("{line}»\n") } else { format!("{line}\n") }
        })
        .collect();
    text
}

fn walk(buf: &Buffer, mut each: impl FnMut(&mut String, u16, u16, &str)) -> String {
    let mut text = String::new();
    for y in buf.area.top()..buf.area.bottom() {
        let mut line = String::new();
        let mut x = buf.area.left();
        while x < buf.area.right() {
            let symbol = buf[(x, y)].symbol();
            each(&mut line, x, y, symbol);
            x += symbol.cell_width().max(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
