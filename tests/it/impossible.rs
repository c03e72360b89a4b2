//! What cannot be is answered where it is typed, in words that say what to do: by keys on the real desk, in both
//! languages, and where the same comes in by a file or at the shell.
//!
//! Places that are taken are in `company`, what is no longer in stock in `stories::one_plus_n` and `aid`.

use std::fs;

use tonghu::domain::RecordKind;
use tonghu::domain::forms::{case, child, consent, contact, member, referral, score, session, volunteer};
use tonghu::i18n::Lang;
use tonghu::tui::harness::Harness;

use crate::fake::now;
use crate::registers::House;
use crate::station::Home;
use crate::stories::Typed::*;
use crate::stories::{WORKER, Walk, count, tell};

const NAME: &str = "田小禾";
const TYPED: &str = "txh";

fn registered(walk: &mut Walk) {
    walk.sign_in(WORKER).press("f7").fill(
        "child",
        &[(child::NAME, Text(NAME)), (child::BIRTH, Text("2016-05-20")), (child::GUARDIAN, Text("石桂莲"))],
    );
    walk.sees(NAME);
}

#[test]
fn a_release_before_the_sentence_stays_in_the_form_until_one_of_the_days_is_mended() {
    tell(|walk| {
        registered(walk);
        walk.press("p").fill(
            "member",
            &[
                (member::ROLE, Code("father")),
                (member::CIRCUMSTANCE, Code("prison")),
                (member::SINCE, Text("2025-05-01")),
                (member::UNTIL, Text("2025-04-01")),
            ],
        );
        walk.reads("核对这两个日期", "Check both dates");
        walk.fill("member", &[(member::UNTIL, Text("2028-04-01"))]).sees(NAME);
        assert_eq!(walk.kept(NAME).members.len(), 1);
    });
}

#[test]
fn a_visit_of_tomorrow_is_told_at_its_day_and_saved_with_the_day_of_today() {
    tell(|walk| {
        registered(walk);
        walk.press("v").fill("contact", &[(contact::KIND, Code("visit")), (contact::ON, Days(1))]);
        walk.reads("不能晚于今天", "cannot be after today");
        walk.fill("contact", &[(contact::ON, Today)]).sees(NAME);
        assert_eq!(walk.kept(NAME).contacts.len(), 1);
    });
}

#[test]
fn a_child_born_after_its_case_was_opened_is_asked_about_at_the_day_that_was_typed() {
    tell(|walk| {
        registered(walk);
        walk.press("c").fill("case", &[(case::OPENED, Days(-200))]).sees(NAME);
        walk.select("出生日期", "Date of birth").press("e").fill("child", &[(child::BIRTH, Days(-100))]);
        walk.reads("出生日期晚于开案日期", "Born after the case was opened");
        walk.fill("child", &[(child::BIRTH, Text("2016-05-20"))]).sees(NAME);
    });
}

#[test]
fn a_child_is_neither_its_own_guardian_nor_that_of_its_guardian() {
    tell(|walk| {
        registered(walk);
        walk.press("e").fill("child", &[(child::GUARDIAN, Text(NAME))]);
        walk.reads("填实际监护人", "Enter who");
        walk.fill("child", &[(child::GUARDIAN, Text("石桂莲"))]).sees(NAME);
    });
}

#[test]
fn a_volunteer_is_no_company_for_the_own_child_and_the_form_says_where_that_belongs() {
    tell(|walk| {
        registered(walk);
        walk.add("volunteer", &[(volunteer::NAME, Text("石桂莲")), (volunteer::CHECKED, Days(-20))]);
        walk.open(TYPED, NAME)
            .begin("session")
            .fill("session", &[(session::VOLUNTEER, Text("石桂莲")), (session::MINUTES, Text("60"))]);
        walk.reads("孩子自己的家人", "of the child's own family").press("esc");
        assert_eq!(count(&walk.kept(NAME), RecordKind::Session), 0);
    });
}

#[test]
fn whom_to_tell_of_a_withdrawn_consent_is_said_at_once_and_is_due_today() {
    tell(|walk| {
        registered(walk);
        walk.begin("consent").fill(
            "consent",
            &[
                (consent::FOR, Both("寄宿补助", "boarding aid")),
                (consent::RECIPIENT, Code("education")),
                (consent::ON, Today),
                (consent::BY, Code("guardian")),
            ],
        );
        walk.begin("referral").fill(
            "referral",
            &[
                (referral::TO, Code("education")),
                (referral::WHAT, Both("申请寄宿补助", "Boarding aid")),
                (referral::SENT, Today),
            ],
        );
        walk.days(1).open(TYPED, NAME).tab("file-tab-services").select("寄宿补助", "boarding aid").press("e");
        walk.fill("consent", &[(consent::WITHDRAWN, Today)]);
        walk.was_told("同意被撤回", "Consent was withdrawn");
        walk.press("f4").reads("同意撤回：告知接收", "consent withdrawn:");
    });
}

