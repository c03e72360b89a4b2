//! Two minutes of a supervisor: what waits, what is sent back, what is approved; whose cases go to whom; a case that is
//! open once more.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{case, child, follow_up};

const NAME: &str = "向小荷";
const TYPED: &str = "xxh";

#[test]
fn what_a_supervisor_sends_back_is_mended_and_waits_again_until_it_is_approved() {
    tell(|walk| {
        planned(walk);
        sent_back(walk);
        approved(walk);
        closure_sent_back(walk);
        handed_over_and_opened_again(walk);
    });
}

fn planned(walk: &mut Walk) {
    walk.sign_in(WORKER).register_child(
        NAME,
        &[
            (child::SEX, Code("f")),
            (child::BIRTH, Text("2016-05-20")),
            (child::VILLAGE, Text("柿子湾村")),
            (child::RISK, Code("high")),
        ],
    );
    walk.visited("家里只有奶奶。", "Only grandmother is at home.").assessed("风险高。", "High risk.");
    walk.plan("多去看看。", "Go and see more often.");
    // Whoever wrote it has no queue.
    walk.command("督导待办", "queue").reads("没有权限", "may not");
}

/// The supervisor comes in, opens the queue and from it the file that waits first of all.
fn from_the_queue<'a>(walk: &'a mut Walk, zh: &'static str, en: &'static str) -> &'a mut Walk {
    walk.sign_in(SUPERVISOR).command("督导待办", "queue").reads(zh, en).press("home enter").sees(NAME)
}

fn sent_back(walk: &mut Walk) {
    from_the_queue(walk, "服务计划待批准 1", "Plans to approve 1");
    // Without a reason nothing goes back.
    walk.press("c").put("case", &[(case::SENT_BACK, Today)]).save().reads("必填", "is required");
    walk.put("case", &[(case::SENT_BACK_WHY, Both("写清谁做、几时做完", "Say who does it and by when"))]);
    walk.save().press("home").reads("退回修改", "sent it back");
    walk.command("督导待办", "queue").reads_no("服务计划待批准", "Plans to approve");

    // Who wrote it finds it on Today and reads why; nothing of the plan is lost.
    walk.sign_in(WORKER).reads("复核", "review").open(TYPED, NAME).press("home");
    walk.reads("退回修改", "sent it back").reads_no("等待督导员批准", "waits for the supervisor");
    walk.select("督导员退回：", "Sent back: ").reads("写清谁做、几时做完", "Say who does it and by when");
    walk.stands(Status::Planned);
    // The supervisor's words are not theirs to take away.
    walk.press("c").fill("case", &[(case::SENT_BACK, Text(""))]).reads("没有权限", "may not do that");
    walk.put("case", &[(case::SENT_BACK, Today)]);
    let why = Both("写清谁做、几时做完", "Say who does it and by when");
    walk.put("case", &[(case::SENT_BACK_WHY, why)]).press("esc");
}

fn approved(walk: &mut Walk) {
    walk.open(TYPED, NAME).press("c").fill(
        "case",
        &[(
            case::PLAN,
            Both("伯父每晚过来，陈静每周看一次。", "Uncle comes each night, Chen Jing each week."),
        )],
    );
    walk.press("home")
        .reads_no("退回修改", "sent it back")
        .reads("等待督导员批准", "waits for the supervisor");
    from_the_queue(walk, "服务计划待批准 1", "Plans to approve 1");
    walk.press("c").fill("case", &[(case::PLAN_APPROVED, Today)]);
    walk.command("督导待办", "queue").reads_no("服务计划待批准", "Plans to approve");
    let file = walk.kept(NAME);
    assert_eq!(file.cases[0].fields.get(&case::SENT_BACK_WHY), None);
    let mend = |one: &&tonghu::domain::Record| one.fields.text(&follow_up::RULE) == "mend-sent-back";
    let mended: Vec<_> = file.follow_ups.iter().filter(mend).collect();
    assert!(mended.len() == 1 && mended[0].fields.date(&follow_up::DONE).is_some(), "{mended:?}");
}

fn closing(walk: &mut Walk) {
    let fields = [
        (case::CLOSED, Today),
        (case::CLOSE_REASON, Code("goals-met")),
        (case::ARRANGEMENT, Both("奶奶和伯父", "grandmother and uncle")),
    ];
    walk.press("c").fill("case", &fields).press("home").stands(Status::Closed);
}

fn closure_sent_back(walk: &mut Walk) {
    walk.days(5).sign_in(WORKER).open(TYPED, NAME).visited("好多了。", "Much better.");
    closing(walk);
    from_the_queue(walk, "结案待批准 1", "Closures to approve 1");
    let why = Both("再看一个月", "See her for a month more");
    walk.press("c").fill("case", &[(case::SENT_BACK, Today), (case::SENT_BACK_WHY, why)]);
    // She is looked after as before: the case is open and the next visit comes due.
    walk.press("home").stands(Status::InService).reads("退回修改", "sent it back");
    walk.sign_in(WORKER).open(TYPED, NAME).reads("走访", "visit").reads_no("结案等待", "The closure waits");
    walk.days(30).open(TYPED, NAME).visited("伯父天天来。", "Uncle comes daily.");
    closing(walk);
    walk.reads_no("退回修改", "sent it back");
    from_the_queue(walk, "结案待批准 1", "Closures to approve 1");
    walk.press("c").fill("case", &[(case::CLOSE_APPROVED, Today)]).press("home").stands(Status::Closed);
    walk.command("督导待办", "queue").reads_no("结案待批准", "Closures to approve");
}

fn handed_over_and_opened_again(walk: &mut Walk) {
    walk.sign_in(WORKER);
    let other = ("冉小川", "rxc");
    walk.register_child(other.0, &[(child::VILLAGE, Text("青杠坪村")), (child::RISK, Code("medium"))]);
    // Closed is not for ever: with a reason it is open once more, and what is due comes due.
    walk.days(20).open(TYPED, NAME).press("c").fill(
        "case",
        &[
            (case::REOPENED, Today),
            (case::REOPEN_REASON, Both("伯父外出打工了", "Uncle has gone away to work")),
        ],
    );
    walk.press("home").stands(Status::Reopened).reads_no("结案等待", "The closure waits");
    // Staff change: each case has somebody, with the reason in each file.
    walk.sign_in(SUPERVISOR).command("工作量", "caseload").reads("每人不超过25个", "at most 25 each");
    walk.select("陈静", "陈静").sees("2/25").press("h").press("enter").type_text("苏敏").press("enter");
    walk.reads("2个在办个案", "Open cases: 2").type_text("x").press("enter");
    walk.reads("已移交2个个案", "cases 2").select("苏敏", "苏敏").sees("2/25");
    walk.open(TYPED, NAME).sees("苏敏");
    let file = walk.kept(NAME);
    assert_eq!(file.row.status, Status::Reopened);
    assert!(file.follow_ups.iter().any(|one| one.fields.date(&follow_up::DONE).is_none()));
    assert_eq!(walk.kept(other.0).child.fields.text(&child::HANDED_WHY), "x");
}
