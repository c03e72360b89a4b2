//! The manual: a list of pages by part that narrows as one types, and a page to read.

mod list;
mod new;
mod page;

pub(super) use new::NewPage;

use super::reader::Scroll;
use crate::domain::Status;
use crate::manual::{Manual, Page};
use crate::office::{Answer, OwnFault, OwnFile, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{
    Confirm, Cx, EditPlace, Effect, Input, ManualAt, Pick, Place, Screen, Ticket, Tone,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::sync::Arc;

/// Where a case stands, as the table of steps names it.
pub(super) fn case_place(status: Status) -> &'static str {
    match status {
        Status::None | Status::Identified => "case identified",
        Status::Assessed => "case assessed",
        Status::Planned => "case planned",
        Status::InService => "case in-service",
        Status::InReview => "case in-review",
        Status::Closed => "case closed",
        Status::Reopened => "case reopened",
    }
}

const MANUAL: Ticket = Ticket(1);
const DROP: Ticket = Ticket(2);
const DROPPED: Ticket = Ticket(3);
const EDIT: Ticket = Ticket(4);

pub(super) struct Reading {
    /// The program's own pages until the office has answered.
    manual: Manual,
    faults: Vec<OwnFault>,
    /// The steps from which it was opened.
    steps: Vec<&'static str>,
    list: list::List,
    page: Option<Open>,
    /// The page was asked for, not chosen from the list: what leaves it leaves the manual.
    direct: bool,
    /// The pages that there were when somebody began a new one: it is turned to once it is there.
    before: Option<Vec<String>>,
}

struct Open {
    id: String,
    scroll: Scroll,
}

impl Reading {
    pub(super) fn new(at: ManualAt) -> Self {
        let manual = Manual::core().clone();
        let (steps, page) = match at {
            ManualAt::List => (vec![], None),
            ManualAt::Page(id) => (vec![], Some(id)),
            ManualAt::Steps(steps) => {
                let first = manual.of_steps(&steps).first().map(|page| page.id.clone());
                (steps, first)
            }
        };
        let list = list::List::new(&manual, &steps);
        let direct = page.is_some();
        let mut reading = Self { manual, faults: vec![], steps, list, page: None, direct, before: None };
        reading.turn_to(page);
        reading
    }

    fn turn_to(&mut self, page: Option<String>) {
        self.page = page.map(|id| Open { id, scroll: Scroll::default() });
    }

    /// The pages as one turns them: those of the step first.
    fn order(&self) -> Vec<&Arc<Page>> {
        let mut order = self.manual.of_steps(&self.steps);
        let others = self.manual.all().iter().filter(|page| !order.iter().any(|of| of.id == page.id));
        let others: Vec<&Arc<Page>> = others.collect();
        order.extend(others);
        order
    }

    fn turn(&mut self, by: usize) {
        let order = self.order();
        let here = self.page.as_ref().and_then(|open| order.iter().position(|page| page.id == open.id));
        let next = here.map(|here| order[(here + by) % order.len()].id.clone());
        if next.is_some() {
            self.turn_to(next);
        }
    }

    fn shown(&self) -> Option<&Arc<Page>> {
        self.manual.page(&self.page.as_ref()?.id)
    }

    /// The station's page; where it has none, it begins with the program's in the language of the screen.
    fn edit(&self, cx: &Cx) -> Vec<Effect> {
        let Some(page) = self.shown() else { return vec![] };
        let place = EditPlace {
            file: OwnFile::Page(page.id.clone()),
            entry: None,
            start: page.text(cx.cat.lang()).source.clone(),
            draft: None,
        };
        vec![Effect::Open(EDIT, Place::Editor(Box::new(place)))]
    }

    fn ask_to_drop(&self, cx: &Cx) -> Vec<Effect> {
        let Some(page) = self.shown() else { return vec![] };
        if !page.own {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("editing-page-none-own").into_owned())];
        }
        let replaces = Manual::core().page(&page.id).is_some();
        let confirm = Confirm {
            title: cx.cat.t("rules-drop-title").into_owned(),
            text: cx.cat.t(if replaces { "rules-drop-text" } else { "rules-drop-added" }).into_owned(),
            yes: cx.cat.t("rules-drop-yes").into_owned(),
            no: cx.cat.t("rules-drop-no").into_owned(),
        };
        vec![Effect::Open(DROP, Place::Confirm(confirm))]
    }

    fn answered(&mut self, manual: Manual, faults: Vec<OwnFault>) {
        (self.manual, self.faults) = (manual, faults);
        // A rule of the station's own may name a page that nobody has written.
        if self.page.as_ref().is_some_and(|open| self.manual.page(&open.id).is_none()) {
            self.page = None;
        }
        let is_new = |page: &&Arc<Page>| self.before.as_ref().is_some_and(|all| !all.contains(&page.id));
        if let Some(new) = self.manual.all().iter().find(is_new).map(|page| page.id.clone()) {
            self.before = None;
            self.turn_to(Some(new));
        }
        self.list.settle(&self.manual, &self.steps);
    }

    fn read(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        self.before = None;
        match command {
            Command::Back if self.direct => return vec![Effect::Close],
            Command::Back | Command::Manual | Command::Contents => {
                self.page = None;
                self.direct = false;
            }
            Command::Edit => return self.edit(cx),
            Command::DropOwn => return self.ask_to_drop(cx),
            Command::NewPage => {
                let taken: Vec<String> = self.manual.all().iter().map(|page| page.id.clone()).collect();
                self.before = Some(taken.clone());
                return vec![Effect::Open(EDIT, Place::NewPage(taken))];
            }
            Command::NextPage => self.turn(1),
            Command::PreviousPage => self.turn(self.manual.all().len() - 1),
            command => {
                if let Some(open) = &mut self.page {
                    open.scroll.run(command);
                }
            }
        }
        vec![]
    }
}

