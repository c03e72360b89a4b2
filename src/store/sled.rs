//! The key-value engine: sled 0.34.7. The only file that names it.
//!
//! Its `flush` does not reach the disk (`sync_file_range`), so a `sync_all` of our own follows it. It may panic on
//! damaged files and it leaves half-written snapshots that keep it from opening; both are met here.

use std::any::Any;
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock, mpsc};
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

use sled::{Batch, Config, Db, IVec, Mode};
use uuid::Uuid;

use super::Key;
use super::frame::{KEY_BYTES, u64_at};
use super::kv::{Kv, KvChange, KvError, KvMeta, KvPlace, Row};

/// Larger values would become files of their own, which sled never syncs.
const CHUNK: usize = 7 << 10;
/// On a cold hard disk opening 220 MB takes 1.6 s; a minute means that it will not.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long who had it before may take to let go of it: sled's own threads do so a little after it is dropped.
const LETTING_GO: Duration = Duration::from_secs(2);
/// Opening writes; with less room it would fail and leave a half-written snapshot.
const ROOM: u64 = 16 << 20;
/// How late sled's pool may look for work of which it was not told.
const SLACK: Duration = Duration::from_secs(600);
/// Shorter than any record's key.
const META: &[u8] = b"meta";

pub(crate) struct SledPlace {
    dir: PathBuf,
    /// Where what is moved away goes, each under a name of its own.
    aside: Box<dyn Fn(&PathBuf, &str) -> std::io::Result<()> + Send + Sync>,
}

impl SledPlace {
    pub(crate) fn new(
        dir: PathBuf,
        aside: impl Fn(&PathBuf, &str) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> SledPlace {
        SledPlace { dir, aside: Box::new(aside) }
    }

    /// A snapshot that was being written when the machine stopped: with it sled never opens again.
    fn clear_half_snapshots(&self) -> Result<(), KvError> {
        let half = |name: &str| name.starts_with("snap.") && name.ends_with(".generating");
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(half) {
                (self.aside)(&entry.path(), "half written").map_err(failed)?;
            }
        }
        Ok(())
    }

    /// It would wait for ever for a pipe to say something.
    fn only_files(&self) -> Result<(), KvError> {
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let kind = entry.file_type().map_err(failed)?;
            if !kind.is_file() && !kind.is_dir() {
                return Err(KvError::Damaged("something in it is no file".into()));
            }
        }
        Ok(())
    }

    /// Signed out and in again within one run, the engine is still held for a moment.
    fn wait_for_its_lock(&self) {
        let Ok(file) = File::open(self.dir.join("db")) else { return };
        let between = Duration::from_millis(20);
        for _ in 0..LETTING_GO.as_millis() / between.as_millis() {
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => thread::sleep(between),
                _ => return,
            }
        }
    }

    /// On a thread of its own: it may panic, and it may never come back.
    fn try_open(&self) -> Result<Db, KvError> {
        let config = Config::new()
            .path(&self.dir)
            .cache_capacity(1 << 20)
            .mode(Mode::LowSpace)
            .use_compression(false)
            .flush_every_ms(None)
            .segment_size(2 << 20);
        let (send, receive) = mpsc::channel();
        let open = move || {
            calm_pool();
            let opened = catch_unwind(AssertUnwindSafe(|| config.open().inspect(start_pool)));
            // Nobody may be waiting any more.
            let _ = send.send(opened);
        };
        thread::Builder::new().name("sled-open".into()).spawn(open).map_err(failed)?;
        match receive.recv_timeout(PATIENCE) {
            Ok(Ok(Ok(db))) => Ok(db),
            Ok(Ok(Err(error))) => Err(from_sled(error)),
            Ok(Err(panic)) => Err(from_panic(&*panic)),
            Err(_) => Err(KvError::TooSlow),
        }
    }
}

