//! A disk that is full, on a small file system of its own: what was saved is found, what cannot be saved is refused in
//! words, and with room again work goes on.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;

use chrono::NaiveDate;
use tonghu::domain::forms::{child, contact};
use tonghu::domain::{Fields, RecordKind, RecordRef, Value};
use tonghu::office::{Answer, Door, Office, Query, Refusal, Request, Save, SaveRecord};
use tonghu::platform::SystemClock;
use tonghu::vault::Passphrase;
use uuid::Uuid;

use super::full;
use crate::apart;
use crate::station::{Home, LOGIN, PASSPHRASE, PROGRAM, roster};

/// Kilobytes that are left.
fn sizes() -> &'static [u64] {
    if full() { &[0, 4, 8, 16, 32, 64] } else { &[0, 32] }
}

/// Whether a small file system can be had here. The full form does not do without.
fn can_mount() -> bool {
    let tried = Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).output();
    let can = tried.is_ok_and(|ran| ran.status.success());
    assert!(can || !full(), "no small file system can be mounted: this needs root or user namespaces");
    if !can {
        let _ = writeln!(std::io::stderr(), "full disks are left out: no file system can be mounted here");
    }
    can
}

/// In a file system of its own, `full`, with a copy of the station's data and a ballast.
fn in_small_room(home: &Home, script: &str) -> Output {
    let begin =
        "set -e; mkdir -p full; mount -t tmpfs -o size=40m tmpfs full; cp -r share/tonghu full/data\n";
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", &format!("{begin}{script}")]);
    command.env_clear().envs(home.environment()).current_dir(home.path("")).output().unwrap()
}

fn station() -> Home {
    let home = Home::with_station();
    home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"], ["韩梅梅", "韩德华", "杨家坪"]]));
    home.signed_in("import roster.csv --yes").done();
    home
}

#[test]
fn on_a_full_disk_children_are_found_imports_are_refused_in_words_and_room_heals_it() {
    if !can_mount() {
        return;
    }
    for size in sizes() {
        let home = station();
        for n in 0..4 {
            home.write(&format!("{n}.csv"), roster(&[[&format!("赵{n}号"), "李桂英", "杨家坪"]]));
        }
        let script = format!(
            "t='{PROGRAM} --data full/data --passphrase-file pass'
             dd if=/dev/zero of=full/ballast bs=4k 2>/dev/null || true
             truncate -s $(( $(stat -c %s full/ballast) - {size} * 1024 )) full/ballast
             echo FIND; $t find 杨家坪 --json || echo failed=$?
             for n in 0 1 2 3; do
                 if $t import $n.csv --yes >out 2>err; then echo SAVED $n; else echo REFUSED $n $?; cat err; fi
             done
             echo FIND; $t find 杨家坪 --json || echo failed=$?
             rm full/ballast
             echo HEALED; $t find 杨家坪 --json
             if $t import 3.csv --yes --duplicates keep >out 2>err; then echo GOES ON; else cat err; fi
             $t find 赵3号 --json"
        );
        let ran = in_small_room(&home, &script);
        let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        let all = format!("{size} KB free\n{out}\n{err}");
        assert!(ran.status.success(), "{all}");
        let parts: Vec<&str> = out.split("FIND").collect();
        let healed = out.split("HEALED").nth(1).unwrap_or_else(|| panic!("{all}"));
        for found in [parts[1], parts[2], healed] {
            assert!(found.contains("王小明") && found.contains("韩梅梅"), "{all}");
        }
        for n in 0..4 {
            if out.contains(&format!("SAVED {n}")) {
                assert!(healed.contains(&format!("赵{n}号")), "saved and lost: {n}\n{all}");
            } else {
                assert!(out.contains(&format!("REFUSED {n} 1")) && out.contains("磁盘满了"), "{n}\n{all}");
            }
        }
        assert!(healed.contains("GOES ON") && healed.contains("赵3号"), "{all}");
    }
}

