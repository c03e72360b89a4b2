//! (placeholder types)
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Guardian,
    Village,
    School,
    IdNumber,
    Birth,
    Phone,
    CaseNo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Exact,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub field: Field,
    pub how: How,
    pub marks: Vec<Range<u16>>,
}

pub mod duplicates {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Verdict {
        SameChild { strong: bool },
        SameFamily,
    }
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Evidence;
}
