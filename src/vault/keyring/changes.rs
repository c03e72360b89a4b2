//! Changes of the accounts. Each is whole or not at all, and is made by somebody who may read.

use super::{Account, AccountId, Keyring, NewAccount, Role, Unlocked, VaultError, fit_login, new_id};
use crate::vault::kdf::KdfParams;
use crate::vault::keys::DataKeys;
use crate::vault::passphrase::Passphrase;
use crate::vault::reader::{Hex, HexBytes, Reader, new_pair, recovery_pair};
use crate::vault::recovery::RecoveryKey;

impl Keyring {
    /// Puts another key on paper in the place of the one before, which opens this keyring no more. A copy of the
    /// keyring from before, in a backup for example, it still opens: the data keys stay the same.
    pub fn renew_recovery(&mut self, by: &Unlocked, key: &RecoveryKey) -> Result<(), VaultError> {
        let keys = self.reader_keys(by)?;
        self.all_or_nothing(|ring| {
            let (_, public) = recovery_pair(key, ring.station);
            ring.recovery = Reader { public, epochs: Vec::new() };
            ring.recovery.seal_all(ring.station, &keys)?;
            ring.sign(&keys);
            Ok(())
        })
    }

    pub fn add_account(&mut self, by: &Unlocked, new: NewAccount) -> Result<AccountId, VaultError> {
        let keys = self.reader_keys(by)?;
        self.insert(new, &keys)
    }

    /// By the account itself; wraps its secret key anew, nothing else changes. Also how dearer [`KdfParams`] are
    /// taken up: the same passphrase twice.
    pub fn change_passphrase(
        &mut self,
        login: &str,
        old: &Passphrase,
        new: &Passphrase,
        kdf: KdfParams,
    ) -> Result<(), VaultError> {
        let id = self.find_login(login).ok_or(VaultError::NoSuchAccount)?.id;
        let account = self.account_mut(id)?;
        let secret = account.secret_key(old)?;
        account.wrap(&secret, new, kdf)
    }

    /// By someone who may read, for another account whose passphrase is forgotten: a new key pair, the keys sealed
    /// again. One's own is changed by [`Keyring::change_passphrase`], which asks for the old one.
    pub fn reset_passphrase(
        &mut self,
        by: &Unlocked,
        id: AccountId,
        new: &Passphrase,
        kdf: KdfParams,
    ) -> Result<(), VaultError> {
        let keys = self.reader_keys(by)?;
        if by.account == id {
            return Err(VaultError::Own);
        }
        self.all_or_nothing(|ring| {
            let station = ring.station;
            let account = ring.account_mut(id)?;
            let (secret, public) = new_pair()?;
            account.reader.public = public;
            account.wrap(&secret, new, kdf)?;
            if account.is_reader() {
                account.reader.seal_all(station, &keys)?;
            }
            ring.sign(&keys);
            Ok(())
        })
    }

    /// Who may no longer read gets no key of what is written from now on: a new epoch starts, and the answer holds
    /// its keys. What they could read before they may have copied; no program can take that back.
    pub fn set_role(&mut self, by: &Unlocked, id: AccountId, role: Role) -> Result<DataKeys, VaultError> {
        self.change(by, id, |account| account.role = role)
    }

    /// Closes an account, or opens it again with the passphrase that it had. It stays: records name it. As to the
    /// keys, see [`Keyring::set_role`].
    pub fn set_disabled(
        &mut self,
        by: &Unlocked,
        id: AccountId,
        disabled: bool,
    ) -> Result<DataKeys, VaultError> {
        self.change(by, id, |account| account.disabled = disabled)
    }

    /// One account becomes another kind of account; whoever signs in as it finds the keys that are its due, or none.
    fn change(
        &mut self,
        by: &Unlocked,
        id: AccountId,
        change: impl FnOnce(&mut Account),
    ) -> Result<DataKeys, VaultError> {
        let keys = self.reader_keys(by)?;
        self.all_or_nothing(|ring| {
            let station = ring.station;
            let account = ring.account_mut(id)?;
            let (was_reader, was_lead) = (account.is_reader(), account.is_lead());
            change(account);
            let is_reader = account.is_reader();
            if was_lead && !ring.accounts.iter().any(Account::is_lead) {
                return Err(VaultError::LastLead);
            }
            if by.account == id {
                return Err(VaultError::Own);
            }
            let account = ring.account_mut(id)?;
            match (was_reader, is_reader) {
                (true, false) => {
                    account.reader.epochs.clear();
                    return ring.start_epoch(&keys);
                }
                (false, true) => account.reader.seal_all(station, &keys)?,
                _ => {}
            }
            ring.sign(&keys);
            Ok(keys)
        })
    }

    /// Another data key for what is written from now on. The ones before stay until [`Keyring::retire_epochs`].
    pub fn rotate(&mut self, by: &Unlocked) -> Result<DataKeys, VaultError> {
        let keys = self.reader_keys(by)?;
        self.all_or_nothing(|ring| ring.start_epoch(&keys))
    }

    /// Drops the keys of all epochs but the newest: nothing is sealed in them any more. A copy of the keyring from
    /// before, in a backup for example, still has them.
    pub fn retire_epochs(&mut self, by: &Unlocked) -> Result<DataKeys, VaultError> {
        let keys = self.reader_keys(by)?.newest();
        self.all_or_nothing(|ring| {
            let epoch = ring.epoch;
            for reader in ring.accounts.iter_mut().map(|account| &mut account.reader) {
                reader.epochs.retain(|sealed| sealed.epoch == epoch);
            }
            ring.recovery.epochs.retain(|sealed| sealed.epoch == epoch);
            ring.sign(&keys);
            Ok(keys)
        })
    }

    fn all_or_nothing<T>(
        &mut self,
        change: impl FnOnce(&mut Keyring) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let mut changed = self.clone();
        let answer = change(&mut changed)?;
        *self = changed;
        Ok(answer)
    }

    fn start_epoch(&mut self, keys: &DataKeys) -> Result<DataKeys, VaultError> {
        if !self.accounts.iter().any(Account::is_reader) {
            return Err(VaultError::LastReader);
        }
        self.epoch = self.epoch.checked_add(1).ok_or(VaultError::Damaged("too many epochs"))?;
        let keys = keys.with_epoch(self.epoch)?;
        let station = self.station;
        for account in self.accounts.iter_mut().filter(|account| account.is_reader()) {
            account.reader.seal_all(station, &keys)?;
        }
        self.recovery.seal_all(station, &keys)?;
        self.sign(&keys);
        Ok(keys)
    }

    pub(super) fn insert(&mut self, new: NewAccount, keys: &DataKeys) -> Result<AccountId, VaultError> {
        let login = fit_login(&new.login)?;
        if self.find_login(login).is_some() {
            return Err(VaultError::LoginTaken);
        }
        let (secret, public) = new_pair()?;
        let mut account = Account {
            id: AccountId(new_id()?),
            login: login.to_owned(),
            role: new.role,
            disabled: false,
            kdf: new.kdf,
            salt: Hex([0; 16]),
            secret: HexBytes(Vec::new()),
            reader: Reader { public, epochs: Vec::new() },
        };
        account.wrap(&secret, &new.passphrase, new.kdf)?;
        if new.role.may_read() {
            account.reader.seal_all(self.station, keys)?;
        }
        let id = account.id;
        self.accounts.push(account);
        self.sign(keys);
        Ok(id)
    }
}
