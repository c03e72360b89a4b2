//! The one vocabulary of saving, history, undo and exchange: what was, what is, who, when.

use super::{FieldId, Fields, Record, RecordRef, Value, WorkerId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A moment that never goes backwards, even when the PC's clock does: milliseconds since 1970 (UTC), then a counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp {
    #[serde(rename = "m")]
    pub millis: i64,
    #[serde(rename = "n", default)]
    pub count: u32,
}

impl Stamp {
    /// The stamp after `self` when the clock shows `millis`.
    pub fn next(self, millis: i64) -> Self {
        if millis > self.millis {
            Self { millis, count: 0 }
        } else {
            Self { millis: self.millis, count: self.count + 1 }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeId(pub Uuid);

/// One field, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    #[serde(rename = "f")]
    pub field: FieldId,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Value>,
}

/// What happened to one record. A record that was not there before is `made`; one that is gone after is `dropped`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    #[serde(rename = "r")]
    pub at: RecordRef,
    #[serde(rename = "m", default)]
    pub made: bool,
    #[serde(rename = "d", default)]
    pub dropped: bool,
    #[serde(rename = "e")]
    pub edits: Vec<Edit>,
}

/// A change: kept for ever, never edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    #[serde(rename = "i")]
    pub id: ChangeId,
    #[serde(rename = "a")]
    pub at: Stamp,
    #[serde(rename = "b")]
    pub by: WorkerId,
    /// The change that this one takes back.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub reverts: Option<ChangeId>,
    #[serde(rename = "p")]
    pub parts: Vec<Part>,
}

impl Part {
    /// What turns `old` (none: no such record yet) into `new`; `None` where nothing differs.
    pub fn between(at: RecordRef, old: Option<&Fields>, new: &Fields) -> Option<Part> {
        let empty = Fields::default();
        let before = old.unwrap_or(&empty);
        let ids: BTreeSet<&FieldId> = before.0.keys().chain(new.0.keys()).collect();
        let edits: Vec<Edit> = ids
            .into_iter()
            .filter(|id| before.get(id) != new.get(id))
            .map(|id| Edit { field: id.clone(), old: before.get(id).cloned(), new: new.get(id).cloned() })
            .collect();
        (old.is_none() || !edits.is_empty()).then_some(Part {
            at,
            made: old.is_none(),
            dropped: false,
            edits,
        })
    }

    /// The part that takes this one back.
    pub fn inverse(&self) -> Part {
        let edits = self.edits.iter().map(|e| Edit {
            field: e.field.clone(),
            old: e.new.clone(),
            new: e.old.clone(),
        });
        Part { at: self.at, made: self.dropped, dropped: self.made, edits: edits.collect() }
    }

    /// Fields whose value now is not what this part takes for granted: somebody changed them in between.
    pub fn conflicts(&self, now: Option<&Fields>) -> Vec<FieldId> {
        let empty = Fields::default();
        let now = now.unwrap_or(&empty);
        self.edits.iter().filter(|e| now.get(&e.field) != e.old.as_ref()).map(|e| e.field.clone()).collect()
    }

    /// The record after this part; `None` when it drops it.
    pub fn apply(&self, record: Option<Record>, at: Stamp) -> Option<Record> {
        if self.dropped {
            return None;
        }
        let mut record = record.unwrap_or_else(|| Record {
            at: self.at,
            fields: Fields::default(),
            created: at,
            updated: at,
        });
        for edit in &self.edits {
            record.fields.set(edit.field.clone(), edit.new.clone());
        }
        record.updated = at;
        Some(record)
    }
}
