//! The station's own forms and rules, read once at sign-in: the core ones, with `fields.toml` and `practice/*.toml`
//! of the data directory over them. A file with a mistake is left aside with a warning; the core stays in force.

use super::answer::OwnRule;
use super::pages::{self, MOST_PAGES, PAGES};
use crate::domain::station_fields::{self, Misprint};
use crate::domain::{FieldKind, FormSpec, RecordKind, forms};
use crate::manual::Misprint as Misprinted;
use crate::practice::flags::{FlagRules, TABLES};
use crate::practice::quality::Checks;
use crate::practice::{AidRule, Calendar, Instruments, Retention, RuleFault, RuleFlaw, Rules};
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
    #[error("{file}, {slip}")]
    Page { file: String, slip: Misprinted },
    #[error("{PAGES}: more than {MOST_PAGES} pages")]
    ManyPages,
    #[error("{file}: larger than {} KiB", most >> 10)]
    TooLarge { file: String, most: u64 },
    #[error("{file}: not UTF-8 text")]
    NotText { file: String },
    #[error("{file}: {why}")]
    Unreadable { file: String, why: String },
}

/// The station's own fields, in its data directory.
pub const FIELDS: &str = "fields.toml";
const RULES: &str = "practice/deadlines.toml";
const INSTRUMENTS: &str = "practice/instruments.toml";
const AUDIT: &str = "practice/audit.toml";
const AID: &str = "practice/aid.toml";
const QUALITY: &str = "practice/quality.toml";

pub(super) struct Practice {
    pub forms: Vec<FormSpec>,
    pub rules: Option<Rules>,
    /// What is so of a child, and what follows.
    pub flags: Option<FlagRules>,
    pub calendar: Calendar,
    pub instruments: Instruments,
    /// How long the audit is kept; none: for ever.
    pub retention: Option<Retention>,
    /// When aid counts as given twice; none: nobody is asked.
    pub aid: Option<AidRule>,
    /// What files are checked for.
    pub checks: Checks,
    pub warnings: Vec<OwnFault>,
}

impl Practice {
    pub(super) fn load(dir: &Path) -> Self {
        let mut warnings = vec![];
        let mut forms = forms::all();
        match read(dir, FIELDS, MOST) {
            Ok(None) => {}
            Ok(Some(text)) => match station_fields::parse(&text, &forms) {
                Ok(extras) => station_fields::extend(&mut forms, &extras),
                Err(misprints) => warnings.extend(misprints.into_iter().map(OwnFault::Field)),
            },
            Err(fault) => warnings.push(fault),
        }
        let own = read(dir, RULES, MOST).unwrap_or_else(|fault| {
            warnings.push(fault);
            None
        });
        let rules = Rules::of_station(own.as_deref()).or_else(|fault| {
            warnings.push(OwnFault::Rule(RuleFault { file: RULES.to_owned(), ..fault }));
            Rules::core()
        });
        // A table with a mistake may have meant longer than the law: then nothing is dropped.
        let retention = read(dir, AUDIT, MOST).and_then(|own| {
            let fault = |fault| OwnFault::Rule(RuleFault { file: AUDIT.to_owned(), ..fault });
            Retention::of_station(own.as_deref()).map_err(fault)
        });
        let own = read(dir, AID, MOST).unwrap_or_else(|fault| {
            warnings.push(fault);
            None
        });
        let aid = AidRule::of_station(own.as_deref()).or_else(|fault| {
            warnings.push(OwnFault::Rule(RuleFault { file: AID.to_owned(), ..fault }));
            AidRule::of_station(None)
        });
        let mut practice = Self {
            aid: aid.ok(),
            checks: Checks::default(),
            forms,
            rules: rules.ok(),
            flags: None,
            calendar: Calendar::core().unwrap_or_default(),
            instruments: Instruments::default(),
            retention: retention.map_err(|fault| warnings.push(fault)).ok(),
            warnings,
        };
        practice.add_years(dir);
        practice.add_flags(dir);
        practice.name_unknown_flags();
        practice.add_checks(dir);
        practice.add_instruments(dir);
        practice.warnings.extend(pages::own(dir).1);
        practice
    }

