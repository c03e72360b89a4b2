//! What can be chosen in a field, and what somebody means who types a part of it.

use crate::domain::FieldSpec;
use crate::domain::form::FieldKind;
use crate::search::loose::Matcher;
use crate::tui::screen::Cx;
use crate::{i18n, wording};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choosable {
    pub(super) code: String,
    pub(super) text: String,
}

pub(super) fn yes_code(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Every choice of a field, in its order.
pub(super) fn all(cx: &Cx, spec: &FieldSpec) -> Vec<Choosable> {
    match &spec.kind {
        FieldKind::One(list) | FieldKind::Many(list) => list
            .codes
            .iter()
            .map(|code| Choosable { code: code.to_string(), text: wording::choice(cx.cat, list, code) })
            .collect(),
        FieldKind::Yes => [true, false]
            .map(|yes| {
                let key = if yes { "value-yes" } else { "value-no" };
                Choosable { code: yes_code(yes).to_owned(), text: cx.cat.t(key).into_owned() }
            })
            .into(),
        FieldKind::Worker => cx
            .station
            .colleagues()
            .map(|staff| Choosable { code: staff.worker.0.to_string(), text: staff.name.clone() })
            .collect(),
        _ => Vec::new(),
    }
}

/// What a code is called; a choice that is not in the list any more shows its code.
pub(super) fn name(cx: &Cx, spec: &FieldSpec, code: &str) -> String {
    let known = all(cx, spec).into_iter().find(|choice| choice.code == code);
    match (known, &spec.kind) {
        (Some(choice), _) => choice.text,
        (None, FieldKind::Worker) => cx.cat.t("value-nobody").into_owned(),
        (None, _) => code.to_owned(),
    }
}

/// The choices that what is typed could mean, the nearest first: by the words of either language and what else people
/// call them, by pinyin or its initials, by code or login.
pub(super) fn matching(cx: &Cx, spec: &FieldSpec, typed: &str) -> Vec<Choosable> {
    let typed = typed.trim();
    let matcher = Matcher::default();
    let login = |choice: &Choosable| {
        let staff = cx.station.staff.iter().find(|staff| staff.worker.0.to_string() == choice.code);
        staff.map(|staff| staff.login.clone()).unwrap_or_default()
    };
    let meant = match &spec.kind {
        FieldKind::One(list) | FieldKind::Many(list) => wording::choice_code(list, typed),
        _ => None,
    };
    let elsewhere = |choice: &Choosable| match &spec.kind {
        FieldKind::One(list) | FieldKind::Many(list) => {
            wording::choice(i18n::catalogue(cx.cat.lang().next()), list, &choice.code)
        }
        _ => String::new(),
    };
    let score = |choice: &Choosable| {
        let code = if spec.kind == FieldKind::Worker { login(choice) } else { choice.code.clone() };
        if choice.text.eq_ignore_ascii_case(typed) || meant.as_ref() == Some(&code) {
            return Some(i64::MAX);
        }
        let find = |text: &str| matcher.find(text, typed).map(|found| found.score);
        // The words of the screen come before those that only the program or the other language knows.
        let here = find(&choice.text).map(|score| score * 2);
        here.into_iter().chain(find(&code)).chain(find(&elsewhere(choice))).max()
    };
    let mut ranked: Vec<(i64, Choosable)> =
        all(cx, spec).into_iter().filter_map(|choice| Some((score(&choice)?, choice))).collect();
    // Stable: equals stay in the order of the list.
    ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    ranked.into_iter().map(|(_, choice)| choice).collect()
}
