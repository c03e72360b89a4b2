use super::*;
use crate::domain::{RecordKind, RecordRef, Stamp, Value};
use proptest::prelude::*;

fn choice(code: &str) -> Option<Value> {
    Some(Value::Choice(code.into()))
}

/// A score of a child: who answered, on which day of November, which answers.
fn record(child: u128, id: &str, moment: &str, by: &str, day: u32, answers: &[i64]) -> Record {
    let mut fields = Fields::default().with(score::ON, NaiveDate::from_ymd_opt(2026, 11, day).unwrap());
    fields.set(score::INSTRUMENT, choice(id));
    fields.set(score::VERSION, Some(Value::Number(1)));
    fields.set(score::MOMENT, choice(moment));
    fields.set(score::BY, choice(by));
    for (at, points) in answers.iter().enumerate() {
        fields.set(item_field(at), choice(&points.to_string()));
    }
    let at = RecordRef::of(RecordKind::Score, Uuid::from_u128(child), Uuid::now_v7());
    Record { at, fields, created: Stamp::default(), updated: Stamp::default() }
}

/// Self-efficacy: five items, 0 to 2 each, higher is better.
fn able(child: u128, moment: &str, day: u32, answers: &[i64]) -> Record {
    record(child, "self-efficacy", moment, "child", day, answers)
}

fn core() -> Instruments {
    Instruments::core().unwrap()
}

#[test]
fn answers_add_up_and_a_question_that_was_left_out_is_named_and_never_guessed() {
    let core = core();
    let of = |record: &Record| total(core.of(&record.fields).unwrap(), &record.fields);
    assert_eq!(of(&able(1, "baseline", 1, &[2, 1, 0, 2, 1])), Total::Points(6));
    assert_eq!(of(&able(1, "baseline", 1, &[2, 1, 0])), Total::Missing(vec![4, 5]));
    assert_eq!(
        of(&able(1, "baseline", 1, &[2, 7, 0, 2, 1])),
        Total::Missing(vec![2]),
        "no answer of its own"
    );
    let reading = able(1, "baseline", 1, &[2, 1, 0, 2, 1]);
    assert_eq!(Reading::of(&core, &reading).band, Some(Colour::Blue));
}

#[test]
fn a_score_of_a_version_that_is_gone_keeps_its_answers_and_has_no_total() {
    let core = core();
    let mut old = able(1, "baseline", 1, &[2, 1, 0, 2, 1]);
    old.fields.set(score::VERSION, Some(Value::Number(7)));
    let reading = Reading::of(&core, &old);
    assert_eq!((reading.instrument, reading.points(), reading.band), (None, None, None));
    assert_eq!(old.fields.text(&item_field(0)), "2");
}

#[test]
fn change_is_better_by_the_direction_of_the_instrument() {
    let core = core();
    let able = [able(1, "baseline", 1, &[0; 5]), able(1, "review", 9, &[1; 5])];
    let sad = [
        record(1, "psychological-state", "baseline", "child", 1, &[0; 6]),
        record(1, "psychological-state", "review", "child", 9, &[1; 6]),
    ];
    for (records, id, gain) in [(&able, "self-efficacy", 5), (&sad, "psychological-state", -6)] {
        let readings: Vec<Reading> = records.iter().map(|record| Reading::of(&core, record)).collect();
        assert_eq!(latest(&readings, id).unwrap().gain, gain, "{id}");
    }
}

#[test]
fn two_scores_are_compared_only_if_the_same_person_answered_the_same_version_in_full() {
    let core = core();
    let compared = |second: Record| {
        let records = [record(1, "schooling", "baseline", "child", 1, &[1; 6]), second];
        let readings: Vec<Reading> = records.iter().map(|record| Reading::of(&core, record)).collect();
        latest(&readings, "schooling").map(|change| change.gain)
    };
    assert_eq!(compared(record(1, "schooling", "end", "child", 20, &[2; 6])), Some(6));
    assert_eq!(compared(record(1, "schooling", "end", "carer", 20, &[2; 6])), None, "grandmother answered");
    assert_eq!(compared(record(1, "schooling", "end", "child", 20, &[2; 5])), None, "an item is missing");
    assert_eq!(compared(record(1, "schooling", "baseline", "child", 20, &[2; 6])), None, "no later moment");
    let mut newer = record(1, "schooling", "end", "child", 20, &[2; 6]);
    newer.fields.set(score::VERSION, Some(Value::Number(2)));
    assert_eq!(compared(newer), None);
}

