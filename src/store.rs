//! Records kept durably. The rest of the program gives and gets plain bytes; the disk sees only sealed ones.
//!
//! What an acknowledged commit promises: it survives a killed process, a power cut, a full disk, and the loss of any
//! one of the engine's directory, the newest snapshot, the roster file. The order that makes it so: journal append →
//! one `fdatasync` → acknowledge → the engine, later, on a worker's thread → the engine's own sync, lazily.
//!
//! In the directory:
//!
//! | name | what |
//! |---|---|
//! | `lock` | held by the process that owns the store |
//! | `store` | the marker: there is a store here |
//! | `new` | until the first save: nothing was saved yet |
//! | `new` | nothing was saved yet: a marker beside nothing else is a loss, without this |
//! | `keyring`, `keyring.copy` | the accounts |
//! | `journal-*` | commits since the older snapshot; two prepared segments |
//! | `snapshot-*` | all records as of one commit, the two newest |
//! | `roster` | the pinned records |
//! | `text`, `text-*`, `rules` | what the office derives: the text index, what the rules say |
//! | `reached` | which commits the part of the journal in use can hold, so that its loss shows |
//! | `sled/`, `applied` | the engine, and how far it was known to be durable |
//! | `reached` | which commits the journal's last segment can hold: its loss is not taken for saves never made |
//! | `unsealed` | what the office noted while no key was there to seal it; gone at the next sign-in |
//! | `aside/` | what could not be used, dated, each with a note |

mod anchors;
mod backup;
mod changes;
mod derived;
mod disk;
mod drill;
mod engine;
mod error;
mod examine;
mod files;
mod frame;
mod health;
mod journal;
mod kv;
mod mend;
mod opening;
mod overlay;
mod pinned;
#[doc(hidden)]
pub mod probe;
mod reading;
mod replay;
mod reseal;
mod roster;
mod segment;
mod sled;
mod snapshot;
mod snapshots;
mod unsealed;
mod worker;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use crate::vault::DataKeys;

pub use backup::{BackupInfo, RESTORE_PASSES, RESTORED, look_at_backup, restore, store_in, verify_backup};
pub use derived::{Derived, DerivedFile, DerivedWriter};
pub use drill::{DRILL_PASSES, drill};
pub use error::{StoreError, Unsound};
pub use examine::{Examination, Harm, Looked, Part, Soundness, Stages, examine};
pub use files::{DirLock, lock, read_keyring, write_keyring};
pub use health::{EngineState, Health};
pub use mend::{Mended, Sealed, mend};
pub use opening::OpenReport;
pub use pinned::Pinned;
pub use replay::JournalFindings;
pub use reseal::{Resealed, Resealing};
pub use snapshots::SnapshotInfo;
pub use unsealed::{Unsealed, read_unsealed, remove_unsealed, set_unsealed_aside, write_unsealed};

use engine::Engine;
use error::Result;
use worker::Worker;

#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod tests;

/// Kinds from here up are pinned: [`Pinned`] gives all of them at open, before the engine is needed. Their values
/// are small (about 150 bytes).
pub const PINNED_KINDS: std::ops::RangeInclusive<u8> = 0x80..=0xff;

/// Of these, what is read at open and never by name: the engine, whose memory grows with the number of its records,
/// does not hold it. [`Store::get`] and [`Store::scan`] are not for these.
pub const ROSTER_KINDS: std::ops::RangeInclusive<u8> = 0x81..=0x82;

/// Names a record. Records of one owner (a child, a household) lie together; owner and id are random and lie on disk
/// in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub kind: u8,
    pub owner: Uuid,
    pub id: Uuid,
}

impl Key {
    pub(crate) const MIN: Key = Key { kind: 0, owner: Uuid::nil(), id: Uuid::nil() };
    pub(crate) const MAX: Key = Key { kind: 0xff, owner: Uuid::max(), id: Uuid::max() };

    pub fn is_pinned(&self) -> bool {
        PINNED_KINDS.contains(&self.kind)
    }

    pub(crate) fn is_in_engine(&self) -> bool {
        !ROSTER_KINDS.contains(&self.kind)
    }
}

/// One change of one record: its new value in plain bytes, or `None` to delete it.
#[derive(Clone, PartialEq, Eq)]
pub struct Op {
    pub key: Key,
    pub value: Option<Vec<u8>>,
}

