//! `tonghu doctor`: how the program and its data are. Says nothing about a person.

use super::args::{Args, Doctor};
use super::ask;
use super::out::{Failure, Out};
use crate::office::{Answer, Health, HealthState, Request};
use crate::tui::paint;
use crate::wording;
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
            let (name, value, remedy) = wording::health_line(out.cat, line);
            let name = paint::pad(&name, 30);
            out.line(&format!("{} {name} {}", paint::pad(&state, 10), paint::sanitise(&value)))?;
            if let Some(remedy) = remedy {
                out.line(&format!("           {remedy}"))?;
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
            let [what, value] =
                [line.key, line.value.as_str()].map(|code| code.trim_start_matches("health-"));
            json!({ "what": what, "value": value, "state": state })
        })
        .collect();
    json!({ "version": health.version, "data": health.data_dir, "checks": lines })
}
