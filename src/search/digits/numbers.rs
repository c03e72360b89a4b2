//! One number of every row, as nibbles, and the ways to look for digits in all of them at once.
//!
//! A number keeps its last twelve digits and the number of its *layout*: everything else about the text, that is, where
//! digits stand and which digits come before the last twelve. Thousands of ID numbers share the layout "991403 and
//! twelve digits"; all phones share one.

use std::collections::HashMap;
use std::ops::Range;

use super::super::cost;
use super::super::explain;
use super::super::rank::Sink;
use super::X;

/// Digits that a number keeps in its own eight bytes; the layout has the others.
const KEPT: usize = 12;
const KEPT_BITS: u64 = (1 << (4 * KEPT)) - 1;
/// Stands where a number has no digit; equals no digit.
const BLANK: u64 = 0xf;
/// Shorter runs are inside everything.
pub(super) const SHORTEST_INSIDE: usize = 3;
const EVERY_NIBBLE: u64 = 0x1111_1111_1111;
const NO_LAYOUT: u16 = u16::MAX;
/// No number is longer; a damaged roster's may be.
const LONGEST_TEXT: usize = 64;

/// A row's number equals what was typed, seen through a mask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Test {
    pub(super) mask: u64,
    pub(super) want: u64,
}

impl Test {
    const NEVER: Test = Test { mask: 0, want: 1 };

    #[inline(always)]
    pub(super) fn holds(self, value: u64) -> bool {
        value & self.mask == self.want
    }

    /// The last digits are these.
    pub(super) fn end(digits: &[u8]) -> Test {
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
        for (place, c) in text.chars().take(LONGEST_TEXT).enumerate() {
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

    /// Puts rows that end in or start with the digits.
    pub(super) fn scan(&self, digits: &[u8], end_cost: u8, sink: &mut impl Sink) {
        self.scan_each(|layout| layout.ends_with(digits), end_cost, sink);
        self.scan_each(|layout| layout.starts_with(digits), cost::START, sink);
    }

    fn scan_each(&self, test: impl Fn(&Layout) -> Test, cost: u8, sink: &mut impl Sink) {
        let tests: Vec<Test> = self.layouts.iter().map(test).collect();
        if sink.ceiling() <= cost || tests.iter().all(|test| *test == Test::NEVER) {
            return;
        }
        if tests.iter().all(|test| *test == tests[0]) {
            let test = tests[0];
            let sieve = |value: u64| is_zero((value & KEPT_BITS & test.mask) ^ test.want);
            return for_blocks(&self.values, sieve, |row, _| {
                sink.put(cost, row);
                !sink.full(cost, row)
            });
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

    /// Puts rows that hold the digits anywhere among the kept ones.
    pub(super) fn scan_inside(&self, digits: &[u8], sink: &mut impl Sink) {
        // The last digits typed: the first ones (100…, 2024…) are common to many rows.
        let [.., third, second, first] = *digits else { return };
        if digits.len() > KEPT || sink.ceiling() <= cost::INSIDE {
            return;
        }
        let [first, second, third] = [first, second, third].map(|digit| EVERY_NIBBLE * u64::from(digit));
        // These three one after the other, somewhere; may say yes too often.
        let may_hold = |value: u64| {
            let value = value & KEPT_BITS;
            zero_nibbles(value ^ first) & zero_nibbles(value ^ second) >> 4 & zero_nibbles(value ^ third) >> 8
        };
        for_blocks(&self.values, may_hold, |row, value| {
            if holds(value & KEPT_BITS, digits).is_some() {
                sink.put(cost::INSIDE, row);
            }
            true
        });
    }

    pub(super) fn scan_slips(&self, digits: &[u8], end_cost: u8, sink: &mut impl Sink) {
        let test = Test::end(&digits[digits.len().saturating_sub(KEPT)..]);
        // At most two digits differ: the quick no for nearly all. Eight digits need but half a vector lane.
        let visit = |row, value| {
            if let Some(cost) = slip(value, test) {
                sink.put(end_cost + cost, row);
            }
            true
        };
        if digits.len() <= 8 {
            let (mask, want) = (test.mask as u32, test.want as u32);
            let sieve = |value: u64| {
                let other = (value as u32 ^ want) & mask;
                let other = (other | other >> 1 | other >> 2 | other >> 3) & EVERY_NIBBLE as u32;
                let rest = other & other.wrapping_sub(1);
                u64::from(rest & rest.wrapping_sub(1) == 0)
            };
            for_blocks(&self.values, sieve, visit);
        } else {
            let sieve = |value: u64| {
                let other = differing(value, test);
                let rest = other & other.wrapping_sub(1);
                is_zero(rest & rest.wrapping_sub(1))
            };
            for_blocks(&self.values, sieve, visit);
        }
    }

    /// The cheapest way a row matches, with the place of the match among the number's digits.
    pub(super) fn best(
        &self,
        row: usize,
        digits: &[u8],
        end_cost: u8,
        slips: bool,
    ) -> Option<(u8, Range<usize>)> {
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

    /// Chars of the row's text that hold `digits`, counted in digits.
    pub(super) fn marks(&self, row: usize, digits: Range<usize>) -> Vec<Range<u16>> {
        let places = self.layout(self.values[row]).and_then(|layout| layout.places.get(digits));
        explain::ranges(places.unwrap_or_default().iter().copied())
    }

    pub(super) fn shrink(&mut self) {
        self.values.shrink_to_fit();
        self.layouts.shrink_to_fit();
    }

    pub(super) fn bytes(&self) -> usize {
        let layouts = self
            .layouts
            .iter()
            .map(|layout| size_of::<Layout>() + layout.lead.len() + 2 * layout.places.len());
        self.values.capacity() * 8 + layouts.sum::<usize>()
    }
}

/// Visits the values that a sieve lets through (by not answering 0), until told to stop. The sieve runs over whole
/// blocks without a branch, in vector instructions.
fn for_blocks(values: &[u64], sieve: impl Fn(u64) -> u64, mut visit: impl FnMut(u32, u64) -> bool) {
    const BLOCK: usize = 32;
    for (block, values) in values.chunks(BLOCK).enumerate() {
        if values.iter().fold(0, |any, &value| any | sieve(value)) == 0 {
            continue;
        }
        for (at, &value) in values.iter().enumerate() {
            if sieve(value) != 0 && !visit((block * BLOCK + at) as u32, value) {
                return;
            }
        }
    }
}

/// 1 for 0, without a comparison: 64-bit ones have no vector form on old processors.
#[inline(always)]
fn is_zero(value: u64) -> u64 {
    !(value | value.wrapping_neg()) >> 63
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
pub(super) fn slip(value: u64, test: Test) -> Option<u8> {
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

#[cfg(test)]
mod tests {
    use super::super::Digits;
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
        assert_eq!(cases.marks(0, place), [4..6, 7..13]);
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
}
