//! What the health screen and remote support see: sizes, counts, states. Never what a record says.

use super::engine::{Base, Engine, held};
use super::files;
use super::journal::PREPARED;
use super::replay::JournalFindings;

/// How the engine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineState {
    /// Being opened; reads of what is not pending wait.
    Opening,
    Open,
    /// Being made anew from snapshot and journal, which answer meanwhile.
    Rebuilding {
        why: String,
    },
    /// Snapshot and journal answer. Nothing is lost; the next start tries again.
    Broken {
        why: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub engine: EngineState,
    pub engine_errors: Vec<String>,
    /// The last commit, the last in the engine, the last durable there, the last in the roster file.
    pub last: u64,
    pub applied: u64,
    pub synced: u64,
    pub pinned: u64,
    /// Records per kind, as of `applied`; from the newest snapshot while there is no engine.
    pub counts: Vec<(u8, u64)>,
    /// Records that are not in the engine yet.
    pub pending: usize,
    pub journal_segments: usize,
    pub journal_bytes: u64,
    /// Prepared segments left; less than [`Health::SPARE_SEGMENTS`] for long means that the disk is full.
    pub spare_segments: usize,
    pub spare_error: Option<String>,
    pub engine_bytes: u64,
    pub snapshots: Vec<SnapshotHealth>,
    pub last_backup: Option<i64>,
    pub findings: JournalFindings,
    /// Names in `aside/`: what was moved away in repairs.
    pub aside: Vec<String>,
    /// Bytes that can still be written.
    pub free: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotHealth {
    pub seq: u64,
    pub bytes: u64,
    pub rows: u64,
    /// Unix seconds.
    pub written: Option<i64>,
}

impl Health {
    pub const SPARE_SEGMENTS: usize = PREPARED;
}

/// How much journal there was when a file was made from it.
#[derive(Clone, Copy, Default)]
pub(crate) struct JournalAge {
    at: u64,
    /// What was in the journal and not in the file when the store was opened.
    before: u64,
}

impl JournalAge {
    pub(crate) fn new(at: u64, before: u64) -> JournalAge {
        JournalAge { at, before }
    }

    /// Journal bytes since then.
    pub(crate) fn grown(&self, written: u64) -> u64 {
        self.before + written.saturating_sub(self.at)
    }
}

/// What the store remembers for its health.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) engine_errors: Vec<String>,
    pub(crate) applied: u64,
    pub(crate) synced: u64,
    pub(crate) roster_seq: u64,
    pub(crate) roster_rows: u64,
    pub(crate) roster_at: JournalAge,
    /// There is none, or it turned out to be damaged.
    pub(crate) roster_unusable: bool,
    /// The overlay was filled from here on when the store was opened.
    pub(crate) indexed_from: u64,
    pub(crate) snapshot_at: JournalAge,
    /// An engine that turned out to be damaged, and is to be made anew.
    pub(crate) rebuild: Option<String>,
    pub(crate) spare_error: Option<String>,
    /// As it was last written down.
    pub(crate) reached: files::Reached,
    pub(crate) last_backup: Option<i64>,
    pub(crate) findings: JournalFindings,
}

impl Notes {
    pub(crate) fn pinned(&mut self, seq: u64, rows: u64, at: u64) {
        (self.roster_seq, self.roster_rows, self.roster_unusable) = (seq, rows, false);
        self.roster_at = JournalAge::new(at, 0);
    }
}

impl Engine {
    pub(crate) fn health(&self) -> Health {
        let base = held(&self.base).base.clone();
        let counts = match &base {
            Base::Engine(kv) => kv.meta().ok().flatten().map(|meta| meta.counts),
            _ => None,
        };
        let snapshots: Vec<_> = self.snapshots.read().map(|list| list.clone()).unwrap_or_default();
        let counts = counts.or_else(|| snapshots.first().map(|snapshot| snapshot.counts.clone()));
        let engine = match base {
            Base::Opening => EngineState::Opening,
            Base::Engine(_) => EngineState::Open,
            Base::Snapshot { why, rebuilding: true } => EngineState::Rebuilding { why },
            Base::Snapshot { why, rebuilding: false } => EngineState::Broken { why },
        };
        let (last, segments, bytes, ready) = {
            let writer = held(&self.writer);
            let journal = &writer.journal;
            (journal.last_seq(), journal.segments(), journal.bytes(), journal.ready())
        };
        let notes = held(&self.notes);
        Health {
            engine,
            engine_errors: notes.engine_errors.clone(),
            last,
            applied: notes.applied,
            synced: notes.synced,
            pinned: notes.roster_seq,
            counts: counts.unwrap_or_default(),
            pending: self.overlay.read().map_or(0, |overlay| overlay.len()),
            journal_segments: segments,
            journal_bytes: bytes,
            spare_segments: ready,
            spare_error: notes.spare_error.clone(),
            engine_bytes: self.place.bytes(),
            snapshots: snapshots
                .iter()
                .map(|snapshot| SnapshotHealth {
                    seq: snapshot.seq(),
                    bytes: snapshot.bytes,
                    rows: snapshot.rows(),
                    written: self.disk.modified(&files::snapshot_name(snapshot.seq())).ok(),
                })
                .collect(),
            last_backup: notes.last_backup,
            findings: notes.findings.clone(),
            aside: self.disk.list("aside").unwrap_or_default(),
            free: self.disk.free().ok(),
        }
    }
}
