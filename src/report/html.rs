//! A report as one page that prints on A4: no script, nothing from elsewhere, and nothing that opens elsewhere.

use super::{Cell, Chart, Report, Section, svg};
use std::borrow::Cow;
use std::fmt::Write;

const STYLE: &str = "\
@page{size:A4;margin:15mm}\
body{font-family:'Noto Sans SC','Microsoft YaHei','Source Han Sans SC',sans-serif;font-size:10.5pt;color:#000;\
background:#fff;max-width:180mm;margin:0 auto;padding:8mm;line-height:1.4}\
h1{font-size:17pt;margin:0 0 2mm}h3{font-size:10.5pt;margin:3mm 0 1mm}h2{font-size:13pt;margin:8mm 0 2mm;border-bottom:1px solid #333}\
p{margin:1mm 0}p.note{color:#444;font-size:9.5pt}\
table{border-collapse:collapse;width:100%;margin:2mm 0}\
th,td{border:1px solid #999;padding:1mm 2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere;\
white-space:pre-wrap}\
th{background:#eee}td.n{text-align:right;white-space:nowrap}td.d{white-space:nowrap}\
tr.next td{border-top:2px solid #333}tr.total td{font-weight:bold;border-top:2px solid #333}\
thead{display:table-header-group}tr,svg{break-inside:avoid}svg{max-width:100%;height:auto;display:block}\
@media print{body{padding:0;max-width:none}}";

/// Rows of one table: a browser of an old PC still opens the page, and nobody prints more.
pub const MOST_ROWS: usize = 5_000;

/// The whole page; of a table that is too long for one its beginning, and its total.
pub fn page(report: &Report) -> String {
    let mut out = String::new();
    let title = escaped(&report.title);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        report.lang
    );
    for line in &report.about {
        let _ = writeln!(out, "<p>{}</p>", escaped(line));
    }
    for section in &report.sections {
        draw(&mut out, section, &report.cut);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn draw(out: &mut String, section: &Section, cut: &str) {
    let _ = writeln!(out, "<section id=\"{}\">\n<h2>{}</h2>", section.id, escaped(&section.title));
    for note in &section.notes {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", escaped(note));
    }
    if section.table.rows.len() > MOST_ROWS {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", escaped(cut));
    }
    for chart in section.charts.iter().filter(|chart| has_something(section, chart)) {
        if let Chart::Bars { columns } = chart
            && section.charts.len() > 1
        {
            let of = columns.iter().filter_map(|at| section.table.columns.get(*at)).map(String::as_str);
            let _ = writeln!(out, "<h3>{}</h3>", escaped(&of.collect::<Vec<_>>().join(" / ")));
        }
        svg::draw(out, section, chart);
        out.push('\n');
    }
    let table = &section.table;
    out.push_str("<table>\n<thead><tr>");
    for column in &table.columns {
        let _ = write!(out, "<th>{}</th>", escaped(column));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let is_shown = |nth: usize| nth < MOST_ROWS || nth == table.rows.len();
    for (nth, line) in table.lines().enumerate().filter(|(nth, _)| is_shown(*nth)) {
        let before = nth.checked_sub(1).and_then(|before| table.rows.get(before));
        out.push_str(match nth {
            nth if nth == table.rows.len() => "<tr class=\"total\">",
            _ if begins_another(before, line) => "<tr class=\"next\">",
            _ => "<tr>",
        });
        for cell in line {
            let class = match cell {
                Cell::Number(_) | Cell::Halves(_) => " class=\"n\"",
                Cell::Date(_) => " class=\"d\"",
                Cell::None | Cell::Text(_) => "",
            };
            let _ = write!(out, "<td{class}>{}</td>", escaped(&cell.plain()));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

/// Lines of one record have its number in front: the next record is set apart.
fn begins_another(before: Option<&Vec<Cell>>, line: &[Cell]) -> bool {
    let number = |line: &[Cell]| line.first().and_then(Cell::number);
    number(line).is_some() && before.is_some_and(|before| number(before) != number(line))
}

fn has_something(section: &Section, chart: &Chart) -> bool {
    match chart {
        Chart::Bars { columns } => {
            let has = |row: &Vec<Cell>| {
                columns.iter().any(|at| row.get(*at).and_then(Cell::number).unwrap_or(0) > 0)
            };
            section.table.rows.iter().any(has)
        }
        Chart::Line { rows, .. } => !rows.is_empty(),
    }
}

/// A text that stays a text, between tags and in an attribute.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || c.is_control() && c != '\n';
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}
