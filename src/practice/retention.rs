//! How long the audit is kept: `audit.toml`.

use super::fault::{RuleFault, RuleFlaw, fault, syntax};
use super::{Certainty, deadlines::Words};
use serde::Deserialize;
use toml::Spanned;

pub(super) const CORE: &str = include_str!("../../assets/practice/audit.toml");
/// Nobody asks for more; a slip of the pen does.
const MOST: u32 = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    pub years: u32,
    /// What is asked, and where that stands, in both languages.
    pub text: Words,
    pub source: Words,
    pub certainty: Certainty,
}

/// A station that keeps its audit longer need say no more than for how long.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    years: Spanned<u32>,
    zh: Option<String>,
    en: Option<String>,
    source_zh: Option<String>,
    source_en: Option<String>,
    certainty: Option<Certainty>,
}

impl Retention {
    pub fn core() -> Result<Self, RuleFault> {
        Self::read("audit.toml", CORE, None)
    }

    /// The station's own, which may be longer than the core's and never shorter.
    pub fn of_station(text: Option<&str>) -> Result<Self, RuleFault> {
        let core = Self::core()?;
        text.map_or(Ok(core.clone()), |text| Self::read("audit.toml", text, Some(&core)))
    }

    fn read(file: &str, text: &str, core: Option<&Self>) -> Result<Self, RuleFault> {
        let table: Table = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
        let (years, least) = (*table.years.get_ref(), core.map_or(1, |core| core.years));
        if !(least..=MOST).contains(&years) {
            let flaw = RuleFlaw::Years { least, most: MOST };
            return Err(fault(file, text, Some(table.years.span()), flaw));
        }
        let mut kept = core.cloned().unwrap_or_else(|| Self {
            years,
            text: Words { zh: String::new(), en: String::new() },
            source: Words { zh: String::new(), en: String::new() },
            certainty: Certainty::Default,
        });
        kept.years = years;
        // A station writes in its own language.
        if let Some(zh) = table.zh {
            kept.text = Words { en: table.en.unwrap_or_else(|| zh.clone()), zh };
        }
        if let Some(zh) = table.source_zh {
            kept.source = Words { en: table.source_en.unwrap_or_else(|| zh.clone()), zh };
            kept.certainty = table.certainty.unwrap_or(Certainty::Default);
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_asks_for_three_years_and_says_where() {
        let core = Retention::core().unwrap();
        assert_eq!((core.years, core.certainty), (3, Certainty::Excerpt));
        assert!(core.source.zh.contains("第五十六条") && core.source.en.contains("article 56"));
        assert_eq!(Retention::of_station(None).unwrap(), core);
    }

    #[test]
    fn a_station_may_keep_it_longer_and_never_shorter() {
        let longer = Retention::of_station(Some("years = 10\nzh = \"本站\"")).unwrap();
        assert_eq!((longer.years, longer.text.zh.as_str(), longer.text.en.as_str()), (10, "本站", "本站"));
        assert_eq!(longer.source, Retention::core().unwrap().source, "the law is still the law");
        for (text, line) in [("years = 2", 1), ("\nyears = 0", 2), ("years = 1000", 1)] {
            let fault = Retention::of_station(Some(text)).unwrap_err();
            assert_eq!((fault.line, fault.flaw), (line, RuleFlaw::Years { least: 3, most: 100 }), "{text}");
        }
        let flaw = |text: &str| Retention::of_station(Some(text)).unwrap_err().flaw;
        for text in ["years = \"three\"", "years = -1"] {
            assert!(matches!(flaw(text), RuleFlaw::Syntax(_)), "{text}");
        }
        assert_eq!(flaw(""), RuleFlaw::Lacks("years".into()));
        assert!(matches!(flaw("years = 5\nyear = 3"), RuleFlaw::Key { key, .. } if key == "year"));
    }
}
