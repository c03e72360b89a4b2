//! Both parents gone, the father to prison: several agencies, one file. It was closed once and opened again.

use super::*;
use crate::domain::forms::conference;

pub(in crate::exchange::demo) const NAME: &str = "田谷雨";

pub(super) fn tell(t: &mut Teller) -> Vec<DemoChild> {
    let who = Person {
        name: NAME,
        sex: "m",
        age: (10, 120),
        guardian: "石桂莲",
        relation: "grandmother",
        phone: 1_101,
        town: 0,
        village: "柿子湾村",
        categories: &["prisoner", "poverty"],
        risk: "high",
        found_by: "prison",
        health: "健康",
    };
    let parents = vec![
        person("father", "田立柱", "prison")
            .with(member::SINCE, t.ago(640))
            .with(member::UNTIL, t.ahead(820))
            .with(member::PLACE, "望川监狱")
            .with(member::VISITING, "每月第二个星期三，凭户口本，16岁以下由奶奶带")
            .with(member::VISITED, t.ago(95))
            .with(member::CHILD_KNOWS, Value::Yes(true)),
        person("mother", "夏秋芳", "out-of-contact")
            .with(member::SINCE, t.ago(700))
            .with(member::REPORTED, t.ago(330))
            .with(member::PLACE, "最后一次电话从广东打来")
            .with(member::PAPER, "派出所受案回执"),
        person("carer", "石桂莲", "at-home").with(member::PHONE, phone(1_101).as_str()),
    ];
    let case = t
        .opened(540, "监狱来函：父亲服刑，母亲失去联系，孩子跟着奶奶，家里没有收入。")
        .with(case::ASSESSED, t.ago(52))
        .with(
            case::ASSESSMENT,
            "奶奶中风后左手不便，做饭靠孩子。吃住有，没有第二个照料人。孩子愿意写信给爸爸，不愿意同学知道。\
             综合判断：照料不稳，风险高，先落实伯父晚上过来，再办生活补贴。",
        )
        .with(case::PLANNED, t.ago(45))
        .with(
            case::PLAN,
            "1. 一个月内补齐判决书复印件，办事实无人抚养儿童补贴。\n2. 伯父每晚过来，奶奶做康复。\n\
             3. 每三个月陪孩子去会见一次。\n4. 学校只让班主任知道。",
        )
        .with(case::PLAN_APPROVED, t.ago(44))
        .with(case::SERVED, t.ago(40))
        .with(case::CLOSED, t.ago(170))
        .with(case::CLOSE_REASON, code("goals-met"))
        .with(case::ARRANGEMENT, "继续由奶奶照料，村儿童主任每季度看望一次")
        .with(case::CLOSE_APPROVED, t.ago(168))
        .with(case::REOPENED, t.ago(60))
        .with(case::REOPEN_REASON, "奶奶中风，原来的安排维持不下去");
    let contacts = vec![
        t.in_vain("refusal", 535, "奶奶怕村里人议论，没有让进屋。改约赶场天在卫生院门口见。"),
        t.visit(528, "在镇卫生院见到奶奶和谷雨。谷雨说知道爸爸在哪里，想写信，不知道怎么寄。"),
        t.visit(410, "谷雨收到爸爸的回信，压在枕头下面。家里米够吃，衣服小了。"),
        t.visit(178, "成绩稳住了，奶奶身体还好。和奶奶、村里商量结案，孩子同意。"),
        t.in_vain("attempt", 59, "听说奶奶住院，到家时门锁着，邻居说都在县医院。"),
        t.visit(58, "在县医院见到奶奶和谷雨。奶奶中风，左手抬不起来。谷雨一个人在病房守了两夜。"),
        t.visit(37, "奶奶回家了。伯父晚上过来住。谷雨会自己热饭，火已经教过怎么关。"),
        t.visit(6, "谷雨把要对爸爸说的话写了一张纸。问判决书复印件的事，奶奶说找不到了。")
            .with(contact::AGREED, "司法所补开判决书复印件"),
    ];
    let consent = |to: &str, what: &str| t.consent(50, to, what, "guardian");
    let referrals = [
        t.referral(
            48,
            "justice",
            "石门镇司法所",
            "补开父亲的判决书复印件；联系监狱安排会见和通话。",
            &["name", "family", "need"],
        )
        .with(referral::RECEIVED, t.ago(46))
        .with(referral::RECEIVED_BY, "司法所 王助理")
        .with(referral::CHASE, t.ago(5)),
        t.referral(400, "police", "石门镇派出所", "母亲失去联系，协助报案并查找。", &["name", "family"])
            .with(referral::RECEIVED, t.ago(399))
            .with(referral::RECEIVED_BY, "值班民警 陈警官")
            .with(referral::ENDED, t.ago(328))
            .with(referral::OUTCOME, code("partly"))
            .with(referral::OUTCOME_TEXT, "已立案，给了受案回执，人还没有找到。"),
        t.referral(
            43,
            "education",
            "石门镇中心小学",
            "申请寄宿生补助，只告诉班主任和分管副校长。",
            &["name", "school", "need"],
        )
        .with(referral::RECEIVED, t.ago(42))
        .with(referral::RECEIVED_BY, "分管副校长")
        .with(referral::ENDED, t.ago(15))
        .with(referral::OUTCOME, code("helped"))
        .with(referral::OUTCOME_TEXT, "补助从本学期起发，每学期五百元。"),
        t.referral(
            41,
            "health",
            "石门镇卫生院",
            "奶奶的康复训练，每周两次，村医上门一次。",
            &["name", "address", "need"],
        )
        .with(referral::RECEIVED, t.ago(40))
        .with(referral::RECEIVED_BY, "家庭医生 谭医生")
        .with(referral::CHASE, t.ahead(12)),
    ];
    let conference = Fields::default()
        .with(conference::ON, t.ago(47))
        .with(conference::WITH, codes(&["justice", "police", "education", "health", "civil-affairs"]))
        .with(conference::CHILD_HEARD, Value::Yes(true))
        .with(conference::ABOUT, "奶奶中风以后孩子由谁照料，补贴缺什么材料，学校怎么配合。")
        .with(
            conference::DECIDED,
            format!(
                "补开判决书复印件 —— 司法所王助理 —— {}\n收到材料后办结补贴 —— 民政所 —— {}\n\
                 学校只让班主任知道，安排午餐；谷雨要求留在现在的学校，同意。卫生院每周上门一次。",
                t.ahead(10),
                t.ahead(25),
            )
            .as_str(),
        )
        .with(conference::NEXT, t.ahead(14));
    let goals = [
        t.goal("poverty", "办下事实无人抚养儿童补贴", "补齐材料，代办申请", "儿童主任、司法所", t.ahead(10)),
        t.goal("guardianship", "奶奶有替手，夜里不只剩孩子", "伯父每晚过来", "伯父田立生", t.ago(20))
            .with(goal::REACHED, t.ago(22))
            .with(goal::OUTCOME, "伯父每晚七点过来，住到天亮。"),
        t.goal("self-identity", "谷雨每三个月见爸爸一次", "陪同会见，路费由站里出", "站里", t.ahead(40)),
    ];
    let lives = lives("kin", "enrolled")
        .with(situation::CARE_CONFIRMED, t.ago(38))
        .with(situation::CHILD_HEARD, Value::Yes(true))
        .with(situation::BENEFITS, codes(&["minimum-living"]));
    let scores = [
        t.score(520, "baseline", "child", "self-identity", &[0, 1, 0, 1, 0, 1]),
        t.score(180, "end", "child", "self-identity", &[1, 2, 1, 1, 2, 1]),
        t.score(50, "review", "child", "self-identity", &[1, 1, 0, 1, 1, 1]),
        t.score(50, "baseline", "worker", "home-guardianship", &[0, 0, 2, 1, 1, 2, 0, 0]),
    ];
    let calls = [
        t.family_contact(95, "prison-visit", "father", 40, "伯父陪着去的，隔着玻璃说话，回来路上一直笑。"),
        t.family_contact(30, "letter", "father", 0, "谷雨寄出一封信，附了数学卷子。"),
    ];
    let mut services = vec![(RecordKind::Situation, lives), (RecordKind::Conference, conference)];
    services.extend(all(RecordKind::Goal, goals));
    services.extend(all(
        RecordKind::Consent,
        [
            consent("justice", "补开判决书复印件，安排会见"),
            consent("education", "申请寄宿生补助"),
            consent("health", "奶奶的康复和孩子的体检"),
        ],
    ));
    services.extend(all(RecordKind::Referral, referrals));
    services.extend(all(RecordKind::Score, scores));
    services.extend(all(RecordKind::FamilyContact, calls));
    vec![DemoChild {
        child: t.child(&who),
        home: Some((home(&who, 6_000, "农村低保", "老木房，三间"), parents)),
        case,
        contacts,
        follow_ups: vec![
            t.due("visit", t.ahead(1), "visit-high", "看伯父是否每晚过来"),
            t.due("referral", t.ago(5), "", "追问司法所：判决书复印件"),
            t.done("first-response", 58, "重开后一天内见到孩子", "在县医院见到，人平安"),
        ],
        notes: vec![t.note(
            20,
            "督导意见",
            "督导员看过本档案：重开及时，会商有责任人。判决书拖了一个多月，下周由督导员给县司法局打电话。",
        )],
        services,
        ..DemoChild::default()
    }]
}
