//! Nothing about a child leaves the sealed files: not to support, not to the disk, not to what the system shows of a
//! running program. The children are invented anew in each run, so that no file of the tests holds their names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{thread, time::Duration};

use tonghu::domain::forms::{case, child, contact, note};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Stamp, Value};
use tonghu::office::{
    Admission, Answer, Desk, Door, Draft, FormJob, Office, Query, Request, Role, Save, SaveRecord, Setup,
};
use tonghu::platform::SystemClock;
use tonghu::vault::{KdfParams, Passphrase, RecoveryKey};
use uuid::Uuid;

use crate::apart;
use crate::station::{Home, LOGIN, PASSPHRASE, PROGRAM, roster};

mod memory;

const SUPPORT: &str = "jishu";
const SUPPORT_PASSPHRASE: &str = "a lamp in the long hall";

fn random() -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    u64::from_le_bytes(bytes)
}

/// So many characters of which names and notes are written.
fn hanzi(count: usize) -> String {
    (0..count).map(|_| char::from_u32(0x4e00 + (random() % 0x4e00) as u32).unwrap()).collect()
}

/// What is planted, by where it was.
#[derive(Default)]
struct Planted(BTreeMap<&'static str, String>);

impl Planted {
    fn put(&mut self, what: &'static str, text: String) -> String {
        assert!(self.0.insert(what, text.clone()).is_none());
        text
    }

    /// A number that cannot belong to anyone: of an area that does not exist, born in 2015.
    fn id_number(&mut self, what: &'static str) -> String {
        let body = format!("99{:04}201503{:02}{:03}", random() % 10_000, 10 + random() % 18, random() % 1000);
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: u32 =
            body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
        let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][sum as usize % 11];
        self.put(what, format!("{body}{check}"))
    }

    fn phone(&mut self, what: &'static str) -> String {
        self.put(what, format!("100{:08}", random() % 100_000_000))
    }

    /// Each text in every way in which it could lie about.
    fn looks(&self) -> Vec<(String, Vec<u8>)> {
        let mut looks = Vec::new();
        for (what, text) in &self.0 {
            let mut add = |how: &str, bytes: Vec<u8>| looks.push((format!("{what}, {how}"), bytes));
            let wide: Vec<u16> = text.encode_utf16().collect();
            add("UTF-8", text.clone().into_bytes());
            add("UTF-16", wide.iter().flat_map(|unit| unit.to_le_bytes()).collect());
            add("UTF-16, high byte first", wide.iter().flat_map(|unit| unit.to_be_bytes()).collect());
            let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
            add("hex", hex.clone().into_bytes());
            add("hex in capitals", hex.to_uppercase().into_bytes());
            if !text.is_ascii() {
                add("GB18030", encoding_rs::GB18030.encode(text).0.into_owned());
                let sounds: Vec<&str> = text.chars().filter_map(sound).collect();
                add("pinyin", sounds.concat().into_bytes());
                add("pinyin with spaces", sounds.join(" ").into_bytes());
            }
        }
        looks
    }
}

fn sound(letter: char) -> Option<&'static str> {
    use pinyin::ToPinyin;
    letter.to_pinyin().map(|sound| sound.plain())
}

/// Finds any of many texts in one pass. They are kept masked, so that looking for a text puts no copy of it anywhere.
struct Finder {
    masked: Vec<Vec<u8>>,
    mask: u8,
    /// By their first two bytes.
    starts: Vec<Vec<usize>>,
}

impl Finder {
    fn new(masked: Vec<Vec<u8>>, mask: u8) -> Finder {
        let mut starts = vec![vec![]; 1 << 16];
        for (which, look) in masked.iter().enumerate() {
            starts[usize::from(look[0] ^ mask) << 8 | usize::from(look[1] ^ mask)].push(which);
        }
        Finder { masked, mask, starts }
    }

