//! Wakes one thread. Waking a sleeper costs a call of the system, so a thread that has just worked stays about for a
//! moment: what comes in a burst then costs nothing and is done at once.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a thread stays about. What it does behind a save is never missed for so long.
const LINGER: Duration = Duration::from_millis(20);

/// `T` is what the thread is asked to do; asking again adds to it.
#[derive(Default)]
pub struct Bell<T> {
    asked: Mutex<Asked<T>>,
    rung: Condvar,
}

#[derive(Default)]
struct Asked<T> {
    what: Option<T>,
    /// It is not to wait until the thread has lingered.
    urgent: bool,
    asleep: bool,
}

impl<T: Default> Bell<T> {
    fn lock(&self) -> MutexGuard<'_, Asked<T>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for something soon.
    pub fn ring(&self, ask: impl FnOnce(&mut T)) {
        let mut asked = self.lock();
        ask(asked.what.get_or_insert_default());
        if asked.asleep {
            self.rung.notify_one();
        }
    }

    /// Asks for something at once.
    pub fn call(&self, ask: impl FnOnce(&mut T)) {
        let mut asked = self.lock();
        ask(asked.what.get_or_insert_default());
        asked.urgent = true;
        self.rung.notify_one();
    }

    /// What is asked next. `None`: nothing for so long.
    pub fn answer(&self, at_most: Option<Duration>) -> Option<T> {
        let until = at_most.map(|time| Instant::now() + time);
        let asked = self.rung.wait_timeout_while(self.lock(), LINGER, |asked| !asked.urgent);
        let (mut asked, _) = asked.unwrap_or_else(PoisonError::into_inner);
        asked.asleep = true;
        while asked.what.is_none() {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            asked = match left {
                None => self.rung.wait(asked).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => break,
                Some(left) => self.rung.wait_timeout(asked, left).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
        (asked.asleep, asked.urgent) = (false, false);
        asked.what.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::thread;

    #[test]
    fn nothing_that_was_asked_is_lost_however_it_falls() {
        let bell = Arc::new(Bell::<u32>::default());
        let its = bell.clone();
        let thread = thread::spawn(move || {
            let mut done = 0;
            while done < 1_000 {
                done += its.answer(None).unwrap_or_default();
            }
            done
        });
        for n in 0..1_000 {
            match n % 3 {
                0 => bell.call(|count| *count += 1),
                _ => bell.ring(|count| *count += 1),
            }
            if n % 100 == 0 {
                thread::sleep(LINGER + LINGER / 2);
            }
        }
        assert_eq!(thread.join().unwrap(), 1_000);
    }

    #[test]
    fn who_waits_for_nothing_is_let_go() {
        let bell = Bell::<()>::default();
        assert_eq!(bell.answer(Some(Duration::from_millis(1))), None);
        bell.ring(|_| ());
        assert_eq!(bell.answer(Some(Duration::from_millis(1))), Some(()));
    }
}
