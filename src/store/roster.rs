//! The roster file: every pinned record (kinds from 0x80 up) as of one commit, in sealed pages. The first screen and
//! the search come from it and the journal's tail; it can always be made again.
//!
//! ```text
//! header: magic 8 │ version 2, zero 6 │ store 16 │ commit 8 │ CRC-32C 4, zero 4
//! page:   length 4 │ sealed rows…           row: key 33 │ length 4 │ value
//! end:    zero 4 │ length 4 │ sealed number of rows 8 and pages 4
//! ```

use std::sync::{Arc, mpsc};
use std::thread;

use uuid::Uuid;

use super::Key;
use super::disk::{Blob, Disk};
use super::error::{Result, StoreError};
use super::frame::{KEY_BYTES, u32_at, u64_at};
use crate::vault::DataKeys;

pub(crate) const NAME: &str = "roster";
const MAGIC: &[u8; 8] = b"THROSTER";
const VERSION: u16 = 1;
const HEAD: usize = 48;
const PAGE: usize = 64 << 10;
/// Pages opened and not yet taken in.
const PAGES_AHEAD: usize = 4;
const MAX_PAGE: usize = 80 << 20;
const END_PAGE: u32 = u32::MAX;

const FILE: &str = "the roster file";
const READING: &str = "reading the roster file";
const WRITING: &str = "writing the roster file";

pub(crate) struct RosterWriter<'a> {
    disk: &'a dyn Disk,
    blob: Arc<dyn Blob>,
    keys: DataKeys,
    aad: Aad,
    at: u64,
    page: Vec<u8>,
    pages: u32,
    rows: u64,
}

const TMP: &str = "roster.tmp";

impl<'a> RosterWriter<'a> {
    pub(crate) fn create(
        disk: &'a dyn Disk,
        keys: DataKeys,
        store: Uuid,
        seq: u64,
    ) -> Result<RosterWriter<'a>> {
        let blob = disk.create(TMP).map_err(StoreError::io(WRITING))?;
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.extend_from_slice(&[0; 6]);
        head.extend_from_slice(store.as_bytes());
        head.extend_from_slice(&seq.to_le_bytes());
        head.extend_from_slice(&crc32c::crc32c(&head).to_le_bytes());
        head.resize(HEAD, 0);
        blob.write_at(&head, 0).map_err(StoreError::io(WRITING))?;
        let page = Vec::with_capacity(PAGE + PAGE / 4);
        Ok(RosterWriter {
            disk,
            blob,
            keys,
            aad: Aad { store, seq },
            at: HEAD as u64,
            page,
            pages: 0,
            rows: 0,
        })
    }

    pub(crate) fn push(&mut self, key: Key, value: &[u8]) -> Result<()> {
        self.page.extend_from_slice(&key.to_bytes());
        self.page.extend_from_slice(&(value.len() as u32).to_le_bytes());
        self.page.extend_from_slice(value);
        self.rows += 1;
        if self.page.len() >= PAGE { self.end_page() } else { Ok(()) }
    }

    fn end_page(&mut self) -> Result<()> {
        if self.page.is_empty() {
            return Ok(());
        }
        let page = std::mem::take(&mut self.page);
        self.write(self.pages, &page, &[])?;
        self.pages += 1;
        self.page = page;
        self.page.clear();
        Ok(())
    }

    fn write(&mut self, number: u32, plain: &[u8], before: &[u8]) -> Result<()> {
        let len = (plain.len() + DataKeys::OVERHEAD) as u32;
        let mut bytes = Vec::with_capacity(len as usize + 8);
        bytes.extend_from_slice(before);
        bytes.extend_from_slice(&len.to_le_bytes());
        self.keys.seal_into(&mut bytes, &self.aad.of(number), plain);
        self.blob.write_at(&bytes, self.at).map_err(StoreError::io(WRITING))?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Durable, and in the place of the file before.
    pub(crate) fn finish(mut self) -> Result<u64> {
        self.end_page()?;
        let mut end = self.rows.to_le_bytes().to_vec();
        end.extend_from_slice(&self.pages.to_le_bytes());
        self.write(END_PAGE, &end, &[0; 4])?;
        self.blob.sync().map_err(StoreError::io(WRITING))?;
        self.disk.rename(TMP, NAME).map_err(StoreError::io(WRITING))?;
        self.disk.sync_dir().map_err(StoreError::io(WRITING))?;
        Ok(self.rows)
    }
}

/// Binds a page to its file and its place in it.
#[derive(Clone, Copy)]
struct Aad {
    store: Uuid,
    seq: u64,
}

impl Aad {
    fn of(self, page: u32) -> Vec<u8> {
        [b"roster".as_slice(), self.store.as_bytes(), &self.seq.to_le_bytes(), &page.to_le_bytes()].concat()
    }
}

pub(crate) struct Roster {
    blob: Arc<dyn Blob>,
    aad: Aad,
}

