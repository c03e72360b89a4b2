//! Whether the audit is whole: by itself, and by what was put aside of it before.

use super::DAY;
use crate::office::audit::{Chain, Link, Verb, check};
use crate::office::desk::Files;
use crate::office::ledger::Ledger;
use crate::office::{AnchorFault, AnchorState, AuditAnchor, AuditCheck, AuditFault, Refusal, Watch, keep};
use crate::practice::Retention;
use crate::store::StoreError;
use crate::vault::OpenError;
use std::io::ErrorKind;
use std::path::PathBuf;

impl Files {
    /// Reads every entry. What is kept of each is a number and two hashes.
    pub(in crate::office::desk) fn check_audit(
        &self,
        against: &[PathBuf],
        watch: &dyn Watch,
    ) -> Result<AuditCheck, Refusal> {
        self.note(Verb::Audit, None);
        self.write_waiting()?;
        let before = self.ledger().chain();
        let (mut links, mut retired, mut stopped) = (vec![], 0, false);
        let unread = self.entries(None, &mut |key, entry| {
            if entry.verb == Verb::Retire {
                let said = entry.what.as_deref().and_then(|what| what.parse().ok());
                retired = said.unwrap_or(0).max(retired);
            }
            let in_place = key.owner == entry.owner() || (key.owner.is_nil() && entry.is_plain());
            links.push(Link { number: entry.number, prev: entry.prev, hash: entry.hash(), in_place });
            stopped |= links.len().is_multiple_of(1_024) && !watch.progress(links.len() as u64, None);
            !stopped
        })?;
        if stopped {
            return Err(Refusal::Stopped);
        }
        // What was noted meanwhile is not looked at, and what was dropped meanwhile is not missed.
        let after = self.ledger().chain();
        links.retain(|link| !(before.last.0 + 1..=after.last.0).contains(&link.number));
        let chain = Chain { dropped: after.dropped, last: before.last };
        let mut faults = check(&mut links, chain);
        if unread > 0 {
            faults.push(AuditFault::Unreadable { count: unread });
        }
        if ![before.dropped.0, after.dropped.0].contains(&retired) {
            faults.push(AuditFault::Unexplained { to: chain.dropped.0.max(retired) });
        }
        let anchors = self.compare(&links, chain, self.anchors(against));
        let entries = links.len() as u64;
        Ok(AuditCheck { entries, first: chain.dropped.0 + 1, last: chain.last.0, faults, anchors })
    }

    /// What the snapshots kept here and some backups say of their time.
    fn anchors(&self, backups: &[PathBuf]) -> Vec<Anchor> {
        let key = keep::key(Ledger::at());
        let kept = self.store.in_snapshots(key).into_iter().map(|(_, read)| Anchor::of(None, read));
        let elsewhere =
            backups.iter().map(|path| Anchor::of(Some(path.clone()), self.store.in_backup(path, key)));
        kept.chain(elsewhere).collect()
    }

    /// `links` are sorted by number.
    fn compare(&self, links: &[Link], chain: Chain, mut anchors: Vec<Anchor>) -> Vec<AuditAnchor> {
        anchors.sort_by_key(|anchor| anchor.last.0);
        // Since when nothing can have been old enough to be dropped, by the law and whatever the station says.
        let young = self.clock.millis() - Retention::core().map_or(0, |law| i64::from(law.years) * 365 * DAY);
        let mut agreed = chain.dropped.0;
        let mut look = |anchor: &Anchor| {
            let (number, head) = anchor.last;
            let at = links.binary_search_by_key(&number, |link| link.number);
            match at {
                _ if number > chain.last.0 => AnchorState::CutOff { from: chain.last.0 + 1, to: number },
                // What came after the anchor is younger than it is.
                _ if number < chain.dropped.0 && anchor.at > young => {
                    AnchorState::CutOff { from: number + 1, to: chain.dropped.0 }
                }
                _ if number < chain.dropped.0 => AnchorState::TooOld,
                _ if number == chain.dropped.0 && head == chain.dropped.1 => AnchorState::Agrees,
                Ok(at) if links[at].hash == head => {
                    agreed = number;
                    AnchorState::Agrees
                }
                // That it is missing is said already.
                Err(_) if number > chain.dropped.0 => AnchorState::TooOld,
                _ => AnchorState::Rewritten { from: (agreed + 1).min(number), to: number },
            }
        };
        let told = anchors.into_iter().map(|anchor| AuditAnchor {
            state: anchor.fault.map_or_else(|| look(&anchor), AnchorState::Unusable),
            when: (anchor.at > 0).then(|| self.clock.local(anchor.at)),
            last: anchor.last.0,
            backup: anchor.backup,
        });
        told.collect()
    }
}

/// The ledger as it was put aside.
struct Anchor {
    /// None: a snapshot beside the data.
    backup: Option<PathBuf>,
    /// Milliseconds of its last stamp.
    at: i64,
    last: (u64, [u8; 32]),
    fault: Option<AnchorFault>,
}

impl Anchor {
    fn of(backup: Option<PathBuf>, read: Result<Option<Vec<u8>>, StoreError>) -> Self {
        let ledger = read.map_err(|error| fault(&error)).and_then(|bytes| {
            let ledger = bytes.map(|bytes| keep::decode::<Ledger>(&bytes)).transpose();
            ledger.map_err(|_| AnchorFault::Damaged)
        });
        let fault = ledger.as_ref().err().copied();
        let ledger = ledger.ok().flatten().unwrap_or_default();
        Self { backup, at: ledger.stamp.millis, last: ledger.chain().last, fault }
    }
}

fn fault(error: &StoreError) -> AnchorFault {
    match error {
        StoreError::OtherStore => AnchorFault::Foreign,
        StoreError::Sealed(OpenError::UnknownEpoch(_)) => AnchorFault::OldKey,
        StoreError::Newer { .. } => AnchorFault::Newer,
        StoreError::Io { source, .. } if source.kind() == ErrorKind::NotFound => AnchorFault::Missing,
        _ => AnchorFault::Damaged,
    }
}
