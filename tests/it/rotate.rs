//! A new data key: from a moment on everything is sealed under it, and what was there before is sealed anew while
//! people work.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chrono::{NaiveDate, NaiveDateTime};
use tempfile::TempDir;
use tonghu::domain::forms::{child, note};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef};
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::store;
use tonghu::vault::{DataKeys, Keyring, Passphrase, Unlocked};
use uuid::Uuid;

use crate::station::Home;

const NEW: &str = "a key under the mat";

fn morning() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap().and_hms_opt(8, 30, 0).unwrap()
}

/// A station of invented children with a lead and a caseworker, Chen.
struct Station {
    dir: TempDir,
}

impl Station {
    fn new(children: usize) -> Station {
        let dir = tempfile::tempdir().unwrap();
        let child = |n: usize| Fields::default().with(child::NAME, name(n).as_str());
        let lead = demo(dir.path(), Arc::new(StillClock::at(morning())), (0..children).map(child)).unwrap();
        let passphrase = Passphrase::typed(NEW);
        let (login, name) = ("chen".into(), "陈静".into());
        lead.ask(Request::Admit(Admission { login, name, role: Role::Caseworker, passphrase })).unwrap();
        Station { dir }
    }

    fn sign_in(&self, login: &str) -> Result<Arc<Desk>, DoorError> {
        let passphrase = if login == DEMO_LOGIN { DEMO_PASSPHRASE } else { NEW };
        let door = Door::new(self.dir.path().to_owned(), Arc::new(StillClock::at(morning())));
        door.unlock(login, &Passphrase::typed(passphrase))
    }

    fn lead(&self) -> Arc<Desk> {
        self.sign_in(DEMO_LOGIN).unwrap()
    }

    fn keyring(&self) -> Keyring {
        Keyring::from_bytes(&store::read_keyring(self.dir.path()).unwrap()).unwrap()
    }

    fn unlocked(&self, login: &str) -> Unlocked {
        let passphrase = if login == DEMO_LOGIN { DEMO_PASSPHRASE } else { NEW };
        self.keyring().unlock(login, &Passphrase::typed(passphrase)).unwrap()
    }
}

fn name(n: usize) -> String {
    let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    format!("李{}{}{}", digits[n / 100 % 10], digits[n / 10 % 10], digits[n % 10])
}

fn children(desk: &Desk) -> Vec<tonghu::domain::Row> {
    let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 10_000 };
    let Answer::Cases(page) = desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
    page.rows
}

/// All files with their histories, as they read.
fn everything(desk: &Desk) -> Vec<(CaseFile, Vec<HistoryLine>)> {
    let read = |child: ChildId| {
        let Answer::File(file) = desk.ask(Request::File(child)).unwrap() else { panic!() };
        let Answer::History(history) = desk.ask(Request::History(child)).unwrap() else { panic!() };
        (*file, history)
    };
    children(desk).iter().map(|row| read(row.child)).collect()
}

fn write_note(desk: &Desk, child: ChildId, text: &str) -> RecordRef {
    let at = RecordRef::of(RecordKind::Note, child.0, Uuid::now_v7());
    let fields = Fields::default().with(note::ON, morning().date()).with(note::TEXT, text);
    let records = vec![SaveRecord { at, base: None, fields }];
    desk.ask(Request::Save(Save { records, draft: None })).unwrap();
    at
}

/// The same files elsewhere, with the accounts of another moment: what somebody has who copied them.
fn copied(from: &Path, keyring: &[u8]) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    copy(from, to.path());
    store::write_keyring(to.path(), keyring).unwrap();
    to
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let into = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&into).unwrap();
            copy(&entry.path(), &into);
        } else if entry.file_name() != "lock" {
            fs::copy(entry.path(), into).unwrap();
        }
    }
}

fn verify(path: &Path, keys: &DataKeys) -> Result<store::BackupInfo, store::StoreError> {
    store::verify_backup(path, Some(keys), &mut |_| ControlFlow::Continue(()))
}

