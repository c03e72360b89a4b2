//! What in a text tells who somebody is: names however they are written, places, schools, numbers, dates, ages.
//!
//! It knows the words that it was given and the shapes of numbers and dates. Somebody whose name stands in no file is not
//! found here: a person reads every line before it goes out.

mod figures;

use super::fold::fold_char;
use super::syllables::spelled;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What a part of a text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tells {
    Child,
    Family,
    /// Another child on file.
    OtherChild,
    Worker,
    Volunteer,
    FosterFamily,
    /// Somebody by surname and title, whoever it is.
    Person,
    Place,
    School,
    Agency,
    /// A station's own field: a clan, a house name.
    Detail,
    Phone,
    IdNumber,
    /// Five digits or more, a case number, an address on the net.
    Number,
    /// None: not a whole day.
    Date(Option<NaiveDate>),
    /// In years.
    Age(u8),
}

/// A part of a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub range: Range<usize>,
    pub tells: Tells,
}

/// Words that are the same for every file: a table of the practice gives them.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// One or two characters each.
    pub surnames: Vec<String>,
    /// What people put behind a surname: 奶奶, 老师.
    pub titles: Vec<String>,
    /// In Latin letters, before a name: `Mr`.
    pub forms_of_address: Vec<String>,
    /// Ends of the names of places, schools and institutions, the longest first: 小学, 村.
    pub place_ends: Vec<String>,
    /// Words that are also somebody's name, or the beginning of the name of a place: they are passed over unless it is a
    /// name of the file's own people.
    pub everyday: Vec<String>,
    /// What stands in square brackets in the place of what was found, a number as `#`: it is not found again.
    pub neutral: Vec<String>,
}

/// Shorter spellings stand within other words.
const SHORTEST_SPELLING: usize = 4;
/// From so many letters on a spelling is one wherever it stands; a shorter one has to be a word.
const SURELY_SPELLED: usize = 8;
/// A name whose characters have several readings has no more spellings than this.
const MOST_SPELLINGS: usize = 24;
/// What stands in brackets is looked at no further than this.
const LONGEST_NEUTRAL: usize = 16;
/// Characters of the longest name that is looked for in everybody.
const BYSTANDER: usize = 4;

/// A character of the text, folded, and where it stands.
#[derive(Clone, Debug)]
struct Char {
    c: char,
    at: Range<usize>,
    /// Something stands between it and the one before.
    apart: bool,
}

/// What tells in the texts of one file.
pub struct Known<'a> {
    common: &'a Common,
    /// By the first character; the longest first.
    words: HashMap<char, Vec<(Vec<char>, Tells)>>,
    surnames: HashMap<String, Tells>,
    /// Whole names of people who have nothing to do with the file.
    bystanders: HashSet<Vec<char>>,
}

impl<'a> Known<'a> {
    pub fn new(common: &'a Common) -> Self {
        Self { common, words: HashMap::new(), surnames: HashMap::new(), bystanders: HashSet::new() }
    }

    fn put(&mut self, word: Vec<char>, tells: Tells) {
        let Some(&first) = word.first() else { return };
        let of = self.words.entry(first).or_default();
        if of.iter().any(|(known, _)| *known == word) {
            return;
        }
        let place = of.partition_point(|(known, _)| known.len() >= word.len());
        of.insert(place, (word, tells));
    }

    /// Letters and digits as they stand: a case number, a nickname, the name of an agency.
    pub fn word(&mut self, text: &str, tells: Tells) {
        let word = tight(text);
        let hanzi = word.iter().filter(|c| is_hanzi(**c)).count();
        if hanzi >= 2 || (hanzi == 0 && word.len() >= 3) {
            self.put(word, tells);
        }
    }

    /// Somebody who has nothing to do with the file: the whole name and no more.
    pub fn bystander(&mut self, name: &str) {
        let word = tight(name);
        let is_word = self.common.everyday.iter().any(|word| word == name.trim());
        if (2..=BYSTANDER).contains(&word.len()) && word.iter().all(|c| is_hanzi(*c)) && !is_word {
            self.bystanders.insert(word);
        }
    }

