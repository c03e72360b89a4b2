//! A look at everything that lies in a store's directory: what is sound, what is damaged, what only a key can tell.
//! Changes nothing, but that the engine, like at any start, may tidy its own files when it is opened.

mod compare;

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::changes::SortedChanges;
use super::disk::{Blob, Disk, RealDisk};
use super::engine::{Base, Engine, Tuning, held};
use super::error::{Result, StoreError};
use super::files::{self, KEYRINGS, read_marker, read_progress, read_reached, snapshot_names};
use super::journal::Journal;
use super::kv::{Kv, KvError, KvPlace, Row};
use super::opening::whose_files;
use super::replay::{JournalFindings, JournalView};
use super::roster::{self, Roster};
use super::sled::SledPlace;
use super::snapshot::Snapshot;
use super::unsealed::{self, Unsealed};
use crate::vault::DataKeys;
use compare::{Compared, Trouble};

/// What a file is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Marker,
    Accounts,
    Journal,
    Snapshot,
    Roster,
    Engine,
    /// What was noted while nobody's key was there.
    Unsealed,
}

/// One file, or one group of files, that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub part: Part,
    /// Its name in the directory.
    pub name: String,
    pub state: Soundness,
    /// Records in it, where they can be counted.
    pub records: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Soundness {
    Sound,
    /// As far as it goes without a key: its content opens only with one.
    Sealed,
    /// Behind the journal, or not there: the next start makes it again. Nothing is lost by it.
    Behind,
    Harmed(Harm),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Harm {
    /// It should be there.
    Gone,
    /// It is older than it was known to be.
    WentBack,
    /// Its bytes are not those that were written; the text names the place, for support.
    Bytes(&'static str),
    /// It belongs to another store.
    Foreign,
    /// A newer program wrote it.
    Newer,
    /// Commits that were durable cannot be read, or do not follow from each other.
    Commits(JournalFindings),
    /// So many records are not what snapshot and journal say.
    Records(u64),
    /// It does not open; the text says why, for support.
    Shut(String),
    /// It could not be opened now, for want of room for example; its files may be sound.
    Unopened(String),
}

/// What a look at a store found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    pub looked: Vec<Looked>,
    /// Every record was opened, not only its bytes verified.
    pub opened: bool,
}

impl Examination {
    pub fn is_sound(&self) -> bool {
        !self.looked.iter().any(|looked| matches!(looked.state, Soundness::Harmed(_)))
    }
}

/// Hears what is being looked at and how many records are done of it; `Break` stops.
pub type Stages<'a> = &'a mut dyn FnMut(Part, usize) -> ControlFlow<()>;

/// Looks at a store that nobody has open: the caller holds its lock. With keys, every record is opened too.
///
/// # Errors
/// If there is no store, or the disk cannot be read: damage is no error, it is what is looked for.
pub fn examine(dir: &Path, keys: Option<&DataKeys>, stages: Stages<'_>) -> Result<Examination> {
    if !dir.is_dir() {
        return Err(StoreError::NotAStore);
    }
    let disk: Arc<dyn Disk> = Arc::new(Looking(RealDisk::existing(dir)));
    let marker = read_marker(&*disk)?;
    let store = match marker {
        Some((_, store)) => store,
        None => whose_files(&*disk)?.ok_or(StoreError::NotAStore)?,
    };
    let snapshots = open_snapshots(&*disk)?;
    let newest = snapshots.iter().find_map(|(_, opened)| opened.as_ref().ok());
    let base = newest.map_or((0, [0; 32]), |snapshot| (snapshot.seq(), snapshot.origin.chain));
    let journal = Journal::open(disk.clone(), store, Tuning::default().segment, base)?;
    let (view, last, first) = (journal.view(), journal.last_seq(), journal.first_seq());
    let place = SledPlace::new(dir.join("sled"), |_, _| Err(io::ErrorKind::ReadOnlyFilesystem.into()));
    let synced = read_progress(&*disk);
    let missing = place.bytes() == 0;
    let kv = || if missing { Ok(None) } else { place.open().map(Some) };
    let look = Look { disk: &*disk, store, view, first, last, later: None, synced, keys };
    look.at_all(marker.is_some(), snapshots, &kv, stages)
}

impl Engine {
    /// The same while the store is in use: changes that come meanwhile are left out.
    pub(crate) fn examine(&self, stages: Stages<'_>) -> Result<Examination> {
        // One at a time with what makes and removes snapshots.
        let _quiet = held(&self.housekeeping);
        let (view, last, first) = {
            let writer = held(&self.writer);
            (writer.journal.view(), writer.journal.last_seq(), writer.journal.first_seq())
        };
        let by_now = || held(&self.writer).journal.view();
        let kv = || match self.base_when_known() {
            Base::Engine(kv) => self.apply_up_to(&kv, last).map(|()| Some(kv)),
            Base::Snapshot { why, .. } => Err(KvError::Failed(why)),
            Base::Opening => Ok(None),
        };
        let keys = self.record_keys();
        let keys = (!keys.is_none()).then_some(&keys);
        let synced = read_progress(&*self.disk);
        let (disk, store) = (&*self.disk, self.store);
        let look = Look { disk, store, view, first, last, later: Some(&by_now), synced, keys };
        look.at_all(read_marker(&*self.disk)?.is_some(), open_snapshots(&*self.disk)?, &kv, stages)
    }
}

type Opened = Vec<(String, Result<Snapshot>)>;

fn open_snapshots(disk: &dyn Disk) -> Result<Opened> {
    let names = snapshot_names(disk)?;
    Ok(names.into_iter().map(|name| (name.clone(), Snapshot::open(disk, &name))).collect())
}

struct Look<'a> {
    disk: &'a dyn Disk,
    store: Uuid,
    view: JournalView,
    /// The commits in the journal.
    first: u64,
    last: u64,
    /// While commits come meanwhile: the journal by then.
    later: Option<&'a dyn Fn() -> JournalView>,
    /// Up to here the engine was known to be durable.
    synced: Option<u64>,
    /// Of records.
    keys: Option<&'a DataKeys>,
}

