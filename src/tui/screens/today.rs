//! The home screen: what is overdue, due today, this week and later; acts on it without leaving the list.

mod view;

use super::rows::act_of;
use crate::domain::ChildId;
use crate::office::{Agenda, AgendaLine, Answer, ChildLine, Concerns, Request, Role, Scope};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{
    ActKind, ActPlace, ConcernList, Cx, Effect, Input, ManualAt, Pick, Place, Screen, Ticket, Tone,
};
use crate::tui::widget::{calendar::Calendar, list::ListState};
use crate::wording;
use chrono::{Datelike, NaiveDate};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const AGENDA: Ticket = Ticket(1);
const MONTH: Ticket = Ticket(2);
const ACT: Ticket = Ticket(3);
const SAVE: Ticket = Ticket(4);
const WHY: Ticket = Ticket(5);
const OPENED: Ticket = Ticket(6);
const RULES: Ticket = Ticket(7);
const CONCERNS: Ticket = Ticket(8);

/// From this many columns on the month stands beside the list.
const WIDE: u16 = 110;

pub(super) struct Today {
    scope: Scope,
    agenda: Option<Agenda>,
    refused: Option<String>,
    /// The rules were waited for since the screen was opened or the day began.
    followed: bool,
    /// The same of the lists of the week.
    counted: bool,
    list: ListState,
    calendar: Calendar,
    /// The keys move in the calendar.
    in_calendar: bool,
    /// The manual leads through the invented station first.
    demo: bool,
    month: Vec<(NaiveDate, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Overdue,
    Today,
    Week,
    Later,
    Rules,
}

impl Section {
    const ALL: [Section; 5] =
        [Section::Overdue, Section::Today, Section::Week, Section::Later, Section::Rules];

    /// The follow-ups in it.
    fn lines(self, agenda: &Agenda) -> &[AgendaLine] {
        match self {
            Section::Overdue => &agenda.overdue,
            Section::Today => &agenda.today,
            Section::Week => &agenda.week,
            Section::Later => &agenda.later,
            Section::Rules => &[],
        }
    }

