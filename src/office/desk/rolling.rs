//! What the rules say of every child, kept up to date: lists know it without opening a file.
//!
//! - *A save* asks the rules about the child that it changes, from the records it has read anyway, and once: what
//!   opens and ends tasks is the same look.
//! - *A day* changes only the children whose day of change has come ([`Look::changes`]). A thread of its own looks at
//!   them from the store, at the start and when the day changes, and gives way to whoever works.
//! - *Other rules* make all of it void: the thread looks at everybody again.
//! - *Kept* it is in a sealed file `rules` (`kept.rs`), which can be made again: lost, damaged or of other rules,
//!   everybody is looked at again. What was saved since it was written, the journal says.
//!
//! [`Look::changes`]: crate::practice::Look::changes

mod kept;
mod sweep;

use super::Files;
use super::papers::{self, Holds, Papers};
use super::work::Work;
use crate::domain::{Change, ChildId, Record, RecordKind};
use crate::office::pressing::Packed;
use crate::office::rules::Practice;
use crate::office::{Refusal, Watch, keep};
use crate::platform::memory;
use crate::practice::flags::FlagRule;
use chrono::{Datelike, NaiveDate};
use std::borrow::Borrow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use uuid::Uuid;

/// Children of a household who are looked at before a save is over; of more, the thread looks at the rest.
const AT_ONCE: usize = 8;
/// Children between two looks at whether to stop, and two times that what was found is shown.
const BATCH: usize = 512;
/// After each batch, so that a save or a question does not wait for a core or the disk.
const PAUSE: Duration = Duration::from_millis(1);
/// For so many, the records come from a snapshot: the engine would fill the memory.
const MANY: usize = 2_000;
/// A look at many that waits for a snapshot tries again as often.
const FOR_SNAPSHOT: Duration = Duration::from_secs(30);
/// So often whoever follows looks whether to stop, while nothing is told.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Default)]
pub(super) struct Rolling {
    state: Mutex<State>,
    changed: Condvar,
    /// Held by who writes the file.
    keeping: Mutex<()>,
    stopping: AtomicBool,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct State {
    /// There is something to do for the thread.
    due: bool,
    /// The thread is at it.
    running: bool,
    /// The day of the last pass.
    day: Option<NaiveDate>,
    /// It left nobody out, and nobody is to be looked at since.
    whole: bool,
    /// Children looked at, and all that are to be.
    progress: (u64, u64),
}

/// How a pass over those who are due ended.
enum Passed {
    /// So many were looked at.
    All(usize),
    /// There is no snapshot to read so many from.
    Later,
    Stopped,
}

impl Rolling {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Ends the thread; what it has not done the next start does.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        drop(self.state());
        self.changed.notify_all();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }

    /// Somebody is to be looked at.
    pub(super) fn wake(&self) {
        let mut state = self.state();
        (state.due, state.whole) = (true, false);
        drop(state);
        self.changed.notify_all();
    }

    /// Gives way for a moment; `false`: it is to stop.
    fn pause(&self) -> bool {
        let waited = self.changed.wait_timeout_while(self.state(), PAUSE, |_| !self.is_stopping());
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        !self.is_stopping()
    }
}

impl Files {
    pub(super) fn start_rolling(self: &Arc<Files>) {
        self.rolling.state().running = true;
        let mine = self.clone();
        let thread = std::thread::Builder::new().name("rules".into()).spawn(move || mine.roll());
        // Without a thread lists know what was saved since the start.
        if thread.is_err() {
            self.rolling.stopping.store(true, Ordering::Relaxed);
        }
        *self.rolling.thread.lock().unwrap_or_else(PoisonError::into_inner) = thread.ok();
    }

    /// Whether lists hold what the rules say today of everybody. Where they do not, it has begun.
    pub(super) fn is_rolled(&self) -> bool {
        let today = self.today();
        let mut state = self.rolling.state();
        let rolled = state.whole && state.day == Some(today);
        if !rolled && !state.running && !state.due {
            state.due = true;
            self.rolling.changed.notify_all();
        }
        rolled
    }

