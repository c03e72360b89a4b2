//! `tonghu report quality`: in how many files what is amiss. Whose they are it does not say.

use crate::cli::args::{Args, ReportQuality};
use crate::cli::ask;
use crate::cli::out::{Failure, Out};
use crate::office::{Answer, Quality, QualityScope, Request};
use crate::platform::{Clock, SystemClock};
use crate::wording;
use chrono::Datelike;
use serde_json::json;
use std::process::ExitCode;

/// Files of the whole station, if nobody says how many.
const SAMPLE: usize = 20;

pub(super) fn run(args: &Args, sub: &ReportQuality, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in_to(args, out, out.way(sub.json))?;
    let strange = || Failure::Said(out.t("cli-strange-answer"));
    let worker = match &sub.worker {
        None => None,
        Some(login) => {
            let answer = office.ask(Request::Station).map_err(|refusal| out.refused(&refusal))?;
            let Answer::Station(station) = answer else { return Err(strange()) };
            let staff = station.staff.iter().find(|staff| staff.login.eq_ignore_ascii_case(login.trim()));
            let none = || out.cat.t1("cli-report-no-worker", "login", login.as_str()).into_owned();
            Some(staff.ok_or_else(|| Failure::Nothing(none()))?.worker)
        }
    };
    let today = SystemClock.today();
    let day = u64::from(today.year_ce().1) * 10_000 + u64::from(today.month() * 100 + today.day());
    let sample = sub.sample.or(worker.is_none().then_some(SAMPLE));
    let scope = QualityScope { worker, sample, seed: sub.seed.unwrap_or(day) };
    let answer = office.ask(Request::Quality(scope)).map_err(|refusal| out.refused(&refusal))?;
    let Answer::Quality(found) = answer else { return Err(strange()) };
    if sub.json {
        out.json(&as_json(&found))?;
    } else {
        said(&found, out)?;
    }
    Ok(ExitCode::from(if found.files.is_empty() { 3 } else { 0 }))
}

fn as_json(found: &Quality) -> serde_json::Value {
    let files = found.files.len();
    let share = |failed: usize| if files == 0 { None } else { Some(failed as f64 / files as f64) };
    let checks = found.checks.iter().map(|check| {
        json!({ "check": check.id, "group": check.group, "failed": check.failed, "share": share(check.failed) })
    });
    let checks: Vec<_> = checks.collect();
    json!({ "files": files, "of": found.of, "seed": found.seed, "checks": checks })
}

fn said(found: &Quality, out: &Out) -> Result<(), Failure> {
    if found.files.is_empty() {
        return out.line(&out.t("quality-nothing"));
    }
    let n = found.files.len();
    let parts = [("n", n.into()), ("of", found.of.into()), ("seed", found.seed.to_string().into())];
    out.line(&out.cat.tn("quality-drawn", &parts))?;
    for check in &found.checks {
        let text = wording::both(out.cat, &check.text);
        out.line(&format!("  {text}{}{}/{n}", out.t("value-colon"), check.failed))?;
    }
    Ok(())
}
