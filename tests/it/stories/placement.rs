//! From the institution into a family: the first placement breaks down in its trial, the second one holds.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{agency, case, child, consent, foster_family, placement, referral, situation};

const NAME: &str = "覃小秋";
const TYPED: &str = "qxq";
const FIRST: &str = "谢家";
const SECOND: &str = "何家";

#[test]
fn a_first_family_breaks_down_and_a_second_one_holds() {
    tell(|walk| {
        registered(walk);
        planned(walk);
        broken(walk);
        settled(walk);
        ended(walk);
    });
}

fn family(walk: &mut Walk, name: &'static str, village: &'static str, checked: i64) {
    walk.add(
        "foster-family",
        &[
            (foster_family::NAME, Text(name)),
            (foster_family::VILLAGE, Text(village)),
            (foster_family::CARER_BIRTH, Text("1982-06-01")),
            (foster_family::CAPACITY, Text("1")),
            (foster_family::APPROVED, Days(-200)),
            (foster_family::CHECKED, Days(checked)),
            (foster_family::TRAINED, Days(-190)),
        ],
    );
}

fn registered(walk: &mut Walk) {
    walk.sign_in(WORKER);
    family(walk, FIRST, "桐梓坝村", -20);
    family(walk, SECOND, "水井坝村", -20);
    family(walk, "邱家", "水井坝村", -500);
    walk.add(
        "agency",
        &[
            (agency::NAME, Both("社区资源中心", "Resource centre")),
            (agency::KIND, Code("social")),
            (agency::SERVICE, Both("康复、喘息照料", "therapy, respite care")),
        ],
    );
    walk.press("f7").fill(
        "child",
        &[
            (child::NAME, Text(NAME)),
            (child::SEX, Code("m")),
            (child::BIRTH, Text("2017-01-15")),
            (child::GUARDIAN, Text("县儿童福利院")),
            (child::RELATION, Code("institution")),
            (child::PHONE, Text("10000001401")),
            (child::VILLAGE, Text("桐梓坝村")),
            (child::CATEGORIES, Codes(&["institution"])),
            (child::RISK, Code("medium")),
        ],
    );
    walk.begin("placement").fill(
        "placement",
        &[
            (placement::KIND, Code("institution")),
            (placement::FAMILY, Both("县儿童福利院", "the county institution")),
            (placement::BEGUN, Text("2019-05-01")),
            (placement::VISITED, Today),
        ],
    );
}

fn planned(walk: &mut Walk) {
    walk.days(3).visited("他盼着有人来接。", "He hopes that somebody comes.");
    walk.assessed("适合家庭寄养，离康复点近。", "Fit for a family near the therapist.");
    walk.score("social-support", "baseline", "child", &[0, 1, 1, 1, 0, 0]);
    walk.plan("先见三次面再住，融合期六十天。", "Three meetings first, then a trial of sixty days.");
    walk.approved(TYPED, NAME, case::PLAN_APPROVED);
}

fn broken(walk: &mut Walk) {
    // Whoever was not checked for a year does not fit, whatever else speaks for them.
    walk.press("f").sees(FIRST).reads("同村", "same village").reads("查询已满一年", "over a year old");
    walk.press("home enter").sees(FIRST).fill("placement", &[(placement::BEGUN, Today)]);
    walk.tab("file-tab-services").select("县儿童福利院", "the county institution").press("e");
    let moved = [(placement::ENDED, Today), (placement::END_REASON, Both("转家庭寄养", "to a family"))];
    walk.fill("placement", &moved).tab("file-tab-overview");
    walk.press("home").reads("没有同意安置的记录", "no record that it consents");
    walk.tab("file-tab-services").select(FIRST, FIRST).press("e");
    walk.fill("placement", &[(placement::CHILD_CONSENTED, Yes), (placement::VISITED, Today)]);
    walk.tab("file-tab-overview").reads_no("没有同意安置的记录", "no record that it consents");
    walk.days(40).open(TYPED, NAME).press("home").reads("一个月没有走访", "not been visited for a month");
    walk.visited("谢家奶奶摔了，照顾不过来。", "Grandmother Xie fell; they cannot go on.");
    walk.tab("file-tab-services").select(FIRST, FIRST).press("e").fill(
        "placement",
        &[
            (placement::ENDED, Today),
            (placement::END_REASON, Both("老人骨折，融合期内终止", "ended in the trial")),
        ],
    );
    walk.tab("file-tab-overview").press("home").reads_no("没有走访", "not been visited");
    // He was visited since the plan, so the service has begun: status and rules say the same.
    walk.stands(Status::InService).reads_no("仍没有开始服务", "no service has begun");
}

