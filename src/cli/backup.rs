//! `tonghu backup` and `tonghu restore`.

use super::args::{Args, Backup, Restore};
use super::ask;
use super::out::{Failure, Out};
use crate::office::{Answer, Request, Watch};
use crate::{boot, platform::dirs};
use serde_json::json;
use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

pub(super) fn run(args: &Args, sub: &Backup, out: &Out) -> Result<ExitCode, Failure> {
    let (path, records, bytes, done) = match (&sub.verify, &sub.to) {
        (Some(file), _) => {
            let info = boot::verify_backup(file).map_err(|error| failed(out, &error))?;
            (file.clone(), info.rows, info.bytes, "cli-backup-sound")
        }
        (None, Some(to)) => {
            let office = ask::sign_in(args, out)?;
            let progress = Progress::new();
            match office.ask_watched(Request::Backup { to: to.clone() }, &progress) {
                Ok(Answer::BackedUp(made)) => (made.path, made.records, made.bytes, "cli-backup-done"),
                Ok(_) => return Err(Failure::Said(out.t("cli-strange-answer"))),
                Err(refusal) => return Err(out.refused(&refusal)),
            }
        }
        (None, None) => return Err(Failure::Usage(out.t("cli-backup-needs-path"))),
    };
    told(sub.json, out, done, &path.display().to_string(), records, bytes)
}

pub(super) fn restore(args: &Args, sub: &Restore, out: &Out) -> Result<ExitCode, Failure> {
    let dir = dirs::data(args.data.as_deref()).map_err(|_| Failure::Said(out.t("cli-no-home")))?;
    if sub.dry_run {
        let info = boot::verify_backup(&sub.file).map_err(|error| failed(out, &error))?;
        return told(
            sub.json,
            out,
            "cli-backup-sound",
            &sub.file.display().to_string(),
            info.rows,
            info.bytes,
        );
    }
    let progress = Progress::new();
    let info = boot::restore(&sub.file, &dir, &|done| progress.progress(done, None))
        .map_err(|error| failed(out, &error))?;
    told(sub.json, out, "cli-restore-done", &dir.display().to_string(), info.rows, info.bytes)
}

fn failed(out: &Out, error: &boot::StoreError) -> Failure {
    Failure::Said(boot::store_words(out.cat, error))
}

fn told(
    as_json: bool,
    out: &Out,
    key: &str,
    path: &str,
    records: u64,
    bytes: u64,
) -> Result<ExitCode, Failure> {
    if as_json {
        out.json(&json!({ "path": path, "records": records, "bytes": bytes }))?;
    } else {
        let size = format!("{:.1} MB", bytes as f64 / 1e6);
        out.line(&out.cat.tn(
            key,
            &[("path", path.into()), ("records", records.to_string().into()), ("size", size.into())],
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A counting line on standard error, where somebody watches.
pub(super) struct Progress {
    shown: bool,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal() }
    }
}

impl Watch for Progress {
    fn progress(&self, done: u64, total: Option<u64>) -> bool {
        if self.shown && (done.is_multiple_of(500) || Some(done) == total) {
            let mut err = std::io::stderr().lock();
            let _ = match total {
                Some(total) => write!(err, "\r{done} / {total} "),
                None => write!(err, "\r{done} "),
            };
            if Some(done) == total {
                let _ = writeln!(err);
            }
        }
        true
    }
}
