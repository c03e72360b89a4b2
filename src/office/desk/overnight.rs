//! Work that a day alone asks for: nobody saved anything, and a flag began to hold.
//!
//! The thread that looks at a child whose day has come opens it, or, before the thread comes there, whoever is about to
//! write into the file. Either way it is a change of its own, whose author is the rule. What a flag asked for that ends
//! with a day stays until somebody looks: nothing disappears overnight.
//!
//! Cut short at any point, it is done again from the same day on: what was opened since then is not opened twice.

use super::Files;
use super::consequences::Consequences;
use super::papers;
use super::save::Kept;
use super::tasks::{asked_by, asking};
use super::work::Work;
use crate::domain::{ChildId, FollowUp, HouseholdId, Record, RecordKind, RecordRef};
use crate::office::Refusal;
use crate::office::audit::Verb;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Consequences<'_> {
    /// Opens what flags ask for that hold today and did not on the eve of that day. It is due counted from today: sooner
    /// nobody could know of it.
    fn begun(&mut self, work: &mut Work, child: ChildId, since: NaiveDate) -> Result<(), Refusal> {
        let (Some(rules), Some(eve)) = (&self.practice.rules, since.pred_opt()) else { return Ok(()) };
        let Some(file) = work.record(RecordRef::child(child))? else { return Ok(()) };
        let [was, is] = asking(work, child, self.practice, [eve, self.today])?;
        let begun: Vec<_> = is.into_iter().filter(|one| !was.contains(one)).collect();
        for (rule, flag) in rules.on_flags() {
            let all = work.all(RecordKind::FollowUp, child.0)?;
            let mine = |about| {
                let all = all.iter().filter_map(|record| FollowUp::of(record));
                all.filter(move |one| one.rule == rule.id && one.about == about)
            };
            for (_, about) in begun.iter().filter(|(of, _)| of == flag) {
                // Opened before a crash, somebody may have done it since.
                let there = |one: FollowUp| one.done.is_none_or(|on| on >= since);
                if !mine(*about).any(there) {
                    let due = rule.after.from(self.today, &self.practice.calendar).0;
                    self.open(work, child, &file.fields, asked_by(rule, due, *about))?;
                }
            }
        }
        Ok(())
    }
}

impl Files {
    /// Opens what began by itself since the rules were last asked about a child. `true`: there was something.
    pub(super) fn open_begun(&self, child: ChildId) -> Result<bool, Refusal> {
        let mut ledger = self.ledger();
        let Some(since) = self.unasked_since(child)? else { return Ok(false) };
        let mut work = Work::new(&self.store, &self.recent);
        self.with_consequences(&mut work, &ledger, |consequences, work, _| {
            consequences.begun(work, child, since)
        })?;
        if work.opened.is_empty() {
            return Ok(false);
        }
        self.keep(&mut ledger, work, Kept { reverts: None, draft: None, verb: Verb::FallDue }, vec![])?;
        Ok(true)
    }

    /// The same for all in whose files these records are, before somebody writes there: afterwards it could not be told
    /// any more what began before.
    pub(super) fn open_begun_in(&self, records: impl Iterator<Item = RecordRef>) -> Result<(), Refusal> {
        let mut children = BTreeSet::new();
        for at in records {
            match at.kind {
                RecordKind::Household | RecordKind::Member => {
                    let rows = self.roster().household(HouseholdId(at.owner));
                    children.extend(rows.into_iter().map(|row| row.child));
                }
                kind if kind == RecordKind::Child || kind.is_of_child() => {
                    children.insert(ChildId(at.owner));
                }
                _ => {}
            }
        }
        children.into_iter().try_for_each(|child| self.open_begun(child).map(drop))
    }

    /// The first day of which the rules were not asked about a child; none if they were today.
    fn unasked_since(&self, child: ChildId) -> Result<Option<NaiveDate>, Refusal> {
        let today = self.today();
        let Some(known) = self.roster().pressing_of(child) else { return Ok(None) };
        let since = match known.get() {
            Some(known) => known.changes,
            None => {
                let all = |kind, owner| Ok(self.recent.all(&self.store, kind, owner)?.to_vec());
                self.unasked_after(papers::read(child, all)?.iter().map(Arc::as_ref))
            }
        };
        Ok(since.filter(|day| *day <= today))
    }

    /// The day after somebody last wrote into a file: whoever does asks the rules.
    pub(super) fn unasked_after<'a>(&self, records: impl Iterator<Item = &'a Record>) -> Option<NaiveDate> {
        let last = records.map(|record| record.updated).max()?;
        self.clock.local(last.millis).date().succ_opt()
    }
}
