//! Every text a person reads, in the languages of the program.
//!
//! The Fluent files under `assets/locale/` are part of the binary. A key that is missing shows itself on the screen,
//! where a translator finds it; `tests/it/tidy.rs` does not let one through.

use std::borrow::Cow;
use std::sync::OnceLock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!($name, ".ftl"),
            include_str!(concat!("../assets/locale/zh-CN/", $name, ".ftl")),
            include_str!(concat!("../assets/locale/en/", $name, ".ftl")),
        )),*]
    };
}
/// The catalogue's files: name, Simplified Chinese, English.
pub const FILES: &[(&str, &str, &str)] = files![
    "accounts",
    "app",
    "audit",
    "backup",
    "casework",
    "cli",
    "commands",
    "dates",
    "door",
    "editing",
    "exports",
    "faults",
    "file",
    "form",
    "forms",
    "found",
    "import",
    "manual",
    "needs",
    "office",
    "organisation",
    "popups",
    "practice",
    "queue",
    "precedents",
    "registers",
    "roster",
    "scores",
    "screens",
    "services",
    "terminal",
    "today",
];

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The name of its folder under `assets/locale/`, also used in settings.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// Reads a tag or a locale name: `zh-CN`, `zh_CN.UTF-8`, `en`, `en_GB.UTF-8`.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let tag = tag.to_ascii_lowercase();
        match tag.split(['-', '_', '.', '@']).next() {
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            _ => None,
        }
    }

    /// The other language, for the key that switches.
    pub fn next(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }
}

/// The language of a locale variable's value (`LC_ALL`, `LC_MESSAGES` or `LANG`, whichever is set first).
///
/// Stations work in Chinese; only a locale that names English asks for English. `C` and `POSIX` say nothing.
pub fn detect(locale: Option<&str>) -> Lang {
    locale.and_then(Lang::from_tag).unwrap_or_default()
}

/// A value for a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg<'a> {
    Text(Cow<'a, str>),
    Count(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

macro_rules! count_args {
    ($($kind:ty),*) => { $(
        impl From<$kind> for Arg<'_> {
            fn from(count: $kind) -> Self {
                Arg::Count(i64::try_from(count).unwrap_or(i64::MAX))
            }
        }
    )* };
}
count_args!(i32, u32, i64, u64, usize);

/// The texts of one language.
pub struct Catalogue {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

/// The catalogue of a language; loaded at first use and shared by all threads.
pub fn catalogue(lang: Lang) -> &'static Catalogue {
    static ZH: OnceLock<Catalogue> = OnceLock::new();
    static EN: OnceLock<Catalogue> = OnceLock::new();
    let slot = match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    };
    slot.get_or_init(|| Catalogue::load(lang))
}

