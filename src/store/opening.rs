//! Opening a store: what is there, what of it can be used, and what must be made again.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};

use uuid::Uuid;

use super::Key;
use super::disk::{Disk, RealDisk};
use super::engine::{Base, BaseState, Engine, Keys, Tuning, Writer, held};
use super::error::{Result, StoreError};
use super::files::{self, FORMAT, read_marker, read_progress, set_aside, snapshot_names, write_marker};
use super::frame::KEY_BYTES;
use super::health::{JournalAge, Notes};
use super::journal::Journal;
use super::kv::{Kv, KvChange, KvError, KvMeta, KvPlace};
use super::overlay::Overlay;
use super::pinned::Pinned;
use super::replay::JournalFindings;
use super::roster::{self, Roster};
use super::segment::Segment;
use super::sled::SledPlace;
use super::snapshot::Snapshot;
use crate::vault::DataKeys;

/// What opening found out of order, and put in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenReport {
    /// The marker was gone; the other files said whose store this is.
    pub marker_restored: bool,
    /// Snapshots that cannot be used, moved aside.
    pub damaged_snapshots: Vec<String>,
    /// The roster file could not be used, for this reason; it is made again.
    pub roster_rebuilt: Option<String>,
    /// Where the roster file was moved to, if it was there.
    pub roster_aside: Option<String>,
    pub findings: JournalFindings,
}

impl OpenReport {
    pub fn is_clean(&self) -> bool {
        *self == OpenReport::default()
    }
}

pub(crate) fn on_disk(dir: &Path) -> Result<(Arc<dyn Disk>, Box<dyn KvPlace>)> {
    let disk: Arc<dyn Disk> =
        Arc::new(RealDisk::at(dir).map_err(StoreError::io("opening the data directory"))?);
    let (aside, root) = (disk.clone(), dir.to_owned());
    let place = SledPlace::new(dir.join("sled"), move |path: &PathBuf, why: &str| {
        let name = path.strip_prefix(&root).ok().and_then(Path::to_str).unwrap_or("sled");
        set_aside(&*aside, name, why).map(drop)
    });
    Ok((disk, Box::new(place)))
}

/// Makes the files of a new store. The marker comes last: half of it is no store, and making it again works.
pub(crate) fn create(disk: &dyn Disk, keyring: &[u8]) -> Result<()> {
    let names = disk.list("").map_err(StoreError::io("listing the data directory"))?;
    let ours = |name: &String| {
        name == "store" || name == "sled" || ["journal-", "snapshot-"].iter().any(|p| name.starts_with(p))
    };
    if names.iter().any(ours) {
        return Err(StoreError::NotEmpty);
    }
    files::write_new(disk)?;
    files::write_keyring_on(disk, keyring)?;
    write_marker(disk, random_id()?)
}

