use std::time::Duration;

use super::*;

fn person(login: &str, role: Role) -> NewAccount {
    NewAccount { login: login.into(), role, passphrase: pass(login), kdf: KdfParams::for_tests() }
}

fn pass(login: &str) -> Passphrase {
    Passphrase::typed(&format!("{login} walks along the river"))
}

fn station() -> (Keyring, Unlocked, RecoveryKey) {
    let recovery = RecoveryKey::generate().unwrap();
    let (keyring, lin) = Keyring::create(person("lin", Role::Lead), &recovery).unwrap();
    (keyring, lin, recovery)
}

fn reads(who: &Unlocked, sealed: &[u8]) -> bool {
    who.keys.as_ref().is_some_and(|keys| keys.open(b"row", sealed).is_ok())
}

#[test]
fn what_one_person_seals_another_who_was_admitted_reads_after_the_file_went_through_the_disk() {
    let (mut keyring, lin, _) = station();
    keyring.add_account(&lin, person("chen", Role::Caseworker)).unwrap();
    let sealed = lin.keys.as_ref().unwrap().seal(b"row", b"a note");
    let again = Keyring::from_bytes(&keyring.to_bytes()).unwrap();
    let chen = again.unlock("Chen ", &pass("chen")).unwrap();
    assert_eq!((chen.login.as_str(), chen.role), ("chen", Role::Caseworker));
    assert_eq!(chen.keys.unwrap().open(b"row", &sealed).unwrap(), b"a note");
}

#[test]
fn a_wrong_passphrase_and_an_unknown_name_are_refused_in_the_same_words() {
    let (keyring, ..) = station();
    let wrong = keyring.unlock("lin", &pass("chen")).unwrap_err();
    let nobody = keyring.unlock("nobody", &pass("lin")).unwrap_err();
    assert_eq!((&wrong, &nobody), (&VaultError::WrongPassphrase, &VaultError::NoSuchAccount));
    assert_eq!(wrong.to_string(), nobody.to_string());
}

#[test]
fn support_proves_who_it_is_and_holds_no_key_whatever_row_is_pasted_into_its_own() {
    let (mut keyring, lin, _) = station();
    keyring.add_account(&lin, person("remote", Role::Support)).unwrap();
    let sealed = lin.keys.as_ref().unwrap().seal(b"row", b"a note");
    let support = keyring.unlock("remote", &pass("remote")).unwrap();
    assert!(support.keys.is_none() && !reads(&support, &sealed));
    assert_eq!(keyring.add_account(&support, person("x", Role::Lead)).unwrap_err(), VaultError::NotAReader);

    // With an editor and a right checksum: support calls itself lead and copies the lead's sealed keys.
    let text = String::from_utf8(keyring.to_bytes()).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    json["accounts"][1]["role"] = "lead".into();
    json["accounts"][1]["epochs"] = json["accounts"][0]["epochs"].clone();
    let forged = with_check(&json);
    assert!(Keyring::from_bytes(&forged).unwrap().unlock("remote", &pass("remote")).is_err());
    let lin = Keyring::from_bytes(&forged).unwrap().unlock("lin", &pass("lin"));
    assert_eq!(lin.unwrap_err(), VaultError::Forged, "and the lead is told");
}

#[test]
fn who_leaves_reads_what_they_could_read_and_nothing_that_is_written_afterwards() {
    let (mut keyring, lin, recovery) = station();
    let chen = keyring.add_account(&lin, person("chen", Role::Caseworker)).unwrap();
    let old_file = keyring.clone();
    let before = lin.keys.as_ref().unwrap().seal(b"row", b"before");
    let keys = keyring.set_disabled(&lin, chen, true).unwrap();
    let after = keys.seal(b"row", b"after");

    let chen = old_file.unlock("chen", &pass("chen")).unwrap();
    assert!(reads(&chen, &before) && !reads(&chen, &after));
    assert_eq!(chen.keys.unwrap().open(b"row", &after), Err(OpenError::UnknownEpoch(2)));
    for who in
        [keyring.unlock("lin", &pass("lin")).unwrap(), keyring.unlock_with_recovery(&recovery).unwrap()]
    {
        assert!(reads(&who, &before) && reads(&who, &after));
    }
    assert_eq!(keyring.unlock("chen", &pass("chen")).unwrap_err(), VaultError::Closed);
    let wrong = keyring.unlock("chen", &pass("lin")).unwrap_err();
    assert_eq!(wrong, VaultError::WrongPassphrase, "that it is closed is told to its owner alone");

    // Somebody without a key opens it again with an editor.
    let mut json = json(&keyring);
    json["accounts"][1].as_object_mut().unwrap().remove("disabled");
    json["accounts"][1]["epochs"] = serde_json::to_value(&old_file).unwrap()["accounts"][1]["epochs"].clone();
    let forged = Keyring::from_bytes(&with_check(&json)).unwrap();
    assert_eq!(forged.unlock("lin", &pass("lin")).unwrap_err(), VaultError::Forged);

    let lin = keyring.unlock("lin", &pass("lin")).unwrap();
    let chen = lin_opens_again(&mut keyring, &lin, "chen");
    assert!(reads(&chen, &before) && reads(&chen, &after));
}

