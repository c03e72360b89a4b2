//! What the rules say of the child: each in a line; why, and what to do, in a window.

use super::entry::{Entry, Target};
use super::{File, OTHER, open_form};
use crate::domain::forms::overrule;
use crate::domain::{Fields, RecordKind, RecordRef, Value};
use crate::office::{CaseFile, FlagLine, FormJob, Grade};
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, FormPlace, Place};
use crate::wording;
use ratatui::style::Style;
use uuid::Uuid;

pub(super) fn entries(cx: &Cx, file: &CaseFile, width: u16) -> Vec<Entry> {
    if file.flags.is_empty() {
        return vec![];
    }
    let mut entries = vec![Entry::heading(cx, "file-flags")];
    let flags = file.flags.iter().enumerate();
    entries.extend(flags.map(|(at, flag)| entry(cx, at, flag, width)));
    entries
}

fn entry(cx: &Cx, at: usize, flag: &FlagLine, width: u16) -> Entry {
    if let Some(record) = &flag.overruled {
        let why = cx.delicate(record.fields.text(&overrule::WHY));
        let head = cx.cat.t("flag-overruled").into_owned();
        let said = format!("{} ({why})", cx.delicate(&wording::flag(cx.cat, flag, cx.today)));
        return Entry::new(Target::Flag(at), head, cx.theme.dim).text(cx, &said, width, true);
    }
    // How pressing it is says as much as a risk level.
    let grade = cx.delicate(&cx.cat.t(&format!("flag-{}", flag.grade.code())));
    let said = cx.delicate(&wording::flag(cx.cat, flag, cx.today));
    let taken = paint::width(&grade) + 6;
    let entry = Entry::new(Target::Flag(at), grade, style(cx, flag.grade));
    if taken + paint::width(&said) <= usize::from(width) {
        return entry.piece(said, cx.theme.normal);
    }
    entry.text(cx, &said, width, true)
}

pub(in crate::tui::screens) fn style(cx: &Cx, grade: Grade) -> Style {
    match grade {
        _ if cx.discreet => cx.theme.dim,
        Grade::Urgent => cx.theme.error,
        Grade::Act | Grade::Mend => cx.theme.warning,
        Grade::Entitled => cx.theme.good,
        Grade::Know => cx.theme.dim,
    }
}

impl File {
    pub(super) fn flag(&self, at: usize) -> Vec<Effect> {
        let flag = self.file.as_ref().and_then(|file| file.flags.get(at));
        flag.map(|flag| Effect::Open(OTHER, Place::Flag(Box::new(flag.clone())))).into_iter().collect()
    }

    /// A rule that does not hold here: why, and until when. One that was overruled before is looked at again.
    pub(super) fn overrule(&self, cx: &Cx) -> Vec<Effect> {
        let (Target::Flag(at), Some(file)) = (self.target(cx), &self.file) else { return Vec::new() };
        let Some(flag) = file.flags.get(at) else { return Vec::new() };
        if let Some(known) = &flag.overruled {
            return self.edit_record(cx, known.at, None);
        }
        let at = RecordRef::of(RecordKind::Overrule, self.child.0, Uuid::now_v7());
        let job = FormJob { form: "overrule".into(), at, child: Some(self.child) };
        let fields = Fields::default().with(overrule::RULE, Value::Choice(flag.rule.clone()));
        let focus = Some(overrule::WHY);
        open_form(FormPlace { job, base: None, fields, draft: None, focus })
    }
}
