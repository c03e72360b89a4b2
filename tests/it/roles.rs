//! Who may what, and what a lead does to the accounts of others: close them, open them again, change a role, set a
//! passphrase anew.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;
use tonghu::domain::forms::child;
use tonghu::domain::{ChangeId, ChildId, Fields, RecordId, RecordKind, RecordRef, follow_up::Act};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

use crate::at_door::{accounts_of_demo, door, morning};
use crate::station::Home;

const DEMO: &str = DEMO_PASSPHRASE;
const NEW: &str = "a key under the mat";

/// A station with a lead, two colleagues who read and one who does not; all but the lead have the passphrase `NEW`.
struct Station {
    dir: TempDir,
}

const PEOPLE: [(&str, &str, Role); 3] =
    [("chen", "陈静", Role::Caseworker), ("su", "苏敏", Role::Supervisor), ("fix", "远程", Role::Support)];

impl Station {
    fn new() -> Station {
        let dir = tempfile::tempdir().unwrap();
        let risk = tonghu::domain::Value::Choice("medium".into());
        let child = Fields::default().with(child::NAME, "王小明").with(child::RISK, risk);
        let lead = demo(dir.path(), Arc::new(StillClock::at(morning())), std::iter::once(child)).unwrap();
        for (login, name, role) in PEOPLE {
            let passphrase = Passphrase::typed(NEW);
            let admission = Admission { login: login.into(), name: name.into(), role, passphrase };
            lead.ask(Request::Admit(admission)).unwrap();
        }
        Station { dir }
    }

    fn door(&self) -> Door {
        door(self.dir.path())
    }

    fn sign_in(&self, login: &str) -> Result<Arc<Desk>, DoorError> {
        let passphrase = if login == DEMO_LOGIN { DEMO } else { NEW };
        self.door().unlock(login, &Passphrase::typed(passphrase))
    }

    fn lead(&self) -> Arc<Desk> {
        self.sign_in(DEMO_LOGIN).unwrap()
    }

    /// On the Accounts screen, as the lead.
    fn accounts(&self, lang: Lang, size: (u16, u16)) -> Harness {
        accounts_of_demo(self.dir.path(), lang, size)
    }
}

fn staff(desk: &Desk, login: &str) -> Staff {
    let Answer::Station(station) = desk.ask(Request::Station).unwrap() else { panic!() };
    station.staff.iter().find(|staff| staff.login == login).unwrap().clone()
}

fn change(desk: &Desk, login: &str, change: AccountChange) -> Result<Answer, Refusal> {
    desk.ask(Request::ChangeAccount { worker: staff(desk, login).worker, change })
}

/// Lines of the audit so far.
fn audited(desk: &Desk) -> u64 {
    let Answer::Health(health) = desk.ask(Request::Health).unwrap() else { panic!() };
    let line = health.lines.iter().find(|line| line.key == "health-audit").unwrap();
    line.value.parse().unwrap()
}

/// Each request with who may ask for it. Who adds a request and no row here does not get this file compiled.
macro_rules! table {
    ($($role:literal $pattern:pat => $sample:expr),+ $(,)?) => {
        fn requests() -> Vec<(&'static str, Request)> {
            fn has_a_row(request: &Request) {
                match request { $($pattern => {})+ }
            }
            let rows = vec![$(($role, $sample)),+];
            rows.iter().for_each(|(_, request)| has_a_row(request));
            rows
        }
    };
}

const NOBODY: ChildId = ChildId(Uuid::nil());

