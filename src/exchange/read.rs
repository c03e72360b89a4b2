//! Bytes to rows: separators, quotes and lines, in flat memory whatever the file holds.
//!
//! The reader is our own because a stray quote or a pasted picture can make one cell of the whole file: each cell, row
//! and header is bounded here, and the fault names the line and the column where it stands.

use super::cell;
use super::source::{Encoding, Source};
use encoding_rs::GB18030;
use std::io::{self, Read};

/// Longest cell in bytes: the longest field (20,000 characters) in the widest encoding, and then some.
pub const MOST_CELL: usize = 128 << 10;
/// Most columns of a header.
pub const MOST_COLUMNS: usize = 1_000;
/// Longest row in bytes, so that a thousand long cells do not fill the memory.
const MOST_ROW: usize = 1 << 20;
/// Lines looked at to find the separator and the header.
const FIRST_LINES: usize = 20;
/// Bytes looked at for that.
const FIRST_BYTES: usize = 256 << 10;

/// Why a file cannot be read as a roster at all.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    #[error("the file cannot be read: {0}")]
    Io(io::Error),
    #[error("not a file")]
    NotAFile,
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {} MB", super::source::MOST_BYTES >> 20)]
    TooLarge,
    #[error("a spreadsheet workbook, not a text file")]
    Workbook,
    #[error("not a text file")]
    NotText,
    #[error("{columns} columns in line {line}")]
    TooManyColumns { line: u64, columns: usize },
    #[error("the quote of line {line}, column {column} is never closed")]
    OpenQuote { line: u64, column: usize },
    #[error("no column holds names")]
    NoName,
    #[error("no rows under the header")]
    NoRows,
    #[error("the file changed while it was read")]
    Changed,
}

impl From<io::Error> for FileFault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::FileTooLarge => FileFault::TooLarge,
            _ => FileFault::Io(error),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    Comma,
    Tab,
    Semicolon,
    /// ，as typed with an input method on.
    WideComma,
}

impl Separator {
    /// In order of preference where the lines fit several.
    pub const ALL: [Separator; 4] = [Self::Comma, Self::Tab, Self::Semicolon, Self::WideComma];
    const WIDE: u32 = 0xef_bc_8c;

    fn byte(self) -> Option<u8> {
        match self {
            Separator::Comma => Some(b','),
            Separator::Tab => Some(b'\t'),
            Separator::Semicolon => Some(b';'),
            Separator::WideComma => None,
        }
    }
}

/// What is wrong with the characters of a cell, whatever it is meant to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Written in another encoding than the file; it may be meant so.
    Encoding { likely: Option<String> },
    /// Longer than [`MOST_CELL`]; only its beginning is kept.
    TooLong,
    /// Control characters or escape sequences.
    Control,
}

/// A cell as it stands in the file.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pub raw: String,
    pub trouble: Option<Trouble>,
}

impl std::fmt::Debug for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cell({} bytes)", self.raw.len())
    }
}

/// A row that is not empty.
#[derive(Clone, Debug, Default)]
pub struct SheetRow {
    /// The line of the file where it begins, from 1.
    pub line: u64,
    pub cells: Vec<Cell>,
    /// How many cells it has: more than `cells` when it goes past [`MOST_COLUMNS`].
    pub count: usize,
}

/// A roster whose form is known.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub source: Source,
    pub encoding: Encoding,
    pub separator: Separator,
    /// The line of the header, from 1: titles may stand above it.
    pub header_line: u64,
    /// How many lines the file has, where that could be told.
    pub lines: Option<u64>,
    pub headers: Vec<String>,
}

impl Sheet {
    /// Reads the file once to see how it is written, and its first lines to find separator and header. `known` says
    /// how many of a row's cells are headers that a roster may have.
    pub fn open(source: Source, known: &dyn Fn(&[String]) -> usize) -> Result<Self, FileFault> {
        let (encoding, lines) = source.survey()?;
        let mut sample = Vec::new();
        source.transcoded(encoding)?.take(FIRST_BYTES as u64).read_to_end(&mut sample)?;
        let mut best: Option<((usize, usize), Separator, Vec<SheetRow>)> = None;
        for separator in Separator::ALL {
            let rows = first_rows(&sample, separator)?;
            let points = regularity(&rows);
            if best.as_ref().is_none_or(|(most, ..)| points > *most) {
                best = Some((points, separator, rows));
            }
        }
        let Some((_, separator, rows)) = best else { return Err(FileFault::Empty) };
        let texts = |row: &SheetRow| -> Vec<String> {
            row.cells.iter().map(|cell| cell::clean(&cell.raw).into_owned()).collect()
        };
        // A title may stand above the header: the header is the row with most known names, the first of equals.
        let mut header: Option<(usize, &SheetRow)> = None;
        for row in &rows {
            let count = known(&texts(row));
            if header.is_none_or(|(most, _)| count > most) {
                header = Some((count, row));
            }
        }
        let Some((_, header)) = header else { return Err(FileFault::Empty) };
        if header.count > MOST_COLUMNS {
            return Err(FileFault::TooManyColumns { line: header.line, columns: header.count });
        }
        let mut headers = texts(header);
        while headers.last().is_some_and(String::is_empty) {
            headers.pop();
        }
        Ok(Self { source, encoding, separator, header_line: header.line, lines, headers })
    }

