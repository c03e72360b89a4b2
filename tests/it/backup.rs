//! Backups, from the daily one to the day the laptop is gone.

mod own;
mod restoring;
mod screens;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{Days, NaiveDate};
use tempfile::TempDir;
use tonghu::domain::Fields;
use tonghu::domain::forms::{child, station};
use tonghu::i18n::{self, Lang};
use tonghu::office::{
    Answer, BackupFault, Desk, Door, Office, Refusal, Request, Setup, Unwatched, Watch, backups,
};
use tonghu::platform::clock::StillClock;
use tonghu::store::Store;
use tonghu::tui::harness::Harness;
use tonghu::vault::{DataKeys, KdfParams, Passphrase, RecoveryKey, Role};
use tonghu::wording;

use crate::at_door::morning;
use crate::station::{Home, roster};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A station with a stick beside it and a clock of its own.
struct House {
    dir: TempDir,
    clock: Arc<StillClock>,
    desk: Option<Arc<Desk>>,
}

impl House {
    fn new() -> House {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(StillClock::at(morning()));
        fs::create_dir(dir.path().join("stick")).unwrap();
        let desk = found(&dir.path().join("data"), clock.clone());
        let mut rows = ["王小明", "韩梅梅"].map(|name| Fields::default().with(child::NAME, name)).into_iter();
        desk.import(&mut rows, &Unwatched).unwrap();
        House { dir, clock, desk: Some(desk) }
    }

    /// With a backup made every day from now on.
    fn daily() -> House {
        let house = House::new();
        house.ask(Request::SetBackupPlan { to: Some(house.stick()) }).unwrap();
        house
    }

    fn desk(&self) -> &Arc<Desk> {
        self.desk.as_ref().unwrap()
    }

    fn ask(&self, request: Request) -> Result<Answer, Refusal> {
        self.desk().ask(request)
    }

    fn stick(&self) -> std::path::PathBuf {
        self.dir.path().join("stick")
    }

    fn data(&self) -> std::path::PathBuf {
        self.dir.path().join("data")
    }

    /// A day of work with a quiet moment in it.
    fn day(&self) -> Result<Answer, Refusal> {
        self.clock.advance_days(1);
        self.ask(Request::BackUpIfDue)
    }

    fn on_stick(&self) -> Vec<String> {
        names(&self.stick())
    }
}

fn found(data: &Path, clock: Arc<StillClock>) -> Arc<Desk> {
    let setup = Setup {
        station: Fields::default().with(station::NAME, "石门站"),
        login: "zhou".into(),
        staff_name: "周晓琴".into(),
        passphrase: Passphrase::typed("the river bends twice at dawn"),
        role: Role::Lead,
        kdf: KdfParams::for_tests(),
    };
    Door::new(data.to_owned(), clock).found(setup, &RecoveryKey::generate().unwrap()).unwrap()
}

