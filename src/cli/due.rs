//! `tonghu due`: what is due, for people, scripts, login shells and timers.
//!
//! `--brief` and `--notify` need no passphrase and wait for nobody: they read a file of counts that holds no name.

mod queue;

use super::args::{Args, Due};
use super::ask;
use super::out::{Failure, Out};
use crate::office::{Agenda, AgendaLine, Answer, OwnRule, Request, Scope, brief};
use crate::platform::{Clock, SystemClock, dirs};
use crate::wording;
use serde_json::json;
use std::process::{Command, ExitCode};

/// Nothing is due.
const NOTHING: u8 = 3;

pub(super) fn run(args: &Args, sub: &Due, out: &Out) -> Result<ExitCode, Failure> {
    if sub.brief || sub.notify {
        return counts(args, sub, out);
    }
    if sub.queue {
        return queue::run(args, sub, out);
    }
    let office = ask::sign_in_to(args, out, out.way(sub.json))?;
    let scope = if sub.mine { Scope::Mine } else { Scope::Station };
    let agenda = match office.ask(Request::Agenda(scope)).map_err(|refusal| out.refused(&refusal))? {
        Answer::Agenda(agenda) => agenda,
        _ => return Err(Failure::Said(out.t("cli-strange-answer"))),
    };
    let parts = [("overdue", &agenda.overdue), ("today", &agenda.today), ("week", &agenda.week)];
    if sub.json {
        let lines =
            parts.iter().map(|(key, lines)| ((*key).to_owned(), lines.iter().map(line_json).collect()));
        out.json(&serde_json::Value::Object(lines.collect()))?;
    } else {
        let station = match office.ask(Request::Station).map_err(|refusal| out.refused(&refusal))? {
            Answer::Station(station) => station,
            _ => return Err(Failure::Said(out.t("cli-strange-answer"))),
        };
        table(&agenda, &station.rules, out)?;
    }
    Ok(if parts.iter().all(|(_, lines)| lines.is_empty()) {
        ExitCode::from(NOTHING)
    } else {
        ExitCode::SUCCESS
    })
}

fn counts(args: &Args, sub: &Due, out: &Out) -> Result<ExitCode, Failure> {
    let dir = dirs::data(args.data.as_deref()).map_err(|_| Failure::Said(out.t("cli-no-home")))?;
    // A login script runs before there is a station, too: then there is nothing to say.
    let Some(counts) = brief::read(&dir)? else { return Ok(ExitCode::from(NOTHING)) };
    let due = counts.on(SystemClock.today());
    if due.overdue + due.today == 0 {
        return Ok(ExitCode::from(NOTHING));
    }
    let text = out.cat.tn(
        "cli-due-brief-line",
        &[("today", due.today.into()), ("overdue", due.overdue.into()), ("week", due.week.into())],
    );
    if sub.notify {
        let shown =
            Command::new("notify-send").arg("--app-name=tonghu").arg(out.t("app-name")).arg(&*text).status();
        return match shown {
            Ok(status) if status.success() => Ok(ExitCode::SUCCESS),
            _ => Err(Failure::Said(out.t("cli-no-notify"))),
        };
    }
    out.line(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn table(agenda: &Agenda, rules: &[OwnRule], out: &Out) -> Result<(), Failure> {
    let totals = agenda.totals;
    for (key, lines, total) in [
        ("today-overdue", &agenda.overdue, totals.overdue),
        ("today-today", &agenda.today, totals.today),
        ("today-week", &agenda.week, totals.week),
    ] {
        if lines.is_empty() {
            continue;
        }
        out.line(&format!("{} ({total})", out.t(key)))?;
        for line in lines {
            let kind = out.t(&format!("choice-follow-up-kind-{}", line.kind));
            let mut why = line.reason.clone();
            if why.is_empty() {
                why = wording::rule_text(out.cat, rules, &line.rule).unwrap_or_default();
            }
            let cells = [&line.due.to_string(), &line.name, &line.village, &kind, &why];
            let text = cells.map(|cell| crate::tui::paint::sanitise(cell).into_owned()).join("  ");
            out.line(&format!("  {}", text.trim_end()))?;
        }
        if lines.len() < total {
            out.line(&format!("  {}", out.cat.t1("cli-due-more", "n", total - lines.len())))?;
        }
    }
    Ok(())
}

fn line_json(line: &AgendaLine) -> serde_json::Value {
    json!({
        "child": line.child.to_string(), "name": line.name, "village": line.village, "risk": line.risk,
        "kind": line.kind, "due": line.due, "days_late": line.late, "reason": line.reason, "rule": line.rule,
        "follow_up": line.follow_up.to_string(),
    })
}
