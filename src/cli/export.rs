//! `tonghu export`: the station's tables, a child's file, a calendar, as files.

use super::args::{Args, Export, FileFormat};
use super::out::{Failure, Out};
use super::{ask, show};
use crate::exchange::export::{Desk, fault_words};
use crate::exchange::{ExportAsk, Format};
use crate::office::{self, Office, Scope, Unwatched};
use crate::platform::{Clock, SystemClock};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Export, out: &Out) -> Result<ExitCode, Failure> {
    // The office notes what is given out by itself; until then this is a look, as at the screen.
    let office = ask::sign_in(args, out)?;
    let (what, format, discreet, to) = match sub {
        Export::Programme(sub) => {
            (office::Export::Programme, sub.with.format.into(), sub.with.discreet, &sub.with.to)
        }
        Export::Child(sub) => {
            let words = ask::words(&sub.case, out, "cli-ask-child")?;
            let row = show::one_child(&*office, &words, out)?;
            (office::Export::Child(row.child), sub.with.format.into(), sub.with.discreet, &sub.with.to)
        }
        Export::Calendar(sub) => {
            let scope = if sub.mine { Scope::Mine } else { Scope::Station };
            (office::Export::Calendar(scope), Format::Ics, sub.discreet, &sub.to)
        }
    };
    let to = to.clone().unwrap_or_else(|| PathBuf::from("."));
    write(&*office, &ExportAsk { what, format, discreet, to }, out)?;
    Ok(ExitCode::SUCCESS)
}

/// Says where the files lie: the answer, and what a script needs.
fn write(office: &dyn Office, ask: &ExportAsk, out: &Out) -> Result<(), Failure> {
    let (today, stamp) = (SystemClock.today(), SystemClock.utc());
    let desk = Desk { office, today, stamp, cat: out.cat };
    let written =
        desk.export(ask, &Unwatched).map_err(|fault| Failure::Said(fault_words(out.cat, &fault)))?;
    let plain = |path: &Path| path.strip_prefix(".").unwrap_or(path).display().to_string();
    written.files.iter().try_for_each(|path| out.line(&plain(path)))
}

impl From<FileFormat> for Format {
    fn from(format: FileFormat) -> Format {
        match format {
            FileFormat::Html => Format::Html,
            FileFormat::Xlsx => Format::Xlsx,
            FileFormat::Csv => Format::Csv,
        }
    }
}
