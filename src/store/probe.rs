//! What the store does with files that may hold anything, for [`crate::probe`].

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use uuid::Uuid;

use super::Key;
use super::disk::{Blob, Disk};
use super::frame::u32_at;
use super::journal::Journal;
use super::roster::Roster;
use super::segment::{HEADER, Segment};
use super::snapshot::Snapshot;
use crate::vault::DataKeys;

/// Files in memory that are only read. What would be moved or removed stays.
#[derive(Default)]
struct Files(BTreeMap<String, Arc<Bytes>>);

struct Bytes(Vec<u8>);

impl Blob for Bytes {
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        let from = usize::try_from(at).unwrap_or(usize::MAX).min(self.0.len());
        let len = into.len().min(self.0.len() - from);
        into[..len].copy_from_slice(&self.0[from..from + len]);
        Ok(len)
    }

    fn write_at(&self, _: &[u8], _: u64) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.0.len() as u64)
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

impl Disk for Files {
    fn open(&self, name: &str) -> io::Result<Arc<dyn Blob>> {
        let file = self.0.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(file.clone())
    }

    fn create(&self, _: &str) -> io::Result<Arc<dyn Blob>> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn rename(&self, _: &str, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn sync_dir(&self) -> io::Result<()> {
        Ok(())
    }

    fn list(&self, _: &str) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn free(&self) -> io::Result<u64> {
        Ok(0)
    }

    fn modified(&self, _: &str) -> io::Result<i64> {
        Ok(0)
    }
}

fn sum(bytes: &mut [u8], from: usize, to: usize) {
    if let (Some(summed), true) = (bytes.get(from..to), bytes.len() >= to + 4) {
        let crc = crc32c::crc32c(summed);
        bytes[to..to + 4].copy_from_slice(&crc.to_le_bytes());
    }
}

/// A part of a journal, as it is and with its checksums made right, which nobody guesses.
pub fn journal(bytes: &[u8]) {
    let mut mended = bytes.to_vec();
    sum(&mut mended, 0, 80);
    let mut at = HEADER as usize;
    while at + 68 <= mended.len() {
        let len = u32_at(&mended, at + 4) as usize;
        if len < 68 || len > mended.len() - at {
            break;
        }
        sum(&mut mended, at, at + len - 4);
        at += len;
    }
    for bytes in [bytes.to_vec(), mended] {
        let store = Segment::store_of(&Bytes(bytes.clone())).unwrap_or_default();
        // Twice the same: one takes the place of the other.
        let names = ["journal-00000001", "journal-00000002"].map(str::to_owned);
        let files = Files(names.into_iter().map(|name| (name, Arc::new(Bytes(bytes.clone())))).collect());
        if let Ok(mut journal) = Journal::open(Arc::new(files), store, 1 << 12, (0, [0; 32])) {
            let _ = journal.view().replay(0, &mut |frame, _, _| {
                assert!(frame.ops().count() > 0 || frame.len() > 0);
                Ok(())
            });
            journal.leap(journal.last_seq().saturating_add(1).min(u64::MAX - 2));
        }
    }
}

/// A snapshot or a backup, as it is and with the checksums of its ends made right.
pub fn snapshot(bytes: &[u8]) {
    let mut mended = bytes.to_vec();
    if mended.len() > 140 {
        let keyring = u32_at(&mended, 12) as usize;
        sum(&mut mended, 0, 72usize.saturating_add(keyring).min(bytes.len()));
        let end = mended.len() - 56;
        let place = |at: usize| mended[at..at + 8].try_into().map_or(0, u64::from_le_bytes) as usize;
        let (at, len) = (place(end), place(end + 8));
        if let Some(index) = at.checked_add(len).and_then(|to| mended.get(at..to)) {
            let crc = crc32c::crc32c(index).wrapping_add(crc32c::crc32c(&mended[end..end + 48]));
            mended[end + 48..end + 52].copy_from_slice(&crc.to_le_bytes());
        }
    }
    for bytes in [bytes.to_vec(), mended] {
        let files = Files([("it".to_owned(), Arc::new(Bytes(bytes)))].into());
        let Ok(snapshot) = Snapshot::open(&files, "it") else { continue };
        let mut go_on = |_| std::ops::ControlFlow::Continue(());
        let _ = snapshot.verify(None, &mut go_on);
        let _ = snapshot.get(&Key::MIN);
        let mut stream = snapshot.stream(Key { kind: 0x80, ..Key::MIN });
        while let Ok(Some(_)) = stream.next() {}
    }
}

/// A roster file, read with keys that do not open it: all before that is read from whatever lies there.
pub fn roster(bytes: &[u8]) {
    let mut mended = bytes.to_vec();
    sum(&mut mended, 0, 40);
    for bytes in [bytes.to_vec(), mended] {
        let store = bytes.get(16..32).and_then(|id| id.try_into().ok()).map_or(Uuid::nil(), Uuid::from_bytes);
        let files = Files([(super::roster::NAME.to_owned(), Arc::new(Bytes(bytes)))].into());
        if let Ok(Some(roster)) = Roster::open(&files, store) {
            let _ = roster.read(&DataKeys::ephemeral(), &mut |_, _| Ok(()));
        }
    }
}
