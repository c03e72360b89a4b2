//! Which texts hold which pairs of characters: a table that never changes, in blocks that are read one by one.
//!
//! Pure bytes: whoever keeps the blocks gives a [`Sink`] and a [`Source`]. A table begins with its texts, the newest
//! first, so that the numbers of the texts in a list are already in the order in which hits are shown; then, for each
//! pair in ascending order, the numbers of its texts as differences. The root says where the blocks are; it and one
//! block at a time are all that is in memory.
//!
//! ```text
//! root:     version 1 │ texts 4 │ of them again 4 │ blocks of texts 4, blocks of pairs 4
//!           │ each block of texts: at 4, length 4 │ each block of pairs: first pair 4, at 4, length 4
//! text:     day 4 │ place 1 │ flags 1 │ owner 16 │ id 16
//! postings: pair − the one before │ how many │ first number │ each number − the one before   (all variable length)
//! ```

mod merge;

pub use merge::merge;

use std::cmp::Reverse;

/// Where a block lies and how long it is, in bytes as its keeper counts them; at most 4 GiB a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub at: u32,
    pub len: u32,
}

/// Why a table was not read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("not a table of postings")]
    Damaged,
    /// Whoever keeps the blocks asked for it: nothing is wrong.
    #[error("stopped")]
    Stopped,
    /// What failed in keeping the blocks, in the keeper's words.
    #[error("{0}")]
    Blocks(String),
}

type Result<T> = std::result::Result<T, Fault>;

/// Gives blocks back as a [`Sink`] took them.
pub trait Source {
    /// # Errors
    /// [`Fault::Damaged`] if it cannot be read as it was written.
    fn block(&self, block: Block) -> Result<Vec<u8>>;
}

/// Takes blocks one after the other. An error of [`Fault::Stopped`] ends the writing.
pub trait Sink {
    /// # Errors
    /// [`Fault::Stopped`], or [`Fault::Blocks`] if it cannot be kept.
    fn block(&mut self, plain: &[u8]) -> Result<Block>;
}

/// A pair, or any of a range of them, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    One(u32),
    Between(u32, u32),
}

impl Wanted {
    pub fn takes(self, pair: u32) -> bool {
        let (from, to) = self.range();
        (from..=to).contains(&pair)
    }

    fn range(self) -> (u32, u32) {
        match self {
            Wanted::One(pair) => (pair, pair),
            Wanted::Between(from, to) => (from, to),
        }
    }
}

/// Names an indexed text. Texts are shown the newest day first; of one day, in the order of place, owner and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Doc {
    /// Days, counted from anywhere; `i32::MIN` for none.
    pub day: i32,
    /// The kind of text, as the caller numbers them in the order in which they are shown.
    pub place: u8,
    pub owner: [u8; 16],
    pub id: [u8; 16],
    /// An older table may hold the same text as it was.
    pub again: bool,
    /// There is nothing in it (any more).
    pub bare: bool,
}

/// The order in which texts are shown.
pub type Order = (Reverse<i32>, u8, [u8; 16], [u8; 16]);

impl Doc {
    /// Of one text in a table.
    pub const BYTES: usize = 38;

    pub fn order(&self) -> Order {
        (Reverse(self.day), self.place, self.owner, self.id)
    }

    fn name(&self) -> (u8, [u8; 16], [u8; 16]) {
        (self.place, self.owner, self.id)
    }

    fn write(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.day.to_le_bytes());
        into.extend_from_slice(&[self.place, u8::from(self.again) | u8::from(self.bare) << 1]);
        into.extend_from_slice(&self.owner);
        into.extend_from_slice(&self.id);
    }

    fn read(bytes: &[u8]) -> Option<Doc> {
        let (day, rest) = bytes.split_first_chunk()?;
        let (&[place, flags], rest) = rest.split_first_chunk()?;
        let (owner, rest) = rest.split_first_chunk()?;
        let (again, bare) = (flags & 1 != 0, flags & 2 != 0);
        let id = *rest.first_chunk()?;
        Some(Doc { day: i32::from_le_bytes(*day), place, owner: *owner, id, again, bare })
    }
}

const VERSION: u8 = 1;
const DOCS_A_BLOCK: usize = 128;
/// Plain bytes of a block of postings, about: a query reads one for each pair it asks for.
const BLOCK: usize = 8 << 10;
/// Numbers of one entry; longer lists go on in the next.
const PART: usize = 2048;

/// Texts on their way into a table.
#[derive(Default)]
pub struct Builder {
    docs: Vec<Doc>,
    /// Pair and number of the text.
    found: Vec<u64>,
    scratch: Vec<u32>,
}

impl Builder {
    /// Adds a text by its pairs, which are taken out of `pairs`.
    pub fn add(&mut self, doc: Doc, pairs: &mut Vec<u32>) {
        self.scratch.clear();
        self.scratch.append(pairs);
        self.scratch.sort_unstable();
        self.scratch.dedup();
        let number = self.docs.len() as u64;
        self.found.extend(self.scratch.iter().map(|pair| u64::from(*pair) << 32 | number));
        self.docs.push(Doc { bare: self.scratch.is_empty(), ..doc });
    }

    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// Bytes of memory in use.
    pub fn bytes(&self) -> usize {
        self.docs.len() * size_of::<Doc>() + self.found.len() * size_of::<u64>()
    }

