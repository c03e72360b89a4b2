//! Making snapshots and keeping the roster file fresh.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};

use super::changes::{Changes, SortedChanges};
use super::disk::Disk;
use super::engine::{Base, Engine, held, successor};
use super::error::{Result, StoreError};
use super::files::{read_keyring_on, set_aside, snapshot_name};
use super::health::JournalAge;
use super::kv::KvError;
use super::overlay::Located;
use super::pinned::Tail;
use super::replay::{JournalFindings, JournalView};
use super::roster::{Roster, RosterWriter};
use super::snapshot::{Origin, Snapshot, SnapshotWriter};
use super::{Key, Progress};

/// A snapshot that was written and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotInfo {
    /// The last commit in it.
    pub seq: u64,
    pub rows: u64,
    pub bytes: u64,
    /// Records per kind.
    pub counts: Vec<(u8, u64)>,
}

impl SnapshotInfo {
    pub(crate) fn of(snapshot: &Snapshot) -> SnapshotInfo {
        let (seq, rows, bytes) = (snapshot.seq(), snapshot.rows(), snapshot.bytes);
        SnapshotInfo { seq, rows, bytes, counts: snapshot.counts.clone() }
    }
}

impl Engine {
    pub(crate) fn snapshot(&self, progress: Progress<'_>) -> Result<SnapshotInfo> {
        const TMP: &str = "snapshot.tmp";
        let _one_at_a_time = held(&self.housekeeping);
        let snapshot = self.write_snapshot(&self.disk, TMP, progress)?;
        let name = snapshot_name(snapshot.seq());
        self.disk.rename(TMP, &name).map_err(StoreError::io("naming a snapshot"))?;
        self.disk.sync_dir().map_err(StoreError::io("naming a snapshot"))?;
        let info = SnapshotInfo::of(&snapshot);
        held(&self.notes).snapshot_at = JournalAge::new(self.journal_written(), 0);
        self.keep_two(Arc::new(snapshot))?;
        drop(_one_at_a_time);
        self.refresh_roster()?;
        Ok(info)
    }

    fn keep_two(&self, newest: Arc<Snapshot>) -> Result<()> {
        let (older, gone) = {
            let mut list = self.snapshots.write().unwrap_or_else(PoisonError::into_inner);
            list.retain(|snapshot| snapshot.seq() != newest.seq());
            list.insert(0, newest);
            let kept = list.len().min(2);
            let gone = list.split_off(kept);
            (list.get(1).map(|snapshot| snapshot.seq()), gone)
        };
        for snapshot in gone {
            let name = snapshot_name(snapshot.seq());
            self.disk.remove(&name).map_err(StoreError::io("removing an old snapshot"))?;
        }
        // Never because the engine has it: the engine may go back in time. But what the engine lacks stays, so that
        // it need not be rebuilt.
        if let Some(older) = older {
            let (in_engine, is_damaged) = {
                let notes = held(&self.notes);
                (notes.synced, !notes.findings.is_clean())
            };
            let cover = older.min(in_engine);
            held(&self.writer).journal.retire(cover, is_damaged)?;
        }
        Ok(())
    }

    /// Writes a snapshot of the last commit from the newest sound one and the journal, and reads it back. Also how
    /// a backup is made: on another disk, under another name.
    pub(crate) fn write_snapshot(
        &self,
        disk: &Arc<dyn Disk>,
        name: &str,
        progress: Progress<'_>,
    ) -> Result<Snapshot> {
        let (view, seq, chain) = {
            let writer = held(&self.writer);
            (writer.journal.view(), writer.journal.last_seq(), writer.journal.chain())
        };
        let keyring = read_keyring_on(&*self.disk).unwrap_or_default();
        let origin = Origin { store: self.store, seq, chain, keyring };
        let written = loop {
            let before = self.newest_snapshot();
            let from = before.as_ref().map_or(0, |snapshot| snapshot.seq());
            let (changes, findings) = SortedChanges::read(&view, from, self.tuning.merge_keys)?;
            if !findings.lost.is_empty() {
                self.found_lost(&findings.lost);
                break self.copy_engine(&**disk, name, &origin, &view, progress);
            }
            match merge(&**disk, name, &origin, before.as_deref(), changes, progress) {
                Err(StoreError::Damaged { file: "a snapshot", .. }) if before.is_some() => {
                    self.drop_snapshot(from)?;
                }
                other => break other,
            }
        };
        let read_back = written.and_then(|()| {
            disk.forget(name);
            let snapshot = Snapshot::open(&**disk, name)?;
            snapshot.verify(None, progress)?;
            Ok(snapshot)
        });
        if read_back.is_err() {
            let _ = disk.remove(name);
        }
        read_back
    }

