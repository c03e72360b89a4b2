//! What is wrong, in words: every message says what to do about it.

use super::reader::misread;
use super::{choice, core_choice, label_of, word};
use crate::domain::aid::{self, AidFault};
use crate::domain::check::Fault;
use crate::domain::company::CompanyFault;
use crate::domain::follow_up::ActFault;
use crate::domain::resident_id::{IdFault, Suspect};
use crate::domain::station_fields::{Misprint, Mistake};
use crate::domain::{FieldFault, FieldKind, FieldSpec, FormSpec, WhenFault};
use crate::i18n::{Arg, Catalogue};
use crate::manual::Slip;
use crate::office::{AccountFault, FIELDS, OwnFault, Refusal, Weak};
use crate::practice::flags::facts::LISTS;
use crate::practice::flags::{FactFault, FactFlaw, Kind, Unclear, Wanted};
use crate::practice::{RuleFault, RuleFlaw, quality};
use std::borrow::Cow;

/// Slips named as likely; with more, the whole number has to be compared anyway.
const SUSPECTS: usize = 3;

/// What is wrong with a field of a form, and the remedy.
pub fn fault(cat: &Catalogue, form: &FormSpec, field: &FieldSpec, fault: &Fault) -> String {
    if let Fault::UnknownChoice(text) = fault
        && let Some(said) = too_wide(cat, field, text)
    {
        return said;
    }
    let key = format!("fault-{}", fault.code());
    let args: Vec<(&str, Arg)> = match fault {
        Fault::Required => vec![("field", super::field_label(cat, &form.id, field).into())],
        Fault::TooLong { max, have } => vec![("max", number(*max)), ("have", number(*have))],
        Fault::Before { other } => {
            let label = match form.field(other) {
                Some(other) => super::field_label(cat, &form.id, other),
                None => label_of(cat, &form.id, other),
            };
            vec![("other", label.into())]
        }
        Fault::OutOfRange { min, max } => vec![("min", number(*min)), ("max", number(*max))],
        Fault::UnknownChoice(text) => {
            vec![("text", text.as_str().into()), ("choices", all_choices(cat, field).into())]
        }
        Fault::UnknownWorker(text) => vec![("text", text.as_str().into())],
        Fault::Id(IdFault::Length { have }) => vec![("have", number(*have))],
        Fault::Id(IdFault::Letter { at }) => vec![("at", number(*at))],
        Fault::Id(IdFault::Date { likely } | IdFault::Check { likely }) => {
            vec![("likely", suspects(cat, likely).into())]
        }
        Fault::IdBirth { says } => vec![("says", cat.date(*says).into())],
        Fault::IdSex { says } => vec![("says", core_choice(cat, "sex", says).into())],
        Fault::Decision { line, .. } => vec![("line", number(*line))],
        Fault::Rule { zh, en } => vec![("text", super::own(cat, zh, en).into())],
        Fault::GuardsEachOther { name } => vec![("name", name.as_str().into())],
        Fault::Date(_)
        | Fault::GuardsSelf
        | Fault::AfterToday
        | Fault::BeforeToday
        | Fault::NotNumber
        | Fault::NotYesNo
        | Fault::IdOld
        | Fault::NotPhone
        | Fault::OddPhone
        | Fault::Circular
        | Fault::WrongWay
        | Fault::HoldsHigher
        | Fault::OtherKind => vec![],
    };
    cat.tn(&key, &args).into_owned()
}

/// Why a typed date is not understood.
pub fn when_fault(cat: &Catalogue, fault: WhenFault) -> String {
    word(cat, &format!("fault-{}", Fault::Date(fault).code()))
}

/// Why an act on a follow-up was not done.
pub fn act_fault(cat: &Catalogue, fault: ActFault) -> String {
    word(
        cat,
        match fault {
            ActFault::NotDue => "act-not-due",
            ActFault::DoneAlready => "act-done-already",
            ActFault::NoReason => "act-no-reason",
            ActFault::AfterToday => "act-after-today",
            ActFault::BeforeToday => "act-before-today",
        },
    )
}

