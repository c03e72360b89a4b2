//! Who else may come in: a lead admits people, and everybody changes their own passphrase.

use super::{Desk, Files};
use crate::domain::forms::staff;
use crate::domain::{Fields, RecordKind, RecordRef, WorkerId};
use crate::office::{DoorError, Office, Role, Save, SaveRecord};
use crate::store;
use crate::vault::{KdfParams, Keyring, NewAccount, Passphrase};
use std::sync::PoisonError;
use uuid::Uuid;

impl Desk {
    /// Admits somebody: a lead's right. Support is admitted without being given any key.
    pub fn admit(&self, new: NewAccount, name: &str) -> Result<WorkerId, DoorError> {
        let files =
            self.files.as_ref().filter(|_| self.me().role == Role::Lead).ok_or(DoorError::NotAllowed)?;
        let mut keyring = files.keyring()?;
        let id = keyring.add_account(&files.unlocked, new)?;
        files.keep_keyring(&keyring)?;
        let at = RecordRef::of(RecordKind::Staff, Uuid::nil(), id.0);
        let fields = Fields::default().with(staff::NAME, name);
        files.save(Save { records: vec![SaveRecord { at, base: None, fields }], draft: None })?;
        Ok(WorkerId(id.0))
    }

    /// Changes one's own passphrase.
    pub fn change_passphrase(
        &self,
        old: &Passphrase,
        new: &Passphrase,
        kdf: KdfParams,
    ) -> Result<(), DoorError> {
        let files = self.files.as_ref().ok_or(DoorError::NotAllowed)?;
        let mut keyring = files.keyring()?;
        keyring.change_passphrase(&self.me().login, old, new, kdf)?;
        files.keep_keyring(&keyring)
    }
}

impl Files {
    fn keyring(&self) -> Result<Keyring, DoorError> {
        Ok(Keyring::from_bytes(&store::read_keyring(&self.dir)?)?)
    }

    fn keep_keyring(&self, keyring: &Keyring) -> Result<(), DoorError> {
        store::write_keyring(&self.dir, &keyring.to_bytes())?;
        *self.accounts.write().unwrap_or_else(PoisonError::into_inner) = keyring.accounts();
        self.log.line("the accounts were changed");
        Ok(self.reload_station()?)
    }
}
