//! Who cares while the parents cannot: entrusted care confirmed again, several agencies chased until each has answered,
//! consent taken back, and the day on which a parent is free.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{child, consent, entrustment, follow_up, member, referral, situation};

const NAME: &str = "田小满";
const TYPED: &str = "txm";
/// Whom, and for what the family agreed to it.
const AGENCIES: [(&str, [&str; 2], [&str; 2]); 4] = [
    ("justice", ["镇司法所", "The justice office"], ["开证明", "a certificate"]),
    ("police", ["镇派出所", "The police station"], ["找母亲", "to find mother"]),
    ("education", ["中心小学", "The school"], ["课后照看", "care after school"]),
    ("health", ["镇卫生院", "The clinic"], ["体检", "a check-up"]),
];

#[test]
fn care_is_confirmed_agencies_are_chased_consent_is_withdrawn_and_a_parent_comes_home() {
    tell(|walk| {
        walk.sign_in(WORKER).register_child(
            NAME,
            &[
                (child::BIRTH, Text("2014-05-20")),
                (child::VILLAGE, Text("柿子湾村")),
                (child::CATEGORIES, Codes(&["left-behind"])),
                (child::RISK, Code("medium")),
            ],
        );
        entrusted(walk);
        referred(walk);
        withdrawn(walk);
        set_free(walk);
        on_the_calendar(walk);
    });
}

fn entrusted(walk: &mut Walk) {
    walk.press("p").fill(
        "member",
        &[
            (member::ROLE, Code("mother")),
            (member::NAME, Text("秦燕")),
            (member::CIRCUMSTANCE, Code("working-away")),
            (member::SINCE, Text("2025-12-01")),
        ],
    );
    walk.press("home").reads("没有委托照护确认书的记录", "no confirmation of the");
    walk.tab("file-tab-follow-ups").reads("14天内签委托照护确认书", "confirm entrusted care in 14 days");
    // A carer whom the law does not allow is said at once, with what to do today.
    let begun = [
        (entrustment::BEGUN, Days(-3)),
        (entrustment::BY, Code("mother")),
        (entrustment::CARER, Text("田大成")),
        (entrustment::CHECKED, Today),
        (entrustment::CARER_GROUNDS, Codes(&["addiction"])),
    ];
    walk.begin("entrustment").fill("entrustment", &begun);
    walk.tab("file-tab-overview").press("home").reads("不得被委托", "law does not allow");
    walk.tab("file-tab-services").select("田大成", "田大成").press("e").fill(
        "entrustment",
        &[(entrustment::ENDED, Today), (entrustment::END_REASON, Both("换外婆", "now her grandmother"))],
    );
    walk.begin("entrustment").fill(
        "entrustment",
        &[
            (entrustment::BEGUN, Today),
            (entrustment::BY, Code("mother")),
            (entrustment::CARER, Text("秦桂英")),
            (entrustment::CHECKED, Today),
            (entrustment::CHILD_HEARD, Yes),
            (entrustment::CHILD_SAID, Both("外婆做饭好吃", "Grandmother cooks well")),
            (entrustment::SIGNED, Today),
            (entrustment::TOLD_SCHOOL, Today),
            (entrustment::TOLD_VILLAGE, Today),
        ],
    );
    walk.tab("file-tab-overview")
        .press("home")
        .reads_no("没有委托照护确认书的记录", "no confirmation of the");
    walk.reads_no("不得被委托", "law does not allow");
    walk.tab("file-tab-follow-ups").reads("委托照护满6个月", "entrusted 6 months");
}

