//! The real terminal: taking it over and giving it back whatever happens, and the threads that listen to it.
//!
//! crossterm alone does not notice that a terminal is gone, and no signal wakes it. So one thread reads keys, one waits for
//! signals and one for the hang-up; all of them send to one channel, and the program sleeps until something arrives.

use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crossterm::event::{self, Event};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::backend::ThriftyBackend;
use super::keymap::Chord;

mod refusal;

pub use refusal::{Refusal, Surroundings};

/// What the terminal tells. `Debug` says how much was typed and not what: it may be a name or a passphrase.
#[derive(Clone, PartialEq, Eq)]
pub enum TermEvent {
    Key(Chord),
    /// Characters that came together, as an input method sends them.
    Text(String),
    /// A paste, as it came: line ends and control characters included.
    Paste(String),
    /// Columns and rows.
    Resize(u16, u16),
    Signal(Signal),
    /// Nobody is there any more: the line dropped or the window was closed. Save drafts and leave.
    Gone,
}

impl fmt::Debug for TermEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TermEvent::Key(chord) if chord.text().is_some() => f.write_str("Key(a character)"),
            TermEvent::Key(chord) => write!(f, "Key({chord})"),
            TermEvent::Text(text) => write!(f, "Text({} bytes)", text.len()),
            TermEvent::Paste(text) => write!(f, "Paste({} bytes)", text.len()),
            TermEvent::Resize(cols, rows) => write!(f, "Resize({cols}, {rows})"),
            TermEvent::Signal(signal) => write!(f, "Signal({signal:?})"),
            TermEvent::Gone => f.write_str("Gone"),
        }
    }
}

/// A signal from outside, by what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Leave.
    Terminate,
    /// Leave (a Ctrl-C typed here is a key).
    Interrupt,
    /// Give the terminal back and stop; a Ctrl-Z typed here is a key.
    Stop,
    /// The program goes on after a stop: take the terminal again and draw everything.
    Continue,
}

/// Standard output without the line buffer of the standard library, which would cut a frame into several writes.
#[derive(Debug, Default)]
pub struct Tty(());

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let stdout = rustix::stdio::stdout();
        loop {
            match rustix::io::write(stdout, bytes) {
                // Another program may have left the line in non-blocking mode.
                Err(rustix::io::Errno::AGAIN) => {
                    poll(&mut [PollFd::new(&stdout, PollFlags::OUT)], None)?;
                }
                Err(rustix::io::Errno::INTR) => {}
                written => return Ok(written?),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Columns and rows of the terminal. A serial line knows none and says 0: it is taken for 80 by 24.
pub fn size() -> Size {
    let told = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).ok();
    told.map_or(Size::new(80, 24), |told| sensible(told.ws_col, told.ws_row))
}

fn sensible(cols: u16, rows: u16) -> Size {
    // The upper bounds keep a nonsensical answer from asking for gigabytes.
    let one = |told: u16, usual: u16, most: u16| if told == 0 { usual } else { told.min(most) };
    Size::new(one(cols, 80, 1_000), one(rows, 24, 500))
}

const ENTER: &str = "\x1b[?1049h\x1b[?7l\x1b[?2004h";

/// Margins off and the cursor on the last line first: a console without a second screen goes on there.
const LEAVE: &str = "\x1b[m\x1b[r\x1b[999H\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

/// Set while the terminal is ours, so that it is given back once and not twice.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Set while we stop ourselves: the signal that wakes us is then no news.
static STOPPING: AtomicBool = AtomicBool::new(false);

/// The thread that draws: only its panic ends the program.
static DRAWING: Mutex<Option<ThreadId>> = Mutex::new(None);

/// The terminal in raw mode on its second screen, until dropped.
#[derive(Debug)]
pub struct Taken(());

impl Taken {
    /// Takes the terminal over for this thread.
    pub fn take() -> io::Result<Taken> {
        *DRAWING.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current().id());
        take()?;
        Ok(Taken(()))
    }

    /// Gives the terminal back and stops the program, as Ctrl-Z does in a shell; returns when it goes on. `false` if
    /// nobody could make it go on: without a shell above us a stop would be for ever.
    ///
    /// Draw everything anew afterwards, see [`repaint`].
    pub fn suspend(&self) -> io::Result<bool> {
        if !has_shell() {
            return Ok(false);
        }
        give_back();
        // The whole group, as the terminal would do it; stopped by a signal that cannot be caught, as TSTP is ours.
        STOPPING.store(true, Ordering::SeqCst);
        let stopped = process::kill_current_process_group(process::Signal::STOP);
        take()?;
        stopped?;
        Ok(true)
    }

    /// Takes the terminal again after [`Signal::Continue`], which may follow a stop we did not see.
    pub fn take_again(&self) -> io::Result<()> {
        give_back();
        take()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    let taken = enable_raw_mode().and_then(|()| Tty::default().write_all(ENTER.as_bytes()));
    if taken.is_err() {
        give_back();
    }
    taken
}

/// Errors are of no use here: the terminal may be gone.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = Tty::default().write_all(LEAVE.as_bytes());
        let _ = disable_raw_mode();
    }
}

