//! What the rules in force say of the examples: how many differ from what is expected, and in what. No example is an
//! error: it says what a rule would have changed.

use super::rows;
use crate::office::{Answer, Played, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Place, Screen, Ticket};
use crate::tui::widget::{list::ListState, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const PLAYED: Ticket = Ticket(1);

#[derive(Default)]
pub(super) struct Examples {
    /// How many there are, and those that differ; none: not answered yet.
    played: Option<(usize, Vec<Played>)>,
    refused: Option<String>,
    list: ListState,
}

impl Examples {
    fn differing(&self) -> &[Played] {
        self.played.as_ref().map_or(&[], |(_, differing)| differing)
    }

    fn whole(&self, cx: &Cx) -> Vec<Effect> {
        let Some(at) = self.list.selected(self.differing().len()) else { return vec![] };
        let one = &self.differing()[at];
        let said: Vec<String> = one.differences.iter().map(|one| wording::difference(cx.cat, one)).collect();
        let title = cx.cat.t("examples-one-title").into_owned();
        let text = format!("{}\n\n{}", one.name, said.join("\n"));
        vec![Effect::Open(PLAYED, Place::Statement { title, text })]
    }
}

impl Screen for Examples {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => return vec![Effect::Ask(PLAYED, Request::PlayExamples)],
            Input::Answer(PLAYED, Ok(Answer::Examples(played))) => {
                let all = played.len();
                let differing = played.into_iter().filter(|one| !one.differences.is_empty()).collect();
                self.played = Some((all, differing));
            }
            Input::Answer(PLAYED, Err(refusal)) => {
                self.refused = Some(wording::refusal(cx.cat, &refusal));
            }
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.whole(cx),
            Input::Command(command) => {
                self.list.run(command, self.differing().len());
            }
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        if let Some(refused) = &self.refused {
            return rows::note(cx, buf, area, refused);
        }
        let Some((all, differing)) = &self.played else {
            return rows::note(cx, buf, area, &cx.cat.t("examples-playing"));
        };
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let counts = [("all", all.to_string().into()), ("wrong", differing.len().to_string().into())];
        let key = if differing.is_empty() { "examples-agree" } else { "examples-differ" };
        let said = format!("{}\n\n{}", cx.cat.tn(key, &counts), cx.cat.t("examples-what"));
        let lines = wrap::draw(buf, inner, &said, 0, cx.theme.normal) as u16;
        let top = (lines + 1).min(inner.height);
        let body = Rect { y: inner.y + top, height: inner.height - top, ..inner };
        let cursor =
            self.list.draw(buf, body, cx.theme, differing.len(), body.width, |buf, row, at, style| {
                paint::put_shortened(buf, row, row.x, row.y, &differing[at].name, style);
            });
        cursor.or(Some(Position::new(inner.x, inner.y)))
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("examples-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        if self.differing().is_empty() { vec![Command::Back] } else { vec![Command::Open, Command::Back] }
    }
}
