//! Whether a backup is made every day, and where.

use super::lines::Lines;
use crate::office::{Answer, BackupPlan, Refusal, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, Screen, Ticket, Tone};
use crate::tui::widget::{popup, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::path::{Path, PathBuf};

const PLAN: Ticket = Ticket(1);
const SET: Ticket = Ticket(2);
const WIDTH: u16 = 64;
/// The choices of the switch, in their order.
const SWITCH: [&str; 2] = ["daily-off", "daily-on"];
const ON: usize = 1;
/// The lines of the pop-up.
const SWITCHED: usize = 0;
const FOLDER: usize = 1;

pub(super) struct Daily {
    /// None: what is set is not known yet.
    lines: Option<Lines>,
    busy: bool,
    refused: Option<String>,
}

impl Daily {
    pub(super) fn new() -> Self {
        Self { lines: None, busy: false, refused: None }
    }

    fn typed(&mut self, cx: &Cx, input: &Input) -> Vec<Effect> {
        let Some(lines) = &mut self.lines else { return vec![] };
        let before = lines.text(FOLDER).to_owned();
        let submitted = lines.submits(input);
        let folder = lines.text(FOLDER).trim();
        if !folder.is_empty() && folder != before.trim() {
            // Whoever says where wants it.
            lines.choose(SWITCHED, ON);
        }
        if !submitted {
            return vec![];
        }
        let on = lines.chosen(SWITCHED) == ON;
        let to = on.then(|| PathBuf::from(lines.text(FOLDER).trim()));
        if to.as_ref().is_some_and(|folder| folder.as_os_str().is_empty()) {
            lines.fail(FOLDER, cx.cat.t("daily-needs-folder").into_owned());
            return vec![];
        }
        (self.busy, self.refused) = (true, None);
        vec![Effect::Ask(SET, Request::SetBackupPlan { to })]
    }
}

fn lines(cx: &Cx, to: Option<&Path>) -> Lines {
    let words = SWITCH.iter().map(|key| cx.cat.t(key).into_owned()).collect();
    let folder = to.map(|to| to.display().to_string()).unwrap_or_default();
    let mut lines = Lines::new().choice("daily-switch", words).line("daily-folder", &folder);
    lines.choose(SWITCHED, if to.is_some() { ON } else { 0 });
    lines.set_focus(FOLDER);
    lines
}

/// What is set now.
pub(super) fn said(cx: &Cx, plan: &BackupPlan) -> String {
    let Some(to) = &plan.to else { return cx.cat.t("daily-now-off").into_owned() };
    let mut text = cx.cat.t1("daily-now-on", "path", to.display().to_string()).into_owned();
    if let Some(made) = plan.made {
        text.push_str(&cx.cat.t("daily-and"));
        text.push_str(&cx.cat.t1("daily-made", "date", cx.cat.date(made)));
    }
    if let Some(trouble) = plan.trouble {
        text.push('\n');
        text.push_str(&cx.cat.t(trouble));
    }
    text
}

impl Screen for Daily {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Question, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => vec![Effect::Ask(PLAN, Request::BackupPlan)],
            Input::Answer(PLAN, answer) => {
                let to = match answer {
                    Ok(Answer::BackupPlan(plan)) => plan.to,
                    Ok(_) => None,
                    // A file that is wrong makes no backup: it is said, and replaced by what is chosen here.
                    Err(refusal) => {
                        self.refused = Some(wording::refusal(cx.cat, &refusal));
                        None
                    }
                };
                self.lines = Some(lines(cx, to.as_deref()));
                vec![]
            }
            Input::Answer(SET, Ok(Answer::BackupPlanSet(plan))) => {
                let mut text = match &plan.to {
                    Some(to) => cx.cat.t1("daily-is-on", "path", to.display().to_string()).into_owned(),
                    None => cx.cat.t("daily-is-off").into_owned(),
                };
                let mut tone = Tone::Good;
                if plan.same_disk {
                    (tone, text) = (Tone::Plain, cx.cat.t("daily-on-same-disk").into_owned());
                }
                vec![Effect::Close, Effect::Toast(tone, text)]
            }
            Input::Answer(SET, Err(refusal)) => {
                self.busy = false;
                match (refusal, &mut self.lines) {
                    (Refusal::NoFolder, Some(lines)) => {
                        lines.fail(FOLDER, cx.cat.t("daily-folder-gone").into_owned());
                    }
                    (refusal, _) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
                }
                vec![]
            }
            Input::Command(Command::Back) => vec![Effect::Close],
            _ if self.busy => vec![],
            input => self.typed(cx, &input),
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let why = cx.cat.t("daily-why");
        let above = wrap::lines(&why, WIDTH - 4).len() as u16 + 1;
        let inner = popup::open(buf, area, WIDTH, above + 8, &cx.cat.t("daily-title"), cx.theme);
        wrap::draw(buf, inner, &why, 0, cx.theme.normal);
        let lines = self.lines.as_ref()?;
        let fields = Rect { y: inner.y + above, height: lines.height(), ..inner };
        let caret = lines.view(cx, buf, fields);
        let below =
            Rect { y: fields.bottom(), height: inner.bottom().saturating_sub(fields.bottom()), ..inner };
        if let Some(refused) = &self.refused {
            wrap::draw(buf, below, refused, 0, cx.theme.error);
        }
        caret
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("daily-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::GoOn, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
