//! The station's own forms and rules, read at sign-in and after each edit: the core ones, with `fields.toml` and
//! `practice/*.toml` of the data directory over them. Where a file has a mistake, its copy that was read well last is in
//! force, else the core; with a warning.

use super::answer::OwnRule;
use super::own::{EXAMPLES, Own, PAGES, PRACTICE};
use super::pages::{self, MOST_PAGES};
use crate::domain::station_fields::{self, Misprint};
use crate::domain::{FieldKind, FormSpec, RecordKind, forms};
use crate::manual::Misprint as Misprinted;
use crate::practice::flags::examples::{self, ExampleFault};
use crate::practice::flags::{FactFault, FlagRules, TABLES};
use crate::practice::precedent::Precedents;
use crate::practice::quality::Checks;
use crate::practice::{
    AidRule, Calendar, Instruments, Limits, NeedRules, Retention, RuleFault, RuleFlaw, Rules, instruments,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::{fs, io, path::Path};

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
    /// In which line, from 1.
    #[error("{file}, line {line}: not UTF-8 text")]
    NotText { file: String, line: usize },
    #[error("{file}: {why}")]
    Unreadable { file: String, why: String },
    #[error("{file}, line {line}: {fault}")]
    Example { file: String, line: usize, fault: FactFault },
    /// With a copy of the file from before the mistake.
    #[error("{fault}; its copy of {since} is in force")]
    Kept { fault: Box<OwnFault>, since: NaiveDate },
}

impl OwnFault {
    /// Which file it is in, by its place in the data directory, and the line, from 1; 0 where it is in none.
    pub fn place(&self) -> (&str, usize) {
        match self {
            OwnFault::Field(misprint) => (FIELDS, misprint.line),
            OwnFault::Rule(fault) => (&fault.file, fault.line),
            OwnFault::Page { file, slip } => (file, slip.line),
            OwnFault::ManyPages => (PAGES, 0),
            OwnFault::TooLarge { file, .. } | OwnFault::Unreadable { file, .. } => (file, 0),
            OwnFault::NotText { file, line } | OwnFault::Example { file, line, .. } => (file, *line),
            OwnFault::Kept { fault, .. } => fault.place(),
        }
    }

    /// A file whose text ends in this line, as far as it is UTF-8.
    pub fn not_text(file: &str, error: &std::string::FromUtf8Error) -> OwnFault {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + sound.iter().filter(|byte| **byte == b'\n').count();
        OwnFault::NotText { file: file.to_owned(), line }
    }

    /// The mistake, whatever is in force for it.
    pub fn bare(&self) -> &OwnFault {
        match self {
            OwnFault::Kept { fault, .. } => fault.bare(),
            fault => fault,
        }
    }

    /// A fault of one of the tables, which do not know in which folder they lie.
    fn of_table(file: &str, fault: RuleFault) -> OwnFault {
        OwnFault::Rule(RuleFault { file: file.to_owned(), ..fault })
    }
}

/// The station's own fields, in its data directory.
pub const FIELDS: &str = "fields.toml";
const RULES: &str = "practice/deadlines.toml";
const INSTRUMENTS: &str = "practice/instruments.toml";
const AUDIT: &str = "practice/audit.toml";
const AID: &str = "practice/aid.toml";
const PRECEDENTS: &str = "practice/precedents.toml";
const DAYS: &str = "practice/days";
const NEEDS: &str = "practice/needs.toml";
const QUALITY: &str = "practice/quality.toml";
/// How a file becomes facts: another number where it changes between two versions of the program.
const READING: u32 = 2;

pub(super) struct Practice {
    pub forms: Vec<FormSpec>,
    pub rules: Option<Rules>,
    /// The flags that rules open work for.
    asking: BTreeSet<String>,
    /// What is so of a child, and what follows.
    pub flags: Option<FlagRules>,
    pub calendar: Calendar,
    pub instruments: Instruments,
    /// How long the audit is kept; none: for ever.
    pub retention: Option<Retention>,
    /// When aid counts as given twice; none: nobody is asked.
    pub aid: Option<AidRule>,
    /// How cases are compared, and what tells who somebody is; none: nothing is released.
    pub precedents: Option<Precedents>,
    /// What files are checked for.
    pub checks: Checks,
    pub limits: Limits,
    /// None: the core's table is wrong, which the tests would tell.
    pub needs: Option<Arc<NeedRules>>,
    pub warnings: Vec<OwnFault>,
    /// The station's own files that are in order, as they were read.
    pub sound: Vec<(String, String)>,
    /// The texts of the station's own that are in force, by their names: a copy where the file has a mistake.
    pub in_force: BTreeMap<String, String>,
}

impl Practice {
    /// Whether work is opened while this flag holds.
    pub(super) fn asks(&self, flag: &str) -> bool {
        self.asking.contains(flag)
    }

