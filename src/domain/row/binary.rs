//! The kept form of a row: 100,000 of them are read before the first screen, so nothing is copied to read one.
//!
//! ```text
//! version    1
//! flags      which of the optional parts below are there
//! child      16 bytes; then household, worker: 16 each
//! birth, last contact: days since 1 January 1 as i32, little endian
//! categories u16, little endian; status 1
//! sex, risk  a code (below)
//! lengths    of the seven texts, varints; then the texts in one run
//! due        how many, a varint; each: its length, a varint, then id 16, day i32, worker 1 (none, the child's, or
//!            16 bytes of its own), kind (a code), rule and reason (length, text)
//! ```
//! A code is its number in a list, from 1; 0 is no code, 255 another one as length and text. Whatever follows the
//! known parts, in the row or in one due, is skipped: later versions of the program may add there. Anything else needs
//! a new version number, and old programs make the row anew from the file.

use super::packed::Common;
use super::{DueRow, Row, Status};
use crate::domain::forms::{FOLLOW_UP_KINDS, RISKS, SEXES};
use crate::domain::{ChildId, HouseholdId, RecordId, WorkerId};
use chrono::{Datelike, NaiveDate};
use std::fmt;
use uuid::Uuid;

const VERSION: u8 = 1;

pub(super) const HOUSEHOLD: u8 = 1;
pub(super) const WORKER: u8 = 1 << 1;
pub(super) const BIRTH: u8 = 1 << 2;
pub(super) const LAST_CONTACT: u8 = 1 << 3;

const NO_CODE: u8 = 0;
const OTHER_CODE: u8 = 255;

pub(super) const NOBODY: u8 = 0;
pub(super) const SAME_WORKER: u8 = 1;
pub(super) const OWN_WORKER: u8 = 2;

/// A row, read in place: kept, or as it is held in memory.
#[derive(Clone, Copy)]
pub struct RowView<'a> {
    pub child: ChildId,
    pub household: Option<HouseholdId>,
    pub name: &'a str,
    pub sex: &'a str,
    pub birth: Option<NaiveDate>,
    pub id_number: &'a str,
    pub guardian: &'a str,
    pub phone: &'a str,
    pub village: &'a str,
    pub school: &'a str,
    pub case_no: &'a str,
    pub categories: u16,
    pub risk: &'a str,
    pub status: Status,
    pub worker: Option<WorkerId>,
    pub last_contact: Option<NaiveDate>,
    /// Known to be sound: count, then the entries.
    pub(super) due: Dues<'a>,
}

/// [`DueRow`], read in place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DueView<'a> {
    pub id: RecordId,
    pub on: NaiveDate,
    pub kind: &'a str,
    pub worker: Option<WorkerId>,
    pub rule: &'a str,
    pub reason: &'a str,
}

impl Row {
    pub fn encode(&self, out: &mut Vec<u8>) {
        let flag = |there: bool, flag: u8| if there { flag } else { 0 };
        out.push(VERSION);
        out.push(
            flag(self.household.is_some(), HOUSEHOLD)
                | flag(self.worker.is_some(), WORKER)
                | flag(self.birth.is_some(), BIRTH)
                | flag(self.last_contact.is_some(), LAST_CONTACT),
        );
        out.extend_from_slice(self.child.0.as_bytes());
        for id in [self.household.map(|id| id.0), self.worker.map(|id| id.0)].into_iter().flatten() {
            out.extend_from_slice(id.as_bytes());
        }
        for day in [self.birth, self.last_contact].into_iter().flatten() {
            put_day(day, out);
        }
        out.extend_from_slice(&self.categories.to_le_bytes());
        out.push(self.status as u8);
        put_code(&self.sex, SEXES, out);
        put_code(&self.risk, RISKS, out);
        // Digits first: a run of ASCII is checked several times faster than one that hanzi interrupt.
        let texts = [
            &self.id_number,
            &self.phone,
            &self.case_no,
            &self.name,
            &self.guardian,
            &self.village,
            &self.school,
        ];
        for text in texts {
            put_varint(text.len(), out);
        }
        for text in texts {
            out.extend_from_slice(text.as_bytes());
        }
        put_varint(self.due.len(), out);
        let mut entry = Vec::with_capacity(32);
        for due in &self.due {
            entry.clear();
            due.encode(self.worker, &mut entry);
            put_varint(entry.len(), out);
            out.extend_from_slice(&entry);
        }
    }

    /// `None` for bytes that no version of the program known here has written.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        RowView::decode(bytes).map(|view| view.to_row())
    }
}

impl DueRow {
    fn encode(&self, childs: Option<WorkerId>, out: &mut Vec<u8>) {
        out.extend_from_slice(self.id.0.as_bytes());
        put_day(self.on, out);
        match self.worker {
            None => out.push(NOBODY),
            worker if worker == childs => out.push(SAME_WORKER),
            Some(worker) => {
                out.push(OWN_WORKER);
                out.extend_from_slice(worker.0.as_bytes());
            }
        }
        put_code(&self.kind, FOLLOW_UP_KINDS, out);
        put_text(&self.rule, out);
        put_text(&self.reason, out);
    }
}