    /// The rows under the header.
    pub fn rows(&self) -> Result<Rows, FileFault> {
        // Cells of GB18030 are split undecoded, so that a cell in another encoding can be named; no byte of a
        // character equals a separator there. The wide comma is several bytes and needs the decoded text.
        let split_raw = self.separator != Separator::WideComma;
        let (input, gb) = match self.encoding {
            Encoding::Utf8 => (self.source.unmarked()?, false),
            Encoding::Gb18030 if split_raw => (self.source.open()?, true),
            encoding => (self.source.transcoded(encoding)?, false),
        };
        let mut rows = Rows::new(input, self.separator, gb);
        while rows.line <= self.header_line {
            if rows.read()?.is_none() {
                break;
            }
        }
        Ok(rows)
    }
}

fn first_rows(sample: &[u8], separator: Separator) -> Result<Vec<SheetRow>, FileFault> {
    let mut rows = Rows::new(Box::new(io::Cursor::new(sample.to_vec())), separator, false);
    let mut first = Vec::new();
    while first.len() < FIRST_LINES {
        match rows.read() {
            Ok(Some(row)) => first.push(row),
            // The sample may end in the middle of a quoted cell.
            Ok(None) | Err(FileFault::OpenQuote { .. }) => break,
            Err(fault) => return Err(fault),
        }
    }
    Ok(first)
}

/// How much like a table the rows are: rows that have the commonest number of columns, then that number.
fn regularity(rows: &[SheetRow]) -> (usize, usize) {
    let same = |count: usize| rows.iter().filter(|row| row.count == count).count();
    rows.iter()
        .map(|row| row.count)
        .filter(|count| *count > 1)
        .map(|count| (same(count), count))
        .max()
        .unwrap_or_default()
}

/// Rows, one after the other.
pub struct Rows {
    input: Box<dyn Read>,
    buffer: Box<[u8]>,
    at: usize,
    len: usize,
    separator: Separator,
    gb: bool,
    /// The line that the next byte is in.
    line: u64,
    after_cr: bool,
    bytes: u64,
    checksum: u32,
}

#[derive(Clone, Copy, PartialEq)]
enum Within {
    Start,
    Plain,
    Quoted,
    /// After the quote that closes, unless another follows.
    Closed,
}

impl Rows {
    fn new(input: Box<dyn Read>, separator: Separator, gb: bool) -> Self {
        Self {
            input,
            buffer: vec![0; 64 << 10].into(),
            at: 0,
            len: 0,
            separator,
            gb,
            line: 1,
            after_cr: false,
            bytes: 0,
            checksum: 0,
        }
    }

    /// Bytes read so far, unpacked.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Of all bytes read so far: two readings of the same file end with the same.
    pub fn checksum(&self) -> u32 {
        self.checksum
    }

