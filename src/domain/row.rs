//! A child in one row: what lists, search and reminders need without opening the file.

use super::{ChildId, HouseholdId, RecordId, WorkerId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The digest of a child's file, remade with every change of it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRow {
    pub id: RecordId,
    pub on: NaiveDate,
    /// Code of the choice list `follow-up-kind`.
    pub kind: String,
    pub worker: Option<WorkerId>,
    /// Id of the rule that made it, or "".
    pub rule: String,
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
