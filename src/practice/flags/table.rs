//! A table of rules as written: every word checked, so that a slip is named with its line.

use super::condition::{Names, read};
use super::facts::{LISTS, words};
use super::{FlagRule, Grade, length};
use crate::domain::{FieldId, RecordKind, forms};
use crate::practice::deadlines::{Certainty, Offset, Words};
use crate::practice::fault::{RuleFault, RuleFlaw, fault, syntax};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default, rename = "name")]
    names: Vec<NameEntry>,
    #[serde(default, rename = "rule")]
    rules: Vec<Entry>,
}

/// A condition that others use by its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameEntry {
    id: Spanned<String>,
    each: Option<Spanned<String>>,
    when: Spanned<String>,
}

/// A rule that is off needs no more than its id.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    #[serde(default)]
    off: bool,
    each: Option<Spanned<String>>,
    when: Option<Spanned<String>>,
    #[serde(rename = "while")]
    scope: Option<Spanned<String>>,
    grade: Option<Grade>,
    ahead: Option<Spanned<String>>,
    zh: Option<String>,
    en: Option<String>,
    do_zh: Option<String>,
    do_en: Option<String>,
    source_zh: Option<String>,
    source_en: Option<String>,
    certainty: Option<Certainty>,
    page: Option<String>,
    #[serde(default)]
    stops: Vec<Spanned<String>>,
}

/// The rules of a table by id; `None` for one that it silences. Names are added to those known before.
pub(super) fn read_table(
    file: &str,
    text: &str,
    names: &mut Names,
) -> Result<Vec<(String, Option<FlagRule>)>, RuleFault> {
    let table: Table = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
    let wrong = |span, flaw| fault(file, text, Some(span), flaw);
    let list = |each: Option<Spanned<String>>| match each {
        None => Ok(None),
        Some(each) => match LISTS.iter().find(|(name, _)| name == each.get_ref()) {
            Some((name, _)) => Ok(Some(*name)),
            None => Err(wrong(each.span(), RuleFlaw::Code { list: "each", code: each.into_inner() })),
        },
    };
    for entry in table.names {
        let about = list(entry.each)?;
        let id = entry.id.get_ref().clone();
        let taken = words(about).is_some_and(|words| words.iter().any(|(word, _)| *word == id));
        let key = (about.unwrap_or_default().to_owned(), id.clone());
        if taken || names.contains_key(&key) {
            return Err(wrong(entry.id.span(), RuleFlaw::Twice(id)));
        }
        let condition = read(entry.when.get_ref(), about, names)
            .map_err(|unclear| wrong(entry.when.span(), RuleFlaw::Unclear(unclear)))?;
        names.insert(key, Arc::new(condition));
    }
    let mut seen = BTreeSet::new();
    let mut rules = vec![];
    for entry in table.rules {
        let id = entry.id.get_ref().clone();
        let at = entry.id.span();
        if !seen.insert(id.clone()) {
            return Err(wrong(at, RuleFlaw::Twice(id)));
        }
        if entry.off {
            rules.push((id, None));
            continue;
        }
        let missing = |what| wrong(at.clone(), RuleFlaw::Missing(what));
        let each = list(entry.each)?;
        let clear = |text: Spanned<String>, about| {
            read(text.get_ref(), about, names)
                .map_err(|unclear| wrong(text.span(), RuleFlaw::Unclear(unclear)))
        };
        let condition = clear(entry.when.ok_or_else(|| missing("when"))?, each)?;
        let scope = entry.scope.map(|text| clear(text, None)).transpose()?;
        let ahead = match entry.ahead {
            None => None,
            Some(ahead) => match length(ahead.get_ref()) {
                Some(length @ (Offset::Days(_) | Offset::Months(_))) => Some(length),
                _ => return Err(wrong(ahead.span(), RuleFlaw::Offset(ahead.into_inner()))),
            },
        };
        let stop = |stop: Spanned<String>| {
            field_of(stop.get_ref()).ok_or_else(|| {
                wrong(stop.span(), RuleFlaw::Code { list: "stops", code: stop.get_ref().clone() })
            })
        };
        let stops = entry.stops.into_iter().map(stop).collect::<Result<_, _>>()?;
        let zh = entry.zh.ok_or_else(|| missing("zh"))?;
        let act_zh = entry.do_zh.ok_or_else(|| missing("do_zh"))?;
        let source_zh = entry.source_zh.unwrap_or_default();
        // A station writes its own rules in its own language.
        rules.push((
            id.clone(),
            Some(FlagRule {
                id,
                each,
                condition,
                scope,
                grade: entry.grade.ok_or_else(|| missing("grade"))?,
                ahead,
                text: Words { en: entry.en.unwrap_or_else(|| zh.clone()), zh },
                act: Words { en: entry.do_en.unwrap_or_else(|| act_zh.clone()), zh: act_zh },
                source: Words { en: entry.source_en.unwrap_or_else(|| source_zh.clone()), zh: source_zh },
                certainty: entry.certainty.unwrap_or(Certainty::Default),
                page: entry.page,
                stops,
                own: false,
            }),
        ));
    }
    Ok(rules)
}

/// `case.closed`: a field of a core form.
fn field_of(text: &str) -> Option<(RecordKind, FieldId)> {
    let (form, field) = text.split_once('.')?;
    let form = forms::all().into_iter().find(|one| one.id == form)?;
    let field = form.fields.iter().find(|one| one.id.as_str() == field)?;
    Some((form.kind, field.id.clone()))
}
