//! Every rule of the program and the station, by its table, as whoever edits them sees them.

use super::own::{EXAMPLES, OwnFile, PRACTICE};
use super::request::OwnEntry;
use super::rules::{FIELDS, Practice};
use super::{RuleBook, RuleLine, Standing};
use crate::practice::deadlines::Words;
use crate::practice::flags::TABLES;
use crate::practice::written::{Block, blocks};
use crate::practice::{Certainty, core_text, instruments, precedent};
use std::collections::BTreeSet;

/// `year`: of the rest days that a station is the first to need.
pub(super) fn of(practice: &Practice, year: i32) -> RuleBook {
    let mut lines = vec![];
    let tables = TABLES.iter().map(|(file, _)| *file);
    for file in ["deadlines.toml"].into_iter().chain(tables).chain(["quality.toml", instruments::FILE]) {
        let core = core_text(file).unwrap_or_default();
        let own = practice.in_force.get(&format!("{PRACTICE}/{file}")).map_or("", String::as_str);
        lines.extend(of_table(practice, file, core, own));
    }
    let mut whole: Vec<String> =
        ["aid.toml", "audit.toml", "needs.toml", precedent::table::FILE, EXAMPLES].map(str::to_owned).into();
    let days = practice.in_force.keys().filter_map(|name| name.strip_prefix(PRACTICE)?.strip_prefix('/'));
    let days: BTreeSet<String> = days
        .filter(|name| name.starts_with("days/"))
        .map(str::to_owned)
        .chain([year, year + 1].map(|year| format!("days/{year}.toml")))
        .collect();
    whole.extend(days);
    lines.push(whole_file(practice, OwnFile::Fields, FIELDS));
    for file in whole {
        let name = format!("{PRACTICE}/{file}");
        lines.push(whole_file(practice, OwnFile::Table(file), &name));
    }
    let faults = practice.warnings.iter().filter(|fault| !fault.place().0.starts_with(super::PAGES));
    RuleBook { lines, faults: faults.cloned().collect() }
}

fn of_table(practice: &Practice, file: &str, core: &str, own: &str) -> Vec<RuleLine> {
    let (shipped, theirs) = (blocks(core), blocks(own));
    let same = |a: &Block, b: &Block| a.kind == b.kind && a.id == b.id;
    let line = |block: &Block, text: &str, standing| {
        let written = text.get(block.at.clone()).unwrap_or_default().trim_end().to_owned();
        told(practice, file, block, standing, written)
    };
    let mut lines: Vec<RuleLine> = shipped
        .iter()
        .map(|block| match theirs.iter().find(|own| same(own, block)) {
            None => line(block, core, Standing::Core),
            Some(silent) if silent.off => {
                // What it said is what somebody who would have it again looks for.
                let mut told = line(block, core, Standing::Off);
                told.written = own.get(silent.at.clone()).unwrap_or_default().trim_end().to_owned();
                told
            }
            Some(replacing) => line(replacing, own, Standing::Replaced),
        })
        .collect();
    let added = theirs.iter().filter(|own| !shipped.iter().any(|block| same(block, own)));
    lines.extend(added.map(|block| line(block, own, Standing::Added)));
    lines
}

/// An entry with what the reader of its table made of it.
fn told(practice: &Practice, file: &str, block: &Block, standing: Standing, written: String) -> RuleLine {
    let entry = OwnEntry { kind: block.kind.to_owned(), id: block.id.clone() };
    let mut line = RuleLine {
        file: OwnFile::Table(file.to_owned()),
        entry: Some(entry),
        text: None,
        act: None,
        source: None,
        grade: None,
        certainty: None,
        standing,
        written,
    };
    let mut say = |text: &Words, source: &Words, certainty: Certainty| {
        (line.text, line.source) = (Some(text.clone()), Some(source.clone()));
        line.certainty = Some(certainty);
    };
    match (block.kind, file) {
        ("rule", "deadlines.toml") => {
            if let Some(rule) = practice.rules.as_ref().and_then(|rules| rules.get(&block.id)) {
                say(&rule.text, &rule.source, rule.certainty);
            }
        }
        ("rule", _) => {
            if let Some(rule) = practice.flags.as_ref().and_then(|rules| rules.get(&block.id)) {
                say(&rule.text, &rule.source, rule.certainty);
                (line.act, line.grade) = (Some(rule.act.clone()), Some(rule.grade));
            }
        }
        ("check", _) => {
            if let Some(check) = practice.checks.all().iter().find(|check| check.id == block.id) {
                match &check.source {
                    Some((source, certainty)) => say(&check.text, source, *certainty),
                    // Where its rules stand.
                    None => line.text = Some(check.text.clone()),
                }
            }
        }
        ("instrument", _) => {
            let all = practice.instruments.all().iter();
            if let Some(one) = all.filter(|one| one.id == block.id).max_by_key(|one| one.version) {
                say(&one.name, &one.source, one.certainty);
            }
        }
        _ => {}
    }
    line
}

fn whole_file(practice: &Practice, file: OwnFile, name: &str) -> RuleLine {
    let core = name.strip_prefix(PRACTICE).and_then(|name| core_text(name.strip_prefix('/')?));
    let own = practice.in_force.get(name);
    let standing = match (core, own) {
        (Some(_), Some(_)) => Standing::Replaced,
        (None, Some(_)) => Standing::Added,
        (_, None) => Standing::Core,
    };
    let written = own.map_or(core.unwrap_or_default(), String::as_str).to_owned();
    RuleLine {
        file,
        entry: None,
        text: None,
        act: None,
        source: None,
        grade: None,
        certainty: None,
        standing,
        written,
    }
}
