//! The roster. Only a window of rows around the selected one is held, however many children there are.

mod view;

use crate::domain::{ChildId, Row};
use crate::office::{Answer, CasePage, Cases, Filter, Pressing, Request, Sort};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, ManualAt, Pick, Place, Screen, Ticket, Tone};
use crate::tui::widget::list::ListState;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::ops::Range;

const OPENED: Ticket = Ticket(1);
const FILTER: Ticket = Ticket(2);
const WHY: Ticket = Ticket(3);
const RULES: Ticket = Ticket(4);
/// Questions for rows count up from here; an answer to an older one is dropped.
const ROWS: u32 = 100;

/// Rows asked for at once, and how many must be at hand on either side of the selected one: more than any screen shows.
const WINDOW: usize = 400;
const AHEAD: usize = 100;

const SORTS: [Sort; 7] =
    [Sort::Due, Sort::Name, Sort::Risk, Sort::Pressing, Sort::Age, Sort::Village, Sort::LastContact];

pub(super) struct Roster {
    sort: Sort,
    filter: Filter,
    /// What it was opened for: not to be taken off.
    begun: Filter,
    total: usize,
    from: usize,
    rows: Vec<Row>,
    pressing: Vec<Option<Pressing>>,
    list: ListState,
    asked: u32,
    /// The window that is on its way.
    coming: Option<Range<usize>>,
    loaded: bool,
    refused: Option<String>,
    /// The rules were waited for since the list was opened or the day began.
    followed: bool,
    /// The child to stay on when the rows come anew.
    stay: Option<ChildId>,
}

impl Roster {
    pub(super) fn new() -> Self {
        Self::of(Filter::default())
    }

    pub(super) fn of(filter: Filter) -> Self {
        Self {
            sort: Sort::Due,
            begun: filter.clone(),
            filter,
            total: 0,
            from: 0,
            rows: Vec::new(),
            pressing: Vec::new(),
            list: ListState::default(),
            asked: ROWS,
            coming: None,
            loaded: false,
            refused: None,
            followed: false,
            stay: None,
        }
    }

    fn at(&self, index: usize) -> Option<&Row> {
        self.rows.get(index.checked_sub(self.from)?)
    }

    fn pressing_at(&self, index: usize) -> Option<Pressing> {
        self.pressing.get(index.checked_sub(self.from)?).copied().flatten()
    }

    fn selected(&self) -> Option<&Row> {
        self.at(self.list.selected(self.total)?)
    }

    fn ask(&mut self, from: usize) -> Vec<Effect> {
        self.asked = self.asked.wrapping_add(1).max(ROWS);
        self.coming = Some(from..from + WINDOW);
        let cases = Cases { sort: self.sort, filter: self.filter.clone(), from, count: WINDOW };
        vec![Effect::Ask(Ticket(self.asked), Request::Cases(cases))]
    }

    /// Asks for the rows around the selected one, if they are neither here nor coming.
    fn reach(&mut self) -> Vec<Effect> {
        let Some(at) = self.list.selected(self.total) else { return vec![] };
        let needed = at.saturating_sub(AHEAD)..(at + AHEAD).min(self.total);
        let holds = |window: &Range<usize>| window.start <= needed.start && needed.end <= window.end;
        let here = self.from..self.from + self.rows.len();
        if holds(&here) || self.coming.as_ref().is_some_and(holds) {
            return vec![];
        }
        self.ask(at.saturating_sub(WINDOW / 2))
    }

    /// From the top again, with another order or filter.
    fn anew(&mut self) -> Vec<Effect> {
        self.list.select(0);
        self.stay = None;
        self.ask(0)
    }

    fn take(&mut self, page: CasePage) -> Vec<Effect> {
        self.coming = None;
        self.loaded = true;
        self.refused = None;
        self.total = page.total;
        self.from = page.from;
        self.rows = page.rows;
        self.pressing = page.pressing;
        if let Some(child) = self.stay.take()
            && let Some(at) = self.rows.iter().position(|row| row.child == child)
        {
            self.list.select(self.from + at);
        }
        let mut effects = self.reach();
        if page.pending && !std::mem::replace(&mut self.followed, true) {
            effects.push(Effect::Ask(RULES, Request::FollowRules));
        }
        effects
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        match command {
            Command::Open => match self.selected() {
                Some(row) => vec![Effect::Open(OPENED, Place::File(row.child))],
                None => vec![],
            },
            Command::Why => match self.selected().and_then(|row| row.due.first()) {
                Some(due) if !due.rule.is_empty() => {
                    vec![Effect::Ask(WHY, Request::Why { rule: due.rule.clone() })]
                }
                Some(_) => vec![Effect::Toast(Tone::Plain, cx.cat.t("why-no-rule").into_owned())],
                None => vec![],
            },
            Command::Sort => {
                let now = SORTS.iter().position(|sort| *sort == self.sort).unwrap_or(0);
                self.sort = SORTS[(now + 1) % SORTS.len()];
                self.anew()
            }
            Command::Filter => vec![Effect::Open(FILTER, Place::Filter(self.filter.clone()))],
            // What narrows the list is taken off first.
            Command::Back if self.filter != self.begun => {
                self.filter = self.begun.clone();
                self.anew()
            }
            Command::Back => vec![Effect::Close],
            command => {
                self.list.run(command, self.total);
                self.reach()
            }
        }
    }
}

impl Screen for Roster {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Cases, Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => self.ask(0),
            Input::Changed | Input::NewDay | Input::Answer(RULES, Ok(_)) => {
                self.followed &= !matches!(input, Input::NewDay);
                self.stay = self.selected().map(|row| row.child);
                let at = self.list.selected(self.total).unwrap_or(0);
                self.ask(at.saturating_sub(WINDOW / 2))
            }
            Input::Command(command) => self.command(cx, command),
            Input::Picked(FILTER, Some(Pick::Filter(filter))) => {
                self.filter = filter;
                self.anew()
            }
            Input::Answer(WHY, Ok(Answer::Why(rule))) => vec![Effect::Open(OPENED, Place::Why(rule))],
            Input::Answer(Ticket(asked), answer) if asked == self.asked => match answer {
                Ok(Answer::Cases(page)) => self.take(page),
                Ok(_) => vec![],
                Err(refusal) => {
                    self.coming = None;
                    self.refused = Some(wording::refusal(cx.cat, &refusal));
                    vec![]
                }
            },
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        view::draw(self, cx, buf, area)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["screen cases"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("cases-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        let mut hints = Vec::new();
        if self.selected().is_some() {
            hints.extend([Command::Open, Command::NewVisit]);
        }
        hints.extend([Command::Search, Command::Filter, Command::Sort, Command::NewChild, Command::Today]);
        hints
    }

    fn child(&self) -> Option<ChildId> {
        self.selected().map(|row| row.child)
    }
}
