//! A data directory on another machine: copied, read by another user's settings, on a medium that cannot be written.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::station::{Home, Ran, names, roster};

fn copy(from: &Path, to: &Path, mode: u32) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target, mode);
        } else {
            fs::copy(entry.path(), &target).unwrap();
            fs::set_permissions(&target, fs::Permissions::from_mode(mode)).unwrap();
        }
    }
}

fn station() -> Home {
    let home = Home::with_station();
    home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"], ["韩梅梅", "韩德华", "杨家坪"]]));
    home.signed_in("import roster.csv --yes").done();
    home
}

#[test]
fn a_copied_directory_opens_elsewhere_with_the_same_passphrase_whatever_the_other_machine_is_set_to() {
    let home = station();
    let other = Home::new();
    // As a stick without rights leaves them.
    copy(&home.data(), &other.path("moved/of 石门站"), 0o777);
    fs::create_dir(other.path("store")).unwrap();
    for (lang, zone) in
        [("C", "America/New_York"), ("zh_CN.GB18030", "Asia/Kolkata"), ("de_DE.UTF-8", ""), ("", "UTC+14")]
    {
        let run = |line: &str| {
            let args = ["--lang", "zh", "--data", "moved/of 石门站", "--passphrase-file", "pass"];
            let mut command = other.command(args.into_iter().chain(line.split(' ')));
            command.env("LANG", lang).env("LC_ALL", lang).env("TZ", zone);
            Ran::of(command)
        };
        assert_eq!(names(&run("find 杨家坪 --json").json()).len(), 2, "{lang} {zone}");
        assert!(run("show 王小明").done().contains("李桂英"));
        let health = run("doctor --json").json();
        let bad = health["checks"].as_array().unwrap().iter().filter(|line| line["state"] == "bad").count();
        assert_eq!(bad, 0, "{lang} {zone}: {health}");
    }
    other.write("more.csv", roster(&[["欧阳雪", "欧阳国强", "杨家坪"]]));
    let args = ["--data", "moved/of 石门站", "--passphrase-file", "pass", "import", "more.csv", "--yes"];
    Ran::of(other.command(args)).done();
    assert_eq!(
        names(&home.signed_in("find 杨家坪 --json").json()).len(),
        2,
        "the first one is a station of its own"
    );
}

#[test]
fn a_directory_copied_in_part_is_refused_and_left_as_it_is_or_says_what_is_missing() {
    let home = station();
    let all: Vec<_> = fs::read_dir(home.data()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    for kept in
        [&["store"][..], &["keyring", "keyring.copy", "store"], &["sled", "roster"], &["keyring", "sled"]]
    {
        let other = Home::new();
        copy(&home.data(), &other.data(), 0o600);
        for name in all.iter().filter(|name| !kept.contains(&name.to_str().unwrap())) {
            let path = other.data().join(name);
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
        let found = other.signed_in("find 杨家坪 --json");
        let init = "--account wang --passphrase-file pass init --station 石门站 --recovery-file paper";
        other.run(init).refused(1, &[]);
        if found.code == 0 {
            assert_eq!(names(&found.json()).len(), 2, "{kept:?}");
            continue;
        }
        // Refused, or opened with a word of what is lost: never an empty station without one.
        let doctor = other.signed_in("doctor --json");
        if found.code == 3 {
            let health = doctor.json();
            let told = health["checks"].as_array().unwrap().iter().any(|line| line["state"] == "bad");
            assert!(told, "{kept:?}: empty without a word: {health}");
        } else {
            assert!(found.code == 1 && !found.err.is_empty(), "{kept:?}: {found:?}");
        }
    }
}
