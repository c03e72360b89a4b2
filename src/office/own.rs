//! The station's own files in its data directory: rules, fields, pages of the manual. In clear, so that a person mends
//! them with any editor; they hold nothing of a child.
//!
//! Beside them lies what is kept of them, under the same names: `kept/good/` has each as it was last read without a
//! mistake, `kept/old/` the texts that were replaced in the program.

use super::rules::{self, FIELDS, OwnFault, Practice};
use crate::platform::{self, Clock, SystemClock};
use crate::practice::flags::TABLES;
use crate::practice::{RuleFault, RuleFlaw, instruments, precedent};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{fs, io};

/// No table that a person writes comes near this.
const MOST: u64 = 1 << 20;
/// Of a page, in bytes.
const MOST_PAGE: u64 = 64 << 10;
/// So many older texts of a file stay.
const OLD: usize = 10;
/// Of a page's id, in bytes: with its endings it has to be a file's name.
const LONGEST_ID: usize = 120;

/// Of one folder: a station has some dozens.
const MOST_FILES: usize = 1_000;
/// The folder of the rules, in the data directory.
pub(super) const PRACTICE: &str = "practice";
/// The folder of the pages, in the data directory.
pub const PAGES: &str = "manual";
const GOOD: &str = "kept/good";
const OLDER: &str = "kept/old";
/// The station's own examples of what the rules should say.
pub const EXAMPLES: &str = "examples.toml";

/// One of the station's own files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnFile {
    /// The station's own fields.
    Fields,
    /// By its name in `practice/`: rules, a year of rest days (`days/2027.toml`), examples.
    Table(String),
    /// A page of the manual, by its id.
    Page(String),
}

impl OwnFile {
    /// Its place in the data directory. None: a station has no such file, and nothing else may be read or written by
    /// this way.
    pub fn name(&self) -> Option<String> {
        match self {
            OwnFile::Fields => Some(FIELDS.to_owned()),
            OwnFile::Table(name) if is_table(name) => Some(format!("{PRACTICE}/{name}")),
            OwnFile::Page(id) if is_page_id(id) => Some(format!("{PAGES}/{id}.md")),
            OwnFile::Table(_) | OwnFile::Page(_) => None,
        }
    }

    /// The file at a place in the data directory, if it is one of the station's own.
    pub fn at(name: &str) -> Option<OwnFile> {
        let page = name.strip_prefix(PAGES).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".md"));
        let table = name.strip_prefix(PRACTICE).and_then(|rest| rest.strip_prefix('/'));
        let file = match (page, table) {
            (Some(id), _) => OwnFile::Page(id.to_owned()),
            (_, Some(table)) => OwnFile::Table(table.to_owned()),
            _ => OwnFile::Fields,
        };
        (file.name().as_deref() == Some(name)).then_some(file)
    }

    /// Bytes that it may have.
    pub fn most(&self) -> u64 {
        if matches!(self, OwnFile::Page(_)) { MOST_PAGE } else { MOST }
    }

    /// What the rules say of a child depends on it.
    pub fn has_flags(&self) -> bool {
        matches!(self, OwnFile::Table(name) if TABLES.iter().any(|(table, _)| table == name))
    }
}

fn is_table(name: &str) -> bool {
    let year = name.strip_prefix("days/").and_then(|rest| rest.strip_suffix(".toml"));
    let single = [
        "deadlines.toml",
        "quality.toml",
        "audit.toml",
        "aid.toml",
        "needs.toml",
        instruments::FILE,
        precedent::table::FILE,
        EXAMPLES,
    ];
    year.is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
        || single.contains(&name)
        || TABLES.iter().any(|(table, _)| *table == name)
}

/// Whether a page may be called so: the id is the name of its file.
pub fn is_page_id(id: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    !id.is_empty() && id.len() <= LONGEST_ID && id.chars().all(plain)
}

