//! Five families whose files tell a whole story each, from finding to evaluation, so that a newcomer sees everything that
//! a file can hold. Told in days before today, so that each story always stands at the same point.

mod companionship;
mod finding;
mod one_plus_n;
mod placement;
mod prisoner;

use super::DemoChild;
use super::dice::Dice;
use super::family::id_number;
use super::file::{class_of, school_of};
use super::names::{COUNTY, TOWNS};
use crate::domain::forms::{
    case, child, consent, contact, family_contact, follow_up, goal, household, member, note, referral, score,
    session, situation,
};
use crate::domain::{FieldId, Fields, RecordKind, Value};
use chrono::{Datelike, Days, NaiveDate};

pub(super) use companionship::NAME as COMPANION;
pub(super) use one_plus_n::{NAME as LEFT_BEHIND, SIBLING};
pub(super) use placement::{FAMILY, NAME as FOSTERED};
pub(super) use prisoner::NAME as PRISONER;

/// Where each of the stories begins among the children, by the number of its first child from 1.
pub(super) const NUMBERS: [(&str, usize); 6] =
    [(PRISONER, 1), (COMPANION, 2), (finding::NAME, 3), (FOSTERED, 4), (LEFT_BEHIND, 5), (SIBLING, 6)];

/// The children of the stories: they come first, so their case numbers are known to the aid ledger.
pub(super) fn tell(today: NaiveDate) -> Vec<DemoChild> {
    let mut told = vec![];
    let stories: [fn(&mut Teller) -> Vec<DemoChild>; 5] =
        [prisoner::tell, companionship::tell, finding::tell, placement::tell, one_plus_n::tell];
    for (household, story) in stories.into_iter().enumerate() {
        let mut teller = Teller { today, dice: Dice::new(household as u64) };
        told.extend(story(&mut teller).into_iter().map(|one| DemoChild { household, worker: None, ..one }));
    }
    for (one, (_, number)) in told.iter_mut().zip(NUMBERS) {
        one.child.set(child::CASE_NO, Some(case_no(number, today).as_str().into()));
    }
    told
}

/// As the office counts them in a new station.
pub(super) fn case_no(number: usize, today: NaiveDate) -> String {
    format!("TH{}-{number:06}", today.year())
}

pub(super) struct Teller {
    today: NaiveDate,
    dice: Dice,
}

/// Who a child is.
#[derive(Clone, Copy)]
struct Person {
    name: &'static str,
    sex: &'static str,
    /// Years, and days since the last birthday.
    age: (u64, u64),
    guardian: &'static str,
    relation: &'static str,
    /// The last digits of a telephone that nobody has.
    phone: u32,
    town: usize,
    village: &'static str,
    categories: &'static [&'static str],
    risk: &'static str,
    found_by: &'static str,
    health: &'static str,
}

