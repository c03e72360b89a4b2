//! What a field can be filled with from the station's registers: a referral's agency with its phone, a session's volunteer,
//! a placement's family, an entry's donor.

use super::field::Field;
use super::{DIRECTED, DIRECTORY, Form, UNITS};
use crate::domain::forms::{agency, aid_entry, placement, referral, session};
use crate::domain::{FieldId, FieldKind, Record, RecordKind, Value, units};
use crate::office::{Answer, Refusal, Request};
use crate::tui::screen::{Choose, Cx, Effect, Place, Tone};
use crate::wording;
use std::cmp::Reverse;

/// Which register has the entries of a field: (form, field, register).
const FROM: &[(&str, FieldId, RecordKind)] = &[
    ("referral", referral::OFFICE, RecordKind::Agency),
    ("session", session::VOLUNTEER, RecordKind::Volunteer),
    ("placement", placement::FAMILY, RecordKind::FosterFamily),
    ("aid-entry", aid_entry::DONOR, RecordKind::Donor),
];

/// What comes along with an agency.
const COPIED: [(FieldId, FieldId); 3] = [
    (referral::TO, agency::KIND),
    (referral::OFFICE_PERSON, agency::PERSON),
    (referral::OFFICE_PHONE, agency::PHONE),
];

impl Form {
    fn register(&self) -> Option<RecordKind> {
        let field = self.focused()?;
        let row = FROM.iter().find(|(form, id, _)| *form == self.spec.id && *id == field.spec.id);
        row.map(|(.., kind)| *kind)
    }

    pub(super) fn is_listed(&self) -> bool {
        self.register().is_some()
    }

    /// A draft is gone on with before any register was opened: then a unit has no name yet.
    pub(super) fn ask_units(&self) -> Option<Effect> {
        let nameless = |field: &Field| match &field.spec.kind {
            kind @ FieldKind::One(known) if units::is_asked(kind) => {
                let unknown = |code: &String| !known.codes.iter().any(|one| one == code);
                known.codes.is_empty() || field.chosen.iter().any(unknown)
            }
            _ => false,
        };
        let asked = self.fields.iter().any(nameless);
        asked.then_some(Effect::Ask(UNITS, Request::Register(RecordKind::Unit)))
    }

    pub(super) fn offer_units(&mut self, cx: &Cx, answer: Result<Answer, Refusal>) -> Vec<Effect> {
        // Where it is refused, the form can be saved as it is.
        let Ok(Answer::Register(lines)) = answer else { return Vec::new() };
        let all: Vec<Record> = lines.into_iter().map(|line| line.record).collect();
        for field in &mut self.fields {
            units::offer(&mut field.spec.kind, &all);
        }
        for field in &mut self.spec.fields {
            units::offer(&mut field.kind, &all);
        }
        self.refresh_all(cx);
        Vec::new()
    }

    pub(super) fn ask_register(&self) -> Vec<Effect> {
        let ask = |kind| Effect::Ask(DIRECTORY, Request::Register(kind));
        self.register().map(ask).into_iter().collect()
    }

    /// Those whom the referral goes to come first; who has ended is left out.
    pub(super) fn suggest(&mut self, cx: &Cx, answer: Result<Answer, Refusal>) -> Vec<Effect> {
        let (Some(field), Some(kind)) = (self.focused(), self.register()) else { return Vec::new() };
        let title = wording::field_label(cx.cat, &self.spec.id, &field.spec);
        let lines = match answer {
            Ok(Answer::Register(lines)) => lines,
            Ok(_) => return Vec::new(),
            Err(refusal) => return vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))],
        };
        let of = lines.into_iter().map(|line| line.record);
        let of = of.filter(|one| one.at.kind == kind && one.fields.get(&agency::ENDED).is_none());
        self.listed = of.collect();
        if self.listed.is_empty() {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("form-register-empty").into_owned())];
        }
        let to = self.values().text(&referral::TO).to_owned();
        let wanted = |one: &Record| kind == RecordKind::Agency && one.fields.text(&agency::KIND) == to;
        self.listed.sort_by_key(|one| (Reverse(wanted(one)), one.fields.text(&agency::NAME).to_owned()));
        let choices = self.listed.iter().map(|one| (one.at.id.to_string(), said(cx, one))).collect();
        let choose = Choose { title, choices, chosen: Vec::new(), many: false };
        vec![Effect::Open(DIRECTED, Place::Choose(choose))]
    }

    pub(super) fn take_entry(&mut self, cx: &Cx, codes: &[String]) -> Vec<Effect> {
        let chosen = |one: &&Record| codes.contains(&one.at.id.to_string());
        let Some((id, entry)) = self.listed.iter().find(chosen).map(|one| (one.at.id, one.fields.clone()))
        else {
            return Vec::new();
        };
        if self.register() == Some(RecordKind::Volunteer) {
            // Two may be called the same.
            self.hidden.set(session::BY, Some(Value::Link(id)));
        }
        let name = Value::Text(entry.text(&agency::NAME).to_owned());
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.set(Some(&name));
        }
        let mut effects = self.edited(cx);
        if self.register() == Some(RecordKind::Agency) {
            for (to, from) in COPIED {
                let at = self.position(&to);
                if let (Some(at), Some(value)) = (at, entry.get(&from)) {
                    self.fields[at].set(Some(value));
                    self.refresh(cx, at);
                }
            }
        }
        effects.extend(self.next(cx));
        effects
    }
}

/// The name, and what tells one from another.
fn said(cx: &Cx, one: &Record) -> String {
    let more: &[FieldId] = match one.at.kind {
        RecordKind::Agency => &[agency::NAME, agency::SERVICE, agency::PLACE],
        RecordKind::Donor => &[agency::NAME],
        _ => &[agency::NAME, crate::domain::forms::volunteer::VILLAGE],
    };
    let mut parts: Vec<String> = more.iter().map(|id| one.fields.text(id).to_owned()).collect();
    if one.at.kind == RecordKind::Volunteer {
        // Two of the same name may live in the same village.
        parts.push(cx.personal(one.fields.text(&crate::domain::forms::volunteer::PHONE)));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("  ")
}
