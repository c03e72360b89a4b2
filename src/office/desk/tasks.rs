//! What stays due as long as something is so: a flag of a child, or a day in a record that has no answer yet.

use super::approvals;
use super::consequences::{Consequences, end, is_closed, newest_is_closed, set};
use super::papers::{self, Holds, Papers};
use super::reopened::is_reopened;
use super::work::Work;
use crate::domain::check::{Fault, FieldFault};
use crate::domain::forms::follow_up;
use crate::domain::{ChildId, FieldId, Fields, FollowUp, Record, RecordKind, RecordRef, Value};
use crate::office::Refusal;
use crate::office::rules::Practice;
use crate::practice::deadlines::{Rule, Turn};
use crate::practice::flags::{FlagRule, Grade};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
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
        let asked: BTreeMap<&str, &str> =
            rules.on_flags().map(|(rule, flag)| (rule.id.as_str(), flag)).collect();
        let wanted = |rule: &FlagRule| self.practice.asks(&rule.id);
        let records = papers::read(child, |kind, owner| work.all(kind, owner))?;
        let Some(papers) = Papers::of(records.iter().map(Arc::as_ref)) else { return Ok(()) };
        let (pressing, is) = papers.look(self.practice, self.today, wanted);
        work.see(self.practice, child, pressing.into());
        let tasks = work.all(RecordKind::FollowUp, child.0)?;
        let of_flag = |record: &&Arc<Record>| asked.contains_key(record.fields.text(&follow_up::RULE));
        let tasks: Vec<FollowUp> =
            tasks.iter().filter(of_flag).filter_map(|record| FollowUp::of(record)).collect();
        let over = |one: &FollowUp| {
            one.is_open() && !asked.get(one.rule.as_str()).is_some_and(|flag| holds(&is, flag, one.about))
        };
        if tasks.iter().any(over) {
            let why = if is_closed(work, child)? { "closed" } else { "no-longer" };
            end(work, child, self.today, why, |one| asked.contains_key(one.rule.as_str()) && over(one))?;
        }
        if is.is_empty() {
            return Ok(());
        }
        let records = papers::read(child, |kind, owner| work.kept(kind, owner))?;
        let was = Papers::of(records.iter().map(Arc::as_ref));
        let was = was.map(|papers| papers.look(self.practice, self.today, wanted).1).unwrap_or_default();
        for (rule, flag) in rules.on_flags() {
            for one in is.iter().filter(|one| one.line.rule == flag) {
                let mine = || tasks.iter().filter(|task| task.rule == rule.id && task.about == one.about);
                let begins = !holds(&was, flag, one.about) && !mine().any(FollowUp::is_open);
                if begins || mine().next().is_none() {
                    let due = rule.after.from(self.today, &self.practice.calendar).0;
                    self.open(work, child, file, asked_by(rule, due, one.about))?;
                }
            }
        }
        let begins = |one: &Holds| !holds(&was, &one.line.rule, one.about);
        let told = is.into_iter().filter(|one| one.line.grade <= Grade::Act && begins(one));
        work.told.extend(told.map(|one| one.line));
        work.told.sort_by_key(|line| line.grade);
        Ok(())
    }
}

fn holds(all: &[Holds], flag: &str, about: Option<Uuid>) -> bool {
    all.iter().any(|one| one.is(flag, about))
}

/// The flags that open work, as they hold on each of these days in a file as it is to be: which, and of which record.
pub(super) fn asking(
    work: &Work,
    child: ChildId,
    practice: &Practice,
    days: [NaiveDate; 2],
) -> Result<[Vec<(String, Option<Uuid>)>; 2], Refusal> {
    let records = papers::read(child, |kind, owner| work.all(kind, owner))?;
    let Some(papers) = Papers::of(records.iter().map(Arc::as_ref)) else { return Ok([vec![], vec![]]) };
    Ok(days.map(|day| {
        let (_, holds) = papers.look(practice, day, |rule| practice.asks(&rule.id));
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
    let changes = |kind: RecordKind, field: &FieldId| {
        work.touched().any(|(at, before, now)| {
            let value = |fields: Option<&Fields>| fields.and_then(|one| one.get(field)).cloned();
            at.kind == kind && value(before) != value(now)
        })
    };
    let stopped = |rule: &FlagRule| {
        rule.stops.iter().find(|(kind, field)| changes(*kind, field)).map(|(_, field)| field.clone())
    };
    let rules = practice.flags.iter().flat_map(|flags| flags.all());
    let stops: BTreeMap<&str, FieldId> =
        rules.filter_map(|rule| Some((rule.id.as_str(), stopped(rule)?))).collect();
    let mut faults = vec![];
    if stops.is_empty() {
        return Ok(faults);
    }
    let holding = |records: Vec<Arc<Record>>| {
        let papers = Papers::of(records.iter().map(Arc::as_ref))?;
        Some(papers.look(practice, today, |rule| stops.contains_key(rule.id.as_str())).1)
    };
    for child in concerned(work, siblings, false) {
        let is = holding(papers::read(child, |kind, owner| work.all(kind, owner))?).unwrap_or_default();
        if is.is_empty() {
            continue;
        }
        let was = holding(papers::read(child, |kind, owner| work.kept(kind, owner))?).unwrap_or_default();
        for one in is.into_iter().filter(|one| !holds(&was, &one.line.rule, one.about)) {
            let Some(field) = stops.get(one.line.rule.as_str()).cloned() else { continue };
            let fault = Fault::Rule {
                zh: format!("{}。{}", one.line.text.zh, one.line.act.zh),
                en: format!("{}. {}", one.line.text.en, one.line.act.en),
            };
            faults.push(FieldFault { field, fault, grave: true });
        }
    }
    Ok(faults)
}

/// The children of whom something may be so now that was not, or of whom something is due again.
fn concerned(work: &Work, siblings: &dyn Fn(Uuid) -> Vec<ChildId>, taking_back: bool) -> BTreeSet<ChildId> {
    let mut all = BTreeSet::new();
    for (at, before, now) in work.touched() {
        match at.kind {
            RecordKind::Member => all.extend(siblings(at.owner)),
            kind if papers::are_read(kind) => drop(all.insert(ChildId(at.owner))),
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
