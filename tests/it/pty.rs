//! The real program in a real terminal.

pub(crate) mod harness;

mod harness_works;
