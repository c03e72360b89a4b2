//! What is to go out, as what, and where to; then where it lies.

use super::lines::Lines;
use crate::domain::ChildId;
use crate::exchange::export::{ExportAsk, Exported, Format, OutAnswer, OutAsk};
use crate::office::{Export, Scope};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, ManualAt, Screen, Ticket};
use crate::tui::screens::rows;
use crate::tui::widget::{popup, wrap};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::path::PathBuf;

const FOLDERS: Ticket = Ticket(1);
const WRITE: Ticket = Ticket(2);
const WIDTH: u16 = 70;
/// Lines beneath the fields.
const BELOW: u16 = 5;

const WHAT: usize = 0;
const FORMAT: usize = 1;
const DISCREET: usize = 2;
const FOLDER: usize = 3;
/// The home directory.
const HOME: &str = "~";
const TABLES: [(&str, Format); 3] =
    [("export-html", Format::Html), ("export-xlsx", Format::Xlsx), ("export-csv", Format::Csv)];
const CALENDAR: [(&str, Format); 1] = [("export-ics", Format::Ics)];

pub(super) struct ExportPopup {
    what: Vec<Export>,
    lines: Lines,
    /// Sticks that are plugged in.
    sticks: Vec<PathBuf>,
    state: State,
}

enum State {
    Asking { refused: Option<String> },
    Busy,
    Done(Exported),
}

impl ExportPopup {
    pub(super) fn new(child: Option<ChildId>, cx: &Cx) -> Self {
        let mut what: Vec<Export> = child.into_iter().map(Export::Child).collect();
        what.extend([Export::Programme, Export::Calendar(Scope::Station), Export::Calendar(Scope::Mine)]);
        let words = |keys: &[&str]| keys.iter().map(|key| cx.cat.t(key).into_owned()).collect::<Vec<_>>();
        let names: Vec<&str> = what.iter().map(|what| name(*what)).collect();
        let mut lines = Lines::new()
            .choice("export-what", words(&names))
            .choice("export-format", vec![])
            .choice("export-discreet", words(&["value-no", "value-yes"]))
            .line("export-to", HOME);
        // Whoever hides it on the screen does not want it on paper.
        lines.choose(DISCREET, usize::from(cx.discreet));
        let mut popup = Self { what, lines, sticks: vec![], state: State::Asking { refused: None } };
        popup.offer(cx);
        popup
    }

    fn chosen(&self) -> Export {
        self.what.get(self.lines.chosen(WHAT)).copied().unwrap_or(Export::Programme)
    }

    fn formats(&self) -> &'static [(&'static str, Format)] {
        if matches!(self.chosen(), Export::Calendar(_)) { &CALENDAR } else { &TABLES }
    }

    /// The formats that what is chosen can have.
    fn offer(&mut self, cx: &Cx) {
        let words = self.formats().iter().map(|(key, _)| cx.cat.t(key).into_owned()).collect();
        self.lines.offer(FORMAT, words);
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        let to = self.lines.text(FOLDER).trim();
        if to.is_empty() {
            self.lines.fail(FOLDER, cx.cat.t("export-needs-folder").into_owned());
            return vec![];
        }
        let formats = self.formats();
        let (_, format) = formats[self.lines.chosen(FORMAT).min(formats.len() - 1)];
        let discreet = self.lines.chosen(DISCREET) == 1;
        let ask = ExportAsk { what: self.chosen(), format, discreet, to: PathBuf::from(to) };
        self.state = State::Busy;
        vec![Effect::Out(WRITE, OutAsk::Write(ask))]
    }

    /// The next of the sticks, then the home directory again.
    fn next_folder(&mut self) {
        let now = self.lines.text(FOLDER).trim().to_owned();
        let sticks: Vec<String> = self.sticks.iter().map(|path| path.display().to_string()).collect();
        let next = match sticks.iter().position(|stick| *stick == now) {
            Some(at) => sticks.get(at + 1).map_or(HOME, String::as_str),
            None => sticks.first().map_or(HOME, String::as_str),
        };
        self.lines.put(FOLDER, next);
        self.lines.set_focus(FOLDER);
    }

    fn typed(&mut self, cx: &Cx, input: &Input) -> Vec<Effect> {
        if let State::Asking { refused } = &mut self.state
            && matches!(input, Input::Text(_) | Input::Paste(_))
        {
            *refused = None;
        }
        let before = self.lines.chosen(WHAT);
        let submitted = self.lines.submits(input);
        if self.lines.chosen(WHAT) != before {
            self.offer(cx);
        }
        if submitted { self.submit(cx) } else { vec![] }
    }

    /// What stands beneath the fields.
    fn said(&self, cx: &Cx) -> (String, ratatui::style::Style) {
        match &self.state {
            State::Asking { refused: Some(refused) } => (refused.clone(), cx.theme.error),
            State::Asking { refused: None } => {
                let mut text = cx.cat.t("export-open-note").into_owned();
                if let [stick, ..] = self.sticks.as_slice() {
                    let key = rows::key(cx, &self.layers(), Command::Pick);
                    let parts = [("key", key.into()), ("path", stick.display().to_string().into())];
                    text.push('\n');
                    text.push_str(&cx.cat.tn("export-stick", &parts));
                }
                (text, cx.theme.dim)
            }
            State::Busy => (cx.cat.t("export-busy").into_owned(), cx.theme.dim),
            State::Done(written) => (done(cx, written), cx.theme.good),
        }
    }
}

