//! What is printed, and how a command fails.

use crate::i18n::Catalogue;
use crate::office::{Refusal, Way};
use crate::tui::paint;
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

/// Standard output for answers, standard error for complaints, both in one language.
pub(super) struct Out {
    pub(super) cat: &'static Catalogue,
}

/// Why a command could not be done. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Whoever read the output has gone: nothing to complain about.
    #[error("")]
    BrokenPipe,
    #[error("{0}")]
    Said(String),
    /// Account or passphrase.
    #[error("{0}")]
    Shut(String),
    /// Another window has the data.
    #[error("{0}")]
    InUse(String),
    #[error("{0}")]
    Usage(String),
    /// Nothing of that kind there.
    #[error("{0}")]
    Nothing(String),
}

impl Failure {
    pub(super) fn code(&self) -> u8 {
        match self {
            Failure::BrokenPipe => 0,
            Failure::Said(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Nothing(_) => 3,
            Failure::Shut(_) => 4,
            Failure::InUse(_) => 75,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
            _ => Failure::Said(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl Out {
    pub(super) fn new(cat: &'static Catalogue) -> Self {
        Self { cat }
    }

    /// Where an answer goes that is written out: what does not stay on a terminal leaves the program.
    pub(super) fn way(&self, json: bool) -> Way {
        if json || !io::stdout().is_terminal() { Way::Export } else { Way::Print }
    }

    pub(super) fn t(&self, key: &str) -> String {
        self.cat.t(key).into_owned()
    }

    pub(super) fn line(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        writeln!(out, "{}", tame(text))?;
        Ok(out.flush()?)
    }

    pub(super) fn json(&self, value: &serde_json::Value) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        writeln!(out, "{}", escaped(&serde_json::to_string_pretty(value)?))?;
        Ok(out.flush()?)
    }

    /// A word aside, on standard error.
    pub(super) fn note(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", tame(text));
    }

    pub(super) fn complain(&self, failure: &Failure) {
        self.note(&format!("tonghu: {failure}"));
    }

    /// What the office would not do, in words.
    pub(super) fn refused(&self, refusal: &Refusal) -> Failure {
        Failure::Said(crate::wording::refusal(self.cat, refusal))
    }
}

/// A text of several lines in which nothing acts on the terminal: it may hold a name, a note, the name of a file.
pub(super) fn tame(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && paint::is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(paint::sanitise).collect::<Vec<_>>().join("\n"))
}

/// JSON that means the same and acts on no terminal: the format escapes only the first 32 characters by itself.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        if c != '\n' && paint::is_invisible(c) {
            text.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
    }
    text
}
