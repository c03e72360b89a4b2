//! The organisation: the tree of centres and stations, who is short of staff, the supervision log.

use crate::fake::{FakeOffice, now};
use crate::registers::{House, add, choice, line, register, save};
use std::sync::Arc;
use tonghu::domain::forms::{supervision, unit};
use tonghu::domain::{Fields, RecordKind, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use uuid::Uuid;

fn place(name: &str, level: &str, above: Option<Uuid>) -> Fields {
    let mut fields = Fields::default().with(unit::NAME, name).with(unit::LEVEL, choice(level));
    fields.set(unit::ABOVE, above.map(|id| Value::Choice(id.to_string())));
    fields
}

fn staffed(name: &str, above: Uuid, workers: i64, supervisors: i64) -> Fields {
    place(name, "town", Some(above))
        .with(unit::WORKERS, Value::Number(workers))
        .with(unit::FULL_TIME, Value::Number(0))
        .with(unit::PART_TIME, Value::Number(supervisors))
}

fn tree(desk: &Desk) -> Vec<UnitLine> {
    match desk.ask(Request::Organisation).unwrap() {
        Answer::Organisation(lines) => lines,
        other => panic!("{other:?}"),
    }
}

fn id_of(desk: &Desk, name: &str) -> Uuid {
    tree(desk).iter().find(|line| line.record.fields.text(&unit::NAME) == name).unwrap().record.at.id
}

/// A city, a county, and stations of which two are short, one has no numbers and one has closed.
fn county(desk: &Desk) -> Uuid {
    add(desk, RecordKind::Unit, place("越州市中心", "city", None)).unwrap();
    let city = id_of(desk, "越州市中心");
    add(desk, RecordKind::Unit, place("石门县中心", "county", Some(city))).unwrap();
    let county = id_of(desk, "石门县中心");
    let closed =
        staffed("丙站", county, 0, 0).with(unit::ENDED, "2026-01-01".parse::<chrono::NaiveDate>().unwrap());
    for fields in [
        staffed("甲站", county, 2, 1),
        staffed("乙站", county, 0, 1),
        staffed("丁站", county, 1, 0),
        place("戊站", "town", Some(county)),
        closed,
    ] {
        add(desk, RecordKind::Unit, fields).unwrap();
    }
    county
}

#[test]
fn each_station_says_whether_it_is_short_by_which_rule_and_its_county_how_many_are() {
    let house = House::new();
    let desk = house.station();
    county(&desk);
    let said: Vec<_> = tree(&desk)
        .iter()
        .map(|line| {
            let rules: Vec<&str> = line.flags.iter().map(|flag| flag.rule.as_str()).collect();
            let name = line.record.fields.text(&unit::NAME).to_owned();
            (name, line.depth, line.staffing, rules.join(" "), line.below)
        })
        .collect();
    let none = Below::default();
    let below = Below { stations: 4, short: 2, unknown: 1 };
    let expected = [
        ("越州市中心", 0, Staffing::Enough, "", below),
        ("石门县中心", 1, Staffing::Enough, "", below),
        ("丁站", 2, Staffing::Short, "station-no-supervisor", none),
        ("丙站", 2, Staffing::Ended, "", none),
        ("乙站", 2, Staffing::Short, "station-no-worker", none),
        ("戊站", 2, Staffing::Unknown, "", none),
        ("甲站", 2, Staffing::Enough, "", none),
    ];
    let expected = expected.map(|(name, depth, staffing, rules, below)| {
        (name.to_owned(), depth, staffing, rules.to_owned(), below)
    });
    assert_eq!(said, expected);
}

#[test]
fn a_supervisor_of_more_than_six_workers_is_too_few_and_whoever_nobody_supervises_counts_further_up() {
    let house = House::new();
    let desk = house.station();
    let centre = place("石门县中心", "county", None).with(unit::FULL_TIME, Value::Number(1));
    add(&desk, RecordKind::Unit, centre.with(unit::PART_TIME, Value::Number(0))).unwrap();
    let county = id_of(&desk, "石门县中心");
    add(&desk, RecordKind::Unit, staffed("甲镇", county, 2, 1)).unwrap();
    let town = id_of(&desk, "甲镇");
    let community = |name: &str, above: Uuid, workers: i64| {
        let level = choice("community");
        add(&desk, RecordKind::Unit, staffed(name, above, workers, 0).with(unit::LEVEL, level)).unwrap();
    };
    community("甲一村", town, 2);
    community("甲二村", town, 2);
    add(&desk, RecordKind::Unit, staffed("乙镇", county, 6, 0)).unwrap();
    let said = || {
        let is = |line: &UnitLine| line.flags.iter().any(|flag| flag.rule == "supervisor-span");
        let all = tree(&desk).into_iter().filter(is);
        all.map(|line| line.record.fields.text(&unit::NAME).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(said(), Vec::<String>::new(), "six each, and the county's do not count the town's");
    community("甲三村", town, 1);
    assert_eq!(said(), ["甲镇"]);
    community("乙一村", id_of(&desk, "乙镇"), 1);
    assert_eq!(said(), ["石门县中心", "甲镇"]);

    // A second supervisor halves it; a village that is closed is led by nobody.
    let record = tree(&desk).into_iter().find(|line| line.record.at.id == town).unwrap().record;
    let two = record.fields.clone().with(unit::FULL_TIME, Value::Number(1));
    save(&desk, record.at, Some(record.fields), two).unwrap();
    let village = id_of(&desk, "乙一村");
    let record = tree(&desk).into_iter().find(|line| line.record.at.id == village).unwrap().record;
    let closed = record.fields.clone().with(unit::ENDED, "2026-01-01".parse::<chrono::NaiveDate>().unwrap());
    save(&desk, record.at, Some(record.fields), closed).unwrap();
    assert_eq!(said(), Vec::<String>::new());
}

#[test]
fn the_organisation_of_the_invented_station_stands_and_some_of_its_stations_are_short() {
    let house = House::new();
    let desk = house.station();
    let records = tonghu::exchange::demo::organisation("2026-03-02".parse().unwrap());
    desk.ask(Request::Save(Save { records, draft: None })).unwrap();
    let lines = tree(&desk);
    assert_eq!(lines.iter().map(|line| line.depth).max(), Some(2));
    let Below { stations, short, unknown } = lines[0].below;
    assert_eq!((stations, short, unknown), (12, 4, 0));
    assert_eq!(register(&desk, RecordKind::Supervision).len(), 4);
}

#[test]
fn a_unit_that_would_stand_under_itself_or_upside_down_is_refused_at_its_field_and_nothing_is_kept() {
    let house = House::new();
    let desk = house.station();
    let county = county(&desk);
    let station = id_of(&desk, "甲站");
    let at_field = |refusal: Refusal| match refusal {
        Refusal::Invalid(faults) => {
            faults.iter().map(|fault| (fault.field.to_string(), fault.fault.code())).collect()
        }
        other => vec![(format!("{other:?}"), "")],
    };
    let of = |id: Uuid| tree(&desk).into_iter().find(|line| line.record.at.id == id).unwrap().record;
    let moved = |id: Uuid, above: Uuid| {
        let record = of(id);
        let to = record.fields.clone().with(unit::ABOVE, Value::Choice(above.to_string()));
        at_field(save(&desk, record.at, Some(record.fields), to).unwrap_err())
    };
    assert_eq!(moved(county, station), [("above".to_owned(), "circular")]);
    assert_eq!(moved(county, county), [("above".to_owned(), "circular")]);
    assert_eq!(moved(station, id_of(&desk, "乙站")), [("above".to_owned(), "wrong-way")]);
    let record = of(county);
    let lower = record.fields.clone().with(unit::LEVEL, choice("community"));
    let refused = save(&desk, record.at, Some(record.fields), lower).unwrap_err();
    assert_eq!(at_field(refused), [("level".to_owned(), "holds-higher")]);
    assert_eq!(tree(&desk).len(), 7);
}

fn harness(desk: &Arc<Desk>, lang: Lang, size: (u16, u16)) -> Harness {
    let morning = "2026-03-02T08:30:00".parse().unwrap();
    Harness::sized(desk.clone(), lang, morning, size)
}

#[test]
fn the_tree_shows_who_is_short_and_why_and_a_station_is_added_below_the_selected_one_by_name() {
    for (lang, title, short, county_line, why, added) in [
        (Lang::Zh, "机构设置", "缺人", "4站中2站缺人，1站没填", "绍兴", "登记中心或站点"),
        (
            Lang::En,
            "Organisation",
            "short of staff",
            "2 of 4 short, 1 unknown",
            "Shaoxing",
            "New centre or station",
        ),
    ] {
        let house = House::new();
        let desk = house.station();
        county(&desk);
        for size in [(80, 24), (60, 18), (120, 40)] {
            let mut face = harness(&desk, lang, size);
            face.press("f2")
                .type_text(if lang == Lang::Zh { "机构设置" } else { "organisation" })
                .press("enter");
            face.sees(title).sees("    乙站").sees(short).sees(county_line);
            face.press("down down w").sees(why).press("esc");
        }
        let mut face = harness(&desk, lang, (80, 24));
        face.press("f2")
            .type_text(if lang == Lang::Zh { "机构设置" } else { "organisation" })
            .press("enter down n");
        face.sees(added).sees("石门县中心").type_text("己站").press("ctrl-s");
        face.sees("    己站");
        // The new unit is a choice by its name in the next form.
        face.press("n").type_text("社区一站").press("enter enter").sees("己站").press("esc");
    }
}

#[test]
fn a_form_chooses_the_unit_above_by_what_is_typed_of_its_name() {
    let house = House::new();
    let desk = house.station();
    county(&desk);
    let mut face = harness(&desk, Lang::Zh, (80, 24));
    face.press("f2").type_text("机构设置").press("enter end e").sees("修改中心或站点");
    crate::fake::go_to(&mut face, "上级");
    face.press("ctrl-u").type_text("甲站").press("ctrl-s").sees("级别要比本级高");
    face.press("ctrl-u").type_text("越州").press("ctrl-s");
    let moved = tree(&desk).into_iter().find(|line| line.record.fields.text(&unit::NAME) == "甲站").unwrap();
    assert_eq!(moved.depth, 1);
}

#[test]
fn the_supervision_log_counts_each_year_by_kind() {
    let held = |id: u128, kind: &str, on: &str, topic: &str| {
        let on: chrono::NaiveDate = on.parse().unwrap();
        let fields = Fields::default().with(supervision::KIND, choice(kind)).with(supervision::ON, on);
        line(RecordKind::Supervision, id, fields.with(supervision::TOPIC, topic))
    };
    for (lang, title, this, before) in [
        (Lang::Zh, "督导记录", "2026年：督导 2、培训 1", "2025年：检查 1"),
        (Lang::En, "supervision", "2026: supervision 2, training 1", "2025: inspection 1"),
    ] {
        let office = FakeOffice::with(|inside| {
            inside.registers = vec![
                held(1, "supervision", "2026-02-01", "高风险个案"),
                held(2, "inspection", "2025-12-31", "年终检查"),
                held(3, "training", "2026-03-01", "强制报告"),
                held(4, "supervision", "2026-03-02", "走访怎么记"),
            ];
        });
        let mut face = Harness::new(office, lang, now());
        face.press("f2").type_text(title).press("enter").sees("高风险个案").sees(this).sees(before);
    }
}

#[test]
fn a_caseworker_sees_the_tree_and_is_told_who_changes_it() {
    let house = House::new();
    let desk = house.station();
    county(&desk);
    let passphrase = tonghu::vault::Passphrase::typed("a key under the mat");
    let admission = Admission {
        login: "chen".into(),
        name: "陈静".into(),
        role: Role::Caseworker,
        passphrase: passphrase.clone(),
    };
    desk.ask(Request::Admit(admission)).unwrap();
    drop(desk);
    let desk = house.door().unlock("chen", &passphrase).unwrap();
    let mut face = harness(&desk, Lang::Zh, (80, 24));
    face.press("f2").type_text("机构设置").press("enter").sees("甲站");
    face.press("n").sees("由督导员或站长登记").press("e").sees("由督导员或站长登记");
    face.press("esc g right right right right").sees("[站点]").press("n").sees("由督导员或站长登记");
    let lines = tree(&desk);
    let record = lines[0].record.clone();
    let renamed = record.fields.clone().with(unit::NAME, "别名");
    assert_eq!(save(&desk, record.at, Some(record.fields), renamed), Err(Refusal::NotAllowed));
}

#[test]
fn an_entry_of_the_log_says_who_does_what_by_when() {
    let house = House::new();
    let desk = house.station();
    let fields = Fields::default()
        .with(supervision::KIND, choice("inspection"))
        .with(supervision::ON, "2026-03-01".parse::<chrono::NaiveDate>().unwrap())
        .with(supervision::AGREED, "补齐走访记录")
        .with(supervision::WHO, "陈静")
        .with(supervision::DUE, "2026-03-01".parse::<chrono::NaiveDate>().unwrap());
    add(&desk, RecordKind::Supervision, fields).unwrap();
    let lines = register(&desk, RecordKind::Supervision);
    assert_eq!(lines[0].record.fields.text(&supervision::AGREED), "补齐走访记录");
    assert_eq!(lines[0].overdue, [supervision::DUE], "it stays late until it is done");
    let (at, late) = (lines[0].record.at, lines[0].record.fields.clone());
    let done = late.clone().with(supervision::DONE, "2026-03-02".parse::<chrono::NaiveDate>().unwrap());
    save(&desk, at, Some(late), done).unwrap();
    assert!(register(&desk, RecordKind::Supervision)[0].overdue.is_empty());
    assert_eq!(lines[0].record.fields.text(&supervision::WHO), "陈静");
    let later = Fields::default()
        .with(supervision::KIND, choice("training"))
        .with(supervision::ON, "2026-03-09".parse::<chrono::NaiveDate>().unwrap());
    assert!(
        matches!(add(&desk, RecordKind::Supervision, later), Err(Refusal::Invalid(_))),
        "what is to come is no log"
    );
}
