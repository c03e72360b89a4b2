//! Which column of a roster is which field: by the names that stations give their columns, and as somebody set it
//! last time for the same header.

use super::REASON_COLUMN;
use crate::domain::{FieldId, FieldSpec, FormSpec};
use crate::i18n::{Lang, catalogue};
use crate::wording;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::{fs, io::Read, path::Path};
use unicode_normalization::UnicodeNormalization;

/// The field of each column; none: the column is not imported.
pub type Columns = Vec<Option<FieldId>>;

/// The names that columns may have.
pub struct Headers {
    /// Folded name -> fields that it may mean, with how well it says so (0 is best).
    names: HashMap<String, Vec<(usize, FieldId)>>,
}

impl Headers {
    pub fn of(form: &FormSpec) -> Self {
        let mut names: HashMap<String, Vec<(usize, FieldId)>> = HashMap::new();
        for spec in &form.fields {
            let labels = labels(form, spec).into_iter().map(|label| (0, label));
            let others = spec.columns.iter().enumerate().map(|(at, name)| (at + 1, name.to_string()));
            for (rank, name) in labels.chain(others) {
                names.entry(fold(&name)).or_default().push((rank, spec.id.clone()));
            }
        }
        names.remove("");
        Self { names }
    }

    fn meanings(&self, header: &str) -> &[(usize, FieldId)] {
        let whole = self.names.get(&fold(header));
        whole.or_else(|| self.names.get(&fold(&without_brackets(header)))).map_or(&[], Vec::as_slice)
    }

    /// How many of these cells are names of columns.
    pub fn known(&self, cells: &[String]) -> usize {
        cells.iter().filter(|cell| !self.meanings(cell).is_empty()).count()
    }

    /// The best column for each field; a field takes one column only.
    pub fn columns(&self, headers: &[String]) -> Columns {
        let mut offers: Vec<(usize, usize, &FieldId)> = vec![];
        for (column, header) in headers.iter().enumerate().filter(|(_, header)| !is_reason(header)) {
            offers.extend(self.meanings(header).iter().map(|(rank, field)| (*rank, column, field)));
        }
        offers.sort();
        let mut columns = vec![None; headers.len()];
        for (_, column, field) in offers {
            if columns[column].is_none() && !columns.iter().flatten().any(|taken| taken == field) {
                columns[column] = Some(field.clone());
            }
        }
        columns
    }
}

fn labels(form: &FormSpec, spec: &FieldSpec) -> Vec<String> {
    Lang::ALL.map(|lang| wording::field_label(catalogue(lang), &form.id, spec)).into()
}

/// The column that says what was wrong with a row; it is never imported.
pub fn is_reason(header: &str) -> bool {
    fold(header) == fold(REASON_COLUMN)
}

/// Letters and digits only, half width, lower case.
fn fold(header: &str) -> String {
    header.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `身份证号（必填）` is `身份证号`.
fn without_brackets(header: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::new();
    for c in header.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' => depth += 1,
            ')' | '）' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// In the data directory, where [`Mappings`] are kept.
pub const FILE: &str = "mappings.json";

/// What was set for headers that were imported before. Holds names of columns, nothing about a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mappings(BTreeMap<String, Columns>);

impl Mappings {
    /// From the text that [`Mappings::save`] gave; a damaged one is forgotten, for it only saves a few keys.
    pub fn load(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    pub fn save(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// From the file in which they are kept; none or a damaged one only costs a few keys.
    pub fn read(file: &Path) -> Self {
        const MOST: u64 = 4 << 20;
        let mut text = String::new();
        let read = fs::File::open(file).and_then(|file| file.take(MOST).read_to_string(&mut text));
        if read.is_ok() { Self::load(&text) } else { Self::default() }
    }

    /// Remembers the columns for this header in the file. The import stands without it: a failure is let go.
    pub fn keep(&mut self, file: &Path, headers: &[String], columns: &Columns) {
        self.remember(headers, columns);
        let _ = fs::write(file, self.save());
    }

    pub fn remember(&mut self, headers: &[String], columns: &Columns) {
        self.0.insert(key(headers), columns.clone());
    }

    /// The columns set for this header, without fields that the form no longer has.
    pub fn recall(&self, headers: &[String], form: &FormSpec) -> Option<Columns> {
        let columns = self.0.get(&key(headers)).filter(|columns| columns.len() == headers.len())?;
        Some(columns.iter().map(|field| field.clone().filter(|field| form.field(field).is_some())).collect())
    }
}

fn key(headers: &[String]) -> String {
    headers.iter().map(|header| fold(header)).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests;