// c: caseworker, s: supervisor, l: lead, t: support
table! {
    "csl-" Request::Find { .. } => Request::Find { text: Query("wxm".into()), limit: 5 },
    "csl-" Request::Cases(_) => Request::Cases(Cases { sort: Sort::Due, filter: Filter::default(), from: 0, count: 9 }),
    "csl-" Request::File(_) => Request::File(NOBODY),
    "csl-" Request::History(_) => Request::History(NOBODY),
    "csl-" Request::Agenda(_) => Request::Agenda(Scope::Station),
    "csl-" Request::Month { .. } => Request::Month { scope: Scope::Station, first: morning().date() },
    "csl-" Request::Likely { .. } => Request::Likely { fields: Fields::default().with(child::NAME, "王小明"), except: None },
    "csl-" Request::SearchNotes { .. } => Request::SearchNotes { text: Query("伯伯".into()), limit: 5 },
    "csl-" Request::Evaluation { .. } => Request::Evaluation { instrument: None },
    "csl-" Request::FollowRules => Request::FollowRules,
    "csl-" Request::CountConcerns => Request::CountConcerns,
    "csl-" Request::Needs => Request::Needs,
    "csl-" Request::Tables => Request::Tables,
    "csl-" Request::GiveOut(_) => Request::GiveOut(Export::Programme),
    "csl-" Request::Station => Request::Station,
    "cslt" Request::Manual => Request::Manual,
    "csl-" Request::RuleBook => Request::RuleBook,
    "csl-" Request::PlayExamples => Request::PlayExamples,
    "csl-" Request::Match(_) => Request::Match(NOBODY),
    "csl-" Request::Precedent(PrecedentAsk::List { .. }) => Request::Precedent(PrecedentAsk::List { like: None }),
    "csl-" Request::Precedent(PrecedentAsk::Review(_)) => Request::Precedent(PrecedentAsk::Review(NOBODY)),
    "csl-" Request::Precedent(PrecedentAsk::Check { .. }) => Request::Precedent(PrecedentAsk::Check { child: NOBODY, text: "一行".into() }),
    "csl-" Request::Precedent(PrecedentAsk::Propose(_)) => Request::Precedent(PrecedentAsk::Propose(proposal())),
    "csl-" Request::Precedent(PrecedentAsk::Import { .. }) => Request::Precedent(PrecedentAsk::Import { from: "/nowhere/to/be/found".into(), take: true }),
    "csl-" Request::Caseload => Request::Caseload,
    "csl-" Request::Quality(_) => Request::Quality(QualityScope::default()),
    "csl-" Request::PlanHandOver(_) => Request::PlanHandOver(hand_over()),
    "-sl-" Request::HandOver(_) => Request::HandOver(hand_over()),
    "csl-" Request::Organisation => Request::Organisation,
    "csl-" Request::Register(_) => Request::Register(RecordKind::Volunteer),
    "csl-" Request::Statement(_) => Request::Statement(Query("晨光文具厂".into())),
    "csl-" Request::Why { .. } => Request::Why { rule: "none".into() },
    "csl-" Request::Save(_) => save(RecordRef::child(ChildId(Uuid::from_u128(5)))),
    "csl-" Request::Act { .. } => act(),
    "csl-" Request::Revert { .. } => Request::Revert { child: NOBODY, change: ChangeId(Uuid::nil()) },
    "csl-" Request::KeepDraft(_) => Request::KeepDraft(draft()),
    "csl-" Request::Drafts => Request::Drafts,
    "csl-" Request::DropDraft(_) => Request::DropDraft(Uuid::nil()),
    "cslt" Request::Health => Request::Health,
    "csl-" Request::Audit(AuditQuery { child: Some(_), .. }) => Request::Audit(AuditQuery { child: Some(NOBODY), ..AuditQuery::default() }),
    "-sl-" Request::Audit(AuditQuery { child: None, .. }) => Request::Audit(AuditQuery::default()),
    "-sl-" Request::Queue => Request::Queue,
    "-sl-" Request::Precedent(PrecedentAsk::Release(_)) => Request::Precedent(PrecedentAsk::Release(proposal())),
    "-sl-" Request::Precedent(PrecedentAsk::Withdraw(_)) => Request::Precedent(PrecedentAsk::Withdraw(Uuid::nil())),
    "-sl-" Request::Precedent(PrecedentAsk::Export { .. }) => Request::Precedent(PrecedentAsk::Export { to: "/nowhere/to/be/found".into() }),
    "-sl-" Request::Template(TemplateAsk::Export { .. }) => Request::Template(TemplateAsk::Export { to: "/nowhere/to/be/found".into(), anyway: true }),
    "-sl-" Request::Template(TemplateAsk::Import { .. }) => Request::Template(TemplateAsk::Import { from: "/nowhere/to/be/found".into(), take: true }),
    "-sl-" Request::CheckAudit { .. } => Request::CheckAudit { against: vec![] },
    "--l-" Request::OwnText(OwnFile::Fields | OwnFile::Table(_)) => Request::OwnText(OwnFile::Fields),
    "csl-" Request::OwnText(OwnFile::Page(_)) => Request::OwnText(OwnFile::Page("first-visit".into())),
    "--l-" Request::SaveOwn(OwnSave { file: OwnFile::Fields | OwnFile::Table(_), .. }) => own(OwnFile::Table("aid.toml".into())),
    "csl-" Request::SaveOwn(OwnSave { file: OwnFile::Page(_), .. }) => own(OwnFile::Page("first-visit".into())),
    "--l-" Request::DropOwn { file: OwnFile::Fields | OwnFile::Table(_), .. } => Request::DropOwn { file: OwnFile::Fields, entry: None },
    "csl-" Request::DropOwn { file: OwnFile::Page(_), .. } => Request::DropOwn { file: OwnFile::Page("x".into()), entry: None },
    "cslt" Request::Examine => Request::Examine,
    "cslt" Request::Mend => Request::Mend,
    "cslt" Request::Backup { .. } => Request::Backup { to: "/nowhere/to/be/found".into() },
    "cslt" Request::BackUpIfDue => Request::BackUpIfDue,
    "cslt" Request::BackupPlan => Request::BackupPlan,
    "-sl-" Request::SetBackupPlan { .. } => Request::SetBackupPlan { to: None },
    "cslt" Request::Rest => Request::Rest,
    "--l-" Request::Admit(_) => Request::Admit(admission()),
    "--l-" Request::ChangeAccount { .. } => Request::ChangeAccount { worker: tonghu::domain::WorkerId(Uuid::nil()), change: AccountChange::Close },
    "--l-" Request::RotateKey => Request::RotateKey,
    "--l-" Request::FollowResealing => Request::FollowResealing,
    "--l-" Request::NewRecoveryKey => Request::NewRecoveryKey,
    "--l-" Request::RenewRecovery(_) => Request::RenewRecovery(RecoveryKey::generate().unwrap()),
    "cslt" Request::ChangePassphrase { .. } => Request::ChangePassphrase { old: Passphrase::typed("not it"), new: Passphrase::typed(NEW) },
}

