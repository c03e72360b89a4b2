//! A snapshot: every record as of one commit, sorted by key, in one file that is written once. A backup is the same
//! file elsewhere. It can be verified without any key, and answers single reads when the engine cannot.
//!
//! ```text
//! header: magic 8 │ version 2, zero 2, keyring length 4 │ store 16 │ commit 8 │ chain 32 │ keyring │ CRC-32C 4
//! block:  length 4 │ rows… │ CRC-32C 4          row: key 33 │ version 8 │ length 4 │ sealed value
//! index:  blocks 4 │ per block: first key 33, place 8, length 4 │ kinds 2 │ per kind: kind 1, rows 8
//! end:    place of the index 8 │ its length 8 │ BLAKE3 of all before 32 │ CRC-32C 4 │ magic 4
//! ```

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use uuid::Uuid;

use super::Key;
use super::aad;
use super::disk::{Blob, Disk};
use super::error::{Result, StoreError};
use super::frame::{Chain, KEY_BYTES, u32_at, u64_at};
use super::kv::Row;
use crate::vault::DataKeys;

pub(super) const MAGIC: &[u8; 8] = b"THSNAPSH";
const END_MAGIC: &[u8; 4] = b"THSE";
const VERSION: u16 = 1;
const HEAD: usize = 72;
const END: usize = 56;
const BLOCK: usize = 64 << 10;
const ROW_HEAD: usize = KEY_BYTES + 12;
const MAX_KEYRING: usize = 4 << 20;

const FILE: &str = "a snapshot";
pub(super) const CUT_SHORT: &str = "cut short";
const READING: &str = "reading a snapshot";
const WRITING: &str = "writing a snapshot";

/// What a snapshot is a snapshot of.
#[derive(Clone)]
pub(crate) struct Origin {
    pub(crate) store: Uuid,
    pub(crate) seq: u64,
    pub(crate) chain: Chain,
    pub(crate) keyring: Vec<u8>,
}

pub(crate) struct SnapshotWriter {
    blob: Arc<dyn Blob>,
    hasher: blake3::Hasher,
    at: u64,
    block: Vec<u8>,
    first: Option<Key>,
    last: Option<Key>,
    index: Vec<(Key, u64, u32)>,
    counts: BTreeMap<u8, u64>,
}

impl SnapshotWriter {
    pub(crate) fn create(disk: &dyn Disk, name: &str, origin: &Origin) -> Result<SnapshotWriter> {
        let blob = disk.create(name).map_err(StoreError::io(WRITING))?;
        let mut writer = SnapshotWriter {
            blob,
            hasher: blake3::Hasher::new(),
            at: 0,
            block: Vec::with_capacity(BLOCK * 2),
            first: None,
            last: None,
            index: Vec::new(),
            counts: BTreeMap::new(),
        };
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.extend_from_slice(&[0; 2]);
        head.extend_from_slice(&(origin.keyring.len() as u32).to_le_bytes());
        head.extend_from_slice(origin.store.as_bytes());
        head.extend_from_slice(&origin.seq.to_le_bytes());
        head.extend_from_slice(&origin.chain);
        head.extend_from_slice(&origin.keyring);
        head.extend_from_slice(&crc32c::crc32c(&head).to_le_bytes());
        writer.write(&head)?;
        Ok(writer)
    }

    /// Rows come in the order of their keys.
    pub(crate) fn push(&mut self, key: Key, version: u64, sealed: &[u8]) -> Result<()> {
        if self.last.is_some_and(|last| last >= key) {
            return Err(StoreError::damaged(FILE, "rows out of order"));
        }
        if self.block.is_empty() {
            self.first = Some(key);
            self.block.extend_from_slice(&[0; 4]);
        }
        self.last = Some(key);
        self.block.extend_from_slice(&key.to_bytes());
        self.block.extend_from_slice(&version.to_le_bytes());
        self.block.extend_from_slice(&(sealed.len() as u32).to_le_bytes());
        self.block.extend_from_slice(sealed);
        *self.counts.entry(key.kind).or_insert(0) += 1;
        if self.block.len() >= BLOCK { self.end_block() } else { Ok(()) }
    }

