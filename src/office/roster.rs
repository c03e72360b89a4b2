//! Every child's row in memory, packed: what the first screen, lists and reminders are drawn from without opening a
//! file.
//!
//! 100,000 rows are some 15 MB, so a row is never unpacked for long: bytes lie in a few large chunks, beside each
//! row stands a small digest for filters and sorting, and the open follow-ups of all rows are one list by date.

mod order;
mod pressed;

use super::pressing::Packed;
use crate::domain::row::{Common, DueView, RowView, Status};
use crate::domain::{ChildId, HouseholdId, Row, WorkerId};
use chrono::Datelike;
use hashbrown::HashTable;
use std::collections::BTreeMap;
use std::ops::RangeBounds;
use uuid::Uuid;

pub(super) use order::Orders;

/// Position of a row: stays the same as long as the files are open.
pub(super) type Slot = u32;

const CHUNK: usize = 1 << 20;
/// Bytes of replaced rows that may lie about before the chunks are written anew.
const SLACK: usize = 8 << 20;

#[derive(Default)]
pub(super) struct Roster {
    chunks: Vec<Chunk>,
    /// What the rows of a chunk share; new ones use the last.
    commons: Vec<Common>,
    digests: Vec<Digest>,
    /// By child, whose id stands in the packed row. Only those that are there.
    slots: HashTable<Slot>,
    /// Staff as small numbers; 0 is nobody.
    workers: Vec<Uuid>,
    /// Open follow-ups by day, in the order of slots.
    due: BTreeMap<i32, Vec<DueAt>>,
    living: usize,
    waste: usize,
    /// Grows with every change of a row.
    version: u64,
    /// A row that is being packed, and the days and workers of its follow-ups.
    packed: Vec<u8>,
    dues: Vec<(i32, Option<WorkerId>)>,
}

struct Chunk {
    bytes: Vec<u8>,
    /// Position in [`Roster::commons`].
    common: usize,
}

/// What filters and sorting need of a row.
#[derive(Clone, Copy)]
pub(super) struct Digest {
    at: u32,
    /// [`GONE`]: there is no row.
    chunk: u16,
    /// Day numbers; the extremes stand for none.
    pub next_due: i32,
    pub last_contact: i32,
    pub birth: i32,
    pub categories: u16,
    pub worker: u16,
    /// Position in [`crate::domain::forms::RISKS`]; what is not there comes after.
    pub risk: u8,
    pub status: Status,
    /// Bits of its id, to leave most others out.
    household: u32,
    /// What the rules say; lies beside the row, since it can be made again from the file.
    pressing: Packed,
}

const GONE: u16 = u16::MAX;

pub(super) const NEVER: i32 = i32::MAX;
pub(super) const NOT_YET: i32 = i32::MIN;

/// One open follow-up.
#[derive(Clone, Copy)]
pub(super) struct Due {
    pub day: i32,
    pub slot: Slot,
    /// Which of the row's follow-ups.
    pub nth: u16,
    pub worker: u16,
}

/// The same in the list of its day.
#[derive(Clone, Copy)]
struct DueAt {
    slot: Slot,
    nth: u16,
    worker: u16,
}

impl DueAt {
    fn order(&self) -> (Slot, u16) {
        (self.slot, self.nth)
    }
}

impl Roster {
    /// All rows are in: room that was kept for more is given back.
    pub(super) fn loaded(&mut self) {
        self.digests.shrink_to_fit();
        self.due.values_mut().for_each(Vec::shrink_to_fit);
        let Self { slots, digests, chunks, .. } = self;
        slots.shrink_to_fit(|slot| child_at(digests, chunks, *slot).map_or(0, hash));
    }

    fn list_due(&mut self, Due { day, slot, nth, worker }: Due) {
        let list = self.due.entry(day).or_default();
        let due = DueAt { slot, nth, worker };
        // New rows come last: the usual case while they are loaded.
        let at = match list.last() {
            Some(last) if last.order() > due.order() => list.partition_point(|one| one.order() < due.order()),
            _ => list.len(),
        };
        list.insert(at, due);
    }

