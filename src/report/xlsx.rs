//! A report as a spreadsheet: a sheet a section, dates as dates and numbers as numbers.

use super::{Cell, Report, Section};
use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};

/// A cell holds no more characters.
const LONGEST: usize = 32_767;
/// Nor the name of a sheet.
const LONGEST_NAME: usize = 31;
/// Widths in characters: a text is wrapped rather than shown as a line across the screen.
const NARROW: f64 = 10.0;
const WIDE: f64 = 60.0;

/// Why there is no spreadsheet.
#[derive(Debug, thiserror::Error)]
#[error("the spreadsheet could not be made: {0}")]
pub struct Unwritten(#[from] XlsxError);

struct Formats {
    title: Format,
    head: Format,
    text: Format,
    half: Format,
    date: Format,
    total: Format,
}

/// The bytes of a workbook. The same report gives the same sheets; the file says neither who made it nor when.
///
/// # Errors
/// If there are more rows than a sheet can have (1,048,576).
pub fn bytes(report: &Report) -> Result<Vec<u8>, Unwritten> {
    let formats = Formats {
        title: Format::new().set_bold().set_font_size(14),
        head: Format::new().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin),
        text: Format::new().set_text_wrap(),
        half: Format::new().set_num_format("0.0"),
        date: Format::new().set_num_format("yyyy-mm-dd"),
        total: Format::new().set_bold().set_border_top(FormatBorder::Thin),
    };
    let mut workbook = Workbook::new();
    // Without this the clock of the PC is asked.
    let dull = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&dull));
    let mut names: Vec<String> = vec![];
    for section in &report.sections {
        let sheet = workbook.add_worksheet();
        let name = name(&section.title, &names);
        sheet.set_name(&name)?;
        names.push(name);
        fill(sheet, report, section, &formats)?;
    }
    if report.sections.is_empty() {
        workbook.add_worksheet().write_string(0, 0, &report.title)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(
    sheet: &mut Worksheet,
    report: &Report,
    section: &Section,
    formats: &Formats,
) -> Result<(), Unwritten> {
    sheet.write_string_with_format(0, 0, &section.title, &formats.title)?;
    let mut row = 1;
    for line in report.about.iter().chain(&section.notes) {
        sheet.write_string(row, 0, clipped(line))?;
        row += 1;
    }
    row += 1;
    let mut widths = vec![NARROW; section.table.columns.len()];
    for (column, title) in (0_u16..).zip(&section.table.columns) {
        sheet.write_string_with_format(row, column, clipped(title), &formats.head)?;
        widen(&mut widths[usize::from(column)], title);
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    let totals = section.table.rows.len();
    for (nth, line) in section.table.lines().enumerate() {
        row += 1;
        for (column, cell) in (0_u16..).zip(line) {
            let format = if nth == totals { &formats.total } else { &formats.text };
            match cell {
                Cell::None if nth == totals => sheet.write_blank(row, column, format)?,
                Cell::None => continue,
                Cell::Text(text) => sheet.write_string_with_format(row, column, clipped(text), format)?,
                // Exact up to 2^53, which no count here reaches.
                Cell::Number(number) if nth == totals => {
                    sheet.write_number_with_format(row, column, *number as f64, format)?
                }
                Cell::Number(number) => sheet.write_number(row, column, *number as f64)?,
                Cell::Halves(halves) => {
                    sheet.write_number_with_format(row, column, *halves as f64 / 2.0, &formats.half)?
                }
                Cell::Date(date) => match u16::try_from(date.year()).ok().filter(|year| *year >= 1900) {
                    Some(year) => {
                        let (month, day) = (date.month() as u8, date.day() as u8);
                        let day = ExcelDateTime::from_ymd(year, month, day)?;
                        sheet.write_datetime_with_format(row, column, &day, &formats.date)?
                    }
                    // The calendar of spreadsheets begins with 1900.
                    None => sheet.write_string(row, column, cell.plain())?,
                },
            };
            widen(&mut widths[usize::from(column)], &cell.plain());
        }
    }
    for (column, width) in (0_u16..).zip(widths) {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

/// Enough for this text; a Chinese character takes two.
fn widen(width: &mut f64, text: &str) {
    let longest = text.lines().map(|line| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum());
    let needed: f64 = longest.fold(0.0, f64::max);
    *width = width.max((needed + 2.0).min(WIDE));
}

fn clipped(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// A name that no other sheet has, without what the name of a sheet may not hold.
fn name(title: &str, taken: &[String]) -> String {
    let plain: String =
        title.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let plain = plain.trim();
    let of = |number: usize| {
        let end = if number == 1 { String::new() } else { format!(" {number}") };
        let mut name: String = plain.chars().take(LONGEST_NAME - end.len()).collect();
        name.push_str(&end);
        name
    };
    let is_free = |name: &String| !taken.iter().any(|known| known.eq_ignore_ascii_case(name));
    let first = |number: usize| Some(of(number)).filter(|name| !name.is_empty() && is_free(name));
    (1..).find_map(first).unwrap_or_default()
}
