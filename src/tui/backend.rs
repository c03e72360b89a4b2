//! A ratatui backend that is thrifty with bytes, for supervisors on slow lines.
//!
//! It keeps its own picture of the terminal and sends what differs: the shortest move, the smallest change of style,
//! "erase to the end of the line", and a scroll of the part of the screen that only moved. One frame is one write.
//!
//! It never asks the terminal anything, as not every terminal answers. It also does not believe that a terminal counts
//! columns as we do: after a character that is one column here and two there (Chinese quotes, dashes, accented letters)
//! the cursor is placed anew, and the neighbours such a character may have run over are drawn again.

use std::io::{self, Write};
use std::ops::Range;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use ratatui::{Frame, Terminal};
use unicode_width::UnicodeWidthChar;

mod cursor;
mod pen;

use pen::{Pen, VISIBLE_ON_BLANK};

/// A larger frame is bracketed as one update where the terminal may know that.
const LARGE_FRAME: usize = 600;

/// Scrolling must spare at least this many rows.
const WORTH_SCROLLING: isize = 3;

/// Draws a frame. To be used instead of [`Terminal::draw`], which tells a backend only of cells that changed in ratatui's
/// own picture: what lies under the right half of a wide character is not in it, and a screen of hanzi would keep
/// scraps of old styles.
pub fn draw<W: Write>(
    terminal: &mut Terminal<ThriftyBackend<W>>,
    view: impl FnOnce(&mut Frame),
) -> io::Result<()> {
    terminal.draw(|frame| {
        view(frame);
        for cell in &mut frame.buffer_mut().content {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    })?;
    Ok(())
}

/// See the module. `W` receives one write and one flush per frame that changes something.
pub struct ThriftyBackend<W: Write> {
    out: W,
    size: Size,
    /// What the terminal shows. The right half of a wide character is an empty symbol.
    shown: Vec<Cell>,
    /// What it shall show after the next flush.
    next: Vec<Cell>,
    /// The terminal's picture is unknown: erase it first.
    erase: bool,
    pen: Pen,
    /// The cursor, where known. Column `size.width` is "behind the last one", where terminals differ: only a return or
    /// an absolute move lead out of it.
    at: Option<(u16, u16)>,
    caret: Position,
    caret_shown: bool,
    /// Whether the terminal shows its cursor, where known.
    cursor_shown: Option<bool>,
    synchronized: bool,
    line_drawing: bool,
    frame: String,
}

impl<W: Write> ThriftyBackend<W> {
    pub fn new(out: W, size: Size) -> Self {
        let cells = usize::from(size.width) * usize::from(size.height);
        Self {
            out,
            size,
            shown: vec![Cell::EMPTY; cells],
            next: vec![Cell::EMPTY; cells],
            erase: true,
            pen: Pen::default(),
            at: None,
            caret: Position::ORIGIN,
            caret_shown: false,
            cursor_shown: None,
            synchronized: false,
            line_drawing: false,
            frame: String::with_capacity(4096),
        }
    }

    /// Brackets large frames as synchronized updates, unless `term` (the value of `TERM`) names an old or simple terminal
    /// that might print the bracket.
    pub fn synchronize_for(mut self, term: &str) -> Self {
        self.synchronized = !term.is_empty() && !term.starts_with("linux") && !term.starts_with("vt");
        self
    }

    /// Believes that box drawing takes one column, as someone who chose line borders has seen.
    pub fn trust_line_drawing(&mut self, trust: bool) {
        self.line_drawing = trust;
    }

    /// The terminal has another size. ratatui notices at its next frame and draws everything.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        let cells = usize::from(size.width) * usize::from(size.height);
        self.shown = vec![Cell::EMPTY; cells];
        self.next = vec![Cell::EMPTY; cells];
        self.forget();
    }

    /// The terminal was used by someone else: everything is drawn anew once ratatui is told to `resize` to its size.
    pub fn forget(&mut self) {
        self.erase = true;
        self.at = None;
        self.cursor_shown = None;
    }

    pub fn out(&self) -> &W {
        &self.out
    }

    pub fn out_mut(&mut self) -> &mut W {
        &mut self.out
    }

    fn cols(&self) -> usize {
        usize::from(self.size.width)
    }

    fn row(&self, y: usize) -> Range<usize> {
        y * self.cols()..(y + 1) * self.cols()
    }

    /// Puts a cell into the next picture as a terminal would: what a character half covers is gone.
    fn place(&mut self, x: u16, y: u16, cell: &Cell) {
        if x >= self.size.width || y >= self.size.height {
            return;
        }
        let at = self.row(usize::from(y)).start + usize::from(x);
        let mut cell = normal(cell);
        let mut width = usize::from(cell.cell_width()).max(1);
        if usize::from(x) + width > self.cols() {
            cell.set_symbol(" ");
            width = 1;
        }
        if self.next[at].symbol().is_empty() {
            let head = (0..at).rev().find(|i| !self.next[*i].symbol().is_empty()).unwrap_or(0);
            for half in &mut self.next[head..at] {
                *half = blank(half);
            }
        }
        let row_end = self.row(usize::from(y)).end;
        for behind in at + width..row_end {
            if !self.next[behind].symbol().is_empty() {
                break;
            }
            self.next[behind] = blank(&self.next[behind]);
        }
        for covered in at + 1..at + width {
            self.next[covered] = cell.clone();
            self.next[covered].set_symbol("");
        }
        self.next[at] = cell;
    }

    /// Finds the part of the screen that only moved up or down and has the terminal move it.
    fn scroll(&mut self) {
        let rows = usize::from(self.size.height);
        // The row that was selected loses its mark as it moves: it is the same row all the same.
        let same = |next: usize, shown: usize| {
            let (next, shown) = (&self.next[self.row(next)], &self.shown[self.row(shown)]);
            let mut others = next.iter().zip(shown).filter(|(a, b)| a.symbol() != b.symbol());
            others.nth(1).is_none()
        };
        if (0..rows).filter(|y| !same(*y, *y)).count() < WORTH_SCROLLING as usize {
            return;
        }
        let still: Vec<bool> = (0..rows).map(|y| same(y, y)).collect();
        let mut best: Option<(isize, Range<usize>, isize)> = None;
        let most = rows as isize - 1;
        for by in (1..=most).flat_map(|by| [by, -by]) {
            let mut y = 0;
            while y < rows {
                let begin = y;
                let mut gain = 0;
                while let Some(from) = y.checked_add_signed(by).filter(|from| *from < rows)
                    && y < rows
                    && same(y, from)
                {
                    gain += if still[y] { 0 } else { 1 };
                    y += 1;
                }
                if y == begin {
                    y += 1;
                    continue;
                }
                // The margins hold the rows that move and those they move onto.
                let margins = if by > 0 { begin..y + by as usize } else { begin - by.unsigned_abs()..y };
                // Rows that stood still and are pushed away have to be drawn again.
                let lost = margins.clone().filter(|row| !(begin..y).contains(row) && still[*row]).count();
                let gain = gain - lost as isize;
                if gain >= WORTH_SCROLLING && best.as_ref().is_none_or(|(most, ..)| gain > *most) {
                    best = Some((gain, margins, by));
                }
            }
        }
        let Some((_, margins, by)) = best else { return };
        self.pen.change(&mut self.frame, Pen::default());
        let whole = margins == (0..rows);
        if !whole {
            self.frame.push_str(&format!("\x1b[{};{}r", margins.start + 1, margins.end));
        }
        let (line, step) = if by > 0 { (margins.end, "\n") } else { (margins.start + 1, "\x1bM") };
        self.frame.push_str(&format!("\x1b[{line}H"));
        self.frame.push_str(&step.repeat(by.unsigned_abs()));
        if !whole {
            self.frame.push_str("\x1b[r");
        }
        // Setting margins moves the cursor home on most terminals, but not on all.
        self.at = None;
        let cols = self.cols();
        let cells = &mut self.shown[margins.start * cols..margins.end * cols];
        let distance = by.unsigned_abs() * cols;
        if by > 0 {
            cells.rotate_left(distance);
            let kept = cells.len() - distance;
            cells[kept..].fill(Cell::EMPTY);
        } else {
            cells.rotate_right(distance);
            cells[..distance].fill(Cell::EMPTY);
        }
    }

    /// The cells of a row to send, with the neighbours of characters of doubtful width.
    fn dirty(&self, y: usize) -> Option<Vec<bool>> {
        let (next, shown) = (&self.next[self.row(y)], &self.shown[self.row(y)]);
        if next == shown {
            return None;
        }
        let cols = self.cols();
        let mut dirty: Vec<bool> = next.iter().zip(shown).map(|(next, shown)| next != shown).collect();
        loop {
            let mut spread = false;
            for x in 0..cols {
                let reach = self.reach(next[x].symbol()).max(self.reach(shown[x].symbol()));
                let range = x..(x + reach).min(cols);
                if reach > 1 && dirty[range.clone()].contains(&true) && dirty[range.clone()].contains(&false)
                {
                    dirty[range].fill(true);
                    spread = true;
                }
            }
            if !spread {
                return Some(dirty);
            }
        }
    }

    /// The columns a symbol might take on some terminal.
    fn reach(&self, symbol: &str) -> usize {
        match self.sure_width(symbol) {
            Some(width) => width,
            None => symbol.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>().max(2),
        }
    }

    /// The width of a symbol, if all terminals agree on it.
    fn sure_width(&self, symbol: &str) -> Option<usize> {
        let mut chars = symbol.chars();
        let Some(c) = chars.next() else { return Some(0) };
        if chars.next().is_some() {
            return None;
        }
        match c {
            ' '..='~' => Some(1),
            '\u{2500}'..='\u{257f}' if self.line_drawing => Some(1),
            '\u{3000}'..='\u{3029}'
            | '\u{3041}'..='\u{3096}'
            | '\u{309b}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{ff01}'..='\u{ff60}' => Some(2),
            _ => None,
        }
    }

    fn send_row(&mut self, y: u16) {
        let Some(dirty) = self.dirty(usize::from(y)) else { return };
        let row = self.row(usize::from(y));
        let cols = self.cols();
        let cells = self.next[row.clone()].to_vec();
        let plain = |cell: &Cell| cell.symbol() == " " && Pen::of(cell).is_plain();
        let tail = cols - cells.iter().rev().take_while(|cell| plain(cell)).count();
        let last = dirty.iter().rposition(|dirty| *dirty).unwrap_or(0);
        for x in 0..cols {
            // The right half comes with the left one.
            if !dirty[x] || cells[x].symbol().is_empty() {
                continue;
            }
            if x >= tail && last - x >= 3 {
                self.go(x as u16, y, &cells);
                self.pen.change(&mut self.frame, Pen::default());
                self.frame.push_str("\x1b[K");
                break;
            }
            self.go(x as u16, y, &cells);
            self.print(x, y, &cells[x]);
        }
        // In the last column a character that turns out wide lands on the one before it, which is written again.
        if let [.., edge] = &cells[..]
            && dirty[cols - 1]
            && self.sure_width(edge.symbol()).is_none()
            && let Some(before) = (0..cols - 1).rev().find(|x| !cells[*x].symbol().is_empty())
        {
            self.go(before as u16, y, &cells);
            self.print(before, y, &cells[before]);
        }
        self.shown[row].clone_from_slice(&cells);
    }

    fn print(&mut self, x: usize, y: u16, cell: &Cell) {
        let pen = Pen::of(cell);
        if !(cell.symbol() == " " && self.pen.blank_looks_like(pen)) {
            self.pen.change(&mut self.frame, pen);
        }
        self.frame.push_str(cell.symbol());
        self.at = self.sure_width(cell.symbol()).map(|width| ((x + width) as u16, y));
    }

    fn send_frame(&mut self) -> io::Result<()> {
        if self.erase {
            self.frame.push_str("\x1b[m\x1b[2J");
            self.pen = Pen::default();
            self.at = None;
            self.shown.fill(Cell::EMPTY);
            self.erase = false;
        } else {
            self.scroll();
        }
        for y in 0..self.size.height {
            self.send_row(y);
        }
        if self.caret_shown && self.caret.x < self.size.width && self.caret.y < self.size.height {
            let row = self.next[self.row(usize::from(self.caret.y))].to_vec();
            self.go(self.caret.x, self.caret.y, &row);
        }
        if self.cursor_shown != Some(self.caret_shown) {
            self.frame.push_str(if self.caret_shown { "\x1b[?25h" } else { "\x1b[?25l" });
            self.cursor_shown = Some(self.caret_shown);
        }
        if self.frame.is_empty() {
            return Ok(());
        }
        if self.synchronized && self.frame.len() > LARGE_FRAME {
            self.frame.insert_str(0, "\x1b[?2026h");
            self.frame.push_str("\x1b[?2026l");
        }
        let sent = self.out.write_all(self.frame.as_bytes()).and_then(|()| self.out.flush());
        self.frame.clear();
        if sent.is_err() {
            self.forget();
        }
        sent
    }
}

