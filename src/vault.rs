//! Keys and the sealing of bytes. The vault does not know what the bytes mean.
//!
//! A station has one *data key* per epoch. It lies nowhere in clear: it is sealed (HPKE) to the public key of each
//! account that may read and to the paper recovery key. An account's own secret key is wrapped by a key made from
//! its passphrase (Argon2id). So someone who can read may admit, promote or revoke others without knowing their
//! passphrases, and a support account, to which nothing is ever sealed, proves who it is and decrypts nothing.

mod kdf;
mod keyring;
mod keys;
mod passphrase;
mod reader;
mod recovery;
mod sealing;
mod throttle;

pub use kdf::KdfParams;
pub use keyring::{AccountEntry, AccountId, Keyring, NewAccount, Role, Unlocked, VaultError, fit_login};
pub use keys::{DataKeys, OpenError};
pub use passphrase::{Passphrase, Weak};
pub use recovery::{RecoveryKey, RecoverySlip};
pub use throttle::Throttle;

#[cfg(test)]
mod memory_tests;
#[cfg(test)]
mod tests;
