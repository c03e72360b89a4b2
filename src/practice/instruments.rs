//! Instruments 量表: short lists of questions that give a number, so that a child can be compared with itself later.
//!
//! They ship in `assets/practice/instruments.toml`, under a station's copy. A version, once in use, is never given other
//! points: what was scored with it would mean something else.

mod table;

use super::RuleFault;
use super::deadlines::{Certainty, Words};
use crate::domain::form::{Choices, FieldKind, FieldSpec, Label, Need, Text};
use crate::domain::forms::score;
use crate::domain::{FieldId, Fields, FormSpec, RecordKind};
use serde::Deserialize;

/// The table that ships with the program, and the name of a station's copy.
pub const FILE: &str = "instruments.toml";
pub const CORE: &str = include_str!("../../assets/practice/instruments.toml");

/// No form is longer.
pub const MOST_ITEMS: usize = 60;

/// Which way a total is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Higher {
    Better,
    Worse,
}

/// How a total is looked at, the most pressing first. No diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Colour {
    Red,
    Yellow,
    Blue,
    Green,
}

impl Colour {
    pub fn code(self) -> &'static str {
        match self {
            Colour::Red => "red",
            Colour::Yellow => "yellow",
            Colour::Blue => "blue",
            Colour::Green => "green",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    pub id: String,
    /// From 1.
    pub version: i64,
    /// Of the list `domain`.
    pub domain: &'static str,
    pub higher: Higher,
    pub name: Words,
    /// Who may answer: of the list `score-by`.
    pub by: Vec<&'static str>,
    /// Of the child whom it is about or who answers, in years.
    pub from_age: u32,
    pub items: Vec<Item>,
    /// Totals that there can be.
    pub least: i64,
    pub most: i64,
    /// From the least total to the most, without gaps.
    pub bands: Vec<Band>,
    pub source: Words,
    pub certainty: Certainty,
    /// Offered for new scores; else kept for what was scored with it.
    pub offered: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub text: Words,
    /// Points and words; no points twice.
    pub answers: Vec<(i64, Words)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    pub colour: Colour,
    /// Both included.
    pub from: i64,
    pub to: i64,
}

/// All versions of all instruments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instruments(Vec<Instrument>);

/// The field of an item, from 0. Its value is a choice whose code is the points, so that they can be read without the
/// instrument.
pub fn item_field(at: usize) -> FieldId {
    FieldId::owned(format!("item-{}", at + 1))
}

impl Instruments {
    /// # Errors
    /// None, if the tests passed.
    pub fn core() -> Result<Self, RuleFault> {
        Self::of_station(None)
    }

    /// The core's, under a station's copy: there, other words replace, `off = true` takes from the list, a new id or
    /// version adds. Of each, the newest version is offered.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line; nothing of the table is in force then.
    pub fn of_station(own: Option<&str>) -> Result<Self, RuleFault> {
        let mut all: Vec<Instrument> = vec![];
        table::read(FILE, CORE, &mut all)?;
        if let Some(text) = own {
            table::read(FILE, text, &mut all)?;
        }
        let newest = |one: &Instrument, all: &[Instrument]| {
            all.iter().filter(|other| other.id == one.id).all(|other| other.version <= one.version)
        };
        for at in 0..all.len() {
            all[at].offered &= newest(&all[at], &all);
        }
        Ok(Self(all))
    }

    pub fn all(&self) -> &[Instrument] {
        &self.0
    }

    pub fn offered(&self) -> impl Iterator<Item = &Instrument> {
        self.0.iter().filter(|one| one.offered)
    }

    pub fn get(&self, id: &str, version: i64) -> Option<&Instrument> {
        self.0.iter().find(|one| one.id == id && one.version == version)
    }

    /// Of a score.
    pub fn of(&self, fields: &Fields) -> Option<&Instrument> {
        self.get(fields.text(&score::INSTRUMENT), fields.number(&score::VERSION)?)
    }

    /// A form for each, from the plain one of scores with whatever the station added to it.
    pub fn forms(&self, plain: &FormSpec) -> Vec<FormSpec> {
        self.0.iter().map(|one| one.form(plain)).collect()
    }
}

impl Instrument {
    /// Id of its form.
    pub fn form_id(&self) -> String {
        format!("score-{}-{}", self.id, self.version)
    }

    pub fn band(&self, total: i64) -> Option<Colour> {
        self.bands.iter().find(|band| (band.from..=band.to).contains(&total)).map(|band| band.colour)
    }

    /// The plain form with the items in it. Which instrument it is stands there, too, and cannot be another.
    fn form(&self, plain: &FormSpec) -> FormSpec {
        let mut fields = vec![];
        for field in &plain.fields {
            let mut field = field.clone();
            if field.id == score::NOTE {
                fields.extend((0..self.items.len()).map(|at| self.item(at)));
            } else if field.id == score::INSTRUMENT {
                field.kind = FieldKind::One(one_of("instrument", vec![(self.id.clone(), &self.name)]));
            } else if field.id == score::VERSION {
                field.kind = FieldKind::Number { min: self.version, max: self.version };
            } else if field.id == score::BY
                && let FieldKind::One(choices) = &mut field.kind
            {
                choices.codes.retain(|code| self.by.contains(&&**code));
            }
            fields.push(field);
        }
        FormSpec { id: self.form_id().into(), kind: RecordKind::Score, fields }
    }

    /// Expected only: a child may leave any question out, and that is kept as it is.
    fn item(&self, at: usize) -> FieldSpec {
        let item = &self.items[at];
        let numbered = |text: &str| format!("{}. {text}", at + 1);
        let answers = item.answers.iter().map(|(points, words)| (points.to_string(), words)).collect();
        FieldSpec {
            id: item_field(at),
            kind: FieldKind::One(one_of("answer", answers)),
            need: Need::Expected,
            label: Label::Own {
                zh: numbered(&item.text.zh),
                en: numbered(&item.text.en),
                help_zh: item.text.zh.clone(),
                help_en: item.text.en.clone(),
            },
            section: "score-items".into(),
            when: None,
            columns: vec![],
            personal: false,
            delicate: true,
        }
    }
}

fn one_of(list: &'static str, choices: Vec<(String, &Words)>) -> Choices {
    let (codes, own) = choices
        .into_iter()
        .map(|(code, words)| (Text::Owned(code), (words.zh.clone(), words.en.clone())))
        .unzip();
    Choices { list: list.into(), codes, own }
}

#[cfg(test)]
mod tests;
