//! What the office carries from one change to the next: the last stamp, the last case number of each year, and the
//! head of the audit chain. One small record, rewritten with every change.

use super::audit::{Chain, Deed, Entry, Verb};
use super::unsealed::Event;
use super::{Refusal, keep};
use crate::domain::{ChildId, RecordKind, RecordRef, Stamp, WorkerId};
use crate::store::Op;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::{NoContext, Timestamp, Uuid};

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
    /// The last audit record that was dropped because it was old, and its hash: the chain begins behind it.
    #[serde(rename = "d", default)]
    dropped: u64,
    #[serde(rename = "e", default)]
    dropped_hash: [u8; 32],
    /// When the first record that is kept was noted, in milliseconds; 0: not known.
    #[serde(rename = "o", default)]
    pub oldest: i64,
    /// Where who works now sits, as [`crate::platform::origin`] has it.
    #[serde(skip)]
    pub from: Option<Arc<str>>,
    /// The old records do not fit together, so that none is dropped; it is not looked at again before the next sign-in.
    #[serde(skip)]
    pub unfit: bool,
    #[serde(skip)]
    sitting: Option<Sitting>,
    #[serde(skip)]
    waiting: Vec<Op>,
}

/// The file that is open before whoever works now, as far as the last entries tell.
#[derive(Clone, Copy, Debug)]
struct Sitting {
    child: ChildId,
    /// Milliseconds of the last entry.
    at: i64,
    /// Its history was read too.
    history: bool,
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

    /// Notes what somebody does; it is written with the next change or by [`Self::close`]. The moment is never before
    /// that of the entry before, whatever the PC's clock says.
    pub(super) fn note(&mut self, by: WorkerId, deed: Deed, millis: i64) {
        let from = self.from.as_deref().map(str::to_owned);
        self.enter(Entry::new(by, deed, from), millis);
    }

    /// Notes what happened while nobody was signed in.
    pub(super) fn note_seen(&mut self, event: Event, millis: i64) {
        let Event { verb, what, from, seen } = event;
        let nobody = WorkerId(Uuid::nil());
        let entry = Entry::new(nobody, Deed { verb, child: None, what }, from);
        self.enter(Entry { seen: Some(seen), ..entry }, millis);
    }

    fn enter(&mut self, entry: Entry, millis: i64) {
        let at = self.tick(millis);
        let (verb, child) = (entry.verb, entry.child);
        let before = self.sitting.filter(|before| Some(before.child) == child);
        let opens = matches!(verb, Verb::Open | Verb::Change | Verb::Revert | Verb::HandOver);
        // Nobody left a file because a rule opened work in another.
        if verb != Verb::FallDue {
            self.sitting = child.filter(|_| opens || before.is_some()).map(|child| Sitting {
                child,
                at: millis,
                history: verb == Verb::History || before.is_some_and(|before| before.history),
            });
        }
        let entry = Entry { number: self.audited + 1, at, prev: self.head, ..entry };
        let Ok(op) = keep::put(entry.place(id_at(at)), &entry) else { return };
        if self.audited == self.dropped {
            self.oldest = at.millis;
        }
        self.head = entry.hash();
        self.audited += 1;
        self.waiting.push(op);
    }

    /// Whether the last thing done was done in this file and not before a moment, so that reading it again is nothing
    /// new.
    pub(super) fn sits_with(&self, child: ChildId, verb: Verb, since: i64) -> bool {
        self.sitting.is_some_and(|sitting| {
            sitting.child == child && sitting.at >= since && (verb != Verb::History || sitting.history)
        })
    }

    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn audited(&self) -> u64 {
        self.audited
    }

    pub(super) fn chain(&self) -> Chain {
        Chain { dropped: (self.dropped, self.dropped_hash), last: (self.audited, self.head) }
    }

    /// From now on the chain begins behind this record; the first that is kept is of `oldest`.
    pub(super) fn retire(&mut self, number: u64, hash: [u8; 32], oldest: i64) {
        (self.dropped, self.dropped_hash, self.oldest) = (number, hash, oldest);
    }

    /// What must be written along with the next change.
    pub(super) fn close(&mut self) -> Result<Vec<Op>, Refusal> {
        let mut ops = std::mem::take(&mut self.waiting);
        ops.push(keep::put(Self::at(), self)?);
        Ok(ops)
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
    fn a_clock_that_is_set_back_does_not_take_the_audit_back() {
        let mut ledger = Ledger::default();
        let me = WorkerId(Uuid::from_u128(7));
        for millis in [9_000, 1_000, 1_000, 12_000] {
            ledger.note(me, Deed::of(Verb::Open, None), millis);
        }
        let ops = ledger.close().unwrap();
        let read = |op: &Op| keep::decode::<Entry>(op.value.as_ref().unwrap()).unwrap();
        let entries: Vec<Entry> = ops[..4].iter().map(read).collect();
        assert!(entries.windows(2).all(|two| two[0].at < two[1].at && two[0].number + 1 == two[1].number));
        assert!(entries.windows(2).all(|two| two[1].prev == two[0].hash()));
        assert_eq!(entries[1].at.millis, 9_000);
    }

    #[test]
    fn a_ledger_of_an_older_program_reads_and_its_chain_begins_at_the_beginning() {
        #[derive(Serialize)]
        struct Before {
            s: Stamp,
            c: BTreeMap<i32, u32>,
            n: u64,
            h: [u8; 32],
        }
        let before = Before { s: Stamp { millis: 5, count: 0 }, c: BTreeMap::new(), n: 3, h: [7; 32] };
        let ledger: Ledger = keep::decode(&keep::encode(&before).unwrap()).unwrap();
        assert_eq!((ledger.audited, ledger.head, ledger.dropped, ledger.oldest), (3, [7; 32], 0, 0));
    }
}
