//! How far a long work is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::paint;
use crate::tui::theme::Theme;

/// Draws `[######----]  62%  1240/2000` in one line. A total of 0 means that it is not known: only the count is shown.
pub fn draw(buf: &mut Buffer, area: Rect, theme: &Theme, done: u64, total: u64) {
    paint::clear(buf, Rect { height: area.height.min(1), ..area }, theme.normal);
    if total == 0 {
        paint::put(buf, area, area.x, area.y, &done.to_string(), theme.normal);
        return;
    }
    let done = done.min(total);
    let part = |of: u64| (u128::from(done) * u128::from(of) / u128::from(total)) as usize;
    let numbers = format!("  {:>3}%  {done}/{total}", part(100));
    let room = usize::from(area.width).saturating_sub(numbers.len() + 2);
    if room < 4 {
        // A number that is cut must show that it is.
        paint::put_shortened(buf, area, area.x, area.y, numbers.trim_start(), theme.normal);
        return;
    }
    let filled = part(room as u64);
    let bar = format!("[{}{}]{numbers}", "#".repeat(filled), "-".repeat(room - filled));
    paint::put(buf, area, area.x, area.y, &bar, theme.normal);
}
