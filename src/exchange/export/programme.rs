//! The station in tables: who is on file, what is due, what was done, what changed.

use super::Telling;
use crate::domain::row::Status;
use crate::office::needs::{Need, PlaceNeeds, outside, outside_sum};
use crate::office::scoring::{HIDDEN, Halves, Programme};
use crate::office::{NeedsByVillage, ProgrammeTables, ServiceKind, Tables, WorkerLoad};
use crate::report::{Cell, Chart, Report, Section, Table};
use crate::wording;
use chrono::{Datelike, Months, NaiveDate};
use std::collections::{BTreeMap, HashMap};

pub(super) fn report(told: &Telling, all: &ProgrammeTables) -> Report {
    let mut report = told.report(told.t("export-programme"));
    report.about.push(told.cat.t1("export-children", "n", all.tables.children).into_owned());
    if told.discreet {
        report.about.push(told.t("export-discreet-note"));
    } else {
        report.sections.push(categories(told, &all.tables));
    }
    report.sections.extend([
        standing(told, &all.tables),
        villages(told, &all.tables),
        workers(told, &all.tables),
        services(told, all),
    ]);
    if let Some(needs) = &all.needs {
        report.sections.extend([lacking(told, needs), lacking_by_village(told, needs, &all.tables)]);
    }
    report.sections.push(evaluation(told, &all.evaluation));
    report
}

fn columns(told: &Telling, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| told.t(key)).collect()
}

fn categories(told: &Telling, tables: &Tables) -> Section {
    let name = |code: &str| match code {
        "" => told.t("export-no-category"),
        code => wording::core_choice(told.cat, "category", code),
    };
    let rows = tables.categories.iter().map(|(code, count)| vec![Cell::Text(name(code)), (*count).into()]);
    let table = Table {
        columns: columns(told, &["col-categories", "export-col-children"]),
        rows: rows.collect(),
        total: None,
    };
    Section {
        id: "categories",
        title: told.t("export-by-category"),
        notes: vec![told.t("export-several-note")],
        table: table.summed(&told.t("export-total-times"), &[1]),
        charts: vec![Chart::Bars { columns: vec![1] }],
    }
}

/// Risk says why somebody is on file: a discreet one only says where the cases stand.
fn standing(told: &Telling, tables: &Tables) -> Section {
    let mut names = vec![told.t("col-risk")];
    names.extend(Status::ALL.iter().map(|status| wording::status(told.cat, *status)));
    names.push(told.t("export-sum"));
    let sum = Status::ALL.len() + 1;
    let row = |name: String, counts: &[usize]| {
        let cells = counts.iter().copied().chain([counts.iter().sum()]).map(Cell::from);
        std::iter::once(Cell::Text(name)).chain(cells).collect()
    };
    let rows: Vec<Vec<Cell>> = match told.discreet {
        true => {
            names[0] = told.t("export-everybody");
            let mut counts = [0; Status::ALL.len()];
            for (_, more) in &tables.standing {
                counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
            }
            vec![row(told.t("export-children-all"), &counts)]
        }
        false => {
            tables.standing.iter().map(|(risk, counts)| row(wording::risk(told.cat, risk), counts)).collect()
        }
    };
    let table = Table { columns: names, rows, total: None };
    Section {
        id: "standing",
        title: told.t(if told.discreet { "export-by-status" } else { "export-by-risk" }),
        table: table.summed(&told.t("export-total"), &(1..=sum).collect::<Vec<_>>()),
        charts: vec![Chart::Bars { columns: vec![sum] }],
        ..Section::default()
    }
}

fn villages(told: &Telling, tables: &Tables) -> Section {
    let name = |(at, name): (usize, &str)| match name {
        _ if told.discreet => told.cat.t1("export-village-n", "n", at + 1).into_owned(),
        "" => told.t("export-no-village"),
        name => name.to_owned(),
    };
    let loads = tables.villages.iter().enumerate();
    let rows = loads.map(|(at, (village, load))| (name((at, village)), load));
    let table = load_table(told, told.t("col-village"), rows);
    Section { id: "villages", title: told.t("export-by-village"), ..with_charts(told, table) }
}

fn workers(told: &Telling, tables: &Tables) -> Section {
    let name = |at: usize, worker| match worker {
        _ if told.discreet => told.cat.t1("export-worker-n", "n", at + 1).into_owned(),
        None => told.t("filter-nobody"),
        Some(worker) => told.station.worker(worker).unwrap_or("?").to_owned(),
    };
    let loads = tables.workers.iter().enumerate();
    let rows = loads.map(|(at, (worker, load))| (name(at, *worker), load));
    let table = load_table(told, told.t("col-worker"), rows);
    Section { id: "workers", title: told.t("export-by-worker"), ..with_charts(told, table) }
}

