//! Who may come in: a lead admits colleagues, everybody changes their own passphrase, and the key on paper is renewed.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;
use tonghu::domain::Fields;
use tonghu::domain::forms::child;
use tonghu::i18n::Lang;
use tonghu::office::{Admission, Answer, Desk, Door, DoorError, Office, Refusal, Request, Role, demo};
use tonghu::platform::SystemClock;
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use tonghu::vault::{Passphrase, RecoveryKey};

use crate::at_door::{accounts_of_demo, at_demo, door, morning};
use crate::pty::harness::Pty;
use crate::station::{Home, PASSPHRASE, PROGRAM, fed};

const NEW: &str = "a key under the mat";
const DEMO: &str = "look around freely";

fn with_new_passphrase() -> Home {
    let home = Home::with_station();
    home.write("new", format!("{NEW}\n"));
    home
}

#[test]
fn a_lead_admits_a_colleague_who_signs_in_with_a_passphrase_of_her_own() {
    let home = with_new_passphrase();
    let add = "account add chen --name 陈静 --role caseworker --new-passphrase-file new";
    assert!(home.signed_in(add).done().contains("陈静（chen，儿童主任）"));
    home.signed_in("doctor").refused(2, &["--account"]);
    let lead = |line: &str| home.signed_in(&format!("--account zhou {line}"));
    let chen = |line: &str| home.run(&format!("--account chen --passphrase-file new {line}"));
    let listed = lead("account list --json").json();
    let people = serde_json::json!([
        { "login": "zhou", "name": "周晓琴", "role": "lead", "closed": false },
        { "login": "chen", "name": "陈静", "role": "caseworker", "closed": false },
    ]);
    assert_eq!(listed["accounts"], people);
    let list = chen("account list").done();
    assert!(list.lines().count() == 2 && list.contains("陈静") && list.contains("站长"), "{list}");
    assert_eq!(chen("find 王小明").code, 3, "she reads the files: nobody is in them yet");

    home.write("own", "three frogs on a wet roof\n");
    home.write("weak", "woaini1314520\n");
    chen("account passphrase --new-passphrase-file weak").refused(4, &["容易猜到"]);
    chen("account passphrase --new-passphrase-file own").done();
    chen("doctor").refused(4, &["口令不对"]);
    home.run("--account chen --passphrase-file own doctor").done();
    lead("doctor").done();
}

#[test]
fn an_account_that_cannot_be_is_refused_with_a_reason_and_nothing_changes() {
    let home = with_new_passphrase();
    let add = "account add chen --name 陈静 --role caseworker --new-passphrase-file new";
    home.signed_in(add).done();
    home.write("weak", "1234567890\n");
    let accounts = || ["keyring", "keyring.copy"].map(|name| fs::read(home.data().join(name)).unwrap());
    let before = accounts();
    let lead = |line: &str| home.signed_in(&format!("--account zhou account add {line}"));
    lead("CHEN --name 陈小 --role lead --new-passphrase-file new").refused(1, &["已经有了"]);
    lead("li --name 李 --role lead --new-passphrase-file weak").refused(4, &["容易猜到"]);
    lead("li --name 李 --role lead").refused(2, &["--help"]);
    assert_eq!(lead("li --name 李 --role boss --new-passphrase-file new").code, 2);
    assert_eq!(lead("li --role lead --new-passphrase-file new").code, 2, "nobody is nameless");
    lead("li --name 李 --role lead --new-passphrase-file nowhere").refused(1, &["nowhere"]);
    let mut two_words = home.command("--account zhou --passphrase-file pass account add".split(' '));
    two_words.args(["two words", "--name", "李", "--role", "lead", "--new-passphrase-file", "new"]);
    crate::station::Ran::of(two_words).refused(2, &["空格"]);
    let chen = |line: &str| home.run(&format!("--account chen --passphrase-file new account {line}"));
    chen("add li --name 李 --role lead --new-passphrase-file new").refused(1, &["没有权限"]);
    chen("recovery --recovery-file paper").refused(1, &["没有权限"]);
    assert!(!home.path("paper").exists(), "no paper for a key that came into no use");
    assert_eq!(accounts(), before);
}

