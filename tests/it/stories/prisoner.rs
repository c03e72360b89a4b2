//! A child whose father is in prison and whose mother nobody finds: the aid hangs on one paper, and several agencies help.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{case, child, conference, consent, follow_up, goal, member, referral, situation};

const NAME: &str = "田小禾";
const TYPED: &str = "txh";

#[test]
fn the_aid_hangs_on_one_paper_and_several_agencies_help() {
    tell(|walk| {
        registered(walk);
        assessed_and_planned(walk);
        referred(walk);
        entitled(walk);
        ended(walk);
    });
}

fn registered(walk: &mut Walk) {
    walk.sign_in(WORKER).press("f7").fill(
        "child",
        &[
            (child::NAME, Text(NAME)),
            (child::SEX, Code("m")),
            (child::BIRTH, Text("2016-05-20")),
            (child::GUARDIAN, Text("石桂莲")),
            (child::RELATION, Code("grandmother")),
            (child::PHONE, Text("10000001101")),
            (child::VILLAGE, Text("柿子湾村")),
            (child::CATEGORIES, Codes(&["prisoner", "poverty"])),
            (child::RISK, Code("high")),
            (child::FOUND_BY, Code("prison")),
        ],
    );
    walk.sees(NAME).stands(Status::Identified).reads("首次响应", "first response");
    walk.press("p").fill(
        "member",
        &[
            (member::ROLE, Code("father")),
            (member::NAME, Text("田立柱")),
            (member::CIRCUMSTANCE, Code("prison")),
            (member::SINCE, Text("2024-10-01")),
            (member::UNTIL, Text("2028-10-01")),
            (member::PLACE, Both("望川监狱", "Wangchuan prison")),
            (member::VISITING, Both("每月第二个星期三", "second Wednesday")),
            (member::CHILD_KNOWS, Yes),
        ],
    );
    walk.press("p").fill(
        "member",
        &[
            (member::ROLE, Code("mother")),
            (member::CIRCUMSTANCE, Code("out-of-contact")),
            (member::SINCE, Text("2025-01-10")),
            (member::REPORTED, Text("2025-06-01")),
            (member::PAPER, Both("受案回执", "police receipt")),
        ],
    );
    walk.reads("父母一方服刑，缺少证明材料", "the paper is missing");
    walk.reads("失联报案满6个月", "out of contact 6 months");
}

fn assessed_and_planned(walk: &mut Walk) {
    walk.days(1).visited("奶奶手抖，孩子自己做饭。", "Grandmother's hands shake; he cooks.");
    walk.reads_no("首次响应", "first response").reads("高风险：每周走访", "high risk: visit every week");
    walk.assessed("照料人年老，没有替手，风险高。", "One old carer and nobody beside her: high risk.");
    walk.score("home-guardianship", "baseline", "worker", &[0, 0, 1, 1, 1, 2, 0, 0]);
    walk.begin("goal").fill(
        "goal",
        &[
            (goal::GOAL, Both("办下事实无人抚养补贴", "The aid is granted")),
            (goal::DOMAIN, Code("poverty")),
            (goal::SERVICE, Both("代办申请", "apply in their place")),
            (goal::WHO, Text("陈静")),
            (goal::DUE, Days(40)),
        ],
    );
    walk.plan("1. 补齐判决书。\n2. 伯父每晚过来。", "1. Get the judgment.\n2. Uncle comes every night.");
    walk.reads("等待督导员批准", "waits for the supervisor");
    // Who wrote it may not approve it; what was typed stays until it is taken back.
    walk.press("c").fill("case", &[(case::PLAN_APPROVED, Today)]);
    walk.reads("没有权限", "may not do that");
    walk.put("case", &[(case::PLAN_APPROVED, Text(""))]);

    walk.save();

    walk.stands(Status::Planned);
    walk.approved(TYPED, NAME, case::PLAN_APPROVED);
    walk.stands(Status::Planned).reads_no("等待督导员批准", "waits for the supervisor");
}

