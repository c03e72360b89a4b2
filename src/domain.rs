//! The words of the work: records and their fields, forms, changes, and the arithmetic of ids, dates and follow-ups.
//!
//! Nothing here knows a clock, a disk, a screen or a language. "Today" is always a parameter.

pub mod change;
pub mod check;
pub mod follow_up;
pub mod form;
pub mod forms;
pub mod id;
pub mod record;
pub mod row;
pub mod value;

pub use change::{Change, ChangeId, Edit, Part, Stamp};
pub use form::{Choices, Condition, FieldKind, FieldSpec, FormSpec, Label, Need};
pub use id::{ChildId, HouseholdId, RecordId, WorkerId};
pub use record::{Fields, Record, RecordKind, RecordRef};
pub use row::{DueRow, Row};
pub use value::{FieldId, Value};
