//! What the form holds as a whole: values, which fields are on screen, what is wrong, the draft.

use super::field::Field;
use super::{DRAFT, Form};
use crate::domain::form::FieldKind;
use crate::domain::{Fault, FieldFault, FieldId, Fields, Need, Stamp, Value, check, forms};
use crate::office::{Draft, Request};
use crate::tui::screen::{Cx, Effect};
use std::collections::BTreeMap;

impl Form {
    pub(super) fn refresh_all(&mut self, cx: &Cx) {
        for field in &mut self.fields {
            field.refresh(cx);
        }
        self.judge(cx);
    }

    /// A field holds something else now.
    pub(super) fn refresh(&mut self, cx: &Cx, at: usize) {
        if let Some(field) = self.fields.get_mut(at) {
            field.refresh(cx);
        }
        self.judge(cx);
    }

    /// Finds out what is on screen and what is wrong with it.
    fn judge(&mut self, cx: &Cx) {
        let mut known = self.untouched();
        self.shown.clear();
        // A condition asks about fields before it.
        for (at, field) in self.fields.iter().enumerate() {
            if field.spec.when.as_ref().is_none_or(|when| when.holds(&known)) {
                self.shown.push(at);
                if let Ok(value) = &field.value {
                    known.set(field.spec.id.clone(), value.clone());
                }
            }
        }
        self.dirty =
            self.resumed || known != self.start || self.fields.iter().any(|field| field.value.is_err());
        let unread = self.shown.iter().filter_map(|at| {
            let field = &self.fields[*at];
            let fault = field.value.as_ref().err()?.clone();
            Some(FieldFault { field: field.spec.id.clone(), fault, grave: true })
        });
        let unread: Vec<FieldFault> = unread.collect();
        self.faults = check::check(&self.spec, &known, cx.today);
        // What is typed but not understood is not missing.
        self.faults.retain(|fault| {
            !(matches!(fault.fault, Fault::Required) && unread.iter().any(|other| other.field == fault.field))
        });
        self.faults.extend(unread);
        if !self.shown.contains(&self.focus) {
            self.focus = self.shown.iter().copied().rfind(|at| *at < self.focus).unwrap_or(0);
        }
    }

    /// Values of the record that this form has no field for: kept as they are.
    fn untouched(&self) -> Fields {
        self.hidden.clone()
    }

    /// What would be saved: the fields on screen, and those that have no place on it.
    pub(super) fn values(&self) -> Fields {
        let mut fields = self.untouched();
        for at in &self.shown {
            let field = &self.fields[*at];
            if let Ok(value) = &field.value {
                fields.set(field.spec.id.clone(), value.clone());
            }
        }
        fields
    }

    /// The same for the office: texts without blanks at their ends, and what was not changed exactly as it was.
    pub(super) fn to_save(&self) -> Fields {
        let mut fields = self.values();
        for field in &self.fields {
            let id = &field.spec.id;
            let unchanged = fields.get(id) == self.start.get(id);
            match (&self.base, fields.get(id)) {
                (Some(base), Some(_)) if unchanged && base.get(id).is_some() => {
                    fields.set(id.clone(), base.get(id).cloned());
                }
                (_, Some(Value::Text(text))) => {
                    let text = text.trim_end().trim_start_matches('\n').to_owned();
                    fields.set(id.clone(), Some(Value::Text(text)));
                }
                _ => {}
            }
        }
        fields
    }

    /// The focus leaves its field: what is typed takes its plain form, and what is wrong with it may be said.
    pub(super) fn settle(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(field) = self.fields.get_mut(self.focus) else { return Vec::new() };
        let before = field.value.clone();
        field.settle(cx);
        field.left = true;
        field.refresh(cx);
        let mut changed = field.value != before;
        if field.spec.id == forms::child::ID_NUMBER && self.spec.id == "child" {
            changed |= self.fill(cx);
        }
        if changed {
            return self.edited(cx);
        }
        self.judge(cx);
        Vec::new()
    }

    /// A sound resident ID tells the birth date and the sex, where these are empty.
    fn fill(&mut self, cx: &Cx) -> bool {
        let mut fields = self.values();
        let filled = check::fill(&mut fields);
        for field in &mut self.fields {
            if filled.contains(&field.spec.id) && field.is_empty() {
                field.set(fields.get(&field.spec.id));
                field.refresh(cx);
            }
        }
        !filled.is_empty()
    }

    pub(super) fn faults_of<'a>(&'a self, id: &'a FieldId) -> impl Iterator<Item = &'a FieldFault> {
        self.faults.iter().filter(move |fault| fault.field == *id)
    }

    /// Required fields that are empty still.
    pub(super) fn still_required(&self) -> usize {
        let required = |at: &&usize| {
            let field = &self.fields[**at];
            field.spec.need == Need::Required && field.is_empty()
        };
        self.shown.iter().filter(required).count()
    }

    pub(super) fn keep_draft(&mut self) -> Vec<Effect> {
        if !self.dirty || self.saving == super::Saving::Asked {
            return Vec::new();
        }
        self.kept = true;
        vec![Effect::Ask(DRAFT, Request::KeepDraft(self.to_draft()))]
    }

    fn to_draft(&self) -> Draft {
        let mut fields = self.untouched();
        let mut texts: BTreeMap<FieldId, String> = BTreeMap::new();
        for field in &self.fields {
            let id = field.spec.id.clone();
            match &field.value {
                Ok(value) => fields.set(id, value.clone()),
                Err(_) => {
                    texts.insert(id, field.text.text().to_owned());
                }
            }
        }
        Draft {
            id: self.draft,
            job: self.job.clone(),
            base: self.base.clone(),
            fields,
            texts,
            focus: self.focused().map(|field| field.spec.id.clone()),
            at: Stamp::default(),
        }
    }

    /// Whose form it is, as far as that is known.
    pub(super) fn whose(&self, cx: &Cx) -> Option<String> {
        if let Some(file) = &self.file {
            return Some(super::words::person(cx, &file.row));
        }
        let is_named = matches!(self.spec.id.as_ref(), "child" | "member");
        let name =
            self.fields.iter().find(|field| field.spec.id == forms::child::NAME).filter(|_| is_named)?;
        let name = name.text.text().trim();
        (!name.is_empty()).then(|| cx.name(name))
    }
}

impl Field {
    pub(super) fn refresh(&mut self, cx: &Cx) {
        self.value = match self.spec.kind {
            // A long text is not read letter by letter: it is what it is.
            FieldKind::Notes(_) => {
                let text = self.text.text();
                Ok((!text.trim().is_empty()).then(|| Value::Text(text.to_owned())))
            }
            _ => self.read(cx),
        };
    }
}
