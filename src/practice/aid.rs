//! When aid counts as given twice: `aid.toml`.

use super::Certainty;
use super::fault::{RuleFault, bounded, syntax};
use serde::Deserialize;
use toml::Spanned;

pub(super) const CORE: &str = include_str!("../../assets/practice/aid.toml");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AidRule {
    /// Days within which the same kind of thing is given again only with a reason.
    pub repeat_days: u16,
    pub certainty: Certainty,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    repeat_days: Spanned<u16>,
    certainty: Option<Certainty>,
}

impl AidRule {
    /// The station's own, else the core's.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn of_station(text: Option<&str>) -> Result<Self, RuleFault> {
        const FILE: &str = "aid.toml";
        let text = text.unwrap_or(CORE);
        let table: Table = toml::from_str(text).map_err(|error| syntax(FILE, text, &error))?;
        let certainty = table.certainty.unwrap_or(Certainty::Default);
        let days = bounded(FILE, text, Some(&table.repeat_days), "repeat-days", 0..=3_660)?;
        Ok(Self { repeat_days: days.unwrap_or_default(), certainty })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_days_are_a_default_and_a_station_may_set_its_own() {
        let core = AidRule::of_station(None).unwrap();
        assert_eq!((core.repeat_days, core.certainty), (30, Certainty::Default));
        assert_eq!(AidRule::of_station(Some("repeat-days = 0")).unwrap().repeat_days, 0);
        for wrong in ["repeat-days = -1", "repeat-days = 99999", "days = 3", ""] {
            assert!(AidRule::of_station(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
