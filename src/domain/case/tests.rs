use super::*;
use crate::domain::{FieldId, Value};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn case_with(dates: &[(FieldId, &str)]) -> Fields {
    let mut fields = Fields::default();
    for (field, date) in dates {
        fields.set(field.clone(), Some(Value::Date(day(date))));
    }
    fields
}

#[test]
fn a_case_moves_on_as_things_are_done() {
    use case::*;
    let mut dates = vec![(OPENED, "2026-01-05")];
    let mut now = |field, date, contact: Option<&str>| {
        dates.push((field, date));
        status(&case_with(&dates), contact.map(day))
    };
    assert_eq!(now(OPENED, "2026-01-05", Some("2026-01-05")), Status::Identified);
    assert_eq!(now(ASSESSED, "2026-01-08", Some("2026-01-08")), Status::Assessed);
    assert_eq!(now(PLANNED, "2026-01-12", Some("2026-01-08")), Status::Planned);
    assert_eq!(now(PLANNED, "2026-01-12", Some("2026-01-20")), Status::InService, "a visit after the plan");
    assert_eq!(now(SERVED, "2026-01-15", None), Status::InService, "or a service");
    assert_eq!(now(REVIEWED, "2026-04-12", None), Status::InReview);
    assert_eq!(now(CLOSED, "2026-05-01", None), Status::Closed);
    assert_eq!(now(REOPENED, "2026-06-01", Some("2026-05-20")), Status::Reopened);
    assert_eq!(now(ASSESSED, "2026-06-03", None), Status::Assessed, "what was done before it does not count");
    assert_eq!(now(CLOSED, "2026-07-01", None), Status::Closed, "closed again");
}

#[test]
fn ages_are_counted_as_people_count_them() {
    let at = |birth, today| age(day(birth), day(today)).map(|age| (age.years, age.months, age.days));
    assert_eq!(at("2020-11-21", "2026-11-21"), Some((6, 0, 0)));
    assert_eq!(at("2020-11-22", "2026-11-21"), Some((5, 11, 30)));
    assert_eq!(at("2026-11-21", "2026-11-21"), Some((0, 0, 0)));
    assert_eq!(at("2026-10-31", "2026-11-30"), Some((0, 1, 0)), "a month ends with the month");
    assert_eq!(at("2026-11-22", "2026-11-21"), None);
    assert_eq!(at("2008-02-29", "2026-02-28"), Some((18, 0, 0)));
}

#[test]
fn the_next_birthday_that_changes_something() {
    let next = |birth, today| next_birthday(day(birth), day(today)).map(|next| (next.turns, next.on));
    assert_eq!(next("2020-11-22", "2026-11-21"), Some((6, day("2026-11-22"))));
    assert_eq!(next("2018-11-21", "2026-11-21"), Some((8, day("2026-11-21"))), "today's counts");
    assert_eq!(next("2018-11-20", "2026-11-21"), Some((14, day("2032-11-20"))));
    assert_eq!(next("2008-11-20", "2026-11-21"), None);
}

proptest! {
    #[test]
    fn nobody_gets_younger(birth in 0i64..60_000, later in 0i64..40_000) {
        let start = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
        let birth = start + chrono::TimeDelta::days(birth);
        let today = birth + chrono::TimeDelta::days(later);
        let now = age(birth, today).unwrap();
        prop_assert!(now.months < 12 && now.days < 31);
        prop_assert!(age(birth, today.succ_opt().unwrap()).unwrap() > now);
    }
}
