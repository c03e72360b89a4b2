//! A case file on screen.

use crate::fake::{FakeOffice, case_file, day, now, open_file, open_file_sized, worker};
use std::sync::Arc;
use tonghu::domain::follow_up::Act;
use tonghu::domain::forms::{child, note};
use tonghu::domain::{Change, ChangeId, Edit, Fields, Part, RecordKind, RecordRef, Stamp, Value};
use tonghu::i18n::Lang;
use tonghu::office::{HistoryLine, Request};
use uuid::Uuid;

fn with_file() -> Arc<FakeOffice> {
    FakeOffice::with(|inside| {
        inside.file = Some(case_file());
        inside.history = vec![history_line()];
    })
}

fn history_line() -> HistoryLine {
    let at = RecordRef::of(RecordKind::Child, Uuid::from_u128(100), Uuid::from_u128(100));
    let edit = Edit {
        field: child::RISK,
        old: Some(Value::Choice("medium".into())),
        new: Some(Value::Choice("high".into())),
    };
    let change = Change {
        id: ChangeId(Uuid::from_u128(77)),
        at: Stamp::default(),
        by: worker(1),
        reverts: None,
        parts: vec![Part { at, made: false, dropped: false, edits: vec![edit] }],
    };
    HistoryLine { change, by: "刘敏".into(), when: now(), reverted: false }
}

#[test]
fn a_file_says_who_what_is_due_and_what_is_missing_at_every_size() {
    for lang in Lang::ALL {
        for size in [(80, 24), (60, 18), (132, 43)] {
            let mut harness = open_file_sized(&with_file(), lang, size);
            harness.sees("王小明").sees("柳树村").sees("刘敏");
            let (risk, late, missing) = match lang {
                Lang::Zh => ("高风险", "走访 逾期3天", "还缺2项"),
                Lang::En => ("high risk", "visit overdue 3 days", "Still missing: 2"),
            };
            harness.sees(risk).sees(late).sees(missing);
        }
    }
}

#[test]
fn what_is_missing_is_one_key_away() {
    let office = with_file();
    let mut harness = open_file(&office);
    harness.press("enter").sees("修改儿童资料");
    harness.type_text("990101201603050018").press("ctrl-s");
    assert_eq!(office.saved(RecordKind::Child).text(&child::ID_NUMBER), "990101201603050018");
    harness.sees("[概况]");
}

#[test]
fn the_family_tab_shows_who_cares_and_who_cannot() {
    let mut harness = open_file(&with_file());
    harness
        .press("right")
        .sees("[家庭与监护]")
        .sees("父亲  王强  服刑在押  自2025-01-01")
        .sees("期满日期：2029-01-01");
    harness.sees("孩子是否知情：否").sees("王小红").sees("12000");
    harness.press("e").sees("修改家庭成员").sees("[王强");
    harness.press("esc p").sees("添加家庭成员");
}

#[test]
fn a_long_note_is_short_until_it_is_opened_and_then_scrolls_to_its_end() {
    let office = FakeOffice::with(|inside| {
        let mut file = case_file();
        let text = format!("{}最后一句。", "这是很长的记录。".repeat(3_000));
        file.notes[0].fields =
            Fields::default().with(note::ON, day("2026-11-20")).with(note::TEXT, text.as_str());
        inside.file = Some(file);
    });
    let mut harness = open_file(&office);
    harness.press("tab tab").sees("共24005字").sees_no("最后一句");
    harness.press("enter").sees_no("共24005字");
    for _ in 0..60 {
        harness.press("page-down");
        if harness.screen().contains("最后一句") {
            break;
        }
    }
    harness.sees("最后一句").press("down").sees("儿童本人、照料人");
    harness.press("home enter").sees("共24005字");
}

#[test]
fn happenings_stand_newest_first_with_the_steps_of_the_case() {
    let mut harness = open_file(&with_file());
    harness.press("tab tab").sees("[工作记录]");
    let screen = harness.screen();
    let places: Vec<usize> = ["学校来电", "有担忧", "无人在家", "评估", "村里摸底"]
        .iter()
        .map(|text| screen.rfind(text).unwrap())
        .collect();
    assert!(places.is_sorted(), "{screen}");
    harness.press("down e").sees("修改联系记录").sees("孩子在家写作业");
}

