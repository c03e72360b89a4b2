//! Who of the registers could take a child in, or keep it company.

use super::Files;
use crate::domain::aid::is_same;
use crate::domain::forms::{child, foster_family, member, placement};
use crate::domain::{ChildId, FieldId, Record, RecordKind, RecordRef};
use crate::office::audit::Verb;
use crate::office::{Candidate, Refusal, keep};
use crate::practice::matching::{self, Reason, Wanted};

impl Files {
    /// Those who fit first, then those nearest to it; foster families before volunteers.
    pub(super) fn candidates(&self, of: ChildId) -> Result<Vec<Candidate>, Refusal> {
        let wanted = self.wanted(of)?;
        self.listed(Verb::Registers)?;
        let (today, practice) = (self.today(), self.practice());
        let limits = &practice.limits;
        let (own, placed) = self.placed(of)?;
        let mut found = vec![];
        for record in keep::of_kind(&self.store, RecordKind::FosterFamily)? {
            let name = record.fields.text(&foster_family::NAME);
            let there = placed.iter().filter(|family| is_same(family, name)).count();
            let there = i64::try_from(there).unwrap_or(i64::MAX);
            let mut fit = matching::foster_family(&record.fields, there, &wanted, today, limits);
            if own.iter().any(|family| is_same(family, name)) {
                // Its own place is not one that is free.
                fit.good.retain(|reason| !matches!(reason, Reason::Places(_)));
                fit.good.insert(0, Reason::Here);
            }
            found.push(Candidate { record, fit });
        }
        for record in keep::of_kind(&self.store, RecordKind::Volunteer)? {
            let fit = matching::volunteer(&record.fields, &wanted, today, limits);
            found.push(Candidate { record, fit });
        }
        let kind = |one: &Candidate| one.record.at.kind == RecordKind::Volunteer;
        found.sort_by_key(|one| (kind(one), one.fit.rank(), one.record.created));
        Ok(found)
    }

    pub(super) fn wanted(&self, of: ChildId) -> Result<Wanted, Refusal> {
        let file = self.recent.one(&self.store, RecordRef::child(of))?.ok_or(Refusal::NotFound)?;
        let text = |id: &FieldId| file.fields.text(id).to_owned();
        let mut own_people = vec![text(&child::GUARDIAN), text(&child::PHONE)];
        if let Some(household) = file.fields.link(&child::HOUSEHOLD) {
            for member in self.recent.all(&self.store, RecordKind::Member, household)?.iter() {
                own_people
                    .extend([&member::NAME, &member::PHONE].map(|id| member.fields.text(id).to_owned()));
            }
        }
        let [child, village, ethnicity] = [&child::NAME, &child::VILLAGE, &child::ETHNICITY].map(text);
        Ok(Wanted { child, village, ethnicity, own_people })
    }

    /// The families with whom the child lives now; those with whom others do, once for each child.
    fn placed(&self, of: ChildId) -> Result<(Vec<String>, Vec<String>), Refusal> {
        let lives = |record: &Record| {
            let fields = &record.fields;
            fields.text(&placement::KIND) == "foster" && fields.get(&placement::ENDED).is_none()
        };
        let mut placed = keep::of_kind(&self.store, RecordKind::Placement)?;
        placed.retain(lives);
        let (own, others): (Vec<_>, Vec<_>) = placed.into_iter().partition(|record| record.at.owner == of.0);
        let names = |records: Vec<Record>| {
            records.iter().map(|record| record.fields.text(&placement::FAMILY).to_owned()).collect()
        };
        Ok((names(own), names(others)))
    }
}
