//! What a county office does with the rules at the shell: look at a family, change its copy, play the examples.
//! Nobody signs in, and no station is needed.

use super::*;

use chrono::Timelike;
use tonghu::platform::{Clock, SystemClock};

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
    assert!(home.run("--lang en rules test mine.toml").done().contains("all 1 examples agree"));

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

/// In which place, and why, in either language.
fn refused(home: &Home, line: &str, zh: &[&str], en: &[&str]) {
    home.run(line).refused(1, zh);
    home.run(&format!("--lang en {line}")).refused(1, en);
}

#[test]
fn whatever_is_given_as_facts_is_answered_with_place_and_reason() {
    let home = Home::new();
    let deep = format!("{{ \"birth\": {}{} }}", "[".repeat(5_000), "]".repeat(5_000));
    let within = format!("{{ \"parents\": [{}{}] }}", "[".repeat(50), "]".repeat(50));
    for (text, zh, en) in [
        ("", "没有写完", "not complete"),
        ("{ \"birth\": \"2016-05-01\",\n \"lives\":", "第 2 行", "Line 2"),
        ("{ \"income\": NaN }", "第 1 行第 13 列", "NaN is no number"),
        ("{ \"income\": 1e999 }", "数太大", "too large"),
        ("{ \"income\": 1e5 }", "income", "whole number"),
        ("{ \"income\": 99999999999999999999 }", "income", "whole number"),
        ("{ \"lives\": \"kin\",\n \"lives\": \"alone\" }", "第 2 行", "\"lives\" is there twice"),
        (deep.as_str(), "套得太深", "nested too deeply"),
        (within.as_str(), "parents[0]", "an object"),
        ("[]", "facts", "an object"),
        ("{ \"brith\": \"2016-05-01\" }", "brith：没有这个事实", "no such fact"),
        ("{ \"birth\": \"2016-02-30\" }", "birth", "a day like"),
        ("{ \"birth\": \"2016-05-01T00:30:00\" }", "birth", "a day like"),
        ("{ \"birth\": \"2016-05-01\", \"last-visit\": \"2016-04-30\" }", "last-visit", "before birth"),
        ("{ \"birth\": \"2016-05-01\", \"found\": \"2016-04-30\" }", "found", "before birth"),
        (
            "{ \"birth\": \"2016-05-01\", \"scores\": [{}, { \"on\": \"2016-04-30\" }] }",
            "scores[1].on",
            "before birth",
        ),
        (
            "{ \"parents\": [{ \"since\": \"2026-02-02\", \"until\": \"2026-02-01\" }] }",
            "parents[0].until",
            "before since",
        ),
        (
            "{ \"referrals\": [{ \"sent\": \"2026-02-02\", \"chase\": \"2026-02-01\" }] }",
            "referrals[0].chase",
            "before sent",
        ),
    ] {
        home.write("family.json", text);
        refused(&home, "rules explain --facts family.json --today 2026-03-01", &[zh], &[en]);
    }
    fs::write(home.path("family.json"), b"{\n \"lives\": \"\xb1\xbe\" }").unwrap();
    refused(&home, "rules explain --facts family.json", &["family.json 第2行"], &["line 2", "UTF-8"]);
    fs::write(home.path("family.json"), vec![b' '; (16 << 20) + 1]).unwrap();
    refused(&home, "rules explain --facts family.json", &["16 MiB"], &["16 MiB"]);
}

#[test]
fn whatever_is_given_as_examples_is_answered_with_file_line_and_reason() {
    let home = Home::new();
    let facts = |facts: &str| EXAMPLES.replace("{ birth = \"2010-03-02\", lives = \"alone\" }", facts);
    let deep = facts(&format!("{{ birth = {}{} }}", "[".repeat(5_000), "]".repeat(5_000)));
    let line = "rules test mine.toml";
    for (text, zh, en) in [
        (facts("{ income = nan }"), ["第 3 行", "income"], ["line 3", "whole number"]),
        (facts("{ brith = \"2010-03-02\" }"), ["第 3 行", "brith"], ["line 3", "no such fact"]),
        (
            facts("{ parents = [{ since = 2026-02-02, until = 2026-02-01 }] }"),
            ["第 3 行", "until"],
            ["3", "since"],
        ),
        (facts("{ birth = 2010-03-02T00:30:00 }"), ["第 3 行", "birth"], ["3", "a day like"]),
        (facts("{ birth = "), ["mine.toml", "第6行"], ["mine.toml", "line 6"]),
        (deep, ["mine.toml", "第5行"], ["mine.toml", "line 5"]),
        (EXAMPLES.replace("2026-03-01", "2026-02-30"), ["第4行", "2026-02-30"], ["line 4", "2026-02-30"]),
        (EXAMPLES.replace("expect", "expects"), ["第6行", "expects"], ["line 6", "expects"]),
    ] {
        home.write("mine.toml", text);
        refused(&home, line, &zh, &en);
    }
    fs::write(home.path("mine.toml"), b"\n# \xb1\xbe\n").unwrap();
    refused(&home, line, &["mine.toml 第2行"], &["line 2"]);
    fs::write(home.path("mine.toml"), vec![b'\n'; (16 << 20) + 1]).unwrap();
    refused(&home, line, &["16 MiB"], &["16 MiB"]);
}