    fn look(&self, bytes: &[u8], found: &mut BTreeSet<usize>) {
        for (at, two) in bytes.windows(2).enumerate() {
            for &which in &self.starts[usize::from(two[0]) << 8 | usize::from(two[1])] {
                let look = &self.masked[which];
                let there = bytes.get(at..at + look.len());
                if there.is_some_and(|there| there.iter().zip(look).all(|(a, b)| a ^ self.mask == *b)) {
                    found.insert(which);
                }
            }
        }
    }
}

fn found_in(bytes: &[u8], looks: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut found = BTreeSet::new();
    Finder::new(looks.iter().map(|(_, look)| look.clone()).collect(), 0).look(bytes, &mut found);
    found.into_iter().map(|which| looks[which].0.clone()).collect()
}

/// A station whose files hold planted children in every kind of field, with a support account.
struct Station {
    home: Home,
    planted: Planted,
    child: ChildId,
}

impl Station {
    fn new() -> Station {
        let home = Home::new();
        home.write("support", format!("{SUPPORT_PASSPHRASE}\n"));
        let mut planted = Planted::default();
        let setup = Setup {
            station: Fields::default().with(tonghu::domain::forms::station::NAME, "石门站"),
            login: LOGIN.into(),
            staff_name: "周晓琴".into(),
            passphrase: Passphrase::typed(PASSPHRASE),
            role: Role::Lead,
            kdf: KdfParams::for_tests(),
        };
        let paper = RecoveryKey::generate().unwrap();
        let desk = Door::new(home.data(), Arc::new(SystemClock)).found(setup, &paper).unwrap();
        let child = plant(&desk, &mut planted);
        let admission = Admission {
            login: SUPPORT.into(),
            name: "技术员".into(),
            role: Role::Support,
            passphrase: Passphrase::typed(SUPPORT_PASSPHRASE),
        };
        desk.ask(Request::Admit(admission)).unwrap();
        desk.index_texts().unwrap();
        // The name of a file may say as much as the file.
        let backup = home.path(&format!("{}.backup", planted.put("name of a backup", hanzi(6))));
        desk.ask(Request::Backup { to: backup }).unwrap();
        drop(desk);
        let row = planted.put("name in a roster", hanzi(5));
        let file = planted.put("name of a roster file", hanzi(6));
        home.write(&format!("{file}.csv"), roster(&[[&row, "李桂英", "杨家坪"]]));
        home.signed_in(&format!("--account {LOGIN} import {file}.csv --yes")).done();
        fs::remove_file(home.path(&format!("{file}.csv"))).unwrap();
        Station { home, planted, child }
    }

    fn as_support(&self, line: &str) -> crate::station::Ran {
        self.home.run(&format!("--account {SUPPORT} --passphrase-file support {line}"))
    }

    fn backups(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.home.path("")).unwrap().flatten().map(|entry| entry.path());
        files.filter(|path| path.extension().is_some_and(|end| end == "backup")).collect()
    }
}

fn add(desk: &Desk, kind: RecordKind, child: ChildId, fields: Fields) {
    let at = RecordRef::of(kind, child.0, Uuid::now_v7());
    let records = vec![SaveRecord { at, base: None, fields }];
    desk.ask(Request::Save(Save { records, draft: None })).unwrap();
}

