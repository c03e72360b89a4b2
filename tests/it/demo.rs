//! The invented station, as whoever opens it for the first time finds it.

use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tempfile::TempDir;
use tonghu::domain::forms::{
    activity, aid_entry, child, foster_family, member, placement, score, session, volunteer,
};
use tonghu::domain::{ChildId, Fields, RecordKind, WorkerId, aid, check};
use tonghu::exchange::demo;
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::practice::scoring::Turn;
use tonghu::tui::harness::Harness;
use tonghu::tui::screen::{DoorAnswer, DoorView, Place};

use crate::fake::day;
use crate::registers::register;

/// The days on which it is looked at: an autumn, the end of a winter in which a leap day is missing, and a leap day.
const DAYS: [&str; 3] = ["2026-11-23", "2027-02-28", "2028-02-29"];

struct House {
    _dir: TempDir,
    desk: Arc<Desk>,
    today: NaiveDate,
}

impl House {
    fn new(on: &str) -> House {
        House::with(200, on)
    }

    fn with(children: usize, on: &str) -> House {
        let dir = tempfile::tempdir().unwrap();
        let today = day(on);
        let clock = Arc::new(StillClock::at(today.and_hms_opt(9, 0, 0).unwrap()));
        let files = |workers: &[WorkerId]| demo::files(20_261_121, children, today, workers);
        let door = Door::new(dir.path().to_owned(), clock);
        let desk = invented(&door, demo::station(), demo::STAFF, files).unwrap();
        demo::keep_registers(&*desk, today).unwrap();
        demo::keep_precedents(&*desk).unwrap();
        House { _dir: dir, desk, today }
    }

    /// The file that a search opens at Enter.
    fn found(&self, text: &str) -> CaseFile {
        let ask = Request::Find { text: Query(text.into()), limit: 5 };
        let Answer::Found(found) = self.desk.ask(ask).unwrap() else { panic!() };
        match self.desk.ask(Request::File(found.lines[0].row.child)).unwrap() {
            Answer::File(file) => *file,
            other => panic!("{other:?}"),
        }
    }

    fn kept(&self, kind: RecordKind) -> Vec<Fields> {
        register(&self.desk, kind).into_iter().map(|line| line.record.fields).collect()
    }

    fn matched(&self, child: ChildId) -> Vec<(String, Fit)> {
        let Answer::Match(found) = self.desk.ask(Request::Match(child)).unwrap() else { panic!() };
        found.into_iter().map(|one| (one.record.fields.text(&volunteer::NAME).to_owned(), one.fit)).collect()
    }

    fn face(&self, lang: Lang) -> Harness {
        Harness::new(self.desk.clone(), lang, self.today.and_hms_opt(9, 0, 0).unwrap())
    }
}

/// Each child of a story, as a newcomer types it, what the rules say first, and what kinds of records its file holds.
#[rustfmt::skip] // a table
const STORIES: &[(&str, &str, &[&str], &[RecordKind])] = {
    use RecordKind::*;
    &[
        ("tianguyu", "田谷雨", &["paper-prison", "referral-chase"],
            &[Situation, Goal, Consent, Referral, Conference, FamilyContact, Score]),
        ("ranxiaoman", "冉小满", &["closed-without-approval"],
            &[Situation, Goal, Consent, Session, Score]),
        ("xiangbailu", "向白露", &["triage-danger", "branch-parents-unable", "dropped-out", "referral-not-received", "term-too-short"],
            &[Situation, Finding, Referral, Conference, Score]),
        ("qinliqiu", "覃立秋", &[],
            &[Situation, Goal, Consent, Referral, Placement, Score]),
        ("longxiaoxue", "龙小雪", &["weekly-contact", "school-not-told"],
            &[Situation, Goal, Consent, FamilyContact, Session, Score]),
        ("longxiaohan", "龙小寒", &["weekly-contact", "school-not-told"],
            &[Situation, Goal, FamilyContact]),
    ]
};

#[test]
fn each_story_is_found_by_pinyin_and_stands_at_its_point_whatever_the_day() {
    for on in DAYS {
        let house = House::new(on);
        for (at, (typed, name, rules, kinds)) in STORIES.iter().enumerate() {
            let file = house.found(typed);
            assert_eq!(file.child.fields.text(&child::NAME), *name, "{on}");
            let number = format!("TH{}-{:06}", &on[..4], at + 1);
            assert_eq!(file.child.fields.text(&child::CASE_NO), number);
            let says: Vec<&str> = file.flags.iter().map(|flag| flag.rule.as_str()).collect();
            assert_eq!(says, *rules, "{on}: {name}");
            for kind in *kinds {
                assert!(file.services.iter().any(|one| one.at.kind == *kind), "{name}: {kind:?}");
            }
        }
    }
}