impl KvPlace for SledPlace {
    fn open(&self) -> Result<Arc<dyn Kv>, KvError> {
        if let Some(parent) = self.dir.parent() {
            let stat = rustix::fs::statvfs(parent).map_err(failed)?;
            if stat.f_bavail.saturating_mul(stat.f_frsize) < ROOM {
                return Err(KvError::Failed("not enough free space to open it".into()));
            }
        }
        self.clear_half_snapshots()?;
        self.only_files()?;
        self.wait_for_its_lock();
        // Its own cure, opening without its snapshot, may succeed with records missing: a damaged one is not trusted.
        let db = self.try_open()?;
        let file = File::open(self.dir.join("db")).map_err(failed)?;
        File::open(&self.dir).and_then(|dir| dir.sync_all()).map_err(failed)?;
        let counts = Mutex::new(BTreeMap::new());
        let kv = Sled { db, file, gate: RwLock::new(()), counts };
        if let Some(meta) = kv.meta()? {
            *kv.counts.lock().unwrap_or_else(PoisonError::into_inner) = meta.counts.into_iter().collect();
        }
        Ok(Arc::new(kv))
    }

    fn set_aside(&self, why: &str) -> Result<(), KvError> {
        if !self.dir.exists() {
            return Ok(());
        }
        (self.aside)(&self.dir, why).map_err(failed)
    }

    fn discard(&self) -> Result<(), KvError> {
        fs::remove_dir_all(&self.dir).map_err(failed)
    }

    fn bytes(&self) -> u64 {
        let Ok(entries) = fs::read_dir(&self.dir) else { return 0 };
        entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
    }
}

/// The pool is made with the first work for it: here, where its threads inherit the slack.
fn start_pool(db: &Db) {
    let flush = std::pin::pin!(db.flush_async());
    // Whether it is done, or ever will be, does not matter.
    let _ = flush.poll(&mut Context::from_waker(Waker::noop()));
}

/// sled keeps a pool of threads for as long as the program lives, each of which looks for work once a second. They
/// inherit how exact their timers must be from the thread that makes them, here: with this slack the kernel wakes them
/// when it is awake anyway, and never for their sake.
fn calm_pool() {
    // Without it the threads wake as sled has it.
    let _ = rustix::thread::set_current_timer_slack(NonZeroU64::new(SLACK.as_nanos() as u64));
}

/// A record is one entry, or, if it is long, an entry that says how many chunks follow it under longer keys.
struct Sled {
    db: Db,
    /// The log, for the sync that sled leaves out.
    file: File,
    /// A long record is read and written in several steps.
    gate: RwLock<()>,
    counts: Mutex<BTreeMap<u8, u64>>,
}

/// Entry: version 8, chunks 2, then the bytes if there are no chunks.
const ENTRY_HEAD: usize = 10;

impl Sled {
    fn guarded<T>(&self, work: impl FnOnce() -> Result<T, KvError>) -> Result<T, KvError> {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(from_panic(&*panic)))
    }

    fn row(&self, key: Key, entry: &IVec) -> Result<Row, KvError> {
        let (version, chunks) = head(entry)?;
        let mut sealed = entry[ENTRY_HEAD..].to_vec();
        for chunk in 0..chunks {
            let part = self.db.get(chunk_key(&key, chunk)).map_err(from_sled)?;
            sealed.extend_from_slice(&part.ok_or_else(|| KvError::Damaged("a chunk is missing".into()))?);
        }
        Ok(Row { key, version, sealed })
    }
}

impl Kv for Sled {
    fn get(&self, key: &Key) -> Result<Option<Row>, KvError> {
        let _gate = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        self.guarded(|| {
            let entry = self.db.get(key.to_bytes()).map_err(from_sled)?;
            entry.map(|entry| self.row(*key, &entry)).transpose()
        })
    }

    fn page(&self, from: &Key, to: &Key, budget: usize, rows: &mut Vec<Row>) -> Result<Option<Key>, KvError> {
        let _gate = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        self.guarded(|| {
            let mut bytes = 0;
            for entry in self.db.range(from.to_bytes().as_slice()..=to.to_bytes().as_slice()) {
                let (name, entry) = entry.map_err(from_sled)?;
                let Ok(name) = <&[u8; KEY_BYTES]>::try_from(&*name) else { continue };
                let row = self.row(Key::from_bytes(name), &entry)?;
                bytes += row.sealed.len() + KEY_BYTES + 8;
                let key = row.key;
                rows.push(row);
                if bytes >= budget {
                    return Ok(Some(key));
                }
            }
            Ok(None)
        })
    }

