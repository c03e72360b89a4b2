//! Every input has a bound, and beyond it a clear word where it happened: nothing hangs, nothing fills the memory, nothing
//! is cut in silence.
//!
//! | input | bound | told as |
//! |---|---|---|
//! | roster, also unpacked | 512 MB | the file is too large |
//! | columns, cells, rows of it | 1,000, 128 KB, 1 MB | line and column |
//! | a field | its form's | at the field |
//! | a record, a draft | 16 MB | refused whole |
//! | a query | its first 96 characters, six words | found by those |
//! | `--limit` | 1,000 | cut to it |
//! | passphrase file | one line of 4 KB | wrong passphrase |
//! | login, name of a person | 64, 60 characters | refused |
//! | accounts file | 4 MB; key derivation of 256 MB, 16 passes | damaged |
//! | fields, rules, keys, settings, remembered columns | 1 MB each | said, or as if it were not there |
//! | nesting of TOML, JSON, MessagePack | some hundred levels | not understood |
//! | a paste | the room of its field | the paste was cut |

use std::fs;
use std::io::Write;
use std::sync::Arc;

use flate2::{Compression, write::GzEncoder};
use tonghu::domain::forms::{child, contact};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Stamp};
use tonghu::office::{
    Answer, Draft, FIELDS, FormJob, Office, Query, Refusal, Request, Save, SaveRecord, demo,
};
use tonghu::platform::SystemClock;
use tonghu::probe::TARGETS;
use uuid::Uuid;

use crate::station::{Home, Ran, names, roster};

#[test]
fn a_roster_that_unpacks_without_end_is_refused_and_nothing_is_imported() {
    let home = Home::with_station();
    let file = fs::File::create(home.path("bomb.csv.gz")).unwrap();
    let mut packed = GzEncoder::new(file, Compression::fast());
    packed.write_all("姓名\n".as_bytes()).unwrap();
    let chunk = [vec![b'x'; (1 << 20) - 1], vec![b'\n']].concat();
    for _ in 0..520 {
        packed.write_all(&chunk).unwrap();
    }
    packed.finish().unwrap();
    assert!(fs::metadata(home.path("bomb.csv.gz")).unwrap().len() < 8 << 20, "small as it lies there");
    home.signed_in("import bomb.csv.gz --yes").refused(1, &["512"]);
    assert_eq!(home.signed_in("find x").code, 3);
}

#[test]
fn too_many_columns_and_too_long_cells_are_named_by_line_and_column() {
    let home = Home::with_station();
    let wide = format!("姓名{}\n王小明\n", ",x".repeat(1_000));
    home.write("wide.csv", wide);
    home.signed_in("import wide.csv --yes").refused(1, &["1001"]);
    let long = format!("姓名,备注\n李雷,好\n王小明,{}\n", "长".repeat(60_000));
    home.write("long.csv", long);
    let ran = home.signed_in("import long.csv --yes");
    assert_eq!(ran.code, 1);
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains("第3行") && said.contains("第2列"), "{said}");
    assert!(said.len() < 4_000, "the cell itself is not printed");
    home.write("open.csv", format!("姓名,备注\n王小明,\"{}\n", "x\n".repeat(200_000)));
    let ran = home.signed_in("import open.csv --yes");
    assert!(ran.code == 1 && ran.err.contains('2'), "{}{}", ran.out, ran.err);
    assert_eq!(home.signed_in("find x").code, 3, "nothing of it is kept");
}

#[test]
fn arguments_of_any_length_are_answered_or_refused() {
    let home = Home::with_station();
    home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"]]));
    home.signed_in("import roster.csv --yes").done();
    let long = "王小明 ".repeat(8_000);
    let run = |args: &[&str]| Ran::of(home.command(["--passphrase-file", "pass"].iter().chain(args)));
    for text in [long.as_str(), &"长".repeat(30_000), &"1".repeat(100_000), &"a ".repeat(50_000)] {
        for command in ["find", "show"] {
            let ran = run(&[command, text]);
            assert!([0, 3].contains(&ran.code), "{command}: {} {}", ran.code, ran.err);
            assert!(ran.out.len() + ran.err.len() < 4_000);
        }
    }
    assert_eq!(
        names(&run(&["find", "王小明", "--limit", "18446744073709551615", "--json"]).json()),
        ["王小明"]
    );
    assert_eq!(run(&["find", "王小明", "--limit", "99999999999999999999999"]).code, 2);
    run(&[
        "account",
        "add",
        &"x".repeat(65),
        "--name",
        "李",
        "--role",
        "lead",
        "--new-passphrase-file",
        "pass",
    ])
    .refused(2, &["64"]);
    let name = "李".repeat(61);
    let ran =
        run(&["account", "add", "li", "--name", &name, "--role", "lead", "--new-passphrase-file", "pass"]);
    assert!(ran.code != 0 && !ran.err.is_empty());
    assert_eq!(home.run("demo --children 100001").code, 2);
    let other = Home::new();
    let station = "站".repeat(5_000);
    let init = [
        "--account",
        "zhou",
        "--passphrase-file",
        "pass",
        "init",
        "--station",
        &station,
        "--recovery-file",
        "paper",
    ];
    let ran = Ran::of(other.command(init));
    assert!(ran.code != 0 && !ran.err.is_empty() && ran.err.len() < 2_000, "{}", ran.err);
    assert!(!other.path("paper").exists());
}

#[test]
fn a_passphrase_file_without_end_is_one_wrong_passphrase() {
    let home = Home::with_station();
    home.run("--passphrase-file /dev/zero doctor").refused(4, &["口令不对"]);
    home.write("long", "x".repeat(1 << 20));
    home.run("--passphrase-file long doctor").refused(4, &["口令不对"]);
    home.signed_in("doctor").done();
}

