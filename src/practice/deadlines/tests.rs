use super::*;
use crate::practice::RuleFlaw;
use proptest::prelude::*;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rules() -> Rules {
    Rules::core().unwrap()
}

fn open(kind: &str, rule: &str, on: &str) -> DueRow {
    DueRow {
        id: RecordId(Uuid::from_u128(7)),
        on: day(on),
        kind: kind.into(),
        worker: None,
        rule: rule.into(),
        reason: String::new(),
    }
}

fn ask(event: Event, risk: &str, birth: Option<&str>, open: &[DueRow]) -> Vec<Suggested> {
    let facts = Facts { event, risk, birth: birth.map(day), open };
    rules().follow_ups(&facts, day("2026-11-20"), &Calendar::core().unwrap())
}

/// (rule, due), all that a test mostly wants to know.
fn short(suggested: &[Suggested]) -> Vec<(&str, String)> {
    suggested.iter().map(|one| (one.rule.as_str(), one.due.to_string())).collect()
}

#[test]
fn a_child_registered_on_a_friday_is_answered_by_risk() {
    for (risk, rule, due) in [
        ("high", "first-response-high", "2026-11-21"),
        ("medium", "first-response-medium", "2026-11-23"),
        ("low", "first-response-low", "2026-11-27"),
        ("", "first-response-unknown", "2026-11-27"),
    ] {
        let suggested = ask(Event::Registered { on: day("2026-11-20") }, risk, None, &[]);
        assert_eq!(short(&suggested), [(rule, due.to_owned())]);
        assert_eq!(suggested[0].kind, "first-response");
        assert!(suggested[0].known);
    }
}

#[test]
fn a_first_visit_counted_into_a_year_without_rest_days_says_so() {
    let facts =
        Facts { event: Event::Registered { on: day("2026-12-30") }, risk: "", birth: None, open: &[] };
    let suggested = rules().follow_ups(&facts, day("2026-12-30"), &Calendar::core().unwrap());
    assert!(!suggested[0].known);
}

#[test]
fn a_registered_child_is_remembered_on_the_next_birthday_that_matters_only() {
    let suggested = ask(Event::Registered { on: day("2026-11-20") }, "low", Some("2019-03-01"), &[]);
    let wanted = [("first-response-low", "2026-11-27".to_owned()), ("birthday-8", "2027-03-01".to_owned())];
    assert_eq!(short(&suggested), wanted);
}

#[test]
fn when_a_birthday_is_done_the_next_one_comes() {
    let asked = |birth, open: &[DueRow]| {
        short(&ask(Event::Birthday, "", Some(birth), open)).first().map(|(rule, due)| format!("{rule} {due}"))
    };
    assert_eq!(asked("2018-11-19", &[]).as_deref(), Some("birthday-14 2032-11-19"));
    assert_eq!(
        asked("2009-01-31", &[]).as_deref(),
        Some("birthday-18 2027-01-31"),
        "too near for a warning ahead"
    );
    assert_eq!(asked("2009-05-31", &[]).as_deref(), Some("birthday-18-ahead 2027-02-28"));
    assert_eq!(asked("2008-11-19", &[]), None, "an adult");
    assert_eq!(asked("2018-12-31", &[open("birthday", "birthday-8", "2026-12-31")]), None, "already there");
}

#[test]
fn a_corrected_birth_date_moves_the_open_birthday() {
    let was = [open("birthday", "birthday-8", "2026-12-13")];
    let suggested = ask(Event::Birthday, "", Some("2018-12-31"), &was);
    assert_eq!(short(&suggested), [("birthday-8", "2026-12-31".to_owned())]);
    assert_eq!(suggested[0].moves, Some(was[0].id));
}

#[test]
fn one_born_on_29_february_turns_18_on_the_28th() {
    assert_eq!(birthday(day("2008-02-29"), 18), Some(day("2026-02-28")));
    assert_eq!(birthday(day("2008-02-29"), 16), Some(day("2024-02-29")));
}

#[test]
fn after_a_visit_the_next_one_comes_by_risk() {
    for (risk, rule, due) in [
        ("high", "visit-high", "2026-11-26"),
        ("medium", "visit-medium", "2026-12-03"),
        ("low", "visit-low", "2026-12-19"),
        ("", "visit-unknown", "2026-12-03"),
    ] {
        let suggested = ask(Event::Contact { on: day("2026-11-19") }, risk, None, &[]);
        assert_eq!(short(&suggested), [(rule, due.to_owned())]);
    }
}

