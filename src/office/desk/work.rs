//! Records as they were and as they are to be, until they are kept together.

use super::papers;
use super::recent::Recent;
use crate::domain::{Change, Fields, FollowUp, Part, Record, RecordKind, RecordRef, Stamp};
use crate::domain::{ChildId, DueRow, HouseholdId};
use crate::office::pressing::Packed;
use crate::office::rules::Practice;
use crate::office::{FlagLine, Refusal};
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

pub(super) struct Work<'a> {
    store: &'a Store,
    recent: &'a Recent,
    touched: BTreeMap<RecordRef, Touched>,
    /// Follow-ups that this work opens.
    pub opened: Vec<(String, chrono::NaiveDate)>,
    /// What the rules say because of this work, and did not before.
    pub told: Vec<FlagLine>,
    /// What rules say in short of children as they will be, and which rules: void with the next record that they read.
    seen: Option<(Arc<Practice>, BTreeMap<ChildId, Packed>)>,
}

struct Touched {
    before: Option<Arc<Record>>,
    /// What is to be instead.
    set: Option<Option<Fields>>,
}

impl Touched {
    fn before(&self) -> Option<&Fields> {
        self.before.as_ref().map(|record| &record.fields)
    }

    fn now(&self) -> Option<&Fields> {
        match &self.set {
            Some(fields) => fields.as_ref(),
            None => self.before(),
        }
    }

    fn record(&self, at: RecordRef) -> Option<Arc<Record>> {
        let Some(set) = &self.set else { return self.before.clone() };
        let fields = set.clone()?;
        let (created, updated) = match &self.before {
            Some(before) => (before.created, before.updated),
            // Newer than all that are kept.
            None => (Stamp { millis: i64::MAX, count: 0 }, Stamp::default()),
        };
        Some(Arc::new(Record { at, fields, created, updated }))
    }
}

impl<'a> Work<'a> {
    pub(super) fn new(store: &'a Store, recent: &'a Recent) -> Self {
        Self { store, recent, touched: BTreeMap::new(), opened: vec![], told: vec![], seen: None }
    }

    fn look(&mut self, at: RecordRef) -> Result<&mut Touched, Refusal> {
        use std::collections::btree_map::Entry::{Occupied, Vacant};
        Ok(match self.touched.entry(at) {
            Occupied(entry) => entry.into_mut(),
            Vacant(entry) => {
                let before = self.recent.one(self.store, at)?;
                entry.insert(Touched { before, set: None })
            }
        })
    }

    /// A record as it is to be.
    pub(super) fn fields(&mut self, at: RecordRef) -> Result<Option<&Fields>, Refusal> {
        Ok(self.look(at)?.now())
    }

    /// The same, to be held while the work goes on.
    pub(super) fn record(&mut self, at: RecordRef) -> Result<Option<Arc<Record>>, Refusal> {
        Ok(self.look(at)?.record(at))
    }

    /// A record of which it is known that it is not there yet: saves looking.
    pub(super) fn make(&mut self, at: RecordRef, fields: Fields) {
        self.changes(at);
        self.touched.insert(at, Touched { before: None, set: Some(Some(fields)) });
    }

    pub(super) fn set(&mut self, at: RecordRef, fields: Option<Fields>) -> Result<(), Refusal> {
        self.changes(at);
        self.look(at)?.set = Some(fields);
        Ok(())
    }

    fn changes(&mut self, at: RecordRef) {
        if papers::are_read(at.kind) {
            self.seen = None;
        }
    }

    pub(super) fn see(&mut self, by: &Arc<Practice>, child: ChildId, said: Packed) {
        match &mut self.seen {
            Some((seen_by, seen)) if Arc::ptr_eq(seen_by, by) => drop(seen.insert(child, said)),
            _ => self.seen = Some((by.clone(), [(child, said)].into())),
        }
    }

