use super::*;
use crate::practice::fault::RuleFlaw;
use crate::practice::flags::FlagRules;

fn core() -> Checks {
    let rules = FlagRules::core().unwrap();
    Checks::of_station(None, &|id| rules.knows(id)).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn failed(file: &Inspected) -> Vec<String> {
    let core = core();
    core.failed(file, day("2026-06-01")).into_iter().map(|at| core.all()[at].id.clone()).collect()
}

/// A file in which nothing is amiss.
fn sound() -> Inspected<'static> {
    Inspected {
        own_words: true,
        met: Some(day("2026-05-20")),
        opened: Some(day("2026-01-01")),
        ..Inspected::default()
    }
}

#[test]
fn every_check_names_rules_that_there_are_and_says_where_it_stands() {
    let (core, rules) = (core(), FlagRules::core().unwrap());
    assert!(core.all().len() >= 15);
    for check in core.all() {
        match (&check.test, &check.source) {
            (Test::Flags(flags), None) => {
                assert!(flags.iter().all(|id| rules.get(id).is_some()), "{}", check.id)
            }
            (_, source) => assert!(source.is_some(), "{}", check.id),
        }
    }
    assert!(core.all().is_sorted_by_key(|check| check.group));
}

#[test]
fn a_file_fails_what_the_rules_say_of_it_and_what_is_not_in_it() {
    assert_eq!(failed(&sound()), Vec::<String>::new());
    let flags = ["visit-late", "paper-gone", "birth-unknown"].into();
    assert_eq!(failed(&Inspected { flags, ..sound() }), ["papers-missing", "visit-late"]);
    assert_eq!(failed(&Inspected { fields_missing: true, ..sound() }), ["fields-missing"]);
    assert_eq!(failed(&Inspected { overdue_days: 2, ..sound() }), Vec::<String>::new());
    assert_eq!(failed(&Inspected { overdue_days: 3, ..sound() }), ["follow-up-overdue"]);
}

#[test]
fn a_child_that_nobody_met_or_heard_is_told_unless_it_is_new_or_too_small() {
    let not_met = ["child-not-met"];
    assert_eq!(failed(&Inspected { met: Some(day("2026-02-28")), ..sound() }), not_met);
    assert_eq!(failed(&Inspected { met: Some(day("2026-03-01")), ..sound() }), Vec::<String>::new());
    assert_eq!(failed(&Inspected { met: None, ..sound() }), not_met);
    assert_eq!(
        failed(&Inspected { met: None, opened: Some(day("2026-05-01")), ..sound() }),
        Vec::<String>::new()
    );
    let silent = |age| failed(&Inspected { own_words: false, age, ..sound() });
    assert_eq!([silent(Some(8)), silent(None)], [["no-own-words"], ["no-own-words"]]);
    assert_eq!(silent(Some(7)), Vec::<String>::new());
}

#[test]
fn a_station_replaces_silences_and_adds_and_a_slip_is_told_with_its_line() {
    let rule = |id: &str| id == "visit-late";
    let core_rules = FlagRules::core().unwrap();
    let known = |id: &str| core_rules.knows(id);
    let own = "[[check]]\nid = \"no-own-words\"\noff = true\n[[check]]\nid = \"own\"\ngroup = \"late\"\nflags = [\"visit-late\"]\nzh = \"走访\"\n";
    let checks = Checks::of_station(Some(own), &known).unwrap();
    let ids: Vec<&str> = checks.all().iter().map(|check| check.id.as_str()).collect();
    assert!(ids.contains(&"own") && !ids.contains(&"no-own-words"));
    let begin = "[[check]]\nid = \"a\"\n";
    for (rest, flaw) in [
        ("", RuleFlaw::Missing("group")),
        ("group = \"x\"", RuleFlaw::Code { list: "group", code: "x".into() }),
        ("group = \"late\"\nzh = \"a\"", RuleFlaw::Missing("flags")),
        ("group = \"late\"\nflags = [\"no-such\"]", RuleFlaw::Code { list: "rule", code: "no-such".into() }),
        ("group = \"late\"\nwhen = \"x\"", RuleFlaw::Code { list: "when", code: "x".into() }),
        ("group = \"late\"\nwhen = \"child-not-met\"", RuleFlaw::Missing("days")),
        ("group = \"late\"\nwhen = \"fields-missing\"\nzh = \"a\"", RuleFlaw::Missing("source_zh")),
    ] {
        let fault = table::read(&format!("{begin}{rest}"), &rule).unwrap_err();
        assert_eq!((fault.line, fault.flaw), (1, flaw), "{rest}");
    }
    let twice = format!("{begin}off = true\n{begin}off = true\n");
    assert_eq!(table::read(&twice, &rule).unwrap_err().flaw, RuleFlaw::Twice("a".into()));
}

#[test]
fn the_same_seed_draws_the_same_and_another_one_others() {
    let ids: Vec<Uuid> = (0..200).map(Uuid::from_u128).collect();
    let drawn = draw(ids.clone(), 20, 7);
    let mut backwards = ids.clone();
    backwards.reverse();
    assert_eq!(draw(backwards, 20, 7), drawn);
    assert_ne!(draw(ids.clone(), 20, 8), drawn);
    assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 20);
    let without: Vec<Uuid> = ids.iter().copied().filter(|id| *id != drawn[3]).collect();
    let again = draw(without, 20, 7);
    assert_eq!(again[..3], drawn[..3]);
    assert_eq!(again[3..19], drawn[4..], "one that is gone changes nothing for the others");
    assert_eq!(draw(ids, 1_000, 7).len(), 200);
}

#[test]
fn no_part_of_a_list_is_drawn_more_often_than_another() {
    let ids: Vec<Uuid> = (0..100).map(Uuid::from_u128).collect();
    let mut drawn = [0_u32; 100];
    for seed in 0..1_000 {
        draw(ids.clone(), 10, seed).iter().for_each(|id| drawn[id.as_u128() as usize] += 1);
    }
    assert!(drawn.iter().all(|count| (60..=140).contains(count)), "{drawn:?}");
}
