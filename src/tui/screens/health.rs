//! How the program and its data are. Nothing about a person stands here: it can be shown to whoever helps from afar.

use super::reader::{Line, Scroll, paragraph};
use crate::office::{Answer, Health, HealthLine, HealthState, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Screen, Ticket};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

const HEALTH: Ticket = Ticket(1);

#[derive(Default)]
pub(super) struct HealthScreen {
    health: Option<Health>,
    refused: Option<String>,
    scroll: Scroll,
}

impl HealthScreen {
    fn lines(&self, cx: &Cx, width: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(refused) = &self.refused {
            paragraph(&mut lines, 0, width, refused, cx.theme.error);
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
        let texts: Vec<_> = facts.iter().map(|line| wording::health_line(cx.cat, line)).collect();
        let column = texts.iter().map(|(name, ..)| paint::width(name)).max().unwrap_or(0) as u16;
        let states = [HealthState::Good, HealthState::Look, HealthState::Bad]
            .map(|one| paint::width(&state(cx, one).0));
        let first = states.into_iter().max().unwrap_or(0) as u16 + 2;
        let second = first + column + 2;
        for (line, (name, value, remedy)) in facts.into_iter().zip(texts) {
            let (word, style) = state(cx, line.state);
            let from = lines.len();
            // A path is longer than the line is: it goes on beneath.
            paragraph(&mut lines, second, width, &value, cx.theme.normal);
            if lines.len() == from {
                lines.push(vec![]);
            }
            lines[from].extend([(0, word, style), (first, name, cx.theme.label)]);
            if let Some(remedy) = remedy {
                paragraph(&mut lines, first, width, &remedy, style);
            }
        }
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
            Input::Opened | Input::Changed | Input::Picked(..) => {
                return vec![Effect::Ask(HEALTH, Request::Health)];
            }
            Input::Answer(HEALTH, Ok(Answer::Health(health))) => {
                self.refused = None;
                self.health = Some(*health);
            }
            Input::Answer(HEALTH, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
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

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("health-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Backup, Command::PageDown, Command::Back]
    }
}
