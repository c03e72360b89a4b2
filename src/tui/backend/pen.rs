//! The style the terminal writes with, and the shortest way to another.

use std::fmt::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// What shows on a cell without a character.
pub(super) const VISIBLE_ON_BLANK: Modifier =
    Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Those every terminal understands, with the numbers that begin and end them. Blinking and hidden text are not for us.
const ATTRIBUTES: [(Modifier, u8, u8); 6] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
    (Modifier::CROSSED_OUT, 9, 29),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Default for Pen {
    fn default() -> Self {
        Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() }
    }
}

impl Pen {
    pub(super) fn of(cell: &Cell) -> Self {
        let known = ATTRIBUTES.iter().fold(Modifier::empty(), |all, (modifier, ..)| all | *modifier);
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier & known }
    }

    pub(super) fn apply(self, cell: &mut Cell) {
        (cell.fg, cell.bg, cell.modifier) = (self.fg, self.bg, self.modifier);
    }

    /// Whether erasing makes cells of this style.
    pub(super) fn is_plain(self) -> bool {
        self == Self::default()
    }

    /// Whether a blank written with this pen looks like one written with the other.
    pub(super) fn blank_looks_like(self, other: Pen) -> bool {
        let seen = |pen: Pen| {
            let modifier = pen.modifier & VISIBLE_ON_BLANK;
            (pen.bg, modifier, if modifier.is_empty() { Color::Reset } else { pen.fg })
        };
        seen(self) == seen(other)
    }

    /// Writes the shorter of "from here" and "from nothing".
    pub(super) fn change(&mut self, out: &mut String, to: Pen) {
        if *self == to {
            return;
        }
        let anew = Pen::default().steps(to);
        let onward = self.steps(to);
        // A reset alone needs no number at all.
        let anew = if anew.is_empty() { anew } else { format!("0;{anew}") };
        let shorter = if onward.len() < anew.len() { onward } else { anew };
        out.push_str("\x1b[");
        out.push_str(shorter.trim_end_matches(';'));
        out.push('m');
        *self = to;
    }

    fn steps(self, to: Pen) -> String {
        let mut steps = String::new();
        let mut have = self.modifier;
        for (modifier, _, off) in ATTRIBUTES {
            if have.contains(modifier) && !to.modifier.contains(modifier) {
                let _ = write!(steps, "{off};");
                // One number ends both bold and dim.
                have -= if off == 22 { Modifier::BOLD | Modifier::DIM } else { modifier };
            }
        }
        for (modifier, on, _) in ATTRIBUTES {
            if to.modifier.contains(modifier) && !have.contains(modifier) {
                let _ = write!(steps, "{on};");
            }
        }
        if self.fg != to.fg {
            colour(&mut steps, to.fg, 30);
        }
        if self.bg != to.bg {
            colour(&mut steps, to.bg, 40);
        }
        steps
    }
}

/// The sixteen colours in the numbers of the oldest terminals: 30 to 37 and 90 to 97, ten more for the ground.
fn colour(out: &mut String, colour: Color, base: u8) {
    let index = match colour {
        Color::Reset => {
            let _ = write!(out, "{};", base + 9);
            return;
        }
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(index) => {
            let _ = write!(out, "{};5;{index};", base + 8);
            return;
        }
        Color::Rgb(r, g, b) => {
            let _ = write!(out, "{};2;{r};{g};{b};", base + 8);
            return;
        }
    };
    let _ = write!(out, "{};", base + index);
}
