//! A day at the screens, as the person in front of them sees it, on the real store.

mod fits;

use chrono::{NaiveDate, NaiveDateTime};
use std::sync::Arc;
use tempfile::TempDir;
use tonghu::domain::forms::{child, contact};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::{Answer, Desk, Office, Request, Save, SaveRecord, demo};
use tonghu::platform::clock::{Clock, StillClock};
use tonghu::tui::AppEvent;
use tonghu::tui::app::{Job, Moment};
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

    /// Some days later, for the clock of the desk and of the screen.
    fn pass(&self, days: u64, face: &mut Harness) {
        self.clock.advance_days(days);
        face.wait_days(days);
    }

    fn face(&self, lang: Lang) -> Harness {
        self.sized(lang, (80, 24))
    }

    fn sized(&self, lang: Lang, size: (u16, u16)) -> Harness {
        Harness::sized(self.desk.clone(), lang, self.clock.now(), size)
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
fn an_overdue_visit_stays_until_it_is_done() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.sees("王小明").sees("明天").sees_no("逾期1天");
    station.pass(2, &mut face);
    face.sees("逾期 2").sees("逾期1天");
    station.pass(3, &mut face);
    face.sees("逾期4天").press("d").sees("完成").type_text("去了家里，都好").press("enter");
    face.sees("已保存").sees("逾期 2");
    face.press("d").type_text("见到了").press("enter d").type_text("见到了").press("enter");
    face.sees("逾期 0").sees_no("逾期4天");
}

#[test]
fn one_that_is_long_overdue_says_what_its_sign_means() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    station.pass(20, &mut face);
    face.sees("!逾期19天").sees("站长也会看到");
    face.press("f9").sees("!19 days late").sees("the lead sees it too");
}

#[test]
fn a_child_is_opened_with_three_keys_after_the_slash() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("/").type_text("wxm").sees("3 人").press("enter");
    face.sees_no("查找：").sees("王小明");
}

#[test]
fn namesakes_are_told_apart_in_the_line_itself() {
    for size in [(80, 24), (60, 18), (132, 43)] {
        let station = Station::town();
        let mut face = station.sized(Lang::Zh, size);
        face.press("/").type_text("王小明");
        let screen = face.screen();
        let line =
            |part: &str| screen.lines().find(|line| line.contains(part)).unwrap_or_default().to_owned();
        for part in ["王小明", "男 8岁", "李秀英", "石门村", "高"] {
            assert!(line("石门村").contains(part), "{part}:\n{screen}");
        }
        for part in ["王小明", "男 13岁", "王建国", "水口村", "低"] {
            assert!(line("水口村").contains(part), "{part}:\n{screen}");
        }
    }
}

#[test]
fn every_hit_says_why_it_was_found() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("/").type_text("汪晓鸣").sees("汪晓铭").sees("同音字");
    face.press("ctrl-u").type_text("李秀英").sees("监护人");
    face.press("ctrl-u").type_text("5678").sees("电话 ").sees("5678");
    face.press("ctrl-u").type_text("wxm shimen").sees("首字母").sees_no("水口村");
}

#[test]
fn a_search_without_a_hit_offers_the_notes_and_a_new_child() {
    let station = Station::town();
    visit(&station.desk, the_child(&station.desk, "陈雨桐"), "2026-03-02", "孩子有点发烧。作业写完了。");
    let mut face = station.face(Lang::Zh);
    face.press("/").type_text("发烧").sees("没有找到").sees("F7").sees("登记为新的儿童");
    face.press("tab").sees("陈雨桐").sees("孩子有点发烧。").sees_no("作业写完了。");
    face.press("f9").sees("Notes").press("tab").sees("No such child");
}

#[test]
fn a_search_takes_what_an_input_method_and_a_paste_bring() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("f3").paste("欧阳\n若曦").sees("大塘社区");
    let caret = face.cursor();
    face.press("backspace");
    assert_eq!(
        (face.cursor().x, face.cursor().y),
        (caret.x - 2, caret.y),
        "the caret follows wide characters"
    );
    face.press("esc").sees_no("查找：");
}