type OpenEngine<'a> = &'a dyn Fn() -> std::result::Result<Option<Arc<dyn Kv>>, KvError>;

impl Look<'_> {
    fn at_all(
        &self,
        marker: bool,
        snapshots: Opened,
        engine: OpenEngine<'_>,
        stages: Stages<'_>,
    ) -> Result<Examination> {
        let mut looked = vec![Looked {
            part: Part::Marker,
            name: "store".to_owned(),
            state: if marker { Soundness::Sound } else { Soundness::Harmed(Harm::Gone) },
            records: None,
        }];
        looked.extend(self.at_accounts()?);
        let mut sound = Vec::new();
        for (name, opened) in snapshots {
            let (state, snapshot) = self.at_snapshot(opened, stages)?;
            let records = snapshot.as_ref().map(Snapshot::rows);
            looked.push(Looked { part: Part::Snapshot, name, state, records });
            sound.extend(snapshot);
        }
        let base = sound.first();
        let from = base.map_or(0, Snapshot::seq);
        // Commits before the journal's first are in the snapshots, or else in the engine alone.
        let covered = from + 1 >= self.first;
        let no_snapshot = !covered && !looked.iter().any(|looked| looked.part == Part::Snapshot);
        let from = from.max(self.first - 1);
        let (changes, mut findings) = SortedChanges::read(&self.view, from, Tuning::default().merge_keys)?;
        let reached = read_reached(self.disk);
        let end_is_gone = self.later.is_none() && reached.first > self.last;
        let known = self.synced.unwrap_or(0).max(if end_is_gone { reached.most } else { 0 });
        if known > self.last {
            findings.lost.push((self.last + 1, known));
        }
        let may_differ = !covered || !findings.lost.is_empty();
        let (engine, unopened) = self.at_engine(base, changes, engine, may_differ, stages)?;
        if no_snapshot {
            // From a sound engine the next sign-in makes one.
            let state = match engine.state {
                Soundness::Sound => Soundness::Behind,
                _ => Soundness::Harmed(Harm::Gone),
            };
            looked.push(Looked { part: Part::Snapshot, name: "snapshot-*".to_owned(), state, records: None });
        }
        let state = match findings {
            findings if !findings.is_clean() => Soundness::Harmed(Harm::Commits(findings)),
            _ if unopened > 0 => Soundness::Harmed(Harm::Records(unopened)),
            _ => Soundness::Sound,
        };
        looked.push(Looked { part: Part::Journal, name: "journal-*".to_owned(), state, records: None });
        looked.extend([self.at_roster()?, engine]);
        looked.extend(self.at_unsealed());
        Ok(Examination { looked, opened: self.keys.is_some() })
    }

    /// It came after the look began, and is not known here.
    fn is_later(&self, row: &Row) -> bool {
        self.later.is_some() && row.version > self.last
    }

    fn at_accounts(&self) -> Result<Vec<Looked>> {
        let copies: Vec<_> =
            KEYRINGS.iter().map(|name| files::read_copy(self.disk, name)).collect::<Result<_>>()?;
        let newest = copies.iter().flatten().map(|(number, _)| *number).max();
        let state = |copy: &Option<(u64, Vec<u8>)>, name: &str| match copy {
            Some((number, _)) if Some(*number) == newest => Soundness::Sound,
            Some(_) => Soundness::Behind,
            None if self.disk.modified(name).is_ok() => Soundness::Harmed(Harm::Bytes("checksum")),
            None => Soundness::Harmed(Harm::Gone),
        };
        let looked = KEYRINGS.iter().zip(&copies).map(|(name, copy)| Looked {
            part: Part::Accounts,
            name: (*name).to_owned(),
            state: state(copy, name),
            records: None,
        });
        Ok(looked.collect())
    }

    fn at_snapshot(
        &self,
        opened: Result<Snapshot>,
        stages: Stages<'_>,
    ) -> Result<(Soundness, Option<Snapshot>)> {
        let read = opened.and_then(|snapshot| {
            snapshot.verify(self.keys, &mut |done| stages(Part::Snapshot, done))?;
            Ok(snapshot)
        });
        match read {
            Ok(snapshot) if snapshot.origin.store != self.store => {
                Ok((Soundness::Harmed(Harm::Foreign), None))
            }
            Ok(snapshot) => Ok((Soundness::Sound, Some(snapshot))),
            Err(StoreError::Cancelled) => Err(StoreError::Cancelled),
            Err(error) => Ok((Soundness::Harmed(harm(error)), None)),
        }
    }

    fn at_roster(&self) -> Result<Looked> {
        let state = match Roster::open(self.disk, self.store).and_then(|roster| {
            let Some(roster) = roster else { return Ok(None) };
            roster.measure()?;
            Ok(Some(roster))
        }) {
            Ok(None) => Soundness::Behind,
            Ok(Some(roster)) if roster.seq() + 1 < self.first || roster.seq() > self.last => {
                Soundness::Behind
            }
            Ok(Some(_)) => Soundness::Sealed,
            Err(error) => Soundness::Harmed(harm(error)),
        };
        Ok(Looked { part: Part::Roster, name: roster::NAME.to_owned(), state, records: None })
    }

    /// It is only there until somebody signs in.
    fn at_unsealed(&self) -> Option<Looked> {
        let state = match unsealed::look(self.disk) {
            Unsealed::Nothing => return None,
            Unsealed::Noted(_) => Soundness::Sound,
            Unsealed::Damaged => Soundness::Harmed(Harm::Bytes("checksum")),
            Unsealed::Newer => Soundness::Harmed(Harm::Newer),
        };
        Some(Looked { part: Part::Unsealed, name: unsealed::NAME.to_owned(), state, records: None })
    }

    fn at_engine(
        &self,
        base: Option<&Snapshot>,
        changes: SortedChanges<'_>,
        engine: OpenEngine<'_>,
        may_differ: bool,
        stages: Stages<'_>,
    ) -> Result<(Looked, u64)> {
        let (mut records, mut unopened) = (None, 0);
        let state = match engine() {
            Ok(None) if base.is_some() || self.synced.is_some_and(|synced| synced > 0) => {
                Soundness::Harmed(Harm::Gone)
            }
            Ok(None) => Soundness::Behind,
            Err(KvError::Damaged(why)) => Soundness::Harmed(Harm::Shut(why)),
            Err(error) => Soundness::Harmed(Harm::Unopened(error.to_string())),
            Ok(Some(kv)) => match self.compare(&*kv, base, changes, stages) {
                Ok(compared) => {
                    records = Some(compared.seen).filter(|_| !compared.behind);
                    unopened = compared.unopened;
                    match compared {
                        Compared { went_back: true, .. } => Soundness::Harmed(Harm::WentBack),
                        Compared { behind: true, .. } => Soundness::Behind,
                        // With commits gone, the engine may be the only one that has them.
                        Compared { differ, .. } if differ > 0 && !may_differ => {
                            Soundness::Harmed(Harm::Records(differ))
                        }
                        _ => Soundness::Sound,
                    }
                }
                Err(Trouble::Engine(error)) => Soundness::Harmed(Harm::Shut(error.to_string())),
                Err(Trouble::Store(error)) => return Err(error),
            },
        };
        Ok((Looked { part: Part::Engine, name: "sled".to_owned(), state, records }, unopened))
    }
}

fn harm(error: StoreError) -> Harm {
    match error {
        StoreError::Damaged { why, .. } => Harm::Bytes(why),
        StoreError::Newer { .. } => Harm::Newer,
        StoreError::Sealed(_) => Harm::Bytes("a record does not open"),
        other => Harm::Shut(other.to_string()),
    }
}

/// A disk on which nothing is changed, whatever is asked of it.
struct Looking(RealDisk);

fn only_looking<T>() -> io::Result<T> {
    Err(io::ErrorKind::ReadOnlyFilesystem.into())
}

impl Disk for Looking {
    fn open(&self, name: &str) -> io::Result<Arc<dyn Blob>> {
        // A directory in a file's place is moved aside at the next start: the file is missing.
        match self.0.is_directory(name) {
            true => Err(io::ErrorKind::NotFound.into()),
            false => self.0.open_to_read(name),
        }
    }

    fn create(&self, _: &str) -> io::Result<Arc<dyn Blob>> {
        only_looking()
    }

    fn rename(&self, _: &str, _: &str) -> io::Result<()> {
        only_looking()
    }

    fn remove(&self, _: &str) -> io::Result<()> {
        only_looking()
    }

    fn sync_dir(&self) -> io::Result<()> {
        only_looking()
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
