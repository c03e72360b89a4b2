//! Who could take a child in, or keep it company: hard rules, each with its reason, then what is preferred.

use crate::domain::aid::is_same;
use crate::domain::forms::{foster_family, volunteer};
use crate::domain::{FieldId, Fields};
use chrono::{Months, NaiveDate};

/// 《家庭寄养管理办法》第八条、第十条: a carer of 30 to 65, at most two children, none of their own under 6.
const CARER: std::ops::RangeInclusive<u32> = 30..=65;
const MOST: i64 = 2;
const OWN_FROM: u32 = 6;
/// 《未成年人保护法》第六十二条.
const CHECK_MONTHS: u32 = 12;

/// What of a child a match depends on.
#[derive(Clone, Default)]
pub struct Wanted {
    pub child: String,
    pub village: String,
    /// What it speaks, as far as its people say.
    pub ethnicity: String,
    /// Names and phone numbers of its parents, guardian and carers.
    pub own_people: Vec<String>,
}

/// Why somebody fits or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    SameVillage,
    Speaks,
    /// So many places are free.
    Places(i64),
    Approved(NaiveDate),
    Checked(NaiveDate),
    Ended,
    NotApproved,
    NeverChecked,
    CheckedLate(NaiveDate),
    Untrained,
    /// So many foster children live there already.
    Full(i64),
    YoungOwn,
    CarerUnknown,
    CarerAge(u32),
    Respite(NaiveDate),
    OwnChild,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    pub good: Vec<Reason>,
    /// Each forbids the match.
    pub against: Vec<Reason>,
}

impl Fit {
    pub fn fits(&self) -> bool {
        self.against.is_empty()
    }

    /// The best sort first.
    pub fn rank(&self) -> (usize, bool, bool) {
        let lacks = |reason| !self.good.contains(&reason);
        (self.against.len(), lacks(Reason::SameVillage), lacks(Reason::Speaks))
    }

    fn rule(&mut self, holds: bool, good: Option<Reason>, against: Reason) {
        if holds { self.good.extend(good) } else { self.against.push(against) }
    }

    fn check(&mut self, checked: Option<NaiveDate>, today: NaiveDate) {
        match checked {
            None => self.against.push(Reason::NeverChecked),
            Some(on) => {
                let until = on.checked_add_months(Months::new(CHECK_MONTHS));
                let fresh = until.is_some_and(|until| until > today);
                self.rule(fresh, Some(Reason::Checked(on)), Reason::CheckedLate(on));
            }
        }
    }

    fn prefer(&mut self, fields: &Fields, village: &FieldId, languages: &FieldId, wanted: &Wanted) {
        let theirs = fields.text(village);
        if !wanted.village.is_empty() && is_same(theirs, &wanted.village) {
            self.good.push(Reason::SameVillage);
        }
        let people = wanted.ethnicity.trim_end_matches('族');
        if !people.is_empty() && fields.text(languages).contains(people) {
            self.good.push(Reason::Speaks);
        }
    }
}

/// A foster family with whom so many other children live already.
pub fn foster_family(fields: &Fields, placed: i64, wanted: &Wanted, today: NaiveDate) -> Fit {
    use foster_family::*;
    let mut fit = Fit::default();
    if fields.get(&ENDED).is_some() {
        fit.against.push(Reason::Ended);
    }
    match fields.date(&APPROVED) {
        Some(on) => fit.good.push(Reason::Approved(on)),
        None => fit.against.push(Reason::NotApproved),
    }
    fit.check(fields.date(&CHECKED), today);
    let free = fields.number(&CAPACITY).unwrap_or(MOST).min(MOST) - placed;
    fit.rule(free > 0, Some(Reason::Places(free)), Reason::Full(placed));
    if let Some(born) = fields.date(&YOUNGEST_OWN) {
        fit.rule(today.years_since(born).unwrap_or(0) >= OWN_FROM, None, Reason::YoungOwn);
    }
    match fields.date(&CARER_BIRTH).and_then(|born| today.years_since(born)) {
        None => fit.against.push(Reason::CarerUnknown),
        Some(age) => fit.rule(CARER.contains(&age), None, Reason::CarerAge(age)),
    }
    if let Some(until) = fields.date(&RESPITE) {
        fit.rule(until <= today, None, Reason::Respite(until));
    }
    fit.prefer(fields, &VILLAGE, &LANGUAGES, wanted);
    fit
}