#[test]
fn a_follow_up_is_moved_from_the_file() {
    let office = with_file();
    let mut harness = open_file(&office);
    harness.press("tab tab tab").sees("[回访]").sees("逾期3天").press("m");
    harness.type_text("明天").press("tab").type_text("家里办事").press("ctrl-s");
    let inside = office.inside.lock().unwrap();
    let acts: Vec<&Act> = inside
        .asked
        .iter()
        .filter_map(|asked| match asked {
            Request::Act { act, follow_up, .. } if follow_up.0 == Uuid::from_u128(301) => Some(act),
            _ => None,
        })
        .collect();
    assert!(acts == [&Act::Moved { to: day("2026-11-22"), why: "家里办事".into() }]);
}

#[test]
fn what_is_done_is_not_done_twice() {
    let mut harness = open_file(&with_file());
    harness.press("tab tab tab end d").sees("已经完成");
}

#[test]
fn a_change_is_taken_back_after_a_question() {
    let office = with_file();
    let mut harness = open_file(&office);
    harness.press("shift-tab").sees("[修改历史]").sees("中 -> 高");
    harness.press("z").sees("撤回这次更改").press("enter");
    assert!(!reverted(&office), "a stray Enter does no harm");
    harness.press("z y");
    assert!(reverted(&office));
}

fn reverted(office: &FakeOffice) -> bool {
    let wanted = ChangeId(Uuid::from_u128(77));
    let asked = &office.inside.lock().unwrap().asked;
    asked.iter().any(|asked| matches!(asked, Request::Revert { change, .. } if *change == wanted))
}

#[test]
fn the_steps_of_a_case_are_written_where_the_case_stands() {
    let office = with_file();
    let mut harness = open_file(&office);
    harness.press("c").sees("修改个案").sees(">  计划日期");
    harness.type_text("今天").press("tab").type_text("每周走访一次").press("ctrl-s");
    let saved = office.saved(RecordKind::Case);
    assert_eq!(saved.date(&tonghu::domain::forms::case::PLANNED), Some(now().date()));
}

#[test]
fn a_sister_is_one_key_away_and_back_again() {
    let mut harness = open_file(&with_file());
    harness.press("down down down down down").press("enter esc").sees("[概况]");
}

#[test]
fn masked_neither_name_nor_number_is_read_over_the_shoulder() {
    let mut harness = open_file(&with_file());
    harness.press("tab tab").sees("孩子在家写作业").sees("班主任说");
    harness.press("tab tab tab f11");
    for _ in 0..5 {
        harness
            .sees_no("写作业")
            .sees_no("班主任说")
            .sees_no("到家里看过")
            .sees_no("小明")
            .sees_no("10012345678")
            .sees_no("桂花")
            .sees_no("小红")
            .sees_no("王强");
        harness.press("tab");
    }
    harness.sees("王**");
}

#[test]
fn an_empty_file_teaches_the_next_step() {
    let office = FakeOffice::with(|inside| {
        let mut file = case_file();
        file.members.clear();
        file.household = None;
        file.contacts.clear();
        file.notes.clear();
        file.cases.clear();
        file.follow_ups.clear();
        file.siblings.clear();
        file.row.due.clear();
        inside.file = Some(file);
    });
    for (lang, texts) in [
        (Lang::Zh, ["按 u 安排一次", "按 p 添加父母", "按 v 记走访，按 t 写记事"]),
        (Lang::En, ["u makes a follow-up", "p adds a parent", "v writes a visit, t a note"]),
    ] {
        let mut harness = open_file_sized(&office, lang, (80, 24));
        for text in texts {
            harness.sees(text).press("tab");
        }
    }
}

#[test]
fn a_file_that_cannot_be_opened_says_so() {
    let mut harness = open_file(&FakeOffice::new());
    harness.sees("没有这条记录").press("esc").sees_no("没有这条记录");
}
