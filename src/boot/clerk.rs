//! Does the app's jobs on threads: one that asks the office in order, others for what takes long.

use super::keep;
use super::words::{self, Shut};
use crate::domain::RecordKind;
use crate::exchange::{OutAnswer, OutAsk, RosterAsk, export, look};
use crate::i18n::{self, Catalogue, Lang};
use crate::office::{Answer, Me, Office, Passphrase, Refusal, Request, Watch, door::Door};
use crate::platform::{Clock, SystemClock, dirs};
use crate::tui::screen::{DoorAnswer, DoorAsk, DoorNo, Ticket};
use crate::tui::{AppEvent, Job, Settings, run::Clerk, run::Happened};
use crate::wording;
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Nobody has asked anything for so long: what can wait is done then, once.
const PAUSE: Duration = Duration::from_secs(10);

pub(super) struct Threads {
    events: Sender<Happened>,
    /// Who is signed in; the threads share it.
    seat: Arc<Mutex<Option<Arc<Seat>>>>,
    door: Option<Arc<Door>>,
    lang: Lang,
    /// Questions for the office, answered in order.
    questions: Option<Sender<Question>>,
    answering: Option<JoinHandle<()>>,
    /// Long work, by screen and ticket.
    long: BTreeMap<(u64, Ticket), Long>,
    /// What is done while nobody types, with its stop sign.
    resting: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
    /// Who was signed in before the screen was locked; there while work that was begun then still runs.
    left: Weak<Seat>,
    files: Files,
}

/// A desk that somebody sits at.
type Seat = dyn Office;

struct Long {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// What a person's choices are kept in.
#[derive(Clone)]
pub(super) struct Files {
    pub(super) settings: Option<PathBuf>,
    /// Which column of a roster is which field.
    pub(super) mappings: PathBuf,
}

enum Question {
    Ask { screen: u64, ticket: Ticket, request: Box<Request> },
    Station,
}

impl Threads {
    pub(super) fn new(
        events: Sender<Happened>,
        door: Option<Arc<Door>>,
        office: Option<Arc<Seat>>,
        lang: Lang,
        files: Files,
    ) -> Self {
        let seat = Arc::new(Mutex::new(office));
        let (questions, asked) = mpsc::channel();
        let (to, at) = (events.clone(), seat.clone());
        let answering = thread::Builder::new().name("office".into()).spawn(move || {
            let mut rested = true;
            loop {
                let question = match rested {
                    true => asked.recv().ok(),
                    false => match asked.recv_timeout(PAUSE) {
                        Err(RecvTimeoutError::Timeout) => {
                            let _ = seated(&at).map(|office| office.ask(Request::Rest));
                            rested = true;
                            continue;
                        }
                        asked => asked.ok(),
                    },
                };
                let Some(question) = question else { return };
                rested = false;
                let office = seated(&at);
                if let Some(event) = answer(question, office.as_deref())
                    && to.send(Happened::App(event)).is_err()
                {
                    return;
                }
            }
        });
        Self {
            events,
            seat,
            door,
            lang,
            questions: Some(questions),
            answering: answering.ok(),
            long: BTreeMap::new(),
            resting: None,
            left: Weak::<super::Desk>::new(),
            files,
        }
    }

    fn ask(&self, question: Question) {
        if let Some(questions) = &self.questions {
            let _ = questions.send(question);
        }
    }

