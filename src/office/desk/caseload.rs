//! Who has how many cases, and how they go from one to another: a change for each child, so that wherever it is cut,
//! each case and follow-up has somebody, and the same request goes on with what is left.

use super::save::Kept;
use super::work::Work;
use super::{Files, facts};
use crate::domain::check::Fault;
use crate::domain::follow_up::{self as acts, Act};
use crate::domain::forms::{RISKS, child, follow_up};
use crate::domain::{ActFault, ChildId, FieldFault, FollowUp, RecordRef, Status, Value, WorkerId};
use crate::office::audit::Verb;
use crate::office::roster::{Due, Roster};
use crate::office::{Caseload, HandOver, HandOverPlan, HandedOver, Load, NOBODY, Refusal, Watch};
use chrono::Datelike;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The rule on how many cases one worker has.
const RULE: &str = "caseload";
/// No ceiling is looked for above this.
const MOST: usize = 1_000;

impl Files {
    pub(super) fn caseload(&self) -> Caseload {
        let today = self.today().num_days_from_ce();
        let mut loads: BTreeMap<Option<WorkerId>, Load> = BTreeMap::new();
        let station = self.station();
        for staff in station.colleagues() {
            let takes = true;
            loads.insert(Some(staff.worker), Load { worker: Some(staff.worker), takes, ..Load::default() });
        }
        let roster = self.roster();
        let mut load_of = |number: u16, count: &mut dyn FnMut(&mut Load)| {
            let worker = roster.worker_of(number);
            count(loads.entry(worker).or_insert_with(|| Load { worker, ..Load::default() }));
        };
        for slot in roster.living_slots().filter(|slot| is_open(roster.digest(*slot).status)) {
            let digest = roster.digest(slot);
            load_of(digest.worker, &mut |load| {
                load.open += 1;
                load.risks[usize::from(digest.risk).min(RISKS.len())] += 1;
            });
        }
        for due in roster.due(..) {
            load_of(whose(&roster, due), &mut |load| {
                load.follow_ups += 1;
                load.overdue += usize::from(due.day < today);
            });
        }
        drop(roster);
        let mut loads: Vec<Load> =
            loads.into_values().filter(|load| load.takes || load.open + load.follow_ups > 0).collect();
        self.judge(&mut loads);
        let name = |load: &Load| {
            load.worker.and_then(|worker| station.worker(worker)).unwrap_or_default().to_owned()
        };
        loads.sort_by_key(|load| (load.takes, Reverse(load.open), name(load)));
        Caseload { ceiling: self.ceiling(), loads }
    }

    /// What the rules say of each who can be given work.
    fn judge(&self, loads: &mut [Load]) {
        let facts = facts::of_workers(loads.iter().map(|load| load.open), self.today());
        let flags = self.flags_of("workers", &facts, loads.len());
        for (load, flags) in loads.iter_mut().zip(flags) {
            load.flag = flags.into_iter().find(|flag| flag.rule == RULE).filter(|_| load.takes);
        }
    }

    /// The most cases of which the rule says nothing: the station's own table is heard as it is.
    fn ceiling(&self) -> Option<usize> {
        let facts = facts::of_workers(0..MOST, self.today());
        let flags = self.flags_of("workers", &facts, MOST);
        let passed = flags.iter().position(|flags| flags.iter().any(|flag| flag.rule == RULE))?;
        passed.checked_sub(1)
    }

    pub(super) fn plan_hand_over(&self, over: &HandOver) -> Result<HandOverPlan, Refusal> {
        self.check_taker(over)?;
        let roster = self.roster();
        let (from, to) = (number(&roster, over.from), roster.worker(over.to));
        let mut plan = HandOverPlan::default();
        for child in going(&roster, over) {
            let Some(slot) = roster.slot(child) else { continue };
            let digest = roster.digest(slot);
            plan.cases += usize::from(is_open(digest.status) && Some(digest.worker) == from);
        }
        let chosen = chosen(over);
        for due in roster.due(..).filter(|due| Some(whose(&roster, *due)) == from) {
            let child = roster.view(due.slot).map(|view| view.child);
            plan.follow_ups += usize::from(child.is_some_and(|child| is_chosen(&chosen, child)));
        }
        let theirs = |slot: &u32| {
            let digest = roster.digest(*slot);
            is_open(digest.status) && Some(digest.worker) == to
        };
        plan.then = roster.living_slots().filter(theirs).count() + plan.cases;
        drop(roster);
        plan.passes = self.ceiling().filter(|ceiling| plan.then > *ceiling);
        Ok(plan)
    }

