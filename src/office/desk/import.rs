//! Many children at once, all or none.

use super::Files;
use super::consequences::suggested;
use crate::domain::forms::{case, child, contact, follow_up};
use crate::domain::{
    Change, ChangeId, ChildId, Fields, FormSpec, Part, Record, RecordKind, RecordRef, Stamp,
};
use crate::domain::{HouseholdId, Row, Value, WorkerId, check};
use crate::office::audit::{Deed, Verb};
use crate::office::ledger::{Ledger, id_at};
use crate::office::roster::Roster;
use crate::office::{Imported, Refusal, Watch, keep};
use crate::practice::{Event, Facts};
use crate::store::Op;
use chrono::{Datelike, NaiveDate};
use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use uuid::Uuid;

/// A child as it comes in.
pub(in crate::office) enum Incoming {
    /// A row of a roster: its case and its follow-ups are made by rule.
    Row(Fields),
    /// A file with all that is in it.
    Whole(Box<Whole>),
}

/// A child's file without ids, as an invented station has it.
#[derive(Clone, Debug)]
pub struct Whole {
    pub child: Fields,
    /// Siblings give the same number.
    pub household: u64,
    /// The household's own record and its members, with the first of its children.
    pub home: Option<(Fields, Vec<Fields>)>,
    /// None: who brings it.
    pub worker: Option<WorkerId>,
    pub case: Fields,
    pub contacts: Vec<Fields>,
    pub follow_ups: Vec<Fields>,
    pub notes: Vec<Fields>,
    /// Of [`RecordKind::SERVICES`].
    pub services: Vec<(RecordKind, Fields)>,
}

impl Files {
    pub(in crate::office) fn import(
        &self,
        rows: &mut dyn Iterator<Item = Incoming>,
        watch: &dyn Watch,
    ) -> Result<Imported, Refusal> {
        let mut ledger = self.ledger();
        self.settle(&mut ledger);
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
            homes: HashMap::new(),
        };
        let mut go_on = |_| match !seen.refused.get() && watch.progress(seen.children.get(), None) {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        };
        let outcome = self.store.commit_bulk(&mut batch, &mut go_on);
        let Batch { mut staged, last, refusal, ledger: next, .. } = batch;
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        self.texts.flooded(outcome?);
        *ledger = next;
        self.recent.forget();
        self.others.forget();
        self.counting.forget();
        self.given.saved([None]);
        staged.loaded();
        let mut roster = self.roster_mut();
        roster.absorb(staged);
        self.finder.rebuild(&roster);
        drop(roster);
        self.brief.tell();
        self.rolling.wake();
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
    rows: &'a mut dyn Iterator<Item = Incoming>,
    /// The last child, or a refused one, has been seen.
    over: bool,
    seen: &'a Seen,
    waiting: VecDeque<Op>,
    /// Rows of this import, shown when all are kept.
    staged: Roster,
    last: Option<ChangeId>,
    refusal: Option<Refusal>,
    /// Ids of the households that came with whole files, by their number.
    homes: HashMap<u64, Uuid>,
}

impl Iterator for Batch<'_> {
    type Item = Op;

    fn next(&mut self) -> Option<Op> {
        while self.waiting.is_empty() && !self.over {
            let step = match self.rows.next() {
                Some(Incoming::Row(fields)) => self.child(fields),
                Some(Incoming::Whole(whole)) => self.whole(*whole),
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
        let deed = Deed::about(Verb::Import, &self.seen.children.get().to_string());
        self.ledger.note(self.files.me.worker, deed, self.files.clock.millis());
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
        self.number(&mut fields);
        let record = |at, fields| Record { at, fields, created: self.at, updated: self.at };
        let case = record(
            RecordRef::of(RecordKind::Case, id.0, id_at(self.at)),
            Fields::default().with(case::OPENED, self.today),
        );
        let mut follow_ups = vec![];
        let practice = self.files.practice();
        if let Some(rules) = &practice.rules {
            let facts = Facts {
                event: Event::Registered { on: self.today },
                risk: fields.text(&child::RISK),
                birth: fields.date(&child::BIRTH),
                open: &[],
            };
            for new in rules.follow_ups(&facts, self.today, &practice.calendar) {
                let mut made = suggested(&new);
                made.set(follow_up::WORKER, fields.get(&child::WORKER).cloned());
                follow_ups.push(record(RecordRef::of(RecordKind::FollowUp, id.0, id_at(self.at)), made));
            }
        }
        let mut records = vec![record(RecordRef::child(id), fields), case];
        records.append(&mut follow_ups);
        self.keep(id, records)
    }

    /// The next case number, unless it has one.
    fn number(&mut self, fields: &mut Fields) {
        match fields.text(&child::CASE_NO) {
            "" => {
                let number = self.ledger.case_number(self.today.year());
                fields.set(child::CASE_NO, Some(Value::Text(number)));
            }
            number => self.ledger.heed(number),
        }
    }

    fn whole(&mut self, whole: Whole) -> Result<(), Refusal> {
        let id = ChildId(id_at(self.at));
        let home = *self.homes.entry(whole.household).or_insert_with(|| id_at(self.at));
        let worker = Value::Link(whole.worker.unwrap_or(self.files.me.worker).0);
        let mut fields = whole.child;
        fields.set(child::WORKER, Some(worker.clone()));
        fields.set(child::HOUSEHOLD, Some(Value::Link(home)));
        self.number(&mut fields);
        let at = self.at;
        let record = |at_ref, fields| Record { at: at_ref, fields, created: at, updated: at };
        let mine = |kind| RecordRef::of(kind, id.0, id_at(at));
        let mut records =
            vec![record(RecordRef::child(id), fields), record(mine(RecordKind::Case), whole.case)];
        if let Some((household, members)) = whole.home {
            records.push(record(RecordRef::household(HouseholdId(home)), household));
            let member = |fields| record(RecordRef::of(RecordKind::Member, home, id_at(at)), fields);
            records.extend(members.into_iter().map(member));
        }
        for mut fields in whole.follow_ups {
            fields.set(follow_up::WORKER, Some(worker.clone()));
            records.push(record(mine(RecordKind::FollowUp), fields));
        }
        for mut fields in whole.contacts {
            fields.set(contact::WORKER, Some(worker.clone()));
            records.push(record(mine(RecordKind::Contact), fields));
        }
        records.extend(whole.notes.into_iter().map(|fields| record(mine(RecordKind::Note), fields)));
        // A child has one situation, under its own id.
        let of_child = |kind| match kind {
            RecordKind::Situation => RecordRef::of(kind, id.0, id.0),
            kind => mine(kind),
        };
        records.extend(whole.services.into_iter().map(|(kind, fields)| record(of_child(kind), fields)));
        self.keep(id, records)
    }

    /// Queues a new file, the child's record first, with its change and its row.
    fn keep(&mut self, id: ChildId, records: Vec<Record>) -> Result<(), Refusal> {
        let of =
            |kind| -> Vec<Record> { records.iter().filter(|made| made.at.kind == kind).cloned().collect() };
        let row = Row::project(
            &records[0],
            &of(RecordKind::Case),
            &of(RecordKind::FollowUp),
            &of(RecordKind::Contact),
        );
        let change = ChangeId(id_at(self.at));
        let kept = Change {
            id: change,
            at: self.at,
            by: self.files.me.worker,
            reverts: None,
            parts: records.iter().filter_map(|made| Part::between(made.at, None, &made.fields)).collect(),
        };
        for record in &records {
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
