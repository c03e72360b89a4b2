//! Backups as the person at the screen meets them: setting them, and the first start after a lost laptop.

use tonghu::boot;
use tonghu::office::Unusable;
use tonghu::tui::screen::{DoorAnswer, DoorAsk, DoorNo, DoorView, Place};

use super::*;

/// The stories at the door, answered as the program does.
fn at_door(data: &Path, first: Place) -> Harness {
    let door = Door::new(data.to_owned(), Arc::new(StillClock::at(morning())));
    let answer = move |ask: DoorAsk| match ask {
        DoorAsk::Backups(path) => {
            let found = boot::find_backups(&path).map_err(|fault| DoorNo(fault.to_string()))?;
            Ok((DoorAnswer::Backups(found), None))
        }
        DoorAsk::Restore(path) => {
            let restored = boot::restore(&door, &path, &Unwatched);
            Ok((restored.map_or_else(DoorAnswer::Unusable, DoorAnswer::Restored), None))
        }
        DoorAsk::Unlock { login, passphrase } => {
            let opened = boot::unlock(&door, &login, &passphrase).map_err(|no| DoorNo(no.to_string()))?;
            Ok((DoorAnswer::Opened, Some(opened as Arc<dyn Office>)))
        }
        DoorAsk::Recover { login, recovery, passphrase } => {
            let opened = boot::recover(&door, &login, &recovery, &passphrase);
            let opened = opened.map_err(|no| DoorNo(no.to_string()))?;
            Ok((DoorAnswer::Opened, Some(opened as Arc<dyn Office>)))
        }
        _ => Err(DoorNo("not here".into())),
    };
    Harness::at_door(DoorView::default(), first, Lang::Zh, morning(), Box::new(answer))
}

#[test]
fn after_a_lost_laptop_the_first_start_brings_the_files_back_from_the_stick() {
    let mut house = House::new();
    let paper = stick_of_a_lost_laptop(&house);
    house.desk = None;
    let new = tempfile::tempdir().unwrap();
    let mut face = at_door(&new.path().join("data"), Place::Wizard);
    face.sees("我有备份").press("ctrl-n").sees("没有口令也读不了").sees("U盘名");
    face.paste("/nowhere/at/all").press("enter").sees("不能用").press("esc ctrl-u");
    face.paste(&house.stick().display().to_string()).press("enter");
    face.sees("> 2026-03-05  完整").sees("2 名儿童").sees("2026-03-04  不能用").sees("账号：zhou");
    face.press("enter").sees("被改动过").sees("tonghu-daily-2026-03-03.backup（2026-03-03，2 名儿童");
    assert!(!new.path().join("data/store").exists(), "nothing stands of a bad one");
    face.sees("2026-03-05  不能用").sees("> 2026-03-03  完整").press("enter");
    face.sees("档案已经恢复").sees("上次备份：2026-03-03");
    face.type_text("not this one").press("enter").sees("档案已经恢复");
    face.type_text("the river bends twice at dawn").press("enter").sees("今天").press("f3");
    face.type_text("wxm").sees("王小明").press("esc f12").sees("画面已锁住").sees_no("档案已经恢复");

    let mut face = at_door(&new.path().join("data"), Place::Unlock);
    face.press("ctrl-e").type_text("zhou").press("enter").type_text(&paper.to_string()).press("enter");
    face.type_text("a key under the mat").press("enter").type_text("a key under the mat").press("enter");
    face.sees("今天");
}

#[test]
fn the_backup_screen_says_whether_one_is_made_every_day_and_a_lead_sets_it() {
    let house = House::new();
    let mut face = Harness::new(house.desk().clone(), Lang::Zh, morning());
    face.press("f2").type_text("beifen").press("enter").sees("每天自动备份：没有开").press("ctrl-x");
    face.sees("留 7 天、4 周").sees("< 关 >").press("up right enter enter").sees("请填文件夹");
    face.paste("/no/such/folder").press("enter").sees("没有这个文件夹").press("ctrl-u");
    face.paste(&house.stick().display().to_string()).press("enter").sees("同一块盘").sees("每天自动备份到");
    house.ask(Request::BackUpIfDue).unwrap();
    face.press("esc f2").type_text("beifen").press("enter").sees("上一次：2026-03-02").press("ctrl-x");
    face.sees("< 开 >").press("up left enter enter").sees("每天自动备份已关").sees("没有开");
}

