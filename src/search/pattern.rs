//! A term compiled for one alphabet: which characters move the match from where to where, at what cost.
//!
//! A match walks through a name while a position walks through the query. Each character of the name either takes
//! one of its steps (王 moves `wangxm` from 0 to 4 at no cost, or from 0 to 1 as an initial) or is left out at a
//! penalty. The cheapest walk that reaches the end of the query is the row's cost: a min-plus product over at most
//! 31 positions, which the compiler turns into a few vector instructions.

mod steps;

use super::How;
use super::alphabet::{Alphabet, BREAK, CharId, NONE};
use super::cost;
use super::query::{MOST_UNITS, Unit};
use super::syllables::SYLLABLES;
pub(super) use steps::split_syllables;
use steps::{Reach, Sign, Step, SyllableSteps, add_run, add_typos, same_letter};

const POSITIONS: usize = MOST_UNITS + 2;
/// A query this short keeps its costs in one 16-byte vector.
const SHORT: usize = 16;

#[derive(Default)]
pub(super) struct Pattern {
    units: Vec<Unit>,
    steps: Vec<Step>,
    /// By character: its part of `steps`.
    ranges: Vec<(u32, u32)>,
    /// By character.
    reach: Vec<Reach>,
    starts: Vec<CharId>,
    seconds: Vec<CharId>,
    /// By position: what it costs to leave a character out there.
    left_out: [u8; POSITIONS],
    /// By position: the least that is still to be paid.
    rest: [u8; POSITIONS],
    /// Any character may stand for any other, at a price.
    any_wrong: bool,
    syllable_steps: SyllableSteps,
}

/// Does a pattern forgive slips of the finger? Asked only when the strict one finds too little.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mercy {
    Strict,
    Forgiving,
}

impl Pattern {
    /// `finished`: a space was typed behind the term, so whole syllables at its end are whole.
    pub(super) fn compile(&mut self, units: &[Unit], mercy: Mercy, finished: bool, alphabet: &Alphabet) {
        self.units.clear();
        self.units.extend_from_slice(&units[..units.len().min(MOST_UNITS)]);
        let signs = units.iter().filter(|unit| matches!(unit, Unit::Sign(_))).count();
        self.any_wrong = mercy == Mercy::Forgiving && signs >= 3 && signs == units.len();
        self.letters(mercy, finished);
        self.characters(alphabet);
        self.penalties();
    }

    /// Steps that the runs of letters give to each syllable.
    fn letters(&mut self, mercy: Mercy, finished: bool) {
        self.syllable_steps.found.clear();
        let mut start = 0;
        while start < self.units.len() {
            let run: Vec<u8> = self.units[start..]
                .iter()
                .map_while(|unit| if let Unit::Letter(b) = unit { Some(*b) } else { None })
                .collect();
            if !run.is_empty() {
                let whole = finished && split_syllables(&run).is_some();
                let last = start + run.len() == self.units.len() && !whole;
                add_run(&mut self.syllable_steps, &run, start, last);
                if mercy == Mercy::Forgiving && run.len() >= 4 {
                    add_typos(&mut self.syllable_steps, &run, start);
                }
            }
            start += run.len().max(1);
        }
        self.syllable_steps.sort(SYLLABLES.names.len());
    }

    /// Steps of each character: those of its readings, and those of the hanzi it may stand for.
    fn characters(&mut self, alphabet: &Alphabet) {
        let Pattern { units, steps, ranges, reach, starts, seconds, syllable_steps, .. } = self;
        let signs = Sign::of(units, alphabet);
        let mut sounds_like_a_sign = vec![false; SYLLABLES.names.len()];
        for reading in signs.iter().flat_map(|sign| &sign.readings) {
            let syllable = usize::from(reading.syllable);
            for &alike in SYLLABLES.near[syllable].iter().chain(&SYLLABLES.far[syllable]) {
                sounds_like_a_sign[usize::from(alike)] = true;
            }
        }
        steps.clear();
        steps.extend_from_slice(&syllable_steps.sorted);
        ranges.clear();
        ranges.resize(alphabet.len(), (0, 0));
        reach.clear();
        reach.resize(alphabet.len(), Reach::default());
        starts.clear();
        seconds.clear();
        for id in BREAK + 1..=(alphabet.len() - 1) as CharId {
            let at = usize::from(id);
            let known = alphabet.readings(id);
            if let [only] = known
                && !sounds_like_a_sign[usize::from(only.syllable)]
            {
                let range = syllable_steps.range(only.syllable);
                ranges[at] = (range.start as u32, range.end as u32);
                reach[at] = syllable_steps.reach[usize::from(only.syllable)];
            } else {
                let start = steps.len();
                for (rank, reading) in known.iter().enumerate() {
                    let extra = if rank == 0 { 0 } else { cost::OTHER_READING };
                    let of_syllable = &syllable_steps.sorted[syllable_steps.range(reading.syllable)];
                    steps.extend(of_syllable.iter().map(|step| Step { cost: step.cost + extra, ..*step }));
                }
                let audible = known.iter().any(|reading| sounds_like_a_sign[usize::from(reading.syllable)]);
                if audible || known.is_empty() {
                    steps.extend(signs.iter().filter_map(|sign| sign.step(id, known)));
                }
                if known.is_empty() {
                    steps.extend(same_letter(units, alphabet.char(id)));
                }
                ranges[at] = (start as u32, steps.len() as u32);
                reach[at] = steps[start..].iter().fold(Reach::default(), |reach, &step| reach.with(step));
            }
        }
        // A sign that is in the roster but whose sound the table does not know still equals itself.
        for sign in &signs {
            if let Some(id) = sign.id
                && !alphabet.readings(id).is_empty()
                && sign.readings.is_empty()
            {
                let start = steps.len();
                steps.push(Step { from: sign.at, to: sign.at + 1, cost: 0, how: How::Exact });
                ranges[usize::from(id)] = (start as u32, start as u32 + 1);
                reach[usize::from(id)] = Reach::default().with(steps[start]);
            }
        }
        for (id, reach) in reach.iter().enumerate() {
            if reach.0 & Reach::STARTS != 0 {
                starts.push(id as CharId);
            } else if reach.0 & Reach::SECOND != 0 {
                seconds.push(id as CharId);
            }
        }
    }

