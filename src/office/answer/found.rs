//! What a search finds: children, and beneath them what else the station knows.

use crate::domain::{RecordRef, Row};
use crate::search::{How, Reason};
use chrono::NaiveDate;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Children, the best first.
    pub lines: Vec<FoundLine>,
    /// Entries of registers and pages of the manual, the best first.
    pub others: Vec<OtherLine>,
    /// More children match than were asked for.
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FoundLine {
    pub row: Row,
    /// One for each term that was typed.
    pub reasons: Vec<Reason>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OtherLine {
    pub other: Other,
    /// As with a child: `Field::School` is a name that is longer than a person's, `Field::Guardian` somebody who answers
    /// for it, `Field::Village` its place or, of a page, its English title.
    pub reasons: Vec<Reason>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Other {
    Entry(FoundEntry),
    Page { id: String, zh: String, en: String },
}

/// An entry of a register.
#[derive(Clone, PartialEq)]
pub struct FoundEntry {
    pub at: RecordRef,
    /// Of an activity, what it was about.
    pub name: String,
    pub person: String,
    pub place: String,
    pub phone: String,
    /// Of an activity.
    pub on: Option<NaiveDate>,
    /// It is there no more: who asks may need to know even so.
    pub ended: bool,
}

/// Without names.
impl std::fmt::Debug for FoundEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FoundEntry({:?})", self.at)
    }
}

/// A line as a list shows it: a position among the children or the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundAt {
    Child(usize),
    Other(usize),
}

impl Found {
    pub fn len(&self) -> usize {
        self.lines.len() + self.others.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The line in this place. Children come first; only those for whom a mistake had to be forgiven stand beneath what
    /// was found as it was typed, or a volunteer's name would be lost under sixty that sound like it.
    pub fn at(&self, place: usize) -> Option<FoundAt> {
        let children = self.lines.iter().take_while(|line| is_as_typed(&line.reasons)).count();
        let others = self.others.iter().take_while(|line| is_as_typed(&line.reasons)).count();
        let (all, beyond) = (self.lines.len(), self.len());
        match place {
            at if at < children => Some(FoundAt::Child(at)),
            at if at < children + others => Some(FoundAt::Other(at - children)),
            at if at < all + others => Some(FoundAt::Child(at - others)),
            at if at < beyond => Some(FoundAt::Other(at - all)),
            _ => None,
        }
    }
}

fn is_as_typed(reasons: &[Reason]) -> bool {
    reasons.iter().all(|reason| reason.how <= How::Initials)
}
