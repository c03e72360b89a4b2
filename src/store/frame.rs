//! One frame of the journal: a commit, or a part of a bulk commit.
//!
//! ```text
//! magic 4 │ length 4 │ seq 8 │ kind 1, zero 3 │ operations 4 │ bulk 8 │ operations… │ chain 32 │ CRC-32C 4
//! operation: key 33 │ 1 = value, 0 = delete │ length 4 │ sealed value
//! ```
//! Little-endian. `chain` is BLAKE3 over the chain of the frame before and this frame up to it, so that a frame taken
//! out or put in shows without any key. `bulk` is the number of the first part of a bulk commit.

use uuid::Uuid;

use super::Key;

const MAGIC: u32 = u32::from_le_bytes(*b"THF1");
pub(super) const HEAD: usize = 32;
const TAIL: usize = 36;
/// Longest frame: a commit of a screen is some kilobytes; a bulk commit is cut into parts.
pub(crate) const MAX_FRAME: usize = 64 << 20;
pub(crate) const KEY_BYTES: usize = 33;
/// Shortest frame: one record is deleted.
pub(crate) const LEAST_FRAME: usize = HEAD + TAIL + KEY_BYTES + 5;

pub(crate) type Chain = [u8; 32];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameKind {
    /// A commit of its own.
    Whole,
    /// A piece of a bulk commit: counts for nothing unless the frames up to the next that is no part end in `End`.
    Part,
    /// The bulk commit is complete.
    End,
}

impl FrameKind {
    fn from_byte(byte: u8) -> Option<FrameKind> {
        [FrameKind::Whole, FrameKind::Part, FrameKind::End].into_iter().find(|kind| *kind as u8 + 1 == byte)
    }
}

/// A frame being built; reused from commit to commit.
#[derive(Default)]
pub(crate) struct FrameBuilder {
    bytes: Vec<u8>,
    /// End of the operations; what `finish` adds comes after.
    body: usize,
    ops: u32,
}

impl FrameBuilder {
    pub(crate) fn start(&mut self) {
        self.bytes.clear();
        self.bytes.resize(HEAD, 0);
        self.body = HEAD;
        self.ops = 0;
    }

    /// Adds an operation; `write` appends the sealed value. Answers where in the frame the value lies.
    pub(crate) fn push(&mut self, key: &Key, write: Option<&mut dyn FnMut(&mut Vec<u8>)>) -> (u32, u32) {
        self.ops += 1;
        self.bytes.extend_from_slice(&key.to_bytes());
        self.bytes.push(u8::from(write.is_some()));
        let len_at = self.bytes.len();
        self.bytes.extend_from_slice(&[0; 4]);
        let at = self.bytes.len();
        if let Some(write) = write {
            write(&mut self.bytes);
        }
        let len = (self.bytes.len() - at) as u32;
        self.bytes[len_at..at].copy_from_slice(&len.to_le_bytes());
        self.body = self.bytes.len();
        (at as u32, len)
    }

    pub(crate) fn len(&self) -> usize {
        self.body + TAIL
    }

    pub(crate) fn ops(&self) -> u32 {
        self.ops
    }

    /// Completes the frame after the one with `chain`, which becomes this one's. May be done again for a second
    /// attempt in another place.
    pub(crate) fn finish(&mut self, seq: u64, kind: FrameKind, bulk: u64, chain: &mut Chain) -> &[u8] {
        self.bytes.truncate(self.body);
        let len = self.len() as u32;
        let head = &mut self.bytes[..HEAD];
        head[0..4].copy_from_slice(&MAGIC.to_le_bytes());
        head[4..8].copy_from_slice(&len.to_le_bytes());
        head[8..16].copy_from_slice(&seq.to_le_bytes());
        head[16] = kind as u8 + 1;
        head[20..24].copy_from_slice(&self.ops.to_le_bytes());
        head[24..32].copy_from_slice(&bulk.to_le_bytes());
        *chain = next_chain(chain, &self.bytes);
        self.bytes.extend_from_slice(chain);
        let crc = crc32c::crc32c(&self.bytes);
        self.bytes.extend_from_slice(&crc.to_le_bytes());
        &self.bytes
    }
}

