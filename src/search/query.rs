//! What was typed, taken apart into terms. Nothing that can be typed or pasted is an error.

use super::digits::{self, Digits};
use super::fold::fold_char;
use super::syllables::SYLLABLES;

/// A pasted megabyte is cut to this many characters before anything else looks at it.
const LONGEST_QUERY: usize = 96;
const MOST_TERMS: usize = 6;
/// Longest term in characters; also what the cost arithmetic has room for.
pub(super) const MOST_UNITS: usize = 30;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    Text(Vec<Unit>),
    Digits(Digits),
}

/// One typed character that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A small Latin letter: pinyin or an initial.
    Letter(u8),
    /// Anything else, folded: a hanzi, a letter of another script, a digit inside a place name.
    Sign(char),
}

/// The terms of a query. `case_prefix` knows the letters that case numbers start with (`EB2024-000001`).
pub(super) fn parse(query: &str, case_prefix: impl Fn(&str) -> bool) -> Vec<Term> {
    let start: String = query.chars().take(LONGEST_QUERY).map(spacing).collect();
    let mut terms = Vec::new();
    for word in start.split_whitespace() {
        let word: Vec<char> = word.chars().filter_map(fold_char).collect();
        parse_word(&word, &case_prefix, &mut terms);
    }
    terms.truncate(MOST_TERMS);
    terms
}

fn spacing(c: char) -> char {
    match c {
        ',' | ';' | '，' | '、' | '；' | '。' => ' ',
        c if c.is_control() => ' ',
        c => c,
    }
}

fn parse_word(word: &[char], case_prefix: &impl Fn(&str) -> bool, terms: &mut Vec<Term>) {
    if !word.iter().any(char::is_ascii_digit) {
        return terms.extend(text(word));
    }
    if let Some(date) = digits::date(word) {
        return terms.push(Term::Digits(date));
    }
    // `wxm0312` is a name and a birthday; `EB2024-000001` is one number.
    let letters = word.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let prefix: String = word[..letters].iter().collect();
    let number = &word[letters..];
    if let Some(number) = Digits::new(number) {
        if letters > 0 && !case_prefix(&prefix) {
            terms.extend(text(&word[..letters]));
        }
        return terms.push(Term::Digits(number));
    }
    // `王小明0312`
    let tail = word.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let (front, back) = word.split_at(word.len() - tail);
    match Digits::new(back).filter(|_| tail >= 3 && !front.iter().any(char::is_ascii_digit)) {
        Some(number) => {
            terms.extend(text(front));
            terms.push(Term::Digits(number));
        }
        None => terms.extend(text(word)),
    }
}

fn text(word: &[char]) -> Option<Term> {
    let unit = |&c: &char| match c {
        'a'..='z' => Some(Unit::Letter(c as u8)),
        c if c.is_alphanumeric() => Some(Unit::Sign(c)),
        _ => None,
    };
    let units: Vec<Unit> = word.iter().filter_map(unit).take(MOST_UNITS).collect();
    (!units.is_empty()).then_some(Term::Text(units))
}

/// Other orders in which the same name is written: the last two characters swapped, the given name first. For
/// letters, syllables take the place of characters.
pub(super) fn reorders(units: &[Unit]) -> Vec<Vec<Unit>> {
    let mut orders = Vec::new();
    let Some(parts) = characters(units) else { return orders };
    let last = parts.len() - 1;
    if parts.len() >= 3 {
        let mut swapped = parts.clone();
        swapped.swap(last, last - 1);
        orders.push(swapped.concat());
    }
    if parts.len() >= 3 || matches!(units[0], Unit::Letter(_)) {
        let mut turned = parts;
        turned.rotate_right(1);
        orders.push(turned.concat());
    }
    orders.retain(|order| order != units);
    orders
}

/// Two to four hanzi, or letters that are two to four whole syllables.
fn characters(units: &[Unit]) -> Option<Vec<Vec<Unit>>> {
    let letters: Option<Vec<u8>> =
        units.iter().map(|unit| if let Unit::Letter(b) = unit { Some(*b) } else { None }).collect();
    let parts: Vec<Vec<Unit>> = match letters {
        Some(letters) => super::pattern::split_syllables(&letters)?
            .into_iter()
            .map(|syllable| syllable.iter().map(|&b| Unit::Letter(b)).collect())
            .collect(),
        None if units.iter().all(|unit| matches!(unit, Unit::Sign(_))) => {
            units.iter().map(|&unit| vec![unit]).collect()
        }
        None => return None,
    };
    (2..=4).contains(&parts.len()).then_some(parts)
}

/// The terms run together, if all of them are letters: `wang xiaoming` is how many type a name.
pub(super) fn joined_letters(terms: &[Term]) -> Option<Vec<Unit>> {
    let mut joined = Vec::new();
    for term in terms {
        match term {
            Term::Text(units) if units.iter().all(|unit| matches!(unit, Unit::Letter(_))) => {
                joined.extend(units)
            }
            _ => return None,
        }
    }
    (joined.len() <= MOST_UNITS).then_some(joined)
}

/// Letters with a space after every syllable: `wang xiao m`. No village is that short.
pub(super) fn spelled_apart(terms: &[Term]) -> bool {
    let Some((last, terms)) = terms.split_last() else { return false };
    let begun = |letters: String| SYLLABLES.names.iter().any(|name| name.starts_with(&letters));
    terms.iter().all(is_syllable) && letters(last).is_some_and(begun)
}

/// Letters that are one whole syllable.
pub(super) fn is_syllable(term: &Term) -> bool {
    letters(term).and_then(|letters| SYLLABLES.id(&letters)).is_some()
}

fn letters(term: &Term) -> Option<String> {
    let Term::Text(units) = term else { return None };
    units.iter().map(|unit| if let Unit::Letter(b) = unit { Some(char::from(*b)) } else { None }).collect()
}
