//! All columns of a stretch of rows, built in one go and never changed.

use super::Entry;
use super::alphabet::Alphabet;
use super::cost;
use super::digits::{DigitColumns, Digits, KnownNumbers};
use super::names::Names;
use super::pattern::Pattern;
use super::places::{KnownPlaces, Places};
use super::rank::Sink;

#[derive(Default)]
pub(super) struct Segment {
    pub(super) names: Names,
    pub(super) guardians: Names,
    pub(super) villages: Places,
    pub(super) schools: Places,
    pub(super) digits: DigitColumns,
    rows: usize,
}

/// By distinct place, as far as asked for; empty if the pattern looks at no places.
#[derive(Default)]
pub(super) struct PlaceCosts {
    villages: Vec<Option<u8>>,
    schools: Vec<Option<u8>>,
}

impl Segment {
    pub(super) fn build<'a>(entries: impl Iterator<Item = Entry<'a>>, alphabet: &mut Alphabet) -> Segment {
        let mut segment = Segment::default();
        let (mut villages, mut schools) = (KnownPlaces::default(), KnownPlaces::default());
        let mut numbers = KnownNumbers::default();
        let mut chars = Vec::new();
        for entry in entries {
            alphabet.write(entry.name, &mut chars);
            segment.names.push(&chars);
            alphabet.write(entry.guardian, &mut chars);
            segment.guardians.push(&chars);
            let mut write = |text: &str| {
                alphabet.write(text, &mut chars);
                chars.clone()
            };
            segment.villages.push(entry.village, &mut villages, &mut write);
            segment.schools.push(entry.school, &mut schools, &mut write);
            segment.digits.push(&entry, &mut numbers);
            segment.rows += 1;
        }
        segment.names.arrange(alphabet.len());
        segment.guardians.arrange(alphabet.len());
        segment.villages.arrange();
        segment.schools.arrange();
        segment.digits.shrink();
        segment
    }

    pub(super) fn len(&self) -> usize {
        self.rows
    }

    pub(super) fn scan_first(&self, pattern: &Pattern, sink: &mut impl Sink) {
        self.names.scan_first(pattern, 0, sink);
        self.guardians.scan_first(pattern, cost::GUARDIAN, sink);
    }

    pub(super) fn scan_later(&self, pattern: &Pattern, sink: &mut impl Sink) {
        self.names.scan_second(pattern, 0, sink);
        self.guardians.scan_second(pattern, cost::GUARDIAN, sink);
        self.names.scan_third(pattern, 0, sink);
        self.guardians.scan_third(pattern, cost::GUARDIAN, sink);
    }

    pub(super) fn scan_places(&self, pattern: &Pattern, found: &mut Vec<(u8, u32)>, sink: &mut impl Sink) {
        // A single letter or hanzi is in every other village: it says nothing about a place.
        if pattern.len() >= 2 {
            self.villages.scan(pattern, cost::VILLAGE, found, sink);
            self.schools.scan(pattern, cost::SCHOOL, found, sink);
        }
    }

    /// Readies `costs` for another pattern.
    pub(super) fn forget_places(&self, pattern: &Pattern, costs: &mut PlaceCosts) {
        let places = |count: usize| if pattern.len() >= 2 { count } else { 0 };
        costs.villages.clear();
        costs.villages.resize(places(self.villages.len()), None);
        costs.schools.clear();
        costs.schools.resize(places(self.schools.len()), None);
    }

    /// What a row costs for a term of text, over all of its fields. `places` remembers villages and schools.
    pub(super) fn text_cost(&self, row: u32, pattern: &Pattern, places: &mut PlaceCosts) -> u8 {
        let name = self.names.cost(row, pattern);
        let guardian = self.guardians.cost(row, pattern).saturating_add(cost::GUARDIAN);
        let village = self.villages.cost(row, pattern, &mut places.villages).saturating_add(cost::VILLAGE);
        let school = self.schools.cost(row, pattern, &mut places.schools).saturating_add(cost::SCHOOL);
        name.min(guardian).min(village).min(school)
    }

    pub(super) fn digit_cost(&self, row: u32, digits: &Digits, slips: bool) -> u8 {
        self.digits.best(row as usize, digits, slips).map_or(cost::NEVER, |(cost, ..)| cost)
    }

    pub(super) fn bytes(&self) -> usize {
        self.names.bytes()
            + self.guardians.bytes()
            + self.villages.bytes()
            + self.schools.bytes()
            + self.digits.bytes()
    }
}
