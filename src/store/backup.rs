//! Backups: a snapshot with the accounts, elsewhere; and the way back.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::Uuid;

use super::Progress;
use super::disk::{Disk, RealDisk};
use super::engine::{Engine, held};
use super::error::{Result, StoreError};
use super::files::{snapshot_name, write_keyring_on, write_marker};
use super::snapshot::Snapshot;
use crate::vault::DataKeys;

/// A backup that was read from its first byte to its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupInfo {
    /// A random number that names the store.
    pub store: Uuid,
    /// The last commit in it.
    pub seq: u64,
    pub rows: u64,
    pub bytes: u64,
    /// Records per kind.
    pub counts: Vec<(u8, u64)>,
    /// The accounts that can open it; as bytes for the vault.
    pub keyring: Vec<u8>,
    /// The chained hash of the journal at `seq`, to be anchored elsewhere.
    pub chain: [u8; 32],
    /// Whether every record was opened with the keys, not only its bytes verified.
    pub opened: bool,
}

impl BackupInfo {
    fn of(snapshot: &Snapshot, opened: bool) -> BackupInfo {
        let origin = &snapshot.origin;
        BackupInfo {
            store: origin.store,
            seq: origin.seq,
            rows: snapshot.rows(),
            bytes: snapshot.bytes,
            counts: snapshot.counts.clone(),
            keyring: origin.keyring.clone(),
            chain: origin.chain,
            opened,
        }
    }
}

pub(crate) fn backup(engine: &Engine, to: &Path, progress: Progress<'_>) -> Result<BackupInfo> {
    let (dir, name) = place(to)?;
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::existing(&dir));
    let unfinished = format!("{name}.part");
    let _one_at_a_time = held(&engine.housekeeping);
    let snapshot = engine.write_snapshot(&disk, &unfinished, progress)?;
    let naming = StoreError::io("naming the backup");
    disk.rename(&unfinished, &name).and_then(|()| disk.sync_dir()).map_err(naming)?;
    held(&engine.notes).last_backup = disk.modified(&name).ok();
    Ok(BackupInfo::of(&snapshot, false))
}

/// Reads a backup through: every byte against its hash, every row in its place; with keys, every record opens.
pub fn verify_backup(path: &Path, keys: Option<&DataKeys>) -> Result<BackupInfo> {
    let (dir, name) = place(path)?;
    let snapshot = Snapshot::open(&RealDisk::existing(&dir), &name)?;
    let records = keys.map(|keys| keys.purpose("records"));
    snapshot.verify(records.as_ref(), &mut |_| ControlFlow::Continue(()))?;
    Ok(BackupInfo::of(&snapshot, keys.is_some()))
}

/// Makes a store from a backup in a directory that has none. The backup is read through first, and what was written
/// is read back; only then does the directory become a store.
pub fn restore(backup: &Path, into: &Path, progress: Progress<'_>) -> Result<BackupInfo> {
    let (dir, name) = place(backup)?;
    let from = RealDisk::existing(&dir);
    let snapshot = Snapshot::open(&from, &name)?;
    snapshot.verify(None, progress)?;

    let disk = RealDisk::at(into).map_err(StoreError::io("making the data directory"))?;
    let names = disk.list("").map_err(StoreError::io("listing the data directory"))?;
    if names.iter().any(|name| name != "lock") {
        return Err(StoreError::NotEmpty);
    }
    const TMP: &str = "restore.tmp";
    let copied = copy(&from, &name, &disk, TMP, progress).and_then(|()| {
        let copy = Snapshot::open(&disk, TMP)?;
        copy.verify(None, progress)
    });
    if let Err(error) = copied {
        let _ = disk.remove(TMP);
        return Err(error);
    }
    disk.rename(TMP, &snapshot_name(snapshot.seq())).map_err(StoreError::io("restoring"))?;
    write_keyring_on(&disk, &snapshot.origin.keyring)?;
    write_marker(&disk, snapshot.origin.store)?;
    Ok(BackupInfo::of(&snapshot, false))
}

fn copy(from: &dyn Disk, name: &str, to: &dyn Disk, target: &str, progress: Progress<'_>) -> Result<()> {
    let source = from.open(name).map_err(StoreError::io("reading the backup"))?;
    let blob = to.create(target).map_err(StoreError::io("restoring"))?;
    let (mut at, mut buffer) = (0, vec![0; 1 << 20]);
    loop {
        let read = source.read_at(&mut buffer, at).map_err(StoreError::io("reading the backup"))?;
        if read == 0 {
            return blob.sync().map_err(StoreError::io("restoring"));
        }
        blob.write_at(&buffer[..read], at).map_err(StoreError::io("restoring"))?;
        at += read as u64;
        if progress(0).is_break() {
            return Err(StoreError::Cancelled);
        }
    }
}

pub(super) fn place(path: &Path) -> Result<(PathBuf, String)> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or(StoreError::damaged("the path of the backup", "no file name"))?.to_owned();
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((dir.to_owned(), name))
}
