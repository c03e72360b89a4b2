//! Parts of screens that know nothing of children and cases.
//!
//! Each draws itself into a part of a buffer in a theme's styles and, where something in it has the focus, says where the
//! terminal's cursor belongs: input methods and screen readers follow it.

pub mod calendar;
pub mod list;
pub mod picker;
pub mod popup;
pub mod progress;
pub mod table;
pub mod tabs;
pub mod wrap;

#[cfg(test)]
mod tests;
