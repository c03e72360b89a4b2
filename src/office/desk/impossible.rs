//! What no form sees by itself, since it takes a second record to see it.

use super::work::Work;
use super::{Files, tasks};
use crate::domain::check::{Fault, FieldFault};
use crate::domain::forms::{child, member};
use crate::domain::{ChildId, Fields, HouseholdId, RecordKind, Row};
use crate::office::Refusal;
use std::collections::BTreeSet;
use uuid::Uuid;

impl Files {
    /// Refuses what cannot be, at the field in which it was typed.
    pub(super) fn refuse_impossible(
        &self,
        work: &Work,
        siblings: &dyn Fn(Uuid) -> Vec<ChildId>,
    ) -> Result<(), Refusal> {
        let mut faults = vec![];
        for (at, before, now) in work.touched() {
            let Some(now) = now else { continue };
            let fresh = |field| before.is_none_or(|before| before.get(&field) != now.get(&field));
            match at.kind {
                RecordKind::Child if fresh(child::GUARDIAN) || fresh(child::NAME) => {
                    faults.extend(self.guarded(ChildId(at.id), now));
                }
                RecordKind::Member if fresh(member::NAME) || fresh(member::ROLE) => {
                    faults.extend(self.carer_is_child(HouseholdId(at.owner), now));
                }
                _ => {}
            }
        }
        faults.extend(tasks::forbidden(work, &self.practice(), self.today(), siblings)?);
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Invalid(faults)) }
    }

    /// Guardianship that leads back to the child.
    fn guarded(&self, own: ChildId, fields: &Fields) -> Option<FieldFault> {
        let (name, guardian) = (fields.text(&child::NAME), fields.text(&child::GUARDIAN));
        let refuse = |fault| Some(FieldFault { field: child::GUARDIAN, fault, grave: true });
        if guardian.is_empty() {
            return None;
        }
        if guardian == name {
            return refuse(Fault::GuardsSelf);
        }
        let household = HouseholdId(fields.link(&child::HOUSEHOLD)?);
        let back = |row: &Row| row.child != own && row.name == guardian && row.guardian == name;
        let each_other = self.roster().household(household).iter().any(back);
        each_other.then(|| refuse(Fault::GuardsEachOther { name: guardian.to_owned() })).flatten()
    }

    /// A parent or carer with the name of the household's only child. Where there are several, one may care for another.
    fn carer_is_child(&self, household: HouseholdId, fields: &Fields) -> Option<FieldFault> {
        let cares = matches!(fields.text(&member::ROLE), "father" | "mother" | "carer");
        let rows = self.roster().household(household);
        let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let same = names.len() == 1 && names.contains(fields.text(&member::NAME));
        (cares && same).then_some(FieldFault { field: member::NAME, fault: Fault::GuardsSelf, grave: true })
    }
}
