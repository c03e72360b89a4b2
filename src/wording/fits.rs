//! Why somebody of the registers fits a child, or does not.

use crate::i18n::Catalogue;
use crate::office::FitReason;

/// All of them in one line.
pub fn fit_reasons(cat: &Catalogue, reasons: &[FitReason]) -> String {
    reasons.iter().map(|reason| one(cat, reason)).collect::<Vec<_>>().join(&cat.t("value-and"))
}

fn one(cat: &Catalogue, reason: &FitReason) -> String {
    use FitReason::*;
    let key = match reason {
        Places(n) => return cat.t1("fit-places", "n", *n).into_owned(),
        Full(n) => return cat.t1("fit-full", "n", *n).into_owned(),
        CarerAge(n) => return cat.t1("fit-carer-age", "n", n.to_string()).into_owned(),
        Approved(on) => return cat.t1("fit-approved", "on", cat.date(*on)).into_owned(),
        Checked(on) => return cat.t1("fit-checked", "on", cat.date(*on)).into_owned(),
        CheckedLate(on) => return cat.t1("fit-checked-late", "on", cat.date(*on)).into_owned(),
        Respite(until) => return cat.t1("fit-respite", "on", cat.date(*until)).into_owned(),
        Here => "fit-here",
        SameVillage => "fit-same-village",
        Speaks => "fit-speaks",
        Ended => "fit-ended",
        NotApproved => "fit-not-approved",
        NeverChecked => "fit-never-checked",
        Untrained => "fit-untrained",
        YoungOwn => "fit-young-own",
        CarerUnknown => "fit-carer-unknown",
        OwnChild => "fit-own-child",
    };
    cat.t(key).into_owned()
}
