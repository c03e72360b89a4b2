//! How the needs study is drawn: places by kinds with a bar each, and under the list what is to be known of its line.

use super::{Needs, TABS, Tab, Within, rows};
use crate::office::needs::{Need, PlaceNeeds};
use crate::office::{Concern, NeedsFound};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::widget::{
    table::{self, Column, Entry},
    tabs, wrap,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// Lines beneath the list.
const FOOT: u16 = 5;
/// Cells of the longest bar.
const BAR: usize = 20;

pub(super) fn draw(screen: &Needs, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    paint::clear(buf, area, cx.theme.normal);
    let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
    // Names stand under the last two, so their titles say why a child is listed.
    let titles = TABS.map(|tab| match tab {
        Tab::Places | Tab::Openings => cx.cat.t(tab_key(tab)).into_owned(),
        Tab::GivingUp | Tab::WithoutContact => cx.delicate(&cx.cat.t(tab_key(tab))),
    });
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    tabs::draw(buf, line, cx.theme, &titles, screen.tab);
    let foot = FOOT.min(area.height.saturating_sub(1) / 2);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + foot), ..area };
    if let Some(refused) = &screen.refused {
        return rows::note(cx, buf, body, refused);
    }
    let Some(found) = &screen.found else {
        return rows::note(cx, buf, body, &cx.cat.t1("needs-reading", "n", screen.read.to_string()));
    };
    let foot = Rect { x: area.x + 2, width: area.width.saturating_sub(4), y: body.bottom(), height: foot };
    if let Some(within) = &screen.within {
        return children(found, within, cx, buf, body, foot);
    }
    if screen.len() == 0 {
        return rows::note(cx, buf, body, &cx.cat.t(empty_key(screen.tab())));
    }
    let (cursor, said) = match screen.tab() {
        Tab::Places => places(screen, found, cx, buf, body),
        Tab::Openings => openings(screen, found, cx, buf, body),
        Tab::GivingUp | Tab::WithoutContact => concerns(screen, cx, buf, body),
    };
    wrap::draw(buf, foot, &said, 0, cx.theme.normal);
    cursor
}

fn tab_key(tab: Tab) -> &'static str {
    match tab {
        Tab::Places => "needs-tab-places",
        Tab::Openings => "needs-tab-openings",
        Tab::GivingUp => "needs-tab-giving-up",
        Tab::WithoutContact => "needs-tab-without-contact",
    }
}

fn empty_key(tab: Tab) -> &'static str {
    match tab {
        Tab::Places => "needs-none",
        Tab::Openings => "needs-no-openings",
        Tab::GivingUp => "needs-nobody-gives-up",
        Tab::WithoutContact => "needs-all-in-contact",
    }
}

type Drawn = (Option<Position>, String);

fn places(screen: &Needs, found: &NeedsFound, cx: &Cx, buf: &mut Buffer, body: Rect) -> Drawn {
    let needs = found.rules.needs();
    let title = |key: &str| cx.cat.t(key).into_owned();
    let mut columns = vec![Column::new(title("needs-col-place"), 14..26, 0)];
    // The need that is looked at stays in view however narrow it is.
    columns.extend(needs.iter().enumerate().map(|(at, need)| {
        let name = wording::need(cx.cat, need);
        let (name, rank) = if at == screen.need { (format!("<{name}>"), 0) } else { (name, 2) };
        let least = (paint::width(&name) as u16).clamp(3, 12);
        Column::new(name, least..least + 2, rank)
    }));
    columns.push(Column::new(title("needs-col-children"), 4..6, 1));
    columns.push(Column::new(String::new(), 5..BAR as u16, 3));
    let [village, room] = [0, columns.len() - 1].map(|column| rows::room(&columns, body, column));
    let most = screen.study.places.iter().map(|place| of_need(screen, place)).max().unwrap_or(0);
    let places = &screen.study.places;
    let cursor = table::draw(buf, body, cx.theme, &columns, screen.list(), places.len(), |at| {
        let place = &places[at];
        let name = wording::need_place(cx.cat, &place.place);
        let mut cells = vec![rows::village(&name, vec![], village)];
        cells.extend(place.unmet.iter().enumerate().map(|(need, count)| {
            let entry = Entry::from(if *count == 0 { "-".to_owned() } else { count.to_string() });
            match (need == screen.need, *count) {
                (true, _) => entry.style(cx.theme.label),
                (false, 0) => entry.style(cx.theme.dim),
                (false, _) => entry,
            }
        }));
        cells.push(Entry::from(place.children.to_string()));
        cells.push(Entry::from(bar(of_need(screen, place), most, room)).style(cx.theme.label));
        cells
    });
    let said = screen.place().zip(needs.get(screen.need));
    (cursor, said.map(|(place, need)| of_cell(screen, found, cx, place, need)).unwrap_or_default())
}

