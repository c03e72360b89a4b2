//! Quality checks of files: what is missing, late, unvisited. Most say what the rules say already; `quality.toml` only
//! puts them together.

mod table;

pub use table::wanted;

use super::{Certainty, RuleFault, deadlines::Words};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use uuid::Uuid;

pub(super) const CORE: &str = include_str!("../../assets/practice/quality.toml");

/// The checks in force, in the order of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checks(Vec<Check>);

#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub id: String,
    pub group: Group,
    pub test: Test,
    pub text: Words,
    /// Where it stands; none: where its rules stand.
    pub source: Option<(Words, Certainty)>,
}

/// What a check is about, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Missing,
    Late,
    Unvisited,
    Voice,
    Waiting,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// One of these rules says something.
    Flags(BTreeSet<String>),
    FieldsMissing,
    Overdue {
        days: u16,
    },
    NotMet {
        days: u16,
    },
    NoOwnWords {
        from_age: u32,
    },
}

/// What is known of a file.
#[derive(Clone, Debug, Default)]
pub struct Inspected<'a> {
    /// Rules that hold today and that nobody overruled.
    pub flags: BTreeSet<&'a str>,
    pub fields_missing: bool,
    /// Of the follow-up that is longest overdue.
    pub overdue_days: i64,
    pub opened: Option<NaiveDate>,
    /// The last visit at which the child itself was met.
    pub met: Option<NaiveDate>,
    pub own_words: bool,
    /// In full years.
    pub age: Option<u32>,
}

impl Group {
    pub const ALL: [Group; 5] = [Group::Missing, Group::Late, Group::Unvisited, Group::Voice, Group::Waiting];

    pub fn code(self) -> &'static str {
        match self {
            Group::Missing => "missing",
            Group::Late => "late",
            Group::Unvisited => "unvisited",
            Group::Voice => "voice",
            Group::Waiting => "waiting",
        }
    }
}

impl Checks {
    /// The core's under the station's copy. `is_rule` knows the ids of rules.
    ///
    /// # Errors
    /// The first thing that is wrong, and in which line.
    pub fn of_station(text: Option<&str>, is_rule: &dyn Fn(&str) -> bool) -> Result<Self, RuleFault> {
        let mut checks: Vec<Check> =
            table::read(CORE, is_rule)?.into_iter().filter_map(|(_, check)| check).collect();
        for (id, check) in text.map_or(Ok(vec![]), |text| table::read(text, is_rule))? {
            match (checks.iter().position(|old| old.id == id), check) {
                (Some(at), Some(check)) => checks[at] = check,
                (Some(at), None) => drop(checks.remove(at)),
                (None, Some(check)) => checks.push(check),
                (None, None) => {}
            }
        }
        checks.sort_by_key(|check| check.group);
        Ok(Self(checks))
    }

    pub fn all(&self) -> &[Check] {
        &self.0
    }

    /// Positions of the checks that a file fails.
    pub fn failed(&self, file: &Inspected, today: NaiveDate) -> Vec<usize> {
        let fails = |check: &Check| match &check.test {
            Test::Flags(rules) => rules.iter().any(|rule| file.flags.contains(rule.as_str())),
            Test::FieldsMissing => file.fields_missing,
            Test::Overdue { days } => file.overdue_days >= i64::from(*days),
            Test::NotMet { days } => {
                let long_ago = |on: NaiveDate| (today - on).num_days() > i64::from(*days);
                match (file.met, file.opened) {
                    (Some(met), _) => long_ago(met),
                    (None, opened) => opened.is_none_or(long_ago),
                }
            }
            Test::NoOwnWords { from_age } => !file.own_words && file.age.is_none_or(|age| age >= *from_age),
        };
        (0..self.0.len()).filter(|at| fails(&self.0[*at])).collect()
    }
}

/// So many of these, by a seed: with the same seed the same ones are drawn again, and one that is gone or new meanwhile
/// changes nothing for the others.
pub fn draw(ids: impl IntoIterator<Item = Uuid>, count: usize, seed: u64) -> Vec<Uuid> {
    let mut drawn: Vec<(u64, Uuid)> = ids.into_iter().map(|id| (rank(id, seed), id)).collect();
    drawn.sort_unstable();
    drawn.truncate(count);
    drawn.into_iter().map(|(_, id)| id).collect()
}

/// SplitMix64 over the id: no number of it tells anything about the next.
fn rank(id: Uuid, seed: u64) -> u64 {
    let (high, low) = id.as_u64_pair();
    [high, low].into_iter().fold(seed, |state, part| {
        let mut mixed = (state ^ part).wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    })
}

#[cfg(test)]
mod tests;
