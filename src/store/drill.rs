//! A drill: a backup is really restored, in a place of its own, and what was restored is compared with it.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::backup::{BackupInfo, Passes, look_at_backup, open, place, restore, room};
use super::disk::RealDisk;
use super::engine::{Base, Engine, Tuning, held, successor};
use super::error::{Result, StoreError};
use super::files::{DirLock, lock};
use super::kv::{Kv, Row};
use super::opening::on_disk;
use super::snapshot::Snapshot;
use super::{Key, Progress};
use crate::vault::DataKeys;

/// How often [`drill`] goes through the rows: its progress counts to so many times [`BackupInfo::rows`].
pub const DRILL_PASSES: u64 = 4;

/// What a drill writes is this many times the backup at most: the copy, and the engine that is made from it.
const ROOM: u64 = 3;

/// How soon a drill that is stopped ends while the engine is being made.
const LOOK: Duration = Duration::from_millis(200);

const FILE: &str = "what was restored";

/// Restores a backup into `scratch`, opens it with its engine made anew, and compares every row with the backup: key,
/// version and sealed bytes. With keys, every record is opened too. `scratch` is removed afterwards; what a drill that was
/// killed left there is removed by the next. Nothing in it is ever unsealed.
///
/// # Errors
/// As [`restore`]; [`StoreError::InUse`] while another drill works there; `Damaged` if anything differs.
pub fn drill(
    backup: &Path,
    scratch: &Path,
    keys: Option<&DataKeys>,
    progress: Progress<'_>,
) -> Result<BackupInfo> {
    let looked = look_at_backup(backup)?;
    let scratch = Scratch::at(scratch)?;
    room(&scratch.dir, looked.bytes * ROOM)?;
    let mut passes = Passes { tell: progress, rows: looked.rows, done: 0 };
    let info = restore(backup, &scratch.dir, &mut |done| (passes.tell)(done))?;
    passes.done = 2 * looked.rows as usize;

    let (disk, place_of_engine) = on_disk(&scratch.dir)?;
    let (engine, _, report) = Engine::assemble(disk, place_of_engine, DataKeys::none(), Tuning::default())?;
    if !report.damaged_snapshots.is_empty() {
        return Err(StoreError::damaged(FILE, "it does not open"));
    }
    make_engine(&engine, &mut passes)?;
    passes.done += looked.rows as usize;
    let Base::Engine(kv) = held(&engine.base).base.clone() else {
        let why = held(&engine.notes).engine_errors.last().cloned().unwrap_or_default();
        return Err(StoreError::Unreadable(why));
    };
    let restored = engine.newest_snapshot().ok_or(StoreError::damaged(FILE, "it does not open"))?;
    let (dir, name) = place(backup)?;
    let original = open(&RealDisk::existing(&dir), &name)?;
    compare(&original, &restored, &*kv, keys, &mut passes.pass())?;
    Ok(BackupInfo { opened: keys.is_some(), ..info })
}

/// The engine from the snapshot, as at the next start after a restore; stopped when the drill is.
fn make_engine(engine: &Engine, passes: &mut Passes<'_, '_>) -> Result<()> {
    thread::scope(|scope| {
        let (done, ended) = mpsc::channel::<()>();
        let worker = thread::Builder::new().name("drill".into()).spawn_scoped(scope, move || {
            engine.open_engine();
            drop(done);
        });
        worker.map_err(StoreError::io("starting a thread"))?;
        let mut stopped = Ok(());
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(LOOK) {
            if stopped.is_ok() {
                let rebuilt = passes.done + engine.rebuilt.load(Ordering::Relaxed);
                stopped = passes.still(rebuilt);
                engine.stopping.store(stopped.is_err(), Ordering::Relaxed);
            }
        }
        stopped
    })
}

fn compare(
    original: &Snapshot,
    restored: &Snapshot,
    kv: &dyn Kv,
    keys: Option<&DataKeys>,
    progress: Progress<'_>,
) -> Result<()> {
    let differs = || StoreError::damaged(FILE, "it is not what the backup holds");
    if original.counts != restored.counts {
        return Err(differs());
    }
    let keys = keys.map(|keys| keys.purpose("records"));
    let (mut of_backup, mut of_copy) = (original.stream(Key::MIN), restored.stream(Key::MIN));
    let mut in_engine = EngineRows { kv, page: Vec::new().into_iter(), from: Some(Key::MIN) };
    let (mut rows, mut plain) = (0, Vec::new());
    while let Some(row) = of_backup.next()? {
        if of_copy.next()? != Some(row) {
            return Err(differs());
        }
        let (key, version, sealed) = row;
        if key.is_in_engine() {
            let found = in_engine.next()?;
            let same =
                found.is_some_and(|row| (row.key, row.version, &*row.sealed) == (key, version, sealed));
            if !same {
                return Err(differs());
            }
        }
        if let Some(keys) = &keys {
            keys.open_into(&mut plain, &super::aad(&key, version), sealed)?;
        }
        rows += 1;
        if rows % 1024 == 0 && progress(rows) == ControlFlow::Break(()) {
            return Err(StoreError::Cancelled);
        }
    }
    match (of_copy.next()?, in_engine.next()?) {
        (None, None) => Ok(()),
        _ => Err(differs()),
    }
}

/// All rows of the engine, a page at a time.
struct EngineRows<'a> {
    kv: &'a dyn Kv,
    page: std::vec::IntoIter<Row>,
    from: Option<Key>,
}

impl EngineRows<'_> {
    fn next(&mut self) -> Result<Option<Row>> {
        loop {
            if let Some(row) = self.page.next() {
                return Ok(Some(row));
            }
            let Some(from) = self.from else { return Ok(None) };
            let mut page = Vec::new();
            let looked = self.kv.page(&from, &Key::MAX, 256 << 10, &mut page);
            let looked = looked.map_err(|error| StoreError::Unreadable(error.to_string()))?;
            self.from = looked.and_then(successor);
            self.page = page.into_iter();
        }
    }
}

/// A directory for its owner only, held while the drill lasts and removed afterwards.
struct Scratch {
    dir: PathBuf,
    _lock: DirLock,
}

impl Scratch {
    fn at(dir: &Path) -> Result<Scratch> {
        // Whoever holds it is at work there; else what lies there was left by a drill that was killed.
        let scratch = Scratch { _lock: lock(dir)?, dir: dir.to_owned() };
        let left = fs::read_dir(dir).map_err(StoreError::io("making room for a drill"))?;
        for path in left.flatten().map(|entry| entry.path()).filter(|path| !path.ends_with("lock")) {
            let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            removed.map_err(StoreError::io("removing what an earlier drill left"))?;
        }
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}
