//! The needs study in words.

use super::own;
use crate::i18n::Catalogue;
use crate::office::needs::{Need, NeedRules, Offered, Opening};

pub fn need(cat: &Catalogue, need: &Need) -> String {
    own(cat, &need.name.zh, &need.name.en)
}

/// Where that something is a need stands.
pub fn need_source(cat: &Catalogue, need: &Need) -> String {
    own(cat, &need.source.zh, &need.source.en)
}

/// A village or town; some children have none on file.
pub fn need_place(cat: &Catalogue, place: &str) -> String {
    if place.is_empty() { cat.t("needs-no-place").into_owned() } else { place.to_owned() }
}

/// Who offers it.
pub fn offered(cat: &Catalogue, offered: &Offered) -> String {
    match offered {
        Offered::Nowhere => cat.t("needs-nowhere").into_owned(),
        Offered::Elsewhere(name) => cat.t1("needs-elsewhere", "name", name.as_str()).into_owned(),
        Offered::Here(name) => cat.t1("needs-here", "name", name.as_str()).into_owned(),
    }
}

/// What would help: open a service, or bring the children to the one that is there. `count` as it may be told.
pub fn opening(cat: &Catalogue, rules: &NeedRules, one: &Opening, count: &str) -> String {
    let key = match one.offered {
        Offered::Nowhere => "needs-open-new",
        Offered::Elsewhere(_) => "needs-open-branch",
        Offered::Here(_) => "needs-open-bring",
    };
    let name = rules.needs().get(one.need).map(|of| need(cat, of)).unwrap_or_default();
    let parts = [
        ("place", need_place(cat, &one.place).into()),
        ("need", name.into()),
        ("count", count.to_owned().into()),
        ("offered", offered(cat, &one.offered).into()),
    ];
    cat.tn(key, &parts).into_owned()
}
