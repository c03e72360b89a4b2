//! `tonghu demo`: a throw-away station of invented children. Nothing is asked, nothing stays.

use super::args::{Args, Demo};
use super::backup::Progress;
use super::out::{Failure, Out};
use super::start::{looks, no_screen};
use crate::boot;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Demo, out: &Out) -> Result<ExitCode, Failure> {
    if let Some(refused) = no_screen(args, out)? {
        return Ok(refused);
    }
    out.note(&out.cat.t1("cli-demo-making", "children", sub.children));
    boot::demo(sub.children, &looks(args, out), Progress::stoppable())?;
    Ok(ExitCode::SUCCESS)
}
