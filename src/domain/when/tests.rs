use super::*;
use proptest::prelude::*;

/// A Saturday.
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

fn future(text: &str) -> String {
    read(text, Leaning::Future)
}

fn past(text: &str) -> String {
    read(text, Leaning::Past)
}

fn any(text: &str) -> String {
    read(text, Leaning::Any)
}

fn read(text: &str, leaning: Leaning) -> String {
    match parse(text, TODAY, leaning) {
        Ok(date) => date.to_string(),
        Err(fault) => format!("{fault:?}"),
    }
}

#[track_caller]
fn all_are(date: &str, texts: &[&str], read: fn(&str) -> String) {
    for text in texts {
        assert_eq!(read(text), date, "{text}");
    }
}

#[test]
fn a_whole_date_in_every_writing_is_that_date() {
    let texts = [
        "2026-11-21",
        "2026/11/21",
        "2026.11.21",
        "2026. 11. 21.",
        "2026 11 21",
        "20261121",
        "２０２６－１１－２１",
        "2026年11月21日",
        "2026年11月21号",
        "2026 年 11 月 21 日",
        "2026年11月21",
        "二〇二六年十一月二十一日",
        "2026-11-21 00:00:00",
        "2026-11-21T00:00:00",
        "21 Nov 2026",
        "Nov 21, 2026",
        "21st November 2026",
        "11/21/2026",
        "21.11.2026",
        "26-11-21",
        "261121",
    ];
    for leaning in [Leaning::Past, Leaning::Future, Leaning::Any] {
        for text in texts {
            assert_eq!(read(text, leaning), "2026-11-21", "{text}");
        }
    }
    all_are("2026-01-05", &["2026-1-5", "2026/1/5", "2026年1月5日", "2026年一月五日"], any);
}

#[test]
fn days_around_today_have_names() {
    all_are("2026-11-21", &["今天", "今日", "today", " TODAY ", "Today"], past);
    all_are("2026-11-22", &["明天", "明日", "tomorrow"], future);
    all_are("2026-11-23", &["后天", "後天"], future);
    all_are("2026-11-24", &["大后天"], future);
    all_are("2026-11-20", &["昨天", "yesterday"], past);
    all_are("2026-11-19", &["前天"], past);
}

#[test]
fn a_length_of_time_is_counted_from_today() {
    all_are(
        "2026-11-24",
        &[
            "3d",
            "3D",
            "+3",
            "+3d",
            "3天后",
            "3 天 后",
            "三天后",
            "3日后",
            "in 3 days",
            "3 days",
            "3天以后",
            "３天后",
        ],
        future,
    );
    all_are("2026-11-18", &["-3", "-3d", "3天前", "三天前", "3 days ago", "3天之前"], past);
    all_are(
        "2026-12-05",
        &["2w", "两周后", "两个星期后", "in 2 weeks", "十四天后", "2星期后", "14d"],
        future,
    );
    all_are("2026-12-21", &["1m", "一个月后", "in 1 month"], future);
    all_are("2027-11-21", &["1y", "一年后", "in 1 year"], future);
    all_are("2027-05-21", &["半年后"], future);
    all_are("2026-12-06", &["半个月后"], future);
    assert_eq!(
        past("+3"),
        "2026-11-24",
        "a sign wins over the leaning; the form then says that it is to come"
    );
}

#[test]
fn a_bare_length_goes_where_the_field_looks() {
    assert_eq!(
        (future("3d"), past("3d"), any("3d")),
        ("2026-11-24".into(), "2026-11-18".into(), "2026-11-24".into())
    );
}

#[test]
fn a_month_later_is_never_a_day_that_is_not_there() {
    let last = NaiveDate::from_ymd_opt(2027, 1, 31).unwrap();
    assert_eq!(parse("1m", last, Leaning::Future), Ok(NaiveDate::from_ymd_opt(2027, 2, 28).unwrap()));
}

#[test]
fn weekdays_of_this_week_and_of_others() {
    all_are(
        "2026-11-23",
        &["周一", "下周一", "下个周一", "下星期一", "next mon", "next Monday", "Mon"],
        future,
    );
    all_are("2026-11-27", &["周五", "星期五", "礼拜五", "週五", "周5", "fri", "friday"], future);
    all_are("2026-11-20", &["周五", "星期五", "fri", "本周五", "this friday"], past);
    all_are("2026-11-11", &["上周三", "last wed", "last Wednesday", "上个星期三"], past);
    all_are("2026-11-22", &["本周日", "这周日", "星期天", "周日", "sunday"], future);
    all_are("2026-12-01", &["下下周二", "下下个星期二"], future);
    all_are("2026-11-21", &["周六", "sat"], future);
    assert_eq!(past("周六"), "2026-11-21", "today counts");
    assert_eq!(any("周五"), "2026-11-20", "with no leaning, that day of this week");
}

