//! A station's own ways: the page of a step and one of its own, a rule that does not hold for a child, one that is edited.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{child, overrule, situation};

const NAME: &str = "冉小禾";
const TYPED: &str = "rxh";

#[test]
fn the_manual_is_a_key_away_and_a_station_adds_its_own_page_to_it() {
    tell(|walk| {
        walk.sign_in(WORKER).register_child(NAME, &[(child::VILLAGE, Text("青杠坪村"))]).press("v");
        walk.press("ctrl-n").reads("手册 - 第一次上门", "Manual - The first home visit");
        // The list of pages, found by words; a page of one's own beside them.
        walk.press("n").reads("给手册写一页", "A new page of the manual");
        walk.types("谁家有狗", "Which houses have dogs").press("enter").sees("manual/").press("ctrl-end");
        let text = walk.say("\n先打电话，请人把狗拴上。\n", "\nRing first: somebody ties the dog up.\n");
        walk.pastes(text).press("ctrl-s").reads("已存好", "is saved");
        walk.press("esc esc esc esc").open(TYPED, NAME).press("f1").press("ctrl-n ctrl-n");
        walk.types("拴上", "houses have dogs").press("enter").reads("先打电话", "Ring first");
        walk.reads("本站写的一页", "this station");
    });
}

#[test]
fn a_rule_that_does_not_hold_is_overruled_with_a_reason_and_one_that_is_edited_says_something_else() {
    tell(|walk| {
        alone(walk);
        overruled(walk);
        edited(walk);
    });
}

fn alone(walk: &mut Walk) {
    walk.sign_in(WORKER).register_child(
        NAME,
        &[(child::BIRTH, Text("2020-03-01")), (child::VILLAGE, Text("青杠坪村")), (child::RISK, Code("low"))],
    );
    walk.begin("situation")
        .fill("situation", &[(situation::LIVES, Code("parents")), (situation::UNATTENDED, Yes)]);
    walk.was_told("8周岁", "8").press("home").reads("紧急", "Urgent").press("enter").reads("二十一", "21");
    walk.press("esc");
}

fn overruled(walk: &mut Walk) {
    // Not without a reason; with one it stands at the end, and the reason under it.
    walk.press("home x").save().reads("必填", "is required");
    walk.fill(
        "overrule",
        &[
            (overrule::WHY, Both("邻居全天照看，已上门核实", "A neighbour minds her")),
            (overrule::UNTIL, Days(30)),
        ],
    );
    walk.press("home").reads_no("紧急", "Urgent");
    walk.select("邻居全天照看", "neighbour minds her")
        .days(31)
        .open(TYPED, NAME)
        .press("home")
        .reads("紧急", "Urgent");
    assert_eq!(count(&walk.kept(NAME), RecordKind::Overrule), 1);
}

fn edited(walk: &mut Walk) {
    // Who works with children does not change by what they are looked at.
    walk.sign_in(WORKER).command("规则", "Rules").type_text("under-8-unattended").press("enter e");
    walk.reads("没有权限", "may not");
    walk.sign_in(LOGIN).command("规则", "Rules").type_text("under-8-unattended").press("enter e");
    walk.sees("practice/protection.toml").press("ctrl-end");
    walk.pastes("grad = \"know\"\n")
        .press("ctrl-s")
        .sees("practice/protection.toml")
        .sees("grad")
        .reads("行", "line");
    // The last good one is in force meanwhile.
    walk.press("ctrl-k").pastes("off = true").press("ctrl-s").reads("已存好", "is saved");
    walk.open(TYPED, NAME).press("home").reads_no("紧急", "Urgent");
    walk.sign_in(WORKER).open(TYPED, NAME).press("home").reads_no("紧急", "Urgent");
    walk.sign_in(LOGIN).command("规则", "Rules").type_text("under-8-unattended").press("enter d right enter");
    walk.open(TYPED, NAME).press("home").reads("紧急", "Urgent");
}
