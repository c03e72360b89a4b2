//! A site's forms, rules, manual and directory, given to another site and taken from one.

use super::Files;
use super::editing::not_written;
use super::precedents::{common, path_for};
use crate::domain::forms::{agency, services::AGENCIES};
use crate::domain::plain::one_line;
use crate::domain::{Fields, RecordKind, RecordRef, Value};
use crate::office::audit::{Deed, Verb};
use crate::office::handout::{self, HandoutFault};
use crate::office::own::{self, Own, PRACTICE};
use crate::office::rules::Practice;
use crate::office::template::{Help, Template};
use crate::office::{
    Coming, Doubt, FIELDS, OwnFault, OwnFile, PAGES, Refusal, Save, SaveRecord, Tells, TemplateAnswer,
    TemplateAsk, TemplateFault, TemplateLook, keep,
};
use crate::search::telling::Known;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::PoisonError;
use std::{fs, io};
use uuid::Uuid;

const FORMAT: &str = "tonghu-template";
const DAYS: &str = "practice/days";
/// What is tried out before it is in force lies here.
const TRIAL: &str = "template.part";
/// Files of one site at most.
const MOST_FILES: usize = 700;
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
        let table = self.practice().precedents.clone().ok_or(TemplateFault::NoTable)?;
        let common = common(&table);
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
        let _editing = self.editing.lock().unwrap_or_else(PoisonError::into_inner);
        self.try_out(&template)?;
        let mut look = TemplateLook::default();
        for (name, text) in &template.files {
            // What does not read as text is in the way of no template: it is replaced, and a copy kept.
            let coming = match Own::of(&self.dir).text(name) {
                Ok(None) => Coming::New,
                Ok(Some(now)) if now == *text => Coming::Same,
                Ok(Some(_)) | Err(_) => Coming::Changed,
            };
            look.files.push((name.clone(), coming));
        }
        let here = self.directory()?;
        let mut new: Vec<&Help> = template.directory.iter().collect();
        new.retain(|help| !here.iter().any(|one| one.kind == help.kind && one.service == help.service));
        new.sort();
        new.dedup_by_key(|help| (&help.kind, &help.service));
        look.agencies = new.len();
        if !take || !look.changes() {
            return Ok(look);
        }
        self.noted(Deed::about(Verb::TakeTemplate, &template.files.len().to_string()))?;
        for (name, _) in look.files.iter().filter(|(_, coming)| *coming != Coming::Same) {
            own::write(&self.dir, name, Some(&template.files[name])).map_err(not_written)?;
        }
        self.take_up(Practice::load(Own::of(&self.dir)));
        self.try_copy_own();
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
            let before = Practice::load(Own::of(&self.dir)).warnings;
            let known = |fault: &OwnFault| before.iter().any(|known| known.bare() == fault.bare());
            let tried = Practice::load(Own::of(&trial)).warnings;
            // A mistake that was there before and comes again is the template's as well.
            let new =
                tried.into_iter().find(|fault| !known(fault) || template.files.contains_key(fault.place().0));
            new.map_or(Ok(()), |fault| Err(TemplateFault::Wrong(fault.bare().clone())))
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

/// Names and texts of what the station has written for itself.
fn own_files(dir: &Path) -> Result<BTreeMap<String, String>, Refusal> {
    let own = Own::of(dir);
    let mut names = vec![FIELDS.to_owned()];
    for (folder, ending) in [(PRACTICE, ".toml"), (DAYS, ".toml"), (PAGES, ".md")] {
        names.extend(own.list(folder, ending));
    }
    names.retain(|name| is_name(name));
    names.sort();
    let mut files = BTreeMap::new();
    for name in names.into_iter().take(MOST_FILES) {
        let text = own.text(&name).map_err(TemplateFault::Wrong)?;
        files.extend(text.map(|text| (name, text)));
    }
    Ok(files)
}

/// Only what a site writes for itself, and nothing that leads out of its folder.
fn is_name(name: &str) -> bool {
    OwnFile::at(name).is_some()
}

fn check_shape(template: &Template) -> Result<(), TemplateFault> {
    if template.files.len() > MOST_FILES || template.files.keys().any(|name| !is_name(name)) {
        return Err(TemplateFault::Name);
    }
    for (name, text) in &template.files {
        let most = OwnFile::at(name).map_or(0, |file| file.most());
        if text.len() as u64 > most {
            return Err(TemplateFault::Wrong(OwnFault::TooLarge { file: name.clone(), most }));
        }
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
