//! Mending a station: whoever helps sees what is damaged, puts it in order, and reads nobody's name.

use std::fs;
use std::path::PathBuf;

use crate::station::{Home, names};

const NAMES: [&str; 3] = ["王小明", "韩梅梅", "欧阳雪"];

fn with_all_files() -> Home {
    let home = Home::with_all_files();
    // A short command may end before the engine has all that was restored.
    home.run("doctor --repair").done();
    home
}

fn found(home: &Home) -> usize {
    names(&home.signed_in("find 杨家坪 --json").json()).len()
}

fn states(report: &serde_json::Value) -> Vec<(&str, &str)> {
    let files = report["files"].as_array().unwrap();
    files.iter().map(|file| (file["part"].as_str().unwrap(), file["state"].as_str().unwrap())).collect()
}

fn one_of(home: &Home, prefix: &str) -> PathBuf {
    let entries = fs::read_dir(home.data()).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(prefix)).collect();
    found.sort();
    found.swap_remove(0)
}

#[test]
fn without_a_passphrase_the_doctor_reads_every_file_and_nobodys_name() {
    let home = with_all_files();
    let said = home.run("doctor").done();
    assert!(said.contains("完好") && said.contains("要用能看档案的账号进入"), "{said}");
    let json = home.run("doctor --json").done();
    for name in NAMES.iter().chain(&["李桂英", "杨家坪"]) {
        assert!(!said.contains(name) && !json.contains(name), "{name} is in\n{said}\n{json}");
    }
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["opened"], false);
    let sound = [
        ("marker", "sound"),
        ("accounts", "sound"),
        ("accounts", "sound"),
        ("snapshot", "sound"),
        ("journal", "sound"),
        ("roster", "sealed"),
        ("engine", "sound"),
        // That somebody mended it waits to be sealed.
        ("unsealed", "sound"),
    ];
    assert_eq!(states(&report), sound);
    assert_eq!(home.signed_in("doctor --json").json()["opened"], true);
}

#[test]
fn what_is_damaged_is_named_mended_without_a_passphrase_and_kept_aside() {
    for (hurt, part) in
        [("sled/db", "engine"), ("snapshot-", "snapshot"), ("keyring", "accounts"), ("store", "marker")]
    {
        let home = with_all_files();
        let path = if hurt.contains('/') { home.data().join(hurt) } else { one_of(&home, hurt) };
        let mut bytes = fs::read(&path).unwrap();
        let written = bytes.iter().rposition(|byte| *byte != 0).unwrap();
        bytes[written / 3..written * 2 / 3].fill(0x5a);
        fs::write(&path, &bytes).unwrap();

        let ran = home.run("doctor --json");
        assert_eq!(ran.code, 1, "{hurt}: {ran:?}");
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let harmed: Vec<_> = states(&report)
            .into_iter()
            .filter(|(_, state)| !["sound", "sealed"].contains(state))
            .map(|(part, _)| part.to_owned())
            .collect();
        assert_eq!(harmed, [part], "{hurt}");
        assert!(home.run("doctor").err.is_empty());

        let repaired = home.run("doctor --repair --json").json();
        assert!(
            states(&repaired).iter().all(|(_, state)| ["sound", "sealed", "behind"].contains(state)),
            "{repaired}"
        );
        assert_eq!(repaired["mended"][0]["part"], part, "{repaired}");
        assert!(part == "marker" || home.data().join("aside").is_dir(), "{hurt} is kept");
        assert_eq!(found(&home), 3, "{hurt}");
        home.run("doctor").done();
    }
}

#[test]
fn a_pipe_in_place_of_a_file_is_not_waited_for() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    for hurt in ["snapshot-", "keyring", "roster", "sled/db"] {
        let home = with_all_files();
        let path = if hurt.contains('/') { home.data().join(hurt) } else { one_of(&home, hurt) };
        fs::remove_file(&path).unwrap();
        mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let ran = home.run("doctor --json");
        assert_eq!(ran.code, 1, "{hurt}: {ran:?}");
        home.run("doctor --repair").done();
        assert_eq!(found(&home), 3, "{hurt}");
    }
}

#[test]
fn accounts_that_are_lost_come_back_from_the_snapshot() {
    let home = with_all_files();
    for name in ["keyring", "keyring.copy"] {
        fs::write(home.data().join(name), "no accounts").unwrap();
    }
    assert_eq!(home.run("doctor --json").code, 1);
    home.run("doctor --repair").done();
    assert_eq!(found(&home), 3);
    home.run("doctor").done();
}

#[test]
fn where_nothing_can_be_mended_it_says_so_and_changes_nothing() {
    let home = Home::with_station();
    for name in ["keyring", "keyring.copy"] {
        fs::remove_file(home.data().join(name)).unwrap();
    }
    let ran = home.run("doctor --repair");
    assert!(ran.code == 1 && ran.out.contains("账号") && ran.out.contains("不见了"), "{ran:?}");
    let nowhere = Home::new();
    nowhere.run("doctor").refused(1, &["没有站点"]);
    nowhere.run("doctor --repair").refused(1, &["没有站点"]);
    assert!(!nowhere.data().exists());
}

#[test]
fn while_somebody_works_the_doctor_waits_outside_and_health_on_the_screen_does_it() {
    let home = with_all_files();
    let mut screens = home.screens();
    screens.wait_for("口令");
    screens.type_text(crate::station::PASSPHRASE).press("enter").wait_for("今天");
    assert_eq!(home.run("doctor").code, 75);
    screens.press("f2").type_text("xtzk").press("enter").wait_for("数据目录");
    screens.press("c").wait_for("全部文件检查过，都完好");
    screens.press("m").wait_for("先不修");
    screens.press("esc").press("m").wait_for("开始修复");
    screens.press("y").wait_gone("开始修复").wait_for("都完好");
    screens.press("ctrl-q");
    assert!(screens.wait_exit().success());
}

#[test]
fn support_over_a_terminal_breaks_the_engine_mends_it_and_never_sees_a_name() {
    let home = with_all_files();
    home.write("new", "a key under the mat\n");
    home.signed_in("account add fix --name 远程维护 --role support --new-passphrase-file new").done();
    let db = home.data().join("sled/db");
    let mut bytes = fs::read(&db).unwrap();
    let written = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    bytes[written / 4..written / 2].fill(0x5a);
    fs::write(&db, bytes).unwrap();

    let mut screens = home.screens();
    screens.wait_for("口令");
    screens.type_text("fix").press("enter").type_text("a key under the mat").press("enter");
    screens.wait_for("系统状况");
    screens.press("f2").type_text("xtzk").press("enter").wait_for("数据目录");
    screens.press("c").wait_for("有文件损坏");
    let mut seen = screens.screen();
    screens.press("m").wait_for("开始修复");
    screens.press("y").wait_for("已修复");
    seen += &screens.screen();
    screens.press("page-down").settle();
    seen += &screens.screen();
    for name in NAMES {
        assert!(!seen.contains(name), "{seen}");
    }
    screens.press("ctrl-q");
    assert!(screens.wait_exit().success());
    assert_eq!(found_by_the_lead(&home), 3);
}

fn found_by_the_lead(home: &Home) -> usize {
    names(&home.signed_in("--account zhou find 杨家坪 --json").json()).len()
}
