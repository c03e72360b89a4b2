//! What lately opened files hold, as it is kept: whoever writes into a file has just read it, so a save need not wait
//! for the disk's reading before its writing.

use super::papers;
use crate::domain::{ChildId, HouseholdId, Record, RecordKind, RecordRef};
use crate::office::{Refusal, keep};
use crate::store::Store;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Some ten files: each has a set for each kind that the rules read, most of them empty.
const SETS: usize = 160;
/// A set with more records is read again: it would hold memory for a file that few open.
const RECORDS: usize = 500;

#[derive(Default)]
pub(super) struct Recent(Mutex<Sets>);

#[derive(Default)]
struct Sets {
    /// Newest first.
    sets: VecDeque<Set>,
    /// Grows with every commit: what was read from the disk meanwhile may be older than what was kept.
    commits: u64,
}

struct Set {
    kind: RecordKind,
    owner: Uuid,
    /// All of them, by id.
    records: Arc<Vec<Arc<Record>>>,
}

impl Sets {
    fn of(&mut self, kind: RecordKind, owner: Uuid) -> Option<&mut Set> {
        self.sets.iter_mut().find(|set| set.kind == kind && set.owner == owner)
    }
}

impl Recent {
    fn lock(&self) -> MutexGuard<'_, Sets> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All records of a kind that an owner has, by id.
    pub(super) fn all(
        &self,
        store: &Store,
        kind: RecordKind,
        owner: Uuid,
    ) -> Result<Arc<Vec<Arc<Record>>>, Refusal> {
        let commits = {
            let mut sets = self.lock();
            if let Some(set) = sets.of(kind, owner) {
                return Ok(set.records.clone());
            }
            sets.commits
        };
        let records: Vec<Record> = match kind {
            // One record, its own owner.
            RecordKind::Child => keep::record(store, RecordRef::child(ChildId(owner)))?.into_iter().collect(),
            RecordKind::Household => {
                keep::record(store, RecordRef::household(HouseholdId(owner)))?.into_iter().collect()
            }
            _ => keep::records(store, kind, owner)?,
        };
        let records = Arc::new(records.into_iter().map(Arc::new).collect::<Vec<_>>());
        let mut sets = self.lock();
        if sets.commits == commits && records.len() <= RECORDS && is_kept(kind) {
            sets.sets.push_front(Set { kind, owner, records: records.clone() });
            sets.sets.truncate(SETS);
        }
        Ok(records)
    }

    /// One record, if it is there.
    pub(super) fn one(&self, store: &Store, at: RecordRef) -> Result<Option<Arc<Record>>, Refusal> {
        if let Some(set) = self.lock().of(at.kind, at.owner) {
            return Ok(set.records.iter().find(|record| record.at.id == at.id).cloned());
        }
        Ok(keep::record(store, at)?.map(Arc::new))
    }

    /// These were committed: each as it is now, or gone.
    pub(super) fn committed(&self, records: Vec<(RecordRef, Option<Record>)>) {
        let mut sets = self.lock();
        sets.commits += 1;
        for (at, record) in records {
            let Some(set) = sets.of(at.kind, at.owner) else { continue };
            let known = Arc::make_mut(&mut set.records);
            let place = known.binary_search_by_key(&at.id, |record| record.at.id);
            match (place, record) {
                (Ok(place), Some(record)) => known[place] = Arc::new(record),
                (Ok(place), None) => drop(known.remove(place)),
                (Err(place), Some(record)) => known.insert(place, Arc::new(record)),
                (Err(_), None) => {}
            }
        }
    }

    /// So much was committed that nothing known is worth keeping.
    pub(super) fn forget(&self) {
        let mut sets = self.lock();
        sets.commits += 1;
        sets.sets.clear();
    }
}

/// Notes, of any length, are read when they are asked for.
fn is_kept(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Household | RecordKind::FollowUp) || papers::are_read(kind)
}
