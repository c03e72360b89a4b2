//! What the rules say of the child: each in a line; why, and what to do, in a window.

use super::entry::{Entry, Target};
use crate::office::{CaseFile, FlagLine, Grade};
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::wording;
use ratatui::style::Style;

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
    let grade = cx.cat.t(&format!("flag-{}", flag.grade.code())).into_owned();
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
        Grade::Urgent => cx.theme.error,
        Grade::Act | Grade::Mend => cx.theme.warning,
        Grade::Entitled => cx.theme.good,
        Grade::Know => cx.theme.dim,
    }
}
