//! Why something is due.

use super::{core_choice, risk, word};
use crate::i18n::{Catalogue, Lang};
use crate::practice::{Certainty, Reason, Rule};

/// The facts of the case that set a rule off, in one line to keep with the follow-up.
pub fn due_reason(cat: &Catalogue, reason: &Reason) -> String {
    let circumstance = |code: &str| core_choice(cat, "circumstance", code);
    let text = match reason {
        Reason::Registered { on, risk: code } => {
            cat.tn("reason-registered", &[("on", cat.date(*on).into()), ("risk", risk(cat, code).into())])
        }
        Reason::RiskSet { risk: code } => cat.t1("reason-risk-set", "risk", risk(cat, code)),
        Reason::Contact { on, risk: code } => {
            cat.tn("reason-contact", &[("on", cat.date(*on).into()), ("risk", risk(cat, code).into())])
        }
        Reason::Assessed { on } => cat.t1("reason-assessed", "on", cat.date(*on)),
        Reason::Until { circumstance: code, on } => cat
            .tn("reason-until", &[("circumstance", circumstance(code).into()), ("on", cat.date(*on).into())]),
        Reason::Reported { circumstance: code, on } => cat.tn(
            "reason-reported",
            &[("circumstance", circumstance(code).into()), ("on", cat.date(*on).into())],
        ),
        Reason::Birthday { age, on } => {
            cat.tn("reason-birthday", &[("age", age.to_string().into()), ("on", cat.date(*on).into())])
        }
    };
    text.into_owned()
}

/// A core rule in a few words, for lists, by its id; `None` for a station's own.
pub fn rule_text(cat: &Catalogue, id: &str) -> Option<String> {
    let key = format!("rule-{id}");
    cat.has(&key).then(|| word(cat, &key))
}

/// "Why?" on a follow-up with the rule `id`: what the rule asks, where that stands, how surely that is known.
pub fn why(cat: &Catalogue, id: &str, rule: Option<&Rule>) -> Vec<String> {
    let Some(rule) = rule else { return vec![cat.t1("why-gone", "rule", id).into_owned()] };
    let (text, source) = match cat.lang() {
        Lang::Zh => (&rule.text.zh, &rule.source.zh),
        Lang::En => (&rule.text.en, &rule.source.en),
    };
    let mut lines = vec![cat.t1("why-rule", "rule", text.as_str()).into_owned()];
    if !source.is_empty() {
        lines.push(cat.t1("why-source", "source", source.as_str()).into_owned());
    }
    lines.push(certainty(cat, rule.certainty));
    lines
}

/// How surely a rule's source is known.
pub fn certainty(cat: &Catalogue, certainty: Certainty) -> String {
    word(
        cat,
        match certainty {
            Certainty::Read => "certainty-read",
            Certainty::Excerpt => "certainty-excerpt",
            Certainty::Memory => "certainty-memory",
            Certainty::Default => "certainty-default",
        },
    )
}

/// That working days of a year are only guessed, and what to do about it.
pub fn calendar_gap(cat: &Catalogue, year: i32) -> String {
    let file = format!("{year}.toml");
    cat.tn("days-unknown", &[("year", year.to_string().into()), ("file", file.into())]).into_owned()
}
