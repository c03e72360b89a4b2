//! A caseworker's and a supervisor's work with the office, from the door to the files and back.

use chrono::NaiveDate;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tonghu::domain::forms::{case, child, contact, follow_up, member, note};
use tonghu::domain::{
    Act, ActFault, ChildId, Fields, RecordId, RecordKind, RecordRef, Status, Value, WorkerId,
};
use tonghu::office::{
    Admission, Agenda, Answer, CaseFile, Cases, Desk, Door, DoorError, DoorState, Draft, Filter, FormJob,
    FoundLine, HistoryLine, Office, Query, Refusal, Request, Save, SaveRecord, Saved, Scope, Setup, Sort,
    Unwatched, brief, demo,
};
use tonghu::platform::clock::StillClock;
use tonghu::vault::{KdfParams, Passphrase, RecoveryKey, Role};
use uuid::Uuid;

/// A Monday.
const TODAY: &str = "2026-03-02";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn choice(code: &str) -> Value {
    Value::Choice(code.into())
}

struct House {
    dir: TempDir,
    clock: Arc<StillClock>,
}

impl House {
    fn new() -> Self {
        let morning = day(TODAY).and_hms_opt(8, 30, 0).unwrap();
        Self { dir: tempfile::tempdir().unwrap(), clock: Arc::new(StillClock::at(morning)) }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn door(&self) -> Door {
        Door::new(self.path().to_owned(), self.clock.clone())
    }

    fn station(&self) -> Arc<Desk> {
        demo(self.path(), self.clock.clone(), std::iter::empty()).unwrap()
    }

    fn reopen(&self) -> Arc<Desk> {
        self.door().unlock("demo", &Passphrase::typed("look around freely")).unwrap()
    }
}

/// What tests ask a desk for, in fewer words.
trait Ask {
    fn saved(&self, request: Request) -> Saved;
    fn file(&self, child: ChildId) -> CaseFile;
    fn find(&self, text: &str) -> Vec<FoundLine>;
    fn agenda(&self, scope: Scope) -> Agenda;
    fn history(&self, child: ChildId) -> Vec<HistoryLine>;
    fn add(&self, kind: RecordKind, owner: ChildId, fields: Fields) -> Result<Answer, Refusal>;
    fn edit(&self, at: RecordRef, base: &Fields, fields: &Fields) -> Result<Answer, Refusal>;
    fn register(&self, fields: Fields) -> ChildId;
}

impl Ask for Desk {
    fn saved(&self, request: Request) -> Saved {
        match self.ask(request).unwrap() {
            Answer::Saved(saved) => saved,
            other => panic!("{other:?}"),
        }
    }

    fn file(&self, child: ChildId) -> CaseFile {
        match self.ask(Request::File(child)).unwrap() {
            Answer::File(file) => *file,
            other => panic!("{other:?}"),
        }
    }

    fn find(&self, text: &str) -> Vec<FoundLine> {
        match self.ask(Request::Find { text: Query(text.into()), limit: 10 }).unwrap() {
            Answer::Found(found) => found.lines,
            other => panic!("{other:?}"),
        }
    }

    fn agenda(&self, scope: Scope) -> Agenda {
        match self.ask(Request::Agenda(scope)).unwrap() {
            Answer::Agenda(agenda) => agenda,
            other => panic!("{other:?}"),
        }
    }

    fn history(&self, child: ChildId) -> Vec<HistoryLine> {
        match self.ask(Request::History(child)).unwrap() {
            Answer::History(lines) => lines,
            other => panic!("{other:?}"),
        }
    }

    fn add(&self, kind: RecordKind, owner: ChildId, fields: Fields) -> Result<Answer, Refusal> {
        let at = RecordRef::of(kind, owner.0, Uuid::now_v7());
        self.ask(Request::Save(Save { records: vec![SaveRecord { at, base: None, fields }], draft: None }))
    }

    fn edit(&self, at: RecordRef, base: &Fields, fields: &Fields) -> Result<Answer, Refusal> {
        let record = SaveRecord { at, base: Some(base.clone()), fields: fields.clone() };
        self.ask(Request::Save(Save { records: vec![record], draft: None }))
    }

