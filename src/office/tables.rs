//! The station in numbers, and what may leave the program.

use super::needs::{NeedRules, PlaceNeeds};
use super::request::Scope;
use super::scoring::Programme;
use super::{CaseFile, HistoryLine};
use crate::domain::row::Status;
use crate::domain::{ChildId, RecordId, RecordKind, WorkerId};
use chrono::NaiveDate;
use std::sync::Arc;

/// What somebody takes out of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// -> [`GivenOut::Programme`]
    Programme,
    /// -> [`GivenOut::Child`]
    Child(ChildId),
    /// -> [`GivenOut::Calendar`]
    Calendar(Scope),
}

#[derive(Clone, Debug, PartialEq)]
pub enum GivenOut {
    Programme(Box<ProgrammeTables>),
    /// With its history, newest first.
    Child(Box<CaseFile>, Vec<HistoryLine>),
    /// Soonest first.
    Calendar(Vec<DueDate>),
}

/// An open follow-up, without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDate {
    pub id: RecordId,
    pub on: NaiveDate,
    /// Code of the list `follow-up-kind`.
    pub kind: String,
    pub case_no: String,
}

/// Everything that is told of the whole station.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeTables {
    pub tables: Tables,
    /// What was done in the last twelve months; by kind, then by month.
    pub services: Vec<Served>,
    /// As [`super::Answer::Evaluation`].
    pub evaluation: Vec<(String, Programme)>,
    /// None: the station's table of needs cannot be used.
    pub needs: Option<NeedsByVillage>,
}

/// What children lack, by village, as [`super::Answer::Needs`] lists them. No name of a child.
#[derive(Clone, Debug, PartialEq)]
pub struct NeedsByVillage {
    pub rules: Arc<NeedRules>,
    /// Those with the most children first.
    pub places: Vec<PlaceNeeds>,
}

/// So many services of one kind in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    pub kind: ServiceKind,
    /// Its first day.
    pub month: NaiveDate,
    pub count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceKind {
    /// Code of the list `contact-kind`.
    Contact(&'static str),
    /// One of [`RecordKind::SERVICES`].
    Record(RecordKind),
}

/// The children on file and what is due for them, counted. No name of a child.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    pub on: NaiveDate,
    pub children: usize,
    /// Code of the category and how many are in it, in the order of the list. A child may be in several; "" counts
    /// those in none.
    pub categories: Vec<(&'static str, usize)>,
    /// By the child's village, the most children first; "" for those without.
    pub villages: Vec<(String, WorkerLoad)>,
    /// Children by who works with them, follow-ups by who is to do them; the most children first. `None`: nobody.
    pub workers: Vec<(Option<WorkerId>, WorkerLoad)>,
    /// Code of the risk ("" is not assessed) and, in the order of [`Status::ALL`], how many stand there.
    pub standing: Vec<(&'static str, [usize; Status::ALL.len()])>,
}

/// How much there is to do in a village, or for a worker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkerLoad {
    pub children: usize,
    /// Of these, with a case that is closed.
    pub closed: usize,
    /// Of the children, at high risk.
    pub high: usize,
    /// Of the children, with something overdue, whoever is to do it.
    pub behind: usize,
    /// Follow-ups.
    pub due: Dues,
}

/// Open follow-ups by when they are due, as in an agenda.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dues {
    pub overdue: usize,
    pub today: usize,
    /// In the six days after today.
    pub week: usize,
    pub later: usize,
}
