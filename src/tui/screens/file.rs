//! The case file: one child, everything about it, and every way to go on from there.

pub(super) use scores::{of_colour, of_turn};

mod deeds;
mod entry;
mod family;
mod flags;
mod follow_ups;
mod header;
mod history;
mod overview;
mod scores;
mod services;
mod standing;
mod timeline;

use super::form::record_in;
use super::forms;
use super::manual::case_place;
use crate::domain::form::FieldKind;
use crate::domain::forms::child;
use crate::domain::{ChangeId, ChildId, FieldId, Fields, FormSpec, RecordKind, RecordRef};
use crate::domain::{FieldFault, FollowUp};
use crate::office::{Answer, CaseFile, FormJob, HistoryLine, Refusal, Request, Saved};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{
    ActKind, Cx, Effect, FormPlace, Input, ManualAt, Pick, Place, Screen, Then, Ticket, Tone,
};
use crate::tui::widget::{tabs, wrap};
use crate::wording;
use entry::{Entry, Reel, Target};
pub(super) use flags::style as flag_style;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const FILE: Ticket = Ticket(1);
const HISTORY: Ticket = Ticket(2);
const ACT: Ticket = Ticket(3);
const ACTED: Ticket = Ticket(4);
const REVERT: Ticket = Ticket(5);
const REVERTED: Ticket = Ticket(6);
const WHY: Ticket = Ticket(7);
const OTHER: Ticket = Ticket(8);
const SERVICE: Ticket = Ticket(9);
const INSTRUMENT: Ticket = Ticket(10);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Overview,
    Family,
    Timeline,
    FollowUps,
    Services,
    History,
}

const TABS: [(Tab, &str); 6] = [
    (Tab::Overview, "file-tab-overview"),
    (Tab::Family, "file-tab-family"),
    (Tab::Timeline, "file-tab-timeline"),
    (Tab::FollowUps, "file-tab-follow-ups"),
    (Tab::Services, "file-tab-services"),
    (Tab::History, "file-tab-history"),
];

pub(super) struct File {
    child: ChildId,
    file: Option<Box<CaseFile>>,
    /// Newest first; none: not asked for yet.
    history: Option<Vec<HistoryLine>>,
    refusal: Option<Refusal>,
    tab: usize,
    reels: [Reel; TABS.len()],
    acting: Option<ActKind>,
    reverting: Option<ChangeId>,
}

impl File {
    pub(super) fn new(child: ChildId) -> Self {
        Self {
            child,
            file: None,
            history: None,
            refusal: None,
            tab: 0,
            reels: Default::default(),
            acting: None,
            reverting: None,
        }
    }

    fn tab(&self) -> Tab {
        TABS[self.tab].0
    }

    fn entries(&self, cx: &Cx, width: u16) -> Vec<Entry> {
        let Some(file) = &self.file else { return Vec::new() };
        let reel = &self.reels[self.tab];
        match self.tab() {
            Tab::Overview => overview::entries(cx, file, reel, width),
            Tab::Family => family::entries(cx, file, reel, width),
            Tab::Services => services::entries(cx, file, reel, width),
            Tab::Timeline => timeline::entries(cx, file, reel, width),
            Tab::FollowUps => follow_ups::entries(cx, file, width),
            Tab::History => history::entries(cx, self.history.as_deref(), reel, width),
        }
    }

    fn target(&self, cx: &Cx) -> Target {
        let entries = self.entries(cx, cx.size.0);
        let at = self.reels[self.tab].selected(&entries);
        at.map_or(Target::None, |at| entries[at].target.clone())
    }

    /// The open follow-up that is selected.
    fn follow_up(&self, cx: &Cx) -> Option<FollowUp> {
        let Target::Record(at) = self.target(cx) else { return None };
        let file = self.file.as_ref()?;
        file.follow_ups.iter().find(|record| record.at == at).and_then(FollowUp::of)
    }

    fn load(&self) -> Vec<Effect> {
        let mut effects = vec![Effect::Ask(FILE, Request::File(self.child))];
        if self.history.is_some() || self.tab() == Tab::History {
            effects.push(Effect::Ask(HISTORY, Request::History(self.child)));
        }
        effects
    }