    fn total(self, agenda: &Agenda) -> usize {
        match self {
            Section::Overdue => agenda.totals.overdue,
            Section::Today => agenda.totals.today,
            Section::Week => agenda.totals.week,
            Section::Later => agenda.totals.later,
            Section::Rules => agenda.totals.pressing,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Section::Overdue => "today-overdue",
            Section::Today => "today-today",
            Section::Week => "today-week",
            Section::Later => "today-later",
            Section::Rules => "today-rules",
        }
    }
}

/// A row of the list: a heading, which is never selected, a follow-up, or a child whom a rule calls for.
#[derive(Clone, Copy)]
enum Line<'a> {
    Heading(Section, usize),
    Item(Section, &'a AgendaLine),
    /// How many children stand on a list of the needs study, if somebody has counted.
    List(ConcernList, Option<u32>),
    Child(&'a ChildLine),
}

impl Today {
    pub(super) fn new(today: NaiveDate, demo: bool) -> Self {
        Self {
            scope: Scope::Station,
            agenda: None,
            refused: None,
            followed: false,
            counted: false,
            list: ListState::default(),
            calendar: Calendar::new(today),
            in_calendar: false,
            demo,
            month: Vec::new(),
        }
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let Some(agenda) = &self.agenda else { return vec![] };
        let (without_contact, giving_up) = match agenda.concerns {
            Concerns::Counted { without_contact, giving_up } => (Some(without_contact), Some(giving_up)),
            Concerns::Many => (None, None),
            Concerns::Unknown | Concerns::Pending => (Some(0), Some(0)),
        };
        let lists = [(ConcernList::WithoutContact, without_contact), (ConcernList::GivingUp, giving_up)];
        let shown = lists.into_iter().filter(|(_, count)| self.scope == Scope::Station && *count != Some(0));
        let mut lines: Vec<Line> = shown.map(|(list, count)| Line::List(list, count)).collect();
        for section in Section::ALL {
            let items = section.lines(agenda);
            if !items.is_empty() || (section == Section::Rules && !agenda.pressing.is_empty()) {
                lines.push(Line::Heading(section, section.total(agenda)));
                lines.extend(items.iter().map(|item| Line::Item(section, item)));
            }
        }
        lines.extend(agenda.pressing.iter().map(Line::Child));
        lines
    }

    fn selected_line(&self) -> Option<Line<'_>> {
        let lines = self.lines();
        lines.get(self.list.selected(lines.len())?).copied()
    }

    fn selected(&self) -> Option<&AgendaLine> {
        match self.selected_line()? {
            Line::Item(_, item) => Some(item),
            Line::Heading(..) | Line::List(..) | Line::Child(_) => None,
        }
    }

    fn selected_child(&self) -> Option<ChildId> {
        match self.selected_line()? {
            Line::Item(_, item) => Some(item.child),
            Line::Child(line) => Some(line.child),
            Line::Heading(..) | Line::List(..) => None,
        }
    }

    /// Headings are passed over in the direction of the move.
    fn skip_heading(&mut self, up: bool) {
        let lines = self.lines();
        let Some(at) = self.list.selected(lines.len()) else { return };
        if matches!(lines[at], Line::Heading(..)) {
            let to = if up && at > 0 { at - 1 } else { at + 1 };
            self.list.select(to);
        }
    }

    fn ask(&self) -> Vec<Effect> {
        vec![Effect::Ask(AGENDA, Request::Agenda(self.scope)), self.ask_month()]
    }

    fn ask_month(&self) -> Effect {
        let first = self.calendar.selected().with_day(1).unwrap_or(self.calendar.selected());
        Effect::Ask(MONTH, Request::Month { scope: self.scope, first })
    }

    fn take(&mut self, agenda: Agenda) -> Vec<Effect> {
        let (pending, uncounted) = (agenda.pending, agenda.concerns == Concerns::Pending);
        let key = |line: Line| match line {
            Line::Item(_, item) => Some((item.child, Some(item.follow_up))),
            Line::Child(line) => Some((line.child, None)),
            Line::Heading(..) | Line::List(..) => None,
        };
        let first = self.agenda.is_none();
        let before = self.selected_line().and_then(key);
        self.agenda = Some(agenda);
        self.refused = None;
        let lines = self.lines();
        let same = lines.iter().position(|line| before.is_some() && key(*line) == before);
        let stay = self.list.selected(lines.len()).filter(|_| !first);
        // The lists of the week stand above, but work begins with what is due.
        let due = lines.iter().position(|line| matches!(line, Line::Item(..) | Line::Child(_)));
        let at = same.or(stay).or(due).unwrap_or(0);
        self.list.select(at);
        self.skip_heading(false);
        let mut effects = vec![];
        if uncounted && !std::mem::replace(&mut self.counted, true) {
            effects.push(Effect::Ask(CONCERNS, Request::CountConcerns));
        }
        if pending && !std::mem::replace(&mut self.followed, true) {
            effects.push(Effect::Ask(RULES, Request::FollowRules));
        }
        effects
    }

    fn act(&self, act: ActKind) -> Vec<Effect> {
        let Some(line) = self.selected() else { return vec![] };
        let place = ActPlace {
            child: line.child,
            name: line.name.clone(),
            follow_up: line.follow_up,
            kind: line.kind.clone(),
            due: line.due,
            act,
        };
        vec![Effect::Open(ACT, Place::Act(place))]
    }

    fn go_to_day(&mut self, day: NaiveDate) {
        let lines = self.lines();
        if let Some(at) = lines.iter().position(|line| matches!(line, Line::Item(_, item) if item.due >= day))
        {
            self.list.select(at);
        }
    }

    fn calendar_command(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Back | Command::Calendar => self.in_calendar = false,
            Command::Choose => {
                self.in_calendar = false;
                self.go_to_day(self.calendar.selected());
            }
            command => {
                let before = self.calendar.selected();
                if self.calendar.run(command) && self.calendar.selected().month() != before.month() {
                    return vec![self.ask_month()];
                }
            }
        }
        vec![]
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        if self.in_calendar {
            return self.calendar_command(command);
        }
        if let Some(act) = act_of(command) {
            return self.act(act);
        }
        match command {
            Command::Open => {
                if let Some(Line::List(list, _)) = self.selected_line() {
                    return vec![Effect::Open(OPENED, Place::NeedsList(list))];
                }
                let open = |child| Effect::Open(OPENED, Place::File(child));
                self.selected_child().map(open).into_iter().collect()
            }
            Command::Why => match self.selected() {
                Some(line) if !line.rule.is_empty() => {
                    vec![Effect::Ask(WHY, Request::Why { rule: line.rule.clone() })]
                }
                Some(_) => vec![Effect::Toast(Tone::Plain, cx.cat.t("why-no-rule").into_owned())],
                None => vec![],
            },
            Command::ScopeMine | Command::ScopeStation => {
                self.scope = if command == Command::ScopeMine { Scope::Mine } else { Scope::Station };
                self.ask()
            }
            Command::NextTab | Command::PreviousTab => {
                self.scope = if self.scope == Scope::Mine { Scope::Station } else { Scope::Mine };
                self.ask()
            }
            Command::Calendar => {
                self.in_calendar = true;
                vec![]
            }
            command => {
                let len = self.lines().len();
                if self.list.run(command, len) {
                    self.skip_heading(matches!(command, Command::Up | Command::PageUp));
                }
                vec![]
            }
        }
    }
}

