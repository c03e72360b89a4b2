//! A station's roster comes in: whole, in part, or not at all.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tonghu::domain::forms::{self, child};
use tonghu::domain::{ChildId, Fields, Row, WorkerId};
use tonghu::exchange::{
    Bad, Duplicates, Encoding, FileFault, ImportFault, Importer, Mappings, Options, Plan, Report, Sheet,
    Source, demo, row_fault,
};
use tonghu::i18n::{Lang, catalogue};
use tonghu::office::*;

/// An office that keeps children in a list: what it was given, in order.
struct Shelf {
    me: Me,
    children: Mutex<Vec<Fields>>,
}

impl Shelf {
    fn new() -> Self {
        let me = Me { worker: WorkerId(uuid::Uuid::nil()), login: "zhou".into(), role: Role::Lead };
        Self { me, children: Mutex::new(vec![]) }
    }

    fn names(&self) -> Vec<String> {
        self.children.lock().unwrap().iter().map(|child| child.text(&child::NAME).to_owned()).collect()
    }
}

impl Office for Shelf {
    fn me(&self) -> &Me {
        &self.me
    }

    fn ask_watched(&self, request: Request, _: &dyn Watch) -> Result<Answer, Refusal> {
        match request {
            Request::Station => Ok(Answer::Station(
                Station {
                    record: None,
                    staff: vec![Staff {
                        worker: WorkerId(uuid::Uuid::from_u128(7)),
                        name: "周晓琴".into(),
                        login: "zhou".into(),
                        role: Role::Lead,
                        closed: false,
                    }],
                    forms: forms::all(),
                    instruments: Default::default(),
                    rules: vec![],
                    children: 0,
                    warnings: vec![],
                }
                .into(),
            )),
            Request::Cases(cases) => {
                let children = self.children.lock().unwrap();
                let rows: Vec<Row> = children.iter().skip(cases.from).take(cases.count).map(row).collect();
                let pressing = vec![None; rows.len()];
                Ok(Answer::Cases(CasePage {
                    from: cases.from,
                    rows,
                    pressing,
                    pending: false,
                    total: children.len(),
                }))
            }
            _ => Err(Refusal::NotFound),
        }
    }

    fn import(&self, rows: &mut dyn Iterator<Item = Fields>, watch: &dyn Watch) -> Result<Imported, Refusal> {
        let mut new = vec![];
        for fields in rows {
            if fields.get(&child::NAME).is_none() {
                return Err(Refusal::Invalid(vec![]));
            }
            new.push(fields);
            if !watch.progress(new.len() as u64, None) {
                return Err(Refusal::Stopped);
            }
        }
        let children = new.len();
        self.children.lock().unwrap().extend(new);
        Ok(Imported { children, change: None })
    }
}

fn row(fields: &Fields) -> Row {
    Row {
        child: ChildId(uuid::Uuid::nil()),
        household: None,
        name: fields.text(&child::NAME).into(),
        sex: fields.text(&child::SEX).into(),
        birth: fields.date(&child::BIRTH),
        id_number: fields.text(&child::ID_NUMBER).into(),
        guardian: fields.text(&child::GUARDIAN).into(),
        phone: String::new(),
        village: String::new(),
        school: String::new(),
        case_no: String::new(),
        categories: 0,
        risk: String::new(),
        status: tonghu::domain::row::Status::None,
        worker: None,
        due: vec![],
        last_contact: None,
    }
}

const SKIP: Options = Options { bad: Bad::Skip, duplicates: Duplicates::Skip };

/// An office, a folder and a roster in it.
struct Desk {
    shelf: Shelf,
    dir: TempDir,
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

impl Desk {
    fn new() -> Self {
        Self { shelf: Shelf::new(), dir: TempDir::new().unwrap() }
    }

    fn importer(&self) -> Importer<'_> {
        Importer::new(&self.shelf, today()).unwrap()
    }

    fn open(&self, bytes: &[u8]) -> Sheet {
        self.importer().open(Source::Bytes(bytes.into())).unwrap()
    }

    fn plan(&self, bytes: &[u8]) -> Plan {
        let sheet = self.open(bytes);
        let importer = self.importer();
        importer.plan(&sheet, &importer.columns(&sheet, &Mappings::default()), &Unwatched).unwrap()
    }

