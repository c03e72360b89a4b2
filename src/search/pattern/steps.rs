//! Where the steps of a pattern come from: letters that spell, abbreviate or misspell syllables, and hanzi that sound
//! alike.

use super::super::How;
use super::super::alphabet::{Alphabet, CharId};
use super::super::cost;
use super::super::query::Unit;
use super::super::syllables::{Reading, SYLLABLES, Syllable, readings};

#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) from: u8,
    pub(super) to: u8,
    pub(super) cost: u8,
    pub(super) how: How,
}

/// What a character can do, in a byte: the farthest it moves in the low bits, and whether it can open the match.
#[derive(Clone, Copy, Default)]
pub(super) struct Reach(pub(super) u8);

impl Reach {
    pub(super) const STARTS: u8 = 0x80;
    /// Moves on from position 1: follows a wrong first character.
    pub(super) const SECOND: u8 = 0x40;
    pub(super) const FARTHEST: u8 = 0x1f;

    pub(super) fn with(self, step: Step) -> Reach {
        let opens = match step.from {
            0 => Reach::STARTS,
            1 => Reach::SECOND,
            _ => 0,
        };
        Reach((self.0 & !Reach::FARTHEST) | opens | (self.0 & Reach::FARTHEST).max(step.to - step.from))
    }
}

/// Steps of the letters of a query, sorted by syllable.
#[derive(Default)]
pub(super) struct SyllableSteps {
    pub(super) found: Vec<(Syllable, Step)>,
    pub(super) sorted: Vec<Step>,
    ends: Vec<u32>,
    pub(super) reach: Vec<Reach>,
}

impl SyllableSteps {
    fn add(&mut self, syllable: Syllable, from: usize, to: usize, cost: u8, how: How) {
        self.found.push((syllable, Step { from: from as u8, to: to as u8, cost, how }));
    }

    pub(super) fn range(&self, syllable: Syllable) -> std::ops::Range<usize> {
        let syllable = usize::from(syllable);
        self.ends[syllable] as usize..self.ends[syllable + 1] as usize
    }

    pub(super) fn sort(&mut self, syllables: usize) {
        self.ends.clear();
        self.ends.resize(syllables + 2, 0);
        self.reach.clear();
        self.reach.resize(syllables, Reach::default());
        for &(syllable, step) in &self.found {
            self.ends[usize::from(syllable) + 2] += 1;
            let reach = &mut self.reach[usize::from(syllable)];
            *reach = reach.with(step);
        }
        for i in 2..self.ends.len() {
            self.ends[i] += self.ends[i - 1];
        }
        let nothing = Step { from: 0, to: 0, cost: cost::NEVER, how: How::WrongChar };
        self.sorted.clear();
        self.sorted.resize(self.found.len(), nothing);
        for &(syllable, step) in &self.found {
            let next = &mut self.ends[usize::from(syllable) + 1];
            self.sorted[*next as usize] = step;
            *next += 1;
        }
    }
}

/// A hanzi (or another sign) of the query.
pub(super) struct Sign {
    pub(super) at: u8,
    pub(super) id: Option<CharId>,
    pub(super) readings: Vec<Reading>,
}

impl Sign {
    pub(super) fn of(units: &[Unit], alphabet: &Alphabet) -> Vec<Sign> {
        let sign = |(at, unit): (usize, &Unit)| match unit {
            Unit::Sign(c) => Some(Sign { at: at as u8, id: alphabet.find(*c), readings: readings(*c) }),
            Unit::Letter(_) => None,
        };
        units.iter().enumerate().filter_map(sign).collect()
    }

    /// How the roster's character may stand for this one.
    pub(super) fn step(&self, id: CharId, known: &[Reading]) -> Option<Step> {
        let step = |cost, how| Step { from: self.at, to: self.at + 1, cost, how };
        if self.id == Some(id) {
            return Some(step(0, How::Exact));
        }
        let mut best: Option<Step> = None;
        for (rank, theirs) in known.iter().enumerate() {
            for (my_rank, mine) in self.readings.iter().enumerate() {
                let extra = if rank + my_rank > 0 { cost::OTHER_READING } else { 0 };
                let syllable = usize::from(mine.syllable);
                let found = if theirs.syllable == mine.syllable {
                    let cost = if theirs.tone == mine.tone { cost::SAME_TONE } else { cost::SAME_SOUND };
                    step(cost + extra, How::Homophone)
                } else if SYLLABLES.near[syllable].contains(&theirs.syllable) {
                    step(cost::NEAR_CHAR + extra, How::NearSound)
                } else if SYLLABLES.far[syllable].contains(&theirs.syllable) {
                    step(cost::FAR_CHAR + extra, How::NearSound)
                } else {
                    continue;
                };
                best = Some(best.map_or(found, |best| if found.cost < best.cost { found } else { best }));
            }
        }
        best
    }
}

/// A Latin letter inside a name matches itself.
pub(super) fn same_letter(units: &[Unit], c: char) -> impl Iterator<Item = Step> {
    let same = move |(at, unit): (usize, &Unit)| {
        let step = Step { from: at as u8, to: at as u8 + 1, cost: 0, how: How::Exact };
        matches!(unit, Unit::Letter(b) if char::from(*b) == c).then_some(step)
    };
    units.iter().enumerate().filter_map(same)
}

