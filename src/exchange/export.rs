//! What goes out: the station's tables, a child's file, a calendar of what is due.
//!
//! The office gives what is asked for and notes that it does; here it becomes a report in words, and the report files.
//! A discreet variant is for paper that others may see: it says no name of anybody, no village, and not why a child is
//! on file. A child is its case number there: who works with the file knows it, and nobody else does. Initials would
//! name a child to everybody in a village of three hundred people.

mod child;
mod programme;
mod save;

use super::cell;
use crate::i18n::Catalogue;
use crate::office::{Answer, DueDate, Export, GivenOut, Office, Refusal, Request, Scope, Station, Watch};
use crate::report::{Report, csv, html, ics, xlsx};
use crate::wording;
use chrono::{NaiveDate, NaiveDateTime};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportAsk {
    pub what: Export,
    pub format: Format,
    pub discreet: bool,
    /// A folder that is there.
    pub to: PathBuf,
}

/// As a screen asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutAsk {
    /// Where else it could go: sticks that are plugged in. -> [`OutAnswer::Folders`]
    Folders,
    /// -> [`OutAnswer::Written`]
    Write(ExportAsk),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutAnswer {
    Folders(Vec<PathBuf>),
    Written(Exported),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Html,
    Xlsx,
    Csv,
    /// A calendar is this, and nothing else is.
    Ics,
}

/// What was written: one file, or one for each shape of table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    pub files: Vec<PathBuf>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    #[error(transparent)]
    Office(#[from] Refusal),
    #[error("there is no folder {}", .0.display())]
    NoFolder(PathBuf),
    #[error("{} cannot be written: {fault}", path.display())]
    Write { path: PathBuf, fault: io::Error },
    #[error(transparent)]
    Sheet(#[from] xlsx::Unwritten),
    /// A calendar as a table, or a table as a calendar.
    #[error("this cannot be had in this format")]
    Format,
}

/// Who asks, and with what at hand.
pub struct Desk<'a> {
    pub office: &'a dyn Office,
    pub today: NaiveDate,
    /// UTC: when a calendar was made.
    pub stamp: NaiveDateTime,
    pub cat: &'a Catalogue,
}

impl Desk<'_> {
    /// Writes what is asked for into new files; nothing that is there already is touched.
    ///
    /// # Errors
    /// If the office refuses, or the folder cannot be written to. Nothing is left behind then; that it was asked for
    /// stays in the audit.
    pub fn export(&self, ask: &ExportAsk, watch: &dyn Watch) -> Result<Exported, ExportFault> {
        if matches!(ask.what, Export::Calendar(_)) != (ask.format == Format::Ics) {
            return Err(ExportFault::Format);
        }
        // Before the office gives anything out: what cannot be written is not noted as taken.
        if !ask.to.is_dir() {
            return Err(ExportFault::NoFolder(ask.to.clone()));
        }
        let Answer::Station(station) = self.office.ask(Request::Station)? else { return Err(strange()) };
        let Answer::GivenOut(given) = self.office.ask_watched(Request::GiveOut(ask.what), watch)? else {
            return Err(strange());
        };
        let told = Telling { cat: self.cat, station: &station, today: self.today, discreet: ask.discreet };
        let (name, report) = match given {
            GivenOut::Calendar(due) => {
                let text = ics::text(&told.calendar_name(ask.what), &told.events(&due), self.stamp);
                let stem = self.stem("due", ask.discreet);
                return self.write(&ask.to, vec![(format!("{stem}.ics"), text.into_bytes())]);
            }
            GivenOut::Programme(tables) => ("programme".to_owned(), programme::report(&told, &tables)),
            GivenOut::Child(file, history) => {
                (child::file_name(&file.row.case_no), child::report(&told, &file, &history))
            }
        };
        let stem = self.stem(&name, ask.discreet);
        self.write(&ask.to, rendered(&report, ask.format, &stem)?)
    }

    /// `tonghu-programme-2026-11-22`: of a child the case number, never a name.
    fn stem(&self, what: &str, discreet: bool) -> String {
        let end = if discreet { "-discreet" } else { "" };
        format!("tonghu-{what}-{}{end}", self.today.format("%Y-%m-%d"))
    }

    fn write(&self, folder: &Path, files: Vec<(String, Vec<u8>)>) -> Result<Exported, ExportFault> {
        let written = save::all(folder, &files);
        let files = written.map_err(|(path, fault)| ExportFault::Write { path, fault })?;
        Ok(Exported { files })
    }
}

