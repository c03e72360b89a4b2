//! The stack of screens: routes inputs down, runs effects, draws the whole.

mod event;
pub mod global;
mod lock;
mod work;

pub use event::{AppEvent, Job};

use super::command::Command;
use super::keymap::{Chord, Keymap, Layer};
use super::screen::{Cx, DoorAnswer, DoorView, Effect, Input, Locked, Place, Screen, Ticket, Tone};
use super::theme::Theme;
use super::{chrome, screens};
use crate::exchange::RosterAnswer;
use crate::i18n::{self, Lang};
use crate::office::{Answer, Me, Request, Station};
use chrono::{NaiveDate, NaiveDateTime};
use ratatui::layout::{Position, Rect};
use std::mem;
use std::sync::Arc;

/// The time as the app is told it: what the wall shows, and milliseconds that only go forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub now: NaiveDateTime,
    pub ticks: u64,
}

/// How one person likes it; kept between sessions.
#[derive(Clone, Debug)]
pub struct Settings {
    pub lang: Lang,
    pub theme_name: String,
    pub theme: Theme,
    pub keymap: Keymap,
    /// The environment asks for no colours (`NO_COLOR`).
    pub no_colour: bool,
    /// Nothing on screen says why a child is on file.
    pub discreet: bool,
    /// After so many minutes without a key the screen locks.
    pub idle_lock: Option<u64>,
}

impl Settings {
    /// The next of the built-in themes.
    pub fn next_theme(&mut self) {
        let names: Vec<&str> = super::theme::BUILT_IN.iter().map(|(name, _)| *name).collect();
        let now = names.iter().position(|name| *name == self.theme_name).unwrap_or(0);
        self.use_theme(names[(now + 1) % names.len()]);
    }

    /// Takes a built-in theme by name; one that is unknown changes nothing.
    pub fn use_theme(&mut self, name: &str) {
        if let Some(theme) = Theme::built_in(name) {
            self.theme = if self.no_colour { theme.without_colour() } else { theme };
            self.theme_name = name.to_owned();
        }
    }
}

struct Layered {
    serial: u64,
    /// With which ticket the screen beneath opened it.
    ticket: Ticket,
    place: mem::Discriminant<Place>,
    screen: Box<dyn Screen>,
}

struct Wake {
    at: u64,
    screen: u64,
    ticket: Ticket,
}

pub struct App {
    pub settings: Settings,
    pub door: DoorView,
    me: Option<Me>,
    station: Arc<Station>,
    stack: Vec<Layered>,
    serials: u64,
    jobs: Vec<Job>,
    wakes: Vec<Wake>,
    long: Vec<work::Long>,
    toast: Option<(Tone, String)>,
    masked: bool,
    size: (u16, u16),
    moment: Moment,
    /// When a key was last pressed, or somebody signed in.
    last_key: Moment,
    day: NaiveDate,
    /// When a quiet moment may be used, while somebody is signed in.
    rest: Option<u64>,
    quit: bool,
}

/// Nobody types if nobody has for so long, in milliseconds.
const QUIET: u64 = 60_000;
/// After a quiet moment was used, the next is so much later: what fails is not tried again and again.
const BETWEEN_RESTS: u64 = 3_600_000;

/// Smaller than this, the app only says what it needs.
pub const LEAST: (u16, u16) = (60, 18);

impl App {
    pub fn new(settings: Settings, door: DoorView, first: Place, size: (u16, u16), moment: Moment) -> Self {
        let mut app = Self {
            settings,
            door,
            me: None,
            station: Arc::new(Station::default()),
            stack: Vec::new(),
            serials: 0,
            jobs: Vec::new(),
            wakes: Vec::new(),
            long: Vec::new(),
            toast: None,
            masked: false,
            size,
            moment,
            last_key: moment,
            day: moment.now.date(),
            rest: None,
            quit: false,
        };
        app.push(Ticket(0), first);
        app
    }

    /// Starts past the door: somebody is signed in already.
    pub fn signed_in(mut self, me: Me) -> Self {
        self.me = Some(me);
        self.enter();
        self
    }

