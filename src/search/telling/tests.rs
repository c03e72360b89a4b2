use super::*;

fn common() -> Common {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    Common {
        surnames: words("王 李 张 刘 欧阳"),
        titles: words("奶奶 班主任 老师 妈妈 某某 某 氏"),
        forms_of_address: words("Mr Teacher"),
        place_ends: words("村委会 派出所 小学 监狱 社区 市 县 镇 村 组 路 号"),
        everyday: words("高兴"),
        neutral: words("孩子 第#个月 #至#岁"),
    }
}

fn known(common: &Common) -> Known<'_> {
    let mut known = Known::new(common);
    known.person("王晓明", Tells::Child);
    known.person("李桂英", Tells::Family);
    known.person("欧阳国强", Tells::Family);
    known.person("周晓琴", Tells::Worker);
    known.place("渭南市石门镇杨家坪村二组12号", Tells::Place);
    known.place("石门镇中心小学", Tells::School);
    known.word("TH2026-000017", Tells::Number);
    known.bystander("高兴");
    known.bystander("韩梅梅");
    known
}

#[track_caller]
fn found(text: &str) -> Vec<&str> {
    let common = common();
    known(&common).find(text).into_iter().map(|mark| &text[mark.range]).collect()
}

#[test]
fn what_somebody_is_called_by_is_nobodys_name_without_a_surname() {
    let common = common();
    let mut known = Known::new(&common);
    known.person("刘老师", Tells::Worker);
    let found = |text: &str| known.find(text).len();
    assert_eq!([found("刘老师来过"), found("老刘来过"), found("liulaoshi 来过")], [1, 1, 1]);
    assert_eq!(found("老师来过，老师很好"), 0);
}

