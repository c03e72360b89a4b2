//! Looking at a store and putting it in order, with a key and without.

use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::store::kv::KvChange;

const LINE: u8 = 0x81;

fn quiet(_: Part, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Two snapshots, journal after them, a roster file, an engine; closed.
fn with_all_files() -> Station {
    let mut station = Station::with_children(30);
    // Rows of the roster, which the engine does not hold.
    station.commit((1..=30).map(|child| put(key(LINE, child, 0), "line")).collect()).unwrap();
    station.snapshot(&mut go_on).unwrap();
    station.commit(vec![put(key(NOTE, 31, 1), "note of 31")]).unwrap();
    station.snapshot(&mut go_on).unwrap();
    let seq = station.commit(vec![put(key(NOTE, 32, 1), "note of 32"), delete(key(NOTE, 3, 1))]).unwrap();
    let of = |child| {
        let line = (key(LINE, child, 0), b"line".to_vec());
        [line, (key(ROSTER, child, 0), format!("row of {child}").into_bytes())]
    };
    let mut rows = (1..=30).flat_map(of);
    station.pin(seq, &mut rows).unwrap();
    station.commit(vec![put(key(NOTE, 33, 1), "note of 33")]).unwrap();
    station.wait_until_applied();
    station.close();
    station
}

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let plain = entries.filter(|path| path.is_file());
    plain
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect()
}

fn states(examination: &Examination) -> Vec<(&str, &Soundness)> {
    examination.looked.iter().map(|looked| (looked.name.as_str(), &looked.state)).collect()
}

fn harmed_of(examination: &Examination) -> Vec<(&str, &Soundness)> {
    let states = states(examination).into_iter();
    states.filter(|(_, state)| matches!(state, Soundness::Harmed(_))).collect()
}

fn everything_is_there(station: &mut Station) {
    assert_eq!(station.pinned().len(), 60);
    for child in 1..=33 {
        let note = station.get(key(NOTE, child, 1)).unwrap();
        let expected = (child != 3).then(|| format!("note of {child}").into_bytes());
        assert_eq!(note, expected, "child {child}");
    }
    station.close();
}

#[test]
fn a_sound_store_is_found_sound_and_left_as_it_is() {
    let station = with_all_files();
    let before = files(station.path());
    for keys in [None, Some(station.keys.purpose("records"))] {
        let examination = examine(station.path(), keys.as_ref(), &mut quiet).unwrap();
        assert!(examination.is_sound(), "{examination:?}");
        assert_eq!(examination.opened, keys.is_some());
        let engine = examination.looked.iter().find(|looked| looked.part == Part::Engine).unwrap();
        // The row of the roster is in the engine too: its kind is read by name.
        assert_eq!(engine.records, Some(32 + 30));
        assert_eq!(files(station.path()), before);
    }
}

#[test]
fn damage_is_told_of_the_file_that_has_it_and_of_no_other() {
    let whole = with_all_files();
    let names: Vec<String> = files(whole.path())
        .into_keys()
        .filter(|name| ["store", "keyring", "snapshot-", "roster"].iter().any(|part| name.starts_with(part)))
        .collect();
    assert_eq!(names.len(), 6, "{names:?}");
    for name in names {
        let station = with_all_files();
        let path = station.path().join(&name);
        let mut bytes = fs::read(&path).unwrap();
        let at = bytes.len() - bytes.len() / 5 - 1;
        // Of the roster file only the outside can be seen without a key: its last page's length.
        match name.as_str() {
            "roster" => bytes.truncate(bytes.len() - 3),
            _ => bytes[at] ^= 0x20,
        }
        fs::write(&path, bytes).unwrap();
        let examination = examine(station.path(), None, &mut quiet).unwrap();
        let harmed = harmed_of(&examination);
        assert_eq!(harmed.len(), 1, "{name}: {examination:?}");
        assert_eq!(harmed[0].0, name);
    }
}

#[test]
fn without_a_key_everything_is_put_in_order_and_nothing_is_deleted() {
    let files = ["store", "keyring", "keyring.copy", "snapshot-", "roster", "sled/db", "sled"];
    for (hurt, thirds) in files.iter().flat_map(|file| [(*file, 0), (*file, 1)]) {
        let mut station = with_all_files();
        let path = fs::read_dir(station.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(hurt))
            .max()
            .unwrap_or_else(|| station.path().join(hurt));
        let harmed = match hurt {
            "sled" => {
                fs::remove_dir_all(&path).unwrap();
                None
            }
            _ => {
                let mut bytes = fs::read(&path).unwrap();
                let third = bytes.len() / 3;
                bytes[thirds * third..(thirds + 1) * third].fill(0xa5);
                fs::write(&path, &bytes).unwrap();
                Some(bytes)
            }
        };
        super::super::mend(station.path(), &mut quiet).unwrap();
        let examination = examine(station.path(), None, &mut quiet).unwrap();
        let harmed_still: Vec<_> = harmed_of(&examination);
        assert!(harmed_still.is_empty(), "{hurt}: {harmed_still:?}");
        everything_is_there(&mut station);
        let kept = |dir: &Path| {
            fs::read_dir(dir).into_iter().flatten().any(|entry| {
                let path = entry.unwrap().path();
                // The engine may have written to its own file before it gave up.
                path.join("db").exists() || fs::read(path).ok() == harmed
            })
        };
        // The marker alone is written over: it says nothing that the others do not.
        let written_over = hurt == "store";
        assert!(harmed.is_none() || written_over || kept(&station.path().join("aside")), "{hurt} is kept");
    }
}

