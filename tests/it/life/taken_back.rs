//! Somebody takes back that work was done: it is due again, unless it is not asked for any more.

use tonghu::domain::forms::{case, child, contact, finding, goal};
use tonghu::domain::{ChangeId, Fields, RecordKind, RecordRef};

use tonghu::i18n::Lang;
use tonghu::tui::harness::Harness;

use crate::tasks::{House, choice, codes, day, ended, open};

impl House {
    pub(super) fn done_today(&self, rule: &str) -> ChangeId {
        let today = tonghu::platform::Clock::today(&*self.clock);
        let file = self.file();
        let open = file.follow_ups.iter().filter_map(tonghu::domain::FollowUp::open);
        let open = open.into_iter().find(|one| one.rule == rule).unwrap();
        let act = tonghu::domain::follow_up::Act::Done { on: today, outcome: "已办".into() };
        let follow_up = tonghu::domain::RecordId(open.at.id);
        let request = tonghu::office::Request::Act { child: self.child, follow_up, act };
        match tonghu::office::Office::ask(&*self.desk, request).unwrap() {
            tonghu::office::Answer::Saved(saved) => saved.change,
            other => panic!("{other:?}"),
        }
    }
}

fn injury() -> Fields {
    Fields::default()
        .with(finding::FOUND, day("2026-03-02"))
        .with(finding::SEEN, "手臂上有多处新旧伤痕")
        .with(finding::SITUATIONS, codes(&["injury"]))
}

#[test]
fn a_report_that_is_on_file_is_not_asked_for_again_when_its_done_is_taken_back() {
    let house = House::new();
    let at = house.write(RecordKind::Finding, injury());
    let done = house.done_today("report-now");
    house.add(at, |kept| kept.with(finding::REPORTED, day("2026-03-03")).with(finding::REPORTED_AT, "16:40"));
    house.revert(done).unwrap();
    assert_eq!(house.made_by("report-now"), [ended("2026-03-03", "no-longer")]);
}

#[test]
fn a_report_that_is_not_on_file_is_due_again() {
    let house = House::new();
    house.write(RecordKind::Finding, injury());
    let done = house.done_today("report-now");
    house.revert(done).unwrap();
    assert_eq!(house.made_by("report-now"), [open("2026-03-03")]);
}

#[test]
fn what_was_opened_anew_meanwhile_is_done_once() {
    let house = House::new();
    let at = house.write(RecordKind::Finding, injury());
    let done = house.done_today("report-now");
    house.add(at, |kept| kept.with(finding::SITUATIONS, codes(&[])));
    house.add(at, |kept| kept.with(finding::SITUATIONS, codes(&["injury"])));
    assert_eq!(house.made_by("report-now").iter().filter(|(_, open, _)| *open).count(), 1);
    house.revert(done).unwrap();
    assert_eq!(house.made_by("report-now").iter().filter(|(_, open, _)| *open).count(), 1);
}

#[test]
fn a_goal_that_is_reached_and_a_case_that_is_closed_ask_for_nothing_again() {
    let house = House::new();
    let aim = Fields::default().with(goal::GOAL, "每周到校五天").with(goal::DUE, day("2026-05-01"));
    let at = house.write(RecordKind::Goal, aim.clone());
    let done = house.done_today("goal-ends");
    house.add(at, |kept| kept.with(goal::REACHED, day("2026-03-03")).with(goal::OUTCOME, "做到了"));
    house.revert(done).unwrap();
    assert_eq!(house.made_by("goal-ends"), [ended("2026-05-01", "answered")]);

    let house = House::new();
    house.write(RecordKind::Goal, aim);
    let done = house.done_today("goal-ends");
    house.add(house.case(), |kept| {
        kept.with(case::CLOSED, day("2026-03-03"))
            .with(case::CLOSE_REASON, choice("goals-met"))
            .with(case::ARRANGEMENT, "由母亲照料")
    });
    house.revert(done).unwrap();
    assert_eq!(house.made_by("goal-ends"), [ended("2026-05-01", "closed")]);
}

#[test]
fn a_visit_is_not_due_again_if_somebody_was_there_meanwhile() {
    let house = House::new();
    let visit = |on: &str| {
        let fields = Fields::default().with(contact::KIND, choice("visit")).with(contact::ON, day(on));
        house.write(RecordKind::Contact, fields.with(contact::SEEN, "外婆在家"));
    };
    visit("2026-03-03");
    house.add(RecordRef::child(house.child), |kept| kept.with(child::RISK, choice("high")));
    let open_visits = || house.made_by("risk-high").into_iter().filter(|(_, open, _)| *open).count();
    let done = house.done_today("risk-high");
    house.revert(done).unwrap();
    assert_eq!(open_visits(), 1, "nobody was there since");
    let done = house.done_today("risk-high");
    visit("2026-03-02");
    house.revert(done).unwrap();
    assert_eq!(open_visits(), 0);
    assert!(house.made_by("risk-high").iter().any(|(_, _, why)| why == "visited"));
}

#[test]
fn a_word_is_not_put_back_into_work_that_is_not_in_the_file_any_more() {
    let house = House::new();
    let at = house.write(RecordKind::Finding, injury());
    let found = house.last_change();
    let done = house.done_today("report-now");
    house.revert(done).unwrap();
    let undone = house.last_change();
    house.revert(found).unwrap();
    assert!(matches!(house.revert(undone), Err(tonghu::office::Refusal::Changed(_))));
    assert_eq!(house.made_by("report-now"), []);
    assert!(house.file().services.iter().all(|record| record.at != at));
    assert!(house.file().follow_ups.iter().all(|one| tonghu::domain::FollowUp::of(one).is_some()));
}

#[test]
fn what_cannot_be_does_not_come_back_by_an_undoing_and_the_screen_says_why() {
    for (lang, says) in [
        (Lang::Zh, "「监护人」不成立。请直接修改"),
        (Lang::En, "\"Guardian\" could not be so then. Edit it instead"),
    ] {
        let house = House::new();
        let household = house.file().row.household.unwrap();
        let sister = Fields::default()
            .with(child::NAME, "王小红")
            .with(child::HOUSEHOLD, tonghu::domain::Value::Link(household.0));
        let hers = RecordRef::child(tonghu::domain::ChildId(uuid::Uuid::now_v7()));
        house.save(hers, None, sister.clone());
        house.add(RecordRef::child(house.child), |kept| kept.with(child::GUARDIAN, "王小红"));
        house.undo_last();
        house.save(hers, Some(sister.clone()), sister.with(child::GUARDIAN, "王小明"));
        let mut face = Harness::new(house.desk.clone(), lang, crate::tasks::morning());
        face.press("f3").type_text("wxm").press("enter").press("left").press("home z tab enter").sees(says);
        assert_eq!(house.file().child.fields.get(&child::GUARDIAN), None);
    }
}

#[test]
fn a_finding_goes_with_its_work_and_comes_back_with_it() {
    let house = House::new();
    house.write(RecordKind::Finding, injury());
    let opened = house.last_change();
    house.revert(opened).unwrap();
    assert_eq!(house.made_by("report-now"), [], "with the finding its work goes");
    let back = house.last_change();
    house.revert(back).unwrap();
    assert_eq!(house.made_by("report-now"), [open("2026-03-03")]);
}