/// Children, closed, high risk, behind, then the follow-ups; a discreet one has no risk.
fn load_table<'a>(
    told: &Telling,
    first: String,
    rows: impl Iterator<Item = (String, &'a WorkerLoad)>,
) -> Table {
    let mut names = vec![first];
    names.extend(columns(told, &["export-col-children", "export-col-closed"]));
    names.extend((!told.discreet).then(|| told.t("risk-high")));
    names.extend(columns(told, &["export-col-behind", "export-col-overdue", "today-today"]));
    names.extend(columns(told, &["today-week", "today-later"]));
    let row = |(name, load): (String, &WorkerLoad)| {
        let mut counts = vec![load.children, load.closed];
        counts.extend((!told.discreet).then_some(load.high));
        counts.extend([load.behind, load.due.overdue, load.due.today, load.due.week, load.due.later]);
        std::iter::once(Cell::from(name)).chain(counts.into_iter().map(Cell::from)).collect()
    };
    let sums: Vec<usize> = (1..names.len()).collect();
    Table { columns: names, rows: rows.map(row).collect(), total: None }
        .summed(&told.t("export-total"), &sums)
}

fn with_charts(told: &Telling, table: Table) -> Section {
    let overdue = table.columns.iter().position(|name| *name == told.t("export-col-overdue"));
    let mut charts = vec![Chart::Bars { columns: vec![1] }];
    charts.extend(overdue.map(|at| Chart::Bars { columns: vec![at] }));
    Section { notes: vec![told.t("export-load-note")], table, charts, ..Section::default() }
}

fn services(told: &Telling, all: &ProgrammeTables) -> Section {
    let this = all.tables.on.with_day(1).unwrap_or(all.tables.on);
    let months: Vec<NaiveDate> =
        (0..12).rev().filter_map(|back| this.checked_sub_months(Months::new(back))).collect();
    let mut counts = BTreeMap::<ServiceKind, Vec<usize>>::new();
    for served in &all.services {
        if let Some(at) = months.iter().position(|month| *month == served.month) {
            counts.entry(served.kind).or_insert_with(|| vec![0; months.len()])[at] += served.count;
        }
    }
    let mut names = vec![told.t("export-col-service")];
    names.extend(months.iter().map(|month| month.format("%y-%m").to_string()));
    names.push(told.t("export-sum"));
    let row = |(kind, counts): (ServiceKind, Vec<usize>)| {
        let sum = counts.iter().sum();
        let cells = counts.into_iter().chain([sum]).map(Cell::from);
        std::iter::once(Cell::Text(service(told, kind))).chain(cells).collect()
    };
    let sum = months.len() + 1;
    let table = Table { columns: names, rows: counts.into_iter().map(row).collect(), total: None };
    Section {
        id: "services",
        title: told.t("export-by-service"),
        table: table.summed(&told.t("export-total"), &(1..=sum).collect::<Vec<_>>()),
        charts: vec![Chart::Bars { columns: vec![sum] }],
        ..Section::default()
    }
}

fn service(told: &Telling, kind: ServiceKind) -> String {
    match kind {
        ServiceKind::Contact(code) => wording::core_choice(told.cat, "contact-kind", code),
        ServiceKind::Record(kind) => {
            let form = told.station.forms.iter().find(|form| form.kind == kind);
            form.map(|form| wording::form_title(told.cat, form)).unwrap_or_default()
        }
    }
}

/// What is needed says mostly why there is a file.
fn need(told: &Telling, at: usize, need: &Need) -> String {
    match told.discreet {
        true => told.cat.t1("export-need-n", "n", at + 1).into_owned(),
        false => wording::need(told.cat, need),
    }
}

fn needs_notes(told: &Telling, needs: &NeedsByVillage) -> Vec<String> {
    vec![told.cat.t1("export-needs-note", "few", needs.rules.few).into_owned()]
}

/// Of the whole station; rounded down, as a hidden count could be told by subtraction otherwise.
fn at_least(needs: &NeedsByVillage, need: usize) -> Cell {
    let all = needs.places.iter().filter_map(|place| place.unmet.get(need)).sum();
    outside_sum(all, needs.rules.few).into()
}