#[test]
fn a_new_passphrase_is_asked_twice_at_the_terminal_or_read_behind_the_old_one() {
    let home = Home::with_station();
    let data = home.data().display().to_string();
    let ask = |again: &str| {
        let line = ["--data", &data, "--account", "zhou", "account", "passphrase"];
        let mut pty = Pty::spawn(PROGRAM, &line, &home.environment(), 80, 24);
        pty.wait_for("口令：");
        pty.type_text(PASSPHRASE).press("enter").wait_for("新口令：");
        pty.type_text(NEW).press("enter").wait_for("再输一遍：");
        pty.type_text(again).press("enter");
        let code = pty.wait_exit().exit_code();
        assert!(!pty.screen().contains("mat") && !pty.screen().contains("river"), "{}", pty.screen());
        code
    };
    assert_eq!(ask("a key under the hat"), 4);
    home.signed_in("doctor").done();
    assert_eq!(ask(NEW), 0);
    home.signed_in("doctor").refused(4, &["口令不对"]);
    let line = "--account zhou --passphrase-file - account passphrase --new-passphrase-file -";
    fed(home.command(line.split(' ')), &format!("{NEW}\n{PASSPHRASE}\n")).done();
    home.signed_in("doctor").done();
}

#[test]
fn a_new_recovery_key_is_on_paper_first_and_the_old_paper_opens_nothing_any_more() {
    let home = Home::new();
    let init = "--account zhou --passphrase-file pass init --station 石门站 --recovery-file old";
    home.run(init).done();
    home.signed_in("account recovery --recovery-file old").refused(2, &["old", "已经存在"]);
    let door = || Door::new(home.data(), Arc::new(SystemClock));
    let key = |name: &str| RecoveryKey::parse(&fs::read_to_string(home.path(name)).unwrap()).unwrap();
    drop(door().unlock_with_recovery(&key("old")).unwrap());

    assert!(home.signed_in("account recovery --recovery-file new").done().contains("new"));
    let refused = door().unlock_with_recovery(&key("old")).err();
    assert!(matches!(refused, Some(DoorError::WrongRecoveryKey)), "{refused:?}");
    drop(door().unlock_with_recovery(&key("new")).unwrap());
    home.signed_in("doctor").done();
    let log = fs::read_to_string(home.data().join("tonghu.log")).unwrap();
    let paper = fs::read_to_string(home.path("new")).unwrap();
    assert!(!log.contains(paper.trim().split('-').next().unwrap()), "{log}");
}

#[test]
fn support_sees_how_the_program_is_changes_its_passphrase_and_opens_no_file() {
    let home = with_new_passphrase();
    home.write("roster.csv", "姓名,监护人\n韩梅梅,李桂英\n");
    home.signed_in("import roster.csv --yes").done();
    home.signed_in("account add fix --name 远程维护 --role support --new-passphrase-file new").done();
    let fix = |line: &str| home.run(&format!("--account fix --passphrase-file new {line}"));
    for line in [
        "find hmm",
        "show 韩梅梅",
        "due",
        "import roster.csv --yes",
        "backup --daily .",
        "backup --no-daily",
        "account list",
    ] {
        let ran = fix(line);
        assert_eq!(ran.code, 1, "{line}: {ran:?}");
        assert!(
            ran.err.contains("没有权限") && !ran.err.contains('梅') && ran.out.is_empty(),
            "{line}: {ran:?}"
        );
    }
    assert!(!fix("doctor --json").done().contains("韩梅梅"));
    fix("backup sealed.backup").done();
    home.run("--data elsewhere restore sealed.backup").done();
    let elsewhere = home.signed_in("--data elsewhere --account zhou find hmm");
    assert!(elsewhere.done().contains("韩梅梅"), "what support copies opens for those who may read");
    home.write("own", "three frogs on a wet roof\n");
    fix("account passphrase --new-passphrase-file own").done();
    fix("doctor").refused(4, &["口令不对"]);
    home.run("--account fix --passphrase-file own doctor").done();

    let mut pty = home.screens();
    pty.wait_for("口令");
    pty.type_text("fix").press("enter").type_text("three frogs on a wet roof").press("enter");
    pty.wait_for("远程维护账号").wait_for("系统状况");
    for key in ["f5", "f3", "f4", "f6", "f7"] {
        pty.press(key).settle();
        assert!(!pty.screen().contains("韩梅梅"), "{}", pty.screen());
        pty.press("esc");
    }
    pty.press("f2").type_text("xtzk").press("enter").wait_for("数据目录");
    pty.press("ctrl-q");
    assert!(pty.wait_exit().success());
}

