//! Words and colours that lists of children and follow-ups share.

use crate::office::Saved;
use crate::tui::command::Command;
use crate::tui::screen::{ActKind, Cx};
use crate::wording;
use chrono::NaiveDate;
use ratatui::style::Style;

/// The act a command asks for on the selected follow-up.
pub(super) fn act_of(command: Command) -> Option<ActKind> {
    match command {
        Command::Done => Some(ActKind::Done),
        Command::Move => Some(ActKind::Move),
        Command::HandOver => Some(ActKind::HandOver),
        Command::Attempt => Some(ActKind::Attempt),
        Command::Refusal => Some(ActKind::Refusal),
        _ => None,
    }
}

/// The age in whole years or, below one, in months: for a narrow column.
pub(super) fn short_age(cx: &Cx, birth: NaiveDate) -> Option<String> {
    let years = cx.today.years_since(birth)?;
    match years {
        0 => cx.cat.age(birth, cx.today),
        years => Some(cx.cat.t1("age-years", "n", years).into_owned()),
    }
}

pub(super) fn risk(cx: &Cx, code: &str) -> String {
    if code.is_empty() { "-".to_owned() } else { wording::core_choice(cx.cat, "risk", code) }
}

pub(super) fn risk_style(cx: &Cx, code: &str) -> Style {
    match code {
        "high" => cx.theme.high,
        "medium" => cx.theme.medium,
        "low" => cx.theme.low,
        _ => cx.theme.dim,
    }
}

/// Why something is due: what somebody wrote, else what its rule says.
pub(super) fn reason(cx: &Cx, written: &str, rule: &str) -> String {
    match written {
        "" => wording::rule_text(cx.cat, rule).unwrap_or_default(),
        written => written.to_owned(),
    }
}

/// What a save did: that it is safe, and which follow-ups it opened.
pub(super) fn saved(cx: &Cx, saved: &Saved) -> String {
    let opened: Vec<String> = saved
        .opened
        .iter()
        .map(|(kind, on)| {
            format!("{} {}", wording::core_choice(cx.cat, "follow-up-kind", kind), cx.cat.day(*on))
        })
        .collect();
    if opened.is_empty() {
        cx.cat.t("toast-saved").into_owned()
    } else {
        cx.cat.t1("toast-saved-opened", "opened", opened.join(", ")).into_owned()
    }
}
