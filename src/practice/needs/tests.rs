use super::*;
use crate::domain::forms::{attendance, child, placement, session, situation};
use crate::practice::RuleFlaw;

const TODAY: &str = "2026-03-02";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn choice(code: &str) -> Value {
    Value::Choice(code.into())
}

fn is_rule(id: &str) -> bool {
    crate::practice::FlagRules::core().unwrap().knows(id)
}

fn core() -> NeedRules {
    NeedRules::of_station(None, &is_rule).unwrap()
}

/// Ids of the needs in a set.
fn names(rules: &NeedRules, bits: u32) -> Vec<&str> {
    let all = rules.needs().iter().enumerate();
    all.filter(|(at, _)| bits >> at & 1 == 1).map(|(_, need)| &*need.id).collect()
}

fn told(rules: &NeedRules, records: &[(RecordKind, Fields, Option<&str>)]) -> Told {
    let mut told = Told::default();
    for (kind, fields, on) in records {
        told |= rules.of_record(*kind, fields, on.map(day), day(TODAY));
    }
    told
}

fn unmet(records: &[(RecordKind, Fields, Option<&str>)]) -> Vec<String> {
    let rules = core();
    names(&rules, told(&rules, records).unmet()).into_iter().map(str::to_owned).collect()
}

#[test]
fn what_is_on_file_says_a_need_until_something_is_done_about_it() {
    let poor = Fields::default().with(child::CATEGORIES, Value::Choices(["poverty".to_owned()].into()));
    let poor = (RecordKind::Child, poor, None);
    assert_eq!(unmet(std::slice::from_ref(&poor)), ["money"]);
    let helped =
        Fields::default().with(situation::BENEFITS, Value::Choices(["minimum-living".to_owned()].into()));
    assert_eq!(unmet(&[poor, (RecordKind::Situation, helped, None)]), [""; 0]);

    let alone = Fields::default().with(situation::LIVES, choice("alone"));
    let alone = (RecordKind::Situation, alone, None);
    assert_eq!(unmet(std::slice::from_ref(&alone)), ["guardianship", "companionship"]);
    let with = |on| (RecordKind::Session, Fields::default().with(session::ON, day(on)), Some(on));
    assert_eq!(unmet(&[alone.clone(), with("2026-02-01")]), ["guardianship"]);
    assert_eq!(
        unmet(&[alone.clone(), with("2025-12-01")]).len(),
        2,
        "a session two months ago is no company"
    );
    let placed = Fields::default().with(placement::BEGUN, day("2026-01-01"));
    let ended = placed.clone().with(placement::ENDED, day("2026-02-01"));
    assert_eq!(unmet(&[alone.clone(), (RecordKind::Placement, placed, None)]), ["companionship"]);
    assert_eq!(unmet(&[alone, (RecordKind::Placement, ended, None)]).len(), 2);
}

#[test]
fn a_goal_without_a_service_is_a_need_and_one_that_is_reached_is_none() {
    let open = Fields::default().with(goal::DOMAIN, choice("schooling")).with(goal::DUE, day("2026-06-01"));
    let of = |fields: Fields| unmet(&[(RecordKind::Goal, fields, None)]);
    assert_eq!(of(open.clone()), ["schooling"]);
    assert_eq!(of(open.clone().with(goal::SERVICE, "每周辅导")), [""; 0]);
    assert_eq!(of(open.clone().with(goal::REACHED, day(TODAY))), [""; 0]);
    let tutored = Fields::default().with(attendance::KIND, choice("tutoring"));
    let tutored = (RecordKind::Attendance, tutored, Some("2026-02-01"));
    assert_eq!(unmet(&[(RecordKind::Goal, open, None), tutored]), [""; 0]);
}

#[test]
fn a_referral_says_a_need_while_it_waits_and_for_a_year_after_it_was_refused() {
    let to = |fields: Fields, sent: &str| {
        let fields = fields.with(referral::TO, choice("education")).with(referral::SENT, day(sent));
        unmet(&[(RecordKind::Referral, fields, Some(sent))])
    };
    let ended = |outcome: &str| {
        Fields::default().with(referral::ENDED, day("2026-01-01")).with(referral::OUTCOME, choice(outcome))
    };
    assert_eq!(to(Fields::default(), "2025-01-01"), ["schooling"], "nobody answered, however long ago");
    assert_eq!(to(Fields::default().with(referral::RECEIVED, day("2026-01-05")), "2026-01-01"), [""; 0]);
    assert_eq!(to(ended("refused"), "2025-12-01"), ["schooling"]);
    assert_eq!(to(ended("refused"), "2025-01-01"), [""; 0]);
    assert_eq!(to(ended("helped"), "2025-12-01"), [""; 0]);
    assert_eq!(to(ended("withdrawn"), "2025-12-01"), [""; 0]);
}

fn offers(rules: &NeedRules) -> Vec<Offer> {
    let agency = Fields::default()
        .with(agency::NAME, "县特教学校")
        .with(agency::KIND, choice("education"))
        .with(agency::SERVICE, "特殊教育、言语康复")
        .with(agency::PLACE, "石门镇东街");
    let closed = agency.clone().with(agency::ENDED, day("2025-01-01"));
    [agency, closed].iter().filter_map(|fields| rules.offer(RecordKind::Agency, fields)).collect()
}

