//! What safety costs with 100,000 children: the way in, sealing, the doctor's look at every file and a whole mend.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use tonghu::office::{Answer, Door, Office, Request, Unwatched, demo};
use tonghu::platform::SystemClock;
use tonghu::vault::{DataKeys, KdfParams};

use crate::station::{self, Step, memory, millis};

/// A person signs in once: what one way in leaves to be done behind it would slow down the next.
const STEPS: &[Step] = &[
    ("make", make),
    ("way-in", way_in),
    ("way-in", way_in),
    ("way-in", way_in),
    ("doctor", doctor),
    ("mend", mend),
];

pub(crate) fn run() {
    if std::env::var_os("TONGHU_BENCH_STEP").is_none() {
        sealing();
    }
    station::in_steps("safety", STEPS);
}

fn sealing() {
    const ROUNDS: u32 = 50_000;
    let (keys, record) = (DataKeys::ephemeral().purpose("records"), vec![0x61; 1500]);
    let (mut sealed, mut plain) = (Vec::new(), Vec::new());
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        sealed.clear();
        keys.seal_into(&mut sealed, b"key and version", black_box(&record));
    }
    let seal = begun.elapsed();
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        keys.open_into(&mut plain, b"key and version", black_box(&sealed)).unwrap();
    }
    let open = begun.elapsed();
    let micros = |time: std::time::Duration| time.as_secs_f64() * 1e6 / f64::from(ROUNDS);
    println!("a record of 1.5 kB: sealed in {:.1} us, opened in {:.1} us", micros(seal), micros(open));
    let chosen = KdfParams::for_this_machine(|params| {
        let begun = Instant::now();
        params.try_once();
        println!(
            "argon2id {} MiB, {} passes: {:.0} ms",
            params.m_kib >> 10,
            params.t,
            millis(begun.elapsed())
        );
        begun.elapsed()
    });
    println!("chosen here: {} MiB, {} passes", chosen.m_kib >> 10, chosen.t);
}

fn make(dir: &Path) {
    let rows = super::search::rows();
    let mut fields = rows.iter().map(station::fields);
    let desk = demo(&dir.join("data"), Arc::new(SystemClock), &mut fields).unwrap();
    desk.ask(Request::Rest).unwrap();
}

/// The demo's derivation costs nothing: what is left is everything else.
fn way_in(dir: &Path) {
    let begun = Instant::now();
    let desk = station::sign_in(&dir.join("data")).unwrap();
    println!("unlock but for argon2id: {:.0} ms", millis(begun.elapsed()));
    drop(desk);
}

fn doctor(dir: &Path) {
    let door = Door::new(dir.join("data"), Arc::new(SystemClock));
    let begun = Instant::now();
    let checkup = door.examine(&Unwatched).unwrap();
    assert!(checkup.is_sound(), "{checkup:?}");
    println!("doctor without a key: {:.1} s; {}", begun.elapsed().as_secs_f64(), memory());
    let desk = station::sign_in(&dir.join("data")).unwrap();
    let begun = Instant::now();
    let Answer::Checkup(checkup) = desk.ask(Request::Examine).unwrap() else { return };
    assert!(checkup.is_sound() && checkup.opened, "{checkup:?}");
    println!("doctor, every record opened: {:.1} s; {}", begun.elapsed().as_secs_f64(), memory());
}

fn mend(dir: &Path) {
    std::fs::remove_dir_all(dir.join("data/sled")).unwrap();
    let begun = Instant::now();
    let checkup = Door::new(dir.join("data"), Arc::new(SystemClock)).mend(&Unwatched).unwrap();
    assert!(checkup.is_sound() && !checkup.mended.is_empty(), "{checkup:?}");
    println!("engine lost, mended, looked at again: {:.1} s; {}", begun.elapsed().as_secs_f64(), memory());
}
