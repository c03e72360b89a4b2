//! What a county office does with the rules at the shell: look at a family, change its copy, play the examples.
//! Nobody signs in, and no station is needed.

use super::*;

const FAMILY: &str = r#"{
    "birth": "2016-05-01",
    "parents": [
        { "role": "father", "circumstance": "dead", "paper": true },
        { "role": "mother", "circumstance": "out-of-contact", "reported": "2025-12-01" }
    ]
}"#;

const EXAMPLES: &str = r#"
[[example]]
name = "独居"
today = "2026-03-01"
facts = { birth = "2010-03-02", lives = "alone" }
expect = ["under-16-alone"]
"#;

const NO_WORDS: &str = "[[rule]]\nid = \"under-16-alone\"\noff = true\n";

#[test]
fn the_rules_say_of_a_family_what_holds_why_and_what_comes() {
    let home = Home::new();
    home.write("family.json", FAMILY);
    let said = home.run("rules explain --facts family.json --today 2026-03-01 --json").json();
    assert_eq!((&said["today"], &said["changes"]), (&"2026-03-01".into(), &"2026-06-01".into()));
    let of = |rule: &str| {
        let all = said["findings"].as_array().unwrap();
        all.iter().find(|finding| finding["rule"] == rule).unwrap_or_else(|| panic!("{rule}: {said}"))
    };
    let branch = of("branch-parents-unable");
    assert_eq!((&branch["state"], &branch["grade"]), (&"holds".into(), &"act".into()));
    assert_eq!(branch["because"][0]["fact"], "parents[0].circumstance");
    let paper = of("paper-out-of-contact");
    assert_eq!((&paper["state"], &paper["since"]), (&"comes".into(), &"2026-06-01".into()));
    assert_eq!((&paper["about"], &paper["certainty"]), (&"parents[1]".into(), &"V".into()));
    assert_eq!((&paper["page"], &paper["own"]), (&"unattended-papers".into(), &false.into()));
    for (language, word) in [("zh", "民发〔2020〕125号"), ("en", "Min Fa [2020] 125")] {
        assert_eq!(paper["source"][language], word);
        assert!(!paper["do"][language].as_str().unwrap().is_empty());
    }
    assert!(!said.to_string().contains("\"unattended\""), "the paper is missing");

    let zh = home.run("rules explain --facts family.json --today 2026-03-01").done();
    let en = home.run("--lang en rules explain --facts family.json --today 2026-03-01").done();
    for (text, words) in [
        (&zh, ["[要办]", "无法照料儿童", "依据", "2026-06-01"]),
        (&en, ["[To do]", "A parent cannot care", "Because", "from 2026-06-01"]),
    ] {
        for word in words {
            assert!(text.contains(word), "{word:?} is not in\n{text}");
        }
    }
    assert!(!home.data().exists(), "no station is made");

    let quiet = fed(
        home.command("rules explain --facts - --today 2026-03-01 --json".split(' ')),
        r#"{ "birth": "2016-05-01" }"#,
    );
    assert_eq!(quiet.code, 3);
    assert!(quiet.out.contains("\"findings\": []") || quiet.out.contains("\"findings\":[]"), "{}", quiet.out);
    home.write("quiet.json", r#"{ "birth": "2016-05-01" }"#);
    home.run("rules explain --facts quiet.json").refused(3, &["没有话说"]);
}

#[test]
fn a_fact_that_is_wrong_is_named_by_its_path() {
    let home = Home::new();
    for (text, zh, en) in [
        (FAMILY.replace("reported", "repotred"), "parents[1].repotred", "there is no such fact"),
        (FAMILY.replace("2025-12-01", "2026-03-02"), "parents[1].reported", "after today"),
        (FAMILY.replace("\"dead\"", "\"gone\""), "parents[0].circumstance", "must be one of"),
        (FAMILY.replace("true", "\"yes\""), "parents[0].paper", "true or false"),
        (FAMILY.replace("\"birth\"", "birth"), "第 2 行", "Line 2"),
    ] {
        home.write("family.json", text);
        home.run("rules explain --facts family.json --today 2026-03-01").refused(1, &[zh]);
        home.run("--lang en rules explain --facts family.json --today 2026-03-01").refused(1, &[en]);
    }
    home.run("rules explain --facts nowhere.json").refused(1, &["nowhere.json"]);
    home.write("family.json", FAMILY);
    home.run("rules explain --facts family.json --today 2026-02-30").refused(2, &[""]);
    home.run("rules explain --facts family.json --tables nowhere").refused(1, &["nowhere"]);
}

#[test]
fn an_edited_copy_is_in_force_or_its_mistake_is_named_by_file_and_line() {
    let home = Home::new();
    fs::create_dir(home.path("practice")).unwrap();
    home.write("mine.toml", EXAMPLES);
    assert!(home.run("rules test mine.toml").done().contains("1 个例子都相符"));
    assert!(home.run("--lang en rules test mine.toml").done().contains("Examples: 1. All agree"));

    home.write("practice/protection.toml", NO_WORDS);
    let differs = home.run("rules test mine.toml --tables practice");
    assert_eq!(differs.code, 1);
    assert!(differs.out.contains("mine.toml:3: 独居: 应有「under-16-alone」"), "{}", differs.out);
    assert!(differs.err.contains("1 个例子里有 1 个不相符"), "{}", differs.err);
    let differs = home.run("--lang en rules test mine.toml --tables practice");
    assert!(differs.out.contains("\"under-16-alone\" was expected"), "{}", differs.out);
    let differs = home.run("rules test mine.toml --tables practice --json");
    assert_eq!((differs.code, differs.err.as_str()), (1, ""));
    let told: serde_json::Value = serde_json::from_str(&differs.out).unwrap();
    assert_eq!((&told["examples"], &told["differing"][0]["line"]), (&1.into(), &3.into()));
    assert_eq!(told["differing"][0]["differences"][0]["kind"], "missing");

    let rule = |when: &str| {
        format!(
            "[[rule]]\nid = \"ours\"\nwhen = \"{when}\"\ngrade = \"act\"\nzh = \"本站规则\"\ndo_zh = \"上门\"\n"
        )
    };
    home.write("practice/protection.toml", rule("lives = alone and age < 16"));
    let both = home.run("rules test mine.toml --tables practice");
    assert!(both.out.contains("规则说了「ours」"), "{}", both.out);
    for (when, zh, en) in [
        ("lives = mars", "mars", "cannot be \"mars\""),
        ("livs = alone", "livs", "\"livs\" is no fact"),
        ("lives = alone and", "「结尾」前面应该是 一个条件", "a condition expected before \"the end\""),
    ] {
        home.write("practice/protection.toml", rule(when));
        for (line, word) in [("rules test", zh), ("--lang en rules test", en)] {
            let refused = home.run(&format!("{line} mine.toml --tables practice"));
            assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{when}");
            for wanted in ["protection.toml", "3", word] {
                assert!(refused.err.contains(wanted), "{wanted:?} is not in {}", refused.err);
            }
        }
    }

    fs::remove_file(home.path("practice/protection.toml")).unwrap();
    home.write("mine.toml", EXAMPLES.replace("alone\" }", "mars\" }"));
    home.run("rules test mine.toml").refused(1, &["mine.toml", "3", "lives"]);
    home.write("mine.toml", EXAMPLES.replace("[\"under", "[\"under\", \"under"));
    home.run("rules test mine.toml").refused(1, &["mine.toml", "6", "under"]);
}

#[test]
fn every_fact_is_listed_with_how_it_is_written() {
    let home = Home::new();
    let listed = home.run("rules facts").done();
    for line in ["birth ", "parents[].until ", "stations[].supervisors "] {
        assert!(listed.lines().any(|found| found.starts_with(line)), "{line} is not in\n{listed}");
    }
    let json = home.run("rules facts --json").json();
    assert!(json["child"]["risk"].as_str().unwrap().contains("high"));
    assert!(json["parents"]["circumstance"].as_str().unwrap().contains("deported"));
    assert_eq!(
        home.run("rules facts").out.lines().count(),
        json.as_object().unwrap().values().map(|words| words.as_object().unwrap().len()).sum::<usize>()
    );
}
