//! Loose matching of short labels by a subsequence of letters: command palette, pickers, free text.
//!
//! A thin cover of `fuzzy-matcher` that folds both sides, keeps it from its worst case (time and memory grow with text
//! times query, and the memory stays), and lets pinyin find hanzi.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::fold::fold_char;
use super::syllables::{SYLLABLES, readings};

const LONGEST_QUERY: usize = 30;
const MOST_CELLS: usize = 100_000;
/// A label longer than this is text; nobody spells a text in pinyin.
const LONGEST_SPELLED: usize = 64;

pub struct Matcher {
    skim: SkimMatcherV2,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Higher is nearer; only comparable within one query.
    pub score: i64,
    /// Chars of the text that were matched, ascending.
    pub chars: Vec<usize>,
}

impl Default for Matcher {
    fn default() -> Self {
        Matcher { skim: SkimMatcherV2::default().ignore_case().element_limit(MOST_CELLS) }
    }
}

impl Matcher {
    /// `None` if the text does not match. An empty query matches everything with score 0.
    pub fn find(&self, text: &str, query: &str) -> Option<Match> {
        let query: String =
            query.chars().filter_map(fold_char).filter(|c| !c.is_whitespace()).take(LONGEST_QUERY).collect();
        if query.is_empty() {
            return Some(Match { score: 0, chars: Vec::new() });
        }
        let direct = self.written(text, &query);
        // Hanzi in the query cannot be spelled; what is found as it is written needs no spelling.
        if direct.is_some() || !query.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return direct;
        }
        self.spelled(text, &query)
    }

    fn written(&self, text: &str, query: &str) -> Option<Match> {
        let folded: String = text.chars().map(|c| fold_char(c).unwrap_or(' ')).collect();
        let (score, chars) = self.skim.fuzzy_indices(&folded, query)?;
        Some(Match { score, chars })
    }

    /// The query as initials or whole syllables of the text; every reading of a character counts.
    fn spelled(&self, text: &str, query: &str) -> Option<Match> {
        let spellings: Vec<Vec<&str>> = text.chars().take(LONGEST_SPELLED).map(spelling).collect();
        if spellings.iter().all(Vec::is_empty) {
            return None;
        }
        let letters: Vec<char> =
            text.chars().take(LONGEST_SPELLED).map(|c| fold_char(c).unwrap_or(' ')).collect();
        // reached[position] = the best walk that used the query up to there.
        let mut reached: Vec<Option<Match>> = vec![None; query.len() + 1];
        reached[0] = Some(Match { score: 0, chars: Vec::new() });
        for (at, spelling) in spellings.iter().enumerate() {
            for from in (0..query.len()).rev() {
                let Some(walk) = reached[from].clone() else { continue };
                let rest = &query[from..];
                let mut steps: Vec<usize> = spelling.iter().flat_map(|name| prefixes(name, rest)).collect();
                if rest.starts_with(letters[at]) {
                    steps.push(1);
                }
                let neighbour = walk.chars.last().is_none_or(|&last| last + 1 == at);
                for len in steps {
                    // A run from the start says most, an unbroken run more than scattered letters.
                    let bonus = if at == 0 { 8 } else { 0 } + if neighbour { 4 } else { 0 };
                    let score = walk.score + 12 + len as i64 + bonus;
                    if reached[from + len].as_ref().is_none_or(|other| other.score < score) {
                        let chars = walk.chars.iter().copied().chain([at]).collect();
                        reached[from + len] = Some(Match { score, chars });
                    }
                }
            }
        }
        reached.pop().flatten()
    }
}

fn spelling(c: char) -> Vec<&'static str> {
    let names = fold_char(c).map(readings).unwrap_or_default();
    names.iter().map(|reading| SYLLABLES.names[usize::from(reading.syllable)]).collect()
}

/// Lengths of the name's prefixes that the query goes on with.
fn prefixes(name: &str, query: &str) -> impl Iterator<Item = usize> {
    let common = name.bytes().zip(query.bytes()).take_while(|(a, b)| a == b).count();
    1..=common
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str, query: &str) -> Option<Vec<usize>> {
        Matcher::default().find(text, query).map(|found| found.chars)
    }

    #[test]
    fn a_label_is_found_by_its_letters_by_initials_and_by_pinyin() {
        assert_eq!(chars("Open the case file", "ocf"), Some(vec![0, 9, 14]));
        assert_eq!(chars("启程小学", "qc"), Some(vec![0, 1]));
        assert_eq!(chars("启程小学", "qicheng"), Some(vec![0, 1]));
        assert_eq!(chars("新建 follow-up", "xjfol"), Some(vec![0, 1, 3, 4, 5]));
        assert_eq!(chars("启程小学", "xx"), Some(vec![2, 3]));
        assert_eq!(chars("启程小学", "qz"), None);
    }

    #[test]
    fn width_case_and_script_do_not_matter() {
        assert_eq!(chars("複核記錄", "复核记录"), Some(vec![0, 1, 2, 3]));
        assert_eq!(chars("Wang", "ＷＡＮＧ"), Some(vec![0, 1, 2, 3]));
    }

    #[test]
    fn a_run_ranks_above_scattered_letters() {
        let matcher = Matcher::default();
        let score = |text| matcher.find(text, "xx").unwrap().score;
        assert!(score("小学") > score("小朋友上学"));
    }

    #[test]
    fn an_empty_query_matches_and_a_huge_one_is_cut() {
        assert_eq!(Matcher::default().find("随便", " "), Some(Match { score: 0, chars: Vec::new() }));
        assert_eq!(
            chars(&"a".repeat(1_000_000), &"a".repeat(1_000_000)).map(|chars| chars.len() > LONGEST_QUERY),
            Some(false)
        );
        assert_eq!(chars("一二三", &"yi".repeat(500_000)), None);
    }
}
