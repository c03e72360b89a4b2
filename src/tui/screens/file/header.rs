//! The lines over every tab: who it is, how things stand, what is due next.

use crate::domain::row::category_codes;
use crate::office::CaseFile;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::wording;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// Draws the header; returns how many lines it took.
pub(super) fn draw(cx: &Cx, buf: &mut Buffer, area: Rect, file: &CaseFile) -> u16 {
    let row = &file.row;
    let risk = cx.delicate(&wording::risk(cx.cat, &row.risk));
    let risk_style = risk_style(cx, &row.risk);
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let left = Rect { width: inside.width.saturating_sub(paint::width(&risk) as u16 + 2), ..inside };
    let mut x = paint::put_shortened(buf, left, left.x, area.y, &cx.name(&row.name), cx.theme.heading);
    let sex = if row.sex.is_empty() { String::new() } else { wording::core_choice(cx.cat, "sex", &row.sex) };
    let categories: Vec<String> =
        category_codes(row.categories).map(|code| wording::core_choice(cx.cat, "category", code)).collect();
    let facts = [
        sex,
        wording::age(cx.cat, row.birth, cx.today),
        row.village.clone(),
        cx.delicate(&categories.join(&cx.cat.t("value-and"))),
    ];
    for fact in facts.into_iter().filter(|fact| !fact.is_empty()) {
        if x + 2 >= left.right() {
            break;
        }
        x = paint::put_shortened(buf, left, x + 2, area.y, &fact, cx.theme.normal);
    }
    paint::put_right(buf, inside, area.y, &risk, risk_style);

    let worker = row.worker.and_then(|worker| cx.station.worker(worker)).unwrap_or_default().to_owned();
    let worker = if worker.is_empty() {
        cx.cat.t("file-no-worker").into_owned()
    } else {
        cx.cat.t1("file-worker", "name", worker).into_owned()
    };
    let y = area.y + 1;
    let mut x = paint::put_shortened(buf, inside, inside.x, y, &worker, cx.theme.normal);
    x = paint::put_shortened(buf, inside, x + 2, y, &wording::status(cx.cat, row.status), cx.theme.normal);
    let (due, style) = due(cx, file);
    paint::put_shortened(buf, inside, x + 2, y, &due, style);
    2
}

pub(super) fn risk_style(cx: &Cx, risk: &str) -> Style {
    match risk {
        _ if cx.discreet => cx.theme.dim,
        "high" => cx.theme.high,
        "medium" => cx.theme.medium,
        "low" => cx.theme.low,
        _ => cx.theme.dim,
    }
}

/// The style of a deadline: late, today, or still ahead.
pub(super) fn due_style(cx: &Cx, due: chrono::NaiveDate) -> Style {
    match due.cmp(&cx.today) {
        std::cmp::Ordering::Less => cx.theme.overdue,
        std::cmp::Ordering::Equal => cx.theme.due,
        std::cmp::Ordering::Greater => cx.theme.normal,
    }
}

fn due(cx: &Cx, file: &CaseFile) -> (String, Style) {
    let Some(next) = file.row.due.first() else {
        return (cx.cat.t("file-nothing-due").into_owned(), cx.theme.dim);
    };
    let late = file.row.due.iter().filter(|due| due.on < cx.today).count();
    let kind = wording::core_choice(cx.cat, "follow-up-kind", &next.kind);
    let mut text = format!("{kind} {}", cx.cat.due(next.on, cx.today));
    if late > 1 {
        text.push_str(&cx.cat.t1("file-late-in-all", "n", late));
    }
    (text, due_style(cx, next.on))
}
