//! Files that go out: written whole and synced before they have their names, for their owner alone, over nothing that
//! is there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Names tried before one gives up.
const TRIES: usize = 1_000;

/// Writes all of them, or none. Where a name is taken by anything, all have a number behind it: files of one export
/// are told by it.
pub(super) fn all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let mut parts = Parts(vec![]);
    for (name, bytes) in files {
        let path = folder.join(format!(".{name}.part"));
        parts.write(&path, bytes).map_err(|error| (folder.join(name), error))?;
    }
    let named = free(folder, files)?;
    for (part, path) in parts.0.iter().zip(&named) {
        rename(part, path).map_err(|error| (path.clone(), error))?;
    }
    sync(folder).map_err(|error| (folder.to_owned(), error))?;
    parts.0.clear();
    Ok(named)
}

/// Files that have no name yet: gone again unless all of them get one.
struct Parts(Vec<PathBuf>);

impl Parts {
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // What a cut left of an earlier one is ours by its name.
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        self.0.push(path.to_owned());
        file.write_all(bytes)?;
        file.sync_all()
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        for path in &self.0 {
            let _ = fs::remove_file(path);
        }
    }
}

fn free(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    for number in 1..=TRIES {
        let path = |(name, _): &(String, Vec<u8>)| match (number, name.rsplit_once('.')) {
            (2.., Some((stem, end))) => folder.join(format!("{stem}-{number}.{end}")),
            _ => folder.join(name),
        };
        let paths: Vec<PathBuf> = files.iter().map(path).collect();
        // A link that leads nowhere is taken, too.
        if paths.iter().all(|path| fs::symlink_metadata(path).is_err()) {
            return Ok(paths);
        }
    }
    Err((folder.to_owned(), ErrorKind::AlreadyExists.into()))
}

/// Refused where somebody took the name in between. Sticks and network drives may not know how to: there the look
/// before has to do.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE).map_err(io::Error::from) {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            fs::rename(from, to)
        }
        renamed => renamed,
    }
}

/// A file is only as safe as its name. Some network drives know no syncing of a folder: there the file alone is.
fn sync(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn files(names: &[&str]) -> Vec<(String, Vec<u8>)> {
        names.iter().map(|name| ((*name).to_owned(), name.as_bytes().to_vec())).collect()
    }

    #[test]
    fn what_is_there_stays_and_the_new_ones_share_a_number() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("b.csv"), "old").unwrap();
        std::os::unix::fs::symlink("/nowhere", dir.path().join("a-2.csv")).unwrap();
        let written = all(dir.path(), &files(&["a.csv", "b.csv"])).unwrap();
        assert_eq!(written, ["a-3.csv", "b-3.csv"].map(|name| dir.path().join(name)));
        assert_eq!(fs::read(dir.path().join("b.csv")).unwrap(), b"old");
        assert_eq!(fs::read(dir.path().join("a-3.csv")).unwrap(), b"a.csv");
        for path in written {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4, "nothing else is left");
    }

    #[test]
    fn what_a_cut_left_is_in_nobodys_way_and_a_failure_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(".a.csv.part"), "half").unwrap();
        all(dir.path(), &files(&["a.csv"])).unwrap();
        assert_eq!(fs::read(dir.path().join("a.csv")).unwrap(), b"a.csv");
        fs::create_dir(dir.path().join(".c.csv.part")).unwrap();
        let (path, _) = all(dir.path(), &files(&["b.csv", "c.csv"])).unwrap_err();
        assert!(path.ends_with("c.csv"));
        assert!(!dir.path().join("b.csv").exists() && !dir.path().join(".b.csv.part").exists());
    }
}
