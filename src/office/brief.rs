//! `due.brief`: how many follow-ups fall due on which day, in clear, so that a login script can say "3 overdue"
//! without anybody's passphrase and while another process holds the files. Counts only: no name, no id.
//!
//! A lost or old file misleads nobody for long: it is remade behind every change and at every start.

use super::roster::Roster;
use crate::platform::bell::Bell;
use crate::platform::log::Log;
use chrono::{Days, NaiveDate};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::{collections::BTreeMap, fs, io};

const FILE: &str = "due.brief";
/// A file of ours has a line a day; more is not ours.
const MOST: u64 = 4 << 20;
/// The last line: what lies behind it is of an older write.
const END: &str = "end\n";
const TRIES: usize = 5;

/// Open follow-ups by due date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub BTreeMap<NaiveDate, u32>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    pub overdue: u32,
    pub today: u32,
    /// Due in the six days after today.
    pub week: u32,
}

impl Counts {
    pub fn on(&self, today: NaiveDate) -> Brief {
        let end = today.checked_add_days(Days::new(6)).unwrap_or(today);
        let mut brief = Brief::default();
        for (day, count) in &self.0 {
            let slot = match day {
                day if *day < today => &mut brief.overdue,
                day if *day == today => &mut brief.today,
                day if *day <= end => &mut brief.week,
                _ => continue,
            };
            *slot = slot.saturating_add(*count);
        }
        brief
    }
}

/// Reads the counts of a data directory. `None`: no station there, or no counts yet.
pub fn read(dir: &Path) -> io::Result<Option<Counts>> {
    let path = dir.join(FILE);
    match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
        Ok(file) if file.len() > MOST => return Err(io::ErrorKind::InvalidData.into()),
        Ok(_) => {}
    }
    // It may be read in the middle of a write: then it is read again.
    let mut text = fs::read_to_string(&path)?;
    for _ in 0..TRIES {
        if text.find(END).is_some_and(|at| at + END.len() == text.len()) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
        text = fs::read_to_string(&path)?;
    }
    let text = text.strip_suffix(END).ok_or(io::ErrorKind::InvalidData)?;
    let line = |line: &str| {
        let (day, count) = line.split_once(' ')?;
        Some((day.parse().ok()?, count.parse().ok()?))
    };
    let counts: Option<BTreeMap<_, _>> = text.lines().map(line).collect();
    counts.map(|counts| Some(Counts(counts))).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Keeps the counts up to date on a thread of its own, so that no save waits for them.
pub(super) struct Teller {
    bell: Arc<Bell<Asked>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Asked {
    stop: bool,
}

impl Teller {
    pub(super) fn start(dir: PathBuf, log: Arc<Log>, roster: Arc<RwLock<Roster>>) -> Self {
        let bell = Arc::<Bell<Asked>>::default();
        let heard = bell.clone();
        let tell = move || {
            let mut last = String::new();
            let mut stop = false;
            while !stop {
                stop = heard.answer(None).is_some_and(|asked| asked.stop);
                let days = roster.read().unwrap_or_else(PoisonError::into_inner).days();
                let day = |(day, count)| Some((NaiveDate::from_num_days_from_ce_opt(day)?, count));
                let counts = Counts(days.into_iter().filter_map(day).collect());
                if write(&dir, &counts, &mut last).is_err() {
                    log.line("due.brief could not be written");
                }
            }
        };
        // Without a thread the counts are remade at the next start.
        let thread = thread::Builder::new().name("brief".into()).spawn(tell).ok();
        Self { bell, thread }
    }

    /// Something may be due on another day.
    pub(super) fn tell(&self) {
        self.bell.ring(|_| ());
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.bell.call(|asked| asked.stop = true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Writes the counts over those before, unless they are the same. Not synced and not renamed into place: they can
/// always be remade.
fn write(dir: &Path, counts: &Counts, last: &mut String) -> io::Result<()> {
    use std::fmt::Write;
    let mut text = String::new();
    for (day, count) in counts.0.iter().filter(|(_, count)| **count > 0) {
        let _ = writeln!(text, "{day} {count}");
    }
    text.push_str(END);
    if text == *last {
        return Ok(());
    }
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(dir.join(FILE))?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.set_len(text.len() as u64)?;
    *last = text;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_due_is_told_by_day_and_nothing_else_is_in_the_file() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()).unwrap(), None);
        let counts = Counts(
            [("2026-03-01", 2), ("2026-03-04", 1), ("2026-03-10", 3), ("2026-03-11", 9), ("2026-03-05", 0)]
                .map(|(on, count)| (day(on), count))
                .into(),
        );
        write(dir.path(), &counts, &mut String::new()).unwrap();
        let text = fs::read_to_string(dir.path().join(FILE)).unwrap();
        assert_eq!(text, "2026-03-01 2\n2026-03-04 1\n2026-03-10 3\n2026-03-11 9\nend\n");
        let brief = read(dir.path()).unwrap().unwrap().on(day("2026-03-04"));
        assert_eq!(brief, Brief { overdue: 2, today: 1, week: 3 });
    }

    #[test]
    fn a_file_that_is_not_ours_is_an_error_not_a_zero() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FILE), "hello").unwrap();
        assert!(read(dir.path()).is_err());
    }
}