    fn register(&self, fields: Fields) -> ChildId {
        let at = RecordRef::child(ChildId(Uuid::now_v7()));
        let record = SaveRecord { at, base: None, fields };
        self.saved(Request::Save(Save { records: vec![record], draft: None })).child.unwrap()
    }
}

fn named(name: &str) -> Fields {
    Fields::default().with(child::NAME, name)
}

fn visit(on: &str, seen: &str) -> Fields {
    Fields::default()
        .with(contact::KIND, choice("visit"))
        .with(contact::ON, day(on))
        .with(contact::SEEN, seen)
}

fn open_dues(file: &CaseFile) -> Vec<(String, String)> {
    file.row.due.iter().map(|due| (due.kind.clone(), due.on.to_string())).collect()
}

fn due(kind: &str, on: &str) -> (String, String) {
    (kind.to_owned(), on.to_owned())
}

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
    assert_eq!(desk.agenda(Scope::Station), Agenda::default());
}

fn note_of(text: &str) -> Fields {
    Fields::default().with(note::ON, day(TODAY)).with(note::TEXT, text)
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

#[test]
fn everything_is_there_again_the_next_morning() {
    let house = House::new();
    let desk = house.station();
    let child =
        desk.register(named("王小明").with(child::RISK, choice("high")).with(child::VILLAGE, "石门村"));
    desk.add(RecordKind::Contact, child, visit(TODAY, "好")).unwrap();
    let (file, history) = (desk.file(child), desk.history(child));
    let agenda = desk.agenda(Scope::Station);
    drop(desk);
    let desk = house.reopen();
    assert_eq!(desk.file(child), file);
    assert_eq!(desk.history(child), history);
    assert_eq!(desk.agenda(Scope::Station), agenda);
    assert_eq!(desk.find("王小明").len(), 1);
    desk.register(named("李丽"));
    assert_eq!(desk.find("李丽")[0].row.case_no, "TH2026-000002", "numbers go on");
}

#[test]
fn a_second_window_on_the_same_files_is_told_so_and_the_first_goes_on() {
    let house = House::new();
    let desk = house.station();
    let second = house.door().unlock("demo", &Passphrase::typed("look around freely"));
    assert!(matches!(second, Err(DoorError::InUse)));
    desk.register(named("王小明"));
    drop(desk);
    house.reopen();
}

#[test]
fn guessing_a_passphrase_gets_slower_even_after_starting_anew() {
    let house = House::new();
    drop(house.station());
    let wrong = Passphrase::typed("let me in please");
    for _ in 0..3 {
        assert!(matches!(house.door().unlock("demo", &wrong), Err(DoorError::Wrong)));
    }
    let right = Passphrase::typed("look around freely");
    let Err(DoorError::Wait { seconds }) = house.door().unlock("demo", &right) else { panic!() };
    assert_eq!(seconds, 1);
    house.clock.set(day(TODAY).and_hms_opt(8, 30, 2).unwrap());
    drop(house.door().unlock("demo", &right).unwrap());
    assert!(matches!(house.door().unlock("demo", &wrong), Err(DoorError::Wrong)), "the count began anew");
}

#[test]
fn with_the_key_on_paper_the_files_can_be_read_when_every_passphrase_is_lost() {
    let house = House::new();
    let setup = Setup {
        station: Fields::default().with(tonghu::domain::forms::station::NAME, "石门镇站"),
        login: "lead".into(),
        staff_name: "何晓雨".into(),
        passphrase: Passphrase::typed("a long way home"),
        role: Role::Lead,
        kdf: KdfParams::for_tests(),
    };
    let key = RecoveryKey::generate().unwrap();
    let desk = house.door().found(setup, &key).unwrap();
    let child = desk.register(named("王小明"));
    drop(desk);
    let desk = house.door().unlock_with_recovery(&key).unwrap();
    assert_eq!(desk.file(child).row.name, "王小明");
}

#[test]
fn the_door_tells_an_empty_directory_from_a_station_from_something_else() {
    let house = House::new();
    assert_eq!(house.door().state(), DoorState::New);
    std::fs::write(house.path().join("holiday.jpg"), "x").unwrap();
    assert_eq!(house.door().state(), DoorState::Foreign);
    std::fs::remove_file(house.path().join("holiday.jpg")).unwrap();
    drop(house.station());
    let DoorState::Ready(ready) = house.door().state() else { panic!() };
    assert_eq!(ready.logins, [("demo".to_owned(), Role::Lead)]);
    let none = Door::new(house.path().join("none"), house.clock.clone());
    assert_eq!(none.state(), DoorState::New);
    assert!(matches!(none.unlock("demo", &Passphrase::typed("x")), Err(DoorError::NoStation)));
}

#[test]
fn a_clock_set_back_does_not_mix_up_the_history_and_health_says_so() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明"));
    drop(desk);
    house.clock.set(day("2020-01-01").and_hms_opt(0, 0, 0).unwrap());
    let desk = house.reopen();
    desk.add(
        RecordKind::Note,
        child,
        Fields::default().with(note::ON, day("2020-01-01")).with(note::TEXT, "x"),
    )
    .unwrap();
    let history = desk.history(child);
    assert!(history[0].change.at > history[1].change.at, "later is later");
    assert!(history[1].change.parts.iter().any(|part| part.at.kind == RecordKind::Child));
    let Answer::Health(health) = desk.ask(Request::Health).unwrap() else { panic!() };
    let clock = health.lines.iter().find(|line| line.key == "health-clock").unwrap();
    assert_eq!(clock.remedy, "health-clock-set-back");
}

