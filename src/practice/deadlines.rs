//! What is due, and when: the rules of `deadlines.toml` applied to something that happened.

pub(super) mod table;
mod watch;

pub use watch::{Turn, Watched};

use super::Calendar;
use super::fault::RuleFault;
use crate::domain::forms::member;
use crate::domain::{DueRow, Fields, RecordId};
use chrono::{Days, Months, NaiveDate};
use serde::Deserialize;

pub(super) const CORE: &str = include_str!("../../assets/practice/deadlines.toml");

/// Every rule in force, in the order of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules(Vec<Rule>);

/// One rule: what has happened, to whom, what is then due and when, and on whose word.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub id: String,
    pub on: Trigger,
    /// Risk codes, `unknown` for none yet; empty: whatever the risk.
    pub risk: Vec<String>,
    /// Codes of `circumstance`; empty: any.
    pub among: Vec<String>,
    /// The birthday.
    pub age: Option<u32>,
    /// Id of the flag, of a rule that is set off by one.
    pub flag: Option<String>,
    /// The day in a record, of a rule that is set off by one.
    pub watched: Option<Watched>,
    pub after: Offset,
    /// Code of `follow-up-kind`.
    pub kind: String,
    /// Code of `repeat`.
    pub repeat: Option<String>,
    /// What is asked, and where that stands, in both languages.
    pub text: Words,
    pub source: Words,
    pub certainty: Certainty,
    /// From the station's own copy of the table.
    pub own: bool,
    /// Where it stands in its table, from 1.
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub zh: String,
    pub en: String,
}

/// What sets a rule off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    Registered,
    RiskSet,
    Contact,
    Assessed,
    /// A plan was made, or reviewed.
    Planned,
    /// The end of a parent's or carer's circumstance.
    Until,
    /// The police took the report that a parent is out of contact or missing.
    Reported,
    Birthday,
    /// A flag begins to hold; it ends with the flag.
    Flag,
    /// A conference decided something.
    Decision,
    /// A day stands in a record; it ends with the record's answer.
    Day,
}

/// How surely a rule's source is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Certainty {
    /// The source itself was read.
    #[serde(rename = "V")]
    Read,
    /// Only an excerpt of it was.
    #[serde(rename = "E")]
    Excerpt,
    #[serde(rename = "M")]
    Memory,
    /// No source: a default to start from.
    #[serde(rename = "D")]
    Default,
}

impl Certainty {
    pub fn code(self) -> &'static str {
        match self {
            Certainty::Read => "V",
            Certainty::Excerpt => "E",
            Certainty::Memory => "M",
            Certainty::Default => "D",
        }
    }
}

/// From the event to the due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    /// Follow-ups are due on a day: 24 hours end tomorrow, whatever the time is now.
    Hours(u32),
    Days(i32),
    Workdays(u32),
    Months(i32),
}

/// What happened to a child.
#[derive(Clone, Copy)]
pub enum Event<'a> {
    Registered {
        on: NaiveDate,
    },
    /// The risk is now another.
    RiskSet,
    /// A visit, call, attempt or refusal was written down: with its real date.
    Contact {
        on: NaiveDate,
    },
    Assessed {
        on: NaiveDate,
    },
    Planned {
        on: NaiveDate,
    },
    /// A parent's or carer's circumstances were written down or changed.
    Circumstance {
        before: Option<Circumstance<'a>>,
        now: Circumstance<'a>,
    },
    /// The birth date was written down or changed, or a birthday follow-up is done.
    Birthday,
}

/// What deadlines need of a household member.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Circumstance<'a> {
    pub code: &'a str,
    pub until: Option<NaiveDate>,
    pub reported: Option<NaiveDate>,
}

impl<'a> Circumstance<'a> {
    pub fn of(member: &'a Fields) -> Self {
        Self {
            code: member.text(&member::CIRCUMSTANCE),
            until: member.date(&member::UNTIL),
            reported: member.date(&member::REPORTED),
        }
    }
}

/// What the rules need to know of a child. `open` are the follow-ups that are open after the event.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub event: Event<'a>,
    /// Code of `risk`, or "".
    pub risk: &'a str,
    pub birth: Option<NaiveDate>,
    pub open: &'a [DueRow],
}

/// A follow-up that the rules ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggested {
    pub kind: String,
    pub due: NaiveDate,
    pub repeat: Option<String>,
    /// Id of the rule, for "why?".
    pub rule: String,
    /// The open follow-up that should be moved to `due` instead of making a new one.
    pub moves: Option<RecordId>,
    /// False if `due` was counted through a year whose rest days are not known.
    pub known: bool,
}

