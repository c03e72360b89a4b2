mod edges;

use super::facts::{CHILD, LISTS, Word};
use super::*;
use crate::practice::RuleFlaw;
use chrono::Days as Step;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const EXAMPLES: &str = examples::CORE;
const PAGES: &str = include_str!("../../../assets/manual/pages.toml");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn facts(value: &Value) -> Facts {
    read_facts(value, day("2026-03-01")).unwrap()
}

/// The core's rules with a station's copy of a table.
fn with(file: &str, text: &str) -> Result<FlagRules, RuleFault> {
    FlagRules::load(|wanted| (wanted == file).then_some(text))
}

/// What holds on 2026-03-01.
fn holding<'a>(rules: &'a FlagRules, value: &Value) -> Vec<&'a str> {
    let look = rules.look(&facts(value), day("2026-03-01"));
    look.flags.iter().filter(|flag| flag.now).map(|flag| flag.rule.id.as_str()).collect()
}

#[test]
fn the_tables_that_ship_are_in_order() {
    let rules = FlagRules::core().map_err(|fault| fault.to_string()).unwrap();
    assert!(rules.all().len() > 80, "{}", rules.all().len());
    for rule in rules.all() {
        for words in [&rule.text, &rule.act, &rule.source] {
            assert!(!words.zh.is_empty() && !words.en.is_empty(), "{}", rule.id);
        }
    }
}

#[test]
fn every_page_that_a_rule_names_is_in_the_manual() {
    let pages: toml::Table = PAGES.parse().unwrap();
    let pages: BTreeSet<&str> =
        pages["page"].as_array().unwrap().iter().map(|page| page["id"].as_str().unwrap()).collect();
    for rule in FlagRules::core().unwrap().all() {
        let page = rule.page.as_deref();
        assert!(page.is_some_and(|page| pages.contains(page)), "{}: {page:?}", rule.id);
    }
}

#[test]
fn the_examples_that_ship_play_without_a_difference_and_every_rule_holds_in_one() {
    let rules = FlagRules::core().unwrap();
    let played = examples::play(&rules, "examples.toml", EXAMPLES).unwrap();
    assert!(played.len() >= 150, "{}", played.len());
    for one in &played {
        assert_eq!(one.differences, [], "line {}: {}", one.line, one.name);
    }
    let names: BTreeSet<&str> = played.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), played.len(), "a name that is there twice tells nobody which example it is");

    let table: toml::Table = EXAMPLES.parse().unwrap();
    let expected: BTreeSet<&str> = table["example"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|example| example["expect"].as_array().unwrap())
        .map(|rule| rule.as_str().unwrap())
        .collect();
    for rule in rules.all() {
        assert!(expected.contains(rule.id.as_str()), "no example in which {} holds", rule.id);
    }
}

#[test]
fn an_example_that_expects_otherwise_is_told() {
    use examples::Difference::{Day, Missing, Unexpected};
    let rules = FlagRules::core().unwrap();
    let play = |rest: &str| {
        let facts = r#"{ birth = "2010-03-02", lives = "alone" }"#;
        let text = format!("[[example]]\nname = \"a\"\ntoday = \"2026-03-01\"\nfacts = {facts}\n{rest}");
        examples::play(&rules, "mine.toml", &text).map(|mut played| played.remove(0).differences)
    };
    let alone = "under-16-alone".to_owned();
    assert_eq!(play("expect = [\"under-16-alone\"]").unwrap(), []);
    assert_eq!(play("expect = []").unwrap(), [Unexpected(alone.clone())]);
    assert_eq!(play("expect = []\nof = [\"orphan\"]").unwrap(), []);
    assert_eq!(play("expect = [\"orphan\"]").unwrap(), [Missing("orphan".into()), Unexpected(alone.clone())]);
    let ends = |wanted, is| Day { rule: alone.clone(), begins: false, wanted: day(wanted), is };
    let until = "expect = [\"under-16-alone\"]\nuntil = { under-16-alone = \"2026-03-03\" }";
    assert_eq!(play(until).unwrap(), [ends("2026-03-03", Some(day("2026-03-02")))]);
    let comes = "expect = [\"under-16-alone\"]\ncomes = { adult-open = \"2028-03-02\" }";
    let wanted = day("2028-03-02");
    assert_eq!(play(comes).unwrap(), [Day { rule: "adult-open".into(), begins: true, wanted, is: None }]);

    for (rest, line) in [
        ("expect = [\"nobody\"]", 5),
        ("expect = []\nof = [\"nobody\"]", 6),
        ("expect = []\nuntil = { nobody = \"2026-03-03\" }", 6),
        ("expect = []\nuntil = { orphan = \"soon\" }", 6),
        ("expects = []", 5),
    ] {
        let fault = play(rest).unwrap_err().to_string();
        assert!(fault.starts_with(&format!("mine.toml, line {line}:")), "{rest}: {fault}");
    }
    let fault = examples::play(
        &rules,
        "mine.toml",
        "\n[[example]]\nname = \"a\"\ntoday = \"2026-03-01\"\nfacts = { lives = \"mars\" }\nexpect = []",
    );
    let fault = fault.unwrap_err().to_string();
    assert!(fault.starts_with("line 3: lives: must be one of: parents"), "{fault}");
}

