//! Many files at once, from the newest snapshot: in the order in which they lie there, and in flat memory.

use super::super::papers;
use super::{BATCH, Files};
use crate::domain::{ChildId, Record, RecordKind};
use crate::office::pressing::Packed;
use crate::office::{Refusal, keep};
use crate::store::Seq;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use uuid::Uuid;

/// With so many files saved since the snapshot, it says too little.
const MOST_NEWER: usize = 50_000;

type Found = HashMap<(RecordKind, Uuid), Vec<Record>>;

impl Files {
    /// Looks at those of whom the newest snapshot says what is so, and leaves the others in `due`. `false`: it was
    /// stopped.
    pub(super) fn sweep(
        &self,
        due: &mut Vec<(ChildId, Packed)>,
        today: NaiveDate,
        failed: &mut u64,
    ) -> Result<bool, Refusal> {
        let Some(mark) = self.store.snapshotted().filter(|_| due.len() > BATCH) else { return Ok(true) };
        let mut newer = HashSet::new();
        let read = self.store.changed_since(mark, &mut |key| {
            if RecordKind::from_byte(key.kind).is_some_and(papers::are_read) {
                newer.insert(key.owner);
            }
            if newer.len() < MOST_NEWER { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        if read.is_none() {
            return Ok(true);
        }
        let mut there: Vec<(ChildId, Packed)> =
            due.extract_if(.., |(child, _)| !newer.contains(&child.0)).collect();
        there.sort_unstable_by_key(|(child, _)| child.0);
        for batch in there.chunks(BATCH) {
            let owners: Vec<Uuid> = batch.iter().map(|(child, _)| child.0).collect();
            let homes = batch.iter().filter_map(|(child, _)| self.roster().of_child(*child)?.household);
            let mut homes: Vec<Uuid> = homes.map(|home| home.0).collect();
            homes.sort_unstable();
            homes.dedup();
            // The members of a household may be newer than its children.
            let of_newer: HashSet<Uuid> = homes.iter().copied().filter(|home| newer.contains(home)).collect();
            let mut found = Found::new();
            let own =
                papers::kinds().try_for_each(|kind| self.read_in_order(kind, &owners, mark, &mut found));
            if own.and_then(|()| self.read_in_order(RecordKind::Member, &homes, mark, &mut found)).is_err() {
                // One by one only those are missing whose own records do not read.
                due.extend(batch);
                continue;
            }
            let practice = self.practice();
            let looked = batch.iter().map(|(child, before)| {
                let all = |kind, owner| {
                    if kind == RecordKind::Member && of_newer.contains(&owner) {
                        let members = keep::records(&self.store, kind, owner)?;
                        return Ok(members.into_iter().map(Cow::Owned).collect());
                    }
                    Ok(found.get(&(kind, owner)).into_iter().flatten().map(Cow::Borrowed).collect())
                };
                (*child, *before, self.look_on(&practice, (*child, *before), today, all))
            });
            let looked = looked.collect();
            self.show_looked(looked, &practice, failed);
            if !self.rolling.pause() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads all records of a kind that these owners have, who are in order.
    fn read_in_order(
        &self,
        kind: RecordKind,
        owners: &[Uuid],
        mark: Seq,
        found: &mut Found,
    ) -> Result<(), Refusal> {
        let mut refused = None;
        self.store.stream_of(kind as u8, owners, mark, &mut |key, bytes| match keep::decode(&bytes) {
            Ok(record) => {
                found.entry((kind, key.owner)).or_default().push(record);
                ControlFlow::Continue(())
            }
            Err(refusal) => {
                refused = Some(refusal);
                ControlFlow::Break(())
            }
        })?;
        refused.map_or(Ok(()), Err)
    }
}
