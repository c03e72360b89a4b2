//! A case file on screen.
