//! A table of rules as written: every word checked, so that a slip is named with its line.

use super::condition::{Names, Unclear, read};
use super::facts::{LISTS, words};
use super::{FlagRule, Grade, length};
use crate::domain::{FieldId, RecordKind, forms};
use crate::practice::deadlines::{Certainty, Offset, Words};
use crate::practice::fault::{RuleFault, RuleFlaw, fault, syntax};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default, rename = "name")]
    names: Vec<NameEntry>,
    #[serde(default, rename = "rule")]
    rules: Vec<Entry>,
    /// Read by [`crate::practice::Limits`].
    #[serde(default, rename = "limits")]
    _limits: toml::Table,
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

/// A table and the text it was read from, which says in which line something stands.
pub(super) struct Written<'a> {
    file: &'a str,
    text: &'a str,
    table: Table,
}

impl<'a> Written<'a> {
    pub(super) fn read(file: &'a str, text: &'a str) -> Result<Self, RuleFault> {
        let table = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
        Ok(Self { file, text, table })
    }

    fn wrong(&self, span: Range<usize>, flaw: RuleFlaw) -> RuleFault {
        fault(self.file, self.text, Some(span), flaw)
    }
}

fn list(
    each: Option<&Spanned<String>>,
    wrong: impl Fn(Range<usize>, RuleFlaw) -> RuleFault,
) -> Result<Option<&'static str>, RuleFault> {
    let Some(each) = each else { return Ok(None) };
    match LISTS.iter().find(|(name, _)| name == each.get_ref()) {
        Some((name, _)) => Ok(Some(*name)),
        None => Err(wrong(each.span(), RuleFlaw::Code { list: "each", code: each.get_ref().clone() })),
    }
}

/// Adds the names of a table to those known before. One of a later text takes the place of one of an earlier: in what the
/// earlier says, too. In which order they stand does not matter.
pub(super) fn read_names(tables: &[&Written], names: &mut Names) -> Result<(), RuleFault> {
    let mut pending = BTreeMap::new();
    for (at, written) in tables.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for entry in &written.table.names {
            let about = list(entry.each.as_ref(), |span, flaw| written.wrong(span, flaw))?;
            let id = entry.id.get_ref().clone();
            let taken = words(about).is_some_and(|words| words.iter().any(|(word, _)| *word == id));
            let key = (about.unwrap_or_default().to_owned(), id.clone());
            if taken || names.contains_key(&key) || !seen.insert(key.clone()) {
                return Err(written.wrong(entry.id.span(), RuleFlaw::Twice(id)));
            }
            pending.insert(key, (at, about, &entry.when));
        }
    }
    while !pending.is_empty() {
        let (mut read_now, mut unknown) = (vec![], vec![]);
        for (key, (at, about, when)) in &pending {
            let unclear = match read(when.get_ref(), *about, names) {
                Ok(condition) => {
                    read_now.push((key.clone(), condition));
                    continue;
                }
                Err(unclear) => unclear,
            };
            let waits = matches!(unclear, Unclear::Name(_));
            let fault = tables[*at].wrong(when.span(), RuleFlaw::Unclear(unclear));
            if !waits {
                return Err(fault);
            }
            unknown.push((*at, fault));
        }
        // What the core lacks may be for what the station wrote: that is named first.
        if read_now.is_empty()
            && let Some((_, fault)) = unknown.into_iter().max_by_key(|(at, fault)| (*at, Reverse(fault.line)))
        {
            return Err(fault);
        }
        for (key, condition) in read_now {
            pending.remove(&key);
            names.insert(key, Arc::new(condition));
        }
    }
    Ok(())
}

/// The rules of a table by id; `None` for one that it silences.
pub(super) fn read_rules(
    written: Written,
    names: &Names,
) -> Result<Vec<(String, Option<FlagRule>)>, RuleFault> {
    let Written { file, text, table } = written;
    let wrong = |span, flaw| fault(file, text, Some(span), flaw);
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
        let each = list(entry.each.as_ref(), wrong)?;
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
