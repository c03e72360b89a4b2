//! The journal: where a commit becomes durable.
//!
//! A commit is one frame and one `fdatasync` in a segment that was filled with zeros beforehand, so that the file
//! system has nothing of its own to write. What was written is never overwritten: after a torn end, a cancelled bulk
//! commit or a failed sync, the journal goes on in a new segment whose header says from which number on it counts.

use std::io;
use std::sync::Arc;

use uuid::Uuid;

use super::disk::{Blob, Disk};
use super::error::{Result, StoreError};
use super::files::{Reached, set_aside};
use super::frame::{Chain, Frame, FrameBuilder, FrameKind, LEAST_FRAME, MAX_FRAME};
use super::replay::JournalView;
use super::segment::{HEADER, Header, Reader, Segment, Step};

pub(crate) struct Journal {
    disk: Arc<dyn Disk>,
    store: Uuid,
    segment_size: u64,
    /// In order of use.
    segments: Vec<Segment>,
    /// Where the next frame goes in the last segment; `None`: into a new one.
    tail: Option<Tail>,
    /// Zero-filled and durable, to be taken from the front.
    ready: Vec<(u32, Arc<dyn Blob>)>,
    next_seq: u64,
    chain: Chain,
    next_number: u32,
    next_order: u64,
    /// Bytes of frames since the journal was opened.
    written: u64,
}

#[derive(Clone, Copy)]
struct Tail {
    at: u64,
    size: u64,
}

/// The last frame of a segment that counts.
struct End {
    seq: u64,
    chain: Chain,
    /// Place after it.
    at: u64,
    /// Nothing was ever written there.
    clean: bool,
}

/// A place to come back to.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    next_seq: u64,
    chain: Chain,
    tail: Option<Tail>,
}

/// Where a frame went.
pub(crate) struct Appended {
    pub(crate) seq: u64,
    pub(crate) segment: u32,
    pub(crate) at: u64,
    /// The frames of this segment now live, at the same places, in `segment`.
    pub(crate) replaced: Option<u32>,
}

const PREFIX: &str = "journal-";
/// Bulk commits go through larger segments that are not filled beforehand.
const BULK_SEGMENT: u64 = 16 << 20;
/// Prepared segments: the next one, and a spare that lets the last saves through when the disk is full.
pub(crate) const PREPARED: usize = 2;

pub(super) const READING: &str = "reading the journal";
const WRITING: &str = "writing the journal";

impl Journal {
    /// `base` is what the newest snapshot says: the number and chain of the last commit in it.
    pub(crate) fn open(
        disk: Arc<dyn Disk>,
        store: Uuid,
        segment_size: u64,
        base: (u64, Chain),
    ) -> Result<Journal> {
        let mut journal = Journal {
            disk,
            store,
            segment_size,
            segments: Vec::new(),
            tail: None,
            ready: Vec::new(),
            next_seq: base.0 + 1,
            chain: base.1,
            next_number: 1,
            next_order: 1,
            written: 0,
        };
        journal.find_segments()?;
        journal.find_end(base)?;
        Ok(journal)
    }

    fn find_segments(&mut self) -> Result<()> {
        let names = self.disk.list("").map_err(StoreError::io(READING))?;
        let mut headless = Vec::new();
        for name in names {
            let Some(number) = name.strip_prefix(PREFIX).and_then(|digits| digits.parse().ok()) else {
                continue;
            };
            self.next_number = self.next_number.max(number + 1);
            let blob = self.disk.open(&name).map_err(StoreError::io(READING))?;
            match Segment::read_header(number, blob.clone(), self.store)? {
                Header::Used(segment) => self.segments.push(segment),
                header => {
                    let segment = Segment::headless(number, blob.clone());
                    let mut reader = segment.reader();
                    if matches!(header, Header::Blank)
                        && reader.rest_is_blank().map_err(StoreError::io(READING))?
                    {
                        if blob.len().map_err(StoreError::io(READING))? == self.segment_size {
                            self.ready.push((number, blob));
                        } else {
                            // Preparing it was cut short.
                            let _ = self.disk.remove(&name);
                        }
                    } else {
                        headless.push(segment);
                    }
                }
            }
        }
        self.segments.sort_by_key(|segment| segment.order);
        for segment in headless {
            self.adopt(segment)?;
        }
        self.next_order = self.segments.iter().map(|segment| segment.order + 1).max().unwrap_or(1);
        Ok(())
    }

