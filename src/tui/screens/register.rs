//! The station's registers, a tab each: volunteers, foster families, agencies, bases, activities, donors, the aid ledger.
//! They hold what one station knows, so all lines of one are here, and typing narrows them.

mod aid;
mod attend;
mod done;
mod foot;
mod supervision;
mod view;

use super::{forms, organisation};
use crate::domain::forms::child;
use crate::domain::{Fields, Record, RecordKind, RecordRef};
use crate::office::{Answer, Query, RegisterLine, Request};
use crate::search::loose::Matcher;
use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, Pick, Place, Screen, Ticket, Tone};
use crate::tui::widget::list::ListState;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use uuid::Uuid;

const OPENED: Ticket = Ticket(1);
const STATEMENT: Ticket = Ticket(2);
/// A child to be named at an activity is looked for, then written down.
const NAMED: Ticket = Ticket(3);
const WRITTEN: Ticket = Ticket(4);
/// Answers to what was asked for another tab are dropped.
const LINES: u32 = 100;

pub(super) struct Register {
    tab: usize,
    asked: u32,
    /// None: on their way.
    lines: Option<Vec<RegisterLine>>,
    /// Positions in `lines` that fit what is typed, the best first.
    fit: Vec<usize>,
    /// Empty but for the aid ledger.
    ledger: aid::Ledger,
    /// The donor whose statement is on its way.
    donor: String,
    /// The activity at which children are being named.
    attended: Option<Record>,
    /// What is being made or was found: the list stands on it once it is there.
    made: Option<Uuid>,
    /// Agencies by where they are; else by name.
    by_place: bool,
    refused: Option<String>,
    list: ListState,
    narrow: TextBuffer,
    /// Letters narrow the list; else they are commands.
    typing: bool,
}

/// The register that a command opens.
pub(in crate::tui) fn of_command(command: Command) -> Option<RecordKind> {
    Some(match command {
        Command::Registers => RecordKind::Volunteer,
        Command::FosterFamilies => RecordKind::FosterFamily,
        Command::Agencies => RecordKind::Agency,
        Command::Bases => RecordKind::Base,
        Command::Activities => RecordKind::Activity,
        Command::Supervision => RecordKind::Supervision,
        Command::Donors => RecordKind::Donor,
        Command::Aid => RecordKind::AidEntry,
        _ => return None,
    })
}

impl Register {
    pub(super) fn new(kind: RecordKind) -> Self {
        Self {
            tab: RecordKind::REGISTERS.iter().position(|one| *one == kind).unwrap_or(0),
            asked: LINES,
            lines: None,
            fit: vec![],
            ledger: aid::Ledger::default(),
            donor: String::new(),
            attended: None,
            made: None,
            by_place: false,
            refused: None,
            list: ListState::default(),
            narrow: TextBuffer::line(Limit::Characters(60)),
            typing: false,
        }
    }

    /// On an entry, once the lines are there.
    pub(super) fn on(at: RecordRef) -> Self {
        Self { made: Some(at.id), ..Self::new(at.kind) }
    }

    fn kind(&self) -> RecordKind {
        RecordKind::REGISTERS[self.tab]
    }

    fn ask(&mut self) -> Vec<Effect> {
        self.asked = self.asked.wrapping_add(1).max(LINES);
        vec![Effect::Ask(Ticket(self.asked), Request::Register(self.kind()))]
    }

    fn turn(&mut self, tab: usize) -> Vec<Effect> {
        *self = Self { asked: self.asked, ..Self::new(RecordKind::REGISTERS[tab]) };
        self.ask()
    }

    fn at(&self, row: usize) -> Option<&RegisterLine> {
        self.lines.as_ref()?.get(*self.fit.get(row)?)
    }

    fn selected(&self) -> Option<&RegisterLine> {
        self.at(self.list.selected(self.fit.len())?)
    }

    fn take(&mut self, cx: &Cx, mut lines: Vec<RegisterLine>) {
        let made = self.made.filter(|made| lines.iter().any(|line| line.record.at.id == *made));
        let stay = made.or_else(|| self.selected().map(|line| line.record.at.id));
        if made.is_some() {
            self.made = None;
            self.narrow.clear();
        }
        view::sort(self.kind(), self.by_place, &mut lines);
        if self.kind() == RecordKind::AidEntry {
            self.ledger = aid::Ledger::of(&lines);
        }
        self.lines = Some(lines);
        self.refused = None;
        self.find(cx);
        let is_it = |row: &usize| self.at(*row).map(|line| line.record.at.id) == stay;
        if let Some(row) = stay.and_then(|_| (0..self.fit.len()).find(is_it)) {
            self.list.select(row);
        }
    }

    /// Which lines fit what is typed.
    fn find(&mut self, cx: &Cx) {
        let (query, matcher) = (self.narrow.text(), Matcher::default());
        let score = |line: &RegisterLine| {
            let words = view::words(cx, &line.record);
            words.iter().filter_map(|word| matcher.find(word, query)).map(|found| found.score).max()
        };
        let lines = self.lines.iter().flatten().enumerate();
        let mut fit: Vec<(i64, usize)> = match query.trim() {
            "" => lines.map(|(at, _)| (0, at)).collect(),
            _ => lines.filter_map(|(at, line)| Some((score(line)?, at))).collect(),
        };
        fit.sort_by_key(|(score, at)| (-score, *at));
        self.fit = fit.into_iter().map(|(_, at)| at).collect();
    }

    fn narrowed(&mut self, cx: &Cx) -> Vec<Effect> {
        self.list.select(0);
        self.find(cx);
        vec![]
    }

