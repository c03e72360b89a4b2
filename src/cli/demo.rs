//! `tonghu demo`: a throw-away station of invented children. Nothing is asked, nothing stays.

use super::args::{Args, Demo};
use super::out::{Failure, Out};
use super::start::looks;
use crate::boot;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Demo, out: &Out) -> Result<ExitCode, Failure> {
    boot::check_terminal(args.assume_utf8, out.cat)?;
    out.note(&out.cat.t1("cli-demo-making", "children", sub.children));
    boot::demo(sub.children, &looks(args, out)).map_err(Failure::from)?;
    Ok(ExitCode::SUCCESS)
}
