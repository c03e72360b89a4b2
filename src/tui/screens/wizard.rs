//! The first start: language, station, first account, recovery key. Each step says why it asks. The station is founded
//! when its recovery key was typed back from the paper: until then one can leave, and nothing stands.

use super::lines::{Lines, login_fault};
use super::paper::Paper;
use crate::domain::{Fields, Value, forms};
use crate::office::{AccountFault, Passphrase};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, DoorAnswer, DoorAsk, Effect, Founding, Input, Place, Screen, Ticket};
use crate::tui::widget::wrap;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const KEY: Ticket = Ticket(1);
const FOUND: Ticket = Ticket(2);
const RESTORE: Ticket = Ticket(3);

pub(super) struct Wizard {
    step: Step,
    lines: Lines,
    station: Fields,
    /// Whose account is to be the first, from when it was checked until it is made.
    founding: Option<Founding>,
    /// Asked and not yet answered.
    busy: bool,
    refused: Option<String>,
    /// Kept when somebody goes back: what is on paper stays right.
    paper: Option<Paper>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Language,
    Station,
    Account,
    /// The recovery key is shown, to be written down.
    Write,
    /// It is typed back.
    TypeBack,
    /// There may be a roster to begin with.
    Roster,
}

impl Step {
    const ALL: [Step; 6] =
        [Step::Language, Step::Station, Step::Account, Step::Write, Step::TypeBack, Step::Roster];

    fn number(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or(0) + 1
    }

    fn key(self) -> &'static str {
        match self {
            Step::Language => "wizard-language",
            Step::Station => "wizard-station",
            Step::Account => "wizard-account",
            Step::Write => "wizard-write",
            Step::TypeBack => "wizard-type-back",
            Step::Roster => "wizard-roster",
        }
    }
}

impl Wizard {
    pub(super) fn new() -> Self {
        Self {
            step: Step::Language,
            lines: Lines::new(),
            station: Fields::default(),
            founding: None,
            busy: false,
            refused: None,
            paper: None,
        }
    }

    fn go(&mut self, step: Step) {
        self.step = step;
        self.refused = None;
        let kept = |id| self.station.text(id).to_owned();
        self.lines = match step {
            Step::Language | Step::Write => Lines::new(),
            Step::Station => Lines::new()
                .line("wizard-station-name", &kept(&forms::station::NAME))
                .line("wizard-station-city", &kept(&forms::station::CITY))
                .line("wizard-station-county", &kept(&forms::station::COUNTY))
                .line("wizard-station-town", &kept(&forms::station::TOWN)),
            Step::Account => Lines::new()
                .line("wizard-your-name", self.founding.as_ref().map_or("", |founding| &founding.staff_name))
                .line("unlock-login", self.founding.as_ref().map_or("", |founding| &founding.login))
                .secret("unlock-passphrase")
                .secret("unlock-again"),
            Step::TypeBack => Lines::new().line("unlock-recovery", ""),
            Step::Roster => Lines::new().line("roster-path", ""),
        };
        if step == Step::Account && self.founding.is_some() {
            self.lines.set_focus(2);
        }
    }

    fn next(&mut self, cx: &Cx) -> Vec<Effect> {
        self.lines.clear_errors();
        match self.step {
            Step::Language => self.go(Step::Station),
            Step::Station => {
                let ids = [
                    forms::station::NAME,
                    forms::station::CITY,
                    forms::station::COUNTY,
                    forms::station::TOWN,
                ];
                for (at, id) in ids.into_iter().enumerate() {
                    let text = self.lines.text(at).trim().to_owned();
                    self.station.set(id, Some(Value::Text(text)));
                }
                if self.station.text(&forms::station::NAME).is_empty() {
                    self.lines.fail(0, cx.cat.t("wizard-needs-station").into_owned());
                } else {
                    self.go(Step::Account);
                }
            }
            Step::Account => return self.check_account(cx),
            Step::Write => self.go(Step::TypeBack),
            Step::TypeBack => return self.type_back(cx),
            Step::Roster => {
                return vec![match self.lines.text(0).trim() {
                    "" => Effect::SignedIn,
                    path => Effect::SignedInFor(Place::Roster(path.to_owned())),
                }];
            }
        }
        vec![]
    }

    fn check_account(&mut self, cx: &Cx) -> Vec<Effect> {
        let [name, login] = [0, 1].map(|at| self.lines.text(at).trim().to_owned());
        let fault = if name.is_empty() {
            Some((0, cx.cat.t("wizard-needs-name").into_owned()))
        } else if let Some(key) = login_fault(&login) {
            Some((1, cx.cat.t(key).into_owned()))
        } else if let Err(weak) = Passphrase::check(self.lines.text(2)) {
            Some((2, wording::account_fault(cx.cat, AccountFault::Weak(weak))))
        } else if self.lines.text(2) != self.lines.text(3) {
            Some((3, cx.cat.t("wizard-differs").into_owned()))
        } else {
            None
        };
        if let Some((field, error)) = fault {
            self.lines.fail(field, error);
            return vec![];
        }
        self.lines.take_secret(3);
        let founding = Founding {
            station: self.station.clone(),
            staff_name: name,
            login,
            passphrase: self.lines.take_secret(2),
        };
        self.founding = Some(founding.clone());
        self.busy = true;
        self.refused = None;
        vec![Effect::Door(KEY, DoorAsk::Key(Box::new(founding)))]
    }