    fn new_entry(&mut self, cx: &Cx) -> Vec<Effect> {
        let mut fields = Fields::default();
        if let Some(day) = view::day_of(self.kind()) {
            fields.set(day, Some(cx.today.into()));
        }
        self.begin(cx, fields)
    }

    fn begin(&mut self, cx: &Cx, fields: Fields) -> Vec<Effect> {
        let id = Uuid::now_v7();
        self.made = Some(id);
        let place = forms::entry(cx, RecordRef::of(self.kind(), id, id), None, fields);
        place.map(|place| Effect::Open(OPENED, place)).into_iter().collect()
    }

    fn edit(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(line) = self.selected() else { return vec![] };
        if line.record.at.kind == RecordKind::AidEntry {
            let correction = aid::correction(cx, &line.record);
            return self.begin(cx, correction);
        }
        let form = forms::entry(cx, line.record.at, Some(line.record.fields.clone()), Fields::default());
        form.map(|place| Effect::Open(OPENED, place)).into_iter().collect()
    }

    fn statement(&mut self) -> Vec<Effect> {
        let donor = self.selected().filter(|line| line.record.at.kind == RecordKind::Donor);
        let Some(donor) = donor.map(|line| name(&line.record).to_owned()) else { return vec![] };
        self.donor.clone_from(&donor);
        vec![Effect::Ask(STATEMENT, Request::Statement(Query(donor)))]
    }

    fn why(&self, cx: &Cx) -> Vec<Effect> {
        match self.selected().and_then(|line| line.flags.first()) {
            Some(flag) => vec![Effect::Open(OPENED, Place::Flag(Box::new(flag.clone())))],
            None => vec![Effect::Toast(Tone::Plain, cx.cat.t("register-no-flag").into_owned())],
        }
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        let tabs = RecordKind::REGISTERS.len();
        if let Some(kind) = of_command(command) {
            let tab = RecordKind::REGISTERS.iter().position(|one| *one == kind);
            return tab.map(|tab| self.turn(tab)).unwrap_or_default();
        }
        match command {
            Command::Back if self.typing || !self.narrow.is_empty() => {
                self.typing = false;
                self.narrow.clear();
                self.narrowed(cx)
            }
            Command::Back => vec![Effect::Close],
            Command::NextTab => self.turn((self.tab + 1) % tabs),
            Command::PreviousTab => self.turn((self.tab + tabs - 1) % tabs),
            Command::Filter => {
                self.typing = true;
                vec![]
            }
            // The office refuses it too; here it is said before somebody has typed.
            Command::Open | Command::Edit | Command::NewEntry
                if self.kind() == RecordKind::Unit && !organisation::may_change(cx) =>
            {
                vec![Effect::Toast(Tone::Plain, cx.cat.t("organisation-not-yours").into_owned())]
            }
            Command::Open | Command::Edit => {
                self.typing = false;
                self.edit(cx)
            }
            Command::NewEntry => self.new_entry(cx),
            Command::Why => self.why(cx),
            Command::Statement => self.statement(),
            Command::Attend => self.attend(cx),
            Command::ByPlace if self.kind() == RecordKind::Agency => {
                self.by_place = !self.by_place;
                if let Some(lines) = self.lines.clone() {
                    self.take(cx, lines);
                }
                vec![]
            }
            command if self.list.run(command, self.fit.len()) => vec![],
            command if self.typing && self.narrow.run(command) => self.narrowed(cx),
            _ => vec![],
        }
    }
}

impl Screen for Register {
    fn layers(&self) -> Vec<Layer> {
        if self.typing { vec![Layer::Search, Layer::Text] } else { vec![Layer::Register, Layer::List] }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed | Input::NewDay => self.ask(),
            Input::Command(command) => self.command(cx, command),
            Input::Text(text) | Input::Paste(text) if self.typing => {
                self.narrow.insert_str(&text);
                self.narrowed(cx)
            }
            Input::Answer(STATEMENT, Ok(Answer::Statement(lines))) => {
                let title = cx.cat.t1("register-statement", "donor", self.donor.clone()).into_owned();
                let text = aid::statement(cx, lines.as_deref());
                vec![Effect::Open(OPENED, Place::Statement { title, text })]
            }
            Input::Answer(STATEMENT, Err(refusal)) => {
                vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))]
            }
            Input::Picked(NAMED, Some(Pick::Child(child))) => self.name_child(child),
            Input::Picked(NAMED, _) => {
                self.attended = None;
                vec![]
            }
            Input::Answer(WRITTEN, answer) => self.written(cx, answer),
            Input::Answer(Ticket(asked), answer) if asked == self.asked => {
                match answer {
                    Ok(Answer::Register(lines)) => self.take(cx, lines),
                    Ok(_) => {}
                    Err(refusal) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
                }
                vec![]
            }
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        view::draw(self, cx, buf, area)
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("register-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        let mut hints = vec![Command::NewEntry, Command::NextTab, Command::Filter, Command::Back];
        if let Some(line) = self.selected() {
            hints.insert(0, Command::Edit);
            let own = match line.record.at.kind {
                RecordKind::Donor => Some(Command::Statement),
                RecordKind::Activity => Some(Command::Attend),
                RecordKind::Agency => Some(Command::ByPlace),
                _ => None,
            };
            hints.splice(1..1, own);
            hints.extend((!line.flags.is_empty()).then_some(Command::Why));
        }
        hints
    }
}

/// What stands in the first column of a record.
fn name(record: &Record) -> &str {
    record.fields.text(&child::NAME)
}
