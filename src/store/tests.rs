//! Stories on the real disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;

mod mend;
mod owners;

const NOTE: u8 = 3;
const ROSTER: u8 = 0x83;

fn key(kind: u8, owner: u128, id: u128) -> Key {
    Key { kind, owner: Uuid::from_u128(owner), id: Uuid::from_u128(id) }
}

fn put(key: Key, text: &str) -> Op {
    Op { key, value: Some(text.as_bytes().to_vec()) }
}

fn delete(key: Key) -> Op {
    Op { key, value: None }
}

fn go_on(_: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A station with some children, in a directory that goes away with it.
struct Station {
    dir: tempfile::TempDir,
    keys: DataKeys,
    store: Option<Store>,
}

impl Station {
    fn new() -> Station {
        let (dir, keys) = (tempfile::tempdir().unwrap(), DataKeys::ephemeral());
        let store = Store::create(dir.path(), keys.clone(), b"the accounts").unwrap();
        Station { dir, keys, store: Some(store) }
    }

    fn with_children(children: u128) -> Station {
        let station = Station::new();
        for child in 1..=children {
            let ops = vec![
                put(key(NOTE, child, 1), &format!("note of {child}")),
                put(key(ROSTER, child, 0), &format!("row of {child}")),
            ];
            station.commit(ops).unwrap();
        }
        station
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn close(&mut self) {
        self.store.take().unwrap().close().unwrap();
    }

    /// As after kill -9, as far as one process can tell: nothing is brought in order.
    fn open(&mut self) -> OpenReport {
        self.store = None;
        let opened = Store::open(self.path(), self.keys.clone()).unwrap();
        self.store = Some(opened.store);
        opened.report
    }

    fn pinned(&mut self) -> BTreeMap<Key, Vec<u8>> {
        self.store = None;
        let opened = Store::open(self.path(), self.keys.clone()).unwrap();
        self.store = Some(opened.store);
        let take = |rows: &mut Vec<_>, key, value: &[u8]| rows.push((key, value.to_vec()));
        let (parts, _) = opened.pinned.gather(take).unwrap();
        parts.into_iter().flatten().collect()
    }

    fn all(&self, kind: u8) -> Vec<(u128, String)> {
        let mut rows = Vec::new();
        self.scan(kind, None, &mut |key, value| {
            rows.push((key.owner.as_u128(), String::from_utf8(value).unwrap()));
            ControlFlow::Continue(())
        })
        .unwrap();
        rows
    }

    fn is_whole(&mut self, children: u128) {
        let text = |what: &str| (1..=children).map(|n| (n, format!("{what} of {n}"))).collect::<Vec<_>>();
        assert_eq!(self.all(NOTE), text("note"));
        assert_eq!(self.all(ROSTER), text("row"));
        let pinned: Vec<_> = self.pinned().into_values().collect();
        let rows: Vec<_> = text("row").into_iter().map(|(_, row)| row.into_bytes()).collect();
        assert_eq!(pinned, rows);
    }

    fn wait_until_applied(&self) {
        for _ in 0..1000 {
            self.sync_idle();
            let health = self.health();
            let busy = matches!(health.engine, EngineState::Opening | EngineState::Rebuilding { .. });
            if !busy && health.synced == health.last {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        panic!("the engine never caught up: {:?}", self.health());
    }
}

impl std::ops::Deref for Station {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.store.as_ref().unwrap()
    }
}

#[test]
fn what_was_saved_is_there_after_closing_and_opening_again() {
    let mut station = Station::with_children(5);
    station.commit(vec![put(key(NOTE, 2, 2), "second note"), delete(key(NOTE, 3, 1))]).unwrap();
    for closing in [true, false] {
        if closing {
            station.close();
        }
        assert!(station.open().findings.lost.is_empty());
        assert_eq!(station.get(key(NOTE, 2, 2)).unwrap().unwrap(), b"second note");
        assert_eq!(station.get(key(NOTE, 3, 1)).unwrap(), None);
        assert_eq!(station.all(NOTE).len(), 5);
        let mut of_two = Vec::new();
        let owner = Some(Uuid::from_u128(2));
        station
            .scan(NOTE, owner, &mut |key, _| {
                of_two.push(key);
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(of_two, [key(NOTE, 2, 1), key(NOTE, 2, 2)]);
    }
}

#[test]
fn a_commit_of_two_changes_of_one_record_keeps_the_later() {
    let mut station = Station::new();
    let it = key(NOTE, 1, 1);
    station.commit(vec![put(it, "first"), put(it, "second")]).unwrap();
    station.commit(vec![put(key(NOTE, 1, 2), "x"), delete(key(NOTE, 1, 2))]).unwrap();
    station.open();
    assert_eq!(station.all(NOTE), [(1, "second".into())]);
}

#[test]
fn a_long_text_is_kept_whole_and_a_shorter_one_in_its_place_leaves_nothing_of_it() {
    let mut station = Station::new();
    let (long, next) = (key(NOTE, 1, 1), key(NOTE, 1, 2));
    station.commit(vec![put(long, &"很长的记录".repeat(6000)), put(next, "next")]).unwrap();
    station.wait_until_applied();
    assert_eq!(station.get(long).unwrap().unwrap().len(), 90_000);
    assert_eq!(station.all(NOTE).len(), 2);
    station.commit(vec![put(long, "short")]).unwrap();
    station.wait_until_applied();
    station.open();
    station.wait_until_applied();
    assert_eq!(station.all(NOTE), [(1, "short".into()), (1, "next".into())]);
    assert_eq!(station.health().counts, [(NOTE, 2)]);
}

#[test]
fn nothing_is_lost_with_the_engines_directory() {
    for snapshots in 0..3 {
        let mut station = Station::with_children(20);
        for _ in 0..snapshots {
            station.snapshot(&mut go_on).unwrap();
        }
        station
            .commit(vec![put(key(NOTE, 21, 1), "note of 21"), put(key(ROSTER, 21, 0), "row of 21")])
            .unwrap();
        station.close();
        fs::remove_dir_all(station.path().join("sled")).unwrap();
        station.open();
        station.is_whole(21);
        station.wait_until_applied();
        assert_eq!(station.health().engine, EngineState::Open);
        station.is_whole(21);
    }
}

#[test]
fn nothing_is_lost_with_the_newest_snapshot_or_both_even_if_the_engine_is_gone_too() {
    for damage in ["delete", "flip", "cut"] {
        let mut station = Station::with_children(20);
        station.snapshot(&mut go_on).unwrap();
        station
            .commit(vec![put(key(NOTE, 21, 1), "note of 21"), put(key(ROSTER, 21, 0), "row of 21")])
            .unwrap();
        station.wait_until_applied();
        station.snapshot(&mut go_on).unwrap();
        station.close();
        let newest = station.path().join("snapshot-00000000000000000021");
        let mut bytes = fs::read(&newest).unwrap();
        match damage {
            "delete" => fs::remove_file(&newest).unwrap(),
            "flip" => {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                fs::write(&newest, bytes).unwrap();
            }
            _ => fs::write(&newest, &bytes[..bytes.len() - 40]).unwrap(),
        }
        fs::remove_dir_all(station.path().join("sled")).unwrap();
        fs::remove_file(station.path().join("roster")).unwrap_or_default();
        station.open();
        station.wait_until_applied();
        assert_eq!(station.health().engine, EngineState::Open, "{damage}");
        station.is_whole(21);
        station.snapshot(&mut go_on).unwrap();
    }
}

#[test]
fn the_roster_file_is_made_again_when_it_is_gone_or_damaged_or_cut() {
    for damage in ["delete", "flip", "cut", "empty"] {
        let mut station = Station::with_children(400);
        station.snapshot(&mut go_on).unwrap();
        station.pinned();
        let rows: Vec<_> = station.pinned().into_iter().collect();
        assert_eq!(rows.len(), 400);
        station.pin(Seq(400), &mut rows.into_iter()).unwrap();
        station.close();
        let file = station.path().join("roster");
        let mut bytes = fs::read(&file).unwrap();
        match damage {
            "delete" => fs::remove_file(&file).unwrap(),
            "flip" => {
                let last = bytes.len() - 60;
                bytes[last] ^= 1;
                fs::write(&file, bytes).unwrap();
            }
            "cut" => fs::write(&file, &bytes[..bytes.len() - 1]).unwrap(),
            _ => fs::write(&file, b"").unwrap(),
        }
        station.open();
        station.is_whole(400);
        station.wait_until_applied();
        station.close();
        assert!(station.open().is_clean(), "it is there again: {damage}");
        station.is_whole(400);
    }
}

#[test]
fn pinned_rows_come_from_the_file_and_from_what_was_saved_after_it() {
    let mut station = Station::with_children(3);
    let rows: Vec<_> = station.pinned().into_iter().collect();
    station.pin(Seq(3), &mut rows.into_iter()).unwrap();
    station.commit(vec![put(key(ROSTER, 2, 0), "moved away"), delete(key(ROSTER, 3, 0))]).unwrap();
    let texts: Vec<_> = station.pinned().into_values().collect();
    assert_eq!(texts, [b"row of 1".to_vec(), b"moved away".to_vec()]);
}

#[test]
fn an_import_is_one_commit_and_a_cancelled_one_leaves_nothing() {
    let mut station = Station::with_children(2);
    let rows = |from: u128| (from..from + 3000).map(|n| put(key(NOTE, n, 1), &format!("imported {n}")));
    let mut calls = 0;
    let mut cancel = |_| {
        calls += 1;
        if calls > 4 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let cancelled = station.commit_bulk(rows(100), &mut cancel);
    assert!(matches!(cancelled, Err(StoreError::Cancelled)));
    assert_eq!(station.all(NOTE).len(), 2);
    station.commit(vec![put(key(NOTE, 50, 1), "after")]).unwrap();
    let failing = rows(100).chain([Op { key: key(NOTE, 1, 1), value: Some(vec![0; MAX_VALUE + 1]) }]);
    assert!(matches!(station.commit_bulk(failing, &mut go_on), Err(StoreError::TooLarge(_))));
    station.open();
    assert_eq!(station.all(NOTE).len(), 3);

    let seq = station.commit_bulk(rows(100), &mut go_on).unwrap();
    assert_eq!(station.all(NOTE).len(), 3003);
    station.commit(vec![put(key(NOTE, 100, 1), "changed")]).unwrap();
    station.open();
    assert_eq!(station.all(NOTE).len(), 3003);
    assert_eq!(station.get(key(NOTE, 100, 1)).unwrap().unwrap(), b"changed");
    assert!(station.health().last > seq.0);
}

#[test]
fn a_backup_restores_elsewhere_with_accounts_and_every_record() {
    let mut station = Station::with_children(30);
    let backup = station.path().join("usb-stick.tonghu");
    let info = station.backup(&backup, &mut go_on).unwrap();
    assert_eq!((info.rows, info.keyring.as_slice()), (60, b"the accounts".as_slice()));
    assert_eq!(info.counts, [(NOTE, 30), (ROSTER, 30)]);
    let verified = verify_backup(&backup, Some(&station.keys), &mut go_on).unwrap();
    assert!(verified.opened);
    assert_eq!(verify_backup(&backup, None, &mut go_on).unwrap(), info);
    assert!(
        matches!(
            verify_backup(&backup, Some(&DataKeys::ephemeral()), &mut go_on),
            Err(StoreError::Sealed(_)),
        ),
        "bytes in order, keys of another station"
    );

    let elsewhere = tempfile::tempdir().unwrap();
    restore(&backup, elsewhere.path(), &mut go_on).unwrap();
    assert_eq!(read_keyring(elsewhere.path()).unwrap(), b"the accounts");
    assert!(matches!(restore(&backup, elsewhere.path(), &mut go_on), Err(StoreError::NotEmpty)));
    station.store = None;
    station.dir = elsewhere;
    station.open();
    station.is_whole(30);
    station.commit(vec![put(key(NOTE, 31, 1), "note of 31"), put(key(ROSTER, 31, 0), "row of 31")]).unwrap();
    station.open();
    station.is_whole(31);
}

#[test]
fn a_backup_that_was_changed_cut_or_made_by_a_newer_program_is_refused_and_restores_nothing() {
    let station = Station::with_children(3);
    let backup = station.path().join("b");
    station.backup(&backup, &mut go_on).unwrap();
    let good = fs::read(&backup).unwrap();
    let target = tempfile::tempdir().unwrap();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&backup, &bad).unwrap();
        assert!(restore(&backup, target.path(), &mut go_on).is_err(), "byte {at}");
    }
    for len in (0..good.len()).step_by(11) {
        fs::write(&backup, &good[..len]).unwrap();
        assert!(restore(&backup, target.path(), &mut go_on).is_err(), "cut at {len}");
    }
    let mut newer = good.clone();
    newer[8] = 9;
    fs::write(&backup, &newer).unwrap();
    let refused = restore(&backup, target.path(), &mut go_on);
    assert!(matches!(refused, Err(StoreError::Newer { found: 9, .. })));
    assert_eq!(fs::read_dir(target.path()).unwrap().count(), 0);
}

#[test]
fn a_store_of_a_newer_program_an_empty_directory_and_a_second_owner_are_refused() {
    let mut station = Station::with_children(1);
    station.close();
    let marker = station.path().join("store");
    let good = fs::read(&marker).unwrap();
    let mut newer = good[..good.len() - 4].to_vec();
    newer[4..6].copy_from_slice(&7u16.to_le_bytes());
    let crc = crc32c::crc32c(&newer);
    newer.extend_from_slice(&crc.to_le_bytes());
    fs::write(&marker, newer).unwrap();
    let refused = Store::open(station.path(), station.keys.clone());
    assert!(matches!(refused, Err(StoreError::Newer { found: 7, known: 1, .. })));
    let again = Store::create(station.path(), station.keys.clone(), b"");
    assert!(matches!(again, Err(StoreError::NotEmpty)));

    fs::remove_file(&marker).unwrap();
    assert!(station.open().marker_restored);
    station.is_whole(1);

    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(empty.path(), DataKeys::ephemeral()), Err(StoreError::NotAStore)));
    let first = lock(empty.path()).unwrap();
    assert!(matches!(lock(empty.path()), Err(StoreError::InUse)));
    drop(first);
    lock(empty.path()).unwrap();
}

#[test]
fn the_accounts_survive_damage_to_either_copy_and_to_both() {
    let mut station = Station::with_children(1);
    write_keyring(station.path(), b"newer accounts").unwrap();
    station.snapshot(&mut go_on).unwrap();
    station.close();
    fs::write(station.path().join("keyring"), b"half").unwrap();
    assert_eq!(read_keyring(station.path()).unwrap(), b"newer accounts");
    fs::remove_file(station.path().join("keyring.copy")).unwrap();
    assert_eq!(read_keyring(station.path()).unwrap(), b"newer accounts", "from the snapshot");
    write_keyring(station.path(), b"newest").unwrap();
    assert_eq!(read_keyring(station.path()).unwrap(), b"newest");
}

#[test]
fn what_a_half_written_snapshot_of_the_engine_leaves_does_not_keep_it_from_opening() {
    let mut station = Station::with_children(10);
    station.close();
    fs::write(station.path().join("sled/snap.0000000000000001.generating"), b"half").unwrap();
    station.open();
    station.wait_until_applied();
    assert_eq!(station.health().engine, EngineState::Open);
    assert!(station.health().aside.iter().any(|name| name.contains("generating")));
    station.is_whole(10);
}

#[test]
fn a_damaged_engine_is_moved_aside_and_made_again_while_records_can_be_read() {
    for zeroes in [4096, usize::MAX] {
        let mut station = Station::with_children(50);
        station.snapshot(&mut go_on).unwrap();
        station.close();
        let db = station.path().join("sled/db");
        let mut bytes = fs::read(&db).unwrap();
        let len = bytes.len().min(zeroes);
        bytes[..len].fill(0);
        fs::write(&db, bytes).unwrap();
        station.open();
        station.wait_until_applied();
        station.is_whole(50);
    }
}

#[test]
fn nothing_that_a_record_says_lies_on_the_disk_in_clear() {
    let mut station = Station::with_children(5);
    station.wait_until_applied();
    station.snapshot(&mut go_on).unwrap();
    station.backup(&station.path().join("backup"), &mut go_on).unwrap();
    let rows: Vec<_> = station.pinned().into_iter().collect();
    station.pin(Seq(5), &mut rows.into_iter()).unwrap();
    station.close();
    let mut files = 0;
    for dir in [station.path().to_owned(), station.path().join("sled")] {
        for entry in fs::read_dir(dir).unwrap().flatten().filter(|entry| entry.path().is_file()) {
            let bytes = fs::read(entry.path()).unwrap();
            for text in [b"note of".as_slice(), b"row of"] {
                assert!(!bytes.windows(text.len()).any(|window| window == text), "{:?}", entry.path());
            }
            files += 1;
        }
    }
    assert!(files >= 8);
}

#[test]
fn a_record_moved_to_another_place_does_not_open() {
    let station = Station::with_children(2);
    let keys = station.keys.purpose("records");
    let sealed = keys.seal(&aad(&key(NOTE, 1, 1), 4), b"text");
    assert!(keys.open(&aad(&key(NOTE, 2, 1), 4), &sealed).is_err(), "another child");
    assert!(keys.open(&aad(&key(NOTE, 1, 1), 5), &sealed).is_err(), "another time");
}

#[test]
fn two_snapshots_are_kept_and_the_journal_goes_only_when_the_older_covers_it() {
    let mut station = Station::new();
    let big = "x".repeat(300_000);
    let mut at_most = 0;
    for round in 0..8u128 {
        for n in 0..8 {
            station.commit(vec![put(key(NOTE, n, round), &big)]).unwrap();
        }
        station.wait_until_applied();
        station.snapshot(&mut go_on).unwrap();
        let health = station.health();
        assert_eq!(health.snapshots.len(), (round as usize + 1).min(2));
        at_most = at_most.max(health.journal_bytes);
    }
    assert!(at_most < 10 << 20, "{at_most}");
    station.open();
    assert_eq!(station.all(NOTE).len(), 64);
    station.close();
    fs::remove_dir_all(station.path().join("sled")).unwrap();
    station.open();
    assert_eq!(station.all(NOTE).len(), 64);
}
