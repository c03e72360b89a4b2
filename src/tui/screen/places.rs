//! The screens there are, as data, and what they find out.

use crate::domain::{
    ChildId, FieldId, Fields, Record, RecordId, RecordKind, RecordRef, WorkerId, follow_up::Act,
};
use crate::manual::{self, Manual, Page};
use crate::office::{
    Draft, Filter, FlagLine, FormJob, FoundBackup, HandOver, OwnEntry, OwnFile, Rule, Unusable,
};
use crate::tui::keymap::Layer;
use chrono::NaiveDate;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// A screen, named. The app makes it from this.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    Unlock,
    Wizard,
    Today,
    Cases,
    /// How much each worker has, and where something is overdue.
    Charts,
    /// What is to go out; from a child's file, that file first.
    Export(Option<ChildId>),
    /// Those that fit, and no others.
    CasesOf(Filter),
    /// Who has how many cases.
    Caseload,
    /// What is amiss in files that are drawn.
    Quality,
    /// Cases that are to go to another: shows what that means, and asks why.
    HandOver(HandOver),
    /// One of the station's registers; the others are beside it.
    Register(RecordKind),
    /// The register in which this entry is, on it.
    RegisterEntry(RecordRef),
    File(ChildId),
    Form(Box<FormPlace>),
    /// The search overlay. What Enter does with the child depends on why it was opened.
    Search(Then),
    /// Commands and keys are those of the layers beneath.
    Palette(Vec<Layer>),
    Help(Vec<Layer>, ManualAt),
    Manual(ManualAt),
    Health,
    /// Every rule of the program and the station.
    Rules,
    /// One of the station's own files, as text.
    Editor(Box<EditPlace>),
    /// Asks what a new page of the manual is called; these names are taken.
    NewPage(Vec<String>),
    /// What the rules say of the examples.
    Examples,
    /// What waits for a supervisor.
    Queue,
    /// What the scores of all children say together.
    Evaluation,
    /// What children need and are not given, by place.
    Needs,
    /// The same, on one of its lists of children.
    NeedsList(ConcernList),
    /// The tree of centres and stations.
    Organisation,
    /// Asks where a backup is to go, and makes it.
    Backup,
    /// Whether one is made every day, and where.
    DailyBackup,
    /// The station from a backup, where there is none yet.
    Restore,
    /// Who may come in, and what may be done about that.
    Accounts,
    Admit,
    /// One's own is changed.
    Passphrase,
    /// Somebody else's, by a lead.
    ResetPassphrase(WorkerId),
    /// A new recovery key.
    RenewRecovery,
    /// Importing a roster; the path of one, or nothing typed yet.
    Roster(String),
    /// The month calendar: -> `Pick::Date`.
    Calendar(NaiveDate),
    /// -> `Pick::Yes`
    Confirm(Confirm),
    /// -> `Pick::Chosen`
    Choose(Choose),
    /// Asks for what an act on a follow-up needs (date, reason, worker): -> `Pick::Act`.
    Act(ActPlace),
    /// What a rule says of a child.
    Flag(Box<FlagLine>),
    /// What a donor is told.
    Statement {
        title: String,
        text: String,
    },
    /// The rule behind a follow-up.
    Why(Rule),
    /// How the scores of a child have changed.
    Change(Vec<Record>),
    /// Who of the registers could take this child in, who is called so.
    Match(ChildId, String),
    /// Precedents; those most alike to this child, who is called so, first.
    Precedents(Option<(ChildId, String)>),
    /// What the closed case of this child, who is called so, could tell.
    Review(ChildId, String),
    /// Giving to another station, or taking from one.
    Handout(HandoutWay),
    /// Who looked at the file of this child, who is called so.
    Looks(ChildId, String),
    /// Drafts that wait: -> opens the form. Closes itself where there are none; if somebody asked for it, it says so.
    Drafts {
        asked: bool,
    },
    /// What the roster shows: -> `Pick::Filter`.
    Filter(Filter),
}

/// Children of the needs study for whom somebody should do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConcernList {
    GivingUp,
    WithoutContact,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandoutWay {
    PrecedentsOut,
    PrecedentsIn,
    TemplateOut,
    TemplateIn,
}

/// Where the manual is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ManualAt {
    #[default]
    List,
    /// By its id.
    Page(String),
    /// At the first page of these steps of the work, see [`crate::manual::STEPS`].
    Steps(Vec<&'static str>),
}

