//! Reading: the overlay of what was just committed, over whoever answers for the rest.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};

use uuid::Uuid;

use super::engine::{Base, Engine, held, successor};
use super::error::Result;
use super::kv::Row;
use super::overlay::Located;
use super::snapshot::Snapshot;
use super::{Key, aad};

const PAGE: usize = 128 << 10;
const PAGE_SLOTS: usize = 4096;

impl Engine {
    pub(crate) fn get(&self, key: Key) -> Result<Option<Vec<u8>>> {
        loop {
            let generation = held(&self.base).generation;
            if let Some(located) = self.pending(&key) {
                let sealed = located.read()?;
                return sealed.map(|sealed| self.unseal(&key, located.slot.version, &sealed)).transpose();
            }
            let (base, now) = self.wait_for_base();
            if now != generation {
                continue;
            }
            let row = match base {
                Base::Engine(kv) => match kv.get(&key) {
                    Ok(row) => row,
                    Err(error) => {
                        self.engine_failed(&kv, error);
                        continue;
                    }
                },
                _ => self.newest_snapshot().map_or(Ok(None), |snapshot| snapshot.get(&key))?,
            };
            return row.map(|row| self.unseal(&key, row.version, &row.sealed)).transpose();
        }
    }

    pub(crate) fn scan(
        &self,
        kind: u8,
        owner: Option<Uuid>,
        each: &mut dyn FnMut(Key, Vec<u8>) -> ControlFlow<()>,
    ) -> Result<()> {
        let from = Key { kind, owner: owner.unwrap_or_default(), id: Uuid::nil() };
        let to = Key { kind, owner: owner.unwrap_or(Uuid::max()), id: Uuid::max() };
        self.scan_between(from, to, each)
    }

    pub(crate) fn scan_between(
        &self,
        mut from: Key,
        to: Key,
        each: &mut dyn FnMut(Key, Vec<u8>) -> ControlFlow<()>,
    ) -> Result<()> {
        loop {
            let (rows, looked) = self.merged_page(from, to)?;
            for row in rows {
                let value = self.unseal(&row.key, row.version, &row.sealed)?;
                if each(row.key, value).is_break() {
                    return Ok(());
                }
            }
            let Some(next) = looked.and_then(successor).filter(|next| *next <= to) else { return Ok(()) };
            from = next;
        }
    }

    pub(crate) fn stream_between(
        &self,
        snapshot: &Snapshot,
        from: Key,
        to: Key,
        each: &mut dyn FnMut(Key, Vec<u8>) -> ControlFlow<()>,
    ) -> Result<()> {
        let mut stream = snapshot.stream(from);
        while let Some((key, version, sealed)) = stream.next()? {
            if key > to || each(key, self.unseal(&key, version, sealed)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// What the snapshot has of a kind and these owners, who are in order: nobody else's rows are unsealed.
    pub(crate) fn stream_of(
        &self,
        snapshot: &Snapshot,
        kind: u8,
        owners: &[Uuid],
        each: &mut dyn FnMut(Key, Vec<u8>) -> ControlFlow<()>,
    ) -> Result<()> {
        let all_of = |owner: &Uuid| Key { kind, owner: *owner, id: Uuid::nil() };
        let Some(mut from) = owners.first().map(all_of) else { return Ok(()) };
        let (mut stream, mut left) = (snapshot.stream(from), owners);
        while let Some((key, version, sealed)) = stream.next()? {
            if key.kind > kind {
                break;
            }
            left = &left[left.partition_point(|owner| *owner < key.owner)..];
            match left.first() {
                None => break,
                Some(owner) if *owner == key.owner => {
                    if each(key, self.unseal(&key, version, sealed)?).is_break() {
                        break;
                    }
                }
                Some(owner) if from < all_of(owner) => {
                    from = all_of(owner);
                    stream.skip_to(from);
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Rows of base and overlay together, and the last key that was looked at if there may be more.
    fn merged_page(&self, from: Key, to: Key) -> Result<(Vec<Row>, Option<Key>)> {
        loop {
            let generation = held(&self.base).generation;
            // The overlay first: what leaves it meanwhile is in the base by then.
            let (pending, mut looked) = {
                let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
                let range = overlay.map.range(from..=to).take(PAGE_SLOTS);
                let pending: BTreeMap<Key, Located> =
                    range.map(|(key, slot)| (*key, overlay.locate(slot))).collect();
                let full = pending.len() == PAGE_SLOTS;
                let looked = pending.keys().next_back().copied().filter(|_| full);
                (pending, looked)
            };
            let (base, now) = self.wait_for_base();
            if now != generation {
                continue;
            }
            let mut rows = Vec::new();
            let end = looked.unwrap_or(to);
            let cut = match base {
                Base::Engine(kv) => match kv.page(&from, &end, PAGE, &mut rows) {
                    Ok(cut) => cut,
                    Err(error) => {
                        self.engine_failed(&kv, error);
                        continue;
                    }
                },
                _ => match self.newest_snapshot() {
                    Some(snapshot) => snapshot.page(&from, &end, PAGE, &mut rows)?,
                    None => None,
                },
            };
            looked = cut.or(looked);
            let end = looked.unwrap_or(to);
            let mut merged: BTreeMap<Key, Row> = rows.into_iter().map(|row| (row.key, row)).collect();
            for (key, located) in pending.range(from..=end) {
                if merged.get(key).is_some_and(|row| row.version > located.slot.version) {
                    continue;
                }
                match located.read()? {
                    Some(sealed) => {
                        let version = located.slot.version;
                        merged.insert(*key, Row { key: *key, version, sealed });
                    }
                    None => {
                        merged.remove(key);
                    }
                }
            }
            return Ok((merged.into_values().collect(), looked));
        }
    }

    fn pending(&self, key: &Key) -> Option<Located> {
        let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
        overlay.map.get(key).map(|slot| overlay.locate(slot))
    }

    pub(crate) fn unseal(&self, key: &Key, version: u64, sealed: &[u8]) -> Result<Vec<u8>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        Ok(keys.records.open(&aad(key, version), sealed)?)
    }

    pub(crate) fn newest_snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshots.read().unwrap_or_else(PoisonError::into_inner).first().cloned()
    }

    /// The engine may be opened, now that the pinned records are read, or that somebody needs it before.
    pub(crate) fn begin_opening(&self) {
        let (begun, changed) = &self.opening;
        *held(begun) = true;
        changed.notify_all();
    }

    pub(crate) fn base_when_known(&self) -> Base {
        self.wait_for_base().0
    }

    fn wait_for_base(&self) -> (Base, u64) {
        let mut state = held(&self.base);
        while matches!(state.base, Base::Opening) {
            self.begin_opening();
            state = self.base_changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        (state.base.clone(), state.generation)
    }
}
