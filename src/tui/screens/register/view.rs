//! How a register is drawn: its tab, what narrows it, its columns, what the rules say of the selected entry.

use super::{Register, done};
use crate::domain::forms::{
    activity, agency, aid_entry, base, donor, foster_family, supervision, unit, volunteer,
};
use crate::domain::{FieldId, Record, RecordKind};
use crate::office::RegisterLine;
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::screens::{file, rows};
use crate::tui::widget::{
    table::{self, Column, Entry},
    tabs, wrap,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::cmp::Reverse;

/// Lines beneath the list.
const FOOT: u16 = 2;

/// A column: its field, its least and most cells, and its rank.
type Shown = (FieldId, u16, u16, u8);

/// What the aid ledger shows beside its fields.
const LEDGER: [(&str, u16, u16, u8); 3] = [("what", 14, 26, 0), ("whom", 8, 20, 0), ("left", 8, 14, 0)];

/// The columns of a register, the one that names an entry first.
#[rustfmt::skip] // a table: one register a line
fn shown(kind: RecordKind) -> Vec<Shown> {
    match kind {
        RecordKind::Volunteer => {
            use volunteer::*;
            vec![(NAME, 8, 16, 0), (VILLAGE, 8, 16, 2), (CHECKED, 10, 12, 0), (TRAINED, 10, 12, 1), (AVAILABLE, 10, 24, 3), (PHONE, 11, 14, 4)]
        }
        RecordKind::FosterFamily => {
            use foster_family::*;
            vec![(NAME, 8, 16, 0), (VILLAGE, 8, 16, 2), (CAPACITY, 4, 8, 1), (APPROVED, 10, 12, 1), (CHECKED, 10, 12, 0), (PHONE, 11, 14, 4)]
        }
        RecordKind::Agency => {
            use agency::*;
            vec![(NAME, 12, 28, 0), (KIND, 6, 14, 1), (SERVICE, 10, 40, 0), (PLACE, 8, 24, 3), (PHONE, 11, 14, 2)]
        }
        RecordKind::Base => {
            use base::*;
            vec![(NAME, 20, 28, 0), (KIND, 4, 8, 1), (PLACE, 8, 30, 0), (RESPONSIBLE, 6, 14, 2), (PHONE, 11, 14, 3)]
        }
        RecordKind::Unit => {
            use unit::*;
            vec![(NAME, 12, 30, 0), (LEVEL, 8, 18, 0), (ABOVE, 8, 24, 2), (WORKERS, 4, 12, 1), (PERSON, 6, 14, 3), (PHONE, 11, 14, 4)]
        }
        RecordKind::Supervision => {
            use supervision::*;
            vec![(ON, 10, 12, 0), (KIND, 8, 14, 0), (TOPIC, 16, 40, 0), (UNIT, 14, 24, 3), (AGREED, 14, 40, 1), (DUE, 10, 12, 2)]
        }
        RecordKind::Activity => {
            use activity::*;
            vec![(ON, 10, 12, 0), (KIND, 8, 14, 0), (TOPIC, 10, 30, 0), (PLACE, 8, 24, 3), (LED_BY, 6, 14, 4)]
        }
        RecordKind::Donor => {
            use donor::*;
            vec![(NAME, 12, 30, 0), (KIND, 6, 14, 0), (PERSON, 6, 14, 1), (PHONE, 11, 14, 2)]
        }
        _ => {
            use aid_entry::*;
            vec![(NUMBER, 4, 6, 0), (ON, 10, 12, 1), (KIND, 6, 8, 0), (PURPOSE, 8, 12, 2)]
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
            let name = |line: &RegisterLine| super::name(&line.record).to_owned();
            let key = |line: &RegisterLine| (is_over(line), place(line), name(line));
            key(a).cmp(&key(b))
        }),
    }
}

fn cell(cx: &Cx, record: &Record, field: &FieldId) -> Option<String> {
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
    let used = 2 + FOOT;
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(used), ..area };
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
    let at = table::draw(buf, body, cx.theme, &columns, &register.list, register.fit.len(), |row| {
        register.at(row).map(|line| cells(register, cx, line)).unwrap_or_default()
    });
    foot(register, cx, buf, Rect { y: area.bottom().saturating_sub(FOOT), height: FOOT, ..line });
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

fn columns(register: &Register, cx: &Cx) -> Vec<Column> {
    let kind = register.kind();
    let Some(form) = cx.station.forms.iter().find(|form| form.kind == kind) else { return vec![] };
    let column = |(id, least, most, rank): Shown| {
        let title = match form.field(&id) {
            Some(field) => wording::field_label(cx.cat, &form.id, field),
            None => cx.cat.t(&format!("register-col-{id}")).into_owned(),
        };
        Column::new(title, least..most, rank)
    };
    let ledger: &[_] = if kind == RecordKind::AidEntry { &LEDGER } else { &[] };
    let more = ledger.iter().chain(done::shown(kind)).map(|(id, least, most, rank)| {
        Column::new(cx.cat.t(&format!("register-col-{id}")), *least..*most, *rank)
    });
    shown(kind).into_iter().map(column).chain(more).collect()
}

fn cells(register: &Register, cx: &Cx, line: &RegisterLine) -> Vec<Entry> {
    let over = is_over(line);
    let one = |(field, ..): &Shown| {
        let text = cell(cx, &line.record, field);
        let entry = Entry::from(text.unwrap_or_else(|| "-".to_owned()));
        match () {
            () if over => entry.style(cx.theme.dim),
            () if line.overdue.contains(field) => entry.style(cx.theme.overdue),
            () => entry,
        }
    };
    let fields = shown(line.record.at.kind);
    let more = register.ledger.cells(cx, &line.record).into_iter().chain(done::cells(line));
    fields.iter().map(one).chain(more).collect()
}

/// What the rules say first of the selected entry, and what to do.
fn foot(register: &Register, cx: &Cx, buf: &mut Buffer, area: Rect) {
    if register.kind() == RecordKind::Supervision {
        let late = register.selected().and_then(|line| super::supervision::late(cx, line));
        let line = Rect { height: 1, ..area };
        let room = Rect { y: area.y + u16::from(late.is_some()), ..area }.intersection(area);
        if let Some(late) = late {
            paint::put_shortened(buf, line, line.x, line.y, &late, cx.theme.overdue);
        }
        let years = super::supervision::years(cx, register.lines.iter().flatten());
        wrap::draw(buf, room, &years.join("\n"), 0, cx.theme.normal);
        return;
    }
    let Some(line) = register.selected() else { return };
    let told = register.ledger.told(cx, &line.record);
    let told = told.or_else(|| done::told(cx, register.lines.as_deref().unwrap_or_default(), line));
    let flag = line.flags.first();
    if let Some(told) = told {
        // Beneath what a rule says, which is one line then.
        let y = if flag.is_some() { area.bottom() - 1 } else { area.y };
        let below = Rect { y, height: area.bottom() - y, ..area };
        wrap::draw(buf, below, &told, 0, cx.theme.normal);
    }
    let Some(flag) = flag else { return };
    let said = wording::flag(cx.cat, flag, cx.today);
    let height = if line.done.unsure > 0 { 1 } else { area.height };
    wrap::draw(buf, Rect { height, ..area }, &said, 0, file::flag_style(cx, flag.grade));
}
