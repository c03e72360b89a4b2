//! The text index: which records hold which pairs of characters, so that a search in what was written opens only the
//! records that may have the sentence.
//!
//! It is derived. Tables of postings (`search::postings`) lie in sealed files, `text-*`; a sealed file `text` says
//! which tables count, up to which commit (`mark`) and, while the index is first built, up to which record (`upto`).
//! Any of them may be gone, cut or changed: then all is dropped and made again, and until then the records
//! themselves are looked through.
//!
//! - *A query becomes sentences* (`notes.rs`): its words' pairs -> lists of each table, intersected -> records, the
//!   newest first -> the record as it is now -> its sentences. So a list that says too much costs a look and shows
//!   nothing. What the tables do not know is looked through as it is: the tail, and all records after `upto`.
//! - *A saved note becomes postings*: the save puts its key into the tail, in memory, and is done. Later, on the thread
//!   of the index, what the journal says was changed since the mark is read, and becomes a table; when tables have
//!   become many they are merged into one.
//! - *A start*: `text` is read when it is first needed; the journal's keys since the mark are the tail. If the journal
//!   no longer goes back so far, or lost something, the index is built anew.
//! - *A crash*: a table is durable before `text` names it; what `text` does not name is removed at the next start. The
//!   mark moves in the same write that names the tables up to it.

mod index;
mod pass;

pub(super) use self::index::Index;

use crate::domain::forms::{
    case, child, conference, consent, contact, entrustment, family_contact, finding, goal, household, member,
    note, overrule, placement, referral, score, session,
};
use crate::domain::{FieldId, Record, RecordKind, RecordRef};
use crate::office::keep;
use crate::platform::log::Log;
use crate::search::postings::{Doc, Fault};
use crate::search::sentences::pairs;
use crate::store::{Key, Seq, Store};
use chrono::Datelike;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use uuid::Uuid;

/// Where free text stands in a kind of record.
pub(super) struct Place {
    pub kind: RecordKind,
    /// Stands in the index: never given another meaning. Of one day, the lower comes first.
    number: u8,
    pub date: Option<FieldId>,
    pub fields: &'static [FieldId],
}

/// In the order of the kinds, which is that of the keys.
pub(super) const PLACES: &[Place] = &[
    Place { kind: RecordKind::Child, number: 3, date: None, fields: &[child::HEALTH, child::REMARKS] },
    Place {
        kind: RecordKind::Household,
        number: 4,
        date: None,
        fields: &[household::BENEFITS, household::HOUSING, household::REMARKS],
    },
    Place {
        kind: RecordKind::Member,
        number: 5,
        date: None,
        fields: &[member::PLACE, member::PAPER, member::REMARKS],
    },
    Place {
        kind: RecordKind::Case,
        number: 2,
        date: Some(case::OPENED),
        fields: &[
            case::REASON,
            case::ASSESSMENT,
            case::PLAN,
            case::REVIEW,
            case::ARRANGEMENT,
            case::REOPEN_REASON,
        ],
    },
    Place {
        kind: RecordKind::Contact,
        number: 1,
        date: Some(contact::ON),
        fields: &[contact::SEEN, contact::CONCERN_TEXT, contact::AGREED, contact::REASON],
    },
    Place { kind: RecordKind::Note, number: 0, date: Some(note::ON), fields: &[note::TITLE, note::TEXT] },
    Place {
        kind: RecordKind::Finding,
        number: 6,
        date: Some(finding::FOUND),
        fields: &[finding::SEEN, finding::OUTCOME, finding::REPORTED_TO, finding::RECEIPT],
    },
    Place {
        kind: RecordKind::Goal,
        number: 9,
        date: Some(goal::DUE),
        fields: &[goal::GOAL, goal::SERVICE, goal::WHO, goal::OUTCOME],
    },
    Place {
        kind: RecordKind::Consent,
        number: 11,
        date: Some(consent::ON),
        fields: &[consent::FOR, consent::PAPER, consent::WHY],
    },
    Place {
        kind: RecordKind::Referral,
        number: 7,
        date: Some(referral::SENT),
        fields: &[referral::WHAT, referral::OFFICE, referral::OUTCOME_TEXT],
    },
    Place {
        kind: RecordKind::Conference,
        number: 8,
        date: Some(conference::ON),
        fields: &[conference::ABOUT, conference::DECIDED, conference::OWNERS],
    },
    Place {
        kind: RecordKind::Placement,
        number: 10,
        date: Some(placement::BEGUN),
        fields: &[placement::FAMILY, placement::END_REASON],
    },
    Place {
        kind: RecordKind::FamilyContact,
        number: 12,
        date: Some(family_contact::ON),
        fields: &[family_contact::NOTE],
    },
    Place {
        kind: RecordKind::Session,
        number: 13,
        date: Some(session::ON),
        fields: &[session::VOLUNTEER, session::WHAT, session::CHILD_SAID],
    },
    Place { kind: RecordKind::Score, number: 14, date: Some(score::ON), fields: &[score::NOTE] },
    Place { kind: RecordKind::Overrule, number: 15, date: None, fields: &[overrule::WHY] },
    Place {
        kind: RecordKind::Entrustment,
        number: 16,
        date: Some(entrustment::BEGUN),
        fields: &[entrustment::CARER, entrustment::CHILD_SAID, entrustment::PAPER, entrustment::END_REASON],
    },
];