#[test]
fn moving_a_follow_up_needs_a_reason() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("m").type_text("下周一").sees("2026-03-09").press("enter enter").sees("请写原因");
    face.type_text("孩子在外婆家").press("enter").sees("已保存");
    assert!(
        face.screen()
            .lines()
            .any(|line| line.contains("王小明") && line.contains("8岁") && line.contains("03-09"))
    );
}

#[test]
fn a_follow_up_is_handed_to_a_colleague_by_a_part_of_the_name() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("h").type_text("zz").press("enter enter").sees("请写同事");
    face.press("ctrl-u").type_text("hxy").sees("何晓雨").press("enter").type_text("换片区").press("enter");
    face.sees("已保存");
}

#[test]
fn why_shows_the_rule_and_where_it_stands() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("w").sees("为什么").sees("24小时").press("esc").sees_no("为什么");
}

#[test]
fn a_file_says_why_the_rules_want_something() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("enter tab tab tab tab").sees("[回访]").sees("高风险：24小时内响应");
}

#[test]
fn the_palette_finds_a_command_by_its_initials() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("f2").type_text("djet").sees("登记儿童").sees_no("切换语言");
    face.press("ctrl-u").type_text("qhyy").sees("切换语言").press("enter").sees("Overdue");
    face.press("ctrl-p").type_text("mask").press("enter").sees("masked").sees("王**").sees_no("王小明");
}

#[test]
fn the_palette_offers_only_what_does_something_here() {
    let station = Station::town();
    let mut face = station.face(Lang::En);
    face.press("f2").type_text("sort").sees_no("Choose the order");
    face.press("esc f5 f2").type_text("sort").sees("Choose the order").press("enter").sees("by name");
}

#[test]
fn enter_is_called_choosing_where_it_opens_nothing() {
    let station = Station::town();
    for keys in ["f2", "c", "f5 f", "f5 f up"] {
        let mut face = station.face(Lang::Zh);
        face.press(keys).sees("回车 选定").sees_no("回车 打开").press("f9").sees("Enter Choose");
    }
    station.face(Lang::Zh).press("f5").sees("回车 打开");
}

#[test]
fn what_is_on_the_screen_is_not_opened_over_itself() {
    let station = Station::town();
    for (asked, title) in [("accounts", "Accounts"), ("health", "Health")] {
        let mut face = station.face(Lang::En);
        for _ in 0..2 {
            face.press("f2").type_text(asked).press("enter").sees(title);
        }
        face.press("esc").sees("Overdue");
    }
}

#[test]
fn the_roster_of_a_county_is_walked_from_end_to_end() {
    let station = Station::county(950);
    let mut face = station.face(Lang::Zh);
    face.press("f5").sees("1/950").press("end").sees("950/950").press("page-up home").sees("1/950");
    for _ in 0..60 {
        face.press("page-down");
        assert!(
            !face.screen().contains("..."),
            "rows are at hand before they are reached:\n{}",
            face.screen()
        );
    }
    face.sees("950/950");
}

#[test]
fn the_roster_is_sorted_and_narrowed_and_says_so() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("f5").sees("按下次回访排列").press("s").sees("按姓名排列");
    face.press("f down right enter").sees("只看：高风险").sees("1/2").sees_no("陈雨桐");
    face.press("f up").type_text("石门").press("enter").sees("高风险").sees("石门").sees("1/1");
    face.press("esc").sees("1/5").sees_no("只看");
    face.press("enter").press("esc").sees("1/5");
}

#[test]
fn names_and_numbers_are_masked_on_every_screen() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    face.press("f11").sees("王**").sees_no("王小明").sees_no("李秀英");
    face.press("f5").sees("欧**").sees_no("欧阳若曦").sees_no("欧阳文");
    face.press("/").type_text("5678").sees("王**").sees_no("10012345678").sees_no("2017-03-12");
}

#[test]
fn what_was_opened_before_the_drafts_turned_out_to_be_none_stays() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    let moment = Moment { now: morning(), ticks: 0 };
    face.app.handle(AppEvent::Key("ctrl-r".parse().unwrap()), moment);
    let asked = face.app.take_jobs();
    face.app.handle(AppEvent::Key("f3".parse().unwrap()), moment);
    let answers: Vec<AppEvent> = asked
        .into_iter()
        .filter_map(|job| match job {
            Job::Ask { screen, ticket, request: Request::Drafts } => {
                Some(AppEvent::Answer { screen, ticket, answer: Ok(Answer::Drafts(vec![])) })
            }
            _ => None,
        })
        .collect();
    assert_eq!(answers.len(), 1);
    answers.into_iter().for_each(|answer| face.app.handle(answer, moment));
    face.type_text("wxm").sees("查找： wxm").press("esc").sees("今天").sees_no("查找：");
}

