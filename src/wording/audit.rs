//! The audit in words: who did what from where, and whether it is whole.

use super::word;
use crate::i18n::Catalogue;
use crate::office::{AnchorFault, AnchorState, AuditAnchor, AuditFault, AuditLine, UnsealedLine, Verb};

/// Who it was: a name; a word for the key on paper, for accounts that are not there any more, and for nobody.
pub fn doer(cat: &Catalogue, line: &AuditLine) -> String {
    if line.unsealed.is_some() {
        return word(cat, "audit-no-key");
    }
    if line.verb == Verb::FallDue {
        return word(cat, "by-rule");
    }
    if line.by.is_empty() { word(cat, "audit-nobody") } else { line.by.clone() }
}

/// What was done: `打开档案`, `查找儿童：wxm`.
pub fn deed(cat: &Catalogue, line: &AuditLine) -> String {
    let verb = code(line.verb);
    let what = match line.verb {
        Verb::Denied => super::word_or(cat, &format!("audit-denied-{}", line.what), &line.what),
        // What was searched for stands as it was typed.
        Verb::Export => super::word_or(cat, &format!("audit-gave-{}", line.what), &line.what),
        Verb::Register => super::word_or(cat, &format!("form-{}", line.what), &line.what),
        Verb::Mend => {
            let part = |code: &str| super::word_or(cat, &format!("care-part-{code}"), code);
            line.what.split_whitespace().map(part).collect::<Vec<_>>().join(&cat.t("value-and"))
        }
        _ => line.what.clone(),
    };
    let said = format!("audit-did-{verb}-of");
    let deed = match what.as_str() {
        "" => word(cat, &format!("audit-did-{verb}")),
        what if cat.has(&said) => cat.t1(&said, "what", what).into_owned(),
        what => format!("{}{}{what}", cat.t(&format!("audit-did-{verb}")), cat.t("value-colon")),
    };
    line.unsealed.as_ref().map_or(deed.clone(), |unsealed| outside(cat, deed, unsealed))
}

/// What happened while nobody was signed in: `口令不对，账号 zhou（2026-11-02 09:30 至 09:41，3 次）`.
fn outside(cat: &Catalogue, deed: String, unsealed: &UnsealedLine) -> String {
    let UnsealedLine { first, last, times, login } = unsealed;
    let deed = match login.is_empty() {
        true => deed,
        false => cat.tn("audit-as", &[("deed", deed.into()), ("login", login.clone().into())]).into_owned(),
    };
    let begun = first.format("%Y-%m-%d %H:%M").to_string();
    if *times <= 1 {
        return cat.tn("audit-once", &[("deed", deed.into()), ("when", begun.into())]).into_owned();
    }
    let ended = match first.date() == last.date() {
        true => last.format("%H:%M"),
        false => last.format("%Y-%m-%d %H:%M"),
    };
    let ended = ended.to_string();
    let parts = [("deed", deed.into()), ("from", begun.into()), ("to", ended.into()), ("n", (*times).into())];
    cat.tn("audit-often", &parts).into_owned()
}

/// The same as a word that scripts may rely on.
pub fn code(verb: Verb) -> &'static str {
    match verb {
        Verb::SignIn => "sign-in",
        Verb::Recovery => "recovery",
        Verb::Open => "open",
        Verb::Change => "change",
        Verb::Revert => "revert",
        Verb::Import => "import",
        Verb::Backup => "backup",
        Verb::Denied => "denied",
        Verb::Admit => "admit",
        Verb::Passphrase => "passphrase",
        Verb::NewRecoveryKey => "new-recovery-key",
        Verb::CloseAccount => "close-account",
        Verb::OpenAccount => "open-account",
        Verb::ChangeRole => "change-role",
        Verb::ResetPassphrase => "reset-passphrase",
        Verb::RotateKey => "rotate-key",
        Verb::RetireKeys => "retire-keys",
        Verb::History => "history",
        Verb::Search => "search",
        Verb::SearchNotes => "search-notes",
        Verb::Print => "print",
        Verb::Export => "export",
        Verb::Audit => "audit",
        Verb::Retire => "retire",
        Verb::Mend => "mend",
        Verb::WrongPassphrase => "wrong-passphrase",
        Verb::WrongRecoveryKey => "wrong-recovery-key",
        Verb::Restore => "restore",
        Verb::Today => "today",
        Verb::Cases => "cases",
        Verb::Queue => "queue",
        Verb::Likely => "likely",
        Verb::Register => "register",
        Verb::Release => "release",
        Verb::Propose => "propose",
        Verb::Withdraw => "withdraw",
        Verb::GiveOut => "give-out",
        Verb::TakeOver => "take-over",
        Verb::GiveTemplate => "give-template",
        Verb::TakeTemplate => "take-template",
        Verb::EditOwn => "edit-own",
        Verb::DropOwn => "drop-own",
        Verb::Quality => "quality",
        Verb::HandOver => "hand-over",
        Verb::FallDue => "fall-due",
        Verb::Registers => "registers",
    }
}

