//! Which days are worked: weekends, statutory rest days, and weekend days worked in exchange.
//!
//! The State Council announces a year in the November before it. For a year without a table the calendar still
//! answers, by the weekend alone, and says that it guesses, so that a screen can warn.

use super::fault::{RuleFault, RuleFlaw, fault, syntax};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

pub(super) const CORE: &[(&str, &str)] = &[
    ("2025.toml", include_str!("../../assets/practice/days/2025.toml")),
    ("2026.toml", include_str!("../../assets/practice/days/2026.toml")),
];

/// Longest holiday a table may name, days: longer is a slip of the pen.
const LONGEST: i64 = 31;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Years with a table.
    years: BTreeSet<i32>,
    /// Days that differ from the weekly rhythm, or that a table names: worked or not.
    named: BTreeMap<NaiveDate, bool>,
}

/// Whether a day is worked, and how surely that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workday {
    Known(bool),
    /// The year has no table yet: by the weekend alone.
    Guess(bool),
}

impl Workday {
    pub fn is_worked(self) -> bool {
        match self {
            Workday::Known(worked) | Workday::Guess(worked) => worked,
        }
    }
}

/// A date that was counted out in working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub date: NaiveDate,
    /// False if a day on the way lies in a year without a table.
    pub known: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    year: Spanned<i32>,
    #[serde(rename = "source")]
    _source: String,
    #[serde(default, rename = "holiday")]
    holidays: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    #[serde(rename = "zh")]
    _zh: String,
    #[serde(default, rename = "en")]
    _en: String,
    from: Spanned<String>,
    to: Spanned<String>,
    #[serde(default)]
    work: Vec<Spanned<String>>,
}

impl Calendar {
    /// The years that ship with the program.
    pub fn core() -> Result<Self, RuleFault> {
        let mut calendar = Self::default();
        for (file, text) in CORE {
            calendar.add(file, text)?;
        }
        Ok(calendar)
    }

    /// Takes in one year's table; `file` is only its name. A table of the same year replaces the one before.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), RuleFault> {
        let table: Table = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
        let year = *table.year.get_ref();
        let named_so = file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")?.parse().ok());
        if named_so.is_some_and(|named: i32| named != year) {
            return Err(fault(file, text, Some(table.year.span()), RuleFlaw::Year(year.to_string())));
        }
        let read = |written: &Spanned<String>| {
            let wrong = |flaw: fn(String) -> RuleFlaw| {
                fault(file, text, Some(written.span()), flaw(written.get_ref().clone()))
            };
            let day: NaiveDate = written.get_ref().parse().map_err(|_| wrong(RuleFlaw::Date))?;
            // New Year may begin in the December before, and be worked for there.
            let december = day.year() == year - 1 && day.month() == 12;
            if day.year() == year || december { Ok(day) } else { Err(wrong(RuleFlaw::Year)) }
        };
        let mut named = BTreeMap::new();
        for holiday in &table.holidays {
            let (from, to) = (read(&holiday.from)?, read(&holiday.to)?);
            if to < from || (to - from).num_days() >= LONGEST {
                let span = format!("{from}..{to}");
                return Err(fault(file, text, Some(holiday.to.span()), RuleFlaw::Span(span)));
            }
            named.extend(from.iter_days().take_while(|day| *day <= to).map(|day| (day, false)));
            for day in &holiday.work {
                named.insert(read(day)?, true);
            }
        }
        self.named.retain(|day, _| day.year() != year);
        self.named.extend(named);
        self.years.insert(year);
        Ok(())
    }

    pub fn is_workday(&self, date: NaiveDate) -> Workday {
        if let Some(worked) = self.named.get(&date) {
            return Workday::Known(*worked);
        }
        let worked = !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        if self.years.contains(&date.year()) { Workday::Known(worked) } else { Workday::Guess(worked) }
    }

    /// The n-th working day after `from`; `from` itself if `n` is 0.
    pub fn add_workdays(&self, from: NaiveDate, n: u32) -> Counted {
        let mut counted = Counted { date: from, known: true };
        for _ in 0..n {
            let Some(next) = counted.date.checked_add_days(Days::new(1)) else { break };
            let on = self.next_workday(next);
            counted = Counted { date: on.date, known: counted.known && on.known };
        }
        counted
    }

    /// The first working day on or after `date`.
    pub fn next_workday(&self, date: NaiveDate) -> Counted {
        let mut known = true;
        let day = date.iter_days().find(|day| {
            let workday = self.is_workday(*day);
            known &= matches!(workday, Workday::Known(_));
            workday.is_worked()
        });
        Counted { date: day.unwrap_or(date), known }
    }
}

#[cfg(test)]
mod tests;
