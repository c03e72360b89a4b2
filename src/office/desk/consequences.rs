//! What a change brings with it by the rules of the work: first responses, next visits, releases, birthdays.

use super::work::Work;
use crate::domain::case::status;
use crate::domain::forms::{case, child, contact, follow_up};
use crate::domain::{
    ChildId, FieldId, Fields, FollowUp, Record, RecordKind, RecordRef, Status, Value, WorkerId,
};
use crate::office::rules::Practice;
use crate::office::{Refusal, Station};
use crate::practice::{Circumstance, Event, Facts, Suggested, Trigger};
use chrono::NaiveDate;
use std::sync::Arc;
use uuid::Uuid;

/// Something that happened in a file and may have consequences.
enum Happened {
    Registered,
    RiskSet,
    Birth,
    Contact {
        kind: String,
        on: NaiveDate,
        next: Option<NaiveDate>,
        agreed: String,
    },
    Agreed {
        old: Option<NaiveDate>,
        next: NaiveDate,
        agreed: String,
    },
    Assessed {
        on: NaiveDate,
    },
    /// Made or corrected; or reviewed, which answers what was due.
    Planned {
        on: NaiveDate,
        reviewed: bool,
    },
    Closed {
        on: NaiveDate,
    },
    OpenAgain,
    Circumstance {
        before: Option<Fields>,
        now: Fields,
    },
}

pub(super) struct Consequences<'a> {
    pub practice: &'a Arc<Practice>,
    pub station: &'a Station,
    pub today: NaiveDate,
    pub new_id: &'a mut dyn FnMut() -> Uuid,
    /// What is new in this work was in the file before.
    pub taking_back: bool,
}

