//! How the program and its data are. Nothing about a person stands here: it can be shown to whoever helps from afar.

use super::reader::{Line, Scroll, paragraph};
use crate::office::{Answer, Checkup, Health, HealthLine, HealthState, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Confirm, Cx, Effect, Input, ManualAt, Pick, Place, Screen, Ticket};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

const HEALTH: Ticket = Ticket(1);
const CARE: Ticket = Ticket(2);
const CONFIRM: Ticket = Ticket(3);

#[derive(Default)]
pub(super) struct HealthScreen {
    health: Option<Health>,
    checkup: Option<Checkup>,
    /// The words for what is being done with all files, and how many records are done.
    busy: Option<(&'static str, u64)>,
    refused: Option<String>,
    scroll: Scroll,
}

impl HealthScreen {
    fn lines(&self, cx: &Cx, width: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(refused) = &self.refused {
            paragraph(&mut lines, 0, width, refused, cx.theme.error);
        }
        if let Some((key, done)) = self.busy {
            paragraph(&mut lines, 0, width, &cx.cat.t1(key, "n", done), cx.theme.normal);
            lines.push(vec![]);
        }
        if let Some(checkup) = &self.checkup {
            care_lines(cx, width, checkup, &mut lines);
        }
        let Some(health) = &self.health else { return lines };
        let worst = health.lines.iter().map(|line| line.state).max_by_key(|state| grade(*state));
        let (key, style) = match worst.unwrap_or(HealthState::Good) {
            HealthState::Good => ("health-all-good", cx.theme.good),
            HealthState::Look => ("health-some-look", cx.theme.warning),
            HealthState::Bad => ("health-some-bad", cx.theme.error),
        };
        paragraph(&mut lines, 0, width, &cx.cat.t(key), style);
        lines.push(vec![]);
        let (log, facts): (Vec<&HealthLine>, Vec<&HealthLine>) =
            health.lines.iter().partition(|line| line.key == "health-log");
        let facts = facts
            .into_iter()
            .map(|line| {
                let (name, value, remedy) = wording::health_line(cx.cat, line);
                (line.state, name, value, remedy)
            })
            .collect();
        fact_lines(cx, width, facts, &mut lines);
        if !log.is_empty() {
            lines.push(vec![]);
            lines.push(vec![(0, cx.cat.t("health-log").into_owned(), cx.theme.heading)]);
        }
        for line in log {
            paragraph(&mut lines, 0, width, &line.value, cx.theme.dim);
        }
        lines
    }
}

/// What a look at all files found.
fn care_lines(cx: &Cx, width: u16, checkup: &Checkup, lines: &mut Vec<Line>) {
    let (key, style) = match checkup.is_sound() {
        true => ("care-all-sound", cx.theme.good),
        false => ("care-some-harmed", cx.theme.error),
    };
    paragraph(lines, 0, width, &cx.cat.t(key), style);
    for mended in &checkup.mended {
        let text = format!("{}: {}", cx.cat.t("care-mended"), wording::mended(cx.cat, mended));
        paragraph(lines, 0, width, &text, cx.theme.normal);
    }
    let mut facts: Vec<_> = checkup
        .looked
        .iter()
        .map(|looked| {
            let said = wording::looked(cx.cat, looked);
            (said.state, said.name, said.value, said.remedy.map(|key| cx.cat.t(key).into_owned()))
        })
        .collect();
    if !checkup.opened {
        let [name, value] = ["care-contents", "care-contents-sealed"].map(|key| cx.cat.t(key).into_owned());
        facts.push((HealthState::Good, name, value, None));
    }
    fact_lines(cx, width, facts, lines);
    lines.push(vec![]);
}

type Fact = (HealthState, String, String, Option<String>);

/// State, name and value of each, in columns, and beneath what to do about it.
fn fact_lines(cx: &Cx, width: u16, facts: Vec<Fact>, lines: &mut Vec<Line>) {
    let column = facts.iter().map(|(_, name, ..)| paint::width(name)).max().unwrap_or(0) as u16;
    let states =
        [HealthState::Good, HealthState::Look, HealthState::Bad].map(|one| paint::width(&state(cx, one).0));
    let first = states.into_iter().max().unwrap_or(0) as u16 + 2;
    let second = first + column + 2;
    for (grade, name, value, remedy) in facts {
        let (word, style) = state(cx, grade);
        let from = lines.len();
        // A path is longer than the line is: it goes on beneath.
        paragraph(lines, second, width, &value, cx.theme.normal);
        if lines.len() == from {
            lines.push(vec![]);
        }
        lines[from].extend([(0, word, style), (first, name, cx.theme.label)]);
        if let Some(remedy) = remedy {
            paragraph(lines, first, width, &remedy, style);
        }
    }
}

fn grade(state: HealthState) -> u8 {
    match state {
        HealthState::Good => 0,
        HealthState::Look => 1,
        HealthState::Bad => 2,
    }
}

/// A word for the state, as colour alone says nothing.
fn state(cx: &Cx, state: HealthState) -> (String, Style) {
    let (key, style) = match state {
        HealthState::Good => ("health-good", cx.theme.good),
        HealthState::Look => ("health-look", cx.theme.warning),
        HealthState::Bad => ("health-bad", cx.theme.error),
    };
    (cx.cat.t(key).into_owned(), style)
}

impl Screen for HealthScreen {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Health, Layer::Reader]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            // After a backup its age is another.
            Input::Picked(CONFIRM, Some(Pick::Yes)) => {
                self.busy = Some(("care-mending", 0));
                return vec![Effect::Ask(CARE, Request::Mend)];
            }
            Input::Opened | Input::Changed | Input::Picked(..) => {
                return vec![Effect::Ask(HEALTH, Request::Health)];
            }
            Input::Answer(HEALTH, Ok(Answer::Health(health))) => {
                self.refused = None;
                self.health = Some(*health);
            }
            Input::Answer(HEALTH, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
            Input::Progress(CARE, done, _) => {
                if let Some((_, count)) = &mut self.busy {
                    *count = done;
                }
            }
            Input::Answer(CARE, Ok(Answer::Checkup(checkup))) => {
                (self.busy, self.refused, self.checkup) = (None, None, Some(checkup));
                return vec![Effect::Ask(HEALTH, Request::Health)];
            }
            Input::Answer(CARE, Err(refusal)) => {
                self.busy = None;
                self.refused = Some(wording::refusal(cx.cat, &refusal));
            }
            Input::Command(Command::HealthCheck) if self.busy.is_none() => {
                self.busy = Some(("care-checking", 0));
                return vec![Effect::Ask(CARE, Request::Examine)];
            }
            Input::Command(Command::HealthMend) if self.busy.is_none() => {
                let word = |key: &str| cx.cat.t(key).into_owned();
                return vec![Effect::Open(
                    CONFIRM,
                    Place::Confirm(Confirm {
                        title: word("care-confirm"),
                        text: word("care-confirm-text"),
                        yes: word("care-confirm-yes"),
                        no: word("care-confirm-no"),
                    }),
                )];
            }
            Input::Command(Command::Back) if self.busy.is_some() => return vec![Effect::Cancel(CARE)],
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(command) => {
                self.scroll.run(command);
            }
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let inner = Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(1),
        };
        self.scroll.draw(buf, inner, &self.lines(cx, inner.width), cx.theme.dim)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["screen health"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("health-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::HealthCheck, Command::HealthMend, Command::Backup, Command::PageDown, Command::Back]
    }
}
