//! Looking at all files of a station and putting them in order: with a key, or as far as it goes without one.

use super::desk::Place;
use super::{Refusal, Unwatched, Watch};
use crate::store::{self, Examination, Harm, Looked, Mended, Part, Soundness};
use std::ops::ControlFlow;

/// What a look at all files found, after what was put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkup {
    pub looked: Vec<Looked>,
    /// Every record was opened, not only its bytes verified: only who holds the key can.
    pub opened: bool,
    pub mended: Vec<Mended>,
}

impl Checkup {
    pub(super) fn of(examination: Examination, mended: Vec<Mended>) -> Self {
        Self { looked: examination.looked, opened: examination.opened, mended }
    }

    pub fn is_sound(&self) -> bool {
        !self.looked.iter().any(|looked| matches!(looked.state, Soundness::Harmed(_)))
    }

    /// For the log: parts and numbers.
    pub(super) fn line(&self) -> String {
        let harmed = self.looked.iter().filter(|looked| matches!(looked.state, Soundness::Harmed(_)));
        let harmed: Vec<&str> = harmed.map(|looked| looked.name.as_str()).collect();
        let or_none = |names: String| if names.is_empty() { "none".to_owned() } else { names };
        let (harmed, mended) = (or_none(harmed.join(" ")), or_none(self.parts_mended()));
        format!("all files were looked at: damaged {harmed}; mended {mended}")
    }

    pub(super) fn parts_mended(&self) -> String {
        let parts: Vec<&str> = self.mended.iter().map(|mended| name(mended.part)).collect();
        parts.join(" ")
    }
}

/// As logs and `--json` have it.
pub fn name(part: Part) -> &'static str {
    match part {
        Part::Marker => "marker",
        Part::Accounts => "accounts",
        Part::Journal => "journal",
        Part::Snapshot => "snapshot",
        Part::Roster => "roster",
        Part::Engine => "engine",
        Part::Unsealed => "unsealed",
    }
}

/// As `--json` has it.
pub fn state(state: &Soundness) -> &'static str {
    match state {
        Soundness::Sound => "sound",
        Soundness::Sealed => "sealed",
        Soundness::Behind => "behind",
        Soundness::Harmed(harm) => match harm {
            Harm::Gone => "gone",
            Harm::WentBack => "went-back",
            Harm::Bytes(_) => "damaged",
            Harm::Foreign => "foreign",
            Harm::Newer => "newer",
            Harm::Commits(_) => "commits-lost",
            Harm::Records(_) => "records-differ",
            Harm::Shut(_) | Harm::Unopened(_) => "shut",
        },
    }
}

pub(super) fn stages(watch: &dyn Watch) -> impl FnMut(Part, usize) -> ControlFlow<()> {
    |_, done| match watch.progress(done as u64, None) {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    }
}

/// Without a key. The caller holds the lock.
pub(super) fn examine(place: &Place, watch: &dyn Watch) -> Result<Checkup, Refusal> {
    let checkup = Checkup::of(store::examine(&place.dir, None, &mut stages(watch))?, vec![]);
    place.log.line(&checkup.line());
    Ok(checkup)
}

/// The same, after everything that can be put in order was.
pub(super) fn mend(place: &Place, watch: &dyn Watch) -> Result<Checkup, Refusal> {
    let mended = store::mend(&place.dir, &mut stages(watch))?;
    let checkup = Checkup::of(store::examine(&place.dir, None, &mut stages(&Unwatched))?, mended);
    place.log.line(&checkup.line());
    Ok(checkup)
}
