//! What stands in names, notes, cells and file names is data: it never acts on a terminal and never runs in a
//! spreadsheet, whichever way it came in and goes out.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::sync::Arc;

use chrono::NaiveDate;
use ratatui::{Terminal, layout::Size};
use tonghu::domain::form::FieldKind;
use tonghu::domain::forms::{child, contact, note, station};
use tonghu::domain::{ChildId, Fields, FormSpec, RecordKind, RecordRef, Value, forms};
use tonghu::i18n::Lang;
use tonghu::office::{Answer, Desk, Door, FIELDS, Office, Refusal, Request, Save, SaveRecord, demo};
use tonghu::platform::SystemClock;
use tonghu::platform::clock::StillClock;
use tonghu::tui::backend::{self, ThriftyBackend};
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

use crate::station::{Home, LOGIN, PASSPHRASE, Ran};

/// Each would do something to a terminal that obeys it: clear it, paint it, name its window, fill its clipboard, ask
/// it for an answer that is then typed, draw a picture, hide or turn round the text around it.
const SPELLS: &[&str] = &[
    "\u{1b}[2J\u{1b}[31;7mZA",
    "\u{1b}]0;ZB\u{7}",
    "\u{1b}]52;c;WkM=\u{7}ZC",
    "\u{1b}]8;;http://example.invalid\u{1b}\\ZD",
    "\u{1b}[6nZE\u{5}",
    "\u{1b}Pq#0ZF\u{1b}\\",
    "\u{1b}_Ga=T;ZG\u{1b}\\",
    "\u{9b}31mZH",
    "\u{9d}0;ZI\u{9c}",
    "\u{90}qZJ\u{9c}",
    "\u{202e}ZK\u{202c}",
    "\u{2066}ZL\u{2069}\u{200f}",
    "\u{0}ZM\u{7f}",
    "Z\u{8}\u{8}N\rZN",
    "\u{e}ZO\u{f}",
    "\u{feff}\u{200b}ZP\u{2028}",
];

fn spell() -> String {
    SPELLS.concat()
}

/// Some of it, short enough for any line.
const SHORT: &str = "\u{9b}31mZH\u{1b}]52;c;WkM=\u{7}ZA\u{202e}";

/// Characters that act instead of being read, in what is printed at the shell.
fn acts(text: &str) -> Vec<char> {
    let acts = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().filter(acts).collect()
}

#[track_caller]
fn is_tame(what: &str, ran: &Ran) {
    assert_eq!(acts(&ran.out), [], "{what}: {:?}", ran.out);
    assert_eq!(acts(&ran.err), [], "{what}: {:?}", ran.err);
}

/// Every field of a form that takes a text, with a spell in it.
fn filled(form: &FormSpec) -> Fields {
    let mut fields = Fields::default();
    let mut spells = SPELLS.iter().cycle();
    for field in &form.fields {
        let text = match field.kind {
            FieldKind::Line(most) => spells.next().unwrap().chars().take(most).collect(),
            FieldKind::Notes(_) => spell(),
            _ => continue,
        };
        fields.set(field.id.clone(), Some(Value::Text(text)));
    }
    fields
}

fn put(desk: &Desk, kind: RecordKind, owner: Uuid, fields: Fields) -> Result<Answer, Refusal> {
    let id = if kind == RecordKind::Child { owner } else { Uuid::now_v7() };
    let records = vec![SaveRecord { at: RecordRef::of(kind, owner, id), base: None, fields }];
    desk.ask(Request::Save(Save { records, draft: None }))
}

/// Saves as a careless program or another version might: nothing has passed a form.
fn plant(desk: &Desk) -> ChildId {
    let id = Uuid::now_v7();
    let mut fields = filled(&forms::child()).with(child::NAME, SHORT);
    fields.set(child::PHONE, None);
    fields.set(child::ID_NUMBER, None);
    fields.set(child::CASE_NO, None);
    put(desk, RecordKind::Child, id, fields).unwrap();
    let today: NaiveDate = "2026-03-02".parse().unwrap();
    let visit =
        filled(&forms::contact()).with(contact::KIND, Value::Choice("visit".into())).with(contact::ON, today);
    put(desk, RecordKind::Contact, id, visit).unwrap();
    let paper = filled(&forms::note()).with(note::ON, today);
    put(desk, RecordKind::Note, id, paper).unwrap();
    ChildId(id)
}

