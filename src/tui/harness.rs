//! Drives the whole face without a terminal: state -> keys -> screen. Used by tests and benches.
//!
//! Everything above the backend is real; the office answers at once; time stands still until it is moved.

use super::app::{App, AppEvent, Job, Moment, Settings};
use super::frame_text;
use super::keymap::{Chord, Keymap};
use super::screen::{DoorAnswer, DoorAsk, DoorNo, DoorView, Place};
use super::theme::Theme;
use crate::exchange::{OutAnswer, OutAsk, export, look};
use crate::i18n::{self, Lang};
use crate::office::{Answer, Office, Refusal, Request, Watch};
use chrono::{Days, NaiveDateTime};
use ratatui::{Terminal, backend::TestBackend, layout::Position};
use std::path::PathBuf;
use std::sync::Arc;

/// Answers what is asked at the door: given by tests that begin there.
pub type AtDoor = Box<dyn FnMut(DoorAsk) -> Result<(DoorAnswer, Option<Arc<dyn Office>>), DoorNo>>;

pub struct Harness {
    pub app: App,
    office: Option<Arc<dyn Office>>,
    at_door: Option<AtDoor>,
    terminal: Terminal<TestBackend>,
    moment: Moment,
    cursor: Position,
    /// Where the columns of rosters are remembered, if anywhere.
    pub mappings: Option<PathBuf>,
    /// The sticks that are plugged in.
    pub sticks: Vec<PathBuf>,
    /// Long work waits for [`Harness::go_on`]: there is time to look and to press a key.
    pub slow: bool,
    /// Draws nothing: for whoever draws [`Harness::app`] on a terminal of theirs, and measures it.
    pub blind: bool,
    /// With the office that it keeps, whoever signs out meanwhile.
    waiting: Vec<(Job, Arc<dyn Office>)>,
    /// Jobs that only a real terminal can do, as they came up.
    pub asides: Vec<Job>,
}

impl Harness {
    /// Signed in, on the Today screen, at 80x24, in the dark theme.
    pub fn new(office: Arc<dyn Office>, lang: Lang, now: NaiveDateTime) -> Self {
        Self::sized(office, lang, now, (80, 24))
    }

    pub fn sized(office: Arc<dyn Office>, lang: Lang, now: NaiveDateTime, size: (u16, u16)) -> Self {
        let moment = Moment { now, ticks: 0 };
        let app = App::new(settings(lang), DoorView::default(), Place::Unlock, size, moment)
            .signed_in(office.me().clone());
        Self::over(app, Some(office), None, moment, size)
    }

    /// Before the door.
    pub fn at_door(door: DoorView, first: Place, lang: Lang, now: NaiveDateTime, at_door: AtDoor) -> Self {
        let moment = Moment { now, ticks: 0 };
        let app = App::new(settings(lang), door, first, (80, 24), moment);
        Self::over(app, None, Some(at_door), moment, (80, 24))
    }

    fn over(
        app: App,
        office: Option<Arc<dyn Office>>,
        at_door: Option<AtDoor>,
        moment: Moment,
        size: (u16, u16),
    ) -> Self {
        #[allow(clippy::unwrap_used)] // a test backend cannot fail
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let mut harness = Self {
            app,
            office,
            at_door,
            terminal,
            moment,
            cursor: Position::ORIGIN,
            mappings: None,
            sticks: Vec::new(),
            slow: false,
            blind: false,
            waiting: Vec::new(),
            asides: Vec::new(),
        };
        harness.settle();
        harness
    }

