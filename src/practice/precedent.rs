//! Precedents 案例: what was tried in a closed case and what came of it, in codes and bands, with a few lines that somebody
//! has read and let go. No name, place, school or day.

pub mod draft;
pub mod likeness;
pub mod table;

pub use draft::{Closed, Line, draft};
pub use likeness::{Like, likeness};
pub use table::Precedents;

use crate::domain::forms::{
    CATEGORIES, CIRCUMSTANCES, CLOSE_REASONS, RISKS, SEXES,
    services::{AGENCIES, COLOURS, DOMAINS, LIVES, OUTCOMES, PLACEMENTS},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// In years, both included; the last is whoever is older.
pub const AGES: [(&str, u8, u8); 7] = [
    ("0-2", 0, 2),
    ("3-5", 3, 5),
    ("6-8", 6, 8),
    ("9-11", 9, 11),
    ("12-14", 12, 14),
    ("15-17", 15, 17),
    ("18-up", 18, u8::MAX),
];
/// How long a case was open, in full months, each up to and without the next.
pub const LENGTHS: [(&str, u32); 5] =
    [("under-3", 0), ("from-3", 3), ("from-6", 6), ("from-12", 12), ("from-24", 24)];
/// How often something was done.
pub const TIMES: [(&str, usize); 4] = [("once", 1), ("few", 2), ("some", 6), ("many", 21)];
/// What can be done, beside referrals and placements.
pub const TRIED: [&str; 6] = ["visit", "call", "session", "conference", "family-contact", "goal"];
pub const GOAL_ENDS: [&str; 3] = ["reached", "dropped", "open"];
/// From what a line comes.
pub const SOURCES: [&str; 15] = [
    "reason",
    "finding",
    "assessment",
    "plan",
    "goal",
    "visit",
    "note",
    "session",
    "family-contact",
    "conference",
    "referral",
    "placement",
    "review",
    "closure",
    "follow-up",
];
/// What a line tells: what happened, what helped, what did not.
pub const TELLS: [&str; 3] = ["happened", "helped", "did-not"];

/// Lines of one precedent at most, and characters of a line.
pub const MOST_LINES: usize = 60;
pub const LONGEST_LINE: usize = 300;
/// Entries of each list: no case that somebody reads has more.
const MOST: usize = 100;
const LAST_MONTH: u16 = 300;

/// What two children are compared by. "" is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    pub sex: String,
    /// Of [`AGES`], when the case began.
    pub age: String,
    pub categories: BTreeSet<String>,
    /// Of father and mother.
    pub circumstances: BTreeSet<String>,
    pub lives: String,
    pub risk: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referred {
    pub to: String,
    /// "" while there is none.
    pub outcome: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    pub domain: String,
    pub end: String,
}

/// Bands of the first score and of the last that can be compared with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scored {
    pub domain: String,
    pub first: String,
    pub last: String,
}

/// A line that somebody read and let go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub source: String,
    /// Of the case, from 1.
    pub month: Option<u16>,
    pub tells: String,
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Precedent {
    pub child: Profile,
    /// How often, by what.
    pub tried: BTreeMap<String, String>,
    pub referrals: BTreeSet<Referred>,
    pub placements: BTreeSet<String>,
    pub goals: Vec<Goal>,
    pub scores: BTreeSet<Scored>,
    /// Why it was closed, and after how long.
    pub outcome: String,
    pub length: String,
    pub lines: Vec<Told>,
}

/// What is not as a precedent has it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// Not repeated: it may be anything.
    #[error("a code of {0} is not known to this program")]
    Code(&'static str),
    #[error("it has more entries or longer texts than any case has")]
    TooMuch,
    #[error("a text has characters that no text has")]
    Characters,
    #[error("it does not read as a precedent")]
    Shape,
    #[error("line {0} tells who somebody is")]
    Identifies(usize),
}

impl Precedent {
    /// What came from elsewhere may be anything: only codes that there are, texts of a length that one reads.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), Flaw> {
        let one =
            |list: &'static str, codes: &[&str], code: &str| match code.is_empty() || codes.contains(&code) {
                true => Ok(()),
                false => Err(Flaw::Code(list)),
            };
        let band = |codes: &[&str], list, code: &str| one(list, codes, code);
        let ages = AGES.map(|(code, ..)| code);
        let child = &self.child;
        one("sex", SEXES, &child.sex)?;
        band(&ages, "age-band", &child.age)?;
        one("lives", LIVES, &child.lives)?;
        one("risk", RISKS, &child.risk)?;
        child.categories.iter().try_for_each(|code| one("category", CATEGORIES, code))?;
        child.circumstances.iter().try_for_each(|code| one("circumstance", CIRCUMSTANCES, code))?;
        for (what, times) in &self.tried {
            one("tried", &TRIED, what)?;
            band(&TIMES.map(|(code, _)| code), "times", times)?;
        }
        for referred in &self.referrals {
            one("agency", AGENCIES, &referred.to)?;
            one("outcome", OUTCOMES, &referred.outcome)?;
        }
        self.placements.iter().try_for_each(|code| one("placement", PLACEMENTS, code))?;
        for goal in &self.goals {
            one("domain", DOMAINS, &goal.domain)?;
            one("goal-end", &GOAL_ENDS, &goal.end)?;
        }
        for scored in &self.scores {
            one("domain", DOMAINS, &scored.domain)?;
            one("colour", COLOURS, &scored.first)?;
            one("colour", COLOURS, &scored.last)?;
        }
        one("close-reason", CLOSE_REASONS, &self.outcome)?;
        band(&LENGTHS.map(|(code, _)| code), "case-length", &self.length)?;
        if self.lines.len() > MOST_LINES
            || self.goals.len() > MOST
            || self.scores.len() > MOST
            || self.referrals.len() > MOST
        {
            return Err(Flaw::TooMuch);
        }
        for line in &self.lines {
            one("line-source", &SOURCES, &line.source)?;
            one("line-tells", &TELLS, &line.tells)?;
            if line.text.chars().count() > LONGEST_LINE || line.month.is_some_and(|month| month > LAST_MONTH)
            {
                return Err(Flaw::TooMuch);
            }
            if crate::domain::plain::one_line(&line.text) != line.text {
                return Err(Flaw::Characters);
            }
        }
        Ok(())
    }

    /// The same for the same contents, wherever it was made.
    pub fn fingerprint(&self) -> [u8; 32] {
        // Plain structs of texts: this cannot fail, and nothing else would look like it.
        let bytes = rmp_serde::to_vec_named(self).unwrap_or_default();
        blake3::derive_key("tonghu precedent contents v1", &bytes)
    }
}

/// The band of an age in years.
pub fn age_band(years: u32) -> &'static str {
    let years = u8::try_from(years).unwrap_or(u8::MAX);
    AGES.iter().find(|(_, from, to)| (*from..=*to).contains(&years)).map_or("", |(code, ..)| code)
}

pub(crate) fn times(count: usize) -> &'static str {
    TIMES.iter().rev().find(|(_, from)| count >= *from).map_or("", |(code, _)| code)
}

pub(crate) fn length(months: u32) -> &'static str {
    LENGTHS.iter().rev().find(|(_, from)| months >= *from).map_or("", |(code, _)| code)
}

#[cfg(test)]
mod tests;
