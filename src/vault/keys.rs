//! The keys of a station while someone who may read is signed in.

use std::fmt;
use std::sync::Arc;

use super::VaultError;
use super::sealing::{self, NONCE, Secret, TAG};

/// The data key of every epoch, or sub-keys of them for one purpose. Cloning shares; the last drop overwrites.
#[derive(Clone)]
pub struct DataKeys(Arc<Vec<(u16, Secret)>>);

/// Why sealed bytes did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("too short to be sealed bytes")]
    Short,
    #[error("sealed in epoch {0}, whose key is not held")]
    UnknownEpoch(u16),
    #[error("changed, moved, or sealed under another key")]
    Tampered,
}

impl DataKeys {
    /// Bytes that sealing adds: epoch, nonce, tag.
    pub const OVERHEAD: usize = 2 + NONCE + TAG;

    pub(super) fn from_epochs(mut epochs: Vec<(u16, Secret)>) -> DataKeys {
        epochs.sort_by_key(|(epoch, _)| *epoch);
        DataKeys(Arc::new(epochs))
    }

    /// Keys that open and seal nothing: for whoever mends what they cannot read.
    pub fn none() -> DataKeys {
        DataKeys::from_epochs(vec![])
    }

    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Random keys that belong to no keyring: for a throw-away store in a test or a bench.
    ///
    /// # Panics
    /// As [`DataKeys::seal`].
    pub fn ephemeral() -> DataKeys {
        let Ok(key) = sealing::random() else { panic!("the system gives no random numbers") };
        DataKeys::from_epochs(vec![(1, key)])
    }

    /// Keys that a test finds again in another process.
    #[cfg(test)]
    pub(crate) fn of_one_byte(byte: u8) -> DataKeys {
        DataKeys::from_epochs(vec![(1, zeroize::Zeroizing::new([byte; 32]))])
    }

    /// Sub-keys, so that what is sealed for one purpose never opens for another.
    /// The purposes in use: `records`, `roster`, `derived`, `draft`, `audit`.
    pub fn purpose(&self, purpose: &str) -> DataKeys {
        let sub = |(epoch, key): &(u16, Secret)| {
            (*epoch, sealing::derive(b"tonghu purpose v1", key.as_slice(), purpose.as_bytes()))
        };
        DataKeys(Arc::new(self.0.iter().map(sub).collect()))
    }

    /// `epoch ‖ nonce ‖ ciphertext ‖ tag` under the newest epoch's key. It opens only with the same `aad`.
    ///
    /// # Panics
    /// If the system's random source fails: going on would seal two texts under one nonce. And with no key at all.
    pub fn seal(&self, aad: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut sealed = Vec::with_capacity(plain.len() + DataKeys::OVERHEAD);
        self.seal_into(&mut sealed, aad, plain);
        sealed
    }

    /// [`DataKeys::seal`] at the end of a buffer.
    ///
    /// # Panics
    /// As [`DataKeys::seal`].
    pub fn seal_into(&self, out: &mut Vec<u8>, aad: &[u8], plain: &[u8]) {
        let Some((epoch, key)) = self.0.last() else { unreachable!("whoever holds no key seals nothing") };
        out.extend_from_slice(&epoch.to_le_bytes());
        let sealed = sealing::seal_into(out, key, aad, plain);
        assert!(sealed.is_ok(), "the system gives no random numbers");
    }

    pub fn open(&self, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
        let mut plain = Vec::new();
        self.open_into(&mut plain, aad, sealed).map(|()| plain)
    }

    /// [`DataKeys::open`] into a buffer that is reused: what was in it is replaced.
    pub fn open_into(&self, out: &mut Vec<u8>, aad: &[u8], sealed: &[u8]) -> Result<(), OpenError> {
        let (epoch, body) = sealed.split_first_chunk::<2>().ok_or(OpenError::Short)?;
        if body.len() < NONCE + TAG {
            return Err(OpenError::Short);
        }
        let epoch = u16::from_le_bytes(*epoch);
        let at = self.0.binary_search_by_key(&epoch, |(epoch, _)| *epoch);
        let (_, key) = &self.0[at.map_err(|_| OpenError::UnknownEpoch(epoch))?];
        sealing::open_into(out, key, aad, body).ok_or(OpenError::Tampered)
    }

    /// The epoch that new bytes are sealed in.
    pub fn epoch(&self) -> u16 {
        self.0.last().map_or(0, |(epoch, _)| *epoch)
    }

    /// With the key of another epoch, in which everything is sealed from now on.
    pub(crate) fn with_epoch(&self, epoch: u16) -> Result<DataKeys, VaultError> {
        let mut epochs: Vec<(u16, Secret)> = self.epochs().cloned().collect();
        epochs.push((epoch, sealing::random()?));
        Ok(DataKeys::from_epochs(epochs))
    }

    /// Something may still be sealed in an epoch before the newest.
    pub fn has_older(&self) -> bool {
        self.0.len() > 1
    }

    /// Without the keys of the epochs before.
    pub(crate) fn newest(&self) -> DataKeys {
        DataKeys::from_epochs(self.0.last().cloned().into_iter().collect())
    }

    pub(super) fn epochs(&self) -> impl Iterator<Item = &(u16, Secret)> {
        self.0.iter()
    }
}

impl fmt::Debug for DataKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKeys")
    }
}
