//! Killed while somebody writes: what the screen said was saved is there, and what was being typed is offered again.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use super::full;
use crate::station::{Home, PASSPHRASE};

/// A number that looks random and is the same each time.
fn dice(state: &mut u64, below: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % below
}

#[test]
fn killed_while_notes_are_written_those_said_to_be_saved_are_there_once_and_drafts_are_offered() {
    let home = Home::with_children_since(40, &["王小明"]);
    let cycles = if full() { 120 } else { 6 };
    let mut seed = 20_261_122;
    let mut saved: BTreeSet<String> = BTreeSet::new();
    let (mut in_doubt, mut drafts) = (BTreeSet::new(), 0);
    for cycle in 0..cycles {
        let note = format!("第{cycle}次家访记录");
        let mut pty = home.screens();
        pty.wait_for("口令");
        pty.type_text(PASSPHRASE).press("enter").wait_for("王小明");
        pty.settle();
        if pty.screen().contains("有没写完的内容") {
            drafts += 1;
            // Put off.
            pty.press("esc").wait_gone("有没写完的内容");
        }
        pty.press("/").wait_for("查找");
        pty.type_text("wxm").press("enter").wait_for("登记");
        pty.press("t").wait_for("写记事");
        pty.type_text("家访").press("tab tab").type_text(&note).wait_for(&note);
        match cycle % 3 {
            // While it is typed, at any moment of the next second and a half.
            0 => thread::sleep(Duration::from_millis(dice(&mut seed, 1500))),
            // While it is saved.
            1 => {
                pty.press("ctrl-s");
                thread::sleep(Duration::from_micros(dice(&mut seed, 30_000)));
            }
            // When it is said to be saved.
            _ => {
                pty.press("ctrl-s").wait_for("已保存");
                assert!(saved.insert(note.clone()));
            }
        }
        if !saved.contains(&note) {
            in_doubt.insert(note.clone());
        }
        pty.signal(Signal::KILL);
        pty.wait_exit();
        let shown = home.signed_in("show 王小明").done();
        for note in &saved {
            assert_eq!(shown.matches(note.as_str()).count(), 1, "cycle {cycle}: {note} was saved");
        }
        for note in &in_doubt {
            assert!(
                shown.matches(note.as_str()).count() <= 1,
                "cycle {cycle}: {note} is there once or not at all"
            );
        }
    }
    // In a few rounds on a busy machine every kill may come before a draft is due.
    assert!(saved.len() >= cycles / 3 && (drafts > 0 || !full()), "{} saved, {drafts} drafts", saved.len());
    let health = home.signed_in("doctor --json").json();
    assert!(health["checks"].as_array().unwrap().iter().all(|line| line["state"] != "bad"), "{health}");
}
