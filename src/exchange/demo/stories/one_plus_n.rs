//! A sister and a brother whose parents work far away: a call a week, with a gap; activities, aid, a home in the village.

use super::*;

pub(in crate::exchange::demo) const NAME: &str = "龙小雪";
pub(in crate::exchange::demo) const SIBLING: &str = "龙小寒";

pub(super) fn tell(t: &mut Teller) -> Vec<DemoChild> {
    let sister = Person {
        name: NAME,
        sex: "f",
        age: (11, 60),
        guardian: "彭玉珍",
        relation: "grandmother",
        phone: 1_501,
        town: 7,
        village: "麻柳塘村",
        categories: &["left-behind"],
        risk: "low",
        found_by: "village",
        health: "健康",
    };
    let brother =
        Person { name: SIBLING, sex: "m", age: (7, 30), health: "轻度贫血，三个月复查", ..sister };
    let parents = vec![
        person("father", "龙远航", "working-away")
            .with(member::SINCE, t.ago(900))
            .with(member::PLACE, "广东东莞")
            .with(member::PHONE, phone(1_502).as_str()),
        person("mother", "秦海燕", "working-away")
            .with(member::SINCE, t.ago(610))
            .with(member::PLACE, "广东东莞")
            .with(member::PHONE, phone(1_503).as_str()),
        person("carer", "彭玉珍", "at-home").with(member::PHONE, phone(1_501).as_str()),
    ];
    let case = |t: &Teller| {
        t.opened(160, "村里摸排：父母都在外务工，姐弟跟着奶奶，电话少，晚上没有人辅导作业。")
            .with(case::ASSESSED, t.ago(150))
            .with(
                case::ASSESSMENT,
                "奶奶照料尽心，不识字。孩子想爸妈，周末没有事做。综合判断：风险低，主要是亲情联系和课后陪伴。",
            )
            .with(case::PLANNED, t.ago(145))
            .with(
                case::PLAN,
                "1. 爸妈每周至少一个视频，在留守儿童之家打，记下来。\n2. 周六参加活动。\n3. 三个月内解决被子和厚衣服。",
            )
            .with(case::PLAN_APPROVED, t.ago(143))
            .with(case::SERVED, t.ago(138))
            .with(case::REVIEWED, t.ago(55))
            .with(case::REVIEW, "电话比开始时勤了，断过一次。小雪交了朋友。计划继续，三个月后再看。")
    };
    let lives = |t: &Teller| {
        lives("kin", "enrolled")
            .with(situation::AWAY_SINCE, t.ago(610))
            .with(situation::CARE_CONFIRMED, t.ago(148))
            .with(situation::CHILD_HEARD, Value::Yes(true))
            .with(situation::TOLD_VILLAGE, t.ago(147))
    };
    // Every Saturday or so, but for two weeks in autumn and the last one.
    let calls = [
        (94, "video", "both", 25, "小雪背了课文，小寒把掉的牙举到镜头前。"),
        (87, "call", "mother", 12, "妈妈加班，说了几句。"),
        (80, "video", "both", 30, "爸爸问作业，小雪不高兴，说「你先问我吃饭没有」。"),
        (73, "call", "father", 10, ""),
        (66, "video", "mother", 20, "在留守儿童之家打的，志愿者帮忙连网。"),
        (45, "video", "both", 35, "断了三个星期，爸爸手机丢了。小雪哭了，后来笑了。"),
        (38, "call", "mother", 15, ""),
        (31, "video", "both", 22, "商量过年回家的车票。"),
        (24, "call", "father", 8, ""),
        (17, "video", "mother", 18, "小寒问「过年是几天以后」。"),
        (11, "call", "mother", 9, "工厂赶货，说下周末再打。"),
    ];
    let calls = |t: &Teller| {
        all(
            RecordKind::FamilyContact,
            calls.map(|(days, way, with, minutes, note)| t.family_contact(days, way, with, minutes, note)),
        )
        .collect::<Vec<_>>()
    };
    let sisters = [
        t.goal("guardianship", "爸妈每周至少一次视频", "留守儿童之家的视频角", "志愿妈妈滕素芬", t.ahead(35)),
        t.goal("social-support", "周六有伴，有事可做", "周末活动", "滕素芬", t.ago(40))
            .with(goal::REACHED, t.ago(55))
            .with(goal::OUTCOME, "参加了十一次，和同村两个女孩成了朋友。"),
        t.goal("poverty", "每人一套被子和厚衣服", "慈善会的厚衣服", "站里", t.ago(5))
            .with(goal::REACHED, t.ago(13))
            .with(goal::OUTCOME, "已发，奶奶签收，见救助台账。"),
    ];
    let scores = [
        t.score(148, "baseline", "child", "social-support", &[0, 1, 1, 1, 1, 0]),
        t.score(57, "review", "child", "social-support", &[1, 1, 2, 1, 1, 1]),
        t.score(148, "baseline", "carer", "guardianship", &[2, 1, 1, 2, 0, 0]),
        t.score(57, "review", "carer", "guardianship", &[2, 2, 1, 2, 1, 0]),
    ];
    let sessions = [
        (100, 120, "教小雪用留守儿童之家的电脑，给爸妈写邮件。"),
        (72, 120, "一起包饺子，姐弟各带一碗给奶奶。"),
        (44, 90, "陪小雪打断了三个星期的那个电话。"),
        (16, 120, "量身高，选厚衣服，姐弟自己挑颜色。"),
    ];
    let sessions = sessions.map(|(days, minutes, what)| t.session(days, "滕素芬", minutes, what));
    let mut first = vec![
        (RecordKind::Situation, lives(t)),
        (RecordKind::Consent, t.consent(147, "women", "志愿妈妈结对，参加周末活动", "guardian")),
    ];
    first.extend(all(RecordKind::Goal, sisters));
    first.extend(calls(t));
    first.extend(all(RecordKind::Session, sessions));
    first.extend(all(RecordKind::Score, scores));
    let mut second = vec![(RecordKind::Situation, lives(t))];
    second.push((
        RecordKind::Goal,
        t.goal("health", "三个月后血红蛋白正常", "补铁，复查", "村医", t.ahead(20)),
    ));
    second.extend(calls(t));
    let contacts = |t: &Teller| {
        vec![
            t.visit(158, "奶奶在菜地，姐弟在屋里看电视。小雪说爸妈上次打电话是一个多月前。"),
            t.visit(119, "到家看，作业有人问了：志愿妈妈每周三来。被子薄，说了厚衣服的事。"),
            t.visit(57, "小雪说班上同学约她周六一起走。奶奶会接视频了。"),
            t.visit(13, "送厚衣服和被子，奶奶签收。电话又有一个多星期没有打了。")
                .with(contact::AGREED, "这个周末在留守儿童之家打视频"),
        ]
    };
    let one = |t: &mut Teller, who: &Person, services| DemoChild {
        child: t.child(who),
        case: case(t),
        contacts: contacts(t),
        services,
        ..DemoChild::default()
    };
    let first = one(t, &sister, first);
    let second = one(t, &brother, second);
    vec![
        DemoChild {
            home: Some((home(&sister, 32_000, "", "自建砖房，两层"), parents)),
            follow_ups: vec![
                t.due("call", t.today, "", "这一周还没有和爸妈联系，今天打通"),
                t.due("review", t.ahead(35), "", "三个月评审"),
                t.done("visit", 13, "送厚衣服", "奶奶签收，姐弟都在"),
            ],
            notes: vec![t.note(
                66,
                "留守儿童之家",
                "麻柳塘村留守儿童之家：周三、周六开，滕素芬管钥匙。视频角要预约，一家二十分钟。",
            )],
            ..first
        },
        DemoChild {
            follow_ups: vec![t.due("paper", t.ahead(20), "", "看小寒的血常规复查结果")], ..second
        },
    ]
}