#[test]
fn a_recovery_key_whose_renewal_fails_opens_nothing_and_one_that_was_kept_in_part_holds() {
    let station = Station::new();
    let lead = || station.door().unlock("demo", &Passphrase::typed(DEMO)).unwrap();
    let opens = |key: &RecoveryKey| station.door().unlock_with_recovery(key).is_ok();
    let [first, refused, last] = [(); 3].map(|()| RecoveryKey::generate().unwrap());
    lead().ask(Request::RenewRecovery(first.clone())).unwrap();

    // Something stands where a file is to be written.
    let desk = lead();
    let in_the_way = station.dir.path().join("keyring.tmp");
    fs::create_dir(&in_the_way).unwrap();
    assert!(matches!(desk.ask(Request::RenewRecovery(refused.clone())), Err(Refusal::Store(_))));
    fs::remove_dir(&in_the_way).unwrap();
    drop(desk);
    assert!(opens(&first) && !opens(&refused));
    station.door().unlock("demo", &Passphrase::typed(DEMO)).unwrap();

    // One of the two copies can be written: that one holds, and it is not said that nothing changed.
    let desk = lead();
    let in_the_way = station.dir.path().join("keyring.copy.tmp");
    fs::create_dir(&in_the_way).unwrap();
    desk.ask(Request::RenewRecovery(last.clone())).unwrap();
    fs::remove_dir(&in_the_way).unwrap();
    drop(desk);
    assert!(opens(&last) && !opens(&first));
}

/// A station with one child, at whose real door the screens begin.
struct Station {
    dir: TempDir,
}

impl Station {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let risk = tonghu::domain::Value::Choice("medium".into());
        let child = Fields::default().with(child::NAME, "王小明").with(child::RISK, risk);
        drop(demo(dir.path(), Arc::new(StillClock::at(morning())), std::iter::once(child)).unwrap());
        Self { dir }
    }

    fn door(&self) -> Door {
        door(self.dir.path())
    }

    /// On the Accounts screen, as the lead.
    fn accounts(&self, lang: Lang, size: (u16, u16)) -> Harness {
        accounts_of_demo(self.dir.path(), lang, size)
    }
}

const SIZES: [(u16, u16); 4] = [(80, 24), (60, 18), (120, 40), (132, 43)];

