//! What happens while nobody's key is there: a wrong passphrase, a backup or a repair without anybody signed in, a
//! restore, and what a support account does. It is kept in one small file until a desk makes entries of the audit of it.
//!
//! The file is in clear: it holds nothing that was typed but the login of an account that there is. Whoever can write to
//! the disk can forge it or take it away before it is sealed.

use super::audit::{LONGEST, Seen, Verb, plain};
use super::desk::Place;
use super::{Refusal, keep};
use crate::store::{self, Unsealed};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Different events that are kept apart. What comes then is counted with others of its kind.
const MOST: usize = 64;
/// The same again within a day is one event, told with its first and its last time.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// Milliseconds at the end of the year 9999: a calendar has an end, and a forged moment may lie behind it.
const END: i64 = 253_402_300_799_999;
const KINDS: [Verb; 8] = [
    Verb::WrongPassphrase,
    Verb::WrongRecoveryKey,
    Verb::Backup,
    Verb::Mend,
    Verb::Restore,
    Verb::SignIn,
    Verb::Passphrase,
    Verb::Denied,
];

/// What happened, as often as it did.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Event {
    #[serde(rename = "v")]
    pub verb: Verb,
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// As [`crate::platform::origin`] has it.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(rename = "s")]
    pub seen: Seen,
}

impl Event {
    /// `what`: fixed words, numbers or a day, never what somebody typed.
    fn of(verb: Verb, what: &str, from: Option<&str>, login: &str, now: i64) -> Self {
        let some = |text: &str| Some(plain(text)).filter(|text| !text.is_empty());
        let seen = Seen { first: now, last: now, times: 1, login: plain(login) };
        Self { verb, what: some(what), from: from.and_then(some), seen }
    }

    /// The same again, by the same account from the same place within a day.
    fn is_again(&self, next: &Event) -> bool {
        let told = |event: &Event| (event.verb, event.what.clone(), event.from.clone());
        let soon = (0..DAY).contains(&(next.seen.first.saturating_sub(self.seen.first)));
        told(self) == told(next) && self.seen.login == next.seen.login && soon
    }

    /// Of everything but its kind.
    fn bare(self) -> Self {
        Self { what: None, from: None, seen: Seen { login: String::new(), ..self.seen }, ..self }
    }

    fn count(&mut self, next: &Event) {
        self.seen.first = self.seen.first.min(next.seen.first);
        self.seen.last = self.seen.last.max(next.seen.last);
        self.seen.times = self.seen.times.saturating_add(next.seen.times);
    }

    /// Of a kind that is noted here, and in its bounds.
    fn is_ours(&self) -> bool {
        let fits = |text: &str| text.chars().count() <= LONGEST && !text.contains(char::is_control);
        let texts = [self.what.as_deref(), self.from.as_deref(), Some(&self.seen.login)];
        let Seen { first, last, times, .. } = self.seen;
        let has_been = 0 <= first && first <= last && last <= END;
        KINDS.contains(&self.verb) && times > 0 && has_been && texts.into_iter().flatten().all(fits)
    }
}

/// Adds an event; whatever comes, the list stays short and nothing falls out of it.
fn add(events: &mut Vec<Event>, event: Event) {
    let last = events.iter_mut().rev().find(|before| before.is_again(&event));
    if let Some(before) = last {
        return before.count(&event);
    }
    if events.len() < MOST {
        return events.push(event);
    }
    let rest = event.bare();
    match events.iter_mut().skip(MOST).find(|before| before.verb == rest.verb) {
        Some(before) => before.count(&rest),
        None => events.push(rest),
    }
}

/// One at a time: it is read, changed and written as a whole. Other processes are kept out by the lock of the directory.
static TURN: Mutex<()> = Mutex::new(());

/// What lies there; what cannot be read is moved aside, and then that is what happened.
fn read(dir: &Path, now: i64) -> Result<Vec<Event>, Refusal> {
    let events = match store::read_unsealed(dir) {
        Unsealed::Nothing => return Ok(vec![]),
        Unsealed::Newer => return Err(Refusal::Newer),
        Unsealed::Damaged => None,
        Unsealed::Noted(bytes) => match keep::decode::<Vec<Event>>(&bytes) {
            Err(Refusal::Newer) => return Err(Refusal::Newer),
            decoded => decoded.ok(),
        },
    };
    let most = MOST + KINDS.len();
    if let Some(events) = events.filter(|events| events.len() <= most && events.iter().all(Event::is_ours)) {
        return Ok(events);
    }
    store::set_unsealed_aside(dir)?;
    let moved = vec![Event::of(Verb::Mend, "unsealed", None, "", now)];
    // Cut here, the next sign-in tells of it. Where the disk is full, this one still may.
    let _ = store::write_unsealed(dir, &keep::encode(&moved)?);
    Ok(moved)
}

/// Notes what happens now, on the disk when it returns. Where the disk does not take it, the log alone knows.
pub(super) fn note(place: &Place, verb: Verb, what: &str, login: &str) {
    let now = place.clock.millis();
    if write(&place.dir, Event::of(verb, what, place.from.as_deref(), login, now)).is_err() {
        place.log.line("what happened while nobody was signed in could not be noted for the audit");
    }
}

/// A station came out of the backup of a day.
pub(super) fn note_restored(dir: &Path, backup: NaiveDate, now: i64) -> Result<(), Refusal> {
    write(dir, Event::of(Verb::Restore, &backup.to_string(), None, "", now))
}

fn write(dir: &Path, event: Event) -> Result<(), Refusal> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut events = read(dir, event.seen.last)?;
    add(&mut events, event);
    Ok(store::write_unsealed(dir, &keep::encode(&events)?)?)
}

/// Gives what was noted to whoever can seal it. It goes only when that is done: cut between, it is sealed twice.
pub(super) fn seal(
    place: &Place,
    seal: impl FnOnce(Vec<Event>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let events = read(&place.dir, place.clock.millis())?;
    if events.is_empty() {
        return Ok(());
    }
    seal(events)?;
    Ok(store::remove_unsealed(&place.dir)?)
}

#[cfg(test)]
mod tests;
