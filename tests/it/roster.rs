//! A roster comes in through the screens: looked at first, mended where it is wrong, and imported whole or not at all.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tonghu::i18n::Lang;
use tonghu::office::{Answer, Cases, Desk, Filter, Office, Request, Sort, demo};
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use tonghu::tui::screen::{DoorAnswer, DoorAsk, DoorView, Place, Secret};

/// A Monday.
fn morning() -> NaiveDateTime {
    day("2026-03-02").and_hms_opt(8, 30, 0).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct Station {
    dir: TempDir,
    desk: Arc<Desk>,
}

impl Station {
    fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(StillClock::at(morning()));
        let desk = demo(&dir.path().join("data"), clock, std::iter::empty()).unwrap();
        Self { dir, desk }
    }

    fn mappings(&self) -> PathBuf {
        self.dir.path().join("mappings.json")
    }

    fn face(&self, lang: Lang) -> Harness {
        self.sized(lang, (80, 24))
    }

    fn sized(&self, lang: Lang, size: (u16, u16)) -> Harness {
        let mut face = Harness::sized(self.desk.clone(), lang, morning(), size);
        face.mappings = Some(self.mappings());
        face
    }

    fn roster(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn names(&self) -> Vec<String> {
        let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 1_000 };
        let Answer::Cases(page) = self.desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
        page.rows.into_iter().map(|row| row.name).collect()
    }
}

/// What a person does with a roster, in fewer words.
trait Hands {
    fn opens_a_roster(&mut self, path: &str) -> &mut Self;
    fn turns_to(&mut self, tab: &str) -> &mut Self;
}

impl Hands for Harness {
    /// By the palette, as the program is first told of it.
    fn opens_a_roster(&mut self, path: &str) -> &mut Self {
        self.press("f2").type_text("roster.import").press("enter").paste(path).press("enter")
    }

    fn turns_to(&mut self, tab: &str) -> &mut Self {
        for _ in 0..3 {
            if self.screen().contains(tab) {
                return self;
            }
            self.press("tab");
        }
        panic!("no tab shows {tab:?}:\n{}", self.screen());
    }
}

/// A sound number for a date and a serial.
fn id(birth: NaiveDate, serial: u32) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let front = format!("990421{:04}{:02}{:02}{serial:03}", birth.year(), birth.month(), birth.day());
    let sum: u32 = front.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{front}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

const SPREADSHEET: &str = "禾溪县困境儿童花名册\r\n姓名,性别,出生日期,监护人,与儿童关系,监护人电话,户籍村(居),类别\r\n\
    王小明,男,2015-04-05,李桂英,祖母,10012345678,石门镇杨家坪村,留守\r\n\
    韩梅梅,女,2016年3月8日,韩德华,爷爷,+86 10087654321,白鹤乡大坪村,孤儿\r\n";

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn a_roster_from_an_old_spreadsheet_is_looked_at_and_imported() {
    let station = Station::empty();
    let path = station.roster("花名册.csv", gb18030(SPREADSHEET));
    let mut face = station.face(Lang::Zh);
    face.opens_a_roster(&path);
    face.sees("花名册.csv").sees("GB18030").sees("表头在第 2 行").sees("共 2 行").sees("可导入 2");
    face.turns_to("户籍村(居)").sees("王小明");
    assert!(station.names().is_empty(), "a look saves nothing");
    face.turns_to("现在导入 2 名儿童").press("home enter").sees("已导入 2 名儿童");
    assert_eq!(station.names(), ["韩梅梅", "王小明"]);
    face.press("enter").sees("今天");
    face.press("f5").sees("王小明").sees("韩梅梅");
}

#[test]
fn a_column_that_was_not_recognised_is_set_once_and_remembered() {
    let station = Station::empty();
    let first = station.roster("一月.csv", "娃,性别,出生日期\n王小明,男,2015-04-05\n");
    let mut face = station.face(Lang::Zh);
    face.opens_a_roster(&first).sees("没有哪一列是姓名").sees("（不导入）");
    face.press("home enter").sees("「娃」是哪一项").type_text("姓名").press("enter");
    face.sees("可导入 1").sees_no("没有哪一列");
    face.turns_to("现在导入 1 名儿童").press("home enter").sees("已导入 1 名儿童").press("enter");

    let second = station.roster("二月.csv", "娃,性别,出生日期\n韩梅梅,女,2016-03-08\n");
    face.opens_a_roster(&second).sees("各列同上次").sees("可导入 1");
    face.turns_to("现在导入 1 名儿童").press("home enter").sees("已导入 1 名儿童");
    assert_eq!(station.names(), ["韩梅梅", "王小明"]);
}

#[test]
fn a_bad_row_stands_with_its_line_and_what_to_do_and_can_be_left_out() {
    let station = Station::empty();
    let (sound, born) = (id(day("2015-04-05"), 121), day("2016-03-08"));
    let mistyped = id(born, 122).replace("9904212016", "9904212061");
    let text = format!("姓名,性别,身份证号\n王小明,男,{sound}\n韩梅梅,女,{mistyped}\n");
    let path = station.roster("名册.csv", text);
    let mut face = station.face(Lang::Zh);
    face.opens_a_roster(&path).sees("不能保存 1").sees("问题 1");
    face.sees(&format!("第3行第3列「身份证号」写着「{mistyped}」")).sees("这一行这样不能导入");
    face.press("f11").sees_no(&mistyped).press("f11");
    face.turns_to("还不能导入").press("home enter").sees("有 1 行不能保存");
    assert!(station.names().is_empty());
    face.press("down enter").sees("不能保存的行：跳过").press("up enter").sees("已导入 1 名儿童");
    assert_eq!(station.names(), ["王小明"]);
    let left_out = fs::read_to_string(station.dir.path().join("名册-问题行.csv")).unwrap();
    assert!(left_out.contains("韩梅梅") && !left_out.contains("王小明"), "{left_out}");
    face.sees("名册-问题行.csv");
}

