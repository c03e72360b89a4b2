//! The station's manual: how the work is done, in pages. Those of the program are part of it; a station's own go over them.

mod find;
mod mark;
mod pages;
mod steps;

pub use find::Hit;
pub use mark::{Block, Mark, Misprint, Slip, Text, read};
pub use pages::INDEX;
pub use steps::{STEPS, at};

use crate::i18n::Lang;
use serde::Deserialize;
use std::sync::{Arc, LazyLock};

/// In the order in which the list shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Model,
    Process,
    Effectiveness,
    /// Pages that the station added.
    Own,
}

impl Part {
    pub const ALL: [Part; 4] = [Part::Model, Part::Process, Part::Effectiveness, Part::Own];

    pub fn code(self) -> &'static str {
        match self {
            Part::Model => "model",
            Part::Process => "process",
            Part::Effectiveness => "effectiveness",
            Part::Own => "own",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The name of its file, without the ending.
    pub id: String,
    pub part: Part,
    /// Of the work, from which it is opened: see [`STEPS`].
    pub steps: Vec<String>,
    /// What it leans on: laws with their articles, documents, papers.
    pub sources: Vec<String>,
    /// Written by the station.
    pub own: bool,
    zh: Text,
    /// A station writes one language.
    en: Option<Text>,
}

impl Page {
    /// In Chinese and in English: the same, where a station wrote one.
    pub fn titles(&self) -> [&str; 2] {
        [&self.zh, self.en.as_ref().unwrap_or(&self.zh)].map(|text| text.title.as_str())
    }

    pub fn text(&self, lang: Lang) -> &Text {
        match (lang, &self.en) {
            (Lang::En, Some(text)) => text,
            _ => &self.zh,
        }
    }
}

/// All pages, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manual {
    pages: Vec<Arc<Page>>,
}

static CORE: LazyLock<Manual> = LazyLock::new(|| Manual { pages: pages::all().unwrap_or_default() });

impl Manual {
    /// The pages that ship with the program.
    pub fn core() -> &'static Manual {
        &CORE
    }

    /// The core's pages under a station's own: one with the same id replaces the core's in its place, and leans on
    /// nothing but what it says itself; a new one comes last.
    pub fn of_station(own: impl IntoIterator<Item = (String, Text)>) -> Manual {
        let mut manual = CORE.clone();
        for (id, text) in own {
            let page = |part, steps| Page {
                id: id.clone(),
                part,
                steps,
                sources: vec![],
                own: true,
                zh: text,
                en: None,
            };
            match manual.pages.iter_mut().find(|page| page.id == id) {
                Some(core) => *core = Arc::new(page(core.part, core.steps.clone())),
                None => manual.pages.push(Arc::new(page(Part::Own, vec![]))),
            }
        }
        manual
    }

    pub fn all(&self) -> &[Arc<Page>] {
        &self.pages
    }

    pub fn page(&self, id: &str) -> Option<&Arc<Page>> {
        self.pages.iter().find(|page| page.id == id)
    }

    pub fn of_step(&self, step: &str) -> impl Iterator<Item = &Arc<Page>> {
        self.pages.iter().filter(move |page| page.steps.iter().any(|of| of == step))
    }

    /// The pages of several steps, the first step's first, each page once.
    pub fn of_steps(&self, steps: &[&str]) -> Vec<&Arc<Page>> {
        let mut found: Vec<&Arc<Page>> = vec![];
        for page in steps.iter().flat_map(|step| self.of_step(step)) {
            if !found.iter().any(|other| other.id == page.id) {
                found.push(page);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests;