fn of_need(screen: &Needs, place: &PlaceNeeds) -> usize {
    place.unmet.get(screen.need).copied().unwrap_or(0)
}

/// ASCII, as every terminal has it in one cell.
fn bar(count: usize, most: usize, room: u16) -> String {
    "#".repeat((count * usize::from(room)).div_ceil(most.max(1)))
}

/// Whose count it is, who offers that there, and why it is a need.
fn of_cell(screen: &Needs, found: &NeedsFound, cx: &Cx, place: &PlaceNeeds, need: &Need) -> String {
    let all: usize = screen.study.places.iter().map(|place| of_need(screen, place)).sum();
    let parts = [
        ("place", wording::need_place(cx.cat, &place.place).into()),
        ("need", wording::need(cx.cat, need).into()),
        ("count", of_need(screen, place).into()),
        ("all", all.into()),
    ];
    let mut lines = vec![cx.cat.tn("needs-of-cell", &parts).into_owned()];
    let such = found.offers.iter().filter(|offer| offer.needs >> screen.need & 1 == 1);
    let names: Vec<&str> = such.map(|offer| offer.name.as_str()).collect();
    lines.push(match names.is_empty() {
        true => cx.cat.t("needs-nowhere").into_owned(),
        false => cx.cat.t1("needs-offers", "names", names.join(&cx.cat.t("value-and"))).into_owned(),
    });
    lines.push(cx.cat.t1("needs-source", "source", wording::need_source(cx.cat, need)).into_owned());
    lines.join("\n")
}

fn openings(screen: &Needs, found: &NeedsFound, cx: &Cx, buf: &mut Buffer, body: Rect) -> Drawn {
    let title = |key: &str| cx.cat.t(key).into_owned();
    let columns = [
        Column::new(title("needs-col-place"), 12..26, 0),
        Column::new(title("needs-col-need"), 8..14, 0),
        Column::new(title("needs-col-children"), 4..6, 0),
        Column::new(title("needs-col-offered"), 16..60, 0),
    ];
    let all = &screen.study.openings;
    let needs = found.rules.needs();
    let cursor = table::draw(buf, body, cx.theme, &columns, screen.list(), all.len(), |at| {
        let one = &all[at];
        vec![
            Entry::from(wording::need_place(cx.cat, &one.place)),
            Entry::from(wording::need(cx.cat, &needs[one.need])),
            Entry::from(one.children.to_string()),
            Entry::from(wording::offered(cx.cat, &one.offered)),
        ]
    });
    let said = screen.opening();
    let said = said.map(|one| wording::opening(cx.cat, &found.rules, one, &one.children.to_string()));
    (cursor, said.unwrap_or_default())
}

