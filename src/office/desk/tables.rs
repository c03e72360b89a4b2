//! Counting the station, and giving out what somebody takes along.

use super::{Files, facts};
use crate::domain::forms::{CATEGORIES, CONTACT_KINDS, RISKS, contact};
use crate::domain::row::{Status, category_codes};
use crate::domain::{Record, RecordKind, WorkerId};
use crate::office::audit::{Deed, Verb};
use crate::office::roster::Roster;
use crate::office::{
    DueDate, Dues, Export, GivenOut, ProgrammeTables, Refusal, Scope, Served, ServiceKind, Tables, Watch,
    WorkerLoad, keep,
};
use chrono::{Datelike, Months, NaiveDate};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

/// Months of services that are told, this one included.
const MONTHS: u32 = 12;
/// So many records are read between two looks at whether to stop.
const LOOK: u64 = 256;
/// What is given, not what is written down of the child; a contact that reached nobody is work, too.
const GIVEN: [RecordKind; 5] = [
    RecordKind::Referral,
    RecordKind::Conference,
    RecordKind::Placement,
    RecordKind::FamilyContact,
    RecordKind::Session,
];

impl Files {
    pub(super) fn tables(&self) -> Tables {
        count(&self.roster(), self.today())
    }

    /// Noted before anything is handed over; where the disk does not take the note, nothing is.
    pub(super) fn give_out(&self, export: Export, watch: &dyn Watch) -> Result<GivenOut, Refusal> {
        let given = match export {
            Export::Programme => GivenOut::Programme(Box::new(ProgrammeTables {
                tables: self.tables(),
                services: self.services_given(watch)?,
                evaluation: self.evaluation(None, watch)?,
                needs: self.needs_by_village(watch)?,
            })),
            Export::Child(child) => GivenOut::Child(Box::new(self.gather(child)?), self.changes_told(child)?),
            Export::Calendar(scope) => GivenOut::Calendar(self.due_dates(scope)),
        };
        // Never another word for the same.
        self.noted(match export {
            Export::Programme => Deed::about(Verb::Export, "programme"),
            Export::Child(child) => Deed::of(Verb::Export, Some(child)),
            Export::Calendar(_) => Deed::about(Verb::Export, "calendar"),
        })?;
        Ok(given)
    }

    fn due_dates(&self, scope: Scope) -> Vec<DueDate> {
        let roster = self.roster();
        let mine = self.mine(&roster, scope);
        let due = |due| {
            let (row, follow_up) = roster.of_due(due)?;
            Some(DueDate {
                id: follow_up.id,
                on: follow_up.on,
                kind: follow_up.kind.to_owned(),
                case_no: row.case_no.to_owned(),
            })
        };
        roster.due(..).filter(|one| mine.holds(&roster, *one)).filter_map(due).collect()
    }

    fn services_given(&self, watch: &dyn Watch) -> Result<Vec<Served>, Refusal> {
        let this = self.today().with_day(1).unwrap_or(self.today());
        let first = this.checked_sub_months(Months::new(MONTHS - 1)).unwrap_or(this);
        let mut counts = BTreeMap::<(ServiceKind, NaiveDate), usize>::new();
        let mut read = 0;
        for kind in [RecordKind::Contact].into_iter().chain(GIVEN) {
            let mut refused = None;
            self.store.scan(kind as u8, None, &mut |_, bytes| {
                read += 1;
                if read % LOOK == 0 && !watch.progress(read, None) {
                    refused = Some(Refusal::Stopped);
                    return ControlFlow::Break(());
                }
                match keep::decode::<Record>(&bytes) {
                    Ok(record) => {
                        if let Some((kind, on)) = served(&record)
                            && (first..=self.today()).contains(&on)
                        {
                            let month = on.with_day(1).unwrap_or(on);
                            *counts.entry((kind, month)).or_default() += 1;
                        }
                        ControlFlow::Continue(())
                    }
                    Err(refusal) => {
                        refused = Some(refusal);
                        ControlFlow::Break(())
                    }
                }
            })?;
            if let Some(refusal) = refused {
                return Err(refusal);
            }
        }
        Ok(counts.into_iter().map(|((kind, month), count)| Served { kind, month, count }).collect())
    }
}

