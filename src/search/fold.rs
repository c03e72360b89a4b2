//! One form for what is written in many: full width, traditional, upper case, accents.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Full to half width, traditional to simplified, lower case, without accents and control characters; white space
/// becomes a plain space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            folded.push(' ');
        } else if plain(c) {
            folded.push(c.to_ascii_lowercase());
        } else {
            folded.extend(c.nfkd().filter_map(fold_part));
        }
    }
    folded
}

/// The same for one character, one for one, so that positions stay true. `None` if it is nothing to search by.
pub(super) fn fold_char(c: char) -> Option<char> {
    if plain(c) { Some(c.to_ascii_lowercase()) } else { c.nfkd().find_map(fold_part) }
}

fn plain(c: char) -> bool {
    matches!(c, ' '..='~')
}

fn fold_part(c: char) -> Option<char> {
    if ('\u{4e00}'..='\u{9fff}').contains(&c) {
        return Some(SIMPLIFIED.get(&c).copied().unwrap_or(c));
    }
    let invisible =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    if c.is_control() || invisible || is_combining_mark(c) {
        return None;
    }
    c.to_lowercase().next()
}

/// The usual traditional forms and variants; characters that live on in simplified names (乾 著 徵) stay themselves.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut pairs =
        include_str!("../../assets/search/traditional.txt").chars().filter(|c| !c.is_whitespace());
    let mut map = HashMap::new();
    while let (Some(traditional), Some(simplified)) = (pairs.next(), pairs.next()) {
        map.insert(traditional, simplified);
    }
    map
});
