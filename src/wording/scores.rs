//! Scores in words.

use super::{core_choice, own, word};
use crate::i18n::Catalogue;
use crate::office::scoring::{Change, Reading, Total, Turn, turn};
use crate::office::{Colour, Higher, Instrument};

pub fn instrument(cat: &Catalogue, one: &Instrument) -> String {
    own(cat, &one.name.zh, &one.name.en)
}

/// Who answers, from what age the child has to be.
pub fn age_and_by(cat: &Catalogue, one: &Instrument) -> String {
    let by: Vec<String> = one.by.iter().map(|by| core_choice(cat, "score-by", by)).collect();
    let by = by.join(&cat.t("value-and"));
    match one.from_age {
        0 => by,
        age => cat.tn("score-from-age", &[("by", by.into()), ("age", age.to_string().into())]).into_owned(),
    }
}

pub fn colour(cat: &Catalogue, colour: Colour) -> String {
    core_choice(cat, "colour", colour.code())
}

/// `7/12 越低越好 黄`, or which items are missing; of an instrument that is gone, that its answers are kept.
pub fn total(cat: &Catalogue, reading: &Reading) -> String {
    let (Some(instrument), Some(total)) = (reading.instrument, &reading.total) else {
        return word(cat, "score-gone");
    };
    match total {
        Total::Points(points) => {
            let higher = match instrument.higher {
                Higher::Better => "score-higher-better",
                Higher::Worse => "score-higher-worse",
            };
            let band = reading.band.map(|band| colour(cat, band)).unwrap_or_default();
            format!("{points}/{} {} {band}", instrument.most, cat.t(higher))
        }
        Total::Missing(items) => {
            let items: Vec<String> = items.iter().map(ToString::to_string).collect();
            cat.t1("score-missing", "items", items.join(&cat.t("value-and"))).into_owned()
        }
    }
}

/// `好3分`, `没变`, `差2分`.
pub fn judged(cat: &Catalogue, gain: i64) -> String {
    let key = match turn(gain) {
        Turn::Better => "score-better",
        Turn::Same => "score-same",
        Turn::Worse => "score-worse",
    };
    cat.t1(key, "n", gain.abs().to_string()).into_owned()
}

/// Since the baseline.
pub fn change(cat: &Catalogue, change: &Change) -> String {
    cat.t1("score-since", "change", judged(cat, change.gain)).into_owned()
}
