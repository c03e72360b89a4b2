//! The table of needs as written: every form, field and code checked, so that a slip is named with its line.

use super::{FILE, Need, NeedRules, Sign};
use crate::domain::form::{FieldKind, FieldSpec};
use crate::domain::forms::child;
use crate::domain::forms::services::{AGENCIES, DOMAINS};
use crate::domain::{FormSpec, RecordKind, forms};
use crate::practice::deadlines::{Certainty, Words};
use crate::practice::fault::{RuleFault, RuleFlaw, bounded, fault, syntax};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// A set of needs is the bits of a `u32`.
const MOST: usize = 32;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    few: Option<Spanned<usize>>,
    open_from: Option<Spanned<usize>>,
    giving_up: Option<Vec<Spanned<String>>>,
    without_contact: Option<Vec<Spanned<String>>>,
    #[serde(default, rename = "need")]
    needs: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    #[serde(default)]
    off: bool,
    zh: Option<String>,
    en: Option<String>,
    #[serde(default)]
    domains: Vec<Spanned<String>>,
    #[serde(default)]
    agencies: Vec<Spanned<String>>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    bases: bool,
    #[serde(default)]
    says: Vec<Raw>,
    #[serde(default)]
    given: Vec<Raw>,
    source_zh: Option<String>,
    source_en: Option<String>,
    certainty: Option<Certainty>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    from: Spanned<String>,
    #[serde(default)]
    is: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    yes: Vec<Spanned<String>>,
    #[serde(default)]
    filled: Vec<Spanned<String>>,
    #[serde(default)]
    empty: Vec<Spanned<String>>,
    within: Option<Spanned<u32>>,
}

/// In what leaves the station, counts below it are only said to be below it.
const FEW: std::ops::RangeInclusive<i64> = 2..=1_000;

pub(super) fn read(
    core: &str,
    own: Option<&str>,
    is_rule: &dyn Fn(&str) -> bool,
) -> Result<NeedRules, RuleFault> {
    let mut rules =
        NeedRules { few: 0, open_from: 0, giving_up: vec![], without_contact: vec![], needs: vec![] };
    let forms = forms::all();
    for text in [Some(core), own].into_iter().flatten() {
        Reader { text, forms: &forms, is_rule }.take(&mut rules)?;
    }
    Ok(rules)
}

