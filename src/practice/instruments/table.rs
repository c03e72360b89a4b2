//! A table of instruments as written: every number checked, so that a slip is named with its line.

use super::{Band, Colour, Higher, Instrument, Item, MOST_ITEMS};
use crate::domain::forms::services::{DOMAINS, SCORE_BY};
use crate::practice::deadlines::{Certainty, Words};
use crate::practice::fault::{RuleFault, RuleFlaw, bounded, fault, syntax};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// No total comes near what a number can hold.
const MOST_POINTS: i64 = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    answers: Vec<AnswerSet>,
    #[serde(default, rename = "instrument")]
    instruments: Vec<Entry>,
}

/// Answers that several items share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerSet {
    id: Spanned<String>,
    choices: Spanned<Vec<RawAnswer>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    points: i64,
    zh: String,
    en: Option<String>,
}

/// One that is off needs no more than its id and version.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    version: Spanned<i64>,
    #[serde(default)]
    off: bool,
    domain: Option<Spanned<String>>,
    higher: Option<Higher>,
    zh: Option<String>,
    en: Option<String>,
    #[serde(default)]
    by: Vec<Spanned<String>>,
    from_age: Option<Spanned<u32>>,
    range: Option<Spanned<[i64; 2]>>,
    /// Of items that name no others.
    answers: Option<Spanned<String>>,
    #[serde(default)]
    items: Vec<RawItem>,
    #[serde(default)]
    bands: Vec<Spanned<RawBand>>,
    source_zh: Option<String>,
    source_en: Option<String>,
    certainty: Option<Certainty>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    zh: String,
    en: Option<String>,
    answers: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBand {
    colour: Colour,
    from: i64,
    to: i64,
}

fn words(zh: String, en: Option<String>) -> Words {
    // A station writes its own in its own language.
    Words { en: en.unwrap_or_else(|| zh.clone()), zh }
}

/// Adds the instruments of a table to those known before.
pub(super) fn read(file: &str, text: &str, all: &mut Vec<Instrument>) -> Result<(), RuleFault> {
    let table: Table = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
    let reader = Reader { file, text };
    let sets = reader.sets(table.answers)?;
    let mut seen = BTreeSet::new();
    for entry in table.instruments {
        let (id, version) = (entry.id.get_ref().clone(), *entry.version.get_ref());
        let at = entry.id.span();
        if !seen.insert((id.clone(), version)) {
            return Err(reader.wrong(at, RuleFlaw::Twice(id)));
        }
        // It becomes part of a form's name, and stands in every score.
        if id.is_empty() || id.len() > 40 || id.chars().any(|c| !c.is_ascii_alphanumeric() && c != '-') {
            return Err(reader.wrong(at, RuleFlaw::Name(id)));
        }
        let known = all.iter().position(|one| one.id == id && one.version == version);
        if entry.off {
            if let Some(at) = known {
                all[at].offered = false;
            }
            continue;
        }
        let one = reader.instrument(entry, &sets)?;
        match known {
            Some(known) if points(&all[known]) != points(&one) => {
                return Err(reader.wrong(at, RuleFlaw::Version(id)));
            }
            Some(known) => all[known] = one,
            None => all.push(one),
        }
    }
    Ok(())
}

/// All that gives a total its meaning.
fn points(one: &Instrument) -> (&str, Higher, Vec<Vec<i64>>) {
    let answers = |item: &Item| item.answers.iter().map(|(points, _)| *points).collect();
    (one.domain, one.higher, one.items.iter().map(answers).collect())
}

type Sets = BTreeMap<String, Vec<(i64, Words)>>;

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
}

