//! A box over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::paint;
use crate::tui::theme::{Borders, Theme};

/// Clears a box of at most `width` by `height` cells, borders included, in the middle of `area`, and gives the place for
/// its contents. The title stands in a bar at its top.
pub fn open(buf: &mut Buffer, area: Rect, width: u16, height: u16, title: &str, theme: &Theme) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let frame =
        Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    paint::clear(buf, frame, theme.normal);
    if height == 0 {
        return frame;
    }
    let top = Rect { height: 1, ..frame };
    paint::clear(buf, top, theme.title);
    paint::put_shortened(buf, top, top.x + 1, top.y, title, theme.title);
    if width < 4 || height < 3 {
        return Rect { y: frame.y + 1, height: height - 1, ..frame };
    }
    let glyphs = theme.borders.glyphs();
    if theme.borders != Borders::None {
        for y in frame.y + 1..frame.bottom() - 1 {
            paint::put(buf, frame, frame.x, y, glyphs.vertical, theme.border);
            paint::put(buf, frame, frame.right() - 1, y, glyphs.vertical, theme.border);
        }
        let bottom = frame.bottom() - 1;
        paint::rule(buf, frame, bottom, glyphs.horizontal, theme.border);
        paint::put(buf, frame, frame.x, bottom, glyphs.bottom_left, theme.border);
        paint::put(buf, frame, frame.right() - 1, bottom, glyphs.bottom_right, theme.border);
    }
    Rect { x: frame.x + 2, y: frame.y + 1, width: width - 4, height: height - 2 }
}

/// Answers side by side, the selected one in brackets and reversed; returns its place.
pub fn choices(
    buf: &mut Buffer,
    area: Rect,
    labels: &[&str],
    selected: usize,
    theme: &Theme,
) -> Option<Position> {
    let mut x = area.x;
    let mut cursor = None;
    for (index, label) in labels.iter().enumerate() {
        let chosen = index == selected;
        let (text, style) = match chosen {
            true => (format!("[{label}]"), theme.selected),
            false => (format!(" {label} "), theme.normal),
        };
        if chosen {
            cursor = Some(Position { x, y: area.y });
        }
        x = paint::put(buf, area, x, area.y, &text, style) + 1;
    }
    cursor
}