    fn import(&self, bytes: &[u8], options: Options) -> Result<Report, ImportFault> {
        self.import_watched(bytes, options, &Unwatched)
    }

    fn import_watched(
        &self,
        bytes: &[u8],
        options: Options,
        watch: &dyn Watch,
    ) -> Result<Report, ImportFault> {
        let importer = self.importer();
        let sheet = importer.open(Source::Bytes(bytes.into()))?;
        let columns = importer.columns(&sheet, &Mappings::default());
        let plan = importer.plan(&sheet, &columns, &Unwatched)?;
        let cat = catalogue(Lang::Zh);
        let rejects = tonghu::exchange::rejects_path(&self.dir.path().join("花名册.csv"), cat);
        importer.import(&sheet, &columns, &plan, options, &rejects, cat, watch)
    }

    fn files(&self) -> usize {
        self.dir.path().read_dir().unwrap().count()
    }

    fn sentences(&self, bytes: &[u8], lang: Lang) -> Vec<String> {
        let plan = self.plan(bytes);
        plan.faults.iter().map(|fault| row_fault(catalogue(lang), &forms::child(), fault)).collect()
    }
}

/// A sound number for a date and a serial.
fn id(birth: NaiveDate, serial: u32) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let front = format!("990421{:04}{:02}{:02}{serial:03}", birth.year(), birth.month(), birth.day());
    let sum: u32 = front.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{front}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_roster_from_an_old_spreadsheet_comes_in_whole() {
    let number = id(day("2015-04-05"), 121);
    let text = format!(
        "禾溪县困境儿童花名册\r\n姓名,性别,出生日期,身份证号,监护人,与儿童关系,监护人电话,户籍村(居),类别\r\n\
         王小明,男,2015-04-05,{number},李桂英,祖母,10012345678,石门镇杨家坪村,留守、家庭困难\r\n\
         韩梅梅,女,2016年3月8日,,韩德华,爷爷,+86 10087654321,白鹤乡大坪村,孤儿\r\n"
    );
    let bytes = encoding_rs::GB18030.encode(&text).0.into_owned();
    let desk = Desk::new();
    assert_eq!(desk.open(&bytes).encoding, Encoding::Gb18030);
    let report = desk.import(&bytes, Options::default()).unwrap();
    assert_eq!((report.children, report.left_out, report.rejects), (2, 0, None));
    let children = desk.shelf.children.lock().unwrap();
    assert_eq!(children[0].text(&child::NAME), "王小明");
    assert_eq!(children[0].text(&child::SEX), "m");
    assert_eq!(children[0].text(&child::ID_NUMBER), number);
    assert_eq!(children[0].text(&child::RELATION), "grandmother");
    assert!(children[0].choices(&child::CATEGORIES).any(|code| code == "left-behind"));
    assert_eq!(children[1].date(&child::BIRTH), Some(day("2016-03-08")));
}

#[test]
fn english_headers_semicolons_and_a_byte_order_mark_do_as_well() {
    let text = "\u{feff}Full name;Sex;Date of birth;Village;Caseworker;Favourite colour\n\
                王小明;male;2015-04-05;杨家坪村;zhou;red\n";
    let desk = Desk::new();
    let sheet = desk.open(text.as_bytes());
    assert_eq!(desk.importer().columns(&sheet, &Mappings::default())[5], None);
    desk.import(text.as_bytes(), Options::default()).unwrap();
    let children = desk.shelf.children.lock().unwrap();
    assert_eq!(children[0].text(&child::SEX), "m");
    assert_eq!(children[0].link(&child::WORKER), Some(uuid::Uuid::from_u128(7)));
}

#[test]
fn birth_date_and_sex_come_from_the_number_where_a_roster_has_only_that() {
    let text = format!("姓名,身份证号\n王小明,{}\n", id(day("2015-04-05"), 121));
    let desk = Desk::new();
    desk.import(text.as_bytes(), Options::default()).unwrap();
    let children = desk.shelf.children.lock().unwrap();
    assert_eq!(children[0].date(&child::BIRTH), Some(day("2015-04-05")));
    assert_eq!(children[0].text(&child::SEX), "m");
}

