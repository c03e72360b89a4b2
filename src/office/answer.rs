//! What the office answers.

mod audit;
mod editing;
mod found;
mod organisation;
mod queue;
mod upkeep;

pub use self::audit::{
    AnchorFault, AnchorState, AuditAnchor, AuditCheck, AuditFault, AuditLine, AuditPage, UnsealedLine,
};
pub use self::editing::{OwnSaved, OwnText, RuleBook, RuleLine, Standing};
pub use self::found::{Found, FoundAt, FoundEntry, FoundLine, Other, OtherLine};
pub use self::organisation::{
    Below, Caseload, HandOverPlan, HandedOver, Load, Quality, QualityCheck, QualityFile, Staffing, UnitLine,
};
pub use self::queue::{ChildLine, Queue, QueuePart, Waits};
pub use self::upkeep::{BackedUp, BackupPlan, BackupWord, Health, HealthLine, HealthState};
pub use super::backups::{BackupFault, FoundBackup, Unusable};
use super::care::Checkup;
use super::precedent::{PrecedentAnswer, PrecedentFault};
use super::request::Draft;
use super::rules::OwnFault;
use super::scoring::Programme;
use super::template::{TemplateAnswer, TemplateFault};
use super::{GivenOut, Instruments, Pressing, Tables};
use crate::domain::aid::{Item, Stock};
use crate::domain::check::FieldFault;
use crate::domain::company::{CompanyFault, Done};
use crate::domain::{
    Change, ChangeId, ChildId, FieldId, Fields, FormSpec, Record, RecordId, RecordKind, Row, WorkerId,
};
use crate::manual::Manual;
use crate::practice::Certainty;
pub use crate::practice::deadlines::Words;
pub use crate::practice::flags::examples::{Difference, Played};
pub use crate::practice::flags::{Because, Grade, Span};
pub use crate::practice::matching::{Fit, Reason as FitReason};
use crate::practice::needs::{NeedRules, Offer, Told};
pub use crate::search::duplicates::{Evidence, Verdict};
pub use crate::search::{Field, How, Reason};
use crate::vault::RecoveryKey;
pub use crate::vault::{Role, Weak};
use chrono::{NaiveDate, NaiveDateTime};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Found(Found),
    Cases(CasePage),
    File(Box<CaseFile>),
    History(Vec<HistoryLine>),
    Agenda(Agenda),
    /// Day and number of open follow-ups due on it; days without any are left out.
    Month(Vec<(NaiveDate, u32)>),
    Likely(Vec<Likeness>),
    Notes(Vec<NoteHit>),
    /// By the id of the instrument, in the order of the domains.
    Evaluation(Vec<(String, Programme)>),
    Needs(Box<NeedsFound>),
    Tables(Box<Tables>),
    GivenOut(GivenOut),
    Station(Arc<Station>),
    /// With what is wrong with pages of the station's own.
    Manual(Manual, Vec<OwnFault>),
    RuleBook(RuleBook),
    OwnText(OwnText),
    OwnSaved(OwnSaved),
    Examples(Vec<Played>),
    Queue(Queue),
    Register(Vec<RegisterLine>),
    /// A stock each. None: the ledger does not add up.
    Statement(Option<Vec<StatementLine>>),
    Caseload(Caseload),
    Quality(Quality),
    HandOverPlan(HandOverPlan),
    HandedOver(HandedOver),
    /// Each unit behind the one above it.
    Organisation(Vec<UnitLine>),
    Match(Vec<Candidate>),
    Precedent(PrecedentAnswer),
    Template(TemplateAnswer),
    Why(Rule),
    Saved(Saved),
    Drafts(Vec<DraftLine>),
    Audit(AuditPage),
    AuditChecked(AuditCheck),
    Health(Box<Health>),
    Checkup(Checkup),
    BackedUp(BackedUp),
    BackupPlan(BackupPlan),
    /// From now on.
    BackupPlanSet(BackupPlan),
    Account(Staff),
    RecoveryKey(RecoveryKey),
    Done,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    pub worker: WorkerId,
    pub login: String,
    pub role: Role,
}

/// What every screen knows of the station.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Station {
    pub record: Option<Record>,
    pub staff: Vec<Staff>,
    /// The core forms with the station's own fields.
    pub forms: Vec<FormSpec>,
    /// What a child can be scored with.
    pub instruments: Arc<Instruments>,
    /// The station's own rules.
    pub rules: Vec<OwnRule>,
    /// Children on file.
    pub children: usize,
    /// What is wrong with the station's own rule and field files, if anything: the core ones are then in force.
    pub warnings: Vec<OwnFault>,
}

/// What a rule of the station's own asks, in both languages as far as the station wrote them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRule {
    pub id: String,
    pub zh: String,
    pub en: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub worker: WorkerId,
    pub name: String,
    pub login: String,
    pub role: Role,
    /// The account is closed: its name stays on what it wrote.
    pub closed: bool,
}

