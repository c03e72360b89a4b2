//! A site's forms, rules, manual and directory, given to another site and taken from one.

use super::precedents::{common, path_for};
use super::{Files, Practice};
use crate::domain::forms::{agency, services::AGENCIES};
use crate::domain::plain::one_line;
use crate::domain::{Fields, RecordKind, RecordRef, Value};
use crate::office::audit::{Deed, Verb};
use crate::office::handout::{self, HandoutFault};
use crate::office::rules::{FIELDS, OwnFault};
use crate::office::template::{Help, Template};
use crate::office::{
    Coming, Doubt, Refusal, Save, SaveRecord, Tells, TemplateAnswer, TemplateAsk, TemplateFault,
    TemplateLook, keep, pages::PAGES,
};
use crate::search::telling::Known;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};
use uuid::Uuid;

const FORMAT: &str = "tonghu-template";
const RULES: &str = "practice";
const DAYS: &str = "practice/days";
/// What is tried out before it is in force lies here, and what it replaced there.
const TRIAL: &str = "template.part";
const ASIDE: &str = "replaced";
/// Files of one site at most, and bytes of each.
const MOST_FILES: usize = 700;
const MOST: u64 = 1 << 20;
const MOST_AGENCIES: usize = 1_000;
const LONGEST_NAME: usize = 80;
const LONGEST: usize = 200;

impl Files {
    pub(super) fn template(&self, ask: TemplateAsk) -> Result<TemplateAnswer, Refusal> {
        match ask {
            TemplateAsk::Export { to, anyway } => self.export_template(&to, anyway),
            TemplateAsk::Import { from, take } => {
                Ok(TemplateAnswer::Looked(self.import_template(&from, take)?))
            }
        }
    }

    fn export_template(&self, to: &Path, anyway: bool) -> Result<TemplateAnswer, Refusal> {
        let path = path_for(to, "tonghu-template", self.today())?;
        let template = Template { files: own_files(&self.dir)?, directory: self.directory()? };
        if template.files.is_empty() && template.directory.is_empty() {
            return Err(TemplateFault::Empty.into());
        }
        let table = self.practice.precedents.as_ref().ok_or(TemplateFault::NoTable)?;
        let common = common(table);
        let doubts = doubts(&template, &self.known_here(&common)?);
        if doubts.iter().any(Doubt::is_grave) || !(anyway || doubts.is_empty()) {
            return Err(TemplateFault::Doubts(doubts).into());
        }
        let bytes = handout::encode(FORMAT, &template).map_err(TemplateFault::File)?;
        if path.exists() {
            return Err(TemplateFault::File(HandoutFault::Exists).into());
        }
        self.noted(Deed::about(Verb::GiveTemplate, &path.display().to_string()))?;
        handout::write(&path, &bytes).map_err(TemplateFault::File)?;
        Ok(TemplateAnswer::Exported { files: template.files.len(), agencies: template.directory.len(), path })
    }

    /// The kinds of help that there are, each once.
    fn directory(&self) -> Result<Vec<Help>, Refusal> {
        let mut all = BTreeSet::new();
        for record in keep::of_kind(&self.store, RecordKind::Agency)? {
            let fields = &record.fields;
            if fields.get(&agency::ENDED).is_none() && !fields.text(&agency::SERVICE).is_empty() {
                all.insert(Help {
                    kind: fields.text(&agency::KIND).to_owned(),
                    service: fields.text(&agency::SERVICE).to_owned(),
                    eligibility: fields.text(&agency::ELIGIBILITY).to_owned(),
                });
            }
        }
        Ok(all.into_iter().take(MOST_AGENCIES).collect())
    }

    fn import_template(&self, from: &Path, take: bool) -> Result<TemplateLook, Refusal> {
        let template: Template = handout::read(FORMAT, from).map_err(TemplateFault::File)?;
        check_shape(&template)?;
        let io = |error: io::Error| TemplateFault::File(HandoutFault::Io(error.to_string()));
        self.try_out(&template)?;
        let mut look = TemplateLook::default();
        for (name, text) in &template.files {
            let coming = match read(&self.dir, name)? {
                None => Coming::New,
                Some(now) if now == *text => Coming::Same,
                Some(_) => Coming::Changed,
            };
            look.files.push((name.clone(), coming));
        }
        let here = self.directory()?;
        let mut new: Vec<&Help> = template.directory.iter().collect();
        new.retain(|help| !here.iter().any(|one| one.kind == help.kind && one.service == help.service));
        new.dedup_by_key(|help| (&help.kind, &help.service));
        look.agencies = new.len();
        if !take || !look.changes() {
            return Ok(look);
        }
        self.noted(Deed::about(Verb::TakeTemplate, &template.files.len().to_string()))?;
        let aside = self.dir.join(ASIDE).join(self.clock.now().format("%Y-%m-%d-%H%M%S").to_string());
        for (name, coming) in look.files.iter().filter(|(_, coming)| *coming != Coming::Same) {
            if *coming == Coming::Changed {
                let old = fs::read(self.dir.join(name)).map_err(io)?;
                put(&aside, name, &old).map_err(io)?;
                look.aside = Some(aside.clone());
            }
            put(&self.dir, name, template.files[name].as_bytes()).map_err(io)?;
        }
        self.add_agencies(&new)?;
        look.taken = true;
        Ok(look)
    }

