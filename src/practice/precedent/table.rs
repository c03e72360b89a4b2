//! `precedents.toml`: what counts when cases are compared, and the words that tell who somebody is or stand in their place.

use crate::practice::deadlines::Words;
use crate::practice::fault::{RuleFault, bounded, syntax};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The table that ships with the program, and the name of a station's copy.
pub const FILE: &str = "precedents.toml";
pub(in crate::practice) const CORE: &str = include_str!("../../../assets/practice/precedents.toml");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    pub category: u16,
    pub circumstance: u16,
    pub lives: u16,
    pub age: u16,
    pub risk: u16,
    pub sex: u16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precedents {
    pub weights: Weights,
    /// With fewer children like it on file one is guessed easily.
    pub few: usize,
    /// By what they stand for.
    pub neutral: BTreeMap<String, Words>,
    pub titles: Vec<String>,
    pub surnames: Vec<String>,
    pub forms_of_address: Vec<String>,
    pub place_ends: Vec<String>,
    pub everyday: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    /// For whoever reads the table: where the numbers come from.
    #[serde(rename = "certainty")]
    _certainty: Option<crate::practice::Certainty>,
    weights: RawWeights,
    few: RawFew,
    neutral: BTreeMap<String, RawWords>,
    words: RawLists,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawWeights {
    category: Option<Spanned<u16>>,
    circumstance: Option<Spanned<u16>>,
    lives: Option<Spanned<u16>>,
    age: Option<Spanned<u16>>,
    risk: Option<Spanned<u16>>,
    sex: Option<Spanned<u16>>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawFew {
    children: Option<Spanned<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    zh: String,
    en: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RawLists {
    titles: Vec<String>,
    surnames: Vec<String>,
    forms_of_address: Vec<String>,
    place_ends: Vec<String>,
    everyday: Vec<String>,
}

impl Precedents {
    /// # Errors
    /// None, if the tests passed.
    pub fn core() -> Result<Self, RuleFault> {
        Self::of_station(None)
    }

    /// The core's, under a station's copy: a weight or a word there replaces the core's, lists are added to.
    ///
    /// # Errors
    /// What is wrong with it, and in which line; nothing of it is in force then.
    pub fn of_station(own: Option<&str>) -> Result<Self, RuleFault> {
        let mut table = Self {
            weights: Weights { category: 0, circumstance: 0, lives: 0, age: 0, risk: 0, sex: 0 },
            few: 0,
            neutral: BTreeMap::new(),
            titles: vec![],
            surnames: vec![],
            forms_of_address: vec![],
            place_ends: vec![],
            everyday: vec![],
        };
        for text in [Some(CORE), own].into_iter().flatten() {
            table.add(text, toml::from_str(text).map_err(|error| syntax(FILE, text, &error))?)?;
        }
        // 老师 before 老: the longest title is the one that is meant.
        table.titles.sort_by_key(|title| std::cmp::Reverse(title.chars().count()));
        table.place_ends.sort_by_key(|end| std::cmp::Reverse(end.chars().count()));
        Ok(table)
    }

    fn add(&mut self, text: &str, file: File) -> Result<(), RuleFault> {
        let to = &mut self.weights;
        let of = file.weights;
        for (to, of, name) in [
            (&mut to.category, of.category, "category"),
            (&mut to.circumstance, of.circumstance, "circumstance"),
            (&mut to.lives, of.lives, "lives"),
            (&mut to.age, of.age, "age"),
            (&mut to.risk, of.risk, "risk"),
            (&mut to.sex, of.sex, "sex"),
        ] {
            *to = bounded(FILE, text, of.as_ref(), name, 0..=1_000)?.unwrap_or(*to);
        }
        let few = bounded(FILE, text, file.few.children.as_ref(), "children", 1..=1_000)?;
        self.few = few.unwrap_or(self.few);
        let words = file.neutral.into_iter().map(|(id, words)| (id, Words { zh: words.zh, en: words.en }));
        self.neutral.extend(words);
        self.titles.extend(file.words.titles);
        self.surnames.extend(file.words.surnames);
        self.forms_of_address.extend(file.words.forms_of_address);
        self.place_ends.extend(file.words.place_ends);
        self.everyday.extend(file.words.everyday);
        Ok(())
    }

    /// What stands in a Chinese or an English line in the place of something; each `#` becomes one of the numbers.
    pub fn neutral(&self, id: &str, chinese: bool, numbers: &[u32]) -> String {
        let words = self.neutral.get(id);
        let word = words.map_or("", |words| if chinese { &words.zh } else { &words.en });
        let mut parts = word.split('#');
        let mut text = format!("[{}", parts.next().unwrap_or_default());
        for (part, number) in
            parts.zip(numbers.iter().map(u32::to_string).chain(std::iter::repeat(String::new())))
        {
            text.push_str(&number);
            text.push_str(part);
        }
        text.push(']');
        text
    }
}
