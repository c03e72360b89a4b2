//! Sealing anew, under the newest data key, what was sealed under older ones: while people work, a few records at a
//! time, and from the start again after a cut.
//!
//! A pass goes through a snapshot, where the first two bytes of a sealed value are its epoch. What somebody saved since
//! the pass began is newer than what the pass sees, and sealed in the newest epoch already: it is left alone, or its
//! older value would come back. Passes follow each other until a snapshot holds nothing old; then a fresh one lets the
//! snapshots and journal segments before it go.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::engine::{Engine, Writer, held};
use super::error::{Result, StoreError};
use super::files::snapshot_names;
use super::roster::Roster;
use super::snapshot::Snapshot;
use super::{Key, Op, Progress, aad};

/// Bytes that are sealed anew in one commit, if they are not more records than [`super::engine::Tuning`] says.
const BYTES_AT_ONCE: usize = 64 << 10;
/// The disk must have so many times the room of a snapshot: the journal grows by one, and saves come first.
const ROOM: u64 = 3;
/// So many saves during one pass are remembered; after more, another pass begins.
const MOST_SAVED: usize = 20_000;

/// How a pass of [`super::Store::reseal`] ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resealed {
    /// Records of an older epoch were seen, and most are not any more: look again.
    Again,
    /// The newest snapshot, and what was committed since, hold nothing of an older epoch.
    Clean,
}

/// Called with how many records are of the newest epoch, and how many there are; `Break` stops between two commits.
pub type Resealing<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// Which records were saved since a pass began.
#[derive(Default)]
pub(crate) struct Saved(Option<HashSet<Key>>);

impl Saved {
    pub(crate) fn add(&mut self, keys: impl Iterator<Item = Key>) {
        let Some(saved) = &mut self.0 else { return };
        saved.extend(keys);
        if saved.len() > MOST_SAVED {
            self.0 = None;
        }
    }

    /// More than can be remembered.
    pub(crate) fn flood(&mut self) {
        self.0 = None;
    }
}

impl Engine {
    /// One pass. Records that do not open are damaged: they stop it, and the older keys stay.
    pub(crate) fn reseal(&self, resealing: Resealing<'_>) -> Result<Resealed> {
        let last = {
            let mut writer = held(&self.writer);
            writer.saved = Saved(Some(HashSet::new()));
            // What is of an older epoch lies in segments that can be let go.
            writer.journal.turn_page();
            writer.journal.last_seq()
        };
        let ended = self.pass(last, resealing);
        held(&self.writer).saved = Saved(None);
        ended
    }

    fn pass(&self, last: u64, resealing: Resealing<'_>) -> Result<Resealed> {
        let snapshot = self.snapshot_from(last, &mut |_| resealing(0, 0))?;
        let keys = self.record_keys();
        let (total, mut done, mut old) = (snapshot.rows(), 0, 0);
        let (mut batch, mut bytes, mut plain) = (Vec::new(), 0, Vec::new());
        let mut stream = snapshot.stream(Key::MIN);
        let mut looked = 0;
        while let Some((key, version, sealed)) = stream.next()? {
            looked += 1;
            if epoch_of(sealed) == keys.epoch() {
                done += 1;
            } else {
                if old == 0 && self.disk.free().is_ok_and(|free| free < ROOM * snapshot.bytes) {
                    return Err(StoreError::Full);
                }
                old += 1;
                keys.open_into(&mut plain, &aad(&key, version), sealed)?;
                bytes += plain.len();
                batch.push(Op { key, value: Some(plain.clone()) });
            }
            let full = batch.len() >= self.tuning.reseal || bytes >= BYTES_AT_ONCE;
            if full || looked == total {
                done += batch.len() as u64;
                if !self.swap(std::mem::take(&mut batch))? {
                    return Ok(Resealed::Again);
                }
                bytes = 0;
            }
            if (full || looked % 4096 == 0 || looked == total) && resealing(done, total).is_break() {
                return Err(StoreError::Cancelled);
            }
        }
        Ok(if old == 0 { Resealed::Clean } else { Resealed::Again })
    }

    /// A snapshot that has every commit up to `last`.
    fn snapshot_from(&self, last: u64, progress: Progress<'_>) -> Result<Arc<Snapshot>> {
        let recent = |engine: &Engine| engine.newest_snapshot().filter(|snapshot| snapshot.seq() >= last);
        if let Some(snapshot) = recent(self) {
            return Ok(snapshot);
        }
        self.snapshot(progress)?;
        recent(self).ok_or(StoreError::Cancelled)
    }

    /// Writes records again, as they are, but for those that somebody saved since the pass began; `false` if that is
    /// not known.
    fn swap(&self, mut batch: Vec<Op>) -> Result<bool> {
        let mut writer = held(&self.writer);
        let Some(saved) = &writer.saved.0 else { return Ok(false) };
        batch.retain(|op| !saved.contains(&op.key));
        let Writer { journal, frame, .. } = &mut *writer;
        self.commit_under(journal, frame, batch.into_iter().map(|op| (op.key, op.value)).collect())?;
        Ok(true)
    }

    /// After a clean pass and a commit: lets go of all files from before, and looks whether nothing that is left is of
    /// an older epoch. `false` while something is, because the engine lags behind or saves came in between.
    pub(crate) fn shed(&self, progress: Progress<'_>) -> Result<bool> {
        self.apply_pending();
        self.sync_engine();
        self.snapshot(progress)?;
        self.rewrite_roster()?;
        self.is_of_one_epoch(progress)
    }

    fn is_of_one_epoch(&self, progress: Progress<'_>) -> Result<bool> {
        let _one_at_a_time = held(&self.housekeeping);
        let (view, epoch) = {
            let writer = held(&self.writer);
            (writer.journal.view(), self.record_keys().epoch())
        };
        let mut pure = true;
        let findings = view.replay(0, &mut |frame, _, _| {
            pure &= frame.ops().all(|op| op.value.is_none_or(|(_, sealed)| epoch_of(sealed) == epoch));
            Ok(())
        })?;
        // What the journal no longer has is in the snapshots; what it lost in its middle, nobody knows.
        let from = view.first_seq();
        pure &= findings.lost.iter().all(|(_, last)| *last < from);
        for name in snapshot_names(&*self.disk)? {
            let snapshot = Snapshot::open(&*self.disk, &name)?;
            let (mut stream, mut rows) = (snapshot.stream(Key::MIN), 0);
            while let Some((_, _, sealed)) = stream.next()?.filter(|_| pure) {
                pure = epoch_of(sealed) == epoch;
                rows += 1;
                if rows % 4096 == 0 && progress(rows).is_break() {
                    return Err(StoreError::Cancelled);
                }
            }
        }
        let roster = Roster::open(&*self.disk, self.store)?;
        Ok(pure && roster.map_or(Ok(true), |roster| roster.is_of(&self.roster_keys()))?)
    }
}

/// In which epoch a value was sealed.
pub(crate) fn epoch_of(sealed: &[u8]) -> u16 {
    sealed.first_chunk().map_or(0, |epoch| u16::from_le_bytes(*epoch))
}
