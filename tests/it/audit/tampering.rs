//! Somebody with the keys goes round the office and changes what was noted.

use super::*;

/// Signs in, searches and opens files, so that there are entries of every shape.
fn with_work() -> Station {
    let station = Station::new();
    let desk = station.desk();
    for child in &station.children {
        desk.ask(Request::File(*child)).unwrap();
        desk.ask(Request::Find { text: Query("wxm".into()), limit: 5 }).unwrap();
        desk.ask(Request::History(*child)).unwrap();
    }
    drop(desk);
    assert!(station.check(&[]).is_sound());
    station
}

/// The number of the last entry with this verb.
fn number(station: &Station, verb: Verb) -> u64 {
    audit(&*station.desk(), None).iter().find(|line| line.verb == verb).unwrap().number
}

/// The bytes of an entry with the only place that holds `from` replaced.
fn edited(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert_eq!(places.len(), 1, "{from:?}");
    let mut edited = bytes.to_vec();
    edited.splice(places[0]..places[0] + from.len(), to.iter().copied());
    edited
}

fn put(store: &Store, key: Key, bytes: Vec<u8>) {
    store.commit(vec![Op { key, value: Some(bytes) }]).unwrap();
}

fn remove(store: &Store, keys: impl IntoIterator<Item = Key>) {
    store.commit(keys.into_iter().map(|key| Op { key, value: None }).collect()).unwrap();
}

/// An entry has the same number in two bytes: the name of the field and a small number.
fn numbered(bytes: &[u8], from: u64, to: u64) -> Vec<u8> {
    edited(bytes, &[0xa1, b'n', from as u8, 0xa1, b'a'], &[0xa1, b'n', to as u8, 0xa1, b'a'])
}

#[test]
fn words_that_were_changed_afterwards_are_found_by_their_number() {
    let station = with_work();
    let searched = number(&station, Verb::Search);
    station.inside(|store, found| {
        let (_, key, bytes) = found.entry(searched);
        put(store, *key, edited(bytes, b"wxm", b"lxh"));
    });
    let checked = station.check(&[]);
    assert_eq!(checked.faults, [AuditFault::Altered { from: searched, to: searched }]);
    assert!(!checked.is_sound());
}

#[test]
fn an_opening_that_was_put_on_another_terminal_or_another_verb_is_found() {
    let station = with_work();
    let opened = number(&station, Verb::Open);
    for (from, to) in [(&b"192.0.2.7"[..], &b"192.0.2.8"[..]), (b"ssh ", b"tty "), (b"open", b"revert")] {
        let before = station.inside(|store, found| {
            let (_, key, bytes) = found.entry(opened).clone();
            let mut changed = edited(&bytes, from, to);
            if to == b"revert" {
                let at = changed.windows(6).position(|part| part == b"revert").unwrap();
                changed[at - 1] = 0xa0 | 6;
            }
            put(store, key, changed);
            (key, bytes)
        });
        let faults = station.check(&[]).faults;
        assert_eq!(faults, [AuditFault::Altered { from: opened, to: opened }], "{to:?}");
        station.inside(|store, _| put(store, before.0, before.1));
        assert!(station.check(&[]).is_sound(), "put back as it was");
    }
}

#[test]
fn entries_that_were_dropped_are_named() {
    let station = with_work();
    station.inside(|store, found| remove(store, [3, 4, 6].map(|number| found.entry(number).1)));
    let faults = station.check(&[]).faults;
    assert_eq!(faults, [AuditFault::Missing { from: 3, to: 4 }, AuditFault::Missing { from: 6, to: 6 }]);
}

#[test]
fn entries_that_changed_places_are_named() {
    let station = with_work();
    station.inside(|store, found| {
        let [(_, one, first), (_, other, second)] = [found.entry(5), found.entry(6)];
        put(store, *one, numbered(first, 5, 6));
        put(store, *other, numbered(second, 6, 5));
    });
    assert_eq!(station.check(&[]).faults, [AuditFault::Altered { from: 5, to: 6 }]);
}

#[test]
fn an_entry_that_is_there_twice_or_lies_with_another_child_is_named() {
    let station = with_work();
    let opened = number(&station, Verb::Open);
    let copy = station.inside(|store, found| {
        let (_, key, bytes) = found.entry(opened);
        let copy = Key { id: Uuid::now_v7(), ..*key };
        put(store, copy, bytes.clone());
        copy
    });
    assert_eq!(station.check(&[]).faults, [AuditFault::Foreign { from: opened, to: opened }]);
    station.inside(|store, found| {
        let (_, key, bytes) = found.entry(opened);
        remove(store, [copy, *key]);
        put(store, Key { owner: station.children[0].0, ..*key }, bytes.clone());
    });
    assert_eq!(station.check(&[]).faults, [AuditFault::Moved { from: opened, to: opened }]);
}

#[test]
fn a_cut_tail_does_not_fit_the_ledger() {
    let station = with_work();
    let last = station.inside(|store, found| {
        let last = found.last();
        remove(store, [last - 1, last].map(|number| found.entry(number).1));
        last
    });
    assert_eq!(station.check(&[]).faults, [AuditFault::Missing { from: last - 1, to: last }]);
}