    pub(super) fn hand_over(&self, over: &HandOver, watch: &dyn Watch) -> Result<HandedOver, Refusal> {
        self.check_taker(over)?;
        let why = over.why.trim();
        let have = why.chars().count();
        if why.is_empty() {
            return Err(Refusal::Act(ActFault::NoReason));
        }
        if have > HandOver::LONGEST {
            let fault = Fault::TooLong { max: HandOver::LONGEST, have };
            return Err(Refusal::Invalid(vec![FieldFault {
                field: follow_up::HANDED_WHY,
                fault,
                grave: true,
            }]));
        }
        let children = going(&self.roster(), over);
        let (all, mut done) = (children.len(), HandedOver::default());
        for (at, child) in children.into_iter().enumerate() {
            if !watch.progress(at as u64, u64::try_from(all).ok()) {
                done.left = all - at;
                break;
            }
            self.hand_over_one(child, over, why, &mut done)?;
        }
        Ok(done)
    }

    fn check_taker(&self, over: &HandOver) -> Result<(), Refusal> {
        let takes = self.station().colleagues().any(|staff| staff.worker == over.to);
        if takes && over.to != over.from { Ok(()) } else { Err(Refusal::NotFound) }
    }

    /// The file is read under the lock: what somebody did to it meanwhile is seen.
    fn hand_over_one(
        &self,
        id: ChildId,
        over: &HandOver,
        why: &str,
        done: &mut HandedOver,
    ) -> Result<(), Refusal> {
        self.open_begun(id)?;
        let mut ledger = self.ledger();
        let mut work = Work::new(&self.store, &self.recent);
        let at = RecordRef::child(id);
        let Some(mut file) = work.fields(at)?.cloned() else { return Ok(()) };
        let from = (over.from != NOBODY).then_some(over.from);
        let worker = file.link(&child::WORKER).map(WorkerId);
        let status = self.roster().of_child(id).map(|view| view.status);
        let moves = worker == from && status.is_some_and(is_open);
        let theirs = |one: &FollowUp| one.worker.or(worker) == from;
        for one in work.open(id)?.into_iter().filter(theirs) {
            done.follow_ups += 1;
            // Of a case that goes over, what names nobody goes with it.
            if one.worker.is_some() || !moves {
                let Some(fields) = work.fields(one.at)?.cloned() else { continue };
                let act = Act::HandedOver { to: over.to, why: why.to_owned() };
                let acted = acts::apply(&fields, &act, self.today()).map_err(Refusal::Act)?;
                work.set(one.at, Some(acted.fields))?;
            }
        }
        if moves {
            done.cases += 1;
            file.set(child::WORKER, Some(Value::Link(over.to.0)));
            file.set(child::HANDED_WHY, Some(Value::Text(why.to_owned())));
            work.set(at, Some(file))?;
        }
        self.keep(&mut ledger, work, Kept { reverts: None, draft: None, verb: Verb::HandOver }, vec![])?;
        Ok(())
    }
}

fn is_open(status: Status) -> bool {
    status != Status::Closed
}

/// Whose follow-up it is: one that names nobody is that of who has the child.
fn whose(roster: &Roster, due: Due) -> u16 {
    if due.worker == 0 { roster.digest(due.slot).worker } else { due.worker }
}

/// The small number of who hands over; none: no row names them.
fn number(roster: &Roster, worker: WorkerId) -> Option<u16> {
    if worker == NOBODY { Some(0) } else { roster.worker(worker) }
}

fn chosen(over: &HandOver) -> Option<BTreeSet<ChildId>> {
    over.children.as_ref().map(|children| children.iter().copied().collect())
}

fn is_chosen(chosen: &Option<BTreeSet<ChildId>>, child: ChildId) -> bool {
    chosen.as_ref().is_none_or(|chosen| chosen.contains(&child))
}

/// The children of whom a case or a follow-up goes over.
fn going(roster: &Roster, over: &HandOver) -> BTreeSet<ChildId> {
    let Some(from) = number(roster, over.from) else { return BTreeSet::new() };
    let own = roster.living_slots().filter(|slot| {
        let digest = roster.digest(*slot);
        digest.worker == from && is_open(digest.status)
    });
    let due = roster.due(..).filter(|due| whose(roster, *due) == from).map(|due| due.slot);
    let chosen = chosen(over);
    let child = |slot| roster.view(slot).map(|view| view.child);
    own.chain(due).filter_map(child).filter(|child| is_chosen(&chosen, *child)).collect()
}
