//! A roster on its way in: which file, what would become of it, and the import itself. Nothing is kept before that.

mod view;

use super::lines::Lines;
use crate::domain::{FieldId, FormSpec, forms};
use crate::exchange::{Bad, Duplicates, Look, Options, Report, RosterAnswer, RosterAsk};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Choose, Cx, Effect, Input, ManualAt, Pick, Place, Screen, Ticket, Tone};
use crate::tui::widget::list::ListState;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::path::PathBuf;

const LOOK: Ticket = Ticket(1);
const IMPORT: Ticket = Ticket(2);
const FIELD: Ticket = Ticket(3);

pub(super) struct Import {
    path: Lines,
    stage: Stage,
    work: Option<Work>,
    /// Why something was not done, until the next key.
    refused: Option<String>,
}

enum Stage {
    Path,
    Preview(Box<Preview>),
    Done(Report),
}

struct Preview {
    look: Look,
    options: Options,
    tab: Tab,
    /// One for each tab.
    lists: [ListState; 3],
    /// The column whose field is being chosen.
    choosing: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Columns,
    Faults,
    Import,
}

impl Tab {
    const ALL: [Tab; 3] = [Tab::Columns, Tab::Faults, Tab::Import];
}

/// A row of the last tab.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Do,
    Bad,
    Duplicates,
    OtherFile,
}

impl Choice {
    const ALL: [Choice; 4] = [Choice::Do, Choice::Bad, Choice::Duplicates, Choice::OtherFile];
}

/// What takes a while, and how far it is.
struct Work {
    ticket: Ticket,
    done: u64,
    total: u64,
    stopping: bool,
}

impl Preview {
    fn new(look: Look) -> Self {
        let tab = if look.plan.is_ok() && !look.faults.is_empty() { Tab::Faults } else { Tab::Columns };
        Self { look, options: Options::default(), tab, lists: Default::default(), choosing: 0 }
    }

    fn len(&self) -> usize {
        match self.tab {
            Tab::Columns => self.look.headers.len(),
            Tab::Faults => self.look.faults.len() + usize::from(self.look.more > 0),
            Tab::Import => Choice::ALL.len(),
        }
    }

    fn list(&self) -> &ListState {
        &self.lists[self.tab as usize]
    }

    fn turn(&mut self, forward: bool) {
        let step = if forward { 1 } else { Tab::ALL.len() - 1 };
        self.tab = Tab::ALL[(self.tab as usize + step) % Tab::ALL.len()];
    }

    /// Why it cannot be imported like this.
    fn hindrance(&self, cx: &Cx) -> Option<String> {
        let counts = match &self.look.plan {
            Ok(counts) => counts,
            Err(why) => return Some(why.clone()),
        };
        let told = |key: &str, n: usize| Some(cx.cat.t1(key, "n", n).into_owned());
        match self.options {
            Options { bad: Bad::Refuse, .. } if counts.bad > 0 => told("roster-bad-stand", counts.bad),
            Options { duplicates: Duplicates::Refuse, .. } if counts.duplicates > 0 => {
                told("roster-duplicates-stand", counts.duplicates)
            }
            options if counts.sound(options) == 0 => Some(cx.cat.t("roster-none-left").into_owned()),
            _ => None,
        }
    }
}

fn form(cx: &Cx) -> FormSpec {
    cx.station.form("child").cloned().unwrap_or_else(forms::child)
}

impl Import {
    pub(super) fn new(path: &str) -> Self {
        Self { path: Lines::new().line("roster-path", path), stage: Stage::Path, work: None, refused: None }
    }

    /// As typed, or as a file manager pastes it: in quotes.
    fn file(&self) -> PathBuf {
        let text = self.path.text(0).trim();
        let bare = ['\'', '"'].into_iter().find_map(|sign| text.strip_prefix(sign)?.strip_suffix(sign));
        PathBuf::from(bare.unwrap_or(text))
    }

    fn begin(&mut self, ticket: Ticket, ask: RosterAsk) -> Vec<Effect> {
        self.refused = None;
        self.work = Some(Work { ticket, done: 0, total: 0, stopping: false });
        vec![Effect::Roster(ticket, ask)]
    }

    fn look(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.path.text(0).trim().is_empty() {
            self.path.fail(0, cx.cat.t("roster-needs-path").into_owned());
            return vec![];
        }
        let path = self.file();
        self.begin(LOOK, RosterAsk::Look { path, columns: None })
    }

    fn answered(&mut self, answer: Result<RosterAnswer, String>) {
        match answer {
            Ok(RosterAnswer::Looked(look)) => match &mut self.stage {
                Stage::Preview(preview) => preview.look = *look,
                _ => self.stage = Stage::Preview(Box::new(Preview::new(*look))),
            },
            Ok(RosterAnswer::Imported(report)) => self.stage = Stage::Done(report),
            Err(why) => self.refused = Some(why),
        }
    }

    fn back(&mut self) -> Vec<Effect> {
        if let Some(work) = &mut self.work {
            work.stopping = true;
            return vec![Effect::Cancel(work.ticket)];
        }
        self.refused = None;
        match self.stage {
            Stage::Preview(_) => {
                self.stage = Stage::Path;
                vec![]
            }
            Stage::Path | Stage::Done(_) => vec![Effect::Close],
        }
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        self.refused = None;
        let preview = match &mut self.stage {
            Stage::Path => {
                return if self.path.command(command) { self.look(cx) } else { vec![] };
            }
            Stage::Done(_) if command == Command::Open => return vec![Effect::Close],
            Stage::Done(_) => return vec![],
            Stage::Preview(preview) => preview,
        };
        match command {
            Command::NextTab | Command::PreviousTab => preview.turn(command == Command::NextTab),
            Command::Open => return self.open(cx),
            command => {
                let len = preview.len();
                preview.lists[preview.tab as usize].run(command, len);
            }
        }
        vec![]
    }

