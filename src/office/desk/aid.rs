//! The aid ledger: an entry is written down once, with the next number, if the books add up with it.

use super::Files;
use super::work::Work;
use crate::domain::aid::{self, AidFault, Entry, Item};
use crate::domain::forms::{aid_entry, donor};
use crate::domain::{ChildId, Fields, HouseholdId, Record, RecordKind, Value};
use crate::office::audit::Verb;
use crate::office::{Refusal, StatementLine, keep};

impl Files {
    /// Fills in what a new entry's form does not ask for.
    pub(super) fn complete_aid(&self, work: &Work, fields: &mut Fields) -> Result<(), Refusal> {
        for written in [aid_entry::NUMBER, aid_entry::CHILD, aid_entry::HOUSEHOLD] {
            fields.set(written, None);
        }
        let from = fields.text(&aid_entry::DONOR);
        if !from.is_empty() && !self.kept(work, RecordKind::Donor)?.iter().any(|one| is_named(one, from)) {
            return Err(Refusal::Aid(AidFault::NoDonor));
        }
        let case_no = fields.text(&aid_entry::CASE_NO).trim();
        if !case_no.is_empty() {
            let (child, household) = self.of_case_no(case_no).ok_or(Refusal::Aid(AidFault::NoChild))?;
            fields.set(aid_entry::CHILD, Some(Value::Link(child.0)));
            fields.set(aid_entry::HOUSEHOLD, household.map(|household| Value::Link(household.0)));
        }
        let new = Entry::of(fields).ok_or(Refusal::Aid(AidFault::Amount))?;
        let mut entries = aid::entries(&self.kept(work, RecordKind::AidEntry)?);
        let days = i64::from(self.practice().aid.map_or(0, |rule| rule.repeat_days));
        let again = aid::again(&entries, &new, days).filter(|_| days > 0);
        if let Some(on) = again.filter(|_| fields.text(&aid_entry::AGAIN).trim().is_empty()) {
            return Err(Refusal::Aid(AidFault::Again(on)));
        }
        let number = aid::add(&mut entries, new).map_err(Refusal::Aid)?;
        fields.set(aid_entry::NUMBER, Some(Value::Number(number)));
        Ok(())
    }

    /// A donor whom entries name keeps the name by which they do.
    pub(super) fn check_donor(&self, before: Option<&Fields>, now: &Fields) -> Result<(), Refusal> {
        let Some(name) = before.map(|before| before.text(&donor::NAME)) else { return Ok(()) };
        if aid::is_same(name, now.text(&donor::NAME)) {
            return Ok(());
        }
        let entries = keep::of_kind(&self.store, RecordKind::AidEntry)?;
        let named = entries.iter().any(|entry| aid::is_same(entry.fields.text(&aid_entry::DONOR), name));
        if named { Err(Refusal::Aid(AidFault::Named)) } else { Ok(()) }
    }

    /// What a child was given in all.
    pub(super) fn aid_of(&self, child: ChildId) -> Result<Vec<(Item, i64)>, Refusal> {
        self.given.of(child.0, || self.aid_entries())
    }

    /// What a donor is told.
    pub(super) fn statement(&self, donor: &str) -> Result<Option<Vec<StatementLine>>, Refusal> {
        self.listed(Verb::Registers)?;
        self.given.statement(donor, || self.aid_entries())
    }

    fn aid_entries(&self) -> Result<Vec<Entry>, Refusal> {
        Ok(aid::entries(&keep::of_kind(&self.store, RecordKind::AidEntry)?))
    }

    /// All of a kind, with what this work adds; an entry of aid without a number is not in the ledger yet.
    fn kept(&self, work: &Work, kind: RecordKind) -> Result<Vec<Record>, Refusal> {
        let mut records = keep::of_kind(&self.store, kind)?;
        let made = work.touched().filter(|(at, before, _)| at.kind == kind && before.is_none());
        records.extend(made.filter_map(|(at, _, now)| {
            let (created, updated) = Default::default();
            Some(Record { at, fields: now?.clone(), created, updated })
        }));
        records
            .retain(|record| kind != RecordKind::AidEntry || record.fields.get(&aid_entry::NUMBER).is_some());
        Ok(records)
    }

    fn of_case_no(&self, case_no: &str) -> Option<(ChildId, Option<HouseholdId>)> {
        let roster = self.roster();
        let mut views = roster.living_slots().filter_map(|slot| roster.view(slot));
        views.find(|view| view.case_no.eq_ignore_ascii_case(case_no)).map(|view| (view.child, view.household))
    }
}

fn is_named(record: &Record, name: &str) -> bool {
    aid::is_same(record.fields.text(&donor::NAME), name)
}
