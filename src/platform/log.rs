//! A small log beside the data: what the program did and what failed, never about whom.
//!
//! Lines are made of fixed words, numbers and paths only. The file is cut to its newer half past 256 KiB.

use super::Clock;
use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

const MOST: u64 = 256 << 10;

pub struct Log {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    lock: Mutex<()>,
}

impl Log {
    pub fn in_dir(dir: &Path, clock: Arc<dyn Clock>) -> Self {
        Self { path: dir.join("tonghu.log"), clock, lock: Mutex::new(()) }
    }

    /// Adds a line; a log that cannot be written is no reason to stop working.
    pub fn line(&self, what: &str) {
        let _guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now().format("%Y-%m-%d %H:%M:%S");
        let _ = self.trim();
        if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(&self.path) {
            let _ = writeln!(file, "{now} {what}");
        }
    }

    /// The last lines, oldest first.
    pub fn tail(&self, lines: usize) -> Vec<String> {
        let text = fs::read(&self.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let all: Vec<&str> = text.lines().collect();
        all[all.len().saturating_sub(lines)..].iter().map(|line| (*line).to_owned()).collect()
    }

    fn trim(&self) -> std::io::Result<()> {
        if fs::metadata(&self.path)?.len() > MOST {
            let bytes = fs::read(&self.path)?;
            let half = &bytes[bytes.len() / 2..];
            let start = half.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            fs::write(&self.path, &half[start..])?;
        }
        Ok(())
    }
}
