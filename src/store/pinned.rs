//! The pinned records at open.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use super::Key;
use super::engine::{Engine, held};
use super::error::Result;
use super::files::set_aside;
use super::roster::{self, Roster};

/// More would only wait for the memory.
const MOST_TAKERS: usize = 4;

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

    /// Gives each record once, in no order, to as many takers as the machine has cores; the slice is valid during the
    /// call. `true` if they were read from the roster file, which is moved aside if it turns out to be damaged: then
    /// one taker has them from the snapshot and the journal.
    pub fn gather<T: Default + Send>(
        mut self,
        take: impl Fn(&mut T, Key, &[u8]) + Sync,
    ) -> Result<(Vec<T>, bool)> {
        let (engine, roster, mut tail) =
            (self.engine.clone(), self.roster.take(), std::mem::take(&mut self.tail));
        let mut gathered = None;
        if let Some(roster) = roster {
            let keys = engine.roster_keys();
            let cores = thread::available_parallelism().map_or(1, |cores| cores.get().min(MOST_TAKERS));
            let read = roster.gather(&keys, cores, &|taker, key, value| {
                if !tail.contains_key(&key) {
                    take(taker, key, value);
                }
            });
            gathered = read
                .inspect_err(|error| {
                    let _ = set_aside(&*engine.disk, roster::NAME, &error.to_string());
                    held(&engine.notes).roster_unusable = true;
                })
                .ok();
        }
        let whole = gathered.is_some();
        let mut takers = gathered.unwrap_or_default();
        if takers.is_empty() {
            takers.push(T::default());
        }
        let last = takers.len() - 1;
        if !whole {
            let snapshot = engine.newest_snapshot();
            let from = snapshot.as_ref().map_or(0, |snapshot| snapshot.seq());
            let view = held(&engine.writer).journal.view();
            (tail, _) = engine.pinned_tail(&view, from)?;
            if let Some(snapshot) = snapshot {
                engine.pinned_of(&snapshot, &mut |key, value| {
                    if !tail.contains_key(&key) {
                        take(&mut takers[last], key, value);
                    }
                    Ok(())
                })?;
            }
        }
        for (key, value) in &tail {
            if let Some(value) = value {
                take(&mut takers[last], *key, value);
            }
        }
        Ok((takers, whole))
    }
}

/// Read, or not wanted.
impl Drop for Pinned {
    fn drop(&mut self) {
        self.engine.begin_opening();
    }
}
