//! The station's own pages of the manual: `manual/ID.md` in the data directory, in clear, as the rules are. They are read
//! when they are asked for. A page with a mistake is left aside with a warning; the program's page stays in force.

use super::OwnFault;
use super::rules;
use crate::manual::{self, Manual, Text};
use std::{fs, path::Path};

/// The folder, in the data directory.
pub const PAGES: &str = "manual";
pub(super) const MOST_PAGES: usize = 500;
/// Of a page, in bytes.
const MOST: u64 = 64 << 10;

/// The manual of the station whose data is there, and what is wrong with pages of its own.
pub fn read(dir: &Path) -> (Manual, Vec<OwnFault>) {
    let (own, faults) = own(dir);
    (Manual::of_station(own), faults)
}

/// Id and text of each page, in the order of their ids.
pub(super) fn own(dir: &Path) -> (Vec<(String, Text)>, Vec<OwnFault>) {
    let (mut own, mut faults) = (vec![], vec![]);
    let mut ids: Vec<String> =
        fs::read_dir(dir.join(PAGES)).into_iter().flatten().flatten().filter_map(id_of).collect();
    ids.sort();
    if ids.len() > MOST_PAGES {
        faults.push(OwnFault::ManyPages);
        ids.truncate(MOST_PAGES);
    }
    for id in ids {
        let file = format!("{PAGES}/{id}.md");
        match rules::read(dir, &file, MOST).map(Option::unwrap_or_default) {
            Ok(source) => match manual::read(&source) {
                Ok(text) => own.push((id, text)),
                Err(slip) => faults.push(OwnFault::Page { file, slip }),
            },
            Err(fault) => faults.push(fault),
        }
    }
    (own, faults)
}

fn id_of(file: fs::DirEntry) -> Option<String> {
    Some(file.file_name().to_str()?.strip_suffix(".md").filter(|id| !id.is_empty())?.to_owned())
}