/// The longest syllable: zhuang.
const LONGEST: usize = 6;

fn syllable(letters: &[u8]) -> Option<Syllable> {
    std::str::from_utf8(letters).ok().and_then(|name| SYLLABLES.id(name))
}

/// Whole syllables, near sounds, initials and the unfinished last syllable of a run of letters at `start`.
pub(super) fn add_run(steps: &mut SyllableSteps, run: &[u8], start: usize, last: bool) {
    let table = &*SYLLABLES;
    for at in 0..run.len() {
        let from = start + at;
        for end in at + 1..=run.len().min(at + LONGEST) {
            let Some(typed) = syllable(&run[at..end]) else { continue };
            for &near in &table.near[usize::from(typed)] {
                let (cost, how) = if near == typed { (0, How::Pinyin) } else { (cost::NEAR, How::NearSound) };
                steps.add(near, from, start + end, cost, how);
            }
            for &far in &table.far[usize::from(typed)] {
                steps.add(far, from, start + end, cost::FAR, How::NearSound);
            }
        }
        let next = run.get(at + 1).copied();
        if let (b'l' | b'n', Some(b'u')) = (run[at], next)
            && let Some(rounded) = syllable(&[run[at], b'v'])
        {
            steps.add(rounded, from, from + 2, cost::OTHER_READING, How::Pinyin);
        }
        for &starting in &table.by_letter[usize::from(run[at] - b'a')] {
            steps.add(starting, from, from + 1, cost::INITIAL, How::Initials);
            if matches!(run[at], b'z' | b'c' | b's') && next == Some(b'h') && table.hushing(starting) {
                steps.add(starting, from, from + 2, cost::INITIAL, How::Initials);
            }
            let name = table.names[usize::from(starting)].as_bytes();
            let tail = &run[at..];
            if last && tail.len() >= 2 && name.len() > tail.len() && name.starts_with(tail) {
                steps.add(starting, from, start + run.len(), cost::UNFINISHED, How::Pinyin);
            }
        }
        let confused = match run[at] {
            b'n' => b'l',
            b'l' => b'n',
            b'f' => b'h',
            b'h' => b'f',
            _ => continue,
        };
        for &near in &table.by_letter[usize::from(confused - b'a')] {
            steps.add(near, from, from + 1, cost::NEAR_INITIAL, How::NearSound);
        }
    }
}

/// Syllables one slip away from what was typed, after whole syllables or one other slip.
pub(super) fn add_typos(steps: &mut SyllableSteps, run: &[u8], start: usize) {
    let mut whole = vec![false; run.len() + 1];
    let mut slipped = vec![false; run.len() + 1];
    whole[0] = true;
    for at in 0..run.len() {
        // A second slip only in a query long enough to mean something.
        let again = !whole[at];
        if again && !(slipped[at] && run.len() >= 7) {
            continue;
        }
        for end in at + 1..=run.len().min(at + LONGEST) {
            let vowel = matches!(run[at], b'a' | b'e' | b'o');
            if (end - at > 1 || vowel) && syllable(&run[at..end]).is_some() {
                if again { slipped[end] = true } else { whole[end] = true }
            }
        }
        for (id, name) in SYLLABLES.names.iter().enumerate() {
            let name = name.as_bytes();
            if name.len() < 2 + usize::from(again) {
                continue;
            }
            for len in (name.len() - 1).max(2)..=(name.len() + 1).min(run.len() - at) {
                if one_slip(&run[at..at + len], name) {
                    slipped[at + len] |= !again;
                    steps.add(id as Syllable, start + at, start + at + len, cost::TYPO, How::Typo);
                }
            }
        }
    }
}

/// Differs by one letter that is wrong, missing, extra, or swapped with the next.
fn one_slip(typed: &[u8], name: &[u8]) -> bool {
    let same = typed.iter().zip(name).take_while(|(a, b)| a == b).count();
    let (a, b) = (&typed[same..], &name[same..]);
    match (a, b) {
        ([], []) => false,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a0, a1, a @ ..], [b0, b1, b @ ..]) if (a0, a1) == (b1, b0) && a == b => true,
        ([_, a @ ..], b) if a == b => true,
        (a, [_, b @ ..]) if a == b => true,
        _ => false,
    }
}

/// Letters as the fewest whole syllables, if they are nothing else.
pub(in crate::search) fn split_syllables(letters: &[u8]) -> Option<Vec<&[u8]>> {
    let mut best: Vec<Option<(usize, usize)>> = vec![None; letters.len() + 1];
    best[0] = Some((0, 0));
    for at in 0..letters.len() {
        let Some((count, _)) = best[at] else { continue };
        for end in at + 1..=letters.len().min(at + LONGEST) {
            let fewer = best[end].is_none_or(|(other, _)| count + 1 < other);
            if fewer && syllable(&letters[at..end]).is_some() {
                best[end] = Some((count + 1, at));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = letters.len();
    while end > 0 {
        let (_, start) = best[end]?;
        parts.push(&letters[start..end]);
        end = start;
    }
    parts.reverse();
    Some(parts)
}
