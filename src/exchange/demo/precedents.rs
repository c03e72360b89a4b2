//! Precedents of the invented station, and the file of a neighbouring one: drafted, checked and let go as people do it.

use super::stories::NUMBERS;
use super::{names, station};
use crate::domain::forms::station as field;
use crate::domain::{ChildId, Fields, Status, WorkerId};
use crate::exchange::demo;
use crate::office::{
    self, Answer, Cases, Door, DoorError, Filter, Office, PrecedentAnswer, PrecedentAsk, PrecedentFault,
    Proposal, Refusal, Request, Review, ReviewLine, Sort, Told,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// So many closed cases are looked at, so many let go, of so many lines each.
const LOOKED_AT: usize = 40;
const RELEASED: usize = 4;
const LINES: std::ops::RangeInclusive<usize> = 5..=14;

/// The neighbour's children: others than those of the demo.
const NEIGHBOUR: (u64, usize) = (7_041_993, 150);

/// Lets a few closed cases go, no two of children on file for the same reasons, and gives how many. The stories are left
/// as they are: their walks lead to what is still open.
///
/// # Errors
/// As the office does.
pub fn keep_precedents(office: &dyn Office) -> Result<usize, Refusal> {
    let filter = Filter { status: Some(Status::Closed), ..Filter::default() };
    let cases = Cases { sort: Sort::Name, filter, from: 0, count: LOOKED_AT };
    let Answer::Cases(page) = office.ask(Request::Cases(cases))? else { return Ok(0) };
    let mut seen = BTreeSet::new();
    for row in page.rows.iter().filter(|row| NUMBERS.iter().all(|(told, _)| *told != row.name)) {
        if seen.len() == RELEASED {
            break;
        }
        let Some(review) = review(office, row.child)? else { continue };
        let lines = chosen(&review);
        let worth =
            LINES.contains(&lines.len()) && review.precedent.scores.len() + review.precedent.goals.len() > 1;
        if worth && seen.insert(review.precedent.child.categories.clone()) {
            let proposal = Proposal { child: row.child, case: review.case, lines };
            office.ask(Request::Precedent(PrecedentAsk::Release(proposal)))?;
        }
    }
    Ok(seen.len())
}

/// None: the closed case was opened again.
fn review(office: &dyn Office, child: ChildId) -> Result<Option<Box<Review>>, Refusal> {
    match office.ask(Request::Precedent(PrecedentAsk::Review(child))) {
        Ok(Answer::Precedent(PrecedentAnswer::Review(review))) => Ok(Some(review)),
        Err(Refusal::Precedent(PrecedentFault::NotClosed)) => Ok(None),
        Err(refusal) => Err(refusal),
        Ok(_) => Ok(None),
    }
}

/// Nothing that tells who it was: a line with a mark is left out, not rewritten.
fn chosen(review: &Review) -> Vec<Told> {
    let tells = |line: &ReviewLine| match line.source.as_str() {
        _ if line.text.contains("没有做成") => "did-not",
        "review" | "goal" | "follow-up" => "helped",
        _ => "happened",
    };
    let told = |line: &ReviewLine| Told {
        source: line.source.clone(),
        month: line.month,
        tells: tells(line).to_owned(),
        text: line.text.clone(),
    };
    let mut said = BTreeSet::new();
    let clean = review.lines.iter().filter(|line| line.marks.is_empty() && line.text.chars().count() > 5);
    clean.filter(|line| said.insert(line.text.clone())).take(*LINES.end()).map(told).collect()
}

/// Founds a neighbouring station behind a door that leads to an empty folder, and writes the file of its precedents.
///
/// # Errors
/// If one of the folders cannot be written to.
pub fn neighbour(door: &Door, today: NaiveDate, to: &Path) -> Result<(), DoorError> {
    let (seed, children) = NEIGHBOUR;
    let files = |workers: &[WorkerId]| demo::files(seed, children, today, workers);
    let desk = office::invented(door, next_to(), &demo::STAFF[..1], files)?;
    keep_precedents(&*desk)?;
    desk.ask(Request::Precedent(PrecedentAsk::Export { to: to.to_owned() }))?;
    Ok(())
}

fn next_to() -> Fields {
    station().with(field::NAME, "邻县未成年人救助保护站（演示）").with(field::TOWN, names::TOWNS[1])
}

/// Takes over what another station let go.
///
/// # Errors
/// If it is no such file.
pub fn take_over(office: &dyn Office, from: PathBuf) -> Result<(), Refusal> {
    office.ask(Request::Precedent(PrecedentAsk::Import { from, take: true })).map(drop)
}
