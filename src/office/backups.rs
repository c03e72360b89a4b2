//! Backups as people have them: files in a folder, of which some can be used and some cannot. Needs nobody signed in:
//! after a lost PC there is nothing but the stick.

mod daily;
mod drill;
mod fault;
mod plan;
mod rotation;

pub use self::daily::make_due;
pub(super) use self::daily::{Copier, Daily, Original, change, plan};
pub(super) use self::drill::last_drill;
pub use self::drill::{drill, newest_daily};
pub use self::fault::{BackupFault, Unusable};

use super::{Watch, unsealed};
use crate::domain::RecordKind;
use crate::platform::{Clock, read_text};
use crate::store::{self, BackupInfo};
use crate::vault::{Keyring, VaultError};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::{fs, io};
use uuid::Uuid;

/// Ends the name of a backup.
pub(super) const ENDING: &str = ".backup";
/// The day of the last backup: in clear, for whoever unlocks.
const LAST: &str = "last-backup";
/// A folder with more files than this is looked through in part.
const MOST_FILES: usize = 5_000;

/// A file that is a backup, or should be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundBackup {
    pub path: PathBuf,
    /// When it was made, as far as its name or the file's date says.
    pub day: NaiveDate,
    pub bytes: u64,
    pub records: u64,
    pub children: u64,
    /// Login names of those who can open it.
    pub logins: Vec<String>,
    /// Names the station; meaningless to a person.
    pub station: Uuid,
    /// Grows with every change of a station: of two backups, the one with the greater is the later, whatever the
    /// clocks said.
    pub seq: u64,
    /// Why it cannot be used. None: it looks whole; only reading it through says that it is.
    pub fault: Option<BackupFault>,
}

impl FoundBackup {
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Header, index and end of a backup, and whether its accounts can be read.
pub fn look(path: &Path, clock: &dyn Clock) -> FoundBackup {
    let mut found = FoundBackup {
        path: path.to_owned(),
        day: day_of(path, clock),
        bytes: fs::metadata(path).map_or(0, |file| file.len()),
        records: 0,
        children: 0,
        logins: vec![],
        station: Uuid::nil(),
        seq: 0,
        fault: None,
    };
    match store::look_at_backup(path).map_err(BackupFault::from) {
        Ok(info) => found.take(&info),
        Err(fault) => found.fault = Some(fault),
    }
    found
}

impl FoundBackup {
    fn take(&mut self, info: &BackupInfo) {
        let count = |kind: RecordKind| info.counts.iter().find(|(of, _)| *of == kind as u8);
        self.children = count(RecordKind::Child).map_or(0, |(_, rows)| *rows);
        (self.records, self.station, self.seq) = (info.rows, info.store, info.seq);
        match Keyring::from_bytes(&info.keyring) {
            Ok(keyring) => {
                self.logins = keyring.accounts().into_iter().map(|account| account.login).collect();
            }
            Err(VaultError::Newer { .. }) => self.fault = Some(BackupFault::Newer),
            // Whole as written, and it opens for nobody.
            Err(_) => self.fault = Some(BackupFault::Accounts),
        }
    }
}

/// The backups in a folder, the newest first; of several stations, one station after the other. What is named like a
/// backup and is none stands among them with its fault.
pub fn list(folder: &Path, clock: &dyn Clock) -> Result<Vec<FoundBackup>, BackupFault> {
    let files = fs::read_dir(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => BackupFault::NoFolder,
        _ => BackupFault::Unwritable(error.to_string()),
    })?;
    let files = files.flatten().take(MOST_FILES).map(|file| file.path()).filter(|path| path.is_file());
    let mut found: Vec<FoundBackup> = files
        .filter(|path| !path.to_string_lossy().ends_with(".part"))
        .map(|path| look(&path, clock))
        .filter(|found| found.fault != Some(BackupFault::Foreign) || found.name().ends_with(ENDING))
        .filter(|found| found.fault != Some(BackupFault::Empty) || found.name().ends_with(ENDING))
        .collect();
    newest_first(&mut found);
    Ok(found)
}

/// The station with the newest first. Of one station, what was committed last comes first: clocks may have been wrong.
pub fn newest_first(found: &mut [FoundBackup]) {
    let mut newest_of: BTreeMap<Uuid, NaiveDate> = BTreeMap::new();
    for one in found.iter() {
        let newest = newest_of.entry(one.station).or_insert(one.day);
        *newest = one.day.max(*newest);
    }
    found.sort_by_key(|one| Reverse((newest_of.get(&one.station).copied(), one.station, one.seq, one.day)));
}

/// Reads a backup through. If it cannot be used, the best earlier one beside it is looked for.
///
/// `here` is a data directory: if there is a station in it, a backup of another is refused.
pub fn verify(
    path: &Path,
    here: Option<&Path>,
    clock: &dyn Clock,
    watch: &dyn Watch,
) -> Result<FoundBackup, Unusable> {
    let mut found = look(path, clock);
    let other = here.and_then(store::store_in).is_some_and(|station| station != found.station);
    let fault = match found.fault.take() {
        Some(fault) => Err(fault),
        None if other => Err(BackupFault::OtherStation),
        None => {
            let total = Some(found.records);
            let read = store::verify_backup(path, None, &mut |done| flow(watch, done, total));
            read.map(drop).map_err(BackupFault::from)
        }
    };
    match fault {
        Ok(()) => Ok(found),
        Err(fault) => Err(Unusable { instead: instead(path, &found, &fault, clock, watch), fault }),
    }
}