#[test]
fn a_visit_that_is_open_already_is_not_doubled() {
    let contact = Event::Contact { on: day("2026-11-19") };
    assert_eq!(ask(contact, "high", None, &[open("visit", "", "2026-12-30")]), []);
    assert_eq!(ask(contact, "high", None, &[open("first-response", "first-response-low", "2026-11-20")]), []);
    assert_eq!(ask(contact, "high", None, &[open("paper", "", "2026-11-21")]).len(), 1);
}

#[test]
fn a_visit_written_down_weeks_late_asks_for_the_next_today_not_in_the_past() {
    let suggested = ask(Event::Contact { on: day("2026-09-01") }, "high", None, &[]);
    assert_eq!(short(&suggested), [("visit-high", "2026-11-20".to_owned())]);
}

#[test]
fn a_higher_risk_brings_the_open_visit_forward_and_a_lower_one_never_puts_it_off() {
    let later = [open("visit", "visit-low", "2026-12-15")];
    let suggested = ask(Event::RiskSet, "high", None, &later);
    assert_eq!(short(&suggested), [("risk-high", "2026-11-21".to_owned())]);
    assert_eq!(suggested[0].moves, Some(later[0].id));
    let sooner = [open("visit", "visit-high", "2026-11-22")];
    assert_eq!(ask(Event::RiskSet, "low", None, &sooner), []);
    assert_eq!(short(&ask(Event::RiskSet, "medium", None, &[])), [("risk-medium", "2026-11-23".to_owned())]);
}

#[test]
fn a_first_response_brought_forward_is_still_a_first_response() {
    let suggested =
        ask(Event::RiskSet, "high", None, &[open("first-response", "first-response-unknown", "2026-11-27")]);
    assert_eq!(suggested[0].kind, "first-response");
}

#[test]
fn an_assessment_is_renewed_after_three_months() {
    let suggested = ask(Event::Assessed { on: day("2026-11-20") }, "low", None, &[]);
    assert_eq!(short(&suggested), [("reassess", "2027-02-20".to_owned())]);
    assert_eq!(suggested[0].repeat.as_deref(), Some("quarterly"));
    let already = [open("assessment", "reassess", "2027-01-01")];
    assert_eq!(ask(Event::Assessed { on: day("2026-11-20") }, "low", None, &already), []);
}

fn prison(until: &str) -> Circumstance<'static> {
    Circumstance { code: "prison", until: Some(day(until)), reported: None }
}

#[test]
fn a_fathers_release_is_prepared_a_month_ahead_and_checked_on_the_day() {
    let suggested = ask(Event::Circumstance { before: None, now: prison("2027-06-30") }, "", None, &[]);
    let wanted = [("release-ahead", "2027-05-31".to_owned()), ("release", "2027-06-30".to_owned())];
    assert_eq!(short(&suggested), wanted);
    let near = ask(Event::Circumstance { before: None, now: prison("2026-12-01") }, "", None, &[]);
    assert_eq!(short(&near), [("release", "2026-12-01".to_owned())]);
    let over = ask(Event::Circumstance { before: None, now: prison("2026-03-01") }, "", None, &[]);
    assert_eq!(short(&over), [("release", "2026-11-20".to_owned())], "long over: check today");
}

#[test]
fn a_shorter_sentence_moves_the_fathers_date_and_leaves_the_mothers() {
    let father = open("review", "release", "2027-06-30");
    let mother = DueRow { id: RecordId(Uuid::from_u128(8)), on: day("2028-01-01"), ..father.clone() };
    let event = Event::Circumstance { before: Some(prison("2027-06-30")), now: prison("2027-02-01") };
    let suggested = ask(event, "", None, &[father.clone(), mother]);
    let moved: Vec<_> = suggested.iter().map(|one| (one.due, one.moves)).collect();
    assert_eq!(moved, [(day("2027-01-02"), None), (day("2027-02-01"), Some(father.id))]);
}

#[test]
fn a_mother_reported_out_of_contact_may_count_after_six_months() {
    let now = Circumstance { code: "out-of-contact", until: None, reported: Some(day("2026-08-31")) };
    let suggested = ask(Event::Circumstance { before: None, now }, "", None, &[]);
    assert_eq!(short(&suggested), [("out-of-contact-6-months", "2027-02-28".to_owned())]);
    assert_eq!(suggested[0].kind, "paper");
}

#[test]
fn a_parent_working_away_sets_nothing_off() {
    let now = Circumstance { code: "working-away", until: None, reported: None };
    assert_eq!(ask(Event::Circumstance { before: None, now }, "", None, &[]), []);
}

const CORE_RULE: &str =
    "[[rule]]\nid = \"a\"\non = \"contact\"\nafter = \"7d\"\nkind = \"visit\"\nzh = \"甲\"\n";

