use super::*;
use crate::domain::forms::{self, case, child, contact, follow_up};
use crate::domain::{Fault, FormSpec, check};
use std::collections::HashSet;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

#[test]
fn every_record_of_the_demo_could_have_been_typed() {
    let grave = |form: &FormSpec, fields: &Fields| {
        let found = check::check(form, fields, today());
        // What is due may be late. The plain form of a score knows no instrument; those that do are asked in `tests/it/demo.rs`.
        let may_be = |fault: &Fault| match fault {
            Fault::BeforeToday => true,
            Fault::OtherKind => form.id == "score",
            _ => false,
        };
        assert!(found.iter().all(|fault| may_be(&fault.fault)), "{}: {found:?}", form.id);
    };
    let form = |kind: RecordKind| forms::all().into_iter().find(|form| form.kind == kind).unwrap();
    for one in children(1, 2_000, today()).chain(stories::tell(today())) {
        grave(&forms::child(), &one.child);
        grave(&forms::case(), &one.case);
        one.contacts.iter().for_each(|fields| grave(&forms::contact(), fields));
        one.follow_ups.iter().for_each(|fields| grave(&forms::follow_up(), fields));
        one.notes.iter().for_each(|fields| grave(&forms::note(), fields));
        one.services.iter().for_each(|(kind, fields)| grave(&form(*kind), fields));
        if let Some((home, members)) = one.home {
            grave(&forms::household(), &home);
            members.iter().for_each(|fields| grave(&forms::member(), fields));
        }
    }
    grave(&forms::station(), &station());
}

#[test]
fn the_demo_is_the_same_every_time_and_invented() {
    let texts = |seed| children(seed, 300, today()).map(|one| (one.child, one.services)).collect::<Vec<_>>();
    assert!(texts(7) == texts(7));
    assert!(texts(7) != texts(8));
    let mut ids = HashSet::new();
    let told = stories::tell(today()).into_iter().map(|one| one.child);
    for one in texts(7).into_iter().map(|(child, _)| child).chain(told) {
        assert!(one.text(&child::PHONE).starts_with("100"));
        let id = one.text(&child::ID_NUMBER).to_owned();
        assert!(id.is_empty() || (id.starts_with("99") && ids.insert(id)));
    }
}

#[test]
fn what_is_done_for_the_many_is_five_records_a_child_at_most() {
    let (mut records, mut kinds) = (0, HashSet::new());
    for one in children(1, 2_000, today()) {
        records += one.services.len();
        kinds.extend(one.services.into_iter().map(|(kind, _)| kind));
    }
    assert!((6_000..10_000).contains(&records), "{records}");
    assert!(kinds.len() > 6, "{kinds:?}");
}

#[test]
fn the_stories_stand_at_the_same_points_whatever_the_day() {
    let marks = |day: &str| -> Vec<_> {
        let today: NaiveDate = day.parse().unwrap();
        let status = |one: &DemoChild| crate::domain::case::status(&one.case, None);
        stories::tell(today)
            .iter()
            .map(|one| (one.child.text(&child::NAME).to_owned(), status(one)))
            .collect()
    };
    use crate::domain::Status::{Assessed, Closed, InReview, InService};
    let expected = [InService, Closed, Assessed, InReview, InReview, InReview];
    for day in ["2026-11-21", "2027-02-28", "2028-03-01"] {
        let marks = marks(day);
        assert_eq!(marks.iter().map(|(_, status)| *status).collect::<Vec<_>>(), expected, "{day}");
        assert!(marks.iter().zip(stories::NUMBERS).all(|((name, _), (known, _))| name == known));
    }
}

#[test]
fn no_placeholder_is_left_in_a_text() {
    let all = |fields: &Fields| {
        for value in fields.0.values() {
            if let crate::domain::Value::Text(text) = value {
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
    };
    for one in children(3, 1_000, today()) {
        all(&one.case);
        one.contacts.iter().chain(&one.follow_ups).chain(&one.notes).for_each(all);
        one.services.iter().for_each(|(_, fields)| all(fields));
    }
}

#[test]
fn a_day_at_the_demo_station_has_work_of_every_kind() {
    let (mut overdue, mut now, mut week, mut closed, mut reopened, mut siblings) = (0, 0, 0, 0, 0, 0);
    let mut last = usize::MAX;
    for one in children(1, 2_000, today()) {
        for fields in one.follow_ups.iter().filter(|fields| fields.date(&follow_up::DONE).is_none()) {
            match (fields.date(&follow_up::DUE).unwrap() - today()).num_days() {
                ..0 => overdue += 1,
                0 => now += 1,
                1..7 => week += 1,
                _ => {}
            }
        }
        let ended = one.case.date(&case::CLOSED).is_some();
        let again = one.case.date(&case::REOPENED).is_some();
        closed += usize::from(ended && !again);
        reopened += usize::from(again);
        siblings += usize::from(last == one.household);
        last = one.household;
        assert!(one.contacts.is_sorted_by_key(|fields| fields.date(&contact::ON)));
    }
    let counts = [overdue, now, week, closed, reopened, siblings];
    assert!(
        (20..120).contains(&overdue) && (20..90).contains(&now) && (150..600).contains(&week),
        "{counts:?}"
    );
    assert!((80..500).contains(&closed) && reopened > 5 && siblings > 200, "{counts:?}");
}
