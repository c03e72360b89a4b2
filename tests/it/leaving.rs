//! Work that takes long, and a screen that is left before it ends: by a key that goes elsewhere, by a lock, by nobody at all.

use std::fs;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use tempfile::TempDir;
use tonghu::domain::Fields;
use tonghu::domain::forms::child;
use tonghu::i18n::Lang;
use tonghu::office::demo;
use tonghu::platform::clock::StillClock;
use tonghu::tui::Job;
use tonghu::tui::harness::Harness;

const MINUTE: u64 = 60_000;

fn morning() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap().and_hms_opt(8, 30, 0).unwrap()
}

/// A station with one child. What takes long waits until it is told to go on.
fn station(lang: Lang) -> (TempDir, Harness) {
    let dir = tempfile::tempdir().unwrap();
    let child = Fields::default().with(child::NAME, "王小明");
    let desk = demo(&dir.path().join("data"), Arc::new(StillClock::at(morning())), std::iter::once(child));
    let mut face = Harness::new(desk.unwrap(), lang, morning());
    face.slow = true;
    (dir, face)
}

fn health(face: &mut Harness) -> &mut Harness {
    face.press("f2").type_text("health").press("enter")
}

/// What was told to stop so far.
fn stopped(face: &Harness) -> usize {
    face.asides.iter().filter(|job| matches!(job, Job::Cancel { .. })).count()
}

/// All the ways off a screen that is no question.
const WAYS: [&str; 6] = ["f4", "f5", "f5 f4", "f12", "ctrl-l", "f7 esc f4"];

#[test]
fn a_look_at_all_files_stops_whichever_way_its_screen_is_left() {
    for way in WAYS {
        let (_dir, mut face) = station(Lang::Zh);
        health(&mut face).press("c").sees("正在逐个读文件").press(way);
        assert_eq!(stopped(&face), 1, "{way}");
        face.go_on().sees_no("检查过").sees_no("没有完成");
    }
    let (_dir, mut face) = station(Lang::Zh);
    face.app.settings.idle_lock = Some(5);
    health(&mut face).press("c").wait(5 * MINUTE).sees("已有 5 分钟");
    assert_eq!(stopped(&face), 1, "nobody was there to leave it");
}

#[test]
fn a_look_that_is_over_or_only_covered_is_not_stopped() {
    let (_dir, mut face) = station(Lang::Zh);
    health(&mut face).press("c f3 esc f1 esc");
    assert_eq!(stopped(&face), 0);
    face.go_on().sees("全部文件检查过").press("f4");
    assert_eq!(stopped(&face), 0);
}

#[test]
fn a_mend_goes_on_without_its_screen_and_is_told_wherever_one_is_then() {
    for (lang, done) in [(Lang::Zh, "修复完成了"), (Lang::En, "Mend: done")] {
        for way in WAYS {
            let (_dir, mut face) = station(lang);
            health(&mut face).press("m y").press(way).sees_no(done);
            assert_eq!(stopped(&face), 0, "{way}");
            face.go_on().sees(done).press("down").sees_no(done);
        }
    }
    let (_dir, mut face) = station(Lang::Zh);
    health(&mut face).press("m y").go_on().sees("全部文件检查过").sees_no("修复完成了");
}

#[test]
fn a_backup_that_ends_behind_a_locked_screen_is_told_there_whether_it_was_made_or_not() {
    for (to, told) in [("usb", "备份完成了"), ("gone/a.backup", "备份没有完成：没有这个文件夹")]
    {
        let (dir, mut face) = station(Lang::Zh);
        fs::create_dir(dir.path().join("usb")).unwrap();
        face.press("f2").type_text("backup").press("enter ctrl-u");
        face.paste(&dir.path().join(to).display().to_string()).press("enter f12").sees("画面已锁住");
        face.go_on().sees(told).sees_no("王小明");
    }
}

#[test]
fn a_roster_is_no_longer_read_when_its_screen_is_left_and_an_import_is_told_however_it_ended() {
    let (dir, mut face) = station(Lang::Zh);
    let look = |face: &mut Harness, name: &str| {
        let path = dir.path().join(format!("{name}.csv"));
        fs::write(&path, format!("姓名,性别,出生日期\n{name},女,2016-03-08\n")).unwrap();
        face.press("f2").type_text("roster.import").press("enter ctrl-u");
        face.paste(&path.display().to_string()).press("enter");
    };
    look(&mut face, "韩梅梅");
    face.press("f5");
    assert_eq!(stopped(&face), 1);
    face.go_on().sees("1/1").press("f4");

    look(&mut face, "韩梅梅");
    face.go_on().press("tab tab").sees("现在导入 1 名儿童").press("home enter f5").sees("1/1");
    // Its screen stays beneath until it is done.
    face.go_on().sees("1/2").press("esc").sees("已导入 1 名儿童").press("esc");

    look(&mut face, "李小红");
    face.go_on().press("tab tab").sees("现在导入 1 名儿童").press("home enter f12").sees("画面已锁住");
    // What a lock meets half done is stopped, and nothing of it is kept.
    face.go_on().sees("导入名册没有完成：已停止，什么都没有导入").sees_no("李小红");
}
