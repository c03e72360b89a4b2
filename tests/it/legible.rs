//! What is on file can be read where one looks: no result is cut, no id stands for a name, no long text ends at a window.

use crate::fake::{FakeOffice, case_file, choice, day, go_to, now, open_file_sized, record};
use crate::registers::{House, add, line, register, save};
use std::sync::Arc;
use tonghu::domain::forms::{
    agency, aid_entry, consent, donor, foster_family, goal, placement, referral, unit,
};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use uuid::Uuid;

/// A file with what was agreed to and what was sent.
fn with_services(services: Vec<(RecordKind, Fields)>) -> Arc<FakeOffice> {
    let mut file = case_file();
    let child = file.row.child.0.as_u128();
    let numbered = (1_u128..).zip(services);
    file.services = numbered.map(|(id, (kind, fields))| record(kind, child, id, fields)).collect();
    FakeOffice::with(|inside| inside.file = Some(file))
}

fn sent(to: &str) -> Fields {
    Fields::default()
        .with(referral::TO, choice(to))
        .with(referral::OFFICE, "柳树镇卫生院")
        .with(referral::WHAT, "体检")
        .with(referral::SENT, day("2026-10-01"))
}

fn agreed(to: &str) -> Fields {
    Fields::default()
        .with(consent::FOR, "体检")
        .with(consent::RECIPIENT, choice(to))
        .with(consent::ON, day("2026-09-01"))
}

#[test]
fn the_line_of_a_referral_says_that_its_consent_was_withdrawn_and_how_it_stands() {
    let withdrawn = agreed("health").with(consent::WITHDRAWN, day("2026-10-09"));
    let late = sent("health").with(referral::CHASE, day("2026-11-10"));
    let helped =
        sent("health").with(referral::ENDED, day("2026-10-08")).with(referral::OUTCOME, choice("helped"));
    for (lang, said, head, ended) in [
        (
            Lang::Zh,
            "! 同意已于 2026-10-09 撤回：今天就告知对方停用并删除",
            "2026-10-01  卫健  柳树镇卫生院  追问 逾期",
            "柳树镇卫生院  得到帮助",
        ),
        (
            Lang::En,
            "! Consent withdrawn 2026-10-09: tell them today to stop and delete",
            "2026-10-01  health  柳树镇卫生院  chase overdue",
            "柳树镇卫生院  helped",
        ),
    ] {
        let office = with_services(vec![
            (RecordKind::Consent, withdrawn.clone()),
            (RecordKind::Referral, late.clone()),
        ]);
        let mut harness = open_file_sized(&office, lang, (80, 24));
        harness.press("tab tab tab tab").sees(said).sees(head);
        // It is over, or nothing was withdrawn: nothing is left to be told.
        let office = with_services(vec![
            (RecordKind::Consent, withdrawn.clone()),
            (RecordKind::Referral, helped.clone()),
        ]);
        let mut harness = open_file_sized(&office, lang, (80, 24));
        harness.press("tab tab tab tab").sees(ended).sees_no(said);
        let office = with_services(vec![
            (RecordKind::Consent, agreed("health")),
            (RecordKind::Referral, late.clone()),
        ]);
        open_file_sized(&office, lang, (80, 24)).press("tab tab tab tab").sees(head).sees_no(said);
    }
}

#[test]
fn a_referral_that_is_not_sent_is_not_to_be_sent_once_consent_is_withdrawn_but_where_safety_is_at_stake() {
    let withdrawn = agreed("police").with(consent::WITHDRAWN, day("2026-10-09"));
    let mut unsent = sent("police");
    unsent.set(referral::SENT, None);
    let shown = |referral: Fields| {
        let services = vec![(RecordKind::Consent, withdrawn.clone()), (RecordKind::Referral, referral)];
        open_file_sized(&with_services(services), Lang::En, (80, 24)).press("tab tab tab tab").screen()
    };
    let screen = shown(unsent.clone());
    assert!(screen.contains("not sent yet") && screen.contains("do not send this"), "{screen}");
    let screen = shown(unsent.with(referral::EMERGENCY, Value::Yes(true)));
    assert!(!screen.contains("do not send this"), "{screen}");
}

#[test]
fn a_goal_says_in_its_head_whether_it_was_reached_or_its_day_is_past() {
    let goal = |what: &str, due: &str| {
        Fields::default().with(goal::GOAL, what).with(goal::DUE, day(due)).with(goal::SERVICE, "陪读")
    };
    let services = vec![
        (RecordKind::Goal, goal("按时上学", "2026-06-01").with(goal::REACHED, day("2026-05-20"))),
        (RecordKind::Goal, goal("每周通话", "2026-06-01")),
        (RecordKind::Goal, goal("学会做饭", "2030-06-01")),
    ];
    let mut harness = open_file_sized(&with_services(services), Lang::En, (80, 24));
    harness.press("tab tab tab tab").sees("按时上学  reached 2026-05-20").sees("每周通话  overdue");
    let screen = harness.screen();
    let ahead = screen.lines().find(|line| line.contains("学会做饭")).unwrap();
    assert!(ahead.trim_end().ends_with("学会做饭"), "{screen}");
}

