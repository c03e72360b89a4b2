//! Facts as JSON gives them: an object whose keys are the names of facts, and of lists of objects.
//!
//! ```json
//! {"birth": "2016-05-01", "risk": "high", "categories": ["prisoner"], "parents": [{"role": "father", "circumstance": "dead"}]}
//! ```

use super::facts::{CHILD, Fact, FactFlaw, Facts, Kind, LISTS, Wanted, Word};
use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use thiserror::Error;

/// More of one list than any family or station has.
const MOST: usize = 10_000;

/// What cannot be taken, and where: `parents[1].until`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{path}: {flaw}")]
pub struct FactFault {
    pub path: String,
    pub flaw: FactFlaw,
}

/// Facts from JSON. `null` is the same as saying nothing.
///
/// # Errors
/// The first thing that is no fact, or cannot be so.
pub fn read_facts(value: &Value, today: NaiveDate) -> Result<Facts, FactFault> {
    let mut facts = object(value, "", CHILD, today)?;
    let Value::Object(entries) = value else { return Ok(facts) };
    for (list, words) in LISTS {
        let Some(entry) = entries.get(*list) else { continue };
        let fault = |flaw| FactFault { path: (*list).into(), flaw };
        let all = entry.as_array().ok_or_else(|| fault(FactFlaw::NotA(Wanted::List)))?;
        if all.len() > MOST {
            return Err(fault(FactFlaw::TooMany(MOST)));
        }
        for (at, one) in all.iter().enumerate() {
            let path = format!("{list}[{at}]");
            let one = object(one, &path, words, today)?;
            facts.add(list, one).map_err(|flaw| FactFault { path, flaw })?;
        }
    }
    match facts.before_birth() {
        Some((list, at, word)) => {
            Err(FactFault { path: format!("{list}[{at}].{word}"), flaw: FactFlaw::Before("birth") })
        }
        None => Ok(facts),
    }
}

/// JSON in which no name is there twice: serde would keep the last and say nothing.
///
/// # Errors
/// What is no JSON, with line and column.
pub fn read_json(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str::<Once>(text).map(|once| once.0)
}

struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Once;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Once, E> {
        Ok(Once(yes.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Once, E> {
        Ok(Once(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Once, E> {
        Ok(Once(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Once, E> {
        Ok(Once(number.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Once, E> {
        Ok(Once(text.into()))
    }

    fn visit_unit<E>(self) -> Result<Once, E> {
        Ok(Once(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Once, A::Error> {
        let mut all = vec![];
        while let Some(Once(one)) = seq.next_element()? {
            all.push(one);
        }
        Ok(Once(all.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
        let mut all = serde_json::Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if all.contains_key(&name) {
                return Err(A::Error::custom(format_args!("`{name}` is there twice")));
            }
            let Once(value) = map.next_value()?;
            all.insert(name, value);
        }
        Ok(Once(all.into()))
    }
}

fn object(value: &Value, path: &str, words: &'static [Word], today: NaiveDate) -> Result<Facts, FactFault> {
    let at = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let Value::Object(entries) = value else {
        let path = if path.is_empty() { "facts" } else { path };
        return Err(FactFault { path: path.into(), flaw: FactFlaw::NotA(Wanted::Object) });
    };
    let mut facts = Facts::default();
    for (name, value) in entries {
        if path.is_empty() && LISTS.iter().any(|(list, _)| list == name) || value.is_null() {
            continue;
        }
        let fault = |flaw| FactFault { path: at(name), flaw };
        let (_, kind) =
            words.iter().find(|(word, _)| word == name).ok_or_else(|| fault(FactFlaw::Unknown))?;
        let fact = fact(value, *kind).ok_or_else(|| fault(FactFlaw::NotA(Wanted::Of(*kind))))?;
        facts.set(words, name, Some(fact), today).map_err(fault)?;
    }
    match facts.out_of_order() {
        Some((later, sooner)) => Err(FactFault { path: at(later), flaw: FactFlaw::Before(sooner) }),
        None => Ok(facts),
    }
}

fn fact(value: &Value, kind: Kind) -> Option<Fact> {
    match kind {
        Kind::Yes => value.as_bool().map(Fact::Yes),
        Kind::Number => value.as_i64().map(Fact::Number),
        // Only whole days, in full: `%Y` alone would take the year 26.
        Kind::Past | Kind::Day => {
            let text = value.as_str().filter(|text| text.len() == 10)?;
            NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Fact::Date)
        }
        Kind::One(_) => value.as_str().map(|code| Fact::Codes([code.to_owned()].into())),
        Kind::Many(_) => {
            let codes = value.as_array()?.iter().map(|code| code.as_str().map(str::to_owned));
            codes.collect::<Option<_>>().map(Fact::Codes)
        }
    }
}
