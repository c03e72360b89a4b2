//! The door: account and passphrase, or the paper key.

use super::lines::Lines;
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, DoorAsk, DoorView, Effect, Input, Locked, Screen, Ticket};
use crate::tui::widget::wrap;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const DOOR: Ticket = Ticket(1);

pub(super) struct Unlock {
    door: DoorView,
    mode: Mode,
    lines: Lines,
    /// Asked and not yet answered: deriving a key takes about a second.
    busy: bool,
    refused: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Passphrase,
    Recovery,
}

impl Unlock {
    pub(super) fn new(door: &DoorView) -> Self {
        let login = if let [login] = door.logins.as_slice() { login.as_str() } else { "" };
        let mut lines = Lines::new().line("unlock-login", login).secret("unlock-passphrase");
        lines.set_focus(usize::from(!login.is_empty()));
        Self { door: door.clone(), mode: Mode::Passphrase, lines, busy: false, refused: None }
    }

    fn switch(&mut self) {
        let login = self.lines.text(0).to_owned();
        self.refused = None;
        (self.mode, self.lines) = match self.mode {
            Mode::Passphrase => (
                Mode::Recovery,
                Lines::new()
                    .line("unlock-login", &login)
                    .line("unlock-recovery", "")
                    .secret("unlock-new-passphrase")
                    .secret("unlock-again"),
            ),
            Mode::Recovery => {
                (Mode::Passphrase, Lines::new().line("unlock-login", &login).secret("unlock-passphrase"))
            }
        };
        self.lines.set_focus(usize::from(!login.is_empty()));
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        self.refused = None;
        let login = self.lines.text(0).trim().to_owned();
        if login.is_empty() {
            self.lines.fail(0, cx.cat.t("unlock-needs-login").into_owned());
            return vec![];
        }
        let ask = match self.mode {
            Mode::Passphrase => {
                if self.lines.text(1).is_empty() {
                    self.lines.set_focus(1);
                    return vec![];
                }
                DoorAsk::Unlock { login, passphrase: self.lines.take_secret(1) }
            }
            Mode::Recovery => {
                if self.lines.text(2) != self.lines.text(3) {
                    self.lines.fail(3, cx.cat.t("wizard-differs").into_owned());
                    return vec![];
                }
                let recovery = crate::tui::screen::Secret::new(self.lines.text(1).to_owned());
                self.lines.take_secret(3);
                DoorAsk::Recover { login, recovery, passphrase: self.lines.take_secret(2) }
            }
        };
        self.busy = true;
        vec![Effect::Door(DOOR, ask)]
    }
}

impl Screen for Unlock {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Question, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Door(DOOR, answer) => {
                self.busy = false;
                match answer {
                    Ok(_) => vec![Effect::SignedIn],
                    Err(no) => {
                        self.refused = Some(no.0);
                        self.lines.set_focus(1);
                        vec![]
                    }
                }
            }
            _ if self.busy => vec![],
            Input::Command(Command::UseRecovery) => {
                self.switch();
                vec![]
            }
            Input::Command(Command::Back) => match self.mode {
                Mode::Recovery => {
                    self.switch();
                    vec![]
                }
                Mode::Passphrase => vec![Effect::Quit],
            },
            input => {
                if matches!(input, Input::Text(_) | Input::Paste(_)) {
                    self.refused = None;
                }
                if self.lines.submits(&input) { self.submit(cx) } else { vec![] }
            }
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let width = area.width.min(64);
        let inner = Rect { x: area.x + (area.width - width) / 2, width, ..area };
        let mut y = area.y + area.height.saturating_sub(16) / 3;
        paint::put(buf, inner, inner.x, y, &cx.cat.t("app-name"), cx.theme.heading);
        y += 1;
        for line in wrap::lines(&cx.cat.t("unlock-promise"), width) {
            paint::put(buf, inner, inner.x, y, line, cx.theme.dim);
            y += 1;
        }
        if let Some(locked) = self.door.locked {
            let why = match locked {
                Locked::ByHand => cx.cat.t("unlock-locked"),
                Locked::Idle(minutes) => cx.cat.t1("unlock-locked-idle", "minutes", minutes),
            };
            for line in wrap::lines(&why, width) {
                paint::put(buf, inner, inner.x, y, line, cx.theme.normal);
                y += 1;
            }
        }
        y += 1;
        if self.mode == Mode::Recovery {
            for line in wrap::lines(&cx.cat.t("unlock-recovery-help"), width) {
                paint::put(buf, inner, inner.x, y, line, cx.theme.normal);
                y += 1;
            }
            y += 1;
        }
        let fields = Rect { y, height: self.lines.height().min(area.bottom().saturating_sub(y)), ..inner };
        let caret = self.lines.view(cx, buf, fields);
        y = fields.bottom();
        let (text, style) = match &self.refused {
            Some(refused) => (refused.clone(), cx.theme.error),
            None if self.busy => (cx.cat.t("unlock-busy").into_owned(), cx.theme.dim),
            None => (String::new(), cx.theme.normal),
        };
        for line in wrap::lines(&text, width) {
            paint::put(buf, inner, inner.x, y, line, style);
            y += 1;
        }
        y += 1;
        let backup = match self.door.last_backup {
            Some(day) => {
                let when = cx.cat.relative(day, cx.today);
                cx.cat
                    .tn("unlock-backup", &[("date", cx.cat.date(day).into()), ("when", when.into())])
                    .into_owned()
            }
            None => cx.cat.t("unlock-no-backup").into_owned(),
        };
        for line in wrap::lines(&backup, width) {
            paint::put(buf, inner, inner.x, y, line, cx.theme.dim);
            y += 1;
        }
        let restored = self.door.restored.then_some("door-restored");
        for warning in restored.into_iter().chain(self.door.warnings.iter().map(String::as_str)) {
            for line in wrap::lines(&cx.cat.t(warning), width) {
                paint::put(buf, inner, inner.x, y, line, cx.theme.warning);
                y += 1;
            }
        }
        caret
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("unlock-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        let other = match self.mode {
            Mode::Passphrase => Command::UseRecovery,
            Mode::Recovery => Command::Back,
        };
        vec![Command::GoOn, other, Command::Language, Command::Quit]
    }
}
