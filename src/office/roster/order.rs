//! The roster in the orders that somebody may want to see it in, made when first asked for and kept until a row
//! changes.

use super::{Roster, Slot};
use crate::domain::row::Status;
use crate::office::{Filter, Grade, NOBODY, Sort};
use chrono::{Datelike, NaiveDate};
use std::cmp::Reverse;
use std::sync::Arc;

#[derive(Default)]
pub(in crate::office) struct Orders {
    version: u64,
    sorted: Vec<(Sort, Arc<Vec<Slot>>)>,
    /// The last filtered list, for leafing through it.
    filtered: Option<(Sort, Filter, NaiveDate, Arc<Vec<Slot>>)>,
}

impl Orders {
    /// The slots that pass the filter, in order.
    pub(in crate::office) fn list(
        &mut self,
        roster: &Roster,
        sort: Sort,
        filter: &Filter,
        today: NaiveDate,
    ) -> Arc<Vec<Slot>> {
        if self.version != roster.version() {
            *self = Self { version: roster.version(), ..Self::default() };
        }
        if let Some((by, with, on, list)) = &self.filtered
            && (*by, with, *on) == (sort, filter, today)
        {
            return list.clone();
        }
        let sorted = match self.sorted.iter().find(|(by, _)| *by == sort) {
            Some((_, list)) => list.clone(),
            None => {
                let list = Arc::new(sorted(roster, sort));
                self.sorted.push((sort, list.clone()));
                list
            }
        };
        if *filter == Filter::default() {
            return sorted;
        }
        let test = Test::new(roster, filter, today);
        let list: Vec<Slot> = sorted.iter().copied().filter(|slot| test.passes(roster, *slot)).collect();
        let list = Arc::new(list);
        self.filtered = Some((sort, filter.clone(), today, list.clone()));
        list
    }
}

fn sorted(roster: &Roster, sort: Sort) -> Vec<Slot> {
    let mut list: Vec<Slot> = roster.living_slots().collect();
    let digest = |slot: &Slot| roster.digest(*slot);
    match sort {
        Sort::Due => list.sort_by_key(|slot| (digest(slot).next_due, digest(slot).risk)),
        Sort::Risk => list.sort_by_key(|slot| (digest(slot).risk, digest(slot).next_due)),
        Sort::Pressing => list.sort_by_key(|slot| {
            let pressing = digest(slot).pressing.get().unwrap_or_default();
            (Reverse((pressing.urgent, pressing.act)), digest(slot).risk)
        }),
        // The youngest first; those whose birth date is not known come last.
        Sort::Age => list.sort_by_key(|slot| Reverse(digest(slot).birth)),
        Sort::LastContact => list.sort_by_key(|slot| digest(slot).last_contact),
        Sort::Name => by_sound(roster, &mut list, |view| view.name),
        Sort::Village => by_sound(roster, &mut list, |view| view.village),
    }
    list
}

/// By the sound of a text, as in a dictionary; empty ones last.
fn by_sound(
    roster: &Roster,
    list: &mut Vec<Slot>,
    text: impl for<'a> Fn(&crate::domain::row::RowView<'a>) -> &'a str,
) {
    // Texts repeat (villages, common names), and a key is dearer than a look-up.
    let mut keys: Vec<([u8; 24], Slot)> = list
        .iter()
        .map(|slot| {
            let mut key = [u8::MAX; 24];
            if let Some(text) = roster.view(*slot).as_ref().map(&text).filter(|text| !text.is_empty()) {
                let sound = crate::search::pinyin_key(text);
                key = [0; 24];
                let bytes = &sound.as_bytes()[..sound.len().min(24)];
                key[..bytes.len()].copy_from_slice(bytes);
            }
            (key, *slot)
        })
        .collect();
    keys.sort_unstable();
    list.clear();
    list.extend(keys.into_iter().map(|(_, slot)| slot));
}

/// A filter, as numbers.
struct Test<'a> {
    category: Option<u16>,
    risk: Option<u8>,
    status: Option<Status>,
    worker: Option<u16>,
    open: bool,
    village: Option<&'a str>,
    whole_village: Option<&'a str>,
    before: Option<i32>,
    pressing: Option<Grade>,
}

impl<'a> Test<'a> {
    fn new(roster: &Roster, filter: &'a Filter, today: NaiveDate) -> Self {
        let category = |code: &String| {
            let at = crate::domain::forms::CATEGORIES.iter().position(|known| known == code);
            at.map_or(0, |at| 1 << at)
        };
        Self {
            category: filter.category.as_ref().map(category),
            risk: filter.risk.as_deref().map(super::risk),
            status: filter.status,
            // A worker whom no row names has no children: a number that nobody has.
            worker: filter.worker.map(|worker| match worker {
                NOBODY => 0,
                worker => roster.worker(worker).unwrap_or(u16::MAX),
            }),
            open: filter.open,
            village: filter.village.as_deref(),
            pressing: filter.pressing,
            whole_village: filter.whole_village.as_deref(),
            before: filter.overdue.then(|| today.num_days_from_ce()),
        }
    }

    fn passes(&self, roster: &Roster, slot: Slot) -> bool {
        let digest = roster.digest(slot);
        self.category.is_none_or(|bit| digest.categories & bit != 0)
            && self.risk.is_none_or(|risk| digest.risk == risk)
            && self.status.is_none_or(|status| digest.status == status)
            && self.worker.is_none_or(|worker| digest.worker == worker)
            && (!self.open || digest.status != Status::Closed)
            && self.before.is_none_or(|today| digest.next_due < today)
            && self
                .pressing
                .is_none_or(|grade| digest.pressing.get().is_some_and(|pressing| pressing.reaches(grade)))
            && self
                .village
                .is_none_or(|village| roster.view(slot).is_some_and(|view| view.village.contains(village)))
            && self
                .whole_village
                .is_none_or(|village| roster.view(slot).is_some_and(|view| view.village == village))
    }
}
