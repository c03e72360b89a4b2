//! What can go wrong with a store. No text here ever holds what a record says.

use std::io;

use crate::vault::OpenError;

/// What is wrong with a file that should be a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    #[error("the file is empty")]
    Empty,
    #[error("it is something else than a backup")]
    Foreign,
    #[error("it ends before its end")]
    Cut,
    #[error("its bytes are not those that were written")]
    Changed,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("another program has this store open")]
    InUse,
    #[error("the disk is full; everything saved before is safe")]
    Full,
    #[error("{needed} bytes are needed and {free} are free")]
    NoRoom { needed: u64, free: u64 },
    #[error("the backup cannot be used: {0}")]
    Unsound(Unsound),
    #[error("{what}: {source}")]
    Io { what: &'static str, source: io::Error },
    #[error("{file} has format {found}; this program knows up to {known}")]
    Newer { file: &'static str, found: u16, known: u16 },
    #[error("there is no store here")]
    NotAStore,
    #[error("this is of another store")]
    OtherStore,
    #[error("the directory is not empty")]
    NotEmpty,
    #[error("{file} is damaged: {why}")]
    Damaged { file: &'static str, why: &'static str },
    #[error("a record does not open: {0}")]
    Sealed(#[from] OpenError),
    #[error("a record or a change is larger than {0} bytes")]
    TooLarge(usize),
    #[error("cancelled")]
    Cancelled,
    #[error("no part of the store that holds this record can be read: {0}")]
    Unreadable(String),
}

pub(crate) type Result<T> = std::result::Result<T, StoreError>;

impl StoreError {
    pub(crate) fn io(what: &'static str) -> impl FnOnce(io::Error) -> StoreError {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full,
            _ => StoreError::Io { what, source },
        }
    }

    pub(crate) fn damaged(file: &'static str, why: &'static str) -> StoreError {
        StoreError::Damaged { file, why }
    }
}
