//! The general search finds what is no child as well: people and houses of the registers, pages of the manual.

use crate::fake::{day, now};
use crate::registers::{House, add, choice, save};
use std::sync::Arc;
use tonghu::domain::forms::{activity, agency, base, child, donor, foster_family, volunteer};
use tonghu::domain::{Fields, RecordKind, RecordRef};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use uuid::Uuid;

fn town(house: &House) -> Arc<Desk> {
    let desk = house.station();
    let named = |name: &str| Fields::default().with(volunteer::NAME, name);
    let child = |name: &str, guardian: &str| {
        let fields = Fields::default().with(child::NAME, name).with(child::SEX, choice("f"));
        fields.with(child::GUARDIAN, guardian)
    };
    add(&desk, RecordKind::Child, child("何小兰", "何国强")).unwrap();
    add(&desk, RecordKind::Child, child("贺秀岚", "贺平")).unwrap();
    add(&desk, RecordKind::Volunteer, named("何秀兰").with(volunteer::PHONE, "10012345678")).unwrap();
    let over = named("杜平").with(volunteer::ENDED, day("2025-01-01"));
    add(&desk, RecordKind::Volunteer, over).unwrap();
    add(&desk, RecordKind::FosterFamily, Fields::default().with(foster_family::NAME, "罗家")).unwrap();
    let agency = Fields::default().with(agency::NAME, "启程县社会工作服务中心");
    let agency = agency.with(agency::KIND, choice("social-organisation")).with(agency::PERSON, "沈若水");
    add(&desk, RecordKind::Agency, agency).unwrap();
    let base = Fields::default().with(base::NAME, "河湾之家").with(base::KIND, choice("home"));
    add(&desk, RecordKind::Base, base).unwrap();
    let donor = Fields::default().with(donor::NAME, "晨光文具厂").with(donor::KIND, choice("company"));
    add(&desk, RecordKind::Donor, donor).unwrap();
    let lecture =
        Fields::default().with(activity::KIND, choice("lecture")).with(activity::ON, day("2026-02-20"));
    add(&desk, RecordKind::Activity, lecture.with(activity::TOPIC, "暑期防溺水")).unwrap();
    desk
}

fn find(desk: &Desk, text: &str) -> Found {
    match desk.ask(Request::Find { text: Query(text.into()), limit: 60 }).unwrap() {
        Answer::Found(found) => found,
        other => panic!("{other:?}"),
    }
}

fn others(desk: &Desk, text: &str) -> Vec<String> {
    let name = |line: &OtherLine| match &line.other {
        Other::Entry(entry) => format!("{} {}", entry.at.kind.form().unwrap(), entry.name),
        Other::Page { id, .. } => format!("page {id}"),
    };
    find(desk, text).others.iter().map(name).collect()
}

#[test]
fn who_and_what_is_in_a_register_is_found_by_its_name_initials_and_pinyin() {
    let house = House::new();
    let desk = town(&house);
    for (typed, wanted) in [
        ("何秀兰", "volunteer 何秀兰"),
        ("hxl", "volunteer 何秀兰"),
        ("hexiulan", "volunteer 何秀兰"),
        ("何绣兰", "volunteer 何秀兰"),
        ("5678", "volunteer 何秀兰"),
        ("duping", "volunteer 杜平"),
        ("罗家", "foster-family 罗家"),
        ("社会工作", "agency 启程县社会工作服务中心"),
        ("shgz", "agency 启程县社会工作服务中心"),
        ("沈若水", "agency 启程县社会工作服务中心"),
        ("hewan", "base 河湾之家"),
        ("cgwj", "donor 晨光文具厂"),
        ("fangnishui", "activity 暑期防溺水"),
        ("强制报告", "page mandatory-report"),
        ("qzbg", "page mandatory-report"),
        ("qiangzhi", "page mandatory-report"),
        ("mandatory", "page mandatory-report"),
    ] {
        let found = others(&desk, typed);
        assert!(found.iter().any(|one| one == wanted), "{typed}: {found:?}");
    }
    assert_eq!(others(&desk, "查无此人"), Vec::<String>::new());
}

#[test]
fn a_search_knows_an_entry_that_was_just_made_renamed_or_taken_back() {
    let house = House::new();
    let desk = town(&house);
    assert_eq!(others(&desk, "wangcuihua"), Vec::<String>::new());
    let fields = Fields::default().with(volunteer::NAME, "王翠花");
    let at = RecordRef::of(RecordKind::Volunteer, Uuid::from_u128(7), Uuid::from_u128(7));
    save(&desk, at, None, fields.clone()).unwrap();
    assert_eq!(others(&desk, "wangcuihua"), ["volunteer 王翠花"]);
    save(&desk, at, Some(fields.clone()), fields.with(volunteer::NAME, "王玉莲")).unwrap();
    assert_eq!(others(&desk, "wangcuihua"), Vec::<String>::new());
    assert_eq!(others(&desk, "wangyulian"), ["volunteer 王玉莲"]);
    drop(desk);
    assert_eq!(others(&house.reopen(), "wangyulian"), ["volunteer 王玉莲"]);
}

#[test]
fn children_stand_above_them_but_for_those_who_only_sound_alike() {
    let house = House::new();
    let desk = town(&house);
    let found = find(&desk, "何秀兰");
    let shown: Vec<String> = (0..found.len())
        .filter_map(|at| {
            Some(match found.at(at)? {
                FoundAt::Child(at) => found.lines[at].row.name.clone(),
                FoundAt::Other(at) => match &found.others[at].other {
                    Other::Entry(entry) => format!("* {}", entry.name),
                    Other::Page { id, .. } => format!("* {id}"),
                },
            })
        })
        .collect();
    assert_eq!(shown.first().map(String::as_str), Some("* 何秀兰"), "{shown:?}");
    assert!(shown.iter().any(|name| name == "贺秀岚"), "{shown:?}");
    let found = find(&desk, "hxl");
    assert_eq!(found.at(0), Some(FoundAt::Child(0)), "as typed, a child comes first");
    assert_eq!(found.at(found.len()), None);
    // Each line stands in one place.
    let places: Vec<FoundAt> = (0..found.len()).filter_map(|at| found.at(at)).collect();
    assert_eq!(places.len(), found.len());
    assert!((0..found.lines.len()).all(|at| places.contains(&FoundAt::Child(at))));
    assert!((0..found.others.len()).all(|at| places.contains(&FoundAt::Other(at))));
}

#[test]
fn enter_opens_the_register_on_the_entry_and_the_manual_on_the_page() {
    for (lang, kind, page, title) in
        [(Lang::Zh, "志愿者", "手册", "强制报告"), (Lang::En, "Volunteer", "Manual", "The mandatory report")]
    {
        let house = House::new();
        let mut screen = Harness::new(town(&house), lang, now());
        screen.press("f3").type_text("duping").sees("杜平").sees(kind);
        screen.press("enter").sees("杜平").sees("何秀兰");
        let screen_now = screen.screen();
        assert!(
            screen_now.lines().any(|line| line.starts_with('>') && line.contains("杜平")),
            "{screen_now}"
        );
        screen.press("esc").press("f3").type_text("qzbg").sees(page).sees(title);
        screen.press("enter").sees(title).sees_no("qzbg");
    }
}

#[test]
fn where_a_child_is_asked_for_only_children_are_found() {
    let house = House::new();
    let mut screen = Harness::new(town(&house), Lang::Zh, now());
    screen.press("f6").type_text("duping").sees_no("杜平");
}
