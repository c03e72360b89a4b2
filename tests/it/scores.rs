//! Scoring a child, and seeing what changed.

use crate::fake::{FakeOffice, case_file, day, open_file, open_file_sized};
use crate::station::{Home, LOGIN, PASSPHRASE};
use std::sync::Arc;
use tonghu::domain::forms::{child, score};
use tonghu::domain::{Fields, Record, RecordKind, RecordRef, Stamp, Value};
use tonghu::i18n::Lang;
use tonghu::office::scoring::Turn;
use tonghu::office::{Answer, Cases, Door, Filter, Office, Request, Save, SaveRecord, Sort, demo};
use tonghu::platform::SystemClock;
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

/// A score of the child on screen: five answers to the questions on what it can do.
fn score_of(version: i64, moment: &str, on: &str, answers: &[i64]) -> Record {
    let choice = |code: &str| Some(Value::Choice(code.into()));
    let mut fields = Fields::default().with(score::ON, day(on));
    fields.set(score::MOMENT, choice(moment));
    fields.set(score::BY, choice("child"));
    fields.set(score::INSTRUMENT, choice("self-efficacy"));
    fields.set(score::VERSION, Some(Value::Number(version)));
    for (at, points) in answers.iter().enumerate() {
        let item = tonghu::domain::FieldId::owned(format!("item-{}", at + 1));
        fields.set(item, choice(&points.to_string()));
    }
    let child = case_file().row.child.0;
    let at = RecordRef::of(RecordKind::Score, child, Uuid::now_v7());
    Record { at, fields, created: Stamp::default(), updated: Stamp::default() }
}

fn with_scores(scores: Vec<Record>) -> Arc<FakeOffice> {
    FakeOffice::with(|inside| {
        let mut file = case_file();
        file.services = scores;
        inside.file = Some(file);
    })
}

#[test]
fn a_child_is_scored_in_its_file_question_by_question() {
    for (lang, words) in [
        (Lang::Zh, ["量表", "我能行", "1. 难的事", "很像我"]),
        (Lang::En, ["Score", "I can do it", "1. If I keep trying", "very much like me"]),
    ] {
        let office = with_scores(vec![]);
        let mut harness = open_file_sized(&office, lang, (80, 24));
        harness.press("tab tab o").type_text(words[0]).press("enter").sees(words[1]);
        harness.type_text(words[1]).press("enter").sees(words[2]).sees_no("form-new");
        harness.press("tab tab tab");
        for _ in 0..4 {
            harness.type_text(words[3]).press("enter");
        }
        harness.press("ctrl-s");
        let saved = office.saved(RecordKind::Score);
        assert_eq!(
            (saved.text(&score::INSTRUMENT), saved.number(&score::VERSION)),
            ("self-efficacy", Some(1))
        );
        assert_eq!((saved.text(&score::MOMENT), saved.text(&score::BY)), ("baseline", "child"));
        let item = |n: u32| tonghu::domain::FieldId::owned(format!("item-{n}"));
        assert_eq!(saved.text(&item(4)), "2");
        assert_eq!(saved.get(&item(5)), None, "a question may be left out");
    }
}

#[test]
fn a_file_shows_totals_bands_and_the_change_since_the_start() {
    let scores = vec![
        score_of(1, "review", "2026-11-02", &[2, 1, 1, 1, 1]),
        score_of(1, "baseline", "2026-05-02", &[0, 1, 0, 1, 0]),
    ];
    for (lang, words) in [
        (Lang::Zh, ["6/10 越高越好 蓝", "比开始好4分", "2/10 越高越好 红", "自我效能：我能行"]),
        (Lang::En, ["6/10 higher is better blue", "4 better", "2/10 higher is better red", "I can do it"]),
    ] {
        let mut harness = open_file_sized(&with_scores(scores.clone()), lang, (80, 24));
        harness.press("left left");
        for word in &words[..3] {
            harness.sees(word);
        }
        harness
            .press("b")
            .sees(words[3])
            .sees("26-05-02  2 ##........")
            .sees("26-11-02  6 ######....")
            .sees("+ ");
        harness.press("esc").sees(words[0]);
    }
}

