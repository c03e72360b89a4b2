//! The search index over the roster: built on a thread of its own while the first screen is drawn already.

use super::roster::{Roster, Slot};
use super::{FoundLine, Likeness};
use crate::domain::forms::child;
use crate::domain::row::RowView;
use crate::domain::{ChildId, Fields, Row};
use crate::platform::memory;
use crate::search::duplicates::{Blocks, Candidate, Sex};
use crate::search::{Entry, Index, Scratch};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};

#[derive(Default)]
pub(super) struct Finder {
    built: Mutex<Option<Built>>,
    ready: Condvar,
}

struct Built {
    index: Index,
    scratch: Scratch,
    /// Made when a new child is typed, kept until nobody types.
    blocks: Option<Blocks>,
}

impl Finder {
    /// Begins to build. Questions wait until it is done: a fifth of a second for 100,000 children.
    pub(super) fn start(roster: &Arc<RwLock<Roster>>) -> Arc<Self> {
        let finder = Arc::new(Self::default());
        let (mine, rows) = (finder.clone(), roster.clone());
        let work = move || mine.build(&rows);
        if std::thread::Builder::new().name("index".into()).spawn(work.clone()).is_err() {
            work();
        }
        finder
    }

    fn build(&self, roster: &RwLock<Roster>) {
        // The rows stay locked until the index is there: no change can fall in between.
        let roster = roster.read().unwrap_or_else(PoisonError::into_inner);
        let built = Built::new(&roster);
        *self.lock() = Some(built);
        self.ready.notify_all();
        memory::give_back();
    }

    fn lock(&self) -> MutexGuard<'_, Option<Built>> {
        self.built.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, work: impl FnOnce(&mut Built) -> T) -> Option<T> {
        let guard = self.ready.wait_while(self.lock(), |built| built.is_none());
        guard.unwrap_or_else(PoisonError::into_inner).as_mut().map(work)
    }

    /// Waits until it is built: whoever locks the rows to write meanwhile keeps everybody from reading.
    pub(super) fn built(&self) {
        self.with(|_| ());
    }

    /// A row is there, anew or changed. Before the index is built there is nothing to do: it reads the rows then.
    pub(super) fn put(&self, slot: Slot, view: &RowView<'_>) {
        if let Some(built) = self.lock().as_mut() {
            built.index.upsert(slot, &entry(view));
            if let Some(blocks) = &mut built.blocks {
                blocks.upsert(slot, &candidate(view));
            }
        }
    }

    pub(super) fn remove(&self, slot: Slot) {
        if let Some(built) = self.lock().as_mut() {
            built.index.remove(slot);
            if let Some(blocks) = &mut built.blocks {
                blocks.remove(slot);
            }
        }
    }

    /// Nobody types. When enough rows have changed, the index is built anew, on a thread of its own.
    pub(super) fn freshen(self: &Arc<Self>, rows: &Arc<RwLock<Roster>>) {
        let mut built = self.lock();
        let stale = built.as_mut().is_some_and(|built| {
            built.blocks = None;
            built.index.needs_rebuild()
        });
        drop(built);
        if stale {
            let (mine, rows) = (self.clone(), rows.clone());
            // No thread to be had: the index stays a little slower.
            let _ = std::thread::Builder::new().name("index".into()).spawn(move || mine.build(&rows));
        }
    }

    /// Many rows came at once.
    pub(super) fn rebuild(&self, roster: &Roster) {
        let built = Built::new(roster);
        *self.lock() = Some(built);
        memory::give_back();
    }

    pub(super) fn find(&self, roster: &RwLock<Roster>, text: &str, limit: usize) -> (Vec<FoundLine>, bool) {
        let found = self.with(|built| built.index.find(text, limit, &mut built.scratch)).unwrap_or_default();
        let roster = roster.read().unwrap_or_else(PoisonError::into_inner);
        let line =
            |hit: crate::search::Hit| Some(FoundLine { row: roster.row(hit.row)?, reasons: hit.reasons });
        (found.hits.into_iter().filter_map(line).collect(), found.more)
    }

    /// Children on file who may be the one with these fields.
    pub(super) fn likely(
        &self,
        roster: &RwLock<Roster>,
        fields: &Fields,
        except: Option<ChildId>,
    ) -> Vec<Likeness> {
        let typed = Candidate {
            name: fields.text(&child::NAME),
            sex: sex(fields.text(&child::SEX)),
            birth: fields.date(&child::BIRTH),
            guardian: fields.text(&child::GUARDIAN),
            village: fields.text(&child::VILLAGE),
            phone: fields.text(&child::PHONE),
            id_number: fields.text(&child::ID_NUMBER),
        };
        if typed.name.is_empty() && typed.id_number.is_empty() {
            return vec![];
        }
        // Waits for the index first: nobody may hold the rows while they wait for somebody who reads them.
        self.with(|_| ());
        let roster = roster.read().unwrap_or_else(PoisonError::into_inner);
        let row = |slot| roster.view(slot).filter(|view| Some(view.child) != except);
        let rows = |slot| row(slot).map(|view| candidate(&view));
        let likely = self.with(|built| {
            let blocks = built.blocks.get_or_insert_with(|| blocks(&roster));
            blocks.likely(&typed, rows, MOST_LIKELY)
        });
        let line = |one: crate::search::duplicates::Likely| {
            let row = row(one.row)?.to_row();
            Some(Likeness { row, verdict: one.verdict, evidence: one.evidence })
        };
        likely.unwrap_or_default().into_iter().filter_map(line).collect()
    }
}

