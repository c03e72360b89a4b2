//! The way in: what lies in a data directory, founding a station there, and signing in.

mod error;

pub use error::DoorError;

use super::audit::{Verb, Way};
use super::desk::{Desk, Opening, Place, health};
use super::ledger::Ledger;
use super::roster::Roster;
use super::{Checkup, Health, Me, Office, Refusal, Role, Watch, backups, care, keep, unsealed};
use crate::domain::forms::staff;
use crate::domain::{Fields, Record, RecordKind, RecordRef, Value, WorkerId, check, forms};
use crate::platform::{Clock, log::Log, read_text};
use crate::store::{self, DirLock, Store};
use crate::vault::{KdfParams, Keyring, NewAccount, Passphrase, RecoveryKey, Throttle};
use crate::vault::{Unlocked, VaultError, fit_login};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};
use uuid::Uuid;

const THROTTLE: &str = "attempts.json";
/// Longest small file, in bytes: one that is longer is as good as none.
const MOST: u64 = 1 << 20;

/// The door of one data directory.
pub struct Door {
    place: Place,
    way: Way,
}

/// What lies behind the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoorState {
    /// Nothing yet: a station can be founded.
    New,
    Ready(Ready),
    /// The file of accounts is damaged; the text says how.
    Damaged(String),
    /// Written by a newer version of the program.
    Newer,
    /// Something else is there, or a directory that was copied in part.
    Foreign,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Of those that can come in.
    pub logins: Vec<(String, Role)>,
    pub last_backup: Option<NaiveDate>,
    /// Nothing was moved aside in a repair: Health says more.
    pub sound: bool,
}

/// A station to be.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Fields of the station's form.
    pub station: Fields,
    pub login: String,
    pub staff_name: String,
    pub passphrase: Passphrase,
    pub role: Role,
    pub kdf: KdfParams,
}

impl Door {
    pub fn new(dir: PathBuf, clock: Arc<dyn Clock>) -> Self {
        let log = Arc::new(Log::in_dir(&dir, clock.clone()));
        Self { place: Place { dir, clock, log, from: None }, way: Way::default() }
    }

    /// Where whoever comes in sits, as [`crate::platform::origin`] has it, and where what they are told goes: both
    /// stand in the audit.
    pub fn known(mut self, from: &str, way: Way) -> Self {
        (self.place.from, self.way) = (Some(from.into()), way);
        self
    }

    pub fn dir(&self) -> &Path {
        &self.place.dir
    }

    pub fn state(&self) -> DoorState {
        if is_empty(&self.place.dir) {
            return DoorState::New;
        }
        match self.keyring() {
            Ok(keyring) => DoorState::Ready(Ready {
                logins: keyring
                    .accounts()
                    .into_iter()
                    .filter(|account| !account.disabled)
                    .map(|account| (account.login, account.role))
                    .collect(),
                last_backup: backups::last_backup(&self.place.dir),
                sound: !self.place.dir.join("aside").is_dir(),
            }),
            Err(DoorError::NoStation) => DoorState::Foreign,
            Err(DoorError::Newer) => DoorState::Newer,
            Err(error) => DoorState::Damaged(error.to_string()),
        }
    }

    /// Reads every file through, as far as it goes without a key; changes nothing. Whoever may read the directory may
    /// ask: also when the accounts are damaged and nobody can sign in.
    pub fn examine(&self, watch: &dyn Watch) -> Result<Checkup, DoorError> {
        self.with_lock(|place| care::examine(place, watch))
    }

    /// Moves aside what is damaged and makes it again from what is sound.
    pub fn mend(&self, watch: &dyn Watch) -> Result<Checkup, DoorError> {
        self.with_lock(|place| {
            let checkup = care::mend(place, watch)?;
            unsealed::note(place, Verb::Mend, &checkup.parts_mended(), "");
            Ok(checkup)
        })
    }

    /// How the program and its data are, as far as can be seen without a key.
    pub fn health(&self) -> Health {
        health::without_keys(&self.place)
    }

