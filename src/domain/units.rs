//! The tree of the organisation: city, county, town, community. Each unit names the one above it.

use super::check::Fault;
use super::forms::organisation::UNIT_LIST;
use super::forms::unit;
use super::{FieldFault, FieldKind, Fields, Record};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The highest first.
pub const LEVELS: &[&str] = &["city", "county", "town", "community"];

/// How far down a level is; what is not in the list lies below all others.
pub fn rank(level: &str) -> usize {
    LEVELS.iter().position(|known| *known == level).unwrap_or(LEVELS.len())
}

/// A centre guides, a station serves.
pub fn is_station(fields: &Fields) -> bool {
    matches!(fields.text(&unit::LEVEL), "town" | "community")
}

fn level(fields: &Fields) -> usize {
    rank(fields.text(&unit::LEVEL))
}

/// The unit above, whatever there may be of it; a city has none.
pub fn above(fields: &Fields) -> Option<Uuid> {
    if level(fields) == 0 { None } else { fields.text(&unit::ABOVE).parse().ok() }
}

/// How many supervisors, full- and part-time. One of the two numbers is enough to say that there is somebody; that there is
/// nobody needs both.
pub fn supervisors(fields: &Fields) -> Option<i64> {
    match (fields.number(&unit::FULL_TIME), fields.number(&unit::PART_TIME)) {
        (Some(full), Some(part)) => Some(full.saturating_add(part)),
        (one, other) => one.or(other).filter(|some| *some > 0),
    }
}

/// Whether a field chooses one of the station's units.
pub fn is_asked(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::One(choices) if choices.list == UNIT_LIST)
}

/// Lets a field that asks for a unit choose among these, by name.
pub fn offer(kind: &mut FieldKind, units: &[Record]) {
    if !is_asked(kind) {
        return;
    }
    if let FieldKind::One(choices) = kind {
        let name = |unit: &Record| unit.fields.text(&unit::NAME).to_owned();
        choices.codes = units.iter().map(|unit| unit.at.id.to_string().into()).collect();
        choices.own = units.iter().map(|unit| (name(unit), name(unit))).collect();
    }
}

/// Workers to one supervisor of a unit, rounded up: its own, and those of the units below it where nobody supervises. None:
/// it has no supervisor on file. Units without numbers count for nothing, so there may be more.
pub fn span(units: &[Record], id: Uuid) -> Option<i64> {
    let of = |id: Uuid| units.iter().find(|unit| unit.at.id == id).map(|unit| &unit.fields);
    let lives = |fields: &&Fields| fields.get(&unit::ENDED).is_none();
    let led_by = |fields: &Fields| supervisors(fields).filter(|some| *some > 0);
    let own = of(id).filter(lives).and_then(led_by)?;
    let leads = |start: &Record| {
        let (mut at, mut seen) = (Some(start.at.id), BTreeSet::new());
        while let Some(one) = at.filter(|one| seen.insert(*one)) {
            if of(one).filter(lives).and_then(led_by).is_some() {
                return one == id;
            }
            at = of(one).and_then(above);
        }
        false
    };
    let workers = units.iter().filter(|unit| lives(&&unit.fields) && leads(unit));
    let workers: i64 = workers.filter_map(|unit| unit.fields.number(&unit::WORKERS)).sum();
    Some((workers + own - 1) / own)
}

/// What is wrong with where a unit stands, among those that there are. Always grave: a tree with a ring in it cannot be shown.
pub fn fault(units: &[Record], id: Uuid, fields: &Fields) -> Option<FieldFault> {
    let grave = |field, fault| Some(FieldFault { field, fault, grave: true });
    let of = |id: Uuid| units.iter().find(|unit| unit.at.id == id).map(|unit| &unit.fields);
    if let Some(up) = above(fields) {
        // What is kept may hold a ring already: no step is gone twice.
        let (mut at, mut seen) = (Some(up), BTreeSet::new());
        while let Some(one) = at.filter(|one| seen.insert(*one)) {
            if one == id {
                return grave(unit::ABOVE, Fault::Circular);
            }
            at = of(one).and_then(above);
        }
        if of(up).is_some_and(|up| level(up) >= level(fields)) {
            return grave(unit::ABOVE, Fault::WrongWay);
        }
    }
    let below = units.iter().filter(|unit| unit.at.id != id && above(&unit.fields) == Some(id));
    match below.map(|unit| level(&unit.fields)).min() {
        Some(highest) if highest <= level(fields) => grave(unit::LEVEL, Fault::HoldsHigher),
        _ => None,
    }
}

/// A unit's place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Position in the list that the tree is made of.
    pub at: usize,
    /// How many stand above it.
    pub depth: usize,
}

/// Every unit once, each behind the one above it: those of a higher level first, then by name. One whose unit above is
/// unknown stands at the top.
pub fn tree(units: &[Record]) -> Vec<Place> {
    let ids: BTreeMap<Uuid, usize> = units.iter().enumerate().map(|(at, unit)| (unit.at.id, at)).collect();
    let mut below: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        let up = above(&unit.fields).and_then(|id| ids.get(&id).copied()).filter(|up| *up != at);
        below.entry(up).or_default().push(at);
    }
    let key = |at: &usize| (level(&units[*at].fields), units[*at].fields.text(&unit::NAME).to_owned(), *at);
    below.values_mut().for_each(|list| list.sort_by_key(key));
    let (mut places, mut seen) = (Vec::with_capacity(units.len()), vec![false; units.len()]);
    let tops = below.get(&None).cloned().unwrap_or_default();
    // Whoever stands in a ring is reached from no top.
    for top in tops.into_iter().chain(0..units.len()) {
        let mut left = vec![Place { at: top, depth: 0 }];
        while let Some(place) = left.pop() {
            if std::mem::replace(&mut seen[place.at], true) {
                continue;
            }
            places.push(place);
            let under = below.get(&Some(place.at)).into_iter().flatten().rev();
            left.extend(under.map(|at| Place { at: *at, depth: place.depth + 1 }));
        }
    }
    places
}

/// Positions in the tree of all that stand below the unit at this position of it.
pub fn below(tree: &[Place], at: usize) -> std::ops::Range<usize> {
    let Some(depth) = tree.get(at).map(|place| place.depth) else { return 0..0 };
    let len = tree[at + 1..].iter().take_while(|place| place.depth > depth).count();
    at + 1..at + 1 + len
}

#[cfg(test)]
mod tests;
