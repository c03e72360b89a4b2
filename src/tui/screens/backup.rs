//! Where a sealed copy of everything is to go, and how far it is.

use super::lines::Lines;
use crate::office::{Answer, BackupPlan, Refusal, Request, Role};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, ManualAt, Place, Screen, Ticket, Tone};
use crate::tui::widget::{popup, progress, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::path::PathBuf;

const BACKUP: Ticket = Ticket(1);
const PLAN: Ticket = Ticket(2);
const DAILY: Ticket = Ticket(3);
const WIDTH: u16 = 64;

pub(super) struct Backup {
    lines: Lines,
    /// Done and total while it is being made.
    progress: Option<(u64, u64)>,
    refused: Option<String>,
    /// Whether one is made every day.
    plan: Option<BackupPlan>,
}

impl Backup {
    pub(super) fn new(cx: &Cx) -> Self {
        let name = format!("tonghu-{}.backup", cx.cat.date(cx.today));
        Self { lines: Lines::new().line("backup-path", &name), progress: None, refused: None, plan: None }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        let path = self.lines.text(0).trim();
        if path.is_empty() {
            self.lines.fail(0, cx.cat.t("backup-needs-path").into_owned());
            return vec![];
        }
        let to = PathBuf::from(path);
        self.refused = None;
        self.progress = Some((0, 0));
        vec![Effect::Ask(BACKUP, Request::Backup { to })]
    }
}

/// As the office has it: others are not offered what they would be refused.
fn may_set(cx: &Cx) -> bool {
    cx.me.is_some_and(|me| matches!(me.role, Role::Lead | Role::Supervisor))
}

impl Screen for Backup {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Question, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Picked(DAILY, _) => {
                vec![Effect::Ask(PLAN, Request::BackupPlan)]
            }
            Input::Answer(PLAN, answer) => {
                match answer {
                    Ok(Answer::BackupPlan(plan)) => (self.plan, self.refused) = (Some(plan), None),
                    Ok(_) => {}
                    Err(refusal) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
                }
                vec![]
            }
            Input::Command(Command::DailyBackup) if self.progress.is_none() && may_set(cx) => {
                vec![Effect::Open(DAILY, Place::DailyBackup)]
            }
            Input::Progress(BACKUP, done, total) => {
                if self.progress.is_some() {
                    self.progress = Some((done, total.unwrap_or(0)));
                }
                vec![]
            }
            Input::Answer(BACKUP, Ok(Answer::BackedUp(made))) => {
                let text = cx.cat.tn(
                    "toast-backed-up",
                    &[("records", made.records.into()), ("path", made.path.display().to_string().into())],
                );
                vec![Effect::Close, Effect::Toast(Tone::Good, text.into_owned())]
            }
            Input::Answer(BACKUP, Err(refusal)) => {
                self.progress = None;
                self.refused = Some(match refusal {
                    Refusal::Stopped => cx.cat.t("backup-stopped").into_owned(),
                    refusal => wording::refusal(cx.cat, &refusal),
                });
                vec![]
            }
            Input::Command(Command::Back) if self.progress.is_some() => vec![Effect::Cancel(BACKUP)],
            Input::Command(Command::Back) => vec![Effect::Close],
            _ if self.progress.is_some() => vec![],
            input => {
                if matches!(input, Input::Text(_) | Input::Paste(_)) {
                    self.refused = None;
                }
                if self.lines.submits(&input) { self.submit(cx) } else { vec![] }
            }
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let why = cx.cat.t("backup-why");
        let above = wrap::lines(&why, WIDTH - 4).len() as u16 + 1;
        let plan = self.plan.as_ref().map(|plan| super::daily::said(cx, plan)).unwrap_or_default();
        let beneath = wrap::lines(&plan, WIDTH - 4).len() as u16;
        let height = above + 7 + beneath;
        let inner = popup::open(buf, area, WIDTH, height, &cx.cat.t("backup-title"), cx.theme);
        wrap::draw(buf, inner, &why, 0, cx.theme.normal);
        let fields = Rect { y: inner.y + above, height: self.lines.height(), ..inner };
        let caret = self.lines.view(cx, buf, fields);
        let below =
            Rect { y: fields.bottom(), height: inner.bottom().saturating_sub(fields.bottom()), ..inner };
        match (self.progress, &self.refused) {
            (Some((done, total)), _) => {
                progress::draw(buf, Rect { height: 1, ..below }, cx.theme, done, total);
                paint::put_shortened(
                    buf,
                    below,
                    below.x,
                    below.y + 1,
                    &cx.cat.t("backup-busy"),
                    cx.theme.dim,
                );
            }
            (None, Some(refused)) => {
                wrap::draw(buf, below, refused, 0, cx.theme.error);
            }
            (None, None) => {
                wrap::draw(buf, below, &cx.cat.t("backup-where"), 0, cx.theme.dim);
                let foot = Rect {
                    y: below.bottom().saturating_sub(beneath),
                    height: beneath.min(below.height),
                    ..below
                };
                wrap::draw(buf, foot, &plan, 0, cx.theme.normal);
            }
        }
        caret
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["screen backup"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("backup-title").into_owned()
    }

    fn hints(&self, cx: &Cx) -> Vec<Command> {
        match may_set(cx) {
            true => vec![Command::GoOn, Command::DailyBackup, Command::Back],
            false => vec![Command::GoOn, Command::Back],
        }
    }

    fn is_popup(&self) -> bool {
        true
    }
}
