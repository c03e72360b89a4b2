//! Where a case stands, and what a child's age means for it.

use super::{FieldId, Fields, Status, forms::case};
use chrono::{Datelike, Months, NaiveDate};

/// Where an episode stands, from the dates of what has been done in it. `last_contact` is the last visit or call.
///
/// After a reopening only what was done later counts, until then it is [`Status::Reopened`]; a closing date after
/// that closes it again.
pub fn status(case: &Fields, last_contact: Option<NaiveDate>) -> Status {
    let reopened = case.date(&case::REOPENED);
    if case.date(&case::CLOSED).is_some_and(|closed| reopened.is_none_or(|again| again < closed)) {
        return Status::Closed;
    }
    let counts = |on: &NaiveDate| reopened.is_none_or(|again| *on > again);
    let done = |id: FieldId| case.date(&id).filter(counts);
    let planned = done(case::PLANNED);
    let served = planned.is_some_and(|planned| last_contact.is_some_and(|contact| contact > planned));
    if done(case::REVIEWED).is_some() {
        Status::InReview
    } else if served || done(case::SERVED).is_some() {
        Status::InService
    } else if planned.is_some() {
        Status::Planned
    } else if done(case::ASSESSED).is_some() {
        Status::Assessed
    } else if reopened.is_some() {
        Status::Reopened
    } else {
        Status::Identified
    }
}

/// Full years, then full months, then days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age {
    pub years: u32,
    pub months: u32,
    pub days: u32,
}

/// `None` before birth. Who is born on 29 February comes of age on the 28th in other years: a term that has no such
/// day ends with the month (Civil Code §202).
pub fn age(birth: NaiveDate, today: NaiveDate) -> Option<Age> {
    let calendar = (today.year() - birth.year()) * 12 + today.month() as i32 - birth.month() as i32;
    let guess = u32::try_from(calendar).ok()?;
    let begun = |months: u32| birth.checked_add_months(Months::new(months)).filter(|day| *day <= today);
    let (total, begun) = match begun(guess) {
        Some(day) => (guess, day),
        None => (guess.checked_sub(1)?, begun(guess.checked_sub(1)?)?),
    };
    let days = u32::try_from((today - begun).num_days()).ok()?;
    Some(Age { years: total / 12, months: total % 12, days })
}

/// Ages at which the law sees a child differently: school, being heard, criminal law and being left alone, living
/// alone, of age.
pub const BIRTHDAYS: [u32; 5] = [6, 8, 14, 16, 18];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birthday {
    pub turns: u32,
    pub on: NaiveDate,
}

/// The next of [`BIRTHDAYS`], today's included; `None` after the last.
pub fn next_birthday(birth: NaiveDate, today: NaiveDate) -> Option<Birthday> {
    BIRTHDAYS.into_iter().find_map(|turns| {
        let on = birth.checked_add_months(Months::new(turns * 12))?;
        (on >= today).then_some(Birthday { turns, on })
    })
}

#[cfg(test)]
mod tests;
