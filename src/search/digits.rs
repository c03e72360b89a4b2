//! Runs of digits: ends and beginnings of numbers, what lies inside them, birth dates, one slip of the finger.

mod numbers;

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::cost;
use super::rank::Sink;
use numbers::{KnownLayouts, Numbers, SHORTEST_INSIDE, Test, slip};

/// The check digit X of a resident ID.
const X: u8 = 10;
/// Nobody types more: an ID has 18.
const LONGEST: usize = 20;
/// Four digits are in so many numbers that those with a slip would bury them.
const SHORTEST_WITH_SLIP: usize = 5;

/// A term of digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    digits: Vec<u8>,
    /// It was written as a date and is nothing else.
    date: bool,
}

impl Digits {
    /// Digits with hyphens, dots or a closing X between or after them; `None` if there is anything else.
    pub(super) fn new(word: &[char]) -> Option<Digits> {
        let mut digits = Vec::new();
        for (at, &c) in word.iter().enumerate() {
            match c {
                '0'..='9' => digits.push(c as u8 - b'0'),
                'x' if at + 1 == word.len() && digits.len() >= SHORTEST_INSIDE => digits.push(X),
                '-' | '.' | '_' | '(' | ')' | '+' => {}
                _ => return None,
            }
        }
        digits.truncate(LONGEST);
        (!digits.is_empty()).then_some(Digits { digits, date: false })
    }

    pub(super) fn len(&self) -> usize {
        self.digits.len()
    }
}

/// A birth date with its parts set apart: 2015-3, 2015.03.12, 3-12, 2015年3月12日, 3月12日.
pub(super) fn date(word: &[char]) -> Option<Digits> {
    let separator = |c: &char| matches!(c, '-' | '.' | '/' | '年' | '月' | '日' | '号');
    let parts: Option<Vec<u32>> = word
        .split(separator)
        .filter(|part| !part.is_empty())
        .map(|part| part.iter().collect::<String>().parse().ok())
        .collect();
    let with_month = word.iter().any(separator);
    let day = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    let text = match *parts?.as_slice() {
        [year @ 1900..=2199] if word.ends_with(&['年']) => format!("{year}"),
        [year @ 1900..=2199, month @ 1..=12] if with_month => format!("{year}{month:02}"),
        [year @ 1900..=2199, m, d] if day(m, d) => format!("{year}{m:02}{d:02}"),
        [m, d] if with_month && day(m, d) => format!("{m:02}{d:02}"),
        _ => return None,
    };
    Some(Digits { digits: text.bytes().map(|b| b - b'0').collect(), date: true })
}

/// Which number of a row a digit term was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Id,
    Case,
    Phone,
    Birth,
}

/// The numbers of every row.
#[derive(Default)]
pub(super) struct DigitColumns {
    ids: Numbers,
    cases: Numbers,
    phones: Numbers,
    /// YYYYMMDD as nibbles.
    births: Vec<u32>,
    /// Letters that case numbers start with.
    case_prefixes: Vec<String>,
}

#[derive(Default)]
pub(super) struct KnownNumbers {
    ids: KnownLayouts,
    cases: KnownLayouts,
    phones: KnownLayouts,
}

const MOST_CASE_PREFIXES: usize = 64;

impl DigitColumns {
    pub(super) fn push(&mut self, entry: &super::Entry, known: &mut KnownNumbers) {
        self.ids.push(entry.id_number, &mut known.ids);
        self.cases.push(entry.case_no, &mut known.cases);
        self.phones.push(entry.phone, &mut known.phones);
        self.births.push(entry.birth.map_or(u32::MAX, birth));
        let letters = entry.case_no.bytes().take_while(u8::is_ascii_alphabetic).count();
        let prefix = &entry.case_no[..letters];
        let new = || self.case_prefixes.iter().all(|known| !known.eq_ignore_ascii_case(prefix));
        if letters > 0 && self.case_prefixes.len() < MOST_CASE_PREFIXES && new() {
            self.case_prefixes.push(prefix.to_ascii_lowercase());
        }
    }

    pub(super) fn is_case_prefix(&self, letters: &str) -> bool {
        self.case_prefixes.iter().any(|prefix| prefix == letters)
    }

    /// Puts every row that holds the digits somewhere.
    pub(super) fn scan(&self, term: &Digits, sink: &mut impl Sink) {
        let digits = &term.digits;
        if !term.date {
            self.ids.scan(digits, cost::ID_END, sink);
            self.cases.scan(digits, cost::CASE_END, sink);
            self.phones.scan(digits, cost::PHONE_END, sink);
        }
        for (test, cost) in birth_tests(digits) {
            let (mask, want) = (test.mask as u32, test.want as u32);
            for (row, &birth) in self.births.iter().enumerate() {
                if birth & mask == want {
                    sink.put(cost, row as u32);
                    if sink.full(cost, row as u32) {
                        break;
                    }
                }
            }
        }
        if !term.date {
            self.ids.scan_inside(digits, sink);
            self.phones.scan_inside(digits, sink);
            self.cases.scan_inside(digits, sink);
        }
    }

