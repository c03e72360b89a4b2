//! `tonghu` alone: the screens, or one clear line where they cannot be drawn.

use super::args::Args;
use super::ask;
use super::out::{Failure, Out};
use crate::boot;
use std::process::ExitCode;

pub(super) fn run(args: &Args, out: &Out) -> Result<ExitCode, Failure> {
    boot::check_terminal(args.assume_utf8, out.cat)?;
    let door = ask::door(args, out)?;
    boot::screens(door, &looks(args, out)).map_err(Failure::from)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn looks(args: &Args, out: &Out) -> boot::Looks {
    boot::Looks { lang: out.cat.lang(), theme: args.theme.clone(), borders: args.borders.clone() }
}
