//! How the program and its data are: nothing about a person.

use super::backup::BACKUP_DAYS;
use super::{Files, Place};
use crate::office::backups::{self, BackupFault};
use crate::office::{Health, HealthLine, HealthState};
use crate::store::{self, EngineState};
use chrono::NaiveDate;
use std::fs;
use std::path::Path;

/// A clock that stands further behind than this was set back, not corrected.
const SET_BACK: i64 = 2 * 60 * 1000;
/// A restore that was tried longer ago than this may not work any more.
const DRILL_DAYS: i64 = 90;
const LOG_LINES: usize = 5;

fn line(key: &'static str, value: impl ToString) -> HealthLine {
    HealthLine { key, value: value.to_string(), own: None, state: HealthState::Good, remedy: "" }
}

impl HealthLine {
    pub(super) fn of(key: &'static str, value: impl ToString) -> Self {
        line(key, value)
    }

    pub(super) fn look_if(self, looks: bool, remedy: &'static str) -> Self {
        if looks { Self { state: HealthState::Look, remedy, ..self } } else { self }
    }

    fn bad_if(self, is_bad: bool, remedy: &'static str) -> Self {
        if is_bad { Self { state: HealthState::Bad, remedy, ..self } } else { self }
    }
}

impl Files {
    pub(super) fn health(&self) -> Health {
        let mut health = without_keys(&self.whereabouts());
        let log = health.lines.iter().position(|line| line.key == "health-log").unwrap_or(health.lines.len());
        let mut lines = of_store(&self.store.health());
        {
            let roster = self.roster();
            lines.push(line("health-children", roster.len()));
            lines.push(line("health-roster-bytes", roster.bytes_held()));
        }
        let ready = self.texts.view(&self.store).is_ok_and(|view| view.is_whole());
        lines.push(line("health-texts", if ready { "health-texts-ready" } else { "health-texts-building" }));
        lines.extend(self.resealing_health());
        lines.push(line("health-audit", self.ledger().audited()));
        let clock = line("health-clock", self.clock.now().format("%Y-%m-%d %H:%M"));
        lines.push(clock.look_if(self.behind > SET_BACK, "health-clock-set-back"));
        lines.extend(self.practice().warnings.iter().map(|fault| {
            let own = line("health-own-rules", fault).look_if(true, "health-own-rules-mend");
            HealthLine { own: Some(fault.clone()), ..own }
        }));
        health.lines.splice(log..log, lines);
        health
    }
}

fn of_store(health: &store::Health) -> Vec<HealthLine> {
    let engine = match &health.engine {
        EngineState::Opening => line("health-engine", "health-engine-opening"),
        EngineState::Open => line("health-engine", "health-engine-open"),
        EngineState::Rebuilding { .. } => line("health-engine", "health-engine-rebuilding").look_if(true, ""),
        EngineState::Broken { .. } => {
            line("health-engine", "health-engine-broken").bad_if(true, "health-engine-mend")
        }
    };
    let mut lines = vec![engine, line("health-pending", health.pending)];
    let spare = line("health-spare", health.spare_segments);
    lines.push(spare.bad_if(health.spare_error.is_some(), "health-spare-mend"));
    let lost = health.findings.lost.iter().map(|(from, to)| format!("{from}-{to}"));
    let broken = health.findings.chain_broken_at.map(|at| at.to_string());
    let damage: Vec<String> = lost.chain(broken).collect();
    if !damage.is_empty() {
        lines.push(line("health-damage", damage.join(" ")).bad_if(true, "health-damage-mend"));
    }
    lines
}

/// What can be seen without any key.
pub(in crate::office) fn without_keys(place: &Place) -> Health {
    let mut lines =
        vec![line("health-version", env!("CARGO_PKG_VERSION")), line("health-data-dir", place.dir.display())];
    lines.push(free(place));
    lines.extend(of_directory(place));
    let log = place.log.tail(LOG_LINES);
    lines.extend(log.into_iter().map(|text| line("health-log", text)));
    Health { version: env!("CARGO_PKG_VERSION").to_owned(), data_dir: place.dir.clone(), lines }
}

/// What names, sizes and dates of files say.
fn of_directory(place: &Place) -> Vec<HealthLine> {
    let (mut journal, mut snapshot) = (0, None);
    for file in fs::read_dir(&place.dir).into_iter().flatten().flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        let Ok(meta) = file.metadata() else { continue };
        if name.starts_with("journal-") {
            journal += meta.len();
        } else if name.starts_with("snapshot-") {
            let since = meta.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
            snapshot = snapshot.max(since.and_then(|since| i64::try_from(since.as_millis()).ok()));
        }
    }
    let snapshot = match snapshot {
        Some(at) => line("health-snapshot", place.clock.local(at).format("%Y-%m-%d %H:%M")),
        None => line("health-snapshot", "health-no-snapshot"),
    };
    let mut lines = vec![line("health-journal", journal), snapshot];
    lines.extend(of_backups(&place.dir, place.clock.today()));
    let aside = fs::read_dir(place.dir.join("aside")).into_iter().flatten().count();
    if aside > 0 {
        lines.push(line("health-aside", aside).look_if(true, "health-aside-mend"));
    }
    lines
}

/// As far as the data directory knows: where the backups lie may be a drive that does not answer.
fn of_backups(dir: &Path, today: NaiveDate) -> Vec<HealthLine> {
    let age = |day: NaiveDate| (today - day).num_days();
    let last = backups::last_backup(dir);
    let backup = match last {
        Some(on) => line("health-backup", on).look_if(age(on) > BACKUP_DAYS, "health-backup-mend"),
        None => line("health-backup", "health-no-backup").look_if(true, "health-backup-first"),
    };
    let plan = backups::plan(dir);
    // The newest of a folder that is known needs no name.
    let drill = match plan.as_ref().is_ok_and(|plan| plan.to.is_some()) {
        true => "health-drill-mend",
        false => "health-drill-mend-file",
    };
    let daily = match plan {
        Err(BackupFault::Plan { line: at, why }) => {
            line("health-daily", format!("backup.toml:{at} {why}")).look_if(true, "health-daily-mend")
        }
        Err(fault) => line("health-daily", fault).look_if(true, "health-daily-mend"),
        Ok(plan) => match plan.to {
            None => line("health-daily", "health-daily-off"),
            Some(to) => {
                let made = plan.made.map(|day| format!(" ({day})")).unwrap_or_default();
                let shown = line("health-daily", format!("{}{made}", to.display()));
                shown.look_if(plan.trouble.is_some(), plan.trouble.unwrap_or_default())
            }
        },
    };
    let drill = match backups::last_drill(dir) {
        Some(on) => line("health-drill", on).look_if(age(on) > DRILL_DAYS, drill),
        // First a backup, then a drill.
        None => line("health-drill", "health-no-drill").look_if(last.is_some(), drill),
    };
    vec![backup, daily, drill]
}

/// Room on the disk.
fn free(place: &Place) -> HealthLine {
    const LOW: u64 = 64 << 20;
    const ENOUGH: u64 = 512 << 20;
    match crate::platform::free_space(&place.dir) {
        None => line("health-free", "?"),
        Some(free) => line("health-free", free)
            .look_if(free < ENOUGH, "health-free-mend")
            .bad_if(free < LOW, "health-free-mend"),
    }
}
