//! What scores say: a total, the change between two moments of a child, and the changes of many children together.
//!
//! A question that was left out is never guessed: such a score has no total. Two scores are only compared if the
//! instrument, its version and who answered are the same.

use super::instruments::{Colour, Higher, Instrument, Instruments, item_field};
use super::needs::{outside, outside_sum};
use crate::domain::forms::score;
use crate::domain::{Fields, Record};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// With fewer pairs than this nothing is concluded.
pub const FEW: usize = 10;
/// With fewer children than this nothing of an instrument leaves the station: among so few, who they are is soon guessed,
/// and a median of three is nearly a score of one.
pub const HIDDEN: usize = 5;
pub const BASELINE: &str = "baseline";

/// What the answers add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Total {
    Points(i64),
    /// No total: these items, from 1, have no answer of the instrument's.
    Missing(Vec<usize>),
}

pub fn total(instrument: &Instrument, fields: &Fields) -> Total {
    let (mut sum, mut missing) = (0, vec![]);
    for (at, item) in instrument.items.iter().enumerate() {
        let points = fields.text(&item_field(at)).parse::<i64>().ok();
        match points.filter(|points| item.answers.iter().any(|(known, _)| known == points)) {
            Some(points) => sum += points,
            None => missing.push(at + 1),
        }
    }
    if missing.is_empty() { Total::Points(sum) } else { Total::Missing(missing) }
}

/// A score as it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<'a> {
    pub record: &'a Record,
    /// None: of an instrument or version that nobody has any more. Its answers are still on file.
    pub instrument: Option<&'a Instrument>,
    pub total: Option<Total>,
    pub band: Option<Colour>,
    pub on: Option<NaiveDate>,
}

impl<'a> Reading<'a> {
    pub fn of(instruments: &'a Instruments, record: &'a Record) -> Self {
        let instrument = instruments.of(&record.fields);
        let total = instrument.map(|instrument| total(instrument, &record.fields));
        let band = match (&total, instrument) {
            (Some(Total::Points(points)), Some(instrument)) => instrument.band(*points),
            _ => None,
        };
        Self { record, instrument, total, band, on: record.fields.date(&score::ON) }
    }

    pub fn points(&self) -> Option<i64> {
        match self.total {
            Some(Total::Points(points)) => Some(points),
            _ => None,
        }
    }

    fn is_baseline(&self) -> bool {
        self.record.fields.text(&score::MOMENT) == BASELINE
    }

    fn like(&self, other: &Reading) -> bool {
        let same = |field| self.record.fields.get(&field) == other.record.fields.get(&field);
        same(score::INSTRUMENT) && same(score::VERSION) && same(score::BY)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Better,
    Same,
    Worse,
}

/// How much better, in points: below 0 is worse, whichever way the instrument runs.
pub fn gain(higher: Higher, before: i64, after: i64) -> i64 {
    match higher {
        Higher::Better => after - before,
        Higher::Worse => before - after,
    }
}

pub fn turn(gain: i64) -> Turn {
    match gain {
        0 => Turn::Same,
        1.. => Turn::Better,
        _ => Turn::Worse,
    }
}

/// Two scores of a child that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<'a> {
    pub from: &'a Reading<'a>,
    pub to: &'a Reading<'a>,
    pub before: i64,
    pub after: i64,
    pub gain: i64,
}

/// From the first baseline like it to this score; `None` for the baseline itself, and where either has no total.
pub fn since_baseline<'a>(to: &'a Reading<'a>, all: &'a [Reading<'a>]) -> Option<Change<'a>> {
    let from = all
        .iter()
        .filter(|one| one.is_baseline() && one.like(to) && one.points().is_some() && one.on <= to.on)
        .min_by_key(|one| (one.on, one.record.created))?;
    if to.is_baseline() || from.record.at == to.record.at {
        return None;
    }
    let (before, after) = (from.points()?, to.points()?);
    let higher = to.instrument?.higher;
    Some(Change { from, to, before, after, gain: gain(higher, before, after) })
}

/// Of one child and instrument: the latest score that can be compared with its baseline.
pub fn latest<'a>(all: &'a [Reading<'a>], instrument: &str) -> Option<Change<'a>> {
    let of = |one: &&Reading| one.record.fields.text(&score::INSTRUMENT) == instrument;
    let changes = all.iter().filter(of).filter_map(|one| since_baseline(one, all));
    changes.max_by_key(|change| (change.to.on, change.to.record.created))
}

/// Twice a number, so that a middle between two whole ones is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Halves(pub i64);

impl std::fmt::Display for Halves {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let half = if self.0 % 2 == 0 { "" } else { ".5" };
        write!(f, "{sign}{}{half}", self.0.abs() / 2)
    }
}

/// Where a row of numbers lies. Quartiles are the middles of its halves; the middle number itself is in neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    pub least: i64,
    pub quarter: Halves,
    pub median: Halves,
    pub three_quarters: Halves,
    pub most: i64,
}

