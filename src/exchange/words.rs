//! What is wrong with a file or a row, in words: where it stands, what stands there, and what to do.

use super::import::ImportFault;
use super::plan::{Problem, RowFault};
use super::read::{FileFault, Trouble};
use crate::domain::FormSpec;
use crate::i18n::{Arg, Catalogue};
use crate::wording;

/// A whole sentence: line, column, value and remedy.
pub fn row_fault(cat: &Catalogue, form: &FormSpec, fault: &RowFault) -> String {
    let key = match (fault.column, fault.value.is_empty()) {
        (0, _) => "import-row",
        (_, true) => "import-empty-cell",
        (_, false) => "import-cell",
    };
    let what = problem(cat, form, &fault.problem);
    let args = [
        ("line", number(fault.line)),
        ("column", number(fault.column)),
        ("header", fault.header.as_str().into()),
        ("value", fault.value.as_str().into()),
        ("what", what.into()),
    ];
    cat.tn(key, &args).into_owned()
}

/// For the row itself, where line and value can be seen: column and remedy.
pub(super) fn mend(cat: &Catalogue, form: &FormSpec, fault: &RowFault) -> String {
    let what = problem(cat, form, &fault.problem);
    if fault.header.is_empty() {
        return what;
    }
    cat.tn("import-mend", &[("header", fault.header.as_str().into()), ("what", what.into())]).into_owned()
}

fn problem(cat: &Catalogue, form: &FormSpec, problem: &Problem) -> String {
    let key = format!("import-{}", problem.code());
    match problem {
        Problem::Field(id, fault) => match form.field(id) {
            Some(field) => wording::fault(cat, form, field, fault),
            None => id.to_string(),
        },
        Problem::Ragged { expected, found } => {
            cat.tn(&key, &[("expected", number(*expected)), ("found", number(*found))]).into_owned()
        }
        Problem::Cell(Trouble::Encoding { likely: Some(likely) }) => {
            let likely = super::cell::shown(likely, 40);
            cat.t1("import-encoding-likely", "likely", likely).into_owned()
        }
        Problem::SameId { line } | Problem::SamePerson { line } | Problem::SharedId { line: line @ 1.. } => {
            cat.tn(&key, &[("other", number(*line))]).into_owned()
        }
        _ => cat.t(&key).into_owned(),
    }
}

/// Why a file cannot be imported, and what to do.
pub fn file_fault(cat: &Catalogue, fault: &FileFault) -> String {
    let key = match fault {
        FileFault::Io(error) if error.kind() == std::io::ErrorKind::NotFound => "import-file-missing",
        FileFault::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => "import-file-denied",
        FileFault::Io(_) => "import-file-unreadable",
        FileFault::NotAFile => "import-file-not-a-file",
        FileFault::Empty => "import-file-empty",
        FileFault::TooLarge => "import-file-too-large",
        FileFault::Workbook => "import-file-workbook",
        FileFault::NotText => "import-file-not-text",
        FileFault::TooManyColumns { .. } => "import-file-columns",
        FileFault::OpenQuote { .. } => "import-file-quote",
        FileFault::NoName => "import-file-no-name",
        FileFault::NoRows => "import-file-no-rows",
        FileFault::Changed => "import-file-changed",
    };
    let args = match fault {
        FileFault::TooLarge => vec![("most", number(super::source::MOST_BYTES >> 20))],
        FileFault::TooManyColumns { line, columns } => {
            vec![
                ("line", number(*line)),
                ("columns", number(*columns)),
                ("most", number(super::read::MOST_COLUMNS)),
            ]
        }
        FileFault::OpenQuote { line, column } => vec![("line", number(*line)), ("column", number(*column))],
        _ => vec![],
    };
    cat.tn(key, &args).into_owned()
}

/// Why nothing was imported.
pub fn import_fault(cat: &Catalogue, fault: &ImportFault) -> String {
    match fault {
        ImportFault::File(fault) => file_fault(cat, fault),
        ImportFault::Office(refusal) => wording::refusal(cat, refusal),
        ImportFault::Rows { bad, duplicates } => cat
            .tn("import-refused", &[("bad", number(*bad)), ("duplicates", number(*duplicates))])
            .into_owned(),
        ImportFault::Stopped => cat.t("import-stopped").into_owned(),
        ImportFault::Rejects(_) => cat.t("import-rejects-unwritable").into_owned(),
    }
}

/// As text: a line number has no grouping of thousands.
fn number(n: impl ToString) -> Arg<'static> {
    n.to_string().into()
}
