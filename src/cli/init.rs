//! `tonghu init`: founds a station without a screen.

use super::args::{Args, Init};
use super::ask;
use super::out::{Failure, Out};
use super::paper::Paper;
use crate::boot;
use crate::domain::{Fields, Value, forms::station};
use crate::office::DoorState;
use crate::tui::screen::Founding;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Init, out: &Out) -> Result<ExitCode, Failure> {
    let login = args.account.clone().ok_or_else(|| Failure::Usage(out.t("cli-init-needs-account")))?;
    let door = ask::door(args, out)?;
    let mut fields = Fields::default().with(station::NAME, sub.station.as_str());
    for (id, value) in
        [(station::CITY, &sub.city), (station::COUNTY, &sub.county), (station::TOWN, &sub.town)]
    {
        fields.set(id, value.clone().map(Value::Text));
    }
    let staff_name = sub.name.clone().unwrap_or_else(|| login.clone());
    let passphrase = ask::new_passphrase(args.passphrase_file.as_deref(), out)?;
    let founding = Founding { station: fields, staff_name, login, passphrase };
    let key = boot::recovery_key_for(&door, &founding).map_err(|error| ask::shut(out, &error))?;
    // On the disk before the station: killed in between, there is a paper too many, never a station without one.
    let paper = Paper::write(&sub.recovery_file, &key, "cli-init-recovery-exists", out)?;
    match boot::found(&door, founding, &key) {
        Ok(desk) => drop(desk),
        Err(error) if !matches!(door.state(), DoorState::Ready(_)) => {
            paper.tear_up();
            return Err(ask::shut(out, &error));
        }
        Err(error) => return Err(Failure::Said(boot::not_founded_words(out.cat, &door, &error))),
    }
    out.line(&out.cat.t1("cli-init-done", "path", sub.recovery_file.display().to_string()))?;
    Ok(ExitCode::SUCCESS)
}
