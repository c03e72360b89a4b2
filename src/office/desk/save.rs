//! Saving and acting on follow-ups: the one way in which files change. What is taken back goes it, too (`revert.rs`).

use super::Files;
use super::consequences::{Consequences, worker_of};
use super::work::Work;
use crate::domain::aid::{AidFault, Entry};
use crate::domain::check::{self, FieldFault};
use crate::domain::company::CompanyFault;
use crate::domain::decisions;
use crate::domain::follow_up::{self as acts, Act};
use crate::domain::forms::{case, child, conference, contact, follow_up, session};
use crate::domain::{Change, ChangeId, ChildId, FieldId, Fields, RecordKind, RecordRef};
use crate::domain::{HouseholdId, Record, RecordId, Row, Value, WorkerId};
use crate::office::audit::{Deed, Verb};
use crate::office::ledger::{Ledger, id_at};
use crate::office::{Refusal, Save, SaveRecord, Saved, finder, keep};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Files {
    pub(super) fn save(&self, save: Save) -> Result<Saved, Refusal> {
        self.open_begun_in(save.records.iter().map(|record| record.at))?;
        let mut ledger = self.ledger();
        let mut work = Work::new(&self.store, &self.recent);
        let mut warnings = vec![];
        let mut renamed = None;
        for record in save.records {
            let at = self.place(record.at, &mut renamed, &ledger);
            self.take(&mut work, at, record, &mut warnings)?;
        }
        self.complete(&mut work, &mut ledger)?;
        self.name_volunteers(&mut work)?;
        self.check_company(&work)?;
        self.refuse_impossible(&work, &self.siblings(&work))?;
        self.follow(&mut work, &ledger, |_, _| Ok(()))?;
        self.keep(&mut ledger, work, Kept { reverts: None, draft: save.draft, verb: Verb::Change }, warnings)
    }

    /// A form for something new has no ids yet: nil ones are given here, the same for all that belongs to a new child.
    fn place(&self, mut at: RecordRef, child: &mut Option<Uuid>, ledger: &Ledger) -> RecordRef {
        if at.kind == RecordKind::Station {
            return at;
        }
        let of_child = at.kind.is_of_child();
        if at.kind == RecordKind::Child && at.id.is_nil() {
            at.id = *child.get_or_insert_with(|| id_at(ledger.stamp));
            at.owner = at.id;
        }
        if at.kind == RecordKind::Child {
            *child = Some(at.id);
        }
        if at.owner.is_nil() && of_child {
            at.owner = *child.get_or_insert_with(|| id_at(ledger.stamp));
        }
        if at.id.is_nil() {
            at.id = id_at(ledger.stamp);
            if at.kind == RecordKind::Household {
                at.owner = at.id;
            }
        }
        if at.kind.is_register() {
            at.owner = at.id;
        }
        at
    }

    /// Takes a form's fields into the work: only what was edited, and only where nobody else edited the same.
    fn take(
        &self,
        work: &mut Work,
        at: RecordRef,
        record: SaveRecord,
        warnings: &mut Vec<FieldFault>,
    ) -> Result<(), Refusal> {
        use RecordKind::{Staff, Station};
        let station = self.station();
        let current = work.fields(at)?.cloned();
        // Which instrument a score is of does not change any more.
        let form = station.form_of(at.kind, current.as_ref().unwrap_or(&record.fields));
        if form.is_none() && at.kind != Staff {
            return Err(Refusal::NotAllowed);
        }
        if at.kind == RecordKind::Member && at.owner.is_nil() {
            return Err(Refusal::NotFound);
        }
        if at.kind.is_of_child() && work.fields(RecordRef::child(ChildId(at.owner)))?.is_none() {
            return Err(Refusal::NotFound);
        }
        if current.is_none() && record.base.is_some() && at.kind != Station {
            return Err(Refusal::NotFound);
        }
        if current.is_some() && at.kind == RecordKind::AidEntry {
            return Err(Refusal::Aid(AidFault::Kept));
        }
        if current.is_some() && at.kind == RecordKind::Attendance && record.base.is_none() {
            return Err(Refusal::Company(CompanyFault::Named));
        }
        let base = record.base.unwrap_or_default();
        let mut merged = current.clone().unwrap_or_default();
        let mut changed = vec![];
        let ids: BTreeSet<&FieldId> = base.0.keys().chain(record.fields.0.keys()).collect();
        for id in ids {
            let (was, now) = (base.get(id), record.fields.get(id));
            // Fields that no form shows are written by acts and by the office alone.
            let typed = form.is_none_or(|form| form.field(id).is_some())
                || (at.kind == RecordKind::Child && *id == child::HOUSEHOLD)
                || (at.kind == RecordKind::Session && *id == session::BY);
            if was == now || !typed {
                continue;
            }
            let is = current.as_ref().and_then(|fields| fields.get(id));
            if is == was || is == now {
                merged.set(id.clone(), now.cloned());
            } else {
                changed.push(id.clone());
            }
        }
        if !changed.is_empty() {
            return Err(Refusal::Changed(changed));
        }
        match at.kind {
            RecordKind::Child => drop(check::fill(&mut merged)),
            RecordKind::Conference => {
                let settled = decisions::settle(merged.text(&conference::DECIDED), self.today());
                merged.set(conference::DECIDED, Some(Value::Text(settled)));
            }
            _ => {}
        }
        if let Some(form) = form {
            let mut faults = check::check(form, &merged, self.today());
            if at.kind == RecordKind::Unit {
                faults.extend(self.unit_fault(at, &merged)?);
            }
            if faults.iter().any(|fault| fault.grave) {
                return Err(Refusal::Invalid(faults));
            }
            warnings.extend(faults);
        }
        work.set(at, Some(merged))
    }

    /// Fills what the office knows better than a form: who, which number, which household, an open case.
    fn complete(&self, work: &mut Work, ledger: &mut Ledger) -> Result<(), Refusal> {
        let me = (!self.me.worker.0.is_nil()).then_some(Value::Link(self.me.worker.0));
        let today = self.today();
        let new: Vec<(RecordRef, Fields)> = work
            .touched()
            .filter_map(|(at, before, now)| before.is_none().then_some((at, now?.clone())))
            .collect();
        for (at, mut fields) in new {
            let mut or = |id: FieldId, value: Option<Value>| {
                if fields.get(&id).is_none() {
                    fields.set(id, value);
                }
            };
            match at.kind {
                RecordKind::Child => {
                    or(child::WORKER, me.clone());
                    or(child::HOUSEHOLD, Some(Value::Link(id_at(ledger.stamp))));
                    match fields.text(&child::CASE_NO) {
                        "" => {
                            let number = ledger.case_number(today.year());
                            fields.set(child::CASE_NO, Some(Value::Text(number)));
                        }
                        number => ledger.heed(number),
                    }
                    if work.all(RecordKind::Case, at.id)?.is_empty() {
                        let case = RecordRef::of(RecordKind::Case, at.id, id_at(ledger.stamp));
                        work.make(case, Fields::default().with(case::OPENED, today));
                    }
                }
                RecordKind::AidEntry => self.complete_aid(work, &mut fields)?,
                RecordKind::Attendance => self.complete_attendance(at, &mut fields)?,
                RecordKind::Contact => or(contact::WORKER, me.clone()),
                RecordKind::FollowUp => {
                    let file = work.fields(RecordRef::child(ChildId(at.owner)))?;
                    let theirs = file.and_then(worker_of).map(|worker| Value::Link(worker.0));
                    or(follow_up::WORKER, theirs.or_else(|| me.clone()));
                }
                _ => continue,
            }
            work.set(at, Some(fields))?;
        }
        Ok(())
    }

    /// Adds what follows by the rules.
    fn follow(
        &self,
        work: &mut Work,
        ledger: &Ledger,
        then: impl FnOnce(&mut Consequences, &mut Work) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.with_consequences(work, ledger, |consequences, work, siblings| {
            consequences.follow(work, siblings)?;
            then(consequences, work)
        })
    }

    pub(super) fn with_consequences(
        &self,
        work: &mut Work,
        ledger: &Ledger,
        run: impl FnOnce(&mut Consequences, &mut Work, &dyn Fn(Uuid) -> Vec<ChildId>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let stamp = ledger.stamp;
        let new_id = &mut || id_at(stamp);
        let siblings = self.siblings(work);
        let station = &*self.station();
        let mut consequences = Consequences {
            station,
            practice: &self.practice(),
            today: self.today(),
            new_id,
            taking_back: false,
        };
        run(&mut consequences, work, &siblings)
    }

    /// The children of a household, with those that this work registers.
    pub(super) fn siblings(&self, work: &Work) -> impl Fn(Uuid) -> Vec<ChildId> + use<'_> {
        let own: Vec<(Uuid, ChildId)> = work
            .touched()
            .filter(|(at, ..)| at.kind == RecordKind::Child)
            .filter_map(|(at, _, now)| Some((now?.link(&child::HOUSEHOLD)?, ChildId(at.id))))
            .collect();
        move |household| {
            let rows = self.roster().household(HouseholdId(household));
            let mut all: BTreeSet<ChildId> = rows.into_iter().map(|row| row.child).collect();
            all.extend(own.iter().filter(|(of, _)| *of == household).map(|(_, child)| *child));
            all.into_iter().collect()
        }
    }

    pub(super) fn act(&self, child: ChildId, id: RecordId, act: Act) -> Result<Saved, Refusal> {
        self.open_begun(child)?;
        let mut ledger = self.ledger();
        let mut work = Work::new(&self.store, &self.recent);
        let at = RecordRef::of(RecordKind::FollowUp, child.0, id.0);
        let fields = work.fields(at)?.cloned().ok_or(Refusal::NotFound)?;
        if let Act::HandedOver { to, .. } = &act
            && !self.station().colleagues().any(|staff| staff.worker == *to)
        {
            return Err(Refusal::NotFound);
        }
        let acted = acts::apply(&fields, &act, self.today()).map_err(Refusal::Act)?;
        let kind = fields.text(&follow_up::KIND).to_owned();
        work.set(at, Some(acted.fields))?;
        if let Some(next) = acted.next {
            if let Some(due) = next.date(&follow_up::DUE) {
                work.opened.push((kind.clone(), due));
            }
            work.make(RecordRef::of(RecordKind::FollowUp, child.0, id_at(ledger.stamp)), next);
        }
        let mut contact = acted.contact;
        let mut done = false;
        if let Act::Done { on, outcome } = &act {
            done = true;
            contact = contact_of(&work, child, &kind, *on, outcome)?;
        }
        if let Some(mut contact) = contact {
            if !self.me.worker.0.is_nil() {
                contact.set(contact::WORKER, Some(Value::Link(self.me.worker.0)));
            }
            work.make(RecordRef::of(RecordKind::Contact, child.0, id_at(ledger.stamp)), contact);
        }
        self.follow(
            &mut work,
            &ledger,
            |consequences, work| {
                if done { consequences.done(work, child, &kind) } else { Ok(()) }
            },
        )?;
        self.keep(&mut ledger, work, Kept { reverts: None, draft: None, verb: Verb::Change }, vec![])
    }

    /// Writes a work as one change, and lets lists, search and reminders see it.
    pub(super) fn keep(
        &self,
        ledger: &mut Ledger,
        work: Work,
        kept: Kept,
        warnings: Vec<FieldFault>,
    ) -> Result<Saved, Refusal> {
        self.settle(ledger);
        let mut next = ledger.clone();
        let at = next.tick(self.clock.millis());
        // What a day alone asks for nobody did.
        let by = if kept.verb == Verb::FallDue { WorkerId(Uuid::nil()) } else { self.me.worker };
        let change = Change { id: ChangeId(id_at(at)), at, by, reverts: kept.reverts, parts: work.parts() };
        let children = work.children();
        let records = work.records(&change);
        let mut ops = Vec::with_capacity(records.len() + 8);
        for (at, record) in &records {
            ops.push(record.as_ref().map_or_else(|| Ok(keep::drop(*at)), |record| keep::put(*at, record))?);
        }
        for owner in owners(&change, &work) {
            ops.push(keep::put(RecordRef::of(RecordKind::Change, owner, change.id.0), &change)?);
        }
        let mut rows = vec![];
        for &child in &children {
            let row = project(&work, child)?.map(|row| {
                let mut bytes = vec![];
                row.encode(&mut bytes);
                (row, bytes)
            });
            let place = RecordRef::of(RecordKind::Row, child.0, child.0);
            let value = row.as_ref().map(|(_, bytes)| bytes.clone());
            ops.push(crate::store::Op { key: keep::key(place), value });
            rows.push((child, row));
        }
        let draft = kept.draft.map(|draft| keep::drop(self.draft_at(draft)));
        let one = (children.len() == 1).then(|| children.iter().next().copied()).flatten();
        if change.parts.is_empty() {
            // Nothing differs from what is kept already.
            if let Some(draft) = draft {
                self.store.commit(vec![draft])?;
            }
        } else {
            ops.extend(draft);
            let now = self.clock.millis();
            let whose = self.whose(&children, &work);
            let looked = self.look_at_work(&work, &change, &whose);
            for child in &whose {
                next.note(by, self.deed(&change, kept.verb, *child), now);
            }
            ops.extend(next.close()?);
            let seq = self.store.commit(ops)?;
            self.texts.saved(change.parts.iter().map(|part| part.at), seq);
            *ledger = next;
            change.parts.iter().for_each(|part| self.others.changed(part.at.kind));
            let aid = records.iter().filter(|(at, _)| at.kind == RecordKind::AidEntry);
            self.given.saved(aid.map(|(_, record)| Entry::of(&record.as_ref()?.fields)));
            self.recent.committed(records);
            self.show(rows);
            self.counting.changed(whose.into_iter().flatten());
            self.show_rules(looked);
        }
        if let Some(id) = kept.draft {
            self.draft_ids().remove(&id);
        }
        if change.parts.iter().any(|part| is_station(part.at.kind)) {
            self.reload_station()?;
        }
        Ok(Saved { change: change.id, child: one, opened: work.opened, warnings, told: work.told })
    }

    /// What a change is in the audit: of a register it says of which.
    fn deed(&self, change: &Change, verb: Verb, child: Option<ChildId>) -> Deed {
        let register = change.parts.iter().map(|part| part.at.kind).find(|kind| kind.is_register());
        match register.filter(|_| child.is_none()) {
            Some(kind) => Deed::about(Verb::Register, kind.form().unwrap_or("")),
            None => Deed::of(verb, child),
        }
    }

    /// The children in whose files a work is: what is written of a household stands in the file of each of its
    /// children. Nobody's, for the station and its staff.
    fn whose(&self, children: &BTreeSet<ChildId>, work: &Work) -> Vec<Option<ChildId>> {
        let mut whose = children.clone();
        let roster = self.roster();
        for household in work.households() {
            whose.extend(roster.household(household).into_iter().map(|row| row.child));
        }
        if whose.is_empty() { vec![None] } else { whose.into_iter().map(Some).collect() }
    }

    /// Lets lists, search and reminders see new rows.
    fn show(&self, rows: Vec<(ChildId, Option<(Row, Vec<u8>)>)>) {
        let mut roster = self.roster_mut();
        for (child, row) in rows {
            match row {
                Some((row, bytes)) => {
                    let before = roster.of_child(child);
                    let searched = before.is_none_or(|before| finder::tells_apart(&row, &before));
                    if let Some(slot) = roster.put(&bytes)
                        && searched
                        && let Some(view) = roster.view(slot)
                    {
                        self.finder.put(slot, &view);
                    }
                }
                None => {
                    if let Some(slot) = roster.remove(child) {
                        self.finder.remove(slot);
                    }
                }
            }
        }
        drop(roster);
        self.brief.tell();
    }
}

