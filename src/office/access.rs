//! Who may ask for what: one table.

use super::{OwnFile, OwnSave, PrecedentAsk, Request, Role, SaveRecord};
use crate::domain::forms::APPROVALS;
use crate::domain::{RecordKind, WorkerId};

/// Kinds of requests, as far as permission goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Children, their files, reminders and history.
    Read,
    /// Changes of files, and drafts of them.
    Write,
    /// That a plan or a closure was read and is right, and what waits for it.
    Approve,
    /// That somebody else's cases go to another.
    HandOver,
    /// The station's name and its staff, the organisation around it, and where its backups go.
    Settings,
    /// Who did what in the whole station.
    Audit,
    Health,
    /// How the work is done, which is no secret.
    Manual,
    /// Pages of the station's own.
    Pages,
    /// The station's own rules and fields, by which every child is looked at.
    Rules,
    /// Putting the files in order, which deletes and reveals nothing.
    Mend,
    Backup,
    Rest,
    /// Who may come in, and the key on paper.
    Accounts,
    /// One's own passphrase.
    Passphrase,
}

impl Want {
    /// For the audit: never another word for the same.
    pub(super) fn code(self) -> &'static str {
        match self {
            Want::Read => "read",
            Want::Write => "write",
            Want::Approve => "approve",
            Want::HandOver => "hand-over",
            Want::Settings => "settings",
            Want::Audit => "audit",
            Want::Health => "health",
            Want::Manual => "manual",
            Want::Pages => "pages",
            Want::Rules => "rules",
            Want::Mend => "mend",
            Want::Backup => "backup",
            Want::Rest => "rest",
            Want::Accounts => "accounts",
            Want::Passphrase => "passphrase",
        }
    }

    pub(super) fn of(request: &Request, me: WorkerId) -> Want {
        use crate::domain::RecordKind::{Staff, Station, Unit};
        match request {
            Request::Find { .. }
            | Request::Cases(_)
            | Request::File(_)
            | Request::History(_)
            | Request::Agenda(_)
            | Request::Month { .. }
            | Request::Likely { .. }
            | Request::SearchNotes { .. }
            | Request::Evaluation { .. }
            | Request::FollowRules
            | Request::CountConcerns
            | Request::Needs
            | Request::Tables
            | Request::GiveOut(_)
            | Request::Station
            | Request::Register(_)
            | Request::Statement(_)
            | Request::RuleBook
            | Request::PlayExamples
            | Request::Organisation
            | Request::Caseload
            | Request::Quality(_)
            | Request::PlanHandOver(_)
            | Request::Match(_)
            | Request::Precedent(PrecedentAsk::List { .. })
            | Request::Why { .. } => Want::Read,
            Request::Queue => Want::Approve,
            // One's own can be handed over one by one as well.
            Request::HandOver(over) if over.from == me => Want::Write,
            Request::HandOver(_) => Want::HandOver,
            Request::SetBackupPlan { .. } | Request::Template(_) => Want::Settings,
            Request::Save(save)
                if save.records.iter().any(|r| matches!(r.at.kind, Station | Staff | Unit)) =>
            {
                Want::Settings
            }
            Request::Save(save) if save.records.iter().any(approves) => Want::Approve,
            // What leaves the station without names is let go by who answers for it.
            Request::Precedent(
                PrecedentAsk::Release(_) | PrecedentAsk::Withdraw(_) | PrecedentAsk::Export { .. },
            ) => Want::Approve,
            Request::Save(_)
            | Request::Precedent(_)
            | Request::Act { .. }
            | Request::Revert { .. }
            | Request::KeepDraft(_)
            | Request::Drafts
            | Request::DropDraft(_) => Want::Write,
            // Who works with a family may know who else looked: a look without a reason is seen by who can tell.
            Request::Audit(query) if query.child.is_some() => Want::Read,
            Request::Audit(_) | Request::CheckAudit { .. } => Want::Audit,
            Request::Health | Request::Examine => Want::Health,
            Request::Manual => Want::Manual,
            Request::OwnText(file)
            | Request::SaveOwn(OwnSave { file, .. })
            | Request::DropOwn { file, .. } => match file {
                OwnFile::Page(_) => Want::Pages,
                OwnFile::Fields | OwnFile::Table(_) => Want::Rules,
            },
            Request::Mend => Want::Mend,
            Request::Backup { .. } | Request::BackupPlan => Want::Backup,
            Request::Rest | Request::BackUpIfDue => Want::Rest,
            Request::Admit(_)
            | Request::ChangeAccount { .. }
            | Request::RotateKey
            | Request::FollowResealing
            | Request::NewRecoveryKey
            | Request::RenewRecovery(_) => Want::Accounts,
            Request::ChangePassphrase { .. } => Want::Passphrase,
        }
    }
}

fn approves(record: &SaveRecord) -> bool {
    let before = |field| record.base.as_ref().and_then(|base| base.get(field));
    record.at.kind == RecordKind::Case
        && APPROVALS.iter().any(|field| record.fields.get(field) != before(field))
}

/// Who may what. Support sees how the program is, mends and copies what it cannot read; nothing of a person.
#[rustfmt::skip]
const MAY: [(Want, [bool; 4]); 15] = {
    let (y, n) = (true, false);
    [   //               caseworker, supervisor, lead, support
        (Want::Read,       [y,           y,       y,      n]),
        (Want::Write,      [y,           y,       y,      n]),
        (Want::Approve,    [n,           y,       y,      n]),
        (Want::HandOver,   [n,           y,       y,      n]),
        (Want::Settings,   [n,           y,       y,      n]),
        (Want::Audit,      [n,           y,       y,      n]),
        (Want::Health,     [y,           y,       y,      y]),
        (Want::Manual,     [y,           y,       y,      y]),
        (Want::Pages,      [y,           y,       y,      n]),
        (Want::Rules,      [n,           n,       y,      n]),
        (Want::Mend,       [y,           y,       y,      y]),
        (Want::Backup,     [y,           y,       y,      y]),
        (Want::Rest,       [y,           y,       y,      y]),
        (Want::Accounts,   [n,           n,       y,      n]),
        (Want::Passphrase, [y,           y,       y,      y]),
    ]
};

/// Whether a role may; what is not in the table nobody may.
pub(super) fn may(role: Role, want: Want) -> bool {
    let column = match role {
        Role::Caseworker => 0,
        Role::Supervisor => 1,
        Role::Lead => 2,
        Role::Support => 3,
    };
    MAY.iter().any(|(row, may)| *row == want && may[column])
}
