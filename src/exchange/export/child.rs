//! A child's file, whole and in order 一人一档: who it is, with whom it lives, the case, what was done, what is due,
//! what was written, and who changed what.

use super::Telling;
use crate::domain::forms::{contact, follow_up, score};
use crate::domain::{Record, RecordKind, Value, WorkerId};
use crate::office::scoring::{Reading, latest, since_baseline};
use crate::office::{CaseFile, HistoryLine};
use crate::report::{Cell, Chart, Report, Section, Table};
use crate::wording::{self, Told};
use std::collections::BTreeMap;

/// A case number as a part of a file's name.
pub(super) fn file_name(case_no: &str) -> String {
    let plain: String = case_no.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if plain.is_empty() { "file".to_owned() } else { plain }
}

pub(super) fn report(told: &Telling, file: &CaseFile, history: &[HistoryLine]) -> Report {
    let row = &file.row;
    let head = if told.discreet { "" } else { row.name.as_str() };
    let title = format!("{} {} {head}", told.t("export-file"), row.case_no);
    let mut report = told.report(title.trim_end().to_owned());
    if told.discreet {
        report.about.push(told.t("export-discreet-file-note"));
    }
    report.sections.push(summary(told, file));
    let own = |kind| file.services.iter().filter(move |record| record.at.kind == kind).collect::<Vec<_>>();
    let services = RecordKind::SERVICES.into_iter();
    let (before, after): (Vec<RecordKind>, Vec<RecordKind>) =
        services.partition(|kind| !matches!(kind, RecordKind::Score | RecordKind::Overrule));
    let mut add = |kind: RecordKind, records: Vec<&Record>| {
        report.sections.extend(section(told, kind, &records));
    };
    add(RecordKind::Child, vec![&file.child]);
    add(RecordKind::Household, file.household.iter().collect());
    add(RecordKind::Member, file.members.iter().collect());
    add(RecordKind::Case, file.cases.iter().collect());
    before.into_iter().for_each(|kind| add(kind, own(kind)));
    after.into_iter().for_each(|kind| add(kind, own(kind)));
    add(RecordKind::FollowUp, file.follow_ups.iter().collect());
    add(RecordKind::Contact, file.contacts.iter().collect());
    add(RecordKind::Note, file.notes.iter().collect());
    if !told.discreet {
        report.sections.extend(scores(told, &own(RecordKind::Score)));
        report.sections.extend(flags(told, file));
        report.sections.extend(changes(told, history));
    }
    report
}

fn details(told: &Telling, rows: Vec<Vec<Cell>>) -> Table {
    let columns = ["export-col-number", "export-col-field", "export-col-value"];
    Table { columns: columns.map(|key| told.t(key)).to_vec(), rows, total: None }
}

/// What the head of the file on the screen says.
fn summary(told: &Telling, file: &CaseFile) -> Section {
    let row = &file.row;
    let mut facts = vec![
        ("col-case-no", Cell::from(row.case_no.clone())),
        ("col-status", Cell::Text(wording::status(told.cat, row.status))),
        ("col-due", Cell::from(row.due.first().map(|due| due.on))),
        ("col-last-contact", Cell::from(row.last_contact)),
    ];
    if !told.discreet {
        let worker = row.worker.and_then(|worker| told.station.worker(worker)).unwrap_or_default();
        facts.splice(
            1..1,
            [
                ("col-name", Cell::from(row.name.clone())),
                ("export-col-age", Cell::Text(wording::age(told.cat, row.birth, told.today))),
                ("col-risk", Cell::Text(wording::risk(told.cat, &row.risk))),
                ("col-worker", Cell::from(worker.to_owned())),
            ],
        );
        let siblings: Vec<String> =
            file.siblings.iter().map(|one| format!("{} {}", one.name, one.case_no)).collect();
        facts.push(("file-siblings", siblings.join(&told.cat.t("value-and")).into()));
    }
    let facts = facts.into_iter().filter(|(_, value)| *value != Cell::None);
    let rows = facts.map(|(key, value)| vec![Cell::Number(1), Cell::Text(told.t(key)), value]).collect();
    Section {
        id: "summary",
        title: told.t("export-summary"),
        table: details(told, rows),
        ..Section::default()
    }
}

/// The records of one kind, field by field; nothing for none.
fn section(told: &Telling, kind: RecordKind, records: &[&Record]) -> Option<Section> {
    let id = kind.form()?;
    let staff = |id| told.station.worker(WorkerId(id)).map(str::to_owned);
    let mut rows = vec![];
    for (record, number) in records.iter().zip(1_i64..) {
        let form = told.station.form_of(kind, &record.fields);
        for one in wording::told(told.cat, form, record, &told.station.rules, &staff) {
            if told.discreet && !is_plain(kind, &one) {
                continue;
            }
            let value = match one.value {
                Value::Date(date) => Cell::Date(*date),
                Value::Number(number) => Cell::Number(*number),
                _ => Cell::Text(one.text),
            };
            rows.push(vec![Cell::Number(number), Cell::Text(one.label), value]);
        }
    }
    let title = told.station.form(id).map(|form| wording::form_title(told.cat, form)).unwrap_or_default();
    let table = details(told, rows);
    (!table.rows.is_empty()).then(|| Section { id, title, table, ..Section::default() })
}

