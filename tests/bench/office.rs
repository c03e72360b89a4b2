//! The office with 100,000 children: import, first screen, memory, a save against one raw fdatasync in the same loop.

use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tonghu::domain::forms::contact;
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Value};
use tonghu::office::{
    Answer, Cases, Desk, Filter, Office, Query, Request, Save, SaveRecord, Scope, Sort, Unwatched, demo,
};
use tonghu::platform::SystemClock;
use uuid::Uuid;

use crate::station::{self, Step, memory, millis, sign_in};

const STEPS: &[Step] = &[("import", import), ("open", open), ("save", save)];
const SAVES: usize = 300;
/// Bytes that such a save adds to the journal.
const FRAME: usize = 3600;

pub(crate) fn run() {
    station::in_steps("office", STEPS);
}

fn import(dir: &Path) {
    let children = super::search::rows();
    let Ok(desk) = demo(dir, Arc::new(SystemClock), std::iter::empty()) else { return };
    let mut rows = children.iter().map(station::fields);
    let begun = Instant::now();
    let done = desk.import(&mut rows, &Unwatched);
    println!(
        "import: {:?} in {:.2} s, {}",
        done.map(|done| done.children),
        begun.elapsed().as_secs_f64(),
        memory()
    );
    let begun = Instant::now();
    drop(desk);
    println!("closing after it: {:.2} s", begun.elapsed().as_secs_f64());
}

fn open(dir: &Path) {
    for _ in 0..3 {
        let begun = Instant::now();
        let Some(desk) = sign_in(dir) else { return println!("no way in") };
        let opened = begun.elapsed();
        let _ = desk.ask(Request::Agenda(Scope::Mine));
        let agenda = begun.elapsed();
        let _ = desk.ask(Request::Find { text: Query("wxm".into()), limit: 20 });
        let found = begun.elapsed();
        println!(
            "open: {:.0} ms, agenda after {:.0} ms, search after {:.0} ms, {}",
            millis(opened),
            millis(agenda),
            millis(found),
            memory()
        );
        for sort in [Sort::Due, Sort::Name, Sort::Village] {
            let begun = Instant::now();
            let _ = desk.ask(Request::Cases(Cases { sort, filter: Filter::default(), from: 0, count: 30 }));
            println!("  cases by {sort:?}: {:.0} ms", millis(begun.elapsed()));
        }
        for line in first(&desk, 20) {
            let _ = desk.ask(Request::File(line));
        }
        println!("  after 20 files: {}", memory());
    }
}

fn first(desk: &Desk, count: usize) -> Vec<ChildId> {
    let cases = Cases { sort: Sort::Due, filter: Filter::default(), from: 0, count };
    match desk.ask(Request::Cases(cases)) {
        Ok(Answer::Cases(page)) => page.rows.into_iter().map(|row| row.child).collect(),
        _ => vec![],
    }
}

fn save(dir: &Path) {
    let Some(desk) = sign_in(dir) else { return };
    let Ok(mut raw) = std::fs::File::create(dir.join("raw.tmp")) else { return };
    let _ = raw.write_all(&vec![0; 1 << 20]).and_then(|()| raw.sync_all());
    let children = first(&desk, 50);
    // What is made ready behind the first screen takes a core from the first saves; a person is not as quick.
    let _ = desk.ask(Request::Find { text: Query("wxm".into()), limit: 20 });
    std::thread::sleep(Duration::from_secs(1));
    let frame = vec![7; FRAME];
    let (mut saves, mut syncs) = (vec![], vec![]);
    for n in 0..SAVES {
        let fields = Fields::default()
            .with(contact::KIND, Value::Choice("visit".into()))
            .with(contact::ON, chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default())
            .with(contact::SEEN, "今天去了家里，孩子和奶奶在一起，身体很好，下周再来。".repeat(8).as_str());
        let child = children[n % children.len()];
        let at = RecordRef::of(RecordKind::Contact, child.0, Uuid::nil());
        // Whoever writes into a file has opened it.
        let _ = desk.ask(Request::File(child));
        let begun = Instant::now();
        let saved = desk
            .ask(Request::Save(Save { records: vec![SaveRecord { at, base: None, fields }], draft: None }));
        saves.push(begun.elapsed());
        if let Err(refusal) = saved {
            return println!("{refusal:?}");
        }
        // After as much other work as before a save: a disk that has just synced is quicker to do it again.
        let _ = desk.ask(Request::File(children[(n + 1) % children.len()]));
        let begun = Instant::now();
        let _ = raw.write_all_at(&frame, (n * FRAME) as u64 % (1 << 20)).and_then(|()| raw.sync_data());
        syncs.push(begun.elapsed());
    }
    saves.sort();
    syncs.sort();
    let (save, sync) = (saves[SAVES / 2], syncs[SAVES / 2]);
    println!(
        "a save of a visit: p50 {:.2} ms, p99 {:.2} ms; one fdatasync: p50 {:.2} ms; ratio {:.2}, {}",
        millis(save),
        millis(saves[SAVES * 99 / 100]),
        millis(sync),
        save.as_secs_f64() / sync.as_secs_f64(),
        memory()
    );
    let _ = std::fs::remove_file(dir.join("raw.tmp"));
    let begun = Instant::now();
    let _ = desk.ask_watched(Request::Backup { to: dir.join("backup") }, &Unwatched);
    println!("backup: {:.2} s, {}", begun.elapsed().as_secs_f64(), memory());
}
