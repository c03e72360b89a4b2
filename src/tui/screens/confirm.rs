//! A question with two answers. "No" is chosen at first: a stray Enter does no harm.

use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Confirm, Cx, Effect, Input, Pick, Screen};
use crate::tui::widget::{popup, wrap};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const WIDTH: u16 = 56;

pub(super) struct Question {
    question: Confirm,
    yes: bool,
}

impl Question {
    pub(super) fn new(question: Confirm) -> Self {
        Self { question, yes: false }
    }
}

impl Screen for Question {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Dialog]
    }

    fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Command(Command::NextChoice | Command::PreviousChoice | Command::Up | Command::Down) => {
                self.yes = !self.yes;
                vec![]
            }
            Input::Command(Command::Yes) => vec![Effect::CloseWith(Pick::Yes)],
            Input::Command(Command::Choose) if self.yes => vec![Effect::CloseWith(Pick::Yes)],
            Input::Command(Command::Choose | Command::No | Command::Back) => vec![Effect::Close],
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let lines = wrap::lines(&self.question.text, WIDTH - 4).len();
        let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(4);
        let inner = popup::open(buf, area, WIDTH, height, &self.question.title, cx.theme);
        wrap::draw(buf, inner, &self.question.text, 0, cx.theme.normal);
        let answers = Rect { y: inner.bottom().saturating_sub(1), height: 1.min(inner.height), ..inner };
        let labels = [self.question.no.as_str(), self.question.yes.as_str()];
        popup::choices(buf, answers, &labels, usize::from(self.yes), cx.theme)
    }

    fn title(&self, _: &Cx) -> String {
        self.question.title.clone()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::NextChoice, Command::Choose, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
