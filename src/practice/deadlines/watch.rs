//! A day in a record that somebody waits for, until the record itself has the answer.

use super::{Rule, Rules, Trigger};
use crate::domain::{FieldId, Fields, RecordKind};
use chrono::NaiveDate;

/// Which day, in which kind of record, and the fields that answer it: one of them filled is enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    pub kind: RecordKind,
    pub day: FieldId,
    pub ends: Vec<FieldId>,
    /// The field whose first line says which of them it is.
    pub tells: Option<FieldId>,
}

/// What a change of a record means for what is due because of a day in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The same day is waited for as before, or none.
    Same,
    /// One is now, and none was before.
    Begins(NaiveDate),
    /// Another one is.
    Moved(NaiveDate),
    /// The record has the answer; on which day, if it says so.
    Answered(Option<NaiveDate>),
    /// No day is waited for any more.
    Dropped,
}

impl Watched {
    fn waits(&self, fields: &Fields) -> Option<NaiveDate> {
        let open = self.ends.iter().all(|field| fields.get(field).is_none());
        fields.date(&self.day).filter(|_| open)
    }

    /// A record that was not there, or is not any more, is none.
    pub fn turn(&self, before: Option<&Fields>, now: Option<&Fields>) -> Turn {
        let was = before.and_then(|fields| self.waits(fields));
        match now.and_then(|fields| self.waits(fields)) {
            is if is == was => Turn::Same,
            Some(day) if was.is_some() => Turn::Moved(day),
            Some(day) => Turn::Begins(day),
            None => {
                let answer = |fields: &Fields| {
                    let filled = self.ends.iter().find(|field| fields.get(field).is_some())?;
                    Some(fields.date(filled))
                };
                now.and_then(answer).map_or(Turn::Dropped, Turn::Answered)
            }
        }
    }
}

impl Rules {
    /// The rules for days in this kind of record.
    pub fn watching(&self, kind: RecordKind) -> impl Iterator<Item = (&Rule, &Watched)> {
        let rules = self.all().iter().filter(|rule| rule.on == Trigger::Day);
        let watched = rules.filter_map(|rule| rule.watched.as_ref().map(|watched| (rule, watched)));
        watched.filter(move |(_, watched)| watched.kind == kind)
    }

    /// The rules that are set off by a flag, with its id.
    pub fn on_flags(&self) -> impl Iterator<Item = (&Rule, &str)> {
        let rules = self.all().iter().filter(|rule| rule.on == Trigger::Flag);
        rules.filter_map(|rule| Some((rule, rule.flag.as_deref()?)))
    }
}
