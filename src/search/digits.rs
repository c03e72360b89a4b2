//! Runs of digits: ends and beginnings of numbers, what lies inside them, birth dates, one slip of the finger.
//!
//! A number keeps its last twelve digits as nibbles and the number of its *layout*: everything else about the text,
//! that is, where digits stand and which digits come before the last twelve. Thousands of ID numbers share the
//! layout "991403············"; all phones share one.

use std::collections::HashMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::cost;
use super::rank::Sink;

/// Digits that a number keeps in its own eight bytes; the layout has the others.
const KEPT: usize = 12;
const KEPT_BITS: u64 = (1 << (4 * KEPT)) - 1;
/// Stands where a number has no digit; equals no digit.
const BLANK: u64 = 0xf;
/// The check digit X of a resident ID.
const X: u8 = 10;
/// Nobody types more: an ID has 18.
const LONGEST: usize = 20;
/// Shorter runs are inside everything.
const SHORTEST_INSIDE: usize = 3;
const SHORTEST_WITH_SLIP: usize = 4;
const EVERY_NIBBLE: u64 = 0x1111_1111_1111;
const NO_LAYOUT: u16 = u16::MAX;

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

/// A row's number equals what was typed, seen through a mask.
#[derive(Clone, Copy)]
struct Test {
    mask: u64,
    want: u64,
}

impl Test {
    const NEVER: Test = Test { mask: 0, want: 1 };

    #[inline(always)]
    fn holds(self, value: u64) -> bool {
        value & self.mask == self.want
    }

    /// The last digits are these.
    fn end(digits: &[u8]) -> Test {
        let bits = 4 * digits.len() as u32;
        Test { mask: 1u64.checked_shl(bits).map_or(u64::MAX, |bit| bit - 1), want: pack(digits) }
    }
}

fn pack(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |packed, &digit| packed << 4 | u64::from(digit))
}

struct Layout {
    /// Digits before the kept ones.
    lead: Vec<u8>,
    /// How many digits are kept.
    kept: usize,
    /// The place of every digit in the text.
    places: Vec<u16>,
}

impl Layout {
    fn of(text: &str) -> (Layout, u64) {
        let mut digits = Vec::new();
        let mut places = Vec::new();
        let end = text.trim_end().chars().count();
        for (place, c) in text.chars().enumerate() {
            match c {
                '0'..='9' => digits.push(c as u8 - b'0'),
                'x' | 'X' if place + 1 == end && digits.len() >= SHORTEST_INSIDE => digits.push(X),
                _ => continue,
            }
            places.push(place as u16);
        }
        let (lead, kept) = digits.split_at(digits.len().saturating_sub(KEPT));
        let blank = kept.iter().fold(KEPT_BITS, |blank, _| blank << 4) & KEPT_BITS;
        (Layout { lead: lead.to_vec(), kept: kept.len(), places }, blank | pack(kept))
    }

    fn len(&self) -> usize {
        self.lead.len() + self.kept
    }

    fn starts_with(&self, digits: &[u8]) -> Test {
        if digits.len() <= self.lead.len() {
            return if self.lead.starts_with(digits) { Test { mask: 0, want: 0 } } else { Test::NEVER };
        }
        match digits.strip_prefix(self.lead.as_slice()) {
            Some(rest) if rest.len() <= self.kept => {
                let Test { mask, want } = Test::end(rest);
                let shift = 4 * (self.kept - rest.len());
                Test { mask: mask << shift, want: want << shift }
            }
            _ => Test::NEVER,
        }
    }

    fn ends_with(&self, digits: &[u8]) -> Test {
        let (before, end) = digits.split_at(digits.len().saturating_sub(KEPT));
        if self.lead.ends_with(before) { Test::end(end) } else { Test::NEVER }
    }

    /// Chars of the text that hold `digits`, counted in digits.
    fn marks(&self, digits: Range<usize>) -> Vec<Range<u16>> {
        super::explain::ranges(self.places.get(digits).unwrap_or_default().iter().copied())
    }
}

/// One number of every row.
#[derive(Default)]
pub(super) struct Numbers {
    layouts: Vec<Layout>,
    /// Layout in the upper 16 bits, digits below.
    values: Vec<u64>,
}

/// Only while numbers are being read in.
#[derive(Default)]
pub(super) struct KnownLayouts(HashMap<(Vec<u8>, Vec<u16>), u16>);

impl Numbers {
    pub(super) fn push(&mut self, text: &str, known: &mut KnownLayouts) {
        let (layout, digits) = Layout::of(text);
        let key = (layout.lead, layout.places);
        let id = match known.0.get(&key) {
            Some(&id) => id,
            // Sixty thousand layouts are no ID numbers: the rest is found by its last digits only.
            None if self.layouts.len() >= usize::from(NO_LAYOUT) => NO_LAYOUT,
            None => {
                let id = self.layouts.len() as u16;
                let (lead, places) = key.clone();
                self.layouts.push(Layout { lead, places, kept: layout.kept });
                known.0.insert(key, id);
                id
            }
        };
        self.values.push(u64::from(id) << (4 * KEPT) | digits);
    }

