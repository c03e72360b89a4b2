//! The `when` of a rule: read from its words, and turned into the days on which it holds.
//!
//! ```text
//! lives = alone and age < 16
//! from last-visit + 7d                              on that day and all after it
//! before until - 30d                                on all days before it
//! until >= since + 6m                               two dates compared
//! 2 parents (gone and not paper)                    at least two; also: any, every, no
//! child.risk = high|medium                          inside a list: a fact of the child
//! income < income-line                              two numbers compared
//! known birth, unknown birth, caseload > 25, unattended, unattended = no, not (…), … or …
//! ```
//! What is not known makes an atom false, so `not` of it is true: where that would be wrong a rule says `known`.

use super::days::Days;
use super::facts::{Fact, Facts, Kind, LISTS, Word, words};
use super::length;
use crate::practice::Offset;
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;
use std::sync::Arc;
use thiserror::Error;

#[derive(Debug, PartialEq)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// At least so many in a list.
    AtLeast(usize, &'static str, Box<Condition>),
    Every(&'static str, Box<Condition>),
    From(Day),
    Before(Day),
    Compare(Day, Relation, Day),
    Known(Name),
    Is(Name, Vec<String>),
    Yes(Name, bool),
    Number(Name, Relation, i64),
    Numbers(Name, Relation, Name),
    /// Years lived since a day of birth.
    Age(Name, Relation, u32),
    Named(Arc<Condition>),
}

/// A fact of what the rule is about, or of the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub name: &'static str,
    pub of_child: bool,
}

/// A day that a fact gives, moved.
#[derive(Debug, PartialEq)]
pub(super) struct Day(Name, Option<Offset>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Less,
    AtMost,
    AtLeast,
    More,
}

/// What is wrong in a condition, for the log and for scripts.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unclear {
    #[error("`{0}` is not known here; the facts are listed in the rules' README")]
    Name(String),
    #[error("`{name}` cannot be `{code}`; it is {wanted}")]
    Code { name: String, code: String, wanted: String },
    #[error("`{0}` is {1}, which cannot be asked so")]
    Kind(String, String),
    #[error("`{0}` is no length of time; write 7d or 6m")]
    Offset(String),
    #[error("{wanted} expected before `{at}`")]
    Expected { wanted: &'static str, at: String },
    #[error("it goes too deep; use names for its parts")]
    Deep,
}

/// Conditions that have a name, by the list they are about ("" is the child).
pub(super) type Names = BTreeMap<(String, String), Arc<Condition>>;

const DEEPEST: usize = 24;

pub(super) fn read(text: &str, about: Option<&'static str>, names: &Names) -> Result<Condition, Unclear> {
    let mut reader = Reader { tokens: tokens(text), at: 0, about, names, depth: 0 };
    let condition = reader.any()?;
    match reader.peek() {
        "" => Ok(condition),
        _ => Err(reader.expected("and, or")),
    }
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = vec![];
    let mut joined = false;
    for c in text.chars() {
        let word = c.is_alphanumeric() || c == '.';
        let joins = tokens.last().is_some_and(|last| match c {
            // Inside a word a dash joins; `a - 7d` has spaces about it.
            '-' => last.chars().all(|c| c.is_alphanumeric() || "-.".contains(c)),
            '=' => last == "<" || last == ">",
            _ => word && last.chars().all(|c| c.is_alphanumeric() || "-.".contains(c)) && last != "-",
        });
        match c {
            c if c.is_whitespace() => {
                joined = false;
                continue;
            }
            c if joined && joins => {
                if let Some(last) = tokens.last_mut() {
                    last.push(c);
                }
            }
            c => tokens.push(c.into()),
        }
        joined = true;
    }
    tokens
}