    /// Waits until the thread has nothing to do, or nothing that it can.
    pub(super) fn follow_rules(&self, watch: &dyn Watch) -> Result<(), Refusal> {
        let rolling = &self.rolling;
        while !self.is_rolled() && !rolling.is_stopping() {
            let mut state = rolling.state();
            while (state.running || state.due) && !rolling.is_stopping() {
                let (done, total) = state.progress;
                drop(state);
                if !watch.progress(done, (total > 0).then_some(total)) {
                    return Err(Refusal::Stopped);
                }
                let waited = rolling.changed.wait_timeout(rolling.state(), LOOK);
                state = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
            // It was the pass of this day, and it is waiting for a snapshot.
            if state.day == Some(self.today()) {
                break;
            }
        }
        Ok(())
    }

    fn roll(&self) {
        let rolling = &self.rolling;
        self.finder.built();
        self.take_kept();
        while !rolling.is_stopping() {
            let today = self.today();
            let mut state = rolling.state();
            (state.due, state.running, state.progress) = (false, true, (0, 0));
            // A clock that was set back: what holds later says nothing of today.
            let back = state.day.is_some_and(|day| today < day);
            drop(state);
            if back {
                self.roster_mut().forget_pressing();
            }
            let passed = self.pass(today).unwrap_or_else(|refusal| {
                self.log.line(&format!("what the rules say of the children is not complete: {refusal}"));
                Passed::All(0)
            });
            let mut state = rolling.state();
            state.running = false;
            (state.day, state.whole) = (Some(today), matches!(passed, Passed::All(_)) && !state.due);
            drop(state);
            rolling.changed.notify_all();
            if let Passed::All(looked) = passed {
                self.put_away(looked, today);
            }
            let state = rolling.state();
            let asleep = |state: &mut State| !state.due && !rolling.is_stopping();
            if matches!(passed, Passed::Later) {
                let waited = rolling.changed.wait_timeout_while(state, FOR_SNAPSHOT, asleep);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            } else {
                drop(rolling.changed.wait_while(state, asleep).unwrap_or_else(PoisonError::into_inner));
            }
        }
        let mut state = rolling.state();
        (state.running, state.due) = (false, false);
        drop(state);
        rolling.changed.notify_all();
    }

    /// Asks the rules about everybody who is due, and keeps what they say.
    fn pass(&self, today: NaiveDate) -> Result<Passed, Refusal> {
        let day = today.num_days_from_ce();
        // Each commit of an import asks.
        if self.roster().many_due_for_rules(day, MANY) && self.store.awaits_snapshot() {
            return Ok(Passed::Later);
        }
        let mut due = self.roster().due_for_rules(day);
        if due.is_empty() {
            return Ok(Passed::All(0));
        }
        let total = due.len();
        self.rolling.state().progress = (0, total as u64);
        let mut failed = 0;
        let swept = self.sweep(&mut due, today, &mut failed)?;
        let whole = swept && self.look_one_by_one(&due, today, &mut failed);
        if failed > 0 {
            self.log.line(&format!("the rules could not be asked about {failed} children"));
        }
        Ok(if whole { Passed::All(total) } else { Passed::Stopped })
    }

    /// What nobody waits for.
    fn put_away(&self, looked: usize, today: NaiveDate) {
        if looked > BATCH {
            memory::give_back();
        }
        if looked > 0
            && let Err(refusal) = self.keep_rules(today)
        {
            self.log.line(&format!("what the rules say of the children was not kept: {refusal}"));
        }
    }

    /// `false`: it was stopped.
    fn look_one_by_one(&self, due: &[(ChildId, Packed)], today: NaiveDate, failed: &mut u64) -> bool {
        for batch in due.chunks(BATCH) {
            let practice = self.practice();
            let looked = batch.iter().map(|(child, before)| {
                let all = |kind, owner| keep::records(&self.store, kind, owner);
                (*child, *before, self.look_on(&practice, (*child, *before), today, all))
            });
            let looked: Vec<_> = looked.take_while(|_| !self.rolling.is_stopping()).collect();
            self.show_looked(looked, &practice, failed);
            if !self.rolling.pause() {
                return false;
            }
        }
        true
    }

    /// What other rules said meanwhile is passed over: these children are due again.
    fn show_looked(
        &self,
        mut looked: Vec<(ChildId, Packed, Result<Seen, Refusal>)>,
        by: &Arc<Practice>,
        failed: &mut u64,
    ) {
        let done = looked.len() as u64;
        // First: once it is shown nobody looks there any more for what began today.
        for (child, _, now) in &mut looked {
            if now.as_ref().is_ok_and(|now| now.begun) {
                match self.open_begun(*child) {
                    Ok(opened) if opened && !self.rolling.pause() => return,
                    Ok(_) => {}
                    Err(refusal) => *now = Err(refusal),
                }
            }
        }
        let mut roster = self.roster_mut();
        let looked = if self.are_in_force(by) { looked } else { vec![] };
        for (child, before, now) in looked {
            match now {
                Ok(now) => roster.press_from(child, before, now.said),
                Err(_) => *failed += 1,
            }
        }
        drop(roster);
        self.rolling.state().progress.0 += done;
        self.rolling.changed.notify_all();
    }

    /// What the rules say of a child, and of which it is known what they said before, on a day.
    fn look_on<R: Borrow<Record>>(
        &self,
        practice: &Practice,
        (child, before): (ChildId, Packed),
        today: NaiveDate,
        all: impl FnMut(RecordKind, Uuid) -> Result<Vec<R>, Refusal>,
    ) -> Result<Seen, Refusal> {
        let records = papers::read(child, all)?;
        let papers = Papers::of(records.iter().map(R::borrow)).ok_or(Refusal::NotFound)?;
        let asks = |rule: &FlagRule| practice.asks(&rule.id);
        let (said, is) = papers.look(practice, today, asks);
        let since = match before.get() {
            Some(before) => before.changes,
            None => self.unasked_after(records.iter().map(R::borrow)),
        };
        let eve = since.filter(|day| *day <= today && !is.is_empty()).and_then(|day| day.pred_opt());
        let was = eve.map(|eve| papers.look(practice, eve, asks).1);
        let is_new = |was: &[Holds]| is.iter().any(|one| !was.iter().any(|old| old.is_same(one)));
        Ok(Seen { said: said.into(), begun: was.is_some_and(|was| is_new(&was)) })
    }

    /// Asked with the roster held: other rules come into force before it forgets what these said.
    fn are_in_force(&self, practice: &Arc<Practice>) -> bool {
        Arc::ptr_eq(practice, &self.practice())
    }

    /// Other rules are in force from now on: everybody is looked at again.
    pub(super) fn take_rules(&self, practice: Practice) {
        let keeping = self.rolling.keeping.lock().unwrap_or_else(PoisonError::into_inner);
        let same = self.practice().digest() == practice.digest();
        *self.practice.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(practice);
        if !same {
            self.roster_mut().forget_pressing();
        }
        drop(keeping);
        // Also of the same rules a look may have been passed over just now.
        self.rolling.wake();
    }

    /// What the rules say of the children in whose files a work is, as they will be. Where they cannot be asked now, a
    /// save does not fail for it: the thread looks again.
    pub(super) fn look_at_work(&self, work: &Work, change: &Change, whose: &[Option<ChildId>]) -> Looked {
        let practice = self.practice();
        if !change.parts.iter().any(|part| papers::are_read(part.at.kind)) {
            return Looked { children: vec![], practice };
        }
        let today = self.today();
        let of = |(at, child): (usize, ChildId)| {
            let all = |kind, owner| work.all(kind, owner);
            let looked = work
                .seen(&practice, child)
                .or_else(|| (at < AT_ONCE).then(|| look(&practice, child, today, all)).and_then(Result::ok));
            (child, looked.unwrap_or(Packed::UNKNOWN))
        };
        let children = whose.iter().flatten().copied().enumerate().map(of).collect();
        Looked { children, practice }
    }

    /// Shows it, once it is saved.
    pub(super) fn show_rules(&self, looked: Looked) {
        let mut roster = self.roster_mut();
        let same = self.are_in_force(&looked.practice);
        let mut unknown = false;
        for (child, pressing) in looked.children {
            let pressing = if same { pressing } else { Packed::UNKNOWN };
            unknown |= !pressing.is_known();
            roster.press(child, pressing);
        }
        drop(roster);
        if unknown {
            self.rolling.wake();
        }
    }
}

/// What the rules say of a child on a day.
struct Seen {
    said: Packed,
    /// Something began by itself since they were last asked that opens work.
    begun: bool,
}

/// What the rules said of the children that a save changes.
pub(super) struct Looked {
    children: Vec<(ChildId, Packed)>,
    practice: Arc<Practice>,
}

/// What the rules say of a child whose records `all` finds, by kind and owner.
fn look<R: Borrow<Record>>(
    practice: &Practice,
    child: ChildId,
    today: NaiveDate,
    all: impl FnMut(RecordKind, Uuid) -> Result<Vec<R>, Refusal>,
) -> Result<Packed, Refusal> {
    let records = papers::read(child, all)?;
    let papers = Papers::of(records.iter().map(R::borrow)).ok_or(Refusal::NotFound)?;
    Ok(papers.look(practice, today, |_| false).0.into())
}
