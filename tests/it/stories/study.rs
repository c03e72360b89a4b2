//! What is missing in a village, what to open there, and that it is missing no more; the families that may give up a child.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{agency, child, referral, situation};

const HERE: &str = "石门镇柿子湾村";
const NAMES: [(&str, &str); 3] = [("秦小一", "qxy"), ("秦小二", "qxe"), ("秦小三", "qxs")];

#[test]
fn a_need_that_many_have_becomes_a_service_and_who_is_referred_to_it_lacks_it_no_more() {
    tell(|walk| {
        walk.sign_in(WORKER);
        walk.command("需求调查", "needs study").reads("没有看到未满足的需求", "show no unmet need");
        for (name, _) in NAMES {
            walk.register_child(
                name,
                &[
                    (child::BIRTH, Text("2019-05-01")),
                    (child::VILLAGE, Text(HERE)),
                    (child::CATEGORIES, Codes(&["disability"])),
                    (child::RISK, Code("medium")),
                ],
            );
            walk.begin("situation").fill(
                "situation",
                &[(situation::LIVES, Code("parents")), (situation::DISABILITY, Code("grade-1"))],
            );
        }
        studied(walk);
        opened(walk);
        at_risk(walk);
    });
}

fn studied(walk: &mut Walk) {
    walk.command("需求调查", "needs study")
        .sees(HERE)
        .reads("有 3 名儿童缺少「康复」", "3 children lack \"special\"");
    walk.press("enter");
    for (name, _) in NAMES {
        walk.sees(name);
    }
    walk.press("esc tab").reads("没有人提供", "nobody in the directory");
    walk.reads("先问清家庭用不用得上", "Think of opening it here");
}

fn opened(walk: &mut Walk) {
    walk.add(
        "agency",
        &[
            (agency::NAME, Both("柿子湾康复点", "Therapy at Shiziwan")),
            (agency::KIND, Code("disabled")),
            (agency::SERVICE, Both("康复训练，周三", "rehabilitation, Wednesdays")),
            (agency::PLACE, Text(HERE)),
        ],
    );
    walk.command("需求调查", "needs study").press("tab").reads("可是没有用上", "Refer each");
    for (_, typed) in &NAMES[..2] {
        walk.press("f4 f3").type_text(typed).press("enter").begin("referral");
        // The directory fills in who it is; the rest is what only the worker knows.
        let label =
            wording::field_label(walk.cat(), "referral", spec("referral").field(&referral::OFFICE).unwrap());
        walk.go_to(&label);
        walk.press("ctrl-o").reads("柿子湾康复点", "Therapy at Shiziwan").press("enter");
        walk.fill(
            "referral",
            &[
                (referral::WHAT, Both("每周一次康复", "therapy once a week")),
                (referral::SHARED, Codes(&["name", "health"])),
                (referral::EMERGENCY, Yes),
                (referral::SENT, Today),
                (referral::RECEIVED, Today),
                (referral::ENDED, Today),
                (referral::OUTCOME, Code("helped")),
            ],
        );
    }
    walk.command("需求调查", "needs study").reads("有 1 名儿童缺少「康复」", "one child lacks \"special\"");
    walk.press("enter").sees(NAMES[2].0).sees_no(NAMES[0].0).press("esc tab");
    walk.reads("没有哪个村的同一种需求多到", "In no place do enough children lack");
}

fn at_risk(walk: &mut Walk) {
    walk.press("tab").sees(NAMES[0].0).press("w").reads("安排喘息照料", "arrange respite").press("esc");
    walk.press("enter").begin("situation");
    walk.fill("situation", &[(situation::BENEFITS, Codes(&["disability-aid", "medical-aid"]))]);
    let helped = {
        let screen = walk.face().screen();
        NAMES.iter().find(|(name, _)| screen.contains(name)).unwrap().0
    };
    walk.command("需求调查", "needs study").press("tab tab").sees_no(helped);
}