impl Consequences<'_> {
    /// Adds to the work whatever follows from it. `siblings` finds the children of a household.
    pub(super) fn follow(
        &mut self,
        work: &mut Work,
        siblings: &dyn Fn(Uuid) -> Vec<ChildId>,
    ) -> Result<(), Refusal> {
        for (child, happened) in happenings(work, siblings) {
            self.one(work, child, happened)?;
        }
        self.keep_up(work, siblings)
    }

    /// A follow-up that somebody did may be the end of one thing and the beginning of the next.
    pub(super) fn done(&mut self, work: &mut Work, child: ChildId, kind: &str) -> Result<(), Refusal> {
        if kind == "birthday" { self.one(work, child, Happened::Birth) } else { Ok(()) }
    }

    fn one(&mut self, work: &mut Work, child: ChildId, happened: Happened) -> Result<(), Refusal> {
        let Some(file) = work.record(RecordRef::child(child))? else { return Ok(()) };
        let fields = &file.fields;
        let closed = is_closed(work, child)?;
        let today = self.today;
        match happened {
            // What a flag asks for ends with the flag, which may go on after a case.
            Happened::Closed { on } if closed => {
                let ends = |one: &FollowUp| !one.rule.is_empty() && !self.is_of_flag(&one.rule);
                end(work, child, on, "closed", ends)
            }
            // An older closing that is put right, in a case that was opened again.
            Happened::Closed { .. } => Ok(()),
            Happened::Agreed { old, next, agreed } => {
                let open = work.open(child)?.into_iter();
                let made =
                    |one: &FollowUp| Some(one.due) == old && one.rule.is_empty() && one.kind == "visit";
                match open.into_iter().find(made) {
                    Some(mine) => set(work, mine.at, follow_up::DUE, next),
                    None => self.open(work, child, fields, agreed_visit(next, agreed)),
                }
            }
            Happened::Contact { kind, on, next, agreed } => {
                // Whoever was there has done what the rules asked for, and what was due by then.
                let ends = |one: &FollowUp| match (kind.as_str(), one.kind.as_str()) {
                    ("visit", "first-response" | "visit") => !one.rule.is_empty() || one.due <= on,
                    ("call", "call") => !one.rule.is_empty() || one.due <= on,
                    _ => false,
                };
                end(work, child, on, "visited", ends)?;
                let mut wanted = match closed {
                    true => vec![],
                    false => self.ask(work, child, fields, Event::Contact { on })?,
                };
                if let Some(next) = next {
                    // The worker's own date stands; the rule's only if it comes sooner.
                    wanted.retain(|new| new.kind != "visit" || new.due < next);
                    self.open(work, child, fields, agreed_visit(next, agreed))?;
                }
                self.take(work, child, fields, wanted)
            }
            _ if closed => Ok(()),
            Happened::Registered => self.by_rule(work, child, fields, Event::Registered { on: today }),
            Happened::OpenAgain => self.open_again(work, child, fields),
            Happened::RiskSet => self.by_rule(work, child, fields, Event::RiskSet),
            Happened::Birth => self.by_rule(work, child, fields, Event::Birthday),
            Happened::Assessed { on } => self.by_rule(work, child, fields, Event::Assessed { on }),
            Happened::Planned { on, reviewed } => {
                if reviewed {
                    end(work, child, on, "answered", |one| self.is_set_off_by(&one.rule, Trigger::Planned))?;
                }
                self.by_rule(work, child, fields, Event::Planned { on })
            }
            Happened::Circumstance { before, now } => {
                let before = before.as_ref().map(Circumstance::of);
                let event = Event::Circumstance { before, now: Circumstance::of(&now) };
                self.by_rule(work, child, fields, event)
            }
        }
    }

    /// What ended with the case comes due again: of one opened anew a first response, as for a new one; of one whose
    /// closing was taken or sent back the next visit.
    fn open_again(&mut self, work: &mut Work, child: ChildId, fields: &Fields) -> Result<(), Refusal> {
        let cases = work.all(RecordKind::Case, child.0)?;
        let Some(case) = newest(&cases).map(|record| &record.fields) else { return Ok(()) };
        let reopened = case.date(&case::REOPENED);
        let contacts = work.all(RecordKind::Contact, child.0)?;
        let last = contacts.iter().filter_map(|contact| contact.fields.date(&contact::ON)).max();
        let goes_there = match last.filter(|_| reopened.is_none()) {
            Some(on) => Event::Contact { on },
            None => Event::Registered { on: self.today },
        };
        self.by_rule(work, child, fields, goes_there)?;
        self.by_rule(work, child, fields, Event::Birthday)?;
        if let Some(on) = case.date(&case::ASSESSED).filter(|on| reopened.is_none_or(|again| *on > again)) {
            self.by_rule(work, child, fields, Event::Assessed { on })?;
        }
        let planned = case.date(&case::PLANNED).max(case.date(&case::REVIEWED));
        if let Some(on) = planned.filter(|on| reopened.is_none_or(|again| *on > again)) {
            self.by_rule(work, child, fields, Event::Planned { on })?;
        }
        let Some(household) = fields.link(&child::HOUSEHOLD) else { return Ok(()) };
        for member in work.all(RecordKind::Member, household)? {
            let now = Circumstance::of(&member.fields);
            self.by_rule(work, child, fields, Event::Circumstance { before: None, now })?;
        }
        Ok(())
    }

    fn by_rule(
        &mut self,
        work: &mut Work,
        child: ChildId,
        fields: &Fields,
        event: Event,
    ) -> Result<(), Refusal> {
        let wanted = self.ask(work, child, fields, event)?;
        self.take(work, child, fields, wanted)
    }

    fn ask(
        &self,
        work: &Work,
        child: ChildId,
        fields: &Fields,
        event: Event,
    ) -> Result<Vec<Suggested>, Refusal> {
        let Some(rules) = &self.practice.rules else { return Ok(vec![]) };
        let open = work.open_rows(child)?;
        let facts =
            Facts { event, risk: fields.text(&child::RISK), birth: fields.date(&child::BIRTH), open: &open };
        Ok(rules.follow_ups(&facts, self.today, &self.practice.calendar))
    }

    fn take(
        &mut self,
        work: &mut Work,
        child: ChildId,
        fields: &Fields,
        wanted: Vec<Suggested>,
    ) -> Result<(), Refusal> {
        for new in wanted {
            if let Some(id) = new.moves {
                let at = RecordRef::of(RecordKind::FollowUp, child.0, id.0);
                set(work, at, follow_up::DUE, new.due)?;
                set(work, at, follow_up::RULE, new.rule.as_str())?;
                continue;
            }
            self.open(work, child, fields, suggested(&new))?;
        }
        Ok(())
    }

    pub(super) fn open(
        &mut self,
        work: &mut Work,
        child: ChildId,
        file: &Fields,
        mut new: Fields,
    ) -> Result<(), Refusal> {
        if new.get(&follow_up::WORKER).is_none() {
            new.set(follow_up::WORKER, file.get(&child::WORKER).cloned());
        }
        if let Some(due) = new.date(&follow_up::DUE) {
            work.opened.push((new.text(&follow_up::KIND).to_owned(), due));
        }
        work.make(RecordRef::of(RecordKind::FollowUp, child.0, (self.new_id)()), new);
        Ok(())
    }

    fn is_of_flag(&self, rule: &str) -> bool {
        self.is_set_off_by(rule, Trigger::Flag)
    }

    fn is_set_off_by(&self, rule: &str, on: Trigger) -> bool {
        let rule = self.practice.rules.as_ref().and_then(|rules| rules.get(rule));
        rule.is_some_and(|rule| rule.on == on)
    }
}

/// Ends what is open; the code, of `follow-up-end`, says why.
pub(super) fn end(
    work: &mut Work,
    child: ChildId,
    on: NaiveDate,
    why: &str,
    which: impl Fn(&FollowUp) -> bool,
) -> Result<(), Refusal> {
    for one in work.open(child)?.into_iter().filter(which) {
        set(work, one.at, follow_up::DONE, on)?;
        set(work, one.at, follow_up::END, Value::Choice(why.to_owned()))?;
    }
    Ok(())
}

