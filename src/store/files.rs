//! The small files of a store: the lock, the marker, the note of how far the engine is, the accounts; and moving
//! aside what cannot be used.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use chrono::DateTime;
use uuid::Uuid;

use super::disk::{Disk, RealDisk, read_small, replace};
use super::error::{Result, StoreError};
use super::frame::u64_at;
use super::roster;
use super::snapshot::Snapshot;

/// Format of the directory as a whole; `opening` has the steps from one to the next.
pub(crate) const FORMAT: u16 = 1;

const LOCK: &str = "lock";
const MARKER: &str = "store";
const NEW: &str = "new";
const PROGRESS: &str = "applied";
const REACHED: &str = "reached";
pub(crate) const KEYRINGS: [&str; 2] = ["keyring", "keyring.copy"];
const SMALL: u64 = 8 << 20;

/// Who holds the lock may be just ending; and what a program starts has the lock too until it runs.
const TRIES: u32 = 10;
const BETWEEN: Duration = Duration::from_millis(25);

/// Held as long as this process owns the store. The kernel lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct DirLock {
    _file: File,
}

/// Takes the store for this process, before anything in it is read.
pub fn lock(dir: &Path) -> Result<DirLock> {
    RealDisk::at(dir).map_err(StoreError::io("making the data directory"))?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(dir.join(LOCK));
    let file = file.map_err(StoreError::io("opening the lock file"))?;
    for left in (0..TRIES).rev() {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if left > 0 => thread::sleep(BETWEEN),
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => return Err(StoreError::io("locking the store")(error)),
        }
    }
    Ok(DirLock { _file: file })
}

/// A small file with a magic, a version and a checksum around its content.
pub(super) fn wrap(magic: &[u8; 4], version: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes = magic.to_vec();
    bytes.extend_from_slice(&version.to_le_bytes());
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(&crc32c::crc32c(&bytes).to_le_bytes());
    bytes
}

pub(super) fn unwrap<'a>(bytes: &'a [u8], magic: &[u8; 4]) -> Option<(u16, &'a [u8])> {
    let (body, crc) = bytes.split_last_chunk::<4>()?;
    let sound =
        crc32c::crc32c(body) == u32::from_le_bytes(*crc) && body.starts_with(magic) && body.len() >= 6;
    sound.then(|| (u16::from_le_bytes([body[4], body[5]]), &body[6..]))
}

/// Says that there is a store here, so that an empty one is never taken for a new one.
pub(crate) fn write_marker(disk: &dyn Disk, store: Uuid) -> Result<()> {
    replace(disk, MARKER, &wrap(b"THST", FORMAT, store.as_bytes()))
        .map_err(StoreError::io("writing the marker"))
}

/// Says that nothing was saved yet: only then may there be neither a journal nor a snapshot beside the marker.
pub(crate) fn write_new(disk: &dyn Disk) -> Result<()> {
    replace(disk, NEW, &wrap(b"THNW", FORMAT, &[])).map_err(StoreError::io("writing the marker"))
}

pub(crate) fn is_new(disk: &dyn Disk) -> bool {
    disk.open(NEW).is_ok()
}

/// Something was saved.
pub(crate) fn no_longer_new(disk: &dyn Disk) {
    // Left behind it only makes a loss of everything look like a beginning.
    let _ = disk.remove(NEW);
}

/// Moves a marker aside that cannot be read, before another takes its place.
pub(crate) fn keep_marker(disk: &dyn Disk) -> std::io::Result<()> {
    match disk.open(MARKER) {
        Ok(_) => set_aside(disk, MARKER, "it cannot be read").map(drop),
        Err(_) => Ok(()),
    }
}

/// `None` if there is no marker or it is unreadable.
pub(crate) fn read_marker(disk: &dyn Disk) -> Result<Option<(u16, Uuid)>> {
    let bytes = read_small(disk, MARKER, SMALL).map_err(StoreError::io("reading the marker"))?;
    let Some((version, content)) = bytes.as_deref().and_then(|bytes| unwrap(bytes, b"THST")) else {
        return Ok(None);
    };
    if version > FORMAT {
        return Err(StoreError::Newer { file: "the store", found: version, known: FORMAT });
    }
    Ok(content.first_chunk().map(|id| (version, Uuid::from_bytes(*id))))
}

/// What has been durable in the engine: commits up to this number. Written after each sync of the engine, so an
/// engine that says less has gone back in time.
pub(crate) fn write_progress(disk: &dyn Disk, applied: u64) -> Result<()> {
    replace(disk, PROGRESS, &wrap(b"THAP", FORMAT, &applied.to_le_bytes()))
        .map_err(StoreError::io("noting progress"))
}

pub(crate) fn read_progress(disk: &dyn Disk) -> Option<u64> {
    let bytes = read_small(disk, PROGRESS, SMALL).ok()??;
    let (_, content) = unwrap(&bytes, b"THAP")?;
    (content.len() == 8).then(|| u64_at(content, 0))
}

/// The part of the journal that takes the saves, by the numbers of commits that it can hold. Written soon after its
/// first commit, so that the loss of that part is not taken for saves that were never made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    pub(crate) first: u64,
    pub(crate) most: u64,
}

pub(crate) fn write_reached(disk: &dyn Disk, reached: Reached) -> std::io::Result<()> {
    let content = [reached.first.to_le_bytes(), reached.most.to_le_bytes()].concat();
    replace(disk, REACHED, &wrap(b"THRE", FORMAT, &content))
}

pub(crate) fn read_reached(disk: &dyn Disk) -> Reached {
    let bytes = read_small(disk, REACHED, SMALL).ok().flatten();
    let content = bytes.as_deref().and_then(|bytes| unwrap(bytes, b"THRE")).map(|(_, content)| content);
    let content = content.filter(|content| content.len() == 16);
    content
        .map_or(Reached::default(), |content| Reached { first: u64_at(content, 0), most: u64_at(content, 8) })
}

