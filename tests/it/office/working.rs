//! A caseworker's day in the files: registering, visiting, follow-ups, taking back.

use super::*;

#[test]
fn a_child_is_registered_with_a_name_and_an_id_number_and_the_file_says_what_is_missing() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::ID_NUMBER, "99140320150312565X"));
    let file = desk.file(child);
    assert_eq!(file.row.birth, Some(day("2015-03-12")), "from the number");
    assert_eq!(file.row.sex, "m");
    assert_eq!(file.row.case_no, "TH2026-000001");
    assert_eq!(file.row.worker, Some(desk.me().worker));
    assert_eq!(file.row.status, Status::Identified);
    assert_eq!(file.cases[0].fields.date(&case::OPENED), Some(day(TODAY)));
    assert!(file.missing.contains(&child::GUARDIAN) && !file.missing.contains(&child::SEX));
    assert!(file.row.household.is_some());
    assert!(file.row.due.iter().any(|due| due.kind == "first-response"), "{:?}", file.row.due);
    assert_eq!(desk.find("小明")[0].row.child, child);
    assert_eq!(desk.register(named("李丽")), desk.find("李丽")[0].row.child);
    assert_eq!(desk.find("李丽")[0].row.case_no, "TH2026-000002");
}

#[test]
fn a_child_without_a_name_is_not_saved_and_nothing_remains_of_it() {
    let house = House::new();
    let desk = house.station();
    let record = SaveRecord {
        at: RecordRef::child(ChildId(Uuid::now_v7())),
        base: None,
        fields: Fields::default().with(child::VILLAGE, "石门村"),
    };
    let refused = desk.ask(Request::Save(Save { records: vec![record], draft: None })).unwrap_err();
    assert!(matches!(&refused, Refusal::Invalid(faults) if faults[0].field == child::NAME), "{refused:?}");
    let Answer::Station(station) = desk.ask(Request::Station).unwrap() else { panic!() };
    assert_eq!(station.children, 0);
}

#[test]
fn a_form_for_a_new_child_needs_no_id_of_its_own() {
    let house = House::new();
    let desk = house.station();
    let new =
        |kind, fields| SaveRecord { at: RecordRef::of(kind, Uuid::nil(), Uuid::nil()), base: None, fields };
    let records = vec![
        new(RecordKind::Child, named("赵小雨")),
        new(RecordKind::Contact, visit(TODAY, "在家，和奶奶一起")),
    ];
    let saved = desk.saved(Request::Save(Save { records, draft: None }));
    let file = desk.file(saved.child.unwrap());
    assert_eq!(file.contacts.len(), 1);
    assert_eq!(file.row.last_contact, Some(day(TODAY)));
}

#[test]
fn after_a_visit_the_next_one_stands_in_the_agenda_and_the_first_response_is_done() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::RISK, choice("high")));
    assert_eq!(open_dues(&desk.file(child)), [due("first-response", "2026-03-03")]);
    house.clock.advance_days(1);
    let Answer::Saved(saved) =
        desk.add(RecordKind::Contact, child, visit("2026-03-03", "奶奶生病了")).unwrap()
    else {
        panic!()
    };
    assert_eq!(saved.opened, [("visit".to_owned(), day("2026-03-10"))]);
    let file = desk.file(child);
    assert_eq!(open_dues(&file), [due("visit", "2026-03-10")]);
    let closed: Vec<_> = file.follow_ups.iter().filter_map(|one| one.fields.date(&follow_up::DONE)).collect();
    assert_eq!(closed, [day("2026-03-03")]);
    let agenda = desk.agenda(Scope::Mine);
    assert_eq!((agenda.overdue.len(), agenda.today.len(), agenda.week.len()), (0, 0, 0));
    assert_eq!(agenda.later[0].due, day("2026-03-10"));
    house.clock.advance_days(11);
    let overdue = &desk.agenda(Scope::Mine).overdue[0];
    assert_eq!((overdue.name.as_str(), overdue.late, overdue.risen), ("王小明", 4, true));
    let Answer::Why(rule) = desk.ask(Request::Why { rule: overdue.rule.clone() }).unwrap() else { panic!() };
    assert!(!rule.zh.is_empty() && !rule.source_en.is_empty());
}

