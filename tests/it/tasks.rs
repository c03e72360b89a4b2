//! What is found opens the work that it asks for, and the record that answers it ends that work.

use std::sync::Arc;

use tempfile::TempDir;
use tonghu::domain::forms::{
    case, child, consent, contact, finding, follow_up, goal, member, overrule, referral, situation,
};
use tonghu::domain::{ChildId, Fields, FollowUp, Record, RecordKind, RecordRef, Value, follow_up::Act};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use uuid::Uuid;

/// A station with one child of ten; today is 3 March 2026.
pub(crate) struct House {
    pub(crate) dir: TempDir,
    pub(crate) clock: Arc<StillClock>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) child: ChildId,
}

impl House {
    pub(crate) fn new() -> House {
        Self::of("2016-01-10")
    }

    /// Of a child born on this day.
    pub(crate) fn of(birth: &str) -> House {
        let dir = tempfile::tempdir().unwrap();
        let child = Fields::default()
            .with(child::NAME, "王小明")
            .with(child::BIRTH, day(birth))
            .with(child::HOUSEHOLD, Value::Link(Uuid::from_u128(7)));
        let clock = Arc::new(StillClock::at(morning()));
        let desk = demo(dir.path(), clock.clone(), std::iter::once(child)).unwrap();
        let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 10 };
        let Answer::Cases(page) = desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
        let child = page.rows[0].child;
        House { dir, clock, desk, child }
    }

    pub(crate) fn file(&self) -> CaseFile {
        match self.desk.ask(Request::File(self.child)).unwrap() {
            Answer::File(file) => *file,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn write(&self, kind: RecordKind, fields: Fields) -> RecordRef {
        let id = if kind == RecordKind::Situation { self.child.0 } else { Uuid::now_v7() };
        let at = RecordRef::of(kind, self.child.0, id);
        self.save(at, None, fields);
        at
    }

    pub(crate) fn parent(&self, role: &str, circumstance: &str) -> RecordRef {
        let household = self.file().row.household.unwrap();
        let at = RecordRef::of(RecordKind::Member, household.0, Uuid::now_v7());
        let fields = Fields::default()
            .with(member::ROLE, choice(role))
            .with(member::CIRCUMSTANCE, choice(circumstance));
        self.save(at, None, fields);
        at
    }

    pub(crate) fn save(&self, at: RecordRef, base: Option<Fields>, fields: Fields) -> Saved {
        let records = vec![SaveRecord { at, base, fields }];
        match self.desk.ask(Request::Save(Save { records, draft: None })) {
            Ok(Answer::Saved(saved)) => saved,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn try_to(
        &self,
        at: RecordRef,
        edit: impl FnOnce(Fields) -> Fields,
    ) -> Result<Answer, Refusal> {
        let kept = self.record(at).fields;
        let records = vec![SaveRecord { at, base: Some(kept.clone()), fields: edit(kept) }];
        self.desk.ask(Request::Save(Save { records, draft: None }))
    }

    /// Adds to a record, or to the case.
    pub(crate) fn add(&self, at: RecordRef, edit: impl FnOnce(Fields) -> Fields) -> Saved {
        let kept = self.record(at).fields;
        self.save(at, Some(kept.clone()), edit(kept))
    }

    pub(crate) fn record(&self, at: RecordRef) -> Record {
        let file = self.file();
        let all = file.services.into_iter().chain(file.cases).chain(file.members).chain([file.child]);
        all.into_iter().find(|record| record.at == at).unwrap()
    }

    pub(crate) fn case(&self) -> RecordRef {
        self.file().cases[0].at
    }

    pub(crate) fn undo_last(&self) {
        let Answer::History(lines) = self.desk.ask(Request::History(self.child)).unwrap() else { panic!() };
        let change = lines[0].change.id;
        self.desk.ask(Request::Revert { child: self.child, change }).unwrap();
    }

    /// What a rule has made: due, whether it is open, and why the office ended it.
    pub(crate) fn made_by(&self, rule: &str) -> Vec<(String, bool, String)> {
        let file = self.file();
        let mine = file.follow_ups.iter().filter(|record| record.fields.text(&follow_up::RULE) == rule);
        let told = mine.map(|record| {
            let one = FollowUp::of(record).unwrap();
            (one.due.to_string(), one.is_open(), record.fields.text(&follow_up::END).to_owned())
        });
        told.collect()
    }

    pub(crate) fn done_by_hand(&self, rule: &str) {
        let file = self.file();
        let open = file.follow_ups.iter().filter_map(FollowUp::open).find(|one| one.rule == rule).unwrap();
        let act = Act::Done { on: morning().date(), outcome: "已办".into() };
        let id = tonghu::domain::RecordId(open.at.id);
        self.desk.ask(Request::Act { child: self.child, follow_up: id, act }).unwrap();
    }
}

pub(crate) fn morning() -> chrono::NaiveDateTime {
    "2026-03-03T08:30:00".parse().unwrap()
}

pub(crate) fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn choice(code: &str) -> Value {
    Value::Choice(code.into())
}

pub(crate) fn codes(codes: &[&str]) -> Value {
    Value::Choices(codes.iter().map(|code| (*code).to_owned()).collect())
}

pub(crate) fn open(on: &str) -> (String, bool, String) {
    (on.into(), true, String::new())
}

pub(crate) fn ended(on: &str, why: &str) -> (String, bool, String) {
    (on.into(), false, why.into())
}

fn seen() -> Fields {
    Fields::default().with(finding::FOUND, day("2026-03-02")).with(finding::SEEN, "手臂上有多处新旧伤痕")
}

#[test]
fn what_must_be_reported_is_due_today_then_its_receipt_and_with_the_receipt_nothing_is() {
    let house = House::new();
    let injury = seen().with(finding::SITUATIONS, codes(&["injury"]));
    let at = house.write(RecordKind::Finding, injury);
    assert_eq!(house.made_by("report-now"), [open("2026-03-03")]);
    house.add(at, |kept| kept.with(finding::BY, "邻居"));
    assert_eq!(house.made_by("report-now").len(), 1, "saved again, it is not asked for twice");
    house.add(at, |kept| kept.with(finding::REPORTED, day("2026-03-03")).with(finding::REPORTED_AT, "16:40"));
    assert_eq!(house.made_by("report-now"), [ended("2026-03-03", "no-longer")]);
    assert_eq!(house.made_by("receipt-wanted"), [open("2026-03-06")]);
    house.add(at, |kept| kept.with(finding::RECEIPT, "受案回执 0001"));
    assert_eq!(house.made_by("receipt-wanted"), [ended("2026-03-06", "no-longer")]);
    assert_eq!(house.made_by("finding-open"), [open("2026-03-09")], "seven days after it was found");
    house.add(at, |kept| kept.with(finding::CLOSED, day("2026-03-03")).with(finding::OUTCOME, "已转民政"));
    assert_eq!(house.made_by("finding-open"), [ended("2026-03-09", "answered")]);
}

#[test]
fn each_of_the_three_branches_opens_its_own_work() {
    let house = House::new();
    house.parent("father", "prison");
    assert_eq!(house.made_by("aid-for-parents-unable"), [open("2026-03-10")]);

    let alone = Fields::default().with(situation::LIVES, choice("alone"));
    let at = house.write(RecordKind::Situation, alone);
    assert_eq!(house.made_by("visit-under-16-alone"), [open("2026-03-04")]);

    house.add(at, |kept| kept.with(situation::SCHOOLING, choice("dropped-out")));
    assert_eq!(house.made_by("dropped-out-duty"), [open("2026-03-10")]);
    assert_eq!(house.made_by("dropped-out-escalate"), [open("2026-04-02")]);
    assert_eq!(house.made_by("visit-under-16-alone").len(), 1);

    let visit = Fields::default().with(contact::KIND, choice("visit")).with(contact::ON, day("2026-03-03"));
    house.write(RecordKind::Contact, visit.with(contact::SEEN, "已劝诫"));
    assert_eq!(house.made_by("visit-under-16-alone"), [ended("2026-03-04", "visited")]);
    house.add(at, |kept| kept.with(situation::SCHOOLING, choice("enrolled")));
    assert_eq!(house.made_by("dropped-out-escalate"), [ended("2026-04-02", "no-longer")]);
    assert_eq!(house.made_by("visit-under-16-alone").len(), 1, "visited, it is not opened again");
}

#[test]
fn an_emergency_is_said_the_moment_it_is_saved_and_the_child_is_to_be_seen_today() {
    let house = House::new();
    let at = RecordRef::of(RecordKind::Finding, house.child.0, Uuid::now_v7());
    let saved = house.save(at, None, seen().with(finding::SIGNS, codes(&["violence"])));
    assert_eq!(saved.told.first().map(|told| told.rule.as_str()), Some("triage-danger"));
    assert_eq!(house.made_by("see-in-danger"), [open("2026-03-03")]);
    assert!(house.add(at, |kept| kept.with(finding::BY, "邻居")).told.is_empty(), "said once");
    let mut face = Harness::new(house.desk.clone(), Lang::Zh, morning());
    face.press("f3").type_text("wxm").press("enter").sees("王小明");
    face.press("o").type_text("现在怎样").press("esc").press("o").type_text("发现").press("enter");
    face.sees("写发现记录");
}

#[test]
fn work_that_somebody_did_is_opened_again_only_when_it_happens_again() {
    let house = House::new();
    let at = house
        .write(RecordKind::Situation, Fields::default().with(situation::OFFENDING, choice("bad-conduct")));
    house.done_by_hand("misconduct-duty");
    house.add(at, |kept| kept.with(situation::OFFENDING, choice("serious-conduct")));
    assert_eq!(house.made_by("misconduct-duty"), [ended("2026-03-10", "")]);
    house.add(at, |kept| kept.with(situation::OFFENDING, choice("none")));
    house.add(at, |kept| kept.with(situation::OFFENDING, choice("crime")));
    assert_eq!(house.made_by("misconduct-duty").iter().filter(|(_, open, _)| *open).count(), 1);
}

#[test]
fn what_a_rule_asks_for_ends_when_somebody_decides_that_it_does_not_hold_here() {
    let house = House::new();
    house.parent("mother", "grave-illness");
    let overruled = Fields::default()
        .with(overrule::RULE, choice("branch-parents-unable"))
        .with(overrule::WHY, "母亲已康复出院");
    house.write(RecordKind::Overrule, overruled);
    assert_eq!(house.made_by("aid-for-parents-unable"), [ended("2026-03-10", "no-longer")]);
}

#[test]
fn a_referral_is_chased_on_the_day_agreed_wherever_that_moves_until_its_outcome_is_there() {
    let house = House::new();
    let sent = Fields::default()
        .with(referral::TO, choice("education"))
        .with(referral::WHAT, "申请寄宿生补助\n材料已附")
        .with(referral::SENT, day("2026-03-02"))
        .with(referral::CHASE, day("2026-03-16"));
    let at = house.write(RecordKind::Referral, sent);
    assert_eq!(house.made_by("referral-result"), [open("2026-03-16")]);
    assert_eq!(house.made_by("referral-received"), [open("2026-03-05")]);
    let told = house
        .file()
        .follow_ups
        .into_iter()
        .find(|one| one.fields.text(&follow_up::RULE) == "referral-result");
    assert_eq!(told.unwrap().fields.text(&follow_up::REASON), "申请寄宿生补助");
    house.add(at, |kept| {
        kept.with(referral::CHASE, day("2026-03-20")).with(referral::RECEIVED, day("2026-03-03"))
    });
    assert_eq!(house.made_by("referral-result"), [open("2026-03-20")]);
    assert_eq!(house.made_by("referral-received"), [ended("2026-03-05", "answered")]);
    house.add(at, |kept| {
        kept.with(referral::ENDED, day("2026-03-03")).with(referral::OUTCOME, choice("helped"))
    });
    assert_eq!(house.made_by("referral-result"), [ended("2026-03-20", "answered")]);
    house.undo_last();
    assert_eq!(
        house.made_by("referral-result"),
        [open("2026-03-20")],
        "without its outcome it is chased again"
    );
}

#[test]
fn consent_withdrawn_after_a_referral_says_at_once_whom_to_tell_and_it_is_due_today() {
    let house = House::new();
    let given = Fields::default()
        .with(consent::FOR, "补助申请")
        .with(consent::RECIPIENT, choice("education"))
        .with(consent::ON, day("2026-02-28"))
        .with(consent::BY, choice("guardian"));
    let consent = house.write(RecordKind::Consent, given);
    let sent = Fields::default()
        .with(referral::TO, choice("education"))
        .with(referral::WHAT, "申请寄宿生补助")
        .with(referral::SENT, day("2026-03-01"));
    let referral = house.write(RecordKind::Referral, sent);
    let saved = house.add(consent, |kept| kept.with(consent::WITHDRAWN, day("2026-03-03")));
    assert_eq!(saved.told.first().map(|told| told.rule.as_str()), Some("consent-withdrawn-after"));
    assert_eq!(house.made_by("withdrawn-tell"), [open("2026-03-03")]);
    house.add(referral, |kept| {
        kept.with(referral::ENDED, day("2026-03-03")).with(referral::OUTCOME, choice("withdrawn"))
    });
    assert_eq!(house.made_by("withdrawn-tell"), [ended("2026-03-03", "no-longer")]);
}

#[test]
fn what_a_change_opened_goes_with_it_unless_something_else_asks_for_it_too() {
    let house = House::new();
    house.parent("mother", "dead");
    house.undo_last();
    assert_eq!(house.made_by("aid-for-parents-unable"), []);
    house.parent("mother", "dead");
    let Answer::History(lines) = house.desk.ask(Request::History(house.child)).unwrap() else { panic!() };
    let first = lines[0].change.id;
    house.parent("father", "prison");
    house.desk.ask(Request::Revert { child: house.child, change: first }).unwrap();
    assert_eq!(
        house.made_by("aid-for-parents-unable"),
        [open("2026-03-10")],
        "the father is in prison still"
    );
}

#[test]
fn a_closed_case_ends_its_work_and_one_that_is_opened_again_begins_it_again() {
    let house = House::new();
    let due = Fields::default().with(goal::GOAL, "每周到校五天").with(goal::DUE, day("2026-05-01"));
    house.write(RecordKind::Goal, due);
    let closed = |kept: Fields| {
        kept.with(case::CLOSED, day("2026-03-03"))
            .with(case::CLOSE_REASON, choice("goals-met"))
            .with(case::ARRANGEMENT, "由母亲照料")
    };
    house.add(house.case(), closed);
    assert_eq!(house.made_by("goal-ends"), [ended("2026-05-01", "closed")]);
    house.add(house.case(), |kept| {
        kept.with(case::REOPENED, day("2026-03-03")).with(case::REOPEN_REASON, "又辍学")
    });
    assert!(house.made_by("goal-ends").contains(&open("2026-05-01")), "{:?}", house.made_by("goal-ends"));
}
