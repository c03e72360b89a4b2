//! The recovery key is on paper before there is anything that only it can open.

use std::fs;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, NaiveDateTime};
use tonghu::i18n::Lang;
use tonghu::office::{Desk, Office, demo};
use tonghu::platform::clock::StillClock;
use tonghu::store;
use tonghu::tui::harness::Harness;
use tonghu::tui::screen::{DoorAnswer, DoorAsk, DoorNo, DoorView, Place, Secret};

use crate::station::{Home, Ran, wait};

const INIT: &str = "--account zhou --passphrase-file pass init --station 石门站 --recovery-file paper";

#[test]
fn killed_after_the_paper_there_is_no_station_and_the_next_init_says_what_the_paper_is() {
    let home = Home::new();
    // Somebody holds the directory: the station cannot come to be before the kill.
    let lock = store::lock(&home.data()).unwrap();
    let mut child = home.command(INIT.split(' ')).spawn().unwrap();
    let start = Instant::now();
    while fs::read(home.path("paper")).map_or(0, |key| key.len()) < 56 {
        assert!(start.elapsed() < Duration::from_secs(30), "the paper is written first");
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    wait(&mut child);
    drop(lock);
    assert!(!home.data().join("store").exists(), "no station");
    let paper = fs::read_to_string(home.path("paper")).unwrap();

    home.run(INIT).refused(2, &["paper", "已经存在", "还没有站点", "没有启用"]);
    assert_eq!(
        fs::read_to_string(home.path("paper")).unwrap(),
        paper,
        "a file that is there is never touched"
    );
    assert!(!home.data().join("store").exists());
    fs::remove_file(home.path("paper")).unwrap();
    home.run(INIT).done();
    assert_ne!(fs::read_to_string(home.path("paper")).unwrap(), paper);
    home.signed_in("doctor").done();
}

#[test]
fn where_no_station_can_come_to_be_no_paper_stays() {
    let home = Home::new();
    let lock = store::lock(&home.data()).unwrap();
    home.run(INIT).refused(75, &["另一个童护窗口"]);
    drop(lock);
    assert!(!home.path("paper").exists(), "its key would open nothing");
    assert!(!home.data().join("store").exists());
    let two_words = home.command(
        ["--account", "two words", "--passphrase-file", "pass", "init", "--station", "石门站"]
            .into_iter()
            .chain(["--recovery-file", "paper"]),
    );
    assert_eq!(Ran::of(two_words).code, 1);
    assert!(!home.path("paper").exists(), "what can be refused is refused before the paper");
    home.run(INIT.replace("paper", "no/such/place").as_str()).refused(1, &["no/such/place"]);
    assert!(!home.data().join("store").exists(), "no paper, no station");
    home.run(INIT.replace("paper", "share/tonghu/paper").as_str()).refused(1, &["已经有东西"]);
    assert!(!home.data().join("paper").exists(), "it would be in its own way at the next try");
    home.run(INIT).done();
}

#[test]
fn a_first_start_that_is_killed_before_the_key_is_typed_back_leaves_no_station() {
    let home = Home::new();
    for typed_back in [false, true] {
        let mut pty = home.screens();
        pty.wait_for("第 1 步");
        pty.press("enter").wait_for("站点名称");
        pty.type_text("石门站").press("enter enter enter enter").wait_for("第 3 步");
        pty.type_text("周晓琴").press("enter").type_text("zhou").press("enter");
        pty.type_text("the river bends twice").press("enter").type_text("the river bends twice");
        pty.press("enter").wait_for("抄在纸上");
        if typed_back {
            pty.press("enter").wait_for("照着纸再输一遍");
        }
        assert!(!home.data().join("store").exists(), "nothing stands while the key is not on paper");
        pty.signal(rustix::process::Signal::KILL);
        pty.wait_exit();
        assert!(!home.data().join("keyring").exists());
    }
    home.screens().wait_for("第 1 步");
}

const KEY: &str = "111111-222222-333333-444444-555555-666666-777777-888888";

fn morning() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap().and_hms_opt(8, 30, 0).unwrap()
}

/// The first start at a door that founds nothing before it was asked so often; and the asks that came to it.
fn first_start(
    lang: Lang,
    refusals: usize,
) -> (Harness, Arc<Mutex<Vec<DoorAsk>>>, Arc<Desk>, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let desk = demo(dir.path(), Arc::new(StillClock::at(morning())), std::iter::empty()).unwrap();
    let asks = Arc::new(Mutex::new(Vec::new()));
    let (heard, seat, mut left) = (asks.clone(), desk.clone(), refusals);
    let door = move |ask: DoorAsk| {
        heard.lock().unwrap().push(ask.clone());
        match ask {
            DoorAsk::Key(_) => Ok((DoorAnswer::Key(Secret::new(KEY.to_owned())), None)),
            _ if left > 0 => {
                left -= 1;
                Err(DoorNo("the disk is full: the key is not in use".into()))
            }
            _ => Ok((DoorAnswer::Opened, Some(seat.clone() as Arc<dyn Office>))),
        }
    };
    let mut face = Harness::at_door(DoorView::default(), Place::Wizard, lang, morning(), Box::new(door));
    face.press("enter").type_text("石门站").press("enter enter enter enter");
    face.type_text("周晓琴").press("enter").type_text("zhou").press("enter");
    face.type_text("a long sentence").press("enter").type_text("a long sentence").press("enter");
    (face, asks, desk, dir)
}

#[test]
fn nothing_is_founded_before_the_key_is_typed_back_and_one_may_go_back_until_then() {
    for (lang, write, back, account) in [
        (Lang::Zh, "抄在纸上", "照着纸再输", "第一个账号"),
        (Lang::En, "on paper", "Type it back", "first account"),
    ] {
        let (mut face, asks, _desk, _dir) = first_start(lang, 0);
        face.sees(write).sees("1) 111111").press("esc").sees(account).sees("周晓琴").sees("zhou");
        face.type_text("another sentence").press("enter").type_text("another sentence").press("enter");
        face.sees(write).sees("1) 111111").press("enter").sees(back).press("esc").sees(write).press("enter");
        let founded = |asks: &Mutex<Vec<DoorAsk>>| {
            asks.lock().unwrap().iter().filter(|ask| matches!(ask, DoorAsk::Found(..))).count()
        };
        face.type_text("111111").press("enter");
        assert_eq!(founded(&asks), 0, "a key that is not on paper founds nothing");
        face.press("ctrl-u").type_text(KEY).type_text("9").press("enter").sees("8");
        assert_eq!(founded(&asks), 0);
        face.press("backspace enter");
        assert_eq!(founded(&asks), 1);
        let asks = asks.lock().unwrap();
        let Some(DoorAsk::Found(founding, key)) = asks.last() else { panic!() };
        assert_eq!((key.reveal(), founding.passphrase.reveal()), (KEY, "another sentence"));
        assert!(!format!("{asks:?}").contains("111111"), "a key is never printed");
    }
}

#[test]
fn where_founding_fails_the_screen_says_that_the_key_is_not_in_use_and_tries_again() {
    let (mut face, _, _desk, _dir) = first_start(Lang::En, 1);
    face.press("enter").type_text(KEY).press("enter").sees("the key is not in use");
    face.press("enter").sees_no("not in use").sees("roster").press("enter").sees("There is no file yet");
}
