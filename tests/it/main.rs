//! The tests that cross rooms, in one binary. `tidy` sees that no file here is forgotten.
#![allow(clippy::unwrap_used, reason = "a test may end where it fails")]

mod accounts;
mod aid;
mod apart;
mod at_door;
mod audit;
mod backup;
mod bounds;
mod bytes;
mod cli;
mod crash;
mod discreet;
mod doctor;
mod fake;
mod faults;
mod file;
mod forms;
mod hostile;
mod import;
mod leaks;
mod leaving;
mod lock;
mod notes;
mod office;
mod paper;
mod probe;
mod pty;
mod registers;
mod roles;
mod roster;
mod rotate;
mod screens;
mod station;
mod tidy;