    fn unlist_due(&mut self, day: i32, slot: Slot, nth: u16) {
        let Some(list) = self.due.get_mut(&day) else { return };
        if let Ok(at) = list.binary_search_by_key(&(slot, nth), DueAt::order) {
            list.remove(at);
        }
        if list.is_empty() {
            self.due.remove(&day);
        }
    }

    /// Takes in a kept row, new or changed. `None` for bytes that are no row.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Option<Slot> {
        let view = RowView::decode(bytes)?;
        let known = self.slot(view.child);
        let slot = known.unwrap_or(self.digests.len() as Slot);
        if let Some(slot) = known {
            self.forget(slot);
        }
        let worker = self.number(view.worker);
        let mut next_due = NEVER;
        let mut dues = std::mem::take(&mut self.dues);
        dues.clear();
        let kept = self.keep(&view, |due| dues.push((due.on.num_days_from_ce(), due.worker)));
        for (nth, (day, worker)) in dues.iter().enumerate() {
            next_due = next_due.min(*day);
            let worker = self.number(*worker);
            self.list_due(Due { day: *day, slot, nth: nth as u16, worker });
        }
        self.dues = dues;
        let (chunk, at) = kept?;
        let digest = Digest {
            chunk,
            at,
            next_due,
            last_contact: view.last_contact.map_or(NOT_YET, |on| on.num_days_from_ce()),
            birth: view.birth.map_or(NOT_YET, |on| on.num_days_from_ce()),
            categories: view.categories,
            worker,
            risk: risk(view.risk),
            status: view.status,
            household: short(view.household),
            pressing: known.map_or(Packed::UNKNOWN, |slot| self.digests[slot as usize].pressing),
        };
        match known {
            Some(slot) => self.digests[slot as usize] = digest,
            None => {
                self.digests.push(digest);
                self.list_slot(view.child, slot);
                self.living += 1;
            }
        }
        self.version += 1;
        if self.waste > SLACK {
            self.repack();
        }
        Some(slot)
    }

    fn list_slot(&mut self, child: ChildId, slot: Slot) {
        let Self { slots, digests, chunks, .. } = self;
        let hash_of = |slot: &Slot| child_at(digests, chunks, *slot).map_or(0, hash);
        slots.insert_unique(hash(child), slot, hash_of);
    }

    /// Takes a row out. Its slot stays empty.
    pub(super) fn remove(&mut self, child: ChildId) -> Option<Slot> {
        let slot = self.slot(child)?;
        self.forget(slot);
        if let Ok(entry) = self.slots.find_entry(hash(child), |one| *one == slot) {
            entry.remove();
        }
        self.digests[slot as usize].chunk = GONE;
        self.living -= 1;
        self.version += 1;
        Some(slot)
    }

    /// The follow-ups of a row that is to be replaced or removed are no longer listed, and its bytes are waste.
    fn forget(&mut self, slot: Slot) {
        let Some(view) = self.view(slot) else { return };
        let (mut days, mut again) = (vec![], vec![]);
        view.pack(&mut Common::default(), &mut again, |due| days.push(due.on.num_days_from_ce()));
        self.waste += again.len();
        for (nth, day) in days.into_iter().enumerate() {
            self.unlist_due(day, slot, nth as u16);
        }
    }

    /// Where a row lies from now on. `None` if there are more rows than there can be places.
    fn keep<'a>(&mut self, view: &RowView<'a>, due: impl FnMut(&DueView<'a>)) -> Option<(u16, u32)> {
        if self.commons.is_empty() {
            self.commons.push(Common::default());
        }
        let common = self.commons.len() - 1;
        self.packed.clear();
        view.pack(&mut self.commons[common], &mut self.packed, due);
        let fits = |last: &Chunk| {
            last.common == common && last.bytes.len() + self.packed.len() <= last.bytes.capacity()
        };
        if !self.chunks.last().is_some_and(fits) {
            let bytes = Vec::with_capacity(CHUNK.max(self.packed.len()));
            self.chunks.push(Chunk { bytes, common });
        }
        let chunk = u16::try_from(self.chunks.len() - 1).ok().filter(|chunk| *chunk != GONE)?;
        let bytes = &mut self.chunks.last_mut()?.bytes;
        let at = bytes.len() as u32;
        bytes.extend_from_slice(&self.packed);
        Some((chunk, at))
    }

    /// Takes over the rows of another roster, all of them new, without copying them.
    pub(super) fn absorb(&mut self, other: Roster) {
        let workers: Vec<u16> = other.workers.iter().map(|id| self.number(Some(WorkerId(*id)))).collect();
        let number = |worker: u16| worker.checked_sub(1).map_or(0, |at| workers[usize::from(at)]);
        let (chunk, common, slot) = (self.chunks.len(), self.commons.len(), self.digests.len() as Slot);
        self.chunks.extend(
            other.chunks.into_iter().map(|one| Chunk { common: one.common + common, bytes: one.bytes }),
        );
        self.commons.extend(other.commons);
        self.digests.extend(other.digests.into_iter().map(|digest| Digest {
            chunk: digest.chunk.saturating_add(chunk as u16),
            worker: number(digest.worker),
            ..digest
        }));
        let Self { slots, digests, chunks, .. } = self;
        slots.reserve(digests.len() - slot as usize, |slot| child_at(digests, chunks, *slot).map_or(0, hash));
        for at in slot..self.digests.len() as Slot {
            if let Some(child) = child_at(&self.digests, &self.chunks, at) {
                self.list_slot(child, at);
            }
        }
        for (day, list) in other.due {
            let placed = |due: DueAt| DueAt { slot: due.slot + slot, worker: number(due.worker), ..due };
            self.due.entry(day).or_default().extend(list.into_iter().map(placed));
        }
        self.living += other.living;
        self.waste += other.waste;
        self.version += 1;
    }

    /// Copies the living rows into fresh chunks, one old chunk at a time.
    fn repack(&mut self) {
        let mut old = std::mem::take(&mut self.chunks);
        let commons = std::mem::take(&mut self.commons);
        let mut order: Vec<Slot> = self.living_slots().collect();
        order.sort_unstable_by_key(|slot| {
            (self.digests[*slot as usize].chunk, self.digests[*slot as usize].at)
        });
        let mut done = 0;
        for slot in order {
            let Digest { chunk, at, .. } = self.digests[slot as usize];
            let chunk = usize::from(chunk);
            while done < chunk {
                old[done].bytes = Vec::new();
                done += 1;
            }
            let row = RowView::unpack(&old[chunk].bytes[at as usize..], &commons[old[chunk].common]);
            if let Some((chunk, at)) = row.and_then(|row| self.keep(&row, |_| ())) {
                let digest = &mut self.digests[slot as usize];
                (digest.chunk, digest.at) = (chunk, at);
            }
        }
        self.waste = 0;
    }

    fn number(&mut self, worker: Option<WorkerId>) -> u16 {
        let Some(WorkerId(id)) = worker else { return 0 };
        let at = self.workers.iter().position(|known| *known == id).unwrap_or_else(|| {
            self.workers.push(id);
            self.workers.len() - 1
        });
        u16::try_from(at + 1).unwrap_or(u16::MAX)
    }

    /// The small number of a worker, if any row names them.
    pub(super) fn worker(&self, worker: WorkerId) -> Option<u16> {
        let at = self.workers.iter().position(|known| *known == worker.0)?;
        u16::try_from(at + 1).ok()
    }

    /// Whose small number that is; none for that of nobody.
    pub(super) fn worker_of(&self, number: u16) -> Option<WorkerId> {
        self.workers.get(usize::from(number.checked_sub(1)?)).copied().map(WorkerId)
    }

    pub(super) fn slot(&self, child: ChildId) -> Option<Slot> {
        let same = |slot: &Slot| child_at(&self.digests, &self.chunks, *slot) == Some(child);
        self.slots.find(hash(child), same).copied()
    }

    pub(super) fn view(&self, slot: Slot) -> Option<RowView<'_>> {
        let digest = self.digests.get(slot as usize)?;
        let chunk = self.chunks.get(usize::from(digest.chunk))?;
        RowView::unpack(chunk.bytes.get(digest.at as usize..)?, self.commons.get(chunk.common)?)
    }

    pub(super) fn row(&self, slot: Slot) -> Option<Row> {
        self.view(slot).map(|view| view.to_row())
    }

    pub(super) fn of_child(&self, child: ChildId) -> Option<RowView<'_>> {
        self.view(self.slot(child)?)
    }

    pub(super) fn digest(&self, slot: Slot) -> &Digest {
        &self.digests[slot as usize]
    }

    pub(super) fn living_slots(&self) -> impl Iterator<Item = Slot> + '_ {
        self.digests
            .iter()
            .enumerate()
            .filter(|(_, digest)| digest.chunk != GONE)
            .map(|(slot, _)| slot as Slot)
    }

    pub(super) fn is_there(&self, slot: Slot) -> bool {
        self.digests.get(slot as usize).is_some_and(|digest| digest.chunk != GONE)
    }

    /// Slots ever given, living or not.
    pub(super) fn slots(&self) -> usize {
        self.digests.len()
    }

    /// Children on file.
    pub(super) fn len(&self) -> usize {
        self.living
    }

    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Bytes held, about.
    pub(super) fn bytes_held(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.bytes.capacity()).sum::<usize>()
            + self.commons.iter().map(Common::bytes_held).sum::<usize>()
            + self.digests.capacity() * size_of::<Digest>()
            + self.slots.allocation_size()
            + self.due.values().map(|list| list.capacity() * size_of::<DueAt>()).sum::<usize>()
    }

    /// The children of a household.
    pub(super) fn household(&self, household: HouseholdId) -> Vec<Row> {
        let wanted = short(Some(household));
        let same = |slot: &Slot| self.digests[*slot as usize].household == wanted;
        let views = self.living_slots().filter(same).filter_map(|slot| self.view(slot));
        views.filter(|view| view.household == Some(household)).map(|view| view.to_row()).collect()
    }

    /// Open follow-ups due on these days, soonest first.
    pub(super) fn due<'a>(&'a self, days: impl RangeBounds<i32>) -> impl Iterator<Item = Due> + 'a {
        let of_day = |(day, list): (&i32, &'a Vec<DueAt>)| {
            let day = *day;
            list.iter().map(move |DueAt { slot, nth, worker }| Due {
                day,
                slot: *slot,
                nth: *nth,
                worker: *worker,
            })
        };
        self.due.range(days).flat_map(of_day)
    }

    /// The row and the follow-up behind an entry of [`Roster::due`].
    pub(super) fn of_due(&self, due: Due) -> Option<(RowView<'_>, DueView<'_>)> {
        let view = self.view(due.slot)?;
        let follow_up = view.due().nth(usize::from(due.nth))?;
        Some((view, follow_up))
    }

    /// Day numbers, with how many open follow-ups are due.
    pub(super) fn days(&self) -> Vec<(i32, u32)> {
        self.due.iter().map(|(day, list)| (*day, u32::try_from(list.len()).unwrap_or(u32::MAX))).collect()
    }
}

fn child_at(digests: &[Digest], chunks: &[Chunk], slot: Slot) -> Option<ChildId> {
    let digest = digests.get(slot as usize)?;
    RowView::packed_child(chunks.get(usize::from(digest.chunk))?.bytes.get(digest.at as usize..)?)
}

/// Ids are random: their own bits are hash enough.
fn hash(ChildId(id): ChildId) -> u64 {
    id.as_u64_pair().1
}

pub(super) fn risk(code: &str) -> u8 {
    let risks = crate::domain::forms::RISKS;
    risks.iter().position(|known| *known == code).unwrap_or(risks.len()) as u8
}

fn short(household: Option<HouseholdId>) -> u32 {
    household.map_or(0, |HouseholdId(id)| id.as_u64_pair().1 as u32)
}

#[cfg(test)]
mod tests;