/// A rule of a station in line 3, with this condition in line 5.
fn unclear(when: &str) -> Unclear {
    let rule = format!(
        "# ours\n\n[[rule]]\nid = \"ours\"\nwhen = \"{when}\"\ngrade = \"act\"\nzh = \"x\"\ndo_zh = \"y\"\n"
    );
    let fault = with("closure.toml", &rule).expect_err(when);
    assert_eq!((fault.file.as_str(), fault.line), ("closure.toml", 5), "{when}");
    match fault.flaw {
        RuleFlaw::Unclear(unclear) => unclear,
        other => panic!("{when}: {other}"),
    }
}

#[test]
fn a_condition_that_is_not_clear_is_told_with_its_line_and_what_is_wrong() {
    let name = |text: &str| Unclear::Name(text.into());
    for (when, wrong) in [
        ("lifes = alone", "lifes"),
        ("paper", "paper"),
        ("any children (paper)", "children"),
        ("any parents (lives = alone)", "lives"),
        ("any parents (child.paper)", "child.paper"),
        ("income < much", "much"),
        ("age of bith < 3", "bith"),
        ("2", ""),
    ] {
        assert_eq!(unclear(when), name(wrong), "{when}");
    }
    for (when, wrong) in [("lives = mars", "mars"), ("unattended = perhaps", "perhaps")] {
        assert!(matches!(unclear(when), Unclear::Code { code, .. } if code == wrong), "{when}");
    }
    for (when, wrong) in [
        ("from lives", "lives"),
        ("birth < risk", "risk"),
        ("age of risk < 3", "risk"),
        ("income < birth", "birth"),
    ] {
        assert!(matches!(unclear(when), Unclear::Kind(of, _) if of == wrong), "{when}");
    }
    for (when, wrong) in
        [("from birth + 3wd", "3wd"), ("from birth - 18y", "18y"), ("before birth + 7001d", "7001d")]
    {
        assert_eq!(unclear(when), Unclear::Offset(wrong.into()), "{when}");
    }
    for (when, wanted, at) in [
        ("", "a condition", "the end"),
        ("unattended and", "a condition", "the end"),
        ("unattended rural", "and, or", "rural"),
        ("unattended)", "and, or", ")"),
        ("(unattended", ")", "the end"),
        ("any parents paper", "(", "paper"),
        ("any parents (paper", ")", "the end"),
        ("lives alone", "=", "alone"),
        ("birth = opened", "<, <=, >=, >", "="),
        ("income = 3", "<, <=, >=, >", "="),
        ("income <", "a number", "the end"),
        ("age < old", "a number", "old"),
    ] {
        assert_eq!(unclear(when), Unclear::Expected { wanted, at: at.into() }, "{when}");
    }
    assert_eq!(unclear(&format!("{}unattended{}", "(".repeat(24), ")".repeat(24))), Unclear::Deep);
}