    fn end_block(&mut self) -> Result<()> {
        let Some(first) = self.first.take() else { return Ok(()) };
        let mut block = std::mem::take(&mut self.block);
        let len = block.len() as u32 + 4;
        block[..4].copy_from_slice(&len.to_le_bytes());
        let crc = crc32c::crc32c(&block);
        block.extend_from_slice(&crc.to_le_bytes());
        self.index.push((first, self.at, len));
        self.write(&block)?;
        block.clear();
        self.block = block;
        Ok(())
    }

    /// Completes the file and makes its bytes durable; naming it is the caller's part.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.end_block()?;
        let place = self.at;
        let mut index = (self.index.len() as u32).to_le_bytes().to_vec();
        for (first, at, len) in &self.index {
            index.extend_from_slice(&first.to_bytes());
            index.extend_from_slice(&at.to_le_bytes());
            index.extend_from_slice(&len.to_le_bytes());
        }
        index.extend_from_slice(&(self.counts.len() as u16).to_le_bytes());
        for (kind, rows) in &self.counts {
            index.push(*kind);
            index.extend_from_slice(&rows.to_le_bytes());
        }
        self.write(&index)?;
        let mut end = place.to_le_bytes().to_vec();
        end.extend_from_slice(&(index.len() as u64).to_le_bytes());
        end.extend_from_slice(self.hasher.finalize().as_bytes());
        end.extend_from_slice(&crc32c::crc32c(&index).wrapping_add(crc32c::crc32c(&end)).to_le_bytes());
        end.extend_from_slice(END_MAGIC);
        self.write(&end)?;
        self.blob.sync().map_err(StoreError::io(WRITING))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.blob.write_at(bytes, self.at).map_err(StoreError::io(WRITING))?;
        self.hasher.update(bytes);
        self.at += bytes.len() as u64;
        Ok(())
    }
}

pub(crate) struct Snapshot {
    pub(crate) origin: Origin,
    pub(crate) bytes: u64,
    pub(crate) counts: Vec<(u8, u64)>,
    blob: Arc<dyn Blob>,
    index: Vec<(Key, u64, u32)>,
    hash: [u8; 32],
    /// Everything before is under `hash`.
    end: u64,
}

