//! One engine for every form: drawn from its [`FormSpec`], typed into field by field, kept as a draft, saved as one change.

mod bottom;
mod directory;
mod field;
mod layout;
mod likely;
mod options;
mod save;
mod state;
pub(super) mod words;

use super::manual::case_place;
use crate::domain::form::FieldKind;
use crate::domain::{self, FieldFault, FieldId, Fields, FormSpec, Record, forms};
use crate::office::{CaseFile, FormJob};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Choose, Cx, Effect, FormPlace, Input, ManualAt, Pick, Place, Screen, Ticket, Tone};
use crate::wording;
use field::Field;
use likely::Likely;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
pub(super) use save::record_in;
use std::cell::Cell;
use uuid::Uuid;

const SAVE: Ticket = Ticket(1);
const DRAFT: Ticket = Ticket(2);
const DRAFT_DUE: Ticket = Ticket(3);
const LIKELY: Ticket = Ticket(4);
const LIKELY_DUE: Ticket = Ticket(5);
const PICK: Ticket = Ticket(6);
const LEAVE: Ticket = Ticket(7);
const SAME: Ticket = Ticket(8);
const FILE: Ticket = Ticket(9);
const LIST: Ticket = Ticket(10);
const RELOAD: Ticket = Ticket(11);
const DROP: Ticket = Ticket(12);
const TOLD: Ticket = Ticket(13);
const DIRECTORY: Ticket = Ticket(14);
const DIRECTED: Ticket = Ticket(15);
const UNITS: Ticket = Ticket(16);

/// How long after a change it is kept as a draft at the latest.
const DRAFT_AFTER: u64 = 800;
const LIKELY_AFTER: u64 = 300;

pub(super) struct Form {
    job: FormJob,
    spec: FormSpec,
    base: Option<Fields>,
    /// What the form held when it was opened.
    start: Fields,
    fields: Vec<Field>,
    /// Positions in `fields` that are on screen with the present values.
    shown: Vec<usize>,
    /// Values that no field shows: those of the record, and what came with a choice from a register.
    hidden: Fields,
    /// Position in `fields`.
    focus: usize,
    faults: Vec<FieldFault>,
    /// In whose file it is: shown, so that nothing is written into the wrong one.
    file: Option<Box<CaseFile>>,
    draft: Uuid,
    /// A draft is kept under that id.
    kept: bool,
    resumed: bool,
    dirty: bool,
    saving: Saving,
    /// What could not be done, until the next try.
    notice: Option<String>,
    likely: Likely,
    /// Entries of a register that the focused field can be filled with.
    listed: Vec<Record>,
    help_open: bool,
    scroll: Cell<u16>,
}

/// How far a save has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saving {
    No,
    /// The office is looking for the same child first.
    Likely,
    Asked,
}

impl Form {
    pub(super) fn new(place: FormPlace, cx: &Cx) -> Self {
        let FormPlace { job, base, fields, draft, focus: wanted } = place;
        let spec = cx
            .station
            .form(&job.form)
            .cloned()
            .or_else(|| forms::all().into_iter().find(|form| form.id == job.form))
            .unwrap_or_else(forms::note);
        let resumed = draft.is_some();
        let (id, base, fields, texts, focus) = match draft {
            Some(draft) => (draft.id, draft.base, draft.fields, draft.texts, draft.focus),
            None => (Uuid::now_v7(), base, fields, Default::default(), wanted),
        };
        let editors = spec.fields.iter().map(|spec| {
            let mut field = Field::new(spec.clone(), fields.get(&spec.id));
            if let Some(text) = texts.get(&spec.id) {
                field.text.set(text);
            }
            field
        });
        let mut hidden = base.clone().unwrap_or_default();
        hidden.0.extend(fields.0.clone());
        hidden.0.retain(|id, _| spec.field(id).is_none());
        let mut form = Self {
            hidden,
            likely: Likely::new(job.form == "child" && base.is_none()),
            fields: editors.collect(),
            start: Fields::default(),
            shown: Vec::new(),
            focus: 0,
            faults: Vec::new(),
            file: None,
            draft: id,
            kept: resumed,
            resumed,
            dirty: false,
            saving: Saving::No,
            notice: None,
            listed: Vec::new(),
            help_open: false,
            scroll: Cell::new(0),
            job,
            spec,
            base,
        };
        form.refresh_all(cx);
        form.start = form.values();
        form.dirty = resumed;
        let first_empty = form.shown.iter().copied().find(|at| form.fields[*at].is_empty());
        form.focus = focus
            .and_then(|id| form.position(&id))
            .or(first_empty.filter(|_| form.base.is_none()))
            .or(form.shown.first().copied())
            .unwrap_or(0);
        form
    }