#[test]
fn everything_reads_the_same_before_and_after_and_the_older_key_is_gone() {
    let station = Station::new(150);
    let lead = station.lead();
    let first = children(&lead)[0].child;
    write_note(&lead, first, "伯伯说秀梅的眼睛看黑板吃力");
    let job = FormJob { form: "note".into(), at: RecordRef::child(first), child: Some(first) };
    let (fields, texts) = (Fields::default().with(note::TEXT, "没写完的话"), Default::default());
    let id = Uuid::from_u128(77);
    let draft = Draft { id, job, base: None, fields, texts, focus: None, at: Default::default() };
    lead.ask(Request::KeepDraft(draft)).unwrap();
    let before = everything(&lead);

    lead.ask(Request::RotateKey).unwrap();
    lead.ask(Request::FollowResealing).unwrap();
    assert_eq!(everything(&lead), before);
    assert!(!station.unlocked("chen").keys.unwrap().has_older(), "no account holds the older key");
    lead.index_texts().unwrap();
    let notes = Request::SearchNotes { text: Query("看黑板".into()), limit: 9 };
    let Answer::Notes(found) = lead.ask(notes.clone()).unwrap() else { panic!() };
    assert_eq!(found.len(), 1);
    drop(lead);

    // From the files alone, by each who may.
    let again = station.lead();
    assert_eq!(everything(&again), before);
    let Answer::Notes(found) = again.ask(notes).unwrap() else { panic!() };
    assert_eq!(found.len(), 1);
    let Answer::Drafts(drafts) = again.ask(Request::Drafts).unwrap() else { panic!() };
    assert_eq!(drafts.len(), 1);
    drop(again);
    assert_eq!(children(&station.sign_in("chen").unwrap()).len(), 150);
}

#[test]
fn who_leaves_with_a_copy_of_the_accounts_opens_nothing_written_later_and_in_the_end_nothing_at_all() {
    let station = Station::new(40);
    let old_keyring = store::read_keyring(station.dir.path()).unwrap();
    let before_leaving = station.unlocked("chen").keys.unwrap();
    let lead = station.lead();
    let first = children(&lead)[0].child;
    let Answer::Station(known) = lead.ask(Request::Station).unwrap() else { panic!() };
    let chen = known.staff.iter().find(|staff| staff.login == "chen").unwrap().worker;
    lead.ask(Request::ChangeAccount { worker: chen, change: AccountChange::Close }).unwrap();
    write_note(&lead, first, "写于她走以后");
    lead.ask(Request::FollowResealing).unwrap();
    drop(lead);
    assert!(matches!(station.sign_in("chen"), Err(DoorError::Closed)));

    let theirs = copied(station.dir.path(), &old_keyring);
    let door = Door::new(theirs.path().to_owned(), Arc::new(StillClock::at(morning())));
    let opened = door.unlock("chen", &Passphrase::typed(NEW));
    assert!(opened.is_err(), "her passphrase and the accounts of her time open nothing of today");
    // Nor does what she unlocked then: no snapshot, whatever accounts it is put beside.
    let mut seen = 0;
    for entry in fs::read_dir(station.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("snapshot-") {
            seen += 1;
            assert!(verify(&path, &before_leaving).is_err(), "{path:?}");
            let now = station.unlocked(DEMO_LOGIN).keys.unwrap();
            assert!(verify(&path, &now).unwrap().opened, "{path:?}");
        }
    }
    assert_eq!(seen, 2);
}

#[test]
fn saves_go_on_while_everything_is_sealed_anew_and_none_is_lost_or_undone() {
    let station = Station::new(300);
    let lead = station.lead();
    let rows = children(&lead);
    let (resealed, saved) = (AtomicBool::new(false), AtomicU64::new(0));
    let expected = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..3)
            .map(|writer| {
                let (desk, rows, resealed, saved) = (&lead, &rows, &resealed, &saved);
                scope.spawn(move || {
                    let mut mine = vec![];
                    let mut turn = 0usize;
                    while !resealed.load(Ordering::Relaxed) || turn < 30 {
                        let child = rows[(writer + turn * 3) % rows.len()].child;
                        let text = format!("第{turn}次，{writer}号");
                        mine.push((write_note(desk, child, &text), text));
                        // The same record again and again: the last word counts.
                        let Answer::File(file) = desk.ask(Request::File(child)).unwrap() else { panic!() };
                        let base = file.child.fields.clone();
                        let fields = base.clone().with(child::REMARKS, text_of(turn).as_str());
                        let records = vec![SaveRecord { at: file.child.at, base: Some(base), fields }];
                        match desk.ask(Request::Save(Save { records, draft: None })) {
                            Ok(_) | Err(Refusal::Changed(_)) => {}
                            Err(other) => panic!("{other:?}"),
                        }
                        saved.fetch_add(1, Ordering::Relaxed);
                        turn += 1;
                    }
                    mine
                })
            })
            .collect();
        while saved.load(Ordering::Relaxed) < 5 {
            std::thread::yield_now();
        }
        lead.ask(Request::RotateKey).unwrap();
        lead.ask(Request::FollowResealing).unwrap();
        resealed.store(true, Ordering::Relaxed);
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
    });
    let remarks = everything(&lead);
    drop(lead);
    let again = station.lead();
    assert_eq!(everything(&again), remarks, "what was last saved is what is there");
    let notes: Vec<_> = remarks.iter().flat_map(|(file, _)| file.notes.iter()).collect();
    assert_eq!(notes.len(), expected.len());
    for (at, text) in expected {
        let note = notes.iter().find(|record| record.at == at).unwrap();
        assert_eq!(note.fields.text(&note::TEXT), text);
    }
}

