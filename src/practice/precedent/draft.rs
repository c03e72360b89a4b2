//! What a closed case tells, without who it was: codes and bands, and the lines that somebody has to read.

use super::{GOAL_ENDS, Goal, Precedent, Profile, Referred, Scored, age_band, length, times};
use crate::domain::forms::{
    case, child, conference, contact, entrustment, family_contact, finding, follow_up, goal, member, note,
    placement, referral, score, session, situation,
};
use crate::domain::{FieldId, Fields, Record, RecordKind};
use crate::practice::instruments::Instruments;
use crate::practice::scoring::{self, Reading};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// A closed case with all that lies with it.
pub struct Closed<'a> {
    pub child: &'a Fields,
    pub members: &'a [Record],
    pub case: &'a Fields,
    /// Contacts, follow-ups, notes and what is done for the child.
    pub records: Vec<&'a Record>,
    pub instruments: &'a Instruments,
}

/// A sentence or two that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub source: &'static str,
    /// Of the case, from 1.
    pub month: Option<u16>,
    pub text: String,
}

/// A sentence that is longer than this is cut at its next comma.
const LONGEST: usize = 80;

impl Profile {
    /// As things were on a day.
    pub fn of(own: &Fields, situation: Option<&Fields>, members: &[Record], on: NaiveDate) -> Self {
        let years = own.date(&child::BIRTH).and_then(|birth| on.years_since(birth));
        let parents =
            members.iter().filter(|member| ["father", "mother"].contains(&member.fields.text(&member::ROLE)));
        let told = |code: &&str| !["", "at-home", "unknown"].contains(code);
        Self {
            sex: own.text(&child::SEX).to_owned(),
            age: years.map_or("", age_band).to_owned(),
            categories: own.choices(&child::CATEGORIES).map(str::to_owned).collect(),
            circumstances: parents
                .map(|member| member.fields.text(&member::CIRCUMSTANCE))
                .filter(told)
                .map(str::to_owned)
                .collect(),
            lives: situation.map_or("", |of| of.text(&situation::LIVES)).to_owned(),
            risk: own.text(&child::RISK).to_owned(),
        }
    }
}

/// The month of the case in which a day lies, from 1; before its beginning there is none.
pub fn month(opened: NaiveDate, on: NaiveDate) -> Option<u16> {
    full_months(opened, on).and_then(|months| u16::try_from(months + 1).ok())
}

fn full_months(from: NaiveDate, to: NaiveDate) -> Option<u32> {
    let calendar = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
    u32::try_from(calendar - i32::from(to.day() < from.day())).ok()
}

/// The part that is all codes, and what can be told with it, line by line. `None`: the case was never opened or closed.
pub fn draft(of: &Closed) -> Option<(Precedent, Vec<Line>)> {
    let (opened, closed) = (of.case.date(&case::OPENED)?, of.case.date(&case::CLOSED)?);
    let all = |kind: RecordKind| {
        of.records.iter().filter(move |record| record.at.kind == kind).map(|record| &record.fields)
    };
    let during = |on: Option<NaiveDate>| on.is_none_or(|on| opened <= on && on <= closed);
    let on = |fields: &Fields, id: &FieldId| during(fields.date(id));
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    for contact in all(RecordKind::Contact).filter(|fields| on(fields, &contact::ON)) {
        if let kind @ ("visit" | "call") = contact.text(&contact::KIND) {
            *tried.entry(if kind == "visit" { "visit" } else { "call" }).or_default() += 1;
        }
    }
    for (kind, day, code) in [
        (RecordKind::Session, session::ON, "session"),
        (RecordKind::Conference, conference::ON, "conference"),
        (RecordKind::FamilyContact, family_contact::ON, "family-contact"),
        (RecordKind::Goal, goal::REACHED, "goal"),
    ] {
        let count = all(kind).filter(|fields| on(fields, &day)).count();
        if count > 0 {
            tried.insert(code, count);
        }
    }
    let goals = all(RecordKind::Goal).map(|fields| {
        let [reached, dropped, open] = GOAL_ENDS;
        let end = match (fields.get(&goal::REACHED), fields.get(&goal::DROPPED)) {
            (Some(_), _) => reached,
            (None, Some(_)) => dropped,
            (None, None) => open,
        };
        Goal { domain: fields.text(&goal::DOMAIN).to_owned(), end: end.to_owned() }
    });
    let mut goals: Vec<Goal> = goals.collect();
    goals.sort();
    let situation = all(RecordKind::Situation).next();
    let precedent = Precedent {
        child: Profile::of(of.child, situation, of.members, opened),
        tried: tried.into_iter().map(|(what, count)| (what.to_owned(), times(count).to_owned())).collect(),
        referrals: all(RecordKind::Referral)
            .filter(|fields| on(fields, &referral::SENT))
            .map(|fields| Referred {
                to: fields.text(&referral::TO).to_owned(),
                outcome: fields.text(&referral::OUTCOME).to_owned(),
            })
            .collect(),
        placements: all(RecordKind::Placement)
            .filter(|fields| on(fields, &placement::BEGUN))
            .map(|fields| fields.text(&placement::KIND).to_owned())
            .collect(),
        goals,
        scores: scores(of),
        outcome: of.case.text(&case::CLOSE_REASON).to_owned(),
        length: full_months(opened, closed).map_or("", length).to_owned(),
        lines: vec![],
    };
    Some((precedent, lines(of, opened, closed)))
}

