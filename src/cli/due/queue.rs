//! `tonghu due --queue`: what waits for a supervisor.

use super::NOTHING;
use crate::cli::args::{Args, Due};
use crate::cli::ask;
use crate::cli::out::{Failure, Out};
use crate::office::{Answer, ChildLine, Grade, QueuePart, Request, Station, Waits};
use crate::wording;
use serde_json::json;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Due, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in_to(args, out, out.way(sub.json))?;
    let strange = || Failure::Said(out.t("cli-strange-answer"));
    let ask = |request| office.ask(request).map_err(|refusal| out.refused(&refusal));
    // A list that is told once waits for the rules.
    ask(Request::FollowRules)?;
    let Answer::Queue(queue) = ask(Request::Queue)? else { return Err(strange()) };
    let Answer::Station(station) = ask(Request::Station)? else { return Err(strange()) };
    if sub.json {
        let parts: Vec<_> = queue.parts.iter().map(|part| part_json(part, &station)).collect();
        out.json(&json!({ "complete": !queue.pending, "queue": parts }))?;
    } else {
        for part in &queue.parts {
            said(part, &station, out)?;
        }
        if queue.pending {
            out.line(&out.t("queue-pending"))?;
        }
    }
    Ok(if queue.parts.is_empty() { ExitCode::from(NOTHING) } else { ExitCode::SUCCESS })
}

fn said(part: &QueuePart, station: &Station, out: &Out) -> Result<(), Failure> {
    out.line(&format!("{} ({})", wording::waits(out.cat, station, part.what), part.total))?;
    for line in &part.lines {
        let counts = [(Grade::Urgent, line.pressing.urgent), (Grade::Act, line.pressing.act)];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let rules: Vec<String> =
            counts.map(|(grade, count)| wording::pressing(out.cat, grade, count)).collect();
        let due = line.due.as_ref().map_or_else(String::new, |(kind, on)| {
            format!("{on} {}", wording::core_choice(out.cat, "follow-up-kind", kind))
        });
        let cells = [&line.name, &line.village, &rules.join(" "), &due];
        let text = cells.map(|cell| crate::tui::paint::sanitise(cell).into_owned()).join("  ");
        out.line(&format!("  {}", text.trim_end()))?;
    }
    if part.lines.len() < part.total {
        out.line(&format!("  {}", out.cat.t1("cli-due-more", "n", part.total - part.lines.len())))?;
    }
    Ok(())
}

fn part_json(part: &QueuePart, station: &Station) -> serde_json::Value {
    let worker = match part.what {
        Waits::Overdue(worker) => worker.and_then(|worker| station.worker(worker)),
        _ => None,
    };
    json!({
        "what": part.what.code(), "worker": worker, "total": part.total,
        "children": part.lines.iter().map(line_json).collect::<Vec<_>>(),
    })
}

fn line_json(line: &ChildLine) -> serde_json::Value {
    let (kind, due) = line.due.as_ref().map(|(kind, on)| (kind, on)).unzip();
    json!({
        "child": line.child.to_string(), "name": line.name, "village": line.village, "risk": line.risk,
        "urgent": line.pressing.urgent, "act": line.pressing.act, "kind": kind, "due": due,
        "last_contact": line.last_contact,
    })
}