impl Rules {
    /// The rules that ship with the program.
    pub fn core() -> Result<Self, RuleFault> {
        Self::load(CORE, None)
    }

    /// Reads a table and a station's own copy over it: there, a rule with the same id replaces, `off = true`
    /// silences, a new id adds.
    pub fn load(core: &str, station_copy: Option<&str>) -> Result<Self, RuleFault> {
        let mut rules: Vec<Rule> =
            table::read("deadlines.toml", core)?.into_iter().filter_map(|(_, rule)| rule).collect();
        for (id, rule) in
            station_copy.map(|text| table::read("deadlines.toml", text)).transpose()?.unwrap_or_default()
        {
            let at = rules.iter().position(|old| old.id == id);
            match (at, rule) {
                (Some(at), Some(rule)) => rules[at] = Rule { own: true, ..rule },
                (Some(at), None) => drop(rules.remove(at)),
                (None, Some(rule)) => rules.push(Rule { own: true, ..rule }),
                (None, None) => {}
            }
        }
        Ok(Self(rules))
    }

    /// The rules of a station: the program's own under its copy, if it keeps one.
    pub fn of_station(copy: Option<&str>) -> Result<Self, RuleFault> {
        Self::load(CORE, copy)
    }

    pub fn all(&self) -> &[Rule] {
        &self.0
    }

    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.0.iter().find(|rule| rule.id == id)
    }

    /// What is due because of `facts.event`, soonest first. Nothing is asked for twice: an open follow-up that serves
    /// the same end is left alone, or moved when it would come too late. A due date that has passed already is today:
    /// late entries are not overdue from the start.
    pub fn follow_ups(&self, facts: &Facts, today: NaiveDate, calendar: &Calendar) -> Vec<Suggested> {
        let cast = Cast { rules: self, facts, today, calendar };
        let mut suggested = match facts.event {
            Event::Registered { on } => {
                let mut all = cast.one_of_visits(Trigger::Registered, on);
                all.extend(cast.next_birthday());
                all
            }
            Event::RiskSet => cast.one_of_visits(Trigger::RiskSet, today),
            Event::Contact { on } => cast.one_of_visits(Trigger::Contact, on),
            Event::Assessed { on } => cast.assessments(on),
            Event::Planned { on } => cast.plan_reviews(on),
            Event::Circumstance { before, now } => cast.circumstance(before, now),
            Event::Birthday => cast.next_birthday().into_iter().collect(),
        };
        suggested.sort_by_key(|one| one.due);
        suggested
    }
}

/// One question to the rules.
struct Cast<'a> {
    rules: &'a Rules,
    facts: &'a Facts<'a>,
    today: NaiveDate,
    calendar: &'a Calendar,
}

