//! Who could take a child in, or keep it company, with the reasons for and against. Enter goes on to the form.

use super::rows;
use crate::domain::forms::{foster_family, placement, session};
use crate::domain::{ChildId, Fields, RecordKind, RecordRef, Value};
use crate::office::{Answer, Candidate, FormJob, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, FormPlace, Input, Place, Screen, Ticket, Tone};
use crate::tui::widget::{
    list::ListState,
    table::{self, Column, Entry},
    wrap,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use uuid::Uuid;

const MATCH: Ticket = Ticket(1);
/// Lines beneath the list: all reasons of the selected one.
const FOOT: u16 = 4;

pub(super) struct Matching {
    child: ChildId,
    name: String,
    found: Option<Vec<Candidate>>,
    refused: Option<String>,
    list: ListState,
}

impl Matching {
    pub(super) fn new(child: ChildId, name: String) -> Self {
        Self { child, name, found: None, refused: None, list: ListState::default() }
    }

    fn found(&self) -> &[Candidate] {
        self.found.as_deref().unwrap_or_default()
    }

    fn selected(&self) -> Option<&Candidate> {
        self.found().get(self.list.selected(self.found().len())?)
    }

    /// The form of a placement or a session with the name in it; against a hard rule there is none.
    fn choose(&self, cx: &Cx) -> Vec<Effect> {
        let Some(one) = self.selected() else { return vec![] };
        if !one.fit.fits() {
            return vec![Effect::Toast(Tone::Bad, cx.cat.t("match-not").into_owned())];
        }
        let theirs = &one.record.fields;
        let name = theirs.text(&foster_family::NAME);
        let (form, kind, fields) = if one.record.at.kind == RecordKind::FosterFamily {
            let mut fields = Fields::default()
                .with(placement::KIND, Value::Choice("foster".into()))
                .with(placement::FAMILY, name)
                .with(placement::BEGUN, cx.today);
            use foster_family::{CARER_BIRTH, CHECKED, TRAINED, YOUNGEST_OWN};
            let known = [
                (placement::CARER_BIRTH, CARER_BIRTH),
                (placement::CARER_CHECKED, CHECKED),
                (placement::CARER_TRAINED, TRAINED),
                (placement::YOUNGEST_OWN, YOUNGEST_OWN),
            ];
            for (to, from) in known {
                fields.set(to, theirs.get(&from).cloned());
            }
            ("placement", RecordKind::Placement, fields)
        } else {
            let fields = Fields::default().with(session::ON, cx.today).with(session::VOLUNTEER, name);
            let fields = fields.with(session::BY, Value::Link(one.record.at.id));
            ("session", RecordKind::Session, fields)
        };
        let at = RecordRef::of(kind, self.child.0, Uuid::now_v7());
        let job = FormJob { form: form.into(), at, child: Some(self.child) };
        let place = FormPlace { job, base: None, fields, draft: None, focus: None };
        vec![Effect::Replace(Place::Form(Box::new(place)))]
    }

    fn cells(cx: &Cx, one: &Candidate) -> Vec<Entry> {
        let fits = one.fit.fits();
        let (key, style) =
            if fits { ("match-fits", cx.theme.good) } else { ("match-fits-not", cx.theme.overdue) };
        let reasons = if fits { &one.fit.good } else { &one.fit.against };
        let form = cx.station.forms.iter().find(|form| form.kind == one.record.at.kind);
        vec![
            Entry::from(cx.name(one.record.fields.text(&foster_family::NAME))),
            Entry::from(form.map(|form| wording::form_title(cx.cat, form)).unwrap_or_default()),
            Entry::from(cx.cat.t(key).into_owned()).style(style),
            Entry::from(wording::fit_reasons(cx.cat, reasons)),
        ]
    }
}

impl Screen for Matching {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed => vec![Effect::Ask(MATCH, Request::Match(self.child))],
            Input::Command(Command::Back) => vec![Effect::Close],
            Input::Command(Command::Open) => self.choose(cx),
            Input::Command(command) => {
                self.list.run(command, self.found().len());
                vec![]
            }
            Input::Answer(MATCH, Ok(Answer::Match(found))) => {
                self.found = Some(found);
                vec![]
            }
            Input::Answer(MATCH, Err(refusal)) => {
                self.refused = Some(wording::refusal(cx.cat, &refusal));
                vec![]
            }
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let body = Rect { height: area.height.saturating_sub(FOOT), ..area };
        if let Some(refused) = &self.refused {
            return rows::note(cx, buf, body, refused);
        }
        let found = self.found.as_ref()?;
        if found.is_empty() {
            return rows::note(cx, buf, body, &cx.cat.t("match-nobody"));
        }
        let title = |key: &str| cx.cat.t(key).into_owned();
        let columns = [
            Column::new(title("col-name"), 8..16, 0),
            Column::new(title("match-col-kind"), 8..14, 1),
            Column::new(title("match-col-fits"), 6..8, 0),
            Column::new(title("match-col-why"), 20..60, 0),
        ];
        let at = table::draw(buf, body, cx.theme, &columns, &self.list, found.len(), |row| {
            Self::cells(cx, &found[row])
        });
        let foot =
            Rect { x: area.x + 1, y: body.bottom(), width: area.width.saturating_sub(2), height: FOOT };
        if let Some(one) = self.selected() {
            let all: Vec<_> = one.fit.against.iter().chain(&one.fit.good).cloned().collect();
            wrap::draw(buf, foot, &wording::fit_reasons(cx.cat, &all), 0, cx.theme.dim);
        }
        at
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t1("match-title", "name", cx.name(&self.name)).into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Open, Command::Back]
    }

    fn child(&self) -> Option<ChildId> {
        Some(self.child)
    }
}
