//! How it is called: its arguments, help and completions, and the terminal or pipe it is called from.

use std::io::Read;

use clap::CommandFactory;
use tonghu::cli::args::Args;

use super::*;
use crate::pty::harness::Pty;
use crate::station::{PROGRAM, wait};

#[test]
fn a_passphrase_is_no_argument_and_no_environment_variable() {
    let home = Home::with_station();
    for line in
        ["--passphrase x find wxm", "find --passphrase=x wxm", "-p x find wxm", "--password x find wxm"]
    {
        let ran = home.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{line}: {}", ran.err);
    }
    let takes_one = |arg: &clap::Arg| {
        let name = arg.get_id().as_str();
        name.contains("pass") && !["passphrase_file", "new_passphrase_file"].contains(&name)
    };
    for (name, command) in tree() {
        assert!(command.get_arguments().all(|arg| !takes_one(arg)), "{name}");
    }

    // What `ps` shows of a program that waits at its door.
    let mut screens = home.screens();
    screens.wait_for("口令");
    let shown = fs::read(format!("/proc/{}/cmdline", screens.pid().as_raw_nonzero())).unwrap();
    screens.type_text(PASSPHRASE);
    assert_eq!(fs::read(format!("/proc/{}/cmdline", screens.pid().as_raw_nonzero())).unwrap(), shown);
    assert!(!screens.screen().contains("river"), "nor does the screen show it");
    screens.press("ctrl-q").wait_exit();
}

/// Every subcommand with what it takes, as the program itself has it.
fn tree() -> Vec<(String, clap::Command)> {
    let mut all = vec![(String::new(), Args::command())];
    let mut at = 0;
    while let Some((path, command)) = all.get(at).cloned() {
        let below = |sub: &clap::Command| format!("{path} {}", sub.get_name()).trim().to_owned();
        all.extend(command.get_subcommands().map(|sub| (below(sub), sub.clone())));
        at += 1;
    }
    all
}

#[test]
fn help_is_whole_in_both_languages() {
    let home = Home::new();
    for (name, command) in tree() {
        let [zh, en] = ["zh", "en"].map(|lang| home.run(&format!("--lang {lang} {name} --help")).done());
        for (text, example) in [(&zh, "例子"), (&en, "Example")] {
            assert!(text.contains(example) && text.contains("tonghu "), "{name}: examples\n{text}");
            for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                let shown = match arg.get_long() {
                    Some(long) => format!("--{long}"),
                    None => arg.get_value_names().unwrap()[0].to_string(),
                };
                let line = text.lines().position(|line| line.contains(&shown));
                assert!(line.is_some(), "{name}: {shown} is not explained\n{text}");
            }
            for sub in command.get_subcommands() {
                assert!(text.contains(sub.get_name()), "{name}: {}", sub.get_name());
            }
            let keys = ["cli-", "{ $"];
            assert!(keys.iter().all(|key| !text.contains(key)), "{name}: a text is missing\n{text}");
        }
        assert!(zh.contains("用法：") && en.contains("Usage:"), "{name}");
        let hanzi = |text: &str| text.chars().filter(|c| ('一'..='龥').contains(c)).count();
        assert!(hanzi(&zh) > 20, "{name} speaks Chinese\n{zh}");
    }
    assert!(home.run("--version").done().contains(env!("CARGO_PKG_VERSION")));
    assert!(home.run("--help").done().contains("75"), "exit codes are told");
    assert!(!home.data().exists(), "help touches nothing");
}

#[test]
fn a_wrong_call_is_refused_with_a_hint() {
    let home = Home::new();
    for line in ["fnid wxm", "import", "due --brief --json", "--lang fr due", "demo --children 0"] {
        let ran = home.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{line}");
        assert!(!ran.err.trim().is_empty(), "{line}");
    }
}

/// They go into the Debian package. To make them anew: `tonghu --lang en completions SHELL > FILE`.
#[test]
fn the_packaged_completions_are_those_of_today() {
    let home = Home::new();
    for (shell, file) in [("bash", "tonghu.bash"), ("zsh", "_tonghu"), ("fish", "tonghu.fish")] {
        let path = format!("{}/assets/completions/{file}", env!("CARGO_MANIFEST_DIR"));
        let packaged = std::fs::read_to_string(&path).unwrap();
        let now = home.run(&format!("--lang en completions {shell}")).done();
        assert_eq!(packaged.trim_end(), now.trim_end(), "{path} is out of date");
    }
}

#[test]
fn shells_complete_every_subcommand() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = home.run(&format!("completions {shell}")).done();
        for (name, _) in tree() {
            let last = name.split(' ').next_back().unwrap();
            assert!(script.contains(last), "{shell}: {name}");
        }
        assert!(script.contains("passphrase-file"), "{shell}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let home = with_roster();
    for line in ["find 石门", "show SM-001", "doctor", "due", "completions bash", "--help"] {
        let mut command = home.command(format!("--passphrase-file pass {line}").split(' '));
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let status = wait(&mut child);
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((status.code(), err.as_str()), (Some(0), ""), "{line}");
    }
}

#[test]
fn where_no_screen_can_be_drawn_one_line_says_so() {
    let home = Home::new();
    for line in ["", "demo"] {
        home.run(line).refused(1, &["不是终端", "tonghu --help"]);
    }
    let started = |name: &str, value: &str| {
        let mut environment = home.environment();
        environment.retain(|(have, _)| have != name);
        environment.push((name.into(), value.into()));
        let mut pty = Pty::spawn(PROGRAM, &[], &environment, 80, 24);
        let status = pty.wait_exit();
        assert_eq!(status.exit_code(), 1, "{name}={value}");
        assert!(!pty.on_second_screen() && pty.is_given_back(), "{name}={value}");
        pty.screen()
    };
    for term in ["dumb", ""] {
        assert!(started("TERM", term).contains("TERM=xterm"), "{term:?}");
    }
    let told = started("LANG", "zh_CN.GBK");
    assert!(told.contains("zh_CN.GBK is not UTF-8") && told.contains("--assume-utf8"), "{told}");
    assert!(!home.data().exists(), "nothing was touched");
}

#[test]
fn a_prompt_at_the_terminal_shows_no_passphrase() {
    let home = with_roster();
    let mut pty = Pty::spawn(
        PROGRAM,
        &["--data", home.data().to_str().unwrap(), "find", "wxm"],
        &home.environment(),
        80,
        24,
    );
    pty.wait_for("口令：");
    pty.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    assert!(pty.wait_exit().success());
    assert!(!pty.screen().contains("river"), "{}", pty.screen());
    assert!(pty.is_given_back());
}

#[test]
fn no_station_means_a_clear_word_and_no_directory() {
    let home = Home::new();
    for line in ["find wxm", "show 1", "due", "doctor", "backup x"] {
        home.signed_in(line).refused(1, &["还没有站点"]);
        assert!(!home.data().exists(), "{line} made a directory");
    }
}
