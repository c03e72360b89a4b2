//! Closed cases become precedents: read line by line, without anything that tells who it was, compared with the child on
//! screen, and exchanged between stations as a file.

mod screens;

use crate::registers::{House, add, choice, save};
use chrono::NaiveDate;
use std::path::Path;
use std::sync::Arc;
use tonghu::domain::forms::*;
use tonghu::domain::{ChildId, FieldId, Fields, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn many(codes: &[&str]) -> Value {
    Value::Choices(codes.iter().map(|code| (*code).to_owned()).collect())
}

fn ask(desk: &Desk, ask: PrecedentAsk) -> Result<PrecedentAnswer, Refusal> {
    match desk.ask(Request::Precedent(ask))? {
        Answer::Precedent(answer) => Ok(answer),
        other => panic!("{other:?}"),
    }
}

fn review(desk: &Desk, child: Uuid) -> Box<Review> {
    match ask(desk, PrecedentAsk::Review(ChildId(child))).unwrap() {
        PrecedentAnswer::Review(review) => review,
        other => panic!("{other:?}"),
    }
}

fn list(desk: &Desk, like: Option<Uuid>) -> PrecedentList {
    match ask(desk, PrecedentAsk::List { like: like.map(ChildId) }).unwrap() {
        PrecedentAnswer::List(list) => list,
        other => panic!("{other:?}"),
    }
}

/// Everything that could tell who the child is, each at least once in what was written.
const PLANTED: [&str; 34] = [
    "王晓明",
    "晓明",
    "小明",
    "明明",
    "豆豆",
    "李桂英",
    "王强",
    "王小红",
    "王奶奶",
    "赵家",
    "何秀兰",
    "孙伟",
    "周晓琴",
    "刘老师",
    "10012345678",
    "99140320150312565X",
    "TH2026-000001",
    "石门镇",
    "杨家坪",
    "渭南",
    "希望小学",
    "三年级二班",
    "渭南监狱",
    "2015-03-12",
    "2026年1月5日",
    "３月５日",
    "一零零一二三四五六七八",
    "Wang Xiaoming",
    "wangxiaoming",
    "WXM",
    "东支",
    "韩梅梅",
    "石门司法所",
    "9岁",
];

/// A field that this station has made for itself.
const CLAN: &str = "[[field]]\nform = \"child\"\nid = \"x-clan\"\nkind = \"line\"\nzh = \"宗族\"\n";

/// A closed case with all of that in every field that can be told of.
fn closed_case(desk: &Desk) -> Uuid {
    let child = ChildId(Uuid::now_v7());
    let household = Uuid::now_v7();
    let text = PLANTED.join("，") + "来过。后来每天到校。";
    let fields = Fields::default()
        .with(child::NAME, "王晓明")
        .with(child::NICKNAME, "豆豆")
        .with(child::SEX, choice("m"))
        .with(child::BIRTH, day("2015-03-12"))
        .with(child::ID_NUMBER, "99140320150312565X")
        .with(child::GUARDIAN, "李桂英")
        .with(child::PHONE, "10012345678")
        .with(child::VILLAGE, "石门镇杨家坪村")
        .with(child::SCHOOL, "石门镇希望小学")
        .with(child::CLASS, "三年级二班")
        .with(FieldId::new("x-clan"), "东支")
        .with(child::CATEGORIES, many(&["prisoner", "left-behind"]))
        .with(child::RISK, choice("high"))
        .with(child::REMARKS, text.as_str())
        .with(child::HOUSEHOLD, Value::Link(household));
    save(desk, RecordRef::child(child), None, fields).unwrap();
    let sister = ChildId(Uuid::now_v7());
    let fields = Fields::default().with(child::NAME, "王小红").with(child::HOUSEHOLD, Value::Link(household));
    save(desk, RecordRef::child(sister), None, fields).unwrap();
    let put = |kind, fields| save(desk, RecordRef::of(kind, child.0, Uuid::now_v7()), None, fields).unwrap();
    let father = Fields::default()
        .with(member::ROLE, choice("father"))
        .with(member::NAME, "王强")
        .with(member::CIRCUMSTANCE, choice("prison"))
        .with(member::PLACE, "渭南监狱");
    save(desk, RecordRef::of(RecordKind::Member, household, Uuid::now_v7()), None, father).unwrap();
    let text = text.as_str();
    save(
        desk,
        RecordRef::of(RecordKind::Situation, child.0, child.0),
        None,
        Fields::default().with(situation::LIVES, choice("kin")),
    )
    .unwrap();
    let with = |fields: &[(FieldId, &str)], on: &[(FieldId, &str)], codes: &[(FieldId, Value)]| {
        let mut all = Fields::default();
        fields.iter().for_each(|(id, text)| all.set(id.clone(), Some(Value::Text((*text).to_owned()))));
        on.iter().for_each(|(id, date)| all.set(id.clone(), Some(Value::Date(day(date)))));
        codes.iter().for_each(|(id, code)| all.set(id.clone(), Some(code.clone())));
        all
    };
    put(
        RecordKind::Contact,
        with(
            &[(contact::SEEN, text), (contact::CONCERN_TEXT, text)],
            &[(contact::ON, "2025-11-05")],
            &[(contact::KIND, choice("visit")), (contact::CONCERN, Value::Yes(true))],
        ),
    );
    put(RecordKind::Note, with(&[(note::TEXT, text)], &[(note::ON, "2025-12-01")], &[]));
    put(
        RecordKind::Goal,
        with(
            &[(goal::GOAL, "每天到校"), (goal::WHO, "孙伟"), (goal::OUTCOME, text)],
            &[(goal::DUE, "2025-12-31"), (goal::REACHED, "2025-12-20")],
            &[(goal::DOMAIN, choice("schooling"))],
        ),
    );
    put(RecordKind::Finding, with(&[(finding::SEEN, text)], &[(finding::FOUND, "2025-10-01")], &[]));
    put(
        RecordKind::Referral,
        with(
            &[(referral::WHAT, text), (referral::OFFICE, "石门司法所"), (referral::OUTCOME_TEXT, text)],
            &[(referral::SENT, "2025-11-10"), (referral::ENDED, "2025-12-10")],
            &[(referral::TO, choice("justice")), (referral::OUTCOME, choice("helped"))],
        ),
    );
    put(
        RecordKind::Conference,
        with(
            &[(conference::ABOUT, text), (conference::DECIDED, text)],
            &[(conference::ON, "2025-11-20")],
            &[(conference::WITH, many(&["police", "education"]))],
        ),
    );
    put(
        RecordKind::Placement,
        with(
            &[(placement::FAMILY, "赵家"), (placement::END_REASON, "回到家里，王奶奶照料")],
            &[(placement::BEGUN, "2025-11-01"), (placement::ENDED, "2026-01-05")],
            &[(placement::KIND, choice("kinship"))],
        ),
    );
    put(
        RecordKind::FamilyContact,
        with(
            &[(family_contact::NOTE, text)],
            &[(family_contact::ON, "2025-12-02")],
            &[(family_contact::WAY, choice("call")), (family_contact::WITH, choice("father"))],
        ),
    );
    for on in ["2025-11-15", "2025-11-22", "2025-11-29"] {
        put(
            RecordKind::Session,
            with(
                &[(session::VOLUNTEER, "何秀兰"), (session::WHAT, text), (session::CHILD_SAID, "想爸爸王强")],
                &[(session::ON, on)],
                &[(session::MINUTES, Value::Number(60))],
            ),
        );
    }
    let file = match desk.ask(Request::File(child)).unwrap() {
        Answer::File(file) => file,
        other => panic!("{other:?}"),
    };
    let case = &file.cases[0];
    let closed = case
        .fields
        .clone()
        .with(case::OPENED, day("2025-10-01"))
        .with(case::REASON, text)
        .with(case::ASSESSED, day("2025-10-10"))
        .with(case::ASSESSMENT, text)
        .with(case::PLANNED, day("2025-10-20"))
        .with(case::PLAN, text)
        .with(case::REVIEWED, day("2026-01-10"))
        .with(case::REVIEW, text)
        .with(case::CLOSED, day("2026-02-01"))
        .with(case::CLOSE_REASON, choice("goals-met"))
        .with(case::ARRANGEMENT, "随王奶奶住在杨家坪");
    save(desk, case.at, Some(case.fields.clone()), closed).unwrap();
    child.0
}

fn station(house: &House) -> Arc<Desk> {
    drop(house.station());
    std::fs::write(house.dir().join("fields.toml"), CLAN).unwrap();
    let desk = house.reopen();
    let Answer::Station(own) = desk.ask(Request::Station).unwrap() else { panic!() };
    let fields = own.record.as_ref().map(|record| record.fields.clone()).unwrap_or_default();
    let named = fields.clone().with(station::NAME, "石门站").with(station::CITY, "渭南市");
    save(&desk, RecordRef::station(), Some(fields), named).unwrap();
    let volunteer = Fields::default()
        .with(volunteer::NAME, "何秀兰")
        .with(volunteer::VILLAGE, "杨家坪")
        .with(volunteer::CHECKED, day("2025-06-01"))
        .with(volunteer::TRAINED, day("2025-06-01"));
    add(&desk, RecordKind::Volunteer, volunteer).unwrap();
    let other = Fields::default().with(child::NAME, "韩梅梅").with(child::GUARDIAN, "周晓琴");
    save(&desk, RecordRef::child(ChildId(Uuid::now_v7())), None, other).unwrap();
    desk
}

/// Every line as it was replaced.
fn all_lines(review: &Review) -> Vec<Told> {
    let told = |line: &ReviewLine| Told {
        source: line.source.clone(),
        month: line.month,
        tells: "happened".into(),
        text: line.neutral.clone(),
    };
    review.lines.iter().map(told).collect()
}

fn release(desk: &Desk, child: Uuid, case: Uuid, lines: Vec<Told>) -> Result<PrecedentAnswer, Refusal> {
    ask(desk, PrecedentAsk::Release(Proposal { child: ChildId(child), case, lines }))
}

#[test]
fn nothing_that_was_planted_in_any_field_survives_in_what_is_released_or_given_away() {
    let house = House::new();
    let desk = station(&house);
    let child = closed_case(&desk);
    let review = review(&desk, child);
    assert!(review.lines.len() > 20, "all that was written is offered: {}", review.lines.len());
    let mut lines = all_lines(&review);
    for planted in PLANTED {
        let told = lines.iter().find(|line| line.text.contains(planted));
        assert!(told.is_none(), "{planted} is in {told:?}");
    }
    lines.truncate(60);
    release(&desk, child, review.case, lines).unwrap();
    let kept = list(&desk, None);
    let text = serde_json::to_string(&kept.lines[0].precedent).unwrap();
    let out = std::env::temp_dir().join(format!("tonghu-{}.json", Uuid::now_v7()));
    ask(&desk, PrecedentAsk::Export { to: out.clone() }).unwrap();
    let file = std::fs::read_to_string(&out).unwrap();
    std::fs::remove_file(&out).unwrap();
    for told in [text, file] {
        for planted in PLANTED {
            assert!(!told.contains(planted), "{planted} is in {told}");
        }
        for part in ["石门", "桂英", "国庆", "2025", "2026", "2015", &child.to_string(), "Xiaoming"] {
            assert!(!told.contains(part), "{part} is in {told}");
        }
        assert!(told.contains("后来每天到校"), "and what happened is there");
        assert!(told.contains("[孩子]") && told.contains("[某地]") && told.contains("[电话]"));
    }
}

#[test]
fn a_line_that_still_tells_is_refused_with_what_it_tells_and_nothing_is_released() {
    let house = House::new();
    let desk = station(&house);
    let child = closed_case(&desk);
    let case = review(&desk, child).case;
    let line = |text: &str| Told {
        source: "visit".into(),
        month: Some(2),
        tells: "helped".into(),
        text: text.into(),
    };
    let harmless = line("换同桌以后每天到校");
    for (text, tells) in [
        ("小 明 换了同桌", Tells::Child),
        ("去王奶奶家两次", Tells::Family),
        ("妹妹小红也去", Tells::Family),
        ("志愿者秀兰陪着", Tells::Volunteer),
        ("在杨家坪", Tells::Place),
        ("希望小学的老师", Tells::School),
        ("打了１００１２３４５６７８", Tells::Phone),
        ("三月五号以后", Tells::Date(None)),
    ] {
        let refused = release(&desk, child, case, vec![harmless.clone(), line(text)]).unwrap_err();
        match refused {
            Refusal::Precedent(PrecedentFault::Identifies { line: 1, mark }) => {
                assert_eq!(mark.tells, tells, "{text}")
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(list(&desk, None).lines.is_empty());
    let nothing = release(&desk, child, case, vec![]).unwrap_err();
    assert_eq!(nothing, Refusal::Precedent(PrecedentFault::Nothing));
}

#[test]
fn a_case_is_released_once_and_again_only_after_it_was_taken_back() {
    let house = House::new();
    let desk = station(&house);
    let child = closed_case(&desk);
    let case = review(&desk, child).case;
    let lines = || vec![plain("每天到校")];
    release(&desk, child, case, lines()).unwrap();
    assert!(review(&desk, child).released);
    let twice = release(&desk, child, case, lines()).unwrap_err();
    assert_eq!(twice, Refusal::Precedent(PrecedentFault::Twice));
    let id = list(&desk, None).lines[0].id;
    drop(desk);
    let desk = house.reopen();
    assert_eq!(list(&desk, None).lines[0].id, id, "it is there after the station was closed");
    ask(&desk, PrecedentAsk::Withdraw(id)).unwrap();
    assert!(list(&desk, None).lines.is_empty());
    release(&desk, child, case, lines()).unwrap();
    let audit = desk.ask(Request::Audit(AuditQuery { limit: 100, ..AuditQuery::default() })).unwrap();
    let Answer::Audit(page) = audit else { panic!() };
    let of = |verb| page.lines.iter().filter(|line| line.verb == verb).count();
    assert_eq!((of(Verb::Release), of(Verb::Withdraw)), (2, 1));
    assert!(page.lines.iter().any(|line| line.verb == Verb::Release && line.child == Some(ChildId(child))));
}

#[test]
fn an_open_case_or_a_case_that_was_opened_again_is_no_precedent() {
    let house = House::new();
    let desk = station(&house);
    let child = closed_case(&desk);
    let Answer::File(file) = desk.ask(Request::File(ChildId(child))).unwrap() else { panic!() };
    let fields = &file.cases[0].fields;
    let again = fields.clone().with(case::REOPENED, day("2026-02-20")).with(case::REOPEN_REASON, "又旷课");
    save(&desk, file.cases[0].at, Some(fields.clone()), again).unwrap();
    let refused = ask(&desk, PrecedentAsk::Review(ChildId(child))).unwrap_err();
    assert_eq!(refused, Refusal::Precedent(PrecedentFault::NotClosed));
}

#[test]
fn what_was_tried_and_what_came_of_it_is_told_in_codes_and_bands() {
    let house = House::new();
    let desk = station(&house);
    let child = closed_case(&desk);
    let of = review(&desk, child).precedent;
    let tried: Vec<(&str, &str)> =
        of.tried.iter().map(|(what, times)| (what.as_str(), times.as_str())).collect();
    let expected = [
        ("conference", "once"),
        ("family-contact", "once"),
        ("goal", "once"),
        ("session", "few"),
        ("visit", "once"),
    ];
    assert_eq!(tried, expected);
    assert_eq!((of.child.age.as_str(), of.child.sex.as_str(), of.child.lives.as_str()), ("9-11", "m", "kin"));
    assert_eq!(of.child.circumstances.iter().collect::<Vec<_>>(), ["prison"]);
    assert_eq!((of.outcome.as_str(), of.length.as_str()), ("goals-met", "from-3"));
    let referred: Vec<_> = of.referrals.iter().map(|one| (one.to.as_str(), one.outcome.as_str())).collect();
    assert_eq!(referred, [("justice", "helped")]);
    assert_eq!(of.placements.iter().collect::<Vec<_>>(), ["kinship"]);
    let goals: Vec<_> = of.goals.iter().map(|goal| (goal.domain.as_str(), goal.end.as_str())).collect();
    assert_eq!(goals, [("schooling", "reached")]);
}

fn plain(text: &str) -> Told {
    Told { source: "visit".into(), month: Some(2), tells: "helped".into(), text: text.into() }
}

fn open_child(desk: &Desk, name: &str, categories: &[&str], birth: &str) -> Uuid {
    let child = ChildId(Uuid::now_v7());
    let fields = Fields::default()
        .with(child::NAME, name)
        .with(child::SEX, choice("f"))
        .with(child::BIRTH, day(birth))
        .with(child::CATEGORIES, many(categories));
    save(desk, RecordRef::child(child), None, fields).unwrap();
    child.0
}

fn import(desk: &Desk, from: &Path, take: bool) -> Result<PrecedentLook, Refusal> {
    match ask(desk, PrecedentAsk::Import { from: from.to_owned(), take })? {
        PrecedentAnswer::Looked(look) => Ok(look),
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_station_looks_first_takes_each_once_and_finds_the_most_alike() {
    let (house, there) = (House::new(), House::new());
    let desk = station(&house);
    let child = closed_case(&desk);
    let case = review(&desk, child).case;
    release(&desk, child, case, vec![plain("换同桌以后每天到校")]).unwrap();
    let file = house.dir().join("out.json");
    ask(&desk, PrecedentAsk::Export { to: file.clone() }).unwrap();
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let again = ask(&desk, PrecedentAsk::Export { to: file.clone() }).unwrap_err();
    assert_eq!(again, Refusal::Precedent(PrecedentFault::File(HandoutFault::Exists)));
    let own = import(&desk, &file, true).unwrap();
    assert_eq!((own.new, own.known), (0, 1), "its own comes back to nothing new");

    let desk = there.station();
    let look = import(&desk, &file, false).unwrap();
    assert_eq!((look.new, look.known, look.taken), (1, 0, false));
    assert!(list(&desk, None).lines.is_empty(), "a look keeps nothing");
    assert_eq!(import(&desk, &file, true).unwrap().new, 1);
    assert_eq!(import(&desk, &file, true).unwrap().known, 1);
    let kept = list(&desk, None);
    assert_eq!((kept.lines.len(), kept.lines[0].by), (1, None));
    assert_eq!(kept.lines[0].precedent.lines[0].text, "换同桌以后每天到校");

    let near = open_child(&desk, "李丽", &["prisoner"], "2016-02-01");
    let far = open_child(&desk, "赵云", &["street"], "2010-02-01");
    let like = |child| list(&desk, Some(child)).lines[0].like.clone();
    assert_eq!(like(near), (8, vec![Like::Category("prisoner".into()), Like::Age("9-11".into())]));
    assert_eq!(like(far), (0, vec![]));
}

/// A file as a station writes it, with another body or version.
fn handed(format: &str, version: u32, body: &str) -> Vec<u8> {
    let hash = blake3::hash(body.as_bytes()).to_hex();
    format!("{{\"format\":\"{format}\",\"version\":{version},\"blake3\":\"{hash}\"}}\n{body}").into_bytes()
}

#[test]
fn a_file_that_is_newer_damaged_foreign_or_too_large_is_refused_with_what_it_is() {
    let house = House::new();
    let desk = house.station();
    let file = house.dir().join("in.json");
    let empty = "{\"precedents\":[]}";
    let mut cut = handed("tonghu-precedents", 1, empty);
    cut.pop();
    for (bytes, fault) in [
        (handed("tonghu-precedents", 2, "what a newer one has"), HandoutFault::Newer { version: 2 }),
        (cut, HandoutFault::Damaged),
        (handed("tonghu-template", 1, empty), HandoutFault::OtherKind),
        (handed("tonghu-precedents", 1, "{\"precedents\":3}"), HandoutFault::Shape { line: 2 }),
        (b"{}".to_vec(), HandoutFault::NotOurs),
        (b"PK\x03\x04\n".to_vec(), HandoutFault::NotOurs),
        (vec![b' '; (4 << 20) + 1], HandoutFault::TooLarge { most: 4 << 20 }),
    ] {
        std::fs::write(&file, bytes).unwrap();
        assert_eq!(import(&desk, &file, true).unwrap_err(), Refusal::Precedent(PrecedentFault::File(fault)));
    }
    std::fs::remove_file(&file).unwrap();
    let none = import(&desk, &file, true).unwrap_err();
    assert_eq!(none, Refusal::Precedent(PrecedentFault::File(HandoutFault::Missing)));
    assert!(list(&desk, None).lines.is_empty());
}

#[test]
fn of_a_file_only_what_reads_as_a_precedent_and_tells_nobody_is_taken() {
    let house = House::new();
    let desk = house.station();
    let one = |child: &str, line: &str| {
        format!(
            "{{\"child\":{{\"sex\":\"f\",\"age\":\"9-11\",\"categories\":[{child}],\"circumstances\":[],\"lives\":\"\",\"risk\":\"\"}},\
             \"tried\":{{}},\"referrals\":[],\"placements\":[],\"goals\":[],\"scores\":[],\"outcome\":\"adult\",\"length\":\"from-3\",\
             \"lines\":[{{\"source\":\"visit\",\"month\":1,\"tells\":\"helped\",\"text\":\"{line}\"}}]}}"
        )
    };
    let all = [
        one("\"prisoner\"", "好转"),
        one("\"wang-xiaoming\"", "好转"),
        one("\"prisoner\"", "电话10012345678"),
        one("\"prisoner\"", "2026年3月5日好转"),
        one("\"prisoner\"", "好\\u001b[2J转"),
        one("\"prisoner\"", &"长".repeat(301)),
        "{\"child\":{}}".to_owned(),
        one("\"prisoner\"", "好转").replacen("\"tried\"", "\"name\":\"王小明\",\"tried\"", 1),
    ];
    let file = house.dir().join("in.json");
    let body = format!("{{\"precedents\":[{}]}}", all.join(","));
    std::fs::write(&file, handed("tonghu-precedents", 1, &body)).unwrap();
    let look = import(&desk, &file, true).unwrap();
    let flaws = [
        (2, PrecedentFlaw::Code("category")),
        (3, PrecedentFlaw::Identifies(1)),
        (4, PrecedentFlaw::Identifies(1)),
        (5, PrecedentFlaw::Characters),
        (6, PrecedentFlaw::TooMuch),
        (7, PrecedentFlaw::Shape),
        (8, PrecedentFlaw::Shape),
    ];
    assert_eq!((look.new, look.flawed), (1, flaws.to_vec()));
    assert_eq!(list(&desk, None).lines.len(), 1);
}

#[test]
fn a_caseworker_proposes_and_a_supervisor_finds_it_and_lets_it_go() {
    let house = House::new();
    let desk = station(&house);
    let child = closed_case(&desk);
    let passphrase = || Passphrase::typed("a key under the mat");
    for (login, name, role) in [("chen", "陈静", Role::Caseworker), ("su", "苏敏", Role::Supervisor)] {
        let admission = Admission { login: login.into(), name: name.into(), role, passphrase: passphrase() };
        desk.ask(Request::Admit(admission)).unwrap();
    }
    drop(desk);
    let chen = house.sign_in("chen", &passphrase());
    let begun = review(&chen, child);
    let kept = begun.lines.iter().position(|line| line.text == "每天到校").unwrap();
    let of = &begun.lines[kept];
    let told = |text: &str| Told {
        source: of.source.clone(),
        month: of.month,
        tells: "helped".into(),
        text: text.into(),
    };
    let proposal = |lines| Proposal { child: ChildId(child), case: begun.case, lines };
    let names = ask(&chen, PrecedentAsk::Propose(proposal(vec![told("小明到校")]))).unwrap_err();
    assert!(matches!(names, Refusal::Precedent(PrecedentFault::Identifies { line: 0, .. })), "{names:?}");
    let lines = vec![told("每天到校"), told("换了同桌")];
    ask(&chen, PrecedentAsk::Propose(proposal(lines))).unwrap();
    assert!(list(&chen, None).lines.is_empty(), "nobody reads it before it is let go");
    drop(chen);

    let su = house.sign_in("su", &passphrase());
    let waiting = list(&su, None).waiting;
    assert_eq!((waiting.len(), waiting[0].child, waiting[0].name.as_str()), (1, ChildId(child), "王晓明"));
    let read = review(&su, child);
    assert!(read.proposed);
    let proposed: Vec<&ReviewLine> = read.lines.iter().filter(|line| line.proposed.is_some()).collect();
    let texts: Vec<(&str, &str)> =
        proposed.iter().map(|line| (line.text.as_str(), line.neutral.as_str())).collect();
    assert_eq!(texts, [("", "换了同桌"), ("每天到校", "每天到校")], "what was written anew comes first");
    let lines = proposed.iter().map(|line| told(&line.neutral)).collect();
    ask(&su, PrecedentAsk::Release(proposal(lines))).unwrap();
    let now = list(&su, None);
    assert_eq!((now.lines.len(), now.waiting.len()), (1, 0));
}
