//! Records: a kind, an owner, an id and a map of fields.

use super::{FieldId, Value, id::*};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a record is. The number is its kind on disk and is never given to another kind; numbers from 0x80 are
/// small digests that are all in memory from the first screen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// A child 儿童. Its own owner.
    Child = 1,
    /// A household 家庭. Its own owner.
    Household = 2,
    /// A parent or carer with their circumstances. Owned by the household.
    Member = 3,
    /// A case 个案: an episode in a child's file. Owned by the child, as are all below.
    Case = 4,
    /// A visit, call, attempt or refusal.
    Contact = 5,
    /// A follow-up 回访: something due.
    FollowUp = 6,
    /// A note of any length.
    Note = 7,
    /// One change of the file, kept for its history.
    Change = 8,
    /// How a child lives now: one record, with the child's id.
    Situation = 13,
    /// A finding 发现: what was seen, and the mandatory report of it 强制报告.
    Finding = 14,
    /// A goal 目标 of the service plan.
    Goal = 15,
    /// Consent 同意 to one service and recipient.
    Consent = 16,
    /// A referral 转介.
    Referral = 17,
    /// A conference 会商 of several agencies.
    Conference = 18,
    /// A placement 安置.
    Placement = 19,
    /// A contact between the child and its family.
    FamilyContact = 20,
    /// A session of companionship 陪伴.
    Session = 21,
    /// That the child came to an activity, whose id it has: so nobody comes twice.
    Attendance = 43,
    /// A score 量表: the answers to an instrument at one moment.
    Score = 22,
    /// A rule that somebody decided does not hold for the child, and why.
    Overrule = 23,
    /// A volunteer 志愿者. Its own owner, as are all of the station's registers.
    Volunteer = 32,
    /// A foster family 寄养家庭.
    FosterFamily = 33,
    /// An agency 服务机构 and what it offers.
    Agency = 34,
    /// A base or home 基地、家园.
    Base = 35,
    /// A lecture, training, inspection or other activity 活动.
    Activity = 36,
    /// A donor 捐赠方.
    Donor = 37,
    /// An entry of the aid ledger 救助台账: never changed, only corrected by another.
    AidEntry = 38,
    /// A precedent 案例: its own owner, and nothing in it leads to a child. One that waits for review lies with its child.
    Precedent = 39,
    /// A parent's entrusting of the care to somebody else 委托照护, and its confirmation. Owned by the child.
    Entrustment = 44,
    /// A guidance centre 指导中心 or station 站点 of the organisation.
    Unit = 40,
    /// An entry of the supervision log 督导记录.
    Supervision = 41,
    /// A copy of one of the station's own files, for backups; kept by the office. Owned by the nil id.
    OwnText = 45,
    /// Who did what; kept by the office. Owned by the nil id.
    Audit = 12,
    /// What lists, search and reminders need of a child.
    Row = 0x81,
    /// What the office carries from one change to the next: one record. Its own owner, the nil id.
    Ledger = 0x82,
    /// What is being typed. Owned by the account that types it.
    Draft = 0x83,
    /// The station itself: one record. Its own owner, the nil id.
    Station = 0x84,
    /// How a member of staff is called. Owned by the station.
    Staff = 0x85,
}

impl RecordKind {
    pub const ALL: [RecordKind; 38] = [
        Self::Child,
        Self::Household,
        Self::Member,
        Self::Case,
        Self::Contact,
        Self::FollowUp,
        Self::Note,
        Self::Change,
        Self::Situation,
        Self::Finding,
        Self::Goal,
        Self::Consent,
        Self::Referral,
        Self::Conference,
        Self::Placement,
        Self::Entrustment,
        Self::FamilyContact,
        Self::Session,
        Self::Attendance,
        Self::Score,
        Self::Overrule,
        Self::Volunteer,
        Self::FosterFamily,
        Self::Agency,
        Self::Base,
        Self::Unit,
        Self::Supervision,
        Self::Activity,
        Self::Donor,
        Self::AidEntry,
        Self::Precedent,
        Self::OwnText,
        Self::Draft,
        Self::Station,
        Self::Staff,
        Self::Audit,
        Self::Row,
        Self::Ledger,
    ];

    /// What is done for a child, in the order in which a file lists it.
    pub const SERVICES: [RecordKind; 13] = [
        Self::Situation,
        Self::Finding,
        Self::Goal,
        Self::Consent,
        Self::Referral,
        Self::Conference,
        Self::Placement,
        Self::Entrustment,
        Self::FamilyContact,
        Self::Session,
        Self::Attendance,
        Self::Score,
        Self::Overrule,
    ];

    /// What is the station's and no child's, in the order of the tabs.
    pub const REGISTERS: [RecordKind; 9] = [
        Self::Volunteer,
        Self::FosterFamily,
        Self::Agency,
        Self::Base,
        Self::Unit,
        Self::Supervision,
        Self::Activity,
        Self::Donor,
        Self::AidEntry,
    ];

