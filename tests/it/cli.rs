//! The program at the shell: what scripts, timers and support do with it.

use std::fs;
use std::time::Duration;

use crate::station::{Home, PASSPHRASE, Ran, fed, names};

mod asked;
mod call;
mod rules;
mod shown;

const ROSTER: &str = "\
姓名,性别,出生日期,监护人,与儿童关系,监护人电话,户籍村(居),类别,档案编号
王小明,男,2015-04-05,李桂英,祖母,10012345678,石门镇杨家坪村,留守,SM-001
韩梅梅,女,2016-03-08,韩德华,祖父,10087654321,白鹤乡大坪村,孤儿,SM-002
欧阳雪,女,2013-11-30,欧阳国强,父亲,10055512345,石门镇杨家坪村,家庭困难,SM-003
";

/// A station with the three children of the roster.
fn with_roster() -> Home {
    let home = Home::with_station();
    home.write("roster.csv", ROSTER);
    home.signed_in("import roster.csv --yes").done();
    home
}

#[test]
fn a_station_is_founded_without_a_screen_and_once_only() {
    let home = Home::new();
    home.write("weak", "12345678901\n");
    home.run("--account zhou --passphrase-file weak init --station 石门站 --recovery-file paper")
        .refused(4, &["容易猜到"]);
    assert!(!home.path("paper").exists(), "no paper without a station");
    home.write("taken", "older things");
    home.run("--account zhou --passphrase-file pass init --station 石门站 --recovery-file taken")
        .refused(2, &["taken", "已经存在"]);
    assert_eq!(fs::read_to_string(home.path("taken")).unwrap(), "older things");
    home.run("--passphrase-file pass init --station 石门站 --recovery-file paper").refused(2, &["--account"]);
    assert!(!home.data().exists(), "nothing was founded by any of these");

    let founded = fed(
        home.command(
            "--account zhou --passphrase-file - init --station 石门站 --town 石门镇 --name 周晓琴 --recovery-file paper"
                .split(' '),
        ),
        &format!("{PASSPHRASE}\n"),
    );
    assert!(founded.done().contains("paper"));
    let paper = fs::read_to_string(home.path("paper")).unwrap();
    let groups: Vec<&str> = paper.trim().split('-').collect();
    assert!(groups.len() == 8 && groups.iter().all(|group| group.len() == 6), "eight groups of six");
    assert_eq!(mode(&home, "paper") & 0o077, 0, "the recovery key is for its owner only");
    assert_eq!(mode(&home, "share/tonghu") & 0o077, 0, "and so is the data");

    home.run("--account wang --passphrase-file pass init --station 石门站 --recovery-file other")
        .refused(1, &["已经有东西"]);
    assert!(!home.path("other").exists(), "no paper without a station");
    let health = home.signed_in("doctor --json").json();
    assert_eq!(health["data"], home.data().display().to_string());
}

fn mode(home: &Home, name: &str) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(home.path(name)).unwrap().permissions().mode()
}

#[test]
fn a_roster_is_looked_at_first_and_imported_when_asked() {
    let home = Home::with_station();
    home.write("roster.csv", ROSTER);
    let look = home.signed_in("import roster.csv").done();
    for told in ["户籍村(居)", "共 3 行：可导入 3 行", "--yes"] {
        assert!(look.contains(told), "{told:?} is not in\n{look}");
    }
    let look = home.signed_in("import roster.csv --json").json();
    assert_eq!((&look["rows"], &look["allowed"]), (&3.into(), &true.into()));
    assert_eq!(home.signed_in("find wxm").code, 3, "a look imports nothing");

    let done = home.signed_in("import roster.csv --yes --json").json();
    assert_eq!((&done["imported"], &done["left_out"]), (&3.into(), &0.into()));
    assert_eq!(names(&home.signed_in("find wxm --json").json()), ["王小明"]);

    let again = home.signed_in("import roster.csv --yes");
    assert_eq!(again.code, 1);
    assert!(again.out.contains("第2行") && again.out.contains("已有"), "{}", again.out);
    assert!(again.err.contains("什么都没有导入"), "{}", again.err);
    home.write(
        "more.csv",
        format!("{ROSTER}李雷,男,2014-06-01,李建国,父亲,10011112222,石门镇杨家坪村,孤儿,SM-004\n"),
    );
    let skipped = home.signed_in("import more.csv --yes --duplicates skip --json").json();
    assert_eq!((&skipped["imported"], &skipped["left_out"]), (&1.into(), &3.into()), "{skipped}");
    assert_eq!(names(&home.signed_in("find 石门镇 --json").json()).len(), 3, "nobody is there twice");
}

