//! A conference's decisions as work: one follow-up each, with who is to do it.

use super::consequences::{Consequences, end, is_closed, set};
use super::tasks::{Kept, asked_by};
use super::work::Work;
use crate::domain::decisions;
use crate::domain::forms::{conference, follow_up};
use crate::domain::{ChildId, Fields, FollowUp, RecordKind, Value, WorkerId};
use crate::office::Refusal;
use crate::practice::deadlines::Trigger;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A reason takes no more characters.
const LONGEST: usize = 200;

/// By what a follow-up says, its day and the colleague whose it is.
pub(super) type Decided = BTreeMap<String, (NaiveDate, Option<WorkerId>)>;

impl Consequences<'_> {
    pub(super) fn decisions(
        &mut self,
        work: &mut Work,
        child: ChildId,
        file: &Fields,
        records: &[Kept],
    ) -> Result<(), Refusal> {
        let rules = self.practice.rules.as_ref();
        let rule = rules.and_then(|rules| rules.all().iter().find(|rule| rule.on == Trigger::Decision));
        let Some(rule) = rule else { return Ok(()) };
        let closed = is_closed(work, child)?;
        for (at, before, now) in records.iter().filter(|(at, ..)| at.kind == RecordKind::Conference) {
            let before = self.decided(before.as_ref());
            let now = self.decided(now.as_ref());
            let mine = |one: &FollowUp| one.rule == rule.id && one.about == Some(at.id);
            for (says, (day, worker)) in now.iter().filter(|one| before.get(one.0) != Some(one.1)) {
                let due = rule.after.from(*day, &self.practice.calendar).0.max(self.today);
                let open = work.open(child)?;
                match open.iter().find(|one| mine(one) && one.reason == *says) {
                    Some(open) if before.contains_key(says) => {
                        set(work, open.at, follow_up::DUE, due)?;
                        if let Some(worker) = worker {
                            set(work, open.at, follow_up::WORKER, Value::Link(worker.0))?;
                        }
                    }
                    Some(_) => {}
                    None if closed => {}
                    None => {
                        let mut new = asked_by(rule, due, Some(at.id));
                        new.set(follow_up::REASON, Some(Value::Text(says.clone())));
                        new.set(follow_up::WORKER, worker.map(|worker| Value::Link(worker.0)));
                        self.open(work, child, file, new)?;
                    }
                }
            }
            let gone = |one: &FollowUp| mine(one) && !now.contains_key(&one.reason);
            end(work, child, self.today, "no-longer", gone)?;
        }
        Ok(())
    }

    /// Who is no colleague stands in words, and whoever keeps the file sees to it.
    pub(super) fn decided(&self, fields: Option<&Fields>) -> Decided {
        let text = fields.map(|fields| fields.text(&conference::DECIDED)).unwrap_or_default();
        let all = decisions::read(text, self.today).filter_map(|(_, one)| one.ok());
        let told = all.map(|one| {
            let worker =
                self.station.colleagues().find(|staff| staff.name == one.who || staff.login == one.who);
            let says = match worker {
                Some(_) => one.what,
                None => format!("{} -- {}", one.what, one.who),
            };
            (says.chars().take(LONGEST).collect(), (one.due, worker.map(|staff| staff.worker)))
        });
        told.collect()
    }
}
