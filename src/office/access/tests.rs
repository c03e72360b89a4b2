use super::*;
use crate::domain::{ChildId, Fields, RecordKind, RecordRef};
use crate::office::{
    Admission, AuditQuery, Cases, Draft, Filter, FormJob, Passphrase, Query, Save, SaveRecord, Scope, Sort,
};
use uuid::Uuid;

/// One request of every kind.
fn requests() -> Vec<(Request, Want)> {
    let child = ChildId(Uuid::nil());
    let at = RecordRef::child(child);
    let save = |at| {
        Request::Save(Save {
            records: vec![SaveRecord { at, base: None, fields: Fields::default() }],
            draft: None,
        })
    };
    let draft = Draft {
        id: Uuid::nil(),
        job: FormJob { form: "child".into(), at, child: Some(child) },
        base: None,
        fields: Fields::default(),
        texts: Default::default(),
        focus: None,
        at: Default::default(),
    };
    let passphrase = Passphrase::typed("");
    let (login, name) = (String::new(), String::new());
    let admission = Admission { login, name, role: Role::Lead, passphrase: passphrase.clone() };
    let act = crate::domain::follow_up::Act::Done { on: Default::default(), outcome: String::new() };
    vec![
        (Request::Find { text: Query(String::new()), limit: 1 }, Want::Read),
        (Request::Cases(Cases { sort: Sort::Due, filter: Filter::default(), from: 0, count: 1 }), Want::Read),
        (Request::File(child), Want::Read),
        (Request::History(child), Want::Read),
        (Request::Agenda(Scope::Mine), Want::Read),
        (Request::Month { scope: Scope::Mine, first: Default::default() }, Want::Read),
        (Request::Likely { fields: Fields::default(), except: None }, Want::Read),
        (Request::SearchNotes { text: Query(String::new()), limit: 1 }, Want::Read),
        (Request::Station, Want::Read),
        (Request::Why { rule: String::new() }, Want::Read),
        (save(at), Want::Write),
        (save(RecordRef::station()), Want::Settings),
        (save(RecordRef::of(RecordKind::Staff, Uuid::nil(), Uuid::nil())), Want::Settings),
        (Request::Act { child, follow_up: crate::domain::RecordId(Uuid::nil()), act }, Want::Write),
        (Request::Revert { child, change: crate::domain::ChangeId(Uuid::nil()) }, Want::Write),
        (Request::KeepDraft(draft), Want::Write),
        (Request::Drafts, Want::Write),
        (Request::DropDraft(Uuid::nil()), Want::Write),
        (Request::Audit(AuditQuery { child: Some(child), ..AuditQuery::default() }), Want::Read),
        (Request::Audit(AuditQuery::default()), Want::Audit),
        (Request::CheckAudit { against: vec![] }, Want::Audit),
        (Request::Health, Want::Health),
        (Request::Examine, Want::Health),
        (Request::Mend, Want::Mend),
        (Request::Backup { to: "x".into() }, Want::Backup),
        (Request::BackUpIfDue, Want::Rest),
        (Request::BackupPlan, Want::Backup),
        (Request::SetBackupPlan { to: None }, Want::Settings),
        (Request::Rest, Want::Rest),
        (Request::Admit(admission), Want::Accounts),
        (Request::NewRecoveryKey, Want::Accounts),
        (Request::RenewRecovery(crate::office::RecoveryKey::generate().unwrap()), Want::Accounts),
        (Request::ChangePassphrase { old: passphrase.clone(), new: passphrase }, Want::Passphrase),
    ]
}

#[test]
fn every_request_has_its_place_in_the_table() {
    for (request, want) in requests() {
        assert_eq!(Want::of(&request), want, "{request:?}");
    }
}

#[test]
fn support_may_ask_how_the_program_is_and_nothing_that_touches_a_child() {
    for (request, want) in requests() {
        let told = allow(Role::Support, &request).is_ok();
        let sealed = matches!(want, Want::Health | Want::Mend | Want::Backup | Want::Rest | Want::Passphrase);
        assert_eq!(told, sealed, "{request:?}");
    }
}

#[test]
fn a_lead_may_do_all_a_supervisor_admits_nobody_and_a_caseworker_sees_no_audit_and_renames_nothing_either() {
    for want in Want::ALL {
        assert!(may(Role::Lead, want), "{want:?}");
        assert_eq!(may(Role::Supervisor, want), want != Want::Accounts, "{want:?}");
        let caseworker = !matches!(want, Want::Settings | Want::Accounts | Want::Audit);
        assert_eq!(may(Role::Caseworker, want), caseworker, "{want:?}");
    }
}