/// A follow-up as the rules want it.
pub(in crate::office) fn suggested(new: &Suggested) -> Fields {
    let mut fields = Fields::default();
    fields.set(follow_up::KIND, Some(Value::Choice(new.kind.clone())));
    fields.set(follow_up::DUE, Some(Value::Date(new.due)));
    fields.set(follow_up::REPEAT, new.repeat.clone().map(Value::Choice));
    fields.set(follow_up::RULE, Some(Value::Text(new.rule.clone())));
    fields
}

fn agreed_visit(next: NaiveDate, agreed: String) -> Fields {
    let mut fields = Fields::default().with(follow_up::DUE, next);
    fields.set(follow_up::KIND, Some(Value::Choice("visit".into())));
    fields.set(follow_up::REASON, Some(Value::Text(agreed)));
    fields
}

pub(super) fn set(
    work: &mut Work,
    at: RecordRef,
    field: FieldId,
    value: impl Into<Value>,
) -> Result<(), Refusal> {
    if let Some(mut fields) = work.fields(at)?.cloned() {
        fields.set(field, Some(value.into()));
        work.set(at, Some(fields))?;
    }
    Ok(())
}

/// Whether the newest case of a child is closed.
pub(super) fn is_closed(work: &Work, child: ChildId) -> Result<bool, Refusal> {
    Ok(newest_is_closed(&work.all(RecordKind::Case, child.0)?))
}

pub(super) fn newest_is_closed(cases: &[Arc<Record>]) -> bool {
    newest(cases).is_some_and(|record| status(&record.fields, None) == Status::Closed)
}

pub(super) fn newest(cases: &[Arc<Record>]) -> Option<&Arc<Record>> {
    cases.iter().max_by_key(|case| (case.fields.date(&case::OPENED), case.created, case.at.id))
}

/// What happened in which file, in the order in which it has consequences.
fn happenings(work: &Work, siblings: &dyn Fn(Uuid) -> Vec<ChildId>) -> Vec<(ChildId, Happened)> {
    let mut all = vec![];
    for (at, before, now) in work.touched() {
        let Some(now) = now else { continue };
        let child = ChildId(at.owner);
        let changed = |field: &FieldId| before.is_none_or(|before| before.get(field) != now.get(field));
        match at.kind {
            RecordKind::Child if before.is_none() => all.push((child, Happened::Registered)),
            RecordKind::Child => {
                if changed(&child::RISK) && now.get(&child::RISK).is_some() {
                    all.push((child, Happened::RiskSet));
                }
                if changed(&child::BIRTH) && now.get(&child::BIRTH).is_some() {
                    all.push((child, Happened::Birth));
                }
            }
            RecordKind::Contact => {
                let next = now.date(&contact::NEXT);
                let agreed = now.text(&contact::AGREED).to_owned();
                match (before, now.date(&contact::ON), next) {
                    (None, Some(on), next) => {
                        let kind = now.text(&contact::KIND).to_owned();
                        all.push((child, Happened::Contact { kind, on, next, agreed }));
                    }
                    (Some(before), _, Some(next)) if changed(&contact::NEXT) => {
                        let old = before.date(&contact::NEXT);
                        all.push((child, Happened::Agreed { old, next, agreed }));
                    }
                    _ => {}
                }
            }
            RecordKind::Case => {
                if let Some(on) = now.date(&case::ASSESSED).filter(|_| changed(&case::ASSESSED)) {
                    all.push((child, Happened::Assessed { on }));
                }
                let (planned, reviewed) = (now.date(&case::PLANNED), now.date(&case::REVIEWED));
                let newest = |on: NaiveDate| planned.max(reviewed) == Some(on);
                if let Some(on) = planned.filter(|on| changed(&case::PLANNED) && newest(*on)) {
                    all.push((child, Happened::Planned { on, reviewed: false }));
                }
                if let Some(on) = reviewed.filter(|on| changed(&case::REVIEWED) && newest(*on)) {
                    all.push((child, Happened::Planned { on, reviewed: true }));
                }
                let is_closed = |case: &Fields| status(case, None) == Status::Closed;
                if let Some(on) = now.date(&case::CLOSED).filter(|_| changed(&case::CLOSED) && is_closed(now))
                {
                    all.push((child, Happened::Closed { on }));
                }
                if before.is_some_and(is_closed) && !is_closed(now) {
                    all.push((child, Happened::OpenAgain));
                }
            }
            RecordKind::Member => {
                for child in siblings(at.owner) {
                    let (before, now) = (before.cloned(), now.clone());
                    all.push((child, Happened::Circumstance { before, now }));
                }
            }
            _ => {}
        }
    }
    all
}

/// Whose a new follow-up is unless somebody says otherwise.
pub(super) fn worker_of(child: &Fields) -> Option<WorkerId> {
    child.link(&child::WORKER).map(WorkerId)
}
