//! From what is typed or imported to values, and what is wrong with them.

use super::decisions::{self, Slip};
use super::form::{Choices, DateRange, FieldKind, FieldSpec, FormSpec, Need};
use super::forms::{
    activity, case, child, conference, consent, contact, entrustment, finding, member, placement, referral,
};
use super::plain::{half_width, lines, one_line};
use super::resident_id::{IdFault, ResidentId, suspects};
use super::when::{self, Leaning, WhenFault};
use super::{FieldId, Fields, RecordKind, Value};
use chrono::NaiveDate;
use std::fmt;
use uuid::Uuid;

/// What is wrong with a field: all that a message needs to say it and to say what to do.
///
/// `Debug` shows the code only: dates and digits of a person must not reach a log.
#[derive(Clone, PartialEq, Eq)]
pub enum Fault {
    /// Cannot be saved without.
    Required,
    TooLong {
        max: usize,
        have: usize,
    },
    Date(WhenFault),
    /// A date that has to be past.
    AfterToday,
    /// A date that should be to come.
    BeforeToday,
    /// Earlier than the date in this field of the form, after which it must come.
    Before {
        other: FieldId,
    },
    NotNumber,
    OutOfRange {
        min: i64,
        max: i64,
    },
    NotYesNo,
    /// None of the choices: what was typed.
    UnknownChoice(String),
    UnknownWorker(String),
    Id(IdFault),
    /// Of before 1999.
    IdOld,
    /// The number says another birth date than the file.
    IdBirth {
        says: NaiveDate,
    },
    /// The number says another sex than the file: a code of the list `sex`.
    IdSex {
        says: &'static str,
    },
    /// No telephone number: has letters, or fewer than 5 or more than 20 digits.
    NotPhone,
    /// Neither a mobile number of the mainland nor one of a landline with its area code.
    OddPhone,
    /// What a rule says that forbids it, and what to do, in both languages.
    Rule {
        zh: String,
        en: String,
    },
    /// A line of what a conference decided is not `what -- who -- by when`.
    Decision {
        line: usize,
        slip: Slip,
    },
    /// The guardian is called as the child is.
    GuardsSelf,
    /// The guardian is another child on file, whose guardian this one is.
    GuardsEachOther {
        name: String,
    },
    /// A unit stands above itself, or above one that it stands under.
    Circular,
    /// A unit stands under one that is not of a higher level.
    WrongWay,
    /// Units under it are not of a lower level than this.
    HoldsHigher,
    /// A value of another kind than the field: kept from before the station changed its form.
    OtherKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    pub field: FieldId,
    pub fault: Fault,
    /// Cannot be saved like this; else a warning.
    pub grave: bool,
}