#[test]
fn a_text_that_would_act_is_printed_tame_by_every_command() {
    let home = Home::with_station();
    let desk =
        Door::new(home.data(), Arc::new(SystemClock)).unlock(LOGIN, &Passphrase::typed(PASSPHRASE)).unwrap();
    plant(&desk);
    drop(desk);
    let mut told = 0;
    for line in [
        "find ZA",
        "find ZA --json",
        "show TH2026-000001",
        "show TH2026-000001 --json",
        "show ZA",
        "due",
        "due --json",
        "due --mine",
        "due --brief",
        "doctor",
        "doctor --json",
        "account list",
        "account list --json",
        "backup safe.backup",
        "backup safe.backup --json",
    ] {
        let ran = home.signed_in(line);
        is_tame(line, &ran);
        told += usize::from(ran.out.contains("ZH"));
    }
    assert!(told >= 3, "what was planted is shown: {told}");
    let found = home.signed_in("find ZA --json").json();
    assert!(found["found"][0]["name"].as_str().unwrap().contains("ZA"), "and scripts read JSON");
}

#[test]
fn a_file_name_or_an_argument_that_would_act_is_named_tame_in_every_complaint() {
    let home = Home::with_station();
    let name = spell().replace(['\0', '/'], "");
    let mut lines: Vec<Vec<&str>> = vec![
        vec!["--passphrase-file", "pass", "import", &name],
        vec!["--passphrase-file", "pass", "import", &name, "--yes", "--rejects", &name],
        vec!["--passphrase-file", &name, "doctor"],
        vec!["--account", &name, "--passphrase-file", "pass", "doctor"],
        vec!["--data", &name, "doctor"],
        vec!["backup", "--verify", &name],
        vec!["restore", &name],
        vec!["restore", &name, "--dry-run"],
        vec!["--passphrase-file", "pass", "find", &name],
        vec!["--passphrase-file", "pass", "show", &name],
        vec!["--passphrase-file", "pass", "backup", "there is/no such place"],
        vec![
            "--passphrase-file",
            "pass",
            "account",
            "add",
            &name,
            "--name",
            "x",
            "--role",
            "lead",
            "--new-passphrase-file",
            "pass",
        ],
        vec![
            "--passphrase-file",
            "pass",
            "account",
            "add",
            "x",
            "--name",
            &name,
            "--role",
            "lead",
            "--new-passphrase-file",
            "pass",
        ],
        vec!["--lang", &name, "doctor"],
        vec!["--passphrase-file", "pass", "import", "roster.csv", "--map", &name],
        vec![&name],
        vec!["doctor", &name],
    ];
    let option = format!("--{name}");
    lines.push(vec!["doctor", &option]);
    for line in lines {
        let ran = Ran::of(home.command(&line));
        assert_ne!(ran.code, 0, "{line:?}");
        assert!(!ran.err.is_empty(), "{line:?}");
        is_tame(&format!("{line:?}"), &ran);
    }
    // A name that is no text at all.
    let broken = OsStr::from_bytes(b"\x1b[31m\xff\xfe.csv");
    let ran = Ran::of(home.command([
        OsStr::new("--passphrase-file"),
        OsStr::new("pass"),
        OsStr::new("import"),
        broken,
    ]));
    assert_ne!(ran.code, 0);
    is_tame("a name in no encoding", &ran);
    // One that is there.
    let roster = format!("{name}.csv");
    fs::write(home.path(&roster), format!("姓名,出生日期\n王小明,{name}\n")).unwrap();
    for args in [
        &["import", &roster][..],
        &["import", &roster, "--yes", "--skip-bad"],
        &["import", &roster, "--json"],
    ] {
        let ran = Ran::of(home.command(["--passphrase-file", "pass"].iter().chain(args)));
        is_tame("a roster of that name", &ran);
    }
}

/// Draws what is on a screen through the real backend; what the terminal would get.
struct Line {
    harness: Harness,
    terminal: Terminal<ThriftyBackend<Vec<u8>>>,
    sent: Vec<u8>,
}

impl Line {
    fn new(office: Arc<dyn Office>) -> Line {
        let now = "2026-03-02".parse::<NaiveDate>().unwrap().and_hms_opt(9, 0, 0).unwrap();
        let mut harness = Harness::new(office, Lang::Zh, now);
        harness.blind = true;
        let terminal = Terminal::new(ThriftyBackend::new(Vec::new(), Size::new(80, 24))).unwrap();
        let mut line = Line { harness, terminal, sent: Vec::new() };
        line.draw();
        line
    }

