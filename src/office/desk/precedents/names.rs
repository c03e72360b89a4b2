//! What tells who a child is: every name, place and number of its file and of the station.

use super::super::Files;
use crate::domain::form::FieldKind;
use crate::domain::forms::{
    agency, base, child, conference, consent, donor, entrustment, finding, foster_family, goal, household,
    member, placement, referral, session, station, unit, volunteer,
};
use crate::domain::{FieldId, Record, RecordKind};
use crate::office::{CaseFile, Mark, Refusal, Tells, keep};
use crate::practice::precedent::draft::month;
use crate::practice::precedent::{AGES, Precedents};
use crate::search::telling::{Common, Known};
use chrono::NaiveDate;
use std::collections::HashSet;

pub(in crate::office::desk) fn common(table: &Precedents) -> Common {
    Common {
        surnames: table.surnames.clone(),
        titles: table.titles.clone(),
        forms_of_address: table.forms_of_address.clone(),
        place_ends: table.place_ends.clone(),
        everyday: table.everyday.clone(),
        neutral: table.neutral.values().flat_map(|words| [words.zh.clone(), words.en.clone()]).collect(),
    }
}

/// A text with a neutral word in the place of each mark, in the language of the text.
pub(super) fn neutral(table: &Precedents, text: &str, marks: &[Mark], opened: Option<NaiveDate>) -> String {
    let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let (mut out, mut end) = (String::with_capacity(text.len()), 0);
    for mark in marks {
        let (id, numbers) = word_of(mark.tells, opened);
        out.push_str(&text[end..mark.range.start]);
        out.push_str(&table.neutral(id, chinese, &numbers));
        end = mark.range.end;
    }
    out.push_str(&text[end..]);
    out
}

fn word_of(tells: Tells, opened: Option<NaiveDate>) -> (&'static str, Vec<u32>) {
    let id = match tells {
        Tells::Child => "child",
        Tells::Family => "family",
        Tells::OtherChild => "other-child",
        Tells::Worker => "worker",
        Tells::Volunteer => "volunteer",
        Tells::FosterFamily => "foster-family",
        Tells::Person => "person",
        Tells::Place => "place",
        Tells::School => "school",
        Tells::Agency => "agency",
        Tells::Detail => "detail",
        Tells::Phone => "phone",
        Tells::IdNumber => "id-number",
        Tells::Number => "number",
        Tells::Date(day) => {
            let month =
                opened.zip(day).and_then(|(opened, day)| month(opened, day)).filter(|month| *month < 1_000);
            return month.map_or(("day", vec![]), |month| ("month", vec![u32::from(month)]));
        }
        Tells::Age(years) => {
            let band = AGES.iter().find(|(_, from, to)| years < 18 && (*from..=*to).contains(&years));
            let ten = years / 10 * 10;
            let (from, to) = band.map_or((ten, ten + 9), |(_, from, to)| (*from, *to));
            return ("age", vec![u32::from(from), u32::from(to)]);
        }
    };
    (id, vec![])
}

/// How a field tells.
#[derive(Clone, Copy)]
enum How {
    Person(Tells),
    Place(Tells),
    Word(Tells),
}