    fn position(&self, id: &FieldId) -> Option<usize> {
        self.fields.iter().position(|field| field.spec.id == *id)
    }

    fn focused(&self) -> Option<&Field> {
        self.fields.get(self.focus)
    }

    fn opened(&mut self, cx: &Cx) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(child) = self.job.child {
            effects.push(Effect::Ask(FILE, crate::office::Request::File(child)));
        }
        effects.extend(self.ask_units());
        if self.resumed {
            effects.extend(self.likely.wake(cx, self));
        }
        effects
    }

    /// What was typed is in the field now: everything that hangs on it follows.
    fn edited(&mut self, cx: &Cx) -> Vec<Effect> {
        self.refresh(cx, self.focus);
        let mut effects = Vec::new();
        if self.dirty {
            effects.push(Effect::Wake(DRAFT_DUE, DRAFT_AFTER));
        }
        effects.extend(self.likely.wake(cx, self));
        effects
    }

    fn typed(&mut self, cx: &Cx, text: &str, pasted: bool) -> Vec<Effect> {
        if self.saving != Saving::No {
            return Vec::new();
        }
        let Some(field) = self.fields.get_mut(self.focus) else { return Vec::new() };
        if !field.type_in(cx, text) {
            return self.pick(cx);
        }
        let mut effects = self.edited(cx);
        if pasted && self.fields[self.focus].text.was_cut() {
            effects.push(Effect::Toast(Tone::Bad, cx.cat.t("form-paste-cut").into_owned()));
        }
        effects
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        match command {
            Command::Back => return self.leave(cx),
            Command::Save => return self.save(cx),
            Command::NextField => return self.next(cx),
            Command::PreviousField => return self.previous(cx),
            Command::NextSection => return self.section(cx, true),
            Command::PreviousSection => return self.section(cx, false),
            Command::Pick => return self.pick(cx),
            Command::Explain => return self.explain(cx),
            _ => {}
        }
        if self.saving != Saving::No {
            return Vec::new();
        }
        let Some(field) = self.fields.get_mut(self.focus) else { return Vec::new() };
        let caret = field.text.caret();
        let known = field.run(cx, command);
        let stuck = caret == field.text.caret();
        match command {
            // Where a text ends, the way up and down goes on to the neighbours.
            Command::TextUp | Command::TextPageUp if stuck => self.previous(cx),
            Command::TextDown | Command::TextPageDown if stuck => self.next(cx),
            _ if known && changes_text(command) => self.edited(cx),
            _ => Vec::new(),
        }
    }

    fn next(&mut self, cx: &Cx) -> Vec<Effect> {
        let here = self.shown.iter().position(|at| *at == self.focus);
        // Settling may show or hide what comes next.
        let mut effects = self.settle(cx);
        let next = self.shown.iter().copied().find(|at| *at > self.focus);
        match (here, next) {
            (_, Some(next)) => self.focus = next,
            (_, None) => effects.push(Effect::Toast(Tone::Plain, self.last_field_text(cx))),
        }
        effects
    }

    fn last_field_text(&self, cx: &Cx) -> String {
        let key = cx
            .keymap
            .first_key(&[Layer::Form], Command::Save)
            .map_or_else(String::new, |chord| chord.label(cx.cat));
        cx.cat.t1("form-last-field", "key", key).into_owned()
    }

    fn previous(&mut self, cx: &Cx) -> Vec<Effect> {
        let effects = self.settle(cx);
        if let Some(previous) = self.shown.iter().copied().rev().find(|at| *at < self.focus) {
            self.focus = previous;
        }
        effects
    }

    fn section(&mut self, cx: &Cx, forward: bool) -> Vec<Effect> {
        let effects = self.settle(cx);
        let section = |at: &usize| self.fields[*at].spec.section.clone();
        let heads: Vec<usize> = self
            .shown
            .iter()
            .enumerate()
            .filter(|(place, at)| *place == 0 || section(&self.shown[place - 1]) != section(at))
            .map(|(_, at)| *at)
            .collect();
        let target = if forward {
            heads.into_iter().find(|at| *at > self.focus).or(self.shown.last().copied())
        } else {
            heads.into_iter().rev().find(|at| *at < self.focus)
        };
        self.focus = target.unwrap_or(self.focus);
        effects
    }

    /// Opens what a value can be picked from: the list of choices, or the calendar.
    fn pick(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(field) = self.focused() else { return Vec::new() };
        if let FieldKind::Date(_) = field.spec.kind {
            let at = match &field.value {
                Ok(Some(crate::domain::Value::Date(date))) => *date,
                _ => cx.today,
            };
            return vec![Effect::Open(PICK, Place::Calendar(at))];
        }
        if !field.is_choice() {
            return self.ask_register();
        }
        let choices = options::all(cx, &field.spec);
        vec![Effect::Open(
            PICK,
            Place::Choose(Choose {
                title: wording::field_label(cx.cat, &self.spec.id, &field.spec),
                choices: choices.into_iter().map(|choice| (choice.code, choice.text)).collect(),
                chosen: field.chosen.clone(),
                many: field.takes_many(),
            }),
        )]
    }

    fn picked(&mut self, cx: &Cx, pick: Pick) -> Vec<Effect> {
        let Some(field) = self.fields.get_mut(self.focus) else { return Vec::new() };
        match pick {
            Pick::Chosen(codes) => field.choose_all(codes),
            Pick::Date(date) => field.set(Some(&date.into())),
            _ => return Vec::new(),
        }
        let go_on = !field.takes_many();
        let mut effects = self.edited(cx);
        if go_on && self.shown.last() != Some(&self.focus) {
            effects.extend(self.next(cx));
        }
        effects
    }

    fn explain(&mut self, cx: &Cx) -> Vec<Effect> {
        if let Some(place) = self.likely.list(cx) {
            return vec![Effect::Open(LIST, place)];
        }
        self.help_open = !self.help_open;
        Vec::new()
    }
}