    fn at_door(&mut self, screen: u64, ticket: Ticket, ask: DoorAsk) {
        let Some(door) = self.door.clone() else { return };
        let resting = self.resting.take().map(|(_, thread)| thread);
        let (events, seat, lang) = (self.events.clone(), self.seat.clone(), self.lang);
        let left = self.left.clone();
        let long = matches!(ask, DoorAsk::Restore(_));
        let stop = Arc::new(AtomicBool::new(false));
        let watch = Telling { events: self.events.clone(), screen, ticket, stop: stop.clone() };
        let work = move || {
            // It was told to stop when the one before signed out; until it has, it holds the files.
            if let Some(thread) = resting {
                end(thread);
            }
            let opened = match left.upgrade() {
                Some(desk) => open_again(&door, desk, ask, i18n::catalogue(lang)),
                None => open(&door, ask, i18n::catalogue(lang), &watch),
            };
            let (answer, me) = match opened {
                Ok((answer, office)) => {
                    let me: Option<Me> = office.as_ref().map(|office| office.me().clone());
                    if office.is_some() {
                        *seat.lock().unwrap_or_else(PoisonError::into_inner) = office;
                    }
                    (Ok(answer), me)
                }
                Err(no) => (Err(no), None),
            };
            let _ = events.send(Happened::App(AppEvent::Door { screen, ticket, answer, me }));
        };
        // Without a thread there is no door: the screen goes on waiting and can be left.
        let thread = thread::Builder::new().name("door".into()).spawn(work);
        if let (true, Ok(thread)) = (long, thread) {
            self.long.insert((screen, ticket), Long { stop, thread });
        }
    }

    /// The backup of the day, if it is due: on a thread of its own, so that no question waits for a slow stick.
    fn rest(&mut self) {
        if self.resting.as_ref().is_some_and(|(_, thread)| !thread.is_finished()) {
            return;
        }
        let Some(office) = seated(&self.seat) else { return };
        let stop = Arc::new(AtomicBool::new(false));
        let (watch, events) = (Unless(stop.clone()), self.events.clone());
        let work = move || {
            let answer = office.ask_watched(Request::BackUpIfDue, &watch);
            // Let go before anybody hears: who signs out and in again finds the files free.
            drop(office);
            if !matches!(answer, Ok(Answer::Done) | Err(Refusal::NotAllowed | Refusal::Stopped)) {
                let _ = events.send(Happened::App(AppEvent::Rested));
            }
        };
        // Without a thread the next quiet moment tries again.
        let thread = thread::Builder::new().name("daily".into()).spawn(work).ok();
        self.resting = thread.map(|thread| (stop, thread));
    }

    fn start_request(&mut self, screen: u64, ticket: Ticket, request: Request) {
        self.start_long(screen, ticket, move |office, watch| AppEvent::Answer {
            screen,
            ticket,
            answer: office.ask_watched(request, watch),
        });
    }

    fn start_roster(&mut self, screen: u64, ticket: Ticket, mut ask: RosterAsk) {
        let (RosterAsk::Look { path, .. } | RosterAsk::Import { path, .. }) = &mut ask;
        *path = dirs::at_home(path);
        let (mappings, lang) = (self.files.mappings.clone(), self.lang);
        self.start_long(screen, ticket, move |office, watch| {
            let desk = look::Desk {
                office,
                mappings: Some(&mappings),
                today: SystemClock.today(),
                cat: i18n::catalogue(lang),
            };
            AppEvent::Roster { screen, ticket, answer: desk.answer(ask, watch) }
        });
    }

    fn start_out(&mut self, screen: u64, ticket: Ticket, ask: OutAsk) {
        let lang = self.lang;
        self.start_long(screen, ticket, move |office, watch| {
            let answer = match ask {
                OutAsk::Folders => Ok(OutAnswer::Folders(dirs::mounted_sticks())),
                OutAsk::Write(mut ask) => {
                    ask.to = dirs::at_home(&ask.to);
                    let stamp = SystemClock.utc();
                    let cat = i18n::catalogue(lang);
                    let desk = export::Desk { office, today: SystemClock.today(), stamp, cat };
                    let written = desk.export(&ask, watch).map(OutAnswer::Written);
                    written.map_err(|fault| export::fault_words(cat, &fault))
                }
            };
            AppEvent::Out { screen, ticket, answer }
        });
    }