    pub(super) fn load(own: Own) -> Self {
        let mut practice = Self {
            forms: forms::all(),
            rules: None,
            asking: BTreeSet::new(),
            precedents: None,
            checks: Checks::default(),
            limits: Limits::default(),
            needs: None,
            flags: None,
            calendar: Calendar::core().unwrap_or_default(),
            instruments: Instruments::default(),
            retention: None,
            aid: None,
            warnings: vec![],
            sound: vec![],
            in_force: BTreeMap::new(),
        };
        practice.add_fields(own);
        practice.rules = practice.table(own, RULES, Rules::of_station);
        let on_flags = practice.rules.iter().flat_map(Rules::on_flags);
        practice.asking = on_flags.map(|(_, flag)| flag.to_owned()).collect();
        practice.retention = practice.retention(own);
        practice.aid = practice.table(own, AID, AidRule::of_station);
        practice.precedents = practice.table(own, PRECEDENTS, Precedents::of_station);
        // A mistake may stand where a word is that is to be found: without a copy from before it, nothing is let go.
        let lost =
            |fault: &OwnFault| fault.place().0 == PRECEDENTS && !matches!(fault, OwnFault::Kept { .. });
        if practice.warnings.iter().any(lost) {
            practice.precedents = None;
        }
        practice.add_years(own);
        practice.add_flags(own);
        practice.name_unknown_flags();
        practice.add_needs(own);
        practice.add_checks(own);
        practice.add_instruments(own);
        practice.add_examples(own);
        let pages = pages::own(own);
        practice.warnings.extend(pages.faults);
        practice.sound.extend(pages.sound);
        practice
    }

    /// What a reader makes of a file: of what lies there, else of the copy that was read well last, else of no file.
    fn of_file<T>(
        &mut self,
        own: Own,
        name: &str,
        read: impl Fn(Option<&str>) -> Result<T, Vec<OwnFault>>,
    ) -> Option<T> {
        let found = own.written(name).map_err(|fault| vec![fault]);
        let faults = match found.and_then(|text| Ok((read(text.as_deref())?, text))) {
            Ok((value, text)) => {
                if let Some(text) = text {
                    self.in_force.insert(name.to_owned(), text.clone());
                    self.sound.push((name.to_owned(), text));
                }
                return Some(value);
            }
            Err(faults) => faults,
        };
        if let Some((text, since)) = own.good(name)
            && let Ok(value) = read(Some(&text))
        {
            let kept = |fault| OwnFault::Kept { fault: Box::new(fault), since };
            self.warnings.extend(faults.into_iter().map(kept));
            self.in_force.insert(name.to_owned(), text);
            return Some(value);
        }
        self.warnings.extend(faults);
        read(None).ok()
    }

    fn table<T>(
        &mut self,
        own: Own,
        name: &str,
        read: impl Fn(Option<&str>) -> Result<T, RuleFault>,
    ) -> Option<T> {
        self.of_file(own, name, |text| read(text).map_err(|fault| vec![OwnFault::of_table(name, fault)]))
    }

    fn add_fields(&mut self, own: Own) {
        let core = forms::all();
        let extended = self.of_file(own, FIELDS, |text| {
            let mut forms = core.clone();
            if let Some(text) = text {
                let extras = station_fields::parse(text, &core)
                    .map_err(|all| all.into_iter().map(OwnFault::Field).collect::<Vec<_>>())?;
                station_fields::extend(&mut forms, &extras);
            }
            Ok(forms)
        });
        self.forms = extended.unwrap_or(core);
    }

    /// A table with a mistake may have meant longer than the law, and longer than its copy: then nothing is dropped.
    fn retention(&mut self, own: Own) -> Option<Retention> {
        let read = |text: Option<&str>| {
            Retention::of_station(text).map_err(|fault| OwnFault::of_table(AUDIT, fault))
        };
        match own.written(AUDIT).and_then(|text| Ok((read(text.as_deref())?, text))) {
            Ok((retention, text)) => {
                if let Some(text) = text {
                    self.in_force.insert(AUDIT.to_owned(), text.clone());
                    self.sound.push((AUDIT.to_owned(), text));
                }
                Some(retention)
            }
            Err(fault) => {
                self.warnings.push(fault);
                None
            }
        }
    }

