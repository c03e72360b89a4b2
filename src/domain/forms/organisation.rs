//! The organisation: its units from the city down to the communities, and the log of how they are supervised.

use super::*;
use crate::domain::units::LEVELS;

pub const SUPERVISIONS: &[&str] =
    &["supervision", "training", "workshop", "exchange", "inspection", "quality-check"];

const PAST: FieldKind = Date(DateRange::Past);
const DAY: FieldKind = Date(DateRange::Any);
/// The office fills in which units there are.
const UNITS: &[&str] = &[];
/// The list of choices that stands for the station's units.
pub const UNIT_LIST: &str = "unit";

/// A guidance centre or a station. 《儿童福利督导管理与服务规范》（绍兴）.
#[rustfmt::skip] // a table: one field a line
pub fn unit() -> FormSpec {
    use super::unit::*;
    Form::new("unit", RecordKind::Unit)
        .field(NAME, Line(60)).required()
        .field(LEVEL, One(choices("unit-level", LEVELS))).required()
        .field(ABOVE, One(choices(UNIT_LIST, UNITS))).expected().when(is(LEVEL, &LEVELS[1..]))
        .section("staff")
        .field(WORKERS, Number { min: 0, max: 10_000 }).expected()
        .field(FULL_TIME, Number { min: 0, max: 10_000 }).expected()
        .field(PART_TIME, Number { min: 0, max: 10_000 }).expected()
        .field(CHILDREN, Number { min: 0, max: 10_000_000 }).expected()
        .section("more")
        .field(PHONE, Phone)
        .field(PERSON, Line(40)).personal()
        .field(ENDED, PAST)
        .spec
}

/// What supervisors and staff did with each other: what was found, and what is to be done about it.
#[rustfmt::skip] // a table: one field a line
pub fn supervision() -> FormSpec {
    use super::supervision::*;
    Form::new("supervision", RecordKind::Supervision)
        .field(KIND, One(choices("supervision", SUPERVISIONS))).required()
        .field(ON, PAST).required()
        .field(UNIT, One(choices(UNIT_LIST, UNITS)))
        .field(PEOPLE, Line(200)).expected()
        .field(TOPIC, Line(120)).expected()
        .field(MINUTES, Number { min: 0, max: 10_000 })
        .section("end")
        .field(FOUND, Notes(20_000)).expected()
        .field(AGREED, Line(200))
        .field(WHO, Line(60)).expected().when(Condition::Filled(AGREED))
        .field(DUE, DAY).expected().when(Condition::Filled(AGREED))
        .field(DONE, PAST).when(Condition::Filled(AGREED))
        .spec
}

pub fn all() -> Vec<FormSpec> {
    vec![unit(), supervision()]
}
