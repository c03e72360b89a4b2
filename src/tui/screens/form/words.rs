//! The words of fields, choices and faults in the language of the screen.

use crate::domain::form::FieldKind;
use crate::domain::{Choices, Fault, FieldSpec, FormSpec, IdFault, Label, Suspect, Value};
use crate::i18n::{Catalogue, Lang};
use crate::tui::screen::Cx;

pub fn label(cat: &Catalogue, form: &str, field: &FieldSpec) -> String {
    match &field.label {
        Label::Catalogue => cat.t(&format!("field-{form}-{}", field.id)).into_owned(),
        Label::Own { zh, en, .. } => own(cat, zh, en),
    }
}

pub fn help(cat: &Catalogue, form: &str, field: &FieldSpec) -> String {
    match &field.label {
        Label::Catalogue => cat.t(&format!("field-{form}-{}-help", field.id)).into_owned(),
        Label::Own { help_zh, help_en, .. } => own(cat, help_zh, help_en),
    }
}

fn own(cat: &Catalogue, zh: &str, en: &str) -> String {
    let (first, second) = if cat.lang() == Lang::Zh { (zh, en) } else { (en, zh) };
    if first.is_empty() { second.to_owned() } else { first.to_owned() }
}

pub fn choice(cat: &Catalogue, choices: &Choices, code: &str) -> String {
    let position = choices.codes.iter().position(|known| known == code);
    if let Some((zh, en)) = position.and_then(|at| choices.own.get(at)) {
        return own(cat, zh, en);
    }
    let key = format!("choice-{}-{code}", choices.list);
    if cat.has(&key) { cat.t(&key).into_owned() } else { code.to_owned() }
}

/// A value as one line of text.
pub fn value(cx: &Cx, field: Option<&FieldSpec>, value: &Value) -> String {
    let list = field.and_then(|field| match &field.kind {
        FieldKind::One(list) | FieldKind::Many(list) => Some(list),
        _ => None,
    });
    let name = |code: &str| list.map_or_else(|| code.to_owned(), |list| choice(cx.cat, list, code));
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(date) => cx.cat.date(*date),
        Value::Moment(moment) => moment.format("%Y-%m-%d %H:%M").to_string(),
        Value::Number(number) => number.to_string(),
        Value::Yes(yes) => cx.cat.t(if *yes { "value-yes" } else { "value-no" }).into_owned(),
        Value::Choice(code) => name(code),
        Value::Choices(codes) => {
            let names: Vec<String> = codes.iter().map(|code| name(code)).collect();
            names.join(&cx.cat.t("value-and"))
        }
        Value::Link(id) => {
            let worker = cx.station.worker(crate::domain::WorkerId(*id));
            worker.map_or_else(|| cx.cat.t("value-nobody").into_owned(), str::to_owned)
        }
    }
}

pub fn fault(cx: &Cx, form: &FormSpec, field: &FieldSpec, fault: &Fault) -> String {
    let cat = cx.cat;
    let key = format!("fault-{}", fault.code());
    let name = |id| form.field(id).map_or_else(String::new, |other| label(cat, &form.id, other));
    match fault {
        Fault::Required => cat.t1(&key, "field", label(cat, &form.id, field)).into_owned(),
        Fault::TooLong { max, have } => {
            cat.tn(&key, &[("max", (*max).into()), ("have", (*have).into())]).into_owned()
        }
        Fault::Before { other } => cat.t1(&key, "other", name(other)).into_owned(),
        Fault::OutOfRange { min, max } => {
            cat.tn(&key, &[("min", min.to_string().into()), ("max", max.to_string().into())]).into_owned()
        }
        Fault::UnknownChoice(text) => {
            let choices = match &field.kind {
                FieldKind::One(list) | FieldKind::Many(list) => {
                    let names: Vec<String> = list.codes.iter().map(|code| choice(cat, list, code)).collect();
                    names.join(&cat.t("value-and"))
                }
                _ => String::new(),
            };
            cat.tn(&key, &[("text", text.as_str().into()), ("choices", choices.into())]).into_owned()
        }
        Fault::UnknownWorker(text) => cat.t1(&key, "text", text.as_str()).into_owned(),
        Fault::Id(IdFault::Length { have }) => cat.t1(&key, "have", *have).into_owned(),
        Fault::Id(IdFault::Letter { at }) => cat.t1(&key, "at", *at).into_owned(),
        Fault::Id(IdFault::Date { likely } | IdFault::Check { likely }) => {
            cat.t1(&key, "likely", suspects(cat, likely)).into_owned()
        }
        Fault::IdBirth { says } => cat.t1(&key, "says", cat.date(*says)).into_owned(),
        Fault::IdSex { says } => cat.t1(&key, "says", cat.t(&format!("choice-sex-{says}")).into_owned()).into_owned(),
        _ => cat.t(&key).into_owned(),
    }
}

/// The likeliest slips; a long list would help nobody.
fn suspects(cat: &Catalogue, likely: &[Suspect]) -> String {
    if likely.is_empty() || likely.len() > 6 {
        return String::new();
    }
    let said: Vec<String> = likely
        .iter()
        .take(3)
        .map(|suspect| match suspect {
            Suspect::Digit { position, should_be } => cat
                .tn("suspect-digit", &[("at", (*position).into()), ("digit", should_be.to_string().into())])
                .into_owned(),
            Suspect::Swap { position } => cat.t1("suspect-swap", "at", *position).into_owned(),
        })
        .collect();
    cat.t1("suspects", "list", said.join(&cat.t("value-and"))).into_owned()
}

/// A child in a few words: name, age, village.
pub fn person(cx: &Cx, row: &crate::domain::Row) -> String {
    let age = row.birth.and_then(|birth| cx.cat.age(birth, cx.today)).unwrap_or_default();
    let parts = [cx.name(&row.name), age, row.village.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
