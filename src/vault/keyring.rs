//! The accounts of a station and, sealed to each that may read, the data keys.
//!
//! On disk: one line of JSON, a newline, its BLAKE3 hash in hex. The hash finds damage; a MAC under the data key
//! over who is who (`witness`) finds forgery, as soon as someone who can read signs in.

mod changes;

use hpke::{Deserializable, Serializable};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::kdf::KdfParams;
use super::keys::DataKeys;
use super::passphrase::Passphrase;
use super::reader::{Hex, HexBytes, Reader, SecretKey, recovery_pair};
use super::recovery::RecoveryKey;
use super::sealing::{self, NoRandomness};

/// 2 has accounts that are closed: an older program would say that somebody forged the file.
const FORMAT: u16 = 2;
const MAX_BYTES: usize = 4 << 20;

/// What someone may do; enforced by the office. The vault knows one thing of it: nothing is sealed to support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Caseworker,
    Supervisor,
    Lead,
    Support,
}

impl Role {
    pub fn may_read(self) -> bool {
        self != Role::Support
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub Uuid);

/// What is known of an account without any key. A login name is in clear; nothing else about a person is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEntry {
    pub id: AccountId,
    pub login: String,
    pub role: Role,
    /// Closed: nothing is sealed to it, and it does not come in.
    pub disabled: bool,
    pub kdf: KdfParams,
}

/// Somebody to be admitted.
#[derive(Debug)]
pub struct NewAccount {
    pub login: String,
    pub role: Role,
    pub passphrase: Passphrase,
    pub kdf: KdfParams,
}

/// Somebody who has shown who they are.
#[derive(Debug, Clone)]
pub struct Unlocked {
    pub account: AccountId,
    pub login: String,
    pub role: Role,
    /// `None` for support.
    pub keys: Option<DataKeys>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("wrong account or passphrase")]
    WrongPassphrase,
    /// Told apart inside the program only: outside, the text is that of a wrong passphrase.
    #[error("wrong account or passphrase")]
    NoSuchAccount,
    #[error("this recovery key does not belong to this station")]
    WrongRecoveryKey,
    #[error("there is already an account with this login name")]
    LoginTaken,
    #[error("a login name has 1 to 64 characters without spaces or control characters")]
    BadLogin,
    #[error("this needs an account that may read")]
    NotAReader,
    /// Told to nobody but who knows the right passphrase.
    #[error("this account is closed")]
    Closed,
    #[error("nobody who may read would be left")]
    LastReader,
    #[error("no lead who can sign in would be left")]
    LastLead,
    #[error("nobody changes their own role or closes their own account")]
    Own,
    #[error("the file of accounts is damaged: {0}")]
    Damaged(&'static str),
    #[error("the file of accounts was changed by someone who holds no key")]
    Forged,
    #[error("the file of accounts has format {found}; this program knows up to {known}")]
    Newer { found: u16, known: u16 },
    #[error("the system gives no random numbers")]
    Random,
}

impl From<NoRandomness> for VaultError {
    fn from(_: NoRandomness) -> VaultError {
        VaultError::Random
    }
}

/// All accounts of a station with the keys sealed to them. Holds no secret in clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyring {
    format: u16,
    station: Uuid,
    epoch: u16,
    accounts: Vec<Account>,
    recovery: Reader,
    /// MAC under the data keys over who is who.
    witness: Hex<32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Account {
    id: AccountId,
    login: String,
    role: Role,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    disabled: bool,
    kdf: KdfParams,
    salt: Hex<16>,
    /// The account's secret key under a key made from its passphrase.
    secret: HexBytes,
    #[serde(flatten)]
    reader: Reader,
}

