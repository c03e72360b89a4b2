//! `tonghu audit`: who did what, and whether the audit is whole.

use super::args::{Args, Audit, AuditList, AuditVerify};
use super::ask;
use super::backup::Progress;
use super::out::{Failure, Out};
use super::show::one_child;
use crate::domain::when::{self, Leaning};
use crate::office::{
    AnchorState, Answer, AuditAnchor, AuditCheck, AuditFault, AuditLine, AuditQuery, Request,
};
use crate::platform::{Clock, SystemClock};
use crate::tui::paint;
use crate::wording;
use serde_json::json;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Audit, out: &Out) -> Result<ExitCode, Failure> {
    match sub {
        Audit::Verify(sub) => verify(args, sub, out),
        Audit::List(sub) => list(args, sub, out),
    }
}

fn verify(args: &Args, sub: &AuditVerify, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in(args, out)?;
    let request = Request::CheckAudit { against: sub.against.clone() };
    let checked = match office.ask_watched(request, &Progress::new()) {
        Ok(Answer::AuditChecked(checked)) => checked,
        Ok(_) => return Err(Failure::Said(out.t("cli-strange-answer"))),
        Err(refusal) => return Err(out.refused(&refusal)),
    };
    if sub.json {
        out.json(&check_json(&checked))?;
    } else {
        for fault in &checked.faults {
            out.line(&wording::audit_fault(out.cat, fault))?;
        }
        for anchor in &checked.anchors {
            out.line(&paint::sanitise(&wording::anchor(out.cat, anchor)))?;
        }
    }
    if !checked.is_sound() {
        let key = if checked.is_broken() { "cli-audit-broken" } else { "cli-audit-not-compared" };
        return Err(Failure::Said(out.t(key)));
    }
    if !sub.json {
        let of = [("entries", checked.entries), ("first", checked.first), ("last", checked.last)];
        out.line(&out.cat.tn("cli-audit-sound", &of.map(|(name, n)| (name, n.to_string().into()))))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn check_json(checked: &AuditCheck) -> serde_json::Value {
    json!({
        "sound": checked.is_sound(), "entries": checked.entries, "first": checked.first, "last": checked.last,
        "faults": checked.faults.iter().map(fault_json).collect::<Vec<_>>(),
        "anchors": checked.anchors.iter().map(anchor_json).collect::<Vec<_>>(),
    })
}

fn fault_json(fault: &AuditFault) -> serde_json::Value {
    let kind = match fault {
        AuditFault::Missing { .. } => "missing",
        AuditFault::Altered { .. } => "altered",
        AuditFault::Foreign { .. } => "foreign",
        AuditFault::Moved { .. } => "moved",
        AuditFault::Unexplained { .. } => "unexplained",
        AuditFault::Unreadable { count } => return json!({ "kind": "unreadable", "count": count }),
    };
    let (from, to) = fault.numbers();
    json!({ "kind": kind, "from": from, "to": to })
}

fn anchor_json(anchor: &AuditAnchor) -> serde_json::Value {
    let (state, numbers) = match anchor.state {
        AnchorState::Agrees => ("agrees", None),
        AnchorState::TooOld => ("too-old", None),
        AnchorState::Rewritten { from, to } => ("rewritten", Some((from, to))),
        AnchorState::CutOff { from, to } => ("cut-off", Some((from, to))),
        AnchorState::Unusable(_) => ("unusable", None),
    };
    json!({
        "backup": anchor.backup, "when": anchor.when, "last": anchor.last, "state": state,
        "from": numbers.map(|(from, _)| from), "to": numbers.map(|(_, to)| to),
    })
}

fn list(args: &Args, sub: &AuditList, out: &Out) -> Result<ExitCode, Failure> {
    let today = SystemClock.today();
    let since = sub.since.as_deref().map(|text| when::parse(text, today, Leaning::Past)).transpose();
    let since = since.map_err(|fault| Failure::Usage(wording::when_fault(out.cat, fault)))?;
    let office = ask::sign_in_to(args, out, out.way(sub.json))?;
    let ask = |request| office.ask(request).map_err(|refusal| out.refused(&refusal));
    let by = match &sub.by {
        None => None,
        Some(login) => {
            let Answer::Station(station) = ask(Request::Station)? else {
                return Err(Failure::Said(out.t("cli-strange-answer")));
            };
            let wanted = login.to_lowercase();
            let staff = station.staff.iter().find(|staff| staff.login.to_lowercase() == wanted);
            let nobody =
                || Failure::Nothing(out.cat.t1("cli-account-nobody", "login", login.as_str()).into_owned());
            Some(staff.ok_or_else(nobody)?.worker)
        }
    };
    let child = match &sub.child {
        None => None,
        Some(text) => {
            let text = ask::words(std::slice::from_ref(text), out, "cli-ask-child")?;
            Some(one_child(&*office, &text, out)?.child)
        }
    };
    let page = match ask(Request::Audit(AuditQuery { child, by, since, limit: sub.limit }))? {
        Answer::Audit(page) => page,
        _ => return Err(Failure::Said(out.t("cli-strange-answer"))),
    };
    if sub.json {
        let entries: Vec<_> = page.lines.iter().map(line_json).collect();
        out.json(&json!({ "entries": entries, "more": page.more }))?;
        return Ok(ExitCode::from(if page.lines.is_empty() { 3 } else { 0 }));
    }
    if page.lines.is_empty() {
        return Err(Failure::Nothing(out.t("cli-audit-nothing")));
    }
    for line in &page.lines {
        out.line(&paint::sanitise(&columns(line, out)))?;
    }
    if page.more {
        out.note(&out.t("cli-audit-more"));
    }
    Ok(ExitCode::SUCCESS)
}

fn columns(line: &AuditLine, out: &Out) -> String {
    let when = line.when.format("%Y-%m-%d %H:%M").to_string();
    let who = paint::pad(&wording::doer(out.cat, line), 12);
    let from = paint::pad(&wording::origin(out.cat, &line.from), 18);
    let mut said = vec![wording::deed(out.cat, line)];
    said.extend([&line.name, &line.case_no].into_iter().filter(|text| !text.is_empty()).cloned());
    format!("{:>7} {when} {who} {from} {}", line.number, said.join(" "))
}

fn line_json(line: &AuditLine) -> serde_json::Value {
    json!({
        "number": line.number, "when": line.when, "by": line.by, "login": line.login,
        "did": wording::verb_code(line.verb), "what": line.what, "child": line.child.map(|child| child.to_string()),
        "name": line.name, "case_no": line.case_no, "from": line.from,
        "unsealed": line.unsealed.as_ref().map(|unsealed| json!({
            "first": unsealed.first, "last": unsealed.last, "times": unsealed.times, "login": unsealed.login,
        })),
    })
}
