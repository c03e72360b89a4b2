//! What else rosters call the choices. Words that could mean two choices of a list are left out.

type Synonyms = &'static [(&'static str, &'static [&'static str])];

pub(super) fn of(list: &str) -> Synonyms {
    match list {
        "sex" => SEX,
        "risk" => RISK,
        "category" => CATEGORY,
        "relation" => RELATION,
        "member-role" => MEMBER_ROLE,
        "circumstance" => CIRCUMSTANCE,
        "contact-kind" => CONTACT_KIND,
        "met" => MET,
        "follow-up-kind" => FOLLOW_UP_KIND,
        "repeat" => REPEAT,
        "close-reason" => CLOSE_REASON,
        "found-by" => FOUND_BY,
        _ => &[],
    }
}

/// A word that rosters write and that could mean any of several choices of a list: a guess would be a wrong file.
pub(super) fn vague(list: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match list {
        "category" => (
            &["困境", "困境儿童", "困境未成年人", "children in difficulty", "child in difficulty"],
            &["poverty", "disability", "guardianship"],
        ),
        _ => (&[], &[]),
    }
}

const SEX: Synonyms = &[
    ("m", &["男性", "男孩", "男童", "man", "boy", "1"]),
    ("f", &["女性", "女孩", "女童", "woman", "girl", "2"]),
];

// Stations colour risk in four; green is no risk found, which is as low as this list goes.
const RISK: Synonyms = &[
    ("high", &["高风险", "高级", "红", "红色", "一级", "red", "h", "high risk"]),
    (
        "medium",
        &[
            "中风险",
            "中级",
            "中等",
            "中高风险",
            "黄",
            "黄色",
            "二级",
            "yellow",
            "m",
            "mid",
            "middle",
            "medium risk",
        ],
    ),
    (
        "low",
        &[
            "低风险",
            "低级",
            "中低风险",
            "一般",
            "蓝",
            "蓝色",
            "绿",
            "绿色",
            "三级",
            "blue",
            "green",
            "l",
            "low risk",
        ],
    ),
];

const CATEGORY: Synonyms = &[
    ("left-behind", &["留守", "农村留守", "农村留守儿童", "左守", "lb", "left-behind child"]),
    (
        "prisoner",
        &[
            "服刑",
            "服刑子女",
            "服刑人员未成年子女",
            "服刑在押人员子女",
            "父母服刑",
            "child of prisoner",
            "prisoners child",
        ],
    ),
    ("unattended", &["事实无人抚养儿童", "事实孤儿", "事无", "de facto unattended", "de facto orphan"]),
    ("orphan", &["孤", "社会散居孤儿", "散居孤儿", "orphaned"]),
    (
        "poverty",
        &["困难家庭", "困难家庭儿童", "贫困", "贫困家庭", "低保", "低保家庭", "特困", "poor", "low income"],
    ),
    (
        "disability",
        &[
            "残疾",
            "残疾儿童",
            "重残",
            "重病",
            "重残重病",
            "重病重残",
            "重病儿童",
            "病残",
            "自身困境",
            "disabled",
            "illness",
        ],
    ),
    (
        "guardianship",
        &["监护困境", "监护缺失", "监护不当", "监护困境儿童", "失管", "neglect", "poor guardianship"],
    ),
    ("street", &["流浪", "流浪乞讨", "流浪未成年人", "street child"]),
    ("institution", &["机构", "机构养育儿童", "福利院", "福利机构", "集中养育", "in care"]),
    ("foster", &["寄养", "寄养儿童", "fostered"]),
    ("migrant", &["流动", "随迁", "随迁子女", "进城务工随迁", "migrant child"]),
];

const RELATION: Synonyms = &[
    ("father", &["父", "爸", "爸爸", "父子", "父女", "生父", "养父", "继父", "dad"]),
    ("mother", &["母", "妈", "妈妈", "母子", "母女", "生母", "养母", "继母", "mum", "mom"]),
    ("grandfather", &["爷", "爷爷", "祖孙", "阿公", "paternal grandfather", "grandpa", "father's father"]),
    ("grandmother", &["奶", "奶奶", "阿嬷", "paternal grandmother", "grandma", "father's mother"]),
    ("maternal-grandfather", &["外公", "姥爷", "姥公", "mother's father"]),
    ("maternal-grandmother", &["外婆", "姥姥", "家婆", "姥娘", "mother's mother"]),
    (
        "uncle",
        &[
            "叔", "叔叔", "叔父", "伯", "伯伯", "伯父", "大伯", "舅", "舅舅", "舅父", "姑父", "姑丈", "姨父",
            "姨夫", "叔侄",
        ],
    ),
    (
        "aunt",
        &[
            "姑", "姑姑", "姑妈", "姑母", "姨", "姨妈", "姨母", "小姨", "大姨", "婶", "婶婶", "婶娘", "伯母",
            "大娘", "舅妈", "舅母", "auntie",
        ],
    ),
    ("brother", &["哥", "哥哥", "兄", "兄长", "弟弟", "堂哥", "表哥"]),
    ("sister", &["姐", "姐姐", "妹妹", "堂姐", "表姐"]),
    (
        "other-relative",
        &["亲属", "亲戚", "其他亲戚", "其他近亲属", "曾祖父", "曾祖母", "太爷爷", "太奶奶", "relative"],
    ),
    (
        "foster-parent",
        &["寄养", "寄养家庭", "寄养父亲", "寄养母亲", "foster mother", "foster father", "foster family"],
    ),
    ("institution", &["福利院", "儿童福利机构", "福利机构", "村委会", "居委会", "民政局", "民政部门"]),
    ("other", &["其它", "others"]),
];