pub(crate) fn random_id() -> Result<Uuid> {
    let mut bytes = [0; 16];
    let failed =
        |_| StoreError::Io { what: "random numbers", source: std::io::ErrorKind::Unsupported.into() };
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// A step from the format of its place in the table (counted from 1) to the next.
type Migration = fn(&dyn Disk) -> Result<()>;

/// There is one format so far.
const MIGRATIONS: [Migration; FORMAT as usize - 1] = [];

fn migrate(disk: &dyn Disk, found: u16, store: Uuid) -> Result<()> {
    for step in MIGRATIONS.iter().skip(usize::from(found.saturating_sub(1))) {
        step(disk)?;
    }
    if found < FORMAT { write_marker(disk, store) } else { Ok(()) }
}

/// What is half made was made from what is still here; it alone is deleted, or each cut would add a copy.
const UNFINISHED: &str = "its rebuilding was cut short";

impl Engine {
    /// Reads what the first screen needs. The engine proper is opened later, by [`Engine::open_engine`].
    pub(crate) fn open(
        disk: Arc<dyn Disk>,
        place: Box<dyn KvPlace>,
        keys: DataKeys,
        tuning: Tuning,
    ) -> Result<(Arc<Engine>, Pinned, OpenReport)> {
        let (engine, roster, mut report) = Engine::assemble(disk, place, keys, tuning)?;
        let (view, last) = {
            let writer = held(&engine.writer);
            (writer.journal.view(), writer.journal.last_seq())
        };
        let from = held(&engine.notes).roster_seq;
        let (tail, findings) = engine.pinned_tail(&view, from)?;
        report.findings.add(findings);
        engine.found_lost(&report.findings.lost);
        held(&engine.notes).findings.chain_broken_at = report.findings.chain_broken_at;
        let pinned = Pinned::new(engine.clone(), roster, tail, last);
        Ok((engine, pinned, report))
    }

    /// All of it that needs no key. What cannot be used is moved aside.
    pub(crate) fn assemble(
        disk: Arc<dyn Disk>,
        place: Box<dyn KvPlace>,
        keys: DataKeys,
        tuning: Tuning,
    ) -> Result<(Arc<Engine>, Option<Roster>, OpenReport)> {
        let mut report = OpenReport::default();
        files::clear_directories(&*disk).map_err(StoreError::io("moving a directory aside"))?;
        let store = match read_marker(&*disk)? {
            Some((found, store)) => {
                migrate(&*disk, found, store)?;
                store
            }
            None => {
                let store = whose_files(&*disk)?.ok_or(StoreError::NotAStore)?;
                files::keep_marker(&*disk).map_err(StoreError::io("moving the marker aside"))?;
                write_marker(&*disk, store)?;
                report.marker_restored = true;
                store
            }
        };
        clear_unfinished(&*disk)?;
        let snapshots = open_snapshots(&*disk, store, &mut report)?;
        let base = snapshots.first().map_or((0, [0; 32]), |snapshot| (snapshot.seq(), snapshot.origin.chain));
        let mut journal = Journal::open(disk.clone(), store, tuning.segment, base)?;
        let synced = read_progress(&*disk);
        let roster = open_roster(&*disk, store, journal.first_seq(), &mut report)?;
        let reached = files::read_reached(&*disk);
        let nothing = base.0 == 0 && journal.segments() == 0 && roster.is_none() && place.bytes() == 0;
        if nothing && synced.is_none() && reached.first == 0 && !files::is_new(&*disk) {
            // All that was ever saved is gone, or was not copied: an empty store would say that nothing ever was.
            return Err(StoreError::NotAStore);
        }
        let end_is_gone = reached.first > journal.last_seq();
        let known = synced.unwrap_or(0).max(roster.as_ref().map_or(0, Roster::seq));
        let known = if end_is_gone { known.max(reached.most) } else { known };
        if known > journal.last_seq() {
            report.findings.lost.push((journal.last_seq() + 1, known));
            journal.leap(known);
        }

        let indexed_from = synced.unwrap_or(base.0);
        let last = journal.last_seq();
        if last > 0 && roster.is_none() && report.roster_rebuilt.is_none() {
            report.roster_rebuilt = Some("it is missing".to_owned());
        }
        let roster_seq = roster.as_ref().map_or(base.0, Roster::seq);
        let view = journal.view();
        let notes = Notes {
            roster_seq,
            roster_unusable: roster.is_none(),
            roster_at: JournalAge::new(0, view.bytes_after(roster_seq)),
            snapshot_at: JournalAge::new(0, view.bytes_after(base.0)),
            indexed_from,
            synced: synced.unwrap_or(0),
            reached,
            ..Notes::default()
        };
        let engine = Arc::new(Engine {
            disk,
            place,
            store,
            tuning,
            keys: RwLock::new(Keys::of(&keys)),
            writer: Mutex::new(Writer::new(journal)),
            overlay: RwLock::new(Overlay::default()),
            base: Mutex::new(BaseState { base: Base::Opening, generation: 0 }),
            base_changed: Condvar::new(),
            snapshots: RwLock::new(snapshots),
            applying: Mutex::new(()),
            housekeeping: Mutex::new(()),
            notes: Mutex::new(notes),
            stopping: false.into(),
            rebuilt: Default::default(),
            opening: Default::default(),
        });
        report.findings.add(engine.index_view(&view, indexed_from)?);
        engine.found_lost(&report.findings.lost);
        held(&engine.notes).findings.chain_broken_at = report.findings.chain_broken_at;
        Ok((engine, roster, report))
    }

    /// On the worker's thread: from here on the engine answers, or something takes its place.
    pub(crate) fn open_engine(&self) {
        let moved_before = self.newest_snapshot().is_some() || held(&self.notes).synced > 0;
        if moved_before && self.place.bytes() == 0 {
            // Opened first, it would make an empty one, which would then be moved aside as if it were worth keeping.
            return self.rebuild_engine("it is not there");
        }
        match self.place.open() {
            Ok(kv) => match kv.meta() {
                Ok(meta) => self.adopt_engine(kv, meta),
                Err(error) => {
                    drop(kv);
                    self.rebuild_engine(&error.to_string());
                }
            },
            Err(KvError::Damaged(why)) => self.rebuild_engine(&why),
            // Its files may be sound: no room, no permission, or a disk that takes minutes.
            Err(error) => self.fall_back(error.to_string()),
        }
    }

    fn adopt_engine(&self, kv: Arc<dyn Kv>, meta: Option<KvMeta>) {
        let (first, last) = {
            let writer = held(&self.writer);
            (writer.journal.first_seq(), writer.journal.last_seq())
        };
        let (synced, indexed_from) = {
            let notes = held(&self.notes);
            (notes.synced, notes.indexed_from)
        };
        let empty = self.newest_snapshot().is_none() && first == 1;
        let trouble = match &meta {
            // Nothing was ever moved out of the journal: an empty engine is behind, not broken. It is still told
            // apart from one that was lost.
            None if empty && synced == 0 => None,
            None => Some("it is empty"),
            Some(meta) if meta.applied < synced => Some("it went back in time"),
            Some(meta) if meta.store.is_nil() => Some(UNFINISHED),
            Some(meta) if meta.store != self.store => Some("it belongs to another store"),
            Some(meta) if meta.applied + 1 < first && meta.applied < last => Some("it is too far behind"),
            Some(_) => None,
        };
        let applied = meta.map_or(0, |meta| meta.applied);
        if let Some(why) = trouble {
            // Older than it was, but with the journal it is whole, and there is nothing better.
            if applied > 0 && applied + 1 >= first && !self.can_rebuild() {
                held(&self.notes).engine_errors.push(why.to_owned());
            } else {
                drop(kv);
                return self.rebuild_engine(why);
            }
        }
        if applied < indexed_from
            && let Err(error) = self.index_journal(applied)
        {
            return self.fall_back(error.to_string());
        }
        if applied > last {
            // The journal lost its end. Its numbers are not given again, or new records would look old.
            self.found_lost(&[(last + 1, applied)]);
            held(&self.writer).journal.leap(applied);
        }
        held(&self.notes).applied = applied;
        self.set_base(Base::Engine(kv));
    }

    /// Snapshot and journal answer while the engine is made anew from them.
    pub(crate) fn rebuild_engine(&self, why: &str) {
        held(&self.notes).engine_errors.push(why.to_owned());
        loop {
            self.fall_back(why.to_owned());
            self.set_base(Base::Snapshot { why: why.to_owned(), rebuilding: true });
            let snapshot = self.newest_snapshot();
            match self.rebuild_from(snapshot.as_deref(), why) {
                Ok(Some(kv)) => {
                    let applied = snapshot.map_or(0, |snapshot| snapshot.seq());
                    let mut notes = held(&self.notes);
                    (notes.applied, notes.synced) = (applied, applied);
                    drop(notes);
                    return self.set_base(Base::Engine(kv));
                }
                Ok(None) => return,
                Err(StoreError::Damaged { file: "a snapshot", .. }) if snapshot.is_some() => {
                    let seq = snapshot.map_or(0, |snapshot| snapshot.seq());
                    if self.drop_snapshot(seq).is_ok() {
                        continue;
                    }
                    return self.set_base(Base::Snapshot { why: why.to_owned(), rebuilding: false });
                }
                Err(error) => {
                    return self.set_base(Base::Snapshot { why: error.to_string(), rebuilding: false });
                }
            }
        }
    }

    /// The newest snapshot and the journal together have every commit.
    pub(crate) fn can_rebuild(&self) -> bool {
        let snapshot = self.newest_snapshot().map_or(0, |snapshot| snapshot.seq());
        snapshot + 1 >= held(&self.writer).journal.first_seq()
    }

    /// `None` if the store is being closed.
    fn rebuild_from(&self, snapshot: Option<&Snapshot>, why: &str) -> Result<Option<Arc<dyn Kv>>> {
        let failed = |error: KvError| StoreError::Unreadable(error.to_string());
        if !self.can_rebuild() {
            // What lies there stays in place: nothing else has what came before the journal.
            return Err(StoreError::Unreadable("no snapshot to make it from".to_owned()));
        }
        if why != UNFINISHED && self.place.bytes() > 0 {
            let from = snapshot.map_or(0, Snapshot::seq);
            if held(&self.notes).findings.lost.iter().any(|(_, last)| *last > from) {
                return Err(StoreError::Unreadable("it alone may have what the journal lost".to_owned()));
            }
            let mut go_on = |_| match self.stopping.load(Ordering::Relaxed) {
                true => std::ops::ControlFlow::Break(()),
                false => std::ops::ControlFlow::Continue(()),
            };
            match snapshot.map_or(Ok(()), |snapshot| snapshot.verify(None, &mut go_on)) {
                Err(StoreError::Cancelled) => return Ok(None),
                verified => verified?,
            }
        }
        if why == UNFINISHED { self.place.discard() } else { self.place.set_aside(why) }.map_err(failed)?;
        self.rebuilt.store(0, Ordering::Relaxed);
        // An older note would call the new engine one that went back in time.
        files::write_progress(&*self.disk, 0)?;
        let kv = self.place.open().map_err(failed)?;
        kv.apply(&[], Some((Uuid::nil(), 0))).map_err(failed)?;
        if let Some(snapshot) = snapshot {
            let mut stream = snapshot.stream(Key::MIN);
            let (mut batch, mut bytes, mut unsynced) = (Vec::new(), 0, 0);
            while let Some((key, version, sealed)) = stream.next()? {
                if !key.is_in_engine() {
                    continue;
                }
                bytes += sealed.len() + KEY_BYTES;
                batch.push(KvChange { key, version, sealed: Some(sealed.to_vec()) });
                if batch.len() < 256 && bytes < 1 << 20 {
                    continue;
                }
                if self.stopping.load(Ordering::Relaxed) {
                    return Ok(None);
                }
                unsynced += batch.len();
                kv.apply(&batch, None).map_err(failed)?;
                self.rebuilt.fetch_add(batch.len(), Ordering::Relaxed);
                (batch, bytes) = (Vec::new(), 0);
                if unsynced >= self.tuning.rebuild_sync {
                    kv.sync().map_err(failed)?;
                    unsynced = 0;
                }
            }
            kv.apply(&batch, None).map_err(failed)?;
        }
        let applied = snapshot.map_or(0, |snapshot| snapshot.seq());
        kv.apply(&[], Some((self.store, applied))).map_err(failed)?;
        kv.sync().map_err(failed)?;
        files::write_progress(&*self.disk, applied)?;
        Ok(Some(kv))
    }

    pub(crate) fn roster_keys(&self) -> DataKeys {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).roster.clone()
    }
}