#[test]
fn the_switch_of_the_daily_backup_shows_what_is_and_whoever_names_a_folder_turns_it_on() {
    let house = House::new();
    let mut face = Harness::new(house.desk().clone(), Lang::En, morning());
    face.press("f2").type_text("backup").press("enter ctrl-x").sees("< off >").press("enter");
    face.sees("The automatic backup is off").press("ctrl-x");
    face.paste(&house.stick().display().to_string())
        .sees("< on >")
        .press("enter")
        .sees("on the disk of the files");
    // Switched off again, the folder that stands there does not turn it on.
    face.press("ctrl-x")
        .sees("< on >")
        .press("up left enter")
        .sees("< off >")
        .press("enter ctrl-x")
        .sees("< off >");
    fs::write(house.data().join("backup.toml"), "to\n").unwrap();
    face.press("esc ctrl-x").sees("< off >").sees("backup.toml is wrong in line 1");
}

#[test]
fn what_today_says_of_backups_is_right_again_as_soon_as_the_setting_is_another() {
    let house = House::daily();
    fs::rename(house.stick(), house.dir.path().join("away")).unwrap();
    assert_eq!(house.day(), Err(Refusal::NoFolder));
    let mut face = Harness::new(house.desk().clone(), Lang::Zh, morning() + Days::new(1));
    face.sees("U 盘没有插上").press("f2").type_text("beifen").press("enter ctrl-x up left enter enter esc");
    face.sees("今天").sees_no("U 盘没有插上");
}

/// At the door of a new PC with a stick of so many backups, where every restore ends like this.
fn choosing(backups: usize, fault: BackupFault) -> (tempfile::TempDir, Harness) {
    let house = House::new();
    let stick = tempfile::tempdir().unwrap();
    let first = stick.path().join("tonghu-2026-01-01.backup");
    house.ask(Request::Backup { to: first.clone() }).unwrap();
    for day in 2..=backups {
        fs::copy(&first, stick.path().join(format!("tonghu-2026-01-{day:02}.backup"))).unwrap();
    }
    let answer = move |ask: DoorAsk| match ask {
        DoorAsk::Backups(path) => Ok((DoorAnswer::Backups(boot::find_backups(&path).unwrap()), None)),
        DoorAsk::Restore(path) => {
            let clock = StillClock::at(morning());
            let others = backups::list(path.parent().unwrap(), &clock).unwrap();
            let instead = others.into_iter().find(|one| one.path < path).map(Box::new);
            Ok((DoorAnswer::Unusable(Unusable { fault: fault.clone(), instead }), None))
        }
        _ => Err(DoorNo("not here".into())),
    };
    let door = DoorView::default();
    let mut face = Harness::at_door(door, Place::Restore, Lang::Zh, morning(), Box::new(answer));
    face.paste(&stick.path().display().to_string()).press("enter");
    (stick, face)
}

#[test]
fn a_list_of_backups_that_goes_on_below_says_so_and_enter_is_called_what_it_does() {
    let (_stick, mut face) = choosing(3, BackupFault::DiskFull);
    face.sees("> 2026-01-03").sees_no("1/3").sees("回车 恢复").sees_no("打开");
    let (_stick, mut face) = choosing(30, BackupFault::DiskFull);
    face.sees("> 2026-01-30")
        .sees("1/30")
        .sees_no("2026-01-01")
        .press("end")
        .sees("> 2026-01-01")
        .sees("30/30");
    face.press("f9").sees("Enter Restore");
}

#[test]
fn a_restore_that_failed_moves_on_to_the_next_backup_only_if_the_file_itself_is_bad() {
    let bad = [BackupFault::Changed, BackupFault::Cut, BackupFault::Sealed, BackupFault::Newer];
    for fault in bad {
        let (_stick, mut face) = choosing(3, fault);
        face.press("down enter").sees("tonghu-2026-01-01.backup（2026-01-01");
        face.sees("2026-01-02  不能用").sees("> 2026-01-01  完整");
    }
    let (needed, free) = (9 << 20, 1 << 20);
    let elsewhere = [
        BackupFault::NoRoom { needed, free },
        BackupFault::DiskFull,
        BackupFault::Stopped,
        BackupFault::Unwritable("read-only".into()),
        BackupFault::InUse,
        BackupFault::Missing,
        BackupFault::Store("later".into()),
    ];
    for fault in elsewhere {
        let (_stick, mut face) = choosing(3, fault.clone());
        let said = wording::backup_fault(i18n::catalogue(Lang::Zh), &fault);
        let begins: String = said.chars().take(6).collect();
        face.press("down enter").sees(&begins).sees("> 2026-01-02  完整");
    }
}
