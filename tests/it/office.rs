//! A caseworker's and a supervisor's work with the office, from the door to the files and back.

use chrono::NaiveDate;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tonghu::domain::forms::{case, child, contact, follow_up, member, note};
use tonghu::domain::{
    Act, ActFault, ChildId, Fields, RecordId, RecordKind, RecordRef, Status, Value, WorkerId,
};
use tonghu::office::{
    Admission, Agenda, Answer, CaseFile, Cases, Desk, Door, DoorError, DoorState, Draft, Filter, FormJob,
    FoundLine, HistoryLine, Office, Query, Refusal, Request, Save, SaveRecord, Saved, Scope, Setup, Sort,
    Unwatched, brief, demo,
};
use tonghu::platform::clock::StillClock;
use tonghu::vault::{KdfParams, Passphrase, RecoveryKey, Role};
use uuid::Uuid;

mod keeping;
mod working;

/// A Monday.
const TODAY: &str = "2026-03-02";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn choice(code: &str) -> Value {
    Value::Choice(code.into())
}

struct House {
    dir: TempDir,
    clock: Arc<StillClock>,
}

impl House {
    fn new() -> Self {
        let morning = day(TODAY).and_hms_opt(8, 30, 0).unwrap();
        Self { dir: tempfile::tempdir().unwrap(), clock: Arc::new(StillClock::at(morning)) }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn door(&self) -> Door {
        Door::new(self.path().to_owned(), self.clock.clone())
    }

    fn station(&self) -> Arc<Desk> {
        demo(self.path(), self.clock.clone(), std::iter::empty()).unwrap()
    }

    fn reopen(&self) -> Arc<Desk> {
        self.door().unlock("demo", &Passphrase::typed("look around freely")).unwrap()
    }
}

/// What tests ask a desk for, in fewer words.
trait Ask {
    fn saved(&self, request: Request) -> Saved;
    fn file(&self, child: ChildId) -> CaseFile;
    fn find(&self, text: &str) -> Vec<FoundLine>;
    fn agenda(&self, scope: Scope) -> Agenda;
    fn history(&self, child: ChildId) -> Vec<HistoryLine>;
    fn add(&self, kind: RecordKind, owner: ChildId, fields: Fields) -> Result<Answer, Refusal>;
    fn edit(&self, at: RecordRef, base: &Fields, fields: &Fields) -> Result<Answer, Refusal>;
    fn register(&self, fields: Fields) -> ChildId;
}

impl Ask for Desk {
    fn saved(&self, request: Request) -> Saved {
        match self.ask(request).unwrap() {
            Answer::Saved(saved) => saved,
            other => panic!("{other:?}"),
        }
    }

    fn file(&self, child: ChildId) -> CaseFile {
        match self.ask(Request::File(child)).unwrap() {
            Answer::File(file) => *file,
            other => panic!("{other:?}"),
        }
    }

    fn find(&self, text: &str) -> Vec<FoundLine> {
        match self.ask(Request::Find { text: Query(text.into()), limit: 10 }).unwrap() {
            Answer::Found(found) => found.lines,
            other => panic!("{other:?}"),
        }
    }

    fn agenda(&self, scope: Scope) -> Agenda {
        assert_eq!(self.ask(Request::FollowRules).unwrap(), Answer::Done);
        match self.ask(Request::Agenda(scope)).unwrap() {
            Answer::Agenda(agenda) => agenda,
            other => panic!("{other:?}"),
        }
    }

    fn history(&self, child: ChildId) -> Vec<HistoryLine> {
        match self.ask(Request::History(child)).unwrap() {
            Answer::History(lines) => lines,
            other => panic!("{other:?}"),
        }
    }

    fn add(&self, kind: RecordKind, owner: ChildId, fields: Fields) -> Result<Answer, Refusal> {
        let at = RecordRef::of(kind, owner.0, Uuid::now_v7());
        self.ask(Request::Save(Save { records: vec![SaveRecord { at, base: None, fields }], draft: None }))
    }

    fn edit(&self, at: RecordRef, base: &Fields, fields: &Fields) -> Result<Answer, Refusal> {
        let record = SaveRecord { at, base: Some(base.clone()), fields: fields.clone() };
        self.ask(Request::Save(Save { records: vec![record], draft: None }))
    }

    fn register(&self, fields: Fields) -> ChildId {
        let at = RecordRef::child(ChildId(Uuid::now_v7()));
        let record = SaveRecord { at, base: None, fields };
        self.saved(Request::Save(Save { records: vec![record], draft: None })).child.unwrap()
    }
}

fn named(name: &str) -> Fields {
    Fields::default().with(child::NAME, name)
}

fn visit(on: &str, seen: &str) -> Fields {
    Fields::default()
        .with(contact::KIND, choice("visit"))
        .with(contact::ON, day(on))
        .with(contact::SEEN, seen)
}

fn open_dues(file: &CaseFile) -> Vec<(String, String)> {
    file.row.due.iter().map(|due| (due.kind.clone(), due.on.to_string())).collect()
}

fn due(kind: &str, on: &str) -> (String, String) {
    (kind.to_owned(), on.to_owned())
}

fn note_of(text: &str) -> Fields {
    Fields::default().with(note::ON, day(TODAY)).with(note::TEXT, text)
}

/// Admits somebody whose passphrase is "a key under the mat".
fn admit(desk: &Desk, login: &str, role: Role, name: &str) -> Result<WorkerId, Refusal> {
    let passphrase = Passphrase::typed("a key under the mat");
    let admission = Admission { login: login.into(), name: name.into(), role, passphrase };
    match desk.ask(Request::Admit(admission))? {
        Answer::Account(staff) => Ok(staff.worker),
        other => panic!("{other:?}"),
    }
}
