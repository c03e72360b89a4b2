//! What a rule says of a child; and a rule alone, behind a follow-up or behind what the office does: what it says, where it comes from, how sure that is.

use super::help::manual_key;
use super::reader::{Line, Scroll, paragraph};
use crate::office::{AUDIT_RULE, FlagLine, Rule};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, ManualAt, Screen};
use crate::tui::widget::popup;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const WIDTH: u16 = 60;
/// Sums stand side by side in a statement.
const WIDE: u16 = 76;

pub(super) struct Why {
    rule: Rule,
    scroll: Scroll,
}

pub(super) struct Flagged {
    flag: Box<FlagLine>,
    scroll: Scroll,
}

/// What a donor is told of the gifts.
pub(super) struct Statement {
    title: String,
    text: String,
    scroll: Scroll,
}

impl Why {
    pub(super) fn new(rule: Rule) -> Self {
        Self { rule, scroll: Scroll::default() }
    }
}

impl Flagged {
    pub(super) fn new(flag: Box<FlagLine>) -> Self {
        Self { flag, scroll: Scroll::default() }
    }
}

impl Statement {
    pub(super) fn new(title: String, text: String) -> Self {
        Self { title, text, scroll: Scroll::default() }
    }
}

/// A text in a window, as tall as it is; it scrolls where the screen is smaller.
fn draw(
    cx: &Cx,
    buf: &mut Buffer,
    area: Rect,
    [title, text]: [&str; 2],
    width: u16,
    scroll: &Scroll,
) -> Option<Position> {
    let width = width.min(area.width);
    let mut lines: Vec<Line> = vec![];
    paragraph(&mut lines, 0, width.saturating_sub(4), text, cx.theme.normal);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(3);
    let inner = popup::open(buf, area, width, height, title, cx.theme);
    scroll.draw(buf, inner, &lines, cx.theme.dim)
}

/// What a window does with its input: it closes or scrolls.
fn reads(scroll: &mut Scroll, input: &Input) -> Vec<Effect> {
    match input {
        Input::Command(Command::Back | Command::Open | Command::Why) => vec![Effect::Close],
        Input::Command(command) => {
            scroll.run(*command);
            vec![]
        }
        _ => vec![],
    }
}

impl Screen for Flagged {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Reader]
    }

    fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
        reads(&mut self.scroll, &input)
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let mut said = wording::flag_whole(cx.cat, &self.flag, cx.today);
        said.extend(manual_key(cx, &self.manual(cx)));
        let said = said.join("\n\n");
        let said = [&*cx.cat.t("file-flag-title"), &*cx.delicate(&said)];
        draw(cx, buf, area, said, WIDTH, &self.scroll)
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("file-flag-title").into_owned()
    }

    /// The page would tell what is hidden.
    fn manual(&self, cx: &Cx) -> ManualAt {
        match &self.flag.page {
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
        reads(&mut self.scroll, &input)
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        draw(cx, buf, area, [&self.title, &self.text], WIDE, &self.scroll)
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
        reads(&mut self.scroll, &input)
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let mut rule = wording::why(cx.cat, &self.rule).join("\n");
        // What is due says something of the child; how long the audit is kept is of none.
        if self.rule.id != AUDIT_RULE {
            rule = cx.delicate(&rule);
        }
        let edit = cx.cat.t("why-edit");
        let text = format!("{rule}\n\n{edit}");
        draw(cx, buf, area, [&cx.cat.t("why-title"), &text], WIDTH, &self.scroll)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        if self.rule.id == AUDIT_RULE { ManualAt::List } else { ManualAt::of(["screen why"]) }
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
