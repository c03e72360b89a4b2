//! The way back: drills, restores, the first start on a new PC, and backups that cannot be used.

use super::*;
use crate::at_door::at_door;
use tonghu::tui::screen::{DoorView, Place};

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
fn after_a_lost_laptop_the_first_start_brings_the_files_back_from_the_stick() {
    let mut house = House::new();
    let paper = stick_of_a_lost_laptop(&house);
    house.desk = None;
    let new = tempfile::tempdir().unwrap();
    let data = new.path().join("data");
    let mut face = at_door(&data, DoorView::default(), Place::Wizard, Lang::Zh);
    face.sees("我有备份").press("ctrl-n").sees("没有口令也读不了").sees("U盘名");
    face.paste("/nowhere/at/all").press("enter").sees("不能用").press("esc ctrl-u");
    face.paste(&house.stick().display().to_string()).press("enter");
    face.sees("> 2026-03-05  完整").sees("2 名儿童").sees("2026-03-04  不能用").sees("账号：zhou");
    face.press("enter").sees("被改动过").sees("tonghu-daily-2026-03-03.backup（2026-03-03，2 名儿童");
    assert!(!data.join("store").exists(), "nothing stands of a bad one");
    face.press("down").sees("> 2026-03-03").press("enter").sees("档案已经恢复").sees("上次备份：2026-03-03");
    face.type_text("the river bends twice at dawn").press("enter").sees("今天").press("f3");
    face.type_text("wxm").sees("王小明").press("esc f12");

    let mut face = at_door(&data, DoorView::default(), Place::Unlock, Lang::Zh);
    face.press("ctrl-e").type_text("zhou").press("enter").type_text(&paper.to_string()).press("enter");
    face.type_text("a key under the mat").press("enter").type_text("a key under the mat").press("enter");
    face.sees("今天");
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