/// One row with a digit of the ID number mistyped, one sound row.
fn mistyped() -> (String, String) {
    let right = id(day("2015-04-05"), 121);
    let mut wrong = right.clone();
    wrong.replace_range(9..10, "6");
    let roster = |number: &str| {
        format!("姓名,性别,出生日期,身份证号\n王小明,男,2015-04-05,{number}\n李雷,男,2014-02-03,\n")
    };
    (roster(&wrong), roster(&right))
}

#[test]
fn a_mistyped_number_is_reported_with_line_column_value_and_what_to_do() {
    let (wrong, _) = mistyped();
    let desk = Desk::new();
    for (lang, parts) in [
        (Lang::Zh, ["第2行第4列", "「身份证号」", "990", "请对照证件核对", "第10位可能应为5"]),
        (Lang::En, ["Line 2, column 4", "(身份证号)", "99", "Compare with the card", "digit 10 may be 5"]),
    ] {
        let sentences = desk.sentences(wrong.as_bytes(), lang);
        assert_eq!(sentences.len(), 1, "{sentences:?}");
        for part in &parts[..2] {
            assert!(sentences[0].contains(part), "{}", sentences[0]);
        }
        assert!(sentences[0].contains(parts[3]), "{}", sentences[0]);
        assert!(sentences[0].contains(parts[4]), "{}", sentences[0]);
    }
}

#[test]
fn a_bad_row_stops_everything_until_somebody_says_otherwise() {
    let (wrong, _) = mistyped();
    let desk = Desk::new();
    let result = desk.import(wrong.as_bytes(), Options::default());
    assert!(matches!(result, Err(ImportFault::Rows { bad: 1, duplicates: 0 })));
    assert_eq!((desk.shelf.names().len(), desk.files()), (0, 0));
}

#[test]
fn rows_left_out_are_mended_in_their_own_file_and_imported_from_it() {
    let (wrong, right) = mistyped();
    let desk = Desk::new();
    let report = desk.import(wrong.as_bytes(), SKIP).unwrap();
    assert_eq!((report.children, report.left_out), (1, 1));
    assert_eq!(desk.shelf.names(), ["李雷"]);
    let rejects = std::fs::read_to_string(report.rejects.unwrap()).unwrap();
    assert!(rejects.starts_with('\u{feff}'), "a spreadsheet opens it as UTF-8");
    assert!(rejects.contains("导入问题/import problem") && rejects.contains("「身份证号」"), "{rejects}");

    let still = desk.import(rejects.as_bytes(), Options::default());
    assert!(matches!(still, Err(ImportFault::Rows { bad: 1, .. })), "not mended yet");
    let number = |text: &str| text.lines().nth(1).unwrap().split(',').nth(3).unwrap().to_owned();
    let mended = rejects.replace(&number(&wrong), &number(&right));
    let report = desk.import(mended.as_bytes(), Options::default()).unwrap();
    assert_eq!((report.children, report.left_out), (1, 0));
    assert_eq!(desk.shelf.names(), ["李雷", "王小明"]);
}

#[test]
fn the_same_child_twice_is_told_with_the_line_of_the_first() {
    let number = id(day("2015-04-05"), 121);
    let text = format!(
        "姓名,出生日期,身份证号,监护人\n王小明,2015-04-05,{number},李桂英\n韩梅梅,2016-03-08,,韩德华\n\
         王晓明,2015-04-05,{number},李桂英\n韩梅梅,2016-03-08,,韩德华\n韩梅梅,2016-03-08,,张三\n"
    );
    let desk = Desk::new();
    let plan = desk.plan(text.as_bytes());
    assert_eq!((plan.rows, plan.bad, plan.duplicates), (5, 0, 2));
    let sentences = desk.sentences(text.as_bytes(), Lang::Zh);
    assert!(
        sentences[0].starts_with("第4行第3列") && sentences[0].contains("和第2行的身份证号相同"),
        "{sentences:?}"
    );
    assert!(
        sentences[1].starts_with("第5行第1列") && sentences[1].contains("和第3行的姓名"),
        "{sentences:?}"
    );
}

