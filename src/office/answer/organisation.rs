//! What is answered of the organisation: its units and their staff.

use super::FlagLine;
use crate::domain::Record;

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