#[test]
fn what_a_column_of_a_register_cuts_stands_whole_beneath_it() {
    let service = "康复训练、特殊教育、家庭支持、喘息照料、三岁以下照护";
    for lang in [Lang::Zh, Lang::En] {
        let office = FakeOffice::with(|inside| {
            let fields = Fields::default()
                .with(agency::NAME, "柳树镇资源中心")
                .with(agency::KIND, choice("social"))
                .with(agency::SERVICE, service)
                .with(agency::ELIGIBILITY, "六岁以下")
                .with(agency::PHONE, "10012345678");
            inside.registers = vec![line(RecordKind::Agency, 1, fields)];
        });
        let mut harness = Harness::sized(office, lang, now(), (80, 24));
        harness.press("g right right").sees("柳树镇资源中心").sees(service).sees("六岁以下");
        // What its column shows whole is not said twice.
        assert_eq!(harness.screen().matches("10012345678").count(), 1, "{}", harness.screen());
    }
}

#[test]
fn a_statement_longer_than_the_screen_scrolls_to_its_last_line() {
    let office = FakeOffice::with(|inside| {
        let named = Fields::default().with(donor::NAME, "启明厂").with(donor::KIND, choice("company"));
        inside.registers = vec![line(RecordKind::Donor, 900, named)];
        for at in 1..=30_u8 {
            use aid_entry::*;
            let fields = Fields::default()
                .with(NUMBER, Value::Number(at.into()))
                .with(KIND, choice("receive"))
                .with(ON, day("2026-01-05"))
                .with(DONOR, "启明厂")
                .with(PURPOSE, choice("living"))
                .with(ITEM, choice("food"))
                .with(GOODS, format!("物品{at:02}").as_str())
                .with(aid_entry::COUNT, Value::Number(1))
                .with(UNIT, "袋");
            inside.registers.push(line(RecordKind::AidEntry, at.into(), fields));
        }
    });
    let mut harness = Harness::sized(office, Lang::En, now(), (80, 24));
    harness.press("g left left s").sees("物品01").sees_no("物品30").press("end").sees("物品30");
    harness.press("home").sees("物品01").press("esc").sees("[Donors]");
}

#[test]
fn a_unit_that_was_being_entered_names_the_one_above_it_after_the_program_was_closed() {
    let house = House::new();
    let desk = house.station();
    let fields = Fields::default().with(unit::NAME, "越州市中心").with(unit::LEVEL, choice("city"));
    add(&desk, RecordKind::Unit, fields).unwrap();
    let city = register(&desk, RecordKind::Unit)[0].record.at.id;
    let begin = |desk: &Arc<Desk>| {
        Harness::sized(desk.clone(), Lang::Zh, "2026-03-02T08:30:00".parse().unwrap(), (80, 24))
    };
    let mut face = begin(&desk);
    face.press("f2").type_text("机构设置").press("enter n").type_text("石门县中心").wait(2000);
    face.sees("越州市中心");
    drop(face);
    drop(desk);
    let desk = house.reopen();
    let mut face = begin(&desk);
    face.press("ctrl-r enter").sees("石门县中心");
    go_to(&mut face, "上级");
    face.sees("越州市中心").sees_no(&city.to_string());
}

#[test]
fn a_family_in_which_the_child_lives_already_is_said_to_be_its_own_and_not_free() {
    let house = House::new();
    let desk = house.station();
    let child = ChildId(Uuid::from_u128(70));
    let fields = Fields::default().with(tonghu::domain::forms::child::NAME, "王小明");
    save(&desk, RecordRef::child(child), None, fields).unwrap();
    let family = Fields::default()
        .with(foster_family::NAME, "何家")
        .with(foster_family::CAPACITY, Value::Number(1))
        .with(foster_family::CARER_BIRTH, day("1980-01-01"))
        .with(foster_family::APPROVED, day("2025-06-01"))
        .with(foster_family::CHECKED, day("2025-12-01"));
    add(&desk, RecordKind::FosterFamily, family).unwrap();
    let good = || match desk.ask(Request::Match(child)).unwrap() {
        Answer::Match(found) => found[0].fit.good.clone(),
        other => panic!("{other:?}"),
    };
    assert!(good().contains(&FitReason::Places(1)), "{:?}", good());
    let lives = Fields::default()
        .with(placement::KIND, choice("foster"))
        .with(placement::FAMILY, "何家")
        .with(placement::BEGUN, day("2026-02-01"));
    save(&desk, RecordRef::of(RecordKind::Placement, child.0, Uuid::nil()), None, lives).unwrap();
    assert_eq!(good()[0], FitReason::Here);
    assert!(!good().iter().any(|reason| matches!(reason, FitReason::Places(_))), "{:?}", good());
}