    fn penalties(&mut self) {
        let end = self.units.len();
        self.left_out = [cost::LEFT_OUT; POSITIONS];
        self.left_out[0] = cost::LEFT_OUT_FIRST;
        // One character is no name yet: everybody of that surname is equally near.
        self.left_out[end] = if end == 1 { 0 } else { cost::LEFT_OUT_LAST };
        let mut cheapest = [[cost::NEVER; POSITIONS]; POSITIONS];
        for step in &self.steps {
            let best = &mut cheapest[usize::from(step.from)][usize::from(step.to)];
            *best = step.cost.min(*best);
        }
        self.rest = [cost::NEVER; POSITIONS];
        self.rest[end] = 0;
        for from in (0..end).rev() {
            let mut least = if self.any_wrong {
                self.rest[from + 1].saturating_add(cost::WRONG_CHAR)
            } else {
                cost::NEVER
            };
            for (step, rest) in cheapest[from].iter().zip(&self.rest) {
                least = least.min(step.saturating_add(*rest));
            }
            self.rest[from] = least;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    pub(super) fn signs(&self) -> usize {
        self.units.iter().filter(|unit| matches!(unit, Unit::Sign(_))).count()
    }

    pub(super) fn any_wrong(&self) -> bool {
        self.any_wrong
    }

    /// The least that any row can cost.
    pub(super) fn floor(&self) -> u8 {
        self.rest[0]
    }

    /// Characters that can open the match.
    pub(super) fn starts(&self) -> &[CharId] {
        &self.starts
    }

    /// Characters that can follow a wrong first one, without those of [`starts`](Self::starts).
    pub(super) fn seconds(&self) -> &[CharId] {
        &self.seconds
    }

    pub(super) fn can_start(&self, id: CharId) -> bool {
        self.reach.get(usize::from(id)).is_some_and(|reach| reach.0 & Reach::STARTS != 0)
    }

    /// The least that a row can cost in which this character makes the first step from `from`.
    pub(super) fn floor_of(&self, id: CharId, from: u8) -> u8 {
        let steps = self.steps_of(id).iter().filter(|step| step.from == from);
        steps
            .map(|step| step.cost.saturating_add(self.rest[usize::from(step.to)]))
            .min()
            .unwrap_or(cost::NEVER)
    }

    fn steps_of(&self, id: CharId) -> &[Step] {
        match self.ranges.get(usize::from(id)) {
            Some(&(start, end)) => &self.steps[start as usize..end as usize],
            None => &[],
        }
    }

    /// A quick no: these characters together cannot reach the end of the query.
    #[inline(always)]
    pub(super) fn may_match(&self, chars: &[CharId]) -> bool {
        let need = self.units.len() - usize::from(self.any_wrong);
        let reach = |&id: &CharId| {
            usize::from(self.reach.get(usize::from(id)).map_or(0, |reach| reach.0 & Reach::FARTHEST))
        };
        chars.iter().map(reach).sum::<usize>() >= need
    }

    /// The same without the costs: can some walk reach the end? A position is a bit.
    #[inline(always)]
    pub(super) fn reaches_end(&self, chars: &[CharId]) -> bool {
        if self.any_wrong {
            return true;
        }
        let mut positions = 1u32;
        for &id in chars {
            let mut next = positions;
            for step in self.steps_of(id) {
                next |= (positions >> step.from & 1) << step.to;
            }
            positions = next;
        }
        positions >> self.units.len() & 1 == 1
    }

    /// What a short name costs; characters left out at either end are counted.
    #[inline(always)]
    pub(super) fn cost(&self, chars: &[CharId]) -> u8 {
        if self.units.len() < SHORT {
            self.cost_within::<SHORT>(chars)
        } else {
            self.cost_within::<POSITIONS>(chars)
        }
    }

    #[inline(always)]
    fn cost_within<const N: usize>(&self, chars: &[CharId]) -> u8 {
        let mut costs = self.opening();
        for &id in chars {
            if id == NONE {
                break;
            }
            costs = self.advance::<N>(&costs, id);
        }
        costs[self.units.len() % N]
    }

    #[inline(always)]
    fn opening<const N: usize>(&self) -> [u8; N] {
        let mut costs = [cost::NEVER; N];
        costs[0] = 0;
        if self.any_wrong {
            costs[1] = cost::EXTRA_CHAR;
        }
        costs
    }

    #[inline(always)]
    fn advance<const N: usize>(&self, costs: &[u8; N], id: CharId) -> [u8; N] {
        let mut next = [0; N];
        for (next, (cost, left_out)) in next.iter_mut().zip(costs.iter().zip(&self.left_out)) {
            *next = cost.saturating_add(*left_out);
        }
        for step in self.steps_of(id) {
            let (from, to) = (usize::from(step.from) % N, usize::from(step.to) % N);
            next[to] = next[to].min(costs[from].saturating_add(step.cost));
        }
        if self.any_wrong {
            for at in (0..self.units.len().min(N - 1)).rev() {
                let wrong = costs[at].saturating_add(cost::WRONG_CHAR);
                let extra = next[at].saturating_add(cost::EXTRA_CHAR);
                next[at + 1] = next[at + 1].min(wrong).min(extra);
            }
        }
        next
    }

    /// What a place or a long name costs: the match may start and end anywhere, a start further in costs `lead` once.
    pub(super) fn cost_inside(&self, chars: &[CharId], lead: u8) -> u8 {
        let mut costs = [cost::NEVER; POSITIONS];
        let mut best = cost::NEVER;
        for (at, &id) in chars.iter().enumerate() {
            if id == BREAK {
                continue;
            }
            costs[0] = if at == 0 { 0 } else { lead };
            costs = self.advance(&costs, id);
            best = best.min(costs[self.units.len()]);
        }
        best
    }

    /// The cheapest walk through a short name, or through a longer text from any place to any place.
    pub(super) fn walk(&self, chars: &[CharId], ends: Ends) -> Option<Walk> {
        let end = self.units.len();
        let mut rows = Vec::with_capacity(chars.len() + 1);
        let mut costs = self.opening::<POSITIONS>();
        rows.push(costs);
        for (at, &id) in chars.iter().enumerate() {
            if let Ends::Anywhere { lead } = ends {
                costs[0] = if at == 0 { 0 } else { lead };
            }
            if id != BREAK {
                rows[at] = costs;
                costs = self.advance(&costs, id);
            }
            rows.push(costs);
        }
        let (last, cost) = match ends {
            Ends::Counted => (chars.len(), costs[end]),
            Ends::Anywhere { .. } => {
                let ends = (1..rows.len()).map(|row| (row, rows[row][end]));
                ends.min_by_key(|&(_, cost)| cost).unwrap_or((0, cost::NEVER))
            }
        };
        if cost == cost::NEVER {
            return None;
        }
        let mut walk = Walk { cost, how: How::Exact, matched: Vec::new() };
        let (mut row, mut to) = (last, end);
        while row > 0 && to > 0 {
            let (before, now) = (&rows[row - 1], rows[row][to]);
            let id = chars[row - 1];
            if self.any_wrong && rows[row][to - 1].saturating_add(cost::EXTRA_CHAR) == now {
                walk.how = How::WrongChar;
                to -= 1;
                continue;
            }
            row -= 1;
            if id == BREAK {
                continue;
            }
            let taken = self.steps_of(id).iter().find(|step| {
                usize::from(step.to) == to && before[usize::from(step.from)].saturating_add(step.cost) == now
            });
            if let Some(step) = taken {
                walk.how = walk.how.max(step.how);
                to = usize::from(step.from);
            } else if self.any_wrong && before[to - 1].saturating_add(cost::WRONG_CHAR) == now {
                walk.how = How::WrongChar;
                to -= 1;
            } else {
                if to < end {
                    walk.how = walk.how.max(How::Missing);
                }
                continue;
            }
            walk.matched.push(row);
        }
        walk.matched.reverse();
        if walk.how == How::Exact && walk.matched.len() < chars.iter().filter(|&&id| id > BREAK).count() {
            walk.how = if walk.matched.first() == Some(&0) { How::Prefix } else { How::Part };
        }
        Some(walk)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Counted,
    Anywhere { lead: u8 },
}

pub(super) struct Walk {
    pub(super) cost: u8,
    pub(super) how: How,
    /// Places of the characters that took a step, ascending.
    pub(super) matched: Vec<usize>,
}
