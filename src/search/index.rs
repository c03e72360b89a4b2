//! The index: one large segment, a small one for what changed since, and the search that runs over both.

use std::collections::BTreeMap;

use super::alphabet::Alphabet;
use super::digits::Digits;
use super::pattern::{Mercy, Pattern};
use super::query::{self, Term, Unit};
use super::rank::{Ranked, Ranking, Sheet, Sink};
use super::segment::{PlaceCosts, Segment};
use super::{Entry, Found, Hit, How, Reason, cost, explain};

/// Changed rows are arranged anew at every change; beyond this many that is felt while typing.
const LARGE_TAIL: usize = 1024;
/// Fewer rows than this are looked at one by one for the further terms of a query.
const FEW_ROWS: usize = 12_000;
/// With fewer hits than this by their first characters, names are tried by their later ones too.
const FEW_HITS: usize = 3;
/// `wang shimen` is first a name and a village, then one name with a slip in it.
const JOINED_SLIP: u8 = 3;
/// Hits beyond this are not shown by any screen.
const MOST_HITS: usize = 1000;

/// What a roster can be searched by. It keeps no text of its rows but of those changed since it was built.
#[derive(Default)]
pub struct Index {
    alphabet: Alphabet,
    /// Row number = place in the segment.
    main: Segment,
    /// Rows of `main` that are removed or stand changed in the tail, a bit each.
    gone: Vec<u64>,
    gone_count: usize,
    tail: Segment,
    /// Row numbers of the tail's places.
    tail_rows: Vec<u32>,
    tail_entries: BTreeMap<u32, OwnedEntry>,
}

struct OwnedEntry {
    texts: [Box<str>; 7],
    birth: Option<chrono::NaiveDate>,
}

impl OwnedEntry {
    fn new(entry: &Entry) -> OwnedEntry {
        let Entry { name, guardian, village, school, id_number, birth, phone, case_no } = *entry;
        OwnedEntry {
            texts: [name, guardian, village, school, id_number, phone, case_no].map(Box::from),
            birth,
        }
    }

    fn entry(&self) -> Entry<'_> {
        let [name, guardian, village, school, id_number, phone, case_no] =
            self.texts.each_ref().map(|text| &**text);
        Entry { name, guardian, village, school, id_number, birth: self.birth, phone, case_no }
    }
}

/// Room to work in, kept by the caller from one keystroke to the next.
#[derive(Default)]
pub struct Scratch {
    /// For the whole query: as typed, with slips forgiven, in other orders.
    whole: Patterns,
    /// For each term of several, and once more with slips forgiven.
    strict: Patterns,
    forgiving: Patterns,
    best: Vec<Ranked>,
    room: Room,
}

#[derive(Default)]
struct Room {
    ranking: Ranking,
    sheet: Sheet,
    places: Vec<(u8, u32)>,
    candidates: Vec<Ranked>,
    /// Of the main segment and of the tail.
    place_costs: [PlaceCosts; 2],
}

/// Compiled patterns with what each adds to a cost; their memory is used again.
#[derive(Default)]
struct Patterns {
    patterns: Vec<(u8, Pattern)>,
    used: usize,
}

impl Patterns {
    fn clear(&mut self) {
        self.used = 0;
    }

    fn add(&mut self, units: &[Unit], mercy: Mercy, surcharge: u8, alphabet: &Alphabet) -> &Pattern {
        let pattern = self.next(surcharge);
        pattern.compile(units, mercy, false, alphabet);
        pattern
    }

    fn next(&mut self, surcharge: u8) -> &mut Pattern {
        if self.used == self.patterns.len() {
            self.patterns.push(Default::default());
        }
        let (its_surcharge, pattern) = &mut self.patterns[self.used];
        self.used += 1;
        *its_surcharge = surcharge;
        pattern
    }

    fn all(&self) -> &[(u8, Pattern)] {
        &self.patterns[..self.used]
    }

