//! `tonghu report`: what a station may tell others: counts, and no name.

mod quality;

use super::args::{Args, Report, ReportEvaluation};
use super::ask;
use super::out::{Failure, Out};
use crate::office::scoring::{HIDDEN, Programme};
use crate::office::{Answer, Instruments, Request};
use crate::wording;
use serde_json::json;
use std::process::ExitCode;

/// Names of columns stay: scripts know them.
const COLUMNS: &str = "instrument,children,scores,incomplete,no_baseline,no_second,pairs,least,quarter,median,three_quarters,most,better,same,worse";

pub(super) fn run(args: &Args, sub: &Report, out: &Out) -> Result<ExitCode, Failure> {
    match sub {
        Report::Evaluation(sub) => evaluation(args, sub, out),
        Report::Needs(sub) => super::needs::run(args, sub, out),
        Report::Quality(sub) => quality::run(args, sub, out),
    }
}

fn evaluation(args: &Args, sub: &ReportEvaluation, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in_to(args, out, out.way(sub.json || sub.csv))?;
    let strange = || Failure::Said(out.t("cli-strange-answer"));
    let answer = office.ask(Request::Evaluation { instrument: None });
    let Answer::Evaluation(lines) = answer.map_err(|refusal| out.refused(&refusal))? else {
        return Err(strange());
    };
    if sub.json {
        out.json(&lines.iter().map(|(id, one)| line_json(id, one)).collect())?;
    } else if sub.csv {
        out.line(COLUMNS)?;
        for (id, one) in &lines {
            out.line(&line_csv(id, one))?;
        }
    } else {
        let Answer::Station(station) =
            office.ask(Request::Station).map_err(|refusal| out.refused(&refusal))?
        else {
            return Err(strange());
        };
        said(&lines, &station.instruments, out)?;
    }
    Ok(ExitCode::from(if lines.is_empty() { 3 } else { 0 }))
}

fn said(lines: &[(String, Programme)], instruments: &Instruments, out: &Out) -> Result<(), Failure> {
    for (id, one) in lines {
        out.line(&wording::instrument_of(out.cat, instruments, id))?;
        for text in wording::concluded_outside(out.cat, one) {
            out.line(&format!("  {text}"))?;
        }
    }
    let last = if lines.is_empty() { "evaluation-none" } else { "evaluation-not-because" };
    out.line(&out.t(last))
}

fn line_csv(id: &str, one: &Programme) -> String {
    let told = one.outside();
    let count = |count: Option<usize>| count.map_or_else(|| format!("<{HIDDEN}"), |count| count.to_string());
    let [children, scores, incomplete, no_baseline, no_second, pairs] =
        [told.children, told.scores, told.incomplete, told.without_baseline, told.without_second, told.pairs]
            .map(count);
    let gain = told.gain.map_or_else(
        || ",,,,".to_owned(),
        |s| format!("{},{},{},{},{}", s.least, s.quarter, s.median, s.three_quarters, s.most),
    );
    let turns = told
        .turns
        .map_or_else(|| ",,".to_owned(), |[better, same, worse]| format!("{better},{same},{worse}"));
    format!("{id},{children},{scores},{incomplete},{no_baseline},{no_second},{pairs},{gain},{turns}")
}

fn line_json(id: &str, one: &Programme) -> serde_json::Value {
    let told = one.outside();
    let count =
        |count: Option<usize>| count.map_or_else(|| json!(format!("<{HIDDEN}")), |count| json!(count));
    let [better, same, worse] = told.turns.map_or([None; 3], |turns| turns.map(Some));
    let gain = told.gain.map(|s| {
        let half = |halves: crate::office::scoring::Halves| halves.0 as f64 / 2.0;
        json!({
            "least": s.least, "quarter": half(s.quarter), "median": half(s.median),
            "three_quarters": half(s.three_quarters), "most": s.most,
        })
    });
    json!({
        "instrument": id, "children": count(told.children), "scores": count(told.scores),
        "incomplete": count(told.incomplete), "no_baseline": count(told.without_baseline),
        "no_second": count(told.without_second), "pairs": count(told.pairs), "few": one.is_few(),
        "gain": gain, "better": better, "same": same, "worse": worse,
    })
}