#[test]
fn a_name_is_found_in_every_way_in_which_people_write_it() {
    for (text, wanted) in [
        ("王晓明今天在家", "王晓明"),
        ("王 晓 明 今天在家", "王 晓 明"),
        ("王·晓·明今天在家", "王·晓·明"),
        ("王\u{200b}晓\u{200b}明今天在家", "王\u{200b}晓\u{200b}明"),
        ("王曉明今天在家", "王曉明"),
        ("问晓明好不好", "晓明"),
        ("小明说想爸爸", "小明"),
        ("明明不吃饭", "明明"),
        ("阿强来过", "阿强"),
        ("Wang Xiaoming is at home", "Wang Xiaoming"),
        ("WANG XIAO-MING", "WANG XIAO-MING"),
        ("Ｗａｎｇ　Ｘｉａｏｍｉｎｇ", "Ｗａｎｇ　Ｘｉａｏｍｉｎｇ"),
        ("wáng xiǎomíng", "wáng xiǎomíng"),
        ("和xiaoming谈话", "xiaoming"),
        ("Xiaoming Wang", "Xiaoming Wang"),
        ("个案WXM", "WXM"),
        ("王奶奶腿疼", "王奶奶"),
        ("小明妈妈回来了", "小明"),
        ("老王借了钱", "老王"),
        ("去王家看了", "王家"),
        ("王某表示同意", "王某"),
        ("欧阳老师来访", "欧阳老师"),
        ("国强在外打工", "国强"),
        ("刘老师很关心", "刘老师"),
        ("Mr Chen came", "Mr Chen"),
        ("韩梅梅一起玩", "韩梅梅"),
    ] {
        assert_eq!(found(text), [wanted], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_name_stays() {
    for text in [
        "孩子今天很高兴",
        "老师说成绩有进步",
        "坚强起来",
        "明天再去",
        "an interesting plan",
        "奶奶做饭，妈妈不在",
        "国家有政策",
        "[孩子]在家，[第12个月]好转，[6至8岁]",
        "三个月后，两周一次，100元",
        "上周三来过",
    ] {
        assert_eq!(found(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn places_and_schools_are_found_whole_in_parts_and_in_letters() {
    for (text, wanted) in [
        ("家在渭南市石门镇杨家坪村二组12号", &["渭南市石门镇杨家坪村二组12号"][..]),
        ("石门那边", &["石门"]),
        ("杨家坪的人都知道", &["杨家坪"]),
        ("在石门镇中心小学读书", &["石门镇中心小学"]),
        ("渭南监狱", &["渭南"]),
        ("住在Yangjiaping", &["Yangjiaping"]),
    ] {
        assert_eq!(found(text), wanted, "{text}");
    }
}

#[test]
fn numbers_dates_and_ages_are_found_however_they_are_written() {
    let day = |text: &str| Tells::Date(Some(text.parse().unwrap()));
    let common = common();
    for (text, part, tells) in [
        ("电话100 1234 5678", "100 1234 5678", Tells::Phone),
        ("电话１００１２３４５６７８。", "１００１２３４５６７８", Tells::Phone),
        ("一零零一二三四五六七八", "一零零一二三四五六七八", Tells::Phone),
        ("99140320150312565x", "99140320150312565x", Tells::IdNumber),
        ("卡号12345", "12345", Tells::Number),
        ("编号TH2026-000017", "TH2026-000017", Tells::Number),
        ("微信 wx_ming2015", "wx_ming2015", Tells::Number),
        ("a.li@example.org", "a.li@example.org", Tells::Number),
        ("2026年3月5日来访", "2026年3月5日", day("2026-03-05")),
        ("2026-03-05来访", "2026-03-05", day("2026-03-05")),
        ("二〇二六年三月五日", "二〇二六年三月五日", day("2026-03-05")),
        ("2026/3/5", "2026/3/5", day("2026-03-05")),
        ("on 5 March 2026", "5 March 2026", day("2026-03-05")),
        ("on March 5th, 2026", "March 5th, 2026", day("2026-03-05")),
        ("三月五号", "三月五号", Tells::Date(None)),
        ("2015年生", "2015年", Tells::Date(None)),
        ("5号去的", "5号", Tells::Date(None)),
        ("今年9岁", "9岁", Tells::Age(9)),
        ("十二周岁", "十二周岁", Tells::Age(12)),
        ("a 9-year-old", "9-year-old", Tells::Age(9)),
    ] {
        let marks = known(&common).find(text);
        let found: Vec<_> = marks.iter().map(|mark| (&text[mark.range.clone()], mark.tells)).collect();
        assert_eq!(found, [(part, tells)], "{text}");
    }
}

#[test]
fn what_is_found_lies_within_the_text_and_nothing_twice() {
    let common = common();
    let known = known(&common);
    for text in [
        "",
        "[",
        "]",
        "王",
        "一",
        "2026年",
        "12月",
        "9",
        "小",
        "ＷＸＭ１２３４５６７８９０",
        "王奶奶王奶奶",
        "é😀王晓明😀",
    ] {
        let mut end = 0;
        for mark in known.find(text) {
            assert!(mark.range.start >= end && text.get(mark.range.clone()).is_some(), "{text}");
            end = mark.range.end;
        }
    }
}

proptest::proptest! {
    #[test]
    fn once_all_that_is_found_is_replaced_nothing_is_found_any_more(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "王晓明", "老", "小", "明", "王", "李", "奶奶", "欧阳", "Xiao", "ming", "wang", " ", "-", "·", "石门", "镇", "2026",
                "年", "3", "月", "号", "岁", "100", "一", "〇", ".", "[", "]", "[孩子]", "[第3个月]", "在家", "，", "@", "a1b2c3",
            ]),
            0..24,
        ),
    ) {
        let text = parts.concat();
        let common = common();
        let known = known(&common);
        // What stood together with something may be found once that is gone: a release looks again, and so does this.
        let mut replaced = text.clone();
        for _ in 0..4 {
            let (mut next, mut end) = (String::new(), 0);
            for mark in known.find(&replaced) {
                next.push_str(&replaced[end..mark.range.start]);
                next.push_str("[孩子]");
                end = mark.range.end;
            }
            next.push_str(&replaced[end..]);
            replaced = next;
        }
        proptest::prop_assert_eq!(known.find(&replaced), vec![], "{} became {}", text, replaced);
        proptest::prop_assert!(!replaced.contains("王晓明"));
    }
}