/// The own files of a data directory; one of them may be looked at as if another text, or none, lay there.
#[derive(Clone, Copy)]
pub(super) struct Own<'a> {
    dir: &'a Path,
    instead: Option<(&'a str, Option<&'a str>)>,
}

impl<'a> Own<'a> {
    pub(super) fn of(dir: &'a Path) -> Self {
        Self { dir, instead: None }
    }

    pub(super) fn with(self, name: &'a str, text: Option<&'a str>) -> Self {
        Self { instead: Some((name, text)), ..self }
    }

    /// What lies there; none: no such file.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, OwnFault> {
        match self.instead {
            Some((other, text)) if other == name => Ok(text.map(str::to_owned)),
            _ => rules::read(self.dir, name, most_of(name)),
        }
    }

    /// The same, if there is anything in it: nothing at all is what a full disk or a slip leaves.
    pub(super) fn written(&self, name: &str) -> Result<Option<String>, OwnFault> {
        let text = self.text(name)?;
        match &text {
            Some(text) if text.trim().is_empty() => {
                Err(OwnFault::Rule(RuleFault { file: name.to_owned(), line: 1, flaw: RuleFlaw::Empty }))
            }
            _ => Ok(text),
        }
    }

    /// The text that was last read without a mistake, and since when it is kept.
    pub(super) fn good(&self, name: &str) -> Option<(String, NaiveDate)> {
        let path = format!("{GOOD}/{name}");
        let text = rules::read(self.dir, &path, most_of(name)).ok()??;
        let written = fs::metadata(self.dir.join(path)).and_then(|file| file.modified()).ok()?;
        let since = written.duration_since(UNIX_EPOCH).ok()?;
        Some((text, SystemClock.local(i64::try_from(since.as_millis()).ok()?).date()))
    }

    /// Names of the files of a folder with an ending, in order.
    pub(super) fn list(&self, folder: &str, ending: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.dir.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|file| file.file_name().into_string().ok())
            .filter(|name| name.len() > ending.len() && name.ends_with(ending))
            .map(|name| format!("{folder}/{name}"))
            .collect();
        if let Some((other, Some(_))) = self.instead
            && other.strip_prefix(folder).is_some_and(|rest| rest.rfind('/') == Some(0))
        {
            names.push(other.to_owned());
        }
        names.sort();
        names.dedup();
        names
    }
}

fn most_of(name: &str) -> u64 {
    if name.starts_with(PAGES) { MOST_PAGE } else { MOST }
}

/// Every file of the station's own that can be read as text, by its place in the data directory. Of one that has a mistake
/// the copy that was read well last comes along.
pub(super) fn texts(own: Own) -> BTreeMap<String, String> {
    let mut names = vec![FIELDS.to_owned()];
    for (folder, ending) in [(PRACTICE, ".toml"), ("practice/days", ".toml"), (PAGES, ".md")] {
        names.extend(own.list(folder, ending).into_iter().take(MOST_FILES));
    }
    let sound: BTreeMap<String, String> = Practice::load(own).sound.into_iter().collect();
    let mut texts = BTreeMap::new();
    for name in names.into_iter().filter(|name| OwnFile::at(name).is_some()) {
        let Ok(Some(text)) = own.text(&name) else { continue };
        if sound.get(&name) != Some(&text)
            && let Some((good, _)) = own.good(&name)
        {
            texts.insert(format!("{GOOD}/{name}"), good);
        }
        texts.insert(name, text);
    }
    texts
}

/// Whether a file of this name may be written in the data directory: one of the station's own, or the copy of one.
pub(super) fn may_lie(name: &str) -> bool {
    let bare = name.strip_prefix(GOOD).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
    OwnFile::at(bare).is_some()
}

/// Whether the station had files of its own here: what is missing then was taken away by somebody.
pub(super) fn has_been(dir: &Path) -> bool {
    dir.join("kept").exists()
}

