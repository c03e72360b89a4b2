//! The front hall: `tonghu` alone walks to the screens, a subcommand answers at the shell.
//!
//! Exit codes: 0 done; 1 it could not be done (the reason is on standard error); 2 the call was wrong; 3 nothing found
//! or nothing due; 4 the door stayed shut (account, passphrase); 75 another window has the data, try again later.

mod account;
pub mod args;
mod ask;
mod audit;
mod backup;
mod completions;
mod demo;
mod directory;
mod doctor;
mod due;
mod export;
mod find;
mod handout;
mod help;
mod import;
mod init;
mod manual;
mod needs;
mod out;
mod paper;
mod report;
mod rules;
mod show;
mod start;

pub use help::keys as help_keys;

use crate::i18n;
use args::{Args, Sub};
use clap::FromArgMatches;
use out::{Failure, Out};
use std::borrow::Cow;
use std::process::ExitCode;

/// Runs the program; everything a person reads is printed by the time this returns.
pub fn run() -> ExitCode {
    crate::platform::memory::keep_little();
    crate::platform::harden();
    let lang = args::language(std::env::args_os());
    let matches = match help::command(lang).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version are answers, anything else is a wrong call.
            let code = if error.use_stderr() { 2 } else { 0 };
            let text = error.render().to_string();
            match out::tame(&text) {
                Cow::Borrowed(_) => drop(error.print()),
                // It repeats what was typed.
                Cow::Owned(tame) => Out::new(i18n::catalogue(lang)).note(&tame),
            }
            return ExitCode::from(code);
        }
    };
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => error.exit(),
    };
    let out = Out::new(i18n::catalogue(lang));
    let done = match &args.sub {
        None => start::run(&args, &out),
        Some(Sub::Demo(sub)) => demo::run(&args, sub, &out),
        Some(Sub::Init(sub)) => init::run(&args, sub, &out),
        Some(Sub::Account(sub)) => account::run(&args, sub, &out),
        Some(Sub::Directory(sub)) => directory::run(&args, sub, &out),
        Some(Sub::Find(sub)) => find::run(&args, sub, &out),
        Some(Sub::Show(sub)) => show::run(&args, sub, &out),
        Some(Sub::Due(sub)) => due::run(&args, sub, &out),
        Some(Sub::Export(sub)) => export::run(&args, sub, &out),
        Some(Sub::Import(sub)) => import::run(&args, sub, &out),
        Some(Sub::Backup(sub)) => backup::run(&args, sub, &out),
        Some(Sub::Restore(sub)) => backup::restore(&args, sub, &out),
        Some(Sub::Audit(sub)) => audit::run(&args, sub, &out),
        Some(Sub::Doctor(sub)) => doctor::run(&args, sub, &out),
        Some(Sub::Report(sub)) => report::run(&args, sub, &out),
        Some(Sub::Precedent(sub)) => handout::precedent(&args, sub, &out),
        Some(Sub::Template(sub)) => handout::template(&args, sub, &out),
        Some(Sub::Rules(sub)) => rules::run(&args, sub, &out),
        Some(Sub::Manual(sub)) => manual::run(&args, sub, &out),
        Some(Sub::Completions(sub)) => completions::run(sub, lang, &out),
    };
    match done {
        Ok(code) => code,
        Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            out.complain(&failure);
            ExitCode::from(failure.code())
        }
    }
}
