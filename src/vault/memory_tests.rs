//! Keys leave memory with whoever held them. Each story plays in a process of its own, which then looks through all
//! of its memory; the keys it looks for are masked, so that the search itself holds none.

mod own_memory;

use std::process::{Command, Stdio};
use std::sync::Arc;

use super::*;
use crate::domain::Fields;
use crate::domain::forms::station;
use crate::office::{Answer, Door, Office, Query, Request, Setup};
use crate::platform::SystemClock;

const PART: &str = "TONGHU_TEST_PART";
const MASK: u8 = 0x5a;

/// How often each masked key lies in this process's memory.
fn in_memory(masked: &[[u8; 32]]) -> Vec<usize> {
    let mut found = vec![0; masked.len()];
    own_memory::look_through(32, &mut |piece| {
        for window in piece.windows(32) {
            for (which, key) in masked.iter().enumerate() {
                let here = window[0] ^ MASK == key[0];
                if here && window.iter().zip(key).all(|(byte, masked)| byte ^ MASK == *masked) {
                    found[which] += 1;
                }
            }
        }
    });
    found
}

fn masked(keys: &DataKeys, into: &mut Vec<[u8; 32]>) {
    for (_, key) in keys.epochs() {
        let mut copy = [0; 32];
        copy.iter_mut().zip(key.iter()).for_each(|(to, from)| *to = from ^ MASK);
        into.push(copy);
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "the test that started it reads what it says")]
#[ignore = "is started by the test beside it"]
fn a_session_that_signs_in_and_out() {
    if std::env::var_os(PART).is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let passphrase = || Passphrase::typed("the river bends twice at dawn");
    let setup = Setup {
        station: Fields::default().with(station::NAME, "石门站"),
        login: "zhou".into(),
        staff_name: "周晓琴".into(),
        passphrase: passphrase(),
        role: Role::Lead,
        kdf: KdfParams::for_tests(),
    };
    let paper = RecoveryKey::generate().unwrap();
    let door = Door::new(data.clone(), Arc::new(SystemClock));
    drop(door.found(setup, &paper).unwrap());
    drop(paper);

    let mut keys = Vec::new();
    let keyring = Keyring::from_bytes(&crate::store::read_keyring(&data).unwrap()).unwrap();
    {
        let unlocked = keyring.unlock("zhou", &passphrase()).unwrap();
        let held = unlocked.keys.as_ref().unwrap();
        masked(held, &mut keys);
        for purpose in ["records", "roster", "derived"] {
            masked(&held.purpose(purpose), &mut keys);
        }
        println!("\nwhile held {:?}", in_memory(&keys));
    }
    let desk = door.unlock("zhou", &passphrase()).unwrap();
    let found = desk.ask(Request::Find { text: Query("x".into()), limit: 5 });
    assert!(matches!(found, Ok(Answer::Found(_))));
    println!("\nin the session {:?}", in_memory(&keys));
    drop(desk);
    println!("\nafterwards {:?}", in_memory(&keys));
}

#[test]
fn after_signing_out_no_key_of_the_station_is_left_in_memory() {
    let ran = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "vault::memory_tests::a_session_that_signs_in_and_out", "--ignored", "--nocapture"])
        .env(PART, "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    let counts = |when: &str| -> Vec<usize> {
        let line = said.lines().find_map(|line| line.strip_prefix(when)).unwrap_or_else(|| panic!("{said}"));
        let numbers = line.trim().trim_matches(['[', ']']).split(", ");
        numbers.map(|number| number.parse().unwrap()).collect()
    };
    assert!(counts("while held")[0] > 0, "the look finds the data key where it is: {said}");
    assert!(counts("in the session").iter().all(|count| *count > 0), "and each in a session: {said}");
    assert_eq!(counts("afterwards"), [0, 0, 0, 0], "{said}");
}
