//! A sealed copy of everything, elsewhere.

use super::Files;
use crate::office::door::LAST_BACKUP;
use crate::office::ledger::Verb;
use crate::office::{BackedUp, Refusal, Watch};
use crate::store;
use std::ops::ControlFlow;
use std::path::Path;

impl Files {
    /// Writes the copy and reads it back with the keys: every record opens, or it is no backup. A directory gets a
    /// file named after the day.
    pub(super) fn backup(&self, to: &Path, watch: &dyn Watch) -> Result<BackedUp, Refusal> {
        let path = match to.is_dir() {
            true => to.join(format!("tonghu-{}.backup", self.clock.now().format("%Y-%m-%d-%H%M"))),
            false => to.to_owned(),
        };
        if !path.parent().is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir()) {
            return Err(Refusal::NoFolder);
        }
        self.note(Verb::Backup, None);
        let mut ledger = self.ledger();
        self.write_ledger(&mut ledger)?;
        drop(ledger);
        let mut go_on = |done: usize| match watch.progress(done as u64, None) {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        };
        let keys = self.unlocked().keys;
        self.store.backup(&path, &mut go_on)?;
        // While it was made a new data key may have come, or old ones have gone.
        let info = store::verify_backup(&path, self.unlocked().keys.as_ref())
            .or_else(|_| store::verify_backup(&path, keys.as_ref()))?;
        if std::fs::write(self.dir.join(LAST_BACKUP), self.today().to_string()).is_err() {
            self.log.line("the day of the backup could not be noted");
        }
        self.log.line(&format!("backup: {} records, {} bytes", info.rows, info.bytes));
        Ok(BackedUp { path, records: info.rows, bytes: info.bytes })
    }
}
