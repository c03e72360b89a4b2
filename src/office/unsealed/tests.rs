use super::*;

const HOUR: i64 = 60 * 60 * 1000;

fn wrong(login: &str, from: &str, at: i64) -> Event {
    Event::of(Verb::WrongPassphrase, "", Some(from), login, at)
}

fn added(events: impl IntoIterator<Item = Event>) -> Vec<Event> {
    let mut list = vec![];
    events.into_iter().for_each(|event| add(&mut list, event));
    list
}

#[test]
fn the_same_again_on_one_day_is_counted_with_its_first_and_last_time() {
    let list = added([9, 10, 11].map(|hour| wrong("zhou", "tty pts/1", hour * HOUR)));
    assert_eq!(list.len(), 1);
    let Seen { first, last, times, login } = &list[0].seen;
    assert_eq!((*first, *last, *times, login.as_str()), (9 * HOUR, 11 * HOUR, 3, "zhou"));
}

#[test]
fn another_account_another_place_another_day_and_another_kind_are_told_apart() {
    let list = added([
        wrong("zhou", "tty pts/1", 0),
        wrong("chen", "tty pts/1", 1),
        wrong("zhou", "ssh 192.0.2.7", 2),
        wrong("zhou", "tty pts/1", DAY),
        Event::of(Verb::WrongRecoveryKey, "", Some("tty pts/1"), "", 3),
        wrong("zhou", "tty pts/1", DAY - 1),
    ]);
    assert_eq!(list.iter().map(|event| event.seen.times).collect::<Vec<_>>(), [2, 1, 1, 1, 1]);
}

#[test]
fn a_thousand_attempts_of_all_kinds_fill_no_disk_and_push_nothing_out() {
    let early = Event::of(Verb::Mend, "engine", None, "", 0);
    let many = (0..1_000).map(|n| wrong("zhou", &format!("ssh 192.0.2.{n}"), n * DAY));
    let recovery =
        (0..1_000).map(|n| Event::of(Verb::WrongRecoveryKey, "", Some(&format!("ssh {n}")), "", n));
    let list = added(std::iter::once(early).chain(many).chain(recovery));
    assert_eq!(list.len(), MOST + 2);
    assert_eq!(list[0].what.as_deref(), Some("engine"));
    assert_eq!(list.iter().map(|event| event.seen.times).sum::<u32>(), 2_001, "each is counted");
    assert!(list[MOST].from.is_none() && list[MOST].seen.login.is_empty(), "the rest is one of its kind");
    assert!(keep::encode(&list).unwrap().len() < 16 << 10);
}

#[test]
fn an_event_that_this_program_does_not_write_is_none() {
    let ours = wrong("zhou", "tty pts/1", 5);
    assert!(ours.is_ours());
    let never = Event { verb: Verb::Change, ..ours.clone() };
    let long = Event { what: Some("长".repeat(500)), ..ours.clone() };
    let obeyed = Event { from: Some("tty \u{1b}[2J".into()), ..ours.clone() };
    let none = Event { seen: Seen { times: 0, ..ours.seen.clone() }, ..ours.clone() };
    let no_day = Event { seen: Seen { last: i64::MAX, ..ours.seen.clone() }, ..ours.clone() };
    let backwards = Event { seen: Seen { first: 6, ..ours.seen.clone() }, ..ours };
    assert!([never, long, obeyed, none, no_day, backwards].iter().all(|event| !event.is_ours()));
}

#[test]
fn that_it_was_damaged_is_on_the_disk_before_anybody_seals_it() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("unsealed"), "not this").unwrap();
    assert_eq!(read(dir.path(), 5).unwrap()[0].verb, Verb::Mend);
    let kept = read(dir.path(), 9).unwrap();
    assert_eq!((kept.len(), kept[0].what.as_deref(), kept[0].seen.first), (1, Some("unsealed"), 5));
}

#[test]
fn what_a_newer_program_noted_is_left_to_it() {
    let dir = tempfile::tempdir().unwrap();
    store::write_unsealed(dir.path(), &[9, 1, 2, 3]).unwrap();
    assert!(matches!(write(dir.path(), wrong("zhou", "none", 5)), Err(Refusal::Newer)));
    assert_eq!(store::read_unsealed(dir.path()), Unsealed::Noted(vec![9, 1, 2, 3]));
}

#[test]
fn what_could_not_be_sealed_stays() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), wrong("zhou", "none", 5)).unwrap();
    let clock = std::sync::Arc::new(crate::platform::SystemClock);
    let log = std::sync::Arc::new(crate::platform::log::Log::in_dir(dir.path(), clock.clone()));
    let place = Place { dir: dir.path().to_owned(), clock, log, from: None };
    assert!(matches!(seal(&place, |_| Err(Refusal::DiskFull)), Err(Refusal::DiskFull)));
    let mut told = 0;
    seal(&place, |events| {
        told = events.len();
        Ok(())
    })
    .unwrap();
    assert_eq!((told, read(dir.path(), 9).unwrap().len()), (1, 0));
}
