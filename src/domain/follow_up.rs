//! Something due, and what can happen to it. Nothing overdue disappears: it is done, moved with a reason, or handed
//! over with a reason.

use super::forms::{contact, follow_up};
use super::{FieldId, Fields, Record, RecordKind, RecordRef, Value, WorkerId};
use chrono::{Datelike, Days, NaiveDate};
use std::fmt;
use thiserror::Error;
use uuid::Uuid;

/// Days overdue from which a supervisor sees it too. A default of this program, not of a law; a station's own value
/// will come from its rules.
pub const RISES_AFTER_DAYS: i64 = 3;

/// A follow-up, read from its record.
#[derive(Clone, PartialEq, Eq)]
pub struct FollowUp {
    pub at: RecordRef,
    /// Code of the list `follow-up-kind`.
    pub kind: String,
    pub due: NaiveDate,
    /// When it was due before it was ever moved.
    pub first_due: NaiveDate,
    pub repeat: Option<Repeat>,
    pub worker: Option<WorkerId>,
    /// Id of the rule that made it, or "".
    pub rule: String,
    /// Why, in the worker's words.
    pub reason: String,
    /// Attempts and refusals so far.
    pub attempts: u32,
    pub done: Option<NaiveDate>,
    /// The record that it waits for, if one made it.
    pub about: Option<Uuid>,
}

/// How often it comes back. The codes are those of [`crate::domain::forms::REPEATS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    Days(u32),
    Months(u32),
}

/// What a worker does about it.
#[derive(Clone, PartialEq, Eq)]
pub enum Act {
    /// Done on its real date, however late it is written down. The outcome may be empty.
    Done {
        on: NaiveDate,
        outcome: String,
    },
    Moved {
        to: NaiveDate,
        why: String,
    },
    HandedOver {
        to: WorkerId,
        why: String,
    },
    /// Nobody was reached.
    Attempt {
        on: NaiveDate,
        why: String,
    },
    /// The family declined.
    Refusal {
        on: NaiveDate,
        why: String,
    },
}

impl fmt::Debug for FollowUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FollowUp({}, {}, due {}, done {:?})", self.at.id, self.kind, self.due, self.done)
    }
}

/// Says which act, not why: reasons and outcomes are about a family.
impl fmt::Debug for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Act::Done { .. } => "Done",
            Act::Moved { .. } => "Moved",
            Act::HandedOver { .. } => "HandedOver",
            Act::Attempt { .. } => "Attempt",
            Act::Refusal { .. } => "Refusal",
        })
    }
}

/// What an act makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted {
    /// The follow-up from now on.
    pub fields: Fields,
    /// The next one, if it comes back.
    pub next: Option<Fields>,
    /// An attempt or a refusal is a contact in the file.
    pub contact: Option<Fields>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ActFault {
    #[error("the follow-up has no due date")]
    NotDue,
    #[error("it is done already")]
    DoneAlready,
    #[error("a reason is required")]
    NoReason,
    #[error("the date is after today")]
    AfterToday,
    #[error("the date is before today")]
    BeforeToday,
}

impl FollowUp {
    /// `None` for any other kind of record, and for one without a due date.
    pub fn of(record: &Record) -> Option<Self> {
        if record.at.kind != RecordKind::FollowUp {
            return None;
        }
        let fields = &record.fields;
        let due = fields.date(&follow_up::DUE)?;
        Some(Self {
            at: record.at,
            kind: fields.text(&follow_up::KIND).to_owned(),
            due,
            first_due: fields.date(&follow_up::FIRST_DUE).unwrap_or(due),
            repeat: Repeat::of(fields.text(&follow_up::REPEAT)),
            worker: fields.link(&follow_up::WORKER).map(WorkerId),
            rule: fields.text(&follow_up::RULE).to_owned(),
            reason: fields.text(&follow_up::REASON).to_owned(),
            attempts: attempts(fields),
            done: fields.date(&follow_up::DONE),
            about: fields.link(&follow_up::ABOUT),
        })
    }

    /// `None` also for one that is done: most of a file are, and are not read for that.
    pub fn open(record: &Record) -> Option<Self> {
        if record.fields.date(&follow_up::DONE).is_some() { None } else { Self::of(record) }
    }

    pub fn is_open(&self) -> bool {
        self.done.is_none()
    }

    /// 0 while it is not overdue; nothing that is done is overdue.
    pub fn overdue_days(&self, today: NaiveDate) -> i64 {
        if self.is_open() { overdue_days(self.due, today) } else { 0 }
    }

    pub fn rises_to_supervisor(&self, today: NaiveDate) -> bool {
        self.overdue_days(today) >= RISES_AFTER_DAYS
    }
}

/// Days since something open was due; 0 while it is not overdue.
pub fn overdue_days(due: NaiveDate, today: NaiveDate) -> i64 {
    (today - due).num_days().max(0)
}

impl Repeat {
    pub fn of(code: &str) -> Option<Self> {
        Some(match code {
            "weekly" => Self::Days(7),
            "fortnightly" => Self::Days(14),
            "monthly" => Self::Months(1),
            "quarterly" => Self::Months(3),
            "half-yearly" => Self::Months(6),
            "yearly" => Self::Months(12),
            _ => return None,
        })
    }

