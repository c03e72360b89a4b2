//! The roster file: every pinned record (kinds from 0x80 up) as of one commit, in sealed pages. The first screen and
//! the search come from it and the journal's tail; it can always be made again.
//!
//! ```text
//! header: magic 8 │ version 2, zero 6 │ store 16 │ commit 8 │ CRC-32C 4, zero 4
//! page:   length 4 │ sealed rows…           row: key 33 │ length 4 │ value
//! end:    zero 4 │ length 4 │ sealed number of rows 8 and pages 4
//! ```

use std::ops::Range;
use std::sync::Arc;
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

/// Where each page's sealed bytes begin and how many they are, and how many rows there are in all.
struct Layout {
    pages: Vec<(u64, usize)>,
    rows: u64,
}

impl Layout {
    fn check(&self, rows: u64) -> Result<()> {
        if rows == self.rows { Ok(()) } else { Err(StoreError::damaged(FILE, "rows are missing")) }
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
    pub(crate) fn read(&self, keys: &DataKeys, each: &mut dyn FnMut(Key, &[u8]) -> Result<()>) -> Result<()> {
        let layout = self.layout(keys)?;
        let rows = self.read_pages(keys, &layout, 0..layout.pages.len(), each)?;
        layout.check(rows)
    }

    /// Whether every page is sealed in the newest epoch of these keys.
    pub(crate) fn is_of(&self, keys: &DataKeys) -> Result<bool> {
        let layout = self.layout(keys)?;
        let mut epoch = [0; 2];
        for (at, _) in layout.pages {
            self.blob.read_at(&mut epoch, at).map_err(StoreError::io(READING))?;
            if u16::from_le_bytes(epoch) != keys.epoch() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Every row, to `parts` takers at once, each on a thread of its own: the first screen waits for this. A taker
    /// gets the rows of pages that follow each other, and they come back in the order of the file.
    pub(crate) fn gather<T: Default + Send>(
        &self,
        keys: &DataKeys,
        parts: usize,
        take: &(dyn Fn(&mut T, Key, &[u8]) + Sync),
    ) -> Result<Vec<T>> {
        let layout = self.layout(keys)?;
        let layout = &layout;
        let each = layout.pages.len().div_ceil(parts.max(1)).max(1);
        let part = |first: usize| {
            let mut taker = T::default();
            let pages = first..(first + each).min(layout.pages.len());
            let rows = self.read_pages(keys, layout, pages, &mut |key, value| {
                take(&mut taker, key, value);
                Ok(())
            })?;
            Ok((taker, rows))
        };
        let part = &part;
        thread::scope(|scope| {
            let mut firsts = (0..layout.pages.len()).step_by(each);
            let own = firsts.next();
            let spawn = |first| {
                let builder = thread::Builder::new().name("roster".into());
                // No thread to be had: this one does it all.
                builder.spawn_scoped(scope, move || part(first)).map_err(|_| first)
            };
            let others: Vec<_> = firsts.map(spawn).collect();
            let mut done: Vec<Result<(T, u64)>> = own.map(part).into_iter().collect();
            done.extend(others.into_iter().map(|other| match other {
                Ok(thread) => thread.join().unwrap_or_else(|_| Err(StoreError::damaged(FILE, "a page"))),
                Err(first) => part(first),
            }));
            let done: Vec<(T, u64)> = done.into_iter().collect::<Result<_>>()?;
            layout.check(done.iter().map(|(_, rows)| rows).sum())?;
            Ok(done.into_iter().map(|(taker, _)| taker).collect())
        })
    }

    /// Whether pages follow each other to the end, which needs no key.
    pub(crate) fn measure(&self) -> Result<()> {
        let (_, at) = self.pages()?;
        let end = at + 8 + self.length_at(at + 4)?.min(MAX_PAGE) as u64;
        let len = self.blob.len().map_err(StoreError::io(READING))?;
        if end == len { Ok(()) } else { Err(StoreError::damaged(FILE, "its length")) }
    }

    /// Where the pages lie, and where they end.
    fn pages(&self) -> Result<(Vec<(u64, usize)>, u64)> {
        let (mut at, mut pages) = (HEAD as u64, vec![]);
        loop {
            match self.length_at(at)? {
                0 => return Ok((pages, at)),
                len if len > MAX_PAGE => return Err(StoreError::damaged(FILE, "a page")),
                len => {
                    pages.push((at + 4, len));
                    at += 4 + len as u64;
                }
            }
        }
    }

    /// What the end says is checked here, but for the number of rows.
    fn layout(&self, keys: &DataKeys) -> Result<Layout> {
        let (pages, at) = self.pages()?;
        let end = (at + 8, self.length_at(at + 4)?.min(MAX_PAGE));
        let (mut sealed, mut plain) = (vec![], vec![]);
        self.open_page(keys, end, END_PAGE, &mut sealed, &mut plain)?;
        if plain.len() != 12 || u32_at(&plain, 8) as usize != pages.len() {
            return Err(StoreError::damaged(FILE, "pages are missing"));
        }
        Ok(Layout { pages, rows: u64_at(&plain, 0) })
    }

    fn read_pages(
        &self,
        keys: &DataKeys,
        layout: &Layout,
        pages: Range<usize>,
        each: &mut dyn FnMut(Key, &[u8]) -> Result<()>,
    ) -> Result<u64> {
        let (mut sealed, mut plain, mut rows) = (vec![], vec![], 0);
        for page in pages {
            self.open_page(keys, layout.pages[page], page as u32, &mut sealed, &mut plain)?;
            rows += give_rows(&plain, each)?;
        }
        Ok(rows)
    }

    fn open_page(
        &self,
        keys: &DataKeys,
        (at, len): (u64, usize),
        page: u32,
        sealed: &mut Vec<u8>,
        plain: &mut Vec<u8>,
    ) -> Result<()> {
        sealed.resize(len, 0);
        let read = self.blob.read_at(sealed, at).map_err(StoreError::io(READING))?;
        if read < len {
            return Err(StoreError::damaged(FILE, "cut short"));
        }
        plain.clear();
        keys.open_into(plain, &self.aad.of(page), sealed).map_err(|_| StoreError::damaged(FILE, "a page"))
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