fn plant(desk: &Desk, planted: &mut Planted) -> ChildId {
    let fields = Fields::default()
        .with(child::NAME, planted.put("name", hanzi(4)).as_str())
        .with(child::ID_NUMBER, planted.id_number("number").as_str())
        .with(child::GUARDIAN, planted.put("guardian", hanzi(4)).as_str())
        .with(child::PHONE, planted.phone("phone").as_str())
        .with(child::VILLAGE, planted.put("village", hanzi(5)).as_str())
        .with(child::ADDRESS, planted.put("address", hanzi(12)).as_str())
        .with(child::SCHOOL, planted.put("school", hanzi(8)).as_str())
        .with(child::NICKNAME, planted.put("nickname", hanzi(4)).as_str())
        .with(child::REMARKS, planted.put("remarks", hanzi(40)).as_str());
    let at = RecordRef::child(ChildId(Uuid::now_v7()));
    let records = vec![SaveRecord { at, base: None, fields: fields.clone() }];
    let saved = desk.ask(Request::Save(Save { records, draft: None })).unwrap();
    let Answer::Saved(saved) = saved else { panic!("{saved:?}") };
    let child = saved.child.unwrap();
    let today: chrono::NaiveDate = "2026-03-02".parse().unwrap();
    let visit = Fields::default()
        .with(contact::KIND, Value::Choice("visit".into()))
        .with(contact::ON, today)
        .with(contact::SEEN, planted.put("note of a visit", hanzi(60)).as_str());
    add(desk, RecordKind::Contact, child, visit);
    let text = planted.put("text of a note", format!("{}\n{}", hanzi(30), hanzi(30)));
    let paper =
        Fields::default().with(note::TITLE, "家访").with(note::ON, today).with(note::TEXT, text.as_str());
    add(desk, RecordKind::Note, child, paper);
    let plan = Fields::default().with(case::REASON, planted.put("reason", hanzi(20)).as_str());
    let Answer::File(file) = desk.ask(Request::File(child)).unwrap() else { panic!() };
    if let Some(case) = file.cases.first() {
        let base = Some(case.fields.clone());
        let fields = case.fields.clone().with(case::REASON, plan.text(&case::REASON));
        let records = vec![SaveRecord { at: case.at, base, fields }];
        desk.ask(Request::Save(Save { records, draft: None })).unwrap();
    }
    let mut draft = Draft {
        id: Uuid::now_v7(),
        job: FormJob {
            form: "contact".into(),
            at: RecordRef::of(RecordKind::Contact, child.0, Uuid::now_v7()),
            child: Some(child),
        },
        base: None,
        fields: Fields::default().with(contact::SEEN, planted.put("draft", hanzi(30)).as_str()),
        texts: BTreeMap::new(),
        focus: None,
        at: Stamp::default(),
    };
    draft.texts.insert(contact::ON, planted.put("half a date", hanzi(9)));
    desk.ask(Request::KeepDraft(draft)).unwrap();
    for text in [planted.put("search", hanzi(5)), planted.0["name"].clone()] {
        desk.ask(Request::Find { text: Query(text.clone()), limit: 9 }).unwrap();
        desk.ask(Request::SearchNotes { text: Query(text), limit: 9 }).unwrap();
    }
    child
}

fn all_files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(all_files(&path)),
            path => found.push(path),
        }
    }
    found
}

#[test]
fn no_file_of_a_station_and_no_backup_says_anything_of_a_child() {
    let station = Station::new();
    let looks = station.planted.looks();
    assert!(looks.len() > 80);
    let files: Vec<PathBuf> = all_files(&station.home.data()).into_iter().chain(station.backups()).collect();
    assert!(files.len() >= 14, "{files:?}");
    for path in files {
        let inside = found_in(&fs::read(&path).unwrap(), &looks);
        assert!(inside.is_empty(), "{} holds {inside:?}", path.display());
        if path.starts_with(station.home.data()) {
            let name = path.display().to_string();
            assert!(found_in(name.as_bytes(), &looks).is_empty(), "{name}");
        }
    }
    // The same look finds a name where there is one.
    let name = &station.planted.0["name"];
    assert_eq!(found_in(format!("x{name}y").as_bytes(), &looks), ["name, UTF-8"]);
}

#[test]
fn what_the_program_tells_support_at_the_shell_names_nobody() {
    let station = Station::new();
    let looks = station.planted.looks();
    let name = &station.planted.0["name"];
    let backup = station.backups()[0].display().to_string();
    let lines =
        ["doctor", "doctor --json", "account list", "find x", "show TH2026-000001", "due", "due --json"];
    let own = lines.iter().map(|line| (line, station.as_support(line)));
    let mut answered = 0;
    for (line, ran) in own {
        let said = format!("{}{}", ran.out, ran.err);
        assert!(found_in(said.as_bytes(), &looks).is_empty(), "{line}: {said}");
        answered += usize::from(ran.code == 0);
    }
    assert!(answered >= 2, "health is told");
    let verified = station.home.command(["backup", "--verify", &backup]);
    assert_eq!(crate::station::Ran::of(verified).code, 0);
    let shown = station.as_support(&format!("find {name}"));
    assert_eq!((shown.code, shown.out.as_str()), (1, ""), "support finds nobody");
    let lead = station.home.signed_in(&format!("--account {LOGIN} find {name}"));
    assert!(lead.done().contains(name.as_str()), "and a lead does");
}

