//! The automatic backup: once a day, to a folder that a lead chose, the old ones let go.

use super::plan::Plan;
use super::rotation::outdated;
use super::{BackupFault, ENDING, MOST, flow, last_backup, note_backup};
use crate::office::desk::Place;
use crate::office::{BackedUp, BackupPlan, Refusal, Verb, Watch, unsealed};
use crate::platform::{Clock, log::Log, read_text};
use crate::store::{self, Sealed, Store};
use crate::vault::DataKeys;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

const NAME: &str = "tonghu-daily-";
/// How the last attempts went, in clear: the day of the last that was made, or `-`, and what came of the last attempt
/// if it failed.
const STATE: &str = "last-daily";

/// How the last attempts went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::office) struct Daily {
    pub made: Option<NaiveDate>,
    pub trouble: Option<Trouble>,
}

/// Why the last attempt made none. A code, as it is kept in clear and shown on Health.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::office) enum Trouble {
    NoFolder,
    NoRoom,
    Other,
}

const TROUBLES: [(Trouble, &str); 3] =
    [(Trouble::NoFolder, "no-folder"), (Trouble::NoRoom, "no-room"), (Trouble::Other, "failed")];

impl Daily {
    pub(in crate::office) fn read(dir: &Path) -> Daily {
        let text = read_text(&dir.join(STATE), MOST).unwrap_or_default();
        let mut words = text.split_whitespace();
        let made = words.next().and_then(|day| day.parse().ok());
        let code = words.next();
        let trouble = TROUBLES.iter().find(|(_, word)| Some(*word) == code).map(|(trouble, _)| *trouble);
        Daily { made, trouble }
    }

    fn write(&self, dir: &Path) {
        let made = self.made.map_or("-".to_owned(), |day| day.to_string());
        let code = TROUBLES.iter().find(|(trouble, _)| Some(*trouble) == self.trouble);
        // Without it the next attempt says the same.
        let _ = fs::write(dir.join(STATE), format!("{made} {}\n", code.map_or("", |(_, word)| word)));
    }
}

/// What is set, and how it goes.
pub(in crate::office) fn plan(dir: &Path) -> Result<BackupPlan, BackupFault> {
    let to = Plan::read(dir)?.to;
    let Daily { made, trouble } = Daily::read(dir);
    let trouble = trouble.map(|trouble| match trouble {
        Trouble::NoFolder => "daily-no-folder",
        Trouble::NoRoom => "daily-no-room",
        Trouble::Other => "daily-failed",
    });
    Ok(BackupPlan { to, made, trouble, last: last_backup(dir), same_disk: false })
}

/// Turns automatic backups on, to a folder that is there, or off.
pub(in crate::office) fn change(dir: &Path, to: Option<&Path>) -> Result<BackupPlan, BackupFault> {
    // A file that says nothing sensible is replaced.
    let mut plan = Plan::read(dir).unwrap_or_default();
    if to.is_some_and(|to| !to.is_dir()) {
        return Err(BackupFault::NoFolder);
    }
    plan.to = to.map(Path::to_owned);
    plan.write(dir).map_err(|error| BackupFault::Unwritable(error.to_string()))?;
    Daily { trouble: None, ..Daily::read(dir) }.write(dir);
    Ok(BackupPlan { same_disk: to.is_some_and(|to| on_one_disk(dir, to)), ..self::plan(dir)? })
}

/// A disk that dies takes both.
fn on_one_disk(dir: &Path, to: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| fs::metadata(path).ok().map(|file| file.dev());
    disk(dir) == disk(to)
}

/// Whether the station in `dir` is to be backed up today and has not been. `NoFolder`: it is, and the stick is not there.
fn is_due(dir: &Path, today: NaiveDate) -> Result<bool, BackupFault> {
    let Some(folder) = Plan::read(dir)?.to else { return Ok(false) };
    let station = store::store_in(dir).ok_or(BackupFault::Store("there is no station here".into()))?;
    due(&folder, station, today)
}