    /// A segment without a readable header. Torn while it was taken into use, then nothing in it was acknowledged; or
    /// damaged, then its frames say where it belongs. It fills a gap and never supersedes another.
    fn adopt(&mut self, mut segment: Segment) -> Result<()> {
        let mut reader = segment.reader();
        let begins = matches!(reader.step().map_err(StoreError::io(READING))?, Step::Frame(_));
        if begins || reader.skip_damage(0, u64::MAX).map_err(StoreError::io(READING))? {
            if let Step::Frame(frame) = reader.step().map_err(StoreError::io(READING))? {
                segment.first = frame.seq;
            }
            let place = self.segments.iter().rposition(|other| other.first <= segment.first);
            self.segments.insert(place.map_or(0, |before| before + 1), segment);
        } else {
            match set_aside(&*self.disk, &file_name(segment.number), "no part of it can be read") {
                // Who only looks leaves it there; the numbers that are missing say the rest.
                Err(error) if error.kind() == io::ErrorKind::ReadOnlyFilesystem => {}
                moved => drop(moved.map_err(StoreError::io("moving a part of the journal aside"))?),
            }
        }
        Ok(())
    }

    /// The last frame that counts: everything after it was never acknowledged.
    fn find_end(&mut self, base: (u64, Chain)) -> Result<()> {
        for index in (0..self.segments.len()).rev() {
            let Some(end) = self.end_of(index)? else { continue };
            if end.seq >= self.next_seq {
                (self.next_seq, self.chain) = (end.seq + 1, end.chain);
                let segment = &self.segments[index];
                // After a kill the last frame may lie in the machine's memory only; it is about to be shown.
                let durable = segment.blob.sync().is_ok();
                let size = segment.blob.len().map_err(StoreError::io(READING))?;
                let last = index + 1 == self.segments.len() && !segment.headless;
                self.tail = (last && end.clean && durable).then_some(Tail { at: end.at, size });
            }
            if end.seq < base.0 || !self.segments[index].headless {
                break;
            }
        }
        Ok(())
    }

    fn end_of(&self, index: usize) -> Result<Option<End>> {
        let (limit, mut last) = (self.limit(index), None);
        let mut reader = self.segments[index].reader();
        let mut expected = self.segments[index].first;
        loop {
            let at = reader.at;
            let len = match reader.step().map_err(StoreError::io(READING))? {
                Step::Frame(frame) if frame.seq < limit => {
                    expected = frame.seq + 1;
                    if frame.kind != FrameKind::Part {
                        let at = at + frame.len() as u64;
                        last = Some(End { seq: frame.seq, chain: frame.chain(), at, clean: false });
                    }
                    Some(frame.len())
                }
                Step::Garbage => None,
                _ => break,
            };
            let skipped =
                |reader: &mut Reader| reader.skip_damage(expected, limit).map_err(StoreError::io(READING));
            let len = match len {
                Some(len) => len,
                None if skipped(&mut reader)? => 0,
                None => break,
            };
            reader.advance(len);
        }
        if let Some(end) = &mut last {
            end.clean = reader.at == end.at && reader.rest_is_blank().map_err(StoreError::io(READING))?;
        }
        Ok(last)
    }

    /// Frames of this segment count up to below this number.
    fn limit(&self, index: usize) -> u64 {
        let later = self.segments[index + 1..].iter().filter(|later| !later.headless);
        later.map(|later| later.first).min().unwrap_or(u64::MAX)
    }

    pub(crate) fn last_seq(&self) -> u64 {
        self.next_seq - 1
    }

    pub(crate) fn chain(&self) -> Chain {
        self.chain
    }

    /// The number from which on the journal is here.
    pub(crate) fn first_seq(&self) -> u64 {
        self.segments.iter().map(|segment| segment.first).min().unwrap_or(self.next_seq)
    }

    /// What the segment in use can hold, once it holds something.
    pub(crate) fn reached(&self) -> Option<Reached> {
        let (segment, tail) = self.segments.last().zip(self.tail)?;
        let most = segment.first + (tail.size - HEADER) / LEAST_FRAME as u64;
        (self.next_seq > segment.first).then_some(Reached { first: segment.first, most })
    }

    /// After damage: numbers up to `seq` may have been given to commits that are gone, and are not given again.
    pub(crate) fn leap(&mut self, seq: u64) {
        if seq >= self.next_seq {
            self.next_seq = seq + 1;
            self.tail = None;
        }
    }

    pub(crate) fn blob(&self, number: u32) -> Option<Arc<dyn Blob>> {
        self.segments.iter().find(|segment| segment.number == number).map(|segment| segment.blob.clone())
    }

    pub(crate) fn segments(&self) -> usize {
        self.segments.len()
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.segments.iter().map(|segment| segment.blob.len().unwrap_or(0)).sum()
    }

    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    pub(crate) fn ready(&self) -> usize {
        self.ready.len()
    }

    /// A reader's view: it replays while commits go on.
    pub(crate) fn view(&self) -> JournalView {
        let limits = (0..self.segments.len()).map(|index| self.limit(index));
        JournalView::new(self.segments.iter().cloned().zip(limits).collect(), self.next_seq)
    }