fn referred(walk: &mut Walk) {
    walk.days(2).begin("referral").fill(
        "referral",
        &[
            (referral::TO, Code("justice")),
            (referral::OFFICE, Both("镇司法所", "judicial office")),
            (referral::WHAT, Both("补开判决书复印件", "A copy of the judgment")),
            (referral::SHARED, Codes(&["name", "need"])),
            (referral::SENT, Today),
            (referral::CHASE, Days(7)),
        ],
    );
    walk.reads("没有有效的同意记录", "without valid consent");
    walk.begin("consent").fill(
        "consent",
        &[
            (consent::FOR, Both("补开判决书", "the judgment")),
            (consent::RECIPIENT, Code("justice")),
            (consent::ON, Today),
            (consent::BY, Code("guardian")),
        ],
    );
    walk.reads_no("没有有效的同意记录", "without valid consent");
    walk.days(8)
        .open(TYPED, NAME)
        .reads("到了约定追问转介结果的日子", "The day to chase a referral has come");
    walk.visited("伯父开始过来了。", "Uncle has begun to come.").stands(Status::InService);
    walk.tab("file-tab-services").select("镇司法所", "judicial office").press("e").fill(
        "referral",
        &[
            (referral::RECEIVED, Days(-6)),
            (referral::RECEIVED_BY, Both("王助理", "clerk Wang")),
            (referral::ENDED, Today),
            (referral::OUTCOME, Code("helped")),
        ],
    );
    walk.tab("file-tab-overview").reads_no("追问转介", "chase a referral");
    walk.begin("conference").fill(
        "conference",
        &[
            (conference::WITH, Codes(&["justice", "police", "education", "health"])),
            (conference::CHILD_HEARD, Yes),
            (conference::ABOUT, Both("由谁照料", "Who cares for him")),
            (
                conference::DECIDED,
                Both("夜里有人照看 -- 伯父 -- 2026-03-27", "Somebody at night -- uncle -- 2026-03-27"),
            ),
            (conference::NEXT, Days(60)),
        ],
    );
    walk.tab("file-tab-services").reads("夜里有人照看", "Somebody at night").tab("file-tab-overview");
}

fn entitled(walk: &mut Walk) {
    walk.tab("file-tab-family").select("田立柱", "田立柱").press("e");
    walk.fill("member", &[(member::PAPER, Both("判决书复印件", "copy of the judgment"))]);
    walk.tab("file-tab-overview").reads("符合事实无人抚养儿童条件", "Meets the conditions of a de facto");
    walk.begin("situation").fill(
        "situation",
        &[
            (situation::LIVES, Code("kin")),
            (situation::CARE_CONFIRMED, Today),
            (situation::CHILD_HEARD, Yes),
            (situation::SCHOOLING, Code("enrolled")),
            (situation::BENEFITS, Codes(&["unattended-aid", "minimum-living"])),
        ],
    );
    walk.reads_no("符合事实无人抚养儿童条件", "Meets the conditions of a de facto");
    walk.tab("file-tab-services").select("事实无人抚养补贴", "The aid is granted").press("e");
    walk.fill("goal", &[(goal::REACHED, Today), (goal::OUTCOME, Both("已到账", "paid"))]);
}

fn ended(walk: &mut Walk) {
    walk.days(80).open(TYPED, NAME).reads("没有走访", "No visit for longer");
    walk.visited("伯父一直过来，孩子睡得好。", "Uncle still comes; he sleeps well.");
    walk.score("home-guardianship", "review", "worker", &[0, 1, 2, 2, 1, 2, 1, 2]);
    walk.press("b").sees("+ ").press("esc");
    walk.tab("file-tab-overview").select(NAME, NAME).press("e").fill("child", &[(child::RISK, Code("low"))]);
    walk.reviewed("补贴已到账，照料稳住了。", "The aid is paid, the care holds.");
    walk.closed(TYPED, NAME, ("伯父一家照料", "with uncle's family"));
    walk.command("评估成效", "evaluation").reads("家庭监护评估", "guardianship: Assessment");
    walk.reads("人数太少，不下结论", "too few to say");
    let file = walk.kept(NAME);
    let case = &file.cases[0].fields;
    assert!(case.date(&case::PLAN_APPROVED).is_some() && case.date(&case::CLOSE_APPROVED).is_some());
    let of = |kind| count(&file, kind);
    assert_eq!([of(RecordKind::Referral), of(RecordKind::Consent), of(RecordKind::Conference)], [1, 1, 1]);
    assert_eq!([of(RecordKind::Score), of(RecordKind::Goal), file.contacts.len()], [2, 1, 3]);
    assert!(file.follow_ups.iter().all(
        |one| one.fields.text(&follow_up::RULE).is_empty() || one.fields.date(&follow_up::DONE).is_some()
    ));
}