/// Makes the backup of the day of the station in `dir` if it is due, without anybody signed in.
///
/// # Errors
/// `InUse` while the station is open: the program that has it makes the backup itself.
pub fn make_due(dir: &Path, clock: Arc<dyn Clock>, watch: &dyn Watch) -> Result<Option<BackedUp>, Refusal> {
    let log = Arc::new(Log::in_dir(dir, clock.clone()));
    let place = Place { dir: dir.to_owned(), clock, log, from: None };
    if !place.is_due()? {
        return Ok(None);
    }
    let _lock = store::lock(dir).map_err(BackupFault::from)?;
    let made = Copier::without_keys(&place)?.make_due(watch)?;
    if made.is_some() {
        unsealed::note(&place, Verb::Backup, "", "");
    }
    Ok(made)
}

impl Place {
    /// Asked before anything is opened for a backup. Why it cannot be made is noted.
    pub(in crate::office) fn is_due(&self) -> Result<bool, BackupFault> {
        let due = is_due(&self.dir, self.clock.today());
        match &due {
            Err(fault) => self.note(Err(fault)),
            // It is there already: the stick is back.
            Ok(false) if Daily::read(&self.dir).trouble.is_some() => self.note(Ok(())),
            Ok(_) => {}
        }
        due
    }

    /// How an attempt went, for Today and Health.
    fn note(&self, made: Result<(), &BackupFault>) {
        let before = Daily::read(&self.dir);
        let now = match made {
            Ok(()) => Daily { made: Some(self.clock.today()), trouble: None },
            Err(BackupFault::Stopped | BackupFault::InUse | BackupFault::Plan { .. }) => return,
            Err(fault) => {
                let trouble = match fault {
                    BackupFault::NoFolder => Trouble::NoFolder,
                    BackupFault::NoRoom { .. } | BackupFault::DiskFull => Trouble::NoRoom,
                    _ => Trouble::Other,
                };
                Daily { trouble: Some(trouble), ..before.clone() }
            }
        };
        if now == before {
            return;
        }
        now.write(&self.dir);
        if let Err(fault) = made {
            self.log.line(&format!("the daily backup was not made: {fault}"));
        }
    }
}

/// Not by a note of when the last was made: a file that was lost is missed, and a second stick gets its own.
fn due(folder: &Path, station: Uuid, today: NaiveDate) -> Result<bool, BackupFault> {
    if !folder.is_dir() {
        return Err(BackupFault::NoFolder);
    }
    Ok(!made_in(folder, station).any(|(day, _)| day == today))
}

/// Automatic backups of a station whose header, index and end are whole: nothing else counts, and nothing else goes.
fn made_in(folder: &Path, station: Uuid) -> impl Iterator<Item = (NaiveDate, PathBuf)> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    files.filter_map(|path| Some((day_of(&path)?, path))).filter(move |(_, path)| is_of(path, station))
}

fn is_of(path: &Path, station: Uuid) -> bool {
    store::look_at_backup(path).is_ok_and(|info| info.store == station)
}

/// `tonghu-daily-2026-11-21.backup`, or with a number behind the day.
fn day_of(path: &Path) -> Option<NaiveDate> {
    let rest = path.file_name()?.to_str()?.strip_prefix(NAME)?.strip_suffix(ENDING)?;
    let (day, number) = rest.split_at_checked(10)?;
    let numbered = number.strip_prefix('-').is_some_and(|number| number.parse::<u32>().is_ok());
    (number.is_empty() || numbered).then(|| day.parse().ok()).flatten()
}

/// Another station on the same drive may have taken the name of the day.
fn name_for(folder: &Path, station: Uuid, day: NaiveDate) -> PathBuf {
    let name = |number: u32| match number {
        1 => folder.join(format!("{NAME}{day}{ENDING}")),
        number => folder.join(format!("{NAME}{day}-{number}{ENDING}")),
    };
    let free = |path: &PathBuf| !path.exists() || is_of(path, station);
    (1..1_000).map(name).find(free).unwrap_or_else(|| name(1_000))
}

/// What is copied: the store that is in use, or one that was opened for it without any key.
pub(in crate::office) enum Original<'a> {
    Open(&'a Store),
    Sealed(Sealed),
}

impl Original<'_> {
    fn id(&self) -> Uuid {
        match self {
            Original::Open(store) => store.id(),
            Original::Sealed(store) => store.id(),
        }
    }
}