    /// The first day of the rhythm through `anchor` that is later than `after` and not before `from`. In months
    /// without day `day`, the last one.
    fn next(self, anchor: NaiveDate, day: u32, after: NaiveDate, from: NaiveDate) -> Option<NaiveDate> {
        let fits = |date: &NaiveDate| *date > anchor && *date > after && *date >= from;
        match self {
            Self::Days(days) => {
                // Whole periods up to the later bound, then at most one more.
                let gap = (after.max(from) - anchor).num_days().max(0) as u64;
                let days = u64::from(days);
                let near = anchor.checked_add_days(Days::new(gap / days * days))?;
                [Some(near), near.checked_add_days(Days::new(days))].into_iter().flatten().find(fits)
            }
            Self::Months(months) => {
                let bound = after.max(from);
                let first = anchor.year() * 12 + anchor.month0() as i32;
                let gap = (bound.year() * 12 + bound.month0() as i32 - first).max(0);
                let months = months as i32;
                let near = first + gap / months * months;
                [near, near + months].into_iter().filter_map(|month| in_month(month, day)).find(fits)
            }
        }
    }
}

/// Day `day` of the month with this number (12 a year), or its last day.
fn in_month(month: i32, day: u32) -> Option<NaiveDate> {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) as u32 + 1);
    (28..=day.max(28)).rev().find_map(|last| NaiveDate::from_ymd_opt(year, month, day.min(last)))
}

fn attempts(fields: &Fields) -> u32 {
    fields.number(&follow_up::ATTEMPTS).and_then(|count| u32::try_from(count).ok()).unwrap_or(0)
}

/// What `act` makes of an open follow-up. The next one of a rhythm is counted from the day it was first due, never
/// from a late doing, is later than the doing, and never in the past.
pub fn apply(fields: &Fields, act: &Act, today: NaiveDate) -> Result<Acted, ActFault> {
    let due = fields.date(&follow_up::DUE).ok_or(ActFault::NotDue)?;
    if fields.get(&follow_up::DONE).is_some() {
        return Err(ActFault::DoneAlready);
    }
    let mut acted = Acted { fields: fields.clone(), next: None, contact: None };
    let set = &mut acted.fields;
    match act {
        Act::Done { on, outcome } => {
            not_after(*on, today)?;
            set.set(follow_up::DONE, Some(Value::Date(*on)));
            set.set(follow_up::OUTCOME, Some(Value::Text(outcome.trim().to_owned())));
            acted.next = next(fields, due, *on, today);
        }
        Act::Moved { to, why } => {
            if *to < today {
                return Err(ActFault::BeforeToday);
            }
            set.set(follow_up::MOVED_WHY, Some(Value::Text(reason(why)?)));
            if fields.get(&follow_up::FIRST_DUE).is_none() {
                set.set(follow_up::FIRST_DUE, Some(Value::Date(due)));
            }
            set.set(follow_up::DUE, Some(Value::Date(*to)));
        }
        Act::HandedOver { to, why } => {
            set.set(follow_up::HANDED_WHY, Some(Value::Text(reason(why)?)));
            set.set(follow_up::WORKER, Some(Value::Link(to.0)));
        }
        Act::Attempt { on, why } | Act::Refusal { on, why } => {
            not_after(*on, today)?;
            let why = reason(why)?;
            set.set(follow_up::ATTEMPTS, Some(Value::Number(i64::from(attempts(fields)) + 1)));
            let kind = if matches!(act, Act::Refusal { .. }) { "refusal" } else { "attempt" };
            let mut event = Fields::default();
            event.set(contact::KIND, Some(Value::Choice(kind.to_owned())));
            event.set(contact::ON, Some(Value::Date(*on)));
            event.set(contact::REASON, Some(Value::Text(why)));
            acted.contact = Some(event);
        }
    }
    Ok(acted)
}

fn not_after(on: NaiveDate, today: NaiveDate) -> Result<(), ActFault> {
    if on > today { Err(ActFault::AfterToday) } else { Ok(()) }
}

fn reason(why: &str) -> Result<String, ActFault> {
    let why = why.trim();
    if why.is_empty() { Err(ActFault::NoReason) } else { Ok(why.to_owned()) }
}

/// What acts have written on one follow-up and the next one starts without.
const OF_ONE: [FieldId; 8] = [
    follow_up::END,
    follow_up::DONE,
    follow_up::OUTCOME,
    follow_up::ATTEMPTS,
    follow_up::MOVED_WHY,
    follow_up::HANDED_WHY,
    follow_up::FIRST_DUE,
    follow_up::REPEAT_DAY,
];

fn next(fields: &Fields, due: NaiveDate, on: NaiveDate, today: NaiveDate) -> Option<Fields> {
    let repeat = Repeat::of(fields.text(&follow_up::REPEAT))?;
    let anchor = fields.date(&follow_up::FIRST_DUE).unwrap_or(due);
    // A rhythm on the 31st must not become one on the 28th because of February.
    let day = fields.number(&follow_up::REPEAT_DAY).and_then(|day| u32::try_from(day).ok());
    let day = day.unwrap_or(0).clamp(anchor.day(), 31);
    let at = repeat.next(anchor, day, on, today)?;
    let mut next = fields.clone();
    for id in OF_ONE {
        next.set(id, None);
    }
    next.set(follow_up::DUE, Some(Value::Date(at)));
    if matches!(repeat, Repeat::Months(_)) && at.day() < day {
        next.set(follow_up::REPEAT_DAY, Some(Value::Number(i64::from(day))));
    }
    Some(next)
}

#[cfg(test)]
mod tests;