    /// Presses keys: names as in keymap files, blanks between them: `"f3 down enter"`.
    #[track_caller]
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let chord: Chord = key.parse().unwrap_or_else(|_| panic!("no key is named {key}"));
            self.send(AppEvent::Key(chord));
        }
        self
    }

    /// Types a text as an input method would send it: one character after another.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            self.send(AppEvent::Text(character.to_string()));
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(AppEvent::Paste(text.to_owned()));
        self
    }

    pub fn resize(&mut self, columns: u16, lines: u16) -> &mut Self {
        self.terminal.backend_mut().resize(columns, lines);
        self.send(AppEvent::Resize(columns, lines));
        self
    }

    /// Lets time pass.
    pub fn wait(&mut self, millis: u64) -> &mut Self {
        self.moment.ticks += millis;
        self.moment.now += chrono::Duration::milliseconds(i64::try_from(millis).unwrap_or(i64::MAX / 2));
        self.send(AppEvent::Time);
        self
    }

    pub fn wait_days(&mut self, days: u64) -> &mut Self {
        self.moment.now = self.moment.now.checked_add_days(Days::new(days)).unwrap_or(self.moment.now);
        self.send(AppEvent::Time);
        self
    }

    /// Does the work that waited. What was cancelled meanwhile hears so when it first reports how far it is.
    pub fn go_on(&mut self) -> &mut Self {
        for (job, office) in std::mem::take(&mut self.waiting) {
            self.long(job, &*office);
        }
        self.settle();
        self
    }

    /// The screen as text: a line per row, trailing blanks cut.
    pub fn screen(&self) -> String {
        frame_text::rows(self.terminal.backend().buffer()).join("\n")
    }

    /// The same with the caret shown as `▮` and styles named.
    pub fn styled(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let frame = frame_text::frame_text(buffer, Some(self.cursor));
        format!("{frame}\n{}", frame_text::frame_styles(buffer, &self.app.settings.theme))
    }

    pub fn cursor(&self) -> Position {
        self.cursor
    }

    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        assert!(self.screen().contains(text), "{text:?} is not on the screen:\n{}", self.screen());
        self
    }

    #[track_caller]
    pub fn sees_no(&mut self, text: &str) -> &mut Self {
        assert!(!self.screen().contains(text), "{text:?} is on the screen:\n{}", self.screen());
        self
    }

    pub fn send(&mut self, event: AppEvent) {
        self.app.handle(event, self.moment);
        self.settle();
    }

    /// Runs all work that came up, then draws.
    fn settle(&mut self) {
        loop {
            let jobs = self.app.take_jobs();
            if jobs.is_empty() {
                break;
            }
            for job in jobs {
                self.run(job);
            }
        }
        if self.blind {
            return;
        }
        let app = &self.app;
        let mut cursor = None;
        // The test backend keeps a character under the second half of a wide one, where a terminal would not.
        #[allow(clippy::unwrap_used)] // a test backend cannot fail
        self.terminal.clear().unwrap();
        #[allow(clippy::unwrap_used)] // a test backend cannot fail
        self.terminal.draw(|frame| cursor = app.view(frame)).unwrap();
        self.cursor = cursor.unwrap_or(Position::ORIGIN);
    }

    fn run(&mut self, job: Job) {
        let event = match job {
            job @ (Job::Roster { .. }
            | Job::Out { .. }
            | Job::Ask {
                request:
                    Request::Examine
                    | Request::Mend
                    | Request::Backup { .. }
                    | Request::Needs
                    | Request::Evaluation { .. },
                ..
            }) => {
                match (&self.office, self.slow) {
                    (Some(office), true) => self.waiting.push((job, office.clone())),
                    (Some(office), false) => {
                        let office = office.clone();
                        self.long(job, &*office);
                    }
                    (None, _) => {}
                }
                return;
            }
            Job::Ask { screen, ticket, request } => {
                let answer = match &self.office {
                    Some(office) => office.ask(request),
                    None => Err(Refusal::NotAllowed),
                };
                AppEvent::Answer { screen, ticket, answer }
            }
            Job::Station => match self.office.as_ref().map(|office| office.ask(Request::Station)) {
                Some(Ok(Answer::Station(station))) => AppEvent::Station(station),
                _ => return,
            },
            Job::Door { screen, ticket, ask } => {
                let answer = match &mut self.at_door {
                    Some(at_door) => at_door(ask),
                    None => Err(DoorNo("no door".into())),
                };
                let (answer, me) = match answer {
                    Ok((answer, office)) => {
                        let me = office.as_ref().map(|office| office.me().clone());
                        self.office = office.or(self.office.take());
                        (Ok(answer), me)
                    }
                    Err(no) => (Err(no), None),
                };
                AppEvent::Door { screen, ticket, answer, me }
            }
            Job::SignOut => {
                self.office = None;
                return;
            }
            Job::Rest => {
                let Some(office) = &self.office else { return };
                match office.ask(Request::BackUpIfDue) {
                    Ok(Answer::Done) => return,
                    _ => AppEvent::Rested,
                }
            }
            other => {
                self.asides.push(other);
                return;
            }
        };
        self.app.handle(event, self.moment);
    }

    /// As the clerk does it, but at once.
    fn long(&mut self, job: Job, office: &dyn Office) {
        let (Job::Ask { screen, ticket, .. }
        | Job::Roster { screen, ticket, .. }
        | Job::Out { screen, ticket, .. }) = job
        else {
            return;
        };
        let cancel = self.asides.iter().position(|job| *job == Job::Cancel { screen, ticket });
        let watch = Hears { stop: cancel.map(|at| self.asides.remove(at)).is_some() };
        let event = match job {
            Job::Ask { request, .. } => {
                AppEvent::Answer { screen, ticket, answer: office.ask_watched(request, &watch) }
            }
            Job::Roster { ask, .. } => {
                let desk = look::Desk {
                    office,
                    mappings: self.mappings.as_deref(),
                    today: self.moment.now.date(),
                    cat: i18n::catalogue(self.app.settings.lang),
                };
                AppEvent::Roster { screen, ticket, answer: desk.answer(ask, &watch) }
            }
            Job::Out { ask: OutAsk::Folders, .. } => {
                AppEvent::Out { screen, ticket, answer: Ok(OutAnswer::Folders(self.sticks.clone())) }
            }
            Job::Out { ask: OutAsk::Write(ask), .. } => {
                let cat = i18n::catalogue(self.app.settings.lang);
                let (today, stamp) = (self.moment.now.date(), self.moment.now);
                let desk = export::Desk { office, today, stamp, cat };
                let written = desk.export(&ask, &watch).map(OutAnswer::Written);
                let answer = written.map_err(|fault| export::fault_words(cat, &fault));
                AppEvent::Out { screen, ticket, answer }
            }
            _ => return,
        };
        self.app.handle(event, self.moment);
    }
}

struct Hears {
    stop: bool,
}

impl Watch for Hears {
    fn progress(&self, _: u64, _: Option<u64>) -> bool {
        !self.stop
    }
}

fn settings(lang: Lang) -> Settings {
    Settings {
        lang,
        theme: Theme::default(),
        theme_name: "dark".into(),
        no_colour: false,
        discreet: false,
        // Time stands still until a test moves it, and then it is about something else.
        idle_lock: None,
        keymap: Keymap::default(),
    }
}
