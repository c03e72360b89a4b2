//! A row of tabs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::paint;
use crate::tui::theme::Theme;

/// Draws the titles in one line, the selected one in brackets and reversed. Where they do not fit, those before the
/// selected one go first, and a sign says so.
pub fn draw(buf: &mut Buffer, area: Rect, theme: &Theme, titles: &[&str], selected: usize) {
    paint::clear(buf, Rect { height: area.height.min(1), ..area }, theme.normal);
    let cells: Vec<u16> = titles.iter().map(|title| paint::width(title) as u16 + 2).collect();
    let mut first = 0;
    while first < selected.min(titles.len()) {
        let sign = if first > 0 { 2 } else { 0 };
        // The one behind the selected tab should be in view too.
        let last = (selected + 2).min(titles.len());
        if cells[first..last].iter().sum::<u16>() + sign <= area.width {
            break;
        }
        first += 1;
    }
    let mut x = area.x;
    if first > 0 {
        x = paint::put(buf, area, x, area.y, "< ", theme.dim);
    }
    for (index, title) in titles.iter().enumerate().skip(first) {
        let more = index + 1 < titles.len();
        let room = area.right().saturating_sub(x);
        if index > selected && room < cells[index] + if more { 2 } else { 0 } {
            paint::put(buf, area, area.right().saturating_sub(1), area.y, ">", theme.dim);
            break;
        }
        let (text, style) = match index == selected {
            true => (format!("[{title}]"), theme.selected),
            false => (format!(" {title} "), theme.normal),
        };
        x = paint::put_shortened(buf, area, x, area.y, &text, style);
    }
}
