//! Dates, ages and long numbers, by their shape.

use super::{Char, Mark, Tells, is_letter, mark};
use crate::domain::when::MONTHS;
use chrono::NaiveDate;

const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;
/// Digits from which on a number can be somebody's.
const LONG: usize = 5;

pub(super) fn find(text: &[Char], marks: &mut Vec<Mark>) {
    // Where the last one ended: what follows it is no part of a figure.
    let (mut at, mut ended) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let within = at > ended && is_figure(text[at - 1].c) && is_figure(rest[0].c);
        let found = if within { None } else { date(rest).or_else(|| age(rest)).or_else(|| long(rest)) };
        let found = found.or_else(|| net(text, at, ended));
        at += match found {
            Some((length, tells)) => {
                marks.push(mark(&rest[..length], tells));
                ended = at + length;
                length
            }
            None => 1,
        };
    }
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || numeral(c).is_some() || matches!(c, '十' | '廿' | '卅')
}

/// A single Chinese digit.
fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' | '幺' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// A number of at most four digits: how many characters it takes, its value and how many digits were written.
fn number(text: &[Char]) -> Option<(usize, u32, usize)> {
    let arabic = text.iter().take_while(|one| one.c.is_ascii_digit()).count();
    if arabic > 0 {
        let value =
            text[..arabic.min(5)].iter().fold(0, |sum, one| sum * 10 + one.c.to_digit(10).unwrap_or(0));
        return (arabic <= 4).then_some((arabic, value, arabic));
    }
    let length = text.iter().take_while(|one| is_figure(one.c)).count();
    let part: Vec<char> = text[..length].iter().map(|one| one.c).collect();
    let digit = |c: &char| numeral(*c);
    let value = match &part[..] {
        [] => return None,
        [ten @ ('十' | '廿' | '卅'), rest @ ..] if rest.len() <= 1 => {
            let tens = match ten {
                '十' => 10,
                '廿' => 20,
                _ => 30,
            };
            tens + rest.first().and_then(digit).unwrap_or(0)
        }
        [tens, '十', rest @ ..] if rest.len() <= 1 => {
            digit(tens)? * 10 + rest.first().and_then(digit).unwrap_or(0)
        }
        digits if digits.len() <= 4 => digits.iter().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?))?,
        _ => return None,
    };
    Some((length, value, length))
}

fn sign(text: &[Char], at: usize, signs: &[char]) -> bool {
    text.get(at).is_some_and(|one| signs.contains(&one.c))
}

/// Blanks between the parts of a date.
fn blanks(text: &[Char], mut at: usize) -> usize {
    while text.get(at).is_some_and(|one| one.c == ' ') {
        at += 1;
    }
    at
}

fn day_of(year: u32, month: u32, day: u32) -> Tells {
    let year = i32::try_from(year).ok();
    Tells::Date(year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day)))
}

fn date(text: &[Char]) -> Option<(usize, Tells)> {
    chinese(text).or_else(|| signed(text)).or_else(|| english(text))
}

/// 2026年3月5日, 三月五号, 3月, 5号. A bare 5日 is a length of time as often.
fn chinese(text: &[Char]) -> Option<(usize, Tells)> {
    let (first, value, digits) = number(text)?;
    let at = blanks(text, first);
    if sign(text, at, &['年']) {
        let behind = blanks(text, at + 1);
        let month = number(&text[behind..]).filter(|(_, month, _)| (1..=12).contains(month));
        let month = month.map(|(length, month, _)| (blanks(text, behind + length), month));
        let month = month.filter(|(end, _)| sign(text, *end, &['月']));
        let whole = digits == 4 && YEARS.contains(&value);
        return match month {
            None if whole => Some((at + 1, Tells::Date(None))),
            Some((end, month)) if whole || digits == 2 => {
                let begins = blanks(text, end + 1);
                let day = number(&text[begins..]).filter(|(_, day, _)| (1..=31).contains(day));
                let ends = day.map(|(length, day, _)| (blanks(text, begins + length), day));
                match ends.filter(|(end, _)| sign(text, *end, &['日', '号', '號'])) {
                    Some((end, day)) => {
                        let year = if whole { value } else { 2000 + value };
                        Some((end + 1, day_of(year, month, day)))
                    }
                    None => Some((end + 1, Tells::Date(None))),
                }
            }
            _ => None,
        };
    }
    if sign(text, at, &['月']) && (1..=12).contains(&value) && !sign(text, at + 1, &['龄']) {
        let begins = blanks(text, at + 1);
        let day = number(&text[begins..]).filter(|(_, day, _)| (1..=31).contains(day));
        let end = day.map(|(length, ..)| begins + length);
        return match end.filter(|end| sign(text, *end, &['日', '号', '號'])) {
            Some(end) => Some((end + 1, Tells::Date(None))),
            None => Some((at + 1, Tells::Date(None))),
        };
    }
    (sign(text, at, &['号', '號']) && (1..=31).contains(&value)).then_some((at + 1, Tells::Date(None)))
}

