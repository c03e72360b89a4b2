//! The screen locks: at a key, or by itself when nobody has pressed one for a while; what was being typed is kept.

use std::sync::Arc;

use tempfile::TempDir;
use tonghu::domain::Fields;
use tonghu::domain::forms::child;
use tonghu::i18n::Lang;
use tonghu::office::{DEMO_PASSPHRASE, demo};
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;

use crate::at_door::{at_demo, morning};

const MINUTE: u64 = 60_000;

/// At the real door of a station with one child; the screen locks after five minutes.
fn at_door(lang: Lang) -> (TempDir, Harness) {
    let dir = tempfile::tempdir().unwrap();
    let child = Fields::default().with(child::NAME, "王小明");
    drop(demo(dir.path(), Arc::new(StillClock::at(morning())), std::iter::once(child)).unwrap());
    let mut face = at_demo(dir.path(), lang, (80, 24));
    face.app.settings.idle_lock = Some(5);
    (dir, face)
}

fn inside(lang: Lang) -> (TempDir, Harness) {
    let (dir, mut face) = at_door(lang);
    face.type_text(DEMO_PASSPHRASE).press("enter");
    (dir, face)
}

#[test]
fn five_minutes_without_a_key_lock_the_screen_say_why_and_lose_nothing_that_was_typed() {
    for (lang, why, drafts) in
        [(Lang::Zh, "已有 5 分钟", "李小红"), (Lang::En, "No key for 5 minutes", "李小红")]
    {
        let (_dir, mut face) = inside(lang);
        face.press("f7").type_text("李小红");
        face.wait(4 * MINUTE).sees("李小红").press("tab").wait(4 * MINUTE).sees("李小红");
        face.wait(MINUTE).sees(why).sees_no("李小红").sees_no("王小明");
        face.type_text("not this one").press("enter").sees(why);
        face.type_text(DEMO_PASSPHRASE).press("enter").sees(drafts).press("enter").sees("李小红");
        face.press("esc").sees_no(why);
    }
}

#[test]
fn a_key_after_the_pc_slept_meets_a_locked_screen_and_does_nothing() {
    let (_dir, mut face) = inside(Lang::Zh);
    face.sees("王小明").wait_days(1);
    // The clock that only goes forward stood still while the PC slept.
    face.sees("画面已锁住").sees_no("王小明").press("n").sees_no("登记儿童");
}

#[test]
fn the_lock_is_one_wake_and_nothing_at_the_door() {
    let (_dir, mut face) = at_door(Lang::En);
    assert_eq!(face.app.next_wake(), None, "there is nothing to lock");
    face.type_text(DEMO_PASSPHRASE).press("enter");
    assert_eq!(face.app.next_wake(), Some(MINUTE), "a quiet moment, for what can wait");
    face.wait(MINUTE);
    assert_eq!(face.app.next_wake(), Some(4 * MINUTE));
    face.press("down");
    assert_eq!(face.app.next_wake(), Some(5 * MINUTE), "a key begins the time again");
    face.wait(5 * MINUTE).sees("No key for");
    assert_eq!(face.app.next_wake(), None);
}

#[test]
fn the_lock_keys_work_wherever_one_is() {
    // A list, a file, a form, popups over each, the palette, help, search, questions, and what is typed in them.
    let places = [
        "",
        "f5",
        "f3",
        "f2",
        "f1",
        "f7",
        "f8",
        "f7 x esc",
        "f2 x",
        "f5 f",
        "c",
        "d",
        "h",
        "m",
        "w",
        "enter",
        "enter e",
        "enter v",
        "enter right right",
        "f7 ctrl-o",
        "ctrl-r",
        "f6",
        "f7 f1",
        "f5 enter t",
    ];
    for places in places {
        for key in ["f12", "ctrl-l"] {
            let (_dir, mut face) = inside(Lang::Zh);
            face.press(places).press(key).sees("解锁").sees("画面已锁住").sees_no("王小明");
            face.type_text(DEMO_PASSPHRASE).press("enter").sees_no("画面已锁住");
        }
    }
    for command in ["health", "backup", "accounts", "import"] {
        let (_dir, mut face) = inside(Lang::Zh);
        face.press("f2").type_text(command).press("enter f12").sees("画面已锁住");
    }
    let (_dir, mut face) = inside(Lang::Zh);
    face.press("f2").type_text("accounts").press("enter enter f12").sees("画面已锁住");
}
