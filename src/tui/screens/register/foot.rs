//! Beneath a register: what the rules say of the selected entry, what was done, and what its columns left out or cut.

use super::{Register, done, supervision, view};
use crate::domain::{FieldId, RecordKind};
use crate::office::RegisterLine;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::screens::file;
use crate::tui::widget::{table::Column, wrap};
use crate::wording;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// Lines of the foot on a screen with so many beneath its title: a rule and some lines, or two lines where there is
/// little room.
pub(super) fn height(screen: u16) -> u16 {
    match screen {
        0..=17 => 2,
        18..=29 => 5,
        _ => 8,
    }
}

pub(super) fn draw(
    register: &Register,
    cx: &Cx,
    buf: &mut Buffer,
    area: Rect,
    columns: &[(Column, FieldId)],
    places: &[Option<(u16, u16)>],
) {
    let area = match area.height {
        0..=2 => area,
        height => {
            paint::rule(buf, area, area.y, cx.theme.borders.glyphs().horizontal, cx.theme.border);
            Rect { y: area.y + 1, height: height - 1, ..area }
        }
    };
    let mut lines: Vec<(String, Style)> = vec![];
    let mut say = |text: &str, style: Style| {
        lines.extend(wrap::lines(text, area.width).into_iter().map(|line| (line.to_owned(), style)));
    };
    let Some(line) = register.selected() else { return };
    if let Some(late) = supervision::late(cx, line).filter(|_| register.kind() == RecordKind::Supervision) {
        say(&late, cx.theme.overdue);
    }
    if let Some(flag) = line.flags.first() {
        say(&wording::flag(cx.cat, flag, cx.today), file::flag_style(cx, flag.grade));
    }
    let told = register.ledger.told(cx, &line.record);
    let told = told.or_else(|| done::told(cx, line));
    if let Some(told) = told {
        say(&told, cx.theme.normal);
    }
    let rest = rest(register, cx, line, columns, places);
    if !rest.is_empty() {
        say(&wrap::fill(&rest, &cx.cat.t("value-stop"), area.width), cx.theme.normal);
    }
    let all = register.lines.as_deref().unwrap_or_default();
    let years = match register.kind() {
        RecordKind::Supervision => supervision::years(cx, all.iter()),
        RecordKind::Activity => vec![done::year(cx, all)],
        _ => vec![],
    };
    let wrapped = |year: &String| wrap::lines(year, area.width).into_iter().map(str::to_owned).collect();
    let years: Vec<Vec<String>> = years.iter().map(wrapped).collect();
    // The newest year is told whole, however much there is to say of the entry.
    let own = years.first().map_or(0, Vec::len).min(usize::from(area.height / 2));
    let years = years.into_iter().flatten().map(|line| (line, cx.theme.dim));
    let room = usize::from(area.height) - own;
    let more = lines.len() > room;
    lines.truncate(room);
    for (at, ((text, style), y)) in lines.into_iter().chain(years).zip(area.y..area.bottom()).enumerate() {
        let cut = more && at + 1 == room;
        let line = Rect { width: area.width - u16::from(cut), ..area };
        let end = paint::put_shortened(buf, line, line.x, y, &text, style);
        if cut {
            paint::put(buf, area, end, y, paint::CUT, style);
        }
    }
}

/// The filled fields that no column shows whole. What can be read already is not sent again with each move.
fn rest(
    register: &Register,
    cx: &Cx,
    line: &RegisterLine,
    columns: &[(Column, FieldId)],
    places: &[Option<(u16, u16)>],
) -> Vec<String> {
    let record = &line.record;
    let Some(form) = cx.station.forms.iter().find(|form| form.kind == record.at.kind) else { return vec![] };
    let room = |field: &FieldId| {
        let at = columns.iter().position(|(_, shown)| shown == field)?;
        places.get(at).copied().flatten().map(|(_, cells)| usize::from(cells))
    };
    use crate::domain::forms::{activity::ATTENDED, aid_entry::*};
    // Said already: who came, and in one column what was given.
    let told = [ATTENDED, ITEM, AMOUNT, GOODS, COUNT, UNIT];
    let given = register.ledger.cells(cx, record).into_iter().next();
    let given = given.map(|cell| cell.text).filter(|text| {
        let shown = room(&FieldId::new("what")).unwrap_or(0);
        paint::width(text) > shown
    });
    let shown = form.shown(&record.fields).filter(|field| !told.contains(&field.id));
    let shown = shown.filter_map(|field| {
        let text = view::cell(cx, record, &field.id)?;
        let whole = room(&field.id).is_some_and(|room| paint::width(&text) <= room);
        let label = wording::field_label(cx.cat, &form.id, field);
        let said = || format!("{label}{}{}", cx.cat.t("value-colon"), text.trim_end_matches('。'));
        (!whole).then(said)
    });
    given.into_iter().chain(shown).collect()
}
