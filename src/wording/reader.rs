//! What is wrong with how a file of the station's own is written, where its reader's own words can be told apart: those
//! are English, and a newer reader may have others. What nobody knows here is said with its words behind.

use crate::i18n::Catalogue;

/// How the reader's message begins, and the key of ours. The first that fits is taken.
const SAID: &[(&str, &str)] = &[
    ("string values must be quoted", "written-quotes"),
    ("invalid basic string, expected `\"`", "written-open-quote"),
    ("invalid literal string, expected `'`", "written-open-quote"),
    ("invalid multi-line", "written-open-quote"),
    ("missing escaped value", "written-backslash"),
    ("key with no value", "written-pair"),
    ("missing value", "written-pair"),
    ("extra `=`", "written-pair"),
    ("invalid unquoted key", "written-key"),
    ("unquoted keys cannot be empty", "written-key"),
    ("unexpected key or value", "written-more"),
    ("unclosed array table", "written-header"),
    ("unclosed table", "written-header"),
    ("missing table open", "written-header"),
    ("unclosed array", "written-list"),
    ("unclosed inline table", "written-list"),
    ("missing comma", "written-list"),
    ("extra comma", "written-list"),
    ("duplicate key", "written-twice"),
    ("invalid boolean", "written-want-boolean"),
    ("unexpected leading zero", "written-want-number"),
];

/// What the reader expected instead, and the key of ours.
const WANTED: &[(&[&str], &str)] = &[
    (&["a string"], "written-want-text"),
    (&["a boolean"], "written-want-boolean"),
    (&["a sequence"], "written-want-list"),
    (&["u8", "u16", "u32", "u64", "usize", "i32", "i64"], "written-want-number"),
];

/// A message of the reader in our words.
pub(super) fn misread(cat: &Catalogue, message: &str) -> String {
    known(cat, message).unwrap_or_else(|| cat.t1("written-unknown", "message", message).into_owned())
}

fn known(cat: &Catalogue, message: &str) -> Option<String> {
    let mut names = message.split('`').skip(1).step_by(2);
    if message.starts_with("missing field ") {
        return Some(cat.t1("written-lacks", "name", names.next()?).into_owned());
    }
    if message.starts_with("unknown field ") || message.starts_with("unknown variant ") {
        let name = names.next()?;
        let rest: Vec<&str> = names.collect();
        return Some(
            cat.tn("written-no-such", &[("name", name.into()), ("names", rest.join(" ").into())])
                .into_owned(),
        );
    }
    if message.starts_with("invalid type: ") || message.starts_with("invalid value: ") {
        let (_, wanted) = message.rsplit_once(", expected ")?;
        let key = WANTED.iter().find(|(known, _)| known.contains(&wanted))?.1;
        return Some(cat.t(key).into_owned());
    }
    let key = SAID.iter().find(|(begins, _)| message.starts_with(begins))?.1;
    Some(cat.t(key).into_owned())
}
