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

/// The cell for a file that a spreadsheet may open: one that it would run, or whose digits it would round or cut,
/// begins with `'`, which [`clean`] takes off again. Control characters that have to be mended become U+FFFD, which is
/// found again until somebody does.
pub fn guarded(raw: &str) -> Cow<'_, str> {
    let mark = |c: char| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c };
    let text: Cow<'_, str> =
        if has_controls(raw) { raw.chars().map(mark).collect::<String>().into() } else { raw.into() };
    let plain = text.trim();
    if starts_formula(plain) || changes_as_number(plain) { format!("'{plain}").into() } else { text }
}

/// A spreadsheet keeps fifteen digits of a number, shows eleven, and drops zeros in front.
fn changes_as_number(text: &str) -> bool {
    let digits = text.strip_suffix(['X', 'x']).unwrap_or(text);
    let long = digits.len() > 11 || (digits.len() > 1 && digits.starts_with('0'));
    long && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a spreadsheet would take the cleaned text for a formula.
pub fn formula(text: &str) -> bool {
    starts_formula(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_copy_from_a_phone_brings_along_is_taken_off() {
        assert_eq!(clean("\u{202d}10012345678\u{202c}"), "10012345678");
        assert_eq!(clean("\u{feff} 李雷\u{200b}\t\r"), "李雷");
        assert_eq!(clean("　李雷　"), "李雷");
    }

    #[test]
    fn numbers_marked_as_text_by_a_spreadsheet_are_the_numbers() {
        assert_eq!(clean("'990101201504051234"), "990101201504051234");
        assert_eq!(clean("=\"990101201504051234\""), "990101201504051234");
        assert_eq!(clean("'小名"), "'小名", "an apostrophe before words is theirs");
        assert_eq!(guarded("990101201504051234"), "'990101201504051234");
        assert_eq!(guarded("0999-2345678"), "0999-2345678");
    }

    #[test]
    fn an_escape_sequence_is_found_and_never_shown() {
        assert!(has_controls("李\u{1b}[31m雷"));
        assert!(has_controls("李\0雷"));
        assert!(!has_controls("第一行\n第二行"));
        assert_eq!(shown("李\u{1b}[31m雷", 40), "李?[31m雷");
        assert_eq!(shown("一二三四", 3), "一二三...");
    }

    proptest! {
        #[test]
        fn a_guarded_cell_is_no_formula_and_reads_the_same(text in "['=+@\\-]{0,3}[ a-z0-9李雷\"]{0,6}") {
            let guarded = guarded(&text);
            prop_assert!(!starts_formula(guarded.trim_start()));
            prop_assert_eq!(clean(&guarded), clean(&text));
        }

        #[test]
        fn a_mended_cell_is_found_again_until_it_is_mended(text in "\\PC{0,3}[\\x00-\\x08]\\PC{0,3}") {
            if has_controls(&text) {
                let marked = guarded(&text).contains(char::REPLACEMENT_CHARACTER);
                prop_assert!(marked);
            }
        }

        #[test]
        fn cleaning_twice_is_cleaning_once_unless_marks_are_nested(text in "[ \u{200b}a李1]{0,12}") {
            let once = clean(&text).into_owned();
            prop_assert_eq!(clean(&once), once.as_str());
        }
    }
}