    /// Work on a thread of its own, that tells how far it is and can be stopped.
    fn start_long(
        &mut self,
        screen: u64,
        ticket: Ticket,
        work: impl FnOnce(&dyn Office, &dyn Watch) -> AppEvent + Send + 'static,
    ) {
        let Some(office) = seated(&self.seat) else { return };
        let stop = Arc::new(AtomicBool::new(false));
        let watch = Telling { events: self.events.clone(), screen, ticket, stop: stop.clone() };
        let work = move || {
            let event = work(&*office, &watch);
            let _ = watch.events.send(Happened::App(event));
        };
        if let Ok(thread) = thread::Builder::new().name("long".into()).spawn(work) {
            let before = self.long.insert((screen, ticket), Long { stop, thread });
            // Whoever asks the same again waits for this answer.
            if let Some(before) = before {
                before.stop.store(true, Ordering::Relaxed);
            }
        }
    }
}

impl Clerk for Threads {
    fn take(&mut self, job: Job) {
        match job {
            // The others would wait: a backup is long, and a passphrase takes a second to become a key.
            Job::Ask { screen, ticket, request: Request::Backup { to } } => {
                self.start_request(screen, ticket, Request::Backup { to: dirs::at_home(&to) });
            }
            // Nor for a drive that may not answer.
            Job::Ask { screen, ticket, request: Request::SetBackupPlan { to } } => {
                let to = to.map(|to| dirs::at_home(&to));
                self.start_request(screen, ticket, Request::SetBackupPlan { to });
            }
            Job::Ask {
                screen,
                ticket,
                request:
                    request @ (Request::Examine
                    | Request::Mend
                    | Request::Admit(_)
                    | Request::ChangeAccount { .. }
                    | Request::FollowResealing
                    | Request::PlayExamples
                    | Request::FollowRules
                    | Request::CountConcerns
                    | Request::HandOver(_)
                    | Request::Quality(_)
                    | Request::Needs
                    | Request::Evaluation { .. }
                    | Request::Register(RecordKind::Volunteer)
                    | Request::ChangePassphrase { .. }),
            } => self.start_request(screen, ticket, request),
            Job::Ask { screen, ticket, request } => {
                self.ask(Question::Ask { screen, ticket, request: Box::new(request) })
            }
            Job::Roster { screen, ticket, ask } => self.start_roster(screen, ticket, ask),
            Job::Out { screen, ticket, ask } => self.start_out(screen, ticket, ask),
            Job::Station => self.ask(Question::Station),
            Job::Door { screen, ticket, ask } => self.at_door(screen, ticket, ask),
            Job::Cancel { screen, ticket } => {
                if let Some(long) = self.long.get(&(screen, ticket)) {
                    long.stop.store(true, Ordering::Relaxed);
                }
            }
            Job::SignOut => {
                if let Some((stop, _)) = &self.resting {
                    stop.store(true, Ordering::Relaxed);
                }
                // Behind the questions that were asked before: a draft is kept before its keys go.
                // An import or a backup goes on, and keeps the desk until it is done.
                let left = seated(&self.seat).as_ref().map(Arc::downgrade);
                self.drain();
                if let Some(left) = left {
                    self.left = left;
                }
            }
            Job::Rest => self.rest(),
            // The loop does these itself.
            Job::Suspend | Job::Bell | Job::Keep => {}
        }
    }

    fn finish(&mut self) {
        self.questions = None;
        if let Some(answering) = self.answering.take() {
            let _ = answering.join();
        }
        for long in std::mem::take(&mut self.long).into_values() {
            long.stop.store(true, Ordering::Relaxed);
            let _ = long.thread.join();
        }
        if let Some((stop, thread)) = self.resting.take() {
            stop.store(true, Ordering::Relaxed);
            end(thread);
        }
        *self.seat.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn keep_settings(&mut self, settings: &Settings) {
        self.lang = settings.lang;
        if let Some(file) = &self.files.settings {
            keep::settings(file, settings);
        }
    }
}

impl Threads {
    /// Waits until the questions so far are answered, and goes on with a fresh thread.
    fn drain(&mut self) {
        let mut fresh =
            Threads::new(self.events.clone(), self.door.clone(), None, self.lang, self.files.clone());
        // Long work is stopped and waited for when the program ends, whoever began it.
        fresh.long = std::mem::take(&mut self.long);
        fresh.resting = self.resting.take();
        fresh.left = self.left.clone();
        self.questions = None;
        if let Some(answering) = self.answering.take() {
            let _ = answering.join();
        }
        *self = fresh;
    }
}

/// Waits for a thread that was told to stop; not for ever: the drive it writes to may not answer any more.
fn end(thread: JoinHandle<()>) {
    const PATIENCE: Duration = Duration::from_secs(3);
    let begun = Instant::now();
    while !thread.is_finished() && begun.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(20));
    }
}

