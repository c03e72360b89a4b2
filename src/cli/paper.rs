//! A recovery key in a file: safe on the disk before anything depends on it.

use super::out::{Failure, Out};
use crate::tui::screen::Secret;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// A file of ours with a recovery key that is in no use yet.
pub(super) struct Paper {
    path: PathBuf,
}

impl Paper {
    /// Writes the key to a new file that only its owner may read. `there` is the word for a file that exists.
    pub(super) fn write(path: &Path, key: &Secret, there: &str, out: &Out) -> Result<Self, Failure> {
        let failed = |error: io::Error| Failure::Said(format!("{}: {error}", path.display()));
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|error| {
                match error.kind() {
                    io::ErrorKind::AlreadyExists => {
                        Failure::Usage(out.cat.t1(there, "path", path.display().to_string()).into_owned())
                    }
                    _ => failed(error),
                }
            })?;
        let paper = Self { path: path.to_owned() };
        let written = writeln!(file, "{}", key.reveal())
            .and_then(|()| file.sync_all())
            // A file is only as safe as its name.
            .and_then(|()| File::open(directory(path))?.sync_all());
        match written {
            Ok(()) => Ok(paper),
            Err(error) => {
                paper.tear_up();
                Err(failed(error))
            }
        }
    }

    /// The key came into no use: a file of it would only be taken for a good one.
    pub(super) fn tear_up(self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
