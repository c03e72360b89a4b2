//! The station's registers: what is no child's.

use super::{Files, facts, file};
use crate::domain::company::Done;
use crate::domain::forms::{foster_family, supervision, volunteer};
use crate::domain::{FieldId, Fields, Record, RecordKind};
use crate::office::audit::Verb;
use crate::office::{FlagLine, Refusal, RegisterLine, keep};
use crate::practice::Limits;
use crate::practice::flags::Facts;
use chrono::NaiveDate;

/// Rules of a list say what they say of its entries by their place.
const VOLUNTEERS: &str = "volunteers";

impl Files {
    pub(super) fn register(&self, kind: RecordKind) -> Result<Vec<RegisterLine>, Refusal> {
        if !kind.is_register() {
            return Err(Refusal::NotFound);
        }
        self.listed(Verb::Registers)?;
        let mut records = keep::of_kind(&self.store, kind)?;
        records.sort_by_key(|record| (record.created, record.at.id));
        match kind {
            RecordKind::Unit => self.name_units(&records),
            RecordKind::Supervision => self.name_units(&keep::of_kind(&self.store, RecordKind::Unit)?),
            _ => {}
        }
        let today = self.today();
        let (mut flags, mut done) = (vec![], vec![]);
        match kind {
            RecordKind::Volunteer => (flags, done) = self.of_volunteers(&records)?,
            RecordKind::Activity => {
                let named = self.named()?;
                let of = |record: &Record| named.get(&record.at.id).copied().unwrap_or(0);
                done = records.iter().map(|one| Done { people: of(one), ..Done::default() }).collect();
            }
            RecordKind::Base => done = self.used(&records)?,
            _ => {}
        }
        let practice = self.practice();
        let (mut flags, mut done) = (flags.into_iter(), done.into_iter());
        let line = |record: Record| RegisterLine {
            flags: flags.next().unwrap_or_default(),
            overdue: overdue(kind, &record.fields, today, &practice.limits),
            done: done.next().unwrap_or_default(),
            record,
        };
        Ok(records.into_iter().map(line).collect())
    }

    /// What the rules say of each, in one look at all, and what each did.
    fn of_volunteers(&self, records: &[Record]) -> Result<(Vec<Vec<FlagLine>>, Vec<Done>), Refusal> {
        let company = self.kept_company(records)?;
        let mut known = vec![];
        for (record, kept) in records.iter().zip(company) {
            let own = self.keeps_own_company(record, &kept)?;
            known.push((kept, own));
        }
        let done = known.iter().map(|(kept, _)| kept.done).collect();
        let facts = facts::of_volunteers(records, &known, self.today());
        Ok((self.flags_of(VOLUNTEERS, &facts, records.len()), done))
    }

    /// What the rules say of each of a list of so many, in one look at all.
    pub(super) fn flags_of(&self, list: &str, facts: &Facts, len: usize) -> Vec<Vec<FlagLine>> {
        let mut flags = vec![vec![]; len];
        let practice = self.practice();
        let Some(rules) = &practice.flags else { return flags };
        for flag in &rules.look(facts, self.today()).flags {
            let about = flag.about.filter(|_| flag.rule.each == Some(list));
            if let Some(of) = about.and_then(|at| flags.get_mut(at)) {
                of.push(file::flag_line(flag));
            }
        }
        flags
    }
}

/// What was agreed under supervision and is not done by then; else who has no fresh background check.
fn overdue(kind: RecordKind, fields: &Fields, today: NaiveDate, limits: &Limits) -> Vec<FieldId> {
    if kind != RecordKind::Supervision {
        return unchecked(kind, fields, today, limits);
    }
    let late = fields.date(&supervision::DUE).is_some_and(|due| due < today);
    if late && fields.get(&supervision::DONE).is_none() { vec![supervision::DUE] } else { vec![] }
}

/// Whoever is with children is checked every year: 《未成年人保护法》第六十二条.
fn unchecked(kind: RecordKind, fields: &Fields, today: NaiveDate, limits: &Limits) -> Vec<FieldId> {
    let (checked, ended, months) = match kind {
        RecordKind::Volunteer => (volunteer::CHECKED, volunteer::ENDED, limits.volunteer_check),
        RecordKind::FosterFamily => (foster_family::CHECKED, foster_family::ENDED, limits.family_check),
        _ => return vec![],
    };
    let fresh = fields.date(&checked).is_some_and(|on| Limits::is_checked(months, on, today));
    if fresh || fields.get(&ended).is_some() { vec![] } else { vec![checked] }
}
