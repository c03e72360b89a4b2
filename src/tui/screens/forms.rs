//! Which form to open for what somebody wants to write down.

use crate::domain::{ChildId, Fields, RecordKind, RecordRef, Value, forms};
use crate::office::FormJob;
use crate::tui::screen::{Cx, FormPlace, Place, Then};
use chrono::NaiveDate;
use uuid::Uuid;

/// A new child.
pub fn new_child(_today: NaiveDate) -> Place {
    let child = ChildId(Uuid::now_v7());
    let job = FormJob { form: "child".into(), at: RecordRef::child(child), child: None };
    Place::Form(Box::new(FormPlace { job, base: None, fields: Fields::default(), draft: None, focus: None }))
}

/// Something new in a child's file; none where no form is needed.
pub fn about(child: ChildId, then: Then, today: NaiveDate) -> Option<Place> {
    let (form, kind, fields) = match then {
        Then::OpenFile => return Some(Place::File(child)),
        Then::NewVisit => (
            "contact",
            RecordKind::Contact,
            Fields::default()
                .with(forms::contact::KIND, Value::Choice("visit".into()))
                .with(forms::contact::ON, today),
        ),
        Then::NewFollowUp => (
            "follow-up",
            RecordKind::FollowUp,
            Fields::default().with(forms::follow_up::KIND, Value::Choice("visit".into())),
        ),
        Then::Pick => return None,
        Then::NewNote => ("note", RecordKind::Note, Fields::default().with(forms::note::ON, today)),
    };
    let at = RecordRef::of(kind, child.0, Uuid::now_v7());
    let job = FormJob { form: form.into(), at, child: Some(child) };
    Some(Place::Form(Box::new(FormPlace { job, base: None, fields, draft: None, focus: None })))
}

/// An entry of one of the station's registers: as it is, or a new one that begins with these fields.
pub fn entry(cx: &Cx, at: RecordRef, base: Option<Fields>, begin: Fields) -> Option<Place> {
    let form = cx.station.forms.iter().find(|form| form.kind == at.kind)?;
    let job = FormJob { form: form.id.clone().into_owned(), at, child: None };
    let fields = base.clone().unwrap_or(begin);
    Some(Place::Form(Box::new(FormPlace { job, base, fields, draft: None, focus: None })))
}
