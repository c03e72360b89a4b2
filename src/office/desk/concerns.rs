//! How many children stand on the two lists of the needs study that somebody must look at every week: without contact with
//! their parents, in a family that may give them up. Today shows the counts.
//!
//! They are counted once a day, and afterwards only of those into whose files somebody wrote. A station with so many
//! children that this would fill memory counts when somebody opens the lists; until then Today shows no number.

use super::Files;
use super::needs::{Gathered, tick};
use crate::domain::{ChildId, RecordKind, Row};
use crate::office::{Concerns, Refusal, Watch};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More children than this are counted when somebody asks for the lists.
const MOST: usize = 5_000;

/// On which of the two lists a child stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct On {
    pub giving_up: bool,
    pub without_contact: bool,
}

#[derive(Default)]
pub(super) struct Counting(Mutex<Counted>);

#[derive(Default)]
struct Counted {
    /// Those who stand on one of them, as of this day. None: not counted.
    on: Option<(NaiveDate, HashMap<ChildId, On>)>,
    /// Somebody wrote into their files since, or since the counting began.
    changed: BTreeSet<ChildId>,
    /// Grows when what was counted meanwhile is of no use any more.
    era: u64,
}

impl Counting {
    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn changed(&self, children: impl IntoIterator<Item = ChildId>) {
        self.lock().changed.extend(children);
    }

    /// Other rules, or more children at once than are worth telling apart.
    pub(super) fn forget(&self) {
        let mut counted = self.lock();
        *counted = Counted { era: counted.era + 1, ..Counted::default() };
    }

    /// Somebody begins to count: what changes from now on is looked at again afterwards.
    pub(super) fn begin(&self) -> u64 {
        let mut counted = self.lock();
        if counted.on.is_none() {
            counted.changed.clear();
        }
        counted.era
    }

    /// All were counted. What changed since [`Counting::begin`] is still to be looked at.
    pub(super) fn counted(&self, era: u64, today: NaiveDate, on: HashMap<ChildId, On>) {
        let mut counted = self.lock();
        if counted.era == era {
            counted.on = Some((today, on));
        }
    }
}

impl Files {
    /// The counts, if they are known: those whose files changed are looked at now.
    pub(super) fn concerns(&self) -> Result<Concerns, Refusal> {
        let today = self.today();
        let (changed, known) = {
            let mut counted = self.counting.lock();
            let known = counted.on.as_ref().is_some_and(|(day, _)| *day == today);
            (if known { std::mem::take(&mut counted.changed) } else { BTreeSet::new() }, known)
        };
        if !known {
            let few = self.roster().len() <= MOST;
            return Ok(if few { Concerns::Pending } else { Concerns::Many });
        }
        let mut fresh = vec![];
        for child in &changed {
            match self.concern_of(*child) {
                Ok(on) => fresh.push((*child, on)),
                Err(refusal) => {
                    self.counting.changed(changed);
                    return Err(refusal);
                }
            }
        }
        let mut counted = self.counting.lock();
        let Some((_, on)) = &mut counted.on else { return Ok(Concerns::default()) };
        for (child, now) in fresh {
            if now == On::default() {
                on.remove(&child);
            } else {
                on.insert(child, now);
            }
        }
        let count =
            |of: fn(&On) -> bool| u32::try_from(on.values().filter(|on| of(on)).count()).unwrap_or(u32::MAX);
        Ok(Concerns::Counted {
            giving_up: count(|on| on.giving_up),
            without_contact: count(|on| on.without_contact),
        })
    }

    /// Counts all, if that is not done yet.
    pub(super) fn count_concerns(&self, watch: &dyn Watch) -> Result<(), Refusal> {
        if self.concerns()? != Concerns::Pending {
            return Ok(());
        }
        let era = self.counting.begin();
        let (mut gathered, mut read, today) = (Gathered::default(), 0, self.today());
        self.gather_concerns(&mut gathered, &mut || tick(watch, &mut read))?;
        let mut all = HashMap::new();
        let slots: Vec<_> = self.roster().living_slots().collect();
        for slot in slots {
            tick(watch, &mut read)?;
            let Some(row) = self.roster().row(slot) else { continue };
            let on = self.is_on(&gathered, &row)?;
            if on != On::default() {
                all.insert(row.child, on);
            }
        }
        self.counting.counted(era, today, all);
        Ok(())
    }

    fn concern_of(&self, child: ChildId) -> Result<On, Refusal> {
        let row = self.roster().of_child(child).map(|view| view.to_row());
        let Some(row) = row else { return Ok(On::default()) };
        let mut gathered = Gathered::default();
        for kind in [RecordKind::FamilyContact, RecordKind::Overrule] {
            for record in self.recent.all(&self.store, kind, child.0)?.iter() {
                gathered.concern(record.as_ref().clone());
            }
        }
        self.is_on(&gathered, &row)
    }

    fn is_on(&self, gathered: &Gathered, row: &Row) -> Result<On, Refusal> {
        let [giving_up, without_contact] = self.concerned(gathered, row)?.map(|flag| flag.is_some());
        Ok(On { giving_up, without_contact })
    }
}
