//! What can be asked of the office.

pub use super::own::OwnFile;
use super::{Export, Grade};
use crate::domain::follow_up::Act;
use crate::domain::row::Status;
use crate::domain::{ChangeId, ChildId, FieldId, Fields, RecordId, RecordKind, RecordRef, Stamp, WorkerId};
use crate::office::precedent::PrecedentAsk;
use crate::office::template::TemplateAsk;
use crate::vault::Role;
pub use crate::vault::{Passphrase, RecoveryKey};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::PathBuf};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// -> `Found`
    Find { text: Query, limit: usize },
    /// -> `Cases`
    Cases(Cases),
    /// -> `File`. Opening a file is audited.
    File(ChildId),
    /// -> `History`: changes of the child's file, newest first.
    History(ChildId),
    /// -> `Agenda`
    Agenda(Scope),
    /// -> `Month`: open follow-ups per day of the month that `first` begins.
    Month { scope: Scope, first: NaiveDate },
    /// -> `Likely`: children on file who may be the one being typed.
    Likely { fields: Fields, except: Option<ChildId> },
    /// -> `Notes`: free text across files.
    SearchNotes { text: Query, limit: usize },
    /// -> `Evaluation`: what the scores of all children say together, of one instrument or of each.
    Evaluation { instrument: Option<String> },
    /// -> `Done`, when lists know what the rules say today of everybody; tells on the way of how many they do. Stopped,
    /// it only looks away.
    FollowRules,
    /// -> `Done`, when [`super::Concerns`] are counted. Stopped, it only looks away.
    CountConcerns,
    /// -> `Needs`: what all children need and are not given, by place.
    Needs,
    /// -> `Tables`: the station in numbers.
    Tables,
    /// -> `GivenOut`: what leaves the program. It is audited as that, and refused where it cannot be.
    GiveOut(Export),
    /// -> `Station`
    Station,
    /// -> `Manual`: with the station's own pages, as they are now
    Manual,
    /// -> `RuleBook`: every rule, by its table, with the station's own.
    RuleBook,
    /// -> `OwnText`: one of the station's own files, as it lies there.
    OwnText(OwnFile),
    /// -> `OwnSaved`: in force at once, or refused with its line.
    SaveOwn(OwnSave),
    /// -> `OwnSaved`: takes an entry, or the whole file, away; what the program ships is in force again.
    DropOwn { file: OwnFile, entry: Option<OwnEntry> },
    /// -> `Examples`: the program's examples and the station's own, by the rules in force.
    PlayExamples,
    /// -> `Queue`: what waits for a supervisor.
    Queue,
    /// -> `Register`: all entries of one of the station's registers, the newest last.
    Register(RecordKind),
    /// -> `Statement`: what became of the gifts of the donor of this name.
    Statement(Query),
    /// -> `Precedent`: see [`PrecedentAsk`].
    Precedent(PrecedentAsk),
    /// -> `Template`: see [`TemplateAsk`].
    Template(TemplateAsk),
    /// -> `Caseload`: who has how many open cases, of all that may be given work or still have some.
    Caseload,
    /// -> `HandOverPlan`: what would go over, and what the other would have then.
    PlanHandOver(HandOver),
    /// -> `HandedOver`: one change for each child. Stopped or cut, what is done is done, and asked again it goes on.
    HandOver(HandOver),
    /// -> `Quality`: draws files and says what is amiss in each, and in how many.
    Quality(QualityScope),
    /// -> `Organisation`: the tree of centres and stations.
    Organisation,
    /// -> `Match`: who of the registers could take the child in, or keep it company.
    Match(ChildId),
    /// -> `Why`: the rule behind a follow-up; for [`AUDIT_RULE`], how long the audit is kept.
    Why { rule: String },
    /// -> `Saved`
    Save(Save),
    /// -> `Saved`
    Act { child: ChildId, follow_up: RecordId, act: Act },
    /// -> `Saved`: takes a change back, if nobody changed the same fields since.
    Revert { child: ChildId, change: ChangeId },
    /// -> `Done`
    KeepDraft(Draft),
    /// -> `Drafts`, newest first: my own.
    Drafts,
    /// -> `Done`
    DropDraft(Uuid),
    /// -> `Audit`: who did what, newest first. Anybody who may read a file may ask who looked at it.
    Audit(AuditQuery),
    /// -> `AuditChecked`: whether the audit is whole, by itself and by the snapshots here and these backups.
    CheckAudit { against: Vec<PathBuf> },
    /// -> `Health`
    Health,
    /// -> `Checkup`: reads every file through. With a key, every record is opened too.
    Examine,
    /// -> `Checkup`: moves aside what is damaged and makes it again from what is sound. Needs no key.
    Mend,
    /// -> `BackedUp`: a sealed copy of everything, verified by reading it back.
    Backup { to: PathBuf },
    /// -> `BackedUp`, or `Done` if none is to be made: the automatic backup of the day.
    BackUpIfDue,
    /// -> `BackupPlan`: whether automatic backups are made, and how that goes.
    BackupPlan,
    /// -> `BackupPlanSet`: from now on to this folder, or none any more.
    SetBackupPlan { to: Option<PathBuf> },
    /// -> `Done`: flushes what can wait; asked when nobody types.
    Rest,
    /// -> `Account`: a new one. A key is made from its passphrase, which takes up to a second; so it does in
    /// the next request.
    Admit(Admission),
    /// -> `Account`: somebody else's.
    ChangeAccount { worker: WorkerId, change: AccountChange },
    /// -> `Done`: another data key for what is written from now on. What is there already is sealed anew in the
    /// background.
    RotateKey,
    /// -> `Done`, when nothing is sealed under an older data key any more; tells on the way how many records are not.
    /// Stopped, it only looks away.
    FollowResealing,
    /// -> `Done`: one's own.
    ChangePassphrase { old: Passphrase, new: Passphrase },
    /// -> `RecoveryKey`: a fresh one, to be on paper before it is brought into force.
    NewRecoveryKey,
    /// -> `Done`: this one is in force from now on, and the one before opens nothing any more.
    RenewRecovery(RecoveryKey),
}

