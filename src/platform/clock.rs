//! The only place that asks what time it is.

use chrono::{DateTime, Days, Local, NaiveDate, NaiveDateTime};
use std::sync::Mutex;
use std::time::SystemTime;

pub trait Clock: Send + Sync {
    /// Milliseconds since 1970, UTC. May go backwards when somebody sets the clock.
    fn millis(&self) -> i64;

    /// The station's local time for such a moment.
    fn local(&self, millis: i64) -> NaiveDateTime;

    fn now(&self) -> NaiveDateTime {
        self.local(self.millis())
    }

    fn today(&self) -> NaiveDate {
        self.now().date()
    }

    /// Now, as files say it that are read elsewhere.
    fn utc(&self) -> NaiveDateTime {
        chrono::DateTime::from_timestamp_millis(self.millis()).unwrap_or_default().naive_utc()
    }
}

/// The clock of the PC.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)]
    fn millis(&self) -> i64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn local(&self, millis: i64) -> NaiveDateTime {
        DateTime::from_timestamp_millis(millis).unwrap_or_default().with_timezone(&Local).naive_local()
    }
}

/// A clock that stands still until it is moved: for tests, and for a demo that must look the same every day.
#[derive(Debug)]
pub struct StillClock(Mutex<NaiveDateTime>);

impl StillClock {
    pub fn at(now: NaiveDateTime) -> Self {
        Self(Mutex::new(now))
    }

    pub fn set(&self, now: NaiveDateTime) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }

    pub fn advance_days(&self, days: u64) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = now.checked_add_days(Days::new(days)).unwrap_or(*now);
    }
}

impl Clock for StillClock {
    fn millis(&self) -> i64 {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).and_utc().timestamp_millis()
    }

    fn local(&self, millis: i64) -> NaiveDateTime {
        DateTime::from_timestamp_millis(millis).unwrap_or_default().naive_utc()
    }
}
