//! (placeholder types)
use super::WorkerId;
use chrono::NaiveDate;
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Done { on: NaiveDate, outcome: String },
    Moved { to: NaiveDate, why: String },
    HandedOver { to: WorkerId, why: String },
    Attempt { on: NaiveDate, why: String },
    Refusal { on: NaiveDate, why: String },
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActFault {
    NeedsReason,
}
