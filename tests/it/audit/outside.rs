//! What happens while nobody's key is there is kept in a small file, and becomes part of the audit at the next sign-in.

use super::*;
use std::fs;
use std::path::PathBuf;
use tonghu::i18n;
use tonghu::office::{AccountChange, DoorError, UnsealedLine};
use tonghu::vault::RecoveryKey;
use tonghu::wording;

impl Station {
    fn noted(&self) -> PathBuf {
        self.path().join("unsealed")
    }

    fn knock(&self, login: &str, passphrase: &str, from: &str) -> DoorError {
        let door = Door::new(self.path().to_owned(), self.clock.clone()).known(from, Way::Screen);
        door.unlock(login, &Passphrase::typed(passphrase)).err().unwrap()
    }

    fn sleep(&self, minutes: i64) {
        let now = tonghu::platform::Clock::now(&*self.clock);
        self.clock.set(now + chrono::Duration::minutes(minutes));
    }

    /// The lines about what happened while nobody was in, the oldest first.
    fn outside(&self) -> Vec<AuditLine> {
        let lines = audit(&*self.desk(), None);
        lines.into_iter().rev().filter(|line| line.unsealed.is_some()).collect()
    }
}

fn told(line: &AuditLine) -> (Verb, &str, u32) {
    let unsealed = line.unsealed.as_ref().unwrap();
    (line.verb, unsealed.login.as_str(), unsealed.times)
}

#[test]
fn a_wrong_passphrase_stands_in_the_audit_with_when_how_often_from_where_and_whose_account() {
    let station = Station::new();
    for _ in 0..3 {
        station.knock("DEMO", "not this one", "ssh 192.0.2.9");
        station.sleep(2);
    }
    station.knock("王小明", "石门的王小明", "tty pts/1");
    let noted = fs::read(station.noted()).unwrap();
    let holds = |text: &str| noted.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("demo") && holds("192.0.2.9"));
    assert!(
        !holds("王小明") && !holds("not this one"),
        "nothing that was typed but an account that there is"
    );

    station.clock.set(at("2026-11-03"));
    let lines = station.outside();
    assert_eq!(
        lines.iter().map(told).collect::<Vec<_>>(),
        [(Verb::WrongPassphrase, "demo", 3), (Verb::WrongPassphrase, "", 1)]
    );
    let then = at("2026-11-02");
    let UnsealedLine { first, last, .. } = lines[0].unsealed.clone().unwrap();
    assert_eq!((first, last), (then, then + chrono::Duration::minutes(4)));
    assert_eq!((lines[0].when, lines[0].from.as_str()), (at("2026-11-03"), "ssh 192.0.2.9"));
    assert_eq!((lines[0].by.as_str(), lines[0].login.as_str()), ("", ""), "nobody proved to be anybody");
    let said = |lang, line| wording::deed(i18n::catalogue(lang), line);
    assert_eq!(said(Lang::Zh, &lines[0]), "口令不对，账号 demo（2026-11-02 09:30 至 09:34，3 次）");
    assert_eq!(said(Lang::En, &lines[1]), "wrong passphrase (2026-11-02 09:36)");
    assert_eq!(wording::doer(i18n::catalogue(Lang::Zh), &lines[0]), "无人进入");
    assert!(!station.noted().exists());
    assert!(station.check(&[]).is_sound());
    assert_eq!(station.outside().len(), 2, "and it is told once");
}

#[test]
fn a_wrong_key_on_paper_and_a_closed_account_are_told_too() {
    let station = Station::new();
    let lead = station.desk();
    telling::admit(&*lead, "chen", "陈静", Role::Caseworker);
    let Answer::Station(known) = lead.ask(Request::Station).unwrap() else { panic!() };
    let worker = known.staff.iter().find(|staff| staff.login == "chen").unwrap().worker;
    lead.ask(Request::ChangeAccount { worker, change: AccountChange::Close }).unwrap();
    drop(lead);
    let door = Door::new(station.path().to_owned(), station.clock.clone());
    let refused = door.unlock_with_recovery(&RecoveryKey::generate().unwrap()).err();
    assert!(matches!(refused, Some(DoorError::WrongRecoveryKey)));
    assert!(matches!(station.knock("chen", NEW, "none"), DoorError::Closed));
    let lines = station.outside();
    let all: Vec<_> = lines.iter().map(told).collect();
    assert_eq!(all, [(Verb::WrongRecoveryKey, "", 1), (Verb::Denied, "chen", 1)]);
    let said = |lang| lines.iter().map(|line| wording::deed(i18n::catalogue(lang), line)).collect::<Vec<_>>();
    let when = "2026-11-02 09:30";
    assert_eq!(
        said(Lang::Zh),
        [format!("恢复密钥不对（{when}）"), format!("越权被拒：账号已停用，账号 chen（{when}）")]
    );
    assert_eq!(
        said(Lang::En),
        [
            format!("wrong recovery key ({when})"),
            format!("was refused: the account is closed, account chen ({when})")
        ]
    );
}