    fn with_lock<T>(&self, work: impl FnOnce(&Place) -> Result<T, Refusal>) -> Result<T, DoorError> {
        if is_empty(&self.place.dir) {
            return Err(DoorError::NoStation);
        }
        let _lock = store::lock(&self.place.dir)?;
        Ok(work(&self.place)?)
    }

    /// Whether a station can be founded so. All that can be known beforehand is told before anybody writes a
    /// recovery key down; touches nothing.
    pub fn may_found(&self, station: &Fields, login: &str) -> Result<(), DoorError> {
        if self.state() != DoorState::New {
            return Err(DoorError::NotNew);
        }
        let faults = check::check(&forms::station(), station, self.place.clock.today());
        if faults.iter().any(|fault| fault.grave) {
            return Err(DoorError::Invalid(faults));
        }
        fit_login(login)?;
        Ok(())
    }

    /// Founds a station that `recovery` opens too: it is on paper by now, and kept nowhere else.
    pub fn found(&self, setup: Setup, recovery: &RecoveryKey) -> Result<Arc<Desk>, DoorError> {
        self.found_with(setup, recovery, &[])
    }

    /// The same with colleagues (name, login), who get the same passphrase: for stations that are invented.
    pub(super) fn found_with(
        &self,
        setup: Setup,
        recovery: &RecoveryKey,
        colleagues: &[(&str, &str)],
    ) -> Result<Arc<Desk>, DoorError> {
        let dir = &self.place.dir;
        make_dir(dir)?;
        self.may_found(&setup.station, &setup.login)?;
        let lock = store::lock(dir)?;
        let first = NewAccount {
            login: setup.login.clone(),
            role: setup.role,
            passphrase: setup.passphrase.clone(),
            kdf: setup.kdf,
        };
        let (mut keyring, unlocked) = Keyring::create(first, recovery)?;
        let mut people = vec![(setup.staff_name.as_str(), setup.login.trim(), unlocked.account)];
        for (name, login) in colleagues {
            let account = NewAccount {
                login: (*login).to_owned(),
                role: Role::Caseworker,
                passphrase: setup.passphrase.clone(),
                kdf: setup.kdf,
            };
            people.push((name, login, keyring.add_account(&unlocked, account)?));
        }
        let keys = unlocked.keys.clone().ok_or(DoorError::Wrong)?;
        let store = Store::create(dir, keys, &keyring.to_bytes())?;
        let mut ledger = Ledger::default();
        let at = ledger.tick(self.place.clock.millis());
        let record = |at_ref, fields| Record { at: at_ref, fields, created: at, updated: at };
        let station = record(RecordRef::station(), setup.station);
        let mut ops = vec![keep::put(RecordRef::station(), &station)?];
        let mut staff_records = vec![];
        for (name, login, account) in people {
            let mut named = Fields::default().with(staff::NAME, name);
            named.set(staff::LOGIN, Some(Value::Text(login.to_owned())));
            let worker = RecordRef::of(RecordKind::Staff, Uuid::nil(), account.0);
            let named = record(worker, named);
            ops.push(keep::put(worker, &named)?);
            staff_records.push(named);
        }
        ops.extend(ledger.close()?);
        store.commit(ops)?;
        self.place.log.line("a station was founded");
        let roster = Roster::default();
        let accounts = keyring.accounts();
        let verb = Verb::SignIn;
        let opening = Opening {
            store,
            station: Some(station),
            staff: staff_records,
            drafts: BTreeSet::new(),
            roster,
            ledger,
            unlocked,
            accounts,
            verb,
            way: self.way,
        };
        Ok(Arc::new(Desk::open(self.place.clone(), lock, opening)?))
    }

