//! A station in a home of its own and the real program beside it, for the tests that run the program.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, thread};

use chrono::Days;
use tempfile::TempDir;
use tonghu::domain::Fields;
use tonghu::domain::forms::{child, station};
use tonghu::office::{Door, Office, Setup, Unwatched};
use tonghu::platform::clock::StillClock;
use tonghu::platform::{Clock, SystemClock};
use tonghu::vault::{KdfParams, Passphrase, RecoveryKey, Role};

use crate::pty::harness::Pty;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_tonghu");
pub(crate) const PASSPHRASE: &str = "the river bends twice at dawn";
pub(crate) const LOGIN: &str = "zhou";

/// Longer than any command takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything a person has: home, settings, data and, beside them, a passphrase file.
pub(crate) struct Home {
    dir: TempDir,
}

/// How a command went.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    pub(crate) fn new() -> Home {
        let home = Home { dir: tempfile::tempdir().unwrap() };
        home.write("pass", format!("{PASSPHRASE}\n"));
        home
    }

    /// With a station that opens quickly: its passphrase is turned into a key at no cost.
    pub(crate) fn with_station() -> Home {
        let home = Home::new();
        home.found(Arc::new(SystemClock), &[]);
        home
    }

    /// The same, its children registered so many days ago: what follows from that is due by now.
    pub(crate) fn with_children_since(days: u64, names: &[&str]) -> Home {
        let home = Home::new();
        let then = SystemClock.now().checked_sub_days(Days::new(days)).unwrap();
        home.found(Arc::new(StillClock::at(then)), names);
        home
    }

    /// With three children and files of all kinds: a snapshot, a journal after it, a roster file, an engine.
    pub(crate) fn with_all_files() -> Home {
        let home = Home::with_station();
        home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"], ["韩梅梅", "韩德华", "杨家坪"]]));
        home.signed_in("import roster.csv --yes").done();
        home.signed_in("backup safe.backup").done();
        fs::remove_dir_all(home.data()).unwrap();
        home.run("restore safe.backup").done();
        home.write("more.csv", roster(&[["欧阳雪", "欧阳国强", "杨家坪"]]));
        home.signed_in("import more.csv --yes").done();
        home
    }

    fn found(&self, clock: Arc<dyn Clock>, names: &[&str]) {
        let setup = Setup {
            station: Fields::default().with(station::NAME, "石门站"),
            login: LOGIN.into(),
            staff_name: "周晓琴".into(),
            passphrase: Passphrase::typed(PASSPHRASE),
            role: Role::Lead,
            kdf: KdfParams::for_tests(),
        };
        let paper = RecoveryKey::generate().unwrap();
        let desk = Door::new(self.data(), clock).found(setup, &paper).unwrap();
        if !names.is_empty() {
            let mut rows = names.iter().map(|name| Fields::default().with(child::NAME, *name));
            desk.import(&mut rows, &Unwatched).unwrap();
        }
    }

    /// Where the program keeps its data if nobody says otherwise.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("share/tonghu")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Hermetic: the harness's environment with the data in its usual place.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let mut environment = Pty::environment(self.dir.path());
        environment.retain(|(name, _)| name != "TONGHU_DATA");
        environment
    }

    /// The program with these arguments, not started yet; standard input is empty.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        self.command_of(Path::new(PROGRAM), args)
    }

    pub(crate) fn command_of<A: AsRef<OsStr>>(
        &self,
        program: &Path,
        args: impl IntoIterator<Item = A>,
    ) -> Command {
        let mut command = Command::new(program);
        command.args(args).env_clear().envs(self.environment()).current_dir(self.dir.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command as it was typed in the home directory.
    #[track_caller]
    pub(crate) fn run(&self, line: &str) -> Ran {
        Ran::of(self.command(line.split_whitespace()))
    }

    /// The same, signed in through the passphrase file.
    #[track_caller]
    pub(crate) fn signed_in(&self, line: &str) -> Ran {
        self.run(&format!("--passphrase-file pass {line}"))
    }

    /// The program's screens: 80 by 24.
    pub(crate) fn screens(&self) -> Pty {
        Pty::spawn(PROGRAM, &[], &self.environment(), 80, 24)
    }

    /// Every file of the data directory with its bytes, but for the log.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut left = vec![self.data()];
        while let Some(dir) = left.pop() {
            for entry in fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => left.push(path),
                    false if path.ends_with("tonghu.log") => {}
                    false => found.push((path.clone(), fs::read(&path).unwrap())),
                }
            }
        }
        found.sort();
        found
    }
}

impl Ran {
    #[track_caller]
    pub(crate) fn of(mut command: Command) -> Ran {
        Ran::finish(command.spawn().unwrap())
    }

    /// Lets a started program end.
    #[track_caller]
    pub(crate) fn finish(mut child: Child) -> Ran {
        drop(child.stdin.take());
        let (out, err) = (reader(child.stdout.take()), reader(child.stderr.take()));
        let status = wait(&mut child);
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        // A program that was killed has no code.
        let code = status.code().unwrap_or(-1);
        Ran { code, out: text(out.join().unwrap()), err: text(err.join().unwrap()) }
    }

    /// Done, and nothing to complain about; gives the output.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Refused with this exit code, by one clear line that holds these words, and nothing else said.
    #[track_caller]
    pub(crate) fn refused(self, code: i32, words: &[&str]) {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        assert_eq!(self.err.lines().count(), 1, "one line: {}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in {:?}", self.err);
        }
    }

    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.done()).unwrap()
    }
}

fn reader(from: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut from) = from {
            let _ = from.read_to_end(&mut bytes);
        }
        bytes
    })
}

#[track_caller]
pub(crate) fn wait(child: &mut Child) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("the program does not end");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Runs a command that is told something on its standard input.
#[track_caller]
pub(crate) fn fed(mut command: Command, input: &str) -> Ran {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    Ran::finish(child)
}

/// A roster: name, guardian and village of each child.
pub(crate) fn roster(rows: &[[&str; 3]]) -> String {
    let mut text = String::from("姓名,监护人,户籍村(居)\n");
    for row in rows {
        text.push_str(&row.join(","));
        text.push('\n');
    }
    text
}

/// The names of `tonghu find --json`.
pub(crate) fn names(found: &serde_json::Value) -> Vec<&str> {
    found["found"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}
