//! Where the text of a field stands on the screen.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::{Kind, TextBuffer};
use crate::tui::paint;

/// The visible part of a one-line field.
#[derive(Clone, PartialEq, Eq)]
pub struct Strip {
    /// What to draw; stars for a passphrase.
    pub text: String,
    /// Column of the caret.
    pub caret: u16,
    /// Whether text is hidden on either side.
    pub more_left: bool,
    pub more_right: bool,
}

/// A row of wrapped text: the bytes it shows. Its line end and the blanks it was broken at belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub start: usize,
    pub end: usize,
}

/// The visible part of a field of many lines.
#[derive(Clone, Debug)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Number of the first of them, and of all rows there are.
    pub first: usize,
    pub total: usize,
    /// Column and row of the caret within the page.
    pub caret: (u16, u16),
}

/// The rows for one width, made anew after an edit: 100,000 hanzi take well under a millisecond.
#[derive(Default)]
pub(super) struct WrapCache(RefCell<Option<(usize, Arc<[Row]>)>>);

impl WrapCache {
    pub(super) fn forget(&mut self) {
        *self.0.get_mut() = None;
    }
}

/// Width assumed for moving up and down before the field was ever drawn.
pub(super) const UNDRAWN: usize = 78;

impl TextBuffer {
    /// The part of a one-line field that fits `width` cells, scrolled as little as needed to show the caret.
    pub fn strip(&self, width: u16) -> Strip {
        let room = usize::from(width.max(1)) - 1;
        let shown = self.shown();
        let caret = self.shown_caret(&shown);
        // The text may have changed under it: it stands before a whole character again.
        let scroll = self.scroll.get();
        let starts = shown.grapheme_indices(true).map(|(at, _)| at);
        let mut start = starts.take_while(|at| *at <= scroll).last().unwrap_or(0);
        if caret < start {
            start = caret;
        }
        // Walk back from the caret over what fits: the start may not lie before that.
        let mut used = 0;
        let mut earliest = caret;
        for (at, grapheme) in shown[..caret].grapheme_indices(true).rev() {
            used += paint::width(grapheme);
            if used > room {
                break;
            }
            earliest = at;
        }
        start = start.max(earliest);
        // A text that became shorter moves right again.
        let mut tail = paint::width(&shown[start..]);
        for (at, grapheme) in shown[..start].grapheme_indices(true).rev() {
            tail += paint::width(grapheme);
            if tail > room {
                break;
            }
            start = at;
        }
        self.scroll.set(start);
        let (visible, _) = paint::clip(&shown[start..], usize::from(width));
        Strip {
            caret: paint::width(&shown[start..caret]) as u16,
            more_left: start > 0,
            more_right: start + visible.len() < shown.len(),
            text: visible.to_owned(),
        }
    }

    fn shown(&self) -> std::borrow::Cow<'_, str> {
        match self.kind {
            Kind::Secret => "*".repeat(self.text.graphemes(true).count()).into(),
            _ => (&self.text).into(),
        }
    }

    fn shown_caret(&self, shown: &str) -> usize {
        match self.kind {
            Kind::Secret => self.text[..self.caret].graphemes(true).count().min(shown.len()),
            _ => self.caret,
        }
    }

    /// The rows of a field of many lines that fit, scrolled as little as needed to show the caret.
    ///
    /// Text is broken one cell before the edge, so that the caret has room behind a full row.
    pub fn page(&self, width: u16, height: u16) -> Page {
        let rows = self.rows(usize::from(width));
        let height = usize::from(height.max(1));
        self.page_rows.set(height);
        self.drawn_width.set(usize::from(width));
        let (row, column) = self.place(&rows, self.caret);
        let last_start = rows.len().saturating_sub(height);
        let mut first = self.scroll.get().min(last_start);
        if row < first {
            first = row;
        } else if row >= first + height {
            first = row + 1 - height;
        }
        self.scroll.set(first);
        let visible = rows[first..rows.len().min(first + height)].to_vec();
        Page {
            rows: visible,
            first,
            total: rows.len(),
            caret: (column.min(usize::from(width.max(1)) - 1) as u16, (row - first) as u16),
        }
    }

    /// The text a row shows.
    pub fn row_text(&self, row: Row) -> &str {
        self.text[row.start..row.end].trim_end_matches('\n')
    }

    /// All rows at a width.
    fn rows(&self, width: usize) -> Arc<[Row]> {
        let mut cache = self.wrap.0.borrow_mut();
        if let Some((cached, rows)) = &*cache
            && *cached == width
        {
            return Arc::clone(rows);
        }
        let rows: Arc<[Row]> = wrap(&self.text, width.saturating_sub(1).max(1)).into();
        *cache = Some((width, Arc::clone(&rows)));
        rows
    }

    /// Row and column of an offset.
    fn place(&self, rows: &[Row], at: usize) -> (usize, usize) {
        let row = rows.partition_point(|row| row.start <= at).saturating_sub(1);
        (row, paint::width(&self.text[rows[row].start..at]))
    }

    pub(super) fn page_height(&self) -> isize {
        isize::try_from(self.page_rows.get()).unwrap_or(1).max(1)
    }

    /// Moves the caret by rows as they were last drawn, keeping its column where a row is long enough.
    pub(super) fn move_rows(&mut self, by: isize) {
        let rows = self.rows(self.drawn_width.get());
        let (row, column) = self.place(&rows, self.caret);
        let goal = self.goal.unwrap_or(column);
        let target = row.saturating_add_signed(by).min(rows.len() - 1);
        if target == row {
            let edge = if by < 0 { rows[row].start } else { self.row_end(&rows, row) };
            self.set_caret(edge);
            return;
        }
        let text = &self.text[rows[target].start..self.row_end(&rows, target)];
        let (before, _) = paint::clip(text, goal);
        let at = rows[target].start + before.len();
        self.set_caret(at);
        self.goal = Some(goal);
    }

    /// The last place of the caret that still belongs to a row: behind a row that was broken stands the next one.
    fn row_end(&self, rows: &[Row], row: usize) -> usize {
        let Row { start, end } = rows[row];
        if row + 1 == rows.len() || end == start { end } else { self.before(end) }
    }
}

