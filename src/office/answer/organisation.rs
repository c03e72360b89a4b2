//! What is answered of the organisation: its units and their staff.

use super::{FlagLine, Words};
use crate::domain::{Record, Row, WorkerId};
use crate::practice::Certainty;

/// A unit in the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitLine {
    pub record: Record,
    /// How many units stand above it.
    pub depth: usize,
    /// What the rules say of its staff.
    pub flags: Vec<FlagLine>,
    pub staffing: Staffing,
    /// The stations below it.
    pub below: Below,
}

/// What is known of a unit's staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staffing {
    Enough,
    /// A rule asks for more.
    Short,
    /// Numbers are missing that a station should have: no rule can say anything.
    Unknown,
    /// It has closed.
    Ended,
}

/// Stations, without those that have closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Below {
    pub stations: usize,
    pub short: usize,
    pub unknown: usize,
}

/// Who has how many cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Caseload {
    /// The most open cases one worker has by the rules; none: no rule says so.
    pub ceiling: Option<usize>,
    /// Those first who cannot be given work and still have some, then those who have most.
    pub loads: Vec<Load>,
}

/// The open work of one worker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    /// None: what nobody has.
    pub worker: Option<WorkerId>,
    /// Can be given work: the account is open, and reads files.
    pub takes: bool,
    /// Cases that are not closed.
    pub open: usize,
    /// Of these, by place in [`crate::domain::forms::RISKS`]; last those that have none yet.
    pub risks: [usize; 4],
    pub follow_ups: usize,
    pub overdue: usize,
    /// What the rules say of so many.
    pub flag: Option<FlagLine>,
}

/// What a hand-over would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HandOverPlan {
    pub cases: usize,
    pub follow_ups: usize,
    /// Open cases that the other has then.
    pub then: usize,
    /// If it is passed then.
    pub passes: Option<usize>,
}

/// What a hand-over did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HandedOver {
    pub cases: usize,
    pub follow_ups: usize,
    /// Children who are left: it was stopped.
    pub left: usize,
}

/// What a check of files has found.
#[derive(Clone, Debug, PartialEq)]
pub struct Quality {
    /// Those with most amiss first.
    pub files: Vec<QualityFile>,
    /// Of so many open cases.
    pub of: usize,
    pub seed: u64,
    /// In the order in which they are told.
    pub checks: Vec<QualityCheck>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct QualityFile {
    pub row: Row,
    /// Positions in [`Quality::checks`].
    pub failed: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct QualityCheck {
    pub id: String,
    /// Code of its group.
    pub group: &'static str,
    pub text: Words,
    /// Where it stands; several rules may stand behind one.
    pub sources: Vec<(Words, Certainty)>,
    /// In how many of the files.
    pub failed: usize,
}
