//! A child in one row: what lists, search and reminders need without opening the file.

use super::forms::{self, case, child, contact};
use super::{ChildId, FollowUp, HouseholdId, Record, RecordId, WorkerId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;

mod binary;
mod packed;

pub use binary::{DueView, RowView};
pub use packed::Common;

/// The digest of a child's file, remade with every change of it.
///
/// `Debug` says which child, not who.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    pub child: ChildId,
    pub household: Option<HouseholdId>,
    pub name: String,
    /// `m`, `f` or "" (unknown).
    pub sex: String,
    pub birth: Option<NaiveDate>,
    pub id_number: String,
    pub guardian: String,
    pub phone: String,
    pub village: String,
    pub school: String,
    pub case_no: String,
    /// Bits of [`crate::domain::forms::CATEGORIES`], in the order of that list.
    pub categories: u16,
    /// `high`, `medium`, `low` or "" (not yet assessed).
    pub risk: String,
    pub status: Status,
    pub worker: Option<WorkerId>,
    /// Open follow-ups, soonest first.
    pub due: Vec<DueRow>,
    /// The last visit or call that reached somebody.
    pub last_contact: Option<NaiveDate>,
}

/// An open follow-up, as an agenda needs it.
///
/// `Debug` leaves out the reason: it is about a person.
#[derive(Clone, PartialEq, Eq)]
pub struct DueRow {
    pub id: RecordId,
    pub on: NaiveDate,
    /// Code of the choice list `follow-up-kind`.
    pub kind: String,
    pub worker: Option<WorkerId>,
    /// Id of the rule that made it, or "".
    pub rule: String,
    /// Why, in the worker's words: the first [`DueRow::REASON`] bytes at most.
    pub reason: String,
}

impl DueRow {
    /// Rows are all in memory, so a reason in them is short.
    pub const REASON: usize = 60;
}

/// Where a case stands: derived from what has been done, never typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A file without an open case.
    #[default]
    None,
    Identified,
    Assessed,
    Planned,
    InService,
    InReview,
    Closed,
    Reopened,
}

impl Status {
    /// In the order of their numbers in a kept row: new ones are added at the end.
    pub const ALL: [Status; 8] = [
        Self::None,
        Self::Identified,
        Self::Assessed,
        Self::Planned,
        Self::InService,
        Self::InReview,
        Self::Closed,
        Self::Reopened,
    ];
}

impl Row {
    /// The row of a child's file, from all records of these kinds in it. The status is that of the newest case.
    pub fn project<R: Borrow<Record>>(child: &Record, cases: &[R], follow_ups: &[R], contacts: &[R]) -> Self {
        let fields = &child.fields;
        let text = |id| fields.text(&id).to_owned();
        let last_contact = contacts
            .iter()
            .map(R::borrow)
            .filter(|record| matches!(record.fields.text(&contact::KIND), "visit" | "call"))
            .filter_map(|record| record.fields.date(&contact::ON))
            .max();
        let newest = cases
            .iter()
            .map(R::borrow)
            .max_by_key(|case| (case.fields.date(&case::OPENED), case.created, case.at.id));
        let mut due: Vec<DueRow> =
            follow_ups.iter().map(R::borrow).filter_map(FollowUp::open).map(DueRow::from).collect();
        due.sort_by_key(|due| (due.on, due.id));
        Self {
            child: ChildId(child.at.id),
            household: fields.link(&child::HOUSEHOLD).map(HouseholdId),
            name: text(child::NAME),
            sex: text(child::SEX),
            birth: fields.date(&child::BIRTH),
            id_number: text(child::ID_NUMBER),
            guardian: text(child::GUARDIAN),
            phone: text(child::PHONE),
            village: text(child::VILLAGE),
            school: text(child::SCHOOL),
            case_no: text(child::CASE_NO),
            categories: bits(fields.choices(&child::CATEGORIES)),
            risk: text(child::RISK),
            status: newest.map_or(Status::None, |newest| super::case::status(&newest.fields, last_contact)),
            worker: fields.link(&child::WORKER).map(WorkerId),
            due,
            last_contact,
        }
    }

    /// The codes of its categories.
    pub fn category_codes(&self) -> impl Iterator<Item = &'static str> {
        category_codes(self.categories)
    }
}

/// The bits of these categories; codes that are not in the list have none.
fn bits<'a>(codes: impl Iterator<Item = &'a str>) -> u16 {
    codes
        .filter_map(|code| forms::CATEGORIES.iter().position(|known| *known == code))
        .fold(0, |bits, at| bits | 1u16.checked_shl(at as u32).unwrap_or(0))
}

/// The codes behind the bits of [`Row::categories`].
pub fn category_codes(bits: u16) -> impl Iterator<Item = &'static str> {
    forms::CATEGORIES.iter().enumerate().filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, code)| *code)
}

impl From<FollowUp> for DueRow {
    fn from(follow_up: FollowUp) -> Self {
        Self {
            id: RecordId(follow_up.at.id),
            on: follow_up.due,
            kind: follow_up.kind,
            worker: follow_up.worker,
            rule: follow_up.rule,
            reason: short(&follow_up.reason),
        }
    }
}

impl fmt::Debug for DueRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DueRow({:?}, {}, {}, {:?}, {})", self.id, self.on, self.kind, self.worker, self.rule)
    }
}

/// The beginning of a text, cut between characters.
fn short(text: &str) -> String {
    text[..text.floor_char_boundary(DueRow::REASON)].to_owned()
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({})", self.child)
    }
}

#[cfg(test)]
mod tests;
