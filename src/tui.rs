//! The terminal face.

pub mod command;
pub mod edit;
pub mod frame_text;
pub mod keymap;
pub mod paint;
pub mod theme;
