//! A sealed copy of everything, elsewhere: when somebody asks for it, and once a day.

use super::{Files, Place};
use crate::office::audit::{Deed, Verb};
use crate::office::backups::{self, BackupFault, Copier, Daily, Original};
use crate::office::{Answer, BackedUp, BackupWord, Refusal, Watch};
use crate::vault::DataKeys;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// Days without a backup that are worth a word.
pub(super) const BACKUP_DAYS: i64 = 7;

impl Files {
    /// Writes the copy and reads it back with the keys: every record opens, or it is no backup. A directory gets a
    /// file named after the day.
    pub(super) fn backup(&self, to: &Path, watch: &dyn Watch) -> Result<BackedUp, Refusal> {
        let place = self.whereabouts();
        let path = path_for(to, &place)?;
        self.copy_own()?;
        // In the copy too: who made it, and where it went.
        self.noted(Deed::about(Verb::Backup, &path.display().to_string()))?;
        Ok(self.copier(&place, &|| self.unlocked().keys).make(&path, watch)?)
    }

    /// The backup of the day, if it is to be made and has not been.
    pub(super) fn back_up_if_due(&self, watch: &dyn Watch) -> Result<Option<BackedUp>, Refusal> {
        let place = self.whereabouts();
        if !place.is_due()? {
            return Ok(None);
        }
        self.copy_own()?;
        self.noted(Deed::of(Verb::Backup, None))?;
        self.copier(&place, &|| self.unlocked().keys).make_due(watch)
    }

    fn copier<'a>(&'a self, place: &'a Place, keys: &'a dyn Fn() -> Option<DataKeys>) -> Copier<'a> {
        Copier { store: Original::Open(&self.store), place, keys }
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

fn path_for(to: &Path, place: &Place) -> Result<PathBuf, Refusal> {
    let path = match to.is_dir() {
        true => {
            let name = place.clock.now().format("tonghu-%Y-%m-%d-%H%M").to_string();
            let numbered = (2..1_000).map(|n| to.join(format!("{name}-{n}.backup")));
            let mut names = std::iter::once(to.join(format!("{name}.backup"))).chain(numbered);
            names.find(|path| !path.exists()).ok_or(Refusal::NoFolder)?
        }
        false => to.to_owned(),
    };
    let folder = path.parent().is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    if folder { Ok(path) } else { Err(Refusal::NoFolder) }
}

/// The same by whoever holds no key: sealed as it lies.
pub(super) fn without_keys(place: &Place, to: &Path, watch: &dyn Watch) -> Result<BackedUp, Refusal> {
    let path = path_for(to, place)?;
    Ok(Copier::without_keys(place)?.make(&path, watch)?)
}

pub(super) fn due_without_keys(place: &Place, watch: &dyn Watch) -> Result<Answer, Refusal> {
    if !place.is_due()? {
        return Ok(Answer::Done);
    }
    let made = Copier::without_keys(place)?.make_due(watch)?;
    Ok(made.map_or(Answer::Done, Answer::BackedUp))
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
