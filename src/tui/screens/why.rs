//! What a rule says of a child; and a rule alone, behind a follow-up or behind what the office does: what it says, where it comes from, how sure that is.

use super::help::manual_key;
use crate::office::{AUDIT_RULE, FlagLine, Rule};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, ManualAt, Screen};
use crate::tui::widget::{popup, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const WIDTH: u16 = 60;

pub(super) struct Why(pub(super) Rule);

pub(super) struct Flagged(pub(super) Box<FlagLine>);

/// What a donor is told of the gifts.
pub(super) struct Statement {
    pub(super) title: String,
    pub(super) text: String,
}

/// A text in a window, as tall as it is.
fn draw(cx: &Cx, buf: &mut Buffer, area: Rect, title: &str, text: &str) -> Position {
    let lines = wrap::lines(text, WIDTH - 4).len();
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(3);
    let inner = popup::open(buf, area, WIDTH, height, title, cx.theme);
    wrap::draw(buf, inner, text, 0, cx.theme.normal);
    Position::new(inner.x, inner.y)
}

fn closes(input: &Input) -> Vec<Effect> {
    match input {
        Input::Command(Command::Back | Command::Open | Command::Why) => vec![Effect::Close],
        _ => vec![],
    }
}

impl Screen for Flagged {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Reader]
    }

    fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
        closes(&input)
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let mut said = wording::flag_whole(cx.cat, &self.0, cx.today);
        said.extend(manual_key(cx, &self.manual(cx)));
        let said = said.join("\n\n");
        Some(draw(cx, buf, area, &cx.cat.t("file-flag-title"), &cx.delicate(&said)))
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("file-flag-title").into_owned()
    }

    /// The page would tell what is hidden.
    fn manual(&self, cx: &Cx) -> ManualAt {
        match &self.0.page {
            Some(page) if !cx.discreet => ManualAt::Page(page.clone()),
            _ => ManualAt::List,
        }
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Back, Command::Manual]
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl Screen for Statement {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Reader]
    }

    fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
        closes(&input)
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        Some(draw(cx, buf, area, &self.title, &self.text))
    }

    fn title(&self, _: &Cx) -> String {
        self.title.clone()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl Screen for Why {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Reader]
    }

    fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
        closes(&input)
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let mut rule = wording::why(cx.cat, &self.0).join("\n");
        // What is due says something of the child; how long the audit is kept is of none.
        if self.0.id != AUDIT_RULE {
            rule = cx.delicate(&rule);
        }
        let edit = cx.cat.t("why-edit");
        let text = format!("{rule}\n\n{edit}");
        Some(draw(cx, buf, area, &cx.cat.t("why-title"), &text))
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        if self.0.id == AUDIT_RULE { ManualAt::List } else { ManualAt::of(["screen why"]) }
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("why-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Back, Command::Manual]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
