//! The rules of the work as data: what is due when, and which days are worked.
//!
//! Functions of (records, rules, today); no disk, no clock. The rules ship in `assets/practice/` and a station may
//! keep its own copy beside its data.

pub mod aid;
pub mod deadlines;
pub mod fault;
pub mod flags;
pub mod instruments;
pub mod limits;
pub mod matching;
pub mod needs;
pub mod precedent;
pub mod quality;
pub mod retention;
pub mod scoring;
pub mod workdays;
pub mod written;

/// The text of a table that ships with the program, by its name in `practice/`.
pub fn core_text(name: &str) -> Option<&'static str> {
    match name {
        "deadlines.toml" => Some(deadlines::CORE),
        "audit.toml" => Some(retention::CORE),
        "aid.toml" => Some(aid::CORE),
        instruments::FILE => Some(instruments::CORE),
        needs::FILE => Some(needs::CORE),
        "quality.toml" => Some(quality::CORE),
        precedent::table::FILE => Some(precedent::table::CORE),
        name => {
            let year = name.strip_prefix("days/");
            let mut years = workdays::CORE.iter().filter(|(file, _)| year == Some(*file));
            let mut tables = flags::TABLES.iter().filter(|(file, _)| *file == name);
            years.next().or(tables.next()).map(|(_, text)| *text)
        }
    }
}

pub use aid::AidRule;
pub use deadlines::{Certainty, Circumstance, Event, Facts, Offset, Rule, Rules, Suggested, Trigger};
pub use fault::{RuleFault, RuleFlaw};
pub use flags::{Flag, FlagRules, Look, read_facts};
pub use instruments::Instruments;
pub use limits::Limits;
pub use needs::NeedRules;
pub use retention::Retention;
pub use workdays::{Calendar, Counted, Workday};
