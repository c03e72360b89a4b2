//! What can be wrong with a table that a station edits.

use super::flags::Unclear;
use std::ops::{Range, RangeInclusive};
use thiserror::Error;
use toml::Spanned;

/// A table that cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}, line {line}: {flaw}")]
pub struct RuleFault {
    /// Name of the file without its folder.
    pub file: String,
    /// From 1.
    pub line: usize,
    pub flaw: RuleFlaw,
}

/// What is wrong. The texts are for the log and for scripts; screens have theirs in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RuleFlaw {
    /// A file with nothing in it: more likely cut off than meant so.
    #[error("the file is empty; take it away if what the program ships is to be in force")]
    Empty,
    /// An entry that there is not.
    #[error("there is no `{key}` here; there is: {of}")]
    Key { key: String, of: String },
    /// An entry that must be there.
    #[error("`{0}` is missing")]
    Lacks(String),
    #[error("`{name}` is a number from {least} to {most}")]
    Number { name: &'static str, least: i64, most: i64 },
    /// A day that is not of the table's year, or a year that is not in its name.
    #[error("`{0}` does not belong to this year")]
    Year(String),
    /// A word or value that does not belong there: the reader's own message.
    #[error("not understood: {0}")]
    Syntax(String),
    #[error("id `{0}` is there twice; give one of them another id")]
    Twice(String),
    #[error("`{0}` is no time limit; write 24h, 7d, 5wd (working days) or 3m (months)")]
    Offset(String),
    #[error("`{code}` is not a choice of {list}")]
    Code { list: &'static str, code: String },
    /// The rule needs this entry, given what it is triggered by.
    #[error("the rule lacks `{0}`")]
    Missing(&'static str),
    #[error("there is no such day as `{0}`; write it like 2027-01-01")]
    Date(String),
    /// A holiday that ends before it begins, or lasts longer than a month.
    #[error("the holiday `{0}` cannot be right; check from and to")]
    Span(String),
    #[error("the condition is not clear: {0}")]
    Unclear(Unclear),
    #[error("the totals go from {least} to {most}; write that as `range`")]
    Range { least: i64, most: i64 },
    #[error("the bands must go from {least} to {most} without a gap, the red one at the worse end")]
    Bands { least: i64, most: i64 },
    #[error("`{name}` is not one of: {of}")]
    NotOne { name: String, of: String },
    #[error("there are more than {0}")]
    Many(usize),
    #[error("the answers `{0}` must be there, be two at least, and have different points from 0 to 1000")]
    Answers(String),
    #[error("id `{0}` must have letters, digits and hyphens only, at most 40")]
    Name(String),
    #[error("`{0}` has other points than before under the same version; give it the next version")]
    Version(String),
    #[error("`years` is a number from {least} to {most}")]
    Years { least: u32, most: u32 },
}

pub(super) fn fault(file: &str, text: &str, span: Option<Range<usize>>, flaw: RuleFlaw) -> RuleFault {
    let end = span.map_or(0, |span| span.start.min(text.len()));
    let line = 1 + text.as_bytes()[..end].iter().filter(|byte| **byte == b'\n').count();
    RuleFault { file: file.to_owned(), line, flaw }
}

pub(super) fn syntax(file: &str, text: &str, error: &toml::de::Error) -> RuleFault {
    let flaw = common_slip(error.message());
    fault(file, text, error.span(), flaw.unwrap_or_else(|| RuleFlaw::Syntax(error.message().to_owned())))
}

/// The commonest slips, out of the reader's own English: unknown field `x`, expected one of `a`, `b`; missing field `x`.
fn common_slip(message: &str) -> Option<RuleFlaw> {
    let mut quoted = message.split('`').skip(1).step_by(2).map(str::to_owned);
    let key = quoted.next()?;
    match message {
        _ if message.starts_with("unknown field ") => {
            Some(RuleFlaw::Key { key, of: quoted.collect::<Vec<_>>().join(" ") })
        }
        _ if message.starts_with("missing field ") => Some(RuleFlaw::Lacks(key)),
        _ => None,
    }
}

/// A number of a table, if it can be meant.
pub(super) fn bounded<T: Copy + TryInto<i64>>(
    file: &str,
    text: &str,
    value: Option<&Spanned<T>>,
    name: &'static str,
    range: RangeInclusive<i64>,
) -> Result<Option<T>, RuleFault> {
    let Some(value) = value else { return Ok(None) };
    if (*value.get_ref()).try_into().is_ok_and(|number| range.contains(&number)) {
        return Ok(Some(*value.get_ref()));
    }
    let flaw = RuleFlaw::Number { name, least: *range.start(), most: *range.end() };
    Err(fault(file, text, Some(value.span()), flaw))
}
