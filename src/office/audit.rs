//! The audit: who did what, when and from where. Each entry is bound to the one before by its hash, so that none can be
//! changed, dropped or put in between unseen.
//!
//! Entries are sealed like every record. What is here keeps honest people honest and finds who went round the office;
//! somebody who has the keys, writes their own program and rewrites everything from some entry on is found by a
//! backup that lies elsewhere.

mod chain;

pub(super) use chain::{Chain, Link, check};

use crate::domain::{ChildId, RecordKind, RecordRef, Stamp, WorkerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What somebody did. The number is part of each entry's hash and is never given to another verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    SignIn = 0,
    Recovery = 1,
    Open = 2,
    Change = 3,
    Revert = 4,
    /// `what`: how many children.
    Import = 5,
    /// `what`: where to.
    Backup = 6,
    /// `what`: the code of what was asked for.
    Denied = 7,
    Admit = 8,
    Passphrase = 9,
    NewRecoveryKey = 10,
    CloseAccount = 11,
    OpenAccount = 12,
    ChangeRole = 13,
    ResetPassphrase = 14,
    RotateKey = 15,
    RetireKeys = 16,
    History = 20,
    /// Among the children; `what`: the words.
    Search = 21,
    /// Among what was written; `what`: the words.
    SearchNotes = 22,
    /// Printed on a terminal at the shell: a file, what was found for `what`, or what is due.
    Print = 23,
    /// The same, into a file or to another program.
    Export = 24,
    /// The audit itself was looked at: of a child, or all of it.
    Audit = 25,
    /// Entries up to the number in `what` were old enough to be dropped.
    Retire = 26,
    /// Damaged files were moved aside and made again; `what`: which parts.
    Mend = 27,
    /// While nobody was signed in, as are the next two.
    WrongPassphrase = 28,
    WrongRecoveryKey = 29,
    /// `what`: the day of the backup.
    Restore = 30,
    /// Lists that show children: once for as long as somebody sits there.
    Today = 31,
    Cases = 32,
    /// What waits for a supervisor.
    Queue = 48,
    /// The children on file who may be the one being registered.
    Likely = 33,
    /// A register of the station was changed.
    Register = 34,
    /// A closed case was let go as a precedent.
    Release = 60,
    /// What a closed case could tell was given to a supervisor to read.
    Propose = 64,
    /// A precedent was taken back.
    Withdraw = 61,
    /// Precedents were given to other stations; `what`: how many.
    GiveOut = 62,
    /// Precedents came from another station; `what`: how many.
    TakeOver = 63,
    /// The station was given away as a template; `what`: where to.
    GiveTemplate = 65,
    /// A template came from another station; `what`: how many files.
    TakeTemplate = 66,
    /// A child's case or follow-ups went to another worker.
    HandOver = 50,
    /// A rule opened work that a day alone asked for: nobody did it.
    FallDue = 67,
    /// Files were checked for their quality; `what`: how many of how many, by which seed.
    Quality = 51,
    /// One of the station's own files was changed: rules, fields, a page; `what`: which.
    EditOwn = 56,
    /// The same, by taking away what was the station's own.
    DropOwn = 57,
    /// Registers were looked at: once for as long as somebody sits there.
    Registers = 35,
}

/// Where what the office tells goes: what leaves the screen is noted as such.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// The screens: a file is opened, a list is searched.
    #[default]
    Screen,
    /// A terminal, as text that stays there.
    Print,
    /// A file or another program.
    Export,
}

impl Way {
    /// What is noted when a file or a list is given out; none: as on the screens.
    pub(super) fn verb(self) -> Option<Verb> {
        match self {
            Way::Screen => None,
            Way::Print => Some(Verb::Print),
            Way::Export => Some(Verb::Export),
        }
    }
}

/// Longest text of an entry, in characters.
pub(super) const LONGEST: usize = 200;

/// What happened while nobody's key was there, as it was noted then. The file that it comes from is not sealed:
/// whoever can write to the disk may have made it up.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Milliseconds of the first and the last time.
    #[serde(rename = "f")]
    pub first: i64,
    #[serde(rename = "l")]
    pub last: i64,
    #[serde(rename = "n")]
    pub times: u32,
    /// Whose account was named; "" for none that there is.
    #[serde(rename = "a")]
    pub login: String,
}

/// What is to be noted.
#[derive(Clone)]
pub(super) struct Deed {
    pub verb: Verb,
    pub child: Option<ChildId>,
    pub what: Option<String>,
}

impl Deed {
    pub(super) fn of(verb: Verb, child: Option<ChildId>) -> Self {
        Self { verb, child, what: None }
    }

    pub(super) fn about(verb: Verb, what: &str) -> Self {
        let what = plain(what);
        Self { verb, child: None, what: (!what.is_empty()).then_some(what) }
    }
}

