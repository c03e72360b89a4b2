//! The organisation: its tree, and which of its stations are short of staff.

use super::{Files, facts};
use crate::domain::forms::unit;
use crate::domain::units::{self, Place};
use crate::domain::{FieldFault, FieldId, Fields, Record, RecordKind, RecordRef};
use crate::office::audit::Verb;
use crate::office::{Below, FlagLine, Refusal, Staffing, Station, UnitLine, keep};
use std::sync::{Arc, PoisonError};

impl Files {
    pub(super) fn organisation(&self) -> Result<Vec<UnitLine>, Refusal> {
        self.listed(Verb::Registers)?;
        let units = keep::of_kind(&self.store, RecordKind::Unit)?;
        self.name_units(&units);
        let facts = facts::of_units(&units, self.today());
        let flags = self.flags_of("stations", &facts, units.len());
        let tree = units::tree(&units);
        let staffing: Vec<Staffing> =
            tree.iter().map(|place| staffing(&units[place.at].fields, &flags[place.at])).collect();
        let line = |(at, place): (usize, &Place)| UnitLine {
            record: units[place.at].clone(),
            depth: place.depth,
            flags: flags[place.at].clone(),
            staffing: staffing[at],
            below: below(&units, &tree, &staffing, at),
        };
        Ok(tree.iter().enumerate().map(line).collect())
    }

    /// What is wrong with where a unit is to stand.
    pub(super) fn unit_fault(&self, at: RecordRef, fields: &Fields) -> Result<Option<FieldFault>, Refusal> {
        let units = keep::of_kind(&self.store, RecordKind::Unit)?;
        Ok(units::fault(&units, at.id, fields))
    }

    /// Lets forms choose units by name. They are read when a register is opened, not at the start: the first screen
    /// does not wait for the engine.
    pub(super) fn name_units(&self, all: &[Record]) {
        let mut station = self.station.write().unwrap_or_else(PoisonError::into_inner);
        let mut fresh = Station::clone(&station);
        for field in fresh.forms.iter_mut().flat_map(|form| &mut form.fields) {
            units::offer(&mut field.kind, all);
        }
        if fresh != **station {
            *station = Arc::new(fresh);
        }
    }
}

fn staffing(fields: &Fields, flags: &[FlagLine]) -> Staffing {
    let known = |id: FieldId| fields.get(&id).is_some();
    let supervisors = units::supervisors(fields).is_some();
    match () {
        () if known(unit::ENDED) => Staffing::Ended,
        () if !flags.is_empty() => Staffing::Short,
        () if units::is_station(fields) && !(known(unit::WORKERS) && supervisors) => Staffing::Unknown,
        () => Staffing::Enough,
    }
}

fn below(units: &[Record], tree: &[Place], staffing: &[Staffing], at: usize) -> Below {
    let mut below = Below::default();
    for place in units::below(tree, at) {
        if !units::is_station(&units[tree[place].at].fields) || staffing[place] == Staffing::Ended {
            continue;
        }
        below.stations += 1;
        below.short += usize::from(staffing[place] == Staffing::Short);
        below.unknown += usize::from(staffing[place] == Staffing::Unknown);
    }
    below
}
