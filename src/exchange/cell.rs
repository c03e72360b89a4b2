//! The text of a cell: what is cleaned silently, what is shown, and how it is written so that a spreadsheet does not
//! run it.

use std::borrow::Cow;

/// Characters that show nothing and mean nothing in a roster: zero-width ones and direction marks, which come along
/// when a number is copied from a phone or a chat.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text without invisible characters, without white space at its ends, and without the marks by which
/// spreadsheets are told that a number is text: a leading `'`, or `="..."` around digits.
pub fn clean(raw: &str) -> Cow<'_, str> {
    let mut text = if raw.contains(invisible) {
        Cow::Owned(raw.chars().filter(|c| !invisible(*c)).collect::<String>())
    } else {
        Cow::Borrowed(raw)
    };
    cut(&mut text, |text| text.trim());
    let marked = text.strip_prefix('\'').map(|rest| rest.trim_start_matches('\''));
    if marked.is_some_and(|rest| starts_formula(rest) || rest.starts_with(|c: char| c.is_ascii_digit())) {
        cut(&mut text, |text| text[1..].trim());
    }
    let wrapped = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    if wrapped.is_some_and(|inner| inner.chars().all(|c| c.is_ascii_alphanumeric())) {
        cut(&mut text, |text| &text[2..text.len() - 1]);
    }
    text
}

fn cut(text: &mut Cow<'_, str>, part: impl Fn(&str) -> &str) {
    match text {
        Cow::Borrowed(whole) => *whole = part(whole),
        Cow::Owned(whole) => *whole = part(whole).to_owned(),
    }
}

/// Whether control characters stand in the text after cleaning. A line break is none: some fields have several lines.
pub fn has_controls(raw: &str) -> bool {
    raw.contains(char::is_control) && clean(raw).chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r'))
}

/// The text as it may be shown: no control characters, at most `most` characters.
pub fn shown(raw: &str, most: usize) -> String {
    let text = clean(raw);
    let visible = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => '?',
        c => c,
    };
    let mut shown: String = text.chars().take(most).map(visible).collect();
    if text.chars().nth(most).is_some() {
        shown.push_str("...");
    }
    shown
}

/// The cell for a file that a spreadsheet may open: one that it would run begins with `'`, which [`clean`] takes off
/// again. Control characters become U+FFFD, which is found again until somebody mends it.
pub fn guarded(raw: &str) -> Cow<'_, str> {
    let text: Cow<'_, str> = if raw.contains(|c: char| c.is_control() && c != '\n') {
        Cow::Owned(raw.chars().map(|c| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c }).collect())
    } else {
        Cow::Borrowed(raw)
    };
    if starts_formula(text.trim_start()) { Cow::Owned(format!("'{}", text.trim_start())) } else { text }
}

/// Whether a spreadsheet would take the cleaned text for a formula.
pub fn formula(text: &str) -> bool {
    starts_formula(text)
}