#[test]
fn a_backup_is_made_and_the_health_screen_knows_of_it() {
    let station = Station::town();
    let mut face = station.face(Lang::Zh);
    let to = tempfile::tempdir().unwrap();
    let path = to.path().join("zhan.backup");
    face.press("f2")
        .type_text("xtzk")
        .press("enter")
        .sees("系统状况")
        .sees("在册儿童")
        .press("b")
        .sees("存为");
    face.press("ctrl-u").paste(&path.display().to_string()).press("enter").sees("备份好了");
    assert!(path.is_file());
    face.press("b ctrl-u").paste("/no/such/place/x").press("enter").sees_no("备份好了").sees("存为");
}

#[test]
fn help_begins_with_the_work_and_lists_every_key() {
    let station = Station::town();
    for (lang, first, last) in [(Lang::Zh, "找孩子", "输入多行"), (Lang::En, "Find a child", "Several lines")]
    {
        let mut face = station.face(lang);
        face.press("f1").sees(first).sees("*  ").press("end");
        let mut seen = face.screen();
        for _ in 0..3 {
            face.press("page-up");
            seen.push_str(&face.screen());
        }
        assert!(seen.contains(last) && seen.contains("100%"), "{seen}");
        face.press("esc").sees_no(first);
    }
}

fn at_door(first: Place, desk: &Arc<Desk>, lang: Lang) -> Harness {
    let desk = desk.clone();
    let door =
        DoorView { logins: vec!["demo".into()], last_backup: Some(day("2026-02-20")), ..DoorView::default() };
    let answer = move |ask: DoorAsk| match ask {
        DoorAsk::Unlock { passphrase, .. } if passphrase.reveal() != "look around freely" => {
            Err(DoorNo("口令不对".into()))
        }
        DoorAsk::Key(_) => Ok((DoorAnswer::Key(Secret::new(RECOVERY.to_owned())), None)),
        _ => Ok((DoorAnswer::Opened, Some(desk.clone() as Arc<dyn Office>))),
    };
    Harness::at_door(door, first, lang, morning(), Box::new(answer))
}

const RECOVERY: &str = "111111-222222-333333-444444-555555-666666-777777-888888";

#[test]
fn the_door_opens_with_the_passphrase_and_says_when_the_last_backup_was() {
    let station = Station::town();
    let mut face = at_door(Place::Unlock, &station.desk, Lang::Zh);
    face.sees("2026-02-20").sees("10天前").type_text("wrong").press("enter").sees("口令不对");
    face.type_text("look around freely").sees_no("look").press("enter").sees("逾期");
    face.press("f12").sees("口令").sees_no("王小明");
}

#[test]
fn the_wizard_founds_a_station_and_the_recovery_key_is_typed_back() {
    let station = Station::town();
    let mut face = at_door(Place::Wizard, &station.desk, Lang::Zh);
    face.sees("Language")
        .press("enter")
        .sees("站点名称")
        .press("enter enter enter enter")
        .sees("请填站点名称");
    face.type_text("青石镇儿童服务站").press("enter enter enter enter").sees("第一个账号");
    face.type_text("何晓雨").press("enter").type_text("hexiaoyu").press("enter").type_text("short");
    face.press("enter").type_text("short").press("enter").sees("至少 10 个字");
    face.press("ctrl-u").type_text("a long sentence").press("enter ctrl-u").type_text("a long sentence");
    face.press("enter").sees("抄在纸上").sees("1) 111111").sees("8) 888888");
    face.press("enter")
        .sees_no("888888")
        .type_text("111111 222222 333334 444444 555555 666666 777777 888888");
    face.press("enter").sees("第 3 组").press("ctrl-u").type_text(&RECOVERY.replace('-', "")).press("enter");
    face.sees("手里有名册吗").press("enter").sees("逾期");
}
