//! Why something is due.

use super::{own, word};
use crate::i18n::Catalogue;
use crate::office::{OwnRule, Rule, Words};
use crate::practice::Certainty;

/// A rule in a few words for a list: the station's own ones in its own words; `None` for one that is not in force any more.
pub fn rule_text(cat: &Catalogue, rules: &[OwnRule], id: &str) -> Option<String> {
    if let Some(rule) = rules.iter().find(|rule| rule.id == id) {
        return Some(own(cat, &rule.zh, &rule.en));
    }
    let key = format!("rule-{id}");
    cat.has(&key).then(|| word(cat, &key))
}

/// "Why?" on a follow-up: what its rule asks, where that stands, how surely that is known. One line each.
pub fn why(cat: &Catalogue, rule: &Rule) -> Vec<String> {
    let source = own(cat, &rule.source_zh, &rule.source_en);
    let mut lines = vec![cat.t1("why-rule", "rule", own(cat, &rule.zh, &rule.en)).into_owned()];
    if !source.is_empty() {
        lines.push(cat.t1("why-source", "source", source.as_str()).into_owned());
    }
    let sure = match rule.sure.as_str() {
        // A default says so in the place of its source.
        "D" if !source.is_empty() => return lines,
        "V" => "certainty-read",
        "E" => "certainty-excerpt",
        "M" => "certainty-memory",
        _ => "certainty-default",
    };
    lines.push(word(cat, sure));
    lines
}

/// Where something stands and how surely that is known, in one line.
pub fn source(cat: &Catalogue, source: &Words, sure: Certainty) -> String {
    let (source_zh, source_en) = (source.zh.clone(), source.en.clone());
    let rule = Rule { source_zh, source_en, sure: sure.code().into(), ..Rule::default() };
    why(cat, &rule).split_off(1).join(" ")
}

/// That a rule which made a follow-up is not in the table any more.
pub fn why_gone(cat: &Catalogue, rule: &str) -> String {
    cat.t1("why-gone", "rule", rule).into_owned()
}

/// That working days of a year are only guessed, and what to do about it.
pub fn calendar_gap(cat: &Catalogue, year: i32) -> String {
    let file = format!("{year}.toml");
    cat.tn("days-unknown", &[("year", year.to_string().into()), ("file", file.into())]).into_owned()
}
