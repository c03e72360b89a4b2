//! Where a sealed copy of everything is to go, and how far it is.

use super::lines::Lines;
use crate::office::{Answer, Refusal, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Screen, Ticket, Tone};
use crate::tui::widget::{popup, progress, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::path::PathBuf;

const BACKUP: Ticket = Ticket(1);
const WIDTH: u16 = 64;

pub(super) struct Backup {
    lines: Lines,
    /// Done and total while it is being made.
    progress: Option<(u64, u64)>,
    refused: Option<String>,
}

impl Backup {
    pub(super) fn new(cx: &Cx) -> Self {
        let name = format!("tonghu-{}.backup", cx.cat.date(cx.today));
        Self { lines: Lines::new().line("backup-path", &name), progress: None, refused: None }
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

impl Screen for Backup {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Question, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
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
        let height = above + 7;
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
            }
        }
        caret
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("backup-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::GoOn, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
