//! A disk and an engine that go wrong at one point: the process ends there, as by kill -9, or the disk says no.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::disk::Blob;
use super::super::kv::{Kv, KvChange, KvError, KvMeta, Row};
use super::*;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum When {
    Before,
    /// Half of what was to be written is.
    Within,
    After,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    /// The process ends.
    Kill(When),
    /// Something that changes the disk fails, this once or from then on.
    RefuseChange { ever_after: bool },
    /// A read fails, this once or from then on.
    RefuseRead { ever_after: bool },
}

/// Counts what is asked of the disk, until the one that goes wrong.
pub(super) struct Fate {
    changes: AtomicUsize,
    reads: AtomicUsize,
    at: usize,
    what: What,
}

impl Fate {
    pub(super) fn new(at: usize, what: What) -> Fate {
        Fate { changes: AtomicUsize::new(0), reads: AtomicUsize::new(0), at, what }
    }

    pub(super) fn kill(at: usize, when: When) -> Fate {
        Fate::new(at, What::Kill(when))
    }

    /// How many changes were asked for.
    pub(super) fn asked(&self) -> usize {
        self.changes.load(Ordering::SeqCst)
    }

    pub(super) fn read(&self) -> usize {
        self.reads.load(Ordering::SeqCst)
    }

    fn change<T>(&self, half: impl FnOnce(), whole: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let now = self.changes.fetch_add(1, Ordering::SeqCst);
        match self.what {
            What::Kill(when) if now == self.at => {
                match when {
                    When::Before => {}
                    When::Within => half(),
                    When::After => drop(whole()),
                }
                die()
            }
            What::RefuseChange { ever_after } if now == self.at || ever_after && now > self.at => {
                half();
                Err(io::Error::from_raw_os_error(5))
            }
            _ => whole(),
        }
    }

    fn may_read(&self) -> io::Result<()> {
        let now = self.reads.fetch_add(1, Ordering::SeqCst);
        match self.what {
            What::RefuseRead { ever_after } if now == self.at || ever_after && now > self.at => {
                Err(io::Error::from_raw_os_error(5))
            }
            _ => Ok(()),
        }
    }
}

fn die() -> ! {
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    loop {
        std::thread::park();
    }
}

pub(super) struct FatedDisk(pub(super) Arc<dyn Disk>, pub(super) Arc<Fate>);

struct FatedBlob(Arc<dyn Blob>, Arc<Fate>);

impl FatedDisk {
    fn blob(&self, blob: Arc<dyn Blob>) -> Arc<dyn Blob> {
        Arc::new(FatedBlob(blob, self.1.clone()))
    }
}

impl Disk for FatedDisk {
    fn open(&self, name: &str) -> io::Result<Arc<dyn Blob>> {
        Ok(self.blob(self.0.open(name)?))
    }

    fn create(&self, name: &str) -> io::Result<Arc<dyn Blob>> {
        Ok(self.blob(self.1.change(|| {}, || self.0.create(name))?))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.1.change(|| {}, || self.0.rename(from, to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.1.change(|| {}, || self.0.remove(name))
    }

    fn sync_dir(&self) -> io::Result<()> {
        self.1.change(|| {}, || self.0.sync_dir())
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.0.list(folder)
    }

    fn free(&self) -> io::Result<u64> {
        self.0.free()
    }

    fn modified(&self, name: &str) -> io::Result<i64> {
        self.0.modified(name)
    }
}

impl Blob for FatedBlob {
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        self.1.may_read()?;
        self.0.read_at(into, at)
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        let half = || drop(self.0.write_at(&bytes[..bytes.len() / 2], at));
        self.1.change(half, || self.0.write_at(bytes, at))
    }

    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn sync(&self) -> io::Result<()> {
        self.1.change(|| {}, || self.0.sync())
    }
}

type Kept<T> = std::result::Result<T, KvError>;

fn through<T>(fate: &Fate, half: impl FnOnce(), whole: impl FnOnce() -> Kept<T>) -> Kept<T> {
    let done = fate.change(half, || Ok(whole()));
    done.unwrap_or_else(|error| Err(KvError::Failed(error.to_string())))
}

pub(super) struct FatedPlace(pub(super) Box<dyn KvPlace>, pub(super) Arc<Fate>);

struct FatedKv(Arc<dyn Kv>, Arc<Fate>);

impl KvPlace for FatedPlace {
    fn open(&self) -> Kept<Arc<dyn Kv>> {
        let kv = through(&self.1, || {}, || self.0.open())?;
        Ok(Arc::new(FatedKv(kv, self.1.clone())))
    }

    fn set_aside(&self, why: &str) -> Kept<()> {
        self.0.set_aside(why)
    }

    fn discard(&self) -> Kept<()> {
        through(&self.1, || {}, || self.0.discard())
    }

    fn bytes(&self) -> u64 {
        self.0.bytes()
    }
}

impl Kv for FatedKv {
    fn get(&self, key: &Key) -> Kept<Option<Row>> {
        self.0.get(key)
    }

    fn page(&self, from: &Key, to: &Key, budget: usize, rows: &mut Vec<Row>) -> Kept<Option<Key>> {
        self.0.page(from, to, budget, rows)
    }

    fn apply(&self, changes: &[KvChange], applied: Option<(Uuid, u64)>) -> Kept<()> {
        let half = || drop(self.0.apply(&changes[..changes.len() / 2], None));
        through(&self.1, half, || self.0.apply(changes, applied))
    }

    fn meta(&self) -> Kept<Option<KvMeta>> {
        self.0.meta()
    }

    fn sync(&self) -> Kept<()> {
        through(&self.1, || {}, || self.0.sync())
    }
}