/// Why the office did not do what it was asked.
pub fn refusal(cat: &Catalogue, refusal: &Refusal) -> String {
    let grave = |faults: &[FieldFault]| faults.iter().filter(|fault| fault.grave).count();
    let counted = |key: &str, count: usize| cat.tn(key, &[("count", number(count))]).into_owned();
    match refusal {
        Refusal::NotAllowed => word(cat, "refusal-not-allowed"),
        Refusal::NotFound => word(cat, "refusal-not-found"),
        Refusal::Invalid(faults) => counted("refusal-invalid", grave(faults)),
        Refusal::Changed(fields) => counted("refusal-changed", fields.len()),
        Refusal::Act(fault) => act_fault(cat, *fault),
        Refusal::Aid(fault) => aid_fault(cat, fault),
        Refusal::Company(fault) => company_fault(cat, *fault),
        Refusal::Row { row, faults } => {
            cat.tn("refusal-row", &[("row", number(row + 1)), ("count", number(grave(faults)))]).into_owned()
        }
        Refusal::Precedent(fault) => super::precedents::precedent_fault(cat, fault),
        Refusal::Template(fault) => super::precedents::template_fault(cat, fault),
        Refusal::Own(fault) => own_flaw(cat, fault),
        Refusal::OwnChanged(_) => word(cat, "editing-changed"),
        Refusal::Account(fault) => account_fault(cat, *fault),
        Refusal::Newer => word(cat, "refusal-newer"),
        Refusal::Stopped => word(cat, "refusal-stopped"),
        Refusal::DiskFull => word(cat, "refusal-disk-full"),
        Refusal::NoFolder => word(cat, "refusal-no-folder"),
        Refusal::Backup(fault) => super::backup_fault(cat, fault),
        Refusal::Store(why) => cat.t1("refusal-store", "why", why.as_str()).into_owned(),
    }
}

/// Why the aid ledger does not take an entry.
fn aid_fault(cat: &Catalogue, fault: &AidFault) -> String {
    let quantity = |have: i64, money: bool| match money {
        true => cat.t1("aid-money", "sum", aid::yuan(have)).into_owned(),
        false => have.to_string(),
    };
    let of = |key: &str, entry: &i64| cat.t1(key, "number", number(*entry)).into_owned();
    match fault {
        AidFault::Amount => word(cat, "aid-fault-amount"),
        AidFault::Short { have, money } => {
            cat.t1("aid-fault-short", "have", quantity(*have, *money)).into_owned()
        }
        AidFault::ShortOn { on, have, money } => {
            let parts = [("on", cat.date(*on).into()), ("have", quantity(*have, *money).into())];
            cat.tn("aid-fault-short-on", &parts).into_owned()
        }
        AidFault::Spent(entry) => of("aid-fault-spent", entry),
        AidFault::NoEntry(entry) => of("aid-fault-no-entry", entry),
        AidFault::CorrectedAlready(entry) => of("aid-fault-corrected", entry),
        AidFault::NoDonor => word(cat, "aid-fault-no-donor"),
        AidFault::NoChild => word(cat, "aid-fault-no-child"),
        AidFault::Again(on) => cat.t1("aid-fault-again", "on", cat.date(*on)).into_owned(),
        AidFault::Kept => word(cat, "aid-fault-kept"),
        AidFault::Named => word(cat, "aid-fault-named"),
    }
}

/// Why somebody cannot have come, or kept a child company.
fn company_fault(cat: &Catalogue, fault: CompanyFault) -> String {
    match fault {
        CompanyFault::Full(places) => cat.t1("company-full", "places", places).into_owned(),
        CompanyFault::WhichOne(n) => cat.t1("company-which-one", "n", n).into_owned(),
        CompanyFault::Named => word(cat, "company-named"),
        CompanyFault::OwnFamily => word(cat, "company-own-family"),
        CompanyFault::NeverChecked => word(cat, "company-never-checked"),
        CompanyFault::CheckRanOut(on) => cat.t1("company-check-ran-out", "on", cat.date(on)).into_owned(),
    }
}

/// What is wrong with an account that is made or changed.
pub fn account_fault(cat: &Catalogue, fault: AccountFault) -> String {
    word(
        cat,
        match fault {
            AccountFault::BadName => "account-fault-name",
            AccountFault::BadLogin => "account-fault-login",
            AccountFault::LoginTaken => "account-fault-taken",
            AccountFault::Weak(Weak::Short) => "wizard-short",
            AccountFault::Weak(Weak::Repeated | Weak::Common) => "wizard-easy",
            AccountFault::WrongPassphrase => "account-fault-passphrase",
            AccountFault::Wait { seconds } => return cat.t1("door-wait", "seconds", seconds).into_owned(),
            AccountFault::LastLead => "account-fault-last-lead",
            AccountFault::Own => "account-fault-own",
        },
    )
}

