//! How results are drawn. Only their rows change while one types.

use super::{Line, Mode, Search, others};
use crate::domain::Row;
use crate::office::{Field, How, NoteHit, Reason};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Then};
use crate::tui::screens::rows;
use crate::tui::widget::{
    table::{self, Column, Entry},
    tabs, wrap,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// Lines beneath the results that tell more of the selected one.
const DETAIL: u16 = 4;

/// Every character typed may change all rows: on a slow line the best ten come sooner than a screen full, and who is not
/// among them is found by one character more, not by reading on.
const FEW: u16 = 10;

/// From this width on there is room for all; in less, the lines beneath tell what is next due and what had to be shortened.
const WIDE: u16 = 100;

pub(super) fn draw(search: &Search, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    paint::clear(buf, area, cx.theme.normal);
    let caret = field(search, cx, buf, area);
    modes(search, cx, buf, Rect { y: area.y + 1, height: 1, ..area });
    let below = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if let Some(refused) = &search.refused {
        wrap::draw(buf, inset(below), refused, 0, cx.theme.error);
        return caret;
    }
    let rows = match search.mode {
        Mode::Children => FEW.max(below.height / 2) + 1,
        Mode::Notes => below.height,
    };
    let list = Rect { height: rows.min(below.height.saturating_sub(DETAIL)), ..below };
    let foot = Rect { y: list.bottom(), height: DETAIL.min(below.height - list.height), ..below };
    // From the beginning, so that it need not be drawn with the first rows.
    paint::rule(buf, foot, foot.y, cx.theme.borders.glyphs().horizontal, cx.theme.border);
    if search.query().is_empty() {
        hint(search, cx, buf, list);
    } else if search.is_missing() {
        missing(search, cx, buf, list);
    } else if search.len() > 0 {
        match search.mode {
            Mode::Children => children(search, cx, buf, list),
            Mode::Notes => notes(search, cx, buf, list),
        }
        detail(search, cx, buf, foot);
    }
    caret
}

fn inset(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(1),
    }
}

fn field(search: &Search, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let prompt = match search.then {
        Then::OpenFile => "search-prompt",
        Then::NewVisit => "search-prompt-visit",
        Then::NewFollowUp => "search-prompt-follow-up",
        Then::NewNote => "search-prompt-note",
        Then::Pick => "search-prompt-pick",
    };
    let x = paint::put(buf, area, area.x + 1, area.y, &cx.cat.t(prompt), cx.theme.label) + 1;
    let slot = Rect { x, y: area.y, width: area.right().saturating_sub(x + 1), height: 1 };
    paint::clear(buf, slot, cx.theme.field_focused);
    let strip = search.field.strip(slot.width);
    paint::put(buf, slot, x, area.y, &strip.text, cx.theme.field_focused);
    Some(Position::new((x + strip.caret).min(slot.right().saturating_sub(1)), area.y))
}

/// What is searched, how to search the other, and how many were found.
fn modes(search: &Search, cx: &Cx, buf: &mut Buffer, line: Rect) {
    let key = match &search.result {
        Some(super::Hits::Children(all)) if all.more => "search-count-more",
        Some(super::Hits::Children(_)) => "search-count",
        _ => "search-count-notes",
    };
    let count = match search.len() {
        // Children are found at once; a word there would only flicker.
        _ if !search.fresh && search.mode == Mode::Notes => cx.cat.t("search-busy").into_owned(),
        0 => String::new(),
        _ if !search.others().is_empty() => {
            let [children, others] = [search.found().len(), search.others().len()];
            let counts = [("children", children.into()), ("others", others.into())];
            cx.cat.tn("search-count-others", &counts).into_owned()
        }
        found => cx.cat.t1(key, "n", found).into_owned(),
    };
    let names = [cx.cat.t("search-children"), cx.cat.t("search-notes")];
    let titles: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let selected = usize::from(search.mode == Mode::Notes);
    let left = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
    tabs::draw(buf, left, cx.theme, &titles, selected);
    let tabs: usize = titles.iter().map(|title| paint::width(title) + 2).sum();
    let x = left.x + tabs as u16 + 1;
    let key = rows::key(cx, &[Layer::Search], Command::NextTab);
    let x = paint::put(buf, left, x, line.y, &key, cx.theme.key_hint);
    paint::put(buf, left, x + 1, line.y, &cx.cat.t("search-switch"), cx.theme.dim);
    paint::put_right(buf, left, line.y, &count, cx.theme.dim);
}

