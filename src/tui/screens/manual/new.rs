//! A page that the station adds to the manual: its name and title, and then its text.

use crate::office::{OwnFile, is_page_id};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, EditPlace, Effect, Input, Place, Screen};
use crate::tui::screens::lines::Lines;
use crate::tui::widget::{popup, wrap};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const ID: usize = 0;
const TITLE: usize = 1;

pub(in crate::tui::screens) struct NewPage {
    lines: Lines,
    /// Ids of the pages that there are.
    taken: Vec<String>,
}

impl NewPage {
    pub(in crate::tui::screens) fn new(taken: Vec<String>) -> Self {
        Self { lines: Lines::new().line("editing-page-new-id", "").line("editing-page-new-title", ""), taken }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        self.lines.clear_errors();
        let [id, title] = [ID, TITLE].map(|at| self.lines.text(at).trim().to_owned());
        let fault = if !is_page_id(&id) {
            Some((ID, "editing-page-new-bad-id"))
        } else if self.taken.contains(&id) {
            Some((ID, "editing-page-new-taken"))
        } else if title.is_empty() {
            Some((TITLE, "editing-page-new-no-title"))
        } else {
            None
        };
        if let Some((field, key)) = fault {
            self.lines.fail(field, cx.cat.t(key).into_owned());
            return vec![];
        }
        let place =
            EditPlace { file: OwnFile::Page(id), entry: None, start: format!("# {title}\n"), draft: None };
        vec![Effect::Replace(Place::Editor(Box::new(place)))]
    }
}

impl Screen for NewPage {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => vec![Effect::Close],
            input if self.lines.submits(&input) => self.submit(cx),
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let inner = popup::open(buf, area, 66, self.lines.height() + 6, &self.title(cx), cx.theme);
        let said = wrap::draw(buf, inner, &cx.cat.t("editing-page-new-how"), 0, cx.theme.dim) as u16 + 1;
        let fields = Rect { y: inner.y + said, height: inner.height.saturating_sub(said), ..inner };
        self.lines.view(cx, buf, fields)
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("editing-page-new").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::NextField, Command::Save, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
