//! One file of the journal: a header, then frames, then zeros or the end of the file.

use std::io;
use std::sync::Arc;

use uuid::Uuid;

use super::disk::Blob;
use super::error::{Result, StoreError};
use super::frame::{Chain, Frame, FrameKind, HEAD, Look, look, u32_at, u64_at};

const MAGIC: &[u8; 8] = b"THJOURNL";
const VERSION: u16 = 1;
const HEADER_LEN: usize = 84;
/// Frames begin here.
pub(crate) const HEADER: u64 = 128;

/// A segment in use. `order` counts segments as they were taken into use; a later one whose `first` is not beyond
/// some frame of an earlier one supersedes that frame and all after it.
#[derive(Clone)]
pub(crate) struct Segment {
    pub(crate) number: u32,
    pub(crate) order: u64,
    pub(crate) first: u64,
    /// The chain before the first frame.
    pub(crate) chain: Chain,
    /// Its header cannot be read; `order` and `chain` are not known.
    pub(crate) headless: bool,
    pub(crate) blob: Arc<dyn Blob>,
}

pub(crate) enum Header {
    /// Only zeros: prepared and not yet used.
    Blank,
    Used(Segment),
    Unreadable,
}

impl Segment {
    pub(crate) fn headless(number: u32, blob: Arc<dyn Blob>) -> Segment {
        Segment { number, order: 0, first: 0, chain: [0; 32], headless: true, blob }
    }

    pub(crate) fn header(&self, store: Uuid) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER as usize);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&[0; 6]);
        bytes.extend_from_slice(store.as_bytes());
        bytes.extend_from_slice(&self.order.to_le_bytes());
        bytes.extend_from_slice(&self.first.to_le_bytes());
        bytes.extend_from_slice(&self.chain);
        let crc = crc32c::crc32c(&bytes);
        bytes.extend_from_slice(&crc.to_le_bytes());
        bytes.resize(HEADER as usize, 0);
        bytes
    }

    pub(crate) fn read_header(number: u32, blob: Arc<dyn Blob>, store: Uuid) -> Result<Header> {
        let mut bytes = [0; HEADER as usize];
        let read = blob.read_at(&mut bytes, 0).map_err(StoreError::io("reading the journal"))?;
        if bytes.iter().all(|&b| b == 0) {
            return Ok(Header::Blank);
        }
        let sum = crc32c::crc32c(&bytes[..HEADER_LEN - 4]);
        if read < HEADER_LEN || &bytes[..8] != MAGIC || u32_at(&bytes, HEADER_LEN - 4) != sum {
            return Ok(Header::Unreadable);
        }
        let found = u16::from_le_bytes([bytes[8], bytes[9]]);
        if found > VERSION {
            return Err(StoreError::Newer { file: "the journal", found, known: VERSION });
        }
        if &bytes[16..32] != store.as_bytes() {
            return Ok(Header::Unreadable);
        }
        let mut chain = [0; 32];
        chain.copy_from_slice(&bytes[48..80]);
        Ok(Header::Used(Segment {
            number,
            order: u64_at(&bytes, 32),
            first: u64_at(&bytes, 40),
            chain,
            headless: false,
            blob,
        }))
    }

    /// Whose journal this is a segment of, if its header can be read.
    pub(crate) fn store_of(blob: &dyn Blob) -> Option<Uuid> {
        let mut bytes = [0; HEADER_LEN];
        let read = blob.read_at(&mut bytes, 0).ok()?;
        let sum = crc32c::crc32c(&bytes[..HEADER_LEN - 4]);
        let sound = read == HEADER_LEN && &bytes[..8] == MAGIC && u32_at(&bytes, HEADER_LEN - 4) == sum;
        let store = bytes[16..].first_chunk().map(|id| Uuid::from_bytes(*id));
        store.filter(|_| sound)
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader { blob: self.blob.clone(), at: HEADER, buffer: Vec::new(), start: 0 }
    }
}

