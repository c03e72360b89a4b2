//! Children are named at an activity one after another, by searching for each.

use super::{NAMED, Register, WRITTEN};
use crate::domain::company::CompanyFault;
use crate::domain::forms::{activity, attendance};
use crate::domain::{ChildId, Fields, RecordKind, RecordRef};
use crate::office::{Answer, Refusal, Request, Save, SaveRecord};
use crate::tui::screen::{Cx, Effect, Place, Then, Tone};
use crate::wording;

impl Register {
    pub(super) fn attend(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(line) = self.selected().filter(|line| line.record.at.kind == RecordKind::Activity) else {
            return vec![];
        };
        if line.record.fields.date(&activity::ON).is_none_or(|on| on > cx.today) {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("attend-not-yet").into_owned())];
        }
        self.attended = Some(line.record.clone());
        vec![Effect::Open(NAMED, Place::Search(Then::Pick))]
    }

    /// The office copies the rest from the activity.
    pub(super) fn name_child(&mut self, child: ChildId) -> Vec<Effect> {
        let Some(held) = &self.attended else { return vec![] };
        let mut fields = Fields::default();
        for (to, from) in [(attendance::ON, activity::ON), (attendance::KIND, activity::KIND)] {
            fields.set(to, held.fields.get(&from).cloned());
        }
        let at = RecordRef::of(RecordKind::Attendance, child.0, held.at.id);
        let records = vec![SaveRecord { at, base: None, fields }];
        vec![Effect::Ask(WRITTEN, Request::Save(Save { records, draft: None }))]
    }

    /// On to the next child, if there is still a place.
    pub(super) fn written(&mut self, cx: &Cx, answer: Result<Answer, Refusal>) -> Vec<Effect> {
        let (tone, said) = match &answer {
            Ok(_) => (Tone::Good, cx.cat.t("attend-written").into_owned()),
            Err(refusal) => (Tone::Bad, wording::refusal(cx.cat, refusal)),
        };
        let next = match answer {
            Ok(_) | Err(Refusal::Company(CompanyFault::Named)) => {
                Some(Effect::Open(NAMED, Place::Search(Then::Pick)))
            }
            Err(_) => {
                self.attended = None;
                None
            }
        };
        next.into_iter().chain([Effect::Toast(tone, said)]).collect()
    }
}
