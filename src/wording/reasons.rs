//! Why something is due.

use super::{own, word};
use crate::i18n::Catalogue;
use crate::office::Rule;

/// A core rule in a few words for a list; `None` for a station's own, whose words stand in the follow-up's reason.
pub fn rule_text(cat: &Catalogue, id: &str) -> Option<String> {
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

/// That a rule which made a follow-up is not in the table any more.
pub fn why_gone(cat: &Catalogue, rule: &str) -> String {
    cat.t1("why-gone", "rule", rule).into_owned()
}

/// That working days of a year are only guessed, and what to do about it.
pub fn calendar_gap(cat: &Catalogue, year: i32) -> String {
    let file = format!("{year}.toml");
    cat.tn("days-unknown", &[("year", year.to_string().into()), ("file", file.into())]).into_owned()
}