/// Days, numbers and kinds of what was done and is to be done, and nothing else: any text may hold a name, and most
/// choices say why a child is on file. What is only asked of some does so by being there.
fn is_plain(kind: RecordKind, one: &Told) -> bool {
    let delicate = one.spec.is_some_and(|spec| spec.is_delicate() || spec.personal || spec.when.is_some());
    match kind {
        _ if delicate => false,
        RecordKind::FollowUp if *one.id == follow_up::KIND => true,
        RecordKind::Contact if *one.id == contact::KIND => true,
        RecordKind::Case | RecordKind::FollowUp | RecordKind::Contact => {
            // A station's own field may ask for anything.
            !one.id.as_str().starts_with("x-") && matches!(one.value, Value::Date(_) | Value::Number(_))
        }
        _ => false,
    }
}

/// What the scores come to, with a line for each instrument that was used more than once.
fn scores(told: &Telling, records: &[&Record]) -> Option<Section> {
    let instruments = &told.station.instruments;
    let mut readings: Vec<Reading> = records.iter().map(|record| Reading::of(instruments, record)).collect();
    readings.sort_by_key(|one| (one.on, one.record.created));
    let columns = [
        "export-col-on",
        "col-instrument",
        "export-col-moment",
        "export-col-points",
        "export-col-of",
        "export-col-band",
        "export-col-change",
    ];
    let mut charts = BTreeMap::<(String, i64, String), (Vec<usize>, i64, i64)>::new();
    let mut rows = vec![];
    for one in &readings {
        let fields = &one.record.fields;
        let id = fields.text(&score::INSTRUMENT);
        let name = wording::instrument_of(told.cat, instruments, id);
        if let (Some(of), Some(_), Some(_)) = (one.instrument, one.points(), one.on) {
            // Only what may be compared is joined by a line.
            let by = wording::core_choice(told.cat, "score-by", fields.text(&score::BY));
            let line = charts.entry((name.clone(), of.version, by)).or_insert((vec![], of.least, of.most));
            line.0.push(rows.len());
        }
        let change = since_baseline(one, &readings).map(|change| wording::judged(told.cat, change.gain));
        rows.push(vec![
            Cell::from(one.on),
            Cell::Text(name),
            Cell::Text(wording::core_choice(told.cat, "moment", fields.text(&score::MOMENT))),
            match one.points() {
                Some(points) => Cell::Number(points),
                None => Cell::Text(wording::total(told.cat, one)),
            },
            one.instrument.map_or(Cell::None, |of| Cell::Number(of.most)),
            one.band.map(|band| wording::colour(told.cat, band)).unwrap_or_default().into(),
            change.unwrap_or_default().into(),
        ]);
    }
    let charts = charts.into_iter().filter(|(_, (rows, _, _))| rows.len() > 1);
    let charts = charts.map(|((name, _, by), (rows, least, most))| {
        let title = format!("{name}{}{by}", told.cat.t("value-colon"));
        Chart::Line { title, rows, day: 0, points: 3, least, most }
    });
    let compared = readings.iter().any(|one| {
        let id = one.record.fields.text(&score::INSTRUMENT);
        latest(&readings, id).is_some()
    });
    (!rows.is_empty()).then(|| Section {
        id: "scores",
        title: told.t("changes-title"),
        notes: compared.then(|| told.t("export-scores-note")).into_iter().collect(),
        table: Table { columns: columns.map(|key| told.t(key)).to_vec(), rows, total: None },
        charts: charts.collect(),
    })
}

/// What the rules say of it today.
fn flags(told: &Telling, file: &CaseFile) -> Option<Section> {
    let columns = ["export-col-grade", "export-col-said"];
    let row = |flag: &crate::office::FlagLine| {
        let grade = match flag.overruled {
            Some(_) => told.t("flag-overruled"),
            None => told.t(&format!("flag-{}", flag.grade.code())),
        };
        vec![Cell::Text(grade), Cell::Text(wording::flag_whole(told.cat, flag, told.today).join("\n"))]
    };
    let rows: Vec<Vec<Cell>> = file.flags.iter().map(row).collect();
    (!rows.is_empty()).then(|| Section {
        id: "flags",
        title: told.t("file-flags"),
        table: Table { columns: columns.map(|key| told.t(key)).to_vec(), rows, total: None },
        ..Section::default()
    })
}

/// Who changed what, newest first.
fn changes(told: &Telling, history: &[HistoryLine]) -> Option<Section> {
    let staff = |id| told.station.worker(WorkerId(id)).map(str::to_owned);
    let row = |line: &HistoryLine| {
        let parts = line.change.parts.iter();
        let said: Vec<String> =
            parts.map(|part| wording::part(told.cat, part, &told.station.forms, &staff)).collect();
        let back = if line.change.reverts.is_some() {
            told.t("file-is-revert")
        } else if line.reverted {
            told.t("file-is-reverted")
        } else {
            String::new()
        };
        vec![
            Cell::Date(line.when.date()),
            Cell::Text(line.when.format("%H:%M").to_string()),
            Cell::Text(wording::author(told.cat, line).into_owned()),
            Cell::Text(said.join("\n")),
            Cell::from(back),
        ]
    };
    let columns = ["export-col-on", "export-col-at", "export-col-by", "export-col-what", "export-col-back"];
    let rows: Vec<Vec<Cell>> = history.iter().map(row).collect();
    (!rows.is_empty()).then(|| Section {
        id: "history",
        title: told.t("export-history"),
        table: Table { columns: columns.map(|key| told.t(key)).to_vec(), rows, total: None },
        ..Section::default()
    })
}
