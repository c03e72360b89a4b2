//! Kills and lost files, on the real program: what was said to be saved is there afterwards.

use std::collections::BTreeSet;
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::faults::full;
use crate::station::{Home, PROGRAM, Ran, names, roster, wait};

/// Kills that count, and rounds at most: many are over before they are killed.
fn form() -> (usize, usize) {
    if full() { (400, 990) } else { (50, 300) }
}

/// Names that are found by one village.
fn at(home: &Home, village: &str) -> BTreeSet<String> {
    let ran = home.signed_in(&format!("find {village} --limit 1000 --json"));
    if ran.code == 3 {
        return BTreeSet::new();
    }
    names(&ran.json()).into_iter().map(str::to_owned).collect()
}

/// A number that looks random and is the same each time.
fn dice(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 40) as f64 / (1u64 << 24) as f64
}

/// Three invented names that no other round has.
fn three(round: usize) -> [String; 3] {
    let digits: Vec<char> = "甲乙丙丁戊己庚辛壬癸".chars().collect();
    let number: String = [round / 100, round / 10 % 10, round % 10].iter().map(|at| digits[*at]).collect();
    ["赵", "钱", "孙"].map(|family| format!("{family}{number}"))
}

#[test]
fn killed_at_any_moment_an_import_is_there_whole_or_not_at_all() {
    let home = Home::with_station();
    let mut sure: BTreeSet<String> = BTreeSet::new();
    let mut seed = 20_261_121;
    let (mut kills, mut acknowledged, mut unsaid) = (0, 0, 0);

    // The moment of the kill closes in on the moment at which the program is done: there it is most likely to hurt.
    let mut longest = Duration::from_millis(400);
    let (wanted, most) = form();
    for round in 0..most {
        let group = three(round);
        let rows: Vec<[&str; 3]> = group.iter().map(|name| [name.as_str(), "李桂英", "杨家坪"]).collect();
        home.write("roster.csv", roster(&rows));
        let mut child =
            home.command("--passphrase-file pass import roster.csv --yes".split(' ')).spawn().unwrap();
        let moment = longest.mul_f64(0.3 + 0.7 * dice(&mut seed));
        let start = Instant::now();
        while start.elapsed() < moment && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        let _ = child.kill();
        let status = wait(&mut child);
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        let killed = status.signal() == Some(9);
        assert!(killed || status.success(), "round {round} ended by itself: {status}");
        longest = longest.mul_f64(if killed { 1.04 } else { 0.85 });

        let there = at(&home, "杨家坪");
        let whole: BTreeSet<String> = group.into_iter().collect();
        if said.contains("已导入 3 个孩子") {
            acknowledged += 1;
            assert!(whole.is_subset(&there), "round {round}: acknowledged and lost");
        } else if whole.is_subset(&there) {
            unsaid += 1;
        } else {
            assert!(whole.is_disjoint(&there), "round {round}: half an import");
        }
        sure.extend(whole.intersection(&there).cloned());
        assert_eq!(there, sure, "round {round}: what was there before is there still");
        kills += usize::from(killed);
        if kills == wanted {
            break;
        }
    }
    assert_eq!(kills, wanted, "the kills came too late: {acknowledged} acknowledged, {unsaid} saved unsaid");
    let health = home.signed_in("doctor --json").json();
    let checks = health["checks"].as_array().unwrap();
    assert!(checks.iter().all(|line| line["state"] != "bad"), "{health}");
    home.signed_in("backup safe.backup").done();
    home.run("--data fresh restore safe.backup").done();
}

#[test]
fn killed_while_a_backup_is_written_nothing_that_looks_whole_is_left() {
    let home = Home::with_station();
    let rows: Vec<[String; 3]> =
        (0..300).flat_map(three).map(|name| [name, "李桂英".into(), "杨家坪".into()]).collect();
    let rows: Vec<[&str; 3]> = rows.iter().map(|row| [0, 1, 2].map(|at| row[at].as_str())).collect();
    home.write("roster.csv", roster(&rows));
    home.signed_in("import roster.csv --yes").done();
    let start = Instant::now();
    home.signed_in("backup first.backup").done();
    let longest = start.elapsed();
    let mut seed = 7;
    for round in 0..8 {
        let name = format!("{round}.backup");
        let mut child =
            home.command(format!("--passphrase-file pass backup {name}").split(' ')).spawn().unwrap();
        thread::sleep(longest.mul_f64(0.2 + dice(&mut seed)));
        let _ = child.kill();
        wait(&mut child);
        if home.path(&name).exists() {
            home.run(&format!("backup --verify {name}")).done();
        }
    }
    home.run("backup --verify first.backup").done();
    home.signed_in("backup first.backup").done();
    assert_eq!(at(&home, "杨家坪").len(), 900);
}

fn with_all_files() -> Home {
    let home = Home::with_all_files();
    assert!(matching(&home, "snapshot-").len() == 1 && !matching(&home, "journal-").is_empty());
    home
}

fn matching(home: &Home, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.data()).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(prefix)).collect()
}

fn remove(path: &Path) {
    if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
}

