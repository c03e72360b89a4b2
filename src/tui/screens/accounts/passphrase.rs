//! One's own passphrase is changed, or somebody else's, who forgot it, set anew.

use super::ask;
use crate::domain::WorkerId;
use crate::office::{AccountChange, AccountFault, Passphrase, Refusal, Request};
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

pub(in crate::tui::screens) struct NewPassphrase {
    /// None: one's own, for which the old one is asked.
    whose: Option<WorkerId>,
    lines: Lines,
    busy: bool,
    refused: Option<String>,
}

impl NewPassphrase {
    pub(in crate::tui::screens) fn own() -> Self {
        Self::ask(None, Lines::new().secret("accounts-old-passphrase"))
    }

    pub(in crate::tui::screens) fn of(worker: WorkerId) -> Self {
        Self::ask(Some(worker), Lines::new())
    }

    fn ask(whose: Option<WorkerId>, lines: Lines) -> Self {
        let lines = lines.secret("unlock-new-passphrase").secret("unlock-again");
        Self { whose, lines, busy: false, refused: None }
    }

    /// The fields of the new one and of its repetition.
    fn new_and_again(&self) -> (usize, usize) {
        let new = usize::from(self.whose.is_none());
        (new, new + 1)
    }

    fn name(&self, cx: &Cx) -> String {
        let name = self.whose.and_then(|worker| cx.station.worker(worker));
        name.map(|name| cx.name(name)).unwrap_or_default()
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        self.lines.clear_errors();
        self.refused = None;
        let (new, again) = self.new_and_again();
        let fault = if self.whose.is_none() && self.lines.text(0).is_empty() {
            Some((0, cx.cat.t("accounts-needs-old").into_owned()))
        } else if let Err(weak) = Passphrase::check(self.lines.text(new)) {
            Some((new, wording::account_fault(cx.cat, AccountFault::Weak(weak))))
        } else if self.lines.text(new) != self.lines.text(again) {
            Some((again, cx.cat.t("wizard-differs").into_owned()))
        } else {
            None
        };
        if let Some((field, error)) = fault {
            self.lines.fail(field, error);
            return vec![];
        }
        self.lines.take_secret(again);
        let passphrase = Passphrase::typed(self.lines.take_secret(new).reveal());
        self.busy = true;
        let request = match self.whose {
            Some(worker) => Request::ChangeAccount { worker, change: AccountChange::Passphrase(passphrase) },
            None => {
                let old = Passphrase::typed(self.lines.take_secret(0).reveal());
                Request::ChangePassphrase { old, new: passphrase }
            }
        };
        vec![Effect::Ask(CHANGED, request)]
    }
}

impl Screen for NewPassphrase {
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
                        let said = match self.whose {
                            Some(_) => cx.cat.t1("accounts-reset-done", "name", self.name(cx)),
                            None => cx.cat.t("accounts-passphrase-changed"),
                        };
                        let said = said.into_owned();
                        return vec![Effect::Close, Effect::Toast(Tone::Good, said)];
                    }
                    Err(refusal @ Refusal::Account(AccountFault::Weak(_))) => {
                        self.lines.fail(self.new_and_again().0, said(&refusal));
                    }
                    Err(refusal @ Refusal::Account(_)) => self.lines.fail(0, said(&refusal)),
                    Err(refusal) => {
                        self.refused = Some(said(&refusal));
                        self.lines.set_focus(0);
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
        let why =
            cx.cat.t(if self.whose.is_some() { "accounts-reset-why" } else { "accounts-passphrase-why" });
        let title = self.title(cx);
        ask(cx, buf, area, &title, &why, &self.lines, below)
    }

    fn title(&self, cx: &Cx) -> String {
        match self.whose {
            Some(_) => cx.cat.t1("accounts-reset", "name", self.name(cx)).into_owned(),
            None => cx.cat.t("accounts-passphrase").into_owned(),
        }
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Save, Command::NextField, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
