//! From a passphrase to a key: Argon2id, as costly as this machine bears.

use std::hint::black_box;
use std::time::Duration;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::passphrase::Passphrase;
use super::sealing::Secret;

/// Cost of Argon2id: memory in KiB, passes, lanes. Kept per account and raised at a later login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KdfParams {
    pub m_kib: u32,
    pub t: u32,
    pub p: u32,
}

/// Nobody waits longer than this to unlock.
const PATIENCE: Duration = Duration::from_millis(1200);

/// From RFC 9106's second recommendation (one lane: lanes run one after another here) down to OWASP's minimum.
const LADDER: [KdfParams; 4] = [
    KdfParams { m_kib: 64 << 10, t: 3, p: 1 },
    KdfParams { m_kib: 46 << 10, t: 2, p: 1 },
    KdfParams { m_kib: 32 << 10, t: 2, p: 1 },
    KdfParams { m_kib: 19 << 10, t: 2, p: 1 },
];

/// What a file may ask for. A keyring is read before anything is authenticated, so a hostile one could otherwise
/// ask for all the memory of the machine: four times the dearest step is room enough for later versions.
const MAX_M_KIB: u32 = 256 << 10;
const MAX_T: u32 = 16;
const MAX_P: u32 = 16;

impl KdfParams {
    /// The cheapest that a passphrase that matters may have.
    pub const LEAST: KdfParams = LADDER[LADDER.len() - 1];

    /// The dearest step that this machine does within 1.2 s, never below 19 MiB and two passes.
    /// `measure` runs one derivation ([`KdfParams::try_once`]) and says how long it took.
    pub fn for_this_machine(mut measure: impl FnMut(KdfParams) -> Duration) -> KdfParams {
        let [dearer @ .., cheapest] = LADDER;
        dearer.into_iter().find(|&step| measure(step) <= PATIENCE).unwrap_or(cheapest)
    }

    /// Cheap enough to run in every test. Only for tests and for throw-away demonstration stations, whose
    /// passphrase is shown on the screen anyway.
    pub const fn for_tests() -> KdfParams {
        KdfParams { m_kib: 64, t: 1, p: 1 }
    }

    /// One derivation of nothing, to be timed by [`KdfParams::for_this_machine`].
    pub fn try_once(self) {
        black_box(self.derive(&Passphrase::typed("how long does this take"), &[7; 16]));
    }

    /// `None` if the parameters are outside what Argon2 or this program allows.
    pub(super) fn derive(self, pass: &Passphrase, salt: &[u8; 16]) -> Option<Secret> {
        if self.m_kib > MAX_M_KIB || self.t > MAX_T || self.p > MAX_P {
            return None;
        }
        let params = Params::new(self.m_kib, self.t, self.p, Some(32)).ok()?;
        let mut memory = vec![Block::new(); params.block_count()];
        let mut key = Zeroizing::new([0; 32]);
        let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
            pass.bytes(),
            salt,
            key.as_mut_slice(),
            &mut memory,
        );
        memory.fill(Block::new());
        black_box(&memory);
        done.ok().map(|()| key)
    }
}
