//! The station's own rules, fields and pages as they travel in backups: a copy of each lies among the records, sealed as
//! they are, because a page may name somebody. What a restore brings back is written out at the first sign-in.
//!
//! The files stay what counts: they are compared with the copies when they are edited in the program, before a backup with
//! a key and when nobody types, since a person may edit them with anything. A copy made without a key has them as of then.

use super::Files;
use crate::domain::{RecordKind, RecordRef};
use crate::office::own::{self, Own};
use crate::office::{Refusal, keep};
use crate::platform::{self, log::Log};
use crate::store::{self, Op, Store};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// A file as it is kept among the records. Owned by the nil id, under a random one: a page's name may tell something, too.
#[derive(Serialize, Deserialize)]
pub(in crate::office) struct OwnCopy {
    /// Its place in the data directory.
    #[serde(rename = "n")]
    name: String,
    #[serde(rename = "t")]
    text: String,
}

/// What is kept, by name: where, and the hash of its text. None: not read yet.
#[derive(Default)]
pub(super) struct OwnCopies(Mutex<Option<BTreeMap<String, (Uuid, blake3::Hash)>>>);

fn place(id: Uuid) -> RecordRef {
    RecordRef::of(RecordKind::OwnText, Uuid::nil(), id)
}

fn kept(store: &Store) -> Result<Vec<(Uuid, OwnCopy)>, Refusal> {
    let (mut all, mut refused) = (vec![], None);
    store.scan(RecordKind::OwnText as u8, None, &mut |key, bytes| match keep::decode::<OwnCopy>(&bytes) {
        Ok(copy) => {
            all.push((key.id, copy));
            ControlFlow::Continue(())
        }
        Err(refusal) => {
            refused = Some(refusal);
            ControlFlow::Break(())
        }
    })?;
    refused.map_or(Ok(all), Err)
}

/// Writes out what a restore brought back. A file that lies there already is somebody's and stays; whatever fails, people
/// come in, and it is tried again at the next sign-in.
pub(super) fn bring_back(dir: &Path, store: &Store, log: &Log) {
    if !dir.join(store::RESTORED).exists() {
        return;
    }
    let written = kept(store).and_then(|copies| {
        for (_, OwnCopy { name, text }) in copies {
            let path = dir.join(&name);
            if own::may_lie(&name) && !path.exists() {
                platform::write_text(&path, &text).map_err(super::editing::not_written)?;
            }
        }
        std::fs::remove_file(dir.join(store::RESTORED)).map_err(super::editing::not_written)
    });
    if written.is_err() {
        log.line(
            "the station's own rules and pages of the backup could not be written out; it is tried again",
        );
    }
}

impl Files {
    /// Takes what lies there now among the records.
    pub(super) fn copy_own(&self) -> Result<(), Refusal> {
        // Until they are written out, what lies there is not all there is.
        if self.dir.join(store::RESTORED).exists() {
            return Ok(());
        }
        let mut known = self.own_copies.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut copies = match known.take() {
            Some(copies) => copies,
            None => {
                let copies = kept(&self.store)?.into_iter();
                copies.map(|(id, copy)| (copy.name, (id, blake3::hash(copy.text.as_bytes())))).collect()
            }
        };
        let texts = own::texts(Own::of(&self.dir));
        let mut ops: Vec<Op> = vec![];
        // Of a store that an older program restored, the files were never written out: their copies are all there is.
        if own::has_been(&self.dir) {
            copies.retain(|name, (id, _)| {
                let stays = texts.contains_key(name);
                if !stays {
                    ops.push(keep::drop(place(*id)));
                }
                stays
            });
        }
        for (name, text) in texts {
            let hash = blake3::hash(text.as_bytes());
            if copies.get(&name).is_some_and(|(_, known)| *known == hash) {
                continue;
            }
            let id = copies.get(&name).map_or_else(Uuid::now_v7, |(id, _)| *id);
            copies.insert(name.clone(), (id, hash));
            ops.push(keep::put(place(id), &OwnCopy { name, text })?);
        }
        // A commit that fails leaves them unknown: they are read again.
        if !ops.is_empty() {
            self.store.commit(ops)?;
        }
        *known = Some(copies);
        Ok(())
    }

    /// The same for whoever does something else, which goes on without.
    pub(super) fn try_copy_own(&self) {
        if self.copy_own().is_err() {
            self.log
                .line("the station's own rules and pages could not be copied for backups; it is tried again");
        }
    }
}
