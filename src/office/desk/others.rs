//! What the general search finds beneath the children: entries of the station's registers and pages of the manual. They
//! have an index of their own, so a child is found no later for them. It is made at the first search after one of them
//! changed: registers hold what one station knows.

use super::Files;
use crate::domain::forms::{activity, agency, base, donor, foster_family, unit, volunteer};
use crate::domain::{FieldId, Record, RecordKind};
use crate::office::{FoundEntry, Other, OtherLine, Refusal, keep, pages};
use crate::search::{Entry, How, Index, Reason, Scratch};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Beneath the children nobody reads far.
const MOST: usize = 20;
/// Names up to so many characters are searched as a person's: any of them may be an initial.
const SHORT: usize = 4;

/// Which fields of a register are searched and shown.
struct Shown {
    kind: RecordKind,
    name: FieldId,
    person: Option<FieldId>,
    place: Option<FieldId>,
    phone: Option<FieldId>,
    on: Option<FieldId>,
    ended: Option<FieldId>,
}

/// The registers whose entries have a name.
#[rustfmt::skip] // a table: one register a line
const SHOWN: [Shown; 7] = [
    Shown { kind: RecordKind::Volunteer, name: volunteer::NAME, person: None, place: Some(volunteer::VILLAGE), phone: Some(volunteer::PHONE), on: None, ended: Some(volunteer::ENDED) },
    Shown { kind: RecordKind::FosterFamily, name: foster_family::NAME, person: None, place: Some(foster_family::VILLAGE), phone: Some(foster_family::PHONE), on: None, ended: Some(foster_family::ENDED) },
    Shown { kind: RecordKind::Agency, name: agency::NAME, person: Some(agency::PERSON), place: Some(agency::PLACE), phone: Some(agency::PHONE), on: None, ended: Some(agency::ENDED) },
    Shown { kind: RecordKind::Base, name: base::NAME, person: Some(base::RESPONSIBLE), place: Some(base::PLACE), phone: Some(base::PHONE), on: None, ended: Some(base::ENDED) },
    Shown { kind: RecordKind::Unit, name: unit::NAME, person: Some(unit::PERSON), place: None, phone: Some(unit::PHONE), on: None, ended: None },
    Shown { kind: RecordKind::Donor, name: donor::NAME, person: Some(donor::PERSON), place: None, phone: Some(donor::PHONE), on: None, ended: None },
    Shown { kind: RecordKind::Activity, name: activity::TOPIC, person: Some(activity::LED_BY), place: Some(activity::PLACE), phone: None, on: Some(activity::ON), ended: None },
];

#[derive(Default)]
pub(super) struct Others(Mutex<Option<Built>>);

struct Built {
    index: Index,
    scratch: Scratch,
    others: Vec<Other>,
}

impl Others {
    fn lock(&self) -> MutexGuard<'_, Option<Built>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something of this kind was saved.
    pub(super) fn changed(&self, kind: RecordKind) {
        if SHOWN.iter().any(|shown| shown.kind == kind) {
            *self.lock() = None;
        }
    }

    /// A page of the station's own is there, or gone; or so much was saved that nobody asks what.
    pub(super) fn forget(&self) {
        *self.lock() = None;
    }
}

impl Files {
    pub(super) fn find_others(&self, text: &str) -> Result<Vec<OtherLine>, Refusal> {
        let mut others = self.others.lock();
        if others.is_none() {
            *others = Some(self.index_others()?);
        }
        let Some(Built { index, scratch, others }) = others.as_mut() else { return Ok(vec![]) };
        let found = index.find(text, MOST, scratch);
        let line = |hit: crate::search::Hit| {
            let other = others.get(hit.row as usize)?;
            is_near(other, &hit.reasons)
                .then(|| OtherLine { other: other.clone(), reasons: hit.reasons.clone() })
        };
        let mut lines: Vec<OtherLine> = found.hits.into_iter().filter_map(line).collect();
        // Behind what was found as it was typed; else in the order of the index.
        lines.sort_by_key(|line| line.reasons.iter().any(|reason| reason.how > How::Initials));
        Ok(lines)
    }

    fn index_others(&self) -> Result<Built, Refusal> {
        let mut others = vec![];
        for shown in &SHOWN {
            let mut records = keep::of_kind(&self.store, shown.kind)?;
            records.sort_by_key(|record| (record.created, record.at.id));
            others.extend(records.iter().map(|record| Other::Entry(shown.entry(record))));
        }
        let page = |page: &std::sync::Arc<crate::manual::Page>| {
            let [zh, en] = page.titles().map(str::to_owned);
            Other::Page { id: page.id.clone(), zh, en }
        };
        others.extend(pages::read(&self.dir).0.all().iter().map(page));
        let index = Index::build(others.iter().map(entry));
        Ok(Built { index, scratch: Scratch::default(), others })
    }
}

impl Shown {
    fn entry(&self, record: &Record) -> FoundEntry {
        let fields = &record.fields;
        let text = |field: &Option<FieldId>| field.as_ref().map_or("", |field| fields.text(field)).to_owned();
        FoundEntry {
            at: record.at,
            name: fields.text(&self.name).to_owned(),
            person: text(&self.person),
            place: text(&self.place),
            phone: text(&self.phone),
            on: self.on.as_ref().and_then(|on| fields.date(on)),
            ended: self.ended.as_ref().is_some_and(|ended| fields.get(ended).is_some()),
        }
    }
}

/// What the index reads: see [`OtherLine::reasons`] for what stands where.
fn entry(other: &Other) -> Entry<'_> {
    match other {
        Other::Entry(entry) => {
            let short = entry.name.chars().count() <= SHORT;
            let (name, school) = if short { (entry.name.as_str(), "") } else { ("", entry.name.as_str()) };
            let FoundEntry { person, place, phone, .. } = entry;
            Entry { name, school, guardian: person, village: place, phone, ..Entry::default() }
        }
        Other::Page { zh, en, .. } => {
            // A page of the station's own is written in one language.
            let village = if en == zh { "" } else { en };
            Entry { school: zh, village, ..Entry::default() }
        }
    }
}

/// A name that was misheard is forgiven, one that was mistyped is not: there are thousands of children it may be, and who
/// looks for one of them need not see titles with a slip in them.
fn is_near(other: &Other, reasons: &[Reason]) -> bool {
    let most = match other {
        Other::Entry(_) => How::Missing,
        Other::Page { .. } => How::Initials,
    };
    reasons.iter().all(|reason| reason.how <= most)
}