struct Reader<'a> {
    text: &'a str,
    forms: &'a [FormSpec],
    is_rule: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn wrong(&self, at: std::ops::Range<usize>, flaw: RuleFlaw) -> RuleFault {
        fault(FILE, self.text, Some(at), flaw)
    }

    fn take(&self, rules: &mut NeedRules) -> Result<(), RuleFault> {
        let table: Table = toml::from_str(self.text).map_err(|error| syntax(FILE, self.text, &error))?;
        let few = bounded(FILE, self.text, table.few.as_ref(), "few", FEW)?;
        rules.few = few.unwrap_or(rules.few);
        let open_from = bounded(FILE, self.text, table.open_from.as_ref(), "open-from", 1..=100_000)?;
        rules.open_from = open_from.unwrap_or(rules.open_from);
        if let Some(list) = table.giving_up {
            rules.giving_up = self.rules(list)?;
        }
        if let Some(list) = table.without_contact {
            rules.without_contact = self.rules(list)?;
        }
        let mut seen = BTreeSet::new();
        for entry in table.needs {
            let (id, at) = (entry.id.get_ref().clone(), entry.id.span());
            if !seen.insert(id.clone()) {
                return Err(self.wrong(at, RuleFlaw::Twice(id)));
            }
            let known = rules.needs.iter().position(|need| need.id == id);
            match (known, entry.off) {
                (Some(known), true) => drop(rules.needs.remove(known)),
                (None, true) => {}
                (Some(known), false) => rules.needs[known] = self.need(entry)?,
                (None, false) if rules.needs.len() == MOST => {
                    return Err(self.wrong(at, RuleFlaw::Many(MOST)));
                }
                (None, false) => rules.needs.push(self.need(entry)?),
            }
        }
        Ok(())
    }

    fn rules(&self, list: Vec<Spanned<String>>) -> Result<Vec<String>, RuleFault> {
        let known = |rule: Spanned<String>| match (self.is_rule)(rule.get_ref()) {
            true => Ok(rule.into_inner()),
            false => {
                let flaw = RuleFlaw::Code { list: "rule", code: rule.get_ref().clone() };
                Err(self.wrong(rule.span(), flaw))
            }
        };
        list.into_iter().map(known).collect()
    }

    fn need(&self, entry: Entry) -> Result<Need, RuleFault> {
        let zh = entry.zh.ok_or_else(|| self.wrong(entry.id.span(), RuleFlaw::Missing("zh")))?;
        let source = entry.source_zh.unwrap_or_default();
        let signs = |all: Vec<Raw>| all.into_iter().map(|raw| self.sign(raw)).collect::<Result<Vec<_>, _>>();
        Ok(Need {
            id: entry.id.into_inner(),
            // A station writes its own in its own language.
            name: Words { en: entry.en.unwrap_or_else(|| zh.clone()), zh },
            domains: self.codes(entry.domains, DOMAINS)?,
            agencies: self.codes(entry.agencies, AGENCIES)?,
            words: entry.words.iter().map(|word| word.to_lowercase()).collect(),
            bases: entry.bases,
            says: signs(entry.says)?,
            given: signs(entry.given)?,
            source: Words { en: entry.source_en.unwrap_or_else(|| source.clone()), zh: source },
            certainty: entry.certainty.unwrap_or(Certainty::Default),
        })
    }

    fn codes(&self, codes: Vec<Spanned<String>>, known: &[&str]) -> Result<Vec<String>, RuleFault> {
        let one = |code: Spanned<String>| match known.contains(&code.get_ref().as_str()) {
            true => Ok(code.into_inner()),
            false => Err(self.no_such(&code, known)),
        };
        codes.into_iter().map(one).collect()
    }

    fn no_such(&self, name: &Spanned<String>, known: &[&str]) -> RuleFault {
        let flaw = RuleFlaw::NotOne { name: name.get_ref().clone(), of: known.join(", ") };
        self.wrong(name.span(), flaw)
    }

    /// Of a form of a child's file.
    fn sign(&self, raw: Raw) -> Result<Sign, RuleFault> {
        let of_child = |form: &&FormSpec| form.kind == RecordKind::Child || form.kind.is_of_child();
        let forms: Vec<&FormSpec> = self.forms.iter().filter(of_child).collect();
        let ids: Vec<&str> = forms.iter().map(|form| &*form.id).collect();
        let form = forms.iter().find(|form| form.id == *raw.from.get_ref());
        let form = form.ok_or_else(|| self.no_such(&raw.from, &ids))?;
        // Of the child's own record only what lists know is read.
        let fits = |field: &&FieldSpec| form.kind != RecordKind::Child || field.id == child::CATEGORIES;
        let known: Vec<&FieldSpec> = form.fields.iter().filter(fits).collect();
        let names: Vec<&str> = known.iter().map(|field| field.id.as_str()).collect();
        let field = |name: &Spanned<String>| {
            let found = known.iter().find(|field| field.id.as_str() == name.get_ref());
            found.copied().ok_or_else(|| self.no_such(name, &names))
        };
        let fields = |names: &[Spanned<String>]| {
            names.iter().map(|name| Ok(field(name)?.id.clone())).collect::<Result<Vec<_>, RuleFault>>()
        };
        let mut is = vec![];
        for (name, codes) in raw.is {
            let spec = field(&name)?;
            let known: Vec<&str> = match &spec.kind {
                FieldKind::One(choices) | FieldKind::Many(choices) => {
                    choices.codes.iter().map(|code| &**code).collect()
                }
                _ => vec![],
            };
            is.push((spec.id.clone(), self.codes(codes, &known)?));
        }
        Ok(Sign {
            from: form.kind,
            is,
            yes: fields(&raw.yes)?,
            filled: fields(&raw.filled)?,
            empty: fields(&raw.empty)?,
            within: bounded(FILE, self.text, raw.within.as_ref(), "within", 1..=600)?,
        })
    }
}
