//! A terminal with a program in it: keys go in, the screen as a person sees it comes out.
//!
//! `vt100` stands for the terminal, so what is compared is the picture and never the bytes. Everything waits for a text or
//! a state, with a generous limit: a busy machine makes a test slow, not wrong.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

const PATIENCE: Duration = Duration::from_secs(20);

/// What the program wrote, and the picture it makes.
struct Output {
    screen: vt100::Parser,
    bytes: usize,
    last: Instant,
}

pub(crate) struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Arc<Mutex<Output>>,
    stop: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { cols, rows, pixel_width: 0, pixel_height: 0 }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a screen has cells")
}

impl Pty {
    /// The environment of a test: nothing of the machine's own settings but the path to programs.
    pub(crate) fn environment(home: &Path) -> Vec<(String, String)> {
        let home = home.display().to_string();
        [
            ("HOME", home.as_str()),
            ("TONGHU_DATA", &format!("{home}/data")),
            ("XDG_CONFIG_HOME", &format!("{home}/config")),
            ("XDG_DATA_HOME", &format!("{home}/share")),
            ("XDG_STATE_HOME", &format!("{home}/state")),
            ("XDG_RUNTIME_DIR", &format!("{home}/run")),
            ("PATH", &std::env::var("PATH").unwrap_or_default()),
            ("LANG", "zh_CN.UTF-8"),
            ("TERM", "xterm-256color"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    pub(crate) fn spawn(
        program: &str,
        args: &[&str],
        environment: &[(String, String)],
        cols: u16,
        rows: u16,
    ) -> Pty {
        let pty = native_pty_system().openpty(size(cols, rows)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        for (name, value) in environment {
            command.env(name, value);
        }
        command.cwd(std::env::temp_dir());
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);

        let output = Arc::new(Mutex::new(Output {
            screen: vt100::Parser::new(cells(rows), cells(cols), 0),
            bytes: 0,
            last: Instant::now(),
        }));
        let stop = Arc::new(AtomicBool::new(false));
        let mut from = pty.master.try_clone_reader().unwrap();
        let (to, stopped) = (Arc::clone(&output), Arc::clone(&stop));
        let reader = thread::spawn(move || {
            let mut chunk = [0; 1 << 16];
            while let Ok(n @ 1..) = from.read(&mut chunk) {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let mut output = to.lock().unwrap_or_else(PoisonError::into_inner);
                output.screen.process(&chunk[..n]);
                output.bytes += n;
                output.last = Instant::now();
            }
        });
        let keys = pty.master.take_writer().unwrap();
        Pty { master: Some(pty.master), keys: Some(keys), child, output, stop, reader: Some(reader) }
    }

    fn output(&self) -> MutexGuard<'_, Output> {
        self.output.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends bytes as the terminal would.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let keys = self.keys.as_mut().expect("nobody types after a hang-up");
        keys.write_all(bytes.as_ref()).unwrap();
        keys.flush().unwrap();
        self
    }

    /// Presses keys by the names of keymap files, blanks between them: `"f3 down ctrl-s"`. Waits until the program is
    /// quiet after each, so that Esc and what follows are not taken for one key.
    #[track_caller]
    pub(crate) fn press(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            self.send(key(name));
            self.settle();
        }
        self
    }

    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        self.send(text).settle();
        self
    }

