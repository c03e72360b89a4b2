//! A volunteer keeps a girl company for half a year; what changed is asked three times, and what became worse is shown.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{case, child, goal, score, session, volunteer};

const NAME: &str = "冉小苗";
const TYPED: &str = "rxm";
const VOLUNTEER: &str = "罗棠";

#[test]
fn a_volunteer_is_matched_and_what_changed_is_asked_three_times() {
    tell(|walk| {
        registered(walk);
        planned(walk);
        accompanied(walk);
        ended(walk);
    });
}

fn registered(walk: &mut Walk) {
    walk.sign_in(WORKER);
    for (name, checked, trained) in [(VOLUNTEER, -60, -50), ("付红", -500, -490)] {
        walk.add(
            "volunteer",
            &[
                (volunteer::NAME, Text(name)),
                (volunteer::VILLAGE, Text("青杠坪村")),
                (volunteer::CHECKED, Days(checked)),
                (volunteer::TRAINED, Days(trained)),
            ],
        );
    }
    walk.select("付红", "付红").reads("背景查询", "background check");
    walk.press("f7").fill(
        "child",
        &[
            (child::NAME, Text(NAME)),
            (child::SEX, Code("f")),
            (child::BIRTH, Text("2015-04-08")),
            (child::GUARDIAN, Text("冉德厚")),
            (child::RELATION, Code("grandfather")),
            (child::PHONE, Text("10000001201")),
            (child::VILLAGE, Text("青杠坪村")),
            (child::RISK, Code("low")),
            (child::FOUND_BY, Code("school")),
            (child::SCHOOL, Text("镇中心小学")),
        ],
    );
    walk.sees(NAME).stands(Status::Identified).reads("低风险", "low risk");
}

fn planned(walk: &mut Walk) {
    walk.days(2).visited("她不说话，低头剥豆子。", "She shelled beans and said nothing.");
    walk.assessed("吃住有保障，缺陪伴。", "Food and home are there; company is not.");
    walk.score("self-efficacy", "baseline", "child", &[0, 1, 0, 0, 1]);
    walk.score("economic-pressure", "baseline", "carer", &[1, 1, 1, 1, 1, 1]);
    walk.begin("goal").fill(
        "goal",
        &[
            (goal::GOAL, Both("难过的时候有人听她说", "Somebody listens when she is sad")),
            (goal::DOMAIN, Code("social-support")),
            (goal::SERVICE, Both("两周一次陪伴", "company every two weeks")),
            (goal::WHO, Text(VOLUNTEER)),
            (goal::DUE, Days(180)),
        ],
    );
    walk.plan("每两周陪伴一次，做满半年。", "Company every two weeks for half a year.");
    walk.approved(TYPED, NAME, case::PLAN_APPROVED);
}

fn accompanied(walk: &mut Walk) {
    walk.press("f").sees(VOLUNTEER).reads("同村", "same village").reads("查询已满一年", "over a year old");
    // Who fits best stands first; Enter begins the first session with the name in it.
    walk.press("home enter").sees(VOLUNTEER).fill(
        "session",
        &[
            (session::MINUTES, Text("90")),
            (session::WHAT, Both("一起包书皮", "We covered books")),
            (session::CHILD_SAID, Both("你下次真的来吗", "Will you really come again?")),
        ],
    );
    for minutes in ["120", "60"] {
        walk.days(14).open(TYPED, NAME).begin("session").fill(
            "session",
            &[
                (session::VOLUNTEER, Text(VOLUNTEER)),
                (session::MINUTES, Text(minutes)),
                (session::WHAT, Both("去河边捡石头", "Stones by the river")),
            ],
        );
    }
    walk.tab("file-tab-services").reads("一起包书皮", "We covered books");
    walk.days(60).open(TYPED, NAME).visited("她笑了，画给我们看。", "She laughed and showed a picture.");
    walk.stands(Status::InService);
    walk.score("self-efficacy", "review", "child", &[1, 1, 1, 1, 1]);
    walk.score("economic-pressure", "review", "carer", &[1, 1, 1, 2, 2, 1]);
    walk.reviewed("她有伴了；钱更紧。", "She has company; money is tighter.");
}

fn ended(walk: &mut Walk) {
    walk.days(90).open(TYPED, NAME).visited("她问能不能也当姐姐。", "She wants to be a big sister, too.");
    walk.score("self-efficacy", "end", "child", &[2, 2, 1, 1, 2]);
    walk.score("economic-pressure", "end", "carer", &[1, 1, 1, 2, 2, 2]);
    walk.tab("file-tab-services").select("难过的时候", "Somebody listens").press("e");
    walk.fill("goal", &[(goal::REACHED, Today), (goal::OUTCOME, Both("她会主动讲了", "She talks now"))]);
    walk.press("b").reads("我能行", "I can do it").reads("钱上的压力", "Money worries");
    walk.reads("好6分", "6 better").reads("差3分", "3 worse").press("esc").tab("file-tab-overview");
    walk.closed(TYPED, NAME, ("爷爷照料", "with grandfather"));
    walk.command("评估成效", "evaluation")
        .reads("我能行", "I can do it")
        .reads("钱上的压力", "Money worries");
    walk.reads("人数太少，不下结论", "too few to say").sees_no(NAME);
    let file = walk.kept(NAME);
    let sessions = file.services.iter().filter(|one| one.at.kind == RecordKind::Session);
    let minutes: i64 = sessions.filter_map(|one| one.fields.number(&session::MINUTES)).sum();
    assert_eq!((count(&file, RecordKind::Session), minutes), (3, 270));
    let moments = |moment| {
        let scores = file.services.iter().filter(|one| one.at.kind == RecordKind::Score);
        scores.filter(|one| one.fields.text(&score::MOMENT) == moment).count()
    };
    assert_eq!(["baseline", "review", "end"].map(moments), [2, 2, 2]);
    assert!(file.cases[0].fields.date(&case::CLOSE_APPROVED).is_some());
}
