//! A file as the rules see it: records turned into facts.

use super::company::Kept;
use crate::domain::forms::*;
use crate::domain::{FieldId, Fields, Record, RecordKind, RecordRef, Value, units};
use crate::practice::Instruments;
use crate::practice::flags::facts::{CHILD, Word, words};
use crate::practice::flags::{Fact, Facts};
use crate::practice::scoring::{Reading, Total};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// When something that is done for a child was done, or is to be.
pub(super) fn happened(record: &Record) -> Option<NaiveDate> {
    let date = match record.at.kind {
        RecordKind::Finding => finding::FOUND,
        RecordKind::Goal => goal::DUE,
        RecordKind::Consent => consent::ON,
        RecordKind::Referral => referral::SENT,
        RecordKind::Conference => conference::ON,
        RecordKind::Placement => placement::BEGUN,
        RecordKind::Entrustment => entrustment::BEGUN,
        RecordKind::FamilyContact => family_contact::ON,
        RecordKind::Session => session::ON,
        RecordKind::Attendance => attendance::ON,
        RecordKind::Score => score::ON,
        _ => return None,
    };
    record.fields.date(&date)
}

/// What of a file the rules look at.
pub(super) struct Known<'a> {
    pub child: &'a Fields,
    /// Newest first, as are the services of each kind.
    pub cases: Vec<&'a Record>,
    pub contacts: Vec<&'a Record>,
    pub members: Vec<&'a Record>,
    pub services: Vec<&'a Record>,
}

/// The facts of a file, and which record each of a list is about.
pub(super) struct Gathering {
    pub facts: Facts,
    about: BTreeMap<&'static str, Vec<RecordRef>>,
}

impl Gathering {
    pub(super) fn about(&self, list: &str, at: usize) -> Option<RecordRef> {
        self.about.get(list)?.get(at).copied()
    }
}

/// Facts of one thing, from the fields of its record. What does not fit (a date that came to lie in the future) is not
/// known: the forms refuse it, an import may not have.
struct Gathered {
    words: &'static [Word],
    today: NaiveDate,
    facts: Facts,
    about: BTreeMap<&'static str, Vec<RecordRef>>,
}

impl Gathered {
    fn of(list: Option<&str>, today: NaiveDate) -> Self {
        Self {
            words: words(list).unwrap_or_default(),
            today,
            facts: Facts::default(),
            about: BTreeMap::new(),
        }
    }

    fn set(&mut self, word: &str, fact: Option<Fact>) {
        let taken = self.facts.set(self.words, word, fact, self.today);
        debug_assert!(taken != Err(crate::practice::flags::FactFlaw::Unknown), "{word}");
    }

    /// The same thing by its field's name and the rules'.
    fn take(&mut self, fields: &Fields, names: &[(&str, FieldId)]) {
        for (word, field) in names {
            self.set(word, fields.get(field).and_then(fact));
        }
    }

    fn date(&mut self, word: &str, date: Option<NaiveDate>) {
        self.set(word, date.map(Fact::Date));
    }

    fn yes(&mut self, word: &str, yes: bool) {
        self.set(word, Some(Fact::Yes(yes)));
    }
}

fn fact(value: &Value) -> Option<Fact> {
    Some(match value {
        Value::Yes(yes) => Fact::Yes(*yes),
        Value::Number(number) => Fact::Number(*number),
        Value::Date(date) => Fact::Date(*date),
        Value::Choice(code) => Fact::Codes([code.clone()].into()),
        Value::Choices(codes) => Fact::Codes(codes.clone()),
        _ => return None,
    })
}

