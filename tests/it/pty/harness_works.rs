//! The harness itself, on programs that every machine has.

use tempfile::tempdir;

use super::harness::{Pty, children, is_running};

fn shell(script: &str) -> Pty {
    let home = tempdir().unwrap();
    Pty::spawn("/bin/sh", &["-c", script], &Pty::environment(home.path()), 40, 6)
}

#[test]
fn typed_chinese_is_seen_as_a_person_sees_it() {
    let mut pty = shell("printf 'ready> '; read line; printf '[%s]' \"$line\"; read line");
    pty.wait_for("ready>");
    pty.type_text("王小明").press("enter").wait_for("[王小明]");
    assert_eq!(pty.rows()[0], "ready> 王小明");
    assert_eq!(pty.caret(), Some((8, 1)));
    pty.press("enter");
    assert!(pty.wait_exit().success());
    assert!(pty.is_given_back());
}

#[test]
fn a_hang_up_reaches_the_program() {
    let mut pty = shell("trap '' HUP; printf ready; cat >/dev/null; exit 3");
    pty.wait_for("ready");
    let cat = children(pty.pid());
    pty.hang_up();
    assert_eq!(pty.wait_exit().exit_code(), 3);
    assert!(cat.into_iter().all(|pid| !is_running(pid)));
}

#[test]
fn a_resize_is_told_to_the_program() {
    let pty = shell("trap 'stty size' WINCH; printf 'ready '; while :; do sleep 0.05; done");
    pty.wait_for("ready");
    pty.resize(50, 9).wait_for("9 50");
}
