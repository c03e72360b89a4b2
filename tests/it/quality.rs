//! Checking files for their quality: what is missing, late, unvisited, and how it gets into the supervision log.

use crate::registers::{House, choice, register, save};
use crate::station::{Home, PASSPHRASE, roster};
use std::sync::Arc;
use tonghu::domain::forms::{case, child, contact, overrule, session, supervision};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Value, WorkerId};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use uuid::Uuid;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn register_child(desk: &Desk, name: &str, risk: &str) -> ChildId {
    let at = RecordRef::child(ChildId(Uuid::now_v7()));
    let birth = day("2014-05-01");
    let fields = Fields::default().with(child::NAME, name).with(child::BIRTH, birth);
    save(desk, at, None, fields.with(child::RISK, choice(risk))).unwrap();
    ChildId(at.id)
}

fn add(desk: &Desk, child: ChildId, kind: RecordKind, fields: Fields) {
    save(desk, RecordRef::of(kind, child.0, Uuid::now_v7()), None, fields).unwrap();
}

fn check(desk: &Desk, scope: QualityScope) -> Quality {
    match desk.ask(Request::Quality(scope)).unwrap() {
        Answer::Quality(found) => found,
        other => panic!("{other:?}"),
    }
}

/// What is amiss in the file of a child.
fn amiss(found: &Quality, child: ChildId) -> Vec<&str> {
    let file = found.files.iter().find(|file| file.row.child == child).unwrap();
    file.failed.iter().map(|at| found.checks[*at].id.as_str()).collect()
}

fn failed(found: &Quality, id: &str) -> usize {
    found.checks.iter().find(|check| check.id == id).unwrap().failed
}

#[test]
fn each_file_says_what_is_amiss_in_it_and_each_check_in_how_many() {
    let house = House::new();
    let desk = house.station();
    let old = register_child(&desk, "王小明", "high");
    let visited = register_child(&desk, "李丽", "medium");
    house.wait_days(20);
    let met = Value::Choices(["child".to_owned()].into());
    let visit = Fields::default().with(contact::KIND, choice("visit")).with(contact::ON, day("2026-03-21"));
    add(&desk, visited, RecordKind::Contact, visit.with(contact::MET, met).with(contact::SEEN, "在家"));
    let sat = Fields::default()
        .with(session::ON, day("2026-03-21"))
        .with(session::VOLUNTEER, "何秀兰")
        .with(session::MINUTES, Value::Number(60))
        .with(session::CHILD_SAID, "想爸爸");
    add(&desk, visited, RecordKind::Session, sat);
    let found = check(&desk, QualityScope::default());
    assert_eq!((found.files.len(), found.of), (2, 2));
    assert_eq!(
        amiss(&found, old),
        ["fields-missing", "assessment-missing", "follow-up-overdue", "visit-late", "no-own-words"]
    );
    assert_eq!(amiss(&found, visited), ["fields-missing", "assessment-missing"]);
    assert_eq!(found.files[0].row.child, old, "the worst first");
    assert_eq!([failed(&found, "fields-missing"), failed(&found, "visit-late")], [2, 1]);
    let late = found.checks.iter().find(|check| check.id == "visit-late").unwrap();
    assert!(!late.sources.is_empty(), "it stands where its rules stand");
}

#[test]
fn what_somebody_overruled_is_not_amiss_and_a_closed_case_is_not_drawn() {
    let house = House::new();
    let desk = house.station();
    let [one, other] = ["王小明", "李丽"].map(|name| register_child(&desk, name, "high"));
    house.wait_days(20);
    for rule in ["response-late", "visit-late"] {
        let why =
            Fields::default().with(overrule::RULE, choice(rule)).with(overrule::WHY, "住院，医院每天看");
        add(&desk, one, RecordKind::Overrule, why);
    }
    let Answer::File(file) = desk.ask(Request::File(other)).unwrap() else { panic!() };
    let over = file.cases[0]
        .fields
        .clone()
        .with(case::CLOSED, day("2026-03-22"))
        .with(case::CLOSE_REASON, choice("moved"))
        .with(case::ARRANGEMENT, "随父母迁走");
    save(&desk, file.cases[0].at, Some(file.cases[0].fields.clone()), over).unwrap();
    let found = check(&desk, QualityScope::default());
    assert_eq!((found.files.len(), found.of, failed(&found, "visit-late")), (1, 1, 0));
}

#[test]
fn a_sample_is_drawn_again_by_its_seed_and_the_audit_says_which_it_was() {
    let house = House::new();
    let desk = house.station();
    let mut rows = (0..60).map(|n| Fields::default().with(child::NAME, format!("童{n}").as_str()));
    desk.import(&mut rows, &Unwatched).unwrap();
    let drawn = |seed| {
        let scope = QualityScope { sample: Some(10), seed, worker: None };
        let mut children: Vec<ChildId> =
            check(&desk, scope).files.into_iter().map(|file| file.row.child).collect();
        children.sort();
        children
    };
    let seven = drawn(7);
    assert_eq!((seven.len(), &drawn(7)), (10, &seven));
    assert_ne!(drawn(8), seven);
    let nobody = QualityScope { worker: Some(WorkerId(Uuid::from_u128(7))), ..QualityScope::default() };
    assert_eq!(check(&desk, nobody).of, 0);
    let mine = QualityScope { worker: Some(desk.me().worker), ..QualityScope::default() };
    assert_eq!(check(&desk, mine).files.len(), 60);
    let Answer::Audit(page) =
        desk.ask(Request::Audit(AuditQuery { limit: 50, ..AuditQuery::default() })).unwrap()
    else {
        panic!()
    };
    let checked: Vec<&str> =
        page.lines.iter().filter(|line| line.verb == Verb::Quality).map(|line| line.what.as_str()).collect();
    assert_eq!(checked, ["60/60 #0", "0/0 #0", "10/60 #8", "10/60 #7", "10/60 #7"]);
    assert!(page.lines.iter().all(|line| line.verb != Verb::Open), "one entry for all of them");
}