pub(super) fn of(file: &Known, instruments: &Instruments, today: NaiveDate) -> Gathering {
    let mut child = Gathered::of(None, today);
    debug_assert_eq!(child.words, CHILD);
    child.take(
        file.child,
        &[
            ("birth", child::BIRTH),
            ("sex", child::SEX),
            ("categories", child::CATEGORIES),
            ("risk", child::RISK),
        ],
    );
    child.yes("no-number", file.child.get(&child::ID_NUMBER).is_none());
    of_kind(file, RecordKind::Situation).for_each(|record| situation(&mut child, &record.fields));
    entrusted(&mut child, file);
    contacts(&mut child, file);
    if let Some(case) = file.cases.first() {
        let named = [
            ("registered", case::OPENED),
            ("opened", case::OPENED),
            ("assessed", case::ASSESSED),
            ("planned", case::PLANNED),
            ("plan-approved", case::PLAN_APPROVED),
            ("plan-lapsed", case::PLAN_LAPSED),
            ("sent-back", case::SENT_BACK),
            ("served", case::SERVED),
            ("reviewed", case::REVIEWED),
            ("closed", case::CLOSED),
            ("close-approved", case::CLOSE_APPROVED),
            ("close-reason", case::CLOSE_REASON),
            ("reopened", case::REOPENED),
        ];
        child.take(&case.fields, &named);
        if case.fields.get(&case::SERVED).is_none() {
            child.date("served", served(file, &case.fields));
        }
        if !case.fields.text(&case::ARRANGEMENT).is_empty() {
            child.yes("arrangement", true);
        }
    }
    findings(&mut child, file);
    for member in &file.members {
        let role = member.fields.text(&member::ROLE);
        if matches!(role, "father" | "mother") {
            add(&mut child, "parents", member.at, |one| parent(one, &member.fields));
        }
    }
    for record in of_kind(file, RecordKind::Goal) {
        add(&mut child, "goals", record.at, |one| {
            one.take(
                &record.fields,
                &[("due", goal::DUE), ("reached", goal::REACHED), ("dropped", goal::DROPPED)],
            );
            one.yes("owner", !record.fields.text(&goal::WHO).is_empty());
        });
    }
    for record in of_kind(file, RecordKind::Referral) {
        add(&mut child, "referrals", record.at, |one| referral(one, file, &record.fields));
    }
    for record in of_kind(file, RecordKind::Placement) {
        add(&mut child, "placements", record.at, |one| placement(one, file, &record.fields));
    }
    for record in of_kind(file, RecordKind::Score) {
        scored(&mut child, instruments, record);
    }
    Gathering { facts: child.facts, about: child.about }
}

/// The first visit or call after the plan begins the service, as it does for the status of the case.
fn served(file: &Known, case: &Fields) -> Option<NaiveDate> {
    let planned = case.date(&case::PLANNED)?;
    let reached =
        file.contacts.iter().filter(|one| matches!(one.fields.text(&contact::KIND), "visit" | "call"));
    reached.filter_map(|one| one.fields.date(&contact::ON)).filter(|on| *on > planned).min()
}

/// The rules know an instrument by its domain; one that is gone says nothing to them.
fn scored(child: &mut Gathered, instruments: &Instruments, record: &Record) {
    let reading = Reading::of(instruments, record);
    let (Some(instrument), Some(total)) = (reading.instrument, &reading.total) else { return };
    let code = |code: &str| Some(Fact::Codes([code.to_owned()].into()));
    add(child, "scores", record.at, |one| {
        one.take(&record.fields, &[("on", score::ON), ("moment", score::MOMENT)]);
        one.set("instrument", code(instrument.domain));
        one.set("band", reading.band.and_then(|band| code(band.code())));
        if let Total::Missing(items) = total {
            one.set("missing", i64::try_from(items.len()).ok().map(Fact::Number));
        }
    });
}

/// The station's volunteers, in this order.
pub(super) fn of_volunteers(records: &[Record], known: &[(Kept, bool)], today: NaiveDate) -> Facts {
    use crate::domain::forms::volunteer::*;
    let mut all = Gathered::of(None, today);
    for (record, (kept, own)) in records.iter().zip(known) {
        add(&mut all, "volunteers", record.at, |one| {
            one.take(&record.fields, &[("checked", CHECKED), ("trained", TRAINED), ("ended", ENDED)]);
            one.date("matched", kept.first);
            one.date("last-session", kept.last);
            one.yes("own-child", *own);
        });
    }
    all.facts
}

