//! Every child's row in memory, as the bytes that are kept: what the first screen, lists and reminders are drawn
//! from without opening a file.
//!
//! 100,000 rows are some 20 MB, so a row is never unpacked for long: bytes lie in a few large chunks, beside each
//! row stands a small digest for filters and sorting, and the open follow-ups of all rows are one list by date.

mod order;

use crate::domain::row::{DueView, RowView, Status};
use crate::domain::{ChildId, HouseholdId, Row, WorkerId};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
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
    chunks: Vec<Vec<u8>>,
    digests: Vec<Digest>,
    slots: HashMap<Uuid, Slot, BuildHasherDefault<IdHasher>>,
    /// Staff as small numbers; 0 is nobody.
    workers: Vec<Uuid>,
    due: BTreeSet<Due>,
    /// While rows are loaded: sorting once is several times as fast as finding each one's place.
    loading: Option<Vec<Due>>,
    days: BTreeMap<i32, u32>,
    living: usize,
    waste: usize,
    /// Grows with every change of a row.
    version: u64,
}

/// What filters and sorting need of a row.
#[derive(Clone, Copy)]
pub(super) struct Digest {
    chunk: u32,
    at: u32,
    /// 0: the row is gone.
    len: u32,
    /// Day numbers; the extremes stand for none.
    pub next_due: i32,
    pub last_contact: i32,
    pub birth: i32,
    pub categories: u16,
    pub worker: u16,
    /// Position in [`crate::domain::forms::RISKS`]; what is not there comes after.
    pub risk: u8,
    pub status: Status,
    household: u64,
}

pub(super) const NEVER: i32 = i32::MAX;
pub(super) const NOT_YET: i32 = i32::MIN;

/// One open follow-up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Due {
    pub day: i32,
    pub slot: Slot,
    /// Which of the row's follow-ups.
    pub nth: u16,
    pub worker: u16,
}

impl Roster {
    /// Until [`Roster::loaded`], follow-ups that come in are not listed.
    pub(super) fn loading() -> Self {
        Self { loading: Some(vec![]), ..Self::default() }
    }

    pub(super) fn loaded(&mut self) {
        let Some(mut due) = self.loading.take() else { return };
        due.sort_unstable();
        let mut days = std::mem::take(&mut self.days);
        for same in due.chunk_by(|one, next| one.day == next.day) {
            *days.entry(same[0].day).or_default() += same.len() as u32;
        }
        self.days = days;
        if self.due.is_empty() {
            self.due = due.into_iter().collect();
        } else {
            self.due.extend(due);
        }
        self.digests.shrink_to_fit();
        self.slots.shrink_to_fit();
    }

    fn list_due(&mut self, due: Due) {
        match &mut self.loading {
            Some(list) => list.push(due),
            None => {
                self.due.insert(due);
                *self.days.entry(due.day).or_default() += 1;
            }
        }
    }

