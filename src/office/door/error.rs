//! Why somebody stays outside.

use crate::domain::check;
use crate::office::Refusal;
use crate::store::StoreError;
use crate::vault::VaultError;
use std::io;

/// Why nobody came in. Shown through the catalogue: [`DoorError::key`].
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    #[error("another window or program has these files open")]
    InUse,
    #[error("there is something in this directory already")]
    NotNew,
    #[error("there is no station in this directory")]
    NoStation,
    #[error("wrong account or passphrase")]
    Wrong,
    #[error("this account is closed")]
    Closed,
    #[error("too many attempts: wait {seconds} s")]
    Wait { seconds: u64 },
    #[error("this recovery key does not belong to this station")]
    WrongRecoveryKey,
    #[error("a login name has 1 to 64 characters without spaces")]
    BadLogin,
    #[error("this account may not do that")]
    NotAllowed,
    #[error("some fields of the station cannot be saved as they are")]
    Invalid(Vec<check::FieldFault>),
    #[error("these files were written by a newer version of this program")]
    Newer,
    #[error("the file of accounts is damaged: {0}")]
    Damaged(String),
    #[error("the disk is full")]
    DiskFull,
    #[error("this directory cannot be written to: {0}")]
    ReadOnly(String),
    #[error("{0}")]
    Store(String),
}

impl DoorError {
    /// Catalogue key of what happened and what to do.
    pub fn key(&self) -> &'static str {
        match self {
            DoorError::InUse => "door-in-use",
            DoorError::NotNew => "door-not-new",
            DoorError::NoStation => "door-no-station",
            DoorError::Wrong => "door-wrong",
            DoorError::Closed => "door-closed",
            DoorError::Wait { .. } => "door-wait",
            DoorError::WrongRecoveryKey => "door-wrong-recovery-key",
            DoorError::BadLogin => "door-bad-login",
            DoorError::NotAllowed => "refusal-not-allowed",
            DoorError::Invalid(_) => "door-invalid",
            DoorError::Newer => "door-newer",
            DoorError::Damaged(_) => "door-damaged",
            DoorError::DiskFull => "door-disk-full",
            DoorError::ReadOnly(_) => "door-read-only",
            DoorError::Store(_) => "door-store",
        }
    }
}

impl From<io::Error> for DoorError {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded => DoorError::DiskFull,
            PermissionDenied | ReadOnlyFilesystem => DoorError::ReadOnly(error.to_string()),
            _ => DoorError::Store(error.to_string()),
        }
    }
}

impl From<StoreError> for DoorError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::InUse => DoorError::InUse,
            StoreError::Full => DoorError::DiskFull,
            StoreError::NotAStore => DoorError::NoStation,
            StoreError::NotEmpty => DoorError::NotNew,
            StoreError::Newer { .. } => DoorError::Newer,
            StoreError::Damaged { .. } => DoorError::Damaged(error.to_string()),
            StoreError::Io { what, source } => match DoorError::from(source) {
                DoorError::Store(why) => DoorError::Store(format!("{what}: {why}")),
                other => other,
            },
            other => DoorError::Store(other.to_string()),
        }
    }
}

impl From<VaultError> for DoorError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::WrongPassphrase | VaultError::NoSuchAccount => DoorError::Wrong,
            VaultError::Closed => DoorError::Closed,
            VaultError::WrongRecoveryKey => DoorError::WrongRecoveryKey,
            VaultError::BadLogin | VaultError::LoginTaken => DoorError::BadLogin,
            VaultError::Newer { .. } => DoorError::Newer,
            other => DoorError::Damaged(other.to_string()),
        }
    }
}

impl From<Refusal> for DoorError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::DiskFull => DoorError::DiskFull,
            Refusal::Newer => DoorError::Newer,
            Refusal::NotAllowed => DoorError::NotAllowed,
            other => DoorError::Store(other.to_string()),
        }
    }
}