#[test]
fn a_score_without_all_its_answers_has_no_total_and_one_of_a_version_that_is_gone_can_be_read() {
    let scores = vec![
        score_of(1, "review", "2026-11-02", &[2, 1, 1]),
        score_of(9, "baseline", "2026-05-02", &[0, 1, 0, 1, 2]),
    ];
    let mut harness = open_file(&with_scores(scores));
    harness.press("left left").sees("缺第4、5题，不算总分").sees("答案都在").sees_no("比开始");
    harness.press("down enter").sees("第5题：2");
    harness.press("e").sees("修改量表").sees("[2026-05-02");
}

#[test]
fn scores_are_hidden_in_discreet_mode() {
    let scores = vec![
        score_of(1, "review", "2026-11-02", &[2, 1, 1, 1, 1]),
        score_of(1, "baseline", "2026-05-02", &[0, 1, 0, 1, 0]),
    ];
    let mut harness = open_file(&with_scores(scores));
    harness.press("ctrl-t tab tab").sees_no("我能行").sees_no("6/10").sees_no("好4分");
    harness.press("b").sees_no("我能行").sees_no("##").sees_no("好4分");
}

#[test]
fn the_counts_of_a_programme_are_those_of_the_records_and_hold_no_name() {
    let dir = tempfile::tempdir().unwrap();
    let now = day("2026-11-21").and_hms_opt(8, 30, 0).unwrap();
    let names = ["王小明", "李雷", "韩梅", "陈雨桐"];
    let children = names.map(|name| Fields::default().with(child::NAME, name));
    let desk = demo(dir.path(), Arc::new(StillClock::at(now)), children.into_iter()).unwrap();
    let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 9 };
    let Answer::Cases(page) = desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
    // Two are better, one is worse, one has no second score and left a question out the first time.
    let answers: [(&[i64], &[i64]); 4] = [
        (&[0, 0, 0, 0, 0], &[1, 1, 1, 1, 1]),
        (&[1, 1, 1, 1, 1], &[2, 1, 1, 1, 1]),
        (&[2, 2, 2, 2, 2], &[2, 2, 2, 2, 0]),
        (&[1, 1, 1, 1], &[]),
    ];
    let mut saved = 0;
    for (row, (before, after)) in page.rows.iter().zip(answers) {
        for (moment, on, answers) in [("baseline", "2026-05-02", before), ("end", "2026-11-02", after)] {
            if answers.is_empty() {
                continue;
            }
            let fields = score_of(1, moment, on, answers).fields;
            let at = RecordRef::of(RecordKind::Score, row.child.0, Uuid::now_v7());
            let records = vec![SaveRecord { at, base: None, fields }];
            desk.ask(Request::Save(Save { records, draft: None })).unwrap();
            saved += 1;
        }
    }
    let Answer::Evaluation(all) = desk.ask(Request::Evaluation { instrument: None }).unwrap() else {
        panic!()
    };
    let [(id, one)] = &all[..] else { panic!("{all:?}") };
    assert_eq!((id.as_str(), one.scores, one.children, one.incomplete), ("self-efficacy", saved, 4, 1));
    assert_eq!([Turn::Better, Turn::Same, Turn::Worse].map(|turn| one.count(turn)), [2, 0, 1]);
    assert_eq!((one.pairs(), one.without_second.len(), one.without_baseline.len()), (3, 0, 1));
    let other = Request::Evaluation { instrument: Some("hardship".into()) };
    assert_eq!(desk.ask(other), Ok(Answer::Evaluation(vec![])));
    for (lang, asked, words) in [
        (Lang::Zh, "评估成效", ["自我效能：我能行", "人数太少，不下结论", "没有开始那次的1人"]),
        (Lang::En, "evaluation", ["self-efficacy: I can do it", "too few to say", "1 without a start"]),
    ] {
        let mut face = Harness::sized(desk.clone(), lang, now, (80, 24));
        face.press("f2").type_text(asked).press("enter");
        for word in words {
            face.sees(word);
        }
        face.sees("++-").sees_no("+++");
        for name in names {
            face.sees_no(name);
        }
        assert!(!face.screen().contains('%'), "no shares of a few");
    }
}