impl Fault {
    /// The end of its catalogue key.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Required => "required",
            Fault::TooLong { .. } => "too-long",
            Fault::Date(WhenFault::Empty) => "date-empty",
            Fault::Date(WhenFault::Unknown) => "date-unknown",
            Fault::Date(WhenFault::NoSuchDay) => "date-no-such-day",
            Fault::Date(WhenFault::NoDay) => "date-no-day",
            Fault::Date(WhenFault::Ambiguous) => "date-ambiguous",
            Fault::Date(WhenFault::TooFar) => "date-too-far",
            Fault::AfterToday => "after-today",
            Fault::BeforeToday => "before-today",
            Fault::Before { .. } => "before-other",
            Fault::NotNumber => "not-number",
            Fault::OutOfRange { .. } => "out-of-range",
            Fault::NotYesNo => "not-yes-no",
            Fault::UnknownChoice(_) => "unknown-choice",
            Fault::UnknownWorker(_) => "unknown-worker",
            Fault::Id(IdFault::Length { .. }) => "id-length",
            Fault::Id(IdFault::Letter { .. }) => "id-letter",
            Fault::Id(IdFault::Date { .. }) => "id-date",
            Fault::Id(IdFault::Check { .. }) => "id-check",
            Fault::IdOld => "id-old",
            Fault::IdBirth { .. } => "id-birth",
            Fault::IdSex { .. } => "id-sex",
            Fault::NotPhone => "not-phone",
            Fault::OddPhone => "odd-phone",
            Fault::Rule { .. } => "rule",
            Fault::Decision { slip: Slip::Parts, .. } => "decision-parts",
            Fault::Decision { slip: Slip::Empty, .. } => "decision-empty",
            Fault::Decision { slip: Slip::Day(_), .. } => "decision-day",
            Fault::GuardsSelf => "guards-self",
            Fault::GuardsEachOther { .. } => "guards-each-other",
            Fault::Circular => "circular",
            Fault::WrongWay => "wrong-way",
            Fault::HoldsHigher => "holds-higher",
            Fault::OtherKind => "other-kind",
        }
    }

    /// Whether it keeps a form from being saved. What may well be true (a date that has come since, a number on an
    /// old card, a choice that the station has dropped) does not: nobody should lose a note over it.
    fn grave(&self) -> bool {
        !matches!(
            self,
            Fault::BeforeToday
                | Fault::UnknownChoice(_)
                | Fault::IdOld
                | Fault::IdBirth { .. }
                | Fault::IdSex { .. }
                | Fault::OddPhone
                | Fault::OtherKind
                // A roster's grandfather may be called so; whoever types it is asked.
                | Fault::GuardsSelf
        )
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Reads one field as typed or imported; `Ok(None)` where nothing is there.
///
/// `choice` finds the code of a choice by the words of either language. For a [`FieldKind::Worker`] it is asked with the
/// list `worker`, which has no codes, and answers with the account's id as text.
pub fn parse(
    spec: &FieldSpec,
    text: &str,
    today: NaiveDate,
    choice: &dyn Fn(&Choices, &str) -> Option<String>,
) -> Result<Option<Value>, Fault> {
    let line = one_line(text);
    if line.is_empty() {
        return Ok(None);
    }
    let value = match &spec.kind {
        FieldKind::Line(_) => Value::Text(line),
        FieldKind::Notes(_) => Value::Text(lines(text)),
        FieldKind::Date(range) => {
            Value::Date(when::parse(&line, today, leaning(*range)).map_err(Fault::Date)?)
        }
        FieldKind::Number { .. } => Value::Number(number(&line)?),
        FieldKind::Yes => Value::Yes(yes(&line)?),
        FieldKind::One(choices) => Value::Choice(one(choices, &line, choice)?),
        FieldKind::Many(choices) => match one(choices, &line, choice) {
            Ok(code) => Value::Choices([code].into()),
            Err(_) => {
                let parts = line.split(['、', '，', ',', ';', '；', '|', '/']).map(str::trim);
                let codes = parts.filter(|part| !part.is_empty()).map(|part| one(choices, part, choice));
                Value::Choices(codes.collect::<Result<_, _>>()?)
            }
        },
        FieldKind::Phone => Value::Text(phone(&line)),
        FieldKind::ResidentId => {
            let plain = half_width(&line).to_ascii_uppercase();
            Value::Text(plain.chars().filter(|ch| !ch.is_whitespace()).collect())
        }
        FieldKind::Worker => {
            let staff = Choices { list: "worker".into(), codes: vec![], own: vec![] };
            let id = Uuid::parse_str(&line).ok();
            let id = id.or_else(|| choice(&staff, &line).and_then(|id| Uuid::parse_str(&id).ok()));
            Value::Link(id.ok_or(Fault::UnknownWorker(line))?)
        }
    };
    // A list of nothing but commas.
    Ok(Some(value).filter(|value| !matches!(value, Value::Choices(codes) if codes.is_empty())))
}

/// Which way a date field looks.
pub fn leaning(range: DateRange) -> Leaning {
    match range {
        DateRange::Any => Leaning::Any,
        DateRange::Past => Leaning::Past,
        DateRange::Future => Leaning::Future,
    }
}

fn one(
    choices: &Choices,
    text: &str,
    choice: &dyn Fn(&Choices, &str) -> Option<String>,
) -> Result<String, Fault> {
    if choices.codes.iter().any(|code| code == text) {
        return Ok(text.to_owned());
    }
    let own = choices.own.iter().position(|(zh, en)| zh == text || en.eq_ignore_ascii_case(text));
    own.and_then(|at| choices.codes.get(at))
        .map(|code| code.to_string())
        .or_else(|| choice(choices, text))
        .ok_or_else(|| Fault::UnknownChoice(text.to_owned()))
}

fn number(line: &str) -> Result<i64, Fault> {
    let plain: String = half_width(line).chars().filter(|ch| !matches!(ch, ',' | ' ')).collect();
    // A spreadsheet writes whole numbers with a decimal point at times.
    let whole = match plain.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => plain.as_str(),
    };
    whole.parse().map_err(|_| Fault::NotNumber)
}

