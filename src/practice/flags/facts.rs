//! What the rules may know, and by which names: the facts of a child, and of what belongs to it.
//!
//! The same names stand in a rule's `when` and in the JSON form of `tonghu rules explain`.

use crate::domain::forms::{self, services};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use thiserror::Error;

/// One thing that is known.
#[derive(Clone, PartialEq, Eq)]
pub enum Fact {
    Yes(bool),
    Number(i64),
    Date(NaiveDate),
    Codes(BTreeSet<String>),
}

/// No number of a fact is larger.
pub(super) const MOST_NUMBER: i64 = 1_000_000_000;

/// What a fact can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Yes,
    /// From 0 to [`MOST_NUMBER`].
    Number,
    /// Not after today.
    Past,
    Day,
    /// One of these.
    One(&'static [&'static str]),
    /// Any of these.
    Many(&'static [&'static str]),
}

/// A fact's name and what it can be.
pub type Word = (&'static str, Kind);

/// Of the child itself.
#[rustfmt::skip] // a table: one fact a line
pub const CHILD: &[Word] = &[
    ("birth", Kind::Past),
    ("sex", Kind::One(forms::SEXES)),
    ("categories", Kind::Many(forms::CATEGORIES)),
    ("risk", Kind::One(forms::RISKS)),
    ("registered", Kind::Past),
    ("found", Kind::Past),
    ("lives", Kind::One(services::LIVES)),
    // A child under 8, or one that needs looking after, is left without anybody who looks after it.
    ("unattended", Kind::Yes),
    ("schooling", Kind::One(services::SCHOOLING)),
    ("offending", Kind::One(services::OFFENDING)),
    ("no-hukou", Kind::Yes),
    ("no-number", Kind::Yes),
    ("rural", Kind::Yes),
    ("disability", Kind::One(services::DISABILITY)),
    ("illness", Kind::One(services::ILLNESS)),
    ("signs", Kind::Many(services::SIGNS)),
    ("situations", Kind::Many(services::SITUATIONS)),
    ("reported", Kind::Past),
    ("receipt", Kind::Yes),
    ("finding-closed", Kind::Past),
    ("first-response", Kind::Past),
    ("last-visit", Kind::Past),
    ("last-contact", Kind::Past),
    ("last-reached", Kind::Past),
    // Since somebody was last reached: how often nobody was, and from when on.
    ("attempts", Kind::Number),
    ("first-attempt", Kind::Past),
    ("last-family-contact", Kind::Past),
    ("parents-away-since", Kind::Past),
    ("notice-to-school", Kind::Past),
    ("notice-to-village", Kind::Past),
    ("child-heard", Kind::Yes),
    ("care-confirmed", Kind::Past),
    ("carer-grounds", Kind::Many(services::CARER_GROUNDS)),
    ("opened", Kind::Past),
    ("assessed", Kind::Past),
    ("planned", Kind::Past),
    ("plan-approved", Kind::Past),
    // What had been approved was changed.
    ("plan-lapsed", Kind::Past),
    // A supervisor did not approve the plan or the closure.
    ("sent-back", Kind::Past),
    ("served", Kind::Past),
    ("reviewed", Kind::Past),
    ("closed", Kind::Past),
    ("close-reason", Kind::One(forms::CLOSE_REASONS)),
    ("close-approved", Kind::Past),
    ("arrangement", Kind::Yes),
    ("reopened", Kind::Past),
    ("temporary-guardian-since", Kind::Past),
    ("income", Kind::Number),
    ("income-line", Kind::Number),
    ("medical-cost", Kind::Number),
    ("benefits", Kind::Many(services::AIDS)),
];

/// What there may be several of, with the facts of each.
#[rustfmt::skip] // a table: one fact a line
pub const LISTS: &[(&str, &[Word])] = &[
    ("parents", &[
        ("role", Kind::One(&["father", "mother"])),
        ("circumstance", Kind::One(forms::CIRCUMSTANCES)),
        ("since", Kind::Past),
        ("until", Kind::Day),
        ("reported", Kind::Past),
        ("paper", Kind::Yes),
        ("grade", Kind::One(services::GRADES)),
        ("mental", Kind::Yes),
        ("child-knows", Kind::Yes),
        ("last-visited", Kind::Past),
    ]),
    ("referrals", &[
        ("to", Kind::One(services::AGENCIES)),
        ("sent", Kind::Past),
        ("consented", Kind::Past),
        ("withdrawn", Kind::Past),
        // Its last day, if it was given for a time.
        ("consent-until", Kind::Day),
        ("received", Kind::Past),
        ("chase", Kind::Day),
        ("ended", Kind::Past),
        ("outcome", Kind::One(services::OUTCOMES)),
        ("emergency", Kind::Yes),
    ]),
    ("placements", &[
        ("kind", Kind::One(services::PLACEMENTS)),
        ("begun", Kind::Past),
        ("ended", Kind::Past),
        ("trial-ended", Kind::Past),
        ("agreement", Kind::Past),
        ("agreement-until", Kind::Day),
        ("child-consented", Kind::Yes),
        ("visited", Kind::Past),
        ("foster-children", Kind::Number),
        ("own-children", Kind::Number),
        ("youngest-own", Kind::Past),
        ("carer-birth", Kind::Past),
        ("carer-checked", Kind::Past),
        ("carer-trained", Kind::Past),
        ("notice", Kind::Past),
    ]),
    ("goals", &[
        ("due", Kind::Day),
        ("reached", Kind::Past),
        ("dropped", Kind::Past),
        ("owner", Kind::Yes),
    ]),
    ("scores", &[
        ("instrument", Kind::One(services::DOMAINS)),
        ("moment", Kind::One(&["baseline", "review", "end"])),
        ("on", Kind::Past),
        ("band", Kind::One(&["red", "yellow", "blue", "green"])),
        ("missing", Kind::Number),
    ]),
    ("volunteers", &[
        ("checked", Kind::Past),
        ("trained", Kind::Past),
        ("own-child", Kind::Yes),
        ("matched", Kind::Past),
        ("last-session", Kind::Past),
        ("ended", Kind::Past),
    ]),
    ("aid", &[
        ("kind", Kind::One(&["money", "food", "clothes", "school", "medicine", "equipment", "other"])),
        ("on", Kind::Past),
        ("donor", Kind::Number),
        ("signed", Kind::Yes),
    ]),
    ("workers", &[
        ("cases", Kind::Number),
        ("full-time", Kind::Yes),
        ("checked", Kind::Past),
        ("trained", Kind::Past),
    ]),
    ("stations", &[
        ("level", Kind::One(&["city", "county", "station"])),
        ("workers", Kind::Number),
        ("supervisors", Kind::Number),
        // Workers to one supervisor, in its own house and below it where nobody else supervises.
        ("span", Kind::Number),
        ("children", Kind::Number),
    ]),
];

/// What is known of one thing: the child, or one of those that belong to it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Facts {
    words: &'static [Word],
    /// As the words stand, as far as the last that is known: a rule knows the place of its word.
    known: Vec<Option<Fact>>,
    lists: BTreeMap<&'static str, Vec<Facts>>,
}