impl Snapshot {
    /// Reads the header, the index and the end. Blocks are checked as they are read.
    pub(crate) fn open(disk: &dyn Disk, name: &str) -> Result<Snapshot> {
        let blob = disk.open(name).map_err(StoreError::io(READING))?;
        let bytes = blob.len().map_err(StoreError::io(READING))?;
        let head = read_exact(&*blob, 0, HEAD)?;
        if &head[..8] != MAGIC {
            return Err(StoreError::damaged(FILE, "it is something else"));
        }
        let found = u16::from_le_bytes([head[8], head[9]]);
        if found > VERSION {
            return Err(StoreError::Newer { file: FILE, found, known: VERSION });
        }
        let keyring_len = u32_at(&head, 12) as usize;
        if keyring_len > MAX_KEYRING {
            return Err(StoreError::damaged(FILE, "header"));
        }
        let whole = read_exact(&*blob, 0, HEAD + keyring_len + 4)?;
        let crc_at = HEAD + keyring_len;
        if crc32c::crc32c(&whole[..crc_at]) != u32_at(&whole, crc_at) {
            return Err(StoreError::damaged(FILE, "header"));
        }
        let (mut store, mut chain) = ([0; 16], [0; 32]);
        store.copy_from_slice(&head[16..32]);
        chain.copy_from_slice(&head[40..72]);
        let keyring = whole[HEAD..crc_at].to_vec();
        let origin = Origin { store: Uuid::from_bytes(store), seq: u64_at(&head, 32), chain, keyring };

        let end_at = bytes.checked_sub(END as u64).ok_or(StoreError::damaged(FILE, CUT_SHORT))?;
        let end = read_exact(&*blob, end_at, END)?;
        let (index_at, index_len) = (u64_at(&end, 0), u64_at(&end, 8));
        if &end[52..] != END_MAGIC || index_at.checked_add(index_len) != Some(end_at) {
            return Err(StoreError::damaged(FILE, CUT_SHORT));
        }
        let index = read_exact(&*blob, index_at, index_len as usize)?;
        if crc32c::crc32c(&index).wrapping_add(crc32c::crc32c(&end[..48])) != u32_at(&end, 48) {
            return Err(StoreError::damaged(FILE, "index"));
        }
        let (index, counts) = parse_index(&index).ok_or(StoreError::damaged(FILE, "index"))?;
        // Whoever made up the index has made its checksum, too: no block is read that cannot be there.
        let inside = |at: u64, len: u32| at.checked_add(len.into()).is_some_and(|end| end <= index_at);
        if !index.iter().all(|&(_, at, len)| inside(at, len)) {
            return Err(StoreError::damaged(FILE, "index"));
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(&end[16..48]);
        Ok(Snapshot { origin, bytes, counts, blob, index, hash, end: end_at })
    }

    pub(crate) fn seq(&self) -> u64 {
        self.origin.seq
    }

    pub(crate) fn rows(&self) -> u64 {
        self.counts.iter().map(|(_, rows)| rows).sum()
    }

    /// The whole file is as it was written; with keys, every record opens too.
    pub(crate) fn verify(
        &self,
        keys: Option<&DataKeys>,
        progress: &mut dyn FnMut(usize) -> ControlFlow<()>,
    ) -> Result<()> {
        let mut hasher = blake3::Hasher::new();
        let (mut at, mut buffer) = (0, vec![0; 256 << 10]);
        while at < self.end {
            let len = buffer.len().min((self.end - at) as usize);
            let read = self.blob.read_at(&mut buffer[..len], at).map_err(StoreError::io(READING))?;
            if read < len {
                return Err(StoreError::damaged(FILE, CUT_SHORT));
            }
            hasher.update(&buffer[..len]);
            at += len as u64;
        }
        if *hasher.finalize().as_bytes() != self.hash {
            return Err(StoreError::damaged(FILE, "its bytes have changed"));
        }
        let mut counts = BTreeMap::new();
        let (mut rows, mut plain, mut last) = (0, Vec::new(), None);
        let mut stream = self.stream(Key::MIN);
        while let Some((key, version, sealed)) = stream.next()? {
            if last.is_some_and(|last| last >= key) {
                return Err(StoreError::damaged(FILE, "rows out of order"));
            }
            last = Some(key);
            if let Some(keys) = keys {
                keys.open_into(&mut plain, &aad(&key, version), sealed)?;
            }
            *counts.entry(key.kind).or_insert(0) += 1;
            rows += 1;
            if rows % 1024 == 0 && progress(rows).is_break() {
                return Err(StoreError::Cancelled);
            }
        }
        if counts.into_iter().eq(self.counts.iter().copied()) {
            Ok(())
        } else {
            Err(StoreError::damaged(FILE, "rows are missing"))
        }
    }

    pub(crate) fn get(&self, key: &Key) -> Result<Option<Row>> {
        let mut stream = self.stream(*key);
        Ok(match stream.next()? {
            Some((found, version, sealed)) if found == *key => {
                Some(Row { key: found, version, sealed: sealed.to_vec() })
            }
            _ => None,
        })
    }

    /// As [`super::kv::Kv::page`].
    pub(crate) fn page(
        &self,
        from: &Key,
        to: &Key,
        budget: usize,
        rows: &mut Vec<Row>,
    ) -> Result<Option<Key>> {
        let (mut stream, mut bytes) = (self.stream(*from), 0);
        while let Some((key, version, sealed)) = stream.next()? {
            if key > *to {
                break;
            }
            rows.push(Row { key, version, sealed: sealed.to_vec() });
            bytes += sealed.len() + ROW_HEAD;
            if bytes >= budget {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }

    /// Rows from this key on.
    pub(crate) fn stream(&self, from: Key) -> Stream<'_> {
        let block = self.index.partition_point(|(first, ..)| *first <= from).saturating_sub(1);
        Stream { snapshot: self, next_block: block, buffer: Vec::new(), at: 0, from }
    }
}

pub(crate) struct Stream<'a> {
    snapshot: &'a Snapshot,
    next_block: usize,
    buffer: Vec<u8>,
    at: usize,
    from: Key,
}

impl Stream<'_> {
    pub(crate) fn next(&mut self) -> Result<Option<(Key, u64, &[u8])>> {
        loop {
            if self.at >= self.buffer.len() && !self.load()? {
                return Ok(None);
            }
            let row = &self.buffer[self.at..];
            let damaged = || StoreError::damaged(FILE, "a row");
            let key = Key::from_bytes(row.first_chunk().ok_or_else(damaged)?);
            let head = row.get(..ROW_HEAD).ok_or_else(damaged)?;
            let (version, len) = (u64_at(head, KEY_BYTES), u32_at(head, KEY_BYTES + 8) as usize);
            let start = self.at + ROW_HEAD;
            let end = start.checked_add(len).filter(|&end| end <= self.buffer.len()).ok_or_else(damaged)?;
            self.at = end;
            if key >= self.from {
                return Ok(Some((key, version, &self.buffer[start..end])));
            }
        }
    }

