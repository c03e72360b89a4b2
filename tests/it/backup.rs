//! Backups, from the daily one to the day the laptop is gone.

mod screens;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{Days, NaiveDate, NaiveDateTime};
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

use crate::station::{Home, roster};

fn morning() -> NaiveDateTime {
    "2026-03-02T08:30:00".parse().unwrap()
}

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
fn a_drill_restores_for_trial_and_leaves_nothing_but_its_date() {
    let home = Home::with_station();
    home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"], ["韩梅梅", "韩德华", "杨家坪"]]));
    home.signed_in("import roster.csv --yes").done();
    home.signed_in("backup safe.backup").done();
    assert!(home.signed_in("doctor").done().contains("tonghu restore --dry-run"));
    fs::create_dir(home.path("usb")).unwrap();
    home.signed_in("backup --daily usb").done();
    assert!(home.signed_in("doctor").done().contains("tonghu backup --drill"), "nothing is to be named");
    let told = home.run("restore --dry-run safe.backup --json").json();
    assert_eq!((&told["children"], told["records"].as_u64() > Some(4)), (&2.into(), true), "{told}");
    assert!(!home.signed_in("doctor").done().contains("请试一次恢复"));
    assert_eq!(names(home.data().parent().unwrap()), ["tonghu"], "nothing is left beside the data");

    let opened = "--account zhou --passphrase-file pass restore --dry-run safe.backup";
    assert!(home.run(opened).done().contains("每一条都能打开"));
    home.write("wrong", "the river bends once at dawn\n");
    let wrong = "--account zhou --passphrase-file wrong restore --dry-run safe.backup";
    home.run(wrong).refused(4, &["口令"]);

    // Of the day a drill was killed; another is at work.
    let scratch = home.path("share/tonghu.drill");
    fs::create_dir(&scratch).unwrap();
    fs::write(scratch.join("snapshot-00000000000000000007"), "left").unwrap();
    let at_work = tonghu::store::lock(&scratch).unwrap();
    home.run("restore --dry-run safe.backup").refused(75, &["另一个"]);
    drop(at_work);
    home.run("restore --dry-run safe.backup").done();
    assert!(!scratch.exists());
}

#[test]
fn from_a_folder_the_newest_sound_backup_is_restored_and_named() {
    let home = Home::with_station();
    fs::create_dir(home.path("usb")).unwrap();
    home.signed_in("backup usb/tonghu-2026-01-05.backup").done();
    home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"]]));
    home.signed_in("import roster.csv --yes").done();
    home.signed_in("backup usb/tonghu-2026-01-06.backup").done();
    let newest = fs::read(home.path("usb/tonghu-2026-01-06.backup")).unwrap();
    home.write("usb/tonghu-2026-01-07.backup", &newest[..newest.len() / 2]);
    let mut bad = newest.clone();
    bad[newest.len() / 3] ^= 1;
    home.write("usb/tonghu-2026-01-08.backup", bad);
    home.write("usb/letter.txt", "姓名");

    home.run("--data lost restore usb/tonghu-2026-01-07.backup")
        .refused(1, &["tonghu-2026-01-06.backup", "2026-01-06"]);
    let told = home.run("--data fresh restore usb").done();
    assert!(told.contains("tonghu-2026-01-06.backup") && told.contains("1 名儿童"), "{told}");
    let health: serde_json::Value =
        serde_json::from_str(&home.signed_in("--data fresh doctor --json").out).unwrap();
    let checks = health["checks"].as_array().unwrap();
    let last = checks.iter().find(|line| line["what"] == "backup").unwrap();
    assert_eq!(last["value"], "2026-01-06", "the last backup is the one that it came from");
    home.run("--data fresh restore usb").refused(1, &["不是空的"]);

    home.run("--data other --account li --passphrase-file pass init --station 青石站 --recovery-file paper")
        .done();
    home.run("--data other --passphrase-file pass backup usb/other.backup").done();
    home.run("--data third restore usb").refused(1, &["好几个站点"]);
    home.run("backup --verify usb/other.backup").refused(1, &["另一个站点"]);
    home.run("--data third restore usb/other.backup").done();
    fs::create_dir(home.path("none")).unwrap();
    home.run("--data fourth restore none").refused(1, &["没有能用的备份"]);
    copy_as(&home, "usb/letter.txt", "none/a.backup");
    home.run("--data fourth restore none").refused(1, &["没有能用的备份"]);
    assert!(!home.path("fourth").exists());
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

/// Every way a file can go bad, each told for what it is; nothing of any is restored.
#[test]
fn a_backup_that_was_cut_changed_swapped_or_is_of_somebody_else_is_refused_with_its_reason() {
    let house = House::new();
    let good = house.stick().join("good.backup");
    house.ask(Request::Backup { to: good.clone() }).unwrap();
    let whole = fs::read(&good).unwrap();
    fs::remove_file(&good).unwrap();
    let other_dir = tempfile::tempdir().unwrap();
    let other = found(&other_dir.path().join("data"), house.clock.clone());
    let theirs = other_dir.path().join("theirs.backup");
    other.ask(Request::Backup { to: theirs.clone() }).unwrap();
    let other = fs::read(&theirs).unwrap();
    drop(fs::remove_file(&theirs));
    let bad = house.stick().join("bad.backup");
    let into = house.dir.path().join("new");
    let refused = |bytes: &[u8], what: &str| {
        fs::write(&bad, bytes).unwrap();
        let clock = StillClock::at(morning());
        let verified = backups::verify(&bad, None, &clock, &Unwatched).map(|_| what);
        let restored = backups::restore(&bad, &into, &clock, &Unwatched).map(|_| what);
        let (verified, restored) = (verified.unwrap_err(), restored.unwrap_err());
        assert_eq!(verified, restored, "{what}");
        assert_eq!(verified.instead, None, "{what}");
        assert!(!into.exists(), "{what}");
        verified.fault
    };
    assert_eq!(refused(b"", "nothing"), BackupFault::Empty);
    assert_eq!(refused("姓名,性别\n".as_bytes(), "a roster"), BackupFault::Foreign);
    for len in (8..whole.len()).step_by(whole.len() / 150) {
        assert_eq!(refused(&whole[..len], &format!("cut at {len}")), BackupFault::Cut);
    }
    for at in (12..whole.len()).step_by(whole.len() / 200) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        let fault = refused(&bytes, &format!("flipped at {at}"));
        assert!(matches!(fault, BackupFault::Changed | BackupFault::Cut), "at {at}: {fault:?}");
    }
    let mut swapped = whole.clone();
    let (from, to) = (whole.len() / 3, whole.len() / 2);
    for at in 0..64 {
        swapped.swap(from + at, to + at);
    }
    assert_eq!(refused(&swapped, "swapped"), BackupFault::Changed);
    let mut grafted = whole.clone();
    grafted[16..32].copy_from_slice(&other[16..32]);
    assert_eq!(refused(&grafted, "another's name"), BackupFault::Changed);
    // Header and accounts of another station, each whole in itself, before these rows.
    let head = |bytes: &[u8]| 72 + u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize + 4;
    let grafted = [&other[..head(&other)], &whole[head(&whole)..]].concat();
    assert_eq!(refused(&grafted, "another's header"), BackupFault::Changed);
    let mut newer = whole.clone();
    newer[8] = 9;
    assert_eq!(refused(&newer, "of a newer program"), BackupFault::Newer);
    let appended = [&whole[..], b"and more"].concat();
    assert_eq!(refused(&appended, "something behind it"), BackupFault::Cut);

    fs::write(&bad, &other).unwrap();
    let clock = StillClock::at(morning());
    let fault = backups::verify(&bad, Some(&house.data()), &clock, &Unwatched).unwrap_err().fault;
    assert_eq!(fault, BackupFault::OtherStation);
}