#[test]
fn of_fewer_than_five_children_nothing_leaves_but_that_they_are_few() {
    let home = Home::with_children_since(200, &["王小明", "李雷"]);
    let door = Door::new(home.data(), Arc::new(SystemClock));
    let desk = door.unlock(LOGIN, &Passphrase::typed(PASSPHRASE)).unwrap();
    let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 9 };
    let Answer::Cases(page) = desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
    for (row, after) in page.rows.iter().zip([2, 0]) {
        for (moment, on, points) in [("baseline", "2026-05-02", 1), ("end", "2026-11-02", after)] {
            let fields = score_of(1, moment, on, &[points; 5]).fields;
            let at = RecordRef::of(RecordKind::Score, row.child.0, Uuid::now_v7());
            let records = vec![SaveRecord { at, base: None, fields }];
            desk.ask(Request::Save(Save { records, draft: None })).unwrap();
        }
    }
    drop(desk);
    let json = home.signed_in("report evaluation --json").json();
    for hidden in ["children", "scores", "pairs"] {
        assert_eq!(json[0][hidden], "<5", "{hidden}");
    }
    for hidden in ["better", "same", "worse", "gain"] {
        assert!(json[0][hidden].is_null(), "{hidden}");
    }
    let csv = home.signed_in("report evaluation --csv").done();
    assert!(csv.contains("self-efficacy,<5,<5,<5,0,0,<5,,,,,,,,"), "{csv}");
    let said = home.signed_in("report evaluation").done();
    assert!(said.contains("不到 5 人") && !said.contains("中位数"), "{said}");
}

#[test]
fn at_the_shell_the_evaluation_is_told_for_people_tables_and_programs_and_holds_no_name() {
    let names = ["王小明", "李雷", "何花", "吴刚", "周洋", "孙强"];
    let home = Home::with_children_since(200, &names);
    let nothing = home.signed_in("report evaluation");
    assert_eq!((nothing.code, nothing.err.as_str()), (3, ""), "{}", nothing.out);
    let door = Door::new(home.data(), Arc::new(SystemClock));
    let desk = door.unlock(LOGIN, &Passphrase::typed(PASSPHRASE)).unwrap();
    let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 9 };
    let Answer::Cases(page) = desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
    for (nth, (row, after)) in page.rows.iter().zip([2, 2, 2, 2, 0, 1]).enumerate() {
        let last = usize::from(nth == 5);
        for (moment, on, points) in
            [("baseline", "2026-05-02", 1), ("end", "2026-11-02", after)].into_iter().skip(last)
        {
            let fields = score_of(1, moment, on, &[points; 5]).fields;
            let at = RecordRef::of(RecordKind::Score, row.child.0, Uuid::now_v7());
            let records = vec![SaveRecord { at, base: None, fields }];
            desk.ask(Request::Save(Save { records, draft: None })).unwrap();
        }
    }
    drop(desk);
    let said = home.signed_in("report evaluation").done();
    assert!(said.starts_with("自我效能：我能行\n") && said.contains("人数太少"), "{said}");
    assert!(home.signed_in("--lang en report evaluation").done().contains("too few to say"));
    let csv = home.signed_in("report evaluation --csv").done();
    let [head, line] = csv.lines().collect::<Vec<_>>()[..] else { panic!("{csv}") };
    let column = |name: &str| {
        let at = head.split(',').position(|column| column == name).unwrap();
        line.split(',').nth(at).unwrap().to_owned()
    };
    let counts = ["instrument", "children", "scores", "pairs", "median", "better", "worse"].map(column);
    // One without a start: neither told nor to be had by subtraction.
    assert_eq!(counts, ["self-efficacy", "5", "11", "5", "5", "4", "1"]);
    assert_eq!(column("no_baseline"), "<5");
    assert_eq!(head.split(',').count(), line.split(',').count());
    let json = home.signed_in("report evaluation --json").json();
    assert_eq!((&json[0]["better"], &json[0]["gain"]["most"]), (&4.into(), &5.into()));
    assert_eq!(json[0]["no_baseline"], "<5");
    assert!(!format!("{said}{csv}{json}").contains("王小明"));
}
