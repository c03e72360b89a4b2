//! What begins with a day alone opens its work, though nobody touches the file.

use std::fs;
use std::path::Path;

use tonghu::domain::forms::{contact, member, overrule, situation};
use tonghu::domain::{Fields, RecordKind, RecordRef, Stamp, Value, WorkerId};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

use crate::tasks::{House, choice, day, ended, morning, open};

/// A station that wants somebody to go along when a child has not seen a parent in prison for half a year.
const GO_ALONG: &str = r#"
[[rule]]
id = "go-along"
on = "flag"
flag = "prison-visit"
after = "7d"
kind = "other"
zh = "半年没有会见：联系监狱，落实陪同人"
en = "No prison visit for half a year: settle who goes along"
source_zh = "本站"
source_en = "This station"
certainty = "D"
"#;

fn goes_along(birth: &str) -> House {
    House::of(birth).closed_for(0, |dir| {
        fs::create_dir_all(dir.join("practice")).unwrap();
        fs::write(dir.join("practice/deadlines.toml"), GO_ALONG).unwrap();
    })
}

impl House {
    /// The father is in prison; the child saw him last on this day.
    fn saw_father(&self, on: &str) -> RecordRef {
        let household = self.file().row.household.unwrap();
        let at = RecordRef::of(RecordKind::Member, household.0, Uuid::now_v7());
        let fields = Fields::default()
            .with(member::ROLE, choice("father"))
            .with(member::CIRCUMSTANCE, choice("prison"))
            .with(member::SINCE, day("2024-05-01"))
            .with(member::CHILD_KNOWS, Value::Yes(true))
            .with(member::VISITED, day(on));
        self.save(at, None, fields);
        at
    }

    fn not_in_school_yet(&self) -> RecordRef {
        self.write(
            RecordKind::Situation,
            Fields::default()
                .with(situation::LIVES, choice("parents"))
                .with(situation::SCHOOLING, choice("not-yet")),
        )
    }

    fn pass(&self, days: u64) -> &Self {
        self.clock.advance_days(days);
        self.follow()
    }

    fn follow(&self) -> &Self {
        assert_eq!(self.desk.ask(Request::FollowRules), Ok(Answer::Done));
        self
    }

    /// Everybody leaves; somebody comes in again so many days later.
    fn closed_for(self, days: u64, meanwhile: impl FnOnce(&Path)) -> House {
        let House { dir, clock, desk, child } = self;
        drop(desk);
        clock.advance_days(days);
        meanwhile(dir.path());
        let door = Door::new(dir.path().to_owned(), clock.clone());
        let desk = door.unlock("demo", &Passphrase::typed("look around freely")).unwrap();
        House { dir, clock, desk, child }
    }