fn hint(search: &Search, cx: &Cx, buf: &mut Buffer, area: Rect) {
    let key = match search.mode {
        Mode::Children => "search-hint",
        Mode::Notes => "search-hint-notes",
    };
    wrap::draw(buf, inset(area), &cx.cat.t(key), 0, cx.theme.dim);
}

/// What to do when there is no such child.
fn missing(search: &Search, cx: &Cx, buf: &mut Buffer, area: Rect) {
    let inner = inset(area);
    let none = match search.mode {
        Mode::Children => "search-none",
        Mode::Notes => "search-none-notes",
    };
    let lines = wrap::draw(buf, inner, &cx.cat.t(none), 0, cx.theme.normal);
    let live = [Layer::Search, Layer::Global];
    let other = match search.mode {
        Mode::Children => "search-try-notes",
        Mode::Notes => "search-try-children",
    };
    let ways = [
        (rows::key(cx, &live, Command::NextTab), cx.cat.t(other)),
        (rows::key(cx, &live, Command::NewChild), cx.cat.t("search-register")),
    ];
    let column = ways.iter().map(|(key, _)| paint::width(key)).max().unwrap_or(0) as u16 + 2;
    for ((key, what), y) in ways.iter().zip(inner.y + lines as u16 + 1..) {
        paint::put(buf, inner, inner.x, y, key, cx.theme.key_hint);
        paint::put_shortened(buf, inner, inner.x + column, y, what, cx.theme.normal);
    }
}

fn columns(cx: &Cx, width: u16) -> Vec<Column> {
    let wide = width >= WIDE;
    let english = cx.cat.lang() == crate::i18n::Lang::En;
    let title = |key: &str| cx.cat.t(key).into_owned();
    let mut columns = vec![
        Column::new(title("col-name"), if wide { 8..14 } else { 8..10 }, 0),
        Column::new(title("col-sex-age"), if english { 6..8 } else { 7..9 }, 0),
        Column::new(title("col-guardian"), if wide { 8..14 } else { 6..8 }, 0),
        Column::new(title("col-village"), if wide { 9..16 } else { 7..10 }, 0),
        Column::new(title("col-risk"), if english { 6..6 } else { 4..4 }, 0),
        Column::new(
            title("col-found"),
            if english {
                15..34
            } else if wide {
                14..30
            } else {
                14..16
            },
            0,
        ),
    ];
    if wide {
        columns.push(Column::new(title("col-due"), if english { 12..26 } else { 10..22 }, 2));
    }
    columns
}

/// The column that tells why a row was found.
const WHY: usize = 5;

fn children(search: &Search, cx: &Cx, buf: &mut Buffer, area: Rect) {
    let columns = columns(cx, area.width);
    let [village, why, due] = [3, WHY, 6].map(|column| rows::room(&columns, area, column));
    table::draw(buf, area, cx.theme, &columns, &search.list, search.len(), |at| {
        let line = match search.line(at) {
            Some(Line::Child(line)) => line,
            Some(Line::Other(line)) => return others::cells(cx, line),
            None => return vec![],
        };
        let marks = |field| in_field(cx, &line.row, &line.reasons, field);
        vec![
            Entry::from(cx.name(&line.row.name)).found(marks(Field::Name)),
            Entry::from(rows::sex_age(cx, &line.row)),
            Entry::from(cx.name(&line.row.guardian)).found(marks(Field::Guardian)),
            rows::village(&line.row.village, marks(Field::Village), village),
            Entry::from(rows::risk(cx, &line.row.risk)).style(rows::risk_style(cx, &line.row.risk)),
            reasons(cx, &line.row, &line.reasons, usize::from(why)),
            rows::next_due(cx, &line.row, due),
        ]
    });
}