#[test]
fn the_spread_of_a_few_numbers_is_what_one_counts_by_hand() {
    let by_hand = |numbers: &[i64]| {
        let s = spread(numbers).unwrap();
        format!("{} {} {} {} {}", s.least, s.quarter, s.median, s.three_quarters, s.most)
    };
    assert_eq!(spread(&[]), None);
    assert_eq!(by_hand(&[4]), "4 4 4 4 4");
    assert_eq!(by_hand(&[1, 2]), "1 1 1.5 2 2");
    assert_eq!(by_hand(&[3, 1, 2]), "1 1 2 3 3");
    assert_eq!(by_hand(&[-1, -2, 0, 5]), "-2 -1.5 -0.5 2.5 5");
    assert_eq!(by_hand(&[7, 1, 3, 5, 9, 11, 13]), "1 3 7 11 13");
}

#[test]
fn a_programme_counts_who_got_better_who_did_not_and_who_is_missing() {
    let core = core();
    let records = [
        able(1, "baseline", 1, &[0; 5]),
        able(1, "review", 9, &[1; 5]),
        able(1, "end", 20, &[2, 2, 1, 1, 1]),
        able(2, "baseline", 1, &[1; 5]),
        able(2, "end", 20, &[1; 5]),
        able(3, "baseline", 1, &[2; 5]),
        able(3, "review", 20, &[2, 2, 2, 2, 1]),
        able(4, "baseline", 1, &[1; 5]),
        able(5, "review", 9, &[1; 5]),
        able(6, "baseline", 1, &[1; 4]),
    ];
    let all = programme(&core, &records);
    let one = &all["self-efficacy"];
    assert_eq!(one.gains, [7, 0, -1]);
    assert_eq!([Turn::Better, Turn::Same, Turn::Worse].map(|turn| one.count(turn)), [1, 1, 1]);
    assert_eq!((one.scores, one.incomplete, one.children), (10, 1, 6));
    assert_eq!(one.without_second, [Uuid::from_u128(4)]);
    assert_eq!(one.without_baseline, [5, 6].map(Uuid::from_u128));
    assert!(one.is_few() && one.did_not_work());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_order_of_records_and_items_makes_no_difference(
        totals in prop::collection::vec((0i64..=2, 0i64..=2), 1..20),
        turned in any::<prop::sample::Index>(),
    ) {
        let core = core();
        let mut records: Vec<Record> = vec![];
        for (child, (before, after)) in totals.iter().enumerate() {
            records.push(able(child as u128, "baseline", 1, &[*before, 0, 1, 0, *after]));
            records.push(able(child as u128, "end", 2, &[*after, 1, *before, 0, 0]));
        }
        let one = programme(&core, &records);
        records.reverse();
        let at = turned.index(records.len());
        records.rotate_left(at);
        prop_assert_eq!(&one, &programme(&core, &records));
        let mut answers = [0, 1, 2, 1, 0];
        let before = able(1, "baseline", 1, &answers);
        answers.rotate_left(at % 5);
        let after = able(1, "baseline", 1, &answers);
        let of = |record: &Record| total(core.of(&record.fields).unwrap(), &record.fields);
        prop_assert_eq!(of(&before), of(&after));
    }

    #[test]
    fn turning_the_direction_round_mirrors_the_change(before in 0i64..100, after in 0i64..100) {
        let (better, worse) = (gain(Higher::Better, before, after), gain(Higher::Worse, before, after));
        prop_assert_eq!(better, -worse);
        prop_assert_eq!(better > 0, turn(worse) == Turn::Worse);
        prop_assert_eq!(gain(Higher::Better, after, before), worse);
    }

    #[test]
    fn every_child_is_counted_once(moments in prop::collection::vec((0u128..6, 0usize..3, 1u32..28, 0usize..6), 0..40)) {
        let core = core();
        let records: Vec<Record> = moments
            .iter()
            .map(|(child, moment, day, items)| {
                able(*child, ["baseline", "review", "end"][*moment], *day, &vec![1; *items])
            })
            .collect();
        for one in programme(&core, &records).values() {
            let turns = [Turn::Better, Turn::Same, Turn::Worse].map(|turn| one.count(turn));
            prop_assert_eq!(turns.iter().sum::<usize>(), one.pairs());
            prop_assert_eq!(one.children, one.pairs() + one.without_second.len() + one.without_baseline.len());
            prop_assert_eq!(one.scores, records.len());
        }
    }
}