    /// Appends a commit; on return it is durable. On error nothing of it counts, and all before it is safe.
    pub(crate) fn commit(&mut self, frame: &mut FrameBuilder) -> Result<Appended> {
        self.append_durably(frame, FrameKind::Whole, 0)
    }

    fn append_durably(&mut self, frame: &mut FrameBuilder, kind: FrameKind, bulk: u64) -> Result<Appended> {
        self.make_room(frame.len(), false)?;
        let mark = self.mark();
        let first_error = match self.append_and_sync(frame, kind, bulk) {
            Ok(appended) => return Ok(appended),
            Err(error) => error,
        };
        // Nothing is known of this file now, not even of what was durable in the same sector. It is never written
        // or synced again; its frames and this one go into another, once.
        let old = self.segments.last().cloned();
        self.rewind(mark);
        let second = (|| {
            let replaced = self.carry_over(old, mark, frame.len())?;
            let appended = self.append_and_sync(frame, kind, bulk)?;
            Ok(Appended { replaced, ..appended })
        })();
        second.map_err(|_: StoreError| {
            self.rewind(mark);
            first_error
        })
    }

    fn append_and_sync(&mut self, frame: &mut FrameBuilder, kind: FrameKind, bulk: u64) -> Result<Appended> {
        let appended = self.append(frame, kind, bulk)?;
        self.sync()?;
        Ok(appended)
    }

    fn append(&mut self, frame: &mut FrameBuilder, kind: FrameKind, bulk: u64) -> Result<Appended> {
        let (Some(segment), Some(tail)) = (self.segments.last(), &mut self.tail) else {
            return Err(StoreError::damaged("the journal", "no segment"));
        };
        let (seq, at) = (self.next_seq, tail.at);
        let mut chain = self.chain;
        let bytes = frame.finish(seq, kind, bulk, &mut chain);
        segment.blob.write_at(bytes, at).map_err(StoreError::io(WRITING))?;
        tail.at += bytes.len() as u64;
        self.written += bytes.len() as u64;
        (self.next_seq, self.chain) = (seq + 1, chain);
        Ok(Appended { seq, segment: segment.number, at, replaced: None })
    }

    fn sync(&self) -> Result<()> {
        self.segments.last().map_or(Ok(()), |segment| segment.blob.sync().map_err(StoreError::io(WRITING)))
    }

    fn make_room(&mut self, len: usize, bulk: bool) -> Result<()> {
        if len > MAX_FRAME {
            return Err(StoreError::TooLarge(MAX_FRAME));
        }
        let len = len as u64;
        if self.tail.is_some_and(|tail| tail.at + len <= tail.size) {
            return Ok(());
        }
        if bulk && self.tail.is_some() {
            self.sync()?;
        }
        self.start_segment(HEADER + len, bulk, (self.next_seq, self.chain))
    }

    fn start_segment(&mut self, need: u64, bulk: bool, (first, chain): (u64, Chain)) -> Result<()> {
        let (number, blob, size) = if !bulk && need <= self.segment_size && !self.ready.is_empty() {
            let (number, blob) = self.ready.remove(0);
            (number, blob, self.segment_size)
        } else {
            let number = self.take_number();
            let blob = self.disk.create(&file_name(number)).map_err(StoreError::io(WRITING))?;
            self.disk.sync_dir().map_err(StoreError::io(WRITING))?;
            (number, blob, if bulk { need.max(BULK_SEGMENT) } else { need.max(self.segment_size) })
        };
        let segment = Segment { number, order: self.next_order, first, chain, headless: false, blob };
        self.next_order += 1;
        let written = segment.blob.write_at(&segment.header(self.store), 0);
        self.segments.push(segment);
        self.tail = None;
        written.map_err(StoreError::io(WRITING))?;
        self.tail = Some(Tail { at: HEADER, size });
        Ok(())
    }

    /// Starts a segment that takes the place of `old` with all of its frames before `mark`; if they cannot be read
    /// back it starts at `mark`.
    fn carry_over(&mut self, old: Option<Segment>, mark: Mark, len: usize) -> Result<Option<u32>> {
        let frames = match (&old, mark.tail) {
            (Some(old), Some(tail)) if tail.at > HEADER => {
                let mut bytes = vec![0; (tail.at - HEADER) as usize];
                let read = old.blob.read_at(&mut bytes, HEADER).ok();
                (read == Some(bytes.len()) && all_frames(&bytes)).then_some((old, bytes))
            }
            _ => None,
        };
        let Some((old, bytes)) = frames else {
            self.start_segment(HEADER + len as u64, false, (mark.next_seq, mark.chain))?;
            return Ok(None);
        };
        self.start_segment(HEADER + (bytes.len() + len) as u64, false, (old.first, old.chain))?;
        if let (Some(segment), Some(tail)) = (self.segments.last(), &mut self.tail) {
            segment.blob.write_at(&bytes, HEADER).map_err(StoreError::io(WRITING))?;
            tail.at = HEADER + bytes.len() as u64;
        }
        Ok(Some(old.number))
    }

