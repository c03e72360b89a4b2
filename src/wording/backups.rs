//! What is wrong with a backup, and what one holds.

use super::door::size;
use super::word;
use crate::i18n::Catalogue;
use crate::office::{BackupFault, FoundBackup, Unusable};

/// Why a backup cannot be made or used, and what to do.
pub fn backup_fault(cat: &Catalogue, fault: &BackupFault) -> String {
    let key = match fault {
        BackupFault::Missing => "backup-fault-missing",
        BackupFault::NoFolder => "refusal-no-folder",
        BackupFault::NoneSound => "backup-fault-none-sound",
        BackupFault::SeveralStations => "backup-fault-several-stations",
        BackupFault::Empty => "backup-fault-empty",
        BackupFault::Foreign => "backup-fault-foreign",
        BackupFault::Cut => "backup-fault-cut",
        BackupFault::Changed => "backup-fault-changed",
        BackupFault::Accounts => "backup-fault-accounts",
        BackupFault::Newer => "backup-fault-newer",
        BackupFault::OtherStation => "backup-fault-other-station",
        BackupFault::Wrong => "backup-fault-wrong",
        BackupFault::Sealed => "backup-fault-sealed",
        BackupFault::Differs => "backup-fault-differs",
        BackupFault::NotEmpty => "backup-fault-not-empty",
        BackupFault::InUse => "door-in-use",
        BackupFault::DiskFull => "backup-fault-full",
        BackupFault::NoPlan => "backup-fault-no-plan",
        BackupFault::Stopped => "refusal-stopped",
        BackupFault::NoRoom { needed, free } => {
            let sizes = [("needed", size(*needed).into()), ("free", size(*free).into())];
            return cat.tn("backup-fault-no-room", &sizes).into_owned();
        }
        BackupFault::Plan { line, why } => {
            let at = [("line", line.to_string().into()), ("why", why.as_str().into())];
            return cat.tn("backup-fault-plan", &at).into_owned();
        }
        BackupFault::Unwritable(why) => {
            return cat.t1("backup-fault-unwritable", "why", why.as_str()).into_owned();
        }
        BackupFault::Store(why) => return cat.t1("backup-fault-store", "why", why.as_str()).into_owned(),
    };
    word(cat, key)
}

/// The same, with the best earlier one, if there is one.
pub fn unusable(cat: &Catalogue, unusable: &Unusable) -> String {
    let fault = backup_fault(cat, &unusable.fault);
    match &unusable.instead {
        None => fault,
        Some(other) => {
            let other = found_backup(cat, other);
            cat.tn("backup-instead", &[("fault", fault.into()), ("other", other.into())]).into_owned()
        }
    }
}

/// Its name, day and counts.
pub fn found_backup(cat: &Catalogue, found: &FoundBackup) -> String {
    cat.tn(
        "backup-found",
        &[
            ("name", found.name().into()),
            ("date", cat.date(found.day).into()),
            ("children", found.children.to_string().into()),
            ("records", found.records.to_string().into()),
            ("size", size(found.bytes).into()),
        ],
    )
    .into_owned()
}
