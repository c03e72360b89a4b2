//! A new recovery key: shown, typed back from the paper, and only then in force.

use super::ask;
use crate::office::{Answer, RecoveryKey, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, Screen, Secret, Ticket, Tone};
use crate::tui::screens::lines::Lines;
use crate::tui::screens::paper::Paper;
use crate::tui::widget::{popup, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const KEY: Ticket = Ticket(1);
const RENEWED: Ticket = Ticket(2);

pub(in crate::tui::screens) struct Renew {
    key: Option<(RecoveryKey, Paper)>,
    /// Typing it back; else it is shown.
    lines: Option<Lines>,
    busy: bool,
    refused: Option<String>,
}

impl Renew {
    pub(in crate::tui::screens) fn new() -> Self {
        Self { key: None, lines: None, busy: false, refused: None }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        let (Some((key, paper)), Some(lines)) = (&self.key, &mut self.lines) else { return vec![] };
        self.refused = None;
        if let Some(slip) = paper.slip(cx, lines.text(0)) {
            lines.fail(0, slip);
            return vec![];
        }
        self.busy = true;
        vec![Effect::Ask(RENEWED, Request::RenewRecovery(key.clone()))]
    }

    fn leave(&self, cx: &Cx) -> Vec<Effect> {
        vec![Effect::Close, Effect::Toast(Tone::Plain, cx.cat.t("accounts-renew-left").into_owned())]
    }
}

impl Screen for Renew {
    fn layers(&self) -> Vec<Layer> {
        match self.lines {
            Some(_) => vec![Layer::Text, Layer::Question, Layer::Form],
            None => vec![Layer::Question, Layer::Form],
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => return vec![Effect::Ask(KEY, Request::NewRecoveryKey)],
            Input::Answer(KEY, Ok(Answer::RecoveryKey(key))) => {
                let paper = Paper::new(Secret::new(key.to_string()));
                self.key = Some((key, paper));
            }
            Input::Answer(RENEWED, Ok(_)) => {
                let said = cx.cat.t("accounts-renewed").into_owned();
                return vec![Effect::Close, Effect::Toast(Tone::Good, said)];
            }
            Input::Answer(RENEWED, Err(refusal)) => {
                self.busy = false;
                let why = wording::refusal(cx.cat, &refusal);
                self.refused = Some(cx.cat.t1("accounts-not-renewed", "why", why).into_owned());
            }
            Input::Answer(_, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
            _ if self.busy => {}
            Input::Command(Command::Back) if self.lines.is_some() => {
                (self.lines, self.refused) = (None, None);
            }
            Input::Command(Command::Back) => return self.leave(cx),
            Input::Command(Command::NextField | Command::GoOn | Command::Save)
                if self.lines.is_none() && self.key.is_some() =>
            {
                self.lines = Some(Lines::new().line("unlock-recovery", ""));
            }
            input => {
                if self.lines.as_mut().is_some_and(|lines| lines.submits(&input)) {
                    return self.submit(cx);
                }
            }
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let below = match &self.refused {
            Some(refused) => (refused.clone(), cx.theme.error),
            None if self.busy => (cx.cat.t("accounts-busy").into_owned(), cx.theme.dim),
            None => (String::new(), cx.theme.normal),
        };
        if let Some(lines) = &self.lines {
            let why = cx.cat.t("accounts-renew-type-back");
            return ask(cx, buf, area, &self.title(cx), &why, lines, below);
        }
        const WIDTH: u16 = 68;
        let why = cx.cat.t("accounts-renew-why");
        let above = wrap::lines(&why, WIDTH.min(area.width) - 4).len() as u16;
        let inner = popup::open(buf, area, WIDTH, above + 7, &self.title(cx), cx.theme);
        wrap::draw(buf, inner, &why, 0, cx.theme.normal);
        let y = inner.y + above + 1;
        match &self.key {
            Some((_, paper)) => {
                paper.draw(cx, buf, inner, y);
            }
            None => {
                wrap::draw(
                    buf,
                    Rect { y, height: inner.bottom().saturating_sub(y), ..inner },
                    &below.0,
                    0,
                    below.1,
                );
            }
        }
        Some(Position::new(inner.x, y))
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("accounts-renew").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::GoOn, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
