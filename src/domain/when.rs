//! Dates as people type them, in Chinese and English.
//!
//! What a text leaves open is decided by which way its field leans, and the form shows the date it became:
//!
//! * no year (`1121`, `11-21`, `11月21日`): the next such day for a future date, the last one for a past one, else the
//!   nearest; today counts;
//! * no month (`21日`): likewise; with no leaning, this month;
//! * two digits of a year (`26-11-21`, `261121`): the last such year up to today for a past date, else the one from 50
//!   years ago to 49 ahead;
//! * a bare weekday (`周五`, `fri`): likewise; with no leaning, that day of this week. Weeks begin on Monday, so `下周一` and
//!   `next mon` are in the week after this one, never in this one;
//! * a bare length (`3d`, `2w`) goes back for a past date, else ahead; `+3` and `-3` are days whatever the field;
//! * `月底`, `月初`: as a day without a month.
//!
//! Not guessed: `3/4/2026` (day or month first?), `121` (January or December?), `200512` (a day of 2020 or a month of
//! 2005?), and anything outside the years 1900 to 2199.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use std::ops::RangeInclusive;
use thiserror::Error;

mod text;

use text::{Marks, Number, Numbers, plain, without_time};

/// Years that a date in a file can have.
pub const YEARS: RangeInclusive<i32> = 1900..=2199;

/// Which way a field looks: a birth date is past, a due date is to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaning {
    Past,
    Future,
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WhenFault {
    #[error("nothing typed")]
    Empty,
    #[error("not read as a date")]
    Unknown,
    #[error("the calendar has no such day")]
    NoSuchDay,
    #[error("a month without a day")]
    NoDay,
    #[error("two dates could be meant")]
    Ambiguous,
    #[error("outside the years 1900 to 2199")]
    TooFar,
}

use WhenFault::{Ambiguous, Empty, NoDay, NoSuchDay, TooFar, Unknown};

type Read = Result<NaiveDate, WhenFault>;

/// Reads a date; see the module for what is understood.
pub fn parse(text: &str, today: NaiveDate, leaning: Leaning) -> Result<NaiveDate, WhenFault> {
    if text.trim().is_empty() {
        return Err(Empty);
    }
    // No date is longer; a pasted page is not worth a look.
    if text.chars().count() > 64 {
        return Err(Unknown);
    }
    let text = without_time(&plain(text));
    let reader = Reader { today, leaning };
    // Each reads its own shape or passes; the first that knows the shape decides.
    let date = reader
        .named_day(&text)
        .or_else(|| reader.written(&text))
        .or_else(|| reader.in_month(&text))
        .or_else(|| reader.weekday(&text))
        .or_else(|| reader.distance(&text))
        .or_else(|| reader.english(&text))
        .unwrap_or(Err(Unknown))?;
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(TooFar) }
}

struct Reader {
    today: NaiveDate,
    leaning: Leaning,
}

impl Reader {
    fn named_day(&self, text: &str) -> Option<Read> {
        let days = match text {
            "今天" | "今日" | "今" | "today" => 0,
            "明天" | "明日" | "明" | "tomorrow" | "tmr" => 1,
            "后天" => 2,
            "大后天" => 3,
            "昨天" | "昨日" | "yesterday" => -1,
            "前天" => -2,
            "大前天" => -3,
            _ => return None,
        };
        Some(self.days_on(days))
    }