#[test]
fn somebody_who_tries_all_night_fills_no_disk_and_hides_nothing() {
    let station = Station::new();
    let door = Door::new(station.path().to_owned(), station.clock.clone());
    door.mend(&tonghu::office::Unwatched).unwrap();
    for n in 0..200 {
        station.knock("demo", "not this one", &format!("ssh 192.0.2.{n}"));
        station.sleep(6);
    }
    assert!(fs::metadata(station.noted()).unwrap().len() < 16 << 10);
    let lines = station.outside();
    assert_eq!((lines[0].verb, lines[1].from.as_str()), (Verb::Mend, "ssh 192.0.2.0"), "what came first");
    assert!(lines.len() < 80, "{}", lines.len());
    assert_eq!(lines[1..].iter().map(|line| told(line).2).sum::<u32>(), 200);
}

#[test]
fn cut_between_sealing_and_emptying_it_is_told_twice_and_the_audit_is_whole() {
    let station = Station::new();
    station.knock("demo", "not this one", "none");
    let noted = fs::read(station.noted()).unwrap();
    drop(station.desk());
    fs::write(station.noted(), noted).unwrap();
    assert_eq!(
        station.outside().iter().map(told).collect::<Vec<_>>(),
        [(Verb::WrongPassphrase, "demo", 1); 2]
    );
    assert!(station.check(&[]).is_sound());
}