impl Station {
    pub fn form(&self, id: &str) -> Option<&FormSpec> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// The form of a record: of a score, that of its instrument, if there still is one.
    pub fn form_of(&self, kind: RecordKind, fields: &Fields) -> Option<&FormSpec> {
        let own = self.instruments.of(fields).filter(|_| kind == RecordKind::Score);
        own.and_then(|own| self.form(&own.form_id()))
            .or_else(|| self.forms.iter().find(|form| form.kind == kind))
    }

    /// Those who can be given work: support reads no file, and who has left does none.
    pub fn colleagues(&self) -> impl Iterator<Item = &Staff> {
        self.staff.iter().filter(|staff| staff.role.may_read() && !staff.closed)
    }

    pub fn worker(&self, worker: WorkerId) -> Option<&str> {
        self.staff.iter().find(|staff| staff.worker == worker).map(|staff| staff.name.as_str())
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct CasePage {
    pub from: usize,
    pub rows: Vec<Row>,
    /// What the rules say of each row's child; none: they were not asked yet.
    pub pressing: Vec<Option<Pressing>>,
    /// The rules are still being asked.
    pub pending: bool,
    /// How many there are in all with this filter.
    pub total: usize,
}

/// A child's whole file.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFile {
    pub row: Row,
    pub child: Record,
    pub household: Option<Record>,
    pub members: Vec<Record>,
    /// Newest first, as are all below.
    pub cases: Vec<Record>,
    pub contacts: Vec<Record>,
    /// Open ones first, soonest first; then the closed.
    pub follow_ups: Vec<Record>,
    pub notes: Vec<Record>,
    /// What is done for the child, in the order of [`RecordKind::SERVICES`].
    pub services: Vec<Record>,
    /// What it was given in all by the aid ledger.
    pub aid: Vec<(Item, i64)>,
    /// What the rules say of it today, the most pressing first; what was overruled comes last.
    pub flags: Vec<FlagLine>,
    /// What the forms expect and the file does not hold yet.
    pub missing: Vec<FieldId>,
    /// Other children of the same household.
    pub siblings: Vec<Row>,
}

/// What the children of the station need, and who offers it.
#[derive(Clone, Debug, PartialEq)]
pub struct NeedsFound {
    pub rules: Arc<NeedRules>,
    /// Of whom anything is told.
    pub children: Vec<InNeed>,
    pub offers: Vec<Offer>,
    /// Families that may give up a child.
    pub giving_up: Vec<Concern>,
    /// Children without contact with a parent this week, the longest first.
    pub without_contact: Vec<Concern>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct InNeed {
    pub row: Row,
    pub told: Told,
}

/// A child that a rule puts on a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Concern {
    pub row: Row,
    pub flag: FlagLine,
    pub last_family_contact: Option<NaiveDate>,
}

/// An entry of one of the station's registers.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisterLine {
    pub record: Record,
    /// What the rules say of it today, the most pressing first.
    pub flags: Vec<FlagLine>,
    /// Fields that are out of date, or empty where nothing may be done without them.
    pub overdue: Vec<FieldId>,
    pub done: Done,
}

/// Somebody of the registers, and whether a child could go to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub record: Record,
    pub fit: Fit,
}

/// What a rule says of a child, in words of both languages.
#[derive(Clone, Debug, PartialEq)]
pub struct FlagLine {
    pub rule: String,
    pub grade: Grade,
    /// Which of a list it is about, from 0.
    pub about: Option<(&'static str, usize)>,
    /// It holds today; otherwise it will from `span.from` on.
    pub now: bool,
    pub span: Span,
    pub text: Words,
    pub act: Words,
    pub source: Words,
    pub certainty: Certainty,
    /// Of the manual.
    pub page: Option<String>,
    pub because: Vec<Because>,
    /// Somebody decided that it does not hold here: the record says why.
    pub overruled: Option<Record>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    pub change: Change,
    /// The name of who did it.
    pub by: String,
    /// Local time at the station.
    pub when: NaiveDateTime,
    /// Taken back by a later change.
    pub reverted: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// Longest overdue first.
    pub overdue: Vec<AgendaLine>,
    pub today: Vec<AgendaLine>,
    /// The six days after today.
    pub week: Vec<AgendaLine>,
    /// The next ones after that, at most 50.
    pub later: Vec<AgendaLine>,
    /// Children whom a rule calls urgent or to act on, the most pressing first.
    pub pressing: Vec<ChildLine>,
    /// The rules are still being asked: there may be more.
    pub pending: bool,
    /// Of the whole station, whosever follow-ups these are.
    pub concerns: Concerns,
    /// How many there are in all: each list ends at [`Agenda::MOST`] lines.
    pub totals: AgendaTotals,
    /// Drafts of mine that wait.
    pub drafts: usize,
    /// What whoever may make backups should know of them.
    pub backup: Option<BackupWord>,
}

/// What became of a donor's gifts to one stock: fen, or pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementLine {
    pub stock: Stock,
    /// Without what was returned.
    pub received: i64,
    pub given: i64,
    pub left: i64,
}

