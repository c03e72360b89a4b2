//! What the machine gives: time, directories, a log, where one sits, and the promise that memory is not dumped to disk.

pub mod bell;
pub mod clock;
pub mod dirs;
pub mod log;
pub mod memory;
mod origin;

pub use clock::{Clock, SystemClock};
pub use origin::origin;

/// No core dumps, no reading of this process's memory by others of the same user, no files that others may read: all
/// hold keys and names.
/// Fails silently where the system has no such thing; nothing depends on it.
pub fn harden() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// Bytes free for this user on the disk that holds `path`; none where the system does not say.
pub fn free_space(path: &std::path::Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let stat = rustix::fs::statvfs(path).ok()?;
        // Some network drives say that they have no blocks at all.
        if stat.f_blocks == 0 {
            return None;
        }
        stat.f_bavail.checked_mul(stat.f_frsize)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// A file to read. A pipe or a device in its place is not waited for.
///
/// # Errors
/// If it cannot be opened; `IsADirectory` for whatever is no file.
pub fn open_file(
    path: &std::path::Path,
    options: &mut std::fs::OpenOptions,
) -> std::io::Result<std::fs::File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    Err(std::io::Error::new(std::io::ErrorKind::IsADirectory, "no file stands there"))
}

/// A small text file that a person or this program writes.
///
/// # Errors
/// If it cannot be read, is no UTF-8, or is larger than `most` bytes: whatever then lies there, it is not that file.
pub fn read_text(path: &std::path::Path, most: u64) -> std::io::Result<String> {
    use std::io::Read;
    let mut text = String::new();
    let file = open_file(path, std::fs::OpenOptions::new().read(true))?;
    file.take(most + 1).read_to_string(&mut text)?;
    if text.len() as u64 > most { Err(std::io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

/// Writes a text file whole or not at all, readable by its owner only; folders on the way are made. What was there before
/// stays until the new text is on the disk.
///
/// # Errors
/// If the disk fails or is full: then what was there before is there still.
#[cfg(unix)]
pub fn write_text(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    use std::fs;
    use std::io::Write;
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    let folder = path.parent().unwrap_or(std::path::Path::new("."));
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, path)?;
    // A file is only as safe as its name.
    fs::File::open(folder)?.sync_all()
}
