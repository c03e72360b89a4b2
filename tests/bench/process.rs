//! The program as a whole, in a real terminal, with 1,000 and with 100,000 children: from the passphrase to the first
//! screen, memory in use, and how often it wakes while nobody touches it.

#[path = "../it/pty/harness.rs"]
#[expect(dead_code, reason = "the stories use more of it")]
mod harness;

use harness::Pty;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tonghu::office::{DEMO_PASSPHRASE, Office, Request, demo};
use tonghu::platform::SystemClock;

use crate::station;

const IDLE: Duration = Duration::from_secs(10);

pub(crate) fn run() {
    for children in [1_000, 100_000] {
        let Ok(home) = tempfile::tempdir_in(".") else { return };
        make(&home.path().join("data"), children);
        println!("-- {children} children, just imported");
        watch(home.path());
        println!("-- {children} children, the next day");
        watch(home.path());
    }
}

/// Founds and closes a station.
fn make(dir: &Path, children: usize) {
    let rows = super::search::rows();
    let mut fields = rows.iter().take(children).map(station::fields);
    match demo(dir, Arc::new(SystemClock), &mut fields) {
        Ok(desk) => {
            let _ = desk.ask(Request::Rest);
        }
        Err(error) => println!("no station: {error}"),
    }
}

fn watch(home: &Path) {
    let begun = Instant::now();
    let mut pty = Pty::spawn(env!("CARGO_BIN_EXE_tonghu"), &[], &Pty::environment(home), 80, 24);
    pty.wait_for("口令");
    println!("process start to the door: {:.0} ms", millis(begun));
    pty.type_text(DEMO_PASSPHRASE);
    pty.settle();
    let begun = Instant::now();
    pty.send("\r");
    pty.wait_for("全站");
    println!("Enter to Today, with one cheap key derivation: {:.0} ms", millis(begun));
    pty.settle();
    println!("on Today: {}", memory(&pty));
    pty.press("/");
    pty.type_text("wangxiaom");
    pty.settle();
    pty.press("enter");
    pty.settle();
    println!("after a search and an opened file: {}", memory(&pty));
    // What runs behind the first screen has its time to finish.
    std::thread::sleep(IDLE);
    println!("ten seconds later: {}", memory(&pty));
    let before = wakes(&pty);
    std::thread::sleep(IDLE);
    println!("wake-ups in {} idle seconds: {}", IDLE.as_secs(), wakes(&pty) - before);
    pty.press("ctrl-q");
    pty.wait_exit();
}

fn millis(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}

fn memory(pty: &Pty) -> String {
    let path = format!("/proc/{}/status", pty.pid().as_raw_nonzero());
    let status = std::fs::read_to_string(path).unwrap_or_default();
    let kept = status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
    kept.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
}

/// Context switches of all threads so far: each is a thread that woke.
fn wakes(pty: &Pty) -> u64 {
    let tasks = format!("/proc/{}/task", pty.pid().as_raw_nonzero());
    let threads = std::fs::read_dir(tasks).into_iter().flatten().flatten();
    threads
        .filter_map(|thread| std::fs::read_to_string(thread.path().join("status")).ok())
        .flat_map(|status| {
            status
                .lines()
                .filter(|line| line.starts_with("voluntary_ctxt"))
                .filter_map(|line| line.split_whitespace().last()?.parse::<u64>().ok())
                .collect::<Vec<_>>()
        })
        .sum()
}
