//! What is done for a child, and what the rules say of it.

use std::sync::Arc;

use tempfile::TempDir;
use tonghu::domain::forms::{APPROVALS, case, child, consent, finding, member, referral, situation};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

use crate::at_door::{door, morning};

/// A station with one child of ten, whose lead is signed in.
struct House {
    dir: TempDir,
    desk: Arc<Desk>,
    child: ChildId,
}

impl House {
    fn new() -> House {
        let dir = tempfile::tempdir().unwrap();
        let child = Fields::default()
            .with(child::NAME, "王小明")
            .with(child::BIRTH, day("2016-01-10"))
            .with(child::HOUSEHOLD, Value::Link(Uuid::from_u128(7)));
        let desk = demo(dir.path(), Arc::new(StillClock::at(morning())), std::iter::once(child)).unwrap();
        let Answer::Cases(page) = desk.ask(Request::Cases(everybody())).unwrap() else { panic!() };
        let child = page.rows[0].child;
        House { dir, desk, child }
    }

    fn file(&self) -> CaseFile {
        match self.desk.ask(Request::File(self.child)).unwrap() {
            Answer::File(file) => *file,
            other => panic!("{other:?}"),
        }
    }

    fn write(&self, kind: RecordKind, fields: Fields) {
        let id = if kind == RecordKind::Situation { self.child.0 } else { Uuid::now_v7() };
        self.save(RecordRef::of(kind, self.child.0, id), None, fields).unwrap();
    }

    /// A parent, in the household of the child.
    fn parent(&self, role: &str, circumstance: &str, more: Fields) {
        let household = self.file().row.household.unwrap();
        let fields = more
            .with(member::ROLE, Value::Choice(role.into()))
            .with(member::CIRCUMSTANCE, Value::Choice(circumstance.into()));
        let at = RecordRef::of(RecordKind::Member, household.0, Uuid::now_v7());
        self.save(at, None, fields).unwrap();
    }

    fn save(&self, at: RecordRef, base: Option<Fields>, fields: Fields) -> Result<Answer, Refusal> {
        save(&self.desk, at, base, fields)
    }

    /// What the rules say now, by their ids; what was overruled is not among them.
    fn says(&self) -> Vec<String> {
        let flags = self.file().flags.into_iter();
        flags.filter(|flag| flag.now && flag.overruled.is_none()).map(|flag| flag.rule).collect()
    }

    fn on_file(&self, lang: Lang) -> Harness {
        let mut face = Harness::new(self.desk.clone(), lang, morning());
        face.press("f3").type_text("wxm").press("enter").sees("王小明");
        face
    }
}

fn save(desk: &Desk, at: RecordRef, base: Option<Fields>, fields: Fields) -> Result<Answer, Refusal> {
    let records = vec![SaveRecord { at, base, fields }];
    desk.ask(Request::Save(Save { records, draft: None }))
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn everybody() -> Cases {
    Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 10 }
}

#[test]
fn when_both_parents_cannot_care_the_file_says_which_paper_is_missing_and_when_the_aid_can_be_asked_for() {
    let house = House::new();
    let prison =
        Fields::default().with(member::SINCE, day("2025-10-01")).with(member::UNTIL, day("2028-10-01"));
    house.parent("father", "prison", prison);
    house.parent("mother", "dead", Fields::default().with(member::PAPER, "死亡证明"));
    let says = house.says();
    assert!(says.contains(&"paper-prison".to_owned()), "{says:?}");
    assert!(!says.contains(&"unattended".to_owned()), "{says:?}");

    let file = house.file();
    let father = file.members.iter().find(|one| one.fields.text(&member::ROLE) == "father").unwrap();
    let with_paper = father.fields.clone().with(member::PAPER, "判决书");
    house.save(father.at, Some(father.fields.clone()), with_paper).unwrap();
    let says = house.says();
    assert!(says.contains(&"unattended".to_owned()), "{says:?}");
    assert!(!says.contains(&"paper-prison".to_owned()), "{says:?}");
    house.on_file(Lang::Zh).sees("规则提示").sees("符合事实无人抚养儿童条件");
    house.on_file(Lang::En).sees("The rules say").sees("de facto unattended");
}