#[test]
fn the_date_agreed_at_the_door_becomes_a_follow_up_with_what_was_agreed() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::RISK, choice("low")));
    let agreed = visit(TODAY, "好").with(contact::NEXT, day("2026-03-09")).with(contact::AGREED, "带户口本");
    desk.add(RecordKind::Contact, child, agreed).unwrap();
    let file = desk.file(child);
    assert_eq!(open_dues(&file), [due("visit", "2026-03-09")]);
    assert_eq!(file.row.due[0].reason, "带户口本");
    let contact = &file.contacts[0];
    let later = contact.fields.clone().with(contact::NEXT, day("2026-03-12"));
    desk.edit(contact.at, &contact.fields, &later).unwrap();
    assert_eq!(open_dues(&desk.file(child)), [due("visit", "2026-03-12")], "moved, not doubled");
}

#[test]
fn a_follow_up_moves_only_with_a_reason_and_keeps_its_first_date() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::RISK, choice("medium")));
    let id = desk.file(child).row.due[0].id;
    let act = |why: &str| Request::Act {
        child,
        follow_up: id,
        act: Act::Moved { to: day("2026-03-20"), why: why.into() },
    };
    assert_eq!(desk.ask(act(" ")).unwrap_err(), Refusal::Act(ActFault::NoReason));
    desk.saved(act("孩子在外婆家"));
    let file = desk.file(child);
    assert_eq!(open_dues(&file), [due("first-response", "2026-03-20")]);
    assert_eq!(file.follow_ups[0].fields.date(&follow_up::FIRST_DUE), Some(day("2026-03-05")));
    assert_eq!(file.follow_ups[0].fields.text(&follow_up::MOVED_WHY), "孩子在外婆家");
}

#[test]
fn an_attempt_is_in_the_file_with_its_real_date_and_the_follow_up_stays_open() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明"));
    house.clock.advance_days(9);
    let id = desk.file(child).row.due[0].id;
    let act = Act::Attempt { on: day("2026-03-05"), why: "没人在家".into() };
    desk.saved(Request::Act { child, follow_up: id, act });
    let file = desk.file(child);
    assert_eq!(file.contacts[0].fields.text(&contact::KIND), "attempt");
    assert_eq!(file.contacts[0].fields.date(&contact::ON), Some(day("2026-03-05")));
    assert!(file.row.due.iter().any(|due| due.id == id), "still open");
    assert_eq!(file.row.last_contact, None, "nobody was reached");
}

#[test]
fn a_visit_ticked_off_in_the_agenda_is_in_the_timeline_and_opens_the_next() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::RISK, choice("high")));
    let id = desk.file(child).row.due[0].id;
    let act = Act::Done { on: day(TODAY), outcome: "见到孩子".into() };
    desk.saved(Request::Act { child, follow_up: id, act: act.clone() });
    let file = desk.file(child);
    assert_eq!(file.contacts[0].fields.text(&contact::SEEN), "见到孩子");
    assert_eq!(open_dues(&file), [due("visit", "2026-03-09")]);
    let again = desk.ask(Request::Act { child, follow_up: id, act }).unwrap_err();
    assert_eq!(again, Refusal::Act(ActFault::DoneAlready));
}

#[test]
fn what_was_saved_by_mistake_is_taken_back_with_all_that_followed_from_it() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::RISK, choice("high")));
    let before = desk.file(child);
    let Answer::Saved(saved) = desk.add(RecordKind::Contact, child, visit(TODAY, "写错了孩子")).unwrap()
    else {
        panic!()
    };
    let undone = desk.saved(Request::Revert { child, change: saved.change });
    let after = desk.file(child);
    assert_eq!(after.row, before.row);
    assert!(after.contacts.is_empty());
    let history = desk.history(child);
    assert_eq!(history.len(), 3);
    assert_eq!(history[0].change.reverts, Some(saved.change));
    assert!(history[1].reverted && !history[0].reverted);
    assert_eq!(history[0].by, "何晓雨");
    desk.saved(Request::Revert { child, change: undone.change });
    assert_eq!(desk.file(child).contacts.len(), 1, "taking back can be taken back");
}