    /// Signs in. Wrong attempts make the next one wait, also after the program was started anew.
    pub fn unlock(&self, login: &str, passphrase: &Passphrase) -> Result<Arc<Desk>, DoorError> {
        let keyring = self.keyring()?;
        let lock = store::lock(&self.place.dir)?;
        let login = login.trim();
        // Names that do not exist share one entry: the file cannot be made to grow.
        let wanted = login.to_lowercase();
        let mut logins = keyring.accounts().into_iter().map(|account| account.login);
        let entry = logins.find(|known| known.to_lowercase() == wanted).unwrap_or_default();
        let unlocked = attempt(&self.place, &entry, || keyring.unlock(login, passphrase))?;
        self.enter(&keyring, unlocked, lock, Verb::SignIn)
    }

    /// Whether it is who sits at this desk: the screen was locked, and work that was begun there still runs.
    pub fn prove(&self, desk: &dyn Office, passphrase: &Passphrase) -> Result<(), DoorError> {
        let (keyring, login) = (self.keyring()?, &desk.me().login);
        attempt(&self.place, login, || keyring.unlock(login, passphrase))?;
        desk.is_back();
        Ok(())
    }

    /// Signs in with the key on paper: a lead without a name, who may read and set passphrases anew.
    pub fn unlock_with_recovery(&self, key: &RecoveryKey) -> Result<Arc<Desk>, DoorError> {
        let keyring = self.keyring()?;
        let lock = store::lock(&self.place.dir)?;
        let unlocked = attempt(&self.place, "", || keyring.unlock_with_recovery(key))?;
        self.place.log.line("the recovery key was used");
        self.enter(&keyring, unlocked, lock, Verb::Recovery)
    }

    /// With the key on paper, gives an account a new passphrase and signs in with it.
    pub fn recover(
        &self,
        login: &str,
        key: &RecoveryKey,
        passphrase: &Passphrase,
        kdf: KdfParams,
    ) -> Result<Arc<Desk>, DoorError> {
        let mut keyring = self.keyring()?;
        let lock = store::lock(&self.place.dir)?;
        let by = attempt(&self.place, "", || keyring.unlock_with_recovery(key))?;
        let wanted = login.trim().to_lowercase();
        let account = keyring.accounts().into_iter().find(|account| account.login.to_lowercase() == wanted);
        let account = account.ok_or(DoorError::Wrong)?;
        if account.disabled {
            return Err(DoorError::Closed);
        }
        keyring.reset_passphrase(&by, account.id, passphrase, kdf)?;
        store::write_keyring(&self.place.dir, &keyring.to_bytes())?;
        self.place.log.line("the recovery key was used to set a passphrase");
        let unlocked = keyring.unlock(&account.login, passphrase)?;
        self.enter(&keyring, unlocked, lock, Verb::Recovery)
    }

    fn enter(
        &self,
        keyring: &Keyring,
        unlocked: Unlocked,
        lock: DirLock,
        verb: Verb,
    ) -> Result<Arc<Desk>, DoorError> {
        let Some(keys) = &unlocked.keys else {
            return Ok(Arc::new(Desk::support(me(&unlocked), self.place.clone(), lock)));
        };
        let opened = Store::open(&self.place.dir, keys.clone())?;
        let me = unlocked.account.0;
        let (parts, _) = opened.pinned.gather(|first: &mut First, key, bytes| first.take(me, key, bytes))?;
        let First { mut roster, ledger, station, named, drafts, unread } =
            parts.into_iter().reduce(First::join).unwrap_or_default();
        roster.loaded();
        if unread > 0 {
            self.place.log.line(&format!("{unread} rows do not read"));
        }
        let ledger = ledger.transpose()?.unwrap_or_default();
        let opening = Opening {
            store: opened.store,
            station,
            staff: named.into_values().collect(),
            drafts,
            roster,
            ledger,
            unlocked,
            accounts: keyring.accounts(),
            verb,
            way: self.way,
        };
        Ok(Arc::new(Desk::open(self.place.clone(), lock, opening)?))
    }

    fn keyring(&self) -> Result<Keyring, DoorError> {
        let bytes = store::read_keyring(&self.place.dir)?;
        Ok(Keyring::from_bytes(&bytes)?)
    }
}

