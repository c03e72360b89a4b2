//! The store's one thread: opens the engine, brings it up to date, keeps segments ready. It sleeps while there is
//! nothing to do.

use crate::platform::bell::Bell;
use crate::platform::memory;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::engine::{Engine, held};

#[derive(Default)]
struct Asked {
    /// So many were made.
    commits: u32,
    /// Nobody is typing: put everything in its place.
    settle: bool,
    stop: bool,
}

/// The engine is made durable this long after the last change, or after this many commits.
const LAZY: Duration = Duration::from_secs(5);
const LAZY_COMMITS: u32 = 500;

pub(crate) struct Worker {
    bell: Arc<Bell<Asked>>,
    engine: Arc<Engine>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    pub(crate) fn start(engine: Arc<Engine>) -> Worker {
        let bell = Arc::<Bell<Asked>>::default();
        let (its, heard) = (engine.clone(), bell.clone());
        let thread = thread::Builder::new().name("store".into()).spawn(move || run(&its, &heard));
        if let Err(error) = &thread {
            // Without a thread the journal alone keeps what is saved, and answers.
            engine.fall_back(error.to_string());
        }
        Worker { bell, engine, thread: thread.ok() }
    }

    pub(crate) fn nudge(&self) {
        self.bell.ring(|asked| asked.commits += 1);
    }

    pub(crate) fn settle(&self) {
        self.bell.call(|asked| asked.settle = true);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.engine.stopping.store(true, Ordering::Relaxed);
        // Dropped before the pinned records are read, it still waits for that.
        self.engine.begin_opening();
        self.bell.call(|asked| asked.stop = true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(engine: &Engine, bell: &Bell<Asked>) {
    let prepare = || {
        if let Err(error) = engine.prepare_segments() {
            held(&engine.notes).spare_error = Some(error.to_string());
        } else {
            held(&engine.notes).spare_error = None;
        }
    };
    prepare();
    let (begun, changed) = &engine.opening;
    drop(changed.wait_while(held(begun), |begun| !*begun));
    engine.open_engine();
    engine.apply_pending();
    let mut unsynced = 1;
    loop {
        // Asked to, or nobody has saved for a while.
        let asked = bell.answer((unsynced > 0).then_some(LAZY));
        let asked = asked.unwrap_or(Asked { settle: true, ..Asked::default() });
        if asked.stop {
            return;
        }
        unsynced += asked.commits;
        prepare();
        if asked.settle {
            engine.repair();
        }
        engine.apply_pending();
        if asked.settle {
            engine.sync_engine();
            // Each can be made again at the next start, or the next time that nobody is typing.
            let _ = engine.refresh_snapshot();
            let _ = engine.refresh_roster();
            memory::give_back();
            unsynced = 0;
        }
        if unsynced >= LAZY_COMMITS {
            engine.repair();
            engine.sync_engine();
            let _ = engine.refresh_roster();
            unsynced = 0;
        }
    }
}
