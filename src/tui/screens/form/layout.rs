//! Where everything stands: headings, labels, boxes, what is wrong under them; scrolled so that the focus is seen.

use super::field::Field;
use super::{Form, bottom, options, words};
use crate::domain::form::FieldKind;
use crate::domain::{Need, ResidentId, Value, forms};
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::widget::wrap;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

/// Longer rows of text are hard to read.
const NOTES_WIDTH: u16 = 96;
/// Cells left of the labels: the mark of the focus and a blank.
const MARGIN: u16 = 2;

/// A heading or a field with all that stands under it, measured from the top of the form.
struct Block {
    top: u16,
    height: u16,
    what: What,
}

enum What {
    Heading(String),
    Field { at: usize, rows: u16, signs: Vec<Sign> },
}

/// A line under a field.
struct Sign {
    text: String,
    style: Style,
}

/// Columns of the form.
#[derive(Clone, Copy)]
struct Columns {
    label: u16,
    /// First cell of the boxes, and how many cells there are from there on.
    field: u16,
    room: u16,
}

impl Form {
    pub(super) fn draw(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let foot = self.foot(cx, area.width);
        let foot_height = (foot.len() as u16 + 1).min(area.height / 2);
        let body = Rect { height: area.height - foot_height, ..area };
        let columns = self.columns(cx, area);
        let blocks = self.blocks(cx, columns, body.height);
        let top = self.scroll_to_focus(&blocks, body.height);
        let mut caret = None;
        for block in &blocks {
            let from = i32::from(block.top) - i32::from(top);
            if from + i32::from(block.height) <= 0 || from >= i32::from(body.height) {
                continue;
            }
            let y = i32::from(body.y) + from;
            match &block.what {
                What::Heading(text) => self.draw_heading(cx, buf, body, y, text),
                What::Field { at, rows, signs } => {
                    let at_caret = self.draw_field(cx, buf, body, columns, y, *at, *rows);
                    self.draw_signs(cx, buf, body, columns, y + i32::from(*rows), signs);
                    caret = caret.or(at_caret);
                }
            }
        }
        let below = blocks
            .iter()
            .filter(|block| block.top + 1 > top + body.height && matches!(block.what, What::Field { .. }))
            .count();
        let rest = Rect { y: body.bottom(), height: foot_height, ..area };
        bottom::draw(cx, buf, rest, &foot, below, self.still_required());
        caret
    }

    fn columns(&self, cx: &Cx, area: Rect) -> Columns {
        let widest = self
            .shown
            .iter()
            .map(|at| paint::width(&wording::field_label(cx.cat, &self.spec.id, &self.fields[*at].spec)) + 1)
            .max()
            .unwrap_or(0);
        let label = (widest as u16).clamp(8, (area.width / 3).max(8));
        let field = area.x + MARGIN + label + 1;
        Columns { label, field, room: area.right().saturating_sub(field + 1) }
    }