/// Whether a process of our session but outside our group is above us: only then does a stop come back to a shell.
fn has_shell() -> bool {
    let group = process::getpgrp();
    let parent = if group == process::getpid() { process::getppid() } else { parent_of(group) };
    let Some(parent) = parent.or_else(process::getppid) else { return false };
    let ours = process::getsid(None).ok();
    ours.is_some()
        && process::getsid(Some(parent)).ok() == ours
        && process::getpgid(Some(parent)).is_ok_and(|pgid| pgid != group)
}

/// The parent of another process, as `/proc` tells it behind the name in brackets.
fn parent_of(pid: process::Pid) -> Option<process::Pid> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    process::Pid::from_raw(fields.split_whitespace().nth(1)?.parse().ok()?)
}

/// A ratatui terminal on the real one. `term` is the value of `TERM`.
pub fn open(term: &str) -> io::Result<Terminal<ThriftyBackend<Tty>>> {
    Terminal::new(ThriftyBackend::new(Tty::default(), size()).synchronize_for(term))
}

/// Rings the bell.
pub fn bell() -> io::Result<()> {
    Tty::default().write_all(b"\x07")
}

/// Has the next frame draw everything, at the terminal's size of now. (`Terminal::clear` would ask the terminal a question
/// and wait two seconds for the answer.)
pub fn repaint(terminal: &mut Terminal<ThriftyBackend<Tty>>) -> io::Result<()> {
    let size = size();
    terminal.backend_mut().resize(size);
    terminal.resize(ratatui::layout::Rect::new(0, 0, size.width, size.height))
}

/// From now on a panic gives the terminal back and leaves a report with the place in our source and the version: the
/// message of a panic can hold anything, a child's name too, and is not kept. `notice` is printed for the person at the
/// terminal.
///
/// A panic of a worker thread is reported and does not touch the screen.
pub fn report_panics(report: PathBuf, version: &'static str, notice: String) {
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let drawing = *DRAWING.lock().unwrap_or_else(PoisonError::into_inner) == Some(thread::current().id());
        if drawing {
            give_back();
        }
        let thread = thread::current().name().unwrap_or("unnamed").to_owned();
        let _ = std::fs::write(&report, format!("tonghu {version}\npanic at {place}\nthread {thread}\n"));
        if drawing {
            let _ = writeln!(io::stderr(), "{notice}");
        }
    }));
}

