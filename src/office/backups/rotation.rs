//! Which automatic backups may go.

use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// How many are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Keep {
    pub daily: u16,
    pub weekly: u16,
    pub monthly: u16,
}

/// Of the days that have a backup, those whose backup may go: all but the newest of the last `daily` days, `weekly`
/// weeks and `monthly` months that have one. Days are counted by their backups, not by the calendar: after a long
/// pause nothing goes that would not have gone before it.
///
/// A day after `today` says that the clock was wrong when its backup was made, or is wrong now: it is neither counted
/// nor let go.
pub(super) fn outdated(days: &BTreeSet<NaiveDate>, today: NaiveDate, keep: Keep) -> BTreeSet<NaiveDate> {
    let past = || days.range(..=today).rev().copied();
    let mut kept = BTreeSet::new();
    // The newest stays whatever the numbers say.
    kept.extend(past().take(usize::from(keep.daily.max(1))));
    kept.extend(newest_of_each(past(), usize::from(keep.weekly), |day| {
        let week = day.iso_week();
        (week.year(), week.week())
    }));
    kept.extend(newest_of_each(past(), usize::from(keep.monthly), |day| (day.year(), day.month())));
    past().filter(|day| !kept.contains(day)).collect()
}

/// The first day of each of the first `most` spans; the days come newest first.
fn newest_of_each(
    days: impl Iterator<Item = NaiveDate>,
    most: usize,
    span: impl Fn(NaiveDate) -> (i32, u32),
) -> impl Iterator<Item = NaiveDate> {
    let mut last = None;
    days.filter(move |day| {
        let this = Some(span(*day));
        std::mem::replace(&mut last, this) != this
    })
    .take(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    const KEEP: Keep = Keep { daily: 7, weekly: 4, monthly: 12 };

    fn first() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 1, 1).unwrap()
    }

    /// Makes a backup on each of these days and lets go what may go, as the program does.
    fn live(days: &[NaiveDate], mut each: impl FnMut(NaiveDate, &BTreeSet<NaiveDate>)) {
        let mut there = BTreeSet::new();
        for &today in days {
            there.insert(today);
            for gone in outdated(&there, today, KEEP) {
                there.remove(&gone);
            }
            each(today, &there);
        }
    }

    fn last_of<T: PartialEq>(days: &[NaiveDate], most: usize, span: impl Fn(NaiveDate) -> T) -> Vec<T> {
        let mut spans = Vec::new();
        for day in days.iter().rev().map(|day| span(*day)) {
            if spans.last() != Some(&day) {
                spans.push(day);
            }
        }
        spans.truncate(most);
        spans
    }

    proptest! {
        /// Whatever days the PC was on: each of the last days, weeks and months that ever had a backup has one.
        #[test]
        fn the_last_days_weeks_and_months_keep_one(steps in prop::collection::vec(1u64..40, 1..200)) {
            let mut days = Vec::new();
            let mut day = first();
            for step in steps {
                // Mostly day after day, now and then a pause.
                day = day + Days::new(if step < 30 { 1 } else { step - 25 });
                days.push(day);
            }
            let mut made = Vec::new();
            live(&days, |today, there| {
                made.push(today);
                let week = |day: NaiveDate| (day.iso_week().year(), day.iso_week().week());
                let month = |day: NaiveDate| (day.year(), day.month());
                assert!(there.contains(&today));
                assert!(last_of(&made, 7, |day| day).iter().all(|day| there.contains(day)));
                assert!(last_of(&made, 4, week).iter().all(|one| there.iter().any(|day| week(*day) == *one)));
                assert!(last_of(&made, 12, month).iter().all(|one| there.iter().any(|day| month(*day) == *one)));
                assert!(there.len() <= 7 + 4 + 12, "{there:?}");
            });
        }

        /// Of any days, on any day: what is made on a day stays on it, and a day to come never goes.
        #[test]
        fn the_newest_stays_and_what_is_dated_after_today_is_left_alone(
            days in prop::collection::btree_set(0u64..2000, 1..60), today in 0u64..2000,
            daily in 0u16..10, weekly in 0u16..6, monthly in 0u16..14,
        ) {
            let days: BTreeSet<_> = days.into_iter().map(|day| first() + Days::new(day)).collect();
            let today = first() + Days::new(today);
            let gone = outdated(&days, today, Keep { daily, weekly, monthly });
            prop_assert!(gone.iter().all(|day| *day <= today && days.contains(day)));
            let newest = days.range(..=today).next_back();
            prop_assert!(newest.is_none_or(|newest| !gone.contains(newest)));
        }

        /// The clock goes wrong for some days, either way, and is set right: no good one of before has gone, but those
        /// in whose place newer ones of as many days have come.
        #[test]
        fn a_clock_that_goes_wrong_takes_no_good_one_with_it(off in -4000i64..4000, wrong in 1usize..6) {
            let good: Vec<_> = (0..400).map(|day| first() + Days::new(day)).collect();
            let mut before = BTreeSet::new();
            live(&good, |_, there| before = there.clone());
            let mut there = before.clone();
            let today = first() + Days::new(400);
            for day in 0..wrong {
                let bad = today + chrono::Duration::days(off + day as i64);
                there.insert(bad);
                for gone in outdated(&there, bad, KEEP) {
                    there.remove(&gone);
                }
                prop_assert!(there.contains(&bad));
            }
            let newest_left = before.iter().rev().take(7 - wrong).all(|day| there.contains(day));
            prop_assert!(newest_left, "{there:?}");
            prop_assert!(before.iter().filter(|day| !there.contains(day)).count() <= 3 * wrong);
            there.insert(today);
            prop_assert!(!outdated(&there, today, KEEP).contains(&today));
        }
    }

    #[test]
    fn a_year_of_days_leaves_seven_days_four_weeks_and_twelve_months() {
        let days: Vec<_> = (0..400).map(|day| first() + Days::new(day)).collect();
        let mut left = BTreeSet::new();
        live(&days, |_, there| left = there.clone());
        let text: Vec<_> = left.iter().map(ToString::to_string).collect();
        // 4 February 2026 is a Wednesday.
        let days =
            ["01-29", "01-30", "01-31", "02-01", "02-02", "02-03", "02-04"].map(|d| format!("2026-{d}"));
        let weeks = ["2026-01-18", "2026-01-25"].map(str::to_owned);
        let months =
            ["03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"];
        let months = months.map(|d| format!("2025-{d}"));
        let mut wanted: Vec<_> = days.into_iter().chain(weeks).chain(months).collect();
        wanted.sort();
        assert_eq!(text, wanted);
    }
}
