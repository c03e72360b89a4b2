//! The registers of the invented station, as its people would have typed them.

use super::stories::{self, code, phone};
use crate::domain::forms::{activity, agency, aid_entry, base, donor, foster_family, volunteer};
use crate::domain::{Fields, RecordKind, Value};
use chrono::{Days, NaiveDate};

/// Volunteers whom the sessions of many children name: they are checked and trained.
pub(super) const VOLUNTEERS: [&str; 4] = ["罗晓棠", "滕素芬", "覃志远", "贺春生"];

pub(super) fn all(today: NaiveDate) -> Vec<(RecordKind, Fields)> {
    let ago = |days: u64| today - Days::new(days);
    let mut all = vec![];
    let mut add = |kind, of: Vec<Fields>| all.extend(of.into_iter().map(|fields| (kind, fields)));
    add(RecordKind::Volunteer, volunteers(&ago));
    add(RecordKind::FosterFamily, families(&ago, today));
    add(RecordKind::Agency, agencies());
    add(RecordKind::Base, bases(&ago));
    add(RecordKind::Activity, activities(&ago, today));
    add(RecordKind::Donor, donors());
    add(RecordKind::AidEntry, ledger(&ago, today));
    all
}

type Ago<'a> = &'a dyn Fn(u64) -> NaiveDate;

fn volunteers(ago: Ago) -> Vec<Fields> {
    use volunteer::*;
    // Name, village, days since check and training, when free, languages, what they like.
    let rows = [
        (VOLUNTEERS[0], "柳树湾镇青杠坪村", 120, 200, "周六上午", "普通话、本地话", "画画、讲故事"),
        (VOLUNTEERS[1], "麻柳镇麻柳塘村", 90, 160, "周三、周六", "本地话、土家语", "手工、视频通话"),
        (VOLUNTEERS[2], "石门镇石板坪村", 60, 60, "周日下午", "普通话", "数学、篮球"),
        (VOLUNTEERS[3], "双桥镇桐梓坝村", 345, 500, "寒暑假", "本地话、苗语", "修自行车、象棋"),
        ("付红霞", "青竹镇白岩沟村", 400, 430, "周末", "本地话", "唱歌"),
        ("姜长林", "龙潭乡古井湾村", 30, 0, "晚上", "普通话", "电脑"),
    ];
    let mut all: Vec<Fields> = rows
        .into_iter()
        .enumerate()
        .map(|(at, (name, village, checked, trained, free, languages, likes))| {
            let fields = Fields::default()
                .with(NAME, name)
                .with(PHONE, phone(2_001 + at as u32).as_str())
                .with(VILLAGE, village)
                .with(CHECKED, ago(checked))
                .with(AVAILABLE, free)
                .with(LANGUAGES, languages)
                .with(INTERESTS, likes);
            // Who has just come is not trained yet.
            if trained > 0 { fields.with(TRAINED, ago(trained)) } else { fields }
        })
        .collect();
    all.push(
        Fields::default()
            .with(NAME, "田秀珍")
            .with(VILLAGE, "石门镇柿子湾村")
            .with(CHECKED, ago(600))
            .with(TRAINED, ago(800))
            .with(ENDED, ago(260))
            .with(REMARKS, "搬去市里带孙子，走时和三个孩子一一道别。"),
    );
    all
}

fn families(ago: Ago, today: NaiveDate) -> Vec<Fields> {
    use foster_family::*;
    let family = |name: &str, village: &str, age: u64, places: i64, approved: u64, checked: u64| {
        Fields::default()
            .with(NAME, name)
            .with(VILLAGE, village)
            .with(CARER_BIRTH, ago(age * 365))
            .with(CAPACITY, Value::Number(places))
            .with(INCOME_OK, Value::Yes(true))
            .with(APPROVED, ago(approved))
            .with(CHECKED, ago(checked))
            .with(TRAINED, ago(approved.min(225)))
    };
    vec![
        family(stories::FAMILY, "双桥镇桐梓坝村", 44, 1, 260, 230)
            .with(PHONE, phone(1_402).as_str())
            .with(LANGUAGES, "本地话、苗语")
            .with(OWN_CHILDREN, Value::Number(1))
            .with(YOUNGEST_OWN, ago(15 * 365))
            .with(NOTES, "离资源中心二十分钟车程。"),
        family("谢家（白鹤乡）", "白鹤乡竹林沟村", 48, 1, 500, 105)
            .with(PHONE, phone(2_102).as_str())
            .with(RESPITE, today + Days::new(60))
            .with(NOTES, "老人骨折后在养，暂不安排。"),
        family("龚家（石门镇）", "石门镇石板坪村", 39, 2, 180, 170)
            .with(PHONE, phone(2_103).as_str())
            .with(OWN_CHILDREN, Value::Number(1))
            .with(YOUNGEST_OWN, ago(9 * 365)),
        family("邱家（响水乡）", "响水乡水井坝村", 52, 1, 90, 85)
            .with(PHONE, phone(2_104).as_str())
            .with(LANGUAGES, "本地话、土家语"),
    ]
}