fn lin_opens_again(keyring: &mut Keyring, lin: &Unlocked, login: &str) -> Unlocked {
    let account = keyring.accounts().into_iter().find(|account| account.login == login).unwrap();
    assert!(account.disabled);
    keyring.set_disabled(lin, account.id, false).unwrap();
    keyring.unlock(login, &pass(login)).unwrap()
}

/// What stands in the file.
fn json(ring: &Keyring) -> serde_json::Value {
    serde_json::from_slice(ring.to_bytes().split(|b| *b == b'\n').next().unwrap()).unwrap()
}

#[test]
fn a_closed_account_stays_closed_whatever_role_or_passphrase_it_is_given() {
    let (mut keyring, lin, _) = station();
    let chen = keyring.add_account(&lin, person("chen", Role::Support)).unwrap();
    let mut lin = lin;
    lin.keys = Some(keyring.set_disabled(&lin, chen, true).unwrap());
    lin.keys = Some(keyring.set_role(&lin, chen, Role::Lead).unwrap());
    keyring.reset_passphrase(&lin, chen, &pass("new"), KdfParams::for_tests()).unwrap();
    let again = Keyring::from_bytes(&keyring.to_bytes()).unwrap();
    assert_eq!(again.unlock("chen", &pass("new")).unwrap_err(), VaultError::Closed);
    assert!(json(&again)["accounts"][1]["epochs"].as_array().unwrap().is_empty(), "no key is sealed to it");
    assert_eq!(json(&again)["format"], 2, "an older program says that it is too old");
    keyring.set_disabled(&lin, chen, false).unwrap();
    assert_eq!(json(&keyring)["format"], 1, "and reads it again when nobody is closed out");
    assert!(keyring.unlock("chen", &pass("new")).unwrap().keys.is_some());
}

#[test]
fn nobody_without_a_key_can_have_new_data_sealed_under_a_key_of_their_own() {
    let (mut keyring, lin, _) = station();
    // Anybody can seal a key to a public key, and so add an epoch. The witness needs the keys of all epochs in use.
    let keys = keyring.rotate(&lin).unwrap();
    assert!(keys.has_older());
    let alone = Unlocked { keys: Some(keys.newest()), ..lin.clone() };
    assert_eq!(keyring.rotate(&alone).unwrap_err(), VaultError::Forged);
}

#[test]
fn a_new_data_key_reads_the_old_until_that_is_retired_and_a_copy_from_before_still_does() {
    let (mut keyring, mut lin, recovery) = station();
    keyring.add_account(&lin, person("chen", Role::Caseworker)).unwrap();
    let before = lin.keys.as_ref().unwrap().seal(b"row", b"before");
    let keys = keyring.rotate(&lin).unwrap();
    let after = keys.seal(b"row", b"after");
    lin.keys = Some(keys);
    let copy = keyring.clone();
    lin.keys = Some(keyring.retire_epochs(&lin).unwrap());
    keyring.add_account(&lin, person("su", Role::Supervisor)).unwrap();
    let ring = Keyring::from_bytes(&keyring.to_bytes()).unwrap();
    for login in ["lin", "chen", "su"] {
        let who = ring.unlock(login, &pass(login)).unwrap();
        assert!(reads(&who, &after) && !reads(&who, &before), "{login}");
    }
    assert!(!reads(&ring.unlock_with_recovery(&recovery).unwrap(), &before));
    assert!(reads(&copy.unlock("chen", &pass("chen")).unwrap(), &before));
}