impl ManualAt {
    /// The steps that are taken in some places, as the table of steps names them; the first place's come first.
    pub fn of<P: Into<String>>(places: impl IntoIterator<Item = P>) -> Self {
        let places: Vec<String> = places.into_iter().map(Into::into).collect();
        match manual::at(&places) {
            steps if steps.is_empty() => ManualAt::List,
            steps => ManualAt::Steps(steps),
        }
    }

    /// The page of the program that is opened; a station may have another in its place.
    pub fn page(&self) -> Option<&'static Page> {
        let core = Manual::core();
        match self {
            ManualAt::List => None,
            ManualAt::Page(id) => core.page(id).map(|page| &**page),
            ManualAt::Steps(steps) => core.of_steps(steps).first().map(|page| &***page),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    OpenFile,
    NewVisit,
    NewFollowUp,
    NewNote,
    /// -> `Pick::Child`
    Pick,
}

/// A form to fill in.
#[derive(Clone, Debug, PartialEq)]
pub struct FormPlace {
    pub job: FormJob,
    /// What the record holds now; none: a new record.
    pub base: Option<Fields>,
    /// What the form begins with.
    pub fields: Fields,
    /// A draft to go on with.
    pub draft: Option<Draft>,
    /// Where to begin; else at the first field that a new record lacks.
    pub focus: Option<FieldId>,
}

/// One of the station's own files to edit.
#[derive(Clone, Debug, PartialEq)]
pub struct EditPlace {
    pub file: OwnFile,
    /// Where to begin; none: the file as a whole.
    pub entry: Option<OwnEntry>,
    /// With what to begin if the station has none of it: as the program has it.
    pub start: String,
    /// What was typed before and not saved.
    pub draft: Option<Draft>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    pub title: String,
    pub text: String,
    /// Label of the button that does it.
    pub yes: String,
    pub no: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Choose {
    pub title: String,
    /// Code and text of each choice.
    pub choices: Vec<(String, String)>,
    /// Codes that are chosen already.
    pub chosen: Vec<String>,
    pub many: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ActPlace {
    pub child: ChildId,
    pub name: String,
    pub follow_up: RecordId,
    pub kind: String,
    pub due: NaiveDate,
    pub act: ActKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActKind {
    Done,
    Move,
    HandOver,
    Attempt,
    Refusal,
}

/// What a screen found out for the one beneath.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    Yes,
    Date(NaiveDate),
    Chosen(Vec<String>),
    Child(ChildId),
    Worker(WorkerId),
    Act { child: ChildId, follow_up: RecordId, act: Act },
    Filter(Filter),
}

/// What is asked at the door, before anybody is signed in.
#[derive(Clone, Debug, PartialEq)]
pub enum DoorAsk {
    Unlock {
        login: String,
        passphrase: Secret,
    },
    /// With the paper key, and the passphrase that is to hold from now on.
    Recover {
        login: String,
        recovery: Secret,
        passphrase: Secret,
    },
    /// Whether a station can be founded so, and if it can, a recovery key for it; nothing stands yet.
    Key(Box<Founding>),
    /// With the recovery key that is on paper by now.
    Found(Box<Founding>, Secret),
    /// The backups in a folder, or one file; of an empty path, those on the sticks that are plugged in.
    Backups(PathBuf),
    /// Makes the station from this backup; with progress on the way.
    Restore(PathBuf),
}

/// A new station, as the wizard has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Founding {
    pub station: Fields,
    pub staff_name: String,
    pub login: String,
    pub passphrase: Secret,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DoorAnswer {
    /// Somebody is signed in.
    Opened,
    /// A recovery key to write down, 8 groups of 6 digits: in no use before a station is founded with it.
    Key(Secret),
    /// The newest first.
    Backups(Vec<FoundBackup>),
    /// The station is there; the door is another now.
    Restored(DoorView),
    /// It is not: why, and which backup may be better.
    Unusable(Unusable),
}

/// Why the door stays shut: a text in the language of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorNo(pub String);

/// What the unlock screen says before anybody is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorView {
    pub logins: Vec<String>,
    pub last_backup: Option<NaiveDate>,
    /// What is wrong with the store, if anything, in both languages' catalogue keys.
    pub warnings: Vec<String>,
    /// The station was made from a backup, and nobody has signed in since.
    pub restored: bool,
    /// The screen was locked, and nobody has unlocked it yet.
    pub locked: Option<Locked>,
    /// The station is an invented one, to look at.
    pub demo: bool,
}

/// Why the screen is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locked {
    ByHand,
    /// After so many minutes without a key.
    Idle(u64),
}

/// A passphrase or recovery key: wiped from memory when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}