/// Nobody compares more.
const MOST_LIKELY: usize = 8;

impl Built {
    fn new(roster: &Roster) -> Self {
        let slots = 0..roster.slots() as Slot;
        let entries =
            slots.clone().map(|slot| roster.view(slot).map(|view| entry(&view)).unwrap_or_default());
        let mut index = Index::build(entries);
        for slot in slots.filter(|slot| !roster.is_there(*slot)) {
            index.remove(slot);
        }
        Self { index, blocks: None, scratch: Scratch::default() }
    }
}

fn blocks(roster: &Roster) -> Blocks {
    let slots = 0..roster.slots() as Slot;
    let rows = slots.clone().map(|slot| roster.view(slot).map(|view| candidate(&view)).unwrap_or_default());
    let mut blocks = Blocks::build(rows);
    for slot in slots.filter(|slot| !roster.is_there(*slot)) {
        blocks.remove(slot);
    }
    blocks
}

/// Whether anything differs that is searched or compared: with most saves nothing does.
pub(super) fn tells_apart(now: &Row, before: &RowView<'_>) -> bool {
    let texts = [&now.name, &now.sex, &now.guardian, &now.village, &now.school];
    let numbers = [&now.id_number, &now.phone, &now.case_no];
    texts != [before.name, before.sex, before.guardian, before.village, before.school]
        || numbers != [before.id_number, before.phone, before.case_no]
        || now.birth != before.birth
}

fn entry<'a>(view: &RowView<'a>) -> Entry<'a> {
    Entry {
        name: view.name,
        guardian: view.guardian,
        village: view.village,
        school: view.school,
        id_number: view.id_number,
        birth: view.birth,
        phone: view.phone,
        case_no: view.case_no,
    }
}

fn candidate<'a>(view: &RowView<'a>) -> Candidate<'a> {
    Candidate {
        name: view.name,
        sex: sex(view.sex),
        birth: view.birth,
        guardian: view.guardian,
        village: view.village,
        phone: view.phone,
        id_number: view.id_number,
    }
}

fn sex(code: &str) -> Option<Sex> {
    match code {
        "m" => Some(Sex::Male),
        "f" => Some(Sex::Female),
        _ => None,
    }
}