/// What is said of a change beside its records.
pub(super) struct Kept {
    pub reverts: Option<ChangeId>,
    pub draft: Option<Uuid>,
    pub verb: Verb,
}

fn is_station(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Station | RecordKind::Staff)
}

/// Where a change is kept: with every owner it touches, so that siblings find in their history what was done to the
/// household. A household that is made along with its first child needs no copy.
fn owners(change: &Change, work: &Work) -> BTreeSet<Uuid> {
    let mut owners: BTreeSet<Uuid> = work.children().into_iter().map(|child| child.0).collect();
    let alone = owners.is_empty();
    for HouseholdId(id) in work.households() {
        let made = change.parts.iter().any(|part| part.made && part.at.id == id);
        if alone || !made {
            owners.insert(id);
        }
    }
    if change.parts.iter().any(|part| is_station(part.at.kind)) {
        owners.insert(Uuid::nil());
    }
    owners.extend(change.parts.iter().filter(|part| part.at.kind.is_register()).map(|part| part.at.id));
    owners
}

/// The visit or call that a done follow-up was, unless it is in the file already.
fn contact_of(
    work: &Work,
    child: ChildId,
    kind: &str,
    on: NaiveDate,
    outcome: &str,
) -> Result<Option<Fields>, Refusal> {
    let kind = match kind {
        "first-response" | "visit" => "visit",
        "call" => "call",
        _ => return Ok(None),
    };
    let same = |record: &Record| {
        record.fields.text(&contact::KIND) == kind && record.fields.date(&contact::ON) == Some(on)
    };
    if work.all(RecordKind::Contact, child.0)?.iter().any(|record| same(record)) {
        return Ok(None);
    }
    let mut fields = Fields::default().with(contact::ON, on);
    fields.set(contact::KIND, Some(Value::Choice(kind.into())));
    fields.set(contact::SEEN, Some(Value::Text(outcome.trim().into())));
    Ok(Some(fields))
}

/// The row of a child after the work; `None` if there is no such child then.
pub(super) fn project(work: &Work, child: ChildId) -> Result<Option<Row>, Refusal> {
    let own = work.all(RecordKind::Child, child.0)?;
    let Some(file) = own.first() else { return Ok(None) };
    let cases = work.all(RecordKind::Case, child.0)?;
    let follow_ups = work.all(RecordKind::FollowUp, child.0)?;
    let contacts = work.all(RecordKind::Contact, child.0)?;
    Ok(Some(Row::project(file, &cases, &follow_ups, &contacts)))
}
