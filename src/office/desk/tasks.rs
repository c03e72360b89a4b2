//! What stays due as long as something is so: a flag of a child, or a day in a record that has no answer yet.

use super::approvals;
use super::consequences::{Consequences, end, is_closed, newest_is_closed, set};
use super::facts::{self, Known, happened};
use super::file::flag_line;
use super::papers;
use super::reopened::is_reopened;
use super::work::Work;
use crate::domain::check::{Fault, FieldFault};
use crate::domain::forms::{case, child, follow_up};
use crate::domain::{ChildId, Fields, FollowUp, Record, RecordKind, RecordRef, Value};
use crate::office::rules::Practice;
use crate::office::{FlagLine, Refusal};
use crate::practice::deadlines::{Rule, Turn};
use crate::practice::flags::{FlagRule, Grade};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// Longest line of a record that is taken into a follow-up, in characters.
const TOLD: usize = 100;

/// A record before and after.
pub(super) type Kept = (RecordRef, Option<Fields>, Option<Fields>);

impl Consequences<'_> {
    /// Opens, moves and ends what is due because something is so now, or is so no longer.
    pub(super) fn keep_up(
        &mut self,
        work: &mut Work,
        siblings: &dyn Fn(Uuid) -> Vec<ChildId>,
    ) -> Result<(), Refusal> {
        approvals::lapse(work, self.today)?;
        self.settle_reopened(work)?;
        for child in concerned(work, siblings, self.taking_back) {
            let Some(file) = work.record(RecordRef::child(child))? else { continue };
            self.days(work, child, &file.fields)?;
            self.flags(work, child, &file.fields)?;
        }
        Ok(())
    }

    fn days(&mut self, work: &mut Work, child: ChildId, file: &Fields) -> Result<(), Refusal> {
        let Some(rules) = &self.practice.rules else { return Ok(()) };
        let closed = is_closed(work, child)?;
        // What ended with the case begins again with it.
        let reopened = !closed && newest_is_closed(&work.kept(RecordKind::Case, child.0)?);
        let records = if reopened { all_services(work, child)? } else { touched_services(work, child) };
        self.decisions(work, child, file, &records)?;
        for (at, before, now) in records {
            for (rule, watched) in rules.watching(at.kind) {
                let mine = |one: &FollowUp| one.rule == rule.id && one.about == Some(at.id);
                let turn = watched.turn(before.as_ref(), now.as_ref());
                match turn {
                    Turn::Begins(_) | Turn::Moved(_) if closed => {}
                    Turn::Begins(day) | Turn::Moved(day) => {
                        let due = rule.after.from(day, &self.practice.calendar).0.max(self.today);
                        match work.open(child)?.iter().find(|one| mine(one)) {
                            Some(open) if turn == Turn::Moved(day) => {
                                set(work, open.at, follow_up::DUE, due)?
                            }
                            Some(_) => {}
                            None => {
                                let mut new = asked_by(rule, due, Some(at.id));
                                let told = now.as_ref().zip(watched.tells.as_ref());
                                let told = told.map(|(now, field)| Value::Text(line(now.text(field))));
                                new.set(follow_up::REASON, told);
                                self.open(work, child, file, new)?;
                            }
                        }
                    }
                    Turn::Answered(on) => {
                        let on = on.filter(|on| *on <= self.today).unwrap_or(self.today);
                        end(work, child, on, "answered", mine)?;
                    }
                    Turn::Dropped => end(work, child, self.today, "no-longer", mine)?,
                    Turn::Same => {}
                }
            }
        }
        Ok(())
    }

    /// A follow-up is opened when a flag begins to hold, and when one that holds never had any: one that somebody did
    /// is not opened again while the flag goes on.
    fn flags(&mut self, work: &mut Work, child: ChildId, file: &Fields) -> Result<(), Refusal> {
        let Some(rules) = &self.practice.rules else { return Ok(()) };
        let asked: BTreeSet<&str> = rules.on_flags().map(|(_, flag)| flag).collect();
        let asked = |rule: &FlagRule| asked.contains(rule.id.as_str());
        let was = Whole::before(work, child)?.map(|whole| whole.holding(self.practice, asked, self.today));
        let was = was.unwrap_or_default();
        let Some(is) = Whole::after(work, child)? else { return Ok(()) };
        let is = is.holding(self.practice, asked, self.today);
        let why = if is_closed(work, child)? { "closed" } else { "no-longer" };
        for (rule, flag) in rules.on_flags() {
            let holds = |about: Option<Uuid>, all: &[Holds]| all.iter().any(|one| one.is(flag, about));
            let all = work.all(RecordKind::FollowUp, child.0)?;
            let all = all.iter().filter_map(|record| FollowUp::of(record)).filter(|one| one.rule == rule.id);
            let all: Vec<FollowUp> = all.collect();
            for one in is.iter().filter(|one| one.line.rule == flag) {
                let mine = || all.iter().filter(|other| other.about == one.about);
                let begins = !holds(one.about, &was) && !mine().any(FollowUp::is_open);
                if begins || mine().next().is_none() {
                    let due = rule.after.from(self.today, &self.practice.calendar).0;
                    self.open(work, child, file, asked_by(rule, due, one.about))?;
                }
            }
            end(work, child, self.today, why, |one| one.rule == rule.id && !holds(one.about, &is))?;
        }
        let begins = |one: &Holds| !was.iter().any(|old| old.is(&one.line.rule, one.about));
        let told = is.into_iter().filter(|one| one.line.grade <= Grade::Act && begins(one));
        work.told.extend(told.map(|one| one.line));
        work.told.sort_by_key(|line| line.grade);
        Ok(())
    }
}

