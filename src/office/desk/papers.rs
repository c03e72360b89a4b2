//! The records of a file that the rules read, and what the rules say of them in short.

use super::facts::{self, Known};
use super::file::flag_line;
use crate::domain::forms::{case, child, contact, overrule};
use crate::domain::{ChildId, FieldId, Fields, Record, RecordKind, Status, Value, case::status};
use crate::office::rules::Practice;
use crate::office::{FlagLine, Pressing, Refusal};
use crate::practice::flags::{FlagRule, Grade};
use chrono::{Days, NaiveDate};
use std::borrow::Borrow;
use std::cmp::Reverse;
use uuid::Uuid;

/// The rule of `lifecycle.toml` that says how often a child is visited; a station that has its own keeps the name.
const VISIT_LATE: &str = "visit-late";

/// Kinds of records that lie with a child and that the rules read. All services are among them: a fact that is new to
/// the rules must not be forgotten here.
pub(super) fn kinds() -> impl Iterator<Item = RecordKind> {
    [RecordKind::Child, RecordKind::Case, RecordKind::Contact].into_iter().chain(RecordKind::SERVICES)
}

/// Whether what the rules say can change with a record of this kind.
pub(super) fn are_read(kind: RecordKind) -> bool {
    kind == RecordKind::Member || kinds().any(|one| one == kind)
}

/// The records of a child and its household that the rules read, in no order; `all` finds them by kind and owner.
pub(super) fn read<R: Borrow<Record>>(
    child: ChildId,
    mut all: impl FnMut(RecordKind, Uuid) -> Result<Vec<R>, Refusal>,
) -> Result<Vec<R>, Refusal> {
    let mut records = all(RecordKind::Child, child.0)?;
    let household = records.first().and_then(|own| own.borrow().fields.link(&child::HOUSEHOLD));
    for kind in kinds().filter(|kind| *kind != RecordKind::Child) {
        records.extend(all(kind, child.0)?);
    }
    if let Some(household) = household {
        records.extend(all(RecordKind::Member, household)?);
    }
    Ok(records)
}

/// What a rule says of a child today, or of one of its records.
pub(super) struct Holds {
    pub about: Option<Uuid>,
    pub line: FlagLine,
}

impl Holds {
    pub(super) fn is(&self, flag: &str, about: Option<Uuid>) -> bool {
        self.line.rule == flag && self.about == about
    }

    pub(super) fn is_same(&self, other: &Holds) -> bool {
        self.is(&other.line.rule, other.about)
    }
}

/// A child's records, each list newest first.
pub(super) struct Papers<'a> {
    pub child: &'a Record,
    /// In the order in which they were written down.
    pub members: Vec<&'a Record>,
    pub cases: Vec<&'a Record>,
    pub contacts: Vec<&'a Record>,
    pub services: Vec<&'a Record>,
}

impl<'a> Papers<'a> {
    /// From the records of one child and its household in any order; `None` if the child's own is not among them.
    pub(super) fn of(records: impl IntoIterator<Item = &'a Record>) -> Option<Self> {
        let (mut child, mut members, mut cases, mut contacts, mut services) =
            (None, vec![], vec![], vec![], vec![]);
        for record in records {
            match record.at.kind {
                RecordKind::Child => child = Some(record),
                RecordKind::Member => members.push(record),
                RecordKind::Case => cases.push(record),
                RecordKind::Contact => contacts.push(record),
                kind if RecordKind::SERVICES.contains(&kind) => services.push(record),
                _ => {}
            }
        }
        members.sort_by_key(|member| member.created);
        newest(&mut cases, &case::OPENED);
        newest(&mut contacts, &contact::ON);
        let place = |record: &Record| RecordKind::SERVICES.iter().position(|kind| *kind == record.at.kind);
        services.sort_by_key(|record| (place(record), Reverse((facts::happened(record), record.created))));
        Some(Self { child: child?, members, cases, contacts, services })
    }

