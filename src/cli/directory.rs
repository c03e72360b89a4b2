//! `tonghu directory`: who offers what, where, when and for whom. No child's data is in it.

use super::args::{Args, Directory};
use super::ask;
use super::out::{Failure, Out};
use crate::domain::forms::agency::*;
use crate::domain::{Fields, plain};
use crate::office::{Answer, RegisterLine, Request};
use crate::wording;
use serde_json::json;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Directory, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in_to(args, out, out.way(sub.json))?;
    let kind = crate::domain::RecordKind::Agency;
    let answer = office.ask(Request::Register(kind)).map_err(|refusal| out.refused(&refusal))?;
    let Answer::Register(lines) = answer else { return Err(Failure::Said(out.t("cli-strange-answer"))) };
    let mut found: Vec<&Fields> = lines
        .iter()
        .map(|line: &RegisterLine| &line.record.fields)
        .filter(|fields| fields.get(&ENDED).is_none() && holds(fields, &sub.words, out))
        .collect();
    // By place, as one looks for what is near.
    found.sort_by_key(|fields| [PLACE, NAME].map(|field| fields.text(&field).to_owned()));
    if sub.json {
        out.json(&found.iter().map(|fields| line_json(fields)).collect())?;
    } else if found.is_empty() {
        return Err(Failure::Nothing(out.t("cli-directory-nothing")));
    }
    for fields in found.iter().filter(|_| !sub.json) {
        said(fields, out)?;
    }
    Ok(ExitCode::from(if found.is_empty() { 3 } else { 0 }))
}

fn kind(fields: &Fields, out: &Out) -> String {
    wording::core_choice(out.cat, "agency", fields.text(&KIND))
}

/// All words stand in the entry, in whatever field.
fn holds(fields: &Fields, words: &[String], out: &Out) -> bool {
    let folded = |text: &str| plain::half_width(text).to_lowercase();
    let all = [NAME, SERVICE, PLACE, SCHEDULE, ELIGIBILITY, PHONE, PERSON].map(|id| folded(fields.text(&id)));
    let all = format!("{} {}", all.join(" "), folded(&kind(fields, out)));
    words.iter().all(|word| all.contains(&folded(word)))
}

fn said(fields: &Fields, out: &Out) -> Result<(), Failure> {
    let text = |id| fields.text(&id);
    out.line(&format!("{}  {}  {}", text(NAME), kind(fields, out), text(PHONE)))?;
    for ids in [&[SERVICE, ELIGIBILITY][..], &[PLACE, SCHEDULE, PERSON]] {
        let parts: Vec<&str> = ids.iter().map(|id| fields.text(id)).filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            out.line(&format!("  {}", parts.join("  ")))?;
        }
    }
    Ok(())
}

fn line_json(fields: &Fields) -> serde_json::Value {
    let text = |id| fields.text(&id);
    json!({
        "name": text(NAME), "kind": text(KIND), "service": text(SERVICE), "place": text(PLACE),
        "schedule": text(SCHEDULE), "eligibility": text(ELIGIBILITY), "phone": text(PHONE), "person": text(PERSON),
    })
}
