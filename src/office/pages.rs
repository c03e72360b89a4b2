//! The station's own pages of the manual: `manual/ID.md` in the data directory, in clear, as the rules are. They are read
//! when they are asked for. Where a page has a mistake, its copy that was read well last stands in the manual, else the
//! program's page; with a warning.

use super::OwnFault;
use super::own::{Own, PAGES};
use crate::manual::{self, Manual, Text};
use std::path::Path;

pub(super) const MOST_PAGES: usize = 500;

/// The station's own pages, as they were read.
#[derive(Default)]
pub(super) struct Pages {
    /// Id and text of each, in the order of their ids.
    pub own: Vec<(String, Text)>,
    pub faults: Vec<OwnFault>,
    /// The files that are in order, with their texts.
    pub sound: Vec<(String, String)>,
}

/// The manual of the station whose data is there, and what is wrong with pages of its own.
pub fn read(dir: &Path) -> (Manual, Vec<OwnFault>) {
    let pages = own(Own::of(dir));
    (Manual::of_station(pages.own), pages.faults)
}

pub(super) fn own(own: Own) -> Pages {
    let mut pages = Pages::default();
    let mut files = own.list(PAGES, ".md");
    if files.len() > MOST_PAGES {
        pages.faults.push(OwnFault::ManyPages);
        files.truncate(MOST_PAGES);
    }
    for file in files {
        let Some(id) = file.strip_prefix(PAGES).and_then(|name| name.strip_prefix('/')?.strip_suffix(".md"))
        else {
            continue;
        };
        let page =
            |source: &str| manual::read(source).map_err(|slip| OwnFault::Page { file: file.clone(), slip });
        let found = match own.text(&file) {
            Ok(None) => continue,
            Ok(Some(source)) => page(&source).map(|text| (text, source)),
            Err(fault) => Err(fault),
        };
        match found {
            Ok((text, source)) => {
                pages.own.push((id.to_owned(), text));
                pages.sound.push((file, source));
            }
            Err(fault) => {
                let kept = own.good(&file).and_then(|(source, since)| Some((page(&source).ok()?, since)));
                pages.faults.push(match kept {
                    Some((text, since)) => {
                        pages.own.push((id.to_owned(), text));
                        OwnFault::Kept { fault: Box::new(fault), since }
                    }
                    None => fault,
                });
            }
        }
    }
    pages
}
