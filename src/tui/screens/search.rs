//! Three keys from anywhere to any child: results narrow as one types, each says why it was found.

mod others;
mod view;

use super::forms;
use crate::domain::{ChildId, forms::child};
use crate::office::{Answer, Found, FoundAt, FoundLine, NoteHit, Other, OtherLine, Query, Request};
use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, ManualAt, Pick, Place, Screen, Then, Ticket};
use crate::tui::widget::list::ListState;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// Nobody reads on: a longer query is the better way.
const MOST: usize = 60;
const LONGEST: usize = 60;

pub(super) struct Search {
    then: Then,
    mode: Mode,
    field: TextBuffer,
    list: ListState,
    /// Counts up with every question: an answer to an older one is dropped.
    asked: u32,
    result: Option<Hits>,
    /// The answer to what is typed now is there.
    fresh: bool,
    /// Enter was pressed before the answer came.
    eager: bool,
    refused: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Children,
    Notes,
}

#[derive(Clone, Copy)]
enum Line<'a> {
    Child(&'a FoundLine),
    Other(&'a OtherLine),
}

enum Hits {
    Children(Found),
    Notes(Vec<NoteHit>),
}

impl Search {
    pub(super) fn new(then: Then) -> Self {
        Self {
            then,
            mode: Mode::Children,
            field: TextBuffer::line(Limit::Characters(LONGEST)),
            list: ListState::default(),
            asked: 0,
            result: None,
            fresh: true,
            eager: false,
            refused: None,
        }
    }

    fn query(&self) -> &str {
        self.field.text().trim()
    }

    fn ask(&mut self) -> Vec<Effect> {
        // Reading all notes takes a while; nobody waits for what was typed before.
        let stale = (!self.fresh && self.mode == Mode::Notes).then_some(Effect::Cancel(Ticket(self.asked)));
        self.asked = self.asked.wrapping_add(1);
        self.refused = None;
        self.eager = false;
        self.list.select(0);
        if self.query().is_empty() {
            self.result = None;
            self.fresh = true;
            return stale.into_iter().collect();
        }
        self.fresh = false;
        let text = Query(self.query().to_owned());
        let request = match self.mode {
            Mode::Children => Request::Find { text, limit: MOST },
            Mode::Notes => Request::SearchNotes { text, limit: MOST },
        };
        stale.into_iter().chain([Effect::Ask(Ticket(self.asked), request)]).collect()
    }

    fn found(&self) -> &[FoundLine] {
        match &self.result {
            Some(Hits::Children(found)) => &found.lines,
            _ => &[],
        }
    }

    fn notes(&self) -> &[NoteHit] {
        match &self.result {
            Some(Hits::Notes(notes)) => notes,
            _ => &[],
        }
    }

    fn others(&self) -> &[OtherLine] {
        match &self.result {
            Some(Hits::Children(found)) => &found.others,
            _ => &[],
        }
    }

    /// The line of the list in this place, of children and what else was found.
    fn line(&self, at: usize) -> Option<Line<'_>> {
        let Some(Hits::Children(found)) = &self.result else { return None };
        found.at(at).map(|at| match at {
            FoundAt::Child(at) => Line::Child(&found.lines[at]),
            FoundAt::Other(at) => Line::Other(&found.others[at]),
        })
    }

    fn selected_line(&self) -> Option<Line<'_>> {
        self.line(self.list.selected(self.len())?)
    }

    fn len(&self) -> usize {
        match self.mode {
            Mode::Children => self.found().len() + self.others().len(),
            Mode::Notes => self.notes().len(),
        }
    }

    fn selected(&self) -> Option<ChildId> {
        let at = self.list.selected(self.len())?;
        match self.mode {
            Mode::Children => match self.line(at)? {
                Line::Child(line) => Some(line.row.child),
                Line::Other(_) => None,
            },
            Mode::Notes => Some(self.notes()[at].row.child),
        }
    }

    /// Something was asked for and there is no such child.
    fn is_missing(&self) -> bool {
        self.fresh && self.result.is_some() && self.len() == 0
    }

    fn open(&mut self, cx: &Cx, then: Then) -> Vec<Effect> {
        if !self.fresh {
            self.eager = true;
            return vec![];
        }
        if then == Then::Pick {
            let child = self.selected();
            return child.map(|child| Effect::CloseWith(Pick::Child(child))).into_iter().collect();
        }
        if let (Then::OpenFile, Some(Line::Other(line))) = (then, self.selected_line()) {
            return vec![Effect::Replace(match &line.other {
                Other::Entry(entry) => Place::RegisterEntry(entry.at),
                Other::Page { id, .. } => Place::Manual(ManualAt::Page(id.clone())),
            })];
        }
        let place = self.selected().and_then(|child| forms::about(child, then, cx.today));
        place.map(Effect::Replace).into_iter().collect()
    }

    /// Registers a child that is not on file, with the name that was typed.
    fn register(&self, cx: &Cx) -> Vec<Effect> {
        let mut place = forms::new_child(cx.today);
        let name = self.query();
        let is_name = (2..=6).contains(&name.chars().count()) && name.chars().all(is_hanzi);
        if let Place::Form(form) = &mut place
            && self.fresh
            && self.found().is_empty()
            && is_name
        {
            form.fields.set(child::NAME, Some(name.into()));
        }
        vec![Effect::Replace(place)]
    }

    fn switch(&mut self) -> Vec<Effect> {
        self.mode = match self.mode {
            Mode::Children => Mode::Notes,
            Mode::Notes => Mode::Children,
        };
        self.result = None;
        self.fresh = true;
        self.ask()
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        match command {
            Command::Back | Command::Search => return vec![Effect::Close],
            Command::Open => return self.open(cx, self.then),
            Command::NewVisit => return self.open(cx, Then::NewVisit),
            Command::NewFollowUp => return self.open(cx, Then::NewFollowUp),
            Command::NewChild => return self.register(cx),
            Command::NextTab | Command::PreviousTab => return self.switch(),
            _ => {}
        }
        if self.list.run(command, self.len()) {
            return vec![];
        }
        let before = self.query().to_owned();
        self.field.run(command);
        if self.query() == before { vec![] } else { self.ask() }
    }
}

fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

impl Screen for Search {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Search, Layer::Text]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Text(text) | Input::Paste(text) => {
                let before = self.query().to_owned();
                self.field.insert_str(&text);
                if self.query() == before { vec![] } else { self.ask() }
            }
            Input::Command(command) => self.command(cx, command),
            Input::Changed if self.result.is_some() => self.ask(),
            Input::Answer(Ticket(asked), answer) if asked == self.asked => {
                self.fresh = true;
                match answer {
                    Ok(Answer::Found(mut found)) => {
                        // Only a child is visited, or comes to an activity.
                        if self.then != Then::OpenFile {
                            found.others.clear();
                        }
                        self.result = Some(Hits::Children(found));
                    }
                    Ok(Answer::Notes(notes)) => self.result = Some(Hits::Notes(notes)),
                    Ok(_) => {}
                    Err(refusal) => {
                        self.result = None;
                        self.refused = Some(wording::refusal(cx.cat, &refusal));
                    }
                }
                if self.eager { self.open(cx, self.then) } else { vec![] }
            }
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        view::draw(self, cx, buf, area)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["screen search"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("search-title").into_owned()
    }

    /// The same from the first character on: the line beneath does not change while one types.
    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Open, Command::NewVisit, Command::NewChild, Command::Back]
    }

    fn child(&self) -> Option<ChildId> {
        self.selected()
    }

    fn is_popup(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
