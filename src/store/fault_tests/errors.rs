//! A disk that refuses: what it says no to is told, and what was saved before stays.

use super::fate::{Fate, FatedDisk, FatedPlace, What};
use super::*;

const SAVES: u64 = 30;

/// A store in a directory, on a disk that will refuse.
struct Station {
    dir: tempfile::TempDir,
    keys: DataKeys,
    fate: Arc<Fate>,
}

impl Station {
    fn new(fate: Fate) -> Station {
        let station =
            Station { dir: tempfile::tempdir().unwrap(), keys: DataKeys::ephemeral(), fate: Arc::new(fate) };
        let (disk, _) = opening::on_disk(station.dir.path()).unwrap();
        opening::create(&*disk, b"the accounts").unwrap();
        station
    }

    fn open(&self) -> Result<Open> {
        let (disk, place) = opening::on_disk(self.dir.path())?;
        let disk = Arc::new(FatedDisk(disk, self.fate.clone()));
        open(disk, Box::new(FatedPlace(place, self.fate.clone())), &self.keys)
    }

    /// A day's work with all its housekeeping. Gives what was saved, and what it is with one of the saves that failed
    /// since: half of its work may be done, and nobody knows before the next start.
    fn work(&self, engine: &Engine) -> (Truth, Vec<Truth>) {
        let (mut truth, mut in_doubt) = (Truth::new(), vec![]);
        for n in 1..=SAVES {
            let mut after = truth.clone();
            write_down(&mut after, n, save(n));
            match engine.commit(save(n)) {
                Ok(_) => (truth, in_doubt) = (after, vec![]),
                Err(error) => {
                    assert!(matches!(error, StoreError::Io { .. }), "{error}");
                    in_doubt.push(after);
                }
            }
            // Each may fail: it is tried again, and the journal has what it would have kept.
            let _ = engine.prepare_segments();
            if n % 4 == 0 {
                engine.apply_pending();
                engine.sync_engine();
            }
            match n {
                9 | 18 => drop(engine.snapshot(&mut go_on)),
                6 | 21 => drop(engine.rewrite_roster()),
                _ => {}
            }
        }
        (truth, in_doubt)
    }
}

fn is(truth: &Truth, seen: &Seen) -> bool {
    seen.wrong(truth).is_empty()
}

#[test]
fn a_disk_that_refuses_a_write_or_a_sync_loses_nothing_that_was_said_to_be_saved() {
    let asked = {
        let station = Station::new(Fate::new(usize::MAX, What::RefuseChange { ever_after: false }));
        let (engine, ..) = station.open().unwrap();
        let (truth, in_doubt) = station.work(&engine);
        assert!(truth.len() > 30 && in_doubt.is_empty());
        station.fate.asked()
    };
    let step = if full() { 1 } else { asked.div_ceil(40) };
    let points: Vec<(usize, bool)> =
        (0..asked).step_by(step).flat_map(|at| [(at, false), (at, true)]).collect();
    let complaints = in_parallel(&points, |&(at, ever_after)| {
        let station = Station::new(Fate::new(at, What::RefuseChange { ever_after }));
        let mut complaints = Vec::new();
        let mut say =
            |text: String| complaints.push(format!("change {at} refused, for good {ever_after}: {text}"));
        let mut outcome = (Truth::new(), vec![]);
        if let Ok((engine, ..)) = station.open() {
            outcome = station.work(&engine);
        }
        let (truth, in_doubt) = outcome;
        match open_dir(station.dir.path(), &station.keys).and_then(|opened| see(opened, &truth)) {
            Err(error) => say(format!("does not open: {error}")),
            Ok((_, seen)) => {
                if !is(&truth, &seen) && !in_doubt.iter().any(|next| is(next, &seen)) {
                    say(format!("{:?} is wrong", seen.wrong(&truth)));
                }
                if !seen.health.findings.lost.is_empty() {
                    say(format!("damage where there is none: {:?}", seen.health.findings));
                }
            }
        }
        complaints
    });
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), points.len(), complaints.join("\n"));
}

#[test]
fn a_disk_that_refuses_to_read_is_told_of_and_nothing_wrong_is_shown_in_its_place() {
    let reads = {
        let station = Station::new(Fate::new(usize::MAX, What::RefuseRead { ever_after: false }));
        let (engine, ..) = station.open().unwrap();
        let (truth, _) = station.work(&engine);
        drop(engine);
        let before = station.fate.read();
        see(station.open().unwrap(), &truth).unwrap();
        station.fate.read() - before
    };
    let step = if full() { 1 } else { reads.div_ceil(30) };
    let points: Vec<(usize, bool)> =
        (0..reads).step_by(step).flat_map(|at| [(at, false), (at, true)]).collect();
    assert!(points.len() > 20, "{reads} reads");
    let complaints = in_parallel(&points, |&(at, ever_after)| {
        let mut station = Station::new(Fate::new(usize::MAX, What::RefuseRead { ever_after }));
        let mut complaints = Vec::new();
        let mut say =
            |text: String| complaints.push(format!("read {at} refused, for good {ever_after}: {text}"));
        let (engine, ..) = station.open().unwrap();
        let (truth, _) = station.work(&engine);
        drop(engine);
        station.fate = Arc::new(Fate::new(at, What::RefuseRead { ever_after }));
        // An error is an answer.
        if let Ok((_, seen)) = station.open().and_then(|opened| see(opened, &truth))
            && !is(&truth, &seen)
        {
            say(format!("{:?} is wrong without a word", seen.wrong(&truth)));
        }
        match open_dir(station.dir.path(), &station.keys).and_then(|opened| see(opened, &truth)) {
            Err(error) => say(format!("does not open when the disk is well again: {error}")),
            Ok((_, seen)) if !is(&truth, &seen) => say(format!("{:?} is lost", seen.wrong(&truth))),
            Ok(_) => {}
        }
        complaints
    });
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), points.len(), complaints.join("\n"));
}
