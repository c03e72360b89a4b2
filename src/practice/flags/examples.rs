//! A table of examples: facts, a day, and what the rules must say of them.
//!
//! ```toml
//! [[example]]
//! name = "one parent dead, the other in prison for two years"
//! source = "民发〔2019〕62号"
//! today = "2026-03-01"
//! facts = { birth = "2016-05-01", parents = [{ circumstance = "dead", paper = true }, …] }
//! expect = ["unattended"]                  # all that hold on that day …
//! of = ["unattended", "paper-prison"]      # … among these; without it, among all rules
//! comes = { "unattended" = "2026-09-01" }  # does not hold yet, and is told to begin then
//! until = { "unattended" = "2027-05-01" }  # holds, and ends then
//! ```

use super::reading::{FactFault, read_facts};
use super::{Flag, FlagRules};
use crate::practice::fault::{RuleFault, RuleFlaw, fault, syntax};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// The examples that ship with the program.
pub const CORE: &str = include_str!("../../../assets/practice/examples.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default, rename = "example")]
    examples: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    /// For whoever reads the table.
    #[serde(default, rename = "source")]
    _source: String,
    today: Spanned<String>,
    facts: toml::Value,
    expect: Vec<Spanned<String>>,
    #[serde(default)]
    of: Vec<Spanned<String>>,
    #[serde(default)]
    comes: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    until: BTreeMap<String, Spanned<String>>,
}

/// One thing that an example expects and the rules do not say, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Expected, and the rules do not say it.
    Missing(String),
    /// The rules say it, and it was not expected.
    Unexpected(String),
    /// It begins (or ends) on another day than expected; `is`: on none.
    Day { rule: String, begins: bool, wanted: NaiveDate, is: Option<NaiveDate> },
}

/// An example that was played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    pub name: String,
    /// Line of its name, from 1.
    pub line: usize,
    pub differences: Vec<Difference>,
}

/// Why a table of examples cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExampleFault {
    #[error("{0}")]
    Table(RuleFault),
    /// A fact of the example in this line.
    #[error("line {line}: {fault}")]
    Fact { line: usize, fault: FactFault },
}

/// Plays every example of a table.
///
/// # Errors
/// The first example that cannot be played, with its line.
pub fn play(rules: &FlagRules, file: &str, text: &str) -> Result<Vec<Played>, ExampleFault> {
    let table: Table =
        toml::from_str(text).map_err(|error| ExampleFault::Table(syntax(file, text, &error)))?;
    table.examples.into_iter().map(|entry| entry.play(rules, file, text)).collect()
}

impl Entry {
    fn play(self, rules: &FlagRules, file: &str, text: &str) -> Result<Played, ExampleFault> {
        let wrong = |span, flaw| ExampleFault::Table(fault(file, text, Some(span), flaw));
        let day = |text: &Spanned<String>| {
            let day = text.get_ref().parse::<NaiveDate>();
            day.map_err(|_| wrong(text.span(), RuleFlaw::Date(text.get_ref().clone())))
        };
        let known = |rule: &Spanned<String>| match rules.knows(rule.get_ref()) {
            true => Ok(rule.get_ref().clone()),
            false => Err(wrong(rule.span(), RuleFlaw::Code { list: "rule", code: rule.get_ref().clone() })),
        };
        let line = fault(file, text, Some(self.name.span()), RuleFlaw::Missing("name")).line;
        let today = day(&self.today)?;
        let facts = json(self.facts);
        let facts = read_facts(&facts, today).map_err(|fault| ExampleFault::Fact { line, fault })?;
        let wanted: BTreeSet<String> = self.expect.iter().map(known).collect::<Result<_, _>>()?;
        let among: BTreeSet<String> = self.of.iter().map(known).collect::<Result<_, _>>()?;
        let look = rules.look(&facts, today);
        let is: BTreeSet<String> = (look.flags.iter())
            .filter(|flag| flag.now && (among.is_empty() || among.contains(&flag.rule.id)))
            .map(|flag| flag.rule.id.clone())
            .collect();
        let mut differences: Vec<Difference> =
            wanted.difference(&is).cloned().map(Difference::Missing).collect();
        differences.extend(is.difference(&wanted).cloned().map(Difference::Unexpected));
        for (begins, days) in [(true, &self.comes), (false, &self.until)] {
            for (rule, wanted) in days {
                if !rules.knows(rule) {
                    return Err(wrong(wanted.span(), RuleFlaw::Code { list: "rule", code: rule.clone() }));
                }
                let wanted = day(wanted)?;
                let of = |flag: &&Flag| flag.rule.id == *rule && flag.now != begins;
                let edge = |flag: &Flag| if begins { flag.span.begins() } else { flag.span.ends() };
                let all: Vec<_> = look.flags.iter().filter(of).map(edge).collect();
                if !all.contains(&Some(wanted)) {
                    let is = all.into_iter().flatten().next();
                    differences.push(Difference::Day { rule: rule.clone(), begins, wanted, is });
                }
            }
        }
        Ok(Played { name: self.name.into_inner(), line, differences })
    }
}

/// A day may be written as TOML's own, without quotes.
fn json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        // JSON has no nan: as nothing it would be passed over.
        toml::Value::Float(number) if !number.is_finite() => number.to_string().into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(yes) => yes.into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(all) => all.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            serde_json::Value::Object(table.into_iter().map(|(name, value)| (name, json(value))).collect())
        }
    }
}