/// The marker is gone: the journal or a snapshot still says which store this is.
pub(crate) fn whose_files(disk: &dyn Disk) -> Result<Option<Uuid>> {
    for name in snapshot_names(disk)? {
        if let Ok(snapshot) = Snapshot::open(disk, &name) {
            return Ok(Some(snapshot.origin.store));
        }
    }
    let names = disk.list("").map_err(StoreError::io("listing the data directory"))?;
    for name in names.iter().filter(|name| name.starts_with("journal-")) {
        let blob = disk.open(name).map_err(StoreError::io("reading the journal"))?;
        if let Some(store) = Segment::store_of(&*blob) {
            return Ok(Some(store));
        }
    }
    Ok(None)
}

/// What was being written when the program stopped has never been part of the store.
fn clear_unfinished(disk: &dyn Disk) -> Result<()> {
    let names = disk.list("").map_err(StoreError::io("listing the data directory"))?;
    for name in names.iter().filter(|name| name.ends_with(".tmp")) {
        disk.remove(name).map_err(StoreError::io("removing an unfinished file"))?;
    }
    Ok(())
}

fn open_snapshots(disk: &dyn Disk, store: Uuid, report: &mut OpenReport) -> Result<Vec<Arc<Snapshot>>> {
    let mut snapshots = Vec::new();
    for name in snapshot_names(disk)? {
        let why = match Snapshot::open(disk, &name) {
            Ok(snapshot) if snapshot.origin.store == store => {
                snapshots.push(Arc::new(snapshot));
                continue;
            }
            Ok(_) => "it belongs to another store".to_owned(),
            Err(error @ StoreError::Damaged { .. }) => error.to_string(),
            Err(error) => return Err(error),
        };
        let kept = set_aside(disk, &name, &why).map_err(StoreError::io("moving a snapshot aside"))?;
        report.damaged_snapshots.push(kept);
    }
    Ok(snapshots)
}

/// The roster file, if it and the journal together give the present.
fn open_roster(disk: &dyn Disk, store: Uuid, first: u64, report: &mut OpenReport) -> Result<Option<Roster>> {
    let why = match Roster::open(disk, store) {
        Ok(Some(roster)) if roster.seq() + 1 >= first => return Ok(Some(roster)),
        Ok(Some(_)) => "it is too old".to_owned(),
        Ok(None) => return Ok(None),
        Err(error @ StoreError::Damaged { .. }) => error.to_string(),
        Err(error) => return Err(error),
    };
    let kept = set_aside(disk, roster::NAME, &why);
    report.roster_aside = Some(kept.map_err(StoreError::io("moving the roster file aside"))?);
    report.roster_rebuilt = Some(why);
    Ok(None)
}
