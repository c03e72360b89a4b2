//! The store's one thread: opens the engine, brings it up to date, keeps segments ready. It sleeps while there is
//! nothing to do.

use crate::platform::memory;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::engine::{Engine, held};

enum Message {
    /// Something was committed.
    Work,
    /// Nobody is typing: put everything in its place.
    Settle,
    Stop,
}

/// The engine is made durable this long after the last change, or after this many commits.
const LAZY: Duration = Duration::from_secs(5);
const LAZY_COMMITS: u32 = 500;

pub(crate) struct Worker {
    send: Sender<Message>,
    engine: Arc<Engine>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    pub(crate) fn start(engine: Arc<Engine>) -> Worker {
        let (send, receive) = mpsc::channel();
        let its = engine.clone();
        let thread = thread::Builder::new().name("store".into()).spawn(move || run(&its, &receive));
        if let Err(error) = &thread {
            // Without a thread the journal alone keeps what is saved, and answers.
            engine.fall_back(error.to_string());
        }
        Worker { send, engine, thread: thread.ok() }
    }

    pub(crate) fn nudge(&self) {
        // The thread ends only when the store does.
        let _ = self.send.send(Message::Work);
    }

    pub(crate) fn settle(&self) {
        let _ = self.send.send(Message::Settle);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.engine.stopping.store(true, Ordering::Relaxed);
        let _ = self.send.send(Message::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(engine: &Engine, receive: &Receiver<Message>) {
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
        let message = match unsynced {
            0 => receive.recv().map_err(|_| RecvTimeoutError::Disconnected),
            _ => receive.recv_timeout(LAZY),
        };
        match message {
            Ok(Message::Work) => {
                unsynced += 1;
                prepare();
                engine.apply_pending();
            }
            // Asked to, or nobody has saved for a while.
            Ok(Message::Settle) | Err(RecvTimeoutError::Timeout) => {
                prepare();
                engine.repair();
                engine.apply_pending();
                engine.sync_engine();
                // Each can be made again at the next start, or the next time that nobody is typing.
                let _ = engine.refresh_snapshot();
                let _ = engine.refresh_roster();
                memory::give_back();
                unsynced = 0;
            }
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
        }
        if unsynced >= LAZY_COMMITS {
            engine.repair();
            engine.sync_engine();
            let _ = engine.refresh_roster();
            unsynced = 0;
        }
    }
}
