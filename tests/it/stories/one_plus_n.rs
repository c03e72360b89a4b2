//! A girl whose parents work far away: a call a week and what happens when it stops; activities, a home in the village, aid.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{
    activity, aid_entry, base, case, child, donor, family_contact, goal, member, situation,
};

const NAME: &str = "龙小雨";
const TYPED: &str = "lxy";
const DONOR: &str = "县慈善会";

#[test]
fn a_call_that_stops_is_noticed_and_aid_comes_from_a_ledger_that_balances() {
    tell(|walk| {
        registered(walk);
        planned(walk);
        in_touch(walk);
        aided(walk);
        ended(walk);
    });
}

fn registered(walk: &mut Walk) {
    walk.sign_in(WORKER).press("f7").fill(
        "child",
        &[
            (child::NAME, Text(NAME)),
            (child::SEX, Code("f")),
            (child::BIRTH, Text("2015-02-03")),
            (child::GUARDIAN, Text("彭玉")),
            (child::RELATION, Code("grandmother")),
            (child::PHONE, Text("10000001501")),
            (child::VILLAGE, Text("麻柳塘村")),
            (child::CATEGORIES, Codes(&["left-behind"])),
            (child::RISK, Code("low")),
            (child::FOUND_BY, Code("village")),
        ],
    );
    for (role, name) in [("father", "龙远"), ("mother", "秦燕")] {
        walk.press("p").fill(
            "member",
            &[
                (member::ROLE, Code(role)),
                (member::NAME, Text(name)),
                (member::CIRCUMSTANCE, Code("working-away")),
                (member::SINCE, Text("2025-03-01")),
                (member::PLACE, Both("广东东莞", "Dongguan")),
            ],
        );
    }
    walk.press("home").reads("没有委托照护确认书的记录", "no confirmation of the");
    walk.reads("超过一周没有联系", "More than a week without contact");
    walk.begin("situation").fill(
        "situation",
        &[
            (situation::LIVES, Code("kin")),
            (situation::CARE_CONFIRMED, Today),
            (situation::CHILD_HEARD, Yes),
            (situation::AWAY_SINCE, Text("2025-03-01")),
            (situation::TOLD_VILLAGE, Today),
            (situation::SCHOOLING, Code("enrolled")),
            (situation::RURAL, Yes),
        ],
    );
    walk.press("home").reads_no("没有委托照护确认书的记录", "no confirmation of the");
    walk.reads("没有书面告知学校", "school was told in writing");
}

fn planned(walk: &mut Walk) {
    walk.days(4).visited("奶奶尽心，不识字。", "Grandmother does her best; she cannot read.");
    walk.assessed("风险低，主要是亲情联系。", "Low risk; it is about the contact.");
    walk.score("social-support", "baseline", "child", &[0, 1, 1, 1, 1, 0]);
    walk.begin("goal").fill(
        "goal",
        &[
            (goal::GOAL, Both("每周一个视频", "A video call a week")),
            (goal::DOMAIN, Code("guardianship")),
            (goal::WHO, Both("滕素芬", "Teng Sufen")),
            (goal::DUE, Days(90)),
        ],
    );
    walk.plan("1. 每周视频。2. 周六活动。", "1. A call a week. 2. Saturdays.");
    walk.approved(TYPED, NAME, case::PLAN_APPROVED);
}

fn called(walk: &mut Walk, way: &'static str) {
    walk.begin("family-contact").fill(
        "family-contact",
        &[
            (family_contact::WAY, Code(way)),
            (family_contact::WITH, Code("both")),
            (family_contact::CARER_TOO, Yes),
            (family_contact::MINUTES, Text("20")),
        ],
    );
    walk.press("home").reads_no("超过一周没有联系", "More than a week without contact");
}