    fn blocks(&self, cx: &Cx, columns: Columns, height: u16) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut top = 0;
        let one_section = self.shown.iter().all(|at| {
            self.shown
                .first()
                .is_some_and(|first| self.fields[*at].spec.section == self.fields[*first].spec.section)
        });
        let mut section = None;
        for at in &self.shown {
            let field = &self.fields[*at];
            if section != Some(&field.spec.section) {
                section = Some(&field.spec.section);
                if !one_section {
                    let what = What::Heading(wording::section_title(cx.cat, &field.spec.section));
                    blocks.push(Block { top, height: 1, what });
                    top += 1;
                }
            }
            let rows = self.rows(field, columns, height);
            let signs = self.signs(cx, *at, columns.room);
            let tall = rows + signs.len() as u16;
            blocks.push(Block { top, height: tall, what: What::Field { at: *at, rows, signs } });
            top += tall;
        }
        blocks
    }

    /// Rows of a field: one, or as many as its text needs within bounds.
    fn rows(&self, field: &Field, columns: Columns, height: u16) -> u16 {
        if !field.text.is_multiline() {
            return 1;
        }
        let most = (height / 2).max(8).min(height.saturating_sub(2)).max(2);
        field
            .text
            .page(columns.room.saturating_sub(2).min(NOTES_WIDTH), most)
            .total
            .clamp(2, usize::from(most)) as u16
    }

    /// What is wrong with a field that the focus has left once, and what others did to it.
    fn signs(&self, cx: &Cx, at: usize, room: u16) -> Vec<Sign> {
        let field = &self.fields[at];
        let mut signs = Vec::new();
        let mut say = |mark: &str, text: String, style: Style| {
            for (place, row) in wrap::lines(&text, room.saturating_sub(2)).into_iter().take(3).enumerate() {
                let mark = if place == 0 { mark } else { " " };
                signs.push(Sign { text: format!("{mark} {row}"), style });
            }
        };
        if field.left {
            for fault in self.faults_of(&field.spec.id) {
                let text = wording::fault(cx.cat, &self.spec, &field.spec, &fault.fault);
                let (mark, style) = if fault.grave { ("!", cx.theme.error) } else { ("?", cx.theme.warning) };
                say(mark, text, style);
            }
        }
        if let Some(theirs) = &field.theirs {
            let value = theirs.as_ref().map(|value| words::value(cx, &field.spec, value));
            let value = value.unwrap_or_else(|| cx.cat.t("value-empty").into_owned());
            let value = if field.spec.personal { cx.personal(&value) } else { value };
            say("?", cx.cat.t1("form-theirs", "value", value).into_owned(), cx.theme.warning);
        }
        if field.text.was_cut() {
            say("?", cx.cat.t("form-cut").into_owned(), cx.theme.warning);
        }
        signs
    }

    /// Scrolled as little as needed; the heading over the first field of a section is shown with it.
    fn scroll_to_focus(&self, blocks: &[Block], height: u16) -> u16 {
        let is_focus = |block: &Block| matches!(block.what, What::Field { at, .. } if at == self.focus);
        let Some(place) = blocks.iter().position(is_focus) else { return 0 };
        let block = &blocks[place];
        let headed = place > 0 && matches!(blocks[place - 1].what, What::Heading(_));
        let from = if headed { blocks[place - 1].top } else { block.top };
        let to = block.top + block.height;
        let total = blocks.last().map_or(0, |last| last.top + last.height);
        let mut top = self.scroll.get().min(total.saturating_sub(height));
        if to > top + height {
            top = to - height;
        }
        if from < top {
            top = from;
        }
        self.scroll.set(top);
        top
    }

    fn draw_heading(&self, cx: &Cx, buf: &mut Buffer, body: Rect, y: i32, text: &str) {
        let Some(y) = row_in(body, y) else { return };
        let sign = cx.theme.borders.glyphs().horizontal;
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
        paint::rule(buf, line, y, sign, cx.theme.dim);
        paint::put(buf, body, body.x + 3, y, &format!(" {text} "), cx.theme.heading);
    }

    fn draw_signs(&self, _: &Cx, buf: &mut Buffer, body: Rect, columns: Columns, y: i32, signs: &[Sign]) {
        for (sign, y) in signs.iter().zip(y..) {
            if let Some(y) = row_in(body, y) {
                paint::put(buf, body, columns.field, y, &sign.text, sign.style);
            }
        }
    }

    /// Draws label and box; says where the caret stands if the field has the focus.
    #[allow(clippy::too_many_arguments)]
    fn draw_field(
        &self,
        cx: &Cx,
        buf: &mut Buffer,
        body: Rect,
        columns: Columns,
        y: i32,
        at: usize,
        rows: u16,
    ) -> Option<Position> {
        let field = &self.fields[at];
        let focused = at == self.focus;
        if let Some(y) = row_in(body, y) {
            self.draw_label(cx, buf, body, columns, y, field, focused);
        }
        let style = if focused { cx.theme.field_focused } else { cx.theme.field };
        let telling = field.spec.personal || field.text.is_multiline();
        if cx.masked && telling && !focused {
            let y = row_in(body, y)?;
            let text = if field.is_empty() { "[]".to_owned() } else { "[****]".to_owned() };
            paint::put(buf, body, columns.field, y, &text, cx.theme.field);
            return None;
        }
        if field.text.is_multiline() {
            return draw_notes(cx, buf, body, columns, y, rows, field, style).filter(|_| focused);
        }
        let y = row_in(body, y)?;
        let caret = if field.is_choice() {
            draw_choice(cx, buf, body, columns, y, field, focused)
        } else {
            draw_line(cx, buf, body, columns, y, field, focused)
        };
        caret.filter(|_| focused)
    }

    #[allow(clippy::too_many_arguments)]
    fn draw_label(
        &self,
        cx: &Cx,
        buf: &mut Buffer,
        body: Rect,
        columns: Columns,
        y: u16,
        field: &Field,
        focused: bool,
    ) {
        let label = wording::field_label(cx.cat, &self.spec.id, &field.spec);
        let star = if field.spec.need == Need::Required { "*" } else { "" };
        let room = usize::from(columns.label) - star.len();
        let label = format!("{star}{}", paint::shorten(&label, room));
        let style = if focused { cx.theme.selected_idle } else { cx.theme.label };
        let x = columns.field - 1 - paint::width(&label) as u16;
        paint::put(buf, body, x, y, &label, style);
        if focused {
            paint::put(buf, body, body.x, y, ">", cx.theme.selected_idle);
        }
    }
}