impl Screen for Reading {
    fn layers(&self) -> Vec<Layer> {
        match self.page {
            Some(_) => vec![Layer::Manual, Layer::Reader],
            None => vec![Layer::Picker, Layer::Text],
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed => return vec![Effect::Ask(MANUAL, Request::Manual)],
            Input::Answer(MANUAL, Ok(Answer::Manual(manual, faults))) => self.answered(manual, faults),
            Input::Command(command) if self.page.is_some() => return self.read(cx, command),
            Input::Picked(DROP, Some(Pick::Yes)) => {
                let file = self.shown().map(|page| OwnFile::Page(page.id.clone()));
                let ask = file.map(|file| Effect::Ask(DROPPED, Request::DropOwn { file, entry: None }));
                return ask.into_iter().collect();
            }
            Input::Answer(DROPPED, Ok(_)) => {
                return vec![Effect::Toast(Tone::Good, cx.cat.t("rules-dropped").into_owned())];
            }
            Input::Answer(DROPPED, Err(refusal)) => {
                return vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))];
            }
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Choose) => {
                let id = self.list.chosen(cx, &self.manual, &self.steps).map(|page| page.id.clone());
                self.turn_to(id);
            }
            Input::Command(command) => self.list.run(cx, &self.manual, &self.steps, command),
            Input::Text(text) | Input::Paste(text) if self.page.is_none() => {
                self.list.insert(cx, &self.manual, &self.steps, &text);
            }
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let Some(open) = &self.page else {
            return self.list.draw(cx, buf, inner, (&self.manual, &self.steps), &self.faults);
        };
        let page = self.manual.page(&open.id)?;
        let same_step = self.manual.of_steps(&self.steps);
        let lines = page::lines(cx, page, &same_step, inner.width);
        open.scroll.draw(buf, inner, &lines, cx.theme.dim)
    }

    fn title(&self, cx: &Cx) -> String {
        match self.page.as_ref().and_then(|open| self.manual.page(&open.id)) {
            Some(page) => {
                cx.cat.t1("manual-title-page", "page", page.text(cx.cat.lang()).title.as_str()).into_owned()
            }
            None => cx.cat.t("manual-title").into_owned(),
        }
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        if self.page.is_none() {
            return vec![Command::Choose, Command::Back];
        }
        let own = self.shown().is_some_and(|page| page.own);
        let mut hints = vec![Command::Back, Command::Contents, Command::PageDown, Command::NextPage];
        hints.extend([Command::Edit, Command::NewPage]);
        hints.extend(own.then_some(Command::DropOwn));
        hints
    }
}
