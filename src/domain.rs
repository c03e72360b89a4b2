//! The words of the work: records and their fields, forms, changes, and the arithmetic of ids, dates and follow-ups.
//!
//! Nothing here knows a clock, a disk, a screen or a language. "Today" is always a parameter.

pub mod aid;
pub mod case;
pub mod change;
pub mod check;
pub mod company;
pub mod decisions;
pub mod follow_up;
pub mod form;
pub mod forms;
pub mod id;
pub mod plain;
pub mod record;
pub mod resident_id;
pub mod row;
pub mod station_fields;
pub mod units;
pub mod value;
pub mod when;

pub use change::{Change, ChangeId, Edit, Part, Stamp};
pub use check::{Fault, FieldFault};
pub use follow_up::{Act, ActFault, Acted, FollowUp, Repeat};
pub use form::{Choices, Condition, FieldKind, FieldSpec, FormSpec, Label, Need};
pub use id::{ChildId, HouseholdId, RecordId, WorkerId};
pub use record::{Fields, Record, RecordKind, RecordRef};
pub use resident_id::{IdFault, ResidentId, Suspect};
pub use row::{DueRow, DueView, Row, RowView, Status};
pub use value::{FieldId, Value};
pub use when::{Leaning, WhenFault};