    /// A table with a mistake is left aside; the others of the station stay.
    fn add_flags(&mut self, dir: &Path) {
        let mut own = BTreeMap::new();
        for (file, _) in TABLES {
            match read(dir, &format!("practice/{file}"), MOST) {
                Ok(Some(text)) => drop(own.insert(*file, text)),
                Ok(None) => {}
                Err(fault) => self.warnings.push(fault),
            }
        }
        loop {
            match FlagRules::load(|file| own.get(file).map(String::as_str)) {
                Ok(rules) => {
                    self.name_rules(&rules);
                    break self.flags = Some(rules);
                }
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

    /// Behind the rules: checks name them.
    fn add_checks(&mut self, dir: &Path) {
        let Some(rules) = &self.flags else { return };
        let is_rule = |id: &str| rules.knows(id);
        let own = read(dir, QUALITY, MOST).and_then(|own| {
            let fault = |fault| OwnFault::Rule(RuleFault { file: QUALITY.to_owned(), ..fault });
            Checks::of_station(own.as_deref(), &is_rule).map_err(fault)
        });
        match own {
            Ok(checks) => self.checks = checks,
            Err(fault) => {
                self.checks = Checks::of_station(None, &is_rule).unwrap_or_default();
                self.warnings.push(fault);
            }
        }
    }

    /// What is set off by a flag that there is not would wait for ever.
    fn name_unknown_flags(&mut self) {
        let (Some(rules), Some(flags)) = (&self.rules, &self.flags) else { return };
        for (rule, flag) in rules.on_flags().filter(|(rule, flag)| rule.own && !flags.knows(flag)) {
            let flaw = RuleFlaw::Code { list: "rule", code: flag.to_owned() };
            self.warnings.push(OwnFault::Rule(RuleFault { file: RULES.to_owned(), line: rule.line, flaw }));
        }
    }

    /// Each instrument brings a form.
    fn add_instruments(&mut self, dir: &Path) {
        let own = read(dir, INSTRUMENTS, MOST).and_then(|own| {
            let fault = |fault| OwnFault::Rule(RuleFault { file: INSTRUMENTS.to_owned(), ..fault });
            Instruments::of_station(own.as_deref()).map_err(fault)
        });
        self.instruments = own.unwrap_or_else(|fault| {
            self.warnings.push(fault);
            Instruments::core().unwrap_or_default()
        });
        let plain = self.forms.iter().find(|form| form.kind == RecordKind::Score);
        let forms = plain.map(|plain| self.instruments.forms(plain)).unwrap_or_default();
        self.forms.extend(forms);
    }

    /// Which rules can be overruled, by what they say.
    fn name_rules(&mut self, rules: &FlagRules) {
        let fields = self.forms.iter_mut().flat_map(|form| &mut form.fields);
        for field in fields.filter(|field| field.id == forms::overrule::RULE) {
            if let FieldKind::One(choices) = &mut field.kind {
                choices.codes = rules.all().iter().map(|rule| rule.id.clone().into()).collect();
                choices.own =
                    rules.all().iter().map(|rule| (rule.text.zh.clone(), rule.text.en.clone())).collect();
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
            match read(dir, &file, MOST) {
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

/// A file's text of at most so many bytes; `None` if there is no such file.
pub(super) fn read(dir: &Path, name: &str, most: u64) -> Result<Option<String>, OwnFault> {
    let path = dir.join(name);
    let file = || name.to_owned();
    let text = match fs::metadata(&path) {
        Ok(found) if found.len() > most => return Err(OwnFault::TooLarge { file: file(), most }),
        Ok(_) => fs::read_to_string(&path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    text.map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => OwnFault::NotText { file: file() },
        _ => OwnFault::Unreadable { file: file(), why: error.to_string() },
    })
}
