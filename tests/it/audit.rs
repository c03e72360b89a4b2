//! Who looked at what: it is all noted, nobody can change it unseen, and those who may ask are told.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;
use tempfile::TempDir;
use tonghu::domain::forms::{child, member};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef};
use tonghu::i18n::Lang;
use tonghu::office::{
    Admission, AnchorState, Answer, AuditCheck, AuditFault, AuditLine, AuditQuery, Desk, Door, Office, Query,
    Refusal, Request, Role, Save, SaveRecord, Scope, Verb, Way, demo,
};
use tonghu::platform::clock::StillClock;
use tonghu::store::{self, Key, Op, Store};
use tonghu::tui::harness::Harness;
use tonghu::vault::{Keyring, Passphrase};
use uuid::Uuid;

use crate::pty::harness::Pty;
use crate::station::{Home, LOGIN, PASSPHRASE, PROGRAM};

mod lists;
mod outside;
mod tampering;
mod telling;

const DEMO: &str = "look around freely";
const NEW: &str = "a key under the mat";

/// A station with two children, a clock that is moved by hand, and the way to it.
struct Station {
    dir: TempDir,
    clock: Arc<StillClock>,
    children: Vec<ChildId>,
}

fn at(text: &str) -> NaiveDateTime {
    format!("{text}T09:30:00").parse().unwrap()
}

impl Station {
    fn new() -> Self {
        Self::since("2026-11-02")
    }

    fn since(day: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(StillClock::at(at(day)));
        let rows = ["王小明", "李小红"].map(|name| Fields::default().with(child::NAME, name));
        let desk = demo(dir.path(), clock.clone(), rows.into_iter()).unwrap();
        let children = ["王小明", "李小红"].map(|name| find(&*desk, name)).to_vec();
        Self { dir, clock, children }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn enter(&self, login: &str, passphrase: &str, way: Way) -> Arc<Desk> {
        let door = Door::new(self.path().to_owned(), self.clock.clone()).known("ssh 192.0.2.7", way);
        door.unlock(login, &Passphrase::typed(passphrase)).unwrap()
    }

    fn desk(&self) -> Arc<Desk> {
        self.enter("demo", DEMO, Way::Screen)
    }

    fn backup(&self, name: &str) -> std::path::PathBuf {
        let to = self.path().parent().unwrap().join(format!("{}-{name}", Uuid::now_v7()));
        self.desk().ask(Request::Backup { to: to.clone() }).unwrap();
        to
    }

    /// Past the office: with the keys and a program of one's own.
    fn inside<T>(&self, work: impl FnOnce(&Store, &Insider) -> T) -> T {
        inside(self.path(), "demo", DEMO, work)
    }

    fn check(&self, against: &[&Path]) -> AuditCheck {
        check(&*self.desk(), against)
    }
}

fn find(desk: &dyn Office, name: &str) -> ChildId {
    match desk.ask(Request::Find { text: Query(name.into()), limit: 5 }).unwrap() {
        Answer::Found(found) => found.lines[0].row.child,
        other => panic!("{other:?}"),
    }
}

fn check(desk: &dyn Office, against: &[&Path]) -> AuditCheck {
    let against = against.iter().map(|path| path.to_path_buf()).collect();
    match desk.ask(Request::CheckAudit { against }).unwrap() {
        Answer::AuditChecked(checked) => checked,
        other => panic!("{other:?}"),
    }
}

fn audit(desk: &dyn Office, child: Option<ChildId>) -> Vec<AuditLine> {
    let query = AuditQuery { child, limit: 1_000, ..AuditQuery::default() };
    match desk.ask(Request::Audit(query)).unwrap() {
        Answer::Audit(page) => page.lines,
        other => panic!("{other:?}"),
    }
}

fn verbs(lines: &[AuditLine]) -> Vec<Verb> {
    lines.iter().map(|line| line.verb).collect()
}

/// What an insider finds in the store.
struct Insider {
    ledger: (Key, Vec<u8>),
    /// Entries by number.
    entries: Vec<(u64, Key, Vec<u8>)>,
}

fn inside<T>(dir: &Path, login: &str, passphrase: &str, work: impl FnOnce(&Store, &Insider) -> T) -> T {
    let _lock = store::lock(dir).unwrap();
    let keyring = Keyring::from_bytes(&store::read_keyring(dir).unwrap()).unwrap();
    let keys = keyring.unlock(login, &Passphrase::typed(passphrase)).unwrap().keys.unwrap();
    let opened = Store::open(dir, keys).unwrap();
    let (pinned, _) = opened
        .pinned
        .gather(|found: &mut Vec<(Key, Vec<u8>)>, key, bytes| found.push((key, bytes.to_vec())))
        .unwrap();
    let ledger = pinned.into_iter().flatten().find(|(key, _)| key.kind == RecordKind::Ledger as u8).unwrap();
    #[derive(Deserialize)]
    struct Numbered {
        n: u64,
    }
    let mut entries = vec![];
    opened
        .store
        .scan(RecordKind::Audit as u8, None, &mut |key, bytes| {
            let Numbered { n } = rmp_serde::from_slice(&bytes[1..]).unwrap();
            entries.push((n, key, bytes));
            ControlFlow::Continue(())
        })
        .unwrap();
    entries.sort();
    let out = work(&opened.store, &Insider { ledger, entries });
    opened.store.close().unwrap();
    out
}

impl Insider {
    fn entry(&self, number: u64) -> &(u64, Key, Vec<u8>) {
        self.entries.iter().find(|(n, ..)| *n == number).unwrap()
    }

    fn last(&self) -> u64 {
        self.entries.last().unwrap().0
    }
}
