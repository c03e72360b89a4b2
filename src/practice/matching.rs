//! Who could take a child in, or keep it company: hard rules, each with its reason, then what is preferred.

use super::Limits;
use crate::domain::aid::is_same;
use crate::domain::company::CompanyFault;
use crate::domain::forms::{foster_family, volunteer};
use crate::domain::{FieldId, Fields};
use chrono::NaiveDate;

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
    /// The child lives there now.
    Here,
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

    /// Within so many months.
    fn check(&mut self, checked: Option<NaiveDate>, months: u32, today: NaiveDate) {
        match checked {
            None => self.against.push(Reason::NeverChecked),
            Some(on) => {
                let fresh = Limits::is_checked(months, on, today);
                self.rule(fresh, Some(Reason::Checked(on)), Reason::CheckedLate(on));
            }
        }
    }

    fn prefer(
        &mut self,
        fields: &Fields,
        [village, languages]: [&FieldId; 2],
        wanted: &Wanted,
        limits: &Limits,
    ) {
        let theirs = fields.text(village);
        if !wanted.village.is_empty() && is_same(theirs, &wanted.village) {
            self.good.push(Reason::SameVillage);
        }
        let people = wanted.ethnicity.trim_end_matches('族').to_owned();
        let own = [people];
        let called = limits.languages.get(&wanted.ethnicity).map_or(&own[..], Vec::as_slice);
        if called.iter().any(|word| !word.is_empty() && fields.text(languages).contains(word)) {
            self.good.push(Reason::Speaks);
        }
    }
}

/// A foster family with whom so many other children live already.
pub fn foster_family(
    fields: &Fields,
    placed: i64,
    wanted: &Wanted,
    today: NaiveDate,
    limits: &Limits,
) -> Fit {
    use foster_family::*;
    let mut fit = Fit::default();
    if fields.get(&ENDED).is_some() {
        fit.against.push(Reason::Ended);
    }
    match fields.date(&APPROVED) {
        Some(on) => fit.good.push(Reason::Approved(on)),
        None => fit.against.push(Reason::NotApproved),
    }
    fit.check(fields.date(&CHECKED), limits.family_check, today);
    let free = fields.number(&CAPACITY).unwrap_or(limits.most).min(limits.most) - placed;
    fit.rule(free > 0, Some(Reason::Places(free)), Reason::Full(placed));
    if let Some(born) = fields.date(&YOUNGEST_OWN) {
        fit.rule(today.years_since(born).unwrap_or(0) >= limits.own_from, None, Reason::YoungOwn);
    }
    match fields.date(&CARER_BIRTH).and_then(|born| today.years_since(born)) {
        None => fit.against.push(Reason::CarerUnknown),
        Some(age) => {
            let (from, to) = limits.carer;
            fit.rule((from..=to).contains(&age), None, Reason::CarerAge(age));
        }
    }
    if let Some(until) = fields.date(&RESPITE) {
        fit.rule(until <= today, None, Reason::Respite(until));
    }
    fit.prefer(fields, [&VILLAGE, &LANGUAGES], wanted, limits);
    fit
}

pub fn volunteer(fields: &Fields, wanted: &Wanted, today: NaiveDate, limits: &Limits) -> Fit {
    use volunteer::*;
    let mut fit = Fit::default();
    if fields.get(&ENDED).is_some() {
        fit.against.push(Reason::Ended);
    }
    fit.check(fields.date(&CHECKED), limits.volunteer_check, today);
    fit.rule(!limits.training || fields.date(&TRAINED).is_some(), None, Reason::Untrained);
    fit.rule(!is_own(fields, wanted), None, Reason::OwnChild);
    fit.prefer(fields, [&VILLAGE, &LANGUAGES], wanted, limits);
    fit
}

/// Whether a child is the volunteer's own, or of the same family.
pub fn is_own(fields: &Fields, wanted: &Wanted) -> bool {
    use volunteer::*;
    let (name, phone) = (fields.text(&NAME), fields.text(&PHONE));
    let kin = |of: &String| !of.is_empty() && (is_same(of, name) || of == phone);
    let own = !wanted.child.is_empty() && fields.text(&OWN_CHILDREN).contains(&wanted.child);
    own || wanted.own_people.iter().any(kin)
}

/// Why a volunteer may not have kept a child company on a day. Of an earlier check than the last nothing is known.
pub fn company(fields: &Fields, wanted: &Wanted, on: NaiveDate, limits: &Limits) -> Option<CompanyFault> {
    if is_own(fields, wanted) {
        return Some(CompanyFault::OwnFamily);
    }
    let Some(checked) = fields.date(&volunteer::CHECKED) else { return Some(CompanyFault::NeverChecked) };
    let end = Limits::check_ends(limits.volunteer_check, checked)?;
    (end <= on).then_some(CompanyFault::CheckRanOut(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Value;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const TODAY: &str = "2026-03-02";

    fn core() -> Limits {
        Limits::load(|_| None).unwrap()
    }

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
        foster_family(fields, placed, &wanted(), day(TODAY), &core()).against
    }

    #[test]
    fn a_family_that_keeps_every_rule_fits_and_two_children_are_the_most() {
        use foster_family::*;
        assert_eq!(against(&family(), 1), []);
        assert_eq!(against(&family(), 2), [Reason::Full(2)], "also where it says that it has room for three");
        let fit = foster_family(&family(), 1, &wanted(), day(TODAY), &core());
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
        let fit = |fields: &Fields| volunteer(fields, &wanted(), day(TODAY), &core());
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

    #[test]
    fn a_station_that_allows_one_child_and_no_language_is_heeded() {
        let limits = Limits { most: 1, ..core() };
        let full = foster_family(&family(), 1, &wanted(), day(TODAY), &limits).against;
        assert_eq!(full, [Reason::Full(1)]);
        use volunteer::*;
        let near = Fields::default().with(NAME, "何秀兰").with(LANGUAGES, "羌语");
        let speaks = |words: &[&str]| {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            let limits = Limits { languages: [("羌族".to_owned(), words)].into(), ..core() };
            volunteer(&near, &wanted(), day(TODAY), &limits).good.contains(&Reason::Speaks)
        };
        assert!(speaks(&["羌语"]) && !speaks(&[]) && !speaks(&["藏语"]));
    }

    #[test]
    fn a_session_is_measured_by_the_check_of_its_own_day() {
        use volunteer::*;
        let he = Fields::default().with(NAME, "何秀兰");
        let fault = |fields: &Fields, on: &str| company(fields, &wanted(), day(on), &core());
        assert_eq!(fault(&he, TODAY), Some(CompanyFault::NeverChecked));
        let checked = he.clone().with(CHECKED, day("2025-03-02"));
        assert_eq!(fault(&checked, "2026-03-01"), None);
        assert_eq!(fault(&checked, TODAY), Some(CompanyFault::CheckRanOut(day(TODAY))));
        let own = checked.with(OWN_CHILDREN, "王小明");
        assert_eq!(fault(&own, "2025-06-01"), Some(CompanyFault::OwnFamily));
    }
}