    /// Goes on at the first row from this key on, which comes after all that were given; blocks between are not read.
    pub(crate) fn skip_to(&mut self, key: Key) {
        self.from = key;
        let index = &self.snapshot.index;
        if index.get(self.next_block).is_some_and(|(first, ..)| *first <= key) {
            self.next_block = index.partition_point(|(first, ..)| *first <= key).saturating_sub(1);
            self.at = self.buffer.len();
        }
    }

    fn load(&mut self) -> Result<bool> {
        let Some(&(_, at, len)) = self.snapshot.index.get(self.next_block) else { return Ok(false) };
        self.next_block += 1;
        let len = len as usize;
        self.buffer.resize(len, 0);
        let read = self.snapshot.blob.read_at(&mut self.buffer, at).map_err(StoreError::io(READING))?;
        if read < len || len < 8 || crc32c::crc32c(&self.buffer[..len - 4]) != u32_at(&self.buffer, len - 4) {
            return Err(StoreError::damaged(FILE, "a block"));
        }
        self.buffer.truncate(len - 4);
        self.at = 4;
        Ok(true)
    }
}

type Index = (Vec<(Key, u64, u32)>, Vec<(u8, u64)>);

fn parse_index(bytes: &[u8]) -> Option<Index> {
    const ENTRY: usize = KEY_BYTES + 12;
    let blocks = u32_at(bytes.get(..4)?, 0) as usize;
    let kinds_at = 4 + blocks.checked_mul(ENTRY)?;
    let index = bytes.get(4..kinds_at)?.chunks_exact(ENTRY).map(|entry| {
        let key = entry.first_chunk().map(Key::from_bytes)?;
        Some((key, u64_at(entry, KEY_BYTES), u32_at(entry, KEY_BYTES + 8)))
    });
    let kinds = bytes.get(kinds_at + 2..)?;
    let counts = kinds.chunks_exact(9).map(|pair| (pair[0], u64_at(pair, 1))).collect();
    (kinds.len() == 9 * usize::from(u16::from_le_bytes([bytes[kinds_at], bytes[kinds_at + 1]])))
        .then_some(())?;
    Some((index.collect::<Option<_>>()?, counts))
}

fn read_exact(blob: &dyn Blob, at: u64, len: usize) -> Result<Vec<u8>> {
    let size = blob.len().map_err(StoreError::io(READING))?;
    if at.checked_add(len as u64).is_none_or(|end| end > size) {
        return Err(StoreError::damaged(FILE, CUT_SHORT));
    }
    let mut bytes = vec![0; len];
    let read = blob.read_at(&mut bytes, at).map_err(StoreError::io(READING))?;
    if read == len { Ok(bytes) } else { Err(StoreError::damaged(FILE, CUT_SHORT)) }
}
