//! A sealed copy of everything, elsewhere.

use super::{Files, Place};
use crate::office::audit::{Deed, Verb};
use crate::office::door::LAST_BACKUP;
use crate::office::{BackedUp, Refusal, Watch};
use crate::store;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

impl Files {
    /// Writes the copy and reads it back with the keys: every record opens, or it is no backup. A directory gets a
    /// file named after the day.
    pub(super) fn backup(&self, to: &Path, watch: &dyn Watch) -> Result<BackedUp, Refusal> {
        let place = Place { dir: self.dir.clone(), clock: self.clock.clone(), log: self.log.clone() };
        let path = file_for(&place, to)?;
        self.noted(Deed::about(Verb::Backup, &path.display().to_string()))?;
        self.store.backup(&path, &mut going_on(watch))?;
        let keys = self.unlocked.keys.as_ref();
        let info = store::verify_backup(&path, keys)?;
        Ok(made(&place, path, &info))
    }
}

/// The same by whoever holds no key: sealed as it lies.
pub(super) fn without_keys(place: &Place, to: &Path, watch: &dyn Watch) -> Result<BackedUp, Refusal> {
    let path = file_for(place, to)?;
    store::Sealed::open(&place.dir)?.backup(&path, &mut going_on(watch))?;
    let info = store::verify_backup(&path, None)?;
    Ok(made(place, path, &info))
}

fn file_for(place: &Place, to: &Path) -> Result<PathBuf, Refusal> {
    let path = match to.is_dir() {
        true => to.join(format!("tonghu-{}.backup", place.clock.now().format("%Y-%m-%d-%H%M"))),
        false => to.to_owned(),
    };
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() || folder.is_dir() => Ok(path),
        _ => Err(Refusal::NoFolder),
    }
}

fn going_on(watch: &dyn Watch) -> impl FnMut(usize) -> ControlFlow<()> {
    |done| match watch.progress(done as u64, None) {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    }
}

fn made(place: &Place, path: PathBuf, info: &store::BackupInfo) -> BackedUp {
    if std::fs::write(place.dir.join(LAST_BACKUP), place.clock.today().to_string()).is_err() {
        place.log.line("the day of the backup could not be noted");
    }
    place.log.line(&format!("backup: {} records, {} bytes", info.rows, info.bytes));
    BackedUp { path, records: info.rows, bytes: info.bytes }
}
