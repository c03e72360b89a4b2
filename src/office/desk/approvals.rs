//! An approval is of what somebody has read: with that changed, it is asked for again, and taking a change back approves
//! nothing.

use super::consequences::newest;
use super::work::Work;
use crate::domain::forms::{APPROVALS, case, goal};
use crate::domain::{ChildId, FieldId, Fields, Part, RecordKind};
use crate::office::Refusal;
use chrono::NaiveDate;
use std::collections::BTreeSet;

const PLAN: [FieldId; 2] = [case::PLANNED, case::PLAN];
const CLOSURE: [FieldId; 3] = [case::CLOSED, case::CLOSE_REASON, case::ARRANGEMENT];
/// What is done about a plan or a closure that was sent back: it is written anew, or approved after all.
const ANSWERS: [FieldId; 5] =
    [case::CLOSED, case::CLOSE_REASON, case::ARRANGEMENT, case::PLAN_APPROVED, case::CLOSE_APPROVED];
/// Of a goal, what was agreed on: not what came of it.
const GOAL: [FieldId; 6] = [goal::GOAL, goal::DOMAIN, goal::SERVICE, goal::WHO, goal::DUE, goal::DROPPED];

/// Takes approvals back whose plan or closure this work changes, unless it approves them itself.
pub(super) fn lapse(work: &mut Work, today: NaiveDate) -> Result<(), Refusal> {
    let differs = |fields: &[FieldId], before: Option<&Fields>, now: Option<&Fields>| {
        fields.iter().any(|id| before.and_then(|one| one.get(id)) != now.and_then(|one| one.get(id)))
    };
    let (mut goals, mut children) = (BTreeSet::new(), BTreeSet::new());
    for (at, before, now) in work.touched() {
        match at.kind {
            RecordKind::Goal if differs(&GOAL, before, now) => drop(goals.insert(ChildId(at.owner))),
            RecordKind::Case => drop(children.insert(ChildId(at.owner))),
            _ => {}
        }
    }
    children.extend(&goals);
    for child in children {
        let cases = work.all(RecordKind::Case, child.0)?;
        let Some(at) = newest(&cases).map(|record| record.at) else { continue };
        let kept = work.kept(RecordKind::Case, child.0)?;
        let before = kept.iter().find(|record| record.at == at).map(|record| &record.fields);
        let Some(fields) = work.fields(at)?.cloned() else { continue };
        let mut now = fields.clone();
        let stands = |id: &FieldId| {
            fields.get(id).is_some() && before.and_then(|before| before.get(id)) == fields.get(id)
        };
        let planned = goals.contains(&child) || differs(&PLAN, before, Some(&fields));
        if stands(&case::PLAN_APPROVED) && planned && fields.get(&case::CLOSED).is_none() {
            now.set(case::PLAN_APPROVED, None);
            now.set(case::PLAN_LAPSED, Some(today.into()));
        } else if fields.get(&case::PLAN_APPROVED).is_some() {
            now.set(case::PLAN_LAPSED, None);
        }
        if stands(&case::CLOSE_APPROVED) && differs(&CLOSURE, before, Some(&fields)) {
            now.set(case::CLOSE_APPROVED, None);
        }
        let sent_back = fields.get(&case::SENT_BACK);
        if sent_back.is_some() && before.and_then(|before| before.get(&case::SENT_BACK)) != sent_back {
            open_again(&mut now);
        } else if sent_back.is_some() && (planned || differs(&ANSWERS, before, Some(&fields))) {
            now.set(case::SENT_BACK, None);
            now.set(case::SENT_BACK_WHY, None);
        }
        if now != fields {
            work.set(at, Some(now))?;
        }
    }
    Ok(())
}

/// A closure that is sent back closes nothing: the child is looked after, and its work comes due, as before.
fn open_again(case: &mut Fields) {
    if case.get(&case::CLOSE_APPROVED).is_none() {
        // One that was open once more had been closed until then.
        let reopened = case.date(&case::REOPENED).filter(|again| case.date(&case::CLOSED) > Some(*again));
        let still = case.date(&case::CLOSED).filter(|closed| case.date(&case::REOPENED) >= Some(*closed));
        case.set(case::CLOSED, reopened.or(still).map(Into::into));
    }
}

/// What of this somebody may do who may not approve: an approval that lapsed stays lapsed. `None` where an approval
/// would be taken away, or nothing is left.
pub(super) fn without_approving(mut parts: Vec<Part>) -> Option<Vec<Part>> {
    for part in parts.iter_mut().filter(|part| part.at.kind == RecordKind::Case) {
        let approval = |id: &FieldId| APPROVALS.contains(id);
        if part.edits.iter().any(|edit| approval(&edit.field) && edit.old.is_some()) {
            return None;
        }
        if part.edits.iter().any(|edit| approval(&edit.field)) {
            part.edits.retain(|edit| !approval(&edit.field) && edit.field != case::PLAN_LAPSED);
        }
    }
    parts.retain(|part| part.made || part.dropped || !part.edits.is_empty());
    (!parts.is_empty()).then_some(parts)
}
