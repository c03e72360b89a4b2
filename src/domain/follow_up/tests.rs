use super::*;
use crate::domain::Stamp;
use proptest::prelude::*;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn due(on: &str, repeat: &str) -> Fields {
    let mut fields = Fields::default();
    fields.set(follow_up::KIND, Some(Value::Choice("visit".to_owned())));
    fields.set(follow_up::DUE, Some(Value::Date(day(on))));
    fields.set(follow_up::REASON, Some(Value::Text("每月走访".to_owned())));
    fields.set(follow_up::REPEAT, Some(Value::Choice(repeat.to_owned())));
    fields
}

fn record(fields: Fields) -> Record {
    let at = RecordRef::of(RecordKind::FollowUp, Uuid::from_u128(1), Uuid::from_u128(2));
    Record { at, fields, created: Stamp::default(), updated: Stamp::default() }
}

fn done(on: &str) -> Act {
    Act::Done { on: day(on), outcome: "见到孩子".to_owned() }
}

/// When the next one is due after this one was done.
fn next_due(fields: &Fields, on: &str, today: &str) -> Option<String> {
    let acted = apply(fields, &done(on), day(today)).unwrap();
    acted.next.and_then(|next| next.date(&follow_up::DUE)).map(|due| due.to_string())
}

#[test]
fn done_is_done_once_on_its_real_date() {
    let fields = due("2026-11-18", "");
    let acted = apply(&fields, &done("2026-11-19"), day("2026-11-21")).unwrap();
    let follow_up = FollowUp::of(&record(acted.fields.clone())).unwrap();
    assert_eq!(follow_up.done, Some(day("2026-11-19")), "written down two days late");
    assert!(!follow_up.is_open());
    assert_eq!(follow_up.overdue_days(day("2027-01-01")), 0);
    assert_eq!(acted.fields.text(&follow_up::OUTCOME), "见到孩子");
    assert_eq!(acted.next, None);
    assert_eq!(apply(&acted.fields, &done("2026-11-20"), day("2026-11-21")), Err(ActFault::DoneAlready));
    assert_eq!(apply(&fields, &done("2026-11-22"), day("2026-11-21")), Err(ActFault::AfterToday));
}

#[test]
fn moving_needs_a_reason_and_keeps_the_first_date() {
    let fields = due("2026-11-18", "");
    let to = |date: &str, why: &str| Act::Moved { to: day(date), why: why.to_owned() };
    let today = day("2026-11-21");
    assert_eq!(apply(&fields, &to("2026-11-25", "  "), today), Err(ActFault::NoReason));
    assert_eq!(apply(&fields, &to("2026-11-20", "赶集"), today), Err(ActFault::BeforeToday));
    let once = apply(&fields, &to("2026-11-25", "家人外出"), today).unwrap().fields;
    let twice = apply(&once, &to("2026-11-30", "下雨"), today).unwrap().fields;
    let follow_up = FollowUp::of(&record(twice)).unwrap();
    assert_eq!((follow_up.due, follow_up.first_due), (day("2026-11-30"), day("2026-11-18")));
}

#[test]
fn handing_over_needs_a_reason_and_changes_the_worker() {
    let fields = due("2026-11-18", "");
    let to = WorkerId(Uuid::from_u128(9));
    let today = day("2026-11-21");
    let act = Act::HandedOver { to, why: String::new() };
    assert_eq!(apply(&fields, &act, today), Err(ActFault::NoReason));
    let act = Act::HandedOver { to, why: "请假".to_owned() };
    let follow_up = FollowUp::of(&record(apply(&fields, &act, today).unwrap().fields)).unwrap();
    assert_eq!(follow_up.worker, Some(to));
    assert!(follow_up.is_open());
}

#[test]
fn attempts_and_refusals_are_counted_stay_due_and_stand_in_the_file() {
    let fields = due("2026-11-18", "");
    let today = day("2026-11-21");
    let attempt = Act::Attempt { on: day("2026-11-20"), why: "没人在家".to_owned() };
    let first = apply(&fields, &attempt, today).unwrap();
    let event = first.contact.unwrap();
    assert_eq!((event.text(&contact::KIND), event.text(&contact::REASON)), ("attempt", "没人在家"));
    assert_eq!(event.date(&contact::ON), Some(day("2026-11-20")));
    let refusal = Act::Refusal { on: today, why: "不愿见人".to_owned() };
    let second = apply(&first.fields, &refusal, today).unwrap();
    assert_eq!(second.contact.unwrap().text(&contact::KIND), "refusal");
    let follow_up = FollowUp::of(&record(second.fields)).unwrap();
    assert_eq!((follow_up.attempts, follow_up.overdue_days(today)), (2, 3));
    assert!(follow_up.rises_to_supervisor(today) && !follow_up.rises_to_supervisor(day("2026-11-20")));
}

