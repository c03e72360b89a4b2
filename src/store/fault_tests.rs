//! What happens to the real store on a real disk when it is killed, damaged or refused by the disk. The short form
//! runs with all tests; the full one with `TONGHU_FAULTS=full`, by `tests/faults`.

mod damage;
mod errors;
mod fate;
mod killed;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::disk::Disk;
use super::engine::{Engine, Tuning};
use super::error::{Result, StoreError};
use super::health::Health;
use super::kv::KvPlace;
use super::pinned::Pinned;
use super::{Key, Op, OpenReport, opening};
use crate::vault::DataKeys;

const NOTE: u8 = 3;
/// Read at open and by name.
const ROW: u8 = 0x83;
/// Read at open only: the engine does not hold it.
const LINE: u8 = 0x81;

pub(super) fn full() -> bool {
    std::env::var("TONGHU_FAULTS").is_ok_and(|form| form == "full")
}

/// Small, so that few bytes fill many segments, parts and pages.
fn tuning() -> Tuning {
    Tuning {
        segment: 8 << 10,
        part: 2 << 10,
        rebuild_sync: 20,
        pin_after: u64::MAX,
        snapshot_after: u64::MAX,
        merge_keys: 20,
        reseal: 8,
    }
}

fn key(kind: u8, owner: u64, id: u64) -> Key {
    Key { kind, owner: Uuid::from_u128(owner.into()), id: Uuid::from_u128(id.into()) }
}

/// The n-th save: a visit is written, the child's row follows it, now and then a note goes.
fn save(n: u64) -> Vec<Op> {
    let (child, text) = (n % 12, |what: &str| format!("{what} {n} ").repeat(30).into_bytes());
    let mut ops = vec![
        Op { key: key(NOTE, child, n % 5), value: Some(text("visit")) },
        Op { key: key(ROW, child, 0), value: Some(text("row")) },
        Op { key: key(LINE, child, 0), value: Some(text("line")) },
    ];
    if n.is_multiple_of(7) {
        ops.push(Op { key: key(NOTE, (n + 5) % 12, (n + 3) % 5), value: None });
    }
    ops
}

/// An import: many records in one commit.
fn import(n: u64) -> Vec<Op> {
    let row =
        |child| Op { key: key(ROW, child, 0), value: Some(format!("import {n} ").repeat(20).into_bytes()) };
    (100..140).map(row).collect()
}

/// Per record: the deed that last changed it, and what it is since.
type Truth = BTreeMap<Key, (u64, Option<Vec<u8>>)>;

fn write_down(truth: &mut Truth, n: u64, ops: Vec<Op>) {
    truth.extend(ops.into_iter().map(|op| (op.key, (n, op.value))));
}

type Open = (Arc<Engine>, Pinned, OpenReport);

/// As the program opens it, but for the thread: what it would do later is done now.
fn open(disk: Arc<dyn Disk>, place: Box<dyn KvPlace>, keys: &DataKeys) -> Result<Open> {
    let opened = Engine::open(disk, place, keys.clone(), tuning())?;
    // On a full disk there are none to be had; whoever waits for one is told.
    let _ = opened.0.prepare_segments();
    opened.0.open_engine();
    opened.0.apply_pending();
    Ok(opened)
}

fn open_dir(dir: &Path, keys: &DataKeys) -> Result<Open> {
    let (disk, place) = opening::on_disk(dir)?;
    open(disk, place, keys)
}

fn go_on(_: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

type Rows = BTreeMap<Key, Vec<u8>>;

/// Everything that can be asked of an open store.
struct Seen {
    /// By scanning and by single reads.
    records: Rows,
    /// The pinned ones, as the first screen gets them.
    pinned: Rows,
    health: Health,
}

fn see((engine, pinned, _): Open, truth: &Truth) -> Result<(Arc<Engine>, Seen)> {
    let mut pinned_rows = Rows::new();
    let take = |rows: &mut Vec<_>, key, value: &[u8]| rows.push((key, value.to_vec()));
    for (key, value) in pinned.gather(take)?.0.into_iter().flatten() {
        assert_eq!(pinned_rows.insert(key, value), None, "a pinned row is given once");
    }
    let mut records = Rows::new();
    for kind in [NOTE, ROW] {
        engine.scan(kind, None, &mut |key, value| {
            records.insert(key, value);
            ControlFlow::Continue(())
        })?;
    }
    for key in truth.keys().filter(|key| key.is_in_engine()) {
        assert_eq!(engine.get(*key)?.as_ref(), records.get(key), "read alone and in a scan: {key:?}");
    }
    let health = engine.health();
    Ok((engine, Seen { records, pinned: pinned_rows, health }))
}

impl Seen {
    /// Records that are not as they should be, each with the deed that was to make it so.
    fn wrong(&self, truth: &Truth) -> BTreeMap<Key, u64> {
        let mut wrong = BTreeMap::new();
        for (key, (n, value)) in truth {
            let by_name = key.is_in_engine() && self.records.get(key) != value.as_ref();
            let at_open = key.is_pinned() && self.pinned.get(key) != value.as_ref();
            if by_name || at_open {
                wrong.insert(*key, *n);
            }
        }
        let given = self.records.keys().chain(self.pinned.keys());
        // Of what nobody wrote nobody can tell.
        wrong.extend(given.filter(|key| !truth.contains_key(key)).map(|key| (*key, u64::MAX)));
        wrong
    }
}

/// Tells many stories on two threads, and gives their complaints.
fn in_parallel<T: Sync>(jobs: &[T], story: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut complaints = Vec::new();
        while let Some(job) = jobs.get(next.fetch_add(1, std::sync::atomic::Ordering::SeqCst)) {
            complaints.extend(story(job));
        }
        complaints
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut complaints = work();
        complaints.extend(other.join().unwrap());
        complaints
    })
}
