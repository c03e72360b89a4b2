//! A new data key, and sealing anew, in the background, what was written under the keys before.
//!
//! The keyring says whether there is something to do: while it holds keys of older epochs, every sign-in of somebody who
//! reads goes on with it. When nothing in the station's files is of an older epoch, their keys go.

use super::{Files, accounts};
use crate::office::audit::{Deed, Verb};
use crate::office::{HealthLine, Refusal, Watch};
use crate::store::Resealed;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// The first screen and the first keys come before it; and a command at the shell is over by then.
const AFTER_START: Duration = Duration::from_secs(4);
/// So often the files are looked at again if something old is still there after everything was sealed anew.
const TRIES: u32 = 3;
/// So often somebody who watches hears how far it is.
const STEPS: u64 = 200;

/// So often whoever watches looks whether to stop, while nothing is told.
const LOOK: Duration = Duration::from_millis(500);

#[derive(Default)]
pub(super) struct Resealer {
    state: Mutex<State>,
    changed: Condvar,
    stopping: AtomicBool,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct State {
    running: bool,
    /// Somebody asked for it, or waits.
    at_once: bool,
    /// Records under the newest key, and all; zeros until they are counted.
    progress: (u64, u64),
    failed: Option<Refusal>,
}

impl Resealer {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the thread; the next sign-in goes on.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        drop(self.state());
        self.changed.notify_all();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// A later pass counts from the start again: who watches sees the most that it was.
    fn tell(&self, (done, total): (u64, u64)) -> ControlFlow<()> {
        if total > 0 {
            let mut state = self.state();
            state.progress = (state.progress.0.max(done).min(total), total);
        }
        self.changed.notify_all();
        if self.is_stopping() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Files {
    /// Begins sealing anew, or goes on with it, where keys of older epochs are in use.
    pub(super) fn reseal(self: &Arc<Files>, at_once: bool) {
        if !self.unlocked().keys.is_some_and(|keys| keys.has_older()) {
            return;
        }
        let resealer = &self.resealer;
        let mut state = resealer.state();
        state.at_once |= at_once;
        if !state.running && !resealer.is_stopping() {
            state.progress = (0, 0);
            let mine = self.clone();
            let work = move || mine.run_resealing();
            let thread = std::thread::Builder::new().name("reseal".into()).spawn(work);
            state.running = thread.is_ok();
            state.failed = thread.as_ref().err().map(|error| Refusal::Store(error.to_string()));
            *resealer.thread.lock().unwrap_or_else(PoisonError::into_inner) = thread.ok();
        }
        drop(state);
        resealer.changed.notify_all();
    }

    /// Waits until everything is sealed anew and tells how far it is.
    pub(super) fn follow_resealing(&self, watch: &dyn Watch) -> Result<(), Refusal> {
        let resealer = &self.resealer;
        let mut state = resealer.state();
        while state.running {
            let seen = state.progress;
            drop(state);
            if !watch.progress(seen.0, (seen.1 > 0).then_some(seen.1)) {
                return Err(Refusal::Stopped);
            }
            // A slow line need not hear of each batch.
            let step = (seen.1 / STEPS).max(1);
            let same = |state: &mut State| {
                let (done, total) = state.progress;
                let grown = done >= seen.0 + step || (done == total && done > seen.0);
                state.running && total == seen.1 && !grown
            };
            // Now and then, so that who is told to stop hears of it.
            let waited = resealer.changed.wait_timeout_while(resealer.state(), LOOK, same);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.failed.clone().map_or(Ok(()), Err)
    }

    fn run_resealing(&self) {
        let resealer = &self.resealer;
        let early = |state: &mut State| !state.at_once && !resealer.is_stopping();
        let waited = resealer.changed.wait_timeout_while(resealer.state(), AFTER_START, early);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        let ended = self.reseal_all();
        match &ended {
            Ok(()) => self.log.line("everything is sealed under the newest data key"),
            Err(Refusal::Stopped) => {}
            Err(refusal) => self.log.line(&format!("sealing anew goes on at the next sign-in: {refusal}")),
        }
        let mut state = resealer.state();
        (state.running, state.failed) = (false, ended.err());
        drop(state);
        resealer.changed.notify_all();
    }

    fn reseal_all(&self) -> Result<(), Refusal> {
        let mut tries = 0;
        while let Some(keys) = self.unlocked().keys.filter(|keys| keys.has_older()) {
            if self.store.reseal(&mut |done, total| self.resealer.tell((done, total)))? == Resealed::Again {
                continue;
            }
            // The commit after which another snapshot is made.
            self.write_ledger(&mut self.ledger())?;
            if !self.store.shed(&mut |_| self.resealer.tell((0, 0)))? {
                tries += 1;
                if tries == TRIES {
                    return Err(Refusal::Store("something is still under an older data key".into()));
                }
                continue;
            }
            self.texts.begin_anew(&self.store).map_err(|fault| Refusal::Store(fault.to_string()))?;
            self.keep_rules(self.today())?;
            self.retire_keys(keys.epoch())?;
            // If another data key came meanwhile, it begins again.
            self.resealer.state().progress = (0, 0);
        }
        Ok(())
    }

    /// Drops the older keys, unless yet another epoch began meanwhile. The open store goes on holding them until
    /// everybody has left: somebody may be reading what was written under them.
    fn retire_keys(&self, epoch: u16) -> Result<(), Refusal> {
        let _turn = self.turn();
        let by = self.unlocked();
        if by.keys.as_ref().is_none_or(|keys| keys.epoch() != epoch) {
            return Ok(());
        }
        let mut keyring = accounts::read(&self.dir)?;
        let keys = keyring.retire_epochs(&by)?;
        accounts::keep(&self.dir, &keyring)?;
        self.unlocked.write().unwrap_or_else(PoisonError::into_inner).keys = Some(keys);
        self.took_effect(&keyring, Deed::of(Verb::RetireKeys, None));
        Ok(())
    }

    /// Another data key for what is written from now on.
    pub(super) fn rotate_key(&self) -> Result<(), Refusal> {
        let _turn = self.turn();
        let mut keyring = accounts::read(&self.dir)?;
        let keys = keyring.rotate(&self.unlocked())?;
        accounts::keep(&self.dir, &keyring)?;
        self.use_keys(keys);
        self.took_effect(&keyring, Deed::of(Verb::RotateKey, None));
        Ok(())
    }

    /// How far it is, while there is something to do.
    pub(super) fn resealing_health(&self) -> Option<HealthLine> {
        self.unlocked().keys.filter(|keys| keys.has_older())?;
        let state = self.resealer.state();
        let line = HealthLine::of("health-reseal", format!("{} / {}", state.progress.0, state.progress.1));
        Some(line.look_if(state.failed.is_some(), "health-reseal-mend"))
    }
}