#[test]
fn the_next_visit_is_counted_from_the_due_day_not_from_the_late_one() {
    assert_eq!(next_due(&due("2026-11-02", "weekly"), "2026-11-04", "2026-11-04").unwrap(), "2026-11-09");
    assert_eq!(
        next_due(&due("2026-11-02", "fortnightly"), "2026-11-02", "2026-11-02").unwrap(),
        "2026-11-16"
    );
    assert_eq!(next_due(&due("2026-08-15", "quarterly"), "2026-08-20", "2026-08-20").unwrap(), "2026-11-15");
    assert_eq!(next_due(&due("2026-11-02", "yearly"), "2026-11-01", "2026-11-02").unwrap(), "2027-11-02");
}

#[test]
fn the_next_visit_is_never_in_the_past() {
    assert_eq!(next_due(&due("2026-09-01", "weekly"), "2026-11-20", "2026-11-21").unwrap(), "2026-11-24");
    assert_eq!(next_due(&due("2026-03-31", "monthly"), "2026-11-20", "2026-11-21").unwrap(), "2026-11-30");
    let moved = apply(
        &due("2026-11-02", "weekly"),
        &Act::Moved { to: day("2026-11-20"), why: "家人外出".to_owned() },
        day("2026-11-02"),
    );
    let moved = moved.unwrap().fields;
    assert_eq!(
        next_due(&moved, "2026-11-20", "2026-11-20").unwrap(),
        "2026-11-23",
        "the Monday rhythm stays"
    );
}

#[test]
fn a_visit_on_the_31st_comes_back_to_the_31st_after_february() {
    let mut fields = due("2026-12-31", "monthly");
    let mut days = vec![];
    for _ in 0..5 {
        let on = fields.date(&follow_up::DUE).unwrap();
        fields = apply(&fields, &Act::Done { on, outcome: String::new() }, on).unwrap().next.unwrap();
        days.push(fields.date(&follow_up::DUE).unwrap().to_string());
    }
    assert_eq!(days, ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]);
}

#[test]
fn the_next_one_starts_without_what_happened_to_the_last() {
    let today = day("2026-11-21");
    let fields = due("2026-11-18", "weekly").with(FieldId::new("x-road"), "泥路");
    let tried = Act::Attempt { on: today, why: "没人在家".to_owned() };
    let fields = apply(&fields, &tried, today).unwrap().fields;
    let next = apply(&fields, &done("2026-11-21"), today).unwrap().next.unwrap();
    let expected = due("2026-11-25", "weekly").with(FieldId::new("x-road"), "泥路");
    assert_eq!(next, expected);
}

#[test]
fn other_records_are_no_follow_ups() {
    let mut other = record(due("2026-11-18", ""));
    other.at.kind = RecordKind::Note;
    assert_eq!(FollowUp::of(&other), None);
    assert_eq!(FollowUp::of(&record(Fields::default())), None);
}

proptest! {
    #[test]
    fn a_rhythm_never_stops_nor_looks_back(
        due_on in 0i64..50_000,
        done_after in -40i64..900,
        late in 0i64..400,
        repeat in proptest::sample::select(crate::domain::forms::REPEATS),
    ) {
        let start = day("1950-01-01");
        let due_on = start + chrono::TimeDelta::days(due_on);
        let on = due_on + chrono::TimeDelta::days(done_after);
        let today = on + chrono::TimeDelta::days(late);
        let fields = due(&due_on.to_string(), repeat);
        let acted = apply(&fields, &Act::Done { on, outcome: String::new() }, today).unwrap();
        let next = acted.next.unwrap().date(&follow_up::DUE).unwrap();
        prop_assert!(next > due_on && next > on && next >= today);
        let step = match Repeat::of(repeat).unwrap() {
            Repeat::Days(days) => i64::from(days),
            Repeat::Months(months) => i64::from(months) * 31,
        };
        prop_assert!((next - due_on.max(today)).num_days() <= step, "none is left out");
    }
}