#[test]
fn a_backup_whose_accounts_nobody_can_read_is_refused_though_it_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&dir.path().join("s"), DataKeys::ephemeral(), b"no accounts").unwrap();
    let bad = dir.path().join("bad.backup");
    store.backup(&bad, &mut |_| ControlFlow::Continue(())).unwrap();
    let clock = StillClock::at(morning());
    let refused = backups::restore(&bad, &dir.path().join("new"), &clock, &Unwatched).unwrap_err();
    assert_eq!(refused.fault, BackupFault::Accounts);
    // The station's own accounts are gone: then there is nothing to copy that anybody could open.
    for name in ["keyring", "keyring.copy"] {
        fs::write(dir.path().join("s").join(name), "half").unwrap();
    }
    assert!(store.backup(&dir.path().join("none.backup"), &mut |_| ControlFlow::Continue(())).is_err());
    assert_eq!(names(dir.path()), ["bad.backup", "s"]);
}

#[test]
fn a_drill_that_is_stopped_leaves_nothing_and_one_of_a_bad_backup_names_the_best_earlier_one() {
    let mut house = House::new();
    stick_of_a_lost_laptop(&house);
    house.desk = None;
    let clock = StillClock::at(morning());
    let drill = |name: &str, watch: &dyn Watch| {
        backups::drill(&house.stick().join(name), &house.data(), None, &clock, watch)
    };
    let refused = drill("tonghu-daily-2026-03-05.backup", &Unwatched).unwrap_err();
    let better = refused.instead.as_ref().map(|found| (found.name(), found.day, found.children));
    let best = ("tonghu-daily-2026-03-03.backup".to_owned(), day("2026-03-03"), 2);
    assert_eq!((refused.fault, better), (BackupFault::Changed, Some(best)));
    for steps in 0..6 {
        let stopped = drill("tonghu-daily-2026-03-03.backup", &After(steps.into())).map(|found| found.name());
        // The last of them is not asked any more.
        if let Err(stopped) = stopped {
            assert_eq!(stopped.fault, BackupFault::Stopped, "after {steps}");
        }
        assert_eq!(names(house.dir.path()), ["data", "stick"], "after {steps}");
    }
    drill("tonghu-daily-2026-03-03.backup", &Unwatched).unwrap();
    assert_eq!(fs::read_to_string(house.data().join("last-drill")).unwrap(), "2026-03-02");
}

/// Stops after so many reports.
struct After(AtomicUsize);

impl Watch for After {
    fn progress(&self, _: u64, _: Option<u64>) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }
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
