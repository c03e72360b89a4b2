//! Histories played on a disk that loses power at any point. The engine is one in memory that may lose what it did not
//! sync.

mod failing;
mod model_disk;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use super::disk::Disk as _;
use super::engine::{Engine, Tuning};
use super::error::StoreError;
use super::kv::memory::MemPlace;
use super::reseal::Resealed;
use super::{Key, Op, opening};
use crate::vault::DataKeys;
use model_disk::ModelDisk;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }
}

#[derive(Debug, Clone)]
enum Deed {
    /// Records to write (or, if odd, delete).
    Commit(Vec<u8>),
    Import {
        rows: u8,
        cancelled: bool,
    },
    Snapshot,
    Pin,
    Apply,
    SyncEngine,
    Prepare,
    Reopen,
    /// Another data key.
    Rotate,
    /// A pass of sealing anew, with these saves in between.
    Reseal(Vec<u8>),
    /// To its end, with one save in between; then the older keys are gone.
    Retire(u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => prop::collection::vec(any::<u8>(), 1..4).prop_map(Deed::Commit),
        1 => (1..40u8, any::<bool>()).prop_map(|(rows, cancelled)| Deed::Import { rows, cancelled }),
        1 => Just(Deed::Snapshot),
        1 => Just(Deed::Pin),
        2 => Just(Deed::Apply),
        1 => Just(Deed::SyncEngine),
        2 => Just(Deed::Prepare),
        1 => Just(Deed::Reopen),
        1 => Just(Deed::Rotate),
        1 => prop::collection::vec(any::<u8>(), 0..6).prop_map(Deed::Reseal),
        1 => any::<u8>().prop_map(Deed::Retire),
    ]
}

/// Equal, or a short account of what is not.
fn same(what: &str, found: &Truth, expected: &Truth) {
    let short = |truth: &Truth, other: &Truth| {
        let differs = truth.iter().filter(|(key, value)| other.get(key) != Some(value));
        let names =
            differs.map(|(key, value)| (key.kind, key.owner.as_u128(), key.id.as_u128(), value.len()));
        names.collect::<Vec<_>>()
    };
    let (extra, missing) = (short(found, expected), short(expected, found));
    assert!(extra.is_empty() && missing.is_empty(), "{what}: found {extra:?} in the place of {missing:?}");
}

type Truth = BTreeMap<Key, Vec<u8>>;

/// A station on the model disk, and what must be in it.
struct Station {
    disk: ModelDisk,
    place: MemPlace,
    keys: DataKeys,
    engine: Option<Arc<Engine>>,
    acknowledged: Truth,
    /// What would be there if the deed that failed had come through.
    in_doubt: Option<Truth>,
    count: u32,
}

fn tuning() -> Tuning {
    Tuning {
        segment: 1200,
        part: 300,
        rebuild_sync: 4,
        pin_after: 600,
        snapshot_after: u64::MAX,
        merge_keys: 3,
        reseal: 2,
    }
}

fn record(n: u8) -> Key {
    let kind = match n % 4 {
        0 | 1 => 3,
        2 => 0x81,
        _ => 0x83,
    };
    Key { kind, owner: Uuid::from_u128(u128::from(n >> 2) % 4), id: Uuid::from_u128(u128::from(n >> 4) % 3) }
}

impl Station {
    fn new(keys: &DataKeys) -> Station {
        let disk = ModelDisk::default();
        opening::create(&disk, b"accounts").unwrap();
        let mut station = Station {
            disk,
            place: MemPlace::default(),
            keys: keys.clone(),
            engine: None,
            acknowledged: Truth::new(),
            in_doubt: None,
            count: 0,
        };
        station.open().unwrap();
        station
    }

    fn open(&mut self) -> Result<(), StoreError> {
        self.engine = None;
        let place = Box::new(self.place.clone());
        let (engine, ..) = Engine::open(Arc::new(self.disk.clone()), place, self.keys.clone(), tuning())?;
        engine.prepare_segments()?;
        engine.open_engine();
        self.engine = Some(engine);
        Ok(())
    }

    fn engine(&self) -> &Engine {
        self.engine.as_ref().unwrap()
    }

    fn ops(&mut self, records: impl IntoIterator<Item = u8>) -> (Vec<Op>, Truth) {
        let (mut ops, mut truth) = (Vec::new(), self.acknowledged.clone());
        for n in records {
            self.count += 1;
            let key = record(n);
            let value = (n & 1 == 0).then(|| vec![n; 20 + self.count as usize % 30]);
            match &value {
                Some(value) => drop(truth.insert(key, value.clone())),
                None => drop(truth.remove(&key)),
            }
            ops.push(Op { key, value });
        }
        (ops, truth)
    }

    fn settle(&mut self, truth: Truth, outcome: Result<(), StoreError>) -> Result<(), StoreError> {
        match outcome {
            Ok(()) => self.acknowledged = truth,
            Err(_) => self.in_doubt = Some(truth),
        }
        outcome
    }