/// Fields that hold who, where and which; all others hold what happened.
fn telling(kind: RecordKind) -> &'static [(FieldId, How)] {
    use How::{Person, Place, Word};
    use Tells::{Agency, Child, Detail, Family, FosterFamily, Number, Phone, School, Volunteer, Worker};
    const HERE: Tells = Tells::Place;
    const CHILD: &[(FieldId, How)] = &[
        (child::NAME, Person(Child)),
        (child::NICKNAME, Person(Child)),
        (child::NICKNAME, Word(Child)),
        (child::GUARDIAN, Person(Family)),
        (child::PHONE, Word(Phone)),
        (child::ID_NUMBER, Word(Number)),
        (child::CASE_NO, Word(Number)),
        (child::VILLAGE, Place(HERE)),
        (child::ADDRESS, Place(HERE)),
        (child::SCHOOL, Place(School)),
        (child::CLASS, Word(School)),
        (child::ETHNICITY, Word(Detail)),
    ];
    const MEMBER: &[(FieldId, How)] = &[
        (member::NAME, Person(Family)),
        (member::PHONE, Word(Phone)),
        (member::ID_NUMBER, Word(Number)),
        (member::PLACE, Place(HERE)),
        (member::PAPER, Word(Number)),
    ];
    const HOUSEHOLD: &[(FieldId, How)] = &[(household::ADDRESS, Place(HERE))];
    const FINDING: &[(FieldId, How)] = &[
        (finding::BY, Person(Tells::Person)),
        (finding::REPORTED_TO, Place(Agency)),
        (finding::RECEIPT, Word(Number)),
    ];
    const GOAL: &[(FieldId, How)] = &[(goal::WHO, Person(Tells::Person))];
    const CONSENT: &[(FieldId, How)] = &[(consent::PAPER, Word(Number))];
    const REFERRAL: &[(FieldId, How)] = &[
        (referral::OFFICE, Place(Agency)),
        (referral::RECEIVED_BY, Person(Tells::Person)),
        (referral::OFFICE_PERSON, Person(Tells::Person)),
        (referral::OFFICE_PHONE, Word(Phone)),
    ];
    const ENTRUSTMENT: &[(FieldId, How)] = &[
        (entrustment::CARER, Person(Family)),
        (entrustment::PHONE, Word(Phone)),
        (entrustment::PAPER, Word(Number)),
    ];
    const CONFERENCE: &[(FieldId, How)] = &[(conference::OWNERS, Person(Tells::Person))];
    const PLACEMENT: &[(FieldId, How)] = &[(placement::FAMILY, Person(FosterFamily))];
    const SESSION: &[(FieldId, How)] = &[(session::VOLUNTEER, Person(Volunteer))];
    const STATION: &[(FieldId, How)] = &[
        (station::NAME, Place(HERE)),
        (station::PROVINCE, Place(HERE)),
        (station::CITY, Place(HERE)),
        (station::COUNTY, Place(HERE)),
        (station::TOWN, Place(HERE)),
        (station::PHONE, Word(Phone)),
    ];
    const VOLUNTEER: &[(FieldId, How)] = &[
        (volunteer::NAME, Person(Volunteer)),
        (volunteer::PHONE, Word(Phone)),
        (volunteer::VILLAGE, Place(HERE)),
    ];
    const FOSTER: &[(FieldId, How)] = &[
        (foster_family::NAME, Person(FosterFamily)),
        (foster_family::PHONE, Word(Phone)),
        (foster_family::VILLAGE, Place(HERE)),
    ];
    const AGENCY: &[(FieldId, How)] = &[
        (agency::NAME, Place(Agency)),
        (agency::PLACE, Place(HERE)),
        (agency::PERSON, Person(Worker)),
        (agency::PHONE, Word(Phone)),
    ];
    const BASE: &[(FieldId, How)] =
        &[(base::NAME, Place(HERE)), (base::PLACE, Place(HERE)), (base::RESPONSIBLE, Person(Worker))];
    const UNIT: &[(FieldId, How)] =
        &[(unit::NAME, Place(Agency)), (unit::PERSON, Person(Worker)), (unit::PHONE, Word(Phone))];
    const DONOR: &[(FieldId, How)] =
        &[(donor::NAME, Word(Tells::Person)), (donor::PERSON, Person(Tells::Person))];
    match kind {
        RecordKind::Child => CHILD,
        RecordKind::Member => MEMBER,
        RecordKind::Household => HOUSEHOLD,
        RecordKind::Finding => FINDING,
        RecordKind::Goal => GOAL,
        RecordKind::Consent => CONSENT,
        RecordKind::Referral => REFERRAL,
        RecordKind::Entrustment => ENTRUSTMENT,
        RecordKind::Conference => CONFERENCE,
        RecordKind::Placement => PLACEMENT,
        RecordKind::Session => SESSION,
        RecordKind::Station => STATION,
        RecordKind::Volunteer => VOLUNTEER,
        RecordKind::FosterFamily => FOSTER,
        RecordKind::Agency => AGENCY,
        RecordKind::Base => BASE,
        RecordKind::Donor => DONOR,
        RecordKind::Unit => UNIT,
        _ => &[],
    }
}

