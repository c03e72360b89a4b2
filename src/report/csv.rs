//! Tables as CSV: UTF-8 with a byte-order mark, because a spreadsheet takes Chinese for something else without it.

use super::{Report, Table};
use std::borrow::Cow;

/// What a spreadsheet would run, or whose digits it would change, has to be marked as text: whoever writes the file
/// says how.
pub type Guard = fn(&str) -> Cow<'_, str>;

/// Part of a file's name and its bytes, a file for each shape of table: sections with the same columns share one, and
/// its first column says which they are from.
pub fn files(report: &Report, guard: Guard) -> Vec<(&'static str, Vec<u8>)> {
    let mut files: Vec<(&'static str, &[String], Vec<usize>)> = vec![];
    for (at, section) in report.sections.iter().enumerate() {
        let columns = &section.table.columns[..];
        match files.iter_mut().find(|(_, known, _)| *known == columns) {
            Some((_, _, sections)) => sections.push(at),
            None => files.push((section.id, columns, vec![at])),
        }
    }
    let write = |(id, _, sections): (&'static str, &[String], Vec<usize>)| {
        let mut bytes = "\u{feff}".as_bytes().to_vec();
        let shared = sections.len() > 1;
        for (nth, at) in sections.into_iter().enumerate() {
            let section = &report.sections[at];
            let part = shared.then_some((report.part.as_str(), section.title.as_str()));
            bytes.extend(table(&section.table, part, nth == 0, guard));
        }
        (id, bytes)
    };
    files.into_iter().map(write).collect()
}

fn table(table: &Table, part: Option<(&str, &str)>, with_head: bool, guard: Guard) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![]);
    let head = part.map(|(head, _)| head).into_iter().chain(table.columns.iter().map(String::as_str));
    // Into memory: nothing of this can fail.
    if with_head {
        let _ = writer.write_record(head.map(|text| guard(text).into_owned()));
    }
    for line in table.lines() {
        let part = part.map(|(_, part)| guard(part).into_owned()).into_iter();
        let cell = |cell: &super::Cell| match cell {
            super::Cell::Text(text) => guard(text).into_owned(),
            // A number below 0 is no formula.
            other => other.plain(),
        };
        let _ = writer.write_record(part.chain(line.iter().map(cell)));
    }
    writer.into_inner().unwrap_or_default()
}