    fn get(&self, at: usize) -> Option<&Pattern> {
        self.all().get(at).map(|(_, pattern)| pattern)
    }
}

/// A sink for one segment: its places become row numbers, and rows that are gone fall through.
struct View<'a, S> {
    sink: &'a mut S,
    rows: Option<&'a [u32]>,
    gone: &'a [u64],
}

impl<S: Sink> Sink for View<'_, S> {
    #[inline(always)]
    fn ceiling(&self) -> u8 {
        self.sink.ceiling()
    }

    #[inline(always)]
    fn put(&mut self, cost: u8, row: u32) {
        if cost >= self.sink.ceiling() {
            return self.sink.put(cost, row);
        }
        match self.rows {
            Some(rows) => self.sink.put(cost, rows[row as usize]),
            None if self.gone[row as usize / 64] >> (row % 64) & 1 == 0 => self.sink.put(cost, row),
            None => {}
        }
    }

    fn full(&self, cost: u8, row: u32) -> bool {
        match self.rows {
            Some(rows) => rows.get(row as usize).is_some_and(|&row| self.sink.full(cost, row)),
            None => self.sink.full(cost, row),
        }
    }
}

impl Index {
    /// Row numbers are the places of the entries. Among equally near rows the lower number comes first, so keep
    /// them in the order the user cares about.
    pub fn build<'a>(rows: impl Iterator<Item = Entry<'a>>) -> Index {
        let mut index = Index::default();
        index.main = Segment::build(rows, &mut index.alphabet);
        index.gone = vec![0; index.main.len().div_ceil(64)];
        index
    }

    /// Replaces a row or adds one under a new number. Cheap for a change now and then; build anew for a roster.
    pub fn upsert(&mut self, row: u32, entry: &Entry) {
        self.mark_gone(row);
        self.tail_entries.insert(row, OwnedEntry::new(entry));
        self.rebuild_tail();
    }

    pub fn remove(&mut self, row: u32) {
        self.mark_gone(row);
        if self.tail_entries.remove(&row).is_some() {
            self.rebuild_tail();
        }
    }

    /// Rows that can be found.
    pub fn len(&self) -> usize {
        self.main.len() - self.gone_count + self.tail_entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Enough has changed that building anew pays.
    pub fn needs_rebuild(&self) -> bool {
        self.tail_entries.len() > LARGE_TAIL || self.gone_count > LARGE_TAIL.max(self.main.len() / 4)
    }

    /// Bytes on the heap.
    pub fn bytes(&self) -> usize {
        let owned = |entry: &OwnedEntry| entry.texts.iter().map(|text| text.len()).sum::<usize>();
        let entries = self.tail_entries.values().map(|entry| size_of::<OwnedEntry>() + owned(entry));
        self.alphabet.bytes()
            + self.main.bytes()
            + self.tail.bytes()
            + self.gone.capacity() * 8
            + self.tail_rows.capacity() * 4
            + entries.sum::<usize>()
    }

    fn mark_gone(&mut self, row: u32) {
        if let Some(word) = self.gone.get_mut(row as usize / 64).filter(|_| (row as usize) < self.main.len())
        {
            let bit = 1 << (row % 64);
            self.gone_count += usize::from(*word & bit == 0);
            *word |= bit;
        }
    }

    fn rebuild_tail(&mut self) {
        self.tail_rows = self.tail_entries.keys().copied().collect();
        self.tail = Segment::build(self.tail_entries.values().map(OwnedEntry::entry), &mut self.alphabet);
    }

    /// The rows that come nearest to what was typed: every term must fit somewhere. An empty query finds nothing.
    /// Reasons are worked out for every hit, so ask for as many as are shown.
    pub fn find(&self, query: &str, limit: usize, scratch: &mut Scratch) -> Found {
        let limit = limit.min(MOST_HITS);
        let case_prefix = |letters: &str| {
            self.main.digits.is_case_prefix(letters) || self.tail.digits.is_case_prefix(letters)
        };
        let terms = query::parse(query, case_prefix);
        let Scratch { whole, strict, forgiving, best, room } = scratch;
        best.clear();
        whole.clear();
        strict.clear();
        forgiving.clear();
        let more = match terms.as_slice() {
            [] => false,
            [Term::Digits(digits)] => self.find_digits(digits, limit, best, room),
            [Term::Text(units)] => self.find_text(units, 0, limit, whole, best, room),
            terms => {
                let joined = query::joined_letters(terms);
                let mut more =
                    joined.is_some_and(|units| self.find_text(&units, JOINED_SLIP, limit, whole, best, room));
                if !(query::spelled_apart(terms) && is_near(best)) {
                    self.compile(terms, Mercy::Strict, strict);
                    more |= self.find_all(terms, strict, Mercy::Strict, limit, best, room);
                }
                if best.is_empty() {
                    self.compile(terms, Mercy::Forgiving, forgiving);
                    more = self.find_all(terms, forgiving, Mercy::Forgiving, limit, best, room);
                }
                more
            }
        };
        let more = more || best.len() > limit;
        best.truncate(limit);
        let hits = scratch.best.iter().map(|ranked| {
            let reasons = self.reasons(ranked.row, &terms, scratch);
            Hit { row: ranked.row, cost: ranked.cost, reasons }
        });
        Found { hits: hits.collect(), more }
    }

    fn find_digits(&self, digits: &Digits, limit: usize, best: &mut Vec<Ranked>, room: &mut Room) -> bool {
        let ranking = &mut room.ranking;
        ranking.start(limit, cost::CEILING);
        self.each(ranking, |segment, sink| segment.digits.scan(digits, sink));
        ranking.pour(0, best);
        let mut more = ranking.overflowed();
        if best.len() < limit {
            ranking.start(limit, cost::CEILING);
            self.each(ranking, |segment, sink| segment.digits.scan_slips(digits, sink));
            ranking.pour(0, best);
            more |= ranking.overflowed();
        }
        more
    }

    /// One term of text: first as typed; if that finds too little, with slips forgiven (for `slip` more) and in
    /// other orders.
    fn find_text(
        &self,
        units: &[Unit],
        slip: u8,
        limit: usize,
        whole: &mut Patterns,
        best: &mut Vec<Ranked>,
        room: &mut Room,
    ) -> bool {
        let Room { ranking, places, .. } = room;
        let pattern = whole.add(units, Mercy::Strict, 0, &self.alphabet);
        ranking.start(limit, cost::CEILING);
        self.each(ranking, |segment, sink| segment.scan_first(pattern, sink));
        self.each(ranking, |segment, sink| segment.scan_later(pattern, sink));
        self.each(ranking, |segment, sink| segment.scan_places(pattern, places, sink));
        ranking.pour(0, best);
        let mut more = ranking.overflowed();
        let good = best.iter().filter(|ranked| ranked.cost < u16::from(cost::GOOD)).count();
        if good >= limit || (slip > 0 && is_near(best)) {
            return more;
        }
        if pattern.len() >= 4 || pattern.signs() >= 2 {
            let pattern = whole.add(units, Mercy::Forgiving, slip, &self.alphabet);
            ranking.start(limit, cost::CEILING);
            self.each(ranking, |segment, sink| segment.scan_first(pattern, sink));
            if pattern.any_wrong() || ranking.len() < FEW_HITS {
                self.each(ranking, |segment, sink| segment.scan_later(pattern, sink));
                self.each(ranking, |segment, sink| segment.scan_places(pattern, places, sink));
            }
            ranking.pour(slip, best);
            more |= ranking.overflowed();
        }
        for order in query::reorders(units) {
            // Only the very name in another order: with mistakes on top anything fits.
            let pattern = whole.add(&order, Mercy::Strict, cost::SWAPPED, &self.alphabet);
            ranking.start(limit, cost::SWAPPED - 1);
            self.each(ranking, |segment, sink| segment.scan_first(pattern, sink));
            ranking.pour(cost::SWAPPED, best);
        }
        more
    }

    fn compile(&self, terms: &[Term], mercy: Mercy, patterns: &mut Patterns) {
        for (at, term) in terms.iter().enumerate() {
            let units = if let Term::Text(units) = term { units.as_slice() } else { &[] };
            patterns.next(0).compile(units, mercy, at + 1 < terms.len(), &self.alphabet);
        }
    }

    /// Rows in which every term fits. The term that says most is looked for in all rows, the others in what it left.
    fn find_all(
        &self,
        terms: &[Term],
        patterns: &Patterns,
        mercy: Mercy,
        limit: usize,
        best: &mut Vec<Ranked>,
        room: &mut Room,
    ) -> bool {
        let Room { ranking, sheet, places, candidates, place_costs } = room;
        let mut order: Vec<usize> = (0..terms.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(weight(&terms[at])));
        let rows = self.main.len().max(self.tail_rows.last().map_or(0, |&last| last as usize + 1));
        for (nth, &at) in order.iter().enumerate() {
            let Some(pattern) = patterns.get(at) else { continue };
            if nth > 0 && candidates.len() <= FEW_ROWS {
                self.main.forget_places(pattern, &mut place_costs[0]);
                self.tail.forget_places(pattern, &mut place_costs[1]);
                candidates.retain_mut(|candidate| {
                    let cost = self.term_cost(candidate.row, &terms[at], pattern, mercy, place_costs);
                    candidate.cost += u16::from(cost);
                    cost < cost::CEILING
                });
                continue;
            }
            sheet.start(rows);
            self.each(sheet, |segment, sink| match &terms[at] {
                Term::Digits(digits) => {
                    segment.digits.scan(digits, sink);
                    if mercy == Mercy::Forgiving {
                        segment.digits.scan_slips(digits, sink);
                    }
                }
                Term::Text(_) => {
                    segment.scan_first(pattern, sink);
                    segment.scan_later(pattern, sink);
                    segment.scan_places(pattern, places, sink);
                }
            });
            if nth == 0 {
                candidates.clear();
                candidates
                    .extend(sheet.rows().iter().map(|&row| Ranked { cost: u16::from(sheet.cost(row)), row }));
            } else {
                candidates.retain_mut(|candidate| {
                    let cost = sheet.cost(candidate.row);
                    candidate.cost += u16::from(cost);
                    cost < cost::CEILING
                });
            }
        }
        ranking.start(limit, cost::CEILING);
        for candidate in candidates.iter() {
            ranking.put(candidate.cost.min(u16::from(cost::CEILING - 1)) as u8, candidate.row);
        }
        ranking.pour(0, best);
        ranking.overflowed()
    }

    fn term_cost(
        &self,
        row: u32,
        term: &Term,
        pattern: &Pattern,
        mercy: Mercy,
        places: &mut [PlaceCosts; 2],
    ) -> u8 {
        let Some((segment, place)) = self.locate(row) else { return cost::NEVER };
        match term {
            Term::Digits(digits) => segment.digit_cost(place, digits, mercy == Mercy::Forgiving),
            Term::Text(_) => {
                segment.text_cost(place, pattern, &mut places[usize::from(std::ptr::eq(segment, &self.tail))])
            }
        }
    }

    fn locate(&self, row: u32) -> Option<(&Segment, u32)> {
        match self.tail_rows.binary_search(&row) {
            Ok(place) => Some((&self.tail, place as u32)),
            Err(_) => ((row as usize) < self.main.len()).then_some((&self.main, row)),
        }
    }

    fn each<S: Sink>(&self, sink: &mut S, mut scan: impl FnMut(&Segment, &mut View<S>)) {
        scan(&self.main, &mut View { sink, rows: None, gone: &self.gone });
        if self.tail.len() > 0 {
            scan(&self.tail, &mut View { sink, rows: Some(&self.tail_rows), gone: &[] });
        }
    }

    fn reasons(&self, row: u32, terms: &[Term], scratch: &Scratch) -> Vec<Reason> {
        let Some((segment, place)) = self.locate(row) else { return Vec::new() };
        let as_whole = scratch.whole.all().iter().filter_map(|(surcharge, pattern)| {
            let (cost, mut reason) = explain::text(segment, place, pattern)?;
            if *surcharge == cost::SWAPPED {
                reason.how = reason.how.max(How::Swapped);
            }
            Some((cost.saturating_add(*surcharge), reason))
        });
        let whole = as_whole.min_by_key(|&(cost, _)| cost);
        let by_term = terms.iter().enumerate().map(|(at, term)| match term {
            Term::Digits(digits) => explain::digits(segment, place, digits, true),
            Term::Text(_) => [&scratch.strict, &scratch.forgiving]
                .into_iter()
                .filter_map(|patterns| explain::text(segment, place, patterns.get(at)?))
                .min_by_key(|&(cost, _)| cost),
        });
        let by_term: Option<Vec<(u8, Reason)>> = by_term.collect();
        let paid =
            |reasons: &Vec<(u8, Reason)>| reasons.iter().map(|&(cost, _)| u16::from(cost)).sum::<u16>();
        match (whole, by_term) {
            (Some((cost, reason)), Some(terms)) if u16::from(cost) < paid(&terms) => vec![reason],
            (_, Some(terms)) => terms.into_iter().map(|(_, reason)| reason).collect(),
            (Some((_, reason)), None) => vec![reason],
            (None, None) => Vec::new(),
        }
    }
}

