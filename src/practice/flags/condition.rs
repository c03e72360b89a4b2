//! The `when` of a rule: read from its words, and turned into the days on which it holds.
//!
//! ```text
//! lives = alone and age < 16
//! from last-visit + 7d                              on that day and all after it
//! before until - 30d                                on all days before it
//! until >= since + 6m                               two dates compared
//! 2 parents (gone and not paper)                    at least two; also: any, every, no
//! child.risk = high|medium                          inside a list: a fact of the child
//! income < income-line                              two numbers compared
//! known birth, unknown birth, caseload > 25, unattended, unattended = no, not (…), … or …
//! ```
//! What is not known makes an atom false, so `not` of it is true: where that would be wrong a rule says `known`.

mod reader;

pub(super) use reader::read;

use super::days::Days;
use super::facts::{Fact, Facts, Wanted};
use crate::practice::Offset;
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;
use std::sync::Arc;
use thiserror::Error;

#[derive(Debug, PartialEq)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// At least so many in a list.
    AtLeast(usize, &'static str, Box<Condition>),
    Every(&'static str, Box<Condition>),
    From(Day),
    Before(Day),
    Compare(Day, Relation, Day),
    Known(Name),
    Is(Name, Vec<String>),
    Yes(Name, bool),
    Number(Name, Relation, i64),
    Numbers(Name, Relation, Name),
    /// Years lived since a day of birth.
    Age(Name, Relation, u32),
    Named(Arc<Condition>),
}

/// A fact of what the rule is about, or of the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub name: &'static str,
    /// Of the name among the words that it is one of.
    pub place: usize,
    pub of_child: bool,
}

/// A day that a fact gives, moved.
#[derive(Debug, PartialEq)]
pub(super) struct Day(pub Name, pub Option<Offset>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Less,
    AtMost,
    AtLeast,
    More,
}

/// What is wrong in a condition, for the log and for scripts.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unclear {
    #[error("`{0}` is not known here; the facts are listed in the rules' README")]
    Name(String),
    #[error("`{name}` cannot be `{code}`; it is {wanted}")]
    Code { name: String, code: String, wanted: Wanted },
    #[error("`{0}` is {1}, which cannot be asked so")]
    Kind(String, Wanted),
    #[error("`{0}` is no length of time; write 7d or 6m")]
    Offset(String),
    #[error("{wanted} expected before `{at}`")]
    Expected { wanted: &'static str, at: String },
    #[error("`{number}` cannot be meant; from {least} to {most}")]
    Number { number: String, least: i64, most: i64 },
    #[error("it goes too deep; use names for its parts")]
    Deep,
}

/// Conditions that have a name, by the list they are about ("" is the child).
pub(super) type Names = BTreeMap<(String, String), Arc<Condition>>;

/// What a condition is asked about.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub child: &'a Facts,
    /// What the rule is about: the child, or one of a list and which.
    pub here: &'a Facts,
    pub place: Option<(&'static str, usize)>,
}

/// A fact that made a rule hold, or whose absence did.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Because {
    /// In which list, and which of it from 0; none: of the child.
    pub of: Option<(&'static str, usize)>,
    pub fact: &'static str,
    /// As in JSON; none: it is not known.
    pub value: Option<String>,
}

/// Which fact, not its value: it is about a family.
impl std::fmt::Debug for Because {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Because({})", self.fact)
    }
}

impl<'a> Scene<'a> {
    pub(super) fn of_child(child: &'a Facts) -> Self {
        Self { child, here: child, place: None }
    }

    pub(super) fn of_list(self, list: &'static str) -> impl Iterator<Item = Scene<'a>> {
        let all = self.child.list(list).iter().enumerate();
        all.map(move |(at, one)| Scene { child: self.child, here: one, place: Some((list, at)) })
    }

    fn fact(&self, name: Name) -> Option<&'a Fact> {
        let facts = if name.of_child { self.child } else { self.here };
        facts.at(name.place)
    }

    fn date(&self, name: Name) -> Option<NaiveDate> {
        match self.fact(name) {
            Some(Fact::Date(date)) => Some(*date),
            _ => None,
        }
    }

    fn day(&self, day: &Day) -> Option<NaiveDate> {
        let date = self.date(day.0)?;
        match day.1 {
            Some(Offset::Days(days)) => date.checked_add_signed(chrono::TimeDelta::days(days.into())),
            Some(Offset::Months(months)) => months_from(date, months),
            _ => Some(date),
        }
    }

    fn because(&self, name: Name) -> Because {
        let of = if name.of_child { None } else { self.place };
        Because { of, fact: name.name, value: self.fact(name).map(Fact::written) }
    }
}