fn lacking(told: &Telling, needs: &NeedsByVillage) -> Section {
    let kinds = needs.rules.needs().iter().enumerate();
    let rows = kinds.map(|(at, kind)| vec![Cell::Text(need(told, at, kind)), at_least(needs, at)]);
    Section {
        id: "lacking",
        title: told.t("export-by-need"),
        notes: needs_notes(told, needs),
        table: Table {
            columns: columns(told, &["needs-col-need", "export-at-least"]),
            rows: rows.collect(),
            total: None,
        },
        charts: vec![Chart::Bars { columns: vec![1] }],
    }
}

fn lacking_by_village(told: &Telling, needs: &NeedsByVillage, tables: &Tables) -> Section {
    let kinds = needs.rules.needs().iter().enumerate();
    let mut names = vec![told.t("col-village")];
    names.extend(kinds.map(|(at, kind)| need(told, at, kind)));
    names.push(told.t("export-col-children"));
    // A village has the same number in all tables of a page that does not name it.
    let numbers: HashMap<&str, usize> =
        tables.villages.iter().enumerate().map(|(at, (name, _))| (name.trim(), at + 1)).collect();
    let name = |place: &str| match (told.discreet, numbers.get(place)) {
        (true, number) => told.cat.t1("export-village-n", "n", number.copied().unwrap_or(0)).into_owned(),
        (false, _) if place.is_empty() => told.t("export-no-village"),
        (false, _) => place.to_owned(),
    };
    let few = needs.rules.few;
    let count = |count: usize| outside(count, few).map_or_else(|| Cell::Text(format!("<{few}")), Cell::from);
    let row = |place: &PlaceNeeds| {
        let counts = place.unmet.iter().chain([&place.children]).map(|one| count(*one));
        std::iter::once(Cell::Text(name(&place.place))).chain(counts).collect()
    };
    let all = needs.places.iter().map(|place| place.children).sum();
    let sums = (0..needs.rules.needs().len()).map(|at| at_least(needs, at));
    let total = std::iter::once(Cell::Text(told.t("export-at-least"))).chain(sums);
    let last = names.len() - 1;
    Section {
        id: "lacking-villages",
        title: told.t("export-needs-by-village"),
        notes: needs_notes(told, needs),
        table: Table {
            columns: names,
            rows: needs.places.iter().map(row).collect(),
            total: Some(total.chain([outside_sum(all, few).into()]).collect()),
        },
        charts: vec![Chart::Bars { columns: vec![last] }],
    }
}

fn evaluation(told: &Telling, all: &[(String, Programme)]) -> Section {
    let names = [
        "col-instrument",
        "export-col-scored",
        "export-col-scores",
        "export-col-incomplete",
        "export-col-no-baseline",
        "export-col-no-second",
        "col-pairs",
        "col-better",
        "col-same",
        "col-worse",
        "export-col-least",
        "export-col-quarter",
        "col-median",
        "export-col-three-quarters",
        "export-col-most",
    ];
    let row = |(at, (id, one)): (usize, &(String, Programme))| {
        // What is measured is mostly named as a reason to be on file is.
        let name = match told.discreet {
            true => told.cat.t1("export-instrument-n", "n", at + 1).into_owned(),
            false => wording::instrument_of(told.cat, &told.station.instruments, id),
        };
        let few = || Cell::Text(format!("<{HIDDEN}"));
        let out = one.outside();
        let count = |count: Option<usize>| count.map_or_else(few, Cell::from);
        let counts =
            [out.children, out.scores, out.incomplete, out.without_baseline, out.without_second, out.pairs];
        let turns = out.turns.map_or([Cell::None, Cell::None, Cell::None], |turns| turns.map(Cell::from));
        let halves = |halves: Halves| Cell::Halves(halves.0);
        let gain = match out.gain {
            None => vec![Cell::None; 5],
            Some(gain) => vec![
                Cell::Number(gain.least),
                halves(gain.quarter),
                halves(gain.median),
                halves(gain.three_quarters),
                Cell::Number(gain.most),
            ],
        };
        let counts = counts.map(count).into_iter().chain(turns);
        std::iter::once(Cell::Text(name)).chain(counts).chain(gain).collect()
    };
    let few = all.iter().any(|(_, one)| one.is_few()).then(|| told.t("export-few-note"));
    let hidden = all.iter().any(|(_, one)| one.outside().hides());
    let hidden = hidden.then(|| told.cat.t1("evaluation-hidden-note", "n", HIDDEN).into_owned());
    Section {
        id: "evaluation",
        title: told.t("evaluation-title"),
        notes: few.into_iter().chain(hidden).chain([told.t("evaluation-not-because")]).collect(),
        table: Table {
            columns: columns(told, &names),
            rows: all.iter().enumerate().map(row).collect(),
            total: None,
        },
        charts: vec![Chart::Bars { columns: vec![7, 8, 9] }],
    }
}