/// The organisation's units, in this order; one that has ended is not asked about.
pub(super) fn of_units(records: &[Record], today: NaiveDate) -> Facts {
    use crate::domain::forms::unit::*;
    let mut all = Gathered::of(None, today);
    for record in records {
        add(&mut all, "stations", record.at, |one| {
            let fields = &record.fields;
            if fields.get(&ENDED).is_some() {
                return;
            }
            let level = match fields.text(&LEVEL) {
                "town" | "community" => "station",
                other => other,
            };
            one.set("level", Some(Fact::Codes([level.to_owned()].into())));
            one.take(fields, &[("workers", WORKERS), ("children", CHILDREN)]);
            one.set("supervisors", units::supervisors(fields).map(Fact::Number));
            one.set("span", units::span(records, record.at.id).map(Fact::Number));
        });
    }
    all.facts
}

/// Workers who have so many cases each.
pub(super) fn of_workers(cases: impl Iterator<Item = usize>, today: NaiveDate) -> Facts {
    let mut all = Gathered::of(None, today);
    for cases in cases {
        let cases = i64::try_from(cases).unwrap_or(i64::MAX);
        add(&mut all, "workers", RecordRef::station(), |one| one.set("cases", Some(Fact::Number(cases))));
    }
    all.facts
}

fn of_kind<'a>(file: &Known<'a>, kind: RecordKind) -> impl Iterator<Item = &'a Record> {
    file.services.iter().copied().filter(move |record| record.at.kind == kind)
}

fn add(child: &mut Gathered, list: &'static str, at: RecordRef, gather: impl FnOnce(&mut Gathered)) {
    let mut one = Gathered::of(Some(list), child.today);
    gather(&mut one);
    let added = child.facts.add(list, one.facts);
    debug_assert!(added.is_ok(), "{list}");
    child.about.entry(list).or_default().push(at);
}

fn situation(child: &mut Gathered, fields: &Fields) {
    use crate::domain::forms::situation::*;
    let named = [
        ("lives", LIVES),
        ("unattended", UNATTENDED),
        ("schooling", SCHOOLING),
        ("offending", OFFENDING),
        ("no-hukou", NO_HUKOU),
        ("rural", RURAL),
        ("disability", DISABILITY),
        ("illness", ILLNESS),
        ("benefits", BENEFITS),
        ("medical-cost", MEDICAL_COST),
        ("care-confirmed", CARE_CONFIRMED),
        ("child-heard", CHILD_HEARD),
        ("carer-grounds", CARER_GROUNDS),
        ("parents-away-since", AWAY_SINCE),
        ("notice-to-school", TOLD_SCHOOL),
        ("notice-to-village", TOLD_VILLAGE),
        ("temporary-guardian-since", TEMPORARY_GUARDIAN),
    ];
    child.take(fields, &named);
}

/// What the newest entrustment that goes on says stands before what was noted of the situation.
fn entrusted(child: &mut Gathered, file: &Known) {
    use crate::domain::forms::entrustment::*;
    let goes_on = |record: &&Record| record.fields.get(&ENDED).is_none();
    let Some(record) = of_kind(file, RecordKind::Entrustment).find(goes_on) else { return };
    let named = [
        ("care-confirmed", SIGNED),
        ("child-heard", CHILD_HEARD),
        ("carer-grounds", CARER_GROUNDS),
        ("notice-to-school", TOLD_SCHOOL),
        ("notice-to-village", TOLD_VILLAGE),
    ];
    let known = named.into_iter().filter(|(_, field)| record.fields.get(field).is_some());
    child.take(&record.fields, &known.collect::<Vec<_>>());
}

fn contacts(child: &mut Gathered, file: &Known) {
    let last = |kinds: &[&str]| {
        let of = |record: &&Record| kinds.contains(&record.fields.text(&contact::KIND));
        file.contacts.iter().copied().filter(of).filter_map(|record| record.fields.date(&contact::ON)).max()
    };
    let reached = last(&["visit", "call"]);
    let attempts = file.contacts.iter().filter(|record| record.fields.text(&contact::KIND) == "attempt");
    let attempts = attempts.filter_map(|record| record.fields.date(&contact::ON));
    let attempts: Vec<NaiveDate> =
        attempts.filter(|on| reached.is_none_or(|reached| *on > reached)).collect();
    child.set("attempts", i64::try_from(attempts.len()).ok().map(Fact::Number));
    child.date("first-attempt", attempts.into_iter().min());
    let first = file.contacts.iter().filter_map(|record| record.fields.date(&contact::ON)).min();
    child.date("first-response", first);
    child.date("last-visit", last(&["visit"]));
    child.date("last-reached", reached);
    child.date("last-contact", last(&["visit", "call", "attempt", "refusal"]));
    // An aunt's call is a good thing, and not the contact with the parents that the law asks for.
    let family = of_kind(file, RecordKind::FamilyContact)
        .filter(|record| record.fields.text(&family_contact::WITH) != "other");
    child.date("last-family-contact", family.filter_map(happened).max());
}

