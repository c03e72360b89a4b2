//! One name of every row (the child's, or the guardian's), arranged by its first character.
//!
//! A keystroke visits only names whose first character can open the match, and by a second arrangement those whose
//! second can. Names of more than three characters (with a dot between their parts, or a double surname) stand apart.

use super::alphabet::{BREAK, CharId, NONE};
use super::cost;
use super::pattern::{Ends, Pattern, Walk};
use super::rank::Sink;

const CHARS: usize = 3;

#[derive(Default)]
pub(super) struct Names {
    /// Arranged by first character; rows ascend within a group.
    chars: Vec<[CharId; CHARS]>,
    /// The row of each place in `chars`.
    rows: Vec<u32>,
    /// The place of each row.
    places: Vec<u32>,
    /// By character: where its group starts in `chars`.
    firsts: Vec<u32>,
    /// Places arranged by second character, and where each group starts.
    by_second: Vec<u32>,
    seconds: Vec<u32>,
    long: LongNames,
}

#[derive(Default)]
struct LongNames {
    rows: Vec<u32>,
    ends: Vec<u32>,
    chars: Vec<CharId>,
}

impl LongNames {
    fn get(&self, at: usize) -> &[CharId] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.chars[start as usize..self.ends[at] as usize]
    }

    fn of_row(&self, row: u32) -> Option<&[CharId]> {
        self.rows.binary_search(&row).ok().map(|at| self.get(at))
    }
}

/// A new group for each id, by counting: where groups start, and the order of the items.
fn arrange(ids: impl Iterator<Item = CharId> + Clone, alphabet: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; alphabet + 1];
    let mut count = 0;
    for id in ids.clone() {
        starts[usize::from(id) + 1] += 1;
        count += 1;
    }
    for id in 0..alphabet {
        starts[id + 1] += starts[id];
    }
    let mut next = starts.clone();
    let mut order = vec![0u32; count];
    for (item, id) in ids.enumerate() {
        let place = &mut next[usize::from(id)];
        order[*place as usize] = item as u32;
        *place += 1;
    }
    (starts, order)
}

impl Names {
    /// Adds the next row's name.
    pub(super) fn push(&mut self, name: &[CharId]) {
        let row = self.chars.len() as u32;
        let mut chars = [NONE; CHARS];
        if name.len() <= CHARS && !name.contains(&BREAK) {
            chars[..name.len()].copy_from_slice(name);
        } else {
            self.long.rows.push(row);
            self.long.chars.extend_from_slice(name);
            self.long.ends.push(self.long.chars.len() as u32);
        }
        self.chars.push(chars);
    }

    /// Arranges the names once all are there.
    pub(super) fn arrange(&mut self, alphabet: usize) {
        (self.firsts, self.rows) = arrange(self.chars.iter().map(|chars| chars[0]), alphabet);
        self.chars = self.rows.iter().map(|&row| self.chars[row as usize]).collect();
        self.places = vec![0; self.rows.len()];
        for (place, &row) in self.rows.iter().enumerate() {
            self.places[row as usize] = place as u32;
        }
        (self.seconds, self.by_second) = arrange(self.chars.iter().map(|chars| chars[1]), alphabet);
        self.long.rows.shrink_to_fit();
        self.long.ends.shrink_to_fit();
        self.long.chars.shrink_to_fit();
    }

    /// Names whose first character opens the match.
    pub(super) fn scan_first(&self, pattern: &Pattern, base: u8, sink: &mut impl Sink) {
        if sink.ceiling() <= base.saturating_add(pattern.floor()) {
            return;
        }
        // The cheapest match may yet start at a later character: 万晓婉 for 婉.
        let later = pattern.floor().saturating_add(cost::LEFT_OUT_FIRST);
        for &first in pattern.starts() {
            let floor = base.saturating_add(pattern.floor_of(first, 0).min(later));
            let group = group(&self.firsts, first);
            for (chars, &row) in self.chars[group.clone()].iter().zip(&self.rows[group]) {
                if sink.ceiling() <= floor {
                    break;
                }
                if pattern.may_match(chars) && pattern.reaches_end(chars) {
                    let cost = base.saturating_add(pattern.cost(chars));
                    sink.put(too_dear(cost), row);
                    if cost == floor && sink.full(cost, row) {
                        break;
                    }
                }
            }
        }
        for (at, &row) in self.long.rows.iter().enumerate() {
            let chars = self.long.get(at);
            if pattern.may_match(chars) {
                sink.put(
                    too_dear(base.saturating_add(pattern.cost_inside(chars, cost::LEFT_OUT_FIRST))),
                    row,
                );
            }
        }
    }