/// Commands after which a field may hold something else.
fn changes_text(command: Command) -> bool {
    matches!(
        command,
        Command::TextLeft
            | Command::TextRight
            | Command::Newline
            | Command::Backspace
            | Command::Delete
            | Command::DeleteWord
            | Command::DeleteToStart
            | Command::DeleteToEnd
            | Command::Undo
            | Command::Redo
    )
}

impl Screen for Form {
    fn layers(&self) -> Vec<Layer> {
        let text = match self.focused() {
            Some(field) if field.text.is_multiline() => Layer::Notes,
            _ => Layer::Text,
        };
        vec![text, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => self.opened(cx),
            Input::Text(text) => self.typed(cx, &text, false),
            Input::Paste(text) => self.typed(cx, &text, true),
            Input::Command(command) => self.command(cx, command),
            Input::Picked(PICK, Some(pick)) => self.picked(cx, pick),
            Input::Picked(LEAVE, Some(Pick::Chosen(codes))) => self.left(cx, &codes),
            Input::Picked(SAME, Some(Pick::Yes)) => self.save(cx),
            Input::Picked(LIST, Some(Pick::Chosen(codes))) => self.likely.open(&codes),
            Input::Picked(DIRECTED, Some(Pick::Chosen(codes))) => self.take_entry(cx, &codes),
            Input::Woke(DRAFT_DUE) => self.keep_draft(),
            Input::Woke(LIKELY_DUE) => self.likely.ask(self.values()),
            Input::Answer(UNITS, answer) => self.offer_units(cx, answer),
            Input::Answer(DIRECTORY, answer) => self.suggest(cx, answer),
            Input::Answer(ticket, answer) => self.answered(cx, ticket, answer),
            Input::Leaving if self.dirty => self.keep_draft(),
            Input::NewDay => {
                self.refresh_all(cx);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        self.draw(cx, buf, area)
    }

    fn title(&self, cx: &Cx) -> String {
        let what = match self.base {
            None => format!("form-new-{}", self.spec.id),
            Some(_) => format!("form-edit-{}", self.spec.id),
        };
        // An instrument's form is called as the instrument is.
        let what = match cx.cat.has(&what) {
            true => cx.cat.t(&what),
            false => wording::form_title(cx.cat, &self.spec).into(),
        };
        match self.whose(cx) {
            Some(whose) => {
                cx.cat.tn("form-title", &[("what", what.as_ref().into()), ("who", whose.into())]).into_owned()
            }
            None => what.into_owned(),
        }
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        let mut hints = vec![Command::Save, Command::NextField];
        let picks = self
            .focused()
            .is_some_and(|field| field.is_choice() || matches!(field.spec.kind, FieldKind::Date(_)));
        if picks || self.is_listed() {
            hints.push(Command::Pick);
        }
        hints.extend([Command::Back, Command::NextSection]);
        hints
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        let kind = match self.job.form.as_str() {
            "contact" => Some(format!("contact {}", self.values().text(&forms::contact::KIND))),
            "case" => Some(case_place(domain::case::status(&self.values(), None)).to_owned()),
            _ => None,
        };
        ManualAt::of(kind.into_iter().chain([format!("form {}", self.job.form)]))
    }

    fn child(&self) -> Option<crate::domain::ChildId> {
        self.job.child
    }

    fn is_dirty(&self) -> bool {
        self.dirty
    }
}