fn referred(walk: &mut Walk) {
    for (to, office, what) in AGENCIES {
        walk.tab("file-tab-overview").begin("consent").fill(
            "consent",
            &[
                (consent::FOR, Both(what[0], what[1])),
                (consent::RECIPIENT, Code(to)),
                (consent::ON, Today),
                (consent::BY, Code("both")),
            ],
        );
        walk.begin("referral").fill(
            "referral",
            &[
                (referral::TO, Code(to)),
                (referral::OFFICE, Both(office[0], office[1])),
                (referral::WHAT, Both("请协助", "Please help")),
                (referral::SHARED, Codes(&["name", "need"])),
                (referral::SENT, Today),
                (referral::CHASE, Days(7)),
            ],
        );
    }
    walk.press("home").reads_no("没有有效的同意记录", "without valid consent");
    walk.days(8).open(TYPED, NAME);
    for (at, (_, office, _)) in AGENCIES[..3].iter().enumerate() {
        let outcome = ["helped", "partly", "helped"][at];
        walk.tab("file-tab-services").select(office[0], office[1]).press("e").fill(
            "referral",
            &[(referral::RECEIVED, Days(-6)), (referral::ENDED, Today), (referral::OUTCOME, Code(outcome))],
        );
    }
    // The one that has not answered is asked again, and only that one.
    let chased = |walk: &mut Walk| {
        let file = walk.kept(NAME);
        let open = file.follow_ups.iter().filter(|one| one.fields.get(&follow_up::DONE).is_none());
        let open = open.filter(|one| one.fields.text(&follow_up::RULE) == "referral-result").count();
        walk.sign_in(WORKER).open(TYPED, NAME);
        open
    };
    assert_eq!(chased(walk), 1);
}

fn withdrawn(walk: &mut Walk) {
    walk.tab("file-tab-services").select("体检", "a check-up").press("e");
    walk.fill(
        "consent",
        &[(consent::WITHDRAWN, Today), (consent::WHY, Both("怕被人知道", "people would know"))],
    );
    walk.was_told("撤回", "withdrawn").tab("file-tab-overview").press("home");
    walk.reads("转介发出后同意被撤回", "withdrawn after the referral");
    walk.tab("file-tab-follow-ups").reads("告知接收单位停用", "tell recipient");
    walk.tab("file-tab-services")
        .select("镇卫生院", "The clinic")
        .press("e")
        .fill("referral", &[(referral::ENDED, Today), (referral::OUTCOME, Code("withdrawn"))]);
    walk.tab("file-tab-overview")
        .press("home")
        .reads_no("转介发出后同意被撤回", "withdrawn after the referral");
}

fn set_free(walk: &mut Walk) {
    walk.press("p").fill(
        "member",
        &[
            (member::ROLE, Code("father")),
            (member::NAME, Text("田立柱")),
            (member::CIRCUMSTANCE, Code("prison")),
            (member::SINCE, Text("2024-10-01")),
            (member::UNTIL, Days(60)),
        ],
    );
    walk.tab("file-tab-follow-ups")
        .reads("30天后归家", "back in 30 days")
        .reads("重新核对监护", "check guardianship");
    // A sentence that ends before it began is said where it is typed.
    walk.tab("file-tab-family").select("田立柱", "田立柱").press("e");
    walk.fill("member", &[(member::UNTIL, Text("2024-09-01"))]).reads("早于", "before");
    walk.put("member", &[(member::UNTIL, Days(40))]).save().tab("file-tab-follow-ups");
    let file = walk.kept(NAME);
    let day = walk.today() + chrono::Days::new(40);
    let is = |one: &tonghu::domain::Record| one.fields.text(&follow_up::RULE) == "release";
    assert!(file.follow_ups.iter().any(|one| is(one) && one.fields.date(&follow_up::DUE) == Some(day)));
    let lives = file.services.iter().filter(|one| one.at.kind == RecordKind::Situation).count();
    assert_eq!(lives, 0, "the confirmation alone said who cares");
    walk.sign_in(WORKER).open(TYPED, NAME).begin("situation");
    walk.fill("situation", &[(situation::LIVES, Code("kin"))]).sees(NAME);
}

fn on_the_calendar(walk: &mut Walk) {
    // The day on which he is free is in next month's picture, behind it how much is due.
    walk.press("f4 c").reads("月历", "Calendar");
    let before = walk.face().screen();
    walk.press("page-down");
    assert_ne!(walk.face().screen(), before);
    walk.press("esc");
}
