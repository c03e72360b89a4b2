//! Records in the words a person reads, in either language: the one place where the words of fields, choices,
//! deadlines and changes are looked up, and understood when somebody types them.

mod aid;
mod audit;
mod backups;
mod care;
mod door;
mod editing;
mod faults;
mod fits;
mod flags;
mod found;
mod history;
mod needs;
mod precedents;
mod reasons;
mod scores;
mod understood;
mod whole;

pub use aid::quantity;
pub use audit::{anchor, audit_fault, code as verb_code, deed, doer, origin};
pub use backups::{backup_fault, found_backup, unusable};
pub use care::{looked, mended};
pub use door::{door_error, door_state, health_line, size};
pub use editing::{difference, own_file, rule_short, rule_title, rule_whole, standing};
pub use faults::{
    account_fault, act_fault, fact_fault, fault, misprint, own_fault, own_flaw, own_line, refusal,
    table_fault, wanted, when_fault,
};
pub use fits::fit_reasons;
pub use flags::{both, flag, flag_whole, pressing, waits};
pub use found::{evidence, how, other_kind, other_reasons, reason, verdict};
pub use history::{author, edits, part};
pub use needs::{need, need_place, need_source, offered, opening};
pub use precedents::{
    handout_fault, likes, month, place, precedent, precedent_child, precedent_fault, precedent_flaw,
    precedent_look, precedent_outcome, precedent_tried, tells, template_fault, template_look,
};
pub use reasons::{calendar_gap, rule_text, source, why, why_gone};
pub use scores::{
    age_and_by, change, colour, concluded, concluded_outside, instrument, instrument_of, judged, total,
};
pub use understood::choice_code;
pub use whole::{Told, told};

use crate::domain::forms::score;
use crate::domain::{Choices, FieldId, FieldKind, FieldSpec, FormSpec, Label, RecordKind, Status, Value};
use crate::i18n::{Catalogue, Lang};
use crate::office::Role;
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;
use uuid::Uuid;

/// The name of a member of staff by the id of the account.
pub type Staff<'a> = &'a dyn Fn(Uuid) -> Option<String>;

fn word(cat: &Catalogue, key: &str) -> String {
    cat.t(key).into_owned()
}

/// The word of the catalogue, or `otherwise` (a code that this program does not know) rather than a key.
fn word_or(cat: &Catalogue, key: &str, otherwise: &str) -> String {
    if cat.has(key) { word(cat, key) } else { otherwise.to_owned() }
}

/// What a form is called: `儿童`, `Child`.
pub fn form_title(cat: &Catalogue, form: &FormSpec) -> String {
    let instrument = form.field(&score::INSTRUMENT).map(|field| &field.kind);
    if let (RecordKind::Score, Some(FieldKind::One(choices))) = (form.kind, instrument)
        && let Some(code) = choices.codes.first()
    {
        return choice(cat, choices, code);
    }
    word_or(cat, &format!("form-{}", form.id), &form.id)
}

/// The label of a field of the form with the id `form`.
pub fn field_label(cat: &Catalogue, form: &str, field: &FieldSpec) -> String {
    match &field.label {
        Label::Catalogue => label_of(cat, words_of(form), &field.id),
        Label::Own { zh, en, .. } => own(cat, zh, en),
    }
}

/// The form whose words a form's core fields have: those of all instruments are the same.
fn words_of(form: &str) -> &str {
    if form.starts_with("score-") { "score" } else { form }
}

/// The label of a field that may not be on the form: what acts have written, what a station has dropped.
fn label_of(cat: &Catalogue, form: &str, field: &FieldId) -> String {
    if let Some(number) = field.as_str().strip_prefix("item-").filter(|_| form == "score") {
        return cat.t1("scored-item", "n", number).into_owned();
    }
    word_or(cat, &format!("field-{form}-{field}"), field.as_str())
}

/// One line on what to write and how it may be typed; "" for a station's field without one.
pub fn field_help(cat: &Catalogue, form: &str, field: &FieldSpec) -> String {
    match &field.label {
        Label::Catalogue => word_or(cat, &format!("field-{}-{}-help", words_of(form), field.id), ""),
        Label::Own { help_zh, help_en, .. } => own(cat, help_zh, help_en),
    }
}

/// A station's own words; the other language's where it has them in one only.
fn own(cat: &Catalogue, zh: &str, en: &str) -> String {
    let (first, second) = match cat.lang() {
        Lang::Zh => (zh, en),
        Lang::En => (en, zh),
    };
    if first.is_empty() { second.to_owned() } else { first.to_owned() }
}

