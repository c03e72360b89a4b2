//! Whether the child being registered is on file already: asked while one types, shown with the reasons.

use super::{Form, LIKELY, LIKELY_AFTER, LIKELY_DUE, words};
use crate::domain::forms::child;
use crate::domain::{ChildId, FieldId, Fields};
use crate::office::{Likeness, Request, Verdict};
use crate::tui::screen::{Choose, Cx, Effect, Place, Ticket};
use crate::wording;

/// What tells one child from another.
const TELLING: [FieldId; 8] = [
    child::NAME,
    child::SEX,
    child::BIRTH,
    child::ID_NUMBER,
    child::GUARDIAN,
    child::PHONE,
    child::VILLAGE,
    child::SCHOOL,
];

pub(super) struct Likely {
    /// Only a new child can be on file already.
    wanted: bool,
    /// What was last asked about.
    asked: Fields,
    waiting: bool,
    pub(super) found: Vec<Likeness>,
    /// The child on file about whom it was asked before saving.
    told: Option<ChildId>,
}

impl Likely {
    pub(super) fn new(wanted: bool) -> Self {
        Self { wanted, asked: Fields::default(), waiting: false, found: Vec::new(), told: None }
    }

    /// Asks soon, if what tells children apart has changed.
    pub(super) fn wake(&self, _: &Cx, form: &Form) -> Option<Effect> {
        let due = self.wanted && !self.waiting && telling(&form.values()) != self.asked;
        due.then_some(Effect::Wake(LIKELY_DUE, LIKELY_AFTER))
    }

    /// Whether nobody has looked yet for what is typed now.
    pub(super) fn must_ask(&self, values: &Fields) -> bool {
        self.wanted && (self.waiting || telling(values) != self.asked)
    }

    pub(super) fn ask(&mut self, values: Fields) -> Vec<Effect> {
        let telling = telling(&values);
        if !self.wanted || self.waiting || telling == self.asked {
            return Vec::new();
        }
        self.asked = telling.clone();
        if telling.get(&child::NAME).is_none() && telling.get(&child::ID_NUMBER).is_none() {
            self.found.clear();
        }
        self.waiting = true;
        vec![Effect::Ask(LIKELY, Request::Likely { fields: telling, except: None })]
    }

    /// Takes what was found; asks again if more was typed meanwhile.
    pub(super) fn found(&mut self, found: Vec<Likeness>, values: &Fields) -> Vec<Effect> {
        self.waiting = false;
        self.found = found;
        if telling(values) == self.asked {
            return Vec::new();
        }
        vec![Effect::Wake(LIKELY_DUE, LIKELY_AFTER)]
    }

    /// The child on file that this one surely is; the second time, nobody is bothered with it.
    pub(super) fn same_child_once(&mut self) -> Option<Likeness> {
        let same = self.found.iter().find(|found| found.verdict == Verdict::SameChild { strong: true })?;
        let told = self.told.replace(same.row.child);
        (told != self.told).then(|| same.clone())
    }

    /// A list from which a file can be opened without losing the form.
    pub(super) fn list(&self, cx: &Cx) -> Option<Place> {
        if self.found.is_empty() {
            return None;
        }
        let line = |found: &Likeness| {
            let text = format!("{}  {}", words::person(cx, &found.row), why(cx, found));
            (found.row.child.0.to_string(), text)
        };
        Some(Place::Choose(Choose {
            title: cx.cat.t("form-likely-title").into_owned(),
            choices: self.found.iter().map(line).collect(),
            chosen: Vec::new(),
            many: false,
        }))
    }

    pub(super) fn open(&self, codes: &[String]) -> Vec<Effect> {
        let child = codes.first().and_then(|code| code.parse().ok()).map(ChildId);
        child.map(|child| Effect::Open(Ticket(0), Place::File(child))).into_iter().collect()
    }
}

fn telling(values: &Fields) -> Fields {
    let mut fields = Fields::default();
    for id in TELLING {
        fields.set(id.clone(), values.get(&id).cloned());
    }
    fields
}

/// Why somebody may be the same child, in a few words.
pub(super) fn why(cx: &Cx, found: &Likeness) -> String {
    let evidence = found.evidence.iter().map(|evidence| wording::evidence(cx.cat, *evidence));
    let evidence = evidence.collect::<Vec<_>>().join(&cx.cat.t("value-and"));
    let verdict = wording::verdict(cx.cat, found.verdict);
    if evidence.is_empty() {
        return verdict;
    }
    cx.cat.tn("form-why", &[("verdict", verdict.into()), ("evidence", evidence.into())]).into_owned()
}
