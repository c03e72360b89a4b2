//! The foot of the form: help and choices of the focused field, children who may be the same, what could not be done.

use super::likely;
use super::{Form, options, words};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::widget::wrap;
use crate::wording;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// A line of the foot in pieces of one style.
pub(super) struct Line(Vec<(String, Style)>);

impl Line {
    fn plain(text: String, style: Style) -> Self {
        Self(vec![(text, style)])
    }
}

impl Form {
    pub(super) fn foot(&self, cx: &Cx, width: u16) -> Vec<Line> {
        let room = width.saturating_sub(2);
        let mut lines = Vec::new();
        if let Some(notice) = &self.notice {
            lines.extend(
                wrap::lines(notice, room)
                    .into_iter()
                    .take(3)
                    .map(|row| Line::plain(row.to_owned(), cx.theme.error)),
            );
        }
        lines.extend(self.likely_lines(cx));
        let help = self.focused().map(|field| wording::field_help(cx.cat, &self.spec.id, &field.spec));
        let most = if self.help_open { 6 } else { 2 };
        let help = help.unwrap_or_default();
        let help = wrap::lines(&help, room).into_iter().take(most);
        lines.extend(help.map(|row| Line::plain(row.to_owned(), cx.theme.normal)));
        if self.focused().is_some_and(super::Field::takes_many) {
            let key = |command| {
                cx.keymap.first_key(&[Layer::Form], command).map_or_else(String::new, |key| key.label(cx.cat))
            };
            let keys = [("next", key(Command::NextField).into()), ("list", key(Command::Pick).into())];
            lines.push(Line::plain(cx.cat.tn("form-many", &keys).into_owned(), cx.theme.dim));
        }
        lines.push(self.choices_line(cx, room).unwrap_or(Line(Vec::new())));
        lines
    }

    /// Children on file who may be the one being typed.
    fn likely_lines(&self, cx: &Cx) -> Vec<Line> {
        if self.likely.found.is_empty() {
            return Vec::new();
        }
        let key = cx.keymap.first_key(&[Layer::Form], Command::Explain);
        let key = key.map_or_else(String::new, |chord| chord.label(cx.cat));
        let head = cx.cat.tn("form-likely", &[("n", self.likely.found.len().into()), ("key", key.into())]);
        let mut lines = vec![Line::plain(head.into_owned(), cx.theme.warning)];
        for found in self.likely.found.iter().take(2) {
            lines.push(Line(vec![
                (format!("  {}  ", words::person(cx, &found.row)), cx.theme.heading),
                (likely::why(cx, found), cx.theme.normal),
            ]));
        }
        lines
    }

    /// What can be chosen here, the chosen or nearest one marked; as many as fit.
    fn choices_line(&self, cx: &Cx, room: u16) -> Option<Line> {
        let field = self.focused().filter(|field| field.is_choice())?;
        let typed = field.text.text().trim();
        let choices = match typed {
            "" => options::all(cx, &field.spec),
            typed => options::matching(cx, &field.spec, typed),
        };
        let is_marked = |place: usize, code: &String| match typed {
            "" => field.chosen.contains(code),
            _ => place == 0,
        };
        let widths: Vec<usize> = choices.iter().map(|choice| paint::width(&choice.text) + 3).collect();
        let marked = choices.iter().enumerate().position(|(place, choice)| is_marked(place, &choice.code));
        let mut first = 0;
        let wanted = marked.unwrap_or(0);
        // The marked one stays in view: those before it go first.
        let up_to = |first: usize| widths.iter().take(wanted + 1).skip(first).sum::<usize>();
        while first < wanted && up_to(first) > usize::from(room) {
            first += 1;
        }
        let mut pieces = Vec::new();
        let mut used = 0;
        for (place, choice) in choices.iter().enumerate().skip(first) {
            used += widths[place];
            if used > usize::from(room) {
                pieces.push((paint::CUT.to_owned(), cx.theme.dim));
                break;
            }
            let marked = is_marked(place, &choice.code);
            let text = if marked { format!("({})", choice.text) } else { format!(" {} ", choice.text) };
            let style = if marked { cx.theme.highlight } else { cx.theme.dim };
            pieces.push((text, style));
            pieces.push((" ".to_owned(), cx.theme.normal));
        }
        Some(Line(pieces))
    }
}

/// A rule that says how much of the form is below and still required, then the lines.
pub(super) fn draw(cx: &Cx, buf: &mut Buffer, area: Rect, lines: &[Line], below: usize, required: usize) {
    let sign = cx.theme.borders.glyphs().horizontal;
    let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    paint::rule(buf, line, area.y, sign, cx.theme.border);
    let mut notes = Vec::new();
    if required > 0 {
        notes.push(cx.cat.t1("form-required-left", "n", required).into_owned());
    }
    if below > 0 {
        notes.push(cx.cat.t1("form-more-below", "n", below).into_owned());
    }
    if !notes.is_empty() {
        let text = format!(" {} ", notes.join("  "));
        let inner = Rect { width: line.width.saturating_sub(2), ..line };
        paint::put_right(buf, inner, area.y, &text, cx.theme.dim);
    }
    for (line, y) in lines.iter().zip(area.y + 1..area.bottom()) {
        let mut x = area.x + 1;
        for (text, style) in &line.0 {
            x = paint::put(buf, area, x, y, text, *style);
        }
    }
}