    /// The journal has a hole, and the engine is the only one that may have what was in it. Commits that come in
    /// meanwhile may be in the copy already; the journal after `origin` brings them again, to the same end.
    fn copy_engine(
        &self,
        disk: &dyn Disk,
        name: &str,
        origin: &Origin,
        view: &JournalView,
        progress: Progress<'_>,
    ) -> Result<()> {
        let failed = |error: KvError| StoreError::Unreadable(error.to_string());
        // Without a key there is no worker that opens it.
        let base = match self.roster_keys().is_none() {
            true => held(&self.base).base.clone(),
            false => self.base_when_known(),
        };
        let Base::Engine(kv) = base else {
            return Err(StoreError::damaged("the journal", "commits are missing"));
        };
        self.apply_up_to(&kv, origin.seq).map_err(failed)?;
        let mut beside = self.beside_the_engine(view)?.into_iter().peekable();
        let mut writer = SnapshotWriter::create(disk, name, origin)?;
        let (mut from, mut rows) = (Some(Key::MIN), 0);
        while let Some(start) = from {
            let mut page = Vec::new();
            let looked = kv.page(&start, &Key::MAX, 256 << 10, &mut page).map_err(failed)?;
            for row in &page {
                while let Some((key, (version, sealed))) = beside.next_if(|(key, _)| *key < row.key) {
                    writer.push(key, version, &sealed)?;
                }
                writer.push(row.key, row.version, &row.sealed)?;
            }
            rows += page.len();
            if progress(rows).is_break() {
                return Err(StoreError::Cancelled);
            }
            from = looked.and_then(successor);
        }
        for (key, (version, sealed)) in beside {
            writer.push(key, version, &sealed)?;
        }
        writer.finish()
    }

    /// What the engine does not hold: from the roster file, else from the newest snapshot, and the journal since.
    fn beside_the_engine(&self, view: &JournalView) -> Result<BTreeMap<Key, (u64, Vec<u8>)>> {
        let outside = |key: &Key| !key.is_in_engine();
        let (keys, records) = (self.roster_keys(), self.record_keys());
        let (mut rows, mut from) = (BTreeMap::new(), None);
        if !keys.is_none()
            && let Ok(Some(roster)) = Roster::open(&*self.disk, self.store)
        {
            let seq = roster.seq();
            let read = roster.read(&keys, &mut |key, value| {
                if outside(&key) {
                    rows.insert(key, (seq, records.seal(&super::aad(&key, seq), value)));
                }
                Ok(())
            });
            from = read.is_ok().then_some(seq);
        }
        let from = match (from, self.newest_snapshot()) {
            (Some(seq), _) => seq,
            (None, Some(before)) => {
                rows.clear();
                let first = Key { kind: *super::ROSTER_KINDS.start(), ..Key::MIN };
                let mut stream = before.stream(first);
                while let Some((key, version, sealed)) = stream.next()?.filter(|(key, ..)| outside(key)) {
                    rows.insert(key, (version, sealed.to_vec()));
                }
                before.seq()
            }
            (None, None) if view.first_seq() <= 1 => 0,
            (None, None) => {
                return Err(StoreError::Unreadable(
                    "the rows: somebody who may read must sign in".to_owned(),
                ));
            }
        };
        let (changes, _) = Changes::read(view, from, outside)?;
        for (key, located) in changes.iter() {
            match located.read()? {
                Some(sealed) => drop(rows.insert(key, (located.slot.version, sealed))),
                None => drop(rows.remove(&key)),
            }
        }
        Ok(rows)
    }

    /// The newest snapshot is damaged: the older one and the journal, which reaches back to it, take over.
    pub(crate) fn drop_snapshot(&self, seq: u64) -> Result<()> {
        let older = {
            let list = self.snapshots.read().unwrap_or_else(PoisonError::into_inner);
            list.iter().map(|snapshot| snapshot.seq()).find(|&other| other < seq).unwrap_or(0)
        };
        if !matches!(held(&self.base).base, Base::Engine(_)) {
            self.index_journal(older)?;
        }
        let mut list = self.snapshots.write().unwrap_or_else(PoisonError::into_inner);
        list.retain(|snapshot| snapshot.seq() != seq);
        set_aside(&*self.disk, &snapshot_name(seq), "damaged")
            .map_err(StoreError::io("moving a snapshot aside"))?;
        Ok(())
    }

    /// The journal has grown much since the last, or does not reach back to it.
    pub(crate) fn awaits_snapshot(&self) -> bool {
        if !self.can_rebuild() {
            return true;
        }
        let written = self.journal_written();
        held(&self.notes).snapshot_at.grown(written) >= self.tuning.snapshot_after
    }

    pub(crate) fn refresh_snapshot(&self) -> Result<()> {
        if !self.awaits_snapshot() {
            return Ok(());
        }
        let stopping = || self.stopping.load(std::sync::atomic::Ordering::Relaxed);
        let mut go_on = |_| if stopping() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        self.snapshot(&mut go_on).map(drop)
    }