    /// Takes in a kept row, new or changed. `None` for bytes that are no row.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Option<Slot> {
        let view = RowView::decode(bytes)?;
        let known = self.slots.get(&view.child.0).copied();
        let slot = known.unwrap_or(self.digests.len() as Slot);
        if let Some(slot) = known {
            // A row that comes twice while loading: its follow-ups must be listed to be forgotten.
            if self.loading.is_some() {
                self.loaded();
            }
            self.forget_due(slot);
            self.waste += self.digests[slot as usize].len as usize;
        }
        if known.is_none_or(|slot| self.digests[slot as usize].len == 0) {
            self.living += 1;
        }
        let (chunk, at) = self.keep(bytes);
        let worker = self.number(view.worker);
        let mut next_due = NEVER;
        for (nth, due) in view.due().enumerate() {
            let day = due.on.num_days_from_ce();
            next_due = next_due.min(day);
            let worker = self.number(due.worker);
            self.list_due(Due { day, slot, nth: nth as u16, worker });
        }
        let digest = Digest {
            chunk,
            at,
            len: bytes.len() as u32,
            next_due,
            last_contact: view.last_contact.map_or(NOT_YET, |on| on.num_days_from_ce()),
            birth: view.birth.map_or(NOT_YET, |on| on.num_days_from_ce()),
            categories: view.categories,
            worker,
            risk: risk(view.risk),
            status: view.status,
            household: short(view.household),
        };
        match known {
            Some(slot) => self.digests[slot as usize] = digest,
            None => {
                self.digests.push(digest);
                self.slots.insert(view.child.0, slot);
            }
        }
        self.version += 1;
        if self.waste > SLACK {
            self.repack();
        }
        Some(slot)
    }

    /// Takes a row out. Its slot stays empty.
    pub(super) fn remove(&mut self, child: ChildId) -> Option<Slot> {
        let slot = self.slots.get(&child.0).copied().filter(|slot| self.digests[*slot as usize].len > 0)?;
        self.forget_due(slot);
        let digest = &mut self.digests[slot as usize];
        self.waste += digest.len as usize;
        digest.len = 0;
        self.living -= 1;
        self.version += 1;
        Some(slot)
    }

    fn keep(&mut self, bytes: &[u8]) -> (u32, u32) {
        let room = self.chunks.last().is_some_and(|last| last.len() + bytes.len() <= last.capacity());
        if !room {
            self.chunks.push(Vec::with_capacity(CHUNK.max(bytes.len())));
        }
        let chunk = self.chunks.len() - 1;
        let at = self.chunks[chunk].len();
        self.chunks[chunk].extend_from_slice(bytes);
        (chunk as u32, at as u32)
    }

    /// Takes over the rows of another roster, all of them new, without copying them.
    pub(super) fn absorb(&mut self, other: Roster) {
        let workers: Vec<u16> = other.workers.iter().map(|id| self.number(Some(WorkerId(*id)))).collect();
        let number = |worker: u16| worker.checked_sub(1).map_or(0, |at| workers[usize::from(at)]);
        let (chunk, slot) = (self.chunks.len() as u32, self.digests.len() as Slot);
        self.chunks.extend(other.chunks);
        self.digests.extend(other.digests.into_iter().map(|digest| Digest {
            chunk: digest.chunk + chunk,
            worker: number(digest.worker),
            ..digest
        }));
        self.slots.extend(other.slots.into_iter().map(|(child, at)| (child, at + slot)));
        self.due.extend(other.due.into_iter().map(|due| Due {
            slot: due.slot + slot,
            worker: number(due.worker),
            ..due
        }));
        for (day, count) in other.days {
            *self.days.entry(day).or_default() += count;
        }
        self.living += other.living;
        self.waste += other.waste;
        self.version += 1;
    }

    /// Copies the living rows into fresh chunks, one old chunk at a time.
    fn repack(&mut self) {
        let mut old = std::mem::take(&mut self.chunks);
        let mut order: Vec<Slot> = self.living_slots().collect();
        order.sort_unstable_by_key(|slot| {
            (self.digests[*slot as usize].chunk, self.digests[*slot as usize].at)
        });
        let mut done = 0;
        for slot in order {
            let Digest { chunk, at, len, .. } = self.digests[slot as usize];
            while done < chunk as usize {
                old[done] = Vec::new();
                done += 1;
            }
            let bytes = std::mem::take(&mut old[chunk as usize]);
            let (chunk, at) = self.keep(&bytes[at as usize..(at + len) as usize]);
            old[done] = bytes;
            let digest = &mut self.digests[slot as usize];
            (digest.chunk, digest.at) = (chunk, at);
        }
        self.waste = 0;
    }

    fn forget_due(&mut self, slot: Slot) {
        let Some(days) = self
            .view(slot)
            .map(|view| view.due().map(|due| (due.on.num_days_from_ce(), due.worker)).collect::<Vec<_>>())
        else {
            return;
        };
        for (nth, (day, worker)) in days.into_iter().enumerate() {
            let worker = self.number(worker);
            self.due.remove(&Due { day, slot, nth: nth as u16, worker });
            if let Some(count) = self.days.get_mut(&day) {
                *count -= 1;
                if *count == 0 {
                    self.days.remove(&day);
                }
            }
        }
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

    pub(super) fn slot(&self, child: ChildId) -> Option<Slot> {
        self.slots.get(&child.0).copied().filter(|slot| self.digests[*slot as usize].len > 0)
    }

    pub(super) fn bytes(&self, slot: Slot) -> Option<&[u8]> {
        let digest = self.digests.get(slot as usize).filter(|digest| digest.len > 0)?;
        self.chunks.get(digest.chunk as usize)?.get(digest.at as usize..(digest.at + digest.len) as usize)
    }

    pub(super) fn view(&self, slot: Slot) -> Option<RowView<'_>> {
        RowView::decode(self.bytes(slot)?)
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
        self.digests.iter().enumerate().filter(|(_, digest)| digest.len > 0).map(|(slot, _)| slot as Slot)
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
        self.chunks.iter().map(Vec::capacity).sum::<usize>()
            + self.digests.capacity() * size_of::<Digest>()
            + self.slots.capacity() * (size_of::<(Uuid, Slot)>() + 1)
            + self.due.len() * size_of::<Due>() * 3 / 2
    }

    /// The children of a household.
    pub(super) fn household(&self, household: HouseholdId) -> Vec<Row> {
        let wanted = short(Some(household));
        let same = |slot: &Slot| self.digests[*slot as usize].household == wanted;
        let views = self.living_slots().filter(same).filter_map(|slot| self.view(slot));
        views.filter(|view| view.household == Some(household)).map(|view| view.to_row()).collect()
    }

    /// Open follow-ups due on these days, soonest first.
    pub(super) fn due(&self, days: impl RangeBounds<i32>) -> impl Iterator<Item = Due> + '_ {
        use std::ops::Bound::{Excluded, Included, Unbounded};
        let least = |day| Due { day, slot: 0, nth: 0, worker: 0 };
        let most = |day| Due { day, slot: Slot::MAX, nth: u16::MAX, worker: u16::MAX };
        let from = match days.start_bound() {
            Included(day) => Included(least(*day)),
            Excluded(day) => Excluded(most(*day)),
            Unbounded => Unbounded,
        };
        let to = match days.end_bound() {
            Included(day) => Included(most(*day)),
            Excluded(day) => Excluded(least(*day)),
            Unbounded => Unbounded,
        };
        self.due.range((from, to)).copied()
    }

    /// The row and the follow-up behind an entry of [`Roster::due`].
    pub(super) fn of_due(&self, due: Due) -> Option<(RowView<'_>, DueView<'_>)> {
        let view = self.view(due.slot)?;
        let follow_up = view.due().nth(usize::from(due.nth))?;
        Some((view, follow_up))
    }

    /// Open follow-ups by due date.
    pub(super) fn days(&self) -> BTreeMap<NaiveDate, u32> {
        let date = |(day, count): (&i32, &u32)| Some((NaiveDate::from_num_days_from_ce_opt(*day)?, *count));
        self.days.iter().filter_map(date).collect()
    }
}

/// Ids are random: their own bits are hash enough.
#[derive(Default)]
struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(last) = bytes.last_chunk() {
            self.0 ^= u64::from_le_bytes(*last);
        }
    }

    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

pub(super) fn risk(code: &str) -> u8 {
    let risks = crate::domain::forms::RISKS;
    risks.iter().position(|known| *known == code).unwrap_or(risks.len()) as u8
}

fn short(household: Option<HouseholdId>) -> u64 {
    household.map_or(0, |HouseholdId(id)| id.as_u64_pair().1)
}

#[cfg(test)]
mod tests;
