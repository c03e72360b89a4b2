//! One record as it was: in the snapshots that are kept here, and in a backup. What has been put aside so cannot be
//! taken back unseen.

use std::path::Path;
use std::sync::PoisonError;

use super::backup::place;
use super::disk::RealDisk;
use super::engine::Engine;
use super::error::{Result, StoreError};
use super::snapshot::Snapshot;
use super::{Key, Seq};

impl Engine {
    /// The newest snapshot first; `None` where it did not have the record.
    pub(crate) fn in_snapshots(&self, key: Key) -> Vec<(Seq, Result<Option<Vec<u8>>>)> {
        let snapshots = self.snapshots.read().unwrap_or_else(PoisonError::into_inner).clone();
        snapshots.iter().map(|snapshot| (Seq(snapshot.seq()), self.read_in(snapshot, key))).collect()
    }

    pub(crate) fn in_backup(&self, path: &Path, key: Key) -> Result<Option<Vec<u8>>> {
        let (dir, name) = place(path)?;
        let snapshot = Snapshot::open(&RealDisk::existing(&dir), &name)?;
        if snapshot.origin.store != self.store {
            return Err(StoreError::OtherStore);
        }
        self.read_in(&snapshot, key)
    }

    /// The record's seal says that it is whole and stood there under this key; the file's own hash is not needed.
    fn read_in(&self, snapshot: &Snapshot, key: Key) -> Result<Option<Vec<u8>>> {
        let row = snapshot.get(&key)?;
        row.map(|row| self.unseal(&row.key, row.version, &row.sealed)).transpose()
    }
}