fn seated(seat: &Mutex<Option<Arc<Seat>>>) -> Option<Arc<Seat>> {
    seat.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn answer(question: Question, office: Option<&dyn Office>) -> Option<AppEvent> {
    match question {
        Question::Ask { screen, ticket, request } => {
            let answer = office.map_or(Err(Refusal::NotAllowed), |office| office.ask(*request));
            Some(AppEvent::Answer { screen, ticket, answer })
        }
        Question::Station => match office?.ask(Request::Station) {
            Ok(Answer::Station(station)) => Some(AppEvent::Station(station)),
            _ => None,
        },
    }
}

/// The answer and, if somebody came in, their seat.
type Opened = (DoorAnswer, Option<Arc<Seat>>);

fn open(door: &Door, ask: DoorAsk, cat: &Catalogue, watch: &dyn Watch) -> Result<Opened, DoorNo> {
    let shut = |error: Shut| DoorNo(words::shut(cat, &error));
    let desk = match ask {
        DoorAsk::Unlock { login, passphrase } => super::unlock(door, &login, &passphrase).map_err(shut)?,
        DoorAsk::Recover { login, recovery, passphrase } => {
            super::recover(door, &login, &recovery, &passphrase).map_err(shut)?
        }
        DoorAsk::Key(founding) => {
            return Ok((DoorAnswer::Key(super::recovery_key_for(door, &founding).map_err(shut)?), None));
        }
        DoorAsk::Backups(path) => {
            let found =
                super::find_backups(&path).map_err(|fault| DoorNo(wording::backup_fault(cat, &fault)))?;
            return Ok((DoorAnswer::Backups(found), None));
        }
        DoorAsk::Restore(from) => {
            let restored = super::restore(door, &from, watch);
            return Ok((restored.map_or_else(DoorAnswer::Unusable, DoorAnswer::Restored), None));
        }
        DoorAsk::Found(founding, recovery) => super::found(door, *founding, &recovery)
            .map_err(|error| DoorNo(words::not_founded(cat, door, &error)))?,
    };
    Ok((DoorAnswer::Opened, Some(desk)))
}

/// Goes on unless it is told to stop.
struct Unless(Arc<AtomicBool>);

impl Watch for Unless {
    fn progress(&self, _: u64, _: Option<u64>) -> bool {
        !self.0.load(Ordering::Relaxed)
    }
}

/// Where a desk is still busy: who sat there comes back to it.
fn open_again(door: &Door, desk: Arc<Seat>, ask: DoorAsk, cat: &Catalogue) -> Result<Opened, DoorNo> {
    match ask {
        DoorAsk::Unlock { login, passphrase }
            if login.trim().to_lowercase() == desk.me().login.to_lowercase() =>
        {
            let proven = door.prove(&*desk, &Passphrase::typed(passphrase.reveal()));
            proven.map_err(|error| DoorNo(words::shut(cat, &error.into())))?;
            Ok((DoorAnswer::Opened, Some(desk)))
        }
        _ => Err(DoorNo(cat.t("door-working").into_owned())),
    }
}

/// Progress of long work, told to the screen that asked for it.
struct Telling {
    events: Sender<Happened>,
    screen: u64,
    ticket: Ticket,
    stop: Arc<AtomicBool>,
}

impl Watch for Telling {
    fn progress(&self, done: u64, total: Option<u64>) -> bool {
        let event = AppEvent::Progress { screen: self.screen, ticket: self.ticket, done, total };
        let _ = self.events.send(Happened::App(event));
        !self.stop.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests;
