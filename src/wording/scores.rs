//! Scores in words.

use super::{core_choice, own, word};
use crate::i18n::Catalogue;
use crate::office::scoring::{Change, HIDDEN, Programme, Reading, Total, Turn, spread, turn};
use crate::office::{Colour, Higher, Instrument, Instruments};

pub fn instrument(cat: &Catalogue, one: &Instrument) -> String {
    own(cat, &one.name.zh, &one.name.en)
}

/// Who answers, from what age the child has to be.
pub fn age_and_by(cat: &Catalogue, one: &Instrument) -> String {
    let by: Vec<String> = one.by.iter().map(|by| core_choice(cat, "score-by", by)).collect();
    let by = by.join(&cat.t("value-and"));
    match one.from_age {
        0 => by,
        age => cat.tn("scored-from-age", &[("by", by.into()), ("age", age.to_string().into())]).into_owned(),
    }
}

pub fn colour(cat: &Catalogue, colour: Colour) -> String {
    core_choice(cat, "band", colour.code())
}

/// `7/12 越低越好 黄`, or which items are missing; of an instrument that is gone, that its answers are kept.
pub fn total(cat: &Catalogue, reading: &Reading) -> String {
    let (Some(instrument), Some(total)) = (reading.instrument, &reading.total) else {
        return word(cat, "scored-gone");
    };
    match total {
        Total::Points(points) => {
            let higher = match instrument.higher {
                Higher::Better => "scored-higher-better",
                Higher::Worse => "scored-higher-worse",
            };
            let band = reading.band.map(|band| colour(cat, band)).unwrap_or_default();
            format!("{points}/{} {} {band}", instrument.most, cat.t(higher))
        }
        Total::Missing(items) => {
            let items: Vec<String> = items.iter().map(ToString::to_string).collect();
            cat.t1("scored-missing", "items", items.join(&cat.t("value-and"))).into_owned()
        }
    }
}

/// `好3分`, `没变`, `差2分`.
pub fn judged(cat: &Catalogue, gain: i64) -> String {
    let key = match turn(gain) {
        Turn::Better => "scored-better",
        Turn::Same => "scored-same",
        Turn::Worse => "scored-worse",
    };
    cat.t1(key, "n", gain.abs().to_string()).into_owned()
}

/// Since the baseline.
pub fn change(cat: &Catalogue, change: &Change) -> String {
    cat.t1("scored-since", "change", judged(cat, change.gain)).into_owned()
}

/// Its domain and name; the id alone of one that is gone.
pub fn instrument_of(cat: &Catalogue, all: &Instruments, id: &str) -> String {
    let Some(one) = all.all().iter().rfind(|one| one.id == id) else { return id.to_owned() };
    let domain = core_choice(cat, "domain", one.domain);
    format!("{domain}{}{}", cat.t("value-colon"), instrument(cat, one))
}

/// What may be said of a programme, one sentence a line: never a share of a few, never why.
pub fn concluded(cat: &Catalogue, one: &Programme) -> Vec<String> {
    let n = |number: usize| number.to_string();
    let mut lines = vec![match one.pairs() {
        0 => word(cat, "evaluation-no-pairs"),
        pairs if one.is_few() => cat.t1("evaluation-few", "n", n(pairs)).into_owned(),
        pairs => cat
            .tn(
                "evaluation-turns",
                &[
                    ("n", n(pairs).into()),
                    ("better", n(one.count(Turn::Better)).into()),
                    ("same", n(one.count(Turn::Same)).into()),
                    ("worse", n(one.count(Turn::Worse)).into()),
                ],
            )
            .into_owned(),
    }];
    // One alone has no spread: its points are the median.
    if let Some(gain) = spread(&one.gains).filter(|_| one.pairs() > 1) {
        lines.push(
            cat.tn(
                "evaluation-spread",
                &[
                    ("median", gain.median.to_string().into()),
                    ("from", gain.quarter.to_string().into()),
                    ("to", gain.three_quarters.to_string().into()),
                    ("least", gain.least.to_string().into()),
                    ("most", gain.most.to_string().into()),
                ],
            )
            .into_owned(),
        );
    }
    let missing = [
        ("evaluation-no-second", one.without_second.len()),
        ("evaluation-no-baseline", one.without_baseline.len()),
        ("evaluation-incomplete", one.incomplete),
    ];
    let missing = missing.into_iter().filter(|(_, count)| *count > 0);
    lines.extend(missing.map(|(key, count)| cat.t1(key, "n", n(count)).into_owned()));
    if one.did_not_work() {
        // Of few nothing is concluded, not even this; but those few can be looked at one by one.
        let key = if one.is_few() { "evaluation-look-at-few" } else { "evaluation-did-not-work" };
        lines.push(word(cat, key));
    }
    lines
}

/// The same for what leaves the station: of too few nothing but that they are.
pub fn concluded_outside(cat: &Catalogue, one: &Programme) -> Vec<String> {
    let out = one.outside();
    if !out.hides() {
        return concluded(cat, one);
    }
    let mut lines = match out.pairs {
        Some(_) => {
            let known = Programme { without_baseline: vec![], without_second: vec![], ..one.clone() };
            concluded(cat, &known)
        }
        None => vec![cat.t1("evaluation-hidden", "n", HIDDEN).into_owned()],
    };
    lines.push(cat.t1("evaluation-hidden-note", "n", HIDDEN).into_owned());
    lines
}
