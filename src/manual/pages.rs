//! The pages that are part of the program.

use super::{Page, Part, read};
use serde::Deserialize;
use std::sync::Arc;

macro_rules! texts {
    ($($id:literal),* $(,)?) => {
        &[$((
            $id,
            include_str!(concat!("../../assets/manual/zh-CN/", $id, ".md")),
            include_str!(concat!("../../assets/manual/en/", $id, ".md")),
        )),*]
    };
}

/// Order, part, steps and sources of each page.
pub const INDEX: &str = include_str!("../../assets/manual/pages.toml");

/// Id, Chinese, English.
const TEXTS: &[(&str, &str, &str)] = texts![
    "child-at-centre",
    "who-does-what",
    "prisoners-children",
    "left-behind",
    "unattended-children",
    "families-in-difficulty",
    "foster-and-kinship",
    "bases-and-homes",
    "companionship",
    "confidentiality",
    "childs-rights",
    "consent",
    "working-together",
    "boundaries-and-safety",
    "walks",
    "daily-round",
    "finding",
    "emergency-triage",
    "mandatory-report",
    "street-children",
    "intake",
    "id-and-household",
    "risk-and-deadlines",
    "first-visit",
    "talking-with-a-child",
    "good-notes",
    "assessment",
    "unattended-papers",
    "guardian-duty",
    "plan-and-goals",
    "referral",
    "case-conference",
    "parent-in-custody",
    "weekly-contact",
    "follow-up",
    "temporary-guardianship",
    "placement",
    "volunteers",
    "activities",
    "aid-ledger",
    "review",
    "closure",
    "hand-over",
    "keys-and-backups",
    "supervision",
    "why-measure",
    "instruments",
    "baseline-and-review",
    "one-childs-change",
    "small-numbers",
    "what-did-not-work",
    "precedents",
    "needs-study",
    "reports",
    "own-pages",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    page: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    part: Part,
    steps: Vec<String>,
    sources: Vec<String>,
}

/// None if a page is not as it should be: a test does not let one through.
pub(super) fn all() -> Option<Vec<Arc<Page>>> {
    let index: Index = toml::from_str(INDEX).ok()?;
    let page = |Entry { id, part, steps, sources }| {
        let (_, zh, en) = TEXTS.iter().find(|(of, _, _)| *of == id)?;
        let (zh, en) = (read(zh).ok()?, Some(read(en).ok()?));
        Some(Arc::new(Page { id, part, steps, sources, own: false, zh, en }))
    };
    index.page.into_iter().map(page).collect()
}
