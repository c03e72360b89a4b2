//! Where data lives: `--data DIR`, then `TONGHU_DATA`, then the platform's data directory.

use directories::ProjectDirs;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
#[error("no home directory is known: say where the data is with --data DIR or TONGHU_DATA")]
pub struct NoHome;

/// The data directory: what was asked for, else the environment's, else the platform's.
pub fn data(asked: Option<&Path>) -> Result<PathBuf, NoHome> {
    if let Some(dir) = asked {
        return Ok(dir.to_owned());
    }
    if let Some(dir) = std::env::var_os("TONGHU_DATA").filter(|dir| !dir.is_empty()) {
        return Ok(dir.into());
    }
    project().map(|dirs| dirs.data_dir().to_owned()).ok_or(NoHome)
}

/// Where a person's own keymap and theme may lie; none without a home.
pub fn config() -> Option<PathBuf> {
    project().map(|dirs| dirs.config_dir().to_owned())
}

/// A path as a person writes it: `~/` is the home directory. An input method may type it as `\u{ff5e}/`.
pub fn at_home(path: &Path) -> PathBuf {
    let rest = ["~", "\u{ff5e}"].into_iter().find_map(|sign| path.strip_prefix(sign).ok());
    match (rest, directories::BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path.to_owned(),
    }
}

/// Where USB sticks are found when they are plugged in, and the folders on them.
pub fn sticks() -> Vec<PathBuf> {
    const MOST: usize = 200;
    let within = |dir: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut dirs: Vec<PathBuf> = entries.filter(|path| path.is_dir()).take(MOST).collect();
        dirs.sort();
        dirs
    };
    let mut found = vec![];
    // `/media/STICK`, `/media/USER/STICK`, and a folder on the stick.
    let mut level: Vec<PathBuf> = ["/media", "/run/media", "/mnt"].into_iter().map(PathBuf::from).collect();
    for _ in 0..3 {
        level = level.iter().flat_map(|dir| within(dir)).take(MOST).collect();
        found.extend(level.iter().cloned());
    }
    found
}

/// The sticks themselves, as far as they are mounted: what the system keeps somewhere else than the folder around it.
pub fn mounted_sticks() -> Vec<PathBuf> {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).map(|meta| meta.dev()).ok();
    let is_mounted = |path: &PathBuf| path.parent().is_some_and(|around| device(around) != device(path));
    sticks().into_iter().filter(is_mounted).collect()
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "tonghu")
}
