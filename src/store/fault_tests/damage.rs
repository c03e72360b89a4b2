//! Every file of a store, damaged in every way: what was saved is there, or the store says which commits are lost.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

const SAVES: u64 = 60;

#[derive(Debug, Clone, Copy)]
enum Harm {
    /// One bit, so many thousandths into the file.
    Flip(u64),
    /// Cut to so many thousandths of its length.
    Cut(u64),
    /// Cut by so many bytes.
    CutOff(u64),
    /// Four KiB of zeros, so many thousandths into the file.
    Block(u64),
    Zeroed,
    Deleted,
    Directory,
    Garbage,
}

const FEW: &[Harm] = &[
    Harm::Flip(2),
    Harm::Flip(500),
    Harm::Cut(0),
    Harm::Cut(600),
    Harm::Block(300),
    Harm::Zeroed,
    Harm::Deleted,
    Harm::Directory,
    Harm::Garbage,
];

const MANY: &[Harm] = &[
    Harm::Flip(0),
    Harm::Flip(2),
    Harm::Flip(9),
    Harm::Flip(60),
    Harm::Flip(333),
    Harm::Flip(500),
    Harm::Flip(777),
    Harm::Flip(990),
    Harm::Flip(999),
    Harm::Cut(0),
    Harm::Cut(3),
    Harm::Cut(50),
    Harm::Cut(600),
    Harm::Cut(950),
    Harm::CutOff(1),
    Harm::CutOff(70),
    Harm::Block(0),
    Harm::Block(300),
    Harm::Block(700),
    Harm::Block(950),
    Harm::Zeroed,
    Harm::Deleted,
    Harm::Directory,
    Harm::Garbage,
];

impl Harm {
    /// Gives what then lies in the file's place, if it is worth keeping: neither nothing nor zeros.
    fn do_to(self, path: &Path) -> Option<Vec<u8>> {
        let mut bytes = fs::read(path).unwrap();
        let len = bytes.len();
        let part = |thousandths: u64| (len as u64 * thousandths / 1000).min(len as u64 - 1) as usize;
        match self {
            Harm::Flip(at) => bytes[part(at)] ^= 0x10,
            Harm::Cut(to) => bytes.truncate(part(to)),
            Harm::CutOff(by) => bytes.truncate(len.saturating_sub(by as usize)),
            Harm::Block(at) => {
                let at = part(at);
                bytes[at..len.min(at + 4096)].fill(0);
            }
            Harm::Zeroed => bytes.fill(0),
            Harm::Deleted | Harm::Directory => bytes.clear(),
            // Of the same length, and never the same twice.
            Harm::Garbage => (0..len).for_each(|at| bytes[at] = ((at * at) >> 3) as u8 | 1),
        }
        match self {
            Harm::Deleted => fs::remove_file(path).unwrap(),
            Harm::Directory => {
                fs::remove_file(path).unwrap();
                fs::create_dir(path).unwrap();
            }
            _ => fs::write(path, &bytes).unwrap(),
        }
        bytes.iter().any(|byte| *byte != 0).then_some(bytes)
    }
}

/// How the store was left.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Left {
    Closed,
    /// The last saves are in the journal only.
    Killed,
}

/// A store with every kind of file, and what was saved in it.
fn store(left: Left, keys: &DataKeys) -> (tempfile::TempDir, Truth) {
    let dir = tempfile::tempdir().unwrap();
    let (disk, place) = opening::on_disk(dir.path()).unwrap();
    opening::create(&*disk, b"the accounts").unwrap();
    let (engine, _, _) = open(disk, place, keys).unwrap();
    let mut truth = Truth::new();
    for n in 1..=SAVES {
        assert_eq!(engine.commit(save(n)).unwrap().0, n);
        write_down(&mut truth, n, save(n));
        engine.prepare_segments().unwrap();
        if [20, 40, 55].contains(&n) {
            engine.apply_pending();
            engine.sync_engine();
        }
        match n {
            20 | 40 => drop(engine.snapshot(&mut go_on).unwrap()),
            50 => engine.rewrite_roster().unwrap(),
            57 => drop(engine.apply_pending()),
            _ => {}
        }
    }
    if left == Left::Closed {
        engine.settle().unwrap();
        return (dir, truth);
    }
    let copied = tempfile::tempdir().unwrap();
    copy(dir.path(), copied.path());
    (copied, truth)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path)),
            path => found.push(path),
        }
    }
    found.sort();
    found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The files to damage, by what they are.
fn targets(dir: &Path, left: Left) -> Vec<(String, PathBuf)> {
    let all = files(dir);
    let starting = |start: &str| {
        let found = all.iter().filter(|path| name_of(path).starts_with(start) && path.parent() == Some(dir));
        found.cloned().collect::<Vec<_>>()
    };
    let (used, ready): (Vec<_>, Vec<_>) = starting("journal-")
        .into_iter()
        .partition(|path| fs::read(path).unwrap().iter().any(|&byte| byte != 0));
    assert!(used.len() >= 4 && ready.len() == 2, "{} used, {} prepared", used.len(), ready.len());
    let last = match left {
        Left::Closed => "the last of the journal",
        Left::Killed => "the last of the journal, after a kill",
    };
    let mut targets: Vec<(String, PathBuf)> = vec![
        ("the first of the journal".into(), used[0].clone()),
        ("the middle of the journal".into(), used[used.len() / 2].clone()),
        (last.into(), used[used.len() - 1].clone()),
        ("a prepared part of the journal".into(), ready[0].clone()),
    ];
    let snapshots = starting("snapshot-");
    assert_eq!(snapshots.len(), 2);
    targets.push(("the older snapshot".into(), snapshots[0].clone()));
    targets.push(("the newer snapshot".into(), snapshots[1].clone()));
    for name in ["roster", "store", "applied", "reached", "keyring", "keyring.copy"] {
        targets.push((name.into(), dir.join(name)));
    }
    for path in files(&dir.join("sled")) {
        targets.push((format!("sled's {}", name_of(&path).split('.').next().unwrap()), path));
    }
    targets
}