/// What is wrong with a station's own table of rules or rest days, and where.
pub fn table_fault(cat: &Catalogue, fault: &RuleFault) -> String {
    at_line(cat, &fault.file, fault.line, &table_flaw(cat, &fault.flaw))
}

fn table_flaw<'a>(cat: &'a Catalogue, flaw: &'a RuleFlaw) -> Cow<'a, str> {
    match flaw {
        RuleFlaw::Syntax(message) => misread(cat, message).into(),
        RuleFlaw::Empty => cat.t("flaw-empty"),
        RuleFlaw::Key { key, of } => {
            cat.tn("flaw-key", &[("key", key.as_str().into()), ("of", of.as_str().into())])
        }
        RuleFlaw::Lacks(entry) => cat.t1("flaw-missing", "entry", entry.as_str()),
        RuleFlaw::Number { name, least, most } => cat
            .tn("flaw-number", &[("name", (*name).into()), ("least", number(least)), ("most", number(most))]),
        RuleFlaw::Year(text) => cat.t1("flaw-year", "text", text.as_str()),
        RuleFlaw::Twice(id) => cat.t1("flaw-twice", "id", id.as_str()),
        RuleFlaw::Offset(text) => cat.t1("flaw-offset", "text", text.as_str()),
        RuleFlaw::Code { list: "rule", code } => cat.t1("flaw-no-rule", "rule", code.as_str()),
        RuleFlaw::Code { list: "of" | "day" | "ends" | "tells" | "stops", code } => {
            cat.t1("flaw-no-field", "code", code.as_str())
        }
        RuleFlaw::Code { list: list @ ("group" | "when"), code } => {
            let codes = quality::wanted(list).join(" ");
            let parts = [("list", (*list).into()), ("code", code.as_str().into()), ("codes", codes.into())];
            cat.tn("flaw-code", &parts)
        }
        RuleFlaw::Code { list, code } => {
            let codes = super::understood::lists().into_iter().find(|(name, _)| name == list);
            let mut codes = codes.map(|(_, codes)| codes.to_vec()).unwrap_or_default();
            if *list == "risk" {
                codes.push("unknown");
            }
            if *list == "each" {
                codes.extend(LISTS.iter().map(|(name, _)| *name));
            }
            cat.tn(
                "flaw-code",
                &[
                    ("list", (*list).into()),
                    ("code", code.as_str().into()),
                    ("codes", codes.join(" ").into()),
                ],
            )
        }
        RuleFlaw::Missing(entry) => cat.t1("flaw-missing", "entry", *entry),
        RuleFlaw::Date(text) => cat.t1("flaw-date", "text", text.as_str()),
        RuleFlaw::Span(text) => cat.t1("flaw-span", "text", text.as_str()),
        RuleFlaw::Unclear(unclear) => unclear_words(cat, unclear).into(),
        RuleFlaw::Range { least, most } => {
            cat.tn("flaw-range", &[("least", number(least)), ("most", number(most))])
        }
        RuleFlaw::Bands { least, most } => {
            cat.tn("flaw-bands", &[("least", number(least)), ("most", number(most))])
        }
        RuleFlaw::NotOne { name, of } => {
            cat.tn("flaw-not-one", &[("name", name.as_str().into()), ("of", of.as_str().into())])
        }
        RuleFlaw::Many(most) => cat.t1("flaw-many", "most", *most),
        RuleFlaw::Answers(id) => cat.t1("flaw-answers", "id", id.as_str()),
        RuleFlaw::Name(id) => cat.t1("flaw-name", "id", id.as_str()),
        RuleFlaw::Version(id) => cat.t1("flaw-version", "id", id.as_str()),
        RuleFlaw::Years { least, most } => {
            cat.tn("flaw-years", &[("least", number(least)), ("most", number(most))])
        }
    }
}

/// What is not clear in the condition of a rule.
fn unclear_words(cat: &Catalogue, unclear: &Unclear) -> String {
    let text = |text: &str| text.to_owned().into();
    let (key, args) = match unclear {
        Unclear::Name(name) => ("unclear-name", vec![("name", text(name))]),
        Unclear::Code { name, code, wanted } => (
            "unclear-code",
            vec![("name", text(name)), ("code", text(code)), ("wanted", self::wanted(cat, *wanted).into())],
        ),
        Unclear::Kind(name, kind) => {
            ("unclear-kind", vec![("name", text(name)), ("kind", wanted(cat, *kind).into())])
        }
        Unclear::Offset(offset) => ("unclear-offset", vec![("text", text(offset))]),
        Unclear::Expected { wanted, at } => {
            let said = |what: &str| match what {
                "a condition" => word(cat, "unclear-a-condition"),
                "a number" => word(cat, "unclear-a-number"),
                "the end" => word(cat, "unclear-the-end"),
                token => token.to_owned(),
            };
            ("unclear-expected", vec![("wanted", said(wanted).into()), ("at", said(at).into())])
        }
        Unclear::Number { number, least, most } => (
            "unclear-number",
            vec![("number", text(number)), ("least", self::number(least)), ("most", self::number(most))],
        ),
        Unclear::Deep => ("unclear-deep", vec![]),
    };
    cat.tn(key, &args).into_owned()
}

