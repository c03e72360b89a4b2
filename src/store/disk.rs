//! The file port: everything the journal, the snapshots and the roster file ask of a disk. The real one is here; the
//! tests have another in memory that loses power at any point (`crash.rs`).

use crate::platform::open_file;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One directory of files. Names are relative to it; `aside/x` is the only kind with a folder.
pub(crate) trait Disk: Send + Sync + 'static {
    /// An existing file, to read and write.
    fn open(&self, name: &str) -> io::Result<Arc<dyn Blob>>;
    /// An empty file, in the place of any that was there.
    fn create(&self, name: &str) -> io::Result<Arc<dyn Blob>>;
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    fn remove(&self, name: &str) -> io::Result<()>;
    /// Creations, renames and removals so far survive a power cut from here on.
    fn sync_dir(&self) -> io::Result<()>;
    /// Names in the directory (`""`) or in a folder of it, sorted.
    fn list(&self, folder: &str) -> io::Result<Vec<String>>;
    /// Bytes that can still be written.
    fn free(&self) -> io::Result<u64>;
    /// When a file was last written, in Unix seconds.
    fn modified(&self, name: &str) -> io::Result<i64>;
    /// What is read of a file from here on comes from the disk itself, as far as the system lets go of what it
    /// remembers.
    fn forget(&self, _name: &str) {}
}

pub(crate) trait Blob: Send + Sync {
    /// Reads up to the end of the file; fewer bytes than asked for only there.
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize>;
    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()>;
    fn len(&self) -> io::Result<u64>;
    /// What was written so far, and the length, survive a power cut from here on. After an error nothing is known
    /// of any of it, and a second call that succeeds proves nothing: the caller must write elsewhere.
    fn sync(&self) -> io::Result<()>;
}

pub(crate) struct RealDisk {
    dir: PathBuf,
}

impl RealDisk {
    /// Makes the directory if there is none, for its owner only.
    pub(crate) fn at(dir: &Path) -> io::Result<RealDisk> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        Ok(RealDisk::existing(dir))
    }

    pub(crate) fn existing(dir: &Path) -> RealDisk {
        RealDisk { dir: dir.to_owned() }
    }

    pub(crate) fn is_directory(&self, name: &str) -> bool {
        self.dir.join(name).is_dir()
    }

    pub(crate) fn open_to_read(&self, name: &str) -> io::Result<Arc<dyn Blob>> {
        Ok(Arc::new(RealBlob(open_file(&self.dir.join(name), OpenOptions::new().read(true))?)))
    }
}

impl Disk for RealDisk {
    fn open(&self, name: &str) -> io::Result<Arc<dyn Blob>> {
        let path = self.dir.join(name);
        let file = open_file(&path, OpenOptions::new().read(true).write(true));
        // A backup on a read-only stick is opened too; a write to it fails then.
        let file = file.or_else(|error| match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                open_file(&path, OpenOptions::new().read(true))
            }
            _ => Err(error),
        })?;
        Ok(Arc::new(RealBlob(file)))
    }

    fn create(&self, name: &str) -> io::Result<Arc<dyn Blob>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(true).mode(0o600);
        Ok(Arc::new(RealBlob(options.open(self.dir.join(name))?)))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let to = self.dir.join(to);
        if let Some(parent) = to.parent() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
        }
        fs::rename(self.dir.join(from), to)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.dir.join(name))
    }

    fn sync_dir(&self) -> io::Result<()> {
        let aside = self.dir.join("aside");
        if aside.is_dir() {
            File::open(aside)?.sync_all()?;
        }
        File::open(&self.dir)?.sync_all()
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.dir.join(folder))? {
            // A name that is not text is none of ours.
            if let Ok(name) = entry?.file_name().into_string() {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn free(&self) -> io::Result<u64> {
        let stat = rustix::fs::statvfs(&self.dir)?;
        Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
    }

    fn modified(&self, name: &str) -> io::Result<i64> {
        let time = fs::metadata(self.dir.join(name))?.modified()?;
        let since = time.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Ok(since.as_secs().try_into().unwrap_or(i64::MAX))
    }

    fn forget(&self, name: &str) {
        use rustix::fs::{Advice, fadvise};
        if let Ok(file) = File::open(self.dir.join(name)) {
            let _ = fadvise(&file, 0, None, Advice::DontNeed);
        }
    }
}

struct RealBlob(File);

impl Blob for RealBlob {
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        let mut done = 0;
        while done < into.len() {
            match self.0.read_at(&mut into[done..], at + done as u64) {
                Ok(0) => break,
                Ok(n) => done += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        self.0.write_all_at(bytes, at)
    }

    fn len(&self) -> io::Result<u64> {
        self.0.metadata().map(|meta| meta.len())
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }
}

/// Writes a whole file so that a cut leaves the old one or the new one, never a part.
pub(crate) fn replace(disk: &dyn Disk, name: &str, bytes: &[u8]) -> io::Result<()> {
    let tmp = format!("{}.tmp", name.replace('/', "-"));
    let blob = disk.create(&tmp)?;
    blob.write_at(bytes, 0)?;
    blob.sync()?;
    disk.rename(&tmp, name)?;
    disk.sync_dir()
}

/// A whole small file; `None` if there is none, something else has its name, or it is larger than `limit`.
pub(crate) fn read_small(disk: &dyn Disk, name: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let blob = match disk.open(name) {
        Ok(blob) => blob,
        Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::IsADirectory].contains(&error.kind()) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let len = blob.len()?;
    if len > limit {
        return Ok(None);
    }
    let mut bytes = vec![0; len as usize];
    let read = blob.read_at(&mut bytes, 0)?;
    bytes.truncate(read);
    Ok(Some(bytes))
}
