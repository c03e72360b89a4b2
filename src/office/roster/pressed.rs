//! What the rules say of every child, beside its row.

use super::{Digest, GONE, Roster, Slot, child_at, short};
use crate::domain::{ChildId, HouseholdId};
use crate::office::pressing::Packed;

impl Roster {
    pub(in crate::office) fn pressing(&self, slot: Slot) -> Packed {
        self.digests.get(slot as usize).map_or(Packed::UNKNOWN, |digest| digest.pressing)
    }

    /// None: there is no such child.
    pub(in crate::office) fn pressing_of(&self, child: ChildId) -> Option<Packed> {
        self.slot(child).map(|slot| self.pressing(slot))
    }

    /// Takes in what the rules say of a child that is there.
    pub(in crate::office) fn press(&mut self, child: ChildId, pressing: Packed) {
        let Some(slot) = self.slot(child) else { return };
        let own = &mut self.digests[slot as usize].pressing;
        // Lists that are in order stay so where only the day of change is another.
        self.version += u64::from(!own.looks_like(pressing));
        *own = pressing;
    }

    /// The same, unless something else was taken in since it was `before`.
    pub(in crate::office) fn press_from(&mut self, child: ChildId, before: Packed, pressing: Packed) {
        if self.slot(child).is_some_and(|slot| self.pressing(slot) == before) {
            self.press(child, pressing);
        }
    }

    /// The rules are to be asked about everybody again.
    pub(in crate::office) fn forget_pressing(&mut self) {
        self.digests.iter_mut().for_each(|digest| digest.pressing = Packed::UNKNOWN);
        self.version += 1;
    }

    /// Of these households too: what is written there is read for each of its children.
    pub(in crate::office) fn forget_pressing_of(&mut self, household: HouseholdId) {
        let wanted = short(Some(household));
        let same = |digest: &&mut Digest| digest.household == wanted;
        self.digests.iter_mut().filter(same).for_each(|digest| digest.pressing = Packed::UNKNOWN);
        self.version += 1;
    }

    /// More children than so many are due for the rules on a day.
    pub(in crate::office) fn many_due_for_rules(&self, day: i32, many: usize) -> bool {
        self.digests.iter().filter(|digest| is_due(digest, day)).nth(many).is_some()
    }

    /// The children about whom the rules are to be asked again on a day, with what they said before.
    pub(in crate::office) fn due_for_rules(&self, day: i32) -> Vec<(ChildId, Packed)> {
        let all = self.digests.iter().enumerate().filter(|(_, digest)| is_due(digest, day));
        let known = |slot: usize| child_at(&self.digests, &self.chunks, slot as Slot);
        all.filter_map(|(slot, digest)| Some((known(slot)?, digest.pressing))).collect()
    }

    /// All that is known of what the rules say.
    pub(in crate::office) fn all_pressing(&self) -> Vec<(ChildId, Packed)> {
        let known = |digest: &Digest| digest.chunk != GONE && digest.pressing.is_known();
        let of = |slot: Slot| child_at(&self.digests, &self.chunks, slot);
        let all = self.digests.iter().enumerate().filter(|(_, digest)| known(digest));
        all.filter_map(|(slot, digest)| Some((of(slot as Slot)?, digest.pressing))).collect()
    }
}

fn is_due(digest: &Digest, day: i32) -> bool {
    digest.chunk != GONE && digest.pressing.is_due(day)
}
