//! How each step is drawn.

use super::{Choice, IMPORT, Import, Preview, Stage, Tab, Work, form};
use crate::exchange::{self, Bad, Duplicates, Encoding, Look, Report, RowFault, Separator};
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::screens::rows;
use crate::tui::widget::{
    progress,
    table::{self, Column, Entry},
    tabs, wrap,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

pub(super) fn draw(import: &Import, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    paint::clear(buf, area, cx.theme.normal);
    match &import.stage {
        Stage::Path => path(import, cx, buf, middle(area)),
        Stage::Preview(preview) => table_and_detail(import, preview, cx, buf, area),
        Stage::Done(report) => done(report, cx, buf, middle(area)),
    }
}

fn middle(area: Rect) -> Rect {
    let width = area.width.min(72).saturating_sub(2);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + 1, width, height: area.height.saturating_sub(1) }
}

/// Writes a text from line `y` on; gives the line after it.
fn put(buf: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    let lines = wrap::draw(buf, rest, text, 0, style);
    y.saturating_add(u16::try_from(lines).unwrap_or(u16::MAX)).min(area.bottom())
}

fn path(import: &Import, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let y = put(buf, area, area.y, &cx.cat.t("roster-which-file"), cx.theme.heading);
    let y = put(buf, area, y, &cx.cat.t("roster-which-file-why"), cx.theme.normal) + 1;
    let height = import.path.height().min(area.bottom().saturating_sub(y));
    let fields = Rect { y, height, ..area };
    let caret = import.path.view(cx, buf, fields);
    let below = Rect { y: fields.bottom(), height: area.bottom().saturating_sub(fields.bottom()), ..area };
    match (&import.work, &import.refused) {
        (Some(work), _) => working(work, cx, buf, below),
        (None, Some(why)) => {
            put(buf, below, below.y, why, cx.theme.error);
        }
        (None, None) => {
            put(buf, below, below.y, &cx.cat.t("roster-formats"), cx.theme.dim);
        }
    }
    caret
}

fn working(work: &Work, cx: &Cx, buf: &mut Buffer, area: Rect) {
    let key = match (work.stopping, work.ticket) {
        (true, _) => "roster-stopping",
        (false, IMPORT) => "roster-importing",
        (false, _) => "roster-looking",
    };
    let y = put(buf, area, area.y, &cx.cat.t(key), cx.theme.warning);
    if work.done > 0 && y < area.bottom() {
        progress::draw(buf, Rect { y, height: 1, ..area }, cx.theme, work.done, work.total);
    }
}

fn table_and_detail(
    import: &Import,
    preview: &Preview,
    cx: &Cx,
    buf: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    let line = |y: u16| Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
    let name = import.file();
    let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let top = line(area.y);
    let x = paint::put_shortened(buf, top, top.x, top.y, &name, cx.theme.label) + 2;
    paint::put_shortened(buf, top, x, top.y, &written(cx, &preview.look), cx.theme.dim);
    counts(preview, cx, buf, line(area.y + 1));
    let found = preview.look.faults.len() + preview.look.more;
    let titles = [
        cx.cat.t1("roster-tab-columns", "n", preview.look.headers.len()),
        cx.cat.t1("roster-tab-faults", "n", found),
        cx.cat.t("roster-tab-import"),
    ];
    let titles: Vec<&str> = titles.iter().map(AsRef::as_ref).collect();
    tabs::draw(buf, line(area.y + 2), cx.theme, &titles, preview.tab as usize);

    // The sentence about a row has four lines even on the smallest screen.
    let detail = (area.height / 3).min(6);
    let body = Rect { y: area.y + 3, height: area.height.saturating_sub(3 + detail), ..area };
    let cursor = match preview.tab {
        Tab::Columns => columns(preview, cx, buf, body),
        Tab::Faults => faults(preview, cx, buf, body),
        Tab::Import => choices(preview, cx, buf, body),
    };
    let below = Rect { x: area.x + 1, y: body.bottom(), width: area.width.saturating_sub(2), height: detail };
    paint::rule(buf, below, below.y, cx.theme.borders.glyphs().horizontal, cx.theme.border);
    let below = Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
    match (&import.work, &import.refused) {
        (Some(work), _) => working(work, cx, buf, below),
        (None, Some(why)) => {
            put(buf, below, below.y, why, cx.theme.error);
        }
        (None, None) => {
            let (text, style) = about(preview, cx);
            put(buf, below, below.y, &text, style);
        }
    }
    cursor.or(Some(Position::new(body.x, body.y)))
}