/// Whether a store says that it has lost a commit: as found now, or as it left word when it was found.
fn told(health: &Health, n: u64) -> bool {
    let word = |name: &String| -> Option<(u64, u64)> {
        let mut range = name.strip_suffix(".txt")?.split_once("lost-")?.1.split('-');
        Some((range.next()?.parse().ok()?, range.next()?.parse().ok()?))
    };
    let left = health.aside.iter().filter_map(word);
    health.findings.lost.iter().copied().chain(left).any(|(first, last)| (first..=last).contains(&n))
}

/// Opens and checks; what is wrong must be told. Then life goes on, and later starts tell it still.
fn story(what: &str, path: &Path, harm: Harm, dir: &Path, truth: &Truth, keys: &DataKeys) -> Vec<String> {
    let mut complaints = Vec::new();
    let journal = what.contains("journal");
    let kept = harm.do_to(path);
    let mut truth = truth.clone();
    // The last saves before a kill, in a part of the journal that is known to be in use: damage at their end cannot
    // be told from a save that was never finished. It takes both within the seconds until the engine is synced.
    let end = if what == "the last of the journal, after a kill" { [59, 60].as_slice() } else { &[] };
    let stages = ["at once", "at the next start", "after a save", "after a snapshot", "after two"];
    for (number, stage) in stages.into_iter().enumerate() {
        let mut say = |text: String| complaints.push(format!("{what}, {harm:?}, {stage}: {text}"));
        let seen = match open_dir(dir, keys).and_then(|opened| see(opened, &truth)) {
            Ok(seen) => seen,
            Err(error) => {
                say(format!("does not open: {error}"));
                return complaints;
            }
        };
        let (engine, seen) = seen;
        let wrong = seen.wrong(&truth);
        let silent: Vec<_> =
            wrong.values().filter(|n| !told(&seen.health, **n) && !end.contains(n)).collect();
        if !silent.is_empty() {
            say(format!("wrong without a word: commits {silent:?}; told {:?}", seen.health.findings.lost));
        }
        let whole = wrong.is_empty() && seen.health.findings.lost.is_empty();
        if !journal && !whole {
            say(format!("commits {wrong:?} are lost; told {:?}", seen.health.findings.lost));
        }
        if journal && wrong.len() > 30 {
            say(format!("one part of the journal is damaged and {} records are wrong", wrong.len()));
        }
        match number {
            0 => {
                if engine.settle().is_err() {
                    say("does not settle".into());
                }
                // The engine changes its own files, the note of progress is but a hint.
                let derived = what.starts_with("sled") || ["applied", "reached"].contains(&what);
                let there = |bytes: &Vec<u8>| files(dir).iter().any(|path| fs::read(path).unwrap() == *bytes);
                if kept.as_ref().is_some_and(|bytes| !derived && !there(bytes)) {
                    say("what was damaged is gone".into());
                }
            }
            1 => {
                let n = SAVES + 1;
                match engine.commit(save(n)) {
                    Ok(_) => write_down(&mut truth, n, save(n)),
                    Err(error) => say(format!("no save: {error}")),
                }
            }
            2 | 3 => {
                engine.apply_pending();
                engine.sync_engine();
                if let Err(error) = engine.snapshot(&mut go_on) {
                    say(format!("no snapshot: {error}"));
                }
            }
            _ => {}
        }
        drop(engine);
    }
    complaints
}

#[test]
fn whatever_is_damaged_what_was_saved_is_there_or_the_lost_commits_are_told() {
    let keys = DataKeys::ephemeral();
    let harms = if full() { MANY } else { FEW };
    let mut jobs = Vec::new();
    for left in [Left::Closed, Left::Killed] {
        let (template, truth) = store(left, &keys);
        let template = Arc::new(template);
        let targets = targets(template.path(), left);
        let all: Vec<_> =
            targets.iter().flat_map(|target| harms.iter().map(move |harm| (target, *harm))).collect();
        for (nth, ((what, path), harm)) in all.into_iter().enumerate() {
            // The short form takes turns.
            if full() || (nth % 2 == 0) == (left == Left::Killed) {
                let inside = path.strip_prefix(template.path()).unwrap().to_owned();
                jobs.push((template.clone(), truth.clone(), left, what.clone(), inside, harm));
            }
        }
    }
    let complaints = in_parallel(&jobs, |(template, truth, left, what, inside, harm)| {
        let dir = tempfile::tempdir().unwrap();
        copy(template.path(), dir.path());
        let mut said = story(what, &dir.path().join(inside), *harm, dir.path(), truth, &keys);
        said.iter_mut().for_each(|line| line.insert_str(0, &format!("{left:?}: ")));
        said
    });
    assert!(
        complaints.is_empty(),
        "{} of {} cases:\n{}",
        complaints.len(),
        jobs.len(),
        complaints.join("\n")
    );
}
