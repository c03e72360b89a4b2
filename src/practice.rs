//! The rules of the work as data: what is due when, and which days are worked.
//!
//! Functions of (records, rules, today); no disk, no clock. The rules ship in `assets/practice/` and a station may
//! keep its own copy beside its data.

pub mod aid;
pub mod deadlines;
pub mod fault;
pub mod flags;
pub mod instruments;
pub mod matching;
pub mod quality;
pub mod retention;
pub mod scoring;
pub mod workdays;

pub use aid::AidRule;
pub use deadlines::{Certainty, Circumstance, Event, Facts, Offset, Rule, Rules, Suggested, Trigger};
pub use fault::{RuleFault, RuleFlaw};
pub use flags::{Flag, FlagRules, Look, read_facts};
pub use instruments::Instruments;
pub use retention::Retention;
pub use workdays::{Calendar, Counted, Workday};