#[test]
fn a_table_with_a_mistake_is_told_with_its_line() {
    let rule = "[[rule]]\nid = \"ours\"\nwhen = \"rural\"\ngrade = \"act\"\nzh = \"x\"\ndo_zh = \"y\"\n";
    assert!(with("closure.toml", rule).is_ok());
    let name = "[[name]]\nid = \"alike\"\nwhen = \"rural\"\n";
    for (text, line, said) in [
        (rule.replace("rural", "rurul"), 3, "`rurul`"),
        (rule.replace("grade = \"act\"\n", "grade = \"soon\"\n"), 4, "soon"),
        (rule.replace("grade = \"act\"\n", ""), 2, "`grade`"),
        (rule.replace("zh = \"x\"\n", ""), 2, "`zh`"),
        (rule.replace("when = \"rural\"\n", ""), 2, "`when`"),
        (rule.replace("rural\"\n", "rural\"\nwhile = \"openn\"\n"), 4, "`openn`"),
        (rule.replace("rural\"\n", "rural\"\nahead = \"2wd\"\n"), 4, "`2wd`"),
        (rule.replace("rural\"\n", "rural\"\neach = \"children\"\n"), 4, "`children`"),
        (rule.replace("\nzh =", "\nzn ="), 5, "zn"),
        (format!("{rule}{rule}"), 8, "`ours` is there twice"),
        (format!("{name}{name}"), 5, "`alike` is there twice"),
        // What a table before it has named, and what is a fact.
        (name.replace("alike", "minor"), 2, "`minor` is there twice"),
        (name.replace("alike", "lives"), 2, "`lives` is there twice"),
    ] {
        let fault = with("closure.toml", &text).expect_err(&text);
        assert_eq!((fault.file.as_str(), fault.line), ("closure.toml", line), "{text}{fault}");
        assert!(fault.to_string().contains(said), "{text}{fault}");
    }
}

#[test]
fn a_station_replaces_silences_and_adds_rules() {
    let child = json!({ "birth": "2013-05-01", "lives": "alone", "schooling": "dropped-out" });
    let core = FlagRules::core().unwrap();
    assert_eq!(holding(&core, &child), ["under-16-alone", "dropped-out"]);
    assert!(core.all().iter().all(|rule| !rule.own));

    let own = r#"
[[rule]]
id = "under-16-alone"
when = "age < 12 and lives = alone"
grade = "act"
zh = "未满12周岁独居"
do_zh = "上门"

[[rule]]
id = "dropped-out"
off = true

[[rule]]
id = "no-such-rule"
off = true

[[rule]]
id = "drops-out-alone"
when = "lives = alone and schooling = dropped-out"
while = "current"
grade = "urgent"
zh = "独居又辍学"
do_zh = "上门"
"#;
    let rules = with("protection.toml", own).unwrap();
    assert_eq!(holding(&rules, &child), ["drops-out-alone"]);
    assert_eq!(rules.all().len(), core.all().len(), "one less, one more");
    assert!(rules.get("dropped-out").is_none());
    let played = examples::play(&rules, "examples.toml", EXAMPLES).unwrap();
    let misses = |one: &examples::Played| {
        one.differences.contains(&examples::Difference::Missing("dropped-out".into()))
    };
    assert!(played.iter().any(misses), "what was silenced is missed, not unknown");
    let replaced = rules.get("under-16-alone").unwrap();
    assert!(replaced.own && replaced.text.zh == "未满12周岁独居");
    assert_eq!(replaced.text.en, replaced.text.zh, "a station writes in its own language");
    let younger = json!({ "birth": "2014-03-02", "lives": "alone" });
    assert_eq!(holding(&rules, &younger), ["under-16-alone"]);
    assert!(holding(&rules, &json!({ "birth": "2014-03-01", "lives": "alone" })).is_empty());

    let names = "[[name]]\nid = \"ours\"\nwhen = \"rural\"\n";
    assert!(with("protection.toml", names).is_ok(), "a station has names of its own");
}

