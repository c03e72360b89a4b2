//! `tonghu find`: a child in a table, or as JSON.

use super::args::{Args, Find};
use super::ask;
use super::out::{Failure, Out};
use crate::domain::Row;
use crate::i18n::Lang;
use crate::office::{Answer, Found, Office, Other, OtherLine, Query, Request};
use crate::platform::{Clock, SystemClock};
use crate::tui::paint;
use serde_json::json;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Find, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in_to(args, out, out.way(sub.json))?;
    let found =
        find(&*office, &ask::words(&sub.query, out, "cli-ask-find")?, sub.limit.clamp(1, 1_000), out)?;
    if sub.json {
        let lines: Vec<_> = found
            .lines
            .iter()
            .map(|line| {
                let mut row = row_json(&line.row);
                row["why"] = line.reasons.iter().map(|why| crate::wording::reason(out.cat, why)).collect();
                row
            })
            .collect();
        let others: Vec<_> = found.others.iter().map(|line| other_json(line, out)).collect();
        out.json(&json!({ "found": lines, "others": others, "more": found.more }))?;
    }
    if found.is_empty() {
        return match sub.json {
            true => Ok(ExitCode::from(3)),
            false => Err(Failure::Nothing(out.t("cli-find-nothing"))),
        };
    }
    if !sub.json {
        for line in &found.lines {
            let why: Vec<String> =
                line.reasons.iter().map(|why| crate::wording::reason(out.cat, why)).collect();
            out.line(&format!("{}  {}", columns(&line.row, out), why.join(" ")))?;
        }
        let forms = office.ask(Request::Station);
        let forms = if let Ok(Answer::Station(station)) = &forms { station.forms.as_slice() } else { &[] };
        for line in &found.others {
            let kind = crate::wording::other_kind(out.cat, forms, &line.other);
            let (name, more) = match &line.other {
                Other::Entry(entry) => {
                    let on = entry.on.map(|on| out.cat.date(on)).unwrap_or_default();
                    (&entry.name, [on.as_str(), &entry.place, &entry.phone].join(" "))
                }
                Other::Page { id, zh, en } => {
                    (if out.cat.lang() == Lang::En { en } else { zh }, format!("tonghu manual {id}"))
                }
            };
            let [kind, name] =
                [(&kind, 14), (name, 30)].map(|(text, cells)| paint::pad(&paint::sanitise(text), cells));
            let why = crate::wording::other_reasons(out.cat, line);
            out.line(&format!("{kind} {name} {}  {why}", paint::sanitise(more.trim())))?;
        }
        if found.more {
            out.note(&out.t("cli-find-more"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn find(office: &dyn Office, text: &str, limit: usize, out: &Out) -> Result<Found, Failure> {
    match office.ask(Request::Find { text: Query(text.to_owned()), limit }) {
        Ok(Answer::Found(found)) => Ok(found),
        Ok(_) => Err(Failure::Said(out.t("cli-strange-answer"))),
        Err(refusal) => Err(out.refused(&refusal)),
    }
}

fn other_json(line: &OtherLine, out: &Out) -> serde_json::Value {
    let mut told = match &line.other {
        Other::Entry(entry) => json!({
            "kind": entry.at.kind.form(), "id": entry.at.id, "name": entry.name, "person": entry.person,
            "place": entry.place, "phone": entry.phone, "on": entry.on, "ended": entry.ended,
        }),
        Other::Page { id, zh, en } => json!({ "kind": "page", "id": id, "name": zh, "name_en": en }),
    };
    told["why"] = crate::wording::other_reasons(out.cat, line).into();
    told
}

/// Case number, name, sex, age, guardian, village in fixed columns.
fn columns(row: &Row, out: &Out) -> String {
    let age = row.birth.and_then(|birth| out.cat.age(birth, SystemClock.today())).unwrap_or_default();
    let sex = if row.sex.is_empty() { String::new() } else { out.t(&format!("choice-sex-{}", row.sex)) };
    [(&row.case_no, 14), (&row.name, 10), (&sex, 4), (&age, 10), (&row.guardian, 10), (&row.village, 24)]
        .map(|(text, cells)| paint::pad(&paint::sanitise(text), cells))
        .join(" ")
}

pub(super) fn row_json(row: &Row) -> serde_json::Value {
    json!({
        "child": row.child.to_string(), "case_no": row.case_no, "name": row.name, "sex": row.sex,
        "birth": row.birth, "id_number": row.id_number, "guardian": row.guardian, "phone": row.phone,
        "village": row.village, "school": row.school, "risk": row.risk, "status": row.status,
        "next_due": row.due.first().map(|due| due.on), "last_contact": row.last_contact,
    })
}
