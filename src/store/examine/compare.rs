//! The engine against what snapshot and journal say.

use super::{Look, Part, Stages};
use crate::store::changes::{Changes, SortedChanges};
use crate::store::error::StoreError;
use crate::store::kv::{Kv, KvError, Row};
use crate::store::snapshot::Snapshot;
use crate::store::{Key, aad};

/// Records missing from an engine in use that are looked for once more.
const MOST_GONE: usize = 10_000;

impl Look<'_> {
    /// Every record of the engine against snapshot and journal, both in the order of keys.
    pub(super) fn compare(
        &self,
        kv: &dyn Kv,
        base: Option<&Snapshot>,
        mut changes: SortedChanges<'_>,
        stages: Stages<'_>,
    ) -> std::result::Result<Compared, Trouble> {
        let synced = self.synced.unwrap_or(0);
        let Some(meta) = kv.meta()? else {
            return Ok(Compared { went_back: synced > 0, behind: true, ..Compared::default() });
        };
        if meta.store != self.store {
            return Ok(Compared { behind: meta.store.is_nil(), differ: 1, ..Compared::default() });
        }
        if meta.applied < synced || meta.applied + 1 < self.first {
            return Ok(Compared { went_back: meta.applied < synced, behind: true, ..Compared::default() });
        }
        let mut found = Rows { kv, page: Vec::new().into_iter(), from: Some(Key::MIN) };
        let (mut compared, mut unopened, mut gone) = (Compared::default(), 0, Vec::new());
        let mut ahead = found.next()?;
        let mut expect = |key: Key,
                          version: u64,
                          sealed: Option<&[u8]>|
         -> std::result::Result<(), Trouble> {
            while ahead.as_ref().is_some_and(|row| row.key < key) {
                compared.differ += u64::from(ahead.as_ref().is_some_and(|row| !self.is_later(row)));
                compared.seen += 1;
                ahead = found.next()?;
            }
            let there = ahead.take_if(|row| row.key == key);
            if there.is_some() {
                compared.seen += 1;
                ahead = found.next()?;
            }
            let pending = version > meta.applied;
            let same = match (&there, sealed) {
                (Some(row), _) if self.is_later(row) => true,
                (Some(row), Some(sealed)) => row.version == version && row.sealed == sealed,
                (None, None) => true,
                _ => false,
            };
            match &there {
                _ if same || pending => {}
                // Perhaps deleted meanwhile: the journal says so in the end.
                None if self.later.is_some() && gone.len() < MOST_GONE => gone.push(key),
                _ => compared.differ += 1,
            }
            if compared.seen.is_multiple_of(1024) && stages(Part::Engine, compared.seen as usize).is_break() {
                return Err(StoreError::Cancelled.into());
            }
            Ok(())
        };
        let mut journal =
            |upto: Key, but: Option<Key>, expect: &mut dyn FnMut(Key, u64, Option<&[u8]>) -> _| {
                let mut met = false;
                while let Some((key, located)) = changes.next_up_to(upto)? {
                    met |= Some(key) == but;
                    if !key.is_in_engine() {
                        continue;
                    }
                    let sealed = located.read()?;
                    if let (Some(keys), Some(sealed)) = (self.keys, &sealed) {
                        unopened += u64::from(keys.open(&aad(&key, located.slot.version), sealed).is_err());
                    }
                    expect(key, located.slot.version, sealed.as_deref())?;
                }
                Ok::<_, Trouble>(met)
            };
        if let Some(base) = base {
            let mut stream = base.stream(Key::MIN);
            while let Some((key, version, sealed)) = stream.next()? {
                let changed = journal(key, Some(key), &mut expect)?;
                if !changed && key.is_in_engine() {
                    expect(key, version, Some(sealed))?;
                }
            }
        }
        journal(Key::MAX, None, &mut expect)?;
        while let Some(row) = ahead {
            compared.seen += 1;
            compared.differ += u64::from(!self.is_later(&row));
            ahead = found.next()?;
        }
        if let Some(later) = self.later.filter(|_| !gone.is_empty()) {
            let (since, _) = Changes::read(&later(), self.last, |_| true)?;
            compared.differ += gone.iter().filter(|key| !since.contains(key)).count() as u64;
        }
        compared.unopened = unopened;
        Ok(compared)
    }
}

#[derive(Default)]
pub(super) struct Compared {
    pub(super) seen: u64,
    pub(super) differ: u64,
    /// Of the journal, with keys.
    pub(super) unopened: u64,
    pub(super) went_back: bool,
    /// Not completed, or further behind than the journal reaches.
    pub(super) behind: bool,
}

pub(super) enum Trouble {
    Engine(KvError),
    Store(StoreError),
}

impl From<KvError> for Trouble {
    fn from(error: KvError) -> Trouble {
        Trouble::Engine(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        Trouble::Store(error)
    }
}

/// The rows of an engine, page by page.
struct Rows<'a> {
    kv: &'a dyn Kv,
    page: std::vec::IntoIter<Row>,
    from: Option<Key>,
}

impl Rows<'_> {
    fn next(&mut self) -> std::result::Result<Option<Row>, KvError> {
        loop {
            if let Some(row) = self.page.next() {
                return Ok(Some(row));
            }
            let Some(from) = self.from else { return Ok(None) };
            let mut rows = Vec::new();
            let looked = self.kv.page(&from, &Key::MAX, 256 << 10, &mut rows)?;
            self.from = looked.and_then(crate::store::engine::successor);
            self.page = rows.into_iter();
        }
    }
}
