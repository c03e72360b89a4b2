//! A teacher sees bruises: the emergency first, a report with its receipt, the branches of the mechanism, then the case.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{case, child, conference, finding, member, referral, situation};

const NAME: &str = "向小露";
const TYPED: &str = "xxl";

#[test]
fn what_a_teacher_saw_is_reported_with_its_receipt_before_it_can_be_closed() {
    tell(|walk| {
        found(walk);
        reported(walk);
        branched(walk);
        planned(walk);
        ended(walk);
    });
}

fn found(walk: &mut Walk) {
    walk.sign_in(WORKER).press("f7").fill(
        "child",
        &[
            (child::NAME, Text(NAME)),
            (child::SEX, Code("f")),
            (child::BIRTH, Text("2016-09-11")),
            (child::GUARDIAN, Text("向兴")),
            (child::RELATION, Code("father")),
            (child::PHONE, Text("10000001301")),
            (child::VILLAGE, Text("白岩沟村")),
            (child::CATEGORIES, Codes(&["guardianship"])),
            (child::RISK, Code("high")),
            (child::FOUND_BY, Code("school")),
        ],
    );
    walk.begin("finding").fill(
        "finding",
        &[
            (finding::FOUND, Today),
            (finding::BY, Both("班主任谢老师", "teacher Xie")),
            (
                finding::SEEN,
                Both("手臂有新旧瘀伤，说爸爸喝了酒。", "Old and new bruises; father drinks, she said."),
            ),
            (finding::SIGNS, Codes(&["violence"])),
            (finding::SITUATIONS, Codes(&["injury"])),
        ],
    );
    walk.was_told("先保护人身安全", "Safety first");
    walk.reads("紧急", "Urgent").reads("正遭受暴力", "danger now").reads("尚未报告", "has not been");
    walk.press("enter").reads("先保护人身安全", "Safety first").press("esc");
    walk.reads("报告  今天到期", "report  due today");
    let scores: &[i64] = &[0, 5, 2, 0, 5, 3, 0, 5];
    walk.score("hardship", "baseline", "worker", scores);
}

fn reported(walk: &mut Walk) {
    walk.tab("file-tab-services").select("班主任谢老师", "teacher Xie").press("e");
    // Nobody closes it without the day of the report, and none without its receipt.
    walk.fill(
        "finding",
        &[(finding::CLOSED, Today), (finding::OUTCOME, Both("已转派出所", "with the police"))],
    );
    walk.reads("必填", "is required")
        .put("finding", &[(finding::REPORTED, Today), (finding::REPORTED_AT, Text("16:40"))]);
    walk.put("finding", &[(finding::REPORTED_TO, Both("镇派出所", "police station"))]).save();
    walk.reads("必填", "is required").put("finding", &[(finding::CLOSED, Text(""))]).save();
    walk.tab("file-tab-overview").press("home").reads("没有回执", "no receipt");
    walk.reads_no("尚未报告", "has not been");
    walk.tab("file-tab-services").select("班主任谢老师", "teacher Xie").press("e");
    walk.fill(
        "finding",
        &[
            (finding::RECEIPT, Both("受案回执0007", "receipt 0007")),
            (finding::CLOSED, Today),
            (finding::OUTCOME, Both("父亲被拘留，孩子住姑姑家", "Father detained, she is with her aunt")),
        ],
    );
    walk.tab("file-tab-overview")
        .press("home")
        .reads_no("报告  今天到期", "report  due today")
        .reads_no("正遭受暴力", "danger now")
        .reads_no("没有回执", "no receipt");
}

fn branched(walk: &mut Walk) {
    walk.press("p").fill(
        "member",
        &[
            (member::ROLE, Code("mother")),
            (member::CIRCUMSTANCE, Code("severe-disability")),
            (member::SINCE, Text("2020-01-01")),
            (member::GRADE, Code("grade-2")),
            (member::MENTAL, Yes),
        ],
    );
    walk.begin("situation").fill(
        "situation",
        &[
            (situation::LIVES, Code("kin")),
            (situation::CARE_CONFIRMED, Today),
            (situation::CHILD_HEARD, Yes),
            (situation::SCHOOLING, Code("dropped-out")),
        ],
    );
    walk.press("home").reads("已辍学", "Dropped out");
    walk.begin("referral").fill(
        "referral",
        &[
            (referral::TO, Code("health")),
            (referral::WHAT, Both("伤情检查", "An examination")),
            (referral::SHARED, Codes(&["name", "health"])),
            (referral::EMERGENCY, Yes),
            (referral::SENT, Today),
            (referral::RECEIVED, Today),
            (referral::ENDED, Today),
            (referral::OUTCOME, Code("helped")),
        ],
    );
    // In an emergency nobody waits for consent.
    walk.press("home").reads_no("没有有效的同意记录", "without valid consent");
    walk.days(1).visited("睡在表姐房里，怕同学问。", "She sleeps in her cousin's room.");
    walk.begin("conference").fill(
        "conference",
        &[
            (conference::WITH, Codes(&["police", "civil-affairs", "education"])),
            (conference::CHILD_HEARD, Yes),
            (
                conference::DECIDED,
                Both("返校 -- 谢老师 -- 2026-03-10", "Back to school -- teacher Xie -- 2026-03-10"),
            ),
        ],
    );
}

fn planned(walk: &mut Walk) {
    walk.tab("file-tab-overview");
    walk.assessed("眼下安全，怕父亲回来。", "Safe now; she fears his return.");
    walk.plan("姑姑照料，返校，心理面谈四次。", "With her aunt, back to school, four talks.");
    walk.press("home").reads("等待督导员批准", "waits for the supervisor");
    walk.approved(TYPED, NAME, case::PLAN_APPROVED);
    walk.days(7).open(TYPED, NAME).visited("返校三天了。", "Three days back at school.");
    walk.stands(Status::InService)
        .begin("situation")
        .fill("situation", &[(situation::SCHOOLING, Code("enrolled"))]);
    walk.press("home").reads_no("已辍学", "Dropped out");
}

fn ended(walk: &mut Walk) {
    walk.days(90).open(TYPED, NAME).visited("姑姑家安稳，睡得整。", "Calm at her aunt's; she sleeps.");
    walk.score("hardship", "end", "worker", &[0, 0, 0, 0, 5, 0, 0, 5]);
    walk.tab("file-tab-overview").select(NAME, NAME).press("e").fill("child", &[(child::RISK, Code("low"))]);
    walk.reviewed("安全，上学，和姑姑一家处得好。", "Safe, at school, at home with her aunt.");
    walk.closed(TYPED, NAME, ("由姑姑照料", "with her aunt"));
    walk.command("评估成效", "evaluation").reads("困境记分", "Hardship scale");
    let file = walk.kept(NAME);
    let report = file.services.iter().find(|one| one.at.kind == RecordKind::Finding).unwrap();
    assert_eq!(report.fields.text(&finding::REPORTED_AT), "16:40");
    assert!(report.fields.date(&finding::CLOSED) >= report.fields.date(&finding::REPORTED));
    assert_eq!(
        [RecordKind::Finding, RecordKind::Referral, RecordKind::Score].map(|kind| count(&file, kind)),
        [1, 1, 2]
    );
    assert!(file.cases[0].fields.date(&case::CLOSE_APPROVED).is_some());
}
