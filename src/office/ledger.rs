//! What the office carries from one change to the next: the last stamp, the last case number of each year, and the
//! head of the audit chain. One small record, rewritten with every change.

use super::{Refusal, keep};
use crate::domain::{ChildId, RecordKind, RecordRef, Stamp, WorkerId};
use crate::store::Op;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::{NoContext, Timestamp, Uuid};

/// Opens wait for the next change or for a quiet moment to be written; past this many they are written at once.
pub(super) const MOST_WAITING: usize = 64;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Ledger {
    #[serde(rename = "s")]
    pub stamp: Stamp,
    /// Last case number that was given, by year.
    #[serde(rename = "c", default)]
    numbers: BTreeMap<i32, u32>,
    /// Audit records so far, and the hash of the last.
    #[serde(rename = "n", default)]
    audited: u64,
    #[serde(rename = "h", default)]
    head: [u8; 32],
    #[serde(skip)]
    waiting: Vec<Op>,
}

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Verb {
    SignIn,
    Recovery,
    Open,
    Change,
    Revert,
    Import,
    Backup,
    Denied,
    Admit,
    Passphrase,
    NewRecoveryKey,
    CloseAccount,
    OpenAccount,
    ChangeRole,
    ResetPassphrase,
    RotateKey,
    RetireKeys,
}

/// One line of the audit. `prev` is the hash of the line before.
#[derive(Debug, Serialize, Deserialize)]
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
    #[serde(rename = "p")]
    pub prev: [u8; 32],
}

impl Ledger {
    pub(super) fn at() -> RecordRef {
        RecordRef::of(RecordKind::Ledger, Uuid::nil(), Uuid::nil())
    }

    /// The next moment; never before the last, whatever the PC's clock says.
    pub(super) fn tick(&mut self, millis: i64) -> Stamp {
        self.stamp = self.stamp.next(millis);
        self.stamp
    }

    /// `TH2026-000123`
    pub(super) fn case_number(&mut self, year: i32) -> String {
        let last = self.numbers.entry(year).or_default();
        *last += 1;
        format!("TH{year}-{last:06}")
    }

    /// A number that came from elsewhere is not given again.
    pub(super) fn heed(&mut self, number: &str) {
        let Some((year, rest)) = number.strip_prefix("TH").and_then(|rest| rest.split_once('-')) else {
            return;
        };
        if let (Ok(year), Ok(count)) = (year.parse(), rest.parse::<u32>())
            && rest.len() == 6
        {
            let last = self.numbers.entry(year).or_default();
            *last = (*last).max(count);
        }
    }

    /// Notes what somebody does; it is written with the next change or at the next rest.
    pub(super) fn note(&mut self, by: WorkerId, verb: Verb, child: Option<ChildId>, millis: i64) {
        let at = self.tick(millis);
        let entry = Entry { number: self.audited + 1, at, by, verb, child, prev: self.head };
        let place = RecordRef::of(RecordKind::Audit, Uuid::nil(), id_at(at));
        let Ok(op) = keep::put(place, &entry) else { return };
        self.head = entry.hash();
        self.audited += 1;
        self.waiting.push(op);
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn audited(&self) -> u64 {
        self.audited
    }

    /// What must be written along with the next change.
    pub(super) fn close(&mut self) -> Result<Vec<Op>, Refusal> {
        let mut ops = std::mem::take(&mut self.waiting);
        ops.push(keep::put(Self::at(), self)?);
        Ok(ops)
    }
}

impl Entry {
    pub(super) fn hash(&self) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        hash.update(&self.prev).update(&self.number.to_le_bytes());
        hash.update(&self.at.millis.to_le_bytes()).update(&self.at.count.to_le_bytes());
        hash.update(self.by.0.as_bytes()).update(&[self.verb as u8]);
        hash.update(self.child.map_or(Uuid::nil(), |child| child.0).as_bytes());
        hash.finalize().into()
    }
}

/// A new id that sorts by its moment.
pub(super) fn id_at(at: Stamp) -> Uuid {
    let millis = u64::try_from(at.millis).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, millis / 1000, (millis % 1000) as u32 * 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_numbers_go_on_after_those_that_came_with_a_roster() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.case_number(2026), "TH2026-000001");
        ledger.heed("TH2026-000040");
        ledger.heed("EB2026-000999");
        ledger.heed("TH2026-7");
        assert_eq!(ledger.case_number(2026), "TH2026-000041");
        assert_eq!(ledger.case_number(2027), "TH2027-000001");
    }

    #[test]
    fn a_line_taken_out_of_the_audit_breaks_its_chain() {
        let mut ledger = Ledger::default();
        let me = WorkerId(Uuid::from_u128(7));
        for verb in [Verb::SignIn, Verb::Open, Verb::Change] {
            ledger.note(me, verb, None, 1_000);
        }
        let ops = ledger.close().unwrap();
        let read = |op: &Op| keep::decode::<Entry>(op.value.as_ref().unwrap()).unwrap();
        let entries: Vec<Entry> = ops[..3].iter().map(read).collect();
        assert!(entries.windows(2).all(|two| two[1].prev == two[0].hash()));
        assert_ne!(entries[2].prev, entries[0].hash());
        assert!(entries.windows(2).all(|two| two[0].at < two[1].at), "the clock stood still");
    }
}