#[test]
fn a_missing_year_goes_where_the_field_looks() {
    for text in [
        "1121",
        "11-21",
        "11.21",
        "11/21",
        "11月21日",
        "11月21",
        "十一月二十一",
        "十一月廿一",
        "21 nov",
        "Nov 21",
    ] {
        assert_eq!(
            (past(text), future(text), any(text)),
            ("2026-11-21".into(), "2026-11-21".into(), "2026-11-21".into())
        );
    }
    assert_eq!((past("11-22"), future("11-22")), ("2025-11-22".into(), "2026-11-22".into()));
    assert_eq!((past("11-20"), future("11-20")), ("2026-11-20".into(), "2027-11-20".into()));
    assert_eq!((any("0102"), any("1020")), ("2027-01-02".into(), "2026-10-20".into()), "the nearest");
    assert_eq!((past("2月29日"), future("2月29日")), ("2024-02-29".into(), "2028-02-29".into()));
}

#[test]
fn a_birth_year_of_two_digits_is_not_in_the_future() {
    assert_eq!(
        (past("261122"), past("15-3-8"), past("991231")),
        ("1926-11-22".into(), "2015-03-08".into(), "1999-12-31".into())
    );
    assert_eq!((future("26-11-20"), future("27-3-1")), ("2026-11-20".into(), "2027-03-01".into()));
}

#[test]
fn a_day_of_the_month_and_its_ends() {
    all_are("2026-12-05", &["5日", "5号", "五号", "下月5号", "下个月5日", "下月五号"], future);
    all_are("2026-11-30", &["月底", "本月底", "这个月底", "end of month", "end of the month", "eom"], future);
    all_are("2026-12-01", &["月初", "下月初", "下个月初"], future);
    all_are("2026-12-31", &["下月底", "end of next month"], future);
    assert_eq!(
        (past("月底"), past("月初"), past("22号")),
        ("2026-10-31".into(), "2026-11-01".into(), "2026-10-22".into())
    );
    assert_eq!((past("31日"), any("31日")), ("2026-10-31".into(), "NoSuchDay".into()));
    assert_eq!(future("下月32号"), "NoSuchDay");
}

#[test]
fn what_could_mean_two_dates_is_not_guessed() {
    all_are("Ambiguous", &["3/4/2026", "121", "200512", "191003"], past);
    assert_eq!(past("4/4/2026"), "2026-04-04");
    assert_eq!(past("201013"), "2020-10-13", "no month has the number 13, so it is a day of 2020");
}

#[test]
fn a_month_without_a_day_is_said_to_be_one() {
    all_are("NoDay", &["2015年3月", "2015-03", "2015.3", "11月", "2015年", "下月", "Nov 2015"], past);
}

#[test]
fn what_is_no_date_is_said_to_be_none() {
    all_are(
        "Unknown",
        &[
            "abc",
            "王小明",
            "-",
            "3",
            "2026-111-2",
            "十十",
            "下",
            "周",
            "周八",
            "12345",
            "1234567",
            "1-2-3",
            "in",
            "+",
            "半",
            "next",
        ],
        any,
    );
    all_are(
        "NoSuchDay",
        &["2026-02-30", "20261301", "1301", "2月30日", "2026年13月1日", "13/13/2026", "32日"],
        any,
    );
    all_are("TooFar", &["1899-12-31", "2200-01-01", "0021-03-04", "99999d", "999999d"], any);
    all_are("Empty", &["", "  ", "　"], any);
    assert_eq!(any(&"1".repeat(1_000_000)), "Unknown");
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0i64..109_572)
        .prop_map(|days| NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::TimeDelta::days(days))
}

fn leanings() -> impl Strategy<Value = Leaning> {
    prop_oneof![Just(Leaning::Past), Just(Leaning::Future), Just(Leaning::Any)]
}

proptest! {
    #[test]
    fn whatever_the_program_writes_it_reads_back(date in days(), today in days(), leaning in leanings()) {
        for format in ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y年%-m月%-d日", "%-d %b %Y", "%B %-d, %Y"] {
            let text = date.format(format).to_string();
            prop_assert_eq!(parse(&text, today, leaning), Ok(date), "{}", text);
        }
    }

    #[test]
    fn a_day_without_its_year_lies_where_the_field_looks(date in days(), today in days()) {
        let text = date.format("%m-%d").to_string();
        if let Ok(found) = parse(&text, today, Leaning::Past) {
            prop_assert!(found <= today);
        }
        if let Ok(found) = parse(&text, today, Leaning::Future) {
            prop_assert!(found >= today);
        }
        if let Ok(found) = parse(&text, today, Leaning::Any) {
            prop_assert_eq!(found.format("%m-%d").to_string(), text);
        }
    }

    #[test]
    fn no_text_makes_it_panic(
        text in "\\PC{0,20}|[-+0-9./ 年月日号天周前后上下本个十一二三〇]{0,12}|[a-z0-9 ]{0,20}",
        today in days(),
        leaning in leanings(),
    ) {
        if let Ok(date) = parse(&text, today, leaning) {
            prop_assert!(YEARS.contains(&date.year()));
        }
    }
}