/// The best earlier backup in the folder of one that cannot be used: of the same station, if that can still be told.
fn instead(
    path: &Path,
    bad: &FoundBackup,
    fault: &BackupFault,
    clock: &dyn Clock,
    watch: &dyn Watch,
) -> Option<Box<FoundBackup>> {
    if !fault.may_spare_another() {
        return None;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fits = |one: &FoundBackup| {
        one.path.file_name() != path.file_name()
            && (bad.station.is_nil() || one.station == bad.station && one.seq <= bad.seq)
    };
    let others: Vec<_> = list(folder, clock).ok()?.into_iter().filter(fits).collect();
    // Of a file that no longer says whose it is, another station's would be the wrong comfort.
    if several_stations(&others) {
        return None;
    }
    first_sound(others.into_iter(), watch).ok().map(Box::new)
}

/// The newest backup in a folder that can be used, read through.
pub fn newest(folder: &Path, clock: &dyn Clock, watch: &dyn Watch) -> Result<FoundBackup, BackupFault> {
    let found = list(folder, clock)?;
    if several_stations(&found) {
        return Err(BackupFault::SeveralStations);
    }
    first_sound(found.into_iter(), watch)
}

fn several_stations(found: &[FoundBackup]) -> bool {
    let mut stations = found.iter().filter(|one| one.fault.is_none()).map(|one| one.station);
    let first = stations.next();
    stations.any(|station| Some(station) != first)
}

fn first_sound(
    found: impl Iterator<Item = FoundBackup>,
    watch: &dyn Watch,
) -> Result<FoundBackup, BackupFault> {
    for one in found.filter(|one| one.fault.is_none()) {
        let total = Some(one.records);
        match store::verify_backup(&one.path, None, &mut |done| flow(watch, done, total)) {
            Ok(_) => return Ok(one),
            Err(error) => match BackupFault::from(error) {
                BackupFault::Stopped => return Err(BackupFault::Stopped),
                _ => continue,
            },
        }
    }
    Err(BackupFault::NoneSound)
}

/// Makes a data directory from a backup, or from the newest sound one of a folder. What comes out is as of that day,
/// and says so: its last backup is this one.
pub fn restore(
    from: &Path,
    into: &Path,
    clock: &dyn Clock,
    watch: &dyn Watch,
) -> Result<FoundBackup, Unusable> {
    let only = |fault| Unusable { fault, instead: None };
    let found = match from.is_dir() {
        true => newest(from, clock, watch).map_err(only)?,
        false => look(from, clock),
    };
    let refused = |fault: BackupFault| {
        let instead = instead(&found.path, &found, &fault, clock, watch);
        Err(Unusable { fault, instead })
    };
    if let Some(fault) = found.fault.clone() {
        return refused(fault);
    }
    let total = Some(found.records * store::RESTORE_PASSES);
    let new = !into.exists();
    let _lock = store::lock(into).map_err(|error| only(error.into()))?;
    let restored = store::restore(&found.path, into, &mut |done| flow(watch, done, total));
    if let Err(error) = restored {
        if new {
            let _ = fs::remove_file(into.join("lock")).and_then(|()| fs::remove_dir(into));
        }
        return refused(error.into());
    }
    let _ = note_backup(into, found.day);
    // The station stands; without the note its audit alone does not say that it was restored.
    let _ = unsealed::note_restored(into, found.day, clock.millis());
    Ok(found)
}

pub(super) fn flow(watch: &dyn Watch, done: usize, total: Option<u64>) -> ControlFlow<()> {
    if watch.progress(done as u64, total) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// The day of the last backup that was read back, or that was restored from.
pub(super) fn last_backup(dir: &Path) -> Option<NaiveDate> {
    day_in(&dir.join(LAST))
}

pub(super) fn note_backup(dir: &Path, day: NaiveDate) -> io::Result<()> {
    fs::write(dir.join(LAST), day.to_string())
}

/// Longest of the small files here, in bytes.
const MOST: u64 = 64 << 10;

fn day_in(path: &Path) -> Option<NaiveDate> {
    read_text(path, MOST).ok()?.trim().parse().ok()
}

/// The program's names say the day; of another name, the day the file was written.
fn day_of(path: &Path, clock: &dyn Clock) -> NaiveDate {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let dated = name.strip_prefix("tonghu-").map(|rest| rest.strip_prefix("daily-").unwrap_or(rest));
    let named = dated.and_then(|rest| rest.get(..10)?.parse().ok());
    named.unwrap_or_else(|| {
        let written = fs::metadata(path).and_then(|file| file.modified()).ok();
        let since = written.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok()).unwrap_or_default();
        clock.local(i64::try_from(since.as_millis()).unwrap_or(0)).date()
    })
}