#[test]
fn two_children_under_one_number_are_both_kept_and_somebody_is_told() {
    let number = id(day("2015-04-05"), 121);
    let text = format!("姓名,身份证号,监护人\n王小明,{number},李桂英\n赵六,{number},韩德华\n");
    let desk = Desk::new();
    let sentences = desk.sentences(text.as_bytes(), Lang::Zh);
    assert!(
        sentences[0].starts_with("第3行第2列") && sentences[0].contains("和第2行的身份证号相同"),
        "{sentences:?}"
    );
    assert_eq!(desk.import(text.as_bytes(), Options::default()).unwrap().children, 2);
}

#[test]
fn children_on_file_are_not_opened_twice_unless_that_is_asked_for() {
    let number = id(day("2015-04-05"), 121);
    let text = format!("姓名,出生日期,身份证号\n王小明,2015-04-05,{number}\n韩梅梅,2016-03-08,\n");
    let desk = Desk::new();
    desk.import(text.as_bytes(), Options::default()).unwrap();
    assert_eq!(desk.plan(text.as_bytes()).duplicates, 2);
    assert!(matches!(
        desk.import(text.as_bytes(), Options::default()),
        Err(ImportFault::Rows { duplicates: 2, .. })
    ));
    assert!(
        matches!(desk.import(text.as_bytes(), SKIP), Err(ImportFault::Rows { .. })),
        "nothing would be left"
    );
    let keep = Options { bad: Bad::Refuse, duplicates: Duplicates::Keep };
    assert_eq!(desk.import(text.as_bytes(), keep).unwrap().children, 2);
}

#[test]
fn namesakes_with_numbers_of_their_own_are_two_children() {
    let birth = day("2015-04-05");
    let text = format!(
        "姓名,出生日期,身份证号,监护人\n王伟,2015-04-05,{},李桂英\n王伟,2015-04-05,{},李桂英\n",
        id(birth, 121),
        id(birth, 123)
    );
    assert_eq!(Desk::new().plan(text.as_bytes()).duplicates, 0);
}

struct StopAfter(AtomicU64);

impl Watch for StopAfter {
    fn progress(&self, _: u64, _: Option<u64>) -> bool {
        self.0.fetch_sub(1, Ordering::Relaxed) > 1
    }
}

#[test]
fn stopping_leaves_nothing_behind() {
    let (wrong, _) = mistyped();
    let text = wrong + "赵六,男,2013-01-01,\n";
    let desk = Desk::new();
    let result = desk.import_watched(text.as_bytes(), SKIP, &StopAfter(AtomicU64::new(2)));
    assert!(matches!(result, Err(ImportFault::Stopped)), "{result:?}");
    assert_eq!((desk.shelf.names().len(), desk.files()), (0, 0));
}

#[test]
fn a_file_that_changes_under_the_import_is_not_imported() {
    let desk = Desk::new();
    let path = desk.dir.path().join("roster.csv");
    std::fs::write(&path, "姓名\n王小明\n李雷\n").unwrap();
    let importer = desk.importer();
    let sheet = importer.open(Source::File(path.clone())).unwrap();
    let columns = importer.columns(&sheet, &Mappings::default());
    let plan = importer.plan(&sheet, &columns, &Unwatched).unwrap();
    std::fs::write(&path, "姓名\n王小明\n").unwrap();
    let cat = catalogue(Lang::Zh);
    let result = importer.import(&sheet, &columns, &plan, SKIP, &desk.dir.path().join("x"), cat, &Unwatched);
    assert!(matches!(result, Err(ImportFault::File(FileFault::Changed))), "{result:?}");
    assert!(desk.shelf.names().is_empty());
}

#[test]
fn names_that_a_spreadsheet_or_a_terminal_would_obey_are_not_imported() {
    let text = "姓名,监护人,监护人电话\n=cmd|' /C calc'!A0,李桂英,+10012345678\n王\u{1b}]0;x\u{7}明,李桂英,1\n李\0雷,甲,\n";
    let desk = Desk::new();
    let codes: Vec<_> =
        desk.plan(text.as_bytes()).faults.iter().map(|f| (f.line, f.column, f.problem.code())).collect();
    assert!(codes.contains(&(2, 1, "formula")) && codes.contains(&(3, 1, "control")), "{codes:?}");
    assert!(codes.contains(&(4, 1, "control")), "{codes:?}");
    for sentence in desk.sentences(text.as_bytes(), Lang::En) {
        assert!(!sentence.contains(|c: char| c.is_control()), "{sentence:?}");
    }
}

