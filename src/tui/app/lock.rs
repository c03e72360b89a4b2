//! Locking the screen: at a key, or by itself when nobody has pressed one for a while.

use super::*;
use crate::tui::screen::Locked;

impl App {
    /// When the screen locks by itself, in milliseconds of [`Moment::ticks`].
    pub(super) fn locks_at(&self) -> Option<u64> {
        let minutes = self.settings.idle_lock.filter(|_| self.me.is_some())?;
        Some(self.last_key.ticks + minutes * 60_000)
    }

    /// Locks if nobody has pressed a key for long: by the clock that only goes forward, or by the wall's, which goes on
    /// while the PC sleeps.
    pub(super) fn lock_if_idle(&mut self) -> bool {
        let (Some(at), Some(minutes)) = (self.locks_at(), self.settings.idle_lock) else { return false };
        let away = (self.moment.now - self.last_key.now).num_minutes();
        let idle = self.moment.ticks >= at || u64::try_from(away).is_ok_and(|away| away >= minutes);
        if idle {
            self.lock(Locked::Idle(minutes));
        }
        idle
    }

    /// Signs out; what is being typed is kept as a draft first. What was only looked at stops, other work that runs goes on.
    pub(super) fn lock(&mut self, why: Locked) {
        self.broadcast(&Input::Leaving);
        self.me = None;
        self.station = Arc::new(Station::default());
        self.stack.clear();
        self.let_go();
        self.rest = None;
        self.toast = None;
        self.door.locked = Some(why);
        self.jobs.push(Job::SignOut);
        self.push(Ticket(0), Place::Unlock);
    }
}
