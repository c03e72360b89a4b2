//! Lists of children whom the rules, or somebody's approval, call for.

use crate::domain::{ChildId, WorkerId};
use crate::office::Pressing;
use chrono::NaiveDate;

/// A child in such a list.
#[derive(Clone, PartialEq)]
pub struct ChildLine {
    pub child: ChildId,
    pub name: String,
    pub birth: Option<NaiveDate>,
    pub village: String,
    pub guardian: String,
    pub risk: String,
    /// Whose it is: the child, or what is due.
    pub worker: Option<WorkerId>,
    /// The last visit or call.
    pub last_contact: Option<NaiveDate>,
    /// Kind and day of the follow-up that is overdue or comes next.
    pub due: Option<(String, NaiveDate)>,
    pub pressing: Pressing,
}

/// Which child, not who.
impl std::fmt::Debug for ChildLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ChildLine({})", self.child)
    }
}

/// What waits for a supervisor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    /// Those that hold something, in the order in which they are best worked through.
    pub parts: Vec<QueuePart>,
    /// The rules are still being asked: there may be more.
    pub pending: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct QueuePart {
    pub what: Waits,
    /// At most [`Queue::MOST`].
    pub lines: Vec<ChildLine>,
    pub total: usize,
}

/// Why a child is in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// A rule calls it urgent.
    Urgent,
    /// The plan is to be approved.
    Plan,
    /// The closure is.
    Closure,
    /// Follow-ups of this worker, or of nobody, are overdue.
    Overdue(Option<WorkerId>),
    /// No visit for longer than the rules allow.
    Visit,
    /// The risk is high.
    Risk,
}

impl Queue {
    /// Lines of one part at most.
    pub const MOST: usize = 200;
}

impl Waits {
    /// For scripts: stays.
    pub fn code(self) -> &'static str {
        match self {
            Waits::Urgent => "urgent",
            Waits::Plan => "plan",
            Waits::Closure => "closure",
            Waits::Overdue(_) => "overdue",
            Waits::Visit => "visit",
            Waits::Risk => "risk",
        }
    }
}
