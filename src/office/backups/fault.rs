//! Why a backup cannot be made or used.

use super::FoundBackup;
use crate::office::Refusal;
use crate::store::{StoreError, Unsound};
use std::io::ErrorKind;

/// Shown through the catalogue: `backup-fault-…`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupFault {
    #[error("there is no such backup")]
    Missing,
    #[error("there is no such folder")]
    NoFolder,
    /// In a folder.
    #[error("there is no backup here that can be used")]
    NoneSound,
    #[error("the backups here belong to several stations")]
    SeveralStations,
    #[error("the file is empty")]
    Empty,
    #[error("it is something else than a backup")]
    Foreign,
    #[error("the backup ends before its end")]
    Cut,
    #[error("the backup is not as it was written")]
    Changed,
    #[error("the accounts in the backup are damaged")]
    Accounts,
    #[error("the backup was made by a newer version of this program")]
    Newer,
    #[error("the backup is of another station")]
    OtherStation,
    #[error("wrong account or passphrase for this backup")]
    Wrong,
    #[error("a record in the backup does not open")]
    Sealed,
    #[error("what was restored is not what the backup holds")]
    Differs,
    #[error("there is something in the data directory")]
    NotEmpty,
    #[error("another program is at work there")]
    InUse,
    #[error("{needed} bytes are needed and {free} are free")]
    NoRoom { needed: u64, free: u64 },
    #[error("the disk is full")]
    DiskFull,
    #[error("it cannot be read or written: {0}")]
    Unwritable(String),
    #[error("backup.toml, line {line}: {why}")]
    Plan { line: usize, why: String },
    /// No automatic backup is made, so there is none.
    #[error("no automatic backup is made")]
    NoPlan,
    #[error("stopped")]
    Stopped,
    #[error("{0}")]
    Store(String),
}

/// A backup that cannot be used, and the best earlier one beside it, if there is one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct Unusable {
    pub fault: BackupFault,
    pub instead: Option<Box<FoundBackup>>,
}

impl BackupFault {
    /// The file itself cannot be used, whoever tries it again.
    pub fn is_of_the_file(&self) -> bool {
        use BackupFault::{Accounts, Changed, Cut, Empty, Foreign, Newer, Sealed};
        matches!(self, Empty | Foreign | Cut | Changed | Accounts | Newer | Sealed)
    }

    /// Another file may be better.
    pub(super) fn may_spare_another(&self) -> bool {
        self.is_of_the_file() || matches!(self, Self::Missing | Self::Differs | Self::Store(_))
    }
}

impl From<StoreError> for BackupFault {
    fn from(error: StoreError) -> Self {
        use ErrorKind::{NotFound, PermissionDenied, ReadOnlyFilesystem};
        match error {
            StoreError::Unsound(Unsound::Empty) => BackupFault::Empty,
            StoreError::Unsound(Unsound::Foreign) => BackupFault::Foreign,
            StoreError::Unsound(Unsound::Cut) => BackupFault::Cut,
            StoreError::Unsound(Unsound::Changed) => BackupFault::Changed,
            StoreError::Newer { .. } => BackupFault::Newer,
            StoreError::Sealed(_) => BackupFault::Sealed,
            StoreError::Damaged { file: "what was restored", .. } => BackupFault::Differs,
            StoreError::NotEmpty => BackupFault::NotEmpty,
            StoreError::InUse => BackupFault::InUse,
            StoreError::NoRoom { needed, free } => BackupFault::NoRoom { needed, free },
            StoreError::Full => BackupFault::DiskFull,
            StoreError::Cancelled => BackupFault::Stopped,
            StoreError::Io { source, .. } if source.kind() == NotFound => BackupFault::Missing,
            StoreError::Io { source, .. }
                if [PermissionDenied, ReadOnlyFilesystem].contains(&source.kind()) =>
            {
                BackupFault::Unwritable(source.to_string())
            }
            other => BackupFault::Store(other.to_string()),
        }
    }
}

impl From<BackupFault> for Refusal {
    fn from(fault: BackupFault) -> Self {
        match fault {
            BackupFault::Stopped => Refusal::Stopped,
            BackupFault::NoFolder => Refusal::NoFolder,
            fault => Refusal::Backup(fault),
        }
    }
}
