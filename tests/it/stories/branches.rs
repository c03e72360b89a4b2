//! The three branches of find and intervene: each opens its work with a day, and the record that answers it ends it.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{child, finding, follow_up, member, situation};

#[test]
fn each_branch_opens_its_work_with_a_day_and_what_answers_it_ends_it() {
    tell(|walk| {
        walk.sign_in(WORKER);
        parents_unable(walk);
        unsupervised(walk);
        out_of_school(walk);
    });
}

/// A child, and what somebody saw of it.
fn found(walk: &mut Walk, name: &'static str, zh: &'static str, en: &'static str) {
    walk.register_child(name, &[(child::BIRTH, Text("2015-03-20")), (child::VILLAGE, Text("白岩沟村"))]);
    walk.begin("finding").fill(
        "finding",
        &[
            (finding::FOUND, Today),
            (finding::BY, Both("村主任", "village head")),
            (finding::SEEN, Both(zh, en)),
        ],
    );
}

/// What is due in the file on the screen, and when.
fn due(walk: &mut Walk, name: &str, rule: &str) -> (Option<NaiveDate>, bool) {
    let who = walk.face.as_ref().map(|_| WORKER);
    let file = walk.kept(name);
    let of = |one: &&tonghu::domain::Record| one.fields.text(&follow_up::RULE) == rule;
    let one = file.follow_ups.iter().find(of).unwrap_or_else(|| panic!("{rule} opened nothing"));
    let said = (one.fields.date(&follow_up::DUE), one.fields.get(&follow_up::DONE).is_some());
    if let Some(who) = who {
        walk.sign_in(who);
    }
    said
}

fn in_days(walk: &Walk, days: u64) -> Option<NaiveDate> {
    Some(walk.today() + chrono::Days::new(days))
}

fn parents_unable(walk: &mut Walk) {
    found(walk, "向小原", "父亲在戒毒，母亲不在。", "Father in detoxification, mother gone.");
    walk.press("p").fill(
        "member",
        &[
            (member::ROLE, Code("father")),
            (member::CIRCUMSTANCE, Code("detoxification")),
            (member::SINCE, Days(-60)),
        ],
    );
    walk.press("home").reads("无法照料儿童", "A parent cannot care");
    walk.tab("file-tab-follow-ups").reads("7天内申请救助", "apply in 7 days");
    assert_eq!(due(walk, "向小原", "aid-for-parents-unable"), (in_days(walk, 7), false));
    // With a plan it is planned for: what the finding asked for has its answer.
    walk.open("xxy", "向小原")
        .visited("姑姑在。", "An aunt is there.")
        .assessed("缺照料。", "Care is missing.");
    walk.plan("申请临时救助。", "Apply for temporary aid.");
    assert!(due(walk, "向小原", "aid-for-parents-unable").1);
}

fn unsupervised(walk: &mut Walk) {
    found(walk, "向小川", "一个人住，自己做饭。", "Lives alone and cooks.");
    walk.begin("situation").fill("situation", &[(situation::LIVES, Code("alone"))]);
    walk.was_told("独居", "alone").press("home").reads("独", "alone");
    walk.tab("file-tab-follow-ups").reads("24小时内入户", "in 24 hours");
    assert_eq!(due(walk, "向小川", "visit-under-16-alone"), (in_days(walk, 1), false));
    walk.days(1)
        .open("xxc", "向小川")
        .visited("劝诫了父亲，他明天回来。", "Admonished the father; he returns.");
    walk.begin("situation").fill("situation", &[(situation::LIVES, Code("one-parent"))]);
    assert!(due(walk, "向小川", "visit-under-16-alone").1);
}

fn out_of_school(walk: &mut Walk) {
    found(walk, "向小峰", "两周没去学校，在镇上帮人看店。", "Not in school for two weeks.");
    walk.begin("situation").fill("situation", &[(situation::SCHOOLING, Code("dropped-out"))]);
    walk.tab("file-tab-follow-ups").reads("7天内督促监护人", "see guardian in 7 days");
    walk.reads("30天未返校：依法上报", "not back in 30 days: hand over");
    assert_eq!(due(walk, "向小峰", "dropped-out-duty"), (in_days(walk, 7), false));
    assert_eq!(due(walk, "向小峰", "dropped-out-escalate"), (in_days(walk, 30), false));
    // Not back after a month: the work that hands it over is overdue on Today, with its rule.
    walk.days(31).press("f4").sees("向小峰").open("xxf", "向小峰").tab("file-tab-follow-ups");
    walk.reads("30天未返校：依法上报", "not back in 30 days: hand over");
    walk.begin("situation").fill("situation", &[(situation::SCHOOLING, Code("enrolled"))]);
    assert!(due(walk, "向小峰", "dropped-out-duty").1 && due(walk, "向小峰", "dropped-out-escalate").1);
}