/// What should stand in a condition or among facts.
pub fn wanted(cat: &Catalogue, wanted: Wanted) -> String {
    let of = |key: &str, codes: &[&str]| cat.t1(key, "codes", codes.join(", ")).into_owned();
    match wanted {
        Wanted::Of(Kind::Yes) => word(cat, "wanted-true-or-false"),
        Wanted::Of(Kind::Number) => word(cat, "wanted-number"),
        Wanted::Of(Kind::Past | Kind::Day) => word(cat, "wanted-day"),
        Wanted::Of(Kind::One(codes)) => of("wanted-one", codes),
        Wanted::Of(Kind::Many(codes)) => of("wanted-many", codes),
        Wanted::List => word(cat, "wanted-list"),
        Wanted::Object => word(cat, "wanted-object"),
        Wanted::YesOrNo => word(cat, "wanted-yes-or-no"),
    }
}

/// A fact that cannot be taken, and where it stands.
pub fn fact_fault(cat: &Catalogue, fault: &FactFault) -> String {
    let flaw = match &fault.flaw {
        FactFlaw::Unknown => word(cat, "fact-unknown"),
        FactFlaw::NotA(what) => cat.t1("fact-not-a", "wanted", wanted(cat, *what)).into_owned(),
        FactFlaw::AfterToday => word(cat, "fact-after-today"),
        FactFlaw::Before(other) => cat.t1("fact-before", "other", *other).into_owned(),
        FactFlaw::TooMany(most) => cat.t1("fact-too-many", "most", number(most)).into_owned(),
    };
    cat.tn("fact-at", &[("path", fault.path.as_str().into()), ("flaw", flaw.into())]).into_owned()
}

/// What is wrong with one of the station's own files, and what is in force until it is mended.
pub fn own_fault(cat: &Catalogue, fault: &OwnFault) -> String {
    let flaw = own_flaw(cat, fault);
    match fault {
        OwnFault::Kept { since, .. } => {
            cat.tn("own-kept", &[("fault", flaw.into()), ("since", cat.date(*since).into())]).into_owned()
        }
        OwnFault::Page { .. } => cat.t1("own-page-core", "fault", flaw).into_owned(),
        _ => flaw,
    }
}

/// What is wrong with one of the station's own files, and where.
pub fn own_flaw(cat: &Catalogue, fault: &OwnFault) -> String {
    match fault {
        OwnFault::Field(fault) => misprint(cat, FIELDS, fault),
        OwnFault::Rule(fault) => table_fault(cat, fault),
        OwnFault::Page { file, slip } => cat
            .tn(
                "own-page-line",
                &[
                    ("file", file.as_str().into()),
                    ("line", slip.line.to_string().into()),
                    ("slip", word(cat, page_slip(slip.slip)).into()),
                ],
            )
            .into_owned(),
        OwnFault::Kept { fault, .. } => own_flaw(cat, fault),
        OwnFault::Example { file, line, fault } => at_line(cat, file, *line, &fact_fault(cat, fault)),
        OwnFault::ManyPages => word(cat, "own-many-pages"),
        OwnFault::TooLarge { file, most } => {
            let most = (most >> 10).to_string();
            cat.tn("own-too-large", &[("file", file.as_str().into()), ("most", most.into())]).into_owned()
        }
        OwnFault::NotText { file, line } => {
            let at = [("file", file.as_str().into()), ("line", line.to_string().into())];
            cat.tn("own-not-text", &at).into_owned()
        }
        OwnFault::Unreadable { file, why } => cat
            .tn("own-unreadable", &[("file", file.as_str().into()), ("why", why.as_str().into())])
            .into_owned(),
    }
}

