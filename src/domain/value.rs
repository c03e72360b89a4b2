//! What a field can hold.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeSet, fmt};
use uuid::Uuid;

/// The name of a field within its form: `name`, `birth`, `x-clan` (a station's own fields begin with `x-`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldId(Cow<'static, str>);

impl FieldId {
    pub const fn new(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    pub fn owned(id: String) -> Self {
        Self(Cow::Owned(id))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One value. An empty field has no value at all.
///
/// `Debug` prints the kind only: values are about people and must not reach a log or a panic.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    #[serde(rename = "t")]
    Text(String),
    #[serde(rename = "d")]
    Date(NaiveDate),
    /// Local time of the station.
    #[serde(rename = "m")]
    Moment(NaiveDateTime),
    #[serde(rename = "n")]
    Number(i64),
    #[serde(rename = "y")]
    Yes(bool),
    /// The code of a choice, never its text.
    #[serde(rename = "c")]
    Choice(String),
    #[serde(rename = "s")]
    Choices(BTreeSet<String>),
    /// Another record, or a worker.
    #[serde(rename = "l")]
    Link(Uuid),
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Value::Text(_) => "Text(..)",
            Value::Date(_) => "Date(..)",
            Value::Moment(_) => "Moment(..)",
            Value::Number(_) => "Number(..)",
            Value::Yes(_) => "Yes(..)",
            Value::Choice(_) => "Choice(..)",
            Value::Choices(_) => "Choices(..)",
            Value::Link(_) => "Link(..)",
        })
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Value::Date(date)
    }
}