impl Place {
    pub(super) fn of(key: &Key) -> Option<&'static Place> {
        PLACES.iter().find(|place| place.kind as u8 == key.kind)
    }

    /// Before every key of the kind.
    pub(super) fn begin(&self) -> Key {
        Key { kind: self.kind as u8, owner: Uuid::nil(), id: Uuid::nil() }
    }

    pub(super) fn texts<'a>(&self, record: &'a Record) -> impl Iterator<Item = &'a str> + use<'a> {
        self.fields.iter().map(|field| record.fields.text(field))
    }

    pub(super) fn doc(&self, key: &Key, record: Option<&Record>) -> Doc {
        let date = record.zip(self.date.as_ref()).and_then(|(record, date)| record.fields.date(date));
        let day = date.map_or(i32::MIN, |date| date.num_days_from_ce());
        let (owner, id) = (*key.owner.as_bytes(), *key.id.as_bytes());
        Doc { day, place: self.number, owner, id, again: false, bare: false }
    }

    /// Appends the pairs of all texts of a record.
    fn pairs(&self, record: &Record, into: &mut Vec<u32>) {
        self.texts(record).for_each(|text| pairs(text, into));
    }
}

pub(super) fn key_of(doc: &Doc) -> Option<Key> {
    let place = PLACES.iter().find(|place| place.number == doc.place)?;
    let (owner, id) = (Uuid::from_bytes(doc.owner), Uuid::from_bytes(doc.id));
    Some(Key { kind: place.kind as u8, owner, id })
}

/// Sizes, so that tests reach their edges with few texts.
#[derive(Clone, Copy)]
struct Sizes {
    /// Memory of texts on their way into a table.
    building: usize,
    /// Changed records that are looked through one by one. With more, everything is, until the index has them.
    tail: usize,
    /// Changed records that make a table.
    table: usize,
    /// So many changed records cost as much as building anew.
    rebuild: usize,
    /// Tables at most while the index is built.
    tables: usize,
    /// Commits of any kind after which the mark moves: the next start reads less of the journal.
    commits: u64,
}

const SIZES: Sizes =
    Sizes { building: 4 << 20, tail: 2000, table: 128, rebuild: 50_000, tables: 64, commits: 2000 };

/// The first screen and the first keys come before the index.
const AFTER_START: Duration = Duration::from_secs(4);

/// A building that waits for a snapshot looks for it as often.
const FOR_SNAPSHOT: Duration = Duration::from_secs(30);