#[test]
fn a_registration_is_taken_back_only_while_nothing_was_added_to_the_file() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明"));
    let registered = desk.history(child)[0].change.id;
    let Answer::Saved(seen) = desk.add(RecordKind::Note, child, note_of("看过病历")).unwrap() else {
        panic!()
    };
    let revert = Request::Revert { child, change: registered };
    assert!(matches!(desk.ask(revert.clone()), Err(Refusal::Changed(_))));
    desk.saved(Request::Revert { child, change: seen.change });
    desk.saved(revert);
    assert!(desk.find("小明").is_empty());
    assert_eq!(desk.ask(Request::File(child)).unwrap_err(), Refusal::NotFound);
    let agenda = desk.agenda(Scope::Station);
    assert_eq!(agenda, Agenda { concerns: agenda.concerns, ..Agenda::default() });
}

#[test]
fn two_people_change_one_file_and_only_the_same_field_is_a_conflict() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::VILLAGE, "石门村"));
    let at = RecordRef::child(child);
    let opened = desk.file(child).child.fields;
    desk.edit(at, &opened, &opened.clone().with(child::VILLAGE, "石桥村")).unwrap();
    let school = opened.clone().with(child::SCHOOL, "启程小学");
    desk.edit(at, &opened, &school).unwrap();
    let now = desk.file(child).child.fields;
    assert_eq!((now.text(&child::VILLAGE), now.text(&child::SCHOOL)), ("石桥村", "启程小学"));
    let late = opened.clone().with(child::VILLAGE, "大石村");
    assert_eq!(desk.edit(at, &opened, &late).unwrap_err(), Refusal::Changed(vec![child::VILLAGE]));
    assert_eq!(desk.file(child).child.fields, now, "nothing of a refused save is kept");
}

#[test]
fn brother_and_sister_share_a_household_and_see_what_was_done_to_it() {
    let house = House::new();
    let desk = house.station();
    let sister = desk.register(named("王小红"));
    let household = desk.file(sister).row.household.unwrap();
    let brother = desk.register(named("王小明").with(child::HOUSEHOLD, Value::Link(household.0)));
    assert_eq!(desk.file(sister).siblings[0].child, brother);
    let father = Fields::default()
        .with(member::ROLE, choice("father"))
        .with(member::CIRCUMSTANCE, choice("prison"))
        .with(member::UNTIL, day("2026-09-01"));
    let at = RecordRef::of(RecordKind::Member, household.0, Uuid::now_v7());
    let save = Save { records: vec![SaveRecord { at, base: None, fields: father }], draft: None };
    let change = desk.saved(Request::Save(save)).change;
    for child in [sister, brother] {
        let file = desk.file(child);
        assert_eq!(file.members.len(), 1);
        assert!(open_dues(&file).contains(&due("review", "2026-09-01")), "{:?}", open_dues(&file));
        assert_eq!(desk.history(child)[0].change.id, change);
    }
    desk.saved(Request::Revert { child: brother, change });
    assert!(desk.file(sister).members.is_empty());
    assert!(!open_dues(&desk.file(sister)).contains(&due("review", "2026-09-01")));
}

#[test]
fn closing_a_case_ends_what_the_rules_asked_for_and_nothing_new_comes() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::RISK, choice("high")));
    let own = Fields::default()
        .with(follow_up::KIND, choice("paper"))
        .with(follow_up::DUE, day("2026-04-01"))
        .with(follow_up::REASON, "户口本");
    desk.add(RecordKind::FollowUp, child, own).unwrap();
    let episode = desk.file(child).cases[0].clone();
    let closed = episode
        .fields
        .clone()
        .with(case::CLOSED, day(TODAY))
        .with(case::CLOSE_REASON, choice("moved"))
        .with(case::ARRANGEMENT, "随父母到外省");
    desk.edit(episode.at, &episode.fields, &closed).unwrap();
    let file = desk.file(child);
    assert_eq!(file.row.status, Status::Closed);
    assert_eq!(open_dues(&file), [due("paper", "2026-04-01")], "what a person asked for stays");
    desk.add(RecordKind::Contact, child, visit(TODAY, "告别")).unwrap();
    assert_eq!(open_dues(&desk.file(child)).len(), 1);
}

