//! The needs study: what the files say that children lack, where, and what could be opened there.

use crate::fake::{choice, day};
use crate::registers::{House, add, save};
use crate::station::Home;
use tonghu::domain::forms::{agency, child, family_contact, goal, member, overrule, session, situation};
use tonghu::domain::{ChildId, Fields, HouseholdId, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::AppEvent;
use tonghu::tui::harness::Harness;
use uuid::Uuid;

fn some(codes: &[&str]) -> Value {
    Value::Choices(codes.iter().map(|code| (*code).to_owned()).collect())
}

/// A child, with a household of its own.
fn kid(desk: &Desk, name: &str, village: &str, categories: &[&str]) -> Uuid {
    let id = Uuid::now_v7();
    let fields = Fields::default()
        .with(child::NAME, name)
        .with(child::VILLAGE, village)
        .with(child::BIRTH, day("2021-05-01"))
        .with(child::CATEGORIES, some(categories));
    save(desk, RecordRef::child(ChildId(id)), None, fields).unwrap();
    id
}

fn write(desk: &Desk, kind: RecordKind, child: Uuid, fields: Fields) {
    let id = if kind == RecordKind::Situation { child } else { Uuid::now_v7() };
    save(desk, RecordRef::of(kind, child, id), None, fields).unwrap();
}

fn needs(desk: &Desk) -> NeedsFound {
    match desk.ask(Request::Needs).unwrap() {
        Answer::Needs(found) => *found,
        other => panic!("{other:?}"),
    }
}

/// Names of the children who lack something.
fn lacking(found: &NeedsFound, need: &str) -> Vec<String> {
    let at = found.rules.needs().iter().position(|one| one.id == need).unwrap();
    let lacks = |one: &&InNeed| one.told.unmet() >> at & 1 == 1;
    let mut names: Vec<String> =
        found.children.iter().filter(lacks).map(|one| one.row.name.clone()).collect();
    names.sort();
    names
}

fn parent(desk: &Desk, child: Uuid, role: &str, circumstance: &str) {
    let Answer::File(file) = desk.ask(Request::File(ChildId(child))).unwrap() else { panic!() };
    let HouseholdId(household) = file.row.household.unwrap();
    let fields = Fields::default()
        .with(member::ROLE, choice(role))
        .with(member::NAME, "某某")
        .with(member::CIRCUMSTANCE, choice(circumstance));
    save(desk, RecordRef::of(RecordKind::Member, household, Uuid::now_v7()), None, fields).unwrap();
}

#[test]
fn what_a_child_lacks_is_read_from_its_file_and_goes_when_it_is_given() {
    let house = House::new();
    let desk = house.station();
    let one = kid(&desk, "王小明", "石门镇柳树村", &["left-behind"]);
    let two = kid(&desk, "李丽", "石门镇柳树村", &["poverty"]);
    write(
        &desk,
        RecordKind::Goal,
        two,
        Fields::default()
            .with(goal::GOAL, "回学校")
            .with(goal::DOMAIN, choice("schooling"))
            .with(goal::DUE, day("2026-06-01")),
    );
    assert_eq!(lacking(&needs(&desk), "companionship"), ["王小明"]);
    assert_eq!(lacking(&needs(&desk), "schooling"), ["李丽"]);
    assert_eq!(lacking(&needs(&desk), "money"), ["李丽"]);
    write(
        &desk,
        RecordKind::Session,
        one,
        Fields::default()
            .with(session::ON, day("2026-03-01"))
            .with(session::VOLUNTEER, "何秀兰")
            .with(session::MINUTES, Value::Number(60)),
    );
    write(
        &desk,
        RecordKind::Situation,
        two,
        Fields::default().with(situation::BENEFITS, some(&["minimum-living"])),
    );
    let found = needs(&desk);
    assert!(lacking(&found, "companionship").is_empty());
    assert!(lacking(&found, "money").is_empty());
    assert_eq!(lacking(&found, "schooling"), ["李丽"]);
}

#[test]
fn the_preventive_list_and_the_weeks_list_come_from_the_rules_and_heed_who_overruled_them() {
    let house = House::new();
    let desk = house.station();
    let ill = kid(&desk, "王小明", "石门镇柳树村", &[]);
    let away = kid(&desk, "李丽", "石门镇柳树村", &["left-behind"]);
    let phoned = kid(&desk, "张军", "石门镇柳树村", &["left-behind"]);
    let lives = |lives: &str| Fields::default().with(situation::LIVES, choice(lives));
    write(&desk, RecordKind::Situation, ill, lives("parents").with(situation::ILLNESS, choice("grave")));
    for child in [away, phoned] {
        write(&desk, RecordKind::Situation, child, lives("kin"));
        parent(&desk, child, "father", "working-away");
    }
    let call = |on| {
        Fields::default()
            .with(family_contact::ON, day(on))
            .with(family_contact::WAY, choice("call"))
            .with(family_contact::WITH, choice("father"))
    };
    write(&desk, RecordKind::FamilyContact, away, call("2026-02-10"));
    write(&desk, RecordKind::FamilyContact, phoned, call("2026-02-10"));
    write(&desk, RecordKind::FamilyContact, phoned, call("2026-02-28"));
    let names = |list: &[Concern]| list.iter().map(|one| one.row.name.clone()).collect::<Vec<_>>();
    let found = needs(&desk);
    assert_eq!(names(&found.giving_up), ["王小明"]);
    assert_eq!(names(&found.without_contact), ["李丽"]);
    assert_eq!(found.without_contact[0].last_family_contact, Some(day("2026-02-10")));
    let no = Fields::default()
        .with(overrule::RULE, choice(&found.giving_up[0].flag.rule))
        .with(overrule::WHY, "医院已经减免");
    write(&desk, RecordKind::Overrule, ill, no);
    assert!(needs(&desk).giving_up.is_empty());
}

fn with_a_study(desk: &Desk) {
    for name in ["王小明", "李丽", "张军", "赵敏", "孙强"] {
        kid(desk, name, "石门镇柳树村", &["disability"]);
    }
    for name in ["何花", "吴刚", "周洋"] {
        kid(desk, name, "白鹤乡龙洞村", &["disability"]);
    }
    let school = Fields::default()
        .with(agency::NAME, "禾溪康复中心")
        .with(agency::KIND, choice("disabled"))
        .with(agency::SERVICE, "言语康复")
        .with(agency::PLACE, "石门镇东街");
    add(desk, RecordKind::Agency, school).unwrap();
}

#[test]
fn the_screen_shows_places_by_needs_the_children_behind_a_count_and_what_to_open() {
    let texts = [
        (Lang::Zh, "需求调查", "<康复>", "当地有禾溪康复中心", "别处有禾溪康复中心"),
        (Lang::En, "Needs study", "<special>", "here 禾溪康复中心", "elsewhere 禾溪康复中心"),
    ];
    for (lang, title, need, here, elsewhere) in texts {
        for size in [(80, 24), (120, 40)] {
            let house = House::new();
            let desk = house.station();
            with_a_study(&desk);
            let mut harness =
                Harness::sized(desk, lang, day("2026-03-02").and_hms_opt(9, 0, 0).unwrap(), size);
            harness.press("f2").type_text(title).press("enter").sees("石门镇柳树村").sees("白鹤乡龙洞村");
            // What most children lack is looked at first.
            harness.sees(need).press("right").sees_no(need).press("left").sees(need).sees("禾溪康复中心");
            harness.press("enter").sees("王小明").sees("孙强").sees_no("何花");
            harness.press("enter").sees("王小明").press("esc").press("esc").sees(need);
            harness.press("t").sees("石门镇").sees_no("柳树村");
            harness.press("tab").sees(elsewhere).sees(here);
            let screen = harness.screen();
            assert!(screen.find("白鹤乡") < screen.find("石门镇"), "what is missing comes first:\n{screen}");
            harness.press("enter").sees("何花").press("esc").press("tab").press("tab").press("esc");
        }
    }
}

#[test]
fn while_the_files_are_read_the_screen_says_so_and_what_is_saved_meanwhile_is_read_once_more() {
    let texts = [
        (Lang::Zh, "需求调查", "正在读档案", "成效", "正在读量表"),
        (Lang::En, "Needs study", "Reading the files", "Evaluation", "Reading the scores"),
    ];
    for (lang, title, reading, waits, scores) in texts {
        let house = House::new();
        let desk = house.station();
        with_a_study(&desk);
        let mut face = Harness::new(desk.clone(), lang, day("2026-03-02").and_hms_opt(9, 0, 0).unwrap());
        face.slow = true;
        face.press("f2").type_text(title).press("enter").sees(reading);
        // Twice something changed meanwhile: it is asked once more, and only when the first answer is there.
        face.send(AppEvent::Rested);
        face.send(AppEvent::Rested);
        face.go_on().sees("石门镇柳树村");
        kid(&desk, "郑玉", "红岩乡柿子寨村", &["disability"]);
        face.go_on().sees("红岩乡柿子寨村");
        kid(&desk, "唐玉", "青竹镇白岩沟村", &["disability"]);
        face.go_on().sees_no("青竹镇白岩沟村");
        face.press("f2").type_text(waits).press("enter").sees(scores).go_on().sees_no(scores);
    }
}

#[test]
fn in_discreet_mode_no_list_of_names_says_why_they_are_on_it() {
    let house = House::new();
    let desk = house.station();
    let ill = kid(&desk, "王小明", "石门镇柳树村", &["disability"]);
    let lives = Fields::default().with(situation::LIVES, choice("parents"));
    write(&desk, RecordKind::Situation, ill, lives.with(situation::ILLNESS, choice("grave")));
    let mut harness = Harness::new(desk, Lang::Zh, day("2026-03-02").and_hms_opt(9, 0, 0).unwrap());
    harness.press("ctrl-t").press("f2").type_text("需求调查").press("enter").press("enter");
    harness.sees("王小明").sees_no("康复").sees_no("医疗").press("esc");
    harness.press("tab tab").sees("王小明").sees_no("弃养").sees_no("重病");
}

#[test]
fn at_the_shell_small_counts_are_not_told_and_no_name_is() {
    let home = Home::with_station();
    let rows: Vec<String> = ["王小明", "李丽", "张军", "赵敏", "孙强"]
        .iter()
        .map(|name| format!("{name},石门镇柳树村,残疾"))
        .chain(["何花,白鹤乡龙洞村,残疾".to_owned()])
        .collect();
    home.write("roster.csv", format!("姓名,村,类别\n{}\n", rows.join("\n")));
    home.signed_in("import roster.csv --yes").done();
    let said = home.signed_in("report needs --json").done();
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    let of = |at: usize| {
        (json["places"][at]["place"].clone(), json["places"][at]["unmet"]["special-needs"].clone())
    };
    assert_eq!(of(0), ("石门镇柳树村".into(), 5.into()));
    assert_eq!(of(1), ("白鹤乡龙洞村".into(), "<5".into()));
    assert_eq!(json["at_least"]["special-needs"], 5, "six, but that would tell of the one");
    assert_eq!(json["open"][0]["offered"], "nowhere");
    assert!(!said.contains("小明") && !said.contains("何花"));
    let plain = home.signed_in("report needs --towns").done();
    assert!(plain.contains("白鹤乡") && plain.contains("<5") && !plain.contains("何花"), "{plain}");
}

#[test]
fn today_says_how_many_are_without_contact_this_week_and_opens_their_list() {
    for (lang, said, giving_up) in [
        (Lang::Zh, "本周没有与父母联系的孩子：", "可能放弃孩子的困难家庭："),
        (Lang::En, "No contact with their parents this week: ", "In a family that may give them up: "),
    ] {
        let house = House::new();
        let desk = house.station();
        let lives = |lives: &str| Fields::default().with(situation::LIVES, choice(lives));
        for name in ["李丽", "张军"] {
            let away = kid(&desk, name, "石门镇柳树村", &["left-behind"]);
            write(&desk, RecordKind::Situation, away, lives("kin"));
            parent(&desk, away, "father", "working-away");
        }
        let ill = kid(&desk, "王小明", "石门镇柳树村", &[]);
        write(&desk, RecordKind::Situation, ill, lives("parents").with(situation::ILLNESS, choice("grave")));
        let found = needs(&desk);
        assert_eq!((found.without_contact.len(), found.giving_up.len()), (2, 1));
        let phoned = found.without_contact[0].row.child.0;
        drop(desk);
        // Counted by itself, without anybody opening the list.
        let desk = house.reopen();
        let mut harness = Harness::new(desk.clone(), lang, day("2026-03-02").and_hms_opt(9, 0, 0).unwrap());
        harness.sees(&format!("{said}2")).sees(&format!("{giving_up}1"));
        let call = Fields::default()
            .with(family_contact::ON, day("2026-03-01"))
            .with(family_contact::WAY, choice("call"))
            .with(family_contact::WITH, choice("father"));
        write(&desk, RecordKind::FamilyContact, phoned, call);
        harness.press("tab").sees_no(said).press("tab").sees(&format!("{said}1"));
        harness.press("home");
        let at_line = harness.screen().lines().any(|line| line.starts_with('>') && line.contains(said));
        assert!(at_line, "{}", harness.screen());
        harness.press("enter");
        let Answer::File(file) = desk.ask(Request::File(ChildId(phoned))).unwrap() else { panic!() };
        let other = if file.row.name == "李丽" { "张军" } else { "李丽" };
        harness.sees(other).sees_no(&file.row.name).press("esc").sees(said);
        // A week later he was not phoned again; the day alone does it.
        house.wait_days(8);
        let mut harness = Harness::new(desk.clone(), lang, day("2026-03-10").and_hms_opt(9, 0, 0).unwrap());
        harness.sees(&format!("{said}2"));
        assert_eq!(needs(&desk).without_contact.len(), 2, "the count is that of the list");
    }
}

#[test]
fn a_station_without_such_children_has_no_line_for_them() {
    let house = House::new();
    let desk = house.station();
    kid(&desk, "王小明", "石门镇柳树村", &[]);
    let mut harness = Harness::new(desk, Lang::Zh, day("2026-03-02").and_hms_opt(9, 0, 0).unwrap());
    harness.sees_no("本周没有与父母联系").sees_no("可能放弃孩子");
}