pub fn volunteer(fields: &Fields, wanted: &Wanted, today: NaiveDate) -> Fit {
    use volunteer::*;
    let mut fit = Fit::default();
    if fields.get(&ENDED).is_some() {
        fit.against.push(Reason::Ended);
    }
    fit.check(fields.date(&CHECKED), today);
    fit.rule(fields.date(&TRAINED).is_some(), None, Reason::Untrained);
    let phone = fields.text(&PHONE);
    let own = !wanted.child.is_empty() && fields.text(&OWN_CHILDREN).contains(&wanted.child);
    let kin =
        wanted.own_people.iter().any(|of| !of.is_empty() && (is_same(of, fields.text(&NAME)) || of == phone));
    fit.rule(!own && !kin, None, Reason::OwnChild);
    fit.prefer(fields, &VILLAGE, &LANGUAGES, wanted);
    fit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Value;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const TODAY: &str = "2026-03-02";

    fn wanted() -> Wanted {
        Wanted {
            child: "王小明".into(),
            village: "柳树村".into(),
            ethnicity: "羌族".into(),
            own_people: vec!["王强".into(), "10012345678".into()],
        }
    }

    fn family() -> Fields {
        use foster_family::*;
        Fields::default()
            .with(NAME, "何家")
            .with(CARER_BIRTH, day("1980-01-01"))
            .with(CAPACITY, Value::Number(3))
            .with(APPROVED, day("2025-06-01"))
            .with(CHECKED, day("2025-06-01"))
    }

    fn against(fields: &Fields, placed: i64) -> Vec<Reason> {
        foster_family(fields, placed, &wanted(), day(TODAY)).against
    }

    #[test]
    fn a_family_that_keeps_every_rule_fits_and_two_children_are_the_most() {
        use foster_family::*;
        assert_eq!(against(&family(), 1), []);
        assert_eq!(against(&family(), 2), [Reason::Full(2)], "also where it says that it has room for three");
        let fit = foster_family(&family(), 1, &wanted(), day(TODAY));
        assert!(fit.good.contains(&Reason::Places(1)));
        let none = against(&Fields::default().with(NAME, "某家"), 0);
        assert_eq!(none, [Reason::NotApproved, Reason::NeverChecked, Reason::CarerUnknown]);
    }

    #[test]
    fn each_hard_rule_forbids_with_its_reason_from_its_day_on() {
        use foster_family::*;
        let rules = [
            (CHECKED, "2025-03-02", Some(Reason::CheckedLate(day("2025-03-02")))),
            (CHECKED, "2025-03-03", None),
            (YOUNGEST_OWN, "2020-03-03", Some(Reason::YoungOwn)),
            (YOUNGEST_OWN, "2020-03-02", None),
            (CARER_BIRTH, "1996-03-03", Some(Reason::CarerAge(29))),
            (CARER_BIRTH, "1996-03-02", None),
            (CARER_BIRTH, "1960-03-03", None),
            (CARER_BIRTH, "1960-03-02", Some(Reason::CarerAge(66))),
            (RESPITE, "2026-03-03", Some(Reason::Respite(day("2026-03-03")))),
            (RESPITE, TODAY, None),
            (ENDED, "2026-01-01", Some(Reason::Ended)),
        ];
        for (field, on, reason) in rules {
            let found = against(&family().with(field.clone(), day(on)), 0);
            assert_eq!(found, reason.into_iter().collect::<Vec<_>>(), "{field} {on}");
        }
    }

    #[test]
    fn nobody_keeps_their_own_child_company_and_neighbours_come_first() {
        use volunteer::*;
        let near = Fields::default()
            .with(NAME, "何秀兰")
            .with(VILLAGE, "柳树村")
            .with(LANGUAGES, "四川话、羌语")
            .with(CHECKED, day("2026-01-01"))
            .with(TRAINED, day("2026-01-01"));
        let fit = |fields: &Fields| volunteer(fields, &wanted(), day(TODAY));
        assert!(fit(&near).fits());
        let far = near.clone().with(VILLAGE, "杨家坪");
        assert!(fit(&near).rank() < fit(&far).rank());
        assert!(fit(&far).rank() < fit(&far.clone().with(LANGUAGES, "四川话")).rank());
        for own in [(NAME, "王强"), (PHONE, "10012345678"), (OWN_CHILDREN, "王小明、王小红")] {
            assert_eq!(fit(&near.clone().with(own.0, own.1)).against, [Reason::OwnChild]);
        }
        let mut untrained = near.clone();
        untrained.set(TRAINED, None);
        assert_eq!(fit(&untrained).against, [Reason::Untrained]);
    }
}
