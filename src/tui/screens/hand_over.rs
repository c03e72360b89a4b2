//! What a hand-over would mean, and why it is done. It goes on when its window is left.

use super::lines::Lines;
use crate::office::{Answer, HandOver, HandOverPlan, HandedOver, NOBODY, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, ManualAt, Screen, Ticket, Tone};
use crate::tui::widget::{popup, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const PLAN: Ticket = Ticket(1);
const DONE: Ticket = Ticket(2);
const WIDTH: u16 = 64;
/// Lines above the reason.
const SAID: u16 = 6;

pub(super) struct HandingOver {
    over: HandOver,
    plan: Option<HandOverPlan>,
    why: Lines,
    /// Children done so far, of how many; none: not begun.
    working: Option<(u64, Option<u64>)>,
}

impl HandingOver {
    pub(super) fn new(over: HandOver) -> Self {
        Self { over, plan: None, why: Lines::new().line("hand-over-why", ""), working: None }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.working.is_some() || self.plan.is_none() {
            return vec![];
        }
        let why = self.why.text(0).trim().to_owned();
        if why.is_empty() {
            self.why.fail(0, cx.cat.t("hand-over-needs-why").into_owned());
            return vec![];
        }
        self.over.why = why;
        self.working = Some((0, None));
        vec![Effect::Ask(DONE, Request::HandOver(self.over.clone()))]
    }

    /// What goes to whom, and what the other has then.
    fn said(&self, cx: &Cx) -> Vec<(String, bool)> {
        let name = |worker| match worker {
            NOBODY => cx.cat.t("caseload-nobody").into_owned(),
            worker => cx.name(cx.station.worker(worker).unwrap_or("?")),
        };
        let (from, to) = (name(self.over.from), name(self.over.to));
        let pair = cx.cat.tn("hand-over-from-to", &[("from", from.into()), ("to", to.clone().into())]);
        let mut said = vec![(pair.into_owned(), false)];
        let Some(plan) = self.plan else { return said };
        let parts = [("cases", plan.cases.into()), ("follow-ups", plan.follow_ups.into())];
        said.push((cx.cat.tn("hand-over-plan", &parts).into_owned(), false));
        let parts = [("to", to.into()), ("open", plan.then.into())];
        said.push((cx.cat.tn("hand-over-then", &parts).into_owned(), false));
        let passes =
            plan.passes.map(|ceiling| cx.cat.t1("hand-over-passes", "ceiling", ceiling).into_owned());
        said.extend(passes.map(|text| (text, true)));
        said
    }
}

/// What was done, and whether anything is left.
fn outcome(cx: &Cx, done: HandedOver) -> Effect {
    let parts =
        [("cases", done.cases.into()), ("follow-ups", done.follow_ups.into()), ("left", done.left.into())];
    match done.left {
        0 => Effect::Toast(Tone::Good, cx.cat.tn("hand-over-done", &parts[..2]).into_owned()),
        _ => {
            let [cases, _, left] = parts;
            Effect::Toast(Tone::Bad, cx.cat.tn("hand-over-stopped", &[cases, left]).into_owned())
        }
    }
}

impl Screen for HandingOver {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => vec![Effect::Ask(PLAN, Request::PlanHandOver(self.over.clone()))],
            // While it works, what it changes would only be told as what it was not asked for.
            Input::Changed if self.working.is_none() => {
                vec![Effect::Ask(PLAN, Request::PlanHandOver(self.over.clone()))]
            }
            Input::Answer(PLAN, Ok(Answer::HandOverPlan(plan))) => {
                self.plan = Some(plan);
                vec![]
            }
            Input::Answer(DONE, Ok(Answer::HandedOver(done))) => vec![outcome(cx, done), Effect::Withdraw],
            Input::Answer(_, Err(refusal)) => {
                self.working = None;
                vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))]
            }
            Input::Progress(DONE, done, total) => {
                self.working = Some((done, total));
                vec![]
            }
            Input::Command(Command::Back) => vec![Effect::Close],
            input if self.working.is_none() && self.why.submits(&input) => self.submit(cx),
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let height = SAID + self.why.height() + 2;
        let inner = popup::open(buf, area, WIDTH, height, &self.title(cx), cx.theme);
        let mut y = inner.y;
        for (text, warns) in self.said(cx) {
            let style = if warns { cx.theme.overdue } else { cx.theme.normal };
            let room = Rect { y, height: (inner.y + SAID).saturating_sub(y), ..inner };
            y += wrap::draw(buf, room, &text, 0, style) as u16;
        }
        let rest = Rect { y: inner.y + SAID, height: inner.height.saturating_sub(SAID), ..inner };
        if let Some((done, total)) = self.working {
            let total = total.unwrap_or(0);
            let parts = [("done", done.to_string().into()), ("total", total.to_string().into())];
            let text = cx.cat.tn("hand-over-working", &parts);
            paint::put_shortened(buf, rest, rest.x, rest.y, &text, cx.theme.normal);
            return Some(Position::new(rest.x, rest.y));
        }
        self.why.view(cx, buf, rest)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["act hand-over"])
    }

    fn title(&self, cx: &Cx) -> String {
        Command::HandOver.title(cx.cat)
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Save, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