    /// A name in all the ways in which people write and say it: whole, without the surname, 小明, 明明, 王奶奶, in pinyin
    /// and by initials.
    pub fn person(&mut self, name: &str, tells: Tells) {
        let parts = name.split([' ', '·', '•', ',', '、', '/', '(', '（']).filter(|part| !part.is_empty());
        let latin: Vec<&str> = parts.filter(|part| !part.chars().any(is_hanzi)).collect();
        for part in &latin {
            self.word(part, tells);
        }
        let name: Vec<char> = tight(name).into_iter().filter(|c| is_hanzi(*c)).collect();
        // Of a foreign name every part is a name.
        if name.len() < 2 || name.len() > 12 {
            return;
        }
        let is_double = || self.common.surnames.contains(&name[..2].iter().collect());
        let surname = if name.len() > 2 && is_double() { 2 } else { 1 };
        self.surnames.entry(name[..surname].iter().collect()).or_insert(tells);
        let given = &name[surname..];
        self.put(name.clone(), tells);
        for spelling in spellings(&name) {
            self.put(spelling.chars().collect(), tells);
        }
        // 谭医生 is a surname and what somebody is called by: 医生 alone is nobody's name.
        if given.len() >= 2 && self.common.titles.contains(&given.iter().collect()) {
            return;
        }
        if given.len() >= 2 {
            self.put(given.to_vec(), tells);
        }
        for &c in given {
            for pet in [&['小', c][..], &['阿', c], &[c, c], &[c, '儿'], &[c, '仔'], &[c, '娃'], &[c, '子']]
            {
                self.put(pet.to_vec(), tells);
            }
        }
        if given.len() >= 2 {
            for spelling in spellings(given) {
                self.put(spelling.chars().collect(), tells);
            }
        }
        // As people also sign: the given name first.
        let turned: Vec<char> = given.iter().chain(&name[..surname]).copied().collect();
        for spelling in spellings(&turned) {
            self.put(spelling.chars().collect(), tells);
        }
        let initials: String = name.iter().filter_map(|c| spelled(*c).next()?.chars().next()).collect();
        if initials.len() >= 3 {
            self.put(initials.chars().collect(), tells);
        }
    }

    /// An address or the name of a place: whole, each of its parts, and each without its ending.
    pub fn place(&mut self, text: &str, tells: Tells) {
        self.word(text, tells);
        for part in text.split([' ', ',', '，', '、', ';', '；', '/', '(', ')', '（', '）', '·', '-']) {
            self.parts(&tight(part), tells);
        }
    }

    fn parts(&mut self, text: &[char], tells: Tells) {
        let mut rest = text;
        while !rest.is_empty() {
            let ends = (1..rest.len()).find_map(|at| Some((at, self.place_end(&rest[at..])?)));
            let (stem, part) = match ends {
                Some((at, end)) => (&rest[..at], &rest[..at + end]),
                None => (rest, rest),
            };
            let is_name = |word: &[char]| word.len() >= 2 && word.iter().all(|c| is_hanzi(*c));
            if is_name(part) && !is_counted(stem) {
                self.put(part.to_vec(), tells);
                let is_word = self.common.everyday.contains(&stem.iter().collect());
                if is_name(stem) && !is_word {
                    self.put(stem.to_vec(), tells);
                    for spelling in spellings(stem) {
                        self.put(spelling.chars().collect(), tells);
                    }
                }
            }
            rest = &rest[part.len()..];
        }
    }

    fn place_end(&self, text: &[char]) -> Option<usize> {
        let ends = self.common.place_ends.iter();
        ends.map(|end| end.chars().collect::<Vec<_>>()).find(|end| text.starts_with(end)).map(|end| end.len())
    }

    /// Where something tells who somebody is, in the order of the text; no two overlap.
    pub fn find(&self, text: &str) -> Vec<Mark> {
        let whole = chars(text, |_| false);
        let close = chars(text, is_filler);
        let mut marks = vec![];
        figures::find(&whole, &mut marks);
        self.find_words(&close, &mut marks);
        let neutral = self.neutral(text);
        marks.retain(|mark| {
            !neutral.iter().any(|one| one.start < mark.range.end && mark.range.start < one.end)
        });
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        let mut apart: Vec<Mark> = vec![];
        for mark in marks {
            match apart.last_mut() {
                // Half a name that is left standing would still be a name.
                Some(last) if mark.range.start < last.range.end => {
                    last.range.end = last.range.end.max(mark.range.end);
                }
                _ => apart.push(mark),
            }
        }
        apart
    }

    fn find_words(&self, text: &[Char], marks: &mut Vec<Mark>) {
        for at in 0..text.len() {
            let rest = &text[at..];
            let begins = at == 0 || rest[0].apart || !is_letter(text[at - 1].c);
            for (word, tells) in self.words.get(&rest[0].c).into_iter().flatten() {
                if rest.len() >= word.len()
                    && rest.iter().zip(word).all(|(have, want)| have.c == *want)
                    && (is_hanzi(word[0]) || stands_alone(text, at, word.len(), begins))
                {
                    marks.push(mark(&rest[..word.len()], *tells));
                    break;
                }
            }
            for length in (2..=BYSTANDER.min(rest.len())).rev() {
                let name: Vec<char> = rest[..length].iter().map(|one| one.c).collect();
                if self.bystanders.contains(&name) {
                    marks.push(mark(&rest[..length], Tells::OtherChild));
                    break;
                }
            }
            self.find_titled(rest, marks);
        }
    }