fn served(record: &Record) -> Option<(ServiceKind, NaiveDate)> {
    if record.at.kind == RecordKind::Contact {
        let code = record.fields.text(&contact::KIND);
        let kind = CONTACT_KINDS.iter().find(|kind| **kind == code)?;
        return Some((ServiceKind::Contact(kind), record.fields.date(&contact::ON)?));
    }
    Some((ServiceKind::Record(record.at.kind), facts::happened(record)?))
}

/// One look at every row.
fn count(roster: &Roster, today: NaiveDate) -> Tables {
    let day = today.num_days_from_ce();
    let mut categories = vec![0; CATEGORIES.len() + 1];
    let mut villages = HashMap::<String, WorkerLoad>::new();
    let mut workers = HashMap::<Option<WorkerId>, WorkerLoad>::new();
    let mut standing = vec![[0; Status::ALL.len()]; RISKS.len() + 1];
    let mut children = 0;
    for slot in roster.living_slots() {
        let Some(row) = roster.view(slot) else { continue };
        let digest = roster.digest(slot);
        children += 1;
        for code in category_codes(row.categories) {
            categories[position(CATEGORIES, code)] += 1;
        }
        if row.categories == 0 {
            categories[CATEGORIES.len()] += 1;
        }
        let status = Status::ALL.iter().position(|status| *status == row.status).unwrap_or(0);
        standing[usize::from(digest.risk).min(RISKS.len())][status] += 1;
        let mut village = WorkerLoad {
            children: 1,
            closed: usize::from(row.status == Status::Closed),
            high: usize::from(row.risk == "high"),
            behind: usize::from(digest.next_due < day),
            due: Dues::default(),
        };
        workers.entry(row.worker).or_default().add(village);
        for due in row.due() {
            let mut one = Dues::default();
            one.count(due.on, today);
            village.due.add(one);
            workers.entry(due.worker.or(row.worker)).or_default().due.add(one);
        }
        villages.entry(row.village.to_owned()).or_default().add(village);
    }
    let named = |codes: &'static [&'static str]| codes.iter().copied().chain([""]);
    let mut villages: Vec<(String, WorkerLoad)> = villages.into_iter().collect();
    villages.sort_by(|(one, load), (other, more)| {
        (Reverse(load.children), one).cmp(&(Reverse(more.children), other))
    });
    let mut workers: Vec<(Option<WorkerId>, WorkerLoad)> = workers.into_iter().collect();
    workers.sort_by_key(|(worker, load)| (Reverse(load.children), *worker));
    Tables {
        on: today,
        children,
        categories: named(CATEGORIES).zip(categories).collect(),
        villages,
        workers,
        standing: named(RISKS).zip(standing).collect(),
    }
}

fn position(codes: &[&str], code: &str) -> usize {
    codes.iter().position(|known| *known == code).unwrap_or(codes.len())
}

impl WorkerLoad {
    fn add(&mut self, other: WorkerLoad) {
        self.children += other.children;
        self.closed += other.closed;
        self.high += other.high;
        self.behind += other.behind;
        self.due.add(other.due);
    }
}

impl Dues {
    fn count(&mut self, on: NaiveDate, today: NaiveDate) {
        *match (on - today).num_days() {
            ..0 => &mut self.overdue,
            0 => &mut self.today,
            1..=6 => &mut self.week,
            _ => &mut self.later,
        } += 1;
    }

    fn add(&mut self, other: Dues) {
        self.overdue += other.overdue;
        self.today += other.today;
        self.week += other.week;
        self.later += other.later;
    }
}