#[test]
fn what_is_due_is_told_to_a_login_script_without_a_name() {
    let house = House::new();
    let desk = house.station();
    desk.register(named("王小明").with(child::RISK, choice("high")));
    desk.register(named("李丽").with(child::RISK, choice("low")));
    let counts = brief::read(house.path()).unwrap().unwrap();
    let told = counts.on(day("2026-03-04"));
    assert_eq!((told.overdue, told.today, told.week), (1, 0, 1));
    let text = std::fs::read_to_string(house.path().join("due.brief")).unwrap();
    assert!(text.is_ascii() && text.lines().count() == 3, "two days and the end: {text}");
}

#[test]
fn a_stations_own_field_is_asked_for_and_a_mistake_in_the_file_is_named_with_its_line() {
    let house = House::new();
    drop(house.station());
    let own = "[[field]]\nform = \"child\"\nid = \"x-clan\"\nkind = \"line\"\nzh = \"宗族\"\nen = \"Clan\"\n";
    std::fs::write(house.path().join("fields.toml"), own).unwrap();
    let desk = house.reopen();
    let clan = tonghu::domain::FieldId::new("x-clan");
    let child = desk.register(named("王小明").with(clan.clone(), "上房"));
    assert_eq!(desk.file(child).child.fields.text(&clan), "上房");
    drop(desk);
    std::fs::write(house.path().join("fields.toml"), own.replace("\"line\"", "\"lime\"")).unwrap();
    let desk = house.reopen();
    let Answer::Station(station) = desk.ask(Request::Station).unwrap() else { panic!() };
    assert!(station.warnings[0].to_string().contains("line 4"), "{:?}", station.warnings);
    let mut kept = desk.file(child).child.fields;
    let opened = kept.clone();
    kept.set(child::VILLAGE, Some("石门村".into()));
    desk.edit(RecordRef::child(child), &opened, &kept).unwrap();
    assert_eq!(desk.file(child).child.fields.text(&clan), "上房", "what was typed once is kept");
}

#[test]
fn a_roster_comes_in_whole_or_not_at_all() {
    let house = House::new();
    let desk = house.station();
    let good = |n: usize| named("王小明").with(child::CASE_NO, format!("EB2024-{n:06}").as_str());
    let mut bad = (0..5).map(|n| if n == 3 { Fields::default() } else { good(n) });
    let refused = desk.import(&mut bad, &Unwatched).unwrap_err();
    assert!(matches!(refused, Refusal::Row { row: 3, .. }), "{refused:?}");
    assert!(desk.find("王小明").is_empty());
    let imported = desk.import(&mut (0..300).map(good), &Unwatched).unwrap();
    assert_eq!(imported.children, 300);
    let Answer::Cases(page) = desk
        .ask(Request::Cases(Cases { sort: Sort::Name, filter: Filter::default(), from: 290, count: 50 }))
        .unwrap()
    else {
        panic!()
    };
    assert_eq!((page.rows.len(), page.total), (10, 300));
    let one = page.rows[0].child;
    assert_eq!(desk.history(one).len(), 1);
    assert_eq!(desk.file(one).cases.len(), 1);
    drop(desk);
    assert_eq!(house.reopen().file(one).row.child, one);
}

#[test]
fn an_import_that_is_stopped_leaves_nothing() {
    struct Enough;
    impl tonghu::office::Watch for Enough {
        fn progress(&self, done: u64, _: Option<u64>) -> bool {
            done < 20
        }
    }
    let house = House::new();
    let desk = house.station();
    let mut rows = (0..100).map(|_| named("王小明"));
    assert_eq!(desk.import(&mut rows, &Enough).unwrap_err(), Refusal::Stopped);
    drop(desk);
    let desk = house.reopen();
    assert!(desk.find("王小明").is_empty());
    assert_eq!(desk.agenda(Scope::Station).totals, Default::default());
}

