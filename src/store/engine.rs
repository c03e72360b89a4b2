//! The store without its thread: what commits and the worker do (`reading` has the rest). The tests drive it step by
//! step.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};

use uuid::Uuid;

use super::disk::Disk;
use super::error::{Result, StoreError};
use super::files;
use super::frame::FrameBuilder;
use super::health::Notes;
use super::journal::{Appended, Journal, prepare};
use super::kv::{Kv, KvChange, KvError, KvPlace};
use super::overlay::{DELETED, Located, Overlay, Slot, placed, slots_of};
use super::replay::{JournalFindings, JournalView};
use super::reseal::Saved;
use super::roster::RosterWriter;
use super::snapshot::Snapshot;
use super::{Key, MAX_VALUE, Op, Progress, Seq, aad};
use crate::vault::DataKeys;

/// Sizes, so that tests reach their edges with few bytes.
#[derive(Clone, Copy)]
pub(crate) struct Tuning {
    pub(crate) segment: u64,
    pub(crate) part: usize,
    /// Records between two syncs while the engine is rebuilt: without them sled queues hundreds of megabytes.
    pub(crate) rebuild_sync: usize,
    /// Journal bytes after which the roster file is written anew.
    pub(crate) pin_after: u64,
    /// Journal bytes after which an idle store makes a snapshot.
    pub(crate) snapshot_after: u64,
    /// Changed records of which a snapshot's making keeps an index at a time: some 60 bytes each.
    pub(crate) merge_keys: usize,
    /// Records that are sealed anew in one commit: a save waits for one at the most.
    pub(crate) reseal: usize,
}

impl Default for Tuning {
    fn default() -> Tuning {
        Tuning {
            segment: 1 << 20,
            part: 256 << 10,
            rebuild_sync: 1000,
            pin_after: 2 << 20,
            snapshot_after: 32 << 20,
            merge_keys: 100_000,
            reseal: 64,
        }
    }
}

/// Who answers what the overlay does not.
#[derive(Clone)]
pub(crate) enum Base {
    /// Not known yet; readers wait.
    Opening,
    Engine(Arc<dyn Kv>),
    /// The newest snapshot. The overlay then holds every later commit.
    Snapshot {
        why: String,
        rebuilding: bool,
    },
}

pub(crate) struct BaseState {
    pub(crate) base: Base,
    /// Grows with each change, so that a reader that looked into the overlay before a change looks again.
    pub(crate) generation: u64,
}

pub(crate) struct Keys {
    pub(crate) records: DataKeys,
    pub(crate) roster: DataKeys,
    pub(crate) derived: DataKeys,
}

impl Keys {
    pub(crate) fn of(keys: &DataKeys) -> Keys {
        let of = |purpose| keys.purpose(purpose);
        Keys { records: of("records"), roster: of("roster"), derived: of("derived") }
    }
}

pub(crate) struct Writer {
    pub(crate) journal: Journal,
    pub(crate) frame: FrameBuilder,
    pub(crate) saved: Saved,
}

impl Writer {
    pub(crate) fn new(journal: Journal) -> Writer {
        Writer { journal, frame: FrameBuilder::default(), saved: Saved::default() }
    }
}

pub(crate) struct Engine {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) place: Box<dyn KvPlace>,
    pub(crate) store: Uuid,
    pub(crate) tuning: Tuning,
    pub(crate) keys: RwLock<Keys>,
    pub(crate) writer: Mutex<Writer>,
    pub(crate) overlay: RwLock<Overlay>,
    pub(crate) base: Mutex<BaseState>,
    pub(crate) base_changed: Condvar,
    /// Newest first.
    pub(crate) snapshots: RwLock<Vec<Arc<Snapshot>>>,
    /// One at a time brings the engine up to date: a batch read before would bring back what was deleted since.
    pub(crate) applying: Mutex<()>,
    /// One snapshot, backup or roster file at a time.
    pub(crate) housekeeping: Mutex<()>,
    pub(crate) notes: Mutex<Notes>,
    /// The store is being closed: what takes long is left.
    pub(crate) stopping: AtomicBool,
    /// Records that an engine has which is being made anew.
    pub(crate) rebuilt: AtomicUsize,
    /// Whether the worker may open the engine: the first screen waits for the pinned records, and opening would take
    /// a core from their reading.
    pub(crate) opening: (Mutex<bool>, Condvar),
}

pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

const APPLY_AT_ONCE: usize = 256;

