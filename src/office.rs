//! The one door: every read and every change of a station's files goes through [`Office::ask`].
//!
//! A request is authorised, validated, applied, kept and indexed here, once, whoever sent it. Drawing and keys are
//! not known here.

mod access;
pub mod answer;
mod audit;
pub mod backups;
pub mod brief;
pub mod care;
mod demo;
mod desk;
pub mod door;
mod finder;
mod handout;
mod keep;
mod ledger;
mod own;
pub mod pages;
mod precedent;
mod pressing;
pub mod request;
mod roster;
mod rulebook;
mod rules;
mod tables;
mod template;
mod unsealed;

pub use crate::practice::instruments::{Colour, Higher, Instrument, Instruments, MOST_ITEMS, item_field};
pub use crate::practice::needs;
pub use crate::practice::scoring;
pub use crate::store::{Harm, Looked, Mended, Part, Soundness};
pub use answer::*;
pub use audit::{Verb, Way};
pub use care::Checkup;
pub use demo::{DEMO_LOGIN, DEMO_PASSPHRASE, demo, invented, invented_watched};
pub use desk::{Desk, import::Whole};
pub use door::{Door, DoorError, DoorState, Ready, Setup};
pub use handout::HandoutFault;
#[doc(hidden)]
pub use keep::probe as probe_record;

/// Bytes as the files that stations give each other: for [`crate::probe`].
#[doc(hidden)]
pub fn probe_handout(bytes: &[u8]) {
    desk::precedents::probe(bytes);
    desk::template::probe(bytes);
}
pub use own::{EXAMPLES, PAGES, check as check_own, is_page_id};
pub use precedent::*;
pub use pressing::Pressing;
pub use request::*;
pub use rules::{FIELDS, OwnFault};
pub use tables::*;
pub use template::*;

use crate::domain::Fields;

/// Somebody's seat at the office, signed in. Calls may come from several threads; a call may wait for the disk.
pub trait Office: Send + Sync {
    fn me(&self) -> &Me;

    /// Answers a request. `watch` hears of progress and may stop long ones without harm.
    fn ask_watched(&self, request: Request, watch: &dyn Watch) -> Result<Answer, Refusal>;

    fn ask(&self, request: Request) -> Result<Answer, Refusal> {
        self.ask_watched(request, &Unwatched)
    }

    /// Whoever sits here was away and has proved who they are: a new sitting begins.
    fn is_back(&self) {}

    /// Registers many children at once, all or none. The rows are checked already; those that cannot be saved are
    /// refused with their position.
    fn import(&self, rows: &mut dyn Iterator<Item = Fields>, watch: &dyn Watch) -> Result<Imported, Refusal>;
}

/// Somebody who watches long work.
pub trait Watch: Sync {
    /// `false` asks to stop; what was done so far is then taken back.
    fn progress(&self, done: u64, total: Option<u64>) -> bool;
}

/// Nobody watches.
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _: u64, _: Option<u64>) -> bool {
        true
    }
}