/// With a mistake, so that nothing of it is in force.
fn own(file: OwnFile) -> Request {
    Request::SaveOwn(OwnSave { file, text: "?".into(), base: None, draft: None })
}

fn save(at: RecordRef) -> Request {
    let fields = Fields::default().with(child::NAME, "李小红");
    Request::Save(Save { records: vec![SaveRecord { at, base: None, fields }], draft: None })
}

fn act() -> Request {
    let act = Act::Done { on: morning().date(), outcome: String::new() };
    Request::Act { child: NOBODY, follow_up: RecordId(Uuid::nil()), act }
}

fn proposal() -> Proposal {
    Proposal { child: NOBODY, case: Uuid::nil(), lines: vec![] }
}

/// Somebody else's cases.
fn hand_over() -> HandOver {
    let [from, to] = [7, 8].map(|id| tonghu::domain::WorkerId(Uuid::from_u128(id)));
    HandOver { from, to, children: None, why: "离职".into() }
}

fn draft() -> Draft {
    let at = RecordRef::child(NOBODY);
    let job = FormJob { form: "child".into(), at, child: None };
    let (base, fields, texts, focus) = (None, Fields::default(), Default::default(), None);
    Draft { id: Uuid::from_u128(9), job, base, fields, texts, focus, at: Default::default() }
}

fn admission() -> Admission {
    Admission { login: "li".into(), name: "李".into(), role: Role::Lead, passphrase: Passphrase::typed(NEW) }
}

#[test]
fn every_role_is_refused_what_the_table_denies_it_and_nothing_else_and_each_attempt_is_audited() {
    let mut rows = requests();
    // The same request, of what is the station's own.
    rows.push(("-sl-", save(RecordRef::station())));
    rows.push(("-sl-", save(RecordRef::of(RecordKind::Staff, Uuid::nil(), Uuid::from_u128(6)))));
    let unit = Uuid::from_u128(8);
    rows.push(("-sl-", save(RecordRef::of(RecordKind::Unit, unit, unit))));
    for (at, login) in ["chen", "su", DEMO_LOGIN, "fix"].into_iter().enumerate() {
        let station = Station::new();
        let desk = station.sign_in(login).unwrap();
        let log = || fs::read_to_string(station.dir.path().join("tonghu.log")).unwrap();
        for (may, request) in &rows {
            let denied = may.as_bytes()[at] == b'-';
            let (said, reads) = (format!("{login}: {request:?}"), desk.me().role.may_read());
            let before = (log().matches("was refused").count(), if reads { audited(&desk) } else { 0 });
            let answer = desk.ask(request.clone());
            assert_eq!(answer == Err(Refusal::NotAllowed), denied, "{said}: {answer:?}");
            assert_eq!(log().matches("was refused").count() - before.0, usize::from(denied), "{said}");
            if denied && reads {
                assert_eq!(audited(&desk), before.1 + 1, "{said}");
            }
        }
        let mut nobody = std::iter::empty();
        let imported = desk.import(&mut nobody, &Unwatched);
        assert_eq!(imported == Err(Refusal::NotAllowed), login == "fix", "{login}: {imported:?}");
    }
}

