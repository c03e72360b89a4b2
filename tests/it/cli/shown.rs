//! What `tonghu show` tells of a file: what is done for the child and what the rules say of it, unless it is to be discreet.

use std::sync::Arc;

use tonghu::domain::forms::{goal, situation};
use tonghu::domain::{Fields, RecordKind, RecordRef, Value};
use tonghu::office::{Answer, Cases, Door, Filter, Office, Request, Save, SaveRecord, Sort};
use tonghu::platform::SystemClock;
use tonghu::vault::Passphrase;
use uuid::Uuid;

use crate::station::{Home, LOGIN, PASSPHRASE};

fn with_services() -> Home {
    let home = Home::with_children_since(0, &["王小明"]);
    let door = Door::new(home.data(), Arc::new(SystemClock));
    let desk = door.unlock(LOGIN, &Passphrase::typed(PASSPHRASE)).unwrap();
    let all = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 1 };
    let Answer::Cases(page) = desk.ask(Request::Cases(all)).unwrap() else { panic!() };
    let child = page.rows[0].child.0;
    let street = Fields::default().with(situation::LIVES, Value::Choice("street".into()));
    let aim = Fields::default()
        .with(goal::GOAL, "学会骑三轮车")
        .with(goal::DUE, "2199-01-01".parse::<chrono::NaiveDate>().unwrap());
    for (kind, id, fields) in
        [(RecordKind::Situation, child, street), (RecordKind::Goal, Uuid::now_v7(), aim)]
    {
        let records = vec![SaveRecord { at: RecordRef::of(kind, child, id), base: None, fields }];
        desk.ask(Request::Save(Save { records, draft: None })).unwrap();
    }
    home
}

#[test]
fn a_file_is_shown_with_what_is_done_for_the_child_and_what_the_rules_say() {
    let home = with_services();
    let shown = home.signed_in("show 王小明").done();
    for told in ["学会骑三轮车", "规则提示", "可能需要民政部门临时监护"] {
        assert!(shown.contains(told), "{told:?} is not in\n{shown}");
    }
    let discreet = home.signed_in("show 王小明 --discreet").done();
    for hidden in ["三轮车", "规则提示", "临时监护"] {
        assert!(!discreet.contains(hidden), "{hidden:?} is in\n{discreet}");
    }
    let told = home.signed_in("show 王小明 --json").json();
    let kinds: Vec<_> = told["services"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["situation", "goal"]);
    let rules = told["flags"].as_array().unwrap();
    assert!(rules.iter().any(|flag| flag["rule"] == "temporary-guardian-ground"), "{told}");
}