impl Engine {
    pub(crate) fn commit(&self, ops: Vec<Op>) -> Result<Seq> {
        if ops.iter().any(|op| op.value.as_ref().is_some_and(|value| value.len() > MAX_VALUE)) {
            return Err(StoreError::TooLarge(MAX_VALUE));
        }
        // Two changes of one key: the later counts.
        let ops: BTreeMap<Key, Option<Vec<u8>>> = ops.into_iter().map(|op| (op.key, op.value)).collect();
        let mut writer = held(&self.writer);
        let Writer { journal, frame, saved } = &mut *writer;
        saved.add(ops.keys().copied());
        self.commit_under(journal, frame, ops)
    }

    /// With the writer's lock held.
    pub(crate) fn commit_under(
        &self,
        journal: &mut Journal,
        frame: &mut FrameBuilder,
        ops: BTreeMap<Key, Option<Vec<u8>>>,
    ) -> Result<Seq> {
        let (keys, seq) = (self.record_keys(), journal.last_seq() + 1);
        if ops.is_empty() {
            return Ok(Seq(seq - 1));
        }
        frame.start();
        let slots: Vec<_> =
            ops.iter().map(|(key, value)| (*key, push(frame, &keys, *key, seq, value.as_deref()))).collect();
        let appended = journal.commit(frame)?;
        // Under the writer's lock, so that the worker never sees a number whose slots are not in.
        self.show(journal, &appended, slots);
        Ok(Seq(appended.seq))
    }

    pub(crate) fn commit_bulk(
        &self,
        ops: &mut dyn Iterator<Item = Op>,
        progress: Progress<'_>,
    ) -> Result<Seq> {
        let mut writer = held(&self.writer);
        let Writer { journal, frame, saved } = &mut *writer;
        saved.flood();
        let keys = self.record_keys();
        let mark = journal.begin_bulk();
        let before = journal.last_seq();
        let mut slots = Vec::new();
        let mut write = || {
            let (mut part, mut done) = (Vec::new(), 0);
            frame.start();
            loop {
                let op = ops.next();
                let more = op.is_some();
                if let Some(op) = op {
                    if op.value.as_ref().is_some_and(|value| value.len() > MAX_VALUE) {
                        return Err(StoreError::TooLarge(MAX_VALUE));
                    }
                    let seq = journal.last_seq() + 1;
                    part.push((op.key, push(frame, &keys, op.key, seq, op.value.as_deref())));
                    done += 1;
                }
                if frame.ops() > 0 && (!more || frame.len() >= self.tuning.part) {
                    let appended = journal.part(mark, frame)?;
                    slots.extend(part.drain(..).map(|(key, slot)| (key, placed(slot, &appended))));
                    frame.start();
                }
                if (done % 512 == 0 || !more) && progress(done).is_break() {
                    return Err(StoreError::Cancelled);
                }
                if !more {
                    return Ok(done);
                }
            }
        };
        match write() {
            Ok(0) => return Ok(Seq(before)),
            Ok(_) => {}
            Err(error) => {
                journal.rewind(mark);
                return Err(error);
            }
        }
        let ended = journal.end_bulk(mark, frame);
        let appended = ended.inspect_err(|_| journal.rewind(mark))?;
        let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
        self.show_blobs(&mut overlay, journal, appended.replaced, appended.segment);
        for (key, slot) in slots {
            if !overlay.blobs.contains_key(&slot.segment)
                && let Some(blob) = journal.blob(slot.segment)
            {
                overlay.blobs.insert(slot.segment, blob);
            }
            overlay.insert(key, slot);
        }
        Ok(Seq(appended.seq))
    }