#[test]
fn the_answers_of_the_demo_are_those_that_the_instruments_ask_for() {
    let house = House::new(DAYS[0]);
    let Answer::Station(station) = house.desk.ask(Request::Station).unwrap() else { panic!() };
    let (mut scores, mut worse) = (0, 0);
    for (typed, ..) in STORIES {
        for one in house.found(typed).services.iter().filter(|one| one.at.kind == RecordKind::Score) {
            let form = station.form_of(RecordKind::Score, &one.fields).unwrap();
            assert!(form.id.starts_with("score-"), "of an instrument: {}", form.id);
            assert_eq!(check::check(form, &one.fields, house.today), [], "{typed} {}", form.id);
            assert_eq!(check::missing(form, &one.fields), [], "{typed} {}", form.id);
            scores += 1;
            worse += usize::from(!one.fields.text(&score::NOTE).is_empty());
        }
    }
    assert_eq!((scores, worse), (26, 1), "what became worse is said in words");
    let Answer::Evaluation(all) = house.desk.ask(Request::Evaluation { instrument: None }).unwrap() else {
        panic!()
    };
    let of = |id: &str| &all.iter().find(|(known, _)| known == id).unwrap().1;
    assert!(all.iter().all(|(_, one)| one.incomplete == 0));
    assert!(of("self-efficacy").count(Turn::Better) > of("self-efficacy").count(Turn::Worse));
    assert_eq!(of("economic-pressure").count(Turn::Worse), 1, "money became tighter");
}

#[test]
fn the_registers_are_filled_and_say_who_cannot_help_now() {
    let house = House::new(DAYS[0]);
    let count = |kind| house.kept(kind).len();
    assert!(count(RecordKind::Volunteer) >= 6 && count(RecordKind::FosterFamily) >= 4);
    assert!(count(RecordKind::Agency) >= 8 && count(RecordKind::Base) >= 3 && count(RecordKind::Donor) >= 4);
    assert!(count(RecordKind::Unit) >= 5 && count(RecordKind::Supervision) >= 4);
    let Answer::Organisation(units) = house.desk.ask(Request::Organisation).unwrap() else { panic!() };
    let short = units.iter().filter(|one| !one.flags.is_empty());
    assert!((1..units.len() / 2).contains(&short.count()), "some are short of staff, most are not");
    let held: Vec<NaiveDate> =
        house.kept(RecordKind::Activity).iter().filter_map(|one| one.date(&activity::ON)).collect();
    assert!(held.len() >= 12 && (house.today - *held.iter().min().unwrap()).num_days() > 300);
    let late = register(&house.desk, RecordKind::Volunteer).into_iter().filter(|one| !one.overdue.is_empty());
    let late: Vec<String> = late.map(|one| one.record.fields.text(&volunteer::NAME).to_owned()).collect();
    assert_eq!(late, ["付红霞"]);
    let file = house.found("tianguyu");
    let found = house.matched(file.row.child);
    let against = |name: &str| {
        let (_, fit) = found.iter().find(|(of, _)| of.contains(name)).unwrap();
        fit.against.clone()
    };
    assert_eq!(against("何秀云"), [FitReason::Full(1)]);
    assert!(matches!(against("谢家")[..], [FitReason::Respite(_)]));
    assert!(matches!(against("付红霞")[..], [FitReason::CheckedLate(_)]));
    assert_eq!(against("姜长林"), [FitReason::Untrained]);
    assert!(against("龚家").is_empty() && against("罗晓棠").is_empty());
}