fn agencies() -> Vec<Fields> {
    use agency::*;
    let rows = [
        ("石门镇司法所", "justice", "法律援助、社区矫正、监狱会见联系", "石门镇政府二楼", "工作日", "王助理"),
        ("青竹镇派出所", "police", "报案、户口、强制报告受理", "青竹镇老街", "全天", "吴警官"),
        ("石门镇中心小学", "education", "寄宿生补助、劝返、送教上门", "石门镇", "上学日", "分管副校长"),
        ("石门镇卫生院", "health", "家庭医生、康复、儿童体检", "石门镇新街", "周一至周六", "谭医生"),
        ("禾溪县民政局", "civil-affairs", "补贴、临时监护、临时救助", "县城民生路", "工作日", "儿童福利股"),
        ("青竹镇妇联", "women", "人身安全保护令陪同、家庭教育", "青竹镇政府", "工作日", "妇联主席"),
        ("禾溪县残疾人联合会", "disabled", "残疾人证、辅具、康复救助", "县城康宁路", "工作日", "康复股"),
        (
            "望川市儿童社区资源中心",
            "social",
            "康复训练、特殊教育、家庭支持、喘息照料、三岁以下照护",
            "望川市福利院旧楼",
            "周二至周日",
            "薛主任",
        ),
        ("共青团禾溪县委", "youth", "青年志愿者、暑期学校", "县城", "工作日", "青少年部"),
    ];
    let row =
        |(at, (name, kind, service, place, when, person)): (usize, (&str, &str, &str, &str, &str, &str))| {
            Fields::default()
                .with(NAME, name)
                .with(KIND, code(kind))
                .with(SERVICE, service)
                .with(PLACE, place)
                .with(SCHEDULE, when)
                .with(ELIGIBILITY, "本县户籍或常住的未成年人及家庭")
                .with(PHONE, phone(3_001 + at as u32).as_str())
                .with(PERSON, person)
        };
    rows.into_iter().enumerate().map(row).collect()
}

fn bases(ago: Ago) -> Vec<Fields> {
    use base::*;
    let rows = [
        ("麻柳塘村留守儿童之家", "home", "麻柳镇麻柳塘村委会一楼", 1_500, "滕素芬"),
        ("青杠坪村儿童之家", "home", "柳树湾镇青杠坪村小学旁", 700, "村妇联主席"),
        ("石门镇妇女儿童之家示范基地", "base", "石门镇文化站", 2_200, "周晓琴"),
    ];
    let row = |(at, (name, kind, place, opened, who)): (usize, (&str, &str, &str, u64, &str))| {
        Fields::default()
            .with(NAME, name)
            .with(KIND, code(kind))
            .with(PLACE, place)
            .with(OPENED, ago(opened))
            .with(RESPONSIBLE, who)
            .with(PHONE, phone(3_101 + at as u32).as_str())
    };
    rows.into_iter().enumerate().map(row).collect()
}

fn activities(ago: Ago, today: NaiveDate) -> Vec<Fields> {
    use activity::*;
    #[rustfmt::skip] // a table: days ago, kind, topic, place, led by, places, came, what came of it
    let held: &[(u64, &str, &str, &str, &str, i64, i64, &str)] = &[
        (350, "lecture", "家里的火、电、水", "石门镇文化站", "消防员", 80, 62, "每户发了一氧化碳提醒贴。"),
        (310, "training", "儿童主任强制报告培训", "禾溪县民政局", "县检察院", 40, 38, "做了三个案例，每人写一次报告。"),
        (280, "book-drive", "一人一本书", "石门镇中心小学", "团县委", 300, 214, "收到四百二十册，分到三个儿童之家。"),
        (240, "tutoring", "周末作业辅导", "麻柳塘村留守儿童之家", "覃志远", 20, 17, ""),
        (205, "legal-aid", "父母服刑的孩子能得到什么帮助", "石门镇司法所", "王助理", 30, 12, "只来了十二人，改为一对一。"),
        (170, "recreation", "游园会", "石门镇文化站", "镇妇联", 150, 131, ""),
        (140, "lecture", "防溺水", "各村院坝", "罗建华", 200, 186, ""),
        (110, "counselling", "青春期小组，六次", "青竹镇中心小学", "县心理服务站", 12, 11, "一人没有来完，单独约谈。"),
        (84, "exchange", "到邻县看一对一陪伴", "邻县救助站", "站里", 8, 8, "带回见面三次的做法。"),
        (56, "workshop", "寄养家庭支持小组", "望川市儿童社区资源中心", "家庭支持部", 10, 9, ""),
        (28, "supervision", "县指导中心督导：计划目标要能看得见", "站里", "县儿童督导员", 12, 12, "抽查十份，退回三份改目标。"),
        (9, "inspection", "市里检查强制报告台账", "站里", "市民政局", 6, 6, "回执齐全。"),
    ];
    let row = |(days, kind, topic, place, by, room, came, outcome): &(
        u64,
        &str,
        &str,
        &str,
        &str,
        i64,
        i64,
        &str,
    )| {
        Fields::default()
            .with(KIND, code(kind))
            .with(ON, ago(*days))
            .with(TOPIC, *topic)
            .with(PLACE, *place)
            .with(LED_BY, *by)
            .with(CAPACITY, Value::Number(*room))
            .with(ATTENDED, Value::Number(*came))
            .with(OUTCOME, *outcome)
    };
    let mut all: Vec<Fields> = held.iter().map(row).collect();
    all.push(
        Fields::default()
            .with(KIND, code("recreation"))
            .with(ON, today + Days::new(6))
            .with(TOPIC, "和爸妈视频日：留守儿童之家开到晚上八点")
            .with(PLACE, "麻柳塘村留守儿童之家")
            .with(LED_BY, VOLUNTEERS[1])
            .with(CAPACITY, Value::Number(20)),
    );
    all
}