fn text(row: &Row, field: Field) -> String {
    match field {
        Field::Name => row.name.clone(),
        Field::Guardian => row.guardian.clone(),
        Field::Village => row.village.clone(),
        Field::School => row.school.clone(),
        Field::IdNumber => row.id_number.clone(),
        Field::Birth => row.birth.map(|birth| birth.format("%Y-%m-%d").to_string()).unwrap_or_default(),
        Field::Phone => row.phone.clone(),
        Field::CaseNo => row.case_no.clone(),
    }
}

/// The bytes of a shown field that were found. What is masked shows nothing, so nothing is marked in it.
fn in_field(cx: &Cx, row: &Row, reasons: &[Reason], field: Field) -> Vec<std::ops::Range<usize>> {
    if cx.masked && field != Field::Village {
        return vec![];
    }
    let text = text(row, field);
    reasons
        .iter()
        .filter(|reason| reason.field == field)
        .flat_map(|reason| rows::marked(&text, &reason.marks, 0))
        .collect()
}

/// Whether the columns say it all: the name, as it was typed.
fn is_plain(reason: &Reason) -> bool {
    reason.field == Field::Name && matches!(reason.how, How::Exact | How::Prefix | How::Part)
}

/// Why the row was found, where that is not plain to see; what has no column of its own is written out.
fn reasons(cx: &Cx, row: &Row, reasons: &[Reason], room: usize) -> Entry {
    let mut said = String::new();
    let mut found = Vec::new();
    for reason in reasons.iter().filter(|reason| !is_plain(reason)) {
        if !said.is_empty() {
            said.push_str(&cx.cat.t("value-and"));
        }
        // A name needs no word for what it is: it stands first in the row.
        match wording::how(cx.cat, reason.how) {
            Some(how) if reason.field == Field::Name => said.push_str(&how),
            _ => said.push_str(&wording::reason(cx.cat, reason)),
        }
        if matches!(reason.field, Field::Name | Field::Guardian | Field::Village) {
            continue;
        }
        said.push(' ');
        let text = text(row, reason.field);
        let open = matches!(reason.field, Field::School | Field::CaseNo) || !cx.masked;
        if open {
            let last = reason.marks.last().map_or(0, |mark| usize::from(mark.end));
            let from = rows::hidden(&text, last, room.saturating_sub(paint::width(&said)));
            let cut = if from > 0 { paint::CUT } else { "" };
            let base = said.len() + cut.len();
            let marks = rows::marked(&text, &reason.marks, 0).into_iter().filter(|mark| mark.start >= from);
            found.extend(marks.map(|mark| mark.start - from + base..mark.end - from + base));
            said.push_str(cut);
            said.push_str(&text[from..]);
        } else {
            said.push_str(&cx.personal(&text));
        }
    }
    Entry::from(said).style(cx.theme.dim).found(found)
}

fn notes(search: &Search, cx: &Cx, buf: &mut Buffer, area: Rect) {
    let title = |key: &str| cx.cat.t(key).into_owned();
    let columns = vec![
        Column::new(title("col-name"), 8..12, 0),
        Column::new(title("col-sex-age"), 7..8, 1),
        Column::new(title("col-on"), 10..10, 0),
        Column::new(title("col-sentence"), 20..100, 0),
    ];
    let room = usize::from(rows::room(&columns, area, 3));
    let notes = search.notes();
    table::draw(buf, area, cx.theme, &columns, &search.list, notes.len(), |at| {
        let hit = &notes[at];
        vec![
            Entry::from(cx.name(&hit.row.name)),
            Entry::from(rows::sex_age(cx, &hit.row)),
            Entry::from(hit.on.map(|on| cx.cat.date(on)).unwrap_or_default()).style(cx.theme.dim),
            sentence(cx, hit, room),
        ]
    });
}

