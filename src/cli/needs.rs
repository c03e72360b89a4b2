//! `tonghu report needs`: what children lack by place, in counts. One so small that it may point at somebody is told as
//! `<5`, and no sum gives it away.

use super::args::{Args, ReportNeeds};
use super::ask;
use super::out::{Failure, Out};
use crate::office::needs::{
    Grain, NeedRules, Offered, Opening, PlaceNeeds, Study, outside, outside_sum, study,
};
use crate::office::{Answer, Request};
use crate::tui::paint;
use crate::wording;
use serde_json::{Map, Value, json};
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &ReportNeeds, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in_to(args, out, out.way(sub.json))?;
    let answer = office.ask(Request::Needs).map_err(|refusal| out.refused(&refusal))?;
    let Answer::Needs(found) = answer else { return Err(Failure::Said(out.t("cli-strange-answer"))) };
    let grain = if sub.towns { Grain::Town } else { Grain::Village };
    let children = found.children.iter().map(|one| (one.row.village.as_str(), one.told));
    let study = study(&found.rules, children, &found.offers, grain);
    if sub.json {
        out.json(&whole_json(&study, &found.rules))?;
    } else {
        said(&study, &found.rules, out)?;
    }
    Ok(ExitCode::from(if study.places.is_empty() { 3 } else { 0 }))
}

/// A count as it may leave.
fn told(count: usize, rules: &NeedRules) -> String {
    outside(count, rules.few).map_or_else(|| format!("<{}", rules.few), |count| count.to_string())
}

fn told_json(count: usize, rules: &NeedRules) -> Value {
    outside(count, rules.few).map_or_else(|| told(count, rules).into(), Into::into)
}

fn said(study: &Study, rules: &NeedRules, out: &Out) -> Result<(), Failure> {
    if !study.places.is_empty() {
        out.line(&out.cat.t1("cli-report-needs-head", "few", rules.few.to_string()))?;
    }
    let names = study.places.iter().map(|place| wording::need_place(out.cat, &place.place));
    let widest = names.map(|name| paint::width(&name)).max().unwrap_or(0);
    for place in &study.places {
        let needs = rules.needs().iter().zip(&place.unmet).filter(|(_, count)| **count > 0);
        let needs: Vec<String> = needs
            .map(|(need, count)| format!("{} {}", wording::need(out.cat, need), told(*count, rules)))
            .collect();
        let name = paint::pad(&wording::need_place(out.cat, &place.place), widest);
        out.line(&format!("  {name}  {:>4}  {}", told(place.children, rules), needs.join("  ")))?;
    }
    if study.places.is_empty() {
        return out.line(&out.t("needs-none"));
    }
    if !study.openings.is_empty() {
        out.line("")?;
        out.line(&out.t("needs-tab-openings"))?;
    }
    for one in &study.openings {
        out.line(&format!("  {}", wording::opening(out.cat, rules, one, &told(one.children, rules))))?;
    }
    Ok(())
}

fn whole_json(study: &Study, rules: &NeedRules) -> Value {
    let sum = |at: usize| study.places.iter().map(|place| place.unmet[at]).sum::<usize>();
    let sums = rules.needs().iter().enumerate();
    let sums = sums.map(|(at, need)| (need.id.clone(), outside_sum(sum(at), rules.few).into()));
    json!({
        "few": rules.few,
        "at_least": Value::Object(sums.collect()),
        "places": study.places.iter().map(|place| place_json(place, rules)).collect::<Vec<_>>(),
        "open": study.openings.iter().map(|one| opening_json(one, rules)).collect::<Vec<_>>(),
    })
}

fn place_json(place: &PlaceNeeds, rules: &NeedRules) -> Value {
    let unmet = rules.needs().iter().zip(&place.unmet);
    let unmet: Map<String, Value> =
        unmet.map(|(need, count)| (need.id.clone(), told_json(*count, rules))).collect();
    json!({ "place": place.place, "children": told_json(place.children, rules), "unmet": unmet })
}

fn opening_json(one: &Opening, rules: &NeedRules) -> Value {
    let (offered, by) = match &one.offered {
        Offered::Nowhere => ("nowhere", None),
        Offered::Elsewhere(name) => ("elsewhere", Some(name)),
        Offered::Here(name) => ("here", Some(name)),
    };
    json!({
        "place": one.place, "need": rules.needs()[one.need].id, "children": told_json(one.children, rules),
        "offered": offered, "by": by,
    })
}
