//! The needs study 需求调查: what children need by kind and place, what of it is not given, and where a service would help
//! most. What on file says a need is data: `needs.toml`.
//!
//! A set of needs is the bits of a number, in the order of the table: a station's files are read through once, and of
//! each child no more than two such sets is held.

mod table;

use super::Certainty;
use super::deadlines::Words;
use super::fault::RuleFault;
use crate::domain::forms::{agency, base, goal, referral};
use crate::domain::{FieldId, Fields, RecordKind, Value};
use chrono::{Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::BitOrAssign;

/// The table that ships with the program, and the name of a station's copy.
pub const FILE: &str = "needs.toml";
pub(super) const CORE: &str = include_str!("../../assets/practice/needs.toml");

/// Months after which a referral that came to nothing says nothing any more.
const REFERRED: u32 = 12;

#[derive(Clone, Debug, PartialEq)]
pub struct NeedRules {
    /// A count below this is not told outside.
    pub few: usize,
    /// From so many children on a service is missed.
    pub open_from: usize,
    /// Ids of rules for flags: whose families may give up a child, who had no contact with the parents this week.
    pub giving_up: Vec<String>,
    pub without_contact: Vec<String>,
    needs: Vec<Need>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    pub id: String,
    pub name: Words,
    domains: Vec<String>,
    agencies: Vec<String>,
    /// In small letters.
    words: Vec<String>,
    bases: bool,
    says: Vec<Sign>,
    given: Vec<Sign>,
    pub source: Words,
    pub certainty: Certainty,
}

/// What a record can show.
#[derive(Clone, Debug, PartialEq)]
struct Sign {
    from: RecordKind,
    is: Vec<(FieldId, Vec<String>)>,
    yes: Vec<FieldId>,
    filled: Vec<FieldId>,
    empty: Vec<FieldId>,
    /// Months since its day; a record without a day is not old.
    within: Option<u32>,
}

impl Sign {
    fn holds(&self, kind: RecordKind, fields: &Fields, on: Option<NaiveDate>, today: NaiveDate) -> bool {
        let is = |(field, codes): &(FieldId, Vec<String>)| {
            fields.choices(field).any(|have| codes.iter().any(|code| code == have))
        };
        kind == self.from
            && self.is.iter().all(is)
            && self.yes.iter().all(|field| fields.get(field) == Some(&Value::Yes(true)))
            && self.filled.iter().all(|field| fields.get(field).is_some())
            && self.empty.iter().all(|field| fields.get(field).is_none())
            && self.within.is_none_or(|months| is_recent(on, months, today))
    }
}

fn is_recent(on: Option<NaiveDate>, months: u32, today: NaiveDate) -> bool {
    let ends = on.and_then(|on| on.checked_add_months(Months::new(months)));
    ends.is_none_or(|end| end > today)
}

/// Sets of needs of one child.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub says: u32,
    pub given: u32,
}

impl Told {
    pub fn unmet(self) -> u32 {
        self.says & !self.given
    }
}

impl BitOrAssign for Told {
    fn bitor_assign(&mut self, other: Self) {
        self.says |= other.says;
        self.given |= other.given;
    }
}

impl NeedRules {
    /// The core's table, under a station's own.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line.
    pub fn of_station(own: Option<&str>, is_rule: &dyn Fn(&str) -> bool) -> Result<Self, RuleFault> {
        table::read(CORE, own, is_rule)
    }

    pub fn needs(&self) -> &[Need] {
        &self.needs
    }

    fn which(&self, of: impl Fn(&Need) -> bool) -> u32 {
        self.needs.iter().enumerate().filter(|(_, need)| of(need)).fold(0, |bits, (at, _)| bits | 1 << at)
    }

    /// The kinds of records of a child that say anything, the scores aside.
    pub fn reads(&self) -> BTreeSet<RecordKind> {
        let signs = self.needs.iter().flat_map(|need| need.says.iter().chain(&need.given));
        let kinds = signs.map(|sign| sign.from).filter(|kind| *kind != RecordKind::Child);
        kinds.chain([RecordKind::Goal, RecordKind::Referral]).collect()
    }