#[test]
fn at_the_shell_a_colleague_leaves_comes_back_gets_another_role_and_a_new_passphrase() {
    let home = Home::with_station();
    home.write("new", format!("{NEW}\n"));
    home.write("roster.csv", "姓名\n韩梅梅\n");
    home.signed_in("import roster.csv --yes").done();
    home.signed_in("account add chen --name 陈静 --role caseworker --new-passphrase-file new").done();
    let lead = |line: &str| home.signed_in(&format!("--account zhou account {line}"));
    let chen = |line: &str| home.run(&format!("--account chen --passphrase-file new {line}"));
    chen("account disable zhou").refused(1, &["没有权限"]);
    lead("disable zhou").refused(1, &["最后一位"]);
    lead("role zhou support").refused(1, &["最后一位"]);
    lead("disable nobody").refused(3, &["nobody"]);

    let said = lead("disable Chen").done();
    assert!(said.contains("陈静") && said.contains("收不回来"), "{said}");
    chen("find hmm").refused(4, &["已停用"]);
    home.run("--account chen --passphrase-file pass find hmm").refused(4, &["口令不对"]);
    assert!(lead("list").done().contains("已停用"));
    assert_eq!(lead("list --json").json()["accounts"][1]["closed"], true);
    assert!(
        home.signed_in("find hmm").done().contains("韩梅梅"),
        "she is no account to choose from any more"
    );

    lead("enable chen").done();
    assert!(chen("find hmm").done().contains("韩梅梅"));
    lead("role chen support").done();
    chen("find hmm").refused(1, &["没有权限"]);
    chen("doctor").done();
    lead("role chen lead").done();
    assert!(chen("find hmm").done().contains("韩梅梅"));
    chen("account role chen caseworker").refused(1, &["自己的角色"]);
    chen("account role zhou caseworker").done();
    lead("list").done();
    lead("role chen caseworker").refused(1, &["没有权限"]);

    home.write("third", "three frogs on a wet roof\n");
    chen("account reset zhou --new-passphrase-file third").done();
    home.signed_in("--account zhou doctor").refused(4, &["口令不对"]);
    home.run("--account zhou --passphrase-file third doctor").done();
    chen("account reset chen --new-passphrase-file third").refused(1, &["自己"]);
}

#[test]
fn on_the_screen_closing_an_account_says_what_it_does_not_do_and_the_name_stays() {
    for lang in Lang::ALL {
        for size in [(80, 24), (60, 18)] {
            let station = Station::new();
            let mut face = station.accounts(lang, size);
            let [close, sure, closed] = match lang {
                Lang::Zh => ["停用账号", "收不回来", "已停用"],
                Lang::En => ["Close the account", "take that back", "closed"],
            };
            // Behind what a lead may do, the titles and the lead.
            face.press("end up up enter").sees("陈静").sees(close).press("down down enter").sees(sure);
            face.press("enter").press("esc").sees_no(closed);
            face.press("f2").type_text("accounts").press("enter").press("end up up enter down down enter");
            face.press("right enter").sees(closed).sees("陈静");
            face.press("enter").sees(if lang == Lang::Zh { "重新启用" } else { "Open it again" });
            drop(face);
            assert!(matches!(station.sign_in("chen"), Err(DoorError::Closed)));
            let lead = station.lead();
            assert!(staff(&lead, "chen").closed);
            let Answer::Station(known) = lead.ask(Request::Station).unwrap() else { panic!() };
            assert!(known.colleagues().all(|staff| staff.login != "chen"), "no work is handed to her");
            let chen = staff(&lead, "chen").worker;
            assert_eq!(known.worker(chen), Some("陈静"), "her name stays on what she wrote");
        }
    }
}

