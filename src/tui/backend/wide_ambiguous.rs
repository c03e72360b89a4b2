//! A terminal that draws ambiguous characters two columns wide, as Chinese consoles do, and what our frames become on it.

use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use unicode_width::UnicodeWidthChar;

use super::{ThriftyBackend, draw};

/// The part of a terminal that our frames use. A cell is a character, the right half of one, or nothing.
struct Console {
    cols: usize,
    rows: usize,
    cells: Vec<Option<char>>,
    x: usize,
    y: usize,
    margins: (usize, usize),
}

/// Marks the right half of a wide character.
const HALF: char = '\0';

impl Console {
    fn new(cols: usize, rows: usize) -> Self {
        Self { cols, rows, cells: vec![None; cols * rows], x: 0, y: 0, margins: (0, rows) }
    }

    fn at(&self, x: usize, y: usize) -> Option<char> {
        self.cells[y * self.cols + x]
    }

    fn set(&mut self, x: usize, cell: Option<char>) {
        let at = self.y * self.cols + x;
        // Overwriting one half of a character takes the other away.
        if self.cells[at] == Some(HALF) && x > 0 {
            self.cells[at - 1] = None;
        }
        if x + 1 < self.cols && self.cells[at + 1] == Some(HALF) {
            self.cells[at + 1] = None;
        }
        self.cells[at] = cell;
    }

    fn print(&mut self, c: char) {
        let width = c.width_cjk().unwrap_or(0);
        if width == 0 {
            return;
        }
        // Wrapping at the edge is switched off when the terminal is taken over.
        let x = self.x.min(self.cols - width);
        self.set(x, None);
        self.set(x, Some(c));
        if width == 2 {
            self.set(x + 1, None);
            self.cells[self.y * self.cols + x + 1] = Some(HALF);
            self.cells[self.y * self.cols + x] = Some(c);
        }
        self.x = (x + width).min(self.cols);
    }

    fn scroll(&mut self, up: bool) {
        let part = &mut self.cells[self.margins.0 * self.cols..self.margins.1 * self.cols];
        if up {
            part.rotate_left(self.cols);
            let end = part.len() - self.cols;
            part[end..].fill(None);
        } else {
            part.rotate_right(self.cols);
            part[..self.cols].fill(None);
        }
    }

    fn process(&mut self, text: &str) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' => self.x = 0,
                '\x08' => self.x = self.x.saturating_sub(1),
                '\n' if self.y + 1 == self.margins.1 => self.scroll(true),
                '\n' => self.y = (self.y + 1).min(self.rows - 1),
                '\x1b' => match chars.next() {
                    Some('M') if self.y == self.margins.0 => self.scroll(false),
                    Some('M') => self.y -= 1,
                    Some('[') => {
                        let mut numbers = String::new();
                        while let Some(digit) = chars.next_if(|c| !c.is_ascii_alphabetic()) {
                            numbers.push(digit);
                        }
                        self.control(&numbers, chars.next().expect("a sequence ends"));
                    }
                    other => panic!("ESC {other:?} is not for old terminals"),
                },
                c => self.print(c),
            }
        }
    }

    fn control(&mut self, numbers: &str, end: char) {
        let numbers: Vec<usize> = numbers.split(';').map(|number| number.parse().unwrap_or(0)).collect();
        let number = |n: usize| numbers.get(n).copied().filter(|n| *n > 0).unwrap_or(1);
        match end {
            'H' => (self.x, self.y) = (number(1) - 1, number(0) - 1),
            'A' => self.y -= number(0),
            'B' => self.y += number(0),
            'C' => self.x += number(0),
            'D' => self.x -= number(0),
            'J' => self.cells.fill(None),
            'K' => (self.x..self.cols).for_each(|x| self.set(x, None)),
            'r' if numbers.len() == 2 => self.margins = (numbers[0] - 1, numbers[1]),
            'r' => self.margins = (0, self.rows),
            'm' | 'h' | 'l' => {}
            other => panic!("CSI {other} is not for old terminals"),
        }
        assert!(self.x <= self.cols && self.y < self.rows, "the cursor left the screen");
    }
}

/// Draws the pictures one after the other; each time, every character whose width is beyond doubt must stand in its place.
pub(super) fn check(pictures: &[Buffer]) -> Result<(), String> {
    let area = pictures[0].area;
    let backend = ThriftyBackend::new(Vec::new(), Size::new(area.width, area.height));
    let mut terminal = Terminal::new(backend).unwrap();
    let mut console = Console::new(usize::from(area.width), usize::from(area.height));
    for (n, picture) in pictures.iter().enumerate() {
        draw(&mut terminal, |frame| *frame.buffer_mut() = picture.clone()).unwrap();
        let bytes = std::mem::take(terminal.backend_mut().out_mut());
        console.process(std::str::from_utf8(&bytes).unwrap());
        compare(&console, &terminal, picture).map_err(|difference| format!("frame {n}, {difference}"))?;
    }
    Ok(())
}

fn compare(
    console: &Console,
    terminal: &Terminal<ThriftyBackend<Vec<u8>>>,
    want: &Buffer,
) -> Result<(), String> {
    let Rect { width, height, .. } = want.area;
    let backend = terminal.backend();
    for y in 0..usize::from(height) {
        for x in 0..usize::from(width) {
            let symbol = backend.next[y * usize::from(width) + x].symbol();
            let sure = backend.sure_width(symbol).is_some_and(|width| width > 0) && symbol != " ";
            let seen = console.at(x, y);
            if sure && seen != symbol.chars().next() {
                return Err(format!("{x},{y}: {symbol:?} was drawn, {seen:?} is seen"));
            }
        }
    }
    Ok(())
}