    pub(crate) fn record_keys(&self) -> DataKeys {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).records.clone()
    }

    pub(crate) fn use_keys(&self, keys: &DataKeys) {
        // No commit that took the keys before is on its way afterwards.
        let _writer = held(&self.writer);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Keys::of(keys);
    }

    fn show(&self, journal: &Journal, appended: &Appended, slots: Vec<(Key, Slot)>) {
        let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
        self.show_blobs(&mut overlay, journal, appended.replaced, appended.segment);
        for (key, slot) in slots {
            overlay.insert(key, placed(slot, appended));
        }
    }

    fn show_blobs(&self, overlay: &mut Overlay, journal: &Journal, replaced: Option<u32>, segment: u32) {
        let Some(blob) = journal.blob(segment) else { return };
        if let Some(old) = replaced {
            overlay.blobs.insert(old, blob.clone());
        }
        overlay.blobs.entry(segment).or_insert(blob);
    }

    /// Prepared segments up to the wanted number. On a full disk there are none to be had; saves go on as long as
    /// those that are left last.
    pub(crate) fn prepare_segments(&self) -> Result<()> {
        loop {
            let wanted = held(&self.writer).journal.wants();
            let Some((number, size)) = wanted else { return self.note_reached() };
            let blob = prepare(&*self.disk, number, size).map_err(StoreError::io("preparing the journal"))?;
            held(&self.writer).journal.accept(number, blob);
        }
    }

    fn note_reached(&self) -> Result<()> {
        let reached = held(&self.writer).journal.reached();
        let noted = held(&self.notes).reached;
        let Some(reached) = reached.filter(|reached| *reached != noted) else { return Ok(()) };
        files::write_reached(&*self.disk, reached).map_err(StoreError::io("noting where the journal is"))?;
        held(&self.notes).reached = reached;
        if noted == files::Reached::default() && files::is_new(&*self.disk) {
            files::no_longer_new(&*self.disk);
        }
        Ok(())
    }

    /// Brings the engine up to the last commit. `false` if there is no engine to bring.
    pub(crate) fn apply_pending(&self) -> bool {
        let Base::Engine(kv) = held(&self.base).base.clone() else { return false };
        let target = held(&self.writer).journal.last_seq();
        match self.apply_up_to(&kv, target) {
            Ok(()) => {
                held(&self.notes).applied = target;
                true
            }
            Err(error) => {
                self.engine_failed(&kv, error);
                false
            }
        }
    }

    pub(crate) fn apply_up_to(&self, kv: &Arc<dyn Kv>, target: u64) -> std::result::Result<(), KvError> {
        let _one_at_a_time = held(&self.applying);
        let mut from = Some(Key::MIN);
        while let Some(start) = from {
            let (batch, next) = {
                let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
                let range = overlay.map.range(start..);
                let batch: Vec<(Key, Located)> =
                    range.take(APPLY_AT_ONCE).map(|(key, slot)| (*key, overlay.locate(slot))).collect();
                let next = batch.last().filter(|_| batch.len() == APPLY_AT_ONCE);
                let next = next.and_then(|(key, _)| successor(*key));
                (batch, next)
            };
            let due = batch.into_iter().filter(|(_, located)| located.slot.version <= target);
            let (mut changes, mut roster_only) = (Vec::new(), Vec::new());
            for (key, located) in due {
                if !key.is_in_engine() {
                    roster_only.push((key, located.slot.version));
                    continue;
                }
                let sealed = located.read().map_err(|error| KvError::Failed(error.to_string()))?;
                changes.push(KvChange { key, version: located.slot.version, sealed });
            }
            if !changes.is_empty() {
                kv.apply(&changes, None)?;
            }
            if !changes.is_empty() || !roster_only.is_empty() {
                let state = held(&self.base);
                if !matches!(&state.base, Base::Engine(now) if Arc::ptr_eq(now, kv)) {
                    return Err(KvError::Failed("something else answers by now".to_owned()));
                }
                let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
                let applied = changes.iter().map(|change| (change.key, change.version));
                for (key, version) in applied.chain(roster_only) {
                    if overlay.map.get(&key).is_some_and(|slot| slot.version == version) {
                        overlay.map.remove(&key);
                    }
                }
                if overlay.map.is_empty() {
                    overlay.blobs.clear();
                }
            }
            from = next;
        }
        if kv.meta()?.is_none_or(|meta| meta.applied < target) {
            kv.apply(&[], Some((self.store, target)))?;
        }
        Ok(())
    }

    /// The engine's own sync, and a note of how far it is durable.
    pub(crate) fn sync_engine(&self) {
        let Base::Engine(kv) = held(&self.base).base.clone() else { return };
        let applied = held(&self.notes).applied;
        if applied == held(&self.notes).synced {
            return;
        }
        match kv.sync() {
            Ok(()) => {
                // Without the note the next opening only does more work.
                let _ = files::write_progress(&*self.disk, applied);
                held(&self.notes).synced = applied;
            }
            Err(error) => self.engine_failed(&kv, error),
        }
    }

    /// At the end, or when idle: everything in its place.
    pub(crate) fn settle(&self) -> Result<()> {
        self.apply_pending();
        self.sync_engine();
        self.refresh_roster()
    }

    /// Makes a damaged engine anew, once: a second time says that the disk is at fault.
    pub(crate) fn repair(&self) {
        let why = held(&self.notes).rebuild.as_mut().map(std::mem::take).filter(|why| !why.is_empty());
        if let Some(why) = why {
            self.rebuild_engine(&why);
            self.apply_pending();
        }
    }

    pub(crate) fn set_base(&self, base: Base) {
        let mut state = held(&self.base);
        state.base = base;
        state.generation += 1;
        self.base_changed.notify_all();
    }

    /// Readers wait until the worker has put something in the engine's place.
    pub(crate) fn engine_failed(&self, failed: &Arc<dyn Kv>, error: KvError) {
        let mut state = held(&self.base);
        let current = matches!(&state.base, Base::Engine(kv) if Arc::ptr_eq(kv, failed));
        if !current {
            return;
        }
        let why = error.to_string();
        state.base = Base::Opening;
        state.generation += 1;
        drop(state);
        {
            let mut notes = held(&self.notes);
            notes.engine_errors.push(why.clone());
            if matches!(error, KvError::Damaged(_)) {
                notes.rebuild.get_or_insert(why.clone());
            }
        }
        // Whoever meets the error makes the way round it: an index of the journal, in milliseconds.
        self.fall_back(why);
    }

    /// From here on the newest snapshot and the journal answer.
    pub(crate) fn fall_back(&self, why: String) {
        let from = self.newest_snapshot().map_or(0, |snapshot| snapshot.seq());
        if let Err(error) = self.index_journal(from) {
            held(&self.notes).engine_errors.push(error.to_string());
        }
        self.set_base(Base::Snapshot { why, rebuilding: false });
    }

    /// Puts every commit above `from` into the overlay.
    pub(crate) fn index_journal(&self, from: u64) -> Result<JournalFindings> {
        let view = held(&self.writer).journal.view();
        let findings = self.index_view(&view, from)?;
        self.found_lost(&findings.lost);
        Ok(findings)
    }

    /// Commits that cannot be read turn up late too: opening reads no more of the journal than the engine lacks.
    pub(crate) fn found_lost(&self, lost: &[(u64, u64)]) {
        let mut notes = held(&self.notes);
        for range in lost {
            if !notes.findings.lost.contains(range) {
                notes.findings.lost.push(*range);
            }
            // On a full disk the health of this session has it all the same.
            let _ = files::note_lost(&*self.disk, *range);
        }
    }

    pub(crate) fn index_view(&self, view: &JournalView, from: u64) -> Result<JournalFindings> {
        view.replay(from, &mut |frame, segment, at| {
            let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
            if !overlay.blobs.contains_key(&segment)
                && let Some(blob) = view.blob(segment)
            {
                overlay.blobs.insert(segment, blob);
            }
            for (key, slot) in slots_of(frame, segment, at) {
                overlay.insert(key, slot);
            }
            Ok(())
        })
    }

    pub(crate) fn pin(&self, seq: u64, rows: &mut dyn Iterator<Item = (Key, Vec<u8>)>) -> Result<()> {
        let _one_at_a_time = held(&self.housekeeping);
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner).roster.clone();
        let mut writer = RosterWriter::create(&*self.disk, keys, self.store, seq)?;
        for (key, value) in rows.filter(|(key, _)| key.is_pinned()) {
            writer.push(key, &value)?;
        }
        let rows = writer.finish()?;
        held(&self.notes).pinned(seq, rows, self.journal_written());
        Ok(())
    }

    /// Something that grows with what is committed.
    pub(crate) fn journal_written(&self) -> u64 {
        held(&self.writer).journal.written()
    }
}

fn push(frame: &mut FrameBuilder, keys: &DataKeys, key: Key, seq: u64, value: Option<&[u8]>) -> Slot {
    let mut seal = value.map(|value| move |out: &mut Vec<u8>| keys.seal_into(out, &aad(&key, seq), value));
    let seal = seal.as_mut().map(|seal| seal as &mut dyn FnMut(&mut Vec<u8>));
    let (at, len) = frame.push(&key, seal);
    Slot { version: seq, segment: 0, at, len: if value.is_some() { len } else { DELETED } }
}

/// The next possible key.
pub(crate) fn successor(key: Key) -> Option<Key> {
    let mut bytes = key.to_bytes();
    for byte in bytes.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            return Some(Key::from_bytes(&bytes));
        }
    }
    None
}
