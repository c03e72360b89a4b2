//! What the audit answers.

use crate::domain::ChildId;
use crate::office::audit::Verb;
use chrono::NaiveDateTime;
use std::path::PathBuf;

/// Entries of the audit, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuditPage {
    pub lines: Vec<AuditLine>,
    /// There are older ones that were asked for.
    pub more: bool,
}

/// Who did what, when, from where.
#[derive(Clone, PartialEq)]
pub struct AuditLine {
    pub number: u64,
    /// Local time at the station. Never before that of the entry before, even if the PC's clock was set back.
    pub when: NaiveDateTime,
    /// Name and login; both "" for the key on paper.
    pub by: String,
    pub login: String,
    pub verb: Verb,
    pub child: Option<ChildId>,
    /// Of the child, if it is on file.
    pub name: String,
    pub case_no: String,
    /// What the verb says of it; "" for nothing.
    pub what: String,
    /// `ssh ADDRESS`, `tty NAME`, `none`; "" where it is not known.
    pub from: String,
    /// Nobody was signed in: `when` is the moment at which it was sealed.
    pub unsealed: Option<UnsealedLine>,
}

/// When something happened for which nobody's key was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsealedLine {
    /// Local time at the station, by the PC's clock.
    pub first: NaiveDateTime,
    pub last: NaiveDateTime,
    pub times: u32,
    /// The account that was named; "" for none that there is.
    pub login: String,
}

/// Without the names and the words that were searched for.
impl std::fmt::Debug for AuditLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AuditLine({} {:?})", self.number, self.verb)
    }
}

/// Whether the audit is whole.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditCheck {
    /// Entries that were read.
    pub entries: u64,
    /// The number of the first entry that is to be there: those before were old and are dropped by rule.
    pub first: u64,
    pub last: u64,
    pub faults: Vec<AuditFault>,
    /// What was put aside before, oldest first.
    pub anchors: Vec<AuditAnchor>,
}

impl AuditCheck {
    /// Somebody went round the office.
    pub fn is_broken(&self) -> bool {
        use AnchorState::{CutOff, Rewritten};
        let differs = |anchor: &AuditAnchor| matches!(anchor.state, Rewritten { .. } | CutOff { .. });
        !self.faults.is_empty() || self.anchors.iter().any(differs)
    }

    /// Nothing is wrong, and whatever was given to compare with could be.
    pub fn is_sound(&self) -> bool {
        let unusable = |anchor: &AuditAnchor| matches!(anchor.state, AnchorState::Unusable(_));
        !self.is_broken() && !self.anchors.iter().any(unusable)
    }
}

/// What is wrong with the audit. Numbers are those of entries, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditFault {
    /// Not there.
    Missing { from: u64, to: u64 },
    /// Not what the entry behind, or the ledger, says that they are.
    Altered { from: u64, to: u64 },
    /// Nobody noted them here: a number that is there twice, or none that was given.
    Foreign { from: u64, to: u64 },
    /// They do not lie with the child that they are about.
    Moved { from: u64, to: u64 },
    /// Entries up to this one are dropped, or said to be, and the audit does not say the same.
    Unexplained { to: u64 },
    /// So many do not read.
    Unreadable { count: u64 },
}

impl AuditFault {
    /// First and last number; 0 where no number is known.
    pub fn numbers(&self) -> (u64, u64) {
        match *self {
            Self::Missing { from, to }
            | Self::Altered { from, to }
            | Self::Foreign { from, to }
            | Self::Moved { from, to } => (from, to),
            Self::Unexplained { to } => (1, to),
            Self::Unreadable { .. } => (0, 0),
        }
    }
}

/// A copy of the audit's last number and hash, from before.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditAnchor {
    /// None: a snapshot beside the data.
    pub backup: Option<PathBuf>,
    /// When it was made.
    pub when: Option<NaiveDateTime>,
    /// The last entry then.
    pub last: u64,
    pub state: AnchorState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorState {
    Agrees,
    /// The entry it knows is not there any more: there is nothing to compare.
    TooOld,
    /// Some of these entries are not those of then.
    Rewritten {
        from: u64,
        to: u64,
    },
    /// These entries were there and are gone.
    CutOff {
        from: u64,
        to: u64,
    },
    Unusable(AnchorFault),
}

/// Why a backup cannot be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorFault {
    Missing,
    /// Of another station.
    Foreign,
    /// Sealed with a data key that is gone.
    OldKey,
    Newer,
    Damaged,
}
