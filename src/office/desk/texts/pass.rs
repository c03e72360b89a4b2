//! Bringing the index up to date: building it, taking in what changed, merging tables.

use super::index::Texted;
use super::{Index, Place, Texts, fault, held};
use crate::domain::Record;
use crate::office::{Refusal, keep};
use crate::platform::memory;
use crate::search::postings::{Builder, Fault};
use crate::store::{Key, Seq, Store};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl Texts {
    /// Does all there is to do. Changed records wait until there are `least` of them, so that tables stay few.
    pub(in crate::office::desk) fn catch_up(&self, store: &Store, least: usize) -> Result<(), Fault> {
        let _one_at_a_time = held(&self.passing);
        let (mut worked, mut begun_again) = (false, false);
        while let Some((index, step)) = self.step(store, least)? {
            worked = true;
            let done = match step {
                Step::Build => self.build_on(store, &index),
                Step::Changes => self.take_changes(store, &index),
                Step::Merge(from) => self.merge(store, &index, from),
            };
            match done {
                // A table that cannot be read. A second time says that the disk is at fault.
                Err(Fault::Damaged) if !begun_again => {
                    begun_again = true;
                    self.discard(store, &index);
                }
                done => done?,
            }
        }
        if worked {
            memory::give_back();
        }
        Ok(())
    }

    fn step(&self, store: &Store, least: usize) -> Result<Option<(Arc<Index>, Step)>, Fault> {
        if self.stopping.load(Ordering::Relaxed) {
            return Err(Fault::Stopped);
        }
        self.index(store)?;
        let last = store.last().0;
        let state = held(&self.state);
        let Some(index) = state.index.clone() else { return Ok(None) };
        let many = state.tail.keys.len() >= least.max(1) || state.tail.flood.is_some();
        let step = match index.mergeable() {
            _ if index.tables.len() > self.sizes.tables => Step::Merge(0),
            // What a snapshot will hold is read from it: the engine would fill the memory.
            _ if index.upto.is_some() && store.awaits_snapshot() => return Ok(None),
            _ if index.upto.is_some() => Step::Build,
            _ if many || last >= index.mark + self.sizes.commits => Step::Changes,
            Some(from) => Step::Merge(from),
            None => return Ok(None),
        };
        Ok(Some((index, step)))
    }

    fn merge(&self, store: &Store, index: &Arc<Index>, from: usize) -> Result<(), Fault> {
        self.replace(store, index, index.merged(store, from, &self.stopping)?)
    }

    fn replace(&self, store: &Store, from: &Arc<Index>, index: Index) -> Result<(), Fault> {
        index.write(store)?;
        let index = Arc::new(index);
        if self.publish(from, index.clone()) {
            from.remove_without(store, &index);
        }
        Ok(())
    }

    /// Reads on from where the first building stands: every record once, in flat memory.
    fn build_on(&self, store: &Store, index: &Arc<Index>) -> Result<(), Fault> {
        let mut batch = Batch::new(store, self, index.next());
        let mut reached = None;
        for (place, after) in index.left() {
            let mut failed = None;
            let scanned = store.stream_after(after, Seq(index.mark), &mut |key, bytes| {
                reached = Some(key);
                let added = keep::decode(&bytes)
                    .map_err(told)
                    .and_then(|record| batch.add(place, &key, Some(&record), false));
                match added {
                    Err(fault) => failed = Some(fault),
                    Ok(()) if self.stopping.load(Ordering::Relaxed) => failed = Some(Fault::Stopped),
                    Ok(()) if batch.made.is_empty() => return ControlFlow::Continue(()),
                    Ok(()) => {}
                }
                ControlFlow::Break(())
            });
            scanned.map_err(fault)?;
            if let Some(fault) = failed {
                return Err(fault);
            }
            if !batch.made.is_empty() {
                // A table is full: what is in it need not be read again after a cut.
                let next = index.with(index.mark, reached, batch.finish()?);
                return self.replace(store, index, next);
            }
        }
        let next = index.with(index.mark, None, batch.finish()?);
        self.replace(store, index, next)
    }

    /// Makes tables of what was changed since the mark.
    fn take_changes(&self, store: &Store, index: &Arc<Index>) -> Result<(), Fault> {
        let mut keys = BTreeSet::new();
        let read = store.changed_since(Seq(index.mark), &mut |key| {
            if Place::of(&key).is_some() {
                keys.insert(key);
            }
            if keys.len() > self.sizes.rebuild { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let Some(Seq(seq)) = read.map_err(fault)? else {
            self.discard(store, index);
            return Ok(());
        };
        let mut batch = Batch::new(store, self, index.next());
        for key in keys {
            let Some(place) = Place::of(&key) else { continue };
            let record: Option<Record> =
                store.get(key).map_err(fault)?.map(|bytes| keep::decode(&bytes)).transpose().map_err(told)?;
            let again = record.as_ref().is_none_or(|record| record.created != record.updated);
            batch.add(place, &key, record.as_ref(), again)?;
        }
        let next = index.with(seq, None, batch.finish()?);
        self.replace(store, index, next)
    }
}

fn told(refusal: Refusal) -> Fault {
    match refusal {
        Refusal::Store(why) => Fault::Blocks(why),
        _ => Fault::Blocks("a record cannot be read".into()),
    }
}

enum Step {
    Build,
    Changes,
    /// Of all tables from this one on.
    Merge(usize),
}

/// Records on their way into tables.
struct Batch<'a> {
    store: &'a Store,
    texts: &'a Texts,
    builder: Builder,
    pairs: Vec<u32>,
    /// The number of the next table.
    next: u32,
    made: Vec<Arc<Texted>>,
}

impl<'a> Batch<'a> {
    fn new(store: &'a Store, texts: &'a Texts, next: u32) -> Self {
        Batch { store, texts, builder: Builder::default(), pairs: vec![], next, made: vec![] }
    }

    /// `again`: an older table may have it. A record without texts matters only then.
    fn add(&mut self, place: &Place, key: &Key, record: Option<&Record>, again: bool) -> Result<(), Fault> {
        if let Some(record) = record {
            place.pairs(record, &mut self.pairs);
        }
        if again || !self.pairs.is_empty() {
            let mut doc = place.doc(key, record);
            doc.again = again;
            self.builder.add(doc, &mut self.pairs);
        }
        if self.builder.bytes() >= self.texts.sizes.building { self.table() } else { Ok(()) }
    }

    fn table(&mut self) -> Result<(), Fault> {
        let builder = std::mem::take(&mut self.builder);
        let texted = Texted::of(self.store, self.next, builder, &self.texts.stopping)?;
        self.next += 1;
        self.made.push(Arc::new(texted));
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Arc<Texted>>, Fault> {
        if !self.builder.is_empty() {
            self.table()?;
        }
        Ok(self.made)
    }
}
