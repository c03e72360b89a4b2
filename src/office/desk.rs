//! A desk: the office on the store, in this process.

mod accounts;
mod agenda;
mod aid;
mod answering;
mod approvals;
mod audit;
mod backup;
mod caseload;
mod cases;
mod company;
mod concerns;
mod consequences;
mod decisions;
mod drafts;
mod editing;
mod evaluation;
mod facts;
mod file;
mod given;
pub(super) mod health;
pub(super) mod import;
mod impossible;
mod matching;
mod needs;
mod notes;
mod organisation;
mod others;
mod overnight;
mod own_texts;
mod papers;
pub(super) mod precedents;
mod quality;
mod queue;
mod recent;
mod registers;
mod reopened;
mod reseal;
mod revert;
mod rolling;
mod save;
mod searches;
mod station;
mod tables;
mod tasks;
pub(super) mod template;
mod texts;
mod work;

use self::concerns::Counting;
use self::given::Given;
use self::import::{Incoming, Whole};
use self::others::Others;
use self::own_texts::OwnCopies;
pub(super) use self::own_texts::OwnCopy;
use self::recent::Recent;
use self::reseal::Resealer;
use self::rolling::Rolling;
use self::searches::Searches;
use self::texts::Texts;
use super::Unwatched;
use super::audit::{Deed, Verb, Way};
use super::finder::Finder;
use super::ledger::Ledger;
use super::own::{self, Own};
use super::roster::{Orders, Roster};
use super::rules::Practice;
use super::{
    Answer, Checkup, Imported, Me, Office, Refusal, Request, Station, Watch, access, backups, brief, care,
    door, pages, unsealed,
};
use crate::domain::{Fields, Record};
use crate::platform::{Clock, log::Log};
use crate::store::{DirLock, Store};
use crate::vault::{AccountEntry, Unlocked};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use uuid::Uuid;

/// A seat at the office, signed in. Dropped, it writes what can wait and lets the files go.
pub struct Desk {
    me: Me,
    place: Place,
    /// `None` for support: no key of theirs opens anything.
    files: Option<Arc<Files>>,
    /// Released last.
    _lock: DirLock,
}

/// Where a desk works.
#[derive(Clone)]
pub(super) struct Place {
    pub dir: PathBuf,
    pub clock: Arc<dyn Clock>,
    pub log: Arc<Log>,
    /// Where whoever is at the door sits, as [`crate::platform::origin`] has it; none: nobody asked.
    pub from: Option<Arc<str>>,
}

/// The files of a station, open.
pub(super) struct Files {
    me: Me,
    dir: PathBuf,
    clock: Arc<dyn Clock>,
    log: Arc<Log>,
    store: Arc<Store>,
    texts: Arc<Texts>,
    resealer: Resealer,
    rolling: Rolling,
    /// Who is signed in, with the keys: admits others.
    unlocked: RwLock<Unlocked>,
    accounts: RwLock<Vec<AccountEntry>>,
    /// Held while the accounts change.
    turn: Mutex<()>,
    roster: Arc<RwLock<Roster>>,
    finder: Arc<Finder>,
    others: Others,
    own_copies: OwnCopies,
    given: Given,
    counting: Counting,
    brief: brief::Teller,
    recent: Recent,
    /// Ids of my drafts that wait.
    drafts: Mutex<BTreeSet<Uuid>>,
    orders: Mutex<Orders>,
    /// Replaced as a whole when the station edits its rules.
    practice: RwLock<Arc<Practice>>,
    /// Held while one of the station's own files changes.
    editing: Mutex<()>,
    station: RwLock<Arc<Station>>,
    ledger: Mutex<Ledger>,
    searches: Searches,
    way: Way,
    /// Milliseconds by which the PC's clock stood before the last change when the files were opened.
    behind: i64,
}

/// What the door hands over when it has opened the store.
pub(super) struct Opening {
    pub store: Store,
    pub station: Option<Record>,
    pub staff: Vec<Record>,
    /// Ids of the drafts of who signs in.
    pub drafts: BTreeSet<Uuid>,
    pub roster: Roster,
    pub ledger: Ledger,
    pub unlocked: Unlocked,
    pub accounts: Vec<AccountEntry>,
    pub verb: Verb,
    pub way: Way,
}

impl Desk {
    /// Takes over files with all that is in them: only for a station that is being invented.
    pub(super) fn invent(
        &self,
        files: impl Iterator<Item = Whole>,
        watch: &dyn Watch,
    ) -> Result<Imported, Refusal> {
        let into = self.files.as_ref().ok_or(Refusal::NotAllowed)?;
        into.import(&mut files.map(|whole| Incoming::Whole(Box::new(whole))), watch)
    }

