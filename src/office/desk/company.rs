//! Who came to an activity, and which volunteer keeps whom company: what a save must not break, and what the registers
//! show of it.

use super::Files;
use super::work::Work;
use crate::domain::aid::folded;
use crate::domain::check::{Fault, FieldFault};
use crate::domain::company::{CompanyFault, Done, heads};
use crate::domain::forms::{activity, attendance, base, donor, session, volunteer};
use crate::domain::{ChildId, Fields, Record, RecordKind, RecordRef};
use crate::office::{Refusal, keep};
use crate::practice::matching;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use uuid::Uuid;

/// What the sessions say of a volunteer.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub done: Done,
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
    children: BTreeSet<Uuid>,
}

impl Files {
    /// A new attendance says what its activity says, if there is still a place.
    pub(super) fn complete_attendance(&self, at: RecordRef, fields: &mut Fields) -> Result<(), Refusal> {
        let of = RecordRef::of(RecordKind::Activity, at.id, at.id);
        let held = keep::record(&self.store, of)?.ok_or(Refusal::NotFound)?.fields;
        let named = self.named()?.get(&at.id).copied().unwrap_or(0);
        if let Some(capacity) = held.number(&activity::CAPACITY)
            && i64::try_from(named).is_ok_and(|named| named >= capacity)
        {
            return Err(Refusal::Company(CompanyFault::Full(capacity)));
        }
        let same = [
            (attendance::ON, activity::ON),
            (attendance::KIND, activity::KIND),
            (attendance::TOPIC, activity::TOPIC),
        ];
        for (to, from) in same {
            fields.set(to, held.get(&from).cloned());
        }
        Ok(())
    }

    /// Whoever comes back into an activity finds a place.
    pub(super) fn check_places(&self, work: &Work) -> Result<(), Refusal> {
        for (at, before, now) in work.touched() {
            if at.kind == RecordKind::Attendance && before.is_none() && now.is_some() {
                self.complete_attendance(at, &mut Fields::default())?;
            }
        }
        Ok(())
    }

    /// How many children are named at each activity. An attendance has the id of its activity, so none is opened.
    pub(super) fn named(&self) -> Result<HashMap<Uuid, usize>, Refusal> {
        let mut named = HashMap::new();
        self.store.scan(RecordKind::Attendance as u8, None, &mut |key, _| {
            *named.entry(key.id).or_default() += 1;
            ControlFlow::Continue(())
        })?;
        Ok(named)
    }

    /// What is changed of activities and sessions stays within what is so.
    pub(super) fn check_company(&self, work: &Work) -> Result<(), Refusal> {
        for (at, before, now) in work.touched() {
            let Some(now) = now.filter(|now| before != Some(*now)) else { continue };
            let changed = |field| before.and_then(|before| before.get(&field)) != now.get(&field);
            match at.kind {
                RecordKind::Activity if before.is_some() => self.check_heads(at, now)?,
                RecordKind::Donor if changed(donor::NAME) => self.check_donor(before, now)?,
                RecordKind::Session if changed(session::VOLUNTEER) || changed(session::ON) => {
                    self.check_session(ChildId(at.owner), now)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Neither the places nor a count of heads go below the children who are named.
    fn check_heads(&self, at: RecordRef, fields: &Fields) -> Result<(), Refusal> {
        let named = self.named()?.get(&at.id).copied().unwrap_or(0);
        let min = i64::try_from(named).unwrap_or(i64::MAX);
        let below = |field: &_| fields.number(field).is_some_and(|count| count < min);
        let faults: Vec<FieldFault> = [activity::CAPACITY, activity::ATTENDED]
            .into_iter()
            .filter(below)
            .map(|field| FieldFault { field, fault: Fault::OutOfRange { min, max: 100_000 }, grave: true })
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Invalid(faults)) }
    }

    /// Of several volunteers of that name it may be the one who is allowed; one whom no register knows is let be.
    fn check_session(&self, child: ChildId, fields: &Fields) -> Result<(), Refusal> {
        let name = folded(fields.text(&session::VOLUNTEER));
        let mut such = keep::of_kind(&self.store, RecordKind::Volunteer)?;
        such.retain(|record| folded(record.fields.text(&volunteer::NAME)) == name);
        let (wanted, on) = (self.wanted(child)?, fields.date(&session::ON).unwrap_or(self.today()));
        let practice = self.practice();
        let despite = !fields.text(&session::DESPITE).trim().is_empty();
        let mut worst = None;
        for record in &such {
            let fault = match matching::company(&record.fields, &wanted, on, &practice.limits) {
                Some(fault) if fault == CompanyFault::OwnFamily || !despite => fault,
                _ => return Ok(()),
            };
            worst = Some(fault);
        }
        worst.map_or(Ok(()), |fault| Err(Refusal::Company(fault)))
    }

    /// By the folded name: what each volunteer did, this year and in all.
    pub(super) fn kept_company(&self) -> Result<BTreeMap<String, Kept>, Refusal> {
        let year = self.today().year();
        let mut all: BTreeMap<String, Kept> = BTreeMap::new();
        self.each(RecordKind::Session, &mut || Ok(()), &mut |record| {
            let fields = &record.fields;
            let kept = all.entry(folded(fields.text(&session::VOLUNTEER))).or_default();
            let Some(on) = fields.date(&session::ON) else { return };
            kept.first = kept.first.into_iter().chain([on]).min();
            kept.last = kept.last.max(Some(on));
            kept.children.insert(record.at.owner);
            if on.year() == year {
                kept.done.times += 1;
                kept.done.minutes += fields.number(&session::MINUTES).unwrap_or(0);
            }
        })?;
        for kept in all.values_mut() {
            kept.done.people = kept.children.len();
        }
        Ok(all)
    }

    /// Whether one of the children is the volunteer's own.
    pub(super) fn keeps_own_company(&self, record: &Record, kept: &Kept) -> Result<bool, Refusal> {
        for child in &kept.children {
            match self.wanted(ChildId(*child)) {
                Ok(wanted) if matching::is_own(&record.fields, &wanted) => return Ok(true),
                Ok(_) | Err(Refusal::NotFound) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(false)
    }

    /// What happened at each base this year: the activities whose place names it.
    pub(super) fn used(&self, bases: &[Record]) -> Result<Vec<Done>, Refusal> {
        let (year, named) = (self.today().year(), self.named()?);
        let mut held = keep::of_kind(&self.store, RecordKind::Activity)?;
        held.retain(|one| one.fields.date(&activity::ON).is_some_and(|on| on.year() == year));
        let of = |base: &Record| {
            let name = base.fields.text(&base::NAME);
            let here = held.iter().filter(|one| one.fields.text(&activity::PLACE).contains(name));
            here.fold(Done::default(), |done, one| {
                let named = named.get(&one.at.id).copied().unwrap_or(0);
                Done {
                    times: done.times + 1,
                    minutes: done.minutes + one.fields.number(&activity::MINUTES).unwrap_or(0),
                    people: done.people + heads(one.fields.number(&activity::ATTENDED), named),
                }
            })
        };
        Ok(bases.iter().map(of).collect())
    }
}