fn yes(line: &str) -> Result<bool, Fault> {
    match half_width(line).to_lowercase().as_str() {
        "是" | "有" | "对" | "y" | "yes" | "true" | "1" | "√" | "✓" => Ok(true),
        "否" | "无" | "没有" | "不是" | "n" | "no" | "false" | "0" | "×" => Ok(false),
        _ => Err(Fault::NotYesNo),
    }
}

/// Half width, without spaces and brackets; hyphens stay where people put them.
fn phone(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for ch in half_width(line).chars() {
        match ch {
            // `(0913)2345678` keeps a mark between area and number.
            ')' if !plain.is_empty() => plain.push('-'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            '(' | ')' | ' ' => {}
            _ => plain.push(ch),
        }
    }
    while plain.contains("--") {
        plain = plain.replace("--", "-");
    }
    match plain.trim_end_matches('-') {
        // Nothing but signs: kept as typed, for the check to name.
        "" => line.to_owned(),
        phone => phone.to_owned(),
    }
}

/// Dates of a form that cannot be in another order: (form, later, earlier).
const ORDER: &[(&str, FieldId, FieldId)] = &[
    ("member", member::UNTIL, member::SINCE),
    ("contact", contact::NEXT, contact::ON),
    ("case", case::ASSESSED, case::OPENED),
    ("case", case::PLANNED, case::OPENED),
    ("case", case::SERVED, case::OPENED),
    ("case", case::REVIEWED, case::OPENED),
    ("case", case::CLOSED, case::OPENED),
    ("case", case::REOPENED, case::OPENED),
    ("case", case::PLAN_APPROVED, case::PLANNED),
    ("case", case::CLOSE_APPROVED, case::CLOSED),
    ("case", case::SENT_BACK, case::OPENED),
    ("finding", finding::REPORTED, finding::FOUND),
    ("finding", finding::CLOSED, finding::FOUND),
    ("consent", consent::WITHDRAWN, consent::ON),
    ("consent", consent::UNTIL, consent::ON),
    ("referral", referral::RECEIVED, referral::SENT),
    ("referral", referral::CHASE, referral::SENT),
    ("referral", referral::ENDED, referral::SENT),
    ("conference", conference::NEXT, conference::ON),
    ("placement", placement::TRIAL_ENDED, placement::BEGUN),
    ("placement", placement::AGREEMENT_UNTIL, placement::AGREEMENT),
    ("placement", placement::VISITED, placement::BEGUN),
    ("placement", placement::ENDED, placement::BEGUN),
    ("entrustment", entrustment::UNTIL, entrustment::SIGNED),
    ("entrustment", entrustment::CONFIRMED, entrustment::SIGNED),
    ("entrustment", entrustment::ENDED, entrustment::BEGUN),
];

/// Numbers of a form of which the first is no more than the second.
const WITHIN: &[(&str, FieldId, FieldId)] = &[("activity", activity::ATTENDED, activity::CAPACITY)];

/// A field that must be filled in once two others are. A finding that must be reported is not closed without the day and
/// the receipt of the report: 《未成年人保护法》第十一条.
const NEEDS: &[(&str, [FieldId; 2], FieldId)] = &[
    ("finding", [finding::CLOSED, finding::SITUATIONS], finding::REPORTED),
    ("finding", [finding::CLOSED, finding::SITUATIONS], finding::RECEIPT),
];

/// All that is wrong with the shown fields of a form, in the order of its fields.
pub fn check(form: &FormSpec, fields: &Fields, today: NaiveDate) -> Vec<FieldFault> {
    let mut found = vec![];
    for spec in form.shown(fields) {
        let mut say = |fault: Fault| {
            found.push(FieldFault { field: spec.id.clone(), grave: fault.grave(), fault });
        };
        let Some(value) = fields.get(&spec.id) else {
            let needed = NEEDS.iter().filter(|(id, _, field)| *id == form.id && *field == spec.id);
            let mut needed = needed.map(|(_, others, _)| others);
            let filled = |id: &FieldId| fields.get(id).is_some();
            if spec.need == Need::Required || needed.any(|others| others.iter().all(filled)) {
                say(Fault::Required);
            }
            continue;
        };
        check_value(spec, value, fields, today, &mut say);
        for (_, _, most) in WITHIN.iter().filter(|(id, less, _)| *id == form.id && *less == spec.id) {
            let have = fields.number(&spec.id);
            if let Some(max) = fields.number(most).filter(|most| have > Some(*most)) {
                say(Fault::OutOfRange { min: 0, max });
            }
        }
        if form.kind == RecordKind::Child
            && spec.id == child::GUARDIAN
            && fields.text(&spec.id) == fields.text(&child::NAME)
        {
            say(Fault::GuardsSelf);
        }
        if form.kind == RecordKind::Conference && spec.id == conference::DECIDED {
            let slips = decisions::read(fields.text(&spec.id), today);
            slips.filter_map(|(line, one)| Some((line, one.err()?))).for_each(|(line, slip)| {
                say(Fault::Decision { line, slip });
            });
        }
        for (_, _, earlier) in ORDER.iter().filter(|(id, later, _)| *id == form.id && *later == spec.id) {
            let shown = form.shown(fields).any(|other| other.id == *earlier);
            if shown && fields.date(&spec.id) < fields.date(earlier) {
                say(Fault::Before { other: earlier.clone() });
            }
        }
    }
    found
}

fn check_value(
    spec: &FieldSpec,
    value: &Value,
    fields: &Fields,
    today: NaiveDate,
    say: &mut dyn FnMut(Fault),
) {
    match (&spec.kind, value) {
        (FieldKind::Line(max) | FieldKind::Notes(max), Value::Text(text)) => {
            let have = text.chars().count();
            if have > *max {
                say(Fault::TooLong { max: *max, have });
            }
        }
        (FieldKind::Date(range), Value::Date(date)) => {
            if !when::YEARS.contains(&chrono::Datelike::year(date)) {
                say(Fault::Date(WhenFault::TooFar));
            }
            match range {
                DateRange::Past if *date > today => say(Fault::AfterToday),
                DateRange::Future if *date < today => say(Fault::BeforeToday),
                _ => {}
            }
        }
        (FieldKind::Number { min, max }, Value::Number(number)) => {
            if !(min..=max).contains(&number) {
                say(Fault::OutOfRange { min: *min, max: *max });
            }
        }
        (FieldKind::One(choices), Value::Choice(code)) => unknown(choices, [code], say),
        (FieldKind::Many(choices), Value::Choices(codes)) => unknown(choices, codes, say),
        (FieldKind::Phone, Value::Text(text)) => {
            if let Some(fault) = phone_fault(text) {
                say(fault);
            }
        }
        (FieldKind::ResidentId, Value::Text(text)) => check_id(text, fields, today, say),
        (FieldKind::Yes, Value::Yes(_)) | (FieldKind::Worker, Value::Link(_)) => {}
        _ => say(Fault::OtherKind),
    }
}

fn unknown<'a>(choices: &Choices, codes: impl IntoIterator<Item = &'a String>, say: &mut dyn FnMut(Fault)) {
    for code in codes {
        if !choices.codes.iter().any(|known| known == code) {
            say(Fault::UnknownChoice(code.clone()));
        }
    }
}