    fn turn(&mut self, forward: bool) -> Vec<Effect> {
        let count = TABS.len();
        self.tab = if forward { (self.tab + 1) % count } else { (self.tab + count - 1) % count };
        if self.tab() == Tab::History && self.history.is_none() {
            return vec![Effect::Ask(HISTORY, Request::History(self.child))];
        }
        Vec::new()
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        match command {
            Command::Back => return vec![Effect::Close],
            Command::NextTab => return self.turn(true),
            Command::PreviousTab => return self.turn(false),
            Command::Open => return self.open(cx),
            Command::Edit => return self.edit(cx),
            Command::NewNote => return forms_about(self.child, Then::NewNote, cx),
            Command::NewMember => return self.new_member(),
            Command::Overrule => return self.overrule(cx),
            Command::NewService => return vec![services::choose(cx, SERVICE)],
            Command::Change => return self.change(),
            Command::CaseSteps => return self.case_steps(cx),
            Command::Revert => return self.ask_to_revert(cx),
            Command::Why => return self.why(cx),
            Command::Match => {
                let name = self.file.as_ref().map(|file| file.row.name.clone()).unwrap_or_default();
                return vec![Effect::Open(OTHER, Place::Match(self.child, name))];
            }
            Command::ExportFile => return vec![Effect::Open(OTHER, Place::Export(Some(self.child)))],
            Command::Alike => {
                let name = self.file.as_ref().map(|file| file.row.name.clone()).unwrap_or_default();
                return vec![Effect::Open(OTHER, Place::Precedents(Some((self.child, name))))];
            }
            Command::Review => {
                let name = self.file.as_ref().map(|file| file.row.name.clone()).unwrap_or_default();
                return vec![Effect::Open(OTHER, Place::Review(self.child, name))];
            }
            Command::Looks => {
                let name = self.file.as_ref().map(|file| file.row.name.clone()).unwrap_or_default();
                return vec![Effect::Open(OTHER, Place::Looks(self.child, name))];
            }
            Command::Done => return self.act(cx, ActKind::Done),
            Command::Move => return self.act(cx, ActKind::Move),
            Command::HandOver => return self.act(cx, ActKind::HandOver),
            Command::Attempt => return self.act(cx, ActKind::Attempt),
            Command::Refusal => return self.act(cx, ActKind::Refusal),
            _ => {}
        }
        let entries = self.entries(cx, cx.size.0);
        self.reels[self.tab].run(command, &entries);
        Vec::new()
    }

    /// Enter: the whole of a long text, a sibling's file, the form of a fact.
    fn open(&mut self, cx: &Cx) -> Vec<Effect> {
        match (self.target(cx), self.tab()) {
            (Target::Flag(at), _) => self.flag(at),
            (Target::Sibling(child), _) => vec![Effect::Open(OTHER, Place::File(child))],
            (Target::Record(at), tab) if opens_in_place(at.kind, tab) => {
                self.reels[self.tab].toggle(at.id);
                Vec::new()
            }
            (Target::Change(change), _) => {
                self.reels[self.tab].toggle(change.0);
                Vec::new()
            }
            (Target::None, _) => Vec::new(),
            _ => self.edit(cx),
        }
    }

    fn edit(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(file) = &self.file else { return Vec::new() };
        match self.target(cx) {
            Target::Field(field) => self.edit_record(cx, file.child.at, Some(field)),
            Target::Record(at) => self.edit_record(cx, at, None),
            Target::Household => match &file.household {
                Some(household) => self.edit_record(cx, household.at, None),
                None => self.new_in_household(RecordKind::Household),
            },
            Target::Sibling(_) | Target::None => self.edit_record(cx, file.child.at, None),
            Target::Flag(at) => self.flag(at),
            Target::Change(_) => Vec::new(),
        }
    }

    fn edit_record(&self, cx: &Cx, at: RecordRef, focus: Option<FieldId>) -> Vec<Effect> {
        let Some(fields) = self.file.as_ref().and_then(|file| record_in(file, at)) else { return Vec::new() };
        let form = match at.kind {
            RecordKind::Score => cx.station.form_of(at.kind, &fields).map(|form| form.id.clone()),
            kind => kind.form().map(Into::into),
        };
        let Some(form) = form else { return Vec::new() };
        let job = FormJob { form: form.into_owned(), at, child: Some(self.child) };
        open_form(FormPlace { job, base: Some(fields.clone()), fields, draft: None, focus })
    }

    fn change(&self) -> Vec<Effect> {
        let Some(file) = &self.file else { return Vec::new() };
        vec![Effect::Open(OTHER, Place::Change(scores::of(file).cloned().collect()))]
    }

