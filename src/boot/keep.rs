//! Language and theme of this person, kept in the configuration directory.

use crate::i18n::Lang;
use crate::platform;
use crate::tui::Settings;
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// Longest file of settings, in bytes.
pub(super) const MOST: u64 = 1 << 20;

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Kept {
    pub(super) lang: Option<String>,
    pub(super) theme: Option<String>,
    pub(super) borders: Option<String>,
}

/// What was kept; a file that cannot be read or understood is as good as none.
pub(super) fn read(file: &Path) -> Kept {
    platform::read_text(file, MOST).ok().and_then(|text| toml::from_str(&text).ok()).unwrap_or_default()
}

/// A setting that cannot be kept is no reason to stop working.
pub(super) fn settings(file: &Path, settings: &Settings) {
    let kept = Kept {
        lang: Some(settings.lang.tag().to_owned()),
        theme: Some(settings.theme_name.clone()),
        borders: read(file).borders,
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
}
