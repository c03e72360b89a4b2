//! Bars and lines as SVG within a page: black on white where a printer has no colour.

use super::{Cell, Chart, Section};
use crate::report::html::escaped;
use std::fmt::Write;

const WIDTH: i64 = 640;
/// Where bars begin: names stand before.
const LEFT: i64 = 200;
const BAR: i64 = 14;
const STEP: i64 = 20;
/// More bars are no picture; the table has them all.
pub(super) const MOST: usize = 40;
/// Characters of a name.
const NAME: usize = 16;
/// The parts of a bar, from its beginning: dark to light, so that grey paper shows them too.
const SHADES: [&str; 4] = ["#1f5f8b", "#7fb2d1", "#c9dfec", "#eef5f9"];

pub(super) fn draw(out: &mut String, section: &Section, chart: &Chart) {
    match chart {
        Chart::Bars { columns } => bars(out, section, columns),
        Chart::Line { title, rows, day, points, least, most } => {
            let point = |row: &usize| {
                let row = section.table.rows.get(*row)?;
                match (row.get(*day)?, row.get(*points)?) {
                    (Cell::Date(on), Cell::Number(points)) => Some((*on, *points)),
                    _ => None,
                }
            };
            line(out, title, &rows.iter().filter_map(point).collect::<Vec<_>>(), *least, *most);
        }
    }
}

/// Beside the bar: a number, or what stands in the place of one that is not told.
fn said(cell: Option<&Cell>) -> String {
    match cell {
        Some(Cell::Text(text)) => escaped(text).into_owned(),
        cell => cell.and_then(Cell::number).unwrap_or(0).max(0).to_string(),
    }
}

fn bars(out: &mut String, section: &Section, columns: &[usize]) {
    let table = &section.table;
    let numbers = |row: &[Cell]| -> Vec<i64> {
        columns.iter().map(|at| row.get(*at).and_then(Cell::number).unwrap_or(0).max(0)).collect()
    };
    let most = table.rows.iter().map(|row| numbers(row).iter().sum()).max().unwrap_or(0).max(1);
    let rows = table.rows.len().min(MOST) as i64;
    let legend = if columns.len() > 1 { STEP } else { 0 };
    open(out, rows * STEP + legend + 4, &section.title);
    if columns.len() > 1 {
        let mut x = LEFT;
        for (at, shade) in columns.iter().zip(SHADES) {
            let name = table.columns.get(*at).map_or("", String::as_str);
            let _ =
                write!(out, r##"<rect x="{x}" y="3" width="12" height="12" fill="{shade}" stroke="#333"/>"##);
            let _ = write!(out, r#"<text x="{}" y="14">{}</text>"#, x + 16, escaped(name));
            x += 28 + 12 * name.chars().count() as i64;
        }
    }
    let room = WIDTH - LEFT - 60;
    for (nth, row) in (0_i64..).zip(table.rows.iter().take(MOST)) {
        let y = legend + nth * STEP;
        let name: String = row.first().map(Cell::plain).unwrap_or_default().chars().take(NAME).collect();
        let _ = write!(
            out,
            r#"<text x="{}" y="{}" text-anchor="end">{}</text>"#,
            LEFT - 6,
            y + 14,
            escaped(&name)
        );
        let numbers = numbers(row);
        let mut before = 0;
        for (number, shade) in numbers.iter().zip(SHADES) {
            let (from, to) = (before * room / most, (before + number) * room / most);
            let _ = write!(
                out,
                r##"<rect x="{}" y="{}" width="{}" height="{BAR}" fill="{shade}" stroke="#333"/>"##,
                LEFT + from,
                y + 3,
                to - from
            );
            before += number;
        }
        let said: Vec<String> = columns.iter().map(|at| said(row.get(*at))).collect();
        let x = LEFT + before * room / most + 5;
        let _ = write!(out, r#"<text x="{x}" y="{}">{}</text>"#, y + 14, said.join(" + "));
    }
    out.push_str("</svg>");
}

/// Days apart as they are, not a step each: two scores a week apart are no trend.
fn line(out: &mut String, title: &str, points: &[(chrono::NaiveDate, i64)], least: i64, most: i64) {
    const TOP: i64 = 24;
    const HEIGHT: i64 = 120;
    const INDENT: i64 = 40;
    let (Some(first), Some(last)) =
        (points.iter().map(|(on, _)| *on).min(), points.iter().map(|(on, _)| *on).max())
    else {
        return;
    };
    let days = (last - first).num_days().max(1);
    let range = (most - least).max(1);
    let x = |on: chrono::NaiveDate| INDENT + (on - first).num_days() * (WIDTH - INDENT - 90) / days + 10;
    let y = |points: i64| TOP + (most - points.clamp(least, most)) * HEIGHT / range;
    open(out, TOP + HEIGHT + 26, title);
    let _ = write!(out, r#"<text x="0" y="14">{}</text>"#, escaped(title));
    for points in [least, most] {
        let at = y(points);
        let _ = write!(out, r##"<path d="M{INDENT} {at}H{}" stroke="#bbb" fill="none"/>"##, WIDTH - 60);
        let _ = write!(out, r#"<text x="{}" y="{}" text-anchor="end">{points}</text>"#, INDENT - 6, at + 4);
    }
    let path: Vec<String> = points.iter().map(|(on, points)| format!("{} {}", x(*on), y(*points))).collect();
    let _ = write!(out, r##"<path d="M{}" stroke="#1f5f8b" stroke-width="2" fill="none"/>"##, path.join("L"));
    for (on, points) in points {
        let (x, y) = (x(*on), y(*points));
        let _ = write!(out, r##"<circle cx="{x}" cy="{y}" r="4" fill="#1f5f8b"/>"##);
        let _ = write!(out, r#"<text x="{}" y="{}">{points}</text>"#, x + 7, y + 4);
        let _ = write!(
            out,
            r#"<text x="{x}" y="{}" text-anchor="middle" font-size="10">{on}</text>"#,
            TOP + HEIGHT + 18
        );
    }
    out.push_str("</svg>");
}

fn open(out: &mut String, height: i64, title: &str) {
    let _ = write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-size="12" font-family="sans-serif">"#,
        escaped(title)
    );
}