/// The heading of a section; a station's own section is its own heading.
pub fn section_title(cat: &Catalogue, section: &str) -> String {
    word_or(cat, &format!("section-{section}"), section)
}

/// The word of a choice; the code itself if neither the program nor the station has a word for it.
pub fn choice(cat: &Catalogue, choices: &Choices, code: &str) -> String {
    let at = choices.codes.iter().position(|known| known == code);
    match at.and_then(|at| choices.own.get(at)) {
        Some((zh, en)) => own(cat, zh, en),
        None => core_choice(cat, &choices.list, code),
    }
}

/// The word of a choice of a core list: `core_choice(cat, "risk", "high")`.
pub fn core_choice(cat: &Catalogue, list: &str, code: &str) -> String {
    word_or(cat, &format!("choice-{list}-{code}"), code)
}

/// A value as it is read: choices in the order of their list, a date as `2026-11-21`.
pub fn value(cat: &Catalogue, field: &FieldSpec, value: &Value, staff: Staff) -> String {
    let choices = match &field.kind {
        FieldKind::One(choices) | FieldKind::Many(choices) => Some(choices),
        _ => None,
    };
    plain(cat, choices, value, staff)
}

fn plain(cat: &Catalogue, choices: Option<&Choices>, value: &Value, staff: Staff) -> String {
    let named = |code: &str| match choices {
        Some(choices) => choice(cat, choices, code),
        None => code.to_owned(),
    };
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(date) => cat.date(*date),
        Value::Moment(moment) => moment.format("%Y-%m-%d %H:%M").to_string(),
        Value::Number(number) => number.to_string(),
        Value::Yes(yes) => word(cat, if *yes { "value-yes" } else { "value-no" }),
        Value::Choice(code) => named(code),
        Value::Choices(codes) => {
            let known = |code: &str| choices?.codes.iter().position(|known| known == code);
            let mut codes: Vec<&String> = codes.iter().collect();
            codes.sort_by_key(|code| known(code).unwrap_or(usize::MAX));
            let words: Vec<String> = codes.into_iter().map(|code| named(code)).collect();
            words.join(&cat.t("value-and"))
        }
        Value::Link(id) => staff(*id).unwrap_or_else(|| word(cat, "value-nobody")),
    }
}

/// Where a case stands.
pub fn status(cat: &Catalogue, status: Status) -> String {
    word(
        cat,
        match status {
            Status::None => "status-none",
            Status::Identified => "status-identified",
            Status::Assessed => "status-assessed",
            Status::Planned => "status-planned",
            Status::InService => "status-in-service",
            Status::InReview => "status-in-review",
            Status::Closed => "status-closed",
            Status::Reopened => "status-reopened",
        },
    )
}

/// What an account may do: `儿童督导员`, `supervisor`.
pub fn role(cat: &Catalogue, role: Role) -> String {
    word(
        cat,
        match role {
            Role::Caseworker => "choice-role-caseworker",
            Role::Supervisor => "choice-role-supervisor",
            Role::Lead => "choice-role-lead",
            Role::Support => "choice-role-support",
        },
    )
}

/// `高风险`, `high risk`; for "" that it is not yet set.
pub fn risk(cat: &Catalogue, code: &str) -> String {
    let key =
        if code.is_empty() { Cow::Borrowed("risk-unknown") } else { Cow::Owned(format!("risk-{code}")) };
    word_or(cat, &key, code)
}

/// `9岁`, `9 y`; that it is not known without a birth date, or with one to come.
pub fn age(cat: &Catalogue, birth: Option<NaiveDate>, today: NaiveDate) -> String {
    birth.and_then(|birth| cat.age(birth, today)).unwrap_or_else(|| word(cat, "age-unknown"))
}

/// A due date for a narrow column: `逾期3天`, `今天`, `明天`, within the week `周五 11-27`, then `12-05`, in another
/// year `2027-01-05`. At most 12 columns wide up to 99 days late.
pub fn when(cat: &Catalogue, date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        late if late < 0 => cat.t1("late-days", "n", -late).into_owned(),
        0 | 1 => cat.relative(date, today),
        2..=6 => format!("{} {}", cat.weekday(date.weekday()), date.format("%m-%d")),
        _ if date.year() == today.year() => date.format("%m-%d").to_string(),
        _ => cat.date(date),
    }
}

#[cfg(test)]
mod tests;