impl Reader<'_> {
    fn wrong(&self, span: std::ops::Range<usize>, flaw: RuleFlaw) -> RuleFault {
        fault(self.file, self.text, Some(span), flaw)
    }

    fn sets(&self, raw: Vec<AnswerSet>) -> Result<Sets, RuleFault> {
        let mut sets = Sets::new();
        for set in raw {
            let (id, at) = (set.id.get_ref().clone(), set.choices.span());
            let choices = set.choices.into_inner();
            let different: BTreeSet<i64> = choices.iter().map(|answer| answer.points).collect();
            let in_bounds = different.iter().all(|points| (0..=MOST_POINTS).contains(points));
            if choices.len() < 2 || different.len() < choices.len() || !in_bounds {
                return Err(self.wrong(at, RuleFlaw::Answers(id)));
            }
            let answers = choices.into_iter().map(|one| (one.points, words(one.zh, one.en))).collect();
            if sets.insert(id.clone(), answers).is_some() {
                return Err(self.wrong(set.id.span(), RuleFlaw::Twice(id)));
            }
        }
        Ok(sets)
    }

    fn instrument(&self, entry: Entry, sets: &Sets) -> Result<Instrument, RuleFault> {
        let at = entry.id.span();
        let missing = |what| self.wrong(at.clone(), RuleFlaw::Missing(what));
        let code = |given: &Spanned<String>, list: &'static str, codes: &[&'static str]| {
            let found = codes.iter().find(|code| *code == given.get_ref()).copied();
            let flaw = RuleFlaw::Code { list, code: given.get_ref().clone() };
            found.ok_or_else(|| self.wrong(given.span(), flaw))
        };
        let domain = code(&entry.domain.ok_or_else(|| missing("domain"))?, "domain", DOMAINS)?;
        let by = entry.by.iter().map(|by| code(by, "score-by", SCORE_BY)).collect::<Result<Vec<_>, _>>()?;
        if by.is_empty() {
            return Err(missing("by"));
        }
        if entry.items.is_empty() || entry.items.len() > MOST_ITEMS {
            return Err(missing("items"));
        }
        let mut items = vec![];
        for item in entry.items {
            let set = item.answers.as_ref().or(entry.answers.as_ref()).ok_or_else(|| missing("answers"))?;
            let answers = sets
                .get(set.get_ref())
                .ok_or_else(|| self.wrong(set.span(), RuleFlaw::Answers(set.get_ref().clone())))?;
            items.push(Item { text: words(item.zh, item.en), answers: answers.clone() });
        }
        let end = |pick: fn(&Item) -> Option<i64>| items.iter().filter_map(pick).sum::<i64>();
        let least = end(|item| item.answers.iter().map(|(points, _)| *points).min());
        let most = end(|item| item.answers.iter().map(|(points, _)| *points).max());
        let range = entry.range.ok_or_else(|| missing("range"))?;
        if *range.get_ref() != [least, most] {
            return Err(self.wrong(range.span(), RuleFlaw::Range { least, most }));
        }
        let higher = entry.higher.ok_or_else(|| missing("higher"))?;
        let bands = self.bands(&entry.bands, higher, (least, most), at.clone())?;
        let version = *entry.version.get_ref();
        if !(1..=9_999).contains(&version) {
            return Err(self.wrong(entry.version.span(), RuleFlaw::Version(entry.id.into_inner())));
        }
        Ok(Instrument {
            id: entry.id.get_ref().clone(),
            version,
            domain,
            higher,
            name: words(entry.zh.ok_or_else(|| missing("zh"))?, entry.en),
            by,
            from_age: bounded(self.file, self.text, entry.from_age.as_ref(), "from_age", 0..=18)?
                .unwrap_or(0),
            items,
            least,
            most,
            bands,
            source: words(entry.source_zh.unwrap_or_default(), entry.source_en),
            certainty: entry.certainty.unwrap_or(Certainty::Default),
            offered: true,
        })
    }

    /// In the order of points, from the least to the most without a gap, and redder towards the worse end.
    fn bands(
        &self,
        raw: &[Spanned<RawBand>],
        higher: Higher,
        (least, most): (i64, i64),
        at: std::ops::Range<usize>,
    ) -> Result<Vec<Band>, RuleFault> {
        let mut next = least;
        let mut bands: Vec<Band> = vec![];
        for one in raw {
            let RawBand { colour, from, to } = *one.get_ref();
            let sorted = bands.last().is_none_or(|last| match higher {
                Higher::Better => last.colour <= colour,
                Higher::Worse => last.colour >= colour,
            });
            if from != next || to < from || to > most || !sorted {
                return Err(self.wrong(one.span(), RuleFlaw::Bands { least, most }));
            }
            next = to + 1;
            bands.push(Band { colour, from, to });
        }
        if next != most + 1 {
            return Err(self.wrong(at, RuleFlaw::Bands { least, most }));
        }
        Ok(bands)
    }
}