#[test]
fn any_one_file_can_be_lost_and_every_child_is_still_found() {
    for lost in
        ["sled", "snapshot-", "roster", "store", "applied", "keyring", "keyring.copy", "due.brief", "lock"]
    {
        let home = with_all_files();
        matching(&home, lost)
            .iter()
            .filter(|path| lost != "keyring" || path.ends_with("keyring"))
            .for_each(|p| remove(p));
        for _ in 0..2 {
            assert_eq!(at(&home, "杨家坪").len(), 3, "without {lost}");
            assert!(home.signed_in("show 欧阳雪").done().contains("欧阳国强"), "without {lost}");
        }
        home.write("last.csv", roster(&[["赵甲", "李桂英", "杨家坪"]]));
        home.signed_in("import last.csv --yes").done();
        assert_eq!(at(&home, "杨家坪").len(), 4, "without {lost}");
    }
}

#[test]
fn any_one_file_can_be_damaged_and_every_child_is_still_found() {
    for hurt in ["snapshot-", "roster", "store", "applied", "keyring", "sled/db"] {
        let home = with_all_files();
        let path = match hurt {
            "sled/db" => home.data().join(hurt),
            _ => matching(&home, hurt).into_iter().min().unwrap(),
        };
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x55;
        bytes[middle / 2] ^= 0x55;
        fs::write(&path, &bytes).unwrap();
        assert_eq!(at(&home, "杨家坪").len(), 3, "{hurt} damaged");
        assert!(home.signed_in("show 欧阳雪").done().contains("欧阳国强"), "{hurt} damaged");
    }
}

#[test]
fn lost_accounts_shut_the_door_and_touch_nothing() {
    let home = Home::with_station();
    fs::remove_file(home.data().join("keyring")).unwrap();
    fs::remove_file(home.data().join("keyring.copy")).unwrap();
    let before = home.files();
    for line in ["find wxm", "doctor", "import pass --yes"] {
        home.signed_in(line).refused(1, &["账号文件损坏", "备份"]);
    }
    home.run("--account wang --passphrase-file pass init --station 石门站 --recovery-file paper")
        .refused(1, &[]);
    assert_eq!(home.files(), before);
}

#[test]
fn a_directory_that_was_copied_in_part_is_not_taken_for_a_station() {
    let whole = with_all_files();
    let home = Home::new();
    fs::create_dir_all(home.data()).unwrap();
    for path in matching(&whole, "roster").iter().chain(&matching(&whole, "journal-")) {
        fs::copy(path, home.data().join(path.file_name().unwrap())).unwrap();
    }
    let before = home.files();
    home.signed_in("find wxm").refused(1, &["只拷来了一部分"]);
    home.run("--account wang --passphrase-file pass init --station 石门站 --recovery-file paper")
        .refused(1, &["已经有东西"]);
    assert_eq!(home.files(), before);

    let other = Home::new();
    fs::create_dir_all(other.data()).unwrap();
    fs::write(other.data().join("holiday.jpg"), "a picture").unwrap();
    other.signed_in("find wxm").refused(1, &["不是本程序的站点"]);
    other
        .run("--account wang --passphrase-file pass init --station 石门站 --recovery-file paper")
        .refused(1, &["已经有东西"]);
}

/// Raises the version of a small file and mends its checksum: as a later version of the program would write it.
fn made_newer(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let body = bytes.len() - 4;
    bytes[4..6].copy_from_slice(&9u16.to_le_bytes());
    let sum = crc32c::crc32c(&bytes[..body]).to_le_bytes();
    bytes[body..].copy_from_slice(&sum);
    fs::write(path, bytes).unwrap();
}

#[test]
fn data_of_a_newer_program_is_left_alone() {
    for names in [&["store"][..], &["keyring", "keyring.copy"]] {
        let home = Home::with_station();
        names.iter().for_each(|name| made_newer(&home.data().join(name)));
        let before = home.files();
        for line in ["find wxm", "due", "doctor", "backup safe.backup"] {
            home.signed_in(line).refused(1, &["更新版本", "升级"]);
        }
        assert_eq!(home.files(), before, "{names:?}");
        let mut screens = home.screens();
        if names == ["store"] {
            screens.wait_for("口令");
            screens.type_text(crate::station::PASSPHRASE).press("enter").wait_for("更新版本");
            screens.press("ctrl-q");
        } else {
            screens.wait_for("更新版本");
        }
        screens.wait_exit();
        assert_eq!(home.files(), before, "{names:?}");
    }
}

#[test]
fn a_directory_that_cannot_be_written_to_is_told_and_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::with_station();
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    // The administrator may write anywhere: then somebody else runs the program.
    let root = rustix::process::geteuid().is_root();
    let program = if root { home.path("tonghu") } else { PathBuf::from(PROGRAM) };
    if root {
        fs::copy(PROGRAM, &program).unwrap();
    }
    let before = home.files();
    for (path, _) in &before {
        allow(path, 0o444);
    }
    for dir in [home.data(), home.path("share"), home.path("")] {
        allow(&dir, 0o555);
    }
    for line in ["find wxm", "due", "doctor"] {
        let mut command = home.command_of(&program, format!("--passphrase-file pass {line}").split(' '));
        if root {
            command.uid(65_534).gid(65_534);
        }
        Ran::of(command).refused(1, &["不能写入", "权限"]);
    }
    for dir in [home.path(""), home.path("share"), home.data()] {
        allow(&dir, 0o755);
    }
    assert_eq!(home.files(), before);
    for (path, _) in &before {
        allow(path, 0o600);
    }
    assert_eq!(home.signed_in("find wxm").code, 3, "with its rights back it opens");
}