#[test]
fn places_are_counted_by_village_or_town_and_what_nobody_offers_comes_first() {
    let rules = core();
    let of = |ids: &[&str]| Told { says: rules.which(|need| ids.contains(&&*need.id)), given: 0 };
    let mut children = vec![("石门镇柳树村", of(&["special-needs"])); 4];
    children.extend(vec![("石门镇杨家坪村", of(&["special-needs", "legal"])); 3]);
    children.extend(vec![("白鹤乡龙洞村", of(&["legal"])); 6]);
    children.push(("白鹤乡龙洞村", Told::default()));
    children.push(("", of(&["health"])));
    let offers = offers(&rules);
    assert_eq!(offers.len(), 1, "who has closed offers nothing");
    assert_eq!(names(&rules, offers[0].needs), ["special-needs", "schooling"]);

    let villages = study(&rules, children.iter().copied(), &offers, Grain::Village);
    let counted: Vec<(&str, usize)> =
        villages.places.iter().map(|place| (place.place.as_str(), place.children)).collect();
    assert_eq!(counted, [("白鹤乡龙洞村", 6), ("石门镇柳树村", 4), ("石门镇杨家坪村", 3), ("", 1)]);

    let towns = study(&rules, children.into_iter(), &offers, Grain::Town);
    assert_eq!(towns.places[0].place, "石门镇");
    assert_eq!(towns.places[0].children, 7);
    let openings: Vec<(&str, &str, usize, &Offered)> = towns
        .openings
        .iter()
        .map(|one| (&*one.place, &*rules.needs()[one.need].id, one.children, &one.offered))
        .collect();
    let here = Offered::Here("县特教学校".into());
    let expected = [
        ("白鹤乡", "legal", 6, &Offered::Nowhere),
        ("石门镇", "legal", 3, &Offered::Nowhere),
        ("石门镇", "special-needs", 7, &here),
    ];
    assert_eq!(openings, expected);
}

#[test]
fn a_service_in_another_town_is_named_as_elsewhere() {
    let rules = core();
    let special = Told { says: rules.which(|need| need.id == "special-needs"), given: 0 };
    let children = vec![("白鹤乡龙洞村", special); 3];
    let found = study(&rules, children.into_iter(), &offers(&rules), Grain::Village);
    assert_eq!(found.openings[0].offered, Offered::Elsewhere("县特教学校".into()));
}

#[test]
fn small_counts_do_not_leave_and_a_sum_does_not_give_them_away() {
    assert_eq!([0, 1, 4, 5, 40].map(|n| outside(n, 5)), [Some(0), None, None, Some(5), Some(40)]);
    for hidden in 1..5 {
        let shown = 20;
        assert_eq!(outside_sum(shown + hidden, 5), 20, "the same whatever is hidden");
    }
    assert_eq!(outside_sum(7, 0), 7);
}

#[test]
fn a_station_changes_one_need_and_one_number_and_a_slip_is_named_with_its_line() {
    let own = "few = 10\n[[need]]\nid = \"money\"\nzh = \"钱\"\n[[need]]\nid = \"legal\"\noff = true\n\
               [[need]]\nid = \"water\"\nzh = \"饮水\"\nsays = [{ from = \"child\", is = { categories = [\"street\"] } }]";
    let rules = NeedRules::of_station(Some(own), &is_rule).unwrap();
    assert_eq!((rules.few, rules.open_from), (10, 3));
    let ids: Vec<&str> = rules.needs().iter().map(|need| &*need.id).collect();
    assert_eq!(ids.last(), Some(&"water"));
    assert!(!ids.contains(&"legal"));
    assert!(rules.needs().iter().any(|need| need.name.zh == "钱"));
    let sign = |sign: &str| format!("[[need]]\nid = \"a\"\nzh = \"甲\"\nsays = [{{ {sign} }}]");
    let wrong = [
        (sign("from = \"nothing\""), 4, Some("nothing")),
        (sign("from = \"volunteer\""), 4, Some("volunteer")),
        (sign("from = \"situation\", filled = [\"nothing\"]"), 4, Some("nothing")),
        (sign("from = \"situation\", is = { lives = [\"moon\"] }"), 4, Some("moon")),
        (sign("from = \"child\", filled = [\"name\"]"), 4, Some("name")),
        ("[[need]]\nid = \"a\"".into(), 2, None),
        ("[[need]]\nid = \"a\"\nzh = \"甲\"\ndomains = [\"luck\"]".into(), 4, Some("luck")),
        ("nothing = 1".into(), 1, None),
    ];
    for (text, line, name) in wrong {
        let fault = NeedRules::of_station(Some(&text), &is_rule).unwrap_err();
        assert_eq!((fault.file.as_str(), fault.line), (FILE, line), "{text}");
        if let Some(name) = name {
            let RuleFlaw::NotOne { name: said, .. } = fault.flaw else { panic!("{text}: {}", fault.flaw) };
            assert_eq!(said, name);
        }
    }
}
