//! `tonghu show`: one child's file on standard output, by case number or by anything that finds exactly one child.

use super::args::{Args, Show};
use super::ask;
use super::find::{find, row_json};
use super::out::{Failure, Out};
use crate::domain::forms::overrule;
use crate::domain::{Fields, FormSpec, Record, Row};
use crate::office::{Answer, CaseFile, FlagLine, Office, Request, Station};
use crate::platform::{Clock, SystemClock};
use crate::tui::paint;
use crate::{domain, wording};
use serde_json::json;
use std::process::ExitCode;
use std::sync::Arc;

pub(super) fn run(args: &Args, sub: &Show, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in_to(args, out, out.way(sub.json))?;
    let row = one_child(&*office, &ask::words(&sub.case, out, "cli-ask-child")?, out)?;
    let ask = |request| office.ask(request).map_err(|refusal| out.refused(&refusal));
    let file = match ask(Request::File(row.child))? {
        Answer::File(file) => file,
        _ => return Err(Failure::Said(out.t("cli-strange-answer"))),
    };
    let station = match ask(Request::Station)? {
        Answer::Station(station) => station,
        _ => return Err(Failure::Said(out.t("cli-strange-answer"))),
    };
    if sub.json {
        out.json(&json(&file))?
    } else {
        print(&file, &station, sub.discreet, out)?
    }
    Ok(ExitCode::SUCCESS)
}

/// The one child that is meant: by case number, by name, or because nobody else fits.
pub(super) fn one_child(office: &dyn Office, text: &str, out: &Out) -> Result<Row, Failure> {
    let found = find(office, text, 20, out)?;
    let exact =
        found.lines.iter().find(|line| line.row.case_no.eq_ignore_ascii_case(text) || line.row.name == text);
    let same = found.lines.iter().filter(|line| line.row.name == text).count();
    match (exact, found.lines.as_slice()) {
        (Some(line), _) if same <= 1 => Ok(line.row.clone()),
        (None, [only]) => Ok(only.row.clone()),
        (None, []) => Err(Failure::Nothing(out.t("cli-find-nothing"))),
        _ => {
            let numbers: Vec<&str> = found.lines.iter().map(|line| line.row.case_no.as_str()).collect();
            Err(Failure::Usage(out.cat.t1("cli-show-several", "cases", numbers.join(", ")).into_owned()))
        }
    }
}

fn print(file: &CaseFile, station: &Arc<Station>, discreet: bool, out: &Out) -> Result<(), Failure> {
    let filled = |spec: &FormSpec, record: &Record| -> Result<(), Failure> {
        out.line(&format!("\n{}", wording::form_title(out.cat, spec)))?;
        for field in &spec.fields {
            if let Some(value) = record.fields.get(&field.id) {
                let staff = |id| station.worker(domain::WorkerId(id)).map(str::to_owned);
                let hidden = discreet && field.is_delicate();
                // What is only asked of some tells by its mere name why a child is on file.
                if hidden && field.when.is_some() {
                    continue;
                }
                let text =
                    if hidden { "--".to_owned() } else { wording::value(out.cat, field, value, &staff) };
                let label = wording::field_label(out.cat, &spec.id, field);
                let clean: Vec<String> =
                    text.lines().map(|line| paint::sanitise(line).into_owned()).collect();
                out.line(&format!("  {}  {}", paint::pad(&label, 16), clean.join("\n                    ")))?;
            }
        }
        Ok(())
    };
    let part = |form: &str, record: &Record| match station.form(form) {
        Some(spec) => filled(spec, record),
        None => Ok(()),
    };
    part("child", &file.child)?;
    file.household.iter().try_for_each(|record| part("household", record))?;
    for (form, records) in [
        ("member", &file.members),
        ("case", &file.cases),
        ("follow-up", &file.follow_ups),
        ("contact", &file.contacts),
        ("note", &file.notes),
    ] {
        records.iter().try_for_each(|record| part(form, record))?;
    }
    // Which services there are, and what the rules say, tells why a child is on file.
    if discreet {
        return Ok(());
    }
    for record in &file.services {
        let spec = station.form_of(record.at.kind, &record.fields);
        spec.map_or(Ok(()), |spec| filled(spec, record))?;
    }
    if !file.flags.is_empty() {
        out.line(&format!("\n{}", out.t("file-flags")))?;
    }
    for flag in &file.flags {
        let said = wording::flag(out.cat, flag, SystemClock.today());
        let said = match &flag.overruled {
            Some(why) => {
                let why = why.fields.text(&overrule::WHY).to_owned();
                out.cat.tn("cli-show-overruled", &[("said", said.into()), ("why", why.into())]).into_owned()
            }
            None => said,
        };
        out.line(&format!("  {}", paint::sanitise(&said)))?;
    }
    Ok(())
}

fn json(file: &CaseFile) -> serde_json::Value {
    let all = |records: &[Record]| records.iter().map(|record| fields(&record.fields)).collect::<Vec<_>>();
    json!({
        "row": row_json(&file.row),
        "child": fields(&file.child.fields),
        "household": file.household.as_ref().map(|record| fields(&record.fields)),
        "members": all(&file.members), "cases": all(&file.cases), "contacts": all(&file.contacts),
        "follow_ups": all(&file.follow_ups), "notes": all(&file.notes),
        "services": file.services.iter().map(service).collect::<Vec<_>>(),
        "flags": file.flags.iter().map(flag).collect::<Vec<_>>(),
        "missing": file.missing.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
    })
}

fn service(record: &Record) -> serde_json::Value {
    json!({ "kind": record.at.kind.form(), "fields": fields(&record.fields) })
}

fn flag(flag: &FlagLine) -> serde_json::Value {
    json!({
        "rule": flag.rule, "grade": flag.grade.code(), "now": flag.now, "overruled": flag.overruled.is_some(),
        "text": { "zh": flag.text.zh, "en": flag.text.en },
    })
}

/// Field id to plain value: text, number, yes/no, date, code or list of codes.
fn fields(fields: &Fields) -> serde_json::Value {
    use domain::Value;
    let plain = |value: &Value| match value {
        Value::Text(text) | Value::Choice(text) => json!(text),
        Value::Date(date) => json!(date),
        Value::Moment(moment) => json!(moment),
        Value::Number(number) => json!(number),
        Value::Yes(yes) => json!(yes),
        Value::Choices(codes) => json!(codes),
        Value::Link(id) => json!(id.to_string()),
    };
    fields.0.iter().map(|(id, value)| (id.as_str().to_owned(), plain(value))).collect()
}
