//! The form of a row in memory: the kept form, with what many rows share (village, school, rule, worker) written
//! once beside them. It never leaves the memory of one run, so it has no version.
//!
//! ```text
//! flags      as kept
//! child      16 bytes; then household 16, worker as below
//! birth, last contact, categories, status, sex, risk: as kept
//! lengths    of the five texts of its own, varints; then the texts in one run
//! village, school: a number in [`Common`], a varint; or 0, length, text
//! due        how many, a varint; each: id 16, day i32, worker 1 (none, the child's, or one of its own), kind (a
//!            code), rule (as village), reason (length, text)
//! ```
//! A worker is a number in [`Common`], one byte; or 255 and 16 bytes.

use super::binary::{
    BIRTH, Dues, HOUSEHOLD, Input, LAST_CONTACT, NOBODY, OWN_WORKER, RowView, SAME_WORKER, WORKER, put_code,
    put_day, put_text, put_varint,
};
use super::{DueView, Status};
use crate::domain::forms::{FOLLOW_UP_KINDS, RISKS, SEXES};
use crate::domain::{ChildId, HouseholdId, RecordId, WorkerId};
use hashbrown::HashMap;
use uuid::Uuid;

/// Where a packed row holds the id of its child.
const CHILD: std::ops::Range<usize> = 1..17;
/// Where texts are all different, writing them once would only cost.
const MOST_TEXTS: usize = 1 << 14;
const MOST_WORKERS: usize = 254;
const ELSE: u8 = 255;

/// What many rows share. Grows only.
#[derive(Default)]
pub struct Common {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    workers: Vec<Uuid>,
}

impl Common {
    /// Bytes held, about.
    pub fn bytes_held(&self) -> usize {
        self.texts.iter().map(|text| 2 * (text.len() + 16) + 8).sum()
    }

    fn put_text(&mut self, text: &str, out: &mut Vec<u8>) {
        let known = self.numbers.get(text).copied();
        let number = known.or_else(|| {
            if text.is_empty() || self.texts.len() >= MOST_TEXTS {
                return None;
            }
            self.texts.push(text.into());
            let number = self.texts.len() as u32;
            self.numbers.insert(text.into(), number);
            Some(number)
        });
        put_varint(number.unwrap_or(0) as usize, out);
        if number.is_none() {
            put_text(text, out);
        }
    }

    fn text<'a>(&'a self, input: &mut Input<'a>) -> Option<&'a str> {
        match input.varint()? {
            0 => input.text(),
            number => self.texts.get(number - 1).map(|text| &**text),
        }
    }

    fn put_worker(&mut self, WorkerId(id): WorkerId, out: &mut Vec<u8>) {
        let known = self.workers.iter().position(|known| *known == id).or_else(|| {
            (self.workers.len() < MOST_WORKERS).then(|| {
                self.workers.push(id);
                self.workers.len() - 1
            })
        });
        match known {
            Some(at) => out.push(at as u8),
            None => {
                out.push(ELSE);
                out.extend_from_slice(id.as_bytes());
            }
        }
    }

    fn worker(&self, input: &mut Input<'_>) -> Option<WorkerId> {
        match input.byte()? {
            ELSE => input.id().map(WorkerId),
            at => self.workers.get(usize::from(at)).copied().map(WorkerId),
        }
    }

    pub(super) fn due<'a>(&'a self, input: &mut Input<'a>, childs: Option<WorkerId>) -> Option<DueView<'a>> {
        let id = RecordId(input.id()?);
        let on = input.day()?;
        let worker = match input.byte()? {
            NOBODY => None,
            SAME_WORKER => childs,
            OWN_WORKER => Some(self.worker(input)?),
            _ => return None,
        };
        let kind = input.code(FOLLOW_UP_KINDS)?;
        let rule = self.text(input)?;
        let reason = input.text()?;
        Some(DueView { id, on, kind, worker, rule, reason })
    }
}

impl<'a> RowView<'a> {
    /// `due` sees each follow-up on the way: reading them again would cost as much as the rest.
    pub fn pack(&self, common: &mut Common, out: &mut Vec<u8>, mut due: impl FnMut(&DueView<'a>)) {
        let flag = |there: bool, flag: u8| if there { flag } else { 0 };
        out.push(
            flag(self.household.is_some(), HOUSEHOLD)
                | flag(self.worker.is_some(), WORKER)
                | flag(self.birth.is_some(), BIRTH)
                | flag(self.last_contact.is_some(), LAST_CONTACT),
        );
        out.extend_from_slice(self.child.0.as_bytes());
        if let Some(HouseholdId(id)) = self.household {
            out.extend_from_slice(id.as_bytes());
        }
        if let Some(worker) = self.worker {
            common.put_worker(worker, out);
        }
        for day in [self.birth, self.last_contact].into_iter().flatten() {
            put_day(day, out);
        }
        out.extend_from_slice(&self.categories.to_le_bytes());
        out.push(self.status as u8);
        put_code(self.sex, SEXES, out);
        put_code(self.risk, RISKS, out);
        let texts = [self.id_number, self.phone, self.case_no, self.name, self.guardian];
        for text in texts {
            put_varint(text.len(), out);
        }
        for text in texts {
            out.extend_from_slice(text.as_bytes());
        }
        common.put_text(self.village, out);
        common.put_text(self.school, out);
        let dues = self.due();
        put_varint(dues.len(), out);
        for one in dues {
            due(&one);
            out.extend_from_slice(one.id.0.as_bytes());
            put_day(one.on, out);
            match one.worker {
                None => out.push(NOBODY),
                worker if worker == self.worker => out.push(SAME_WORKER),
                Some(worker) => {
                    out.push(OWN_WORKER);
                    common.put_worker(worker, out);
                }
            }
            put_code(one.kind, FOLLOW_UP_KINDS, out);
            common.put_text(one.rule, out);
            put_text(one.reason, out);
        }
    }

    /// Reads a row that was packed with the same [`Common`]; what follows it does not matter.
    pub fn unpack(bytes: &'a [u8], common: &'a Common) -> Option<Self> {
        let mut input = Input(bytes);
        let flags = input.byte()?;
        let child = ChildId(input.id()?);
        let household = if flags & HOUSEHOLD != 0 { Some(HouseholdId(input.id()?)) } else { None };
        let worker = if flags & WORKER != 0 { Some(common.worker(&mut input)?) } else { None };
        let birth = if flags & BIRTH != 0 { Some(input.day()?) } else { None };
        let last_contact = if flags & LAST_CONTACT != 0 { Some(input.day()?) } else { None };
        let categories = u16::from_le_bytes(input.array()?);
        let status = *Status::ALL.get(usize::from(input.byte()?))?;
        let sex = input.code(SEXES)?;
        let risk = input.code(RISKS)?;
        let [id_number, phone, case_no, name, guardian] = input.texts()?;
        let village = common.text(&mut input)?;
        let school = common.text(&mut input)?;
        let left = input.varint()?;
        let due = Dues { input, left, childs: worker, common: Some(common) };
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

    /// The child of a packed row, without reading the rest.
    pub fn packed_child(bytes: &[u8]) -> Option<ChildId> {
        Some(ChildId(Uuid::from_bytes(bytes.get(CHILD)?.try_into().ok()?)))
    }
}