impl<'a> RowView<'a> {
    /// See [`Row::decode`]. Checks everything once, so that reading on cannot fail.
    pub fn decode(bytes: &'a [u8]) -> Option<Self> {
        let mut input = Input(bytes);
        if input.byte()? != VERSION {
            return None;
        }
        let flags = input.byte()?;
        let child = ChildId(input.id()?);
        let household = if flags & HOUSEHOLD != 0 { Some(HouseholdId(input.id()?)) } else { None };
        let worker = if flags & WORKER != 0 { Some(WorkerId(input.id()?)) } else { None };
        let birth = if flags & BIRTH != 0 { Some(input.day()?) } else { None };
        let last_contact = if flags & LAST_CONTACT != 0 { Some(input.day()?) } else { None };
        let categories = u16::from_le_bytes(input.array()?);
        let status = *Status::ALL.get(usize::from(input.byte()?))?;
        let sex = input.code(SEXES)?;
        let risk = input.code(RISKS)?;

        let [id_number, phone, case_no, name, guardian, village, school] = input.texts()?;

        let count = input.varint()?;
        let due = Dues { input, left: count, childs: worker, common: None };
        let mut sound = due;
        for _ in 0..count {
            sound.entry()?;
        }
        Some(Self {
            child,
            household,
            name,
            sex,
            birth,
            id_number,
            guardian,
            phone,
            village,
            school,
            case_no,
            categories,
            risk,
            status,
            worker,
            last_contact,
            due,
        })
    }

    /// Open follow-ups, soonest first.
    pub fn due(&self) -> impl ExactSizeIterator<Item = DueView<'a>> + use<'a> {
        self.due
    }

    pub fn category_codes(&self) -> impl Iterator<Item = &'static str> + use<> {
        super::category_codes(self.categories)
    }

    pub fn to_row(&self) -> Row {
        Row {
            child: self.child,
            household: self.household,
            name: self.name.to_owned(),
            sex: self.sex.to_owned(),
            birth: self.birth,
            id_number: self.id_number.to_owned(),
            guardian: self.guardian.to_owned(),
            phone: self.phone.to_owned(),
            village: self.village.to_owned(),
            school: self.school.to_owned(),
            case_no: self.case_no.to_owned(),
            categories: self.categories,
            risk: self.risk.to_owned(),
            status: self.status,
            worker: self.worker,
            due: self.due().map(DueRow::from).collect(),
            last_contact: self.last_contact,
        }
    }
}

impl From<DueView<'_>> for DueRow {
    fn from(view: DueView<'_>) -> Self {
        Self {
            id: view.id,
            on: view.on,
            kind: view.kind.to_owned(),
            worker: view.worker,
            rule: view.rule.to_owned(),
            reason: view.reason.to_owned(),
        }
    }
}

impl fmt::Debug for RowView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RowView({})", self.child)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Dues<'a> {
    pub(super) input: Input<'a>,
    pub(super) left: usize,
    pub(super) childs: Option<WorkerId>,
    /// Of a row in memory.
    pub(super) common: Option<&'a Common>,
}

impl<'a> Dues<'a> {
    fn entry(&mut self) -> Option<DueView<'a>> {
        if let Some(common) = self.common {
            return common.due(&mut self.input, self.childs);
        }
        let length = self.input.varint()?;
        let mut entry = Input(self.input.take(length)?);
        let id = RecordId(entry.id()?);
        let on = entry.day()?;
        let worker = match entry.byte()? {
            NOBODY => None,
            SAME_WORKER => self.childs,
            OWN_WORKER => Some(WorkerId(entry.id()?)),
            _ => return None,
        };
        let kind = entry.code(FOLLOW_UP_KINDS)?;
        let rule = entry.text()?;
        let reason = entry.text()?;
        Some(DueView { id, on, kind, worker, rule, reason })
    }
}

impl<'a> Iterator for Dues<'a> {
    type Item = DueView<'a>;

    fn next(&mut self) -> Option<DueView<'a>> {
        self.left = self.left.checked_sub(1)?;
        self.entry()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Dues<'_> {}

#[derive(Clone, Copy)]
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn id(&mut self) -> Option<Uuid> {
        self.array().map(Uuid::from_bytes)
    }

    pub(super) fn day(&mut self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(self.array()?))
    }

    pub(super) fn varint(&mut self) -> Option<usize> {
        let mut value = 0;
        // Four groups of seven bits: no length here comes near 256 MB.
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = self.varint()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// Texts in one run behind all of their lengths.
    pub(super) fn texts<const N: usize>(&mut self) -> Option<[&'a str; N]> {
        let mut lengths = [0; N];
        let mut total = 0usize;
        for length in &mut lengths {
            *length = self.varint()?;
            total = total.checked_add(*length)?;
        }
        // One check for all; cutting then looks at the cuts only.
        let mut rest = std::str::from_utf8(self.take(total)?).ok()?;
        let mut texts = [""; N];
        for (text, length) in texts.iter_mut().zip(lengths) {
            (*text, rest) = rest.split_at_checked(length)?;
        }
        Some(texts)
    }

    pub(super) fn code(&mut self, list: &[&'static str]) -> Option<&'a str> {
        match self.byte()? {
            NO_CODE => Some(""),
            OTHER_CODE => self.text(),
            number => list.get(usize::from(number) - 1).copied(),
        }
    }
}

pub(super) fn put_varint(mut value: usize, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(super) fn put_day(day: NaiveDate, out: &mut Vec<u8>) {
    out.extend_from_slice(&day.num_days_from_ce().to_le_bytes());
}

pub(super) fn put_text(text: &str, out: &mut Vec<u8>) {
    put_varint(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

pub(super) fn put_code(code: &str, list: &[&str], out: &mut Vec<u8>) {
    match list.iter().position(|known| *known == code) {
        _ if code.is_empty() => out.push(NO_CODE),
        Some(at) if at < usize::from(OTHER_CODE) - 1 => out.push(at as u8 + 1),
        _ => {
            out.push(OTHER_CODE);
            put_text(code, out);
        }
    }
}