/// 2026-03-05, 2026.3, 5/3/2026.
fn signed(text: &[Char]) -> Option<(usize, Tells)> {
    let signs = ['-', '.', '/'];
    let (first, a, wide) = number(text)?;
    if !text[0].c.is_ascii_digit() || !sign(text, first, &signs) {
        return None;
    }
    let (second, b, _) = number(&text[first + 1..]).filter(|(length, ..)| *length <= 2)?;
    let end = first + 1 + second;
    let third = || number(&text[end + 1..]).filter(|_| sign(text, end, &signs));
    if wide == 4 && YEARS.contains(&a) && (1..=12).contains(&b) {
        return match if text.len() > end { third() } else { None } {
            Some((third, day, _)) if third <= 2 => Some((end + 1 + third, day_of(a, b, day))),
            _ => Some((end, Tells::Date(None))),
        };
    }
    let (length, year, digits) = if text.len() > end { third()? } else { return None };
    let is_day = wide <= 2 && digits == 4 && YEARS.contains(&year) && a <= 31 && b <= 31;
    is_day.then_some((end + 1 + length, Tells::Date(None)))
}

/// 5 March 2026, March 5, Mar 2026.
fn english(text: &[Char]) -> Option<(usize, Tells)> {
    let word = |from: usize| text[from..].iter().take_while(|one| is_letter(one.c)).count();
    let month = |from: usize| {
        let length = word(from);
        let name: String = text[from..from + length].iter().map(|one| one.c).collect();
        let is_it = |month: &&str| {
            **month == name || (name.len() >= 3 && name.len() <= 4 && month.starts_with(&name))
        };
        (1_u32..).zip(MONTHS).find(|(_, month)| is_it(month)).map(|(number, _)| (number, from + length))
    };
    let behind = |from: usize| blanks(text, from + usize::from(sign(text, from, &[',', '.'])));
    let (day, at) = match number(text) {
        Some((length, day, digits)) if text[0].c.is_ascii_digit() && digits <= 2 => {
            let suffix = word(length);
            (Some(day), blanks(text, length + if suffix == 2 { 2 } else { 0 }))
        }
        Some(_) => return None,
        None => (None, 0),
    };
    let (month, end) = month(at)?;
    let next = behind(end);
    let (day, end) = match number(text.get(next..)?) {
        Some((length, value, digits)) if day.is_none() && digits <= 2 => {
            let suffix = word(next + length);
            (Some(value), next + length + if suffix == 2 { 2 } else { 0 })
        }
        _ => (day, end),
    };
    let next = behind(end);
    let year =
        text.get(next..).and_then(number).filter(|(_, year, digits)| *digits == 4 && YEARS.contains(year));
    match (day, year) {
        (Some(day), Some((length, year, _))) => Some((next + length, day_of(year, month, day))),
        (None, Some((length, ..))) => Some((next + length, Tells::Date(None))),
        (Some(_), None) => Some((end, Tells::Date(None))),
        (None, None) => None,
    }
}

/// 9岁, 九周岁, 9 years old, 9-year-old.
fn age(text: &[Char]) -> Option<(usize, Tells)> {
    let (length, years, _) = number(text).filter(|(_, years, _)| *years < 100)?;
    let at = blanks(text, length);
    let years = u8::try_from(years).ok()?;
    for word in ["周岁", "岁", "years old", "year old", "-years-old", "-year-old", "years of age"] {
        let rest = text.get(at..)?;
        if rest.iter().zip(word.chars()).filter(|(one, c)| one.c == *c).count() == word.chars().count() {
            return Some((at + word.chars().count(), Tells::Age(years)));
        }
    }
    None
}

/// Five digits or more, whatever stands between them; X ends the number of an identity card.
fn long(text: &[Char]) -> Option<(usize, Tells)> {
    let is_digit = |one: &Char| one.c.is_ascii_digit() || numeral(one.c).is_some();
    let (mut end, mut digits, mut gap) = (0, 0, 0);
    for (at, one) in text.iter().enumerate() {
        if is_digit(one) {
            (end, digits, gap) = (at + 1, digits + 1, 0);
        } else if digits > 0
            && gap < 2
            && matches!(one.c, ' ' | '-' | '.' | ',' | '(' | ')' | '·' | '/' | '+')
        {
            gap += 1;
        } else {
            break;
        }
    }
    if digits < LONG {
        return None;
    }
    let ends_in_x = sign(text, end, &['x']) && digits == 17;
    let tells = match digits + usize::from(ends_in_x) {
        15 | 18 => Tells::IdNumber,
        7..=13 => Tells::Phone,
        _ => Tells::Number,
    };
    Some((end + usize::from(ends_in_x), tells))
}

/// A mail address, a page on the net, a name made of letters and digits as messengers have them.
fn net(text: &[Char], at: usize, ended: usize) -> Option<(usize, Tells)> {
    let part =
        |one: &Char| one.c.is_ascii_alphanumeric() || matches!(one.c, '@' | '.' | '_' | '-' | '/' | ':');
    if at > ended && part(&text[at - 1]) {
        return None;
    }
    let length = text[at..].iter().take_while(|one| part(one)).count();
    let word: String = text[at..at + length].iter().map(|one| one.c).collect();
    let plain = word.trim_end_matches(['.', '-', '/', ':']);
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let letters = plain.chars().filter(char::is_ascii_alphabetic).count();
    let is_it = plain.contains('@') && plain.len() > 3
        || plain.contains("://")
        || plain.starts_with("www.")
        || (digits >= 3 && letters >= 2 && plain.len() >= 6);
    is_it.then_some((plain.chars().count(), Tells::Number))
}
