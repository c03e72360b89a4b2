//! What is told of the station's own rules and pages to whoever edits them.

use super::{Certainty, Grade, OwnFault, Words};
use crate::office::request::{OwnEntry, OwnFile};

/// Every rule, in the order of the tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleBook {
    pub lines: Vec<RuleLine>,
    /// What is wrong with the station's own tables and fields.
    pub faults: Vec<OwnFault>,
}

/// A rule, or a file that is edited as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleLine {
    pub file: OwnFile,
    /// None: the file as a whole.
    pub entry: Option<OwnEntry>,
    /// What is so, what to do, and where that stands.
    pub text: Option<Words>,
    pub act: Option<Words>,
    pub source: Option<Words>,
    pub grade: Option<Grade>,
    pub certainty: Option<Certainty>,
    pub standing: Standing,
    /// As it stands in the table that is in force; "" where there is none.
    pub written: String,
}

/// What a station did with what the program ships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Core,
    /// The station's own is in its place.
    Replaced,
    /// The program has none of this id.
    Added,
    /// The station silenced it.
    Off,
}

/// A file of the station's own, to be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnText {
    /// Its place in the data directory.
    pub name: String,
    /// None: there is no such file yet.
    pub text: Option<String>,
    /// What is wrong with it as it lies there.
    pub fault: Option<OwnFault>,
    /// Its entries, and the line of each, from 1.
    pub entries: Vec<(OwnEntry, usize)>,
    /// Bytes that it may have.
    pub most: u64,
}

/// A file of the station's own is changed, and in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnSaved {
    /// The rules say something else of children than before, maybe.
    pub flags: bool,
}