#[test]
fn the_last_lead_stays_a_lead_and_nobody_changes_their_own_role() {
    let (mut keyring, lin, recovery) = station();
    let su = keyring.add_account(&lin, person("su", Role::Supervisor)).unwrap();
    let paper = keyring.unlock_with_recovery(&recovery).unwrap();
    let before = keyring.clone();
    for by in [&lin, &paper] {
        let mut ring = keyring.clone();
        assert_eq!(ring.set_disabled(by, lin.account, true).unwrap_err(), VaultError::LastLead);
        assert_eq!(ring.set_role(by, lin.account, Role::Support).unwrap_err(), VaultError::LastLead);
        assert_eq!(ring, before, "a refused change changes nothing");
    }
    let second = keyring.add_account(&lin, person("second", Role::Lead)).unwrap();
    assert_eq!(keyring.clone().set_role(&lin, lin.account, Role::Supervisor).unwrap_err(), VaultError::Own);
    assert_eq!(keyring.clone().set_disabled(&lin, lin.account, true).unwrap_err(), VaultError::Own);
    assert_eq!(
        keyring.reset_passphrase(&lin, lin.account, &pass("su"), KdfParams::for_tests()).unwrap_err(),
        VaultError::Own,
        "the old one is asked for"
    );
    // A lead who is closed out is no lead that is left.
    keyring.set_disabled(&lin, second, true).unwrap();
    let lin = keyring.unlock("lin", &pass("lin")).unwrap();
    let paper = keyring.unlock_with_recovery(&recovery).unwrap();
    assert_eq!(keyring.set_disabled(&paper, lin.account, true).unwrap_err(), VaultError::LastLead);
    keyring.set_role(&lin, su, Role::Lead).unwrap();
    keyring.set_role(&paper, lin.account, Role::Caseworker).unwrap();
}

#[test]
fn a_passphrase_is_changed_by_its_owner_and_reset_by_a_lead_and_data_stays_readable() {
    let (mut keyring, lin, recovery) = station();
    let sealed = lin.keys.as_ref().unwrap().seal(b"row", b"a note");
    let new = Passphrase::typed("another long sentence");
    keyring.change_passphrase("lin", &pass("lin"), &new, KdfParams::for_tests()).unwrap();
    assert_eq!(keyring.unlock("lin", &pass("lin")).unwrap_err(), VaultError::WrongPassphrase);
    assert!(reads(&keyring.unlock("lin", &new).unwrap(), &sealed));

    let paper = keyring.unlock_with_recovery(&recovery).unwrap();
    keyring.reset_passphrase(&paper, lin.account, &pass("lin"), KdfParams::for_tests()).unwrap();
    assert!(reads(&keyring.unlock("lin", &pass("lin")).unwrap(), &sealed));
    assert!(keyring.unlock("lin", &new).is_err());
}

#[test]
fn a_promoted_support_account_reads_and_a_demoted_reader_does_not() {
    let (mut keyring, lin, _) = station();
    let id = keyring.add_account(&lin, person("remote", Role::Support)).unwrap();
    let sealed = keyring.set_role(&lin, id, Role::Supervisor).unwrap().seal(b"row", b"a note");
    assert!(reads(&keyring.unlock("remote", &pass("remote")).unwrap(), &sealed));
    let later = keyring.set_role(&lin, id, Role::Support).unwrap().seal(b"row", b"later");
    let remote = keyring.unlock("remote", &pass("remote")).unwrap();
    assert!(!reads(&remote, &sealed) && !reads(&remote, &later));
}

