//! What can be chosen in a field, and what somebody means who types a part of it.

use crate::domain::form::FieldKind;
use crate::domain::FieldSpec;
use crate::tui::screen::Cx;
use crate::wording;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choosable {
    pub code: String,
    pub text: String,
}

pub fn yes_code(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Every choice of a field, in its order.
pub fn all(cx: &Cx, spec: &FieldSpec) -> Vec<Choosable> {
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
            .staff
            .iter()
            .map(|staff| Choosable { code: staff.worker.0.to_string(), text: staff.name.clone() })
            .collect(),
        _ => Vec::new(),
    }
}

/// What a code is called; a choice that is not in the list any more shows its code.
pub fn name(cx: &Cx, spec: &FieldSpec, code: &str) -> String {
    let known = all(cx, spec).into_iter().find(|choice| choice.code == code);
    match (known, &spec.kind) {
        (Some(choice), _) => choice.text,
        (None, FieldKind::Worker) => cx.cat.t("value-nobody").into_owned(),
        (None, _) => code.to_owned(),
    }
}

/// The choices that what is typed could mean, the nearest first: by the words of the screen, by pinyin or its initials,
/// by code or login.
pub fn matching(cx: &Cx, spec: &FieldSpec, typed: &str) -> Vec<Choosable> {
    let typed = typed.trim().to_lowercase();
    let fuzzy = SkimMatcherV2::default().ignore_case();
    let login = |choice: &Choosable| {
        let staff = cx.station.staff.iter().find(|staff| staff.worker.0.to_string() == choice.code);
        staff.map(|staff| staff.login.clone())
    };
    let mut ranked: Vec<(i64, Choosable)> = all(cx, spec)
        .into_iter()
        .filter_map(|choice| {
            let code = match spec.kind {
                FieldKind::Worker => login(&choice).unwrap_or_default(),
                _ => choice.code.clone(),
            };
            let text = choice.text.to_lowercase();
            let score = if text == typed || code == typed {
                i64::MAX
            } else if text.starts_with(&typed) {
                i64::MAX - 1
            } else if let Some(score) = pinyin(&text, &typed) {
                score
            } else if text.contains(&typed) {
                i64::MAX / 2
            } else {
                fuzzy.fuzzy_match(&text, &typed).or_else(|| fuzzy.fuzzy_match(&code, &typed))?
            };
            Some((score, choice))
        })
        .collect();
    // Stable: equals stay in the order of the list.
    ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    ranked.into_iter().map(|(_, choice)| choice).collect()
}

/// How well letters fit the pinyin of a text, if they do.
fn pinyin(_text: &str, _typed: &str) -> Option<i64> {
    None
}