/// Starts the threads that send what the terminal tells. They end with the program.
pub fn listen<E>(events: Sender<E>) -> io::Result<()>
where
    E: From<TermEvent> + Send + 'static,
{
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let spawn = |name: &str, body: Box<dyn FnOnce() + Send>| {
        thread::Builder::new().name(name.to_owned()).spawn(body).map(drop)
    };

    let to = events.clone();
    spawn(
        "signals",
        Box::new(move || {
            for signal in signals.forever() {
                let event = match signal {
                    SIGTERM => TermEvent::Signal(Signal::Terminate),
                    SIGINT => TermEvent::Signal(Signal::Interrupt),
                    SIGTSTP => TermEvent::Signal(Signal::Stop),
                    SIGCONT if STOPPING.swap(false, Ordering::SeqCst) => continue,
                    SIGCONT => TermEvent::Signal(Signal::Continue),
                    SIGHUP => TermEvent::Gone,
                    _ => {
                        let size = size();
                        TermEvent::Resize(size.width, size.height)
                    }
                };
                if to.send(event.into()).is_err() {
                    return;
                }
            }
        }),
    )?;

    let to = events.clone();
    spawn(
        "hang-up",
        Box::new(move || {
            wait_for_hang_up();
            let _ = to.send(TermEvent::Gone.into());
        }),
    )?;

    spawn("keys", Box::new(move || read_keys(&events)))
}

/// Returns when the other side of standard input is gone. No byte is read here.
fn wait_for_hang_up() {
    let stdin = rustix::stdio::stdin();
    loop {
        let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut fds, None) {
            Err(rustix::io::Errno::INTR) => {}
            Ok(_) if fds[0].revents().is_empty() => {}
            _ => return,
        }
    }
}

fn read_keys<E: From<TermEvent>>(to: &Sender<E>) {
    let mut pending = None;
    loop {
        let event = match pending.take().map_or_else(event::read, Ok) {
            Ok(event) => event,
            Err(_) => {
                let _ = to.send(TermEvent::Gone.into());
                return;
            }
        };
        let told = match event {
            Event::Paste(text) => Some(TermEvent::Paste(text)),
            Event::Key(key) => Chord::from_event(key).map(|chord| match chord.text() {
                // Single ASCII characters may be commands; others come from an input method, several at a time.
                Some(c) if !c.is_ascii() => {
                    let (text, next) = gather(c);
                    pending = next;
                    TermEvent::Text(text)
                }
                _ => TermEvent::Key(chord),
            }),
            // The signal thread tells of resizes; focus and mouse are not switched on.
            _ => None,
        };
        if let Some(told) = told
            && to.send(told.into()).is_err()
        {
            return;
        }
    }
}

/// The characters that have already arrived behind a first one, and the event that ended them.
fn gather(first: char) -> (String, Option<Event>) {
    // crossterm's source looks at nothing, not even at what it has read, when no time at all is given. This is less than
    // the millisecond in which it would wait.
    const AT_ONCE: Duration = Duration::from_micros(300);
    let mut text = String::from(first);
    while event::poll(AT_ONCE).unwrap_or(false) {
        let Ok(next) = event::read() else { break };
        let typed = match &next {
            Event::Key(key) => Chord::from_event(*key).and_then(Chord::text),
            _ => None,
        };
        match typed {
            Some(c) => text.push(c),
            None => return (text, Some(next)),
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_line_without_a_size_is_taken_for_80_by_24() {
        assert_eq!(sensible(0, 0), Size::new(80, 24));
        assert_eq!(sensible(1, 1), Size::new(1, 1));
        assert_eq!(sensible(u16::MAX, u16::MAX), Size::new(1_000, 500));
    }

    #[test]
    fn what_is_typed_is_not_printed_by_debug() {
        let passphrase = [
            TermEvent::Text("春眠不觉晓".into()),
            TermEvent::Paste("春眠不觉晓".into()),
            TermEvent::Key(Chord::plain(crate::tui::keymap::Key::Char('q'))),
        ];
        let printed = format!("{passphrase:?}");
        assert!(!printed.contains('春') && !printed.contains('q'), "{printed}");
    }

    #[test]
    fn what_is_switched_on_is_switched_off() {
        for mode in ["?1049", "?2004"] {
            assert!(ENTER.contains(&format!("{mode}h")) && LEAVE.contains(&format!("{mode}l")), "{mode}");
        }
        assert!(ENTER.contains("?7l") && LEAVE.contains("?7h"));
        assert!(LEAVE.contains("?25h"), "the cursor is shown again");
    }
}
