//! How a register is drawn: its tab, what narrows it, its columns, what the rules say of the selected entry.

use super::{Register, done, foot};
use crate::domain::forms::{
    activity, agency, aid_entry, base, donor, foster_family, supervision, unit, volunteer,
};
use crate::domain::units::LEVELS;
use crate::domain::{FieldId, Record, RecordKind};
use crate::office::RegisterLine;
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::screens::{file, rows};
use crate::tui::widget::{
    list::MARGIN,
    table::{self, Column, Entry},
    tabs,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::cmp::Reverse;

/// Cells of what is left in the ledger: sums stand below one another.
pub(super) const LEFT: usize = 9;

/// A column: its field, its least and most cells, and its rank.
type Shown = (FieldId, u16, u16, u8);

/// What the aid ledger shows beside its fields.
const LEDGER: [(&str, u16, u16, u8); 3] =
    [("what", 14, 26, 0), ("whom", 9, 20, 0), ("left", LEFT as u16, 14, 0)];

/// The columns of a register, the one that names an entry first.
#[rustfmt::skip] // a table: one register a line
fn shown(kind: RecordKind) -> Vec<Shown> {
    match kind {
        RecordKind::Volunteer => {
            use volunteer::*;
            vec![(NAME, 8, 16, 0), (VILLAGE, 8, 16, 2), (CHECKED, 10, 10, 0), (TRAINED, 10, 10, 1), (AVAILABLE, 10, 24, 3), (PHONE, 11, 11, 4)]
        }
        RecordKind::FosterFamily => {
            use foster_family::*;
            vec![(NAME, 10, 16, 0), (VILLAGE, 10, 16, 2), (CAPACITY, 6, 6, 1), (APPROVED, 10, 10, 1), (CHECKED, 10, 10, 0), (PHONE, 11, 11, 4)]
        }
        RecordKind::Agency => {
            use agency::*;
            vec![(NAME, 16, 28, 0), (KIND, 10, 13, 1), (SERVICE, 12, 40, 0), (PLACE, 8, 24, 3), (PHONE, 11, 11, 2)]
        }
        RecordKind::Base => {
            use base::*;
            vec![(NAME, 20, 28, 0), (KIND, 8, 8, 1), (PLACE, 8, 30, 0), (RESPONSIBLE, 9, 14, 2), (PHONE, 11, 11, 3)]
        }
        RecordKind::Unit => {
            use unit::*;
            vec![(NAME, 22, 30, 0), (LEVEL, 16, 22, 0), (ABOVE, 14, 24, 2), (WORKERS, 8, 8, 1), (PERSON, 8, 14, 3), (PHONE, 11, 11, 4)]
        }
        RecordKind::Supervision => {
            use supervision::*;
            vec![(ON, 10, 10, 0), (KIND, 13, 14, 0), (TOPIC, 16, 40, 0), (UNIT, 14, 24, 3), (AGREED, 14, 40, 1), (DUE, 10, 10, 2)]
        }
        RecordKind::Activity => {
            use activity::*;
            vec![(ON, 10, 10, 0), (KIND, 11, 14, 0), (TOPIC, 12, 30, 0), (PLACE, 10, 24, 3), (LED_BY, 8, 14, 4)]
        }
        RecordKind::Donor => {
            use donor::*;
            vec![(NAME, 20, 36, 0), (KIND, 12, 14, 0), (PERSON, 8, 14, 1), (PHONE, 11, 11, 2)]
        }
        _ => {
            use aid_entry::*;
            vec![(NUMBER, 3, 5, 0), (ON, 10, 10, 1), (KIND, 10, 10, 0), (PURPOSE, 9, 10, 2)]
        }
    }
}

/// The day that a new entry begins with.
pub(super) fn day_of(kind: RecordKind) -> Option<FieldId> {
    match kind {
        RecordKind::Activity => Some(activity::ON),
        RecordKind::Supervision => Some(supervision::ON),
        RecordKind::AidEntry => Some(aid_entry::ON),
        _ => None,
    }
}

fn is_over(line: &RegisterLine) -> bool {
    line.record.fields.get(&volunteer::ENDED).is_some()
}

/// What is over comes last; what happened comes newest first, all else by its name.
pub(super) fn sort(kind: RecordKind, by_place: bool, lines: &mut [RegisterLine]) {
    match day_of(kind) {
        Some(day) => {
            // The ledger in the order in which it was written: so its balance runs.
            let number = |line: &RegisterLine| line.record.fields.number(&aid_entry::NUMBER);
            lines.sort_by_key(|line| {
                Reverse((number(line), line.record.fields.date(&day), line.record.created))
            });
        }
        None => lines.sort_by(|a, b| {
            let place = |line: &RegisterLine| match by_place {
                true => line.record.fields.text(&agency::PLACE).to_owned(),
                false => String::new(),
            };
            // The city before the county, the county before its towns.
            let level = |line: &RegisterLine| {
                LEVELS.iter().position(|level| *level == line.record.fields.text(&unit::LEVEL))
            };
            let name = |line: &RegisterLine| super::name(&line.record).to_owned();
            let key = |line: &RegisterLine| match kind {
                RecordKind::Unit => (is_over(line), level(line), String::new(), name(line)),
                _ => (is_over(line), None, place(line), name(line)),
            };
            key(a).cmp(&key(b))
        }),
    }
}

pub(super) fn cell(cx: &Cx, record: &Record, field: &FieldId) -> Option<String> {
    if *field == aid_entry::NUMBER {
        return record.fields.number(field).map(|number| number.to_string());
    }
    let form = cx.station.forms.iter().find(|form| form.kind == record.at.kind)?;
    file::value(cx, &form.id, &record.fields, field)
}

/// What typing is compared with.
pub(super) fn words(cx: &Cx, record: &Record) -> Vec<String> {
    let mut fields: Vec<FieldId> = shown(record.at.kind).into_iter().map(|(field, ..)| field).collect();
    match record.at.kind {
        RecordKind::AidEntry => {
            use aid_entry::*;
            fields.extend([DONOR, ITEM, GOODS, TO, CASE_NO, RECEIPT]);
        }
        RecordKind::Agency => fields.extend([agency::ELIGIBILITY, agency::SCHEDULE, agency::PERSON]),
        _ => {}
    }
    fields.iter().filter_map(|field| cell(cx, record, field)).collect()
}

pub(super) fn draw(register: &Register, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    paint::clear(buf, area, cx.theme.normal);
    let titles: Vec<String> = RecordKind::REGISTERS.iter().map(|kind| tab(cx, *kind)).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
    tabs::draw(buf, line, cx.theme, &titles, register.tab);
    let caret = head(register, cx, buf, Rect { y: area.y + 1, ..line });
    let under = foot::height(area.height);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + under), ..area };
    if let Some(refused) = &register.refused {
        return rows::note(cx, buf, body, refused);
    }
    if register.fit.is_empty() {
        let said = match &register.lines {
            None => String::new(),
            Some(lines) if lines.is_empty() => {
                let key = rows::key(cx, &[Layer::Register], Command::NewEntry);
                cx.cat.t1("register-empty", "key", key).into_owned()
            }
            Some(_) => cx.cat.t("register-none").into_owned(),
        };
        let place = rows::note(cx, buf, body, &said);
        return caret.or(place);
    }
    let columns = columns(register, cx);
    let titled: Vec<Column> = columns.iter().map(|(column, _)| column.clone()).collect();
    let places = table::fit(&titled, body.width.saturating_sub(MARGIN));
    let at = table::draw(buf, body, cx.theme, &titled, &register.list, register.fit.len(), |row| {
        register.at(row).map(|line| cells(register, cx, line, &places)).unwrap_or_default()
    });
    let under = Rect { y: area.bottom().saturating_sub(under), height: under, ..line };
    foot::draw(register, cx, buf, under, &columns, &places);
    caret.or(at)
}

