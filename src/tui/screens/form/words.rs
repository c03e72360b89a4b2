//! Words that need to know the screen as well as the record.

use crate::domain::{FieldSpec, Row, Value, WorkerId};
use crate::tui::screen::Cx;
use crate::wording;

/// A value as one line of text.
pub(in crate::tui::screens) fn value(cx: &Cx, field: &FieldSpec, value: &Value) -> String {
    let staff = |id| cx.station.worker(WorkerId(id)).map(str::to_owned);
    wording::value(cx.cat, field, value, &staff)
}

/// A child in a few words: name, age, village.
pub(in crate::tui::screens) fn person(cx: &Cx, row: &Row) -> String {
    let age = row.birth.and_then(|birth| cx.cat.age(birth, cx.today)).unwrap_or_default();
    let parts = [cx.name(&row.name), age, row.village.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