#[test]
fn an_import_that_is_stopped_leaves_nothing() {
    let station = Station::empty();
    let rows: String = (0..300).map(|n| format!("李雷{n},男,2015-04-05\n")).collect();
    let path = station.roster("名册.csv", format!("姓名,性别,出生日期\n{rows}"));
    let mut face = station.face(Lang::Zh);
    face.opens_a_roster(&path).turns_to("现在导入 300 名儿童");
    face.slow = true;
    face.press("home enter").sees("正在导入");
    face.press("tab enter").sees("正在导入");
    face.press("esc").sees("正在停止").go_on().sees("已停止，什么都没有导入");
    assert!(station.names().is_empty());
    assert!(!station.mappings().exists());
    // It is still looked at, and can be done after all.
    face.press("enter").sees("正在导入").go_on().sees("已导入 300 名儿童");
    assert_eq!(station.names().len(), 300);
}

#[test]
fn what_is_imported_is_what_was_looked_at() {
    let station = Station::empty();
    let path = station.roster("名册.csv", "姓名,性别,出生日期\n王小明,男,2015-04-05\n");
    let mut face = station.face(Lang::Zh);
    face.opens_a_roster(&path).turns_to("现在导入 1 名儿童");
    station.roster("名册.csv", "姓名,性别,出生日期\n王小明,男,2015-04-05\n韩梅梅,女,2016-03-08\n");
    face.press("home enter").sees("文件被改动了");
    assert!(station.names().is_empty());
}

#[test]
fn children_on_file_are_not_opened_twice_unless_somebody_says_so() {
    let station = Station::empty();
    let path = station.roster("roster.csv", gb18030(SPREADSHEET));
    let mut face = station.face(Lang::En);
    face.opens_a_roster(&path)
        .turns_to("Import 2 children now")
        .press("home enter")
        .sees("2 children are on file now");
    face.press("enter").opens_a_roster(&path).sees("2 on file already").sees("0 to import");
    face.turns_to("Cannot be imported yet").press("home enter").sees("2 children are there already");
    face.press("down down enter enter").sees("open a second file").sees("Import 2 children now");
}

#[test]
fn a_file_that_is_none_is_named_and_the_path_can_be_mended() {
    let station = Station::empty();
    let mut face = station.face(Lang::En);
    face.press("f2").type_text("roster.import").press("enter enter").sees("Type where the file is");
    face.type_text("/no/such/roster.csv").press("enter").sees("There is no such file");
    let path = station.roster("x.xlsx", b"PK\x03\x04 a workbook");
    face.press("ctrl-u").paste(&format!("'{path}'")).press("enter").sees("spreadsheet workbook");
    face.press("esc").sees("Today");
}

#[test]
fn every_window_and_language_shows_where_one_is_and_how_to_go_on() {
    let station = Station::empty();
    let text =
        "姓名,性别,出生日期,备注二\n王小明,男,2015-04-05,无\n,女,2016-03-08,x\n韩梅梅,女,2061-03-08,y\n";
    let path = station.roster("一个名字很长很长的困境儿童和留守儿童花名册第二版.csv", text);
    for lang in Lang::ALL {
        for size in [(60, 18), (80, 24), (120, 40)] {
            let mut face = station.sized(lang, size);
            let (bad, option, field) = match lang {
                Lang::Zh => ("不能保存 2", "已有档案的儿童：全部不导入", "备注二"),
                Lang::En => ("2 cannot be saved", "already: import nothing", "备注二"),
            };
            face.opens_a_roster(&path).sees(bad);
            face.turns_to(field).sees(bad).press("end");
            assert!(face.cursor().y > 3, "the cursor stands on the selected row");
            face.turns_to(option).sees(bad);
        }
    }
}

#[test]
fn the_first_start_goes_on_to_the_roster_that_is_at_hand() {
    let station = Station::empty();
    let path = station.roster("花名册.csv", gb18030(SPREADSHEET));
    let key = "111111 222222 333333 444444 555555 666666 777777 888888";
    let at_door = |station: &Station| {
        let desk = station.desk.clone();
        let recovery = key.to_owned();
        let door = move |ask| match ask {
            DoorAsk::Key(_) => Ok((DoorAnswer::Key(Secret::new(recovery.clone())), None)),
            _ => Ok((DoorAnswer::Opened, Some(desk.clone() as Arc<dyn Office>))),
        };
        let mut face =
            Harness::at_door(DoorView::default(), Place::Wizard, Lang::Zh, morning(), Box::new(door));
        face.press("enter").type_text("石门站").press("enter enter enter enter");
        face.type_text("何晓雨").press("enter").type_text("he").press("enter");
        face.type_text("long enough words").press("enter").type_text("long enough words").press("enter");
        face.press("enter").type_text(key).press("enter").sees("手里有名册吗");
        face
    };
    at_door(&station).press("enter").sees("今天").sees("站里还没有档案");
    at_door(&station).press("esc").sees("站里还没有档案");
    let mut face = at_door(&station);
    face.paste(&path).press("enter").sees("导入名册").sees("可导入 2");
    face.press("esc esc").sees("站里还没有档案");
}
