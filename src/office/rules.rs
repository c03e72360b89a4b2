//! The station's own forms and rules, read once at sign-in: the core ones, with `fields.toml` and `practice/*.toml`
//! of the data directory over them. A file with a mistake is left aside with a warning; the core stays in force.

use super::answer::OwnRule;
use crate::domain::station_fields::{self, Misprint};
use crate::domain::{FormSpec, forms};
use crate::practice::flags::{FlagRules, TABLES};
use crate::practice::{AidRule, Calendar, Retention, RuleFault, Rules};
use std::collections::BTreeMap;
use std::{fs, io, path::Path};

/// No table that a person writes comes near this.
const MOST: u64 = 1 << 20;

/// What is wrong with one of the station's own files. For the log and for scripts as text, for people through the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnFault {
    #[error("{FIELDS}, {0}")]
    Field(Misprint),
    #[error("{0}")]
    Rule(RuleFault),
    #[error("{file}: larger than 1 MiB")]
    TooLarge { file: String },
    #[error("{file}: not UTF-8 text")]
    NotText { file: String },
    #[error("{file}: {why}")]
    Unreadable { file: String, why: String },
}

/// The station's own fields, in its data directory.
pub const FIELDS: &str = "fields.toml";
const RULES: &str = "practice/deadlines.toml";
const AUDIT: &str = "practice/audit.toml";
const AID: &str = "practice/aid.toml";

pub(super) struct Practice {
    pub forms: Vec<FormSpec>,
    pub rules: Option<Rules>,
    /// What is so of a child, and what follows.
    pub flags: Option<FlagRules>,
    pub calendar: Calendar,
    /// How long the audit is kept; none: for ever.
    pub retention: Option<Retention>,
    /// When aid counts as given twice; none: nobody is asked.
    pub aid: Option<AidRule>,
    pub warnings: Vec<OwnFault>,
}

impl Practice {
    pub(super) fn load(dir: &Path) -> Self {
        let mut warnings = vec![];
        let mut forms = forms::all();
        match read(dir, FIELDS) {
            Ok(None) => {}
            Ok(Some(text)) => match station_fields::parse(&text, &forms) {
                Ok(extras) => station_fields::extend(&mut forms, &extras),
                Err(misprints) => warnings.extend(misprints.into_iter().map(OwnFault::Field)),
            },
            Err(fault) => warnings.push(fault),
        }
        let own = read(dir, RULES).unwrap_or_else(|fault| {
            warnings.push(fault);
            None
        });
        let rules = Rules::of_station(own.as_deref()).or_else(|fault| {
            warnings.push(OwnFault::Rule(RuleFault { file: RULES.to_owned(), ..fault }));
            Rules::core()
        });
        // A table with a mistake may have meant longer than the law: then nothing is dropped.
        let retention = read(dir, AUDIT).and_then(|own| {
            let fault = |fault| OwnFault::Rule(RuleFault { file: AUDIT.to_owned(), ..fault });
            Retention::of_station(own.as_deref()).map_err(fault)
        });
        let own = read(dir, AID).unwrap_or_else(|fault| {
            warnings.push(fault);
            None
        });
        let aid = AidRule::of_station(own.as_deref()).or_else(|fault| {
            warnings.push(OwnFault::Rule(RuleFault { file: AID.to_owned(), ..fault }));
            AidRule::of_station(None)
        });
        let mut practice = Self {
            aid: aid.ok(),
            forms,
            rules: rules.ok(),
            flags: None,
            calendar: Calendar::core().unwrap_or_default(),
            retention: retention.map_err(|fault| warnings.push(fault)).ok(),
            warnings,
        };
        practice.add_years(dir);
        practice.add_flags(dir);
        practice
    }

    /// A table with a mistake is left aside; the others of the station stay.
    fn add_flags(&mut self, dir: &Path) {
        let mut own = BTreeMap::new();
        for (file, _) in TABLES {
            match read(dir, &format!("practice/{file}")) {
                Ok(Some(text)) => drop(own.insert(*file, text)),
                Ok(None) => {}
                Err(fault) => self.warnings.push(fault),
            }
        }
        loop {
            match FlagRules::load(|file| own.get(file).map(String::as_str)) {
                Ok(rules) => break self.flags = Some(rules),
                Err(fault) => {
                    // A mistake of the core's own cannot be mended by leaving a table out.
                    let mended = own.remove(fault.file.as_str()).is_some();
                    let file = format!("practice/{}", fault.file);
                    self.warnings.push(OwnFault::Rule(RuleFault { file, ..fault }));
                    if !mended {
                        break;
                    }
                }
            }
        }
    }

    /// The words of the rules that are not the core's.
    pub(super) fn own_rules(&self) -> Vec<OwnRule> {
        let all = self.rules.iter().flat_map(|rules| rules.all());
        all.filter(|rule| rule.own)
            .map(|rule| OwnRule { id: rule.id.clone(), zh: rule.text.zh.clone(), en: rule.text.en.clone() })
            .collect()
    }

    fn add_years(&mut self, dir: &Path) {
        let Ok(files) = fs::read_dir(dir.join("practice").join("days")) else { return };
        let mut names: Vec<String> =
            files.flatten().filter_map(|file| file.file_name().into_string().ok()).collect();
        names.retain(|name| name.ends_with(".toml"));
        names.sort();
        for name in names.into_iter().take(100) {
            let file = format!("practice/days/{name}");
            match read(dir, &file) {
                Ok(Some(text)) => {
                    if let Err(fault) = self.calendar.add(&name, &text) {
                        self.warnings.push(OwnFault::Rule(RuleFault { file, ..fault }));
                    }
                }
                Ok(None) => {}
                Err(fault) => self.warnings.push(fault),
            }
        }
    }
}

/// A file's text; `None` if there is no such file.
fn read(dir: &Path, name: &str) -> Result<Option<String>, OwnFault> {
    let path = dir.join(name);
    let file = || name.to_owned();
    let text = match fs::metadata(&path) {
        Ok(file) if file.len() > MOST => return Err(OwnFault::TooLarge { file: name.to_owned() }),
        Ok(_) => fs::read_to_string(&path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    text.map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => OwnFault::NotText { file: file() },
        _ => OwnFault::Unreadable { file: file(), why: error.to_string() },
    })
}
