//! Who may ask for what: one table.

use super::{Request, Role};

/// Kinds of requests, as far as permission goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Children, their files, reminders and history.
    Read,
    /// Changes of files, and drafts of them.
    Write,
    /// The station's name and its staff.
    Settings,
    Health,
    Backup,
    Rest,
    /// Who may come in, and the key on paper.
    Accounts,
    /// One's own passphrase.
    Passphrase,
}

impl Want {
    pub(super) fn of(request: &Request) -> Want {
        use crate::domain::RecordKind::{Staff, Station};
        match request {
            Request::Find { .. }
            | Request::Cases(_)
            | Request::File(_)
            | Request::History(_)
            | Request::Agenda(_)
            | Request::Month { .. }
            | Request::Likely { .. }
            | Request::SearchNotes { .. }
            | Request::Station
            | Request::Why { .. } => Want::Read,
            Request::Save(save) if save.records.iter().any(|r| matches!(r.at.kind, Station | Staff)) => {
                Want::Settings
            }
            Request::Save(_)
            | Request::Act { .. }
            | Request::Revert { .. }
            | Request::KeepDraft(_)
            | Request::Drafts
            | Request::DropDraft(_) => Want::Write,
            Request::Health => Want::Health,
            Request::Backup { .. } => Want::Backup,
            Request::Rest => Want::Rest,
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

/// Who may what. Support sees how the program is, and nothing of a person.
#[rustfmt::skip]
const MAY: [(Want, [bool; 4]); 8] = {
    let (y, n) = (true, false);
    [   //               caseworker, supervisor, lead, support
        (Want::Read,       [y,           y,       y,      n]),
        (Want::Write,      [y,           y,       y,      n]),
        (Want::Settings,   [n,           y,       y,      n]),
        (Want::Health,     [y,           y,       y,      y]),
        (Want::Backup,     [y,           y,       y,      n]),
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