/// Walks over the frames of a segment with a bounded buffer.
pub(crate) struct Reader {
    blob: Arc<dyn Blob>,
    /// Place in the file of `buffer[start]`.
    pub(crate) at: u64,
    buffer: Vec<u8>,
    start: usize,
}

pub(crate) enum Step<'a> {
    Frame(Frame<'a>),
    /// The end of what was written.
    Blank,
    /// Something that is no whole frame: torn, or damaged.
    Garbage,
}

const READ_AHEAD: usize = 128 << 10;

impl Reader {
    /// What lies at the present place.
    pub(crate) fn step(&mut self) -> io::Result<Step<'_>> {
        let head = self.fill(HEAD)?;
        match look(head) {
            Look::Blank => Ok(Step::Blank),
            Look::Garbage => Ok(Step::Garbage),
            Look::Frame(len) => {
                let parsed = Frame::parse(self.fill(len)?);
                Ok(parsed.map_or(Step::Garbage, Step::Frame))
            }
        }
    }

    pub(crate) fn advance(&mut self, len: usize) {
        self.at += len as u64;
        self.start += len;
        if self.start >= self.buffer.len() {
            self.buffer.clear();
            self.start = 0;
        }
    }

    /// Up to `len` bytes from the present place; fewer at the end of the file.
    fn fill(&mut self, len: usize) -> io::Result<&[u8]> {
        let have = self.buffer.len() - self.start;
        if have < len {
            self.buffer.drain(..self.start);
            self.start = 0;
            self.buffer.resize(len.max(READ_AHEAD), 0);
            let read = self.blob.read_at(&mut self.buffer[have..], self.at + have as u64)?;
            self.buffer.truncate(have + read);
        }
        let end = self.buffer.len().min(self.start + len);
        Ok(&self.buffer[self.start..end])
    }

    /// After garbage: moves to the next whole frame that was acknowledged (a commit, not a part) with a number from
    /// `expected` up to below `limit`. `false` if there is none, so that what is here is a torn end.
    ///
    /// A segment's bytes are written once and in order, so such a frame proves that what is garbage now was
    /// durable once: damage.
    pub(crate) fn skip_damage(&mut self, expected: u64, limit: u64) -> io::Result<bool> {
        let origin = self.at;
        let len = self.blob.len()?;
        let mut at = origin + 1;
        while at + (HEAD as u64) < len {
            self.seek(at);
            // Steps of a buffer, looking at each byte for a frame's magic.
            let window = self.fill(READ_AHEAD)?;
            let candidate = window.windows(HEAD).position(|head| matches!(look(head), Look::Frame(_)));
            let Some(offset) = candidate else {
                if window.len() < HEAD {
                    break;
                }
                at += (window.len() - HEAD + 1) as u64;
                continue;
            };
            self.seek(at + offset as u64);
            if let Step::Frame(frame) = self.step()?
                && frame.kind != FrameKind::Part
                && (expected..limit).contains(&frame.seq)
            {
                return Ok(true);
            }
            at += offset as u64 + 1;
        }
        self.seek(origin);
        Ok(false)
    }

    fn seek(&mut self, at: u64) {
        let forward = at.checked_sub(self.at).filter(|&by| by <= (self.buffer.len() - self.start) as u64);
        match forward {
            Some(by) => self.start += by as usize,
            None => {
                self.buffer.clear();
                self.start = 0;
            }
        }
        self.at = at;
    }

    /// Nothing but zeros from here to the end of the file?
    pub(crate) fn rest_is_blank(&mut self) -> io::Result<bool> {
        let (mut at, mut buffer) = (self.at, vec![0; READ_AHEAD]);
        loop {
            let read = self.blob.read_at(&mut buffer, at)?;
            if read == 0 {
                return Ok(true);
            }
            if buffer[..read].iter().any(|&b| b != 0) {
                return Ok(false);
            }
            at += read as u64;
        }
    }
}
