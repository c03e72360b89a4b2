//! What is noted, and who is told.

use super::*;
use tonghu::domain::Value;

pub(super) fn admit(desk: &dyn Office, login: &str, name: &str, role: Role) {
    let (login, name, passphrase) = (login.into(), name.into(), Passphrase::typed(NEW));
    desk.ask(Request::Admit(Admission { login, name, role, passphrase })).unwrap();
}

#[test]
fn everything_that_is_done_in_a_file_lies_with_the_child_and_says_who_when_and_from_where() {
    let station = Station::new();
    let [ming, hong] = [station.children[0], station.children[1]];
    let desk = station.desk();
    desk.ask(Request::File(ming)).unwrap();
    desk.ask(Request::History(ming)).unwrap();
    let at_ming = RecordRef::child(ming);
    let fields = Fields::default().with(child::NAME, "王小明").with(child::SCHOOL, "石门小学");
    let base = Some(Fields::default().with(child::NAME, "王小明"));
    let records = vec![SaveRecord { at: at_ming, base, fields }];
    let Answer::Saved(saved) = desk.ask(Request::Save(Save { records, draft: None })).unwrap() else {
        panic!()
    };
    desk.ask(Request::Revert { child: ming, change: saved.change }).unwrap();
    desk.ask(Request::File(hong)).unwrap();
    let lines = audit(&*desk, Some(ming));
    assert_eq!(verbs(&lines), [Verb::Revert, Verb::Change, Verb::History, Verb::Open]);
    for line in &lines {
        assert_eq!((line.by.as_str(), line.login.as_str()), ("何晓雨", "demo"));
        assert_eq!((line.when, line.from.as_str()), (at("2026-11-02"), "ssh 192.0.2.7"));
        assert_eq!((line.name.as_str(), line.case_no.as_str()), ("王小明", "TH2026-000001"));
    }
    let next = audit(&*desk, Some(ming));
    assert_eq!(next[0].verb, Verb::Audit, "who asks who looked has looked");
    assert!(audit(&*desk, Some(hong)).iter().all(|line| line.child == Some(hong)));
}

#[test]
fn what_is_written_of_a_household_is_noted_with_each_of_its_children() {
    let station = Station::new();
    let desk = station.desk();
    let [ming, hong] = [station.children[0], station.children[1]];
    let house = match desk.ask(Request::File(ming)).unwrap() {
        Answer::File(file) => file.child.fields.link(&child::HOUSEHOLD).unwrap(),
        other => panic!("{other:?}"),
    };
    let base = match desk.ask(Request::File(hong)).unwrap() {
        Answer::File(file) => file.child.fields,
        other => panic!("{other:?}"),
    };
    let fields = base.clone().with(child::HOUSEHOLD, Value::Link(house));
    let joined = SaveRecord { at: RecordRef::child(hong), base: Some(base), fields };
    let father = SaveRecord {
        at: RecordRef::of(RecordKind::Member, house, Uuid::now_v7()),
        base: None,
        fields: Fields::default()
            .with(member::ROLE, Value::Choice("father".into()))
            .with(member::NAME, "王强")
            .with(member::CIRCUMSTANCE, Value::Choice("at-home".into())),
    };
    for records in [vec![joined], vec![father]] {
        desk.ask(Request::Save(Save { records, draft: None })).unwrap();
    }
    let changes =
        |child| verbs(&audit(&*desk, Some(child))).iter().filter(|verb| **verb == Verb::Change).count();
    assert_eq!((changes(ming), changes(hong)), (1, 2));
}

#[test]
fn a_file_that_the_screen_reads_again_after_a_save_is_opened_once() {
    let station = Station::new();
    let desk = station.desk();
    let [ming, hong] = [station.children[0], station.children[1]];
    let opens = || verbs(&audit(&*desk, Some(ming))).iter().filter(|verb| **verb == Verb::Open).count();
    let open = |child| drop(desk.ask(Request::File(child)).unwrap());
    (0..3).for_each(|_| open(ming));
    assert_eq!(opens(), 1);
    open(hong);
    open(ming);
    assert_eq!(opens(), 2, "somebody came back from another file");
    desk.ask(Request::Find { text: Query("李".into()), limit: 5 }).unwrap();
    open(ming);
    assert_eq!(opens(), 3, "or from a search");
    let later = at("2026-11-02") + chrono::Duration::minutes(11);
    station.clock.set(later);
    open(ming);
    assert_eq!(opens(), 4, "or from tea");
}

