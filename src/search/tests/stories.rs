//! What people type, and whom they find.

use chrono::NaiveDate;

use super::super::{Entry, Field, Hit, How, Index, fold, pinyin_key};
use super::{find, rows};

const WANG: u32 = 0;
const SHAN: u32 = 1;
const GULI: u32 = 2;
const LUE: u32 = 3;
const LIMING: u32 = 4;
const WEI: u32 = 5;
const ANNA: u32 = 6;

fn station() -> Index {
    let birth = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let entries = [
        Entry {
            name: "王小明",
            guardian: "李秀英",
            village: "石门镇大王村",
            school: "石门中心小学",
            id_number: "99140320150312565X",
            birth: birth(2015, 3, 12),
            phone: "10028326386",
            case_no: "EB2024-000017",
        },
        Entry {
            name: "单文博",
            guardian: "曾玉兰",
            village: "青山乡张家庄",
            birth: birth(2012, 12, 3),
            ..Entry::default()
        },
        Entry {
            name: "古丽努尔·阿卜杜拉",
            guardian: "买买提·艾力",
            village: "白云镇后山村",
            ..Entry::default()
        },
        Entry {
            name: "吕倩",
            guardian: "尉迟刚",
            village: "大坝镇高桥村",
            phone: "10099887766",
            ..Entry::default()
        },
        Entry { name: "黎敏", guardian: "黎国强", village: "石门镇小李村", ..Entry::default() },
        Entry {
            name: "欧阳卫东", guardian: "王小明", village: "龙潭镇河坝村", ..Entry::default()
        },
        Entry { name: "Anna Li", guardian: "李建国", village: "清水镇三组", ..Entry::default() },
        Entry { name: "张桂花", guardian: "陈大山", village: "永安镇长乐村", ..Entry::default() },
    ];
    Index::build(entries.into_iter())
}

fn first(query: &str) -> Hit {
    let found = find(&station(), query);
    found.hits.first().cloned().unwrap_or_else(|| panic!("{query} finds nobody"))
}

#[track_caller]
fn finds(query: &str, row: u32, field: Field, how: How) {
    let hit = first(query);
    assert_eq!((hit.row, hit.reasons[0].field, hit.reasons[0].how), (row, field, how), "{query}: {hit:?}");
}