#[test]
fn a_roster_in_gb18030_comes_in_like_any_other() {
    let home = Home::with_station();
    home.write("old.csv", encoding_rs::GB18030.encode(ROSTER).0);
    home.signed_in("import old.csv --yes").done();
    assert_eq!(names(&home.signed_in("find 欧阳雪 --json").json()), ["欧阳雪"]);
}

#[test]
fn a_bad_row_is_told_by_line_and_column_and_can_be_left_out_and_mended() {
    let home = Home::with_station();
    let wrong = ROSTER.replace("2016-03-08", "2016-02-31");
    home.write("roster.csv", &wrong);
    let refused = home.signed_in("import roster.csv --yes");
    assert_eq!(refused.code, 1);
    for told in ["第3行第3列", "出生日期", "2016-02-31", "没有这一天"] {
        assert!(refused.out.contains(told), "{told:?} is not in\n{}", refused.out);
    }
    assert_eq!(home.signed_in("find wxm").code, 3, "all or nothing");

    let done = home.signed_in("import roster.csv --yes --skip-bad --rejects mend.csv --json").json();
    assert_eq!((&done["imported"], &done["left_out"]), (&2.into(), &1.into()));
    let rejects = fs::read_to_string(home.path("mend.csv")).unwrap();
    assert!(rejects.contains("韩梅梅") && !rejects.contains("王小明"), "{rejects}");
    assert!(rejects.contains("没有这一天"), "says what to mend: {rejects}");
    home.write("mend.csv", rejects.replacen("2016-02-31", "2016-02-29", 1));
    let mended = home.signed_in("import mend.csv --yes --json").json();
    assert_eq!(mended["imported"], 1);
    let found = home.signed_in("find hmm --json").json();
    assert_eq!(found["found"][0]["birth"], "2016-02-29");
}

#[test]
fn a_file_that_is_no_roster_is_refused_with_a_remedy() {
    let home = Home::with_station();
    home.signed_in("import nowhere.csv").refused(1, &["找不到", "路径"]);
    home.write("book.xlsx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00rest");
    home.signed_in("import book.xlsx").refused(1, &["另存为 CSV"]);
    home.write("empty.csv", "");
    home.signed_in("import empty.csv").refused(1, &["空的"]);
    home.write("columns.csv", "颜色,数量\n红,1\n");
    home.signed_in("import columns.csv").refused(1, &["姓名"]);
    home.write("roster.csv", ROSTER);
    home.signed_in("import roster.csv --map 颜色=name").refused(2, &["--map 颜色=name"]);
}

#[test]
fn a_child_is_found_by_whatever_is_known() {
    let home = with_roster();
    for (query, name) in [
        ("王小明", "王小明"),
        ("wxm", "王小明"),
        ("wangxiaoming", "王小明"),
        ("汪晓鸣", "王小明"),
        ("韩德华", "韩梅梅"),
        ("大坪", "韩梅梅"),
        ("SM-003", "欧阳雪"),
        ("10087654321", "韩梅梅"),
        ("杨家坪 ouyang", "欧阳雪"),
    ] {
        let found = home.signed_in(&format!("find {query} --json")).json();
        assert_eq!(names(&found).first(), Some(&name), "{query}: {found}");
        assert!(!found["found"][0]["why"].as_array().unwrap().is_empty(), "says why");
    }
    let line = home.signed_in("find 汪晓鸣").done();
    assert!(line.contains("SM-001") && line.contains("同音"), "{line}");
    home.signed_in("find 杨家坪 --limit 1").more();
    home.signed_in("find 查无此人").refused(3, &["没有找到", "村名"]);
    let none = home.signed_in("find 查无此人 --json");
    assert_eq!((none.code, none.err.as_str()), (3, ""));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&none.out).unwrap()["found"], serde_json::json!([]));
}

