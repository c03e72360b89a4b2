//! One's own passphrase is changed.

use super::ask;
use crate::office::{AccountFault, Passphrase, Refusal, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, Screen, Ticket, Tone};
use crate::tui::screens::lines::Lines;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const CHANGED: Ticket = Ticket(1);

const OLD: usize = 0;
const NEW: usize = 1;
const AGAIN: usize = 2;

pub(in crate::tui::screens) struct ChangePassphrase {
    lines: Lines,
    busy: bool,
    refused: Option<String>,
}

impl ChangePassphrase {
    pub(in crate::tui::screens) fn new() -> Self {
        let lines = Lines::new()
            .secret("accounts-old-passphrase")
            .secret("unlock-new-passphrase")
            .secret("unlock-again");
        Self { lines, busy: false, refused: None }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        self.lines.clear_errors();
        self.refused = None;
        let fault = if self.lines.text(OLD).is_empty() {
            Some((OLD, cx.cat.t("accounts-needs-old").into_owned()))
        } else if let Err(weak) = Passphrase::check(self.lines.text(NEW)) {
            Some((NEW, wording::account_fault(cx.cat, AccountFault::Weak(weak))))
        } else if self.lines.text(NEW) != self.lines.text(AGAIN) {
            Some((AGAIN, cx.cat.t("wizard-differs").into_owned()))
        } else {
            None
        };
        if let Some((field, error)) = fault {
            self.lines.fail(field, error);
            return vec![];
        }
        self.lines.take_secret(AGAIN);
        let [old, new] = [OLD, NEW].map(|at| Passphrase::typed(self.lines.take_secret(at).reveal()));
        self.busy = true;
        vec![Effect::Ask(CHANGED, Request::ChangePassphrase { old, new })]
    }
}

impl Screen for ChangePassphrase {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Answer(CHANGED, answer) => {
                self.busy = false;
                let said = |refusal: &Refusal| wording::refusal(cx.cat, refusal);
                match answer {
                    Ok(_) => {
                        let said = cx.cat.t("accounts-passphrase-changed").into_owned();
                        return vec![Effect::Close, Effect::Toast(Tone::Good, said)];
                    }
                    Err(refusal @ Refusal::Account(AccountFault::Weak(_))) => {
                        self.lines.fail(NEW, said(&refusal));
                    }
                    Err(refusal @ Refusal::Account(_)) => self.lines.fail(OLD, said(&refusal)),
                    Err(refusal) => {
                        self.refused = Some(said(&refusal));
                        self.lines.set_focus(OLD);
                    }
                }
                vec![]
            }
            _ if self.busy => vec![],
            Input::Command(Command::Back) => vec![Effect::Close],
            input => {
                if matches!(input, Input::Text(_) | Input::Paste(_)) {
                    self.refused = None;
                }
                if self.lines.submits(&input) { self.submit(cx) } else { vec![] }
            }
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let below = match &self.refused {
            Some(refused) => (refused.clone(), cx.theme.error),
            None if self.busy => (cx.cat.t("accounts-busy").into_owned(), cx.theme.dim),
            None => (String::new(), cx.theme.normal),
        };
        let (title, why) = (self.title(cx), cx.cat.t("accounts-passphrase-why"));
        ask(cx, buf, area, &title, &why, &self.lines, below)
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("accounts-passphrase").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Save, Command::NextField, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