    /// Writes the table and gives its root, for [`Table::open`].
    ///
    /// # Errors
    /// Those of the sink.
    pub fn write(mut self, sink: &mut dyn Sink) -> Result<Vec<u8>> {
        let mut order: Vec<u32> = (0..self.docs.len() as u32).collect();
        order.sort_by_key(|number| self.docs[*number as usize].order());
        let mut rank = vec![0; order.len()];
        for (place, number) in order.iter().enumerate() {
            rank[*number as usize] = place as u64;
        }
        for found in &mut self.found {
            *found = *found & !0xffff_ffff | rank[(*found & 0xffff_ffff) as usize];
        }
        self.found.sort_unstable();
        let mut writer = Writer::new(sink);
        for number in order {
            writer.doc(&self.docs[number as usize])?;
        }
        let mut numbers = vec![];
        for same in self.found.chunk_by(|a, b| a >> 32 == b >> 32) {
            numbers.clear();
            numbers.extend(same.iter().map(|found| *found as u32));
            writer.postings((same[0] >> 32) as u32, &numbers)?;
        }
        writer.finish()
    }
}

struct Writer<'a> {
    sink: &'a mut dyn Sink,
    plain: Vec<u8>,
    /// All texts are in.
    past_docs: bool,
    docs: u32,
    again: u32,
    of_docs: Vec<Block>,
    of_pairs: Vec<(u32, Block)>,
    /// The first and the last pair of the block being filled.
    first: u32,
    last: u32,
}

impl<'a> Writer<'a> {
    fn new(sink: &'a mut dyn Sink) -> Self {
        let (of_docs, of_pairs) = (vec![], vec![]);
        let (plain, past_docs) = (vec![], false);
        Writer { sink, plain, past_docs, docs: 0, again: 0, of_docs, of_pairs, first: 0, last: 0 }
    }

    fn doc(&mut self, doc: &Doc) -> Result<()> {
        doc.write(&mut self.plain);
        self.docs += 1;
        self.again += u32::from(doc.again);
        if self.plain.len() == DOCS_A_BLOCK * Doc::BYTES { self.end_docs() } else { Ok(()) }
    }

    fn end_docs(&mut self) -> Result<()> {
        if !self.past_docs && !self.plain.is_empty() {
            self.of_docs.push(self.sink.block(&self.plain)?);
            self.plain.clear();
        }
        Ok(())
    }

    /// Ascending pairs, ascending numbers; all texts are in.
    fn postings(&mut self, pair: u32, numbers: &[u32]) -> Result<()> {
        self.end_docs()?;
        self.past_docs = true;
        for part in numbers.chunks(PART) {
            if self.plain.len() >= BLOCK {
                self.end_pairs()?;
            }
            if self.plain.is_empty() {
                (self.first, self.last) = (pair, 0);
            }
            write_number(&mut self.plain, pair - self.last);
            write_number(&mut self.plain, part.len() as u32);
            let mut before = 0;
            for number in part {
                write_number(&mut self.plain, number - before);
                before = *number;
            }
            self.last = pair;
        }
        Ok(())
    }