#[test]
fn a_colleague_added_on_the_screen_can_be_handed_a_follow_up_at_once_and_can_unlock() {
    for (lang, size) in
        [(Lang::Zh, (80, 24)), (Lang::En, (60, 18)), (Lang::En, (80, 24)), (Lang::Zh, (60, 18))]
    {
        let station = Station::new();
        let mut face = at_demo(station.dir.path(), lang, size);
        let [alone, mine, supervisor] = match lang {
            Lang::Zh => ["还没有别人的账号", "我的", "儿童督导员"],
            Lang::En => ["Nobody else has an account", "Mine", "supervisor"],
        };
        face.type_text(DEMO).press("enter").sees("王小明").press("h").sees(alone).press("esc");
        face.press("f2").type_text("accounts").press("enter").sees("demo").press("enter");
        face.type_text("陈静").press("enter").type_text("chen").press("enter right").sees(supervisor);
        face.press("left enter").type_text(NEW).press("enter").type_text(NEW).sees_no("mat").press("enter");
        face.sees("陈静").sees("chen").press("esc");

        face.press("h")
            .type_text("chen")
            .sees("= 陈静 (chen)")
            .press("enter")
            .type_text("换片区")
            .press("enter");
        face.press("f12").sees_no("王小明").type_text("chen").press("enter").type_text(NEW);
        face.press("enter").sees(mine).press("1").sees("王小明");
        face.press("f2").type_text("accounts").press("enter").sees("陈静");
        let add = if lang == Lang::Zh { "添加同事" } else { "Add a colleague" };
        face.sees_no(add);
    }
}

#[test]
fn what_is_wrong_with_a_new_account_is_said_at_its_field() {
    let station = Station::new();
    let mut face = station.accounts(Lang::Zh, (80, 24));
    face.press("enter ctrl-s").sees("请填姓名").type_text("陈静").press("ctrl-s").sees("字母和数字");
    face.type_text("Demo").press("ctrl-s").sees("已经有了").press("ctrl-u").type_text("chen");
    face.press("ctrl-s").sees("至少 10 个字").type_text("woaini1314520").press("ctrl-s").sees("太容易猜到");
    face.press("ctrl-u").type_text(NEW).press("ctrl-s").sees("两次输入不一样");
    face.type_text(NEW).press("up up").sees("按左右").press("right right right").sees("打不开任何档案");
    face.press("ctrl-s").sees("已添加 陈静").sees("远程维护");
    let desk = station.door().unlock("chen", &Passphrase::typed(NEW)).err();
    assert!(matches!(desk, Some(DoorError::InUse)), "the lead still sits there: {desk:?}");
    drop(face);
    assert_eq!(station.door().unlock("chen", &Passphrase::typed(NEW)).unwrap().me().role, Role::Support);
}

#[test]
fn one_changes_ones_own_passphrase_on_the_screen() {
    for (lang, wrong, said) in
        [(Lang::Zh, "旧口令不对", "口令改好了"), (Lang::En, "Not the old passphrase", "is changed")]
    {
        let station = Station::new();
        let mut face = station.accounts(lang, (60, 18));
        face.press("down enter").type_text("not this one").press("enter").type_text(NEW).press("enter");
        face.type_text(NEW).press("enter").sees(wrong);
        face.type_text(DEMO)
            .press("enter")
            .type_text(NEW)
            .press("enter")
            .type_text(NEW)
            .press("enter")
            .sees(said);
        drop(face);
        assert!(matches!(station.door().unlock("demo", &Passphrase::typed(DEMO)), Err(DoorError::Wrong)));
        station.door().unlock("demo", &Passphrase::typed(NEW)).unwrap();
    }
}

/// The eight groups that stand on the screen behind `1)` to `8)`.
fn groups(screen: &str) -> String {
    let words: Vec<&str> = screen.split_whitespace().collect();
    let behind = |n: usize| words.windows(2).find(|two| two[0] == format!("{n})")).map(|two| two[1]).unwrap();
    (1..=8).map(behind).collect::<Vec<_>>().join("-")
}

