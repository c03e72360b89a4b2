//! What the rules say of a child: flags, each with the facts behind it, what to do, and where that stands.
//!
//! A flag is a function of facts and a day. Its condition is a set of days, so the day on which a flag will begin or
//! end is known when it is looked at, and nothing has to be looked at again before [`Look::changes`].

mod condition;
pub mod days;
pub mod examples;
pub mod facts;
mod reading;
mod table;

pub use condition::{Because, Unclear};
pub use days::{Days, Span};
pub use facts::{Fact, FactFlaw, Facts, Kind, Wanted};
pub use reading::{FactFault, read_facts, read_json};

use super::deadlines::Words;
use super::{Certainty, Offset, RuleFault};
use crate::domain::{FieldId, RecordKind};
use chrono::{Months, NaiveDate, TimeDelta};
use condition::{Condition, Names, Scene};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use table::{Written, read_names, read_rules};

macro_rules! tables {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../assets/practice/", $name)))),*]
    };
}

/// The tables that ship with the program. A name that one defines is known in those after it.
pub const TABLES: &[(&str, &str)] = tables![
    "triage.toml",
    "eligibility.toml",
    "prevention.toml",
    "protection.toml",
    "lifecycle.toml",
    "referral.toml",
    "fostering.toml",
    "companionship.toml",
    "closure.toml",
    "staffing.toml",
];

/// How pressing a flag is, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// At once, before anything else.
    Urgent,
    /// Something must be done.
    Act,
    /// Something is not as it should be on file.
    Mend,
    /// The child has a right to something.
    Entitled,
    /// Worth knowing.
    Know,
}

impl Grade {
    pub fn code(self) -> &'static str {
        match self {
            Grade::Urgent => "urgent",
            Grade::Act => "act",
            Grade::Mend => "mend",
            Grade::Entitled => "entitled",
            Grade::Know => "know",
        }
    }
}

#[derive(Debug, PartialEq)]
pub struct FlagRule {
    pub id: String,
    /// Asked of each of a list instead of the child.
    pub each: Option<&'static str>,
    condition: Condition,
    /// Of the child: on other days the rule is silent. It is no reason, so it is not given as one.
    scope: Option<Condition>,
    pub grade: Grade,
    /// How long before it begins it is told.
    pub ahead: Option<Offset>,
    /// What is so, what to do, and where that stands, in both languages.
    pub text: Words,
    pub act: Words,
    pub source: Words,
    pub certainty: Certainty,
    /// Of the manual.
    pub page: Option<String>,
    /// A save that makes it so is refused, at the first of these fields that it changes.
    pub stops: Vec<(RecordKind, FieldId)>,
    /// From the station's own copy of a table.
    pub own: bool,
}

/// All rules for flags that are in force.
#[derive(Debug, Default, PartialEq)]
pub struct FlagRules {
    rules: Vec<FlagRule>,
    silenced: BTreeSet<String>,
}

/// What a rule says on a day.
pub struct Flag<'a> {
    pub rule: &'a FlagRule,
    /// Which of a list it is about, from 0.
    pub about: Option<usize>,
    pub span: Span,
    /// It holds today; otherwise it will from `span.from` on.
    pub now: bool,
    /// In the order of lists and names, each once.
    pub because: Vec<Because>,
}

/// All that the rules say on a day, the most pressing first; and the day on which they may say something else. The
/// reasons of a flag that goes on may become more before that day.
pub struct Look<'a> {
    pub flags: Vec<Flag<'a>>,
    pub changes: Option<NaiveDate>,
}

impl FlagRules {
    /// The rules that ship with the program.
    ///
    /// # Errors
    /// None, if the tests passed.
    pub fn core() -> Result<Self, RuleFault> {
        Self::load(|_| None)
    }

