//! A page that the station adds to the manual: its title, and then its text.

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

/// Characters of a title that its file is called by: more make no name clearer.
const LONGEST: usize = 40;

pub(in crate::tui::screens) struct NewPage {
    title: Lines,
    /// Ids of the pages that there are.
    taken: Vec<String>,
}

impl NewPage {
    pub(in crate::tui::screens) fn new(taken: Vec<String>) -> Self {
        Self { title: Lines::new().line("editing-page-new-title", ""), taken }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        let title = self.title.text(0).trim().to_owned();
        let id = id_of(&title);
        let fault = match () {
            () if !is_page_id(&id) => Some("editing-page-new-no-title"),
            () if self.taken.contains(&id) => Some("editing-page-new-taken"),
            () => None,
        };
        if let Some(key) = fault {
            self.title.fail(0, cx.cat.t(key).into_owned());
            return vec![];
        }
        let place =
            EditPlace { file: OwnFile::Page(id), entry: None, start: format!("# {title}\n"), draft: None };
        vec![Effect::Replace(Place::Editor(Box::new(place)))]
    }
}

/// What the file is called, from its title: letters and digits, a hyphen for what stands between them.
fn id_of(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-").to_lowercase();
    id.chars().take(LONGEST).collect()
}

impl Screen for NewPage {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => vec![Effect::Close],
            input if self.title.submits(&input) => self.submit(cx),
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let inner = popup::open(buf, area, 66, self.title.height() + 6, &self.title(cx), cx.theme);
        let said = wrap::draw(buf, inner, &cx.cat.t("editing-page-new-how"), 0, cx.theme.dim) as u16 + 1;
        let fields = Rect { y: inner.y + said, height: inner.height.saturating_sub(said), ..inner };
        self.title.view(cx, buf, fields)
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("editing-page-new").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Save, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