impl std::fmt::Debug for Op {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let len = self.value.as_ref().map(Vec::len);
        f.debug_struct("Op").field("key", &self.key).field("bytes", &len).finish()
    }
}

/// The number of a commit; later commits have greater ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seq(pub u64);

/// Longest value of one record.
pub const MAX_VALUE: usize = 16 << 20;

/// The open store: one per process, used from any thread. The caller holds [`lock`]. Dropping it loses nothing;
/// [`Store::close`] makes the next opening quicker.
pub struct Store {
    engine: Arc<Engine>,
    worker: Worker,
}

/// An open store and what the first screen needs.
pub struct Opened {
    pub store: Store,
    pub pinned: Pinned,
    pub report: OpenReport,
}

/// Called with the number of rows done so far; `Break` cancels.
pub type Progress<'a> = &'a mut dyn FnMut(usize) -> ControlFlow<()>;

impl Store {
    /// A new store in a directory that holds none. `keyring` are the accounts, as bytes that the store only keeps.
    pub fn create(dir: &Path, keys: DataKeys, keyring: &[u8]) -> Result<Store> {
        let (disk, place) = opening::on_disk(dir)?;
        opening::create(&*disk, keyring)?;
        let (engine, ..) = Engine::open(disk, place, keys, engine::Tuning::default())?;
        Ok(Store::run(engine))
    }

    /// Opens what is there. The engine opens behind the answer; reads that need it wait for it.
    pub fn open(dir: &Path, keys: DataKeys) -> Result<Opened> {
        if !dir.is_dir() {
            return Err(StoreError::NotAStore);
        }
        let (disk, place) = opening::on_disk(dir)?;
        let (engine, pinned, report) = Engine::open(disk, place, keys, engine::Tuning::default())?;
        Ok(Opened { store: Store::run(engine), pinned, report })
    }

    fn run(engine: Arc<Engine>) -> Store {
        let worker = Worker::start(engine.clone());
        Store { engine, worker }
    }

    pub fn get(&self, key: Key) -> Result<Option<Vec<u8>>> {
        self.engine.get(key)
    }

    /// Gives the records of a kind, of one owner or of all, in the order of their keys. A record that is changed
    /// meanwhile is given as it was or as it is. `each` may use the store.
    pub fn scan(
        &self,
        kind: u8,
        owner: Option<Uuid>,
        each: &mut dyn FnMut(Key, Vec<u8>) -> ControlFlow<()>,
    ) -> Result<()> {
        self.engine.scan(kind, owner, each)
    }

    /// The records of a kind that come after a key, as of some moment that is not before the commit `since`. From a
    /// snapshot if one is new enough: the engine keeps in memory what it reads, many times what it is allowed.
    pub fn stream_after(
        &self,
        after: Key,
        since: Seq,
        each: &mut dyn FnMut(Key, Vec<u8>) -> ControlFlow<()>,
    ) -> Result<()> {
        let to = Key { kind: after.kind, owner: Uuid::max(), id: Uuid::max() };
        let Some(from) = engine::successor(after).filter(|from| *from <= to) else { return Ok(()) };
        match self.engine.newest_snapshot().filter(|snapshot| snapshot.seq() >= since.0) {
            Some(snapshot) => self.engine.stream_between(&snapshot, from, to, each),
            None => self.engine.scan_between(from, to, each),
        }
    }

    /// The records of a kind that these owners have, who are in order: as [`Store::stream_after`], without looking into
    /// those of others.
    pub fn stream_of(
        &self,
        kind: u8,
        owners: &[Uuid],
        since: Seq,
        each: &mut dyn FnMut(Key, Vec<u8>) -> ControlFlow<()>,
    ) -> Result<()> {
        match self.engine.newest_snapshot().filter(|snapshot| snapshot.seq() >= since.0) {
            Some(snapshot) => self.engine.stream_of(&snapshot, kind, owners, each),
            None => owners.iter().try_for_each(|owner| self.engine.scan(kind, Some(*owner), each)),
        }
    }

    /// The commit of the newest snapshot.
    pub fn snapshotted(&self) -> Option<Seq> {
        self.engine.newest_snapshot().map(|snapshot| Seq(snapshot.seq()))
    }

