//! Where the cursor goes, in as few bytes as will do.

use std::io::Write;

use ratatui::buffer::Cell;

use super::ThriftyBackend;
use super::pen::Pen;

impl<W: Write> ThriftyBackend<W> {
    /// Brings the cursor to a cell the shortest way. `row` is the next picture of the row, of which a few cells may be
    /// printed over if that is shorter than a move.
    pub(super) fn go(&mut self, x: u16, y: u16, row: &[Cell]) {
        if self.at == Some((x, y)) {
            return;
        }
        let way = shortest_way(self.at.map(|(from, line)| (from, line, from >= self.size.width)), x, y);
        let (start, from) = match self.at {
            Some((from, line)) if line == y && from < x => (String::new(), from),
            // In raw mode a line feed goes down in the same column.
            Some((_, line)) if line < y && y - line <= 4 => {
                (format!("\r{}", "\n".repeat(usize::from(y - line))), 0)
            }
            _ => (way.clone(), x),
        };
        match self.through(from, x, row) {
            Some(text) if start.len() + text.len() <= way.len() => {
                self.frame.push_str(&start);
                self.frame.push_str(&text);
            }
            _ => self.frame.push_str(&way),
        }
        self.at = Some((x, y));
    }

    /// What lies between two columns, if it can be printed over as it is with the pen in hand.
    fn through(&self, from: u16, to: u16, row: &[Cell]) -> Option<String> {
        if to - from > 4 {
            return None;
        }
        let between = &row[usize::from(from)..usize::from(to)];
        let as_it_is = |cell: &Cell| {
            let symbol = cell.symbol();
            let style = if symbol == " " {
                self.pen.blank_looks_like(Pen::of(cell))
            } else {
                self.pen == Pen::of(cell)
            };
            symbol.is_empty() || self.sure_width(symbol).is_some() && style
        };
        let whole = |at: u16| row.get(usize::from(at)).is_some_and(|cell| !cell.symbol().is_empty());
        (whole(from) && whole(to) && between.iter().all(as_it_is))
            .then(|| between.iter().map(Cell::symbol).collect())
    }
}

/// The cheapest sequence from a known position (column, row, behind the last column) or from nowhere to a cell.
fn shortest_way(from: Option<(u16, u16, bool)>, x: u16, y: u16) -> String {
    let mut best = match (x, y) {
        (0, 0) => "\x1b[H".to_owned(),
        (0, y) => format!("\x1b[{}H", y + 1),
        (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
    };
    let Some((from, line, behind)) = from else { return best };
    let mut consider = |way: String| {
        if way.len() < best.len() {
            best = way;
        }
    };
    let right = |by: u16| match by {
        0 => String::new(),
        1 => "\x1b[C".to_owned(),
        by => format!("\x1b[{by}C"),
    };
    // In raw mode a line feed goes down in the same column.
    let vertical = |to: u16| match to.checked_sub(line) {
        Some(down) if down <= 4 => Some("\n".repeat(usize::from(down))),
        Some(down) => Some(format!("\x1b[{down}B")),
        None if line - to == 1 => Some("\x1b[A".to_owned()),
        None => Some(format!("\x1b[{}A", line - to)),
    };
    let Some(vertical) = vertical(y) else { return best };
    consider(format!("\r{vertical}{}", right(x)));
    if !behind {
        if x >= from {
            consider(format!("{}{vertical}", right(x - from)));
        } else if from - x <= 4 {
            consider(format!("{}{vertical}", "\x08".repeat(usize::from(from - x))));
        } else {
            consider(format!("\x1b[{}D{vertical}", from - x));
        }
    }
    best
}
