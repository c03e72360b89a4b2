//! Who else may come in: a lead admits people, closes accounts, changes roles and renews the key on paper; everybody
//! changes their own passphrase.

use super::{Files, Place};
use crate::domain::forms::staff;
use crate::domain::{Fields, RecordKind, RecordRef, WorkerId};
use crate::office::audit::{Deed, Verb};
use crate::office::door::{self, DoorError};
use crate::office::{AccountChange, AccountFault, Admission, Refusal, Save, SaveRecord, Staff};
use crate::store;
use crate::vault::{
    AccountId, DataKeys, KdfParams, Keyring, NewAccount, Passphrase, RecoveryKey, Unlocked, VaultError,
    fit_login,
};
use std::path::Path;
use std::sync::{MutexGuard, PoisonError};
use uuid::Uuid;

const LONGEST_NAME: usize = 60;

impl Files {
    /// Makes an account. Support gets one without being given any key.
    pub(super) fn admit(&self, admission: Admission) -> Result<Staff, Refusal> {
        let Admission { login, name, role, passphrase } = admission;
        let name = name.trim().to_owned();
        if !(1..=LONGEST_NAME).contains(&name.chars().count()) || name.contains(char::is_control) {
            return Err(Refusal::Account(AccountFault::BadName));
        }
        let login = fit_login(&login)?.to_owned();
        passphrase.strength().map_err(AccountFault::Weak)?;
        let _turn = self.turn();
        let mut keyring = read(&self.dir)?;
        let kdf = dearest(&keyring);
        let new = NewAccount { login: login.clone(), role, passphrase, kdf };
        let worker = WorkerId(keyring.add_account(&self.unlocked(), new)?.0);
        // The name first: cut short, it belongs to nobody and is never shown, and the account can be made again.
        let at = RecordRef::of(RecordKind::Staff, Uuid::nil(), worker.0);
        let fields = Fields::default().with(staff::NAME, name.as_str()).with(staff::LOGIN, login.as_str());
        self.save(Save { records: vec![SaveRecord { at, base: None, fields }], draft: None })?;
        keep(&self.dir, &keyring)?;
        self.took_effect(&keyring, Deed::about(Verb::Admit, &login));
        Ok(Staff { worker, name, login, role, closed: false })
    }

    /// Changes somebody else's account.
    pub(super) fn change_account(&self, worker: WorkerId, change: AccountChange) -> Result<Staff, Refusal> {
        let id = AccountId(worker.0);
        if let AccountChange::Passphrase(new) = &change {
            new.strength().map_err(AccountFault::Weak)?;
        }
        let _turn = self.turn();
        let (by, mut keyring) = (self.unlocked(), read(&self.dir)?);
        if !keyring.accounts().iter().any(|account| account.id == id) {
            return Err(Refusal::NotFound);
        }
        let (keys, verb) = match change {
            AccountChange::Close => (Some(keyring.set_disabled(&by, id, true)?), Verb::CloseAccount),
            AccountChange::Open => (Some(keyring.set_disabled(&by, id, false)?), Verb::OpenAccount),
            AccountChange::Role(role) => (Some(keyring.set_role(&by, id, role)?), Verb::ChangeRole),
            AccountChange::Passphrase(new) => {
                let kdf = dearest(&keyring);
                keyring.reset_passphrase(&by, id, &new, kdf)?;
                (None, Verb::ResetPassphrase)
            }
        };
        keep(&self.dir, &keyring)?;
        if let Some(keys) = keys {
            self.use_keys(keys);
        }
        let login =
            keyring.accounts().into_iter().find(|account| account.id == id).map(|account| account.login);
        self.took_effect(&keyring, Deed::about(verb, &login.unwrap_or_default()));
        let station = self.station();
        station.staff.iter().find(|staff| staff.worker == worker).cloned().ok_or(Refusal::NotFound)
    }

