//! The pinned records at open.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Key;
use super::engine::{Engine, held};
use super::error::Result;
use super::files::set_aside;
use super::roster::{self, Roster};

/// Pinned records that changed after the file they are read from; `None` was deleted.
pub(crate) type Tail = BTreeMap<Key, Option<Vec<u8>>>;

/// All pinned records as they were when the store was opened.
pub struct Pinned {
    engine: Arc<Engine>,
    roster: Option<Roster>,
    tail: Tail,
    seq: u64,
}

impl Pinned {
    pub(crate) fn new(engine: Arc<Engine>, roster: Option<Roster>, tail: Tail, seq: u64) -> Pinned {
        Pinned { engine, roster, tail, seq }
    }

    /// The last commit in it.
    pub fn seq(&self) -> super::Seq {
        super::Seq(self.seq)
    }

    /// Gives each record once, in no order; the slice is valid during the call. If the roster file turns out to be
    /// damaged, what was already given is given again from the snapshot and the journal, so that the last time
    /// counts. `true` if it was read from the roster file.
    pub fn for_each(self, mut each: impl FnMut(Key, &[u8])) -> Result<bool> {
        let Pinned { engine, roster, mut tail, .. } = self;
        let mut whole = false;
        if let Some(roster) = roster {
            let keys = engine.roster_keys();
            let read = roster.read(&keys, &mut |key, value| {
                if !tail.contains_key(&key) {
                    each(key, value);
                }
                Ok(())
            });
            whole = read.is_ok();
            if let Err(error) = read {
                let _ = set_aside(&*engine.disk, roster::NAME, &error.to_string());
                held(&engine.notes).roster_unusable = true;
            }
        }
        if !whole {
            let snapshot = engine.newest_snapshot();
            let from = snapshot.as_ref().map_or(0, |snapshot| snapshot.seq());
            let view = held(&engine.writer).journal.view();
            (tail, _) = engine.pinned_tail(&view, from)?;
            if let Some(snapshot) = snapshot {
                engine.pinned_of(&snapshot, &mut |key, value| {
                    if !tail.contains_key(&key) {
                        each(key, value);
                    }
                    Ok(())
                })?;
            }
        }
        for (key, value) in &tail {
            if let Some(value) = value {
                each(*key, value);
            }
        }
        Ok(whole)
    }
}