fn row_in(body: Rect, y: i32) -> Option<u16> {
    u16::try_from(y).ok().filter(|y| (body.top()..body.bottom()).contains(y))
}

/// Cells between the brackets of a one-line field.
fn inner_width(cx: &Cx, field: &Field, room: u16) -> u16 {
    let most = room.saturating_sub(2).max(4);
    let wanted = match &field.spec.kind {
        FieldKind::Line(max) => (*max as u16).saturating_mul(2).clamp(16, 56),
        FieldKind::Notes(_) => most.min(NOTES_WIDTH),
        FieldKind::Many(_) => most.min(72),
        FieldKind::Date(_) => 16,
        FieldKind::Number { .. } => 14,
        FieldKind::Yes => 8,
        FieldKind::Phone => 20,
        FieldKind::ResidentId => 20,
        FieldKind::One(_) | FieldKind::Worker => {
            let widest = options::all(cx, &field.spec).iter().map(|choice| paint::width(&choice.text)).max();
            (widest.unwrap_or(0) as u16 + 2).clamp(12, 32)
        }
    };
    wanted.min(most)
}

/// The box of a field: `[` text `]`; a hint behind it.
fn draw_line(
    cx: &Cx,
    buf: &mut Buffer,
    body: Rect,
    columns: Columns,
    y: u16,
    field: &Field,
    focused: bool,
) -> Option<Position> {
    let style = if focused { cx.theme.field_focused } else { cx.theme.field };
    let width = inner_width(cx, field, columns.room);
    let (x, end) = draw_box(buf, body, columns.field, y, width, ["[", "]"], style);
    let strip = field.text.strip(width);
    paint::put(buf, Rect { width: end - body.x, ..body }, x, y, &strip.text, style);
    if strip.more_left {
        paint::put(buf, body, x - 1, y, "<", style);
    }
    if strip.more_right {
        paint::put(buf, body, end, y, ">", style);
    }
    if let Some((text, style)) = hint(cx, field, focused) {
        paint::put_shortened(buf, body, end + 2, y, &text, style);
    }
    Some(Position::new(x + strip.caret, y))
}

/// The box of a field of choices: `<` what is chosen, what is typed to find another `>`.
fn draw_choice(
    cx: &Cx,
    buf: &mut Buffer,
    body: Rect,
    columns: Columns,
    y: u16,
    field: &Field,
    focused: bool,
) -> Option<Position> {
    let style = if focused { cx.theme.field_focused } else { cx.theme.field };
    let width = inner_width(cx, field, columns.room);
    let (x, end) = draw_box(buf, body, columns.field, y, width, ["<", ">"], style);
    let inside = Rect { width: end - body.x, ..body };
    let names: Vec<String> = field.chosen.iter().map(|code| options::name(cx, &field.spec, code)).collect();
    let names = names.join(&cx.cat.t("value-and"));
    let typed = field.text.text();
    // While another choice is looked for, the one that holds gives way.
    let shows_chosen = typed.is_empty() || field.takes_many();
    let mut from = x;
    if shows_chosen && !names.is_empty() {
        let room = usize::from(width).saturating_sub(if typed.is_empty() { 1 } else { 14 });
        from = paint::put(buf, inside, x, y, &paint::shorten(&names, room), style);
        if !typed.is_empty() {
            from += 1;
        }
    }
    if typed.is_empty() {
        let at = if field.takes_many() { from.min(end - 1) } else { x };
        return Some(Position::new(at, y));
    }
    let strip = field.text.strip(end - from);
    paint::put(buf, inside, from, y, &strip.text, style);
    let (text, style) = match field.nearest(cx) {
        Some(nearest) => (format!("-> {}", nearest.text), cx.theme.good),
        None => (cx.cat.t("form-no-choice").into_owned(), cx.theme.warning),
    };
    if end + 3 < body.right() {
        paint::put_shortened(buf, body, end + 2, y, &text, style);
    }
    Some(Position::new(from + strip.caret, y))
}