/// Every file of the station's own, with what is wrong with it as it lies there.
pub fn check(dir: &Path) -> BTreeMap<String, Vec<OwnFault>> {
    let practice = Practice::load(Own::of(dir));
    let mut files: BTreeMap<String, Vec<OwnFault>> =
        practice.sound.into_iter().map(|(name, _)| (name, vec![])).collect();
    for fault in practice.warnings {
        files.entry(fault.place().0.to_owned()).or_default().push(fault);
    }
    files
}

/// Keeps what was read without a mistake, where it is not kept already. Copies of files that are there no more become
/// old texts: what somebody took away does not come back by a later slip.
pub(super) fn keep_good(dir: &Path, sound: &[(String, String)]) -> io::Result<()> {
    let own = Own::of(dir);
    for (name, text) in sound {
        if own.good(name).is_none_or(|(kept, _)| kept != *text) {
            platform::write_text(&dir.join(GOOD).join(name), text)?;
        }
    }
    for folder in ["", PRACTICE, "practice/days", PAGES] {
        let kept = if folder.is_empty() { GOOD.to_owned() } else { format!("{GOOD}/{folder}") };
        let names = [".toml", ".md"].iter().flat_map(|ending| own.list(&kept, ending));
        for name in names.filter_map(|path| Some(path.strip_prefix(GOOD)?.trim_start_matches('/').to_owned()))
        {
            if !dir.join(&name).exists() {
                set_aside(dir, &format!("{GOOD}/{name}"), &name)?;
                fs::remove_file(dir.join(GOOD).join(&name))?;
            }
        }
    }
    Ok(())
}

/// Puts a text in the place of what lies there, of which a copy is kept; none takes the file away.
pub(super) fn write(dir: &Path, name: &str, text: Option<&str>) -> io::Result<()> {
    let path = dir.join(name);
    if path.exists() {
        set_aside(dir, name, name)?;
    }
    match text {
        Some(text) => platform::write_text(&path, text)?,
        None => {
            fs::remove_file(&path)?;
            path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())?;
        }
    }
    // The edit stands whatever becomes of its copy: the next start compares the two.
    let good = dir.join(GOOD).join(name);
    let _ = text.map_or_else(|| fs::remove_file(&good), |text| platform::write_text(&good, text));
    Ok(())
}

/// Copies a file to the old texts of `name`, whatever is in it; the oldest beyond ten go.
fn set_aside(dir: &Path, from: &str, name: &str) -> io::Result<()> {
    let place = dir.join(OLDER).join(name);
    let mut old = numbered(&place);
    let next = old.last().map_or(1, |(number, _)| number + 1);
    let mut numbered = place.into_os_string();
    numbered.push(format!(".{next}"));
    let numbered = PathBuf::from(numbered);
    match platform::read_text(&dir.join(from), MOST) {
        Ok(text) => platform::write_text(&numbered, &text)?,
        // No text, or no end of it: there is no reading it into memory, but nothing is thrown away.
        Err(_) => {
            if let Some(folder) = numbered.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::copy(dir.join(from), &numbered)?;
            fs::File::open(&numbered)?.sync_all()?;
        }
    }
    old.push((next, numbered));
    for (_, path) in &old[..old.len().saturating_sub(OLD)] {
        fs::remove_file(path)?;
    }
    Ok(())
}

/// The old texts of a file by their numbers, the oldest first.
fn numbered(place: &Path) -> Vec<(u64, PathBuf)> {
    let Some((folder, name)) = place.parent().zip(place.file_name().and_then(|name| name.to_str())) else {
        return vec![];
    };
    let number = |file: &fs::DirEntry| -> Option<u64> {
        file.file_name().to_str()?.strip_prefix(name)?.strip_prefix('.')?.parse().ok()
    };
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(u64, PathBuf)> =
        files.filter_map(|file| Some((number(&file)?, file.path()))).collect();
    found.sort();
    found
}
