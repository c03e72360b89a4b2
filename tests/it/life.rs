//! The life of a case: what is approved stays what was approved, a closure has its proof, and what cannot be is told
//! where it was typed.

mod lifetimes;
mod overnight;
mod taken_back;

use tonghu::domain::forms::{
    case, child, conference, consent, contact, entrustment, family_contact, follow_up, goal, member,
    referral, situation,
};
use tonghu::domain::{ChildId, Fault, Fields, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

use crate::tasks::{House, choice, day, ended, morning, open};

/// How many random lives: a few, unless the environment asks for more.
pub(crate) fn cases(few: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|many| many.parse().ok()).unwrap_or(few)
}

/// What was refused: field and fault.
fn refused(answer: Result<Answer, Refusal>) -> Vec<(String, Fault)> {
    match answer {
        Err(Refusal::Invalid(faults)) => {
            faults.into_iter().map(|fault| (fault.field.to_string(), fault.fault)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn of_child(house: &House) -> RecordRef {
    RecordRef::child(house.child)
}

impl House {
    fn with_colleagues(&self) {
        for (login, role) in [("chen", Role::Caseworker), ("su", Role::Supervisor)] {
            let passphrase = Passphrase::typed("a key under the mat");
            let admission = Admission { login: login.into(), name: login.into(), role, passphrase };
            self.desk.ask(Request::Admit(admission)).unwrap();
        }
    }

    /// The same house with somebody else at the desk.
    fn signed_in(self, login: &str) -> House {
        let House { dir, clock, desk, child } = self;
        drop(desk);
        let door = Door::new(dir.path().to_owned(), clock.clone());
        let desk = door.unlock(login, &Passphrase::typed("a key under the mat")).unwrap();
        House { dir, clock, desk, child }
    }

    fn approved(&self) -> bool {
        self.record(self.case()).fields.get(&case::PLAN_APPROVED).is_some()
    }

    fn last_change(&self) -> tonghu::domain::ChangeId {
        let Answer::History(lines) = self.desk.ask(Request::History(self.child)).unwrap() else { panic!() };
        lines[0].change.id
    }

    fn revert(&self, change: tonghu::domain::ChangeId) -> Result<Answer, Refusal> {
        self.desk.ask(Request::Revert { child: self.child, change })
    }
}

#[test]
fn a_plan_whose_goal_is_changed_after_its_approval_is_to_be_approved_anew() {
    let house = House::new();
    house.with_colleagues();
    let house = house.signed_in("chen");
    let aim = Fields::default().with(goal::GOAL, "每周到校五天").with(goal::DUE, day("2026-05-01"));
    let goal = house.write(RecordKind::Goal, aim);
    house.add(house.case(), |kept| kept.with(case::PLANNED, day("2026-03-03")));
    let house = house.signed_in("su");
    house.add(house.case(), |kept| kept.with(case::PLAN_APPROVED, day("2026-03-03")));
    let approval = house.last_change();
    let house = house.signed_in("chen");
    house.add(goal, |kept| kept.with(goal::REACHED, day("2026-03-03")).with(goal::OUTCOME, "做到了"));
    assert!(house.approved(), "what came of a goal changes no plan");
    assert_eq!(
        house.revert(approval),
        Err(Refusal::NotAllowed),
        "undoing an approval is a matter of approval"
    );
    let saved = house.add(goal, |kept| kept.with(goal::DUE, day("2026-06-01")));
    assert!(!house.approved());
    assert_eq!(saved.told.first().map(|told| told.rule.as_str()), Some("plan-approval-lapsed"));
    assert_eq!(house.made_by("approve-again"), [open("2026-03-06")]);
    let lapse = house.last_change();
    house.revert(lapse).unwrap();
    assert_eq!(house.record(goal).fields.date(&goal::DUE), Some(day("2026-05-01")));
    assert!(!house.approved(), "a slip is taken back by who made it, the approval is not given by them");
    let house = house.signed_in("su");
    house.add(house.case(), |kept| kept.with(case::PLAN_APPROVED, day("2026-03-03")));
    assert!(house.approved());
    assert!(house.made_by("approve-again").iter().all(|(_, open, _)| !open));
}

#[test]
fn a_case_is_closed_as_unreachable_only_with_three_months_of_logged_attempts() {
    let house = House::new();
    house.add(house.case(), |kept| kept.with(case::OPENED, day("2025-10-01")));
    let close = |kept: Fields| {
        kept.with(case::CLOSED, day("2026-03-02"))
            .with(case::CLOSE_REASON, choice("unreachable"))
            .with(case::ARRANGEMENT, "不详")
    };
    let told = refused(house.try_to(house.case(), close));
    assert_eq!(told[0].0, "close-reason");
    let attempt = |on: &str| {
        let tried = Fields::default().with(contact::KIND, choice("attempt")).with(contact::ON, day(on));
        house.write(RecordKind::Contact, tried.with(contact::REASON, "家中无人"));
    };
    ["2025-12-05", "2026-01-10", "2026-02-20"].into_iter().for_each(attempt);
    refused(house.try_to(house.case(), close));
    attempt("2025-11-30");
    house.try_to(house.case(), close).unwrap();
}

#[test]
fn a_closure_that_was_approved_and_is_changed_waits_for_approval_again() {
    let house = House::new();
    let close = |kept: Fields| {
        kept.with(case::CLOSED, day("2026-03-03"))
            .with(case::CLOSE_REASON, choice("goals-met"))
            .with(case::ARRANGEMENT, "由母亲照料")
    };
    house.add(house.case(), close);
    house.add(house.case(), |kept| kept.with(case::CLOSE_APPROVED, day("2026-03-03")));
    house.add(house.case(), |kept| kept.with(case::ARRANGEMENT, "由外婆照料"));
    assert_eq!(house.record(house.case()).fields.get(&case::CLOSE_APPROVED), None);
}

#[test]
fn the_work_of_a_case_that_was_opened_again_stays_when_the_day_of_its_closing_is_put_right() {
    let house = House::new();
    let aim = Fields::default().with(goal::GOAL, "每周到校五天").with(goal::DUE, day("2026-05-01"));
    house.write(RecordKind::Goal, aim);
    let closed = |kept: Fields, on: &str| {
        kept.with(case::CLOSED, day(on))
            .with(case::CLOSE_REASON, choice("goals-met"))
            .with(case::ARRANGEMENT, "由母亲照料")
    };
    house.add(house.case(), |kept| closed(kept.with(case::OPENED, day("2026-01-05")), "2026-03-01"));
    house.add(house.case(), |kept| {
        kept.with(case::REOPENED, day("2026-03-03")).with(case::REOPEN_REASON, "又辍学")
    });
    let due = house.made_by("goal-ends");
    assert!(due.contains(&open("2026-05-01")));
    house.add(house.case(), |kept| closed(kept, "2026-03-02"));
    assert_eq!(house.made_by("goal-ends"), due);
}

#[test]
fn a_child_is_not_born_after_its_case_was_opened() {
    let house = House::new();
    house.add(house.case(), |kept| kept.with(case::OPENED, day("2026-02-01")));
    let told = refused(house.try_to(of_child(&house), |kept| kept.with(child::BIRTH, day("2026-02-20"))));
    assert_eq!(told[0].0, "birth");
    let told = refused(house.try_to(house.case(), |kept| kept.with(case::OPENED, day("2015-02-20"))));
    assert_eq!(told[0].0, "opened", "the field that was changed is the one that is asked about");
}

#[test]
fn a_child_that_guards_itself_and_two_that_guard_each_other_are_told_at_the_guardian() {
    let house = House::new();
    let told = refused(house.try_to(of_child(&house), |kept| kept.with(child::GUARDIAN, "王小明")));
    assert_eq!(told, [("guardian".to_owned(), Fault::GuardsSelf)]);
    let household = house.file().row.household.unwrap();
    let sister = Fields::default()
        .with(child::NAME, "王小红")
        .with(child::GUARDIAN, "王小明")
        .with(child::HOUSEHOLD, Value::Link(household.0));
    house.save(RecordRef::child(ChildId(Uuid::now_v7())), None, sister);
    let told = refused(house.try_to(of_child(&house), |kept| kept.with(child::GUARDIAN, "王小红")));
    assert_eq!(told, [("guardian".to_owned(), Fault::GuardsEachOther { name: "王小红".into() })]);
    house.add(of_child(&house), |kept| kept.with(child::GUARDIAN, "李桂英"));
}

#[test]
fn the_carer_of_an_only_child_is_not_the_child() {
    let house = House::new();
    let at = house.parent("carer", "at-home");
    let told = refused(house.try_to(at, |kept| kept.with(member::NAME, "王小明")));
    assert_eq!(told, [("name".to_owned(), Fault::GuardsSelf)]);
}

#[test]
fn a_release_before_the_sentence_and_a_visit_of_tomorrow_are_told_at_the_day() {
    let house = House::new();
    let father = house.parent("father", "prison");
    let told = refused(house.try_to(father, |kept| {
        kept.with(member::SINCE, day("2025-05-01")).with(member::UNTIL, day("2025-04-01"))
    }));
    assert_eq!(told, [("until".to_owned(), Fault::Before { other: member::SINCE })]);
    let mut face = Harness::new(house.desk.clone(), Lang::Zh, morning());
    face.press("f3").type_text("wxm").press("enter").sees("王小明").press("f6").sees("记走访");
    let visit = Fields::default().with(contact::KIND, choice("visit")).with(contact::ON, day("2026-03-04"));
    let at = RecordRef::of(RecordKind::Contact, house.child.0, Uuid::now_v7());
    let records = vec![SaveRecord { at, base: None, fields: visit }];
    let told = refused(house.desk.ask(Request::Save(Save { records, draft: None })));
    assert_eq!(told, [("on".to_owned(), Fault::AfterToday)]);
}

#[test]
fn entrusted_care_is_confirmed_in_writing_and_again_every_half_year() {
    let house = House::new();
    house.parent("father", "working-away");
    assert_eq!(house.made_by("entrustment-wanted"), [open("2026-03-17")]);
    let entrusted = Fields::default()
        .with(entrustment::BEGUN, day("2026-02-20"))
        .with(entrustment::BY, choice("both"))
        .with(entrustment::CARER, "李桂英")
        .with(entrustment::CHILD_HEARD, Value::Yes(true))
        .with(entrustment::SIGNED, day("2026-03-01"));
    let at = house.write(RecordKind::Entrustment, entrusted);
    assert_eq!(house.made_by("entrustment-wanted"), [ended("2026-03-17", "no-longer")]);
    assert_eq!(house.made_by("entrustment-confirm"), [open("2026-09-01")]);
    let says = |rule: &str| house.file().flags.iter().any(|flag| flag.now && flag.rule == rule);
    assert!(says("school-not-told") || says("village-not-told"));
    let notices = |kept: Fields| {
        kept.with(entrustment::TOLD_VILLAGE, day("2026-03-02"))
            .with(entrustment::CONFIRMED, day("2026-03-02"))
    };
    house.add(at, notices);
    assert!(!says("village-not-told"));
    assert_eq!(house.made_by("entrustment-confirm"), [ended("2026-09-01", "answered")]);
    assert_eq!(house.made_by("entrustment-again"), [open("2026-09-02")]);
    let saved = house.add(at, |kept| {
        kept.with(entrustment::CARER_GROUNDS, Value::Choices(["violence".to_owned()].into()))
    });
    assert_eq!(saved.told.first().map(|told| told.rule.as_str()), Some("carer-disqualified"));
    let done = |kept: Fields| {
        kept.with(entrustment::ENDED, day("2026-03-03")).with(entrustment::END_REASON, "母亲回家照料")
    };
    house.add(at, done);
    assert_eq!(house.made_by("entrustment-again"), [ended("2026-09-02", "answered")]);
}

#[test]
fn what_a_follow_up_ended_with_stands_in_the_file() {
    let house = House::new();
    let aim = Fields::default().with(goal::GOAL, "每周到校五天").with(goal::DUE, day("2026-05-01"));
    let at = house.write(RecordKind::Goal, aim);
    let mine =
        || house.file().follow_ups.into_iter().find(|one| one.fields.text(&follow_up::RULE) == "goal-ends");
    assert_eq!(mine().unwrap().fields.text(&follow_up::REASON), "每周到校五天");
    house.add(at, |kept| kept.with(goal::REACHED, day("2026-03-03")).with(goal::OUTCOME, "做到了"));
    let mut face = Harness::new(house.desk.clone(), Lang::Zh, morning());
    face.press("f3")
        .type_text("wxm")
        .press("enter")
        .sees("王小明")
        .press("right right right")
        .sees("记录里已有结果");
}

#[test]
fn each_decision_of_a_conference_is_due_for_who_took_it_on_and_the_conference_shows_which_are_done() {
    let house = House::new();
    house.with_colleagues();
    let Answer::Station(station) = house.desk.ask(Request::Station).unwrap() else { panic!() };
    let chen = station.staff.iter().find(|staff| staff.login == "chen").unwrap().worker;
    let held = Fields::default()
        .with(conference::ON, day("2026-03-03"))
        .with(conference::WITH, Value::Choices(["education".to_owned()].into()));
    let at = RecordRef::of(RecordKind::Conference, house.child.0, Uuid::now_v7());
    let wrong = held.clone().with(conference::DECIDED, "都同意住校\n联系学校 — 王校长");
    let records = vec![SaveRecord { at, base: None, fields: wrong }];
    let told = refused(house.desk.ask(Request::Save(Save { records, draft: None })));
    assert_eq!(told[0].0, "decided");
    assert_eq!(told[0].1.code(), "decision-parts");

    let decided = "都同意住校\n联系学校——王校长——周五\n家访 -- chen -- 3月10日";
    house.save(at, None, held.with(conference::DECIDED, decided));
    assert_eq!(house.made_by("decided"), [open("2026-03-06"), open("2026-03-10")]);
    let mine = |says: &str| {
        let all = house.file().follow_ups;
        all.into_iter().find(|one| one.fields.text(&follow_up::REASON) == says).unwrap().fields
    };
    assert_eq!(mine("家访").link(&follow_up::WORKER), Some(chen.0));
    assert!(mine("联系学校 -- 王校长").date(&follow_up::DUE).is_some(), "who is no colleague is named");

    let edit = |kept: Fields, from: &str, to: &str| {
        let text = kept.text(&conference::DECIDED).replace(from, to);
        kept.with(conference::DECIDED, text.as_str())
    };
    house.add(at, |kept| edit(kept, "2026-03-10", "2026-03-12"));
    assert_eq!(house.made_by("decided"), [open("2026-03-06"), open("2026-03-12")], "moved, not doubled");
    house.done_by_hand("decided");
    let mut face = Harness::new(house.desk.clone(), Lang::Zh, morning());
    face.press("f3").type_text("wxm").press("enter").sees("王小明").press("left left");
    face.sees("已办 2026-03-03").sees("9天后到期");
    house.add(at, |kept| edit(kept, "\n家访 -- chen -- 2026-03-12", ""));
    assert_eq!(house.made_by("decided").iter().filter(|(_, open, _)| *open).count(), 0);
    face.press("f5").sees_no("9天后到期");
}

#[test]
fn a_sentence_of_any_record_of_the_services_is_found_by_the_search_of_notes() {
    let house = House::new();
    let aim = Fields::default().with(goal::GOAL, "学会骑三轮车").with(goal::DUE, day("2026-05-01"));
    house.write(RecordKind::Goal, aim);
    let entrusted = Fields::default()
        .with(entrustment::BEGUN, day("2026-02-20"))
        .with(entrustment::BY, choice("both"))
        .with(entrustment::CARER, "李桂英")
        .with(entrustment::CHILD_HEARD, Value::Yes(true))
        .with(entrustment::CHILD_SAID, "想和表姐住一间");
    house.write(RecordKind::Entrustment, entrusted);
    for (typed, sentence) in [("三轮车", "学会骑三轮车"), ("表姐", "想和表姐住一间")] {
        let found = house.desk.ask(Request::SearchNotes { text: Query(typed.into()), limit: 5 });
        let Ok(Answer::Notes(hits)) = found else { panic!("{found:?}") };
        assert_eq!(hits.iter().map(|hit| hit.sentence.as_str()).collect::<Vec<_>>(), [sentence]);
    }
}

#[test]
fn a_plan_is_due_for_review_half_a_year_later_and_what_answers_that_is_the_review() {
    let house = House::new();
    house.add(house.case(), |kept| {
        kept.with(case::OPENED, day("2025-07-01"))
            .with(case::ASSESSED, day("2026-02-20"))
            .with(case::PLANNED, day("2025-09-04"))
    });
    assert_eq!(house.made_by("plan-review"), [open("2026-03-04")]);
    let late = || house.file().flags.iter().any(|flag| flag.rule == "plan-review-late" && flag.now);
    assert!(!late(), "six months are over tomorrow");

    // Its day was a slip of the pen: the review goes along, and is not asked for twice.
    house.add(house.case(), |kept| kept.with(case::PLANNED, day("2025-09-03")));
    assert_eq!(house.made_by("plan-review"), [open("2026-03-03")]);
    assert!(late(), "an assessment of last week is no review of the plan");

    house.add(house.case(), |kept| kept.with(case::REVIEWED, day("2026-03-02")));
    let answered = ("2026-03-03".to_owned(), false, "answered".to_owned());
    let mut made = house.made_by("plan-review");
    made.sort();
    assert_eq!(made, [answered, open("2026-09-02")]);
    assert!(!late());

    house.add(house.case(), |kept| {
        kept.with(case::CLOSED, day("2026-03-03"))
            .with(case::CLOSE_REASON, choice("moved"))
            .with(case::ARRANGEMENT, "随父母迁走")
    });
    assert!(
        house.made_by("plan-review").iter().all(|(_, open, _)| !open),
        "a closed case has no plan to review"
    );
}

#[test]
fn a_call_of_an_aunt_is_not_the_weekly_contact_with_the_parents() {
    let house = House::new();
    house.parent("father", "working-away");
    house.parent("mother", "working-away");
    house.write(RecordKind::Situation, Fields::default().with(situation::LIVES, choice("kin")));
    let told = || house.file().flags.iter().any(|flag| flag.rule == "weekly-contact" && flag.now);
    let call = |with: &str| {
        let fields = Fields::default().with(family_contact::ON, day("2026-03-02"));
        let fields =
            fields.with(family_contact::WAY, choice("call")).with(family_contact::WITH, choice(with));
        house.write(RecordKind::FamilyContact, fields)
    };
    call("other");
    assert!(told());
    call("mother");
    assert!(!told());
}

#[test]
fn a_consent_that_was_over_before_the_referral_was_sent_is_none() {
    let house = House::new();
    let given = Fields::default()
        .with(consent::FOR, "心理咨询")
        .with(consent::RECIPIENT, choice("health"))
        .with(consent::ON, day("2025-12-01"))
        .with(consent::BY, choice("guardian"))
        .with(consent::UNTIL, day("2026-02-28"));
    house.write(RecordKind::Consent, given);
    let send = |on: &str| {
        let fields = Fields::default().with(referral::TO, choice("health")).with(referral::SENT, day(on));
        house.write(RecordKind::Referral, fields.with(referral::WHAT, "转县医院心理科"))
    };
    let told = || house.file().flags.iter().filter(|flag| flag.rule == "referral-no-consent").count();
    send("2026-02-28");
    assert_eq!(told(), 0, "its last day is one of its days");
    send("2026-03-01");
    assert_eq!(told(), 1);
}
