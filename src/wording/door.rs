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
    let value = if cat.has(&line.value) { word(cat, &line.value) } else { line.value.clone() };
    let remedy = (!line.remedy.is_empty()).then(|| word(cat, line.remedy));
    (word(cat, line.key), value, remedy)
}
