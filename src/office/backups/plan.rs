//! Where automatic backups go and how many are kept: `backup.toml` in the data directory, in clear. It names a folder
//! and three numbers, nothing of a person.

use super::BackupFault;
use super::rotation::Keep;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::{fs, io};

pub(super) const FILE: &str = "backup.toml";
/// Longer is something else.
const MOST: u64 = 64 << 10;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Plan {
    /// None: no automatic backup is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<PathBuf>,
    pub daily: u16,
    pub weekly: u16,
    pub monthly: u16,
}

impl Default for Plan {
    fn default() -> Self {
        Self { to: None, daily: 7, weekly: 4, monthly: 12 }
    }
}

impl Plan {
    /// What the file says; without a file, no automatic backup.
    pub(super) fn read(dir: &Path) -> Result<Plan, BackupFault> {
        let path = dir.join(FILE);
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Plan::default()),
            Ok(file) if file.len() > MOST => {
                return Err(BackupFault::Plan { line: 1, why: "larger than 64 KiB".into() });
            }
            _ => {}
        }
        let text = fs::read_to_string(&path)
            .map_err(|error| BackupFault::Plan { line: 1, why: error.to_string() })?;
        Plan::parse(&text)
    }

    fn parse(text: &str) -> Result<Plan, BackupFault> {
        let mut plan: Plan = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            BackupFault::Plan { line, why: error.message().to_owned() }
        })?;
        plan.to = plan.to.filter(|to| !to.as_os_str().is_empty());
        Ok(plan)
    }

    /// All of it or nothing; numbers that somebody wrote there stay.
    pub(super) fn write(&self, dir: &Path) -> io::Result<()> {
        let text = toml::to_string(self).map_err(io::Error::other)?;
        let unfinished = dir.join(format!("{FILE}.tmp"));
        fs::write(&unfinished, text)?;
        fs::File::open(&unfinished)?.sync_all()?;
        fs::rename(&unfinished, dir.join(FILE))
    }

    pub(super) fn keep(&self) -> Keep {
        Keep { daily: self.daily, weekly: self.weekly, monthly: self.monthly }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_as_it_is_meant() {
        assert_eq!(Plan::parse("").unwrap(), Plan::default());
        assert_eq!(Plan::parse("to = \"\"").unwrap(), Plan::default(), "an empty folder is none");
        let plan = Plan::parse("# the blue stick\nto = \"/media/蓝色\"\nmonthly = 24\n").unwrap();
        assert_eq!(plan, Plan { to: Some("/media/蓝色".into()), monthly: 24, ..Plan::default() });
    }

    #[test]
    fn a_bad_file_is_refused_with_its_line() {
        let bad = ["to = \"/a\"\ndaily = -1\n", "\ndayly = 7\n", "to = \"/a\"\nto2\n", "\nto = 7\n"];
        for text in bad {
            let fault = Plan::parse(text).unwrap_err();
            assert!(matches!(&fault, BackupFault::Plan { line: 2, why } if !why.is_empty()), "{fault:?}");
        }
    }

    #[test]
    fn what_was_chosen_is_read_back_and_the_numbers_stay() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FILE), "daily = 30\n").unwrap();
        let mut plan = Plan::read(dir.path()).unwrap();
        plan.to = Some("/media/a \"b\"".into());
        plan.write(dir.path()).unwrap();
        assert_eq!(Plan::read(dir.path()).unwrap(), plan);
        assert_eq!(plan.daily, 30);
        plan.to = None;
        plan.write(dir.path()).unwrap();
        assert_eq!(Plan::read(dir.path()).unwrap().to, None);
    }
}
