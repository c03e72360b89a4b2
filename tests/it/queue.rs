//! What the rules say of every child is known in the lists: on its day, after each save and from one start to the next.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use tempfile::TempDir;
use tonghu::domain::forms::{case, child, contact, finding, goal, member, overrule, placement, situation};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

use crate::station::Home;

const HOME: Uuid = Uuid::from_u128(7);

struct House {
    dir: TempDir,
    clock: Arc<StillClock>,
    desk: Arc<Desk>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(code: &str) -> Value {
    Value::Choice(code.into())
}

/// Two siblings of seven and ten, and a child of another family.
fn three() -> impl Iterator<Item = Fields> {
    let one =
        |name: &str, birth: &str| Fields::default().with(child::NAME, name).with(child::BIRTH, day(birth));
    let of_home = |fields: Fields| fields.with(child::HOUSEHOLD, Value::Link(HOME));
    [
        of_home(one("王小明", "2018-06-20")),
        of_home(one("王小红", "2015-09-01")).with(child::RISK, code("high")),
        one("李强", "2008-05-30").with(child::RISK, code("low")),
    ]
    .into_iter()
}

impl House {
    fn new() -> House {
        Self::of(three())
    }

    fn of(children: impl Iterator<Item = Fields>) -> House {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(StillClock::at(day("2026-03-02").and_hms_opt(8, 30, 0).unwrap()));
        let desk = demo(dir.path(), clock.clone(), children).unwrap();
        House { dir, clock, desk }
    }

    /// Everybody leaves, and somebody comes in again.
    fn reopen(self, meanwhile: impl FnOnce(&Path)) -> House {
        let House { dir, clock, desk } = self;
        drop(desk);
        meanwhile(dir.path());
        let door = Door::new(dir.path().to_owned(), clock.clone());
        let desk = door.unlock("demo", &Passphrase::typed("look around freely")).unwrap();
        House { dir, clock, desk }
    }

    fn cases(&self, filter: Filter) -> CasePage {
        let cases = Cases { sort: Sort::Name, filter, from: 0, count: 1_000 };
        let Answer::Cases(page) = self.desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
        page
    }

    fn child(&self, name: &str) -> ChildId {
        self.cases(Filter::default()).rows.iter().find(|row| row.name == name).unwrap().child
    }

    fn file(&self, child: ChildId) -> CaseFile {
        let Answer::File(file) = self.desk.ask(Request::File(child)).unwrap() else { panic!() };
        *file
    }

    /// What the list says, without a file being opened.
    fn listed(&self, name: &str) -> Pressing {
        let page = self.cases(Filter::default());
        let at = page.rows.iter().position(|row| row.name == name).unwrap();
        page.pressing[at].expect("the rules were asked")
    }

    fn write(&self, name: &str, kind: RecordKind, fields: Fields) {
        let child = self.child(name);
        let id = if kind == RecordKind::Situation { child.0 } else { Uuid::now_v7() };
        self.save(RecordRef::of(kind, child.0, id), None, fields);
    }

    fn save(&self, at: RecordRef, base: Option<Fields>, fields: Fields) {
        let records = vec![SaveRecord { at, base, fields }];
        self.desk.ask(Request::Save(Save { records, draft: None })).unwrap();
    }

    fn edit(&self, name: &str, kind: RecordKind, edit: impl Fn(Fields) -> Fields) {
        let file = self.file(self.child(name));
        let all = [&file.cases, &file.contacts, &file.services].into_iter().flatten().chain([&file.child]);
        let record = all.into_iter().find(|record| record.at.kind == kind).unwrap().clone();
        self.save(record.at, Some(record.fields.clone()), edit(record.fields));
    }

    fn follow(&self) -> &Self {
        assert_eq!(self.desk.ask(Request::FollowRules).unwrap(), Answer::Done);
        self
    }

    fn pass(&self, days: u64) -> &Self {
        self.clock.advance_days(days);
        self.follow()
    }

