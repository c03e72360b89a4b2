//! `deadlines.toml` as written: every word checked, so that a slip is named with its line and not guessed around.

use super::{Certainty, Offset, Rule, Trigger, Watched, Words};
use crate::domain::{FieldKind, forms};
use crate::practice::fault::{RuleFault, RuleFlaw, bounded, fault, syntax};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// Longest offset either way, in days: ten years, as a slip of the pen is longer.
const FARTHEST: u32 = 3_660;
/// The last birthday that a station can have to do with.
const OLDEST: i64 = 30;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default, rename = "rule")]
    rules: Vec<Entry>,
}

/// A rule that is off needs no more than its id.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    #[serde(default)]
    off: bool,
    on: Option<Trigger>,
    #[serde(default)]
    risk: Vec<Spanned<String>>,
    #[serde(default)]
    among: Vec<Spanned<String>>,
    age: Option<Spanned<u32>>,
    flag: Option<String>,
    of: Option<Spanned<String>>,
    day: Option<Spanned<String>>,
    #[serde(default)]
    ends: Vec<Spanned<String>>,
    tells: Option<Spanned<String>>,
    after: Option<Spanned<String>>,
    kind: Option<Spanned<String>>,
    repeat: Option<Spanned<String>>,
    zh: Option<String>,
    en: Option<String>,
    source_zh: Option<String>,
    source_en: Option<String>,
    certainty: Option<Certainty>,
}

/// The rules of a table by id; `None` for one that it silences.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<(String, Option<Rule>)>, RuleFault> {
    let table: Table = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
    let mut seen = BTreeSet::new();
    let mut rules = vec![];
    for entry in table.rules {
        let id = entry.id.get_ref().clone();
        if !seen.insert(id.clone()) {
            return Err(fault(file, text, Some(entry.id.span()), RuleFlaw::Twice(id)));
        }
        let rule = if entry.off { None } else { Some(entry.rule(file, text)?) };
        rules.push((id, rule));
    }
    Ok(rules)
}

impl Entry {
    /// The day that a rule waits for. Whose fields these are is told by the form of what is done for a child.
    fn watched(&mut self, file: &str, text: &str) -> Result<Watched, RuleFault> {
        let at = self.id.span();
        let missing = |what| fault(file, text, Some(at.clone()), RuleFlaw::Missing(what));
        let wrong = |list, written: Spanned<String>| {
            let (span, code) = (written.span(), written.into_inner());
            fault(file, text, Some(span), RuleFlaw::Code { list, code })
        };
        let of = self.of.take().ok_or_else(|| missing("of"))?;
        let Some(form) = forms::services::all().into_iter().find(|form| form.id == *of.get_ref()) else {
            return Err(wrong("of", of));
        };
        let field = |list, written: Spanned<String>| {
            let known = form.fields.iter().find(|field| field.id.as_str() == written.get_ref());
            known.ok_or_else(|| wrong(list, written))
        };
        let day = self.day.take().ok_or_else(|| missing("day"))?;
        let spec = field("day", day.clone())?;
        if !matches!(spec.kind, FieldKind::Date(_)) {
            return Err(wrong("day", day));
        }
        let ends = std::mem::take(&mut self.ends).into_iter().map(|end| field("ends", end));
        let ends = ends.map(|spec| spec.map(|spec| spec.id.clone())).collect::<Result<_, _>>()?;
        let tells = self.tells.take().map(|tells| field("tells", tells)).transpose()?;
        Ok(Watched { kind: form.kind, day: spec.id.clone(), ends, tells: tells.map(|spec| spec.id.clone()) })
    }

    fn rule(mut self, file: &str, text: &str) -> Result<Rule, RuleFault> {
        let at = self.id.span();
        let missing = |what| fault(file, text, Some(at.clone()), RuleFlaw::Missing(what));
        let on = self.on.ok_or_else(|| missing("on"))?;
        if on == Trigger::Birthday && self.age.is_none() {
            return Err(missing("age"));
        }
        if on == Trigger::Flag && self.flag.is_none() {
            return Err(missing("flag"));
        }
        let age = bounded(file, text, self.age.as_ref(), "age", 1..=OLDEST)?;
        let watched = (on == Trigger::Day).then(|| self.watched(file, text)).transpose()?;
        let code = |list: &'static str, codes: &[&str], written: Spanned<String>| {
            if codes.contains(&written.get_ref().as_str()) {
                Ok(written.into_inner())
            } else {
                let (span, code) = (written.span(), written.into_inner());
                Err(fault(file, text, Some(span), RuleFlaw::Code { list, code }))
            }
        };
        let codes = |list, codes: &[&str], written: Vec<Spanned<String>>| {
            written.into_iter().map(|one| code(list, codes, one)).collect::<Result<Vec<_>, _>>()
        };
        let risks: Vec<&str> = forms::RISKS.iter().copied().chain(["unknown"]).collect();
        let after = self.after.ok_or_else(|| missing("after"))?;
        let (zh, en) = (self.zh.ok_or_else(|| missing("zh"))?, self.en);
        let source_zh = self.source_zh.unwrap_or_default();
        Ok(Rule {
            on,
            risk: codes("risk", &risks, self.risk)?,
            among: codes("circumstance", forms::CIRCUMSTANCES, self.among)?,
            age,
            flag: self.flag,
            watched,
            after: offset(after.get_ref()).ok_or_else(|| {
                fault(file, text, Some(after.span()), RuleFlaw::Offset(after.get_ref().clone()))
            })?,
            kind: code("follow-up-kind", forms::FOLLOW_UP_KINDS, self.kind.ok_or_else(|| missing("kind"))?)?,
            repeat: self.repeat.map(|repeat| code("repeat", forms::REPEATS, repeat)).transpose()?,
            // A station writes its own rules in its own language.
            text: Words { en: en.unwrap_or_else(|| zh.clone()), zh },
            source: Words { en: self.source_en.unwrap_or_else(|| source_zh.clone()), zh: source_zh },
            certainty: self.certainty.unwrap_or(Certainty::Default),
            own: false,
            line: 1 + text[..at.start].matches('\n').count(),
            id: self.id.into_inner(),
        })
    }
}

/// `24h`, `7d`, `5wd`, `3m`, `-30d`, `-3m`; not beyond ten years.
pub(super) fn offset(text: &str) -> Option<Offset> {
    within(text, FARTHEST)
}

/// The same, not beyond so many days.
pub(in crate::practice) fn within(text: &str, most: u32) -> Option<Offset> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit);
    let n: i32 = number.parse().ok()?;
    let (offset, days) = match unit {
        "h" => (Offset::Hours(u32::try_from(n).ok()?), n.unsigned_abs() / 24),
        "d" => (Offset::Days(n), n.unsigned_abs()),
        "wd" => (Offset::Workdays(u32::try_from(n).ok()?), n.unsigned_abs()),
        "m" => (Offset::Months(n), n.unsigned_abs().saturating_mul(31)),
        _ => return None,
    };
    (days <= most).then_some(offset)
}
