//! Free text: the sentence that holds all words typed, and the pairs of characters by which a text is indexed.
//!
//! Both sides fold a text in the same way, one character for one character. A text that has a sentence with all words
//! has every pair that [`Words::wanted`] names; the reverse need not hold, so whoever finds a text by its pairs still
//! cuts its sentences.

use super::postings::Wanted;

/// Characters of a sentence shown; longer ones are cut around the match.
const WIDTH: usize = 120;
/// Characters before the match where a sentence is cut in front: on a narrow screen the match must be among the first.
const BEFORE: usize = 15;
/// Cells up to which the match may stand in a sentence that is not cut in front.
const NEAR: usize = 56;

/// What was typed, word by word.
pub struct Words(Vec<Vec<char>>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub text: String,
    /// Characters of the text to highlight.
    pub marks: Vec<usize>,
}

impl Words {
    pub fn of(typed: &str) -> Words {
        Words(typed.split_whitespace().map(|word| word.chars().map(fold).collect()).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pairs that a text with such a sentence has.
    pub fn wanted(&self) -> Vec<Wanted> {
        let mut wanted = vec![];
        for word in &self.0 {
            match word[..] {
                [one] => wanted.push(Wanted::Between(pair(one, END), pair(one, '\u{ffff}'))),
                _ => wanted.extend(word.windows(2).map(|two| Wanted::One(pair(two[0], two[1])))),
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    /// The sentences of a text that hold all words, with what to highlight.
    pub fn sentences(&self, text: &str) -> Vec<Sentence> {
        let mut all = vec![];
        for sentence in text.split_inclusive(ends) {
            let sentence = sentence.trim();
            let chars: Vec<char> = sentence.chars().collect();
            let plain: Vec<char> = chars.iter().map(|c| fold(*c)).collect();
            let mut marks = vec![];
            let holds = |word: &Vec<char>| {
                let at: Vec<usize> = (0..plain.len()).filter(|at| plain[*at..].starts_with(word)).collect();
                marks.extend(at.iter().flat_map(|at| *at..at + word.len()));
                !at.is_empty()
            };
            if self.0.iter().all(holds) {
                marks.sort_unstable();
                marks.dedup();
                all.push(cut(&chars, marks));
            }
        }
        all
    }
}

/// A long sentence, cut around its first match.
fn cut(chars: &[char], marks: Vec<usize>) -> Sentence {
    let first = marks.first().copied().unwrap_or(0);
    let cells: usize = chars[..first].iter().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let from = if cells <= NEAR { 0 } else { word_from(chars, first - BEFORE.min(first), first) };
    let to = (from + WIDTH).min(chars.len());
    let lead = if from > 0 { "~" } else { "" };
    let marks = marks.into_iter().filter(|at| (from..to).contains(at)).map(|at| at - from + lead.len());
    Sentence { marks: marks.collect(), text: lead.chars().chain(chars[from..to].iter().copied()).collect() }
}

/// Where the next word begins, if the cut would fall into one of letters.
fn word_from(chars: &[char], cut: usize, first: usize) -> usize {
    let into_word = cut > 0 && chars[cut - 1].is_ascii_alphanumeric() && chars[cut].is_ascii_alphanumeric();
    let space = chars[cut..first].iter().position(|c| c.is_whitespace()).filter(|_| into_word);
    let from = cut + space.map_or(0, |space| space + 1);
    from + chars[from..first].iter().take_while(|c| c.is_whitespace()).count()
}

/// What stands after the last character before a space, or before the end.
const END: char = '\0';

/// Appends the pairs of neighbours of a text, in its order and as often as they stand there. A pair that no sentence
/// can hold, across its end or a space, is left out.
pub fn pairs(text: &str, into: &mut Vec<u32>) {
    let mut last: Option<char> = None;
    for c in text.chars().map(fold) {
        let space = c.is_whitespace();
        if let Some(last) = last {
            into.push(pair(last, if space || ends(last) { END } else { c }));
        }
        last = (!space).then_some(c);
    }
    into.extend(last.map(|last| pair(last, END)));
}

/// Exact for the characters of the first plane. Rarer ones share a number with another pair: that costs a look at a
/// text in vain.
fn pair(first: char, second: char) -> u32 {
    (first as u32) << 16 | (second as u32 & 0xffff)
}

fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '\n' | '!' | '?' | ';')
}

/// One character for one character, so that positions stay.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => fold(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sentence_that_holds_all_words_is_shown_with_its_marks() {
        let found = Words::of("奶奶 Ｓｍｉｔｈ").sentences("今天见到奶奶。奶奶说smith老师来过！奶奶身体好。");
        let sentence =
            Sentence { text: "奶奶说smith老师来过！".to_owned(), marks: vec![0, 1, 3, 4, 5, 6, 7] };
        assert_eq!(found, [sentence]);
    }

    #[test]
    fn a_page_without_a_full_stop_is_cut_around_the_word() {
        let text = format!("{}关键{}", "前".repeat(20_000), "后".repeat(500));
        let found = Words::of("关键").sentences(&text);
        let Sentence { text, marks } = &found[0];
        assert_eq!(text.chars().count(), WIDTH + 1);
        assert!(text.starts_with('~'), "a cut is shown");
        let marked: String = marks.iter().filter_map(|at| text.chars().nth(*at)).collect();
        assert_eq!(marked, "关键");
    }

    #[test]
    fn a_sentence_is_cut_between_words_and_its_match_stands_where_a_narrow_screen_shows_it() {
        let text =
            format!("It was {} approved with the consent of everybody in the family", "so ".repeat(40));
        let found = Words::of("consent").sentences(&text);
        assert!(found[0].text.starts_with("~with the consent of"), "{}", found[0].text);
        assert_eq!(found[0].marks.first(), Some(&10));
        let near = "The family was asked for its consent";
        assert_eq!(Words::of("consent").sentences(near)[0].text, near);
    }

    fn has(text: &str, words: &Words) -> bool {
        let mut all = vec![];
        pairs(text, &mut all);
        words.wanted().into_iter().all(|wanted| all.iter().any(|pair| wanted.takes(*pair)))
    }

    proptest! {
        #[test]
        fn a_text_with_the_sentence_has_the_pairs(
            text in "[奶爷。！？!;aA １\u{20000}\u{10000}\n\u{3000}]{0,24}",
            typed in "[奶爷。！aA１ \u{20000}\u{10000}]{1,4}",
        ) {
            let words = Words::of(&typed);
            if !words.is_empty() && !words.sentences(&text).is_empty() {
                prop_assert!(has(&text, &words));
            }
        }
    }
}
