//! A sealed copy of everything, elsewhere: when somebody asks for it, and once a day.

use super::{Files, Place};
use crate::office::backups::{self, BackupFault, Copier, Daily};
use crate::office::ledger::Verb;
use crate::office::{BackedUp, BackupWord, Refusal, Watch};
use chrono::NaiveDate;
use std::path::Path;

/// Days without a backup that are worth a word.
pub(super) const BACKUP_DAYS: i64 = 7;

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
        self.close_ledger()?;
        Ok(self.copier(&self.data_place()).make(&path, watch)?)
    }

    /// The backup of the day, if it is to be made and has not been.
    pub(super) fn back_up_if_due(&self, watch: &dyn Watch) -> Result<Option<BackedUp>, Refusal> {
        match backups::is_due(&self.dir, self.today()) {
            Ok(false) => return Ok(None),
            Ok(true) => self.close_ledger()?,
            // Said and noted below.
            Err(_) => {}
        }
        self.copier(&self.data_place()).make_due(watch)
    }

    /// What was done so far is in the copy, the copy itself too.
    fn close_ledger(&self) -> Result<(), Refusal> {
        self.note(Verb::Backup, None);
        self.write_ledger(&mut self.ledger())
    }

    fn copier<'a>(&'a self, place: &'a Place) -> Copier<'a> {
        Copier { store: &self.store, place, keys: self.unlocked.keys.as_ref() }
    }

    /// What is worth a word on Today. Reads nothing of where the backups lie: a network drive may not answer.
    pub(super) fn backup_word(&self) -> Option<BackupWord> {
        word(&self.dir, self.today(), self.founded())
    }

    /// The day the station was founded.
    fn founded(&self) -> Option<NaiveDate> {
        let station = self.station();
        let founded = station.record.as_ref()?.created.millis;
        Some(self.clock.local(founded).date())
    }
}

fn word(dir: &Path, today: NaiveDate, founded: Option<NaiveDate>) -> Option<BackupWord> {
    let long_ago = |day: NaiveDate| (today - day).num_days() > BACKUP_DAYS;
    match backups::plan(dir) {
        Err(BackupFault::Plan { .. }) => return Some(BackupWord::BadPlan),
        Ok(plan) if plan.to.is_some() && plan.made != Some(today) && Daily::read(dir).trouble.is_some() => {
            return Some(BackupWord::NotMade(plan.trouble?));
        }
        _ => {}
    }
    match backups::last_backup(dir) {
        Some(day) if long_ago(day) => Some(BackupWord::Old((today - day).num_days())),
        // A new station is not nagged on its first day.
        None if founded.is_none_or(long_ago) => Some(BackupWord::Never),
        _ => None,
    }
}
