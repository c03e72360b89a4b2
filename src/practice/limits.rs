//! The limits of matching, beside the rules that watch over them: `[limits]` in `fostering.toml` and `companionship.toml`.

use super::fault::{RuleFault, RuleFlaw, bounded, fault, syntax};
use chrono::{Months, NaiveDate};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

const FOSTERING: &str = "fostering.toml";
const COMPANIONSHIP: &str = "companionship.toml";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Ages of a foster carer, both included.
    pub carer: (u32, u32),
    /// Foster children in a family.
    pub most: i64,
    /// From this age on an own child is no obstacle.
    pub own_from: u32,
    /// Months for which a background check holds.
    pub family_check: u32,
    pub volunteer_check: u32,
    /// A volunteer is trained before the first session.
    pub training: bool,
    /// By an ethnicity as it is on file: what a language may be called that speaks for a match.
    pub languages: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Table {
    limits: Option<Spanned<Raw>>,
}

/// A station's copy names what it changes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    carer_from: Option<Spanned<u32>>,
    carer_to: Option<Spanned<u32>>,
    most_children: Option<Spanned<i64>>,
    own_child_from: Option<Spanned<u32>>,
    check_months: Option<Spanned<u32>>,
    training: Option<bool>,
    languages: Option<BTreeMap<String, Vec<String>>>,
}

impl Limits {
    /// The core's, under a station's copies of the two tables.
    ///
    /// # Errors
    /// The first thing that is wrong, with its table and line.
    pub fn load<'a>(own: impl Fn(&str) -> Option<&'a str>) -> Result<Self, RuleFault> {
        let mut limits = Self::default();
        for (file, core) in super::flags::TABLES {
            for text in [Some(*core), own(file)].into_iter().flatten() {
                if [FOSTERING, COMPANIONSHIP].contains(file) {
                    limits.take(file, text)?;
                }
            }
        }
        Ok(limits)
    }

    fn take(&mut self, file: &str, text: &str) -> Result<(), RuleFault> {
        let table: Table = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
        let Some(raw) = table.limits else { return Ok(()) };
        let at = raw.span();
        let raw = raw.into_inner();
        let set = |to: &mut u32, value: Option<Spanned<u32>>, name, most| {
            *to = bounded(file, text, value.as_ref(), name, 0..=most)?.unwrap_or(*to);
            Ok(())
        };
        set(&mut self.carer.0, raw.carer_from, "carer-from", 120)?;
        set(&mut self.carer.1, raw.carer_to, "carer-to", 120)?;
        set(&mut self.own_from, raw.own_child_from, "own-child-from", 18)?;
        let check = if file == FOSTERING { &mut self.family_check } else { &mut self.volunteer_check };
        set(check, raw.check_months, "check-months", 120)?;
        let most = bounded(file, text, raw.most_children.as_ref(), "most-children", 0..=20)?;
        self.most = most.unwrap_or(self.most);
        self.training = raw.training.unwrap_or(self.training);
        self.languages.extend(raw.languages.unwrap_or_default());
        if self.carer.0 > self.carer.1 {
            let (from, to) = self.carer;
            let flaw = RuleFlaw::NotOne { name: format!("carer-from = {from}"), of: format!("0 .. {to}") };
            return Err(fault(file, text, Some(at), flaw));
        }
        Ok(())
    }

    /// Whether a check of this day still holds on another.
    pub fn is_checked(months: u32, checked: NaiveDate, on: NaiveDate) -> bool {
        Self::check_ends(months, checked).is_some_and(|end| end > on)
    }

    pub fn check_ends(months: u32, checked: NaiveDate) -> Option<NaiveDate> {
        checked.checked_add_months(Months::new(months))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_those_of_the_law_and_a_station_changes_one_without_naming_the_others() {
        let core = Limits::load(|_| None).unwrap();
        assert_eq!((core.carer, core.most, core.own_from), ((30, 65), 2, 6));
        assert_eq!((core.family_check, core.volunteer_check, core.training), (12, 12, true));
        let own = |file: &str| (file == FOSTERING).then_some("[limits]\nmost-children = 1\ncheck-months = 6");
        let own = Limits::load(own).unwrap();
        assert_eq!((own.most, own.family_check, own.volunteer_check, own.carer), (1, 6, 12, (30, 65)));
        for (text, line) in
            [("\n[limits]\nmost = 1", 3), ("[limits]\ncarer-from = -1", 2), ("[limits]\ncarer-from = 70", 1)]
        {
            let fault = Limits::load(|file| (file == FOSTERING).then_some(text)).unwrap_err();
            assert_eq!((fault.file.as_str(), fault.line), (FOSTERING, line), "{text}");
        }
    }
}