#[test]
fn what_the_program_writes_is_open_to_its_owner_only() {
    let home = Home::new();
    let init = "--account zhou --passphrase-file pass init --station 石门站 --recovery-file paper";
    home.run(init).done();
    home.write("roster.csv", "姓名,身份证号\n王小明,\n韩梅梅,12345\n");
    let before = all_files(&home.path(""));
    for line in
        ["import roster.csv --yes --skip-bad --rejects bad.csv", "backup safe.backup", "due", "doctor"]
    {
        home.signed_in(line);
    }
    home.run("--account zhou --passphrase-file roster.csv doctor");
    let made = all_files(&home.path(""));
    let names: Vec<_> =
        made.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    for name in [
        "bad.csv",
        "safe.backup",
        "tonghu.log",
        "due.brief",
        "attempts.json",
        "unsealed",
        "last-backup",
        "paper",
    ] {
        assert!(names.iter().any(|made| made == name), "{name} is not in {names:?}");
    }
    let by_hand = ["pass", "roster.csv"].map(|name| home.path(name));
    for path in made.iter().filter(|path| !by_hand.contains(path)) {
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o77, 0, "{} has mode {mode:o}", path.display());
    }
    assert!(before.len() < made.len());
}

#[test]
fn a_crash_report_says_where_and_nothing_of_what() {
    let dir = tempfile::tempdir().unwrap();
    let mut planted = Planted::default();
    let words = [("T_DIR", dir.path().display().to_string()), ("T_NAME", planted.put("name", hanzi(4)))];
    let said = apart::run("leaks::a_program_that_panics", &words, "");
    let report = fs::read(dir.path().join("crash-report.txt")).unwrap();
    let looks = planted.looks();
    assert!(String::from_utf8_lossy(&report).contains("leaks.rs"), "it says where");
    assert!(found_in(&report, &looks).is_empty());
    assert!(found_in(said.join("\n").as_bytes(), &looks).is_empty());
}

#[test]
#[ignore = "is started by the test beside it"]
fn a_program_that_panics() {
    if !apart::is_part() {
        return;
    }
    let report = PathBuf::from(apart::word("T_DIR")).join("crash-report.txt");
    let name = apart::word("T_NAME");
    tonghu::tui::terminal::report_panics(report, "0", "the program stopped".into());
    let panicked = thread::spawn(move || panic!("while {name} was drawn")).join();
    assert!(panicked.is_err());
}

/// Who the system shows as the owner of a process's inner files: the administrator if they may not be read.
fn owner_of_memory(pid: u32) -> u32 {
    fs::metadata(format!("/proc/{pid}/mem")).unwrap().uid()
}

