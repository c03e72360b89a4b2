//! `tonghu backup` and `tonghu restore`.

use super::args::{Args, Backup, Restore};
use super::ask;
use super::out::{Failure, Out};
use crate::office::backups::{self, BackupFault, FoundBackup, Unusable};
use crate::office::{Answer, BackedUp, BackupPlan, Passphrase, Refusal, Request, Watch};
use crate::platform::{SystemClock, dirs};
use crate::wording;
use serde_json::json;
use signal_hook::SigId;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

pub(super) fn run(args: &Args, sub: &Backup, out: &Out) -> Result<ExitCode, Failure> {
    if let Some(file) = &sub.verify {
        return verify(args, sub, file, out);
    }
    if sub.drill {
        return drill_daily(args, sub, out);
    }
    if sub.due {
        return due(args, sub, out);
    }
    if sub.daily.is_some() || sub.no_daily {
        return plan(args, sub, out);
    }
    let Some(to) = &sub.to else { return Err(Failure::Usage(out.t("cli-backup-needs-path"))) };
    let office = ask::sign_in(args, out)?;
    match office.ask_watched(Request::Backup { to: to.clone() }, &Progress::stoppable()) {
        Ok(Answer::BackedUp(made)) => told(sub.json, out, &made),
        Ok(_) => Err(Failure::Said(out.t("cli-strange-answer"))),
        Err(refusal) => Err(out.refused(&refusal)),
    }
}

fn verify(args: &Args, sub: &Backup, file: &Path, out: &Out) -> Result<ExitCode, Failure> {
    let dir = data(args, out)?;
    let found = match file.is_dir() {
        true => {
            backups::newest(file, &SystemClock, &Progress::stoppable()).map_err(|fault| said(out, &fault))?
        }
        false => backups::verify(file, Some(&dir), &SystemClock, &Progress::stoppable())
            .map_err(|refused| instead(out, &refused))?,
    };
    found_one(sub.json, out, "cli-backup-sound", &found)
}

/// Nobody signs in: what is copied stays sealed. Where no backup is due, nothing is said.
fn due(args: &Args, sub: &Backup, out: &Out) -> Result<ExitCode, Failure> {
    let dir = data(args, out)?;
    match backups::make_due(&dir, Arc::new(SystemClock), &Progress::stoppable()) {
        Ok(Some(made)) => told(sub.json, out, &made),
        Ok(None) => Ok(ExitCode::SUCCESS),
        Err(Refusal::Backup(fault)) => Err(said(out, &fault)),
        Err(refusal) => Err(out.refused(&refusal)),
    }
}

