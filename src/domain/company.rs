//! Who came to an activity 活动, and who keeps a child company 陪伴: what cannot be written down, and what was done in a year.

use chrono::NaiveDate;

/// Why it cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompanyFault {
    /// All so many places are taken by children who are named.
    Full(i64),
    /// The child is named already.
    Named,
    /// So many volunteers are called so, and which of them it was is not said.
    WhichOne(usize),
    /// The volunteer is of the child's own family.
    OwnFamily,
    /// The volunteer was never checked.
    NeverChecked,
    /// The check of the volunteer had ended by then.
    CheckRanOut(NaiveDate),
}

/// What an entry of a register was good for: a volunteer's sessions and the activities of a base this year, the children
/// who are named at an activity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub times: usize,
    pub minutes: i64,
    /// Of a volunteer and an activity, the children; of a base, all who came.
    pub people: usize,
    /// Sessions with the volunteer's name alone, which somebody else in the register has as well: counted for nobody.
    pub unsure: usize,
}

/// All who came to an activity: a count of heads may leave out none of those who are named.
pub fn heads(counted: Option<i64>, named: usize) -> usize {
    counted.and_then(|counted| usize::try_from(counted).ok()).unwrap_or(0).max(named)
}
