//! Words as rosters and people write them, understood as codes.

mod synonyms;

use super::choice;
use crate::domain::{Choices, forms};
use crate::i18n::{Lang, catalogue};
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The code of a choice by its code, its words in either language, or a common synonym; case, width and spaces do
/// not matter. `None` for a word that could mean two of them.
///
/// One word only: the parts of a list such as `留守、孤儿` are asked for one by one.
pub fn choice_code(choices: &Choices, text: &str) -> Option<String> {
    let text = fold(text);
    let known = |code: &str| choices.codes.iter().find(|known| *known == code).map(|code| code.to_string());
    let own = || {
        let at = choices.own.iter().position(|(zh, en)| fold(zh) == text || fold(en) == text)?;
        choices.codes.get(at).map(|code| code.to_string())
    };
    // Codes are in one form already; only case and punctuation vary.
    let plain = |code: &str| {
        code.chars().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_lowercase).eq(text.chars())
    };
    let by_code = || choices.codes.iter().find(|code| plain(code)).map(|code| code.to_string());
    let core = || WORDS.get(choices.list.as_ref())?.get(text.as_str()).copied().and_then(known);
    if text.is_empty() { None } else { by_code().or_else(own).or_else(core) }
}

/// The choices a word could mean that is too wide for one of them; none for any other word.
pub(super) fn could_mean(choices: &Choices, text: &str) -> &'static [&'static str] {
    let (words, codes) = synonyms::vague(&choices.list);
    let text = fold(text);
    if words.iter().any(|word| fold(word) == text) { codes } else { &[] }
}

/// Without what people vary: width, case, spaces, punctuation and brackets.
fn fold(text: &str) -> String {
    text.nfkc().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

type Words = HashMap<&'static str, HashMap<String, &'static str>>;

/// Every word of the core lists, folded once: an import asks hundreds of thousands of times.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::new();
    for (list, codes) in lists() {
        let of_list = words.entry(list).or_default();
        let choices = forms::choices(list, codes);
        for code in codes {
            for lang in Lang::ALL {
                of_list.insert(fold(&choice(catalogue(lang), &choices, code)), *code);
            }
        }
        for (code, also) in synonyms::of(list) {
            for word in *also {
                // What the catalogue says is never overruled.
                of_list.entry(fold(word)).or_insert(*code);
            }
        }
    }
    words
});

/// The core lists by name.
pub(super) fn lists() -> [(&'static str, &'static [&'static str]); 13] {
    [
        ("sex", forms::SEXES),
        ("risk", forms::RISKS),
        ("category", forms::CATEGORIES),
        ("relation", forms::RELATIONS),
        ("member-role", forms::MEMBER_ROLES),
        ("circumstance", forms::CIRCUMSTANCES),
        ("contact-kind", forms::CONTACT_KINDS),
        ("met", forms::MET),
        ("follow-up-kind", forms::FOLLOW_UP_KINDS),
        ("follow-up-end", forms::FOLLOW_UP_ENDS),
        ("repeat", forms::REPEATS),
        ("close-reason", forms::CLOSE_REASONS),
        ("found-by", forms::FOUND_BY),
    ]
}

/// Words that the synonyms give to two choices of a list, or to another than the catalogue does.
#[cfg(test)]
pub(super) fn doubtful(list: &'static str, codes: &'static [&'static str]) -> Vec<String> {
    let choices = forms::choices(list, codes);
    let words =
        synonyms::of(list).iter().flat_map(|(code, also)| also.iter().map(move |word| (*code, *word)));
    let strays = words.filter(|(code, word)| choice_code(&choices, word).as_deref() != Some(*code));
    strays.map(|(code, word)| format!("{word} for {code}")).collect()
}