    pub(super) fn seen(&self, by: &Arc<Practice>, child: ChildId) -> Option<Packed> {
        let (seen_by, seen) = self.seen.as_ref()?;
        Arc::ptr_eq(seen_by, by).then(|| seen.get(&child).copied()).flatten()
    }

    /// All records of a kind that an owner will have.
    pub(super) fn all(&self, kind: RecordKind, owner: Uuid) -> Result<Vec<Arc<Record>>, Refusal> {
        // What is owned by something new cannot be on the disk.
        let fresh = |at: RecordRef| self.touched.get(&at).is_some_and(|touched| touched.before.is_none());
        let mut records = vec![];
        if !fresh(RecordRef::child(ChildId(owner))) {
            let kept = self.recent.all(self.store, kind, owner)?;
            records.extend(kept.iter().filter(|record| !self.touched.contains_key(&record.at)).cloned());
        }
        let mine = self.touched.iter().filter(|(at, _)| at.kind == kind && at.owner == owner);
        records.extend(mine.filter_map(|(at, touched)| touched.record(*at)));
        Ok(records)
    }

    /// All records of a kind that an owner has had so far.
    pub(super) fn kept(&self, kind: RecordKind, owner: Uuid) -> Result<Vec<Arc<Record>>, Refusal> {
        Ok(self.recent.all(self.store, kind, owner)?.to_vec())
    }

    /// The open follow-ups that a child will have, soonest first.
    pub(super) fn open(&self, child: ChildId) -> Result<Vec<FollowUp>, Refusal> {
        let records = self.all(RecordKind::FollowUp, child.0)?;
        let mut open: Vec<_> = records.iter().filter_map(|record| FollowUp::open(record)).collect();
        open.sort_by_key(|follow_up| (follow_up.due, follow_up.at.id));
        Ok(open)
    }

    pub(super) fn open_rows(&self, child: ChildId) -> Result<Vec<DueRow>, Refusal> {
        Ok(self.open(child)?.into_iter().map(DueRow::from).collect())
    }

    /// What was set: where, as it was, as it is to be.
    pub(super) fn touched(&self) -> impl Iterator<Item = (RecordRef, Option<&Fields>, Option<&Fields>)> {
        let set = self.touched.iter().filter(|(_, touched)| touched.set.is_some());
        set.map(|(at, touched)| (*at, touched.before(), touched.now()))
    }

    /// The children whose own records are touched.
    pub(super) fn children(&self) -> BTreeSet<ChildId> {
        let own = |at: &&RecordRef| at.kind == RecordKind::Child || at.kind.is_of_child();
        self.touched.keys().filter(own).map(|at| ChildId(at.owner)).collect()
    }

    /// The households that are touched, in themselves or by their members.
    pub(super) fn households(&self) -> BTreeSet<HouseholdId> {
        use RecordKind::{Household, Member};
        let own = |at: &&RecordRef| matches!(at.kind, Household | Member);
        self.touched.keys().filter(own).map(|at| HouseholdId(at.owner)).collect()
    }

    pub(super) fn parts(&self) -> Vec<Part> {
        let part = |(at, before, now): (RecordRef, Option<&Fields>, Option<&Fields>)| match (before, now) {
            (None, None) => None,
            (before, Some(now)) => Part::between(at, before, now),
            (Some(before), None) => {
                let made = Part::between(at, None, before)?;
                Some(made.inverse())
            }
        };
        self.touched().filter_map(part).collect()
    }

    /// The records themselves as they are to be kept; `None` is to go.
    pub(super) fn records(&self, change: &Change) -> Vec<(RecordRef, Option<Record>)> {
        let record = |part: &Part| {
            let touched = self.touched.get(&part.at)?;
            let created = touched.before.as_ref().map_or(change.at, |record| record.created);
            Some(Record { at: part.at, fields: touched.now()?.clone(), created, updated: change.at })
        };
        change.parts.iter().map(|part| (part.at, record(part))).collect()
    }
}