    pub fn is_register(self) -> bool {
        Self::REGISTERS.contains(&self)
    }

    /// A part of a child's file, owned by the child.
    pub fn is_of_child(self) -> bool {
        matches!(self, Self::Case | Self::Contact | Self::FollowUp | Self::Note)
            || Self::SERVICES.contains(&self)
    }

    /// Id of its form; `None` for what nobody fills in.
    pub fn form(self) -> Option<&'static str> {
        Some(match self {
            Self::Child => "child",
            Self::Household => "household",
            Self::Member => "member",
            Self::Case => "case",
            Self::Contact => "contact",
            Self::FollowUp => "follow-up",
            Self::Note => "note",
            Self::Situation => "situation",
            Self::Finding => "finding",
            Self::Goal => "goal",
            Self::Consent => "consent",
            Self::Referral => "referral",
            Self::Conference => "conference",
            Self::Placement => "placement",
            Self::Entrustment => "entrustment",
            Self::FamilyContact => "family-contact",
            Self::Session => "session",
            Self::Attendance => "attendance",
            Self::Score => "score",
            Self::Overrule => "overrule",
            Self::Volunteer => "volunteer",
            Self::FosterFamily => "foster-family",
            Self::Agency => "agency",
            Self::Base => "base",
            Self::Unit => "unit",
            Self::Supervision => "supervision",
            Self::Activity => "activity",
            Self::Donor => "donor",
            Self::AidEntry => "aid-entry",
            _ => return None,
        })
    }

    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == byte)
    }
}

/// Where a record is: records of one owner lie together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordRef {
    pub kind: RecordKind,
    pub owner: Uuid,
    pub id: Uuid,
}

impl RecordRef {
    pub fn child(child: ChildId) -> Self {
        Self { kind: RecordKind::Child, owner: child.0, id: child.0 }
    }

    pub fn household(household: HouseholdId) -> Self {
        Self { kind: RecordKind::Household, owner: household.0, id: household.0 }
    }

    pub fn of(kind: RecordKind, owner: Uuid, id: Uuid) -> Self {
        Self { kind, owner, id }
    }

    pub fn station() -> Self {
        Self { kind: RecordKind::Station, owner: Uuid::nil(), id: Uuid::nil() }
    }
}

/// The fields of a record or of a form: only those that have a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<FieldId, Value>);

impl Fields {
    pub fn get(&self, id: &FieldId) -> Option<&Value> {
        self.0.get(id)
    }

    /// Sets a value; `None`, empty text and an empty choice clear the field.
    pub fn set(&mut self, id: FieldId, value: Option<Value>) {
        let empty = match &value {
            None => true,
            Some(Value::Text(text) | Value::Choice(text)) => text.is_empty(),
            Some(Value::Choices(codes)) => codes.is_empty(),
            Some(_) => false,
        };
        match value {
            Some(value) if !empty => self.0.insert(id, value),
            _ => self.0.remove(&id),
        };
    }

    pub fn with(mut self, id: FieldId, value: impl Into<Value>) -> Self {
        self.set(id, Some(value.into()));
        self
    }

    /// The text of a text or choice field, else "".
    pub fn text(&self, id: &FieldId) -> &str {
        match self.get(id) {
            Some(Value::Text(text) | Value::Choice(text)) => text,
            _ => "",
        }
    }

    pub fn date(&self, id: &FieldId) -> Option<NaiveDate> {
        match self.get(id) {
            Some(Value::Date(date)) => Some(*date),
            Some(Value::Moment(moment)) => Some(moment.date()),
            _ => None,
        }
    }

    pub fn number(&self, id: &FieldId) -> Option<i64> {
        match self.get(id) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    pub fn yes(&self, id: &FieldId) -> Option<bool> {
        match self.get(id) {
            Some(Value::Yes(yes)) => Some(*yes),
            _ => None,
        }
    }

    pub fn link(&self, id: &FieldId) -> Option<Uuid> {
        match self.get(id) {
            Some(Value::Link(link)) => Some(*link),
            _ => None,
        }
    }

    pub fn choices(&self, id: &FieldId) -> impl Iterator<Item = &str> {
        let (one, many): (Option<&String>, Option<&BTreeSet<String>>) = match self.get(id) {
            Some(Value::Choice(code)) => (Some(code), None),
            Some(Value::Choices(codes)) => (None, Some(codes)),
            _ => (None, None),
        };
        one.into_iter().chain(many.into_iter().flatten()).map(String::as_str)
    }
}

/// A record as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    #[serde(rename = "r")]
    pub at: RecordRef,
    #[serde(rename = "f")]
    pub fields: Fields,
    /// When it was made and last changed.
    #[serde(rename = "c")]
    pub created: super::Stamp,
    #[serde(rename = "u")]
    pub updated: super::Stamp,
}
