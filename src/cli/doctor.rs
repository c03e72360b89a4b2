//! `tonghu doctor`: how the program and its data are. Says nothing about a person.

use super::args::{Args, Doctor};
use super::ask;
use super::out::{Failure, Out};
use crate::office::{Answer, Health, HealthState, Request};
use crate::tui::paint;
use serde_json::json;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Doctor, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in(args, out)?;
    let health = match office.ask(Request::Health) {
        Ok(Answer::Health(health)) => health,
        Ok(_) => return Err(Failure::Said(out.t("cli-strange-answer"))),
        Err(refusal) => return Err(out.refused(&refusal)),
    };
    if sub.json {
        out.json(&as_json(&health))?;
    } else {
        for line in &health.lines {
            let state = out.t(state_key(line.state));
            let name = paint::pad(&out.cat.t(line.key), 24);
            out.line(&format!("{} {name} {}", paint::pad(&state, 6), paint::sanitise(&line.value)))?;
            if !line.remedy.is_empty() {
                out.line(&format!("       {}", out.cat.t(line.remedy)))?;
            }
        }
    }
    let bad = health.lines.iter().any(|line| line.state == HealthState::Bad);
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn state_key(state: HealthState) -> &'static str {
    match state {
        HealthState::Good => "health-good",
        HealthState::Look => "health-look",
        HealthState::Bad => "health-bad",
    }
}

fn as_json(health: &Health) -> serde_json::Value {
    let lines: Vec<_> = health
        .lines
        .iter()
        .map(|line| {
            let state = state_key(line.state).trim_start_matches("health-");
            json!({ "what": line.key.trim_start_matches("health-"), "value": line.value, "state": state })
        })
        .collect();
    json!({ "version": health.version, "data": health.data_dir, "checks": lines })
}
