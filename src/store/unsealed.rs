//! What the office notes while nobody's key is there to seal it: one small file, in clear. Whoever can write to the
//! disk can change it or take it away; the checksum only shows damage.

use std::io::ErrorKind;
use std::path::Path;

use super::disk::{Disk, RealDisk, read_small, replace};
use super::error::{Result, StoreError};
use super::files::{FORMAT, set_aside, unwrap, wrap};

pub(crate) const NAME: &str = "unsealed";
const MAGIC: &[u8; 4] = b"THUN";
/// Many times what the office keeps in it.
const MOST: u64 = 256 << 10;

/// What lies there.
#[derive(Debug, PartialEq, Eq)]
pub enum Unsealed {
    Nothing,
    Noted(Vec<u8>),
    /// Not as it was written, or not a file at all.
    Damaged,
    /// A newer program wrote it.
    Newer,
}

pub fn read_unsealed(dir: &Path) -> Unsealed {
    look(&RealDisk::existing(dir))
}

pub(crate) fn look(disk: &dyn Disk) -> Unsealed {
    match read_small(disk, NAME, MOST) {
        Ok(Some(bytes)) => match unwrap(&bytes, MAGIC) {
            Some((version, _)) if version > FORMAT => Unsealed::Newer,
            Some((_, content)) => Unsealed::Noted(content.to_vec()),
            None => Unsealed::Damaged,
        },
        Ok(None) if disk.modified(NAME).is_err() => Unsealed::Nothing,
        Ok(None) | Err(_) => Unsealed::Damaged,
    }
}

/// In the place of what was noted before; on the disk when it returns.
pub fn write_unsealed(dir: &Path, content: &[u8]) -> Result<()> {
    let bytes = wrap(MAGIC, FORMAT, content);
    replace(&RealDisk::existing(dir), NAME, &bytes).map_err(StoreError::io("noting what nobody could seal"))
}

/// It is sealed elsewhere by now.
pub fn remove_unsealed(dir: &Path) -> Result<()> {
    let disk = RealDisk::existing(dir);
    let removed = match disk.remove(NAME) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        removed => removed.and_then(|()| disk.sync_dir()),
    };
    removed.map_err(StoreError::io("removing what is sealed by now"))
}

/// Moves what is damaged aside.
pub fn set_unsealed_aside(dir: &Path) -> Result<()> {
    aside(&RealDisk::existing(dir)).map(drop)
}

pub(crate) fn aside(disk: &dyn Disk) -> Result<String> {
    set_aside(disk, NAME, "damaged").map_err(StoreError::io("moving aside what nobody could seal"))
}
