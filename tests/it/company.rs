//! Who came to an activity, which volunteer keeps whom company, and what is taken from the registers into a form.

use std::sync::Arc;

use crate::at_door::door;
use crate::fake::{choice, day, go_to};
use crate::registers::{House, add, register, save};
use crate::station::{Home, LOGIN, PASSPHRASE};
use tonghu::domain::company::CompanyFault;
use tonghu::domain::forms::{activity, agency, attendance, base, child, referral, session, volunteer};
use tonghu::domain::{ChangeId, ChildId, FieldFault, Fields, Record, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

fn kid(desk: &Desk, name: &str, guardian: &str) -> Uuid {
    let id = Uuid::now_v7();
    let fields = Fields::default()
        .with(child::NAME, name)
        .with(child::GUARDIAN, guardian)
        .with(child::VILLAGE, "柳树村");
    save(desk, RecordRef::child(ChildId(id)), None, fields).unwrap();
    id
}

/// A lecture for so many, held lately.
fn lecture(desk: &Desk, places: i64) -> Record {
    let fields = Fields::default()
        .with(activity::KIND, choice("lecture"))
        .with(activity::ON, day("2026-02-28"))
        .with(activity::TOPIC, "防溺水")
        .with(activity::PLACE, "柳树村家园活动室")
        .with(activity::MINUTES, Value::Number(90))
        .with(activity::CAPACITY, Value::Number(places));
    add(desk, RecordKind::Activity, fields).unwrap();
    register(desk, RecordKind::Activity).remove(0).record
}

fn came(desk: &Desk, child: Uuid, to: &Record) -> Result<Saved, Refusal> {
    let fields =
        Fields::default().with(attendance::ON, day("2026-02-28")).with(attendance::KIND, choice("lecture"));
    save(desk, RecordRef::of(RecordKind::Attendance, child, to.at.id), None, fields)
}

#[test]
fn who_came_stands_in_the_childs_file_and_no_more_come_than_there_are_places() {
    let house = House::new();
    let desk = house.station();
    let held = lecture(&desk, 2);
    let kids = ["王小明", "李丽", "张军"].map(|name| kid(&desk, name, ""));
    came(&desk, kids[0], &held).unwrap();
    assert_eq!(came(&desk, kids[0], &held).unwrap_err(), Refusal::Company(CompanyFault::Named));
    came(&desk, kids[1], &held).unwrap();
    assert_eq!(came(&desk, kids[2], &held).unwrap_err(), Refusal::Company(CompanyFault::Full(2)));
    let Answer::File(file) = desk.ask(Request::File(ChildId(kids[0]))).unwrap() else { panic!() };
    let stands = file.services.iter().find(|one| one.at.kind == RecordKind::Attendance).unwrap();
    assert_eq!(stands.fields.text(&attendance::TOPIC), "防溺水", "as the register has it");
    assert_eq!(register(&desk, RecordKind::Activity)[0].done.people, 2);
    let unknown = Record { at: RecordRef { id: Uuid::now_v7(), ..held.at }, ..held };
    assert_eq!(came(&desk, kids[2], &unknown).unwrap_err(), Refusal::NotFound);
}

#[test]
fn who_comes_back_by_an_undoing_finds_a_place_or_is_refused() {
    let house = House::new();
    let desk = house.station();
    let held = lecture(&desk, 1);
    let kids = ["王小明", "李丽"].map(|name| kid(&desk, name, ""));
    let take_back = |change| desk.ask(Request::Revert { child: ChildId(kids[0]), change });
    let here = came(&desk, kids[0], &held).unwrap().change;
    let Ok(Answer::Saved(gone)) = take_back(here) else { panic!() };
    came(&desk, kids[1], &held).unwrap();
    assert_eq!(take_back(gone.change), Err(Refusal::Company(CompanyFault::Full(1))));
    assert_eq!(register(&desk, RecordKind::Activity)[0].done.people, 1);
}

#[test]
fn a_count_of_heads_is_no_lower_than_those_who_are_named_and_no_higher_than_the_places() {
    let house = House::new();
    let desk = house.station();
    let held = lecture(&desk, 30);
    for name in ["王小明", "李丽"] {
        came(&desk, kid(&desk, name, ""), &held).unwrap();
    }
    let with = |field, count| held.fields.clone().with(field, Value::Number(count));
    let wrong = |fields: Fields| match save(&desk, held.at, Some(held.fields.clone()), fields) {
        Err(Refusal::Invalid(faults)) => {
            faults.into_iter().map(|FieldFault { field, .. }| field).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(wrong(with(activity::ATTENDED, 1)), [activity::ATTENDED]);
    assert_eq!(wrong(with(activity::ATTENDED, 31)), [activity::ATTENDED]);
    assert_eq!(wrong(with(activity::CAPACITY, 1)), [activity::CAPACITY]);
    save(&desk, held.at, Some(held.fields.clone()), with(activity::ATTENDED, 25)).unwrap();
    let home = Fields::default().with(base::NAME, "柳树村家园").with(base::KIND, choice("home"));
    add(&desk, RecordKind::Base, home).unwrap();
    let done = register(&desk, RecordKind::Base)[0].done;
    assert_eq!((done.times, done.people, done.minutes), (1, 25, 90));
}

fn he(checked: &str) -> Fields {
    Fields::default()
        .with(volunteer::NAME, "何秀兰")
        .with(volunteer::PHONE, "10012345678")
        .with(volunteer::CHECKED, day(checked))
        .with(volunteer::TRAINED, day(checked))
}

fn session_of(on: &str, minutes: i64) -> Fields {
    Fields::default()
        .with(session::ON, day(on))
        .with(session::VOLUNTEER, "何秀兰")
        .with(session::MINUTES, Value::Number(minutes))
}

fn with_child(desk: &Desk, child: Uuid, fields: Fields) -> Result<Saved, Refusal> {
    save(desk, RecordRef::of(RecordKind::Session, child, Uuid::now_v7()), None, fields)
}

#[test]
fn nobody_is_written_down_as_company_of_their_own_child_or_without_a_valid_check_unless_it_happened() {
    let house = House::new();
    let desk = house.station();
    add(&desk, RecordKind::Volunteer, he("2025-02-01")).unwrap();
    let (own, other) = (kid(&desk, "王小明", "何秀兰"), kid(&desk, "李丽", "李强"));
    let despite = |fields: Fields| fields.with(session::DESPITE, "查询已申请，孩子生病临时陪护");
    let no = |child, fields| with_child(&desk, child, fields).unwrap_err();
    assert_eq!(no(own, session_of("2026-01-10", 60)), Refusal::Company(CompanyFault::OwnFamily));
    assert_eq!(no(own, despite(session_of("2026-01-10", 60))), Refusal::Company(CompanyFault::OwnFamily));
    with_child(&desk, other, session_of("2026-01-10", 60)).unwrap();
    let ended = CompanyFault::CheckRanOut(day("2026-02-01"));
    assert_eq!(no(other, session_of("2026-02-01", 60)), Refusal::Company(ended));
    with_child(&desk, other, despite(session_of("2026-02-01", 30))).unwrap();
    let line = register(&desk, RecordKind::Volunteer).remove(0);
    assert_eq!((line.done.times, line.done.minutes, line.done.people), (2, 90, 1));
}

#[test]
fn the_rules_see_how_long_ago_a_volunteer_came_and_whose_child_it_was() {
    let house = House::new();
    let desk = house.station();
    let says = || {
        let line = register(&desk, RecordKind::Volunteer).remove(0);
        line.flags.into_iter().map(|flag| flag.rule).collect::<Vec<_>>()
    };
    add(&desk, RecordKind::Volunteer, he("2026-01-01")).unwrap();
    let child = kid(&desk, "王小明", "李强");
    assert!(says().is_empty());
    with_child(&desk, child, session_of("2026-01-10", 60)).unwrap();
    assert_eq!(says(), ["companionship-quiet"]);
    with_child(&desk, child, session_of("2026-02-28", 60)).unwrap();
    assert!(says().is_empty());
    let at = RecordRef::child(ChildId(child));
    let Answer::File(file) = desk.ask(Request::File(ChildId(child))).unwrap() else { panic!() };
    let hers = file.child.fields.clone().with(child::GUARDIAN, "何秀兰");
    save(&desk, at, Some(file.child.fields), hers).unwrap();
    assert_eq!(says(), ["volunteer-own-child"]);
}

fn screen(desk: &Arc<Desk>, lang: Lang) -> Harness {
    Harness::new(desk.clone(), lang, day("2026-03-02").and_hms_opt(9, 0, 0).unwrap())
}

#[test]
fn children_are_named_at_an_activity_one_after_another_until_the_places_are_taken() {
    for (lang, word, written, full) in [
        (Lang::Zh, "活动", "已登记到场", "2 个名额都满了"),
        (Lang::En, "Activities", "Named, and written", "All 2 places are taken"),
    ] {
        let house = House::new();
        let desk = house.station();
        lecture(&desk, 2);
        for name in ["王小明", "李丽", "张军"] {
            kid(&desk, name, "");
        }
        let mut harness = screen(&desk, lang);
        harness.press("f2").type_text(word).press("enter").sees("防溺水");
        harness.press("a").type_text("wxm").press("enter").sees(written);
        harness.type_text("ll").press("enter").type_text("zj").press("enter").sees(full);
        harness.press("esc");
        assert_eq!(register(&desk, RecordKind::Activity)[0].done.people, 2);
    }
}

#[test]
fn what_is_new_in_a_register_is_where_the_list_stands() {
    let house = House::new();
    let desk = house.station();
    for name in ["甲", "乙", "丙"] {
        let home = Fields::default().with(base::NAME, name).with(base::KIND, choice("home"));
        add(&desk, RecordKind::Base, home).unwrap();
    }
    let mut harness = screen(&desk, Lang::Zh);
    harness.press("f2").type_text("基地").press("enter").sees("> 丙");
    harness.press("n").type_text("丁").press("tab").type_text("家园").press("ctrl-s").sees("> 丁");
}

#[test]
fn a_referral_takes_its_agency_with_phone_and_person_from_the_directory() {
    for (lang, service, office, what) in
        [(Lang::Zh, "转介", "  单位", "转介事项"), (Lang::En, "Referral", "Office", "What for")]
    {
        let house = House::new();
        let desk = house.station();
        let hospital = Fields::default()
            .with(agency::NAME, "禾溪县医院")
            .with(agency::KIND, choice("health"))
            .with(agency::SERVICE, "儿科门诊")
            .with(agency::PERSON, "冉医生")
            .with(agency::PHONE, "10012345670");
        let closed = hospital.clone().with(agency::NAME, "旧医院").with(agency::ENDED, day("2025-01-01"));
        add(&desk, RecordKind::Agency, hospital).unwrap();
        add(&desk, RecordKind::Agency, closed).unwrap();
        let child = kid(&desk, "王小明", "");
        let mut harness = screen(&desk, lang);
        harness.press("f3").type_text("wxm").press("enter").press("o").type_text(service).press("enter");
        go_to(&mut harness, office);
        harness.press("ctrl-o").sees("儿科门诊").sees_no("旧医院").type_text("医院").press("enter");
        harness.sees("禾溪县医院").sees("冉医生").sees("10012345670");
        go_to(&mut harness, what);
        harness.type_text("请安排检查");
        harness.press("ctrl-s");
        let Answer::File(file) = desk.ask(Request::File(ChildId(child))).unwrap() else { panic!() };
        let sent = file.services.iter().find(|one| one.at.kind == RecordKind::Referral).unwrap();
        assert_eq!(sent.fields.text(&referral::OFFICE), "禾溪县医院");
        assert_eq!(sent.fields.text(&referral::TO), "health");
        assert_eq!(sent.fields.text(&referral::OFFICE_PHONE), "10012345670");
    }
}

#[test]
fn the_directory_answers_at_the_shell_by_words_and_names_no_child() {
    let home = Home::with_station();
    home.signed_in("directory").refused(3, &["名录"]);
    let desk = door(&home.data()).unlock(LOGIN, &Passphrase::typed(PASSPHRASE)).unwrap();
    for (name, service, place) in
        [("禾溪康复中心", "言语康复", "石门镇东街"), ("县法援中心", "法律援助", "县城")]
    {
        let fields = Fields::default()
            .with(agency::NAME, name)
            .with(agency::KIND, choice("other"))
            .with(agency::SERVICE, service)
            .with(agency::PLACE, place);
        add(&desk, RecordKind::Agency, fields).unwrap();
    }
    kid(&desk, "王小明", "李强");
    drop(desk);
    let found = home.signed_in("directory 康复 石门 --json").json();
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["name"], "禾溪康复中心");
    let all = home.signed_in("directory").done();
    assert!(all.find("县法援中心") < all.find("禾溪康复中心"), "by place: {all}");
    assert!(!all.contains("王小明"));
}

fn namesakes(desk: &Desk) -> [Uuid; 2] {
    ["杨家坪", "柳树村"].map(|village| {
        let id = Uuid::now_v7();
        let at = RecordRef::of(RecordKind::Volunteer, id, id);
        save(desk, at, None, he("2026-01-01").with(volunteer::VILLAGE, village)).unwrap();
        id
    })
}

fn done_by(desk: &Desk, volunteer: Uuid) -> (usize, i64, usize) {
    let lines = register(desk, RecordKind::Volunteer);
    let line = lines.iter().find(|line| line.record.at.id == volunteer).unwrap();
    (line.done.times, line.done.minutes, line.done.unsure)
}

#[test]
fn of_two_volunteers_with_one_name_each_has_the_sessions_that_were_theirs() {
    let house = House::new();
    let desk = house.station();
    let child = kid(&desk, "王小明", "李强");
    // From a time when there was only one of them, and of a version that wrote the name alone.
    let first = Uuid::now_v7();
    save(&desk, RecordRef::of(RecordKind::Volunteer, first, first), None, he("2026-01-01")).unwrap();
    with_child(&desk, child, session_of("2026-02-01", 30)).unwrap();
    let second = Uuid::now_v7();
    save(&desk, RecordRef::of(RecordKind::Volunteer, second, second), None, he("2026-01-01")).unwrap();
    assert_eq!(done_by(&desk, first), (1, 30, 0), "it was the first's and stays so");
    assert_eq!(done_by(&desk, second), (0, 0, 0));
    let unsaid = with_child(&desk, child, session_of("2026-02-10", 45)).unwrap_err();
    assert_eq!(unsaid, Refusal::Company(CompanyFault::WhichOne(2)));
    let with = |by: Uuid| session_of("2026-02-10", 45).with(session::BY, Value::Link(by));
    with_child(&desk, child, with(second)).unwrap();
    assert_eq!((done_by(&desk, first), done_by(&desk, second)), ((1, 30, 0), (1, 45, 0)));
    // A name that was typed over what was chosen is another's.
    let other = with(second).with(session::VOLUNTEER, "路人");
    with_child(&desk, child, other).unwrap();
    assert_eq!(done_by(&desk, second), (1, 45, 0));
}

#[test]
fn a_volunteer_who_has_ended_is_not_taken_for_a_namesake_who_has_not() {
    let house = House::new();
    let desk = house.station();
    let child = kid(&desk, "王小明", "李强");
    add(&desk, RecordKind::Volunteer, he("2025-06-01").with(volunteer::ENDED, day("2025-12-31"))).unwrap();
    let here = Uuid::now_v7();
    save(&desk, RecordRef::of(RecordKind::Volunteer, here, here), None, he("2026-01-01")).unwrap();
    with_child(&desk, child, session_of("2026-02-10", 45)).unwrap();
    assert_eq!(done_by(&desk, here), (1, 45, 0));
}

#[test]
fn the_one_chosen_from_the_register_is_the_one_whose_hours_grow() {
    for lang in [Lang::Zh, Lang::En] {
        let house = House::new();
        let desk = house.station();
        let [yang, liu] = namesakes(&desk);
        kid(&desk, "王小明", "李强");
        let mut harness = screen(&desk, lang);
        let form = if lang == Lang::Zh { "陪伴活动" } else { "Companionship" };
        harness.press("f3").type_text("wxm").press("enter").press("o").type_text(form).press("enter");
        go_to(&mut harness, if lang == Lang::Zh { "志愿者" } else { "Volunteer" });
        harness.press("ctrl-o").sees("杨家坪").sees("柳树村").type_text("柳树").press("enter");
        go_to(&mut harness, if lang == Lang::Zh { "分钟" } else { "Minutes" });
        harness.type_text("40").press("ctrl-s");
        assert_eq!(done_by(&desk, liu), (1, 40, 0), "{}", harness.screen());
        assert_eq!(done_by(&desk, yang), (0, 0, 0));
    }
}

fn last_change(desk: &Desk, child: Uuid) -> ChangeId {
    match desk.ask(Request::History(ChildId(child))).unwrap() {
        Answer::History(lines) => lines[0].change.id,
        other => panic!("{other:?}"),
    }
}

fn take_back(desk: &Desk, of: Uuid, change: ChangeId) -> Result<ChangeId, Refusal> {
    match desk.ask(Request::Revert { child: ChildId(of), change })? {
        Answer::Saved(saved) => Ok(saved.change),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_taken_back_is_checked_like_what_is_saved() {
    let house = House::new();
    let desk = house.station();
    let held = lecture(&desk, 2);
    let kids = ["王小明", "李丽", "张军"].map(|name| kid(&desk, name, ""));
    // A place that was given up and taken by somebody else cannot be taken back.
    came(&desk, kids[0], &held).unwrap();
    let gone = take_back(&desk, kids[0], last_change(&desk, kids[0])).unwrap();
    came(&desk, kids[1], &held).unwrap();
    came(&desk, kids[2], &held).unwrap();
    assert_eq!(take_back(&desk, kids[0], gone).unwrap_err(), Refusal::Company(CompanyFault::Full(2)));
    // What a register says is put right there: nobody takes it back beneath those who are named.
    let more = held.fields.clone().with(activity::CAPACITY, Value::Number(3));
    let raised = save(&desk, held.at, Some(held.fields.clone()), more).unwrap().change;
    assert_eq!(take_back(&desk, held.at.id, raised).unwrap_err(), Refusal::NotFound);
}

#[test]
fn a_session_that_is_taken_back_is_not_with_somebody_of_the_childs_own_family() {
    let house = House::new();
    let desk = house.station();
    add(&desk, RecordKind::Volunteer, he("2026-01-01")).unwrap();
    let child = kid(&desk, "王小明", "李强");
    with_child(&desk, child, session_of("2026-02-10", 60)).unwrap();
    let gone = take_back(&desk, child, last_change(&desk, child)).unwrap();
    let at = RecordRef::child(ChildId(child));
    let Answer::File(file) = desk.ask(Request::File(ChildId(child))).unwrap() else { panic!() };
    let hers = file.child.fields.clone().with(child::GUARDIAN, "何秀兰");
    save(&desk, at, Some(file.child.fields), hers).unwrap();
    assert_eq!(take_back(&desk, child, gone).unwrap_err(), Refusal::Company(CompanyFault::OwnFamily));
}
