//! The needs study: what children need and are not given, by place and kind; what to open where; the families that may
//! give up a child; the children without contact with their parents this week.

mod view;

use super::asking::Asking;
use super::rows;
use crate::office::needs::{Grain, Opening, PlaceNeeds, Study, study};
use crate::office::{Answer, Concern, InNeed, NeedsFound, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{ConcernList, Cx, Effect, Input, ManualAt, Place, Screen, Ticket};
use crate::tui::widget::list::ListState;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const NEEDS: Ticket = Ticket(1);
const OPENED: Ticket = Ticket(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Places,
    Openings,
    GivingUp,
    WithoutContact,
}

const TABS: [Tab; 4] = [Tab::Places, Tab::Openings, Tab::GivingUp, Tab::WithoutContact];

pub(super) struct Needs {
    asking: Asking,
    /// None: on its way.
    found: Option<Box<NeedsFound>>,
    /// Records read so far.
    read: u64,
    refused: Option<String>,
    grain: Grain,
    study: Study,
    tab: usize,
    /// One for each tab.
    lists: [ListState; 4],
    /// Which need is looked at.
    need: usize,
    /// The children behind a count, with where that is.
    within: Option<Within>,
}

impl Default for Needs {
    fn default() -> Self {
        Self {
            asking: Asking::new(NEEDS, || Request::Needs),
            found: None,
            read: 0,
            refused: None,
            grain: Grain::default(),
            study: Study::default(),
            tab: 0,
            lists: Default::default(),
            need: 0,
            within: None,
        }
    }
}

struct Within {
    place: String,
    need: usize,
    /// Positions among those who are in need.
    children: Vec<usize>,
    list: ListState,
}

impl Needs {
    pub(super) fn on(list: ConcernList) -> Self {
        let wanted = match list {
            ConcernList::GivingUp => Tab::GivingUp,
            ConcernList::WithoutContact => Tab::WithoutContact,
        };
        Self { tab: TABS.iter().position(|tab| *tab == wanted).unwrap_or(0), ..Self::default() }
    }

    fn tab(&self) -> Tab {
        TABS[self.tab]
    }

    fn take(&mut self, found: Box<NeedsFound>) {
        let first = self.found.is_none();
        self.found = Some(found);
        self.count();
        if first {
            let of = |need: usize| self.study.places.iter().map(|place| place.unmet[need]).sum::<usize>();
            let needs = self.found.as_ref().map_or(0, |found| found.rules.needs().len());
            self.need = (0..needs).rev().max_by_key(|need| of(*need)).unwrap_or(0);
        }
        if let Some(within) = self.within.take() {
            let Within { place, need, list, .. } = within;
            self.look(place, need);
            self.within.iter_mut().for_each(|within| within.list = list.clone());
        }
    }

    /// Counts anew, by village or town.
    fn count(&mut self) {
        let Some(found) = &self.found else { return };
        let children = found.children.iter().map(|one| (one.row.village.as_str(), one.told));
        self.study = study(&found.rules, children, &found.offers, self.grain);
        self.need = self.need.min(found.rules.needs().len().saturating_sub(1));
    }

    fn place(&self) -> Option<&PlaceNeeds> {
        self.study.places.get(self.list().selected(self.study.places.len())?)
    }

    fn opening(&self) -> Option<&Opening> {
        self.study.openings.get(self.list().selected(self.study.openings.len())?)
    }

    fn concerns(&self) -> &[Concern] {
        match (&self.found, self.tab()) {
            (Some(found), Tab::GivingUp) => &found.giving_up,
            (Some(found), Tab::WithoutContact) => &found.without_contact,
            _ => &[],
        }
    }

    fn concern(&self) -> Option<&Concern> {
        self.concerns().get(self.list().selected(self.concerns().len())?)
    }

    fn list(&self) -> &ListState {
        &self.lists[self.tab]
    }

    fn len(&self) -> usize {
        match self.tab() {
            Tab::Places => self.study.places.len(),
            Tab::Openings => self.study.openings.len(),
            Tab::GivingUp | Tab::WithoutContact => self.concerns().len(),
        }
    }

    /// The children behind a count.
    fn look(&mut self, place: String, need: usize) {
        let Some(found) = &self.found else { return };
        let is_one = |one: &InNeed| {
            one.told.unmet() >> need & 1 == 1 && self.grain.place(&one.row.village) == place.as_str()
        };
        let children = found.children.iter().enumerate().filter(|(_, one)| is_one(one));
        let children: Vec<usize> = children.map(|(at, _)| at).collect();
        self.within = Some(Within { place, need, children, list: ListState::default() });
    }

    fn open(&mut self) -> Vec<Effect> {
        if let Some(within) = &self.within {
            let at = within.list.selected(within.children.len()).and_then(|row| within.children.get(row));
            let child = self.found.as_ref().zip(at).map(|(found, at)| found.children[*at].row.child);
            return child.map(|child| Effect::Open(OPENED, Place::File(child))).into_iter().collect();
        }
        let cell = match self.tab() {
            Tab::Places => self.place().map(|place| (place.place.clone(), self.need)),
            Tab::Openings => self.opening().map(|one| (one.place.clone(), one.need)),
            Tab::GivingUp | Tab::WithoutContact => {
                let child = self.concern().map(|one| one.row.child);
                return child.map(|child| Effect::Open(OPENED, Place::File(child))).into_iter().collect();
            }
        };
        if let Some((place, need)) = cell {
            self.look(place, need);
        }
        vec![]
    }

    fn command(&mut self, command: Command) -> Vec<Effect> {
        let needs = self.found.as_ref().map_or(0, |found| found.rules.needs().len()).max(1);
        match command {
            Command::Back if self.within.is_some() => self.within = None,
            Command::Back => return vec![Effect::Close],
            Command::Open => return self.open(),
            Command::Why => {
                let flag = self.concern().filter(|_| self.within.is_none());
                let place = flag.map(|one| Place::Flag(Box::new(one.flag.clone())));
                return place.map(|place| Effect::Open(OPENED, place)).into_iter().collect();
            }
            Command::NextTab => self.turn(1),
            Command::PreviousTab => self.turn(TABS.len() - 1),
            Command::NextNeed if self.tab() == Tab::Places => self.need = (self.need + 1) % needs,
            Command::PreviousNeed if self.tab() == Tab::Places => {
                self.need = (self.need + needs - 1) % needs;
            }
            Command::Grain => {
                self.grain = if self.grain == Grain::Village { Grain::Town } else { Grain::Village };
                self.within = None;
                self.lists.iter_mut().for_each(|list| list.select(0));
                self.count();
            }
            command => {
                let len = self.len();
                match &mut self.within {
                    Some(within) => within.list.run(command, within.children.len()),
                    None => self.lists[self.tab].run(command, len),
                };
            }
        }
        vec![]
    }

    fn turn(&mut self, by: usize) {
        self.within = None;
        self.tab = (self.tab + by) % TABS.len();
    }
}

impl Screen for Needs {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Needs, Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed | Input::NewDay => self.asking.ask(),
            Input::Progress(NEEDS, read, _) => {
                self.read = read;
                vec![]
            }
            Input::Answer(NEEDS, Ok(Answer::Needs(found))) => {
                self.take(found);
                self.asking.answered()
            }
            Input::Answer(NEEDS, Err(refusal)) => {
                self.refused = Some(wording::refusal(cx.cat, &refusal));
                self.asking.answered()
            }
            Input::Command(command) => self.command(command),
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        view::draw(self, cx, buf, area)
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("needs-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        let mut hints = vec![Command::Open];
        match (self.tab(), &self.within) {
            (_, Some(_)) => {}
            (Tab::Places, None) => hints.extend([Command::NextNeed, Command::Grain]),
            (Tab::Openings, None) => hints.push(Command::Grain),
            (_, None) => hints.push(Command::Why),
        }
        hints.extend([Command::NextTab, Command::Back]);
        hints
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["screen needs"])
    }
}
