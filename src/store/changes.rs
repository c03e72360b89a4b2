//! What the journal changed since some commit: an index of it, no values.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Key;
use super::disk::Blob;
use super::error::Result;
use super::overlay::{Located, Slot, located, slots_of};
use super::replay::{JournalFindings, JournalView};

pub(crate) struct Changes {
    slots: BTreeMap<Key, Slot>,
    blobs: HashMap<u32, Arc<dyn Blob>>,
    /// The first key that found no room.
    more: Option<Key>,
}

impl Changes {
    /// All commits above `from`.
    pub(crate) fn read(
        view: &JournalView,
        from: u64,
        wanted: impl Fn(&Key) -> bool,
    ) -> Result<(Changes, JournalFindings)> {
        Changes::read_most(view, from, usize::MAX, wanted)
    }

    /// The `most` lowest of the wanted keys.
    fn read_most(
        view: &JournalView,
        from: u64,
        most: usize,
        wanted: impl Fn(&Key) -> bool,
    ) -> Result<(Changes, JournalFindings)> {
        let mut changes = Changes { slots: BTreeMap::new(), blobs: HashMap::new(), more: None };
        let findings = view.replay(from, &mut |frame, segment, at| {
            for (key, slot) in slots_of(frame, segment, at).filter(|(key, _)| wanted(key)) {
                if changes.more.is_some_and(|more| key >= more) {
                    continue;
                }
                changes.slots.insert(key, slot);
                if changes.slots.len() > most {
                    changes.more = changes.slots.pop_last().map(|(key, _)| key);
                }
                if !changes.blobs.contains_key(&segment)
                    && let Some(blob) = view.blob(segment)
                {
                    changes.blobs.insert(segment, blob);
                }
            }
            Ok(())
        })?;
        Ok((changes, findings))
    }

    pub(crate) fn contains(&self, key: &Key) -> bool {
        self.slots.contains_key(key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Key, Located)> {
        self.slots.iter().map(move |(key, slot)| (*key, self.locate(*slot)))
    }

    fn locate(&self, slot: Slot) -> Located {
        located(slot, self.blobs.get(&slot.segment).cloned())
    }
}

/// All changes since some commit, by key, in bounded memory: the journal is read again for each so many keys.
pub(crate) struct SortedChanges<'a> {
    view: &'a JournalView,
    from: u64,
    most: usize,
    /// What comes next; taken from the front.
    ahead: Changes,
}

impl<'a> SortedChanges<'a> {
    pub(crate) fn read(view: &'a JournalView, from: u64, most: usize) -> Result<(Self, JournalFindings)> {
        let (ahead, findings) = Changes::read_most(view, from, most, |_| true)?;
        Ok((SortedChanges { view, from, most, ahead }, findings))
    }

    /// The next, unless it comes after `key`.
    pub(crate) fn next_up_to(&mut self, key: Key) -> Result<Option<(Key, Located)>> {
        if self.ahead.slots.is_empty()
            && let Some(start) = self.ahead.more.filter(|more| *more <= key)
        {
            (self.ahead, _) = Changes::read_most(self.view, self.from, self.most, |key| *key >= start)?;
        }
        let Some(first) = self.ahead.slots.first_entry().filter(|first| *first.key() <= key) else {
            return Ok(None);
        };
        let (key, slot) = first.remove_entry();
        Ok(Some((key, self.ahead.locate(slot))))
    }
}