/// The same for scripts: `FILE:LINE: reason`, as far as there is a line.
pub fn own_line(cat: &Catalogue, fault: &OwnFault) -> String {
    let reason = match fault.bare() {
        OwnFault::Field(misprint) => mistake(cat, &misprint.mistake),
        OwnFault::Rule(fault) => table_flaw(cat, &fault.flaw).into_owned(),
        OwnFault::Page { slip, .. } => word(cat, page_slip(slip.slip)),
        OwnFault::Example { fault, .. } => fact_fault(cat, fault),
        fault => return own_flaw(cat, fault),
    };
    let (file, line) = fault.place();
    format!("{file}:{line}: {reason}")
}

fn page_slip(slip: Slip) -> &'static str {
    match slip {
        Slip::NoTitle => "own-page-no-title",
        Slip::SecondTitle => "own-page-second-title",
        Slip::Heading => "own-page-heading",
        Slip::Sign => "own-page-sign",
        Slip::Control => "own-page-control",
    }
}

/// What is wrong in the file of a station's own fields, and where.
pub fn misprint(cat: &Catalogue, file: &str, misprint: &Misprint) -> String {
    at_line(cat, file, misprint.line, &mistake(cat, &misprint.mistake))
}

fn mistake(cat: &Catalogue, mistake: &Mistake) -> String {
    let said = |key: &str, text: &str| cat.t1(key, "text", text).into_owned();
    match mistake {
        Mistake::Syntax(message) => misread(cat, message),
        Mistake::Form(form) => said("misprint-form", form),
        Mistake::Id(id) => said("misprint-id", id),
        Mistake::TwiceId(id) => said("misprint-twice-id", id),
        Mistake::Kind(kind) => said("misprint-kind", kind),
        Mistake::Need(need) => said("misprint-need", need),
        Mistake::NoLabel => word(cat, "misprint-no-label"),
        Mistake::Section(section) => said("misprint-section", section),
        Mistake::NoChoices => word(cat, "misprint-no-choices"),
        Mistake::ChoiceCode(code) => said("misprint-choice-code", code),
        Mistake::Bounds { most } => cat.tn("misprint-bounds", &[("most", number(*most))]).into_owned(),
        Mistake::NotForKind(entry) => said("misprint-not-for-kind", entry),
        Mistake::ShownWhen(field) => said("misprint-shown-when", field),
        Mistake::ShownWhenCode { field, code } => cat
            .tn(
                "misprint-shown-when-code",
                &[("field", field.as_str().into()), ("text", code.as_str().into())],
            )
            .into_owned(),
        Mistake::TooMany => word(cat, "misprint-too-many"),
    }
}

fn at_line(cat: &Catalogue, file: &str, line: usize, flaw: &str) -> String {
    cat.tn("table-fault", &[("file", file.into()), ("line", number(line)), ("flaw", flaw.into())])
        .into_owned()
}

/// As text: the languages' own grouping of thousands has no place in a count of characters or a line number.
fn number(n: impl ToString) -> Arg<'static> {
    n.to_string().into()
}

/// What to write in place of a word that could mean several choices.
fn too_wide(cat: &Catalogue, field: &FieldSpec, text: &str) -> Option<String> {
    let (FieldKind::One(choices) | FieldKind::Many(choices)) = &field.kind else { return None };
    let codes = super::understood::could_mean(choices, text);
    if codes.is_empty() {
        return None;
    }
    let words: Vec<String> = codes.iter().map(|code| choice(cat, choices, code)).collect();
    let args = [("text", text.into()), ("choices", words.join(&cat.t("value-and")).into())];
    Some(cat.tn("fault-too-wide", &args).into_owned())
}

fn all_choices(cat: &Catalogue, field: &FieldSpec) -> String {
    let (FieldKind::One(choices) | FieldKind::Many(choices)) = &field.kind else { return String::new() };
    let words: Vec<String> = choices.codes.iter().map(|code| choice(cat, choices, code)).collect();
    words.join(&cat.t("value-and"))
}

fn suspects(cat: &Catalogue, likely: &[Suspect]) -> String {
    if likely.is_empty() || likely.len() > SUSPECTS {
        return String::new();
    }
    let one = |suspect: &Suspect| match suspect {
        Suspect::Digit { position, should_be } => cat
            .tn("suspect-digit", &[("at", number(*position)), ("digit", should_be.to_string().into())])
            .into_owned(),
        Suspect::Swap { position } => cat.tn("suspect-swap", &[("at", number(*position))]).into_owned(),
    };
    let list: Vec<String> = likely.iter().map(one).collect();
    cat.t1("suspects", "list", list.join(&cat.t("value-and"))).into_owned()
}
