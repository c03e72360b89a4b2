//! Who comes in, what stays, what is lost to nobody.

use super::*;

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

/// A station whose lead has the passphrase "a long way home", with one child in it.
fn founded_with_a_key_on_paper(house: &House) -> (ChildId, RecoveryKey) {
    let setup = Setup {
        station: Fields::default().with(tonghu::domain::forms::station::NAME, "石门镇站"),
        login: "lead".into(),
        staff_name: "何晓雨".into(),
        passphrase: Passphrase::typed("a long way home"),
        role: Role::Lead,
        kdf: KdfParams::for_tests(),
    };
    let key = RecoveryKey::generate().unwrap();
    let child = house.door().found(setup, &key).unwrap().register(named("王小明"));
    (child, key)
}

#[test]
fn with_the_key_on_paper_the_files_can_be_read_when_every_passphrase_is_lost() {
    let house = House::new();
    let (child, key) = founded_with_a_key_on_paper(&house);
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
    // The counts are written behind the save; closing waits for them.
    drop(desk);
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
        Request::SetBackupPlan { to: Some(house.path().to_owned()) },
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
    let (child, key) = founded_with_a_key_on_paper(&house);
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