impl Ran {
    /// One line on standard output, and aside the word that there are more.
    #[track_caller]
    fn more(self) {
        assert_eq!((self.code, self.out.lines().count()), (0, 1), "{self:?}");
        assert!(self.err.contains("--limit"), "{self:?}");
    }
}

#[test]
fn a_file_is_shown_by_its_number_or_by_anything_that_fits_one_child() {
    let home = with_roster();
    let shown = home.signed_in("show SM-001").done();
    for told in ["王小明", "李桂英", "10012345678", "石门镇杨家坪村", "留守儿童", "首次响应"]
    {
        assert!(shown.contains(told), "{told:?} is not in\n{shown}");
    }
    assert!(!shown.contains("韩梅梅"));
    assert_eq!(home.signed_in("show sm-001 --json").json()["child"]["name"], "王小明");
    assert_eq!(home.signed_in("show hmm --json").json()["row"]["case_no"], "SM-002");
    home.signed_in("show 杨家坪").refused(2, &["SM-001", "SM-003"]);
    home.signed_in("show 查无此人").refused(3, &["没有找到"]);
}

#[test]
fn what_is_due_is_told_in_counts_to_everybody_and_by_name_to_whoever_signs_in() {
    let home = Home::with_children_since(40, &["王小明", "韩梅梅"]);
    let brief = home.run("due --brief").done();
    assert!(brief.contains("逾期 2 件") && brief.lines().count() == 1, "{brief}");
    assert!(!brief.contains('王') && !brief.contains('韩'), "counts, no names: {brief}");
    assert!(home.run("--lang en due --brief").done().contains("2 overdue"));

    let due = home.signed_in("due --json").json();
    let mut late: Vec<&str> =
        due["overdue"].as_array().unwrap().iter().map(|line| line["name"].as_str().unwrap()).collect();
    late.sort_unstable();
    assert_eq!(late, ["王小明", "韩梅梅"]);
    assert!(due["overdue"][0]["days_late"].as_i64().unwrap() > 0);
    let mine = home.signed_in("due --mine").done();
    assert!(mine.contains("王小明") && mine.contains("新登记：5个工作日内"), "who, and why: {mine}");
    assert!(mine.lines().all(|line| line == line.trim_end()), "{mine:?}");

    let quiet = Home::with_station();
    for line in ["due --brief", "due --json", "due"] {
        assert_eq!(quiet.signed_in(line).code, 3, "nothing is due: {line}");
    }
    let nobody = Home::new();
    let ran = nobody.run("due --brief");
    assert_eq!((ran.code, ran.out, ran.err), (3, String::new(), String::new()), "a login script stays quiet");
    assert!(!nobody.data().exists(), "asking makes no directory");
}

#[test]
fn a_second_program_is_told_to_wait_and_the_counts_are_told_all_the_same() {
    let home = Home::with_children_since(40, &["王小明"]);
    let mut screens = home.screens();
    screens.wait_for("口令");
    screens.type_text(PASSPHRASE).press("enter").wait_for("王小明");

    for line in ["find wxm", "due", "doctor", "backup usb.backup"] {
        home.signed_in(line).refused(75, &["另一个童护窗口"]);
    }
    assert!(home.run("due --brief").done().contains("逾期 1 件"));
    assert!(home.path("share/tonghu/lock").exists());

    screens.press("ctrl-q");
    assert!(screens.wait_exit().success());
    assert_eq!(names(&home.signed_in("find wxm --json").json()), ["王小明"]);
}

#[test]
fn a_backup_is_written_checked_and_brought_back() {
    let home = with_roster();
    let made = home.signed_in("backup safe.backup --json").json();
    assert!(made["records"].as_u64().unwrap() > 3, "{made}");
    assert!(home.run("backup --verify safe.backup").done().contains("完好"));
    let bytes = fs::read(home.path("safe.backup")).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("王小明") && !text.contains("10012345678"), "a backup is sealed");

    assert!(home.run("--data fresh restore safe.backup --dry-run").done().contains("演练成功"));
    assert!(!home.path("fresh").exists(), "a dry run makes nothing");
    home.run("--data fresh restore safe.backup").done();
    assert_eq!(names(&home.signed_in("--data fresh find wxm --json").json()), ["王小明"]);
    assert_eq!(names(&home.signed_in("--data fresh find 石门镇 --json").json()).len(), 2);

    let before = home.files();
    home.run("restore safe.backup").refused(1, &["不是空的", "没有改动"]);
    assert_eq!(home.files(), before, "a station that is there is never written over");
}