fn settled(walk: &mut Walk) {
    walk.days(20).open(TYPED, NAME).press("f").select(SECOND, SECOND).press("enter").fill(
        "placement",
        &[(placement::BEGUN, Today), (placement::CHILD_CONSENTED, Yes), (placement::VISITED, Today)],
    );
    walk.days(25)
        .open(TYPED, NAME)
        .visited("夜里醒两次，灯留着。", "Awake twice a night; the light stays on.");
    walk.days(40).open(TYPED, NAME).press("home").reads("满60天", "60 days is over");
    walk.tab("file-tab-services").select(SECOND, SECOND).press("e").fill(
        "placement",
        &[
            (placement::TRIAL_ENDED, Today),
            (placement::AGREEMENT, Today),
            (placement::AGREEMENT_UNTIL, Days(365)),
            (placement::VISITED, Today),
        ],
    );
    walk.tab("file-tab-overview").press("home").reads_no("满60天", "60 days is over");
    walk.begin("situation").fill(
        "situation",
        &[
            (situation::LIVES, Code("foster")),
            (situation::CHILD_HEARD, Yes),
            (situation::SCHOOLING, Code("enrolled")),
        ],
    );
    walk.begin("consent").fill(
        "consent",
        &[
            (consent::FOR, Both("喘息照料", "respite care")),
            (consent::RECIPIENT, Code("social")),
            (consent::ON, Today),
            (consent::BY, Code("both")),
        ],
    );
    walk.begin("referral").fill(
        "referral",
        &[
            (referral::TO, Code("social")),
            (referral::OFFICE, Both("社区资源中心", "Resource centre")),
            (referral::WHAT, Both("每月一个周末", "one weekend a month")),
            (referral::SHARED, Codes(&["name", "health"])),
            (referral::SENT, Today),
            (referral::RECEIVED, Today),
            (referral::CHASE, Days(10)),
        ],
    );
    walk.press("home").reads_no("没有有效的同意记录", "without valid consent");
    walk.days(9)
        .open(TYPED, NAME)
        .tab("file-tab-services")
        .select("社区资源中心", "Resource centre")
        .press("e")
        .fill("referral", &[(referral::ENDED, Today), (referral::OUTCOME, Code("helped"))]);
}

fn ended(walk: &mut Walk) {
    walk.tab("file-tab-overview")
        .visited("他叫何妈妈了，自己提的。", "He says Mama He now; it was his idea.");
    walk.score("social-support", "end", "child", &[2, 2, 1, 1, 2, 1]);
    walk.press("b").sees("+ ").press("esc");
    walk.reviewed("第二个家住稳了。", "The second family holds.");
    walk.closed(TYPED, NAME, ("何家长期寄养", "fostered by the He family"));
    walk.command("评估成效", "evaluation").reads("身边有没有人", "People around me");
    // The family has no place left for another child.
    walk.press("f7").fill("child", &[(child::NAME, Text("石小宁")), (child::VILLAGE, Text("水井坝村"))]);
    walk.sees("石小宁").press("f").select(SECOND, SECOND).reads("已寄养1名", "1 foster");
    let file = walk.kept(NAME);
    let mut kinds: Vec<(&str, bool)> = file
        .services
        .iter()
        .filter(|one| one.at.kind == RecordKind::Placement)
        .map(|one| (one.fields.text(&placement::KIND), one.fields.get(&placement::ENDED).is_some()))
        .collect();
    kinds.sort_unstable();
    assert_eq!(kinds, [("foster", false), ("foster", true), ("institution", true)]);
    assert!(file.cases[0].fields.date(&case::CLOSE_APPROVED).is_some());
}