    /// 王奶奶, 老王, 王某, Mr Wang.
    fn find_titled(&self, rest: &[Char], marks: &mut Vec<Mark>) {
        let text = |part: &[Char]| part.iter().map(|one| one.c).collect::<String>();
        for length in [2, 1] {
            if rest.len() <= length {
                continue;
            }
            let surname = text(&rest[..length]);
            let own = self.surnames.get(&surname).copied();
            if own.is_none() && !self.common.surnames.contains(&surname) {
                continue;
            }
            let behind: String = rest[length..].iter().take(4).map(|one| one.c).collect();
            let title = self.common.titles.iter().find(|title| behind.starts_with(title.as_str()));
            if let Some(title) = title {
                let end = length + title.chars().count();
                marks.push(mark(&rest[..end], own.unwrap_or(Tells::Person)));
                return;
            }
            if own.is_some() && behind.starts_with('家') {
                marks.push(mark(&rest[..=length], own.unwrap_or(Tells::Person)));
                return;
            }
        }
        if ['老', '小', '阿'].contains(&rest[0].c)
            && rest.len() > 1
            && let Some(own) = self.surnames.get(&text(&rest[1..2]))
        {
            marks.push(mark(&rest[..2], *own));
        }
        self.find_addressed(rest, marks);
    }

    /// A word in Latin letters behind a form of address.
    fn find_addressed(&self, rest: &[Char], marks: &mut Vec<Mark>) {
        let word = |from: usize| {
            let more = rest.iter().skip(from + 1).take_while(|one| is_letter(one.c) && !one.apart).count();
            rest.get(from).filter(|one| is_letter(one.c)).map_or(0, |_| more + 1)
        };
        let first = word(0);
        if first == 0 || first + 1 > rest.len() {
            return;
        }
        let said: String = rest[..first].iter().map(|one| one.c).collect();
        let second = word(first);
        if second >= 2
            && rest[first].apart
            && self.common.forms_of_address.iter().any(|known| known.to_lowercase() == said)
        {
            marks.push(mark(&rest[..first + second], Tells::Person));
        }
    }

    /// What stands in brackets in the place of something found.
    fn neutral(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = vec![];
        for (start, _) in text.match_indices('[') {
            let Some(length) = text[start..].find(']') else { break };
            let inside = &text[start + 1..start + length];
            if inside.chars().count() <= LONGEST_NEUTRAL && self.common.neutral.contains(&pattern(inside)) {
                found.push(start..start + length + 1);
            }
        }
        found
    }
}

/// Each number of at most three digits as `#`.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    let mut digits = 0;
    for c in text.chars() {
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        match digits {
            0 => pattern.push(c),
            1 => pattern.push('#'),
            2 | 3 => {}
            _ => pattern.push(c),
        }
    }
    pattern
}

fn mark(part: &[Char], tells: Tells) -> Mark {
    let start = part.first().map_or(0, |one| one.at.start);
    Mark { range: start..part.last().map_or(start, |one| one.at.end), tells }
}

/// A short spelling must be a word of its own; a long one need not.
fn stands_alone(text: &[Char], at: usize, length: usize, begins: bool) -> bool {
    let ends = text.get(at + length).is_none_or(|next| next.apart || !is_letter(next.c));
    length >= SURELY_SPELLED || (begins && ends)
}

fn chars(text: &str, skips: impl Fn(char) -> bool) -> Vec<Char> {
    let mut apart = false;
    let mut all = vec![];
    for (at, c) in text.char_indices() {
        match fold_char(c).filter(|_| !skips(c)) {
            Some(folded) => {
                all.push(Char { c: folded, at: at..at + c.len_utf8(), apart });
                apart = false;
            }
            None => apart |= c.is_whitespace() || skips(c),
        }
    }
    all
}

fn tight(text: &str) -> Vec<char> {
    text.chars().filter(|c| !is_filler(*c)).filter_map(fold_char).collect()
}

/// What people put between the parts of a name, and what hides one.
fn is_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\'' | '’' | '·' | '•' | '.' | '_' | '*' | '‐' | '－' | '|')
}

fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
}

/// 二, 12: what a group or a house is counted by.
fn is_counted(word: &[char]) -> bool {
    word.iter().all(|c| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(*c))
}

/// A word in letters, in each way in which its characters are read.
fn spellings(word: &[char]) -> Vec<String> {
    let mut all = vec![String::new()];
    for &c in word {
        let readings: Vec<&str> = spelled(c).collect();
        if readings.is_empty() {
            return vec![];
        }
        all = all.iter().flat_map(|begun| readings.iter().map(move |one| format!("{begun}{one}"))).collect();
        all.truncate(MOST_SPELLINGS);
    }
    // In a passport ü is written yu, on a keyboard v or u.
    let more: Vec<String> = all
        .iter()
        .filter(|one| one.contains('v'))
        .flat_map(|one| [one.replace('v', "yu"), one.replace('v', "u")])
        .collect();
    all.extend(more);
    all.retain(|one| one.len() >= SHORTEST_SPELLING);
    all
}

#[cfg(test)]
mod tests;