#[test]
fn a_backup_to_a_directory_gets_a_dated_name() {
    let home = with_roster();
    fs::create_dir(home.path("usb")).unwrap();
    let made = home.signed_in("backup usb --json").json();
    let path = made["path"].as_str().unwrap().to_owned();
    assert!(path.contains("usb/tonghu-") && path.ends_with(".backup"), "{path}");
    let names: Vec<_> =
        fs::read_dir(home.path("usb")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 1, "one file and nothing half-made beside it: {names:?}");
    home.run(&format!("backup --verify {path}")).done();
}

#[test]
fn a_damaged_backup_is_refused_and_makes_nothing() {
    let home = with_roster();
    home.signed_in("backup usb/safe.backup").refused(1, &["没有这个文件夹", "U 盘"]);
    home.signed_in("backup safe.backup").done();
    let whole = fs::read(home.path("safe.backup")).unwrap();
    home.write("cut.backup", &whole[..whole.len() - 40]);
    home.write("half.backup", &whole[..whole.len() / 2]);
    home.write("empty.backup", "");
    home.write("other.backup", "姓名,性别\n王小明,男\n");
    for (at, part) in [(10, "head"), (whole.len() / 2, "middle"), (whole.len() - 10, "tail")] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        home.write(&format!("{part}.backup"), bytes);
    }
    home.run("backup --verify nowhere.backup").refused(1, &["找不到这份备份"]);
    let reasons = [
        ("cut", "备份不完整"),
        ("half", "备份不完整"),
        ("empty", "0 字节"),
        ("other", "不是童护的备份"),
        ("head", "被改动过"),
        ("middle", "被改动过"),
        ("tail", "被改动过"),
    ];
    for (name, reason) in reasons {
        let words = [reason, "最近一份能用的是 safe.backup", "3 名儿童"];
        let file = format!("{name}.backup");
        home.run(&format!("backup --verify {file}")).refused(1, &words);
        home.run(&format!("--data fresh restore {file} --dry-run")).refused(1, &words);
        home.run(&format!("--data fresh restore {file}")).refused(1, &words);
        assert!(!home.path("fresh").exists(), "{name}: no station came to be");
    }
    home.run("--data fresh restore safe.backup").done();
}

#[test]
fn the_doctor_tells_how_things_are_and_names_nobody() {
    let home = with_roster();
    let ran = home.signed_in("doctor --json").done();
    for name in ["王小明", "李桂英", "10012345678", "杨家坪", PASSPHRASE] {
        assert!(!ran.contains(name), "{name} is in\n{ran}");
    }
    let health: serde_json::Value = serde_json::from_str(&ran).unwrap();
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    let checks = health["checks"].as_array().unwrap();
    let value =
        |what: &str| checks.iter().find(|line| line["what"] == what).map(|line| line["value"].clone());
    assert_eq!(value("children"), Some("3".into()), "{ran}");
    assert!(checks.iter().all(|line| line["state"] != "bad"), "{ran}");
    let log = fs::read_to_string(home.data().join("tonghu.log")).unwrap();
    assert!(!log.contains("王小明"), "{log}");
}

#[test]
fn a_wrong_passphrase_is_refused_and_then_made_to_wait() {
    let home = Home::with_station();
    home.write("wrong", "the river bends once at dawn\n");
    let line = "--passphrase-file wrong find wxm";
    for _ in 0..3 {
        home.run(line).refused(4, &["口令不对"]);
    }
    home.run(line).refused(4, &["请等", "秒"]);
    home.run("--account nobody --passphrase-file wrong find wxm").refused(4, &["口令不对"]);
    home.run("--account nobody --passphrase-file missing find wxm").refused(1, &["missing"]);
    home.run("find wxm").refused(2, &["--passphrase-file"]);

    // The wait is over some time: whoever knows the passphrase comes in.
    let mut ran = home.signed_in("doctor");
    for _ in 0..40 {
        if ran.code != 4 {
            break;
        }
        std::thread::sleep(Duration::from_millis(250));
        ran = home.signed_in("doctor");
    }
    ran.done();
}
