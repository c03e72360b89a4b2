//! A typed date in one form: half width, with digits and only a few marks between them.

use crate::domain::plain::half_width;

/// Half width, lower case, one way to write each sign; Chinese numerals as digits.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut numeral = String::new();
    for ch in half_width(text).trim().to_lowercase().chars() {
        if is_numeral(ch) {
            numeral.push(ch);
            continue;
        }
        flush(&mut numeral, &mut out);
        match ch {
            '號' | '号' => out.push('日'),
            '週' => out.push('周'),
            '後' => out.push('后'),
            '個' => out.push('个'),
            '禮' => out.push('礼'),
            _ if ch.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(ch),
        }
    }
    flush(&mut numeral, &mut out);
    // Chinese is typed with and without spaces between its words and numbers.
    if out.chars().any(|ch| ('\u{4e00}'..='\u{9fff}').contains(&ch)) { out.replace(' ', "") } else { out }
}

/// Without the midnight that spreadsheets add.
pub(super) fn without_time(text: &str) -> String {
    match text.split_once([' ', 't']) {
        Some((date, time))
            if time.contains(':')
                && !time.contains(|ch: char| !(ch.is_ascii_digit() || ":.z".contains(ch))) =>
        {
            date.to_owned()
        }
        _ => text.to_owned(),
    }
}

fn is_numeral(ch: char) -> bool {
    "〇零一二三四五六七八九十两兩廿卅".contains(ch)
}

/// Appends a run of Chinese numerals as digits; one that is no number stays as it is, and is then not understood.
fn flush(numeral: &mut String, out: &mut String) {
    if numeral.is_empty() {
        return;
    }
    match arabic(numeral) {
        Some(digits) => out.push_str(&digits),
        None => out.push_str(numeral),
    }
    numeral.clear();
}

fn arabic(numeral: &str) -> Option<String> {
    let digit = |ch: char| match ch {
        '〇' | '零' => Some(0),
        '两' | '兩' => Some(2),
        _ => "一二三四五六七八九".chars().position(|known| known == ch).map(|at| at as u32 + 1),
    };
    let chars: Vec<char> = numeral.replace('廿', "二十").replace('卅', "三十").chars().collect();
    match chars.iter().position(|ch| *ch == '十') {
        None => chars.iter().map(|ch| digit(*ch).and_then(|digit| char::from_digit(digit, 10))).collect(),
        Some(at) => {
            let tens = match &chars[..at] {
                [] => 1,
                [ten] => digit(*ten).filter(|ten| *ten > 0)?,
                _ => return None,
            };
            let ones = match &chars[at + 1..] {
                [] => 0,
                [one] => digit(*one).filter(|one| *one > 0)?,
                _ => return None,
            };
            Some((tens * 10 + ones).to_string())
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) value: u32,
    /// How many were typed: `0021` is no year.
    pub(super) digits: usize,
}

pub(super) enum Marks {
    None,
    /// `-`, `/`, `.`, space.
    Signs,
    /// Of 年月日, those after a number.
    Hanzi(String),
}

/// A text of digits and date marks only.
pub(super) struct Numbers {
    pub(super) groups: Vec<Number>,
    pub(super) marks: Marks,
}

impl Numbers {
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut groups = vec![];
        let mut hanzi = String::new();
        let mut signs = 0;
        let mut rest = text;
        while !rest.is_empty() {
            let cut = rest.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, after) = rest.split_at(cut);
            if digits.is_empty() || digits.len() > 8 || groups.len() == 3 {
                return None;
            }
            groups.push(Number { value: digits.parse().ok()?, digits: digits.len() });
            let mut chars = after.chars();
            match chars.next() {
                None => {}
                Some(mark @ ('年' | '月' | '日')) => hanzi.push(mark),
                // `2026. 11. 21.` has a space after its signs.
                Some('-' | '/' | '.' | ' ') if !chars.as_str().trim().is_empty() => signs += 1,
                Some('.') if chars.as_str().trim().is_empty() && groups.len() > 1 => {}
                Some(_) => return None,
            }
            rest = chars.as_str().trim_start();
        }
        let marks = match (hanzi.is_empty(), signs) {
            (true, 0) => Marks::None,
            (true, _) => Marks::Signs,
            (false, 0) => Marks::Hanzi(hanzi),
            (false, _) => return None,
        };
        Some(Self { groups, marks })
    }
}