fn draw_box(
    buf: &mut Buffer,
    body: Rect,
    x: u16,
    y: u16,
    width: u16,
    brackets: [&str; 2],
    style: Style,
) -> (u16, u16) {
    let plain = Style { add_modifier: Default::default(), ..style };
    paint::put(buf, body, x, y, brackets[0], plain);
    paint::put(buf, body, x + 1, y, &" ".repeat(usize::from(width)), style);
    paint::put(buf, body, x + 1 + width, y, brackets[1], plain);
    (x + 1, x + 1 + width)
}

#[allow(clippy::too_many_arguments)]
fn draw_notes(
    cx: &Cx,
    buf: &mut Buffer,
    body: Rect,
    columns: Columns,
    y: i32,
    rows: u16,
    field: &Field,
    style: Style,
) -> Option<Position> {
    let width = columns.room.saturating_sub(2).min(NOTES_WIDTH);
    let page = field.text.page(width, rows);
    let mut caret = None;
    for at in 0..rows {
        let Some(row_y) = row_in(body, y + i32::from(at)) else { continue };
        let above = at == 0 && page.first > 0;
        let below = at + 1 == rows && page.first + page.rows.len() < page.total;
        let edge = match (above, below) {
            (true, _) => "^",
            (_, true) => "v",
            _ => "]",
        };
        let (x, _) = draw_box(buf, body, columns.field, row_y, width, ["[", edge], style);
        if let Some(row) = page.rows.get(usize::from(at)) {
            let inside = Rect { width: x + width - body.x, ..body };
            paint::put(buf, inside, x, row_y, field.text.row_text(*row), style);
        }
        if page.caret.1 == at {
            caret = Some(Position::new(x + page.caret.0, row_y));
        }
    }
    let _ = cx;
    caret
}

/// What the program has understood, behind the field.
fn hint(cx: &Cx, field: &Field, focused: bool) -> Option<(String, Style)> {
    match (&field.spec.kind, &field.value) {
        (FieldKind::Date(_), Ok(Some(Value::Date(date)))) => {
            let weekday = cx.cat.weekday(chrono::Datelike::weekday(date));
            let written = cx.cat.date(*date);
            let near = (*date - cx.today).num_days().abs() <= 45;
            let distance = if field.spec.id == forms::child::BIRTH {
                cx.cat.age(*date, cx.today)
            } else if near {
                Some(cx.cat.relative(*date, cx.today))
            } else {
                None
            };
            let parts: Vec<String> = [weekday.into_owned()].into_iter().chain(distance).collect();
            let text = parts.join(" ");
            if field.text.text().trim() == written {
                return Some((text, cx.theme.dim));
            }
            Some((format!("-> {written} {text}"), cx.theme.good))
        }
        (FieldKind::Date(_), Err(_)) if focused => Some(("-> ?".to_owned(), cx.theme.dim)),
        (FieldKind::ResidentId, Ok(Some(Value::Text(number)))) => match ResidentId::parse(number) {
            Ok(id) => {
                let sex = cx.cat.t(&format!("choice-sex-{}", id.sex())).into_owned();
                Some((format!("{} {sex}", cx.cat.date(id.birth())), cx.theme.good))
            }
            Err(_) if focused && number.chars().count() < 18 => {
                Some((format!("{}/18", number.chars().count()), cx.theme.dim))
            }
            Err(_) => None,
        },
        _ => None,
    }
}
