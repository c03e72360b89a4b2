//! Rows in order of cost, without sorting them: a bucket for each cost, and an early stop.

use super::cost::CEILING;

/// Takes in what the scans find.
pub(super) trait Sink {
    /// Rows at this cost or above are not wanted any more.
    fn ceiling(&self) -> u8;
    fn put(&mut self, cost: u8, row: u32);
    /// No later row at this cost can matter.
    fn full(&self, cost: u8, row: u32) -> bool;
}

#[derive(Default)]
struct Bucket {
    rows: Vec<u32>,
    /// Rows from here on come after enough others of the same cost.
    cutoff: Option<u32>,
}

/// The best rows of one pass. A row may be put several times (by its name, its guardian, its village).
pub(super) struct Ranking {
    buckets: Vec<Bucket>,
    /// Twice what is asked for: a row put twice must not push out another.
    enough: usize,
    ceiling: u8,
    /// Something was put that did not fit.
    overflowed: bool,
}

impl Default for Ranking {
    fn default() -> Self {
        let buckets = (0..CEILING).map(|_| Bucket::default()).collect();
        Ranking { buckets, enough: 0, ceiling: CEILING, overflowed: false }
    }
}

impl Ranking {
    /// Empties it for a pass that looks for `limit` rows below `ceiling`.
    pub(super) fn start(&mut self, limit: usize, ceiling: u8) {
        for bucket in &mut self.buckets {
            bucket.rows.clear();
            bucket.cutoff = None;
        }
        self.enough = limit.max(1) * 2;
        self.ceiling = ceiling.min(CEILING);
        self.overflowed = false;
    }

    pub(super) fn overflowed(&self) -> bool {
        self.overflowed
    }

    pub(super) fn len(&self) -> usize {
        self.buckets.iter().map(|bucket| bucket.rows.len()).sum()
    }

    /// Adds what was found to `best`, which keeps a row once, at its lowest cost.
    pub(super) fn pour(&mut self, surcharge: u8, best: &mut Vec<Ranked>) {
        for (cost, bucket) in self.buckets.iter_mut().enumerate() {
            for &row in &bucket.rows {
                best.push(Ranked { cost: u16::from(cost as u8 + surcharge), row });
            }
        }
        best.sort_unstable_by_key(|ranked| (ranked.row, ranked.cost));
        best.dedup_by_key(|ranked| ranked.row);
        best.sort_unstable();
    }

    #[inline(never)]
    fn keep(&mut self, cost: u8, row: u32) {
        let enough = self.enough;
        let bucket = &mut self.buckets[usize::from(cost)];
        if bucket.cutoff.is_some_and(|cutoff| row >= cutoff) {
            self.overflowed = true;
            return;
        }
        bucket.rows.push(row);
        if bucket.rows.len() >= 2 * enough {
            bucket.rows.sort_unstable();
            bucket.rows.dedup();
            if bucket.rows.len() > enough {
                bucket.rows.truncate(enough);
                bucket.cutoff = bucket.rows.last().map(|&last| last + 1);
                self.overflowed = true;
            }
        }
        if bucket.rows.len() <= enough {
            let mut below = 0;
            for (cost, bucket) in self.buckets.iter().enumerate() {
                below += bucket.rows.len().min(enough);
                if below >= enough {
                    self.ceiling = self.ceiling.min(cost as u8 + 1);
                    break;
                }
            }
        }
    }
}

impl Sink for Ranking {
    #[inline(always)]
    fn ceiling(&self) -> u8 {
        self.ceiling
    }

    #[inline(always)]
    fn put(&mut self, cost: u8, row: u32) {
        if cost < self.ceiling {
            self.keep(cost, row);
        } else if cost < CEILING {
            self.overflowed = true;
        }
    }

    fn full(&self, cost: u8, row: u32) -> bool {
        cost >= self.ceiling || self.buckets[usize::from(cost)].cutoff.is_some_and(|cutoff| row >= cutoff)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked {
    pub(super) cost: u16,
    pub(super) row: u32,
}

/// Every row's cost for one term, where several terms must hold together.
#[derive(Default)]
pub(super) struct Sheet {
    costs: Vec<u8>,
    /// Rows with a cost, each once.
    rows: Vec<u32>,
}

impl Sheet {
    pub(super) fn start(&mut self, rows: usize) {
        for &row in &self.rows {
            if let Some(cost) = self.costs.get_mut(row as usize) {
                *cost = super::cost::NEVER;
            }
        }
        self.rows.clear();
        self.costs.resize(rows, super::cost::NEVER);
    }

    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    pub(super) fn cost(&self, row: u32) -> u8 {
        self.costs.get(row as usize).copied().unwrap_or(super::cost::NEVER)
    }
}

impl Sink for Sheet {
    #[inline(always)]
    fn ceiling(&self) -> u8 {
        CEILING
    }

    fn put(&mut self, cost: u8, row: u32) {
        let Some(known) = self.costs.get_mut(row as usize).filter(|_| cost < CEILING) else { return };
        if *known == super::cost::NEVER {
            self.rows.push(row);
        }
        *known = cost.min(*known);
    }

    fn full(&self, _: u8, _: u32) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_costs_come_in_row_order_whatever_order_they_were_found_in() {
        let mut ranking = Ranking::default();
        ranking.start(3, CEILING);
        for row in (0..100).rev() {
            ranking.put(4, row);
        }
        let mut best = Vec::new();
        ranking.pour(0, &mut best);
        assert_eq!(best.iter().take(3).map(|ranked| ranked.row).collect::<Vec<_>>(), [0, 1, 2]);
        assert!(ranking.overflowed());
    }

    #[test]
    fn a_row_found_twice_counts_once_at_its_lower_cost() {
        let mut ranking = Ranking::default();
        ranking.start(5, CEILING);
        ranking.put(9, 7);
        ranking.put(2, 7);
        let mut best = Vec::new();
        ranking.pour(0, &mut best);
        assert_eq!(best, [Ranked { cost: 2, row: 7 }]);
    }
}
