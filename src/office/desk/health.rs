//! How the program and its data are: nothing about a person.

use super::{Files, Place};
use crate::office::{Health, HealthLine, HealthState};

/// A clock that stands further behind than this was set back, not corrected.
const SET_BACK: i64 = 2 * 60 * 1000;

fn line(key: &'static str, value: impl ToString) -> HealthLine {
    HealthLine { key, value: value.to_string(), state: HealthState::Good, remedy: "" }
}

fn look(mut line: HealthLine, remedy: &'static str) -> HealthLine {
    line.state = HealthState::Look;
    line.remedy = remedy;
    line
}

fn bad(mut line: HealthLine, remedy: &'static str) -> HealthLine {
    line.state = HealthState::Bad;
    line.remedy = remedy;
    line
}

impl Files {
    pub(super) fn health(&self) -> Health {
        let mut health =
            without_keys(&Place { dir: self.dir.clone(), clock: self.clock.clone(), log: self.log.clone() });
        let lines = &mut health.lines;
        let roster = self.roster();
        lines.push(line("health-children", roster.len()));
        lines.push(line("health-roster-bytes", roster.bytes_held()));
        drop(roster);
        lines.push(line("health-audit", self.ledger().audited()));
        let clock = line("health-clock", self.clock.now().format("%Y-%m-%d %H:%M"));
        lines.push(match self.behind > SET_BACK {
            true => look(clock, "health-clock-set-back"),
            false => clock,
        });
        for warning in &self.practice.warnings {
            lines.push(look(line("health-own-rules", warning), "health-own-rules-mend"));
        }
        health
    }
}

/// What can be seen without any key.
pub(super) fn without_keys(place: &Place) -> Health {
    let mut lines =
        vec![line("health-version", env!("CARGO_PKG_VERSION")), line("health-data-dir", place.dir.display())];
    lines.push(free(place));
    let log = place.log.tail(5);
    lines.extend(log.into_iter().map(|text| line("health-log", text)));
    Health { version: env!("CARGO_PKG_VERSION").to_owned(), data_dir: place.dir.clone(), lines }
}

/// Room on the disk.
fn free(place: &Place) -> HealthLine {
    const LOW: u64 = 64 << 20;
    const ENOUGH: u64 = 512 << 20;
    match crate::platform::free_space(&place.dir) {
        None => look(line("health-free", "?"), ""),
        Some(free) if free < LOW => bad(line("health-free", free), "health-free-mend"),
        Some(free) if free < ENOUGH => look(line("health-free", free), "health-free-mend"),
        Some(free) => line("health-free", free),
    }
}