/// The finding that is still open counts; if none is, the newest.
fn findings(child: &mut Gathered, file: &Known) {
    let is_open = |record: &&Record| record.fields.get(&finding::CLOSED).is_none();
    let newest = of_kind(file, RecordKind::Finding).next();
    let Some(record) = of_kind(file, RecordKind::Finding).find(is_open).or(newest) else { return };
    let named = [
        ("found", finding::FOUND),
        ("signs", finding::SIGNS),
        ("situations", finding::SITUATIONS),
        ("reported", finding::REPORTED),
        ("finding-closed", finding::CLOSED),
    ];
    child.take(&record.fields, &named);
    child.yes("receipt", !record.fields.text(&finding::RECEIPT).is_empty());
}

fn parent(one: &mut Gathered, fields: &Fields) {
    let named = [
        ("role", member::ROLE),
        ("circumstance", member::CIRCUMSTANCE),
        ("since", member::SINCE),
        ("until", member::UNTIL),
        ("reported", member::REPORTED),
        ("grade", member::GRADE),
        ("mental", member::MENTAL),
        ("child-knows", member::CHILD_KNOWS),
        ("last-visited", member::VISITED),
    ];
    one.take(fields, &named);
    one.yes("paper", !fields.text(&member::PAPER).is_empty());
}

/// Consent to a recipient counts for what is referred to it.
fn referral(one: &mut Gathered, file: &Known, fields: &Fields) {
    let named = [
        ("to", referral::TO),
        ("sent", referral::SENT),
        ("received", referral::RECEIVED),
        ("chase", referral::CHASE),
        ("ended", referral::ENDED),
        ("outcome", referral::OUTCOME),
        ("emergency", referral::EMERGENCY),
    ];
    one.take(fields, &named);
    let to = fields.text(&referral::TO);
    let given =
        of_kind(file, RecordKind::Consent).find(|record| record.fields.text(&consent::RECIPIENT) == to);
    if let Some(record) = given {
        let named = [
            ("consented", consent::ON),
            ("withdrawn", consent::WITHDRAWN),
            ("consent-until", consent::UNTIL),
        ];
        one.take(&record.fields, &named);
    }
}

fn placement(one: &mut Gathered, file: &Known, fields: &Fields) {
    use crate::domain::forms::placement::*;
    let named = [
        ("kind", KIND),
        ("begun", BEGUN),
        ("ended", ENDED),
        ("trial-ended", TRIAL_ENDED),
        ("agreement", AGREEMENT),
        ("agreement-until", AGREEMENT_UNTIL),
        ("child-consented", CHILD_CONSENTED),
        ("foster-children", FOSTER_CHILDREN),
        ("youngest-own", YOUNGEST_OWN),
        ("carer-birth", CARER_BIRTH),
        ("carer-checked", CARER_CHECKED),
        ("carer-trained", CARER_TRAINED),
        ("notice", NOTICE),
    ];
    one.take(fields, &named);
    // Whoever went there and saw the child writes it down once, as a visit.
    let (begun, ended) = (fields.date(&BEGUN), fields.date(&ENDED));
    let saw = |one: &&Record| {
        one.fields.text(&contact::KIND) == "visit"
            && one.fields.choices(&contact::MET).any(|met| met == "child")
    };
    let there = file.contacts.iter().copied().filter(saw).filter_map(|one| one.fields.date(&contact::ON));
    let during =
        there.filter(|on| begun.is_some_and(|begun| *on >= begun) && ended.is_none_or(|ended| *on <= ended));
    one.date("visited", during.chain(fields.date(&VISITED)).max());
}