    fn play(&mut self, deed: &Deed) -> Result<(), StoreError> {
        let mut go_on = |_| ControlFlow::Continue(());
        match deed {
            Deed::Commit(records) => {
                let (ops, truth) = self.ops(records.iter().copied());
                let outcome = self.engine().commit(ops).map(drop);
                self.settle(truth, outcome)
            }
            Deed::Import { rows, cancelled } => {
                let start = self.count as u8;
                let (ops, truth) = self.ops((0..*rows).map(|n| n.wrapping_mul(37).wrapping_add(start)));
                let mut left = if *cancelled { usize::from(*rows) / 2 } else { usize::MAX };
                let mut ops = ops.into_iter().inspect(|_| left = left.wrapping_sub(1)).peekable();
                let bad = Op { key: record(0), value: Some(vec![0; super::MAX_VALUE + 1]) };
                let spoiled = cancelled.then_some(bad);
                let outcome = self.engine().commit_bulk(&mut ops.by_ref().chain(spoiled), &mut go_on);
                match outcome {
                    Err(StoreError::TooLarge(_)) => Ok(()),
                    other => self.settle(truth, other.map(drop)),
                }
            }
            Deed::Snapshot => self.engine().snapshot(&mut go_on).map(drop),
            Deed::Pin => self.engine().rewrite_roster(),
            Deed::Apply => {
                self.engine().apply_pending();
                Ok(())
            }
            Deed::SyncEngine => {
                self.engine().sync_engine();
                Ok(())
            }
            Deed::Prepare => self.engine().prepare_segments(),
            Deed::Reopen => self.open(),
            Deed::Rotate => {
                self.keys = self.keys.with_epoch(self.keys.epoch() + 1).unwrap();
                self.engine().use_keys(&self.keys);
                Ok(())
            }
            Deed::Reseal(saves) => self.reseal(saves.clone()).map(drop),
            Deed::Retire(save) => {
                let mut passes = 0;
                while self.reseal(vec![*save]).map(|ended| ended == Resealed::Again)? {
                    passes += 1;
                    assert!(passes < 4, "passes come to an end");
                }
                self.play(&Deed::Commit(vec![*save]))?;
                if self.engine().shed(&mut go_on)? {
                    self.keys = self.keys.newest();
                }
                Ok(())
            }
        }
    }

    fn reseal(&mut self, mut saves: Vec<u8>) -> Result<Resealed, StoreError> {
        let engine = self.engine.clone().unwrap();
        engine.reseal(&mut |_, _| {
            let Some(n) = saves.pop() else { return ControlFlow::Continue(()) };
            let (ops, truth) = self.ops([n]);
            let saved = engine.commit(ops).map(drop);
            match self.settle(truth, saved) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        })
    }

    /// Plays until the power fails.
    fn play_all(&mut self, deeds: &[Deed]) {
        for deed in deeds {
            let played = self.play(deed);
            if self.disk.model().off {
                return;
            }
            played.unwrap();
        }
    }

    fn cut(&mut self, dice: &mut Dice) {
        self.engine = None;
        let disk = self.disk.after_cut(dice);
        self.place.crash(dice.below(2) == 0);
        self.disk = disk;
        self.open().unwrap();
    }

    /// What is there by scanning, by single reads, and as pinned rows.
    fn found(&self) -> Truth {
        let (mut scanned, mut gotten) = (Truth::new(), Truth::new());
        for kind in [3, 0x83] {
            let mut each = |key, value| {
                scanned.insert(key, value);
                ControlFlow::Continue(())
            };
            self.engine().scan(kind, None, &mut each).unwrap();
        }
        for n in 0..=255 {
            let key = record(n);
            if key.is_in_engine()
                && let Some(value) = self.engine().get(key).unwrap()
            {
                gotten.insert(key, value);
            }
        }
        same("scan and get", &scanned, &gotten);
        let place = Box::new(MemPlace::default());
        let disk = Arc::new(self.disk.clone());
        let (_, pinned, report) = Engine::open(disk, place, self.keys.clone(), tuning()).unwrap();
        assert_eq!(report.findings, Default::default(), "no damage is seen where there is none");
        let mut rows = Truth::new();
        let take = |rows: &mut Vec<_>, key, value: &[u8]| rows.push((key, value.to_vec()));
        for (key, value) in pinned.gather(take).unwrap().0.into_iter().flatten() {
            assert_eq!(rows.insert(key, value), None);
        }
        let by_name = |(key, _): &(Key, Vec<u8>)| key.is_pinned() && key.is_in_engine();
        let expected: Truth = scanned.clone().into_iter().filter(by_name).collect();
        let (read_by_name, roster): (Truth, Truth) =
            rows.into_iter().partition(|(key, _)| key.is_in_engine());
        same("pinned records", &read_by_name, &expected);
        scanned.extend(roster);
        scanned
    }

    /// Every acknowledged commit is there, none is there by half.
    fn check(&mut self) {
        let found = self.found();
        let in_doubt = self.in_doubt.take();
        if in_doubt.as_ref() == Some(&found) {
            self.acknowledged = found;
        } else {
            same("what was acknowledged", &found, &self.acknowledged);
        }
    }
}