/// The sentence from where its first match is in view.
fn sentence(cx: &Cx, hit: &NoteHit, room: usize) -> Entry {
    if cx.masked || cx.discreet {
        return Entry::from(cx.written(&hit.sentence)).style(cx.theme.dim);
    }
    let starts: Vec<usize> =
        hit.sentence.char_indices().map(|(at, _)| at).chain([hit.sentence.len()]).collect();
    let byte = |char: usize| starts.get(char).copied().unwrap_or(hit.sentence.len());
    let first = hit.marks.first().map_or(0, |mark| byte(*mark));
    let mut from = 0;
    if paint::width(&hit.sentence) > room {
        // A third of the room for what leads up to it.
        while from < first && paint::width(&hit.sentence[from..first]) > room / 3 {
            from = starts.iter().copied().find(|start| *start > from).unwrap_or(first);
        }
    }
    let cut = if from > 0 { paint::CUT } else { "" };
    let marks = hit.marks.iter().map(|mark| byte(*mark)..byte(*mark + 1)).filter(|mark| mark.start >= from);
    let found = marks.map(|mark| mark.start - from + cut.len()..mark.end - from + cut.len()).collect();
    Entry::from(format!("{cut}{}", &hit.sentence[from..])).found(found)
}

/// More of the selected one: in full why it was found, and what tells it from its namesakes.
fn detail(search: &Search, cx: &Cx, buf: &mut Buffer, area: Rect) {
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    let Some(at) = search.list.selected(search.len()) else { return };
    if search.mode == Mode::Notes {
        let text = cx.written(&search.notes()[at].sentence);
        let two = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..inner };
        wrap::draw(buf, two, &text, 0, cx.theme.dim);
        return;
    }
    let (row, reasons) = match search.line(at) {
        Some(Line::Child(line)) => (&line.row, &line.reasons),
        Some(Line::Other(line)) => return others::detail(cx, buf, inner, line),
        None => return,
    };
    let why: Vec<String> = reasons
        .iter()
        .filter(|reason| !is_plain(reason))
        .map(|reason| wording::reason(cx.cat, reason))
        .collect();
    let why = why.join(&cx.cat.t("value-and"));
    let room = usize::from(rows::room(&columns(cx, area.width), area, WHY));
    let cut = paint::width(&self::reasons(cx, row, reasons, room).text) > room;
    let fact = |field: Field| {
        let text = text(row, field);
        let open = matches!(field, Field::School | Field::CaseNo | Field::Village);
        if open || !cx.masked {
            Entry::from(text).found(in_field(cx, row, reasons, field))
        } else {
            Entry::from(cx.personal(&text))
        }
    };
    let worker = row.worker.and_then(|worker| cx.station.worker(worker)).unwrap_or_default();
    let by_birth = reasons.iter().any(|reason| reason.field == Field::Birth);
    // A number on file says the day as well.
    let tells_birth = !row.id_number.is_empty() && !by_birth;
    let facts = [
        vec![
            ("found-birth", if tells_birth { Entry::default() } else { fact(Field::Birth) }),
            ("found-id-number", fact(Field::IdNumber)),
            ("found-phone", fact(Field::Phone)),
        ],
        vec![
            ("", fact(Field::Village)),
            ("found-school", fact(Field::School)),
            ("col-due", rows::next_due(cx, row, area.width)),
        ],
        vec![
            ("col-found", if cut { why.into() } else { Entry::default() }),
            ("found-case-no", fact(Field::CaseNo)),
            ("col-worker", worker.into()),
            ("", wording::status(cx.cat, row.status).into()),
        ],
    ];
    for (line, y) in facts.iter().zip(inner.y + 1..inner.bottom()) {
        rows::facts(cx, buf, Rect { y, height: 1, ..inner }, line);
    }
}