#[test]
fn whom_the_files_name_stands_in_the_registers() {
    let house = House::new(DAYS[0]);
    let names =
        |kind| house.kept(kind).iter().map(|one| one.text(&volunteer::NAME).to_owned()).collect::<Vec<_>>();
    let (volunteers, families) = (names(RecordKind::Volunteer), names(RecordKind::FosterFamily));
    assert_eq!(foster_family::NAME, volunteer::NAME);
    let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 200 };
    let Answer::Cases(page) = house.desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
    let (mut sessions, mut places) = (0, 0);
    for row in page.rows {
        let Answer::File(file) = house.desk.ask(Request::File(row.child)).unwrap() else { panic!() };
        for one in &file.services {
            match one.at.kind {
                RecordKind::Session => {
                    assert!(volunteers.contains(&one.fields.text(&session::VOLUNTEER).to_owned()));
                    sessions += 1;
                }
                RecordKind::Placement if one.fields.text(&placement::KIND) == "foster" => {
                    assert!(families.contains(&one.fields.text(&placement::FAMILY).to_owned()));
                    places += 1;
                }
                _ => {}
            }
        }
    }
    assert!(sessions > 15 && places == 2, "{sessions} {places}");
}

#[test]
fn the_aid_ledger_of_the_demo_balances_and_a_file_knows_what_it_was_given() {
    let house = House::new(DAYS[0]);
    let lines = register(&house.desk, RecordKind::AidEntry);
    let entries = aid::entries(lines.iter().map(|line| &line.record));
    let book = aid::Book::of(&entries).unwrap();
    assert!(book.stocks().count() >= 4);
    for stock in book.stocks() {
        assert!(book.sum(stock) == 0 && book.left(stock) >= 0);
    }
    assert!(lines.iter().any(|line| line.record.fields.text(&aid_entry::KIND) == "correct"));
    let sister = house.found("longxiaoxue").row.child;
    let given = aid::of_child(&entries, sister.0);
    let money: i64 = given.iter().filter(|(item, _)| item.is_money()).map(|(_, fen)| fen).sum();
    assert_eq!(money, 30_000, "three hundred, not the four hundred that were taken back");
    assert_eq!(given.len(), 2);
}

#[test]
fn the_stories_are_with_whoever_looks_at_the_demo() {
    let house = House::new(DAYS[0]);
    for lang in [Lang::Zh, Lang::En] {
        house.face(lang).press("1").sees("田谷雨").sees("向白露").sees("龙小雪").sees("覃立秋");
    }
}

#[test]
fn closed_cases_of_the_demo_and_of_a_neighbour_can_be_learned_from_and_tell_nobody_s_name() {
    let house = House::new(DAYS[0]);
    let list = || match house.desk.ask(Request::Precedent(PrecedentAsk::List { like: None })).unwrap() {
        Answer::Precedent(PrecedentAnswer::List(list)) => list.lines,
        other => panic!("{other:?}"),
    };
    let own = list();
    assert!((3..=5).contains(&own.len()) && own.iter().all(|line| line.by.is_some()));
    assert!(own.iter().all(|line| line.precedent.lines.len() >= 5));
    assert!(own.iter().any(|line| line.precedent.lines.iter().any(|told| told.tells == "helped")));
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(StillClock::at(house.today.and_hms_opt(9, 0, 0).unwrap()));
    let file = dir.path().join("neighbour.json");
    demo::neighbour(&Door::new(dir.path().join("neighbour"), clock), house.today, &file).unwrap();
    let look = |take| {
        let ask = PrecedentAsk::Import { from: file.clone(), take };
        match house.desk.ask(Request::Precedent(ask)).unwrap() {
            Answer::Precedent(PrecedentAnswer::Looked(look)) => look,
            other => panic!("{other:?}"),
        }
    };
    let theirs = look(false);
    assert!(theirs.new >= 3 && theirs.known == 0 && theirs.flawed.is_empty(), "{theirs:?}");
    demo::take_over(&*house.desk, file.clone()).unwrap();
    assert_eq!(look(false).known, theirs.new);
    let all = list();
    assert_eq!(all.len(), own.len() + theirs.new);
    assert!(all.iter().any(|line| line.by.is_none()));
    // The mill of names, once more, over what both stations let go: every child, carer and parent of both.
    let today = house.today;
    let people = |seed| {
        demo::children(seed, 300, today).flat_map(|one| {
            let members = one.home.into_iter().flat_map(|(_, members)| members);
            let names = members.map(|member| member.text(&member::NAME).to_owned());
            let own = [one.child.text(&child::NAME).to_owned(), one.child.text(&child::GUARDIAN).to_owned()];
            names.chain(own).collect::<Vec<_>>()
        })
    };
    for name in people(20_261_121).chain(people(7_041_993)) {
        let told = all.iter().flat_map(|line| &line.precedent.lines).find(|told| told.text.contains(&name));
        assert!(told.is_none(), "{told:?}");
    }
}

