//! The PC's clock is set back, forward, or loses its battery: what happened after something else stays after it.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use tempfile::TempDir;
use tonghu::domain::forms::{child, contact};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Stamp, Value};
use tonghu::office::{
    Answer, Desk, Door, Draft, FormJob, HealthState, Office, Request, Save, SaveRecord, Scope, demo,
};
use tonghu::platform::clock::StillClock;
use tonghu::vault::Passphrase;
use uuid::Uuid;

fn at(text: &str) -> NaiveDateTime {
    text.parse::<NaiveDate>().unwrap().and_hms_opt(8, 30, 0).unwrap()
}

struct Station {
    dir: TempDir,
    clock: Arc<StillClock>,
}

impl Station {
    fn new() -> (Station, Arc<Desk>, ChildId) {
        let station =
            Station { dir: tempfile::tempdir().unwrap(), clock: Arc::new(StillClock::at(at("2026-03-02"))) };
        let desk = demo(station.dir.path(), station.clock.clone(), std::iter::empty()).unwrap();
        let fields =
            Fields::default().with(child::NAME, "王小明").with(child::RISK, Value::Choice("high".into()));
        let id = ChildId(Uuid::now_v7());
        save(&desk, RecordRef::child(id), fields);
        (station, desk, id)
    }

    fn reopen(&self) -> Arc<Desk> {
        let door = Door::new(self.dir.path().to_owned(), self.clock.clone());
        door.unlock("demo", &Passphrase::typed("look around freely")).unwrap()
    }
}

fn save(desk: &Desk, at: RecordRef, fields: Fields) {
    let records = vec![SaveRecord { at, base: None, fields }];
    desk.ask(Request::Save(Save { records, draft: None })).unwrap();
}

/// A visit of the day that the PC believes it is.
fn visit(desk: &Desk, child: ChildId, on: &str, seen: &str) {
    let fields = Fields::default()
        .with(contact::KIND, Value::Choice("visit".into()))
        .with(contact::ON, on.parse::<NaiveDate>().unwrap())
        .with(contact::SEEN, seen);
    save(desk, RecordRef::of(RecordKind::Contact, child.0, Uuid::now_v7()), fields);
}

fn draft(desk: &Desk, child: ChildId, seen: &str) {
    let at = RecordRef::of(RecordKind::Contact, child.0, Uuid::now_v7());
    let draft = Draft {
        id: Uuid::now_v7(),
        job: FormJob { form: "contact".into(), at, child: Some(child) },
        base: None,
        fields: Fields::default().with(contact::SEEN, seen),
        texts: Default::default(),
        focus: None,
        at: Stamp::default(),
    };
    desk.ask(Request::KeepDraft(draft)).unwrap();
}

/// The stamps of a file's changes, newest first as they are shown, and how many lines the audit has.
fn history(desk: &Desk, child: ChildId) -> Vec<Stamp> {
    let Answer::History(lines) = desk.ask(Request::History(child)).unwrap() else { panic!() };
    lines.iter().map(|line| line.change.at).collect()
}

fn health(desk: &Desk, key: &str) -> (String, HealthState, &'static str) {
    let Answer::Health(health) = desk.ask(Request::Health).unwrap() else { panic!() };
    let line =
        health.lines.iter().find(|line| line.key == key).unwrap_or_else(|| panic!("{key}: {health:?}"));
    (line.value.clone(), line.state, line.remedy)
}

fn audited(desk: &Desk) -> u64 {
    health(desk, "health-audit").0.parse().unwrap()
}

#[test]
fn whatever_the_clock_does_changes_drafts_and_the_audit_stay_in_the_order_in_which_they_were_made() {
    for (jump, closed) in [
        ("2026-02-28", false),
        ("2026-02-28", true),
        ("2036-03-02", false),
        ("2036-03-02", true),
        ("1970-01-01", false),
        ("1970-01-01", true),
    ] {
        let (station, mut desk, child) = Station::new();
        visit(&desk, child, "2026-03-02", "before");
        draft(&desk, child, "first draft");
        let (before, lines) = (history(&desk, child), audited(&desk));
        if closed {
            drop(desk);
            station.clock.set(at(jump));
            desk = station.reopen();
        } else {
            station.clock.set(at(jump));
        }
        visit(&desk, child, jump, "after the jump");
        draft(&desk, child, "second draft");
        // Somebody notices and sets it right.
        station.clock.set(at("2026-03-03"));
        visit(&desk, child, "2026-03-03", "set right");
        draft(&desk, child, "third draft");
        for round in ["in the session", "at the next start"] {
            let what = format!("{jump}, closed {closed}, {round}");
            let stamps = history(&desk, child);
            assert_eq!(stamps.len(), before.len() + 2, "{what}");
            assert!(stamps.windows(2).all(|two| two[0] > two[1]), "{what}: newest first: {stamps:?}");
            assert!(stamps.ends_with(&before), "{what}: what was, is");
            let Answer::File(file) = desk.ask(Request::File(child)).unwrap() else { panic!() };
            assert_eq!(file.contacts.len(), 3, "{what}");
            assert!(
                file.follow_ups
                    .iter()
                    .any(|one| one.fields.date(&tonghu::domain::forms::follow_up::DONE).is_none())
            );
            let Answer::Drafts(drafts) = desk.ask(Request::Drafts).unwrap() else { panic!() };
            let texts: Vec<_> =
                drafts.iter().map(|line| line.draft.fields.text(&contact::SEEN).to_owned()).collect();
            assert_eq!(texts, ["third draft", "second draft", "first draft"], "{what}");
            let now = audited(&desk);
            assert!(now > lines, "{what}: the audit goes on: {lines}, {now}");
            desk.ask(Request::Agenda(Scope::Station)).unwrap();
            drop(desk);
            desk = station.reopen();
        }
        let (_, state, remedy) = health(&desk, "health-clock");
        let far_ahead = jump.starts_with("2036");
        assert_eq!(state == HealthState::Look, far_ahead, "{jump}: a clock behind the last change is told");
        assert_eq!(remedy == "health-clock-set-back", far_ahead);
    }
}

#[test]
fn a_clock_that_was_set_back_is_told_at_the_next_start() {
    for jump in ["2026-02-28", "1970-01-01"] {
        let (station, desk, child) = Station::new();
        visit(&desk, child, "2026-03-02", "before");
        assert_eq!(health(&desk, "health-clock").1, HealthState::Good);
        drop(desk);
        station.clock.set(at(jump));
        let desk = station.reopen();
        let (_, state, remedy) = health(&desk, "health-clock");
        assert_eq!((state, remedy), (HealthState::Look, "health-clock-set-back"), "{jump}");
    }
}

#[test]
fn wrong_attempts_are_not_forgotten_or_held_for_ever_by_a_clock_that_jumps() {
    let (station, desk, _) = Station::new();
    drop(desk);
    let door = || Door::new(station.dir.path().to_owned(), station.clock.clone());
    for _ in 0..12 {
        let _ = door().unlock("demo", &Passphrase::typed("a wrong guess"));
    }
    let waits = || {
        door()
            .unlock("demo", &Passphrase::typed("a wrong guess"))
            .is_err_and(|error| error.key() == "door-wait")
    };
    assert!(waits());
    // Set far back, the wait is no longer than it would have been.
    station.clock.set(at("1990-01-01"));
    assert!(waits(), "setting the clock back does not open the door");
    station.clock.set(at("1990-01-02"));
    let opened = door().unlock("demo", &Passphrase::typed("look around freely"));
    assert!(opened.is_ok(), "a day later whoever knows the passphrase comes in: {:?}", opened.err());
}
