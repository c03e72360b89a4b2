//! The records of some owners, out of many.

use super::*;
use proptest::prelude::*;

const CHILDREN: u128 = 60;
/// So much that a block of a snapshot holds a few.
const LONG: usize = 9_000;

fn station() -> Station {
    let station = Station::new();
    let long = "x".repeat(LONG);
    let of = |child: u128| {
        let notes = (0..child % 4).map(move |id| (NOTE, child, id));
        notes.chain([(NOTE - 1, child, 0), (NOTE + 1, child, 0)])
    };
    // Of every third there is nothing.
    let all = (1..=CHILDREN).filter(|child| child % 3 != 0).flat_map(of);
    station.commit(all.map(|(kind, owner, id)| put(key(kind, owner, id), &long)).collect()).unwrap();
    station
}

fn read(store: &Store, owners: &[Uuid]) -> Vec<Key> {
    let mut found = vec![];
    store
        .stream_of(NOTE, owners, Seq(0), &mut |key, bytes| {
            assert_eq!(bytes.len(), LONG);
            found.push(key);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

#[test]
fn whoever_asks_for_some_owners_gets_all_of_theirs_and_nobody_elses() {
    let station = station();
    let store = station.store.as_ref().unwrap();
    let mut all = vec![];
    let mut keep = |key, _| {
        all.push(key);
        ControlFlow::Continue(())
    };
    store.scan(NOTE, None, &mut keep).unwrap();
    let check = |wanted: &std::collections::BTreeSet<u128>| {
        let owners: Vec<Uuid> = wanted.iter().map(|owner| Uuid::from_u128(*owner)).collect();
        let theirs: Vec<Key> = all.iter().filter(|key| owners.contains(&key.owner)).copied().collect();
        prop_assert_eq!(read(store, &owners), theirs);
        Ok(())
    };
    let some = || proptest::collection::btree_set(0..CHILDREN + 5, 0..12);
    let mut runner = proptest::test_runner::TestRunner::default();
    assert!(store.snapshotted().is_none(), "from the engine, while there is no snapshot");
    runner.run(&some(), |wanted| check(&wanted)).unwrap();
    store.snapshot(&mut go_on).unwrap();
    assert!(store.snapshotted().is_some());
    runner.run(&some(), |wanted| check(&wanted)).unwrap();
}