impl Screen for Today {
    fn layers(&self) -> Vec<Layer> {
        if self.in_calendar { vec![Layer::Calendar, Layer::Today] } else { vec![Layer::Today, Layer::List] }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed | Input::Answer(RULES | CONCERNS, Ok(_)) => self.ask(),
            // Left, or the office is shut: nobody waits for it.
            Input::Answer(RULES | CONCERNS, Err(_)) => vec![],
            Input::NewDay => {
                (self.followed, self.counted) = (false, false);
                self.calendar = Calendar::new(cx.today);
                self.ask()
            }
            Input::Answer(AGENDA, Ok(Answer::Agenda(agenda))) => self.take(agenda),
            Input::Answer(MONTH, Ok(Answer::Month(month))) => {
                self.month = month;
                vec![]
            }
            Input::Answer(WHY, Ok(Answer::Why(rule))) => vec![Effect::Open(OPENED, Place::Why(rule))],
            Input::Answer(SAVE, Ok(Answer::Saved(saved))) => {
                let text = super::rows::saved(cx, &saved);
                vec![Effect::Toast(Tone::Good, text)]
            }
            // Nothing here is for support: it is told what is.
            Input::Answer(AGENDA | MONTH, Err(_)) if cx.me.is_some_and(|me| me.role == Role::Support) => {
                self.refused = Some(cx.cat.t("today-support").into_owned());
                vec![]
            }
            Input::Answer(AGENDA, Err(refusal)) => {
                self.refused = Some(wording::refusal(cx.cat, &refusal));
                vec![]
            }
            Input::Answer(_, Err(refusal)) => {
                vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))]
            }
            Input::Picked(ACT, Some(Pick::Act { child, follow_up, act })) => {
                vec![Effect::Ask(SAVE, Request::Act { child, follow_up, act })]
            }
            Input::Command(command) => self.command(cx, command),
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        view::draw(self, cx, buf, area)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        let demo = self.demo.then_some("screen demo");
        ManualAt::of(demo.into_iter().chain(["screen today"]))
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("today-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        if self.in_calendar {
            let days = [Command::PreviousDay, Command::NextDay, Command::PageUp, Command::PageDown];
            return [Command::Choose].into_iter().chain(days).chain([Command::Back]).collect();
        }
        let mut hints = vec![Command::Search];
        if self.selected().is_some() {
            hints.extend([Command::Done, Command::Move, Command::Attempt]);
        }
        if self.selected_child().is_some() || matches!(self.selected_line(), Some(Line::List(..))) {
            hints.push(Command::Open);
        }
        hints.extend([Command::NewChild, Command::NewVisit, Command::Cases]);
        hints
    }

    fn child(&self) -> Option<ChildId> {
        self.selected_child()
    }
}