    fn layout(&self, value: u64) -> Option<&Layout> {
        self.layouts.get((value >> (4 * KEPT)) as usize)
    }

    fn tests(&self, test: impl Fn(&Layout) -> Test) -> Vec<Test> {
        self.layouts.iter().map(test).collect()
    }

    /// Puts rows that end in, start with or hold the digits.
    fn scan(&self, digits: &[u8], end_cost: u8, inside: bool, sink: &mut impl Sink) {
        if digits.len() <= KEPT {
            scan_column(&self.values, Test::end(digits), end_cost, sink);
        } else {
            self.scan_by_layout(&self.tests(|layout| layout.ends_with(digits)), end_cost, sink);
        }
        self.scan_by_layout(&self.tests(|layout| layout.starts_with(digits)), cost::START, sink);
        if inside && (SHORTEST_INSIDE..=KEPT).contains(&digits.len()) && sink.ceiling() > cost::INSIDE {
            let (first, second) = (EVERY_NIBBLE * u64::from(digits[0]), EVERY_NIBBLE * u64::from(digits[1]));
            for (row, &value) in self.values.iter().enumerate() {
                let value = value & KEPT_BITS;
                // The first digit followed by the second, somewhere; may say yes too often.
                let candidates = zero_nibbles(value ^ first) & (zero_nibbles(value ^ second) << 4);
                if candidates != 0 && holds(value, digits).is_some() {
                    sink.put(cost::INSIDE, row as u32);
                }
            }
        }
    }

    fn scan_by_layout(&self, tests: &[Test], cost: u8, sink: &mut impl Sink) {
        if sink.ceiling() <= cost || tests.iter().all(|test| test.mask == 0 && test.want == 1) {
            return;
        }
        for (row, &value) in self.values.iter().enumerate() {
            let test = tests.get((value >> (4 * KEPT)) as usize).copied().unwrap_or(Test::NEVER);
            if test.holds(value & KEPT_BITS) {
                sink.put(cost, row as u32);
                if sink.full(cost, row as u32) {
                    break;
                }
            }
        }
    }

    fn scan_slips(&self, digits: &[u8], end_cost: u8, sink: &mut impl Sink) {
        let test = Test::end(&digits[digits.len().saturating_sub(KEPT)..]);
        for (row, &value) in self.values.iter().enumerate() {
            // At most two nibbles differ: the quick no for nearly all.
            let other = differing(value, test);
            let rest = other & other.wrapping_sub(1);
            if rest & rest.wrapping_sub(1) == 0
                && let Some(cost) = slip(value, test)
            {
                sink.put(end_cost + cost, row as u32);
            }
        }
    }

    /// The cheapest way a row matches, with the place of the match among the number's digits.
    fn best(&self, row: usize, digits: &[u8], end_cost: u8, slips: bool) -> Option<(u8, Range<usize>)> {
        let value = self.values[row];
        let layout = self.layout(value)?;
        let (kept, len, typed) = (value & KEPT_BITS, layout.len(), digits.len());
        if layout.ends_with(digits).holds(kept) {
            return Some((end_cost, len.saturating_sub(typed)..len));
        }
        if layout.starts_with(digits).holds(kept) {
            return Some((cost::START, 0..typed));
        }
        if typed >= SHORTEST_INSIDE
            && let Some(after) = holds(kept, digits)
        {
            return Some((cost::INSIDE, len - after - typed..len - after));
        }
        let slipped = slip(kept, Test::end(&digits[typed.saturating_sub(KEPT)..])).filter(|_| slips)?;
        Some((end_cost + slipped, len.saturating_sub(typed)..len))
    }

    pub(super) fn bytes(&self) -> usize {
        let layouts = self
            .layouts
            .iter()
            .map(|layout| size_of::<Layout>() + layout.lead.len() + 2 * layout.places.len());
        self.values.capacity() * 8 + layouts.sum::<usize>()
    }
}

fn scan_column(values: &[u64], test: Test, cost: u8, sink: &mut impl Sink) {
    const BLOCK: usize = 64;
    if sink.ceiling() <= cost {
        return;
    }
    for (block, values) in values.chunks(BLOCK).enumerate() {
        let any = values.iter().fold(false, |any, &value| any | test.holds(value));
        if !any {
            continue;
        }
        for (at, &value) in values.iter().enumerate() {
            if test.holds(value) {
                sink.put(cost, (block * BLOCK + at) as u32);
            }
        }
        if sink.full(cost, (block * BLOCK + BLOCK) as u32) {
            return;
        }
    }
}

