//! A roster as somebody at a screen deals with it: first a look at what would happen, then the import of just that.

use super::cell;
use super::import::{ImportFault, Importer, Report, rejects_path};
use super::map::{Columns, Mappings};
use super::plan::{Counts, Options, RowFault};
use super::read::{FileFault, Separator, Sheet};
use super::source::{Encoding, Source};
use super::words;
use crate::i18n::Catalogue;
use crate::office::{Office, Watch};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// Faults that a look brings along; the others are counted.
pub const MOST_FAULTS: usize = 200;
/// Rows that a look shows of each column.
const SAMPLES: usize = 5;
/// Characters of a sample or a header.
const SHOWN: usize = 24;

#[derive(Clone, Debug, PartialEq)]
pub enum RosterAsk {
    /// What would happen. Without columns, they are as last time for this header, else as their names say.
    /// -> [`RosterAnswer::Looked`]
    Look { path: PathBuf, columns: Option<Columns> },
    /// Does what was looked at: a file that is another by now is refused. -> [`RosterAnswer::Imported`]
    Import { path: PathBuf, columns: Columns, options: Options, seen: u32 },
}

#[derive(Clone, Debug, PartialEq)]
pub enum RosterAnswer {
    Looked(Box<Look>),
    Imported(Report),
}

/// What a roster holds and what would become of it.
#[derive(Clone, PartialEq)]
pub struct Look {
    pub encoding: Encoding,
    pub separator: Separator,
    /// From 1.
    pub header_line: u64,
    /// All fit to be shown, here and in the samples.
    pub headers: Vec<String>,
    /// For each column, what the first rows hold.
    pub samples: Vec<Vec<String>>,
    pub columns: Columns,
    /// The columns are as somebody set them last time.
    pub remembered: bool,
    /// The dry run, or why there is none yet.
    pub plan: Result<Counts, String>,
    /// The first [`MOST_FAULTS`], in the order of the file.
    pub faults: Vec<RowFault>,
    /// How many more there are.
    pub more: usize,
    /// Of which file this was the look.
    pub seen: u32,
}

impl std::fmt::Debug for Look {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Look({} columns, {:?})", self.headers.len(), self.plan)
    }
}

/// Who asks, and with what at hand.
pub struct Desk<'a> {
    pub office: &'a dyn Office,
    /// Where [`Mappings`] are kept, if anywhere.
    pub mappings: Option<&'a Path>,
    pub today: NaiveDate,
    pub cat: &'a Catalogue,
}

impl Desk<'_> {
    /// Does what is asked, or says in words why not. `watch` may stop it: nothing is kept then.
    pub fn answer(&self, ask: RosterAsk, watch: &dyn Watch) -> Result<RosterAnswer, String> {
        let done = match ask {
            RosterAsk::Look { path, columns } => {
                self.look(path, columns, watch).map(|look| RosterAnswer::Looked(Box::new(look)))
            }
            RosterAsk::Import { path, columns, options, seen } => {
                self.import(path, &columns, options, seen, watch).map(RosterAnswer::Imported)
            }
        };
        done.map_err(|fault| words::import_fault(self.cat, &fault))
    }

    fn look(&self, path: PathBuf, columns: Option<Columns>, watch: &dyn Watch) -> Result<Look, ImportFault> {
        let importer = Importer::new(self.office, self.today)?;
        let sheet = importer.open(Source::File(path))?;
        let mappings = self.mappings.map(Mappings::read).unwrap_or_default();
        let fits = |columns: &Columns| columns.len() == sheet.headers.len();
        let (columns, remembered) = match columns.filter(fits) {
            Some(columns) => (columns, false),
            None => {
                let recalled = mappings.recall(&sheet.headers, importer.form()).is_some();
                (importer.columns(&sheet, &mappings), recalled)
            }
        };
        let planned = match importer.plan(&sheet, &columns, watch) {
            Ok(plan) => Ok(plan),
            // The columns can be set and the look repeated.
            Err(ImportFault::File(fault @ FileFault::NoName)) => Err(words::file_fault(self.cat, &fault)),
            Err(fault) => return Err(fault),
        };
        let mut faults = vec![];
        let (mut more, mut seen) = (0, 0);
        let plan = planned.map(|mut plan| {
            plan.faults.truncate(MOST_FAULTS);
            faults = std::mem::take(&mut plan.faults);
            more = plan.tally.values().sum::<usize>() - faults.len();
            seen = plan.checksum;
            plan.counts()
        });
        Ok(Look {
            encoding: sheet.encoding,
            separator: sheet.separator,
            header_line: sheet.header_line,
            headers: sheet.headers.iter().map(|header| cell::shown(header, SHOWN)).collect(),
            samples: samples(&sheet)?,
            columns,
            remembered,
            plan,
            faults,
            more,
            seen,
        })
    }

    fn import(
        &self,
        path: PathBuf,
        columns: &Columns,
        options: Options,
        seen: u32,
        watch: &dyn Watch,
    ) -> Result<Report, ImportFault> {
        let importer = Importer::new(self.office, self.today)?;
        let sheet = importer.open(Source::File(path.clone()))?;
        let plan = importer.plan(&sheet, columns, &Silent(watch))?;
        if plan.checksum != seen || columns.len() != sheet.headers.len() {
            return Err(FileFault::Changed.into());
        }
        let rejects = rejects_path(&path, self.cat);
        let counted = Counted { watch, total: plan.sound(options) as u64 };
        let report = importer.import(&sheet, columns, &plan, options, &rejects, self.cat, &counted)?;
        if let Some(file) = self.mappings {
            Mappings::read(file).keep(file, &sheet.headers, columns);
        }
        Ok(report)
    }
}

fn samples(sheet: &Sheet) -> Result<Vec<Vec<String>>, FileFault> {
    let mut samples = vec![Vec::with_capacity(SAMPLES); sheet.headers.len()];
    let mut rows = sheet.rows()?;
    for _ in 0..SAMPLES {
        let Some(row) = rows.read()? else { break };
        for (column, cell) in samples.iter_mut().zip(&row.cells) {
            column.push(cell::shown(&cell.raw, SHOWN));
        }
    }
    Ok(samples)
}

/// Passes the wish to stop on, but no numbers: they are of the check, which was seen before.
struct Silent<'a>(&'a dyn Watch);

impl Watch for Silent<'_> {
    fn progress(&self, _: u64, _: Option<u64>) -> bool {
        self.0.progress(0, None)
    }
}

/// Knows how many children there will be.
struct Counted<'a> {
    watch: &'a dyn Watch,
    total: u64,
}

impl Watch for Counted<'_> {
    fn progress(&self, done: u64, _: Option<u64>) -> bool {
        self.watch.progress(done, Some(self.total))
    }
}
