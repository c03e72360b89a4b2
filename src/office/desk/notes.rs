//! Free text across files: notes, visits, histories, and what is written of households and their members.

use super::Files;
use super::texts::{Place, View, key_of};
use crate::domain::{ChildId, HouseholdId, Record, RecordKind, Row};
use crate::office::{NoteHit, Refusal, Watch, keep};
use crate::search::postings::{DocReader, Fault, Order};
use crate::search::sentences::Words;
use crate::store::{Key, Seq};
use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

/// Sentences of one answer at most.
const MOST: usize = 200;

impl Files {
    /// The newest sentences that hold all words typed. The text index says which records to open; what it does not
    /// know yet is looked through.
    pub(super) fn search_notes(
        &self,
        text: &str,
        limit: usize,
        watch: &dyn Watch,
    ) -> Result<Vec<NoteHit>, Refusal> {
        let words = Words::of(text);
        let limit = limit.min(MOST);
        if words.is_empty() || limit == 0 {
            return Ok(vec![]);
        }
        loop {
            let view = self.texts.view(&self.store).map_err(|fault| Refusal::Store(fault.to_string()))?;
            let mut search =
                Search { files: self, words: &words, limit, watch, seen: 0, hits: BTreeMap::new() };
            match search.all(&view) {
                Ok(()) => return Ok(search.hits.into_values().collect()),
                Err(Stop::Refused(refusal)) => return Err(refusal),
                Err(Stop::Damaged) => {
                    // An index that is made anew has no tables: the next time nothing of it is read.
                    self.log.line("the text index is damaged; it is made anew");
                    self.texts.discard(&self.store, &view.index);
                }
            }
        }
    }
}

/// Why a search ended early.
enum Stop {
    Refused(Refusal),
    /// A table of the index.
    Damaged,
}

impl<E: Into<Refusal>> From<E> for Stop {
    fn from(error: E) -> Self {
        Stop::Refused(error.into())
    }
}

/// Later than any commit: what there is now.
const NOW: Seq = Seq(u64::MAX);

struct Search<'a> {
    files: &'a Files,
    words: &'a Words,
    limit: usize,
    watch: &'a dyn Watch,
    seen: u64,
    /// The best so far, in the order in which they are shown; those of one record in the order of its text.
    hits: BTreeMap<(Order, usize), NoteHit>,
}

impl Search<'_> {
    fn all(&mut self, view: &View) -> Result<(), Stop> {
        let mut done: HashSet<Key> = view.tail.iter().copied().collect();
        for key in &view.tail {
            self.look_up(key)?;
        }
        if view.flood {
            for place in super::texts::PLACES {
                self.scan(place, place.begin(), NOW, &done)?;
            }
            return Ok(());
        }
        for (place, after) in view.index.left() {
            self.scan(place, after, Seq(view.index.mark), &done)?;
        }
        self.tables(view, &mut done)
    }

    /// Records that the tables name, the newest first, as long as they can be among the best.
    fn tables(&mut self, view: &View, done: &mut HashSet<Key>) -> Result<(), Stop> {
        let damaged = |_: Fault| Stop::Damaged;
        let wanted = self.words.wanted();
        let mut streams = vec![];
        for texted in &view.index.tables {
            let mut stream = Stream {
                numbers: texted.table.having(&wanted).map_err(damaged)?.into_iter(),
                reader: texted.table.doc_reader(),
                next: None,
            };
            stream.step().map_err(damaged)?;
            streams.push(stream);
        }
        loop {
            let heads = streams.iter().enumerate().filter_map(|(at, stream)| Some((stream.next?.0, at)));
            let Some((order, at)) = heads.min() else { return Ok(()) };
            if self.is_past(&order) {
                return Ok(());
            }
            let key = streams[at].next.and_then(|(_, key)| key);
            streams[at].step().map_err(damaged)?;
            // A record may stand in several tables, as it was and as it is.
            if let Some(key) = key.filter(|key| done.insert(*key)) {
                self.look_up(&key)?;
            }
        }
    }

    fn look_up(&mut self, key: &Key) -> Result<(), Stop> {
        self.seen += 1;
        if self.seen.is_multiple_of(32) {
            self.go_on()?;
        }
        if let (Some(place), Some(bytes)) = (Place::of(key), self.files.store.get(*key)?) {
            self.take(place, key, &keep::decode(&bytes)?);
        }
        Ok(())
    }

    /// As of `since` or later: what changed after it is in the tail, and done.
    fn scan(&mut self, place: &Place, after: Key, since: Seq, done: &HashSet<Key>) -> Result<(), Stop> {
        let mut failed = None;
        let files = self.files;
        files.store.stream_after(after, since, &mut |key, bytes| {
            self.seen += 1;
            let looked = || -> Result<(), Refusal> {
                if self.seen.is_multiple_of(256) {
                    self.go_on()?;
                }
                if !done.contains(&key) {
                    self.take(place, &key, &keep::decode(&bytes)?);
                }
                Ok(())
            };
            failed = { looked }().err();
            if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        failed.map_or(Ok(()), |refusal| Err(Stop::Refused(refusal)))
    }

    fn go_on(&self) -> Result<(), Refusal> {
        if self.watch.progress(self.seen, None) { Ok(()) } else { Err(Refusal::Stopped) }
    }

    /// Whether there are enough hits that come before.
    fn is_past(&self, order: &Order) -> bool {
        let last = self.hits.last_key_value().map(|((last, _), _)| last);
        self.hits.len() >= self.limit && last.is_some_and(|last| last < order)
    }

    fn take(&mut self, place: &Place, key: &Key, record: &Record) {
        let order = place.doc(key, Some(record)).order();
        if self.is_past(&order) {
            return;
        }
        let sentences: Vec<_> = place.texts(record).flat_map(|text| self.words.sentences(text)).collect();
        if sentences.is_empty() {
            return;
        }
        let on = place.date.as_ref().and_then(|date| record.fields.date(date));
        let rows = self.rows(place, record);
        let all = rows.iter().flat_map(|row| sentences.iter().map(move |sentence| (row, sentence)));
        for (nth, (row, sentence)) in all.take(self.limit).enumerate() {
            let (text, marks) = (sentence.text.clone(), sentence.marks.clone());
            self.hits.insert((order, nth), NoteHit { row: row.clone(), on, sentence: text, marks });
        }
        while self.hits.len() > self.limit {
            self.hits.pop_last();
        }
    }

    /// The child whose record it is, or the children of the household.
    fn rows(&self, place: &Place, record: &Record) -> Vec<Row> {
        let (roster, owner) = (self.files.roster(), record.at.owner);
        match place.kind {
            RecordKind::Household | RecordKind::Member => {
                let mut rows = roster.household(HouseholdId(owner));
                rows.sort_by_key(|row| row.child);
                rows
            }
            _ => roster.of_child(ChildId(owner)).map(|view| view.to_row()).into_iter().collect(),
        }
    }
}

/// What a table names, record by record.
struct Stream<'a, S> {
    numbers: std::vec::IntoIter<u32>,
    reader: DocReader<'a, S>,
    next: Option<(Order, Option<Key>)>,
}

impl<S: crate::search::postings::Source> Stream<'_, S> {
    fn step(&mut self) -> Result<(), Fault> {
        self.next = match self.numbers.next() {
            None => None,
            Some(number) => {
                let doc = self.reader.get(number)?;
                Some((doc.order(), key_of(&doc)))
            }
        };
        Ok(())
    }
}