/// The flags that open work, as they hold on each of these days in a file as it is to be: which, and of which record.
pub(super) fn asking(
    work: &Work,
    child: ChildId,
    practice: &Practice,
    days: [NaiveDate; 2],
) -> Result<[Vec<(String, Option<Uuid>)>; 2], Refusal> {
    let Some(whole) = Whole::after(work, child)? else { return Ok([vec![], vec![]]) };
    Ok(days.map(|day| {
        let holds = whole.holding(practice, |rule| practice.asks(&rule.id), day);
        holds.into_iter().map(|one| (one.line.rule, one.about)).collect()
    }))
}

/// What no rule allows that this work makes so, at the fields that make it so.
pub(super) fn forbidden(
    work: &Work,
    practice: &Practice,
    today: NaiveDate,
    siblings: &dyn Fn(Uuid) -> Vec<ChildId>,
) -> Result<Vec<FieldFault>, Refusal> {
    let stops = |rule: &FlagRule| !rule.stops.is_empty();
    let mut faults = vec![];
    for child in concerned(work, siblings, false) {
        let Some(is) = Whole::after(work, child)? else { continue };
        let is = is.holding(practice, stops, today);
        if is.is_empty() {
            continue;
        }
        let was = Whole::before(work, child)?.map(|whole| whole.holding(practice, stops, today));
        let was = was.unwrap_or_default();
        for one in is.iter().filter(|one| !was.iter().any(|old| old.is(&one.line.rule, one.about))) {
            let rule = practice.flags.as_ref().and_then(|flags| flags.get(&one.line.rule));
            let stops = rule.iter().flat_map(|rule| &rule.stops);
            let mut changed = stops.filter(|(kind, field)| {
                work.touched().any(|(at, before, now)| {
                    let value = |fields: Option<&Fields>| fields.and_then(|one| one.get(field)).cloned();
                    at.kind == *kind && value(before) != value(now)
                })
            });
            if let Some((_, field)) = changed.next() {
                let fault = Fault::Rule {
                    zh: format!("{}。{}", one.line.text.zh, one.line.act.zh),
                    en: format!("{}. {}", one.line.text.en, one.line.act.en),
                };
                faults.push(FieldFault { field: field.clone(), fault, grave: true });
            }
        }
    }
    Ok(faults)
}

/// What the rules say of a child, or of one of its records.
struct Holds {
    about: Option<Uuid>,
    line: FlagLine,
}

impl Holds {
    fn is(&self, flag: &str, about: Option<Uuid>) -> bool {
        self.line.rule == flag && self.about == about
    }
}

/// A file as it was or as it is to be, as far as rules look at it.
struct Whole {
    child: Arc<Record>,
    cases: Vec<Arc<Record>>,
    contacts: Vec<Arc<Record>>,
    members: Vec<Arc<Record>>,
    services: Vec<Arc<Record>>,
}

impl Whole {
    fn before(work: &Work, child: ChildId) -> Result<Option<Self>, Refusal> {
        Self::of(child, |kind, owner| work.kept(kind, owner))
    }

    fn after(work: &Work, child: ChildId) -> Result<Option<Self>, Refusal> {
        Self::of(child, |kind, owner| work.all(kind, owner))
    }

