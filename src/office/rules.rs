//! The station's own forms and rules, read once at sign-in: the core ones, with `fields.toml` and `practice/*.toml`
//! of the data directory over them. A file with a mistake is left aside with a warning; the core stays in force.

use crate::domain::{FormSpec, forms, station_fields};
use crate::practice::{Calendar, Rules};
use std::{fs, io, path::Path};

/// No table that a person writes comes near this.
const MOST: u64 = 1 << 20;

pub(super) struct Practice {
    pub forms: Vec<FormSpec>,
    pub rules: Option<Rules>,
    pub calendar: Calendar,
    /// File, line and what is wrong.
    pub warnings: Vec<String>,
}

impl Practice {
    pub(super) fn load(dir: &Path) -> Self {
        let mut warnings = vec![];
        let mut forms = forms::all();
        match read(&dir.join("fields.toml")) {
            Ok(None) => {}
            Ok(Some(text)) => match station_fields::parse(&text, &forms) {
                Ok(extras) => station_fields::extend(&mut forms, &extras),
                Err(misprints) => {
                    warnings.extend(misprints.iter().map(|misprint| format!("fields.toml, {misprint}")));
                }
            },
            Err(error) => warnings.push(format!("fields.toml: {error}")),
        }
        let practice = dir.join("practice");
        let own = read(&practice.join("deadlines.toml")).unwrap_or_else(|error| {
            warnings.push(format!("practice/deadlines.toml: {error}"));
            None
        });
        let rules = Rules::of_station(own.as_deref()).or_else(|fault| {
            warnings.push(format!("practice/{fault}"));
            Rules::core()
        });
        let calendar = Calendar::core();
        let mut practice =
            Self { forms, rules: rules.ok(), calendar: calendar.unwrap_or_default(), warnings };
        practice.add_years(&dir.join("practice").join("days"));
        practice
    }

    fn add_years(&mut self, dir: &Path) {
        let Ok(files) = fs::read_dir(dir) else { return };
        let mut paths: Vec<_> = files.flatten().map(|file| file.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
        paths.sort();
        for path in paths.into_iter().take(100) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match read(&path) {
                Ok(Some(text)) => {
                    if let Err(fault) = self.calendar.add(&name, &text) {
                        self.warnings.push(format!("practice/days/{fault}"));
                    }
                }
                Ok(None) => {}
                Err(error) => self.warnings.push(format!("practice/days/{name}: {error}")),
            }
        }
    }
}

/// A file's text; `None` if there is no such file.
fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(file) if file.len() > MOST => Err(io::Error::other("larger than 1 MiB")),
        Ok(_) => fs::read_to_string(path).map(Some),
    }
}