/// Writes behind the store's back: an engine that holds what nobody saved.
fn meddle(station: &Station, change: KvChange) {
    let (_disk, place) = opening::on_disk(station.path()).unwrap();
    let kv = place.open().unwrap();
    kv.apply(&[change], None).unwrap();
    kv.sync().unwrap();
}

#[test]
fn an_engine_that_says_something_else_than_snapshot_and_journal_is_found_and_made_anew() {
    let changes = [
        KvChange { key: key(NOTE, 7, 1), version: u64::MAX, sealed: None },
        KvChange { key: key(NOTE, 7, 1), version: 40, sealed: Some(vec![1; 60]) },
        KvChange { key: key(NOTE, 77, 1), version: 5, sealed: Some(vec![1; 60]) },
    ];
    for change in changes {
        let mut station = with_all_files();
        meddle(&station, change);
        let examination = examine(station.path(), None, &mut quiet).unwrap();
        let engine = examination.looked.iter().find(|looked| looked.part == Part::Engine).unwrap();
        assert_eq!(engine.state, Soundness::Harmed(Harm::Records(1)));
        let mended = super::super::mend(station.path(), &mut quiet).unwrap();
        assert_eq!(mended, [Mended { part: Part::Engine, aside: None }]);
        everything_is_there(&mut station);
        station.open();
        assert_eq!(station.get(key(NOTE, 77, 1)).unwrap(), None);
    }
}

#[test]
fn work_goes_on_while_the_engine_is_made_anew() {
    let mut station = with_all_files();
    meddle(&station, KvChange { key: key(NOTE, 7, 1), version: u64::MAX, sealed: None });
    station.open();
    let store: &Store = &station;
    std::thread::scope(|scope| {
        let saving = scope.spawn(|| {
            for child in 100..200 {
                store.commit(vec![put(key(NOTE, child, 1), "meanwhile")]).unwrap();
                assert!(store.get(key(NOTE, child, 1)).unwrap().is_some());
            }
        });
        let mended = store.mend(&mut quiet).unwrap();
        assert_eq!(mended, [Mended { part: Part::Engine, aside: None }]);
        saving.join().unwrap();
    });
    assert_eq!(store.get(key(NOTE, 7, 1)).unwrap().unwrap(), b"note of 7");
    assert!(store.examine(&mut quiet).unwrap().is_sound());
    station.close();
    assert!(examine(station.path(), None, &mut quiet).unwrap().is_sound());
}

#[test]
fn who_holds_no_key_makes_a_backup_that_opens_for_those_who_do() {
    let mut station = with_all_files();
    let away = tempfile::tempdir().unwrap();
    let file = away.path().join("sealed.backup");
    let sealed = Sealed::open(station.path()).unwrap();
    let made = sealed.backup(&file, &mut go_on).unwrap();
    drop(sealed);
    assert_eq!(verify_backup(&file, Some(&station.keys), &mut go_on).unwrap().rows, made.rows);
    let new = away.path().join("new");
    restore(&file, &new, &mut go_on).unwrap();
    everything_is_there(&mut station);
    let opened = Store::open(&new, station.keys.clone()).unwrap();
    assert_eq!(opened.store.get(key(NOTE, 32, 1)).unwrap().unwrap(), b"note of 32");
}

#[test]
fn without_a_key_nothing_is_opened() {
    let station = with_all_files();
    let sealed = Sealed::open(station.path()).unwrap();
    sealed.engine.open_engine();
    let refused = sealed.engine.get(key(NOTE, 1, 1));
    assert!(matches!(refused, Err(StoreError::Sealed(_))), "{refused:?}");
}

/// The same after so many saves that the first part of the journal was let go of; then the snapshots are lost.
fn without_snapshots() -> Station {
    let mut station = with_all_files();
    station.open();
    for n in 0..4 {
        station.commit(vec![Op { key: key(4, 200, n), value: Some(vec![7; 700 << 10]) }]).unwrap();
        station.wait_until_applied();
        station.snapshot(&mut go_on).unwrap();
    }
    station.close();
    assert!(!station.path().join("journal-00000001").exists());
    for name in files(station.path()).into_keys().filter(|name| name.starts_with("snapshot-")) {
        fs::remove_file(station.path().join(name)).unwrap();
    }
    station
}

