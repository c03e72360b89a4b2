//! What the rules said, kept in a sealed file: at the next start only those are looked at whose day has come or whose
//! files were saved since.
//!
//! ```text
//! block:  child 16, what the rules say 4; and so on
//! root:   version 1 │ of the rules 32 │ day number 4 │ last commit in it 8 │ for each block: place 4, length 4
//! ```

use super::super::papers;
use super::Files;
use crate::domain::{ChildId, HouseholdId, RecordKind};
use crate::office::Refusal;
use crate::office::pressing::Packed;
use crate::store::{Seq, StoreError};
use chrono::{Datelike, NaiveDate};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::PoisonError;
use uuid::Uuid;

const NAME: &str = "rules";
const VERSION: u8 = 1;
const ENTRY: usize = 20;
/// Entries of a block.
const BLOCK: usize = 16 << 10;
/// With so many commits since, everybody is looked at again.
const MOST_CHANGED: usize = 20_000;

struct Root {
    day: i32,
    mark: u64,
    blocks: Vec<(u32, u32)>,
}

impl Files {
    /// Takes in what was kept, if it is of these rules and not of a later day.
    pub(super) fn take_kept(&self) {
        match self.read_kept() {
            Ok(true) => {}
            Ok(false) => self.roster_mut().forget_pressing(),
            Err(error) => {
                self.roster_mut().forget_pressing();
                self.log
                    .line(&format!("what the rules said is not there any more, it is made again: {error}"));
            }
        }
    }

    /// `false`: what is there says nothing of today.
    fn read_kept(&self) -> Result<bool, StoreError> {
        let place = self.store.derived();
        let Some(file) = place.open(NAME)? else { return Ok(true) };
        let Some(root) = Root::read(&file.root()?, &self.practice().digest()) else {
            return Ok(false);
        };
        if root.day > self.today().num_days_from_ce() || self.store.has_lost() {
            return Ok(false);
        }
        // Whoever saves meanwhile shows what the rules say themselves: that is newer.
        for (at, len) in root.blocks {
            let block = file.block(at, len)?;
            let mut roster = self.roster_mut();
            for entry in block.chunks_exact(ENTRY) {
                let (child, bytes) = entry.split_at(16);
                let (Ok(child), Ok(bytes)) = (Uuid::from_slice(child), bytes.try_into()) else { continue };
                roster.press_from(ChildId(child), Packed::UNKNOWN, Packed::from_bytes(bytes));
            }
        }
        let (mut owners, mut households) = (HashSet::new(), HashSet::new());
        let read = self.store.changed_since(Seq(root.mark), &mut |key| {
            match RecordKind::from_byte(key.kind) {
                Some(RecordKind::Member) => drop(households.insert(key.owner)),
                Some(kind) if papers::are_read(kind) => drop(owners.insert(key.owner)),
                _ => {}
            }
            let few = owners.len() + households.len() < MOST_CHANGED;
            if few { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let mut roster = self.roster_mut();
        owners.into_iter().for_each(|owner| roster.press(ChildId(owner), Packed::UNKNOWN));
        households.into_iter().for_each(|id| roster.forget_pressing_of(HouseholdId(id)));
        Ok(read.is_some())
    }

    /// Writes all that is known, so that the next start begins there.
    pub(in crate::office::desk) fn keep_rules(&self, today: NaiveDate) -> Result<(), Refusal> {
        let _one_at_a_time = self.rolling.keeping.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = self.store.last();
        // Whoever has committed by now shows it before giving this back.
        drop(self.ledger());
        let all = self.roster().all_pressing();
        let mut file = self.store.derived().create(NAME)?;
        let mut root = vec![VERSION];
        root.extend_from_slice(&self.practice().digest());
        root.extend_from_slice(&today.num_days_from_ce().to_le_bytes());
        root.extend_from_slice(&mark.0.to_le_bytes());
        let mut block = Vec::with_capacity(ENTRY * all.len().min(BLOCK));
        for entries in all.chunks(BLOCK) {
            block.clear();
            for (child, pressing) in entries {
                block.extend_from_slice(child.0.as_bytes());
                block.extend_from_slice(&pressing.to_bytes());
            }
            let (at, len) = file.block(&block)?;
            root.extend_from_slice(&at.to_le_bytes());
            root.extend_from_slice(&len.to_le_bytes());
        }
        Ok(file.finish(&root)?)
    }
}

impl Root {
    /// `None` if it is of other rules or another version.
    fn read(bytes: &[u8], in_force: &[u8; 32]) -> Option<Root> {
        let (version, rest) = bytes.split_first()?;
        let (rules, rest) = rest.split_first_chunk::<32>()?;
        let (day, rest) = rest.split_first_chunk()?;
        let (mark, rest) = rest.split_first_chunk()?;
        let u32_of = |half: &[u8]| half.try_into().map(u32::from_le_bytes).ok();
        let blocks =
            rest.chunks_exact(8).filter_map(|place| Some((u32_of(&place[..4])?, u32_of(&place[4..])?)));
        (*version == VERSION && rules == in_force).then(|| Root {
            day: i32::from_le_bytes(*day),
            mark: u64::from_le_bytes(*mark),
            blocks: blocks.collect(),
        })
    }
}
