//! The files of the text index: `text`, which names the tables that count, and the tables.

use super::{PLACES, Place, fault};
use crate::office::keep;
use crate::search::postings::{Block, Builder, Fault, Sink, Source, Table, merge};
use crate::store::{Derived, DerivedFile, DerivedWriter, Key, Store};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

const NAME: &str = "text";
const TABLES: &str = "text-";

/// The index as of one moment.
pub(in crate::office::desk) struct Index {
    /// Commits up to this one are in, as far as `upto` goes.
    pub mark: u64,
    /// While the index is first built: records after this one are not in yet.
    pub upto: Option<Key>,
    /// From the oldest to the newest.
    pub tables: Vec<Arc<Texted>>,
    /// The number of the next table.
    next: u32,
}

/// A table and its file.
pub(in crate::office::desk) struct Texted {
    number: u32,
    id: Uuid,
    pub bytes: u64,
    pub table: Table<File>,
}

/// What `text` holds.
#[derive(Serialize, Deserialize)]
struct Contents {
    mark: u64,
    upto: Option<(u8, Uuid, Uuid)>,
    tables: Vec<(u32, Uuid)>,
    next: u32,
    /// How many kinds of records are in; of an earlier program, fewer.
    #[serde(default)]
    kinds: usize,
}

impl Index {
    /// An index that knows nothing yet. Files of the one before are removed.
    pub(super) fn anew(store: &Store, mark: u64) -> Index {
        let derived = store.derived();
        derived.remove(NAME);
        for name in derived.list(TABLES).unwrap_or_default() {
            derived.remove(&name);
        }
        let first = Key { kind: 0, owner: Uuid::nil(), id: Uuid::nil() };
        Index { mark, upto: Some(first), tables: vec![], next: 0 }
    }

    /// What the files say, or `None` if they are not there or not whole.
    pub(super) fn open(store: &Store) -> Option<Index> {
        let derived = store.derived();
        let root = derived.open(NAME).ok()??.root().ok()?;
        let Contents { mark, upto, tables, next, kinds } = keep::decode(&root).ok()?;
        if kinds != PLACES.len() {
            return None;
        }
        let upto = upto.map(|(kind, owner, id)| Key { kind, owner, id });
        let open = |(number, id): (u32, Uuid)| Texted::open(&derived, number, Some(id)).map(Arc::new);
        let index = Index { mark, upto, tables: tables.into_iter().map(open).collect::<Option<_>>()?, next };
        let named: Vec<String> = index.tables.iter().map(|texted| name(texted.number)).collect();
        for name in derived.list(TABLES).ok()?.iter().filter(|name| !named.contains(name)) {
            derived.remove(name);
        }
        Some(index)
    }

    /// Durable; the files of tables that no longer count may be removed then.
    pub(super) fn write(&self, store: &Store) -> Result<(), Fault> {
        let contents = Contents {
            mark: self.mark,
            upto: self.upto.map(|key| (key.kind, key.owner, key.id)),
            tables: self.tables.iter().map(|texted| (texted.number, texted.id)).collect(),
            next: self.next,
            kinds: PLACES.len(),
        };
        let root = keep::encode(&contents).map_err(|_| Fault::Damaged)?;
        store.derived().create(NAME).and_then(|file| file.finish(&root)).map_err(fault)
    }

    pub(super) fn with(&self, mark: u64, upto: Option<Key>, new: Vec<Arc<Texted>>) -> Index {
        let next = new.iter().map(|texted| texted.number + 1).max().unwrap_or(self.next).max(self.next);
        let tables = self.tables.iter().cloned().chain(new).collect();
        Index { mark, upto, tables, next }
    }