/// Histories; each is cut at every step.
fn cases() -> u32 {
    if super::fault_tests::full() { 300 } else { 12 }
}

#[test]
fn the_model_tears_within_a_write_keeps_later_ones_and_forgets_renames() {
    let (mut torn, mut out_of_order, mut forgotten) = (0, 0, 0);
    for seed in 0..200 {
        let disk = ModelDisk::default();
        let blob = disk.create("a").unwrap();
        blob.sync().unwrap();
        disk.sync_dir().unwrap();
        blob.write_at(&[1; 640], 0).unwrap();
        blob.write_at(&[2; 640], 640).unwrap();
        disk.rename("a", "b").unwrap();
        let after = disk.after_cut(&mut Dice(seed * 7919));
        let names = after.list("").unwrap();
        assert_eq!(names.len(), 1, "one name or the other: {names:?}");
        forgotten += usize::from(names[0] == "a");
        let mut bytes = vec![0; 1280];
        after.open(&names[0]).unwrap().read_at(&mut bytes, 0).unwrap();
        let whole = |part: &[u8]| part.iter().all(|&byte| byte != 0);
        let none = |part: &[u8]| part.iter().all(|&byte| byte == 0);
        let (first, second) = bytes.split_at(640);
        torn += usize::from(!whole(first) && !none(first));
        out_of_order += usize::from(none(first) && whole(second));
    }
    assert!(torn > 20 && out_of_order > 2 && forgotten > 50, "{torn}, {out_of_order}, {forgotten}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wherever_the_power_fails_what_was_acknowledged_is_there_and_nothing_is_there_by_half(
        deeds in prop::collection::vec(deed(), 4..24),
        seed in any::<u64>(),
    ) {
        let keys = DataKeys::ephemeral();
        let steps = {
            let mut station = Station::new(&keys);
            station.play_all(&deeds);
            station.check();
            station.disk.model().steps
        };
        for cut_at in 0..steps {
            let mut dice = Dice(seed ^ cut_at as u64);
            let mut station = Station::new(&keys);
            let made = station.disk.model().steps;
            station.disk.model().cut_at = Some(cut_at.max(made));
            station.play_all(&deeds);
            station.cut(&mut dice);
            station.check();
            // Life goes on, and the power fails again.
            let again = station.disk.model().steps + dice.below(30);
            station.disk.model().cut_at = Some(again);
            station.play_all(&deeds);
            station.cut(&mut dice);
            station.check();
        }
    }
}

#[test]
fn the_older_keys_go_when_all_is_sealed_anew_and_everything_opens_without_them() {
    for save in 0..=255u8 {
        let mut station = Station::new(&DataKeys::ephemeral());
        station.play_all(&a_day());
        station.play_all(&[Deed::Rotate, Deed::Reseal(vec![save, 8, 12]), Deed::Rotate, Deed::Retire(save)]);
        assert!(!station.keys.has_older(), "after {save}");
        station.check();
        station.cut(&mut Dice(u64::from(save)));
        station.check();
    }
}

#[test]
fn a_disk_that_is_nearly_full_is_left_to_those_who_save() {
    let mut station = Station::new(&DataKeys::ephemeral());
    station.play_all(&a_day());
    station.play_all(&[Deed::Snapshot, Deed::Rotate]);
    let room = station.engine().newest_snapshot().unwrap().bytes * 2;
    station.disk.model().room = Some(room);
    assert!(matches!(station.reseal(vec![]), Err(StoreError::Full)));
    station.play(&Deed::Commit(vec![8])).unwrap();
    station.disk.model().room = None;
    station.play_all(&[Deed::Retire(4)]);
    assert!(!station.keys.has_older());
    station.check();
}

#[test]
fn what_lags_behind_keeps_the_older_keys() {
    let mut station = Station::new(&DataKeys::ephemeral());
    station.play_all(&a_day());
    station.play_all(&[Deed::Apply, Deed::SyncEngine, Deed::Rotate]);
    while station.reseal(vec![]).unwrap() == Resealed::Again {}
    // No commit after the clean pass: the snapshot from before it is the older of the two, and stays.
    let before = station.engine().shed(&mut |_| ControlFlow::Continue(())).unwrap();
    station.play(&Deed::Commit(vec![4])).unwrap();
    let after = station.engine().shed(&mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((before, after), (false, true));
}

/// Ten visits written one after the other, with the housekeeping between them.
fn a_day() -> Vec<Deed> {
    let visit = |n: u8| Deed::Commit(vec![n * 4, n * 16 + 2]);
    let mut deeds: Vec<Deed> = (0..14).flat_map(|n| [visit(n), Deed::Prepare]).collect();
    deeds.insert(9, Deed::Snapshot);
    deeds.insert(17, Deed::Pin);
    deeds.insert(21, Deed::Import { rows: 12, cancelled: false });
    deeds
}