/// Takes the audit and its ledger back to what they were after so many entries.
fn set_back(station: &Station, to: &Insider) {
    station.inside(|store, now| {
        remove(store, now.entries[to.entries.len()..].iter().map(|(_, key, _)| *key));
        put(store, to.ledger.0, to.ledger.1.clone());
    });
}

fn now(station: &Station) -> Insider {
    station.inside(|_, found| Insider { ledger: found.ledger.clone(), entries: found.entries.clone() })
}

#[test]
fn a_tail_that_was_cut_together_with_the_ledger_shows_against_a_backup() {
    let station = with_work();
    let then = now(&station);
    station.desk().ask(Request::File(station.children[0])).unwrap();
    let backup = station.backup("of-then");
    let kept = now(&station).last();
    set_back(&station, &then);
    assert!(station.check(&[]).is_sound(), "by itself the audit cannot tell");
    set_back(&station, &then);
    let checked = station.check(&[&backup]);
    assert_eq!(checked.faults, []);
    assert!(!checked.is_sound());
    // Two entries came since: the sign-in for the check, and the check.
    let from = then.last() + 3;
    assert_eq!(checked.anchors[0].state, AnchorState::CutOff { from, to: kept });

    let desk = station.desk();
    for _ in 0..10 {
        desk.ask(Request::History(station.children[1])).unwrap();
    }
    drop(desk);
    let checked = station.check(&[&backup]);
    assert_eq!(checked.anchors[0].state, AnchorState::Rewritten { from: 1, to: kept }, "grown over since");
    std::fs::remove_file(backup).unwrap();
}

#[test]
fn a_snapshot_here_tells_as_a_backup_does_and_names_what_came_after_the_last_that_agrees() {
    let station = with_work();
    let snapshot = |station: &Station| {
        station.inside(|store, found| {
            store.snapshot(&mut |_| ControlFlow::Continue(())).unwrap();
            found.last()
        })
    };
    let first = snapshot(&station);
    let then = now(&station);
    station.desk().ask(Request::File(station.children[0])).unwrap();
    let second = snapshot(&station);
    let checked = station.check(&[]);
    assert!(checked.is_sound());
    let anchors: Vec<u64> = checked.anchors.iter().map(|anchor| anchor.last).collect();
    assert_eq!(anchors, [first, second]);
    set_back(&station, &then);
    let desk = station.desk();
    for child in [1, 0, 1, 0] {
        desk.ask(Request::File(station.children[child])).unwrap();
    }
    drop(desk);
    let checked = station.check(&[]);
    let states: Vec<AnchorState> = checked.anchors.iter().map(|anchor| anchor.state).collect();
    assert_eq!(states, [AnchorState::Agrees, AnchorState::Rewritten { from: first + 1, to: second }]);
}

#[test]
fn a_backup_that_cannot_be_compared_is_no_comfort() {
    use tonghu::office::AnchorFault::{Damaged, Foreign, Missing};
    let station = with_work();
    let other = Station::new();
    let foreign = other.backup("foreign");
    let torn = station.backup("torn");
    let bytes = std::fs::read(&torn).unwrap();
    std::fs::write(&torn, &bytes[..bytes.len() / 2]).unwrap();
    for (path, fault) in
        [(foreign.as_path(), Foreign), (torn.as_path(), Damaged), (Path::new("nowhere"), Missing)]
    {
        let checked = station.check(&[path]);
        assert_eq!(checked.anchors[0].state, AnchorState::Unusable(fault));
        assert!(!checked.is_sound(), "{fault:?}");
    }
    std::fs::remove_file(foreign).unwrap();
    std::fs::remove_file(torn).unwrap();
}

#[test]
fn the_shell_says_in_both_languages_which_entries_do_not_fit_and_ends_with_1() {
    let home = Home::with_children_since(1, &["王小明"]);
    home.signed_in("find wxm").done();
    home.signed_in("backup kept").done();
    let sound = home.signed_in("audit verify --against kept").done();
    assert!(sound.contains("备份 kept") && sound.contains("相符") && sound.contains("完好"), "{sound}");
    assert!(home.signed_in("--lang en audit verify").done().contains("The audit is whole"));
    inside(&home.data(), LOGIN, PASSPHRASE, |store, found| {
        let (_, key, bytes) =
            found.entries.iter().find(|(.., bytes)| bytes.windows(3).any(|w| w == b"wxm")).unwrap();
        put(store, *key, edited(bytes, b"wxm", b"lxh"));
        remove(store, [found.entry(1).1]);
    });
    let ran = home.signed_in("audit verify --against kept");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("第 1 号：不见了") && ran.out.contains("被改过"), "{}", ran.out);
    assert!(ran.err.lines().count() == 1 && ran.err.contains("查阅记录对不上"), "{}", ran.err);
    let ran = home.signed_in("--lang en audit verify");
    assert!(ran.code == 1 && ran.out.contains("No. 1: missing"), "{}", ran.out);
    assert!(ran.err.contains("The audit does not fit"), "{}", ran.err);
    let ran = home.signed_in("audit verify --json");
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &told["sound"]), (1, &serde_json::json!(false)));
    assert_eq!(told["faults"][0], serde_json::json!({ "kind": "missing", "from": 1, "to": 1 }));
    assert_eq!(told["faults"][1]["kind"], "altered");
}