impl Keyring {
    /// A new station: its first account and its first data key, which `recovery` opens too.
    pub fn create(first: NewAccount, recovery: &RecoveryKey) -> Result<(Keyring, Unlocked), VaultError> {
        if !first.role.may_read() {
            return Err(VaultError::LastReader);
        }
        let station = new_id()?;
        let (_, public) = recovery_pair(recovery, station);
        let mut keyring = Keyring {
            format: 1,
            station,
            epoch: 1,
            accounts: Vec::new(),
            recovery: Reader { public, epochs: Vec::new() },
            witness: Hex([0; 32]),
        };
        let keys = DataKeys::from_epochs(vec![(1, sealing::random()?)]);
        keyring.recovery.seal_all(station, &keys)?;
        let id = keyring.insert(first, &keys)?;
        let entry = &keyring.accounts[0];
        let unlocked =
            Unlocked { account: id, login: entry.login.clone(), role: entry.role, keys: Some(keys) };
        Ok((keyring, unlocked))
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Keyring, VaultError> {
        #[derive(Deserialize)]
        struct Version {
            format: u16,
        }
        if bytes.len() > MAX_BYTES {
            return Err(VaultError::Damaged("too large"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| VaultError::Damaged("not text"))?;
        let (body, check) = text.trim_end().rsplit_once('\n').ok_or(VaultError::Damaged("cut short"))?;
        if blake3::hash(body.as_bytes()).to_hex().as_str() != check {
            return Err(VaultError::Damaged("checksum"));
        }
        let version: Version = serde_json::from_str(body).map_err(|_| VaultError::Damaged("no version"))?;
        if version.format > FORMAT {
            return Err(VaultError::Newer { found: version.format, known: FORMAT });
        }
        serde_json::from_str(body).map_err(|_| VaultError::Damaged("structure"))
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        // Strings, numbers and lists: nothing here can fail to become JSON.
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        let check = blake3::hash(&bytes).to_hex();
        bytes.push(b'\n');
        bytes.extend_from_slice(check.as_bytes());
        bytes.push(b'\n');
        bytes
    }

    /// A random number that names the station; in clear in every file of its store.
    pub fn station(&self) -> Uuid {
        self.station
    }

    pub fn accounts(&self) -> Vec<AccountEntry> {
        let entry = |a: &Account| AccountEntry {
            id: a.id,
            login: a.login.clone(),
            role: a.role,
            disabled: a.disabled,
            kdf: a.kdf,
        };
        self.accounts.iter().map(entry).collect()
    }

    /// Takes as long for a login name that does not exist as for a wrong passphrase.
    pub fn unlock(&self, login: &str, pass: &Passphrase) -> Result<Unlocked, VaultError> {
        let Some(account) = self.find_login(login) else {
            if let Some(other) = self.accounts.first() {
                let _ = other.secret_key(pass);
            }
            return Err(VaultError::NoSuchAccount);
        };
        let secret = account.secret_key(pass)?;
        if account.disabled {
            return Err(VaultError::Closed);
        }
        let keys = if account.role.may_read() { Some(self.open(&account.reader, &secret)?) } else { None };
        Ok(Unlocked { account: account.id, login: account.login.clone(), role: account.role, keys })
    }

    /// With the key on paper: reads, as a lead without a name. Its use is logged and forces new passphrases; both
    /// are the office's part.
    pub fn unlock_with_recovery(&self, key: &RecoveryKey) -> Result<Unlocked, VaultError> {
        let (secret, public) = recovery_pair(key, self.station);
        if public != self.recovery.public {
            return Err(VaultError::WrongRecoveryKey);
        }
        let keys = Some(self.open(&self.recovery, &secret)?);
        Ok(Unlocked { account: AccountId(Uuid::nil()), login: String::new(), role: Role::Lead, keys })
    }

    /// The keys of whoever makes a change, after a check that the keyring is still the one they unlocked.
    fn reader_keys(&self, by: &Unlocked) -> Result<DataKeys, VaultError> {
        let keys = by.keys.clone().ok_or(VaultError::NotAReader)?;
        if keys.epoch() != self.epoch {
            return Err(VaultError::NotAReader);
        }
        if self.witness_under(&keys) == self.witness.0 { Ok(keys) } else { Err(VaultError::Forged) }
    }

    fn sign(&mut self, keys: &DataKeys) {
        self.format = 1 + u16::from(self.accounts.iter().any(|account| account.disabled));
        self.witness = Hex(self.witness_under(keys));
    }

    fn witness_under(&self, keys: &DataKeys) -> [u8; 32] {
        // Of every epoch that is in use: whoever holds none of them could else add one of their own making, in which
        // all that is new would be sealed.
        let all: Zeroizing<Vec<u8>> = Zeroizing::new(keys.epochs().flat_map(|(_, key)| **key).collect());
        let key = sealing::derive(self.station.as_bytes(), &all, b"tonghu keyring v1");
        let mut mac = blake3::Hasher::new_keyed(&key);
        mac.update(&self.epoch.to_le_bytes()).update(&self.recovery.public.0);
        for account in &self.accounts {
            mac.update(account.id.0.as_bytes()).update(&account.reader.public.0);
            mac.update(&[account.role as u8 | u8::from(account.disabled) << 7])
                .update(&(account.login.len() as u64).to_le_bytes());
            mac.update(account.login.as_bytes());
        }
        *mac.finalize().as_bytes()
    }

    fn open(&self, reader: &Reader, secret: &SecretKey) -> Result<DataKeys, VaultError> {
        let mut epochs = Vec::with_capacity(reader.epochs.len());
        for sealed in &reader.epochs {
            epochs.push((sealed.epoch, sealed.open(self.station, &reader.public, secret)?));
        }
        if epochs.iter().all(|(epoch, _)| *epoch != self.epoch) {
            return Err(VaultError::Damaged("no key of the newest epoch"));
        }
        let keys = DataKeys::from_epochs(epochs);
        if self.witness_under(&keys) == self.witness.0 { Ok(keys) } else { Err(VaultError::Forged) }
    }

    fn find_login(&self, login: &str) -> Option<&Account> {
        let wanted = login.trim().to_lowercase();
        self.accounts.iter().find(|account| account.login.to_lowercase() == wanted)
    }

    fn account_mut(&mut self, id: AccountId) -> Result<&mut Account, VaultError> {
        self.accounts.iter_mut().find(|account| account.id == id).ok_or(VaultError::NoSuchAccount)
    }
}

impl Account {
    /// Whether the data keys are sealed to it.
    fn is_reader(&self) -> bool {
        self.role.may_read() && !self.disabled
    }

    fn is_lead(&self) -> bool {
        self.role == Role::Lead && !self.disabled
    }

    /// Binds the wrapped key to its row, but not to the role: a lead changes that without knowing the passphrase.
    fn wrap_aad(&self) -> Vec<u8> {
        [b"tonghu account v1".as_slice(), self.id.0.as_bytes(), &self.reader.public.0].concat()
    }

    fn wrap(&mut self, secret: &SecretKey, pass: &Passphrase, kdf: KdfParams) -> Result<(), VaultError> {
        let salt = *sealing::random::<16>()?;
        let key = kdf.derive(pass, &salt).ok_or(VaultError::Damaged("cost of the passphrase"))?;
        let wrap = sealing::derive(&salt, key.as_slice(), b"tonghu wrap v1");
        let plain = Zeroizing::new(secret.to_bytes().to_vec());
        let mut sealed = Vec::new();
        sealing::seal_into(&mut sealed, &wrap, &self.wrap_aad(), &plain)?;
        (self.kdf, self.salt, self.secret) = (kdf, Hex(salt), HexBytes(sealed));
        Ok(())
    }

    fn secret_key(&self, pass: &Passphrase) -> Result<SecretKey, VaultError> {
        let key = self.kdf.derive(pass, &self.salt.0).ok_or(VaultError::Damaged("cost of the passphrase"))?;
        let wrap = sealing::derive(&self.salt.0, key.as_slice(), b"tonghu wrap v1");
        let mut plain = Zeroizing::new(Vec::with_capacity(32));
        sealing::open_into(&mut plain, &wrap, &self.wrap_aad(), &self.secret.0)
            .ok_or(VaultError::WrongPassphrase)?;
        SecretKey::from_bytes(&plain).map_err(|_| VaultError::Damaged("secret key"))
    }
}

/// A login name without the blanks around it, if it can be one.
pub fn fit_login(typed: &str) -> Result<&str, VaultError> {
    let login = typed.trim();
    let unfit = |c: char| c.is_whitespace() || c.is_control();
    let fits = (1..=64).contains(&login.chars().count()) && !login.contains(unfit);
    if fits { Ok(login) } else { Err(VaultError::BadLogin) }
}

fn new_id() -> Result<Uuid, VaultError> {
    Ok(uuid::Builder::from_random_bytes(*sealing::random()?).into_uuid())
}
