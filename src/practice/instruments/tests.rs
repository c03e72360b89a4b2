use super::*;
use crate::domain::forms;
use crate::domain::forms::services::DOMAINS;
use crate::practice::RuleFlaw;

/// A table with one instrument of two questions; `edit` may spoil it.
fn table(edit: impl Fn(String) -> String) -> String {
    edit(
        r#"
[[answers]]
id = "yes-no"
choices = [{ points = 0, zh = "否" }, { points = 1, zh = "是" }]

[[instrument]]
id = "ours"
version = 1
domain = "health"
higher = "better"
zh = "我们的"
by = ["child"]
range = [0, 2]
answers = "yes-no"
items = [{ zh = "一" }, { zh = "二" }]
bands = [
    { colour = "red", from = 0, to = 0 },
    { colour = "green", from = 1, to = 2 },
]
"#
        .to_owned(),
    )
}

fn flaw(edit: impl Fn(String) -> String) -> (usize, RuleFlaw) {
    let fault = Instruments::of_station(Some(&table(edit))).unwrap_err();
    assert_eq!(fault.file, FILE);
    (fault.line, fault.flaw)
}

#[test]
fn every_domain_has_an_instrument_of_five_to_eight_plain_questions_that_says_who_answers_and_from_where_it_is()
 {
    let core = Instruments::core().unwrap();
    for domain in DOMAINS {
        assert!(core.offered().any(|one| one.domain == *domain), "{domain}");
    }
    for one in core.all() {
        assert!((5..=8).contains(&one.items.len()), "{}", one.id);
        assert!(!one.by.is_empty() && !one.source.zh.is_empty() && !one.source.en.is_empty(), "{}", one.id);
        let asks_child = one.by.contains(&"child");
        assert!(!asks_child || one.from_age >= 6, "{}: who cannot read it yet", one.id);
        for item in &one.items {
            assert!(item.text.zh != item.text.en, "{}: {}", one.id, item.text.zh);
        }
        for total in one.least..=one.most {
            assert!(one.band(total).is_some(), "{}: {total}", one.id);
        }
        let (worst, best) = match one.higher {
            Higher::Better => (one.least, one.most),
            Higher::Worse => (one.most, one.least),
        };
        assert_eq!((one.band(worst), one.band(best)), (Some(Colour::Red), Some(Colour::Green)), "{}", one.id);
    }
}

#[test]
fn the_hardship_scale_has_the_points_and_limits_of_its_source() {
    let core = Instruments::core().unwrap();
    let scale = core.get("hardship", 1).unwrap();
    let yes: Vec<i64> = scale.items.iter().map(|item| item.answers[1].0).collect();
    assert_eq!(yes[..5], [3, 5, 2, 2, 5]);
    assert_eq!((scale.least, scale.most, scale.certainty), (0, 30, Certainty::Excerpt));
    let bands = [15, 16, 25, 26].map(|points| scale.band(points).unwrap());
    assert_eq!(bands, [Colour::Blue, Colour::Yellow, Colour::Yellow, Colour::Red]);
}

#[test]
fn a_slip_in_a_station_s_copy_is_named_with_its_line() {
    assert!(Instruments::of_station(Some(&table(|text| text))).is_ok());
    let cases: [(&str, &str, usize, RuleFlaw); 7] = [
        ("\"health\"", "\"luck\"", 9, RuleFlaw::Code { list: "domain", code: "luck".into() }),
        ("[\"child\"]", "[\"dog\"]", 12, RuleFlaw::Code { list: "score-by", code: "dog".into() }),
        ("[0, 2]", "[0, 3]", 13, RuleFlaw::Range { least: 0, most: 2 }),
        ("from = 1, to = 2", "from = 2, to = 2", 18, RuleFlaw::Bands { least: 0, most: 2 }),
        ("\"better\"", "\"worse\"", 18, RuleFlaw::Bands { least: 0, most: 2 }),
        ("points = 1,", "points = 0,", 4, RuleFlaw::Answers("yes-no".into())),
        ("\"ours\"", "\"our own\"", 7, RuleFlaw::Name("our own".into())),
    ];
    for (from, to, line, wanted) in cases {
        assert_eq!(flaw(|text| text.replace(from, to)), (line, wanted), "{to}");
    }
    let (line, flaw) = flaw(|text| text.replace("higher", "hihger"));
    assert!(matches!(flaw, RuleFlaw::Key { .. }) && line == 10, "{line}: {flaw}");
}

#[test]
fn other_points_need_another_version_and_the_older_one_stays_readable() {
    let ours = |version: i64, domain: &str| {
        table(|text| text.replace("\"ours\"", "\"health\""))
            .replace("version = 1", &format!("version = {version}"))
            .replace("\"health\"\nhigher", &format!("\"{domain}\"\nhigher"))
    };
    let fault = Instruments::of_station(Some(&ours(1, "health"))).unwrap_err();
    assert_eq!(fault.flaw, RuleFlaw::Version("health".into()));
    let both = Instruments::of_station(Some(&ours(2, "health"))).unwrap();
    assert!(!both.get("health", 1).unwrap().offered && both.get("health", 2).unwrap().offered);
    let off = Instruments::of_station(Some("[[instrument]]\nid = \"health\"\nversion = 1\noff = true\n"));
    assert!(!off.unwrap().get("health", 1).unwrap().offered);
}

#[test]
fn the_form_of_an_instrument_has_a_choice_for_each_item_and_says_what_it_is_of() {
    let core = Instruments::core().unwrap();
    let plain = forms::all().into_iter().find(|form| form.kind == RecordKind::Score).unwrap();
    let all = core.forms(&plain);
    assert_eq!(all.len(), core.all().len());
    for (one, form) in core.all().iter().zip(&all) {
        for at in 0..one.items.len() {
            let field = form.field(&item_field(at)).unwrap();
            assert!(matches!(&field.kind, FieldKind::One(choices) if choices.codes.len() >= 2));
            assert!(field.is_delicate() && !field.is_required(), "an answer may be left out");
        }
        let kind = |id| &form.field(&id).unwrap().kind;
        assert!(
            matches!(kind(score::INSTRUMENT), FieldKind::One(choices) if choices.codes == [one.id.clone()])
        );
        assert_eq!(kind(score::VERSION), &FieldKind::Number { min: one.version, max: one.version });
    }
}