    /// What a record says; `on` is the day it is about.
    pub fn of_record(
        &self,
        kind: RecordKind,
        fields: &Fields,
        on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Told {
        let holds = |signs: &[Sign]| signs.iter().any(|sign| sign.holds(kind, fields, on, today));
        let mut told =
            Told { says: self.which(|need| holds(&need.says)), given: self.which(|need| holds(&need.given)) };
        match kind {
            RecordKind::Goal => told |= self.of_goal(fields),
            RecordKind::Referral => told |= self.of_referral(fields, on, today),
            _ => {}
        }
        told
    }

    fn of_goal(&self, fields: &Fields) -> Told {
        if [goal::REACHED, goal::DROPPED].iter().any(|end| fields.get(end).is_some()) {
            return Told::default();
        }
        let says = self.of_domain(fields.text(&goal::DOMAIN));
        let served = !fields.text(&goal::SERVICE).trim().is_empty();
        Told { says, given: if served { says } else { 0 } }
    }

    fn of_referral(&self, fields: &Fields, on: Option<NaiveDate>, today: NaiveDate) -> Told {
        let to = fields.text(&referral::TO);
        let says = self.which(|need| need.agencies.iter().any(|agency| agency == to));
        let given = match fields.text(&referral::OUTCOME) {
            "helped" | "partly" => is_recent(on, REFERRED, today),
            "refused" | "not-entitled" if is_recent(on, REFERRED, today) => false,
            // Not sent yet, withdrawn, or refused long ago.
            _ if fields.get(&referral::ENDED).is_some() || on.is_none() => return Told::default(),
            _ => fields.get(&referral::RECEIVED).is_some(),
        };
        Told { says, given: if given { says } else { 0 } }
    }

    /// The needs of a domain of assessment: those that its latest score in red says.
    pub fn of_domain(&self, domain: &str) -> u32 {
        self.which(|need| need.domains.iter().any(|own| own == domain))
    }

    /// What an entry of the directory, or a base, offers; nothing, once it ended.
    pub fn offer(&self, kind: RecordKind, fields: &Fields) -> Option<Offer> {
        let of = |name, place, ended, needs| Offer {
            name: fields.text(name).to_owned(),
            place: fields.text(place).to_owned(),
            needs: if fields.get(ended).is_some() { 0 } else { needs },
        };
        let offer = match kind {
            RecordKind::Agency => {
                let (is, service) =
                    (fields.text(&agency::KIND), fields.text(&agency::SERVICE).to_lowercase());
                let needs = self.which(|need| {
                    need.agencies.iter().any(|agency| agency == is)
                        || need.words.iter().any(|word| service.contains(word))
                });
                of(&agency::NAME, &agency::PLACE, &agency::ENDED, needs)
            }
            RecordKind::Base => of(&base::NAME, &base::PLACE, &base::ENDED, self.which(|need| need.bases)),
            _ => return None,
        };
        (offer.needs != 0).then_some(offer)
    }
}

/// Somebody who offers something somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub name: String,
    pub place: String,
    pub needs: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    #[default]
    Village,
    Town,
}

impl Grain {
    /// The place of a village: itself, or the town that its name begins with, if it names one.
    pub fn place(self, village: &str) -> &str {
        let village = village.trim();
        match self {
            Grain::Village => village,
            Grain::Town => town(village).unwrap_or(village),
        }
    }
}

fn town(village: &str) -> Option<&str> {
    let end = ["街道", "苏木", "镇", "乡"]
        .iter()
        .filter_map(|word| village.find(word).filter(|at| *at > 0).map(|at| at + word.len()))
        .min()?;
    village.get(..end)
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceNeeds {
    /// "" where none is on file.
    pub place: String,
    /// With any unmet need.
    pub children: usize,
    /// Unmet, in the order of the needs.
    pub unmet: Vec<usize>,
}

/// Who offers what a place lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offered {
    Nowhere,
    /// Elsewhere: one of them.
    Elsewhere(String),
    /// There, and still these children go without.
    Here(String),
}

/// Children of a place who need something and do not get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub place: String,
    /// Position among the needs.
    pub need: usize,
    pub children: usize,
    pub offered: Offered,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Study {
    /// Those with the most children first.
    pub places: Vec<PlaceNeeds>,
    /// What would help most first: where nobody offers it before where somebody does.
    pub openings: Vec<Opening>,
}

/// Counts children by the place where they live.
pub fn study<'a>(
    rules: &NeedRules,
    children: impl Iterator<Item = (&'a str, Told)>,
    offers: &[Offer],
    grain: Grain,
) -> Study {
    let mut places: BTreeMap<&str, PlaceNeeds> = BTreeMap::new();
    let count = rules.needs.len();
    for (village, told) in children.filter(|(_, told)| told.unmet() != 0) {
        let name = grain.place(village);
        let place = places.entry(name).or_insert_with(|| PlaceNeeds {
            place: name.to_owned(),
            children: 0,
            unmet: vec![0; count],
        });
        place.children += 1;
        for (at, unmet) in place.unmet.iter_mut().enumerate() {
            *unmet += usize::from(told.unmet() >> at & 1 == 1);
        }
    }
    let mut places: Vec<PlaceNeeds> = places.into_values().collect();
    places.sort_by_key(|place| std::cmp::Reverse(place.children));
    let mut openings: Vec<Opening> = places
        .iter()
        .flat_map(|place| {
            place.unmet.iter().enumerate().map(move |(need, children)| (place, need, *children))
        })
        .filter(|(.., children)| *children > 0 && *children >= rules.open_from)
        .map(|(place, need, children)| Opening {
            place: place.place.clone(),
            need,
            children,
            offered: offered(&place.place, need, offers),
        })
        .collect();
    openings.sort_by_key(|one| (matches!(one.offered, Offered::Here(_)), std::cmp::Reverse(one.children)));
    Study { places, openings }
}

/// An address names the village, or the town that it belongs to.
fn offered(place: &str, need: usize, offers: &[Offer]) -> Offered {
    let is_here = |offer: &&Offer| {
        let town = town(place).unwrap_or(place);
        !place.is_empty() && (offer.place.contains(place) || offer.place.contains(town))
    };
    let mut such = offers.iter().filter(|offer| offer.needs >> need & 1 == 1).peekable();
    match (such.peek().map(|first| first.name.clone()), such.find(is_here)) {
        (_, Some(here)) => Offered::Here(here.name.clone()),
        (Some(elsewhere), None) => Offered::Elsewhere(elsewhere),
        (None, None) => Offered::Nowhere,
    }
}

/// A count as it may leave the station: `None` for one so small that it may point at somebody.
pub fn outside(count: usize, few: usize) -> Option<usize> {
    (count == 0 || count >= few).then_some(count)
}

/// A sum over places as it may leave: rounded down, so that a hidden count cannot be taken out of it by subtraction.
pub fn outside_sum(count: usize, few: usize) -> usize {
    count - count % few.max(1)
}

#[cfg(test)]
mod tests;
