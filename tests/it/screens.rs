//! A day at the screens, as the person in front of them sees it, on the real store.

use chrono::{NaiveDate, NaiveDateTime};
use std::sync::Arc;
use tempfile::TempDir;
use tonghu::domain::forms::{child, contact};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::{Answer, Desk, Office, Request, Save, SaveRecord, demo};
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use tonghu::tui::screen::{DoorAnswer, DoorAsk, DoorNo, DoorView, Place, Secret};
use uuid::Uuid;

/// A Monday.
fn morning() -> NaiveDateTime {
    day("2026-03-02").and_hms_opt(8, 30, 0).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct Station {
    _dir: TempDir,
    clock: Arc<StillClock>,
    desk: Arc<Desk>,
}

impl Station {
    fn with(children: Vec<Fields>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(StillClock::at(morning()));
        let desk = demo(dir.path(), clock.clone(), children.into_iter()).unwrap();
        Self { _dir: dir, clock, desk }
    }

    /// A few children of one town.
    fn town() -> Self {
        Self::with(vec![
            named("王小明", "m", "2017-03-12", "李秀英", "石门村", "high", &["left-behind", "poverty"])
                .with(child::PHONE, "10012345678")
                .with(child::SCHOOL, "石门小学"),
            named("王小明", "m", "2012-05-01", "王建国", "水口村", "low", &["left-behind"]),
            named("汪晓铭", "f", "2020-01-05", "汪德福", "石门村", "medium", &["disability"]),
            named("陈雨桐", "f", "2015-11-30", "陈阿婆", "青山村", "", &["unattended"]),
            named("欧阳若曦", "f", "2025-10-20", "欧阳文", "大塘社区", "high", &["guardianship", "migrant"]),
        ])
    }

    /// As many children as a county has.
    fn county(children: usize) -> Self {
        let family = ["赵", "钱", "孙", "李", "周", "吴", "郑", "冯"];
        let given = ["伟", "芳", "敏", "静", "磊", "洋", "勇", "艳", "杰", "娟", "涛", "明"];
        Self::with(
            (0..children)
                .map(|n| {
                    let name = format!("{}{}{}", family[n % 8], given[n / 8 % 12], given[n / 96 % 12]);
                    let risk = ["low", "medium", "high", ""][n % 4];
                    named(&name, ["m", "f"][n % 2], "2016-06-01", "王建国", "石门村", risk, &["left-behind"])
                })
                .collect(),
        )
    }

    fn face(&self, lang: Lang) -> Harness {
        self.sized(lang, (80, 24))
    }

    fn sized(&self, lang: Lang, size: (u16, u16)) -> Harness {
        let mut face = Harness::sized(self.desk.clone(), lang, morning(), size);
        if face.app_shows_drafts() {
            face.press("esc");
        }
        face
    }
}

/// After sign-in the drafts may be offered first.
trait Offers {
    fn app_shows_drafts(&self) -> bool;
}

impl Offers for Harness {
    fn app_shows_drafts(&self) -> bool {
        false
    }
}

fn choice(code: &str) -> Value {
    Value::Choice(code.into())
}

fn named(
    name: &str,
    sex: &str,
    birth: &str,
    guardian: &str,
    village: &str,
    risk: &str,
    categories: &[&str],
) -> Fields {
    let fields = Fields::default()
        .with(child::NAME, name)
        .with(child::SEX, choice(sex))
        .with(child::BIRTH, day(birth))
        .with(child::GUARDIAN, guardian)
        .with(child::VILLAGE, village)
        .with(child::CATEGORIES, Value::Choices(categories.iter().map(|code| (*code).to_owned()).collect()));
    if risk.is_empty() { fields } else { fields.with(child::RISK, choice(risk)) }
}

fn visit(desk: &Desk, child: ChildId, on: &str, seen: &str) {
    let fields = Fields::default()
        .with(contact::KIND, choice("visit"))
        .with(contact::ON, day(on))
        .with(contact::SEEN, seen);
    let at = RecordRef::of(RecordKind::Contact, child.0, Uuid::nil());
    let save = Save { records: vec![SaveRecord { at, base: None, fields }], draft: None };
    desk.ask(Request::Save(save)).unwrap();
}

fn the_child(desk: &Desk, name: &str) -> ChildId {
    let find = Request::Find { text: tonghu::office::Query(name.into()), limit: 1 };
    let Answer::Found(found) = desk.ask(find).unwrap() else { panic!() };
    found.lines[0].row.child
}

#[test]
fn print() {
    let station = Station::town();
    visit(
        &station.desk,
        the_child(&station.desk, "陈雨桐"),
        "2026-03-02",
        "孩子有点发烧，奶奶带去了卫生院。作业写完了。",
    );
    for lang in Lang::ALL {
        for size in [(80, 24), (60, 18), (120, 40)] {
            let mut face = station.sized(lang, size);
            println!("=== today\n{}", face.styled());
            face.press("/");
            println!("=== search\n{}", face.screen());
            face.type_text("wxm");
            println!("=== wxm\n{}", face.styled());
            face.press("ctrl-u").type_text("5678");
            println!("=== 5678\n{}", face.screen());
            face.press("ctrl-u").type_text("诸葛亮");
            println!("=== none\n{}", face.screen());
            face.press("ctrl-u tab").type_text("发烧");
            println!("=== notes\n{}", face.styled());
            face.press("esc f5");
            println!("=== cases\n{}", face.screen());
            face.press("f");
            println!("=== filter\n{}", face.screen());
            face.press("right down right down down down right enter");
            println!("=== filtered\n{}", face.screen());
            face.press("esc f2");
            println!("=== palette\n{}", face.screen());
            face.type_text("bf");
            println!("=== palette bf\n{}", face.screen());
            face.press("esc f1");
            println!("=== help\n{}", face.screen());
            face.press("page-down");
            println!("=== help 2\n{}", face.screen());
            face.press("end");
            println!("=== help 3\n{}", face.screen());
            face.press("esc f2").type_text("health").press("enter");
            println!("=== health\n{}", face.screen());
            face.press("b");
            println!("=== backup\n{}", face.screen());
        }
    }
}
