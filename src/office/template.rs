//! A site as a template: its forms, rules and manual, and what kinds of agencies it works with. Nobody is in it.

use super::handout::HandoutFault;
use super::rules::OwnFault;
use crate::search::telling::Tells;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Clone, Debug, PartialEq)]
pub enum TemplateAsk {
    /// -> `Exported`. `anyway`: the places that were found may stay in it; names and numbers of people never do.
    Export { to: PathBuf, anyway: bool },
    /// -> `Looked`: what would come; it is only taken if that is said.
    Import { from: PathBuf, take: bool },
}

#[derive(Clone, Debug, PartialEq)]
pub enum TemplateAnswer {
    /// How many files and entries of the directory, and where to.
    Exported {
        files: usize,
        agencies: usize,
        path: PathBuf,
    },
    Looked(TemplateLook),
}

/// What comes with a template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TemplateLook {
    /// By its name in the data directory.
    pub files: Vec<(String, Coming)>,
    /// Kinds of help that the directory here does not have.
    pub agencies: usize,
    pub taken: bool,
}

impl TemplateLook {
    /// Something would be other than it is.
    pub fn changes(&self) -> bool {
        self.agencies > 0 || self.files.iter().any(|(_, coming)| *coming != Coming::Same)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    New,
    Changed,
    Same,
}

/// A place in a file of the site that tells who or where somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The file's name, or the service of an entry of the directory.
    pub file: String,
    /// From 1; 0 for an entry of the directory.
    pub line: usize,
    pub tells: Tells,
}

impl Doubt {
    /// Nobody's name or number leaves with a template, whoever says so.
    pub fn is_grave(&self) -> bool {
        !matches!(self.tells, Tells::Place | Tells::School | Tells::Agency | Tells::Detail | Tells::Person)
    }
}

/// Why it was not done. Shown through the catalogue: `template-fault-…`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TemplateFault {
    /// At least one.
    #[error("{} places tell who or where somebody is", .0.len())]
    Doubts(Vec<Doubt>),
    /// A file of the template is not as this program reads it. Nothing was written.
    #[error(transparent)]
    Wrong(OwnFault),
    /// It has a file that no template has. Nothing was written.
    #[error("it holds a file that no template has")]
    Name,
    /// An entry of its directory, from 1, is of no kind that there is or too long.
    #[error("entry {0} of its directory is not as it should be")]
    Agency(usize),
    #[error("the station's table of precedents, which says what tells who somebody is, cannot be used")]
    NoTable,
    #[error("the station has no forms, rules, pages or directory of its own")]
    Empty,
    #[error(transparent)]
    File(#[from] HandoutFault),
}

/// What goes out and comes in.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    /// Texts by their names in the data directory.
    pub files: BTreeMap<String, String>,
    #[serde(default)]
    pub directory: Vec<Help>,
}

/// A kind of help that there is, without who gives it and where.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Help {
    pub kind: String,
    pub service: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub eligibility: String,
}