/// Where it lies; of several files the first, as the others are beside it.
fn done(cx: &Cx, written: &Exported) -> String {
    let path = written.files.first().map(|path| path.display().to_string()).unwrap_or_default();
    let more = written.files.len().saturating_sub(1);
    let text = cx.cat.t1("export-done", "path", path).into_owned();
    match more {
        0 => text,
        more => format!("{text}\n{}", cx.cat.t1("export-done-more", "n", more)),
    }
}

fn name(what: Export) -> &'static str {
    match what {
        Export::Programme => "export-programme",
        Export::Child(_) => "export-this-file",
        Export::Calendar(Scope::Mine) => "export-due-mine",
        Export::Calendar(Scope::Station) => "export-due-station",
    }
}

impl Screen for ExportPopup {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Question, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => vec![Effect::Out(FOLDERS, OutAsk::Folders)],
            Input::Out(FOLDERS, Ok(OutAnswer::Folders(sticks))) => {
                self.sticks = sticks;
                vec![]
            }
            Input::Out(WRITE, answer) => {
                self.state = match answer {
                    Ok(OutAnswer::Written(written)) => State::Done(written),
                    Ok(OutAnswer::Folders(_)) => State::Asking { refused: None },
                    Err(refused) => State::Asking { refused: Some(refused) },
                };
                vec![]
            }
            Input::Command(Command::Back) => vec![Effect::Close],
            Input::Command(Command::GoOn | Command::Save | Command::Choose)
                if matches!(self.state, State::Done(_)) =>
            {
                vec![Effect::Close]
            }
            _ if !matches!(self.state, State::Asking { .. }) => vec![],
            Input::Command(Command::Pick) => {
                self.next_folder();
                vec![]
            }
            input => self.typed(cx, &input),
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let height = self.lines.height() + BELOW + 3;
        let inner = popup::open(buf, area, WIDTH, height, &self.title(cx), cx.theme);
        let fields = Rect { y: inner.y + 1, height: self.lines.height(), ..inner };
        let caret = self.lines.view(cx, buf, fields);
        let y = fields.bottom();
        let below = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
        let (text, style) = self.said(cx);
        wrap::draw(buf, below, &text, 0, style);
        caret
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["screen export"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("export-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        match self.state {
            State::Asking { .. } if self.sticks.is_empty() => {
                vec![Command::GoOn, Command::Save, Command::Back]
            }
            State::Asking { .. } => vec![Command::GoOn, Command::Save, Command::Pick, Command::Back],
            State::Busy | State::Done(_) => vec![Command::Back],
        }
    }

    fn is_popup(&self) -> bool {
        true
    }
}