/// As `tonghu demo` opens it, after the first lock.
fn at_demo(house: &House, lang: Lang) -> Harness {
    let desk: Arc<dyn Office> = house.desk.clone();
    let opens = move |_| Ok((DoorAnswer::Opened, Some(desk.clone())));
    let door = DoorView { logins: vec![DEMO_LOGIN.into()], demo: true, ..DoorView::default() };
    let now = house.today.and_hms_opt(9, 0, 0).unwrap();
    let mut face = Harness::at_door(door, Place::Unlock, lang, now, Box::new(opens));
    face.type_text(DEMO_PASSPHRASE).press("enter");
    face
}

#[test]
fn today_leads_a_newcomer_to_the_walks_and_their_keys_do_what_the_page_says() {
    #[rustfmt::skip] // what is seen and typed, by the language
    let words = |lang| match lang {
        Lang::Zh => ["导览", "缺少证明材料", "判决书", "会见规定", "结案等待督导员批准", "自我效能", "今天", "成效",
            "正遭受暴力", "先保护人身安全", "休整到", "查询已满一年", "超过一周没有联系", "亲情联系", "视频", "父母双方", "救助台账"],
        Lang::En => ["Walks", "the paper is missing", "judgment", "Visiting", "waits for the supervisor", "self-efficacy", "today", "Evaluation",
            "danger now", "Safety first", "respite until", "over a year old", "More than a week", "Family contact", "video", "both", "[Aid]"],
    };
    for lang in [Lang::Zh, Lang::En] {
        let house = House::new(DAYS[0]);
        let w = words(lang);
        let mut face = at_demo(&house, lang);
        face.sees("Ctrl-N").press("ctrl-n").sees(w[0]).sees("F3").press("esc");
        face.press("f3").type_text("tianguyu").press("enter").sees(w[1]);
        face.press("enter").sees(w[2]).press("esc right").sees(w[3]).sees("望川监狱");
        face.press("right right right page-down page-down").sees("石门镇司法所");
        face.press("f3").type_text("ranxiaoman").press("enter").sees(w[4]);
        face.press("b").sees(w[5]).press("esc c").type_text(w[6]).press("ctrl-s").sees_no(w[4]);
        face.press("f2").type_text(w[7]).press("enter").sees(w[5]);
        face.press("f3").type_text("xiangbailu").press("enter").sees(w[8]);
        face.press("enter").sees(w[9]).press("esc right right right right down enter").sees("受案回执");
        face.press("f3").type_text("qinliqiu").press("enter right right right right");
        // English takes more lines: a page further down is the placement that ended.
        let ended = if lang == Lang::Zh { "down enter" } else { "enter" };
        face.press("home page-down page-down").sees("何秀云").press(ended).sees("融合期内终止");
        face.press("f").sees(w[10]).sees(w[11]);
        face.press("f3").type_text("longxiaoxue").press("enter").sees(w[12]);
        face.press("o").type_text(w[13]).press("enter").type_text(w[6]).press("enter");
        face.type_text(w[14]).press("enter").type_text(w[15]).press("ctrl-s").sees_no(w[12]);
        face.press("f4 g left").sees(w[16]).sees("300.00");
    }
}

/// How a well-run station looks: children for whom a rule wants something done, and by which rule, in a hundred.
#[test]
fn most_children_of_the_demo_are_as_the_rules_want_them_and_a_few_of_each_kind_are_not() {
    let house = House::with(1_000, DAYS[0]);
    let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 1_000 };
    let Answer::Cases(page) = house.desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
    let (mut rules, mut any) = (BTreeMap::<String, usize>::new(), 0);
    for row in page.rows {
        let Answer::File(file) = house.desk.ask(Request::File(row.child)).unwrap() else { panic!() };
        let held = file.flags.iter().filter(|flag| flag.now && flag.grade <= Grade::Act);
        let held: BTreeSet<String> = held.map(|flag| flag.rule.clone()).collect();
        any += usize::from(!held.is_empty());
        held.into_iter().for_each(|rule| *rules.entry(rule).or_default() += 1);
    }
    assert!((100..300).contains(&any), "{any} of a thousand: {rules:?}");
    assert!(rules.values().all(|count| *count <= 100), "{rules:?}");
    let ordinary =
        ["visit-late", "weekly-contact", "reassess-late", "plan-late", "goal-late", "giving-up-money"];
    assert!(ordinary.iter().all(|rule| rules.get(*rule).is_some_and(|count| *count >= 5)), "{rules:?}");
}