/// Where from: `远程 192.0.2.7`, `终端 pts/3`.
pub fn origin(cat: &Catalogue, from: &str) -> String {
    match from.split_once(' ').unwrap_or((from, "")) {
        ("ssh", address) => cat.t1("audit-from-ssh", "address", address).into_owned(),
        ("tty", name) => cat.t1("audit-from-terminal", "name", name).into_owned(),
        ("none", _) => word(cat, "audit-from-none"),
        _ => word(cat, "audit-from-unknown"),
    }
}

/// What is wrong, and with which entries.
pub fn audit_fault(cat: &Catalogue, fault: &AuditFault) -> String {
    let key = match fault {
        AuditFault::Missing { .. } => "audit-missing",
        AuditFault::Altered { .. } => "audit-altered",
        AuditFault::Foreign { .. } => "audit-foreign",
        AuditFault::Moved { .. } => "audit-moved",
        AuditFault::Unexplained { .. } => "audit-unexplained",
        AuditFault::Unreadable { count } => {
            return cat.t1("audit-unreadable", "count", count.to_string()).into_owned();
        }
    };
    let (from, to) = fault.numbers();
    cat.t1(key, "entries", entries(cat, from, to)).into_owned()
}

/// Whether a snapshot or a backup agrees, in one line.
pub fn anchor(cat: &Catalogue, anchor: &AuditAnchor) -> String {
    let place = match &anchor.backup {
        Some(path) => cat.t1("audit-backup", "path", path.display().to_string()).into_owned(),
        None => word(cat, "audit-snapshot"),
    };
    let said = match anchor.state {
        AnchorState::Agrees => word(cat, "audit-anchor-agrees"),
        AnchorState::TooOld => word(cat, "audit-anchor-too-old"),
        AnchorState::Rewritten { from, to } => {
            cat.t1("audit-anchor-rewritten", "entries", entries(cat, from, to)).into_owned()
        }
        AnchorState::CutOff { from, to } => {
            cat.t1("audit-anchor-cut-off", "entries", entries(cat, from, to)).into_owned()
        }
        AnchorState::Unusable(fault) => word(
            cat,
            match fault {
                AnchorFault::Missing => "backup-fault-missing",
                AnchorFault::Foreign => "audit-anchor-foreign",
                AnchorFault::Newer => "door-newer",
                AnchorFault::OldKey => "audit-anchor-old-key",
                AnchorFault::Damaged => "backup-fault-changed",
            },
        ),
    };
    let of_then = anchor.when.map(|when| {
        let when = when.format("%Y-%m-%d %H:%M").to_string();
        cat.tn("audit-of-then", &[("when", when.into()), ("last", anchor.last.to_string().into())])
            .into_owned()
    });
    format!("{place}{}{}{said}", of_then.unwrap_or_default(), cat.t("value-colon"))
}

fn entries(cat: &Catalogue, from: u64, to: u64) -> String {
    match from == to {
        true => cat.t1("audit-entry", "n", from.to_string()).into_owned(),
        false => cat
            .tn("audit-entries", &[("from", from.to_string().into()), ("to", to.to_string().into())])
            .into_owned(),
    }
}