#[test]
fn a_search_is_noted_once_with_its_words_and_not_in_the_log() {
    let station = Station::new();
    let desk = station.desk();
    for words in ["w", "wx", "wxm"] {
        desk.ask(Request::Find { text: Query(words.into()), limit: 5 }).unwrap();
    }
    for words in ["发", "发烧"] {
        desk.ask(Request::SearchNotes { text: Query(words.into()), limit: 5 }).unwrap();
    }
    desk.ask(Request::Rest).unwrap();
    let lines = audit(&*desk, None);
    let searches: Vec<(Verb, &str)> = lines[..3].iter().map(|line| (line.verb, line.what.as_str())).collect();
    assert_eq!(searches, [(Verb::SearchNotes, "发烧"), (Verb::Search, "wxm"), (Verb::SignIn, "")]);
    let log = std::fs::read_to_string(station.path().join("tonghu.log")).unwrap();
    assert!(!log.contains("wxm") && !log.contains("发烧"));
}

#[test]
fn searches_that_nobody_followed_up_are_noted_when_the_desk_is_left() {
    let station = Station::new();
    let desk = station.desk();
    desk.ask(Request::Find { text: Query("wxm".into()), limit: 5 }).unwrap();
    drop(desk);
    let lines = audit(&*station.desk(), None);
    assert_eq!((lines[0].verb, lines[1].what.as_str()), (Verb::SignIn, "wxm"));
}

#[test]
fn supervisors_and_leads_see_it_all_a_caseworker_who_looked_at_a_file_and_support_nothing() {
    let station = Station::new();
    let lead = station.desk();
    admit(&*lead, "chen", "陈静", Role::Caseworker);
    admit(&*lead, "su", "苏梅", Role::Supervisor);
    admit(&*lead, "fix", "维护", Role::Support);
    drop(lead);
    let all = || Request::Audit(AuditQuery { limit: 10, ..AuditQuery::default() });
    let one = || {
        Request::Audit(AuditQuery { child: Some(station.children[0]), limit: 10, ..AuditQuery::default() })
    };
    let check = || Request::CheckAudit { against: vec![] };
    for (login, may) in [("chen", [false, true, false]), ("su", [true; 3]), ("fix", [false; 3])] {
        let desk = station.enter(login, NEW, Way::Screen);
        for (request, may) in [all(), one(), check()].into_iter().zip(may) {
            let answer = desk.ask(request.clone());
            assert_eq!(answer.is_ok(), may, "{login}: {request:?}");
            assert!(may || answer == Err(Refusal::NotAllowed));
        }
    }
    let lines = audit(&*station.desk(), None);
    let refused = lines.iter().filter(|line| line.verb == Verb::Denied);
    let (outside, refused): (Vec<_>, Vec<_>) = refused.partition(|line| line.unsealed.is_some());
    assert!(refused.len() == 2 && refused.iter().all(|line| line.login == "chen" && line.what == "audit"));
    let support = outside.iter().map(|line| (line.what.as_str(), line.unsealed.as_ref().unwrap()));
    let support: Vec<_> = support.map(|(what, told)| (what, told.login.as_str(), told.times)).collect();
    assert_eq!(support, [("read", "fix", 1), ("audit", "fix", 2)], "support had no key to seal it with");
}

#[test]
fn what_a_seat_that_writes_out_is_given_is_an_export() {
    let station = Station::new();
    for (way, verb) in [(Way::Export, Verb::Export), (Way::Print, Verb::Print)] {
        let desk = station.enter("demo", DEMO, way);
        find(&*desk, "wxm");
        desk.ask(Request::File(station.children[0])).unwrap();
        desk.ask(Request::Agenda(Scope::Station)).unwrap();
        let lines = audit(&*desk, None);
        // The first is the listing itself: names leave with it too.
        assert_eq!(verbs(&lines[..4]), [verb; 4]);
        assert_eq!((lines[1].child, lines[1].what.as_str()), (None, ""), "what is due");
        assert_eq!(lines[2].child, Some(station.children[0]));
        assert_eq!(lines[3].what, "wxm");
    }
}

