//! Signing in at the shell: account, passphrase, and the office behind them.

use super::args::Args;
use super::out::{Failure, Out};
use crate::boot;
use crate::office::{DoorError, DoorState, Office, Way, door::Door};
use crate::tui::screen::Secret;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, IsTerminal, Write},
    path::Path,
    sync::Arc,
};

/// A passphrase file is one short line; more than this is some other file.
const LONGEST: u64 = 4 << 10;

/// The office, for a subcommand that writes out nothing of a child.
pub(super) fn sign_in(args: &Args, out: &Out) -> Result<Arc<dyn Office>, Failure> {
    sign_in_to(args, out, Way::Screen)
}

/// The office, for a subcommand that writes out what it is told: the office notes that it does.
pub(super) fn sign_in_to(args: &Args, out: &Out, way: Way) -> Result<Arc<dyn Office>, Failure> {
    Ok(enter(args, out, way)?.0)
}

/// With the passphrase that opened it, for who is about to change it.
pub(super) fn sign_in_with(args: &Args, out: &Out) -> Result<(Arc<dyn Office>, Secret), Failure> {
    enter(args, out, Way::Screen)
}

fn enter(args: &Args, out: &Out, way: Way) -> Result<(Arc<dyn Office>, Secret), Failure> {
    let door = door_to(args, out, way)?;
    let ready = match door.state() {
        DoorState::Ready(ready) => ready,
        DoorState::New => return Err(Failure::Said(out.t("door-no-station"))),
        other => return Err(Failure::Said(boot::state_words(out.cat, &other))),
    };
    let login = match (&args.account, ready.logins.as_slice()) {
        (Some(login), _) => login.clone(),
        (None, [(only, _)]) => only.clone(),
        (None, _) => return Err(Failure::Usage(out.t("cli-which-account"))),
    };
    let passphrase = passphrase(args, out, "cli-ask-passphrase")?;
    let desk = boot::unlock(&door, &login, &passphrase).map_err(|error| shut(out, &error))?;
    Ok((desk, passphrase))
}

pub(super) fn door(args: &Args, out: &Out) -> Result<Door, Failure> {
    door_to(args, out, Way::Screen)
}

fn door_to(args: &Args, out: &Out, way: Way) -> Result<Door, Failure> {
    boot::door(args.data.as_deref(), way).map_err(|_| Failure::Said(out.t("cli-no-home")))
}

/// What the door said, in words and with its exit code.
pub(super) fn shut(out: &Out, error: &boot::Shut) -> Failure {
    let text = boot::shut_words(out.cat, error);
    match error {
        boot::Shut::Door(DoorError::InUse) => Failure::InUse(text),
        boot::Shut::Door(DoorError::Wrong | DoorError::Closed | DoorError::Wait { .. })
        | boot::Shut::Weak(_) => Failure::Shut(text),
        boot::Shut::Door(_) | boot::Shut::Slip(_) => Failure::Said(text),
    }
}

/// From the file, from standard input for `-`, else asked at the terminal without echo.
pub(super) fn passphrase(args: &Args, out: &Out, prompt: &str) -> Result<Secret, Failure> {
    match args.passphrase_file.as_deref() {
        Some(path) => from_file(path),
        None if io::stdin().is_terminal() => at_terminal(out, prompt),
        None => Err(Failure::Usage(out.t("cli-needs-passphrase"))),
    }
}

/// One that is to hold from now on: the same, but asked twice at the terminal. Standard input may hold the old
/// passphrase on its first line and the new one on its second.
pub(super) fn new_passphrase(file: Option<&Path>, out: &Out) -> Result<Secret, Failure> {
    match file {
        Some(path) => from_file(path),
        None if io::stdin().is_terminal() => {
            let chosen = at_terminal(out, "cli-ask-new-passphrase")?;
            if at_terminal(out, "cli-ask-again")? == chosen {
                Ok(chosen)
            } else {
                Err(Failure::Shut(out.t("wizard-differs")))
            }
        }
        None => Err(Failure::Usage(out.t("cli-needs-new-passphrase"))),
    }
}

/// Words about a child: as they were given, else asked at the terminal or read from standard input, where neither `ps`
/// nor the shell's history sees them. Behind the passphrase, if that comes from there too.
pub(super) fn words(given: &[String], out: &Out, prompt: &str) -> Result<String, Failure> {
    if !given.is_empty() && given != ["-"] {
        return Ok(given.join(" "));
    }
    let line = match io::stdin().is_terminal() {
        true => openly(out, prompt)?,
        false => first_line(io::stdin().lock())?,
    };
    let words = line.reveal().trim().to_owned();
    if words.is_empty() { Err(Failure::Usage(out.t("cli-needs-words"))) } else { Ok(words) }
}

fn from_file(path: &Path) -> Result<Secret, Failure> {
    if path == Path::new("-") {
        return first_line(io::stdin().lock());
    }
    let file = File::open(path).map_err(|error| Failure::Said(format!("{}: {error}", path.display())))?;
    first_line(BufReader::new(file))
}

fn first_line(reader: impl BufRead) -> Result<Secret, Failure> {
    let mut line = String::new();
    reader.take(LONGEST).read_line(&mut line)?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(Secret::new(line))
}

/// At the terminal, shown as it is typed. The question stays out of what the command answers.
fn openly(out: &Out, prompt: &str) -> Result<Secret, Failure> {
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    write!(terminal, "{} ", out.t(prompt))?;
    first_line(BufReader::new(&terminal))
}

fn at_terminal(out: &Out, prompt: &str) -> Result<Secret, Failure> {
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let before = tcgetattr(&terminal).map_err(io::Error::from)?;
    let mut quiet = before.clone();
    quiet.local_modes.remove(LocalModes::ECHO);
    // Silent before the prompt is there: somebody may type at once.
    tcsetattr(&terminal, OptionalActions::Flush, &quiet).map_err(io::Error::from)?;
    write!(terminal, "{} ", out.t(prompt))?;
    let line = first_line(BufReader::new(&terminal));
    let restored = tcsetattr(&terminal, OptionalActions::Flush, &before).map_err(io::Error::from);
    writeln!(terminal)?;
    restored?;
    line
}