    fn end_pairs(&mut self) -> Result<()> {
        if !self.plain.is_empty() {
            self.of_pairs.push((self.first, self.sink.block(&self.plain)?));
            self.plain.clear();
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>> {
        self.end_docs()?;
        self.end_pairs()?;
        let mut root = vec![VERSION];
        for count in [self.docs, self.again, self.of_docs.len() as u32, self.of_pairs.len() as u32] {
            root.extend_from_slice(&count.to_le_bytes());
        }
        let mut words = vec![];
        words.extend(self.of_docs.iter().flat_map(|block| [block.at, block.len]));
        words.extend(self.of_pairs.iter().flat_map(|(first, block)| [*first, block.at, block.len]));
        root.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        Ok(root)
    }
}

fn write_number(into: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

fn read_number(from: &mut &[u8]) -> Result<u32> {
    let mut number = 0u32;
    for shift in (0..35).step_by(7) {
        let (&byte, rest) = from.split_first().ok_or(Fault::Damaged)?;
        *from = rest;
        number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(Fault::Damaged)
}

/// A table, open: its root is in memory.
pub struct Table<S> {
    source: S,
    docs: u32,
    again: u32,
    of_docs: Vec<Block>,
    of_pairs: Vec<(u32, Block)>,
}

impl<S: Source> Table<S> {
    /// # Errors
    /// [`Fault::Damaged`] if `root` is none, or of another version. No block is read.
    pub fn open(source: S, root: &[u8]) -> Result<Table<S>> {
        let (&version, rest) = root.split_first().ok_or(Fault::Damaged)?;
        let mut words =
            rest.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]));
        let mut word = || words.next().ok_or(Fault::Damaged);
        if version != VERSION || rest.len() % 4 != 0 {
            return Err(Fault::Damaged);
        }
        let (docs, again, of_docs, of_pairs) = (word()?, word()?, word()?, word()?);
        let words = 4 + u64::from(of_docs) * 2 + u64::from(of_pairs) * 3;
        if words * 4 != rest.len() as u64 || (docs as usize).div_ceil(DOCS_A_BLOCK) != of_docs as usize {
            return Err(Fault::Damaged);
        }
        let block = |word: &mut dyn FnMut() -> Result<u32>| Ok(Block { at: word()?, len: word()? });
        let of_docs = (0..of_docs).map(|_| block(&mut word)).collect::<Result<_>>()?;
        let of_pairs = (0..of_pairs).map(|_| Ok((word()?, block(&mut word)?))).collect::<Result<_>>()?;
        Ok(Table { source, docs, again, of_docs, of_pairs })
    }

    /// How many texts there are: their numbers are those below.
    pub fn docs(&self) -> u32 {
        self.docs
    }

    /// How many of them may stand in an older table too.
    pub fn again(&self) -> u32 {
        self.again
    }

    /// The numbers of the texts that have all that is wanted, ascending. If few are left before all lists were read, it
    /// may give more than have it. Where nothing is wanted, no text has it.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if a block does not hold what the root says; those of the source.
    pub fn having(&self, wanted: &[Wanted]) -> Result<Vec<u32>> {
        /// Looking at as few texts costs less than another list.
        const FEW: usize = 8;
        let mut left: Option<Vec<u32>> = None;
        for one in wanted {
            let list = self.list(*one)?;
            let both = match left {
                None => list,
                Some(before) => intersection(&before, &list),
            };
            if both.len() <= FEW {
                return Ok(both);
            }
            left = Some(both);
        }
        Ok(left.unwrap_or_default())
    }

    fn list(&self, wanted: Wanted) -> Result<Vec<u32>> {
        let (from, to) = wanted.range();
        // A list may have begun in the block before the first that begins with its pair.
        let begin = self.of_pairs.partition_point(|(first, _)| *first < from).saturating_sub(1);
        let mut numbers = vec![];
        for (_, block) in self.of_pairs[begin..].iter().take_while(|(first, _)| *first <= to) {
            let plain = self.source.block(*block)?;
            let mut entries = Entries { rest: &plain, pair: 0, docs: self.docs };
            while let Some(pair) = entries.next(&mut |pair| (from..=to).contains(&pair), &mut numbers)? {
                if pair > to {
                    break;
                }
            }
        }
        if from < to {
            numbers.sort_unstable();
            numbers.dedup();
        }
        Ok(numbers)
    }

    /// Reads texts by their numbers; near ones cost one block.
    pub fn doc_reader(&self) -> DocReader<'_, S> {
        DocReader { table: self, block: None }
    }
}

fn intersection(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut b = b.iter().peekable();
    let mut both = vec![];
    for number in a {
        while b.next_if(|other| *other < number).is_some() {}
        if b.peek() == Some(&number) {
            both.push(*number);
        }
    }
    both
}

struct Entries<'a> {
    rest: &'a [u8],
    pair: u32,
    docs: u32,
}

impl Entries<'_> {
    /// Appends the numbers of the next entry if its pair is wanted, and gives the pair.
    fn next(&mut self, wanted: &mut dyn FnMut(u32) -> bool, into: &mut Vec<u32>) -> Result<Option<u32>> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let step = read_number(&mut self.rest)?;
        self.pair = self.pair.checked_add(step).ok_or(Fault::Damaged)?;
        let count = read_number(&mut self.rest)?;
        let keep = wanted(self.pair);
        let mut number = 0u32;
        for _ in 0..count {
            number = number.checked_add(read_number(&mut self.rest)?).ok_or(Fault::Damaged)?;
            if number >= self.docs {
                return Err(Fault::Damaged);
            }
            if keep {
                into.push(number);
            }
        }
        Ok(Some(self.pair))
    }
}

/// Reads the texts of a table with one block in memory.
pub struct DocReader<'a, S> {
    table: &'a Table<S>,
    block: Option<(usize, Vec<u8>)>,
}

impl<S: Source> DocReader<'_, S> {
    /// # Errors
    /// [`Fault::Damaged`] if no text has this number or its block is cut; those of the source.
    pub fn get(&mut self, number: u32) -> Result<Doc> {
        let (block, within) = (number as usize / DOCS_A_BLOCK, number as usize % DOCS_A_BLOCK);
        if self.block.as_ref().is_none_or(|(held, _)| *held != block) {
            let at = self.table.of_docs.get(block).ok_or(Fault::Damaged)?;
            self.block = Some((block, self.table.source.block(*at)?));
        }
        let bytes = self.block.as_ref().and_then(|(_, plain)| plain.get(within * Doc::BYTES..));
        bytes.and_then(Doc::read).ok_or(Fault::Damaged)
    }
}

#[cfg(test)]
mod tests;
