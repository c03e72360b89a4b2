//! The citizen identity number of GB 11643-1999: six digits of area, eight of birth date, three of serial (odd: male)
//! and a check character, `X` for ten. Numbers of before 1999 have fifteen digits: two of the year, no check.

use super::plain::half_width;
use chrono::{Datelike, NaiveDate};
use std::fmt;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// Digits that hands and eyes mix up: alike in writing.
const LOOKALIKES: &[(u8, u8)] = &[
    (b'1', b'7'),
    (b'0', b'6'),
    (b'0', b'8'),
    (b'0', b'9'),
    (b'3', b'8'),
    (b'5', b'6'),
    (b'6', b'8'),
    (b'4', b'9'),
];

/// A number in which everything that can be checked without other knowledge is right.
///
/// `Debug` does not show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ResidentId {
    /// ASCII; the first `len` hold.
    digits: [u8; 18],
    len: usize,
    birth: NaiveDate,
}

/// What is wrong with a number. Positions count from 1, as people do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdFault {
    /// Neither 18 characters nor 15.
    Length { have: usize },
    /// Something other than a digit (`X` is one in the last place of 18).
    Letter { at: usize },
    /// No such birth date.
    Date { likely: Vec<Suspect> },
    /// The check character does not agree.
    Check { likely: Vec<Suspect> },
}

/// One slip that would explain a wrong number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspect {
    Digit {
        position: usize,
        should_be: char,
    },
    /// The characters at `position` and after it have changed places.
    Swap {
        position: usize,
    },
}

impl ResidentId {
    /// Reads a number as typed: spaces, full-width digits and a small x do not matter.
    ///
    /// The suspects of a fault are those of [`suspects`] with nothing else known, so there can be many.
    pub fn parse(text: &str) -> Result<Self, IdFault> {
        let read = Self::unchecked(text)?;
        if read.is_old() || check_of(&read.digits) == read.digits[17] {
            return Ok(read);
        }
        Err(IdFault::Check { likely: suspects(text, None, None, &|_| true) })
    }

    /// What can be read before the check character is compared.
    fn unchecked(text: &str) -> Result<Self, IdFault> {
        let (digits, len) = characters(text)?;
        let birth = birth_in(&digits, len)
            .ok_or_else(|| IdFault::Date { likely: suspects(text, None, None, &|_| true) })?;
        Ok(Self { digits, len, birth })
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits[..self.len]).unwrap_or_default()
    }

    /// The six digits of the county in which it was given out.
    pub fn area(&self) -> &str {
        &self.as_str()[..6]
    }

    pub fn birth(&self) -> NaiveDate {
        self.birth
    }

    /// A code of [`crate::domain::forms::SEXES`].
    pub fn sex(&self) -> &'static str {
        sex_in(&self.digits, self.len)
    }

    /// Of before 1999, with fifteen digits and nothing to check: worth a look at the new card.
    pub fn is_old(&self) -> bool {
        self.len == 15
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResidentId(..)")
    }
}

/// The single slips (one wrong character, or two neighbours swapped) that make check and date right and agree with
/// what else is known: birth date, sex, and whether an area can be. Likeliest first: swaps, digits that look alike,
/// then from left to right. Empty where more than one slip is needed, or where the number is sound already.
pub fn suspects(
    number: &str,
    typed_birth: Option<NaiveDate>,
    typed_sex: Option<&str>,
    area_known: &dyn Fn(&str) -> bool,
) -> Vec<Suspect> {
    let Ok((digits, 18)) = characters(number) else {
        return vec![];
    };
    let fits = |digits: &[u8; 18]| {
        let area = std::str::from_utf8(&digits[..6]).unwrap_or_default();
        check_of(digits) == digits[17]
            && birth_in(digits, 18).is_some_and(|birth| typed_birth.is_none_or(|typed| typed == birth))
            && typed_sex.is_none_or(|typed| typed == sex_in(digits, 18))
            && area_known(area)
    };
    if fits(&digits) {
        return vec![];
    }
    let mut found: Vec<(u8, Suspect)> = vec![];
    for at in 0..17 {
        let mut tried = digits;
        tried.swap(at, at + 1);
        // X can only stand at the end.
        if tried[at] != digits[at] && tried[at] != b'X' && fits(&tried) {
            found.push((0, Suspect::Swap { position: at + 1 }));
        }
    }
    for at in 0..18 {
        for digit in b"0123456789X" {
            if *digit == digits[at] || (*digit == b'X' && at != 17) {
                continue;
            }
            let mut tried = digits;
            tried[at] = *digit;
            if fits(&tried) {
                let pair = (digits[at].min(*digit), digits[at].max(*digit));
                let rank = if LOOKALIKES.contains(&pair) { 1 } else { 2 };
                found.push((rank, Suspect::Digit { position: at + 1, should_be: char::from(*digit) }));
            }
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, suspect)| suspect).collect()
}

/// The characters of a number and how many (15 or 18).
fn characters(text: &str) -> Result<([u8; 18], usize), IdFault> {
    let plain: Vec<char> =
        half_width(text).chars().filter(|ch| !ch.is_whitespace()).map(|ch| ch.to_ascii_uppercase()).collect();
    if let Some(at) = plain.iter().position(|ch| !ch.is_ascii_digit() && *ch != 'X') {
        return Err(IdFault::Letter { at: at + 1 });
    }
    if plain.len() != 18 && plain.len() != 15 {
        return Err(IdFault::Length { have: plain.len() });
    }
    if let Some(at) = plain.iter().position(|ch| *ch == 'X').filter(|at| *at != 17) {
        return Err(IdFault::Letter { at: at + 1 });
    }
    let mut digits = [0; 18];
    for (to, from) in digits.iter_mut().zip(&plain) {
        *to = *from as u8;
    }
    Ok((digits, plain.len()))
}

fn check_of(digits: &[u8; 18]) -> u8 {
    let sum: u32 =
        digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    CHECKS[sum as usize % 11]
}

fn birth_in(digits: &[u8; 18], len: usize) -> Option<NaiveDate> {
    let number = |at: std::ops::Range<usize>| {
        digits[at].iter().fold(0u32, |sum, digit| sum * 10 + u32::from(digit.wrapping_sub(b'0')))
    };
    let (year, month, day) = match len {
        15 => (1900 + number(6..8), number(8..10), number(10..12)),
        _ => (number(6..10), number(10..12), number(12..14)),
    };
    // Nobody older or younger can have one; a first digit of 0 or 9 is a slip.
    NaiveDate::from_ymd_opt(year as i32, month, day).filter(|birth| (1850..2200).contains(&birth.year()))
}

fn sex_in(digits: &[u8; 18], len: usize) -> &'static str {
    let serial = if len == 15 { digits[14] } else { digits[16] };
    if serial % 2 == 1 { "m" } else { "f" }
}

#[cfg(test)]
mod tests;
