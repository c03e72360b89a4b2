//! What is begun from a file: forms, acts on a follow-up, taking a change back.

use super::entry::Target;
use super::{ACT, File, REVERT, WHY, history, open_form};
use crate::domain::forms::{case, child};
use crate::domain::{FieldId, Fields, RecordId, RecordKind, RecordRef};
use crate::office::{FormJob, Request};
use crate::tui::screen::{ActKind, ActPlace, Confirm, Cx, Effect, FormPlace, Place, Tone};
use crate::wording;
use uuid::Uuid;

impl File {
    pub(super) fn new_member(&self) -> Vec<Effect> {
        self.new_in_household(RecordKind::Member)
    }

    /// The household is made with its first record.
    pub(super) fn new_in_household(&self, kind: RecordKind) -> Vec<Effect> {
        let Some(file) = &self.file else { return Vec::new() };
        let household = file.child.fields.link(&child::HOUSEHOLD).unwrap_or_else(Uuid::now_v7);
        let id = if kind == RecordKind::Household { household } else { Uuid::now_v7() };
        let Some(form) = kind.form() else { return Vec::new() };
        let job =
            FormJob { form: form.into(), at: RecordRef::of(kind, household, id), child: Some(self.child) };
        open_form(FormPlace { job, base: None, fields: Fields::default(), draft: None, focus: None })
    }

    /// The steps of the newest case; the first one if there is none yet.
    pub(super) fn case_steps(&self, cx: &Cx) -> Vec<Effect> {
        let Some(file) = &self.file else { return Vec::new() };
        if let Some(newest) = file.cases.first() {
            let focus = next_step(&newest.fields);
            return self.edit_record(cx, newest.at, focus);
        }
        let at = RecordRef::of(RecordKind::Case, self.child.0, Uuid::now_v7());
        let job = FormJob { form: "case".into(), at, child: Some(self.child) };
        let fields = Fields::default().with(case::OPENED, cx.today);
        open_form(FormPlace { job, base: None, fields, draft: None, focus: None })
    }

    pub(super) fn act(&mut self, cx: &Cx, act: ActKind) -> Vec<Effect> {
        let (Some(follow_up), Some(file)) = (self.follow_up(cx), &self.file) else { return Vec::new() };
        if !follow_up.is_open() {
            let text = wording::act_fault(cx.cat, crate::domain::ActFault::DoneAlready);
            return vec![Effect::Toast(Tone::Plain, text)];
        }
        let id = RecordId(follow_up.at.id);
        self.acting = Some(act);
        let place = ActPlace {
            child: self.child,
            name: file.row.name.clone(),
            follow_up: id,
            kind: follow_up.kind,
            due: follow_up.due,
            act,
        };
        vec![Effect::Open(ACT, Place::Act(place))]
    }

    pub(super) fn why(&self, cx: &Cx) -> Vec<Effect> {
        if let Target::Flag(at) = self.target(cx) {
            return self.flag(at);
        }
        let Some(follow_up) = self.follow_up(cx) else { return Vec::new() };
        if follow_up.rule.is_empty() {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("file-no-rule").into_owned())];
        }
        vec![Effect::Ask(WHY, Request::Why { rule: follow_up.rule })]
    }

    pub(super) fn ask_to_revert(&mut self, cx: &Cx) -> Vec<Effect> {
        let Target::Change(change) = self.target(cx) else { return Vec::new() };
        let lines = self.history.as_deref().unwrap_or_default();
        let Some(line) = lines.iter().find(|line| line.change.id == change) else { return Vec::new() };
        if line.reverted {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("file-reverted-already").into_owned())];
        }
        self.reverting = Some(change);
        let what = history::summary(cx, line);
        let confirm = Confirm {
            title: cx.cat.t("file-revert-title").into_owned(),
            text: cx.cat.t1("file-revert-text", "what", what).into_owned(),
            yes: cx.cat.t("file-revert-yes").into_owned(),
            no: cx.cat.t("file-revert-no").into_owned(),
        };
        vec![Effect::Open(REVERT, Place::Confirm(confirm))]
    }
}

/// The first step that is not done: where the form should begin.
fn next_step(fields: &Fields) -> Option<FieldId> {
    [case::ASSESSED, case::PLANNED, case::SERVED, case::REVIEWED, case::CLOSED, case::CLOSE_APPROVED]
        .into_iter()
        .find(|step| fields.get(step).is_none())
}
