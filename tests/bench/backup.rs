//! Backups of 100,000 children: made, verified, tried and restored, each step in a process of its own.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use tonghu::office::{Answer, Office, Request, backups, demo};
use tonghu::platform::SystemClock;
use tonghu::store;

use crate::station::{self, fields, memory, sign_in};

const CHILDREN: usize = 100_000;
const BACKUP: &str = "stick/bench.backup";

pub(crate) fn run() {
    let steps: &[station::Step] = &[
        ("found", found),
        ("first", back_up),
        ("again", back_up),
        ("sealed", sealed),
        ("verify", verify),
        ("drill", drill),
        ("restore", restore),
        ("open", open),
    ];
    station::in_steps("backup", steps);
}

fn found(dir: &Path) {
    let rows = super::search::rows();
    let mut children = rows.iter().take(CHILDREN).map(fields);
    let desk = demo(&dir.join("data"), Arc::new(SystemClock), &mut children).unwrap();
    let _ = desk.ask(Request::Rest);
    std::fs::create_dir(dir.join("stick")).unwrap();
    println!("a station of {} children", rows.len().min(CHILDREN));
}

fn back_up(dir: &Path) {
    let desk = sign_in(&dir.join("data")).unwrap();
    // What runs behind the first screen has its time to finish: idle is what a backup adds to.
    std::thread::sleep(std::time::Duration::from_secs(10));
    println!("signed in, idle: {}", memory());
    let begun = Instant::now();
    let Ok(Answer::BackedUp(made)) = desk.ask(Request::Backup { to: dir.join(BACKUP) }) else {
        return println!("no backup was made");
    };
    let (megabytes, took) = (made.bytes as f64 / 1e6, begun.elapsed().as_secs_f64());
    println!("backup of {} records, {megabytes:.0} MB, opened: {took:.2} s, {}", made.records, memory());
}

fn sealed(dir: &Path) {
    std::fs::write(dir.join("data/backup.toml"), format!("to = {:?}\n", dir.join("stick"))).unwrap();
    let begun = Instant::now();
    let made = backups::make_due(&dir.join("data"), Arc::new(SystemClock), &tonghu::office::Unwatched);
    let took = begun.elapsed().as_secs_f64();
    println!("the daily one, without keys: {took:.2} s, {}: {:?}", memory(), made.map(|made| made.is_some()));
}

fn verify(dir: &Path) {
    let begun = Instant::now();
    let info = store::verify_backup(&dir.join(BACKUP), None, &mut |_| ControlFlow::Continue(())).unwrap();
    println!("verify {} records: {:.2} s, {}", info.rows, begun.elapsed().as_secs_f64(), memory());
}

fn drill(dir: &Path) {
    let begun = Instant::now();
    let scratch = dir.join("drill");
    let drilled = store::drill(&dir.join(BACKUP), &scratch, None, &mut |_| ControlFlow::Continue(()));
    let took = begun.elapsed().as_secs_f64();
    println!("drill: {took:.2} s, {}: {:?}", memory(), drilled.map(|info| info.rows));
}

fn restore(dir: &Path) {
    let begun = Instant::now();
    let into = dir.join("new");
    store::restore(&dir.join(BACKUP), &into, &mut |_| ControlFlow::Continue(())).unwrap();
    println!("restore: {:.2} s, {}", begun.elapsed().as_secs_f64(), memory());
}

fn open(dir: &Path) {
    let begun = Instant::now();
    let Some(desk) = sign_in(&dir.join("new")) else { return println!("what was restored does not open") };
    println!("first sign-in after it: {:.2} s", begun.elapsed().as_secs_f64());
    loop {
        let Ok(Answer::Health(health)) = desk.ask(Request::Health) else { return };
        let engine = health.lines.iter().find(|line| line.key == "health-engine");
        if engine.is_some_and(|line| line.value == "health-engine-open") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    println!("engine made anew: {:.2} s, {}", begun.elapsed().as_secs_f64(), memory());
}
