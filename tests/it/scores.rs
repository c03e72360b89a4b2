//! Scoring a child, and seeing what changed.

use crate::fake::{FakeOffice, case_file, day, open_file, open_file_sized};
use std::sync::Arc;
use tonghu::domain::forms::score;
use tonghu::domain::{Fields, Record, RecordKind, RecordRef, Stamp, Value};
use tonghu::i18n::Lang;
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
        harness.type_text(words[1]).press("enter").sees(words[2]);
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
        harness.press("tab tab");
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
    harness.press("tab tab").sees("缺第4、5题，不算总分").sees("答案都在").sees_no("比开始");
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