    /// Writes the roster file anew if the journal has grown since it was written.
    pub(crate) fn refresh_roster(&self) -> Result<()> {
        let (written, last) = {
            let writer = held(&self.writer);
            (writer.journal.written(), writer.journal.last_seq())
        };
        let due = {
            let notes = held(&self.notes);
            let grown = last > notes.roster_seq && notes.roster_at.grown(written) >= self.tuning.pin_after;
            notes.roster_unusable || grown
        };
        let can = !self.roster_keys().is_none();
        if due && can { self.rewrite_roster() } else { Ok(()) }
    }

    /// From the roster file that is there and the journal, else from the newest snapshot and the journal.
    pub(crate) fn rewrite_roster(&self) -> Result<()> {
        let _one_at_a_time = held(&self.housekeeping);
        let (view, seq, written) = {
            let writer = held(&self.writer);
            (writer.journal.view(), writer.journal.last_seq(), writer.journal.written())
        };
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner).roster.clone();
        let from_roster = Roster::open(&*self.disk, self.store).ok().flatten().and_then(|roster| {
            let (changes, findings) = Changes::read(&view, roster.seq(), Key::is_pinned).ok()?;
            let mut writer = RosterWriter::create(&*self.disk, keys.clone(), self.store, seq).ok()?;
            let copied = roster.read(&keys, &mut |key, value| {
                if changes.contains(&key) { Ok(()) } else { writer.push(key, value) }
            });
            (copied.is_ok() && findings.lost.is_empty()).then_some((writer, changes))
        });
        let (mut writer, changes) = match from_roster {
            Some(started) => started,
            None => {
                let snapshot = self.newest_snapshot();
                let from = snapshot.as_ref().map_or(0, |snapshot| snapshot.seq());
                let (changes, _) = Changes::read(&view, from, Key::is_pinned)?;
                let mut writer = RosterWriter::create(&*self.disk, keys, self.store, seq)?;
                if let Some(snapshot) = snapshot {
                    self.pinned_of(&snapshot, &mut |key, value| {
                        if changes.contains(&key) { Ok(()) } else { writer.push(key, value) }
                    })?;
                }
                (writer, changes)
            }
        };
        for (key, located) in changes.iter() {
            if let Some(sealed) = located.read()? {
                writer.push(key, &self.unseal(&key, located.slot.version, &sealed)?)?;
            }
        }
        let rows = writer.finish()?;
        held(&self.notes).pinned(seq, rows, written);
        Ok(())
    }

    pub(crate) fn pinned_of(
        &self,
        snapshot: &Snapshot,
        each: &mut dyn FnMut(Key, &[u8]) -> Result<()>,
    ) -> Result<()> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner).records.clone();
        let mut plain = Vec::new();
        let first = Key { kind: *super::PINNED_KINDS.start(), ..Key::MIN };
        let mut stream = snapshot.stream(first);
        while let Some((key, version, sealed)) = stream.next()? {
            keys.open_into(&mut plain, &super::aad(&key, version), sealed)?;
            each(key, &plain)?;
        }
        Ok(())
    }

    /// What the pinned records of the journal above `from` are, in plain.
    pub(crate) fn pinned_tail(&self, view: &JournalView, from: u64) -> Result<(Tail, JournalFindings)> {
        let (changes, findings) = Changes::read(view, from, Key::is_pinned)?;
        let mut tail = Tail::new();
        for (key, located) in changes.iter() {
            let sealed = located.read()?;
            let value = sealed.map(|sealed| self.unseal(&key, located.slot.version, &sealed)).transpose()?;
            tail.insert(key, value);
        }
        Ok((tail, findings))
    }
}

/// Both sides are sorted by key; what changed wins.
fn merge(
    disk: &dyn Disk,
    name: &str,
    origin: &Origin,
    before: Option<&Snapshot>,
    mut changes: SortedChanges<'_>,
    progress: Progress<'_>,
) -> Result<()> {
    let mut writer = SnapshotWriter::create(disk, name, origin)?;
    let mut rows = 0;
    let mut step = || {
        rows += 1;
        let cancelled = rows % 1024 == 0 && progress(rows) == ControlFlow::Break(());
        if cancelled { Err(StoreError::Cancelled) } else { Ok(()) }
    };
    let put = |writer: &mut SnapshotWriter, key, located: Located| match located.read()? {
        Some(sealed) => writer.push(key, located.slot.version, &sealed),
        None => Ok(()),
    };
    if let Some(before) = before {
        let mut stream = before.stream(Key::MIN);
        while let Some((key, version, sealed)) = stream.next()? {
            let mut changed = false;
            while let Some((at, located)) = changes.next_up_to(key)? {
                changed |= at == key;
                put(&mut writer, at, located)?;
                step()?;
            }
            if !changed {
                writer.push(key, version, sealed)?;
                step()?;
            }
        }
    }
    while let Some((key, located)) = changes.next_up_to(Key::MAX)? {
        put(&mut writer, key, located)?;
        step()?;
    }
    writer.finish()
}