    /// Pastes as a terminal with bracketed paste does.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(format!("\x1b[200~{text}\x1b[201~")).settle();
        self
    }

    pub(crate) fn screen(&self) -> String {
        self.rows().join("\n")
    }

    /// The rows, without the blanks at their ends.
    pub(crate) fn rows(&self) -> Vec<String> {
        let output = self.output();
        let (_, cols) = output.screen.screen().size();
        output.screen.screen().rows(0, cols.get()).map(|row| row.trim_end().to_owned()).collect()
    }

    /// Column and row of the terminal's cursor, if it is shown.
    pub(crate) fn caret(&self) -> Option<(u16, u16)> {
        let output = self.output();
        let screen = output.screen.screen();
        let (row, column) = screen.cursor_position();
        (!screen.hide_cursor()).then_some((column, row))
    }

    /// Whether the terminal is as a shell expects it: first screen, cursor shown, no bracketed paste, lines edited by the
    /// system.
    pub(crate) fn is_given_back(&self) -> bool {
        let output = self.output();
        let screen = output.screen.screen();
        !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor() && self.is_cooked()
    }

    fn is_cooked(&self) -> bool {
        const ICANON: u32 = 0o2;
        const ECHO: u32 = 0o10;
        let modes = self.master.as_ref().and_then(|master| master.get_termios());
        modes.is_some_and(|modes| modes.local_flags.bits() & (ICANON | ECHO) == ICANON | ECHO)
    }

    pub(crate) fn on_second_screen(&self) -> bool {
        self.output().screen.screen().alternate_screen()
    }

    /// Bytes the program has written so far.
    pub(crate) fn bytes(&self) -> usize {
        self.output().bytes
    }

    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) -> &Self {
        self.wait_until(&format!("{text:?} appears"), |pty| pty.screen().contains(text));
        self
    }

    #[track_caller]
    pub(crate) fn wait_gone(&self, text: &str) -> &Self {
        self.wait_until(&format!("{text:?} is gone"), |pty| !pty.screen().contains(text));
        self
    }

    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, done: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !done(self) {
            if start.elapsed() > PATIENCE {
                panic!("waited in vain until {what}; the screen was:\n{}", self.screen());
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the program has written nothing for a moment.
    pub(crate) fn settle(&self) {
        let start = Instant::now();
        loop {
            thread::sleep(Duration::from_millis(5));
            let last = self.output().last.max(start);
            if last.elapsed() > Duration::from_millis(60) || start.elapsed() > PATIENCE {
                return;
            }
        }
    }

    pub(crate) fn resize(&self, cols: u16, rows: u16) -> &Self {
        self.output().screen.screen_mut().set_size(cells(rows), cells(cols));
        if let Some(master) = &self.master {
            master.resize(size(cols, rows)).unwrap();
        }
        self
    }

    /// The line drops: the terminal's other side is closed.
    pub(crate) fn hang_up(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // The reader holds the master open and sleeps in a read: one byte from the terminal's own side wakes it.
        const O_NOCTTY: i32 = 0o400;
        if let Some(name) = self.master.as_ref().and_then(|master| master.tty_name())
            && let Ok(mut side) = OpenOptions::new().write(true).custom_flags(O_NOCTTY).open(name)
        {
            let _ = side.write_all(b" ");
        }
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
        self.keys = None;
        self.master = None;
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap() as i32).unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) -> &Self {
        kill_process(self.pid(), signal).unwrap();
        self
    }

    /// Waits for the program's end.
    #[track_caller]
    pub(crate) fn wait_exit(&mut self) -> ExitStatus {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                thread::sleep(Duration::from_millis(30));
                return status;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("the program did not end; the screen was:\n{}", self.screen());
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The children of a process, as `/proc` tells.
pub(crate) fn children(pid: Pid) -> Vec<Pid> {
    let pid = pid.as_raw_nonzero();
    let list = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    list.split_whitespace().filter_map(|pid| Pid::from_raw(pid.parse().ok()?)).collect()
}

/// Whether a process still runs: neither gone nor waiting to be buried.
pub(crate) fn is_running(pid: Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with(['Z', 'X']))
}

/// What a terminal sends for a key.
#[track_caller]
fn key(name: &str) -> Vec<u8> {
    if let Some(letter) = name.strip_prefix("ctrl-").filter(|letter| letter.len() == 1) {
        return vec![letter.as_bytes()[0] & 0x1f];
    }
    if let Some(rest) = name.strip_prefix("alt-") {
        return [b"\x1b".to_vec(), key(rest)].concat();
    }
    let sequence = match name {
        "enter" => "\r",
        "esc" => "\x1b",
        "tab" => "\t",
        "shift-tab" => "\x1b[Z",
        "space" => " ",
        "backspace" => "\x7f",
        "delete" => "\x1b[3~",
        "insert" => "\x1b[2~",
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "home" => "\x1b[H",
        "end" => "\x1b[F",
        "page-up" => "\x1b[5~",
        "page-down" => "\x1b[6~",
        "f1" => "\x1bOP",
        "f2" => "\x1bOQ",
        "f3" => "\x1bOR",
        "f4" => "\x1bOS",
        "f5" => "\x1b[15~",
        "f6" => "\x1b[17~",
        "f7" => "\x1b[18~",
        "f8" => "\x1b[19~",
        "f9" => "\x1b[20~",
        "f10" => "\x1b[21~",
        "f11" => "\x1b[23~",
        "f12" => "\x1b[24~",
        one if one.chars().count() == 1 => one,
        _ => panic!("no key is named {name}"),
    };
    sequence.as_bytes().to_vec()
}