pub(super) fn code(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

pub(super) fn codes(codes: &[&str]) -> Value {
    Value::Choices(codes.iter().map(|code| (*code).to_owned()).collect())
}

pub(super) fn phone(last: u32) -> String {
    format!("100{last:08}")
}

impl Teller {
    fn ago(&self, days: u64) -> NaiveDate {
        self.today - Days::new(days)
    }

    fn ahead(&self, days: u64) -> NaiveDate {
        self.today + Days::new(days)
    }

    fn child(&mut self, who: &Person) -> Fields {
        let (years, days) = who.age;
        let birth = self.ago(years * 365 + years / 4 + days);
        let mut fields = Fields::default()
            .with(child::NAME, who.name)
            .with(child::SEX, code(who.sex))
            .with(child::BIRTH, birth)
            .with(child::ID_NUMBER, id_number(&mut self.dice, birth, who.sex).as_str())
            .with(child::GUARDIAN, who.guardian)
            .with(child::RELATION, code(who.relation))
            .with(child::PHONE, phone(who.phone).as_str())
            .with(child::VILLAGE, format!("{}{}", TOWNS[who.town], who.village).as_str())
            .with(child::ADDRESS, format!("{COUNTY}{}{}3组", TOWNS[who.town], who.village).as_str())
            .with(child::CATEGORIES, codes(who.categories))
            .with(child::RISK, code(who.risk))
            .with(child::FOUND_BY, code(who.found_by))
            .with(child::ETHNICITY, "汉族")
            .with(child::HEALTH, who.health);
        let school = school_of(birth, self.today);
        if let Some((place, class)) = class_of(school, TOWNS[who.town], 1) {
            fields.set(child::SCHOOL, Some(place.as_str().into()));
            fields.set(child::CLASS, Some(class.as_str().into()));
        }
        fields
    }

    fn contact(&self, kind: &str, days: u64, met: &[&str], seen: &str) -> Fields {
        Fields::default()
            .with(contact::KIND, code(kind))
            .with(contact::ON, self.ago(days))
            .with(contact::MET, codes(met))
            .with(contact::SEEN, seen)
    }

    fn visit(&self, days: u64, seen: &str) -> Fields {
        self.contact("visit", days, &["child", "carer"], seen)
    }

    fn call(&self, days: u64, met: &str, seen: &str) -> Fields {
        self.contact("call", days, &[met], seen)
    }

    /// Nobody was reached, or the family declined.
    fn in_vain(&self, kind: &str, days: u64, reason: &str) -> Fields {
        Fields::default()
            .with(contact::KIND, code(kind))
            .with(contact::ON, self.ago(days))
            .with(contact::REASON, reason)
    }

    fn note(&self, days: u64, title: &str, text: &str) -> Fields {
        Fields::default().with(note::TITLE, title).with(note::ON, self.ago(days)).with(note::TEXT, text)
    }

    fn goal(&self, domain: &str, what: &str, service: &str, who: &str, due: NaiveDate) -> Fields {
        Fields::default()
            .with(goal::GOAL, what)
            .with(goal::DOMAIN, code(domain))
            .with(goal::SERVICE, service)
            .with(goal::WHO, who)
            .with(goal::DUE, due)
    }

    fn consent(&self, days: u64, recipient: &str, what: &str, by: &str) -> Fields {
        Fields::default()
            .with(consent::FOR, what)
            .with(consent::RECIPIENT, code(recipient))
            .with(consent::ON, self.ago(days))
            .with(consent::BY, code(by))
            .with(consent::PAPER, "同意书原件，存站里")
    }

    fn referral(&self, days: u64, to: &str, office: &str, what: &str, shared: &[&str]) -> Fields {
        Fields::default()
            .with(referral::TO, code(to))
            .with(referral::OFFICE, office)
            .with(referral::WHAT, what)
            .with(referral::SHARED, codes(shared))
            .with(referral::SENT, self.ago(days))
    }

    fn family_contact(&self, days: u64, way: &str, with: &str, minutes: i64, note: &str) -> Fields {
        Fields::default()
            .with(family_contact::ON, self.ago(days))
            .with(family_contact::WAY, code(way))
            .with(family_contact::WITH, code(with))
            .with(family_contact::CARER_TOO, Value::Yes(true))
            .with(family_contact::MINUTES, Value::Number(minutes))
            .with(family_contact::NOTE, note)
    }

    fn session(&self, days: u64, volunteer: &str, minutes: i64, what: &str) -> Fields {
        Fields::default()
            .with(session::ON, self.ago(days))
            .with(session::VOLUNTEER, volunteer)
            .with(session::MINUTES, Value::Number(minutes))
            .with(session::WHAT, what)
    }

    fn score(&self, days: u64, moment: &str, by: &str, instrument: &str, answers: &[u8]) -> Fields {
        scored(self.ago(days), moment, by, instrument, answers)
    }

    /// Something due by a rule, or by what was agreed.
    fn due(&self, kind: &str, on: NaiveDate, rule: &str, reason: &str) -> Fields {
        Fields::default()
            .with(follow_up::KIND, code(kind))
            .with(follow_up::DUE, on)
            .with(follow_up::RULE, rule)
            .with(follow_up::REASON, reason)
    }

    fn done(&self, kind: &str, days: u64, reason: &str, outcome: &str) -> Fields {
        let on = self.ago(days);
        self.due(kind, on, "", reason).with(follow_up::DONE, on).with(follow_up::OUTCOME, outcome)
    }

    fn opened(&self, days: u64, reason: &str) -> Fields {
        Fields::default().with(case::OPENED, self.ago(days)).with(case::REASON, reason)
    }
}

fn person(role: &str, name: &str, circumstance: &str) -> Fields {
    Fields::default()
        .with(member::ROLE, code(role))
        .with(member::NAME, name)
        .with(member::CIRCUMSTANCE, code(circumstance))
}

fn home(who: &Person, income: i64, benefits: &str, housing: &str) -> Fields {
    Fields::default()
        .with(household::ADDRESS, format!("{COUNTY}{}{}3组", TOWNS[who.town], who.village).as_str())
        .with(household::INCOME, Value::Number(income))
        .with(household::BENEFITS, benefits)
        .with(household::HOUSING, housing)
}

fn lives(lives: &str, schooling: &str) -> Fields {
    Fields::default()
        .with(situation::LIVES, code(lives))
        .with(situation::SCHOOLING, code(schooling))
        .with(situation::RURAL, Value::Yes(true))
}

/// Records of one kind.
fn all(kind: RecordKind, of: impl IntoIterator<Item = Fields>) -> impl Iterator<Item = (RecordKind, Fields)> {
    of.into_iter().map(move |fields| (kind, fields))
}

/// The answers to an instrument's first version, by points, in the order of its questions.
pub(super) fn scored(on: NaiveDate, moment: &str, by: &str, instrument: &str, answers: &[u8]) -> Fields {
    let mut fields = Fields::default()
        .with(score::ON, on)
        .with(score::MOMENT, code(moment))
        .with(score::BY, code(by))
        .with(score::INSTRUMENT, code(instrument))
        .with(score::VERSION, Value::Number(1));
    for (at, points) in answers.iter().enumerate() {
        fields.set(FieldId::owned(format!("item-{}", at + 1)), Some(code(&points.to_string())));
    }
    fields
}