pub(super) struct Texts {
    sizes: Sizes,
    state: Mutex<State>,
    wake: Condvar,
    /// Held by who opens the index.
    opening: Mutex<()>,
    /// Held by who changes the index.
    passing: Mutex<()>,
    stopping: AtomicBool,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct State {
    /// `None`: not read yet.
    index: Option<Arc<Index>>,
    /// Saves are put into the tail.
    listening: bool,
    tail: Tail,
    /// There is something to do for the thread.
    due: bool,
}

/// What changed and is not in the index.
#[derive(Default)]
struct Tail {
    /// With the last commit that changed it.
    keys: HashMap<Key, u64>,
    /// More than `keys` can hold changed, up to this commit.
    flood: Option<u64>,
}

/// What was changed since a commit, up to another.
struct Changed {
    keys: HashSet<Key>,
    /// More than a tail can hold.
    flood: bool,
    upto: u64,
}

impl Tail {
    fn take(&mut self, Changed { keys, flood, upto }: Changed) {
        for key in keys {
            let of = self.keys.entry(key).or_default();
            *of = upto.max(*of);
        }
        if flood {
            self.flood(upto);
        }
    }

    fn put(&mut self, key: Key, seq: u64, most: usize) {
        self.keys.insert(key, seq);
        if self.keys.len() > most {
            self.flood(seq);
        }
    }

    fn flood(&mut self, seq: u64) {
        self.flood = self.flood.max(Some(seq));
        self.keys.retain(|_, of| *of > seq);
    }

    /// What was changed up to this commit is in the index.
    fn let_go(&mut self, upto: u64) {
        self.keys.retain(|_, seq| *seq > upto);
        self.flood = self.flood.filter(|seq| *seq > upto);
    }
}

/// What a query works on.
pub(super) struct View {
    pub index: Arc<Index>,
    /// What is to be looked at as it is, whatever the index says.
    pub tail: Vec<Key>,
    /// Everything is.
    pub flood: bool,
}

impl View {
    /// Whether only what was saved a moment ago is looked through.
    pub(super) fn is_whole(&self) -> bool {
        !self.flood && self.index.upto.is_none()
    }
}

impl Texts {
    /// The index, with a thread of its own that builds it and brings it up to date.
    pub(super) fn start(store: &Arc<Store>, log: &Arc<Log>) -> Arc<Texts> {
        if store.has_lost() {
            // The next start may not know of it.
            Index::anew(store, 0);
        }
        let texts = Arc::new(Texts::new(SIZES));
        let (mine, store, log) = (texts.clone(), store.clone(), log.clone());
        let work = move || mine.run(&store, &log);
        // Without a thread the records themselves are looked through.
        *held(&texts.thread) = std::thread::Builder::new().name("texts".into()).spawn(work).ok();
        texts
    }

    fn new(sizes: Sizes) -> Texts {
        Texts {
            sizes,
            state: Mutex::default(),
            wake: Condvar::new(),
            opening: Mutex::default(),
            passing: Mutex::default(),
            stopping: AtomicBool::new(false),
            thread: Mutex::default(),
        }
    }

    /// Ends the thread: the store can be closed then. What is half done is begun again at the next start.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        drop(held(&self.state));
        self.wake.notify_all();
        let thread = held(&self.thread).take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }

    fn run(&self, store: &Store, log: &Log) {
        let stopping = || self.stopping.load(Ordering::Relaxed);
        let state = held(&self.state);
        let waited = self.wake.wait_timeout_while(state, AFTER_START, |_| !stopping());
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        while !stopping() {
            if self.catch_up(store, self.sizes.table).is_err_and(|fault| fault != Fault::Stopped) {
                log.line("the text index could not be brought up to date; it is tried again later");
            }
            let asleep = |state: &mut State| !state.due && !stopping();
            let state = held(&self.state);
            let mut state = if state.index.as_ref().is_some_and(|index| index.upto.is_some()) {
                let waited = self.wake.wait_timeout_while(state, FOR_SNAPSHOT, asleep);
                waited.unwrap_or_else(PoisonError::into_inner).0
            } else {
                self.wake.wait_while(state, asleep).unwrap_or_else(PoisonError::into_inner)
            };
            state.due = false;
        }
    }

    /// Records were saved.
    pub(super) fn saved(&self, records: impl Iterator<Item = RecordRef>, seq: Seq) {
        let mut state = held(&self.state);
        if !state.listening {
            return;
        }
        for key in records.map(keep::key).filter(|key| Place::of(key).is_some()) {
            state.tail.put(key, seq.0, self.sizes.tail);
        }
        let mark = state.index.as_ref().map_or(seq.0, |index| index.mark);
        if state.tail.keys.len() >= self.sizes.table || seq.0 >= mark + self.sizes.commits {
            state.due = true;
            self.wake.notify_all();
        }
    }