fn next_chain(chain: &Chain, body: &[u8]) -> Chain {
    *blake3::Hasher::new().update(chain).update(body).finalize().as_bytes()
}

/// What the first bytes at some place of a journal are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Nothing was ever written here.
    Blank,
    /// A frame begins; this many bytes in all.
    Frame(usize),
    Garbage,
}

pub(crate) fn look(head: &[u8]) -> Look {
    if head.len() < HEAD {
        return if head.iter().all(|&b| b == 0) { Look::Blank } else { Look::Garbage };
    }
    if head[..HEAD].iter().all(|&b| b == 0) {
        return Look::Blank;
    }
    let len = u32_at(head, 4) as usize;
    let fits = (HEAD + TAIL..=MAX_FRAME).contains(&len);
    if u32_at(head, 0) == MAGIC && fits { Look::Frame(len) } else { Look::Garbage }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame<'a> {
    pub(crate) seq: u64,
    pub(crate) kind: FrameKind,
    pub(crate) bulk: u64,
    bytes: &'a [u8],
}

pub(crate) struct FrameOp<'a> {
    pub(crate) key: Key,
    /// The sealed value and where in the frame it lies; `None` deletes.
    pub(crate) value: Option<(u32, &'a [u8])>,
}

impl<'a> Frame<'a> {
    /// `None` unless the bytes are one whole frame as it was written.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Frame<'a>> {
        let Look::Frame(len) = look(bytes) else { return None };
        let bytes = bytes.get(..len)?;
        if crc32c::crc32c(&bytes[..len - 4]) != u32_at(bytes, len - 4) {
            return None;
        }
        let frame = Frame {
            seq: u64_at(bytes, 8),
            kind: FrameKind::from_byte(bytes[16])?,
            bulk: u64_at(bytes, 24),
            bytes,
        };
        // A frame that passes its sum but not its structure was never ours: no later reader need check again.
        let mut ops = frame.ops();
        let count = ops.by_ref().count();
        (ops.at == len - TAIL && count == u32_at(bytes, 20) as usize).then_some(frame)
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn chain(&self) -> Chain {
        let mut chain = [0; 32];
        chain.copy_from_slice(&self.bytes[self.len() - TAIL..self.len() - 4]);
        chain
    }

    /// Is this the frame that was written after the one with `before`?
    pub(crate) fn follows(&self, before: &Chain) -> bool {
        next_chain(before, &self.bytes[..self.len() - TAIL]) == self.chain()
    }

    pub(crate) fn ops(&self) -> FrameOps<'a> {
        FrameOps { bytes: &self.bytes[..self.len() - TAIL], at: HEAD }
    }
}

pub(crate) struct FrameOps<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for FrameOps<'a> {
    type Item = FrameOp<'a>;

    fn next(&mut self) -> Option<FrameOp<'a>> {
        let op = self.bytes.get(self.at..)?;
        let key = Key::from_bytes(op.first_chunk::<KEY_BYTES>()?);
        let head = KEY_BYTES + 5;
        let len = u32_at(op.get(..head)?, KEY_BYTES + 1) as usize;
        let value = op.get(head..head.checked_add(len)?)?;
        let at = (self.at + head) as u32;
        self.at += head + len;
        Some(FrameOp { key, value: (op[KEY_BYTES] == 1).then_some((at, value)) })
    }
}

impl Key {
    pub(crate) fn to_bytes(self) -> [u8; KEY_BYTES] {
        let mut bytes = [0; KEY_BYTES];
        bytes[0] = self.kind;
        bytes[1..17].copy_from_slice(self.owner.as_bytes());
        bytes[17..].copy_from_slice(self.id.as_bytes());
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8; KEY_BYTES]) -> Key {
        let (mut owner, mut id) = ([0; 16], [0; 16]);
        owner.copy_from_slice(&bytes[1..17]);
        id.copy_from_slice(&bytes[17..]);
        Key { kind: bytes[0], owner: Uuid::from_bytes(owner), id: Uuid::from_bytes(id) }
    }
}

/// Callers have checked the length.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}

pub(crate) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}