/// Forms with a resident ID call the fields that it speaks of by the names of the child's.
fn check_id(text: &str, fields: &Fields, today: NaiveDate, say: &mut dyn FnMut(Fault)) {
    let birth = fields.date(&child::BIRTH);
    let sex = Some(fields.text(&child::SEX)).filter(|sex| !sex.is_empty());
    let id = match ResidentId::parse(text) {
        Ok(id) => id,
        Err(fault) => {
            let likely = suspects(text, birth, sex, &|_| true);
            say(Fault::Id(match fault {
                IdFault::Date { .. } => IdFault::Date { likely },
                IdFault::Check { .. } => IdFault::Check { likely },
                other => other,
            }));
            return;
        }
    };
    if id.birth() > today {
        say(Fault::AfterToday);
    } else if birth.is_some_and(|birth| birth != id.birth()) {
        say(Fault::IdBirth { says: id.birth() });
    }
    if sex.is_some_and(|sex| sex != id.sex()) {
        say(Fault::IdSex { says: id.sex() });
    }
    if id.is_old() {
        say(Fault::IdOld);
    }
}

/// Mobile: 11 digits from 1. Landline: 7 or 8 digits behind an area code of 3 or 4 that begins with 0, maybe an
/// extension. Either behind +86. Hotlines have 5 digits (12345) or begin with 400 or 800.
fn phone_fault(text: &str) -> Option<Fault> {
    let number = half_width(text);
    let number = number.strip_prefix("+86").or_else(|| number.strip_prefix("0086")).unwrap_or(&number);
    let number = number.trim_start_matches(['-', ' ']);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if number.chars().any(|ch| !(ch.is_ascii_digit() || matches!(ch, '-' | '+' | ' ')))
        || !(5..=20).contains(&digits.len())
    {
        return Some(Fault::NotPhone);
    }
    let usual = match digits.as_bytes() {
        [b'1', ..] if digits.len() == 11 => true,
        [b'0', ..] => match number.split_once('-') {
            // The hyphen says where the area code ends.
            Some((area, rest)) => {
                let local = rest.split('-').next().unwrap_or(rest);
                (3..=4).contains(&area.len()) && (7..=8).contains(&local.len())
            }
            None => (10..=12).contains(&digits.len()),
        },
        [b'4' | b'8', b'0', b'0', ..] => digits.len() == 10,
        [b'1', ..] => digits.len() == 5,
        _ => false,
    };
    (!usual).then_some(Fault::OddPhone)
}

/// The shown fields that are expected and not there yet.
pub fn missing(form: &FormSpec, fields: &Fields) -> Vec<FieldId> {
    form.shown(fields)
        .filter(|spec| spec.need == Need::Expected && fields.get(&spec.id).is_none())
        .map(|spec| spec.id.clone())
        .collect()
}

/// Fills birth date and sex of a child from a sound resident ID, where they are empty; says which it filled.
pub fn fill(fields: &mut Fields) -> Vec<FieldId> {
    let Ok(id) = ResidentId::parse(fields.text(&child::ID_NUMBER)) else {
        return vec![];
    };
    let known = [(child::BIRTH, Value::Date(id.birth())), (child::SEX, Value::Choice(id.sex().to_owned()))];
    let mut filled = vec![];
    for (field, value) in known {
        if fields.get(&field).is_none() {
            fields.set(field.clone(), Some(value));
            filled.push(field);
        }
    }
    filled
}

#[cfg(test)]
mod tests;
