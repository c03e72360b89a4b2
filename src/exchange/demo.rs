//! The invented station of `tonghu demo`: a county that is on no map, and children who do not exist.
//!
//! First come five families whose files tell a whole story each; then as many others as are wanted, with a share of what
//! a station does for its children. The same seed and day give the same children. ID numbers begin with 99 and telephones with 100, so that they can
//! belong to nobody.

mod dice;
mod family;
mod file;
mod names;
mod organisation;
mod precedents;
mod registers;
mod services;
mod stories;
mod texts;
mod visits;

use crate::domain::forms::{child, station as field};
use crate::domain::{Fields, RecordKind, RecordRef, WorkerId};
use crate::office::{Office, Refusal, Request, Save, SaveRecord, Whole};
use chrono::NaiveDate;
use family::Family;
pub use organisation::organisation;
pub use precedents::{keep_precedents, neighbour, take_over};
use std::collections::VecDeque;
use uuid::Uuid;

/// Who works at the station: name and login. [`DemoChild::worker`] counts in this list.
pub const STAFF: &[(&str, &str)] = &[
    ("周晓琴", "zhou"),
    ("田永刚", "tian"),
    ("冉小霞", "ran"),
    ("罗建华", "luo"),
    ("向春丽", "xiang"),
    ("谭文强", "tan"),
    ("秦玉梅", "qin"),
    ("陈海燕", "chen"),
    ("彭志勇", "peng"),
    ("龙秋萍", "long"),
    ("杨松", "yang"),
    ("何艳芳", "he"),
];

/// A child's whole file, without ids. Fields that name a member of staff are left empty: see `worker`.
#[derive(Clone, Debug, Default)]
pub struct DemoChild {
    pub child: Fields,
    /// The number of the household; siblings follow each other with the same one.
    pub household: usize,
    /// The household's own record and its members: with its first child only.
    pub home: Option<(Fields, Vec<Fields>)>,
    /// Position in [`STAFF`] of who works on the file and does its follow-ups; none: who looks at the demo.
    pub worker: Option<usize>,
    pub case: Fields,
    /// Oldest first.
    pub contacts: Vec<Fields>,
    pub follow_ups: Vec<Fields>,
    pub notes: Vec<Fields>,
    /// What is done for the child, of [`RecordKind::SERVICES`].
    pub services: Vec<(RecordKind, Fields)>,
}

/// The station's own record.
pub fn station() -> Fields {
    Fields::default()
        .with(field::NAME, "禾溪县未成年人救助保护站（演示）")
        .with(field::PROVINCE, names::PROVINCE)
        .with(field::CITY, names::CITY)
        .with(field::COUNTY, names::COUNTY)
        .with(field::TOWN, names::TOWNS[0])
        .with(field::PHONE, "10000000000")
}

/// `n` children as files for the office, shared out among `workers` (not none) in the order of [`STAFF`]: those of the
/// stories, who are with whoever founded the station, and others.
pub fn files(
    seed: u64,
    n: usize,
    today: NaiveDate,
    workers: &[WorkerId],
) -> impl Iterator<Item = Whole> + use<> {
    let workers = workers.to_vec();
    let told = stories::tell(today);
    let others = children(seed, n, today).map({
        let first = told.len();
        move |mut one| {
            one.household += first;
            // The office counts on behind the numbers of the stories.
            one.child.set(child::CASE_NO, None);
            one
        }
    });
    told.into_iter().chain(others).take(n).map(move |made| Whole {
        child: made.child,
        household: made.household as u64,
        home: made.home,
        worker: made.worker.map(|worker| workers[worker % workers.len()]),
        case: made.case,
        contacts: made.contacts,
        follow_ups: made.follow_ups,
        notes: made.notes,
        services: made.services,
    })
}

/// Writes down the organisation and the station's registers, one entry after the other, as if they were typed.
///
/// # Errors
/// None in a new station that has the children of [`files`]: a test does so.
pub fn keep_registers(office: &dyn Office, today: NaiveDate) -> Result<(), Refusal> {
    let save = |records| office.ask(Request::Save(Save { records, draft: None }));
    save(organisation(today))?;
    for (kind, fields) in registers::all(today) {
        let at = RecordRef::of(kind, Uuid::nil(), Uuid::nil());
        save(vec![SaveRecord { at, base: None, fields }])?;
    }
    Ok(())
}

/// The first `n` children of a seed, as they stand on `today`.
pub fn children(seed: u64, n: usize, today: NaiveDate) -> impl Iterator<Item = DemoChild> {
    let mut dice = dice::Dice::new(seed);
    let mut waiting: VecDeque<DemoChild> = VecDeque::new();
    let mut households = 0;
    let mut number = 0;
    std::iter::from_fn(move || {
        while waiting.is_empty() {
            let family = Family::new(&mut dice, today);
            let worker = family.worker(STAFF.len());
            let mut home = Some((family.home.clone(), family.members()));
            for member in 0..family.children.len() {
                number += 1;
                let mut one = file::write(&mut dice, &family, member, number, today);
                one.household = households;
                one.worker = Some(worker);
                one.home = home.take();
                waiting.push_back(one);
            }
            households += 1;
        }
        waiting.pop_front()
    })
    .take(n)
}

#[cfg(test)]
mod tests;
