//! A colleague gets an account.

use super::ask;
use crate::office::{AccountFault, Admission, Answer, Passphrase, Refusal, Request, Role};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, Screen, Ticket, Tone};
use crate::tui::screens::lines::{Lines, login_fault};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const ADMITTED: Ticket = Ticket(1);

const NAME: usize = 0;
const LOGIN: usize = 1;
const ROLE: usize = 2;
const PASSPHRASE: usize = 3;
const AGAIN: usize = 4;

const ROLES: [Role; 4] = [Role::Caseworker, Role::Supervisor, Role::Lead, Role::Support];

pub(in crate::tui::screens) struct Admit {
    lines: Lines,
    busy: bool,
    refused: Option<String>,
}

impl Admit {
    pub(in crate::tui::screens) fn new(cx: &Cx) -> Self {
        let roles = ROLES.map(|role| wording::role(cx.cat, role));
        let lines = Lines::new()
            .line("accounts-name", "")
            .line("unlock-login", "")
            .choice("accounts-role", roles.into())
            .secret("unlock-passphrase")
            .secret("unlock-again");
        Self { lines, busy: false, refused: None }
    }

    fn role(&self) -> Role {
        ROLES[self.lines.chosen(ROLE).min(ROLES.len() - 1)]
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        self.lines.clear_errors();
        self.refused = None;
        let [name, login] = [NAME, LOGIN].map(|at| self.lines.text(at).trim().to_owned());
        let taken = cx.station.staff.iter().any(|staff| staff.login.to_lowercase() == login.to_lowercase());
        let weak = Passphrase::check(self.lines.text(PASSPHRASE)).err();
        let fault = if name.is_empty() {
            Some((NAME, wording::account_fault(cx.cat, AccountFault::BadName)))
        } else if let Some(key) = login_fault(&login) {
            Some((LOGIN, cx.cat.t(key).into_owned()))
        } else if taken {
            Some((LOGIN, wording::account_fault(cx.cat, AccountFault::LoginTaken)))
        } else if let Some(weak) = weak {
            Some((PASSPHRASE, wording::account_fault(cx.cat, AccountFault::Weak(weak))))
        } else if self.lines.text(PASSPHRASE) != self.lines.text(AGAIN) {
            Some((AGAIN, cx.cat.t("wizard-differs").into_owned()))
        } else {
            None
        };
        if let Some((field, error)) = fault {
            self.lines.fail(field, error);
            return vec![];
        }
        self.lines.take_secret(AGAIN);
        let passphrase = Passphrase::typed(self.lines.take_secret(PASSPHRASE).reveal());
        self.busy = true;
        let admission = Admission { login, name, role: self.role(), passphrase };
        vec![Effect::Ask(ADMITTED, Request::Admit(admission))]
    }

    fn fail(&mut self, cx: &Cx, refusal: &Refusal) {
        let field = match refusal {
            Refusal::Account(AccountFault::BadName) => NAME,
            Refusal::Account(AccountFault::BadLogin | AccountFault::LoginTaken) => LOGIN,
            Refusal::Account(AccountFault::Weak(_)) => PASSPHRASE,
            _ => {
                self.refused = Some(wording::refusal(cx.cat, refusal));
                self.lines.set_focus(PASSPHRASE);
                return;
            }
        };
        self.lines.fail(field, wording::refusal(cx.cat, refusal));
    }
}

impl Screen for Admit {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Answer(ADMITTED, answer) => {
                self.busy = false;
                match answer {
                    Ok(Answer::Account(staff)) => {
                        let (name, login) = (cx.name(&staff.name), staff.login);
                        let said =
                            cx.cat.tn("accounts-admitted", &[("name", name.into()), ("login", login.into())]);
                        return vec![Effect::Close, Effect::Toast(Tone::Good, said.into_owned())];
                    }
                    Ok(_) => {}
                    Err(refusal) => self.fail(cx, &refusal),
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
            None if self.lines.focus() == ROLE => (super::role_help(cx, self.role()), cx.theme.dim),
            None => (cx.cat.t("accounts-admit-below").into_owned(), cx.theme.dim),
        };
        let (title, why) = (self.title(cx), cx.cat.t("accounts-admit-why"));
        ask(cx, buf, area, &title, &why, &self.lines, below)
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("accounts-admit").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Save, Command::NextField, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
