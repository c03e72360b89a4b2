//! From a file to children on file: open, map, plan, import.

use super::map::{Columns, Headers, Mappings};
use super::plan::{Checker, Duplicates, Known, Options, Plan};
use super::read::{FileFault, Sheet, SheetRow};
use super::source::Source;
use super::{REASON_COLUMN, cell, map, words};
use crate::domain::forms::child;
use crate::domain::{ChangeId, FieldId, Fields, FormSpec, WorkerId};
use crate::i18n::Catalogue;
use crate::office::{Answer, Cases, Filter, Office, Refusal, Request, Sort, Watch};
use chrono::NaiveDate;
use std::{
    cell::RefCell,
    fs::{self, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

/// Rows between two reports of progress.
const STEP: usize = 500;
/// Files asked for at once when looking for duplicates.
const PAGE: usize = 2_000;

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Office(#[from] Refusal),
    /// Rows stand against it, and the options do not say to leave them out.
    #[error("{bad} rows cannot be saved, {duplicates} are there already")]
    Rows { bad: usize, duplicates: usize },
    #[error("stopped; nothing was imported")]
    Stopped,
    /// The file for the rows left out.
    #[error("the rows left out cannot be written: {0}")]
    Rejects(io::Error),
}

/// What was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub children: usize,
    pub change: Option<ChangeId>,
    /// Rows not imported, and where they were written.
    pub left_out: usize,
    pub rejects: Option<PathBuf>,
}

/// Rosters on their way to one office.
pub struct Importer<'a> {
    office: &'a dyn Office,
    form: FormSpec,
    headers: Headers,
    staff: Vec<(String, WorkerId)>,
    today: NaiveDate,
}

impl<'a> Importer<'a> {
    pub fn new(office: &'a dyn Office, today: NaiveDate) -> Result<Self, ImportFault> {
        let Answer::Station(station) = office.ask(Request::Station)? else {
            return Err(Refusal::Store("the office does not say how the station works".into()).into());
        };
        let form = station.form("child").cloned().unwrap_or_else(crate::domain::forms::child);
        let names = station.colleagues();
        let staff =
            names.flat_map(|one| [(one.name.clone(), one.worker), (one.login.clone(), one.worker)]).collect();
        Ok(Self { office, headers: Headers::of(&form), form, staff, today })
    }

    /// The form that columns are mapped to.
    pub fn form(&self) -> &FormSpec {
        &self.form
    }

    pub fn open(&self, source: Source) -> Result<Sheet, ImportFault> {
        Ok(Sheet::open(source, &|cells| self.headers.known(cells))?)
    }

    /// The field that a column of this name would be taken for.
    pub fn field_called(&self, header: &str) -> Option<FieldId> {
        self.headers.columns(&[header.to_owned()]).pop().flatten()
    }

    /// As set last time for this header, else by the names of the columns.
    pub fn columns(&self, sheet: &Sheet, mappings: &Mappings) -> Columns {
        let recalled = mappings.recall(&sheet.headers, &self.form);
        recalled.unwrap_or_else(|| self.headers.columns(&sheet.headers))
    }

    /// The dry run.
    pub fn plan(&self, sheet: &Sheet, columns: &Columns, watch: &dyn Watch) -> Result<Plan, ImportFault> {
        if !columns.contains(&Some(child::NAME)) {
            return Err(FileFault::NoName.into());
        }
        let mut known = self.known(watch)?;
        let checker = self.checker(sheet, columns);
        let mut plan = Plan::default();
        let mut rows = sheet.rows()?;
        while let Some(row) = rows.read()? {
            plan.add(&checker, &row, &mut known);
            if plan.rows.is_multiple_of(STEP) && !watch.progress(row.line, sheet.lines) {
                return Err(ImportFault::Stopped);
            }
        }
        plan.checksum = rows.checksum();
        if plan.rows == 0 { Err(FileFault::NoRows.into()) } else { Ok(plan) }
    }

