//! The terminal face: a stack of screens, each a small Elm, over a thrifty terminal.
//!
//! Screens take inputs and give effects, both plain data; they do no I/O, know no clock and see no keys. The app runs
//! the effects; `run` ties it to a real terminal, `harness` to a test.

pub mod app;
pub mod backend;
pub mod chrome;
pub mod command;
pub mod edit;
pub mod frame_text;
pub mod keymap;
pub mod paint;
pub mod run;
pub mod screen;
pub mod screens;
pub mod terminal;
pub mod theme;
pub mod widget;

#[doc(hidden)]
pub mod harness;

pub use app::{App, AppEvent, Job, Moment, Settings};
pub use screen::{Cx, Effect, Input, Pick, Place, Screen, Ticket};