fn in_touch(walk: &mut Walk) {
    called(walk, "video");
    walk.days(7).open(TYPED, NAME).reads_no("超过一周没有联系", "More than a week without contact");
    called(walk, "call");
    walk.days(9).open(TYPED, NAME).reads("超过一周没有联系", "More than a week without contact");
    called(walk, "video");
    walk.tab("file-tab-services").reads("视频", "video").tab("file-tab-overview");
    walk.add(
        "base",
        &[
            (base::NAME, Both("麻柳塘村留守儿童之家", "Maliutang home")),
            (base::KIND, Code("home")),
            (base::RESPONSIBLE, Both("滕素芬", "Teng Sufen")),
        ],
    );
    walk.reads("麻柳塘村留守儿童之家", "Maliutang home").add(
        "activity",
        &[
            (activity::KIND, Code("recreation")),
            (activity::ON, Today),
            (activity::TOPIC, Both("和爸妈视频日", "Calling home")),
            (activity::ATTENDED, Text("18")),
        ],
    );
    walk.reads("和爸妈视频日", "Calling home").sees("18");
}

fn aided(walk: &mut Walk) {
    walk.add("donor", &[(donor::NAME, Text(DONOR)), (donor::KIND, Code("organisation"))]);
    let clothes = [
        (aid_entry::PURPOSE, Code("living")),
        (aid_entry::ITEM, Code("clothes")),
        (aid_entry::GOODS, Both("厚衣服", "warm clothes")),
    ];
    let entry = |kind, count, more: &[(FieldId, Typed)]| {
        let mut fields = vec![(aid_entry::KIND, Code(kind)), (aid_entry::ON, Today)];
        fields.extend(more.iter().filter(|(id, _)| *id == aid_entry::DONOR).cloned());
        fields.extend(clothes.clone());
        fields.extend([(aid_entry::COUNT, Text(count)), (aid_entry::UNIT, Both("件", "pieces"))]);
        fields.extend(more.iter().filter(|(id, _)| *id != aid_entry::DONOR).cloned());
        fields
    };
    walk.add("aid-entry", &entry("receive", "3", &[(aid_entry::DONOR, Text(DONOR))]));
    let to = [(aid_entry::TO, Text("彭玉")), (aid_entry::CASE_NO, Text("TH2026-000001"))];
    // More than there is cannot be given, and the form says how much there is.
    walk.add("aid-entry", &entry("give", "5", &to)).reads("只剩 3", "Only 3");
    walk.put("aid-entry", &[(aid_entry::COUNT, Text("1"))]).save();
    walk.sees("2").add("aid-entry", &entry("give", "1", &to)).reads("已得到同类救助", "given the same kind");
    walk.put("aid-entry", &[(aid_entry::AGAIN, Both("弟弟也要一件", "one for her brother"))]).save();
    walk.register("donor").press("s").reads("厚衣服", "warm clothes").press("esc");
}

fn ended(walk: &mut Walk) {
    walk.days(75).open(TYPED, NAME).visited("周六有伴了。", "She has friends on Saturdays.");
    called(walk, "video");
    walk.score("social-support", "end", "child", &[1, 1, 2, 1, 1, 1]);
    walk.tab("file-tab-services").select("每周一个视频", "A video call a week").press("e");
    walk.fill("goal", &[(goal::REACHED, Today)]).tab("file-tab-overview");
    walk.reviewed("电话不断，有伴。", "The calls go on; she has friends.");
    walk.closed(TYPED, NAME, ("奶奶照料", "with grandmother"));
    walk.command("评估成效", "evaluation").reads("身边有没有人", "People around me");
    let file = walk.kept(NAME);
    assert_eq!((count(&file, RecordKind::FamilyContact), count(&file, RecordKind::Score)), (4, 2));
    let ledger = walk.ledger();
    let (received, given) = (3, 2);
    let stock = ledger.stocks().next().unwrap().clone();
    assert_eq!((ledger.left(&stock), ledger.sum(&stock)), (received - given, 0));
}