    /// The list says of everybody what their files say.
    #[track_caller]
    fn agrees(&self) -> &Self {
        let page = self.cases(Filter::default());
        for (row, listed) in page.rows.iter().zip(&page.pressing) {
            let listed = listed.expect("the rules were asked");
            let file = self.file(row.child);
            let flags: Vec<&FlagLine> =
                file.flags.iter().filter(|flag| flag.now && flag.overruled.is_none()).collect();
            let count = |grade| flags.iter().filter(|flag| flag.grade == grade).count();
            let said = (flags.iter().map(|flag| flag.grade).min(), count(Grade::Urgent), count(Grade::Act));
            let known = (listed.grade, usize::from(listed.urgent), usize::from(listed.act));
            assert_eq!(known, said, "{} on {:?}", row.name, self.clock);
            let late = flags.iter().any(|flag| flag.rule == "visit-late");
            assert_eq!(listed.visit_late, late, "{}", row.name);
        }
        self
    }
}

fn alone() -> Fields {
    Fields::default().with(situation::UNATTENDED, Value::Yes(true))
}

#[test]
fn what_begins_or_ends_with_a_day_is_in_the_list_on_that_day_though_nobody_opened_the_file() {
    let house = House::new();
    house.follow();
    house.write("王小明", RecordKind::Situation, alone());
    assert_eq!(house.listed("王小明").grade, Some(Grade::Urgent), "not yet eight, and left alone");
    // The eighth birthday is on 20 June.
    house.pass(109);
    assert_eq!(house.listed("王小明").urgent, 1, "the day before");
    house.pass(1);
    assert_eq!(house.listed("王小明").urgent, 0);
    house.agrees();
}

#[test]
fn through_the_years_the_list_says_what_the_files_say() {
    let house = House::new();
    house.write("王小明", RecordKind::Situation, alone());
    let placed = Fields::default()
        .with(placement::KIND, code("foster"))
        .with(placement::BEGUN, day("2026-02-20"))
        .with(placement::AGREEMENT, day("2026-02-20"))
        .with(placement::AGREEMENT_UNTIL, day("2027-02-20"));
    house.write("王小红", RecordKind::Placement, placed);
    let aim = Fields::default().with(goal::DUE, day("2026-05-05")).with(goal::GOAL, "每天到校");
    house.write("王小红", RecordKind::Goal, aim);
    house.edit("王小红", RecordKind::Case, |case| case.with(case::ASSESSED, day("2026-03-02")));
    let found = Fields::default().with(finding::FOUND, day("2026-03-01")).with(finding::SEEN, "身上有伤");
    let situations = Value::Choices(["injury".to_owned()].into());
    house.write("李强", RecordKind::Finding, found.with(finding::SITUATIONS, situations));
    let gone = Fields::default()
        .with(member::ROLE, code("father"))
        .with(member::CIRCUMSTANCE, code("out-of-contact"))
        .with(member::SINCE, day("2025-01-01"))
        .with(member::REPORTED, day("2025-12-10"));
    house.save(RecordRef::of(RecordKind::Member, HOME, Uuid::now_v7()), None, gone);
    house.follow().agrees();
    for _ in 0..70 {
        house.pass(11).agrees();
    }
}

#[test]
fn a_save_is_in_the_list_at_once_also_for_the_siblings_of_whom_it_says_something() {
    let house = House::new();
    house.follow();
    let father = Fields::default()
        .with(member::ROLE, code("father"))
        .with(member::CIRCUMSTANCE, code("prison"))
        .with(member::SINCE, day("2024-01-01"));
    house.save(RecordRef::of(RecordKind::Member, HOME, Uuid::now_v7()), None, father);
    house.agrees();
    house.write("王小明", RecordKind::Situation, alone());
    house.agrees();
    let visit = Fields::default().with(contact::KIND, code("visit")).with(contact::ON, day("2026-03-02"));
    let visit = visit.with(contact::SEEN, "在家");
    house.write("王小红", RecordKind::Contact, visit);
    house.agrees();
    let history = house.desk.ask(Request::History(house.child("王小明"))).unwrap();
    let Answer::History(lines) = history else { panic!() };
    assert_eq!(house.listed("王小明").urgent, 1);
    let revert = Request::Revert { child: house.child("王小明"), change: lines[0].change.id };
    house.desk.ask(revert).unwrap();
    assert_eq!(house.listed("王小明").urgent, 0, "taken back");
    house.agrees();
}

#[test]
fn what_somebody_overruled_does_not_press_until_its_day_is_over() {
    let house = House::new();
    house.follow();
    house.write("王小明", RecordKind::Situation, alone());
    let not_so = Fields::default()
        .with(overrule::RULE, code("under-8-unattended"))
        .with(overrule::WHY, "邻居全天照看")
        .with(overrule::UNTIL, day("2026-03-10"));
    house.write("王小明", RecordKind::Overrule, not_so);
    assert_eq!(house.listed("王小明").urgent, 0);
    house.pass(8);
    assert_eq!(house.listed("王小明").urgent, 0, "the last day");
    house.pass(1);
    assert_eq!(house.listed("王小明").urgent, 1);
    house.agrees();
}

#[test]
fn the_next_start_begins_with_what_was_known_and_looks_at_what_was_saved_since() {
    let house = House::new();
    house.follow();
    let house = house.reopen(|dir| assert!(dir.join("rules").exists()));
    house.write("王小明", RecordKind::Situation, alone());
    let house = house.reopen(|_| ());
    house.follow().agrees();
    assert_eq!(house.listed("王小明").urgent, 1);
    // Lost, cut or changed it is made again.
    for damage in [None, Some(0), Some(40), Some(100)] {
        let house = House::new();
        house.write("王小明", RecordKind::Situation, alone());
        house.follow();
        let house = house.reopen(|dir| match damage {
            None => fs::remove_file(dir.join("rules")).unwrap(),
            Some(at) => {
                let mut bytes = fs::read(dir.join("rules")).unwrap();
                bytes[at] ^= 1;
                fs::write(dir.join("rules"), bytes).unwrap();
            }
        });
        house.follow().agrees();
    }
}

#[test]
fn many_are_looked_at_from_a_snapshot_and_those_saved_since_as_they_are() {
    let one = |n: u32| {
        let birth = day("2008-03-03") + chrono::Days::new(u64::from(n) * 29);
        let fields =
            Fields::default().with(child::NAME, format!("孩子{n}").as_str()).with(child::BIRTH, birth);
        fields.with(child::HOUSEHOLD, Value::Link(Uuid::from_u128(1000 + u128::from(n / 2))))
    };
    let house = House::of((0..220).map(one));
    for n in [3, 90, 171] {
        house.write(&format!("孩子{n}"), RecordKind::Situation, alone());
    }
    house.desk.ask(Request::RotateKey).unwrap();
    house.desk.ask(Request::FollowResealing).unwrap();
    let prison = Fields::default()
        .with(member::ROLE, code("father"))
        .with(member::CIRCUMSTANCE, code("prison"))
        .with(member::SINCE, day("2024-01-01"));
    house.save(RecordRef::of(RecordKind::Member, Uuid::from_u128(1020), Uuid::now_v7()), None, prison);
    house.write("孩子200", RecordKind::Situation, alone());
    let house = house.reopen(|dir| fs::remove_file(dir.join("rules")).unwrap());
    house.follow().agrees();
    house.pass(40).agrees();
}

#[test]
fn other_rules_are_asked_about_everybody() {
    let house = House::new();
    house.write("王小明", RecordKind::Situation, alone());
    house.follow();
    assert_eq!(house.listed("王小明").urgent, 1);
    let silenced = "[[rule]]\nid = \"under-8-unattended\"\noff = true\n";
    let house = house.reopen(|dir| {
        fs::create_dir_all(dir.join("practice")).unwrap();
        fs::write(dir.join("practice/protection.toml"), silenced).unwrap();
    });
    house.follow().agrees();
    assert_eq!(house.listed("王小明").urgent, 0);
    let house = house.reopen(|dir| fs::remove_file(dir.join("practice/protection.toml")).unwrap());
    house.follow().agrees();
    assert_eq!(house.listed("王小明").urgent, 1);
}

#[test]
fn a_clock_that_was_set_back_makes_nothing_hold_too_early() {
    let house = House::new();
    house.write("王小明", RecordKind::Situation, alone());
    house.pass(200).agrees();
    house.clock.set(day("2026-03-12").and_hms_opt(8, 0, 0).unwrap());
    house.follow().agrees();
    let house = house.reopen(|_| ());
    house.pass(180).agrees();
    house.clock.set(day("2026-03-22").and_hms_opt(8, 0, 0).unwrap());
    let house = house.reopen(|_| ());
    house.follow().agrees();
    assert_eq!(house.listed("王小明").urgent, 1);
}

/// With the files of `house` open at today, 80 columns wide.
fn face(house: &House, lang: Lang) -> Harness {
    Harness::new(house.desk.clone(), lang, day("2026-03-02").and_hms_opt(9, 0, 0).unwrap())
}

#[test]
fn today_ends_with_the_children_whom_a_rule_calls_for_the_most_pressing_first() {
    let house = House::new();
    house.write("王小明", RecordKind::Situation, alone());
    let late = Fields::default().with(contact::KIND, code("visit")).with(contact::ON, day("2026-01-05"));
    house.write("李强", RecordKind::Contact, late.with(contact::SEEN, "在家"));
    let agenda = |scope| match house.follow().desk.ask(Request::Agenda(scope)).unwrap() {
        Answer::Agenda(agenda) => agenda,
        other => panic!("{other:?}"),
    };
    let names = |agenda: &Agenda| agenda.pressing.iter().map(|line| line.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&agenda(Scope::Station)), ["王小明", "李强"]);
    assert_eq!((agenda(Scope::Mine).totals.pressing, agenda(Scope::Mine).pending), (2, false));
    let mut zh = face(&house, Lang::Zh);
    zh.press("f4").sees("规则提示 2").sees("紧急 1").sees("要办 1");
    zh.press("end").sees("> 李强").press("up").sees("> 王小明").press("enter").sees("规则提示");
    zh.press("esc ctrl-t").sees("规则提示 2").sees_no("紧急").sees_no("要办");
    face(&house, Lang::En).press("f4").sees("Rules 2").sees("Urgent 1").sees("To do 1");
}