    pub(super) fn open(place: Place, lock: DirLock, opening: Opening) -> Result<Self, Refusal> {
        let me = door::me(&opening.unlocked);
        let files = Arc::new(Files::open(me.clone(), &place, opening)?);
        files.reseal(false);
        files.start_rolling();
        Ok(Self { me, place, files: Some(files), _lock: lock })
    }

    /// Brings the text index up to date with what is saved now. It does so by itself, a little later.
    ///
    /// # Errors
    /// If the disk fails or is full: searches then look through the records themselves.
    pub fn index_texts(&self) -> Result<(), Refusal> {
        let files = self.files.as_ref().ok_or(Refusal::NotAllowed)?;
        files.texts.catch_up(&files.store, 1).map_err(|fault| Refusal::Store(fault.to_string()))
    }

    fn allow(&self, want: access::Want) -> Result<(), Refusal> {
        if access::may(self.me.role, want) {
            return Ok(());
        }
        match &self.files {
            Some(files) => files.note_deed(Deed::about(Verb::Denied, want.code())),
            None => self.note_unsealed(Verb::Denied, want.code()),
        }
        self.place.log.line("a request was refused: the role does not allow it");
        Err(Refusal::NotAllowed)
    }

    /// A desk that sees how the program is and nothing else.
    pub(super) fn support(me: Me, place: Place, lock: DirLock) -> Self {
        let desk = Self { me, place, files: None, _lock: lock };
        desk.note_unsealed(Verb::SignIn, "");
        desk
    }

    /// Support has no key to seal an entry with.
    fn note_unsealed(&self, verb: Verb, what: &str) {
        unsealed::note(&self.place, verb, what, &self.me.login);
    }
}

impl Office for Desk {
    fn me(&self) -> &Me {
        &self.me
    }

    fn ask_watched(&self, request: Request, watch: &dyn Watch) -> Result<Answer, Refusal> {
        self.allow(access::Want::of(&request, self.me.worker))?;
        let Some(files) = &self.files else {
            return match request {
                Request::Health => Ok(Answer::Health(Box::new(health::without_keys(&self.place)))),
                Request::Examine => Ok(Answer::Checkup(care::examine(&self.place, watch)?)),
                Request::Mend => {
                    let checkup = care::mend(&self.place, watch)?;
                    self.note_unsealed(Verb::Mend, &checkup.parts_mended());
                    Ok(Answer::Checkup(checkup))
                }
                Request::Backup { to } => {
                    let made = backup::without_keys(&self.place, &to, watch)?;
                    self.note_unsealed(Verb::Backup, "");
                    Ok(Answer::BackedUp(made))
                }
                Request::BackUpIfDue => backup::due_without_keys(&self.place, watch).inspect(|answer| {
                    if *answer != Answer::Done {
                        self.note_unsealed(Verb::Backup, "");
                    }
                }),
                Request::BackupPlan => Ok(Answer::BackupPlan(backups::plan(&self.place.dir)?)),
                Request::Manual => Ok(manual(&self.place.dir)),
                Request::Rest => Ok(Answer::Done),
                Request::ChangePassphrase { old, new } => {
                    accounts::change_own(&self.place, &self.me.login, &old, &new)?;
                    self.note_unsealed(Verb::Passphrase, "");
                    Ok(Answer::Done)
                }
                _ => Err(Refusal::NotAllowed),
            };
        };
        // Who follows wants it to go on; what a lead changes may begin it.
        match &request {
            Request::FollowResealing => files.reseal(true),
            Request::RotateKey | Request::ChangeAccount { .. } => {
                return files.answer(request, watch).inspect(|_| files.reseal(true));
            }
            _ => {}
        }
        files.answer(request, watch)
    }

    fn is_back(&self) {
        match &self.files {
            Some(files) => {
                files.searches.sit_down();
                files.note(Verb::SignIn, None);
            }
            None => self.note_unsealed(Verb::SignIn, ""),
        }
    }

    fn import(&self, rows: &mut dyn Iterator<Item = Fields>, watch: &dyn Watch) -> Result<Imported, Refusal> {
        self.allow(access::Want::Write)?;
        let files = self.files.as_ref().ok_or(Refusal::NotAllowed)?;
        files.import(&mut rows.map(Incoming::Row), watch)
    }
}

