//! A follow-up that is open again, since somebody took back that it was done, is due only if it is still asked for:
//! meanwhile the record may have its answer, somebody may have been there, or the same may have been opened anew.
//!
//! What a flag asks for is not looked at here: it ends with the flag.

use super::consequences::{Consequences, end, is_closed};
use super::work::Work;
use crate::domain::forms::{contact, follow_up};
use crate::domain::{ChildId, Fields, FollowUp, RecordKind, RecordRef};
use crate::office::Refusal;
use crate::practice::deadlines::{Trigger, Turn};
use uuid::Uuid;

/// Whether a follow-up is open that was not, other than one that is new.
pub(super) fn is_reopened(before: Option<&Fields>, now: Option<&Fields>, taking_back: bool) -> bool {
    let done = |fields: &Fields| fields.get(&follow_up::DONE).is_some();
    before.map_or(taking_back, done) && now.is_some_and(|now| !done(now))
}

impl Consequences<'_> {
    /// Ends again what nobody asks for any more.
    pub(super) fn settle_reopened(&self, work: &mut Work) -> Result<(), Refusal> {
        let reopened = work.touched().filter(|(at, before, now)| {
            at.kind == RecordKind::FollowUp && is_reopened(*before, *now, self.taking_back)
        });
        let reopened: Vec<RecordRef> = reopened.map(|(at, ..)| at).collect();
        for at in reopened {
            let child = ChildId(at.owner);
            let Some(one) = work.open(child)?.into_iter().find(|one| one.at == at) else { continue };
            if let Some(why) = self.why_over(work, child, &one)? {
                end(work, child, self.today, why, |other| other.at == at)?;
            }
        }
        Ok(())
    }

    /// Why an open follow-up is not to be done any more, as a code of `follow-up-end`.
    fn why_over(&self, work: &Work, child: ChildId, one: &FollowUp) -> Result<Option<&'static str>, Refusal> {
        if self.was_visited_since(work, child, one)? {
            return Ok(Some("visited"));
        }
        let rules = self.practice.rules.as_ref();
        let Some(rule) = rules.and_then(|rules| rules.get(&one.rule)) else { return Ok(None) };
        let same = |other: &FollowUp| {
            other.at != one.at
                && other.rule == one.rule
                && other.about == one.about
                && other.reason == one.reason
        };
        if work.open(child)?.iter().any(same) {
            return Ok(Some("no-longer"));
        }
        if rule.on != Trigger::Flag && is_closed(work, child)? {
            return Ok(Some("closed"));
        }
        let about = |about: Uuid, kind| -> Result<Option<Fields>, Refusal> {
            let all = work.all(kind, child.0)?;
            Ok(all.iter().find(|record| record.at.id == about).map(|record| record.fields.clone()))
        };
        Ok(match (rule.on, &rule.watched, one.about) {
            (Trigger::Day, Some(watched), Some(id)) => {
                match watched.turn(None, about(id, watched.kind)?.as_ref()) {
                    Turn::Begins(_) | Turn::Moved(_) => None,
                    Turn::Answered(_) => Some("answered"),
                    Turn::Dropped | Turn::Same => match about(id, watched.kind)? {
                        Some(fields) if watched.ends.iter().any(|end| fields.get(end).is_some()) => {
                            Some("answered")
                        }
                        _ => Some("no-longer"),
                    },
                }
            }
            (Trigger::Decision, _, Some(id)) => {
                let decided = self.decided(about(id, RecordKind::Conference)?.as_ref());
                (!decided.contains_key(&one.reason)).then_some("no-longer")
            }
            _ => None,
        })
    }

    /// Whether somebody was there after this follow-up was opened, as for one that is open all the time.
    fn was_visited_since(&self, work: &Work, child: ChildId, one: &FollowUp) -> Result<bool, Refusal> {
        let kind = match one.kind.as_str() {
            "first-response" | "visit" => "visit",
            "call" => "call",
            _ => return Ok(false),
        };
        let all = work.all(RecordKind::FollowUp, child.0)?;
        let Some(opened) = all.iter().find(|record| record.at == one.at).map(|record| record.created) else {
            return Ok(false);
        };
        let contacts = work.all(RecordKind::Contact, child.0)?;
        let mut such = contacts.iter().filter(|record| record.fields.text(&contact::KIND) == kind);
        let ends = |on| !one.rule.is_empty() || one.due <= on;
        Ok(such.any(|record| record.created > opened && record.fields.date(&contact::ON).is_some_and(ends)))
    }
}
