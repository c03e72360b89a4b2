//! What can be wrong with a table that a station edits.

use std::ops::Range;
use thiserror::Error;

/// A table that cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}, line {line}: {flaw:?}")]
pub struct RuleFault {
    /// Name of the file without its folder.
    pub file: String,
    /// From 1.
    pub line: usize,
    pub flaw: RuleFlaw,
}

/// What is wrong; [`crate::wording`] says it in words, with the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleFlaw {
    /// Not TOML, or a word or value that does not belong there: the reader's own (English) message.
    Syntax(String),
    /// Two rules of one file have this id.
    Twice(String),
    /// Not an offset such as `24h`, `7d`, `5wd`, `3m`.
    Offset(String),
    /// Not a code of this choice list.
    Code { list: &'static str, code: String },
    /// The rule needs this entry, given what it is triggered by.
    Missing(&'static str),
    /// A date that does not exist.
    Date(String),
    /// A holiday that ends before it begins, or lasts longer than a month.
    Span(String),
}

pub(super) fn fault(file: &str, text: &str, span: Option<Range<usize>>, flaw: RuleFlaw) -> RuleFault {
    let end = span.map_or(0, |span| span.start.min(text.len()));
    let line = 1 + text.as_bytes()[..end].iter().filter(|byte| **byte == b'\n').count();
    RuleFault { file: file.to_owned(), line, flaw }
}

pub(super) fn syntax(file: &str, text: &str, error: &toml::de::Error) -> RuleFault {
    fault(file, text, error.span(), RuleFlaw::Syntax(error.message().to_owned()))
}