fn manual(dir: &Path) -> Answer {
    let (manual, faults) = pages::read(dir);
    Answer::Manual(manual, faults)
}

impl Drop for Desk {
    fn drop(&mut self) {
        let Some(files) = self.files.take() else { return };
        files.rolling.stop();
        files.resealer.stop();
        let rested = files.rest();
        files.texts.stop();
        // Nobody else has them once these two have stopped.
        let store = Arc::into_inner(files).map(|files| files.store);
        let closed = store.and_then(Arc::into_inner).is_some_and(|store| store.close().is_ok());
        if rested.is_err() || !closed {
            self.place.log.line("closing: what could wait was not written; the journal has it");
        }
    }
}

impl Files {
    fn open(me: Me, place: &Place, opening: Opening) -> Result<Self, Refusal> {
        let now = place.clock.millis();
        let behind = (opening.ledger.stamp.millis - now).max(0);
        let roster = Arc::new(RwLock::new(opening.roster));
        own_texts::bring_back(&place.dir, &opening.store, &place.log);
        let practice = Practice::load(Own::of(&place.dir));
        if own::keep_good(&place.dir, &practice.sound).is_err() {
            place.log.line(
                "the station's own rules and pages could not be copied; it is tried again at the next start",
            );
        }
        let station = Station {
            record: None,
            staff: vec![],
            forms: practice.forms.clone(),
            instruments: Arc::new(practice.instruments.clone()),
            rules: practice.own_rules(),
            children: 0,
            warnings: practice.warnings.clone(),
        };
        let store = Arc::new(opening.store);
        let files = Self {
            me,
            dir: place.dir.clone(),
            clock: place.clock.clone(),
            log: place.log.clone(),
            texts: Texts::start(&store, &place.log),
            store,
            resealer: Resealer::default(),
            rolling: Rolling::default(),
            unlocked: RwLock::new(opening.unlocked),
            accounts: RwLock::new(opening.accounts),
            turn: Mutex::default(),
            brief: brief::Teller::start(place.dir.clone(), place.log.clone(), roster.clone()),
            recent: Recent::default(),
            drafts: Mutex::new(opening.drafts),
            finder: Finder::start(&roster),
            others: Others::default(),
            own_copies: OwnCopies::default(),
            given: Given::default(),
            counting: Counting::default(),
            roster,
            orders: Mutex::default(),
            practice: RwLock::new(Arc::new(practice)),
            editing: Mutex::default(),
            station: RwLock::new(Arc::new(station)),
            ledger: Mutex::new(opening.ledger),
            behind,
            searches: Searches::default(),
            way: opening.way,
        };
        files.ledger().from = place.from.clone();
        files.set_station(opening.station, &opening.staff);
        files.seal_noted();
        files.note(opening.verb, None);
        files.brief.tell();
        Ok(files)
    }

    fn whereabouts(&self) -> Place {
        let (dir, clock, log) = (self.dir.clone(), self.clock.clone(), self.log.clone());
        Place { dir, clock, log, from: self.ledger().from.clone() }
    }

    /// The station's rules and forms, as they are in force now.
    fn practice(&self) -> Arc<Practice> {
        self.practice.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn roster(&self) -> RwLockReadGuard<'_, Roster> {
        self.roster.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn roster_mut(&self) -> RwLockWriteGuard<'_, Roster> {
        self.roster.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn examine(&self, watch: &dyn Watch) -> Result<Checkup, Refusal> {
        let checkup = Checkup::of(self.store.examine(&mut care::stages(watch))?, vec![]);
        self.log.line(&checkup.line());
        Ok(checkup)
    }

    fn mend(&self, watch: &dyn Watch) -> Result<Checkup, Refusal> {
        let mut mended = {
            let _turn = self.turn();
            self.store.mend_accounts()?
        };
        mended.extend(self.store.mend(&mut care::stages(watch))?);
        // What was mended is told and noted also if somebody stops it now.
        let checkup = Checkup::of(self.store.examine(&mut care::stages(&Unwatched))?, mended);
        self.log.line(&checkup.line());
        self.note_deed(Deed::about(Verb::Mend, &checkup.parts_mended()));
        Ok(checkup)
    }

    fn rest(&self) -> Result<(), Refusal> {
        self.write_waiting()?;
        self.try_copy_own();
        self.seal_noted();
        self.is_rolled();
        self.finder.freshen(&self.roster);
        let retired = self.retire_old();
        self.store.sync_idle();
        retired
    }
}
