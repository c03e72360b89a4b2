//! Tables become one.

use super::{Doc, DocReader, Entries, Fault, Result, Sink, Source, Table, Writer, read_number};
use std::collections::HashSet;

/// Writes one table in place of several, given from the oldest to the newest; gives its root. A text that a newer
/// table has again is taken from there. `whole`: there is no older table, so bare texts are let go.
///
/// # Errors
/// [`Fault::Damaged`] if a table does not hold what its root says; those of the sources and of the sink.
pub fn merge<S: Source>(tables: &[&Table<S>], whole: bool, sink: &mut dyn Sink) -> Result<Vec<u8>> {
    let kept = kept(tables, whole)?;
    let mut writer = Writer::new(sink);
    let numbers = merge_docs(tables, &kept, whole, &mut writer)?;
    let mut lists: Vec<Lists<'_, S>> = tables.iter().map(|table| Lists::new(table)).collect();
    for list in &mut lists {
        list.advance()?;
    }
    let mut all = vec![];
    while let Some(pair) = lists.iter().filter_map(|list| list.pair).min() {
        all.clear();
        for (list, numbers) in lists.iter_mut().zip(&numbers) {
            if list.pair == Some(pair) {
                let moved = list.numbers.iter().map(|number| numbers[*number as usize]);
                all.extend(moved.filter(|number| *number != GONE));
                list.advance()?;
            }
        }
        all.sort_unstable();
        if !all.is_empty() {
            writer.postings(pair, &all)?;
        }
    }
    writer.finish()
}

const GONE: u32 = u32::MAX;

/// Which texts of each table stay.
fn kept<S: Source>(tables: &[&Table<S>], whole: bool) -> Result<Vec<Vec<bool>>> {
    let mut newer = HashSet::new();
    let mut kept = vec![];
    for table in tables.iter().rev() {
        let mut reader = table.doc_reader();
        let (mut stays, mut again) = (vec![], vec![]);
        for number in 0..table.docs {
            let doc = reader.get(number)?;
            let gone = newer.contains(&doc.name()) || (whole && doc.bare);
            stays.push(!gone);
            again.extend(doc.again.then(|| doc.name()));
        }
        newer.extend(again);
        kept.push(stays);
    }
    kept.reverse();
    Ok(kept)
}

/// Writes the texts that stay, in order, and gives the new numbers of each table's texts.
fn merge_docs<S: Source>(
    tables: &[&Table<S>],
    kept: &[Vec<bool>],
    whole: bool,
    writer: &mut Writer<'_>,
) -> Result<Vec<Vec<u32>>> {
    struct Head<'a, S> {
        reader: DocReader<'a, S>,
        next: u32,
        doc: Option<Doc>,
    }
    let mut numbers: Vec<Vec<u32>> = kept.iter().map(|stays| vec![GONE; stays.len()]).collect();
    let step = |head: &mut Head<'_, S>, stays: &[bool]| {
        head.doc = None;
        while let Some(stays) = stays.get(head.next as usize) {
            head.next += 1;
            if *stays {
                head.doc = Some(head.reader.get(head.next - 1)?);
                break;
            }
        }
        Ok(())
    };
    let mut heads = vec![];
    for (table, stays) in tables.iter().zip(kept) {
        let mut head = Head { reader: table.doc_reader(), next: 0, doc: None };
        step(&mut head, stays)?;
        heads.push(head);
    }
    let mut written = 0;
    loop {
        let waiting = heads.iter().enumerate().filter_map(|(at, head)| Some((head.doc?.order(), at)));
        let Some((_, at)) = waiting.min() else { return Ok(numbers) };
        if let Some(doc) = heads[at].doc {
            // Nothing older is left that it could stand against.
            writer.doc(&Doc { again: doc.again && !whole, ..doc })?;
            numbers[at][heads[at].next as usize - 1] = written;
            written += 1;
        }
        step(&mut heads[at], &kept[at])?;
    }
}

/// The lists of a table one after the other, with one block in memory.
struct Lists<'a, S> {
    table: &'a Table<S>,
    block: usize,
    plain: Vec<u8>,
    at: usize,
    /// The last pair read of the block, from which the next one is counted.
    before: u32,
    pair: Option<u32>,
    numbers: Vec<u32>,
}

impl<'a, S: Source> Lists<'a, S> {
    fn new(table: &'a Table<S>) -> Self {
        Lists { table, block: 0, plain: vec![], at: 0, before: 0, pair: None, numbers: vec![] }
    }

    /// The next pair with all its numbers; they may come in several entries.
    fn advance(&mut self) -> Result<()> {
        self.pair = None;
        self.numbers.clear();
        while let Some(next) = self.peek()? {
            if self.pair.is_some_and(|pair| pair != next) {
                break;
            }
            let mut entries =
                Entries { rest: &self.plain[self.at..], pair: self.before, docs: self.table.docs };
            self.pair = entries.next(&mut |_| true, &mut self.numbers)?;
            (self.before, self.at) = (next, self.plain.len() - entries.rest.len());
        }
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<u32>> {
        if self.at == self.plain.len() {
            let Some((_, block)) = self.table.of_pairs.get(self.block) else { return Ok(None) };
            self.plain = self.table.source.block(*block)?;
            (self.block, self.at, self.before) = (self.block + 1, 0, 0);
        }
        let step = read_number(&mut &self.plain[self.at..])?;
        self.before.checked_add(step).map(Some).ok_or(Fault::Damaged)
    }
}
