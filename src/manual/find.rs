//! Finding a page by some words.

use super::{Manual, Mark, Page, Text};
use crate::i18n::Lang;
use crate::search::loose::Matcher;
use crate::search::sentences::{Sentence, Words};
use std::cmp::Reverse;
use std::sync::Arc;

/// A page that has every word.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit<'a> {
    pub page: &'a Arc<Page>,
    /// Where the words stand, if it is not the title alone.
    pub line: Option<Sentence>,
    /// The title has them all, as they are written.
    pub by_title: bool,
}

/// What a word is worth, by where it stands. In a text it counts as often as this at the most.
const TITLE: usize = 40;
const SPELLED: usize = 20;
const HEADING: usize = 10;
const TIMES: usize = 5;

impl Manual {
    /// The pages that have every word in title or text, the best first. A word of letters also spells a Chinese title.
    pub fn find(&self, lang: Lang, words: &str) -> Vec<Hit<'_>> {
        let matcher = Matcher::default();
        let words: Vec<&str> = words.split_whitespace().take(8).collect();
        let mut hits: Vec<(usize, Hit)> = vec![];
        for page in &self.pages {
            let text = page.text(lang);
            let is_id = words[..] == [page.id.as_str()];
            let scores = words.iter().map(|word| score(&matcher, text, word));
            let sum: Option<usize> = if is_id { Some(usize::MAX) } else { scores.sum() };
            let Some(score) = sum else { continue };
            let by_title = is_id || words.iter().all(|word| holds(&text.title, word));
            hits.push((score, Hit { page, line: line(text, &words), by_title }));
        }
        hits.sort_by_key(|(score, _)| Reverse(*score));
        hits.into_iter().map(|(_, hit)| hit).collect()
    }
}

fn holds(text: &str, word: &str) -> bool {
    !Words::of(word).sentences(text).is_empty()
}

/// None: the page does not have the word.
fn score(matcher: &Matcher, text: &Text, word: &str) -> Option<usize> {
    let title = if holds(&text.title, word) {
        TITLE
    } else if !text.title.is_ascii() && word.is_ascii() && matcher.find(&text.title, word).is_some() {
        SPELLED
    } else {
        0
    };
    let having = || text.blocks.iter().filter(|block| holds(&block.text, word));
    let heading = if having().any(|block| block.mark == Mark::Heading) { HEADING } else { 0 };
    let sum = title + heading + having().count().min(TIMES);
    (sum > 0).then_some(sum)
}

/// The first sentence with all words, else with the first of them that stands anywhere.
fn line(text: &Text, words: &[&str]) -> Option<Sentence> {
    let first = |words: Words| {
        text.blocks
            .iter()
            .filter(|block| block.mark != Mark::Heading)
            .find_map(|block| words.sentences(&block.text).into_iter().next())
    };
    if words.is_empty() {
        return None;
    }
    first(Words::of(&words.join(" "))).or_else(|| words.iter().find_map(|word| first(Words::of(word))))
}