#[test]
fn a_check_that_is_stopped_tells_nothing() {
    struct Never;
    impl Watch for Never {
        fn progress(&self, _: u64, _: Option<u64>) -> bool {
            false
        }
    }
    let house = House::new();
    let desk = house.station();
    register_child(&desk, "王小明", "high");
    let stopped = desk.ask_watched(Request::Quality(QualityScope::default()), &Never);
    assert_eq!(stopped, Err(Refusal::Stopped));
}

fn face(desk: &Arc<Desk>, lang: Lang, size: (u16, u16)) -> Harness {
    let mut face = Harness::sized(desk.clone(), lang, "2026-03-22T08:30:00".parse().unwrap(), size);
    face.press("f2").type_text(if lang == Lang::Zh { "质量抽查" } else { "quality check" }).press("enter");
    face
}

#[test]
fn on_the_screen_a_file_is_opened_from_the_list_and_the_counts_go_into_the_log_without_a_name() {
    for (lang, words) in [
        (
            Lang::Zh,
            [
                "全部2个在办个案",
                "登记表没有填全",
                "没走访",
                "100%",
                "记督导、培训或检查",
                "没有按风险等级走访：2/2",
            ],
        ),
        (
            Lang::En,
            [
                "all 2 open cases",
                "The first form is not",
                "unvisited",
                "100%",
                "New entry of",
                "as the risk asks: 2/2",
            ],
        ),
    ] {
        let house = House::new();
        let desk = house.station();
        register_child(&desk, "王小明", "high");
        register_child(&desk, "李丽", "high");
        house.wait_days(20);
        for size in [(80, 24), (60, 18), (120, 40)] {
            let mut face = face(&desk, lang, size);
            face.sees(words[0]).sees("王小明").sees(words[1]);
            face.press("tab").sees(words[3]);
            if size.0 >= 80 {
                face.sees(words[2]);
            }
        }
        let mut face = face(&desk, lang, (80, 24));
        face.press("enter").press("esc").sees(words[0]);
        face.press("s").sees(words[4]).press("ctrl-s").sees(words[0]);
        let lines = register(&desk, RecordKind::Supervision);
        let kept = &lines[0].record.fields;
        assert_eq!(kept.text(&supervision::KIND), "quality-check");
        let found = kept.text(&supervision::FOUND);
        assert!(found.contains(words[5]), "{found}");
        assert!(!found.contains("王小明") && !found.contains("李丽"), "{found}");
        assert!(kept.text(&supervision::TOPIC).contains('2'));
    }
}

#[test]
fn what_goes_into_the_log_is_whole_though_the_screen_is_masked() {
    let house = House::new();
    let desk = house.station();
    register_child(&desk, "王小明", "high");
    house.wait_days(20);
    let mut face = face(&desk, Lang::Zh, (80, 24));
    face.press("f11").press("f down enter").sees("何**").press("s").sees("何晓雨").press("ctrl-s");
    let topic =
        register(&desk, RecordKind::Supervision)[0].record.fields.text(&supervision::TOPIC).to_owned();
    assert!(topic.contains("何晓雨"), "{topic}");
}

#[test]
fn where_people_walk_by_the_list_does_not_say_what_is_amiss() {
    let house = House::new();
    let desk = house.station();
    register_child(&desk, "王小明", "high");
    house.wait_days(20);
    let mut face = face(&desk, Lang::Zh, (80, 24));
    face.sees("登记表没有填全").press("ctrl-t").sees_no("登记表没有填全").sees("--");
}

#[test]
fn at_the_shell_counts_come_out_and_no_name() {
    let home = Home::with_station();
    home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"], ["韩梅梅", "韩德华", "杨家坪"]]));
    assert_eq!(home.signed_in("report quality").code, 3, "there is nothing to check");
    home.signed_in("import roster.csv --yes").done();
    let ran = home.signed_in("report quality --json --seed 7").done();
    assert!(!ran.contains("王小明") && !ran.contains("李桂英") && !ran.contains(PASSPHRASE), "{ran}");
    let json: serde_json::Value = serde_json::from_str(&ran).unwrap();
    assert_eq!((&json["files"], &json["of"], &json["seed"]), (&2.into(), &2.into(), &7.into()));
    let checks = json["checks"].as_array().unwrap();
    let fields = checks.iter().find(|check| check["check"] == "fields-missing").unwrap();
    assert_eq!((&fields["failed"], &fields["share"]), (&2.into(), &1.0.into()));
    assert!(
        home.signed_in("report quality --worker zhou --lang en")
            .done()
            .contains("The first form is not complete: 2/2")
    );
    home.signed_in("report quality --worker nobody").refused(3, &["nobody"]);
}
