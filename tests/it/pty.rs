//! The real program in a real terminal.

pub(crate) mod harness;

mod cut;
mod door;
mod harness_works;
mod writing;
