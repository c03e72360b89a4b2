//! A month with what falls on each day.

use chrono::{Datelike, Days, Months, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::i18n::{Catalogue, week_start};
use crate::tui::command::Command;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// Cells of a day: `>21*3 `, the mark of the selected day, the day, the mark of today, how many things.
const DAY: u16 = 6;
pub const WIDTH: u16 = DAY * 7;
/// Month, weekdays, at most six weeks.
pub const HEIGHT: u16 = 8;

/// The day that is selected; its month is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    selected: NaiveDate,
}

/// What falls on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    pub count: usize,
    pub overdue: bool,
}

impl Calendar {
    pub fn new(selected: NaiveDate) -> Self {
        Self { selected }
    }

    pub fn selected(&self) -> NaiveDate {
        self.selected
    }

    /// First and last day in the picture, days of the neighbouring months included.
    pub fn span(&self) -> (NaiveDate, NaiveDate) {
        let first = week_start(self.selected.with_day(1).unwrap_or(self.selected));
        (first, first.checked_add_days(Days::new(41)).unwrap_or(first))
    }

    /// Moves by days, weeks and months; `false` if the command is no such move.
    pub fn run(&mut self, command: Command) -> bool {
        let day = self.selected;
        let moved = match command {
            Command::PreviousDay => day.checked_sub_days(Days::new(1)),
            Command::NextDay => day.checked_add_days(Days::new(1)),
            Command::Up => day.checked_sub_days(Days::new(7)),
            Command::Down => day.checked_add_days(Days::new(7)),
            Command::PageUp => day.checked_sub_months(Months::new(1)),
            Command::PageDown => day.checked_add_months(Months::new(1)),
            Command::First => day.with_day(1),
            Command::Last => day
                .with_day(1)
                .and_then(|first| first.checked_add_months(Months::new(1)))
                .and_then(|next| next.checked_sub_days(Days::new(1))),
            _ => return false,
        };
        self.selected = moved.unwrap_or(day);
        true
    }

    /// Draws the month; returns the place of the selected day.
    pub fn draw(
        &self,
        buf: &mut Buffer,
        area: Rect,
        theme: &Theme,
        catalogue: &Catalogue,
        today: NaiveDate,
        load: impl Fn(NaiveDate) -> Load,
    ) -> Option<Position> {
        const WEEKDAYS: [&str; 7] = [
            "weekday-mon-short",
            "weekday-tue-short",
            "weekday-wed-short",
            "weekday-thu-short",
            "weekday-fri-short",
            "weekday-sat-short",
            "weekday-sun-short",
        ];
        paint::clear(buf, area, theme.normal);
        paint::put_shortened(buf, area, area.x + 1, area.y, &catalogue.month(self.selected), theme.heading);
        for (key, column) in WEEKDAYS.into_iter().zip(0..) {
            paint::put(buf, area, area.x + 1 + column * DAY, area.y + 1, &catalogue.t(key), theme.dim);
        }
        let mut cursor = None;
        let (first, _) = self.span();
        for (day, n) in first.iter_days().zip(0..42u16) {
            let (x, y) = (area.x + n % 7 * DAY, area.y + 2 + n / 7);
            if day.month() != self.selected.month() {
                continue;
            }
            let load = load(day);
            let selected = day == self.selected;
            let count = match load.count {
                0 => String::new(),
                count @ 1..=99 => count.to_string(),
                _ => "99".to_owned(),
            };
            let today = if day == today { '*' } else { ' ' };
            let text = format!("{}{:>2}{today}{count}", if selected { '>' } else { ' ' }, day.day());
            let style = match load {
                _ if selected => theme.selected,
                Load { overdue: true, .. } => theme.overdue,
                Load { count: 1.., .. } => theme.due,
                _ => theme.normal,
            };
            paint::put(buf, area, x, y, &paint::pad(&text, usize::from(DAY)), style);
            // The day in plain, so that it is told from the number of what falls on it.
            if !selected && load.count > 0 {
                paint::put(buf, area, x + 1, y, &format!("{:>2}", day.day()), theme.normal);
            }
            if selected && y < area.bottom() {
                cursor = Some(Position { x, y });
            }
        }
        cursor
    }
}