fn tab(cx: &Cx, kind: RecordKind) -> String {
    let form = cx.station.forms.iter().find(|form| form.kind == kind);
    form.map(|form| cx.cat.t(&format!("register-tab-{}", form.id)).into_owned()).unwrap_or_default()
}

/// What narrows the list, and where one is in it. The caret stands where one types.
fn head(register: &Register, cx: &Cx, buf: &mut Buffer, line: Rect) -> Option<Position> {
    let place = register.list.place(register.fit.len());
    if register.lines.is_some() {
        paint::put_right(buf, line, line.y, &place, cx.theme.dim);
    }
    if !register.typing && register.narrow.is_empty() {
        return None;
    }
    let x = paint::put_shortened(buf, line, line.x, line.y, &cx.cat.t("choose-prompt"), cx.theme.label);
    let room = line.right().saturating_sub(x + paint::width(&place) as u16 + 1);
    let strip = register.narrow.strip(room);
    paint::put(buf, line, x, line.y, &strip.text, cx.theme.field);
    register.typing.then_some(Position { x: (x + strip.caret).min(line.right() - 1), y: line.y })
}

/// With the field that each shows.
fn columns(register: &Register, cx: &Cx) -> Vec<(Column, FieldId)> {
    let kind = register.kind();
    let Some(form) = cx.station.forms.iter().find(|form| form.kind == kind) else { return vec![] };
    let column = |(id, least, most, rank): Shown| {
        let title = match form.field(&id) {
            // Its label is as wide as three of its numbers.
            Some(field) if field.id == unit::WORKERS => cx.cat.t("register-col-workers").into_owned(),
            Some(field) => wording::field_label(cx.cat, &form.id, field),
            None => cx.cat.t(&format!("register-col-{id}")).into_owned(),
        };
        (Column::new(title, least..most, rank), id)
    };
    let ledger: &[_] = if kind == RecordKind::AidEntry { &LEDGER } else { &[] };
    let more = ledger.iter().chain(done::shown(kind)).map(|(id, least, most, rank)| {
        let title = cx.cat.t(&format!("register-col-{id}")).into_owned();
        (Column::new(title, *least..*most, *rank), FieldId::new(id))
    });
    shown(kind).into_iter().map(column).chain(more).collect()
}

fn cells(register: &Register, cx: &Cx, line: &RegisterLine, places: &[Option<(u16, u16)>]) -> Vec<Entry> {
    let over = is_over(line);
    let one = |(at, (field, ..)): (usize, &Shown)| {
        let text = cell(cx, &line.record, field).unwrap_or_else(|| "-".to_owned());
        let entry = if *field == volunteer::VILLAGE {
            let room = places.get(at).copied().flatten().map_or(0, |(_, cells)| cells);
            rows::village(&text, vec![], room)
        } else {
            Entry::from(text)
        };
        match () {
            () if over => entry.style(cx.theme.dim),
            () if line.overdue.contains(field) => entry.style(cx.theme.overdue),
            () => entry,
        }
    };
    let fields = shown(line.record.at.kind);
    let more = register.ledger.cells(cx, &line.record).into_iter().chain(done::cells(line));
    fields.iter().enumerate().map(one).chain(more).collect()
}