    pub fn handle(&mut self, event: AppEvent, moment: Moment) {
        self.moment = moment;
        let by_hand = matches!(event, AppEvent::Key(_) | AppEvent::Text(_) | AppEvent::Paste(_));
        if self.lock_if_idle() && by_hand {
            // Whoever pressed it may not be who was here.
            return;
        }
        if by_hand {
            self.rest = self.rest.map(|rest| rest.max(moment.ticks + QUIET));
            self.last_key = moment;
        }
        match event {
            AppEvent::Key(chord) => {
                self.toast = None;
                self.key(chord);
            }
            AppEvent::Text(text) => {
                self.toast = None;
                self.input(Input::Text(text));
            }
            AppEvent::Paste(text) => {
                self.toast = None;
                self.input(Input::Paste(text));
            }
            AppEvent::Resize(columns, lines) => self.size = (columns, lines),
            AppEvent::Answer { screen, ticket, answer } => {
                if matches!(answer, Ok(Answer::BackedUp(_))) {
                    self.door.last_backup = Some(self.moment.now.date());
                }
                let changed = matches!(
                    answer,
                    Ok(Answer::Saved(_)
                        | Answer::OwnSaved(_)
                        | Answer::Account(_)
                        | Answer::HandedOver(_)
                        | Answer::BackedUp(_)
                        | Answer::BackupPlanSet(_))
                );
                // Forms choose units by name, and the names are known once a register was read.
                let names_units = matches!(answer, Ok(Answer::Register(_) | Answer::Organisation(_)));
                self.answered(screen, ticket, &answer);
                self.deliver(screen, Input::Answer(ticket, answer));
                if names_units {
                    self.jobs.push(Job::Station);
                }
                if changed {
                    self.changed();
                }
            }
            AppEvent::Roster { screen, ticket, answer } => {
                let changed = matches!(answer, Ok(RosterAnswer::Imported(_)));
                self.imported(screen, ticket, &answer);
                self.deliver(screen, Input::Roster(ticket, answer));
                if changed {
                    self.changed();
                }
            }
            AppEvent::Out { screen, ticket, answer } => {
                self.gone_out(screen, ticket, &answer);
                self.deliver(screen, Input::Out(ticket, answer));
            }
            AppEvent::Progress { screen, ticket, done, total } => {
                self.deliver(screen, Input::Progress(ticket, done, total));
            }
            AppEvent::Door { screen, ticket, answer, me } => {
                if me.is_some() {
                    self.me = me;
                    self.last_key = moment;
                }
                if let Ok(DoorAnswer::Restored(door)) = &answer {
                    self.door = door.clone();
                }
                self.deliver(screen, Input::Door(ticket, answer));
            }
            AppEvent::Station(station) => {
                // Who may unlock is another than when the program started.
                let who = station.staff.iter().filter(|staff| !staff.closed);
                self.door.logins = who.map(|staff| staff.login.clone()).collect();
                self.station = station;
            }
            AppEvent::Leaving => self.broadcast(&Input::Leaving),
            AppEvent::Rested => self.broadcast(&Input::Changed),
            AppEvent::Time => {}
        }
        self.pass_time();
    }

