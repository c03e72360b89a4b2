//! `tonghu init`: founds a station without a screen.

use super::args::{Args, Init};
use super::ask;
use super::out::{Failure, Out};
use crate::boot;
use crate::domain::{Fields, Value, forms::station};
use crate::tui::screen::Founding;
use std::{
    fs::OpenOptions,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    process::ExitCode,
};

pub(super) fn run(args: &Args, sub: &Init, out: &Out) -> Result<ExitCode, Failure> {
    let login = args.account.clone().ok_or_else(|| Failure::Usage(out.t("cli-init-needs-account")))?;
    let door = ask::door(args, out)?;
    // Made before the station: a recovery key that nobody can keep must not come to be.
    let mut paper =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&sub.recovery_file).map_err(
            |error| match error.kind() {
                io::ErrorKind::AlreadyExists => {
                    Failure::Usage(out.cat.t1("cli-init-recovery-exists", "path", path(sub)).into_owned())
                }
                _ => Failure::Said(format!("{}: {error}", path(sub))),
            },
        )?;
    let founded = ask::passphrase(args, out, "cli-ask-new-passphrase").and_then(|passphrase| {
        let mut fields = Fields::default().with(station::NAME, sub.station.as_str());
        for (id, value) in
            [(station::CITY, &sub.city), (station::COUNTY, &sub.county), (station::TOWN, &sub.town)]
        {
            fields.set(id, value.clone().map(Value::Text));
        }
        let name = sub.name.clone().unwrap_or_else(|| login.clone());
        boot::found(&door, Founding { station: fields, staff_name: name, login, passphrase })
            .map_err(|error| ask::shut(out, &error))
    });
    let (desk, recovery) = match founded {
        Ok(founded) => founded,
        Err(failure) => {
            drop(paper);
            // It is empty and ours: it was made above.
            let _ = std::fs::remove_file(&sub.recovery_file);
            return Err(failure);
        }
    };
    writeln!(paper, "{}", recovery.reveal())?;
    paper.sync_all()?;
    drop(desk);
    out.line(&out.cat.t1("cli-init-done", "path", path(sub)))?;
    Ok(ExitCode::SUCCESS)
}

fn path(sub: &Init) -> String {
    sub.recovery_file.display().to_string()
}