fn plan(args: &Args, sub: &Backup, out: &Out) -> Result<ExitCode, Failure> {
    // Kept as it is meant here: another start may be from elsewhere.
    let to = sub.daily.as_deref().map(std::path::absolute).transpose()?;
    let office = ask::sign_in(args, out)?;
    let plan = match office.ask(Request::SetBackupPlan { to }) {
        Ok(Answer::BackupPlanSet(plan)) => plan,
        Ok(_) => return Err(Failure::Said(out.t("cli-strange-answer"))),
        Err(refusal) => return Err(out.refused(&refusal)),
    };
    let BackupPlan { to, same_disk, .. } = plan;
    if sub.json {
        out.json(&json!({ "to": to, "same_disk": same_disk }))?;
        return Ok(ExitCode::SUCCESS);
    }
    match to {
        None => out.line(&out.t("cli-backup-no-daily-done"))?,
        Some(to) => {
            out.line(&out.cat.t1("cli-backup-daily-done", "path", to.display().to_string()))?;
            if same_disk {
                out.line(&out.t("daily-same-disk"))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn drill_daily(args: &Args, sub: &Backup, out: &Out) -> Result<ExitCode, Failure> {
    let dir = data(args, out)?;
    let progress = Progress::stoppable();
    let newest = backups::newest_daily(&dir, &SystemClock, &progress).map_err(|fault| said(out, &fault))?;
    drill(args, sub.json, out, &newest.path, &progress)
}

fn drill(
    args: &Args,
    as_json: bool,
    out: &Out,
    file: &Path,
    progress: &Progress,
) -> Result<ExitCode, Failure> {
    let dir = data(args, out)?;
    let account = match &args.account {
        None => None,
        Some(login) => {
            let passphrase = ask::passphrase(args, out, "cli-ask-passphrase")?;
            Some((login.as_str(), Passphrase::typed(passphrase.reveal())))
        }
    };
    let account = account.as_ref().map(|(login, passphrase)| (*login, passphrase));
    let opened = account.is_some();
    let found = backups::drill(file, &dir, account, &SystemClock, progress)
        .map_err(|refused| instead(out, &refused))?;
    let key = if opened { "cli-restore-drilled-and-opened" } else { "cli-restore-drilled" };
    found_one(as_json, out, key, &found)
}

pub(super) fn restore(args: &Args, sub: &Restore, out: &Out) -> Result<ExitCode, Failure> {
    let dir = data(args, out)?;
    let progress = Progress::stoppable();
    if sub.dry_run {
        let file = match sub.file.is_dir() {
            true => {
                backups::newest(&sub.file, &SystemClock, &progress).map_err(|fault| said(out, &fault))?.path
            }
            false => sub.file.clone(),
        };
        return drill(args, sub.json, out, &file, &progress);
    }
    let found = backups::restore(&sub.file, &dir, &SystemClock, &progress)
        .map_err(|refused| instead(out, &refused))?;
    if sub.json {
        let mut answer = as_json(&found);
        answer["from"] = answer["path"].take();
        answer["path"] = json!(dir);
        out.json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    out.line(&out.cat.t1("cli-restore-done", "path", dir.display().to_string()))?;
    found_one(false, out, "cli-restore-from", &found)
}

fn data(args: &Args, out: &Out) -> Result<PathBuf, Failure> {
    dirs::data(args.data.as_deref()).map_err(|_| Failure::Said(out.t("cli-no-home")))
}

fn said(out: &Out, fault: &BackupFault) -> Failure {
    let text = wording::backup_fault(out.cat, fault);
    match fault {
        BackupFault::InUse => Failure::InUse(text),
        BackupFault::Wrong => Failure::Shut(text),
        _ => Failure::Said(text),
    }
}

fn instead(out: &Out, refused: &Unusable) -> Failure {
    match &refused.instead {
        None => said(out, &refused.fault),
        Some(_) => Failure::Said(wording::unusable(out.cat, refused)),
    }
}

fn told(as_json: bool, out: &Out, made: &BackedUp) -> Result<ExitCode, Failure> {
    let path = made.path.display().to_string();
    if as_json {
        out.json(&json!({ "path": path, "records": made.records, "bytes": made.bytes }))?;
    } else {
        let size = format!("{:.1} MB", made.bytes as f64 / 1e6);
        let records = made.records.to_string();
        let parts = [("path", path.into()), ("records", records.into()), ("size", size.into())];
        out.line(&out.cat.tn("cli-backup-done", &parts))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(found: &FoundBackup) -> serde_json::Value {
    json!({
        "path": found.path, "day": found.day.to_string(), "children": found.children,
        "records": found.records, "bytes": found.bytes,
    })
}

fn found_one(json: bool, out: &Out, key: &str, found: &FoundBackup) -> Result<ExitCode, Failure> {
    if json {
        out.json(&as_json(found))?;
    } else {
        out.line(&out.cat.t1(key, "backup", wording::found_backup(out.cat, found)))?;
    }
    Ok(ExitCode::SUCCESS)
}

const STEP: u64 = 500;

/// A counting line on standard error, where somebody watches.
pub(super) struct Progress {
    shown: bool,
    /// What was said last: work tells how far it is in steps of its own.
    last: AtomicU64,
    stop: Arc<AtomicBool>,
    signals: Vec<SigId>,
}

/// The signals are for whoever comes next.
impl Drop for Progress {
    fn drop(&mut self) {
        for signal in self.signals.drain(..) {
            signal_hook::low_level::unregister(signal);
        }
    }
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            shown: std::io::stderr().is_terminal(),
            last: AtomicU64::default(),
            stop: Arc::default(),
            signals: vec![],
        }
    }

    /// The first Ctrl-C or hang-up stops the work, which then leaves nothing half done; the second ends the program.
    pub(super) fn stoppable() -> Self {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use signal_hook::flag;
        let mut progress = Self::new();
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // Without these, a signal ends the program at once: what is half done is cleared away the next time.
            let shutdown = flag::register_conditional_shutdown(signal, 1, progress.stop.clone());
            let stop = flag::register(signal, progress.stop.clone());
            progress.signals.extend([shutdown, stop].into_iter().flatten());
        }
        progress
    }
}

impl Watch for Progress {
    fn progress(&self, done: u64, total: Option<u64>) -> bool {
        let last = self.last.load(Ordering::Relaxed);
        // Less than before: another part of the work has begun.
        let is_new = done / STEP != last / STEP || (Some(done) == total && done != last);
        if self.shown && is_new {
            self.last.store(done, Ordering::Relaxed);
            let mut err = std::io::stderr().lock();
            let _ = match total {
                Some(total) => write!(err, "\r{done} / {total} "),
                None => write!(err, "\r{done} "),
            };
            if Some(done) == total {
                let _ = writeln!(err);
            }
        }
        !self.stop.load(Ordering::Relaxed)
    }
}