/// The office's own record of the audit, as it lies in the store.
#[derive(Deserialize, serde::Serialize)]
struct Ledger {
    s: tonghu::domain::Stamp,
    c: std::collections::BTreeMap<i32, u32>,
    n: u64,
    h: [u8; 32],
    d: u64,
    e: [u8; 32],
    o: i64,
}

#[derive(Deserialize)]
struct Linked {
    n: u64,
    p: [u8; 32],
}

#[test]
fn entries_are_dropped_when_the_law_lets_go_of_them_and_the_audit_says_so() {
    let station = Station::since("2022-11-02");
    let desk = station.desk();
    desk.ask(Request::File(station.children[0])).unwrap();
    drop(desk);
    let old = now(&station).last();
    let snapshot =
        || station.inside(|store, _| store.snapshot(&mut |_| ControlFlow::Continue(())).map(drop)).unwrap();
    let kept = |station: &Station| audit(&*station.desk(), None).last().unwrap().number;
    let rest = || drop(station.desk());

    station.clock.set(at("2026-11-02"));
    rest();
    assert_eq!(kept(&station), 1, "nothing of it was put aside yet");
    snapshot();
    rest();
    snapshot();
    let backup = station.backup("before");
    let checked = station.check(&[&backup]);
    assert!(checked.is_sound() && checked.first == old + 1, "{checked:?}");
    assert_eq!(checked.anchors.len(), 3);
    assert_eq!(kept(&station), old + 1);
    let lines = audit(&*station.desk(), None);
    let retired = lines.iter().find(|line| line.verb == Verb::Retire).unwrap();
    assert_eq!(retired.what, old.to_string());

    // Whoever drops more than that, and makes the ledger say so, has no entry that says so.
    let gone = station.inside(|store, found| {
        let mut ledger: Ledger = rmp_serde::from_slice(&found.ledger.1[1..]).unwrap();
        let (_, _, next) = &found.entries[1];
        let Linked { n, p } = rmp_serde::from_slice(&next[1..]).unwrap();
        (ledger.d, ledger.e) = (n - 1, p);
        remove(store, [found.entries[0].1]);
        let bytes = rmp_serde::to_vec_named(&ledger).unwrap();
        put(store, found.ledger.0, [vec![1], bytes].concat());
        ledger.d
    });
    let checked = station.check(&[&backup]);
    assert_eq!(checked.faults, [AuditFault::Unexplained { to: gone }]);
    std::fs::remove_file(backup).unwrap();
}

#[test]
fn a_clock_that_is_set_forward_by_mistake_drops_nothing() {
    let station = Station::new();
    let snapshot =
        || station.inside(|store, _| store.snapshot(&mut |_| ControlFlow::Continue(())).map(drop)).unwrap();
    snapshot();
    drop(station.desk());
    snapshot();
    station.clock.set(at("2046-01-01"));
    drop(station.desk());
    assert_eq!(audit(&*station.desk(), None).last().unwrap().number, 1);
}

#[test]
fn nothing_is_dropped_from_an_audit_that_somebody_tampered_with() {
    let station = Station::since("2022-11-02");
    station.clock.set(at("2026-11-02"));
    station.inside(|store, found| remove(store, [found.entry(2).1]));
    for _ in 0..2 {
        drop(station.desk());
        station.inside(|store, _| store.snapshot(&mut |_| ControlFlow::Continue(())).map(drop)).unwrap();
    }
    drop(station.desk());
    assert_eq!(audit(&*station.desk(), None).last().unwrap().number, 1);
    assert_eq!(station.check(&[]).faults, [AuditFault::Missing { from: 2, to: 2 }]);
}

#[test]
fn a_station_that_keeps_its_audit_longer_or_writes_the_wrong_number_loses_nothing() {
    for (own, warned) in [("years = 10", false), ("years = 1", true)] {
        let station = Station::since("2022-11-02");
        std::fs::create_dir(station.path().join("practice")).unwrap();
        std::fs::write(station.path().join("practice/audit.toml"), own).unwrap();
        station.clock.set(at("2026-11-02"));
        for _ in 0..2 {
            drop(station.desk());
            station.inside(|store, _| store.snapshot(&mut |_| ControlFlow::Continue(())).map(drop)).unwrap();
        }
        drop(station.desk());
        let desk = station.desk();
        assert_eq!(audit(&*desk, None).last().unwrap().number, 1, "{own}");
        let Answer::Station(told) = desk.ask(Request::Station).unwrap() else { panic!() };
        assert_eq!(!told.warnings.is_empty(), warned, "{own}");
    }
}
