//! The station's registers: volunteers, foster families, agencies, bases, activities, donors and the aid ledger. What is
//! not a child's.

use super::services::AGENCIES;
use super::*;

pub const BASES: &[&str] = &["base", "home"];
/// What is done for children and families. Training, workshops, exchange visits and inspections of the staff are in the
/// supervision log.
pub const ACTIVITIES: &[&str] =
    &["lecture", "tutoring", "counselling", "legal-aid", "recreation", "book-drive"];
pub const DONORS: &[&str] = &["person", "company", "organisation", "government", "other"];
pub const AID_ENTRIES: &[&str] = &["receive", "give", "return", "correct"];
/// What a gift is bound to; `general` is bound to nothing.
pub const PURPOSES: &[&str] =
    &["general", "schooling", "medical", "living", "emergency", "activities", "holiday"];
/// As the rules know them.
pub const ITEMS: &[&str] = &["money", "food", "clothes", "school", "medicine", "equipment", "other"];

const PAST: FieldKind = Date(DateRange::Past);
const DAY: FieldKind = Date(DateRange::Any);

/// Somebody who gives time. 《未成年人保护法》第六十二条 asks for a background check every year.
#[rustfmt::skip] // a table: one field a line
pub fn volunteer() -> FormSpec {
    use super::volunteer::*;
    Form::new("volunteer", RecordKind::Volunteer)
        .field(NAME, Line(40)).required().personal()
        .field(PHONE, Phone).expected().personal()
        .field(VILLAGE, Line(60)).expected()
        .field(CHECKED, PAST).expected()
        .field(TRAINED, PAST).expected()
        .field(AVAILABLE, Line(80))
        .field(LANGUAGES, Line(80))
        .field(INTERESTS, Line(120))
        .field(OWN_CHILDREN, Line(120)).personal()
        .section("more")
        .field(ENDED, PAST)
        .field(REMARKS, Notes(4_000))
        .spec
}

/// A family that takes children in. 《家庭寄养管理办法》第八条.
#[rustfmt::skip] // a table: one field a line
pub fn foster_family() -> FormSpec {
    use super::foster_family::*;
    Form::new("foster-family", RecordKind::FosterFamily)
        .field(NAME, Line(60)).required().personal()
        .field(PHONE, Phone).expected().personal()
        .field(VILLAGE, Line(60)).expected()
        .field(LANGUAGES, Line(80))
        .field(CARER_BIRTH, PAST).expected()
        .field(CAPACITY, Number { min: 0, max: 10 }).expected()
        .field(OWN_CHILDREN, Number { min: 0, max: 20 })
        .field(YOUNGEST_OWN, PAST)
        .field(INCOME_OK, Yes).expected()
        .section("approval")
        .field(APPROVED, PAST).expected()
        .field(CHECKED, PAST).expected()
        .field(TRAINED, PAST).expected()
        .field(RESPITE, DAY)
        .section("more")
        .field(ENDED, PAST)
        .field(NOTES, Notes(4_000))
        .spec
}

/// Who offers what, where and for whom: an entry of the service directory.
#[rustfmt::skip] // a table: one field a line
pub fn agency() -> FormSpec {
    use super::agency::*;
    Form::new("agency", RecordKind::Agency)
        .field(NAME, Line(80)).required()
        .field(KIND, One(choices("agency", AGENCIES))).required()
        .field(SERVICE, Line(200)).expected()
        .field(PLACE, Line(120)).expected()
        .field(SCHEDULE, Line(120))
        .field(ELIGIBILITY, Line(200))
        .field(PHONE, Phone).expected()
        .field(PERSON, Line(40))
        .section("more")
        .field(ENDED, PAST)
        .spec
}

#[rustfmt::skip] // a table: one field a line
pub fn base() -> FormSpec {
    use super::base::*;
    Form::new("base", RecordKind::Base)
        .field(NAME, Line(80)).required()
        .field(KIND, One(choices("base", BASES))).required()
        .field(PLACE, Line(120)).expected()
        .field(OPENED, PAST)
        .field(RESPONSIBLE, Line(40)).expected()
        .field(PHONE, Phone).expected()
        .section("more")
        .field(ENDED, PAST)
        .spec
}

#[rustfmt::skip] // a table: one field a line
pub fn activity() -> FormSpec {
    use super::activity::*;
    Form::new("activity", RecordKind::Activity)
        .field(KIND, One(choices("activity", ACTIVITIES))).required()
        .field(ON, DAY).required()
        .field(TOPIC, Line(120)).expected()
        .field(PLACE, Line(120)).expected()
        .field(LED_BY, Line(60)).expected()
        .field(CAPACITY, Number { min: 0, max: 100_000 })
        .section("end")
        .field(MINUTES, Number { min: 1, max: 10_000 })
        .field(ATTENDED, Number { min: 0, max: 100_000 })
        .field(OUTCOME, Notes(20_000))
        .spec
}

#[rustfmt::skip] // a table: one field a line
pub fn donor() -> FormSpec {
    use super::donor::*;
    Form::new("donor", RecordKind::Donor)
        .field(NAME, Line(60)).required()
        .field(KIND, One(choices("donor", DONORS))).required()
        .field(PERSON, Line(40))
        .field(PHONE, Phone)
        .field(REMARKS, Notes(4_000))
        .spec
}

/// An entry of the aid ledger. `NUMBER`, `CHILD` and `HOUSEHOLD` are written by the office, not typed.
#[rustfmt::skip] // a table: one field a line
pub fn aid_entry() -> FormSpec {
    use super::aid_entry::*;
    let moves = ["receive", "give", "return"];
    let goods = &ITEMS[1..];
    Form::delicate("aid-entry", RecordKind::AidEntry)
        .field(KIND, One(choices("aid-entry", AID_ENTRIES))).required()
        .field(ON, PAST).required()
        .field(DONOR, Line(60)).required().when(is(KIND, &["receive", "return"]))
        .field(PURPOSE, One(choices("purpose", PURPOSES))).required().when(is(KIND, &moves))
        .field(ITEM, One(choices("item", ITEMS))).required().when(is(KIND, &moves))
        .field(AMOUNT, Line(16)).required().when(is(ITEM, &["money"]))
        .field(GOODS, Line(40)).required().when(is(ITEM, goods))
        .field(COUNT, Number { min: 1, max: 1_000_000 }).required().when(is(ITEM, goods))
        .field(UNIT, Line(10)).required().when(is(ITEM, goods))
        .field(TO, Line(80)).required().personal().when(is(KIND, &["give"]))
        .field(CASE_NO, Line(24)).when(is(KIND, &["give"]))
        .field(SIGNED, Yes).when(is(KIND, &["give"]))
        .field(RECEIPT, Line(60)).when(is(KIND, &moves))
        .field(AGAIN, Line(200)).when(Condition::Filled(CASE_NO))
        .field(CORRECTS, Number { min: 1, max: 10_000_000 }).required().when(is(KIND, &["correct"]))
        .field(REASON, Line(200)).required().when(is(KIND, &["return", "correct"]))
        .spec
}

/// In the order of the tabs.
pub fn all() -> Vec<FormSpec> {
    vec![volunteer(), foster_family(), agency(), base(), activity(), donor(), aid_entry()]
}
