//! The key on paper: 128 bits as eight groups of six digits, each a multiple of 11. Digits can be typed on any
//! console without an input method, and the multiple finds every single wrong digit and every swap of neighbours.

use std::fmt;

use zeroize::Zeroizing;

use super::VaultError;
use super::sealing::{self, Secret};

const GROUPS: usize = 8;
const DIGITS: usize = 6;
const STEP: u32 = 11;

/// Opens the station's data key when every passphrase is lost. Kept on paper, in two sealed envelopes.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey(Zeroizing<[u8; 2 * GROUPS]>);

/// What was typed is not a recovery key: these groups (counted from 1) are wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("wrong groups of the recovery key: {groups:?}")]
pub struct RecoverySlip {
    pub groups: Vec<usize>,
}

impl RecoveryKey {
    /// Made before what it is to open: a key that is on paper already cannot be missed later.
    pub fn generate() -> Result<RecoveryKey, VaultError> {
        Ok(RecoveryKey(sealing::random()?))
    }

    /// Reads what a person typed: full-width digits, spaces, dashes and other marks between the groups, or none.
    pub fn parse(typed: &str) -> Result<RecoveryKey, RecoverySlip> {
        let groups = split(typed);
        let mut key = Zeroizing::new([0; 2 * GROUPS]);
        let mut wrong = Vec::new();
        for at in 0..GROUPS {
            match groups.get(at).and_then(|digits| value(digits)) {
                Some(value) => key[2 * at..2 * at + 2].copy_from_slice(&value.to_be_bytes()),
                None => wrong.push(at + 1),
            }
        }
        if groups.len() > GROUPS && wrong.is_empty() {
            wrong.push(GROUPS);
        }
        if wrong.is_empty() { Ok(RecoveryKey(key)) } else { Err(RecoverySlip { groups: wrong }) }
    }

    /// What the recovery key pair is derived from.
    pub(super) fn seed(&self, station: &[u8]) -> Secret {
        sealing::derive(station, self.0.as_slice(), b"tonghu recovery v1")
    }
}

/// The groups as the writer meant them: by the marks between them if that gives eight, else by sixes.
fn split(typed: &str) -> Vec<Zeroizing<String>> {
    let mut groups = vec![Zeroizing::new(String::new())];
    for c in typed.chars() {
        match digit(c) {
            Some(d) => {
                if let Some(last) = groups.last_mut() {
                    last.push(d);
                }
            }
            None => groups.push(Zeroizing::new(String::new())),
        }
    }
    groups.retain(|group| !group.is_empty());
    if groups.len() == GROUPS {
        return groups;
    }
    let all: Zeroizing<String> = Zeroizing::new(groups.iter().flat_map(|group| group.chars()).collect());
    let digits = Zeroizing::new(all.chars().collect::<Vec<_>>());
    digits.chunks(DIGITS).map(|six| Zeroizing::new(six.iter().collect())).collect()
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(c as u32 - 0xff10, 10),
        _ => None,
    }
}

fn value(digits: &str) -> Option<u16> {
    if digits.len() != DIGITS {
        return None;
    }
    let number: u32 = digits.parse().ok()?;
    if number.is_multiple_of(STEP) { u16::try_from(number / STEP).ok() } else { None }
}

/// The groups, as they are written down.
impl fmt::Display for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, pair) in self.0.chunks_exact(2).enumerate() {
            let dash = if at == 0 { "" } else { "-" };
            let group = STEP * u32::from(u16::from_be_bytes([pair[0], pair[1]]));
            write!(f, "{dash}{group:0width$}", width = DIGITS)?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey")
    }
}
