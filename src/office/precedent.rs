//! Precedents as they are asked for, reviewed and given to other stations.

use super::handout::HandoutFault;
use crate::domain::{ChildId, WorkerId};
pub use crate::practice::precedent::{Flaw as PrecedentFlaw, Like, Precedent, Profile, TELLS, Told};
pub use crate::search::telling::{Mark, Tells};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub enum PrecedentAsk {
    /// -> `List`: the most alike first where a child is given, else the newest.
    List { like: Option<ChildId> },
    /// -> `Review`: what the last closed case of a child could tell, line by line.
    Review(ChildId),
    /// -> `Checked`: what in a line tells who the child is. Its place is that of the line in the review.
    Check { child: ChildId, text: String },
    /// -> `Done`: somebody has read the lines and asks a supervisor to let them go.
    Propose(Proposal),
    /// -> `Released`: nothing but these lines, each as it stands here.
    Release(Proposal),
    /// -> `Done`: it is not to be read any more; what was given to others is with them.
    Withdraw(Uuid),
    /// -> `Exported`: all that are released here, without who reviewed them and when.
    Export { to: PathBuf },
    /// -> `Looked`: what a file of another station holds; taken over only if it says so.
    Import { from: PathBuf, take: bool },
}

/// What is kept under [`crate::domain::RecordKind::Precedent`].
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Stored {
    #[serde(rename = "r")]
    Released(Box<Kept>),
    #[serde(rename = "w")]
    Waiting(Waiting),
}

/// A precedent at this station. Nothing in it names the child or the case; whoever may read both the audit and this can
/// tell them by the moment, and they may open the file as well. Who let it go, and when, stays here.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub id: Uuid,
    pub precedent: Precedent,
    pub by: Option<WorkerId>,
    pub on: NaiveDate,
    /// A hash of the case's id, so that the same case is not let go twice. Who has no file of it cannot turn it back: the
    /// id is 74 bits of chance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<[u8; 32]>,
}

/// It lies with the child until it is decided on.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Waiting {
    pub proposal: Proposal,
    pub by: WorkerId,
    pub on: NaiveDate,
}

/// The lines of a case that somebody kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    pub child: ChildId,
    pub case: Uuid,
    pub lines: Vec<Told>,
}

/// Without the lines: until somebody has checked them they may hold a name.
impl std::fmt::Debug for Proposal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Proposal({} lines)", self.lines.len())
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum PrecedentAnswer {
    List(PrecedentList),
    Review(Box<Review>),
    Checked(Vec<Mark>),
    Released,
    /// How many, and where to.
    Exported {
        count: usize,
        path: PathBuf,
    },
    Looked(PrecedentLook),
    Done,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrecedentList {
    pub lines: Vec<PrecedentLine>,
    /// Reviewed by a colleague, and waiting for a supervisor: child, name, who and when.
    pub waiting: Vec<WaitingLine>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PrecedentLine {
    pub id: Uuid,
    pub precedent: Precedent,
    /// Who let it go here; none: it came from another station.
    pub by: Option<WorkerId>,
    pub on: NaiveDate,
    /// The sum of what it has in common with the child, and what that is.
    pub like: (u32, Vec<Like>),
}

#[derive(Clone, PartialEq)]
pub struct WaitingLine {
    pub child: ChildId,
    pub name: String,
    pub by: WorkerId,
    pub on: NaiveDate,
}

/// Without the name.
impl std::fmt::Debug for WaitingLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WaitingLine({:?})", self.child)
    }
}

/// What a closed case could tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    pub case: Uuid,
    /// Without lines.
    pub precedent: Precedent,
    pub lines: Vec<ReviewLine>,
    /// It was let go once already.
    pub released: bool,
    /// Somebody has asked for it to be let go.
    pub proposed: bool,
    /// Children on file of the same sex, age band and categories, itself included: with fewer than `few` neighbours guess.
    pub alike: usize,
    pub few: usize,
}

#[derive(Clone, PartialEq)]
pub struct ReviewLine {
    pub source: String,
    pub month: Option<u16>,
    /// As it was written; "" for one that was proposed and is not in the file so.
    pub text: String,
    pub marks: Vec<Mark>,
    /// With a neutral word for each mark.
    pub neutral: String,
    /// One of `practice::precedent::TELLS`, where somebody proposed it.
    pub proposed: Option<String>,
}

/// Without the text.
impl std::fmt::Debug for ReviewLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReviewLine({}, {} marks)", self.source, self.marks.len())
    }
}

/// A file of another station.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrecedentLook {
    pub new: usize,
    /// With the same contents here already.
    pub known: usize,
    /// Not to be used: their place in the file from 1, and why.
    pub flawed: Vec<(usize, PrecedentFlaw)>,
    pub taken: bool,
}

/// Why it was not done. Shown through the catalogue: `precedent-fault-…`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PrecedentFault {
    #[error("the child has no closed case")]
    NotClosed,
    #[error("the case has changed since the review was begun")]
    OtherCase,
    #[error("nothing is kept: there is nothing to tell")]
    Nothing,
    #[error("it was released already")]
    Twice,
    /// A line, from 0, still tells who somebody is, there.
    #[error("line {} still tells who somebody is", line + 1)]
    Identifies { line: usize, mark: Mark },
    #[error("line {} is longer than {most} characters", line + 1)]
    TooLong { line: usize, most: usize },
    #[error("more than {most} lines are kept")]
    TooMany { most: usize },
    #[error("it is not as a precedent is: {0}")]
    Flawed(PrecedentFlaw),
    #[error("the station's table of precedents cannot be used")]
    NoTable,
    #[error("there is nothing to give")]
    Empty,
    #[error(transparent)]
    File(#[from] HandoutFault),
}
