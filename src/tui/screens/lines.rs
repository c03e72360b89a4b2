//! A few labelled one-line fields, for places where no record is behind them: the door, the wizard, short questions.

use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::paint;
use crate::tui::screen::{Cx, Secret};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

pub(super) struct Lines {
    fields: Vec<Labelled>,
    focus: usize,
}

struct Labelled {
    /// Catalogue key of the label.
    label: &'static str,
    buffer: TextBuffer,
    /// What is wrong with it, in the language of the screen.
    error: Option<String>,
}

/// What a command did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Did {
    Edited,
    Moved,
    /// Enter on the last field.
    Submitted,
    /// Nothing here: the screen may have a use for it.
    Nothing,
}

const LONGEST: usize = 200;

impl Lines {
    pub(super) fn new() -> Self {
        Self { fields: Vec::new(), focus: 0 }
    }

    pub(super) fn line(self, label: &'static str, text: &str) -> Self {
        self.add(label, TextBuffer::line(Limit::Characters(LONGEST)).with_text(text))
    }

    pub(super) fn secret(self, label: &'static str) -> Self {
        self.add(label, TextBuffer::secret(LONGEST))
    }

    fn add(mut self, label: &'static str, buffer: TextBuffer) -> Self {
        self.fields.push(Labelled { label, buffer, error: None });
        self
    }

    pub(super) fn has_error(&self, field: usize) -> bool {
        self.fields.get(field).is_some_and(|field| field.error.is_some())
    }

    pub(super) fn set_focus(&mut self, field: usize) {
        self.focus = field.min(self.fields.len().saturating_sub(1));
    }

    pub(super) fn text(&self, field: usize) -> &str {
        self.fields.get(field).map_or("", |field| field.buffer.text())
    }

    /// The secret of a field, which is empty afterwards.
    pub(super) fn take_secret(&mut self, field: usize) -> Secret {
        let text = self.fields.get_mut(field).map(|field| field.buffer.take_secret());
        Secret::new(text.map(|text| text.to_string()).unwrap_or_default())
    }

    /// Marks a field as wrong and goes there.
    pub(super) fn fail(&mut self, field: usize, error: String) {
        if let Some(labelled) = self.fields.get_mut(field) {
            labelled.error = Some(error);
            self.focus = field;
        }
    }

    pub(super) fn clear_errors(&mut self) {
        self.fields.iter_mut().for_each(|field| field.error = None);
    }

    pub(super) fn insert(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.error = None;
            field.buffer.insert_str(text);
        }
    }

    pub(super) fn command(&mut self, command: Command) -> Did {
        let last = self.fields.len().saturating_sub(1);
        match command {
            Command::NextField | Command::Save if command == Command::Save || self.focus == last => {
                Did::Submitted
            }
            Command::NextField => {
                self.focus += 1;
                Did::Moved
            }
            Command::PreviousField => {
                self.focus = self.focus.saturating_sub(1);
                Did::Moved
            }
            _ => {
                let Some(field) = self.fields.get_mut(self.focus) else { return Did::Nothing };
                if !field.buffer.run(command) {
                    return Did::Nothing;
                }
                field.error = None;
                Did::Edited
            }
        }
    }

    /// Lines that [`Self::view`] takes: a field and the place for its error each.
    pub(super) fn height(&self) -> u16 {
        u16::try_from(self.fields.len() * 2).unwrap_or(u16::MAX)
    }

    /// Draws label and box of each field, its error beneath; gives the caret.
    pub(super) fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let labels: Vec<_> = self.fields.iter().map(|field| cx.cat.t(field.label)).collect();
        let column = labels.iter().map(|label| paint::width(label)).max().unwrap_or(0) as u16;
        let mut caret = None;
        for (at, (field, label)) in self.fields.iter().zip(&labels).enumerate() {
            let y = area.y + (at as u16) * 2;
            if y >= area.bottom() {
                break;
            }
            let focused = at == self.focus;
            paint::put(buf, area, area.x, y, label, cx.theme.label);
            let x = area.x + column + 2;
            let width = area.right().saturating_sub(x);
            let style = if focused { cx.theme.field_focused } else { cx.theme.field };
            if width < 3 {
                continue;
            }
            paint::put(buf, area, x, y, "[", cx.theme.border);
            paint::put(buf, area, area.right() - 1, y, "]", cx.theme.border);
            let (x, width) = (x + 1, width - 2);
            let slot = Rect { x, y, width, height: 1 };
            paint::clear(buf, slot, style);
            let strip = field.buffer.strip(width);
            paint::put(buf, slot, x, y, &strip.text, style);
            if focused {
                caret = Some(Position::new((x + strip.caret).min(slot.right().saturating_sub(1)), y));
            }
            if let Some(error) = &field.error {
                paint::put_shortened(buf, area, x, y + 1, error, cx.theme.error);
            }
        }
        caret
    }
}
