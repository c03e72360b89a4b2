//! Stories on the real disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;

const NOTE: u8 = 3;
const ROSTER: u8 = 0x81;

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
        let mut rows = BTreeMap::new();
        opened.pinned.for_each(|key, value| drop(rows.insert(key, value.to_vec()))).unwrap();
        rows
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
            if health.synced == health.last {
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