#[test]
fn every_question_about_an_account_fits_every_terminal_and_a_long_list_says_that_it_goes_on() {
    let station = Station::new();
    for lang in Lang::ALL {
        for size in [(80, 24), (60, 18), (120, 40)] {
            // What can be done; which role; to support, to another reader; a passphrase; closing; the same for support.
            for keys in [
                "end up up enter",
                "end up up enter enter",
                "end up up enter enter down down enter",
                "end up up enter enter enter",
                "end up up enter down enter",
                "end up up enter down down enter",
                "end enter enter enter",
                "end enter down down enter",
            ] {
                let mut face = station.accounts(lang, size);
                face.press(keys);
                let screen = face.screen();
                let body = screen.lines().skip(1).collect::<Vec<_>>().join("\n");
                assert!(!body.contains('~') && !body.contains("accounts-"), "{keys} at {size:?}\n{screen}");
                assert!(face.cursor().y + 1 < size.1, "{keys} at {size:?}\n{screen}");
            }
        }
    }
    let lead = station.lead();
    for n in 0..9 {
        let login = format!("w{n}");
        lead.ask(Request::Admit(Admission { login, ..admission() })).unwrap();
    }
    drop(lead);
    let mut face = station.accounts(Lang::Zh, (60, 18));
    face.sees("下面还有").press("end").sees_no("下面还有").sees("w8");
}

#[test]
fn a_support_account_that_becomes_a_reader_reads_and_one_that_is_demoted_does_not() {
    let station = Station::new();
    let lead = station.lead();
    change(&lead, "fix", AccountChange::Role(Role::Caseworker)).unwrap();
    change(&lead, "su", AccountChange::Role(Role::Support)).unwrap();
    // Written by the lead, who is still signed in, after both.
    lead.ask(save(RecordRef::child(ChildId(Uuid::from_u128(5))))).unwrap();
    let before = audited(&lead);
    change(&lead, "chen", AccountChange::Close).unwrap();
    assert!(audited(&lead) > before);
    drop(lead);
    let fix = station.sign_in("fix").unwrap();
    for name in ["wangxm", "李小红"] {
        let Answer::Found(found) = fix.ask(Request::Find { text: Query(name.into()), limit: 5 }).unwrap()
        else {
            panic!()
        };
        assert_eq!(found.lines.len(), 1, "{name}");
    }
    drop(fix);
    let su = station.sign_in("su").unwrap();
    assert_eq!(su.me().role, Role::Support);
    assert_eq!(su.ask(Request::Station), Err(Refusal::NotAllowed));
}

#[test]
fn the_paper_key_opens_no_account_that_is_closed() {
    let station = Station::new();
    let key = RecoveryKey::generate().unwrap();
    let lead = station.lead();
    lead.ask(Request::RenewRecovery(key.clone())).unwrap();
    change(&lead, "chen", AccountChange::Close).unwrap();
    drop(lead);
    for _ in 0..6 {
        assert!(
            matches!(station.sign_in("chen"), Err(DoorError::Closed)),
            "the right passphrase is no guess"
        );
    }
    let kdf = tonghu::vault::KdfParams::for_tests();
    let refused = station.door().recover("chen", &key, &Passphrase::typed(NEW), kdf).err();
    assert!(matches!(refused, Some(DoorError::Closed)), "{refused:?}");
    drop(station.door().recover("su", &key, &Passphrase::typed(NEW), kdf).unwrap());
}

#[test]
fn guessing_at_a_desk_that_somebody_left_open_is_as_slow_as_guessing_at_the_door() {
    let station = Station::new();
    for login in ["chen", "fix"] {
        let desk = station.sign_in(login).unwrap();
        let guess = |text: &str| {
            desk.ask(Request::ChangePassphrase { old: Passphrase::typed(text), new: Passphrase::typed(DEMO) })
        };
        let wrong = Err(Refusal::Account(AccountFault::WrongPassphrase));
        assert_eq!([guess("one"), guess("two"), guess("three")], [wrong.clone(), wrong.clone(), wrong]);
        let wait = guess(NEW);
        assert_eq!(
            wait,
            Err(Refusal::Account(AccountFault::Wait { seconds: 1 })),
            "the right one waits as well"
        );
        drop(desk);
        let shut = station.sign_in(login).err();
        assert!(matches!(shut, Some(DoorError::Wait { seconds: 1 })), "{login} at the door: {shut:?}");
    }
    drop(station.lead());
}