    fn draw(&mut self) -> &mut Line {
        let app = &self.harness.app;
        backend::draw(&mut self.terminal, |frame| {
            if let Some(cursor) = app.view(frame) {
                frame.set_cursor_position(cursor);
            }
        })
        .unwrap();
        self.sent.append(self.terminal.backend_mut().out_mut());
        self
    }

    fn press(&mut self, keys: &str) -> &mut Line {
        for key in keys.split_whitespace() {
            self.harness.press(key);
            self.draw();
        }
        self
    }

    fn types(&mut self, text: &str) -> &mut Line {
        self.harness.type_text(text);
        self.draw()
    }

    fn pastes(&mut self, text: &str) -> &mut Line {
        self.harness.paste(text);
        self.draw()
    }

    /// Nothing but what the backend itself says: moves, colours, modes; no window names, no clipboard, no pictures,
    /// no questions.
    #[track_caller]
    fn is_tame(&self, planted: bool) {
        let text = String::from_utf8(self.sent.clone()).unwrap();
        assert!(!planted || text.contains("ZH"), "what was planted is drawn");
        for (at, c) in text.char_indices() {
            let rest = &text[at..];
            if rest.starts_with("\u{1b}M") {
                // One line up, scrolling.
                continue;
            }
            if c == '\u{1b}' {
                let body = rest.strip_prefix("\u{1b}[").unwrap_or_else(|| panic!("{:?}", head(rest)));
                let last = body.find(|c: char| ('@'..='~').contains(&c)).unwrap();
                let known =
                    ["H", "d", "G", "C", "m", "h", "l", "K", "J", "r", "S", "T", "X", "A", "B", "D", "b"];
                assert!(known.contains(&&body[last..=last]), "{:?}", head(rest));
                assert!(
                    !body[last + 1..].starts_with('Z') || !body[..last].contains("31;7"),
                    "{:?}",
                    head(rest)
                );
            } else if !matches!(c, '\n' | '\r' | '\u{8}') {
                assert_eq!(acts(&c.to_string()), [], "{:?}", head(rest));
            }
        }
    }
}

fn head(text: &str) -> String {
    text.chars().take(20).collect()
}

fn house() -> (tempfile::TempDir, Arc<Desk>) {
    let dir = tempfile::tempdir().unwrap();
    let now = "2026-03-02".parse::<NaiveDate>().unwrap().and_hms_opt(9, 0, 0).unwrap();
    let desk = demo(dir.path(), Arc::new(StillClock::at(now)), std::iter::empty()).unwrap();
    (dir, desk)
}

#[test]
fn a_text_that_would_act_is_drawn_tame_on_every_screen() {
    let (_dir, desk) = house();
    plant(&desk);
    let mut line = Line::new(desk);
    line.press("f5 enter");
    for _ in 0..8 {
        line.press("tab down down enter esc esc");
        line.press("f5 enter");
    }
    line.press("f6 esc esc f3")
        .types("ZA")
        .press("down enter tab tab tab e esc esc f4 w esc enter esc f2 esc f10 esc");
    line.press("f1 esc f11 f5 f9");
    line.is_tame(true);
}

#[test]
fn what_is_pasted_is_tame_before_it_is_drawn_and_when_it_is_kept() {
    let (_dir, desk) = house();
    let mut line = Line::new(desk.clone());
    line.press("f3").pastes(&spell()).press("esc");
    line.press("f7").pastes(SHORT).press("ctrl-s");
    // One that is saved, and one that is left as a draft.
    line.press("f4 f7").pastes(SHORT).press("tab").pastes(&spell()).press("tab tab").pastes(&spell());
    line.harness.wait(5_000);
    line.draw();
    line.is_tame(true);
    let drafts = desk.ask(Request::Drafts).unwrap();
    let Answer::Drafts(drafts) = drafts else { panic!() };
    let Answer::Cases(cases) = desk
        .ask(Request::Cases(tonghu::office::Cases {
            sort: tonghu::office::Sort::Name,
            filter: Default::default(),
            from: 0,
            count: 10,
        }))
        .unwrap()
    else {
        panic!()
    };
    let kept =
        cases.rows.iter().map(|row| row.name.clone()).chain(drafts.iter().map(|draft| draft.name.clone()));
    let kept: Vec<String> = kept.collect();
    assert_eq!(kept.len(), 2, "{kept:?}");
    for name in kept {
        assert!(name.contains("ZH") && acts(&name).is_empty(), "{name:?}");
    }
}