struct Reader<'a> {
    tokens: Vec<String>,
    at: usize,
    about: Option<&'static str>,
    names: &'a Names,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        let token = self.peek().to_owned();
        self.at += 1;
        token
    }

    fn take(&mut self, token: &str) -> bool {
        let there = self.peek() == token;
        self.at += usize::from(there);
        there
    }

    fn expected(&self, wanted: &'static str) -> Unclear {
        let at = match self.peek() {
            "" => "the end".into(),
            token => token.into(),
        };
        Unclear::Expected { wanted, at }
    }

    fn any(&mut self) -> Result<Condition, Unclear> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unclear::Deep);
        }
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Ok(one_or(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, Unclear> {
        let mut parts = vec![self.one()?];
        while self.take("and") {
            parts.push(self.one()?);
        }
        Ok(one_or(parts, Condition::All))
    }

    fn one(&mut self) -> Result<Condition, Unclear> {
        let mut denied = false;
        while self.take("not") {
            denied = !denied;
        }
        let condition = self.plain()?;
        Ok(if denied { Condition::Not(Box::new(condition)) } else { condition })
    }

    fn plain(&mut self) -> Result<Condition, Unclear> {
        if self.take("(") {
            let inner = self.any()?;
            return if self.take(")") { Ok(inner) } else { Err(self.expected(")")) };
        }
        match self.peek() {
            "any" | "every" | "no" => self.of_list(),
            number if number.parse::<usize>().is_ok() => self.of_list(),
            "from" => {
                self.at += 1;
                self.day().map(Condition::From)
            }
            "before" => {
                self.at += 1;
                self.day().map(Condition::Before)
            }
            "known" => {
                self.at += 1;
                self.name().map(|(name, _)| Condition::Known(name))
            }
            "unknown" => {
                self.at += 1;
                self.name().map(|(name, _)| Condition::Not(Box::new(Condition::Known(name))))
            }
            "age" => self.age(),
            _ => self.about_fact(),
        }
    }

    fn of_list(&mut self) -> Result<Condition, Unclear> {
        let how = self.next();
        let list = self.next();
        let (list, _) = LISTS.iter().find(|(name, _)| *name == list).ok_or(Unclear::Name(list))?;
        if !self.take("(") {
            return Err(self.expected("("));
        }
        let outside = self.about.replace(list);
        let inner = self.any();
        self.about = outside;
        let inner = Box::new(inner?);
        if !self.take(")") {
            return Err(self.expected(")"));
        }
        Ok(match how.as_str() {
            "any" => Condition::AtLeast(1, list, inner),
            "every" => Condition::Every(list, inner),
            "no" => Condition::Not(Box::new(Condition::AtLeast(1, list, inner))),
            number => Condition::AtLeast(number.parse().unwrap_or(usize::MAX), list, inner),
        })
    }

    fn name(&mut self) -> Result<(Name, Kind), Unclear> {
        let token = self.next();
        self.lookup(&token)
    }

    fn lookup(&self, token: &str) -> Result<(Name, Kind), Unclear> {
        let of_child = token.strip_prefix("child.");
        let about = if of_child.is_some() { None } else { self.about };
        let word = |(name, kind): &Word| (Name { name, of_child: about.is_none() }, *kind);
        let wanted = of_child.unwrap_or(token);
        let found = words(about).and_then(|words| words.iter().find(|(name, _)| *name == wanted));
        found.map(word).ok_or_else(|| Unclear::Name(token.to_owned()))
    }

    fn day(&mut self) -> Result<Day, Unclear> {
        let token = self.peek().to_owned();
        let (name, kind) = self.name()?;
        if !matches!(kind, Kind::Past | Kind::Day) {
            return Err(Unclear::Kind(token, kind.wanted()));
        }
        let back = match self.peek() {
            "+" => false,
            "-" => true,
            _ => return Ok(Day(name, None)),
        };
        self.at += 1;
        let written = self.next();
        let moved = match length(&written) {
            Some(Offset::Days(days)) => Offset::Days(if back { -days } else { days }),
            Some(Offset::Months(months)) => Offset::Months(if back { -months } else { months }),
            _ => return Err(Unclear::Offset(written)),
        };
        Ok(Day(name, Some(moved)))
    }

    fn relation(&mut self) -> Result<Relation, Unclear> {
        let relation = match self.peek() {
            "<" => Relation::Less,
            "<=" => Relation::AtMost,
            ">=" => Relation::AtLeast,
            ">" => Relation::More,
            _ => return Err(self.expected("<, <=, >=, >")),
        };
        self.at += 1;
        Ok(relation)
    }

    fn number<T: std::str::FromStr>(&mut self) -> Result<T, Unclear> {
        let number = self.peek().parse().map_err(|_| self.expected("a number"))?;
        self.at += 1;
        Ok(number)
    }

    /// `age < 16`, `age of carer-birth >= 30`
    fn age(&mut self) -> Result<Condition, Unclear> {
        self.at += 1;
        let birth = if self.take("of") { self.next() } else { "child.birth".into() };
        let (name, kind) = self.lookup(&birth)?;
        if kind != Kind::Past {
            return Err(Unclear::Kind(birth, kind.wanted()));
        }
        Ok(Condition::Age(name, self.relation()?, self.number()?))
    }

    fn about_fact(&mut self) -> Result<Condition, Unclear> {
        let token = self.peek().to_owned();
        if token.is_empty() {
            return Err(self.expected("a condition"));
        }
        if let Some(named) = self.named(&token) {
            self.at += 1;
            return Ok(Condition::Named(named));
        }
        let (name, kind) = self.lookup(&token)?;
        match kind {
            Kind::Past | Kind::Day => {
                let first = self.day()?;
                let relation = self.relation()?;
                Ok(Condition::Compare(first, relation, self.day()?))
            }
            Kind::Number => {
                self.at += 1;
                let relation = self.relation()?;
                if self.peek().parse::<i64>().is_ok() {
                    return Ok(Condition::Number(name, relation, self.number()?));
                }
                let token = self.peek().to_owned();
                if token.is_empty() {
                    return Err(self.expected("a number"));
                }
                match self.name()? {
                    (other, Kind::Number) => Ok(Condition::Numbers(name, relation, other)),
                    (_, kind) => Err(Unclear::Kind(token, kind.wanted())),
                }
            }
            Kind::Yes => {
                self.at += 1;
                if !self.take("=") {
                    return Ok(Condition::Yes(name, true));
                }
                match self.next().as_str() {
                    "yes" => Ok(Condition::Yes(name, true)),
                    "no" => Ok(Condition::Yes(name, false)),
                    other => {
                        Err(Unclear::Code { name: token, code: other.into(), wanted: "yes or no".into() })
                    }
                }
            }
            Kind::One(_) | Kind::Many(_) => {
                self.at += 1;
                if !self.take("=") {
                    return Err(self.expected("="));
                }
                let mut codes = vec![self.code(&token, kind)?];
                while self.take("|") {
                    codes.push(self.code(&token, kind)?);
                }
                Ok(Condition::Is(name, codes))
            }
        }
    }

    fn named(&self, token: &str) -> Option<Arc<Condition>> {
        let about = self.about.unwrap_or_default();
        self.names.get(&(about.to_owned(), token.to_owned())).cloned()
    }

    fn code(&mut self, name: &str, kind: Kind) -> Result<String, Unclear> {
        let code = self.next();
        match kind.codes().contains(&code.as_str()) {
            true => Ok(code),
            false => Err(Unclear::Code { name: name.into(), code, wanted: kind.wanted() }),
        }
    }
}

fn one_or(mut parts: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.len() {
        1 => parts.remove(0),
        _ => several(parts),
    }
}

/// What a condition is asked about.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub child: &'a Facts,
    /// What the rule is about: the child, or one of a list and which.
    pub here: &'a Facts,
    pub place: Option<(&'static str, usize)>,
}

/// A fact that made a rule hold, or whose absence did.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Because {
    /// In which list, and which of it from 0; none: of the child.
    pub of: Option<(&'static str, usize)>,
    pub fact: &'static str,
    /// As in JSON; none: it is not known.
    pub value: Option<String>,
}

/// Which fact, not its value: it is about a family.
impl std::fmt::Debug for Because {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Because({})", self.fact)
    }
}

