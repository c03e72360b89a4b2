//! Villages or schools: each distinct one is matched once, then stands for all of its rows.

use std::collections::HashMap;

use super::alphabet::CharId;
use super::cost;
use super::pattern::{Ends, Pattern, Walk};
use super::rank::Sink;

#[derive(Default)]
pub(super) struct Places {
    chars: Vec<CharId>,
    ends: Vec<u32>,
    of_row: Vec<u32>,
    /// Rows arranged by place, and where each place's rows end.
    rows: Vec<u32>,
    rows_ends: Vec<u32>,
}

/// Only while places are being read in.
#[derive(Default)]
pub(super) struct KnownPlaces<'a>(HashMap<&'a str, u32>);

impl Places {
    /// Adds the next row's place; `write` gives its characters if it is a new one.
    pub(super) fn push<'a>(
        &mut self,
        text: &'a str,
        known: &mut KnownPlaces<'a>,
        write: impl FnOnce(&str) -> Vec<CharId>,
    ) {
        let next = self.ends.len() as u32;
        let place = *known.0.entry(text).or_insert(next);
        if place == next {
            self.chars.extend(write(text));
            self.ends.push(self.chars.len() as u32);
        }
        self.of_row.push(place);
    }

    /// Arranges the rows once all are there.
    pub(super) fn arrange(&mut self) {
        let mut next = vec![0u32; self.ends.len() + 1];
        for &place in &self.of_row {
            next[place as usize + 1] += 1;
        }
        for place in 0..self.ends.len() {
            next[place + 1] += next[place];
        }
        self.rows = vec![0; self.of_row.len()];
        for (row, &place) in self.of_row.iter().enumerate() {
            let at = &mut next[place as usize];
            self.rows[*at as usize] = row as u32;
            *at += 1;
        }
        next.pop();
        self.rows_ends = next;
        self.chars.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.of_row.shrink_to_fit();
    }

    fn get(&self, place: usize) -> &[CharId] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.chars[start as usize..self.ends[place] as usize]
    }

    fn rows_of(&self, place: usize) -> &[u32] {
        let start = if place == 0 { 0 } else { self.rows_ends[place - 1] };
        &self.rows[start as usize..self.rows_ends[place] as usize]
    }

    /// Puts the rows of every place that matches, nearest places first. `found` is for the scan's own use.
    pub(super) fn scan(&self, pattern: &Pattern, base: u8, found: &mut Vec<(u8, u32)>, sink: &mut impl Sink) {
        if sink.ceiling() <= base.saturating_add(pattern.floor()) {
            return;
        }
        found.clear();
        for place in 0..self.ends.len() {
            let cost = place_cost(self.get(place), pattern);
            if cost < cost::DEAREST {
                found.push((cost, place as u32));
            }
        }
        found.sort_unstable();
        for &(cost, place) in found.iter() {
            let cost = base + cost;
            if sink.ceiling() <= cost {
                break;
            }
            for &row in self.rows_of(place as usize) {
                sink.put(cost, row);
                if sink.full(cost, row) {
                    break;
                }
            }
        }
    }

    /// Distinct places.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A row's cost; `known` has the places asked for before.
    pub(super) fn cost(&self, row: u32, pattern: &Pattern, known: &mut [Option<u8>]) -> u8 {
        let place = self.of_row[row as usize] as usize;
        match known.get_mut(place) {
            Some(known) => *known.get_or_insert_with(|| {
                let cost = place_cost(self.get(place), pattern);
                if cost < cost::DEAREST { cost } else { cost::NEVER }
            }),
            None => cost::NEVER,
        }
    }

    pub(super) fn walk(&self, row: u32, pattern: &Pattern) -> Option<Walk> {
        pattern.walk(self.get(self.of_row[row as usize] as usize), Ends::Anywhere { lead: 0 })
    }

    pub(super) fn bytes(&self) -> usize {
        2 * self.chars.capacity()
            + 4 * (self.ends.capacity()
                + self.of_row.capacity()
                + self.rows.capacity()
                + self.rows_ends.capacity())
    }
}

fn place_cost(chars: &[CharId], pattern: &Pattern) -> u8 {
    if pattern.may_match(chars) && pattern.reaches_end(chars) {
        pattern.cost_inside(chars, 0)
    } else {
        cost::NEVER
    }
}
