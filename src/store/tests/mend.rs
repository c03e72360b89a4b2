//! Looking at a store and putting it in order, with a key and without.

use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::store::kv::KvChange;

fn quiet(_: Part, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Two snapshots, journal after them, a roster file, an engine; closed.
fn with_all_files() -> Station {
    let mut station = Station::with_children(30);
    station.snapshot(&mut go_on).unwrap();
    station.commit(vec![put(key(NOTE, 31, 1), "note of 31")]).unwrap();
    station.snapshot(&mut go_on).unwrap();
    let seq = station.commit(vec![put(key(NOTE, 32, 1), "note of 32"), delete(key(NOTE, 3, 1))]).unwrap();
    let mut rows = (1..=30).map(|child| (key(ROSTER, child, 0), format!("row of {child}").into_bytes()));
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

fn everything_is_there(station: &mut Station) {
    assert_eq!(station.pinned().len(), 30);
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
        let harmed: Vec<_> = states(&examination)
            .into_iter()
            .filter(|(_, state)| matches!(state, Soundness::Harmed(_)))
            .collect();
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
        assert!(examination.is_sound(), "{hurt}: {examination:?}");
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
    assert_eq!(verify_backup(&file, Some(&station.keys)).unwrap().rows, made.rows);
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