/// One visit, and whether it was saved.
fn visit(desk: &dyn Office, owner: Uuid, n: usize) -> Result<(), Refusal> {
    let fields = Fields::default()
        .with(contact::KIND, Value::Choice("visit".into()))
        .with(contact::ON, "2026-03-01".parse::<NaiveDate>().unwrap())
        .with(contact::SEEN, format!("第{n}次 {}", "一切都好。".repeat(2_000)).as_str());
    let at = RecordRef::of(RecordKind::Contact, owner, Uuid::now_v7());
    let records = vec![SaveRecord { at, base: None, fields }];
    desk.ask(Request::Save(Save { records, draft: None })).map(drop)
}

#[test]
#[allow(clippy::print_stdout, reason = "the test that started it reads what it says")]
#[ignore = "is started by the test beside it"]
fn a_session_on_a_disk_that_fills_up() {
    if !apart::is_part() {
        return;
    }
    let data = PathBuf::from("full/data");
    let room: u64 = apart::word("T_ROOM").parse().unwrap();
    let door = Door::new(data.clone(), Arc::new(SystemClock));
    let open = || door.unlock(LOGIN, &Passphrase::typed(PASSPHRASE)).unwrap();
    let desk = open();
    let Answer::Found(found) = desk.ask(Request::Find { text: Query("王小明".into()), limit: 5 }).unwrap()
    else {
        panic!()
    };
    let owner = found.lines[0].row.child.0;
    visit(&*desk, owner, 0).unwrap();
    // Somebody else fills the disk.
    let mut ballast = OpenOptions::new().create(true).append(true).open("full/ballast").unwrap();
    while ballast.write_all(&[1; 4096]).is_ok() {}
    let len = ballast.metadata().unwrap().len();
    ballast.set_len(len.saturating_sub(room * 1024)).unwrap();
    let (mut saved, mut refused) = (1, 0);
    for n in 1..400 {
        match visit(&*desk, owner, n) {
            Ok(()) => saved += 1,
            Err(Refusal::DiskFull) => refused += 1,
            Err(other) => panic!("visit {n}: {other:?}"),
        }
        let Answer::File(file) = desk.ask(Request::File(tonghu::domain::ChildId(owner))).unwrap() else {
            panic!()
        };
        assert_eq!(file.contacts.len(), saved, "what is shown is what was saved");
        if refused == 5 {
            break;
        }
    }
    assert_eq!(refused, 5, "the disk was never full");
    println!("\nsaved {saved}");
    drop((desk, ballast));
    let again = open();
    let count = |desk: &dyn Office| match desk.ask(Request::File(tonghu::domain::ChildId(owner))).unwrap() {
        Answer::File(file) => file.contacts.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(count(&*again), saved, "and after a start on the full disk");
    fs::remove_file("full/ballast").unwrap();
    again.ask(Request::Rest).unwrap();
    visit(&*again, owner, 999).unwrap();
    drop(again);
    let last = open();
    assert_eq!(count(&*last), saved + 1, "with room again");
    let fields = Fields::default().with(child::NAME, "欧阳雪");
    last.import(&mut std::iter::once(fields), &tonghu::office::Unwatched).unwrap();
}

#[test]
fn on_a_disk_that_fills_up_in_use_the_last_visits_are_saved_or_refused_and_none_is_lost() {
    if !can_mount() {
        return;
    }
    for size in sizes() {
        let home = station();
        let test = std::env::current_exe().unwrap().display().to_string();
        let script = format!(
            "TONGHU_TEST_PART=1 T_ROOM={size} '{test}' --exact faults::full_disk::a_session_on_a_disk_that_fills_up --ignored --nocapture"
        );
        let ran = in_small_room(&home, &script);
        let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "{size} KB free\n{out}\n{err}");
        let saved = out.lines().find_map(|line| line.strip_prefix("saved ")?.parse::<usize>().ok()).unwrap();
        assert!(saved > 10, "the spare parts of the journal take the last visits: {saved}");
    }
}