#[test]
fn a_follow_up_of_somebody_elses_file_is_not_touched_by_a_wrong_id() {
    let house = House::new();
    let desk = house.station();
    let (one, other) = (desk.register(named("王小明")), desk.register(named("李丽")));
    let id = desk.file(one).row.due[0].id;
    let act = Act::Done { on: day(TODAY), outcome: String::new() };
    let refused = desk.ask(Request::Act { child: other, follow_up: id, act: act.clone() }).unwrap_err();
    assert_eq!(refused, Refusal::NotFound);
    let refused = desk.ask(Request::Act { child: one, follow_up: RecordId(Uuid::nil()), act }).unwrap_err();
    assert_eq!(refused, Refusal::NotFound);
}

/// Admits somebody whose passphrase is "a key under the mat".
fn admit(desk: &Desk, login: &str, role: Role, name: &str) -> Result<WorkerId, Refusal> {
    let passphrase = Passphrase::typed("a key under the mat");
    let admission = Admission { login: login.into(), name: name.into(), role, passphrase };
    match desk.ask(Request::Admit(admission))? {
        Answer::Admitted(staff) => Ok(staff.worker),
        other => panic!("{other:?}"),
    }
}

#[test]
fn remote_support_signs_in_sees_how_the_program_is_and_nothing_of_a_child() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::VILLAGE, "石门村"));
    desk.add(RecordKind::Note, child, note_of("奶奶病了")).unwrap();
    admit(&desk, "support", Role::Support, "远程维护").unwrap();
    drop(desk);
    let support = house.door().unlock("support", &Passphrase::typed("a key under the mat")).unwrap();
    let Answer::Health(health) = support.ask(Request::Health).unwrap() else { panic!() };
    let told = format!("{health:?}");
    assert!(health.lines.iter().any(|line| line.key == "health-journal"));
    for secret in ["王小明", "石门村", "奶奶", "何晓雨"] {
        assert!(!told.contains(secret), "{secret}");
    }
    for request in [
        Request::File(child),
        Request::History(child),
        Request::Find { text: Query("王小明".into()), limit: 5 },
        Request::SearchNotes { text: Query("奶奶".into()), limit: 5 },
        Request::Agenda(Scope::Station),
        Request::Station,
        Request::Drafts,
        Request::Backup { to: house.path().join("x") },
    ] {
        assert_eq!(support.ask(request).unwrap_err(), Refusal::NotAllowed);
    }
    assert_eq!(
        support.import(&mut std::iter::once(named("x")), &Unwatched).unwrap_err(),
        Refusal::NotAllowed
    );
    assert!(admit(&support, "friend", Role::Lead, "朋友").is_err());
}

#[test]
fn a_follow_up_is_handed_to_a_colleague_who_finds_it_in_her_own_list() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明").with(child::RISK, choice("medium")));
    let anna = admit(&desk, "anna", Role::Caseworker, "安娜").unwrap();
    let id = desk.file(child).row.due[0].id;
    let hand =
        |to| Request::Act { child, follow_up: id, act: Act::HandedOver { to, why: "换片区".into() } };
    assert_eq!(desk.ask(hand(WorkerId(Uuid::now_v7()))).unwrap_err(), Refusal::NotFound);
    desk.saved(hand(anna));
    drop(desk);
    let desk = house.door().unlock("anna", &Passphrase::typed("a key under the mat")).unwrap();
    let agenda = desk.agenda(Scope::Mine);
    assert_eq!((agenda.totals.week, agenda.week[0].worker), (1, Some(anna)));
    let own = Fields::default().with(tonghu::domain::forms::station::NAME, "别的名字");
    let refused = desk.edit(RecordRef::station(), &Fields::default(), &own).unwrap_err();
    assert_eq!(refused, Refusal::NotAllowed, "a caseworker does not rename the station");
    assert!(admit(&desk, "friend", Role::Lead, "朋友").is_err(), "nor admit anybody");
    house.clock.advance_days(20);
    assert_eq!(desk.agenda(Scope::Mine).totals.overdue, 1, "overdue ones do not disappear");
}