    fn answered(&mut self, cx: &Cx, ticket: Ticket, answer: Result<Answer, Refusal>) -> Vec<Effect> {
        match (ticket, answer) {
            (FILE, Ok(Answer::File(file))) => {
                self.refusal = None;
                self.file = Some(file);
                Vec::new()
            }
            (FILE, Err(refusal)) => {
                self.refusal = Some(refusal);
                Vec::new()
            }
            (HISTORY, Ok(Answer::History(lines))) => {
                self.history = Some(lines);
                Vec::new()
            }
            (WHY, Ok(Answer::Why(rule))) => vec![Effect::Open(OTHER, Place::Why(rule))],
            (ACTED, Ok(Answer::Saved(saved))) => {
                let key = match self.acting.take() {
                    Some(ActKind::Done) => "file-acted-done",
                    Some(ActKind::Move) => "file-acted-moved",
                    Some(ActKind::HandOver) => "file-acted-handed-over",
                    _ => "file-acted-logged",
                };
                vec![Effect::Toast(Tone::Good, format!("{}{}", cx.cat.t(key), opened_text(cx, &saved)))]
            }
            (REVERTED, Ok(Answer::Saved(_))) => {
                vec![Effect::Toast(Tone::Good, cx.cat.t("file-reverted").into_owned())]
            }
            (REVERTED, Err(Refusal::Invalid(faults))) if !faults.is_empty() => {
                vec![Effect::Toast(Tone::Bad, impossible(cx, &faults[0]))]
            }
            (_, Err(refusal)) => vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))],
            _ => Vec::new(),
        }
    }
}

/// What a save has made due, to be said behind it; "" for nothing.
pub(super) fn opened_text(cx: &Cx, saved: &Saved) -> String {
    if saved.opened.is_empty() {
        return String::new();
    }
    let opened = saved.opened.iter().map(|(kind, due)| {
        format!(
            "{} {}",
            wording::core_choice(cx.cat, "follow-up-kind", kind),
            cx.cat.day_seen_from(cx.today, *due)
        )
    });
    let list = opened.collect::<Vec<_>>().join(&cx.cat.t("value-and"));
    cx.cat.t1("form-opened", "list", list).into_owned()
}

/// Records whose text is read where it stands; Enter on any other goes to its form.
fn opens_in_place(kind: RecordKind, tab: Tab) -> bool {
    match kind {
        RecordKind::Contact | RecordKind::Note | RecordKind::Member => true,
        kind if RecordKind::SERVICES.contains(&kind) => tab == Tab::Services && kind != RecordKind::Situation,
        RecordKind::Case => tab == Tab::Timeline,
        _ => false,
    }
}

/// How the key of a command is called, for texts that tell what to press.
fn key(cx: &Cx, command: Command) -> String {
    let layers = [Layer::FollowUp, Layer::File, Layer::List, Layer::Browse, Layer::Global];
    cx.keymap.first_key(&layers, command).map_or_else(String::new, |chord| chord.label(cx.cat))
}

fn open_form(place: FormPlace) -> Vec<Effect> {
    vec![Effect::Open(OTHER, Place::Form(Box::new(place)))]
}

fn forms_about(child: ChildId, then: Then, cx: &Cx) -> Vec<Effect> {
    forms::about(child, then, cx.today).map(|place| Effect::Open(OTHER, place)).into_iter().collect()
}

/// The form of a kind of record, with the station's own fields.
fn spec<'a>(cx: &'a Cx, id: &str) -> Option<&'a FormSpec> {
    cx.station.form(id)
}

/// The name of a choice field's value, "" where there is none.
fn chosen(cx: &Cx, form: &str, fields: &Fields, field: &FieldId) -> String {
    value(cx, form, fields, field).unwrap_or_default()
}

/// A field's value as text, as it may be shown now.
pub(super) fn value(cx: &Cx, form: &str, fields: &Fields, field: &FieldId) -> Option<String> {
    let value = fields.get(field)?;
    let field = spec(cx, form)?.field(field)?;
    let text = super::form::words::value(cx, field, value);
    Some(if field.is_delicate() && cx.discreet {
        cx.written(&text)
    } else if !field.personal && !matches!(field.kind, FieldKind::Notes(_)) {
        text
    } else if field.id == child::NAME || field.id == child::GUARDIAN {
        cx.name(&text)
    } else {
        cx.personal(&text)
    })
}

