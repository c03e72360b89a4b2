//! What happens to the program in the middle of work: signals, a dropped line, a power cut. Nothing typed is lost.

use std::fs;

use rustix::process::Signal;

use super::harness::{Pty, children, is_running};
use crate::station::{Home, PASSPHRASE, PROGRAM, names};

/// In the middle of registering a child.
fn writing(pty: &mut Pty) {
    pty.wait_for("口令");
    pty.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    pty.press("f7").wait_for("登记儿童");
    pty.type_text("欧阳雪").press("tab").wait_for("登记儿童 - 欧阳雪");
}

fn home() -> Home {
    Home::with_children_since(40, &["王小明"])
}

/// The next start offers what was typed, and it can be saved.
#[track_caller]
fn goes_on(home: &Home) {
    let mut pty = home.screens();
    pty.wait_for("口令");
    pty.type_text(PASSPHRASE).press("enter").wait_for("有没写完的内容").wait_for("欧阳雪");
    pty.press("enter").wait_for("登记儿童 - 欧阳雪");
    pty.press("ctrl-s").wait_for("已保存");
    pty.press("ctrl-q");
    assert!(pty.wait_exit().success() && pty.is_given_back());
    assert_eq!(names(&home.signed_in("find oyx --json").json()), ["欧阳雪"]);

    let mut pty = home.screens();
    pty.wait_for("口令");
    pty.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    assert!(!pty.screen().contains("有没写完的内容"), "what is saved is a draft no more:\n{}", pty.screen());
}

#[test]
fn told_to_end_in_the_middle_of_a_form_the_program_keeps_it_as_a_draft() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let home = home();
        let mut pty = home.screens();
        writing(&mut pty);
        pty.signal(signal);
        assert!(pty.wait_exit().success(), "{signal:?}");
        assert!(pty.is_given_back(), "{signal:?} gives the terminal back");
        goes_on(&home);
    }
}

#[test]
fn a_dropped_line_in_the_middle_of_a_form_keeps_it_as_a_draft() {
    let home = home();
    let mut pty = home.screens();
    writing(&mut pty);
    pty.hang_up();
    pty.wait_exit();
    goes_on(&home);
}

#[test]
fn a_dropped_line_ends_the_program_even_where_its_signal_is_ignored() {
    let home = home();
    let script = format!("trap '' HUP; '{PROGRAM}'; true");
    let mut pty = Pty::spawn("/bin/sh", &["-c", &script], &home.environment(), 80, 24);
    writing(&mut pty);
    let program = children(pty.pid());
    assert_eq!(program.len(), 1);
    pty.hang_up();
    pty.wait_exit();
    assert!(!is_running(program[0]), "no program is left behind with the files in its hands");
    goes_on(&home);
}

#[test]
fn cut_off_without_warning_what_was_typed_a_moment_before_is_offered() {
    let home = home();
    let mut pty = home.screens();
    pty.wait_for("口令");
    pty.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    pty.press("f7").wait_for("登记儿童");
    let journal = |home: &Home| {
        let mut files = home.files();
        files.retain(|(path, _)| path.file_name().unwrap().to_string_lossy().starts_with("journal-"));
        files
    };
    let before = journal(&home);
    pty.type_text("欧阳雪");
    // A draft is written within a second of the last key; on a busy machine that second is long.
    pty.wait_until("the draft is on the disk", |_| journal(&home) != before);
    pty.signal(Signal::KILL);
    assert!(!pty.wait_exit().success());
    goes_on(&home);
}

#[test]
fn leaving_a_form_asks_and_its_draft_is_kept() {
    let home = home();
    let mut pty = home.screens();
    writing(&mut pty);
    pty.press("ctrl-q").wait_for("[留下]");
    pty.press("n").wait_for("登记儿童 - 欧阳雪");
    pty.press("ctrl-q").wait_for("[留下]");
    pty.press("y");
    assert!(pty.wait_exit().success() && pty.is_given_back());
    goes_on(&home);
}

#[test]
fn control_z_gives_the_shell_back_and_fg_the_screens() {
    let home = home();
    let mut environment = home.environment();
    environment.push(("PS1".into(), "shell> ".into()));
    environment.push(("ENV".into(), String::new()));
    let mut pty = Pty::spawn("/bin/sh", &["-i"], &environment, 80, 24);
    pty.wait_for("shell>");
    pty.type_text(PROGRAM).press("enter").wait_for("口令");
    pty.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    for _ in 0..2 {
        pty.press("ctrl-z").wait_for("shell>");
        assert!(!pty.on_second_screen());
        pty.type_text("echo $((6 * 7))00").press("enter").wait_for("4200");
        pty.type_text("fg").press("enter").wait_for("王小明");
        assert!(pty.on_second_screen());
        pty.wait_gone("4200");
    }
    pty.press("ctrl-q").wait_for("shell>");
    assert!(pty.is_given_back());
    pty.type_text("exit").press("enter").wait_exit();
}

#[test]
fn the_screens_leave_no_name_in_any_file() {
    let home = home();
    let mut pty = home.screens();
    writing(&mut pty);
    pty.press("ctrl-q").wait_for("[留下]");
    pty.press("y").wait_exit();
    for (path, bytes) in home.files() {
        for name in ["王小明", "欧阳雪", PASSPHRASE] {
            let found = bytes.windows(name.len()).any(|window| window == name.as_bytes());
            assert!(!found, "{name} is readable in {}", path.display());
        }
    }
    let log = fs::read_to_string(home.data().join("tonghu.log")).unwrap();
    assert!(!log.contains("王小明") && !log.contains("欧阳雪"), "{log}");
}
