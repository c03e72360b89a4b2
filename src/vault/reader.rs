//! Someone to whom data keys are sealed: a public key and, per epoch, the key under it (HPKE, base mode).

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem as _, X25519HkdfSha256};
use hpke::{Deserializable, OpModeR, OpModeS, Serializable};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::VaultError;
use super::keys::DataKeys;
use super::recovery::RecoveryKey;
use super::sealing::{self, Secret};

type Kem = X25519HkdfSha256;
type PublicKey = <Kem as hpke::Kem>::PublicKey;
pub(super) type SecretKey = <Kem as hpke::Kem>::PrivateKey;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reader {
    pub(super) public: Hex<32>,
    /// The data key of each epoch, sealed to `public`.
    pub(super) epochs: Vec<SealedEpoch>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SealedEpoch {
    pub(super) epoch: u16,
    encapsulated: Hex<32>,
    sealed: HexBytes,
}

impl Reader {
    /// Seals every epoch to this reader, anew.
    pub(super) fn seal_all(&mut self, station: Uuid, keys: &DataKeys) -> Result<(), VaultError> {
        let to = PublicKey::from_bytes(&self.public.0).map_err(|_| VaultError::Damaged("public key"))?;
        // The random source is asked first: the library below panics if it gives nothing.
        sealing::random::<1>()?;
        self.epochs.clear();
        for (epoch, key) in keys.epochs() {
            let (encapsulated, sealed) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, Kem>(
                &OpModeS::Base,
                &to,
                HPKE_INFO,
                key.as_slice(),
                &epoch_aad(station, &self.public, *epoch),
            )
            .map_err(|_| VaultError::Damaged("public key"))?;
            let encapsulated = Hex(encapsulated.to_bytes().into());
            self.epochs.push(SealedEpoch { epoch: *epoch, encapsulated, sealed: HexBytes(sealed) });
        }
        Ok(())
    }
}

const HPKE_INFO: &[u8] = b"tonghu data key v1";

fn epoch_aad(station: Uuid, public: &Hex<32>, epoch: u16) -> Vec<u8> {
    [station.as_bytes().as_slice(), &public.0, &epoch.to_le_bytes()].concat()
}

impl SealedEpoch {
    pub(super) fn open(
        &self,
        station: Uuid,
        public: &Hex<32>,
        secret: &SecretKey,
    ) -> Result<Secret, VaultError> {
        let damaged = |_| VaultError::Damaged("data key");
        let from = <Kem as hpke::Kem>::EncappedKey::from_bytes(&self.encapsulated.0).map_err(damaged)?;
        let plain = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeR::Base,
            secret,
            &from,
            HPKE_INFO,
            &self.sealed.0,
            &epoch_aad(station, public, self.epoch),
        );
        let plain = Zeroizing::new(plain.map_err(damaged)?);
        let mut key = Zeroizing::new([0; 32]);
        if plain.len() != key.len() {
            return Err(VaultError::Damaged("data key"));
        }
        key.copy_from_slice(&plain);
        Ok(key)
    }
}

pub(super) fn new_pair() -> Result<(SecretKey, Hex<32>), VaultError> {
    let (secret, public) = Kem::derive_keypair(sealing::random::<32>()?.as_slice());
    Ok((secret, Hex(public.to_bytes().into())))
}

pub(super) fn recovery_pair(key: &RecoveryKey, station: Uuid) -> (SecretKey, Hex<32>) {
    let (secret, public) = Kem::derive_keypair(key.seed(station.as_bytes()).as_slice());
    (secret, Hex(public.to_bytes().into()))
}

/// Bytes of a known length, as hex in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Hex<const N: usize>(pub(super) [u8; N]);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct HexBytes(pub(super) Vec<u8>);

impl From<HexBytes> for String {
    fn from(bytes: HexBytes) -> String {
        bytes.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl TryFrom<String> for HexBytes {
    type Error = &'static str;

    fn try_from(text: String) -> Result<HexBytes, &'static str> {
        let digits = text.as_bytes();
        let nibble = |d: u8| char::from(d).to_digit(16).ok_or("not hex");
        if !digits.len().is_multiple_of(2) {
            return Err("not hex");
        }
        let byte = |pair: &[u8]| Ok((nibble(pair[0])? * 16 + nibble(pair[1])?) as u8);
        digits.chunks_exact(2).map(byte).collect::<Result<_, _>>().map(HexBytes)
    }
}

impl<const N: usize> From<Hex<N>> for String {
    fn from(bytes: Hex<N>) -> String {
        HexBytes(bytes.0.to_vec()).into()
    }
}

impl<const N: usize> TryFrom<String> for Hex<N> {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Hex<N>, &'static str> {
        let bytes = HexBytes::try_from(text)?.0;
        bytes.try_into().map(Hex).map_err(|_| "wrong length")
    }
}
