//! The station's registers: what is no child's.

use super::{Files, facts, file};
use crate::domain::forms::{foster_family, supervision, volunteer};
use crate::domain::{FieldId, Fields, Record, RecordKind};
use crate::office::audit::Verb;
use crate::office::{FlagLine, Refusal, RegisterLine, keep};
use crate::practice::flags::Facts;
use chrono::{Months, NaiveDate};

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
        let flags = if kind == RecordKind::Volunteer {
            self.flags_of(VOLUNTEERS, &facts::of_volunteers(&records, today), records.len())
        } else {
            vec![]
        };
        let mut flags = flags.into_iter();
        let line = |record: Record| RegisterLine {
            flags: flags.next().unwrap_or_default(),
            overdue: overdue(kind, &record.fields, today),
            record,
        };
        Ok(records.into_iter().map(line).collect())
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
fn overdue(kind: RecordKind, fields: &Fields, today: NaiveDate) -> Vec<FieldId> {
    if kind != RecordKind::Supervision {
        return unchecked(kind, fields, today);
    }
    let late = fields.date(&supervision::DUE).is_some_and(|due| due < today);
    if late && fields.get(&supervision::DONE).is_none() { vec![supervision::DUE] } else { vec![] }
}

/// Whoever is with children is checked every year: 《未成年人保护法》第六十二条.
fn unchecked(kind: RecordKind, fields: &Fields, today: NaiveDate) -> Vec<FieldId> {
    let (checked, ended) = match kind {
        RecordKind::Volunteer => (volunteer::CHECKED, volunteer::ENDED),
        RecordKind::FosterFamily => (foster_family::CHECKED, foster_family::ENDED),
        _ => return vec![],
    };
    let year = |on: NaiveDate| on.checked_add_months(Months::new(12)).is_some_and(|until| until > today);
    let fresh = fields.date(&checked).is_some_and(year);
    if fresh || fields.get(&ended).is_some() { vec![] } else { vec![checked] }
}
