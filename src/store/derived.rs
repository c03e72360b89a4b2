//! Files that hold nothing but what can be made again from the records, in sealed blocks read one by one; and what
//! their maker has to know: which records changed since.
//!
//! ```text
//! header: magic 8 │ version 2, zero 6 │ store 16 │ random id of the file 16
//! block:  sealed bytes                     bound to the store, the file's id and the place in the file
//! root:   sealed bytes, as the last block
//! end:    place of the root 4 │ its length 4 │ CRC-32C 4
//! ```

use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};

use uuid::Uuid;

use super::disk::{Blob, Disk};
use super::engine::held;
use super::error::{Result, StoreError};
use super::frame::u32_at;
use super::opening::random_id;
use super::{Key, Seq, Store};
use crate::vault::DataKeys;

const MAGIC: &[u8; 8] = b"THDERIVE";
const VERSION: u16 = 1;
const HEAD: usize = 48;
const END: usize = 12;

const FILE: &str = "a derived file";
const READING: &str = "reading a derived file";
const WRITING: &str = "writing a derived file";

/// Where such files are kept: the store's directory, by plain names in it. What is written is sealed with the keys of
/// the moment this was asked for.
#[derive(Clone)]
pub struct Derived {
    disk: Arc<dyn Disk>,
    keys: DataKeys,
    store: Uuid,
}

impl Store {
    pub fn derived(&self) -> Derived {
        let keys = self.engine.keys.read().unwrap_or_else(PoisonError::into_inner).derived.clone();
        Derived { disk: self.engine.disk.clone(), keys, store: self.engine.store }
    }

    /// The last commit.
    pub fn last(&self) -> Seq {
        Seq(held(&self.engine.writer).journal.last_seq())
    }

    /// Commits are known to have been lost to damage since the store was opened: what was derived from them may say
    /// what no record says.
    pub fn has_lost(&self) -> bool {
        !held(&self.engine.notes).findings.lost.is_empty()
    }

