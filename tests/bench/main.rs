//! Measurements, section by section: `cargo bench --bench bench -- search`. Without a word, all of them.
#![allow(
    clippy::print_stdout,
    clippy::type_complexity,
    clippy::unwrap_used,
    reason = "a bench prints its table, and may end where it fails"
)]

mod backup;
mod notes;
mod office;
mod process;
mod rules;
mod safety;
mod search;
mod station;
mod store;
mod tui;

const SECTIONS: &[(&str, fn())] = &[
    ("search", search::run),
    ("store", store::run),
    ("office", office::run),
    ("notes", notes::run),
    ("rules", rules::run),
    ("backup", backup::run),
    ("tui", tui::run),
    ("safety", safety::run),
    ("process", process::run),
];

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for (name, run) in SECTIONS {
        if chosen.is_empty() || chosen.iter().any(|word| word == name) {
            println!("\n== {name}");
            run();
        }
    }
}