impl Files {
    /// All that may give a child of this file away, and everybody else who is named at the station.
    pub(in crate::office::desk) fn known<'a>(
        &self,
        common: &'a Common,
        file: &CaseFile,
    ) -> Result<Known<'a>, Refusal> {
        let mut known = self.known_here(common)?;
        let own = [&file.members, &file.cases, &file.contacts, &file.follow_ups, &file.notes, &file.services];
        let own = own.into_iter().flatten().chain([&file.child]).chain(&file.household);
        own.for_each(|record| self.take_words(&mut known, record));
        for sibling in &file.siblings {
            known.person(&sibling.name, Tells::Family);
            known.place(&sibling.village, Tells::Place);
            known.place(&sibling.school, Tells::School);
        }
        Ok(known)
    }

    /// The same without a file: who and where the station is.
    pub(in crate::office::desk) fn known_here<'a>(&self, common: &'a Common) -> Result<Known<'a>, Refusal> {
        let mut known = Known::new(common);
        let station = self.station();
        station.record.iter().for_each(|record| self.take_words(&mut known, record));
        for staff in &station.staff {
            known.person(&staff.name, Tells::Worker);
            known.word(&staff.login, Tells::Worker);
        }
        use RecordKind::{Agency, Base, Donor, FosterFamily, Unit, Volunteer};
        for kind in [Volunteer, FosterFamily, Agency, Base, Donor, Unit] {
            keep::of_kind(&self.store, kind)?.iter().for_each(|record| self.take_words(&mut known, record));
        }
        let roster = self.roster();
        let mut places = HashSet::new();
        for view in roster.living_slots().filter_map(|slot| roster.view(slot)) {
            known.bystander(view.name);
            known.bystander(view.guardian);
            for (place, tells) in [(view.village, Tells::Place), (view.school, Tells::School)] {
                if !place.is_empty() && places.insert(place.to_owned()) {
                    known.place(place, tells);
                }
            }
        }
        Ok(known)
    }

    fn take_words(&self, known: &mut Known, record: &Record) {
        let mut put = |how: How, text: &str| match how {
            // Several people may stand in one field.
            How::Person(tells) => text
                .split(['、', '，', ',', ';', '；', '/', '\n'])
                .for_each(|name| known.person(name.trim(), tells)),
            How::Place(tells) => known.place(text, tells),
            How::Word(tells) => known.word(text, tells),
        };
        for (field, how) in telling(record.at.kind) {
            put(*how, record.fields.text(field));
        }
        // A station's own short texts are names and places more often than not.
        let station = self.station();
        let form = station.form_of(record.at.kind, &record.fields);
        let own = form
            .into_iter()
            .flat_map(|form| &form.fields)
            .filter(|field| field.id.as_str().starts_with("x-"));
        for field in own {
            if matches!(field.kind, FieldKind::Line(_) | FieldKind::Phone) {
                put(How::Word(Tells::Detail), record.fields.text(&field.id));
                put(How::Person(Tells::Detail), record.fields.text(&field.id));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::forms;

    #[test]
    fn every_field_of_a_file_that_is_masked_as_a_name_or_holds_a_number_is_known_to_tell() {
        use RecordKind::{Child, Household, Member};
        let of_file = |kind: RecordKind| kind.is_of_child() || matches!(kind, Child | Household | Member);
        let mut missing = vec![];
        for form in forms::all().iter().filter(|form| of_file(form.kind)) {
            let numbers = |kind: &FieldKind| matches!(kind, FieldKind::Phone | FieldKind::ResidentId);
            let tells = form.fields.iter().filter(|field| field.personal || numbers(&field.kind));
            let known = |id: &FieldId| telling(form.kind).iter().any(|(field, _)| field == id);
            missing.extend(
                tells.filter(|field| !known(&field.id)).map(|field| format!("{} {}", form.id, field.id)),
            );
        }
        assert!(missing.is_empty(), "precedents would let these through: {missing:?}");
    }
}
