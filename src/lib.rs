//! Tonghu: the case files of a child-aid station.
//!
//! The rooms, from the ground up; `ARCHITECTURE.md` walks through them and `tests/it/tidy.rs` holds their walls.

pub mod domain;
pub mod i18n;
pub mod platform;
pub mod vault;
pub mod wording;

pub mod manual;
pub mod practice;
pub mod report;
pub mod search;
pub mod store;

pub mod office;

pub mod exchange;
pub mod tui;

pub mod boot;
pub mod cli;

#[doc(hidden)]
pub mod probe;