#[test]
fn a_new_paper_opens_everything_and_the_one_before_nothing_any_more() {
    let (mut keyring, lin, old) = station();
    let chen = keyring.add_account(&lin, person("chen", Role::Caseworker)).unwrap();
    let first = lin.keys.as_ref().unwrap().seal(b"row", b"first epoch");
    let keys = keyring.set_disabled(&lin, chen, true).unwrap();
    let second = keys.seal(b"row", b"second epoch");

    let stale = keyring.renew_recovery(&lin, &RecoveryKey::generate().unwrap());
    assert_eq!(stale.unwrap_err(), VaultError::NotAReader, "with the keys of before the last change");
    let lin = keyring.unlock("lin", &pass("lin")).unwrap();
    keyring.add_account(&lin, person("remote", Role::Support)).unwrap();
    let support = keyring.unlock("remote", &pass("remote")).unwrap();
    let before = keyring.clone();
    let new = RecoveryKey::generate().unwrap();
    assert_eq!(keyring.renew_recovery(&support, &new).unwrap_err(), VaultError::NotAReader);
    assert_eq!(keyring, before, "a refused change changes nothing");

    keyring.renew_recovery(&lin, &new).unwrap();
    let again = Keyring::from_bytes(&keyring.to_bytes()).unwrap();
    assert_eq!(again.unlock_with_recovery(&old).unwrap_err(), VaultError::WrongRecoveryKey);
    let paper = again.unlock_with_recovery(&new).unwrap();
    assert!(reads(&paper, &first) && reads(&paper, &second));
    assert!(reads(&again.unlock("lin", &pass("lin")).unwrap(), &second), "and everybody else as before");

    // With an editor and a right checksum: somebody without a key puts the old paper back.
    let mut forged = json(&keyring);
    forged["recovery"] = json(&before)["recovery"].clone();
    let forged = Keyring::from_bytes(&with_check(&forged)).unwrap();
    assert_eq!(forged.unlock("lin", &pass("lin")).unwrap_err(), VaultError::Forged);
}

#[test]
fn login_names_are_unique_and_plain() {
    let (mut keyring, lin, _) = station();
    assert_eq!(keyring.add_account(&lin, person("LIN", Role::Lead)).unwrap_err(), VaultError::LoginTaken);
    for bad in ["", "  ", "two words", "bell\u{7}", &"x".repeat(65)] {
        assert_eq!(keyring.add_account(&lin, person(bad, Role::Lead)).unwrap_err(), VaultError::BadLogin);
    }
}

#[test]
fn every_changed_byte_of_the_keyring_is_noticed_and_a_newer_format_refused_politely() {
    let (keyring, ..) = station();
    let bytes = keyring.to_bytes();
    for at in (0..bytes.len() - 1).step_by(7) {
        let mut bad = bytes.clone();
        bad[at] ^= 1;
        assert!(Keyring::from_bytes(&bad).is_err(), "byte {at}");
        assert!(Keyring::from_bytes(&bytes[..at]).is_err(), "cut at {at}");
    }
    let newer = with_check(&serde_json::json!({ "format": 3, "anything": "else" }));
    assert_eq!(Keyring::from_bytes(&newer).unwrap_err(), VaultError::Newer { found: 3, known: 2 });
}

fn with_check(json: &serde_json::Value) -> Vec<u8> {
    let body = json.to_string();
    format!("{body}\n{}\n", blake3::hash(body.as_bytes()).to_hex()).into_bytes()
}

#[test]
fn a_file_cannot_ask_for_all_the_memory_of_the_machine() {
    let (keyring, ..) = station();
    let text = String::from_utf8(keyring.to_bytes()).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    json["accounts"][0]["kdf"]["m_kib"] = u32::MAX.into();
    let hostile = Keyring::from_bytes(&with_check(&json)).unwrap();
    assert!(matches!(hostile.unlock("lin", &pass("lin")), Err(VaultError::Damaged(_))));
}

#[test]
fn sealed_bytes_open_only_in_their_place_their_purpose_and_unchanged() {
    let keys = DataKeys::ephemeral();
    let records = keys.purpose("records");
    let sealed = records.seal(b"child 1", b"text");
    assert_eq!(sealed.len(), 4 + DataKeys::OVERHEAD);
    assert_eq!(records.open(b"child 1", &sealed).unwrap(), b"text");
    assert_ne!(records.seal(b"child 1", b"text"), sealed, "a fresh nonce each time");
    assert_eq!(records.open(b"child 2", &sealed), Err(OpenError::Tampered));
    assert_eq!(keys.purpose("audit").open(b"child 1", &sealed), Err(OpenError::Tampered));
    for at in 0..sealed.len() {
        let mut bad = sealed.clone();
        bad[at] ^= 0x10;
        assert!(records.open(b"child 1", &bad).is_err());
        assert!(records.open(b"child 1", &sealed[..at]).is_err());
    }
}

#[test]
fn every_wrong_digit_and_every_swap_of_neighbours_names_its_group() {
    let (_, _, key) = station();
    let paper = key.to_string();
    assert_eq!(paper.len(), 55);
    for at in (0..55).filter(|at| at % 7 != 6) {
        for digit in b'0'..=b'9' {
            let mut typed = paper.clone().into_bytes();
            if typed[at] != digit {
                typed[at] = digit;
                let slip = RecoveryKey::parse(std::str::from_utf8(&typed).unwrap()).unwrap_err();
                assert_eq!(slip.groups, [at / 7 + 1]);
            }
        }
        let mut typed = paper.clone().into_bytes();
        if at % 7 < 5 && typed[at] != typed[at + 1] {
            typed.swap(at, at + 1);
            let slip = RecoveryKey::parse(std::str::from_utf8(&typed).unwrap()).unwrap_err();
            assert_eq!(slip.groups, [at / 7 + 1]);
        }
    }
}

