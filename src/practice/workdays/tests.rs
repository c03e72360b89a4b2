use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar() -> Calendar {
    Calendar::core().unwrap()
}

#[test]
fn spring_festival_rests_and_the_saturdays_around_it_are_worked() {
    let calendar = calendar();
    for (date, worked) in [
        ("2025-01-01", false),
        ("2025-01-26", true),
        ("2025-02-04", false),
        ("2025-02-05", true),
        ("2025-10-08", false),
        ("2025-10-11", true),
        ("2026-01-04", true),
        ("2026-02-14", true),
        ("2026-02-15", false),
        ("2026-02-23", false),
        ("2026-02-28", true),
        ("2026-05-09", true),
        ("2026-09-20", true),
        ("2026-09-25", false),
        ("2026-10-07", false),
        ("2026-10-08", true),
        ("2026-11-21", false),
    ] {
        assert_eq!(calendar.is_workday(day(date)), Workday::Known(worked), "{date}");
    }
}

/// The announcements leave 248 working days in 2025 and in 2026.
#[test]
fn a_year_has_as_many_working_days_as_announced() {
    let calendar = calendar();
    for year in [2025, 2026] {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let days = first.iter_days().take_while(|day| day.year() == year);
        assert_eq!(days.filter(|day| calendar.is_workday(*day).is_worked()).count(), 248, "{year}");
    }
}

#[test]
fn five_working_days_from_before_spring_festival_end_after_it() {
    let counted = calendar().add_workdays(day("2026-02-12"), 5);
    // Friday 13, worked Saturday 14, then Tuesday 24, 25, 26.
    assert_eq!(counted, Counted { date: day("2026-02-26"), known: true });
}

#[test]
fn a_date_in_a_year_without_a_table_says_that_it_is_guessed() {
    let calendar = calendar();
    assert_eq!(calendar.is_workday(day("2027-01-01")), Workday::Guess(true));
    assert_eq!(
        calendar.add_workdays(day("2026-12-30"), 3),
        Counted { date: day("2027-01-04"), known: false }
    );
    assert_eq!(calendar.next_workday(day("2026-12-31")), Counted { date: day("2026-12-31"), known: true });
}

#[test]
fn a_station_adds_next_years_table_itself() {
    let mut calendar = calendar();
    let text = "year = 2027\nsource = \"示例\"\n[[holiday]]\nzh = \"元旦\"\nfrom = \"2027-01-01\"\nto = \"2027-01-03\"\n";
    calendar.add("2027.toml", text).unwrap();
    assert_eq!(calendar.is_workday(day("2027-01-01")), Workday::Known(false));
    assert_eq!(calendar.add_workdays(day("2026-12-31"), 1), Counted { date: day("2027-01-04"), known: true });
}

#[test]
fn a_mistake_in_a_stations_table_is_named_with_its_line_and_changes_nothing() {
    let mut calendar = calendar();
    let before = calendar.clone();
    let head = "year = 2026\nsource = \"x\"\n[[holiday]]\nzh = \"元旦\"\n";
    for (tail, line, flaw) in [
        ("from = \"2026-02-30\"\nto = \"2026-03-01\"\n", 5, RuleFlaw::Date("2026-02-30".into())),
        ("from = \"2026-10-01\"\nto = \"2026-01-07\"\n", 6, RuleFlaw::Span("2026-10-01..2026-01-07".into())),
    ] {
        let fault = calendar.add("2026.toml", &format!("{head}{tail}")).unwrap_err();
        assert_eq!(fault, RuleFault { file: "2026.toml".into(), line, flaw });
    }
    let fault = calendar.add("2026.toml", "year = 2026\nsource = \"x\"\nholidays = 3\n").unwrap_err();
    assert_eq!((fault.line, matches!(fault.flaw, RuleFlaw::Key { .. })), (3, true));
    // A day of another year would change that year unseen; only New Year begins in the December before.
    for (from, flaw) in
        [("2025-12-31", None), ("2025-11-30", Some("2025-11-30")), ("2126-01-01", Some("2126-01-01"))]
    {
        let text = format!("{head}from = \"{from}\"\nto = \"2026-01-03\"\n");
        let said = calendar.clone().add("practice/days/2026.toml", &text).err();
        assert_eq!(said.map(|fault| fault.flaw), flaw.map(|day| RuleFlaw::Year(day.into())), "{from}");
    }
    let fault = calendar.add("2027.toml", "year = 2026\nsource = \"x\"\n").unwrap_err();
    assert_eq!((fault.line, fault.flaw), (1, RuleFlaw::Year("2026".into())));
    assert_eq!(calendar, before);
}

proptest! {
    #[test]
    fn counting_lands_on_a_worked_day_and_passes_exactly_n_of_them(
        from in 0i64..700, n in 1u32..60,
    ) {
        let calendar = calendar();
        let from = day("2025-01-01") + chrono::Duration::days(from);
        let counted = calendar.add_workdays(from, n);
        prop_assert!(calendar.is_workday(counted.date).is_worked());
        let passed = from.iter_days().skip(1).take_while(|day| *day <= counted.date);
        prop_assert_eq!(passed.filter(|day| calendar.is_workday(*day).is_worked()).count(), n as usize);
    }
}
