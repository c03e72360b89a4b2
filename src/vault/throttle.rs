//! How long the next attempt to unlock must wait.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Failed attempts in a row. Kept on disk by the office, so that starting again does not reset it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throttle {
    failures: u32,
    /// Unix milliseconds of the last failure.
    last: i64,
}

impl Throttle {
    /// A slip of the finger costs nothing.
    const FREE: u32 = 3;
    const LONGEST: Duration = Duration::from_secs(300);

    pub fn failed(&mut self, now_unix_ms: i64) {
        self.failures = self.failures.saturating_add(1);
        self.last = now_unix_ms;
    }

    pub fn succeeded(&mut self) {
        *self = Throttle::default();
    }

    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// A clock that stands before the last failure was set back, or has lost its battery: the wait begins anew, or it
    /// would not end before the clock has caught up. Whether it was so.
    pub fn heed_clock(&mut self, now_unix_ms: i64) -> bool {
        let set_back = now_unix_ms < self.last;
        self.last = self.last.min(now_unix_ms);
        set_back
    }

    /// Time until the next attempt is allowed: nothing for the first slips, then 1, 2, 4… seconds up to 5 minutes.
    /// A clock set back does not shorten it, nor lengthen it beyond the whole wait.
    pub fn wait(&self, now_unix_ms: i64) -> Duration {
        let Some(over) = self.failures.checked_sub(Throttle::FREE) else { return Duration::ZERO };
        let whole = Duration::from_secs(1 << over.min(16)).min(Throttle::LONGEST);
        let passed = Duration::from_millis(u64::try_from(now_unix_ms.saturating_sub(self.last)).unwrap_or(0));
        whole.saturating_sub(passed)
    }
}