    fn apply(&self, changes: &[KvChange], applied: Option<(Uuid, u64)>) -> Result<(), KvError> {
        let _gate = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        self.guarded(|| {
            let mut batch = Batch::default();
            for change in changes {
                let name = change.key.to_bytes();
                let before = self.db.get(name).map_err(from_sled)?;
                let before = before.as_deref().map(head).transpose()?;
                if before.is_some_and(|(version, _)| version >= change.version) {
                    continue;
                }
                let count = counts.entry(change.key.kind).or_insert(0);
                let (old_chunks, mut new_chunks) = (before.map_or(0, |(_, chunks)| chunks), 0);
                match &change.sealed {
                    Some(sealed) => {
                        *count += u64::from(before.is_none());
                        let mut entry = change.version.to_le_bytes().to_vec();
                        if sealed.len() <= CHUNK {
                            entry.extend_from_slice(&[0, 0]);
                            entry.extend_from_slice(sealed);
                        } else {
                            for part in sealed.chunks(CHUNK) {
                                batch.insert(chunk_key(&change.key, new_chunks).as_slice(), part);
                                new_chunks += 1;
                            }
                            entry.extend_from_slice(&new_chunks.to_le_bytes());
                        }
                        batch.insert(name.as_slice(), entry);
                    }
                    None => {
                        *count -= u64::from(before.is_some()).min(*count);
                        batch.remove(name.as_slice());
                    }
                }
                for chunk in new_chunks..old_chunks {
                    batch.remove(chunk_key(&change.key, chunk).as_slice());
                }
            }
            if let Some((store, applied)) = applied {
                let mut meta = store.as_bytes().to_vec();
                meta.extend_from_slice(&applied.to_le_bytes());
                for (kind, count) in counts.iter() {
                    meta.push(*kind);
                    meta.extend_from_slice(&count.to_le_bytes());
                }
                batch.insert(META, meta);
            }
            self.db.apply_batch(batch).map_err(from_sled)
        })
    }

    fn meta(&self) -> Result<Option<KvMeta>, KvError> {
        self.guarded(|| {
            let Some(meta) = self.db.get(META).map_err(from_sled)? else { return Ok(None) };
            if meta.len() < 24 || !(meta.len() - 24).is_multiple_of(9) {
                return Err(KvError::Damaged("what it says of itself".into()));
            }
            let mut store = [0; 16];
            store.copy_from_slice(&meta[..16]);
            let counts = meta[24..].chunks_exact(9).map(|pair| (pair[0], u64_at(pair, 1))).collect();
            Ok(Some(KvMeta { store: Uuid::from_bytes(store), applied: u64_at(&meta, 16), counts }))
        })
    }

    fn sync(&self) -> Result<(), KvError> {
        self.guarded(|| {
            self.db.flush().map_err(from_sled)?;
            self.file.sync_all().map_err(failed)
        })
    }
}

fn head(entry: impl AsRef<[u8]>) -> Result<(u64, u16), KvError> {
    let entry = entry.as_ref();
    if entry.len() < ENTRY_HEAD {
        return Err(KvError::Damaged("a short entry".into()));
    }
    Ok((u64_at(entry, 0), u16::from_le_bytes([entry[8], entry[9]])))
}

fn chunk_key(key: &Key, chunk: u16) -> [u8; KEY_BYTES + 2] {
    let mut name = [0; KEY_BYTES + 2];
    name[..KEY_BYTES].copy_from_slice(&key.to_bytes());
    name[KEY_BYTES..].copy_from_slice(&chunk.to_be_bytes());
    name
}

fn failed(error: impl std::fmt::Display) -> KvError {
    KvError::Failed(error.to_string())
}

fn from_sled(error: sled::Error) -> KvError {
    match error {
        sled::Error::Corruption { .. } | sled::Error::ReportableBug(_) => KvError::Damaged(error.to_string()),
        other => failed(other),
    }
}

fn from_panic(panic: &(dyn Any + Send)) -> KvError {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic");
    KvError::Damaged(text.to_owned())
}