#[test]
fn the_list_of_cases_sorts_filters_and_leafs() {
    let house = House::new();
    let desk = house.station();
    for (name, risk, village) in
        [("王小明", "low", "石门村"), ("李丽", "high", "石桥村"), ("陈波", "medium", "石门村")]
    {
        desk.register(named(name).with(child::RISK, choice(risk)).with(child::VILLAGE, village));
    }
    let names = |sort, filter: Filter, from| {
        let Answer::Cases(page) = desk.ask(Request::Cases(Cases { sort, filter, from, count: 2 })).unwrap()
        else {
            panic!()
        };
        (page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>(), page.total)
    };
    assert_eq!(names(Sort::Risk, Filter::default(), 0), (vec!["李丽".into(), "陈波".into()], 3));
    assert_eq!(names(Sort::Risk, Filter::default(), 2), (vec!["王小明".into()], 3));
    assert_eq!(names(Sort::Due, Filter::default(), 0).0, ["李丽", "陈波"]);
    let here = Filter { village: Some("石门村".into()), ..Filter::default() };
    assert_eq!(names(Sort::Risk, here.clone(), 0), (vec!["陈波".into(), "王小明".into()], 2));
    let late = Filter { overdue: true, ..here };
    assert_eq!(names(Sort::Risk, late.clone(), 0).1, 0);
    house.clock.advance_days(5);
    assert_eq!(names(Sort::Risk, late, 0), (vec!["陈波".into()], 1), "time alone makes it overdue");
    let nobody = Filter { worker: Some(WorkerId(Uuid::now_v7())), ..Filter::default() };
    assert_eq!(names(Sort::Risk, nobody, 0).1, 0);
}

#[test]
fn a_note_of_twenty_thousand_characters_is_kept_whole_and_found_by_a_sentence() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明"));
    let long = "今天走访了家里。".repeat(2_500) + "孩子说想念在外打工的爸爸。";
    desk.add(RecordKind::Note, child, note_of(&long)).unwrap();
    assert_eq!(desk.file(child).notes[0].fields.text(&note::TEXT), long);
    let ask = Request::SearchNotes { text: Query("想念 爸爸".into()), limit: 5 };
    let Answer::Notes(hits) = desk.ask(ask).unwrap() else { panic!() };
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].sentence, "孩子说想念在外打工的爸爸。");
    assert_eq!(hits[0].row.child, child);
}

#[test]
fn a_form_left_in_the_middle_is_offered_again_after_the_power_went() {
    let house = House::new();
    let desk = house.station();
    let id = Uuid::now_v7();
    let draft = Draft {
        id,
        job: FormJob {
            form: "child".into(),
            at: RecordRef::of(RecordKind::Child, Uuid::nil(), Uuid::nil()),
            child: None,
        },
        base: None,
        fields: named("陈波"),
        texts: [(child::BIRTH, "2015-0".to_owned())].into(),
        focus: Some(child::BIRTH),
        at: Default::default(),
    };
    desk.ask(Request::KeepDraft(draft.clone())).unwrap();
    assert_eq!(desk.agenda(Scope::Mine).drafts, 1);
    drop(desk);
    let desk = house.reopen();
    let Answer::Drafts(lines) = desk.ask(Request::Drafts).unwrap() else { panic!() };
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].name, "陈波");
    assert_eq!(Draft { at: draft.at, ..lines[0].draft.clone() }, draft);
    let record = SaveRecord { at: draft.job.at, base: None, fields: named("陈波") };
    desk.saved(Request::Save(Save { records: vec![record], draft: Some(id) }));
    let Answer::Drafts(lines) = desk.ask(Request::Drafts).unwrap() else { panic!() };
    assert!(lines.is_empty(), "saving the form drops its draft");
}