/// Why a fact cannot be taken. The text is for the log and for scripts; screens have theirs in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FactFlaw {
    #[error("there is no fact of this name")]
    Unknown,
    #[error("must be {0}")]
    NotA(Wanted),
    #[error("lies after today")]
    AfterToday,
    #[error("lies before `{0}`")]
    Before(&'static str),
    #[error("more than {0}")]
    TooMany(usize),
}

/// Pairs of which the second cannot come before the first.
const ORDER: &[(&str, &str)] = &[
    ("since", "until"),
    ("birth", "registered"),
    ("birth", "found"),
    ("birth", "first-response"),
    ("birth", "last-visit"),
    ("birth", "last-contact"),
    ("birth", "last-reached"),
    ("birth", "first-attempt"),
    ("birth", "last-family-contact"),
    ("found", "finding-closed"),
    ("opened", "assessed"),
    ("opened", "planned"),
    ("opened", "reviewed"),
    ("opened", "closed"),
    // A case that was reopened may be closed again later.
    ("opened", "reopened"),
    ("sent", "received"),
    ("sent", "chase"),
    ("sent", "ended"),
    ("consented", "withdrawn"),
    ("consented", "consent-until"),
    ("matched", "last-session"),
    ("matched", "ended"),
    ("begun", "ended"),
    ("begun", "trial-ended"),
    ("agreement", "agreement-until"),
];

/// What cannot happen to a child before it is born.
const AFTER_BIRTH: &[(&str, &str)] =
    &[("referrals", "sent"), ("placements", "begun"), ("scores", "on"), ("aid", "on")];

/// What should stand where something else was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Of(Kind),
    List,
    Object,
    /// In a condition; in JSON it is `true` or `false`.
    YesOrNo,
}