fn months_from(date: NaiveDate, months: i32) -> Option<NaiveDate> {
    let by = Months::new(months.unsigned_abs());
    if months < 0 { date.checked_sub_months(by) } else { date.checked_add_months(by) }
}

impl Relation {
    fn holds<T: Ord>(self, first: T, second: T) -> bool {
        match self {
            Relation::Less => first < second,
            Relation::AtMost => first <= second,
            Relation::AtLeast => first >= second,
            Relation::More => first > second,
        }
    }
}

impl Condition {
    /// The days on which it holds.
    pub(super) fn days(&self, scene: Scene) -> Days {
        match self {
            // Most rules are not about this child: what decides it first ends the look.
            Self::All(parts) => {
                let mut all = Days::always();
                for part in parts {
                    all = all.and(&part.days(scene));
                    if all.is_never() {
                        break;
                    }
                }
                all
            }
            Self::Any(parts) => {
                let mut any = Days::never();
                for part in parts {
                    any = any.or(&part.days(scene));
                    if any.is_always() {
                        break;
                    }
                }
                any
            }
            Self::Not(inner) => inner.days(scene).not(),
            Self::AtLeast(count, list, inner) => {
                let all: Vec<Days> = scene.of_list(list).map(|one| inner.days(one)).collect();
                Days::at_least(*count, &all.iter().collect::<Vec<_>>())
            }
            Self::Every(list, inner) => {
                let all: Vec<Days> = scene.of_list(list).map(|one| inner.days(one)).collect();
                if all.is_empty() {
                    return Days::never();
                }
                Days::at_least(all.len(), &all.iter().collect::<Vec<_>>())
            }
            Self::From(day) => scene.day(day).map_or_else(Days::never, Days::from),
            Self::Before(day) => scene.day(day).map_or_else(Days::never, Days::before),
            Self::Compare(first, relation, second) => {
                let both = scene.day(first).zip(scene.day(second));
                Days::when(both.is_some_and(|(first, second)| relation.holds(first, second)))
            }
            Self::Known(name) => Days::when(scene.fact(*name).is_some()),
            Self::Is(name, codes) => Days::when(match scene.fact(*name) {
                Some(Fact::Codes(is)) => codes.iter().any(|code| is.contains(code)),
                _ => false,
            }),
            Self::Yes(name, wanted) => {
                Days::when(matches!(scene.fact(*name), Some(Fact::Yes(yes)) if yes == wanted))
            }
            Self::Number(name, relation, number) => Days::when(match scene.fact(*name) {
                Some(Fact::Number(is)) => relation.holds(*is, *number),
                _ => false,
            }),
            Self::Numbers(first, relation, second) => {
                Days::when(match (scene.fact(*first), scene.fact(*second)) {
                    (Some(Fact::Number(first)), Some(Fact::Number(second))) => relation.holds(first, second),
                    _ => false,
                })
            }
            Self::Age(name, relation, years) => {
                let Some(birth) = scene.date(*name) else { return Days::never() };
                // Older than 17 is 18 and more.
                let (years, less) = match relation {
                    Relation::Less => (*years, true),
                    Relation::AtMost => (years.saturating_add(1), true),
                    Relation::AtLeast => (*years, false),
                    Relation::More => (years.saturating_add(1), false),
                };
                let on = birth.checked_add_months(Months::new(years.saturating_mul(12)));
                let on = on.unwrap_or(NaiveDate::MAX);
                if less { Days::before(on) } else { Days::from(on) }
            }
            Self::Named(inner) => inner.days(scene),
        }
    }

    /// The facts by which it holds on a day, or does not.
    pub(super) fn because(&self, scene: Scene, day: NaiveDate, holds: bool, out: &mut Vec<Because>) {
        let mut those = |parts: &[Condition], all: bool| {
            for part in parts {
                if all || part.days(scene).holds(day) == holds {
                    part.because(scene, day, holds, out);
                }
            }
        };
        match self {
            Self::All(parts) => those(parts, holds),
            Self::Any(parts) => those(parts, !holds),
            Self::Not(inner) => inner.because(scene, day, !holds, out),
            Self::Named(inner) => inner.because(scene, day, holds, out),
            Self::AtLeast(_, list, inner) | Self::Every(list, inner) => {
                for one in scene.of_list(list) {
                    if inner.days(one).holds(day) == holds {
                        inner.because(one, day, holds, out);
                    }
                }
            }
            Self::From(Day(name, _))
            | Self::Before(Day(name, _))
            | Self::Known(name)
            | Self::Is(name, _)
            | Self::Yes(name, _)
            | Self::Number(name, ..)
            | Self::Age(name, ..) => out.push(scene.because(*name)),
            Self::Numbers(first, _, second) | Self::Compare(Day(first, _), _, Day(second, _)) => {
                out.push(scene.because(*first));
                out.push(scene.because(*second));
            }
        }
    }
}
