//! `tonghu doctor`: how the program and its data are, and putting them in order. Says nothing about a person, and needs
//! no passphrase, but to open every record too.

use super::args::{Args, Doctor};
use super::ask;
use super::backup::Progress;
use super::out::{Failure, Out};
use crate::office::{Answer, Checkup, DoorState, Health, HealthState, Refusal, Request, care};
use crate::tui::paint;
use crate::{boot, wording};
use serde_json::json;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Doctor, out: &Out) -> Result<ExitCode, Failure> {
    let progress = Progress::new();
    let (health, checkup) = if args.account.is_some() || args.passphrase_file.is_some() {
        let office = ask::sign_in(args, out)?;
        let request = if sub.repair { Request::Mend } else { Request::Examine };
        let refused = |refusal: Refusal| out.refused(&refusal);
        let Answer::Checkup(checkup) = office.ask_watched(request, &progress).map_err(refused)? else {
            return Err(Failure::Said(out.t("cli-strange-answer")));
        };
        let Answer::Health(health) = office.ask(Request::Health).map_err(refused)? else {
            return Err(Failure::Said(out.t("cli-strange-answer")));
        };
        (*health, checkup)
    } else {
        let door = ask::door(args, out)?;
        match door.state() {
            DoorState::New => return Err(Failure::Said(out.t("door-no-station"))),
            state @ (DoorState::Foreign | DoorState::Newer) => {
                return Err(Failure::Said(boot::state_words(out.cat, &state)));
            }
            DoorState::Ready(_) | DoorState::Damaged(_) => {}
        }
        let looked = if sub.repair { door.mend(&progress) } else { door.examine(&progress) };
        let checkup = looked.map_err(|error| ask::shut(out, &error.into()))?;
        (door.health(), checkup)
    };
    if sub.json {
        out.json(&as_json(&health, &checkup))?;
    } else {
        tell(&health, &checkup, out)?;
    }
    let bad = health.lines.iter().any(|line| line.state == HealthState::Bad) || !checkup.is_sound();
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn tell(health: &Health, checkup: &Checkup, out: &Out) -> Result<(), Failure> {
    let line = |state: HealthState, name: &str, value: &str, remedy: Option<String>| {
        let state = out.t(state_key(state));
        let name = paint::pad(name, 30);
        out.line(&format!("{} {name} {}", paint::pad(&state, 10), paint::sanitise(value)))?;
        remedy.map_or(Ok(()), |remedy| out.line(&format!("           {remedy}")))
    };
    for mended in &checkup.mended {
        line(HealthState::Look, &out.t("care-mended"), &wording::mended(out.cat, mended), None)?;
    }
    for looked in &checkup.looked {
        let said = wording::looked(out.cat, looked);
        let remedy = said.remedy.map(|key| out.t(key));
        line(said.state, &said.name, &said.value, remedy)?;
    }
    if !checkup.opened {
        line(HealthState::Good, &out.t("care-contents"), &out.t("care-contents-sealed"), None)?;
    }
    for fact in &health.lines {
        let (name, value, remedy) = wording::health_line(out.cat, fact);
        line(fact.state, &name, &value, remedy)?;
    }
    Ok(())
}

fn state_key(state: HealthState) -> &'static str {
    match state {
        HealthState::Good => "health-good",
        HealthState::Look => "health-look",
        HealthState::Bad => "health-bad",
    }
}

fn as_json(health: &Health, checkup: &Checkup) -> serde_json::Value {
    let state = |state| state_key(state).trim_start_matches("health-");
    let lines = health.lines.iter().map(|line| {
        let [what, value] = [line.key, line.value.as_str()].map(|code| code.trim_start_matches("health-"));
        json!({ "what": what, "value": value, "state": state(line.state) })
    });
    let files = checkup.looked.iter().map(|looked| {
        json!({
            "part": care::name(looked.part),
            "name": looked.name,
            "state": care::state(&looked.state),
            "records": looked.records,
        })
    });
    let mended =
        checkup.mended.iter().map(|mended| json!({ "part": care::name(mended.part), "aside": mended.aside }));
    json!({
        "version": health.version,
        "data": health.data_dir,
        "checks": lines.collect::<Vec<_>>(),
        "files": files.collect::<Vec<_>>(),
        "mended": mended.collect::<Vec<_>>(),
        "opened": checkup.opened,
    })
}