    /// Many records came at once.
    pub(super) fn flooded(&self, seq: Seq) {
        let mut state = held(&self.state);
        if state.listening {
            state.tail.flood(seq.0);
            state.due = true;
            self.wake.notify_all();
        }
    }

    /// What a query works on, as of now.
    pub(super) fn view(&self, store: &Store) -> Result<View, Fault> {
        let index = self.index(store)?;
        let state = held(&self.state);
        let index = state.index.clone().unwrap_or(index);
        let tail = state.tail.keys.keys().copied().collect();
        Ok(View { index, tail, flood: state.tail.flood.is_some() })
    }

    /// The index; read from the disk if it was not needed before.
    fn index(&self, store: &Store) -> Result<Arc<Index>, Fault> {
        let _one_at_a_time = held(&self.opening);
        {
            let mut state = held(&self.state);
            if let Some(index) = &state.index {
                return Ok(index.clone());
            }
            // From here on, so that nothing falls between the journal's end and the tail.
            state.listening = true;
        }
        let read = if store.has_lost() { None } else { Index::open(store) };
        let known = match read {
            Some(index) => self.changed(store, index.mark)?.map(|changed| (index, changed)),
            None => None,
        };
        let (index, changed) = known.unwrap_or_else(|| self.begin(store));
        let mut state = held(&self.state);
        state.tail.take(changed);
        let index = Arc::new(index);
        state.index = Some(index.clone());
        Ok(index)
    }

    /// What was changed since a commit. `None` if the journal does not say.
    fn changed(&self, store: &Store, mark: u64) -> Result<Option<Changed>, Fault> {
        let (mut keys, mut flood) = (HashSet::new(), false);
        let read = store.changed_since(Seq(mark), &mut |key| {
            if !flood && Place::of(&key).is_some() {
                keys.insert(key);
                flood = keys.len() > self.sizes.tail;
            }
            ControlFlow::Continue(())
        });
        Ok(read.map_err(fault)?.map(|Seq(upto)| Changed { keys, flood, upto }))
    }

    /// An index with nothing in it: to be built from the newest snapshot, if little was changed since, else from all
    /// there is.
    fn begin(&self, store: &Store) -> (Index, Changed) {
        if !store.awaits_snapshot()
            && let Some(Seq(mark)) = store.snapshotted()
            && let Ok(Some(changed)) = self.changed(store, mark)
            && !changed.flood
        {
            return (Index::anew(store, mark), changed);
        }
        let mark = store.last().0;
        (Index::anew(store, mark), Changed { keys: HashSet::new(), flood: false, upto: mark })
    }

    /// Drops the index and its files, and has it made again: under the newest data key.
    pub(super) fn begin_anew(&self, store: &Store) -> Result<(), Fault> {
        let _one_at_a_time = held(&self.passing);
        let index = self.index(store)?;
        self.discard(store, &index);
        Ok(())
    }

    /// A table turned out to be damaged: all is made again.
    pub(super) fn discard(&self, store: &Store, damaged: &Arc<Index>) {
        let (anew, changed) = self.begin(store);
        let mut state = held(&self.state);
        if state.index.as_ref().is_some_and(|index| Arc::ptr_eq(index, damaged)) {
            state.tail.let_go(anew.mark);
            state.tail.take(changed);
            state.index = Some(Arc::new(anew));
            state.due = true;
            self.wake.notify_all();
        }
    }

    /// Puts an index in the place of the one it was made from, unless that one was discarded meanwhile.
    fn publish(&self, from: &Arc<Index>, index: Arc<Index>) -> bool {
        let mut state = held(&self.state);
        let current = state.index.as_ref().is_some_and(|index| Arc::ptr_eq(index, from));
        if current {
            state.tail.let_go(index.mark);
            state.index = Some(index);
        }
        current
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn fault(error: impl std::fmt::Display) -> Fault {
    Fault::Blocks(error.to_string())
}

#[cfg(test)]
mod tests;