/// The best row is what was typed, give or take an initial.
fn is_near(best: &[Ranked]) -> bool {
    best.first().is_some_and(|ranked| ranked.cost <= u16::from(2 * cost::INITIAL))
}

/// How much a term says about a row.
fn weight(term: &Term) -> usize {
    match term {
        Term::Digits(digits) => 4 * digits.len(),
        // `yang` says no more than a hanzi does, for all its letters.
        Term::Text(_) if query::is_syllable(term) => 5,
        // A hanzi says more than two letters, less than three.
        Term::Text(units) => units.iter().map(|unit| if let Unit::Sign(_) = unit { 5 } else { 2 }).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, sample};
    use super::*;

    /// The scans visit groups and stop early; looking at every row must not find anybody nearer.
    #[test]
    fn the_short_way_finds_whom_the_long_way_finds() {
        let children = sample::roster(4000, 21);
        let index = Index::build(children.iter().map(entry));
        let mut scratch = Scratch::default();
        let queries = children.iter().step_by(97).flat_map(|child| {
            let village: String = child.village.chars().take(4).collect();
            let given: String = child.name.chars().skip(1).collect();
            let typed = ["w", "ming", "zh", "xiaoli", "lxm", "wangm", "liang", "dw", "zhongxin", "王m"]
                .map(String::from);
            [child.name.clone(), given, child.guardian.clone(), village].into_iter().chain(typed)
        });
        for query in queries {
            let terms = query::parse(&query, |_| false);
            let mut pattern = Pattern::default();
            let [Term::Text(units)] = terms.as_slice() else { panic!("{query} is one term") };
            pattern.compile(units, Mercy::Strict, false, &index.alphabet);
            let mut places = PlaceCosts::default();
            index.main.forget_places(&pattern, &mut places);
            let mut long: Vec<Ranked> = (0..4000)
                .map(|row| Ranked { cost: u16::from(index.main.text_cost(row, &pattern, &mut places)), row })
                .collect();
            long.sort_unstable();
            // From there on mistakes are let in as well.
            let near = |ranked: &Ranked| ranked.cost < u16::from(cost::SWAPPED);
            let long: Vec<Ranked> = long.into_iter().take(15).filter(near).collect();
            let short = index.find(&query, 15, &mut scratch).hits;
            let short = short.iter().map(|hit| Ranked { cost: hit.cost, row: hit.row }).filter(near);
            assert_eq!(short.collect::<Vec<_>>(), long, "{query}");
        }
    }
}