#[test]
fn damage_done_by_a_spreadsheet_is_called_by_its_name() {
    let text = "姓名,身份证号,监护人\n王小明,9.91403E+17,甲\n李雷,,乙,丙\n韩梅梅,\n";
    let plan = Desk::new().plan(text.as_bytes());
    let codes: Vec<_> =
        plan.faults.iter().map(|fault| (fault.line, fault.column, fault.problem.code())).collect();
    assert_eq!(codes, [(2, 2, "rounded"), (3, 0, "ragged"), (4, 0, "ragged")]);
}

#[test]
fn a_roster_without_names_says_what_is_missing() {
    let desk = Desk::new();
    let result = desk.import("甲,乙\n1,2\n".as_bytes(), Options::default());
    assert!(matches!(result, Err(ImportFault::File(FileFault::NoName))));
    let result = desk.import("姓名,乙\n".as_bytes(), Options::default());
    assert!(matches!(result, Err(ImportFault::File(FileFault::NoRows))));
}

#[test]
fn the_demo_children_come_in_as_a_roster_without_a_fault() {
    let mut csv = csv::Writer::from_writer(vec![]);
    csv.write_record(["姓名", "出生日期", "身份证号", "监护人", "监护人电话", "户籍村"]).unwrap();
    for one in demo::children(5, 400, today()) {
        let text = |id| one.child.text(id);
        let birth = one.child.date(&child::BIRTH).unwrap().to_string();
        let cells = [
            text(&child::NAME),
            &birth,
            text(&child::ID_NUMBER),
            text(&child::GUARDIAN),
            text(&child::PHONE),
            text(&child::VILLAGE),
        ];
        csv.write_record(cells).unwrap();
    }
    let bytes = csv.into_inner().unwrap();
    let plan = Desk::new().plan(&bytes);
    assert_eq!((plan.rows, plan.bad, plan.duplicates), (400, 0, 0), "{:?}", plan.faults.first());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_left_out_is_found_again_and_says_the_same(
        table in proptest::collection::vec(("[=+@'\\-王明x\u{7}]{0,4}", "[=+0-9X\" ,]{0,19}", "[a-z李;\n\t\"]{0,6}"), 1..8)
    ) {
        let desk = Desk::new();
        let mut csv = csv::Writer::from_writer(vec![]);
        csv.write_record(["姓名", "身份证号", "村"]).unwrap();
        csv.write_record(["赵六", "", "大坪村"]).unwrap();
        for (name, number, village) in &table {
            csv.write_record([name, number, village]).unwrap();
        }
        let bytes = csv.into_inner().unwrap();
        let plan = desk.plan(&bytes);
        let report = desk.import(&bytes, SKIP).unwrap();
        prop_assert_eq!(report.left_out, plan.bad + plan.duplicates);
        if let Some(rejects) = report.rejects {
            let rejects = std::fs::read(rejects).unwrap();
            let again = desk.plan(&rejects);
            prop_assert_eq!(again.bad, plan.bad, "every bad row is still bad until it is mended");
            prop_assert_eq!(again.rows, report.left_out);
            // Values that were sound cells of bad rows read as before.
            let cells = |bytes: &[u8]| {
                let sheet = desk.open(bytes);
                let mut rows = sheet.rows().unwrap();
                let mut all = vec![];
                while let Ok(Some(row)) = rows.read() {
                    let texts = row.cells.iter().take(3).filter(|cell| cell.trouble.is_none());
                    all.push(texts.map(|cell| tonghu::exchange::cell::clean(&cell.raw).into_owned()).collect::<Vec<_>>());
                }
                all
            };
            let before = cells(&bytes);
            for row in cells(&rejects) {
                prop_assert!(before.contains(&row), "a value was changed");
            }
        }
    }
}
