//! The files that the store does not know of, and the real program over a few damages of those that it does: nobody is
//! lost, or what is damaged is said.

use std::fs;
use std::path::PathBuf;

use super::full;
use crate::station::{Home, names, roster};

/// What can happen to a file.
const HARMS: &[&str] = &["flip", "cut", "empty", "zeros", "garbage", "gone", "directory"];

fn harm(path: &PathBuf, how: &str) {
    let mut bytes = fs::read(path).unwrap();
    let len = bytes.len();
    match how {
        // The lock is empty.
        "flip" => bytes.iter_mut().skip(len / 2).take(1).for_each(|byte| *byte ^= 0x55),
        "cut" => bytes.truncate(len / 2),
        "empty" => bytes.clear(),
        "zeros" => bytes.fill(0),
        _ => (0..len).for_each(|at| bytes[at] = (at * 7 % 251) as u8 | 1),
    }
    match how {
        "gone" => fs::remove_file(path).unwrap(),
        "directory" => {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }
        _ => fs::write(path, bytes).unwrap(),
    }
}

/// With every file that the program ever writes.
fn station() -> Home {
    let home = Home::with_all_files();
    home.write("wrong", "not the passphrase\n");
    home.signed_in("backup safe.backup").done();
    home.run("--passphrase-file wrong doctor").refused(4, &[]);
    home
}

fn copy_of(home: &Home) -> Home {
    let copy = Home::new();
    for (path, bytes) in home.files() {
        let target = copy.data().join(path.strip_prefix(home.data()).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
    copy
}

fn bad(home: &Home) -> bool {
    let ran = home.signed_in("doctor --json");
    // Doctor ends with 1 when something is bad, and still says what.
    let health: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_default();
    health["checks"].as_array().is_some_and(|checks| checks.iter().any(|line| line["state"] == "bad"))
}

#[test]
fn whichever_file_is_damaged_every_child_is_found_or_the_damage_is_told() {
    let whole = station();
    let files: Vec<PathBuf> = whole.files().into_iter().map(|(path, _)| path).collect();
    let names_of = |path: &PathBuf| path.strip_prefix(whole.data()).unwrap().display().to_string();
    let all: Vec<String> = files.iter().map(names_of).collect();
    for wanted in
        ["attempts.json", "last-backup", "due.brief", "lock", "store", "keyring", "roster", "sled/db"]
    {
        assert!(all.iter().any(|name| name == wanted), "{wanted} is not in {all:?}");
    }
    let mut cases = Vec::new();
    for (nth, file) in all.iter().enumerate() {
        // Prepared segments and sled's own snapshots take turns in the short form, and so do the harms.
        let few = HARMS.iter().cycle().skip(nth).take(if full() { HARMS.len() } else { 2 });
        cases.extend(few.map(|how| (file.clone(), *how)));
    }
    let mut complaints = Vec::new();
    for (file, how) in &cases {
        let home = copy_of(&whole);
        harm(&home.data().join(file), how);
        let mut say = |text: String| complaints.push(format!("{file}, {how}: {text}"));
        for round in ["at once", "again"] {
            let found = home.signed_in("find 杨家坪 --limit 100 --json");
            if found.code == 1 && file == "lock" && *how == "directory" {
                // Nobody can own the store: that is said.
                continue;
            }
            if found.code != 0 && found.code != 3 {
                say(format!("{round}: {} {}", found.code, found.err));
                continue;
            }
            let there = serde_json::from_str(&found.out).map_or(0, |found| names(&found).len());
            if there != 3 && !bad(&home) {
                say(format!("{round}: {there} of 3 are found, without a word"));
            }
            if !file.starts_with("journal-") && there != 3 {
                say(format!("{round}: {there} of 3 are found"));
            }
        }
        if file == "lock" {
            continue;
        }
        home.write("last.csv", roster(&[["赵甲", "李桂英", "杨家坪"]]));
        let imported = home.signed_in("import last.csv --yes");
        if imported.code != 0 || home.signed_in("show 赵甲").code != 0 {
            say(format!("work does not go on: {}", imported.err));
        }
    }
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), cases.len(), complaints.join("\n"));
}
