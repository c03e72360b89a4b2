//! What a look at the files found, and what was put in order.

use super::word;
use crate::i18n::Catalogue;
use crate::office::{Harm, HealthState, Looked, Mended, Part, Soundness};

/// A part of the store that was looked at, in words.
pub struct Said {
    pub name: String,
    pub value: String,
    pub state: HealthState,
    /// Catalogue key of what to do about it.
    pub remedy: Option<&'static str>,
}

pub fn looked(cat: &Catalogue, looked: &Looked) -> Said {
    let name = match looked.part {
        Part::Snapshot => format!("{} {}", part(cat, looked.part), number_in(&looked.name)),
        Part::Accounts if looked.name.ends_with("copy") => word(cat, "care-part-accounts-copy"),
        other => part(cat, other),
    };
    let count = |key: &str, n: u64| cat.t1(key, "n", n).into_owned();
    let (value, state, remedy) = match &looked.state {
        Soundness::Sound => (
            looked.records.map_or_else(|| word(cat, "care-sound"), |n| count("care-sound-records", n)),
            HealthState::Good,
            None,
        ),
        Soundness::Sealed => (word(cat, "care-sealed"), HealthState::Good, None),
        Soundness::Behind => (word(cat, "care-behind"), HealthState::Good, None),
        Soundness::Harmed(harm) => {
            let value = match harm {
                Harm::Gone => word(cat, "care-gone"),
                Harm::WentBack => word(cat, "care-went-back"),
                Harm::Bytes(_) => word(cat, "care-bytes"),
                Harm::Foreign => word(cat, "care-foreign"),
                Harm::Newer => word(cat, "care-newer"),
                Harm::Commits(findings) => {
                    let lost = findings.lost.iter().map(|(from, to)| format!("{from}-{to}"));
                    let broken = findings.chain_broken_at.map(|at| at.to_string());
                    let which: Vec<String> = lost.chain(broken).collect();
                    cat.t1("care-commits", "which", which.join(" ")).into_owned()
                }
                Harm::Records(n) => count("care-records", *n),
                Harm::Shut(why) | Harm::Unopened(why) => cat.t1("care-shut", "why", why.clone()).into_owned(),
            };
            let remedy = match harm {
                Harm::Commits(_) => "health-damage-mend",
                Harm::Newer => "care-newer-mend",
                _ => "care-mend",
            };
            (value, HealthState::Bad, Some(remedy))
        }
    };
    Said { name, value, state, remedy }
}

/// What was put in order: the part, and under which name the damaged file is kept.
pub fn mended(cat: &Catalogue, mended: &Mended) -> String {
    let part = part(cat, mended.part);
    match &mended.aside {
        Some(aside) => {
            cat.tn("care-mended-aside", &[("part", part.into()), ("name", aside.clone().into())]).into_owned()
        }
        None => part,
    }
}

fn part(cat: &Catalogue, part: Part) -> String {
    word(
        cat,
        match part {
            Part::Marker => "care-part-marker",
            Part::Accounts => "care-part-accounts",
            Part::Journal => "care-part-journal",
            Part::Snapshot => "care-part-snapshot",
            Part::Roster => "care-part-roster",
            Part::Engine => "care-part-engine",
            Part::Unsealed => "care-part-unsealed",
        },
    )
}

/// `1234` of `snapshot-00000000000000001234`.
fn number_in(name: &str) -> &str {
    let digits = name.rsplit('-').next().unwrap_or_default().trim_start_matches('0');
    if digits.is_empty() { "0" } else { digits }
}