    fn history(&self) -> Vec<HistoryLine> {
        match self.desk.ask(Request::History(self.child)).unwrap() {
            Answer::History(lines) => lines,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn half_a_year_after_the_last_visit_the_work_stands_on_today_in_the_morning_though_nobody_left_at_night() {
    let house = goes_along("2016-01-10");
    house.saw_father("2025-09-04");
    house.follow();
    let mut faces =
        [Lang::Zh, Lang::En].map(|lang| Harness::new(house.desk.clone(), lang, house_now(&house)));
    for face in &mut faces {
        face.sees("王小明");
    }
    assert_eq!(house.made_by("go-along"), [], "half a year less a day");
    house.clock.advance_days(1);
    for face in &mut faces {
        face.wait_days(1);
    }
    assert_eq!(house.made_by("go-along"), [open("2026-03-11")]);
    let [zh, en] = &mut faces;
    zh.sees("03-11        其他       -    半年没有会见");
    en.sees("No prison visit");
    zh.press("f3").type_text("wxm").press("enter").press("left").sees("按规则");
    en.press("f3").type_text("wxm").press("enter").press("left").sees("by rule");
    let line = &house.history()[0];
    assert!(line.change.by == WorkerId(Uuid::nil()) && line.by.is_empty());
    let audit = AuditQuery { child: Some(house.child), limit: 50, ..AuditQuery::default() };
    let Answer::Audit(page) = house.desk.ask(Request::Audit(audit)).unwrap() else { panic!() };
    assert!(page.lines.iter().any(|line| line.verb == Verb::FallDue && line.by.is_empty()));
}

fn house_now(house: &House) -> chrono::NaiveDateTime {
    tonghu::platform::Clock::now(&*house.clock)
}

#[test]
fn a_program_that_was_closed_for_three_weeks_opens_once_what_began_meanwhile() {
    // Seven on 10 March, and not in school.
    let house = goes_along("2019-03-10");
    house.saw_father("2025-09-04");
    house.not_in_school_yet();
    house.follow();
    assert_eq!((house.made_by("go-along"), house.made_by("dropped-out-duty")), (vec![], vec![]));
    let house = house.closed_for(21, |_| {});
    house.follow();
    let told = |house: &House| {
        let rules = ["go-along", "dropped-out-duty", "dropped-out-escalate"];
        rules.map(|rule| house.made_by(rule))
    };
    let due = [vec![open("2026-03-31")], vec![open("2026-03-31")], vec![open("2026-04-23")]];
    assert_eq!(told(&house), due);
    let house = house.closed_for(0, |_| {});
    house.follow();
    assert_eq!(told(&house), due);
    house.pass(1).pass(400);
    assert_eq!(told(&house).map(|all| all.len()), [1, 1, 1]);
}

#[test]
fn a_power_cut_before_it_is_kept_what_the_rules_said_opens_nothing_twice_even_if_it_was_done() {
    for lost in [false, true] {
        let house = goes_along("2016-01-10");
        house.saw_father("2025-09-04");
        house.follow();
        let mut eve = vec![];
        let house = house.closed_for(0, |dir| eve = fs::read(dir.join("rules")).unwrap());
        house.pass(1);
        house.done_today("go-along");
        // That file is written last: cut short, it is still the one of the eve.
        let house = house.closed_for(2, |dir| match lost {
            false => fs::write(dir.join("rules"), &eve).unwrap(),
            true => fs::remove_file(dir.join("rules")).unwrap(),
        });
        house.follow();
        assert_eq!(house.made_by("go-along"), [ended("2026-03-11", "")]);
    }
}

#[test]
fn what_began_before_is_opened_also_where_somebody_writes_into_the_file_first() {
    let house = goes_along("2016-01-10");
    let father = house.saw_father("2025-09-04");
    house.follow();
    house.clock.advance_days(1);
    let visit = Fields::default().with(contact::KIND, choice("visit")).with(contact::ON, day("2026-03-04"));
    house.write(RecordKind::Contact, visit);
    assert_eq!(house.made_by("go-along"), [open("2026-03-11")]);
    house.follow();
    assert_eq!(house.made_by("go-along").len(), 1);
    // The answer is written down on a later day, on which it begins for the second time.
    house.add(father, |kept| kept.with(member::VISITED, day("2026-03-04")));
    assert_eq!(house.made_by("go-along"), [ended("2026-03-11", "no-longer")]);
    house.clock.advance_days(184);
    house.add(father, |kept| kept.with(member::VISITED, day("2026-09-03")));
    let all = house.made_by("go-along");
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all.iter().all(|(_, open, _)| !open), "it fell due and was answered: {all:?}");
}

#[test]
fn what_holds_again_after_it_was_overruled_for_a_time_is_to_be_done_again() {
    let house = goes_along("2016-01-10");
    house.saw_father("2025-06-01");
    house.done_by_hand("go-along");
    let sick = Fields::default()
        .with(overrule::RULE, choice("prison-visit"))
        .with(overrule::WHY, "父亲住院，监狱暂停会见")
        .with(overrule::UNTIL, day("2026-03-20"));
    house.write(RecordKind::Overrule, sick);
    house.pass(17);
    assert_eq!(house.made_by("go-along").len(), 1, "the last day on which it is overruled");
    house.pass(1);
    assert_eq!(house.made_by("go-along").len(), 2);
    assert!(house.made_by("go-along").contains(&open("2026-03-28")));
}

#[test]
fn what_somebody_is_writing_at_midnight_is_kept_and_saved_as_ever() {
    let house = goes_along("2016-01-10");
    house.saw_father("2025-09-04");
    house.follow();
    let mut face = Harness::new(house.desk.clone(), Lang::Zh, morning());
    face.press("f3").type_text("wxm").press("enter").press("f6").sees("记走访");
    face.press("tab").type_text("外婆在家").wait(1_000);
    let drafts = |house: &House| match house.desk.ask(Request::Drafts).unwrap() {
        Answer::Drafts(drafts) => drafts.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(drafts(&house), 1);
    house.pass(1);
    assert_eq!((drafts(&house), house.made_by("go-along")), (1, vec![open("2026-03-11")]));
    face.wait_days(1).sees("外婆在家").press("ctrl-s").sees("王小明");
    assert_eq!(house.file().contacts.len(), 1);
    assert_eq!(drafts(&house), 0);
    assert_ne!(house.history()[0].change.at, Stamp::default());
}

#[test]
fn nothing_that_is_due_disappears_overnight() {
    // Sixteen on 10 March: from then on a child may live alone.
    let house = House::of("2010-03-10");
    let at = house.write(RecordKind::Situation, Fields::default().with(situation::LIVES, choice("alone")));
    house.follow();
    assert_eq!(house.made_by("visit-under-16-alone"), [open("2026-03-04")]);
    house.pass(7);
    assert_eq!(house.made_by("visit-under-16-alone"), [open("2026-03-04")], "overdue, and still there");
    assert_eq!(house.made_by("visit-unsupervised"), [open("2026-03-11")], "the rule for older ones");
    house.add(at, |kept| kept.with(situation::LIVES, choice("kin")));
    assert_eq!(house.made_by("visit-under-16-alone"), [ended("2026-03-04", "no-longer")]);
}
