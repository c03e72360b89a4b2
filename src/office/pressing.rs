//! What the rules say of a child, in short: lists know it without opening the file.

use super::Grade;
use chrono::{Datelike, NaiveDate};

/// What the rules say of a child today. Flags that somebody overruled, and those that only will hold, do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pressing {
    /// Of the most pressing flag.
    pub grade: Option<Grade>,
    /// How many flags are urgent: [`Pressing::MOST`] stands for that and more.
    pub urgent: u8,
    /// How many flags want something done; the same.
    pub act: u8,
    /// The plan of the open case waits for its approval.
    pub plan_waits: bool,
    /// The closure does.
    pub closure_waits: bool,
    /// Nobody has visited for longer than the rules allow.
    pub visit_late: bool,
    /// The first day on which any of this may be otherwise.
    pub changes: Option<NaiveDate>,
}

impl Pressing {
    pub const MOST: u8 = 15;

    /// At least as pressing as this.
    pub fn reaches(&self, grade: Grade) -> bool {
        self.grade.is_some_and(|own| own <= grade)
    }
}

/// The same in four bytes, as there is one for every child in memory. The first one is of a child whom the rules were
/// not asked about.
///
/// ```text
/// bits 0-2    the most pressing grade, from 2; 1: no flag; 0: not known
///      3-6    urgent flags, 7-10 flags to act on
///      11-13  plan waits, closure waits, visit late
///      16-31  the day of change, from 31 December 1999; all ones: none
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Packed(u32);

const GRADES: [Grade; 5] = [Grade::Urgent, Grade::Act, Grade::Mend, Grade::Entitled, Grade::Know];
/// Day number of 31 December 1999.
const EPOCH: i32 = 730_119;
const NO_DAY: u32 = 0xffff;
const PLAN: u32 = 1 << 11;
const CLOSURE: u32 = 1 << 12;
const VISIT: u32 = 1 << 13;
/// All but the day.
const SEEN: u32 = 0xffff;

impl Packed {
    pub(super) const UNKNOWN: Packed = Packed(0);

    pub(super) fn is_known(self) -> bool {
        self != Self::UNKNOWN
    }

    /// The rules are to be asked again on this day number.
    pub(super) fn is_due(self, day: i32) -> bool {
        let on = self.0 >> 16;
        !self.is_known() || (on != NO_DAY && on <= day_bits(day))
    }

    /// Lists show the same of both.
    pub(super) fn looks_like(self, other: Self) -> bool {
        (self.0 ^ other.0) & SEEN == 0
    }

    /// None: not known.
    pub(super) fn get(self) -> Option<Pressing> {
        let grade = (self.0 & 7).checked_sub(1)?;
        let on = self.0 >> 16;
        let day = (on != NO_DAY).then(|| NaiveDate::from_num_days_from_ce_opt(EPOCH + on as i32));
        let count = |at: u32| (self.0 >> at & u32::from(Pressing::MOST)) as u8;
        Some(Pressing {
            grade: grade.checked_sub(1).and_then(|at| GRADES.get(at as usize)).copied(),
            urgent: count(3),
            act: count(7),
            plan_waits: self.0 & PLAN != 0,
            closure_waits: self.0 & CLOSURE != 0,
            visit_late: self.0 & VISIT != 0,
            changes: day.flatten(),
        })
    }

    pub(super) fn to_bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    pub(super) fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(bytes))
    }
}

/// A day far away is taken for one that is nearer: then the rules are asked once more.
fn day_bits(day: i32) -> u32 {
    day.saturating_sub(EPOCH).clamp(0, NO_DAY as i32 - 1) as u32
}

impl From<Pressing> for Packed {
    fn from(of: Pressing) -> Self {
        let grade = of.grade.and_then(|grade| GRADES.iter().position(|one| *one == grade));
        let bit = |there: bool, bit: u32| if there { bit } else { 0 };
        let count = |count: u8| u32::from(count.min(Pressing::MOST));
        let day = of.changes.map_or(NO_DAY, |on| day_bits(on.num_days_from_ce()));
        Self(
            grade.map_or(1, |at| at as u32 + 2)
                | count(of.urgent) << 3
                | count(of.act) << 7
                | bit(of.plan_waits, PLAN)
                | bit(of.closure_waits, CLOSURE)
                | bit(of.visit_late, VISIT)
                | day << 16,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    proptest! {
        #[test]
        fn four_bytes_hold_all_of_it(
            grade in proptest::option::of(0..5usize), urgent in 0..=15u8, act in 0..=15u8,
            waits in any::<[bool; 3]>(), days in proptest::option::of(1..65_000i32),
        ) {
            let of = Pressing {
                grade: grade.map(|at| GRADES[at]),
                urgent,
                act,
                plan_waits: waits[0],
                closure_waits: waits[1],
                visit_late: waits[2],
                changes: days.and_then(|days| NaiveDate::from_num_days_from_ce_opt(EPOCH + days)),
            };
            let packed = Packed::from(of);
            prop_assert_eq!(packed.get(), Some(of));
            prop_assert_eq!(Packed::from_bytes(packed.to_bytes()), packed);
        }
    }

    #[test]
    fn the_rules_are_asked_again_on_the_day_of_change_and_for_whom_they_never_were() {
        let on = |text: &str| day(text).num_days_from_ce();
        let of = |changes| Packed::from(Pressing { changes, ..Pressing::default() });
        let then = of(Some(day("2026-05-01")));
        assert!(!then.is_due(on("2026-04-30")));
        assert!(then.is_due(on("2026-05-01")) && then.is_due(on("2026-06-01")));
        assert!(!of(None).is_due(on("2090-01-01")), "nothing will change");
        assert!(Packed::UNKNOWN.is_due(on("2026-01-01")));
    }

    #[test]
    fn a_child_with_more_flags_than_fit_has_the_most_that_do() {
        let many = Pressing { grade: Some(Grade::Act), act: 200, ..Pressing::default() };
        assert_eq!(Packed::from(many).get().map(|of| (of.urgent, of.act)), Some((0, Pressing::MOST)));
    }
}
