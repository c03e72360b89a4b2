//! A volunteer keeps a child company for half a year; the same questions at the start, in between and at the end. The
//! closure waits for its approval.

use super::*;

pub(in crate::exchange::demo) const NAME: &str = "冉小满";

pub(super) fn tell(t: &mut Teller) -> Vec<DemoChild> {
    let who = Person {
        name: NAME,
        sex: "f",
        age: (11, 200),
        guardian: "冉德厚",
        relation: "grandfather",
        phone: 1_201,
        town: 1,
        village: "青杠坪村",
        categories: &["poverty"],
        risk: "low",
        found_by: "school",
        health: "健康",
    };
    let parents = vec![
        person("father", "冉建国", "dead")
            .with(member::SINCE, t.ago(1_100))
            .with(member::PAPER, "死亡证明")
            .with(member::CHILD_KNOWS, Value::Yes(true)),
        person("mother", "徐丽琴", "at-home")
            .with(member::PHONE, phone(1_202).as_str())
            .with(member::REMARKS, "在县城鞋厂上班，周末回家。"),
        person("carer", "冉德厚", "at-home").with(member::PHONE, phone(1_201).as_str()),
    ];
    let case = t
        .opened(205, "班主任反映：父亲去世后孩子话越来越少，课间一个人，作业常常没有写完。")
        .with(case::ASSESSED, t.ago(196))
        .with(
            case::ASSESSMENT,
            "吃住有保障。孩子难过时没有人说，放学到天黑之间没有人陪。妈妈周末才回来。综合判断：风险低，\
             主要缺陪伴和朋友。",
        )
        .with(case::PLANNED, t.ago(190))
        .with(
            case::PLAN,
            "1. 配一名志愿者，每两周陪伴一次，做满半年。\n2. 参加周六的读书活动，认识两三个伙伴。\n\
             3. 开始、三个月、半年各做一次量表。",
        )
        .with(case::PLAN_APPROVED, t.ago(189))
        .with(case::SERVED, t.ago(182))
        .with(case::REVIEWED, t.ago(92))
        .with(
            case::REVIEW,
            "小满说有人等着她，周六最开心。朋友有了两个。妈妈换了厂，工资少了，钱上的压力比开始时大。陪伴继续，\
             另外帮妈妈问县里的零工。",
        )
        .with(case::CLOSED, t.ago(3))
        .with(case::CLOSE_REASON, code("goals-met"))
        .with(case::ARRANGEMENT, "爷爷照料，妈妈周末回家；志愿者以朋友身份每月来一次");
    let contacts = vec![
        t.visit(203, "到家见到小满和爷爷。小满不说话，低头剥豆子。爷爷说她晚上抱着爸爸的外套睡。"),
        t.call(188, "mother", "妈妈同意配志愿者，说最好是女的，会讲故事。"),
        t.visit(120, "小满拿出画给我们看，画里多了一个穿红衣服的姐姐，说是罗姐姐。"),
        t.visit(60, "小满和同桌一起走回家。爷爷说她夜里睡得整了。妈妈换了厂，工资少三百。"),
        t.visit(8, "问小满想不想继续，她说「姐姐每个月来一次就行，我有伴了」。"),
    ];
    let sessions = [
        (180, 90, "第一次见面。一起包了小书皮，说好每次结束都告诉她下次是哪天。", "「你下次真的来吗？」"),
        (166, 90, "读绘本，画一家人。她把爸爸画在云上。", ""),
        (152, 120, "去河边捡石头，在石头上画脸。第一次笑出声。", "「这个像我们数学老师。」"),
        (138, 60, "她没有精神，只坐着听歌。没有追问，陪着。", ""),
        (124, 90, "写信给爸爸，写完自己收好。", "「我没有哭很久。」"),
        (110, 120, "和同桌两个人一起做纸飞机。", ""),
        (96, 90, "一起读完一本书，她读给我听。", "「后面的我猜对了。」"),
        (75, 90, "帮她把作业列成单子，先易后难。", ""),
        (54, 120, "和另外两个孩子赶场，她讲价。", ""),
        (33, 90, "教爷爷用手机视频，和妈妈说话。", ""),
        (12, 120, "告别前的一次：看六个月的画，选三张贴在墙上。", "「以后我也当姐姐。」"),
    ];
    let sessions = sessions.map(|(days, minutes, what, said)| {
        t.session(days, "罗晓棠", minutes, what).with(session::CHILD_SAID, said)
    });
    let scores = [
        t.score(186, "baseline", "child", "psychological-state", &[2, 2, 1, 1, 2, 1]),
        t.score(94, "review", "child", "psychological-state", &[1, 1, 1, 1, 1, 0]),
        t.score(7, "end", "child", "psychological-state", &[1, 0, 1, 0, 0, 0]),
        t.score(186, "baseline", "child", "self-efficacy", &[0, 1, 0, 0, 1]),
        t.score(94, "review", "child", "self-efficacy", &[1, 1, 1, 0, 1]),
        t.score(7, "end", "child", "self-efficacy", &[2, 1, 1, 1, 2]),
        t.score(186, "baseline", "child", "social-support", &[0, 1, 0, 1, 1, 0]),
        t.score(94, "review", "child", "social-support", &[1, 1, 1, 1, 1, 0]),
        t.score(7, "end", "child", "social-support", &[2, 2, 2, 1, 1, 2]),
        t.score(186, "baseline", "carer", "economic-pressure", &[1, 1, 1, 1, 1, 1]),
        t.score(94, "review", "carer", "economic-pressure", &[1, 1, 1, 2, 2, 1]),
        t.score(7, "end", "carer", "economic-pressure", &[1, 1, 1, 2, 2, 2])
            .with(score::NOTE, "妈妈说鞋厂淡季，工资又少了。这一项变差了，结案时要说清楚。"),
    ];
    let goals = [
        t.goal("social-support", "难过的时候有人听她说", "志愿者陪伴，每两周一次", "罗晓棠", t.ago(10))
            .with(goal::REACHED, t.ago(12))
            .with(goal::OUTCOME, "做了十一次，十七个半小时。她会主动讲了。"),
        t.goal(
            "schooling",
            "作业每天写完，不懂的敢问",
            "作业清单，请班主任课后留十分钟",
            "班主任",
            t.ago(30),
        )
        .with(goal::REACHED, t.ago(34))
        .with(goal::OUTCOME, "这一个月没有欠交。"),
        t.goal("economic-pressure", "妈妈的收入稳下来", "问县里的零工和公益岗位", "站里", t.ago(10))
            .with(goal::DROPPED, t.ago(9))
            .with(goal::OUTCOME, "没有做成：公益岗位招满了，下次招人再报。"),
    ];
    let lives = lives("kin", "enrolled")
        .with(situation::CARE_CONFIRMED, t.ago(195))
        .with(situation::CHILD_HEARD, Value::Yes(true))
        .with(situation::BENEFITS, codes(&["minimum-living"]));
    let mut services = vec![
        (RecordKind::Situation, lives),
        (RecordKind::Consent, t.consent(187, "social", "志愿者陪伴，只告诉姓名和喜好", "both")),
    ];
    services.extend(all(RecordKind::Goal, goals));
    services.extend(all(RecordKind::Session, sessions));
    services.extend(all(RecordKind::Score, scores));
    vec![DemoChild {
        child: t.child(&who),
        home: Some((home(&who, 21_000, "农村低保", "自建砖房，两层"), parents)),
        case,
        contacts,
        follow_ups: vec![
            t.due("review", t.ahead(88), "", "结案后三个月看一次"),
            t.done("assessment", 92, "陪伴满三个月，再做一次量表", "做了四份，见评审"),
        ],
        notes: vec![t.note(
            5,
            "志愿者的话",
            "罗晓棠说：开始时她总问下次来不来，后来不问了，因为知道会来。最难的是第四次，她一句话不说，我也没有说。",
        )],
        services,
        ..DemoChild::default()
    }]
}