    /// One table in the place of those from `from` on.
    pub(super) fn merged(&self, store: &Store, from: usize, stop: &AtomicBool) -> Result<Index, Fault> {
        let tables: Vec<_> = self.tables[from..].iter().map(|texted| &texted.table).collect();
        let texted = Texted::make(&store.derived(), self.next, stop, |out| merge(&tables, from == 0, out))?;
        let mut kept = self.tables[..from].to_vec();
        kept.extend((texted.table.docs() > 0).then(|| Arc::new(texted)));
        Ok(Index { mark: self.mark, upto: self.upto, tables: kept, next: self.next + 1 })
    }

    /// The first table from which on all should become one.
    pub(super) fn mergeable(&self) -> Option<usize> {
        let (docs, again) = self.tables.iter().fold((0u64, 0u64), |(docs, again), texted| {
            (docs + u64::from(texted.table.docs()), again + u64::from(texted.table.again()))
        });
        if self.tables.len() > 1 && again > 1000 && again > docs / 4 {
            return Some(0);
        }
        // Each table is more than twice as large as all newer ones together: few tables, and little is written twice.
        let mut newer = 0;
        let mut found = None;
        for (at, texted) in self.tables.iter().enumerate().rev() {
            if newer > 0 && texted.bytes <= 2 * newer {
                found = Some(at);
            }
            newer += texted.bytes;
        }
        found
    }

    /// Files of tables that are here and not there.
    pub(super) fn remove_without(&self, store: &Store, those: &Index) {
        let derived = store.derived();
        let counts = |number| those.tables.iter().any(|texted| texted.number == number);
        for texted in self.tables.iter().filter(|texted| !counts(texted.number)) {
            derived.remove(&name(texted.number));
        }
    }

    pub(super) fn next(&self) -> u32 {
        self.next
    }

    /// The places in which records are still to be looked at, each with the key after which they begin.
    pub(in crate::office::desk) fn left(&self) -> impl Iterator<Item = (&'static Place, Key)> + use<> {
        let upto = self.upto;
        let rest = move |place: &'static Place| {
            let upto = upto.filter(|upto| upto.kind <= place.kind as u8)?;
            Some((place, upto.max(place.begin())))
        };
        PLACES.iter().filter_map(rest)
    }
}

fn name(number: u32) -> String {
    format!("{TABLES}{number:010}")
}

impl Texted {
    fn open(derived: &Derived, number: u32, id: Option<Uuid>) -> Option<Texted> {
        let file = derived.open(&name(number)).ok()??;
        let (found, bytes) = (file.id(), file.bytes());
        let root = file.root().ok()?;
        let table = Table::open(File(file), &root).ok()?;
        id.is_none_or(|id| id == found).then_some(Texted { number, id: found, bytes, table })
    }

    fn make(
        derived: &Derived,
        number: u32,
        stop: &AtomicBool,
        write: impl FnOnce(&mut dyn Sink) -> Result<Vec<u8>, Fault>,
    ) -> Result<Texted, Fault> {
        let mut out = Out { writer: derived.create(&name(number)).map_err(fault)?, stop };
        let root = write(&mut out)?;
        let id = out.writer.id();
        out.writer.finish(&root).map_err(fault)?;
        Texted::open(derived, number, Some(id)).ok_or(Fault::Damaged)
    }

    pub(super) fn of(
        store: &Store,
        number: u32,
        builder: Builder,
        stop: &AtomicBool,
    ) -> Result<Texted, Fault> {
        Texted::make(&store.derived(), number, stop, |out| builder.write(out))
    }
}

/// Blocks of a table, read.
pub(in crate::office::desk) struct File(DerivedFile);

impl Source for File {
    fn block(&self, block: Block) -> Result<Vec<u8>, Fault> {
        self.0.block(block.at, block.len).map_err(|_| Fault::Damaged)
    }
}

/// Blocks of a table, written until the program ends.
struct Out<'a> {
    writer: DerivedWriter,
    stop: &'a AtomicBool,
}

impl Sink for Out<'_> {
    fn block(&mut self, plain: &[u8]) -> Result<Block, Fault> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Fault::Stopped);
        }
        let (at, len) = self.writer.block(plain).map_err(fault)?;
        Ok(Block { at, len })
    }
}
