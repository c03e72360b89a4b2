//! Who came to an activity, and which volunteer keeps whom company: what a save must not break, and what the registers
//! show of it.

use super::Files;
use super::work::Work;
use crate::domain::aid::folded;
use crate::domain::check::{Fault, FieldFault};
use crate::domain::company::{CompanyFault, Done, heads};
use crate::domain::forms::{activity, attendance, base, donor, session, volunteer};
use crate::domain::{ChildId, Fields, Record, RecordKind, RecordRef, Value};
use crate::office::{Refusal, keep};
use crate::practice::matching;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeSet, HashMap};
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
    /// A new attendance says what its activity says.
    pub(super) fn complete_attendance(&self, at: RecordRef, fields: &mut Fields) -> Result<(), Refusal> {
        let held = self.held(at.id)?;
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

    fn held(&self, activity: Uuid) -> Result<Fields, Refusal> {
        let at = RecordRef::of(RecordKind::Activity, activity, activity);
        Ok(keep::record(&self.store, at)?.ok_or(Refusal::NotFound)?.fields)
    }

    /// There is still a place for all whom this work names.
    fn check_places(&self, work: &Work, activity: Uuid) -> Result<(), Refusal> {
        let Some(capacity) = self.held(activity)?.number(&activity::CAPACITY) else { return Ok(()) };
        let is_new = |(at, before, now): &(RecordRef, Option<&Fields>, Option<&Fields>)| {
            at.kind == RecordKind::Attendance && at.id == activity && before.is_none() && now.is_some()
        };
        let named =
            self.named()?.get(&activity).copied().unwrap_or(0) + work.touched().filter(is_new).count();
        if i64::try_from(named).is_ok_and(|named| named <= capacity) {
            return Ok(());
        }
        Err(Refusal::Company(CompanyFault::Full(capacity)))
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

    /// What is changed of activities and sessions stays within what is so; what is taken back as well.
    pub(super) fn check_company(&self, work: &Work) -> Result<(), Refusal> {
        for (at, before, now) in work.touched().filter(|(_, before, now)| before != now) {
            let Some(now) = now else { continue };
            let changed = |field| before.and_then(|before| before.get(&field)) != now.get(&field);
            match at.kind {
                RecordKind::Activity if before.is_some() => self.check_heads(at, now)?,
                RecordKind::Attendance if before.is_none() => self.check_places(work, at.id)?,
                RecordKind::Donor if changed(donor::NAME) => self.check_donor(before, now)?,
                RecordKind::Session
                    if changed(session::VOLUNTEER)
                        || changed(session::BY)
                        || changed(session::ON)
                        || changed(session::DESPITE) =>
                {
                    self.check_session(ChildId(at.owner), now)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Says of each session which entry of the register its volunteer is. One whom no register knows is let be; of several
    /// of that name somebody has to say which it was.
    pub(super) fn name_volunteers(&self, work: &mut Work) -> Result<(), Refusal> {
        let mut found = vec![];
        for (at, before, now) in work.touched() {
            let Some(now) = now.filter(|_| at.kind == RecordKind::Session) else { continue };
            let changed = |field| before.and_then(|before| before.get(&field)) != now.get(&field);
            if changed(session::VOLUNTEER) || changed(session::BY) {
                found.push((at, self.volunteer_of(now)?, now.clone()));
            }
        }
        for (at, by, mut fields) in found {
            fields.set(session::BY, by.map(Value::Link));
            work.set(at, Some(fields))?;
        }
        Ok(())
    }

    fn volunteer_of(&self, fields: &Fields) -> Result<Option<Uuid>, Refusal> {
        let mut such = self.called(fields.text(&session::VOLUNTEER))?;
        // Whoever was chosen, and the name typed over afterwards, was not chosen.
        if let Some(by) = fields.link(&session::BY).filter(|by| such.iter().any(|one| one.at.id == *by)) {
            return Ok(Some(by));
        }
        let on = fields.date(&session::ON).unwrap_or(self.today());
        let was_there = |one: &Record| one.fields.date(&volunteer::ENDED).is_none_or(|ended| on <= ended);
        if such.iter().any(was_there) {
            such.retain(was_there);
        }
        match such.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one.at.id)),
            several => Err(Refusal::Company(CompanyFault::WhichOne(several.len()))),
        }
    }

    fn called(&self, name: &str) -> Result<Vec<Record>, Refusal> {
        let name = folded(name);
        let mut such = keep::of_kind(&self.store, RecordKind::Volunteer)?;
        such.retain(|record| folded(record.fields.text(&volunteer::NAME)) == name);
        Ok(such)
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

    /// Where it is not said which of several it was, it may be the one who is allowed; one whom no register knows is let be.
    fn check_session(&self, child: ChildId, fields: &Fields) -> Result<(), Refusal> {
        let mut such = self.called(fields.text(&session::VOLUNTEER))?;
        if let Some(by) = fields.link(&session::BY)
            && such.iter().any(|record| record.at.id == by)
        {
            such.retain(|record| record.at.id == by);
        }
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

    /// What each of these volunteers did, this year and in all. Sessions from before they said which volunteer it was have
    /// the name alone: they count for who is called so, if only one is.
    pub(super) fn kept_company(&self, volunteers: &[Record]) -> Result<Vec<Kept>, Refusal> {
        let year = self.today().year();
        let mut all = vec![Kept::default(); volunteers.len()];
        let ids: HashMap<Uuid, usize> =
            volunteers.iter().enumerate().map(|(at, record)| (record.at.id, at)).collect();
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, record) in volunteers.iter().enumerate() {
            names.entry(folded(record.fields.text(&volunteer::NAME))).or_default().push(at);
        }
        self.each(RecordKind::Session, &mut || Ok(()), &mut |record| {
            let fields = &record.fields;
            let by = fields.link(&session::BY).and_then(|by| ids.get(&by));
            let kept = match (by, names.get(&folded(fields.text(&session::VOLUNTEER))).map(Vec::as_slice)) {
                (Some(by), _) | (None, Some([by])) => &mut all[*by],
                (None, several) => {
                    several.iter().copied().flatten().for_each(|at| all[*at].done.unsure += 1);
                    return;
                }
            };
            let Some(on) = fields.date(&session::ON) else { return };
            kept.first = kept.first.into_iter().chain([on]).min();
            kept.last = kept.last.max(Some(on));
            kept.children.insert(record.at.owner);
            if on.year() == year {
                kept.done.times += 1;
                kept.done.minutes += fields.number(&session::MINUTES).unwrap_or(0);
            }
        })?;
        for kept in &mut all {
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
                    ..done
                }
            })
        };
        Ok(bases.iter().map(of).collect())
    }
}