    /// Imports what the plan found sound, as one change: all or nothing. Rows left out are first written to
    /// `rejects`, in the words of `cat`; that file is taken away again if the import does not happen.
    pub fn import(
        &self,
        sheet: &Sheet,
        columns: &Columns,
        plan: &Plan,
        options: Options,
        rejects: &Path,
        cat: &Catalogue,
        watch: &dyn Watch,
    ) -> Result<Report, ImportFault> {
        if !plan.allowed(options) {
            return Err(ImportFault::Rows { bad: plan.bad, duplicates: plan.duplicates });
        }
        let left_out = plan.rows - plan.sound(options);
        if left_out > 0 {
            self.write_rejects(sheet, columns, plan, options, rejects, cat)?;
        }
        let result = self.hand_over(sheet, columns, plan, options, watch);
        if result.is_err() && left_out > 0 {
            // The roster itself still holds these rows.
            let _ = fs::remove_file(rejects);
        }
        let (children, change) = result?;
        Ok(Report { children, change, left_out, rejects: (left_out > 0).then(|| rejects.to_owned()) })
    }

    fn checker<'s>(&'s self, sheet: &'s Sheet, columns: &'s Columns) -> Checker<'s> {
        Checker { form: &self.form, headers: &sheet.headers, columns, staff: &self.staff, today: self.today }
    }

    fn known(&self, watch: &dyn Watch) -> Result<Known, ImportFault> {
        let mut known = Known::default();
        let mut from = 0;
        loop {
            let cases = Cases { sort: Sort::Name, filter: Filter::default(), from, count: PAGE };
            let Answer::Cases(page) = self.office.ask(Request::Cases(cases))? else { return Ok(known) };
            page.rows.iter().for_each(|row| known.file(row));
            from += page.rows.len();
            if page.rows.is_empty() || from >= page.total {
                return Ok(known);
            }
            if !watch.progress(0, None) {
                return Err(ImportFault::Stopped);
            }
        }
    }

    fn hand_over(
        &self,
        sheet: &Sheet,
        columns: &Columns,
        plan: &Plan,
        options: Options,
        watch: &dyn Watch,
    ) -> Result<(usize, Option<ChangeId>), ImportFault> {
        let checker = self.checker(sheet, columns);
        let mut rows = sheet.rows()?;
        let failed: RefCell<Option<FileFault>> = RefCell::new(None);
        let guard = Guard { watch, broken: AtomicBool::new(false) };
        let mut ended = false;
        // A file that fails or has changed since the plan must not become half an import: the office refuses the
        // nameless child that stands for it, and is asked to stop besides.
        let mut next = || -> Option<Fields> {
            while !ended {
                let fault = match rows.read() {
                    Ok(Some(row)) if plan.skips(row.line, options) => continue,
                    Ok(Some(row)) => return Some(checker.read(&row).0),
                    Ok(None) if rows.checksum() == plan.checksum => None,
                    Ok(None) => Some(FileFault::Changed),
                    Err(fault) => Some(fault),
                };
                ended = true;
                if fault.is_some() {
                    guard.broken.store(true, Ordering::Relaxed);
                    failed.replace(fault);
                    return Some(Fields::default());
                }
            }
            None
        };
        let result = self.office.import(&mut std::iter::from_fn(&mut next), &guard);
        if let Some(fault) = failed.take() {
            return Err(fault.into());
        }
        match result {
            Ok(imported) => Ok((imported.children, imported.change)),
            Err(Refusal::Stopped) => Err(ImportFault::Stopped),
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// UTF-8 with its mark, commas and CRLF: what every spreadsheet opens at a double click.
    fn write_rejects(
        &self,
        sheet: &Sheet,
        columns: &Columns,
        plan: &Plan,
        options: Options,
        path: &Path,
        cat: &Catalogue,
    ) -> Result<(), ImportFault> {
        let file = private(path).map_err(ImportFault::Rejects)?;
        let written = self.fill_rejects(sheet, columns, plan, options, BufWriter::new(file), cat);
        if written.is_err() {
            let _ = fs::remove_file(path);
        }
        written
    }

    fn fill_rejects(
        &self,
        sheet: &Sheet,
        columns: &Columns,
        plan: &Plan,
        options: Options,
        mut out: BufWriter<fs::File>,
        cat: &Catalogue,
    ) -> Result<(), ImportFault> {
        let io = |error: csv::Error| ImportFault::Rejects(io::Error::other(error));
        out.write_all(b"\xef\xbb\xbf").map_err(ImportFault::Rejects)?;
        let mut csv =
            csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(out);
        let checker = self.checker(sheet, columns);
        // What was wrong last time is not said again.
        let kept: Vec<bool> = sheet.headers.iter().map(|header| !map::is_reason(header)).collect();
        let is_kept = |at: usize| kept.get(at).copied().unwrap_or(true);
        let headers = sheet.headers.iter().enumerate().filter(|(at, _)| is_kept(*at));
        let headers = headers.map(|(_, header)| cell::guarded(header).into_owned());
        csv.write_record(headers.chain([REASON_COLUMN.to_owned()])).map_err(io)?;
        let mut rows = sheet.rows()?;
        while let Some(row) = rows.read()? {
            if !plan.skips(row.line, options) {
                continue;
            }
            csv.write_record(self.reject(&checker, plan, options, &row, &is_kept, cat)).map_err(io)?;
        }
        let out =
            csv.into_inner().map_err(|error| ImportFault::Rejects(io::Error::other(error.to_string())))?;
        let file = out.into_inner().map_err(|error| ImportFault::Rejects(error.into_error()))?;
        file.sync_all().map_err(ImportFault::Rejects)
    }

    /// The cells as they were, then the reason. Cells without a header stand behind it, and a row that is too short
    /// stays so: until it is mended it is found again.
    fn reject(
        &self,
        checker: &Checker,
        plan: &Plan,
        options: Options,
        row: &SheetRow,
        is_kept: &dyn Fn(usize) -> bool,
        cat: &Catalogue,
    ) -> Vec<String> {
        let mut faults = checker.read(row).1;
        faults.retain(|fault| fault.grave);
        if options.duplicates != Duplicates::Keep {
            let duplicate = plan.duplicate_lines.get(&row.line);
            faults.extend(duplicate.map(|problem| checker.met(row, problem.clone())));
        }
        let reasons: Vec<String> = faults.iter().map(|fault| words::mend(cat, &self.form, fault)).collect();
        let width = checker.headers.len();
        let mut cells: Vec<String> = vec![];
        let kept = row.cells.iter().enumerate().take(width).filter(|(at, _)| is_kept(*at));
        cells.extend(kept.map(|(_, cell)| cell::guarded(&cell.raw).into_owned()));
        cells.push(cell::guarded(&reasons.join(&cat.t("import-and"))).into_owned());
        cells.extend(row.cells.iter().skip(width).map(|cell| cell::guarded(&cell.raw).into_owned()));
        cells
    }
}

/// A new file that only this user can read: it holds names.
fn private(path: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Beside the roster, a name that is not taken: `花名册-问题行.csv`, then `花名册-问题行-2.csv`.
pub fn rejects_path(roster: &Path, cat: &Catalogue) -> PathBuf {
    let name = roster.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let word = cat.t("import-rejects-name");
    let candidate = |n: usize| match n {
        1 => roster.with_file_name(format!("{stem}-{word}.csv")),
        n => roster.with_file_name(format!("{stem}-{word}-{n}.csv")),
    };
    (1..1_000).map(candidate).find(|path| !path.exists()).unwrap_or_else(|| candidate(1_000))
}

/// Asks to stop when the file has failed.
struct Guard<'a> {
    watch: &'a dyn Watch,
    broken: AtomicBool,
}

impl Watch for Guard<'_> {
    fn progress(&self, done: u64, total: Option<u64>) -> bool {
        self.watch.progress(done, total) && !self.broken.load(Ordering::Relaxed)
    }
}
