//! Taking a change back: a change of its own, checked as any other.

use super::Files;
use super::approvals::without_approving;
use super::save::Kept;
use super::work::Work;
use crate::domain::{Change, ChangeId, ChildId, Part, Record, RecordKind};
use crate::office::audit::{Deed, Verb};
use crate::office::{Refusal, Saved, access, keep};

impl Files {
    pub(super) fn revert(&self, child: ChildId, id: ChangeId) -> Result<Saved, Refusal> {
        let changes = self.changes(child)?;
        let change = changes.iter().find(|change| change.id == id).ok_or(Refusal::NotFound)?;
        // Registers have no history that is taken back: the ledger is corrected, and others lean on the rest.
        if change.parts.iter().any(|part| !is_in_file(part.at.kind)) {
            return Err(Refusal::NotFound);
        }
        self.open_begun_in(change.parts.iter().map(|part| part.at))?;
        let mut ledger = self.ledger();
        let changes = self.changes(child)?;
        let change = changes.iter().find(|change| change.id == id).ok_or(Refusal::NotFound)?;
        let mut work = Work::new(&self.store, &self.recent);
        let mut conflicts = vec![];
        let mut inverses: Vec<Part> = change.parts.iter().map(Part::inverse).collect();
        if !access::may(self.me.role, access::Want::Approve) {
            let Some(rest) = without_approving(inverses) else {
                drop(ledger);
                self.note_deed(Deed::about(Verb::Denied, access::Want::Approve.code()));
                return Err(Refusal::NotAllowed);
            };
            inverses = rest;
        }
        for inverse in inverses {
            let now = work.fields(inverse.at)?.cloned();
            conflicts.extend(inverse.conflicts(now.as_ref()));
            if inverse.dropped {
                // Fields that came later would go unseen.
                let later = now.iter().flat_map(|now| now.0.keys());
                conflicts
                    .extend(later.filter(|id| inverse.edits.iter().all(|edit| edit.field != **id)).cloned());
                if inverse.at.kind == RecordKind::Child && added_since(&changes, change) {
                    return Err(Refusal::Changed(conflicts));
                }
            }
            // What is not there any more has no fields to put anything back into.
            if inverse.made == now.is_some() {
                return Err(Refusal::Changed(conflicts));
            }
            let before =
                now.map(|fields| Record { at: inverse.at, fields, created: change.at, updated: change.at });
            work.set(inverse.at, inverse.apply(before, ledger.stamp).map(|record| record.fields))?;
        }
        if !conflicts.is_empty() {
            return Err(Refusal::Changed(conflicts));
        }
        self.check_company(&work)?;
        self.refuse_impossible(&work, &self.siblings(&work))?;
        // What went with the change may still be asked for by something else.
        self.with_consequences(&mut work, &ledger, |consequences, work, siblings| {
            consequences.taking_back = true;
            consequences.keep_up(work, siblings)
        })?;
        self.keep(&mut ledger, work, Kept { reverts: Some(id), draft: None, verb: Verb::Revert }, vec![])
    }

    /// The changes of a child's file and of its household, oldest first.
    pub(super) fn changes(&self, child: ChildId) -> Result<Vec<Change>, Refusal> {
        let mut changes = keep::changes(&self.store, child.0)?;
        let household = self.roster().of_child(child).and_then(|view| view.household);
        if let Some(household) = household {
            changes.extend(keep::changes(&self.store, household.0)?);
        }
        changes.sort_by_key(|change| (change.at, change.id));
        changes.dedup_by_key(|change| change.id);
        Ok(changes)
    }
}

/// What stands in the file of a child, or of its household.
fn is_in_file(kind: RecordKind) -> bool {
    kind.is_of_child() || matches!(kind, RecordKind::Child | RecordKind::Household | RecordKind::Member)
}

/// Whether the file was worked on after this change, other than by what was taken back again.
fn added_since(changes: &[Change], change: &Change) -> bool {
    let undone = |id: ChangeId| changes.iter().any(|later| later.reverts == Some(id));
    changes.iter().any(|later| later.at > change.at && later.reverts.is_none() && !undone(later.id))
}
