//! A part of a test in a process of its own, with a memory of its own: the test binary starts itself again.

use std::process::{Command, Stdio};

/// Set for the part.
const PART: &str = "TONGHU_TEST_PART";

/// Runs an ignored test of this binary with these words in its environment; gives what it said after `mark`.
#[track_caller]
pub(crate) fn run(test: &str, words: &[(&str, String)], mark: &str) -> Vec<String> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads", "1"]);
    command.env(PART, "1").envs(words.iter().map(|(name, word)| (*name, word)));
    let ran = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(ran.status.success(), "{said}\n{}", String::from_utf8_lossy(&ran.stderr));
    said.lines().filter_map(|line| line.strip_prefix(mark)).map(str::to_owned).collect()
}

/// Whether this process was started by [`run`]: else its part has nothing to do.
pub(crate) fn is_part() -> bool {
    std::env::var_os(PART).is_some()
}

pub(crate) fn word(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not given"))
}
