//! Backups: a snapshot with the accounts, elsewhere; and the way back.

use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use uuid::Uuid;

use super::disk::{Disk, RealDisk};
use super::engine::{Engine, held};
use super::error::{Result, StoreError, Unsound};
use super::files::{read_keyring_on, read_marker, snapshot_name, write_keyring_on, write_marker};
use super::snapshot::{CUT_SHORT, MAGIC, Snapshot};
use super::{Progress, Sealed, Store};
use crate::platform;
use crate::vault::DataKeys;

/// What a backup says of itself.
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
    pub(super) fn of(snapshot: &Snapshot, opened: bool) -> BackupInfo {
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

impl Store {
    /// The random number that names this store, also in its backups.
    pub fn id(&self) -> Uuid {
        self.engine.store
    }
}

impl Sealed {
    pub fn id(&self) -> Uuid {
        self.engine.store
    }
}

/// Which store lies in a directory, if any does.
pub fn store_in(dir: &Path) -> Option<Uuid> {
    read_marker(&RealDisk::existing(dir)).ok().flatten().map(|(_, store)| store)
}

pub(crate) fn backup(engine: &Engine, to: &Path, progress: Progress<'_>) -> Result<BackupInfo> {
    let (dir, name) = place(to)?;
    // Without its accounts a copy opens for nobody.
    read_keyring_on(&*engine.disk)?;
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::existing(&dir));
    let _one_at_a_time = held(&engine.housekeeping);
    let ours = format!(".{}.part", &engine.store.simple().to_string()[..8]);
    clear(&*disk, &ours);
    room(&dir, most(engine))?;
    let unfinished = name.clone() + &ours;
    let snapshot = engine.write_snapshot(&disk, &unfinished, progress)?;
    let naming = StoreError::io("naming the backup");
    disk.rename(&unfinished, &name).and_then(|()| sync_dir(&*disk)).map_err(naming)?;
    held(&engine.notes).last_backup = disk.modified(&name).ok();
    Ok(BackupInfo::of(&snapshot, false))
}

/// What a cut left of an earlier backup of this store; another station may be writing beside it.
fn clear(disk: &dyn Disk, ours: &str) {
    let names = disk.list("").unwrap_or_default();
    for name in names.iter().filter(|name| name.ends_with(ours)) {
        // What cannot be removed takes room, no more.
        let _ = disk.remove(name);
    }
}

/// A backup is not larger than this.
fn most(engine: &Engine) -> u64 {
    let snapshot = engine.newest_snapshot().map_or(0, |snapshot| snapshot.bytes);
    snapshot + held(&engine.writer).journal.bytes()
}

/// Refused before anything is written rather than when the stick is full.
pub(super) fn room(dir: &Path, needed: u64) -> Result<()> {
    match platform::free_space(dir) {
        Some(free) if free < needed => Err(StoreError::NoRoom { needed, free }),
        _ => Ok(()),
    }
}