    fn mark(&self) -> Mark {
        Mark { next_seq: self.next_seq, chain: self.chain, tail: self.tail }
    }

    /// What was appended since counts for nothing: the next frame takes its number, in a new segment.
    pub(crate) fn rewind(&mut self, to: Mark) {
        (self.next_seq, self.chain, self.tail) = (to.next_seq, to.chain, None);
    }

    /// The next frame goes into a new segment, so that those before can be let go.
    pub(crate) fn turn_page(&mut self) {
        if self.tail.is_some_and(|tail| tail.at > HEADER) {
            self.tail = None;
        }
    }

    pub(crate) fn begin_bulk(&mut self) -> Mark {
        self.mark()
    }

    /// One part of a bulk commit; nothing is durable before [`Journal::end_bulk`].
    pub(crate) fn part(&mut self, mark: Mark, frame: &mut FrameBuilder) -> Result<Appended> {
        self.make_room(frame.len(), true)?;
        self.append(frame, FrameKind::Part, mark.next_seq)
    }

    /// Two syncs: the end is written only when every part is durable, so that an end proves its parts.
    pub(crate) fn end_bulk(&mut self, mark: Mark, frame: &mut FrameBuilder) -> Result<Appended> {
        self.sync()?;
        frame.start();
        self.append_durably(frame, FrameKind::End, mark.next_seq)
    }

    fn take_number(&mut self) -> u32 {
        self.next_number += 1;
        self.next_number - 1
    }

    /// What [`prepare`] needs, if fewer segments than wanted are ready.
    pub(crate) fn wants(&mut self) -> Option<(u32, u64)> {
        (self.ready.len() < PREPARED).then(|| (self.take_number(), self.segment_size))
    }

    pub(crate) fn accept(&mut self, number: u32, blob: Arc<dyn Blob>) {
        self.ready.push((number, blob));
    }

    /// Removes segments of which every frame has a number up to `cover` or is superseded. Where the journal is
    /// damaged they are moved aside: one of them holds the damage, and who knows what can still be read there.
    pub(crate) fn retire(&mut self, cover: u64, is_damaged: bool) -> Result<()> {
        // What supersedes a segment must be durable before the segment goes: the last one holds a commit then.
        if self.tail.is_none_or(|tail| tail.at == HEADER) {
            return Ok(());
        }
        let gone = |index: usize| {
            let limit = self.limit(index);
            index + 1 < self.segments.len() && (limit <= cover + 1 || limit <= self.segments[index].first)
        };
        let gone: Vec<u32> =
            (0..self.segments.len()).filter(|&i| gone(i)).map(|i| self.segments[i].number).collect();
        for &number in &gone {
            let name = file_name(number);
            let removed = match is_damaged {
                // Saves wait meanwhile: all are synced once, below.
                true => self.disk.rename(&name, &format!("aside/of-a-damaged-{name}")),
                false => self.disk.remove(&name),
            };
            removed.map_err(StoreError::io("removing an old journal"))?;
            self.segments.retain(|segment| segment.number != number);
        }
        if gone.is_empty() {
            Ok(())
        } else {
            self.disk.sync_dir().map_err(StoreError::io("removing an old journal"))
        }
    }
}

fn file_name(number: u32) -> String {
    format!("{PREFIX}{number:08}")
}

fn all_frames(mut bytes: &[u8]) -> bool {
    while let Some(frame) = Frame::parse(bytes) {
        bytes = &bytes[frame.len()..];
    }
    bytes.is_empty()
}

/// Makes a zero-filled, durable file of a segment's size. Zeros are written, not merely allocated: an allocated
/// block must be marked as written at the first save, which costs a second flush of the drive's cache.
pub(crate) fn prepare(disk: &dyn Disk, number: u32, size: u64) -> io::Result<Arc<dyn Blob>> {
    let name = file_name(number);
    let filled = (|| {
        let blob = disk.create(&name)?;
        let zeros = vec![0; (64 << 10).min(size as usize)];
        let mut at = 0;
        while at < size {
            let len = zeros.len().min((size - at) as usize);
            blob.write_at(&zeros[..len], at)?;
            at += len as u64;
        }
        blob.sync()?;
        disk.sync_dir()?;
        Ok(blob)
    })();
    if filled.is_err() {
        let _ = disk.remove(&name);
    }
    filled
}
