//! How the program, its data and their backups are: nothing about a person.

use crate::office::rules::OwnFault;
use chrono::NaiveDate;
use std::path::PathBuf;

/// How the program and its data are: nothing about a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    pub version: String,
    pub data_dir: PathBuf,
    pub lines: Vec<HealthLine>,
}

/// One thing that was looked at. `key` is the catalogue key of its name; `value` is a number, size, date or path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthLine {
    pub key: &'static str,
    pub value: String,
    /// What is wrong in a file of the station's own, where the line is about that: then it is said in place of the value.
    pub own: Option<OwnFault>,
    pub state: HealthState,
    /// Catalogue key of what to do about it, or "".
    pub remedy: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthState {
    Good,
    Look,
    Bad,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BackedUp {
    pub path: PathBuf,
    pub records: u64,
    pub bytes: u64,
}

/// Whether and where automatic backups are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupPlan {
    /// None: nowhere.
    pub to: Option<PathBuf>,
    /// When one was last made or found there.
    pub made: Option<NaiveDate>,
    /// Catalogue key of why the last attempt failed, if it did.
    pub trouble: Option<&'static str>,
    /// The last backup of any kind.
    pub last: Option<NaiveDate>,
    /// The folder lies on the disk of the data: one accident takes both. Only said when it is chosen.
    pub same_disk: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupWord {
    /// None was ever made, and the station is no longer new.
    Never,
    /// The last was made so many days ago.
    Old(i64),
    /// That of today could not be made: catalogue key of why.
    NotMade(&'static str),
    /// `backup.toml` cannot be understood: Health says where.
    BadPlan,
}