#[test]
fn what_the_system_shows_of_a_running_program_names_nobody_and_no_core_is_kept() {
    let station = Station::new();
    let looks = station.planted.looks();
    let program = station.home.path("tonghu");
    fs::copy(PROGRAM, &program).unwrap();
    let mut command =
        station.home.command_of(&program, ["--account", LOGIN, "--passphrase-file", "-", "doctor"]);
    command.stdin(std::process::Stdio::piped());
    let root = rustix::process::geteuid().is_root();
    if root {
        // The administrator sees all there is: somebody else runs it.
        for path in all_files(&station.home.path("")).iter().map(PathBuf::as_path) {
            fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
        }
        for dir in ["", "share", "share/tonghu", "share/tonghu/sled"] {
            fs::set_permissions(station.home.path(dir), fs::Permissions::from_mode(0o777)).unwrap();
        }
        command.uid(65_534).gid(65_534);
    }
    let mut running = command.spawn().unwrap();
    // It waits for its passphrase.
    let limits = || fs::read_to_string(format!("/proc/{}/limits", running.id())).unwrap();
    let hardened =
        || limits().lines().any(|line| line.starts_with("Max core file size") && line.contains(" 0 "));
    for _ in 0..500 {
        if hardened() && owner_of_memory(running.id()) == 0 {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    assert!(hardened(), "{}", limits());
    assert_eq!(owner_of_memory(running.id()), 0, "others of the same user may not read its memory");
    for file in ["cmdline", "environ"] {
        let shown = fs::read(format!("/proc/{}/{file}", running.id())).unwrap();
        assert!(!shown.is_empty() && found_in(&shown, &looks).is_empty());
        assert!(found_in(&shown, &[("passphrase".into(), PASSPHRASE.into())]).is_empty());
    }
    let _ = running.kill();
    running.wait().unwrap();
}

#[test]
fn a_name_that_the_program_asks_for_is_in_no_list_of_processes_and_in_no_environment() {
    let station = Station::new();
    let looks = station.planted.looks();
    let name = &station.planted.0["name"];
    for (sub, told) in [("find", "guardian"), ("show", "address")] {
        let line = format!("--account {LOGIN} --passphrase-file pass {sub}");
        let mut command = station.home.command(line.split(' '));
        let mut running = command.stdin(std::process::Stdio::piped()).spawn().unwrap();
        let mut stdin = running.stdin.take().unwrap();
        // The line is not over: with the name in hand, it waits for the rest.
        stdin.write_all(name.as_bytes()).unwrap();
        let taken = || rustix::io::ioctl_fionread(&stdin).unwrap() == 0;
        for _ in 0..6_000 {
            if taken() {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
        assert!(taken());
        for file in ["cmdline", "environ", "comm", "stat"] {
            let shown = fs::read(format!("/proc/{}/{file}", running.id())).unwrap();
            assert!(!shown.is_empty() && found_in(&shown, &looks).is_empty(), "{sub}: {file}");
        }
        stdin.write_all(b"\n").unwrap();
        drop(stdin);
        let ran = crate::station::Ran::finish(running);
        assert!(ran.done().contains(station.planted.0[told].as_str()), "{sub} found by that name");
    }
}

#[test]
fn work_leaves_no_file_anywhere_but_where_it_belongs() {
    let station = Station::new();
    let name = hanzi(5);
    station.home.write("more.csv", roster(&[[&name, "李桂英", "杨家坪"]]));
    let outside = |home: &Home| {
        let all = all_files(&home.path(""));
        all.into_iter().filter(|path| !path.starts_with(home.data())).collect::<Vec<_>>()
    };
    let before = outside(&station.home);
    fs::create_dir(station.home.path("tmp")).unwrap();
    let watched = station.home.path("tmp");
    let inotify = rustix::fs::inotify::init(rustix::fs::inotify::CreateFlags::NONBLOCK).unwrap();
    for dir in [watched.as_path(), Path::new("/dev/shm")].into_iter().filter(|dir| dir.is_dir()) {
        rustix::fs::inotify::add_watch(&inotify, dir, rustix::fs::inotify::WatchFlags::CREATE).unwrap();
    }
    for line in ["import more.csv --yes", &format!("find {name}"), "due", "doctor", "show TH2026-000001"] {
        let line = format!("--account {LOGIN} --passphrase-file pass {line}");
        let mut command = station.home.command(line.split(' '));
        command.env("TMPDIR", &watched);
        crate::station::Ran::of(command);
    }
    let mut buffer = [std::mem::MaybeUninit::uninit(); 4096];
    let mut events = rustix::fs::inotify::Reader::new(&inotify, &mut buffer);
    let mut made = Vec::new();
    while let Ok(event) = events.next() {
        made.push(event.file_name().map(|name| name.to_string_lossy().into_owned()));
    }
    // Others on this machine use the shared memory too; the program's own directory is empty.
    made.retain(|name| name.as_ref().is_some_and(|name| name.contains("tonghu")));
    assert!(made.is_empty(), "{made:?}");
    assert_eq!(fs::read_dir(&watched).unwrap().count(), 0);
    assert_eq!(outside(&station.home), before);
}