#[test]
fn a_new_recovery_key_comes_into_force_when_it_is_typed_back_and_not_before() {
    for lang in Lang::ALL {
        let station = Station::new();
        let mut face = station.accounts(lang, (60, 18));
        face.press("down down enter");
        let seen = groups(&face.screen());
        let [back, wrong, kept, done] = match lang {
            Lang::Zh => ["照着纸再输", "好几组不一样", "旧的恢复密钥仍然有效", "已启用"],
            Lang::En => ["Type it back", "Several groups differ", "still in force", "is in force"],
        };
        face.press("enter").sees(back).sees_no(&seen[..6]).type_text(&seen[..20]).press("enter").sees(wrong);
        face.press("esc").sees(&seen[..6]).press("esc").sees(kept);
        face.press("enter");
        let other = groups(&face.screen());
        assert_ne!(other, seen, "a key that was given up is not shown again");
        face.press("enter").type_text(&other).press("enter").sees(done);
        drop(face);
        let [seen, other] = [seen, other].map(|key| RecoveryKey::parse(&key).unwrap());
        assert!(station.door().unlock_with_recovery(&seen).is_err(), "left, it came into no force");
        station.door().unlock_with_recovery(&other).unwrap();
    }
}

#[test]
fn every_account_screen_fits_every_terminal_in_both_languages() {
    let station = Station::new();
    for lang in Lang::ALL {
        for size in SIZES {
            for keys in
                ["", "enter", "enter enter enter", "down enter", "down down enter", "down down enter enter"]
            {
                let mut face = station.accounts(lang, size);
                face.press(keys);
                let (screen, at) = (face.screen(), face.cursor());
                assert!(at.x < size.0 && at.y + 1 < size.1, "{keys} at {size:?}: {at:?}\n{screen}");
                assert!(!screen.contains("account-") && !screen.contains("accounts-"), "{keys}\n{screen}");
                let last = screen.lines().last().unwrap();
                assert!(!last.trim().is_empty() && !last.contains('~'), "{keys} at {size:?}\n{screen}");
                let body = screen.lines().skip(1).collect::<Vec<_>>().join("\n");
                assert!(!body.contains('~'), "{keys} at {size:?} cuts a text\n{screen}");
                let said = face.press("ctrl-s").screen();
                let body = said.lines().skip(1).collect::<Vec<_>>().join("\n");
                assert!(!body.contains('~') && face.cursor().y + 1 < size.1, "{keys} at {size:?}\n{said}");
            }
        }
    }
}

#[test]
fn who_admits_and_who_renews_is_the_offices_affair() {
    let station = Station::new();
    let lead = station.door().unlock("demo", &Passphrase::typed(DEMO)).unwrap();
    let admission = |login: &str, role| Admission {
        login: login.into(),
        name: "陈静".into(),
        role,
        passphrase: Passphrase::typed(NEW),
    };
    let audited = |desk: &Desk| {
        let Answer::Health(health) = desk.ask(Request::Health).unwrap() else { panic!() };
        let line = health.lines.iter().find(|line| line.key == "health-audit").unwrap();
        line.value.parse::<u64>().unwrap()
    };
    let before = audited(&lead);
    lead.ask(Request::Admit(admission("chen", Role::Caseworker))).unwrap();
    assert!(audited(&lead) > before, "it stands in the audit");
    lead.ask(Request::Admit(admission("su", Role::Supervisor))).unwrap();
    lead.ask(Request::Admit(admission("fix", Role::Support))).unwrap();
    let mut weak = admission("weak", Role::Lead);
    weak.passphrase = Passphrase::typed("short");
    assert!(matches!(lead.ask(Request::Admit(weak)), Err(Refusal::Account(_))), "whoever asks");
    drop(lead);
    let key = RecoveryKey::generate().unwrap();
    for login in ["chen", "su", "fix"] {
        let desk = station.door().unlock(login, &Passphrase::typed(NEW)).unwrap();
        for request in [
            Request::Admit(admission("friend", Role::Lead)),
            Request::NewRecoveryKey,
            Request::RenewRecovery(key.clone()),
        ] {
            assert_eq!(desk.ask(request).unwrap_err(), Refusal::NotAllowed, "{login}");
        }
    }
    assert!(station.door().unlock_with_recovery(&key).is_err());
}
