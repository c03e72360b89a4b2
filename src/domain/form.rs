//! Forms as data: one [`FieldSpec`] row gives the widget, the check, the import and export column, the help line and
//! the catalogue key of a field. Core forms are tables in [`crate::domain::forms`]; a station's own fields are read from TOML into
//! the same type.

use super::{FieldId, Fields, RecordKind, Value};
use std::borrow::Cow;

pub type Text = Cow<'static, str>;

/// A form: the fields of one kind of record, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct FormSpec {
    /// `child`, `visit` …: also the middle of its catalogue keys.
    pub id: Text,
    pub kind: RecordKind,
    pub fields: Vec<FieldSpec>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FieldSpec {
    pub id: FieldId,
    pub kind: FieldKind,
    pub need: Need,
    pub label: Label,
    /// Heading under which it stands; the same on all fields of a section. Catalogue key `section-<section>`.
    pub section: Text,
    /// Shown (and checked) only if this holds.
    pub when: Option<Condition>,
    /// Other headers that a roster may use for this column, besides its labels in both languages.
    pub columns: Vec<Text>,
    /// Masked on screen at the mask key.
    pub personal: bool,
    /// Tells why a child is on file: see [`FieldSpec::is_delicate`].
    pub delicate: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Cannot be saved without.
    Required,
    /// Can be added later; until then the file says that it is missing.
    Expected,
    Optional,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// Catalogue keys `field-<form>-<id>` and `field-<form>-<id>-help`.
    Catalogue,
    /// A station's own field carries its own words.
    Own { zh: String, en: String, help_zh: String, help_en: String },
}

#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// One line of at most this many characters.
    Line(usize),
    /// Several lines; at most this many characters.
    Notes(usize),
    /// A calendar date, typed loosely.
    Date(DateRange),
    Number {
        min: i64,
        max: i64,
    },
    Yes,
    One(Choices),
    Many(Choices),
    Phone,
    /// GB 11643-1999.
    ResidentId,
    /// A member of staff.
    Worker,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateRange {
    Any,
    /// Not after today.
    Past,
    /// Not before today.
    Future,
}

/// A list of choices: codes, with texts `choice-<list>-<code>` in the catalogue or the station's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    pub list: Text,
    pub codes: Vec<Text>,
    /// (zh, en) by code position, for a station's own lists.
    pub own: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The choice field holds one of these codes.
    Is(FieldId, Vec<Text>),
    /// The yes/no field is yes.
    Yes(FieldId),
    Filled(FieldId),
}

impl Condition {
    pub fn holds(&self, fields: &Fields) -> bool {
        match self {
            Condition::Is(id, codes) => fields.choices(id).any(|have| codes.iter().any(|code| code == have)),
            Condition::Yes(id) => fields.get(id) == Some(&Value::Yes(true)),
            Condition::Filled(id) => fields.get(id).is_some(),
        }
    }
}

impl FieldSpec {
    pub fn is_required(&self) -> bool {
        self.need == Need::Required
    }

    /// Says why a child is on file, how grave that is, or may say so, being free text: not for eyes that happen by.
    pub fn is_delicate(&self) -> bool {
        if self.delicate {
            return true;
        }
        use super::forms::{case, child, contact, household, member, note};
        let told = [
            child::FOUND_BY,
            household::BENEFITS,
            member::PAPER,
            case::ARRANGEMENT,
            case::REOPEN_REASON,
            case::CLOSE_REASON,
            contact::REASON,
            contact::AGREED,
            contact::CONCERN,
            note::TITLE,
        ];
        match (&self.kind, &self.when) {
            (FieldKind::Notes(_), _) => true,
            _ if told.contains(&self.id) => true,
            (FieldKind::One(choices) | FieldKind::Many(choices), _) => {
                ["category", "risk", "circumstance"].contains(&&*choices.list)
            }
            (_, Some(Condition::Is(id, _))) => *id == member::CIRCUMSTANCE,
            _ => false,
        }
    }
}

impl FormSpec {
    pub fn field(&self, id: &FieldId) -> Option<&FieldSpec> {
        self.fields.iter().find(|field| field.id == *id)
    }

    /// The fields on screen with these values.
    pub fn shown<'a>(&'a self, fields: &'a Fields) -> impl Iterator<Item = &'a FieldSpec> {
        self.fields.iter().filter(|field| field.when.as_ref().is_none_or(|when| when.holds(fields)))
    }
}