impl<'a> Scene<'a> {
    pub(super) fn of_child(child: &'a Facts) -> Self {
        Self { child, here: child, place: None }
    }

    pub(super) fn of_list(self, list: &'static str) -> impl Iterator<Item = Scene<'a>> {
        let all = self.child.list(list).iter().enumerate();
        all.map(move |(at, one)| Scene { child: self.child, here: one, place: Some((list, at)) })
    }

    fn fact(&self, name: Name) -> Option<&'a Fact> {
        let facts = if name.of_child { self.child } else { self.here };
        facts.get(name.name)
    }

    fn date(&self, name: Name) -> Option<NaiveDate> {
        match self.fact(name) {
            Some(Fact::Date(date)) => Some(*date),
            _ => None,
        }
    }

    fn day(&self, day: &Day) -> Option<NaiveDate> {
        let date = self.date(day.0)?;
        match day.1 {
            Some(Offset::Days(days)) => date.checked_add_signed(chrono::TimeDelta::days(days.into())),
            Some(Offset::Months(months)) => months_from(date, months),
            _ => Some(date),
        }
    }

    fn because(&self, name: Name) -> Because {
        let of = if name.of_child { None } else { self.place };
        Because { of, fact: name.name, value: self.fact(name).map(Fact::written) }
    }
}

fn months_from(date: NaiveDate, months: i32) -> Option<NaiveDate> {
    let by = Months::new(months.unsigned_abs());
    if months < 0 { date.checked_sub_months(by) } else { date.checked_add_months(by) }
}