    /// Puts rows that are one slip away.
    pub(super) fn scan_slips(&self, term: &Digits, sink: &mut impl Sink) {
        if term.digits.len() < SHORTEST_WITH_SLIP {
            return;
        }
        if !term.date {
            self.ids.scan_slips(&term.digits, cost::ID_END, sink);
            self.cases.scan_slips(&term.digits, cost::CASE_END, sink);
            self.phones.scan_slips(&term.digits, cost::PHONE_END, sink);
        }
        if term.digits.len() == 8 {
            let test = Test::end(&term.digits);
            for (row, &birth) in self.births.iter().enumerate() {
                if let Some(cost) = slip(u64::from(birth), test) {
                    sink.put(cost::BIRTH + cost, row as u32);
                }
            }
        }
    }

    /// The cheapest way a row matches, and what to highlight.
    pub(super) fn best(
        &self,
        row: usize,
        term: &Digits,
        slips: bool,
    ) -> Option<(u8, Number, Vec<Range<u16>>)> {
        let digits = &term.digits;
        let slips = slips && digits.len() >= SHORTEST_WITH_SLIP;
        let numbers = [
            (&self.ids, Number::Id, cost::ID_END),
            (&self.cases, Number::Case, cost::CASE_END),
            (&self.phones, Number::Phone, cost::PHONE_END),
        ];
        let in_numbers =
            numbers.into_iter().filter(|_| !term.date).filter_map(|(column, number, end_cost)| {
                let (cost, place) = column.best(row, digits, end_cost, slips)?;
                Some((cost, number, column.marks(row, place)))
            });
        let birth = u64::from(self.births[row]);
        let slipped = (slips && digits.len() == 8).then(|| slip(birth, Test::end(digits))).flatten();
        let as_birth = birth_tests(digits)
            .find(|(test, _)| test.holds(birth))
            .map(|(test, cost)| (cost, Number::Birth, birth_marks(test.mask)))
            .or(slipped.map(|cost| (cost::BIRTH + cost, Number::Birth, birth_marks(u64::from(u32::MAX)))));
        in_numbers.chain(as_birth).min_by_key(|&(cost, ..)| cost)
    }

    pub(super) fn bytes(&self) -> usize {
        self.ids.bytes() + self.cases.bytes() + self.phones.bytes() + self.births.capacity() * 4
    }

    pub(super) fn shrink(&mut self) {
        self.ids.shrink();
        self.cases.shrink();
        self.phones.shrink();
        self.births.shrink_to_fit();
    }
}

fn birth(date: NaiveDate) -> u32 {
    let number = date.year().unsigned_abs() * 10_000 + date.month() * 100 + date.day();
    (0..8).fold(0, |packed, digit| packed | (number / 10u32.pow(digit) % 10) << (4 * digit))
}

/// 2015, 201503, 20150312 from the start; 0312 and 150312 from the end.
fn birth_tests(digits: &[u8]) -> impl Iterator<Item = (Test, u8)> {
    let packed = Test::end(digits);
    let shift = 4 * 8usize.saturating_sub(digits.len());
    let start = (4..=8)
        .contains(&digits.len())
        .then_some(Test { mask: packed.mask << shift, want: packed.want << shift });
    let end = matches!(digits.len(), 4 | 6).then_some(packed);
    start.map(|test| (test, cost::BIRTH)).into_iter().chain(end.map(|test| (test, cost::DAY)))
}

/// The masked digits as ranges of a date written 2015-03-12.
fn birth_marks(mask: u64) -> Vec<Range<u16>> {
    const PLACES: [u16; 8] = [0, 1, 2, 3, 5, 6, 8, 9];
    let masked = PLACES.iter().enumerate().filter(|(digit, _)| mask >> (4 * (7 - digit)) & 1 == 1);
    super::explain::ranges(masked.map(|(_, &place)| place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_understood_in_the_ways_people_write_them() {
        let digits = |text: &str| date(&text.chars().collect::<Vec<_>>()).map(|date| date.digits);
        let day = vec![2, 0, 1, 5, 0, 3, 1, 2];
        assert_eq!(digits("2015-3"), Some(vec![2, 0, 1, 5, 0, 3]));
        assert_eq!(digits("2015年3月12日"), Some(day.clone()));
        assert_eq!(digits("2015.03.12"), Some(day.clone()));
        assert_eq!(digits("3-12"), Some(day[4..].to_vec()));
        assert_eq!(digits("2024-000017"), None);
        assert_eq!(digits("13-40"), None);
        assert_eq!(digits("---"), None);
    }
}
