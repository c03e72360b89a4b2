//! What is being typed: kept as it is typed, per account, and offered again.

use super::Files;
use crate::domain::forms::child;
use crate::domain::{ChildId, RecordKind, RecordRef};
use crate::office::{Draft, DraftLine, Refusal, keep};
use std::collections::BTreeSet;
use std::sync::{MutexGuard, PoisonError};
use uuid::Uuid;

impl Files {
    pub(super) fn draft_at(&self, id: Uuid) -> RecordRef {
        RecordRef::of(RecordKind::Draft, self.me.worker.0, id)
    }

    pub(super) fn keep_draft(&self, mut draft: Draft) -> Result<(), Refusal> {
        if draft.id.is_nil() {
            return Err(Refusal::NotFound);
        }
        draft.at = self.ledger().tick(self.clock.millis());
        self.store.commit(vec![keep::put(self.draft_at(draft.id), &draft)?])?;
        self.draft_ids().insert(draft.id);
        Ok(())
    }

    pub(super) fn draft_ids(&self) -> MutexGuard<'_, BTreeSet<Uuid>> {
        self.drafts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn drop_draft(&self, id: Uuid) -> Result<(), Refusal> {
        self.store.commit(vec![keep::drop(self.draft_at(id))])?;
        self.draft_ids().remove(&id);
        Ok(())
    }

    pub(super) fn drafts(&self) -> Result<Vec<DraftLine>, Refusal> {
        let mut drafts: Vec<Draft> = keep::all(&self.store, RecordKind::Draft, self.me.worker.0)?;
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.at));
        Ok(drafts.into_iter().map(|draft| self.draft_line(draft)).collect())
    }

    fn draft_line(&self, draft: Draft) -> DraftLine {
        let roster = self.roster();
        let owner =
            draft.job.child.or((draft.job.at.kind == RecordKind::Child).then_some(ChildId(draft.job.at.id)));
        let on_file = owner.and_then(|child| roster.of_child(child)).map(|view| view.name.to_owned());
        let typed = || {
            let of_child = draft.job.at.kind == RecordKind::Child;
            let text = draft.texts.get(&child::NAME).map(String::as_str);
            text.or(Some(draft.fields.text(&child::NAME))).filter(|_| of_child).unwrap_or_default().to_owned()
        };
        DraftLine { name: on_file.unwrap_or_else(typed), when: self.clock.local(draft.at.millis), draft }
    }
}