#[test]
fn words_of_a_stations_own_that_would_act_are_drawn_tame() {
    let (dir, desk) = house();
    plant(&desk);
    let escaped: String = spell().chars().map(|c| format!("\\U{:08X}", c as u32)).collect();
    let fields = format!(
        "[[field]]\nform = \"child\"\nid = \"x-clan\"\nkind = \"line\"\nzh = \"{escaped}\"\nen = \"{escaped}\"\nhelp-zh = \"{escaped}\"\nhelp-en = \"{escaped}\"\n"
    );
    let station = Fields::default().with(station::NAME, SHORT);
    // Either it is kept tame or not at all.
    let _ = desk.ask(Request::Save(Save {
        records: vec![SaveRecord { at: RecordRef::station(), base: None, fields: station }],
        draft: None,
    }));
    drop(desk);
    for text in [fields.as_str(), "[[field]]\nform = \"\u{1b}[31mZH\"", "\u{1b}]0;ZH\u{7}"] {
        fs::write(dir.path().join(FIELDS), text).unwrap();
        let now = "2026-03-02".parse::<NaiveDate>().unwrap().and_hms_opt(9, 0, 0).unwrap();
        let door = Door::new(dir.path().to_owned(), Arc::new(StillClock::at(now)));
        let desk = door.unlock("demo", &Passphrase::typed("look around freely")).unwrap();
        let mut line = Line::new(desk);
        line.press(
            "f7 tab tab tab tab tab tab tab tab tab tab tab tab tab tab tab tab tab tab tab tab esc esc",
        );
        line.press("f5 enter e esc esc f2").types("健康").press("enter page-down");
        line.is_tame(true);
    }
}

/// A roster whose cells would run in a spreadsheet. The birth dates are wrong: every row is refused.
fn spreadsheet_roster() -> (Vec<&'static str>, String) {
    let cells = vec![
        "=1+2",
        "+86",
        "-无",
        "@家",
        "=HYPERLINK(\"http://example.invalid\")",
        "'=1",
        "=\"007\"",
        "\t=1",
        "\r@x",
        "0012",
        "123456789012345",
        "－1",
        "＝1",
    ];
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let row = |(at, cell): (usize, &&str)| format!("王小{},2015-13-45,{}\n", at + 1, quoted(cell));
    let text = format!("姓名,出生日期,备注\n{}", cells.iter().enumerate().map(row).collect::<String>());
    (cells, text)
}

#[test]
fn the_file_of_bad_rows_runs_in_no_spreadsheet_and_reads_back_the_same_once_it_is_mended() {
    let (cells, text) = spreadsheet_roster();
    let home = Home::with_station();
    home.write("roster.csv", &text);
    home.write("good.csv", text.replace("2015-13-45", "2015-03-12"));
    home.write("one.csv", format!("{text}韩梅梅,2015-03-12,\n"));
    home.signed_in("import one.csv --yes --skip-bad --rejects bad.csv");
    let bad = fs::read_to_string(home.path("bad.csv")).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bad.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = 0;
    for record in reader.records() {
        for cell in record.unwrap().iter() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} would run");
            assert!(!cell.contains(|c: char| c.is_control() && c != '\n'), "{cell:?}");
        }
        rows += 1;
    }
    assert_eq!(rows, cells.len() + 1);

    let remarks = |home: &Home| -> Vec<String> {
        let shown = |at| home.signed_in(&format!("show 王小{at} --json")).json();
        let text = |at| shown(at)["child"]["remarks"].as_str().unwrap_or_default().to_owned();
        (1..=cells.len()).map(text).collect()
    };
    let direct = Home::with_station();
    fs::copy(home.path("good.csv"), direct.path("good.csv")).unwrap();
    let ran = direct.signed_in("import good.csv --yes --duplicates keep");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    home.write("mended.csv", bad.replace("2015-13-45", "2015-03-12"));
    let ran = home.signed_in("import mended.csv --yes --duplicates keep");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let kept = remarks(&home);
    assert!(kept.iter().any(|text| text == "=1+2"), "{kept:?}");
    assert_eq!(kept, remarks(&direct));
}