fn text_of(turn: usize) -> String {
    format!("备注{turn}")
}

/// Leaves after a few records.
struct Impatient(AtomicU64);

impl Watch for Impatient {
    fn progress(&self, _: u64, _: Option<u64>) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) < 2
    }
}

#[test]
fn broken_off_in_the_middle_half_and_half_reads_as_before_and_the_next_sign_in_goes_on() {
    let station = Station::new(400);
    let lead = station.lead();
    let before = everything(&lead);
    for _ in 0..3 {
        lead.ask(Request::RotateKey).unwrap();
    }
    let left = lead.ask_watched(Request::FollowResealing, &Impatient(AtomicU64::new(0)));
    assert_eq!(left, Err(Refusal::Stopped));
    drop(lead);
    let lead = station.lead();
    assert_eq!(everything(&lead), before);
    lead.ask(Request::FollowResealing).unwrap();
    assert_eq!(everything(&lead), before);
    assert!(!station.unlocked("chen").keys.unwrap().has_older());
}

#[test]
fn the_keyring_alone_says_that_there_is_something_to_do_and_health_how_far_it_is() {
    let station = Station::new(20);
    let mut keyring = station.keyring();
    keyring.rotate(&station.unlocked(DEMO_LOGIN)).unwrap();
    store::write_keyring(station.dir.path(), &keyring.to_bytes()).unwrap();

    let lead = station.lead();
    let tells = || {
        let Answer::Health(health) = lead.ask(Request::Health).unwrap() else { panic!() };
        health.lines.iter().any(|line| line.key == "health-reseal")
    };
    assert!(tells());
    lead.ask(Request::FollowResealing).unwrap();
    assert!(!tells());
    assert!(!station.unlocked("chen").keys.unwrap().has_older());
}

#[test]
fn a_backup_from_before_still_restores_with_the_passphrases_of_its_time() {
    let home = Home::with_station();
    home.write("new", format!("{NEW}\n"));
    home.write("roster.csv", "姓名\n韩梅梅\n");
    home.signed_in("import roster.csv --yes").done();
    home.signed_in("account add chen --name 陈静 --role caseworker --new-passphrase-file new").done();
    home.signed_in("--account zhou backup old.backup").done();
    let kept = fs::read(home.data().join("due.brief")).ok();
    let said = home.signed_in("--account zhou account disable chen").done();
    assert!(said.contains("旧备份除外"), "{said}");
    home.signed_in("account rotate-key").done();
    assert_eq!(fs::read(home.data().join("due.brief")).ok(), kept, "reminders need no key");
    assert!(home.signed_in("find hmm").done().contains("韩梅梅"));
    home.signed_in("backup new.backup").done();

    for (backup, chen_reads) in [("old.backup", true), ("new.backup", false)] {
        let data = home.path(&format!("of-{backup}"));
        let data = data.display();
        home.run(&format!("--data {data} restore {backup}")).done();
        let lead = home.signed_in(&format!("--data {data} --account zhou find hmm"));
        assert!(lead.done().contains("韩梅梅"), "{backup}");
        let chen = home.run(&format!("--data {data} --account chen --passphrase-file new find hmm"));
        assert_eq!(chen.code == 0, chen_reads, "{backup}: {chen:?}");
    }
}