impl Screen for File {
    fn layers(&self) -> Vec<Layer> {
        match self.tab() {
            Tab::FollowUps | Tab::Overview => vec![Layer::FollowUp, Layer::File, Layer::List],
            _ => vec![Layer::File, Layer::List],
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed => self.load(),
            Input::Command(command) => self.command(cx, command),
            Input::Answer(ticket, answer) => self.answered(cx, ticket, answer),
            Input::Picked(SERVICE, Some(Pick::Chosen(chosen)))
                if chosen.iter().any(|form| form == "score") =>
            {
                vec![scores::choose(cx, self.file.as_deref(), INSTRUMENT)]
            }
            Input::Picked(INSTRUMENT, Some(Pick::Chosen(chosen))) => {
                let form = chosen.first().zip(self.file.as_ref());
                form.and_then(|(form, file)| scores::new(cx, file, form)).map(open_form).unwrap_or_default()
            }
            Input::Picked(SERVICE, Some(Pick::Chosen(chosen))) => {
                let form = chosen.first().zip(self.file.as_ref());
                let place = form.and_then(|(form, file)| services::new(cx, file, form));
                place.map(open_form).unwrap_or_default()
            }
            Input::Picked(ACT, Some(Pick::Act { child, follow_up, act })) => {
                vec![Effect::Ask(ACTED, Request::Act { child, follow_up, act })]
            }
            Input::Picked(REVERT, Some(Pick::Yes)) => {
                let change = self.reverting.take();
                let revert = |change| Effect::Ask(REVERTED, Request::Revert { child: self.child, change });
                change.map(revert).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let Some(file) = &self.file else {
            if let Some(refusal) = &self.refusal {
                let text =
                    Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 1 };
                wrap::draw(buf, text, &wording::refusal(cx.cat, refusal), 0, cx.theme.error);
            }
            return None;
        };
        let used = header::draw(cx, buf, area, file);
        let titles: Vec<String> = TABS.iter().map(|(_, key)| cx.cat.t(key).into_owned()).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let line = Rect { x: area.x + 1, y: area.y + used, width: area.width.saturating_sub(2), height: 2 };
        tabs::draw(buf, line, cx.theme, &titles, self.tab);
        paint::rule(buf, line, line.y + 1, cx.theme.borders.glyphs().horizontal, cx.theme.border);
        let body = Rect { y: line.y + 2, height: area.bottom().saturating_sub(line.y + 2), ..area };
        let entries = self.entries(cx, area.width);
        self.reels[self.tab].draw(cx, buf, body, &entries)
    }

    fn title(&self, cx: &Cx) -> String {
        match &self.file {
            Some(file) => cx.cat.t1("file-title", "name", cx.name(&file.row.name)).into_owned(),
            None => cx.cat.t("file-title-loading").into_owned(),
        }
    }

    fn hints(&self, cx: &Cx) -> Vec<Command> {
        let mut hints = match self.tab() {
            Tab::Overview => vec![Command::Edit, Command::NewVisit, Command::NextTab, Command::CaseSteps],
            Tab::Family => vec![Command::Edit, Command::NewMember, Command::NextTab],
            Tab::Services => {
                vec![
                    Command::NewService,
                    Command::Match,
                    Command::Change,
                    Command::Open,
                    Command::Edit,
                    Command::NextTab,
                ]
            }
            Tab::Timeline => vec![Command::Open, Command::Edit, Command::NewVisit, Command::NewNote],
            Tab::FollowUps => {
                vec![
                    Command::Done,
                    Command::Move,
                    Command::HandOver,
                    Command::Attempt,
                    Command::Refusal,
                    Command::Why,
                ]
            }
            Tab::History => vec![Command::Open, Command::Revert, Command::Looks, Command::NextTab],
        };
        if matches!(self.target(cx), Target::Flag(_)) {
            return vec![Command::Open, Command::Overrule, Command::NewVisit, Command::NewService];
        }
        if self.tab() == Tab::Overview && self.follow_up(cx).is_some_and(|follow_up| follow_up.is_open()) {
            hints.splice(0..1, [Command::Done, Command::Move]);
        }
        hints.extend([Command::NewFollowUp, Command::Back]);
        hints
    }

    /// Discreet, the page does not tell which category brought the child here.
    fn manual(&self, cx: &Cx) -> ManualAt {
        let row = self.file.as_ref().map(|file| &file.row);
        match self.tab() {
            Tab::Family => ManualAt::of(["tab family"]),
            Tab::Services => ManualAt::of(["tab services"]),
            Tab::Timeline => ManualAt::of(["tab timeline"]),
            Tab::FollowUps => ManualAt::of(["tab follow-ups"]),
            Tab::Overview | Tab::History => {
                let categories =
                    row.filter(|_| !cx.discreet).into_iter().flat_map(|row| row.category_codes());
                let case = row.map(|row| case_place(row.status).to_owned());
                ManualAt::of(case.into_iter().chain(categories.map(|code| format!("category {code}"))))
            }
        }
    }

    fn child(&self) -> Option<ChildId> {
        Some(self.child)
    }
}

/// What cannot be if a change is taken back.
fn impossible(cx: &Cx, fault: &FieldFault) -> String {
    let field = cx.station.forms.iter().find_map(|form| Some((form, form.field(&fault.field)?)));
    let label = field.map(|(form, field)| wording::field_label(cx.cat, &form.id, field));
    cx.cat.t1("file-not-reverted", "field", label.unwrap_or_default()).into_owned()
}