/// The top bit of every nibble that is zero; a nibble above a zero one may be flagged as well.
#[inline(always)]
fn zero_nibbles(value: u64) -> u64 {
    value.wrapping_sub(EVERY_NIBBLE) & !value & (EVERY_NIBBLE << 3)
}

/// How many digits follow the run in the number.
fn holds(value: u64, digits: &[u8]) -> Option<usize> {
    let Test { mask, want } = Test::end(digits);
    (0..=KEPT.saturating_sub(digits.len())).find(|after| (value >> (4 * after)) & mask == want)
}

/// The lowest bit of every nibble under the mask that differs.
#[inline(always)]
fn differing(value: u64, test: Test) -> u64 {
    let other = (value ^ test.want) & test.mask;
    (other | other >> 1 | other >> 2 | other >> 3) & EVERY_NIBBLE
}

/// One wrong digit, or two neighbours swapped.
fn slip(value: u64, test: Test) -> Option<u8> {
    let other = differing(value, test);
    let first = other.trailing_zeros();
    match other.count_ones() {
        1 if value >> first & 0xf != BLANK => Some(cost::DIGIT_WRONG),
        2 if other >> first == 0x11 => {
            let (is, typed) = (value >> first & 0xff, test.want >> first & 0xff);
            (is == (typed >> 4 | (typed & 0xf) << 4)).then_some(cost::DIGITS_SWAPPED)
        }
        _ => None,
    }
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
            self.ids.scan(digits, cost::ID_END, false, sink);
            self.cases.scan(digits, cost::CASE_END, false, sink);
            self.phones.scan(digits, cost::PHONE_END, false, sink);
        }
        for (test, cost) in birth_tests(digits) {
            for (row, &birth) in self.births.iter().enumerate() {
                if test.holds(u64::from(birth)) {
                    sink.put(cost, row as u32);
                }
            }
        }
        if !term.date && sink.ceiling() > cost::INSIDE {
            self.ids.scan(digits, cost::ID_END, true, sink);
            self.phones.scan(digits, cost::PHONE_END, true, sink);
            self.cases.scan(digits, cost::CASE_END, true, sink);
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
                let marks = column.layout(column.values[row])?.marks(place);
                Some((cost, number, marks))
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
        for numbers in [&mut self.ids, &mut self.cases, &mut self.phones] {
            numbers.values.shrink_to_fit();
            numbers.layouts.shrink_to_fit();
        }
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

    fn numbers(texts: &[&str]) -> Numbers {
        let mut numbers = Numbers::default();
        let mut known = KnownLayouts::default();
        texts.iter().for_each(|text| numbers.push(text, &mut known));
        numbers
    }

    fn typed(text: &str) -> Vec<u8> {
        Digits::new(&text.chars().collect::<Vec<_>>()).unwrap().digits
    }

    #[test]
    fn a_number_matches_at_its_end_its_start_and_inside() {
        let ids = numbers(&["99140320230918565X"]);
        let best = |text| ids.best(0, &typed(text), 0, false);
        assert_eq!(best("565x"), Some((0, 14..18)));
        assert_eq!(best("9914032023"), Some((cost::START, 0..10)));
        assert_eq!(best("99140320230918565x"), Some((0, 0..18)));
        assert_eq!(best("0918"), Some((cost::INSIDE, 10..14)));
        assert_eq!(best("0919"), None);
    }

    #[test]
    fn marks_jump_over_letters_and_hyphens() {
        let cases = numbers(&["EB2024-000017"]);
        let (_, place) = cases.best(0, &typed("24-000017"), 0, false).unwrap();
        assert_eq!(cases.layouts[0].marks(place), [4..6, 7..13]);
    }

    #[test]
    fn one_wrong_digit_and_two_swapped_ones_are_slips_and_more_is_not() {
        let test = Test::end(&typed("385653"));
        let cost = |text: &str| slip(pack(&typed(text)), test);
        assert_eq!(cost("385753"), Some(cost::DIGIT_WRONG));
        assert_eq!(cost("386553"), Some(cost::DIGITS_SWAPPED));
        assert_eq!(cost("385653"), None);
        assert_eq!(cost("395553"), None);
        // Two wrong ones far apart.
        assert_eq!(cost("185651"), None);
    }

    #[test]
    fn dates_are_understood_in_the_ways_people_write_them() {
        let digits = |text: &str| date(&text.chars().collect::<Vec<_>>()).map(|date| date.digits);
        assert_eq!(digits("2015-3"), Some(typed("201503")));
        assert_eq!(digits("2015年3月12日"), Some(typed("20150312")));
        assert_eq!(digits("2015.03.12"), Some(typed("20150312")));
        assert_eq!(digits("3-12"), Some(typed("0312")));
        assert_eq!(digits("2024-000017"), None);
        assert_eq!(digits("13-40"), None);
        assert_eq!(digits("---"), None);
    }
}