#[test]
fn an_instrument_with_an_item_left_out_gives_no_score_and_the_file_says_which_to_ask() {
    tell(|walk| {
        registered(walk);
        let name = walk.say("身边有没有人", "People around me");
        walk.begin("score").type_text(name).press("enter").sees(name);
        walk.fill("score", &[(score::MOMENT, Code("baseline")), (score::BY, Code("child"))]);
        walk.sees(NAME)
            .tab("file-tab-overview")
            .reads("有漏答的题目", "Items of an instrument are unanswered");
        walk.press("enter").reads("补问漏答的题目", "Ask the items that are missing");
    });
}

#[test]
fn a_rule_with_a_key_that_nobody_knows_is_named_by_file_line_and_word_and_the_good_rules_stay() {
    let home = Home::new();
    fs::create_dir(home.path("practice")).unwrap();
    let own = "[[rule]]\nid = \"ours\"\nwhen = \"lives = alone\"\ngarde = \"act\"\ngrade = \"act\"\nzh = \"独居\"\ndo_zh = \"上门\"\n";
    home.write("practice/protection.toml", own);
    home.write("facts.json", "{}");
    for line in ["--lang zh rules explain", "--lang en rules explain"] {
        let refused = home.run(&format!("{line} --facts facts.json --tables practice"));
        for wanted in ["protection.toml", "4", "garde"] {
            assert!(refused.err.contains(wanted), "{wanted:?} is not in {}", refused.err);
        }
    }
}

#[test]
fn facts_that_cannot_be_are_refused_by_their_path() {
    let home = Home::new();
    for (facts, zh, en) in [
        (
            r#"{ "parents": [{ "circumstance": "prison", "since": "2025-05-01", "until": "2025-04-01" }] }"#,
            "parents[0].until：日期早于 since",
            "parents[0].until",
        ),
        (r#"{ "birth": "2026-05-01" }"#, "birth：日期在今天之后", "the day lies after today"),
        (r#"{ "last-visit": "2026-05-01" }"#, "last-visit：日期在今天之后", "the day lies after today"),
    ] {
        home.write("facts.json", facts);
        let line = "rules explain --facts facts.json --today 2026-03-01";
        home.run(&format!("--lang zh {line}")).refused(1, &[zh]);
        home.run(&format!("--lang en {line}")).refused(1, &[en]);
    }
}

#[test]
fn a_roster_with_a_birth_to_come_or_a_child_that_guards_itself_is_told_by_its_row() {
    let home = Home::with_station();
    home.write("in.csv", "姓名,出生日期,监护人\n王小明,2016-01-10,王小明\n李丽,2099-01-01,李强\n");
    for (lang, guards, after) in
        [("zh", "填实际监护人", "不能晚于今天"), ("en", "Enter who the guardian is", "cannot be after today")]
    {
        let told = home.signed_in(&format!("--lang {lang} import in.csv"));
        let said = format!("{}{}", told.out, told.err);
        assert!(said.contains(guards) && said.contains(after), "{said}");
    }
}

#[test]
fn a_template_of_a_newer_program_says_to_update_this_one_first_and_writes_nothing() {
    let house = House::new();
    let desk = house.station();
    let file = house.dir().join("new.json");
    fs::write(&file, "{\"format\":\"tonghu-template\",\"version\":9,\"blake3\":\"\"}\n{}").unwrap();
    for (lang, command, says) in [
        (Lang::Zh, "取入模板", "先更新本程序"),
        (Lang::En, "Take a template", "newer version of this program wrote the file"),
    ] {
        let mut face = Harness::new(desk.clone(), lang, now());
        face.press("f2").type_text(command).press("enter").type_text(file.to_str().unwrap()).press("enter");
        face.sees(says);
    }
    let home = Home::with_station();
    fs::copy(&file, home.path("new.json")).unwrap();
    home.signed_in("--lang zh template import new.json --yes").refused(1, &["格式 9", "先更新本程序"]);
    home.signed_in("--lang en template import new.json --yes").refused(1, &["Update this program first"]);
}