fn concerns(screen: &Needs, cx: &Cx, buf: &mut Buffer, body: Rect) -> Drawn {
    let title = |key: &str| cx.cat.t(key).into_owned();
    let mut columns = vec![
        Column::new(title("col-name"), 8..16, 0),
        Column::new(title("col-sex-age"), 7..9, 1),
        Column::new(title("col-village"), 8..24, 1),
    ];
    // Whoever is to be called, where the reason is the same for all.
    let calls = screen.tab() == Tab::WithoutContact;
    columns.extend(match calls {
        true => vec![
            Column::new(title("needs-col-last-contact"), 10..12, 0),
            Column::new(title("col-guardian"), 8..14, 0),
            Column::new(title("needs-col-phone"), 11..14, 0),
        ],
        false => vec![Column::new(title("needs-col-why"), 16..80, 0)],
    });
    let village = rows::room(&columns, body, 2);
    let all = screen.concerns();
    let cursor = table::draw(buf, body, cx.theme, &columns, screen.list(), all.len(), |at| {
        let one = &all[at];
        let mut cells = vec![
            Entry::from(cx.name(&one.row.name)),
            Entry::from(rows::sex_age(cx, &one.row)),
            rows::village(&one.row.village, vec![], village),
        ];
        if calls {
            cells.push(last_contact(cx, one));
            cells.push(Entry::from(cx.name(&one.row.guardian)));
            cells.push(Entry::from(cx.personal(&one.row.phone)));
        } else {
            cells.push(Entry::from(cx.delicate(&wording::flag(cx.cat, &one.flag, cx.today))));
        }
        cells
    });
    let said = screen.concern().map(|one| {
        let whole = wording::flag_whole(cx.cat, &one.flag, cx.today);
        cx.delicate(&whole.into_iter().take(2).collect::<Vec<_>>().join("\n"))
    });
    (cursor, said.unwrap_or_default())
}

fn last_contact(cx: &Cx, one: &Concern) -> Entry {
    match one.last_family_contact {
        Some(on) => Entry::from(on.to_string()),
        None => Entry::from(cx.cat.t("needs-never").into_owned()).style(cx.theme.overdue),
    }
}

fn children(
    found: &NeedsFound,
    within: &Within,
    cx: &Cx,
    buf: &mut Buffer,
    body: Rect,
    foot: Rect,
) -> Option<Position> {
    let title = |key: &str| cx.cat.t(key).into_owned();
    let need = found.rules.needs().get(within.need).map(|need| wording::need(cx.cat, need));
    let parts = [
        ("place", wording::need_place(cx.cat, &within.place).into()),
        ("need", cx.delicate(&need.unwrap_or_default()).into()),
    ];
    let head = Rect { x: body.x + 2, width: body.width.saturating_sub(4), height: 1, ..body };
    let said = cx.cat.tn("needs-within", &parts);
    paint::put_shortened(buf, head, head.x, head.y, &said, cx.theme.heading);
    let body = Rect { y: body.y + 1, height: (body.height + foot.height).saturating_sub(1), ..body };
    if within.children.is_empty() {
        let key = rows::key(cx, &[Layer::Global], Command::Back);
        return rows::note(cx, buf, body, &cx.cat.t1("needs-nobody", "key", key));
    }
    let columns = [
        Column::new(title("col-name"), 8..16, 0),
        Column::new(title("col-sex-age"), 7..9, 0),
        Column::new(title("col-village"), 8..24, 1),
        Column::new(title("col-due"), 10..20, 1),
        Column::new(title("needs-col-also"), 10..40, 2),
    ];
    let [village, due] = [2, 3].map(|column| rows::room(&columns, body, column));
    table::draw(buf, body, cx.theme, &columns, &within.list, within.children.len(), |at| {
        let one = &found.children[within.children[at]];
        let other = |(at, _): &(usize, &Need)| *at != within.need && one.told.unmet() >> at & 1 == 1;
        let also = found.rules.needs().iter().enumerate().filter(other);
        let also: Vec<String> = also.map(|(_, need)| wording::need(cx.cat, need)).collect();
        vec![
            Entry::from(cx.name(&one.row.name)),
            Entry::from(rows::sex_age(cx, &one.row)),
            rows::village(&one.row.village, vec![], village),
            rows::next_due(cx, &one.row, due),
            Entry::from(cx.delicate(&also.join(&cx.cat.t("value-and")))),
        ]
    })
}