#[test]
fn the_engine_is_kept_where_nothing_else_has_what_it_holds() {
    for engine_is_harmed in [false, true] {
        let mut station = without_snapshots();
        if engine_is_harmed {
            meddle(&station, KvChange { key: key(NOTE, 7, 1), version: u64::MAX, sealed: None });
        }
        let examination = examine(station.path(), None, &mut quiet).unwrap();
        let snapshots = examination.looked.iter().find(|looked| looked.part == Part::Snapshot).unwrap();
        assert_eq!(snapshots.state, Soundness::Behind);
        // Rows are not in the engine: without a key no snapshot can be made of it.
        assert_eq!(super::super::mend(station.path(), &mut quiet).unwrap(), []);
        station.open();
        assert_eq!(station.mend(&mut quiet).unwrap(), [Mended { part: Part::Snapshot, aside: None }]);
        station.close();
        assert!(examine(station.path(), None, &mut quiet).unwrap().is_sound());
        fs::remove_dir_all(station.path().join("sled")).unwrap();
        fs::remove_file(station.path().join("roster")).unwrap();
        let lines = station.pinned().into_keys().filter(|key| key.kind == LINE).count();
        assert_eq!(lines, 30, "rows too are made again from the snapshot that was made");
        let lost = if engine_is_harmed { 2 } else { 1 };
        assert_eq!(station.all(NOTE).len(), 33 - lost);
    }
}

#[test]
fn a_backup_made_over_a_hole_in_the_journal_has_the_rows_too() {
    let mut station = with_all_files();
    station.open();
    station.commit(vec![put(key(LINE, 31, 0), "line"), put(key(NOTE, 34, 1), "note of 34")]).unwrap();
    station.wait_until_applied();
    station.close();
    let journal = station.path().join("journal-00000001");
    let mut bytes = fs::read(&journal).unwrap();
    let frames: Vec<usize> = (0..bytes.len() - 4).filter(|at| &bytes[*at..*at + 4] == b"THF1").collect();
    // The last frame but one is above the newest snapshot.
    bytes[frames[frames.len() - 2] + 60] ^= 0x11;
    fs::write(&journal, bytes).unwrap();
    station.open();
    let away = tempfile::tempdir().unwrap();
    let file = away.path().join("over.backup");
    station.backup(&file, &mut go_on).unwrap();
    assert!(!station.health().findings.lost.is_empty(), "it was made from the engine");
    let new = away.path().join("new");
    restore(&file, &new, &mut go_on).unwrap();
    let pinned = Store::open(&new, station.keys.clone()).unwrap().pinned;
    let take = |rows: &mut Vec<Key>, key: Key, _: &[u8]| rows.push(key);
    let (parts, _) = pinned.gather(take).unwrap();
    let lines = parts.into_iter().flatten().filter(|key| key.kind == LINE).count();
    assert!(lines >= 30, "{lines}");
}

#[test]
fn with_neither_snapshot_nor_engine_the_rest_is_served_and_no_empty_store_takes_their_place() {
    let mut station = without_snapshots();
    let disk = crate::store::disk::RealDisk::existing(station.path());
    let moved = || crate::store::disk::Disk::list(&disk, "aside").unwrap_or_default();
    let before = moved();
    let db = station.path().join("sled/db");
    let len = fs::metadata(&db).unwrap().len();
    fs::write(&db, vec![0x5a; len as usize]).unwrap();
    for _ in 0..2 {
        station.open();
        assert_eq!(station.get(key(4, 200, 3)).unwrap().unwrap().len(), 700 << 10, "the journal has it");
        assert!(matches!(station.health().engine, EngineState::Broken { .. }), "{:?}", station.health());
        station.commit(vec![put(key(NOTE, 34, 1), "life goes on")]).unwrap();
        assert!(station.get(key(NOTE, 34, 1)).unwrap().is_some());
        station.store = None;
    }
    let notes = |name: &String| std::fs::read_to_string(station.path().join("aside").join(name)).ok();
    let engine = |name: &&String| name.contains("-sled") && !before.contains(name);
    let why: Vec<String> = moved().iter().filter(engine).filter_map(notes).collect();
    assert!(db.is_file() && why.is_empty(), "left where it is, for who can do more: {why:?}");
    assert!(!examine(station.path(), None, &mut quiet).unwrap().is_sound());
    let _ = super::super::mend(station.path(), &mut quiet);
    assert!(!examine(station.path(), None, &mut quiet).unwrap().is_sound());
}
