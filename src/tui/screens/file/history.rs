//! Who changed what, newest first; each change can be taken back.

use super::entry::{Entry, Reel, Target};
use crate::domain::WorkerId;
use crate::office::HistoryLine;
use crate::tui::screen::Cx;
use crate::tui::widget::wrap;
use crate::wording;

pub(super) fn entries(cx: &Cx, lines: Option<&[HistoryLine]>, reel: &Reel, width: u16) -> Vec<Entry> {
    let Some(lines) = lines else { return Vec::new() };
    if lines.is_empty() {
        return vec![Entry::new(Target::None, cx.cat.t("file-no-history").into_owned(), cx.theme.dim)];
    }
    lines.iter().map(|line| entry(cx, line, reel, width)).collect()
}

fn entry(cx: &Cx, line: &HistoryLine, reel: &Reel, width: u16) -> Entry {
    let when = line.when.format("%Y-%m-%d %H:%M").to_string();
    let mut entry = Entry::new(Target::Change(line.change.id), when, cx.theme.dim)
        .piece(wording::author(cx.cat, line).into_owned(), cx.theme.normal);
    if line.change.reverts.is_some() {
        entry = entry.piece(cx.cat.t("file-is-revert").into_owned(), cx.theme.warning);
    }
    if line.reverted {
        entry = entry.piece(cx.cat.t("file-is-reverted").into_owned(), cx.theme.warning);
    }
    let room = width.saturating_sub(6).max(8);
    if !reel.open.contains(&line.change.id.0) {
        let style = if line.reverted { cx.theme.dim } else { cx.theme.normal };
        let text = shown(cx, summary(cx, line));
        let lines = wrap::lines(&text, room);
        for row in lines.iter().take(2) {
            entry = entry.line(*row, style);
        }
        if lines.len() > 2 {
            entry = entry.line(cx.cat.t("file-more-changes").into_owned(), cx.theme.dim);
        }
        return entry;
    }
    let staff = |id| cx.station.worker(WorkerId(id)).map(str::to_owned);
    for part in &line.change.parts {
        let made = wording::part(cx.cat, part, &cx.station.forms, &staff);
        let head = if part.made || part.dropped { made } else { changed(cx, part) };
        entry = entry.line(head, cx.theme.heading);
        for edit in wording::edits(cx.cat, part, &cx.station.forms, &staff) {
            let edit = shown(cx, edit);
            for row in wrap::lines(&edit, room) {
                entry = entry.line(format!("  {row}"), cx.theme.normal);
            }
        }
    }
    entry
}

fn changed(cx: &Cx, part: &crate::domain::Part) -> String {
    let form = cx.station.forms.iter().find(|form| form.kind == part.at.kind);
    let form = form.map(|form| wording::form_title(cx.cat, form)).unwrap_or_default();
    cx.cat.t1("changed-record", "form", form).into_owned()
}

/// What a change did, in one line; the same done to several records is said once.
pub(super) fn summary(cx: &Cx, line: &HistoryLine) -> String {
    let staff = |id| cx.station.worker(WorkerId(id)).map(str::to_owned);
    let parts = line.change.parts.iter().map(|part| wording::part(cx.cat, part, &cx.station.forms, &staff));
    let parts: Vec<String> = parts.collect();
    let said = parts.chunk_by(|one, next| one == next).map(|same| match same {
        [one] => one.clone(),
        _ => cx
            .cat
            .tn("value-times", &[("text", same[0].clone().into()), ("n", same.len().into())])
            .into_owned(),
    });
    said.collect::<Vec<_>>().join(&cx.cat.t("value-stop"))
}

/// Old and new values are names and numbers too: while these are masked, only the field is named.
fn shown(cx: &Cx, text: String) -> String {
    if !cx.masked && !cx.discreet {
        return text;
    }
    let colon = cx.cat.t("value-colon");
    match text.split_once(colon.trim_end()) {
        Some((head, _)) => format!("{head}{colon}{}", cx.written("-")),
        None => text,
    }
}