impl<W: Write> Backend for ThriftyBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.place(x, y, cell);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.caret_shown = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.caret_shown = true;
        Ok(())
    }

    /// Where the caret was put last; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.caret)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.caret = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// Erases all, whatever the type: a full screen is never cleared in parts.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.next.fill(Cell::EMPTY);
        self.forget();
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    /// Sends the frame, if anything differs from what the terminal shows.
    fn flush(&mut self) -> io::Result<()> {
        self.send_frame()
    }
}

/// A cell without what cannot be seen on it, so that cells that look alike are equal.
fn normal(cell: &Cell) -> Cell {
    let symbol = cell.symbol();
    if symbol.is_empty() || symbol == " " {
        return blank(cell);
    }
    let mut normal = Cell::EMPTY;
    normal.set_symbol(symbol);
    Pen::of(cell).apply(&mut normal);
    normal
}

/// The blank that has a cell's ground.
fn blank(cell: &Cell) -> Cell {
    let mut blank = Cell::EMPTY;
    blank.bg = cell.bg;
    blank.modifier = cell.modifier & VISIBLE_ON_BLANK;
    if blank.modifier != Modifier::empty() {
        blank.fg = cell.fg;
    } else {
        blank.fg = Color::Reset;
    }
    blank
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod wide_ambiguous;
