//! Shell completions, from the same tree as the help.

use super::args::Completions;
use super::help;
use super::out::{Failure, Out};
use crate::i18n::Lang;
use std::io::{self, Write};
use std::process::ExitCode;

pub(super) fn run(sub: &Completions, lang: Lang, _: &Out) -> Result<ExitCode, Failure> {
    // Into memory first: clap_complete panics when it cannot write, and a reader may have gone.
    let mut script = Vec::new();
    clap_complete::generate(sub.shell, &mut help::command(lang), "tonghu", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