    fn type_back(&mut self, cx: &Cx) -> Vec<Effect> {
        let (Some(paper), Some(founding)) = (&self.paper, &self.founding) else { return vec![] };
        if let Some(slip) = paper.slip(cx, self.lines.text(0)) {
            self.refused = None;
            self.lines.fail(0, slip);
            return vec![];
        }
        self.busy = true;
        self.refused = None;
        vec![Effect::Door(FOUND, DoorAsk::Found(Box::new(founding.clone()), paper.key().clone()))]
    }

    fn back(&mut self) -> Vec<Effect> {
        match self.step {
            Step::Language => return vec![Effect::Quit],
            Step::Station => self.go(Step::Language),
            Step::Account => self.go(Step::Station),
            Step::Write => self.go(Step::Account),
            Step::TypeBack => self.go(Step::Write),
            // A roster can come in on any later day.
            Step::Roster => return vec![Effect::SignedIn],
        }
        vec![]
    }
}

impl Screen for Wizard {
    fn layers(&self) -> Vec<Layer> {
        match self.step {
            Step::Language | Step::Write => vec![Layer::Question, Layer::Form],
            Step::Station | Step::Account | Step::TypeBack | Step::Roster => {
                vec![Layer::Text, Layer::Question, Layer::Form]
            }
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Door(KEY, answer) => {
                self.busy = false;
                match answer {
                    Ok(DoorAnswer::Key(key)) => {
                        self.paper.get_or_insert_with(|| Paper::new(key));
                        self.go(Step::Write);
                    }
                    Ok(DoorAnswer::Opened) => return vec![Effect::SignedIn],
                    Ok(DoorAnswer::Backups(_) | DoorAnswer::Restored(_) | DoorAnswer::Unusable(_)) => {}
                    Err(no) => {
                        self.refused = Some(no.0);
                        self.lines.set_focus(2);
                    }
                }
                vec![]
            }
            Input::Door(FOUND, answer) => {
                self.busy = false;
                match answer {
                    Ok(_) => {
                        (self.paper, self.founding) = (None, None);
                        self.go(Step::Roster);
                    }
                    Err(no) => self.refused = Some(no.0),
                }
                vec![]
            }
            _ if self.busy => vec![],
            Input::Command(Command::Back) => self.back(),
            Input::Command(Command::HaveBackup) if self.step == Step::Language => {
                vec![Effect::Open(RESTORE, Place::Restore)]
            }
            Input::Command(Command::NextField | Command::GoOn | Command::Save | Command::Open)
                if matches!(self.step, Step::Language | Step::Write) =>
            {
                self.next(cx)
            }
            input => {
                if self.lines.submits(&input) {
                    self.next(cx)
                } else {
                    vec![]
                }
            }
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let width = area.width.min(70);
        let inner = Rect { x: area.x + (area.width - width) / 2, width, ..area };
        let mut y = area.y + 1;
        let steps = cx.cat.tn(
            "wizard-step",
            &[("step", self.step.number().to_string().into()), ("of", Step::ALL.len().to_string().into())],
        );
        paint::put(buf, inner, inner.x, y, &steps, cx.theme.dim);
        paint::put(buf, inner, inner.x, y + 1, &cx.cat.t(self.step.key()), cx.theme.heading);
        y += 3;
        let why = format!("{}-why", self.step.key());
        for line in wrap::lines(&cx.cat.t(&why), width) {
            paint::put(buf, inner, inner.x, y, line, cx.theme.normal);
            y += 1;
        }
        y += 1;
        if let (Step::Write, Some(paper)) = (self.step, &self.paper) {
            let y = paper.draw(cx, buf, inner, y);
            return Some(Position::new(inner.x, y));
        }
        let fields = Rect { y, height: self.lines.height().min(area.bottom().saturating_sub(y)), ..inner };
        let caret = self.lines.view(cx, buf, fields);
        let text = match &self.refused {
            Some(refused) => Some((refused.clone(), cx.theme.error)),
            None if self.busy && self.step == Step::TypeBack => {
                Some((cx.cat.t("wizard-busy").into_owned(), cx.theme.dim))
            }
            None => None,
        };
        if let Some((text, style)) = text {
            for (line, y) in wrap::lines(&text, width).iter().zip(fields.bottom()..area.bottom()) {
                paint::put(buf, inner, inner.x, y, line, style);
            }
        }
        caret.or(Some(Position::new(inner.x, y)))
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("wizard-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        match self.step {
            Step::Language => {
                vec![Command::GoOn, Command::HaveBackup, Command::Language, Command::Quit]
            }
            _ => vec![Command::GoOn, Command::Back, Command::Language, Command::Quit],
        }
    }
}