    /// Numbers with something between them, or in one run.
    fn written(&self, text: &str) -> Option<Read> {
        let numbers = Numbers::of(text)?;
        Some(match (numbers.marks, numbers.groups.as_slice()) {
            (Marks::Hanzi(marks), groups) => match (marks.as_str(), groups) {
                ("年月日" | "年月", [year, month, day]) => self.full(*year, *month, *day),
                ("月日" | "月", [month, day]) => self.no_year(month.value, day.value),
                ("日", [day]) => self.no_month(day.value),
                ("年月", [_, _]) | ("月", [_]) | ("年", [_]) => Err(NoDay),
                _ => return None,
            },
            (Marks::Signs, [first, second, third]) if third.digits == 4 && first.digits <= 2 => {
                // As spreadsheets of other countries write it: only where one of the two cannot be a month.
                match (first.value, second.value) {
                    (a, b) if a == b => self.full(*third, *first, *second),
                    (13.., 1..=12) => self.full(*third, *second, *first),
                    (1..=12, 13..) => self.full(*third, *first, *second),
                    (1..=12, 1..=12) => Err(Ambiguous),
                    _ => Err(NoSuchDay),
                }
            }
            (Marks::Signs, [year, month, day]) => self.full(*year, *month, *day),
            (Marks::Signs, [year, _]) if year.digits == 4 => Err(NoDay),
            (Marks::Signs, [month, day]) if month.digits <= 2 && day.digits <= 2 => {
                self.no_year(month.value, day.value)
            }
            (Marks::None, [run]) => return self.run(*run),
            _ => return None,
        })
    }

    /// `20261121`, `261121`, `1121`.
    fn run(&self, run: Number) -> Option<Read> {
        let Number { value, digits } = run;
        let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
        Some(match digits {
            8 => exact(year as i32, month, day),
            6 => {
                let complete = self.short_year(year, month, day);
                // The year and month of a roster that has no days, or a day of 2019 or 2020?
                if matches!(year, 19 | 20) && (1..=12).contains(&day) {
                    if complete.is_ok() { Err(Ambiguous) } else { Err(NoDay) }
                } else {
                    complete
                }
            }
            4 => self.no_year(month, day),
            3 => Err(Ambiguous),
            _ => return None,
        })
    }

    fn full(&self, year: Number, month: Number, day: Number) -> Read {
        if month.digits > 2 || day.digits > 2 {
            return Err(Unknown);
        }
        match year.digits {
            4 => exact(year.value as i32, month.value, day.value),
            2 => self.short_year(year.value, month.value, day.value),
            _ => Err(Unknown),
        }
    }

    fn short_year(&self, year: u32, month: u32, day: u32) -> Read {
        let this = self.today.year();
        let latest = if self.leaning == Leaning::Past { this } else { this + 49 };
        // The latest year up to that one with these two digits.
        let full = latest - (latest - year as i32).rem_euclid(100);
        let date = exact(full, month, day)?;
        if self.leaning == Leaning::Past && date > self.today {
            return exact(full - 100, month, day);
        }
        Ok(date)
    }

    fn no_year(&self, month: u32, day: u32) -> Read {
        // 2000 has every day that any year has.
        exact(2000, month, day)?;
        let year = self.today.year();
        // Up to eight years lie between one 29 February and the next.
        let near = (-8..=8).filter_map(|add| NaiveDate::from_ymd_opt(year + add, month, day));
        self.lean(near)
    }

    fn no_month(&self, day: u32) -> Read {
        if !(1..=31).contains(&day) {
            return Err(NoSuchDay);
        }
        let months = if self.leaning == Leaning::Any { 0..=0 } else { -2..=2 };
        self.lean(months.filter_map(|add| self.month(add).and_then(|first| first.with_day(day))))
    }

    /// Of some days, the first from today on, the last until today, or the nearest.
    fn lean(&self, days: impl Iterator<Item = NaiveDate>) -> Read {
        match self.leaning {
            Leaning::Past => days.filter(|day| *day <= self.today).max(),
            Leaning::Future => days.filter(|day| *day >= self.today).min(),
            Leaning::Any => days.min_by_key(|day| ((*day - self.today).num_days().abs(), *day)),
        }
        .ok_or(NoSuchDay)
    }

