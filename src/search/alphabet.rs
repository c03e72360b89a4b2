//! The distinct characters of a roster, numbered, with their readings: 3,300 for 100,000 children.

use std::collections::HashMap;

use super::fold::fold_char;
use super::syllables::{Reading, readings};

/// A folded character's number. Two texts that fold alike have the same numbers.
pub(super) type CharId = u16;

/// No character: fills short names up.
pub(super) const NONE: CharId = 0;
/// A dot, a space, a hyphen: stands between the parts of a name and costs nothing to pass.
pub(super) const BREAK: CharId = 1;
/// What a roster with more than 65,000 distinct characters has left over; matches nothing.
const UNNUMBERED: CharId = 2;

const LONGEST_TEXT: usize = 96;
const HANZI: std::ops::Range<u32> = 0x3400..0xa000;

pub(super) struct Alphabet {
    chars: Vec<char>,
    /// Where each character's readings end in `readings`.
    ends: Vec<u32>,
    readings: Vec<Reading>,
    /// Numbers of hanzi as they are written (not folded), 0 = not met yet.
    hanzi: Box<[CharId]>,
    others: HashMap<char, CharId>,
}

impl Default for Alphabet {
    fn default() -> Self {
        Alphabet {
            chars: vec!['\0'; 3],
            ends: vec![0; 3],
            readings: Vec::new(),
            hanzi: vec![0; HANZI.len()].into(),
            others: HashMap::new(),
        }
    }
}

impl Alphabet {
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(super) fn char(&self, id: CharId) -> char {
        self.chars[usize::from(id)]
    }

    pub(super) fn readings(&self, id: CharId) -> &[Reading] {
        let id = usize::from(id);
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.readings[start as usize..self.ends[id] as usize]
    }

    /// The number of a character that was met before.
    pub(super) fn find(&self, c: char) -> Option<CharId> {
        if HANZI.contains(&(c as u32)) {
            Some(self.hanzi[(c as u32 - HANZI.start) as usize]).filter(|&id| id != NONE)
        } else {
            self.others.get(&c).copied()
        }
    }

    /// The numbers of a text's characters, one for one; of a text that is no name or place only the beginning.
    pub(super) fn write(&mut self, text: &str, out: &mut Vec<CharId>) {
        out.clear();
        for c in text.chars().take(LONGEST_TEXT) {
            let id = match self.find(c) {
                Some(id) => id,
                None => self.learn(c),
            };
            out.push(id);
        }
    }

    fn learn(&mut self, c: char) -> CharId {
        let id = match fold_char(c) {
            Some(folded) if folded.is_alphanumeric() => match self.find(folded) {
                Some(id) => id,
                None if self.chars.len() > usize::from(u16::MAX) => UNNUMBERED,
                None => {
                    let id = self.chars.len() as CharId;
                    self.chars.push(folded);
                    self.readings.extend(readings(folded));
                    self.ends.push(self.readings.len() as u32);
                    self.keep(folded, id);
                    id
                }
            },
            _ => BREAK,
        };
        self.keep(c, id);
        id
    }

    fn keep(&mut self, c: char, id: CharId) {
        if HANZI.contains(&(c as u32)) {
            self.hanzi[(c as u32 - HANZI.start) as usize] = id;
        } else {
            self.others.insert(c, id);
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.chars.capacity() * 4
            + self.ends.capacity() * 4
            + self.readings.capacity() * size_of::<Reading>()
            + self.hanzi.len() * 2
            + self.others.capacity() * 8
    }
}