/// `None` of nothing.
pub fn spread(numbers: &[i64]) -> Option<Spread> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let middle = |of: &[i64]| match of.len() {
        0 => None,
        n if n % 2 == 1 => Some(Halves(2 * of[n / 2])),
        n => Some(Halves(of[n / 2 - 1] + of[n / 2])),
    };
    let (least, most) = (*sorted.first()?, *sorted.last()?);
    let median = middle(&sorted)?;
    let half = sorted.len() / 2;
    Some(Spread {
        least,
        quarter: middle(&sorted[..half]).unwrap_or(median),
        median,
        three_quarters: middle(&sorted[sorted.len() - half..]).unwrap_or(median),
        most,
    })
}

/// What became of the children who were scored with an instrument, all its versions together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Programme {
    /// Records that were counted, and how many of them have no total.
    pub scores: usize,
    pub incomplete: usize,
    /// Children with any score.
    pub children: usize,
    /// Of these, without a baseline that has a total: nothing can be said of them.
    pub without_baseline: Vec<Uuid>,
    /// With a baseline, without a later score that can be compared with it.
    pub without_second: Vec<Uuid>,
    /// Of those with both.
    pub gains: Vec<i64>,
    pub before: Vec<i64>,
    pub after: Vec<i64>,
}

/// The same as it may leave the station; `None` for what is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Rounded down where a part is hidden, so that it cannot be had by subtraction.
    pub children: Option<usize>,
    pub scores: Option<usize>,
    pub incomplete: Option<usize>,
    pub without_baseline: Option<usize>,
    pub without_second: Option<usize>,
    pub pairs: Option<usize>,
    /// Better, same, worse.
    pub turns: Option<[usize; 3]>,
    pub gain: Option<Spread>,
}

impl Outside {
    pub fn hides(&self) -> bool {
        [self.children, self.without_baseline, self.without_second, self.pairs].contains(&None)
    }
}

impl Programme {
    pub fn outside(&self) -> Outside {
        let told = |count| outside(count, HIDDEN);
        let without_baseline = told(self.without_baseline.len());
        let without_second = told(self.without_second.len());
        let pairs = told(self.pairs());
        let hides = [without_baseline, without_second, pairs].contains(&None);
        let children = told(self.children);
        let of_all = |count| children.map(|_| count);
        Outside {
            children: children.map(|all| if hides { outside_sum(all, HIDDEN) } else { all }),
            scores: of_all(self.scores),
            incomplete: of_all(self.incomplete),
            without_baseline,
            without_second,
            pairs,
            turns: pairs.map(|_| [Turn::Better, Turn::Same, Turn::Worse].map(|turn| self.count(turn))),
            gain: pairs.and_then(|_| spread(&self.gains)),
        }
    }

    /// Children with both.
    pub fn pairs(&self) -> usize {
        self.gains.len()
    }

    pub fn is_few(&self) -> bool {
        self.pairs() < FEW
    }

    pub fn count(&self, wanted: Turn) -> usize {
        self.gains.iter().filter(|gain| turn(**gain) == wanted).count()
    }

    /// No change, or worse, for at least as many as were helped: what to look at again.
    pub fn did_not_work(&self) -> bool {
        self.pairs() > 0 && self.count(Turn::Same) + self.count(Turn::Worse) >= self.count(Turn::Better)
    }
}

/// All scores, by instrument. The order in which they come makes no difference.
pub fn programme(instruments: &Instruments, scores: &[Record]) -> BTreeMap<String, Programme> {
    let mut sorted: BTreeMap<(&str, Uuid), Vec<Reading>> = BTreeMap::new();
    for record in scores {
        let key = (record.fields.text(&score::INSTRUMENT), record.at.owner);
        sorted.entry(key).or_default().push(Reading::of(instruments, record));
    }
    let mut all: BTreeMap<String, Programme> = BTreeMap::new();
    for ((instrument, child), readings) in &sorted {
        let one = all.entry((*instrument).to_owned()).or_default();
        one.children += 1;
        one.scores += readings.len();
        one.incomplete += readings.iter().filter(|reading| reading.points().is_none()).count();
        match latest(readings, instrument) {
            Some(change) => {
                one.gains.push(change.gain);
                one.before.push(change.before);
                one.after.push(change.after);
            }
            None if readings.iter().any(|one| one.is_baseline() && one.points().is_some()) => {
                one.without_second.push(*child);
            }
            None => one.without_baseline.push(*child),
        }
    }
    all
}

#[cfg(test)]
mod tests;
