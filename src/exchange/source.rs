//! Where a roster's bytes come from and how they are written: plain or gzip, and in which encoding.

use super::read::FileFault;
use encoding_rs::{CoderResult, Decoder, GB18030, UTF_16BE, UTF_16LE};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    path::PathBuf,
    sync::Arc,
};

/// A roster is never larger; this also bounds what a gzip file may unpack to.
pub const MOST_BYTES: u64 = 512 << 20;
const CHUNK: usize = 64 << 10;

/// A roster, read from the start as often as needed.
#[derive(Clone, Debug)]
pub enum Source {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Gb18030,
}

impl Source {
    /// The unpacked bytes from the start.
    pub(super) fn open(&self) -> Result<Box<dyn Read>, FileFault> {
        let raw: Box<dyn Read> = match self {
            Source::File(path) => {
                let file = File::open(path)?;
                if !file.metadata()?.is_file() {
                    return Err(FileFault::NotAFile);
                }
                Box::new(file)
            }
            Source::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        };
        let mut raw = BufReader::with_capacity(CHUNK, raw);
        let unpacked: Box<dyn Read> = if raw.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
            Box::new(flate2::bufread::MultiGzDecoder::new(raw))
        } else {
            Box::new(raw)
        };
        Ok(Box::new(Limited { inner: unpacked, left: MOST_BYTES }))
    }

    /// Reads everything once and says how it is encoded, and how many lines it has where bytes tell.
    ///
    /// Without a byte order mark the lines vote: each line outside ASCII counts for UTF-8 if it is that, else for
    /// GB18030. A line of Chinese in one of them is hardly ever valid in the other by accident, and a few strangers in
    /// a long file do not sway it; their cells are reported one by one.
    pub(super) fn survey(&self) -> Result<(Encoding, Option<u64>), FileFault> {
        let mut input = BufReader::with_capacity(CHUNK, self.open()?);
        let head = input.fill_buf()?;
        match head {
            [] => return Err(FileFault::Empty),
            [0x50, 0x4b, 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(FileFault::Workbook),
            [0xff, 0xfe, ..] => return Ok((Encoding::Utf16Le, None)),
            [0xfe, 0xff, ..] => return Ok((Encoding::Utf16Be, None)),
            _ => {}
        }
        let marked = head.starts_with(b"\xef\xbb\xbf");
        let (mut bytes, mut nuls, mut utf8, mut gb) = (0usize, 0usize, 0usize, 0usize);
        let (mut line, mut lines) = (Vec::new(), 0);
        loop {
            line.clear();
            // A line longer than a chunk votes in pieces.
            if (&mut input).take(CHUNK as u64).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            bytes += line.len();
            lines += u64::from(line.ends_with(b"\n"));
            nuls += line.iter().filter(|byte| **byte == 0).count();
            if line.is_ascii() {
                continue;
            }
            if std::str::from_utf8(&line).is_ok() {
                utf8 += 1;
            } else if GB18030.decode_without_bom_handling_and_without_replacement(&line).is_some() {
                gb += 1;
            }
        }
        if nuls > bytes / 8 {
            return Err(FileFault::NotText);
        }
        let encoding = if marked || utf8 >= gb { Encoding::Utf8 } else { Encoding::Gb18030 };
        Ok((encoding, Some(lines)))
    }

    /// The bytes as UTF-8, what cannot be decoded as U+FFFD. A byte order mark is taken off.
    pub(super) fn transcoded(&self, encoding: Encoding) -> Result<Box<dyn Read>, FileFault> {
        let decoder = match encoding {
            Encoding::Utf8 => encoding_rs::UTF_8.new_decoder_with_bom_removal(),
            Encoding::Utf16Le => UTF_16LE.new_decoder_with_bom_removal(),
            Encoding::Utf16Be => UTF_16BE.new_decoder_with_bom_removal(),
            Encoding::Gb18030 => GB18030.new_decoder_without_bom_handling(),
        };
        Ok(Box::new(Transcoded {
            inner: BufReader::with_capacity(CHUNK, self.open()?),
            decoder,
            ready: vec![0; CHUNK],
            from: 0,
            to: 0,
            done: false,
        }))
    }

    /// The bytes as they are, without the mark of UTF-8.
    pub(super) fn unmarked(&self) -> Result<Box<dyn Read>, FileFault> {
        let mut input = BufReader::with_capacity(CHUNK, self.open()?);
        if input.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        Ok(Box::new(input))
    }
}

/// Fails where the input goes on after its bound.
struct Limited {
    inner: Box<dyn Read>,
    left: u64,
}

impl Read for Limited {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(out)?;
        self.left = self.left.checked_sub(got as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(got)
    }
}

struct Transcoded {
    inner: BufReader<Box<dyn Read>>,
    decoder: Decoder,
    ready: Vec<u8>,
    from: usize,
    to: usize,
    done: bool,
}

impl Read for Transcoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.from == self.to && !self.done {
            let input = self.inner.fill_buf()?;
            let last = input.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.ready, last);
            self.inner.consume(read);
            (self.from, self.to) = (0, written);
            self.done = last && result == CoderResult::InputEmpty;
        }
        let count = out.len().min(self.to - self.from);
        out[..count].copy_from_slice(&self.ready[self.from..self.from + count]);
        self.from += count;
        Ok(count)
    }
}
