//! Why a row was found: worked out again for the few rows that are shown, so that the scans need not remember it.

use std::ops::Range;

use super::digits::{Digits, Number};
use super::pattern::Pattern;
use super::segment::Segment;
use super::{Field, How, Reason, cost};

/// Ascending places as ranges.
pub(super) fn ranges(places: impl Iterator<Item = u16>) -> Vec<Range<u16>> {
    let mut ranges: Vec<Range<u16>> = Vec::new();
    for place in places {
        match ranges.last_mut() {
            Some(last) if last.end == place => last.end += 1,
            _ => ranges.push(place..place + 1),
        }
    }
    ranges
}

/// The field that a pattern fits best in a row, and what that costs.
pub(super) fn text(segment: &Segment, row: u32, pattern: &Pattern) -> Option<(u8, Reason)> {
    let places = |field, base, walk| Some((field, base, walk)).filter(|_| pattern.len() >= 2);
    let fields = [
        Some((Field::Name, 0, segment.names.walk(row, pattern))),
        Some((Field::Guardian, cost::GUARDIAN, segment.guardians.walk(row, pattern))),
        places(Field::Village, cost::VILLAGE, segment.villages.walk(row, pattern)),
        places(Field::School, cost::SCHOOL, segment.schools.walk(row, pattern)),
    ];
    let walks = fields.into_iter().flatten();
    let (cost, field, walk) = walks
        .filter_map(|(field, base, walk)| walk.map(|walk| (walk.cost.saturating_add(base), field, walk)))
        .min_by_key(|&(cost, ..)| cost)?;
    let marks = ranges(walk.matched.iter().map(|&place| place as u16));
    Some((cost, Reason { field, how: walk.how, marks }))
}

pub(super) fn digits(segment: &Segment, row: u32, term: &Digits, slips: bool) -> Option<(u8, Reason)> {
    let (cost, number, marks) = segment.digits.best(row as usize, term, slips)?;
    let field = match number {
        Number::Id => Field::IdNumber,
        Number::Case => Field::CaseNo,
        Number::Phone => Field::Phone,
        Number::Birth => Field::Birth,
    };
    let how = if cost >= cost::DIGITS_SWAPPED { How::Typo } else { How::Digits };
    Some((cost, Reason { field, how, marks }))
}
