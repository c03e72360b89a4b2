//! What is in the journal and may not be in the engine: an index, no values.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Key;
use super::disk::Blob;
use super::error::{Result, StoreError};
use super::frame::{Frame, FrameKind};
use super::journal::Appended;

/// Where in the journal a record's newest value lies.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) version: u64,
    pub(crate) segment: u32,
    pub(crate) at: u32,
    /// `DELETED`, or the length of the sealed value.
    pub(crate) len: u32,
}

pub(crate) const DELETED: u32 = u32::MAX;

/// Commits that the engine may not have: an index into the journal, no values.
#[derive(Default)]
pub(crate) struct Overlay {
    pub(crate) map: BTreeMap<Key, Slot>,
    pub(crate) blobs: HashMap<u32, Arc<dyn Blob>>,
}

impl Overlay {
    pub(crate) fn insert(&mut self, key: Key, slot: Slot) {
        let newer = self.map.get(&key).is_none_or(|old| old.version <= slot.version);
        if newer {
            self.map.insert(key, slot);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.map.len()
    }

    pub(crate) fn locate(&self, slot: &Slot) -> Located {
        Located { slot: *slot, blob: self.blobs.get(&slot.segment).cloned() }
    }
}

/// A slot with the file it lies in; readable also after the overlay has let go of it.
#[derive(Clone)]
pub(crate) struct Located {
    pub(crate) slot: Slot,
    blob: Option<Arc<dyn Blob>>,
}

impl Located {
    /// The sealed value; `None` if the record was deleted.
    pub(crate) fn read(&self) -> Result<Option<Vec<u8>>> {
        if self.slot.len == DELETED {
            return Ok(None);
        }
        let gone = || StoreError::damaged("the journal", "a segment is gone");
        let mut sealed = vec![0; self.slot.len as usize];
        let read = self.blob.as_ref().ok_or_else(gone)?.read_at(&mut sealed, u64::from(self.slot.at));
        if read.map_err(StoreError::io("reading the journal"))? < sealed.len() {
            return Err(gone());
        }
        Ok(Some(sealed))
    }
}

/// A slot within a frame becomes a slot within the journal.
pub(crate) fn placed(slot: Slot, appended: &Appended) -> Slot {
    Slot { segment: appended.segment, at: slot.at + appended.at as u32, ..slot }
}

/// The slots of a frame that was read at `at` of `segment`.
pub(crate) fn slots_of<'a>(
    frame: &Frame<'a>,
    segment: u32,
    at: u64,
) -> impl Iterator<Item = (Key, Slot)> + use<'a> {
    let version = frame.seq;
    debug_assert!(frame.kind != FrameKind::End || frame.ops().count() == 0);
    frame.ops().map(move |op| {
        let (offset, len) = op.value.map_or((0, DELETED), |(offset, sealed)| (offset, sealed.len() as u32));
        (op.key, Slot { version, segment, at: at as u32 + offset, len })
    })
}

pub(crate) fn located(slot: Slot, blob: Option<Arc<dyn Blob>>) -> Located {
    Located { slot, blob }
}