const CHARITY: &str = "禾溪县慈善会";
const BUREAU: &str = "禾溪县民政局（临时救助）";
const SHOP: &str = "禾溪县山里人超市（演示）";
const TEACHER: &str = "一位不留名的老师";

fn donors() -> Vec<Fields> {
    use donor::*;
    let row = |(name, kind, person): (&str, &str, &str)| {
        Fields::default().with(NAME, name).with(KIND, code(kind)).with(PERSON, person)
    };
    [
        (CHARITY, "organisation", "秘书处"),
        (BUREAU, "government", "救助股"),
        (SHOP, "company", "店长"),
        (TEACHER, "person", ""),
    ]
    .map(row)
    .into()
}

/// What came in and what was given, each within what its purpose has left.
fn ledger(ago: Ago, today: NaiveDate) -> Vec<Fields> {
    use aid_entry::*;
    let entry = |kind: &str, days: u64, purpose: &str| {
        Fields::default().with(KIND, code(kind)).with(ON, ago(days)).with(PURPOSE, code(purpose))
    };
    let money = |fields: Fields, yuan: &str| fields.with(ITEM, code("money")).with(AMOUNT, yuan);
    let goods = |fields: Fields, item: &str, what: &str, count: i64, unit: &str| {
        fields.with(ITEM, code(item)).with(GOODS, what).with(COUNT, Value::Number(count)).with(UNIT, unit)
    };
    let from = |fields: Fields, donor: &str| fields.with(DONOR, donor).with(RECEIPT, "收据已开");
    let to = |fields: Fields, name: &str, whom: &str| {
        let number =
            stories::NUMBERS.iter().find(|(child, _)| *child == name).map_or(0, |(_, number)| *number);
        fields
            .with(TO, whom)
            .with(CASE_NO, stories::case_no(number, today).as_str())
            .with(SIGNED, Value::Yes(true))
    };
    let (prisoner, companion) = (stories::PRISONER, stories::COMPANION);
    let (sister, brother) = (stories::LEFT_BEHIND, stories::SIBLING);
    vec![
        from(money(entry("receive", 330, "schooling"), "20000"), CHARITY),
        from(money(entry("receive", 300, "emergency"), "5000"), BUREAU),
        from(goods(entry("receive", 62, "living"), "clothes", "儿童厚衣", 60, "件"), CHARITY),
        from(goods(entry("receive", 60, "living"), "food", "大米（10公斤）", 40, "袋"), SHOP),
        from(money(entry("receive", 58, "schooling"), "1000.50"), TEACHER),
        to(money(entry("give", 57, "emergency"), "800"), prisoner, "石桂莲（奶奶代领，住院期间伙食）"),
        to(goods(entry("give", 37, "living"), "food", "大米（10公斤）", 2, "袋"), prisoner, "石桂莲"),
        to(money(entry("give", 36, "schooling"), "600"), companion, "徐丽琴（伙食费）"),
        to(goods(entry("give", 13, "living"), "clothes", "儿童厚衣", 1, "件"), sister, "彭玉珍"),
        to(goods(entry("give", 13, "living"), "clothes", "儿童厚衣", 1, "件"), brother, "彭玉珍")
            .with(AGAIN, "姐弟各一件，同一天发"),
        to(money(entry("give", 12, "schooling"), "400"), sister, "彭玉珍"),
        entry("correct", 11, "").with(CORRECTS, Value::Number(11)).with(REASON, "应为三百元，记成四百元"),
        to(money(entry("give", 11, "schooling"), "300"), sister, "彭玉珍"),
        goods(entry("return", 5, "living"), "clothes", "儿童厚衣", 8, "件")
            .with(DONOR, CHARITY)
            .with(REASON, "尺码不合，退回调换"),
    ]
}