/// Makes backups of a store.
pub(in crate::office) struct Copier<'a> {
    pub store: Original<'a>,
    pub place: &'a Place,
    /// The keys of now. With them every record is opened when the copy is read back.
    pub keys: &'a dyn Fn() -> Option<DataKeys>,
}

/// It has the name of a backup and is none, or nobody knows yet: under another name it is made again.
fn unproven(path: &Path, fault: BackupFault) -> BackupFault {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".unsound.part");
    let _ = fs::rename(path, aside);
    fault
}

impl<'a> Copier<'a> {
    /// The caller holds the lock.
    pub(in crate::office) fn without_keys(place: &'a Place) -> Result<Copier<'a>, BackupFault> {
        Ok(Copier { store: Original::Sealed(Sealed::open(&place.dir)?), place, keys: &|| None })
    }

    /// Writes a copy and reads it back; only then is it the last backup.
    pub(in crate::office) fn make(&self, path: &Path, watch: &dyn Watch) -> Result<BackedUp, BackupFault> {
        let dir = &self.place.dir;
        let mut go_on = |done| flow(watch, done, None);
        let before = (self.keys)();
        match &self.store {
            Original::Open(store) => store.backup(path, &mut go_on)?,
            Original::Sealed(store) => store.backup(path, &mut go_on)?,
        };
        // It was read back as it was written; what is left to try is whether it opens. While it was made a new data
        // key may have come, or older ones have gone.
        let verify = |keys| store::verify_backup(path, Some(keys), &mut |done| flow(watch, done, None));
        let info = match (before, (self.keys)()) {
            (Some(before), Some(now)) => {
                verify(&now).or_else(|_| verify(&before)).map_err(|error| unproven(path, error.into()))?
            }
            _ => store::look_at_backup(path)?,
        };
        if note_backup(dir, self.place.clock.today()).is_err() {
            self.place.log.line("the day of the backup could not be noted");
        }
        self.place.log.line(&format!("backup: {} records, {} bytes", info.rows, info.bytes));
        Ok(BackedUp { path: path.to_owned(), records: info.rows, bytes: info.bytes })
    }

    /// The backup of the day, if one is to be made and is not there. Older ones go when it was read back.
    pub(in crate::office) fn make_due(&self, watch: &dyn Watch) -> Result<Option<BackedUp>, Refusal> {
        let dir = &self.place.dir;
        let plan = Plan::read(dir)?;
        let Some(folder) = &plan.to else { return Ok(None) };
        let today = self.place.clock.today();
        let tried = due(folder, self.store.id(), today).and_then(|due| match due {
            true => self.make(&name_for(folder, self.store.id(), today), watch).map(Some),
            false => Ok(None),
        });
        self.place.note(tried.as_ref().map(drop));
        if let Ok(Some(_)) = &tried {
            self.let_go(folder, &plan, today);
        }
        Ok(tried?)
    }

    fn let_go(&self, folder: &Path, plan: &Plan, today: NaiveDate) {
        let made: Vec<_> = made_in(folder, self.store.id()).collect();
        let days: BTreeSet<NaiveDate> = made.iter().map(|(day, _)| *day).collect();
        let gone = outdated(&days, today, plan.keep());
        for (_, path) in made.iter().filter(|(day, _)| gone.contains(day)) {
            if fs::remove_file(path).is_err() {
                self.place.log.line("an old daily backup could not be removed");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_are_daily_backups() {
        let day = |name: &str| day_of(Path::new(name)).map(|day| day.to_string());
        assert_eq!(day("/usb/tonghu-daily-2026-11-21.backup").as_deref(), Some("2026-11-21"));
        assert_eq!(day("tonghu-daily-2026-11-21-2.backup").as_deref(), Some("2026-11-21"));
        for other in [
            "tonghu-2026-11-21-1530.backup",
            "tonghu-daily-2026-11-21.backup.1f2e3d4c.part",
            "tonghu-daily-2026-13-41.backup",
            "tonghu-daily-2026-11-21-copy.backup",
            "tonghu-daily-2026-11.backup",
            "tonghu-daily-二〇二六年.backup",
            "my tonghu-daily-2026-11-21.backup",
        ] {
            assert_eq!(day(other), None, "{other}");
        }
    }
}
