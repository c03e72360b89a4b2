//! Sets of days. A condition of a rule is one, so that the day on which it begins or ends to hold needs no search.

use chrono::NaiveDate;
use smallvec::{SmallVec, smallvec};
use std::iter::{once, repeat};

/// From a day to the day before `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// [`NaiveDate::MIN`]: since ever.
    pub from: NaiveDate,
    /// [`NaiveDate::MAX`]: for good.
    pub until: NaiveDate,
}

impl Span {
    pub fn begins(&self) -> Option<NaiveDate> {
        (self.from != NaiveDate::MIN).then_some(self.from)
    }

    /// The first day on which it does not hold any more.
    pub fn ends(&self) -> Option<NaiveDate> {
        (self.until != NaiveDate::MAX).then_some(self.until)
    }
}

/// Days on which something holds: spans that do not touch, in order. Nearly always one or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days(SmallVec<[Span; 2]>);

impl Days {
    pub fn never() -> Days {
        Days::default()
    }

    pub fn always() -> Days {
        Days::from(NaiveDate::MIN)
    }

    pub fn when(holds: bool) -> Days {
        if holds { Days::always() } else { Days::never() }
    }

    /// That day and all after it.
    pub fn from(day: NaiveDate) -> Days {
        Days(smallvec![Span { from: day, until: NaiveDate::MAX }])
    }

    /// All days before it.
    pub fn before(day: NaiveDate) -> Days {
        Days(smallvec![Span { from: NaiveDate::MIN, until: day }])
    }

    pub fn not(&self) -> Days {
        let edges = once(NaiveDate::MIN)
            .chain(self.0.iter().flat_map(|span| [span.from, span.until]))
            .chain(once(NaiveDate::MAX));
        let edges: SmallVec<[NaiveDate; 8]> = edges.collect();
        let gaps = edges.chunks_exact(2).map(|edge| Span { from: edge[0], until: edge[1] });
        Days(gaps.filter(|gap| gap.from < gap.until).collect())
    }

    pub fn is_never(&self) -> bool {
        self.0.is_empty()
    }

    pub fn is_always(&self) -> bool {
        matches!(self.0[..], [Span { from: NaiveDate::MIN, until: NaiveDate::MAX }])
    }

    pub fn and(&self, other: &Days) -> Days {
        match (self, other) {
            (never, _) | (_, never) if never.is_never() => Days::never(),
            (always, days) | (days, always) if always.is_always() => days.clone(),
            _ => Days::at_least(2, &[self, other]),
        }
    }

    pub fn or(&self, other: &Days) -> Days {
        match (self, other) {
            (always, _) | (_, always) if always.is_always() => Days::always(),
            (never, days) | (days, never) if never.is_never() => days.clone(),
            _ => Days::at_least(1, &[self, other]),
        }
    }

    /// The days on which at least so many of these hold.
    pub fn at_least(count: usize, of: &[&Days]) -> Days {
        if count == 0 {
            return Days::always();
        }
        let spans = || of.iter().flat_map(|days| &days.0);
        let begins = spans().map(|span| span.from).zip(repeat(true));
        let ends = spans().map(|span| span.until).zip(repeat(false));
        let mut edges: SmallVec<[(NaiveDate, bool); 16]> = begins.chain(ends).collect();
        // Of one day, what begins goes first: what ends when another begins leaves no gap.
        edges.sort_by_key(|(day, begins)| (*day, !begins));
        let (mut holding, mut since, mut days) = (0, None, SmallVec::new());
        for (day, begins) in edges {
            if begins {
                holding += 1;
                if holding == count {
                    since = Some(day);
                }
            } else {
                if holding == count
                    && let Some(from) = since.take()
                    && from < day
                {
                    days.push(Span { from, until: day });
                }
                holding -= 1;
            }
        }
        Days(days)
    }

    pub fn holds(&self, day: NaiveDate) -> bool {
        self.span(day).is_some()
    }

    /// The span in which a day lies.
    pub fn span(&self, day: NaiveDate) -> Option<Span> {
        self.0.iter().find(|span| span.from <= day && day < span.until).copied()
    }

    /// The first span that begins after a day.
    pub fn coming(&self, day: NaiveDate) -> Option<Span> {
        self.0.iter().find(|span| span.from > day).copied()
    }

    /// The next day on which it is otherwise than on this one.
    pub fn changes_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        let edges = self.0.iter().flat_map(|span| [span.from, span.until]);
        edges.into_iter().find(|edge| *edge > day && *edge != NaiveDate::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days as Step;
    use proptest::prelude::*;

    const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    const WIDTH: u64 = 24;

    fn day(n: u64) -> NaiveDate {
        FIRST + Step::new(n)
    }

    fn any_days() -> impl Strategy<Value = Days> {
        let leaf = prop_oneof![
            Just(Days::never()),
            Just(Days::always()),
            (0..WIDTH).prop_map(|n| Days::from(day(n))),
            (0..WIDTH).prop_map(|n| Days::before(day(n))),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                inner.clone().prop_map(|days| days.not()),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| a.and(&b)),
                (inner.clone(), inner).prop_map(|(a, b)| a.or(&b)),
            ]
        })
    }

    fn well_formed(days: &Days) -> bool {
        days.0.iter().all(|span| span.from < span.until)
            && days.0.windows(2).all(|pair| pair[0].until < pair[1].from)
    }

    proptest! {
        #[test]
        fn a_set_of_days_says_of_each_day_what_its_parts_say(
            a in any_days(), b in any_days(), c in any_days(), count in 0usize..5,
        ) {
            let (both, either, without) = (a.and(&b), a.or(&b), a.not());
            let several = Days::at_least(count, &[&a, &b, &c]);
            for n in 0..WIDTH + 2 {
                let today = day(n);
                let (in_a, in_b, in_c) = (a.holds(today), b.holds(today), c.holds(today));
                prop_assert_eq!(both.holds(today), in_a && in_b);
                prop_assert_eq!(either.holds(today), in_a || in_b);
                prop_assert_eq!(without.holds(today), !in_a);
                let held = [in_a, in_b, in_c].into_iter().filter(|held| *held).count();
                prop_assert_eq!(several.holds(today), held >= count);
            }
            for days in [&both, &either, &without, &several] {
                prop_assert!(well_formed(days), "{:?}", days);
            }
        }

        #[test]
        fn between_two_changes_nothing_changes(days in any_days(), n in 0..WIDTH) {
            let today = day(n);
            let next = days.changes_after(today);
            for later in n + 1..WIDTH + 2 {
                let later = day(later);
                if next.is_none_or(|next| later < next) {
                    prop_assert_eq!(days.holds(later), days.holds(today));
                }
            }
            if let Some(next) = next {
                prop_assert_ne!(days.holds(next), days.holds(today));
            }
        }
    }
}
