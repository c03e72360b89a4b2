//! Reading `quality.toml`.

use super::{Check, Group, Test};
use crate::practice::Certainty;
use crate::practice::deadlines::Words;
use crate::practice::fault::{RuleFault, RuleFlaw, bounded, fault, syntax};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

const FILE: &str = "quality.toml";
const WHENS: &[&str] = &["fields-missing", "follow-up-overdue", "child-not-met", "no-own-words"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    check: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Row {
    id: String,
    #[serde(default)]
    off: bool,
    group: Option<String>,
    flags: Option<Vec<String>>,
    when: Option<String>,
    days: Option<Spanned<u16>>,
    from_age: Option<Spanned<u32>>,
    zh: Option<String>,
    en: Option<String>,
    #[serde(rename = "source_zh")]
    source_zh: Option<String>,
    #[serde(rename = "source_en")]
    source_en: Option<String>,
    certainty: Option<Certainty>,
}

/// The checks of a table by id; none: it is silenced.
pub(super) fn read(
    text: &str,
    is_rule: &dyn Fn(&str) -> bool,
) -> Result<Vec<(String, Option<Check>)>, RuleFault> {
    let table: Table = toml::from_str(text).map_err(|error| syntax(FILE, text, &error))?;
    let (mut checks, mut seen) = (vec![], BTreeSet::new());
    for row in table.check {
        let span = row.span();
        let wrong = |flaw| fault(FILE, text, Some(span.clone()), flaw);
        let row = row.into_inner();
        let days = bounded(FILE, text, row.days.as_ref(), "days", 1..=3_660)?;
        let from_age = bounded(FILE, text, row.from_age.as_ref(), "from-age", 0..=18)?;
        if !seen.insert(row.id.clone()) {
            return Err(wrong(RuleFlaw::Twice(row.id)));
        }
        let id = row.id.clone();
        checks.push((
            id,
            if row.off { None } else { Some(row.check(days, from_age, is_rule).map_err(wrong)?) },
        ));
    }
    Ok(checks)
}

impl Row {
    fn check(
        self,
        days: Option<u16>,
        from_age: Option<u32>,
        is_rule: &dyn Fn(&str) -> bool,
    ) -> Result<Check, RuleFlaw> {
        let group = self.group.ok_or(RuleFlaw::Missing("group"))?;
        let known = Group::ALL.into_iter().find(|known| known.code() == group);
        let group = known.ok_or(RuleFlaw::Code { list: "group", code: group })?;
        let test = match (self.flags, self.when) {
            (Some(flags), None) => {
                if let Some(code) = flags.iter().find(|rule| !is_rule(rule)) {
                    return Err(RuleFlaw::Code { list: "rule", code: code.clone() });
                }
                Test::Flags(flags.into_iter().collect())
            }
            (None, Some(when)) => {
                let days = || days.ok_or(RuleFlaw::Missing("days"));
                match when.as_str() {
                    "fields-missing" => Test::FieldsMissing,
                    "follow-up-overdue" => Test::Overdue { days: days()? },
                    "child-not-met" => Test::NotMet { days: days()? },
                    "no-own-words" => Test::NoOwnWords { from_age: from_age.unwrap_or(0) },
                    _ => return Err(RuleFlaw::Code { list: "when", code: when }),
                }
            }
            _ => return Err(RuleFlaw::Missing("flags")),
        };
        // A station writes in its own language.
        let zh = self.zh.or_else(|| self.en.clone()).ok_or(RuleFlaw::Missing("zh"))?;
        let text = Words { en: self.en.unwrap_or_else(|| zh.clone()), zh };
        let source = match self.source_zh.or_else(|| self.source_en.clone()) {
            Some(zh) => {
                let en = self.source_en.unwrap_or_else(|| zh.clone());
                Some((Words { zh, en }, self.certainty.unwrap_or(Certainty::Default)))
            }
            None if matches!(test, Test::Flags(_)) => None,
            None => return Err(RuleFlaw::Missing("source_zh")),
        };
        Ok(Check { id: self.id, group, test, text, source })
    }
}

/// What may stand for a code that is not known.
pub fn wanted(list: &str) -> Vec<&'static str> {
    match list {
        "group" => Group::ALL.map(Group::code).into(),
        _ => WHENS.into(),
    }
}