/// The accounts of the store in this directory: the newer good copy of two, else the newest snapshot's.
pub fn read_keyring(dir: &Path) -> Result<Vec<u8>> {
    if !dir.is_dir() {
        return Err(StoreError::NotAStore);
    }
    read_keyring_on(&RealDisk::at(dir).map_err(StoreError::io("opening the data directory"))?)
}

/// Replaces both copies, one after the other: at any moment one of them is whole.
pub fn write_keyring(dir: &Path, bytes: &[u8]) -> Result<()> {
    write_keyring_on(&RealDisk::at(dir).map_err(StoreError::io("opening the data directory"))?, bytes)
}

pub(crate) fn write_keyring_on(disk: &dyn Disk, bytes: &[u8]) -> Result<()> {
    let number = copies(disk)?.into_iter().map(|(number, _)| number + 1).max().unwrap_or(1);
    let content = [&number.to_le_bytes(), bytes].concat();
    for name in KEYRINGS {
        replace(disk, name, &wrap(b"THKR", FORMAT, &content))
            .map_err(StoreError::io("writing the accounts"))?;
    }
    Ok(())
}

pub(crate) fn read_keyring_on(disk: &dyn Disk) -> Result<Vec<u8>> {
    if let Some((_, bytes)) = copies(disk)?.into_iter().max_by_key(|(number, _)| *number) {
        return Ok(bytes);
    }
    for name in snapshot_names(disk)? {
        if let Ok(snapshot) = Snapshot::open(disk, &name)
            && !snapshot.origin.keyring.is_empty()
        {
            return Ok(snapshot.origin.keyring);
        }
    }
    let exists = read_marker(disk)?.is_some();
    Err(if exists {
        StoreError::damaged("the file of accounts", "no good copy")
    } else {
        StoreError::NotAStore
    })
}

fn copies(disk: &dyn Disk) -> Result<Vec<(u64, Vec<u8>)>> {
    let copies: Result<Vec<_>> = KEYRINGS.iter().map(|name| read_copy(disk, name)).collect();
    Ok(copies?.into_iter().flatten().collect())
}

/// One copy of the accounts with its number, of which the newer has the greater; `None` if it is gone or damaged.
pub(crate) fn read_copy(disk: &dyn Disk, name: &str) -> Result<Option<(u64, Vec<u8>)>> {
    let bytes = read_small(disk, name, SMALL).map_err(StoreError::io("reading the accounts"))?;
    let Some((version, content)) = bytes.as_deref().and_then(|bytes| unwrap(bytes, b"THKR")) else {
        return Ok(None);
    };
    if version > FORMAT {
        return Err(StoreError::Newer { file: "the file of accounts", found: version, known: FORMAT });
    }
    let split = content.split_first_chunk();
    Ok(split.map(|(number, bytes)| (u64::from_le_bytes(*number), bytes.to_vec())))
}

pub(crate) fn snapshot_name(seq: u64) -> String {
    format!("snapshot-{seq:020}")
}

/// Newest first.
pub(crate) fn snapshot_names(disk: &dyn Disk) -> Result<Vec<String>> {
    let mut names = disk.list("").map_err(StoreError::io("listing the data directory"))?;
    let digits = |name: &String| {
        name.strip_prefix("snapshot-").is_some_and(|n| n.len() == 20 && n.parse::<u64>().is_ok())
    };
    names.retain(digits);
    names.sort_by(|a, b| b.cmp(a));
    Ok(names)
}

/// Moves a file or folder of the store into `aside/`, under a dated name, with a note of why. Nothing is deleted in
/// a repair.
pub(crate) fn set_aside(disk: &dyn Disk, name: &str, why: &str) -> std::io::Result<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    const NOTE: &str = "aside-note.tmp";
    let note = disk.create(NOTE)?;
    note.write_at(format!("{name}: {why}\n").as_bytes(), 0)?;
    let written = DateTime::from_timestamp(disk.modified(NOTE)?, 0).unwrap_or_default();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let kept = format!("aside/{}-{count}-{}", written.format("%Y%m%d-%H%M%S"), name.replace('/', "-"));
    disk.rename(name, &kept)?;
    disk.rename(NOTE, &format!("{kept}.txt"))?;
    disk.sync_dir()?;
    Ok(kept)
}

/// Moves directories, pipes and the like aside that stand where files of the store should: what they replaced is then merely missing.
pub(crate) fn clear_directories(disk: &dyn Disk) -> std::io::Result<()> {
    let single = [MARKER, PROGRESS, REACHED, KEYRINGS[0], KEYRINGS[1], roster::NAME];
    let ours = |name: &&String| {
        single.contains(&name.as_str()) || name.starts_with("journal-") || name.starts_with("snapshot-")
    };
    for name in disk.list("")?.iter().filter(ours) {
        if disk.open(name).is_err_and(|error| error.kind() == std::io::ErrorKind::IsADirectory) {
            set_aside(disk, name, "no file, in the place of one")?;
        }
    }
    Ok(())
}

/// Leaves a word in `aside/` of commits that are lost: the journal that shows the gap is let go one day.
pub(crate) fn note_lost(disk: &dyn Disk, (first, last): (u64, u64)) -> std::io::Result<()> {
    let name = format!("lost-{first}-{last}.txt");
    if disk.list("aside").unwrap_or_default().iter().any(|kept| kept.ends_with(&name)) {
        return Ok(());
    }
    let text = format!("commits {first} to {last} cannot be read any more\n");
    replace(disk, &format!("aside/{name}"), text.as_bytes())
}