    /// Names whose second character opens it: the surname was not typed, or another one.
    pub(super) fn scan_second(&self, pattern: &Pattern, base: u8, sink: &mut impl Sink) {
        let skipped = base + cost::LEFT_OUT_FIRST;
        let openings =
            pattern.starts().iter().map(|&id| (id, skipped.saturating_add(pattern.floor_of(id, 0))));
        let wrong = base + cost::WRONG_CHAR;
        let after_wrong = pattern.seconds().iter().filter(|_| pattern.any_wrong());
        let after_wrong = after_wrong.map(|&id| (id, wrong.saturating_add(pattern.floor_of(id, 1))));
        for (second, floor) in openings.chain(after_wrong) {
            for &place in &self.by_second[group(&self.seconds, second)] {
                if sink.ceiling() <= floor {
                    break;
                }
                let chars = &self.chars[place as usize];
                if !pattern.can_start(chars[0]) && pattern.may_match(chars) && pattern.reaches_end(chars) {
                    let cost = base.saturating_add(pattern.cost(chars));
                    sink.put(too_dear(cost), self.rows[place as usize]);
                }
            }
        }
    }

    /// Names whose third character alone is what was typed.
    pub(super) fn scan_third(&self, pattern: &Pattern, base: u8, sink: &mut impl Sink) {
        let floor = base.saturating_add(2 * cost::LEFT_OUT_FIRST).saturating_add(pattern.floor());
        if sink.ceiling() <= floor || !pattern.starts().iter().any(|&id| pattern.may_match(&[id])) {
            return;
        }
        for (chars, &row) in self.chars.iter().zip(&self.rows) {
            let third = &chars[2..];
            if pattern.may_match(third) && !pattern.can_start(chars[0]) && !pattern.can_start(chars[1]) {
                if sink.ceiling() <= floor {
                    break;
                }
                if pattern.can_start(chars[2]) && pattern.reaches_end(third) {
                    sink.put(too_dear(base.saturating_add(pattern.cost(chars))), row);
                }
            }
        }
    }

    /// What this row's name costs.
    pub(super) fn cost(&self, row: u32, pattern: &Pattern) -> u8 {
        let chars = &self.chars[self.places[row as usize] as usize];
        if chars[0] != NONE {
            let may = pattern.may_match(chars) && pattern.reaches_end(chars);
            return if may { pattern.cost(chars) } else { cost::NEVER };
        }
        let long = self.long.of_row(row).filter(|chars| pattern.may_match(chars));
        long.map_or(cost::NEVER, |chars| pattern.cost_inside(chars, cost::LEFT_OUT_FIRST))
    }

    pub(super) fn walk(&self, row: u32, pattern: &Pattern) -> Option<Walk> {
        let chars = &self.chars[self.places[row as usize] as usize];
        let len = chars.iter().take_while(|&&id| id != NONE).count();
        match self.long.of_row(row) {
            Some(long) => pattern.walk(long, Ends::Anywhere { lead: cost::LEFT_OUT_FIRST }),
            None => pattern.walk(&chars[..len], Ends::Counted),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.chars.capacity() * size_of::<[CharId; CHARS]>()
            + 4 * (self.rows.capacity() + self.places.capacity() + self.by_second.capacity())
            + 4 * (self.firsts.capacity() + self.seconds.capacity())
            + 4 * (self.long.rows.capacity() + self.long.ends.capacity())
            + 2 * self.long.chars.capacity()
    }
}

fn group(starts: &[u32], id: CharId) -> std::ops::Range<usize> {
    // A character that came into the alphabet after this arrangement has no group.
    match starts.get(usize::from(id)..usize::from(id) + 2) {
        Some(&[start, end]) => start as usize..end as usize,
        _ => 0..0,
    }
}

fn too_dear(cost: u8) -> u8 {
    if cost < cost::DEAREST { cost } else { cost::NEVER }
}