    /// The work that has come up since the last call.
    pub fn take_jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.jobs)
    }

    pub fn is_over(&self) -> bool {
        self.quit
    }

    /// In how many milliseconds something is due, if anything is.
    pub fn next_wake(&self) -> Option<u64> {
        let due = self.wakes.iter().map(|wake| wake.at).chain(self.rest).chain(self.locks_at()).min();
        due.map(|at| at.saturating_sub(self.moment.ticks))
    }

    pub fn is_dirty(&self) -> bool {
        self.stack.iter().any(|layer| layer.screen.is_dirty())
    }

    pub fn me(&self) -> Option<&Me> {
        self.me.as_ref()
    }

    fn cx<'a>(&'a self, station: &'a Station) -> Cx<'a> {
        Cx {
            cat: i18n::catalogue(self.settings.lang),
            theme: &self.settings.theme,
            keymap: &self.settings.keymap,
            now: self.moment.now,
            today: self.moment.now.date(),
            me: self.me.as_ref(),
            station,
            masked: self.masked,
            discreet: self.settings.discreet,
            size: self.size,
        }
    }

    /// The layers that are live now, topmost first.
    fn layers(&self) -> Vec<Layer> {
        let mut layers = self.stack.last().map(|top| top.screen.layers()).unwrap_or_default();
        if !layers.iter().any(|layer| layer.takes_text()) {
            layers.push(Layer::Browse);
        }
        layers.push(Layer::Global);
        layers
    }

    fn key(&mut self, chord: Chord) {
        match self.settings.keymap.resolve(&self.layers(), chord) {
            Some(command) => self.command(command),
            None => {
                if let Some(typed) = chord.text() {
                    self.input(Input::Text(typed.to_string()));
                }
            }
        }
    }

    fn input(&mut self, input: Input) {
        if let Some(top) = self.stack.last() {
            let serial = top.serial;
            self.deliver(serial, input);
        }
    }

    /// Gives an input to a screen, wherever it is in the stack; one that is gone needs it no more.
    fn deliver(&mut self, serial: u64, input: Input) {
        let Some(at) = self.stack.iter().position(|layer| layer.serial == serial) else { return };
        let mut layer = self.stack.remove(at);
        let station = self.station.clone();
        let effects = layer.screen.update(&self.cx(&station), input);
        self.stack.insert(at, layer);
        for effect in effects {
            self.run(serial, effect);
        }
    }

    /// Files are not what they were a moment ago.
    fn changed(&mut self) {
        self.jobs.push(Job::Station);
        self.broadcast(&Input::Changed);
    }

    fn broadcast(&mut self, input: &Input) {
        let serials: Vec<u64> = self.stack.iter().map(|layer| layer.serial).collect();
        for serial in serials {
            self.deliver(serial, input.clone());
        }
    }

    fn run(&mut self, serial: u64, effect: Effect) {
        match effect {
            Effect::Ask(ticket, request) => {
                self.begun(serial, ticket, work::of_request(&request));
                self.jobs.push(Job::Ask { screen: serial, ticket, request });
            }
            Effect::Door(ticket, ask) => self.jobs.push(Job::Door { screen: serial, ticket, ask }),
            Effect::Roster(ticket, ask) => {
                self.begun(serial, ticket, Some(work::of_roster(&ask)));
                self.jobs.push(Job::Roster { screen: serial, ticket, ask });
            }
            Effect::Out(ticket, ask) => {
                self.begun(serial, ticket, Some(work::of_out(&ask)));
                self.jobs.push(Job::Out { screen: serial, ticket, ask });
            }
            Effect::Cancel(ticket) => self.jobs.push(Job::Cancel { screen: serial, ticket }),
            Effect::Open(ticket, place) => self.push(ticket, place),
            Effect::Replace(place) => {
                let ticket = self.drop_from(serial).unwrap_or(Ticket(0));
                self.push(ticket, place);
            }
            Effect::Close => self.close(serial, None),
            Effect::Withdraw if self.stack.last().is_some_and(|top| top.serial != serial) => {
                self.stack.retain(|layer| layer.serial != serial);
                self.let_go();
            }
            Effect::Withdraw => self.close(serial, None),
            Effect::CloseWith(pick) => self.close(serial, Some(pick)),
            Effect::CloseAndDo(command) => {
                self.drop_from(serial);
                self.command(command);
            }
            Effect::Toast(tone, text) => self.toast = Some((tone, text)),
            Effect::Wake(ticket, millis) => {
                let at = self.moment.ticks + millis;
                match self.wakes.iter_mut().find(|wake| wake.screen == serial && wake.ticket == ticket) {
                    Some(wake) => wake.at = wake.at.min(at),
                    None => self.wakes.push(Wake { at, screen: serial, ticket }),
                }
            }
            Effect::SignedIn => {
                self.enter();
                self.push_drafts();
            }
            Effect::SignedInFor(place) => {
                self.enter();
                self.push(Ticket(0), place);
            }
            Effect::Lock => self.lock(Locked::ByHand),
            Effect::Quit => self.quit = true,
        }
    }

    fn enter(&mut self) {
        self.rest = Some(self.moment.ticks + QUIET);
        self.door.locked = None;
        // It was on the screen until now; at the next lock it is no news.
        self.door.restored = false;
        self.stack.clear();
        self.let_go();
        self.jobs.push(Job::Station);
        self.push(Ticket(0), Place::Today);
        if self.door.demo {
            let key = self.settings.keymap.first_key(&[Layer::Global], Command::Manual);
            let cat = i18n::catalogue(self.settings.lang);
            let key = key.map_or_else(String::new, |chord| chord.label(cat));
            self.toast = Some((Tone::Good, cat.t1("toast-demo", "key", key).into_owned()));
        }
    }

    /// What is on the screen already is not opened over itself.
    fn push_once(&mut self, place: Place) {
        if !self.is_on_top(&place) {
            self.push(Ticket(0), place);
        }
    }

    fn is_on_top(&self, place: &Place) -> bool {
        self.stack.last().is_some_and(|top| top.place == mem::discriminant(place))
    }

    fn push(&mut self, ticket: Ticket, place: Place) {
        self.serials += 1;
        let serial = self.serials;
        let station = self.station.clone();
        let at = mem::discriminant(&place);
        let screen = screens::open(place, &self.cx(&station), &self.door);
        self.stack.push(Layered { serial, ticket, place: at, screen });
        self.deliver(serial, Input::Opened);
    }

    /// Takes a screen and all above it off; gives the ticket with which it was opened.
    fn drop_from(&mut self, serial: u64) -> Option<Ticket> {
        let at = self.stack.iter().position(|layer| layer.serial == serial)?;
        let ticket = self.stack[at].ticket;
        self.stack.truncate(at);
        self.let_go();
        Some(ticket)
    }

    fn close(&mut self, serial: u64, pick: Option<super::Pick>) {
        let Some(ticket) = self.drop_from(serial) else { return };
        if self.own_question(ticket, pick.as_ref()) {
            return;
        }
        match self.stack.last() {
            Some(beneath) => {
                let beneath = beneath.serial;
                self.deliver(beneath, Input::Picked(ticket, pick));
            }
            None if self.me.is_some() => self.push(Ticket(0), Place::Today),
            None => self.quit = true,
        }
    }

    fn pass_time(&mut self) {
        let ticks = self.moment.ticks;
        let (due, waiting) = std::mem::take(&mut self.wakes).into_iter().partition(|wake| wake.at <= ticks);
        self.wakes = waiting;
        let due: Vec<Wake> = due;
        for wake in due {
            self.deliver(wake.screen, Input::Woke(wake.ticket));
        }
        let today = self.moment.now.date();
        if today != self.day {
            self.day = today;
            self.broadcast(&Input::NewDay);
            if self.me.is_some() {
                self.rest = Some(ticks + QUIET);
                self.jobs.push(Job::Bell);
            }
        }
        if self.rest.is_some_and(|rest| rest <= ticks) {
            self.rest = Some(ticks + BETWEEN_RESTS);
            self.jobs.push(Job::Rest);
        }
    }

    /// Draws everything; says where the hardware cursor stands.
    pub fn view(&self, frame: &mut ratatui::Frame) -> Option<Position> {
        let area = frame.area();
        let station = self.station.clone();
        let cx = self.cx(&station);
        let buf = frame.buffer_mut();
        if area.width < LEAST.0 || area.height < LEAST.1 {
            return chrome::too_small(&cx, buf, area);
        }
        let base = self.stack.iter().rposition(|layer| !layer.screen.is_popup()).unwrap_or(0);
        let [bar, body, foot] = chrome::split(area);
        let mut cursor = None;
        for layer in &self.stack[base.min(self.stack.len())..] {
            if !layer.screen.is_popup() {
                chrome::bar(&cx, buf, bar, &layer.screen.title(&cx));
            }
            cursor = layer.screen.view(&cx, buf, body);
        }
        match &self.toast {
            Some((tone, text)) => chrome::toast(&cx, buf, foot, *tone, text),
            None => {
                let top = self.stack.last();
                let mut hints = top.map(|top| top.screen.hints(&cx)).unwrap_or_default();
                if top.is_none_or(|top| !top.screen.is_modal()) {
                    hints.extend([Command::Palette, Command::Help]);
                }
                chrome::footer(&cx, buf, foot, &self.layers(), &hints);
            }
        }
        cursor.filter(|at| area.contains(*at)).or(Some(Position::new(foot.x, foot.y.min(area.bottom() - 1))))
    }

    /// Where the body of a screen is drawn.
    pub fn body(area: Rect) -> Rect {
        chrome::split(area)[1]
    }
}