#[test]
fn every_fact_that_is_listed_is_taken_as_it_is_listed_and_refused_by_its_path_as_anything_else() {
    use serde_json::{Value, json};
    let home = Home::new();
    let listed = home.run("rules facts --json").json();
    let value = |kind: &str| -> Value {
        let first = |all: &str| Value::from(all.split(", ").next().unwrap());
        match kind {
            "true or false" => true.into(),
            "a day like 2026-03-01" => "2026-03-01".into(),
            kind if kind.starts_with("a whole number") => 1.into(),
            kind => match kind.split_once(": ").unwrap() {
                ("one of", all) => first(all),
                ("a list of any of", all) => [first(all)].into_iter().collect(),
                _ => panic!("{kind}"),
            },
        }
    };
    let explain = |facts: &Value| {
        fed(home.command("rules explain --facts - --today 2026-03-01".split(' ')), &facts.to_string())
    };
    let mut whole = json!({});
    for (list, words) in listed.as_object().unwrap() {
        let words = words.as_object().unwrap().iter();
        let one: Value = words.map(|(name, kind)| (name.clone(), value(kind.as_str().unwrap()))).collect();
        for (name, _) in one.as_object().unwrap() {
            let bad = json!({ name: { "no": "fact" } });
            let (facts, path) = match list.as_str() {
                "child" => (bad, name.clone()),
                list => (json!({ list: [{}, bad] }), format!("{list}[1].{name}")),
            };
            let said = explain(&facts);
            assert!(said.code == 1 && said.err.contains(&path), "{path}: {}", said.err);
        }
        match list.as_str() {
            "child" => whole.as_object_mut().unwrap().extend(one.as_object().unwrap().clone()),
            list => whole[list] = json!([one]),
        }
    }
    let said = explain(&whole);
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn the_readme_names_every_key_of_the_answer() {
    let home = Home::new();
    home.write("family.json", FAMILY);
    let said = home.run("rules explain --facts family.json --today 2026-03-01 --json").json();
    let readme = fs::read_to_string("README.md").unwrap();
    let at = readme.find("The answer with `--json`").unwrap();
    let told = readme[at..].split("\n\n").next().unwrap();
    let mut named: Vec<&str> = told.split('`').skip(1).step_by(2).collect();
    let mut keys = vec!["--json"];
    keys.extend(said.as_object().unwrap().keys().map(String::as_str));
    let finding = &said["findings"][0];
    keys.extend(finding.as_object().unwrap().keys().map(String::as_str));
    keys.extend(finding["because"][0].as_object().unwrap().keys().map(String::as_str));
    keys.extend(["holds", "comes", "zh", "en", "V", "E", "M", "D"]);
    keys.extend(["urgent", "act", "mend", "entitled", "know"]);
    keys.sort_unstable();
    keys.dedup();
    named.sort_unstable();
    named.dedup();
    assert_eq!(named, keys);
}

/// Half past midnight at the station is the new day, and half past eleven the old one, wherever the PC stands; a day that
/// is given is the same everywhere.
#[test]
fn today_is_the_day_of_the_clock_on_the_wall() {
    let home = Home::new();
    let utc = Clock::utc(&SystemClock);
    let minute = i64::from(utc.hour() * 60 + utc.minute());
    let explain = |zone: &str, line: &str, facts: String| {
        let mut command = home.command(line.split(' '));
        command.env("TZ", zone);
        fed(command, &facts)
    };
    for wall in [30, 23 * 60 + 30] {
        // East of Greenwich up to 12 hours, else west.
        let ahead = (wall - minute).rem_euclid(24 * 60);
        let ahead = if ahead > 12 * 60 { ahead - 24 * 60 } else { ahead };
        let today = (utc + chrono::TimeDelta::minutes(ahead)).date();
        // As the system writes a zone: what is to be added to reach Greenwich.
        let sign = if ahead > 0 { '-' } else { '+' };
        let zone = format!("XXX{sign}{}:{:02}", ahead.abs() / 60, ahead.abs() % 60);
        let visited =
            |on: chrono::NaiveDate| format!("{{ \"birth\": \"2016-05-01\", \"last-visit\": \"{on}\" }}");
        let line = "rules explain --facts - --json";
        let said = explain(&zone, line, visited(today));
        assert!(said.out.contains(&format!("\"today\": \"{today}\"")), "{zone}: {}", said.out);
        let tomorrow = explain(&zone, line, visited(today.succ_opt().unwrap()));
        assert!(tomorrow.code == 1 && tomorrow.err.contains("last-visit"), "{zone}: {}", tomorrow.err);
    }
    let line = "rules explain --facts - --today 2026-02-28 --json";
    let born = "{ \"birth\": \"2008-02-29\", \"opened\": \"2025-01-10\" }";
    let said: Vec<String> =
        ["CST-8", "UTC0", "XXX+12", "XXX-14"].map(|zone| explain(zone, line, born.to_owned()).out).into();
    assert!(said[0].contains("adult-open"), "of 29 February, 18 on the 28th");
    assert!(said.iter().all(|other| *other == said[0]));
}
