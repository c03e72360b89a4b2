//! Records, changes and drafts as bytes for the store: a version byte, then MessagePack with named fields, so that
//! an older program can tell that it meets something newer, and a newer one reads what older ones wrote.

use super::Refusal;
use crate::domain::{Change, Record, RecordKind, RecordRef};
use crate::store::{Key, Op, Store, StoreError};
use serde::{Serialize, de::DeserializeOwned};
use std::ops::ControlFlow;
use uuid::Uuid;

/// The newest version of the bytes that this program writes and reads.
const VERSION: u8 = 1;
/// Deepest nesting of a record, unknown fields included: ours have six levels, and each takes room on the stack.
const DEEPEST: usize = 64;

pub(super) fn key(at: RecordRef) -> Key {
    Key { kind: at.kind as u8, owner: at.owner, id: at.id }
}

pub(super) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Refusal> {
    // Most records fit: what grows step by step is copied at each.
    let mut bytes = Vec::with_capacity(512);
    bytes.push(VERSION);
    rmp_serde::encode::write_named(&mut bytes, value)
        .map_err(|_| Refusal::Store("a record could not be encoded".into()))?;
    Ok(bytes)
}

pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    match bytes.split_first() {
        Some((&version, _)) if version > VERSION => Err(Refusal::Newer),
        Some((_, body)) => {
            let mut from = rmp_serde::Deserializer::from_read_ref(body);
            from.set_max_depth(DEEPEST);
            T::deserialize(&mut from)
                .map_err(|_| Refusal::Store("a record does not read as one of this program".into()))
        }
        None => Err(Refusal::Store("an empty record".into())),
    }
}

pub(super) fn put<T: Serialize>(at: RecordRef, value: &T) -> Result<Op, Refusal> {
    Ok(Op { key: key(at), value: Some(encode(value)?) })
}

pub(super) fn drop(at: RecordRef) -> Op {
    Op { key: key(at), value: None }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Cancelled => Refusal::Stopped,
            StoreError::Full => Refusal::DiskFull,
            StoreError::Newer { .. } => Refusal::Newer,
            error @ (StoreError::NoRoom { .. } | StoreError::Unsound(_)) => Refusal::Backup(error.into()),
            other => Refusal::Store(other.to_string()),
        }
    }
}

/// One record, if it is there.
pub(super) fn record(store: &Store, at: RecordRef) -> Result<Option<Record>, Refusal> {
    store.get(key(at))?.map(|bytes| decode(&bytes)).transpose()
}

/// All records of a kind that one owner has.
pub(super) fn records(store: &Store, kind: RecordKind, owner: Uuid) -> Result<Vec<Record>, Refusal> {
    all(store, kind, owner)
}

/// The changes that lie with an owner, oldest first.
pub(super) fn changes(store: &Store, owner: Uuid) -> Result<Vec<Change>, Refusal> {
    let mut changes: Vec<Change> = all(store, RecordKind::Change, owner)?;
    changes.sort_by_key(|change| change.at);
    Ok(changes)
}

/// All records of a kind, whoever owns them.
pub(super) fn of_kind(store: &Store, kind: RecordKind) -> Result<Vec<Record>, Refusal> {
    scan(store, kind, None)
}

/// The same, of what is no [`Record`].
pub(super) fn each<T: DeserializeOwned>(store: &Store, kind: RecordKind) -> Result<Vec<T>, Refusal> {
    scan(store, kind, None)
}

pub(super) fn all<T: DeserializeOwned>(
    store: &Store,
    kind: RecordKind,
    owner: Uuid,
) -> Result<Vec<T>, Refusal> {
    scan(store, kind, Some(owner))
}

fn scan<T: DeserializeOwned>(
    store: &Store,
    kind: RecordKind,
    owner: Option<Uuid>,
) -> Result<Vec<T>, Refusal> {
    let mut found = Vec::new();
    let mut fault = None;
    store.scan(kind as u8, owner, &mut |_, bytes| match decode(&bytes) {
        Ok(value) => {
            found.push(value);
            ControlFlow::Continue(())
        }
        Err(refusal) => {
            fault = Some(refusal);
            ControlFlow::Break(())
        }
    })?;
    fault.map_or(Ok(found), Err)
}

/// Bytes as every kind of record that is kept: for [`crate::probe`].
#[doc(hidden)]
pub fn probe(bytes: &[u8]) {
    fn of<T: Serialize + DeserializeOwned>(bytes: &[u8]) {
        // The version stands before the record: whatever it is, the rest is read as of today.
        for bytes in [bytes.to_vec(), [&[VERSION], bytes].concat()] {
            if let Ok(value) = decode::<T>(&bytes) {
                let again = encode(&value).and_then(|bytes| decode::<T>(&bytes));
                assert!(again.is_ok(), "it reads what it writes");
            }
        }
    }
    of::<Record>(bytes);
    of::<Change>(bytes);
    of::<super::Draft>(bytes);
    of::<super::precedent::Stored>(bytes);
    of::<super::desk::OwnCopy>(bytes);
    of::<super::ledger::Ledger>(bytes);
    of::<super::audit::Entry>(bytes);
    of::<Vec<super::unsealed::Event>>(bytes);
    if let Some(row) = crate::domain::Row::decode(bytes) {
        let mut again = Vec::new();
        row.encode(&mut again);
        assert!(crate::domain::Row::decode(&again).is_some(), "it reads what it writes");
    }
}