    /// A table with a mistake gives way to its copy, or is left aside; the others of the station stay.
    fn add_flags(&mut self, own: Own) {
        let path = |file: &str| format!("{PRACTICE}/{file}");
        // The text, and since when it is kept if it is a copy.
        let mut texts: BTreeMap<&str, (String, Option<NaiveDate>)> = BTreeMap::new();
        let mut faults: BTreeMap<&str, OwnFault> = BTreeMap::new();
        for (file, _) in TABLES {
            match own.written(&path(file)) {
                Ok(Some(text)) => drop(texts.insert(file, (text, None))),
                Ok(None) => {}
                Err(fault) => {
                    faults.insert(file, fault);
                    texts.extend(own.good(&path(file)).map(|(text, since)| (*file, (text, Some(since)))));
                }
            }
        }
        loop {
            let text = |file: &str| texts.get(file).map(|(text, _)| text.as_str());
            match FlagRules::load(text).and_then(|rules| Ok((rules, Limits::load(text)?))) {
                Ok((rules, limits)) => {
                    self.name_rules(&rules);
                    self.limits = limits;
                    self.flags = Some(rules);
                    break;
                }
                Err(fault) => {
                    // A mistake of the core's own cannot be mended by leaving a table out.
                    let Some((file, (_, since))) = texts.remove_entry(fault.file.as_str()) else {
                        self.warnings.push(OwnFault::of_table(&path(&fault.file), fault));
                        break;
                    };
                    if since.is_none() {
                        faults.insert(file, OwnFault::of_table(&path(file), fault));
                        texts.extend(own.good(&path(file)).map(|(text, since)| (file, (text, Some(since)))));
                    }
                }
            }
        }
        for (file, fault) in faults {
            let since = texts.get(file).and_then(|(_, since)| *since);
            self.warnings.push(match since {
                Some(since) => OwnFault::Kept { fault: Box::new(fault), since },
                None => fault,
            });
        }
        for (file, (text, since)) in texts {
            if since.is_none() {
                self.sound.push((path(file), text.clone()));
            }
            self.in_force.insert(path(file), text);
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

    /// Differs where what the rules say of the same file on the same day may differ.
    pub(super) fn digest(&self) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        hash.update(env!("CARGO_PKG_VERSION").as_bytes()).update(&READING.to_le_bytes());
        let core = TABLES.iter().map(|(file, text)| (format!("{PRACTICE}/{file}"), *text));
        for (file, core) in core.chain([(INSTRUMENTS.to_owned(), instruments::CORE)]) {
            let own = self.in_force.get(&file).map_or("", String::as_str);
            for text in [core, own] {
                hash.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
            }
        }
        hash.finalize().into()
    }

    /// Behind the rules: needs and checks name them.
    fn add_needs(&mut self, own: Own) {
        let Some(rules) = self.flags.take() else { return };
        let is_rule = |id: &str| rules.knows(id);
        self.needs = self.table(own, NEEDS, |text| NeedRules::of_station(text, &is_rule)).map(Arc::new);
        self.flags = Some(rules);
    }

    fn add_checks(&mut self, own: Own) {
        let Some(rules) = self.flags.take() else { return };
        let is_rule = |id: &str| rules.knows(id);
        let read = self.table(own, QUALITY, |text| Checks::of_station(text, &is_rule));
        self.checks = read.unwrap_or_default();
        self.flags = Some(rules);
    }

    /// Each instrument brings a form.
    fn add_instruments(&mut self, own: Own) {
        let read = self.table(own, INSTRUMENTS, Instruments::of_station);
        self.instruments = read.unwrap_or_default();
        let plain = self.forms.iter().find(|form| form.kind == RecordKind::Score);
        let forms = plain.map(|plain| self.instruments.forms(plain)).unwrap_or_default();
        self.forms.extend(forms);
    }

    /// Nothing is in force by them; a mistake is told all the same.
    fn add_examples(&mut self, own: Own) {
        let name = format!("{PRACTICE}/{EXAMPLES}");
        let text = match own.written(&name) {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(fault) => return self.warnings.push(fault),
        };
        let Some(rules) = &self.flags else { return };
        match examples::play(rules, EXAMPLES, &text) {
            Ok(_) => {
                self.in_force.insert(name.clone(), text.clone());
                self.sound.push((name, text));
            }
            Err(ExampleFault::Table(fault)) => self.warnings.push(OwnFault::of_table(&name, fault)),
            Err(ExampleFault::Fact { line, fault }) => {
                self.warnings.push(OwnFault::Example { file: name, line, fault });
            }
        }
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

    fn add_years(&mut self, own: Own) {
        for file in own.list(DAYS, ".toml").into_iter().take(100) {
            let calendar = self.calendar.clone();
            let with = self.table(own, &file, |text| {
                let mut calendar = calendar.clone();
                text.map_or(Ok(()), |text| calendar.add(&file, text))?;
                Ok(calendar)
            });
            self.calendar = with.unwrap_or(calendar);
        }
    }
}

/// A file's text of at most so many bytes; `None` if there is no such file.
pub(super) fn read(dir: &Path, name: &str, most: u64) -> Result<Option<String>, OwnFault> {
    let path = dir.join(name);
    let file = || name.to_owned();
    let read = match fs::metadata(&path) {
        Ok(found) if found.len() > most => return Err(OwnFault::TooLarge { file: file(), most }),
        Ok(_) => fs::read(&path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    let bytes = read.map_err(|error| OwnFault::Unreadable { file: file(), why: error.to_string() })?;
    let Some(bytes) = bytes else { return Ok(None) };
    String::from_utf8(bytes).map(Some).map_err(|error| OwnFault::not_text(name, &error))
}
