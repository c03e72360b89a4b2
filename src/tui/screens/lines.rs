//! A few labelled one-line fields, for places where no record is behind them: the door, the wizard, short questions.

use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::paint;
use crate::tui::screen::{Cx, Input, Secret};
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
    content: Content,
    /// What is wrong with it, in the language of the screen.
    error: Option<String>,
}

enum Content {
    Text(TextBuffer),
    /// One of several words; the arrows turn it.
    Choice {
        words: Vec<String>,
        at: usize,
    },
}

const LONGEST: usize = 200;
const LONGEST_LOGIN: usize = 64;

/// What is wrong with a login name that somebody chooses: it must be typable on any console, without an input method.
pub(super) fn login_fault(login: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let fits = (1..=LONGEST_LOGIN).contains(&login.len()) && login.chars().all(plain);
    (!fits).then_some("wizard-needs-login")
}

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

    pub(super) fn choice(mut self, label: &'static str, words: Vec<String>) -> Self {
        self.fields.push(Labelled { label, content: Content::Choice { words, at: 0 }, error: None });
        self
    }

    fn add(mut self, label: &'static str, buffer: TextBuffer) -> Self {
        self.fields.push(Labelled { label, content: Content::Text(buffer), error: None });
        self
    }

    pub(super) fn focus(&self) -> usize {
        self.focus
    }

    /// Which of its words a choice is at.
    pub(super) fn chosen(&self, field: usize) -> usize {
        match self.fields.get(field).map(|field| &field.content) {
            Some(Content::Choice { at, .. }) => *at,
            _ => 0,
        }
    }

    /// Turns a choice to one of its words.
    pub(super) fn choose(&mut self, field: usize, to: usize) {
        if let Some(Labelled { content: Content::Choice { at, .. }, .. }) = self.fields.get_mut(field) {
            *at = to;
        }
    }

    /// Other words for a choice; it turns to the first where it has no such many.
    pub(super) fn offer(&mut self, field: usize, offered: Vec<String>) {
        if let Some(Labelled { content: Content::Choice { words, at }, .. }) = self.fields.get_mut(field) {
            if *at >= offered.len() {
                *at = 0;
            }
            *words = offered;
        }
    }

    /// Another text in a line.
    pub(super) fn put(&mut self, field: usize, text: &str) {
        if let Some(Labelled { content: Content::Text(buffer), error, .. }) = self.fields.get_mut(field) {
            *buffer = TextBuffer::line(Limit::Characters(LONGEST)).with_text(text);
            *error = None;
        }
    }

    pub(super) fn has_error(&self, field: usize) -> bool {
        self.fields.get(field).is_some_and(|field| field.error.is_some())
    }

    pub(super) fn set_focus(&mut self, field: usize) {
        self.focus = field.min(self.fields.len().saturating_sub(1));
    }

    pub(super) fn text(&self, field: usize) -> &str {
        match self.fields.get(field).map(|field| &field.content) {
            Some(Content::Text(buffer)) => buffer.text(),
            Some(Content::Choice { words, at }) => words.get(*at).map_or("", String::as_str),
            None => "",
        }
    }

    /// The secret of a field, which is empty afterwards.
    pub(super) fn take_secret(&mut self, field: usize) -> Secret {
        let text = match self.fields.get_mut(field).map(|field| &mut field.content) {
            Some(Content::Text(buffer)) => buffer.take_secret().to_string(),
            _ => String::new(),
        };
        Secret::new(text)
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
            match &mut field.content {
                Content::Text(buffer) => buffer.insert_str(text),
                Content::Choice { .. } if text == " " => field.content.turn(false),
                Content::Choice { .. } => {}
            }
        }
    }

    /// Takes what is typed and the commands of a field; `true` if that was Enter on the last field, or saving.
    pub(super) fn submits(&mut self, input: &Input) -> bool {
        match input {
            Input::Text(text) | Input::Paste(text) => self.insert(text),
            Input::Command(command) => return self.command(*command),
            _ => {}
        }
        false
    }

    pub(super) fn command(&mut self, command: Command) -> bool {
        let last = self.fields.len().saturating_sub(1);
        match command {
            Command::Save => return true,
            Command::NextField | Command::GoOn if self.focus == last => return true,
            Command::NextField | Command::GoOn => self.focus += 1,
            Command::PreviousField => self.focus = self.focus.saturating_sub(1),
            _ => {
                let Some(field) = self.fields.get_mut(self.focus) else { return false };
                let edited = match (&mut field.content, command) {
                    (Content::Text(buffer), command) => buffer.run(command),
                    (choice, Command::TextLeft | Command::TextRight) => {
                        choice.turn(command == Command::TextLeft);
                        true
                    }
                    _ => false,
                };
                if edited {
                    field.error = None;
                }
            }
        }
        false
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
            let (text, at) = match &field.content {
                Content::Text(buffer) => {
                    let strip = buffer.strip(width);
                    (strip.text.to_string(), strip.caret)
                }
                Content::Choice { words, at } => {
                    (format!("< {} >", words.get(*at).map_or("", |word| word)), 0)
                }
            };
            paint::put_shortened(buf, slot, x, y, &text, style);
            if focused {
                caret = Some(Position::new((x + at).min(slot.right().saturating_sub(1)), y));
            }
            match (&field.error, &field.content) {
                (Some(error), _) => {
                    paint::put_shortened(buf, area, x, y + 1, error, cx.theme.error);
                }
                (None, Content::Choice { .. }) if focused => {
                    paint::put_shortened(buf, area, x, y + 1, &cx.cat.t("choose-turn"), cx.theme.dim);
                }
                _ => {}
            }
        }
        caret
    }
}

impl Content {
    fn turn(&mut self, back: bool) {
        if let Content::Choice { words, at } = self {
            let len = words.len().max(1);
            *at = (*at + if back { len - 1 } else { 1 }) % len;
        }
    }
}