    /// Gives the keys that commits after `since` changed, as often as they did, and answers the last commit looked
    /// at. `None` if the journal does not go back as far or not up to `since`, if some of it is lost to damage, or if
    /// `each` breaks; keys may have been given then all the same.
    ///
    /// # Errors
    /// If the journal cannot be read from the disk.
    pub fn changed_since(
        &self,
        since: Seq,
        each: &mut dyn FnMut(Key) -> ControlFlow<()>,
    ) -> Result<Option<Seq>> {
        let (view, first, last) = {
            let writer = held(&self.engine.writer);
            (writer.journal.view(), writer.journal.first_seq(), writer.journal.last_seq())
        };
        if since.0 >= last {
            return Ok((since.0 == last).then_some(since));
        }
        if first > since.0 + 1 {
            return Ok(None);
        }
        let read = view.replay(since.0, &mut |frame, _, _| {
            let broken = frame.ops().any(|op| each(op.key).is_break());
            if broken { Err(StoreError::Cancelled) } else { Ok(()) }
        });
        match read {
            Ok(findings) => Ok(findings.lost.is_empty().then_some(Seq(last))),
            Err(StoreError::Cancelled) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Derived {
    /// Begins a file; it takes its name, and the place of any of that name, when it is finished. Dropped before, it
    /// is removed.
    ///
    /// # Errors
    /// [`StoreError::Full`], or another fault of the disk or of the system's random source.
    pub fn create(&self, name: &str) -> Result<DerivedWriter> {
        let id = random_id()?;
        let tmp = format!("{name}.tmp");
        let blob = self.disk.create(&tmp).map_err(StoreError::io(WRITING))?;
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.extend_from_slice(&[0; 6]);
        head.extend_from_slice(self.store.as_bytes());
        head.extend_from_slice(id.as_bytes());
        blob.write_at(&head, 0).map_err(StoreError::io(WRITING))?;
        let (place, name) = (self.clone(), name.to_owned());
        Ok(DerivedWriter { place, name, tmp: Some(tmp), blob, id, at: HEAD as u64 })
    }

    /// `None` if there is no such file. Only its two ends are looked at; a block shows damage when it is read.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if it is cut or changed there, of another version or of another store; a fault of the
    /// disk.
    pub fn open(&self, name: &str) -> Result<Option<DerivedFile>> {
        let blob = match self.disk.open(name) {
            Ok(blob) => blob,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(READING)(error)),
        };
        let bytes = blob.len().map_err(StoreError::io(READING))?;
        let damaged = || StoreError::damaged(FILE, "its ends");
        let (mut head, mut end) = ([0; HEAD], [0; END]);
        let at = bytes.checked_sub(END as u64).filter(|at| *at >= HEAD as u64).ok_or_else(damaged)?;
        blob.read_at(&mut head, 0).map_err(StoreError::io(READING))?;
        blob.read_at(&mut end, at).map_err(StoreError::io(READING))?;
        if &head[..8] != MAGIC
            || head[8..10] != VERSION.to_le_bytes()
            || &head[16..32] != self.store.as_bytes()
            || crc32c::crc32c(&end[..8]) != u32_at(&end, 8)
        {
            return Err(damaged());
        }
        let mut id = [0; 16];
        id.copy_from_slice(&head[32..]);
        let (place, id) = (self.clone(), Uuid::from_bytes(id));
        Ok(Some(DerivedFile { place, blob, id, bytes, root: (u32_at(&end, 0), u32_at(&end, 4)) }))
    }

    /// Names that begin so, sorted.
    ///
    /// # Errors
    /// If the directory cannot be read.
    pub fn list(&self, prefix: &str) -> Result<Vec<String>> {
        let mut names = self.disk.list("").map_err(StoreError::io("listing the data directory"))?;
        names.retain(|name| name.starts_with(prefix));
        Ok(names)
    }

    /// It does not matter if it is not there.
    pub fn remove(&self, name: &str) {
        let _ = self.disk.remove(name);
    }

    fn aad(&self, id: Uuid, at: u32) -> Vec<u8> {
        [b"derived".as_slice(), self.store.as_bytes(), id.as_bytes(), &at.to_le_bytes()].concat()
    }
}

/// A file being written, one block after the other. No block of it can be read before [`DerivedWriter::finish`].
pub struct DerivedWriter {
    place: Derived,
    name: String,
    tmp: Option<String>,
    blob: Arc<dyn Blob>,
    id: Uuid,
    at: u64,
}

impl DerivedWriter {
    /// Names the file of this moment: no other ever has it.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Seals a block and writes it; gives its place in the file and its sealed length, in bytes, as
    /// [`DerivedFile::block`] takes them.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] if it would begin past 4 GiB or be as long; [`StoreError::Full`] or another fault of
    /// the disk.
    pub fn block(&mut self, plain: &[u8]) -> Result<(u32, u32)> {
        let too_large = |_| StoreError::TooLarge(u32::MAX as usize);
        let at = u32::try_from(self.at).map_err(too_large)?;
        let sealed = self.place.keys.seal(&self.place.aad(self.id, at), plain);
        let len = u32::try_from(sealed.len()).map_err(too_large)?;
        self.blob.write_at(&sealed, self.at).map_err(StoreError::io(WRITING))?;
        self.at += u64::from(len);
        Ok((at, len))
    }

    /// Writes the root as the last block. On return the file is durable, and in the place of the one before.
    ///
    /// # Errors
    /// As [`DerivedWriter::block`]. The file before is then still in its place, unless it was only its directory that
    /// could not be synced: a cut may leave either.
    pub fn finish(mut self, root: &[u8]) -> Result<()> {
        let (at, len) = self.block(root)?;
        let mut end = [at.to_le_bytes(), len.to_le_bytes()].concat();
        end.extend_from_slice(&crc32c::crc32c(&end).to_le_bytes());
        self.blob.write_at(&end, self.at).map_err(StoreError::io(WRITING))?;
        self.blob.sync().map_err(StoreError::io(WRITING))?;
        if let Some(tmp) = &self.tmp {
            self.place.disk.rename(tmp, &self.name).map_err(StoreError::io(WRITING))?;
            self.tmp = None;
        }
        self.place.disk.sync_dir().map_err(StoreError::io(WRITING))
    }
}

impl Drop for DerivedWriter {
    fn drop(&mut self) {
        if let Some(tmp) = &self.tmp {
            self.place.remove(tmp);
        }
    }
}

/// A finished file, open: its blocks are read from the disk one by one. It can be read on after its name was removed
/// or given to another.
pub struct DerivedFile {
    place: Derived,
    blob: Arc<dyn Blob>,
    id: Uuid,
    bytes: u64,
    root: (u32, u32),
}

impl DerivedFile {
    /// As [`DerivedWriter::id`] of the writer that made it. The header it is read from is not sealed; a block opens
    /// only if it is the true one.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Its length on disk.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What [`DerivedWriter::finish`] was given.
    ///
    /// # Errors
    /// As [`DerivedFile::block`].
    pub fn root(&self) -> Result<Vec<u8>> {
        self.block(self.root.0, self.root.1)
    }

    /// A block, in plain bytes, by the place and length it was given when it was written.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the file ends before it; [`StoreError::Sealed`] if it was changed, or is no block of
    /// this file at this place; a fault of the disk.
    pub fn block(&self, at: u32, len: u32) -> Result<Vec<u8>> {
        if u64::from(at) + u64::from(len) > self.bytes {
            return Err(StoreError::damaged(FILE, "a block beyond its end"));
        }
        let mut sealed = vec![0; len as usize];
        let read = self.blob.read_at(&mut sealed, u64::from(at)).map_err(StoreError::io(READING))?;
        if read < sealed.len() {
            return Err(StoreError::damaged(FILE, "cut short"));
        }
        Ok(self.place.keys.open(&self.place.aad(self.id, at), &sealed)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Op;
    use std::fs;

    fn key(id: u128) -> Key {
        Key { kind: 7, owner: Uuid::nil(), id: Uuid::from_u128(id) }
    }

    fn commit(store: &Store, id: u128) -> Seq {
        store.commit(vec![Op { key: key(id), value: Some(b"a note".to_vec()) }]).unwrap()
    }

    fn station() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::create(dir.path(), DataKeys::ephemeral(), b"the accounts").unwrap();
        (dir, store)
    }

    fn write(store: &Store, name: &str, text: &[u8]) -> (u32, u32) {
        let mut file = store.derived().create(name).unwrap();
        let at = file.block(text).unwrap();
        file.finish(b"the root").unwrap();
        at
    }

    fn read(store: &Store, name: &str, at: (u32, u32)) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
        let Some(file) = store.derived().open(name)? else { return Ok(None) };
        Ok(Some((file.root()?, file.block(at.0, at.1)?)))
    }

    #[test]
    fn a_changed_or_cut_file_says_so_and_nothing_of_it_stands_in_clear() {
        let (dir, store) = station();
        let at = write(&store, "derived", b"words of children");
        let whole = Some((b"the root".to_vec(), b"words of children".to_vec()));
        assert_eq!(read(&store, "derived", at).unwrap(), whole);
        assert_eq!(read(&store, "another", at).unwrap(), None);
        let path = dir.path().join("derived");
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(5).any(|window| window == b"words" || window == b"child"));
        for place in 0..bytes.len() {
            fs::write(&path, &bytes[..place]).unwrap();
            assert!(read(&store, "derived", at).is_err(), "cut at {place}");
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            fs::write(&path, changed).unwrap();
            // Six bytes of the header say nothing yet.
            let reserved = (10..16).contains(&place);
            assert_eq!(read(&store, "derived", at).is_ok(), reserved, "changed at {place}");
        }
    }

    #[test]
    fn a_block_opens_in_no_other_file_and_no_other_place() {
        let (dir, store) = station();
        let (at, len) = write(&store, "one", b"the same length");
        write(&store, "two", b"of the same len");
        let (from, to) = (at as usize, (at + len) as usize);
        let one = fs::read(dir.path().join("one")).unwrap();
        let mut two = fs::read(dir.path().join("two")).unwrap();
        two[from..to].copy_from_slice(&one[from..to]);
        fs::write(dir.path().join("two"), &two).unwrap();
        let two = store.derived().open("two").unwrap().unwrap();
        assert!(two.root().is_ok());
        assert!(two.block(at, len).is_err());
        assert!(store.derived().open("one").unwrap().unwrap().block(at, len).is_ok());
    }

    #[test]
    fn an_unfinished_file_takes_nobodys_place() {
        let (dir, store) = station();
        let at = write(&store, "derived", b"before");
        let mut file = store.derived().create("derived").unwrap();
        file.block(b"after").unwrap();
        drop(file);
        assert_eq!(read(&store, "derived", at).unwrap().unwrap().1, b"before");
        assert!(!dir.path().join("derived.tmp").exists());
    }

    #[test]
    fn who_derives_something_is_told_what_changed_since() {
        let (_dir, store) = station();
        let first = commit(&store, 1);
        commit(&store, 2);
        commit(&store, 3);
        let last = commit(&store, 2);
        let since = |seq| {
            let mut keys = vec![];
            let upto = store.changed_since(seq, &mut |key| {
                keys.push(key);
                ControlFlow::Continue(())
            });
            (keys, upto.unwrap())
        };
        assert_eq!(since(first), (vec![key(2), key(3), key(2)], Some(last)));
        assert_eq!(since(last), (vec![], Some(last)));
        assert_eq!(store.last(), last);
        // More than there is: it belongs to another time.
        assert_eq!(since(Seq(last.0 + 1)), (vec![], None));
    }
}