#[test]
fn whatever_lies_in_its_place_people_come_in_and_are_told_that_it_was_moved_aside() {
    let whole = {
        let station = Station::new();
        station.knock("demo", "not this one", "none");
        fs::read(station.noted()).unwrap()
    };
    type Put<'a> = &'a dyn Fn(&Path);
    let puts: [(&str, Put<'_>); 6] = [
        ("nothing", &|path| fs::write(path, "").unwrap()),
        ("another file", &|path| fs::write(path, "王小明\n".repeat(9)).unwrap()),
        ("a part of it", &|path| fs::write(path, &whole[..whole.len() - 3]).unwrap()),
        ("too much", &|path| fs::write(path, vec![7; 1 << 20]).unwrap()),
        ("a directory", &|path| fs::create_dir(path).unwrap()),
        ("a pipe that nobody writes to", &|path| {
            use rustix::fs::{CWD, FileType, Mode, mknodat};
            mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        }),
    ];
    for (what, put) in puts {
        let station = Station::new();
        put(&station.noted());
        let lines = station.outside();
        assert_eq!(lines.len(), 1, "{what}");
        assert_eq!((lines[0].verb, lines[0].what.as_str()), (Verb::Mend, "unsealed"), "{what}");
        let said = wording::deed(i18n::catalogue(Lang::En), &lines[0]);
        assert!(said.contains("Noted while nobody was in"), "{said}");
        assert!(!station.noted().exists(), "{what}");
        let aside = fs::read_dir(station.path().join("aside")).unwrap().flatten();
        assert!(aside.into_iter().any(|kept| kept.file_name().to_string_lossy().ends_with("-unsealed")));
        station.knock("demo", "not this one", "none");
        assert_eq!(station.outside().len(), 2, "{what}");
    }
}

#[test]
fn an_entry_about_what_nobody_sealed_that_was_changed_is_found() {
    let station = Station::new();
    station.knock("demo", "not this one", "ssh 192.0.2.9");
    drop(station.desk());
    let changed = station.inside(|store, found| {
        let (number, key, bytes) = found
            .entries
            .iter()
            .find(|(.., bytes)| bytes.windows(16).any(|part| part == b"wrong-passphrase"))?;
        // How often it happened.
        let at = bytes.windows(3).rposition(|part| part == [0xa1, b'n', 1]).unwrap();
        let mut fewer = bytes.clone();
        fewer[at + 2] = 2;
        let value = Some(fewer);
        store.commit(vec![Op { key: *key, value }]).unwrap();
        Some(*number)
    });
    let number = changed.unwrap();
    assert_eq!(station.check(&[]).faults, [AuditFault::Altered { from: number, to: number }]);
}

#[test]
fn what_support_does_waits_for_somebody_who_can_seal_it() {
    let station = Station::new();
    telling::admit(&*station.desk(), "fix", "维护", Role::Support);
    station.knock("demo", "not this one", "none");
    let support = station.enter("fix", NEW, Way::Screen);
    assert_eq!(support.ask(Request::Agenda(Scope::Mine)), Err(Refusal::NotAllowed));
    support.ask(Request::Mend).unwrap();
    support.ask(Request::Backup { to: station.path().with_extension("backup") }).unwrap();
    drop(support);
    assert!(station.noted().exists());
    let lines = station.outside();
    let all: Vec<_> = lines.iter().map(told).collect();
    assert_eq!(
        all,
        [
            (Verb::WrongPassphrase, "demo", 1),
            (Verb::SignIn, "fix", 1),
            (Verb::Denied, "fix", 1),
            (Verb::Mend, "fix", 1),
            (Verb::Backup, "fix", 1),
        ]
    );
    assert_eq!(lines[2].what, "read");
}

#[test]
fn a_wrong_passphrase_at_a_locked_desk_that_still_works_is_sealed_when_it_rests() {
    let station = Station::new();
    let desk = station.desk();
    let door = Door::new(station.path().to_owned(), station.clock.clone()).known("tty pts/4", Way::Screen);
    door.prove(&*desk, &Passphrase::typed("not this one")).unwrap_err();
    desk.ask(Request::Rest).unwrap();
    assert!(!station.noted().exists());
    let lines = audit(&*desk, None);
    assert_eq!((told(&lines[0]), lines[0].from.as_str()), ((Verb::WrongPassphrase, "demo", 1), "tty pts/4"));
}

#[test]
fn at_the_shell_a_backup_a_repair_and_a_restore_without_a_passphrase_are_in_the_audit() {
    let home = Home::with_children_since(1, &["王小明"]);
    home.signed_in("backup safe.backup").done();
    std::fs::create_dir(home.path("stick")).unwrap();
    home.signed_in("backup --daily stick").done();
    home.run("backup --due").done();
    home.run("backup --due").done();
    home.run("doctor --repair").done();
    let states = home.run("doctor --json").json();
    let files = states["files"].as_array().unwrap();
    assert!(files.iter().any(|file| file["part"] == "unsealed" && file["state"] == "sound"), "{files:?}");
    home.run("--passphrase-file nowhere doctor").refused(1, &["nowhere"]);
    let listed = home.signed_in("audit list").done();
    assert!(listed.contains("无人进入") && listed.contains("备份（"), "{listed}");
    let told = home.signed_in("audit list --json").json();
    let entries: Vec<_> =
        told["entries"].as_array().unwrap().iter().filter(|e| !e["unsealed"].is_null()).collect();
    let did: Vec<_> = entries.iter().map(|entry| entry["did"].as_str().unwrap()).collect();
    assert_eq!(did, ["mend", "backup"], "one backup a day, and who only looks changes nothing");
    assert_eq!(entries[1]["unsealed"]["times"], 1);

    std::fs::remove_dir_all(home.data()).unwrap();
    home.run("restore safe.backup").done();
    let listed = home.signed_in("--lang en audit list").done();
    assert!(listed.contains("no one in") && listed.contains("restored from the backup of 20"), "{listed}");
    home.signed_in("audit verify").done();
}

#[test]
fn the_doctor_says_when_it_is_damaged_and_moves_it_aside() {
    let home = Home::with_station();
    home.write("share/tonghu/unsealed", "not this");
    let ran = home.run("doctor");
    assert!(ran.code == 1 && ran.out.contains("无人进入时的记载"), "{}", ran.out);
    home.run("doctor --repair").done();
    home.run("doctor").done();
    let listed = home.signed_in("audit list").done();
    assert!(listed.contains("修复文件：无人进入时的记载（"), "{listed}");
}