    fn of(
        child: ChildId,
        all: impl Fn(RecordKind, Uuid) -> Result<Vec<Arc<Record>>, Refusal>,
    ) -> Result<Option<Self>, Refusal> {
        let Some(own) = all(RecordKind::Child, child.0)?.pop() else { return Ok(None) };
        let household = own.fields.link(&child::HOUSEHOLD);
        let mut services = vec![];
        for kind in RecordKind::SERVICES {
            let mut of = all(kind, child.0)?;
            of.sort_by_key(|record| Reverse((happened(record), record.created)));
            services.extend(of);
        }
        let mut cases = all(RecordKind::Case, child.0)?;
        cases.sort_by_key(|record| Reverse((record.fields.date(&case::OPENED), record.created)));
        Ok(Some(Self {
            cases,
            contacts: all(RecordKind::Contact, child.0)?,
            members: household.map_or(Ok(vec![]), |household| all(RecordKind::Member, household))?,
            services,
            child: own,
        }))
    }

    /// What these rules say today; not what somebody has overruled.
    fn holding(
        &self,
        practice: &Practice,
        rules: impl Fn(&FlagRule) -> bool,
        today: NaiveDate,
    ) -> Vec<Holds> {
        fn of(records: &[Arc<Record>]) -> Vec<&Record> {
            records.iter().map(|record| &**record).collect()
        }
        let Some(flags) = &practice.flags else { return vec![] };
        let known = Known {
            child: &self.child.fields,
            cases: of(&self.cases),
            contacts: of(&self.contacts),
            members: of(&self.members),
            services: of(&self.services),
        };
        let gathered = facts::of(&known, &practice.instruments, today);
        let overruled =
            |rule: &str| papers::overruled(self.services.iter().map(Arc::as_ref), rule, today).is_some();
        let all = flags.holding(|rule| rules(rule) && !overruled(&rule.id), &gathered.facts, today);
        let holds = all.iter().map(|flag| {
            let about = flag.rule.each.zip(flag.about).and_then(|(list, at)| gathered.about(list, at));
            Holds { about: about.map(|at| at.id), line: flag_line(flag) }
        });
        holds.collect()
    }
}

/// The children of whom something may be so now that was not, or of whom something is due again: visits and notes change
/// none of it, and most of what is saved are those.
fn concerned(work: &Work, siblings: &dyn Fn(Uuid) -> Vec<ChildId>, taking_back: bool) -> BTreeSet<ChildId> {
    let mut all = BTreeSet::new();
    for (at, before, now) in work.touched() {
        match at.kind {
            RecordKind::Child | RecordKind::Case => drop(all.insert(ChildId(at.owner))),
            RecordKind::Member => all.extend(siblings(at.owner)),
            kind if RecordKind::SERVICES.contains(&kind) => drop(all.insert(ChildId(at.owner))),
            RecordKind::FollowUp if now.is_none() || is_reopened(before, now, taking_back) => {
                all.insert(ChildId(at.owner));
            }
            _ => {}
        }
    }
    all
}

fn touched_services(work: &Work, child: ChildId) -> Vec<Kept> {
    let mine = |at: RecordRef| at.owner == child.0 && RecordKind::SERVICES.contains(&at.kind);
    let touched = work.touched().filter(|(at, ..)| mine(*at));
    touched.map(|(at, before, now)| (at, before.cloned(), now.cloned())).collect()
}

/// Each as if it were new.
fn all_services(work: &Work, child: ChildId) -> Result<Vec<Kept>, Refusal> {
    let mut all = vec![];
    for kind in RecordKind::SERVICES {
        let records = work.all(kind, child.0)?;
        all.extend(records.iter().map(|record| (record.at, None, Some(record.fields.clone()))));
    }
    Ok(all)
}

pub(super) fn asked_by(rule: &Rule, due: NaiveDate, about: Option<Uuid>) -> Fields {
    let mut fields = Fields::default().with(follow_up::DUE, due);
    fields.set(follow_up::KIND, Some(Value::Choice(rule.kind.clone())));
    fields.set(follow_up::REPEAT, rule.repeat.clone().map(Value::Choice));
    fields.set(follow_up::RULE, Some(Value::Text(rule.id.clone())));
    fields.set(follow_up::ABOUT, about.map(Value::Link));
    fields
}

/// The beginning of the first line.
fn line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(TOLD).collect()
}