#[test]
fn the_cases_say_what_is_urgent_and_show_only_that_if_asked_to() {
    let house = House::new();
    house.write("王小明", RecordKind::Situation, alone());
    house.follow();
    let only = |grade| {
        let page = house.cases(Filter { pressing: Some(grade), ..Filter::default() });
        page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(only(Grade::Urgent), ["王小明"]);
    house.pass(60);
    assert_eq!(only(Grade::Act).len(), 3, "nobody was visited");
    let mut zh = face(&house, Lang::Zh);
    zh.press("f5").sees("紧急 1").sees("李强").press("f").sees("规则提示");
    zh.press("down down down down down right").sees("< 紧急 >").press("enter").sees("只看：紧急");
    zh.sees("王小明").sees_no("李强").press("ctrl-t").sees_no("紧急");
}

#[test]
fn the_queue_holds_what_waits_for_a_supervisor_and_each_line_opens_the_file() {
    let house = House::new();
    house.write("王小明", RecordKind::Situation, alone());
    house.edit("王小红", RecordKind::Case, |case| {
        case.with(case::ASSESSED, day("2026-03-02")).with(case::PLANNED, day("2026-03-02"))
    });
    house.edit("李强", RecordKind::Case, |case| {
        let closed = case.with(case::CLOSED, day("2026-03-02")).with(case::CLOSE_REASON, code("goals-met"));
        closed.with(case::ARRANGEMENT, "和父母一起")
    });
    let queue = || match house.follow().desk.ask(Request::Queue).unwrap() {
        Answer::Queue(queue) => queue,
        other => panic!("{other:?}"),
    };
    let in_it = |what: &str| {
        let parts = queue().parts.into_iter().filter(|part| part.what.code() == what);
        parts.flat_map(|part| part.lines).map(|line| line.name).collect::<Vec<_>>()
    };
    assert_eq!(in_it("urgent"), ["王小明"]);
    assert_eq!((in_it("plan"), in_it("closure")), (vec!["王小红".to_owned()], vec!["李强".to_owned()]));
    assert_eq!(in_it("risk"), ["王小红"]);
    assert!(in_it("visit").is_empty() && in_it("overdue").is_empty());
    let mut zh = face(&house, Lang::Zh);
    zh.press("f2").type_text("督导待办").press("enter").sees("服务计划待批准 1").sees("结案待批准 1");
    zh.press("down").sees("> 王小红").press("enter").sees("概况");
    zh.press("esc ctrl-t").sees("服务计划待批准 1").sees_no("紧急").sees_no("高风险");
    // Approved, it waits no longer; in ten days the visits are late.
    house.edit("王小红", RecordKind::Case, |case| case.with(case::PLAN_APPROVED, day("2026-03-02")));
    assert!(in_it("plan").is_empty());
    house.pass(40);
    assert!(!in_it("overdue").is_empty());
}

#[test]
fn at_the_shell_the_queue_is_a_list_or_json_and_an_empty_one_is_nothing() {
    let home = Home::with_children_since(40, &["王小明", "韩梅梅"]);
    let queue = home.signed_in("due --queue --json").json();
    assert_eq!(queue["complete"], true);
    let parts = queue["queue"].as_array().unwrap();
    let overdue = parts.iter().find(|part| part["what"] == "overdue").unwrap();
    assert_eq!((overdue["total"].as_u64(), overdue["children"].as_array().unwrap().len()), (Some(2), 2));
    assert!(overdue["children"][0]["act"].as_u64().unwrap() > 0, "no first response, says a rule");
    let said = home.signed_in("due --queue").done();
    assert!(said.contains("逾期回访：") && said.contains("韩梅梅") && said.contains("要办"), "{said}");
    assert_eq!(Home::with_station().signed_in("due --queue").code, 3);
}
