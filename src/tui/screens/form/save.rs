//! Leaving a form: saved, kept as a draft, or thrown away; and what the office says to it.

use super::{DRAFT, DROP, FILE, Form, LEAVE, LIKELY, RELOAD, SAME, SAVE, Saving, TOLD, words};
use crate::domain::{ChildId, FieldFault, FieldId, Fields, HouseholdId, RecordKind, RecordRef, Value, forms};
use crate::office::{Answer, CaseFile, Refusal, Request, Save, SaveRecord, Saved};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Choose, Confirm, Cx, Effect, Place, Ticket, Tone};
use crate::wording;

const KEEP: &str = "keep";
const DISCARD: &str = "discard";
const STAY: &str = "stay";

impl Form {
    pub(super) fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.saving != Saving::No {
            return Vec::new();
        }
        let mut effects = self.settle(cx);
        self.notice = None;
        for field in &mut self.fields {
            field.left = true;
        }
        let grave = self.faults.iter().filter(|fault| fault.grave).count();
        if grave > 0 {
            let first = self.shown.iter().copied().find(|at| {
                let id = &self.fields[*at].spec.id;
                self.faults_of(id).any(|fault| fault.grave)
            });
            self.focus = first.unwrap_or(self.focus);
            effects.push(Effect::Toast(Tone::Bad, cx.cat.t1("form-not-saved", "n", grave).into_owned()));
            return effects;
        }
        if self.base.is_some() && !self.dirty {
            effects.push(Effect::Toast(Tone::Plain, cx.cat.t("form-nothing-changed").into_owned()));
            effects.extend(self.forget());
            return effects;
        }
        let values = self.values();
        if self.likely.must_ask(&values) {
            self.saving = Saving::Likely;
            effects.extend(self.likely.ask(values));
            return effects;
        }
        effects.extend(self.save_unless_same(cx));
        effects
    }

    /// Asks once if the child seems to be on file already.
    fn save_unless_same(&mut self, cx: &Cx) -> Vec<Effect> {
        if let Some(same) = self.likely.same_child_once() {
            self.saving = Saving::No;
            let text = cx.cat.tn(
                "form-same-text",
                &[
                    ("who", words::person(cx, &same.row).into()),
                    ("why", super::likely::why(cx, &same).into()),
                ],
            );
            let confirm = Confirm {
                title: cx.cat.t("form-same-title").into_owned(),
                text: text.into_owned(),
                yes: cx.cat.t("form-same-yes").into_owned(),
                no: cx.cat.t("form-same-no").into_owned(),
            };
            return vec![Effect::Open(SAME, Place::Confirm(confirm))];
        }
        self.saving = Saving::Asked;
        let records = self.records();
        vec![Effect::Ask(SAVE, Request::Save(Save { records, draft: Some(self.draft) }))]
    }

    /// The record of the form; with the first member of a family also the household, and the child's way to it.
    fn records(&self) -> Vec<SaveRecord> {
        let own = SaveRecord { at: self.job.at, base: self.base.clone(), fields: self.to_save() };
        let mut records = Vec::new();
        let in_household = matches!(self.job.at.kind, RecordKind::Member | RecordKind::Household);
        if let Some(file) = self.file.as_ref().filter(|_| in_household && self.base.is_none())
            && file.household.is_none()
        {
            let household = HouseholdId(self.job.at.owner);
            let old = file.child.fields.clone();
            let fields = old.clone().with(forms::child::HOUSEHOLD, Value::Link(household.0));
            records.push(SaveRecord { at: file.child.at, base: Some(old), fields });
            if self.job.at.kind == RecordKind::Member {
                let at = RecordRef::household(household);
                records.push(SaveRecord { at, base: None, fields: Fields::default() });
            }
        }
        records.push(own);
        records
    }

    /// Back: a changed form asks once what is to become of it.
    pub(super) fn leave(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.saving == Saving::Asked {
            return Vec::new();
        }
        self.saving = Saving::No;
        if !self.dirty {
            return self.forget();
        }
        let choice = |code: &str| (code.to_owned(), cx.cat.t(&format!("form-leave-{code}")).into_owned());
        let choose = Choose {
            title: cx.cat.t("form-leave-title").into_owned(),
            choices: [KEEP, STAY, DISCARD].map(choice).into(),
            chosen: Vec::new(),
            many: false,
        };
        vec![Effect::Open(LEAVE, Place::Choose(choose))]
    }

    /// Closes a form in which nothing is changed; what was changed for a while is no draft any more.
    fn forget(&self) -> Vec<Effect> {
        let forgotten = self.kept.then_some(Effect::Ask(DROP, Request::DropDraft(self.draft)));
        forgotten.into_iter().chain([Effect::Close]).collect()
    }

    pub(super) fn left(&mut self, cx: &Cx, codes: &[String]) -> Vec<Effect> {
        match codes.first().map(String::as_str) {
            Some(KEEP) => {
                let mut effects = self.keep_draft();
                self.dirty = false;
                let key = cx.keymap.first_key(&[Layer::Global], Command::Drafts);
                let key = key.map_or_else(String::new, |chord| chord.label(cx.cat));
                let said = cx.cat.t1("form-draft-kept", "key", key).into_owned();
                effects.extend([Effect::Close, Effect::Toast(Tone::Plain, said)]);
                effects
            }
            Some(DISCARD) => {
                self.dirty = false;
                vec![Effect::Ask(DROP, Request::DropDraft(self.draft)), Effect::Close]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn answered(
        &mut self,
        cx: &Cx,
        ticket: Ticket,
        answer: Result<Answer, Refusal>,
    ) -> Vec<Effect> {
        match (ticket, answer) {
            (SAVE, Ok(Answer::Saved(saved))) => self.saved(cx, &saved),
            (SAVE, Err(refusal)) => self.refused(cx, refusal),
            (DRAFT, Err(refusal)) => {
                let why = wording::refusal(cx.cat, &refusal);
                self.notice = Some(cx.cat.t1("form-draft-failed", "why", why).into_owned());
                Vec::new()
            }
            (LIKELY, answer) => {
                let found = match answer {
                    Ok(Answer::Likely(found)) => found,
                    _ => Vec::new(),
                };
                let values = self.values();
                let mut effects = self.likely.found(found, &values);
                if self.saving == Saving::Likely {
                    effects.extend(self.save_unless_same(cx));
                }
                effects
            }
            (FILE, Ok(Answer::File(file))) => {
                self.file = Some(file);
                Vec::new()
            }
            (RELOAD, Ok(Answer::File(file))) => {
                let theirs = record_in(&file, self.job.at);
                self.file = self.job.child.map(|_| file);
                self.reloaded(cx, theirs)
            }
            (RELOAD, Ok(Answer::Register(lines))) => {
                let theirs = lines.into_iter().find(|line| line.record.at == self.job.at);
                self.reloaded(cx, theirs.map(|line| line.record.fields))
            }
            (RELOAD, Err(refusal)) => {
                self.notice = Some(wording::refusal(cx.cat, &refusal));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn saved(&mut self, cx: &Cx, saved: &Saved) -> Vec<Effect> {
        self.dirty = false;
        self.saving = Saving::No;
        let form = wording::form_title(cx.cat, &self.spec);
        let what = match self.whose(cx) {
            Some(who) => cx.cat.tn("form-title", &[("what", form.into()), ("who", who.into())]).into_owned(),
            None => form,
        };
        let mut text = cx.cat.t1("form-saved", "what", what).into_owned();
        text.push_str(&crate::tui::screens::file::opened_text(cx, saved));
        let then = match saved.child {
            Some(child) if self.job.at.kind == RecordKind::Child && self.base.is_none() => {
                Effect::Replace(Place::File(child))
            }
            _ => Effect::Close,
        };
        let mut effects = vec![then, Effect::Toast(Tone::Good, text)];
        if let Some(told) = saved.told.first() {
            effects.push(Effect::Open(TOLD, Place::Flag(Box::new(told.clone()))));
        }
        effects
    }

    fn refused(&mut self, cx: &Cx, refusal: Refusal) -> Vec<Effect> {
        self.saving = Saving::No;
        match refusal {
            Refusal::Changed(_) if self.job.at.kind.is_register() => {
                vec![Effect::Ask(RELOAD, Request::Register(self.job.at.kind))]
            }
            Refusal::Changed(_) => {
                let child = self.job.child.unwrap_or(ChildId(self.job.at.id));
                vec![Effect::Ask(RELOAD, Request::File(child))]
            }
            Refusal::Invalid(faults) => {
                let text = cx.cat.t1("form-not-saved", "n", faults.len()).into_owned();
                let first = faults.first().and_then(|fault| self.position(&fault.field));
                self.focus = first.filter(|at| self.shown.contains(at)).unwrap_or(self.focus);
                let hidden: Vec<String> = faults
                    .iter()
                    .filter(|fault| self.position(&fault.field).is_none_or(|at| !self.shown.contains(&at)))
                    .map(|fault| self.hidden_fault(cx, fault))
                    .collect();
                self.notice = (!hidden.is_empty()).then(|| hidden.join(&cx.cat.t("value-stop")));
                self.faults = faults;
                vec![Effect::Toast(Tone::Bad, text)]
            }
            other => {
                self.notice = Some(wording::refusal(cx.cat, &other));
                let mut effects = self.keep_draft();
                effects.push(Effect::Toast(Tone::Bad, cx.cat.t("form-kept").into_owned()));
                effects
            }
        }
    }

    /// What is wrong with a field that has no place on the screen now: with its label, as nothing else tells which it is.
    fn hidden_fault(&self, cx: &Cx, fault: &FieldFault) -> String {
        let Some(at) = self.position(&fault.field) else { return fault.field.to_string() };
        let field = &self.fields[at].spec;
        let label = wording::field_label(cx.cat, &self.spec.id, field);
        let said = wording::fault(cx.cat, &self.spec, field, &fault.fault);
        format!("{label}{}{said}", cx.cat.t("value-colon"))
    }

    /// Somebody else saved the same record in between. What they wrote comes in where nothing was typed here; where both
    /// wrote, both are shown and this form's stands, until it is saved or retyped.
    fn reloaded(&mut self, cx: &Cx, theirs: Option<Fields>) -> Vec<Effect> {
        let Some(theirs) = theirs else {
            self.notice = Some(wording::refusal(cx.cat, &Refusal::NotFound));
            return Vec::new();
        };
        let old = self.base.take().unwrap_or_default();
        let mine = self.values();
        let mut both: Vec<FieldId> = Vec::new();
        for field in &mut self.fields {
            let id = field.spec.id.clone();
            if theirs.get(&id) == old.get(&id) {
                continue;
            }
            let untouched = mine.get(&id) == self.start.get(&id) && field.value.is_ok();
            if untouched {
                field.set(theirs.get(&id));
            } else if theirs.get(&id) != mine.get(&id) {
                field.theirs = Some(theirs.get(&id).cloned());
                both.push(id);
            }
        }
        self.base = Some(theirs.clone());
        self.start = theirs;
        self.refresh_all(cx);
        self.focus = both.first().and_then(|id| self.position(id)).unwrap_or(self.focus);
        self.notice = Some(cx.cat.t1("form-changed", "n", both.len()).into_owned());
        Vec::new()
    }
}

/// The fields of a record within a child's file.
pub(in crate::tui::screens) fn record_in(file: &CaseFile, at: RecordRef) -> Option<Fields> {
    let lists = [&file.members, &file.cases, &file.contacts, &file.follow_ups, &file.notes, &file.services];
    let listed = lists.into_iter().flatten();
    let all = [Some(&file.child), file.household.as_ref()].into_iter().flatten().chain(listed);
    all.into_iter().find(|record| record.at == at).map(|record| record.fields.clone())
}