/// Breaks a text into rows of at most `width` cells: after blanks, beside wide characters, or anywhere if a word is
/// longer than a row. Blanks at a break hang over the edge unseen. As in print (CLREQ, 行首行尾禁则), no row begins with
/// a comma, full stop or closing bracket, and none ends with an opening one, where there is room for that.
pub(in crate::tui) fn wrap(text: &str, width: usize) -> Vec<Row> {
    let mut rows = Vec::with_capacity(text.len() / width.max(1) / 2 + 1);
    let mut start = 0;
    let mut used = 0;
    // The last place where the row can be broken, and the cells before it.
    let mut chance: Option<(usize, usize)> = None;
    let mut before: Option<(Glyph, char)> = None;
    for Piece { range, cells, kind, first } in pieces(text) {
        if kind == Glyph::LineEnd {
            rows.push(Row { start, end: range.end });
            (start, used, chance, before) = (range.end, 0, None, None);
            continue;
        }
        if before.is_some_and(|before| parts(before, (kind, first))) {
            chance = Some((range.start, used));
        }
        before = Some((kind, first));
        while used + cells > width && kind != Glyph::Blank && range.start > start {
            let (at, left) = chance.take().unwrap_or((range.start, used));
            rows.push(Row { start, end: at });
            (start, used) = (at, used - left);
        }
        used += cells;
    }
    rows.push(Row { start, end: text.len() });
    rows
}

/// Whether a row may end behind one character and the next begin with the other.
fn parts((before, last): (Glyph, char), (kind, first): (Glyph, char)) -> bool {
    let beside_wide = before == Glyph::Wide || kind == Glyph::Wide;
    let opens = matches!(last, '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '“' | '‘');
    let closes = match first {
        '，' | '。' | '、' | '；' | '：' | '？' | '！' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕'
        | '”' | '’' | '％' | '…' => true,
        ',' | '.' | ';' | ':' | '?' | '!' | ')' | ']' | '%' => before == Glyph::Wide,
        _ => false,
    };
    kind != Glyph::Blank && (before == Glyph::Blank || beside_wide && !opens && !closes)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Glyph {
    LineEnd,
    Blank,
    Narrow,
    Wide,
}

struct Piece {
    range: Range<usize>,
    cells: usize,
    kind: Glyph,
    first: char,
}

/// The characters of a text. Plain ASCII and hanzi, nearly all of any note, are told without a look into the Unicode
/// tables, as long as the next character cannot combine with them.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let mut chars = rest.chars();
        let first = chars.next()?;
        let plain =
            plain_cells(first).filter(|_| chars.next().is_none_or(|next| plain_cells(next).is_some()));
        let (len, cells) = match plain {
            Some(cells) => (first.len_utf8(), cells),
            None => {
                let grapheme = rest.graphemes(true).next()?;
                (grapheme.len(), paint::width(grapheme))
            }
        };
        let kind = match first {
            '\n' => Glyph::LineEnd,
            ' ' => Glyph::Blank,
            _ if cells > 1 => Glyph::Wide,
            _ => Glyph::Narrow,
        };
        let range = at..at + len;
        at += len;
        Some(Piece { range, cells, kind, first })
    })
}

fn plain_cells(c: char) -> Option<usize> {
    match c {
        '\n' => Some(0),
        ' '..='~' => Some(1),
        '\u{3001}'..='\u{3029}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}