/// Runs an attempt at a passphrase or recovery key, unless there were too many wrong ones just now: at the door and at
/// a desk that somebody left open, whoever tries.
pub(super) fn attempt<T>(
    place: &Place,
    entry: &str,
    attempt: impl FnOnce() -> Result<T, VaultError>,
) -> Result<T, DoorError> {
    let path = place.dir.join(THROTTLE);
    let now = place.clock.millis();
    let mut attempts: BTreeMap<String, Throttle> =
        read_text(&path, MOST).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let throttle = attempts.entry(entry.to_owned()).or_default();
    let set_back = throttle.heed_clock(now);
    let wait = throttle.wait(now);
    if !wait.is_zero() {
        if set_back {
            fs::write(&path, serde_json::to_vec(&attempts).unwrap_or_default())?;
        }
        return Err(DoorError::Wait { seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0) });
    }
    let outcome = attempt();
    match &outcome {
        Ok(_) if throttle.failures() == 0 => return Ok(outcome?),
        Ok(_) => throttle.succeeded(),
        // Nothing was guessed.
        Err(VaultError::Closed) => {
            unsealed::note(place, Verb::Denied, "closed", entry);
            return Ok(outcome?);
        }
        Err(error) => {
            throttle.failed(now);
            place.log.line("a wrong passphrase or recovery key");
            let verb = match error {
                VaultError::WrongRecoveryKey => Verb::WrongRecoveryKey,
                _ => Verb::WrongPassphrase,
            };
            unsealed::note(place, verb, "", entry);
        }
    }
    // An attempt that leaves no trace would be free: better nobody comes in.
    let bytes = serde_json::to_vec(&attempts).unwrap_or_default();
    match fs::write(&path, bytes) {
        Err(error) if outcome.is_err() => Err(error.into()),
        _ => Ok(outcome?),
    }
}

/// What the first screen is drawn from, or a part of it.
#[derive(Default)]
struct First {
    roster: Roster,
    ledger: Option<Result<Ledger, Refusal>>,
    station: Option<Record>,
    named: BTreeMap<Uuid, Record>,
    /// Ids of the drafts of who signs in.
    drafts: BTreeSet<Uuid>,
    /// Rows that no version of the program known here has written.
    unread: u64,
}

impl First {
    fn take(&mut self, me: Uuid, key: store::Key, bytes: &[u8]) {
        match RecordKind::from_byte(key.kind) {
            Some(RecordKind::Row) => self.unread += u64::from(self.roster.put(bytes).is_none()),
            Some(RecordKind::Ledger) => self.ledger = Some(keep::decode(bytes)),
            Some(RecordKind::Station) => self.station = keep::decode(bytes).ok(),
            Some(RecordKind::Staff) => {
                let record = keep::decode::<Record>(bytes).ok();
                self.named.extend(record.map(|record| (record.at.id, record)));
            }
            Some(RecordKind::Draft) if key.owner == me => {
                self.drafts.insert(key.id);
            }
            _ => {}
        }
    }

    fn join(mut self, other: First) -> First {
        self.roster.absorb(other.roster);
        self.ledger = other.ledger.or(self.ledger);
        self.station = other.station.or(self.station);
        self.named.extend(other.named);
        self.drafts.extend(other.drafts);
        self.unread += other.unread;
        self
    }
}

pub(super) fn me(unlocked: &Unlocked) -> Me {
    Me { worker: WorkerId(unlocked.account.0), login: unlocked.login.clone(), role: unlocked.role }
}

/// Nothing there but what this program leaves before a station is founded, or when founding was cut short.
fn is_empty(dir: &Path) -> bool {
    const OURS: [&str; 5] = ["tonghu.log", "lock", "new", "keyring", "keyring.copy"];
    let ours = |file: fs::DirEntry| {
        let name = file.file_name();
        let name = name.to_string_lossy();
        name.ends_with(".tmp") || OURS.contains(&&*name)
    };
    match fs::read_dir(dir) {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(files) => files.flatten().all(ours),
    }
}

fn make_dir(dir: &Path) -> Result<(), DoorError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    Ok(builder.create(dir)?)
}