#[test]
fn what_is_long_overdue_rises_into_the_list_of_the_supervisor() {
    let house = House::new();
    let desk = house.station();
    admit(&desk, "anna", Role::Caseworker, "安娜").unwrap();
    admit(&desk, "su", Role::Supervisor, "苏督导").unwrap();
    drop(desk);
    let sign_in =
        |login: &str| house.door().unlock(login, &Passphrase::typed("a key under the mat")).unwrap();
    sign_in("anna").register(named("王小明").with(child::RISK, choice("high")));
    let late = || sign_in("su").agenda(Scope::Mine).overdue.len();
    house.clock.advance_days(3);
    assert_eq!(late(), 0, "two days late: Anna's own affair");
    house.clock.advance_days(1);
    assert_eq!(late(), 1);
}

#[test]
fn a_forgotten_passphrase_is_replaced_with_the_key_on_paper() {
    let house = House::new();
    let setup = Setup {
        station: Fields::default().with(tonghu::domain::forms::station::NAME, "石门镇站"),
        login: "lead".into(),
        staff_name: "何晓雨".into(),
        passphrase: Passphrase::typed("a long way home"),
        role: Role::Lead,
        kdf: KdfParams::for_tests(),
    };
    let key = RecoveryKey::generate().unwrap();
    let desk = house.door().found(setup, &key).unwrap();
    let child = desk.register(named("王小明"));
    drop(desk);
    let new = Passphrase::typed("found it under the mat");
    let desk = house.door().recover("lead", &key, &new, KdfParams::for_tests()).unwrap();
    assert_eq!(desk.file(child).row.name, "王小明");
    let old = desk.me().clone();
    drop(desk);
    let old_passphrase = Passphrase::typed("a long way home");
    assert!(matches!(house.door().unlock("lead", &old_passphrase), Err(DoorError::Wrong)));
    assert_eq!(*house.door().unlock("lead", &new).unwrap().me(), old);
}

#[test]
fn the_files_survive_the_loss_of_the_engine_and_of_the_roster_file() {
    let house = House::new();
    let desk = house.station();
    let children: Vec<ChildId> = (0..40).map(|n| desk.register(named(&format!("王小明{n}")))).collect();
    desk.add(RecordKind::Note, children[7], note_of("要记得")).unwrap();
    let agenda = desk.agenda(Scope::Station);
    drop(desk);
    for lost in ["sled", "roster"] {
        let path = house.path().join(lost);
        if path.is_dir() {
            std::fs::remove_dir_all(&path).unwrap();
        } else {
            std::fs::remove_file(&path).unwrap();
        }
        let desk = house.reopen();
        assert_eq!(desk.agenda(Scope::Station), agenda, "without {lost}");
        assert_eq!(desk.file(children[7]).notes.len(), 1, "without {lost}");
        assert_eq!(desk.history(children[39]).len(), 1, "without {lost}");
    }
}

#[test]
fn a_backup_is_verified_and_opens_elsewhere_with_the_same_passphrase() {
    let house = House::new();
    let desk = house.station();
    let child = desk.register(named("王小明"));
    let DoorState::Ready(ready) = house.door().state() else { panic!() };
    assert_eq!(ready.last_backup, None);
    let stick = tempfile::tempdir().unwrap();
    let Answer::BackedUp(done) = desk.ask(Request::Backup { to: stick.path().to_owned() }).unwrap() else {
        panic!()
    };
    assert!(done.path.starts_with(stick.path()) && done.records > 0);
    let DoorState::Ready(ready) = house.door().state() else { panic!() };
    assert_eq!(ready.last_backup, Some(day(TODAY)));
    let bytes = std::fs::read(&done.path).unwrap();
    assert!(!bytes.windows("王小明".len()).any(|part| part == "王小明".as_bytes()));
    let elsewhere = House::new();
    tonghu::store::restore(&done.path, elsewhere.path(), &mut |_| std::ops::ControlFlow::Continue(()))
        .unwrap();
    assert_eq!(elsewhere.reopen().file(child).row.name, "王小明");
}

#[test]
fn nothing_of_a_child_lies_in_clear_on_the_disk() {
    let house = House::new();
    let desk = house.station();
    let child =
        desk.register(named("欧阳思雨").with(child::VILLAGE, "独一无二村").with(child::PHONE, "10012345678"));
    desk.add(RecordKind::Contact, child, visit(TODAY, "只有我们知道的话")).unwrap();
    desk.find("欧阳");
    assert!(desk.ask(Request::File(ChildId(Uuid::nil()))).is_err());
    drop(desk);
    let mut left = vec![house.path().to_owned()];
    let mut files = 0;
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        files += 1;
        let bytes = std::fs::read(&path).unwrap();
        for secret in ["欧阳思雨", "独一无二村", "10012345678", "只有我们知道的话"] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} in {}", path.display());
        }
    }
    assert!(files > 5);
}