    /// The next row in which anything stands.
    pub fn read(&mut self) -> Result<Option<SheetRow>, FileFault> {
        while let Some(row) = self.line()? {
            let filled = |cell: &Cell| cell.trouble.is_some() || !cell::clean(&cell.raw).is_empty();
            if row.count > row.cells.len() || row.cells.iter().any(filled) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn byte(&mut self) -> Result<Option<u8>, FileFault> {
        if self.at == self.len {
            self.len = loop {
                match self.input.read(&mut self.buffer) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    result => break result?,
                }
            };
            self.at = 0;
            self.bytes += self.len as u64;
            self.checksum = crc32c::crc32c_append(self.checksum, &self.buffer[..self.len]);
            if self.len == 0 {
                return Ok(None);
            }
        }
        self.at += 1;
        Ok(Some(self.buffer[self.at - 1]))
    }

    fn line(&mut self) -> Result<Option<SheetRow>, FileFault> {
        let comma = self.separator.byte();
        let mut cell = Collected::default();
        let mut within = Within::Start;
        let mut row: Option<SheetRow> = None;
        let mut room = MOST_ROW;
        let mut opened = self.line;
        let mut last = [0; 4]; // the last bytes outside quotes, for the wide comma
        loop {
            let Some(byte) = self.byte()? else {
                if within == Within::Quoted {
                    return Err(FileFault::OpenQuote {
                        line: opened,
                        column: row.map_or(0, |row| row.count) + 1,
                    });
                }
                if let Some(row) = &mut row {
                    self.keep(row, &mut cell, &mut room);
                }
                return Ok(row);
            };
            let paired = std::mem::take(&mut self.after_cr) && byte == b'\n';
            if paired && within != Within::Quoted {
                continue;
            }
            let row = row.get_or_insert_with(|| SheetRow { line: self.line, ..SheetRow::default() });
            if within == Within::Quoted {
                match byte {
                    b'"' => within = Within::Closed,
                    _ => {
                        self.line += u64::from(byte == b'\n');
                        cell.push(byte, room);
                    }
                }
                continue;
            }
            match byte {
                b'\n' | b'\r' => {
                    self.line += 1;
                    self.after_cr = byte == b'\r';
                    self.keep(row, &mut cell, &mut room);
                    return Ok(Some(std::mem::take(row)));
                }
                b'"' if within == Within::Start => {
                    opened = self.line;
                    within = Within::Quoted;
                }
                b'"' if within == Within::Closed => {
                    cell.push(byte, room);
                    within = Within::Quoted;
                }
                _ if Some(byte) == comma => {
                    self.keep(row, &mut cell, &mut room);
                    within = Within::Start;
                }
                _ => {
                    if within == Within::Closed {
                        last = [0; 4];
                    }
                    last = [0, last[2], last[3], byte];
                    cell.push(byte, room);
                    within = Within::Plain;
                    if comma.is_none() && u32::from_be_bytes(last) == Separator::WIDE {
                        cell.bytes.truncate(cell.bytes.len().saturating_sub(3));
                        self.keep(row, &mut cell, &mut room);
                        within = Within::Start;
                    }
                }
            }
        }
    }

    fn keep(&self, row: &mut SheetRow, cell: &mut Collected, room: &mut usize) {
        row.count += 1;
        if row.cells.len() < MOST_COLUMNS {
            *room = room.saturating_sub(cell.bytes.len());
            row.cells.push(decode(cell, self.gb));
        }
        cell.bytes.clear();
        cell.cut = false;
    }
}

/// The bytes of a cell, as far as there is room.
#[derive(Default)]
struct Collected {
    bytes: Vec<u8>,
    cut: bool,
}

impl Collected {
    fn push(&mut self, byte: u8, room: usize) {
        if self.bytes.len() < MOST_CELL.min(room) {
            self.bytes.push(byte);
        } else {
            self.cut = true;
        }
    }
}

fn decode(cell: &Collected, gb: bool) -> Cell {
    let bytes = &cell.bytes[..];
    let utf8 = || std::str::from_utf8(bytes).ok().map(str::to_owned);
    let gb18030 =
        || GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned());
    if cell.cut {
        let lossy =
            if gb { GB18030.decode_without_bom_handling(bytes).0 } else { String::from_utf8_lossy(bytes) };
        // Written out and read again it is still found to be cut.
        let raw = lossy.chars().take(200).chain([char::REPLACEMENT_CHARACTER]).collect();
        return Cell { raw, trouble: Some(Trouble::TooLong) };
    }
    match if gb { gb18030() } else { utf8() } {
        Some(raw) if raw.contains(char::REPLACEMENT_CHARACTER) => {
            Cell { raw, trouble: Some(Trouble::Encoding { likely: None }) }
        }
        Some(raw) => {
            let trouble = cell::has_controls(&raw).then_some(Trouble::Control);
            Cell { raw, trouble }
        }
        None => {
            let likely = if gb { utf8() } else { gb18030() };
            let likely = likely.filter(|text| !cell::has_controls(text) && !text.contains('\u{fffd}'));
            let raw = String::from_utf8_lossy(bytes).into_owned();
            Cell { raw, trouble: Some(Trouble::Encoding { likely }) }
        }
    }
}

#[cfg(test)]
mod tests;