/// A stick with an old backup, a newer one that was cut and one that went bad where nobody sees it from outside.
fn stick_of_a_lost_laptop(house: &House) -> RecoveryKey {
    let paper = RecoveryKey::generate().unwrap();
    house.ask(Request::RenewRecovery(paper.clone())).unwrap();
    house.ask(Request::SetBackupPlan { to: Some(house.stick()) }).unwrap();
    for _ in 0..3 {
        house.day().unwrap();
    }
    let newest = house.stick().join("tonghu-daily-2026-03-05.backup");
    let mut bytes = fs::read(&newest).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(newest, &bytes).unwrap();
    let cut = house.stick().join("tonghu-daily-2026-03-04.backup");
    fs::write(&cut, &fs::read(&cut).unwrap()[..200]).unwrap();
    paper
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn copy_as(home: &Home, from: &str, to: &str) {
    fs::copy(home.path(from), home.path(to)).unwrap();
}

#[test]
fn once_a_day_a_backup_is_made_and_old_ones_go_when_the_new_one_was_read_back() {
    let house = House::daily();
    assert!(matches!(house.ask(Request::BackUpIfDue), Ok(Answer::BackedUp(_))));
    assert_eq!(house.on_stick(), ["tonghu-daily-2026-03-02.backup"]);
    assert!(matches!(house.ask(Request::BackUpIfDue), Ok(Answer::Done)), "once a day");
    for _ in 0..40 {
        let Ok(Answer::BackedUp(made)) = house.day() else { panic!("a day without a backup") };
        assert!(made.records > 3);
    }
    // 11 April: seven days, the Sundays of four weeks, the ends of two months.
    let days = ["03-22", "03-29", "03-31", "04-05", "04-06", "04-07", "04-08", "04-09", "04-10", "04-11"];
    assert_eq!(house.on_stick(), days.map(|day| format!("tonghu-daily-2026-{day}.backup")));
    let Ok(Answer::BackupPlan(plan)) = house.ask(Request::BackupPlan) else { panic!() };
    assert_eq!((plan.to, plan.last, plan.trouble), (Some(house.stick()), Some(day("2026-04-11")), None));

    house.ask(Request::SetBackupPlan { to: None }).unwrap();
    assert!(matches!(house.day(), Ok(Answer::Done)), "switched off, none is made");
    assert_eq!(house.on_stick().len(), 10, "and none goes");
}

#[test]
fn only_what_the_station_made_by_itself_is_ever_let_go() {
    let house = House::daily();
    let other = tempfile::tempdir().unwrap();
    let neighbour = found(&other.path().join("data"), house.clock.clone());
    neighbour.ask(Request::SetBackupPlan { to: Some(house.stick()) }).unwrap();
    house.ask(Request::Backup { to: house.stick().join("tonghu-2026-01-01.backup") }).unwrap();
    fs::write(house.stick().join("tonghu-daily-2025-01-01.backup"), "half a file").unwrap();
    fs::write(house.stick().join("holiday.jpg"), "trees").unwrap();
    for _ in 0..20 {
        house.clock.advance_days(1);
        assert!(matches!(neighbour.ask(Request::BackUpIfDue), Ok(Answer::BackedUp(_))));
        assert!(matches!(house.ask(Request::BackUpIfDue), Ok(Answer::BackedUp(_))));
    }
    let left = house.on_stick();
    let of_neighbour =
        left.iter().filter(|name| name.starts_with("tonghu-daily-2026") && !name.contains("-2.b"));
    let own = left.iter().filter(|name| name.ends_with("-2.backup"));
    assert_eq!((of_neighbour.count(), own.count()), (9, 9), "each keeps its own: {left:?}");
    for kept in ["tonghu-2026-01-01.backup", "tonghu-daily-2025-01-01.backup", "holiday.jpg"] {
        assert!(left.iter().any(|name| name == kept), "{kept}");
    }
}

#[test]
fn a_clock_that_was_wrong_for_a_day_costs_no_backup() {
    let house = House::daily();
    for _ in 0..5 {
        house.day().unwrap();
    }
    let before = house.on_stick();
    for wrong in ["2008-01-01", "2036-06-06"] {
        house.clock.set(day(wrong).and_hms_opt(9, 0, 0).unwrap());
        assert!(matches!(house.ask(Request::BackUpIfDue), Ok(Answer::BackedUp(_))), "{wrong}");
    }
    house.clock.set(morning() + Days::new(6));
    assert!(matches!(house.ask(Request::BackUpIfDue), Ok(Answer::BackedUp(_))));
    let left = house.on_stick();
    assert!(before.iter().all(|name| left.contains(name)), "{left:?}");
    assert!(left.iter().any(|name| name.contains("2026-03-08")), "{left:?}");
}

#[test]
fn a_stick_that_is_not_there_is_missed_and_the_backup_is_made_when_it_is_back() {
    let house = House::daily();
    house.day().unwrap();
    let away = house.dir.path().join("away");
    fs::rename(house.stick(), &away).unwrap();
    assert_eq!(house.day(), Err(Refusal::NoFolder));
    let mut face = Harness::new(house.desk().clone(), Lang::Zh, morning() + Days::new(2));
    face.sees("U 盘没有插上").press("f9").sees("stick or its folder is not there").press("f9");
    face.press("f2").type_text("xtzk").press("enter").sees("每天自动备份").sees("U 盘没有插上").press("esc");
    assert!(!house.stick().exists(), "no folder is made in the place of a stick");

    fs::rename(&away, house.stick()).unwrap();
    face.wait(59_000).sees("U 盘没有插上").press("down").wait(59_000).sees("U 盘没有插上");
    face.wait(1_000).sees_no("U 盘没有插上");
    assert_eq!(house.on_stick().len(), 2);
    house.clock.advance_days(1);
    face.wait(3_599_000);
    assert_eq!(house.on_stick().len(), 2, "the next quiet moment is used an hour later");
    face.wait(1_000);
    assert_eq!(house.on_stick().len(), 3);
}

#[test]
fn whoever_has_taken_the_name_of_the_day_keeps_it() {
    let house = House::daily();
    for name in ["", "-2", "-3"] {
        fs::create_dir(house.stick().join(format!("tonghu-daily-2026-03-02{name}.backup"))).unwrap();
    }
    assert!(matches!(house.ask(Request::BackUpIfDue), Ok(Answer::BackedUp(_))));
    assert!(house.stick().join("tonghu-daily-2026-03-02-4.backup").is_file());
}

#[test]
fn a_stick_without_room_is_said_with_both_sizes() {
    let no_room = BackupFault::NoRoom { needed: 300 << 20, free: 5 << 20 };
    for (lang, word) in [(Lang::Zh, "空间不够"), (Lang::En, "not enough room")] {
        let said = wording::backup_fault(i18n::catalogue(lang), &no_room);
        assert!(said.contains("300.0 MB") && said.contains("5.0 MB") && said.contains(word), "{said}");
    }
}

#[test]
fn what_a_cut_left_half_written_is_cleared_away_by_the_next_backup() {
    let house = House::daily();
    house.day().unwrap();
    let made = fs::read(house.stick().join("tonghu-daily-2026-03-03.backup")).unwrap();
    let tag: String = made[16..20].iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(house.stick().join(format!("tonghu-daily-2026-03-02.backup.{tag}.part")), "half").unwrap();
    fs::write(house.stick().join("tonghu-daily-2026-03-02.backup.00000000.part"), "a neighbour's").unwrap();
    house.day().unwrap();
    let parts: Vec<_> = house.on_stick().into_iter().filter(|name| name.ends_with(".part")).collect();
    assert_eq!(parts, ["tonghu-daily-2026-03-02.backup.00000000.part"]);
}

#[test]
fn at_the_shell_a_lead_turns_daily_backups_on_and_a_timer_makes_those_that_are_due() {
    let home = Home::with_station();
    home.run("backup --due").done();
    fs::create_dir(home.path("usb")).unwrap();
    home.signed_in("backup --daily nowhere").refused(1, &["没有这个文件夹"]);
    assert!(home.signed_in("backup --daily usb").done().contains("usb"));
    let kept = fs::read_to_string(home.data().join("backup.toml")).unwrap();
    assert!(kept.contains(&home.path("usb").display().to_string()), "{kept}");
    assert!(home.run("backup --due").done().contains("tonghu-daily-"), "without a passphrase");
    assert_eq!(home.run("backup --due").done(), "", "a timer is not told that nothing is due");
    assert_eq!(names(&home.path("usb")).len(), 1);
    assert!(home.run("backup --drill").done().contains("演练成功"));

    home.write("share/tonghu/backup.toml", "to = \"/media/usb\"\nweekly = many\n");
    home.run("backup --due").refused(1, &["backup.toml", "第 2 行"]);
    assert!(home.signed_in("doctor").done().contains("backup.toml:2"));
    home.signed_in("backup --no-daily").done();
    home.run("backup --due").done();
    home.run("backup --drill").refused(1, &["--daily"]);

    home.write("new", "a key under the mat\n");
    home.signed_in("account add chen --name 陈静 --role caseworker --new-passphrase-file new").done();
    let chen = |line: &str| home.run(&format!("--account chen --passphrase-file new {line}"));
    chen("backup --daily usb").refused(1, &["没有权限"]);
    chen("backup --no-daily").refused(1, &["没有权限"]);
}

#[test]
fn an_old_backup_is_a_quiet_word_on_today_and_none_while_the_station_is_new() {
    let house = House::new();
    let at = |days: u64| {
        house.clock.set(morning() + Days::new(days));
        Harness::new(house.desk().clone(), Lang::Zh, morning() + Days::new(days))
    };
    at(7).sees_no("没有备份过");
    at(8).sees("没有备份过").press("f9").sees("No backup was ever made");
    house.ask(Request::Backup { to: house.stick() }).unwrap();
    at(15).sees_no("没有备份");
    at(16).sees("已经 8 天没有备份");
    fs::write(house.data().join("backup.toml"), "to\n").unwrap();
    at(17).sees("backup.toml");
}

#[test]
fn the_real_program_makes_the_daily_backup_when_nobody_signed_in_and_a_kill_leaves_no_half_one() {
    let home = Home::with_station();
    fs::create_dir(home.path("usb")).unwrap();
    home.signed_in("backup --daily usb").done();
    for round in 0..6u64 {
        for file in names(&home.path("usb")).iter().filter(|name| name.ends_with(".backup")) {
            fs::remove_file(home.path("usb").join(file)).unwrap();
        }
        let mut child = home.command(["backup", "--due"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(round * 8));
        let _ = child.kill();
        crate::station::wait(&mut child);
        for file in names(&home.path("usb")).iter().filter(|name| name.ends_with(".backup")) {
            home.run(&format!("backup --verify usb/{file}")).done();
        }
    }
    home.run("backup --due").done();
    assert_eq!(names(&home.path("usb")).len(), 1, "{:?}", names(&home.path("usb")));
    home.run("backup --verify usb").done();
}