#[test]
fn files_of_settings_that_are_huge_or_nested_keep_nobody_from_working() {
    let home = Home::with_station();
    home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"]]));
    home.signed_in("import roster.csv --yes").done();
    let nested = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let dotted = format!("a{} = 1", ".b".repeat(100_000));
    let huge = format!("# {}\n", "x".repeat(2 << 20));
    fs::create_dir_all(home.path("config/tonghu")).unwrap();
    fs::create_dir_all(home.data().join("practice/days")).unwrap();
    for text in [&nested, &dotted, &huge] {
        for name in [FIELDS, "practice/deadlines.toml", "practice/days/2027.toml", "import-mappings.toml"] {
            fs::write(home.data().join(name), text).unwrap();
        }
        for name in ["keymap.toml", "settings.toml"] {
            fs::write(home.path("config/tonghu").join(name), text).unwrap();
        }
        assert_eq!(names(&home.signed_in("find 王小明 --json").json()), ["王小明"]);
        let health = home.signed_in("doctor --json");
        assert!(health.out.contains(FIELDS) && health.out.contains("look"), "it is said: {}", health.out);
        assert!(health.out.len() < 20_000, "in few words");
        let mut screens = home.screens();
        screens.wait_for("口令");
        screens.press("ctrl-q").wait_exit();
        assert!(screens.screen().contains("按键文件"), "it is said: {}", screens.screen());
    }
}

#[test]
fn small_files_that_have_grown_huge_are_not_believed() {
    let home = Home::with_station();
    home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"]]));
    home.signed_in("import roster.csv --yes").done();
    let nested = "[".repeat(4 << 20);
    for name in ["attempts.json", "due.brief", "last-backup", "applied", "reached", "roster", "tonghu.log"] {
        fs::write(home.data().join(name), &nested).unwrap();
        assert_eq!(names(&home.signed_in("find 王小明 --json").json()), ["王小明"], "{name}");
        home.run("due --brief");
    }
    for name in ["keyring", "keyring.copy"] {
        fs::write(home.data().join(name), "x".repeat(9 << 20)).unwrap();
    }
    home.signed_in("find 王小明").refused(1, &["账号文件损坏"]);
}

#[test]
fn nesting_without_end_is_not_understood_and_overflows_nothing() {
    let deep = 200_000;
    let shapes: Vec<Vec<u8>> = vec![
        vec![0x91; deep],
        [[0x81, 0xa1, b'a'].repeat(deep), vec![0xc0]].concat(),
        [b"[".repeat(deep), b"]".repeat(deep)].concat(),
        b"{\"a\":".repeat(deep),
        [b"a = ".to_vec(), b"[".repeat(deep)].concat(),
        [b"a".to_vec(), b".b".repeat(deep), b" = 1".to_vec()].concat(),
        [b"a = ".to_vec(), b"{b=".repeat(deep)].concat(),
        [b"[".to_vec(), b"a.".repeat(deep), b"a]\n".to_vec()].concat(),
        b"\"".repeat(deep),
        "（".repeat(deep / 3).into_bytes(),
    ];
    for (target, body) in TARGETS {
        // The rest is not nested by what it reads.
        if ["record", "keyring", "settings", "import"].contains(target) {
            shapes.iter().for_each(|bytes| body(bytes));
        }
    }
}

#[test]
fn a_text_beyond_its_field_and_a_draft_beyond_all_are_refused_and_what_was_there_stays() {
    let dir = tempfile::tempdir().unwrap();
    let desk = demo(dir.path(), Arc::new(SystemClock), std::iter::empty()).unwrap();
    let id = Uuid::now_v7();
    let save = |fields: Fields, base: Option<Fields>| {
        let records = vec![SaveRecord { at: RecordRef::child(ChildId(id)), base, fields }];
        desk.ask(Request::Save(Save { records, draft: None }))
    };
    let name = Fields::default().with(child::NAME, "王小明");
    save(name.clone(), None).unwrap();
    let long = "长".repeat(1 << 20);
    let refused = save(name.clone().with(child::REMARKS, long.as_str()), Some(name.clone()));
    assert!(
        matches!(&refused, Err(Refusal::Invalid(faults)) if faults[0].field == child::REMARKS),
        "{refused:?}"
    );
    let at = RecordRef::of(RecordKind::Contact, id, Uuid::now_v7());
    let draft = |text: String| Draft {
        id: Uuid::now_v7(),
        job: FormJob { form: "contact".into(), at, child: Some(ChildId(id)) },
        base: None,
        fields: Fields::default(),
        texts: [(contact::SEEN, text)].into(),
        focus: None,
        at: Stamp::default(),
    };
    assert!(desk.ask(Request::KeepDraft(draft("x".repeat(17 << 20)))).is_err());
    desk.ask(Request::KeepDraft(draft("in time".into()))).unwrap();
    let Answer::Drafts(drafts) = desk.ask(Request::Drafts).unwrap() else { panic!() };
    assert_eq!(drafts.len(), 1);
    for text in [long.clone(), "王 ".repeat(100_000), "\"".repeat(100_000)] {
        let found = desk.ask(Request::Find { text: Query(text.clone()), limit: usize::MAX });
        assert!(matches!(found, Ok(Answer::Found(_))));
        assert!(matches!(
            desk.ask(Request::SearchNotes { text: Query(text), limit: usize::MAX }),
            Ok(Answer::Notes(_))
        ));
    }
}
