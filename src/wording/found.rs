//! Why a child was found, and what two files have in common.

use super::word;
use crate::domain::FormSpec;
use crate::i18n::Catalogue;
use crate::office::{Evidence, Field, How, Other, OtherLine, Reason, Verdict};

/// `监护人（同音字）`: the field, and how it differs from what was typed, if it does.
pub fn reason(cat: &Catalogue, reason: &Reason) -> String {
    let field = word(
        cat,
        match reason.field {
            Field::Name => "found-name",
            Field::Guardian => "found-guardian",
            Field::Village => "found-village",
            Field::School => "found-school",
            Field::IdNumber => "found-id-number",
            Field::Birth => "found-birth",
            Field::Phone => "found-phone",
            Field::CaseNo => "found-case-no",
        },
    );
    match how(cat, reason.how) {
        Some(how) => cat.tn("found-how", &[("field", field.into()), ("how", how.into())]).into_owned(),
        None => field,
    }
}

/// How something differs from what was typed, if it does.
pub fn how(cat: &Catalogue, how: How) -> Option<String> {
    let key = match how {
        // What was typed stands there as it was typed: the highlight says it.
        How::Exact | How::Prefix | How::Part | How::Digits => return None,
        How::Pinyin => "how-pinyin",
        How::Initials => "how-initials",
        How::Homophone => "how-homophone",
        How::NearSound => "how-near-sound",
        How::Missing => "how-missing",
        How::Typo => "how-typo",
        How::Swapped => "how-swapped",
        How::WrongChar => "how-wrong-char",
    };
    Some(word(cat, key))
}

/// How likely a child on file is the one being registered.
pub fn verdict(cat: &Catalogue, verdict: Verdict) -> String {
    word(
        cat,
        match verdict {
            Verdict::SameChild { strong: true } => "alike-same-child-strong",
            Verdict::SameChild { strong: false } => "alike-same-child",
            Verdict::SameFamily => "alike-same-family",
        },
    )
}

/// What speaks for it.
pub fn evidence(cat: &Catalogue, evidence: Evidence) -> String {
    word(
        cat,
        match evidence {
            Evidence::SameId => "alike-same-id",
            Evidence::NearId => "alike-near-id",
            Evidence::SameName => "alike-same-name",
            Evidence::SameSound => "alike-same-sound",
            Evidence::SwappedName => "alike-swapped-name",
            Evidence::NearName => "alike-near-name",
            Evidence::SameBirth => "alike-same-birth",
            Evidence::NearBirth => "alike-near-birth",
            Evidence::LunarBirth => "alike-lunar-birth",
            Evidence::SameGuardian => "alike-same-guardian",
            Evidence::GuardianSound => "alike-guardian-sound",
            Evidence::SamePhone => "alike-same-phone",
            Evidence::NearPhone => "alike-near-phone",
            Evidence::SameVillage => "alike-same-village",
            Evidence::SameTown => "alike-same-town",
        },
    )
}

/// What sort of thing was found beside children: `志愿者`, `手册`.
pub fn other_kind(cat: &Catalogue, forms: &[FormSpec], other: &Other) -> String {
    let Other::Entry(entry) = other else { return word(cat, "found-page") };
    let form = forms.iter().find(|form| form.kind == entry.at.kind);
    form.map(|form| super::form_title(cat, form)).unwrap_or_default()
}

/// Why it was found, where that is not plain to see.
pub fn other_reasons(cat: &Catalogue, line: &OtherLine) -> String {
    let is_page = matches!(line.other, Other::Page { .. });
    let said = line.reasons.iter().filter_map(|reason| {
        let how = how(cat, reason.how);
        let field = match reason.field {
            // Its own name, in either language.
            Field::Name | Field::School => return how,
            Field::Village if is_page => return how,
            Field::Guardian => "found-person",
            Field::Village => "found-place",
            _ => "found-phone",
        };
        let field = word(cat, field);
        Some(match how {
            Some(how) => cat.tn("found-how", &[("field", field.into()), ("how", how.into())]).into_owned(),
            None => field,
        })
    });
    said.collect::<Vec<_>>().join(&cat.t("value-and"))
}