fn strange() -> ExportFault {
    Refusal::Store("the office gave an answer of another kind".into()).into()
}

fn rendered(report: &Report, format: Format, stem: &str) -> Result<Vec<(String, Vec<u8>)>, ExportFault> {
    Ok(match format {
        Format::Html => vec![(format!("{stem}.html"), html::page(report).into_bytes())],
        Format::Xlsx => vec![(format!("{stem}.xlsx"), xlsx::bytes(report)?)],
        Format::Csv => {
            let files = csv::files(report, cell::guarded);
            files.into_iter().map(|(id, bytes)| (format!("{stem}-{id}.csv"), bytes)).collect()
        }
        Format::Ics => return Err(ExportFault::Format),
    })
}

/// What every report needs to be worded.
struct Telling<'a> {
    cat: &'a Catalogue,
    station: &'a Arc<Station>,
    today: NaiveDate,
    discreet: bool,
}

impl Telling<'_> {
    fn t(&self, key: &str) -> String {
        self.cat.t(key).into_owned()
    }

    /// The station and the day; of a discreet one the day alone: a station's name says what its children are.
    fn about(&self) -> Vec<String> {
        use crate::domain::forms::station::NAME;
        let day = self.cat.t1("export-as-of", "date", self.cat.date(self.today)).into_owned();
        let name = self.station.record.as_ref().map(|record| record.fields.text(&NAME)).unwrap_or_default();
        let name = Some(name.to_owned()).filter(|name| !self.discreet && !name.is_empty());
        name.into_iter().chain([day]).collect()
    }

    fn report(&self, title: String) -> Report {
        let (lang, part) = (self.cat.lang().tag(), self.t("export-part"));
        let cut = self.cat.t1("export-page-cut", "most", html::MOST_ROWS).into_owned();
        Report { lang, title, about: self.about(), sections: vec![], part, cut }
    }

    fn calendar_name(&self, what: Export) -> String {
        self.t(match what {
            Export::Calendar(Scope::Mine) => "export-due-mine",
            _ => "export-due-station",
        })
    }

    fn events(&self, due: &[DueDate]) -> Vec<ics::Event> {
        let event = |one: &DueDate| {
            let kind = match self.discreet {
                true => self.t("form-follow-up"),
                false => wording::core_choice(self.cat, "follow-up-kind", &one.kind),
            };
            let summary = format!("{kind} {}", one.case_no).trim_end().to_owned();
            ics::Event { uid: format!("{}@tonghu", one.id), on: one.on, summary }
        };
        due.iter().map(event).collect()
    }
}

/// Why nothing was written, and what to do.
pub fn fault_words(cat: &Catalogue, fault: &ExportFault) -> String {
    match fault {
        ExportFault::Office(refusal) => wording::refusal(cat, refusal),
        ExportFault::NoFolder(path) => {
            cat.t1("export-no-folder", "path", path.display().to_string()).into_owned()
        }
        ExportFault::Write { path, fault } => {
            let parts = [("path", path.display().to_string().into()), ("why", fault.to_string().into())];
            cat.tn("export-not-written", &parts).into_owned()
        }
        ExportFault::Sheet(fault) => cat.t1("export-no-sheet", "why", fault.to_string()).into_owned(),
        ExportFault::Format => cat.t("export-no-format").into_owned(),
    }
}
