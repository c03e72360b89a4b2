//! Trying a restore before it is needed.

use super::{BackupFault, FoundBackup, Unusable, flow, instead, look};
use crate::office::Watch;
use crate::platform::Clock;
use crate::store;
use crate::vault::{Keyring, Passphrase};
use chrono::NaiveDate;
use std::fs;
use std::path::{Path, PathBuf};

/// The day of the last drill, in clear.
const LAST: &str = "last-drill";

/// Restores a backup for trial, in a directory beside the data, and compares what came out with it, row by row. With an
/// account and its passphrase every record is opened too, by the keys that the backup itself holds. If the backup is of
/// the station in `here`, the day is noted there.
pub fn drill(
    path: &Path,
    here: &Path,
    account: Option<(&str, &Passphrase)>,
    clock: &dyn Clock,
    watch: &dyn Watch,
) -> Result<FoundBackup, Unusable> {
    let found = look(path, clock);
    let tried = try_out(&found, here, account, watch);
    if let Err(fault) = tried {
        return Err(Unusable { instead: instead(path, &found, &fault, clock, watch), fault });
    }
    if store::store_in(here) == Some(found.station) {
        // Not worth calling the drill a failure.
        let _ = fs::write(here.join(LAST), clock.today().to_string());
    }
    Ok(found)
}

fn try_out(
    found: &FoundBackup,
    here: &Path,
    account: Option<(&str, &Passphrase)>,
    watch: &dyn Watch,
) -> Result<(), BackupFault> {
    if let Some(fault) = &found.fault {
        return Err(fault.clone());
    }
    let keys = match account {
        None => None,
        Some((login, passphrase)) => {
            let info = store::look_at_backup(&found.path)?;
            let keyring = Keyring::from_bytes(&info.keyring).map_err(|_| BackupFault::Accounts)?;
            let unlocked = keyring.unlock(login, passphrase).map_err(|_| BackupFault::Wrong)?;
            // A support account has no keys: it can try all the rest.
            unlocked.keys
        }
    };
    let total = Some(found.records * store::DRILL_PASSES);
    let drilled =
        store::drill(&found.path, &scratch(here), keys.as_ref(), &mut |done| flow(watch, done, total));
    Ok(drilled.map(drop)?)
}

/// Beside the data: on the same disk, so that it has room or says so.
fn scratch(data: &Path) -> PathBuf {
    let mut name = data.file_name().unwrap_or_default().to_owned();
    name.push(".drill");
    data.with_file_name(name)
}

/// The newest automatic backup of the station in `here` that can be used.
pub fn newest_daily(here: &Path, clock: &dyn Clock, watch: &dyn Watch) -> Result<FoundBackup, BackupFault> {
    let folder = super::plan::Plan::read(here)?.to.ok_or(BackupFault::NoPlan)?;
    let station = store::store_in(here);
    let found = super::list(&folder, clock)?.into_iter();
    super::first_sound(found.filter(|one| Some(one.station) == station), watch)
}

pub(in crate::office) fn last_drill(dir: &Path) -> Option<NaiveDate> {
    super::day_in(&dir.join(LAST))
}
