//! Files that go to another station and come from one: a line that says what it is, then JSON.
//!
//! The first line is `{"format":"tonghu-…","version":1,"blake3":"…"}`; the hash is that of everything behind it, so that a
//! file that was cut or altered on its way is noticed. It is no signature: whoever alters it on purpose can hash it anew.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// No station has so much to give.
pub(super) const MOST: usize = 4 << 20;
const VERSION: u32 = 1;

/// Why a file cannot be used or written. Shown through the catalogue: `handout-…`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HandoutFault {
    #[error("no file of this program")]
    NotOurs,
    /// One of this program, for something else.
    #[error("a file of this program, but of another kind")]
    OtherKind,
    #[error("written by a newer version of this program (format {version})")]
    Newer { version: u32 },
    #[error("cut or altered on its way")]
    Damaged,
    #[error("larger than {} MiB", most >> 20)]
    TooLarge { most: usize },
    /// In which line of the file, from 1.
    #[error("line {line} is not as it should be")]
    Shape { line: usize },
    #[error("there is already a file of this name")]
    Exists,
    #[error("there is no such file")]
    Missing,
    #[error("{0}")]
    Io(String),
}

#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    version: u32,
    blake3: String,
}

pub(super) fn encode<T: Serialize>(format: &str, body: &T) -> Result<Vec<u8>, HandoutFault> {
    let io = |error: serde_json::Error| HandoutFault::Io(error.to_string());
    let mut body = serde_json::to_vec_pretty(body).map_err(io)?;
    body.push(b'\n');
    let blake3 = blake3::hash(&body).to_hex().to_string();
    let head = Head { format: format.to_owned(), version: VERSION, blake3 };
    let mut bytes = serde_json::to_vec(&head).map_err(io)?;
    bytes.push(b'\n');
    bytes.extend(body);
    if bytes.len() > MOST { Err(HandoutFault::TooLarge { most: MOST }) } else { Ok(bytes) }
}

pub(super) fn decode<T: DeserializeOwned>(format: &str, bytes: &[u8]) -> Result<T, HandoutFault> {
    if bytes.len() > MOST {
        return Err(HandoutFault::TooLarge { most: MOST });
    }
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(HandoutFault::NotOurs)?;
    let (head, body) = (&bytes[..end], &bytes[end + 1..]);
    let head: Head = serde_json::from_slice(head).map_err(|_| HandoutFault::NotOurs)?;
    if !head.format.starts_with("tonghu-") {
        return Err(HandoutFault::NotOurs);
    }
    if head.format != format {
        return Err(HandoutFault::OtherKind);
    }
    if head.version > VERSION {
        return Err(HandoutFault::Newer { version: head.version });
    }
    if blake3::hash(body).to_hex().as_str() != head.blake3 {
        return Err(HandoutFault::Damaged);
    }
    // The reader's own message may repeat what stands there.
    serde_json::from_slice(body).map_err(|error| HandoutFault::Shape { line: error.line() + 1 })
}

pub(super) fn read<T: DeserializeOwned>(format: &str, path: &Path) -> Result<T, HandoutFault> {
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => HandoutFault::Missing,
        _ => HandoutFault::Io(error.to_string()),
    })?;
    let mut bytes = vec![];
    file.take(MOST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| HandoutFault::Io(error.to_string()))?;
    decode(format, &bytes)
}

/// A new file that only this user can read; it has its name once it is whole and on the disk.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), HandoutFault> {
    if path.exists() {
        return Err(HandoutFault::Exists);
    }
    replace(path, bytes).map_err(|error| HandoutFault::Io(error.to_string()))
}

/// The same in the place of an older one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = (|| {
        // Left by one that was cut, or put there by somebody else: never written through.
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}