    /// `月底`, `下月初`, `下月5号`, `end of next month`.
    fn in_month(&self, text: &str) -> Option<Read> {
        let (months, place) = match text {
            "end of month" | "end of the month" | "eom" => (None, "底"),
            "end of this month" => (Some(0), "底"),
            "end of next month" => (Some(1), "底"),
            "end of last month" => (Some(-1), "底"),
            _ => {
                let (steps, rest) = steps(text);
                let place = rest.strip_prefix('个').unwrap_or(rest).strip_prefix('月')?;
                (steps, place)
            }
        };
        let day = place.strip_suffix(['日', '号']).unwrap_or(place);
        let at = |first: NaiveDate| match place {
            "底" | "末" => first.checked_add_months(Months::new(1))?.pred_opt(),
            "初" => Some(first),
            _ => first.with_day(number(day)?),
        };
        if !matches!(place, "底" | "末" | "初") && number(day).is_none() {
            return Some(Err(if place.is_empty() { NoDay } else { Unknown }));
        }
        Some(match months {
            Some(months) => self.month(months).and_then(at).ok_or(NoSuchDay),
            None if self.leaning == Leaning::Any => self.month(0).and_then(at).ok_or(NoSuchDay),
            None => self.lean((-1..=1).filter_map(|months| self.month(months).and_then(at))),
        })
    }

    /// The first day of the month so many months from now.
    fn month(&self, add: i32) -> Option<NaiveDate> {
        shift_months(self.today.with_day(1)?, i64::from(add))
    }

    /// `周五`, `下下周二`, `礼拜天`, `fri`, `next mon`.
    fn weekday(&self, text: &str) -> Option<Read> {
        let (steps, rest) = steps(text);
        let rest = rest.strip_prefix('个').unwrap_or(rest).trim_start();
        let chinese = ["周", "星期", "礼拜"].iter().find_map(|word| rest.strip_prefix(word));
        let day = match chinese {
            Some(day) => match day {
                "1" => 0,
                "2" => 1,
                "3" => 2,
                "4" => 3,
                "5" => 4,
                "6" => 5,
                "日" | "天" | "7" => 6,
                _ => return None,
            },
            None => match rest {
                "mon" | "monday" => 0,
                "tue" | "tues" | "tuesday" => 1,
                "wed" | "weds" | "wednesday" => 2,
                "thu" | "thur" | "thurs" | "thursday" => 3,
                "fri" | "friday" => 4,
                "sat" | "saturday" => 5,
                "sun" | "sunday" => 6,
                _ => return None,
            },
        };
        let monday = self.today.week(Weekday::Mon).checked_first_day()?;
        let on = |weeks: i32| shift_days(monday, i64::from(weeks) * 7 + day);
        Some(match steps {
            Some(weeks) => on(weeks).ok_or(TooFar),
            None if self.leaning == Leaning::Any => on(0).ok_or(TooFar),
            None => self.lean((-1..=1).filter_map(on)),
        })
    }