/// An edited file of the station's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSave {
    pub file: OwnFile,
    pub text: String,
    /// What the editor began with; none: there was no such file. If something else lies there now, nothing is written.
    pub base: Option<String>,
    /// What was kept of it while it was typed: dropped with the save.
    pub draft: Option<Uuid>,
}

/// An entry of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEntry {
    /// As its header has it: `rule`, `name`, `instrument`, `check`.
    pub kind: String,
    pub id: String,
}

/// Somebody who is to have an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    pub login: String,
    /// As it stands on records: 1 to 60 characters.
    pub name: String,
    pub role: Role,
    pub passphrase: Passphrase,
}

/// What a lead does to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountChange {
    /// It comes in no more. If it could read, what is written from now on is sealed under a new key.
    Close,
    Open,
    /// From one that reads to support: as to the keys, like [`AccountChange::Close`].
    Role(Role),
    /// A new one, in place of one that is forgotten.
    Passphrase(Passphrase),
}

/// What somebody typed into a search. `Debug` does not show it: it is mostly a name.
#[derive(Clone, PartialEq, Eq)]
pub struct Query(pub String);

impl std::fmt::Debug for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Query({} characters)", self.0.chars().count())
    }
}

/// Names the rule on how long the audit is kept.
pub const AUDIT_RULE: &str = "audit";

/// Which entries of the audit. All that are given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    pub child: Option<ChildId>,
    pub by: Option<WorkerId>,
    pub since: Option<NaiveDate>,
    /// At most 10,000.
    pub limit: usize,
}

/// Whose follow-ups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Mine,
    Station,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cases {
    pub sort: Sort,
    pub filter: Filter,
    /// Position of the first line wanted.
    pub from: usize,
    pub count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Next follow-up first.
    Due,
    Name,
    Risk,
    /// What the rules call urgent first, then by how much there is to do.
    Pressing,
    Age,
    Village,
    /// Longest without a contact first.
    LastContact,
}

/// All that are given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    pub category: Option<String>,
    pub risk: Option<String>,
    pub status: Option<Status>,
    /// [`NOBODY`]: those that nobody has.
    pub worker: Option<WorkerId>,
    /// A part of the village's name.
    pub village: Option<String>,
    /// The village's whole name; "" for children of none.
    #[serde(default)]
    pub whole_village: Option<String>,
    pub overdue: bool,
    /// What the rules say is at least as pressing.
    pub pressing: Option<Grade>,
    /// Without the closed cases.
    #[serde(default)]
    pub open: bool,
}

/// Whose children somebody asks for who asks for nobody's: no account has this id.
pub const NOBODY: WorkerId = WorkerId(Uuid::nil());

/// Open cases and open follow-ups that go from one to another.
#[derive(Clone, PartialEq)]
pub struct HandOver {
    /// [`NOBODY`]: cases that nobody has.
    pub from: WorkerId,
    pub to: WorkerId,
    /// None: all.
    pub children: Option<Vec<ChildId>>,
    /// 1 to [`HandOver::LONGEST`] characters.
    pub why: String,
}

impl HandOver {
    pub const LONGEST: usize = 200;
}

/// Which open cases are checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QualityScope {
    /// None: the whole station's.
    pub worker: Option<WorkerId>,
    /// None: all.
    pub sample: Option<usize>,
    /// The same seed draws the same files again.
    pub seed: u64,
}

/// Without the reason: it may be about a family.
impl std::fmt::Debug for HandOver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let chosen = self.children.as_ref().map(Vec::len);
        write!(f, "HandOver({:?} to {:?}, {chosen:?} chosen)", self.from, self.to)
    }
}

/// Records to save as one change.
#[derive(Clone, Debug, PartialEq)]
pub struct Save {
    pub records: Vec<SaveRecord>,
    /// The draft that this came from: dropped with the save.
    pub draft: Option<Uuid>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SaveRecord {
    pub at: RecordRef,
    /// What the form began with; none: the record is new. Fields that somebody else changed since are refused.
    pub base: Option<Fields>,
    pub fields: Fields,
}

/// A form that is being filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub id: Uuid,
    pub job: FormJob,
    pub base: Option<Fields>,
    pub fields: Fields,
    /// What stands in fields whose text is not (yet) a value.
    pub texts: BTreeMap<FieldId, String>,
    pub focus: Option<FieldId>,
    pub at: Stamp,
}

/// What a form is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormJob {
    /// Id of the form: `child`, `contact` …
    pub form: String,
    pub at: RecordRef,
    /// The child in whose file it is; none for a new child or the station.
    pub child: Option<ChildId>,
}