/// How the file is written.
fn written(cx: &Cx, look: &Look) -> String {
    let encoding = match look.encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Gb18030 => "GB18030",
    };
    let separator = cx.cat.t(match look.separator {
        Separator::Comma => "roster-comma",
        Separator::Tab => "roster-tab",
        Separator::Semicolon => "roster-semicolon",
        Separator::WideComma => "roster-wide-comma",
    });
    let args = [
        ("encoding", encoding.into()),
        ("separator", separator.as_ref().into()),
        ("line", look.header_line.to_string().into()),
    ];
    let text = cx.cat.tn("roster-written", &args);
    if look.remembered { format!("{text}{}", cx.cat.t("roster-remembered")) } else { text.into_owned() }
}

fn counts(preview: &Preview, cx: &Cx, buf: &mut Buffer, line: Rect) {
    let counts = match &preview.look.plan {
        Ok(counts) => counts,
        Err(why) => {
            paint::put_shortened(buf, line, line.x, line.y, why, cx.theme.error);
            return;
        }
    };
    let mark = |n: usize, style: Style| if n > 0 { style } else { cx.theme.dim };
    let sound = counts.sound(preview.options);
    let mut x = line.x;
    for (key, n, style) in [
        ("roster-rows", counts.rows, cx.theme.normal),
        ("roster-sound", sound, mark(sound, cx.theme.good)),
        ("roster-bad", counts.bad, mark(counts.bad, cx.theme.error)),
        ("roster-duplicates", counts.duplicates, mark(counts.duplicates, cx.theme.warning)),
    ] {
        x = paint::put_shortened(buf, line, x, line.y, &cx.cat.t1(key, "n", n), style) + 2;
    }
}

fn columns(preview: &Preview, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let form = form(cx);
    let titles = [
        Column::new(cx.cat.t("roster-header"), 12..24, 0),
        Column::new(cx.cat.t("roster-field"), 14..24, 0),
        Column::new(cx.cat.t("roster-sample"), 10..60, 0),
    ];
    let look = &preview.look;
    let len = look.headers.len();
    let cursor = table::draw(buf, area, cx.theme, &titles, preview.list(), len, |at| {
        let field = match look.columns[at].as_ref().and_then(|id| form.field(id)) {
            Some(spec) => Entry::from(wording::field_label(cx.cat, &form.id, spec)),
            None => Entry::from(cx.cat.t("roster-ignored").as_ref()).style(cx.theme.dim),
        };
        let sample = look.samples[at].iter().find(|sample| !sample.is_empty());
        let sample = sample.map(|sample| cx.personal(sample)).unwrap_or_default();
        vec![Entry::from(look.headers[at].as_str()), field, Entry::from(sample).style(cx.theme.dim)]
    });
    rows::place(cx, buf, area, preview.list(), len);
    cursor
}

fn faults(preview: &Preview, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let titles = [
        Column::new("", 1..1, 0),
        Column::new(cx.cat.t("roster-line"), 6..8, 0),
        Column::new(cx.cat.t("roster-column"), 14..24, 0),
        Column::new(cx.cat.t("roster-says"), 14..60, 0),
    ];
    let look = &preview.look;
    if preview.len() == 0 {
        let text = Rect { x: area.x + 1, y: area.y + 1, width: area.width.saturating_sub(2), height: 1 };
        let key = if look.plan.is_ok() { "roster-no-faults" } else { "roster-name-first" };
        paint::put_shortened(buf, text, text.x, text.y, &cx.cat.t(key), cx.theme.normal);
        return None;
    }
    let len = preview.len();
    let cursor =
        table::draw(buf, area, cx.theme, &titles, preview.list(), len, |at| match look.faults.get(at) {
            Some(fault) => {
                let sign = if fault.grave { "!" } else { "?" };
                let style = if fault.grave { cx.theme.error } else { cx.theme.warning };
                let header = match fault.column {
                    0 => cx.cat.t("roster-whole-row").into_owned(),
                    _ => fault.header.clone(),
                };
                vec![
                    Entry::from(sign).style(style),
                    fault.line.to_string().into(),
                    header.into(),
                    Entry::from(cx.personal(&fault.value)).style(style),
                ]
            }
            None => vec![
                Entry::default(),
                Entry::default(),
                Entry::from(cx.cat.t1("roster-more", "n", look.more).as_ref()).style(cx.theme.dim),
            ],
        });
    rows::place(cx, buf, area, preview.list(), len);
    cursor
}