/// How many children stand on the two lists of the needs study that are for every week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Concerns {
    #[default]
    Unknown,
    /// Nobody has counted today; they are few enough to be counted without being asked for.
    Pending,
    /// They are not: somebody has to open the lists.
    Many,
    Counted {
        giving_up: u32,
        without_contact: u32,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgendaTotals {
    pub overdue: usize,
    pub today: usize,
    pub week: usize,
    pub later: usize,
    pub pressing: usize,
}

impl Agenda {
    /// Lines of one list at most: after an import of a whole county nobody reads on for ever.
    pub const MOST: usize = 1_000;
}

#[derive(Clone, Debug, PartialEq)]
pub struct AgendaLine {
    pub child: ChildId,
    pub name: String,
    pub sex: String,
    pub birth: Option<NaiveDate>,
    pub village: String,
    pub guardian: String,
    pub risk: String,
    pub follow_up: RecordId,
    pub kind: String,
    pub due: NaiveDate,
    pub reason: String,
    pub rule: String,
    pub worker: Option<WorkerId>,
    /// Days after it was due; 0 where it is not overdue.
    pub late: i64,
    /// Late enough that the supervisor sees it.
    pub risen: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    pub row: Row,
    pub verdict: Verdict,
    pub evidence: Vec<Evidence>,
}

/// A sentence of a note, visit or history that matched.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteHit {
    pub row: Row,
    pub on: Option<NaiveDate>,
    pub sentence: String,
    /// Characters of the sentence to highlight.
    pub marks: Vec<usize>,
}

/// A rule, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    pub id: String,
    pub zh: String,
    pub en: String,
    pub source_zh: String,
    pub source_en: String,
    /// How sure the source is: `V` read, `E` an excerpt of it, `M` from memory, `D` a default without a source.
    pub sure: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    pub change: ChangeId,
    pub child: Option<ChildId>,
    /// Follow-ups that the rules made or that a recurrence opened: kind and due date.
    pub opened: Vec<(String, NaiveDate)>,
    /// Saved all the same, but worth a look.
    pub warnings: Vec<FieldFault>,
    /// What the rules say because of it, the most pressing first.
    pub told: Vec<FlagLine>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DraftLine {
    pub draft: Draft,
    /// The child's name, if the draft belongs to a file or its name is typed already.
    pub name: String,
    pub when: NaiveDateTime,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub children: usize,
    pub change: Option<ChangeId>,
}

/// Why the office did not do what it was asked. Shown through the catalogue: `refusal-…`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The account's role does not allow it.
    #[error("this account may not do that")]
    NotAllowed,
    #[error("there is no such record")]
    NotFound,
    /// At least one is grave: nothing was saved.
    #[error("some fields cannot be saved as they are")]
    Invalid(Vec<FieldFault>),
    /// Somebody else changed these fields since the form was opened: nothing was saved.
    #[error("the record was changed by somebody else in between")]
    Changed(Vec<FieldId>),
    /// An act on a follow-up lacks a reason or is impossible.
    #[error("this cannot be done to the follow-up")]
    Act(crate::domain::follow_up::ActFault),
    /// An entry cannot stand in the aid ledger: nothing was saved.
    #[error("the aid ledger does not take this entry")]
    Aid(crate::domain::aid::AidFault),
    /// Somebody cannot have come to an activity, or kept a child company: nothing was saved.
    #[error("this attendance or session cannot be so")]
    Company(CompanyFault),
    #[error(transparent)]
    Precedent(#[from] PrecedentFault),
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// A row of an import cannot be saved as it is: its position, from 0. Nothing of the import was kept.
    #[error("row {row} of the import cannot be saved as it is")]
    Row { row: u64, faults: Vec<FieldFault> },
    /// An own file with a mistake: nothing was written.
    #[error("{0}")]
    Own(OwnFault),
    /// Somebody changed the file since it was opened: nothing was written. What lies there now; none: it is gone.
    #[error("the file was changed by somebody else in between")]
    OwnChanged(Option<String>),
    #[error("the account cannot be so: {0}")]
    Account(AccountFault),
    #[error("the record was written by a newer version of this program")]
    Newer,
    #[error("stopped; nothing was kept of it")]
    Stopped,
    /// The disk is full; everything that was acknowledged is kept.
    #[error("the disk is full: free some space and save again")]
    DiskFull,
    /// A copy is to go where there is no folder.
    #[error("there is no such folder")]
    NoFolder,
    #[error(transparent)]
    Backup(BackupFault),
    /// The store could not do it; the text says why, without anything about a person.
    #[error("{0}")]
    Store(String),
}

/// What is wrong with an account that somebody wants to make or change: `account-fault-…`, at its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountFault {
    #[error("a name has 1 to 60 characters")]
    BadName,
    #[error("a login name has 1 to 64 characters without spaces or control characters")]
    BadLogin,
    #[error("there is already an account with this login name")]
    LoginTaken,
    #[error("the new passphrase is {0}")]
    Weak(Weak),
    /// The old one, where one's own is changed.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// There were too many wrong ones.
    #[error("too many attempts: wait {seconds} s")]
    Wait { seconds: u64 },
    #[error("no lead who can sign in would be left")]
    LastLead,
    #[error("nobody changes their own role, or closes or resets their own account")]
    Own,
}