/// For the log and for scripts, as with the flaws.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Wanted::Of(Kind::Yes) => f.write_str("true or false"),
            Wanted::Of(Kind::Number) => f.write_str("a whole number from 0 to 1000000000"),
            Wanted::Of(Kind::Past | Kind::Day) => f.write_str("a day like 2026-03-01"),
            Wanted::Of(Kind::One(codes)) => write!(f, "one of: {}", codes.join(", ")),
            Wanted::Of(Kind::Many(codes)) => write!(f, "a list of any of: {}", codes.join(", ")),
            Wanted::List => f.write_str("a list"),
            Wanted::Object => f.write_str("an object"),
            Wanted::YesOrNo => f.write_str("yes or no"),
        }
    }
}

impl Kind {
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Kind::One(codes) | Kind::Many(codes) => codes,
            _ => &[],
        }
    }
}

/// The words of the child (no list) or of what is in a list.
pub fn words(list: Option<&str>) -> Option<&'static [Word]> {
    match list {
        None => Some(CHILD),
        Some(list) => LISTS.iter().find(|(name, _)| *name == list).map(|(_, words)| *words),
    }
}

impl Facts {
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.at(self.words.iter().position(|(word, _)| *word == name)?)
    }

    /// By the place of its word.
    pub(super) fn at(&self, place: usize) -> Option<&Fact> {
        self.known.get(place)?.as_ref()
    }

    pub fn date(&self, name: &str) -> Option<NaiveDate> {
        match self.get(name) {
            Some(Fact::Date(date)) => Some(*date),
            _ => None,
        }
    }

    pub fn list(&self, name: &str) -> &[Facts] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// Takes a fact of these words; `None` forgets it.
    ///
    /// # Errors
    /// If there is no such word, or the fact is not of its kind.
    pub fn set(
        &mut self,
        words: &'static [Word],
        name: &str,
        fact: Option<Fact>,
        today: NaiveDate,
    ) -> Result<(), FactFlaw> {
        let place = words.iter().position(|(word, _)| *word == name).ok_or(FactFlaw::Unknown)?;
        let kind = &words[place].1;
        let Some(fact) = fact else {
            if let Some(known) = self.known.get_mut(place) {
                *known = None;
            }
            return Ok(());
        };
        let fits = match (&fact, kind) {
            (Fact::Yes(_), Kind::Yes) | (Fact::Date(_), Kind::Past | Kind::Day) => true,
            (Fact::Number(number), Kind::Number) => (0..=MOST_NUMBER).contains(number),
            (Fact::Codes(codes), Kind::One(known)) => {
                codes.len() == 1 && codes.iter().all(|code| known.contains(&code.as_str()))
            }
            (Fact::Codes(codes), Kind::Many(known)) => {
                codes.iter().all(|code| known.contains(&code.as_str()))
            }
            _ => false,
        };
        if !fits {
            return Err(FactFlaw::NotA(Wanted::Of(*kind)));
        }
        if let (Fact::Date(date), Kind::Past) = (&fact, kind)
            && *date > today
        {
            return Err(FactFlaw::AfterToday);
        }
        self.words = words;
        if self.known.len() <= place {
            self.known.resize(place + 1, None);
        }
        self.known[place] = Some(fact);
        Ok(())
    }

    /// Adds to a list.
    ///
    /// # Errors
    /// If there is no such list.
    pub fn add(&mut self, list: &str, one: Facts) -> Result<(), FactFlaw> {
        let (name, _) = LISTS.iter().find(|(name, _)| *name == list).ok_or(FactFlaw::Unknown)?;
        self.lists.entry(name).or_default().push(one);
        Ok(())
    }

    /// The same in what belongs to a child: which list, which of it, and which of its dates lies before the birth.
    pub fn before_birth(&self) -> Option<(&'static str, usize, &'static str)> {
        let birth = self.date("birth")?;
        AFTER_BIRTH.iter().find_map(|(list, word)| {
            let at = self.list(list).iter().position(|one| one.date(word).is_some_and(|day| day < birth))?;
            Some((*list, at, *word))
        })
    }

    /// A date that comes before one it can only come after: its name, and the other's.
    pub fn out_of_order(&self) -> Option<(&'static str, &'static str)> {
        ORDER
            .iter()
            .find(|(first, second)| self.date(second) < self.date(first) && self.date(second).is_some())
            .map(|(first, second)| (*second, *first))
    }
}

impl Fact {
    /// As it is written in JSON, for "because".
    pub fn written(&self) -> String {
        match self {
            Fact::Yes(yes) => yes.to_string(),
            Fact::Number(number) => number.to_string(),
            Fact::Date(date) => date.to_string(),
            Fact::Codes(codes) => codes.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
        }
    }
}
