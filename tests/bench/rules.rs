//! What the rules say of 100,000 children: all of them anew, and what a day changes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tonghu::exchange::demo;
use tonghu::office::{
    Agenda, Answer, DEMO_LOGIN, DEMO_PASSPHRASE, Desk, Door, Office, Request, Scope, Watch, invented,
};
use tonghu::platform::clock::StillClock;
use tonghu::vault::Passphrase;

use crate::station::{self, Step, memory, millis};

const STEPS: &[Step] = &[("make", make), ("anew", anew), ("days", days), ("start", start)];
const CHILDREN: usize = 100_000;

pub(crate) fn run() {
    station::in_steps("rules", STEPS);
}

fn clock() -> Arc<StillClock> {
    Arc::new(StillClock::at("2026-03-02T08:30:00".parse().unwrap()))
}

fn make(dir: &Path) {
    let clock = clock();
    let door = Door::new(dir.to_owned(), clock);
    let today = "2026-03-02".parse().unwrap();
    let begun = Instant::now();
    let desk =
        invented(&door, demo::station(), demo::STAFF, |workers| demo::files(7, CHILDREN, today, workers));
    let Ok(desk) = desk else { return println!("no station") };
    let _ = desk.ask(Request::Rest);
    println!("{CHILDREN} children with their files: {:.1} s", begun.elapsed().as_secs_f64());
}

/// How many children there were to look at.
#[derive(Default)]
struct Counted(AtomicU64);

impl Watch for Counted {
    fn progress(&self, _: u64, total: Option<u64>) -> bool {
        self.0.fetch_max(total.unwrap_or(0), Ordering::Relaxed);
        true
    }
}

/// Also for the snapshot that a look at many waits for.
fn follow(desk: &Desk) -> u64 {
    let counted = Counted::default();
    loop {
        let _ = desk.ask_watched(Request::FollowRules, &counted);
        if !agenda(desk).pending {
            return counted.0.into_inner();
        }
        let _ = desk.ask(Request::Rest);
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn enter(dir: &Path, clock: Arc<StillClock>) -> Option<Arc<Desk>> {
    let door = Door::new(dir.to_owned(), clock);
    door.unlock(DEMO_LOGIN, &Passphrase::typed(DEMO_PASSPHRASE)).ok()
}

fn agenda(desk: &Desk) -> Agenda {
    match desk.ask(Request::Agenda(Scope::Station)) {
        Ok(Answer::Agenda(agenda)) => agenda,
        _ => Agenda::default(),
    }
}

fn anew(dir: &Path) {
    let _ = std::fs::remove_file(dir.join("rules"));
    let Some(desk) = enter(dir, clock()) else { return println!("no way in") };
    let (begun, before) = (Instant::now(), memory());
    let looked = follow(&desk);
    let taken = begun.elapsed().as_secs_f64();
    let (found, pending) = (agenda(&desk).totals.pressing, agenda(&desk).pending);
    println!(
        "all {looked} anew: {taken:.2} s, {found} to act on, complete: {}; {before} before, {} after",
        !pending,
        memory()
    );
}

fn days(dir: &Path) {
    let clock = clock();
    let Some(desk) = enter(dir, clock.clone()) else { return println!("no way in") };
    follow(&desk);
    for _ in 0..5 {
        clock.advance_days(1);
        let begun = Instant::now();
        let looked = follow(&desk);
        println!("a day later, {looked} children: {:.0} ms, {}", millis(begun.elapsed()), memory());
    }
    let begun = Instant::now();
    let pressing = agenda(&desk).totals.pressing;
    println!("the agenda with {pressing} to act on: {:.1} ms", millis(begun.elapsed()));
    let begun = Instant::now();
    let _ = desk.ask(Request::Queue);
    println!("the queue: {:.1} ms", millis(begun.elapsed()));
}

fn start(dir: &Path) {
    let clock = clock();
    clock.advance_days(5);
    let begun = Instant::now();
    let Some(desk) = enter(dir, clock) else { return println!("no way in") };
    let opened = begun.elapsed();
    let _ = agenda(&desk);
    let first = begun.elapsed();
    let looked = follow(&desk);
    println!(
        "the next start: open after {:.0} ms, agenda after {:.0} ms, known after {:.0} ms with {looked} to look at, {}",
        millis(opened),
        millis(first),
        millis(begun.elapsed()),
        memory()
    );
}
