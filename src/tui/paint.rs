//! Drawing text into a ratatui buffer by cells, so that no wide character is ever cut in half.
//!
//! Whatever comes from a file, a form or another station is data: it passes [`sanitise`] on its way to the screen, and no
//! escape sequence in a name can reach the terminal.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// The sign of a text that went on.
pub const CUT: &str = "~";

/// Whether a character would act on the terminal or on the reading order instead of being seen.
///
/// The joiners and variation selectors are among them: terminals disagree on their columns.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A text fit to be shown: tabs and line ends become blanks, other invisible characters go.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_invisible) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter_map(|c| match c {
                '\t' | '\n' | '\u{2028}' | '\u{2029}' => Some(' '),
                c if is_invisible(c) => None,
                c => Some(c),
            })
            .collect(),
    )
}

/// The characters of a text as a reader counts them, each with its cells. Those without a cell of their own are left out.
pub fn cells(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true).filter(|grapheme| !grapheme.contains(is_invisible)).filter_map(|grapheme| {
        let width = usize::from(grapheme.cell_width());
        (width > 0).then_some((grapheme, width))
    })
}

/// The cells a text takes on the screen.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    cells(text).map(|(_, width)| width).sum()
}

/// The longest beginning of a text that fits, and its cells.
pub fn clip(text: &str, max: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let wide = if grapheme.contains(is_invisible) { 0 } else { usize::from(grapheme.cell_width()) };
        if used + wide > max {
            return (&text[..at], used);
        }
        used += wide;
    }
    (text, used)
}

/// A text shortened to fit, with [`CUT`] at its end if something is missing.
pub fn shorten(text: &str, max: usize) -> Cow<'_, str> {
    let (whole, _) = clip(text, max);
    if whole.len() == text.len() {
        return Cow::Borrowed(text);
    }
    if max == 0 {
        return Cow::Borrowed("");
    }
    let (part, _) = clip(text, max - 1);
    Cow::Owned(format!("{part}{CUT}"))
}

/// A text of exactly `cells` cells: shortened, or filled with blanks behind it.
pub fn pad(text: &str, cells: usize) -> String {
    let mut padded = shorten(text, cells).into_owned();
    padded.extend(std::iter::repeat_n(' ', cells.saturating_sub(width(&padded))));
    padded
}

/// Writes a text at a cell, cut at the right edge of `area` and of the buffer; returns the column after it.
///
/// A wide character that is hit in its half by the text is replaced by blanks.
pub fn put(buf: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    let area = area.intersection(buf.area);
    if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
        return x;
    }
    let text = sanitise(text);
    let (text, used) = clip(&text, usize::from(area.right() - x));
    if used == 0 {
        return x;
    }
    // `clip` keeps the width within the area, so it fits u16.
    let end = x + used as u16;
    cut_at(buf, x, y);
    cut_at(buf, end, y);
    let mut column = x;
    for (grapheme, width) in cells(text) {
        buf[(column, y)].reset();
        buf[(column, y)].set_symbol(grapheme).set_style(style);
        for hidden in column + 1..column + width as u16 {
            buf[(hidden, y)].reset();
            buf[(hidden, y)].set_style(style);
        }
        column += width as u16;
    }
    end
}

/// Writes a text shortened to the area's width; returns the column after it.
pub fn put_shortened(buf: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    let text = sanitise(text);
    let room = usize::from(area.right().saturating_sub(x));
    put(buf, area, x, y, &shorten(&text, room), style)
}

/// Writes a text that ends at the right edge of the area, if it fits.
pub fn put_right(buf: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) {
    let text = sanitise(text);
    let text = shorten(&text, usize::from(area.width));
    let x = area.right() - width(&text) as u16;
    put(buf, area, x, y, &text, style);
}

/// Blanks an area in a style. Wide characters that reach into it from the left or out of it to the right are taken away
/// whole: a terminal would do the same, and ratatui would not know.
pub fn clear(buf: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        cut_at(buf, area.left(), y);
        cut_at(buf, area.right(), y);
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
            buf[(x, y)].set_style(style);
        }
    }
}

/// A row of one narrow sign.
pub fn rule(buf: &mut Buffer, area: Rect, y: u16, sign: &str, style: Style) {
    let line = sign.repeat(usize::from(area.width));
    put(buf, area, area.x, y, &line, style);
}

/// Makes column `x` the beginning of a character: a wide one that begins left of it and reaches over is blanked.
fn cut_at(buf: &mut Buffer, x: u16, y: u16) {
    if x <= buf.area.left() || x >= buf.area.right() {
        return;
    }
    // Nothing of ours is wider than two cells.
    let left = &mut buf[(x - 1, y)];
    if left.symbol().cell_width() > 1 {
        left.set_symbol(" ");
        let style = left.style();
        buf[(x, y)].set_symbol(" ").set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(buf: &Buffer) -> String {
        crate::tui::frame_text::rows(buf).remove(0)
    }

    #[test]
    fn a_name_with_an_escape_sequence_is_shown_without_power() {
        assert_eq!(sanitise("王\u{1b}[31m小\r明\u{202e}"), "王[31m小明");
        assert_eq!(sanitise("一\n二\t三"), "一 二 三");
        assert!(matches!(sanitise("王小明"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        assert_eq!(shorten("欧阳修文", 8), "欧阳修文");
        assert_eq!(shorten("欧阳修文", 7), "欧阳修~");
        assert_eq!(shorten("欧阳修文", 6), "欧阳~");
        assert_eq!(shorten("欧阳", 0), "");
        assert_eq!(pad("欧阳修文", 6), "欧阳~ ");
        assert_eq!(pad("李", 5), "李   ");
    }

    #[test]
    fn a_popup_over_chinese_leaves_no_half_characters_on_either_side() {
        let mut buf = Buffer::with_lines(["儿童保护个案"]);
        clear(&mut buf, Rect::new(3, 0, 4, 1), Style::new());
        assert_eq!(row(&buf), "儿      个案");
        assert_eq!(buf[(7, 0)].symbol(), " ");
        assert_eq!(buf[(8, 0)].symbol(), "个");
    }

    #[test]
    fn text_written_into_the_middle_of_wide_text_takes_both_cut_neighbours_away() {
        let mut buf = Buffer::with_lines(["儿童保护个案"]);
        let all = buf.area;
        assert_eq!(put(&mut buf, all, 3, 0, "abcd", Style::new()), 7);
        assert_eq!(row(&buf), "儿 abcd 个案");
    }

    #[test]
    fn nothing_is_written_outside_the_area() {
        let mut buf = Buffer::with_lines(["..........", ".........."]);
        let area = Rect::new(2, 0, 3, 1);
        assert_eq!(put(&mut buf, area, 2, 0, "欧阳修", Style::new()), 4);
        put(&mut buf, area, 2, 1, "x", Style::new());
        put(&mut buf, area, 9, 0, "x", Style::new());
        assert_eq!(crate::tui::frame_text::rows(&buf), ["..欧......", ".........."]);
    }
}
