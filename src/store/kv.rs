//! The port to the key-value engine. The engine is a place to find records quickly, never the place that keeps them
//! safe: that is the journal and the snapshots.

use std::sync::Arc;

use uuid::Uuid;

use super::Key;

/// A record as it lies on disk: the number of the commit that wrote it, and its sealed bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) key: Key,
    pub(crate) version: u64,
    pub(crate) sealed: Vec<u8>,
}

/// What to do with one key; `None` deletes.
pub(crate) struct KvChange {
    pub(crate) key: Key,
    pub(crate) version: u64,
    pub(crate) sealed: Option<Vec<u8>>,
}

/// What an engine says of itself. Written with the changes it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KvMeta {
    pub(crate) store: Uuid,
    /// Every commit up to this number is in.
    pub(crate) applied: u64,
    /// Records per kind.
    pub(crate) counts: Vec<(u8, u64)>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KvError {
    #[error("damaged: {0}")]
    Damaged(String),
    #[error("{0}")]
    Failed(String),
    #[error("it did not open in time")]
    TooSlow,
}

pub(crate) trait Kv: Send + Sync {
    fn get(&self, key: &Key) -> Result<Option<Row>, KvError>;

    /// Appends rows from `from` to `to`, both included, until about `budget` bytes. Answers the last key that was
    /// looked at if there may be more.
    fn page(&self, from: &Key, to: &Key, budget: usize, rows: &mut Vec<Row>) -> Result<Option<Key>, KvError>;

    /// Changes older than what is there are left out, so that applying twice does no harm. `applied` is kept in the
    /// same step.
    fn apply(&self, changes: &[KvChange], applied: Option<(Uuid, u64)>) -> Result<(), KvError>;

    /// `None` if the engine is empty or was never completed.
    fn meta(&self) -> Result<Option<KvMeta>, KvError>;

    /// All that was applied survives a power cut from here on.
    fn sync(&self) -> Result<(), KvError>;
}

/// Where an engine lives.
pub(crate) trait KvPlace: Send + Sync {
    /// Opens what is there, or an empty engine, with every cure known for a bad one but losing nothing.
    fn open(&self) -> Result<Arc<dyn Kv>, KvError>;

    /// Moves what is there out of the way, so that the next `open` gives an empty engine. Nothing is deleted.
    fn set_aside(&self, why: &str) -> Result<(), KvError>;

    /// Deletes an engine that was being rebuilt and never completed.
    fn discard(&self) -> Result<(), KvError>;

    fn bytes(&self) -> u64;
}

#[cfg(test)]
pub(crate) mod memory {
    //! An engine in memory for the crash tests. Like the real one it may lose what was not synced.

    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::*;

    #[derive(Clone, Default)]
    struct State {
        rows: BTreeMap<Key, (u64, Vec<u8>)>,
        meta: Option<(Uuid, u64)>,
    }

    #[derive(Default)]
    pub(crate) struct MemKv {
        live: Mutex<State>,
        durable: Mutex<State>,
        pub(crate) broken: std::sync::atomic::AtomicBool,
    }

    /// Survives a simulated power cut, which takes what was not synced.
    #[derive(Clone, Default)]
    pub(crate) struct MemPlace(pub(crate) Arc<Mutex<Arc<MemKv>>>);

    impl MemPlace {
        pub(crate) fn crash(&self, keep_unsynced: bool) {
            let kv = self.0.lock().unwrap().clone();
            let state = if keep_unsynced { kv.live.lock() } else { kv.durable.lock() }.unwrap().clone();
            let after =
                MemKv { live: Mutex::new(state.clone()), durable: Mutex::new(state), ..MemKv::default() };
            *self.0.lock().unwrap() = Arc::new(after);
        }
    }

    impl KvPlace for MemPlace {
        fn open(&self) -> Result<Arc<dyn Kv>, KvError> {
            Ok(self.0.lock().unwrap().clone())
        }

        fn set_aside(&self, _: &str) -> Result<(), KvError> {
            *self.0.lock().unwrap() = Arc::default();
            Ok(())
        }

        fn discard(&self) -> Result<(), KvError> {
            self.set_aside("")
        }

        fn bytes(&self) -> u64 {
            let kv = self.0.lock().unwrap();
            let live = kv.live.lock().unwrap();
            live.rows.len() as u64 + u64::from(live.meta.is_some())
        }
    }

    impl MemKv {
        fn live(&self) -> Result<std::sync::MutexGuard<'_, State>, KvError> {
            if self.broken.load(std::sync::atomic::Ordering::Relaxed) {
                return Err(KvError::Damaged("on purpose".into()));
            }
            Ok(self.live.lock().unwrap())
        }
    }

    impl Kv for MemKv {
        fn get(&self, key: &Key) -> Result<Option<Row>, KvError> {
            let live = self.live()?;
            let row = live.rows.get(key);
            Ok(row.map(|(version, sealed)| Row { key: *key, version: *version, sealed: sealed.clone() }))
        }

        fn page(
            &self,
            from: &Key,
            to: &Key,
            budget: usize,
            rows: &mut Vec<Row>,
        ) -> Result<Option<Key>, KvError> {
            let mut bytes = 0;
            for (key, (version, sealed)) in self.live()?.rows.range(from..=to) {
                rows.push(Row { key: *key, version: *version, sealed: sealed.clone() });
                bytes += sealed.len() + 41;
                if bytes >= budget {
                    return Ok(Some(*key));
                }
            }
            Ok(None)
        }

        fn apply(&self, changes: &[KvChange], applied: Option<(Uuid, u64)>) -> Result<(), KvError> {
            let mut live = self.live()?;
            for change in changes {
                if live.rows.get(&change.key).is_some_and(|(version, _)| *version >= change.version) {
                    continue;
                }
                match &change.sealed {
                    Some(sealed) => live.rows.insert(change.key, (change.version, sealed.clone())),
                    None => live.rows.remove(&change.key),
                };
            }
            live.meta = applied.or(live.meta);
            Ok(())
        }

        fn meta(&self) -> Result<Option<KvMeta>, KvError> {
            let live = self.live()?;
            let mut counts = BTreeMap::new();
            for key in live.rows.keys() {
                *counts.entry(key.kind).or_insert(0) += 1;
            }
            let counts = counts.into_iter().collect();
            Ok(live.meta.map(|(store, applied)| KvMeta { store, applied, counts }))
        }

        fn sync(&self) -> Result<(), KvError> {
            let live = self.live()?.clone();
            *self.durable.lock().unwrap() = live;
            Ok(())
        }
    }
}
