//! Finding a child in three keys, and noticing that she already has a file.
//!
//! [`Index`] holds what a roster can be searched by, 90 bytes a row, and answers a keystroke in well under a
//! millisecond with mistakes allowed. It scores *syllables*, not letters: whatever is typed becomes a list of
//! steps over the syllables of Chinese (`pattern.rs`), so that 王小明, wangxiaoming, wxm, 王xm, 汪晓铭 and
//! wangxaioming are one thing at different costs. The room knows nothing of cases and never keeps a text.
//!
//! Names and numbers stand in the index in clear: it lives in memory only and is never written.

mod alphabet;
mod cost;
mod digits;
pub mod duplicates;
mod explain;
mod fold;
mod index;
pub mod loose;
mod names;
mod pattern;
mod places;
pub mod postings;
mod query;
mod rank;
mod segment;
pub mod sentences;
mod syllables;
pub mod telling;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use fold::fold;
pub use index::{Index, Scratch};
pub use syllables::pinyin_key;

/// One row's searchable words, borrowed while the index reads them. An empty text is a text not known.
#[derive(Clone, Copy, Default)]
pub struct Entry<'a> {
    pub name: &'a str,
    pub guardian: &'a str,
    pub village: &'a str,
    pub school: &'a str,
    pub id_number: &'a str,
    pub birth: Option<chrono::NaiveDate>,
    pub phone: &'a str,
    pub case_no: &'a str,
}

/// The best rows for a query, cheapest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub hits: Vec<Hit>,
    /// More rows match than were asked for.
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub row: u32,
    /// 0 is what was typed, to the letter; every leap the search had to make adds to it (see `cost.rs`).
    pub cost: u16,
    /// One for each term of the query, in the order typed; one alone where a name was typed with spaces in it
    /// (`wang xiaoming`) and found as a whole.
    pub reasons: Vec<Reason>,
}

/// Why a row was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub field: Field,
    pub how: How,
    /// What to highlight: ranges of chars (not bytes, not cells) of the field's text. For `Field::Birth` they are
    /// ranges of the date written as 2015-03-12.
    pub marks: Vec<Range<u16>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// The widest leap between what was typed and what was found, in the order of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum How {
    /// The whole field, character for character.
    Exact,
    /// The field starts with it.
    Prefix,
    /// A part of the field.
    Part,
    /// A run of digits.
    Digits,
    Pinyin,
    Initials,
    /// Another character of the same sound.
    Homophone,
    /// A sound that is often confused: n and l, zh and z, ing and in.
    NearSound,
    /// A character in between was left out.
    Missing,
    /// A letter or a digit is wrong, missing, extra or swapped with its neighbour.
    Typo,
    /// The characters stand in another order.
    Swapped,
    WrongChar,
}
