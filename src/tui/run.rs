//! The loop: sleep until something happens, take in all that has, draw once.
//!
//! No ticks and no polling. The sleep is cut to ten minutes because it is measured by a clock that stands still while the
//! PC does, and because somebody may set the wall clock.

use super::app::{App, AppEvent, Job, Moment};
use super::backend::{self, ThriftyBackend};
use super::terminal::{self, Signal, Taken, TermEvent, Tty};
use ratatui::Terminal;
use std::{
    io,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::Duration,
};

const LONGEST_SLEEP: Duration = Duration::from_secs(600);

/// What wakes the loop.
#[derive(Debug)]
pub enum Happened {
    Terminal(TermEvent),
    App(AppEvent),
}

impl From<TermEvent> for Happened {
    fn from(event: TermEvent) -> Self {
        Happened::Terminal(event)
    }
}

/// Does the work that the app cannot do itself, on threads of its own, and sends the answers as [`Happened::App`].
pub trait Clerk {
    fn take(&mut self, job: Job);

    /// Waits until all that was taken is done.
    fn finish(&mut self);

    /// The person chose another language or theme.
    fn keep_settings(&mut self, settings: &super::Settings);
}

enum After {
    GoOn,
    Repaint,
    Leave,
}

/// Runs the app on the real terminal until it is over or nobody is there any more.
pub fn run(
    app: &mut App,
    terminal: &mut Terminal<ThriftyBackend<Tty>>,
    taken: &Taken,
    clerk: &mut dyn Clerk,
    events: &Receiver<Happened>,
    now: &dyn Fn() -> Moment,
) -> io::Result<()> {
    work(app, taken, clerk)?;
    loop {
        let mut cursor = None;
        let drawn = backend::draw(terminal, |frame| {
            cursor = app.view(frame);
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        });
        if drawn.is_err() {
            // The line dropped while we wrote: what is typed is kept before anything else.
            return leave(app, taken, clerk, now());
        }
        let sleep = app.next_wake().map_or(LONGEST_SLEEP, Duration::from_millis).min(LONGEST_SLEEP);
        let mut next = match events.recv_timeout(sleep) {
            Ok(happened) => Some(happened),
            Err(RecvTimeoutError::Timeout) => Some(Happened::App(AppEvent::Time)),
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        while let Some(happened) = next {
            let mut after = handle(app, happened, taken, now())?;
            if work(app, taken, clerk)? {
                after = After::Repaint;
            }
            match after {
                After::GoOn => {}
                After::Repaint => {
                    terminal::repaint(terminal)?;
                    let size = terminal::size();
                    app.handle(AppEvent::Resize(size.width, size.height), now());
                    // Something may have come due meanwhile, a draft for instance.
                    work(app, taken, clerk)?;
                }
                After::Leave => return leave(app, taken, clerk, now()),
            }
            if app.is_over() {
                clerk.finish();
                return Ok(());
            }
            next = events.try_recv().ok();
        }
    }
}

fn leave(app: &mut App, taken: &Taken, clerk: &mut dyn Clerk, moment: Moment) -> io::Result<()> {
    app.handle(AppEvent::Leaving, moment);
    let worked = work(app, taken, clerk);
    clerk.finish();
    worked.map(drop)
}

fn handle(app: &mut App, happened: Happened, taken: &Taken, moment: Moment) -> io::Result<After> {
    let event = match happened {
        Happened::App(event) => event,
        Happened::Terminal(TermEvent::Key(chord)) => AppEvent::Key(chord),
        Happened::Terminal(TermEvent::Text(text)) => AppEvent::Text(text),
        Happened::Terminal(TermEvent::Paste(text)) => AppEvent::Paste(text),
        Happened::Terminal(TermEvent::Resize(..)) => return Ok(After::Repaint),
        Happened::Terminal(TermEvent::Gone | TermEvent::Signal(Signal::Terminate | Signal::Interrupt)) => {
            return Ok(After::Leave);
        }
        Happened::Terminal(TermEvent::Signal(Signal::Stop)) => {
            taken.suspend()?;
            return Ok(After::Repaint);
        }
        Happened::Terminal(TermEvent::Signal(Signal::Continue)) => {
            taken.take_again()?;
            return Ok(After::Repaint);
        }
    };
    app.handle(event, moment);
    Ok(After::GoOn)
}

/// Hands out the app's jobs; `true` if everything is to be drawn anew.
fn work(app: &mut App, taken: &Taken, clerk: &mut dyn Clerk) -> io::Result<bool> {
    let mut repaint = false;
    for job in app.take_jobs() {
        match job {
            Job::Suspend => {
                taken.suspend()?;
                repaint = true;
            }
            Job::Bell => terminal::bell()?,
            Job::Keep => clerk.keep_settings(&app.settings),
            job => clerk.take(job),
        }
    }
    Ok(repaint)
}
