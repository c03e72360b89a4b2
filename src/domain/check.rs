//! (placeholder types)
use super::FieldId;
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    Missing,
}
#[derive(Clone, Debug, PartialEq)]
pub struct FieldFault {
    pub field: FieldId,
    pub fault: Fault,
    pub grave: bool,
}