    pub(super) fn unlocked(&self) -> Unlocked {
        self.unlocked.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is written from now on is sealed in the newest epoch of these keys, which are in the keyring by now.
    pub(super) fn use_keys(&self, keys: DataKeys) {
        self.store.use_keys(keys.clone());
        self.unlocked.write().unwrap_or_else(PoisonError::into_inner).keys = Some(keys);
    }

    pub(super) fn change_passphrase(&self, old: &Passphrase, new: &Passphrase) -> Result<(), Refusal> {
        let _turn = self.turn();
        let keyring = change_passphrase(&self.whereabouts(), &self.me.login, old, new)?;
        self.took_effect(&keyring, Deed::of(Verb::Passphrase, None));
        Ok(())
    }

    /// Brings a key that is on paper by now into force; the one before opens nothing any more.
    pub(super) fn renew_recovery(&self, key: &RecoveryKey) -> Result<(), Refusal> {
        let _turn = self.turn();
        let mut keyring = read(&self.dir)?;
        keyring.renew_recovery(&self.unlocked(), key)?;
        keep(&self.dir, &keyring)?;
        self.took_effect(&keyring, Deed::of(Verb::NewRecoveryKey, None));
        Ok(())
    }

    /// One change of the accounts at a time: each is read, changed and written as a whole.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The accounts are kept: what fails from here on is told in the log and undoes nothing.
    pub(super) fn took_effect(&self, keyring: &Keyring, deed: Deed) {
        *self.accounts.write().unwrap_or_else(PoisonError::into_inner) = keyring.accounts();
        self.log.line("the accounts were changed");
        self.note_deed(deed);
        if self.reload_station().is_err() {
            self.log.line("after a change of the accounts the staff could not be brought up to date");
        }
    }
}

/// Support has no files, but a passphrase of its own.
pub(super) fn change_own(
    place: &Place,
    login: &str,
    old: &Passphrase,
    new: &Passphrase,
) -> Result<(), Refusal> {
    change_passphrase(place, login, old, new)?;
    place.log.line("the accounts were changed");
    Ok(())
}

fn change_passphrase(
    place: &Place,
    login: &str,
    old: &Passphrase,
    new: &Passphrase,
) -> Result<Keyring, Refusal> {
    new.strength().map_err(AccountFault::Weak)?;
    let mut keyring = read(&place.dir)?;
    let kdf = dearest(&keyring);
    // Whoever sits down at a desk that somebody left open guesses no faster than at the door.
    door::attempt(place, login, || keyring.change_passphrase(login, old, new, kdf)).map_err(|error| {
        match error {
            DoorError::Wrong => AccountFault::WrongPassphrase.into(),
            DoorError::Wait { seconds } => AccountFault::Wait { seconds }.into(),
            DoorError::DiskFull => Refusal::DiskFull,
            other => Refusal::Store(other.to_string()),
        }
    })?;
    keep(&place.dir, &keyring)?;
    Ok(keyring)
}

/// As costly to guess as the account that is costliest now: measured on this machine when it was made.
fn dearest(keyring: &Keyring) -> KdfParams {
    let costs = keyring.accounts().into_iter().map(|account| account.kdf);
    costs.max_by_key(|kdf| u64::from(kdf.m_kib) * u64::from(kdf.t)).unwrap_or(KdfParams::LEAST)
}

pub(super) fn read(dir: &Path) -> Result<Keyring, Refusal> {
    Ok(Keyring::from_bytes(&store::read_keyring(dir)?)?)
}

/// After an error the accounts are as they were: of its two copies the file may have got one, and then that one holds.
pub(super) fn keep(dir: &Path, keyring: &Keyring) -> Result<(), Refusal> {
    let bytes = keyring.to_bytes();
    match store::write_keyring(dir, &bytes) {
        Err(_) if store::read_keyring(dir).is_ok_and(|kept| kept == bytes) => Ok(()),
        written => Ok(written?),
    }
}

impl From<AccountFault> for Refusal {
    fn from(fault: AccountFault) -> Self {
        Refusal::Account(fault)
    }
}

impl From<VaultError> for Refusal {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::WrongPassphrase | VaultError::NoSuchAccount => AccountFault::WrongPassphrase.into(),
            VaultError::BadLogin => AccountFault::BadLogin.into(),
            VaultError::LoginTaken => AccountFault::LoginTaken.into(),
            VaultError::LastLead => AccountFault::LastLead.into(),
            VaultError::Own => AccountFault::Own.into(),
            VaultError::NotAReader => Refusal::NotAllowed,
            VaultError::Newer { .. } => Refusal::Newer,
            other => Refusal::Store(other.to_string()),
        }
    }
}