    /// So much was committed since the last snapshot that the next quiet moment makes one.
    pub fn awaits_snapshot(&self) -> bool {
        self.engine.awaits_snapshot()
    }

    /// All of it or, after an error or a cut, nothing. On return it is durable. Two changes of one key: the later
    /// counts.
    pub fn commit(&self, ops: Vec<Op>) -> Result<Seq> {
        let seq = self.engine.commit(ops)?;
        self.worker.nudge();
        Ok(seq)
    }

    /// One commit of any size in flat memory. `ops` may read the store and must not commit to it: other commits wait
    /// until this one ends. `progress` is called now and then with the number of changes so far; after `Break`, or an
    /// error, nothing of it counts.
    pub fn commit_bulk(&self, ops: impl Iterator<Item = Op>, progress: Progress<'_>) -> Result<Seq> {
        let seq = self.engine.commit_bulk(&mut { ops }, progress)?;
        self.worker.nudge();
        Ok(seq)
    }

    /// Writes the roster file anew from all pinned records as they were at `seq`. The store does this by itself too,
    /// from what it has, when the journal since the last time has grown.
    pub fn pin(&self, seq: Seq, rows: &mut dyn Iterator<Item = (Key, Vec<u8>)>) -> Result<()> {
        self.engine.pin(seq.0, rows)
    }

    /// A snapshot of all records, from the one before and the journal; verified by reading it back. The journal that
    /// the older of the two kept snapshots covers is let go.
    pub fn snapshot(&self, progress: Progress<'_>) -> Result<SnapshotInfo> {
        self.engine.snapshot(progress)
    }

    /// A snapshot with the accounts in a file elsewhere, verified by reading it back.
    pub fn backup(&self, to: &Path, progress: Progress<'_>) -> Result<BackupInfo> {
        backup::backup(&self.engine, to, progress)
    }

    /// A record as each of the snapshots kept here has it, the newest first; `None` where it was not there yet.
    pub fn in_snapshots(&self, key: Key) -> Vec<(Seq, Result<Option<Vec<u8>>>)> {
        self.engine.in_snapshots(key)
    }

    /// A record as a backup of this store has it.
    ///
    /// # Errors
    /// [`StoreError::OtherStore`] for a backup of another one; if the file is not there or is damaged.
    pub fn in_backup(&self, path: &Path, key: Key) -> Result<Option<Vec<u8>>> {
        self.engine.in_backup(path, key)
    }

    /// For new keys after someone has left: what is written from now on is sealed in the newest epoch.
    pub fn use_keys(&self, keys: DataKeys) {
        self.engine.use_keys(&keys);
    }

    /// Goes once through all records and seals those of older epochs anew, a few in a commit, while others commit too:
    /// what is saved meanwhile stays as it is saved. Stopped or cut, the next pass goes on.
    ///
    /// # Errors
    /// [`StoreError::Cancelled`]; a fault of the disk; a record of an older epoch that does not open.
    pub fn reseal(&self, resealing: Resealing<'_>) -> Result<Resealed> {
        self.engine.reseal(&mut |done, total| {
            self.worker.nudge();
            resealing(done, total)
        })
    }

    /// After [`Store::reseal`] found nothing old, and one commit more: lets go of the files from before. `true` if
    /// nothing in the journal, the snapshots and the roster file is of an older epoch, so that its keys can go.
    ///
    /// # Errors
    /// As [`Store::reseal`].
    pub fn shed(&self, progress: Progress<'_>) -> Result<bool> {
        self.engine.shed(progress)
    }

    /// Brings the engine up to date on the disk. Loses nothing if it is never called.
    pub fn sync_idle(&self) {
        self.worker.settle();
    }

    pub fn health(&self) -> Health {
        self.engine.health()
    }

    pub fn close(self) -> Result<()> {
        drop(self.worker);
        self.engine.settle()
    }
}

/// What a sealed value is bound to: its key and the commit that wrote it.
pub(crate) fn aad(key: &Key, version: u64) -> [u8; 41] {
    let mut aad = [0; 41];
    aad[..33].copy_from_slice(&key.to_bytes());
    aad[33..].copy_from_slice(&version.to_le_bytes());
    aad
}
