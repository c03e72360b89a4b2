//! A condition read from its words.

use super::{Condition, Day, Name, Names, Relation, Unclear};
use crate::practice::Offset;
use crate::practice::flags::facts::{Kind, LISTS, MOST_NUMBER, Wanted, words};
use crate::practice::flags::length;
use std::ops::RangeInclusive;
use std::sync::Arc;

const DEEPEST: usize = 24;
/// No family has more of anything that is counted.
const MOST_OF_LIST: usize = 100;

pub(in crate::practice::flags) fn read(
    text: &str,
    about: Option<&'static str>,
    names: &Names,
) -> Result<Condition, Unclear> {
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
            number => match number.parse() {
                Ok(count) if (1..=MOST_OF_LIST).contains(&count) => Condition::AtLeast(count, list, inner),
                _ => {
                    let most = i64::try_from(MOST_OF_LIST).unwrap_or(i64::MAX);
                    return Err(Unclear::Number { number: number.to_owned(), least: 1, most });
                }
            },
        })
    }

    fn name(&mut self) -> Result<(Name, Kind), Unclear> {
        let token = self.next();
        self.lookup(&token)
    }

    fn lookup(&self, token: &str) -> Result<(Name, Kind), Unclear> {
        let of_child = token.strip_prefix("child.");
        let about = if of_child.is_some() { None } else { self.about };
        let wanted = of_child.unwrap_or(token);
        let words = words(about).unwrap_or_default();
        let place = words.iter().position(|(name, _)| *name == wanted);
        let place = place.ok_or_else(|| Unclear::Name(token.to_owned()))?;
        let (name, kind) = words[place];
        Ok((Name { name, place, of_child: about.is_none() }, kind))
    }

    fn day(&mut self) -> Result<Day, Unclear> {
        let token = self.peek().to_owned();
        let (name, kind) = self.name()?;
        if !matches!(kind, Kind::Past | Kind::Day) {
            return Err(Unclear::Kind(token, Wanted::Of(kind)));
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

    fn number<T: TryFrom<i64>>(&mut self, range: RangeInclusive<i64>) -> Result<T, Unclear> {
        let number: i64 = self.peek().parse().map_err(|_| self.expected("a number"))?;
        let absurd =
            || Unclear::Number { number: number.to_string(), least: *range.start(), most: *range.end() };
        let fits = Some(number).filter(|number| range.contains(number));
        let number = fits.and_then(|number| T::try_from(number).ok()).ok_or_else(absurd)?;
        self.at += 1;
        Ok(number)
    }

    /// `age < 16`, `age of carer-birth >= 30`
    fn age(&mut self) -> Result<Condition, Unclear> {
        self.at += 1;
        let birth = if self.take("of") { self.next() } else { "child.birth".into() };
        let (name, kind) = self.lookup(&birth)?;
        if kind != Kind::Past {
            return Err(Unclear::Kind(birth, Wanted::Of(kind)));
        }
        Ok(Condition::Age(name, self.relation()?, self.number(0..=120)?))
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
                    return Ok(Condition::Number(name, relation, self.number(0..=MOST_NUMBER)?));
                }
                let token = self.peek().to_owned();
                if token.is_empty() {
                    return Err(self.expected("a number"));
                }
                match self.name()? {
                    (other, Kind::Number) => Ok(Condition::Numbers(name, relation, other)),
                    (_, kind) => Err(Unclear::Kind(token, Wanted::Of(kind))),
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
                    other => Err(Unclear::Code { name: token, code: other.into(), wanted: Wanted::YesOrNo }),
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
            false => Err(Unclear::Code { name: name.into(), code, wanted: Wanted::Of(kind) }),
        }
    }
}

fn one_or(mut parts: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.len() {
        1 => parts.remove(0),
        _ => several(parts),
    }
}