    /// They are called by what they do until somebody writes who it is.
    fn add_agencies(&self, new: &[&Help]) -> Result<(), Refusal> {
        let record = |help: &&Help| {
            let name: String = help.service.chars().take(LONGEST_NAME).collect();
            let fields = Fields::default()
                .with(agency::NAME, name.as_str())
                .with(agency::KIND, Value::Choice(help.kind.clone()))
                .with(agency::SERVICE, help.service.as_str())
                .with(agency::ELIGIBILITY, help.eligibility.as_str());
            SaveRecord { at: RecordRef::of(RecordKind::Agency, Uuid::nil(), Uuid::nil()), base: None, fields }
        };
        let records: Vec<SaveRecord> = new.iter().map(record).collect();
        if !records.is_empty() {
            self.save(Save { records, draft: None })?;
        }
        Ok(())
    }

    /// Reads the station's files with those of the template over them, as they would be read at the next sign-in: what is
    /// wrong then and was not before is the template's. It is done in a folder of its own.
    fn try_out(&self, template: &Template) -> Result<(), Refusal> {
        let io = |error: io::Error| TemplateFault::File(HandoutFault::Io(error.to_string()));
        let trial = self.dir.join(TRIAL);
        if trial.exists() {
            fs::remove_dir_all(&trial).map_err(io)?;
        }
        let tried = (|| {
            let mut all = own_files(&self.dir).unwrap_or_default();
            all.extend(template.files.iter().map(|(name, text)| (name.clone(), text.clone())));
            for (name, text) in &all {
                put(&trial, name, text.as_bytes()).map_err(io)?;
            }
            let before = Practice::load(&self.dir).warnings;
            let new = Practice::load(&trial).warnings.into_iter().find(|fault| !before.contains(fault));
            new.map_or(Ok(()), |fault| Err(TemplateFault::Wrong(fault)))
        })();
        let _ = fs::remove_dir_all(&trial);
        Ok(tried?)
    }
}

fn put(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = dir.join(name);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    handout::replace(&path, bytes)
}

fn read(dir: &Path, name: &str) -> Result<Option<String>, Refusal> {
    // What does not read as text is in the way of no template: it is replaced and kept aside.
    match crate::office::rules::read(dir, name, MOST) {
        Ok(text) => Ok(text),
        Err(OwnFault::Unreadable { why, .. }) => Err(TemplateFault::File(HandoutFault::Io(why)).into()),
        Err(_) => Ok(Some(String::new())),
    }
}

/// Names and texts of what the station has written for itself.
fn own_files(dir: &Path) -> Result<BTreeMap<String, String>, Refusal> {
    let mut names = vec![FIELDS.to_owned()];
    for folder in [RULES, DAYS, PAGES] {
        let entries = fs::read_dir(dir.join(folder)).into_iter().flatten().flatten();
        names.extend(entries.filter_map(|entry| Some(format!("{folder}/{}", entry.file_name().to_str()?))));
    }
    names.retain(|name| is_name(name));
    names.sort();
    let mut files = BTreeMap::new();
    for name in names.into_iter().take(MOST_FILES) {
        let text = crate::office::rules::read(dir, &name, MOST).map_err(TemplateFault::Wrong)?;
        files.extend(text.map(|text| (name, text)));
    }
    Ok(files)
}

/// Only what a site writes for itself, and nothing that leads out of its folder.
fn is_name(name: &str) -> bool {
    let plain = |stem: &str| {
        (1..=60).contains(&stem.len())
            && stem.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let within = |folder: &str, ending: &str| {
        let rest = name.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        rest.and_then(|rest| rest.strip_suffix(ending)).is_some_and(plain)
    };
    name == FIELDS || within(RULES, ".toml") || within(DAYS, ".toml") || within(PAGES, ".md")
}

fn check_shape(template: &Template) -> Result<(), TemplateFault> {
    if template.files.len() > MOST_FILES || template.files.keys().any(|name| !is_name(name)) {
        return Err(TemplateFault::Name);
    }
    if template.directory.len() > MOST_AGENCIES {
        return Err(TemplateFault::Agency(MOST_AGENCIES + 1));
    }
    let fits = |text: &str| text.chars().count() <= LONGEST && one_line(text) == text;
    let is_help = |help: &Help| {
        AGENCIES.contains(&help.kind.as_str())
            && !help.service.is_empty()
            && fits(&help.service)
            && fits(&help.eligibility)
    };
    match template.directory.iter().position(|help| !is_help(help)) {
        Some(at) => Err(TemplateFault::Agency(at + 1)),
        None => Ok(()),
    }
}

/// Rules are full of days and ages, and a hotline has five digits: these are nobody's.
fn doubts(template: &Template, known: &Known) -> Vec<Doubt> {
    let mut doubts = vec![];
    let mut look = |file: &str, line: usize, text: &str| {
        let marks = known.find(text).into_iter().map(|mark| mark.tells);
        let tells = marks.filter(|tells| !matches!(tells, Tells::Date(_) | Tells::Age(_) | Tells::Number));
        doubts.extend(tells.map(|tells| Doubt { file: file.to_owned(), line, tells }));
    };
    for (file, text) in &template.files {
        for (at, line) in text.lines().enumerate() {
            look(file, at + 1, line);
        }
    }
    for (at, help) in template.directory.iter().enumerate() {
        look(RecordKind::Agency.form().unwrap_or_default(), at + 1, &help.service);
        look(RecordKind::Agency.form().unwrap_or_default(), at + 1, &help.eligibility);
    }
    doubts
}

/// Bytes as the files of other stations: for [`crate::probe`].
pub(in crate::office) fn probe(bytes: &[u8]) {
    if let Ok(template) = handout::decode::<Template>(FORMAT, bytes) {
        let _ = check_shape(&template);
        assert!(
            template.files.keys().filter(|name| is_name(name)).all(|name| !name.contains("..")),
            "it stays inside"
        );
    }
}