    /// Enter on a row of the preview.
    fn open(&mut self, cx: &Cx) -> Vec<Effect> {
        let Stage::Preview(preview) = &mut self.stage else { return vec![] };
        let Some(at) = preview.list().selected(preview.len()) else { return vec![] };
        match preview.tab {
            Tab::Columns => {
                preview.choosing = at;
                vec![Effect::Open(FIELD, Place::Choose(fields(cx, &preview.look, at)))]
            }
            Tab::Faults => vec![],
            Tab::Import => match Choice::ALL[at] {
                Choice::Do => self.import(cx),
                Choice::Bad => {
                    preview.options.bad = match preview.options.bad {
                        Bad::Refuse => Bad::Skip,
                        Bad::Skip => Bad::Refuse,
                    };
                    vec![]
                }
                Choice::Duplicates => {
                    preview.options.duplicates = match preview.options.duplicates {
                        Duplicates::Refuse => Duplicates::Skip,
                        Duplicates::Skip => Duplicates::Keep,
                        Duplicates::Keep => Duplicates::Refuse,
                    };
                    vec![]
                }
                Choice::OtherFile => self.back(),
            },
        }
    }

    fn import(&mut self, cx: &Cx) -> Vec<Effect> {
        let Stage::Preview(preview) = &self.stage else { return vec![] };
        if let Some(why) = preview.hindrance(cx) {
            return vec![Effect::Toast(Tone::Bad, why)];
        }
        let ask = RosterAsk::Import {
            path: self.file(),
            columns: preview.look.columns.clone(),
            options: preview.options,
            seen: preview.look.seen,
        };
        self.begin(IMPORT, ask)
    }

    /// Another field for a column, or none; a field is taken from one column only.
    fn set_field(&mut self, field: Option<FieldId>) -> Vec<Effect> {
        let Stage::Preview(preview) = &self.stage else { return vec![] };
        let mut columns = preview.look.columns.clone();
        if field.is_some() {
            columns.iter_mut().filter(|column| **column == field).for_each(|column| *column = None);
        }
        let Some(column) = columns.get_mut(preview.choosing) else { return vec![] };
        *column = field;
        let path = self.file();
        self.begin(LOOK, RosterAsk::Look { path, columns: Some(columns) })
    }
}

fn fields(cx: &Cx, look: &Look, at: usize) -> Choose {
    let form = form(cx);
    let ignored = (String::new(), cx.cat.t("roster-ignored").into_owned());
    let field = |spec| wording::field_label(cx.cat, &form.id, spec);
    let named = form.fields.iter().map(|spec| (spec.id.to_string(), field(spec)));
    Choose {
        title: cx.cat.t1("roster-which-field", "header", look.headers[at].as_str()).into_owned(),
        choices: [ignored].into_iter().chain(named).collect(),
        chosen: vec![look.columns[at].as_ref().map(ToString::to_string).unwrap_or_default()],
        many: false,
    }
}

impl Screen for Import {
    fn layers(&self) -> Vec<Layer> {
        match self.stage {
            Stage::Path => vec![Layer::Text, Layer::Question, Layer::Form],
            Stage::Preview(_) => vec![Layer::Roster, Layer::List],
            Stage::Done(_) => vec![Layer::List],
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened if !self.path.text(0).trim().is_empty() => self.look(cx),
            Input::Progress(ticket, done, total) => {
                if let Some(work) = self.work.as_mut().filter(|work| work.ticket == ticket) {
                    (work.done, work.total) = (done, total.unwrap_or(0));
                }
                vec![]
            }
            Input::Roster(_, answer) => {
                self.work = None;
                self.answered(answer);
                vec![]
            }
            // Whoever locks or leaves now was promised that nothing is kept of what is not done.
            Input::Leaving if self.work.is_some() => self.back(),
            Input::Command(Command::Back) => self.back(),
            _ if self.work.is_some() => vec![],
            Input::Picked(FIELD, Some(Pick::Chosen(codes))) => {
                let code = codes.into_iter().next().filter(|code| !code.is_empty());
                self.set_field(code.map(FieldId::owned))
            }
            Input::Text(text) | Input::Paste(text) => {
                self.refused = None;
                if matches!(self.stage, Stage::Path) {
                    self.path.insert(&text);
                }
                vec![]
            }
            Input::Command(command) => self.command(cx, command),
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        view::draw(self, cx, buf, area)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["screen roster"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("roster-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        match (&self.work, &self.stage) {
            (Some(_), _) => vec![Command::Back],
            (None, Stage::Path) => vec![Command::GoOn, Command::Back],
            (None, Stage::Preview(_)) => vec![Command::NextTab, Command::Open, Command::Back],
            (None, Stage::Done(_)) => vec![Command::Back],
        }
    }

    /// An import that is under way is not to be forgotten.
    fn is_dirty(&self) -> bool {
        self.work.as_ref().is_some_and(|work| work.ticket == IMPORT)
    }
}
