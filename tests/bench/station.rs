//! What the sections do alike: steps in processes of their own, a station of invented children, what is measured.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use tonghu::domain::{Fields, forms::child};
use tonghu::office::{DEMO_LOGIN, DEMO_PASSPHRASE, Desk, Door};
use tonghu::platform::SystemClock;
use tonghu::vault::Passphrase;

use crate::search::sample::Child;

/// The name of a step and its work in the directory that all steps of a section share.
pub(crate) type Step = (&'static str, fn(&Path));

/// Runs the steps of a section one after the other, each in a process of its own, so that its memory is its own.
pub(crate) fn in_steps(section: &str, steps: &[Step]) {
    let asked = std::env::var("TONGHU_BENCH_STEP").ok().zip(std::env::var("TONGHU_BENCH_DIR").ok());
    if let Some((step, dir)) = asked {
        if let Some((_, work)) = steps.iter().find(|(name, _)| *name == step) {
            work(Path::new(&dir));
        }
        return;
    }
    let dir = tempfile::tempdir_in(".").unwrap();
    for (step, _) in steps {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.arg(section).env("TONGHU_BENCH_STEP", step).env("TONGHU_BENCH_DIR", dir.path());
        assert!(child.status().unwrap().success(), "{section}: {step}");
    }
}

/// A row of the roster as an import gives it.
pub(crate) fn fields(one: &Child) -> Fields {
    Fields::default()
        .with(child::NAME, one.name.as_str())
        .with(child::BIRTH, one.birth)
        .with(child::ID_NUMBER, one.id_number.as_str())
        .with(child::GUARDIAN, one.guardian.as_str())
        .with(child::PHONE, one.phone.as_str())
        .with(child::VILLAGE, one.village.as_str())
        .with(child::SCHOOL, one.school.as_str())
        .with(child::CASE_NO, one.case_no.as_str())
}

pub(crate) fn sign_in(dir: &Path) -> Option<Arc<Desk>> {
    let door = Door::new(dir.to_owned(), Arc::new(SystemClock));
    door.unlock(DEMO_LOGIN, &Passphrase::typed(DEMO_PASSPHRASE)).ok()
}

pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Resident memory of this process, now and at its highest.
pub(crate) fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |key: &str| {
        let line = status.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1024
    };
    format!("RSS {} MiB, at most {} MiB", of("VmRSS:"), of("VmHWM:"))
}