/// Cut to what an entry holds; what a terminal would obey becomes a blank.
pub(super) fn plain(text: &str) -> String {
    text.trim().chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// One line of the audit. `prev` is the hash of the line before.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    #[serde(rename = "n")]
    pub number: u64,
    #[serde(rename = "a")]
    pub at: Stamp,
    #[serde(rename = "b")]
    pub by: WorkerId,
    #[serde(rename = "v")]
    pub verb: Verb,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub child: Option<ChildId>,
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// As [`crate::platform::origin`] has it.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Nobody was signed in.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    #[serde(rename = "p")]
    pub prev: [u8; 32],
}

impl Entry {
    /// Not in the chain yet: number, moment and hash of the one before come from the ledger.
    pub(super) fn new(by: WorkerId, deed: Deed, from: Option<String>) -> Self {
        let Deed { verb, child, what } = deed;
        Self { number: 0, at: Stamp::default(), by, verb, child, what, from, seen: None, prev: [0; 32] }
    }

    /// Entries about a child lie with it: who looked at a file is one scan.
    pub(super) fn place(&self, id: Uuid) -> RecordRef {
        RecordRef::of(RecordKind::Audit, self.owner(), id)
    }

    pub(super) fn owner(&self) -> Uuid {
        self.child.map_or(Uuid::nil(), |child| child.0)
    }

    /// As entries were before they had `what`, `from` and `seen`. Those lie with no child.
    pub(super) fn is_plain(&self) -> bool {
        self.what.is_none() && self.from.is_none() && self.seen.is_none()
    }

    /// A plain entry is hashed as ever; any other under a name of its own and each text behind its length, so that no
    /// two entries give the hash the same bytes.
    pub(super) fn hash(&self) -> [u8; 32] {
        let mut hash = match &self.seen {
            _ if self.is_plain() => blake3::Hasher::new(),
            None => blake3::Hasher::new_derive_key("tonghu audit entry v2"),
            Some(_) => blake3::Hasher::new_derive_key("tonghu audit entry v3"),
        };
        hash.update(&self.prev).update(&self.number.to_le_bytes());
        hash.update(&self.at.millis.to_le_bytes()).update(&self.at.count.to_le_bytes());
        hash.update(self.by.0.as_bytes()).update(&[self.verb as u8]);
        hash.update(self.owner().as_bytes());
        if !self.is_plain() {
            for text in [&self.what, &self.from] {
                hash.update(&[u8::from(text.is_some())]);
                let text = text.as_deref().unwrap_or_default();
                hash.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
            }
        }
        if let Some(seen) = &self.seen {
            hash.update(&seen.first.to_le_bytes()).update(&seen.last.to_le_bytes());
            hash.update(&seen.times.to_le_bytes()).update(seen.login.as_bytes());
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(what: Option<&str>, from: Option<&str>) -> Entry {
        Entry {
            number: 7,
            at: Stamp { millis: 1_000, count: 2 },
            by: WorkerId(Uuid::from_u128(5)),
            verb: Verb::Open,
            child: Some(ChildId(Uuid::from_u128(9))),
            what: what.map(str::to_owned),
            from: from.map(str::to_owned),
            seen: None,
            prev: [3; 32],
        }
    }

    #[test]
    fn an_entry_of_the_first_version_has_the_hash_that_it_always_had() {
        let mut bytes = vec![3; 32];
        bytes.extend(7_u64.to_le_bytes());
        bytes.extend(1_000_i64.to_le_bytes());
        bytes.extend(2_u32.to_le_bytes());
        bytes.extend(Uuid::from_u128(5).as_bytes());
        bytes.push(2);
        bytes.extend(Uuid::from_u128(9).as_bytes());
        assert_eq!(entry(None, None).hash(), *blake3::hash(&bytes).as_bytes());
    }

    #[test]
    fn no_word_can_be_shifted_from_one_field_to_the_other() {
        let hashes = [
            entry(Some("ab"), Some("c")),
            entry(Some("a"), Some("bc")),
            entry(Some("abc"), None),
            entry(Some("abc"), Some("")),
            entry(None, Some("abc")),
            entry(None, None),
        ]
        .map(|entry| entry.hash());
        for (at, hash) in hashes.iter().enumerate() {
            assert!(!hashes[at + 1..].contains(hash), "{at}");
        }
    }

    #[test]
    fn the_text_of_an_entry_is_bounded_and_commands_no_terminal() {
        let what = Deed::about(Verb::Search, &format!("a\u{1b}[2J{}", "长".repeat(500))).what.unwrap();
        assert_eq!(what.chars().count(), LONGEST);
        assert!(what.starts_with("a [2J") && !what.contains('\u{1b}'));
        assert_eq!(Deed::about(Verb::Search, "  ").what, None);
    }
}