    /// `3d`, `-3`, `两周后`, `in 3 days`, `3 days ago`.
    fn distance(&self, text: &str) -> Option<Read> {
        let (mut rest, mut sign) = (text, None);
        if let Some(after) = rest.strip_prefix("in ") {
            (rest, sign) = (after, Some(1));
        } else if let Some(after) = rest.strip_prefix('+') {
            (rest, sign) = (after, Some(1));
        } else if let Some(after) = rest.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
            (rest, sign) = (after, Some(-1));
        }
        for (end, way) in [
            ("以后", 1),
            ("之后", 1),
            ("后", 1),
            (" from now", 1),
            (" later", 1),
            ("以前", -1),
            ("之前", -1),
            ("前", -1),
            (" ago", -1),
        ] {
            if let Some(before) = rest.strip_suffix(end) {
                if sign.is_some() {
                    return None;
                }
                (rest, sign) = (before, Some(way));
                break;
            }
        }
        let half = rest.strip_prefix('半');
        let rest = half.unwrap_or(rest).trim();
        let cut = rest.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(rest.len());
        let (count, unit) = rest.split_at(cut);
        let count: i64 = match (half, count.len()) {
            (Some(_), 0) => 1,
            (None, 1..=5) => count.parse().ok()?,
            (None, 6..) if !unit.is_empty() => return Some(Err(TooFar)),
            _ => return None,
        };
        let lean = if self.leaning == Leaning::Past { -1 } else { 1 };
        let count = count * sign.unwrap_or(lean);
        let (days, months) = match (half.is_some(), unit.trim()) {
            // A bare number with nothing before or after it is not a distance.
            (false, "") => (count, sign.map(|_| 0)?),
            (false, "d" | "day" | "days" | "天") => (count, 0),
            (false, "日") if sign.is_some() => (count, 0),
            (false, "w" | "wk" | "week" | "weeks" | "周" | "星期" | "礼拜" | "个星期" | "个礼拜") => {
                (count * 7, 0)
            }
            (false, "m" | "month" | "months" | "个月") => (0, count),
            (false, "y" | "yr" | "year" | "years" | "年") => (0, count * 12),
            (true, "个月" | "月") => (count * 15, 0),
            (true, "年") => (0, count * 6),
            _ => return None,
        };
        Some(shift_months(self.today, months).and_then(|day| shift_days(day, days)).ok_or(TooFar))
    }

    /// `21 nov`, `nov 21, 2026`.
    fn english(&self, text: &str) -> Option<Read> {
        let words: Vec<&str> =
            text.split([' ', ',', '-', '/', '.']).filter(|word| !word.is_empty()).collect();
        let (day, month, year) = match words.as_slice() {
            [a, b] => match (month_named(a), month_named(b)) {
                (Some(month), None) => (*b, month, None),
                (None, Some(month)) => (*a, month, None),
                _ => return None,
            },
            [a, b, year] => match (month_named(a), month_named(b)) {
                (Some(month), None) => (*b, month, Some(*year)),
                (None, Some(month)) => (*a, month, Some(*year)),
                _ => return None,
            },
            _ => return None,
        };
        let day = ["st", "nd", "rd", "th"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
        if day.len() == 4 && year.is_none() && number(day).is_some() {
            return Some(Err(NoDay));
        }
        let day = number(day).filter(|_| day.len() <= 2)?;
        Some(match year {
            None => self.no_year(month, day),
            Some(year) => match (number(year)?, year.len()) {
                (year, 4) => exact(year as i32, month, day),
                (year, 2) => self.short_year(year, month, day),
                _ => return None,
            },
        })
    }

    fn days_on(&self, days: i64) -> Read {
        shift_days(self.today, days).ok_or(TooFar)
    }
}

/// How many weeks or months on the text begins with (`下下` 2, `last` -1), and what follows.
fn steps(text: &str) -> (Option<i32>, &str) {
    let words = [
        ("下下", 2),
        ("上上", -2),
        ("下", 1),
        ("上", -1),
        ("本", 0),
        ("这", 0),
        ("這", 0),
        ("next ", 1),
        ("last ", -1),
        ("this ", 0),
    ];
    words
        .iter()
        .find_map(|(word, steps)| text.strip_prefix(word).map(|rest| (Some(*steps), rest)))
        .unwrap_or((None, text))
}

/// English names of the months, in small letters.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_named(word: &str) -> Option<u32> {
    if word == "sept" {
        return Some(9);
    }
    let at = MONTHS.iter().position(|name| *name == word || (word.len() == 3 && name.starts_with(word)))?;
    Some(at as u32 + 1)
}

fn number(digits: &str) -> Option<u32> {
    if digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn exact(year: i32, month: u32, day: u32) -> Read {
    if !YEARS.contains(&year) {
        return Err(TooFar);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NoSuchDay)
}

fn shift_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

fn shift_months(day: NaiveDate, months: i64) -> Option<NaiveDate> {
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) }
}

#[cfg(test)]
mod tests;
