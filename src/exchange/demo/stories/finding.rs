//! A teacher sees bruises: the emergency first, the report and its receipt, then what the mechanism asks for. Six days old.

use super::*;
use crate::domain::forms::{conference, finding};

pub(in crate::exchange::demo) const NAME: &str = "向白露";

pub(super) fn tell(t: &mut Teller) -> Vec<DemoChild> {
    let who = Person {
        name: NAME,
        sex: "f",
        age: (9, 150),
        guardian: "向兴旺",
        relation: "father",
        phone: 1_301,
        town: 3,
        village: "白岩沟村",
        categories: &["guardianship"],
        risk: "high",
        found_by: "school",
        health: "左手臂和背部有新旧瘀伤，县医院已检查",
    };
    let parents = vec![
        person("father", "向兴旺", "custody")
            .with(member::SINCE, t.ago(5))
            .with(member::UNTIL, t.ahead(10))
            .with(member::PLACE, "禾溪县拘留所")
            .with(member::PAPER, "行政拘留决定书")
            .with(member::CHILD_KNOWS, Value::Yes(true)),
        person("mother", "杜春玲", "severe-disability")
            .with(member::SINCE, t.ago(2_000))
            .with(member::GRADE, code("grade-2"))
            .with(member::MENTAL, Value::Yes(true))
            .with(member::PAPER, "残疾人证（精神二级）"),
        person("carer", "向兴梅", "at-home")
            .with(member::PHONE, phone(1_302).as_str())
            .with(member::REMARKS, "姑姑，住邻村，有两个上中学的孩子。"),
    ];
    let case = t
        .opened(6, "班主任发现手臂有瘀伤，孩子说爸爸喝了酒会打。三个星期没有到校。")
        .with(case::ASSESSED, t.ago(2))
        .with(
            case::ASSESSMENT,
            "眼下安全：住在姑姑家，父亲被拘留。母亲病情不稳，自己要人照料。孩子怕的是爸爸出来以后。\
             综合判断：风险高，拘留期满前必须定下由谁照料。",
        );
    let seen = Fields::default()
        .with(finding::FOUND, t.ago(6))
        .with(finding::BY, "青竹镇中心小学 班主任谢老师")
        .with(
            finding::SEEN,
            "补课时看见左手臂有手指形的瘀伤，颜色有新有旧。孩子说「爸爸喝了酒」。三个星期没有到校，家里没有大人照看。\
             没有追问细节，没有拍照，原话记下。",
        )
        .with(finding::SIGNS, codes(&["violence"]))
        .with(finding::SITUATIONS, codes(&["injury"]))
        .with(finding::REPORTED, t.ago(6))
        .with(finding::REPORTED_AT, "16:40")
        .with(finding::REPORTED_TO, "青竹镇派出所，同时报县民政局")
        .with(finding::RECEIPT, "受案回执（演示）第0007号");
    let contacts = vec![
        t.contact(
            "visit",
            6,
            &["child", "teacher"],
            "接到电话四十分钟后到校。单独和白露坐了十分钟，只问冷不冷、饿不饿、今晚想去谁家。她说姑姑家。",
        )
        .with(contact::CONCERN, Value::Yes(true))
        .with(contact::CONCERN_TEXT, "手臂和背部有新旧瘀伤；不能送回家。"),
        t.visit(5, "在姑姑家见到白露，睡在表姐房里。民警做了笔录，女民警问的，姑姑在场。"),
        t.visit(2, "白露开始跟表姐说话。姑姑说半夜会惊醒。问她上学的事，她说怕同学问。")
            .with(contact::AGREED, "每天一个电话，周五去学校谈返校"),
        t.call(1, "carer", "姑姑说昨晚睡得好些，早上吃了两碗粥。"),
    ];
    let emergency = |days, to, office, what| {
        t.referral(days, to, office, what, &["name", "birth", "family", "health", "need"])
            .with(referral::EMERGENCY, Value::Yes(true))
    };
    let referrals = [
        emergency(6, "police", "青竹镇派出所", "孩子被打伤，请受案、保护现场证据、安排伤情鉴定。")
            .with(referral::RECEIVED, t.ago(6))
            .with(referral::RECEIVED_BY, "值班民警 吴警官")
            .with(referral::CHASE, t.ahead(3)),
        emergency(6, "health", "县人民医院儿科", "伤情检查，一次做完，女医生。")
            .with(referral::RECEIVED, t.ago(6))
            .with(referral::RECEIVED_BY, "儿科 蒋医生")
            .with(referral::ENDED, t.ago(5))
            .with(referral::OUTCOME, code("helped"))
            .with(referral::OUTCOME_TEXT, "软组织挫伤，无骨折。诊断证明已交派出所。"),
        emergency(5, "civil-affairs", "禾溪县民政局", "父亲拘留、母亲无力照料，请定临时照料人。")
            .with(referral::RECEIVED, t.ago(5))
            .with(referral::RECEIVED_BY, "儿童福利股")
            .with(referral::CHASE, t.ahead(1)),
        emergency(1, "women", "青竹镇妇联", "陪姑姑申请人身安全保护令。"),
    ];
    let conference = Fields::default()
        .with(conference::ON, t.ago(4))
        .with(conference::WITH, codes(&["police", "civil-affairs", "education", "women"]))
        .with(conference::CHILD_HEARD, Value::Yes(true))
        .with(conference::ABOUT, "拘留期满以后孩子由谁照料，怎么返校。")
        .with(
            conference::DECIDED,
            format!(
                "先由姑姑照料，办临时照料手续 —— 民政局儿童福利股 —— {}\n对父亲出具告诫书 —— 吴警官 —— {}\n\
                 陪同申请人身安全保护令 —— 镇妇联 —— {}\n送教上门，返校，只让班主任知道 —— 谢老师 —— {}",
                t.ahead(2),
                t.ahead(3),
                t.ahead(7),
                t.ahead(5),
            )
            .as_str(),
        )
        .with(conference::NEXT, t.ahead(5));
    let lives = lives("kin", "dropped-out")
        .with(situation::CARE_CONFIRMED, t.ago(4))
        .with(situation::CHILD_HEARD, Value::Yes(true));
    let mut services = vec![
        (RecordKind::Situation, lives),
        (RecordKind::Finding, seen),
        (RecordKind::Conference, conference),
        (RecordKind::Score, t.score(2, "baseline", "worker", "home-guardianship", &[0, 0, 0, 1, 1, 0, 0, 2])),
        (RecordKind::Score, t.score(2, "baseline", "worker", "hardship", &[0, 5, 2, 0, 5, 3, 0, 5])),
    ];
    services.extend(all(RecordKind::Referral, referrals));
    let mut child = t.child(&who);
    child.set(child::ADDRESS, Some("禾溪县青竹镇白岩沟村（现住姑姑家）".into()));
    vec![DemoChild {
        child,
        home: Some((home(&who, 8_000, "残疾人两项补贴", "土坯房，已列入改造"), parents)),
        case,
        contacts,
        follow_ups: vec![
            t.due("visit", t.today, "visit-high", "见到白露本人，问昨晚睡得怎样"),
            t.due("referral", t.ahead(1), "", "追问民政局：临时照料手续"),
            t.due("other", t.ahead(3), "", "陪姑姑申请救助；问教育局劝返和送教"),
            t.due("review", t.ahead(9), "", "父亲拘留期满的前一天：照料安排必须定下"),
            t.done("first-response", 6, "高风险，24小时内见到孩子", "四十分钟到校，孩子当晚住姑姑家"),
        ],
        notes: vec![t.note(
            3,
            "督导意见",
            "按服务规范核对了六项：一小时内报告，有；当天见到孩子，有；回执，有；安全的住处，有；听取孩子的意见，有；\
             服务计划，还没有，两天内补上。笔录只做一次，不要让孩子再讲第二遍。",
        )],
        services,
        ..DemoChild::default()
    }]
}