const MEMBER_ROLE: Synonyms = &[
    ("father", &["父", "爸", "爸爸", "dad"]),
    ("mother", &["母", "妈", "妈妈", "mum", "mom"]),
    ("carer", &["监护人", "照料", "照顾人", "看护人", "实际照料人", "委托照护人", "guardian", "caregiver"]),
    ("sibling", &["哥哥", "姐姐", "弟弟", "妹妹", "兄弟", "姐妹", "brother", "sister"]),
    ("other", &["其它", "others"]),
];

const CIRCUMSTANCE: Synonyms = &[
    ("severe-disability", &["重度残疾", "残疾", "一级残疾", "二级残疾", "disabled"]),
    ("grave-illness", &["大病", "重大疾病", "患重病", "ill", "serious illness"]),
    ("prison", &["服刑", "在押", "坐牢", "监狱", "判刑", "入狱", "jail", "imprisoned"]),
    ("detoxification", &["戒毒", "强戒", "强制戒毒", "detox"]),
    ("custody", &["拘留", "羁押", "限制人身自由", "其他限制人身自由的措施", "detained"]),
    (
        "out-of-contact",
        &["失去联系", "联系不上", "下落不明", "离家出走", "出走", "no contact", "lost contact"],
    ),
    ("revoked", &["撤销监护", "撤销监护权", "撤销监护资格", "监护资格被撤销"]),
    ("deported", &["遣返", "被遣送", "被驱逐出境", "被遣送驱逐出境"]),
    ("dead", &["去世", "已故", "死", "亡故", "病故", "病逝", "died", "deceased"]),
    ("missing", &["失踪", "宣告失踪", "declared missing"]),
    ("at-home", &["在家照料", "同住", "在身边", "home"]),
    ("working-away", &["外出", "打工", "外出打工", "务工", "在外务工", "外地务工", "migrant work", "away"]),
    ("unknown", &["不详", "未知", "不知道", "不明"]),
];

const CONTACT_KIND: Synonyms = &[
    ("visit", &["上门", "家访", "入户", "入户走访", "面访", "home visit"]),
    ("call", &["通话", "电话联系", "打电话", "电访", "微信", "视频", "phone", "phone call"]),
    ("attempt", &["无人", "无人在家", "未见到", "没见到", "没联系上", "未接", "no answer", "not reached"]),
    ("refusal", &["拒绝", "拒访", "被拒", "refused", "declined"]),
];

const MET: Synonyms = &[
    ("child", &["儿童", "孩子", "本人"]),
    ("carer", &["监护人", "照顾人", "guardian"]),
    ("father", &["父", "爸", "爸爸", "dad"]),
    ("mother", &["母", "妈", "妈妈", "mum", "mom"]),
    ("teacher", &["班主任", "教师", "学校"]),
    ("village", &["村干部", "村委", "村委会", "居委会", "社区", "儿童主任"]),
    ("other", &["其他", "其它", "other"]),
];

const FOLLOW_UP_KIND: Synonyms = &[
    ("first-response", &["首次走访", "首访", "响应"]),
    ("visit", &["上门", "家访", "入户", "回访"]),
    ("call", &["电话联系", "打电话", "phone"]),
    ("assessment", &["重新评估", "评估复评", "reassessment"]),
    ("review", &["回顾", "复查"]),
    ("referral", &["转介"]),
    ("paper", &["材料", "办理材料", "补材料", "paperwork"]),
    ("birthday", &["生日"]),
    ("report", &["强制报告"]),
    ("other", &["其它"]),
];

const REPEAT: Synonyms = &[
    ("weekly", &["一周一次", "每星期", "每周一次"]),
    ("fortnightly", &["两周一次", "每半月", "每2周", "biweekly", "every two weeks"]),
    ("monthly", &["一月一次", "每月一次", "每个月"]),
    ("quarterly", &["每季", "每三个月", "每3个月", "一季度一次"]),
    ("half-yearly", &["半年一次", "每六个月", "every six months"]),
    ("yearly", &["一年一次", "每年一次", "annually"]),
];

const CLOSE_REASON: Synonyms = &[
    ("goals-met", &["目标达到", "目标已达成", "问题解决"]),
    ("adult", &["成年", "年满18周岁", "满18周岁", "turned 18"]),
    ("moved", &["迁出", "搬走", "搬迁"]),
    ("transferred", &["转介", "移交", "转出"]),
    ("family-declined", &["家庭拒绝", "自愿退出"]),
    ("unreachable", &["失联", "无法联系", "not contactable"]),
    ("died", &["去世"]),
    ("opened-in-error", &["误开", "重复建档", "错误登记"]),
    ("other", &["其它"]),
];

const FOUND_BY: Synonyms = &[
    ("screening", &["摸底", "排查", "大排查", "走访排查"]),
    ("village", &["村居", "村委会", "居委会", "村", "社区"]),
    ("school", &["学校上报", "教育", "教师", "老师"]),
    ("police", &["派出所", "警察", "公安机关"]),
    ("prison", &["监狱", "司法", "司法所", "司法局", "justice"]),
    ("civil-affairs", &["民政局", "民政部门", "民政所"]),
    ("relative", &["亲属", "亲戚", "邻居", "亲友", "neighbour"]),
    ("self", &["本人", "家长", "本人求助", "家长求助", "自行求助"]),
    ("hotline", &["12345", "热线电话", "电话热线"]),
    ("other", &["其它"]),
];