#[test]
fn a_child_under_8_who_is_left_alone_comes_first_and_enter_says_why_and_what_to_do() {
    let house = House::new();
    let file = house.file();
    let younger = file.child.fields.clone().with(child::BIRTH, day("2019-06-01"));
    house.save(file.child.at, Some(file.child.fields), younger).unwrap();
    house.write(RecordKind::Situation, Fields::default().with(situation::UNATTENDED, Value::Yes(true)));
    assert_eq!(house.says().first().map(String::as_str), Some("under-8-unattended"));
    let mut face = house.on_file(Lang::Zh);
    face.sees("紧急").press("enter").sees("怎么办").sees("第二十一条").sees("经常无人照看");
    face.press("esc ctrl-t").sees_no("无人看护").sees_no("紧急").press("enter").sees_no("第二十一条");
}

#[test]
fn what_does_not_hold_for_this_child_is_overruled_with_a_reason_that_stays_until_its_day() {
    let house = House::new();
    house.write(RecordKind::Situation, Fields::default().with(situation::NO_HUKOU, Value::Yes(true)));
    assert!(house.says().contains(&"no-hukou".to_owned()), "{:?}", house.says());
    let at = house.says().iter().position(|rule| rule == "no-hukou").unwrap();
    let mut face = house.on_file(Lang::Zh);
    for _ in 0..at {
        face.press("down");
    }
    face.press("x").sees("这条提示不适用").press("ctrl-s").sees("理由");
    face.type_text("派出所已受理").press("ctrl-s").sees("不适用").sees("派出所已受理");
    assert!(!house.says().contains(&"no-hukou".to_owned()));
    let file = house.file();
    let flag = file.flags.iter().find(|flag| flag.rule == "no-hukou").unwrap();
    assert!(flag.overruled.is_some(), "it is still there, with its reason");
    let Answer::History(lines) = house.desk.ask(Request::History(house.child)).unwrap() else { panic!() };
    assert_eq!(lines[0].change.parts[0].at.kind, RecordKind::Overrule);
}

#[test]
fn a_referral_without_consent_is_told_and_consent_to_that_agency_ends_it() {
    let house = House::new();
    let sent = Fields::default()
        .with(referral::TO, Value::Choice("education".into()))
        .with(referral::WHAT, "申请寄宿生补助")
        .with(referral::SENT, day("2026-03-01"));
    house.write(RecordKind::Referral, sent);
    assert!(house.says().contains(&"referral-no-consent".to_owned()), "{:?}", house.says());
    let given = |recipient: &str| {
        Fields::default()
            .with(consent::FOR, "补助申请")
            .with(consent::RECIPIENT, Value::Choice(recipient.into()))
            .with(consent::ON, day("2026-02-28"))
            .with(consent::BY, Value::Choice("guardian".into()))
    };
    house.write(RecordKind::Consent, given("health"));
    assert!(
        house.says().contains(&"referral-no-consent".to_owned()),
        "another agency's consent does not count"
    );
    house.write(RecordKind::Consent, given("education"));
    assert!(!house.says().contains(&"referral-no-consent".to_owned()), "{:?}", house.says());
}