fn choices(preview: &Preview, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    preview.list().draw(buf, area, cx.theme, Choice::ALL.len(), area.width, |buf, line, at, style| {
        let (text, own) = match Choice::ALL[at] {
            Choice::Do => match (&preview.look.plan, preview.hindrance(cx)) {
                (Ok(counts), None) => {
                    let text = cx.cat.t1("roster-do", "n", counts.sound(preview.options));
                    (text.into_owned(), cx.theme.good)
                }
                _ => (cx.cat.t("roster-not-yet").into_owned(), cx.theme.dim),
            },
            Choice::Bad => {
                let what = match preview.options.bad {
                    Bad::Refuse => "roster-refuse",
                    Bad::Skip => "roster-skip",
                };
                (cx.cat.t1("roster-option-bad", "what", cx.cat.t(what).as_ref()).into_owned(), style)
            }
            Choice::Duplicates => {
                let what = match preview.options.duplicates {
                    Duplicates::Refuse => "roster-refuse",
                    Duplicates::Skip => "roster-skip",
                    Duplicates::Keep => "roster-keep",
                };
                (cx.cat.t1("roster-option-duplicates", "what", cx.cat.t(what).as_ref()).into_owned(), style)
            }
            Choice::OtherFile => (cx.cat.t("roster-other-file").into_owned(), style),
        };
        let selected = style == cx.theme.selected;
        paint::put_shortened(
            buf,
            line,
            line.x,
            line.y,
            &text,
            if selected { style } else { style.patch(own) },
        );
    })
}

/// What is to be said of the selected row.
fn about(preview: &Preview, cx: &Cx) -> (String, Style) {
    let Some(at) = preview.list().selected(preview.len()) else { return (String::new(), cx.theme.normal) };
    let look = &preview.look;
    match preview.tab {
        Tab::Columns => {
            let filled = look.samples[at].iter().filter(|sample| !sample.is_empty());
            let values: Vec<String> = filled.map(|sample| cx.personal(sample)).collect();
            let text = match values.as_slice() {
                [] => cx.cat.t("roster-empty-column").into_owned(),
                values => cx.cat.t1("roster-values", "values", values.join(" / ")).into_owned(),
            };
            (text, cx.theme.normal)
        }
        Tab::Faults => match look.faults.get(at) {
            Some(fault) => (sentence(cx, fault), cx.theme.normal),
            None => (cx.cat.t("roster-more-help").into_owned(), cx.theme.normal),
        },
        Tab::Import => match (Choice::ALL[at], preview.hindrance(cx)) {
            (Choice::Do, Some(why)) => (why, cx.theme.warning),
            (Choice::Do, None) => (cx.cat.t("roster-do-help").into_owned(), cx.theme.normal),
            (Choice::Bad, _) => (cx.cat.t("roster-option-bad-help").into_owned(), cx.theme.normal),
            (Choice::Duplicates, _) => {
                (cx.cat.t("roster-option-duplicates-help").into_owned(), cx.theme.normal)
            }
            (Choice::OtherFile, _) => (cx.cat.t("roster-other-file-help").into_owned(), cx.theme.normal),
        },
    }
}

fn sentence(cx: &Cx, fault: &RowFault) -> String {
    let shown = RowFault { value: cx.personal(&fault.value), ..fault.clone() };
    let text = exchange::row_fault(cx.cat, &form(cx), &shown);
    let key = if fault.grave { "roster-grave" } else { "roster-worth-a-look" };
    format!("{text}\n{}", cx.cat.t(key))
}

fn done(report: &Report, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let y = put(buf, area, area.y, &cx.cat.t1("roster-done", "n", report.children), cx.theme.good) + 1;
    let mut y = put(buf, area, y, &cx.cat.t("roster-done-help"), cx.theme.normal) + 1;
    if let Some(rejects) = &report.rejects {
        y = put(buf, area, y, &cx.cat.t1("roster-left-out", "n", report.left_out), cx.theme.warning);
        y = put(buf, area, y, &rejects.display().to_string(), cx.theme.label) + 1;
    }
    put(buf, area, y, &cx.cat.t("roster-close"), cx.theme.dim);
    Some(Position::new(area.x, area.y))
}