#[test]
fn the_shell_lists_who_did_what_from_where() {
    let home = Home::with_children_since(1, &["王小明", "李小红"]);
    let mut over_ssh = home.command("--passphrase-file pass show 王小明 --json".split(' '));
    over_ssh.env("SSH_CONNECTION", "192.0.2.7 50022 192.0.2.1 22");
    crate::station::Ran::of(over_ssh).done();
    let mut pty = Pty::spawn(
        PROGRAM,
        &[
            "--data",
            home.data().to_str().unwrap(),
            "--passphrase-file",
            home.path("pass").to_str().unwrap(),
            "show",
            "李小红",
        ],
        &home.environment(),
        80,
        24,
    );
    assert!(pty.wait_exit().success(), "{}", pty.screen());
    home.write("new", format!("{NEW}\n"));
    home.signed_in("account add chen --name 陈静 --role caseworker --new-passphrase-file new").done();
    let lead = |line: &str| home.signed_in(&format!("--account {LOGIN} {line}"));
    let chen = |line: &str| home.run(&format!("--account chen --passphrase-file new {line}"));

    let told = lead("audit list --json").json();
    let entries = told["entries"].as_array().unwrap();
    let did = |verb: &str, child: &str| {
        entries.iter().find(|entry| entry["did"] == verb && entry["name"] == child).expect(verb).clone()
    };
    assert_eq!(did("export", "王小明")["from"], "ssh 192.0.2.7");
    assert!(did("print", "李小红")["from"].as_str().unwrap().starts_with("tty pts/"));
    assert_eq!(did("sign-in", "")["from"], "none", "the account was added without a terminal");
    let numbers: Vec<u64> = entries.iter().map(|entry| entry["number"].as_u64().unwrap()).collect();
    assert!(numbers.is_sorted_by(|one, next| one > next), "{numbers:?}");

    let listed = lead("audit list --child 王小明").done();
    assert!(
        listed.contains("导出") && listed.contains("远程 192.0.2.7") && !listed.contains("李小红"),
        "{listed}"
    );
    let listed = chen("--lang en audit list --child 王小明").done();
    assert!(listed.contains("exported") && listed.contains("SSH 192.0.2.7"), "{listed}");
    chen("audit list").refused(1, &["没有权限"]);
    chen("audit verify").refused(1, &["没有权限"]);
    let hers = lead("audit list --by chen").done();
    assert!(hers.contains("越权被拒：全站查阅记录") && !hers.contains("周晓琴"), "{hers}");
    assert_eq!(lead("audit list --since whenever").code, 2);
    assert_eq!(lead("audit list --by nobody").code, 3);
    assert_eq!(lead("audit list --limit 2").out.lines().count(), 2);
    assert!(lead("audit list --since today").done().lines().count() > 5);
}

#[test]
fn the_order_is_that_of_the_numbers_when_the_clock_was_set_back() {
    let station = Station::new();
    let desk = station.desk();
    desk.ask(Request::File(station.children[0])).unwrap();
    station.clock.set(at("2026-10-01"));
    desk.ask(Request::File(station.children[1])).unwrap();
    let lines = audit(&*desk, None);
    assert_eq!(verbs(&lines[..2]), [Verb::Open, Verb::Open]);
    assert_eq!(lines[0].child, Some(station.children[1]));
    assert_eq!(lines[0].when, at("2026-11-02"), "a moment that was cannot come again");
    assert!(check(&*desk, &[]).is_sound());
}

#[test]
fn one_key_in_a_file_shows_who_looked_at_it() {
    for lang in Lang::ALL {
        for size in [(80, 24), (120, 40), (60, 18)] {
            let station = Station::new();
            let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap().and_hms_opt(9, 30, 0).unwrap();
            let mut face = Harness::sized(station.desk(), lang, day, size);
            face.press("f3").type_text("wxm").press("enter s");
            let screen = face.screen();
            let words: &[&str] = match lang {
                Lang::Zh => &["谁看过 - 王小明", "何晓雨", "打开档案", "11-02 周一 09:30"],
                Lang::En => &["Who looked - 王小明", "何晓雨", "opened the file", "11-02 Mon 09:30"],
            };
            for word in words {
                assert!(screen.contains(word), "{word} at {size:?}\n{screen}");
            }
            if size.0 >= 80 {
                face.sees("192.0.2.7");
            }
            face.press("w").sees(if lang == Lang::Zh { "第五十六条" } else { "article 56" });
            face.press("esc f11");
            assert!(!face.screen().contains("王小明"), "{}", face.screen());
            face.press("f11 esc").sees("王小明");
        }
    }
}
