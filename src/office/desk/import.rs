//! Many children at once, all or none.

use super::Files;
use super::consequences::suggested;
use crate::domain::forms::{case, child, follow_up};
use crate::domain::{
    Change, ChangeId, ChildId, Fields, FormSpec, Part, Record, RecordKind, RecordRef, Stamp,
};
use crate::domain::{Row, Value, check};
use crate::office::ledger::{Ledger, Verb, id_at};
use crate::office::roster::Roster;
use crate::office::{Imported, Refusal, Watch, keep};
use crate::practice::{Event, Facts};
use crate::store::Op;
use chrono::{Datelike, NaiveDate};
use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::ControlFlow;

impl Files {
    pub(super) fn import(
        &self,
        rows: &mut dyn Iterator<Item = Fields>,
        watch: &dyn Watch,
    ) -> Result<Imported, Refusal> {
        let mut ledger = self.ledger();
        let mut next = ledger.clone();
        let at = next.tick(self.clock.millis());
        let station = self.station();
        let form = station.form("child").ok_or(Refusal::NotFound)?;
        let seen = Seen::default();
        let mut batch = Batch {
            files: self,
            form,
            today: self.today(),
            at,
            ledger: next,
            rows,
            over: false,
            seen: &seen,
            waiting: VecDeque::new(),
            staged: Roster::default(),
            last: None,
            refusal: None,
        };
        let mut go_on = |_| match !seen.refused.get() && watch.progress(seen.children.get(), None) {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        };
        let outcome = self.store.commit_bulk(&mut batch, &mut go_on);
        let Batch { staged, last, refusal, ledger: next, .. } = batch;
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        outcome?;
        *ledger = next;
        let mut roster = self.roster_mut();
        roster.absorb(staged);
        self.finder.rebuild(&roster);
        drop(roster);
        self.tell_brief();
        let children = usize::try_from(seen.children.get()).unwrap_or(usize::MAX);
        self.log.line(&format!("imported {children} children"));
        Ok(Imported { children, change: last })
    }
}

/// What the batch and whoever watches it both look at.
#[derive(Default)]
struct Seen {
    children: Cell<u64>,
    refused: Cell<bool>,
}

/// Turns rows into what the store writes, one child at a time.
struct Batch<'a> {
    files: &'a Files,
    form: &'a FormSpec,
    today: NaiveDate,
    at: Stamp,
    ledger: Ledger,
    rows: &'a mut dyn Iterator<Item = Fields>,
    /// The last child, or a refused one, has been seen.
    over: bool,
    seen: &'a Seen,
    waiting: VecDeque<Op>,
    /// Rows of this import, shown when all are kept.
    staged: Roster,
    last: Option<ChangeId>,
    refusal: Option<Refusal>,
}

impl Iterator for Batch<'_> {
    type Item = Op;

    fn next(&mut self) -> Option<Op> {
        while self.waiting.is_empty() && !self.over {
            let step = match self.rows.next() {
                Some(fields) => self.child(fields),
                None => self.end(),
            };
            if let Err(refusal) = step {
                self.refusal = Some(refusal);
                self.seen.refused.set(true);
                self.over = true;
                return None;
            }
        }
        self.waiting.pop_front()
    }
}

impl Batch<'_> {
    fn end(&mut self) -> Result<(), Refusal> {
        self.over = true;
        self.ledger.note(self.files.me.worker, Verb::Import, None, self.files.clock.millis());
        self.waiting.extend(self.ledger.close()?);
        Ok(())
    }

    /// A child's records: file, case, follow-ups by rule, change, row.
    fn child(&mut self, mut fields: Fields) -> Result<(), Refusal> {
        check::fill(&mut fields);
        let faults = check::check(self.form, &fields, self.today);
        if faults.iter().any(|fault| fault.grave) {
            return Err(Refusal::Row { row: self.seen.children.get(), faults });
        }
        let id = ChildId(id_at(self.at));
        let me = self.files.me.worker;
        if fields.get(&child::WORKER).is_none() && !me.0.is_nil() {
            fields.set(child::WORKER, Some(Value::Link(me.0)));
        }
        if fields.get(&child::HOUSEHOLD).is_none() {
            fields.set(child::HOUSEHOLD, Some(Value::Link(id_at(self.at))));
        }
        match fields.text(&child::CASE_NO) {
            "" => {
                let number = self.ledger.case_number(self.today.year());
                fields.set(child::CASE_NO, Some(Value::Text(number)));
            }
            number => self.ledger.heed(number),
        }
        let record = |at, fields| Record { at, fields, created: self.at, updated: self.at };
        let case = record(
            RecordRef::of(RecordKind::Case, id.0, id_at(self.at)),
            Fields::default().with(case::OPENED, self.today),
        );
        let mut follow_ups = vec![];
        if let Some(rules) = &self.files.practice.rules {
            let facts = Facts {
                event: Event::Registered { on: self.today },
                risk: fields.text(&child::RISK),
                birth: fields.date(&child::BIRTH),
                open: &[],
            };
            for new in rules.follow_ups(&facts, self.today, &self.files.practice.calendar) {
                let mut made = suggested(&new);
                made.set(follow_up::WORKER, fields.get(&child::WORKER).cloned());
                follow_ups.push(record(RecordRef::of(RecordKind::FollowUp, id.0, id_at(self.at)), made));
            }
        }
        let file = record(RecordRef::child(id), fields);
        let row = Row::project(&file, std::slice::from_ref(&case), &follow_ups, &[]);
        let change = ChangeId(id_at(self.at));
        let records = || [&file, &case].into_iter().chain(&follow_ups);
        let kept = Change {
            id: change,
            at: self.at,
            by: me,
            reverts: None,
            parts: records().filter_map(|made| Part::between(made.at, None, &made.fields)).collect(),
        };
        for record in records() {
            self.waiting.push_back(keep::put(record.at, record)?);
        }
        self.waiting.push_back(keep::put(RecordRef::of(RecordKind::Change, id.0, change.0), &kept)?);
        let mut bytes = vec![];
        row.encode(&mut bytes);
        self.staged.put(&bytes);
        let place = RecordRef::of(RecordKind::Row, id.0, id.0);
        self.waiting.push_back(Op { key: keep::key(place), value: Some(bytes) });
        self.last = Some(change);
        self.seen.children.set(self.seen.children.get() + 1);
        Ok(())
    }
}
