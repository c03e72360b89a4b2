//! Whoever looks at a list that shows children has opened it: that is noted once in a sitting, at no cost to a save.

use super::*;
use std::fs;
use tonghu::office::{Cases, Filter, Sort};

fn cases(desk: &dyn Office) {
    let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 20 };
    desk.ask(Request::Cases(cases)).unwrap();
}

fn today(desk: &dyn Office) {
    desk.ask(Request::Agenda(Scope::Station)).unwrap();
}

/// How often each list was looked at.
fn looks(lines: &[AuditLine]) -> [usize; 3] {
    [Verb::Today, Verb::Cases, Verb::Likely].map(|list| lines.iter().filter(|line| line.verb == list).count())
}

/// The journal takes every write that is acknowledged.
fn journal(station: &Station) -> Vec<Vec<u8>> {
    let files = fs::read_dir(station.path()).unwrap().flatten().map(|file| file.path());
    let mut files: Vec<_> =
        files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("journal-")).collect();
    files.sort();
    files.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn today_and_the_cases_are_noted_once_however_often_they_are_drawn() {
    let station = Station::new();
    let desk = station.desk();
    let before = looks(&audit(&*desk, None));
    for _ in 0..5 {
        today(&*desk);
        cases(&*desk);
    }
    let lines = audit(&*desk, None);
    assert_eq!(looks(&lines), [before[0] + 1, before[1] + 1, 0]);
    let look = lines.iter().find(|line| line.verb == Verb::Cases).unwrap();
    assert_eq!((look.login.as_str(), look.when), ("demo", at("2026-11-02")));
    assert_eq!((look.child, look.what.as_str()), (None, ""), "a list is nobody's file");
    station.clock.set(at("2026-11-03"));
    today(&*desk);
    assert_eq!(looks(&audit(&*desk, None)), [before[0] + 2, before[1] + 1, 0], "another day");
    drop(desk);
    let desk = station.desk();
    cases(&*desk);
    assert_eq!(looks(&audit(&*desk, None)), [before[0] + 2, before[1] + 2, 0], "another sitting");
}

#[test]
fn a_look_writes_nothing_and_goes_with_the_next_save() {
    let station = Station::new();
    let desk = station.desk();
    desk.ask(Request::File(station.children[0])).unwrap();
    let before = journal(&station);
    today(&*desk);
    cases(&*desk);
    assert!(journal(&station) == before, "nobody's screen waits for the disk");
    drop(desk);
    let lines = audit(&*station.desk(), None);
    assert_eq!(looks(&lines), [1, 1, 0], "and is not lost when the desk is left");
}

const BIRTH: &str = "2015-04-05";

fn born(name: &str) -> Fields {
    Fields::default().with(child::NAME, name).with(child::BIRTH, BIRTH.parse::<NaiveDate>().unwrap())
}

/// A child whose birth date is known.
fn register(desk: &dyn Office, name: &str) {
    let at = RecordRef::child(ChildId(Uuid::now_v7()));
    let records = vec![SaveRecord { at, base: None, fields: born(name) }];
    desk.ask(Request::Save(Save { records, draft: None })).unwrap();
}

#[test]
fn children_who_may_be_the_one_being_registered_are_a_list_too() {
    let station = Station::new();
    let desk = station.desk();
    register(&*desk, "欧阳国强");
    let likely = |name: &str| match desk.ask(Request::Likely { fields: born(name), except: None }).unwrap() {
        Answer::Likely(likely) => likely.len(),
        other => panic!("{other:?}"),
    };
    let fields = Fields::default().with(child::NAME, "韩梅梅");
    assert_eq!(desk.ask(Request::Likely { fields, except: None }), Ok(Answer::Likely(vec![])));
    assert_eq!(looks(&audit(&*desk, None)), [0, 0, 0], "nobody was shown");
    assert_eq!([likely("欧阳国强"), likely("欧阳国强")], [1, 1]);
    assert_eq!(looks(&audit(&*desk, None)), [0, 0, 1]);
}

#[test]
fn who_comes_back_to_a_locked_desk_that_still_works_has_signed_in_and_looks_anew() {
    let station = Station::new();
    let desk = station.desk();
    today(&*desk);
    let door = Door::new(station.path().to_owned(), station.clock.clone());
    door.prove(&*desk, &Passphrase::typed(DEMO)).unwrap();
    today(&*desk);
    let lines = audit(&*desk, None);
    assert_eq!(verbs(&lines[..4]), [Verb::Today, Verb::SignIn, Verb::Today, Verb::SignIn]);
}

#[test]
fn at_the_screens_the_lists_are_noted_and_worded_in_both_languages() {
    for (lang, words) in [
        (Lang::Zh, ["看今日待办", "看个案名册", "查重：找是否已有档案"]),
        (Lang::En, ["looked at Today", "looked at the list of cases", "looked for the same child on file"]),
    ] {
        let station = Station::new();
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap().and_hms_opt(9, 30, 0).unwrap();
        let desk = station.desk();
        register(&*desk, "欧阳国强");
        let mut face = Harness::sized(desk.clone(), lang, day, (80, 24));
        face.press("f5 f4 f5 down f7").type_text("欧阳国强").press("tab tab tab").type_text(BIRTH);
        face.press("tab").wait(5_000);
        let lines = audit(&*desk, None);
        assert_eq!(looks(&lines), [1, 1, 1], "{}", face.screen());
        let cat = tonghu::i18n::catalogue(lang);
        for (verb, words) in [Verb::Today, Verb::Cases, Verb::Likely].into_iter().zip(words) {
            let line = lines.iter().find(|line| line.verb == verb).unwrap();
            assert_eq!(tonghu::wording::deed(cat, line), words);
        }
    }
}