#[test]
fn a_finding_that_must_be_reported_is_urgent_until_the_time_and_then_the_receipt_are_there() {
    let house = House::new();
    let mut face = house.on_file(Lang::Zh);
    face.press("o").sees("要写哪一种").type_text("发现").press("enter").sees("写发现记录");
    face.press("esc");
    let seen = Fields::default()
        .with(finding::FOUND, day("2026-03-01"))
        .with(finding::SEEN, "手臂上有多处新旧伤痕")
        .with(finding::SITUATIONS, Value::Choices(["injury".to_owned()].into()));
    house.write(RecordKind::Finding, seen.clone());
    assert!(house.says().contains(&"report-at-once".to_owned()), "{:?}", house.says());
    let kept = house.file().services.into_iter().find(|one| one.at.kind == RecordKind::Finding).unwrap();
    let reported =
        kept.fields.clone().with(finding::REPORTED, day("2026-03-01")).with(finding::REPORTED_AT, "16:40");
    house.save(kept.at, Some(kept.fields), reported.clone()).unwrap();
    let says = house.says();
    assert!(
        !says.contains(&"report-at-once".to_owned()) && says.contains(&"report-receipt".to_owned()),
        "{says:?}"
    );
    let closed = reported.clone().with(finding::CLOSED, day("2026-03-02")).with(finding::OUTCOME, "已转民政");
    let refused = house.save(kept.at, Some(reported.clone()), closed.clone());
    let Err(Refusal::Invalid(faults)) = refused else { panic!("{refused:?}") };
    assert_eq!(faults[0].field, finding::RECEIPT, "no receipt, no closure");
    let receipt = closed.with(finding::RECEIPT, "受案回执 0001");
    house.save(kept.at, Some(reported), receipt).unwrap();
    assert!(!house.says().contains(&"report-receipt".to_owned()));
    house.on_file(Lang::Zh).press("left left").sees("发现记录").sees("手臂上有多处新旧伤痕");
    house.on_file(Lang::En).press("left left").sees("Finding");
}

#[test]
fn a_plan_and_a_closure_are_approved_by_who_answers_for_them() {
    let house = House::new();
    let passphrase = || Passphrase::typed("a key under the mat");
    for (login, role) in [("chen", Role::Caseworker), ("su", Role::Supervisor)] {
        let (login, name) = (login.to_owned(), login.to_owned());
        let admission = Admission { login, name, role, passphrase: passphrase() };
        house.desk.ask(Request::Admit(admission)).unwrap();
    }
    let House { dir, desk, child } = house;
    drop(desk);
    let sign_in = |login: &str| door(dir.path()).unlock(login, &passphrase()).unwrap();
    let case_of = |desk: &Desk| match desk.ask(Request::File(child)).unwrap() {
        Answer::File(file) => file.cases[0].clone(),
        other => panic!("{other:?}"),
    };
    let worker = sign_in("chen");
    let kept = case_of(&worker);
    let planned = kept.fields.clone().with(case::PLANNED, day("2026-03-02"));
    save(&worker, kept.at, Some(kept.fields), planned.clone()).unwrap();
    for approval in APPROVALS {
        let approved = planned.clone().with(approval, day("2026-03-02"));
        assert_eq!(save(&worker, kept.at, Some(planned.clone()), approved), Err(Refusal::NotAllowed));
    }
    drop(worker);
    let supervisor = sign_in("su");
    let approved = planned.clone().with(case::PLAN_APPROVED, day("2026-03-02"));
    save(&supervisor, kept.at, Some(planned), approved).unwrap();
    assert_eq!(case_of(&supervisor).fields.date(&case::PLAN_APPROVED), Some(day("2026-03-02")));
}

#[test]
fn what_cannot_have_come_before_is_refused_where_it_was_typed() {
    let house = House::new();
    let sent = Fields::default()
        .with(referral::TO, Value::Choice("police".into()))
        .with(referral::WHAT, "办理户口")
        .with(referral::SENT, day("2026-02-20"))
        .with(referral::RECEIVED, day("2026-02-19"));
    let at = RecordRef::of(RecordKind::Referral, house.child.0, Uuid::now_v7());
    let refused = house.save(at, None, sent);
    let Err(Refusal::Invalid(faults)) = refused else { panic!("{refused:?}") };
    assert_eq!(faults[0].field, referral::RECEIVED);
    assert!(house.file().services.is_empty());
}
