//! What the rules say, in words.

use super::{own, word};
use crate::i18n::Catalogue;
use crate::office::{Because, FlagLine, Grade, Pressing, Rule, Station, Waits, Words};
use chrono::{Days, NaiveDate};

/// Words that a table has in both languages.
pub fn both(cat: &Catalogue, words: &Words) -> String {
    own(cat, &words.zh, &words.en)
}

/// How many flags of a grade hold: `urgent 2`.
pub fn pressing(cat: &Catalogue, grade: Grade, count: u8) -> String {
    let more = if count == Pressing::MOST { "+" } else { "" };
    format!("{} {count}{more}", cat.t(&format!("flag-{}", grade.code())))
}

/// Why children stand in a part of the queue.
pub fn waits(cat: &Catalogue, station: &Station, what: Waits) -> String {
    match what {
        Waits::Overdue(worker) => {
            let name = worker.and_then(|worker| station.worker(worker)).map(str::to_owned);
            let name = name.unwrap_or_else(|| cat.t("queue-nobody").into_owned());
            cat.t1("queue-overdue", "worker", name).into_owned()
        }
        what => cat.t(&format!("queue-{}", what.code())).into_owned(),
    }
}

/// An end further away is no news.
const SOON: Days = Days::new(366);

/// What is so, and when it begins or soon ends.
pub fn flag(cat: &Catalogue, flag: &FlagLine, today: NaiveDate) -> String {
    let text = both(cat, &flag.text);
    match flag_when(cat, flag, today) {
        Some(when) => format!("{text}{}{when}", cat.t("value-stop")),
        None => text,
    }
}

fn flag_when(cat: &Catalogue, flag: &FlagLine, today: NaiveDate) -> Option<String> {
    match (flag.now, flag.span.begins(), flag.span.ends()) {
        (false, Some(day), _) => Some(cat.t1("flag-comes", "day", cat.date(day)).into_owned()),
        (_, _, Some(day)) if day <= today + SOON => {
            Some(cat.t1("flag-until", "day", cat.date(day)).into_owned())
        }
        _ => None,
    }
}

/// The whole of it: what is so, what to do, the facts behind it, the rule. One paragraph each.
pub fn flag_whole(cat: &Catalogue, one: &FlagLine, today: NaiveDate) -> Vec<String> {
    let colon = cat.t("value-colon");
    let mut lines =
        vec![flag(cat, one, today), format!("{}{colon}{}", cat.t("flag-do"), both(cat, &one.act))];
    let because: Vec<String> = one.because.iter().map(|because| fact(cat, because)).collect();
    lines.push(format!("{}{colon}{}", cat.t("flag-because"), because.join(&cat.t("value-stop"))));
    let rule = Rule {
        id: one.rule.clone(),
        zh: one.text.zh.clone(),
        en: one.text.en.clone(),
        source_zh: one.source.zh.clone(),
        source_en: one.source.en.clone(),
        sure: one.certainty.code().into(),
    };
    lines.extend(super::why(cat, &rule).into_iter().skip(1));
    lines
}

/// A fact and its value: `father: circumstance: in prison`.
fn fact(cat: &Catalogue, because: &Because) -> String {
    let list = because.of.map(|(list, at)| {
        let word = word(cat, &format!("fact-list-{list}"));
        format!("{word}{}{}", at + 1, cat.t("value-colon"))
    });
    let value = match &because.value {
        None => word(cat, "flag-not-known"),
        Some(value) => value_of(cat, because.fact, value),
    };
    format!(
        "{}{}{}{value}",
        list.unwrap_or_default(),
        word(cat, &format!("fact-word-{}", because.fact)),
        cat.t("value-colon")
    )
}

fn value_of(cat: &Catalogue, fact: &str, value: &str) -> String {
    if let Ok(day) = value.parse() {
        return cat.date(day);
    }
    match value {
        "true" => return word(cat, "value-yes"),
        "false" => return word(cat, "value-no"),
        _ => {}
    }
    let list = choice_list(fact);
    let codes = value.split(", ").map(|code| {
        let key = format!("choice-{list}-{code}");
        if cat.has(&key) { word(cat, &key) } else { code.to_owned() }
    });
    codes.collect::<Vec<_>>().join(&cat.t("value-and"))
}

/// The list whose choices a fact takes.
fn choice_list(fact: &str) -> &str {
    match fact {
        "categories" => "category",
        "carer-grounds" => "carer-ground",
        "signs" => "sign",
        "situations" => "situation",
        "benefits" => "aid",
        "role" => "member-role",
        "to" => "agency",
        "kind" => "placement",
        "instrument" => "domain",
        other => other,
    }
}