fn scores(of: &Closed) -> BTreeSet<Scored> {
    let records = of.records.iter().filter(|record| record.at.kind == RecordKind::Score);
    let readings: Vec<Reading> = records.map(|record| Reading::of(of.instruments, record)).collect();
    let ids: BTreeSet<&str> = readings.iter().map(|one| one.record.fields.text(&score::INSTRUMENT)).collect();
    let changes = ids.into_iter().filter_map(|id| scoring::latest(&readings, id));
    changes
        .filter_map(|change| {
            Some(Scored {
                domain: change.to.instrument?.domain.to_owned(),
                first: change.from.band?.code().to_owned(),
                last: change.to.band?.code().to_owned(),
            })
        })
        .collect()
}

/// In the order of the case: what came before it was opened has no month and comes first.
fn lines(of: &Closed, opened: NaiveDate, closed: NaiveDate) -> Vec<Line> {
    let mut found: Vec<(Option<NaiveDate>, Line)> = vec![];
    let mut add = |source: &'static str, on: Option<NaiveDate>, text: &str| {
        if on.is_some_and(|on| on > closed) {
            return;
        }
        let month = on.and_then(|on| month(opened, on));
        found.extend(sentences(text).map(|text| (on, Line { source, month, text })));
    };
    let own = of.case;
    let day = |id: &FieldId| own.date(id);
    add("reason", day(&case::OPENED), own.text(&case::REASON));
    add("assessment", day(&case::ASSESSED), own.text(&case::ASSESSMENT));
    add("plan", day(&case::PLANNED), own.text(&case::PLAN));
    add("review", day(&case::REVIEWED), own.text(&case::REVIEW));
    add("closure", Some(closed), own.text(&case::ARRANGEMENT));
    add("closure", day(&case::REOPENED), own.text(&case::REOPEN_REASON));
    for record in &of.records {
        let fields = &record.fields;
        for (source, day, texts) in told(record.at.kind) {
            for text in *texts {
                add(source, fields.date(day), fields.text(text));
            }
        }
    }
    found.sort_by_key(|(on, _)| *on);
    found.into_iter().map(|(_, line)| line).collect()
}

/// Where somebody writes what happened: by the day on which it did.
fn told(kind: RecordKind) -> &'static [(&'static str, FieldId, &'static [FieldId])] {
    const GOAL: &[(&str, FieldId, &[FieldId])] =
        &[("goal", goal::DUE, &[goal::GOAL, goal::SERVICE]), ("goal", goal::REACHED, &[goal::OUTCOME])];
    const CONTACT: &[(&str, FieldId, &[FieldId])] =
        &[("visit", contact::ON, &[contact::SEEN, contact::CONCERN_TEXT, contact::AGREED, contact::REASON])];
    const NOTE: &[(&str, FieldId, &[FieldId])] = &[("note", note::ON, &[note::TITLE, note::TEXT])];
    const FINDING: &[(&str, FieldId, &[FieldId])] =
        &[("finding", finding::FOUND, &[finding::SEEN]), ("finding", finding::CLOSED, &[finding::OUTCOME])];
    const REFERRAL: &[(&str, FieldId, &[FieldId])] = &[
        ("referral", referral::SENT, &[referral::WHAT]),
        ("referral", referral::ENDED, &[referral::OUTCOME_TEXT]),
    ];
    const CONFERENCE: &[(&str, FieldId, &[FieldId])] =
        &[("conference", conference::ON, &[conference::ABOUT, conference::DECIDED])];
    const PLACEMENT: &[(&str, FieldId, &[FieldId])] =
        &[("placement", placement::ENDED, &[placement::END_REASON])];
    const FAMILY: &[(&str, FieldId, &[FieldId])] =
        &[("family-contact", family_contact::ON, &[family_contact::NOTE])];
    const SESSION: &[(&str, FieldId, &[FieldId])] =
        &[("session", session::ON, &[session::WHAT, session::CHILD_SAID])];
    const ENTRUSTMENT: &[(&str, FieldId, &[FieldId])] = &[
        ("placement", entrustment::BEGUN, &[entrustment::CHILD_SAID]),
        ("placement", entrustment::ENDED, &[entrustment::END_REASON]),
    ];
    const FOLLOW_UP: &[(&str, FieldId, &[FieldId])] =
        &[("follow-up", follow_up::DONE, &[follow_up::OUTCOME])];
    match kind {
        RecordKind::Goal => GOAL,
        RecordKind::Contact => CONTACT,
        RecordKind::Note => NOTE,
        RecordKind::Finding => FINDING,
        RecordKind::Referral => REFERRAL,
        RecordKind::Conference => CONFERENCE,
        RecordKind::Placement => PLACEMENT,
        RecordKind::FamilyContact => FAMILY,
        RecordKind::Session => SESSION,
        RecordKind::Entrustment => ENTRUSTMENT,
        RecordKind::FollowUp => FOLLOW_UP,
        _ => &[],
    }
}

/// A text in pieces that are read and judged one by one: cut at the ends of lines and sentences, a long one at a comma.
/// Never within words: half a name would not be found.
fn sentences(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().flat_map(|line| {
        let (mut pieces, mut piece, mut length) = (vec![], String::new(), 0);
        for c in line.chars() {
            // Behind a number a point counts.
            let numbered = piece.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
            let ended = piece.ends_with('.') && !numbered && c.is_whitespace();
            piece.push(c);
            length += 1;
            let ends = ended || "。！？；!?;".contains(c) || (length >= LONGEST && "，、,".contains(c));
            if ends {
                pieces.push(std::mem::take(&mut piece));
                length = 0;
            }
        }
        pieces.push(piece);
        let plain = pieces.into_iter().map(|piece| crate::domain::plain::one_line(&piece));
        plain.filter(|piece| piece.chars().any(char::is_alphabetic)).collect::<Vec<_>>()
    })
}
