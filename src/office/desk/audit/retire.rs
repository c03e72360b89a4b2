//! Letting go of entries that are older than they must be kept.

use super::DAY;
use crate::office::audit::{Deed, Verb};
use crate::office::desk::Files;
use crate::office::ledger::Ledger;
use crate::office::{Refusal, keep};
use crate::store::{Key, Op};
use std::collections::BTreeMap;

/// Old entries are looked for when the first has been old for so long: finding them means reading all.
const LEEWAY: i64 = 30 * DAY;
/// Entries that are dropped in one quiet moment.
const BATCH: usize = 4_000;

/// What is known of an entry that may go.
struct Old {
    key: Key,
    at: i64,
    prev: [u8; 32],
    hash: [u8; 32],
}

impl Files {
    /// Drops a batch of the oldest entries if they may go. The chain then begins behind them, and an entry says so.
    ///
    /// Age is counted from the older snapshot and from now, whichever is earlier: a clock that is set forward by
    /// mistake for a day drops nothing, and whatever is dropped was put aside twice before.
    pub(in crate::office::desk) fn retire_old(&self) -> Result<(), Refusal> {
        let practice = self.practice();
        let Some(retention) = &practice.retention else { return Ok(()) };
        let kept = i64::from(retention.years) * 366 * DAY;
        let (begins, oldest, unfit) = {
            let ledger = self.ledger();
            (ledger.chain().dropped, ledger.oldest, ledger.unfit)
        };
        let now = self.clock.millis();
        if unfit || oldest > now - kept - LEEWAY {
            return Ok(());
        }
        let Some(seen) = self.older_snapshot() else { return Ok(()) };
        let until = seen.min(now) - kept;
        if oldest >= until {
            return Ok(());
        }
        let (old, next) = self.oldest_entries(until)?;
        let mut last = begins;
        let mut ops = vec![];
        for (number, old) in old {
            // Nothing is dropped from a chain that is not whole: it is the proof.
            if number != last.0 + 1 || old.prev != last.1 {
                self.ledger().unfit = true;
                self.log.line("old entries of the audit do not fit together; none is dropped");
                return Ok(());
            }
            last = (number, old.hash);
            ops.push(Op { key: old.key, value: None });
        }
        let mut ledger = self.ledger();
        if ledger.chain().dropped != begins {
            return Ok(());
        }
        self.settle(&mut ledger);
        let mut after = ledger.clone();
        if ops.is_empty() {
            ledger.oldest = next;
            return Ok(());
        }
        let count = ops.len();
        after.retire(last.0, last.1, next);
        after.note(self.me.worker, Deed::about(Verb::Retire, &last.0.to_string()), now);
        ops.extend(after.close()?);
        self.store.commit(ops)?;
        *ledger = after;
        self.log.line(&format!("{count} entries of the audit were old and are dropped"));
        Ok(())
    }

    /// When the older of the two snapshots was made; none: there are not two yet.
    fn older_snapshot(&self) -> Option<i64> {
        let kept = self.store.in_snapshots(keep::key(Ledger::at()));
        let [_, (_, older)] = kept.as_slice() else { return None };
        let bytes = older.as_ref().ok()?.as_ref()?;
        keep::decode::<Ledger>(bytes).ok().map(|ledger| ledger.stamp.millis)
    }

    /// The lowest numbers among the entries from before a moment, and the moment of the first entry that stays.
    fn oldest_entries(&self, until: i64) -> Result<(BTreeMap<u64, Old>, i64), Refusal> {
        let mut old = BTreeMap::new();
        let mut next = i64::MAX;
        self.entries(None, &mut |key, entry| {
            let at = entry.at.millis;
            if at >= until {
                next = next.min(at);
                return true;
            }
            old.insert(entry.number, Old { key, at, prev: entry.prev, hash: entry.hash() });
            if old.len() > BATCH
                && let Some((_, stays)) = old.pop_last()
            {
                next = next.min(stays.at);
            }
            true
        })?;
        Ok((old, next))
    }
}
