//! The two primitives under everything here: a sealed box of bytes under one symmetric key, and a derived key.

use std::cell::RefCell;

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

pub(super) type Secret = Zeroizing<[u8; 32]>;

pub(super) const NONCE: usize = 24;
pub(super) const TAG: usize = 16;

/// The system's random source gave nothing: no key or nonce may be made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoRandomness;

pub(super) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, NoRandomness> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// A nonce that nothing was sealed with. The system is asked for many at once: a question costs as much as a fifth of sealing.
/// They are no secret; what matters is that each is given once, and nothing here forks.
fn nonce() -> Result<[u8; NONCE], NoRandomness> {
    const AT_ONCE: usize = 32;
    thread_local! {
        static NONCES: RefCell<Vec<[u8; NONCE]>> = const { RefCell::new(Vec::new()) };
    }
    NONCES.with_borrow_mut(|nonces| {
        if nonces.is_empty() {
            let mut fresh = [[0; NONCE]; AT_ONCE];
            getrandom::fill(fresh.as_flattened_mut()).map_err(|_| NoRandomness)?;
            nonces.extend_from_slice(&fresh);
        }
        nonces.pop().ok_or(NoRandomness)
    })
}

/// HKDF-SHA-256 with a name for what the new key is for.
pub(super) fn derive(salt: &[u8], from: &[u8], purpose: &[u8]) -> Secret {
    let mut key = Zeroizing::new([0; 32]);
    // Expanding can only fail above 255 hashes; 32 bytes are one.
    let expanded = Hkdf::<Sha256>::new(Some(salt), from).expand(purpose, key.as_mut_slice());
    debug_assert!(expanded.is_ok());
    key
}

/// Appends `nonce ‖ ciphertext ‖ tag` to `out`.
pub(super) fn seal_into(
    out: &mut Vec<u8>,
    key: &[u8; 32],
    aad: &[u8],
    plain: &[u8],
) -> Result<(), NoRandomness> {
    let nonce = nonce()?;
    out.reserve(NONCE + plain.len() + TAG);
    out.extend_from_slice(&nonce);
    let body = out.len();
    out.extend_from_slice(plain);
    let cipher = XChaCha20Poly1305::new(key.into());
    // The only error is a text beyond 256 GB.
    match cipher.encrypt_inout_detached(&XNonce::from(nonce), aad, (&mut out[body..]).into()) {
        Ok(tag) => out.extend_from_slice(&tag),
        Err(_) => out.truncate(body),
    }
    Ok(())
}

/// Opens `nonce ‖ ciphertext ‖ tag`; `None` if it is not what was sealed under this key and these associated data.
/// What is in `out` before is replaced; the buffer is reused, so that a page reader allocates once.
pub(super) fn open_into(out: &mut Vec<u8>, key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Option<()> {
    out.clear();
    let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
    let (body, tag) = rest.split_last_chunk::<TAG>()?;
    out.extend_from_slice(body);
    let cipher = XChaCha20Poly1305::new(key.into());
    let opened = cipher.decrypt_inout_detached(
        &XNonce::from(*nonce),
        aad,
        out.as_mut_slice().into(),
        &Tag::from(*tag),
    );
    if opened.is_err() {
        out.clear();
        return None;
    }
    Some(())
}