    /// The same, as the rules look at it.
    pub(super) fn known(&self) -> Known<'a> {
        Known {
            child: &self.child.fields,
            cases: self.cases.clone(),
            contacts: self.contacts.clone(),
            members: self.members.clone(),
            services: self.services.clone(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &'a Record> {
        let lists = [&self.members, &self.cases, &self.contacts, &self.services];
        std::iter::once(self.child).chain(lists.into_iter().flatten().copied())
    }

    /// Why a rule does not hold for this child on a day, if somebody decided so.
    pub(super) fn overruled(&self, rule: &str, today: NaiveDate) -> Option<&'a Record> {
        overruled(self.services.iter().copied(), rule, today)
    }

    /// What the rules say of it in short, and those of them in full that hold and are wanted; without rules, nothing.
    pub(super) fn look(
        &self,
        practice: &Practice,
        today: NaiveDate,
        wanted: impl Fn(&FlagRule) -> bool,
    ) -> (Pressing, Vec<Holds>) {
        let (mut pressing, mut told) = (Pressing::default(), vec![]);
        let mut changes = self.changes(today);
        if let Some(case) = self.cases.first() {
            (pressing.plan_waits, pressing.closure_waits) = waits(&case.fields);
        }
        if let Some(rules) = &practice.flags {
            let gathered = facts::of(&self.known(), &practice.instruments, today);
            let look = rules.look(&gathered.facts, today);
            changes = changes.into_iter().chain(look.changes).min();
            let holds = look.flags.iter().filter(|flag| flag.now);
            for flag in holds.filter(|flag| self.overruled(&flag.rule.id, today).is_none()) {
                let grade = flag.rule.grade;
                pressing.grade = pressing.grade.into_iter().chain([grade]).min();
                pressing.urgent = pressing.urgent.saturating_add(u8::from(grade == Grade::Urgent));
                pressing.act = pressing.act.saturating_add(u8::from(grade == Grade::Act));
                pressing.visit_late |= flag.rule.id == VISIT_LATE;
                if wanted(flag.rule) {
                    let about = flag.rule.each.zip(flag.about);
                    let about = about.and_then(|(list, at)| gathered.about(list, at)).map(|at| at.id);
                    told.push(Holds { about, line: flag_line(flag) });
                }
            }
        }
        pressing.changes = changes;
        (pressing, told)
    }

    /// The next day on which the file itself says something else: a date that has not come yet may be a fact from then
    /// on, and what was overruled holds again.
    fn changes(&self, today: NaiveDate) -> Option<NaiveDate> {
        let dates = self.all().flat_map(|record| record.fields.0.values()).filter_map(|value| match value {
            Value::Date(date) => Some(*date),
            _ => None,
        });
        let overruled = self.services.iter().filter(|record| record.at.kind == RecordKind::Overrule);
        let ended = overruled
            .filter_map(|record| record.fields.date(&overrule::UNTIL)?.checked_add_days(Days::new(1)));
        dates.chain(ended).filter(|day| *day > today).min()
    }
}

/// Whether the plan and the closure of a case wait for somebody to approve them.
fn waits(case: &Fields) -> (bool, bool) {
    let missing =
        |done: &FieldId, approved: &FieldId| case.get(done).is_some() && case.get(approved).is_none();
    match status(case, None) {
        Status::Closed => (false, missing(&case::CLOSED, &case::CLOSE_APPROVED)),
        // What was sent back waits for who wrote it.
        _ if case.get(&case::SENT_BACK).is_some() => (false, false),
        _ => (missing(&case::PLANNED, &case::PLAN_APPROVED), false),
    }
}

/// By a date of theirs, newest first.
fn newest(records: &mut [&Record], date: &FieldId) {
    records.sort_by_key(|record| Reverse((record.fields.date(date), record.created)));
}

/// Of a child's records: why a rule does not hold for it on a day, if somebody decided so.
pub(super) fn overruled<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    rule: &str,
    today: NaiveDate,
) -> Option<&'a Record> {
    let of = |record: &&Record| {
        record.at.kind == RecordKind::Overrule
            && record.fields.text(&overrule::RULE) == rule
            && record.fields.date(&overrule::UNTIL).is_none_or(|until| today <= until)
    };
    records.into_iter().find(of)
}
