//! How rosters come in: a file that a station has kept in a spreadsheet becomes files of children.
//!
//! [`Sheet`] reads bytes into rows, [`Headers`] finds the field of each column, [`Plan`] is the dry run that checks
//! every row and names what is wrong, and [`Importer`] hands the sound rows to the office as one change and writes the
//! others to a file that can be mended and imported again. Memory does not grow with the file beyond a few bytes a row.

pub mod cell;
pub mod demo;
pub mod export;
mod import;
pub mod look;
pub mod map;
pub mod plan;
pub mod read;
pub mod source;
mod words;

pub use export::{ExportAsk, Exported, Format, OutAnswer, OutAsk};
pub use import::{ImportFault, Importer, Report, rejects_path};
pub use look::{Look, RosterAnswer, RosterAsk};
pub use map::{Columns, Headers, Mappings};
pub use plan::{Bad, Counts, Duplicates, Options, Plan, Problem, RowFault};
pub use read::{FileFault, Separator, Sheet};
pub use source::{Encoding, Source};
pub use words::{file_fault, import_fault, row_fault};

/// The header of the last column in the file of rows that were left out.
pub const REASON_COLUMN: &str = "导入问题/import problem";