/// Some network drives know no syncing of a directory: there the file alone is durable.
fn sync_dir(disk: &dyn Disk) -> io::Result<()> {
    match disk.sync_dir() {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

/// What a backup says of itself: its header, index and end are whole. Its rows are not read.
pub fn look_at_backup(path: &Path) -> Result<BackupInfo> {
    let (dir, name) = place(path)?;
    Ok(BackupInfo::of(&open(&RealDisk::existing(&dir), &name)?, false))
}

/// Reads a backup through: every byte against its hash, every row in its place; with keys, every record opens.
pub fn verify_backup(path: &Path, keys: Option<&DataKeys>, progress: Progress<'_>) -> Result<BackupInfo> {
    let (dir, name) = place(path)?;
    let disk = RealDisk::existing(&dir);
    let snapshot = open(&disk, &name)?;
    // From the stick, not from what the system remembers of it.
    disk.forget(&name);
    let records = keys.map(|keys| keys.purpose("records"));
    snapshot.verify(records.as_ref(), progress).map_err(judged)?;
    Ok(BackupInfo::of(&snapshot, keys.is_some()))
}

/// Opens what should be a backup, and says what is wrong with it if it is none.
pub(super) fn open(disk: &dyn Disk, name: &str) -> Result<Snapshot> {
    let blob = disk.open(name).map_err(StoreError::io("reading the backup"))?;
    let mut magic = [0; MAGIC.len()];
    let read = blob.read_at(&mut magic, 0).map_err(StoreError::io("reading the backup"))?;
    if read == 0 {
        return Err(StoreError::Unsound(Unsound::Empty));
    }
    if magic[..read] != MAGIC[..read] {
        return Err(StoreError::Unsound(Unsound::Foreign));
    }
    Snapshot::open(disk, name).map_err(judged)
}

pub(super) fn judged(error: StoreError) -> StoreError {
    match error {
        StoreError::Damaged { why: CUT_SHORT, .. } => StoreError::Unsound(Unsound::Cut),
        StoreError::Damaged { .. } => StoreError::Unsound(Unsound::Changed),
        other => other,
    }
}

/// A file of this name says that the store was restored and nobody has signed in since.
pub const RESTORED: &str = "restored";

/// How often [`restore`] goes through the rows: its progress counts to so many times [`BackupInfo::rows`].
pub const RESTORE_PASSES: u64 = 2;

/// Counts the rows of several passes on.
pub(super) struct Passes<'a, 'b> {
    pub(super) tell: &'a mut (dyn FnMut(usize) -> ControlFlow<()> + 'b),
    pub(super) rows: u64,
    pub(super) done: usize,
}

impl Passes<'_, '_> {
    /// For a pass that goes from the first row to the last.
    pub(super) fn pass(&mut self) -> impl FnMut(usize) -> ControlFlow<()> {
        let before = self.done;
        self.done += self.rows as usize;
        move |row| (self.tell)(before + row)
    }

    /// Whether to go on, with so many rows done in all.
    pub(super) fn still(&mut self, done: usize) -> Result<()> {
        if (self.tell)(done).is_break() { Err(StoreError::Cancelled) } else { Ok(()) }
    }
}

/// Makes a store from a backup in a directory that has none. The backup is read through first, and what was written
/// is read back; only then does the directory become a store.
pub fn restore(backup: &Path, into: &Path, progress: Progress<'_>) -> Result<BackupInfo> {
    let (dir, name) = place(backup)?;
    vacant(into)?;
    let from = RealDisk::existing(&dir);
    let snapshot = open(&from, &name)?;
    from.forget(&name);
    let mut passes = Passes { tell: progress, rows: snapshot.rows(), done: 0 };
    snapshot.verify(None, &mut passes.pass()).map_err(judged)?;

    let disk = RealDisk::at(into).map_err(StoreError::io("making the data directory"))?;
    room(into, snapshot.bytes)?;
    const TMP: &str = "restore.tmp";
    let copied = copy(&from, &name, &disk, TMP, &mut passes).and_then(|()| {
        let copy = Snapshot::open(&disk, TMP)?;
        copy.verify(None, &mut passes.pass())
    });
    if let Err(error) = copied {
        let _ = disk.remove(TMP);
        return Err(error);
    }
    super::files::no_longer_new(&disk);
    disk.rename(TMP, &snapshot_name(snapshot.seq())).map_err(StoreError::io("restoring"))?;
    write_keyring_on(&disk, &snapshot.origin.keyring)?;
    // Before the store is one: whoever opens it knows, also when this is cut short here.
    let note = disk.create(RESTORED).and_then(|note| note.sync());
    note.and_then(|()| sync_dir(&disk)).map_err(StoreError::io("restoring"))?;
    write_marker(&disk, snapshot.origin.store)?;
    Ok(BackupInfo::of(&snapshot, false))
}

/// Nothing there but what the program leaves where no store is: also a founding or a restore that was cut short.
fn vacant(dir: &Path) -> Result<()> {
    const NO_STORE: [&str; 6] = ["lock", "tonghu.log", "new", "keyring", "keyring.copy", RESTORED];
    let listed = match fs::read_dir(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        listed => listed.map_err(StoreError::io("listing the data directory"))?,
    };
    let only_ours = listed.flatten().all(|file| {
        let name = file.file_name();
        name.to_str().is_some_and(|name| NO_STORE.contains(&name) || name.ends_with(".tmp"))
    });
    if only_ours { Ok(()) } else { Err(StoreError::NotEmpty) }
}

fn copy(from: &dyn Disk, name: &str, to: &dyn Disk, target: &str, passes: &mut Passes<'_, '_>) -> Result<()> {
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
        passes.still(passes.done)?;
    }
}

pub(super) fn place(path: &Path) -> Result<(PathBuf, String)> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or(StoreError::Unsound(Unsound::Foreign))?.to_owned();
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((dir.to_owned(), name))
}
