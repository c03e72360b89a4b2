//! What is told to others: titles, tables and pictures of their numbers, as CSV, spreadsheet or printable page, and
//! days as a calendar.
//!
//! A report is data. Who makes one has put every text into words already; what draws one adds no number of its own:
//! a chart is of a column of its table, so that table and picture never differ.

pub mod csv;
pub mod html;
pub mod ics;
mod svg;
pub mod xlsx;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// As HTML has it: `zh-CN`, `en`.
    pub lang: &'static str,
    pub title: String,
    /// Lines under the title: of which station, of which day.
    pub about: Vec<String>,
    pub sections: Vec<Section>,
    /// Heads the column that says which section a line is from, where several share one file.
    pub part: String,
    /// Said above a table that a page shows only the beginning of.
    pub cut: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// For the name of a file: small letters and dashes.
    pub id: &'static str,
    pub title: String,
    /// How the numbers are to be read.
    pub notes: Vec<String>,
    pub table: Table,
    pub charts: Vec<Chart>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<String>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// The sum of the rows, in columns that have one.
    pub total: Option<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    None,
    Text(String),
    Number(i64),
    /// Twice the number: a middle between two whole ones is exact.
    Halves(i64),
    Date(NaiveDate),
}

/// A picture of some numbers of the section's table.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// A bar a row, named by the first column: these columns one behind the other.
    Bars { columns: Vec<usize> },
    /// A line through some rows: days in one column, points in another, between the least and the most there can be.
    Line { title: String, rows: Vec<usize>, day: usize, points: usize, least: i64, most: i64 },
}

impl Table {
    /// With the sums of these columns beneath; `word` stands in the first column.
    pub fn summed(mut self, word: &str, columns: &[usize]) -> Self {
        let sum = |at: usize| self.rows.iter().filter_map(|row| row.get(at)?.number()).sum();
        let cell = |at: usize| match at {
            0 => Cell::Text(word.to_owned()),
            at if columns.contains(&at) => Cell::Number(sum(at)),
            _ => Cell::None,
        };
        self.total = Some((0..self.columns.len()).map(cell).collect());
        self
    }

    /// The rows with the total, if there is one.
    pub fn lines(&self) -> impl Iterator<Item = &Vec<Cell>> {
        self.rows.iter().chain(&self.total)
    }
}

impl Cell {
    pub fn number(&self) -> Option<i64> {
        match self {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The same in every format that has no types: `2026-11-22`, `12`, `3.5`.
    pub fn plain(&self) -> String {
        match self {
            Cell::None => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Halves(halves) if halves % 2 == 0 => (halves / 2).to_string(),
            Cell::Halves(halves) => {
                let sign = if *halves < 0 { "-" } else { "" };
                format!("{sign}{}.5", halves.abs() / 2)
            }
            Cell::Date(date) => date.format("%Y-%m-%d").to_string(),
        }
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::None } else { Cell::Text(text) }
    }
}

impl From<Option<NaiveDate>> for Cell {
    fn from(date: Option<NaiveDate>) -> Self {
        date.map_or(Cell::None, Cell::Date)
    }
}