impl Relation {
    fn holds<T: Ord>(self, first: T, second: T) -> bool {
        match self {
            Relation::Less => first < second,
            Relation::AtMost => first <= second,
            Relation::AtLeast => first >= second,
            Relation::More => first > second,
        }
    }
}

impl Condition {
    /// The days on which it holds.
    pub(super) fn days(&self, scene: Scene) -> Days {
        match self {
            Self::All(parts) => parts.iter().fold(Days::always(), |days, part| days.and(&part.days(scene))),
            Self::Any(parts) => parts.iter().fold(Days::never(), |days, part| days.or(&part.days(scene))),
            Self::Not(inner) => inner.days(scene).not(),
            Self::AtLeast(count, list, inner) => {
                let all: Vec<Days> = scene.of_list(list).map(|one| inner.days(one)).collect();
                Days::at_least(*count, &all.iter().collect::<Vec<_>>())
            }
            Self::Every(list, inner) => {
                let all: Vec<Days> = scene.of_list(list).map(|one| inner.days(one)).collect();
                if all.is_empty() {
                    return Days::never();
                }
                Days::at_least(all.len(), &all.iter().collect::<Vec<_>>())
            }
            Self::From(day) => scene.day(day).map_or_else(Days::never, Days::from),
            Self::Before(day) => scene.day(day).map_or_else(Days::never, Days::before),
            Self::Compare(first, relation, second) => {
                let both = scene.day(first).zip(scene.day(second));
                Days::when(both.is_some_and(|(first, second)| relation.holds(first, second)))
            }
            Self::Known(name) => Days::when(scene.fact(*name).is_some()),
            Self::Is(name, codes) => Days::when(match scene.fact(*name) {
                Some(Fact::Codes(is)) => codes.iter().any(|code| is.contains(code)),
                _ => false,
            }),
            Self::Yes(name, wanted) => {
                Days::when(matches!(scene.fact(*name), Some(Fact::Yes(yes)) if yes == wanted))
            }
            Self::Number(name, relation, number) => Days::when(match scene.fact(*name) {
                Some(Fact::Number(is)) => relation.holds(*is, *number),
                _ => false,
            }),
            Self::Numbers(first, relation, second) => {
                Days::when(match (scene.fact(*first), scene.fact(*second)) {
                    (Some(Fact::Number(first)), Some(Fact::Number(second))) => relation.holds(first, second),
                    _ => false,
                })
            }
            Self::Age(name, relation, years) => {
                let Some(birth) = scene.date(*name) else { return Days::never() };
                // Older than 17 is 18 and more.
                let (years, less) = match relation {
                    Relation::Less => (*years, true),
                    Relation::AtMost => (years.saturating_add(1), true),
                    Relation::AtLeast => (*years, false),
                    Relation::More => (years.saturating_add(1), false),
                };
                let on = birth.checked_add_months(Months::new(years.saturating_mul(12)));
                let on = on.unwrap_or(NaiveDate::MAX);
                if less { Days::before(on) } else { Days::from(on) }
            }
            Self::Named(inner) => inner.days(scene),
        }
    }

    /// The facts by which it holds on a day, or does not.
    pub(super) fn because(&self, scene: Scene, day: NaiveDate, holds: bool, out: &mut Vec<Because>) {
        let mut those = |parts: &[Condition], all: bool| {
            for part in parts {
                if all || part.days(scene).holds(day) == holds {
                    part.because(scene, day, holds, out);
                }
            }
        };
        match self {
            Self::All(parts) => those(parts, holds),
            Self::Any(parts) => those(parts, !holds),
            Self::Not(inner) => inner.because(scene, day, !holds, out),
            Self::Named(inner) => inner.because(scene, day, holds, out),
            Self::AtLeast(_, list, inner) | Self::Every(list, inner) => {
                for one in scene.of_list(list) {
                    if inner.days(one).holds(day) == holds {
                        inner.because(one, day, holds, out);
                    }
                }
            }
            Self::From(Day(name, _))
            | Self::Before(Day(name, _))
            | Self::Known(name)
            | Self::Is(name, _)
            | Self::Yes(name, _)
            | Self::Number(name, ..)
            | Self::Age(name, ..) => out.push(scene.because(*name)),
            Self::Numbers(first, _, second) | Self::Compare(Day(first, _), _, Day(second, _)) => {
                out.push(scene.because(*first));
                out.push(scene.because(*second));
            }
        }
    }
}
