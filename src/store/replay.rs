//! Reading the journal while commits go on.

use std::sync::Arc;

use super::disk::Blob;
use super::error::{Result, StoreError};
use super::frame::{Frame, FrameKind};
use super::journal::READING;
use super::segment::{HEADER, Reader, Segment, Step};

/// What reading the journal found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalFindings {
    /// Numbers of commits that were once durable and cannot be read now, first and last.
    pub lost: Vec<(u64, u64)>,
    /// The first commit whose chained hash does not follow from the one before.
    pub chain_broken_at: Option<u64>,
}

impl JournalFindings {
    pub fn is_clean(&self) -> bool {
        *self == JournalFindings::default()
    }

    /// What another reading found besides.
    pub(crate) fn add(&mut self, other: JournalFindings) {
        self.chain_broken_at = self.chain_broken_at.or(other.chain_broken_at);
        for range in other.lost {
            if !self.lost.contains(&range) {
                self.lost.push(range);
            }
        }
    }
}

/// The segments as they are at one moment, each with the number from which on its frames no longer count.
pub(crate) struct JournalView {
    segments: Vec<(Segment, u64)>,
    next_seq: u64,
}

impl JournalView {
    pub(super) fn new(segments: Vec<(Segment, u64)>, next_seq: u64) -> JournalView {
        JournalView { segments, next_seq }
    }

    pub(crate) fn blob(&self, number: u32) -> Option<Arc<dyn Blob>> {
        let found = self.segments.iter().find(|(segment, _)| segment.number == number);
        found.map(|(segment, _)| segment.blob.clone())
    }

    /// The number from which on frames are here.
    pub(crate) fn first_seq(&self) -> u64 {
        self.segments.iter().map(|(segment, _)| segment.first).min().unwrap_or(self.next_seq)
    }

    /// About how many bytes of frames with numbers above `from` there are.
    pub(crate) fn bytes_after(&self, from: u64) -> u64 {
        let after = self.segments.iter().filter(|(_, limit)| *limit > from + 1);
        after.map(|(segment, _)| segment.blob.len().unwrap_or(0)).sum()
    }

    /// Gives every frame that counts, with a number above `from`, in order, with its segment and place.
    pub(crate) fn replay(
        &self,
        from: u64,
        each: &mut dyn FnMut(&Frame<'_>, u32, u64) -> Result<()>,
    ) -> Result<JournalFindings> {
        let mut findings = JournalFindings::default();
        let mut expected = from + 1;
        let mut bulk = (0, false);
        for (index, (segment, limit)) in self.segments.iter().enumerate() {
            let limit = (*limit).min(self.next_seq);
            if limit <= expected || segment.first >= limit {
                continue;
            }
            let mut reader = segment.reader();
            let (mut chain, mut within) = ((!segment.headless).then_some(segment.chain), segment.first);
            loop {
                let at = reader.at;
                let len = match reader.step().map_err(StoreError::io(READING))? {
                    Step::Frame(frame) if frame.seq < limit => {
                        if chain.is_some_and(|chain| !frame.follows(&chain))
                            && findings.chain_broken_at.is_none()
                        {
                            findings.chain_broken_at = Some(frame.seq);
                        }
                        (chain, within) = (Some(frame.chain()), frame.seq + 1);
                        if frame.seq >= expected {
                            if frame.seq > expected {
                                findings.lost.push((expected, frame.seq - 1));
                            }
                            expected = frame.seq + 1;
                            if frame.kind != FrameKind::Whole && frame.bulk != bulk.0 {
                                bulk = (frame.bulk, self.bulk_ends(index, at, frame.seq, frame.bulk)?);
                            }
                            if frame.kind == FrameKind::Whole || bulk.1 {
                                each(&frame, segment.number, at)?;
                            }
                        }
                        Some(frame.len())
                    }
                    Step::Garbage => None,
                    _ => break,
                };
                let skipped =
                    |reader: &mut Reader| reader.skip_damage(within, limit).map_err(StoreError::io(READING));
                let len = match len {
                    Some(len) => len,
                    None if skipped(&mut reader)? => 0,
                    None => break,
                };
                reader.advance(len);
            }
        }
        if expected < self.next_seq {
            findings.lost.push((expected, self.next_seq - 1));
        }
        Ok(findings)
    }

    /// Do the parts from this place and number on go on to an end?
    fn bulk_ends(&self, index: usize, at: u64, mut expected: u64, bulk: u64) -> Result<bool> {
        for (offset, (segment, limit)) in self.segments[index..].iter().enumerate() {
            let limit = (*limit).min(self.next_seq);
            if segment.first >= limit {
                continue;
            }
            let mut reader = segment.reader();
            if offset == 0 {
                reader.advance((at - HEADER) as usize);
            }
            while let Step::Frame(frame) = reader.step().map_err(StoreError::io(READING))? {
                match frame.kind {
                    _ if frame.seq >= limit => break,
                    // Left over from what was cancelled.
                    _ if frame.seq < expected => {}
                    FrameKind::Part if frame.bulk == bulk => expected = frame.seq + 1,
                    kind => return Ok(kind == FrameKind::End && frame.bulk == bulk),
                }
                let len = frame.len();
                reader.advance(len);
            }
        }
        Ok(false)
    }
}