fn marked(query: &str) -> String {
    let marks = &first(query).reasons[0].marks;
    marks.iter().map(|mark| format!("{mark:?}")).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_child_is_found_by_her_name_in_any_script() {
    for query in [
        "王小明",
        "ＷＡＮＧｘｍ",
        "wangxiaoming",
        "WangXiaoMing",
        "wxm",
        "王xm",
        "王xiaom",
        "王 小明",
        "wang xiao ming",
        "wang'xiao'ming",
    ] {
        assert_eq!(first(query).row, WANG, "{query}");
    }
    finds("王小明", WANG, Field::Name, How::Exact);
    finds("王小", WANG, Field::Name, How::Prefix);
    finds("小明", WANG, Field::Name, How::Part);
    finds("wangxiaoming", WANG, Field::Name, How::Pinyin);
    finds("wxm", WANG, Field::Name, How::Initials);
    finds("單文博", SHAN, Field::Name, How::Exact);
}

#[test]
fn a_child_is_found_by_the_homophone_of_her_name() {
    finds("汪晓铭", WANG, Field::Name, How::Homophone);
    finds("李敏", LIMING, Field::Name, How::Homophone);
}

#[test]
fn a_child_is_found_by_what_a_dialect_makes_of_his_name() {
    finds("wanxiaoming", WANG, Field::Name, How::NearSound);
    finds("zangguihua", 7, Field::Name, How::NearSound);
    finds("zangguifa", 7, Field::Name, How::NearSound);
    finds("nimin", LIMING, Field::Name, How::NearSound);
}

#[test]
fn a_child_is_found_in_spite_of_a_slip_of_the_finger() {
    finds("wagnxiaoming", WANG, Field::Name, How::Typo);
    finds("wangxiaomig", WANG, Field::Name, How::Typo);
    finds("wangxioming", WANG, Field::Name, How::Typo);
    finds("王晓东明", WANG, Field::Name, How::WrongChar);
    finds("王大明", WANG, Field::Name, How::WrongChar);
    finds("张小明", WANG, Field::Name, How::WrongChar);
    finds("王明", WANG, Field::Name, How::Missing);
    finds("王明小", WANG, Field::Name, How::Swapped);
    finds("xiaomingwang", WANG, Field::Name, How::Swapped);
}

#[test]
fn surnames_are_read_as_surnames() {
    finds("shanwenbo", SHAN, Field::Name, How::Pinyin);
    finds("zengyulan", SHAN, Field::Guardian, How::Pinyin);
    finds("yuchigang", LUE, Field::Guardian, How::Pinyin);
    finds("swb", SHAN, Field::Name, How::Initials);
    finds("lvqian", LUE, Field::Name, How::Pinyin);
    finds("luqian", LUE, Field::Name, How::Pinyin);
    finds("ouyangweidong", WEI, Field::Name, How::Pinyin);
}

#[test]
fn long_names_are_found_by_either_part() {
    finds("古丽努尔·阿卜杜拉", GULI, Field::Name, How::Exact);
    finds("古丽努尔阿卜杜拉", GULI, Field::Name, How::Exact);
    finds("阿卜杜拉", GULI, Field::Name, How::Part);
    finds("gulinuer", GULI, Field::Name, How::Pinyin);
    finds("abdl", GULI, Field::Name, How::Initials);
    finds("anna", ANNA, Field::Name, How::Prefix);
    finds("Anna Li", ANNA, Field::Name, How::Exact);
    assert_eq!(marked("阿卜杜拉"), "5..9");
}

#[test]
fn a_child_is_found_through_guardian_village_and_school() {
    finds("李秀英", WANG, Field::Guardian, How::Exact);
    finds("lxy", WANG, Field::Guardian, How::Initials);
    finds("大王", WANG, Field::Village, How::Part);
    finds("shimenzhongxin", WANG, Field::School, How::Pinyin);
    finds("石门中心小学", WANG, Field::School, How::Exact);
    finds("三组", ANNA, Field::Village, How::Part);
}

#[test]
fn a_child_comes_before_a_guardian_of_the_same_name() {
    assert_eq!(rows(&station(), "王小明")[..2], [WANG, WEI]);
}

#[test]
fn digits_of_any_number_find_the_child() {
    finds("565x", WANG, Field::IdNumber, How::Digits);
    finds("99140320150312565X", WANG, Field::IdNumber, How::Digits);
    finds("9914032", WANG, Field::IdNumber, How::Digits);
    finds("6386", WANG, Field::Phone, How::Digits);
    finds("10028", WANG, Field::Phone, How::Digits);
    finds("2832", WANG, Field::Phone, How::Digits);
    finds("000017", WANG, Field::CaseNo, How::Digits);
    finds("eb2024-000017", WANG, Field::CaseNo, How::Digits);
    finds("326368", WANG, Field::Phone, How::Typo);
    assert_eq!(marked("565x"), "14..18");
    assert_eq!(marked("6386"), "7..11");
}

#[test]
fn a_birth_date_is_found_however_it_is_typed() {
    for query in [
        "2012-12",
        "201212",
        "20121203",
        "2012-12-03",
        "2012年12月3日",
        "2012.12.3",
        "1203",
        "12-3",
        "121203",
    ] {
        let hit = first(query);
        assert_eq!((hit.row, hit.reasons[0].field), (SHAN, Field::Birth), "{query}");
    }
    assert_eq!(marked("2012-12"), "0..4 5..7");
    assert_eq!(marked("1203"), "5..7 8..10");
}

#[test]
fn several_terms_must_all_fit_and_each_says_why() {
    let hit = first("wxm 石门");
    assert_eq!(hit.row, WANG);
    assert_eq!(
        hit.reasons.iter().map(|reason| reason.field).collect::<Vec<_>>(),
        [Field::Name, Field::Village]
    );
    assert_eq!(rows(&station(), "石门 lm"), [LIMING]);
    assert_eq!(rows(&station(), "wxm0312"), [WANG]);
    assert_eq!(rows(&station(), "王小明 6386"), [WANG]);
    assert_eq!(rows(&station(), "王小明 永安"), [0; 0]);
}

#[test]
fn marks_show_which_characters_were_meant() {
    assert_eq!(marked("王明"), "0..1 2..3");
    assert_eq!(marked("xiaoming"), "1..3");
    assert_eq!(marked("大王"), "3..5");
}

#[test]
fn a_changed_row_is_found_by_what_it_says_now_and_a_removed_one_not_at_all() {
    let mut index = station();
    index.upsert(WANG, &Entry { name: "王大力", ..Entry::default() });
    index.upsert(40, &Entry { name: "钱新来", phone: "10000001234", ..Entry::default() });
    assert_eq!(rows(&index, "wangdali"), [WANG]);
    assert_eq!(rows(&index, "钱新来"), [40]);
    assert_eq!(rows(&index, "1234"), [40]);
    assert!(!rows(&index, "565x").contains(&WANG));
    index.remove(40);
    index.remove(GULI);
    assert_eq!(rows(&index, "钱新来"), [0; 0]);
    assert_eq!(rows(&index, "阿卜杜拉"), [0; 0]);
    assert_eq!(index.len(), 7);
}

#[test]
fn names_sort_by_sound_tone_and_character_with_surnames_read_right() {
    let mut names = ["张三", "单文", "阿明", "曾玉", "王小明", "王小", "尉迟刚", "李四", "尉小宝"];
    names.sort_by_key(|name| pinyin_key(name));
    assert_eq!(names, ["阿明", "李四", "单文", "王小", "王小明", "尉小宝", "尉迟刚", "曾玉", "张三"]);
}

#[test]
fn folding_makes_one_form_of_many() {
    assert_eq!(fold("ＡＢＣ　張曉明\tÉté\u{7}"), "abc 张晓明 ete");
}

#[test]
fn it_is_said_that_there_are_more() {
    let station = station();
    let found = |query, limit| station.find(query, limit, &mut super::super::Scratch::default());
    assert_eq!((found("石门", 1).hits.len(), found("石门", 1).more), (1, true));
    assert_eq!((found("石门", 5).hits.len(), found("石门", 5).more), (2, false));
}
