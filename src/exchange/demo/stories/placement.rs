//! From the institution into a family: the first placement broke down in its trial, the second holds.

use super::*;
use crate::domain::forms::placement;

pub(in crate::exchange::demo) const NAME: &str = "覃立秋";
/// Also in the register of foster families, where it is full with him.
pub(in crate::exchange::demo) const FAMILY: &str = "何秀云、向远明";

pub(super) fn tell(t: &mut Teller) -> Vec<DemoChild> {
    let who = Person {
        name: NAME,
        sex: "m",
        age: (9, 240),
        guardian: "禾溪县儿童福利院",
        relation: "institution",
        phone: 1_401,
        town: 5,
        village: "桐梓坝村",
        categories: &["institution", "foster", "disability"],
        risk: "medium",
        found_by: "civil-affairs",
        health: "右腿轻度跛行（肢体残疾三级），每周康复训练",
    };
    let case = t
        .opened(520, "县儿童福利院提出：孩子两岁起在院内生活，身体稳定，希望有一个家。")
        .with(case::ASSESSED, t.ago(505))
        .with(
            case::ASSESSMENT,
            "孩子能自己走路、吃饭，说话比同龄人慢半年。喜欢动手，怕突然的大声音。盼望「有人来接」。\
             综合判断：适合家庭寄养，家庭要离康复点近，没有太小的孩子。",
        )
        .with(case::PLANNED, t.ago(495))
        .with(
            case::PLAN,
            "1. 从已批准的家庭里匹配，先见三次面再住。\n2. 融合期六十天，每周走访。\n3. 康复训练不断。\n\
             4. 每两个月评审一次，先听孩子的。",
        )
        .with(case::PLAN_APPROVED, t.ago(494))
        .with(case::SERVED, t.ago(430))
        .with(case::REVIEWED, t.ago(20))
        .with(
            case::REVIEW,
            "第二个家庭满七个月。立秋叫何阿姨「何妈妈」，自己提的。上学路上有人陪。康复没有断，上楼能不扶。\
             第一次失败的教训：匹配时没有问家里老人的身体。",
        );
    let institution = Fields::default()
        .with(placement::KIND, code("institution"))
        .with(placement::FAMILY, "禾溪县儿童福利院")
        .with(placement::BEGUN, t.ago(2_700))
        .with(placement::VISITED, t.ago(440))
        .with(placement::ENDED, t.ago(430))
        .with(placement::END_REASON, "转家庭寄养");
    let broken = foster(t, "谢家（白鹤乡）", 430)
        .with(placement::CARER_CHECKED, t.ago(470))
        .with(placement::CARER_BIRTH, t.ago(48 * 365))
        .with(placement::VISITED, t.ago(390))
        .with(placement::ENDED, t.ago(385))
        .with(placement::END_REASON, "融合期内终止：家里老人骨折，照顾不过来。孩子回福利院，当天有人陪");
    let home_now = foster(t, FAMILY, 215)
        .with(placement::TRIAL_ENDED, t.ago(150))
        .with(placement::AGREEMENT, t.ago(149))
        .with(placement::AGREEMENT_UNTIL, t.ahead(216))
        .with(placement::CARER_CHECKED, t.ago(230))
        .with(placement::CARER_BIRTH, t.ago(44 * 365))
        .with(placement::CARER_TRAINED, t.ago(225))
        .with(placement::YOUNGEST_OWN, t.ago(15 * 365))
        .with(placement::VISITED, t.ago(9));
    let contacts = vec![
        t.visit(431, "送立秋到谢家，带了他的枕头和小车。谢家父母很热心，奶奶走路要扶。"),
        t.visit(390, "谢家奶奶摔了，骨折。大人两头跑。立秋说「我是不是又要走」。"),
        t.visit(384, "回福利院第一天，老带班阿姨在门口接。他没有哭，一直抱着枕头。"),
        t.visit(222, "第三次见面：在何家吃饭，何家大哥带他修自行车。他问什么时候能住。"),
        t.visit(208, "住进何家一周。夜里醒两次，何阿姨把灯留着。"),
        t.visit(152, "融合期满，分开问：何家愿意，立秋说「就在这里」。"),
        t.visit(60, "康复老师说右腿有力了。何家问能不能假期带他去看海，要写报告。"),
        t.visit(9, "立秋在院坝里教妹妹骑车。学校说他数学进步，语文还慢。何阿姨腰痛，问到镇上的喘息照料。")
            .with(contact::AGREED, "联系资源中心的周末喘息照料"),
    ];
    let center = "望川市儿童社区资源中心";
    let referrals = [
        t.referral(490, "social", center, "肢体康复训练，每周一次。", &["name", "birth", "health"])
            .with(referral::RECEIVED, t.ago(488))
            .with(referral::RECEIVED_BY, "康复部 段老师")
            .with(referral::ENDED, t.ago(30))
            .with(referral::OUTCOME, code("helped"))
            .with(referral::OUTCOME_TEXT, "做了六十二次，能独立上楼，转为每月一次复查。"),
        t.referral(205, "social", center, "寄养家庭支持小组，何家两口子参加。", &["name", "need"])
            .with(referral::RECEIVED, t.ago(203))
            .with(referral::RECEIVED_BY, "家庭支持部")
            .with(referral::ENDED, t.ago(60))
            .with(referral::OUTCOME, code("helped"))
            .with(referral::OUTCOME_TEXT, "参加八次，认识了另外两个寄养家庭。"),
        t.referral(6, "social", center, "周末喘息照料，每月一个周末。", &["name", "health", "need"])
            .with(referral::RECEIVED, t.ago(4))
            .with(referral::RECEIVED_BY, "家庭支持部")
            .with(referral::CHASE, t.ahead(8)),
        t.referral(
            200,
            "disabled",
            "禾溪县残疾人联合会",
            "换矫形鞋，每年一双。",
            &["name", "birth", "health"],
        )
        .with(referral::RECEIVED, t.ago(198))
        .with(referral::ENDED, t.ago(140))
        .with(referral::OUTCOME, code("partly"))
        .with(referral::OUTCOME_TEXT, "给了鞋，尺码每半年要换，第二双自费。"),
    ];
    let consents = [
        t.consent(492, "social", "康复、家庭支持、喘息照料", "both"),
        t.consent(201, "disabled", "矫形鞋", "guardian"),
    ];
    let scores = [
        t.score(445, "baseline", "child", "social-support", &[0, 1, 1, 1, 0, 0]),
        t.score(22, "review", "child", "social-support", &[2, 2, 1, 1, 2, 1]),
        t.score(212, "baseline", "carer", "health", &[2, 1, 2, 2, 1, 1]),
        t.score(22, "review", "carer", "health", &[2, 2, 2, 2, 2, 1]),
    ];
    let goals = [
        t.goal("guardianship", "住进一个能长住的家", "家庭寄养，先见面三次", "福利院、站里", t.ago(140))
            .with(goal::REACHED, t.ago(149))
            .with(goal::OUTCOME, "第一个家没有成，第二个家签了协议。"),
        t.goal("health", "康复训练一周不断", "资源中心康复", "段老师、何秀云", t.ahead(60)),
        t.goal("social-support", "何家每月有一个周末能歇", "喘息照料", "资源中心", t.ahead(30)),
    ];
    let lives = lives("foster", "enrolled")
        .with(situation::CHILD_HEARD, Value::Yes(true))
        .with(situation::DISABILITY, code("grade-3"))
        .with(situation::BENEFITS, codes(&["orphan-aid", "disability-aid", "minimum-living"]));
    let mut services = vec![(RecordKind::Situation, lives)];
    services.extend(all(RecordKind::Goal, goals));
    services.extend(all(RecordKind::Consent, consents));
    services.extend(all(RecordKind::Referral, referrals));
    services.extend(all(RecordKind::Placement, [institution, broken, home_now]));
    services.extend(all(RecordKind::Score, scores));
    let carer = person("carer", "何秀云", "at-home")
        .with(member::PHONE, phone(1_402).as_str())
        .with(member::REMARKS, "寄养母亲。丈夫向远明，大儿子十五岁以上，住校。");
    vec![DemoChild {
        child: t.child(&who),
        home: Some((home(&who, 46_000, "孤儿基本生活费，残疾儿童康复救助", "自建砖房，两层"), vec![carer])),
        case,
        contacts,
        follow_ups: vec![
            t.due("visit", t.ahead(5), "visit-medium", "看何家累不累，问喘息照料"),
            t.due("review", t.ahead(40), "", "两个月一次的评审，先听立秋的"),
            t.done("visit", 9, "每月走访寄养家庭", "见到立秋和何阿姨，都好"),
        ],
        notes: vec![
            t.note(
                384,
                "这一次没有成，我们学到什么",
                "匹配时只看了规定的条件，没有问家里还有谁要照顾。以后见面三次里要有一次在家里吃饭，看一整天。\
                 孩子走的时候让他自己装东西，并告诉他不是他的错。",
            ),
            t.note(21, "立秋的话", "「何妈妈说我的鞋要放在门口，和大家的一起。」"),
        ],
        services,
        ..DemoChild::default()
    }]
}

fn foster(t: &Teller, family: &str, begun: u64) -> Fields {
    Fields::default()
        .with(placement::KIND, code("foster"))
        .with(placement::FAMILY, family)
        .with(placement::BEGUN, t.ago(begun))
        .with(placement::CHILD_CONSENTED, Value::Yes(true))
        .with(placement::FOSTER_CHILDREN, Value::Number(1))
}