#[test]
fn a_name_of_the_stations_takes_the_place_of_the_cores_wherever_the_core_uses_it() {
    let parents = json!([{ "circumstance": "dead", "paper": true }, { "circumstance": "grave-illness", "paper": true }]);
    let child = json!({ "birth": "2016-05-01", "parents": parents });
    let core = FlagRules::core().unwrap();
    assert!(holding(&core, &child).contains(&"unattended"));

    // In any order, by names of its own; what the core builds upon the name follows.
    let own = r#"
[[name]]
id = "cannot-care"
each = "parents"
when = "confined or taken"

[[name]]
id = "taken"
each = "parents"
when = "circumstance = revoked|deported"
"#;
    let rules = with("eligibility.toml", own).unwrap();
    assert!(!holding(&rules, &child).contains(&"unattended"));
    let mut revoked = child.clone();
    revoked["parents"][1]["circumstance"] = json!("revoked");
    assert!(holding(&rules, &revoked).contains(&"unattended"));

    let ring = own.replace("circumstance = revoked|deported", "cannot-care");
    let fault = with("eligibility.toml", &ring).unwrap_err();
    assert_eq!(fault.line, 5, "a ring of names ends at the station's own first line of it: {fault}");
    let elsewhere = with("protection.toml", own).unwrap_err();
    assert_eq!(
        elsewhere.flaw,
        RuleFlaw::Twice("cannot-care".into()),
        "in the table that has it, nowhere else"
    );
}

#[test]
fn what_silences_a_rule_is_no_reason_for_it() {
    let rules = FlagRules::core().unwrap();
    let child = facts(&json!({ "birth": "2012-05-01", "no-hukou": true, "offending": "crime" }));
    let look = rules.look(&child, day("2026-03-01"));
    let flag = look.flags.iter().find(|flag| flag.rule.id == "branch-school-or-crime").unwrap();
    let because: Vec<&str> = flag.because.iter().map(|because| because.fact).collect();
    assert_eq!(because, ["offending"]);
    assert_eq!(flag.span.ends(), Some(day("2030-05-01")), "and yet it ends with it");
}

#[test]
fn a_fact_that_cannot_be_taken_is_told_with_its_path() {
    let not_a = FactFlaw::NotA;
    let of = |kind| FactFlaw::NotA(Wanted::Of(kind));
    let many: Vec<Value> = vec![json!({}); 10_001];
    for (value, path, flaw) in [
        (json!([]), "facts", not_a(Wanted::Object)),
        (json!({ "brith": "2016-05-01" }), "brith", FactFlaw::Unknown),
        (json!({ "parents": [{}, { "papers": true }] }), "parents[1].papers", FactFlaw::Unknown),
        (json!({ "parents": [{ "lives": "kin" }] }), "parents[0].lives", FactFlaw::Unknown),
        (json!({ "parents": [{ "goals": [] }] }), "parents[0].goals", FactFlaw::Unknown),
        (json!({ "parents": {} }), "parents", not_a(Wanted::List)),
        (json!({ "parents": [{}, 1] }), "parents[1]", not_a(Wanted::Object)),
        (json!({ "goals": many }), "goals", FactFlaw::TooMany(10_000)),
        (json!({ "unattended": "yes" }), "unattended", of(Kind::Yes)),
        (json!({ "income": -1 }), "income", of(Kind::Number)),
        (json!({ "income": 1.5 }), "income", of(Kind::Number)),
        (json!({ "income": 1_000_000_001 }), "income", of(Kind::Number)),
        (json!({ "birth": "26-05-01" }), "birth", of(Kind::Past)),
        (json!({ "birth": "2026-02-29" }), "birth", of(Kind::Past)),
        (json!({ "birth": "2026-2-001" }), "birth", of(Kind::Past)),
        (json!({ "birth": "2026-03-02" }), "birth", FactFlaw::AfterToday),
        (json!({ "parents": [{ "since": "2026-03-02" }] }), "parents[0].since", FactFlaw::AfterToday),
        (
            json!({ "parents": [{ "since": "2026-02-02", "until": "2026-02-01" }] }),
            "parents[0].until",
            FactFlaw::Before("since"),
        ),
        (json!({ "opened": "2026-02-02", "closed": "2026-02-01" }), "closed", FactFlaw::Before("opened")),
        (json!({ "opened": "2026-02-02", "reopened": "2026-02-01" }), "reopened", FactFlaw::Before("opened")),
    ] {
        let fault = read_facts(&value, day("2026-03-01")).err().unwrap_or_else(|| panic!("{value}"));
        assert_eq!((fault.path.as_str(), &fault.flaw), (path, &flaw), "{value}");
    }
    for wrong in [json!({ "lives": "mars" }), json!({ "lives": ["kin"] }), json!({ "signs": "violence" })] {
        let fault = read_facts(&wrong, day("2026-03-01")).err().unwrap();
        assert!(matches!(fault.flaw, FactFlaw::NotA(_)), "{wrong}: {fault}");
    }

    assert!(facts(&json!({ "birth": null, "risk": null })) == Facts::default(), "null says nothing");
    facts(&json!({ "birth": "2026-03-01", "parents": [{ "until": "2040-01-01" }] }));
    // Closed, opened again, closed once more: only the last day of each is known.
    facts(&json!({ "opened": "2025-01-01", "reopened": "2025-06-01", "closed": "2025-09-01" }));
}

