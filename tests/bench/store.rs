//! What keeping costs: a save against one raw `fdatasync` in the same loop, opening with 100,000 children, making
//! the engine again, and memory.

use std::fs::{self, File};
use std::io::Write;
use std::ops::ControlFlow;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

use tonghu::store::{self, EngineState, Key, Op, Store};
use tonghu::vault::{DataKeys, KdfParams, Keyring, NewAccount, Passphrase, RecoveryKey, Role};
use uuid::Uuid;

use crate::station::{self, Step, memory};

const CHILDREN: u128 = 100_000;
const RECORD: u8 = 1;
const ROW: u8 = 0x81;

const STEPS: &[Step] =
    &[("saves", saves), ("import", import), ("open", open), ("open", open), ("rebuild", rebuild)];

pub(crate) fn run() {
    station::in_steps("store", STEPS);
}

fn import(dir: &Path) {
    let store = new_store(&dir.join("store"));
    let ops = (0..CHILDREN).flat_map(|n| [op(RECORD, n, 1200), op(ROW, n, 150)]);
    let import = timed(|| store.commit_bulk(ops, &mut go_on).unwrap());
    println!("import of {CHILDREN} children in one commit: {import:.0?}, {}", memory());
    let settled = timed(|| settle(&store));
    println!("  settled (engine, roster file, snapshot) after {settled:.0?}, {}", memory());
    let snapshot = timed(|| store.snapshot(&mut go_on).unwrap());
    println!("  a snapshot: {snapshot:.0?}, {}", memory());
    store.close().unwrap();
}

fn rebuild(dir: &Path) {
    fs::remove_dir_all(dir.join("store/sled")).unwrap();
    open(dir);
}

fn open(dir: &Path) {
    let path = &dir.join("store");
    let keys = keys(path);
    let start = Instant::now();
    let opened = Store::open(path, keys).unwrap();
    let to_open = start.elapsed();
    let count = |(rows, bytes): &mut (usize, usize), _, value: &[u8]| {
        *rows += 1;
        *bytes += value.len();
    };
    let (parts, _) = opened.pinned.gather(count).unwrap();
    let (rows, bytes) = parts.into_iter().fold((0, 0), |all, part| (all.0 + part.0, all.1 + part.1));
    let to_pinned = start.elapsed();
    opened.store.get(key(RECORD, 77)).unwrap().unwrap();
    let to_first = start.elapsed();
    println!(
        "open: {to_open:.1?}; {rows} pinned rows ({bytes} bytes) by {to_pinned:.1?}; first record by {to_first:.1?}; {}",
        memory()
    );
    settle(&opened.store);
    println!("  engine ready by {:.0?}, {}", start.elapsed(), memory());
    let health = opened.store.health();
    println!("  engine {} MiB, journal {} MiB", health.engine_bytes >> 20, health.journal_bytes >> 20);
    opened.store.close().unwrap();
}

fn new_store(path: &Path) -> Store {
    let first = NewAccount {
        login: "bench".into(),
        role: Role::Lead,
        passphrase: Passphrase::typed("bench"),
        kdf: KdfParams::for_tests(),
    };
    let paper = RecoveryKey::generate().unwrap();
    let (keyring, unlocked) = Keyring::create(first, &paper).unwrap();
    Store::create(path, unlocked.keys.unwrap(), &keyring.to_bytes()).unwrap()
}

fn keys(path: &Path) -> DataKeys {
    let keyring = Keyring::from_bytes(&store::read_keyring(path).unwrap()).unwrap();
    keyring.unlock("bench", &Passphrase::typed("bench")).unwrap().keys.unwrap()
}

fn saves(dir: &Path) {
    let path = &dir.join("saves");
    let store = new_store(path);
    settle(&store);
    let raw = File::create(path.join("raw")).unwrap();
    (&raw).write_all(&vec![0; 4 << 20]).unwrap();
    raw.sync_all().unwrap();
    let block = vec![7; 1536];
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for n in 0..600u128 {
        theirs.push(timed(|| {
            raw.write_all_at(&block, (n as u64 % 2000) * 1536).unwrap();
            raw.sync_data().unwrap();
        }));
        ours.push(timed(|| store.commit(vec![op(RECORD, n, 1200), op(ROW, n, 150)]).unwrap()));
    }
    for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
        let (ours, theirs) = (percentile(&mut ours, share), percentile(&mut theirs, share));
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("save {name}: {ours:.0?}, one raw fdatasync {theirs:.0?}, ratio {ratio:.2}");
    }
}

/// Until the engine has everything and it is durable.
fn settle(store: &Store) {
    loop {
        store.sync_idle();
        let health = store.health();
        if health.engine == EngineState::Open && health.synced == health.last {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn key(kind: u8, child: u128) -> Key {
    Key {
        kind,
        owner: Uuid::from_u128(child.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)),
        id: Uuid::nil(),
    }
}

fn op(kind: u8, child: u128, len: usize) -> Op {
    Op { key: key(kind, child), value: Some(vec![child as u8; len]) }
}

fn go_on(_: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn percentile(times: &mut [Duration], share: f64) -> Duration {
    times.sort();
    times[(times.len() as f64 * share) as usize]
}
