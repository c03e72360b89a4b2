//! Children whom the rules call urgent or to act on, and what waits for a supervisor. All of it is read from the rows in
//! memory and what lies beside them; no file is opened.

use super::Files;
use crate::domain::Status;
use crate::domain::row::RowView;
use crate::office::audit::Verb;
use crate::office::roster::{Roster, Slot, risk};
use crate::office::{Agenda, ChildLine, Grade, Pressing, Queue, QueuePart, Refusal, Scope, Waits};
use chrono::Datelike;
use std::cmp::Reverse;
use std::collections::BTreeMap;

impl Files {
    /// The children whom a rule calls urgent or to act on, the most pressing first; how many there are; and whether the
    /// rules are still being asked.
    pub(super) fn pressing(&self, roster: &Roster, scope: Scope) -> (Vec<ChildLine>, usize, bool) {
        let me = roster.worker(self.me.worker);
        let mine = |slot: Slot| scope == Scope::Station || me == Some(roster.digest(slot).worker);
        let mut slots: Vec<(Slot, Pressing)> = roster
            .living_slots()
            .filter_map(|slot| Some((slot, roster.pressing(slot).get()?)))
            .filter(|(slot, pressing)| pressing.reaches(Grade::Act) && mine(*slot))
            .collect();
        let total = slots.len();
        first(&mut slots, Agenda::MOST, |(slot, pressing)| order(roster, *slot, pressing));
        let lines =
            slots.into_iter().filter_map(|(slot, pressing)| Some(line(&roster.view(slot)?, pressing)));
        (lines.collect(), total, !self.is_rolled())
    }

    pub(super) fn queue(&self) -> Result<Queue, Refusal> {
        self.listed(Verb::Queue)?;
        let pending = !self.is_rolled();
        let roster = self.roster();
        let today = self.today().num_days_from_ce();
        let high = risk("high");
        let mut parts: [(Waits, Vec<(Slot, Pressing)>); 5] =
            [Waits::Urgent, Waits::Plan, Waits::Closure, Waits::Visit, Waits::Risk]
                .map(|what| (what, vec![]));
        for slot in roster.living_slots() {
            let digest = roster.digest(slot);
            let pressing = roster.pressing(slot).get().unwrap_or_default();
            for (what, slots) in &mut parts {
                let waits = match what {
                    Waits::Urgent => pressing.urgent > 0,
                    Waits::Plan => pressing.plan_waits,
                    Waits::Closure => pressing.closure_waits,
                    Waits::Visit => pressing.visit_late,
                    Waits::Risk => digest.risk == high && digest.status != Status::Closed,
                    Waits::Overdue(_) => false,
                };
                if waits {
                    slots.push((slot, pressing));
                }
            }
        }
        let [urgent, plan, closure, visit, risk] = parts.map(|(what, mut slots)| {
            let total = slots.len();
            first(&mut slots, Queue::MOST, |(slot, pressing)| order(&roster, *slot, pressing));
            let lines =
                slots.into_iter().filter_map(|(slot, pressing)| Some(line(&roster.view(slot)?, pressing)));
            QueuePart { what, lines: lines.collect(), total }
        });
        let mut queue = vec![urgent, plan, closure];
        queue.extend(overdue(&roster, today));
        queue.extend([visit, risk]);
        queue.retain(|part| part.total > 0);
        Ok(Queue { parts: queue, pending })
    }
}

/// A part for each worker, those with the most of it first.
fn overdue(roster: &Roster, today: i32) -> Vec<QueuePart> {
    let mut by_worker = BTreeMap::new();
    for due in roster.due(..today) {
        let theirs = match due.worker {
            0 => roster.digest(due.slot).worker,
            worker => worker,
        };
        let part: &mut QueuePart = by_worker.entry(theirs).or_insert_with(|| {
            let worker = roster.of_due(due).and_then(|(row, due)| due.worker.or(row.worker));
            QueuePart { what: Waits::Overdue(worker), lines: vec![], total: 0 }
        });
        part.total += 1;
        if part.lines.len() < Queue::MOST
            && let Some((row, follow_up)) = roster.of_due(due)
        {
            let pressing = roster.pressing(due.slot).get().unwrap_or_default();
            let due = Some((follow_up.kind.to_owned(), follow_up.on));
            let worker = follow_up.worker.or(row.worker);
            part.lines.push(ChildLine { due, worker, ..line(&row, pressing) });
        }
    }
    let mut parts: Vec<QueuePart> = by_worker.into_values().collect();
    parts.sort_by_key(|part| Reverse(part.total));
    parts
}

/// The most pressing first; of the same, the higher risk, then whoever has had no contact for longest.
fn order(roster: &Roster, slot: Slot, pressing: &Pressing) -> impl Ord + use<> {
    let digest = roster.digest(slot);
    (Reverse(pressing.urgent), Reverse(pressing.act), digest.risk, digest.last_contact, slot)
}

/// The first so many, in order; the others go unsorted.
fn first<T, K: Ord>(all: &mut Vec<T>, most: usize, key: impl Fn(&T) -> K) {
    if all.len() > most {
        all.select_nth_unstable_by_key(most, &key);
        all.truncate(most);
    }
    all.sort_by_key(&key);
}

fn line(row: &RowView<'_>, pressing: Pressing) -> ChildLine {
    ChildLine {
        child: row.child,
        name: row.name.to_owned(),
        birth: row.birth,
        village: row.village.to_owned(),
        guardian: row.guardian.to_owned(),
        risk: row.risk.to_owned(),
        worker: row.worker,
        last_contact: row.last_contact,
        due: row.due().next().map(|due| (due.kind.to_owned(), due.on)),
        pressing,
    }
}
