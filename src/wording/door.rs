//! Why nobody comes in, and how the program is.

use super::word;
use crate::i18n::Catalogue;
use crate::office::{DoorError, DoorState, HealthLine};

/// What happened at the door and what to do about it.
pub fn door_error(cat: &Catalogue, error: &DoorError) -> String {
    let key = error.key();
    match error {
        DoorError::Wait { seconds } => {
            let seconds = i64::try_from(*seconds).unwrap_or(i64::MAX);
            cat.t1(key, "seconds", seconds).into_owned()
        }
        DoorError::Damaged(why) | DoorError::ReadOnly(why) | DoorError::Store(why) => {
            cat.t1(key, "why", why.as_str()).into_owned()
        }
        _ => word(cat, key),
    }
}

/// Why there is no way in here; `None` where there is one.
pub fn door_state(cat: &Catalogue, state: &DoorState) -> Option<String> {
    match state {
        DoorState::New | DoorState::Ready(_) => None,
        DoorState::Damaged(why) => Some(cat.t1("door-damaged", "why", why.as_str()).into_owned()),
        DoorState::Newer => Some(word(cat, "door-newer")),
        DoorState::Foreign => Some(word(cat, "door-foreign")),
    }
}

/// Name, value and, if something should be done, the remedy of one line of Health.
pub fn health_line(cat: &Catalogue, line: &HealthLine) -> (String, String, Option<String>) {
    const SIZES: [&str; 3] = ["health-free", "health-roster-bytes", "health-journal"];
    let bytes = if SIZES.contains(&line.key) { line.value.parse().ok() } else { None };
    let value = match bytes {
        _ if let Some(fault) = &line.own => super::own_fault(cat, fault),
        Some(bytes) => size(bytes),
        None if cat.has(&line.value) => word(cat, &line.value),
        None => line.value.clone(),
    };
    let remedy = (!line.remedy.is_empty()).then(|| word(cat, line.remedy));
    (word(cat, line.key), value, remedy)
}

/// A number of bytes as a person reads it.
pub fn size(bytes: u64) -> String {
    let of = |unit: u64| bytes as f64 / unit as f64;
    match bytes {
        0x4000_0000.. => format!("{:.1} GB", of(1 << 30)),
        0x10_0000.. => format!("{:.1} MB", of(1 << 20)),
        _ => format!("{:.1} kB", of(1 << 10)),
    }
}