/// Facts that lie close to where rules turn: whole months and years before today, and a few days about them.
fn any_fact(kind: Kind, today: NaiveDate) -> BoxedStrategy<Value> {
    let about = move |months: u32, days: u64| (today - Months::new(months) - Step::new(days)).to_string();
    let past = (0u32..240, 0u64..10).prop_map(move |(months, days)| about(months, days));
    match kind {
        Kind::Yes => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Number => prop_oneof![0..30i64, Just(50_000)].prop_map(Value::from).boxed(),
        Kind::Past => past.prop_map(Value::from).boxed(),
        Kind::Day => (0u32..24, 0u64..40)
            .prop_map(move |(months, days)| {
                (today - Months::new(6) + Months::new(months) + Step::new(days)).to_string().into()
            })
            .boxed(),
        Kind::One(codes) => proptest::sample::select(codes).prop_map(Value::from).boxed(),
        Kind::Many(codes) => {
            proptest::sample::subsequence(codes, 0..=codes.len().min(3)).prop_map(Value::from).boxed()
        }
    }
}

fn any_object(words: &'static [Word], today: NaiveDate) -> impl Strategy<Value = Value> {
    let each: Vec<_> = words
        .iter()
        .map(|(name, kind)| {
            proptest::option::weighted(0.4, any_fact(*kind, today)).prop_map(|fact| (*name, fact))
        })
        .collect();
    each.prop_map(|facts| {
        facts.into_iter().filter_map(|(name, fact)| Some((name.to_owned(), fact?))).collect()
    })
}

/// A child with up to three of each list; facts that contradict each other are left out.
fn any_facts(today: NaiveDate) -> impl Strategy<Value = Value> {
    let lists: Vec<_> = LISTS
        .iter()
        .map(|(list, words)| {
            proptest::collection::vec(any_object(words, today), 0..3).prop_map(|all| (*list, all))
        })
        .collect();
    (any_object(CHILD, today), lists).prop_filter_map("in order", move |(mut child, lists)| {
        for (list, all) in lists {
            let in_order = all.into_iter().filter(|one| read_facts(&json!({ list: [one] }), today).is_ok());
            child[list] = in_order.collect();
        }
        read_facts(&child, today).is_ok().then_some(child)
    })
}

proptest! {
    #[test]
    fn until_the_day_of_changes_the_rules_say_the_same(
        value in any_facts(day("2026-03-01")), later in 0u64..1_000_000,
    ) {
        let (rules, facts) = (FlagRules::core().unwrap(), facts(&value));
        let today = day("2026-03-01");
        let look = rules.look(&facts, today);
        let last = look.changes.unwrap_or(today + Step::new(4_000));
        prop_assert!(last > today);
        let within = u64::try_from((last - today).num_days()).unwrap();
        let said = |look: &Look| -> Vec<(String, Option<usize>, Span, bool)> {
            let of = |flag: &Flag| (flag.rule.id.clone(), flag.about, flag.span, flag.now);
            look.flags.iter().map(of).collect()
        };
        let other = today + Step::new(later % within);
        prop_assert_eq!(said(&look), said(&rules.look(&facts, other)), "on {}", other);
    }
}