impl Catalogue {
    fn load(lang: Lang) -> Self {
        let id: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks are bidi controls: terminals print them as junk or count them as a column.
        bundle.set_use_isolating(false);
        for (_, zh, en) in FILES {
            let source = match lang {
                Lang::Zh => zh,
                Lang::En => en,
            };
            // A broken message leaves the others of its file usable; the tidy test reports it.
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((resource, _)) => resource,
            };
            let _ = bundle.add_resource(resource);
        }
        Self { lang, bundle }
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// The text of a key without placeholders.
    pub fn t<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        self.tn(key, &[])
    }

    /// The text of a key with its placeholders filled.
    pub fn tn<'a>(&'a self, key: &'a str, args: &[(&str, Arg<'_>)]) -> Cow<'a, str> {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return Cow::Borrowed(key);
        };
        let mut errors = Vec::new();
        if args.is_empty() {
            return self.bundle.format_pattern(pattern, None, &mut errors);
        }
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Arg::Text(text) => values.set(*name, FluentValue::from(text.as_ref())),
                Arg::Count(count) => values.set(*name, FluentValue::from(*count)),
            }
        }
        Cow::Owned(self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned())
    }

    /// The text of a key with one placeholder.
    pub fn t1<'a>(&'a self, key: &'a str, name: &str, value: impl Into<Arg<'a>>) -> Cow<'a, str> {
        self.tn(key, &[(name, value.into())])
    }

    /// `2026-11-21`, the one spelling both languages read without doubt about day and month.
    pub fn date(&self, date: NaiveDate) -> String {
        date.format("%Y-%m-%d").to_string()
    }

    /// `11-21 周六`, `11-21 Sat`: for lists in which the year is plain.
    pub fn day(&self, date: NaiveDate) -> String {
        format!("{} {}", date.format("%m-%d"), self.weekday(date.weekday()))
    }

    /// [`Catalogue::day`] while the year is plain, seen from `today`; further away with its year.
    pub fn day_seen_from(&self, today: NaiveDate, date: NaiveDate) -> String {
        const PLAIN: i64 = 300;
        if (date - today).num_days().abs() < PLAIN { self.day(date) } else { self.date(date) }
    }

    /// `2026年11月`, `Nov 2026`: the head of a calendar.
    pub fn month(&self, date: NaiveDate) -> String {
        const MONTHS: [&str; 12] = [
            "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8",
            "month-9", "month-10", "month-11", "month-12",
        ];
        let name = self.t(MONTHS[date.month0() as usize]);
        self.tn("month-of-year", &[("year", date.year().to_string().into()), ("month", name.as_ref().into())])
            .into_owned()
    }

    /// `周六`, `Sat`.
    pub fn weekday(&self, weekday: Weekday) -> Cow<'_, str> {
        self.t(match weekday {
            Weekday::Mon => "weekday-mon",
            Weekday::Tue => "weekday-tue",
            Weekday::Wed => "weekday-wed",
            Weekday::Thu => "weekday-thu",
            Weekday::Fri => "weekday-fri",
            Weekday::Sat => "weekday-sat",
            Weekday::Sun => "weekday-sun",
        })
    }

    /// The age as caseworkers say it: days in the first month, months in the first year, years and months until six
    /// (where a month changes what a child needs), then years.
    ///
    /// `None` for a birth date after `today`. One born on 29 February has the birthday on the last day of February.
    pub fn age(&self, birth: NaiveDate, today: NaiveDate) -> Option<String> {
        let months = whole_months(birth, today)?;
        let (years, rest) = (months / 12, months % 12);
        let text = match (years, rest) {
            (0, 0) => self.t1("age-days", "n", (today - birth).num_days()),
            (0, rest) => self.t1("age-months", "n", rest),
            (years @ 1..6, rest @ 1..) => {
                self.tn("age-years-months", &[("years", years.into()), ("months", rest.into())])
            }
            (years, _) => self.t1("age-years", "n", years),
        };
        Some(text.into_owned())
    }

    /// A day as seen from `today`: `今天`, `昨天`, `明天`, `3天前`, `5天后`.
    pub fn relative(&self, date: NaiveDate, today: NaiveDate) -> String {
        match (date - today).num_days() {
            0 => self.t("day-today"),
            -1 => self.t("day-yesterday"),
            1 => self.t("day-tomorrow"),
            days if days < 0 => self.t1("day-ago", "n", -days),
            days => self.t1("day-ahead", "n", days),
        }
        .into_owned()
    }

    /// A deadline as seen from `today`: `逾期3天`, `今天到期`, `明天到期`, `5天后到期`.
    pub fn due(&self, date: NaiveDate, today: NaiveDate) -> String {
        match (date - today).num_days() {
            0 => self.t("due-today"),
            1 => self.t("due-tomorrow"),
            days if days < 0 => self.t1("due-overdue", "n", -days),
            days => self.t1("due-ahead", "n", days),
        }
        .into_owned()
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// Whole months from `birth` to `today`.
fn whole_months(birth: NaiveDate, today: NaiveDate) -> Option<u32> {
    if birth > today {
        return None;
    }
    let guess = (today.year() - birth.year()) * 12 + today.month() as i32 - birth.month() as i32;
    let guess = u32::try_from(guess).ok()?;
    // chrono clamps to the month's last day, so 29 February counts as reached on the 28th of other years.
    let reached = birth.checked_add_months(Months::new(guess))?;
    Some(if reached <= today { guess } else { guess.saturating_sub(1) })
}

/// The Monday on or before a day: both languages begin the week of work on Monday.
pub fn week_start(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday()))).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_station_reads_chinese_unless_its_locale_names_english() {
        assert_eq!(detect(Some("en_GB.UTF-8")), Lang::En);
        assert_eq!(detect(Some("zh_CN.UTF-8")), Lang::Zh);
        assert_eq!(detect(Some("C.UTF-8")), Lang::Zh);
        assert_eq!(detect(None), Lang::Zh);
    }

    #[test]
    fn a_day_in_another_year_says_which() {
        let zh = catalogue(Lang::Zh);
        let today = day("2026-11-21");
        assert_eq!(zh.day_seen_from(today, day("2027-01-04")), "01-04 周一");
        assert_eq!(zh.day_seen_from(today, day("2029-09-18")), "2029-09-18");
    }

    #[test]
    fn an_age_is_said_in_the_unit_that_matters_at_that_age() {
        let zh = catalogue(Lang::Zh);
        let en = catalogue(Lang::En);
        let today = day("2026-11-21");
        let age = |c: &Catalogue, birth| c.age(day(birth), today);
        assert_eq!(age(zh, "2026-11-09").as_deref(), Some("12天"));
        assert_eq!(age(zh, "2026-06-21").as_deref(), Some("5个月"));
        assert_eq!(age(zh, "2023-09-21").as_deref(), Some("3岁2个月"));
        assert_eq!(age(en, "2023-09-21").as_deref(), Some("3 y 2 m"));
        assert_eq!(age(zh, "2023-11-21").as_deref(), Some("3岁"));
        assert_eq!(age(zh, "2016-11-22").as_deref(), Some("9岁"));
        assert_eq!(age(en, "2016-11-21").as_deref(), Some("10 y"));
        assert_eq!(age(zh, "2026-11-22"), None, "not born yet");
    }

    #[test]
    fn a_child_of_29_february_has_a_birthday_every_year() {
        let zh = catalogue(Lang::Zh);
        assert_eq!(zh.age(day("2016-02-29"), day("2026-02-27")).as_deref(), Some("9岁"));
        assert_eq!(zh.age(day("2016-02-29"), day("2026-02-28")).as_deref(), Some("10岁"));
    }

    #[test]
    fn deadlines_are_told_from_today() {
        let (zh, en) = (catalogue(Lang::Zh), catalogue(Lang::En));
        let today = day("2026-11-21");
        assert_eq!(zh.due(day("2026-11-18"), today), "逾期3天");
        assert_eq!(en.due(day("2026-11-20"), today), "overdue 1 day");
        assert_eq!(en.due(day("2026-11-18"), today), "overdue 3 days");
        assert_eq!(zh.due(day("2026-11-22"), today), "明天到期");
        assert_eq!(zh.relative(day("2026-11-20"), today), "昨天");
        assert_eq!(en.relative(day("2026-11-26"), today), "in 5 days");
        assert_eq!(zh.day(today), "11-21 周六");
        assert_eq!(zh.month(today), "2026年11月");
        assert_eq!(en.month(today), "Nov 2026");
    }

    #[test]
    fn a_missing_text_shows_its_key() {
        assert_eq!(catalogue(Lang::Zh).t("no-such-text"), "no-such-text");
    }

    #[test]
    fn a_name_is_put_into_a_text_unchanged_and_unmarked() {
        let text = catalogue(Lang::En).t1("keymap-unknown-command", "name", "李雷");
        assert!(text.contains("李雷") && !text.contains('\u{2068}'), "{text}");
    }
}