impl Roster {
    /// `None` if there is no file.
    pub(crate) fn open(disk: &dyn Disk, store: Uuid) -> Result<Option<Roster>> {
        let blob = match disk.open(NAME) {
            Ok(blob) => blob,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(READING)(error)),
        };
        let mut head = [0; HEAD];
        let read = blob.read_at(&mut head, 0).map_err(StoreError::io(READING))?;
        if read < HEAD || &head[..8] != MAGIC || crc32c::crc32c(&head[..40]) != u32_at(&head, 40) {
            return Err(StoreError::damaged(FILE, "header"));
        }
        let found = u16::from_le_bytes([head[8], head[9]]);
        if found > VERSION {
            return Err(StoreError::Newer { file: FILE, found, known: VERSION });
        }
        if &head[16..32] != store.as_bytes() {
            return Err(StoreError::damaged(FILE, "it belongs to another store"));
        }
        Ok(Some(Roster { blob, aad: Aad { store, seq: u64_at(&head, 32) } }))
    }

    pub(crate) fn seq(&self) -> u64 {
        self.aad.seq
    }

    /// Every row; the value is a slice of its page. An error may come after some rows were given.
    ///
    /// The next pages are read and opened on a thread of their own while the rows of one are taken in: the first
    /// screen waits for this.
    pub(crate) fn read(&self, keys: &DataKeys, each: &mut dyn FnMut(Key, &[u8]) -> Result<()>) -> Result<()> {
        thread::scope(|scope| {
            let (send, pages) = mpsc::sync_channel(PAGES_AHEAD);
            let open = move || self.open_pages(keys, &mut |page| send.send(page).is_ok());
            thread::Builder::new()
                .name("roster".into())
                .spawn_scoped(scope, open)
                .map_err(StoreError::io("starting to read the roster file"))?;
            let (mut rows, mut count) = (0, 0);
            for page in pages {
                let (plain, is_end) = page?;
                if is_end {
                    let whole = plain.len() == 12 && u64_at(&plain, 0) == rows && u32_at(&plain, 8) == count;
                    return if whole { Ok(()) } else { Err(StoreError::damaged(FILE, "rows are missing")) };
                }
                rows += give_rows(&plain, each)?;
                count += 1;
            }
            Err(StoreError::damaged(FILE, "cut short"))
        })
    }

    /// Gives each page opened, and whether it is the end; stops after the end, an error, or when nobody listens.
    fn open_pages(&self, keys: &DataKeys, give: &mut dyn FnMut(Result<(Vec<u8>, bool)>) -> bool) {
        let (mut at, mut page, mut sealed) = (HEAD as u64, 0, Vec::new());
        loop {
            let opened = self.open_page(keys, &mut at, page, &mut sealed);
            let last = !matches!(opened, Ok((_, false)));
            if !give(opened) || last {
                return;
            }
            page += 1;
        }
    }

    fn open_page(
        &self,
        keys: &DataKeys,
        at: &mut u64,
        page: u32,
        sealed: &mut Vec<u8>,
    ) -> Result<(Vec<u8>, bool)> {
        let len = self.length_at(*at)?;
        let is_end = len == 0;
        let (len, body) = if is_end { (self.length_at(*at + 4)?, *at + 8) } else { (len, *at + 4) };
        if len > MAX_PAGE {
            return Err(StoreError::damaged(FILE, "a page"));
        }
        sealed.resize(len, 0);
        let read = self.blob.read_at(sealed, body).map_err(StoreError::io(READING))?;
        if read < len {
            return Err(StoreError::damaged(FILE, "cut short"));
        }
        let number = if is_end { END_PAGE } else { page };
        let mut plain = Vec::new();
        keys.open_into(&mut plain, &self.aad.of(number), sealed)
            .map_err(|_| StoreError::damaged(FILE, "a page"))?;
        *at = body + len as u64;
        Ok((plain, is_end))
    }

    fn length_at(&self, at: u64) -> Result<usize> {
        let mut word = [0; 4];
        let read = self.blob.read_at(&mut word, at).map_err(StoreError::io(READING))?;
        if read == 4 { Ok(u32_at(&word, 0) as usize) } else { Err(StoreError::damaged(FILE, "cut short")) }
    }
}

fn give_rows(mut page: &[u8], each: &mut dyn FnMut(Key, &[u8]) -> Result<()>) -> Result<u64> {
    let mut rows = 0;
    while let Some((key, rest)) = page.split_first_chunk::<KEY_BYTES>() {
        let damaged = || StoreError::damaged(FILE, "a row");
        let (len, rest) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        let len = u32::from_le_bytes(*len) as usize;
        let value = rest.get(..len).ok_or_else(damaged)?;
        each(Key::from_bytes(key), value)?;
        page = &rest[len..];
        rows += 1;
    }
    Ok(rows)
}