#[test]
fn a_station_changes_silences_and_adds_rules_in_its_own_copy() {
    let copy = "[[rule]]\nid = \"visit-high\"\non = \"contact\"\nrisk = [\"high\"]\nafter = \"3d\"\nkind = \"visit\"\nzh = \"每三天\"\n\
                [[rule]]\nid = \"birthday-14\"\noff = true\n\
                [[rule]]\nid = \"ours\"\non = \"registered\"\nafter = \"1m\"\nkind = \"call\"\nzh = \"一个月后电话\"\n";
    let rules = Rules::of_station(Some(copy)).unwrap();
    assert_eq!(rules.get("visit-high").unwrap().after, Offset::Days(3));
    assert_eq!(rules.get("birthday-14"), None);
    assert_eq!(rules.get("ours").unwrap().text.en, "一个月后电话");
    assert_eq!(rules.all().len(), Rules::core().unwrap().all().len());
    let facts =
        Facts { event: Event::Contact { on: day("2026-11-20") }, risk: "high", birth: None, open: &[] };
    let suggested = rules.follow_ups(&facts, day("2026-11-20"), &Calendar::core().unwrap());
    let rule = rules.get(&suggested[0].rule).unwrap();
    assert!(rule.own, "the catalogue's words would be those of the core rule");
    assert_eq!(rule.text.zh, "每三天");
}

#[test]
fn a_slip_in_the_table_is_named_with_its_line() {
    let flaw = |text: &str| Rules::load(text, None).map(drop).unwrap_err();
    let cases = [
        (CORE_RULE.replace("7d", "7 days"), 4, RuleFlaw::Offset("7 days".into())),
        (CORE_RULE.replace("7d", "99999d"), 4, RuleFlaw::Offset("99999d".into())),
        (
            CORE_RULE.replace("\"visit\"", "\"vist\""),
            5,
            RuleFlaw::Code { list: "follow-up-kind", code: "vist".into() },
        ),
        (CORE_RULE.replace("contact", "birthday"), 2, RuleFlaw::Missing("age")),
        (CORE_RULE.repeat(2), 8, RuleFlaw::Twice("a".into())),
    ];
    for (text, line, flaw_) in cases {
        let fault = flaw(&text);
        assert_eq!((fault.line, fault.flaw), (line, flaw_));
    }
    let fault = flaw(&CORE_RULE.replace("kind =", "kid ="));
    assert_eq!(fault.line, 5);
    assert!(matches!(fault.flaw, RuleFlaw::Key { key, .. } if key == "kid"));
    assert_eq!(Rules::load(CORE_RULE, Some("off")).unwrap_err().line, 1);
}

/// Every rule stands on a document or says that it does not, in both languages, on one line of a follow-up.
#[test]
fn every_rule_says_what_it_asks_and_where_that_stands() {
    for rule in rules().all() {
        for words in [&rule.text, &rule.source] {
            assert!(!words.zh.is_empty() && words.en.is_ascii(), "{}", rule.id);
            assert!(words.zh.chars().count() <= 100 && words.en.chars().count() <= 200, "{}", rule.id);
        }
        let says_default = rule.source.zh.starts_with("本程序的默认值");
        assert_eq!(rule.certainty == Certainty::Default, says_default, "{}", rule.id);
    }
}

proptest! {
    #[test]
    fn nothing_is_ever_due_before_today_nor_asked_for_twice(
        on in 0i64..3_000, birth in 0i64..8_000, risk in prop::sample::select(vec!["", "low", "medium", "high"]),
        what in 0u8..6,
    ) {
        let today = day("2026-11-20");
        let back = |days| today - chrono::Duration::days(days);
        let event = match what {
            0 => Event::Registered { on: back(on) },
            1 => Event::RiskSet,
            2 => Event::Contact { on: back(on) },
            3 => Event::Assessed { on: back(on) },
            4 => Event::Planned { on: back(on) },
            _ => Event::Birthday,
        };
        let calendar = Calendar::core().unwrap();
        let rules = rules();
        let birth = Some(back(birth));
        let first = rules.follow_ups(&Facts { event, risk, birth, open: &[] }, today, &calendar);
        prop_assert!(first.iter().all(|one| one.due >= today));
        let open: Vec<DueRow> = first.iter().enumerate().map(|(n, one)| DueRow {
            id: RecordId(Uuid::from_u128(n as u128)), on: one.due, kind: one.kind.clone(), worker: None, rule: one.rule.clone(), reason: String::new(),
        }).collect();
        prop_assert_eq!(rules.follow_ups(&Facts { event, risk, birth, open: &open }, today, &calendar), vec![]);
    }
}