#[test]
fn the_paper_key_is_read_however_it_is_typed() {
    let (keyring, _, key) = station();
    let paper = key.to_string();
    let wide: String =
        paper.chars().map(|c| c.to_digit(10).map_or('　', |d| char::from_u32(0xff10 + d).unwrap())).collect();
    for typed in [paper.replace('-', ""), paper.replace('-', " "), paper.replace('-', "\n"), wide] {
        assert_eq!(RecoveryKey::parse(&typed).unwrap(), key);
    }
    assert_eq!(RecoveryKey::parse("").unwrap_err().groups, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(RecoveryKey::parse(&paper[1..]).unwrap_err().groups, [1], "a digit forgotten");
    let (_, _, other) = station();
    assert_eq!(keyring.unlock_with_recovery(&other).unwrap_err(), VaultError::WrongRecoveryKey);
}

#[test]
fn passphrases_that_everybody_tries_first_are_refused() {
    for weak in ["short", "九个汉字不够长的话"] {
        assert_eq!(Passphrase::check(weak), Err(Weak::Short), "{weak}");
    }
    for weak in ["aaaaaaaaaaaa", "abababababab", "1111111111"] {
        assert_eq!(Passphrase::check(weak), Err(Weak::Repeated), "{weak}");
    }
    for weak in [
        "1234567890",
        "password123",
        "Password2024",
        "woaini1314520",
        "qwertyuiop",
        "5201314520",
        "wodemima123",
        "abcdefghijk",
        "13800001234",
        "0987654321",
        "zhongguo2026",
        "admin-12345",
        "ertongzhujia1",
        "我爱你我爱你中国1314",
    ] {
        assert_eq!(Passphrase::check(weak), Err(Weak::Common), "{weak}");
    }
    for good in
        ["three frogs on a wet roof", "河边的石头会唱歌吗不会", "Xuanwu7-lantern", "mangmang renhai 88 zhou"]
    {
        assert!(Passphrase::check(good).is_ok(), "{good}");
    }
}

#[test]
fn the_cost_of_a_passphrase_steps_down_on_a_slow_machine_and_stops_at_the_minimum() {
    let fast = KdfParams::for_this_machine(|_| Duration::from_millis(150));
    assert_eq!(fast, KdfParams { m_kib: 65536, t: 3, p: 1 });
    let mid = KdfParams::for_this_machine(|step| Duration::from_millis(u64::from(step.m_kib * step.t) / 100));
    assert!(mid.m_kib < 65536 && mid.m_kib > 19 << 10);
    let slow = KdfParams::for_this_machine(|_| Duration::from_secs(9));
    assert_eq!(slow, KdfParams { m_kib: 19 << 10, t: 2, p: 1 });
}

#[test]
fn attempts_wait_longer_and_longer_and_a_clock_set_back_gains_nothing() {
    let mut throttle = Throttle::default();
    for _ in 0..2 {
        throttle.failed(1_000);
        assert_eq!(throttle.wait(1_000), Duration::ZERO);
    }
    let mut waits = Vec::new();
    for _ in 0..11 {
        throttle.failed(1_000);
        waits.push(throttle.wait(1_000).as_secs());
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    assert_eq!(throttle.wait(301_000), Duration::ZERO);
    assert_eq!(throttle.wait(-5_000), Duration::from_secs(300), "set back before the failure");
    throttle.succeeded();
    assert_eq!(throttle.wait(1_000), Duration::ZERO);
}

#[test]
fn nothing_secret_is_printed() {
    let (keyring, lin, recovery) = station();
    let text = format!("{lin:?} {recovery:?} {:?} {:?}", pass("lin"), person("chen", Role::Lead));
    assert!(!text.contains("river"), "{text}");
    assert!(!text.contains(&recovery.to_string()));
    assert!(text.contains("DataKeys") && !text.contains('['), "{text}");
    assert!(!String::from_utf8(keyring.to_bytes()).unwrap().contains("river"));
}
