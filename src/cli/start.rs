//! `tonghu` alone: the screens, or one clear line where they cannot be drawn.

use super::args::Args;
use super::ask;
use super::out::{Failure, Out};
use crate::boot;
use std::{
    io::{self, Write},
    process::ExitCode,
};

pub(super) fn run(args: &Args, out: &Out) -> Result<ExitCode, Failure> {
    if let Some(refused) = no_screen(args, out)? {
        return Ok(refused);
    }
    boot::screens(ask::door(args, out)?, &looks(args, out))?;
    Ok(ExitCode::SUCCESS)
}

/// Says why no screen can be drawn, if none can.
pub(super) fn no_screen(args: &Args, out: &Out) -> Result<Option<ExitCode>, Failure> {
    match boot::no_screen(args.assume_utf8, out.cat.lang()) {
        None => Ok(None),
        Some(line) => {
            io::stderr().lock().write_all(&line)?;
            Ok(Some(ExitCode::FAILURE))
        }
    }
}

pub(super) fn looks(args: &Args, out: &Out) -> boot::Looks {
    // Asked for with --lang it holds; the environment's is only what fits if nothing was kept.
    let lang = args.lang.is_some().then_some(out.cat.lang());
    boot::Looks { lang, theme: args.theme.clone(), borders: args.borders.clone() }
}
