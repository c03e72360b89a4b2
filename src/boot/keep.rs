//! Language, theme and other choices of this person, kept in the configuration directory.

use crate::i18n::{self, Lang};
use crate::platform;
use crate::tui::{Settings, keymap::Keymap};
use serde::{Deserialize, Serialize};
use std::{fs, io, path::Path};

/// Longest file of settings, in bytes.
const MOST: u64 = 1 << 20;

#[derive(Default, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Kept {
    pub(super) lang: Option<String>,
    pub(super) theme: Option<String>,
    pub(super) borders: Option<String>,
    pub(super) discreet: bool,
    /// Minutes without a key after which the screen locks: 1 to 60.
    idle_lock: Option<i64>,
}

const IDLE_LOCK: u64 = 5;
const LONGEST_IDLE_LOCK: u64 = 60;

/// What was kept; a file that cannot be read or understood is as good as none.
pub(super) fn read(file: &Path) -> Kept {
    platform::read_text(file, MOST).ok().and_then(|text| toml::from_str(&text).ok()).unwrap_or_default()
}

/// Takes over a station's own keys; gives in words what of them cannot be used. A file that is not there is no fault.
pub(super) fn keymap(file: &Path, keymap: &mut Keymap, lang: Lang) -> Vec<String> {
    let cat = i18n::catalogue(lang);
    match platform::read_text(file, MOST) {
        Ok(text) => keymap.merge(&text).iter().map(|complaint| complaint.message(cat)).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => vec![],
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            vec![cat.t("keymap-too-large").into_owned()]
        }
        Err(error) => vec![cat.t1("keymap-unreadable", "why", error.to_string()).into_owned()],
    }
}

/// A setting that cannot be kept is no reason to stop working.
pub(super) fn settings(file: &Path, settings: &Settings) {
    let kept = Kept {
        lang: Some(settings.lang.tag().to_owned()),
        theme: Some(settings.theme_name.clone()),
        discreet: settings.discreet,
        ..read(file)
    };
    let Ok(text) = toml::to_string(&kept) else { return };
    if let Some(dir) = file.parent() {
        let _ = fs::create_dir_all(dir);
    }
    let _ = fs::write(file, text);
}

impl Kept {
    pub(super) fn lang(&self) -> Option<Lang> {
        self.lang.as_deref().and_then(Lang::from_tag)
    }

    /// What is no sensible number of minutes does not keep the screen open.
    pub(super) fn idle_lock(&self) -> u64 {
        let minutes = self.idle_lock.and_then(|minutes| u64::try_from(minutes).ok());
        minutes.filter(|minutes| (1..=LONGEST_IDLE_LOCK).contains(minutes)).unwrap_or(IDLE_LOCK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_that_cannot_be_taken_over_is_complained_of_and_one_that_is_not_there_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("keymap.toml");
        let said = |lang| keymap(&file, &mut Keymap::default(), lang);
        assert_eq!(said(Lang::En), [""; 0]);
        fs::write(&file, "x".repeat(usize::try_from(MOST).unwrap() + 1)).unwrap();
        assert!(said(Lang::Zh)[0].contains("大于 1 MB") && said(Lang::En)[0].contains("larger than 1 MB"));
        fs::write(&file, b"[list]\n\xff").unwrap();
        assert!(said(Lang::Zh)[0].contains("读不了") && said(Lang::En)[0].contains("cannot be read"));
        fs::write(&file, "[list]\n\"list.fly\" = [\"x\"]\n").unwrap();
        assert!(said(Lang::Zh)[0].contains("第 2 行"));
    }

    #[test]
    fn the_screen_locks_after_the_minutes_that_were_set_else_after_five_and_the_setting_stays() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("settings.toml");
        let after = |text: &str| {
            fs::write(&file, text).unwrap();
            read(&file).idle_lock()
        };
        let set =
            ["idle-lock = 1", "idle-lock = 60", "idle-lock = 0", "idle-lock = 61", "idle-lock = -3", ""];
        assert_eq!(set.map(after), [1, 60, 5, 5, 5, 5]);
        assert_eq!(after("idle-lock = 9\nborders = \"line\"\n"), 9);
        let chosen = Settings {
            lang: Lang::En,
            theme_name: "mono".into(),
            theme: Default::default(),
            keymap: Default::default(),
            no_colour: false,
            discreet: true,
            idle_lock: Some(9),
        };
        settings(&file, &chosen);
        let again = read(&file);
        assert!(again.discreet);
        assert_eq!(
            (again.idle_lock(), again.borders.as_deref(), again.lang()),
            (9, Some("line"), Some(Lang::En))
        );
    }
}
