//! What can be done, and with which keys: first how the work goes, then here, then everywhere else.

use super::reader::{Line, Scroll, paragraph};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, ManualAt, Screen};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

pub(super) struct Help {
    /// The layers of the screen beneath.
    layers: Vec<Layer>,
    /// What the manual has for it.
    manual: ManualAt,
    scroll: Scroll,
}

/// In the order in which they are of use. `Browse` is where a command of `Global` has a letter as well.
const GROUPS: [Layer; 22] = [
    Layer::Global,
    Layer::Today,
    Layer::Cases,
    Layer::Register,
    Layer::Needs,
    Layer::List,
    Layer::File,
    Layer::Roster,
    Layer::FollowUp,
    Layer::Search,
    Layer::Form,
    Layer::Question,
    Layer::Restore,
    Layer::Precedents,
    Layer::Review,
    Layer::Manual,
    Layer::Rules,
    Layer::Health,
    Layer::Calendar,
    Layer::Dialog,
    Layer::Text,
    Layer::Notes,
];

impl Help {
    pub(super) fn new(layers: Vec<Layer>, manual: ManualAt) -> Self {
        Self { layers, manual, scroll: Scroll::default() }
    }

    fn lines(&self, cx: &Cx, width: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(line) = manual_key(cx, &self.manual) {
            lines.push(vec![(0, cx.cat.t("help-step-title").into_owned(), cx.theme.heading)]);
            paragraph(&mut lines, 2, width, &line, cx.theme.normal);
            lines.push(vec![]);
        }
        for key in ["help-find", "help-visit", "help-due", "help-signs", "help-typing", "help-safe"] {
            let head = cx.cat.t(&format!("{key}-title")).into_owned();
            lines.push(vec![(0, head, cx.theme.heading)]);
            paragraph(&mut lines, 2, width, &cx.cat.t(key), cx.theme.normal);
            lines.push(vec![]);
        }
        let (here, others): (Vec<Layer>, Vec<Layer>) =
            GROUPS.into_iter().partition(|layer| *layer != Layer::Global && self.layers.contains(layer));
        for layer in here.into_iter().chain(others) {
            lines.push(vec![(
                0,
                cx.cat.t(&format!("layer-{}", layer.name())).into_owned(),
                cx.theme.heading,
            )]);
            for (command, keys) in bindings(cx, layer) {
                row(cx, &mut lines, width, command, &keys);
            }
            lines.push(vec![]);
        }
        lines
    }
}

/// With which key the manual opens at which page, if there is a page for what is on the screen.
pub(super) fn manual_key(cx: &Cx, at: &ManualAt) -> Option<String> {
    let page = at.page()?;
    let key = cx.keymap.first_key(&[Layer::Global], Command::Manual)?.label(cx.cat);
    let title = page.text(cx.cat.lang()).title.as_str();
    Some(cx.cat.tn("manual-key", &[("key", key.into()), ("page", title.into())]).into_owned())
}

/// The commands of a layer with their keys as a person names them; those of the whole program with their letters too.
fn bindings(cx: &Cx, layer: Layer) -> Vec<(Command, String)> {
    let mut rows: Vec<(Command, String)> = Vec::new();
    let layers: &[Layer] =
        if layer == Layer::Global { &[Layer::Global, Layer::Browse] } else { std::slice::from_ref(&layer) };
    for (command, keys) in layers.iter().flat_map(|layer| cx.keymap.bindings(*layer)) {
        let keys: Vec<String> = keys.iter().map(|chord| chord.label(cx.cat)).collect();
        let keys = keys.join(" ");
        match rows.iter_mut().find(|(known, _)| *known == command) {
            Some((_, known)) => {
                known.push(' ');
                known.push_str(&keys);
            }
            None => rows.push((command, keys)),
        }
    }
    rows
}

/// Keys, name and what it does; on a narrow screen the last goes on a line of its own.
fn row(cx: &Cx, lines: &mut Vec<Line>, width: u16, command: Command, keys: &str) {
    const KEYS: u16 = 22;
    const TITLE: u16 = 16;
    let mut line = vec![(2, keys.to_owned(), cx.theme.key_hint)];
    let title = if paint::width(keys) as u16 > KEYS - 2 {
        lines.push(std::mem::take(&mut line));
        command.title(cx.cat)
    } else {
        command.title(cx.cat)
    };
    line.push((2 + KEYS, title, cx.theme.normal));
    let help = command.help(cx.cat);
    let x = 2 + KEYS + TITLE;
    if usize::from(width.saturating_sub(x)) >= paint::width(&help) {
        line.push((x, help, cx.theme.dim));
        lines.push(line);
    } else {
        lines.push(line);
        paragraph(lines, 2 + KEYS + 2, width, &help, cx.theme.dim);
    }
}

impl Screen for Help {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Reader]
    }

    fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back | Command::Help) => return vec![Effect::Close],
            Input::Command(command) => {
                self.scroll.run(command);
            }
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let lines = self.lines(cx, inner.width);
        self.scroll.draw(buf, inner, &lines, cx.theme.dim)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        self.manual.clone()
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("help-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Back, Command::PageDown, Command::PageUp]
    }
}