impl<'a> Cast<'a> {
    fn matching(&self, on: Trigger) -> impl Iterator<Item = &'a Rule> {
        let risk = if self.facts.risk.is_empty() { "unknown" } else { self.facts.risk };
        self.rules.0.iter().filter(move |rule| {
            rule.on == on && (rule.risk.is_empty() || rule.risk.iter().any(|one| one == risk))
        })
    }

    fn suggest(&self, rule: &Rule, from: NaiveDate) -> Suggested {
        let (due, known) = rule.after.from(from, self.calendar);
        Suggested {
            kind: rule.kind.clone(),
            due: due.max(self.today),
            repeat: rule.repeat.clone(),
            rule: rule.id.clone(),
            moves: None,
            known,
        }
    }

    /// First responses and visits serve one end: that somebody goes there. A changed risk may bring the open one
    /// forward, never back.
    fn one_of_visits(&self, on: Trigger, from: NaiveDate) -> Vec<Suggested> {
        let goes_there = |kind: &str| matches!(kind, "first-response" | "visit");
        let open = self.facts.open.iter().filter(|due| goes_there(&due.kind)).min_by_key(|due| due.on);
        let suggest = |rule: &Rule| {
            let new = self.suggest(rule, from);
            match open {
                Some(_) if !goes_there(&rule.kind) => Some(new),
                Some(open) if on == Trigger::RiskSet && open.on > new.due => {
                    Some(Suggested { moves: Some(open.id), kind: open.kind.clone(), ..new })
                }
                Some(_) => None,
                None => Some(new),
            }
        };
        self.matching(on).filter_map(suggest).filter(|new| !self.same_is_open(new)).collect()
    }

    fn assessments(&self, on: NaiveDate) -> Vec<Suggested> {
        self.matching(Trigger::Assessed)
            .filter(|rule| !self.facts.open.iter().any(|due| due.kind == rule.kind))
            .map(|rule| self.suggest(rule, on))
            .collect()
    }

    /// A plan's day that is corrected takes its review along.
    fn plan_reviews(&self, on: NaiveDate) -> Vec<Suggested> {
        let suggest = |rule: &Rule| {
            let new = self.suggest(rule, on);
            let open = self.facts.open.iter().find(|due| due.rule == rule.id);
            Suggested { moves: open.map(|due| due.id), ..new }
        };
        self.matching(Trigger::Planned).map(suggest).filter(|new| !self.same_is_open(new)).collect()
    }

    fn circumstance(&self, before: Option<Circumstance>, now: Circumstance) -> Vec<Suggested> {
        let mut all = vec![];
        for on in [Trigger::Until, Trigger::Reported] {
            for rule in self.matching(on) {
                let Some(date) = rule.date_of(now) else { continue };
                // A warning ahead of a day that is too near for it says nothing that the day itself will not say.
                let (due, _) = rule.after.from(date, self.calendar);
                if due < self.today && due < date {
                    continue;
                }
                let mut new = self.suggest(rule, date);
                if self.same_is_open(&new) {
                    continue;
                }
                // The old date changed: the follow-up made for it moves along.
                let was = before.and_then(|before| rule.date_of(before));
                let was = was.map(|date| rule.after.from(date, self.calendar).0);
                new.moves = self
                    .facts
                    .open
                    .iter()
                    .find(|due| due.rule == rule.id && Some(due.on) == was)
                    .map(|due| due.id);
                all.push(new);
            }
        }
        all
    }

    /// Only the next birthday, so that a toddler's file does not open with five distant reminders.
    fn next_birthday(&self) -> Option<Suggested> {
        let birth = self.facts.birth?;
        let next = self.matching(Trigger::Birthday).filter_map(|rule| {
            let on = birthday(birth, rule.age?)?;
            let (due, _) = rule.after.from(on, self.calendar);
            (due >= self.today).then(|| self.suggest(rule, on))
        });
        let mut next = next.min_by_key(|new| new.due)?;
        match self.facts.open.iter().find(|due| due.kind == next.kind && self.is_birthday_rule(&due.rule)) {
            Some(open) if open.rule == next.rule && open.on == next.due => return None,
            Some(open) if open.rule == next.rule => next.moves = Some(open.id),
            _ => {}
        }
        Some(next)
    }

    fn is_birthday_rule(&self, id: &str) -> bool {
        self.rules.get(id).is_some_and(|rule| rule.on == Trigger::Birthday)
    }

    fn same_is_open(&self, new: &Suggested) -> bool {
        self.facts.open.iter().any(|due| due.rule == new.rule && due.on == new.due)
    }
}

impl Rule {
    /// The date in a member's circumstances that this rule counts from.
    fn date_of(&self, member: Circumstance) -> Option<NaiveDate> {
        if !self.among.is_empty() && !self.among.iter().any(|code| code == member.code) {
            return None;
        }
        match self.on {
            Trigger::Until => member.until,
            Trigger::Reported => member.reported,
            _ => None,
        }
    }
}

impl Offset {
    /// The due date, and whether it was counted through known days only.
    pub fn from(self, date: NaiveDate, calendar: &Calendar) -> (NaiveDate, bool) {
        let months = |n: i32| {
            let by = Months::new(n.unsigned_abs());
            if n < 0 { date.checked_sub_months(by) } else { date.checked_add_months(by) }
        };
        let days = |n: i64| {
            let by = Days::new(n.unsigned_abs());
            if n < 0 { date.checked_sub_days(by) } else { date.checked_add_days(by) }
        };
        let due = match self {
            Offset::Hours(hours) => days(i64::from(hours.div_ceil(24))),
            Offset::Days(n) => days(i64::from(n)),
            Offset::Months(n) => months(n),
            Offset::Workdays(n) => {
                let counted = calendar.add_workdays(date, n);
                return (counted.date, counted.known);
            }
        };
        (due.unwrap_or(date), true)
    }
}

/// The day on which one born on `birth` is `age` years old; of 29 February, the 28th in other years.
pub fn birthday(birth: NaiveDate, age: u32) -> Option<NaiveDate> {
    birth.checked_add_months(Months::new(age.checked_mul(12)?))
}

#[cfg(test)]
mod tests;
