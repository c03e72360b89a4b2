//! The tests that cross rooms, in one binary. `tidy` sees that no file here is forgotten.
#![allow(clippy::unwrap_used, reason = "a test may end where it fails")]

mod accounts;
mod audit;
mod backup;
mod bytes;
mod cli;
mod crash;
mod discreet;
mod doctor;
mod fake;
mod file;
mod forms;
mod import;
mod lock;
mod notes;
mod office;
mod paper;
mod pty;
mod roles;
mod roster;
mod rotate;
mod screens;
mod station;
mod tidy;
