//! After sign-in: what was being typed when the program last ended, to go on with.

use super::editor;
use crate::domain::forms;
use crate::office::{Answer, DraftLine, Refusal, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{
    Confirm, Cx, EditPlace, Effect, FormPlace, Input, Pick, Place, Screen, Ticket, Tone,
};
use crate::tui::widget::list::ListState;
use crate::tui::widget::popup;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const LINES: Ticket = Ticket(1);
const DROP: Ticket = Ticket(2);
const DROPPED: Ticket = Ticket(3);

pub(super) struct Drafts {
    lines: Vec<DraftLine>,
    list: ListState,
    /// Somebody wants to see them; else it is offered, and silent where there is nothing to offer.
    asked: bool,
}

impl Drafts {
    pub(super) fn new(asked: bool) -> Self {
        Self { lines: Vec::new(), list: ListState::default(), asked }
    }

    fn none(&self, cx: &Cx) -> Vec<Effect> {
        let said = self.asked.then(|| Effect::Toast(Tone::Plain, cx.cat.t("drafts-none").into_owned()));
        [Effect::Withdraw].into_iter().chain(said).collect()
    }

    fn selected(&self) -> Option<&DraftLine> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }

    fn go_on(&self) -> Vec<Effect> {
        let Some(line) = self.selected() else { return vec![Effect::Close] };
        let draft = line.draft.clone();
        if let Some(file) = editor::file_of(&draft) {
            let place = EditPlace { file, entry: None, start: String::new(), draft: Some(draft) };
            return vec![Effect::Replace(Place::Editor(Box::new(place)))];
        }
        let place = FormPlace {
            job: draft.job.clone(),
            base: draft.base.clone(),
            fields: draft.fields.clone(),
            draft: Some(draft),
            focus: None,
        };
        vec![Effect::Replace(Place::Form(Box::new(place)))]
    }

    fn ask_to_drop(&self, cx: &Cx) -> Vec<Effect> {
        let Some(line) = self.selected() else { return Vec::new() };
        let confirm = Confirm {
            title: cx.cat.t("drafts-drop-title").into_owned(),
            text: cx.cat.t1("drafts-drop-text", "what", what(cx, line)).into_owned(),
            yes: cx.cat.t("drafts-drop-yes").into_owned(),
            no: cx.cat.t("drafts-drop-no").into_owned(),
        };
        vec![Effect::Open(DROP, Place::Confirm(confirm))]
    }
}

/// Which form, and whose.
fn what(cx: &Cx, line: &DraftLine) -> String {
    if let Some(file) = editor::file_of(&line.draft) {
        return cx.cat.t1("editing-title", "file", wording::own_file(cx.cat, &file)).into_owned();
    }
    let id = &line.draft.job.form;
    let form = cx.station.form(id).cloned().or_else(|| forms::all().into_iter().find(|form| form.id == *id));
    let form = form.map_or_else(|| id.clone(), |form| wording::form_title(cx.cat, &form));
    let who = match line.name.as_str() {
        "" => cx.cat.t("drafts-nobody").into_owned(),
        name => cx.name(name),
    };
    cx.cat.tn("form-title", &[("what", form.into()), ("who", who.into())]).into_owned()
}

impl Screen for Drafts {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => vec![Effect::Ask(LINES, Request::Drafts)],
            Input::Answer(LINES, Ok(Answer::Drafts(lines))) => {
                self.lines = lines;
                if self.lines.is_empty() { self.none(cx) } else { Vec::new() }
            }
            Input::Answer(LINES, _) => vec![Effect::Withdraw],
            Input::Command(Command::Back) => vec![Effect::Close],
            Input::Command(Command::Open) => self.go_on(),
            Input::Command(Command::Discard) => self.ask_to_drop(cx),
            Input::Command(command) => {
                self.list.run(command, self.lines.len());
                Vec::new()
            }
            Input::Picked(DROP, Some(Pick::Yes)) => {
                let id = self.selected().map(|line| line.draft.id);
                id.map(|id| Effect::Ask(DROPPED, Request::DropDraft(id))).into_iter().collect()
            }
            Input::Answer(DROPPED, answer) => {
                let said = match answer {
                    Ok(_) => Effect::Toast(Tone::Good, cx.cat.t("drafts-dropped").into_owned()),
                    Err(refusal) => refused(cx, &refusal),
                };
                vec![Effect::Ask(LINES, Request::Drafts), said]
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        if self.lines.is_empty() {
            return None;
        }
        let height = (self.lines.len() as u16 + 5).min(area.height.saturating_sub(2));
        let inside = popup::open(buf, area, 70, height, &self.title(cx), cx.theme);
        paint::put_shortened(buf, inside, inside.x, inside.y, &cx.cat.t("drafts-text"), cx.theme.normal);
        let rows = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
        let cursor =
            self.list.draw(buf, rows, cx.theme, self.lines.len(), rows.width, |buf, row, at, style| {
                let line = &self.lines[at];
                let when = format!("{} {}", cx.cat.day(line.when.date()), line.when.format("%H:%M"));
                paint::put_right(buf, row, row.y, &when, style);
                let room = row.width.saturating_sub(paint::width(&when) as u16 + 2);
                paint::put_shortened(buf, Rect { width: room, ..row }, row.x, row.y, &what(cx, line), style);
            });
        super::rows::place(cx, buf, Rect { y: inside.y + 1, ..inside }, &self.list, self.lines.len());
        cursor
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("drafts-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Open, Command::Discard, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }

    /// As long as nothing is shown, nobody waits for it.
    fn is_modal(&self) -> bool {
        !self.lines.is_empty()
    }
}

fn refused(cx: &Cx, refusal: &Refusal) -> Effect {
    Effect::Toast(Tone::Bad, wording::refusal(cx.cat, refusal))
}
