//! A process that kills itself at each point at which it asks something of the disk, and the store it leaves.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use super::fate::{Fate, FatedDisk, FatedPlace, When};
use super::*;

const DIR: &str = "TONGHU_FAULT_DIR";
const AT: &str = "TONGHU_FAULT_AT";
const WHEN: &str = "TONGHU_FAULT_WHEN";
const CHILD: &str = "store::fault_tests::killed::the_child_that_is_killed";
const DEEDS: u64 = 26;
const WHENS: [When; 3] = [When::Before, When::Within, When::After];

fn deed(n: u64) -> Vec<Op> {
    if n == 12 { import(n) } else { save(n) }
}

/// The truth after so many deeds.
fn truth(deeds: u64) -> Truth {
    let mut truth = Truth::new();
    (1..=deeds).for_each(|n| write_down(&mut truth, n, deed(n)));
    truth
}

fn tell(what: &str, n: u64) {
    let mut out = io::stdout().lock();
    writeln!(out, "\n{what} {n}").unwrap();
    out.flush().unwrap();
}

#[test]
#[ignore = "is started by the tests beside it"]
fn the_child_that_is_killed() {
    let Some(dir) = std::env::var_os(DIR) else { return };
    let word = |name| std::env::var(name).unwrap();
    let when = WHENS.into_iter().find(|when| format!("{when:?}") == word(WHEN)).unwrap();
    let fate = Arc::new(Fate::kill(word(AT).parse().unwrap(), when));
    let keys = DataKeys::of_one_byte(7);
    let fatal = || {
        let (disk, place) = opening::on_disk(Path::new(&dir)).unwrap();
        let disk: Arc<dyn Disk> = Arc::new(FatedDisk(disk, fate.clone()));
        (disk, Box::new(FatedPlace(place, fate.clone())))
    };
    let start = || {
        let (disk, place) = fatal();
        open(disk, place, &keys).unwrap().0
    };
    opening::create(&*fatal().0, b"the accounts").unwrap();
    let mut engine = start();
    tell("saved", 0);
    for n in 1..=DEEDS {
        if n == 12 {
            engine.commit_bulk(&mut deed(n).into_iter(), &mut go_on).unwrap();
        } else {
            engine.commit(deed(n)).unwrap();
        }
        tell("saved", n);
        engine.prepare_segments().unwrap();
        if n % 3 == 0 {
            engine.apply_pending();
        }
        if n % 6 == 0 {
            engine.sync_engine();
        }
        match n {
            7 | 14 | 21 => drop(engine.snapshot(&mut go_on).unwrap()),
            5 | 16 | 23 => engine.rewrite_roster().unwrap(),
            // As at the next day's start: the engine is let go before another takes its files.
            18 => {
                drop(engine);
                engine = start();
            }
            _ => {}
        }
    }
    engine.settle().unwrap();
    tell("asked", fate.asked() as u64);
}

/// What the child said last of `what`; none if it never did.
fn play(dir: &Path, at: usize, when: When, what: &str) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", CHILD, "--ignored", "--nocapture", "--test-threads", "1"])
        .env(DIR, dir)
        .env(AT, at.to_string())
        .env(WHEN, format!("{when:?}"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap()).lines();
    let numbers =
        said.map_while(io::Result::ok).filter_map(|line| line.strip_prefix(what)?.trim().parse().ok());
    let last = numbers.last();
    child.wait().unwrap();
    last
}

/// Opens what the killed process left: all that it said was saved is there, and nothing by half.
fn found(dir: &Path, saved: Option<u64>) -> std::result::Result<(), String> {
    let keys = DataKeys::of_one_byte(7);
    let opened = match open_dir(dir, &keys) {
        // Killed while it was founded: it can be founded again.
        Err(StoreError::NotAStore) if saved.is_none() => {
            let (disk, _) = opening::on_disk(dir).map_err(|error| error.to_string())?;
            return opening::create(&*disk, b"the accounts").map_err(|error| error.to_string());
        }
        other => other.map_err(|error| format!("does not open: {error}"))?,
    };
    let report = opened.2.clone();
    let saved = saved.unwrap_or(0);
    let next = truth(saved + 1);
    let (engine, seen) = see(opened, &next).map_err(|error| error.to_string())?;
    if !seen.health.findings.lost.is_empty() || !report.findings.lost.is_empty() {
        return Err(format!("damage is told where there is none: {:?}", seen.health.findings));
    }
    let with_one_more = seen.wrong(&next).is_empty();
    if !with_one_more && !seen.wrong(&truth(saved)).is_empty() {
        return Err(format!("after {saved} saves: {:?} is wrong", seen.wrong(&next)));
    }
    let mut truth = truth(if with_one_more { saved + 1 } else { saved });
    engine.commit(save(99)).map_err(|error| format!("no save: {error}"))?;
    write_down(&mut truth, 99, save(99));
    drop(engine);
    let opened = open_dir(dir, &keys).map_err(|error| format!("does not open again: {error}"))?;
    let (_, seen) = see(opened, &truth).map_err(|error| error.to_string())?;
    let wrong = seen.wrong(&truth);
    if wrong.is_empty() { Ok(()) } else { Err(format!("a day later {wrong:?} is wrong")) }
}

#[test]
fn killed_at_any_point_of_its_work_with_the_disk_everything_that_was_said_to_be_saved_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let asked =
        play(dir.path(), usize::MAX, When::Before, "asked ").expect("the child plays to its end") as usize;
    found(dir.path(), Some(DEEDS)).unwrap();
    assert!(asked > 200, "{asked} points");
    let points: Vec<(usize, When)> = match full() {
        true => (0..asked).flat_map(|at| WHENS.map(|when| (at, when))).collect(),
        false => (0..asked).step_by(asked.div_ceil(48)).zip(WHENS.into_iter().cycle()).collect(),
    };
    let complaints = in_parallel(&points, |(at, when)| {
        let dir = tempfile::tempdir().unwrap();
        let saved = play(dir.path(), *at, *when, "saved ");
        found(dir.path(), saved)
            .err()
            .map(|error| format!("{when:?} point {at}: {error}"))
            .into_iter()
            .collect()
    });
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), points.len(), complaints.join("\n"));
}