    /// The core's tables, each under the station's copy: there, a rule or name with the same id replaces, `off = true`
    /// silences a rule, a new id adds.
    ///
    /// # Errors
    /// The first thing that is wrong, with its table and line. None of the tables is in force then.
    pub fn load<'a>(own: impl Fn(&str) -> Option<&'a str>) -> Result<Self, RuleFault> {
        let (mut rules, mut silenced, mut names) = (vec![], BTreeSet::new(), Names::new());
        for (file, text) in TABLES {
            let core = Written::read(file, text)?;
            let own = own(file).map(|text| Written::read(file, text)).transpose()?;
            read_names(&[Some(&core), own.as_ref()].into_iter().flatten().collect::<Vec<_>>(), &mut names)?;
            let core = read_rules(core, &names)?;
            rules.extend(core.into_iter().filter_map(|(_, rule)| rule));
            let Some(own) = own else { continue };
            for (id, rule) in read_rules(own, &names)? {
                let rule = rule.map(|rule| FlagRule { own: true, ..rule });
                let at = rules.iter().position(|old: &FlagRule| old.id == id);
                match (at, rule) {
                    (Some(at), Some(rule)) => rules[at] = rule,
                    (Some(at), None) => drop(silenced.insert(rules.remove(at).id)),
                    (None, Some(rule)) => rules.push(rule),
                    (None, None) => {}
                }
            }
        }
        Ok(Self { rules, silenced })
    }

    pub fn all(&self) -> &[FlagRule] {
        &self.rules
    }

    pub fn get(&self, id: &str) -> Option<&FlagRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// There is such a rule, or there was one before the station silenced it.
    pub fn knows(&self, id: &str) -> bool {
        self.silenced.contains(id) || self.get(id).is_some()
    }

    pub fn look(&self, facts: &Facts, today: NaiveDate) -> Look<'_> {
        let mut look = Look { flags: vec![], changes: None };
        self.rules.iter().for_each(|rule| look.ask(rule, facts, today));
        look.flags.sort_by_key(|flag| (!flag.now, flag.rule.grade));
        look
    }

    /// What these rules alone say today, without what is still to come.
    pub fn holding(
        &self,
        rules: impl Fn(&FlagRule) -> bool,
        facts: &Facts,
        today: NaiveDate,
    ) -> Vec<Flag<'_>> {
        let mut look = Look { flags: vec![], changes: None };
        self.rules.iter().filter(|rule| rules(rule)).for_each(|rule| look.ask(rule, facts, today));
        look.flags.retain(|flag| flag.now);
        look.flags
    }
}

impl<'a> Look<'a> {
    fn ask(&mut self, rule: &'a FlagRule, facts: &Facts, today: NaiveDate) {
        let child = Scene::of_child(facts);
        match rule.each {
            None => self.take(rule, child, today),
            Some(list) => child.of_list(list).for_each(|one| self.take(rule, one, today)),
        }
    }

    fn take(&mut self, rule: &'a FlagRule, scene: Scene, today: NaiveDate) {
        let mut days = rule.condition.days(scene);
        if let Some(scope) = rule.scope.as_ref().filter(|_| !days.is_never()) {
            days = days.and(&scope.days(Scene::of_child(scene.child)));
        }
        if days.is_never() {
            return;
        }
        let sooner = |this: &mut Self, day: Option<NaiveDate>| {
            this.changes = this.changes.into_iter().chain(day.filter(|day| *day > today)).min();
        };
        sooner(self, days.changes_after(today));
        let now = days.span(today);
        let coming = days.coming(today).filter(|_| now.is_none()).zip(rule.ahead);
        let coming = coming.and_then(|(span, ahead)| {
            let told = before(span.from, ahead);
            sooner(self, Some(told));
            (told <= today).then_some(span)
        });
        let Some(span) = now.or(coming) else { return };
        let mut because = vec![];
        rule.condition.because(scene, today.max(span.from), true, &mut because);
        because.sort();
        because.dedup();
        let about = scene.place.map(|(_, at)| at);
        self.flags.push(Flag { rule, about, span, now: now.is_some(), because });
    }
}

/// A length of time in a rule: no longer than a childhood.
fn length(text: &str) -> Option<Offset> {
    super::deadlines::table::within(text, 7_000)
}

fn before(day: NaiveDate, by: Offset) -> NaiveDate {
    let moved = match by {
        Offset::Days(days) => day.checked_sub_signed(TimeDelta::days(days.unsigned_abs().into())),
        Offset::Months(months) => day.checked_sub_months(Months::new(months.unsigned_abs())),
        _ => None,
    };
    moved.unwrap_or(day)
}

#[cfg(test)]
mod tests;
